//! The diagnostics of this stage, one constructor each. A message says what is wrong, the help what to write
//! instead.

use super::lexer::Unterminated;
use crate::diagnostic::{Diagnostic, nearest};
use crate::span::{FileId, Span};
use crate::statement::{Command, Spanned};

pub(super) fn unterminated(file: FileId, found: &Unterminated) -> Diagnostic {
    let Unterminated { what, close, start, end } = *found;
    Diagnostic::error("unterminated", format!("this {what} does not end"))
        .at(Span::new(file, start, end), format!("no closing `{close}`"))
        .help(format!("add the closing `{close}`; the statement is left out until then"))
}

pub(super) fn delimiter(span: Span) -> Diagnostic {
    Diagnostic::error("delimiter", "`DELIMITER` is a command of the mysql client, not SQL")
        .at(span, "everything up to `DELIMITER ;` is left out")
        .help("keep procedures, functions and triggers in a migration; a query file holds statements ended by `;`")
}

pub(super) fn statement_without_name(span: Span, verb: &str) -> Diagnostic {
    let found = Diagnostic::error("statement-without-name", "this statement has no name").at(span, "");
    if verb == "-" {
        return found.help("`--` begins a comment only before a blank: write `-- name: ...`");
    }
    let name = match verb {
        "select" | "with" | "values" | "table" => "find_something :many",
        "insert" | "replace" => "add_something :exec",
        "update" => "change_something :execrows",
        "delete" => "remove_something :execrows",
        _ => "do_something :exec",
    };
    found.help(format!("write a line above it, such as `-- name: {name}`"))
}

pub(super) fn name_without_statement(name: &Spanned<String>) -> Diagnostic {
    Diagnostic::error("name-without-statement", format!("no statement follows the name `{}`", name.value))
        .at(name.span, "")
        .help("write the statement under this line, ended by `;`, or remove the line")
}

pub(super) fn missing_semicolon(end: Span, name: Span) -> Diagnostic {
    Diagnostic::error("missing-semicolon", "the statement before this name does not end")
        .at(end, "a `;` is missing here")
        .at(name, "the next query begins here")
        .help("end every statement with `;`")
}

pub(super) fn duplicate_name(first: &Spanned<String>, second: &Spanned<String>) -> Diagnostic {
    Diagnostic::error("duplicate-name", format!("two queries of this file are named `{}`", second.value))
        .at(second.span, "named again here")
        .at(first.span, "first named here")
        .help("give one of them another name: each becomes a function of the same module")
}

pub(super) fn bad_name(name: Spanned<String>) -> Diagnostic {
    if name.value.is_empty() {
        return Diagnostic::error("bad-name", "the name is missing")
            .at(name.span, "")
            .help("write `-- name: find_by_email :opt`");
    }
    let mut better: String =
        name.value.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if !better.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        better.insert_str(0, "query_");
    }
    let better = match heck::ToSnakeCase::to_snake_case(better.as_str()).as_str() {
        "" => "find_by_email".to_owned(),
        reserved @ ("self" | "super" | "crate") => format!("{reserved}_query"),
        better => better.to_owned(),
    };
    Diagnostic::error("bad-name", format!("`{}` cannot be the name of a Rust function", name.value))
        .at(name.span, "")
        .help(format!("write letters, digits and `_`, such as `-- name: {better}`"))
}

pub(super) fn text_after_name(text: Spanned<String>) -> Diagnostic {
    let bare = Command::ALL.into_iter().find(|command| command.as_str() == text.value);
    let help = match bare {
        Some(command) => format!("write `:{}`", command.as_str()),
        None => "after the name comes nothing, or one annotation such as `:one` or `:exec`".to_owned(),
    };
    Diagnostic::error("bad-name", format!("`{}` does not belong here", text.value))
        .at(text.span, "")
        .help(help)
}

pub(super) fn text_after_command(text: Spanned<String>) -> Diagnostic {
    Diagnostic::error("bad-name", format!("`{}` does not belong here", text.value))
        .at(text.span, "")
        .help("nothing follows the annotation; documentation goes on the lines below")
}

/// Annotations of sqlc that have no counterpart, and what to do instead.
const SQLC_WITHOUT_COUNTERPART: [(&str, &str); 2] = [
    ("batchmany", "MySQL and MariaDB have no batches of queries: write `:many` with `IN (:ids)`"),
    ("batchone", "MySQL and MariaDB have no batches of queries: write `:many` with `IN (:ids)`"),
];

