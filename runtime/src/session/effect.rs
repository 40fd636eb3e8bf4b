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
const PLAIN: &[&str] = &[
    "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN",
    "DESCRIBE", "ANALYZE", "LOAD",
];

/// What makes a plain statement leave something behind, beside user variables: functions that take locks for the
/// session. It may stand in a string as well; a reset too many does no harm.
/// All begin with a G, for `is_risky`.
const RISKS: &[&str] = &["GET_LOCK", "GET_READ_LOCKS", "GET_WRITE_LOCKS"];

/// Words of statements whose effect a reset does not undo. Looked for anywhere in a statement that is not plain, which
/// may be a script or hold another statement.
const STICKY: &[&str] = &["USE", "ROLE", "XA"];

/// What a statement may leave behind.
pub(crate) fn of(sql: &str) -> Effect {
    let keyword = first_word(sql);
    if is_one_of(PLAIN, keyword) {
        if is_risky(sql.as_bytes()) { Effect::Reset } else { Effect::None }
    } else {
        of_script(sql)
    }
}

/// What a script of any statements may leave behind.
pub(crate) fn of_script(sql: &str) -> Effect {
    let mut words = sql.split(|c: char| !c.is_alphanumeric() && c != '_');
    if words.any(|word| is_one_of(STICKY, word)) { Effect::Discard } else { Effect::Reset }
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|other| other.eq_ignore_ascii_case(word))
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

/// Is a user variable or one of `RISKS` in the text? One pass without an allocation, because it is asked for every
/// statement.
fn is_risky(sql: &[u8]) -> bool {
    sql.iter().enumerate().any(|(position, byte)| match byte {
        b'@' => true,
        b'G' | b'g' => {
            let rest = &sql[position..];
            RISKS.iter().any(|risk| {
                rest.get(..risk.len()).is_some_and(|word| word.eq_ignore_ascii_case(risk.as_bytes()))
            })
        }
        _ => false,
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
            ("SELECT gget_lock('a', 1), Get_Write_Locks", Effect::Reset),
            ("SELECT get_loc", Effect::None),
            ("SET sql_mode = ''", Effect::Reset),
            ("CREATE TEMPORARY TABLE t (a INT)", Effect::Reset),
            ("CALL p()", Effect::Reset),
            ("LOCK TABLES t READ", Effect::Reset),
            ("/*!50000 SELECT */ 1", Effect::Reset),
            ("/* never closed", Effect::Reset),
            ("USE other", Effect::Discard),
            ("set role admin", Effect::Discard),
            ("XA PREPARE 'x'", Effect::Discard),
            ("EXECUTE IMMEDIATE 'SET ROLE admin'", Effect::Discard),
            ("INSERT INTO users (role) VALUES (?)", Effect::None),
        ] {
            assert_eq!(of(sql), effect, "{sql}");
        }
    }

    #[test]
    fn a_script_is_never_taken_for_plain() {
        assert_eq!(of_script("SELECT 1; SET @a = 1"), Effect::Reset);
        assert_eq!(of_script("SELECT 1; use other"), Effect::Discard);
        assert_eq!(of_script("SELECT user FROM users"), Effect::Reset);
    }
}
