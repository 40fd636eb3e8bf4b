//! Finds the parameters of a statement and says what the server gets in their place. Decides what a
//! list is; knows nothing of types, which analysis and `@param` give.

use heck::ToSnakeCase;

use super::annotation::{self, ParamType};
use super::errors;
use super::lexer::{Kind, Token};
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};
use crate::statement::{Dynamic, Edit, Parameter, Placeholder, Spanned, With, Written};

/// A token of the statement as the parser is to see it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Code {
    /// A token of the author.
    Token(Token),
    /// The placeholder of this index, at these bytes.
    Placeholder(usize, usize, usize),
}

/// What [`bind`] makes of a statement.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub(super) written: Written,
    pub(super) params: Vec<Parameter>,
    pub(super) placeholders: Vec<Placeholder>,
    /// `sqlc.embed(t)`.
    pub(super) embeds: Vec<Spanned<String>>,
    /// The statement without trivia.
    pub(super) code: Vec<Code>,
}

struct Binder<'a> {
    source: &'a str,
    file: FileId,
    bound: Bound,
    edits: Vec<Edit>,
    /// Where each parameter stands first.
    first: Vec<Span>,
    /// Errors that leave the statement without a meaning.
    errors: Vec<Diagnostic>,
}

/// Finds the parameters of a statement, given its tokens from the first to the last that is code.
pub(super) fn bind(source: &str, file: FileId, body: &[Token]) -> Result<Bound, Vec<Diagnostic>> {
    let mut binder = Binder {
        source,
        file,
        bound: Bound::default(),
        edits: Vec::new(),
        first: Vec::new(),
        errors: Vec::new(),
    };
    for token in body.iter().filter(|token| annotation::is_directive(source, token)) {
        let (start, end) = whole_line(source, token);
        binder.edits.push(Edit { range: start..end, with: With::Text(String::new()) });
    }
    let is_code = |token: &&Token| {
        !token.kind.is_trivia() && !matches!(token.kind, Kind::ExecutableOpen | Kind::ExecutableClose)
    };
    let code: Vec<Token> = body.iter().filter(is_code).copied().collect();
    let mut at = 0;
    while at < code.len() {
        at += binder.take(&code, at);
    }
    if !binder.errors.is_empty() {
        return Err(binder.errors);
    }
    if let [first, .., last] | [first @ last] = body {
        let text = source[first.start..last.end].to_owned();
        binder.bound.written = Written { text, start: first.start, edits: binder.edits };
    }
    Ok(binder.bound)
}

