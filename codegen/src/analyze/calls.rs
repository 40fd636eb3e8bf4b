//! Function calls: the rules that rows of the function table name, and the few calls that a row cannot describe.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, Function as Call, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArguments, Ident,
    Spanned, visit_expressions,
};

use crate::catalog::{Family, RoutineKind, SqlType};

use super::expr::placeholder;
use super::from::single;
use super::functions::{self, Arg, Availability, Function, Kind, Ret};
use super::merge::Merge;
use super::outcomes::Reader;
use super::params::Expect;
use super::scope::{AliasRule, Lookup, Rows, Scopes};
use super::types::Typed;
use super::value::{Cause, Null, Value, Why};
use super::{Analyzer, cast, errors, merge, names, reject};

/// Functions whose first argument is a word, not an expression: a unit, or the name of a sequence.
const WORD_FIRST: [&str; 6] = ["timestampadd", "timestampdiff", "get_format", "nextval", "lastval", "setval"];

/// Functions that add an interval to a date.
const SHIFTS: [&str; 4] = ["adddate", "date_add", "date_sub", "subdate"];

/// What MySQL writes around the items of a view with ROLLUP when it is asked for the definition.
/// Source: measured on MySQL 9.7.
const ROLLUP_WRAPPERS: [&str; 2] = ["rollup_group_item", "rollup_sum_switcher"];

