//! The statement that puts a session into the state its statements were checked in. Pure text; every value that goes
//! into it is checked first, so nothing in options or schema can become SQL.

use crate::error::{Error, Result};

/// What a session is pinned to.
#[derive(Clone, Debug)]
pub(crate) struct Pins {
    /// The `sql_mode`; `None` keeps the server's.
    pub(crate) sql_mode: Option<String>,
    /// The collation of the connection, of utf8mb4.
    pub(crate) collation: String,
}

/// One statement for all of it. Autocommit is pinned as well, because a server that starts sessions without it would
/// lose the writes of a pool.
pub(crate) fn statement(pins: &Pins) -> Result<String> {
    if !is_word(&pins.collation, "_") || !pins.collation.starts_with("utf8mb4_") {
        return Err(Error::configuration("the collation must be one of utf8mb4, as `utf8mb4_bin`"));
    }
    let mut sql = format!(
        "SET NAMES utf8mb4 COLLATE {}, time_zone = '+00:00', lc_messages = 'en_US', autocommit = 1",
        pins.collation
    );
    if let Some(mode) = &pins.sql_mode {
        if !is_word(mode, "_,") {
            return Err(Error::configuration("the sql_mode must be a list of mode names"));
        }
        sql.push_str(&format!(", sql_mode = '{mode}'"));
    }
    Ok(sql)
}

fn is_word(text: &str, others: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pins(sql_mode: &str, collation: &str) -> Pins {
        Pins { sql_mode: Some(sql_mode.to_owned()), collation: collation.to_owned() }
    }

    #[test]
    fn all_pins_are_one_statement() {
        assert_eq!(
            statement(&pins("ANSI_QUOTES,STRICT_TRANS_TABLES", "utf8mb4_bin")).unwrap(),
            "SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00', lc_messages = 'en_US', autocommit = 1, \
             sql_mode = 'ANSI_QUOTES,STRICT_TRANS_TABLES'"
        );
    }

    #[test]
    fn nothing_in_a_pin_becomes_sql() {
        assert!(statement(&pins("', autocommit = 0, x = '", "utf8mb4_bin")).is_err());
        assert!(statement(&pins("", "utf8mb4_bin; DROP TABLE t")).is_err());
        assert!(statement(&pins("", "latin1_swedish_ci")).is_err());
    }
}
