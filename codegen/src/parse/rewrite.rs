//! Rewrites the tokens of syntax that sqlparser does not know into tokens with the same meaning that it does.
//! What is put in has the place of what it stands for, so places in the tree stay places in the file; the text for
//! the server is untouched. Fixed phrases are rows of [`PHRASES`]; what must look further is a row of [`RULES`].
//! A row runs only where its first word occurs.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, Word as TheirWord};

mod joins;
mod walk;

use super::dialect::UNITS;
use Part::{Blank, Mark, Name, Number, Word};
use joins::{cross_joins_without_condition, join_tables_in_parentheses, join_tables_of_update};
use walk::{Tokens, before, find, is, is_any, like, opening, parentheses_after, same_depth, verb};

/// A part of a phrase, or of what takes its place.
#[derive(Clone, Debug)]
enum Part {
    /// This word, without quotes.
    Word(&'static str),
    /// This mark.
    Mark(Token),
    /// Any word; in the replacement, the one that stood at this place of the phrase.
    Name(usize),
    /// Any number, to be left out.
    Number,
    /// The string `' '`, to be put in.
    Blank,
}

/// What to look for, and what to put in its place.
type Phrase = (&'static [Part], &'static [Part]);

/// Words that always stand together. A longer phrase comes before one that it begins with.
const PHRASES: &[Phrase] = &[
    (&[Word("LOCK"), Word("IN"), Word("SHARE"), Word("MODE")], &[Word("FOR"), Word("SHARE")]),
    (&[Word("UPDATE"), Word("WAIT"), Number], &[Word("UPDATE")]),
    (&[Word("SHARE"), Word("WAIT"), Number], &[Word("SHARE")]),
    (&[Word("DISTINCTROW")], &[Word("DISTINCT")]),
    (
        &[Word("NEXT"), Word("VALUE"), Word("FOR"), Name(3), Mark(Token::Period), Name(5)],
        &[Word("NEXTVAL"), Mark(Token::LParen), Name(3), Mark(Token::Period), Name(5), Mark(Token::RParen)],
    ),
    (
        &[Word("NEXT"), Word("VALUE"), Word("FOR"), Name(3)],
        &[Word("NEXTVAL"), Mark(Token::LParen), Name(3), Mark(Token::RParen)],
    ),
    (
        &[Word("PREVIOUS"), Word("VALUE"), Word("FOR"), Name(3), Mark(Token::Period), Name(5)],
        &[Word("LASTVAL"), Mark(Token::LParen), Name(3), Mark(Token::Period), Name(5), Mark(Token::RParen)],
    ),
    (
        &[Word("PREVIOUS"), Word("VALUE"), Word("FOR"), Name(3)],
        &[Word("LASTVAL"), Mark(Token::LParen), Name(3), Mark(Token::RParen)],
    ),
    (&[Word("FOR"), Word("SYSTEM_TIME"), Word("ALL")], &[]),
    (&[Word("LIMIT"), Word("ROWS"), Word("EXAMINED"), Number], &[]),
    (&[Word("ROWS"), Word("EXAMINED"), Number], &[]),
    // TRIM without a string to remove removes blanks.
    (&[Word("BOTH"), Word("FROM")], &[Word("BOTH"), Blank, Word("FROM")]),
    (&[Word("LEADING"), Word("FROM")], &[Word("LEADING"), Blank, Word("FROM")]),
    (&[Word("TRAILING"), Word("FROM")], &[Word("TRAILING"), Blank, Word("FROM")]),
    // NTH_VALUE counts from the first row; the servers accept nothing else.
    (&[Word("FROM"), Word("FIRST"), Word("OVER")], &[Word("OVER")]),
    (&[Word("UNSIGNED"), Word("INT")], &[Word("UNSIGNED")]),
    (&[Word("SIGNED"), Word("INT")], &[Word("SIGNED")]),
    (&[Word("SQL_TSI_SECOND")], &[Word("SECOND")]),
    (&[Word("SQL_TSI_MINUTE")], &[Word("MINUTE")]),
    (&[Word("SQL_TSI_HOUR")], &[Word("HOUR")]),
    (&[Word("SQL_TSI_DAY")], &[Word("DAY")]),
    (&[Word("SQL_TSI_WEEK")], &[Word("WEEK")]),
    (&[Word("SQL_TSI_MONTH")], &[Word("MONTH")]),
    (&[Word("SQL_TSI_QUARTER")], &[Word("QUARTER")]),
    (&[Word("SQL_TSI_YEAR")], &[Word("YEAR")]),
];

/// The word that a rule is about, and what to do at each place where it stands.
type Rule = (&'static str, fn(&mut Tokens, usize));

const RULES: &[Rule] = &[
    ("DELETE", drop_modifiers),
    ("UPDATE", drop_modifiers),
    ("DELETE", drop_stars_of_delete),
    ("DELETE", returning_before_order),
    ("UPDATE", join_tables_of_update),
    ("JOIN", join_tables_in_parentheses),
    ("FROM", join_tables_in_parentheses),
    ("PARTITION", drop_partitions),
    ("SET", assign_with_equals),
    ("UPDATE", assign_with_equals),
    ("TABLE", select_from_table),
    ("VALUE", value_as_values),
    ("CHAR", convert_char_using),
    ("CHARACTER", drop_charset_of_type),
    ("CHARSET", drop_charset_of_type),
    ("GROUP_CONCAT", separator_after_limit),
    ("JSON_VALUE", drop_handlers_of_json_value),
    ("INTERVAL", call_interval),
    ("UTC_DATE", add_parentheses),
    ("UTC_TIME", add_parentheses),
    ("UTC_TIMESTAMP", add_parentheses),
    ("CURRENT_USER", add_parentheses),
    ("OJ", drop_odbc_braces),
];

/// Applies all rows.
pub(super) fn rewrite(mut tokens: Tokens) -> Tokens {
    let occurs = |word: &str, tokens: &Tokens| tokens.iter().any(|token| is(token, word));
    for (when, becomes) in PHRASES {
        if matches!(when, [Word(first), ..] if occurs(first, &tokens)) {
            replace(&mut tokens, when, becomes);
        }
    }
    for (word, apply) in RULES {
        if occurs(word, &tokens) {
            let mut at = 0;
            while at < tokens.len() {
                if is(&tokens[at], word) {
                    apply(&mut tokens, at);
                }
                at += 1;
            }
        }
    }
    if occurs("JOIN", &tokens) {
        cross_joins_without_condition(&mut tokens);
    }
    tokens
}

fn replace(tokens: &mut Tokens, when: &[Part], becomes: &[Part]) {
    let mut at = 0;
    while at + when.len() <= tokens.len() {
        let found = &tokens[at..at + when.len()];
        let matches = when.iter().zip(found).all(|(part, token)| match part {
            Word(word) => is(token, word),
            Mark(mark) => token.token == *mark,
            Name(_) => matches!(token.token, Token::Word(_)),
            Number => matches!(token.token, Token::Number(..)),
            Blank => false,
        });
        if matches {
            let put: Tokens = becomes
                .iter()
                .filter_map(|part| match part {
                    Word(word) => Some(like(&found[0], Token::make_keyword(word))),
                    Mark(mark) => Some(like(&found[0], mark.clone())),
                    Blank => Some(like(&found[0], Token::SingleQuotedString(" ".to_owned()))),
                    Name(place) => found.get(*place).cloned(),
                    Number => None,
                })
                .collect();
            tokens.splice(at..at + when.len(), put);
        }
        at += 1;
    }
}

/// `UPDATE LOW_PRIORITY IGNORE t`, `DELETE QUICK FROM t`.
fn drop_modifiers(tokens: &mut Tokens, at: usize) {
    if verb(tokens) == Some(at) {
        while is_any(tokens.get(at + 1), &["LOW_PRIORITY", "QUICK", "IGNORE"]) {
            tokens.remove(at + 1);
        }
    }
}

/// `DELETE t.* FROM ...`, `DELETE FROM t.* USING ...`.
fn drop_stars_of_delete(tokens: &mut Tokens, at: usize) {
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
fn returning_before_order(tokens: &mut Tokens, at: usize) {
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
fn drop_partitions(tokens: &mut Tokens, at: usize) {
    if let Some((_, end)) = parentheses_after(tokens, at) {
        tokens.drain(at..=end);
    }
}

/// `SET a := 1` is `SET a = 1` where `a` is no variable.
fn assign_with_equals(tokens: &mut Tokens, at: usize) {
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

/// `TABLE t` is `SELECT * FROM t`.
fn select_from_table(tokens: &mut Tokens, at: usize) {
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

/// `INSERT INTO t (a) VALUE (1)`, and MariaDB's function `VALUE(a)`.
fn value_as_values(tokens: &mut Tokens, at: usize) {
    let inserts = verb(tokens).is_some_and(|verb| is_any(tokens.get(verb), &["INSERT", "REPLACE"]));
    let is_table = is_any(before(tokens, at), &["INTO", "INSERT", "REPLACE", "IGNORE"]);
    if inserts && !is_table && parentheses_after(tokens, at).is_some() {
        tokens[at].token = Token::make_keyword("VALUES");
    }
}

/// `CHAR(77 USING utf8mb4)` is `CONVERT(CHAR(77) USING utf8mb4)`.
fn convert_char_using(tokens: &mut Tokens, at: usize) {
    if let Some((start, end)) = parentheses_after(tokens, at)
        && let Some(using) = find(tokens, start, &["USING"]).filter(|using| *using < end)
    {
        tokens.insert(using, like(&tokens[using], Token::RParen));
        let put = [Token::make_keyword("CONVERT"), Token::LParen].map(|token| like(&tokens[at], token));
        tokens.splice(at..at, put);
    }
}

/// `CAST(a AS CHAR(10) CHARACTER SET utf8mb4)`: only `binary` changes the type.
fn drop_charset_of_type(tokens: &mut Tokens, at: usize) {
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

/// `GROUP_CONCAT(a SEPARATOR ', ' LIMIT 3)`: sqlparser wants LIMIT first.
fn separator_after_limit(tokens: &mut Tokens, at: usize) {
    if let Some((start, end)) = parentheses_after(tokens, at)
        && let Some(separator) = find(tokens, start, &["SEPARATOR"]).filter(|separator| *separator < end)
        && is_any(tokens.get(separator + 2), &["LIMIT"])
    {
        tokens[separator..end].rotate_left(2);
    }
}

/// `JSON_VALUE(a, '$.b' RETURNING INT NULL ON EMPTY)`: the type does not depend on what happens without a value.
fn drop_handlers_of_json_value(tokens: &mut Tokens, at: usize) {
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
fn call_interval(tokens: &mut Tokens, at: usize) {
    if let Some((start, end)) = parentheses_after(tokens, at)
        && !is_any(tokens.get(end + 1), &UNITS)
        && same_depth(tokens, start).any(|at| tokens[at].token == Token::Comma)
    {
        let value = "INTERVAL".to_owned();
        let word = TheirWord { value, quote_style: None, keyword: Keyword::NoKeyword };
        tokens[at].token = Token::Word(word);
    }
}

/// `UTC_DATE` is a call, though it looks like a column.
fn add_parentheses(tokens: &mut Tokens, at: usize) {
    let called = tokens.get(at + 1).is_some_and(|next| next.token == Token::LParen);
    let column = before(tokens, at).is_some_and(|before| before.token == Token::Period);
    if !called && !column {
        let put = [Token::LParen, Token::RParen].map(|token| like(&tokens[at], token));
        tokens.splice(at + 1..at + 1, put);
    }
}

/// `{OJ a LEFT JOIN b ON ...}`.
fn drop_odbc_braces(tokens: &mut Tokens, at: usize) {
    if before(tokens, at).is_some_and(|before| before.token == Token::LBrace)
        && let Some(close) = (at..tokens.len()).find(|at| tokens[*at].token == Token::RBrace)
    {
        tokens.remove(close);
        tokens.drain(at - 1..=at);
    }
}
