//! The clauses of a SELECT, and the columns of a derived table.

use std::borrow::Cow;

use sqlparser::ast::{OrderBy, OrderByKind, Select, SelectItem, TableAliasColumnDef};

use super::Place;
use crate::analyze::grouping::{Group, Item};
use crate::analyze::projection::OutputColumn;
use crate::analyze::query::Output;
use crate::analyze::scope::{Scopes, same_column_name};
use crate::analyze::{Analyzer, errors};

impl<'a> Analyzer<'a> {
    /// What may not stand where it does.
    pub(in crate::analyze) fn check_select(
        &mut self,
        scopes: &Scopes<'a, '_>,
        select: &'a Select,
        order_by: Option<&'a OrderBy>,
        items: Option<&[Item<'a>]>,
        groups: &[Group<'a>],
    ) {
        self.check_windows(select);
        for item in &select.projection {
            if let SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } = item {
                self.check_placement(scopes, expr, Place::Select);
            }
        }
        for group in groups {
            self.check_placement(scopes, group.expr.unwrap_or(group.written), Place::GroupBy);
        }
        for (clause, place) in [(&select.selection, Place::Where), (&select.having, Place::Having)] {
            if let Some(expr) = clause {
                self.check_placement(scopes, expr, place);
            }
        }
        if let Some(items) = items {
            groups.iter().for_each(|group| self.check_position(group.written, "GROUP BY", items.len()));
        }
        if let Some(OrderBy { kind: OrderByKind::Expressions(order), .. }) = order_by {
            for item in order {
                self.check_placement(scopes, &item.expr, Place::OrderBy);
                if let Some(items) = items {
                    self.check_position(&item.expr, "ORDER BY", items.len());
                }
            }
        }
    }

    /// Two columns of a derived table cannot have one name, and there must be as many names as columns.
    pub(in crate::analyze) fn check_derived(
        &mut self,
        output: &Output<'a>,
        table: &str,
        renamed: &'a [TableAliasColumnDef],
    ) {
        if !self.diagnostics.is_empty() || self.unsupported.is_some() {
            return;
        }
        if !renamed.is_empty() {
            let span = renamed.last().map(|column| self.span_or_statement(column.name.span));
            let span = span.unwrap_or(self.statement.span);
            if renamed.len() != output.columns.len() {
                self.report(errors::alias_columns(table, output.columns.len(), renamed.len(), span));
            }
            for (index, column) in renamed.iter().enumerate() {
                let name = &column.name.value;
                if renamed[..index].iter().any(|other| same_column_name(&other.name.value, name)) {
                    let span = self.span_or_statement(column.name.span);
                    self.report(errors::duplicate_derived_column(name, table, span));
                }
            }
            return;
        }
        for (index, column) in output.columns.iter().enumerate() {
            // What a column without a name is called is the server's business.
            let certain = |column: &OutputColumn<'_>| matches!(column.name, Cow::Borrowed(_));
            let taken = output.columns[..index]
                .iter()
                .any(|other| certain(other) && same_column_name(&other.name, &column.name));
            if certain(column) && taken {
                self.report(errors::duplicate_derived_column(&column.name, table, column.span));
            }
        }
    }
}
