//! Types of expressions, one arm for each kind. Comparisons and calls have files of their own.

use sqlparser::ast::{Expr, Ident, Spanned, UnaryOperator, Value as Literal};

use crate::catalog::{Family, SqlType};
use crate::span::Span;

use super::params::Expect;
use super::scope::{Lookup, Rows, Scopes};
use super::value::{Cause, Null, Value, Why};
use super::{Analyzer, arithmetic, cast, errors, literal, merge, names, types};

/// The index of a placeholder in the statement, from its text in the tree.
pub(super) fn placeholder(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Nested(inner) => placeholder(inner),
        Expr::Value(value) => match &value.value {
            Literal::Placeholder(text) => text.trim_start_matches('?').parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

impl<'a> Analyzer<'a> {
    /// A truth value that is NULL when one of the operands is.
    pub(super) fn truth(&self, null: Null<'a>) -> Value<'a> {
        Value::typed(literal::truth(self.catalog.server.family), null)
    }

    /// A condition: parameters in it that are nothing else are truth values.
    pub(super) fn condition(&mut self, scopes: &Scopes<'a, '_>, expr: &'a Expr) -> Value<'a> {
        self.infer(scopes, expr, &Expect::of(SqlType::Bool { unsigned: false }))
    }

    /// Types an expression. `expect` is what a parameter is that stands there alone.
    pub(super) fn infer(
        &mut self,
        scopes: &Scopes<'a, '_>,
        expr: &'a Expr,
        expect: &Expect<'a>,
    ) -> Value<'a> {
        let value = self.infer_alone(scopes, expr, expect);
        let null = match value.null {
            Null::Never => Null::Never,
            Null::May(_)
                if self.is_known(scopes, expr)
                    && !(merge::is_temporal(&value.ty) && self.loses_zero_dates()) =>
            {
                Null::Never
            }
            Null::May(Why { cause, span: None }) => Null::May(Why { cause, span: self.span(expr.span()) }),
            Null::May(why) => Null::May(why),
        };
        Value { null, ..value }
    }

    /// The same without what conditions say of the expression as a whole.
    fn infer_alone(&mut self, scopes: &Scopes<'a, '_>, expr: &'a Expr, expect: &Expect<'a>) -> Value<'a> {
        let family = self.catalog.server.family;
        match expr {
            Expr::Value(value) => match &value.value {
                Literal::Placeholder(_) => match placeholder(expr) {
                    Some(index) => self.params.meet(self.statement, index, 0, expect),
                    None => self.unknown("this placeholder", self.span(value.span)),
                },
                other => literal::literal(family, other, self.span(value.span)),
            },
            Expr::Identifier(name) if names::is_variable(name) => self.variable(std::slice::from_ref(name)),
            Expr::Identifier(name) => self.column(scopes, None, name),
            Expr::CompoundIdentifier(parts) => match names::parts_of(parts) {
                Some((qualifier, name)) => self.column(scopes, qualifier, name),
                None if parts.first().is_some_and(names::is_variable) => self.variable(parts),
                None => self.unknown("this name", None),
            },
            Expr::Nested(inner) => self.infer(scopes, inner, expect),
            Expr::BinaryOp { left, op, right } => self.binary(scopes, left, op, right, expect, expr),
            Expr::UnaryOp { op, expr: inner } => match op {
                UnaryOperator::Not | UnaryOperator::BangNot => {
                    let null = self.condition(scopes, inner).null;
                    self.truth(null)
                }
                UnaryOperator::Minus => {
                    let value = self.infer(scopes, inner, &signed(expect));
                    let ty = arithmetic::negated(&self.catalog.server, value.operand(), is_number(inner));
                    Value::typed(ty, value.null)
                }
                UnaryOperator::BitwiseNot => {
                    let value = self.infer(scopes, inner, &Expect::of(SqlType::BIGINT_UNSIGNED));
                    Value::new(self.bits(is_bytes(inner, &value)), value.null)
                }
                UnaryOperator::Plus => self.infer(scopes, inner, expect).without_origin(),
                _ => self.unknown("this operator", self.span(expr.span())),
            },
            Expr::IsNull(inner) | Expr::IsNotNull(inner) => {
                self.infer(scopes, inner, &Expect::nothing().or_null());
                self.truth(Null::Never)
            }
            Expr::IsTrue(inner)
            | Expr::IsNotTrue(inner)
            | Expr::IsFalse(inner)
            | Expr::IsNotFalse(inner)
            | Expr::IsUnknown(inner)
            | Expr::IsNotUnknown(inner) => {
                self.infer(scopes, inner, &Expect::of(SqlType::Bool { unsigned: false }).or_null());
                self.truth(Null::Never)
            }
            Expr::InList { expr: inner, list, .. } => self.in_list(scopes, inner, list),
            Expr::InSubquery { expr: inner, subquery, .. } => self.in_subquery(scopes, inner, subquery),
            Expr::AnyOp { left, right, .. } | Expr::AllOp { left, right, .. } => match &**right {
                Expr::Subquery(query) => self.in_subquery(scopes, left, query),
                _ => self.unknown("ANY and ALL over this", self.span(expr.span())),
            },
            Expr::Between { expr: inner, low, high, .. } => self.between(scopes, inner, low, high),
            Expr::Like { expr: inner, pattern, escape_char, .. } => {
                let value = self.infer(scopes, inner, &Expect::of(SqlType::text()));
                let pattern = self.infer(scopes, pattern, &text_like(&value));
                if let Some(escape) = escape_char {
                    self.infer(scopes, escape, &Expect::of(SqlType::text()));
                }
                self.truth(value.null.or(pattern.null))
            }
            Expr::RLike { expr: inner, pattern, .. } => self.matches(scopes, inner, pattern),
            Expr::Cast { expr: inner, data_type, .. } => match &**inner {
                Expr::AtTimeZone { timestamp, time_zone } => {
                    self.infer(scopes, time_zone, &Expect::of(SqlType::text()));
                    self.cast(scopes, timestamp, data_type, expr)
                }
                inner => self.cast(scopes, inner, data_type, expr),
            },
            Expr::Convert { expr: inner, data_type: Some(data_type), .. } => {
                self.cast(scopes, inner, data_type, expr)
            }
            // CONVERT(x USING charset).
            Expr::Convert { expr: inner, data_type: None, charset, .. } => {
                let value = self.infer(scopes, inner, &Expect::of(SqlType::text()));
                let binary =
                    charset.as_ref().is_some_and(|name| name.to_string().eq_ignore_ascii_case("binary"));
                let ty = if binary { SqlType::bytes() } else { SqlType::text() };
                let fails = cast::can_fail(family, &value.ty, &ty);
                let result = Value::new(ty, value.null);
                if fails {
                    result.or_null(Why { cause: Cause::Function("convert"), span: self.span(expr.span()) })
                } else {
                    result
                }
            }
            Expr::Extract { expr: inner, field, .. } => {
                let value = self.infer(scopes, inner, &Expect::of(SqlType::DateTime { fsp: 0 }));
                let why = Why { cause: Cause::Function("extract"), span: self.span(expr.span()) };
                // Source: measured on MariaDB 10.11, which has INT where the number is short.
                let unit = field.to_string().to_uppercase();
                let long = match unit.as_str() {
                    "DAY_MICROSECOND" | "HOUR_MICROSECOND" | "MINUTE_MICROSECOND" => true,
                    "DAY_MINUTE" | "DAY_SECOND" => !types::is_temporal(&value.ty),
                    _ => false,
                };
                let ty = if long { SqlType::BIGINT } else { literal::truth(family).ty };
                let result = Value::new(ty, value.null);
                // Zero dates have parts, too; a text may be no date at all.
                if types::is_temporal(&value.ty) { result } else { result.or_null(why) }
            }
            Expr::Ceil { expr: inner, .. } | Expr::Floor { expr: inner, .. } => {
                let value = self.infer(scopes, inner, &Expect::of(SqlType::DOUBLE));
                Value::typed(arithmetic::rounded(&self.catalog.server, value.operand()), value.null)
            }
            Expr::Position { expr: needle, r#in: hay } => {
                let needle = self.infer(scopes, needle, &Expect::of(SqlType::text()));
                let hay = self.infer(scopes, hay, &Expect::of(SqlType::text()));
                self.truth(needle.null.or(hay.null))
            }
            Expr::Substring { expr: inner, substring_from, substring_for, .. } => {
                let mut value = self.infer(scopes, inner, &Expect::of(SqlType::text()));
                for part in [substring_from, substring_for].into_iter().flatten() {
                    let part = self.infer(scopes, part, &Expect::of(SqlType::BIGINT));
                    value.null = value.null.or(part.null);
                }
                Value::new(string_of(&[&value.ty]), value.null)
            }
            Expr::Trim { expr: inner, trim_what, .. } => {
                let mut value = self.infer(scopes, inner, &Expect::of(SqlType::text()));
                if let Some(what) = trim_what {
                    let what = self.infer(scopes, what, &Expect::of(SqlType::text()));
                    value.null = value.null.or(what.null);
                }
                Value::new(string_of(&[&value.ty]), value.null)
            }
            Expr::Collate { expr: inner, .. } => {
                let expect = Expect {
                    ty: Some(expect.ty.clone().unwrap_or_else(|| SqlType::text().into_cow())),
                    ..expect.clone()
                };
                let value = self.infer(scopes, inner, &expect);
                Value::new(string_of(&[&value.ty]), value.null)
            }
            Expr::Prefixed { prefix, value } => {
                let value = self.infer(scopes, value, &Expect::of(SqlType::text()));
                let binary = prefix.value.eq_ignore_ascii_case("_binary");
                Value::new(if binary { SqlType::bytes() } else { SqlType::text() }, value.null)
            }
            Expr::TypedString(typed) => {
                let fsp = fraction_of_literal(&typed.value.value);
                match cast::cast_type(family, &typed.data_type) {
                    Some(SqlType::DateTime { .. }) => Value::never_null(SqlType::DateTime { fsp }),
                    Some(SqlType::Time { .. }) => Value::never_null(SqlType::Time { fsp }),
                    Some(ty) => Value::never_null(ty),
                    None => self.unknown("this literal", self.span(expr.span())),
                }
            }
            Expr::Function(function) => self.call(scopes, function, expect),
            Expr::Case { operand, conditions, else_result, .. } => {
                self.case(scopes, operand.as_deref(), conditions, else_result.as_deref(), expect, expr)
            }
            Expr::Exists { subquery, .. } => {
                let kept = std::mem::replace(&mut self.keep_stars, true);
                self.query(subquery, Some(scopes), None);
                self.keep_stars = kept;
                self.truth(Null::Never)
            }
            Expr::Subquery(query) => self.scalar_subquery(scopes, query, expect),
            Expr::Tuple(items) => {
                let span = items.first().map(|item| self.span_or_statement(item.span()));
                self.report(errors::row_as_value(items.len(), span.unwrap_or(self.statement.span)));
                for item in items {
                    self.infer(scopes, item, &Expect::nothing());
                }
                self.truth(Null::Never)
            }
            Expr::MatchAgainst { columns, match_value, .. } => {
                for column in columns {
                    if let Some((qualifier, name)) = names::target(column) {
                        self.column(scopes, qualifier, name);
                    }
                }
                if let Literal::Placeholder(text) = &match_value.value
                    && let Ok(index) = text.trim_start_matches('?').parse()
                {
                    self.params.meet(self.statement, index, 0, &Expect::of(SqlType::text()).called("query"));
                }
                // Source: both servers give 0 for no match, and for NULL on either side.
                Value::never_null(SqlType::DOUBLE)
            }
            Expr::MemberOf(member) => {
                let value = self.infer(scopes, &member.value, &Expect::nothing());
                let array = self.infer(scopes, &member.array, &Expect::of(SqlType::Json));
                self.truth(value.null.or(array.null))
            }
            Expr::Interval(interval) => {
                self.infer(scopes, &interval.value, &Expect::of(SqlType::BIGINT).called("interval"));
                self.unknown("an INTERVAL that is not added to a date", self.span(expr.span()))
            }
            _ => self.unknown("this expression", self.span(expr.span())),
        }
    }

    /// The type of the bit operators: MySQL keeps bytes that are no literal as they are.
    pub(super) fn bits(&self, bytes: bool) -> SqlType {
        if bytes && self.catalog.server.family == Family::MySql {
            SqlType::bytes()
        } else {
            SqlType::BIGINT_UNSIGNED
        }
    }

    /// A value of which nothing is known, noted as one that only the server can type.
    pub(super) fn unknown(&mut self, what: &str, span: Option<Span>) -> Value<'a> {
        self.unsupported(what, span);
        Value::new(SqlType::Null, Null::May(Why { cause: Cause::Unknown, span }))
    }

    /// Looks a column up and reports what is wrong with its name.
    pub(super) fn column(
        &mut self,
        scopes: &Scopes<'a, '_>,
        qualifier: Option<names::Qualifier<'a>>,
        name: &'a Ident,
    ) -> Value<'a> {
        let span = self.span(name.span);
        let family = self.catalog.server.family;
        match scopes.find(&self.catalog.server, qualifier, &name.value) {
            Lookup::Column { depth, id } => {
                let mut value = scopes.value(depth, id);
                if let Null::May(why) = &mut value.null
                    && why.span.is_none()
                {
                    why.span = span;
                }
                // The keys of summary rows are expressions, and an ENUM in an expression is text.
                if scopes.rows == Rows::Rollup && family == Family::MySql {
                    value.ty = std::borrow::Cow::Owned(merge::as_expression(value.ty.into_owned()));
                }
                return value;
            }
            Lookup::Alias(value) => return value,
            Lookup::NoColumn | Lookup::NoRelation if scopes.all().iter().any(|scope| scope.incomplete) => {}
            Lookup::Ambiguous(relations) => {
                let finding =
                    errors::ambiguous_column(&name.value, span.unwrap_or(self.statement.span), &relations);
                self.report(finding);
            }
            Lookup::NoColumn => {
                let of = qualifier.map(|qualifier| qualifier.table.value.as_str());
                let known: Vec<String> = scopes
                    .all()
                    .iter()
                    .flat_map(|scope| &scope.relations)
                    .filter(|relation| of.is_none_or(|of| relation.alias.eq_ignore_ascii_case(of)))
                    .flat_map(|relation| relation.columns.iter().map(|column| column.name.to_string()))
                    .collect();
                let finding = errors::unknown_column(
                    &name.value,
                    of,
                    span.unwrap_or(self.statement.span),
                    known.iter().map(String::as_str),
                );
                self.report(finding);
            }
            Lookup::NoRelation => {
                let table = qualifier.map_or(name, |qualifier| qualifier.table);
                let scopes = scopes.all();
                let known = scopes.iter().flat_map(|scope| &scope.relations).map(|relation| relation.alias);
                let finding = errors::unknown_alias(&table.value, self.span_or_statement(table.span), known);
                self.report(finding);
            }
        }
        Value::new(SqlType::Null, Null::May(Why { cause: Cause::Unknown, span }))
    }

    fn cast(
        &mut self,
        scopes: &Scopes<'a, '_>,
        inner: &'a Expr,
        target: &sqlparser::ast::DataType,
        whole: &Expr,
    ) -> Value<'a> {
        let family = self.catalog.server.family;
        let Some(ty) = cast::cast_type(family, target) else {
            self.infer(scopes, inner, &Expect::nothing());
            return self.unknown("this CAST", self.span(whole.span()));
        };
        let value = self.infer(scopes, inner, &Expect::of(ty.clone()));
        let fails = cast::can_fail(family, &value.ty, &ty);
        let result = Value::typed(cast::narrowed(family, ty, inner, value.operand()), value.null);
        if fails {
            result.or_null(Why { cause: Cause::Function("cast"), span: self.span(whole.span()) })
        } else {
            result
        }
    }

    fn scalar_subquery(
        &mut self,
        scopes: &Scopes<'a, '_>,
        query: &'a sqlparser::ast::Query,
        expect: &Expect<'a>,
    ) -> Value<'a> {
        let output = self.query(query, Some(scopes), Some(std::slice::from_ref(expect)));
        self.check_columns(&output, 1, query);
        self.check_single_row(&output, query);
        let always = output.has_row;
        let span = self.span(query.span());
        let Some(column) = output.columns.into_iter().next() else {
            return self.unknown("this subquery", span);
        };
        let value = column.value.without_origin();
        if always { value } else { value.or_null(Why { cause: Cause::EmptySubquery, span }) }
    }
}

