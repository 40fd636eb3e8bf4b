//! Expressions as `information_schema` shows them, which is not always as the server would read them back.

use crate::catalog::Family;

/// An expression in the form that the server itself reads. MySQL escapes the quotes and backslashes of the whole
/// expression a second time; MariaDB shows it as it is.
pub(super) fn readable(family: Family, text: &str) -> String {
    match family {
        Family::MariaDb => text.to_owned(),
        Family::MySql => unescape(text),
    }
}

fn unescape(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            result.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => result.push('\n'),
            Some('r') => result.push('\r'),
            Some('0') => result.push('\0'),
            Some('Z') => result.push('\u{1a}'),
            Some(other) => result.push(other),
            None => result.push('\\'),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{Family, readable};

    #[test]
    fn mysql_escapes_twice_and_mariadb_once() {
        let shown = r"(`a` <> _utf8mb4\'it\\\'s\')";
        assert_eq!(readable(Family::MySql, shown), r"(`a` <> _utf8mb4'it\'s')");
        assert_eq!(readable(Family::MariaDb, r"`a` <> 'it\'s'"), r"`a` <> 'it\'s'");
    }
}
