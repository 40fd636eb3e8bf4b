//! Types of expressions that may be one of several: COALESCE, IF, CASE, LEAST, UNION.

use crate::catalog::{BytesKind, Family, IntWidth, SqlType, TextKind};

/// The type that the server gives a value which is `a` or `b`.
/// Source: facts measured on MySQL 9.7 and MariaDB 10.11.
pub(super) fn merge(family: Family, a: &SqlType, b: &SqlType) -> SqlType {
    use SqlType as T;
    match (a, b) {
        (T::Null, other) | (other, T::Null) => other.clone(),
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
        (T::Bit { bits: a }, T::Bit { bits: b }) => T::Bit { bits: *a.max(b) },
        (T::Geometry { .. }, T::Geometry { .. }) if a != b => {
            T::Geometry { kind: "geometry".to_owned(), srid: None }
        }
        (a, b) if a == b => a.clone(),
        (a, b) if is_number(a) && is_number(b) => merge_numbers(family, a, b),
        (a, b) if is_temporal(a) && is_temporal(b) => T::DateTime { fsp: fraction(a).max(fraction(b)) },
        // Text with bytes, and anything that has no number or date in common with the other side.
        (T::Bytes { .. } | T::Geometry { .. } | T::Vector { .. }, _)
        | (_, T::Bytes { .. } | T::Geometry { .. } | T::Vector { .. }) => T::bytes(),
        _ => T::text(),
    }
}

fn merge_numbers(family: Family, a: &SqlType, b: &SqlType) -> SqlType {
    use SqlType as T;
    match (a, b) {
        (T::Float { .. }, T::Float { .. }) => T::Float { unsigned: false },
        (T::Float { .. } | T::Double { .. }, _) | (_, T::Float { .. } | T::Double { .. }) => T::DOUBLE,
        (T::Decimal { .. }, _) | (_, T::Decimal { .. }) => {
            let ((integer_a, scale_a), (integer_b, scale_b)) = (digits(a), digits(b));
            decimal(integer_a.max(integer_b), scale_a.max(scale_b), family)
        }
        _ => {
            let (wide, unsigned_a, unsigned_b) = (width(a).max(width(b)), is_unsigned(a), is_unsigned(b));
            if unsigned_a == unsigned_b {
                return T::Int { width: wide, unsigned: unsigned_a };
            }
            let unsigned_width = if unsigned_a { width(a) } else { width(b) };
            match family {
                _ if unsigned_width == IntWidth::Big => decimal(20, 0, family),
                Family::MySql => T::BIGINT,
                // MariaDB gives INT to narrow operands and DECIMAL(10,0) or wider to INT UNSIGNED.
                Family::MariaDb if unsigned_width >= IntWidth::Int => decimal(20, 0, family),
                Family::MariaDb => T::Int { width: wide.max(IntWidth::Int), unsigned: false },
            }
        }
    }
}

/// DECIMAL with so many digits before and after the point, within the server's limits.
pub(super) fn decimal(integer: u32, scale: u32, family: Family) -> SqlType {
    let max_scale = match family {
        Family::MySql => 30,
        Family::MariaDb => 38,
    };
    let scale = scale.min(max_scale);
    let precision = (integer + scale).clamp(1, 65);
    SqlType::Decimal { precision: precision as u8, scale: scale as u8, unsigned: false }
}

/// The digits before and after the point that hold every value of a number type.
pub(super) fn digits(ty: &SqlType) -> (u32, u32) {
    match ty {
        SqlType::Decimal { precision, scale, .. } => {
            (u32::from(*precision).saturating_sub(u32::from(*scale)), u32::from(*scale))
        }
        SqlType::Year => (4, 0),
        SqlType::Bool { .. } => (3, 0),
        SqlType::Int { width, unsigned } => {
            let digits = match width {
                IntWidth::Tiny => 3,
                IntWidth::Small => 5,
                IntWidth::Medium => 8,
                IntWidth::Int => 10,
                IntWidth::Big => 19 + u32::from(*unsigned),
            };
            (digits, 0)
        }
        _ => (20, 0),
    }
}

/// The width of an integer type, TINYINT(1), YEAR and BIT included.
pub(super) fn width(ty: &SqlType) -> IntWidth {
    match ty {
        SqlType::Bool { .. } => IntWidth::Tiny,
        SqlType::Year => IntWidth::Small,
        SqlType::Int { width, .. } => *width,
        _ => IntWidth::Big,
    }
}

/// Whether a number type is UNSIGNED.
pub(super) fn is_unsigned(ty: &SqlType) -> bool {
    match ty {
        SqlType::Bool { unsigned }
        | SqlType::Int { unsigned, .. }
        | SqlType::Decimal { unsigned, .. }
        | SqlType::Float { unsigned }
        | SqlType::Double { unsigned } => *unsigned,
        SqlType::Bit { .. } | SqlType::Year => true,
        _ => false,
    }
}

/// Integers, and what counts as one.
pub(super) fn is_integer(ty: &SqlType) -> bool {
    matches!(ty, SqlType::Bool { .. } | SqlType::Int { .. } | SqlType::Bit { .. } | SqlType::Year)
}

/// Numbers of every kind.
pub(super) fn is_number(ty: &SqlType) -> bool {
    is_integer(ty) || matches!(ty, SqlType::Decimal { .. } | SqlType::Float { .. } | SqlType::Double { .. })
}

/// Dates, times and both.
pub(super) fn is_temporal(ty: &SqlType) -> bool {
    matches!(ty, SqlType::Date | SqlType::DateTime { .. } | SqlType::Timestamp { .. } | SqlType::Time { .. })
}

/// Character strings and what is compared like them.
pub(super) fn is_text(ty: &SqlType) -> bool {
    matches!(
        ty,
        SqlType::Text { .. }
            | SqlType::Enum { .. }
            | SqlType::Set { .. }
            | SqlType::Json
            | SqlType::Uuid
            | SqlType::Inet4
            | SqlType::Inet6
    )
}

/// Digits of fractional seconds.
pub(super) fn fraction(ty: &SqlType) -> u8 {
    match ty {
        SqlType::DateTime { fsp } | SqlType::Timestamp { fsp } | SqlType::Time { fsp } => *fsp,
        _ => 0,
    }
}

/// The type of an expression over a column: ENUM and SET become text, and declared lengths of storage go.
pub(super) fn as_expression(ty: SqlType) -> SqlType {
    match ty {
        SqlType::Enum { .. } | SqlType::Set { .. } => SqlType::text(),
        SqlType::Text { length, charset, collation, .. } => {
            SqlType::Text { kind: TextKind::Varchar, length, charset, collation }
        }
        SqlType::Bytes { length, .. } => SqlType::Bytes { kind: BytesKind::Varbinary, length },
        other => other,
    }
}
