//! What follows from the value of an expression: which columns and expressions are not NULL where it is true, where
//! it is false, where it is NULL, and where it is anything but NULL.

use sqlparser::ast::{BinaryOperator, Expr, Function as Call, Query, UnaryOperator, Value as Literal};

use crate::catalog::SqlType;

use super::facts::{Fact, Facts, Given, Meaning, Outcomes, Term, meaning, same_text};
use super::functions::{self, Function, Kind, NullRule, Ret};
use super::grouping::Item;
use super::reject::arguments;
use super::scope::{ColumnId, Rows, Scopes, same_column_name};
use super::{Analyzer, merge, names};

/// Reads expressions.
#[derive(Clone, Copy)]
pub(super) struct Reader<'s, 'a> {
    pub(super) analyzer: &'s Analyzer<'a>,
    /// What the names mean.
    pub(super) scopes: &'s Scopes<'a, 's>,
    /// What the aliases mean, in HAVING.
    pub(super) items: &'s [Item<'a>],
    /// Inside a subquery: its relations, which `scopes` does not have. Only other names with a qualifier mean
    /// something then.
    pub(super) hidden: Option<&'s [&'s str]>,
}

impl<'s, 'a> Reader<'s, 'a> {
    pub(super) fn new(analyzer: &'s Analyzer<'a>, scopes: &'s Scopes<'a, 's>) -> Self {
        Reader { analyzer, scopes, items: &[], hidden: None }
    }

    /// What follows from the values of an expression.
    pub(super) fn outcomes(&self, expr: &Expr) -> Outcomes {
        match expr {
            Expr::Nested(inner) => self.outcomes(inner),
            Expr::Value(value) => literal(&value.value),
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.name(expr),
            Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::BangNot, expr } => {
                self.outcomes(expr).negated()
            }
            Expr::UnaryOp { expr: inner, .. } | Expr::Collate { expr: inner, .. } => {
                let inner = self.outcomes(inner);
                Outcomes::value(inner.known, inner.null)
            }
            Expr::BinaryOp { left, op, right } => self.binary(expr, left, op, right),
            Expr::IsNull(inner) | Expr::IsUnknown(inner) => self.is_null(inner),
            Expr::IsNotNull(inner) | Expr::IsNotUnknown(inner) => self.is_null(inner).negated(),
            Expr::IsTrue(inner) => self.is_true(inner),
            Expr::IsNotTrue(inner) => self.is_true(inner).negated(),
            Expr::IsFalse(inner) => self.is_false(inner),
            Expr::IsNotFalse(inner) => self.is_false(inner).negated(),
            Expr::InList { expr, list, negated } => negated_if(*negated, self.in_list(expr, list)),
            Expr::InSubquery { expr, subquery, negated } => {
                let holds = self.all_known([&**expr]).and(&self.exists(subquery));
                negated_if(*negated, Outcomes::truth(holds, Given::nothing(), Given::nothing()))
            }
            Expr::AnyOp { left, right, .. } => {
                let holds = self.all_known([&**left]).and(&self.row_of(right));
                Outcomes::truth(holds, Given::nothing(), Given::nothing())
            }
            Expr::AllOp { left, right, .. } => {
                let fails = self.all_known([&**left]).and(&self.row_of(right));
                Outcomes::truth(Given::nothing(), fails, Given::nothing())
            }
            Expr::Between { expr, negated, low, high } => negated_if(*negated, self.between(expr, low, high)),
            Expr::Like { expr, pattern, .. } => {
                let (value, pattern) = (self.outcomes(expr), self.outcomes(pattern));
                Outcomes::value(value.known.and(&pattern.known), value.null.or(&pattern.null))
            }
            // MariaDB gives NULL for a pattern that it cannot read.
            Expr::RLike { expr, pattern, .. } => {
                Outcomes::value(self.all_known([&**expr, &**pattern]), Given::nothing())
            }
            Expr::Exists { subquery, negated } => {
                let exists = Outcomes::truth(self.exists(subquery), Given::nothing(), Given::Never);
                negated_if(*negated, exists)
            }
            Expr::Cast { expr: inner, .. }
            | Expr::Convert { expr: inner, .. }
            | Expr::Extract { expr: inner, .. }
            | Expr::Ceil { expr: inner, .. }
            | Expr::Floor { expr: inner, .. } => self.strict(expr, [&**inner]),
            Expr::Substring { expr: inner, substring_from, substring_for, .. } => {
                let parts = [Some(inner), substring_from.as_ref(), substring_for.as_ref()];
                self.strict(expr, parts.into_iter().flatten().map(|part| &**part))
            }
            Expr::Trim { expr: inner, trim_what, .. } => {
                self.strict(expr, [Some(inner), trim_what.as_ref()].into_iter().flatten().map(|part| &**part))
            }
            Expr::Position { expr: needle, r#in } => self.strict(expr, [&**needle, &**r#in]),
            Expr::Case { operand, conditions, else_result, .. } => {
                let branches = conditions.iter().map(|branch| {
                    let taken = match operand {
                        Some(operand) => self.equal(operand, &branch.condition),
                        None => self.outcomes(&branch.condition),
                    };
                    (taken, Some(&branch.result))
                });
                self.chosen(expr, branches.collect(), else_result.as_deref())
            }
            Expr::Function(call) => self.call(expr, call),
            Expr::Subquery(_) => self.itself(expr, Outcomes::unknown()),
            _ => Outcomes::unknown(),
        }
    }

