//! Types of expressions that may be one of several: COALESCE, IF, CASE, LEAST, UNION.
//! Source: each of them prepared and executed for every pair of types, and with literals of every kind, on MySQL 9.7
//! and MariaDB 10.11.

use crate::catalog::{BytesKind, Family, IntWidth, SqlType, TextKind};

use super::types::{Operand, Typed, decimal_of, is_address, number, width};
pub(super) use super::types::{
    as_expression, decimal, fraction, is_integer, is_number, is_temporal, is_text, is_unsigned,
    scale_of_seconds,
};

/// What brings several values into one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merge {
    /// COALESCE, CASE and the like take one of them.
    Choice,
    /// IF, and NULLIF, which is one.
    If,
    /// LEAST and GREATEST compare them.
    Extreme,
    /// UNION and its relatives, and VALUES.
    Union,
}

/// The type that the server gives a value which is `a` or `b`.
pub(super) fn merge(family: Family, a: &SqlType, b: &SqlType) -> SqlType {
    merged(family, Merge::Choice, a.into(), b.into()).ty
}

/// The same, with the digits of literals.
pub(super) fn merged(family: Family, how: Merge, a: Operand<'_>, b: Operand<'_>) -> Typed {
    use SqlType as T;
    let digits = match (a.ty, b.ty) {
        _ if is_integer(a.ty) && is_integer(b.ty) => {
            let (a, b) = (number(family, a).integer_digits(), number(family, b).integer_digits());
            Some(a.max(b).min(64) as u8)
        }
        _ => None,
    };
    let ty = match (a.ty, b.ty) {
        (T::Null, T::Null) => T::Null,
        (T::Null, _) => return beside_null(family, how, b),
        (_, T::Null) => return beside_null(family, how, a),
        (T::Json, T::Json) if how == Merge::Extreme => T::text(),
        (a_ty, b_ty) if is_number(a_ty) && is_number(b_ty) => {
            return merge_numbers(family, how, a, b, digits);
        }
        (a_ty, b_ty) if how == Merge::Extreme && family == Family::MariaDb => {
            compared(a_ty, b_ty).unwrap_or_else(|| merge_others(a_ty, b_ty))
        }
        (a_ty, b_ty) => merge_others(a_ty, b_ty),
    };
    Typed { ty, digits }
}

/// What a value becomes that may also be the literal NULL, which has a sign and, on MariaDB, a digit.
fn beside_null(family: Family, how: Merge, other: Operand<'_>) -> Typed {
    use SqlType as T;
    if how == Merge::If && family == Family::MariaDb {
        return Typed { ty: other.ty.clone(), digits: other.digits };
    }
    let ty = match other.ty {
        T::Json if how == Merge::Extreme => T::text(),
        T::Float { .. } => T::Float { unsigned: false },
        T::Double { .. } => T::DOUBLE,
        T::Int { unsigned: true, .. } | T::Bool { unsigned: true } | T::Decimal { .. } => match family {
            Family::MariaDb => merge_decimals(family, other, Operand { ty: &T::INT, digits: Some(1) }),
            Family::MySql => match other.ty.clone() {
                T::Decimal { precision, scale, .. } => T::Decimal { precision, scale, unsigned: false },
                integer => return Typed { ty: integer, digits: other.digits },
            },
        },
        same => return Typed { ty: same.clone(), digits: other.digits },
    };
    ty.into()
}

/// Where at least one of the types is no number.
fn merge_others(a: &SqlType, b: &SqlType) -> SqlType {
    use SqlType as T;
    match (a, b) {
        (T::Text { length: a, .. }, T::Text { length: b, .. }) => T::Text {
            kind: TextKind::Varchar,
            length: a.zip(*b).map(|(a, b)| a.max(b)),
            charset: None,
            collation: None,
        },
        (T::Bytes { length: a, .. }, T::Bytes { length: b, .. }) => {
            T::Bytes { kind: BytesKind::Varbinary, length: a.zip(*b).map(|(a, b)| a.max(b)) }
        }
        (T::Enum { .. } | T::Set { .. }, T::Enum { .. } | T::Set { .. }) => T::text(),
        (T::DateTime { fsp: a }, T::DateTime { fsp: b }) => T::DateTime { fsp: *a.max(b) },
        (T::Timestamp { fsp: a }, T::Timestamp { fsp: b }) => T::Timestamp { fsp: *a.max(b) },
        (T::Time { fsp: a }, T::Time { fsp: b }) => T::Time { fsp: *a.max(b) },
        (T::Geometry { .. }, T::Geometry { .. }) if a != b => {
            T::Geometry { kind: "geometry".to_owned(), srid: None }
        }
        (a, b) if a == b => a.clone(),
        (a, b) if is_temporal(a) && is_temporal(b) => T::DateTime { fsp: fraction(a).max(fraction(b)) },
        // The text or the bytes are read as an address; what is none becomes NULL.
        (address, T::Text { .. } | T::Bytes { .. } | T::Enum { .. } | T::Set { .. } | T::Json)
        | (T::Text { .. } | T::Bytes { .. } | T::Enum { .. } | T::Set { .. } | T::Json, address)
            if is_address(address) =>
        {
            address.clone()
        }
        // Bytes with anything else, and what has no characters.
        (T::Bytes { .. } | T::Bit { .. } | T::Geometry { .. } | T::Vector { .. }, _)
        | (_, T::Bytes { .. } | T::Bit { .. } | T::Geometry { .. } | T::Vector { .. }) => T::bytes(),
        _ => T::text(),
    }
}

