//! Names, commands, documentation and directives.

use super::{check_errors, one, parse};
use crate::statement::Command;

#[track_caller]
fn check_name(header: &str, name: &str, command: Option<Command>) {
    let statement = one(&format!("{header}\nSELECT 1;"));
    assert_eq!(
        (statement.name.value.as_str(), statement.command.map(|c| c.value)),
        (name, command),
        "{header}"
    );
}

#[test]
fn a_name_line_is_any_kind_of_comment() {
    check_name("-- name: find_by_email :opt", "find_by_email", Some(Command::Opt));
    check_name("# name: find", "find", None);
    check_name("/* name: find :one */", "find", Some(Command::One));
    check_name("-- name:find:many", "find", Some(Command::Many));
    check_name("  -- Name :  find   :exec  ", "find", Some(Command::Exec));
    check_name("/*\n * name: find :one\n */", "find", Some(Command::One));
}

#[test]
fn every_command_is_known_and_sqlc_has_some_more() {
    for command in Command::ALL {
        check_name(&format!("-- name: a :{}", command.as_str()), "a", Some(command));
    }
    check_name("-- name: a :copyfrom", "a", Some(Command::CopyFrom));
    check_name("-- name: a :batchexec", "a", Some(Command::Batch));
}

#[test]
fn names_become_snake_case() {
    check_name("-- name: FindByEmail", "find_by_email", None);
    check_name("-- name: query_001__x", "query_001__x", None);
    check_name("-- name: _private", "_private", None);
    check_name("-- name: größe", "größe", None);
    check_name("-- name: type", "type", None);
}

#[test]
fn names_that_rust_cannot_take() {
    let error = |name: &str, better: &str| {
        format!(
            "bad-name: `{name}` cannot be the name of a Rust function\n  1:10 {name} | \n  \
             = write letters, digits and `_`, such as `-- name: {better}`"
        )
    };
    for (name, better) in [("1a", "query_1a"), ("a-b", "a_b"), ("self", "self_query"), ("_", "find_by_email")]
    {
        check_errors(&format!("-- name: {name}\nSELECT 1;"), &error(name, better));
    }
    check_errors(
        "-- name:\nSELECT 1;",
        "bad-name: the name is missing\n  1:9  | \n  = write `-- name: find_by_email :opt`",
    );
}

#[test]
fn unknown_commands_are_answered_with_a_suggestion() {
    let all = "`:one`, `:opt`, `:many`, `:stream`, `:exec`, `:execrows`, `:execone`, `:execversion`, \
               `:execlastid`, `:execresult`, `:batch`, `:copyfrom`";
    check_errors(
        "-- name: a :mayn\nSELECT 1;",
        &format!(
            "unknown-annotation: there is no annotation `:mayn`\n  1:12 :mayn | \n  = did you mean `:many`?\n  \
             = the annotations are {all}"
        ),
    );
    check_errors(
        "-- name: a :batchone\nSELECT 1;",
        "unknown-annotation: there is no annotation `:batchone`\n  1:12 :batchone | \n  \
         = MySQL and MariaDB have no batches of queries: write `:many` with `IN (:ids)`",
    );
    check_errors(
        "-- name: a one\nSELECT 1;",
        "bad-name: `one` does not belong here\n  1:12 one | \n  = write `:one`",
    );
    check_errors(
        "-- name: a :one of them\nSELECT 1;",
        "bad-name: `of them` does not belong here\n  1:17 of them | \n  \
         = nothing follows the annotation; documentation goes on the lines below",
    );
}

#[test]
fn a_statement_with_a_wrong_command_is_still_there() {
    let (statements, _) = parse("-- name: a :mayn\nSELECT 1;");
    assert_eq!(statements.len(), 1);
    assert_eq!(statements[0].command, None);
}

#[track_caller]
fn check_docs(text: &str, docs: &[&str]) {
    assert_eq!(one(text).docs, docs, "{text}");
}

#[test]
fn comments_under_the_name_are_documentation() {
    check_docs(
        "-- name: a\n-- One.\n--\n--   indented\n\n# Two.\nSELECT 1;",
        &["One.", "", "  indented", "Two."],
    );
    check_docs(
        "/* name: a */\n/* One. */\n/*\n * Two.\n * Three.\n */\nSELECT 1;",
        &["One.", "", "Two.", "Three."],
    );
    check_docs("-- name: a\r\n-- One.\r\n-- Two.\r\nSELECT 1;\r\n", &["One.", "Two."]);
    check_docs(
        "-- name: a\n-- name: the one that people type\nSELECT 1;",
        &["name: the one that people type"],
    );
    check_docs("-- name: a\n-- mail bob@example.org\nSELECT 1;", &["mail bob@example.org"]);
}

