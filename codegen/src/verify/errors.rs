//! What there is to say when two witnesses disagree, or when the only one does not know.

use crate::catalog::{Family, PreparedAnswer, PreparedColumn, SqlType};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::statement::{Parameter, Statement};
use crate::typed::{TypedColumn, TypedParam, TypedQuery};

pub(super) fn parameter_count(statement: &Statement, ours: usize, theirs: usize) -> Diagnostic {
    Diagnostic::error(
        "parameter-count",
        format!("the server counts {} in this statement, and we count {ours}", counted(theirs, "parameter")),
    )
    .at(statement.span, "")
    .help("this is a fault of Porpoise: please report the statement")
}

pub(super) fn column_count(query: &TypedQuery, answer: &PreparedAnswer, family: Family) -> Diagnostic {
    let (ours, theirs) = (query.columns.len(), answer.columns.len());
    Diagnostic::error(
        "column-count",
        format!(
            "{} counts {} in the result, and we count {ours}",
            family.as_str(),
            counted(theirs, "column")
        ),
    )
    .at(query.statement.span, "")
    .help("when the schema snapshot is older than the schema, `porpoise pull` mends it")
}

pub(super) fn other_column(ours: &TypedColumn, theirs: &PreparedColumn, family: Family) -> Diagnostic {
    Diagnostic::error(
        "column-order",
        format!(
            "where we see column `{}`, {} sends column `{}` of `{}`",
            ours.name,
            family.as_str(),
            theirs.column,
            theirs.table,
        ),
    )
    .at(ours.span, "")
    .help("when the schema snapshot is older than the schema, `porpoise pull` mends it")
}

pub(super) fn column_type(ours: &TypedColumn, theirs: &PreparedColumn, family: Family) -> Diagnostic {
    let (family, our_type, their_type) = (family.as_str(), ours.ty.sql(), shown(&theirs.ty));
    Diagnostic::error(
        "column-type",
        format!(
            "column `{}` is {our_type} for us, which does not hold the {their_type} that {family} sends",
            ours.name
        ),
    )
    .at(ours.span, format!("{their_type} for {family}"))
    .help(format!(
        "settle it with the line `-- @column {}: {}` above the statement, or cast the value in SQL",
        ours.name,
        rust_example(&theirs.ty),
    ))
}

pub(super) fn parameter_type(
    statement: &Statement,
    index: usize,
    param: &TypedParam,
    ours: &SqlType,
    theirs: &SqlType,
) -> Diagnostic {
    let span = place(statement, index);
    Diagnostic::warning(
        "parameter-type",
        format!(
            "parameter `{}` is {} for us, and the server expects {}",
            param.name,
            ours.sql(),
            shown(theirs)
        ),
    )
    .at(span, "")
    .help(format!("{} is taken; `-- @param {}: Type` says it otherwise", ours.sql(), param.name))
}

pub(super) fn unknown_parameter(
    statement: &Statement,
    index: usize,
    name: &str,
    param: &Parameter,
    family: Family,
) -> Diagnostic {
    let found =
        Diagnostic::error("untyped-parameter", format!("nothing says what type parameter `{name}` has"))
            .at(place(statement, index), "")
            .help(format!(
                "this statement could not be analysed, and {} says nothing of this parameter",
                family.as_str()
            ));
    match param.name {
        Some(_) => found.help(format!("write the line `-- @param {name}: i64`, with its Rust type, above the statement")),
        None => found.help(format!(
            "write `:{name}` in the place of `?`, and the line `-- @param {name}: i64`, with its Rust type, above the \
             statement"
        )),
    }
}

pub(super) fn unknown_column_type(statement: &Statement, name: &str) -> Diagnostic {
    Diagnostic::error("untyped-column", format!("the server does not say what type column `{name}` has"))
        .at(statement.span, "")
        .help(format!("write the line `-- @column {name}: i64`, with its Rust type, above the statement"))
}

