//! What sqlparser reads and a server does not.

use super::{mariadb, mysql, one_for, parse};
use crate::catalog::Server;

#[track_caller]
fn check(server: &Server, sql: &str, expected: &str) {
    let statement = one_for(server, &format!("-- name: a\n{sql};"));
    let message = statement.ast.map(|tree| tree.to_string()).map_err(|unparsed| unparsed.message);
    assert_eq!(message.err().as_deref(), Some(expected), "{sql}");
}

#[track_caller]
fn check_read(server: &Server, sql: &str) {
    let statement = one_for(server, &format!("-- name: a\n{sql};"));
    assert!(statement.ast.is_ok(), "{sql}: {:?}", statement.ast);
}

#[test]
fn what_neither_server_reads() {
    for (sql, what) in [
        ("SELECT DISTINCT ON (a) a FROM t", "DISTINCT ON"),
        ("SELECT a FROM t GROUP BY ALL", "GROUP BY ALL"),
        ("SELECT a FROM t GROUP BY a WITH CUBE", "modifier of GROUP BY but WITH ROLLUP"),
        ("SELECT 1 UNION BY NAME SELECT 2", "BY NAME"),
        ("SELECT SUM(a) OVER (ORDER BY a GROUPS 1 PRECEDING) FROM t", "frame of GROUPS"),
        ("SELECT LAG(a) IGNORE NULLS OVER (ORDER BY a) FROM t", "IGNORE NULLS"),
        ("SELECT a FROM t AS u (b)", "names for the columns of a table"),
        ("SELECT a FROM (t JOIN u ON 1) v", "alias for a join"),
        ("SELECT a FROM t LEFT JOIN u", "outer join without ON"),
        ("SELECT a FROM t ORDER BY a NULLS LAST", "NULLS FIRST and NULLS LAST"),
        ("SELECT CEIL(a TO DAY) FROM t", "second operand of CEIL and FLOOR"),
        ("SELECT EXTRACT(EPOCH FROM a) FROM t", "such unit of EXTRACT"),
        ("SELECT SUBSTRING(a FOR 2) FROM t", "SUBSTRING without FROM"),
        ("SELECT CAST(a AS TEXT) FROM t", "CAST to this type"),
        ("SELECT CAST(a AS DATETIME(7)) FROM t", "fraction of a second of more than 6 digits"),
        ("SELECT DATE_ADD(a, 1) FROM t", "DATE_ADD without INTERVAL"),
        ("SELECT a FROM t LIMIT 1 OFFSET 2 ROWS", "ROWS after LIMIT and OFFSET"),
        ("SELECT 1 IN (SELECT a FROM t LIMIT 1)", "LIMIT in a subquery of IN"),
        ("UPDATE t SET a = 1 RETURNING a", "UPDATE with RETURNING"),
        ("DELETE t FROM t JOIN u LIMIT 1", "DELETE of several tables with ORDER BY or LIMIT"),
        ("WITH c AS (SELECT 1) INSERT INTO t (a) SELECT 1", "WITH before a statement of this kind"),
    ] {
        check(&mysql(), sql, &format!("MySQL has no {what}"));
        check(&mariadb(), sql, &format!("MariaDB has no {what}"));
    }
}

#[test]
fn a_table_in_parentheses_has_no_alias_outside() {
    for sql in
        ["SELECT a FROM (t) AS v", "SELECT a FROM u LEFT JOIN (t) AS v ON 1", "SELECT a FROM u, (t) AS v"]
    {
        check(&mysql(), sql, "the statement could end before `v`");
    }
    check_read(&mysql(), "SELECT a FROM u JOIN (SELECT 1) AS v JOIN ((SELECT 1)) AS w JOIN (t AS x)");
}

