//! Comparisons: `=` and its relatives, IN, BETWEEN, rows.

use sqlparser::ast::{BinaryOperator, Expr, Query, Spanned, UnaryOperator, Value as Literal};

use crate::catalog::SqlType;
use crate::typed::Cardinality;

use super::checks::never_equal;
use super::expr::placeholder;
use super::params::Expect;
use super::query::Output;
use super::scope::Scopes;
use super::value::{Cause, Null, Value, Why};
use super::{Analyzer, errors, merge, types};

impl<'a> Analyzer<'a> {
    /// Two operands, where a parameter on one side is like the other side. `fallback` is for two parameters.
    pub(super) fn pair(
        &mut self,
        scopes: &Scopes<'a, '_>,
        left: &'a Expr,
        right: &'a Expr,
        fallback: &Expect<'a>,
    ) -> (Value<'a>, Value<'a>) {
        self.both(scopes, left, right, fallback, Expect::clone)
    }

    /// As `pair`, for two that are computed with: neither is a value of the other's column.
    pub(super) fn operands(
        &mut self,
        scopes: &Scopes<'a, '_>,
        left: &'a Expr,
        right: &'a Expr,
        fallback: &Expect<'a>,
    ) -> (Value<'a>, Value<'a>) {
        self.both(scopes, left, right, fallback, |like| like.clone().apart())
    }

    fn both(
        &mut self,
        scopes: &Scopes<'a, '_>,
        left: &'a Expr,
        right: &'a Expr,
        fallback: &Expect<'a>,
        adapt: fn(&Expect<'a>) -> Expect<'a>,
    ) -> (Value<'a>, Value<'a>) {
        if is_open(left) && !is_open(right) {
            let value = self.infer(scopes, right, fallback);
            let like = adapt(&like_operand(right, &value, fallback));
            (self.infer(scopes, left, &with_fallback(like, fallback)), value)
        } else {
            let value = self.infer(scopes, left, fallback);
            let like = adapt(&like_operand(left, &value, fallback));
            let right = self.infer(scopes, right, &with_fallback(like, fallback));
            (value, right)
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
        if let (Expr::Subquery(query), Some(row)) = (left, row(right)) {
            return self.row_in_query(scopes, row, query);
        }
        if let (Expr::Subquery(left), Expr::Subquery(right)) = (left, right) {
            return self.compare_queries(scopes, left, right);
        }
        for (row, other) in [(row(left), right), (row(right), left)] {
            if let Some(row) = row
                && placeholder(other).is_none()
                && !matches!(other, Expr::Function(_))
            {
                let span = self.span_or_statement(other.span());
                self.report(errors::value_count(row.len(), 1, span));
                return self.truth(Null::Never);
            }
        }
        let written = (left, right);
        let (left, right) = self.pair(scopes, left, right, &fallback);
        if *op == BinaryOperator::Eq || null_safe {
            self.check_equal(&left, written.1);
            self.check_equal(&right, written.0);
        }
        let lost = self.not_an_address(&left, &right);
        self.truth(if null_safe { Null::Never } else { left.null.or(right.null).or(lost) })
    }

    /// Rows of two subqueries, of one column or more.
    fn compare_queries(&mut self, scopes: &Scopes<'a, '_>, left: &'a Query, right: &'a Query) -> Value<'a> {
        let first = self.query(left, Some(scopes), None);
        let expects: Vec<Expect<'a>> =
            first.columns.iter().map(|column| Expect::like(&column.value)).collect();
        let second = self.query(right, Some(scopes), Some(&expects));
        self.check_columns(&second, first.columns.len(), right);
        for (output, query) in [(&first, left), (&second, right)] {
            self.check_single_row(output, query);
        }
        self.truth(Null::May(Why { cause: Cause::EmptySubquery, span: self.span(right.span()) }))
    }

    /// A subquery must have so many columns.
    pub(super) fn check_columns(&mut self, output: &Output<'a>, expected: usize, query: &Query) {
        let found = output.columns.len();
        if found != expected && found > 0 && self.diagnostics.is_empty() && self.unsupported.is_none() {
            let span = self.span_or_statement(query.span());
            self.report(errors::operand_columns(expected, found, span));
        }
    }

    /// A subquery that stands for a value has one row at most.
    pub(super) fn check_single_row(&mut self, output: &Output<'a>, query: &Query) {
        if output.rows == Cardinality::Many {
            let span = self.span_or_statement(query.span());
            self.report(errors::subquery_may_return_more(span));
        }
    }

    /// Warns of a literal that a column never equals.
    fn check_equal(&mut self, value: &Value<'a>, other: &Expr) {
        if let Some(origin) = value.origin
            && let Some(why) = never_equal(&value.ty, other)
        {
            let span = self.literal_span(other);
            self.report(errors::never_true(&origin.column.name, &why, span));
        }
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
            if let (Some(left), Some(right)) = (row(left), row(right)) {
                null = null.or(self.compare_rows(scopes, left, right, null_safe));
                continue;
            }
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
            self.check_equal(&value, element);
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
        if let Some(nested) = columns.iter().find(|column| row(column).is_some()) {
            return self.unknown("a row in a row", self.span(nested.span()));
        }
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
        self.check_columns(&output, 1, query);
        let mut null = value.null;
        if output.columns.iter().any(|column| !column.value.null.is_never()) {
            null = null.or(Null::May(Why { cause: Cause::Membership, span: self.span(query.span()) }));
        }
        self.truth(null)
    }

    fn row_in_query(&mut self, scopes: &Scopes<'a, '_>, columns: &'a [Expr], query: &'a Query) -> Value<'a> {
        if let Some(nested) = columns.iter().find(|column| row(column).is_some()) {
            return self.unknown("a row in a row", self.span(nested.span()));
        }
        let values: Vec<Value<'a>> =
            columns.iter().map(|column| self.infer(scopes, column, &Expect::nothing())).collect();
        let expects: Vec<Expect<'a>> = values.iter().map(Expect::like).collect();
        let output = self.query(query, Some(scopes), Some(&expects));
        self.check_columns(&output, values.len(), query);
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
        Expr::Nested(inner) => row(inner),
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
        } => {
            let (open_left, open_right) = (is_open(left), is_open(right));
            (open_left && (open_right || is_number_literal(right))) || (open_right && is_number_literal(left))
        }
        other => placeholder(other).is_some(),
    }
}

/// What a parameter beside an operand is. A whole number in the text says little: `:x + 1` is what the place of the
/// sum wants, and any integer where it wants nothing.
fn like_operand<'a>(operand: &Expr, value: &Value<'a>, place: &Expect<'a>) -> Expect<'a> {
    if !is_number_literal(operand) || !merge::is_integer(&value.ty) {
        return Expect::like(value);
    }
    match place.ty.as_deref() {
        Some(ty) if merge::is_number(ty) => place.clone(),
        Some(_) | None => Expect::of(SqlType::BIGINT),
    }
}

fn is_number_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_number_literal(inner),
        Expr::UnaryOp { op: UnaryOperator::Minus | UnaryOperator::Plus, expr } => is_number_literal(expr),
        Expr::Value(value) => matches!(value.value, Literal::Number(..)),
        _ => false,
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