    /// What follows where none of the expressions is NULL.
    pub(super) fn all_known<'e>(&self, exprs: impl IntoIterator<Item = &'e Expr>) -> Given {
        exprs.into_iter().fold(Given::nothing(), |all, expr| match bare(expr) {
            Expr::Tuple(items) => all.and(&self.all_known(items)),
            other => all.and(&self.outcomes(other).known),
        })
    }

    /// An expression that is NULL when one of its parts is, and perhaps for other reasons too.
    fn strict<'e>(&self, expr: &Expr, parts: impl IntoIterator<Item = &'e Expr>) -> Outcomes {
        self.itself(expr, Outcomes::value(self.all_known(parts), Given::nothing()))
    }

    /// Where an expression is not NULL, neither is the same expression elsewhere.
    fn itself(&self, expr: &Expr, mut outcomes: Outcomes) -> Outcomes {
        if self.hidden.is_some() {
            return outcomes;
        }
        if let Some(text) = same_text(self.analyzer, self.scopes, self.items, expr) {
            let own = Given::Then(Facts::from([Fact::Here(Term::Expr(text))]));
            outcomes.holds = outcomes.holds.and(&own);
            outcomes.fails = outcomes.fails.and(&own);
            outcomes.known = outcomes.known.and(&own);
        }
        outcomes
    }

    fn name(&self, expr: &Expr) -> Outcomes {
        if let Some(hidden) = self.hidden {
            let outer = names::column(expr).and_then(|(qualifier, _)| qualifier).is_some_and(|qualifier| {
                !hidden.iter().any(|alias| same_column_name(alias, &qualifier.table.value))
            });
            if !outer {
                return Outcomes::unknown();
            }
        }
        match meaning(self.analyzer, self.scopes, self.items, expr) {
            Meaning::Column { depth, id } => {
                let mut known = Facts::from([Fact::Here(Term::Column { depth, id })]);
                // Its row is there.
                if depth == 0 {
                    known.extend(self.scopes.scope.joins_over(id).into_iter().map(Fact::Matched));
                }
                let null = if self.is_never_null(depth, id) { Given::Never } else { Given::nothing() };
                Outcomes::value(Given::Then(known), null)
            }
            Meaning::Item(item) => Reader { items: &[], ..*self }.outcomes(item),
            Meaning::Unclear => Outcomes::unknown(),
        }
    }

    /// Whether a column is never NULL, not even for the functions that take a zero date or what is no address for it.
    fn is_never_null(&self, depth: usize, id: ColumnId) -> bool {
        let value = self.scopes.value(depth, id);
        let plain = merge::is_number(&value.ty)
            || matches!(*value.ty, SqlType::Text { .. } | SqlType::Enum { .. } | SqlType::Set { .. });
        plain && value.null.is_never()
    }

    fn binary(&self, expr: &Expr, left: &Expr, op: &BinaryOperator, right: &Expr) -> Outcomes {
        use BinaryOperator as B;
        match op {
            B::And | B::PGOverlap => conjunction(self.outcomes(left), self.outcomes(right)),
            B::Or => disjunction(self.outcomes(left), self.outcomes(right)),
            B::StringConcat if !self.analyzer.catalog.server.has_mode("PIPES_AS_CONCAT") => {
                disjunction(self.outcomes(left), self.outcomes(right))
            }
            B::Xor => {
                let (left, right) = (self.outcomes(left), self.outcomes(right));
                let differ = left.holds.clone().and(&right.fails).or(&left.fails.clone().and(&right.holds));
                let agree = left.holds.and(&right.holds).or(&left.fails.and(&right.fails));
                Outcomes::truth(differ, agree, left.null.or(&right.null))
            }
            B::Eq | B::NotEq | B::Lt | B::LtEq | B::Gt | B::GtEq | B::Spaceship => {
                self.compared(left, op, right)
            }
            B::Assignment => Outcomes::unknown(),
            B::Plus | B::Minus | B::Multiply | B::StringConcat | B::BitwiseAnd | B::BitwiseOr => {
                let (left, right) = (self.outcomes(left), self.outcomes(right));
                Outcomes::value(left.known.and(&right.known), left.null.or(&right.null))
            }
            // A division by zero is NULL, JSON has no such path.
            _ => self.strict(expr, [left, right]),
        }
    }

    /// What follows where a row of the group has no NULL among the arguments of an aggregate.
    pub(super) fn some_row(&self, call: &Call) -> Given {
        let mut facts = Facts::from([Fact::Row]);
        // What an argument says it says of the rows of the group.
        let inside = Scopes { rows: Rows::Plain, facts: None, ..*self.scopes };
        let reader = Reader { scopes: &inside, items: &[], ..*self };
        for argument in arguments(call) {
            if let Some(text) = same_text(self.analyzer, &inside, &[], argument) {
                facts.insert(Fact::Somewhere(Term::Expr(text)));
            }
            for fact in reader.outcomes(argument).known.facts() {
                match fact {
                    Fact::Here(term) => {
                        facts.insert(Fact::Somewhere(term));
                    }
                    Fact::Somewhere(_) | Fact::Row | Fact::Matched(_) => {}
                }
            }
        }
        Given::Then(facts)
    }

    pub(super) fn is_null(&self, inner: &Expr) -> Outcomes {
        let outcomes = self.outcomes(inner);
        // A date that is NOT NULL is NULL for this operator where it is zero.
        let holds = match names::column(inner) {
            Some(_) => Given::nothing(),
            None => outcomes.null,
        };
        Outcomes::truth(holds, outcomes.known, Given::Never)
    }

    fn is_true(&self, inner: &Expr) -> Outcomes {
        let outcomes = self.outcomes(inner);
        let not = outcomes.not_held();
        Outcomes::truth(outcomes.holds, not, Given::Never)
    }

    fn is_false(&self, inner: &Expr) -> Outcomes {
        let outcomes = self.outcomes(inner);
        let not = outcomes.holds.or(&outcomes.null);
        Outcomes::truth(outcomes.fails, not, Given::Never)
    }

    /// The value of the first branch whose condition holds. A branch without expression is an argument of COALESCE.
    fn chosen(
        &self,
        expr: &Expr,
        branches: Vec<(Outcomes, Option<&Expr>)>,
        otherwise: Option<&Expr>,
    ) -> Outcomes {
        let mut before = Given::nothing();
        let mut found =
            Outcomes { holds: Given::Never, fails: Given::Never, null: Given::Never, known: Given::Never };
        let mut add = |taken: &Given, value: &Outcomes| {
            found.holds = found.holds.or(&taken.clone().and(&value.holds));
            found.fails = found.fails.or(&taken.clone().and(&value.fails));
            found.null = found.null.or(&taken.clone().and(&value.null));
            found.known = found.known.or(&taken.clone().and(&value.known));
        };
        for (condition, result) in &branches {
            let taken = before.clone().and(&condition.holds);
            if let Some(result) = result {
                add(&taken, &self.outcomes(result));
            }
            before = before.and(&condition.not_held());
        }
        match otherwise {
            Some(otherwise) => add(&before, &self.outcomes(otherwise)),
            None => found.null = found.null.or(&before),
        }
        // MariaDB makes NULL of a zero date that it chooses.
        found.null = Given::nothing().or(&found.null);
        self.itself(expr, found)
    }

    /// COALESCE: the first that is not NULL.
    fn coalesced(&self, expr: &Expr, arguments: &[&Expr]) -> Outcomes {
        let mut before = Given::nothing();
        let mut found = Outcomes {
            holds: Given::Never,
            fails: Given::Never,
            null: Given::nothing(),
            known: Given::Never,
        };
        for argument in arguments {
            let outcomes = self.outcomes(argument);
            found.holds = found.holds.or(&before.clone().and(&outcomes.holds));
            found.fails = found.fails.or(&before.clone().and(&outcomes.fails));
            found.known = found.known.or(&before.clone().and(&outcomes.known));
            before = before.and(&outcomes.null);
        }
        self.itself(expr, found)
    }

    fn call(&self, expr: &Expr, call: &Call) -> Outcomes {
        let Some(row) = function(call) else { return Outcomes::unknown() };
        if call.over.is_some() {
            return Outcomes::unknown();
        }
        if row.kind == Kind::Aggregate {
            return self.aggregate(expr, call, row);
        }
        let arguments = arguments(call);
        match (row.name, arguments.as_slice()) {
            ("if", [condition, yes, no]) => {
                let branches = vec![(self.outcomes(condition), Some(*yes))];
                return self.chosen(expr, branches, Some(no));
            }
            ("nvl2", [condition, yes, no]) => {
                let branches = vec![(self.is_null(condition).negated(), Some(*yes))];
                return self.chosen(expr, branches, Some(no));
            }
            ("nullif", [value, _]) => {
                let value = self.outcomes(value);
                return self.itself(expr, Outcomes { null: Given::nothing(), ..value });
            }
            ("isnull", [inner]) => return self.is_null(inner),
            (_, _) => {}
        }
        if row.kind != Kind::Scalar {
            return Outcomes::unknown();
        }
        match row.null {
            // What is compared with a date may be NULL for not being one.
            NullRule::Never => match row.result {
                Ret::BigInt | Ret::BigIntUnsigned | Ret::Int | Ret::Double | Ret::Rank => {
                    Outcomes::value(Given::nothing(), Given::Never)
                }
                _ => Outcomes::unknown(),
            },
            NullRule::Strict => {
                let arguments = arguments.iter().map(|argument| self.outcomes(argument));
                let mut found = Outcomes::value(Given::nothing(), Given::Never);
                for argument in arguments {
                    let known = found.known.and(&argument.known);
                    found = Outcomes::value(known, found.null.or(&argument.null));
                }
                match row.result {
                    // MariaDB makes NULL of zero dates here.
                    // What is rounded up may be no date any more.
                    Ret::Merged | Ret::Extreme | Ret::Rounded | Ret::RoundedTo => {
                        self.itself(expr, Outcomes { null: Given::nothing(), ..found })
                    }
                    _ => found,
                }
            }
            NullRule::StrictOrMore | NullRule::StrictOfDates => self.strict(expr, arguments),
            // The other family may have a value for NULL.
            NullRule::StrictOn(family) if family == self.analyzer.catalog.server.family => {
                self.strict(expr, arguments)
            }
            NullRule::StrictOn(_) => self.itself(expr, Outcomes::unknown()),
            NullRule::Coalesce => self.coalesced(expr, &arguments),
            NullRule::First | NullRule::FirstOrMore => self.strict(expr, arguments.first().copied()),
            NullRule::Possible | NullRule::Group => self.itself(expr, Outcomes::unknown()),
        }
    }

    fn aggregate(&self, expr: &Expr, call: &Call, row: &Function) -> Outcomes {
        if self.hidden.is_some() {
            return Outcomes::unknown();
        }
        match row.null {
            NullRule::Never if row.name == "count" => {
                Outcomes { holds: self.some_row(call), ..Outcomes::value(Given::nothing(), Given::Never) }
            }
            NullRule::Never => Outcomes::value(Given::nothing(), Given::Never),
            NullRule::Group if OF_ANY_ROW.contains(&row.name) => {
                self.itself(expr, Outcomes::value(Given::Then(Facts::from([Fact::Row])), Given::nothing()))
            }
            NullRule::Group | NullRule::Possible => {
                self.itself(expr, Outcomes::value(self.some_row(call), Given::nothing()))
            }
            NullRule::Strict
            | NullRule::StrictOrMore
            | NullRule::StrictOn(_)
            | NullRule::StrictOfDates
            | NullRule::Coalesce
            | NullRule::First
            | NullRule::FirstOrMore => Outcomes::unknown(),
        }
    }

    /// What follows for the rows around where a subquery has a row: what its WHERE says of their columns.
    fn exists(&self, query: &Query) -> Given {
        let Some((condition, relations)) = filter_of_rows(query) else { return Given::nothing() };
        let hidden: Vec<&str> =
            relations.into_iter().chain(self.hidden.into_iter().flatten().copied()).collect();
        let reader = Reader { hidden: Some(&hidden), items: &[], ..*self };
        reader.outcomes(condition).holds
    }

    /// The same where something that has rows is a subquery.
    fn row_of(&self, expr: &Expr) -> Given {
        match expr {
            Expr::Subquery(query) => self.exists(query),
            Expr::Nested(inner) => self.row_of(inner),
            _ => Given::nothing(),
        }
    }
}

