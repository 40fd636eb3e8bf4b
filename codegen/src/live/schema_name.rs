//! Takes the name of the default schema out of what a server prints, because the same schema has another name on
//! another machine: `` `shop`.`item`.`id` `` becomes `` `item`.`id` ``.

use crate::words::{Kind, Quoting, Token, tokens};

/// Definitions are printed under an empty `sql_mode`.
const PRINTED: Quoting = Quoting { backslash_escapes: true };

/// Words after which a name of two parts is a table and its schema. Parentheses may stand between.
const BEFORE_TABLE: &[&str] = &["FROM", "JOIN", "STRAIGHT_JOIN", "NEXTVAL", "LASTVAL", "SETVAL"];

/// The text without the name of the schema. `same` compares names of schemas as the server does.
pub(super) fn without(text: &str, schema: &str, same: impl Fn(&str, &str) -> bool) -> String {
    let tokens = tokens(text, PRINTED);
    let mut result = String::with_capacity(text.len());
    let mut from = 0;
    let mut index = 0;
    while index < tokens.len() {
        let parts = chain(text, &tokens[index..]);
        if parts == 0 {
            index += 1;
            continue;
        }
        let first = &tokens[index];
        let after = index + 2 * parts - 1;
        let qualified = match parts {
            1 => false,
            // `alias`.`column` looks the same where an alias has the schema's name.
            2 => before_table(text, &tokens[..index]) || is_call(text, &tokens[after..]),
            _ => true,
        };
        if qualified && first.name(text).is_some_and(|name| same(&name, schema)) {
            result.push_str(&text[from..first.range.start]);
            from = tokens[index + 1].range.end;
        }
        index = after;
    }
    result.push_str(&text[from..]);
    result
}

/// How many quoted names, joined by dots, the tokens begin with.
fn chain(text: &str, tokens: &[Token]) -> usize {
    let is_name = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::QuotedName);
    let is_dot = |at: usize| tokens.get(at).is_some_and(|token| token.is_symbol(text, "."));
    let mut parts = usize::from(is_name(0));
    while parts > 0 && is_dot(2 * parts - 1) && is_name(2 * parts) {
        parts += 1;
    }
    parts
}

fn before_table(text: &str, tokens: &[Token]) -> bool {
    tokens
        .iter()
        .rev()
        .find(|token| !token.is_symbol(text, "("))
        .filter(|token| token.kind == Kind::Word)
        .is_some_and(|token| BEFORE_TABLE.contains(&token.text(text).to_uppercase().as_str()))
}

fn is_call(text: &str, tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|token| token.is_symbol(text, "("))
}

#[cfg(test)]
mod tests {
    fn check(text: &str, expected: &str) {
        assert_eq!(super::without(text, "sh`op", |a, b| a == b), expected);
    }

    #[test]
    fn tables_columns_and_functions_lose_the_schema() {
        check(
            "select `sh``op`.`i`.`id` AS `id`,`sh``op`.`f`(`sh``op`.`i`.`id`) AS `f` from (`sh``op`.`i` join \
             `sh``op`.`k` `k2` on(`sh``op`.`i`.`id` = `k2`.`id`)) where nextval(`sh``op`.`s`) > 1",
            "select `i`.`id` AS `id`,`f`(`i`.`id`) AS `f` from (`i` join `k` `k2` on(`i`.`id` = `k2`.`id`)) where \
             nextval(`s`) > 1",
        );
    }

    #[test]
    fn an_alias_of_the_same_name_stays() {
        check(
            "select `sh``op`.`id` AS `sh``op` from `sh``op`.`sh``op` where (`sh``op`.`id` = 1)",
            "select `sh``op`.`id` AS `sh``op` from `sh``op` where (`sh``op`.`id` = 1)",
        );
    }

    #[test]
    fn strings_and_other_schemas_stay() {
        check(
            "select '`sh``op`.`i`.`x` from `sh``op`.`i`' AS `a` from `other`.`sh``op` join `sh``op`.`i`",
            "select '`sh``op`.`i`.`x` from `sh``op`.`i`' AS `a` from `other`.`sh``op` join `i`",
        );
    }
}
