//! Which columns cannot be NULL in a row that a condition let through, and which outer joins that makes inner ones.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, UnaryOperator, Value, Visit,
    Visitor,
};

use crate::catalog::Server;

use super::functions::{self, Kind, NullRule};
use super::names;
use super::scope::{ColumnId, Lookup, Scope, Scopes};
use super::value::Null;

/// A condition that holds for every row, or for every row in which some outer joins found a partner.
pub(super) struct Condition<'a> {
    pub(super) claim: Claim<'a>,
    /// The outer joins that must have found a partner for the condition to hold.
    pub(super) guard: BTreeSet<usize>,
}

/// What a condition says.
pub(super) enum Claim<'a> {
    /// The expression is true.
    Holds(&'a Expr),
    /// The columns are equal: USING and NATURAL, which have no condition in the text.
    Same(ColumnId, ColumnId),
}

/// How many expressions are remembered as not being NULL.
const MOST_EXPRS: usize = 32;

/// What is not NULL in a row, or in a branch.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts<'e> {
    /// Columns of the innermost scope.
    pub(super) columns: BTreeSet<ColumnId>,
    /// Expressions that give the same value wherever they stand in the row.
    pub(super) exprs: Vec<&'e Expr>,
}

impl<'e> Facts<'e> {
    fn columns(columns: BTreeSet<ColumnId>) -> Self {
        Self { columns, exprs: Vec::new() }
    }

    /// What both say together.
    pub(super) fn and(mut self, other: Facts<'e>) -> Self {
        self.columns.extend(other.columns);
        for expr in other.exprs {
            self.note(expr);
        }
        self
    }

    /// Keeps an expression. More than a person would repeat are not kept: the conditions of a machine may be long.
    fn note(&mut self, expr: &'e Expr) {
        if self.exprs.len() < MOST_EXPRS && !self.exprs.contains(&expr) {
            self.exprs.push(expr);
        }
    }

    /// What each of them says.
    fn or(mut self, other: &Facts<'e>) -> Self {
        self.columns.retain(|column| other.columns.contains(column));
        self.exprs.retain(|expr| other.exprs.contains(expr));
        self
    }

    /// Whether an expression is one of those that are not NULL.
    pub(super) fn have(&self, expr: &Expr) -> bool {
        self.exprs.contains(&plain(expr))
    }
}

/// Applies conditions to a scope until nothing changes: columns become non-null, outer joins become inner.
///
/// `more` are columns known not to be NULL by other means. The guards of the conditions lose the joins that became
/// inner.
pub(super) fn refine<'a>(
    server: &Server,
    scope: &mut Scope<'a>,
    conditions: &mut [Condition<'a>],
    more: Vec<(BTreeSet<ColumnId>, BTreeSet<usize>)>,
) {
    let mut facts: Vec<(BTreeSet<ColumnId>, BTreeSet<usize>)> = {
        let scopes = Scopes::new(scope, None);
        let rejection = Rejection { server, scopes: &scopes };
        conditions
            .iter()
            .map(|condition| {
                let columns = match condition.claim {
                    Claim::Holds(expr) => rejection.holds(expr, true).columns,
                    Claim::Same(left, right) => BTreeSet::from([left, right]),
                };
                (columns, condition.guard.clone())
            })
            .chain(more)
            .collect()
    };
    loop {
        let mut matched: BTreeSet<usize> = BTreeSet::new();
        for (columns, guard) in &facts {
            for id in columns {
                let relation = &mut scope.relations[id.relation];
                let marks: BTreeSet<usize> = relation.marks.iter().map(|mark| mark.join).collect();
                if guard.is_subset(&marks) {
                    // Where the guard holds the column is not NULL, so each further join found its partner too.
                    relation.columns[id.column].null = Null::Never;
                    matched.extend(marks.difference(guard));
                }
            }
        }
        if matched.is_empty() {
            return;
        }
        for relation in &mut scope.relations {
            relation.marks.retain(|mark| !matched.contains(&mark.join));
        }
        let guards = facts.iter_mut().map(|(_, guard)| guard);
        for guard in guards.chain(conditions.iter_mut().map(|condition| &mut condition.guard)) {
            guard.retain(|join| !matched.contains(join));
        }
    }
}

/// Whether a condition on the one group of all rows is true only when there are rows, given what it says is not NULL:
/// an aggregate that is NULL over no rows, or a count above zero.
pub(super) fn needs_rows(having: &Expr, facts: &Facts<'_>) -> bool {
    let null_without = |expr: &&Expr| match expr {
        Expr::Function(call) if call.over.is_none() => names::last(&call.name)
            .and_then(|name| functions::find(&name.value))
            .is_some_and(|row| row.kind == Kind::Aggregate && row.null == NullRule::Group),
        _ => false,
    };
    let mut parts = Vec::new();
    conjuncts(having, &mut parts);
    facts.exprs.iter().any(null_without) || parts.into_iter().any(counts)
}

