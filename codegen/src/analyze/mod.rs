//! From a parsed statement and the catalog to types, nullability, parameters and cardinality. Pure: no I/O, and no
//! Rust types but those that an author wrote into annotations.
//!
//! A statement is walked up to three times. Each pass knows from the one before what its parameters are, so that a
//! parameter typed by one place has that type in every other.

mod arithmetic;
mod calls;
mod cardinality;
mod cast;
mod compare;
mod errors;
mod expr;
mod finish;
mod from;
mod functions;
mod literal;
mod merge;
mod names;
mod params;
mod query;
mod reject;
pub(crate) mod rust_types;
mod scope;
mod types;
mod value;
mod views;
mod write;

use std::collections::BTreeSet;

use sqlparser::ast::SetExpr;

use crate::catalog::{Catalog, SqlType, TableName};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::stack::with_room;
use crate::statement::Statement;
use crate::typed::{Cardinality, TypedQuery};

use params::Params;
use query::{Cte, Output};

pub use views::resolve_views;

/// What the analysis has to say of a statement.
#[derive(Debug)]
pub struct Analysis {
    /// The typed statement; `None` when there are errors, or when only a server can type it.
    pub query: Option<TypedQuery>,
    /// What is wrong with the statement.
    pub diagnostics: Vec<Diagnostic>,
    /// Why only a server can type the statement: it could not be parsed, or has something that is not modelled. To
    /// be shown when there is no server's answer.
    pub needs_server: Option<Diagnostic>,
}

/// Types a statement. `catalog` must have been through [`resolve_views`].
pub fn analyze(catalog: &Catalog, statement: &Statement) -> Analysis {
    with_room(|| analyze_here(catalog, statement))
}

fn analyze_here(catalog: &Catalog, statement: &Statement) -> Analysis {
    let ast = match &statement.ast {
        Ok(ast) => ast,
        Err(unparsed) => {
            let finding =
                Diagnostic::error("unparsed", format!("cannot read this statement: {}", unparsed.message))
                    .at(unparsed.span, "the parser stopped here")
                    .help(
                        "if the server accepts it, `porpoise pull` keeps the server's answer in the snapshot",
                    );
            return Analysis { query: None, diagnostics: Vec::new(), needs_server: Some(finding) };
        }
    };
    let mut known = vec![None; statement.params.len()];
    let mut passes = 0;
    loop {
        let mut analyzer = Analyzer::new(catalog, statement, known.clone());
        let outcome = analyzer.statement(ast);
        let found = analyzer.params.knowledge(statement, catalog.server.family);
        passes += 1;
        if found == known || passes == 3 || statement.params.is_empty() {
            return finish::finish(analyzer, outcome);
        }
        known = found;
    }
}

/// What a statement does and gives, before annotations are taken into account.
pub(crate) struct Outcome<'a> {
    output: Output<'a>,
    last_id: Option<SqlType>,
    returns_rows: bool,
}

/// One pass over one statement.
struct Analyzer<'a> {
    catalog: &'a Catalog,
    statement: &'a Statement,
    params: Params<'a>,
    diagnostics: Vec<Diagnostic>,
    unsupported: Option<Diagnostic>,
    ctes: Vec<Cte<'a>>,
    reads: BTreeSet<TableName>,
    writes: BTreeSet<TableName>,
    /// Locks, variables set, functions that change something.
    side_effects: bool,
}

impl<'a> Analyzer<'a> {
    fn new(catalog: &'a Catalog, statement: &'a Statement, known: Vec<Option<(SqlType, bool)>>) -> Self {
        Self {
            catalog,
            statement,
            params: Params::new(statement, known),
            diagnostics: Vec::new(),
            unsupported: None,
            ctes: Vec::new(),
            reads: BTreeSet::new(),
            writes: BTreeSet::new(),
            side_effects: false,
        }
    }

    fn report(&mut self, finding: Diagnostic) {
        if !self.diagnostics.contains(&finding) {
            self.diagnostics.push(finding);
        }
    }

    /// Notes something that only the server can type.
    fn unsupported(&mut self, what: &str, span: Option<Span>) {
        if self.unsupported.is_none() {
            self.unsupported = Some(errors::unsupported(what, span.unwrap_or(self.statement.span)));
        }
    }

    fn span(&self, span: sqlparser::tokenizer::Span) -> Option<Span> {
        names::span_of(self.statement.span.file, span)
    }

    fn span_or_statement(&self, span: sqlparser::tokenizer::Span) -> Span {
        self.span(span).unwrap_or(self.statement.span)
    }

    fn statement(&mut self, ast: &'a sqlparser::ast::Statement) -> Outcome<'a> {
        use sqlparser::ast::Statement as S;
        match ast {
            // WITH before UPDATE and DELETE.
            S::Query(query)
                if matches!(&*query.body, SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_)) =>
            {
                self.common_tables(query, None);
                match &*query.body {
                    SetExpr::Insert(inner) | SetExpr::Update(inner) | SetExpr::Delete(inner) => {
                        self.statement(inner)
                    }
                    _ => Outcome { output: Output::none(), last_id: None, returns_rows: false },
                }
            }
            S::Query(query) => {
                let output = self.query(query, None, None);
                Outcome { output, last_id: None, returns_rows: true }
            }
            S::Insert(insert) => self.insert(insert),
            S::Update(update) => self.update(update),
            S::Delete(delete) => self.delete(delete),
            _ => {
                self.unsupported("this kind of statement", None);
                Outcome { output: Output::none(), last_id: None, returns_rows: false }
            }
        }
    }
}

impl Output<'_> {
    fn none() -> Self {
        Output { columns: Vec::new(), rows: Cardinality::Exec, missing_key: None }
    }
}
