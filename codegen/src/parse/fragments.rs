//! The parts of a statement that depend on arguments: lines with `-- @if :x`, blocks from `/* @if :x */` to
//! `/* @end */`, and `-- @order :x (...)`. Finds them, and makes the tokens of each statement that the text can be.
//! Knows tokens and bytes; nothing of SQL beyond that an order begins with ORDER BY.

use std::cmp::Reverse;
use std::ops::Range;

use heck::ToSnakeCase;

use super::annotation::{self, Fragment as Directive};
use super::errors;
use super::lexer::{self, Kind, Mode, Token};
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};
use crate::statement::{Choice, ChoiceOption, Dynamic, Edit, Fragment, Spanned, Switch, With};

/// More arguments than this never decide about one statement.
const MOST_SWITCHES: usize = 24;

/// Up to so many statements all combinations are tried; beyond it all switches on and off, each alone, and each pair
/// off.
const MOST_COMBINATIONS: usize = 256;

/// The tokens of a statement with what depends on arguments.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) dynamic: Dynamic,
    /// From the first token of the statement to the last, the comments that choose an order included.
    tokens: Vec<Token>,
    /// For each choice, the tokens of each option.
    options: Vec<Vec<Vec<Token>>>,
    /// Nobody wrote it: its parts are known not to depend on each other.
    trusted: bool,
}

/// One of the statements that a text can be, as tokens.
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    /// What takes the place of what is left out and chosen.
    pub(super) edits: Vec<Edit>,
    /// Where the parts begin and end.
    pub(super) marks: Vec<Edit>,
    /// The bytes of the text.
    pub(super) range: Range<usize>,
}

/// Finds what depends on arguments; `None` where nothing does, or after an error.
pub(super) fn find(
    source: &str,
    file: FileId,
    mode: Mode,
    [body, tail]: [&[Token]; 2],
    out: &mut Vec<Diagnostic>,
) -> Option<Found> {
    let mut finder =
        Finder { source, file, mode, errors: Vec::new(), fragments: Vec::new(), choices: Vec::new() };
    let all: Vec<Token> = body.iter().chain(tail).copied().collect();
    let last = finder.walk(&all, body.len());
    finder.check_crossing();
    let Finder { errors, mut fragments, choices, .. } = finder;
    if !errors.is_empty() {
        out.extend(errors);
        return None;
    }
    if fragments.is_empty() && choices.is_empty() {
        return None;
    }
    fragments.sort_by_key(|(_, range, _)| (range.start, Reverse(range.end)));
    let mut switches: Vec<Switch> = Vec::new();
    let fragments = fragments
        .into_iter()
        .map(|(name, range, span)| {
            let rust = name.value.to_snake_case();
            let known = switches.iter().position(|switch| switch.name.value.to_snake_case() == rust);
            let switch = known.unwrap_or_else(|| {
                switches.push(Switch { name, param: None });
                switches.len() - 1
            });
            Fragment { switch, range, span }
        })
        .collect();
    let (choices, options) = choices.into_iter().unzip();
    let tokens = all[..last].to_vec();
    let dynamic = Dynamic { switches, fragments, choices, variants: Vec::new() };
    Some(Found { dynamic, tokens, options, trusted: false })
}

struct Finder<'a> {
    source: &'a str,
    file: FileId,
    mode: Mode,
    errors: Vec<Diagnostic>,
    fragments: Vec<(Spanned<String>, Range<usize>, Span)>,
    choices: Vec<(Choice, Vec<Vec<Token>>)>,
}

