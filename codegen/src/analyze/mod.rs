//! From a parsed statement and the catalog to types, nullability, parameters and cardinality. Pure: no I/O, and no
//! Rust types but those that an author wrote into annotations.
//!
//! A statement is walked up to three times. Each pass knows from the one before what its parameters are, so that a
//! parameter typed by one place has that type in every other.

mod arithmetic;
mod branches;
mod calls;
mod cardinality;
mod cast;
mod checks;
mod compare;
mod comparisons;
mod ctes;
mod errors;
mod expr;
mod facts;
mod finish;
mod from;
mod functions;
mod grouping;
mod keys;
mod literal;
mod many;
mod merge;
mod names;
mod nest;
mod operators;
mod outcomes;
mod params;
pub(crate) mod procedures;
mod projection;
mod query;
mod reject;
mod results;
pub(crate) mod rust_types;
mod scope;
mod select_list;
mod setops;
mod star;
mod types;
mod value;
mod variables;
mod views;
mod windows;
mod write;

use std::collections::BTreeSet;

use sqlparser::ast::{NamedWindowDefinition, Query, SetExpr};

use crate::catalog::{Catalog, SqlType, TableName};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::stack::with_room;
use crate::statement::{Edit, Statement};
use crate::typed::{Cardinality, TypedQuery};

use ctes::Cte;
use params::Params;
use query::Output;

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
    /// Sets of result columns that no two rows have in common, where none of them is NULL.
    pub(crate) keys: Vec<Vec<usize>>,
}

impl Analysis {
    /// Whether the statement was refused only for reasons on which a server has the last word.
    pub fn server_decides(&self) -> bool {
        self.query.is_none()
            && self.needs_server.is_none()
            && self
                .diagnostics
                .iter()
                .filter(|finding| finding.is_error())
                .all(|finding| errors::SERVER_DECIDES.contains(&finding.code))
    }
}

/// Types a statement. `catalog` must have been through [`resolve_views`].
pub fn analyze(catalog: &Catalog, statement: &Statement) -> Analysis {
    with_room(|| analyze_here(catalog, statement, false))
}

/// The same for the definition of a view, which is there whatever the `sql_mode` says of it now.
fn analyze_view(catalog: &Catalog, statement: &Statement) -> Analysis {
    with_room(|| analyze_here(catalog, statement, true))
}

fn analyze_here(catalog: &Catalog, statement: &Statement, of_view: bool) -> Analysis {
    let ast = match &statement.ast {
        Ok(ast) => ast,
        Err(unparsed) => {
            let finding =
                Diagnostic::error("unparsed", format!("cannot read this statement: {}", unparsed.message))
                    .at(unparsed.span, "the parser stopped here")
                    .help(
                        "if the server accepts it, `porpoise pull` keeps the server's answer in the snapshot",
                    );
            return Analysis {
                query: None,
                diagnostics: Vec::new(),
                needs_server: Some(finding),
                keys: Vec::new(),
            };
        }
    };
    let mut known = vec![None; statement.params.len()];
    let mut passes = 0;
    loop {
        let mut analyzer = Analyzer::new(catalog, statement, known.clone());
        analyzer.of_view = of_view;
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
    /// What the server gets for each `*`.
    stars: Vec<Edit>,
    /// Inside EXISTS, where it does not matter what `*` stands for.
    keep_stars: bool,
    /// A definition that the server has accepted once.
    of_view: bool,
    /// In ON DUPLICATE KEY UPDATE, what `VALUES(column)` has the columns of; elsewhere it has no value.
    on_duplicate: Option<scope::Relation<'a>>,
    /// Where the row of the statement goes instead of to the client.
    into: Option<&'a sqlparser::ast::SelectInto>,
    /// Whether a subquery is looked at by itself, beside the pass. It looks at none in it that way.
    probing: bool,
    /// What a CALL gives.
    called: Option<crate::typed::Called>,
    /// The named windows of the query.
    windows: &'a [NamedWindowDefinition],
    /// How many derived tables are around; what their keys are is asked, and not what those of a result are.
    derived: usize,
    /// What `@nest` makes of the select list.
    nested: Option<nest::Nested<'a>>,
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
            stars: Vec::new(),
            keep_stars: false,
            of_view: false,
            on_duplicate: None,
            into: None,
            probing: false,
            called: None,
            windows: &[],
            derived: 0,
            nested: None,
        }
    }

    /// What a subquery gives by itself; `None` where it needs something of the queries around it.
    fn alone(&self, query: &'a Query) -> Option<Output<'a>> {
        if self.probing {
            return None;
        }
        let known = self.params.knowledge(self.statement, self.catalog.server.family);
        let mut probe = Analyzer::new(self.catalog, self.statement, known);
        probe.probing = true;
        let output = probe.query(query, None, None);
        (probe.diagnostics.is_empty() && probe.unsupported.is_none()).then_some(output)
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

    /// The place of a literal with its sign, which the tree leaves out.
    fn literal_span(&self, expr: &sqlparser::ast::Expr) -> Span {
        let span = self.span_or_statement(sqlparser::ast::Spanned::span(expr));
        let before = span.range().start.saturating_sub(1)..span.range().start;
        match self.statement.written.bytes(before) {
            "-" => Span { start: span.start - 1, ..span },
            _ => span,
        }
    }

    /// Whether a SELECT is the whole statement, but for what stands before and behind it.
    fn is_whole(&self, select: &sqlparser::ast::Select) -> bool {
        let Ok(ast) = &self.statement.ast else { return false };
        let sqlparser::ast::Statement::Query(query) = &**ast else { return false };
        let mut body = &query.body;
        while let SetExpr::Query(inner) = &**body {
            body = &inner.body;
        }
        matches!(&**body, SetExpr::Select(whole) if std::ptr::eq(&raw const **whole, select))
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
                self.into = select_list::first_select(&query.body).and_then(|select| select.into.as_ref());
                let output = self.query(query, None, None);
                match self.into {
                    None => Outcome { output, last_id: None, returns_rows: true },
                    Some(into) => {
                        self.side_effects = true;
                        self.check_into(into, &output);
                        Outcome { output: Output::none(), last_id: None, returns_rows: false }
                    }
                }
            }
            S::Insert(insert) => self.insert(insert),
            S::Update(update) => self.update(update),
            S::Delete(delete) => self.delete(delete),
            S::Call(call) => self.procedure(call),
            _ => {
                self.unsupported("this kind of statement", None);
                Outcome { output: Output::none(), last_id: None, returns_rows: false }
            }
        }
    }
}

impl Output<'_> {
    fn none() -> Self {
        Output {
            columns: Vec::new(),
            rows: Cardinality::Exec,
            has_row: false,
            missing_key: None,
            keys: Vec::new(),
        }
    }
}
