//! Parts that depend on arguments: where they are, and the statements that a text can be.

use super::{check_errors, one, parse};
use crate::statement::{Piece, Statement};

/// The text with `<0| ... |0>` for a part, and `{n}` for placeholders.
fn whole(statement: &Statement) -> String {
    statement
        .sql
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Placeholder(index) => format!("{{{index}}}"),
            Piece::Open(index) => format!("<{index}|"),
            Piece::Close(index) => format!("|{index}>"),
            Piece::Choice(index) => format!("<order {index}>"),
        })
        .collect()
}

/// The whole, and what the server gets for each variant.
#[track_caller]
fn check(sql: &str, expected: &str, variants: &[&str]) {
    let statement = one(&format!("-- name: q\n{sql};\n"));
    assert_eq!(whole(&statement), expected);
    let dynamic = statement.dynamic.as_ref().expect("something dynamic");
    let texts: Vec<String> =
        dynamic.variants.iter().map(|variant| variant.statement.prepare_text(|_| 1)).collect();
    assert_eq!(texts, variants);
    for statement in dynamic.variants.iter().map(|variant| &variant.statement).chain([&statement]) {
        assert!(statement.ast.is_ok(), "{:?}", statement.ast);
    }
}

#[test]
fn a_line_goes_with_its_line_end() {
    check(
        "SELECT a FROM t\nWHERE TRUE\n  AND a > :a -- @if :a\n  AND b = 1",
        "SELECT a FROM t\nWHERE TRUE\n<0|  AND a > {0}\n|0>  AND b = 1",
        &["SELECT a FROM t\nWHERE TRUE\n  AND b = 1"],
    );
}

#[test]
fn the_last_line_and_the_first_may_go() {
    check("SELECT a FROM t\nLIMIT :n -- @if :n\n", "SELECT a FROM t\n<0|LIMIT {0}|0>", &["SELECT a FROM t"]);
    check(
        "SELECT a FROM t\n/* @if :x */\nWHERE a = :x\n/* @end */\n",
        "SELECT a FROM t\n<0|WHERE a = {0}|0>",
        &["SELECT a FROM t"],
    );
}

#[test]
fn blocks_hold_lines_and_stand_within_them() {
    check(
        "SELECT a FROM t /* @if :x */JOIN u ON u.a = t.a\n  AND u.b = :b -- @if :b\n/* @end */WHERE a = 1",
        "SELECT a FROM t <0|JOIN u ON u.a = t.a\n<1|  AND u.b = {0}\n|1>|0>WHERE a = 1",
        &[
            "SELECT a FROM t WHERE a = 1",
            "SELECT a FROM t JOIN u ON u.a = t.a\nWHERE a = 1",
            "SELECT a FROM t WHERE a = 1",
        ],
    );
}

#[test]
fn one_argument_may_decide_about_several_parts() {
    let statement = one("-- name: q\nINSERT INTO t (a\n, b -- @if :b\n) VALUES (:a\n, :b -- @if :b\n);");
    let dynamic = statement.dynamic.as_ref().expect("something dynamic");
    assert_eq!((dynamic.switches.len(), dynamic.fragments.len(), dynamic.variants.len()), (1, 2, 1));
    assert_eq!(dynamic.switches[0].param, Some(1));
    assert_eq!(dynamic.variants[0].statement.prepare_text(|_| 1), "INSERT INTO t (a\n) VALUES (?\n)");
}

#[test]
fn an_argument_that_is_sent_nowhere_is_a_switch() {
    let statement = one("-- name: q\nSELECT a FROM t\nWHERE TRUE\nAND a > 1 -- @if :big\n;");
    let dynamic = statement.dynamic.as_ref().expect("something dynamic");
    assert_eq!((dynamic.switches[0].param, statement.params.len()), (None, 0));
}