impl Finder<'_> {
    /// Walks over all tokens, of which the first `code` are up to the last that is code. Says how many of them are the
    /// statement.
    fn walk(&mut self, all: &[Token], code: usize) -> usize {
        let mut last = code;
        let mut open: Vec<(Spanned<String>, usize, Span)> = Vec::new();
        for (index, token) in all.iter().enumerate() {
            if !token.kind.is_trivia() {
                continue;
            }
            let Some((directive, span)) = annotation::fragment(self.source, self.file, token) else {
                continue;
            };
            match directive {
                Directive::Bad(error) => self.errors.push(error),
                Directive::If(name) if token.kind == Kind::LineComment => self.line(name, all, index, span),
                Directive::If(name) => open.push((name, self.begin(token), span)),
                Directive::End => match open.pop() {
                    Some((name, start, span)) => {
                        self.fragments.push((name, start..self.end(token), span));
                        last = last.max(index + 1);
                    }
                    None => self.errors.push(errors::end_without_if(span)),
                },
                Directive::Order(name, list) => {
                    self.order(name, list, token);
                    last = last.max(index + 1);
                }
            }
        }
        self.errors.extend(open.into_iter().map(|(_, _, span)| errors::if_without_end(span)));
        last
    }

    /// The line that ends with a directive.
    fn line(&mut self, name: Spanned<String>, all: &[Token], index: usize, span: Span) {
        let token = all[index];
        let start = self.source[..token.start].rfind('\n').map_or(0, |at| at + 1);
        let mut on_line = all[..index]
            .iter()
            .rev()
            .take_while(|token| token.end > start)
            .filter(|token| !matches!(token.kind, Kind::Whitespace));
        let first = on_line.clone().last();
        if !on_line.any(|token| !token.kind.is_trivia()) {
            self.errors.push(errors::if_without_line(span));
        } else if let Some(first) = first.filter(|first| first.start < start) {
            self.errors.push(errors::if_cuts(span, Span::new(self.file, first.start, first.end)));
        } else {
            self.fragments.push((name, start..line_end(self.source, token.end), span));
        }
    }

    /// Where a block begins: with the line, if its directive stands alone there.
    fn begin(&self, token: &Token) -> usize {
        let start = self.source[..token.start].trim_end_matches([' ', '\t']).len();
        let alone = self.source[..start].ends_with('\n') && line_end(self.source, token.end) > token.end;
        if alone { start } else { token.start }
    }

    fn end(&self, token: &Token) -> usize {
        let before = self.source[..token.start].trim_end_matches([' ', '\t']);
        if before.ends_with('\n') { line_end(self.source, token.end) } else { token.end }
    }

    fn order(&mut self, name: Spanned<String>, list: Range<usize>, token: &Token) {
        let lexed = lexer::lex(&self.source[list.clone()], self.mode);
        let tokens = lexed.tokens.into_iter().filter(|token| !token.kind.is_trivia());
        let tokens: Vec<Token> = tokens
            .map(|token| Token { start: token.start + list.start, end: token.end + list.start, ..token })
            .collect();
        let mut depth = 0_usize;
        let items = tokens.split(|token| {
            match token.kind {
                Kind::Op("(") => depth += 1,
                Kind::Op(")") => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && token.is_op(",")
        });
        let mut options: Vec<ChoiceOption> = Vec::new();
        let mut all = Vec::new();
        for item in items {
            match self.option(item, token) {
                Ok((option, tokens)) => {
                    match options.iter().find(|first| first.name == option.name) {
                        Some(first) => {
                            self.errors.push(errors::order_named_twice(
                                &option.name,
                                option.span,
                                first.span,
                            ));
                        }
                        None => options.push(option),
                    }
                    all.push(tokens);
                }
                Err(error) => self.errors.push(error),
            }
        }
        if !options.is_empty() {
            self.choices.push((Choice { name, options, range: token.start..token.end }, all));
        }
    }

    /// One order: `price`, `created_at DESC`, `(price, id)`, each with `AS name` or not.
    fn option(&self, item: &[Token], comment: &Token) -> Result<(ChoiceOption, Vec<Token>), Diagnostic> {
        let whole = Span::new(self.file, comment.start, comment.end);
        let (item, given) = match item {
            [rest @ .., word, name] if word.is_word(self.source, "as") && name.kind == Kind::Word => {
                (rest, Some(name.text(self.source).to_snake_case()))
            }
            _ => (item, None),
        };
        let ([first, .., last] | [first @ last]) = item else { return Err(errors::empty_order(whole)) };
        let span = Span::new(self.file, first.start, last.end);
        if let Some(token) =
            item.iter().find(|token| matches!(token.kind, Kind::Named { .. } | Kind::Question))
        {
            return Err(errors::parameter_in_order(Span::new(self.file, token.start, token.end)));
        }
        // A list in parentheses is not one value, but several keys.
        let inner = match item {
            [open, inner @ .., close] if open.is_op("(") && close.is_op(")") && is_list(inner) => inner,
            _ => item,
        };
        let text = match inner {
            [first, .., last] | [first @ last] => &self.source[first.start..last.end],
            [] => return Err(errors::empty_order(span)),
        };
        let name = given.or_else(|| self.name_of(inner));
        let name = name.ok_or_else(|| errors::order_without_name(&self.source[span.range()], span))?;
        let keyword =
            |word| Token { kind: Kind::Keyword(word), start: comment.start, end: comment.start + 2 };
        let tokens = [keyword("ORDER"), keyword("BY")].into_iter().chain(inner.iter().copied()).collect();
        Ok((ChoiceOption { name, text: format!("ORDER BY {text}"), span }, tokens))
    }

    /// The names of columns and directions, one after the other.
    fn name_of(&self, item: &[Token]) -> Option<String> {
        let mut words: Vec<&str> = Vec::new();
        let mut after_period = false;
        for token in item {
            match token.kind {
                Kind::Word if after_period => {
                    words.pop();
                    words.push(token.text(self.source));
                }
                Kind::Word => words.push(token.text(self.source)),
                Kind::QuotedWord => {
                    if after_period {
                        words.pop();
                    }
                    let text = token.text(self.source);
                    words.push(text.get(1..text.len() - 1)?);
                }
                Kind::Op("." | ",") => {}
                _ => return None,
            }
            after_period = token.is_op(".");
        }
        let name = words.join(" ").to_snake_case();
        let usable = name.chars().next().is_some_and(|first| first == '_' || first.is_alphabetic());
        usable.then_some(name)
    }

    fn check_crossing(&mut self) {
        for (number, (_, range, span)) in self.fragments.iter().enumerate() {
            let crossing = self.fragments[number + 1..].iter().find(|(_, other, _)| {
                let (first, second) =
                    if range.start <= other.start { (range, other) } else { (other, range) };
                first.start < second.start && second.start < first.end && first.end < second.end
            });
            if let Some((_, _, other)) = crossing {
                self.errors.push(errors::fragments_cross(*span, *other));
                return;
            }
        }
    }
}

