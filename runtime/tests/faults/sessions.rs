//! What a user leaves behind in a session, and errors that must not be lost.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use porpoise::__codegen::{self as calls, Arguments, Query};
use porpoise::{
    BulkOptions, Connection, ErrorKind, Family, FromRow, Options, Pool, Retry, Row, TransactionOptions,
};

use crate::commits::works;
use crate::support::proxy::{Fault, Proxy};
use crate::support::{self, Database, row, rows, run};

fn accounts(database: &Database, count: i32) {
    let values: Vec<String> = (1..=count).map(|id| format!("({id}, 0)")).collect();
    let script = format!(
        "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL) ENGINE=InnoDB; INSERT INTO account VALUES {}",
        values.join(", ")
    );
    database.connect().execute_raw_sql(&script).unwrap();
}

const ADD: &str = "UPDATE account SET balance = balance + ? WHERE id = ?";

/// Variables of a session that differ from one to the next by their nature.
const OWN: &[&str] = &[
    "timestamp",
    "pseudo_thread_id",
    "rand_seed1",
    "rand_seed2",
    "last_insert_id",
    "identity",
    "insert_id",
    "error_count",
    "warning_count",
    "last_gtid",
    "gtid_seq_no",
    "in_transaction",
    "statement_id",
];

/// All that can be seen of a session.
fn state(connection: &mut Connection) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> =
        rows::<(String, String)>(&mut *connection, "SHOW SESSION VARIABLES", &[])
            .into_iter()
            .filter(|(name, _)| !OWN.contains(&name.as_str()))
            .collect();
    let mut see =
        |name: &str, value: Option<String>| all.insert(format!("({name})"), value.unwrap_or_default());
    see("user variable", row(&mut *connection, "SELECT CAST(@left AS CHAR)", &[]));
    see("database", row(&mut *connection, "SELECT DATABASE()", &[]));
    see("role", row(&mut *connection, "SELECT CURRENT_ROLE()", &[]));
    see("lock", row(&mut *connection, "SELECT CAST(IS_USED_LOCK('left') = CONNECTION_ID() AS CHAR)", &[]));
    see(
        "temporary table",
        run(&mut *connection, "SELECT * FROM left_behind", &[]).err().map(|error| error.to_string()),
    );
    see(
        "prepared statement",
        connection.execute_raw_sql("EXECUTE left_stmt").err().map(|error| error.to_string()),
    );
    see(
        "handler",
        connection.execute_raw_sql("HANDLER open_one READ FIRST").err().map(|error| error.to_string()),
    );
    // A table that is locked lets no other be read.
    see(
        "locked tables",
        run(&mut *connection, "SELECT * FROM other", &[]).err().map(|error| error.to_string()),
    );
    all
}

/// What users do to a session; `{db}` is the database.
const LEFTOVERS: &[&str] = &[
    "SET @left = 1",
    "SELECT @left := 2",
    "SET sql_mode = ''",
    "SET time_zone = '+05:00'",
    "SET autocommit = 0",
    "SET NAMES latin1",
    "SET character_set_results = NULL",
    "SET lc_messages = 'de_DE'",
    "SET collation_connection = 'utf8mb4_bin'",
    "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "SET SESSION TRANSACTION READ ONLY",
    "SET foreign_key_checks = 0, unique_checks = 0",
    "SET SESSION wait_timeout = 77, max_sort_length = 99, group_concat_max_len = 77",
    "SET sql_safe_updates = 1, sql_select_limit = 3",
    "SET sql_big_selects = 0",
    "CREATE TEMPORARY TABLE left_behind (a INT)",
    "SELECT GET_LOCK('left', 1)",
    "LOCK TABLES account WRITE",
    "HANDLER account OPEN AS open_one",
    "PREPARE left_stmt FROM 'SELECT 1'",
    "START TRANSACTION",
    "INSERT INTO account VALUES (77, 7)",
    "SET autocommit = 0; INSERT INTO account VALUES (78, 7)",
    "START TRANSACTION; INSERT INTO account VALUES (79, 7)",
    "USE information_schema",
    "SET ROLE NONE",
    "XA START 'x'; INSERT INTO account VALUES (80, 7); XA END 'x'",
    "FLUSH TABLES WITH READ LOCK",
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; SET @left = 4; CREATE TEMPORARY TABLE left_behind (b INT)",
];