#[test]
fn an_order_is_chosen_by_name() {
    check(
        "SELECT a, b FROM t\n-- @order :sort (a, t.`b` DESC, (b, a DESC), a + 1 AS next, (a, b) AS both)\nLIMIT 5",
        "SELECT a, b FROM t\n<order 0>\nLIMIT 5",
        &[
            "SELECT a, b FROM t\nORDER BY t.`b` DESC\nLIMIT 5",
            "SELECT a, b FROM t\nORDER BY b, a DESC\nLIMIT 5",
            "SELECT a, b FROM t\nORDER BY a + 1\nLIMIT 5",
            "SELECT a, b FROM t\nORDER BY a, b\nLIMIT 5",
        ],
    );
    let statement =
        one("-- name: q\nSELECT a FROM t\n-- @order :sort (a, t.`b` DESC, (b, a DESC), a + 1 AS next)\n;");
    let dynamic = statement.dynamic.as_ref().expect("something dynamic");
    let names: Vec<&str> = dynamic.choices[0].options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["a", "b_desc", "b_a_desc", "next"]);
    assert_eq!(statement.prepare_text(|_| 1), "SELECT a FROM t\nORDER BY a");
}

#[test]
fn all_combinations_of_a_few_and_a_selection_of_many() {
    let with = |count: usize| {
        let lines: String = (0..count).map(|n| format!("  AND a > :p{n} -- @if :p{n}\n")).collect();
        let statement = one(&format!("-- name: q\nSELECT a FROM t WHERE TRUE\n{lines};"));
        let dynamic = statement.dynamic.as_ref().expect("something dynamic");
        let mut texts: Vec<String> =
            dynamic.variants.iter().map(|variant| variant.statement.prepare_text(|_| 1)).collect();
        texts.push(statement.prepare_text(|_| 1));
        (
            texts.len(),
            dynamic
                .variants
                .iter()
                .map(|variant| variant.on.clone())
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
        )
    };
    assert_eq!(with(6), (64, 63));
    // All but the whole: none, each alone, each left out, each pair left out.
    assert_eq!(with(12), (1 + 1 + 12 + 12 + 66, 1 + 12 + 12 + 66));
}

#[test]
fn what_cannot_be_is_said() {
    check_errors(
        "-- name: q\nSELECT a FROM t\n-- @if :x\nWHERE a = :x;",
        "misplaced-directive: `@if` stands on a line of its own\n  \
         3:1 -- @if :x | no part of the statement stands before it on this line\n  \
         = write it behind the line it is about, or `/* @if :name */ ... /* @end */` around several",
    );
    check_errors(
        "-- name: q\nSELECT a FROM t WHERE b = :x\nAND a = :x -- @if :x\n;",
        "bad-directive: `x` may be absent, and is needed all the same\n  2:27 :x | this is always sent\n  \
         3:19 :x | here it decides about a part of the statement\n  \
         = put this place into a part with `@if :x` too, or let another parameter decide: `@if :with_x`",
    );
    for (sql, message) in [
        ("SELECT 1 /* @if :x */ + 1;", "this `@if` has no `@end`"),
        ("SELECT 1 /* @end */ + 1;", "this `@end` ends nothing"),
        ("SELECT 1 /* @if x */ + 1 /* @end */ + 1;", "`@if` cannot be read"),
        ("SELECT 1\n-- @order :sort ()\n;", "there is no order to choose from"),
        ("SELECT 1\n-- @order :sort (a, a)\n;", "two orders are called `a`"),
        ("SELECT 1\n-- @order :sort (a + 1)\n;", "the order `a + 1` needs a name"),
        ("SELECT 1\n-- @order :sort (a = :b AS x)\n;", "an order cannot have parameters"),
        ("SELECT :sort\n-- @order :sort (a)\n;", "`sort` is used for two things"),
        ("SELECT 'a\nb' -- @if :x\n;", "`@if` would cut through something that spans lines"),
        (
            "SELECT 1 /* @if :x */ + 1\n + 2 /* @end */ + 3 -- @if :y\n;",
            "two parts of the statement cross each other",
        ),
    ] {
        let (_, errors) = parse(&format!("-- name: q\n{sql}"));
        assert!(errors.contains(message), "{sql}: {errors}");
    }
}
