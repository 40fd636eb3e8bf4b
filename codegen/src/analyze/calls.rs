//! Function calls: the rules that rows of the function table name, and the few calls that a row cannot describe.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, Function as Call, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArguments, Ident,
    Spanned, Value as Literal, visit_expressions,
};

use crate::catalog::{Family, RoutineKind, SqlType};

use super::expr::{placeholder, string_of};
use super::facts::{Fact, Meaning, Term, meaning, same_text};
use super::functions::{self, Arg, Function, Kind, NullRule, Ret};
use super::merge::Merge;
use super::outcomes::OF_ANY_ROW;
use super::params::Expect;
use super::scope::{AliasRule, Lookup, Rows, Scopes};
use super::types::Typed;
use super::value::{Cause, Null, Value, Why, any_null};
use super::{Analyzer, arithmetic, errors, merge, names, reject};

/// Functions whose first argument is a word, not an expression: a unit, or the name of a sequence.
const WORD_FIRST: [&str; 5] = ["timestampadd", "timestampdiff", "get_format", "nextval", "lastval"];

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
                return self.inserted_value(scopes, call);
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
            if let Some(function) = functions::find(&lower) {
                return self.built_in(scopes, call, function, name, expect);
            }
        }
        self.stored_function(scopes, call, name)
    }

    /// `VALUES(column)` in ON DUPLICATE KEY UPDATE: what the INSERT tried to write.
    fn inserted_value(&mut self, scopes: &Scopes<'a, '_>, call: &'a Call) -> Value<'a> {
        match reject::arguments(call).first() {
            Some(column) => self.infer(scopes, column, &Expect::nothing()).without_origin(),
            None => self.unknown("VALUES()", self.span(call.span())),
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
            let known = functions::all().map(|function| function.name).chain(stored);
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
        Value::new(routine.returns.clone().unwrap_or(SqlType::Null), Null::May(why))
    }

    fn built_in(
        &mut self,
        scopes: &Scopes<'a, '_>,
        call: &'a Call,
        function: &'static Function,
        name: &'a Ident,
        expect: &Expect<'a>,
    ) -> Value<'a> {
        if let Some(only) = function.only
            && only != self.catalog.server.family
        {
            let server = self.catalog.server.family.as_str();
            let finding = errors::wrong_server(function.name, server, self.span_or_statement(name.span));
            if self.unsupported.is_none() {
                self.unsupported = Some(finding);
            }
        }
        let (count, _) = argument_count(call);
        if !function.takes(count) {
            let span = self.span_or_statement(name.span);
            self.report(errors::argument_count(function.name, span, &function.arity(), count));
            return Value::new(SqlType::Null, Null::May(Why { cause: Cause::Unknown, span: Some(span) }));
        }
        let side_effect =
            function.kind == Kind::SideEffect && (function.name != "last_insert_id" || count > 0);
        self.side_effects |= side_effect;
        let mut arguments = reject::arguments(call);
        if WORD_FIRST.contains(&function.name) && !arguments.is_empty() {
            arguments.remove(0);
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
        self.clauses(&inner, call);
        let over = call.over.as_ref();
        if let Some(window) = over {
            self.window(scopes, window);
        }
        let Typed { ty, digits } = self.result_type(function, &values, &arguments);
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
                    FunctionArgumentClause::Limit(limit) => {
                        self.infer(scopes, limit, &Expect::of(SqlType::BIGINT_UNSIGNED).called("limit"));
                    }
                    _ => {}
                }
            }
        }
    }

    fn result_type(&self, function: &Function, values: &[Value<'a>], arguments: &[&Expr]) -> Typed {
        let server = &self.catalog.server;
        let types: Vec<&SqlType> = values.iter().map(|value| &*value.ty).collect();
        let null = Value::never_null(SqlType::Null);
        let first = values.first().unwrap_or(&null);
        let mysql = server.family == Family::MySql;
        let ty = match function.result {
            // Source: measured on both servers.
            Ret::BigInt
                if function.name == "unix_timestamp" && types.iter().any(|ty| merge::fraction(ty) > 0) =>
            {
                merge::decimal(11, types.iter().map(|ty| u32::from(merge::fraction(ty))).sum(), server.family)
            }
            Ret::BigInt => SqlType::BIGINT,
            Ret::BigIntUnsigned => SqlType::BIGINT_UNSIGNED,
            Ret::Rank if mysql => SqlType::BIGINT_UNSIGNED,
            Ret::Rank => SqlType::BIGINT,
            Ret::Int => return super::literal::truth(server.family),
            Ret::Double => SqlType::DOUBLE,
            Ret::Str => string_of(&types),
            Ret::Text => SqlType::text(),
            Ret::Bytes => SqlType::bytes(),
            Ret::Date => SqlType::Date,
            Ret::DateTime => SqlType::DateTime { fsp: fraction_argument(arguments) },
            Ret::DateTimeFraction => match function.name {
                "str_to_date" => str_to_date(arguments.get(1).copied()),
                _ => SqlType::DateTime { fsp: types.iter().map(|ty| merge::fraction(ty)).max().unwrap_or(0) },
            },
            Ret::Time => {
                let fsp = types.iter().map(|ty| merge::fraction(ty)).max().unwrap_or(0);
                SqlType::Time { fsp: fsp.max(fraction_argument(arguments)) }
            }
            Ret::Json => SqlType::Json,
            Ret::Year if mysql => SqlType::Year,
            Ret::Year => SqlType::INT,
            Ret::First => return Typed { ty: (*first.ty).clone(), digits: first.digits },
            Ret::Merged | Ret::Extreme => {
                let how = if function.result == Ret::Extreme { Merge::Extreme } else { Merge::Choice };
                let merged = values
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| matches!(function.arg(*index), Arg::Same | Arg::SameOrNull))
                    .map(|(_, value)| value);
                return self.merged(how, merged).unwrap_or(SqlType::Null.into());
            }
            Ret::Numeric => return arithmetic::same_kind(server, first.operand()),
            Ret::Rounded => return arithmetic::rounded(server, first.operand()),
            Ret::RoundedTo => {
                let places = match arguments.get(1) {
                    Some(expr) => constant_integer(expr),
                    None => Some(0),
                };
                return arithmetic::rounded_to(server, first.operand(), places);
            }
            Ret::Sum => return arithmetic::sum(server, first.operand()),
            Ret::Average => return arithmetic::average(server, first.operand()),
            Ret::DateArithmetic => match &*first.ty {
                SqlType::DateTime { .. } | SqlType::Timestamp { .. } | SqlType::Date => {
                    SqlType::DateTime { fsp: types.iter().map(|ty| merge::fraction(ty)).max().unwrap_or(0) }
                }
                SqlType::Time { fsp } => SqlType::Time { fsp: *fsp },
                _ => SqlType::text(),
            },
        };
        ty.into()
    }

    fn result_null(
        &self,
        scopes: &Scopes<'a, '_>,
        call: &'a Call,
        function: &'static Function,
        values: &[Value<'a>],
        ty: &SqlType,
    ) -> Null<'a> {
        let span = self.span(call.span());
        let (_, wildcard) = argument_count(call);
        let why = |cause| Null::May(Why { cause, span });
        let all = any_null(values);
        let first = values.first().map_or(Null::Never, |value| value.null);
        match function.null {
            NullRule::Never => Null::Never,
            NullRule::Strict => all.or(match function.result {
                Ret::Merged | Ret::Extreme => self.lost(values, ty, function.name),
                _ => Null::Never,
            }),
            // UNIX_TIMESTAMP() without arguments.
            NullRule::StrictOrMore if values.is_empty() && !wildcard && function.min == 0 => Null::Never,
            NullRule::StrictOrMore => all.or(why(Cause::Function(function.name))),
            NullRule::Possible if matches!(function.name, "lag" | "lead") => match values {
                [value, _, default] if value.null.is_never() && default.null.is_never() => Null::Never,
                // No step back is the row itself.
                [value, _] if second_number(call) == Some(0) => value.null,
                _ => why(Cause::Function(function.name)),
            },
            // The first row of a frame is there where any is.
            NullRule::Possible if function.name == "nth_value" && second_number(call) == Some(1) => {
                match &call.over {
                    Some(window) if !self.frame_can_be_empty(window) => first,
                    _ => why(Cause::Function(function.name)),
                }
            }
            NullRule::Possible => why(Cause::Function(function.name)),
            NullRule::Coalesce => values
                .iter()
                .map(|value| value.null)
                .reduce(Null::and)
                .unwrap_or(Null::Never)
                .or(self.lost(values, ty, function.name)),
            NullRule::First => first,
            NullRule::Group => {
                let of_rows = if OF_ANY_ROW.contains(&function.name) { Null::Never } else { all };
                match &call.over {
                    Some(window) if self.frame_can_be_empty(window) => {
                        of_rows.or(why(Cause::EmptyFrame(function.name)))
                    }
                    Some(_) => of_rows,
                    None if self.has_value_somewhere(scopes, call) => Null::Never,
                    None if scopes.has(&Fact::Row) => of_rows,
                    // Over the groups of GROUP BY there is at least one row.
                    None => match (scopes.rows, self.catalog.server.family) {
                        (Rows::Groups, _) | (Rows::Rollup, Family::MariaDb) => of_rows,
                        // MySQL makes the last summary row of no rows, too.
                        (Rows::Rollup, Family::MySql) | (Rows::Everything | Rows::Plain, _) => {
                            of_rows.or(why(Cause::EmptyGroup(function.name)))
                        }
                    },
                }
            }
        }
    }

    /// Whether conditions say that in some row of the group the arguments of an aggregate are not NULL.
    fn has_value_somewhere(&self, scopes: &Scopes<'a, '_>, call: &Call) -> bool {
        let Some(facts) = scopes.facts else { return false };
        if !facts.iter().any(|fact| matches!(fact, Fact::Somewhere(_))) {
            return false;
        }
        let inside = Scopes { rows: Rows::Plain, facts: None, ..*scopes };
        let somewhere = |argument: &Expr| {
            let term = match meaning(self, &inside, &[], argument) {
                Meaning::Column { depth, id } => Some(Term::Column { depth, id }),
                Meaning::Item(_) | Meaning::Unclear => {
                    same_text(self, &inside, &[], argument).map(Term::Expr)
                }
            };
            term.is_some_and(|term| facts.contains(&Fact::Somewhere(term)))
        };
        match reject::arguments(call).as_slice() {
            [argument] => somewhere(argument),
            _ => false,
        }
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
        Arg::Number => like(&Expect::of(SqlType::DOUBLE)),
        Arg::Date => Expect::of(SqlType::Date),
        Arg::DateTime => Expect::of(SqlType::DateTime { fsp: 6 }),
        Arg::Time => Expect::of(SqlType::Time { fsp: 6 }),
        Arg::Json => Expect::of(SqlType::Json),
        Arg::Bool => Expect::of(SqlType::Bool { unsigned: false }),
        Arg::Same => like(outer),
        Arg::SameOrNull => like(outer).or_null(),
    }
}

