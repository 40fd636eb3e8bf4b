//! Brings joins into the one shape that sqlparser reads as the servers do.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, Word};

use super::walk::{
    Tokens, before, begins_list, closing, find, is, is_any, like, parentheses_after, same_depth, verb,
};

/// `UPDATE a, b SET ...`.
pub(super) fn join_tables_of_update(tokens: &mut Tokens, at: usize) {
    if verb(tokens) == Some(at)
        && let Some(set) = find(tokens, at, &["SET"])
    {
        commas_to_joins(tokens, at, set);
    }
}

/// `{OJ a LEFT JOIN b ON ...}` is `(a LEFT JOIN b ON ...)`.
pub(super) fn parentheses_for_braces(tokens: &mut Tokens, at: usize) {
    if before(tokens, at).is_none_or(|before| before.token != Token::LBrace) {
        return;
    }
    let mut open = 0usize;
    let close = (at..tokens.len()).find(|at| match tokens[*at].token {
        Token::LBrace => {
            open += 1;
            false
        }
        Token::RBrace if open == 0 => true,
        Token::RBrace => {
            open -= 1;
            false
        }
        _ => false,
    });
    if let Some(close) = close {
        tokens[close].token = Token::RParen;
        tokens[at - 1].token = Token::LParen;
        tokens.remove(at);
    }
}

/// `a STRAIGHT_JOIN b` is `a JOIN b`, but for the order in which the tables are read.
pub(super) fn plain_join(tokens: &mut Tokens, at: usize) {
    if !begins_list(tokens, at) {
        tokens[at].token = Token::make_keyword("JOIN");
    }
}

/// `LEFT JOIN (a, b) ON ...`, `FROM (a, b) LEFT JOIN c ON ...`, and parentheses within them.
pub(super) fn join_tables_in_parentheses(tokens: &mut Tokens, at: usize) {
    if is(&tokens[at], "JOIN") {
        // Not the indexes of `USE INDEX FOR JOIN (a, b)`.
        if !is_any(before(tokens, at), &["FOR"]) {
            join_group(tokens, at + 1);
        }
        return;
    }
    // The tables after FROM. From the last one back, since what is put in moves those behind it.
    let ends = |at: &usize| is_any(tokens.get(*at), &ENDS_OF_FROM);
    let commas: Vec<usize> = same_depth(tokens, at + 1)
        .take_while(|at| !ends(at))
        .filter(|at| tokens[*at].token == Token::Comma)
        .collect();
    for before in commas.into_iter().rev().chain([at]) {
        join_group(tokens, before + 1);
    }
}

/// Where tables stand in the parentheses that open at `open`, the commas between them become joins.
fn join_group(tokens: &mut Tokens, open: usize) {
    if tokens.get(open).is_none_or(|token| token.token != Token::LParen) || is_query(tokens, open) {
        return;
    }
    let Some(end) = closing(tokens, open) else { return };
    // `(a) AS b` is no table for the servers: as a name, the word stops the parser at the next one.
    if is_any(tokens.get(end + 1), &["AS"]) {
        let value = "AS".to_owned();
        let name = Word { value, quote_style: None, keyword: Keyword::NoKeyword };
        tokens[end + 1].token = Token::Word(name);
    }
    let commas: Vec<usize> = same_depth(tokens, open + 1)
        .take_while(|at| *at < end)
        .filter(|at| tokens[*at].token == Token::Comma)
        .collect();
    for at in commas.into_iter().rev() {
        join_group(tokens, at + 1);
        comma_to_join(tokens, at);
    }
    join_group(tokens, open + 1);
}

/// Whether what stands in the parentheses that open at `open` is a query, and no table.
fn is_query(tokens: &Tokens, open: usize) -> bool {
    let first = open + 1;
    if is_any(tokens.get(first), &["SELECT", "WITH", "VALUES", "TABLE"]) {
        return true;
    }
    const AFTER_QUERY: [&str; 7] = ["UNION", "EXCEPT", "INTERSECT", "MINUS", "ORDER", "LIMIT", "OFFSET"];
    let Some(inner) = parentheses_after(tokens, open) else { return false };
    let after = tokens.get(inner.1 + 1);
    let whole = after.is_some_and(|after| after.token == Token::RParen) || is_any(after, &AFTER_QUERY);
    whole && is_query(tokens, first)
}

fn comma_to_join(tokens: &mut Tokens, at: usize) {
    let put = ["CROSS", "JOIN"].map(|word| like(&tokens[at], Token::make_keyword(word)));
    tokens.splice(at..=at, put);
}

fn commas_to_joins(tokens: &mut Tokens, from: usize, to: usize) {
    let commas: Vec<usize> = same_depth(tokens, from)
        .take_while(|at| *at < to)
        .filter(|at| tokens[*at].token == Token::Comma)
        .collect();
    for at in commas.into_iter().rev() {
        comma_to_join(tokens, at);
    }
}

/// In `a JOIN b RIGHT JOIN c ON ...` the first join has no condition: both servers read `(a JOIN b) RIGHT JOIN c`,
/// sqlparser `a JOIN (b RIGHT JOIN c)`, which makes other columns nullable. A join without a condition becomes
/// CROSS JOIN, which all read alike. Each ON or USING belongs to the nearest join before it that has none yet.
pub(super) fn cross_joins_without_condition(tokens: &mut Tokens) {
    // The joins that wait for their condition: outside of each open parenthesis, and since the last one.
    let mut waiting: Vec<Vec<usize>> = Vec::new();
    let mut here: Vec<usize> = Vec::new();
    let mut without = Vec::new();
    for at in 0..tokens.len() {
        let token = tokens.get(at);
        match &tokens[at].token {
            Token::LParen => waiting.push(std::mem::take(&mut here)),
            Token::RParen => {
                without.append(&mut here);
                here = waiting.pop().unwrap_or_default();
            }
            Token::Comma => without.append(&mut here),
            Token::Word(_) if is_any(token, &ENDS_OF_FROM) => without.append(&mut here),
            Token::Word(_) if is_any(token, &["JOIN"]) && takes_condition(tokens, at) => here.push(at),
            Token::Word(_)
                if is_any(token, &["ON", "USING"])
                    && !is_any(tokens.get(at + 1), &["DUPLICATE", "EMPTY", "ERROR"]) =>
            {
                here.pop();
            }
            _ => {}
        }
    }
    without.extend(waiting.into_iter().flatten().chain(here));
    without.sort_unstable();
    for at in without.into_iter().rev() {
        match before(tokens, at) {
            Some(word) if is(word, "INNER") => tokens[at - 1].token = Token::make_keyword("CROSS"),
            Some(word) if is_any(Some(word), &["CROSS", "LEFT", "RIGHT", "OUTER"]) => {}
            _ => tokens.insert(at, like(&tokens[at], Token::make_keyword("CROSS"))),
        }
    }
}

/// Whether the word JOIN at `at` is of a join that may have ON: not of `NATURAL LEFT JOIN` or `USE INDEX FOR JOIN`.
fn takes_condition(tokens: &Tokens, at: usize) -> bool {
    let kind = ["LEFT", "RIGHT", "INNER", "OUTER"];
    let first = (0..at).rev().find(|at| !is_any(tokens.get(*at), &kind));
    !first.is_some_and(|at| is_any(tokens.get(at), &["NATURAL", "FOR"]))
}

/// Words after which no ON belongs to a join before them.
const ENDS_OF_FROM: [&str; 12] = [
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "SET",
    "WINDOW",
];
