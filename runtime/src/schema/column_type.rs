//! The type of a column in the one spelling that the generator has for it, from the text of
//! `information_schema.COLUMNS.COLUMN_TYPE`. What changes neither values nor their types is left out: display widths
//! (but of `tinyint(1)`), ZEROFILL beyond the UNSIGNED that it means, `FLOAT(7,3)`, and comments of the server.

/// The spelling of a type. `has_charset` says whether the column has a character set.
pub(super) fn spelled(text: &str, has_charset: bool) -> String {
    let text = text.trim();
    let name_end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let name = text[..name_end].to_ascii_lowercase();
    let Some((arguments, rest)) = arguments(&text[name_end..]) else { return text.to_owned() };
    let unsigned = rest
        .to_ascii_lowercase()
        .split_ascii_whitespace()
        .any(|word| word == "unsigned" || word == "zerofill");
    let sign = if unsigned { " unsigned" } else { "" };
    let sized = || match arguments.as_slice() {
        [] => name.clone(),
        arguments => format!("{name}({})", arguments.join(",")),
    };
    match name.as_str() {
        "tinyint" if arguments == ["1"] => format!("tinyint(1){sign}"),
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "float" | "double" => {
            format!("{name}{sign}")
        }
        "decimal" => format!("{}{sign}", sized()),
        "bit" | "char" | "varchar" | "binary" | "varbinary" | "vector" => sized(),
        "datetime" | "timestamp" | "time" if arguments == ["0"] => name,
        "datetime" | "timestamp" | "time" => sized(),
        "enum" | "set" => {
            let members: Vec<String> = arguments.iter().map(|argument| member(argument)).collect();
            format!("{name}({})", members.join(","))
        }
        "geomcollection" => "geometrycollection".to_owned(),
        "tinytext" | "text" | "mediumtext" | "longtext" | "tinyblob" | "blob" | "mediumblob" | "longblob"
        | "date" | "year" | "json" | "uuid" | "inet4" | "inet6" | "geometry" | "point" | "linestring"
        | "polygon" | "multipoint" | "multilinestring" | "multipolygon" | "geometrycollection" => name,
        // A type that is younger than this table and has a character set arrives as text.
        _ if has_charset => "longtext".to_owned(),
        _ => text.to_owned(),
    }
}

/// The arguments in the parentheses that the text may begin with, each as written, and the rest.
fn arguments(text: &str) -> Option<(Vec<&str>, &str)> {
    let Some(inner) = text.strip_prefix('(') else { return Some((Vec::new(), text)) };
    let bytes = inner.as_bytes();
    let (mut arguments, mut start, mut at) = (Vec::new(), 0, 0);
    loop {
        match bytes.get(at)? {
            b'\'' => at = end_of_string(bytes, at)?,
            b',' => {
                arguments.push(inner[start..at].trim());
                at += 1;
                start = at;
            }
            b')' => {
                arguments.push(inner[start..at].trim());
                return Some((arguments, &inner[at + 1..]));
            }
            _ => at += 1,
        }
    }
}

/// One past the closing quote of the string that begins at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'\'' if bytes.get(at + 1) == Some(&b'\'') => at += 2,
            b'\'' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// A member of ENUM or SET without the server's escapes, only quotes doubled.
fn member(argument: &str) -> String {
    let inner = argument.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(argument);
    let mut value = String::from("'");
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('0') => value.push('\0'),
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some('b') => value.push('\u{8}'),
                Some('Z') => value.push('\u{1a}'),
                Some('\'') => value.push_str("''"),
                Some(other) => value.push(other),
                None => value.push('\\'),
            },
            // A doubled quote stays one.
            other => value.push(other),
        }
    }
    value.push('\'');
    value
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn a_type_has_one_spelling() {
        for (text, expected) in [
            ("int(10) unsigned", "int unsigned"),
            ("int(5) unsigned zerofill", "int unsigned"),
            ("tinyint(1)", "tinyint(1)"),
            ("tinyint(4)", "tinyint"),
            ("bigint", "bigint"),
            ("decimal(10,2) unsigned", "decimal(10,2) unsigned"),
            ("float(7,3)", "float"),
            ("double", "double"),
            ("year(4)", "year"),
            ("datetime(6)", "datetime(6)"),
            ("timestamp /* mariadb-5.3 */", "timestamp"),
            ("varchar(20) /*M!100301 COMPRESSED*/", "varchar(20)"),
            ("geomcollection", "geometrycollection"),
            (
                r"enum('it''s','x,y','a\\b','c)','nl\nx','it\'s')",
                "enum('it''s','x,y','a\\b','c)','nl\nx','it''s')",
            ),
            ("hologram(3)", "hologram(3)"),
        ] {
            assert_eq!(spelled(text, false), expected, "{text}");
        }
        assert_eq!(spelled("xmltype", true), "longtext");
    }
}
