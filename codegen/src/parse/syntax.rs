//! Runs sqlparser on a statement, within bounds, and checks that no placeholder was lost on the way. The trees it
//! gives are shallow enough for later stages to walk them by recursion on an ordinary stack.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sqlparser::ast::{
    self, BinaryOperator, Expr, TableFactor, Value, ValueWithSpan, Visit, VisitMut, Visitor, VisitorMut,
};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token as Theirs, TokenWithSpan};

use super::parameters::{Bound, Code};
use super::{dialect, foreign, rewrite, tokens};
use crate::catalog::{Family, Server};
use crate::span::Span;
use crate::statement::Unparsed;

/// Longer statements are not parsed: they could hold a chain too long for the stack.
const MAX_TOKENS: usize = 30_000;

/// Deeper parentheses are not parsed; sqlparser's own limit is about 50.
const MAX_PARENTHESES: usize = 200;

/// How often a word may stand in a statement, where each makes the tree one deeper or the parse slower.
const MAX_WORDS: [(&str, usize); 10] = [
    ("UNION", 300),
    ("EXCEPT", 300),
    ("INTERSECT", 300),
    ("DIV", 300),
    ("MOD", 300),
    ("SOUNDS", 300),
    ("BETWEEN", 1_000),
    ("REGEXP", 1_000),
    ("RLIKE", 1_000),
    ("ON", 300),
];

/// How many expressions and joins may stand within each other in a tree that later stages get.
const MAX_DEPTH: usize = 200;

/// From this many terms on, a chain of AND or OR becomes a balanced tree, which means the same and is shallow.
const LONG_CHAIN: usize = 32;

/// The syntax tree of a statement that covers `span`. To be called within [`with_room`](crate::stack::with_room).
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
    if let Err(message) = check_bounds(source, &bound.code) {
        return Err(Unparsed { span, message });
    }
    let converted = rewrite::rewrite(tokens::convert(source, &bound.code, meaning), server.family);
    let dialect = dialect::Server {
        high_not: server.has_mode("HIGH_NOT_PRECEDENCE"),
        versioned_tables: server.family == Family::MariaDb,
    };
    // sqlparser has assertions, and its input is anything. A statement that trips one is one that it cannot read.
    let parsed = catch_unwind(AssertUnwindSafe(|| run(&dialect, converted, span)));
    let mut statement =
        parsed.unwrap_or_else(|_| Err(Unparsed { span, message: "the parser failed on it".to_owned() }))?;
    let _ = VisitMut::visit(&mut *statement, &mut Balance);
    let mut seen = Seen { placeholders: vec![false; bound.placeholders.len()], depth: 0, deepest: 0 };
    let _ = Visit::visit(&*statement, &mut seen);
    if seen.deepest > MAX_DEPTH {
        return Err(Unparsed { span, message: TOO_DEEP.to_owned() });
    }
    if let Some((message, found)) = foreign::find(&statement, server) {
        return Err(Unparsed { span: place(found, span), message });
    }
    match seen.placeholders.iter().position(|seen| !seen) {
        None => Ok(statement),
        Some(lost) => Err(Unparsed {
            span: bound.placeholders[lost].span,
            message: "the syntax tree does not hold this parameter".to_owned(),
        }),
    }
}

const TOO_DEEP: &str = "it is nested too deeply";

fn check_bounds(source: &str, code: &[Code]) -> Result<(), String> {
    if code.len() > MAX_TOKENS {
        return Err(format!("it is longer than {MAX_TOKENS} words and marks"));
    }
    let mut depth = 0usize;
    let mut words = MAX_WORDS.map(|(_, most)| most);
    for item in code {
        let Code::Token(token) = item else { continue };
        if token.is_op("(") {
            depth += 1;
        } else if token.is_op(")") {
            depth = depth.saturating_sub(1);
        } else if let Some(word) = MAX_WORDS.iter().position(|(word, _)| token.is_word(source, word)) {
            words[word] = words[word].saturating_sub(1);
            if words[word] == 0 {
                return Err(format!("it holds {} too often", MAX_WORDS[word].0));
            }
        }
        if depth > MAX_PARENTHESES {
            return Err(TOO_DEEP.to_owned());
        }
    }
    Ok(())
}