impl Found {
    pub(super) fn trusted(self, trusted: bool) -> Self {
        Self { trusted, ..self }
    }

    /// More arguments decide about it than can be tried.
    pub(super) fn too_many(&self) -> Option<Diagnostic> {
        let switch = self.dynamic.switches.get(MOST_SWITCHES).filter(|_| !self.trusted)?;
        Some(errors::too_many_switches(switch.name.span, MOST_SWITCHES))
    }

    /// The statement with all parts and the first of each choice; edits say where the parts are.
    pub(super) fn whole(&self) -> Tokens {
        let tokens = self.tokens_of(&|_| true, &vec![0; self.options.len()]);
        let range = self.range(&tokens);
        let clamp = |at: usize| at.clamp(range.start, range.end);
        // Where several begin or end at one place, those inside end first and begin last.
        let mut marks: Vec<((usize, usize), With)> = Vec::new();
        let count = self.dynamic.fragments.len();
        for (index, fragment) in self.dynamic.fragments.iter().enumerate() {
            marks.push(((clamp(fragment.range.start), count + index), With::Open(index)));
            marks.push(((clamp(fragment.range.end), count - index), With::Close(index)));
        }
        marks.sort_by_key(|(place, _)| *place);
        let marks = marks.into_iter().map(|((at, _), with)| Edit { range: at..at, with }).collect();
        let choices = self.dynamic.choices.iter().enumerate();
        let edits = choices
            .map(|(index, choice)| Edit { range: choice.range.clone(), with: With::Choice(index) })
            .collect();
        Tokens { tokens, edits, marks, range }
    }

