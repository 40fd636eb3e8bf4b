//! Rust identifiers out of whatever a database calls its things. An [`Ident`] can only be made here, and so every
//! one of them is legal Rust. Knows nothing of tables, columns or queries.
//!
//! The rule, for all names alike:
//! 1. Characters that Rust does not take in an identifier, or only with a warning, separate words.
//! 2. A name with nothing left is spelled out: `>=` is `greater_equal`, `★` is `u2605`, the empty name `empty`.
//! 3. Words are joined in snake, Pascal or upper case.
//! 4. A leading digit gets an `n` before it: `2fa` is `n2fa`.
//! 5. A keyword becomes raw (`r#type`), and where Rust allows no raw form ends in `_` (`self_`).

use std::collections::BTreeSet;
use std::fmt;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A legal Rust identifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident {
    text: String,
    raw: bool,
}

impl Ident {
    /// The identifier of a field, argument, function or module.
    pub fn snake(name: &str) -> Self {
        Self::finish(words(name).to_snake_case(), 'n')
    }

    /// The identifier of a type or an enum's variant.
    pub fn pascal(name: &str) -> Self {
        Self::finish(words(name).to_pascal_case(), 'N')
    }

    /// The identifier of a constant.
    pub fn constant(name: &str) -> Self {
        Self::finish(words(name).to_shouty_snake_case(), 'N')
    }

    /// The identifier that is written exactly so, where it is one and no keyword.
    pub fn exact(name: &str) -> Option<Self> {
        let legal = syn::parse_str::<syn::Ident>(name).is_ok() && name != "_" && !name.starts_with("r#");
        legal.then(|| Self { text: name.to_owned(), raw: false })
    }

    /// This identifier with something appended. `suffix` holds only letters, digits and `_`.
    #[must_use]
    pub fn with_suffix(&self, suffix: impl fmt::Display) -> Self {
        // With more behind it a keyword needs no underscore.
        let keyword = self.text.strip_suffix('_').filter(|word| NEVER_RAW.contains(word));
        Self::finish(format!("{}{suffix}", keyword.unwrap_or(&self.text)), 'n')
    }

    /// The identifier without the `r#` of a raw one: for file names, messages and query names.
    pub fn plain(&self) -> &str {
        &self.text
    }

    /// Whether it has to be written with `r#`.
    pub fn is_raw(&self) -> bool {
        self.raw
    }

    /// Rules 4 and 5. `letter` goes before a digit.
    fn finish(mut text: String, letter: char) -> Self {
        if text.starts_with(|first: char| !is_start(first)) {
            text.insert(0, letter);
        }
        if NEVER_RAW.contains(&text.as_str()) {
            text.push('_');
        }
        let raw = syn::parse_str::<syn::Ident>(&text).is_err();
        Self { text, raw }
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.raw { "r#" } else { "" }, self.text)
    }
}

/// Keywords that have no raw form.
const NEVER_RAW: [&str; 5] = ["_", "self", "Self", "super", "crate"];

/// The words for ASCII characters in a name that has nothing else, and for some common pairs. Longer ones first.
const SPELLED: [(&str, &str); 37] = [
    ("<=>", "null_safe_equal"),
    ("<=", "less_equal"),
    (">=", "greater_equal"),
    ("<>", "not_equal"),
    ("!=", "not_equal"),
    (" ", "space"),
    ("!", "bang"),
    ("\"", "quote"),
    ("#", "hash"),
    ("$", "dollar"),
    ("%", "percent"),
    ("&", "and"),
    ("'", "apostrophe"),
    ("(", "open"),
    (")", "close"),
    ("*", "star"),
    ("+", "plus"),
    (",", "comma"),
    ("-", "minus"),
    (".", "dot"),
    ("/", "slash"),
    (":", "colon"),
    (";", "semicolon"),
    ("<", "less"),
    ("=", "equal"),
    (">", "greater"),
    ("?", "question"),
    ("@", "at"),
    ("[", "open_bracket"),
    ("\\", "backslash"),
    ("]", "close_bracket"),
    ("^", "caret"),
    ("_", "underscore"),
    ("`", "backtick"),
    ("{", "open_brace"),
    ("|", "pipe"),
    ("}", "close_brace"),
];

/// The name with everything illegal turned into spaces, and never empty.
fn words(name: &str) -> String {
    let cleaned: String = name.chars().map(|c| if is_continue(c) { c } else { ' ' }).collect();
    if cleaned.chars().any(char::is_alphanumeric) {
        return cleaned;
    }
    let mut rest = name;
    let mut spelled = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (length, word) = match SPELLED.iter().find(|(text, _)| rest.starts_with(text)) {
            Some((text, word)) => (text.len(), (*word).to_owned()),
            None => (first.len_utf8(), format!("u{:x}", u32::from(first))),
        };
        spelled.push(word);
        rest = &rest[length..];
    }
    if spelled.is_empty() { "empty".to_owned() } else { spelled.join(" ") }
}

