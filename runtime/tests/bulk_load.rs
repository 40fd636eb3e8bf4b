//! `:copyfrom`: LOAD DATA fed from an iterator, and the INSERT that takes its place where the server refuses.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::borrow::Borrow;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use porpoise::__codegen::{Arguments, Bulk, Column, arguments, bulk as bulk_with};
use porpoise::{BulkMethod, BulkOptions, BulkResult, Connection, ErrorKind, Write};
use support::local_files::LocalFiles;
use support::proxy::{Fault, Proxy};
use support::{Database, row, rows};

const COPY: Bulk = Bulk::copy("t::load", "t", &[Column::text("id"), Column::text("v")]);

fn table(database: &Database) -> Connection {
    let mut connection = database.connect();
    connection
        .execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(50) NOT NULL) ENGINE = InnoDB")
        .unwrap();
    connection
}

type Pair = (i64, String);

fn pairs(ids: impl IntoIterator<Item = i64>) -> Vec<Pair> {
    ids.into_iter().map(|id| (id, format!("v{id}"))).collect()
}

fn pair(row: &Pair) -> Arguments {
    arguments(&[&row.0, &row.1])
}

fn load(db: impl Write, rows: &[Pair], mut options: BulkOptions<'_>) -> porpoise::Result<BulkResult> {
    bulk_with(db, COPY, rows, pair, &mut options)
}

/// As a generated function without options does.
fn bulk<P, R: Borrow<P>>(
    db: impl Write,
    bulk: Bulk,
    rows: impl IntoIterator<Item = R>,
    arguments: impl Fn(&P) -> Arguments,
) -> porpoise::Result<u64> {
    bulk_with(db, bulk, rows, arguments, &mut BulkOptions::new()).map(|written| written.rows_affected)
}

fn count(connection: &mut Connection) -> i64 {
    row(connection, "SELECT COUNT(*) FROM t", &[])
}

