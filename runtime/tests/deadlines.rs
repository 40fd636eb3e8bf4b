//! Statements and transactions that run out of time are stopped on the server, and nothing else is.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::time::{Duration, Instant};

use porpoise::{ErrorKind, Pool, TransactionOptions};
use support::{Database, row, rows, run};

fn account(database: &Database) {
    let script = "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL) ENGINE=InnoDB; \
                  INSERT INTO account VALUES (1, 100)";
    database.connect().execute_raw_sql(script).unwrap();
}

const ADD: &str = "UPDATE account SET balance = balance + ? WHERE id = ?";

/// How many other sessions run a statement with this text.
fn running(database: &Database, text: &str) -> i64 {
    row(
        &mut database.connect(),
        "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE ? AND id <> CONNECTION_ID()",
        &[&format!("{text}%")],
    )
}

on_both_servers! {
    fn a_statement_that_takes_too_long_is_stopped_and_its_transaction_lives_on(database: &Database) {
        account(database);
        let mut holder = database.connect();
        let mut held = holder.begin().unwrap();
        run(&mut held, ADD, &[&1, &1]).unwrap();

        let options = database.options().max_size(1).statement_timeout(Some(Duration::from_secs(1)));
        let pool = Pool::new(options).unwrap();
        let mut tx = pool.begin().unwrap();
        run(&mut tx, "INSERT INTO account VALUES (2, 0)", &[]).unwrap();
        let started = Instant::now();
        let error = run(&mut tx, ADD, &[&1, &1]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StatementTimeout, "{error}");
        assert_eq!(error.query_name(), Some("test::run"));
        assert!(started.elapsed() < Duration::from_secs(10), "well before the lock wait time-out of 50 s");
        assert_eq!(running(database, "UPDATE account"), 0, "it was stopped on the server");
        assert_eq!(row::<i32>(&mut tx, "SELECT COUNT(*) FROM account", &[]), 2);
        tx.commit().unwrap();
        drop(held);
        assert_eq!(rows::<i32>(&pool, "SELECT balance FROM account ORDER BY id", &[]), [100, 0]);
        assert_eq!((pool.status().in_use, pool.status().idle), (0, 1), "the connection was kept");
    }

    fn a_transaction_has_a_time_for_all_of_it(database: &Database) {
        account(database);
        let pool = database.pool();
        let options = TransactionOptions::new().timeout(Duration::from_millis(150));

        // Spent in the application: nothing more is sent, COMMIT least of all.
        let late = pool.transaction_with(&options, |tx| {
            run(&mut *tx, ADD, &[&1, &1])?;
            std::thread::sleep(Duration::from_millis(200));
            Ok::<(), porpoise::Error>(())
        });
        assert_eq!(late.unwrap_err().kind(), ErrorKind::StatementTimeout);
        let refused = pool.transaction_with(&options, |tx| {
            std::thread::sleep(Duration::from_millis(200));
            run(&mut *tx, ADD, &[&1, &1])
        });
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::StatementTimeout);

        // Spent in a statement, which is stopped.
        let mut holder = database.connect();
        let mut held = holder.begin().unwrap();
        run(&mut held, ADD, &[&0, &1]).unwrap();
        let stopped = pool.transaction_with(&options, |tx| run(&mut *tx, ADD, &[&1, &1]));
        assert_eq!(stopped.unwrap_err().kind(), ErrorKind::StatementTimeout);
        drop(held);

        assert_eq!(row::<i32>(&pool, "SELECT balance FROM account", &[]), 100);
        assert_eq!(pool.status().in_use, 0);
    }

    fn the_time_of_a_connection_ends_when_it_goes_back(database: &Database) {
        let pool = Pool::new(database.options().max_size(1)).unwrap();
        let mut connection = pool.get().unwrap();
        connection.set_statement_timeout(Some(Duration::from_millis(1)));
        drop(connection);
        run(&pool, "DO SLEEP(0.05)", &[]).unwrap();
    }
}
