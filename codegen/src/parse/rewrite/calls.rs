//! Rules about calls of functions, and about the types that CAST takes.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, Word};

use super::super::dialect::UNITS;
use super::walk::{Tokens, before, enclosing, find, is_any, like, opening, parentheses_after, same_depth};

/// `CHAR(77 USING utf8mb4)` is `CONVERT(CHAR(77) USING utf8mb4)`.
pub(super) fn convert_char_using(tokens: &mut Tokens, at: usize) {
    if let Some((start, end)) = parentheses_after(tokens, at)
        && let Some(using) = find(tokens, start, &["USING"]).filter(|using| *using < end)
    {
        tokens.insert(using, like(&tokens[using], Token::RParen));
        let put = [Token::make_keyword("CONVERT"), Token::LParen].map(|token| like(&tokens[at], token));
        tokens.splice(at..at, put);
    }
}

/// `CAST(a AS CHAR(10) CHARACTER SET utf8mb4)`: only `binary` changes the type.
pub(super) fn drop_charset_of_type(tokens: &mut Tokens, at: usize) {
    let length = if is_any(tokens.get(at + 1), &["SET"]) { 3 } else { 2 };
    let Some(Token::Word(charset)) = tokens.get(at + length - 1).map(|token| token.token.clone()) else {
        return;
    };
    let Some(last) = at.checked_sub(1) else { return };
    let of_type = match tokens[last].token {
        Token::RParen => opening(tokens, last).and_then(|open| open.checked_sub(1)),
        _ => Some(last),
    };
    let Some(of_type) = of_type else { return };
    if is_any(tokens.get(of_type), &["CHAR", "NCHAR", "VARCHAR"]) {
        if charset.value.eq_ignore_ascii_case("binary") {
            tokens[of_type].token = Token::make_keyword("BINARY");
        }
        tokens.drain(at..at + length);
    }
}

/// `CAST(a AS CHAR(3) ASCII)`, and UNICODE, BINARY, BYTE: the last one is the type BINARY.
pub(super) fn drop_short_charset(tokens: &mut Tokens, at: usize) {
    let ends = tokens.get(at + 1).is_some_and(|next| next.token == Token::RParen);
    let Some(last) = at.checked_sub(1).filter(|_| ends) else { return };
    let of_type = match tokens[last].token {
        Token::RParen => opening(tokens, last).and_then(|open| open.checked_sub(1)),
        _ => Some(last),
    };
    let Some(of_type) = of_type.filter(|at| is_any(tokens.get(*at), &["CHAR"])) else { return };
    let called = enclosing(tokens, of_type).and_then(|open| open.checked_sub(1));
    if called.is_some_and(|call| is_any(tokens.get(call), &["CAST", "CONVERT"])) {
        if is_any(tokens.get(at), &["BYTE"]) {
            tokens[of_type].token = Token::make_keyword("BINARY");
        }
        tokens.remove(at);
    }
}

/// `GROUP_CONCAT(a SEPARATOR ', ' LIMIT 3)`: sqlparser wants LIMIT first, and one expression after it. Two become a
/// row.
pub(super) fn separator_after_limit(tokens: &mut Tokens, at: usize) {
    let Some((start, end)) = parentheses_after(tokens, at) else { return };
    let Some(limit) = find(tokens, start, &["LIMIT"]).filter(|limit| *limit < end) else { return };
    let mut end = end;
    let second = same_depth(tokens, limit)
        .take_while(|at| *at < end)
        .find(|at| tokens[*at].token == Token::Comma || is_any(tokens.get(*at), &["OFFSET"]));
    if let Some(second) = second {
        tokens[second].token = Token::Comma;
        tokens.insert(end, like(&tokens[limit], Token::RParen));
        tokens.insert(limit + 1, like(&tokens[limit], Token::LParen));
        end += 2;
    }
    if let Some(separator) = find(tokens, start, &["SEPARATOR"]).filter(|separator| *separator < limit) {
        tokens[separator..end].rotate_left(limit - separator);
    }
}

/// `WEIGHT_STRING(a AS CHAR(3))`, `WEIGHT_STRING(a LEVEL 1)`: what comes out are bytes whatever is asked for.
pub(super) fn drop_weight_of_string(tokens: &mut Tokens, at: usize) {
    if let Some((start, end)) = parentheses_after(tokens, at)
        && let Some(options) = find(tokens, start, &["AS", "LEVEL"]).filter(|options| *options < end)
    {
        tokens.drain(options..end);
    }
}

/// `SUBSTR(a FROM 2)` and `MID(a FROM 2)` are SUBSTRING.
pub(super) fn substring_from(tokens: &mut Tokens, at: usize) {
    if let Some((start, end)) = parentheses_after(tokens, at)
        && find(tokens, start, &["FROM"]).is_some_and(|from| from < end)
    {
        tokens[at].token = Token::make_keyword("SUBSTRING");
    }
}

/// `JSON_VALUE(a, '$.b' RETURNING INT NULL ON EMPTY)`: the type does not depend on what happens without a value.
pub(super) fn drop_handlers_of_json_value(tokens: &mut Tokens, at: usize) {
    let Some((start, end)) = parentheses_after(tokens, at) else { return };
    let handlers: Vec<usize> = same_depth(tokens, start)
        .take_while(|at| *at < end)
        .filter(|at| is_any(tokens.get(*at), &["ON"]) && is_any(tokens.get(at + 1), &["EMPTY", "ERROR"]))
        .collect();
    for on in handlers.into_iter().rev() {
        let simple = is_any(before(tokens, on), &["NULL", "ERROR"]);
        let default = on >= 2
            && is_any(tokens.get(on - 2), &["DEFAULT"])
            && !matches!(tokens[on - 1].token, Token::Placeholder(_));
        if simple || default {
            tokens.drain(on - if simple { 1 } else { 2 }..=on + 1);
        }
    }
}

/// `INTERVAL(a, b, c)` is a function, and no amount of time.
pub(super) fn call_interval(tokens: &mut Tokens, at: usize) {
    if let Some((start, end)) = parentheses_after(tokens, at)
        && !is_any(tokens.get(end + 1), &UNITS)
        && same_depth(tokens, start).any(|at| tokens[at].token == Token::Comma)
    {
        let value = "INTERVAL".to_owned();
        let word = Word { value, quote_style: None, keyword: Keyword::NoKeyword };
        tokens[at].token = Token::Word(word);
    }
}

/// `UTC_DATE` is a call, though it looks like a column.
pub(super) fn add_parentheses(tokens: &mut Tokens, at: usize) {
    let called = tokens.get(at + 1).is_some_and(|next| next.token == Token::LParen);
    let column = before(tokens, at).is_some_and(|before| before.token == Token::Period);
    if !called && !column {
        let put = [Token::LParen, Token::RParen].map(|token| like(&tokens[at], token));
        tokens.splice(at + 1..at + 1, put);
    }
}
