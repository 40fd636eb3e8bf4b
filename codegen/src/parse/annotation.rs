//! Reads what comments say to Porpoise: the name line, documentation, and `@` directives. Looks at comments only;
//! knows nothing of the statement under them.

use std::ops::Range;

use heck::ToSnakeCase;

use super::errors;
use super::lexer::{Kind, Token};
use super::nest;
use super::parameters::is_parameter_name;
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};
use crate::statement::{ColumnType, Command, Nest, Returned, Spanned};

/// Everything that the comments of one statement say.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    /// The name as it was declared, turned into snake_case.
    pub(super) name: Option<Spanned<String>>,
    pub(super) command: Option<Spanned<Command>>,
    pub(super) docs: Vec<String>,
    pub(super) param_types: Vec<ParamType>,
    pub(super) column_types: Vec<ColumnType>,
    pub(super) embeds: Vec<Spanned<String>>,
    pub(super) nests: Vec<Nest>,
    pub(super) row_name: Option<Spanned<String>>,
    pub(super) params_name: Option<Spanned<String>>,
    pub(super) returns: Vec<Returned>,
    /// Whether a name line stands there, even one with an error in it.
    pub(super) named: bool,
}

/// A `-- @param name: Type` line.
#[derive(Debug)]
pub(super) struct ParamType {
    pub(super) name: Spanned<String>,
    pub(super) rust_type: Spanned<String>,
    pub(super) nullable: bool,
}

/// One line of a comment without its marks, and where its text begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    start: usize,
}

impl<'a> Line<'a> {
    /// The same without blanks around it.
    fn trimmed(self) -> Line<'a> {
        let left = self.text.trim_start();
        Line { text: left.trim_end(), start: self.start + self.text.len() - left.len() }
    }

    /// What follows the first `bytes` bytes, which are a whole number of characters.
    pub(super) fn after(self, bytes: usize) -> Line<'a> {
        Line { text: self.text.get(bytes..).unwrap_or_default(), start: self.start + bytes }.trimmed()
    }

    /// The first bytes, which are a whole number of characters.
    pub(super) fn until(self, bytes: usize) -> Line<'a> {
        Line { text: self.text.get(..bytes).unwrap_or_default(), start: self.start }
    }

    /// The first word, and what follows it.
    pub(super) fn split_word(self) -> (Line<'a>, Line<'a>) {
        let line = self.trimmed();
        let end = line.text.find(char::is_whitespace).unwrap_or(line.text.len());
        (Line { text: &line.text[..end], start: line.start }, line.after(end))
    }

    pub(super) fn span(self, file: FileId) -> Span {
        Span::new(file, self.start, self.start + self.text.len())
    }

    pub(super) fn spanned(self, file: FileId) -> Spanned<String> {
        Spanned { value: self.text.to_owned(), span: self.span(file) }
    }
}

/// What a line of a comment is.
enum Item<'a> {
    /// `name: find_by_email :opt`.
    Name { name: Line<'a>, command: Line<'a>, rest: Line<'a> },
    /// `@word ...`.
    Directive { word: Line<'a>, rest: Line<'a> },
    /// Anything else.
    Text(Line<'a>),
}

/// The lines of a comment. Optimizer hints and comments for another server have none.
fn lines<'a>(source: &'a str, token: &Token) -> Vec<Line<'a>> {
    let text = token.text(source);
    match token.kind {
        Kind::LineComment => {
            let marks = if text.starts_with('#') { 1 } else { 2 };
            vec![Line { text: &text[marks..], start: token.start + marks }]
        }
        Kind::BlockComment if !["/*+", "/*!", "/*M!"].iter().any(|mark| text.starts_with(mark)) => {
            let body = text.get(2..).unwrap_or_default();
            let body = body.strip_suffix("*/").unwrap_or(body);
            let mut start = token.start + 2;
            let mut lines = Vec::new();
            for (number, text) in body.split('\n').enumerate() {
                let indented = text.trim_start();
                let starred = (number > 0).then(|| indented.strip_prefix('*')).flatten();
                let (kept, first) = match starred {
                    Some(kept) => (kept, start + text.len() - kept.len()),
                    None => (text, start),
                };
                lines.push(Line { text: kept.trim_end(), start: first });
                start += text.len() + 1;
            }
            lines
        }
        _ => Vec::new(),
    }
}

fn item(line: Line<'_>) -> Item<'_> {
    let trimmed = line.trimmed();
    if trimmed.text.starts_with('@') {
        let (word, rest) = trimmed.split_word();
        return Item::Directive { word: word.after(1), rest };
    }
    let is_name = trimmed.text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("name"));
    let after = if is_name { trimmed.after(4) } else { return Item::Text(line) };
    if !after.text.starts_with(':') {
        return Item::Text(line);
    }
    let (name, rest) = after.after(1).split_word();
    if let Some(colon) = name.text.find(':') {
        let command = Line { text: &name.text[colon..], start: name.start + colon };
        return Item::Name { name: Line { text: &name.text[..colon], start: name.start }, command, rest };
    }
    let (command, rest) = rest.split_word();
    Item::Name { name, command, rest }
}

