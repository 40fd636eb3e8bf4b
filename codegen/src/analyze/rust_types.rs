//! The Rust types that an author may write in `-- @param`, with the SQL type that each stands for. A type of the
//! author's own stands for nothing known, and the place where the parameter stands decides.

use crate::catalog::{IntWidth, SqlType};

const INTEGERS: [(&str, IntWidth, bool); 8] = [
    ("i8", IntWidth::Tiny, false),
    ("i16", IntWidth::Small, false),
    ("i32", IntWidth::Int, false),
    ("i64", IntWidth::Big, false),
    ("u8", IntWidth::Tiny, true),
    ("u16", IntWidth::Small, true),
    ("u32", IntWidth::Int, true),
    ("u64", IntWidth::Big, true),
];

/// The SQL type of a Rust type, by the last part of its path.
pub(crate) fn sql_type(rust: &str) -> Option<SqlType> {
    let bare = rust.trim().trim_start_matches('&').trim();
    if matches!(bare, "[u8]" | "Vec<u8>") {
        return Some(SqlType::bytes());
    }
    let name = bare.split('<').next().unwrap_or(bare).rsplit("::").next().unwrap_or(bare).trim();
    if let Some((_, width, unsigned)) = INTEGERS.iter().find(|(rust, _, _)| *rust == name) {
        return Some(SqlType::Int { width: *width, unsigned: *unsigned });
    }
    Some(match (name, bare.contains("::")) {
        ("bool", _) => SqlType::Bool { unsigned: false },
        ("f32", _) => SqlType::Float { unsigned: false },
        ("f64", _) => SqlType::DOUBLE,
        ("str" | "String", _) => SqlType::text(),
        ("Decimal", _) => SqlType::Decimal { precision: 28, scale: 10, unsigned: false },
        ("BigDecimal", _) => SqlType::Decimal { precision: 65, scale: 30, unsigned: false },
        ("NaiveDate", _) => SqlType::Date,
        ("NaiveDateTime", _) => SqlType::DateTime { fsp: 6 },
        ("DateTime", _) => SqlType::Timestamp { fsp: 6 },
        ("Time", true) => SqlType::Time { fsp: 6 },
        ("Value", true) => SqlType::Json,
        _ => return None,
    })
}
