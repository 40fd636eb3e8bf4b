//! Transactions on real servers: what is kept, what is undone, and what happens after the server gave up.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::sync::mpsc::channel;
use std::time::Duration;

use porpoise::__codegen::{Query, fetch_one};
use porpoise::{Connection, Error, ErrorKind, Isolation, Read, TransactionOptions, Write};
use support::{Database, row, run};

fn account(database: &Database) -> Connection {
    let mut connection = database.connect();
    connection
        .execute_raw_sql(
            "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL) ENGINE=InnoDB; \
             INSERT INTO account VALUES (1, 100), (2, 100)",
        )
        .expect("the table");
    connection
}

fn add(db: impl Write, id: i32, amount: i32) -> porpoise::Result<()> {
    run(db, "UPDATE account SET balance = balance + ? WHERE id = ?", &[&amount, &id])
}

fn balance(db: impl Read, id: i32) -> i32 {
    fetch_one(db, Query::new("t::balance", "SELECT balance FROM account WHERE id = ?", &[&id]))
        .expect("a balance")
}

/// What an application has for an error.
#[derive(Debug)]
enum Failed {
    Refused,
    #[expect(dead_code, reason = "read by Debug alone")]
    Database(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

on_both_servers! {
    fn a_commit_keeps_and_an_error_undoes(database: &Database) {
        let mut connection = account(database);
        let pool = database.pool();
        pool.transaction(|tx| add(&mut *tx, 1, 1)).unwrap();
        let refused = pool.transaction(|tx| {
            add(&mut *tx, 1, 50)?;
            Err::<(), _>(Failed::Refused)
        });
        assert!(matches!(refused, Err(Failed::Refused)), "{refused:?}");
        assert_eq!(balance(&mut connection, 1), 101);
        assert_eq!(pool.status().in_use, 0);
    }

    fn a_dropped_guard_rolls_back(database: &Database) {
        let mut connection = account(database);
        {
            let mut tx = connection.begin().unwrap();
            add(&mut tx, 1, 1).unwrap();
        }
        assert_eq!(balance(&mut connection, 1), 100);
        let mut tx = connection.begin().unwrap();
        add(&mut tx, 1, 2).unwrap();
        tx.commit().unwrap();
        assert_eq!(balance(&mut database.connect(), 1), 102);
    }

    fn a_leaked_guard_is_rolled_back_before_the_connection_is_used_again(database: &Database) {
        let mut connection = account(database);
        let mut tx = connection.begin().unwrap();
        add(&mut tx, 1, 1).unwrap();
        std::mem::forget(tx);
        assert_eq!(balance(&mut connection, 1), 100);

        let pool = porpoise::Pool::new(database.options().max_size(1)).unwrap();
        let mut pooled = pool.get().unwrap();
        let mut tx = pooled.begin().unwrap();
        add(&mut tx, 1, 1).unwrap();
        std::mem::forget(tx);
        drop(pooled);
        assert_eq!(balance(&pool, 1), 100);
    }

    fn savepoints_undo_their_own_part(database: &Database) {
        let mut connection = account(database);
        let mut tx = connection.begin().unwrap();
        add(&mut tx, 1, 1).unwrap();
        {
            let mut inner = tx.begin().unwrap();
            add(&mut inner, 1, 10).unwrap();
            let mut innermost = inner.begin().unwrap();
            add(&mut innermost, 1, 100).unwrap();
            innermost.commit().unwrap();
        }
        tx.transaction(|inner| add(&mut *inner, 2, 5)).unwrap();
        tx.commit().unwrap();
        assert_eq!((balance(&mut connection, 1), balance(&mut connection, 2)), (101, 105));
    }

    fn after_a_deadlock_nothing_runs_outside_of_the_lost_transaction(database: &Database) {
        let mut checker = account(database);
        let options = database.options();
        let (locked, wait_locked) = channel();
        let (go, wait_go) = channel();
        let other = std::thread::spawn(move || {
            let mut connection = Connection::open(&options).unwrap();
            let mut tx = connection.begin().unwrap();
            // More rows changed than the other side's, so that the other side is the victim.
            add(&mut tx, 2, 1).unwrap();
            run(&mut tx, "INSERT INTO account VALUES (11, 0), (12, 0), (13, 0), (14, 0), (15, 0)", &[]).unwrap();
            locked.send(()).unwrap();
            wait_go.recv().unwrap();
            let result = add(&mut tx, 1, 1);
            (result.map_err(|error| error.kind()), tx.commit().map_err(|error| error.kind()))
        });
        let mut connection = database.connect();
        let mut tx = connection.begin().unwrap();
        add(&mut tx, 1, 7).unwrap();
        wait_locked.recv().unwrap();
        go.send(()).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        let mine = add(&mut tx, 2, 7).map_err(|error| error.kind());
        if mine == Err(ErrorKind::Deadlock) {
            let later = add(&mut tx, 1, 7).unwrap_err();
            assert_eq!(later.kind(), ErrorKind::TransactionAborted, "{later}");
            let nested = tx.begin().unwrap_err();
            assert_eq!(nested.kind(), ErrorKind::TransactionAborted);
            let commit = tx.commit().unwrap_err();
            assert_eq!(commit.kind(), ErrorKind::TransactionAborted, "{commit}");
            assert_eq!(other.join().unwrap(), (Ok(()), Ok(())));
            assert_eq!((balance(&mut checker, 1), balance(&mut checker, 2)), (101, 101));
        } else {
            // The server chose the other one, for which the same must hold.
            tx.commit().unwrap();
            assert_eq!(
                other.join().unwrap(),
                (Err(ErrorKind::Deadlock), Err(ErrorKind::TransactionAborted))
            );
            assert_eq!((balance(&mut checker, 1), balance(&mut checker, 2)), (107, 107));
        }
        // The connection goes on after the guard.
        assert_eq!(row::<i32>(&mut connection, "SELECT 1", &[]), 1);
    }

    fn a_read_only_transaction_is_refused_writes_by_the_server(database: &Database) {
        let mut connection = account(database);
        let mut tx = connection.begin_with(&TransactionOptions::new().read_only()).unwrap();
        assert_eq!(add(&mut tx, 1, 1).unwrap_err().kind(), ErrorKind::ReadOnlyTransaction);
        drop(tx);
        let mut reading = connection.begin_read(&TransactionOptions::new().consistent_snapshot()).unwrap();
        add(&mut database.connect(), 1, 1).unwrap();
        assert_eq!(balance(&mut reading, 1), 100, "it reads its snapshot");
        reading.finish().unwrap();
        assert_eq!(balance(&mut connection, 1), 101);
    }

    fn an_isolation_level_is_for_one_transaction(database: &Database) {
        let mut connection = account(database);
        let options = TransactionOptions::new().isolation(Isolation::ReadCommitted);
        let mut other = database.connect();
        let mut tx = connection.begin_with(&options).unwrap();
        assert_eq!(balance(&mut tx, 1), 100);
        add(&mut other, 1, 1).unwrap();
        assert_eq!(balance(&mut tx, 1), 101, "read committed sees it");
        tx.commit().unwrap();
        let mut tx = connection.begin().unwrap();
        assert_eq!(balance(&mut tx, 1), 101);
        add(&mut other, 1, 1).unwrap();
        assert_eq!(balance(&mut tx, 1), 101, "repeatable read does not");
    }

    fn a_connection_lost_before_commit_is_no_commit(database: &Database) {
        let mut checker = account(database);
        let mut connection = database.connect();
        let id = connection.id();
        let mut tx = connection.begin().unwrap();
        add(&mut tx, 1, 1).unwrap();
        checker.execute_raw_sql(&format!("KILL {id}")).unwrap();
        let lost = add(&mut tx, 1, 1).unwrap_err();
        assert_eq!(lost.kind(), ErrorKind::ConnectionLost, "{lost}");
        assert_eq!(tx.commit().unwrap_err().kind(), ErrorKind::TransactionAborted);
        assert_eq!(balance(&mut checker, 1), 100);
    }

    fn a_commit_without_a_reply_is_of_unknown_fate(database: &Database) {
        let mut checker = account(database);
        let mut connection = database.connect();
        let id = connection.id();
        let mut tx = connection.begin().unwrap();
        add(&mut tx, 1, 1).unwrap();
        checker.execute_raw_sql(&format!("KILL {id}")).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        let error = tx.commit().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CommitUnknown, "{error:?}");
    }
}