fn is_start(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic() || c == '_'
    } else {
        is_identifier(&c.to_string()) && is_common(c)
    }
}

fn is_continue(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        is_common(c) && is_identifier(&format!("a{c}"))
    }
}

fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

/// Letter-like symbols, compatibility forms and everything beyond the basic plane draw rustc's
/// `uncommon_codepoints`, which cannot be allowed for a module.
fn is_common(c: char) -> bool {
    !matches!(c, '\u{aa}' | '\u{b5}' | '\u{b7}' | '\u{ba}' | '\u{2000}'..='\u{218f}' | '\u{f900}'..)
        && c.is_alphanumeric()
}

/// Hands out identifiers of one namespace, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Namespace(BTreeSet<Ident>);

impl Namespace {
    /// Takes an identifier; false when it was taken already.
    pub(crate) fn take(&mut self, ident: &Ident) -> bool {
        self.0.insert(ident.clone())
    }

    /// Takes the identifier, or the first of its numbered forms that is free: `name`, then `name2` for a type and
    /// `name_2` for anything else, and so on.
    pub(crate) fn numbered(&mut self, ident: Ident, separator: &str) -> Ident {
        let mut candidate = ident.clone();
        let mut number = 2;
        while !self.take(&candidate) {
            candidate = ident.with_suffix(format_args!("{separator}{number}"));
            number += 1;
        }
        candidate
    }
}

/// Distinct identifiers for names, in their order. A name that is its own identifier keeps it whatever stands
/// before it; the others are numbered.
pub(crate) fn distinct(names: &[&str], to_ident: impl Fn(&str) -> Ident, separator: &str) -> Vec<Ident> {
    let mut namespace = Namespace::default();
    let mut idents: Vec<Option<Ident>> = names
        .iter()
        .map(|name| Some(to_ident(name)).filter(|ident| ident.plain() == *name && namespace.take(ident)))
        .collect();
    for (name, slot) in names.iter().zip(&mut idents) {
        if slot.is_none() {
            *slot = Some(namespace.numbered(to_ident(name), separator));
        }
    }
    idents.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::{Ident, distinct};

    #[track_caller]
    fn snake(name: &str, expected: &str) {
        assert_eq!(Ident::snake(name).to_string(), expected, "{name:?}");
    }

    #[track_caller]
    fn pascal(name: &str, expected: &str) {
        assert_eq!(Ident::pascal(name).to_string(), expected, "{name:?}");
    }

    #[test]
    fn ordinary_names_change_case_only() {
        snake("created_at", "created_at");
        snake("createdAt", "created_at");
        snake("ID", "id");
        pascal("order_items", "OrderItems");
        pascal("PG-13", "Pg13");
        assert_eq!(Ident::constant("uk_email").to_string(), "UK_EMAIL");
    }

    #[test]
    fn keywords_are_raw_or_end_in_an_underscore() {
        snake("type", "r#type");
        snake("async", "r#async");
        snake("self", "self_");
        snake("crate", "crate_");
        pascal("self", "Self_");
        assert_eq!(Ident::snake("type").plain(), "type");
    }

    #[test]
    fn hostile_names_become_legal() {
        snake("2fa", "n2fa");
        snake("1", "n1");
        snake("a b", "a_b");
        snake("it's \"quoted\" */ now\n`x`", "it_s_quoted_now_x");
        snake("COUNT(*)", "count");
        snake("", "empty");
        snake("_", "underscore");
        snake("★", "u2605");
        snake("größe", "größe");
        snake("名前", "名前");
        snake("𝐀b", "b");
        snake("a\u{202e}b", "a_b");
        pascal("", "Empty");
        pascal(">=", "GreaterEqual");
        pascal("1", "N1");
    }

    #[test]
    fn every_character_gives_a_legal_identifier() {
        for c in '\0'..='\u{2fff}' {
            for ident in [
                Ident::snake(&c.to_string()),
                Ident::pascal(&format!("{c}x")),
                Ident::constant(&c.to_string()),
            ] {
                assert!(syn::parse_str::<syn::Ident>(&ident.to_string()).is_ok(), "{c:?} gave {ident}");
            }
        }
    }

    #[test]
    fn colliding_names_are_numbered_and_exact_ones_keep_theirs() {
        let idents = distinct(&["a-b", "a b", "a_b", "a_b_2"], Ident::snake, "_");
        let texts: Vec<_> = idents.iter().map(Ident::to_string).collect();
        assert_eq!(texts, ["a_b_3", "a_b_4", "a_b", "a_b_2"]);
    }

    #[test]
    fn a_keyword_that_is_numbered_needs_no_underscore() {
        let idents = distinct(&["self", "Self"], Ident::pascal, "");
        assert_eq!(idents.iter().map(Ident::to_string).collect::<Vec<_>>(), ["Self_", "Self2"]);
        let idents = distinct(&["self", "SELF"], Ident::snake, "_");
        assert_eq!(idents.iter().map(Ident::to_string).collect::<Vec<_>>(), ["self_", "self_2"]);
    }
}
