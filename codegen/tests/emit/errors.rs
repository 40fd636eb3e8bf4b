//! What lowering refuses, and what it says.

use porpoise_codegen::catalog::{Catalog, SqlType};
use porpoise_codegen::statement::Command;
use porpoise_codegen::{Diagnostic, Generate, Types};

use crate::build::{Files, Query, catalog, column, int, query, table, unsigned, varchar};

fn schema() -> Catalog {
    catalog(vec![
        table("author", vec![column("id", unsigned()), column("name", varchar(10))]),
        table("post", vec![column("id", unsigned()), column("title", varchar(10))]),
    ])
}

/// The diagnostics as `code: message`, then places with their text, then help.
fn print(files: &Files<'_>, diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&format!("{}: {}\n", diagnostic.code, diagnostic.message));
        for label in &diagnostic.labels {
            text.push_str(&format!("  `{}` {}\n", files.sources.text(label.span), label.text));
        }
        for help in &diagnostic.help {
            text.push_str(&format!("  help: {help}\n"));
        }
    }
    text
}

#[track_caller]
fn check(queries: impl FnOnce(&Catalog) -> Vec<Query>, expected: &str) {
    let schema = schema();
    let files = Files::new(&schema).file("q.sql", queries(&schema));
    let (_, diagnostics) = files.lower(&Types::default(), &Generate::default());
    assert_eq!(print(&files, &diagnostics), expected);
}

#[track_caller]
fn check_config(types: Types, generate: Generate, expected: &str) {
    let schema = schema();
    let files = Files::new(&schema);
    let (_, diagnostics) = files.lower(&types, &generate);
    assert_eq!(print(&files, &diagnostics), expected);
}

#[test]
fn two_columns_of_one_name_show_the_alias_to_write() {
    check(
        |schema| {
            vec![
                query("q", Command::Many, "SELECT author.id, post.id FROM author JOIN post")
                    .column(schema, "author.id", "author.id")
                    .column(schema, "post.id", "post.id"),
            ]
        },
        "duplicate-column-name: two result columns are called `id`
  `post.id` the second one
  `author.id` the first one
  help: write `post.id AS post_id`
",
    );
}

#[test]
fn two_stars_show_columns_and_embed() {
    check(
        |schema| {
            vec![
                query("q", Command::Many, "SELECT a.*, p.* FROM author a JOIN post p")
                    .whole(schema, "author", "a.*")
                    .whole(schema, "post", "p.*"),
            ]
        },
        "duplicate-column-name: two result columns are called `id`
  `p.*` the second one
  `a.*` the first one
  help: name the columns one by one, and this one `post.id AS post_id`
  help: or let each table have a struct of its own, with `-- @embed` and their aliases
",
    );
}

#[test]
fn a_row_name_means_one_shape() {
    check(
        |schema| {
            vec![
                query("a", Command::Many, "SELECT id, name /* Both */ FROM author")
                    .whole(schema, "author", "id")
                    .row("Both"),
                query("b", Command::Many, "SELECT id, title /* Both */ FROM post")
                    .whole(schema, "post", "id")
                    .row("Both"),
                query("c", Command::Many, "SELECT id /* Author */ FROM author")
                    .column(schema, "author.id", "id")
                    .row("Author"),
                query("f", Command::Many, "SELECT 1 /* HTTPLog */").expression("a", int(), "").row("HTTPLog"),
                query("d", Command::Many, "SELECT 1 /* row_type */")
                    .expression("a", int(), "")
                    .row("row_type"),
                query("e", Command::Many, "SELECT 1 /* Option */").expression("a", int(), "").row("Option"),
            ]
        },
        "row-shape-conflict: two queries name different rows `Both`
  `Both` here it has id: u32, title: String
  `Both` here it has id: u32, name: String
  help: select the same columns in both, or give one of them another `-- @row` name
row-shape-conflict: `Author` is the name of a row of the table `author`, which has another shape
  `Author` here it has id: u32
  help: a row of `author` has id: u32, name: String
  help: select these columns, or choose another `-- @row` name
bad-row-name: `row_type` cannot be the name of a row type
  `row_type` 
  help: write a name in Pascal case that the prelude does not have, such as `RowType`
bad-row-name: `Option` cannot be the name of a row type
  `Option` 
  help: write a name in Pascal case that the prelude does not have, such as `OptionRow`
",
    );
}

#[test]
fn parameters_that_become_one_argument_are_refused() {
    check(
        |_| {
            vec![
                query("q", Command::Exec, "DELETE FROM post WHERE id = :postId OR id = :post_id")
                    .param("postId", int())
                    .param("post_id", int()),
            ]
        },
        "duplicate-parameter: the parameters `postId` and `post_id` would both be the argument `post_id`
  `:post_id` this is `post_id`
  `:postId` this is `postId`
  help: give one of them another name
",
    );
}

#[test]
fn two_names_of_one_function_are_refused() {
    check(
        |_| vec![query("findAll", Command::Exec, "DO 1"), query("find_all", Command::Exec, "DO 2")],
        "duplicate-name: the queries `findAll` and `find_all` would both be the function `find_all`
  `DO 2` the second one
  `DO 1` the first one
  help: give one of them another name
",
    );
}