impl Binder<'_> {
    /// Takes the tokens from `at` on that belong together, and says how many.
    fn take(&mut self, code: &[Token], at: usize) -> usize {
        let token = code[at];
        let span = Span::new(self.file, token.start, token.end);
        match token.kind {
            Kind::Named { nullable } => {
                let text = token.text(self.source);
                let name = text[1..text.len() - usize::from(nullable)].to_owned();
                if at > 0 && self.is_in_operator(code, at - 1) {
                    self.errors.push(errors::list_without_parentheses(&name, span));
                    return 1;
                }
                let list = at >= 2
                    && code[at - 1].is_op("(")
                    && self.is_in_operator(code, at - 2)
                    && code.get(at + 1).is_some_and(|next| next.is_op(")"));
                if list && nullable {
                    self.errors.push(errors::nullable_list(&name, span));
                    return 1;
                }
                self.placeholder(Some(name), list, nullable, span);
                1
            }
            Kind::Question => {
                self.placeholder(None, false, false, span);
                1
            }
            Kind::Word if token.is_word(self.source, "sqlc") => self.sqlc(code, at),
            Kind::Op("::") => {
                self.errors.push(errors::double_colon(span));
                1
            }
            Kind::Op(":") => {
                self.errors.push(errors::bare_colon(span, code.get(at + 1).map(|t| t.text(self.source))));
                1
            }
            _ => {
                self.bound.code.push(Code::Token(token));
                1
            }
        }
    }

    /// Whether the token is IN before a list, and not the one of `POSITION(a IN b)`.
    fn is_in_operator(&self, code: &[Token], at: usize) -> bool {
        if !code[at].is_word(self.source, "in") {
            return false;
        }
        let mut closed = 0usize;
        let enclosing = code[..at].iter().rposition(|token| {
            let opens = token.is_op("(") && closed == 0;
            match token.kind {
                Kind::Op(")") => closed += 1,
                Kind::Op("(") => closed = closed.saturating_sub(1),
                _ => {}
            }
            opens
        });
        let called = enclosing.and_then(|open| open.checked_sub(1));
        !called.is_some_and(|word| code[word].is_word(self.source, "position"))
    }

    /// `sqlc.arg(x)` and its relatives.
    fn sqlc(&mut self, code: &[Token], at: usize) -> usize {
        let [_, period, call, open, argument, close, ..] = code[at..] else {
            self.bound.code.push(Code::Token(code[at]));
            return 1;
        };
        let shape = period.is_op(".")
            && call.kind == Kind::Word
            && open.is_op("(")
            && matches!(argument.kind, Kind::Word | Kind::QuotedWord | Kind::String)
            && close.is_op(")");
        let span = Span::new(self.file, code[at].start, close.end);
        if !shape {
            if period.is_op(".") && open.is_op("(") {
                let span = Span::new(self.file, code[at].start, call.end);
                self.errors.push(errors::bad_macro(call.text(self.source), span));
            } else {
                self.bound.code.push(Code::Token(code[at]));
            }
            return 1;
        }
        let text = argument.text(self.source);
        let name = match argument.kind {
            Kind::Word => text.to_owned(),
            _ => text.get(1..text.len().saturating_sub(1)).unwrap_or_default().to_owned(),
        };
        match call.text(self.source).to_ascii_lowercase().as_str() {
            "embed" if argument.kind == Kind::String => self.errors.push(errors::bad_macro("embed", span)),
            "embed" => {
                let alias = Span::new(self.file, argument.start, argument.end);
                let value = name.replace("``", "`");
                self.bound.embeds.push(Spanned { value, span: alias });
                let with = With::Text(format!("{text}.*"));
                self.edits.push(Edit { range: code[at].start..close.end, with });
                self.bound.code.push(Code::Token(argument));
                self.bound.code.push(Code::Token(Token { kind: Kind::Op("."), ..close }));
                self.bound.code.push(Code::Token(Token { kind: Kind::Op("*"), ..close }));
            }
            _ if !is_parameter_name(&name) => self.errors.push(errors::bad_parameter_name(&name, span)),
            "arg" => self.placeholder(Some(name), false, false, span),
            "narg" => self.placeholder(Some(name), false, true, span),
            "slice" => self.placeholder(Some(name), true, false, span),
            other => self.errors.push(errors::unknown_macro(other, span)),
        }
        6
    }

    fn placeholder(&mut self, name: Option<String>, list: bool, nullable: bool, span: Span) {
        let index = self.bound.placeholders.len();
        let param = self.parameter(name, list, nullable, span);
        self.bound.placeholders.push(Placeholder { param, span });
        self.edits.push(Edit { range: span.range(), with: With::Placeholder(index) });
        self.bound.code.push(Code::Placeholder(index, span.start as usize, span.end as usize));
    }

    /// The index of the parameter, which may be one that stands elsewhere already.
    fn parameter(&mut self, name: Option<String>, list: bool, nullable: bool, span: Span) -> usize {
        let known = name.as_ref().and_then(|name| {
            let rust = name.to_snake_case();
            let same = |known: &Parameter| {
                known.name.as_ref().is_some_and(|known| known == name || known.to_snake_case() == rust)
            };
            self.bound.params.iter().position(same)
        });
        let Some(index) = known else {
            self.bound.params.push(Parameter { name, list, nullable, rust_type: None });
            self.first.push(span);
            return self.bound.params.len() - 1;
        };
        let first = self.first[index];
        let param = &mut self.bound.params[index];
        let (known, written) =
            (param.name.as_deref().unwrap_or_default(), name.as_deref().unwrap_or_default());
        if known != written {
            self.errors.push(errors::two_spellings((known, first), (written, span)));
        } else if param.list != list {
            let (list, scalar) = if list { (span, first) } else { (first, span) };
            self.errors.push(errors::list_and_scalar(known, list, scalar));
        } else if param.list && nullable {
            self.errors.push(errors::nullable_list(known, span));
        }
        param.nullable |= nullable;
        index
    }
}