/// Whether a comment holds a line that names a query, and not a sentence that happens to begin with `name:`.
pub(super) fn names_query(source: &str, token: &Token) -> bool {
    lines(source, token).into_iter().any(|line| match item(line) {
        Item::Name { command, .. } => command.text.is_empty() || command.text.starts_with(':'),
        Item::Directive { .. } | Item::Text(_) => false,
    })
}

/// Whether a comment says nothing to the server's readers: every line of it is ours.
pub(super) fn is_directive(source: &str, token: &Token) -> bool {
    let mut found = false;
    for line in lines(source, token) {
        match item(line) {
            Item::Directive { word, .. } => {
                if !DIRECTIVES.iter().any(|(known, _)| *known == word.text) {
                    return false;
                }
                found = true;
            }
            Item::Name { .. } => return false,
            Item::Text(line) if line.text.trim().is_empty() => {}
            Item::Text(_) => return false,
        }
    }
    found
}

/// What a directive does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Directive {
    Param,
    Column,
    Row,
    Params,
    Returns,
    Embed,
    Nest,
    /// One of those that [`fragment`] reads: it belongs to a place of the statement.
    Fragment,
}

const DIRECTIVES: [(&str, Directive); 10] = [
    ("param", Directive::Param),
    ("column", Directive::Column),
    ("row", Directive::Row),
    ("params", Directive::Params),
    ("returns", Directive::Returns),
    ("embed", Directive::Embed),
    ("nest", Directive::Nest),
    ("if", Directive::Fragment),
    ("end", Directive::Fragment),
    ("order", Directive::Fragment),
];

/// sqlc's annotations that are another one here.
const SQLC_COMMANDS: [(&str, Command); 1] = [("batchexec", Command::Batch)];

/// Reads the comments before a statement, and those within and behind it.
pub(super) fn read(
    source: &str,
    file: FileId,
    header: &[Token],
    statement: [&[Token]; 2],
    out: &mut Vec<Diagnostic>,
) -> Annotations {
    let mut found = Annotations::default();
    for line in header.iter().flat_map(|token| lines(source, token)) {
        match item(line) {
            Item::Name { name, command, rest } => {
                let prose = !command.text.is_empty() && !command.text.starts_with(':');
                if prose && found.named {
                    found.docs.push(doc(line));
                    continue;
                }
                if found.named {
                    if let Some(name) = &found.name {
                        out.push(errors::name_without_statement(name));
                    }
                    found = Annotations::default();
                }
                read_name(&mut found, file, name, command, rest, out);
            }
            Item::Directive { word, rest } => {
                let known = DIRECTIVES.iter().any(|(known, _)| *known == word.text);
                // Above the name stands the head of the file, where `@author` and the like are not ours.
                if known || found.named {
                    directive(&mut found, file, word, rest, out);
                }
                if DIRECTIVES.contains(&(word.text, Directive::Fragment)) {
                    out.push(errors::fragment_before_statement(&word.spanned(file)));
                }
            }
            Item::Text(line) if found.named => found.docs.push(doc(line)),
            Item::Text(_) => {}
        }
    }
    for line in statement.into_iter().flatten().flat_map(|token| lines(source, token)) {
        if let Item::Directive { word, rest } = item(line) {
            directive(&mut found, file, word, rest, out);
        }
    }
    while found.docs.last().is_some_and(String::is_empty) {
        found.docs.pop();
    }
    let blank = found.docs.iter().take_while(|line| line.is_empty()).count();
    found.docs.drain(..blank);
    found
}

/// A line of documentation: without one blank at its front, so that indented examples stay indented.
fn doc(line: Line<'_>) -> String {
    line.text.strip_prefix(' ').unwrap_or(line.text).trim_end().to_owned()
}

fn read_name(
    found: &mut Annotations,
    file: FileId,
    name: Line<'_>,
    command: Line<'_>,
    rest: Line<'_>,
    out: &mut Vec<Diagnostic>,
) {
    found.named = true;
    let snake = if name.text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        name.text.to_owned()
    } else {
        name.text.to_snake_case()
    };
    if is_identifier(name.text) && is_identifier(&snake) {
        found.name = Some(Spanned { value: snake, span: name.span(file) });
    } else {
        out.push(errors::bad_name(name.spanned(file)));
    }
    let Some(word) = command.text.strip_prefix(':') else {
        if !command.text.is_empty() {
            out.push(errors::text_after_name(command.spanned(file)));
        }
        return;
    };
    let native = Command::ALL.into_iter().map(|command| (command.as_str(), command));
    match native.chain(SQLC_COMMANDS).find(|(text, _)| *text == word) {
        Some((_, value)) => found.command = Some(Spanned { value, span: command.span(file) }),
        None => out.push(errors::unknown_command(&command.spanned(file))),
    }
    if !rest.text.is_empty() {
        out.push(errors::text_after_command(rest.spanned(file)));
    }
}

