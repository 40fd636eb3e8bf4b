//! Rewrites the tokens of syntax that sqlparser does not know into tokens with the same meaning that it does.
//! What is put in has the place of what it stands for, so places in the tree stay places in the file; the text for
//! the server is untouched. Fixed phrases are rows of [`PHRASES`]; what must look further is a row of [`RULES`].
//! A row runs only where its first word occurs.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, Word as TheirWord};

mod calls;
mod joins;
mod queries;
mod walk;
mod writes;

pub(super) use walk::MODIFIERS;

use crate::catalog::Family;
use Part::{Blank, Mark, Name, Number, Plain, Word};
use walk::{Tokens, is, like};

/// A part of a phrase, or of what takes its place.
#[derive(Clone, Debug)]
enum Part {
    /// This word, without quotes.
    Word(&'static str),
    /// This mark.
    Mark(Token),
    /// Any word; in the replacement, the one that stood at this place of the phrase.
    Name(usize),
    /// In the replacement, the word that stood at this place, which is no keyword there.
    Plain(usize),
    /// Any number, to be left out.
    Number,
    /// The string `' '`, to be put in.
    Blank,
}

/// What to look for, what to put in its place, and the only family that reads it so; `None` for both.
type Phrase = (&'static [Part], &'static [Part], Option<Family>);

const BOTH: Option<Family> = None;
const MYSQL: Option<Family> = Some(Family::MySql);
const MARIADB: Option<Family> = Some(Family::MariaDb);

/// Words that always stand together. A longer phrase comes before one that it begins with.
const PHRASES: &[Phrase] = &[
    (&[Word("FOR"), Word("SHARE")], &[Word("FOR"), Plain(1)], MARIADB),
    (&[Word("LOCK"), Word("IN"), Word("SHARE"), Word("MODE")], &[Word("FOR"), Word("SHARE")], BOTH),
    (&[Word("UPDATE"), Word("WAIT"), Number], &[Word("UPDATE")], MARIADB),
    (&[Word("SHARE"), Word("WAIT"), Number], &[Word("SHARE")], MARIADB),
    (&[Word("DISTINCTROW")], &[Word("DISTINCT")], BOTH),
    (
        &[Word("NEXT"), Word("VALUE"), Word("FOR"), Name(3), Mark(Token::Period), Name(5)],
        &[Word("NEXTVAL"), Mark(Token::LParen), Name(3), Mark(Token::Period), Name(5), Mark(Token::RParen)],
        MARIADB,
    ),
    (
        &[Word("NEXT"), Word("VALUE"), Word("FOR"), Name(3)],
        &[Word("NEXTVAL"), Mark(Token::LParen), Name(3), Mark(Token::RParen)],
        MARIADB,
    ),
    (
        &[Word("PREVIOUS"), Word("VALUE"), Word("FOR"), Name(3), Mark(Token::Period), Name(5)],
        &[Word("LASTVAL"), Mark(Token::LParen), Name(3), Mark(Token::Period), Name(5), Mark(Token::RParen)],
        MARIADB,
    ),
    (
        &[Word("PREVIOUS"), Word("VALUE"), Word("FOR"), Name(3)],
        &[Word("LASTVAL"), Mark(Token::LParen), Name(3), Mark(Token::RParen)],
        MARIADB,
    ),
    (&[Word("FOR"), Word("SYSTEM_TIME"), Word("ALL")], &[], MARIADB),
    // The frame without this clause, and the only one with it that the server takes.
    (&[Word("EXCLUDE"), Word("NO"), Word("OTHERS")], &[], MARIADB),
    // TRIM without a string to remove removes blanks.
    (&[Word("BOTH"), Word("FROM")], &[Word("BOTH"), Blank, Word("FROM")], BOTH),
    (&[Word("LEADING"), Word("FROM")], &[Word("LEADING"), Blank, Word("FROM")], BOTH),
    (&[Word("TRAILING"), Word("FROM")], &[Word("TRAILING"), Blank, Word("FROM")], BOTH),
    // NTH_VALUE counts from the first row; the server accepts nothing else.
    (&[Word("FROM"), Word("FIRST"), Word("OVER")], &[Word("OVER")], MYSQL),
    (&[Word("FROM"), Word("FIRST"), Word("RESPECT")], &[Word("RESPECT")], MYSQL),
    (&[Word("TIME"), Word("ZONE"), Word("INTERVAL")], &[Word("TIME"), Word("ZONE")], MYSQL),
    (&[Word("UNSIGNED"), Word("INT")], &[Word("UNSIGNED")], BOTH),
    (&[Word("SIGNED"), Word("INT")], &[Word("SIGNED")], BOTH),
    (&[Word("SQL_TSI_SECOND")], &[Word("SECOND")], BOTH),
    (&[Word("SQL_TSI_MINUTE")], &[Word("MINUTE")], BOTH),
    (&[Word("SQL_TSI_HOUR")], &[Word("HOUR")], BOTH),
    (&[Word("SQL_TSI_DAY")], &[Word("DAY")], BOTH),
    (&[Word("SQL_TSI_WEEK")], &[Word("WEEK")], BOTH),
    (&[Word("SQL_TSI_MONTH")], &[Word("MONTH")], BOTH),
    (&[Word("SQL_TSI_QUARTER")], &[Word("QUARTER")], BOTH),
    (&[Word("SQL_TSI_YEAR")], &[Word("YEAR")], BOTH),
];

/// The word that a rule is about, what to do at each place where it stands, and the only family that reads it so.
type Rule = (&'static str, fn(&mut Tokens, usize), Option<Family>);

/// In the order in which they run: a later one sees what an earlier one has put in.
const RULES: &[Rule] = &[
    ("DELETE", writes::drop_modifiers, BOTH),
    ("UPDATE", writes::drop_modifiers, BOTH),
    ("DELETE", writes::drop_stars_of_delete, BOTH),
    ("DELETE", writes::returning_before_order, MARIADB),
    ("OJ", joins::parentheses_for_braces, BOTH),
    ("UPDATE", joins::join_tables_of_update, BOTH),
    ("STRAIGHT_JOIN", joins::plain_join, BOTH),
    ("JOIN", joins::join_tables_in_parentheses, BOTH),
    ("FROM", joins::join_tables_in_parentheses, BOTH),
    ("PARTITION", writes::drop_partitions, BOTH),
    ("SET", writes::assign_with_equals, BOTH),
    ("UPDATE", writes::assign_with_equals, BOTH),
    ("TABLE", queries::select_from_table, MYSQL),
    ("DO", queries::select_for_do, BOTH),
    ("INTO", queries::into_after_list, BOTH),
    ("ROW", queries::plain_row, BOTH),
    ("GROUP", queries::drop_directions_of_group, MARIADB),
    ("ROLLUP", queries::with_rollup, MYSQL),
    ("OF", queries::first_of_locked, MYSQL),
    ("SQL_CACHE", queries::drop_cache, MARIADB),
    ("CYCLE", queries::drop_cycle, MARIADB),
    ("EXAMINED", queries::offset_for_examined, MARIADB),
    ("SYSTEM_TIME", queries::one_time_of_history, MARIADB),
    ("VALUE", writes::value_as_values, BOTH),
    ("CHAR", calls::convert_char_using, BOTH),
    ("CHARACTER", calls::drop_charset_of_type, BOTH),
    ("CHARSET", calls::drop_charset_of_type, BOTH),
    ("ASCII", calls::drop_short_charset, BOTH),
    ("UNICODE", calls::drop_short_charset, BOTH),
    ("BINARY", calls::drop_short_charset, BOTH),
    ("BYTE", calls::drop_short_charset, BOTH),
    ("GROUP_CONCAT", calls::separator_after_limit, BOTH),
    ("JSON_ARRAYAGG", calls::separator_after_limit, MARIADB),
    ("JSON_VALUE", calls::drop_handlers_of_json_value, MYSQL),
    ("WEIGHT_STRING", calls::drop_weight_of_string, BOTH),
    ("SUBSTR", calls::substring_from, BOTH),
    ("MID", calls::substring_from, BOTH),
    ("INTERVAL", calls::call_interval, BOTH),
    ("UTC_DATE", calls::add_parentheses, BOTH),
    ("UTC_TIME", calls::add_parentheses, BOTH),
    ("UTC_TIMESTAMP", calls::add_parentheses, BOTH),
    ("CURRENT_USER", calls::add_parentheses, BOTH),
];

/// Applies all rows.
pub(super) fn rewrite(mut tokens: Tokens, family: Family) -> Tokens {
    let occurs = |word: &str, tokens: &Tokens| tokens.iter().any(|token| is(token, word));
    let holds = |only: &Option<Family>| only.is_none_or(|only| only == family);
    for (when, becomes, _) in PHRASES.iter().filter(|(_, _, only)| holds(only)) {
        if matches!(when, [Word(first), ..] if occurs(first, &tokens)) {
            replace(&mut tokens, when, becomes);
        }
    }
    for (word, apply, _) in RULES.iter().filter(|(_, _, only)| holds(only)) {
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
        joins::cross_joins_without_condition(&mut tokens);
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
            Plain(_) | Blank => false,
        });
        if matches {
            let put: Tokens = becomes
                .iter()
                .filter_map(|part| match part {
                    Word(word) => Some(like(&found[0], Token::make_keyword(word))),
                    Mark(mark) => Some(like(&found[0], mark.clone())),
                    Blank => Some(like(&found[0], Token::SingleQuotedString(" ".to_owned()))),
                    Name(place) => found.get(*place).cloned(),
                    Plain(place) => {
                        let token = found.get(*place)?;
                        let value = token.token.to_string();
                        let word = TheirWord { value, quote_style: None, keyword: Keyword::NoKeyword };
                        Some(like(token, Token::Word(word)))
                    }
                    Number => None,
                })
                .collect();
            tokens.splice(at..at + when.len(), put);
        }
        at += 1;
    }
}
