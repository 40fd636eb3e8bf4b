//! How many rows can come: at most one where keys are bound to constants, through joins.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Query, Value as Literal, Visit, Visitor};

use crate::catalog::{IndexKind, Server, SqlType};
use crate::typed::Cardinality;

use super::from::equality;
use super::merge;
use super::names;
use super::reject::{Condition, conjuncts, is_placeholder};
use super::scope::{ColumnId, Lookup, Scope, Scopes};

/// What is proved of the rows of a FROM clause.
pub(super) struct Bound {
    /// At most one, or any number.
    pub(super) rows: Cardinality,
    /// A key of a relation that is not bound, in words for a diagnostic.
    pub(super) missing_key: Option<String>,
    /// Columns that have one value in all rows.
    pub(super) determined: BTreeSet<ColumnId>,
}

/// `column` has the value that `by` give it, where the outer joins of `guard` found a partner.
struct Equality {
    column: ColumnId,
    by: BTreeSet<ColumnId>,
    guard: BTreeSet<usize>,
}

/// Follows equalities from constants through keys.
pub(super) fn bound(server: &Server, scopes: &Scopes<'_, '_>, conditions: &[Condition<'_>]) -> Bound {
    let scope = scopes.scope;
    let mut equalities = Vec::new();
    for condition in conditions {
        let mut parts = Vec::new();
        conjuncts(condition.expr, &mut parts);
        for part in parts {
            for (column, by) in sides(server, scopes, part) {
                equalities.push(Equality { column, by, guard: condition.guard.clone() });
            }
        }
    }
    let mut determined: BTreeSet<ColumnId> = BTreeSet::new();
    let mut single: BTreeSet<usize> = BTreeSet::new();
    loop {
        let before = (determined.len(), single.len());
        for equality in &equalities {
            let marks: BTreeSet<usize> =
                scope.relations[equality.column.relation].marks.iter().map(|mark| mark.join).collect();
            if equality.by.is_subset(&determined) && equality.guard.is_subset(&marks) {
                determined.insert(equality.column);
            }
        }
        for (index, relation) in scope.relations.iter().enumerate() {
            if !single.contains(&index)
                && (relation.rows != Cardinality::Many || has_bound_key(scope, index, &determined))
            {
                single.insert(index);
                determined
                    .extend((0..relation.columns.len()).map(|column| ColumnId { relation: index, column }));
            }
        }
        if before == (determined.len(), single.len()) {
            break;
        }
    }
    let unbound = (0..scope.relations.len()).find(|index| !single.contains(index));
    let rows = match unbound {
        Some(_) => Cardinality::Many,
        None if conditions.is_empty()
            && scope.relations.iter().all(|relation| relation.rows == Cardinality::One) =>
        {
            Cardinality::One
        }
        None => Cardinality::Opt,
    };
    Bound { rows, missing_key: unbound.and_then(|index| describe_key(scope, index)), determined }
}

fn has_bound_key(scope: &Scope<'_>, relation: usize, determined: &BTreeSet<ColumnId>) -> bool {
    let Some(table) = scope.relations[relation].table else { return false };
    table
        .indexes
        .iter()
        .filter(|index| matches!(index.kind, IndexKind::Primary | IndexKind::Unique))
        .filter_map(|index| index.whole_columns())
        .any(|columns| {
            columns.iter().all(|name| {
                let column = table.columns.iter().position(|column| column.name.eq_ignore_ascii_case(name));
                column.is_some_and(|column| determined.contains(&ColumnId { relation, column }))
            })
        })
}

fn describe_key(scope: &Scope<'_>, relation: usize) -> Option<String> {
    let relation = &scope.relations[relation];
    let columns = relation.table?.primary_key()?.whole_columns()?;
    let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    Some(format!("the primary key of `{}` ({})", relation.alias, columns.join(", ")))
}

/// The columns that an equality determines, each with the columns that it takes its value from.
fn sides(server: &Server, scopes: &Scopes<'_, '_>, expr: &Expr) -> Vec<(ColumnId, BTreeSet<ColumnId>)> {
    if let Expr::InList { expr, list, negated: false } = expr
        && let [only] = list.as_slice()
        && !is_placeholder(only)
    {
        return determined_by(server, scopes, expr, only).into_iter().collect();
    }
    match equality(expr) {
        Some((left, right)) => determined_by(server, scopes, left, right)
            .into_iter()
            .chain(determined_by(server, scopes, right, left))
            .collect(),
        None => Vec::new(),
    }
}

fn determined_by(
    server: &Server,
    scopes: &Scopes<'_, '_>,
    column: &Expr,
    by: &Expr,
) -> Option<(ColumnId, BTreeSet<ColumnId>)> {
    let id = own_column(server, scopes, column)?;
    let ty = &*scopes.scope.column(id).ty;
    if let Some((qualifier, name)) = names::column(by) {
        let (other, columns) = match scopes.find(server, qualifier, &name.value) {
            Lookup::Column { depth: 0, id } => (scopes.scope.column(id).ty.clone(), BTreeSet::from([id])),
            Lookup::Column { depth, id } => (scopes.value(depth, id).ty, BTreeSet::new()),
            Lookup::Alias(_) | Lookup::Ambiguous(_) | Lookup::NoColumn | Lookup::NoRelation => return None,
        };
        return same_comparison(ty, &other).then_some((id, columns));
    }
    constant_fits(ty, by).then_some((id, BTreeSet::new()))
}

fn own_column(server: &Server, scopes: &Scopes<'_, '_>, expr: &Expr) -> Option<ColumnId> {
    let (qualifier, name) = names::column(expr)?;
    match scopes.find(server, qualifier, &name.value) {
        Lookup::Column { depth: 0, id } => Some(id),
        _ => None,
    }
}

/// Whether `a = b` holds for one value of `a` at most, given `b`: a key that is text and is compared as a number
/// can match several rows.
fn same_comparison(a: &SqlType, b: &SqlType) -> bool {
    match (a, b) {
        (SqlType::Text { collation: a, .. }, SqlType::Text { collation: b, .. }) => a == b,
        (SqlType::Bytes { .. }, SqlType::Bytes { .. }) => true,
        (SqlType::Enum { .. }, SqlType::Enum { .. }) | (SqlType::Set { .. }, SqlType::Set { .. }) => a == b,
        (SqlType::Uuid, SqlType::Uuid) => true,
        _ => {
            let exact = |ty: &SqlType| merge::is_integer(ty) || matches!(ty, SqlType::Decimal { .. });
            (exact(a) && exact(b)) || (merge::is_temporal(a) && a == b)
        }
    }
}

/// The same for a parameter, which has the column's type, or a literal.
fn constant_fits(ty: &SqlType, expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => constant_fits(ty, inner),
        Expr::UnaryOp { expr, .. } => constant_fits(ty, expr),
        Expr::Value(value) => match &value.value {
            Literal::Placeholder(_) => true,
            Literal::Number(..) | Literal::Boolean(_) => merge::is_number(ty),
            Literal::SingleQuotedString(_)
            | Literal::DoubleQuotedString(_)
            | Literal::NationalStringLiteral(_) => !merge::is_number(ty),
            Literal::HexStringLiteral(_)
            | Literal::SingleQuotedRawStringLiteral(_)
            | Literal::SingleQuotedByteStringLiteral(_) => {
                matches!(ty, SqlType::Bytes { .. })
            }
            _ => false,
        },
        Expr::Function(function) => {
            names::last(&function.name).is_some_and(|name| name.value.eq_ignore_ascii_case("last_insert_id"))
                && merge::is_integer(ty)
        }
        _ => false,
    }
}

/// Whether an expression has an aggregate of its own, not one in a subquery or with OVER.
pub(super) fn has_aggregate(node: &impl Visit) -> bool {
    struct Search {
        depth: usize,
    }
    impl Visitor for Search {
        type Break = ();
        fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
            self.depth += 1;
            ControlFlow::Continue(())
        }
        fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
            self.depth -= 1;
            ControlFlow::Continue(())
        }
        fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
            use super::functions::{self, Kind};
            if let Expr::Function(function) = expr
                && self.depth == 0
                && function.over.is_none()
                && names::last(&function.name)
                    .and_then(|name| functions::find(&name.value))
                    .is_some_and(|row| row.kind == Kind::Aggregate)
            {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        }
    }
    node.visit(&mut Search { depth: 0 }).is_break()
}
