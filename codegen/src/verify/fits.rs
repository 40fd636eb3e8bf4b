//! Which types hold which values: the table behind the comparison of two witnesses. Ours may be wider than the
//! server's, never narrower. Lengths, precision and fractional digits are not compared: they lose no value in Rust.

use crate::catalog::{Family, IntWidth, SqlType};

/// Kinds of values that differ for whoever decodes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Null,
    Bool,
    Int,
    Bit,
    Decimal,
    Float,
    Double,
    Text,
    Bytes,
    Enum,
    Set,
    Date,
    DateTime,
    Time,
    Year,
    Json,
    /// UUID, INET4 and INET6, which travel as text.
    Address,
    Vector,
    Geometry,
}

fn kind(ty: &SqlType) -> Kind {
    match ty {
        SqlType::Null => Kind::Null,
        SqlType::Bool { .. } => Kind::Bool,
        SqlType::Int { .. } => Kind::Int,
        SqlType::Bit { .. } => Kind::Bit,
        SqlType::Decimal { .. } => Kind::Decimal,
        SqlType::Float { .. } => Kind::Float,
        SqlType::Double { .. } => Kind::Double,
        SqlType::Text { .. } => Kind::Text,
        SqlType::Bytes { .. } => Kind::Bytes,
        SqlType::Enum { .. } => Kind::Enum,
        SqlType::Set { .. } => Kind::Set,
        SqlType::Date => Kind::Date,
        // They differ in what the clock means, not in what they hold.
        SqlType::DateTime { .. } | SqlType::Timestamp { .. } => Kind::DateTime,
        SqlType::Time { .. } => Kind::Time,
        SqlType::Year => Kind::Year,
        SqlType::Json => Kind::Json,
        SqlType::Uuid | SqlType::Inet4 | SqlType::Inet6 => Kind::Address,
        SqlType::Vector { .. } => Kind::Vector,
        SqlType::Geometry { .. } => Kind::Geometry,
    }
}

/// For each kind of ours, the kinds beside itself that the server may send.
const HOLDS: &[(Kind, &[Kind])] = &[
    (Kind::Int, &[Kind::Bool, Kind::Year]),
    (Kind::Decimal, &[Kind::Int, Kind::Bool, Kind::Year]),
    (Kind::Double, &[Kind::Float]),
    (Kind::Text, &[Kind::Enum, Kind::Set, Kind::Json, Kind::Address]),
    (Kind::Bytes, &[Kind::Text, Kind::Enum, Kind::Set, Kind::Json, Kind::Vector, Kind::Geometry]),
    (Kind::Address, &[Kind::Text]),
    (Kind::Vector, &[Kind::Bytes]),
    (Kind::Geometry, &[Kind::Bytes]),
];

/// What one family says otherwise than it is.
const SAYS: &[(Family, Kind, &[Kind])] = &[
    // JSON is LONGTEXT there.
    (Family::MariaDb, Kind::Json, &[Kind::Text]),
];

/// Whether every value that the server sends under its type is one of ours.
pub(super) fn holds(ours: &SqlType, theirs: &SqlType, family: Family) -> bool {
    let (our_kind, their_kind) = (kind(ours), kind(theirs));
    if our_kind == Kind::Null || their_kind == Kind::Null {
        return true;
    }
    // MIN, UNION and windows lose the (1) of TINYINT(1), by which the protocol tells a boolean.
    let faded_bool = our_kind == Kind::Bool && matches!(theirs, SqlType::Int { width: IntWidth::Tiny, .. });
    let listed = our_kind == their_kind
        || faded_bool
        || HOLDS.iter().any(|(kind, others)| *kind == our_kind && others.contains(&their_kind))
        || SAYS
            .iter()
            .any(|(of, kind, others)| *of == family && *kind == our_kind && others.contains(&their_kind));
    let in_range = match (bits(ours), bits(theirs)) {
        (Some((width, unsigned)), Some((other, other_unsigned))) => match (unsigned, other_unsigned) {
            (true, false) => false,
            (false, true) => width > other,
            (true, true) | (false, false) => width >= other,
        },
        (_, _) => true,
    };
    listed && in_range
}

/// Bits and sign of an integer.
fn bits(ty: &SqlType) -> Option<(u8, bool)> {
    match ty {
        SqlType::Int { width, unsigned } => Some((
            match width {
                IntWidth::Tiny => 8,
                IntWidth::Small => 16,
                IntWidth::Medium => 24,
                IntWidth::Int => 32,
                IntWidth::Big => 64,
            },
            *unsigned,
        )),
        SqlType::Bit { bits } => Some((*bits, true)),
        _ => None,
    }
}