fn directive(
    found: &mut Annotations,
    file: FileId,
    word: Line<'_>,
    rest: Line<'_>,
    out: &mut Vec<Diagnostic>,
) {
    let Some((_, directive)) = DIRECTIVES.iter().find(|(known, _)| *known == word.text) else {
        out.push(errors::unknown_directive(&word.spanned(file), DIRECTIVES.iter().map(|(known, _)| *known)));
        return;
    };
    match directive {
        Directive::Param => {
            if let Some((name, rust_type, nullable)) = typed_name(file, "param", rest, out) {
                if let Some(first) = found.param_types.iter().find(|first| first.name.value == name.value) {
                    out.push(errors::typed_twice("@param", &first.name, &name));
                    return;
                }
                found.param_types.push(ParamType { name, rust_type, nullable });
            }
        }
        Directive::Column => {
            if let Some((column, rust_type, nullable)) = typed_name(file, "column", rest, out) {
                let first = found.column_types.iter().find(|first| first.column.value == column.value);
                if let Some(first) = first {
                    out.push(errors::typed_twice("@column", &first.column, &column));
                    return;
                }
                found.column_types.push(ColumnType { column, rust_type, nullable });
            }
        }
        Directive::Row => name_type(file, "row", rest, word, &mut found.row_name, out),
        Directive::Params => name_type(file, "params", rest, word, &mut found.params_name, out),
        Directive::Embed => {
            let mut start = rest.start;
            for part in rest.text.split(',') {
                let alias = Line { text: part, start }.trimmed();
                start += part.len() + 1;
                let bare = alias.text.strip_prefix('`').and_then(|text| text.strip_suffix('`'));
                let value = bare.map_or(alias.text.to_owned(), |text| text.replace("``", "`"));
                if value.is_empty() || (bare.is_none() && value.contains(char::is_whitespace)) {
                    out.push(errors::bad_embed(alias.span(file), word.span(file)));
                } else {
                    found.embeds.push(Spanned { value, span: alias.span(file) });
                }
            }
        }
        Directive::Returns => match returned(file, rest) {
            Some(returned) => found.returns.push(returned),
            None => out.push(errors::bad_returns(rest.spanned(file))),
        },
        Directive::Nest => found.nests.extend(nest::read(file, rest, word, out)),
        Directive::Fragment => {}
    }
}

/// `movements Movement(id: u64, note: Option<String>)`.
fn returned(file: FileId, rest: Line<'_>) -> Option<Returned> {
    let (field, after) = rest.split_word();
    let open = after.text.find('(')?;
    let inner = after.text.strip_suffix(')')?;
    let row = Line { text: &after.text[..open], start: after.start }.trimmed();
    let upper = row.text.chars().next().is_some_and(char::is_uppercase);
    if !is_identifier(field.text) || !is_identifier(row.text) || !upper {
        return None;
    }
    let mut columns = Vec::new();
    let mut depth = 0_i32;
    let mut from = open + 1;
    for (at, c) in inner.char_indices().skip_while(|(at, _)| *at <= open).chain([(inner.len(), ',')]) {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                let column = Line { text: &inner[from..at], start: after.start + from }.trimmed();
                let colon = column.text.find(':')?;
                let name = Line { text: &column.text[..colon], start: column.start }.trimmed();
                let (ty, nullable) = rust_type(column.after(colon + 1))?;
                if name.text.is_empty() {
                    return None;
                }
                columns.push(ColumnType {
                    column: name.spanned(file),
                    rust_type: ty.spanned(file),
                    nullable,
                });
                from = at + 1;
            }
            _ => {}
        }
    }
    (!columns.is_empty()).then(|| Returned { field: field.spanned(file), row: row.spanned(file), columns })
}

/// What a comment within a statement says of the place where it stands.
#[derive(Clone, Debug)]
pub(super) enum Fragment {
    /// `@if :name`.
    If(Spanned<String>),
    /// `@end`.
    End,
    /// `@order :name (...)`; the bytes between the parentheses.
    Order(Spanned<String>, Range<usize>),
    /// One of them, written wrongly.
    Bad(Diagnostic),
}

