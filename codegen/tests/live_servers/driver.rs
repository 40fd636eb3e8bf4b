//! What the driver takes for parameters in texts that have none left, and that we say so.

use mysql::prelude::Queryable;
use porpoise_codegen::catalog::Server;
use porpoise_codegen::live;
use porpoise_codegen::{Schema, Sources, parse};

use crate::support::{Database, servers};

/// Statements, and whether the driver misreads them.
const STATEMENTS: &[(&str, bool)] = &[
    ("SELECT ':x', \":x\", `:x` FROM (SELECT 1 AS `:x`) AS d", false),
    ("SELECT 1 -- :x '\n + 1", false),
    ("SELECT 1 # :x '\n + 1", false),
    ("SELECT 1 /* :x ' */ + 1", false),
    ("SELECT 'it''s :x', 'it\\'s :x', 'a\\\\', ':x'", false),
    ("SELECT @a:=1, @b := @a", false),
    ("SELECT -'1', 'x'", false),
    ("SELECT - '1', ':x'", false),
    ("SELECT 1 /'2', ': x', ':X', ':1'", false),
    ("SELECT 1/*a*/, ':x'", false),
    ("SELECT 1/**/, ':x' /* ' */", false),
    ("SELECT -'1', ':x'", true),
    ("SELECT 1/'2', ':x'", true),
    ("SELECT 1 -\"2\", \":x\"", true),
    ("SELECT 1 --'2', ':x'", true),
    ("SELECT 1/**/, '*/ :x'", true),
    ("SELECT 1 /*!99999 :x */ + 1", false),
    ("SELECT /*+ NO_MERGE(d) :x */ 1", false),
];

/// The same without escapes in strings.
const WITHOUT_ESCAPES: &[(&str, bool)] = &[
    ("SELECT 'a\\', ':x'", true),
    ("SELECT 'a\\b', ':x'", false),
    ("SELECT 'a\\\\', ':x'", false),
    ("SELECT 'a\\', ': x'", false),
];

fn check(conn: &mut mysql::Conn, server: &Server, statements: &[(&str, bool)]) {
    for (sql, misread) in statements {
        let mut sources = Sources::new();
        let file = sources.add("q.sql", format!("-- name: q\n{sql};"));
        let (statements_read, found) = parse::parse(&sources, file, server);
        assert_eq!(found.iter().any(|found| found.code == "driver-parameter"), *misread, "{sql}: {found:?}");
        let text = statements_read[0].prepare_text(|_| 1);
        let ran = conn.exec_drop(&text, ());
        assert_eq!(ran.is_err(), *misread, "{sql}: {ran:?}");
    }
}

#[test]
fn what_the_driver_misreads_is_an_error_of_the_build() {
    for (_, url) in servers() {
        let database = Database::new(&url, &[]);
        let mut server = live::introspect(&mut database.connect(), &Schema::default()).unwrap().server;
        let mut conn = mysql::Conn::new(mysql::Opts::from_url(&url).unwrap()).unwrap();
        check(&mut conn, &server, STATEMENTS);
        conn.query_drop("SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')").unwrap();
        server.sql_mode.push("NO_BACKSLASH_ESCAPES".to_owned());
        check(&mut conn, &server, WITHOUT_ESCAPES);
    }
}
