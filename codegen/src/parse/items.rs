//! The items of select lists as they are written: their text is the name that the server gives to a column without an
//! alias, and the syntax tree holds other words in places.

use super::lexer::{Kind, Token};
use super::parameters::Code;
use super::rewrite::MODIFIERS;
use super::tokens::unquote;
use crate::catalog::{Family, Server};
use crate::statement::Item;

/// Words after the last item, and one that must follow where the word alone can be in an item.
const ENDS: [(&str, Option<&str>); 15] = [
    ("FROM", None),
    ("INTO", None),
    ("WHERE", None),
    ("GROUP", Some("BY")),
    ("HAVING", None),
    ("WINDOW", None),
    ("ORDER", Some("BY")),
    ("LIMIT", None),
    ("UNION", None),
    ("EXCEPT", None),
    ("INTERSECT", None),
    ("FOR", None),
    ("LOCK", Some("IN")),
    ("RETURNING", None),
    ("ON", Some("DUPLICATE")),
];

/// All items of all select lists, sorted by where they begin.
pub(super) fn items(source: &str, code: &[Code], server: &Server) -> Vec<Item> {
    let list = List { source, code, server };
    let mut items = Vec::new();
    for at in 0..code.len() {
        if list.is_word(at, "SELECT") || list.is_word(at, "RETURNING") {
            list.read(at + 1, &mut items);
        }
    }
    items.sort_by_key(|item| item.range.start);
    items
}

struct List<'a> {
    source: &'a str,
    code: &'a [Code],
    server: &'a Server,
}

impl List<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        match self.code.get(at)? {
            Code::Token(token) => Some(token),
            Code::Placeholder(..) => None,
        }
    }

    /// Whether it is this word, and not the name after a period.
    fn is_word(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|token| token.is_word(self.source, word))
            && !self.is_op(at.wrapping_sub(1), ".")
    }

    fn is_op(&self, at: usize, op: &str) -> bool {
        self.token(at).is_some_and(|token| token.is_op(op))
    }

    fn ends(&self, at: usize) -> bool {
        // NTH_VALUE(a, 2) FROM FIRST OVER (...)
        let counted = self.is_word(at, "FROM")
            && self.is_word(at + 1, "FIRST")
            && (self.is_word(at + 2, "OVER") || self.is_word(at + 2, "RESPECT"));
        let is_end = |(word, next): &(&str, Option<&str>)| {
            self.is_word(at, word) && next.is_none_or(|next| self.is_word(at + 1, next))
        };
        !counted && ENDS.iter().any(is_end)
    }

    /// The items from `at` on.
    fn read(&self, mut at: usize, items: &mut Vec<Item>) {
        while MODIFIERS.iter().any(|word| self.is_word(at, word)) {
            at += 1;
        }
        let mut first = at;
        let mut depth = 0usize;
        loop {
            let closes = self.is_op(at, ")");
            let end = at >= self.code.len() || depth == 0 && (closes || self.ends(at));
            if end || depth == 0 && self.is_op(at, ",") {
                items.extend(self.item(first, at));
                first = at + 1;
            }
            if end {
                return;
            }
            if self.is_op(at, "(") {
                depth += 1;
            } else if closes {
                depth -= 1;
            }
            at += 1;
        }
    }

    fn item(&self, first: usize, end: usize) -> Option<Item> {
        let code = self.code.get(first..end)?;
        // The servers take no notice of a sign that changes nothing.
        let signs =
            code.iter().take_while(|item| matches!(item, Code::Token(token) if token.is_op("+"))).count();
        let code = &code[signs..];
        let range = place(code.first()?).0..place(code.last()?).1;
        Some(Item { name: self.name(code), range })
    }

    fn name(&self, code: &[Code]) -> String {
        let escapes = !self.server.has_mode("NO_BACKSLASH_ESCAPES");
        let introduced = matches!(code, [Code::Token(first), Code::Token(second), ..]
            if first.text(self.source).starts_with('_') && second.kind == Kind::String);
        let literals = &code[usize::from(introduced)..];
        let strings: Vec<String> = literals
            .iter()
            .map_while(|item| match item {
                Code::Token(token) if token.kind == Kind::String => {
                    Some(unquote(token.text(self.source), escapes))
                }
                Code::Token(token) if token.kind == Kind::NationalString => {
                    Some(unquote(&token.text(self.source)[1..], escapes))
                }
                Code::Token(_) | Code::Placeholder(..) => None,
            })
            .collect();
        if strings.len() == literals.len() && !strings.is_empty() {
            // A string is named by its text, on MySQL only the first of several.
            return match self.server.family {
                Family::MySql => strings.into_iter().next().unwrap_or_default(),
                Family::MariaDb => strings.concat(),
            };
        }
        let mut name = String::new();
        let mut last = None;
        for item in code {
            let (start, end) = place(item);
            let between = last.and_then(|last| self.source.get(last..start)).unwrap_or_default();
            name.push_str(if between.contains(['\n', '#']) || between.len() > 1 { " " } else { between });
            match item {
                Code::Token(token) => name.push_str(token.text(self.source)),
                Code::Placeholder(..) => name.push('?'),
            }
            last = Some(end);
        }
        name
    }
}

fn place(item: &Code) -> (usize, usize) {
    match item {
        Code::Token(token) => (token.start, token.end),
        Code::Placeholder(_, start, end) => (*start, *end),
    }
}
