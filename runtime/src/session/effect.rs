//! What a statement leaves behind in its session, told from its text. Errs on the safe side: an unknown statement is
//! taken to change the session. Knows no connection; a pool resets or discards by what it says.

/// What a statement may leave behind, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    /// Nothing that outlives it.
    None,
    /// State that COM_RESET_CONNECTION clears: variables, temporary tables, locks, a transaction.
    Reset,
    /// State that no reset clears (the current database, a role, a prepared XA transaction): the connection is
    /// discarded.
    Discard,
}

/// Statements that leave nothing behind, apart from what `RISKS` finds in them.
const PLAIN: &[&str] =
    &["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN", "DESCRIBE", "ANALYZE"];

/// Statements whose effect a reset does not undo.
const STICKY: &[&str] = &["USE", "XA"];

/// What makes a plain statement leave something behind: user variables, and functions that lock or change the session.
/// It may stand in a string as well; a reset too many does no harm.
const RISKS: &[&str] = &["@", "LOCK(", "LAST_INSERT_ID(", "SETVAL("];

/// What a statement may leave behind.
pub(crate) fn of(sql: &str) -> Effect {
    let keyword = first_word(sql);
    let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(keyword));
    if is_one_of(STICKY) || (is_one_of(&["SET"]) && contains(sql, "ROLE")) {
        Effect::Discard
    } else if is_one_of(PLAIN) && !RISKS.iter().any(|risk| contains(sql, risk)) {
        Effect::None
    } else {
        Effect::Reset
    }
}

/// The first keyword, past blanks, brackets and comments. Nothing in an executable comment (`/*! ... */`) is looked
/// for: the statement then counts as unknown.
fn first_word(sql: &str) -> &str {
    let mut rest = sql;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
        let after = if rest.starts_with("/*!") || rest.starts_with("/*M!") {
            return "";
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|end| &rest[end + 2..])
        } else if rest.starts_with('#') || rest.starts_with("--") {
            rest.find('\n').map(|end| &rest[end + 1..])
        } else {
            let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            return &rest[..end];
        };
        match after {
            Some(after) => rest = after,
            None => return "",
        }
    }
}

/// Case-insensitive search for an ASCII text, without an allocation because it runs for every statement.
fn contains(sql: &str, needle: &str) -> bool {
    let (sql, needle) = (sql.as_bytes(), needle.as_bytes());
    let first = needle[0];
    sql.windows(needle.len()).any(|window| {
        window[0].eq_ignore_ascii_case(&first) && window.eq_ignore_ascii_case(needle)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_are_told_from_the_text() {
        for (sql, effect) in [
            ("SELECT 1", Effect::None),
            ("  (select 1)", Effect::None),
            ("-- a comment\n/* and another */ INSERT INTO t VALUES (?)", Effect::None),
            ("SELECT @a := 1", Effect::Reset),
            ("SELECT get_lock('a', 1)", Effect::Reset),
            ("SET sql_mode = ''", Effect::Reset),
            ("CREATE TEMPORARY TABLE t (a INT)", Effect::Reset),
            ("CALL p()", Effect::Reset),
            ("LOCK TABLES t READ", Effect::Reset),
            ("/*!50000 SELECT */ 1", Effect::Reset),
            ("/* never closed", Effect::Reset),
            ("USE other", Effect::Discard),
            ("set role admin", Effect::Discard),
            ("XA PREPARE 'x'", Effect::Discard),
        ] {
            assert_eq!(of(sql), effect, "{sql}");
        }
    }
}