pub(crate) fn leftovers(database: &Database) -> String {
    accounts(database, 1);
    database.connect().execute_raw_sql("CREATE TABLE other (a INT)").unwrap();
    let pool = Pool::new(database.options().max_size(1)).unwrap();
    let fresh = state(&mut Connection::open(&database.options()).unwrap());
    let (mut reset, mut replaced) = (0, 0);
    for leftover in LEFTOVERS {
        let mut connection = pool.get().unwrap();
        let id = connection.id();
        connection.execute_raw_sql(leftover).unwrap_or_else(|error| panic!("{leftover}: {error:?}"));
        drop(connection);
        let mut next = pool.get().unwrap();
        if next.id() == id {
            reset += 1;
        } else {
            replaced += 1;
        }
        let found = state(&mut next);
        let differences: Vec<_> =
            found.iter().filter(|(name, value)| fresh.get(*name) != Some(value)).collect();
        assert!(differences.is_empty() && found.len() == fresh.len(), "after {leftover}: {differences:?}");
    }
    let open: Vec<i32> = rows(&pool, "SELECT id FROM account WHERE id > 77", &[]);
    assert_eq!(open, [0; 0], "what was not committed is gone");
    format!("{} kinds, each as new for the next: {reset} reset, {replaced} replaced", LEFTOVERS.len())
}

struct Panicking;

impl FromRow for Panicking {
    const COLUMNS: usize = 1;

    fn from_row(_: &mut Row<'_>) -> porpoise::Result<Self> {
        panic!("on purpose, in a row")
    }
}

pub(crate) fn panics(database: &Database) -> String {
    accounts(database, 3);
    let pool = Pool::new(database.options().max_size(1)).unwrap();
    let read = "SELECT id FROM account";
    let attempts: [&dyn Fn(); 5] = [
        &|| {
            let closure = |tx: &mut porpoise::Transaction<'_>| -> porpoise::Result<()> {
                run(tx, ADD, &[&1, &1])?;
                panic!("on purpose, in a transaction")
            };
            drop(pool.transaction(closure));
        },
        &|| {
            let mut tx = pool.begin().unwrap();
            run(&mut tx, ADD, &[&1, &1]).unwrap();
            panic!("on purpose, with a guard")
        },
        &|| drop(calls::fetch_many::<Panicking>(&pool, Query::new("t::panics", read, &[]))),
        &|| {
            let mut connection = pool.get().unwrap();
            let mut rows = calls::stream::<i32>(&mut connection, Query::new("t::panics", read, &[])).unwrap();
            let row = rows.next();
            panic!("on purpose, over row {row:?}")
        },
        &|| {
            let mut connection = pool.get().unwrap();
            let rows =
                calls::stream::<Panicking>(&mut connection, Query::new("t::panics", read, &[])).unwrap();
            drop(rows.collect::<Vec<_>>());
        },
    ];
    for attempt in attempts {
        assert!(catch_unwind(AssertUnwindSafe(attempt)).is_err());
        assert_eq!(pool.status().in_use, 0);
        let sum: i32 = row(&pool, "SELECT CAST(SUM(balance) AS SIGNED) FROM account", &[]);
        assert_eq!(sum, 0);
    }
    works(&mut pool.get().unwrap());
    format!("{} places, everything undone, every connection back or replaced", attempts.len())
}

/// A lock is refused while the rows are read: each form of a generated function must say so.
pub(crate) fn locking_reads(database: &Database) -> String {
    const READ: &str = "SELECT balance FROM account WHERE id >= 1 FOR UPDATE NOWAIT";
    accounts(database, 3);
    let mut holder = database.connect();
    let mut holding = holder.begin().unwrap();
    // The last row is locked: the error comes after rows that are fine.
    run(&mut holding, ADD, &[&0, &3]).unwrap();
    let db = &mut database.connect();
    let query = || Query::new("t::locking", READ, &[]);
    let rows = calls::Bulk::each("t::locking", READ);
    let errors = [
        calls::fetch_one_mut::<i32>(&mut *db, query()).err(),
        calls::fetch_opt_mut::<i32>(&mut *db, query()).err(),
        calls::fetch_many_mut::<i32>(&mut *db, query()).err(),
        calls::stream_mut::<i32>(&mut *db, query())
            .and_then(Iterator::collect::<porpoise::Result<Vec<i32>>>)
            .err(),
        calls::exec(&mut *db, query()).err(),
        calls::exec_rows(&mut *db, query()).err(),
        calls::exec_last_id::<u64>(&mut *db, query()).err(),
        calls::exec_result(&mut *db, query()).err(),
        calls::bulk(&mut *db, rows, [()], |()| Arguments::default(), &mut BulkOptions::new()).err(),
        db.transaction(|tx| calls::fetch_many_mut::<i32>(tx, query())).err(),
    ];
    // MariaDB has no code of its own for NOWAIT.
    let expected = match database.family {
        Family::MySql => ErrorKind::LockNotAvailable,
        Family::MariaDb => ErrorKind::LockWaitTimeout,
    };
    for (number, error) in errors.iter().enumerate() {
        assert_eq!(error.as_ref().map(porpoise::Error::kind), Some(expected), "form {number}: {error:?}");
    }
    drop(holding);
    works(db);
    format!("{} forms, {} errors", errors.len(), errors.len())
}

