//! Parameters and the text that goes to the server.

use super::{check_errors, mariadb, one, one_for, parse};
use crate::statement::{Piece, Statement};

/// The text with `{n}` for the placeholder of parameter n, and the parameters: `name`, `name[]` for a list, `name?`
/// for a nullable one, `?` for a bare one.
fn shape(statement: &Statement) -> (String, String) {
    let mut text = String::new();
    for piece in &statement.sql {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Placeholder(index) => {
                text.push_str(&format!("{{{}}}", statement.placeholders[*index].param));
            }
            Piece::Open(index) => text.push_str(&format!("<{index}|")),
            Piece::Close(index) => text.push_str(&format!("|{index}>")),
            Piece::Choice(index) => text.push_str(&format!("<order {index}>")),
        }
    }
    let params = statement.params.iter().map(|param| {
        let name = param.name.as_deref().unwrap_or("?");
        format!("{name}{}{}", if param.list { "[]" } else { "" }, if param.nullable { "?" } else { "" })
    });
    (text, params.collect::<Vec<_>>().join(" "))
}

#[track_caller]
fn check(sql: &str, text: &str, params: &str) {
    let statement = one(&format!("-- name: a\n{sql};"));
    assert_eq!(shape(&statement), (text.to_owned(), params.to_owned()), "{sql}");
    assert!(statement.ast.is_ok(), "{sql}: {:?}", statement.ast);
}

#[test]
fn named_parameters() {
    check("SELECT :a + :b + :a", "SELECT {0} + {1} + {0}", "a b");
    check("SELECT :userId, :größe", "SELECT {0}, {1}", "userId größe");
    check("SELECT a FROM t WHERE b=:b AND c=:c_1", "SELECT a FROM t WHERE b={0} AND c={1}", "b c_1");
    check("SELECT a FROM t LIMIT :n OFFSET :o", "SELECT a FROM t LIMIT {0} OFFSET {1}", "n o");
}

#[test]
fn bare_ones_are_each_their_own() {
    check("SELECT ?, :a, ?, :a", "SELECT {0}, {1}, {2}, {1}", "? a ?");
}

#[test]
fn a_question_mark_right_behind_makes_nullable() {
    check("SELECT :a?, :b", "SELECT {0}, {1}", "a? b");
    check("SELECT :a, :a?", "SELECT {0}, {0}", "a?");
    check("SELECT t.a = :a? AND b", "SELECT t.a = {0} AND b", "a?");
}

#[test]
fn what_looks_like_a_parameter_and_is_none() {
    check("SELECT ':a', \":b\", `:c`", "SELECT ':a', \":b\", `:c`", "");
    check("SELECT 'it''s :a', 'it\\'s :b'", "SELECT 'it''s :a', 'it\\'s :b'", "");
    check("SELECT 1 /* :a ? */ -- :b ?\n + 1 # :c", "SELECT 1 /* :a ? */ -- :b ?\n + 1", "");
    check("SELECT @a := 1, @b:=:b, @`:c`, @':d'", "SELECT @a := 1, @b:={0}, @`:c`, @':d'", "b");
}

#[test]
fn a_lonely_name_in_the_parentheses_of_in_is_a_list() {
    check("SELECT a FROM t WHERE a IN (:ids)", "SELECT a FROM t WHERE a IN ({0})", "ids[]");
    check("SELECT a FROM t WHERE a not in ( :ids )", "SELECT a FROM t WHERE a not in ( {0} )", "ids[]");
    check("SELECT a FROM t WHERE a IN /* x */ (:ids)", "SELECT a FROM t WHERE a IN /* x */ ({0})", "ids[]");
    check("SELECT a FROM t WHERE (a, b) IN (:pairs)", "SELECT a FROM t WHERE (a, b) IN ({0})", "pairs[]");
    check(
        "SELECT a FROM t WHERE a IN (:x) OR b IN (:x)",
        "SELECT a FROM t WHERE a IN ({0}) OR b IN ({0})",
        "x[]",
    );
    check("SELECT a FROM t WHERE a IN (:x, :y)", "SELECT a FROM t WHERE a IN ({0}, {1})", "x y");
    check("SELECT a FROM t WHERE a IN (?)", "SELECT a FROM t WHERE a IN ({0})", "?");
    check("SELECT a FROM t WHERE a IN (:x + 1)", "SELECT a FROM t WHERE a IN ({0} + 1)", "x");
    check(
        "SELECT POSITION(:a IN :b), POSITION(f(:a) IN (:b))",
        "SELECT POSITION({0} IN {1}), POSITION(f({0}) IN ({1}))",
        "a b",
    );
}

#[test]
fn macros_of_sqlc() {
    check("SELECT sqlc.arg(a), sqlc.narg('b'), SQLC.ARG(`c`)", "SELECT {0}, {1}, {2}", "a b? c");
    check("SELECT a FROM t WHERE a IN (sqlc.slice(ids))", "SELECT a FROM t WHERE a IN ({0})", "ids[]");
    check("SELECT a FROM t WHERE a IN (sqlc.slice('ids'))", "SELECT a FROM t WHERE a IN ({0})", "ids[]");
    check("SELECT a FROM t WHERE a IN (sqlc.arg(id))", "SELECT a FROM t WHERE a IN ({0})", "id");
    check(
        "SELECT a FROM t ORDER BY FIELD(a, sqlc.slice(x))",
        "SELECT a FROM t ORDER BY FIELD(a, {0})",
        "x[]",
    );
    check("SELECT sqlc.embed(t), sqlc . embed ( `u u` ) FROM t", "SELECT t.*, `u u`.* FROM t", "");
    check("SELECT :a, sqlc.narg(a)", "SELECT {0}, {0}", "a?");
    check("SELECT sqlc.x, sqlc FROM sqlc", "SELECT sqlc.x, sqlc FROM sqlc", "");
}