on_both_servers! {
    fn rows_arrive_by_load_data(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        let all = pairs(0..25_000);
        let result = load(&mut connection, &all, BulkOptions::new()).unwrap();
        assert_eq!((result.rows, result.rows_affected, result.warnings), (25_000, 25_000, 0));
        assert_eq!(result.method, Some(BulkMethod::LoadData));
        let stored: Vec<Pair> = rows(&mut connection, "SELECT id, v FROM t ORDER BY id", &[]);
        assert_eq!(stored, all);
    }

    fn a_server_that_refuses_gets_inserts(database: &Database) {
        let _files = LocalFiles::set(database, false);
        let mut connection = table(database);
        let all = pairs(0..2_500);
        let result = load(&mut connection, &all, BulkOptions::new()).unwrap();
        assert_eq!((result.rows, result.rows_affected), (2_500, 2_500));
        assert_eq!(result.method, Some(BulkMethod::Insert));
        let stored: Vec<Pair> = rows(&mut connection, "SELECT id, v FROM t ORDER BY id", &[]);
        assert_eq!(stored, all);
    }

    fn memory_does_not_grow_with_the_rows(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        // The iterator is never far ahead of the server, which holds the lock that progress waits for: rows that were
        // made and not written are bounded by the pieces that may wait.
        let made = Cell::new(0_u64);
        let mut told = 0;
        let all = (0..60_000_i64).map(|id| {
            made.set(made.get() + 1);
            (id, "x".repeat(50))
        });
        let mut options = BulkOptions::new().rows_per_chunk(1_000).on_progress(|progress| {
            assert!(made.get() <= progress.rows + 1, "rows are taken one by one");
            told += 1;
        });
        bulk_with(&mut connection, COPY, all, pair, &mut options).unwrap();
        drop(options);
        assert_eq!((told, count(&mut connection)), (60, 60_000));
    }

    fn a_duplicate_rolls_everything_back(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        let mut all = pairs(0..20_000);
        all[15_000].0 = 3;
        let error = load(&mut connection, &all, BulkOptions::new()).unwrap_err();
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::UniqueViolation, Some("t::load")), "{error}");
        let key = porpoise::Constraint::primary_key("t");
        assert!(error.violates(&key), "{error:?}");
        assert!(!error.to_string().contains("'3'"), "{error}");
        assert!(error.rows().unwrap().contains(&15_000));
        assert_eq!(count(&mut connection), 0, "and the connection goes on");
    }

    fn what_does_not_fit_tells_its_row(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        let mut all = pairs(0..200);
        all[77].1 = "x".repeat(51);
        let error = load(&mut connection, &all, BulkOptions::new()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::TooLong | ErrorKind::Truncated), "{error}");
        assert_eq!(error.rows(), Some(77..78));
        assert_eq!(count(&mut connection), 0);
    }

    fn null_for_a_column_without_is_an_error(database: &Database) {
        for on in [true, false] {
            let _files = LocalFiles::set(database, on);
            let mut connection = database.connect();
            connection.execute_raw_sql("CREATE OR REPLACE VIEW w AS SELECT 1; DROP TABLE IF EXISTS t").unwrap();
            connection.execute_raw_sql("CREATE TABLE t (id INT NOT NULL, v VARCHAR(50) NOT NULL)").unwrap();
            let all = [(1, Some("a")), (2, None)];
            let arguments = |row: &(i32, Option<&str>)| arguments(&[&row.0, &row.1]);
            let error = bulk(&mut connection, COPY, all, arguments).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotNullViolation, "{error}");
            assert_eq!(count(&mut connection), 0);
        }
    }

    fn foreign_keys_and_checks_are_kept(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = database.connect();
        connection.execute_raw_sql(
            "CREATE TABLE parent (id INT PRIMARY KEY); INSERT INTO parent VALUES (1); \
             CREATE TABLE t (id INT NOT NULL, v VARCHAR(50) NOT NULL, FOREIGN KEY (id) REFERENCES parent (id), \
             CONSTRAINT no_x CHECK (v <> 'x'))").unwrap();
        let error = load(&mut connection, &[(1, "a".to_owned()), (2, "b".to_owned())], BulkOptions::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ForeignKeyChild, "{error}");
        let error = load(&mut connection, &[(1, "a".to_owned()), (1, "x".to_owned())], BulkOptions::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CheckViolation, "{error}");
        assert_eq!(count(&mut connection), 0);
    }

    fn allowed_warnings_are_returned(database: &Database) {
        for (on, method) in [(true, BulkMethod::LoadData), (false, BulkMethod::Insert)] {
            let _files = LocalFiles::set(database, on);
            let mut connection = database.connect();
            connection.execute_raw_sql("DROP TABLE IF EXISTS t").unwrap();
            drop(connection);
            let mut connection = table(database);
            let mut all = pairs((0..10).chain([3]));
            all[5].1 = "y".repeat(60);
            let result = load(&mut connection, &all, BulkOptions::new().allow_warnings()).unwrap();
            assert_eq!((result.rows, result.rows_affected, result.warnings), (11, 10, 2));
            assert_eq!(result.method, Some(method));
            let codes: Vec<u16> = result.warning_list.iter().map(|warning| warning.code).collect();
            assert_eq!(codes, [1265, 1062]);
            assert_eq!(result.warning_list[0].rows, 5..6);
            assert_eq!(row::<String>(&mut connection, "SELECT v FROM t WHERE id = 5", &[]), "y".repeat(50));
        }
    }

    fn more_warnings_than_the_server_lists_are_still_an_error(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(50) NOT NULL)").unwrap();
        connection.execute_raw_sql("SET max_error_count = 0").unwrap();
        let error = load(&mut connection, &pairs([1, 2, 1]), BulkOptions::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ServerOther, "{error}");
        assert_eq!(count(&mut connection), 0);
    }

    fn chunks_by_themselves_stay(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        let mut all = pairs(0..100);
        all[77].0 = 3;
        let options = || BulkOptions::new().rows_per_chunk(10).atomic(false);
        let error = load(&mut connection, &all, options()).unwrap_err();
        assert_eq!((error.kind(), error.rows()), (ErrorKind::UniqueViolation, Some(70..80)));
        assert_eq!(count(&mut database.connect()), 70, "committed");
    }

    fn inside_a_transaction_it_is_a_savepoint(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        let mut tx = connection.begin().unwrap();
        load(&mut tx, &pairs([1, 2]), BulkOptions::new()).unwrap();
        load(&mut tx, &pairs([3, 4, 1]), BulkOptions::new()).unwrap_err();
        assert_eq!(bulk(&mut tx, COPY, pairs([5]), pair).unwrap(), 1);
        assert_eq!(count(&mut database.connect()), 0);
        tx.commit().unwrap();
        let ids: Vec<i64> = rows(&mut connection, "SELECT id FROM t ORDER BY id", &[]);
        assert_eq!(ids, [1, 2, 5]);
    }

    fn an_iterator_that_panics_leaves_nothing(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        let panicking = (0..50_000).map(|id| if id == 40_000 { panic!("the caller's") } else { (id, "v".to_owned()) });
        let call = || bulk(&mut connection, COPY, panicking, pair);
        assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
        assert_eq!(count(&mut connection), 0, "and the connection goes on");
        assert_eq!(load(&mut connection, &pairs(0..5), BulkOptions::new()).unwrap().rows, 5);
    }

    fn a_value_that_cannot_be_sent_tells_its_row(database: &Database) {
        for on in [true, false] {
            let _files = LocalFiles::set(database, on);
            let mut connection = database.connect();
            connection.execute_raw_sql("DROP TABLE IF EXISTS t; CREATE TABLE t (id DOUBLE)").unwrap();
            const ONE: Bulk = Bulk::copy("t::one", "t", &[Column::text("id")]);
            let one = |value: &f64| arguments(&[value]);
            let error = bulk(&mut connection, ONE, [0.0, 1.0, f64::NAN, 2.0], one).unwrap_err();
            assert_eq!((error.kind(), error.rows()), (ErrorKind::Encode, Some(2..3)));
            assert_eq!(count(&mut connection), 0);
        }
    }

    fn without_rows_nothing_is_sent(database: &Database) {
        let mut connection = database.connect();
        assert_eq!(load(&mut connection, &[], BulkOptions::new()).unwrap(), BulkResult::default());
    }

    fn a_table_that_is_not_there_is_found_before_a_row_is_read(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = database.connect();
        let read = Cell::new(0);
        let all = (0..10).map(|id| {
            read.set(read.get() + 1);
            (id, String::new())
        });
        let error = bulk(&mut connection, COPY, all, pair).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SchemaDrift, "{error}");
        assert_eq!(read.get(), 1, "the one that showed that there are rows");
    }

    fn progress_goes_up_and_ends_at_the_total(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        for (chunk, atomic, expected) in
            [(10, true, vec![10, 20, 25]), (10, false, vec![10, 20, 25]), (25, true, vec![25]), (5, false, vec![5, 10, 15, 20, 25])]
        {
            connection.execute_raw_sql("DELETE FROM t").unwrap();
            let mut seen = Vec::new();
            let options = BulkOptions::new().rows_per_chunk(chunk).atomic(atomic)
                .on_progress(|progress| seen.push(progress.rows));
            load(&mut connection, &pairs(0..25), options).unwrap();
            assert_eq!(seen, expected);
        }
    }

    fn nobody_gives_a_file_afterwards(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        load(&mut connection, &pairs(0..5), BulkOptions::new()).unwrap();
        load(&mut connection, &pairs([5, 1]), BulkOptions::new()).unwrap_err();
        let error = connection
            .execute_raw_sql("LOAD DATA LOCAL INFILE 'porpoise' INTO TABLE t (id, v)")
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{error:?}");
        assert_eq!(count(&mut database.connect()), 5);
    }

    fn a_lost_connection_leaves_nothing(database: &Database) {
        let _files = LocalFiles::set(database, true);
        table(database);
        let proxy = Proxy::before(database);
        let mut connection = Connection::open(&proxy.options(database)).unwrap();
        let mut all = pairs(0..20_000);
        all[15_000].1 = "here it breaks".to_owned();
        proxy.set(Fault::DropRequest("here it breaks"));
        let error = load(&mut connection, &all, BulkOptions::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error:?}");
        assert_eq!(count(&mut database.connect()), 0);
        let error = load(&mut connection, &all, BulkOptions::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionLost);
    }

    fn a_load_out_of_time_undoes_the_call(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut connection = table(database);
        let mut other = database.connect();
        load(&mut connection, &pairs([15]), BulkOptions::new()).unwrap();
        let mut lock = other.begin().unwrap();
        row::<i64>(&mut lock, "SELECT id FROM t WHERE id = 15 FOR UPDATE", &[]);
        connection.set_statement_timeout(Some(std::time::Duration::from_millis(200)));
        let error = load(&mut connection, &pairs(0..200_000), BulkOptions::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StatementTimeout, "{error:?}");
        drop(lock);
        connection.set_statement_timeout(None);
        assert_eq!(count(&mut connection), 1);
    }

    fn a_pooled_connection_comes_back_clean(database: &Database) {
        let _files = LocalFiles::set(database, true);
        table(database);
        let pool = database.pool();
        assert_eq!(bulk(&pool, COPY, pairs(0..5), pair).unwrap(), 5);
        pool.transaction(|tx| bulk(&mut *tx, COPY, pairs(5..9), pair).map(drop)).unwrap();
        assert_eq!(pool.status().idle, 1);
        assert_eq!(row::<i64>(&pool, "SELECT COUNT(*) FROM t", &[]), 9);
    }
}
