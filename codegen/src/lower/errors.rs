//! What lowering can find wrong, as diagnostics with the line to write instead.

use super::ir::Field;
use super::overrides::Problem;
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};
use crate::statement::Spanned;
use crate::typed::Origin;

pub(super) fn duplicate_column(name: &str, first: Span, second: Span, help: Vec<String>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("duplicate-column-name", format!("two result columns are called `{name}`"))
            .at(second, "the second one")
            .at(first, "the first one");
    help.into_iter().fold(diagnostic, Diagnostic::help)
}

pub(super) fn duplicate_parameter(a: &str, b: &str, ident: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        "duplicate-parameter",
        format!("the parameters `{a}` and `{b}` would both be the argument `{ident}`"),
    )
    .at(second, format!("this is `{b}`"))
    .at(first, format!("this is `{a}`"))
    .help("give one of them another name")
}

pub(super) fn duplicate_function(
    function: &str,
    second: &Spanned<String>,
    first: &Spanned<String>,
) -> Diagnostic {
    Diagnostic::error(
        "duplicate-name",
        format!(
            "the queries `{}` and `{}` would both be the function `{function}`",
            first.value, second.value
        ),
    )
    .at(second.span, "the second one")
    .at(first.span, "the first one")
    .help("give one of them another name")
}

pub(super) fn duplicate_module(module: &str, first: &str, second: &str, file: FileId) -> Diagnostic {
    Diagnostic::error(
        "duplicate-module",
        format!("`{first}` and `{second}` would both be the module `{module}`"),
    )
    .at(Span::new(file, 0, 0), "")
    .help("rename one of the files")
}

pub(super) fn invalid_rust_type(what: &str, problem: &Problem, span: Span) -> Diagnostic {
    Diagnostic::error("bad-rust-type", format!("the type `{}` of the {what} {}", problem.text, problem.what))
        .at(span, "")
        .help(&problem.help)
}

pub(super) fn invalid_row_name(name: &Spanned<String>, suggestion: &str) -> Diagnostic {
    Diagnostic::error("bad-row-name", format!("`{}` cannot be the name of a row type", name.value))
        .at(name.span, "")
        .help(format!("write a name in Pascal case that the prelude does not have, such as `{suggestion}`"))
}

pub(super) fn row_conflict(
    name: &Spanned<String>,
    first: Span,
    fields: &[Field],
    first_fields: &[Field],
) -> Diagnostic {
    Diagnostic::error("row-shape-conflict", format!("two queries name different rows `{}`", name.value))
        .at(name.span, format!("here it has {}", shape(fields)))
        .at(first, format!("here it has {}", shape(first_fields)))
        .help("select the same columns in both, or give one of them another `-- @row` name")
}

pub(super) fn row_is_table(
    name: &Spanned<String>,
    table: &str,
    fields: &[Field],
    table_fields: &[Field],
) -> Diagnostic {
    Diagnostic::error(
        "row-shape-conflict",
        format!("`{}` is the name of a row of the table `{table}`, which has another shape", name.value),
    )
    .at(name.span, format!("here it has {}", shape(fields)))
    .help(format!("a row of `{table}` has {}", shape(table_fields)))
    .help("select these columns, or choose another `-- @row` name")
}

pub(super) fn batch_with_list(query: &str, command: &str, parameter: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "batch-with-list",
        format!("`{query}` is `:{command}`, and its parameter `{parameter}` is a list"),
    )
    .at(span, "the text of a batch must be the same for every row")
    .help("pass the values of the list in rows of their own, or use `:execrows`")
}

pub(super) fn batch_without_parameters(query: &str, command: &str, span: Span) -> Diagnostic {
    Diagnostic::error("batch-without-parameters", format!("`{query}` is `:{command}` and has no parameter"))
        .at(span, "")
        .help("use `:execrows`")
}

