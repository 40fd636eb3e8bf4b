//! Rules about the clauses of queries.

use sqlparser::tokenizer::Token;

use super::walk::{
    Tokens, before, begins_list, find, is, is_any, like, opening, parentheses_after, same_depth, verb,
};

/// `TABLE t` is `SELECT * FROM t`.
pub(super) fn select_from_table(tokens: &mut Tokens, at: usize) {
    let begins_query = match before(tokens, at) {
        None => true,
        Some(before) if before.token == Token::LParen => true,
        Some(before) if is_any(Some(before), &["UNION", "EXCEPT", "INTERSECT", "ALL", "DISTINCT"]) => true,
        Some(before) => {
            let verb = verb(tokens).filter(|verb| is_any(tokens.get(*verb), &["INSERT", "REPLACE"]));
            let after_target = before.token == Token::RParen || !is_any(Some(before), &["INTO", "IGNORE"]);
            verb.is_some_and(|verb| verb + 1 < at) && after_target
        }
    };
    if begins_query && matches!(tokens.get(at + 1).map(|next| &next.token), Some(Token::Word(_))) {
        let put = ["SELECT", "*", "FROM"].map(|word| match word {
            "*" => like(&tokens[at], Token::Mul),
            word => like(&tokens[at], Token::make_keyword(word)),
        });
        tokens.splice(at..=at, put);
    }
}

/// `DO a, b` is `SELECT a, b` whose row is thrown away.
pub(super) fn select_for_do(tokens: &mut Tokens, at: usize) {
    if at == 0 {
        tokens[at].token = Token::make_keyword("SELECT");
        let put = ["INTO", "DO"].map(|word| like(&tokens[at], Token::make_word(word, None)));
        tokens.extend(put);
    }
}

/// The words that may follow a select list.
const AFTER_LIST: [&str; 14] = [
    "FROM",
    "WHERE",
    "GROUP",
    "HAVING",
    "WINDOW",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "FOR",
    "LOCK",
];

/// `SELECT a FROM t ... INTO @a` is `SELECT a INTO @a FROM t ...`. Of a file the word OUTFILE or DUMPFILE stays.
pub(super) fn into_after_list(tokens: &mut Tokens, at: usize) {
    let Some(select) = verb(tokens).filter(|verb| *verb < at && is_any(tokens.get(*verb), &["SELECT"]))
    else {
        return;
    };
    if find(tokens, select, &["INTO"]) != Some(at) {
        return;
    }
    let mut end = at + 2;
    if is_any(tokens.get(at + 1), &["OUTFILE", "DUMPFILE"]) {
        end = find(tokens, end, &AFTER_LIST).unwrap_or(tokens.len());
        tokens.drain(at + 2..end);
        end = at + 2;
    } else {
        while tokens.get(end).is_some_and(|token| token.token == Token::Comma) {
            end += 2;
        }
    }
    let last = match tokens.get(end) {
        None => end == tokens.len(),
        Some(next) => is_any(Some(next), &["FOR", "LOCK"]),
    };
    let to = find(tokens, select, &AFTER_LIST).filter(|to| *to < at).unwrap_or(at);
    // It stands after the list, or at the end.
    if to < at && last {
        tokens[to..end].rotate_right(end - at);
    }
}

/// `ROW(a, b)` is `(a, b)`, but in VALUES, where sqlparser knows it.
pub(super) fn plain_row(tokens: &mut Tokens, at: usize) {
    // A row of one value is none, for the servers either.
    let several = parentheses_after(tokens, at)
        .is_some_and(|(start, _)| same_depth(tokens, start).any(|at| tokens[at].token == Token::Comma));
    if !several {
        return;
    }
    let of_values = match before(tokens, at) {
        Some(before) if is(before, "VALUES") => true,
        // Rows of VALUES keep their word, so the one before shows what this one is.
        Some(before) if before.token == Token::Comma => at
            .checked_sub(2)
            .filter(|last| tokens[*last].token == Token::RParen)
            .and_then(|last| opening(tokens, last))
            .is_some_and(|open| is_any(super::walk::before(tokens, open), &["ROW"])),
        Some(_) | None => false,
    };
    if !of_values {
        tokens.remove(at);
    }
}

/// `GROUP BY a DESC`: which row stands for a group does not depend on it.
pub(super) fn drop_directions_of_group(tokens: &mut Tokens, at: usize) {
    if !is_any(tokens.get(at + 1), &["BY"]) {
        return;
    }
    const ENDS: [&str; 10] =
        ["WITH", "HAVING", "WINDOW", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "FOR", "INTO"];
    let directions: Vec<usize> = same_depth(tokens, at + 2)
        .take_while(|at| !is_any(tokens.get(*at), &ENDS))
        .filter(|at| is_any(tokens.get(*at), &["ASC", "DESC"]))
        .collect();
    for at in directions.into_iter().rev() {
        tokens.remove(at);
    }
}

