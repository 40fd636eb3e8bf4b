//! Rules about INSERT, REPLACE, UPDATE and DELETE.

use sqlparser::tokenizer::Token;

use super::walk::{Tokens, before, find, is_any, parentheses_after, verb};

/// `UPDATE LOW_PRIORITY IGNORE t`, `DELETE QUICK FROM t`.
pub(super) fn drop_modifiers(tokens: &mut Tokens, at: usize) {
    if verb(tokens) == Some(at) {
        while is_any(tokens.get(at + 1), &["LOW_PRIORITY", "QUICK", "IGNORE"]) {
            tokens.remove(at + 1);
        }
    }
}

/// `DELETE t.* FROM ...`, `DELETE FROM t.* USING ...`.
pub(super) fn drop_stars_of_delete(tokens: &mut Tokens, at: usize) {
    if verb(tokens) != Some(at) {
        return;
    }
    let end = if is_any(tokens.get(at + 1), &["FROM"]) { "USING" } else { "FROM" };
    let Some(end) = find(tokens, at + 2, &[end]) else { return };
    for at in (at..end.saturating_sub(1)).rev() {
        if tokens[at].token == Token::Period && tokens[at + 1].token == Token::Mul {
            tokens.drain(at..=at + 1);
        }
    }
}

/// `DELETE FROM t ORDER BY a LIMIT 1 RETURNING b`: sqlparser wants RETURNING first.
pub(super) fn returning_before_order(tokens: &mut Tokens, at: usize) {
    if verb(tokens) != Some(at) {
        return;
    }
    let returning = find(tokens, at, &["RETURNING"]);
    let order = find(tokens, at, &["ORDER", "LIMIT"]);
    if let (Some(returning), Some(order)) = (returning, order)
        && order < returning
    {
        tokens[order..].rotate_left(returning - order);
    }
}

/// `t PARTITION (p0, p1)`: the types of what comes from a partition are those of the table.
pub(super) fn drop_partitions(tokens: &mut Tokens, at: usize) {
    if let Some((_, end)) = parentheses_after(tokens, at) {
        tokens.drain(at..=end);
    }
}

/// `SET a := 1` is `SET a = 1` where `a` is no variable.
pub(super) fn assign_with_equals(tokens: &mut Tokens, at: usize) {
    for at in at + 1..tokens.len() {
        let column = matches!(&tokens[at - 1].token, Token::Word(word)
            if word.quote_style.is_some() || !word.value.starts_with('@'));
        // From the next of these words on the rule runs by itself.
        if is_any(tokens.get(at), &["SET", "UPDATE"]) {
            return;
        }
        if tokens[at].token == Token::Assignment && column {
            tokens[at].token = Token::Eq;
        }
    }
}

/// `INSERT INTO t (a) VALUE (1)`, and MariaDB's function `VALUE(a)`.
pub(super) fn value_as_values(tokens: &mut Tokens, at: usize) {
    let inserts = verb(tokens).is_some_and(|verb| is_any(tokens.get(verb), &["INSERT", "REPLACE"]));
    let is_table = is_any(before(tokens, at), &["INTO", "INSERT", "REPLACE", "IGNORE"]);
    if inserts && !is_table && parentheses_after(tokens, at).is_some() {
        tokens[at].token = Token::make_keyword("VALUES");
    }
}
