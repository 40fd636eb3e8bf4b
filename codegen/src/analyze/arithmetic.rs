//! Types of `+ - * / DIV %`, of unary minus and of what rounds, sums and averages.
//! Source: each operator prepared and executed for every pair of types on MySQL 9.7 and MariaDB 10.11; the digits
//! follow the same formulas on both.

use sqlparser::ast::BinaryOperator;

use crate::catalog::{Family, IntWidth, Server, SqlType};

use super::types::{
    Number, Operand, Typed, characters, decimal, decimal_of, integer, is_temporal, max_scale, number,
};

/// By how much a division adds digits after the point: `div_precision_increment` unless it was changed.
const DIVISION_DIGITS: u32 = 4;

/// The characters that MariaDB gives an INT; a longer number is a BIGINT.
const CHARACTERS_OF_INT: u32 = 9;

/// An integer of so many digits: MariaDB says INT of short ones.
fn computed(family: Family, digits: u32, unsigned: bool) -> Typed {
    let width = match family {
        Family::MariaDb if digits + u32::from(!unsigned) <= CHARACTERS_OF_INT => IntWidth::Int,
        Family::MariaDb | Family::MySql => IntWidth::Big,
    };
    integer(width, unsigned, digits)
}

/// The type of `left op right`; both operands are values, not intervals.
pub(super) fn binary(server: &Server, op: &BinaryOperator, left: Operand<'_>, right: Operand<'_>) -> Typed {
    let family = server.family;
    let untyped = matches!(left.ty, SqlType::Null) || matches!(right.ty, SqlType::Null);
    let temporal = is_temporal(left.ty) || is_temporal(right.ty);
    let short_text = match left.ty {
        SqlType::Text { length, .. } | SqlType::Bytes { length, .. } => *length,
        SqlType::Null => Some(0),
        _ => None,
    };
    let (mut left, mut right) = (number(family, left), number(family, right));
    // MariaDB computes with dates in signed integers, whatever the other side is, as long as there is no point.
    if temporal && family == Family::MariaDb && left.digits().1 == 0 && right.digits().1 == 0 {
        left = as_integer(left);
        right = as_integer(right);
    }
    let any_unsigned = left.is_unsigned() || right.is_unsigned();
    let both_unsigned = left.is_unsigned() && right.is_unsigned();
    let unsigned = if temporal && family == Family::MariaDb { both_unsigned } else { any_unsigned };
    let ((precision_l, scale_l), (precision_r, scale_r)) = (left.digits(), right.digits());
    let (integer_l, integer_r) = (left.integer_digits(), right.integer_digits());
    if *op == BinaryOperator::MyIntegerDivide {
        let integer_l = short_text.map_or(integer_l, |length| length.min(20) as u32);
        let width = match family {
            Family::MariaDb if integer_l <= CHARACTERS_OF_INT => IntWidth::Int,
            Family::MariaDb | Family::MySql => IntWidth::Big,
        };
        return integer(width, any_unsigned, integer_l);
    }
    let integers = matches!((left, right), (Number::Integer { .. }, Number::Integer { .. }));
    if untyped || matches!(left, Number::Double { .. }) || matches!(right, Number::Double { .. }) {
        let unsigned = *op == BinaryOperator::Modulo && left.is_unsigned();
        return SqlType::Double { unsigned }.into();
    }
    match op {
        BinaryOperator::Divide => {
            let scale = (scale_l + DIVISION_DIGITS).min(max_scale(family));
            decimal_of(precision_l + scale_r + DIVISION_DIGITS - scale, scale, both_unsigned, family).into()
        }
        BinaryOperator::Modulo if integers => {
            let signs = |number: Number| u32::from(!number.is_unsigned());
            let characters = (precision_l + signs(left)).max(precision_r + signs(right));
            computed(family, characters - signs(left), left.is_unsigned())
        }
        BinaryOperator::Modulo => {
            let scale = scale_l.max(scale_r);
            let unsigned = left.is_unsigned();
            // MySQL counts a sign that an unsigned remainder does not have as a digit.
            let sign = u32::from(unsigned && family == Family::MySql);
            let precision = precision_l.max(precision_r) + sign;
            decimal_of(precision.saturating_sub(scale), scale, unsigned, family).into()
        }
        BinaryOperator::Multiply if integers => computed(family, precision_l + precision_r, unsigned),
        BinaryOperator::Multiply => {
            let scale = (scale_l + scale_r).min(max_scale(family));
            let precision = (precision_l + precision_r).min(65);
            decimal_of(precision.saturating_sub(scale), scale, both_unsigned, family).into()
        }
        _ if integers => {
            let signed = *op == BinaryOperator::Minus && server.has_mode("NO_UNSIGNED_SUBTRACTION");
            computed(family, integer_l.max(integer_r) + 1, unsigned && !signed)
        }
        _ => decimal_of(integer_l.max(integer_r) + 1, scale_l.max(scale_r), both_unsigned, family).into(),
    }
}