/// Aggregates that take rows of NULL as well.
pub(super) const OF_ANY_ROW: [&str; 2] = ["json_arrayagg", "json_objectagg"];

/// The WHERE of a query that has rows only where it holds, and the names of its relations.
fn filter_of_rows(query: &Query) -> Option<(&Expr, Vec<&str>)> {
    use sqlparser::ast::{GroupByExpr, SetExpr, TableFactor};
    fn relation<'e>(factor: &'e TableFactor, into: &mut Vec<&'e str>) -> Option<()> {
        match factor {
            TableFactor::Table { name, alias, .. } => {
                let name = alias.as_ref().map(|alias| &alias.name).or_else(|| names::last(name))?;
                into.push(&name.value);
                Some(())
            }
            TableFactor::Derived { alias, .. } => {
                into.push(&alias.as_ref()?.name.value);
                Some(())
            }
            _ => None,
        }
    }
    let (SetExpr::Select(select), None) = (&*query.body, &query.with) else { return None };
    let summarised = match &select.group_by {
        GroupByExpr::Expressions(keys, modifiers) => {
            !modifiers.is_empty()
                || (keys.is_empty()
                    && (super::cardinality::has_aggregate(&select.projection)
                        || super::cardinality::has_aggregate(&select.having)
                        || query.order_by.as_ref().is_some_and(super::cardinality::has_aggregate)))
                || keys
                    .iter()
                    .any(|key| matches!(key, Expr::Rollup(_) | Expr::Cube(_) | Expr::GroupingSets(_)))
        }
        GroupByExpr::All(_) => true,
    };
    let condition = select.selection.as_ref().filter(|_| !summarised)?;
    let mut relations = Vec::new();
    for table in &select.from {
        relation(&table.relation, &mut relations)?;
        for join in &table.joins {
            relation(&join.relation, &mut relations)?;
        }
    }
    Some((condition, relations))
}