/// `COUNT(*)`, or a comparison that holds for counts above zero only.
fn counts(expr: &Expr) -> bool {
    let number = |expr: &Expr| match plain(expr) {
        Expr::Value(value) => match &value.value {
            Value::Number(text, _) => text.parse::<u64>().ok(),
            _ => None,
        },
        _ => None,
    };
    let is_count = |expr: &Expr| match plain(expr) {
        Expr::Function(call) => {
            call.over.is_none()
                && names::last(&call.name).is_some_and(|name| name.value.eq_ignore_ascii_case("count"))
        }
        _ => false,
    };
    let Expr::BinaryOp { left, op, right } = plain(expr) else { return is_count(expr) };
    let (count, op, number) = match (number(left), number(right)) {
        (None, Some(number)) => (left, op.clone(), number),
        (Some(number), None) => (right, mirrored(op), number),
        _ => return false,
    };
    is_count(count)
        && match op {
            BinaryOperator::Gt => true,
            BinaryOperator::GtEq | BinaryOperator::Eq => number > 0,
            BinaryOperator::NotEq => number == 0,
            _ => false,
        }
}

/// The comparison with its sides exchanged.
fn mirrored(op: &BinaryOperator) -> BinaryOperator {
    match op {
        BinaryOperator::Lt => BinaryOperator::Gt,
        BinaryOperator::LtEq => BinaryOperator::GtEq,
        BinaryOperator::Gt => BinaryOperator::Lt,
        BinaryOperator::GtEq => BinaryOperator::LtEq,
        other => other.clone(),
    }
}

/// The conjuncts of a condition.
pub(super) fn conjuncts<'a>(expr: &'a Expr, into: &mut Vec<&'a Expr>) {
    match expr {
        Expr::Nested(inner) => conjuncts(inner, into),
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            conjuncts(left, into);
            conjuncts(right, into);
        }
        other => into.push(other),
    }
}

/// Asks expressions what their value says of the columns of the innermost scope.
pub(super) struct Rejection<'s, 'a> {
    pub(super) server: &'s Server,
    pub(super) scopes: &'s Scopes<'a, 's>,
}

