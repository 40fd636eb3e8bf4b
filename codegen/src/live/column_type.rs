//! Reads the type of a column as `information_schema` prints it, such as `int(10) unsigned` or `enum('a','it''s')`.
//! It asks no server, and its only knowledge of tables is what the caller passes beside the text.

use crate::catalog::{BytesKind, IntWidth, SqlType, TextKind};

use super::literal;

/// What `information_schema` says of a column beside the text of its type.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// CHARACTER_SET_NAME.
    pub(super) charset: Option<String>,
    /// COLLATION_NAME.
    pub(super) collation: Option<String>,
    /// SRS_ID.
    pub(super) srid: Option<u32>,
}

/// The type, or in words why the text makes none.
pub(super) fn parse(text: &str, attributes: &Attributes) -> Result<SqlType, String> {
    let text = text.trim();
    let name_end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let name = text[..name_end].to_ascii_lowercase();
    let (arguments, rest) = arguments(&text[name_end..])?;
    let unsigned = rest
        .to_ascii_lowercase()
        .split_ascii_whitespace()
        .any(|word| word == "unsigned" || word == "zerofill");

    let int = |width| SqlType::Int { width, unsigned };
    let character = |kind, length| SqlType::Text {
        kind,
        length,
        charset: attributes.charset.clone(),
        collation: attributes.collation.clone(),
    };
    let bytes = |kind, length| SqlType::Bytes { kind, length };
    Ok(match name.as_str() {
        "tinyint" if arguments == ["1"] => SqlType::Bool { unsigned },
        "bool" | "boolean" => SqlType::Bool { unsigned: false },
        "tinyint" => int(IntWidth::Tiny),
        "smallint" => int(IntWidth::Small),
        "mediumint" => int(IntWidth::Medium),
        "int" | "integer" => int(IntWidth::Int),
        "bigint" => int(IntWidth::Big),
        "bit" => SqlType::Bit { bits: number(&arguments, 0)?.unwrap_or(1) },
        "decimal" | "numeric" => SqlType::Decimal {
            precision: number(&arguments, 0)?.unwrap_or(10),
            scale: number(&arguments, 1)?.unwrap_or(0),
            unsigned,
        },
        "float" => SqlType::Float { unsigned },
        "double" | "real" => SqlType::Double { unsigned },
        "char" => character(TextKind::Char, number(&arguments, 0)?),
        "varchar" => character(TextKind::Varchar, number(&arguments, 0)?),
        "tinytext" => character(TextKind::TinyText, None),
        "text" => character(TextKind::Text, None),
        "mediumtext" => character(TextKind::MediumText, None),
        "longtext" => character(TextKind::LongText, None),
        "binary" => bytes(BytesKind::Binary, number(&arguments, 0)?),
        "varbinary" => bytes(BytesKind::Varbinary, number(&arguments, 0)?),
        "tinyblob" => bytes(BytesKind::TinyBlob, None),
        "blob" => bytes(BytesKind::Blob, None),
        "mediumblob" => bytes(BytesKind::MediumBlob, None),
        "longblob" => bytes(BytesKind::LongBlob, None),
        "enum" => SqlType::Enum { values: members(&arguments)? },
        "set" => SqlType::Set { values: members(&arguments)? },
        "date" => SqlType::Date,
        "datetime" => SqlType::DateTime { fsp: number(&arguments, 0)?.unwrap_or(0) },
        "timestamp" => SqlType::Timestamp { fsp: number(&arguments, 0)?.unwrap_or(0) },
        "time" => SqlType::Time { fsp: number(&arguments, 0)?.unwrap_or(0) },
        "year" => SqlType::Year,
        "json" => SqlType::Json,
        "uuid" => SqlType::Uuid,
        "inet4" => SqlType::Inet4,
        "inet6" => SqlType::Inet6,
        "vector" => SqlType::Vector { dimensions: number(&arguments, 0)? },
        "geometry" | "point" | "linestring" | "polygon" | "multipoint" | "multilinestring"
        | "multipolygon" => SqlType::Geometry { kind: name, srid: attributes.srid },
        "geometrycollection" | "geomcollection" => {
            SqlType::Geometry { kind: "geometrycollection".to_owned(), srid: attributes.srid }
        }
        // A type that is younger than this table and has a character set arrives as text.
        _ if attributes.charset.is_some() => character(TextKind::LongText, None),
        _ => return Err(format!("`{text}` is not a type that this version knows")),
    })
}

