//! What the rules of both servers ask of a type: its sign, its digits, its family. Knows no expression.

use crate::catalog::{BytesKind, Family, IntWidth, SqlType, TextKind};

/// A type to compute with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operand<'t> {
    pub(super) ty: &'t SqlType,
    /// How many digits an integer has, where that is fewer than its type could have, as with the literal 1; for
    /// bytes, that they are a number to arithmetic, as with the literal 0x41.
    pub(super) digits: Option<u8>,
}

impl<'t> From<&'t SqlType> for Operand<'t> {
    fn from(ty: &'t SqlType) -> Self {
        Self { ty, digits: None }
    }
}

/// What a computation gives.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) ty: SqlType,
    /// As of [`Operand`].
    pub(super) digits: Option<u8>,
}

impl Typed {
    pub(super) fn operand(&self) -> Operand<'_> {
        Operand { ty: &self.ty, digits: self.digits }
    }
}

impl From<SqlType> for Typed {
    fn from(ty: SqlType) -> Self {
        Self { ty, digits: None }
    }
}

/// What arithmetic makes of an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Integer { digits: u32, unsigned: bool },
    Decimal { precision: u32, scale: u32, unsigned: bool },
    Double { unsigned: bool },
}

impl Number {
    pub(super) fn is_unsigned(self) -> bool {
        match self {
            Number::Integer { unsigned, .. }
            | Number::Decimal { unsigned, .. }
            | Number::Double { unsigned } => unsigned,
        }
    }

    /// All digits, and those after the point.
    pub(super) fn digits(self) -> (u32, u32) {
        match self {
            Number::Integer { digits, .. } => (digits, 0),
            Number::Decimal { precision, scale, .. } => (precision, scale),
            Number::Double { .. } => (23, 0),
        }
    }

    /// Digits before the point.
    pub(super) fn integer_digits(self) -> u32 {
        let (precision, scale) = self.digits();
        precision.saturating_sub(scale)
    }
}

/// An operand as the number that arithmetic makes of it.
/// Source: `a + b` prepared for every pair of types on MySQL 9.7 and MariaDB 10.11.
pub(super) fn number(family: Family, operand: Operand<'_>) -> Number {
    let point = |digits: u32, fsp: u8| match u32::from(fsp) {
        0 => Number::Integer { digits, unsigned: false },
        scale => Number::Decimal { precision: digits + scale, scale, unsigned: false },
    };
    match operand.ty {
        SqlType::Bool { unsigned } => {
            Number::Integer { digits: operand.digits.map_or(3, u32::from), unsigned: *unsigned }
        }
        SqlType::Int { unsigned, .. } => {
            let digits = operand.digits.map_or_else(|| digits(operand.ty).0, u32::from);
            Number::Integer { digits, unsigned: *unsigned }
        }
        SqlType::Bit { bits } => Number::Integer { digits: u32::from(*bits), unsigned: true },
        SqlType::Year => Number::Integer { digits: 4, unsigned: true },
        SqlType::Decimal { precision, scale, unsigned } => Number::Decimal {
            precision: u32::from(*precision),
            scale: u32::from(*scale),
            unsigned: *unsigned,
        },
        SqlType::Float { unsigned } | SqlType::Double { unsigned } => Number::Double { unsigned: *unsigned },
        SqlType::Date => point(8, 0),
        SqlType::DateTime { fsp } => point(14, *fsp),
        SqlType::Timestamp { fsp } => match (family, point(14, *fsp)) {
            (Family::MariaDb, Number::Integer { digits, .. }) => Number::Integer { digits, unsigned: true },
            (Family::MariaDb, Number::Decimal { precision, scale, .. }) => {
                Number::Decimal { precision, scale, unsigned: true }
            }
            (_, number) => number,
        },
        SqlType::Time { fsp } => point(7, *fsp),
        // A literal such as 0x41, or one such as b'101', which has a sign on MySQL.
        SqlType::Bytes { kind, .. } if operand.digits.is_some() => Number::Integer {
            digits: operand.digits.map_or(20, u32::from),
            unsigned: family == Family::MariaDb || *kind == BytesKind::Varbinary,
        },
        // MariaDB takes the number of the member, and its digits for the characters of the longest text.
        SqlType::Enum { values } if family == Family::MariaDb => {
            Number::Integer { digits: longest(values), unsigned: false }
        }
        SqlType::Set { values } if family == Family::MariaDb => {
            Number::Integer { digits: all_together(values), unsigned: false }
        }
        _ => Number::Double { unsigned: false },
    }
}

/// Characters of the longest member of an ENUM.
fn longest(values: &[String]) -> u32 {
    values.iter().map(|value| value.chars().count() as u32).max().unwrap_or(1)
}

/// Characters of all members of a SET, with the commas between them.
fn all_together(values: &[String]) -> u32 {
    values.iter().map(|value| value.chars().count() as u32 + 1).sum::<u32>().saturating_sub(1).max(1)
}

