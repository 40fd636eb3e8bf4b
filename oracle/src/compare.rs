//! One value that a server sent beside the type that the analysis claims for it.

use mysql::consts::{ColumnFlags, ColumnType};
use mysql::{Column, Value};
use porpoise_codegen::catalog::{Family, SqlType};

use crate::values::integer_range;

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// An integer that the claimed type cannot hold: as wrong as a NULL.
    Range,
    /// A value of another class, which would have to be converted.
    Class,
}

/// The character set of bytes.
const BINARY: u16 = 63;

/// How the protocol sends a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wire {
    Integer,
    Bit,
    Decimal,
    Real,
    Text,
    Bytes,
    Date,
    DateTime,
    Time,
    Json,
    Null,
}

fn wire(column: &Column) -> Wire {
    match column.column_type() {
        ColumnType::MYSQL_TYPE_TINY
        | ColumnType::MYSQL_TYPE_SHORT
        | ColumnType::MYSQL_TYPE_INT24
        | ColumnType::MYSQL_TYPE_LONG
        | ColumnType::MYSQL_TYPE_LONGLONG
        | ColumnType::MYSQL_TYPE_YEAR => Wire::Integer,
        ColumnType::MYSQL_TYPE_BIT => Wire::Bit,
        ColumnType::MYSQL_TYPE_DECIMAL | ColumnType::MYSQL_TYPE_NEWDECIMAL => Wire::Decimal,
        ColumnType::MYSQL_TYPE_FLOAT | ColumnType::MYSQL_TYPE_DOUBLE => Wire::Real,
        ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE => Wire::Date,
        ColumnType::MYSQL_TYPE_DATETIME
        | ColumnType::MYSQL_TYPE_DATETIME2
        | ColumnType::MYSQL_TYPE_TIMESTAMP
        | ColumnType::MYSQL_TYPE_TIMESTAMP2 => Wire::DateTime,
        ColumnType::MYSQL_TYPE_TIME | ColumnType::MYSQL_TYPE_TIME2 => Wire::Time,
        ColumnType::MYSQL_TYPE_JSON => Wire::Json,
        ColumnType::MYSQL_TYPE_NULL => Wire::Null,
        _ if column.character_set() == BINARY => Wire::Bytes,
        _ => Wire::Text,
    }
}

/// Holds a value, which is not NULL, against a claim.
pub(crate) fn check(ours: &SqlType, value: &Value, column: &Column, family: Family) -> Option<Problem> {
    let sent = wire(column);
    let class = |fits: bool| (!fits).then_some(Problem::Class);
    match ours {
        SqlType::Null => Some(Problem::Class),
        SqlType::Bool { unsigned } => integer(value, sent, if *unsigned { (0, 255) } else { (-128, 127) }),
        SqlType::Int { width, unsigned } => integer(value, sent, integer_range(*width, *unsigned)),
        // YEAR() is one, too, and reaches further than the column type.
        SqlType::Year => integer(value, sent, (0, 9999)),
        SqlType::Bit { bits } => match (value, sent) {
            (Value::Bytes(bytes), Wire::Bit) => {
                let number = bytes.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
                (number >> bits != 0).then_some(Problem::Range)
            }
            _ => Some(Problem::Class),
        },
        SqlType::Decimal { precision, scale, unsigned } => match sent {
            // A decimal argument travels as text, and may come back so.
            Wire::Decimal | Wire::Text => decimal(value, *precision, *scale, *unsigned),
            Wire::Integer => None,
            Wire::Real => class(matches!(value, Value::Double(number) if number.fract() == 0.0)),
            _ => Some(Problem::Class),
        },
        SqlType::Float { .. } | SqlType::Double { .. } => {
            class(matches!(sent, Wire::Real | Wire::Integer | Wire::Decimal))
        }
        SqlType::Text { .. } => {
            let utf8 = matches!(value, Value::Bytes(bytes) if std::str::from_utf8(bytes).is_ok());
            class(utf8 && matches!(sent, Wire::Text | Wire::Json))
        }
        SqlType::Bytes { .. } => class(matches!(sent, Wire::Text | Wire::Bytes | Wire::Json)),
        SqlType::Enum { values } => class(text(value).is_some_and(|text| values.contains(&text))),
        SqlType::Set { values } => class(text(value).is_some_and(|text| {
            text.is_empty() || text.split(',').all(|member| values.iter().any(|value| value == member))
        })),
        SqlType::Date => class(match (value, sent) {
            (_, Wire::Date) => true,
            // A date argument is a datetime to the protocol.
            (Value::Date(_, _, _, 0, 0, 0, 0), Wire::DateTime) => true,
            _ => sent == Wire::Text && is_date(value),
        }),
        SqlType::DateTime { fsp } | SqlType::Timestamp { fsp } => {
            let finer = match value {
                Value::Date(.., micros) => !digits_hold(*micros, *fsp),
                _ => false,
            };
            let is_date = matches!(sent, Wire::DateTime | Wire::Date) || sent == Wire::Text && is_date(value);
            class(is_date && !finer)
        }
        SqlType::Time { fsp } => {
            let finer = match value {
                Value::Time(.., micros) => !digits_hold(*micros, *fsp),
                _ => false,
            };
            class(sent == Wire::Time && !finer)
        }
        SqlType::Json => {
            // MariaDB keeps what it is given, if only it is JSON.
            let text_is_json = family == Family::MariaDb && matches!(sent, Wire::Text | Wire::Bytes);
            let is_json =
                text(value).is_some_and(|text| serde_json::from_str::<serde_json::Value>(&text).is_ok());
            class((sent == Wire::Json || text_is_json) && is_json)
        }
        SqlType::Uuid | SqlType::Inet4 | SqlType::Inet6 => class(sent == Wire::Text),
        SqlType::Vector { .. } | SqlType::Geometry { .. } => class(sent == Wire::Bytes),
    }
}

