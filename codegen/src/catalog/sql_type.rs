//! SQL types as the servers have them: of columns in the catalog, of expressions in the analysis.

use serde::{Deserialize, Serialize};

/// The width of an integer column or expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IntWidth {
    /// TINYINT, 8 bits.
    Tiny,
    /// SMALLINT, 16 bits.
    Small,
    /// MEDIUMINT, 24 bits.
    Medium,
    /// INT, 32 bits.
    Int,
    /// BIGINT, 64 bits.
    Big,
}

/// The storage family of a character column. The wire and Rust make no difference between them; inserts of too
/// long values and CRUD do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// CHAR(n).
    Char,
    /// VARCHAR(n), and every string expression.
    Varchar,
    /// TINYTEXT.
    TinyText,
    /// TEXT.
    Text,
    /// MEDIUMTEXT.
    MediumText,
    /// LONGTEXT.
    LongText,
}

/// The storage family of a binary column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BytesKind {
    /// BINARY(n).
    Binary,
    /// VARBINARY(n), and every binary string expression.
    Varbinary,
    /// TINYBLOB.
    TinyBlob,
    /// BLOB.
    Blob,
    /// MEDIUMBLOB.
    MediumBlob,
    /// LONGBLOB.
    LongBlob,
}

/// The type of a column or an expression, as the server has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum SqlType {
    /// The type of a bare NULL.
    Null,
    /// TINYINT(1), which MySQL programmers use for booleans; BOOL and BOOLEAN are names for it.
    Bool {
        /// TINYINT(1) UNSIGNED.
        #[serde(default, skip_serializing_if = "is_false")]
        unsigned: bool,
    },
    /// An integer.
    Int {
        /// How wide.
        width: IntWidth,
        /// UNSIGNED.
        #[serde(default, skip_serializing_if = "is_false")]
        unsigned: bool,
    },
    /// BIT(n), n from 1 to 64.
    Bit {
        /// Number of bits.
        bits: u8,
    },
    /// DECIMAL(precision, scale).
    Decimal {
        /// All digits, at most 65.
        precision: u8,
        /// Digits after the point, at most 38 (MariaDB) or 30 (MySQL).
        scale: u8,
        /// UNSIGNED.
        #[serde(default, skip_serializing_if = "is_false")]
        unsigned: bool,
    },
    /// FLOAT, 32 bits.
    Float {
        /// UNSIGNED.
        #[serde(default, skip_serializing_if = "is_false")]
        unsigned: bool,
    },
    /// DOUBLE, 64 bits.
    Double {
        /// UNSIGNED.
        #[serde(default, skip_serializing_if = "is_false")]
        unsigned: bool,
    },
    /// A character string.
    Text {
        /// Its storage family.
        kind: TextKind,
        /// Greatest length in characters, where one is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u64>,
        /// Character set; absent for expressions where nothing depends on it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        charset: Option<String>,
        /// Collation, likewise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collation: Option<String>,
    },
    /// A string of bytes.
    Bytes {
        /// Its storage family.
        kind: BytesKind,
        /// Greatest length in bytes, where one is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u64>,
    },
    /// ENUM of a column; expressions over it are text.
    Enum {
        /// The members, in the order of the declaration.
        values: Vec<String>,
    },
    /// SET of a column; expressions over it are text.
    Set {
        /// The members, in the order of the declaration.
        values: Vec<String>,
    },
    /// DATE.
    Date,
    /// DATETIME(fsp).
    DateTime {
        /// Digits of fractional seconds, 0 to 6.
        #[serde(default, skip_serializing_if = "is_zero")]
        fsp: u8,
    },
    /// TIMESTAMP(fsp).
    Timestamp {
        /// Digits of fractional seconds, 0 to 6.
        #[serde(default, skip_serializing_if = "is_zero")]
        fsp: u8,
    },
    /// TIME(fsp).
    Time {
        /// Digits of fractional seconds, 0 to 6.
        #[serde(default, skip_serializing_if = "is_zero")]
        fsp: u8,
    },
    /// YEAR.
    Year,
    /// JSON, also where MariaDB keeps it as LONGTEXT with a CHECK (json_valid(...)).
    Json,
    /// MariaDB's UUID.
    Uuid,
    /// MariaDB's INET4.
    Inet4,
    /// MariaDB's INET6.
    Inet6,
    /// VECTOR(dimensions).
    Vector {
        /// Number of 32-bit floats.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dimensions: Option<u32>,
    },
    /// GEOMETRY and its subtypes.
    Geometry {
        /// `geometry`, `point`, `linestring`, ..., in lower case.
        kind: String,
        /// The spatial reference system that values must be in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        srid: Option<u32>,
    },
}

