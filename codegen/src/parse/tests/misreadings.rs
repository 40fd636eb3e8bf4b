//! What sqlparser alone reads in a way that the servers do not, and syntax that it does not know.

use sqlparser::ast::{BinaryOperator, Expr, SelectItem, SetExpr, Statement as Tree};

use super::{mariadb, mysql, one_for, with_mode};
use crate::catalog::Server;

/// An expression with all its parentheses.
fn grouped(expr: &Expr) -> String {
    match expr {
        Expr::BinaryOp { left, op, right } => format!("({} {op} {})", grouped(left), grouped(right)),
        Expr::UnaryOp { op, expr } => format!("({op} {})", grouped(expr)),
        Expr::Cast { expr, data_type, .. } => format!("CAST({} AS {data_type})", grouped(expr)),
        Expr::Collate { expr, collation } => format!("({} COLLATE {collation})", grouped(expr)),
        Expr::IsNull(expr) => format!("({} IS NULL)", grouped(expr)),
        Expr::InList { expr, list, negated } => {
            let list: Vec<String> = list.iter().map(grouped).collect();
            format!("({}{} IN [{}])", grouped(expr), if *negated { " NOT" } else { "" }, list.join(", "))
        }
        Expr::Like { expr, pattern, .. } => format!("({} LIKE {})", grouped(expr), grouped(pattern)),
        Expr::RLike { expr, pattern, .. } => format!("({} REGEXP {})", grouped(expr), grouped(pattern)),
        Expr::Between { expr, low, high, .. } => {
            format!("({} BETWEEN {} AND {})", grouped(expr), grouped(low), grouped(high))
        }
        Expr::Interval(interval) => format!(
            "INTERVAL[{} {}]",
            grouped(&interval.value),
            interval.leading_field.as_ref().map(ToString::to_string).unwrap_or_default()
        ),
        other => other.to_string(),
    }
}

#[track_caller]
fn check_in(server: &Server, expr: &str, expected: &str) {
    let statement = one_for(server, &format!("-- name: a\nSELECT {expr};"));
    let tree = statement.ast.unwrap_or_else(|unparsed| panic!("{expr}: {}", unparsed.message));
    let Tree::Query(query) = *tree else { panic!("{tree}") };
    let SetExpr::Select(select) = *query.body else { panic!("{query}") };
    let [SelectItem::UnnamedExpr(found)] = select.projection.as_slice() else { panic!("{select}") };
    assert_eq!(grouped(found), expected, "{expr}");
}

#[track_caller]
fn check(expr: &str, expected: &str) {
    check_in(&mysql(), expr, expected);
}

#[test]
fn operators_bind_as_the_manuals_say() {
    check("2 & 3 ^ 4", "(2 & (3 ^ 4))");
    check("2 * 3 ^ 4", "(2 * (3 ^ 4))");
    check("1 | 2 & 3 << 4 + 5 * 6 ^ 7", "(1 | (2 & (3 << (4 + (5 * (6 ^ 7))))))");
    check("1 + 2 << 3", "((1 + 2) << 3)");
    check("1 - 2 - 3", "((1 - 2) - 3)");
    check("-a ^ 2", "((- a) ^ 2)");
    check("~a & b", "((~ a) & b)");
    check("- -a", "(- (- a))");
    check("a OR b XOR c AND d", "(a OR (b XOR (c AND d)))");
    check("a XOR b OR c", "((a XOR b) OR c)");
    check("NOT a = b AND c", "((NOT (a = b)) AND c)");
    check("a = b = c", "((a = b) = c)");
    check("a = b IN (1, 2)", "(a = (b IN [1, 2]))");
    check("a IS NULL = b", "((a IS NULL) = b)");
    check("a = b IS NULL", "((a = b) IS NULL)");
    check("a + 1 LIKE b AND c", "(((a + 1) LIKE b) AND c)");
    check("a = b LIKE c", "(a = (b LIKE c))");
    check("a | b REGEXP c", "((a | b) REGEXP c)");
    check("a BETWEEN 1 + 1 AND 2 | 3 AND b", "((a BETWEEN (1 + 1) AND (2 | 3)) AND b)");
    check("a BETWEEN 1 AND 2 REGEXP b OR c", "((a BETWEEN 1 AND (2 REGEXP b)) OR c)");
    check("a NOT BETWEEN 1 AND 2 = b", "((a BETWEEN 1 AND 2) = b)");
    check("a REGEXP NULL OR b NOT RLIKE NULL", "((a REGEXP NULL) OR (b REGEXP NULL))");
    check("a <=> b OR c <> d", "((a <=> b) OR (c <> d))");
}

