//! Lists, streams, ids, raw SQL and session pins, through the functions that generated code calls.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use porpoise::__codegen::{
    OUT, Query, call, exec_last_id, exec_one, exec_result, exec_rows, exec_version, fetch_many, stream,
};
use porpoise::{ErrorKind, Family, Read, Schema};
use support::{row, rows, run};

fn in_list(db: impl Read, ids: &[i32], negated: bool) -> Vec<i32> {
    let mut query = Query::build("t::in_list");
    query.push(if negated { "SELECT id FROM t WHERE id NOT IN (" } else { "SELECT id FROM t WHERE id IN (" });
    query.list(ids);
    query.push(") AND id < ");
    query.bind(&100);
    query.push(" ORDER BY id");
    fetch_many(db, query).expect("the list")
}

on_both_servers! {
    fn lists_may_be_empty_and_padded(database: &Database) {
        let pool = database.pool();
        pool.get().unwrap().execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3), (4), (5)").unwrap();
        assert_eq!(in_list(&pool, &[1, 3, 9], false), [1, 3]);
        assert_eq!(in_list(&pool, &[], false), [] as [i32; 0]);
        assert_eq!(in_list(&pool, &[], true), [1, 2, 3, 4, 5]);
        assert_eq!(in_list(&pool, &[1, 2, 3], true), [4, 5]);
        assert_eq!(in_list(&pool, &(0..40_000).collect::<Vec<_>>(), false), [1, 2, 3, 4, 5]);
    }

    fn lists_of_tuples(database: &Database) {
        let pool = database.pool();
        pool.get().unwrap().execute_raw_sql("CREATE TABLE t (a INT, b VARCHAR(9)); INSERT INTO t VALUES (1, 'x'), (2, 'y')").unwrap();
        let count = |pairs: &[(i32, &str)], negated: bool| -> i64 {
            let mut query = Query::build("t::tuples");
            query.push("SELECT COUNT(*) FROM t WHERE (a, b) ");
            query.push(if negated { "NOT IN (" } else { "IN (" });
            query.tuples(pairs);
            query.push(")");
            porpoise::__codegen::fetch_one(&pool, query).unwrap()
        };
        assert_eq!(count(&[(1, "x"), (2, "z"), (3, "y")], false), 1);
        assert_eq!((count(&[], false), count(&[], true)), (0, 2));
    }

    fn streams_give_rows_one_by_one(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3)").unwrap();
        let all = Query::new("t::all", "SELECT id FROM t ORDER BY id", &[]);
        let read: Vec<i32> = stream(&mut connection, all).unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!(read, [1, 2, 3]);
        let all = Query::new("t::all", "SELECT id FROM t ORDER BY id", &[]);
        assert_eq!(stream::<i32>(&mut connection, all).unwrap().next().unwrap().unwrap(), 1);
        // Dropped half-read: the connection goes on.
        assert_eq!(row::<i32>(&mut connection, "SELECT 9", &[]), 9);
        let mut tx = connection.begin().unwrap();
        let all = Query::new("t::all", "SELECT id FROM t", &[]);
        assert_eq!(stream::<i32>(&mut tx, all).unwrap().count(), 3);
        tx.commit().unwrap();
    }

    fn a_statement_that_must_meet_one_row_says_when_it_does_not(database: &Database) {
        let pool = database.pool();
        let create = "CREATE TABLE kept (id INT PRIMARY KEY, n INT NOT NULL, version INT NOT NULL) ENGINE = InnoDB; \
                      INSERT INTO kept VALUES (1, 1, 0), (2, 1, 0)";
        pool.get().unwrap().execute_raw_sql(create).unwrap();
        let set = |n: i32, id: i32| exec_one(&pool, Query::new("t::set", "UPDATE kept SET n = ? WHERE id = ?", &[&n, &id]));
        set(5, 1).unwrap();
        set(5, 1).expect("met, though not changed");
        assert_eq!(set(5, 3).unwrap_err().kind(), ErrorKind::NotFound);
        let all = exec_one(&pool, Query::new("t::all", "UPDATE kept SET n = 7", &[]));
        assert_eq!(all.unwrap_err().kind(), ErrorKind::TooManyRows);
        let gone = |id: i32| exec_one(&pool, Query::new("t::gone", "DELETE FROM kept WHERE id = ?", &[&id]));
        gone(2).unwrap();
        assert_eq!(gone(2).unwrap_err().kind(), ErrorKind::NotFound);

        // Two have read version 0, and one is first.
        let sql = "UPDATE kept SET n = ?, version = version + 1 WHERE id = 1 AND version = ?";
        let change = |n: i32, version: i32| exec_version(&pool, Query::new("t::change", sql, &[&n, &version]));
        change(10, 0).unwrap();
        let lost = change(20, 0).unwrap_err();
        assert_eq!((lost.kind(), lost.query_name()), (ErrorKind::StaleRow, Some("t::change")));
        assert_eq!(row::<(i32, i32)>(&pool, "SELECT n, version FROM kept", &[]), (10, 1));
    }

    fn a_call_gives_all_results_and_the_parameters(database: &Database) {
        let mut connection = database.connect();
        connection
            .execute_raw_sql(
                "CREATE PROCEDURE p(IN a INT, INOUT b INT, OUT c VARCHAR(9)) BEGIN \
                 SELECT a UNION ALL SELECT b; SELECT 'x' AS t, 2 AS n; SET b = b + a, c = 'done'; END",
            )
            .unwrap();
        // As generated code has it for either server.
        let query = || match database.family {
            Family::MariaDb => Query::new("t::p", "CALL p(?, ?, ?)", &[&1, &2, &OUT]),
            Family::MySql => {
                let set = Query::new("t::p", "SET @porpoise_0 = ?", &[&2]);
                let query = Query::new("t::p", "CALL p(?, @porpoise_0, @porpoise_1)", &[&1]);
                query.with_variables(vec![set], "SELECT CAST(@porpoise_0 AS SIGNED), @porpoise_1")
            }
        };
        let told = call(&mut connection, query(), |sets| {
            let first: Vec<i64> = sets.rows()?;
            let second: Vec<(String, i64)> = sets.rows()?;
            sets.out(|row| Ok((first, second, row.get::<i32>()?, row.get::<String>()?)))
        });
        assert_eq!(told.unwrap(), (vec![1, 2], vec![("x".to_owned(), 2)], 3, "done".to_owned()));
        // What is not as declared is said, and the connection is as good as before.
        let fewer = call(&mut connection, query(), |sets| sets.rows::<i64>()).unwrap_err();
        assert_eq!(fewer.kind(), ErrorKind::SchemaDrift, "{fewer}");
        let wide = call(&mut connection, query(), |sets| sets.rows::<(i64, i64)>()).unwrap_err();
        assert_eq!((wide.kind(), wide.query_name()), (ErrorKind::SchemaDrift, Some("t::p")), "{wide}");
        connection.execute_raw_sql("DROP PROCEDURE p").unwrap();
        connection
            .execute_raw_sql(
                "CREATE PROCEDURE p(IN a INT, INOUT b INT, OUT c VARCHAR(9)) BEGIN \
                 SELECT 1; SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'late'; END",
            )
            .unwrap();
        let late = call(&mut connection, query(), |sets| sets.rows::<i64>()).unwrap_err();
        assert_eq!(late.server_code(), Some(1644), "{late}");
        assert_eq!(row::<i32>(&mut connection, "SELECT 5", &[]), 5);
    }

    fn a_test_leaves_no_row_behind(database: &Database) {
        database.connect().execute_raw_sql("CREATE TABLE kept (id INT PRIMARY KEY) ENGINE = InnoDB").unwrap();
        let pool = database.pool();
        let seen = porpoise::test::rolled_back(&pool, |tx| {
            run(&mut *tx, "INSERT INTO kept VALUES (1)", &[]).unwrap();
            row::<i64>(tx, "SELECT COUNT(*) FROM kept", &[])
        });
        assert_eq!((seen.unwrap(), row::<i64>(&pool, "SELECT COUNT(*) FROM kept", &[])), (1, 0));
        assert_eq!(pool.status().in_use, 0);
    }

    fn a_stream_comes_in_chunks_and_rows_before_an_error_come_first(database: &Database) {
        let mut connection = database.connect();
        let all = Query::new("t::all", "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3", &[]);
        let chunks = stream::<i32>(&mut connection, all).unwrap().chunks(2);
        assert_eq!(chunks.collect::<Result<Vec<_>, _>>().unwrap(), [vec![1, 2], vec![3]]);
        let bad = Query::new("t::bad", "SELECT 1 UNION ALL SELECT NULL UNION ALL SELECT 3", &[]);
        let chunks: Vec<_> = stream::<i32>(&mut connection, bad).unwrap().chunks(5).collect();
        let shown: Vec<_> = chunks.iter().map(|chunk| chunk.as_ref().map_err(porpoise::Error::kind)).collect();
        assert_eq!(shown, [Ok(&vec![1]), Err(ErrorKind::Decode), Ok(&vec![3])]);
    }

    fn a_stream_tells_of_errors_in_late_rows_and_of_wrong_columns(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE n (i BIGINT); INSERT INTO n VALUES (1), (9223372036854775807)").unwrap();
        let late = Query::new("t::late", "SELECT i + 1 FROM n", &[]);
        let kinds: Vec<_> = stream::<i64>(&mut connection, late).unwrap()
            .map(|row| row.map_err(|error| error.kind())).collect();
        assert_eq!(kinds.last(), Some(&Err(porpoise::ErrorKind::OutOfRange)));
        let wide = Query::new("t::wide", "SELECT 1, 2", &[]);
        let error = stream::<i32>(&mut connection, wide).unwrap_err();
        assert_eq!(error.kind(), porpoise::ErrorKind::SchemaDrift);
        assert_eq!(row::<i32>(&mut connection, "SELECT 9", &[]), 9);
    }

    fn what_a_write_did(database: &Database) {
        let pool = database.pool();
        pool.get().unwrap().execute_raw_sql("CREATE TABLE t (id INT UNSIGNED PRIMARY KEY AUTO_INCREMENT, v INT)").unwrap();
        let insert = || Query::new("t::insert", "INSERT INTO t (v) VALUES (?), (?)", &[&1, &1]);
        assert_eq!(exec_last_id::<u32>(&pool, insert()).unwrap(), 1);
        assert_eq!(exec_rows(&pool, insert()).unwrap(), 2);
        let result = exec_result(&pool, Query::new("t::update", "UPDATE t SET v = 2 WHERE id < 3", &[])).unwrap();
        assert_eq!((result.rows_affected, result.last_insert_id, result.warnings), (2, 0, 0));
        assert!(result.info.starts_with("Rows matched: 2"), "{}", result.info);
        let error = exec_last_id::<i8>(&pool, Query::new("t::big", "INSERT INTO t VALUES (1000, 1)", &[]));
        // An id that was given is reported by some servers only; it may never wrap.
        assert!(matches!(error, Ok(0) | Err(_)), "{error:?}");
    }

    fn sessions_are_pinned(database: &Database) {
        let schema = Schema {
            family: database.family,
            sql_mode: "STRICT_TRANS_TABLES,PIPES_AS_CONCAT",
            collation: "utf8mb4_bin",
            fingerprint: "",
            tables: "",
        };
        let mut connection = porpoise::Connection::open(&database.options().schema(&schema)).unwrap();
        let (mode, zone, collation): (String, String, String) = row(
            &mut connection, "SELECT @@sql_mode, @@time_zone, @@collation_connection", &[]);
        let mut modes: Vec<&str> = mode.split(',').collect();
        modes.sort_unstable();
        assert_eq!(modes, ["PIPES_AS_CONCAT", "STRICT_TRANS_TABLES"]);
        assert_eq!((zone.as_str(), collation.as_str()), ("+00:00", "utf8mb4_bin"));
        assert_eq!(connection.family(), database.family);
        assert!(!connection.server_version().is_empty());
        let default: String = row(&mut database.connect(), "SELECT @@collation_connection", &[]);
        let expected = match database.family {
            Family::MySql => "utf8mb4_0900_ai_ci",
            Family::MariaDb => "utf8mb4_general_ci",
        };
        assert_eq!(default, expected);
    }

    fn statements_that_cannot_be_prepared_run_all_the_same(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT)").unwrap();
        run(&mut connection, "LOCK TABLES t WRITE", &[]).unwrap();
        run(&mut connection, "UNLOCK TABLES", &[]).unwrap();
    }

    fn calls_with_several_results_are_read_to_the_end(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2, 3; END").unwrap();
        assert_eq!(rows::<i32>(&mut connection, "CALL p()", &[]), [1]);
        assert_eq!(row::<i32>(&mut connection, "SELECT 4", &[]), 4);
    }

    fn colons_in_text_and_comments_are_no_parameters(database: &Database) {
        let mut connection = database.connect();
        let text: String = row(
            &mut connection,
            "SELECT /* :a 'b */ CONCAT(':name', \"?\", ?) -- it's :c ?\n AS `x:y`", &[&":z"]);
        assert_eq!(text, ":name?:z");
    }

    fn each_query_is_reported_to_the_hook(database: &Database) {
        use std::sync::{Arc, Mutex};
        let seen = Arc::new(Mutex::new(Vec::new()));
        let theirs = Arc::clone(&seen);
        let options = database.options().on_query(move |event| {
            theirs.lock().unwrap().push((event.name, event.rows, event.error));
        });
        let mut connection = porpoise::Connection::open(&options).unwrap();
        rows::<i32>(&mut connection, "SELECT 1 UNION ALL SELECT 2", &[]);
        run(&mut connection, "SELECT * FROM nowhere", &[]).unwrap_err();
        assert_eq!(
            *seen.lock().unwrap(),
            [("test::rows", 2, None), ("test::run", 0, Some(porpoise::ErrorKind::SchemaDrift))]
        );
    }
}

// Generated code begins with this check.
porpoise::__codegen::generated_for!(1);