#[test]
fn what_only_mysql_reads() {
    for (sql, what) in [
        ("SELECT a FROM t FOR UPDATE OF t", "OF after FOR UPDATE"),
        ("SELECT LAG(a) RESPECT NULLS OVER (ORDER BY a) FROM t", "RESPECT NULLS"),
        ("SELECT LAG(a, 1, 0) OVER (ORDER BY a) FROM t", "default for LAG and LEAD"),
        ("SELECT a FROM t, LATERAL (SELECT t.a AS b) AS d", "LATERAL"),
        ("SELECT b FROM (SELECT 1) AS d (b)", "names for the columns of a derived table"),
        ("VALUES ROW(1)", "ROW in VALUES"),
        ("SELECT SUM(a) OVER (ORDER BY b RANGE INTERVAL 1 DAY PRECEDING) FROM t", "INTERVAL in frames"),
        ("SELECT a -> '$.b' FROM t", "such operator"),
        ("SELECT 1 MEMBER OF (a) FROM t", "such operator"),
        ("SELECT JSON_VALUE(a, '$.b' RETURNING CHAR(3)) FROM t", "RETURNING in JSON functions"),
        ("SELECT CAST(a AT TIME ZONE '+00:00' AS DATETIME) FROM t", "AT TIME ZONE"),
        ("SELECT CAST(a AS REAL) FROM t", "CAST to this type"),
        ("DELETE FROM t AS u", "alias in DELETE FROM"),
        ("WITH c AS (SELECT 1) DELETE FROM t", "WITH before a statement of this kind"),
    ] {
        check_read(&mysql(), sql);
        check(&mariadb(), sql, &format!("MariaDB has no {what}"));
    }
    check(&mariadb(), "SELECT a FROM t FOR SHARE", "expected one of UPDATE or SHARE, found `SHARE`");
}

#[test]
fn what_only_mariadb_reads() {
    for (sql, what) in [
        ("SELECT a FROM t FETCH FIRST 1 ROWS ONLY", "FETCH"),
        ("SELECT a FROM t OFFSET 1 ROWS", "OFFSET without LIMIT"),
        ("VALUES (1)", "VALUES without ROW"),
        ("SELECT GROUP_CONCAT(a) OVER () FROM t", "window for GROUP_CONCAT"),
        ("SELECT CAST(a AS INT) FROM t", "CAST to this type"),
        ("INSERT INTO t (a) VALUES (1) RETURNING a", "RETURNING"),
        ("DELETE FROM t RETURNING a", "RETURNING"),
        ("UPDATE t, u SET t.a = 1 LIMIT 1", "UPDATE of several tables with ORDER BY or LIMIT"),
    ] {
        check_read(&mariadb(), sql);
        check(&mysql(), sql, &format!("MySQL has no {what}"));
    }
    for sql in
        ["SELECT a FROM t FOR UPDATE WAIT 5", "SELECT a FROM t GROUP BY a DESC", "SELECT NEXT VALUE FOR s"]
    {
        check_read(&mariadb(), sql);
        assert!(one_for(&mysql(), &format!("-- name: a\n{sql};")).ast.is_err(), "{sql}");
    }
}

#[test]
fn columns_without_an_alias_are_named_by_their_text() {
    let text = "-- name: a\nSELECT ALL a MOD :b , TRIM(BOTH FROM c),\n  f(a,\n  b), 'x' 'y', (SELECT  d FROM t) = 1 AS e FROM t\n\
                UNION SELECT t.from, :c;";
    let names = |server: &Server| -> Vec<String> {
        one_for(server, text).items.into_iter().map(|item| item.name).collect()
    };
    let expected = |string: &str| {
        vec![
            "a MOD ?".to_owned(),
            "TRIM(BOTH FROM c)".to_owned(),
            "f(a, b)".to_owned(),
            string.to_owned(),
            "(SELECT d FROM t) = 1 AS e".to_owned(),
            "d".to_owned(),
            "t.from".to_owned(),
            "?".to_owned(),
        ]
    };
    assert_eq!(names(&mysql()), expected("x"));
    assert_eq!(names(&mariadb()), expected("xy"));
    let counted =
        one_for(&mysql(), "-- name: a\nSELECT NTH_VALUE(a, 2) FROM FIRST OVER w, +b FROM t WINDOW w AS ();");
    let names: Vec<&str> = counted.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["NTH_VALUE(a, 2) FROM FIRST OVER w", "b"]);
}

#[test]
fn what_the_driver_misreads_is_shown() {
    let (_, found) = parse("-- name: a\nSELECT 1 -'2' AS a, ':x' AS b;");
    assert_eq!(
        found,
        "driver-parameter: the MySQL driver takes `:x` for a parameter of its own, and the statement would fail\n\
         \x20 2:22 :x | it is none\n\
         \x20 2:11 '2' | the driver does not see where this begins or ends\n\
         \x20 = the driver overlooks a quote right after `-` or `/`, and takes a backslash before a quote for an \
         escape: put a blank before the quote\n\
         \x20 = in a string, close and open it again after the colon: `'a:' 'b'` is `'a:b'`\n"
    );
}