pub(super) fn parameter_conflict(statement: &Statement, index: usize, name: &str) -> Diagnostic {
    let found = Diagnostic::error(
        "parameter-conflict",
        format!("the server expects different types for parameter `{name}` in different places"),
    )
    .help(format!("write the line `-- @param {name}: i64`, with its Rust type, above the statement"));
    statement
        .placeholders
        .iter()
        .filter(|placeholder| placeholder.param == index)
        .fold(found, |found, placeholder| found.at(placeholder.span, ""))
}

pub(super) fn no_rows(statement: &Statement, span: Span, command: &str) -> Diagnostic {
    Diagnostic::error(
        "no-rows",
        format!("`:{command}` needs rows, and the server describes none for this statement"),
    )
    .at(span, "")
    .at(statement.span, "neither the rows of CALL nor those of RETURNING are described before they come")
    .help("use `:exec`, `:execrows` or `:execresult`")
}

pub(super) fn rows_unused(span: Span, command: &str) -> Diagnostic {
    Diagnostic::error(
        "rows-unused",
        format!("the statement returns rows, and `:{command}` leaves them unread"),
    )
    .at(span, "")
    .help("use `:many`, `:opt`, `:one` or `:stream`")
}

pub(super) fn last_id(span: Span) -> Diagnostic {
    Diagnostic::error(
        "last-id",
        "`:execlastid` needs a statement that can be analysed, to find the column of the id",
    )
    .at(span, "")
    .help("use `:execresult`, which has the id that the server sends")
}

pub(super) fn embeds(span: Span) -> Diagnostic {
    Diagnostic::error("embed-unparsed", "`@embed` needs a statement that can be analysed")
        .at(span, "")
        .help("without it, the columns stand in the row one by one")
}

pub(super) fn nests(span: Span) -> Diagnostic {
    Diagnostic::error("nest-unparsed", "`@nest` needs a statement that can be analysed")
        .at(span, "the keys by which rows are grouped are not known")
        .help("without it, the joined rows come as they are")
}

pub(super) fn unknown_column(name: &str, span: Span, nearest: Option<&str>) -> Diagnostic {
    let found =
        Diagnostic::error("unknown-column", format!("the result has no column `{name}`")).at(span, "");
    match nearest {
        Some(nearest) => found.help(format!("a column with a similar name is `{nearest}`")),
        None => found,
    }
}

fn place(statement: &Statement, param: usize) -> Span {
    statement
        .placeholders
        .iter()
        .find(|placeholder| placeholder.param == param)
        .map_or(statement.span, |placeholder| placeholder.span)
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// A type as the protocol knows it, without members that it does not send.
fn shown(ty: &SqlType) -> String {
    match ty {
        SqlType::Enum { values } if values.is_empty() => "enum".to_owned(),
        SqlType::Set { values } if values.is_empty() => "set".to_owned(),
        _ => ty.sql(),
    }
}

/// A Rust type to begin with.
fn rust_example(ty: &SqlType) -> &'static str {
    match ty {
        SqlType::Bool { .. } => "bool",
        SqlType::Int { unsigned: true, .. } | SqlType::Bit { .. } => "u64",
        SqlType::Int { unsigned: false, .. } | SqlType::Null => "i64",
        SqlType::Decimal { .. } => "rust_decimal::Decimal",
        SqlType::Float { .. } => "f32",
        SqlType::Double { .. } => "f64",
        SqlType::Text { .. }
        | SqlType::Enum { .. }
        | SqlType::Set { .. }
        | SqlType::Uuid
        | SqlType::Inet4
        | SqlType::Inet6 => "String",
        SqlType::Bytes { .. } | SqlType::Vector { .. } | SqlType::Geometry { .. } => "Vec<u8>",
        SqlType::Date => "chrono::NaiveDate",
        SqlType::DateTime { .. } | SqlType::Timestamp { .. } => "chrono::NaiveDateTime",
        SqlType::Time { .. } => "porpoise::Time",
        SqlType::Year => "u16",
        SqlType::Json => "serde_json::Value",
    }
}
