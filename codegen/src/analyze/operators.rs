//! Operators: arithmetic, logic, patterns, and dates with intervals.

use sqlparser::ast::{BinaryOperator, Expr, Spanned, Value as Literal};

use crate::catalog::{Family, SqlType};

use super::expr::{is_bytes, string_of, text_like};
use super::facts::Facts;
use super::params::Expect;
use super::scope::Scopes;
use super::value::{Cause, Null, Value, Why};
use super::{Analyzer, arithmetic, merge, types};

impl<'a> Analyzer<'a> {
    pub(super) fn binary(
        &mut self,
        scopes: &Scopes<'a, '_>,
        left: &'a Expr,
        op: &'a BinaryOperator,
        right: &'a Expr,
        expect: &Expect<'a>,
        whole: &'a Expr,
    ) -> Value<'a> {
        use BinaryOperator as B;
        let span = self.span(whole.span());
        match op {
            B::And | B::PGOverlap | B::Or => self.junction(scopes, whole, op),
            B::StringConcat if !self.catalog.server.has_mode("PIPES_AS_CONCAT") => {
                self.junction(scopes, whole, op)
            }
            B::Xor => {
                let (left, right) = (self.condition(scopes, left), self.condition(scopes, right));
                self.truth(left.null.or(right.null))
            }
            B::StringConcat => {
                let left = self.infer(scopes, left, &Expect::of(SqlType::text()));
                let right = self.infer(scopes, right, &Expect::of(SqlType::text()));
                Value::new(string_of(&[&left.ty, &right.ty]), left.null.or(right.null))
            }
            B::Eq | B::NotEq | B::Lt | B::LtEq | B::Gt | B::GtEq | B::Spaceship => {
                self.compare(scopes, left, op, right)
            }
            B::Regexp | B::Match => self.matches(scopes, left, right),
            B::Plus | B::Minus if is_interval(left) || is_interval(right) => {
                let (date, interval) = if is_interval(right) { (left, right) } else { (right, left) };
                self.shifted(scopes, date, interval, "date_add")
            }
            B::Plus | B::Minus | B::Multiply | B::Divide | B::Modulo | B::MyIntegerDivide => {
                let (left, right) = self.operands(scopes, left, right, &numeric(expect));
                let ty = arithmetic::binary(&self.catalog.server, op, left.operand(), right.operand());
                let value = Value::typed(ty, left.null.or(right.null));
                match op {
                    B::Divide | B::Modulo | B::MyIntegerDivide => {
                        value.or_null(Why { cause: Cause::Division, span })
                    }
                    _ => value,
                }
            }
            B::BitwiseAnd
            | B::BitwiseOr
            | B::BitwiseXor
            | B::PGBitwiseXor
            | B::PGBitwiseShiftLeft
            | B::PGBitwiseShiftRight => {
                let wanted = Expect::of(SqlType::BIGINT_UNSIGNED);
                let (a, b) = (self.infer(scopes, left, &wanted), self.infer(scopes, right, &wanted));
                let shift = matches!(op, B::PGBitwiseShiftLeft | B::PGBitwiseShiftRight);
                let bytes = is_bytes(left, &a) && (shift || is_bytes(right, &b));
                Value::new(self.bits(bytes), a.null.or(b.null))
            }
            B::Arrow | B::LongArrow => {
                self.infer(scopes, left, &Expect::of(SqlType::Json));
                self.infer(scopes, right, &Expect::of(SqlType::text()).called("path"));
                let ty = if *op == B::Arrow { SqlType::Json } else { SqlType::text() };
                Value::new(ty, Null::May(Why { cause: Cause::Function("json_extract"), span }))
            }
            B::Assignment => {
                self.side_effects = true;
                let value = self.infer(scopes, right, &Expect::nothing()).without_origin();
                let ty = types::of_variable(self.catalog.server.family, value.operand());
                Value { ty: std::borrow::Cow::Owned(ty), ..value }
            }
            _ => self.unknown("this operator", span),
        }
    }

    /// AND or OR. Whatever decides alone is not NULL, and so each condition counts only in the rows in which those
    /// before it do not decide: `y IS NOT NULL AND y > 0` is never NULL.
    fn junction(&mut self, scopes: &Scopes<'a, '_>, whole: &'a Expr, op: &BinaryOperator) -> Value<'a> {
        let mut parts = Vec::new();
        operands(whole, op, &mut parts);
        let conjunction = matches!(op, BinaryOperator::And | BinaryOperator::PGOverlap);
        let mut null = Null::Never;
        let mut facts: Facts = scopes.facts.cloned().unwrap_or_default();
        let narrows = parts.len() <= NARROWING_PARTS;
        for part in parts {
            let inner = Scopes { facts: Some(&facts), ..*scopes };
            null = null.or(self.condition(&inner, part).null);
            if narrows && null.is_never() {
                let (holds, fails) = self.narrow(&inner, part);
                let mut all = facts.clone();
                all.extend(if conjunction { holds } else { fails });
                facts = scopes.consequences(all);
            }
        }
        self.truth(null)
    }

    /// REGEXP. MariaDB gives NULL for a pattern that it cannot read or cannot finish; MySQL has an error for that.
    pub(super) fn matches(&mut self, scopes: &Scopes<'a, '_>, left: &'a Expr, right: &'a Expr) -> Value<'a> {
        let left = self.infer(scopes, left, &Expect::of(SqlType::text()));
        let pattern = self.infer(scopes, right, &text_like(&left));
        let value = self.truth(left.null.or(pattern.null));
        if self.catalog.server.family == Family::MySql || is_plain_pattern(right) {
            value
        } else {
            value.or_null(Why { cause: Cause::Function("regexp"), span: self.span(right.span()) })
        }
    }

    /// `date + INTERVAL n unit`, DATE_ADD and DATE_SUB.
    pub(super) fn shifted(
        &mut self,
        scopes: &Scopes<'a, '_>,
        date: &'a Expr,
        interval: &'a Expr,
        name: &'static str,
    ) -> Value<'a> {
        match interval {
            Expr::Interval(interval) => {
                let unit = interval.leading_field.as_ref().map(|field| field.to_string().to_uppercase());
                self.shifted_by(scopes, date, &interval.value, &unit.unwrap_or_default(), name)
            }
            // ADDDATE(date, days).
            days => self.shifted_by(scopes, date, days, "DAY", name),
        }
    }

    /// A date and a number of some unit.
    pub(super) fn shifted_by(
        &mut self,
        scopes: &Scopes<'a, '_>,
        date: &'a Expr,
        number: &'a Expr,
        unit: &str,
        name: &'static str,
    ) -> Value<'a> {
        let span = self.span(number.span());
        let number = self.infer(scopes, number, &Expect::of(SqlType::BIGINT).called("interval"));
        let date = self.infer(scopes, date, &Expect::of(SqlType::DateTime { fsp: 0 }));
        let has_time = ["HOUR", "MINUTE", "SECOND", "MICROSECOND"].iter().any(|part| unit.contains(part));
        let fsp = match unit {
            _ if unit.contains("MICROSECOND") => 6,
            "SECOND" => merge::fraction(&date.ty).max(merge::scale_of_seconds(&number.ty)),
            _ => merge::fraction(&date.ty),
        };
        let ty = match &*date.ty {
            SqlType::Date if has_time => SqlType::DateTime { fsp },
            SqlType::Date => SqlType::Date,
            SqlType::DateTime { .. } | SqlType::Timestamp { .. } => SqlType::DateTime { fsp },
            SqlType::Time { .. } => SqlType::Time { fsp },
            _ => SqlType::text(),
        };
        let why = Why { cause: Cause::Function(name), span };
        Value::new(ty, date.null.or(number.null)).or_null(why)
    }
}