/// Finds the parameters that decide about parts of the whole statement.
pub(super) fn apply_switches(dynamic: &mut Dynamic, whole: &Bound) -> Result<(), Diagnostic> {
    let same = |name: &Spanned<String>, other: &str| name.value.to_snake_case() == other.to_snake_case();
    let Dynamic { switches, fragments, choices, .. } = dynamic;
    for (index, switch) in switches.iter_mut().enumerate() {
        let of_switch = |param: &Parameter| param.name.as_ref().is_some_and(|name| same(&switch.name, name));
        switch.param = whole.params.iter().position(of_switch);
        let inside = |place: &Placeholder| {
            let at = place.span.start as usize;
            fragments.iter().any(|fragment| fragment.switch == index && fragment.range.contains(&at))
        };
        let outside =
            whole.placeholders.iter().find(|place| Some(place.param) == switch.param && !inside(place));
        if let Some(place) = outside {
            return Err(errors::optional_outside(&switch.name, place.span));
        }
    }
    for (index, choice) in choices.iter().enumerate() {
        let switch =
            switches.iter().map(|switch| &switch.name).chain(choices[..index].iter().map(|one| &one.name));
        let other = switch.clone().find(|name| same(name, &choice.name.value)).map(|name| name.span);
        let other = other.or_else(|| {
            whole.placeholders.iter().find_map(|place| {
                let name = whole.params[place.param].name.as_ref()?;
                same(&choice.name, name).then_some(place.span)
            })
        });
        if let Some(other) = other {
            return Err(errors::choice_and_parameter(&choice.name, other));
        }
    }
    Ok(())
}

/// Gives the parameters the types of the `@param` lines; says what is wrong with these where somebody listens.
pub(super) fn apply_types(bound: &mut Bound, types: &[ParamType], out: Option<&mut Vec<Diagnostic>>) {
    let mut ignored = Vec::new();
    let out = out.unwrap_or(&mut ignored);
    for ParamType { name, rust_type, nullable } in types {
        let same = |param: &&mut Parameter| {
            param.name.as_ref().is_some_and(|known| {
                *known == name.value || known.to_snake_case() == name.value.to_snake_case()
            })
        };
        let Some(param) = bound.params.iter_mut().find(same) else {
            let known = bound.params.iter().filter_map(|param| param.name.as_deref());
            out.push(errors::unknown_parameter(name, known, bound.params.iter().any(|p| p.name.is_none())));
            continue;
        };
        if param.list && *nullable {
            out.push(errors::nullable_list(&name.value, rust_type.span));
            continue;
        }
        param.nullable |= *nullable;
        param.rust_type = Some(rust_type.clone());
    }
}

pub(super) fn is_parameter_name(name: &str) -> bool {
    name.chars().all(|c| c == '_' || c.is_alphanumeric())
        && name.chars().next().is_some_and(|first| first == '_' || first.is_alphabetic())
}

/// The bytes of a comment, with the rest of its line where nothing else stands there.
fn whole_line(source: &str, token: &Token) -> (usize, usize) {
    let before = source[..token.start].trim_end_matches([' ', '\t']);
    let after = source[token.end..].trim_start_matches([' ', '\t']);
    let line_end = ["\r\n", "\n"].into_iter().find(|end| after.starts_with(end));
    match line_end {
        Some(line_end) if before.ends_with('\n') => {
            (before.len(), source.len() - after.len() + line_end.len())
        }
        // Blanks at the end of a line go with what stood behind them.
        Some(_) => (before.len(), token.end),
        _ => (token.start, token.end),
    }
}
