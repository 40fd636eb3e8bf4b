//! What is known of every query, for people and for other tools. The keys of the JSON are a contract: they are
//! added to and never changed. Knows nothing of how the generated code looks beyond the Rust types in it.

use std::fmt::Write as _;

use serde::Serialize;

use crate::catalog::{SqlType, TableName};
use crate::diagnostic::Diagnostic;
use crate::lower::{QueryFile, QueryTypes, RustType};
use crate::span::{Sources, Span};
use crate::statement::Command;
use crate::typed::{Cardinality, Nullability, ParamShape, ParamType, Reason, TypedQuery};

/// What is described.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The query files with their typed queries.
    pub files: &'a [QueryFile],
    /// The Rust types of each of them, as [`crate::lower::Lowered::types`] has them.
    pub types: &'a [Vec<QueryTypes>],
    /// Everything that was found.
    pub diagnostics: &'a [Diagnostic],
    /// The texts of the files.
    pub sources: &'a Sources,
}

/// The description as JSON, with a line break at its end: files sorted by path, queries in the order of their file.
pub fn json(input: &Input<'_>) -> String {
    let queries = queries(input).map(|(file, query, types)| QueryJson::new(file, query, types)).collect();
    let diagnostics =
        input.diagnostics.iter().map(|found| DiagnosticJson::new(found, input.sources)).collect();
    // Strings, numbers and lists cannot fail to be JSON.
    #[expect(clippy::expect_used)]
    let text = serde_json::to_string_pretty(&Json { queries, diagnostics }).expect("plain data is JSON");
    text + "\n"
}

/// The description of the queries for people. Diagnostics are rendered elsewhere.
pub fn text(input: &Input<'_>) -> String {
    let mut text = String::new();
    let mut file_before = None;
    for (file, query, types) in queries(input) {
        if file_before != Some(file) {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{file}\n"));
            file_before = Some(file);
        }
        // Writing to a string does not fail.
        let _ = write_query(&mut text, query, types, input.sources);
    }
    text
}

fn queries<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'a str, &'a TypedQuery, &'a QueryTypes)> {
    let path = |file: &QueryFile| input.sources.get(file.file).path.as_str();
    let mut files: Vec<_> =
        input.files.iter().zip(input.types).map(|(file, types)| (path(file), file, types)).collect();
    files.sort_by_key(|(path, _, _)| *path);
    files.into_iter().flat_map(|(path, file, types)| {
        // What nobody wrote is left out.
        let written =
            |query: &TypedQuery| file.of_table.is_none() && query.statement.name.span.file == file.file;
        let queries = file.queries.iter().zip(types).filter(move |(query, _)| written(query));
        queries.map(move |(query, types)| (path, query, types))
    })
}

#[derive(Serialize)]
struct Json<'a> {
    queries: Vec<QueryJson<'a>>,
    diagnostics: Vec<DiagnosticJson<'a>>,
}

#[derive(Serialize)]
struct QueryJson<'a> {
    file: &'a str,
    name: &'a str,
    kind: &'static str,
    cardinality: &'static str,
    sql: String,
    columns: Vec<ColumnJson<'a>>,
    params: Vec<ParamJson<'a>>,
    reads: Vec<String>,
    writes: Vec<String>,
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    name: &'a str,
    sql_type: String,
    nullable: bool,
    rust_type: String,
}

#[derive(Serialize)]
struct ParamJson<'a> {
    name: &'a str,
    sql_type: String,
    nullable: bool,
    rust_type: String,
    list: bool,
}

#[derive(Serialize)]
struct DiagnosticJson<'a> {
    level: &'static str,
    code: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> QueryJson<'a> {
    fn new(file: &'a str, query: &'a TypedQuery, types: &'a QueryTypes) -> Self {
        let columns = query.columns.iter().zip(&types.columns).enumerate();
        let columns = columns.map(|(index, (column, rust))| ColumnJson {
            name: &column.name,
            sql_type: column.ty.sql(),
            nullable: why_nullable(query, index).is_some(),
            rust_type: rust.to_string(),
        });
        let params = query.params.iter().zip(&types.params).map(|(param, rust)| ParamJson {
            name: &param.name,
            sql_type: param_type(&param.shape),
            nullable: param_nullable(&param.shape),
            rust_type: rust.to_string(),
            list: is_list(&param.shape),
        });
        let choosers = types.choosers.iter().map(|argument| ParamJson {
            name: argument.name.plain(),
            sql_type: chooser_type(&argument.ty).to_owned(),
            nullable: false,
            rust_type: argument.ty.to_string(),
            list: false,
        });
        Self {
            file,
            name: &query.statement.name.value,
            kind: query.command.as_str(),
            cardinality: query.cardinality.as_str(),
            sql: sql(query),
            columns: columns.collect(),
            params: params.chain(choosers).collect(),
            reads: names(&query.reads),
            writes: names(&query.writes),
        }
    }
}

impl<'a> DiagnosticJson<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        let place = diagnostic.labels.first().map(|label| {
            let source = sources.get(label.span.file);
            (source.path.as_str(), source.line_column(label.span.start))
        });
        Self {
            level: diagnostic.level.as_str(),
            code: diagnostic.code,
            message: &diagnostic.message,
            file: place.map(|(path, _)| path),
            line: place.map(|(_, (line, _))| line),
            column: place.map(|(_, (_, column))| column),
        }
    }
}