pub(super) fn copy_of_nothing(query: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "copyfrom-form",
        format!("`{query}` is `:copyfrom`, and its statement is not understood"),
    )
    .at(span, "")
    .help("write `INSERT INTO t (a, b) VALUES (:a, :b)`, or `:batch`")
}

pub(super) fn rows_of_nothing(query: &str, command: &str, span: Span) -> Diagnostic {
    Diagnostic::error("no-rows", format!("`{query}` is `:{command}`, but the statement has no rows"))
        .at(span, "")
        .help("use `:exec`, `:execrows`, `:execlastid` or `:execresult`")
}

pub(super) fn invalid_derive(text: &str, place: &str) -> Diagnostic {
    Diagnostic::error("bad-derive", format!("`{text}` in `{place}` is not the path of a derive macro"))
        .help("write a path such as `serde::Serialize`")
}

pub(super) fn two_keys(parameter: &str, first: &Origin, second: &Origin, span: Span) -> Diagnostic {
    let shown = |origin: &Origin| format!("`{}.{}`", origin.table, origin.column);
    Diagnostic::warning(
        "two-keys",
        format!(
            "`{parameter}` is compared with {} and {}, whose keys are two types",
            shown(first),
            shown(second)
        ),
    )
    .at(span, "its argument is of neither, but the plain type")
    .help("give each its own parameter, or say the type that is meant: `-- @param ...: ...`")
}

pub(super) fn pattern_without_table(pattern: &str, option: &str) -> Diagnostic {
    Diagnostic::warning("no-such-table", format!("no table is called `{pattern}`, which `{option}` asks for"))
}

fn shape(fields: &[Field]) -> String {
    let fields: Vec<_> = fields.iter().map(|field| format!("{}: {}", field.name, field.ty)).collect();
    fields.join(", ")
}

pub(super) fn batch_with_parts(name: &str, command: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "batch-with-parts",
        format!("`{name}` is a `:{command}`, and its text depends on arguments"),
    )
    .at(span, "all rows are sent by one text")
    .help("leave the part in or out for all rows, or write it as a query of its own")
}

pub(super) fn params_differ(name: &Spanned<String>) -> Diagnostic {
    Diagnostic::error("params-differ", format!("two queries call their params struct `{}`", name.value))
        .at(name.span, "the arguments of this one are others, in name, type or order")
        .help("give it another name, or write the parameters in the same order")
}

pub(super) fn invalid_attribute(text: &str, place: &str) -> Diagnostic {
    Diagnostic::error("bad-attribute", format!("`{text}` in `{place}` is not an attribute"))
        .help("write one as it stands before an item, such as `#[serde(skip)]`")
}

pub(super) fn pattern_without_column(pattern: &str, option: &str) -> Diagnostic {
    let what = if option == "types.enums" { "ENUM or SET column" } else { "column" };
    Diagnostic::warning(
        "no-such-column",
        format!("no {what} is called `{pattern}`, which `{option}` speaks of"),
    )
    .help("columns are written `table.column`, and `*.column` is that of any table")
}

pub(super) fn identity_without_key(table: &str) -> Diagnostic {
    Diagnostic::error(
        "no-primary-key",
        format!("rows of `{table}` cannot be compared by primary key: the table has none"),
    )
    .help("leave `identity` out: rows are compared by all of their fields")
}

pub(super) fn bad_display(table: &str, what: &str, help: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::error("bad-display", format!("`display` of `{table}` {what}"));
    help.into_iter().fold(diagnostic, Diagnostic::help)
}

pub(super) fn enum_name(name: &str, column: &Origin, what: &str, help: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-enum-name",
        format!("the enum of `{}.{}` cannot be called `{name}`: {what}", column.table, column.column),
    )
    .help(help)
}

pub(super) fn enum_variant(column: &Origin, value: &str, what: &str, help: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-enum-variant",
        format!("`variants` of `{}.{}` names `{value}`, {what}", column.table, column.column),
    )
    .help(help)
}