impl Rejection<'_, '_> {
    /// What is not NULL where `expr` is true (or false, as `truth` says).
    pub(super) fn holds<'e>(&self, expr: &'e Expr, truth: bool) -> Facts<'e> {
        match expr {
            Expr::Nested(inner) => self.holds(inner, truth),
            Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::BangNot, expr } => {
                self.holds(expr, !truth)
            }
            Expr::BinaryOp { left, op, right } => match op {
                BinaryOperator::And | BinaryOperator::Or => {
                    let (left, right) = (self.holds(left, truth), self.holds(right, truth));
                    if (*op == BinaryOperator::And) == truth { left.and(right) } else { left.or(&right) }
                }
                BinaryOperator::PGOverlap => {
                    let (left, right) = (self.holds(left, truth), self.holds(right, truth));
                    if truth { left.and(right) } else { left.or(&right) }
                }
                BinaryOperator::Spaceship if truth => {
                    // Equal to something that is never NULL.
                    if self.is_never_null(right) {
                        self.strict(left)
                    } else if self.is_never_null(left) {
                        self.strict(right)
                    } else {
                        Facts::default()
                    }
                }
                BinaryOperator::Spaceship => match (is_null(left), is_null(right)) {
                    (_, true) => self.strict(left),
                    (true, false) => self.strict(right),
                    (false, false) => Facts::default(),
                },
                // Rows are equal when all their values are.
                BinaryOperator::Eq if truth => match (row(left), row(right)) {
                    (Some(left), Some(right)) => self.strict_all(left.iter().chain(right)),
                    _ => self.strict(expr),
                },
                _ => self.strict(expr),
            },
            Expr::IsNotNull(inner) if truth => self.strict(inner),
            Expr::IsNull(inner) if !truth => self.strict(inner),
            Expr::IsTrue(inner) if truth => self.holds(inner, true),
            Expr::IsFalse(inner) if truth => self.holds(inner, false),
            Expr::IsNotTrue(inner) if !truth => self.holds(inner, true),
            Expr::IsNotFalse(inner) if !truth => self.holds(inner, false),
            Expr::IsNotUnknown(inner) if truth => self.strict(inner),
            Expr::IsUnknown(inner) if !truth => self.strict(inner),
            // Over an empty list IN is false and NOT IN is true, whatever stands on the left.
            Expr::InList { expr, list, negated } => {
                let never_empty = !list.iter().any(is_placeholder);
                match row(expr) {
                    // A row that is in a list is equal to one in it; one that is not may differ in one value alone.
                    Some(values) if truth != *negated => self.strict_all(values),
                    Some(_) => Facts::default(),
                    None if never_empty || (truth != *negated) => self.strict(expr),
                    None => Facts::default(),
                }
            }
            Expr::InSubquery { expr, negated, .. } if truth != *negated => match row(expr) {
                Some(values) => self.strict_all(values),
                None => self.strict(expr),
            },
            Expr::AnyOp { left, .. } if truth => self.strict(left),
            Expr::AllOp { left, .. } if !truth => self.strict(left),
            Expr::Between { expr, negated, low, high } => {
                let facts = self.strict(expr);
                if truth != *negated { facts.and(self.strict(low)).and(self.strict(high)) } else { facts }
            }
            Expr::Function(function) if !truth && is_isnull(function) => self.strict_all(arguments(function)),
            other => self.strict(other),
        }
    }

    /// What is not NULL where `expr` is anything but true.
    pub(super) fn fails<'e>(&self, expr: &'e Expr) -> Facts<'e> {
        match expr {
            Expr::Nested(inner) => self.fails(inner),
            Expr::IsNull(inner) => self.strict(inner),
            Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::BangNot, expr } => match plain(expr) {
                Expr::IsNotNull(inner) => self.strict(inner),
                _ => Facts::default(),
            },
            Expr::BinaryOp { left, op: BinaryOperator::Or, right } => self.fails(left).and(self.fails(right)),
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
                self.fails(left).or(&self.fails(right))
            }
            // A NULL-safe comparison is never NULL itself.
            Expr::BinaryOp { op: BinaryOperator::Spaceship, .. } => self.holds(expr, false),
            Expr::Function(function) if is_isnull(function) => self.strict_all(arguments(function)),
            _ => Facts::default(),
        }
    }

    fn strict_all<'e>(&self, exprs: impl IntoIterator<Item = &'e Expr>) -> Facts<'e> {
        exprs.into_iter().fold(Facts::default(), |facts, expr| facts.and(self.strict(expr)))
    }

    /// What is not NULL where `expr` is not: itself, and all whose NULL makes it NULL.
    pub(super) fn strict<'e>(&self, expr: &'e Expr) -> Facts<'e> {
        let mut facts = self.parts(expr);
        let expr = plain(expr);
        let named = matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_));
        if facts.exprs.len() < MOST_EXPRS && (!named || self.is_alias(expr)) && is_repeatable(expr) {
            facts.note(expr);
        }
        facts
    }

    /// The parts of an expression whose NULL makes it NULL.
    fn parts<'e>(&self, expr: &'e Expr) -> Facts<'e> {
        match expr {
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                Facts::columns(self.column(expr).into_iter().collect())
            }
            Expr::Nested(inner)
            | Expr::Collate { expr: inner, .. }
            | Expr::Cast { expr: inner, .. }
            | Expr::Convert { expr: inner, .. }
            | Expr::Extract { expr: inner, .. }
            | Expr::Ceil { expr: inner, .. }
            | Expr::Floor { expr: inner, .. }
            | Expr::UnaryOp { expr: inner, .. } => self.strict(inner),
            Expr::BinaryOp { left, op, right } => match op {
                // Each can be decided by one side alone.
                BinaryOperator::And | BinaryOperator::Or | BinaryOperator::PGOverlap => {
                    self.strict(left).or(&self.strict(right))
                }
                BinaryOperator::Spaceship | BinaryOperator::Assignment => Facts::default(),
                _ => self.strict(left).and(self.strict(right)),
            },
            Expr::Like { expr, pattern, .. } | Expr::RLike { expr, pattern, .. } => {
                self.strict(expr).and(self.strict(pattern))
            }
            Expr::Between { expr, .. } => self.strict(expr),
            Expr::InList { expr, list, .. } if row(expr).is_none() && !list.iter().any(is_placeholder) => {
                self.strict(expr)
            }
            Expr::Substring { expr, substring_from, substring_for, .. } => {
                let parts = [substring_from, substring_for].into_iter().flatten();
                self.strict(expr).and(self.strict_all(parts.map(|part| &**part)))
            }
            Expr::Trim { expr, trim_what, .. } => {
                self.strict(expr).and(self.strict_all(trim_what.iter().map(|what| &**what)))
            }
            Expr::Position { expr, r#in } => self.strict(expr).and(self.strict(r#in)),
            Expr::Function(function) => self.strict_function(function),
            _ => Facts::default(),
        }
    }

    fn strict_function<'e>(&self, function: &'e sqlparser::ast::Function) -> Facts<'e> {
        let (Some(row), None) =
            (names::last(&function.name).and_then(|name| functions::find(&name.value)), &function.over)
        else {
            return Facts::default();
        };
        if row.kind != Kind::Scalar || row.name == "if" {
            return Facts::default();
        }
        let arguments = arguments(function).into_iter();
        match row.null {
            NullRule::Strict | NullRule::StrictOrMore | NullRule::StrictOfDates => self.strict_all(arguments),
            // The other family may have a value for NULL.
            NullRule::StrictOn(family) if family == self.server.family => self.strict_all(arguments),
            NullRule::StrictOn(_) => Facts::default(),
            NullRule::Coalesce => {
                let sets = arguments.map(|argument| self.strict(argument));
                sets.reduce(|known, more| known.or(&more)).unwrap_or_default()
            }
            NullRule::First | NullRule::FirstOrMore => self.strict_all(arguments.take(1)),
            NullRule::Never | NullRule::Possible | NullRule::Group => Facts::default(),
        }
    }

    /// The column of the innermost scope that an expression is.
    pub(super) fn column(&self, expr: &Expr) -> Option<ColumnId> {
        let (qualifier, name) = names::column(expr)?;
        match self.scopes.find(self.server, qualifier, &name.value) {
            Lookup::Column { depth: 0, id } => Some(id),
            _ => None,
        }
    }

    /// A name that is no column: in HAVING it is that of an item of the select list.
    fn is_alias(&self, expr: &Expr) -> bool {
        let Expr::Identifier(name) = expr else { return false };
        let lookup = self.scopes.find(self.server, None, &name.value);
        !names::is_variable(name) && matches!(lookup, Lookup::NoColumn | Lookup::Alias(_))
    }

    /// A literal, or a column that is never NULL.
    fn is_never_null(&self, expr: &Expr) -> bool {
        if is_literal(expr) {
            return true;
        }
        let Some((qualifier, name)) = names::column(expr) else { return false };
        match self.scopes.find(self.server, qualifier, &name.value) {
            Lookup::Column { depth, id } => self.scopes.value(depth, id).null.is_never(),
            _ => false,
        }
    }
}