fn integer(value: &Value, sent: Wire, (least, greatest): (i128, i128)) -> Option<Problem> {
    let number = match (value, sent) {
        (Value::Int(number), _) => Some(i128::from(*number)),
        (Value::UInt(number), _) => Some(i128::from(*number)),
        (Value::Bytes(_), Wire::Decimal) => text(value).and_then(|text| whole(&text).parse().ok()),
        (Value::Bytes(bytes), Wire::Bit) => {
            Some(bytes.iter().fold(0, |number, byte| number << 8 | i128::from(*byte)))
        }
        (Value::Double(number), _) => (number.fract() == 0.0).then_some(*number as i128),
        _ => None,
    };
    match number {
        None => Some(Problem::Class),
        Some(number) if (least..=greatest).contains(&number) => None,
        Some(_) => Some(Problem::Range),
    }
}

fn decimal(value: &Value, precision: u8, scale: u8, unsigned: bool) -> Option<Problem> {
    let Some(text) = text(value).filter(|text| is_number(text)) else { return Some(Problem::Class) };
    let negative = text.starts_with('-');
    let digits = text.trim_start_matches('-');
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    if unsigned && negative && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        return Some(Problem::Range);
    }
    let fits = fraction.trim_end_matches('0').len() <= usize::from(scale)
        && whole.len() <= usize::from(precision.saturating_sub(scale));
    (!fits).then_some(Problem::Class)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|c| c.is_ascii_digit() || c == b'.')
}

fn is_date(value: &Value) -> bool {
    text(value).is_some_and(|text| {
        text.get(..10).is_some_and(|day| {
            day.bytes()
                .enumerate()
                .all(|(at, c)| if at == 4 || at == 7 { c == b'-' } else { c.is_ascii_digit() })
        })
    })
}

/// The text of a whole number with a fraction of zeros.
fn whole(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
        _ => text,
    }
}

fn digits_hold(micros: u32, fsp: u8) -> bool {
    micros.is_multiple_of(10_u32.pow(u32::from(6 - fsp.min(6))))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Bytes(bytes) => String::from_utf8(bytes.clone()).ok(),
        _ => None,
    }
}

/// How the server describes a column, for people.
pub(crate) fn shown(column: &Column) -> String {
    let unsigned = if column.flags().contains(ColumnFlags::UNSIGNED_FLAG) { " unsigned" } else { "" };
    let name = format!("{:?}", column.column_type());
    let name = name.strip_prefix("MYSQL_TYPE_").unwrap_or(&name).to_lowercase();
    let binary = if matches!(wire(column), Wire::Bytes) { " of bytes" } else { "" };
    format!("{name}{unsigned}{binary}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use porpoise_codegen::catalog::IntWidth;

    fn of(ours: &SqlType, ty: ColumnType, value: Value) -> Option<Problem> {
        check(ours, &value, &Column::new(ty), Family::MySql)
    }

    #[test]
    fn integers_out_of_range_are_worse_than_those_of_another_class() {
        let small = SqlType::Int { width: IntWidth::Small, unsigned: true };
        assert_eq!(of(&small, ColumnType::MYSQL_TYPE_LONG, Value::Int(65535)), None);
        assert_eq!(of(&small, ColumnType::MYSQL_TYPE_LONG, Value::Int(-1)), Some(Problem::Range));
        let text = Value::Bytes(b"1".to_vec());
        assert_eq!(of(&small, ColumnType::MYSQL_TYPE_VAR_STRING, text.clone()), Some(Problem::Class));
        assert_eq!(of(&small, ColumnType::MYSQL_TYPE_NEWDECIMAL, text), None);
    }

    #[test]
    fn decimals_are_measured_without_zeros_that_say_nothing() {
        let ours = SqlType::Decimal { precision: 4, scale: 2, unsigned: false };
        let sent = |text: &str| of(&ours, ColumnType::MYSQL_TYPE_NEWDECIMAL, Value::Bytes(text.into()));
        assert_eq!(sent("-99.9900"), None);
        assert_eq!(sent("100"), Some(Problem::Class));
        assert_eq!(sent("0.001"), Some(Problem::Class));
    }

    #[test]
    fn fractions_of_seconds_must_fit() {
        let ours = SqlType::DateTime { fsp: 3 };
        let sent =
            |micros| of(&ours, ColumnType::MYSQL_TYPE_DATETIME, Value::Date(2024, 1, 1, 0, 0, 0, micros));
        assert_eq!(sent(123_000), None);
        assert_eq!(sent(123_400), Some(Problem::Class));
    }
}