/// The most characters that a value has when it is written, where that is known.
pub(super) fn characters(operand: Operand<'_>) -> Option<u64> {
    let sign = |unsigned: bool| u64::from(!unsigned);
    Some(match operand.ty {
        SqlType::Null => 0,
        SqlType::Bool { unsigned } => operand.digits.map_or(3, u64::from) + sign(*unsigned),
        SqlType::Int { unsigned, width } => {
            // A signed BIGINT has 20 characters, as has an unsigned one.
            let digits = operand.digits.map_or_else(|| u64::from(digits(operand.ty).0), u64::from);
            if *width == IntWidth::Big && *unsigned { digits } else { digits + sign(*unsigned) }
        }
        SqlType::Bit { bits } => u64::from(*bits),
        SqlType::Year => 4,
        SqlType::Decimal { precision, scale, unsigned } => {
            u64::from(*precision) + u64::from(*scale > 0) + sign(*unsigned)
        }
        SqlType::Text { length, .. } | SqlType::Bytes { length, .. } => return *length,
        SqlType::Enum { values } => u64::from(longest(values)),
        SqlType::Set { values } => u64::from(all_together(values)),
        SqlType::Date => 10,
        SqlType::DateTime { fsp } | SqlType::Timestamp { fsp } => 19 + fraction_characters(*fsp),
        SqlType::Time { fsp } => 10 + fraction_characters(*fsp),
        SqlType::Uuid => 36,
        SqlType::Inet4 => 15,
        SqlType::Inet6 => 39,
        SqlType::Float { .. }
        | SqlType::Double { .. }
        | SqlType::Json
        | SqlType::Vector { .. }
        | SqlType::Geometry { .. } => return None,
    })
}

fn fraction_characters(fsp: u8) -> u64 {
    if fsp == 0 { 0 } else { u64::from(fsp) + 1 }
}

/// An integer type of so many digits.
pub(super) fn integer(width: IntWidth, unsigned: bool, digits: u32) -> Typed {
    let most = u32::from(unsigned) + 19;
    Typed { ty: SqlType::Int { width, unsigned }, digits: Some(digits.clamp(1, most) as u8) }
}

/// The most digits after the point.
pub(super) fn max_scale(family: Family) -> u32 {
    match family {
        Family::MySql => 30,
        Family::MariaDb => 38,
    }
}

/// DECIMAL with so many digits before and after the point, within the server's limits.
pub(super) fn decimal(integer: u32, scale: u32, family: Family) -> SqlType {
    let scale = scale.min(max_scale(family));
    let precision = (integer + scale).clamp(1, 65);
    SqlType::Decimal { precision: precision as u8, scale: scale as u8, unsigned: false }
}

/// The same, UNSIGNED where that is asked for.
pub(super) fn decimal_of(integer: u32, scale: u32, unsigned: bool, family: Family) -> SqlType {
    match decimal(integer, scale, family) {
        SqlType::Decimal { precision, scale, .. } => SqlType::Decimal { precision, scale, unsigned },
        other => other,
    }
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

/// Types that MariaDB keeps as bytes and writes as text; a text that is none of them becomes NULL.
pub(super) fn is_address(ty: &SqlType) -> bool {
    matches!(ty, SqlType::Uuid | SqlType::Inet4 | SqlType::Inet6)
}

/// Digits of fractional seconds.
pub(super) fn fraction(ty: &SqlType) -> u8 {
    match ty {
        SqlType::DateTime { fsp } | SqlType::Timestamp { fsp } | SqlType::Time { fsp } => *fsp,
        _ => 0,
    }
}

/// Digits of fractional seconds that a number of seconds brings along.
/// Source: SEC_TO_TIME(), MAKETIME(), FROM_UNIXTIME() and `INTERVAL n SECOND` prepared on both servers.
pub(super) fn scale_of_seconds(ty: &SqlType) -> u8 {
    match ty {
        SqlType::Decimal { scale, .. } => (*scale).min(6),
        ty if is_integer(ty) || *ty == SqlType::Null => 0,
        ty if is_temporal(ty) => fraction(ty),
        _ => 6,
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

/// The type of a user variable that such a value is assigned to, and of the assignment.
/// Source: measured on MySQL 9.7 and MariaDB 10.11.
pub(super) fn of_variable(family: Family, assigned: Operand<'_>) -> SqlType {
    let mysql = family == Family::MySql;
    match assigned.ty {
        SqlType::Bool { .. } | SqlType::Int { .. } => {
            let unsigned = is_unsigned(assigned.ty);
            let short = !mysql && characters(assigned).is_some_and(|characters| characters <= 9);
            SqlType::Int { width: if short { IntWidth::Int } else { IntWidth::Big }, unsigned }
        }
        SqlType::Year => {
            SqlType::Int { width: if mysql { IntWidth::Big } else { IntWidth::Int }, unsigned: true }
        }
        SqlType::Float { .. } | SqlType::Double { .. } => SqlType::DOUBLE,
        SqlType::Decimal { precision, scale, .. } => SqlType::Decimal {
            precision: *precision,
            scale: *scale,
            unsigned: !mysql && is_unsigned(assigned.ty),
        },
        SqlType::Enum { .. } | SqlType::Set { .. } | SqlType::Json => SqlType::text(),
        SqlType::Null if mysql => SqlType::bytes(),
        SqlType::Null => SqlType::text(),
        ty if is_temporal(ty) => SqlType::text(),
        other => other.clone(),
    }
}