#[test]
fn not_as_a_mark() {
    check("!a AND b", "((NOT a) AND b)");
    check("!a = b", "((NOT a) = b)");
    check("! a + b", "((NOT a) + b)");
    check_in(&with_mode("HIGH_NOT_PRECEDENCE"), "NOT a = b", "((NOT a) = b)");
}

#[test]
fn division_by_name() {
    check("a DIV 2 + 1", "((a DIV 2) + 1)");
    check("1 + a MOD b", "(1 + (a % b))");
    check("a MOD (b + 1)", "(a % (b + 1))");
    check("MOD(a, b)", "MOD(a, b)");
}

#[test]
fn pipes_and_ampersands() {
    check("a || b && c", "(a OR (b AND c))");
    check_in(&with_mode("PIPES_AS_CONCAT"), "a || b = c", "((a || b) = c)");
    check_in(&with_mode("PIPES_AS_CONCAT"), "a * b || c", "(a * (b || c))");
}

#[test]
fn binary_takes_one_operand() {
    check("BINARY a = 'x' AND b = 1", "((CAST(a AS BINARY) = 'x') AND (b = 1))");
    check("a LIKE BINARY 'x'", "(a LIKE CAST('x' AS BINARY))");
    check("BINARY a COLLATE x", "CAST((a COLLATE x) AS BINARY)");
}

#[test]
fn variables_are_assigned_what_follows() {
    check("@a := b OR c", "(@a := (b OR c))");
    check("1 + @a := 2", "(1 + (@a := 2))");
    check("@a := @b := 1", "(@a := (@b := 1))");
}

#[test]
fn json_arrows_come_first() {
    check("-a->'$.x' = 1", "((- (a -> '$.x')) = 1)");
    check("t.a->>'$.x' COLLATE utf8mb4_bin = 'y'", "(((t.a ->> '$.x') COLLATE utf8mb4_bin) = 'y')");
}

#[test]
fn intervals_of_every_unit() {
    check("d + INTERVAL 1 DAY", "(d + INTERVAL[1 DAY])");
    check("d + INTERVAL a + 1 DAY_HOUR > e", "((d + INTERVAL[(a + 1) DAY_HOUR]) > e)");
    check("INTERVAL '1:1' MINUTE_SECOND + d", "(INTERVAL['1:1' MINUTE_SECOND] + d)");
    check("INTERVAL (1) YEAR_MONTH + d", "(INTERVAL[(1) YEAR_MONTH] + d)");
    check("INTERVAL(1, 2) + 3", "(INTERVAL(1, 2) + 3)");
    for unit in super::super::dialect::UNITS {
        check(&format!("INTERVAL 1 {unit}"), &format!("INTERVAL[1 {unit}]"));
        check(&format!("EXTRACT({unit} FROM d)"), &format!("EXTRACT({unit} FROM d)"));
    }
}

#[test]
fn sounds_like_is_defined_by_soundex() {
    check("a SOUNDS LIKE b AND c", "((SOUNDEX(a) = SOUNDEX(b)) AND c)");
}

