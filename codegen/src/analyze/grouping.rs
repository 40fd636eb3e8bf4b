//! GROUP BY: what each key means, a position of the select list and an alias included.

use std::collections::BTreeSet;

use sqlparser::ast::{
    Expr, GroupByExpr, Select, SelectItem, SelectItemQualifiedWildcardKind, Value as Literal,
};

use super::cardinality::Proof;
use super::reject::Rejection;
use super::scope::{ColumnId, Scope, Scopes, same_column_name};
use super::{Analyzer, names};

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
        let rejection = Rejection { server: &self.catalog.server, scopes: &scopes };
        let star = |id: ColumnId| Item { expr: None, alias: None, column: Some(id) };
        let visible = |id: &ColumnId| !scope.column(*id).invisible;
        let mut items = Vec::new();
        for item in projection {
            match item {
                SelectItem::UnnamedExpr(expr) => {
                    items.push(Item { expr: Some(expr), alias: None, column: rejection.column(expr) });
                }
                SelectItem::ExprWithAlias { expr, alias } => {
                    let alias = Some(alias.value.as_str());
                    items.push(Item { expr: Some(expr), alias, column: rejection.column(expr) });
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
        let rejection = Rejection { server: &self.catalog.server, scopes: &scopes };
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
                let column = rejection.column(expr);
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
