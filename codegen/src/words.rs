//! The words of SQL text that nothing has parsed: enough to find keywords and quoted names and to tell them from
//! strings and comments. It knows no grammar, and no two statements apart.

use std::ops::Range;

/// How the server reads quotes, which depends on `sql_mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoting {
    /// A backslash escapes within strings; NO_BACKSLASH_ESCAPES takes that away.
    pub(crate) backslash_escapes: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A keyword, name or number without quotes.
    Word,
    /// A name in backticks.
    QuotedName,
    /// A text in single or double quotes; under ANSI_QUOTES the latter is a name.
    Quoted,
    /// A comment. What `/*! ... */` and `/*M! ... */` hold is not: servers run it, so its tokens stand for themselves.
    Comment,
    /// The opening or closing of such a conditional part.
    Conditional,
    /// Any other single character.
    Symbol,
}

/// A token and where it is in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
}

impl Token {
    /// Its text.
    pub(crate) fn text<'a>(&self, sql: &'a str) -> &'a str {
        &sql[self.range.clone()]
    }

    /// Whether it is this character.
    pub(crate) fn is_symbol(&self, sql: &str, symbol: &str) -> bool {
        self.kind == Kind::Symbol && self.text(sql) == symbol
    }

    /// The name within backticks, without its quotes.
    pub(crate) fn name(&self, sql: &str) -> Option<String> {
        let inner = self.text(sql).strip_prefix('`')?.strip_suffix('`')?;
        (self.kind == Kind::QuotedName).then(|| inner.replace("``", "`"))
    }
}

/// All tokens of a text. Every byte that is not white space belongs to one.
pub(crate) fn tokens(sql: &str, quoting: Quoting) -> Vec<Token> {
    let bytes = sql.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut conditional = false;
    while at < bytes.len() {
        let start = at;
        let rest = &bytes[at..];
        let kind = match bytes[at] {
            byte if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            quote @ (b'\'' | b'"' | b'`') => {
                at = end_of_quoted(bytes, at, quote, quoting.backslash_escapes && quote != b'`');
                if quote == b'`' { Kind::QuotedName } else { Kind::Quoted }
            }
            b'#' => {
                at = end_of_line(bytes, at);
                Kind::Comment
            }
            // Two dashes begin a comment only before white space or the end: `a--1` is an expression.
            b'-' if rest.starts_with(b"--")
                && rest.get(2).is_none_or(|byte| byte.is_ascii_whitespace() || *byte < b' ') =>
            {
                at = end_of_line(bytes, at);
                Kind::Comment
            }
            b'/' if rest.starts_with(b"/*!") || rest.starts_with(b"/*M!") => {
                at += if rest[2] == b'!' { 3 } else { 4 };
                while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
                conditional = true;
                Kind::Conditional
            }
            b'*' if conditional && rest.starts_with(b"*/") => {
                at += 2;
                conditional = false;
                Kind::Conditional
            }
            b'/' if rest.starts_with(b"/*") => {
                at = sql[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 2);
                Kind::Comment
            }
            byte if is_word(byte) => {
                while bytes.get(at).copied().is_some_and(is_word) {
                    at += 1;
                }
                Kind::Word
            }
            _ => {
                at += 1;
                Kind::Symbol
            }
        };
        tokens.push(Token { kind, range: start..at });
    }
    tokens
}

/// Bytes from 0x80 are parts of letters, so a word never ends within a character.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

fn end_of_line(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end)
}

fn end_of_quoted(bytes: &[u8], start: usize, quote: u8, escapes: bool) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        if bytes[at] == b'\\' && escapes {
            at += 2;
        } else if bytes[at] != quote {
            at += 1;
        } else if bytes.get(at + 1) == Some(&quote) {
            at += 2;
        } else {
            return at + 1;
        }
    }
    bytes.len()
}

/// The words of the text in upper case, without those in quotes and comments.
pub(crate) fn words(sql: &str, quoting: Quoting) -> Vec<String> {
    tokens(sql, quoting)
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .map(|token| token.text(sql).to_uppercase())
        .collect()
}

/// The first word in upper case, after any opening parentheses. Empty where the text begins with something else.
pub(crate) fn first_word(sql: &str, quoting: Quoting) -> String {
    tokens(sql, quoting)
        .iter()
        .filter(|token| !matches!(token.kind, Kind::Comment | Kind::Conditional))
        .find(|token| !token.is_symbol(sql, "("))
        .filter(|token| token.kind == Kind::Word)
        .map(|token| token.text(sql).to_uppercase())
        .unwrap_or_default()
}

/// The text with a space for every byte of a comment.
#[cfg(feature = "live")]
pub(crate) fn without_comments(sql: &str, quoting: Quoting) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut from = 0;
    for token in tokens(sql, quoting) {
        // An optimizer hint is a comment that the server reads.
        if token.kind == Kind::Comment && !token.text(sql).starts_with("/*+") {
            text.push_str(&sql[from..token.range.start]);
            text.extend(std::iter::repeat_n(' ', token.range.len()));
            from = token.range.end;
        }
    }
    text.push_str(&sql[from..]);
    text
}

#[cfg(test)]
mod tests {
    use super::{Quoting, first_word, words};

    const USUAL: Quoting = Quoting { backslash_escapes: true };

    #[test]
    fn words_leave_out_quotes_and_comments() {
        let sql =
            "SELECT 'LEFT', \"it\\\"s LEFT\", `LEFT``JOIN` -- LEFT\n, a--1 # LEFT\n/* LEFT */ FROM größe";
        assert_eq!(words(sql, USUAL), ["SELECT", "A", "1", "FROM", "GRÖSSE"]);
    }

    #[test]
    fn what_servers_run_inside_comments_counts() {
        assert_eq!(first_word("/* x */ /*!50000 DROP */ TABLE t", USUAL), "DROP");
        assert_eq!(first_word("/*M!100100 DELETE */ FROM t", USUAL), "DELETE");
    }

    #[test]
    fn a_backslash_ends_nothing_only_where_it_escapes() {
        let sql = r"SELECT 'a\' OR b'";
        assert_eq!(words(sql, USUAL), ["SELECT"]);
        let plain = Quoting { backslash_escapes: false };
        assert_eq!(words(sql, plain), ["SELECT", "OR", "B"]);
    }

    #[test]
    fn the_first_word_is_behind_parentheses() {
        assert_eq!(first_word(" ((select 1) union (select 2))", USUAL), "SELECT");
        assert_eq!(first_word("", USUAL), "");
    }

    #[test]
    fn unterminated_text_ends_the_last_token() {
        for sql in ["'abc", "'abc\\", "`x", "/* y", "/*", "-", "--", "/*!"] {
            assert!(super::tokens(sql, USUAL).iter().all(|token| token.range.end <= sql.len()), "{sql}");
        }
    }
}