impl<'a> Analyzer<'a> {
    pub(super) fn call(&mut self, scopes: &Scopes<'a, '_>, call: &'a Call, expect: &Expect<'a>) -> Value<'a> {
        let span = self.span(call.span());
        let (qualified, name) = match names::table(&call.name) {
            Some((schema, name)) => (schema.is_some(), name),
            None => return self.unknown("this function", span),
        };
        let lower = name.value.to_lowercase();
        if !qualified {
            if lower == "values" || lower == "value" {
                return self.inserted_value(call);
            }
            if lower == "default" {
                return match reject::arguments(call).first() {
                    Some(column) => self.infer(scopes, column, &Expect::nothing()).without_origin(),
                    None => self.unknown("DEFAULT()", span),
                };
            }
            if self.of_view
                && ROLLUP_WRAPPERS.contains(&lower.as_str())
                && let Some(inner) = reject::arguments(call).first()
            {
                return self.infer(scopes, inner, expect);
            }
            if lower == "last_value" && call.over.is_none() && self.catalog.server.family == Family::MariaDb {
                return self.unknown("LAST_VALUE() without a window", span);
            }
            if let Some(function) = functions::find(&lower) {
                return self.built_in(scopes, call, function, name, expect);
            }
        }
        self.stored_function(scopes, call, name)
    }

    /// `VALUES(column)` in ON DUPLICATE KEY UPDATE: what the INSERT tried to write.
    fn inserted_value(&mut self, call: &'a Call) -> Value<'a> {
        let arguments = reject::arguments(call);
        match (arguments.as_slice(), self.on_duplicate.clone()) {
            ([column], Some(target)) => {
                let target = single(target);
                self.infer(&Scopes::new(&target, None), column, &Expect::nothing()).without_origin()
            }
            _ => self.unknown("VALUES() outside of ON DUPLICATE KEY UPDATE", self.span(call.span())),
        }
    }

    fn stored_function(&mut self, scopes: &Scopes<'a, '_>, call: &'a Call, name: &'a Ident) -> Value<'a> {
        let arguments = reject::arguments(call);
        let routine = self.catalog.routines.iter().find(|routine| {
            routine.kind == RoutineKind::Function && routine.name.eq_ignore_ascii_case(&name.value)
        });
        let Some(routine) = routine else {
            for argument in arguments {
                self.infer(scopes, argument, &Expect::nothing());
            }
            let span = self.span_or_statement(name.span);
            let stored = self.catalog.routines.iter().map(|routine| routine.name.as_str());
            let known = functions::names().map(|name| name as &str).chain(stored);
            let finding = errors::unknown_function(&name.value, span, known);
            if self.unsupported.is_none() {
                self.unsupported = Some(finding);
            }
            return Value::new(SqlType::Null, Null::May(Why { cause: Cause::Unknown, span: Some(span) }));
        };
        if arguments.len() != routine.parameters.len() {
            let expected = match routine.parameters.len() {
                1 => "1 argument".to_owned(),
                count => format!("{count} arguments"),
            };
            let span = self.span_or_statement(name.span);
            self.report(errors::argument_count(&routine.name, span, &expected, arguments.len()));
        }
        for (index, argument) in arguments.into_iter().enumerate() {
            let expect = match routine.parameters.get(index) {
                Some(parameter) => Expect {
                    ty: Some(std::borrow::Cow::Borrowed(&parameter.ty)),
                    hint: Some(&parameter.name),
                    nullable: true,
                    assigned: true,
                    apart: false,
                    origin: None,
                },
                None => Expect::nothing(),
            };
            self.infer(scopes, argument, &expect);
        }
        if routine.data_access == "MODIFIES SQL DATA" || routine.data_access == "CONTAINS SQL" {
            // CONTAINS SQL is what a function has that was declared without a word on it.
            self.side_effects = true;
        }
        let why = Why { cause: Cause::Function(&routine.name), span: self.span(call.span()) };
        let null = if routine.never_null { Null::Never } else { Null::May(why) };
        Value::new(routine.returns.clone().unwrap_or(SqlType::Null), null)
    }

    fn built_in(
        &mut self,
        scopes: &Scopes<'a, '_>,
        call: &'a Call,
        function: &'static Function,
        name: &'a Ident,
        expect: &Expect<'a>,
    ) -> Value<'a> {
        let availability = functions::availability(&name.value, function, &self.catalog.server);
        if availability != Availability::Here && self.unsupported.is_none() {
            let span = self.span_or_statement(name.span);
            self.unsupported =
                Some(errors::unavailable_function(&name.value, &self.catalog.server, availability, span));
        }
        let (count, _) = argument_count(call);
        let lower = name.value.to_lowercase();
        if !function.takes(count) {
            let span = self.span_or_statement(name.span);
            self.report(errors::argument_count(&lower, span, &function.arity(), count));
            return Value::new(SqlType::Null, Null::May(Why { cause: Cause::Unknown, span: Some(span) }));
        }
        let side_effect =
            function.kind == Kind::SideEffect && (function.name != "last_insert_id" || count > 0);
        self.side_effects |= side_effect;
        let mut arguments = reject::arguments(call);
        let mut word = String::new();
        if WORD_FIRST.contains(&function.name) && !arguments.is_empty() {
            word = arguments.remove(0).to_string().to_uppercase();
        }
        if function.name == "timestampadd"
            && let [number, date] = arguments.as_slice()
        {
            return self.shifted_by(scopes, date, number, &word, function.name);
        }
        if SHIFTS.contains(&function.name)
            && let [date, interval] = arguments.as_slice()
        {
            return self.shifted(scopes, date, interval, function.name);
        }
        if function.name == "if"
            && let [condition, yes, no] = arguments.as_slice()
        {
            self.condition(scopes, condition);
            let (holds, fails) = self.narrow(scopes, condition);
            return self.branches(scopes, &[(yes, holds), (no, fails)], expect, Merge::If);
        }
        if function.name == "nvl2"
            && let [value, present, absent] = arguments.as_slice()
        {
            self.infer(scopes, value, &Expect::nothing().or_null());
            let missing = Reader::new(self, scopes).is_null(value);
            let there = missing.not_held().facts();
            let places = [(*present, there), (*absent, missing.holds.facts())];
            return self.branches(scopes, &places, expect, Merge::If);
        }
        // An aggregate looks at the rows of the group, whatever the expression around it sees.
        let grouped = function.kind == Kind::Aggregate && call.over.is_none();
        let span_of_call = self.span(call.span());
        let inner = if grouped {
            let aliases = match scopes.aliases {
                AliasRule::BeforeColumns => AliasRule::AfterColumns,
                rule @ (AliasRule::AfterColumns | AliasRule::Never) => rule,
            };
            Scopes { rows: Rows::Plain, aliases, aggregates: false, ..*scopes }
        } else {
            *scopes
        };
        if grouped && self.is_of_outer_query(scopes, &arguments) {
            self.unsupported("an aggregate over columns of the query around it", span_of_call);
        }
        let values = self.arguments(&inner, function, &arguments, expect);
        let values = match call.within_group.as_slice() {
            [] => values,
            [order, ..] => vec![self.infer(&inner, &order.expr, &Expect::nothing())],
        };
        self.clauses(&inner, call);
        let over = call.over.as_ref();
        if let Some(window) = over {
            self.window(scopes, window);
        }
        let returning = self.json_returning(call);
        let Typed { ty, digits } = match returning {
            Some(ty) => ty.into(),
            None => self.result_type(function, &values, &arguments),
        };
        let null = self.result_null(scopes, call, function, &values, &ty);
        let origin = match function.name {
            // The least and greatest are values of the column, ENUM and SET apart, which become text, and BIT, which
            // becomes digits on some servers.
            "min" | "max" | "any_value" | "first_value" | "last_value"
                if !matches!(ty, SqlType::Enum { .. } | SqlType::Set { .. } | SqlType::Bit { .. }) =>
            {
                values.first().and_then(|value| value.origin)
            }
            _ => None,
        };
        let ty = if function.result == Ret::First { merge::as_expression(ty) } else { ty };
        Value { origin, ..Value::typed(Typed { ty, digits }, null) }
    }

    /// Whether an aggregate is one of a query around this one: both servers take it for that when it names columns from
    /// there only, and that query then has groups, or one of everything.
    fn is_of_outer_query(&self, scopes: &Scopes<'a, '_>, arguments: &[&Expr]) -> bool {
        let mut innermost: Option<usize> = None;
        for argument in arguments {
            let _: ControlFlow<()> = visit_expressions(*argument, |expr| {
                if let Some((qualifier, name)) = names::column(expr) {
                    let depth = match scopes.find(&self.catalog.server, qualifier, &name.value) {
                        Lookup::Column { depth, .. } => depth,
                        Lookup::Alias(_) | Lookup::Ambiguous(_) => 0,
                        // Of a subquery in the argument.
                        Lookup::NoColumn | Lookup::NoRelation => return ControlFlow::Continue(()),
                    };
                    innermost = Some(innermost.map_or(depth, |known| known.min(depth)));
                }
                ControlFlow::Continue(())
            });
        }
        innermost.is_some_and(|depth| scopes.gives_away(depth))
    }

    /// Types the arguments: those that have a type of their own first, then parameters after their example.
    fn arguments(
        &mut self,
        scopes: &Scopes<'a, '_>,
        function: &'static Function,
        arguments: &[&'a Expr],
        expect: &Expect<'a>,
    ) -> Vec<Value<'a>> {
        let offset = usize::from(WORD_FIRST.contains(&function.name));
        let mut values: Vec<Option<Value<'a>>> = vec![None; arguments.len()];
        for open in [false, true] {
            let example = arguments.iter().enumerate().find_map(|(index, _)| {
                let kind = function.arg(index + offset);
                let value = values[index].as_ref()?;
                let same =
                    matches!(kind, Arg::Same | Arg::SameOrNull | Arg::Number) && *value.ty != SqlType::Null;
                same.then(|| value.clone())
            });
            for (index, argument) in arguments.iter().enumerate() {
                if placeholder(argument).is_some() != open {
                    continue;
                }
                let wanted = argument_expect(function.arg(index + offset), example.as_ref(), expect);
                values[index] = Some(self.infer(scopes, argument, &wanted));
            }
        }
        values.into_iter().flatten().collect()
    }

    /// ORDER BY and the like inside the parentheses.
    fn clauses(&mut self, scopes: &Scopes<'a, '_>, call: &'a Call) {
        if let FunctionArguments::List(list) = &call.args {
            for clause in &list.clauses {
                match clause {
                    FunctionArgumentClause::OrderBy(order) => {
                        for item in order {
                            self.infer(scopes, &item.expr, &Expect::nothing());
                        }
                    }
                    // Of a row, the one is the limit and the other the offset.
                    FunctionArgumentClause::Limit(Expr::Tuple(both)) => {
                        for limit in both {
                            self.infer(scopes, limit, &Expect::of(SqlType::BIGINT_UNSIGNED));
                        }
                    }
                    FunctionArgumentClause::Limit(limit) => {
                        self.infer(scopes, limit, &Expect::of(SqlType::BIGINT_UNSIGNED).called("limit"));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The type that `JSON_VALUE(a, '$.b' RETURNING type)` asks for.
    fn json_returning(&mut self, call: &'a Call) -> Option<SqlType> {
        let FunctionArguments::List(list) = &call.args else { return None };
        let target = list.clauses.iter().find_map(|clause| match clause {
            FunctionArgumentClause::JsonReturningClause(clause) => Some(&clause.data_type),
            _ => None,
        })?;
        let ty = cast::cast_type(self.catalog.server.family, target);
        if ty.is_none() {
            self.unsupported("the type after RETURNING", self.span(call.span()));
        }
        ty
    }
}

/// What an argument of a kind is, given an argument of the same kind that has a type, and what the call's place
/// expects of its result.
fn argument_expect<'a>(kind: Arg, example: Option<&Value<'a>>, outer: &Expect<'a>) -> Expect<'a> {
    let like = |fallback: &Expect<'a>| match example {
        Some(value) => Expect::like(value),
        None => Expect { nullable: false, ..fallback.clone() },
    };
    match kind {
        Arg::Any => Expect::nothing(),
        Arg::Text => Expect::of(SqlType::text()),
        Arg::Bytes => Expect::of(SqlType::bytes()),
        Arg::Int => Expect::of(SqlType::BIGINT),
        Arg::Number => like(&Expect::of(SqlType::DOUBLE)).apart(),
        Arg::Date => Expect::of(SqlType::Date),
        Arg::DateTime => Expect::of(SqlType::DateTime { fsp: 6 }),
        Arg::Time => Expect::of(SqlType::Time { fsp: 6 }),
        Arg::Json => Expect::of(SqlType::Json),
        Arg::Geometry => Expect::of(SqlType::Geometry { kind: "geometry".to_owned(), srid: None }),
        Arg::Bool => Expect::of(SqlType::Bool { unsigned: false }),
        Arg::Same => like(outer),
        Arg::SameOrNull => like(outer).or_null(),
    }
}

/// How many arguments a call has, `*` counted as one, and whether one is `*`.
pub(super) fn argument_count(call: &Call) -> (usize, bool) {
    match &call.args {
        FunctionArguments::None => (0, false),
        FunctionArguments::Subquery(_) => (1, false),
        FunctionArguments::List(list) => {
            let wildcard = list.args.iter().any(|argument| {
                matches!(
                    argument,
                    FunctionArg::Unnamed(FunctionArgExpr::Wildcard | FunctionArgExpr::QualifiedWildcard(_))
                )
            });
            (list.args.len(), wildcard)
        }
    }
}