/// How many conditions are read one under the other.
const NARROWING_PARTS: usize = 32;

/// The operands of one operator again and again, without brackets, from left to right.
fn operands<'e>(expr: &'e Expr, op: &BinaryOperator, into: &mut Vec<&'e Expr>) {
    match expr {
        Expr::BinaryOp { left, op: own, right } if own == op => {
            operands(left, op, into);
            operands(right, op, into);
        }
        other => into.push(other),
    }
}

/// Whether a regular expression is of letters, digits and anchors only, so that it cannot be wrong.
pub(super) fn is_plain_pattern(pattern: &Expr) -> bool {
    let Expr::Value(value) = pattern else { return false };
    let (Literal::SingleQuotedString(text) | Literal::DoubleQuotedString(text)) = &value.value else {
        return false;
    };
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || " ^$.,:;@#%&=_-/<>!~".contains(c))
}

fn is_interval(expr: &Expr) -> bool {
    match expr {
        Expr::Interval(_) => true,
        Expr::Nested(inner) => is_interval(inner),
        _ => false,
    }
}

/// What an operand of arithmetic is when the other operand does not say.
fn numeric<'a>(expect: &Expect<'a>) -> Expect<'a> {
    match expect.ty.as_deref() {
        Some(ty) if merge::is_number(ty) && !matches!(ty, SqlType::Bool { .. }) => {
            Expect { nullable: false, ..expect.clone() }.apart()
        }
        Some(_) | None => Expect::nothing(),
    }
}
