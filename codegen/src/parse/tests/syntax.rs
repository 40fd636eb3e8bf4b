//! The syntax tree: its places, its placeholders, and the bounds.

use std::ops::ControlFlow;

use sqlparser::ast::{Ident, Value, ValueWithSpan, Visit, Visitor};

use super::{mariadb, mysql, one, one_for, parse, parse_for};
use crate::parse::tokens;

/// Every name and value of a tree with the text at its place.
#[derive(Default)]
struct Places<'a> {
    text: &'a str,
    names: Vec<(String, String)>,
    values: Vec<(String, String)>,
}

impl Places<'_> {
    fn at(&self, span: sqlparser::tokenizer::Span) -> String {
        let place = tokens::bytes(span).and_then(|(start, end)| self.text.get(start..end));
        place.unwrap_or("nowhere").to_owned()
    }
}

impl Visitor for Places<'_> {
    type Break = ();

    fn pre_visit_ident(&mut self, ident: &Ident) -> ControlFlow<()> {
        self.names.push((ident.to_string(), self.at(ident.span)));
        ControlFlow::Continue(())
    }

    fn pre_visit_value(&mut self, value: &ValueWithSpan) -> ControlFlow<()> {
        let text = match &value.value {
            Value::Placeholder(_) => ":x".to_owned(),
            other => other.to_string(),
        };
        self.values.push((text, self.at(value.span)));
        ControlFlow::Continue(())
    }
}

#[test]
fn places_in_the_tree_are_bytes_of_the_file() {
    let text = "-- ünïcödé\n-- name: a\nSELECT u.`größe`, 'ü' AS x, 1\nFROM user AS u -- ä\nWHERE u.id = :x\n\
                AND EXISTS (SELECT 2 FROM db.t WHERE t.y = :x)\nLIMIT 5;";
    let tree = one(text).ast.expect("it parses");
    let mut places = Places { text, ..Places::default() };
    let _ = tree.visit(&mut places);
    assert_eq!(places.names.len(), 11);
    assert!(
        places.names.iter().chain(&places.values).all(|(name, place)| name == place),
        "{:?} {:?}",
        places.names,
        places.values
    );
    assert_eq!(places.values.len(), 6);
}

