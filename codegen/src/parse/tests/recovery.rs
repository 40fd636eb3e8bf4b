//! What is left of a file in which something is broken, and that nothing makes the stage panic.

use proptest::prelude::*;

use super::{check_errors, mariadb, mysql, parse, parse_for};

#[track_caller]
fn check_names(text: &str, expected: &[&str]) {
    let (statements, _) = parse(text);
    assert_eq!(statements.iter().map(|s| s.name.value.as_str()).collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn a_forgotten_quote_costs_one_statement() {
    let text = "-- name: a\nSELECT 1;\n-- name: b\nSELECT 'x;\n-- name: c\nSELECT 'y';";
    check_names(text, &["a", "c"]);
    check_errors(
        text,
        "unterminated: this string does not end\n  4:8 'x; | no closing `'`\n  \
         = add the closing `'`; the statement is left out until then",
    );
    check_names("-- name: a\nSELECT `x;\n-- name: b\nSELECT 1;", &["b"]);
    check_names("-- name: a\nSELECT 1 /* x;\n-- name: b\nSELECT 1;", &["b"]);
    check_names("-- name: a\nSELECT 1;\n-- name: b\nSELECT /*! 1;\n", &["a"]);
}

#[test]
fn delimiters_are_skipped_with_what_they_hold() {
    let text = "-- name: a\nSELECT 1;\nDELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 'it; END$$\n\
                delimiter ;\n-- name: b\nSELECT 2;";
    check_names(text, &["a", "b"]);
    check_errors(
        text,
        "delimiter: `DELIMITER` is a command of the mysql client, not SQL\n  \
         3:1 DELIMITER $$ | everything up to `DELIMITER ;` is left out\n  \
         = keep procedures, functions and triggers in a migration; a query file holds statements ended by `;`",
    );
}

#[test]
fn a_column_may_be_named_delimiter() {
    check_errors("-- name: a\nSELECT\ndelimiter FROM t;", "");
}

fn pieces() -> Vec<&'static str> {
    vec![
        "-- name: a\n",
        "-- name: b :one\n",
        "/* name: c */",
        "-- @param a: Option<u8>\n",
        "-- @column a: u8\n",
        "-- @row A\n",
        "-- @embed t\n",
        "-- @if :a\n",
        "SELECT ",
        "FROM t ",
        "WHERE ",
        "a ",
        "IN ",
        "(",
        ")",
        ":a ",
        ":a? ",
        "? ",
        ", ",
        ";",
        "\n",
        "'",
        "\"",
        "`",
        "/*",
        "*/",
        "/*!",
        "sqlc.arg(a)",
        "sqlc.",
        "sqlc.embed(t)",
        "= ",
        ":= ",
        "@a ",
        "UNION ",
        "JOIN u ",
        "ON ",
        "USING ",
        "CASE ",
        "WHEN ",
        "END ",
        "INTERVAL ",
        "DAY ",
        "MATCH ",
        "AGAINST ",
        "CHAR ",
        "CHARACTER SET x ",
        "UPDATE ",
        "DELETE ",
        "INSERT INTO t ",
        "SET ",
        "VALUES ",
        "TABLE ",
        "LIMIT ",
        "1 ",
        "NOT ",
        "- ",
        "! ",
        "-> ",
        "BINARY ",
        "PARTITION ",
        "GROUP_CONCAT",
        "SEPARATOR ",
        "RETURNING ",
        "ORDER BY ",
        "{OJ ",
        "} ",
        "NATURAL LEFT ",
        "DELIMITER ",
        "JSON_VALUE",
        "ON EMPTY ",
        "😀",
        "\\",
        ".",
        "*",
        "DIV ",
        "MOD ",
        "SOUNDS LIKE ",
        "LOCK IN SHARE MODE ",
        "WITH x AS ",
        "EXISTS ",
        "EXPLAIN ",
    ]
}

fn check_sound(text: &str) {
    for server in [mysql(), mariadb()] {
        let (statements, _) = parse_for(&server, text);
        for statement in statements {
            let kept = statement.prepare_text(|_| 1);
            assert!(kept.len() <= text.len() + 16 * statement.embeds.len());
            assert!(statement.placeholders.iter().all(|p| p.param < statement.params.len()));
            let span = match &statement.ast {
                Ok(_) => statement.span,
                Err(unparsed) => unparsed.span,
            };
            assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        check_sound(&text);
        check_sound(&format!("-- name: a\n{text}"));
    }

    #[test]
    fn nothing_like_sql_makes_it_panic(
        parts in proptest::collection::vec(proptest::sample::select(pieces()), 0..60),
    ) {
        check_sound(&format!("-- name: a\n{}", parts.concat()));
    }
}