pub(super) fn unknown_command(command: &Spanned<String>) -> Diagnostic {
    let word = command.value.trim_start_matches(':');
    let found =
        Diagnostic::error("unknown-annotation", format!("there is no annotation `{}`", command.value))
            .at(command.span, "");
    if let Some((_, help)) = SQLC_WITHOUT_COUNTERPART.iter().find(|(known, _)| *known == word) {
        return found.help(*help);
    }
    let all = Command::ALL.map(Command::as_str);
    let found = match nearest(word, all) {
        Some(near) => found.help(format!("did you mean `:{near}`?")),
        None => found,
    };
    found.help(format!("the annotations are {}", list(all.map(|name| format!("`:{name}`")))))
}

pub(super) fn unknown_directive<'a>(
    word: &Spanned<String>,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let found = Diagnostic::error("unknown-directive", format!("there is no directive `@{}`", word.value))
        .at(word.span, "");
    let found = match nearest(&word.value, known.iter().copied()) {
        Some(near) => found.help(format!("did you mean `@{near}`?")),
        None => found,
    };
    found.help(format!("the directives are {}", list(known.iter().map(|name| format!("`@{name}`")))))
}

pub(super) fn typed_twice(directive: &str, first: &Spanned<String>, second: &Spanned<String>) -> Diagnostic {
    Diagnostic::error("typed-twice", format!("`{}` has two `{directive}` lines", second.value))
        .at(second.span, "typed again here")
        .at(first.span, "first typed here")
        .help("keep one of them")
}

pub(super) fn type_named_twice(
    directive: &str,
    first: &Spanned<String>,
    second: &Spanned<String>,
) -> Diagnostic {
    let what = if directive == "row" { "row type" } else { "params struct" };
    Diagnostic::error(
        if directive == "row" { "row-named-twice" } else { "params-named-twice" },
        format!("a query has one {what}"),
    )
    .at(second.span, "named again here")
    .at(first.span, "first named here")
    .help(format!("keep one of the `@{directive}` lines"))
}

pub(super) fn bad_type_name(directive: &str, name: Spanned<String>, word: Span) -> Diagnostic {
    let span = if name.value.is_empty() { word } else { name.span };
    let better = heck::ToUpperCamelCase::to_upper_camel_case(name.value.as_str());
    let example = if directive == "row" { "AccountRow" } else { "NewAccount" };
    let better = if better.starts_with(char::is_alphabetic) { better } else { example.to_owned() };
    let code = if directive == "row" { "bad-row-name" } else { "bad-params-name" };
    Diagnostic::error(code, format!("`@{directive}` needs the name of a Rust struct"))
        .at(span, "")
        .help(format!("write `-- @{directive} {better}`"))
}

pub(super) fn bad_embed(alias: Span, word: Span) -> Diagnostic {
    let span = if alias.start == alias.end { word } else { alias };
    Diagnostic::error("bad-embed", "`@embed` needs table aliases with commas between them")
        .at(span, "")
        .help("write `-- @embed u, p`")
}

pub(super) fn bad_nest(span: Span) -> Diagnostic {
    Diagnostic::error("bad-nest", "`@nest` needs table aliases and the name of a field")
        .at(span, "")
        .help("write `-- @nest p as posts`, or `-- @nest c as comments in p` for what belongs to each post")
}

pub(super) fn bad_typed_name(directive: &str, span: Span) -> Diagnostic {
    Diagnostic::error("bad-directive", format!("`@{directive}` needs a name and a Rust type"))
        .at(span, "")
        .help(format!("write `-- @{directive} name: Type`"))
}

pub(super) fn bad_rust_type(written: Spanned<String>) -> Diagnostic {
    let found = Diagnostic::error(
        "bad-rust-type",
        if written.value.is_empty() {
            "the Rust type is missing".to_owned()
        } else {
            format!("`{}` is not a Rust type that a column or parameter can have", written.value)
        },
    )
    .at(written.span, "");
    if written.value.starts_with('&') {
        return found.help("write the owned type, such as `String`; parameters are borrowed by themselves");
    }
    found.help("write a type such as `u64`, `Option<String>` or `crate::Email`")
}

