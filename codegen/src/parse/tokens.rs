//! Our tokens as sqlparser's. Every location has line 1 and, as its column, the byte in the file plus one, so that
//! a place in the tree is a place in the file.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Span, Token as Theirs, TokenWithSpan, Word};

use super::lexer::{Kind, Token};
use super::parameters::Code;

/// What the meaning of a token depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// A backslash in a string takes the next character with it.
    pub(super) backslash_escapes: bool,
    /// `||` joins strings; otherwise it is OR.
    pub(super) pipes_as_concat: bool,
}

/// The byte range of a location pair made by [`span`].
pub(super) fn bytes(span: Span) -> Option<(usize, usize)> {
    let (start, end) = (span.start, span.end);
    (start.line == 1 && start.column > 0)
        .then(|| (start.column as usize - 1, (end.column.max(start.column)) as usize - 1))
}

/// The location pair of a byte range.
pub(super) fn span(start: usize, end: usize) -> Span {
    Span::new(Location::new(1, start as u64 + 1), Location::new(1, end as u64 + 1))
}

/// The tokens of a statement for sqlparser.
pub(super) fn convert(source: &str, code: &[Code], meaning: Meaning) -> Vec<TokenWithSpan> {
    let mut converted: Vec<TokenWithSpan> = Vec::with_capacity(code.len());
    for item in code {
        let token = match item {
            Code::Placeholder(index, start, end) => {
                TokenWithSpan::new(Theirs::Placeholder(format!("?{index}")), span(*start, *end))
            }
            Code::Token(token) => {
                let after_period = converted.last().is_some_and(|last| last.token == Theirs::Period);
                let introduced = converted.last().is_some_and(introduces);
                let theirs = match one(source, token, meaning, after_period) {
                    // The two ways to write bytes differ in arithmetic, but not after a character set.
                    Theirs::HexStringLiteral(digits)
                        if !token.text(source).starts_with('0') && !introduced =>
                    {
                        Theirs::SingleQuotedRawStringLiteral(digits)
                    }
                    // After a character set sqlparser takes one kind of bytes.
                    Theirs::SingleQuotedByteStringLiteral(digits) if introduced => {
                        Theirs::HexStringLiteral(hexadecimal(&digits))
                    }
                    // sqlparser joins strings, but not to these.
                    Theirs::SingleQuotedString(more) if joins(&converted) => {
                        if let Some(Theirs::NationalStringLiteral(text) | Theirs::SingleQuotedString(text)) =
                            converted.last_mut().map(|last| &mut last.token)
                        {
                            text.push_str(&more);
                        }
                        continue;
                    }
                    other => other,
                };
                TokenWithSpan::new(theirs, span(token.start, token.end))
            }
        };
        converted.push(token);
    }
    converted
}

/// Whether a string that follows these tokens belongs to the last of them: `N'a' 'b'`, `_utf8mb4'a' 'b'`.
fn joins(tokens: &[TokenWithSpan]) -> bool {
    match tokens {
        [.., before, last] if matches!(last.token, Theirs::SingleQuotedString(_)) => introduces(before),
        [.., last] => matches!(last.token, Theirs::NationalStringLiteral(_)),
        [] => false,
    }
}

/// The digits of base 2 in base 16.
fn hexadecimal(bits: &str) -> String {
    let padded = format!("{}{bits}", "0".repeat(bits.len().wrapping_neg() % 4));
    padded
        .as_bytes()
        .chunks(4)
        .map(|four| four.iter().fold(0, |sum, bit| sum * 2 + u32::from(*bit == b'1')))
        .filter_map(|digit| char::from_digit(digit, 16))
        .collect()
}

/// Whether it is the name of a character set before a string, as `_latin1`.
fn introduces(token: &TokenWithSpan) -> bool {
    matches!(&token.token, Theirs::Word(word) if word.quote_style.is_none() && word.value.starts_with('_'))
}

fn one(source: &str, token: &Token, meaning: Meaning, after_period: bool) -> Theirs {
    let text = token.text(source);
    let escapes = meaning.backslash_escapes;
    match token.kind {
        Kind::Word | Kind::Keyword(_) => word(text, after_period),
        Kind::QuotedWord => quoted_word(unquote(text, false)),
        Kind::String => Theirs::SingleQuotedString(unquote(text, escapes)),
        Kind::NationalString => Theirs::NationalStringLiteral(unquote(&text[1..], escapes)),
        Kind::Hex if holds(text, |byte| byte.is_ascii_hexdigit(), 2) => {
            Theirs::HexStringLiteral(digits(text))
        }
        Kind::Bits if holds(text, |byte| matches!(byte, b'0' | b'1'), 1) => {
            Theirs::SingleQuotedByteStringLiteral(digits(text))
        }
        // The server stops at it, and so does the parser.
        Kind::Hex | Kind::Bits => Theirs::Char('\''),
        Kind::Number => Theirs::Number(text.to_owned(), false),
        Kind::Variable => plain_word(variable(text, escapes)),
        Kind::Op(op) => operator(op, meaning),
        // The rest never stands in the code of a statement; a character that nothing expects stops the parser.
        Kind::Stray
        | Kind::Whitespace
        | Kind::LineComment
        | Kind::BlockComment
        | Kind::ExecutableOpen
        | Kind::ExecutableClose
        | Kind::Named { .. }
        | Kind::Question
        | Kind::Semicolon => Theirs::Char(text.chars().next().unwrap_or(' ')),
    }
}