    /// The statement with some parts only.
    pub(super) fn variant(&self, on: &[bool], picks: &[usize]) -> Tokens {
        let off: Vec<&Range<usize>> = self
            .dynamic
            .fragments
            .iter()
            .filter(|fragment| !on[fragment.switch])
            .map(|fragment| &fragment.range)
            .collect();
        let kept = |at: usize| !off.iter().any(|range| range.contains(&at));
        let tokens = self.tokens_of(&kept, picks);
        let range = self.range(&tokens);
        let outermost = off.iter().filter(|range| {
            !off.iter().any(|other| other.len() > range.len() && other.contains(&range.start))
        });
        let inside = |part: &Range<usize>| part.start.max(range.start)..part.end.min(range.end);
        let mut edits: Vec<Edit> = outermost
            .map(|part| Edit { range: inside(part), with: With::Text(String::new()) })
            .filter(|edit| edit.range.start < edit.range.end)
            .collect();
        for (choice, pick) in self.dynamic.choices.iter().zip(picks) {
            if kept(choice.range.start) {
                let with = With::Text(choice.options[*pick].text.clone());
                edits.push(Edit { range: choice.range.clone(), with });
            }
        }
        Tokens { tokens, edits, marks: Vec::new(), range }
    }

    /// Which statements are tried, but for the whole one.
    pub(super) fn combinations(&self) -> Vec<(Vec<bool>, Vec<usize>)> {
        let switches = self.dynamic.switches.len();
        let first = vec![0; self.options.len()];
        let mut picks = vec![first.clone()];
        for (choice, options) in self.options.iter().enumerate() {
            for option in 1..options.len() {
                let mut pick = first.clone();
                pick[choice] = option;
                picks.push(pick);
            }
        }
        let all_on = vec![true; switches];
        if self.trusted {
            return vec![(vec![false; switches], first)];
        }
        let few = switches < 8 && (picks.len() << switches) <= MOST_COMBINATIONS;
        let mut found: Vec<(Vec<bool>, Vec<usize>)> = Vec::new();
        if few {
            for number in (0..1_usize << switches).rev() {
                let on: Vec<bool> = (0..switches).map(|switch| number >> switch & 1 == 1).collect();
                found.extend(picks.iter().map(|pick| (on.clone(), pick.clone())));
            }
        } else {
            let all_off = vec![false; switches];
            for on in [&all_on, &all_off] {
                found.extend(picks.iter().map(|pick| (on.clone(), pick.clone())));
            }
            for one in 0..switches {
                let alone = (0..switches).map(|switch| switch == one).collect();
                found.push((alone, first.clone()));
                for other in one..switches {
                    let without = (0..switches).map(|switch| switch != one && switch != other).collect();
                    found.push((without, first.clone()));
                }
            }
        }
        found.retain(|(on, pick)| *on != all_on || *pick != first);
        found
    }

    fn tokens_of(&self, kept: &dyn Fn(usize) -> bool, picks: &[usize]) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for token in self.tokens.iter().filter(|token| kept(token.start)) {
            match self.dynamic.choices.iter().position(|choice| choice.range.start == token.start) {
                Some(choice) => tokens.extend(&self.options[choice][picks[choice]]),
                None => tokens.push(*token),
            }
        }
        let code = tokens.iter().rposition(|token| !token.kind.is_trivia()).map_or(0, |last| last + 1);
        tokens.truncate(code);
        tokens
    }

    /// The bytes of a text: an order at its end belongs to it as a whole.
    fn range(&self, tokens: &[Token]) -> Range<usize> {
        let ([first, .., last] | [first @ last]) = tokens else { return 0..0 };
        let chosen = self.dynamic.choices.iter().find(|choice| choice.range.contains(&last.start));
        first.start..chosen.map_or(last.end, |choice| choice.range.end)
    }
}

/// Whether the tokens between parentheses have a comma of their own, and no parenthesis that closes before it opens.
fn is_list(tokens: &[Token]) -> bool {
    let mut depth = 0_i32;
    let mut comma = false;
    for token in tokens {
        match token.kind {
            Kind::Op("(") => depth += 1,
            Kind::Op(")") => depth -= 1,
            Kind::Op(",") if depth == 0 => comma = true,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    comma
}

/// Past the line end, if only blanks stand before it.
fn line_end(source: &str, at: usize) -> usize {
    let rest = source[at..].trim_start_matches([' ', '\t']);
    let blanks = source.len() - at - rest.len();
    match ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end)) {
        Some(end) => at + blanks + end.len(),
        None => at,
    }
}
