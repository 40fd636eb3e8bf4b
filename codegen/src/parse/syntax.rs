//! Runs sqlparser on a statement, within bounds, and checks that no placeholder was lost on the way.

use std::ops::ControlFlow;

use sqlparser::ast::{self, Expr, Value, ValueWithSpan, Visit, Visitor};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token as Theirs;

use super::parameters::Bound;
use super::{dialect, rewrite, tokens};
use crate::catalog::{Family, Server};
use crate::span::Span;
use crate::statement::Unparsed;

/// The syntax tree of a statement that covers `span`.
pub(super) fn parse(
    source: &str,
    span: Span,
    bound: &Bound,
    server: &Server,
) -> Result<Box<ast::Statement>, Unparsed> {
    let meaning = tokens::Meaning {
        backslash_escapes: !server.has_mode("NO_BACKSLASH_ESCAPES"),
        pipes_as_concat: server.has_mode("PIPES_AS_CONCAT"),
    };
    let converted = rewrite::rewrite(tokens::convert(source, &bound.code, meaning));
    let dialect = dialect::Server {
        high_not: server.has_mode("HIGH_NOT_PRECEDENCE"),
        versioned_tables: server.family == Family::MariaDb,
    };
    let mut parser = Parser::new(&dialect).with_tokens_with_locations(converted);
    let statement = parser.parse_statement().map_err(|error| unparsed(&parser, &error, span))?;
    let next = parser.peek_token();
    if next.token != Theirs::EOF {
        let message = format!("the statement could end before `{}`", next.token);
        return Err(Unparsed { span: place(next.span, span), message });
    }
    let statement = Box::new(statement);
    let mut seen = Seen(vec![false; bound.placeholders.len()]);
    let _ = statement.visit(&mut seen);
    match seen.0.iter().position(|seen| !seen) {
        None => Ok(statement),
        Some(lost) => Err(Unparsed {
            span: bound.placeholders[lost].span,
            message: "the syntax tree does not hold this parameter".to_owned(),
        }),
    }
}

fn place(found: sqlparser::tokenizer::Span, statement: Span) -> Span {
    match tokens::bytes(found) {
        Some((start, end)) => Span::new(statement.file, start, end),
        None => Span::new(statement.file, statement.end as usize, statement.end as usize),
    }
}

fn unparsed(parser: &Parser<'_>, error: &ParserError, statement: Span) -> Unparsed {
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message.as_str(),
        ParserError::RecursionLimitExceeded => "it is nested too deeply",
    };
    // The message ends with the place, as columns that count bytes of the file.
    let (message, column) = match message.rsplit_once(" at Line: 1, Column: ") {
        Some((message, column)) => (message, column.parse::<usize>().ok()),
        None => (message, None),
    };
    let span = match column {
        Some(column) => {
            let at = column.saturating_sub(1);
            let start = |span| tokens::bytes(span).map(|(start, _)| start);
            let found = (0..).map(|n| parser.token_at(n)).take_while(|t| t.token != Theirs::EOF);
            let token = found.into_iter().find(|token| start(token.span) == Some(at));
            place(token.map_or(tokens::span(at, at), |token| token.span), statement)
        }
        None => place(parser.peek_token_ref().span, statement),
    };
    let message = message.replace("found: EOF", "found the end of the statement");
    Unparsed { span, message }
}

/// Which placeholders a tree holds.
struct Seen(Vec<bool>);

impl Seen {
    fn value(&mut self, value: &Value) {
        if let Value::Placeholder(text) = value
            && let Some(index) = text.strip_prefix('?').and_then(|index| index.parse::<usize>().ok())
            && let Some(seen) = self.0.get_mut(index)
        {
            *seen = true;
        }
    }
}

impl Visitor for Seen {
    type Break = ();

    fn pre_visit_value(&mut self, value: &ValueWithSpan) -> ControlFlow<()> {
        self.value(&value.value);
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        // The visitor does not descend to what MATCH looks for.
        if let Expr::MatchAgainst { match_value, .. } = expr {
            self.value(&match_value.value);
        }
        ControlFlow::Continue(())
    }
}