fn run(
    dialect: &dialect::Server,
    tokens: Vec<TokenWithSpan>,
    span: Span,
) -> Result<Box<ast::Statement>, Unparsed> {
    let mut parser = Parser::new(dialect).with_tokens_with_locations(tokens);
    let statement = parser.parse_statement().map_err(|error| unparsed(&parser, &error, span))?;
    let next = parser.peek_token_ref();
    if next.token != Theirs::EOF {
        let message = format!("the statement could end before `{}`", next.token);
        return Err(Unparsed { span: place(next.span, span), message });
    }
    Ok(Box::new(statement))
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
        ParserError::RecursionLimitExceeded => TOO_DEEP,
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
    let message = match message.strip_prefix("Expected: ").and_then(|message| message.split_once(", found: "))
    {
        Some((expected, "EOF")) => format!("expected {expected}, found the end of the statement"),
        Some((expected, found)) => format!("expected {expected}, found `{found}`"),
        None => message.to_owned(),
    };
    Unparsed { span, message }
}

/// Makes long chains of AND and OR shallow.
struct Balance;

impl VisitorMut for Balance {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let Expr::BinaryOp { op: op @ (BinaryOperator::And | BinaryOperator::Or), .. } = &*expr else {
            return ControlFlow::Continue(());
        };
        let op = op.clone();
        if chain_length(expr, &op) < LONG_CHAIN {
            return ControlFlow::Continue(());
        }
        let mut terms = Vec::new();
        let mut rest = std::mem::replace(expr, Expr::value(Value::Null));
        loop {
            match rest {
                Expr::BinaryOp { left, op: found, right } if found == op => {
                    terms.push(*right);
                    rest = *left;
                }
                first => {
                    terms.push(first);
                    break;
                }
            }
        }
        terms.reverse();
        *expr = balanced(terms, &op);
        ControlFlow::Continue(())
    }
}

fn chain_length(mut expr: &Expr, chained: &BinaryOperator) -> usize {
    let mut length = 1;
    while let Expr::BinaryOp { left, op, .. } = expr
        && op == chained
    {
        length += 1;
        expr = left;
    }
    length
}

/// Joins neighbours until one expression is left; the order of the terms stays.
fn balanced(mut terms: Vec<Expr>, op: &BinaryOperator) -> Expr {
    while terms.len() > 1 {
        let mut joined = Vec::with_capacity(terms.len().div_ceil(2));
        let mut rest = terms.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match rest.next() {
                Some(right) => {
                    Expr::BinaryOp { left: Box::new(left), op: op.clone(), right: Box::new(right) }
                }
                None => left,
            });
        }
        terms = joined;
    }
    terms.pop().unwrap_or_else(|| Expr::value(Value::Null))
}

/// Which placeholders a tree holds, and how deep it is.
struct Seen {
    placeholders: Vec<bool>,
    depth: usize,
    deepest: usize,
}

impl Seen {
    fn value(&mut self, value: &Value) {
        if let Value::Placeholder(text) = value
            && let Some(index) = text.strip_prefix('?').and_then(|index| index.parse::<usize>().ok())
            && let Some(seen) = self.placeholders.get_mut(index)
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
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        // The visitor does not descend to what MATCH looks for.
        if let Expr::MatchAgainst { match_value, .. } = expr {
            self.value(&match_value.value);
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, _: &Expr) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, _: &TableFactor) -> ControlFlow<()> {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        ControlFlow::Continue(())
    }

    fn post_visit_table_factor(&mut self, _: &TableFactor) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }
}
