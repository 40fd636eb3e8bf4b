//! The findings of the analysis, one constructor each.

use crate::catalog::{Family, Server, SqlType};
use crate::diagnostic::{Diagnostic, nearest};
use crate::span::Span;

use super::functions::Availability;

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
    "unknown-syntax",
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

/// A function that another server has, or another version of this one.
pub(super) fn unavailable_function(
    name: &str,
    server: &Server,
    availability: Availability,
    span: Span,
) -> Diagnostic {
    let of = |(major, minor, patch): (u16, u16, u16)| {
        format!("{} {major}.{minor}.{patch}", server.family.as_str())
    };
    let here = of(server.version);
    let name = name.to_uppercase();
    let finding = Diagnostic::error("unknown-function", format!("{name}() does not exist on {here}"));
    match availability {
        Availability::Here | Availability::Elsewhere => finding.at(span, "only the other server has it"),
        Availability::Since(version) => finding.at(span, format!("there since {}", of(version))),
        Availability::Until(version) => finding.at(span, format!("no longer there since {}", of(version))),
    }
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
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let found = counted(found, "value");
    Diagnostic::error("value-count", format!("{}, but {found}", counted(expected, "column"))).at(span, found)
}

pub(super) fn into_columns(variables: usize, columns: usize, span: Span) -> Diagnostic {
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let (variables, columns) = (counted(variables, "variable"), counted(columns, "column"));
    Diagnostic::error("into-count", format!("INTO has {variables}, and the select list {columns}"))
        .at(span, variables)
        .help("write a variable for each column")
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

pub(super) fn assigned_twice(column: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("duplicate-column", format!("column `{column}` is assigned twice"))
        .at(span, "only this one counts")
        .help("leave one of them out")
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

pub(super) fn not_for_copyfrom(span: Span, why: &str, help: &str) -> Diagnostic {
    Diagnostic::error("copyfrom-form", "`:copyfrom` needs an INSERT of one row whose values are parameters")
        .at(span, why)
        .help(help)
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

pub(super) fn row_alias(span: Span) -> Diagnostic {
    Diagnostic::error("unknown-syntax", "MariaDB has no alias for the row of an INSERT")
        .at(span, "only MySQL has it")
        .help("write `VALUES(column)` in ON DUPLICATE KEY UPDATE")
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

pub(super) fn value_refused(column: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::error("value-out-of-range", format!("column `{column}` cannot hold this value"))
        .at(span, why.to_owned())
        .help("in strict mode the server refuses the statement when it runs")
}

pub(super) fn null_refused(column: &str, span: Span) -> Diagnostic {
    Diagnostic::error("null-value", format!("column `{column}` cannot be NULL"))
        .at(span, "the column is NOT NULL")
        .help("write a value, or DEFAULT where the column has one")
}

pub(super) fn never_true(column: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("never-equal", format!("column `{column}` never equals this value"))
        .at(span, why.to_owned())
}

pub(super) fn misplaced_aggregate(name: &str, place: &str, having: bool, span: Span) -> Diagnostic {
    let name = name.to_uppercase();
    let finding =
        Diagnostic::error("misplaced-aggregate", format!("the aggregate {name}() cannot stand in {place}"))
            .at(span, "rows are not grouped yet");
    if having {
        finding.help("put the condition into HAVING, or compare with a subquery")
    } else {
        finding.help("use a subquery")
    }
}

pub(super) fn nested_aggregate(name: &str, span: Span) -> Diagnostic {
    let name = name.to_uppercase();
    Diagnostic::error("misplaced-aggregate", format!("the aggregate {name}() stands inside an aggregate"))
        .at(span, "there are no groups of groups")
        .help("aggregate the rows of a derived table")
}

pub(super) fn misplaced_window(name: &str, place: &str, span: Span) -> Diagnostic {
    let name = name.to_uppercase();
    Diagnostic::error("misplaced-window", format!("the window function {name}() cannot stand in {place}"))
        .at(span, "windows are computed after it")
        .help("compute it in a derived table, and use its column")
}

pub(super) fn nested_window(name: &str, span: Span) -> Diagnostic {
    let name = name.to_uppercase();
    Diagnostic::error(
        "misplaced-window",
        format!("the window function {name}() stands inside another function of rows"),
    )
    .at(span, "windows are computed after it")
    .help("compute it in a derived table, and use its column")
}

pub(super) fn window_without_over(name: &str, span: Span) -> Diagnostic {
    let name = name.to_uppercase();
    Diagnostic::error("window-without-over", format!("the window function {name}() has no window"))
        .at(span, "OVER is missing")
        .help(format!("write `{name}(...) OVER (ORDER BY ...)`"))
}

pub(super) fn unknown_window<'n>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let finding =
        Diagnostic::error("unknown-window", format!("there is no window `{name}`")).at(span, "not in WINDOW");
    match nearest(name, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("add `WINDOW {name} AS (...)`")),
    }
}

pub(super) fn not_grouped(column: &str, grouped: bool, family: Family, span: Span) -> Diagnostic {
    let message = if grouped {
        format!("column `{column}` is neither a key of GROUP BY nor aggregated")
    } else {
        format!("column `{column}` stands beside an aggregate, and there is no GROUP BY")
    };
    let finding = Diagnostic::error("not-grouped", message).at(span, "a group may have several values of it");
    match (family, grouped) {
        (Family::MySql, true) => {
            finding.help("the keys do not determine it: add it to GROUP BY, or write MIN() or ANY_VALUE() around it")
        }
        (Family::MySql, false) => finding.help("write MIN() or ANY_VALUE() around it, or add GROUP BY"),
        (Family::MariaDb, true) => finding
            .help("with ONLY_FULL_GROUP_BY MariaDB wants it in GROUP BY even if the keys determine it; or write MIN() around it"),
        (Family::MariaDb, false) => finding.help("write MIN() around it, or add GROUP BY"),
    }
}

pub(super) fn having_column(column: &str, only_aliases: bool, span: Span) -> Diagnostic {
    let finding = Diagnostic::error("having-column", format!("HAVING cannot use column `{column}`"));
    if only_aliases {
        return finding
            .at(span, "there is no GROUP BY, and the sql_mode has ONLY_FULL_GROUP_BY")
            .help("put the condition into WHERE");
    }
    finding
        .at(span, "neither in the select list nor a key of GROUP BY")
        .help("put the condition into WHERE, or add the column to the select list")
}

pub(super) fn distinct_order(column: &str, span: Span) -> Diagnostic {
    Diagnostic::error("distinct-order", format!("the rows of SELECT DISTINCT cannot be sorted by `{column}`"))
        .at(span, "not in the select list")
        .help("add it to the select list, or group by the columns and sort by MIN() of it")
}

pub(super) fn position_out_of_range(position: usize, clause: &str, columns: usize, span: Span) -> Diagnostic {
    let noun = if columns == 1 { "column" } else { "columns" };
    Diagnostic::error(
        "no-such-position",
        format!("{clause} {position}, but the select list has {columns} {noun}"),
    )
    .at(span, "no such column")
    .help(format!("write a number from 1 to {columns}, or a name"))
}

pub(super) fn limit_not_constant(span: Span) -> Diagnostic {
    Diagnostic::error("limit-not-constant", "LIMIT and OFFSET take an integer or a parameter")
        .at(span, "neither of them")
        .help("compute it in the program, and pass it as a parameter")
}

pub(super) fn operand_columns(expected: usize, found: usize, span: Span) -> Diagnostic {
    let noun = if expected == 1 { "column" } else { "columns" };
    Diagnostic::error("operand-columns", format!("a subquery of {expected} {noun} is wanted here"))
        .at(span, format!("it has {found}"))
}

pub(super) fn subquery_may_return_more(span: Span) -> Diagnostic {
    Diagnostic::warning("subquery-may-return-more", "nothing limits this subquery to one row")
        .at(span, "more rows are an error at run time")
        .help("compare every column of a key, aggregate, or add LIMIT 1")
}

pub(super) fn duplicate_derived_column(column: &str, table: &str, span: Span) -> Diagnostic {
    Diagnostic::error("duplicate-column", format!("`{table}` has two columns `{column}`"))
        .at(span, "the second one")
        .help("give one of them an alias")
}

pub(super) fn duplicate_common_table(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("duplicate-alias", format!("WITH defines `{name}` twice")).at(span, "the name is taken")
}

pub(super) fn alias_columns(table: &str, expected: usize, found: usize, span: Span) -> Diagnostic {
    Diagnostic::error("column-count", format!("`{table}` has {expected} columns, but {found} names for them"))
        .at(span, format!("{found} names"))
}

pub(super) fn no_where(verb: &str, table: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("no-where", format!("{verb} without WHERE changes every row of `{table}`"))
        .at(span, "no condition")
        .help("add a condition, or `WHERE TRUE` where every row is meant")
}

pub(super) fn row_as_value(columns: usize, span: Span) -> Diagnostic {
    Diagnostic::error("operand-columns", format!("a row of {columns} values stands where one is wanted"))
        .at(span, "the first of them")
        .help("a row can be compared with a row, or stand before IN")
}

pub(super) fn derived_without_alias(span: Span) -> Diagnostic {
    Diagnostic::error("missing-alias", "a subquery in FROM needs a name")
        .at(span, "has none")
        .help("write `AS d` after it")
}

pub(super) fn frame_parameter(span: Span) -> Diagnostic {
    Diagnostic::error("frame-parameter", "MariaDB takes no parameter in the frame of a window")
        .at(span, "must be a number")
        .help("write the number, or join the rows that are wanted")
}

pub(super) fn unknown_procedure<'a>(
    name: &str,
    span: Span,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let finding = Diagnostic::error("unknown-procedure", format!("there is no procedure `{name}`"))
        .at(span, "not in the schema");
    match nearest(name, known) {
        Some(similar) => finding.help(format!("did you mean `{similar}`?")),
        None => finding.help("if it was created since the last `porpoise pull`, pull again"),
    }
}

pub(super) fn out_without_place(parameter: &str, span: Span) -> Diagnostic {
    Diagnostic::error("out-argument", format!("the procedure answers through its parameter `{parameter}`"))
        .at(span, "and this can take no answer")
        .help(format!("write `:{parameter}`, which the function then answers, or a user variable"))
}
