//! Types as the protocol tells them of a prepared statement: a type byte, flags, a character set, a length in bytes.
//! That is less than the catalog knows: ENUM and SET come without members, MariaDB's JSON, UUID and INET as text.

use mysql::Column;
use mysql::consts::{ColumnFlags, ColumnType};

use crate::catalog::{BytesKind, IntWidth, SqlType, TextKind};

/// The character set of bytes.
const BINARY: u16 = 63;

/// `decimals` of a number without a fixed number of them, and of an unknown number of fractional digits.
const NOT_FIXED: u8 = 31;

/// Bytes of one character in the session's utf8mb4, in which lengths of texts are counted.
const BYTES_OF_CHARACTER: u64 = 4;

/// The type of a parameter, where the server says one: MariaDB says NULL of all of them.
pub(super) fn of_parameter(column: &Column) -> Option<SqlType> {
    match column.column_type() {
        ColumnType::MYSQL_TYPE_NULL => None,
        _ => Some(of(column)),
    }
}

/// The type of a column.
pub(super) fn of(column: &Column) -> SqlType {
    let flags = column.flags();
    let unsigned = flags.contains(ColumnFlags::UNSIGNED_FLAG);
    let int = |width| SqlType::Int { width, unsigned };
    let fsp = match column.decimals() {
        digits @ 0..=6 => digits,
        _ => 6,
    };
    match column.column_type() {
        ColumnType::MYSQL_TYPE_TINY if column.column_length() == 1 => SqlType::Bool { unsigned },
        ColumnType::MYSQL_TYPE_TINY => int(IntWidth::Tiny),
        ColumnType::MYSQL_TYPE_SHORT => int(IntWidth::Small),
        ColumnType::MYSQL_TYPE_INT24 => int(IntWidth::Medium),
        ColumnType::MYSQL_TYPE_LONG => int(IntWidth::Int),
        ColumnType::MYSQL_TYPE_LONGLONG => int(IntWidth::Big),
        ColumnType::MYSQL_TYPE_YEAR => SqlType::Year,
        ColumnType::MYSQL_TYPE_BIT => {
            SqlType::Bit { bits: u8::try_from(column.column_length()).unwrap_or(64).clamp(1, 64) }
        }
        ColumnType::MYSQL_TYPE_DECIMAL | ColumnType::MYSQL_TYPE_NEWDECIMAL => decimal(column, unsigned),
        ColumnType::MYSQL_TYPE_FLOAT => SqlType::Float { unsigned },
        ColumnType::MYSQL_TYPE_DOUBLE => SqlType::Double { unsigned },
        ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE => SqlType::Date,
        ColumnType::MYSQL_TYPE_DATETIME | ColumnType::MYSQL_TYPE_DATETIME2 => SqlType::DateTime { fsp },
        ColumnType::MYSQL_TYPE_TIMESTAMP | ColumnType::MYSQL_TYPE_TIMESTAMP2 => SqlType::Timestamp { fsp },
        ColumnType::MYSQL_TYPE_TIME | ColumnType::MYSQL_TYPE_TIME2 => SqlType::Time { fsp },
        ColumnType::MYSQL_TYPE_JSON => SqlType::Json,
        ColumnType::MYSQL_TYPE_VECTOR => {
            // Four bytes for each number; an expression has the greatest length there is.
            let dimensions = column.column_length() / 4;
            SqlType::Vector { dimensions: (1..=16383).contains(&dimensions).then_some(dimensions) }
        }
        ColumnType::MYSQL_TYPE_GEOMETRY => SqlType::Geometry { kind: "geometry".to_owned(), srid: None },
        ColumnType::MYSQL_TYPE_NULL => SqlType::Null,
        ColumnType::MYSQL_TYPE_ENUM => SqlType::Enum { values: Vec::new() },
        ColumnType::MYSQL_TYPE_SET => SqlType::Set { values: Vec::new() },
        _ if flags.contains(ColumnFlags::ENUM_FLAG) => SqlType::Enum { values: Vec::new() },
        _ if flags.contains(ColumnFlags::SET_FLAG) => SqlType::Set { values: Vec::new() },
        _ => string(column),
    }
}

/// The length of a DECIMAL counts its digits, its point and its sign.
fn decimal(column: &Column, unsigned: bool) -> SqlType {
    let scale = if column.decimals() == NOT_FIXED { 30 } else { column.decimals() };
    let extra = u32::from(scale > 0) + u32::from(!unsigned);
    let precision = column.column_length().saturating_sub(extra).clamp(1, 65);
    SqlType::Decimal { precision: precision as u8, scale, unsigned }
}

/// Everything that is sent as a string of characters or bytes.
fn string(column: &Column) -> SqlType {
    let bytes = u64::from(column.column_length());
    let ty = column.column_type();
    let blob = matches!(
        ty,
        ColumnType::MYSQL_TYPE_TINY_BLOB
            | ColumnType::MYSQL_TYPE_BLOB
            | ColumnType::MYSQL_TYPE_MEDIUM_BLOB
            | ColumnType::MYSQL_TYPE_LONG_BLOB
    );
    let fixed = ty == ColumnType::MYSQL_TYPE_STRING;
    if column.character_set() == BINARY {
        let kind = match bytes {
            _ if !blob && fixed => BytesKind::Binary,
            _ if !blob => BytesKind::Varbinary,
            0..=0xff => BytesKind::TinyBlob,
            0x100..=0xffff => BytesKind::Blob,
            0x1_0000..=0xff_ffff => BytesKind::MediumBlob,
            _ => BytesKind::LongBlob,
        };
        SqlType::Bytes { kind, length: (!blob).then_some(bytes) }
    } else {
        let characters = bytes / BYTES_OF_CHARACTER;
        let kind = match characters {
            _ if !blob && fixed => TextKind::Char,
            _ if !blob => TextKind::Varchar,
            0..=0xff => TextKind::TinyText,
            0x100..=0xffff => TextKind::Text,
            0x1_0000..=0xff_ffff => TextKind::MediumText,
            _ => TextKind::LongText,
        };
        SqlType::Text { kind, length: (!blob).then_some(characters), charset: None, collation: None }
    }
}