/// MariaDB compares as `<` does: dates win over everything, then numbers; what is left is merged.
fn compared(a: &SqlType, b: &SqlType) -> Option<SqlType> {
    use SqlType as T;
    let with_fraction = |temporal: &SqlType, other: &SqlType| {
        let fsp = match other {
            T::Decimal { scale, .. } => (*scale).min(6),
            T::Bool { .. } | T::Int { .. } | T::Bit { .. } | T::Year | T::Enum { .. } | T::Set { .. } => 0,
            _ => 6,
        };
        match temporal {
            T::DateTime { fsp: own } | T::Timestamp { fsp: own } => T::DateTime { fsp: fsp.max(*own) },
            T::Time { fsp: own } => T::Time { fsp: fsp.max(*own) },
            other => other.clone(),
        }
    };
    match (is_temporal(a), is_temporal(b)) {
        (true, false) => Some(with_fraction(a, b)),
        (false, true) => Some(with_fraction(b, a)),
        (true, true) => None,
        (false, false) => (is_number(a) != is_number(b)).then_some(T::DOUBLE),
    }
}

fn merge_numbers(family: Family, how: Merge, a: Operand<'_>, b: Operand<'_>, digits: Option<u8>) -> Typed {
    use SqlType as T;
    let float_holds = |other: &SqlType| match other {
        T::Bool { .. } | T::Year => true,
        T::Int { width, .. } => *width <= IntWidth::Medium,
        _ => false,
    };
    let extreme = how == Merge::Extreme && family == Family::MariaDb;
    let bit = |ty: &SqlType| matches!(ty, T::Bit { .. });
    let ty = match (a.ty, b.ty) {
        (a, b) if how == Merge::Union && family == Family::MariaDb && bit(a) != bit(b) => T::bytes(),
        (T::Float { .. }, T::Float { .. }) => T::Float { unsigned: false },
        (T::Float { .. }, other) | (other, T::Float { .. }) if float_holds(other) && !extreme => {
            T::Float { unsigned: false }
        }
        // Only in this order, and whatever FLOAT then loses.
        (T::Float { .. }, T::Int { width: IntWidth::Big, .. }) if family == Family::MySql => {
            T::Float { unsigned: false }
        }
        (T::Float { .. } | T::Double { .. }, _) | (_, T::Float { .. } | T::Double { .. }) => T::DOUBLE,
        (T::Bit { .. }, T::Bit { .. }) | (T::Year, T::Year) => match (a.ty, b.ty) {
            (T::Bit { bits: a }, T::Bit { bits: b }) => T::Bit { bits: *a.max(b) },
            _ => T::Year,
        },
        (T::Decimal { .. }, _) | (_, T::Decimal { .. }) => merge_decimals(family, a, b),
        _ => return merge_integers(family, a, b, digits),
    };
    Typed { ty, digits: None }
}

fn merge_decimals(family: Family, a: Operand<'_>, b: Operand<'_>) -> SqlType {
    let (a, b) = (number(family, a), number(family, b));
    let unsigned = family == Family::MariaDb && a.is_unsigned() && b.is_unsigned();
    let scale = a.digits().1.max(b.digits().1);
    decimal_of(a.integer_digits().max(b.integer_digits()), scale, unsigned, family)
}

fn merge_integers(family: Family, a: Operand<'_>, b: Operand<'_>, digits: Option<u8>) -> Typed {
    use SqlType as T;
    let (unsigned_a, unsigned_b) = (is_unsigned(a.ty), is_unsigned(b.ty));
    let has_bits = matches!(a.ty, T::Bit { .. }) || matches!(b.ty, T::Bit { .. });
    let same_sign = |ty| Typed { ty, digits };
    match (family, unsigned_a == unsigned_b) {
        (Family::MySql, true) if has_bits => same_sign(T::BIGINT_UNSIGNED),
        (Family::MariaDb, true) if has_bits => {
            let wide = digits.is_some_and(|digits| digits > 10)
                || [a.ty, b.ty].iter().any(|ty| matches!(ty, T::Int { width: IntWidth::Big, .. }));
            let width = if wide { IntWidth::Big } else { IntWidth::Int };
            same_sign(T::Int { width, unsigned: true })
        }
        // YEAR has the width of SMALLINT; MariaDB says TINYINT of it with TINYINT, which cannot hold it.
        (_, true) => same_sign(T::Int { width: width(a.ty).max(width(b.ty)), unsigned: unsigned_a }),
        (Family::MariaDb, false) => merge_decimals(family, a, b).into(),
        (Family::MySql, false) => {
            let (signed, unsigned) = if unsigned_a { (b, a) } else { (a, b) };
            let wider = match unsigned.ty {
                T::Bit { .. } => None,
                T::Year => Some(IntWidth::Small),
                other => match width(other) {
                    IntWidth::Tiny => Some(IntWidth::Small),
                    IntWidth::Small => Some(IntWidth::Medium),
                    IntWidth::Medium => Some(IntWidth::Int),
                    IntWidth::Int => Some(IntWidth::Big),
                    IntWidth::Big => None,
                },
            };
            match wider {
                Some(wider) => same_sign(T::Int { width: wider.max(width(signed.ty)), unsigned: false }),
                None => merge_decimals(family, a, b).into(),
            }
        }
    }
}