pub(crate) fn deadline_races(database: &Database) -> String {
    let options: Options = database.options().statement_timeout(Some(Duration::from_millis(10)));
    let pool = Pool::new(options.max_size(4)).unwrap();
    let stopped = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (pool, stopped) = (&pool, &stopped);
            scope.spawn(move || {
                for number in 0..60 {
                    let mut connection = pool.get().unwrap();
                    // Some come back just before their time is over, some just after, and some are stopped.
                    let nap = 0.009 + f64::from(number % 12) * 0.001;
                    let started = Instant::now();
                    let result = run(&mut connection, "DO SLEEP(?)", &[&nap]);
                    if let Err(error) = &result {
                        assert_eq!(error.kind(), ErrorKind::StatementTimeout, "{error}");
                    }
                    // MySQL lets SLEEP end early, without an error.
                    if result.is_err() || started.elapsed().as_secs_f64() < nap {
                        stopped.fetch_add(1, Ordering::Relaxed);
                    }
                    connection.set_statement_timeout(None);
                    let expected = thread * 1_000 + number;
                    let found: i32 = row(&mut connection, "SELECT ? + SLEEP(0.002)", &[&expected]);
                    assert_eq!(found, expected);
                }
            });
        }
    });
    let stopped = stopped.into_inner();
    assert!(stopped > 10, "{stopped} stopped");
    format!("240 races, {stopped} stopped, 0 next statements hit")
}

pub(crate) fn deadlocks(database: &Database) -> String {
    accounts(database, 4);
    let pool = Pool::new(database.options().max_size(8)).unwrap();
    let attempts = AtomicU32::new(0);
    let options = TransactionOptions::new().retry(Retry::new().attempts(1_000));
    let (threads, transfers) = (8, 25);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (pool, attempts, options) = (&pool, &attempts, &options);
            scope.spawn(move || {
                for number in 0..transfers {
                    // Half of them lock in one order and half in the other.
                    let ids = if (thread + number) % 2 == 0 { [1, 2, 3, 4] } else { [4, 3, 2, 1] };
                    pool.transaction_with(options, |tx| {
                        attempts.fetch_add(1, Ordering::Relaxed);
                        ids.iter().try_for_each(|id| run(&mut *tx, ADD, &[&1, id]))
                    })
                    .unwrap();
                }
            });
        }
    });
    let sums: Vec<i32> = rows(&pool, "SELECT balance FROM account ORDER BY id", &[]);
    assert_eq!(sums, [threads * transfers; 4]);
    let (attempts, committed) = (attempts.into_inner(), (threads * transfers) as u32);
    assert!(attempts > committed, "no deadlock happened in {attempts} attempts");
    assert_eq!(pool.status().in_use, 0);
    format!("{committed} transactions in {attempts} attempts, the sums are exact")
}

pub(crate) fn lock_wait(database: &Database) -> String {
    accounts(database, 2);
    let (mut first, mut second) = (database.connect(), database.connect());
    second.execute_raw_sql("SET innodb_lock_wait_timeout = 1").unwrap();
    let mut holding = first.begin().unwrap();
    run(&mut holding, ADD, &[&1, &1]).unwrap();
    let mut waiting = second.begin().unwrap();
    run(&mut waiting, ADD, &[&1, &2]).unwrap();
    assert_eq!(run(&mut waiting, ADD, &[&1, &1]).unwrap_err().kind(), ErrorKind::LockWaitTimeout);
    waiting.commit().unwrap();
    drop(holding);
    let balances: Vec<i32> = rows(&mut first, "SELECT balance FROM account ORDER BY id", &[]);
    assert_eq!(balances, [0, 1]);
    "1 statement told, the rest of its transaction committed".to_owned()
}