/// The arguments in the parentheses that the text may begin with, each as written, and the rest.
fn arguments(text: &str) -> Result<(Vec<&str>, &str), String> {
    let Some(inner) = text.strip_prefix('(') else { return Ok((Vec::new(), text)) };
    let bytes = inner.as_bytes();
    let (mut arguments, mut start, mut at) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\'' => at = literal::end(inner, at).ok_or("a string in it has no end")?,
            b',' => {
                arguments.push(inner[start..at].trim());
                at += 1;
                start = at;
            }
            b')' => {
                arguments.push(inner[start..at].trim());
                return Ok((arguments, &inner[at + 1..]));
            }
            _ => at += 1,
        }
    }
    Err("its parenthesis is not closed".to_owned())
}

fn number<T: std::str::FromStr>(arguments: &[&str], index: usize) -> Result<Option<T>, String> {
    let Some(argument) = arguments.get(index) else { return Ok(None) };
    argument.parse().map(Some).map_err(|_| format!("`{argument}` is not a number that fits"))
}

fn members(arguments: &[&str]) -> Result<Vec<String>, String> {
    arguments
        .iter()
        .map(|argument| literal::unquote(argument).ok_or_else(|| format!("{argument} is not a string")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Attributes, SqlType, parse};

    fn sql(text: &str) -> String {
        parse(text, &Attributes::default()).map_or_else(|error| format!("error: {error}"), |ty| ty.sql())
    }

    #[test]
    fn every_type_reads_back_as_it_prints() {
        for text in [
            "tinyint(1)",
            "tinyint(1) unsigned",
            "tinyint",
            "tinyint unsigned",
            "smallint",
            "mediumint unsigned",
            "int",
            "bigint unsigned",
            "bit(1)",
            "bit(64)",
            "decimal(65,30)",
            "decimal(10,0) unsigned",
            "float",
            "double unsigned",
            "char(0)",
            "varchar(16383)",
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "binary(16)",
            "varbinary(65535)",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "enum('a','b')",
            "set('a','b c')",
            "date",
            "datetime",
            "datetime(6)",
            "timestamp",
            "timestamp(3)",
            "time",
            "time(1)",
            "year",
            "json",
            "uuid",
            "inet4",
            "inet6",
            "vector(1536)",
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
        ] {
            assert_eq!(sql(text), text);
        }
    }

    #[test]
    fn spellings_of_older_servers_and_of_attributes_are_read() {
        for (text, expected) in [
            ("int(11)", "int"),
            ("bigint(20) unsigned zerofill", "bigint unsigned"),
            ("int(5) zerofill", "int unsigned"),
            ("tinyint(4)", "tinyint"),
            ("double(10,2) unsigned zerofill", "double unsigned"),
            ("float(7,4)", "float"),
            ("year(4)", "year"),
            ("bit", "bit(1)"),
            ("decimal", "decimal(10,0)"),
            ("geomcollection", "geometrycollection"),
            ("datetime /* mariadb-5.3 */", "datetime"),
            ("varchar(10) /*M!100301 COMPRESSED*/", "varchar(10)"),
        ] {
            assert_eq!(sql(text), expected, "{text}");
        }
    }

    #[test]
    fn members_keep_quotes_commas_backslashes_and_parentheses() {
        let text = r"enum('it''s','x,y','a\\b','c)','nl\nx','','日本','it\'s')";
        let values = ["it's", "x,y", r"a\b", "c)", "nl\nx", "", "日本", "it's"].map(str::to_owned).to_vec();
        assert_eq!(parse(text, &Attributes::default()), Ok(SqlType::Enum { values }));
    }

    #[test]
    fn what_cannot_be_read_is_said_in_words() {
        assert_eq!(sql("hologram(3)"), "error: `hologram(3)` is not a type that this version knows");
        assert_eq!(sql("int(11"), "error: its parenthesis is not closed");
        assert_eq!(sql("enum('a"), "error: a string in it has no end");
        assert_eq!(sql("enum(a)"), "error: a is not a string");
        assert_eq!(sql("decimal(900,2)"), "error: `900` is not a number that fits");
        assert_eq!(sql(""), "error: `` is not a type that this version knows");
    }

    #[test]
    fn an_unknown_type_with_a_character_set_is_text() {
        let attributes = Attributes { charset: Some("utf8mb4".to_owned()), ..Attributes::default() };
        assert_eq!(parse("xmltype", &attributes).map(|ty| ty.sql()), Ok("longtext".to_owned()));
    }
}
