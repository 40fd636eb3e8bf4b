//! Types a statement from the server's answer alone. What the answer does not say is taken on the safe side, or asked
//! of the author by an error that shows the line to write.
//!
//! A column is non-null only when the server says NOT_NULL, it is a copy of a NOT NULL column of a base table in the
//! catalog, and nothing in the statement can put NULL there all the same: no word of an outer join or of ROLLUP, and
//! no view, which may hide one.

use crate::analyze::rust_types;
use crate::catalog::{
    Catalog, Column, Family, IntWidth, PreparedAnswer, PreparedColumn, SqlType, TableKind, TableName,
};
use crate::diagnostic::{Diagnostic, nearest};
use crate::statement::{Command, Statement};
use crate::typed::{
    Cardinality, ManyRows, Nullability, Origin, ParamShape, ParamType, Reason, TypedColumn, TypedParam,
    TypedQuery,
};
use crate::words::{Kind, Quoting, first_word, tokens, words};

use super::errors;

/// Words that can make NULL of a column that never holds it.
const MAKE_NULL: &[&str] = &["LEFT", "RIGHT", "FULL", "OUTER", "OJ", "ROLLUP", "CUBE"];

/// What a statement that only reads begins with.
const READERS: &[&str] = &["SELECT", "WITH", "VALUES", "TABLE"];

/// Words that make more of a statement than reading: locks, writes behind WITH, files and variables, sequences, and
/// functions that wait or lock.
const NOT_READ_ONLY: &[&str] = &[
    "UPDATE",
    "SHARE",
    "LOCK",
    "DELETE",
    "INSERT",
    "REPLACE",
    "INTO",
    "CALL",
    "NEXTVAL",
    "NEXT",
    "SETVAL",
    "GET_LOCK",
    "RELEASE_LOCK",
    "RELEASE_ALL_LOCKS",
    "LAST_INSERT_ID",
    "LOAD_FILE",
    "BENCHMARK",
    "SLEEP",
];

/// The statement as far as the server's answer to PREPARE types it, which is at most "many rows", or what has to be
/// written beside it.
pub fn from_prepared(
    statement: Statement,
    answer: &PreparedAnswer,
    catalog: &Catalog,
) -> Result<TypedQuery, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let quoting = Quoting { backslash_escapes: !catalog.server.has_mode("NO_BACKSLASH_ESCAPES") };
    let text = statement.prepare_text(|_| 1);
    let words = words(&text, quoting);

    let safe_flags = !words.iter().any(|word| MAKE_NULL.contains(&word.as_str()))
        && !mentions_view(&text, quoting, catalog);
    let mut columns = columns(&statement, answer, catalog, safe_flags);
    take_marks(&mut columns, &text, quoting);
    annotate(&statement, &mut columns, &mut diagnostics);
    let untyped = columns.iter().filter(|column| column.rust_type.is_none() && is_untyped(&column.ty));
    diagnostics.extend(untyped.map(|column| errors::unknown_column_type(&statement, &column.name)));
    let params = params(&statement, answer, catalog.server.family, &mut diagnostics);
    let returns_rows = !answer.columns.is_empty();
    let command = command(&statement, returns_rows, &mut diagnostics);
    if let Some(embed) = statement.embeds.first() {
        diagnostics.push(errors::embeds(embed.span));
    }
    if let Some(nest) = statement.nests.first() {
        diagnostics.push(errors::nests(nest.span));
    }
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let read_only = returns_rows
        && READERS.contains(&first_word(&text, quoting).as_str())
        && !words.iter().any(|word| NOT_READ_ONLY.contains(&word.as_str()))
        && !text.contains(":=")
        && !calls_routine(&text, quoting, catalog);
    Ok(TypedQuery {
        command,
        cardinality: if returns_rows { Cardinality::Many } else { Cardinality::Exec },
        columns,
        embeds: Vec::new(),
        nesting: None,
        params,
        reads: Vec::new(),
        writes: Vec::new(),
        read_only,
        called: None,
        last_id: None,
        // What it does with many rows is not known.
        many: (command == Command::Batch).then_some(ManyRows::Each),
        statement,
    })
}

fn columns(
    statement: &Statement,
    answer: &PreparedAnswer,
    catalog: &Catalog,
    safe_flags: bool,
) -> Vec<TypedColumn> {
    answer.columns.iter().map(|column| typed_column(statement, column, catalog, safe_flags)).collect()
}

