//! Finds words and parentheses among tokens. Knows no syntax but that.

use sqlparser::tokenizer::{Token, TokenWithSpan};

pub(super) type Tokens = Vec<TokenWithSpan>;

/// Whether a token is this word without quotes.
pub(super) fn is(token: &TokenWithSpan, word: &str) -> bool {
    matches!(&token.token, Token::Word(found) if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
}

pub(super) fn is_any(token: Option<&TokenWithSpan>, words: &[&str]) -> bool {
    token.is_some_and(|token| words.iter().any(|word| is(token, word)))
}

/// A token in the place of another.
pub(super) fn like(place: &TokenWithSpan, token: Token) -> TokenWithSpan {
    TokenWithSpan::new(token, place.span)
}

pub(super) fn before(tokens: &Tokens, at: usize) -> Option<&TokenWithSpan> {
    at.checked_sub(1).and_then(|at| tokens.get(at))
}

/// The tokens from `from` on that stand outside of parentheses opened after it, up to the parenthesis that closes
/// what `from` stands in.
pub(super) fn same_depth(tokens: &Tokens, from: usize) -> impl Iterator<Item = usize> {
    let mut depth = 0usize;
    (from..tokens.len())
        .map(|at| (at, &tokens[at].token))
        .map_while(move |(at, token)| match token {
            Token::LParen => {
                depth += 1;
                Some((at, depth == 1))
            }
            Token::RParen => {
                depth = depth.checked_sub(1)?;
                Some((at, depth == 0))
            }
            _ => Some((at, depth == 0)),
        })
        .filter_map(|(at, same)| same.then_some(at))
}

/// The parenthesis that closes the one at `open`.
pub(super) fn closing(tokens: &Tokens, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.token {
            Token::LParen => depth += 1,
            Token::RParen => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The parenthesis that opens what the one at `close` closes.
pub(super) fn opening(tokens: &Tokens, close: usize) -> Option<usize> {
    let mut depth = 0usize;
    for at in (0..=close).rev() {
        match tokens[at].token {
            Token::RParen => depth += 1,
            Token::LParen => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where the content of the parentheses right after `at` begins and ends.
pub(super) fn parentheses_after(tokens: &Tokens, at: usize) -> Option<(usize, usize)> {
    let open = at + 1;
    (tokens.get(open)?.token == Token::LParen)
        .then(|| closing(tokens, open))
        .flatten()
        .map(|end| (open + 1, end))
}

/// The parenthesis that opens what stands around `at`.
pub(super) fn enclosing(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for at in (0..at).rev() {
        match tokens[at].token {
            Token::RParen => depth += 1,
            Token::LParen if depth == 0 => return Some(at),
            Token::LParen => depth -= 1,
            _ => {}
        }
    }
    None
}

pub(super) fn find(tokens: &Tokens, from: usize, words: &[&str]) -> Option<usize> {
    same_depth(tokens, from).find(|at| is_any(tokens.get(*at), words))
}

/// The word that says what the statement does.
pub(super) fn verb(tokens: &Tokens) -> Option<usize> {
    find(tokens, 0, &["SELECT", "INSERT", "REPLACE", "UPDATE", "DELETE"])
}

/// Words between SELECT and its first item.
pub(in crate::parse) const MODIFIERS: [&str; 11] = [
    "ALL",
    "DISTINCT",
    "DISTINCTROW",
    "HIGH_PRIORITY",
    "STRAIGHT_JOIN",
    "SQL_SMALL_RESULT",
    "SQL_BIG_RESULT",
    "SQL_BUFFER_RESULT",
    "SQL_CACHE",
    "SQL_NO_CACHE",
    "SQL_CALC_FOUND_ROWS",
];

/// Whether a word stands between SELECT and its list, where the modifiers are.
pub(super) fn begins_list(tokens: &Tokens, at: usize) -> bool {
    let first = (0..at).rev().find(|at| !is_any(tokens.get(*at), &MODIFIERS));
    first.is_some_and(|first| is(&tokens[first], "SELECT"))
}
