//! Cuts a schema script into statements. It knows quotes and comments, and that `/*M! ... */` is for MariaDB only.

use porpoise_codegen::catalog::Family;

/// The statements of a script that are for this server, without the comments between them.
pub(crate) fn statements(script: &str, family: Family) -> Vec<String> {
    let mut statements = Vec::new();
    let mut current = String::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let step = match first {
            '\'' | '"' | '`' => quoted(rest, first),
            '#' => line(rest),
            '-' if rest.starts_with("-- ") || rest.starts_with("--\n") => line(rest),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(step);
        rest = after;
        match first {
            ';' => finish(&mut statements, &mut current),
            '#' | '-' if step > 1 => current.push('\n'),
            '/' if step > 1 => {
                let for_mariadb = piece.strip_prefix("/*M!").and_then(|body| body.strip_suffix("*/"));
                match (for_mariadb, family) {
                    (Some(body), Family::MariaDb) => current.push_str(body),
                    (Some(_), Family::MySql) => {}
                    (None, _) if piece.starts_with("/*!") => current.push_str(piece),
                    (None, _) => {}
                }
            }
            _ => current.push_str(piece),
        }
    }
    finish(&mut statements, &mut current);
    statements
}

fn finish(statements: &mut Vec<String>, current: &mut String) {
    let statement = std::mem::take(current);
    if !statement.trim().is_empty() {
        statements.push(statement.trim().to_owned());
    }
}

/// The length of a quoted text with its quotes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote != '`' {
            escaped = true;
        } else if c == quote {
            // A doubled quote ends one text and begins the next, which comes to the same.
            return at + c.len_utf8();
        }
    }
    text.len()
}

fn line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{Family, statements};

    #[test]
    fn quotes_and_comments_do_not_cut() {
        let script = "-- a; b\nCREATE 'x;''y' `;`; # c;\n/* d; */ ;INSERT '\\';';";
        assert_eq!(statements(script, Family::MySql), ["CREATE 'x;''y' `;`", "INSERT '\\';'"]);
    }

    #[test]
    fn what_is_for_mariadb_stays_there() {
        let script = "/*M! CREATE a */; CREATE b /*!80000 x */;";
        assert_eq!(statements(script, Family::MySql), ["CREATE b /*!80000 x */"]);
        assert_eq!(statements(script, Family::MariaDb), ["CREATE a", "CREATE b /*!80000 x */"]);
    }
}