pub(super) fn unknown_parameter<'a>(
    name: &Spanned<String>,
    known: impl Iterator<Item = &'a str>,
    bare: bool,
) -> Diagnostic {
    let found =
        Diagnostic::error("unknown-parameter", format!("the statement has no parameter `:{}`", name.value))
            .at(name.span, "");
    match nearest(&name.value, known) {
        Some(near) => found.help(format!("did you mean `:{near}`?")),
        None if bare => found.help(format!("a bare `?` has no name: write `:{}` in its place", name.value)),
        None => found.help("remove the line, or use the parameter in the statement"),
    }
}

pub(super) fn list_without_parentheses(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("list-without-parentheses", "IN needs parentheses around its list")
        .at(span, "")
        .help(format!("write `IN (:{name})`"))
}

pub(super) fn nullable_list(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("nullable-list", format!("the list `:{name}` cannot be NULL"))
        .at(span, "")
        .help("leave the `?` or `Option` out and pass an empty list: IN is then false, NOT IN true")
}

pub(super) fn list_and_scalar(name: &str, list: Span, scalar: Span) -> Diagnostic {
    Diagnostic::error("list-and-scalar", format!("`:{name}` is a list in one place and one value in another"))
        .at(list, "a list here")
        .at(scalar, "one value here")
        .help("give one of them another name; where a list is meant outside of IN, write `sqlc.slice(name)`")
}

pub(super) fn two_spellings(first: (&str, Span), second: (&str, Span)) -> Diagnostic {
    Diagnostic::error(
        "two-spellings",
        format!("`:{}` and `:{}` are the same name in Rust", first.0, second.0),
    )
    .at(second.1, "spelt so here")
    .at(first.1, "and so here")
    .help("spell a parameter in one way, or give them different names")
}

pub(super) fn double_colon(span: Span) -> Diagnostic {
    Diagnostic::error("double-colon", "`::` is PostgreSQL's cast; MySQL and MariaDB do not know it")
        .at(span, "")
        .help("write `CAST(value AS type)`")
}

