//! The driver looks through every text that it prepares for parameters of its own kind, `:name`, and puts `?` in
//! their place; nothing turns that off. Where its reading of quotes and comments is not the server's, it finds them in
//! strings. Such a statement could be built and would fail whenever it runs, so it is an error here.
//!
//! In a comment that the server skips, such as `/*!80013 :x */` on MariaDB, nothing is lost by writing `?` for it.
//!
//! Source: `ParsedNamedParams::parse` of mysql_common 0.37, of which this is a copy. A byte after `-`, `/`, `--` or
//! `/*` is never looked at again, so a quote there opens nothing; a backslash in quotes always takes the next byte
//! with it.

use std::ops::Range;

use super::lexer::{Kind, Token};
use super::parameters::Bound;
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};
use crate::statement::{Edit, With};

use super::errors;

/// What the driver has seen last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Top,
    Quoted { quote: u8, escaped: bool },
    Colon,
    Name,
    Sharp,
    Dash,
    TwoDashes,
    Dashes,
    Slash,
    SlashStar,
    Comment,
    Star,
    Identifier,
}

impl State {
    fn after(self, byte: u8) -> State {
        match self {
            State::Top => match byte {
                b':' => State::Colon,
                b'/' => State::Slash,
                b'-' => State::Dash,
                b'#' => State::Sharp,
                b'\'' | b'"' => State::Quoted { quote: byte, escaped: false },
                b'`' => State::Identifier,
                _ => State::Top,
            },
            State::Quoted { quote, escaped: true } => State::Quoted { quote, escaped: false },
            State::Quoted { quote, escaped: false } if byte == quote => State::Top,
            State::Quoted { quote, escaped: false } => State::Quoted { quote, escaped: byte == b'\\' },
            State::Colon if byte.is_ascii_lowercase() || byte == b'_' => State::Name,
            State::Name if byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' => State::Name,
            State::Colon | State::Name => match byte {
                b':' => State::Colon,
                b'\'' | b'"' => State::Quoted { quote: byte, escaped: false },
                _ => State::Top,
            },
            State::Sharp if byte == b'\n' => State::Top,
            State::Sharp => State::Sharp,
            State::Dash if byte == b'-' => State::TwoDashes,
            State::Dash => State::Top,
            State::TwoDashes if byte.is_ascii_whitespace() && byte != b'\n' => State::Dashes,
            State::TwoDashes => State::Top,
            State::Dashes if byte == b'\n' => State::Top,
            State::Dashes => State::Dashes,
            State::Slash if byte == b'*' => State::SlashStar,
            State::Slash => State::Top,
            State::SlashStar if matches!(byte, b'!' | b'+') => State::Top,
            State::SlashStar => State::Comment,
            State::Comment if byte == b'*' => State::Star,
            State::Comment => State::Comment,
            State::Star if byte == b'/' => State::Top,
            State::Star => State::Comment,
            State::Identifier if byte == b'`' => State::Top,
            State::Identifier => State::Identifier,
        }
    }

    /// Whether the driver takes what follows for something else than SQL.
    fn is_inside(self) -> bool {
        match self {
            State::Quoted { .. } | State::Identifier | State::Comment | State::Star | State::Sharp => true,
            State::Top
            | State::Colon
            | State::Name
            | State::Dash
            | State::TwoDashes
            | State::Dashes
            | State::Slash
            | State::SlashStar => false,
        }
    }
}

/// Where the name of a parameter ends.
fn name_end(source: &str, start: usize) -> usize {
    let rest = source.get(start..).unwrap_or_default();
    let length = rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    start + length.unwrap_or(rest.len())
}

/// What is wrong where the driver finds a parameter in a statement that has none left: given its tokens from the first
/// to the last, and what the server gets in their place.
pub(super) fn check(source: &str, file: FileId, body: &[Token], bound: &mut Bound) -> Option<Diagnostic> {
    let mut edits: Vec<Edit> = bound.written.edits.clone();
    edits.sort_by_key(|edit| edit.range.start);
    let mut edits = edits.into_iter().peekable();
    let mut state = State::Top;
    // The first token after which the driver is astray.
    let mut astray: Option<Range<usize>> = None;
    let mut found: Option<usize> = None;
    let mut skip = 0;
    for token in body {
        for at in token.start.max(skip)..token.end {
            if let Some(edit) = edits.next_if(|edit| edit.range.start <= at) {
                skip = edit.range.end;
                let text = match &edit.with {
                    With::Placeholder(_) | With::Wrapped { .. } => "?",
                    With::Text(text) => text,
                    With::Open(_) | With::Close(_) | With::Choice(_) => "",
                };
                state = text.bytes().fold(state, State::after);
            }
            if at < skip {
                continue;
            }
            let Some(byte) = source.as_bytes().get(at) else { break };
            let next = state.after(*byte);
            if next != State::Name || state != State::Colon {
                state = next;
                continue;
            }
            if !matches!(token.kind, Kind::BlockComment | Kind::LineComment) {
                found = Some(at - 1);
                break;
            }
            // The server skips what the comment holds.
            let with = With::Text("?".to_owned());
            skip = name_end(source, at);
            bound.written.edits.push(Edit { range: at - 1..skip, with });
            state = State::Top;
        }
        if let Some(at) = found {
            let end = name_end(source, at + 1);
            let cause = astray.map(|range| Span::new(file, range.start, range.end));
            return Some(errors::driver_parameter(&source[at..end], Span::new(file, at, end), cause));
        }
        let comment = matches!(token.kind, Kind::LineComment | Kind::ExecutableOpen);
        if astray.is_none() && state.is_inside() && !comment && token.kind != Kind::Whitespace {
            astray = Some(token.start..token.end);
        }
    }
    None
}
