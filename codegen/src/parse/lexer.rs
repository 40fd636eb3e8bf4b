//! Cuts a query file into tokens, as MySQL and MariaDB do, without losing a byte: the tokens of a text, white space
//! and comments included, lie side by side from its first to its last byte. Knows nothing of statements, names or
//! parameters' meaning.

use crate::catalog::{Family, Server};

/// What the cutting depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mode {
    /// `"x"` is an identifier and not a string.
    pub(super) ansi_quotes: bool,
    /// A backslash in a string takes the next character with it.
    pub(super) backslash_escapes: bool,
    family: Family,
    version: u32,
}

impl Mode {
    pub(super) fn of(server: &Server) -> Self {
        let (major, minor, patch) = server.version;
        Self {
            ansi_quotes: server.has_mode("ANSI_QUOTES"),
            backslash_escapes: !server.has_mode("NO_BACKSLASH_ESCAPES"),
            family: server.family,
            version: u32::from(major) * 10_000 + u32::from(minor) * 100 + u32::from(patch),
        }
    }

    /// Whether the content of `/*!NNNNN ... */`, or with `for_mariadb` of `/*M!NNNNNN ... */`, is code.
    /// MariaDB leaves out what MySQL added since it was forked, which are the versions from 5.7 to 9.99.
    fn executes(self, version: Option<u32>, for_mariadb: bool) -> bool {
        let version = version.unwrap_or(0);
        match self.family {
            Family::MySql => !for_mariadb && version <= self.version,
            Family::MariaDb => {
                version <= self.version && (for_mariadb || !(50_700..=99_999).contains(&version))
            }
        }
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Blanks and line ends.
    Whitespace,
    /// `-- ...` or `# ...`, without the line end.
    LineComment,
    /// `/* ... */`, also an executable one that this server skips.
    BlockComment,
    /// `/*!80013`: what follows is code up to the matching [`Kind::ExecutableClose`].
    ExecutableOpen,
    /// `*/` of an executable comment.
    ExecutableClose,
    /// An identifier without quotes, or a keyword.
    Word,
    /// `` `x` ``, or `"x"` under ANSI_QUOTES.
    QuotedWord,
    /// `'x'` or `"x"`.
    String,
    /// `N'x'`.
    NationalString,
    /// `x'4D'` or `0x4D`.
    Hex,
    /// `b'01'` or `0b01`.
    Bits,
    /// An integer, decimal or floating literal.
    Number,
    /// `@x`, `` @`x` ``, `@@x`.
    Variable,
    /// `:name`, or `:name?` when nullable.
    Named {
        /// Whether a question mark follows at once.
        nullable: bool,
    },
    /// A bare `?`.
    Question,
    /// `;`.
    Semicolon,
    /// An operator or a mark, by its text.
    Op(&'static str),
    /// A character that begins nothing.
    Stray,
    /// A word that the author did not write there, at the place of what stands for it.
    Keyword(&'static str),
}

impl Kind {
    /// Whether it only separates other tokens.
    pub(super) fn is_trivia(self) -> bool {
        matches!(self, Kind::Whitespace | Kind::LineComment | Kind::BlockComment)
    }

    /// Whether a name may end here, so that a period after it begins a qualified name.
    fn is_name(self) -> bool {
        matches!(self, Kind::Word | Kind::QuotedWord | Kind::Variable)
    }
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

impl Token {
    pub(super) fn text<'a>(&self, source: &'a str) -> &'a str {
        match self.kind {
            Kind::Keyword(word) => word,
            _ => source.get(self.start..self.end).unwrap_or_default(),
        }
    }

    /// Whether it is this word, in whatever case, without quotes.
    pub(super) fn is_word(&self, source: &str, word: &str) -> bool {
        matches!(self.kind, Kind::Word | Kind::Keyword(_)) && self.text(source).eq_ignore_ascii_case(word)
    }

    pub(super) fn is_op(&self, op: &str) -> bool {
        matches!(self.kind, Kind::Op(text) if text == op)
    }
}

/// Something that begins and does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unterminated {
    /// What it is, for people: `string`, `comment`, ...
    pub(super) what: &'static str,
    /// What would end it.
    pub(super) close: &'static str,
    /// First byte.
    pub(super) start: usize,
    /// Where the search was given up.
    pub(super) end: usize,
}

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Lexed {
    /// All of them, side by side.
    pub(super) tokens: Vec<Token>,
    /// What does not end, in order.
    pub(super) unterminated: Vec<Unterminated>,
}

/// Operators of more than one character, longer ones first.
const LONG_OPERATORS: [&str; 13] =
    ["<=>", "->>", "<=", ">=", "<>", "!=", "<<", ">>", ":=", "::", "||", "&&", "->"];

const SHORT_OPERATORS: [&str; 24] = [
    "<", ">", "=", "!", "+", "-", "*", "/", "%", "^", "&", "|", "~", "(", ")", ",", ".", ":", "@", "{", "}",
    "[", "]", "\\",
];

/// Cuts a text into tokens.
pub(super) fn lex(source: &str, mode: Mode) -> Lexed {
    let mut lexer = Lexer {
        source,
        bytes: source.as_bytes(),
        mode,
        last_close: source.rfind("*/"),
        tokens: Vec::new(),
        unterminated: Vec::new(),
        open: 0,
    };
    let mut at = 0;
    while at < source.len() {
        let (kind, end) = lexer.next(at);
        // Every arm of `next` takes at least one whole character; the bound keeps a slip from looping for ever.
        let end = end.max(at + 1);
        lexer.tokens.push(Token { kind, start: at, end });
        at = end;
    }
    if lexer.open > 0
        && let Some(open) = lexer.tokens.iter().rev().find(|token| token.kind == Kind::ExecutableOpen)
    {
        let (start, end) = (open.start, open.end);
        lexer.unterminated.push(Unterminated { what: "executable comment", close: "*/", start, end });
    }
    Lexed { tokens: lexer.tokens, unterminated: lexer.unterminated }
}

/// Whether the line that begins at this byte names a query: `-- name:` or `# name:`.
fn is_name_line(source: &str, at: usize) -> bool {
    let line = source.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
    let body = line.strip_prefix("--").or_else(|| line.strip_prefix('#'));
    body.is_some_and(|body| {
        let body = body.trim_start_matches([' ', '\t']);
        body.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("name"))
            && body.get(4..).unwrap_or_default().trim_start_matches([' ', '\t']).starts_with(':')
    })
}

