//! CAST and CONVERT: the types that can stand there.

use sqlparser::ast::{DataType, ExactNumberInfo};

use crate::catalog::{BytesKind, Family, IntWidth, SqlType, TextKind};

use super::merge::decimal;

/// The type that a CAST gives; `None` for a type that neither server casts to.
pub(super) fn cast_type(family: Family, target: &DataType) -> Option<SqlType> {
    use sqlparser::ast::CharacterLength;
    let characters = |length: &Option<CharacterLength>| match length {
        Some(CharacterLength::IntegerLength { length, .. }) => Some(*length),
        Some(CharacterLength::Max) | None => None,
    };
    Some(match target {
        DataType::Signed | DataType::SignedInteger | DataType::Int(_) | DataType::Integer(_) => {
            SqlType::BIGINT
        }
        DataType::Unsigned | DataType::UnsignedInteger => SqlType::BIGINT_UNSIGNED,
        DataType::Char(length)
        | DataType::Character(length)
        | DataType::Varchar(length)
        | DataType::CharVarying(length)
        | DataType::CharacterVarying(length)
        | DataType::Nvarchar(length) => SqlType::Text {
            kind: TextKind::Varchar,
            length: characters(length),
            charset: None,
            collation: None,
        },
        DataType::Text => SqlType::text(),
        DataType::Binary(length) => SqlType::Bytes { kind: BytesKind::Varbinary, length: *length },
        DataType::Varbinary(_) => SqlType::bytes(),
        DataType::Date => SqlType::Date,
        DataType::Datetime(fsp) => SqlType::DateTime { fsp: fsp.unwrap_or(0) as u8 },
        DataType::Timestamp(fsp, _) => SqlType::DateTime { fsp: fsp.unwrap_or(0) as u8 },
        DataType::Time(fsp, _) => SqlType::Time { fsp: fsp.unwrap_or(0) as u8 },
        DataType::Decimal(info) | DataType::Numeric(info) | DataType::Dec(info) => match info {
            ExactNumberInfo::None => decimal(10, 0, family),
            ExactNumberInfo::Precision(precision) => decimal(*precision as u32, 0, family),
            ExactNumberInfo::PrecisionAndScale(precision, scale) => {
                let scale = u32::try_from(*scale).unwrap_or(0);
                decimal((*precision as u32).saturating_sub(scale), scale, family)
            }
        },
        DataType::Double(_) | DataType::DoublePrecision | DataType::Real => SqlType::DOUBLE,
        DataType::Float(_) => SqlType::Float { unsigned: false },
        DataType::JSON => SqlType::Json,
        DataType::Uuid => SqlType::Uuid,
        DataType::Custom(name, _) => match (name.to_string().to_ascii_lowercase().as_str(), family) {
            ("year", Family::MySql) => SqlType::Year,
            ("inet4", Family::MariaDb) => SqlType::Inet4,
            ("inet6", Family::MariaDb) => SqlType::Inet6,
            ("nchar", _) => SqlType::text(),
            _ => return None,
        },
        DataType::TinyInt(_) => SqlType::Int { width: IntWidth::Tiny, unsigned: false },
        _ => return None,
    })
}
