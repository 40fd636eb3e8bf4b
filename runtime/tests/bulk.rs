//! Many rows in one call: chunks, MariaDB's bulk protocol, all or nothing, warnings, progress.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::borrow::Borrow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use porpoise::__codegen::{Arguments, Bulk, arguments, bulk as bulk_with};
use porpoise::{BulkMethod, BulkOptions, BulkResult, Connection, ErrorKind, Family, Write};
use support::proxy::{Fault, Proxy};
use support::{Database, row, rows};

const INSERT: Bulk = Bulk::rows("t::add", "INSERT INTO t (id, v) VALUES ", "(?, ?)", "");

fn table(database: &Database) -> Connection {
    let mut connection = database.connect();
    connection
        .execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(50) NOT NULL) ENGINE = InnoDB")
        .unwrap();
    connection
}

/// A row of the tests' table.
type Pair = (i64, String);

fn pairs(ids: impl IntoIterator<Item = i64>) -> Vec<Pair> {
    ids.into_iter().map(|id| (id, format!("v{id}"))).collect()
}

fn pair(row: &Pair) -> Arguments {
    arguments(&[&row.0, &row.1])
}

fn add(db: impl Write, rows: &[Pair], mut options: BulkOptions<'_>) -> porpoise::Result<BulkResult> {
    bulk_with(db, INSERT, rows, pair, &mut options)
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
    fn chunks_and_the_rest_arrive_in_order(database: &Database) {
        let mut connection = table(database);
        let all = pairs(0..25);
        let result = add(&mut connection, &all, BulkOptions::new().rows_per_chunk(10)).unwrap();
        assert_eq!((result.rows, result.rows_affected, result.warnings), (25, 25, 0));
        assert_eq!(result.method, Some(BulkMethod::Insert));
        let stored: Vec<Pair> = rows(&mut connection, "SELECT id, v FROM t ORDER BY id", &[]);
        assert_eq!(stored, all);
    }

    fn few_texts_reach_the_server(database: &Database) {
        let mut connection = table(database);
        let prepared = |connection: &mut Connection| -> i64 {
            let (_, count): (String, String) = row(connection, "SHOW SESSION STATUS LIKE 'Com_stmt_prepare'", &[]);
            count.parse().unwrap()
        };
        add(&mut connection, &pairs([-1]), BulkOptions::new()).unwrap();
        prepared(&mut connection);
        let before = prepared(&mut connection);
        add(&mut connection, &pairs(0..1_003), BulkOptions::new().rows_per_chunk(100)).unwrap();
        assert_eq!(prepared(&mut connection) - before, 2, "a full chunk and the rest");
    }

    fn chunks_end_at_65535_placeholders(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY)").unwrap();
        const ONE: Bulk = Bulk::rows("t::one", "INSERT INTO t (id) VALUES ", "(?)", "");
        for (start, number) in [(0, 65_534), (100_000, 65_535), (200_000, 65_536), (300_000, 131_071)] {
            let ids: Vec<i32> = (start..start + number).collect();
            let mut chunks = Vec::new();
            let mut options =
                BulkOptions::new().rows_per_chunk(usize::MAX).on_progress(|progress| chunks.push(progress.rows));
            let arguments = |id: &i32| arguments(&[id]);
            assert_eq!(bulk_with(&mut connection, ONE, &ids, arguments, &mut options).unwrap().rows, number as u64);
            drop(options);
            let full = (number as u64).min(65_535);
            assert_eq!(chunks[0], full);
            assert_eq!(*chunks.last().unwrap(), number as u64);
            assert_eq!(chunks.len(), (number as usize).div_ceil(65_535));
        }
        assert_eq!(count(&mut connection), 65_534 + 65_535 + 65_536 + 131_071);
    }

    fn chunks_are_smaller_than_a_packet(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY, v LONGTEXT NOT NULL)").unwrap();
        // Rows of different sizes, 40 MB together, and one that is larger than a chunk may be.
        let size = |id: i64| if id == 57 { 6_000_000 } else { 1 + id as usize % 7 * 60_000 };
        let all: Vec<Pair> = (0..200).map(|id| (id, "x".repeat(size(id)))).collect();
        let result = add(&mut connection, &all, BulkOptions::new()).unwrap();
        assert_eq!((result.rows, result.rows_affected), (200, 200));
        let lengths: Vec<(i64, i64)> = rows(&mut connection, "SELECT id, LENGTH(v) FROM t ORDER BY id", &[]);
        assert!(lengths.iter().all(|(id, length)| *length as usize == size(*id)));
    }

    fn a_row_that_no_packet_holds_is_an_error(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY, v LONGTEXT NOT NULL)").unwrap();
        let limit: u64 = row(&mut connection, "SELECT @@max_allowed_packet", &[]);
        let all = vec![(1, "x".to_owned()), (2, "x".repeat(limit as usize + 1)), (3, "x".to_owned())];
        let error = add(&mut connection, &all, BulkOptions::new()).unwrap_err();
        assert_eq!((error.kind(), error.rows()), (ErrorKind::PacketTooLarge, Some(1..2)), "{error:?}");
        assert_eq!(count(&mut connection), 0, "and the connection goes on");
    }

    fn a_failing_row_rolls_everything_back(database: &Database) {
        let mut connection = table(database);
        let mut all = pairs(0..100);
        all[77].0 = 3;
        let error = add(&mut connection, &all, BulkOptions::new().rows_per_chunk(10)).unwrap_err();
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::UniqueViolation, Some("t::add")));
        assert_eq!(error.rows(), Some(70..80));
        assert!(error.to_string().ends_with(", in rows 71 to 80 of the call"), "{error}");
        assert_eq!(count(&mut connection), 0);
        let error = add(&mut connection, &all, BulkOptions::new().one_by_one()).unwrap_err();
        assert_eq!(error.rows(), Some(77..78));
        assert_eq!(count(&mut connection), 0);
    }

    fn a_message_that_tells_the_row_is_taken_at_its_word(database: &Database) {
        let mut connection = table(database);
        let mut all = pairs(0..100);
        all[77].1 = "x".repeat(51);
        let error = add(&mut connection, &all, BulkOptions::new().rows_per_chunk(10)).unwrap_err();
        assert_eq!((error.kind(), error.rows()), (ErrorKind::TooLong, Some(77..78)), "{error}");
        assert!(error.to_string().ends_with(", in row 78 of the call"), "{error}");
    }

    fn chunks_by_themselves_stay(database: &Database) {
        let mut connection = table(database);
        let mut all = pairs(0..100);
        all[77].0 = 3;
        let options = || BulkOptions::new().rows_per_chunk(10).atomic(false);
        let error = add(&mut connection, &all, options()).unwrap_err();
        assert_eq!(error.rows(), Some(70..80));
        assert_eq!(count(&mut database.connect()), 70, "committed");

        connection.execute_raw_sql("DELETE FROM t").unwrap();
        let mut tx = connection.begin().unwrap();
        add(&mut tx, &all, options()).unwrap_err();
        assert_eq!(row::<i64>(&mut tx, "SELECT COUNT(*) FROM t", &[]), 70);
        assert_eq!(count(&mut database.connect()), 0, "the transaction around it is still open");
        tx.rollback().unwrap();
    }

    fn inside_a_transaction_it_is_a_savepoint(database: &Database) {
        let mut connection = table(database);
        let mut tx = connection.begin().unwrap();
        add(&mut tx, &pairs([1, 2]), BulkOptions::new()).unwrap();
        add(&mut tx, &pairs([3, 4, 1]), BulkOptions::new()).unwrap_err();
        assert_eq!(bulk(&mut tx, INSERT, pairs([5]), pair).unwrap(), 1);
        tx.commit().unwrap();
        let ids: Vec<i64> = rows(&mut connection, "SELECT id FROM t ORDER BY id", &[]);
        assert_eq!(ids, [1, 2, 5]);
    }

    fn without_rows_nothing_is_sent(database: &Database) {
        let mut connection = database.connect();
        // There is no table.
        assert_eq!(add(&mut connection, &[], BulkOptions::new()).unwrap(), BulkResult::default());
        assert_eq!(add(&database.pool(), &[], BulkOptions::new()).unwrap().rows, 0);
    }

    fn an_iterator_that_panics_leaves_nothing(database: &Database) {
        let mut connection = table(database);
        let panicking = (0..100).map(|id| if id == 55 { panic!("the caller's") } else { (id, "v".to_owned()) });
        let mut options = BulkOptions::new().rows_per_chunk(10);
        let call = || bulk_with(&mut connection, INSERT, panicking, pair, &mut options);
        assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
        assert_eq!(count(&mut connection), 0, "and the connection goes on");
    }

    fn a_value_that_cannot_be_sent_tells_its_row(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id DOUBLE)").unwrap();
        const ONE: Bulk = Bulk::rows("t::one", "INSERT INTO t (id) VALUES ", "(?)", "");
        let error =
            bulk(&mut connection, ONE, [0.0, 1.0, f64::NAN], |value: &f64| arguments(&[value])).unwrap_err();
        assert_eq!((error.kind(), error.rows()), (ErrorKind::Encode, Some(2..3)));
        assert_eq!(count(&mut connection), 0);
    }

    fn progress_goes_up_and_ends_at_the_total(database: &Database) {
        let mut connection = table(database);
        for (chunk, expected) in [(10, vec![10, 20, 25]), (25, vec![25]), (5, vec![5, 10, 15, 20, 25]), (0, (1..=25).collect())] {
            connection.execute_raw_sql("DELETE FROM t").unwrap();
            let mut seen = Vec::new();
            let options =
                BulkOptions::new().rows_per_chunk(chunk).on_progress(|progress| seen.push(progress.rows));
            add(&mut connection, &pairs(0..25), options).unwrap();
            assert_eq!(seen, expected);
        }
    }

    fn rows_affected_are_summed_as_for_single_rows(database: &Database) {
        let mut connection = table(database);
        const UPSERT: Bulk = Bulk::rows(
            "t::upsert", "INSERT INTO t (id, v) VALUES ", "(?, ?)", " ON DUPLICATE KEY UPDATE v = VALUES(v)");
        let mut together = BulkOptions::new().rows_per_chunk(4);
        let mut single = BulkOptions::new().one_by_one();
        let all = [pairs(0..10), vec![(3, "v3".to_owned()), (4, "new".to_owned()), (4, "newer".to_owned())]].concat();
        let result = bulk_with(&mut connection, UPSERT, &all, pair, &mut together).unwrap();
        connection.execute_raw_sql("DELETE FROM t").unwrap();
        let one_by_one = bulk_with(&mut connection, UPSERT, &all, pair, &mut single).unwrap();
        assert_eq!((result.rows, result.rows_affected), (one_by_one.rows, one_by_one.rows_affected));
        assert_eq!(row::<String>(&mut connection, "SELECT v FROM t WHERE id = 4", &[]), "newer");
    }

    fn warnings_are_counted_and_listed(database: &Database) {
        let mut connection = table(database);
        const IGNORE: Bulk =
            Bulk::rows_ignoring("t::ignore", "INSERT IGNORE INTO t (id, v) VALUES ", "(?, ?)", "");
        let mut options = BulkOptions::new().rows_per_chunk(5).listed_warnings(3);
        let mut all = pairs((0..10).chain([3, 4]));
        all[7].1 = "x".repeat(51);
        let result = bulk_with(&mut connection, IGNORE, &all, pair, &mut options).unwrap();
        assert_eq!((result.rows, result.rows_affected, result.warnings), (12, 10, 3));
        let list: Vec<_> = result.warning_list.iter().map(|warning| (warning.code, warning.rows.clone())).collect();
        assert_eq!(list, [(1265, 7..8), (1062, 10..12), (1062, 10..12)]);
        assert!(result.warning_list[0].message.as_ref().is_some_and(|text| text.contains("'v'")));
        assert_eq!(result.warning_list[1].message, None, "it holds the value");
    }

    fn what_a_single_row_is_refused_for_is_no_warning(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT NOT NULL, v TINYINT NOT NULL) ENGINE = MyISAM").unwrap();
        let all = [(1, 1), (2, 300)];
        let arguments = |row: &(i32, i32)| arguments(&[&row.0, &row.1]);
        let error = bulk(&mut connection, INSERT, all, arguments).unwrap_err();
        assert_eq!((error.kind(), error.rows()), (ErrorKind::OutOfRange, Some(1..2)), "{error}");

        // Without strict mode NULL becomes an empty value where there are several rows, and is refused in one.
        let mut lax = Connection::open(&database.options().sql_mode("")).unwrap();
        let null = [(Some(1), Some(1)), (Some(2), None)];
        let optional = |row: &(Option<i32>, Option<i32>)| porpoise::__codegen::arguments(&[&row.0, &row.1]);
        let error = bulk(&mut lax, INSERT, null, optional).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotNullViolation, "{error}");
        assert_eq!(bulk(&mut lax, INSERT, [(1, 1), (2, 300)], arguments).unwrap(), 2, "as a single row is");
    }

    fn other_statements_are_run_for_each_row(database: &Database) {
        let mut connection = table(database);
        add(&mut connection, &pairs(0..2_500), BulkOptions::new()).unwrap();
        const UPDATE: Bulk = Bulk::together("t::set", "UPDATE t SET v = ? WHERE id = ?");
        let update = |row: &Pair| arguments(&[&row.1, &row.0]);
        let new: Vec<Pair> = (0..3_000).map(|id| (id, format!("new {id}"))).collect();
        let result = bulk_with(&mut connection, UPDATE, &new, update, &mut BulkOptions::new()).unwrap();
        assert_eq!((result.rows, result.rows_affected), (3_000, 2_500));
        let expected = match database.family {
            Family::MariaDb => BulkMethod::BulkProtocol,
            Family::MySql => BulkMethod::OneByOne,
        };
        assert_eq!(result.method, Some(expected));
        let stored: Vec<Pair> = rows(&mut connection, "SELECT id, v FROM t ORDER BY id", &[]);
        assert_eq!(stored, new[..2_500]);

        connection.execute_raw_sql("UPDATE t SET v = 'same'").unwrap();
        let same: Vec<Pair> = (0..100).map(|id| (id, if id % 2 == 0 { "same" } else { "other" }.to_owned())).collect();
        assert_eq!(bulk(&mut connection, UPDATE, &same, update).unwrap(), 50, "really changed");
        bulk(&mut connection, UPDATE, &new, update).unwrap();

        // A row in the middle that fails undoes those before it.
        let mut bad = new.clone();
        bad[1_700].1 = "x".repeat(51);
        bad[0].1 = "changed".to_owned();
        let error = bulk(&mut connection, UPDATE, &bad, update).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLong);
        assert!(error.rows().unwrap().contains(&1_700));
        assert_eq!(row::<String>(&mut connection, "SELECT v FROM t WHERE id = 0", &[]), "new 0");

        const DELETE: Bulk = Bulk::together("t::remove", "DELETE FROM t WHERE id BETWEEN ? AND ?");
        let ranges = [(0, 9), (100, 149), (9_000, 9_999)];
        let delete = |range: &(i32, i32)| arguments(&[&range.0, &range.1]);
        assert_eq!(bulk(&mut connection, DELETE, ranges, delete).unwrap(), 60);
        assert_eq!(count(&mut connection), 2_440);
    }

    fn parameters_of_mixed_kinds_are_read_as_what_they_are(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(50) NULL)").unwrap();
        bulk(&mut connection, INSERT, pairs(0..5), pair).unwrap();
        const UPDATE: Bulk = Bulk::together("t::set", "UPDATE t SET v = ? WHERE id = ?");
        let values: [&dyn porpoise::Encode; 5] = [&None::<i32>, &-1_i64, &u64::MAX, &"text", &1.5_f64];
        let numbered: Vec<usize> = (0..5).collect();
        bulk(&mut connection, UPDATE, &numbered, |index: &usize| arguments(&[values[*index], &(*index as u64)])).unwrap();
        let stored: Vec<Option<String>> = rows(&mut connection, "SELECT v FROM t ORDER BY id", &[]);
        let expected = [None, Some("-1"), Some("18446744073709551615"), Some("text"), Some("1.5")];
        assert_eq!(stored, expected.map(|text| text.map(str::to_owned)));
    }

    fn what_is_updated_may_be_a_parameter_of_its_own(database: &Database) {
        let mut connection = table(database);
        const UPSERT: Bulk =
            Bulk::together("t::upsert", "INSERT INTO t (id, v) VALUES (?, ?) ON DUPLICATE KEY UPDATE v = CONCAT(v, ?)");
        let all = [(1, "a", "x"), (2, "b", "x"), (1, "c", "y"), (2, "d", "z"), (1, "e", "w"), (3, "f", "x")];
        let three = |row: &(i32, &str, &str)| arguments(&[&row.0, &row.1, &row.2]);
        let together = bulk_with(&mut connection, UPSERT, all, three, &mut BulkOptions::new()).unwrap();
        let stored = |connection: &mut Connection| -> Vec<String> { rows(connection, "SELECT v FROM t ORDER BY id", &[]) };
        assert_eq!(stored(&mut connection), ["ayw", "bz", "f"]);
        connection.execute_raw_sql("DELETE FROM t").unwrap();
        let single = bulk_with(&mut connection, UPSERT, all, three, &mut BulkOptions::new().one_by_one()).unwrap();
        assert_eq!(stored(&mut connection), ["ayw", "bz", "f"]);
        assert_eq!(together.rows_affected, single.rows_affected);
    }

    fn a_statement_that_the_protocol_does_not_have_is_run_for_each_row(database: &Database) {
        let mut connection = table(database);
        const DO: Bulk = Bulk::together("t::do", "DO ?");
        let result = bulk_with(&mut connection, DO, [1, 2, 3], |id: &i32| arguments(&[id]), &mut BulkOptions::new()).unwrap();
        assert_eq!((result.rows, result.method), (3, Some(BulkMethod::OneByOne)));
    }

    fn each_row_by_itself_sees_what_the_one_before_left(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v INT)").unwrap();
        const CHAIN: Bulk = Bulk::each("t::chain", "INSERT INTO t (v) VALUES (LAST_INSERT_ID() * ?)");
        bulk(&mut connection, CHAIN, [10, 10, 10], |factor: &i32| arguments(&[factor])).unwrap();
        let stored: Vec<i32> = rows(&mut connection, "SELECT v FROM t ORDER BY id", &[]);
        assert_eq!(stored, [0, 10, 20]);
    }

    fn a_lost_connection_leaves_nothing(database: &Database) {
        table(database);
        let proxy = Proxy::before(database);
        let mut connection = Connection::open(&proxy.options(database)).unwrap();
        let mut all = pairs(0..100);
        all[55].1 = "here it breaks".to_owned();
        proxy.set(Fault::DropRequest("here it breaks"));
        let error = add(&mut connection, &all, BulkOptions::new().rows_per_chunk(10)).unwrap_err();
        assert_eq!((error.kind(), error.rows()), (ErrorKind::ConnectionLost, Some(50..60)));
        assert_eq!(count(&mut database.connect()), 0);
        assert_eq!(add(&mut connection, &all, BulkOptions::new()).unwrap_err().kind(), ErrorKind::ConnectionLost);
    }

    fn a_statement_out_of_time_undoes_the_call(database: &Database) {
        let mut connection = table(database);
        let mut other = database.connect();
        add(&mut connection, &pairs([15]), BulkOptions::new()).unwrap();
        let mut lock = other.begin().unwrap();
        row::<i64>(&mut lock, "SELECT id FROM t WHERE id = 15 FOR UPDATE", &[]);
        connection.set_statement_timeout(Some(std::time::Duration::from_millis(200)));
        let error = add(&mut connection, &pairs(0..20), BulkOptions::new().rows_per_chunk(10)).unwrap_err();
        assert_eq!((error.kind(), error.rows()), (ErrorKind::StatementTimeout, Some(10..20)), "{error:?}");
        drop(lock);
        connection.set_statement_timeout(None);
        assert_eq!(count(&mut connection), 1);
    }

    fn one_call_is_one_query_to_those_who_listen(database: &Database) {
        table(database);
        let (sender, events) = std::sync::mpsc::channel();
        let options = database.options().on_query(move |event| {
            sender.send((event.name, event.error)).unwrap();
        });
        let mut connection = Connection::open(&options).unwrap();
        add(&mut connection, &pairs(0..25), BulkOptions::new().rows_per_chunk(10)).unwrap();
        add(&mut connection, &pairs(0..25), BulkOptions::new()).unwrap_err();
        let seen: Vec<_> = events.try_iter().collect();
        assert_eq!(seen, [("t::add", None), ("t::add", Some(ErrorKind::UniqueViolation))]);
    }
}