#[test]
fn no_placeholder_is_lost() {
    for sql in [
        "SELECT :a, f(:b), (:c), -:d, CASE :e WHEN :f THEN :g ELSE :h END FROM t",
        "SELECT a FROM t WHERE MATCH (a) AGAINST (:q) AND MATCH (b) AGAINST (CONCAT(:r) IN BOOLEAN MODE)",
        "SELECT a FROM t JOIN u ON t.a = :a WHERE b IN (:bs) AND c BETWEEN :c AND :d GROUP BY a + :e HAVING a > :f \
         ORDER BY a = :g LIMIT :h OFFSET :i",
        "SELECT SUM(a) OVER (PARTITION BY b + :a ORDER BY c + :b), GROUP_CONCAT(a ORDER BY b = :c SEPARATOR ',') FROM t",
        "SELECT * FROM JSON_TABLE(:doc, '$[*]' COLUMNS (a INT PATH '$.a')) AS j",
        "SELECT a + INTERVAL :n DAY_HOUR, EXTRACT(DAY FROM :d), CAST(:e AS CHAR), CONVERT(:f USING utf8mb4), \
         SUBSTRING(:g FROM :h FOR :i), TRIM(:j FROM :k), POSITION(:l IN :m), FLOOR(:o), BINARY :p, :r COLLATE utf8mb4_bin",
        "INSERT INTO t (a, b) VALUES (:a, :b), (:c, :d) AS n ON DUPLICATE KEY UPDATE a = :e, b = VALUES(b) + :f",
        "INSERT INTO t SET a = :a, b = :b",
        "INSERT INTO t (a) SELECT b + :a FROM u WHERE c = :b",
        "REPLACE INTO t (a) VALUES (:a)",
        "UPDATE t JOIN u ON t.a = :a SET t.b = :b WHERE c = :c",
        "UPDATE t SET b = :b ORDER BY a + :c LIMIT :d",
        "DELETE FROM t WHERE a = :a ORDER BY b + :b LIMIT :c",
        "WITH RECURSIVE c AS (SELECT :a AS n UNION ALL SELECT n + :b FROM c) SELECT * FROM c WHERE n = :c",
        "SELECT (SELECT :a) IN (SELECT :b), EXISTS (SELECT :c), :d = ANY (SELECT :e), (:f, 1) = (2, :g), :h MEMBER OF (:i)",
        "VALUES ROW(:a, 1), ROW(2, :b)",
        "CALL p(:a, :b)",
        "TABLE t LIMIT :a OFFSET :b",
        "SELECT a FROM t WHERE ROW(a, b) = ROW(:a, :b) AND ROW(a, b) IN (ROW(:c, 1), (:d, :e)) AND MOD(a, :f) = a MOD :g",
        "SELECT a FROM (t) LEFT JOIN (u, (v)) ON t.a = :a AND u.b = :b JOIN {OJ x LEFT JOIN y ON x.a = :c} ON x.b = :d",
        "SELECT a FROM t WHERE b = :a LIMIT :b INTO @a",
        "SELECT a, b INTO @a, @b FROM t WHERE b = :a FOR UPDATE OF t, u",
        "SELECT a FROM t WHERE b = :a INTO OUTFILE 'f' FIELDS TERMINATED BY ','",
        "DO SLEEP(:a), GET_LOCK(:b, :c)",
        "SELECT SUBSTR(a FROM :a FOR :b), MID(a FROM :c), WEIGHT_STRING(:d AS CHAR(3)), CAST(:e AS CHAR(3) ASCII) FROM t",
        "SELECT a, SUM(b) FROM t GROUP BY ROLLUP (a + :a, b) HAVING SUM(b) > :b",
        "SELECT SUM(a) OVER (ORDER BY d RANGE BETWEEN INTERVAL :a DAY PRECEDING AND INTERVAL :b HOUR FOLLOWING) FROM t",
        "SELECT LAG(a, :a) RESPECT NULLS OVER w, CAST(:b AT TIME ZONE :c AS DATETIME) FROM t WINDOW w AS (ORDER BY a + :d)",
        "SET @x = :a",
    ] {
        let statement = one(&format!("-- name: a\n{sql};"));
        assert!(statement.ast.is_ok(), "{sql}: {:?}", statement.ast.err());
        assert!(!statement.placeholders.is_empty());
    }
}

#[test]
fn no_placeholder_is_lost_on_mariadb() {
    for sql in [
        "SELECT a FROM t FOR SYSTEM_TIME AS OF TIMESTAMP :a AS x WHERE a = :b",
        "SELECT a FROM t FOR SYSTEM_TIME BETWEEN :a AND :b WHERE a = :c",
        "SELECT a FROM t FOR SYSTEM_TIME FROM :a - INTERVAL :b DAY TO NOW() WHERE a = :c",
        "SELECT a FROM t LIMIT :a ROWS EXAMINED :b",
        "SELECT a FROM t LIMIT ROWS EXAMINED :a",
        "SELECT a FROM t ORDER BY a OFFSET :a ROWS FETCH FIRST :b ROWS WITH TIES",
        "SELECT GROUP_CONCAT(a + :a ORDER BY b = :b DESC SEPARATOR '-' LIMIT :c, :d), JSON_ARRAYAGG(a LIMIT :e OFFSET :f) FROM t",
        "SELECT a, COUNT(*) FROM t GROUP BY a + :a DESC, b ASC HAVING a = :b",
        "SELECT PERCENTILE_CONT(:a) WITHIN GROUP (ORDER BY a + :b) OVER (PARTITION BY a + :c) FROM t",
        "WITH RECURSIVE c AS (SELECT :a AS n UNION SELECT n + :b FROM c) CYCLE n RESTRICT SELECT * FROM c WHERE n = :c",
        "VALUES (:a, 1), (2, :b)",
        "SELECT a FROM t WHERE a = :a LOCK IN SHARE MODE WAIT 5",
    ] {
        let statement = one_for(&mariadb(), &format!("-- name: a\n{sql};"));
        assert!(statement.ast.is_ok(), "{sql}: {:?}", statement.ast.err());
        assert!(!statement.placeholders.is_empty());
    }
}

