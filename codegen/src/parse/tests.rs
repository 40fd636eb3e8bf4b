//! The stage as a whole: what goes in is a query file, what comes out statements and diagnostics.

mod annotations;
mod foreign;
mod fragments;
mod misreadings;
mod parameters;
mod recovery;
mod syntax;

use std::fmt::Write;

use crate::catalog::{Family, Server};
use crate::diagnostic::Diagnostic;
use crate::span::Sources;
use crate::statement::Statement;

fn mysql() -> Server {
    Server {
        family: Family::MySql,
        version: (9, 7, 4),
        sql_mode: Vec::new(),
        lower_case_table_names: 0,
        collation: "utf8mb4_0900_ai_ci".to_owned(),
    }
}

fn mariadb() -> Server {
    Server { family: Family::MariaDb, version: (10, 11, 19), ..mysql() }
}

fn with_mode(mode: &str) -> Server {
    Server { sql_mode: vec![mode.to_owned()], ..mysql() }
}

/// Parses a file for a server; the diagnostics as text.
fn parse_for(server: &Server, text: &str) -> (Vec<Statement>, String) {
    let mut sources = Sources::new();
    let file = sources.add("queries.sql", text);
    let (statements, diagnostics) = super::parse(&sources, file, server);
    (statements, diagnostics.iter().map(|diagnostic| show(&sources, diagnostic)).collect())
}

fn parse(text: &str) -> (Vec<Statement>, String) {
    parse_for(&mysql(), text)
}

/// A diagnostic in few lines: code and message, then `line:column text | label`, then `help`.
fn show(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let mut text = format!("{}: {}\n", diagnostic.code, diagnostic.message);
    for label in &diagnostic.labels {
        let (line, column) = sources.get(label.span.file).line_column(label.span.start);
        let place = sources.text(label.span).replace('\n', "\\n");
        writeln!(text, "  {line}:{column} {place} | {}", label.text).expect("writing to a string");
    }
    for help in &diagnostic.help {
        writeln!(text, "  = {help}").expect("writing to a string");
    }
    text
}

/// The one statement of a file in which nothing is wrong.
#[track_caller]
fn one(text: &str) -> Statement {
    one_for(&mysql(), text)
}

#[track_caller]
fn one_for(server: &Server, text: &str) -> Statement {
    let (statements, diagnostics) = parse_for(server, text);
    assert_eq!(diagnostics, "", "{text}");
    let [statement] = <[Statement; 1]>::try_from(statements).expect("one statement");
    statement
}

/// What is wrong with a file.
#[track_caller]
fn check_errors(text: &str, expected: &str) {
    let (_, diagnostics) = parse(text);
    assert_eq!(diagnostics.trim_end(), expected.trim(), "{text}");
}