fn as_integer(number: Number) -> Number {
    match number {
        Number::Decimal { precision, unsigned, .. } => Number::Integer { digits: precision, unsigned },
        Number::Integer { .. } | Number::Double { .. } => number,
    }
}

/// The type of unary minus.
pub(super) fn negated(server: &Server, operand: Operand<'_>, literal: bool) -> Typed {
    let family = server.family;
    match operand.ty {
        SqlType::Null => return SqlType::DOUBLE.into(),
        SqlType::Enum { .. } | SqlType::Set { .. } if family == Family::MariaDb => {
            return SqlType::BIGINT.into();
        }
        SqlType::Bytes { .. } if family == Family::MySql => return SqlType::DOUBLE.into(),
        ty if is_temporal(ty) => {
            return match (family, characters(operand)) {
                (Family::MariaDb, Some(characters)) => {
                    let scale = u32::from(super::types::fraction(ty));
                    let precision = characters as u32 - u32::from(scale > 0);
                    decimal(precision - scale, scale, family).into()
                }
                (Family::MariaDb | Family::MySql, _) => SqlType::DOUBLE.into(),
            };
        }
        _ => {}
    }
    // MariaDB has one more digit for each minus that does not belong to a literal.
    let more = |unsigned: bool| u32::from(!unsigned && !literal && family == Family::MariaDb);
    match number(family, operand) {
        // 2^63 has no BIGINT of its own, but -2^63 has.
        Number::Integer { digits: 20, unsigned: true } if literal => decimal(20, 0, family).into(),
        Number::Integer { digits, unsigned } if literal && !unsigned => {
            Typed { ty: operand.ty.clone(), digits: Some(digits as u8) }
        }
        Number::Integer { digits, unsigned } => computed(family, digits + more(unsigned), false),
        Number::Decimal { precision, scale, unsigned } => {
            decimal(precision + more(unsigned) - scale, scale, family).into()
        }
        Number::Double { .. } => SqlType::DOUBLE.into(),
    }
}

/// ABS and other functions that keep the kind of number.
pub(super) fn same_kind(server: &Server, operand: Operand<'_>) -> Typed {
    match number(server.family, operand) {
        Number::Integer { digits, unsigned } => integer(IntWidth::Big, unsigned, digits),
        Number::Decimal { precision, scale, unsigned } => {
            decimal_of(precision - scale, scale, unsigned, server.family).into()
        }
        Number::Double { unsigned } => SqlType::Double { unsigned }.into(),
    }
}

/// CEIL and FLOOR.
pub(super) fn rounded(server: &Server, operand: Operand<'_>) -> Typed {
    match number(server.family, operand) {
        Number::Decimal { precision, scale, unsigned } => {
            let digits = precision - scale;
            if digits < 18 {
                integer(IntWidth::Big, unsigned && scale == 0, digits + 1)
            } else {
                decimal(digits + 1, 0, server.family).into()
            }
        }
        Number::Integer { .. } | Number::Double { .. } => same_kind(server, operand),
    }
}

/// ROUND and TRUNCATE to `places` digits, where that is a constant.
pub(super) fn rounded_to(server: &Server, operand: Operand<'_>, places: Option<i64>) -> Typed {
    match number(server.family, operand) {
        Number::Decimal { precision, scale, .. } => {
            let digits = precision - scale;
            let scale = match places {
                Some(places) => u32::try_from(places.max(0)).unwrap_or(0).min(scale),
                None => scale,
            };
            decimal(digits + 1, scale, server.family).into()
        }
        Number::Integer { .. } | Number::Double { .. } => same_kind(server, operand),
    }
}

/// SUM: 22 more digits.
pub(super) fn sum(server: &Server, operand: Operand<'_>) -> Typed {
    match number(server.family, operand) {
        Number::Double { .. } => SqlType::DOUBLE.into(),
        number => {
            let scale = number.digits().1;
            decimal(number.integer_digits() + 22, scale, server.family).into()
        }
    }
}

/// AVG: the scale grows as in a division.
pub(super) fn average(server: &Server, operand: Operand<'_>) -> Typed {
    match number(server.family, operand) {
        Number::Double { .. } => SqlType::DOUBLE.into(),
        number => {
            let scale = number.digits().1 + DIVISION_DIGITS;
            decimal(number.integer_digits(), scale, server.family).into()
        }
    }
}
