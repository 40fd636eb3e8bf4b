//! The findings of the analysis, one constructor each.

use crate::catalog::SqlType;
use crate::diagnostic::{Diagnostic, nearest};
use crate::span::Span;

/// What both servers check at PREPARE: where a server accepts the statement all the same, the analysis is wrong, or the
/// snapshot is not of today.
pub(super) const SERVER_DECIDES: &[&str] = &[
    "unknown-table",
    "unknown-column",
    "unknown-alias",
    "ambiguous-column",
    "duplicate-alias",
    "argument-count",
    "value-count",
    "column-count",
    "view-not-updatable",
];

pub(super) fn unknown_table<'n>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let finding = Diagnostic::error("unknown-table", format!("there is no table `{name}`"))
        .at(span, "not in the schema");
    match nearest(name, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("if it was created since the last `porpoise pull`, pull again"),
    }
}

pub(super) fn unknown_column<'n>(
    name: &str,
    of: Option<&str>,
    span: Span,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let message = match of {
        Some(table) => format!("`{table}` has no column `{name}`"),
        None => format!("there is no column `{name}`"),
    };
    let finding = Diagnostic::error("unknown-column", message).at(span, "no such column");
    match nearest(name, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

pub(super) fn unknown_alias<'n>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let finding = Diagnostic::error("unknown-alias", format!("no table or alias `{name}` in this statement"))
        .at(span, "not in FROM");
    match nearest(name, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

pub(super) fn ambiguous_column(name: &str, span: Span, relations: &[&str]) -> Diagnostic {
    let of: Vec<String> = relations.iter().map(|relation| format!("`{relation}.{name}`")).collect();
    Diagnostic::error("ambiguous-column", format!("column `{name}` is ambiguous"))
        .at(span, "several tables have it")
        .help(format!("write {}", of.join(" or ")))
}

pub(super) fn duplicate_alias(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("duplicate-alias", format!("`{name}` stands for two tables of this FROM"))
        .at(span, "the name is taken")
        .help("give one of them an alias")
}

pub(super) fn argument_count(name: &str, span: Span, expected: &str, found: usize) -> Diagnostic {
    Diagnostic::error("argument-count", format!("{}() takes {expected}, not {found}", name.to_uppercase()))
        .at(span, "wrong number of arguments")
}

pub(super) fn unknown_function<'n>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let finding = Diagnostic::error("unknown-function", format!("the function {name}() is not known"))
        .at(span, "neither built in nor in the schema");
    match nearest(name, known) {
        Some(near) => finding.help(format!("did you mean {}()?", near.to_uppercase())),
        None => finding.help("with a server, `porpoise pull` lets the server type the statement"),
    }
}

pub(super) fn wrong_server(name: &str, server: &str, span: Span) -> Diagnostic {
    Diagnostic::error("unknown-function", format!("{}() does not exist on {server}", name.to_uppercase()))
        .at(span, "only the other server has it")
}

/// Something that the analysis has no model of, but the server may.
pub(super) fn unsupported(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error("unsupported", format!("{what} cannot be typed without a server"))
        .at(span, "not analyzed")
        .help("run `porpoise pull` with a server: it keeps the server's answer in the snapshot")
}

pub(super) fn untyped_parameter(name: &str, span: Span, positional: bool) -> Diagnostic {
    let finding =
        Diagnostic::error("untyped-parameter", format!("nothing determines the type of parameter `{name}`"))
            .at(span, "could be anything");
    if positional {
        finding.help("give it a name, `:name`, and add the line `-- @param name: Type`, for example `i64`")
    } else {
        finding.help(format!("add the line `-- @param {name}: Type`, for example `-- @param {name}: i64`"))
    }
}

pub(super) fn parameter_conflict(
    name: &str,
    first: (Span, Option<&SqlType>),
    second: (Span, Option<&SqlType>),
) -> Diagnostic {
    let say = |ty: Option<&SqlType>| format!("{} here", ty.map_or("unknown".to_owned(), SqlType::sql));
    Diagnostic::error(
        "parameter-conflict",
        format!("parameter `{name}` is used with types that do not agree"),
    )
    .at(second.0, say(second.1))
    .at(first.0, say(first.1))
    .help(format!("use two parameters, or add the line `-- @param {name}: Type`"))
}

pub(super) fn value_count(expected: usize, found: usize, span: Span) -> Diagnostic {
    Diagnostic::error("value-count", format!("{expected} columns, but {found} values"))
        .at(span, format!("{found} values"))
}

pub(super) fn set_operation_columns(left: usize, right: usize, span: Span) -> Diagnostic {
    Diagnostic::error(
        "column-count",
        format!("the two sides of the set operation have {left} and {right} columns"),
    )
    .at(span, format!("{right} columns"))
}

pub(super) fn missing_column(table: &str, columns: &[&str], span: Span) -> Diagnostic {
    let list: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    let (noun, verb) = if columns.len() == 1 { ("column", "has") } else { ("columns", "have") };
    Diagnostic::error(
        "missing-column",
        format!("{noun} {} of `{table}` cannot be NULL and {verb} no default", list.join(", ")),
    )
    .at(span, "no value is given")
    .help(format!("add {} to the column list, with a value", list.join(", ")))
}

pub(super) fn generated_column(column: &str, span: Span) -> Diagnostic {
    Diagnostic::error("generated-column", format!("column `{column}` is generated and cannot be written"))
        .at(span, "computed by the server")
        .help("leave it out, or write DEFAULT for it")
}

pub(super) fn not_updatable(view: &str, span: Span) -> Diagnostic {
    Diagnostic::error("view-not-updatable", format!("rows cannot be written through the view `{view}`"))
        .at(span, "not an updatable view")
}

pub(super) fn duplicate_target(column: &str, span: Span) -> Diagnostic {
    Diagnostic::error("duplicate-column", format!("column `{column}` is given twice")).at(span, "again here")
}

pub(super) fn compared_with_null(span: Span, negated: bool) -> Diagnostic {
    let write = if negated { "IS NOT NULL" } else { "IS NULL" };
    Diagnostic::warning("null-comparison", "a comparison with NULL is never true")
        .at(span, "always NULL")
        .help(format!("write `{write}`"))
}

pub(super) fn rows_of_a_write(command: &str, span: Span) -> Diagnostic {
    Diagnostic::error("no-rows", format!("`:{command}` on a statement that returns no rows"))
        .at(span, "the statement has no result")
        .help("write `:exec`, `:execrows`, `:execlastid` or `:execresult`")
}

pub(super) fn command_ignores_rows(command: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("ignored-rows", format!("`:{command}` throws the rows of the statement away"))
        .at(span, "the statement returns rows")
        .help("write `:one`, `:opt` or `:many`")
}

pub(super) fn no_last_id(span: Span) -> Diagnostic {
    Diagnostic::error(
        "no-auto-increment",
        "`:execlastid` needs an INSERT into a table with an AUTO_INCREMENT column",
    )
    .at(span, "there is no such column")
    .help("write `:exec` or `:execrows`")
}

pub(super) fn may_return_more(command: &str, span: Span, missing: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::warning(
        "may-return-more",
        format!("`:{command}`, but nothing limits the statement to one row"),
    )
    .at(span, "more rows are an error at run time");
    match missing {
        Some(key) => finding.help(format!("compare every column of {key}, or add LIMIT 1")),
        None => finding.help("add LIMIT 1, or write `:many`"),
    }
}

pub(super) fn computed_bit(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "computed-bit",
        format!("column `{name}` is a computed BIT, which the servers send in several ways"),
    )
    .at(span, "not a plain column")
    .help("add `+ 0`, which makes an integer of it")
}

pub(super) fn unknown_embed(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("unknown-embed", format!("`{name}.*` is not in the select list"))
        .at(span, "nothing to embed")
        .help(format!("select `{name}.*`"))
}

pub(super) fn unknown_column_annotation<'n>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let finding = Diagnostic::error("unknown-column", format!("the result has no column `{name}`"))
        .at(span, "named in `-- @column`");
    match nearest(name, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}