/// `GROUP BY ROLLUP (a, b)` is `GROUP BY a, b WITH ROLLUP`.
pub(super) fn with_rollup(tokens: &mut Tokens, at: usize) {
    if is_any(before(tokens, at), &["BY"])
        && let Some((start, end)) = parentheses_after(tokens, at)
        && tokens.get(end + 1).is_none_or(|after| after.token != Token::Comma)
    {
        let put = ["WITH", "ROLLUP"].map(|word| like(&tokens[at], Token::make_keyword(word)));
        tokens.splice(end..=end, put);
        tokens.drain(at..start);
    }
}

/// `FOR UPDATE OF a, b`: sqlparser takes one name.
pub(super) fn first_of_locked(tokens: &mut Tokens, at: usize) {
    if !is_any(before(tokens, at), &["UPDATE", "SHARE"]) {
        return;
    }
    let end = same_depth(tokens, at + 1)
        .find(|at| {
            !matches!(&tokens[*at].token, Token::Comma | Token::Period | Token::Word(_))
                || is_any(tokens.get(*at), &["NOWAIT", "SKIP", "FOR", "INTO"])
        })
        .unwrap_or(tokens.len());
    if let Some(comma) = (at + 1..end).find(|at| tokens[*at].token == Token::Comma) {
        tokens.drain(comma..end);
    }
}

/// `SELECT SQL_CACHE a`.
pub(super) fn drop_cache(tokens: &mut Tokens, at: usize) {
    let alone = match tokens.get(at + 1) {
        None => true,
        Some(next) => {
            matches!(next.token, Token::Comma | Token::Period | Token::RParen)
                || is_any(Some(next), &AFTER_LIST)
        }
    };
    if begins_list(tokens, at) && !alone {
        tokens.remove(at);
    }
}

/// `WITH RECURSIVE t AS (...) CYCLE a, b RESTRICT`: it leaves rows out, and changes none.
pub(super) fn drop_cycle(tokens: &mut Tokens, at: usize) {
    if before(tokens, at).is_some_and(|before| before.token == Token::RParen)
        && let Some(end) = find(tokens, at, &["RESTRICT"])
    {
        tokens.drain(at..=end);
    }
}

/// `LIMIT 5 ROWS EXAMINED 100` is `LIMIT 5 OFFSET 100`: a number of rows, for which rows of the result are left out.
/// Beside a real offset the number is left out itself; a parameter stays, and the parser stops at it.
pub(super) fn offset_for_examined(tokens: &mut Tokens, at: usize) {
    let Some(rows) = at.checked_sub(1).filter(|rows| is_any(tokens.get(*rows), &["ROWS"])) else { return };
    let Some(limit) = (0..rows).rev().find(|at| is_any(tokens.get(*at), &["LIMIT"])) else { return };
    let offset =
        (limit..rows).any(|at| tokens[at].token == Token::Comma || is_any(tokens.get(at), &["OFFSET"]));
    if !offset {
        let put = |word| like(&tokens[at], Token::make_keyword(word));
        let (offset, rows_word) = (put("OFFSET"), put("ROWS"));
        if limit + 1 == rows {
            tokens.insert((at + 2).min(tokens.len()), rows_word);
            tokens.splice(limit..=at, [offset]);
        } else {
            tokens.splice(rows..=at, [offset]);
        }
    } else if matches!(tokens.get(at + 1).map(|next| &next.token), Some(Token::Number(..))) {
        tokens.drain(rows..=at + 1);
    }
}

/// `FOR SYSTEM_TIME BETWEEN a AND b`, `FOR SYSTEM_TIME FROM a TO b` are `FOR SYSTEM_TIME AS OF a = b`: sqlparser takes
/// one expression, and a comparison is none that the server takes there. The word TIMESTAMP before a time is dropped.
pub(super) fn one_time_of_history(tokens: &mut Tokens, at: usize) {
    let Some(first) = tokens.get(at + 1).filter(|_| is_any(before(tokens, at), &["FOR"])) else { return };
    let between = match is(first, "BETWEEN") {
        true => find(tokens, at + 2, &["AND"]),
        false if is(first, "FROM") => find(tokens, at + 2, &["TO"]),
        false => None,
    };
    if let Some(between) = between {
        tokens[between].token = Token::Eq;
        drop_timestamp(tokens, between + 1);
        let put = ["AS", "OF"].map(|word| like(&tokens[at + 1], Token::make_keyword(word)));
        tokens.splice(at + 1..at + 2, put);
    }
    if is_any(tokens.get(at + 1), &["AS"]) {
        drop_timestamp(tokens, at + 3);
    }
}

fn drop_timestamp(tokens: &mut Tokens, at: usize) {
    if is_any(tokens.get(at), &["TIMESTAMP"]) && parentheses_after(tokens, at).is_none() {
        tokens.remove(at);
    }
}
