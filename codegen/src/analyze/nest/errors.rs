//! What can be wrong with `@nest`.

use crate::diagnostic::{Diagnostic, nearest};
use crate::span::Span;
use crate::statement::{Nest, Spanned};

pub(super) fn unknown_alias<'n>(
    alias: &Spanned<String>,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let name = &alias.value;
    let finding = Diagnostic::error("unknown-nest", format!("no table or alias `{name}` in this statement"))
        .at(alias.span, "not in FROM");
    match nearest(name, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

pub(super) fn unknown_parent<'n>(
    parent: &Spanned<String>,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let finding = Diagnostic::error("unknown-nest", format!("there is no collection `{}`", parent.value))
        .at(parent.span, "no `@nest` line has this alias or name");
    match nearest(&parent.value, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("without `in`, a collection stands in the outer rows"),
    }
}

pub(super) fn nested_twice(alias: &Spanned<String>) -> Diagnostic {
    Diagnostic::error("nested-twice", format!("`{}` is nested twice", alias.value))
        .at(alias.span, "the second time")
        .help("join the table a second time, under another alias")
}

pub(super) fn within_itself(nest: &Nest) -> Diagnostic {
    Diagnostic::error("nested-in-itself", format!("the collection `{}` stands in itself", nest.field.value))
        .at(nest.span, "")
}

pub(super) fn nothing_inside(nest: &Nest) -> Diagnostic {
    let alias = &nest.aliases[0].value;
    let message = format!("no column for the collection `{}` is selected", nest.field.value);
    Diagnostic::error("empty-nest", message).at(nest.span, "").help(format!("select `{alias}.*`"))
}

pub(super) fn nothing_outside(span: Span) -> Diagnostic {
    Diagnostic::error("empty-nest", "all columns are in collections, and none is left for the outer rows")
        .at(span, "")
        .help("select a key of the table whose rows have the collections")
}

/// `missing`: the columns of a key that are not selected; `None` where there is no key.
/// `several`: a collection, where there are columns of other tables on the same level.
pub(super) fn no_key(
    alias: &str,
    missing: Option<Vec<String>>,
    nest: Option<&Nest>,
    several: Option<&Nest>,
    span: Span,
) -> Diagnostic {
    let whose = match nest {
        Some(nest) => format!("in `{}`", nest.field.value),
        None => "outside of the collections".to_owned(),
    };
    let finding = Diagnostic::error(
        "nest-without-key",
        format!("nothing that is selected tells the rows of `{alias}` {whose} apart"),
    )
    .at(span, "the joined rows are grouped by keys");
    let finding = match missing {
        Some(columns) if !columns.is_empty() => finding.help(format!("select {} too", columns.join(" and "))),
        Some(_) => finding,
        None => finding
            .help(format!("`{alias}` has no primary key, and no unique key whose columns cannot be NULL")),
    };
    let (None, Some(other)) = (nest, several) else { return finding };
    let aliases: Vec<&str> = other.aliases.iter().map(|alias| alias.value.as_str()).collect();
    let (aliases, field) = (aliases.join(", "), &other.field.value);
    finding.help(format!(
        "or let them be part of a collection, such as `-- @nest {aliases}, {alias} as {field}`"
    ))
}

pub(super) fn outer_rows_left_out(alias: &str, join: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "nest-without-key",
        format!("the rows of `{alias}` are what collections stand in, and the {join} may leave them out"),
    )
    .at(span, "")
    .help(format!("let `{alias}` be on the other side of the join, or use JOIN"))
}

pub(super) fn not_decided(column: &str, span: Span, nest: Option<&Nest>) -> Diagnostic {
    let (one, whose) = match nest {
        Some(nest) => (format!("an element of `{}`", nest.field.value), "its key"),
        None => ("an outer row".to_owned(), "its key"),
    };
    Diagnostic::error(
        "nest-column",
        format!("column `{column}` may have several values for {one}: {whose} does not decide it"),
    )
    .at(span, "of which only the first would be kept")
    .help("name the tables that it comes from in a collection: `-- @nest a, b as ...`")
    .help("or compute it in a derived table or a subquery, once for each row")
}

/// `inside`: `other` is of the same collection, and not of the one around it.
pub(super) fn may_come_alone(nest: &Nest, alias: &str, other: &str, inside: bool) -> Diagnostic {
    let finding = Diagnostic::error(
        "nest-left-out",
        format!("a row of `{alias}` may come without one of `{other}`, and would be lost"),
    )
    .at(nest.span, "");
    if inside {
        finding.help(format!("select a key of `{alias}`, or join `{other}` with JOIN"))
    } else {
        let field = &nest.field.value;
        finding
            .help(format!("without `in`, `{field}` stands in the outer rows"))
            .help(format!("or let the condition that joins `{alias}` compare columns of `{other}`"))
    }
}

pub(in super::super) fn not_a_select(span: Span) -> Diagnostic {
    Diagnostic::error("nest-form", "`@nest` needs a SELECT over joined tables")
        .at(span, "no UNION, no ROLLUP, no aggregate without GROUP BY, and nothing that writes")
        .help("put such a query into a derived table, and join that")
}

pub(in super::super) fn streamed(span: Span) -> Diagnostic {
    Diagnostic::error(
        "nest-stream",
        "rows that are nested cannot be streamed: the last row may belong to the first",
    )
    .at(span, "")
    .help("write `:many`, or stream the flat rows without `@nest`")
}

pub(in super::super) fn limited(span: Span) -> Diagnostic {
    Diagnostic::warning("nest-limit", "LIMIT counts joined rows, and not outer ones")
        .at(span, "the last outer row may lack a part of its collections")
        .help("limit the outer rows before they are joined: `FROM (SELECT ... LIMIT 10) u LEFT JOIN ...`")
}

pub(in super::super) fn may_return_more(command: &str, span: Span, key: &[&str]) -> Diagnostic {
    let columns: Vec<String> = key.iter().map(|column| format!("`{column}`")).collect();
    Diagnostic::warning(
        "may-return-more",
        format!("`:{command}`, but nothing limits the statement to one outer row"),
    )
    .at(span, "more are an error at run time")
    .help(format!("compare the key of the outer rows ({}), or write `:many`", columns.join(", ")))
}