/// Whether it is a number as it is written.
fn is_number(expr: &Expr) -> bool {
    matches!(expr, Expr::Value(value) if matches!(value.value, Literal::Number(..)))
}

/// Whether it is bytes for the bit operators, for which `x'4D'` is a number.
pub(super) fn is_bytes(expr: &Expr, value: &Value<'_>) -> bool {
    let literal = match expr {
        Expr::Value(value) => {
            matches!(
                value.value,
                Literal::HexStringLiteral(_)
                    | Literal::SingleQuotedRawStringLiteral(_)
                    | Literal::SingleQuotedByteStringLiteral(_)
            )
        }
        _ => false,
    };
    matches!(*value.ty, SqlType::Bytes { .. }) && !literal
}

/// What a string function gives: bytes when an argument is bytes.
pub(super) fn string_of(types: &[&SqlType]) -> SqlType {
    let binary =
        |ty: &SqlType| matches!(ty, SqlType::Bytes { .. } | SqlType::Bit { .. } | SqlType::Geometry { .. });
    if types.iter().any(|ty| binary(ty)) { SqlType::bytes() } else { SqlType::text() }
}

/// A pattern for a text value.
pub(super) fn text_like<'a>(value: &Value<'a>) -> Expect<'a> {
    let ty = if matches!(*value.ty, SqlType::Bytes { .. }) { SqlType::bytes() } else { SqlType::text() };
    Expect { hint: value.origin.map(|origin| origin.column.name.as_str()), ..Expect::of(ty) }
}

fn signed<'a>(expect: &Expect<'a>) -> Expect<'a> {
    match expect.ty.as_deref() {
        Some(ty) if merge::is_number(ty) && !merge::is_unsigned(ty) => expect.clone().apart(),
        Some(_) | None => Expect::of(SqlType::BIGINT),
    }
}

pub(super) fn fraction_of_literal(value: &Literal) -> u8 {
    match value {
        Literal::SingleQuotedString(text) | Literal::DoubleQuotedString(text) => {
            text.rsplit_once('.').map_or(0, |(_, fraction)| fraction.len().min(6) as u8)
        }
        _ => 0,
    }
}

impl SqlType {
    fn into_cow<'a>(self) -> std::borrow::Cow<'a, SqlType> {
        std::borrow::Cow::Owned(self)
    }
}