struct Lexer<'a> {
    source: &'a str,
    bytes: &'a [u8],
    mode: Mode,
    /// Where the last `*/` of the text stands.
    last_close: Option<usize>,
    tokens: Vec<Token>,
    unterminated: Vec<Unterminated>,
    /// How many executable comments are open.
    open: usize,
}

impl Lexer<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn starts_with(&self, at: usize, text: &str) -> bool {
        self.bytes.get(at..).is_some_and(|rest| rest.starts_with(text.as_bytes()))
    }

    /// The first byte from `at` on that is not of the kind.
    fn skip(&self, mut at: usize, is: impl Fn(u8) -> bool) -> usize {
        while at < self.bytes.len() && is(self.bytes[at]) {
            at += 1;
        }
        at
    }

    fn next(&mut self, at: usize) -> (Kind, usize) {
        match self.byte(at) {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => (Kind::Whitespace, self.skip(at, is_blank)),
            b'#' => self.line_comment(at),
            b'-' if self.starts_with(at, "--") && self.ends_dashes(at + 2) => self.line_comment(at),
            b'/' if self.starts_with(at, "/*") => self.block_comment(at),
            b'*' if self.open > 0 && self.starts_with(at, "*/") => {
                self.open -= 1;
                (Kind::ExecutableClose, at + 2)
            }
            b'`' => (Kind::QuotedWord, self.quoted(at, "quoted identifier", false)),
            b'"' if self.mode.ansi_quotes => (Kind::QuotedWord, self.quoted(at, "quoted identifier", false)),
            b'\'' | b'"' => (Kind::String, self.quoted(at, "string", self.mode.backslash_escapes)),
            b'n' | b'N' if self.byte(at + 1) == b'\'' && !self.after_period(at) => {
                (Kind::NationalString, self.quoted(at + 1, "string", self.mode.backslash_escapes))
            }
            b'x' | b'X' if self.byte(at + 1) == b'\'' && !self.after_period(at) => {
                (Kind::Hex, self.quoted(at + 1, "hexadecimal literal", false))
            }
            b'b' | b'B' if self.byte(at + 1) == b'\'' && !self.after_period(at) => {
                (Kind::Bits, self.quoted(at + 1, "bit literal", false))
            }
            b'0'..=b'9' if !self.after_period(at) => self.number(at),
            b'.' if self.byte(at + 1).is_ascii_digit() && !self.after_name(at) => {
                (Kind::Number, self.fraction(at))
            }
            byte if is_identifier(byte) => (Kind::Word, self.skip(at, is_identifier)),
            b'@' => self.variable(at),
            b':' => self.named(at),
            b'?' => (Kind::Question, at + 1),
            b';' => (Kind::Semicolon, at + 1),
            _ => self.operator(at),
        }
    }

    /// `--` begins a comment only before a blank, a control character or the end.
    fn ends_dashes(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| *byte == b' ' || byte.is_ascii_control())
    }

    fn line_comment(&self, at: usize) -> (Kind, usize) {
        let end = self.skip(at, |byte| byte != b'\n');
        let end = if end < self.bytes.len() && self.byte(end - 1) == b'\r' { end - 1 } else { end };
        (Kind::LineComment, end)
    }

    fn block_comment(&mut self, at: usize) -> (Kind, usize) {
        let for_mariadb = self.starts_with(at, "/*M!");
        let executable = for_mariadb || self.starts_with(at, "/*!");
        if executable {
            let digits = at + if for_mariadb { 4 } else { 3 };
            let count = self.skip(digits, |byte| byte.is_ascii_digit()) - digits;
            let taken = if count < 5 { 0 } else { count.min(6) };
            let version = self.source.get(digits..digits + taken).and_then(|text| text.parse().ok());
            if self.mode.executes(version, for_mariadb) {
                self.open += 1;
                return (Kind::ExecutableOpen, digits + taken);
            }
        }
        let mut depth = 0;
        // Without this, a file of many comments that do not end would be searched to its end for each.
        let closes = self.last_close.is_some_and(|close| close >= at + 2);
        let mut end = if closes { at + 2 } else { self.bytes.len() };
        while end < self.bytes.len() {
            if self.starts_with(end, "*/") {
                end += 2;
                if depth == 0 {
                    return (Kind::BlockComment, end);
                }
                depth -= 1;
            } else if executable && self.starts_with(end, "/*") {
                depth += 1;
                end += 2;
            } else {
                end += 1;
            }
        }
        let end = self.next_name_line(at).unwrap_or(self.bytes.len());
        self.unterminated.push(Unterminated { what: "comment", close: "*/", start: at, end });
        (Kind::BlockComment, end)
    }

    fn next_name_line(&self, from: usize) -> Option<usize> {
        self.source
            .get(from..)?
            .match_indices('\n')
            .map(|(line_end, _)| from + line_end + 1)
            .find(|line| is_name_line(self.source, *line))
    }

    /// The end of what begins with the quote at `at`. A string that reaches the next `-- name:` line was meant to
    /// end before it; stopping there keeps one forgotten quote from swallowing the other queries.
    fn quoted(&mut self, at: usize, what: &'static str, escapes: bool) -> usize {
        let quote = self.byte(at);
        let mut end = at + 1;
        while end < self.bytes.len() {
            let byte = self.bytes[end];
            if byte == quote {
                if self.byte(end + 1) != quote {
                    return end + 1;
                }
                end += 2;
            } else if byte == b'\\' && escapes {
                end = self.after_char(end + 1);
            } else if byte == b'\n' && is_name_line(self.source, end + 1) {
                break;
            } else {
                end += 1;
            }
        }
        let end = end.min(self.bytes.len());
        let close = match quote {
            b'`' => "`",
            b'"' => "\"",
            _ => "'",
        };
        self.unterminated.push(Unterminated { what, close, start: at, end });
        end
    }

    fn after_char(&self, at: usize) -> usize {
        let length = self.source.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        (at + length).min(self.bytes.len())
    }

    /// Whether the token before `at` is a name that ends there.
    fn after_name(&self, at: usize) -> bool {
        self.tokens.last().is_some_and(|token| token.kind.is_name() && token.end == at)
    }

    /// Whether the text before `at` is `name.`, after which digits are a name too: `t.1a`.
    fn after_period(&self, at: usize) -> bool {
        matches!(self.tokens.as_slice(), [.., name, period]
            if period.is_op(".") && period.end == at && name.kind.is_name() && name.end == period.start)
    }

    /// A number, or one of the names that begin with digits.
    fn number(&self, at: usize) -> (Kind, usize) {
        for (prefix, kind, is) in [
            ("0x", Kind::Hex, u8::is_ascii_hexdigit as fn(&u8) -> bool),
            ("0b", Kind::Bits, |byte: &u8| matches!(byte, b'0' | b'1')),
        ] {
            if self.starts_with(at, prefix) {
                let end = self.skip(at + 2, |byte| is(&byte));
                if end > at + 2 && !is_identifier(self.byte(end)) {
                    return (kind, end);
                }
            }
        }
        let digits = self.skip(at, |byte| byte.is_ascii_digit());
        if self.byte(digits) == b'.' {
            return (Kind::Number, self.fraction(digits));
        }
        match self.exponent(digits) {
            Some(end) => (Kind::Number, end),
            None if is_identifier(self.byte(digits)) => (Kind::Word, self.skip(digits, is_identifier)),
            None => (Kind::Number, digits),
        }
    }

    /// The end of a number from its decimal point on.
    fn fraction(&self, point: usize) -> usize {
        let end = self.skip(point + 1, |byte| byte.is_ascii_digit());
        self.exponent(end).unwrap_or(end)
    }

    fn exponent(&self, at: usize) -> Option<usize> {
        let signed = matches!(self.byte(at + 1), b'+' | b'-');
        let digits = at + 1 + usize::from(signed);
        (matches!(self.byte(at), b'e' | b'E') && self.byte(digits).is_ascii_digit())
            .then(|| self.skip(digits, |byte| byte.is_ascii_digit()))
    }

    fn variable(&mut self, at: usize) -> (Kind, usize) {
        let name = at + if self.byte(at + 1) == b'@' { 2 } else { 1 };
        let end = match self.byte(name) {
            b'`' => self.quoted(name, "quoted identifier", false),
            b'\'' | b'"' if name == at + 1 => self.quoted(name, "variable name", self.mode.backslash_escapes),
            _ if name == at + 2 => self.skip(name, is_identifier),
            _ => self.skip(name, |byte| is_identifier(byte) || byte == b'.'),
        };
        if end > name { (Kind::Variable, end) } else { (Kind::Op("@"), at + 1) }
    }

    fn named(&self, at: usize) -> (Kind, usize) {
        let rest = self.source.get(at + 1..).unwrap_or_default();
        let mut end = at + 1;
        for (offset, char) in rest.char_indices() {
            if char == '_' || char.is_alphabetic() || (offset > 0 && char.is_alphanumeric()) {
                end = at + 1 + offset + char.len_utf8();
            } else {
                break;
            }
        }
        if end == at + 1 {
            return self.operator(at);
        }
        let nullable = self.byte(end) == b'?';
        (Kind::Named { nullable }, end + usize::from(nullable))
    }

    fn operator(&self, at: usize) -> (Kind, usize) {
        // `\N` was NULL until MySQL 8; elsewhere a backslash is stray, and both end as an error of the parser.
        LONG_OPERATORS
            .into_iter()
            .chain(SHORT_OPERATORS)
            .find(|operator| self.starts_with(at, operator))
            .map_or_else(
                || (Kind::Stray, self.after_char(at)),
                |operator| (Kind::Op(operator), at + operator.len()),
            )
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Part of a name: both servers take every character beyond ASCII.
fn is_identifier(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

#[cfg(test)]
mod tests;
