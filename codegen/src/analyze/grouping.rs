//! GROUP BY: what each key means, a position of the select list and an alias included.

use std::collections::BTreeSet;

use sqlparser::ast::{
    Expr, GroupByExpr, Select, SelectItem, SelectItemQualifiedWildcardKind, Value as Literal,
};

use crate::catalog::TableKind;

use super::cardinality::Proof;
use super::projection::OutputColumn;
use super::scope::{ColumnId, Lookup, Scope, Scopes, same_column_name};
use super::value::{Cause, Null, Why};
use super::{Analyzer, functions, names};

/// A column of the select list, stars spelled out.
pub(super) struct Item<'a> {
    /// The expression; `None` for a column of a star.
    pub(super) expr: Option<&'a Expr>,
    /// The alias.
    pub(super) alias: Option<&'a str>,
    /// The column of FROM that it is.
    pub(super) column: Option<ColumnId>,
}

/// A key of GROUP BY.
pub(super) struct Group<'a> {
    /// As it is written.
    pub(super) written: &'a Expr,
    /// The expression that it means; `None` for a column of a star, given by position.
    pub(super) expr: Option<&'a Expr>,
    /// The column of FROM that it means.
    pub(super) column: Option<ColumnId>,
    /// The place in the select list where it stands too.
    pub(super) output: Option<usize>,
}

impl<'a> Analyzer<'a> {
    /// The columns of a select list; `None` where a star stands for what is not known.
    pub(super) fn items(&self, scope: &Scope<'a>, projection: &'a [SelectItem]) -> Option<Vec<Item<'a>>> {
        let scopes = Scopes::new(scope, None);
        let column = |expr: &Expr| own_column(self, &scopes, expr);
        let star = |id: ColumnId| Item { expr: None, alias: None, column: Some(id) };
        let visible = |id: &ColumnId| !scope.column(*id).invisible;
        let mut items = Vec::new();
        for item in projection {
            match item {
                SelectItem::UnnamedExpr(expr) => {
                    items.push(Item { expr: Some(expr), alias: None, column: column(expr) });
                }
                SelectItem::ExprWithAlias { expr, alias } => {
                    let alias = Some(alias.value.as_str());
                    items.push(Item { expr: Some(expr), alias, column: column(expr) });
                }
                SelectItem::Wildcard(_) if !scope.incomplete => {
                    items.extend(scope.visible.iter().copied().filter(visible).map(star));
                }
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) => {
                    let (schema, table) = names::table(name)?;
                    let schema = schema.map(|schema| schema.value.as_str());
                    let relation = scope.relation(&self.catalog.server, schema, &table.value)?;
                    let columns = 0..scope.relations[relation].columns.len();
                    let ids = columns.map(|column| ColumnId { relation, column });
                    items.extend(ids.filter(visible).map(star));
                }
                SelectItem::Wildcard(_)
                | SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::Expr(_), _)
                | SelectItem::ExprWithAliases { .. } => return None,
            }
        }
        Some(items)
    }

    /// The keys of GROUP BY.
    pub(super) fn groups(
        &self,
        scope: &Scope<'a>,
        select: &'a Select,
        items: Option<&[Item<'a>]>,
    ) -> Vec<Group<'a>> {
        let GroupByExpr::Expressions(written, _) = &select.group_by else { return Vec::new() };
        let scopes = Scopes::new(scope, None);
        let items = items.unwrap_or_default();
        let of_item = |written: &'a Expr, index: usize| Group {
            written,
            expr: items[index].expr,
            column: items[index].column,
            output: Some(index),
        };
        written
            .iter()
            .map(|expr| {
                if let Some(index) = position(expr).and_then(|position| position.checked_sub(1))
                    && index < items.len()
                {
                    return of_item(expr, index);
                }
                let column = own_column(self, &scopes, expr);
                if let (None, Expr::Identifier(name)) = (column, expr) {
                    let named = |item: &Item<'_>| {
                        item.alias.is_some_and(|alias| same_column_name(alias, &name.value))
                    };
                    if let Some(index) = items.iter().position(named) {
                        return of_item(expr, index);
                    }
                }
                let output = items.iter().position(|item| match column {
                    Some(_) => item.column == column,
                    None => item.expr == Some(expr),
                });
                Group { written: expr, expr: Some(expr), column, output }
            })
            .collect()
    }
}

/// The column of the innermost scope that an expression is.
pub(super) fn own_column<'a>(
    analyzer: &Analyzer<'a>,
    scopes: &Scopes<'a, '_>,
    expr: &Expr,
) -> Option<ColumnId> {
    let (qualifier, name) = names::column(expr)?;
    match scopes.find(&analyzer.catalog.server, qualifier, &name.value) {
        Lookup::Column { depth: 0, id } => Some(id),
        _ => None,
    }
}

/// The number of a select item, which a bare integer is in GROUP BY and ORDER BY.
pub(super) fn position(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Value(value) => match &value.value {
            Literal::Number(text, _) => text.parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// The columns of FROM that are keys; `None` where a key is something else.
pub(super) fn columns(groups: &[Group<'_>]) -> Option<BTreeSet<ColumnId>> {
    groups.iter().map(|group| group.column).collect()
}

/// The unique keys of grouped rows, as places in the select list.
pub(super) fn keys(proof: &Proof<'_, '_>, groups: &[Group<'_>], items: &[Item<'_>]) -> Vec<Vec<usize>> {
    let mut keys = Vec::new();
    if let Some(all) = columns(groups) {
        // One key may determine the others.
        for one in &all {
            if all.len() > 1
                && all.is_subset(&proof.fixed(&[*one].into()))
                && let Some(output) = items.iter().position(|item| item.column == Some(*one))
            {
                keys.push(vec![output]);
            }
        }
    }
    keys.extend(groups.iter().map(|group| group.output).collect::<Option<Vec<usize>>>());
    keys
}

/// Whether all group keys are columns of base tables, and so no key is a constant or another expression.
pub(super) fn groups_by_base_columns(scope: &Scope<'_>, groups: &[Group<'_>]) -> bool {
    groups.iter().all(|group| {
        let origin = group.column.and_then(|id| scope.column(id).origin);
        origin.is_some_and(|origin| origin.table.kind == TableKind::Base)
    })
}

/// In the summary rows of WITH ROLLUP every part of an expression that looks like a group key is NULL: `1 + 0` where
/// that is a key, and a constant where a key is a derived table's column of the same value. Only aggregates are not.
pub(super) fn summary_nulls(projection: &[SelectItem], columns: &mut [OutputColumn<'_>]) {
    let is_aggregate = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            let Expr::Function(call) = expr else { return false };
            let known = names::last(&call.name).and_then(|name| functions::find(&name.value));
            known.is_some_and(|known| known.kind == functions::Kind::Aggregate)
        }
        _ => false,
    };
    let one_each = projection.len() == columns.len();
    for (index, column) in columns.iter_mut().enumerate() {
        if !(one_each && projection.get(index).is_some_and(is_aggregate)) {
            column.value.null = column.value.null.or(Null::May(Why { cause: Cause::Rollup, span: None }));
        }
    }
}