#[test]
fn the_text_is_the_authors_byte_for_byte() {
    check(
        "  SELECT\r\n\t1  ,/* c */ :a -- d\r\n , 'ü😀' # e\r\n",
        "SELECT\r\n\t1  ,/* c */ {0} -- d\r\n , 'ü😀'",
        "a",
    );
    check("/*+ hint */ SELECT /*+ hint */ 1", "SELECT /*+ hint */ 1", "");
}

#[test]
fn directives_are_taken_out_of_the_text() {
    check("SELECT 1\n  -- @param x: u32\n  , :x", "SELECT 1\n  , {0}", "x");
    check("SELECT 1 -- @param x: u32\n  , :x", "SELECT 1\n  , {0}", "x");
    check("SELECT 1,\r\n/* @param x: u32 */\r\n:x", "SELECT 1,\r\n{0}", "x");
    check("SELECT 1 -- about @param\n, :x", "SELECT 1 -- about @param\n, {0}", "x");
}

#[test]
fn parameters_in_executable_comments_count_where_the_server_runs_them() {
    let text = "-- name: a\nSELECT :a /*!80013 , :b */ /*M! , :c */;";
    let expected = |statement: Statement| shape(&statement);
    assert_eq!(expected(one(text)), ("SELECT {0} /*!80013 , {1} */".to_owned(), "a b".to_owned()));
    assert_eq!(
        expected(one_for(&mariadb(), text)),
        // For the driver there would be one more.
        ("SELECT {0} /*!80013 , ? */ /*M! , {1} */".to_owned(), "a c".to_owned())
    );
}

#[test]
fn the_places_of_placeholders_are_those_of_the_file() {
    let text = "-- name: ä\nSELECT 'ü', :a, sqlc.arg(b), ?;";
    let statement = one(text);
    let found: Vec<&str> =
        statement.placeholders.iter().map(|placeholder| &text[placeholder.span.range()]).collect();
    assert_eq!(found, [":a", "sqlc.arg(b)", "?"]);
    assert_eq!(&text[statement.span.range()], "SELECT 'ü', :a, sqlc.arg(b), ?");
}

#[test]
fn lists_of_pairs_are_prepared_as_pairs() {
    let statement = one("-- name: a\nSELECT 1 FROM t WHERE (a, b) IN (:pairs) AND c = :c;");
    assert_eq!(
        statement.prepare_text(|param| if param == 0 { 2 } else { 1 }),
        "SELECT 1 FROM t WHERE (a, b) IN ((?, ?)) AND c = ?"
    );
}

#[track_caller]
fn check_error(sql: &str, expected: &str) {
    let text = format!("-- name: a\n{sql};");
    check_errors(&text, expected);
    assert!(parse(&text).0.is_empty(), "{sql}: a statement without a clear meaning is left out");
}

#[test]
fn errors() {
    check_error(
        "SELECT a IN :ids",
        "list-without-parentheses: IN needs parentheses around its list\n  2:13 :ids | \n  = write `IN (:ids)`",
    );
    check_error(
        "SELECT a IN (:x), :x",
        "list-and-scalar: `:x` is a list in one place and one value in another\n  2:14 :x | a list here\n  \
         2:19 :x | one value here\n  \
         = give one of them another name; where a list is meant outside of IN, write `sqlc.slice(name)`",
    );
    check_error(
        "SELECT a IN (:x?)",
        "nullable-list: the list `:x` cannot be NULL\n  2:14 :x? | \n  \
         = leave the `?` or `Option` out and pass an empty list: IN is then false, NOT IN true",
    );
    check_error(
        "SELECT :userId, :user_id",
        "two-spellings: `:userId` and `:user_id` are the same name in Rust\n  2:17 :user_id | spelt so here\n  \
         2:8 :userId | and so here\n  = spell a parameter in one way, or give them different names",
    );
    check_error(
        "SELECT a::int",
        "double-colon: `::` is PostgreSQL's cast; MySQL and MariaDB do not know it\n  2:9 :: | \n  \
         = write `CAST(value AS type)`",
    );
    check_error(
        "SELECT :1",
        "bad-parameter: a name must follow `:` at once\n  2:8 : | \n  \
         = parameters have names: write `:arg1`, or `?`",
    );
    check_error(
        "SELECT sqlc.args(x)",
        "unknown-macro: there is no macro `sqlc.args`\n  2:8 sqlc.args(x) | \n  = did you mean `sqlc.arg`?",
    );
    check_error(
        "SELECT sqlc.arg(x, y)",
        "bad-macro: `sqlc.arg` takes one name\n  2:8 sqlc.arg | \n  = write `sqlc.arg(name)`",
    );
    check_error(
        "SELECT sqlc.embed('x')",
        "bad-macro: `sqlc.embed` takes one name\n  2:8 sqlc.embed('x') | \n  = write `sqlc.embed(name)`",
    );
    check_error(
        "SELECT sqlc.arg('a b')",
        "bad-parameter: `a b` cannot be the name of a parameter\n  2:8 sqlc.arg('a b') | \n  \
         = a name has letters, digits and `_`, and does not begin with a digit",
    );
}