/// A column goes and comes back under readers and writers: they are told, and nothing wrong is read.
pub(crate) fn altered(database: &Database) -> String {
    database
        .connect()
        .execute_raw_sql(
            "CREATE TABLE item (id INT AUTO_INCREMENT PRIMARY KEY, a INT NOT NULL, b VARCHAR(20) NOT NULL)",
        )
        .unwrap();
    let pool = Pool::new(database.options().max_size(4)).unwrap();
    let over = AtomicBool::new(false);
    let count = |work: &dyn Fn() -> porpoise::Result<()>| {
        let (mut done, mut told) = (0_u32, 0_u32);
        while !over.load(Ordering::SeqCst) {
            match work().map_err(|error| (error.kind(), error)) {
                Ok(()) => done += 1,
                // MariaDB gives a reader up that would block ALTER TABLE for ever; whoever waits is told.
                Err((ErrorKind::SchemaDrift, _)) => told += 1,
                Err((_, error)) => panic!("{error:?}"),
            }
        }
        (done, told)
    };
    let read = || {
        let query = Query::new("t::read", "SELECT a, b FROM item ORDER BY id DESC LIMIT 5", &[]);
        calls::fetch_many::<(i32, String)>(&pool, query).map(|found| {
            assert!(found.iter().all(|(a, b)| b == &format!("b{a}")), "{found:?}");
        })
    };
    let write =
        || pool.transaction(|tx| run(tx, "INSERT INTO item (a, b) VALUES (?, CONCAT('b', ?))", &[&7, &7]));
    let (read, written) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| count(&read));
        let writer = scope.spawn(|| count(&write));
        let mut admin = database.connect();
        for _ in 0..8 {
            for change in [
                "ADD c INT FIRST",
                "DROP c",
                "MODIFY b TEXT NOT NULL",
                "RENAME COLUMN b TO z",
                "RENAME COLUMN z TO b",
            ] {
                admin.execute_raw_sql(&format!("ALTER TABLE item {change}")).unwrap();
                let before = pool.metrics().handed_out;
                while pool.metrics().handed_out < before + 10 {
                    std::thread::yield_now();
                }
            }
        }
        over.store(true, Ordering::SeqCst);
        (reader.join().unwrap(), writer.join().unwrap())
    });
    let there: u32 = support::row::<i64>(&pool, "SELECT COUNT(*) FROM item", &[]).try_into().unwrap();
    assert_eq!(there, written.0);
    assert!(read.1 > 0 && written.1 > 0, "{read:?} {written:?}");
    format!(
        "40 changes, {} reads and {} writes done, {} told of drift, 0 wrong rows, 0 lost",
        read.0,
        written.0,
        read.1 + written.1
    )
}

/// Results of a gigabyte are dropped after three rows, in a transaction.
pub(crate) fn half_read(database: &Database) -> String {
    accounts(database, 1_000);
    let proxy = Proxy::before(database);
    let pool = Pool::new(proxy.options(database).max_size(1)).unwrap();
    let id: u32 = row(&pool, "SELECT CONNECTION_ID()", &[]);
    let large = "SELECT a.id, REPEAT('x', 1000) FROM account a, account b";
    let times = 10;
    proxy.set(Fault::CutReplyAfter(usize::MAX));
    pool.transaction(|tx| -> porpoise::Result<()> {
        run(&mut *tx, ADD, &[&1, &1])?;
        for number in 0..times {
            let mut stream = calls::stream::<(i32, String)>(&mut *tx, Query::new("t::large", large, &[]))?;
            assert_eq!(stream.by_ref().take(3).collect::<porpoise::Result<Vec<_>>>()?.len(), 3);
            drop(stream);
            // Nothing of it is taken for the next answer, and no KILL hits the next statement.
            assert_eq!(row::<i32>(&mut *tx, "SELECT ? + SLEEP(0.001)", &[&number]), number);
        }
        Ok(())
    })
    .unwrap();
    let kept: i32 = row(&pool, "SELECT balance FROM account WHERE id = 1", &[]);
    assert_eq!((kept, row::<u32>(&pool, "SELECT CONNECTION_ID()", &[])), (1, id));
    let megabytes = proxy.replied() / 1_000_000;
    assert!(megabytes < 2_000, "{megabytes} MB");
    format!("{times} of 1,000 MB each, {megabytes} MB came in all, the transaction committed")
}