/// How many arguments a call has, `*` counted as one, and whether one is `*`.
fn argument_count(call: &Call) -> (usize, bool) {
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

/// The second argument where it is a number.
fn second_number(call: &Call) -> Option<i64> {
    reject::arguments(call).get(1).and_then(|argument| constant_integer(argument))
}

/// The precision of NOW(6).
fn fraction_argument(arguments: &[&Expr]) -> u8 {
    match arguments {
        [only] => constant_integer(only)
            .and_then(|value| u8::try_from(value).ok())
            .filter(|fsp| *fsp <= 6)
            .unwrap_or(0),
        _ => 0,
    }
}

pub(super) fn constant_integer(expr: &Expr) -> Option<i64> {
    match expr {
        Expr::Value(value) => match &value.value {
            Literal::Number(text, _) => text.parse().ok(),
            _ => None,
        },
        Expr::UnaryOp { op: sqlparser::ast::UnaryOperator::Minus, expr } => {
            constant_integer(expr).map(|value| -value)
        }
        Expr::Nested(inner) => constant_integer(inner),
        _ => None,
    }
}

/// The type of STR_TO_DATE by the parts that a constant format has.
fn str_to_date(format: Option<&Expr>) -> SqlType {
    let full = SqlType::DateTime { fsp: 6 };
    let Some(Expr::Value(value)) = format else { return full };
    let (Literal::SingleQuotedString(format) | Literal::DoubleQuotedString(format)) = &value.value else {
        return full;
    };
    let has = |parts: &str| {
        let mut characters = format.chars();
        while let Some(character) = characters.next() {
            if character == '%' && characters.next().is_some_and(|part| parts.contains(part)) {
                return true;
            }
        }
        false
    };
    let (date, time) = (has("abcDdejMmUuVvWwXxYy"), has("HhIiklprSsTf"));
    let fsp = if has("f") { 6 } else { 0 };
    match (date, time) {
        (true, false) => SqlType::Date,
        (false, true) => SqlType::Time { fsp },
        (true, true) | (false, false) => SqlType::DateTime { fsp },
    }
}