/// What an expression is without parentheses around it.
fn plain(expr: &Expr) -> &Expr {
    match expr {
        Expr::Nested(inner) => plain(inner),
        other => other,
    }
}

/// The values of a row such as `(a, b)`.
fn row(expr: &Expr) -> Option<&Vec<Expr>> {
    match plain(expr) {
        Expr::Tuple(values) => Some(values),
        _ => None,
    }
}

fn is_null(expr: &Expr) -> bool {
    matches!(plain(expr), Expr::Value(value) if matches!(value.value, Value::Null))
}

fn is_isnull(function: &sqlparser::ast::Function) -> bool {
    names::last(&function.name).is_some_and(|name| name.value.eq_ignore_ascii_case("isnull"))
}

/// Whether an expression gives the same value wherever it stands in the row: no random numbers, no variables, no
/// functions of which nothing is known, and no subqueries.
fn is_repeatable(expr: &Expr) -> bool {
    const FICKLE: [&str; 12] = [
        "benchmark",
        "is_free_lock",
        "is_used_lock",
        "lastval",
        "name_const",
        "rand",
        "random_bytes",
        "rownum",
        "sys_guid",
        "uuid",
        "uuid_short",
        "uuid_v7",
    ];
    struct Search;
    impl Visitor for Search {
        type Break = ();

        fn pre_visit_query(&mut self, _: &sqlparser::ast::Query) -> ControlFlow<()> {
            ControlFlow::Break(())
        }

        fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
            let fickle = match expr {
                Expr::Identifier(name) => names::is_variable(name),
                Expr::CompoundIdentifier(parts) => parts.first().is_some_and(names::is_variable),
                Expr::Function(function) => {
                    let row = names::last(&function.name).and_then(|name| functions::find(&name.value));
                    function.over.is_some()
                        || row.is_none_or(|row| row.kind == Kind::SideEffect || FICKLE.contains(&row.name))
                }
                _ => false,
            };
            if fickle { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    }
    expr.visit(&mut Search).is_continue()
}

/// The plain arguments of a call.
pub(super) fn arguments(function: &sqlparser::ast::Function) -> Vec<&Expr> {
    let FunctionArguments::List(list) = &function.args else { return Vec::new() };
    list.args
        .iter()
        .filter_map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
            _ => None,
        })
        .collect()
}

/// Whether an expression is a literal other than NULL.
fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => !matches!(value.value, Value::Null | Value::Placeholder(_)),
        Expr::Nested(inner) => is_literal(inner),
        Expr::UnaryOp { op: UnaryOperator::Minus | UnaryOperator::Plus, expr } => is_literal(expr),
        _ => false,
    }
}

/// Whether an expression is a placeholder, which may stand for an empty list.
pub(super) fn is_placeholder(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => matches!(value.value, Value::Placeholder(_)),
        Expr::Nested(inner) => is_placeholder(inner),
        _ => false,
    }
}