#[test]
fn what_would_be_lost_is_left_to_the_server() {
    for sql in [
        "SELECT a FROM t LIMIT 2 OFFSET 1 ROWS EXAMINED :a",
        "SELECT a FROM t INTO OUTFILE :a",
        "SELECT a FROM t FOR UPDATE WAIT :a",
    ] {
        for server in [mysql(), mariadb()] {
            let statement = one_for(&server, &format!("-- name: a\n{sql};"));
            assert!(statement.ast.is_err(), "{sql}: {:?}", statement.ast);
        }
    }
}

#[test]
fn a_statement_that_cannot_be_read_says_where_and_is_no_error() {
    for (sql, place, message) in [
        ("SELECT a FROM t WHERE ) b", ")", "expected an expression, found `)`"),
        ("SELECT a FROM", "", "expected identifier, found the end of the statement"),
        ("SELECT a b c FROM t", "c", "the statement could end before `c`"),
        ("HANDLER t OPEN", "HANDLER", "expected an SQL statement, found `HANDLER`"),
        ("SELECT a FROM t ORDER BY a NULLS LAST", "a", "MySQL has no NULLS FIRST and NULLS LAST"),
    ] {
        let text = format!("-- name: a\n{sql};");
        let unparsed = one(&text).ast.expect_err("it cannot be read");
        assert_eq!((&text[unparsed.span.range()], unparsed.message.as_str()), (place, message), "{sql}");
    }
}

/// What becomes of an enormous statement, on a stack as small as that of a test's thread.
#[track_caller]
fn check_bounded(sql: String, expected: &str) {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let text = format!("-- name: a\n{sql};");
    let message = thread
        .spawn(move || {
            let (statements, _) = parse_for(&mysql(), &text);
            statements
                .into_iter()
                .next()
                .and_then(|statement| statement.ast.err())
                .map(|unparsed| unparsed.message)
        })
        .expect("a thread")
        .join()
        .expect("no panic");
    assert_eq!(message.as_deref(), Some(expected));
}

#[test]
fn no_size_overflows_the_stack() {
    const DEEP: &str = "it is nested too deeply";
    const LONG: &str = "it is longer than 30000 words and marks";
    let nest = |open: &str, count: usize, close: &str| {
        format!("SELECT {}1{}", open.repeat(count), close.repeat(count))
    };
    check_bounded(format!("SELECT 1 WHERE a{}", " OR a".repeat(100_000)), LONG);
    check_bounded(format!("SELECT a{}", " + a".repeat(10_000)), DEEP);
    check_bounded(format!("SELECT a{}", " IS NULL".repeat(9_000)), DEEP);
    check_bounded(nest("(", 10_000, ")"), DEEP);
    check_bounded(nest("(SELECT ", 5_000, ")"), DEEP);
    check_bounded(nest("IF(a, ", 180, ", b)"), DEEP);
    check_bounded(nest("a IN (", 180, ")"), DEEP);
    check_bounded(nest("- ", 10_000, ""), DEEP);
    check_bounded(nest("BINARY ", 10_000, ""), DEEP);
    check_bounded(format!("SELECT * FROM a {} b {}", "JOIN a ".repeat(250), "ON 1 ".repeat(250)), DEEP);
    check_bounded(format!("SELECT 1{}", " UNION SELECT 1".repeat(1_000)), "it holds UNION too often");
    check_bounded(format!("SELECT a{}", " DIV a".repeat(1_000)), "it holds DIV too often");
    check_bounded("SELECT ".repeat(29_000), "the statement could end before `SELECT`");
}

#[test]
fn files_of_any_length_are_read() {
    let text: String = (0..2_000).map(|n| format!("-- name: q{n}\nSELECT {n};\n")).collect();
    let (statements, errors) = parse(&text);
    assert_eq!((statements.len(), errors.as_str()), (2_000, ""));
}