#[test]
fn full_text_search_takes_expressions() {
    check("MATCH (a, t.b) AGAINST ('x' IN BOOLEAN MODE)", "MATCH (a, t.b) AGAINST ('x' IN BOOLEAN MODE)");
    check("MATCH (a) AGAINST (CONCAT(:q, '*') IN BOOLEAN MODE)", "MATCH(a, CONCAT(?0, '*'))");
    check("MATCH (a) AGAINST (:q) > 0.5", "(MATCH (a) AGAINST (?0) > 0.5)");
}

#[test]
fn a_column_may_have_the_name_of_a_type() {
    let statement = one_for(&mysql(), "-- name: a\nSELECT text 'alias', date '2020-01-01';");
    assert_eq!(
        statement.ast.map(|tree| tree.to_string()).as_deref(),
        Ok("SELECT text AS 'alias', DATE '2020-01-01'")
    );
}

#[test]
fn adjacent_strings_and_their_escapes() {
    check(r"'a' 'b'", "'ab'");
    check(r"'it\'s' ", "'it''s'");
    check(r"'a\%b\n'", "'a\\%b\n'");
    check(r#""a""b'c""#, "'a\"b''c'");
    check("0x4D", "X'4D'");
    check("0b01", "B'01'");
    check_in(&with_mode("NO_BACKSLASH_ESCAPES"), r"'a\'", r"'a\'");
    check_in(&with_mode("ANSI_QUOTES"), r#""a""#, "`a`");
}

/// A statement, and the one with the same meaning that the tree holds.
#[track_caller]
fn check_rewritten(server: &Server, sql: &str, expected: &str) {
    let statement = one_for(server, &format!("-- name: a\n{sql};"));
    assert_eq!(statement.prepare_text(|_| 1), sql.replace(":a", "?"), "the text is untouched");
    let tree = statement.ast.unwrap_or_else(|unparsed| panic!("{sql}: {}", unparsed.message));
    assert_eq!(tree.to_string(), expected, "{sql}");
}

#[test]
fn what_sqlparser_does_not_know() {
    for (sql, expected) in [
        ("SELECT * FROM t LOCK IN SHARE MODE", "SELECT * FROM t FOR SHARE"),
        ("SELECT DISTINCTROW a FROM t", "SELECT DISTINCT a FROM t"),
        ("TABLE t ORDER BY a LIMIT 1", "SELECT * FROM t ORDER BY a LIMIT 1"),
        ("SELECT 1 UNION ALL TABLE t", "SELECT 1 UNION ALL SELECT * FROM t"),
        ("INSERT INTO t (a) TABLE u", "INSERT INTO t (a) SELECT * FROM u"),
        ("INSERT INTO t (a) VALUE (:a)", "INSERT INTO t (a) VALUES (?0)"),
        ("INSERT INTO t PARTITION (p0, p1) (a) VALUES (1)", "INSERT INTO t (a) VALUES (1)"),
        ("SELECT * FROM t PARTITION (p0) AS x", "SELECT * FROM t AS x"),
        ("INSERT t SET a := 1, b = @c := 2", "INSERT t SET a = 1, b = @c := 2"),
        ("UPDATE LOW_PRIORITY IGNORE t SET a := :a", "UPDATE t SET a = ?0"),
        ("UPDATE a, b AS c SET a.x = c.y", "UPDATE a CROSS JOIN b AS c SET a.x = c.y"),
        (
            "WITH c AS (SELECT 1, 2) UPDATE a, c SET a.x = 1",
            "WITH c AS (SELECT 1, 2) UPDATE a CROSS JOIN c SET a.x = 1",
        ),
        ("DELETE LOW_PRIORITY QUICK IGNORE FROM t", "DELETE FROM t"),
        ("DELETE t FROM t JOIN u ON t.a = u.a", "DELETE t FROM t JOIN u ON t.a = u.a"),
        ("DELETE t.*, u.* FROM t JOIN u ON t.a = u.a", "DELETE t, u FROM t JOIN u ON t.a = u.a"),
        ("DELETE FROM t.* USING t JOIN u ON t.a = u.a", "DELETE FROM t USING t JOIN u ON t.a = u.a"),
        (
            "SELECT * FROM a LEFT JOIN (b, c) ON a.x = b.x",
            "SELECT * FROM a LEFT JOIN (b CROSS JOIN c) ON a.x = b.x",
        ),
        ("SELECT * FROM {OJ a LEFT JOIN b ON a.x = b.x}", "SELECT * FROM (a LEFT JOIN b ON a.x = b.x)"),
        (
            "SELECT * FROM c, {OJ a LEFT JOIN {OJ b JOIN d ON b.x = d.x} ON a.x = b.x}",
            "SELECT * FROM c, (a LEFT JOIN (b JOIN d ON b.x = d.x) ON a.x = b.x)",
        ),
        ("SELECT * FROM (a)", "SELECT * FROM a"),
        ("SELECT * FROM ((a AS q)), (b)", "SELECT * FROM a AS q, b"),
        (
            "SELECT * FROM a LEFT JOIN ((b), (c, d)) ON a.x = b.x",
            "SELECT * FROM a LEFT JOIN (b CROSS JOIN (c CROSS JOIN d)) ON a.x = b.x",
        ),
        (
            "SELECT * FROM a STRAIGHT_JOIN b RIGHT JOIN c ON 1",
            "SELECT * FROM a CROSS JOIN b RIGHT JOIN c ON 1",
        ),
        ("SELECT STRAIGHT_JOIN a FROM t", "SELECT STRAIGHT_JOIN a FROM t"),
        ("SELECT * FROM a USE INDEX FOR JOIN (i, j)", "SELECT * FROM a USE INDEX FOR JOIN (i, j)"),
        ("SELECT ROW(a, b) = ROW(1, 2)", "SELECT (a, b) = (1, 2)"),
        ("SELECT ROW(a, b) IN (ROW(1, 2), ROW(3, 4))", "SELECT (a, b) IN ((1, 2), (3, 4))"),
        ("VALUES ROW(1, 2), ROW(3, 4)", "VALUES ROW(1, 2), ROW(3, 4)"),
        ("SELECT a FROM t WHERE b LIMIT 1 INTO @x", "SELECT a INTO @x FROM t WHERE b LIMIT 1"),
        ("SELECT a, b INTO @x, @y FROM t", "SELECT a, b INTO @x, @y FROM t"),
        ("SELECT a FROM t INTO @x FOR UPDATE", "SELECT a INTO @x FROM t FOR UPDATE"),
        ("SELECT a UNION SELECT 2 INTO @x", "SELECT a INTO @x UNION SELECT 2"),
        (
            "SELECT a FROM t INTO OUTFILE 'f' FIELDS TERMINATED BY ',' LINES STARTING BY '-'",
            "SELECT a INTO OUTFILE FROM t",
        ),
        ("DO a, b", "SELECT a, b INTO DO"),
        ("SELECT a FROM t GROUP BY ROLLUP (a, b)", "SELECT a FROM t GROUP BY a, b WITH ROLLUP"),
        ("SELECT a FROM t FOR UPDATE OF t, u NOWAIT", "SELECT a FROM t FOR UPDATE OF t NOWAIT"),
        ("SELECT N'a' 'b', _latin1'a' 'b', _latin1 b'01000001'", "SELECT N'ab', _latin1 'ab', _latin1 X'41'"),
        (
            "SELECT CAST(a AS CHAR(3) ASCII), CAST(a AS CHAR BYTE)",
            "SELECT CAST(a AS CHAR(3)), CAST(a AS BINARY)",
        ),
        ("SELECT SUBSTR(a FROM 2), SUBSTR(a, 2)", "SELECT SUBSTRING(a FROM 2), SUBSTR(a, 2)"),
        ("SELECT WEIGHT_STRING(a AS CHAR(3))", "SELECT WEIGHT_STRING(a)"),
        (
            "SELECT NTH_VALUE(a, 2) FROM FIRST RESPECT NULLS OVER w",
            "SELECT NTH_VALUE(a, 2) RESPECT NULLS OVER w",
        ),
        ("SELECT CHAR(77, 121 USING utf8mb4)", "SELECT CONVERT(CHAR(77, 121) USING utf8mb4)"),
        ("SELECT CAST(a AS CHAR CHARACTER SET latin1)", "SELECT CAST(a AS CHAR)"),
        ("SELECT CAST(a AS CHAR(3) CHARSET binary)", "SELECT CAST(a AS BINARY(3))"),
        ("SELECT CAST(a AS UNSIGNED INT)", "SELECT CAST(a AS UNSIGNED)"),
        (
            "SELECT TRIM(BOTH FROM a), TRIM(LEADING 'x' FROM a)",
            "SELECT TRIM(BOTH ' ' FROM a), TRIM(LEADING 'x' FROM a)",
        ),
        ("SELECT NTH_VALUE(a, 2) FROM FIRST OVER w", "SELECT NTH_VALUE(a, 2) OVER w"),
        ("SELECT TIMESTAMPADD(SQL_TSI_DAY, 1, a)", "SELECT TIMESTAMPADD(DAY, 1, a)"),
        (
            "SELECT UTC_DATE, utc_timestamp(), CURRENT_USER, t.utc_date",
            "SELECT UTC_DATE(), utc_timestamp(), CURRENT_USER(), t.utc_date",
        ),
        (
            "SELECT JSON_VALUE(a, '$.b' RETURNING DECIMAL(4,2) DEFAULT 1 ON EMPTY NULL ON ERROR)",
            "SELECT JSON_VALUE(a, '$.b' RETURNING DECIMAL(4,2))",
        ),
    ] {
        check_rewritten(&mysql(), sql, expected);
    }
}

#[test]
fn what_sqlparser_does_not_know_of_mariadb() {
    for (sql, expected) in [
        ("SELECT * FROM t FOR UPDATE WAIT 5", "SELECT * FROM t FOR UPDATE"),
        ("SELECT * FROM t LOCK IN SHARE MODE WAIT 5", "SELECT * FROM t FOR SHARE"),
        (
            "DELETE FROM t WHERE b ORDER BY a LIMIT 1 RETURNING c",
            "DELETE FROM t WHERE b RETURNING c ORDER BY a LIMIT 1",
        ),
        (
            "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUE(a)",
            "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a)",
        ),
        ("SELECT NEXT VALUE FOR s, PREVIOUS VALUE FOR db.s", "SELECT NEXTVAL(s), LASTVAL(db.s)"),
        (
            "SELECT GROUP_CONCAT(a ORDER BY b SEPARATOR '-' LIMIT 2)",
            "SELECT GROUP_CONCAT(a ORDER BY b LIMIT 2 SEPARATOR '-')",
        ),
        ("SELECT * FROM t FOR SYSTEM_TIME ALL", "SELECT * FROM t"),
        ("SELECT * FROM t FOR SYSTEM_TIME AS OF :a", "SELECT * FROM t FOR SYSTEM_TIME AS OF ?0"),
        ("SELECT * FROM t LIMIT 5 ROWS EXAMINED 10", "SELECT * FROM t LIMIT 5 OFFSET 10"),
        ("SELECT * FROM t LIMIT ROWS EXAMINED 10", "SELECT * FROM t OFFSET 10 ROWS"),
        ("SELECT * FROM t LIMIT 1, 5 ROWS EXAMINED 10", "SELECT * FROM t LIMIT 1, 5"),
        (
            "SELECT * FROM t FOR SYSTEM_TIME BETWEEN TIMESTAMP '2020-01-01' AND NOW()",
            "SELECT * FROM t FOR SYSTEM_TIME AS OF '2020-01-01' = NOW()",
        ),
        ("SELECT a FROM t GROUP BY a DESC, b HAVING a", "SELECT a FROM t GROUP BY a, b HAVING a"),
        ("SELECT SQL_CACHE a FROM t", "SELECT a FROM t"),
        ("SELECT SQL_CACHE FROM t", "SELECT SQL_CACHE FROM t"),
        (
            "SELECT GROUP_CONCAT(a SEPARATOR '-' LIMIT 1, 2), GROUP_CONCAT(b LIMIT 2 OFFSET 1)",
            "SELECT GROUP_CONCAT(a LIMIT (1, 2) SEPARATOR '-'), GROUP_CONCAT(b LIMIT (2, 1))",
        ),
        (
            "SELECT SUM(a) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING EXCLUDE NO OTHERS)",
            "SELECT SUM(a) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING)",
        ),
        (
            "WITH RECURSIVE c AS (SELECT 1) CYCLE a, b RESTRICT SELECT * FROM c",
            "WITH RECURSIVE c AS (SELECT 1) SELECT * FROM c",
        ),
    ] {
        check_rewritten(&mariadb(), sql, expected);
    }
}

#[test]
fn joins_without_a_condition_do_not_nest_what_follows() {
    for (sql, expected) in [
        ("a JOIN b RIGHT JOIN c ON 1", "a CROSS JOIN b RIGHT JOIN c ON 1"),
        ("a INNER JOIN b LEFT JOIN c USING (x)", "a CROSS JOIN b LEFT JOIN c USING(x)"),
        ("a JOIN b JOIN c ON 1 ON 2", "a JOIN (b JOIN c ON 1) ON 2"),
        ("a JOIN b JOIN c JOIN d ON 1", "a CROSS JOIN b CROSS JOIN c JOIN d ON 1"),
        ("a NATURAL LEFT JOIN b JOIN c ON 1", "a NATURAL LEFT JOIN b JOIN c ON 1"),
        ("a JOIN b ON 1 JOIN c, d JOIN e", "a JOIN b ON 1 CROSS JOIN c, d CROSS JOIN e"),
        ("a JOIN (b JOIN c) ON 1", "a JOIN (b CROSS JOIN c) ON 1"),
    ] {
        check_rewritten(&mysql(), &format!("SELECT * FROM {sql}"), &format!("SELECT * FROM {expected}"));
    }
}

#[test]
fn words_of_other_databases_are_names() {
    for name in
        ["sample", "pivot", "sort", "cluster", "final", "top", "view", "array", "minus", "full", "struct"]
    {
        let sql = format!("SELECT {name}, t.{name} {name} FROM {name} {name}");
        let expected = format!("SELECT {name}, t.{name} AS {name} FROM {name} {name}");
        check_rewritten(&mysql(), &sql, &expected);
    }
    check_rewritten(&mysql(), "SELECT t.select, t.from FROM t", "SELECT t.select, t.from FROM t");
}

#[test]
fn long_chains_of_or_are_shallow() {
    let sql =
        format!("-- name: a\nSELECT a0{};", (1..5_000).map(|n| format!(" OR a{n}")).collect::<String>());
    let statement = one_for(&mysql(), &sql);
    let Ok(tree) = statement.ast else { panic!("{:?}", statement.ast) };
    let expected = sql.trim_start_matches("-- name: a\n").trim_end_matches(';');
    assert_eq!(tree.to_string(), expected, "the terms keep their order");
    let Tree::Query(query) = *tree else { panic!() };
    let SetExpr::Select(select) = *query.body else { panic!() };
    let [SelectItem::UnnamedExpr(expr)] = select.projection.as_slice() else { panic!() };
    assert!(depth(expr) < 16);
}

fn depth(expr: &Expr) -> usize {
    match expr {
        Expr::BinaryOp { left, op: BinaryOperator::Or, right } => 1 + depth(left).max(depth(right)),
        _ => 0,
    }
}