#[test]
fn a_batch_needs_parameters_and_no_lists() {
    check(
        |_| {
            vec![
                query("a", Command::Batch, "DELETE FROM post"),
                query("b", Command::Batch, "DELETE FROM post WHERE id IN (:ids)").list("ids", int()),
            ]
        },
        "batch-without-parameters: `a` is `:batch` and has no parameter
  `DELETE FROM post` 
  help: use `:execrows`
batch-with-list: `b` is `:batch`, and its parameter `ids` is a list
  `:ids` the text of a batch must be the same for every row
  help: pass the values of the list in rows of their own, or use `:execrows`
",
    );
}

#[test]
fn the_function_with_options_has_a_name_of_its_own() {
    check(
        |_| {
            vec![
                query("add", Command::Batch, "DELETE FROM post WHERE id = :id").param("id", int()),
                query("add_with", Command::Exec, "DO 1"),
            ]
        },
        "duplicate-name: the queries `add` and `add_with` would both be the function `add_with`
  `DO 1` the second one
  `DELETE FROM post WHERE id = :id` the first one
  help: give one of them another name
",
    );
    check(
        |_| {
            vec![
                query("add_with", Command::Exec, "DO 1"),
                query("add", Command::Batch, "DELETE FROM post WHERE id = :id").param("id", int()),
            ]
        },
        "duplicate-name: the queries `add_with` and `add` would both be the function `add_with`
  `DELETE FROM post WHERE id = :id` the second one
  `DO 1` the first one
  help: give one of them another name
",
    );
}

#[test]
fn a_copy_that_no_tree_explains_is_refused() {
    check(
        |_| vec![query("load", Command::CopyFrom, "INSERT INTO post (id) VALUES (:id)").param("id", int())],
        "copyfrom-form: `load` is `:copyfrom`, and its statement is not understood
  `INSERT INTO post (id) VALUES (:id)` 
  help: write `INSERT INTO t (a, b) VALUES (:a, :b)`, or `:batch`
",
    );
}

#[test]
fn a_function_for_rows_needs_rows() {
    check(
        |_| vec![query("q", Command::Many, "DELETE FROM post")],
        "no-rows: `q` is `:many`, but the statement has no rows
  `DELETE FROM post` 
  help: use `:exec`, `:execrows`, `:execlastid` or `:execresult`
",
    );
}

#[test]
fn types_of_a_query_are_read_as_rust() {
    check(
        |schema| {
            vec![
                query("q", Command::Many, "SELECT id FROM post WHERE title = :title -- PostId Option<a::B>")
                    .column(schema, "post.id", "id")
                    .rust_type("PostId")
                    .param("title", varchar(10))
                    .param_type("Option<a::B>"),
            ]
        },
        "bad-rust-type: the type `PostId` of the column `id` names `PostId`, which generated code cannot see
  `PostId` 
  help: write its full path, such as `crate::PostId`
bad-rust-type: the type `Option<a::B>` of the parameter `title` holds an `Option`
  `Option<a::B>` 
  help: leave the `Option` out: whether a value can be NULL is found out from the schema and the query
",
    );
}

#[test]
fn query_files_need_names_of_their_own() {
    let schema = schema();
    let one = || vec![query("q", Command::One, "SELECT 1").expression("1", SqlType::INT, "")];
    let files = Files::new(&schema).file("a/post.sql", one()).file("b/Post.sql", one());
    let (_, diagnostics) = files.lower(&Types::default(), &Generate::default());
    assert_eq!(
        print(&files, &diagnostics),
        "duplicate-module: `a/post.sql` and `b/Post.sql` would both be the module `post`
  `` 
  help: rename one of the files
"
    );
}

#[test]
fn the_configuration_is_checked_against_the_schema() {
    let mut types = Types::default();
    for (key, value) in
        [("post.titel", "crate::A"), ("pots.id", "crate::A"), ("id", "crate::A"), ("post.id", "fn")]
    {
        types.columns.insert(key.to_owned(), value.to_owned());
    }
    types.sql.insert("decimall".to_owned(), "crate::A".to_owned());
    let generate = Generate {
        derives: vec!["serde::Serialize".to_owned(), "not a path".to_owned()],
        tables: vec!["p*".to_owned(), "nothing_*".to_owned()],
        ..Generate::default()
    };
    check_config(
        types,
        generate,
        "unknown-type-override: `types.columns` names `id`, but the schema has no table `id`
  help: keys are written `table.column`
bad-rust-type: `fn` in `types.columns.\"post.id\"` is not a Rust type
  help: write one such as `crate::AccountId`
unknown-type-override: `types.columns` names the column `titel`, which `post` does not have
  help: did you mean `post.title`?
unknown-type-override: `types.columns` names `pots.id`, but the schema has no table `pots`
  help: did you mean `post`?
unknown-type-override: `types.sql` names `decimall`, which is no SQL type
  help: did you mean `decimal`?
bad-derive: `not a path` in `generate.derives` is not the path of a derive macro
  help: write a path such as `serde::Serialize`
no-such-table: no table is called `nothing_*`, which `generate.tables` asks for
",
    );
}
