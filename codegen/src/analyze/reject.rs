//! Which columns cannot be NULL in a row that a condition let through, and which outer joins that makes inner ones.

use std::collections::BTreeSet;

use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, UnaryOperator, Value,
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
                    Claim::Holds(expr) => rejection.holds(expr, true),
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

type Columns = BTreeSet<ColumnId>;

impl Rejection<'_, '_> {
    /// The columns that are not NULL where `expr` is true (or false, as `truth` says).
    pub(super) fn holds(&self, expr: &Expr, truth: bool) -> Columns {
        match expr {
            Expr::Nested(inner) => self.holds(inner, truth),
            Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::BangNot, expr } => {
                self.holds(expr, !truth)
            }
            Expr::BinaryOp { left, op, right } => match op {
                BinaryOperator::And | BinaryOperator::Or => {
                    let (left, right) = (self.holds(left, truth), self.holds(right, truth));
                    if (*op == BinaryOperator::And) == truth {
                        union(left, right)
                    } else {
                        left.intersection(&right).copied().collect()
                    }
                }
                BinaryOperator::PGOverlap => {
                    let (left, right) = (self.holds(left, truth), self.holds(right, truth));
                    if truth { union(left, right) } else { left.intersection(&right).copied().collect() }
                }
                BinaryOperator::Spaceship if truth => {
                    // Equal to something that is never NULL.
                    if is_literal(right) {
                        self.strict(left)
                    } else if is_literal(left) {
                        self.strict(right)
                    } else {
                        Columns::new()
                    }
                }
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
                if never_empty || (truth != *negated) { self.strict(expr) } else { Columns::new() }
            }
            Expr::InSubquery { expr, negated, .. } if truth != *negated => self.strict(expr),
            Expr::AnyOp { left, .. } if truth => self.strict(left),
            Expr::AllOp { left, .. } if !truth => self.strict(left),
            Expr::Between { expr, negated, low, high } => {
                let mut columns = self.strict(expr);
                if truth != *negated {
                    columns = union(columns, union(self.strict(low), self.strict(high)));
                }
                columns
            }
            other => self.strict(other),
        }
    }

    /// The columns that are not NULL where `expr` is anything but true.
    pub(super) fn fails(&self, expr: &Expr) -> Columns {
        match expr {
            Expr::Nested(inner) => self.fails(inner),
            Expr::IsNull(inner) => self.strict(inner),
            Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::BangNot, expr } => match &**expr {
                Expr::IsNotNull(inner) => self.strict(inner),
                Expr::Nested(inner) => match &**inner {
                    Expr::IsNotNull(inner) => self.strict(inner),
                    _ => Columns::new(),
                },
                _ => Columns::new(),
            },
            Expr::BinaryOp { left, op: BinaryOperator::Or, right } => {
                union(self.fails(left), self.fails(right))
            }
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
                self.fails(left).intersection(&self.fails(right)).copied().collect()
            }
            Expr::Function(function)
                if names::last(&function.name)
                    .is_some_and(|name| name.value.eq_ignore_ascii_case("isnull")) =>
            {
                arguments(function).first().map(|inner| self.strict(inner)).unwrap_or_default()
            }
            _ => Columns::new(),
        }
    }

    /// The columns whose NULL makes `expr` NULL: where `expr` is not NULL, neither are they.
    pub(super) fn strict(&self, expr: &Expr) -> Columns {
        match expr {
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.column(expr).into_iter().collect(),
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
                    self.strict(left).intersection(&self.strict(right)).copied().collect()
                }
                BinaryOperator::Spaceship | BinaryOperator::Assignment => Columns::new(),
                _ => union(self.strict(left), self.strict(right)),
            },
            Expr::Like { expr, pattern, .. } | Expr::RLike { expr, pattern, .. } => {
                union(self.strict(expr), self.strict(pattern))
            }
            Expr::Between { expr, .. } => self.strict(expr),
            Expr::InList { expr, list, .. } if !list.iter().any(is_placeholder) => self.strict(expr),
            Expr::Substring { expr, substring_from, substring_for, .. } => {
                let mut columns = self.strict(expr);
                for part in [substring_from, substring_for].into_iter().flatten() {
                    columns = union(columns, self.strict(part));
                }
                columns
            }
            Expr::Trim { expr, trim_what, .. } => {
                let columns = self.strict(expr);
                match trim_what {
                    Some(what) => union(columns, self.strict(what)),
                    None => columns,
                }
            }
            Expr::Position { expr, r#in } => union(self.strict(expr), self.strict(r#in)),
            Expr::Function(function) => self.strict_function(function),
            _ => Columns::new(),
        }
    }

    fn strict_function(&self, function: &sqlparser::ast::Function) -> Columns {
        let (Some(row), None) =
            (names::last(&function.name).and_then(|name| functions::find(&name.value)), &function.over)
        else {
            return Columns::new();
        };
        if row.kind != Kind::Scalar || row.name == "if" {
            return Columns::new();
        }
        let arguments = arguments(function);
        let mut sets = arguments.iter().map(|argument| self.strict(argument));
        match row.null {
            NullRule::Strict | NullRule::StrictOrMore | NullRule::StrictOfDates => {
                sets.fold(Columns::new(), union)
            }
            // The other family may have a value for NULL.
            NullRule::StrictOn(family) if family == self.server.family => sets.fold(Columns::new(), union),
            NullRule::StrictOn(_) => Columns::new(),
            NullRule::Coalesce => match sets.next() {
                Some(first) => sets.fold(first, |a, b| a.intersection(&b).copied().collect()),
                None => Columns::new(),
            },
            NullRule::First | NullRule::FirstOrMore => sets.next().unwrap_or_default(),
            NullRule::Never | NullRule::Possible | NullRule::Group => Columns::new(),
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

fn union(mut a: Columns, b: Columns) -> Columns {
    a.extend(b);
    a
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