/// Takes the marks of aliases such as `` `name!` `` off the names. They are the author's word, as in an analysed
/// statement; the text of an expression without an alias may end in the same characters and is left alone.
fn take_marks(columns: &mut [TypedColumn], text: &str, quoting: Quoting) {
    for column in columns {
        let (Some(mark), Some(name)) = (column.name.chars().last(), column.name.strip_suffix(['!', '?']))
        else {
            continue;
        };
        let whole = column.name.to_lowercase();
        if name.is_empty() || !mentions(text, quoting, |quoted| quoted == whole) {
            continue;
        }
        column.nullability = if mark == '!' {
            Nullability::NonNull
        } else {
            Nullability::Nullable(Reason { text: "its alias ends in `?`".to_owned(), span: None })
        };
        column.name = name.to_owned();
    }
}

/// Applies the `-- @column` lines.
fn annotate(statement: &Statement, columns: &mut [TypedColumn], diagnostics: &mut Vec<Diagnostic>) {
    for annotation in &statement.column_types {
        let name = &annotation.column.value;
        let mut found = false;
        for column in columns.iter_mut().filter(|column| column.name.eq_ignore_ascii_case(name)) {
            found = true;
            column.rust_type = Some(annotation.rust_type.value.clone());
            if annotation.nullable && !column.nullability.is_nullable() {
                let text = "`-- @column` asks for an Option".to_owned();
                column.nullability =
                    Nullability::Nullable(Reason { text, span: Some(annotation.rust_type.span) });
            }
        }
        if !found {
            let nearest = nearest(name, columns.iter().map(|column| column.name.as_str()));
            diagnostics.push(errors::unknown_column(name, annotation.column.span, nearest));
        }
    }
}

fn typed_column(
    statement: &Statement,
    column: &PreparedColumn,
    catalog: &Catalog,
    safe_flags: bool,
) -> TypedColumn {
    let origin = origin(column, catalog);
    let ty = match &origin {
        Some((_, base, _)) => known_type(&column.ty, &base.ty),
        None => widened(decodable(&column.ty)),
    };
    let proved = safe_flags
        && column.not_null
        && origin.as_ref().is_some_and(|(_, base, is_base_table)| *is_base_table && !base.nullable);
    let nullability = if proved {
        Nullability::NonNull
    } else {
        let text = "the statement could not be analysed, and the server's flag that it is not proves nothing";
        Nullability::Nullable(Reason { text: text.to_owned(), span: Some(statement.span) })
    };
    TypedColumn {
        name: column.name.clone(),
        ty,
        nullability,
        origin: origin.map(|(origin, _, _)| origin),
        rust_type: None,
        span: statement.span,
    }
}

/// The catalog's column that the server says this is a copy of, and whether its table is a base table.
fn origin<'a>(column: &PreparedColumn, catalog: &'a Catalog) -> Option<(Origin, &'a Column, bool)> {
    let table = catalog.table(column.schema.as_deref(), &column.table)?;
    let base = table.column(&column.column)?;
    let origin = Origin { table: table.name.clone(), column: base.name.clone() };
    Some((origin, base, matches!(table.kind, TableKind::Base)))
}

/// The catalog's type of the column where the protocol's says less of the same; otherwise the protocol's.
fn known_type(sent: &SqlType, base: &SqlType) -> SqlType {
    let told_less = matches!(
        (sent, base),
        (SqlType::Enum { .. }, SqlType::Enum { .. })
            | (SqlType::Set { .. }, SqlType::Set { .. })
            | (
                SqlType::Text { .. },
                SqlType::Text { .. } | SqlType::Json | SqlType::Uuid | SqlType::Inet4 | SqlType::Inet6,
            )
            | (SqlType::Geometry { .. }, SqlType::Geometry { .. })
            | (SqlType::Vector { .. } | SqlType::Bytes { .. }, SqlType::Vector { .. })
    );
    if told_less { base.clone() } else { decodable(sent) }
}

/// An integer that is computed may be wider in execution than PREPARE announced, where a parameter decides.
fn widened(ty: SqlType) -> SqlType {
    match ty {
        SqlType::Int { unsigned, .. } => SqlType::Int { width: IntWidth::Big, unsigned },
        other => other,
    }
}

/// Without its members an ENUM or SET is text.
fn decodable(ty: &SqlType) -> SqlType {
    match ty {
        SqlType::Enum { values } | SqlType::Set { values } if values.is_empty() => SqlType::text(),
        _ => ty.clone(),
    }
}