fn is_false(value: &bool) -> bool {
    !*value
}

fn is_zero(value: &u8) -> bool {
    *value == 0
}

impl SqlType {
    /// BIGINT.
    pub const BIGINT: SqlType = SqlType::Int { width: IntWidth::Big, unsigned: false };
    /// BIGINT UNSIGNED.
    pub const BIGINT_UNSIGNED: SqlType = SqlType::Int { width: IntWidth::Big, unsigned: true };
    /// INT.
    pub const INT: SqlType = SqlType::Int { width: IntWidth::Int, unsigned: false };
    /// DOUBLE.
    pub const DOUBLE: SqlType = SqlType::Double { unsigned: false };

    /// A character string expression of unknown length.
    pub fn text() -> SqlType {
        SqlType::Text { kind: TextKind::Varchar, length: None, charset: None, collation: None }
    }

    /// A binary string expression of unknown length.
    pub fn bytes() -> SqlType {
        SqlType::Bytes { kind: BytesKind::Varbinary, length: None }
    }

    /// The type as SQL writes it, without charset and collation: `int unsigned`, `decimal(10,2)`,
    /// `enum('a','b')`. This is what `describe` prints.
    pub fn sql(&self) -> String {
        let sign = |unsigned: &bool| if *unsigned { " unsigned" } else { "" };
        let sized = |name: &str, length: &Option<u64>| match length {
            Some(length) => format!("{name}({length})"),
            None => name.to_owned(),
        };
        let fraction =
            |name: &str, fsp: u8| if fsp == 0 { name.to_owned() } else { format!("{name}({fsp})") };
        let members = |name: &str, values: &[String]| {
            let quoted: Vec<_> =
                values.iter().map(|value| format!("'{}'", value.replace('\'', "''"))).collect();
            format!("{name}({})", quoted.join(","))
        };
        match self {
            SqlType::Null => "null".to_owned(),
            SqlType::Bool { unsigned } => format!("tinyint(1){}", sign(unsigned)),
            SqlType::Int { width, unsigned } => {
                let name = match width {
                    IntWidth::Tiny => "tinyint",
                    IntWidth::Small => "smallint",
                    IntWidth::Medium => "mediumint",
                    IntWidth::Int => "int",
                    IntWidth::Big => "bigint",
                };
                format!("{name}{}", sign(unsigned))
            }
            SqlType::Bit { bits } => format!("bit({bits})"),
            SqlType::Decimal { precision, scale, unsigned } => {
                format!("decimal({precision},{scale}){}", sign(unsigned))
            }
            SqlType::Float { unsigned } => format!("float{}", sign(unsigned)),
            SqlType::Double { unsigned } => format!("double{}", sign(unsigned)),
            SqlType::Text { kind, length, .. } => match kind {
                TextKind::Char => sized("char", length),
                TextKind::Varchar => sized("varchar", length),
                TextKind::TinyText => "tinytext".to_owned(),
                TextKind::Text => "text".to_owned(),
                TextKind::MediumText => "mediumtext".to_owned(),
                TextKind::LongText => "longtext".to_owned(),
            },
            SqlType::Bytes { kind, length } => match kind {
                BytesKind::Binary => sized("binary", length),
                BytesKind::Varbinary => sized("varbinary", length),
                BytesKind::TinyBlob => "tinyblob".to_owned(),
                BytesKind::Blob => "blob".to_owned(),
                BytesKind::MediumBlob => "mediumblob".to_owned(),
                BytesKind::LongBlob => "longblob".to_owned(),
            },
            SqlType::Enum { values } => members("enum", values),
            SqlType::Set { values } => members("set", values),
            SqlType::Date => "date".to_owned(),
            SqlType::DateTime { fsp } => fraction("datetime", *fsp),
            SqlType::Timestamp { fsp } => fraction("timestamp", *fsp),
            SqlType::Time { fsp } => fraction("time", *fsp),
            SqlType::Year => "year".to_owned(),
            SqlType::Json => "json".to_owned(),
            SqlType::Uuid => "uuid".to_owned(),
            SqlType::Inet4 => "inet4".to_owned(),
            SqlType::Inet6 => "inet6".to_owned(),
            SqlType::Vector { dimensions } => match dimensions {
                Some(dimensions) => format!("vector({dimensions})"),
                None => "vector".to_owned(),
            },
            SqlType::Geometry { kind, .. } => kind.clone(),
        }
    }
}
