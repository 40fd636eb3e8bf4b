//! Finds the statements of a file: what stands between semicolons, with the comments before it. Knows what a name
//! line looks like only to notice a forgotten semicolon.

use super::lexer::{Kind, Lexed, Token};
use super::{annotation, errors};
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};

/// One statement and the comments before it.
#[derive(Debug)]
pub(super) struct Chunk<'a> {
    /// What stands before the first token that is code.
    pub(super) header: &'a [Token],
    /// From the first to the last token that is code; empty where there is none.
    pub(super) body: &'a [Token],
    /// What stands after it, up to the semicolon.
    pub(super) tail: &'a [Token],
    /// Whether something in it does not end, so that its text cannot be trusted.
    pub(super) broken: bool,
}

/// Cuts the tokens of a file into statements.
pub(super) fn split<'a>(
    source: &str,
    file: FileId,
    lexed: &'a Lexed,
    out: &mut Vec<Diagnostic>,
) -> Vec<Chunk<'a>> {
    let tokens = lexed.tokens.as_slice();
    let mut chunks = Vec::new();
    let mut skipped: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let mut code = false;
    while at < tokens.len() {
        let token = tokens[at];
        if token.kind == Kind::Semicolon {
            chunks.push((from, at));
            (from, code) = (at + 1, false);
        } else if !code && token.is_word(source, "delimiter") && begins_line(source, token.start) {
            chunks.push((from, at));
            let end = delimiter_end(source, token.start);
            out.push(errors::delimiter(Span::new(file, token.start, line_end(source, token.start))));
            skipped.push((token.start, end));
            while tokens.get(at).is_some_and(|token| token.start < end) {
                at += 1;
            }
            from = at;
            continue;
        } else if code && token.kind.is_trivia() && annotation::names_query(source, &token) {
            if begins_line(source, token.start) {
                let before = &tokens[from..at];
                let bytes = before.first().map_or(0, |token| token.start)..token.start;
                let broken = lexed.unterminated.iter().any(|found| bytes.contains(&found.start));
                let last = before.iter().rfind(|token| !token.kind.is_trivia());
                // What does not end has its own error, and took the semicolon.
                if let Some(last) = last.filter(|_| !broken) {
                    let end = Span::new(file, last.end, last.end);
                    out.push(errors::missing_semicolon(end, Span::new(file, token.start, token.end)));
                }
                chunks.push((from, at));
                (from, code) = (at, false);
            }
        } else if !token.kind.is_trivia() {
            code = true;
        }
        at += 1;
    }
    chunks.push((from, tokens.len()));

    let in_skipped = |at: usize| skipped.iter().any(|(start, end)| (*start..*end).contains(&at));
    let unterminated: Vec<_> = lexed.unterminated.iter().filter(|found| !in_skipped(found.start)).collect();
    out.extend(unterminated.iter().map(|found| errors::unterminated(file, found)));
    chunks
        .into_iter()
        .map(|(from, to)| {
            let chunk = &tokens[from..to];
            let is_code = |token: &Token| !token.kind.is_trivia();
            let first = chunk.iter().position(is_code).unwrap_or(chunk.len());
            let last = chunk.iter().rposition(is_code).map_or(first, |last| last + 1);
            let bytes = chunk.first().map_or(0, |t| t.start)..chunk.last().map_or(0, |t| t.end);
            let broken = unterminated.iter().any(|found| bytes.contains(&found.start));
            Chunk { header: &chunk[..first], body: &chunk[first..last], tail: &chunk[last..], broken }
        })
        .collect()
}

/// Whether only blanks stand before a byte on its line.
fn begins_line(source: &str, at: usize) -> bool {
    let before = source[..at].trim_end_matches([' ', '\t', '\r']);
    before.is_empty() || before.ends_with('\n')
}

fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |end| at + end)
}

/// The end of the line that sets the delimiter back, or of the file.
fn delimiter_end(source: &str, from: usize) -> usize {
    let mut at = from;
    for line in source[from..].split_inclusive('\n') {
        at += line.len();
        let mut words = line.split_whitespace();
        let is_delimiter = words.next().is_some_and(|word| word.eq_ignore_ascii_case("delimiter"));
        if is_delimiter && words.next() == Some(";") {
            return at;
        }
    }
    at
}