/// What a comment says of its place, and where that is written.
pub(super) fn fragment(source: &str, file: FileId, token: &Token) -> Option<(Fragment, Span)> {
    let (word, rest) = lines(source, token).into_iter().find_map(|line| match item(line) {
        Item::Directive { word, rest } => Some((word, rest)),
        Item::Name { .. } | Item::Text(_) => None,
    })?;
    if !DIRECTIVES.contains(&(word.text, Directive::Fragment)) {
        return None;
    }
    let span = Span::new(file, token.start, token.end);
    let (name, after) = rest.split_word();
    let name = name.text.strip_prefix(':').filter(|text| is_parameter_name(text)).map(|text| Spanned {
        value: text.to_owned(),
        span: Span::new(file, name.start, name.start + name.text.len()),
    });
    let found = match (word.text, name) {
        ("end", None) if rest.text.is_empty() => Fragment::End,
        ("if", Some(name)) if after.text.is_empty() => Fragment::If(name),
        ("order", Some(name)) => {
            let close = source[..token.end].rfind(')').filter(|close| *close > after.start);
            match close.filter(|_| after.text.starts_with('(')) {
                Some(close) => Fragment::Order(name, after.start + 1..close),
                None => Fragment::Bad(errors::bad_fragment(word.text, span)),
            }
        }
        _ => Fragment::Bad(errors::bad_fragment(word.text, span)),
    };
    Some((found, span))
}

/// The name that a directive gives to a type.
fn name_type(
    file: FileId,
    directive: &str,
    rest: Line<'_>,
    word: Line<'_>,
    name: &mut Option<Spanned<String>>,
    out: &mut Vec<Diagnostic>,
) {
    let upper = rest.text.chars().next().is_some_and(char::is_uppercase);
    if !upper || !is_identifier(rest.text) {
        out.push(errors::bad_type_name(directive, rest.spanned(file), word.span(file)));
    } else if let Some(first) = name {
        out.push(errors::type_named_twice(directive, first, &rest.spanned(file)));
    } else {
        *name = Some(rest.spanned(file));
    }
}

/// `name: Type`; the name may stand in backticks, the type in `Option<...>`.
fn typed_name(
    file: FileId,
    directive: &str,
    rest: Line<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<(Spanned<String>, Spanned<String>, bool)> {
    let (name, after) = if let Some(quoted) = rest.text.strip_prefix('`') {
        let end = quoted.find('`').unwrap_or(quoted.len());
        (Line { text: &quoted[..end], start: rest.start + 1 }, rest.after((end + 2).min(rest.text.len())))
    } else {
        let end = rest.text.find(':').unwrap_or(rest.text.len());
        (Line { text: &rest.text[..end], start: rest.start }.trimmed(), rest.after(end))
    };
    // `@param :name: Type` says the same thing.
    let (name, after) = if name.text.is_empty() && after.text.starts_with(':') && directive == "param" {
        let inner = after.after(1);
        let end = inner.text.find(':').unwrap_or(inner.text.len());
        (Line { text: &inner.text[..end], start: inner.start }.trimmed(), inner.after(end))
    } else {
        (name, after)
    };
    let colon = after.text.starts_with(':') && !after.text.starts_with("::");
    if !colon || name.text.is_empty() {
        out.push(errors::bad_typed_name(directive, rest.span(file)));
        return None;
    }
    let written = after.after(1);
    match rust_type(written) {
        Some((inner, nullable)) => Some((name.spanned(file), inner.spanned(file), nullable)),
        None => {
            out.push(errors::bad_rust_type(written.spanned(file)));
            None
        }
    }
}

/// The type within a single `Option<...>`, and whether there was one.
fn rust_type(written: Line<'_>) -> Option<(Line<'_>, bool)> {
    // syn recurses into brackets; nothing that a person writes is longer or deeper.
    let brackets = written.text.chars().filter(|c| matches!(c, '<' | '(' | '[' | '{' | '&' | '*')).count();
    if written.text.len() > 500 || brackets > 30 {
        return None;
    }
    let parsed: syn::Type = syn::parse_str(written.text).ok()?;
    let path = match parsed {
        syn::Type::Path(path) => path.path,
        syn::Type::Array(_) | syn::Type::Tuple(_) => return Some((written, false)),
        _ => return None,
    };
    let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if !matches!(names.as_slice(), ["Option"] | ["std" | "core", "option", "Option"]) {
        return Some((written, false));
    }
    let open = written.text.find('<')?;
    let close = written.text.rfind('>')?;
    let inner = Line { text: written.text.get(open + 1..close)?, start: written.start + open + 1 };
    Some((inner.trimmed(), true))
}

/// Whether Rust can use the text as a name, as a raw identifier if need be.
fn is_identifier(text: &str) -> bool {
    text.chars().all(|c| c == '_' || c.is_alphanumeric())
        && (syn::parse_str::<syn::Ident>(text).is_ok()
            || syn::parse_str::<syn::Ident>(&format!("r#{text}")).is_ok())
}