#[test]
fn comments_elsewhere_are_not() {
    check_docs("-- Copyright someone\n-- @author someone\n\n-- name: a\n\nSELECT 1; -- done", &[]);
    check_docs("-- name: a\nSELECT /* one */ 1 -- two\n + 1;\n-- the end", &[]);
    check_docs("-- name: a\n/*+ MAX_EXECUTION_TIME(1) */ /*!99999 x */ SELECT 1;", &[]);
}

#[test]
fn several_statements_keep_their_own_comments() {
    let (statements, errors) =
        parse("-- name: a\n-- A.\nSELECT 1;\n\n-- name: b\n-- B.\nSELECT 2; -- name: c\nSELECT 3");
    assert_eq!(errors, "");
    let found: Vec<(&str, Vec<String>)> =
        statements.iter().map(|s| (s.name.value.as_str(), s.docs.clone())).collect();
    assert_eq!(found, [("a", vec!["A.".to_owned()]), ("b", vec!["B.".to_owned()]), ("c", vec![])]);
}

#[test]
fn names_are_unique_in_a_file() {
    check_errors(
        "-- name: get_user\nSELECT 1;\n-- name: GetUser\nSELECT 2;",
        "duplicate-name: two queries of this file are named `get_user`\n  3:10 GetUser | named again here\n  \
         1:10 get_user | first named here\n  \
         = give one of them another name: each becomes a function of the same module",
    );
}

#[test]
fn a_statement_needs_a_name_and_a_name_a_statement() {
    check_errors(
        "SELECT 1;",
        "statement-without-name: this statement has no name\n  1:1 SELECT | \n  \
         = write a line above it, such as `-- name: find_something :many`",
    );
    check_errors(
        "-- just a comment\nDELETE FROM t",
        "statement-without-name: this statement has no name\n  2:1 DELETE | \n  \
         = write a line above it, such as `-- name: remove_something :execrows`",
    );
    check_errors(
        "--name: a\nSELECT 1;",
        "statement-without-name: this statement has no name\n  1:1 - | \n  \
         = `--` begins a comment only before a blank: write `-- name: ...`",
    );
    let lonely = "name-without-statement: no statement follows the name `a`\n  1:10 a | \n  \
                  = write the statement under this line, ended by `;`, or remove the line";
    check_errors("-- name: a\n", lonely);
    check_errors("-- name: a\n;", lonely);
    check_errors("-- name: a\n-- name: b\nSELECT 1;", lonely);
}

#[test]
fn a_file_may_be_empty() {
    check_errors("", "");
    check_errors("-- nothing\n;;\n", "");
}