pub(super) fn bare_colon(span: Span, next: Option<&str>) -> Diagnostic {
    let found = Diagnostic::error("bad-parameter", "a name must follow `:` at once").at(span, "");
    match next {
        Some(digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => {
            found.help(format!("parameters have names: write `:arg{digits}`, or `?`"))
        }
        Some(_) | None => found.help("write `:name`"),
    }
}

pub(super) fn driver_parameter(name: &str, place: Span, cause: Option<Span>) -> Diagnostic {
    let found = Diagnostic::error(
        "driver-parameter",
        format!("the MySQL driver takes `{name}` for a parameter of its own, and the statement would fail"),
    )
    .at(place, "it is none");
    let found = match cause {
        Some(cause) => found.at(cause, "the driver does not see where this begins or ends").help(
            "the driver overlooks a quote right after `-` or `/`, and takes a backslash before a quote for an \
             escape: put a blank before the quote",
        ),
        None => found,
    };
    found.help("in a string, close and open it again after the colon: `'a:' 'b'` is `'a:b'`")
}

pub(super) fn bad_parameter_name(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("bad-parameter", format!("`{name}` cannot be the name of a parameter"))
        .at(span, "")
        .help("a name has letters, digits and `_`, and does not begin with a digit")
}

const MACROS: [&str; 4] = ["arg", "narg", "slice", "embed"];

pub(super) fn bad_macro(name: &str, span: Span) -> Diagnostic {
    if !MACROS.contains(&name.to_ascii_lowercase().as_str()) {
        return unknown_macro(name, span);
    }
    Diagnostic::error("bad-macro", format!("`sqlc.{name}` takes one name"))
        .at(span, "")
        .help(format!("write `sqlc.{name}(name)`"))
}

pub(super) fn unknown_macro(name: &str, span: Span) -> Diagnostic {
    let found = Diagnostic::error("unknown-macro", format!("there is no macro `sqlc.{name}`")).at(span, "");
    match nearest(name, MACROS) {
        Some(near) => found.help(format!("did you mean `sqlc.{near}`?")),
        None => found.help(format!("the macros are {}", list(MACROS.map(|name| format!("`sqlc.{name}`"))))),
    }
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<_>>().join(", ")
}

pub(super) fn fragment_before_statement(word: &Spanned<String>) -> Diagnostic {
    Diagnostic::error("misplaced-directive", format!("`@{}` stands before the statement", word.value))
        .at(word.span, "")
        .help("write it where it applies: `@if` behind the line it is about, `@order` where ORDER BY would stand")
}

pub(super) fn bad_fragment(word: &str, span: Span) -> Diagnostic {
    let help = match word {
        "if" => "write `-- @if :name` behind a line, or `/* @if :name */ ... /* @end */` around a part",
        "end" => "write `/* @end */`",
        _ => "write `-- @order :name (price, name, created_at DESC)` where ORDER BY would stand",
    };
    Diagnostic::error("bad-directive", format!("`@{word}` cannot be read")).at(span, "").help(help)
}

pub(super) fn if_without_line(span: Span) -> Diagnostic {
    Diagnostic::error("misplaced-directive", "`@if` stands on a line of its own")
        .at(span, "no part of the statement stands before it on this line")
        .help("write it behind the line it is about, or `/* @if :name */ ... /* @end */` around several")
}

pub(super) fn if_cuts(span: Span, token: Span) -> Diagnostic {
    Diagnostic::error("misplaced-directive", "`@if` would cut through something that spans lines")
        .at(span, "this line is to be left out")
        .at(token, "and this begins before it")
        .help("write `/* @if :name */ ... /* @end */` around the whole")
}

pub(super) fn if_without_end(span: Span) -> Diagnostic {
    Diagnostic::error("misplaced-directive", "this `@if` has no `@end`")
        .at(span, "")
        .help("write `/* @end */` where the part ends; for a single line, `-- @if :name` behind it is enough")
}

pub(super) fn end_without_if(span: Span) -> Diagnostic {
    Diagnostic::error("misplaced-directive", "this `@end` ends nothing")
        .at(span, "")
        .help("`/* @if :name */` begins what it ends")
}

pub(super) fn fragments_cross(span: Span, other: Span) -> Diagnostic {
    Diagnostic::error("misplaced-directive", "two parts of the statement cross each other")
        .at(span, "this one begins within the other and ends outside of it")
        .at(other, "the other")
        .help("let one part hold the other, or stand before it")
}

pub(super) fn too_many_switches(span: Span, most: usize) -> Diagnostic {
    Diagnostic::error(
        "too-many-fragments",
        format!("more than {most} arguments decide about parts of this statement"),
    )
    .at(span, "")
    .help("split it into several queries")
}

pub(super) fn parameter_in_order(span: Span) -> Diagnostic {
    Diagnostic::error("bad-directive", "an order cannot have parameters")
        .at(span, "")
        .help("write a column or an expression")
}

pub(super) fn order_without_name(text: &str, span: Span) -> Diagnostic {
    Diagnostic::error("bad-directive", format!("the order `{text}` needs a name"))
        .at(span, "")
        .help(format!("write `{text} AS name`, in parentheses if it has commas"))
}

pub(super) fn order_named_twice(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error("bad-directive", format!("two orders are called `{name}`"))
        .at(span, "this one")
        .at(first, "and this one")
        .help("give one of them another name: `price DESC AS dearest`")
}

pub(super) fn empty_order(span: Span) -> Diagnostic {
    Diagnostic::error("bad-directive", "there is no order to choose from")
        .at(span, "")
        .help("write `-- @order :name (price, name, created_at DESC)`")
}

pub(super) fn choice_and_parameter(name: &Spanned<String>, other: Span) -> Diagnostic {
    Diagnostic::error("bad-directive", format!("`{}` is used for two things", name.value))
        .at(name.span, "it chooses an order here")
        .at(other, "and is something else here")
        .help("give one of them another name")
}

pub(super) fn optional_outside(name: &Spanned<String>, place: Span) -> Diagnostic {
    let name_text = &name.value;
    Diagnostic::error("bad-directive", format!("`{name_text}` may be absent, and is needed all the same"))
        .at(place, "this is always sent")
        .at(name.span, "here it decides about a part of the statement")
        .help(format!(
            "put this place into a part with `@if :{name_text}` too, or let another parameter decide: `@if :with_{name_text}`"
        ))
}

pub(super) fn bad_returns(rest: Spanned<String>) -> Diagnostic {
    Diagnostic::error("bad-directive", "`@returns` cannot be read")
        .at(rest.span, "")
        .help("write `-- @returns movements Movement(id: u64, note: Option<String>)`: a field, and the struct of its rows")
}
