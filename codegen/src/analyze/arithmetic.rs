//! Types of `+ - * / DIV %` and of the bit operators.

use sqlparser::ast::BinaryOperator;

use crate::catalog::{Server, SqlType};

use super::merge::{decimal, digits, fraction, is_integer, is_temporal, is_unsigned};

/// An operand as the number that arithmetic makes of it.
fn as_number(server: &Server, ty: &SqlType) -> SqlType {
    match ty {
        SqlType::Date => SqlType::BIGINT,
        other if is_temporal(other) => match fraction(other) {
            0 => SqlType::BIGINT,
            fsp => decimal(14, u32::from(fsp), server.family),
        },
        SqlType::Bool { .. }
        | SqlType::Int { .. }
        | SqlType::Bit { .. }
        | SqlType::Year
        | SqlType::Decimal { .. } => ty.clone(),
        SqlType::Null => SqlType::BIGINT,
        _ => SqlType::DOUBLE,
    }
}

/// The type of `left op right`; both operands are values, not intervals.
pub(super) fn binary(server: &Server, op: &BinaryOperator, left: &SqlType, right: &SqlType) -> SqlType {
    let family = server.family;
    let (left, right) = (as_number(server, left), as_number(server, right));
    let unsigned = is_unsigned(&left) || is_unsigned(&right);
    let approximate = matches!(left, SqlType::Double { .. }) || matches!(right, SqlType::Double { .. });
    let integers = is_integer(&left) && is_integer(&right);
    let ((integer_l, scale_l), (integer_r, scale_r)) = (digits(&left), digits(&right));
    match op {
        BinaryOperator::MyIntegerDivide => SqlType::Int { width: crate::catalog::IntWidth::Big, unsigned },
        _ if approximate => SqlType::DOUBLE,
        BinaryOperator::Divide => {
            // Source: facts on both servers: the scale grows by div_precision_increment, 4 unless it was changed.
            let scale = scale_l + 4;
            decimal(integer_l + scale_r, scale, family)
        }
        BinaryOperator::Modulo if integers => {
            SqlType::Int { width: crate::catalog::IntWidth::Big, unsigned: is_unsigned(&left) }
        }
        BinaryOperator::Modulo => decimal(integer_l.max(integer_r), scale_l.max(scale_r), family),
        _ if integers => {
            let signed = *op == BinaryOperator::Minus && server.has_mode("NO_UNSIGNED_SUBTRACTION");
            SqlType::Int { width: crate::catalog::IntWidth::Big, unsigned: unsigned && !signed }
        }
        BinaryOperator::Multiply => decimal(integer_l + integer_r, scale_l + scale_r, family),
        _ => decimal(integer_l.max(integer_r) + 1, scale_l.max(scale_r), family),
    }
}

/// The type of unary minus.
pub(super) fn negated(server: &Server, ty: &SqlType) -> SqlType {
    match as_number(server, ty) {
        SqlType::Decimal { precision, scale, .. } => SqlType::Decimal { precision, scale, unsigned: false },
        number if is_integer(&number) => SqlType::BIGINT,
        _ => SqlType::DOUBLE,
    }
}

/// ABS and other functions that keep the kind of number.
pub(super) fn same_kind(server: &Server, ty: &SqlType) -> SqlType {
    match as_number(server, ty) {
        number if is_integer(&number) => {
            SqlType::Int { width: crate::catalog::IntWidth::Big, unsigned: is_unsigned(&number) }
        }
        number => number,
    }
}

/// CEIL and FLOOR.
pub(super) fn rounded(server: &Server, ty: &SqlType) -> SqlType {
    match as_number(server, ty) {
        SqlType::Decimal { precision, scale, unsigned } => {
            let integer = u32::from(precision) - u32::from(scale);
            if integer < 18 {
                SqlType::Int { width: crate::catalog::IntWidth::Big, unsigned: unsigned && scale == 0 }
            } else {
                decimal(integer + 1, 0, server.family)
            }
        }
        number if is_integer(&number) => same_kind(server, &number),
        number => number,
    }
}

/// ROUND and TRUNCATE to `places` digits, where that is a constant.
pub(super) fn rounded_to(server: &Server, ty: &SqlType, places: Option<i64>) -> SqlType {
    match as_number(server, ty) {
        SqlType::Decimal { precision, scale, .. } => {
            let integer = u32::from(precision) - u32::from(scale);
            let scale = match places {
                Some(places) => u32::try_from(places.max(0)).unwrap_or(0).min(u32::from(scale)),
                None => u32::from(scale),
            };
            decimal(integer + 1, scale, server.family)
        }
        number if is_integer(&number) => same_kind(server, &number),
        number => number,
    }
}

/// SUM.
pub(super) fn sum(server: &Server, ty: &SqlType) -> SqlType {
    match as_number(server, ty) {
        SqlType::Double { .. } => SqlType::DOUBLE,
        number => {
            let (integer, scale) = digits(&number);
            decimal(integer + 22, scale, server.family)
        }
    }
}

/// AVG.
pub(super) fn average(server: &Server, ty: &SqlType) -> SqlType {
    match as_number(server, ty) {
        SqlType::Double { .. } => SqlType::DOUBLE,
        number => {
            let (integer, scale) = digits(&number);
            decimal(integer, scale + 4, server.family)
        }
    }
}
