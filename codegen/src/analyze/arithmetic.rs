//! Types of `+ - * / DIV %`, of unary minus and of what rounds, sums and averages.
//! Source: each operator prepared and executed for every pair of types on MySQL 9.7 and MariaDB 10.11; the digits
//! follow the same formulas on both.

use sqlparser::ast::BinaryOperator;

use crate::catalog::{Family, IntWidth, Server, SqlType};

use super::types::{
    Number, Operand, Typed, characters, decimal, decimal_of, fraction, integer, is_temporal, max_scale,
    number,
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
                    let scale = u32::from(fraction(ty));
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

/// ABS.
pub(super) fn absolute(server: &Server, operand: Operand<'_>) -> Typed {
    let family = server.family;
    if is_temporal(operand.ty) {
        return match (family, characters(operand)) {
            // MariaDB takes the characters, of which one is for a sign, for digits.
            (Family::MariaDb, Some(characters)) => {
                let scale = u32::from(fraction(operand.ty));
                let unsigned = matches!(operand.ty, SqlType::Timestamp { .. });
                let digits = characters as u32 - u32::from(!unsigned) - u32::from(scale > 0);
                decimal_of(digits - scale, scale, unsigned, family).into()
            }
            (Family::MariaDb | Family::MySql, _) => SqlType::DOUBLE.into(),
        };
    }
    match number(family, operand) {
        Number::Integer { digits, unsigned } => computed(family, digits, unsigned),
        Number::Decimal { precision, scale, unsigned } => {
            decimal_of(precision - scale, scale, unsigned, family).into()
        }
        Number::Double { unsigned } => SqlType::Double { unsigned }.into(),
    }
}

/// The longest decimal that is rounded to a BIGINT, in digits.
const DIGITS_OF_ROUNDED: u32 = 18;

/// CEIL and FLOOR.
pub(super) fn rounded(server: &Server, operand: Operand<'_>) -> Typed {
    if let Some(typed) = rounded_time(server.family, operand, 0) {
        return typed;
    }
    match number(server.family, operand) {
        Number::Decimal { precision, scale, unsigned } => {
            let digits = precision - scale + u32::from(scale > 0);
            let unsigned = unsigned && server.family == Family::MariaDb;
            if digits > DIGITS_OF_ROUNDED {
                return decimal_of(digits, 0, unsigned, server.family).into();
            }
            let width = match server.family {
                Family::MariaDb if digits <= CHARACTERS_OF_INT => IntWidth::Int,
                Family::MariaDb | Family::MySql => IntWidth::Big,
            };
            integer(width, unsigned, digits)
        }
        Number::Integer { digits, unsigned } => whole(server.family, operand, digits, unsigned),
        Number::Double { unsigned } => SqlType::Double { unsigned }.into(),
    }
}

/// ROUND and TRUNCATE to `places` digits, where that is a constant.
pub(super) fn rounded_to(server: &Server, operand: Operand<'_>, places: Option<i64>, up: bool) -> Typed {
    let family = server.family;
    let kept = places.map(|places| u32::try_from(places.max(0)).unwrap_or(0));
    if let Some(typed) = rounded_time(family, operand, kept.unwrap_or(6)) {
        return typed;
    }
    match number(family, operand) {
        Number::Decimal { precision, scale, unsigned } => {
            let digits = precision - scale;
            match family {
                Family::MySql => decimal(digits + 1, kept.map_or(scale, |kept| kept.min(scale)), family),
                // MariaDB gives as many places as it is asked for.
                Family::MariaDb => {
                    let grows = u32::from(kept.is_none_or(|kept| kept < scale));
                    decimal_of(digits + grows, kept.unwrap_or(scale), unsigned, family)
                }
            }
            .into()
        }
        Number::Integer { digits, unsigned }
            if family == Family::MariaDb && places.is_none_or(|places| places < 0) =>
        {
            // Rounding up to tens may give one more digit than BIGINT has.
            match digits + 1 {
                longer if up && longer > 19 => decimal_of(longer, 0, unsigned, family).into(),
                longer if up => computed(family, longer, unsigned),
                _ => computed(family, digits, unsigned),
            }
        }
        Number::Integer { digits, unsigned } => whole(family, operand, digits, unsigned),
        Number::Double { unsigned } => SqlType::Double { unsigned }.into(),
    }
}

/// An integer that was rounded: MariaDB keeps the width of a column.
fn whole(family: Family, operand: Operand<'_>, digits: u32, unsigned: bool) -> Typed {
    match (family, operand.ty) {
        (Family::MariaDb, SqlType::Int { width, .. }) => integer(*width, unsigned, digits),
        (Family::MariaDb, SqlType::Bool { .. }) => integer(IntWidth::Tiny, unsigned, digits),
        (Family::MariaDb, SqlType::Enum { .. } | SqlType::Set { .. }) => integer(IntWidth::Int, true, digits),
        (Family::MariaDb | Family::MySql, _) => computed(family, digits, unsigned),
    }
}

/// What rounding makes of dates and times: MariaDB rounds their seconds.
fn rounded_time(family: Family, operand: Operand<'_>, places: u32) -> Option<Typed> {
    let fsp = u32::from(fraction(operand.ty)).min(places) as u8;
    let ty = match (family, operand.ty) {
        (_, ty) if !is_temporal(ty) => return None,
        (Family::MySql, _) => SqlType::DOUBLE,
        (Family::MariaDb, SqlType::Date) => SqlType::Int { width: IntWidth::Int, unsigned: true },
        (Family::MariaDb, SqlType::Time { .. }) => SqlType::Time { fsp },
        (Family::MariaDb, _) => SqlType::DateTime { fsp },
    };
    Some(ty.into())
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