/// Why a column can be NULL, where it can. One that is embedded from the outer side of a join can, though its field
/// in the nested struct is none that can.
fn why_nullable(query: &TypedQuery, column: usize) -> Option<String> {
    if let Some(embed) = query.embeds.iter().find(|embed| embed.optional && embed.columns.contains(&column)) {
        return Some(format!("`{}` is on the outer side of a join", embed.name));
    }
    let collections = query.nesting.iter().flat_map(|nesting| &nesting.collections);
    if let Some(nested) =
        collections.into_iter().find(|nested| nested.optional && nested.columns.contains(&column))
    {
        return Some(format!("`{}` is on the outer side of a join", nested.name.value));
    }
    match &query.columns[column].nullability {
        Nullability::NonNull => None,
        Nullability::Nullable(reason) => Some(reason.to_string()),
    }
}

/// The line of the reason, where it is not that of the column.
fn reason_line(query: &TypedQuery, column: usize, sources: &Sources) -> Option<usize> {
    let column = &query.columns[column];
    let Nullability::Nullable(Reason { span: Some(span), .. }) = &column.nullability else { return None };
    let line = |span: &Span| sources.get(span.file).line_column(span.start).0;
    (span.file == column.span.file && line(span) != line(&column.span)).then(|| line(span))
}

/// The text for PREPARE.
fn sql(query: &TypedQuery) -> String {
    query.statement.prepare_text(|param| query.params[param].shape.arity())
}

/// The type of a parameter, or of an element where it is a list.
fn param_type(shape: &ParamShape) -> String {
    match shape {
        ParamShape::Scalar(param) | ParamShape::List(param) => param.ty.sql(),
        ParamShape::Tuples(params) => {
            let types: Vec<_> = params.iter().map(|param| param.ty.sql()).collect();
            format!("({})", types.join(", "))
        }
    }
}

/// What stands for the SQL type of an argument that decides about the text and is not sent.
fn chooser_type(ty: &RustType) -> &'static str {
    if matches!(ty, RustType::Item(_)) { "order" } else { "boolean" }
}

fn param_nullable(shape: &ParamShape) -> bool {
    match shape {
        ParamShape::Scalar(ParamType { nullable, .. }) | ParamShape::List(ParamType { nullable, .. }) => {
            *nullable
        }
        ParamShape::Tuples(params) => params.iter().any(|param| param.nullable),
    }
}

fn is_list(shape: &ParamShape) -> bool {
    match shape {
        ParamShape::Scalar(_) => false,
        ParamShape::List(_) | ParamShape::Tuples(_) => true,
    }
}

fn names(tables: &[TableName]) -> Vec<String> {
    tables.iter().map(TableName::to_string).collect()
}

fn write_query(
    text: &mut String,
    query: &TypedQuery,
    types: &QueryTypes,
    sources: &Sources,
) -> std::fmt::Result {
    writeln!(text, "\n  {} :{}  {}", query.statement.name.value, query.command.as_str(), proof(query))?;
    for line in sql(query).lines() {
        writeln!(text, "    | {}", line.trim_end())?;
    }
    let columns = query.columns.iter().zip(&types.columns).enumerate().map(|(index, (column, rust))| {
        let why = why_nullable(query, index).map(|why| format!("nullable because {why}")).unwrap_or_default();
        let why = why
            + &reason_line(query, index, sources).map(|line| format!(" at line {line}")).unwrap_or_default();
        [column.name.clone(), column.ty.sql(), rust.to_string(), why]
    });
    write_table(text, "columns", columns.collect())?;
    let params = query.params.iter().zip(&types.params).map(|(param, rust)| {
        let notes = [(is_list(&param.shape), "list"), (param_nullable(&param.shape), "may be NULL")];
        let notes: Vec<_> = notes.iter().filter(|(holds, _)| *holds).map(|(_, note)| *note).collect();
        [format!(":{}", param.name), param_type(&param.shape), rust.to_string(), notes.join(", ")]
    });
    let choosers = types.choosers.iter().map(|argument| {
        let sql = chooser_type(&argument.ty).to_owned();
        [format!(":{}", argument.name.plain()), sql, argument.ty.to_string(), "not sent".to_owned()]
    });
    write_table(text, "params", params.chain(choosers).collect())?;
    for (what, tables) in [("reads", &query.reads), ("writes", &query.writes)] {
        if !tables.is_empty() {
            writeln!(text, "    {what} {}", names(tables).join(", "))?;
        }
    }
    if let (Command::ExecLastId, Some(id)) = (query.command, &query.last_id) {
        writeln!(text, "    answers the new {}", SqlType::sql(id))?;
    }
    Ok(())
}

fn proof(query: &TypedQuery) -> &'static str {
    match query.cardinality {
        Cardinality::One => "(exactly one row)",
        Cardinality::Opt => "(at most one row)",
        Cardinality::Many => "(any number of rows)",
        Cardinality::Exec => "(no rows)",
    }
}

/// Rows of four cells, the first three as wide as the widest of them.
fn write_table(text: &mut String, title: &str, rows: Vec<[String; 4]>) -> std::fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(text, "    {title}")?;
    // One long list of enum members does not push everything else off the screen.
    let width = |cell: usize| rows.iter().map(|row| row[cell].chars().count()).max().unwrap_or(0);
    let (first, second, third) = (width(0).min(40), width(1).min(40), width(2).min(60));
    for [name, sql, rust, note] in &rows {
        let line = format!("      {name:first$}  {sql:second$}  {rust:third$}  {note}");
        writeln!(text, "{}", line.trim_end())?;
    }
    Ok(())
}