#[test]
fn a_forgotten_semicolon_is_told() {
    let text = "-- name: a\nSELECT 1\n-- name: b\nSELECT 2;";
    check_errors(
        text,
        "missing-semicolon: the statement before this name does not end\n  2:9  | a `;` is missing here\n  \
         3:1 -- name: b | the next query begins here\n  = end every statement with `;`",
    );
    let (statements, _) = parse(text);
    assert_eq!(statements.iter().map(|s| s.name.value.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn types_of_columns_and_parameters() {
    let statement = one("-- name: a\n-- @param id: crate::UserId\n-- @param :note: Option<String>\n\
         -- @column total: std::option::Option< Vec<u8> >\n/* @column `odd name`: u32 */\n\
         SELECT :id, :note AS x\n  -- @param tag: (u8, u8)\n  , :tag;");
    let params: Vec<_> = statement
        .params
        .iter()
        .map(|p| (p.name.as_deref().unwrap_or(""), p.nullable, p.rust_type.as_ref().map_or("", |t| &t.value)))
        .collect();
    assert_eq!(
        params,
        [("id", false, "crate::UserId"), ("note", true, "String"), ("tag", false, "(u8, u8)")]
    );
    let columns: Vec<_> = statement
        .column_types
        .iter()
        .map(|c| (c.column.value.as_str(), c.nullable, c.rust_type.value.as_str()))
        .collect();
    assert_eq!(columns, [("total", true, "Vec<u8>"), ("odd name", false, "u32")]);
    assert_eq!(statement.prepare_text(|_| 1), "SELECT ?, ? AS x\n  , ?");
}

#[test]
fn wrong_types_are_refused() {
    let wrong = |written: &str| format!("-- name: a\n-- @param x: {written}\nSELECT :x;");
    let help = "write a type such as `u64`, `Option<String>` or `crate::Email`";
    for written in ["u 32", "Vec<", "fn()", "u32 the number of it", "1"] {
        check_errors(
            &wrong(written),
            &format!(
                "bad-rust-type: `{written}` is not a Rust type that a column or parameter can have\n  \
                 2:14 {written} | \n  = {help}"
            ),
        );
    }
    check_errors(
        &wrong("&str"),
        "bad-rust-type: `&str` is not a Rust type that a column or parameter can have\n  2:14 &str | \n  \
         = write the owned type, such as `String`; parameters are borrowed by themselves",
    );
    let (_, errors) = parse(&wrong(&"Option<".repeat(10_000)));
    assert!(errors.starts_with("bad-rust-type"), "{errors}");
}

#[test]
fn directives_that_are_not_understood() {
    check_errors(
        "-- name: a\n-- @pram x: u32\nSELECT :x;",
        "unknown-directive: there is no directive `@pram`\n  2:5 pram | \n  = did you mean `@param`?\n  \
         = the directives are `@param`, `@column`, `@row`, `@params`, `@returns`, `@embed`, `@nest`, `@if`, `@end`, \
         `@order`",
    );
    for word in ["@order :sort (a, b)", "@if :x", "@end"] {
        let (_, errors) = parse(&format!("-- name: a\n-- {word}\nSELECT 1;"));
        assert!(errors.starts_with("misplaced-directive: `@"), "{errors}");
    }
    for nest in
        ["", "p", "p as", "as posts", "p as posts in", "p as posts: ", "p, as posts", "p as posts and more"]
    {
        let (_, errors) = parse(&format!("-- name: a\n-- @nest {nest}\nSELECT 1;"));
        assert!(
            errors.starts_with("bad-nest: `@nest` needs table aliases and the name of a field"),
            "{errors}"
        );
    }
    check_errors(
        "-- name: a\n-- @param x u32\nSELECT :x;",
        "bad-directive: `@param` needs a name and a Rust type\n  2:11 x u32 | \n  = write `-- @param name: Type`",
    );
    check_errors(
        "-- name: a\n-- @param x: u8\n-- @param x: u16\nSELECT :x;",
        "typed-twice: `x` has two `@param` lines\n  3:11 x | typed again here\n  2:11 x | first typed here\n  \
         = keep one of them",
    );
    check_errors(
        "-- name: a\n-- @param emial: u8\nSELECT :email;",
        "unknown-parameter: the statement has no parameter `:emial`\n  2:11 emial | \n  = did you mean `:email`?",
    );
    check_errors(
        "-- name: a\n-- @param email: u8\nSELECT ?;",
        "unknown-parameter: the statement has no parameter `:email`\n  2:11 email | \n  \
         = a bare `?` has no name: write `:email` in its place",
    );
}

#[test]
fn collections_with_all_that_may_be_said_of_them() {
    let statement = one(
        "-- name: a\n-- @nest p as posts\n-- @nest c, `u u` AS `the comments` in p : PostComment\nSELECT 1;",
    );
    let name = |name: &crate::statement::Spanned<String>| name.value.clone();
    let shown: Vec<_> = statement
        .nests
        .iter()
        .map(|nest| {
            let aliases: Vec<String> = nest.aliases.iter().map(name).collect();
            (
                aliases.join("|"),
                name(&nest.field),
                nest.parent.as_ref().map(name),
                nest.row_name.as_ref().map(name),
            )
        })
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        shown,
        [
            ("p".to_owned(), "posts".to_owned(), None, None),
            ("c|u u".to_owned(), "the comments".to_owned(), some("p"), some("PostComment")),
        ]
    );
}

#[test]
fn rows_and_embedded_tables() {
    let statement =
        one("-- name: a\n-- @row PostWithAuthor\n-- @embed u, `p p`\nSELECT sqlc.embed(c), 1 FROM u;");
    assert_eq!(statement.row_name.map(|name| name.value).as_deref(), Some("PostWithAuthor"));
    let embeds: Vec<&str> = statement.embeds.iter().map(|alias| alias.value.as_str()).collect();
    assert_eq!(embeds, ["u", "p p", "c"]);
    check_errors(
        "-- name: a\n-- @row post row\nSELECT 1;",
        "bad-row-name: `@row` needs the name of a Rust struct\n  2:9 post row | \n  = write `-- @row PostRow`",
    );
    check_errors(
        "-- name: a\n-- @embed u,\nSELECT 1;",
        "bad-embed: `@embed` needs table aliases with commas between them\n  2:5 embed | \n  = write `-- @embed u, p`",
    );
    check_errors(
        "-- name: a\n-- @row A\n-- @row B\nSELECT 1;",
        "row-named-twice: a query has one row type\n  3:9 B | named again here\n  2:9 A | first named here\n  \
         = keep one of the `@row` lines",
    );
}
