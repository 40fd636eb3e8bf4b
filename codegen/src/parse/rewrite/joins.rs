//! Brings joins into the one shape that sqlparser reads as the servers do.

use sqlparser::tokenizer::Token;

use super::walk::{Tokens, before, find, is, is_any, like, parentheses_after, same_depth, verb};

/// `UPDATE a, b SET ...`.
pub(super) fn join_tables_of_update(tokens: &mut Tokens, at: usize) {
    if verb(tokens) == Some(at)
        && let Some(set) = find(tokens, at, &["SET"])
    {
        commas_to_joins(tokens, at, set);
    }
}

/// `LEFT JOIN (a, b) ON ...`.
pub(super) fn join_tables_in_parentheses(tokens: &mut Tokens, at: usize) {
    if let Some((start, end)) = parentheses_after(tokens, at)
        && !is_any(tokens.get(start), &["SELECT", "WITH", "VALUES", "TABLE"])
        && tokens[start].token != Token::LParen
    {
        commas_to_joins(tokens, start, end);
    }
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
