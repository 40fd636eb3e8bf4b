//! How `:batch` and `:copyfrom` may run a statement for many rows: together only where that is the same as one by one.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, FunctionArguments, Insert, OnInsert, Query, SetExpr, Spanned as _, Statement as Tree, Value,
    visit_expressions,
};

use super::functions::{self, Kind};
use super::write::is_default;
use super::{Analyzer, errors, names};
use crate::catalog::SqlType;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::statement::{Command, Edit, Piece, With};
use crate::typed::{CopyColumn, ManyRows};

/// Functions that tell what the session did before: what they give differs between one statement for all rows and one
/// for each. Those that change something are known by their kind.
const OF_THE_SESSION: [&str; 6] = ["benchmark", "found_rows", "lastval", "nextval", "row_count", "setval"];

/// Divides the text. A statement that has it already is not divided.
const MARK: &str = "\u{0}";

/// How the statement of a `:batch` or `:copyfrom` is run; `None` for others. `edits` are those of the text for the server.
pub(super) fn many_rows(
    analyzer: &mut Analyzer<'_>,
    command: Command,
    returns_rows: bool,
    edits: &[Edit],
) -> Option<ManyRows> {
    let tree = analyzer.statement.ast.as_ref().ok().map(|tree| &**tree);
    match command {
        Command::Batch => {
            Some(tree.map_or(ManyRows::Each, |tree| batch(analyzer, tree, returns_rows, edits)))
        }
        Command::CopyFrom => {
            let copied = tree.map(|tree| copy(analyzer, tree))?;
            match copied {
                Ok(copy) => Some(copy),
                // What is not known is reported where it is looked up.
                Err((_, UNKNOWN, _)) if analyzer.diagnostics.iter().any(Diagnostic::is_error) => None,
                Err((span, why, help)) => {
                    let span = span.unwrap_or(analyzer.statement.span);
                    analyzer.report(errors::not_for_copyfrom(span, why, help));
                    None
                }
            }
        }
        Command::One
        | Command::Opt
        | Command::Many
        | Command::Stream
        | Command::Exec
        | Command::ExecRows
        | Command::ExecOne
        | Command::ExecVersion
        | Command::ExecLastId
        | Command::ExecResult => None,
    }
}

fn batch(analyzer: &Analyzer<'_>, tree: &Tree, returns_rows: bool, edits: &[Edit]) -> ManyRows {
    if returns_rows {
        return ManyRows::Each;
    }
    let insert = match tree {
        Tree::Insert(insert) => insert,
        // Each of them is a statement of its own also where many are sent together.
        Tree::Update(_) | Tree::Delete(_) => return ManyRows::Together,
        _ => return ManyRows::Each,
    };
    let is_same = |value: &Expr| is_default(value) || is_same_in_every_row(value, false);
    let row = single_row(analyzer, insert);
    let same = match row {
        Some((_, values, _)) => values.iter().all(is_same),
        // INSERT ... SET
        None => {
            !insert.assignments.is_empty()
                && insert.assignments.iter().all(|assignment| is_same(&assignment.value))
        }
    };
    let updates_same = match &insert.on {
        None => true,
        Some(OnInsert::DuplicateKeyUpdate(assignments)) => {
            assignments.iter().all(|assignment| is_same_in_every_row(&assignment.value, true))
        }
        Some(_) => false,
    };
    if !same || !updates_same {
        return ManyRows::Each;
    }
    let Some((open, _, close)) = row else { return ManyRows::Together };
    let places = &analyzer.statement.placeholders;
    let within = |place: &Span| open <= place.start as usize && place.end as usize <= close;
    if !places.iter().all(|place| within(&place.span)) {
        return ManyRows::Together;
    }
    pieces(analyzer, edits, open, close, insert.ignore).unwrap_or(ManyRows::Each)
}

/// The one row of `VALUES (...)`, with the offsets of its brackets.
fn single_row<'e>(analyzer: &Analyzer<'_>, insert: &'e Insert) -> Option<(usize, &'e [Expr], usize)> {
    let source = insert.source.as_deref()?;
    let SetExpr::Values(values) = &*source.body else { return None };
    let [row] = values.rows.as_slice() else { return None };
    // `VALUES ROW(...)` is a table on MySQL: its rows have one type for each column.
    if values.explicit_row || insert.returning.is_some() || !is_bare(source) {
        return None;
    }
    let open = analyzer.span(row.opening_token.0.span)?;
    let close = analyzer.span(row.closing_token.0.span)?;
    Some((open.start as usize, &row.content, close.end as usize))
}

fn is_bare(query: &Query) -> bool {
    query.with.is_none() && query.order_by.is_none() && query.limit_clause.is_none() && query.fetch.is_none()
}