/// The row of the function table.
pub(super) fn function(call: &Call) -> Option<&'static Function> {
    let (schema, name) = names::table(&call.name)?;
    if schema.is_some() { None } else { functions::find(&name.value) }
}

/// The row of the function table where a call is an aggregate over a group.
pub(super) fn aggregate(call: &Call) -> Option<&'static Function> {
    function(call).filter(|row| row.kind == Kind::Aggregate && call.over.is_none())
}

/// An expression without the brackets around it.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Nested(inner) => bare(inner),
        other => other,
    }
}

pub(super) fn conjunction(left: Outcomes, right: Outcomes) -> Outcomes {
    let one = |null: &Given, other: &Outcomes| match null {
        // Most are never NULL, or NULL for no reason that says anything.
        Given::Never => Given::Never,
        Given::Then(_) => null.clone().and(&other.holds.or(&other.null)),
    };
    let null = one(&left.null, &right).or(&one(&right.null, &left));
    let fails = left.fails.or(&right.fails);
    Outcomes::truth(left.holds.and(&right.holds), fails, null)
}

pub(super) fn disjunction(left: Outcomes, right: Outcomes) -> Outcomes {
    conjunction(left.negated(), right.negated()).negated()
}

pub(super) fn negated_if(negated: bool, outcomes: Outcomes) -> Outcomes {
    if negated { outcomes.negated() } else { outcomes }
}

fn literal(literal: &Literal) -> Outcomes {
    let nothing = Given::nothing;
    match literal {
        Literal::Null => {
            Outcomes { holds: Given::Never, fails: Given::Never, null: nothing(), known: Given::Never }
        }
        Literal::Boolean(true) => Outcomes::truth(nothing(), Given::Never, Given::Never),
        Literal::Boolean(false) => Outcomes::truth(Given::Never, nothing(), Given::Never),
        Literal::Number(text, _) => match text.parse::<f64>() {
            Ok(0.0) => Outcomes::truth(Given::Never, nothing(), Given::Never),
            Ok(_) => Outcomes::truth(nothing(), Given::Never, Given::Never),
            Err(_) => Outcomes::value(nothing(), Given::Never),
        },
        Literal::SingleQuotedString(_) | Literal::DoubleQuotedString(_) => {
            Outcomes::value(nothing(), Given::Never)
        }
        _ => Outcomes::unknown(),
    }
}
