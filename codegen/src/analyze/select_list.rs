//! What surrounds a select list: the names of its columns, where they go instead of to the client, and locks.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, Query, Select, SelectInto, SetExpr, Spanned, TableFactor, TableWithJoins, Value as Literal,
    visit_expressions_mut,
};

use crate::span::Span;

use super::query::Output;
use super::scope::same_table_name;
use super::{Analyzer, errors, names};

/// The SELECT that begins a query.
pub(super) fn first_select(body: &SetExpr) -> Option<&Select> {
    match body {
        SetExpr::Select(select) => Some(select),
        SetExpr::SetOperation { left, .. } => first_select(left),
        SetExpr::Query(_)
        | SetExpr::Values(_)
        | SetExpr::Insert(_)
        | SetExpr::Update(_)
        | SetExpr::Delete(_)
        | SetExpr::Merge(_)
        | SetExpr::Table(_) => None,
    }
}

/// The names under which the tables of a FROM clause are known.
fn aliases<'e>(tables: &'e [TableWithJoins], found: &mut Vec<&'e str>) {
    for table in tables {
        for factor in std::iter::once(&table.relation).chain(table.joins.iter().map(|join| &join.relation)) {
            match factor {
                TableFactor::Table { alias: Some(alias), .. }
                | TableFactor::Derived { alias: Some(alias), .. }
                | TableFactor::JsonTable { alias: Some(alias), .. } => found.push(&alias.name.value),
                TableFactor::Table { name, .. } => {
                    found.extend(names::last(name).map(|name| name.value.as_str()));
                }
                TableFactor::NestedJoin { table_with_joins, .. } => {
                    aliases(std::slice::from_ref(table_with_joins), found);
                }
                _ => {}
            }
        }
    }
}

impl<'a> Analyzer<'a> {
    /// `FOR UPDATE OF a` names a table of the query.
    pub(super) fn check_locks(&mut self, query: &Query) {
        let SetExpr::Select(select) = &*query.body else { return };
        let mut known = Vec::new();
        aliases(&select.from, &mut known);
        for name in query.locks.iter().filter_map(|lock| names::last(lock.of.as_ref()?)) {
            if !known.iter().any(|alias| same_table_name(&self.catalog.server, alias, &name.value)) {
                let span = self.span_or_statement(name.span);
                self.report(errors::unknown_alias(&name.value, span, known.iter().copied()));
            }
        }
    }

    /// A user variable has the type of the value that it holds when the statement runs.
    pub(super) fn check_variable(&mut self, expr: &Expr, span: Span) {
        if let Expr::Identifier(name) = expr
            && names::is_variable(name)
            && !name.value.starts_with("@@")
        {
            self.unsupported("a variable without a CAST around it", Some(span));
        }
    }

    /// The name that the server gives an expression without an alias: the text of its item, or about what the text
    /// would be.
    pub(super) fn text_of(&self, expr: &Expr) -> String {
        let span = self.span(expr.span()).map(|span| span.range());
        let items = &self.statement.items;
        let written = span.and_then(|span| {
            let after = items.partition_point(|item| item.range.start <= span.start);
            items[..after].iter().rev().find(|item| item.range.end >= span.end)
        });
        if let Some(item) = written {
            return item.name.clone();
        }
        if let Expr::Value(value) = expr
            && let Literal::SingleQuotedString(text) = &value.value
        {
            return text.clone();
        }
        let mut expr = expr.clone();
        let _: ControlFlow<()> = visit_expressions_mut(&mut expr, |expr| {
            if let Expr::Value(value) = expr
                && let Literal::Placeholder(text) = &mut value.value
            {
                "?".clone_into(text);
            }
            ControlFlow::Continue(())
        });
        expr.to_string()
    }

    /// `SELECT a, b INTO @a, @b` has a variable for each column.
    pub(super) fn check_into(&mut self, into: &SelectInto, output: &Output<'a>) {
        let is_variable =
            |target: &Expr| matches!(target, Expr::Identifier(name) if names::is_variable(name));
        if let [first, ..] = into.targets.as_slice()
            && into.targets.iter().all(is_variable)
            && into.targets.len() != output.columns.len()
        {
            let span = self.span_or_statement(first.span());
            self.report(errors::into_columns(into.targets.len(), output.columns.len(), span));
        }
    }
}
