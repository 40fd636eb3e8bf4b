//! Comparisons: `=` and its relatives, IN, BETWEEN, rows.

use sqlparser::ast::{BinaryOperator, Expr, Query, Spanned, Value as Literal};

use crate::catalog::SqlType;

use super::expr::placeholder;
use super::params::Expect;
use super::scope::Scopes;
use super::value::{Cause, Null, Value, Why};
use super::{Analyzer, errors, types};

impl<'a> Analyzer<'a> {
    /// Two operands, where a parameter on one side is like the other side. `fallback` is for two parameters.
    pub(super) fn pair(
        &mut self,
        scopes: &Scopes<'a, '_>,
        left: &'a Expr,
        right: &'a Expr,
        fallback: &Expect<'a>,
    ) -> (Value<'a>, Value<'a>) {
        if is_open(left) && !is_open(right) {
            let right = self.infer(scopes, right, fallback);
            let left = self.infer(scopes, left, &with_fallback(Expect::like(&right), fallback));
            (left, right)
        } else {
            let left = self.infer(scopes, left, fallback);
            let right = self.infer(scopes, right, &with_fallback(Expect::like(&left), fallback));
            (left, right)
        }
    }

    pub(super) fn compare(
        &mut self,
        scopes: &Scopes<'a, '_>,
        left: &'a Expr,
        op: &BinaryOperator,
        right: &'a Expr,
    ) -> Value<'a> {
        let null_safe = *op == BinaryOperator::Spaceship;
        if !null_safe {
            for side in [left, right] {
                if is_null(side) {
                    let span = self.span_or_statement(side.span());
                    self.report(errors::compared_with_null(span, *op == BinaryOperator::NotEq));
                }
            }
        }
        if let (Some(left_row), Some(right_row)) = (row(left), row(right)) {
            let null = self.compare_rows(scopes, left_row, right_row, null_safe);
            return self.truth(null);
        }
        if let (Some(row), Expr::Subquery(query)) = (row(left), right) {
            return self.row_in_query(scopes, row, query);
        }
        let fallback = if null_safe { Expect::nothing().or_null() } else { Expect::nothing() };
        let (left, right) = self.pair(scopes, left, right, &fallback);
        let lost = self.not_an_address(&left, &right);
        self.truth(if null_safe { Null::Never } else { left.null.or(right.null).or(lost) })
    }

    fn compare_rows(
        &mut self,
        scopes: &Scopes<'a, '_>,
        left: &'a [Expr],
        right: &'a [Expr],
        null_safe: bool,
    ) -> Null<'a> {
        if left.len() != right.len() {
            let span =
                right.first().map_or(self.statement.span, |first| self.span_or_statement(first.span()));
            self.report(errors::value_count(left.len(), right.len(), span));
        }
        let mut null = Null::Never;
        for (left, right) in left.iter().zip(right) {
            let (left, right) = self.pair(scopes, left, right, &Expect::nothing());
            null = null.or(left.null).or(right.null);
        }
        if null_safe { Null::Never } else { null }
    }

    pub(super) fn in_list(&mut self, scopes: &Scopes<'a, '_>, expr: &'a Expr, list: &'a [Expr]) -> Value<'a> {
        if let Some(columns) = row(expr) {
            return self.row_in_list(scopes, columns, list);
        }
        // `:x IN (a, b)`: the parameter is like the first typed element.
        let value = if is_open(expr) {
            let mut first = None;
            for element in list.iter().filter(|element| !is_open(element)) {
                let value = self.infer(scopes, element, &Expect::nothing());
                first.get_or_insert(value);
            }
            let wanted = first.as_ref().map_or_else(Expect::nothing, Expect::like);
            self.infer(scopes, expr, &wanted)
        } else {
            self.infer(scopes, expr, &Expect::nothing())
        };
        let mut null = value.null;
        for element in list {
            let element = self.infer(scopes, element, &Expect::like(&value));
            null = null.or(element.null).or(self.not_an_address(&value, &element));
        }
        self.truth(null)
    }

    /// MariaDB compares a UUID or an INET with a text as such; with one that is none the comparison is NULL.
    /// Source: measured on MariaDB 10.11.
    fn not_an_address(&self, left: &Value<'a>, right: &Value<'a>) -> Null<'a> {
        let address = types::is_address;
        let other = if address(&left.ty) { right } else { left };
        if address(&left.ty) != address(&right.ty) && *other.ty != SqlType::Null {
            Null::May(Why { cause: Cause::Function("cast"), span: None })
        } else {
            Null::Never
        }
    }

    fn row_in_list(&mut self, scopes: &Scopes<'a, '_>, columns: &'a [Expr], list: &'a [Expr]) -> Value<'a> {
        let values: Vec<Value<'a>> =
            columns.iter().map(|column| self.infer(scopes, column, &Expect::nothing())).collect();
        let mut null = values.iter().fold(Null::Never, |null, value| null.or(value.null));
        for element in list {
            if let Some(index) = placeholder(element) {
                for (position, value) in values.iter().enumerate() {
                    let met = self.params.meet(self.statement, index, position, &Expect::like(value));
                    null = null.or(met.null);
                }
            } else if let Some(items) = row(element) {
                if items.len() != values.len() {
                    let span = self.span_or_statement(element.span());
                    self.report(errors::value_count(values.len(), items.len(), span));
                }
                for (item, value) in items.iter().zip(&values) {
                    null = null.or(self.infer(scopes, item, &Expect::like(value)).null);
                }
            } else {
                self.infer(scopes, element, &Expect::nothing());
            }
        }
        self.truth(null)
    }

    pub(super) fn in_subquery(
        &mut self,
        scopes: &Scopes<'a, '_>,
        expr: &'a Expr,
        query: &'a Query,
    ) -> Value<'a> {
        if let Some(columns) = row(expr) {
            return self.row_in_query(scopes, columns, query);
        }
        let (value, output) = if is_open(expr) {
            let output = self.query(query, Some(scopes), None);
            let wanted =
                output.columns.first().map_or_else(Expect::nothing, |column| Expect::like(&column.value));
            (self.infer(scopes, expr, &wanted), output)
        } else {
            let value = self.infer(scopes, expr, &Expect::nothing());
            let expect = Expect::like(&value);
            (value, self.query(query, Some(scopes), Some(std::slice::from_ref(&expect))))
        };
        let mut null = value.null;
        if output.columns.iter().any(|column| !column.value.null.is_never()) {
            null = null.or(Null::May(Why { cause: Cause::Membership, span: self.span(query.span()) }));
        }
        self.truth(null)
    }

    fn row_in_query(&mut self, scopes: &Scopes<'a, '_>, columns: &'a [Expr], query: &'a Query) -> Value<'a> {
        let values: Vec<Value<'a>> =
            columns.iter().map(|column| self.infer(scopes, column, &Expect::nothing())).collect();
        let expects: Vec<Expect<'a>> = values.iter().map(Expect::like).collect();
        let output = self.query(query, Some(scopes), Some(&expects));
        if output.columns.len() != values.len() {
            let span = self.span_or_statement(query.span());
            self.report(errors::value_count(values.len(), output.columns.len(), span));
        }
        let why = Why { cause: Cause::Membership, span: self.span(query.span()) };
        self.truth(Null::May(why))
    }

    pub(super) fn between(
        &mut self,
        scopes: &Scopes<'a, '_>,
        expr: &'a Expr,
        low: &'a Expr,
        high: &'a Expr,
    ) -> Value<'a> {
        let known = [expr, low, high].into_iter().find(|side| !is_open(side));
        let wanted = match known {
            Some(known) if !std::ptr::eq(known, expr) => {
                let value = self.infer(scopes, known, &Expect::nothing());
                Expect::like(&value)
            }
            Some(_) | None => Expect::nothing(),
        };
        let value = self.infer(scopes, expr, &wanted);
        let wanted = if *value.ty == SqlType::Null { wanted } else { Expect::like(&value) };
        let low = self.infer(scopes, low, &wanted);
        let high = self.infer(scopes, high, &wanted);
        self.truth(value.null.or(low.null).or(high.null))
    }
}

/// The items of a row constructor, `(a, b)` or `ROW(a, b)`.
fn row(expr: &Expr) -> Option<&[Expr]> {
    match expr {
        Expr::Tuple(items) => Some(items),
        _ => None,
    }
}

/// Whether an expression takes its type from its surroundings.
pub(super) fn is_open(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_open(inner),
        Expr::UnaryOp { expr, .. } => is_open(expr),
        Expr::Collate { .. } => false,
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Plus | BinaryOperator::Minus | BinaryOperator::Multiply,
            right,
        } => is_open(left) && is_open(right),
        other => placeholder(other).is_some(),
    }
}

fn is_null(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => value.value == Literal::Null,
        Expr::Nested(inner) => is_null(inner),
        _ => false,
    }
}

/// What the other side says, what the surroundings say where it says nothing.
fn with_fallback<'a>(like: Expect<'a>, fallback: &Expect<'a>) -> Expect<'a> {
    if like.ty.is_none() {
        return fallback.clone();
    }
    Expect { nullable: fallback.nullable, ..like }
}