/// For each kind of parameter that MySQL distinguishes, the kinds that a caller may pass for it. Its text stands for
/// everything else, and for not knowing, and is not in the table.
const ACCEPTS: &[(Kind, &[Kind])] = &[
    (Kind::Int, &[Kind::Int, Kind::Bool, Kind::Bit, Kind::Year, Kind::Decimal, Kind::Float, Kind::Double]),
    (
        Kind::Decimal,
        &[Kind::Int, Kind::Bool, Kind::Bit, Kind::Year, Kind::Decimal, Kind::Float, Kind::Double],
    ),
    (Kind::Double, &[Kind::Int, Kind::Bool, Kind::Bit, Kind::Year, Kind::Decimal, Kind::Float, Kind::Double]),
    (Kind::Date, &[Kind::Date, Kind::DateTime]),
    (Kind::DateTime, &[Kind::Date, Kind::DateTime, Kind::Time]),
    (Kind::Time, &[Kind::Time, Kind::DateTime]),
    (Kind::Year, &[Kind::Year, Kind::Int]),
    (Kind::Json, &[Kind::Json, Kind::Text]),
    (Kind::Bytes, &[Kind::Bytes, Kind::Text, Kind::Bit, Kind::Geometry, Kind::Vector]),
];

/// Whether what the caller passes is of a kind that the server expects there.
pub(super) fn accepts(theirs: &SqlType, ours: &SqlType) -> bool {
    let our_kind = kind(ours);
    // What MySQL says of a parameter in a part of the statement that it leaves out.
    let left_out = matches!(theirs, SqlType::Bytes { length: Some(0), .. });
    our_kind == Kind::Null
        || left_out
        || ACCEPTS
            .iter()
            .find(|(kind_of_theirs, _)| *kind_of_theirs == kind(theirs))
            .is_none_or(|(_, ours)| ours.contains(&our_kind))
}

#[cfg(test)]
mod tests {
    use super::{Family, IntWidth, SqlType, holds};

    const INT_UNSIGNED: SqlType = SqlType::Int { width: IntWidth::Int, unsigned: true };
    const BOOL: SqlType = SqlType::Bool { unsigned: false };
    const DECIMAL: SqlType = SqlType::Decimal { precision: 10, scale: 2, unsigned: false };

    #[test]
    fn a_wider_integer_holds_and_a_narrower_one_or_one_without_the_sign_does_not() {
        for (ours, theirs, expected) in [
            (SqlType::BIGINT, SqlType::INT, true),
            (SqlType::BIGINT, INT_UNSIGNED, true),
            (SqlType::INT, SqlType::BIGINT, false),
            (SqlType::INT, INT_UNSIGNED, false),
            (INT_UNSIGNED, SqlType::INT, false),
            (SqlType::BIGINT_UNSIGNED, SqlType::INT, false),
            (SqlType::BIGINT, SqlType::BIGINT_UNSIGNED, false),
            (SqlType::INT, BOOL, true),
            (BOOL, SqlType::INT, false),
            (BOOL, SqlType::Int { width: IntWidth::Tiny, unsigned: false }, true),
        ] {
            assert_eq!(holds(&ours, &theirs, Family::MySql), expected, "{} {}", ours.sql(), theirs.sql());
        }
    }

    #[test]
    fn kinds_of_values_are_not_mixed() {
        for (ours, theirs, expected) in [
            (DECIMAL, SqlType::INT, true),
            (SqlType::BIGINT, DECIMAL, false),
            (SqlType::DOUBLE, DECIMAL, false),
            (SqlType::DOUBLE, SqlType::BIGINT, false),
            (SqlType::Float { unsigned: false }, SqlType::DOUBLE, false),
            (SqlType::text(), SqlType::Enum { values: vec![] }, true),
            (SqlType::Enum { values: vec![] }, SqlType::text(), false),
            (SqlType::text(), SqlType::bytes(), false),
            (SqlType::Date, SqlType::DateTime { fsp: 0 }, false),
            (SqlType::Timestamp { fsp: 0 }, SqlType::DateTime { fsp: 6 }, true),
            (SqlType::text(), SqlType::Date, false),
            (SqlType::Uuid, SqlType::text(), true),
            (SqlType::Bit { bits: 8 }, SqlType::Bit { bits: 9 }, false),
            (SqlType::INT, SqlType::Null, true),
        ] {
            assert_eq!(holds(&ours, &theirs, Family::MariaDb), expected, "{} {}", ours.sql(), theirs.sql());
        }
    }

    #[test]
    fn json_is_text_on_mariadb_only() {
        assert!(holds(&SqlType::Json, &SqlType::text(), Family::MariaDb));
        assert!(!holds(&SqlType::Json, &SqlType::text(), Family::MySql));
    }
}
