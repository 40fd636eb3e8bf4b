//! UNION, INTERSECT, EXCEPT and VALUES.

use std::borrow::Cow;

use sqlparser::ast::{Expr, OrderBy, OrderByKind, SetOperator};

use crate::catalog::{Family, SqlType};
use crate::span::Span;
use crate::typed::Cardinality;

use super::merge::Merge;
use super::params::Expect;
use super::projection::OutputColumn;
use super::query::Output;
use super::scope::{Relation, RelationColumn, Scope, Scopes};
use super::types::Typed;
use super::value::{Cause, Null, Value, Why};
use super::{Analyzer, errors, merge, types};

impl<'a> Analyzer<'a> {
    pub(super) fn combined(
        &mut self,
        left: Output<'a>,
        right: Output<'a>,
        op: SetOperator,
        span: Span,
    ) -> Output<'a> {
        if left.columns.len() != right.columns.len() {
            self.report(errors::set_operation_columns(left.columns.len(), right.columns.len(), span));
            return left;
        }
        let family = self.catalog.server.family;
        let columns = left
            .columns
            .into_iter()
            .zip(right.columns)
            .map(|(left, right)| {
                let (first, second) = (left.value.operand(), right.value.operand());
                let Typed { ty, digits } = merge::merged(family, Merge::Union, first, second);
                let kept = *left.value.ty == *right.value.ty
                    || family == Family::MySql
                        && (*left.value.ty == SqlType::Null || *right.value.ty == SqlType::Null);
                // What becomes an address and is none is NULL.
                let lost = types::is_address(&ty)
                    && !(types::is_address(&left.value.ty) && types::is_address(&right.value.ty));
                let ty = if kept { ty } else { merge::as_expression(ty) };
                let null = match op {
                    SetOperator::Union => left.value.null.or(right.value.null),
                    SetOperator::Intersect => left.value.null.and(right.value.null),
                    SetOperator::Except | SetOperator::Minus => left.value.null,
                };
                let null = if lost {
                    null.or(Null::May(Why { cause: Cause::Function("cast"), span: None }))
                } else {
                    null
                };
                // A row type of a table is promised only where every branch gives rows of that table.
                let same = |a: Value<'a>, b: &Value<'a>| {
                    let (a, b) = (a.origin?, b.origin?);
                    (std::ptr::eq(a.table, b.table) && std::ptr::eq(a.column, b.column)).then_some(a)
                };
                let origin = same(left.value.clone(), &right.value);
                // The branch with a placeholder is the one that decides the type at execution.
                let placed = |span: Span| {
                    self.statement
                        .placeholders
                        .iter()
                        .any(|place| place.span.start >= span.start && place.span.end <= span.end)
                };
                let span = if placed(right.span) { right.span } else { left.span };
                let value = Value { ty: Cow::Owned(ty), digits, null, origin };
                OutputColumn { value, star: None, left_out: None, span, ..left }
            })
            .collect();
        let few = |rows: Cardinality| rows != Cardinality::Many;
        let (rows, has_row) = match op {
            SetOperator::Union => (Cardinality::Many, left.has_row || right.has_row),
            // What both have is no more than either has.
            SetOperator::Intersect if few(left.rows) || few(right.rows) => (Cardinality::Opt, false),
            SetOperator::Except | SetOperator::Minus if few(left.rows) => (Cardinality::Opt, false),
            SetOperator::Intersect | SetOperator::Except | SetOperator::Minus => (Cardinality::Many, false),
        };
        Output { columns, rows, has_row, missing_key: None, keys: Vec::new() }
    }

    /// VALUES ROW(...), ROW(...).
    pub(super) fn values(
        &mut self,
        rows: &'a [sqlparser::ast::Parens<Vec<Expr>>],
        outer: Option<&Scopes<'a, '_>>,
        expects: Option<&[Expect<'a>]>,
    ) -> Output<'a> {
        let none = Scope::default();
        let scopes = Scopes::new(&none, outer);
        let mut columns: Vec<Value<'a>> = Vec::new();
        for row in rows {
            for (index, expr) in row.content.iter().enumerate() {
                let like = columns.get(index).map_or_else(Expect::nothing, Expect::like);
                let expect = expects.and_then(|expects| expects.get(index)).cloned().unwrap_or(like);
                let value = self.infer(&scopes, expr, &expect);
                match columns.get_mut(index) {
                    Some(known) => {
                        let family = self.catalog.server.family;
                        let Typed { ty, digits } =
                            merge::merged(family, Merge::Union, known.operand(), value.operand());
                        (known.ty, known.digits) = (Cow::Owned(ty), digits);
                        known.null = known.null.or(value.null);
                    }
                    None => columns.push(value.without_origin()),
                }
            }
        }
        let first = rows.first().map_or(&[][..], |row| row.content.as_slice());
        let columns = columns
            .into_iter()
            .enumerate()
            .map(|(index, value)| OutputColumn {
                name: match self.catalog.server.family {
                    Family::MySql => Cow::Owned(format!("column_{index}")),
                    Family::MariaDb => {
                        Cow::Owned(first.get(index).map(|expr| self.text_of(expr)).unwrap_or_default())
                    }
                },
                value,
                span: self.statement.span,
                star: None,
                left_out: None,
            })
            .collect();
        let has_row = !rows.is_empty();
        let rows = if rows.len() == 1 { Cardinality::One } else { Cardinality::Many };
        Output { columns, rows, has_row, missing_key: None, keys: Vec::new() }
    }

    pub(super) fn order_by_output(
        &mut self,
        output: &Output<'a>,
        order_by: Option<&'a OrderBy>,
        outer: Option<&Scopes<'a, '_>>,
    ) {
        let Some(order) = order_by else { return };
        if let (OrderByKind::Expressions(items), true) = (&order.kind, self.diagnostics.is_empty()) {
            let count = output.columns.len();
            items.iter().for_each(|item| self.check_position(&item.expr, "ORDER BY", count));
        }
        let columns = output
            .columns
            .iter()
            .map(|column| RelationColumn {
                name: column.name.clone(),
                ty: column.value.ty.clone(),
                digits: column.value.digits,
                null: column.value.null,
                marks: Vec::new(),
                origin: column.value.origin,
                invisible: false,
            })
            .collect();
        let scope = super::from::single(Relation {
            alias: "",
            schema: None,
            table: None,
            columns,
            marks: Vec::new(),
            rows: output.rows,
            keys: Vec::new(),
            has_row: false,
            lateral: false,
            span: self.statement.span,
        });
        self.order_by(&Scopes::new(&scope, outer), order_by);
    }
}