/// Words that sqlparser reads as keywords of other databases' queries, and that are plain names for MySQL and
/// MariaDB.
const NOT_KEYWORDS: [Keyword; 42] = [
    Keyword::ANTI,
    Keyword::ARRAY,
    Keyword::ASOF,
    Keyword::ATTACH,
    Keyword::CLUSTER,
    Keyword::CONNECT,
    Keyword::DISTRIBUTE,
    Keyword::FILTER,
    Keyword::FINAL,
    Keyword::FORMAT,
    Keyword::FULL,
    Keyword::GLOB,
    Keyword::ILIKE,
    Keyword::MATCH_CONDITION,
    Keyword::MATCH_RECOGNIZE,
    Keyword::MERGE,
    Keyword::MINUS,
    Keyword::NOTNULL,
    Keyword::OUTPUT,
    Keyword::OVERLAPS,
    Keyword::OVERLAY,
    Keyword::OVERWRITE,
    Keyword::PIVOT,
    Keyword::PREWHERE,
    Keyword::QUALIFY,
    Keyword::SAFE_CAST,
    Keyword::SAMPLE,
    Keyword::SEMI,
    Keyword::SETTINGS,
    Keyword::SIMILAR,
    Keyword::SORT,
    Keyword::STRUCT,
    Keyword::SYMMETRIC,
    Keyword::TABLESAMPLE,
    Keyword::TOP,
    Keyword::TOTALS,
    Keyword::TRY_CAST,
    Keyword::TRY_CONVERT,
    Keyword::UNNEST,
    Keyword::UNPIVOT,
    Keyword::VIEW,
    Keyword::VIEWS,
];

fn word(text: &str, after_period: bool) -> Theirs {
    if after_period {
        return plain_word(text.to_owned());
    }
    match Theirs::make_word(text, None) {
        Theirs::Word(word) if NOT_KEYWORDS.contains(&word.keyword) => plain_word(word.value),
        word => word,
    }
}

/// A name that is never a keyword.
fn plain_word(value: String) -> Theirs {
    Theirs::Word(Word { value, quote_style: None, keyword: Keyword::NoKeyword })
}

/// A name in quotes.
fn quoted_word(value: String) -> Theirs {
    Theirs::Word(Word { value, quote_style: Some('`'), keyword: Keyword::NoKeyword })
}

/// `@name` for all the ways to write a user variable.
fn variable(text: &str, escapes: bool) -> String {
    let name = text.trim_start_matches('@');
    let marks = &text[..text.len() - name.len()];
    match name.chars().next() {
        Some('`') => format!("{marks}{}", unquote(name, false)),
        Some('\'' | '"') => format!("{marks}{}", unquote(name, escapes)),
        _ => text.to_owned(),
    }
}

/// The digits of `x'4D'` or `0x4D`.
fn digits(text: &str) -> String {
    text.get(2..).unwrap_or_default().trim_end_matches('\'').to_owned()
}

/// Whether the digits of a literal are digits, in quotes a multiple of so many.
fn holds(text: &str, is_digit: impl Fn(u8) -> bool, many: usize) -> bool {
    let digits = digits(text);
    digits.bytes().all(is_digit) && (text.starts_with('0') || digits.len().is_multiple_of(many))
}

/// The content of what stands in quotes of any kind.
pub(super) fn unquote(text: &str, escapes: bool) -> String {
    let mut chars = text.chars();
    let Some(quote) = chars.next() else { return String::new() };
    let mut content = String::with_capacity(text.len());
    while let Some(char) = chars.next() {
        if char == quote {
            // Either the first of two, or the closing one.
            if chars.next().is_some() {
                content.push(quote);
            }
        } else if char == '\\' && escapes {
            match chars.next() {
                Some('0') => content.push('\0'),
                Some('b') => content.push('\u{8}'),
                Some('n') => content.push('\n'),
                Some('r') => content.push('\r'),
                Some('t') => content.push('\t'),
                Some('Z') => content.push('\u{1a}'),
                // In a LIKE pattern the backslash means something, so the server keeps it.
                Some(kept @ ('%' | '_')) => content.extend(['\\', kept]),
                Some(other) => content.push(other),
                None => {}
            }
        } else {
            content.push(char);
        }
    }
    content
}

fn operator(op: &str, meaning: Meaning) -> Theirs {
    match op {
        "||" if meaning.pipes_as_concat => Theirs::StringConcat,
        "||" => Theirs::make_keyword("OR"),
        "&&" => Theirs::make_keyword("AND"),
        "<=>" => Theirs::Spaceship,
        "->>" => Theirs::LongArrow,
        "->" => Theirs::Arrow,
        "<=" => Theirs::LtEq,
        ">=" => Theirs::GtEq,
        "<>" | "!=" => Theirs::Neq,
        "<<" => Theirs::ShiftLeft,
        ">>" => Theirs::ShiftRight,
        ":=" => Theirs::Assignment,
        "<" => Theirs::Lt,
        ">" => Theirs::Gt,
        "=" => Theirs::Eq,
        "!" => Theirs::ExclamationMark,
        "+" => Theirs::Plus,
        "-" => Theirs::Minus,
        "*" => Theirs::Mul,
        "/" => Theirs::Div,
        "%" => Theirs::Mod,
        "^" => Theirs::Caret,
        "&" => Theirs::Ampersand,
        "|" => Theirs::Pipe,
        "~" => Theirs::Tilde,
        "(" => Theirs::LParen,
        ")" => Theirs::RParen,
        "," => Theirs::Comma,
        "." => Theirs::Period,
        "{" => Theirs::LBrace,
        "}" => Theirs::RBrace,
        other => Theirs::Char(other.chars().next().unwrap_or(' ')),
    }
}