/// Whether PREPARE says nothing of a column: that of a parameter is NULL, or no bytes at all.
fn is_untyped(ty: &SqlType) -> bool {
    matches!(ty, SqlType::Null | SqlType::Bytes { length: Some(0), .. })
}

fn params(
    statement: &Statement,
    answer: &PreparedAnswer,
    family: Family,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<TypedParam> {
    if statement.placeholders.len() != answer.params.len() {
        diagnostics.push(errors::parameter_count(
            statement,
            statement.placeholders.len(),
            answer.params.len(),
        ));
        return Vec::new();
    }
    let mut unnamed = 0;
    let mut typed = Vec::new();
    for (index, param) in statement.params.iter().enumerate() {
        let name = param.name.clone().unwrap_or_else(|| {
            unnamed += 1;
            format!("arg{unnamed}")
        });
        // What the server says where the parameter stands. Its text is also what it says when it does not know.
        let said: Vec<&SqlType> = statement
            .placeholders
            .iter()
            .zip(&answer.params)
            .filter(|(placeholder, _)| placeholder.param == index)
            .filter_map(|(_, ty)| ty.as_ref())
            .collect();
        let telling: Vec<&SqlType> =
            said.iter().copied().filter(|ty| !matches!(ty, SqlType::Text { .. })).collect();
        let ty = match (&param.rust_type, telling.first(), said.first()) {
            (Some(written), first, _) => rust_types::sql_type(&written.value)
                .or_else(|| first.map(|ty| (*ty).clone()))
                .unwrap_or_else(SqlType::text),
            (None, Some(first), _) => {
                if telling.iter().any(|ty| ty != first) {
                    diagnostics.push(errors::parameter_conflict(statement, index, &name));
                }
                (*first).clone()
            }
            (None, None, Some(_)) => SqlType::text(),
            (None, None, None) => {
                diagnostics.push(errors::unknown_parameter(statement, index, &name, param, family));
                SqlType::Null
            }
        };
        let value = ParamType { ty, nullable: param.nullable && !param.list, origin: None, met: Vec::new() };
        typed.push(TypedParam {
            name,
            shape: if param.list { ParamShape::List(value) } else { ParamShape::Scalar(value) },
            rust_type: param.rust_type.as_ref().map(|written| written.value.clone()),
        });
    }
    typed
}

fn command(statement: &Statement, returns_rows: bool, diagnostics: &mut Vec<Diagnostic>) -> Command {
    let Some(declared) = &statement.command else {
        return if returns_rows { Command::Many } else { Command::ExecRows };
    };
    let command = declared.value;
    if command.returns_rows() && !returns_rows {
        diagnostics.push(errors::no_rows(statement, declared.span, command.as_str()));
    } else if !command.returns_rows() && returns_rows {
        diagnostics.push(errors::rows_unused(declared.span, command.as_str()));
    } else if command == Command::ExecLastId {
        diagnostics.push(errors::last_id(declared.span));
    }
    command
}

/// Whether a name of the text, quoted or not, is that of a view.
fn mentions_view(text: &str, quoting: Quoting, catalog: &Catalog) -> bool {
    let views: Vec<&TableName> = catalog
        .tables
        .iter()
        .filter(|table| matches!(table.kind, TableKind::View { .. }))
        .map(|table| &table.name)
        .collect();
    mentions(text, quoting, |name| views.iter().any(|view| view.name.to_lowercase() == name))
}

fn calls_routine(text: &str, quoting: Quoting, catalog: &Catalog) -> bool {
    mentions(text, quoting, |name| catalog.routines.iter().any(|routine| routine.name.to_lowercase() == name))
}

/// Whether `is` holds for any name of the text, in lower case. Text in double quotes may be a name too.
fn mentions(text: &str, quoting: Quoting, is: impl Fn(&str) -> bool) -> bool {
    tokens(text, quoting).iter().any(|token| match token.kind {
        Kind::Word => is(&token.text(text).to_lowercase()),
        Kind::QuotedName => token.name(text).is_some_and(|name| is(&name.to_lowercase())),
        Kind::Quoted => {
            let inner = token.text(text).trim_matches('"').replace("\"\"", "\"");
            is(&inner.to_lowercase())
        }
        Kind::Comment | Kind::Conditional | Kind::Symbol => false,
    })
}