/// Whether an expression gives, in a statement with many rows, what it gives in a statement for each. A list of what
/// is known to: no subquery, variable or function of the application, and no column but where rows are updated.
fn is_same_in_every_row(expr: &Expr, columns: bool) -> bool {
    let checked = visit_expressions(expr, |expr| {
        let known = match expr {
            Expr::Value(_)
            | Expr::TypedString(_)
            | Expr::Prefixed { .. }
            | Expr::UnaryOp { .. }
            | Expr::BinaryOp { .. }
            | Expr::Nested(_)
            | Expr::Cast { .. }
            | Expr::Convert { .. }
            | Expr::Collate { .. }
            | Expr::Case { .. }
            | Expr::Interval(_)
            | Expr::Extract { .. }
            | Expr::Trim { .. }
            | Expr::Substring { .. }
            | Expr::Position { .. }
            | Expr::Ceil { .. }
            | Expr::Floor { .. }
            | Expr::IsNull(_)
            | Expr::IsNotNull(_)
            | Expr::Between { .. }
            | Expr::InList { .. } => true,
            Expr::Identifier(name) => columns && !names::is_variable(name),
            Expr::CompoundIdentifier(parts) => columns && !parts.iter().any(names::is_variable),
            Expr::Function(function) => {
                let arguments = !matches!(function.args, FunctionArguments::Subquery(_));
                arguments && function.over.is_none() && is_plain_function(&function.name.to_string(), columns)
            }
            _ => false,
        };
        if known { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    checked.is_continue()
}

fn is_plain_function(name: &str, columns: bool) -> bool {
    let name = name.trim_matches('`').to_ascii_lowercase();
    if columns && (name == "values" || name == "value") {
        return true;
    }
    functions::find(&name)
        .is_some_and(|function| function.kind == Kind::Scalar && !OF_THE_SESSION.contains(&function.name))
}

/// The text for the server, divided before and after the row.
fn pieces(
    analyzer: &Analyzer<'_>,
    edits: &[Edit],
    open: usize,
    close: usize,
    ignore: bool,
) -> Option<ManyRows> {
    let mark = |at: usize| Edit { range: at..at, with: With::Text(MARK.to_owned()) };
    let edits: Vec<Edit> = edits.iter().cloned().chain([mark(open), mark(close)]).collect();
    let mut text = String::new();
    for piece in analyzer.statement.written.pieces(&edits) {
        match piece {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Placeholder(_) => text.push('?'),
            // The text depends on arguments.
            Piece::Open(_) | Piece::Close(_) | Piece::Choice(_) => return None,
        }
    }
    let parts: Vec<&str> = text.split(MARK).collect();
    let [head, row, tail] = parts.as_slice() else { return None };
    Some(ManyRows::Rows {
        head: (*head).to_owned(),
        row: (*row).to_owned(),
        tail: (*tail).to_owned(),
        ignore,
    })
}

/// Why a statement cannot be a `:copyfrom`: where, why, and what to do.
type Refusal = (Option<Span>, &'static str, &'static str);

const UNKNOWN: &str = "its columns are not known";

const WRITE_BATCH: &str = "write `:batch`, which takes every statement";

fn copy(analyzer: &Analyzer<'_>, tree: &Tree) -> Result<ManyRows, Refusal> {
    let Tree::Insert(insert) = tree else {
        return Err((None, "this is no INSERT", WRITE_BATCH));
    };
    if insert.ignore {
        let help = "leave IGNORE out and allow warnings in the call, or write `:batch`";
        return Err((None, "LOAD DATA has no IGNORE that means the same", help));
    }
    if insert.replace_into || insert.on.is_some() {
        return Err((None, "LOAD DATA only inserts rows", WRITE_BATCH));
    }
    if insert.returning.is_some() {
        return Err((None, "LOAD DATA returns no rows", "leave RETURNING out"));
    }
    if insert.priority.is_some() || insert.partitioned.is_some() || !insert.optimizer_hints.is_empty() {
        return Err((None, "LOAD DATA has only a table and its columns", WRITE_BATCH));
    }
    let source = insert.source.as_deref();
    let values = source.and_then(|source| match &*source.body {
        SetExpr::Values(values) if !values.explicit_row && is_bare(source) => Some(values),
        _ => None,
    });
    let Some(values) = values else {
        let help = "write `INSERT INTO t (a, b) VALUES (:a, :b)`, or `:batch`";
        return Err((source.and_then(|source| analyzer.span(source.span())), "there is no VALUES", help));
    };
    let table = match &insert.table {
        sqlparser::ast::TableObject::TableName(name) => name,
        _ => return Err((None, "there is no table", WRITE_BATCH)),
    };
    let table_span = analyzer.span(table.span());
    if insert.columns.is_empty() {
        let help = "name the columns: `INSERT INTO t (a, b) VALUES (:a, :b)`";
        return Err((table_span, "its columns are not named", help));
    }
    let [row] = values.rows.as_slice() else {
        let second = values.rows.get(1).and_then(|row| analyzer.span(row.opening_token.0.span));
        return Err((
            second,
            "there is more than one row",
            "write one row: the function takes any number of them",
        ));
    };
    for value in &row.content {
        let is_parameter =
            matches!(value, Expr::Value(value) if matches!(value.value, Value::Placeholder(_)));
        if !is_parameter {
            let help = "write a parameter here and compute the value in Rust, leave the column out if this is its \
                        default, or write `:batch`";
            return Err((analyzer.span(value.span()), "this is not just one parameter", help));
        }
    }
    let written = &analyzer.statement.written;
    let bytes = |span: Span| written.bytes(span.range()).to_owned();
    let text = table_span.map(bytes).filter(|text| !text.is_empty());
    let catalog_table = names::table(table).and_then(|(schema, name)| {
        analyzer.catalog.table(schema.map(|schema| schema.value.as_str()), &name.value)
    });
    let columns: Option<Vec<CopyColumn>> = insert
        .columns
        .iter()
        .map(|name| {
            let ident = names::last(name)?;
            let ty: SqlType = catalog_table?.column(&ident.value)?.ty.clone();
            Some(CopyColumn { text: bytes(analyzer.span(ident.span)?), ty })
        })
        .collect();
    match (text, columns) {
        (Some(table), Some(columns)) => Ok(ManyRows::Copy { table, columns }),
        _ => Err((table_span, UNKNOWN, WRITE_BATCH)),
    }
}
