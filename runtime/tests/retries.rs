//! Transactions that are run again as a whole, what is done afterwards, and statements that commit on the way.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use porpoise::{ErrorKind, Pool, Retry, TransactionOptions};
use support::{Database, row, run};

fn accounts(database: &Database, count: i32) {
    let values: Vec<String> = (1..=count).map(|id| format!("({id}, 0)")).collect();
    database
        .connect()
        .execute_raw_sql(&format!(
            "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL) ENGINE=InnoDB; \
             INSERT INTO account VALUES {}",
            values.join(", ")
        ))
        .unwrap();
}

const ADD: &str = "UPDATE account SET balance = balance + ? WHERE id = ?";

on_both_servers! {
    fn a_lost_connection_is_replaced_and_the_closure_run_again(database: &Database) {
        accounts(database, 1);
        let pool = Pool::new(database.options().max_size(2)).unwrap();
        let mut attempts = 0;
        pool.transaction(|tx| -> porpoise::Result<()> {
            attempts += 1;
            run(&mut *tx, ADD, &[&1, &1])?;
            if attempts < 3 {
                let id: u64 = row(&mut *tx, "SELECT CONNECTION_ID()", &[]);
                database.connect().execute_raw_sql(&format!("KILL {id}")).unwrap();
                // The lock of the killed session is gone before it answers.
                run(&mut *tx, ADD, &[&1, &1])?;
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(attempts, 3);
        assert_eq!(row::<i32>(&pool, "SELECT balance FROM account", &[]), 1);

        let mut connection = pool.get().unwrap();
        let mut attempts = 0;
        let lost = connection.transaction(|tx| -> porpoise::Result<()> {
            attempts += 1;
            let id: u64 = row(&mut *tx, "SELECT CONNECTION_ID()", &[]);
            database.connect().execute_raw_sql(&format!("KILL {id}")).unwrap();
            run(&mut *tx, ADD, &[&1, &1])
        });
        assert_eq!(lost.unwrap_err().kind(), ErrorKind::ConnectionLost);
        assert_eq!(attempts, 1, "there is no other connection to go on with");
    }

    fn errors_of_the_application_and_of_data_are_not_tried_again(database: &Database) {
        accounts(database, 1);
        let pool = database.pool();
        let mut attempts = 0;
        let refused = pool.transaction(|tx| {
            attempts += 1;
            run(&mut *tx, "INSERT INTO account VALUES (1, 1)", &[])
        });
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::UniqueViolation);
        assert_eq!(attempts, 1);
    }

    fn waits_for_locks_are_tried_again_only_when_asked_for(database: &Database) {
        accounts(database, 1);
        let pool = database.pool();
        let mut holder = database.connect();
        let mut attempts_with = |retry: Retry, release_after: u32| {
            let mut held = Some(holder.begin().unwrap());
            run(held.as_mut().unwrap(), ADD, &[&0, &1]).unwrap();
            let mut attempts = 0;
            let result = pool.transaction_with(&TransactionOptions::new().retry(retry), |tx| {
                attempts += 1;
                if attempts > release_after {
                    held = None;
                }
                run(&mut *tx, "SET innodb_lock_wait_timeout = 1", &[])?;
                run(&mut *tx, ADD, &[&1, &1])
            });
            (attempts, result.map_err(|error| error.kind()))
        };
        assert_eq!(attempts_with(Retry::new(), 9), (1, Err(ErrorKind::LockWaitTimeout)));
        let quick = Retry::new().lock_waits().pause(Duration::from_millis(1), Duration::from_millis(1));
        assert_eq!(attempts_with(quick, 1), (2, Ok(())));
        assert_eq!(row::<i32>(&pool, "SELECT balance FROM account", &[]), 1);
    }

    fn work_after_commit_and_rollback_is_done_once_and_outside(database: &Database) {
        accounts(database, 1);
        let pool = Arc::new(database.pool());
        let log = Arc::new(Mutex::new(Vec::new()));
        let note = |text: &'static str| {
            let (log, pool) = (Arc::clone(&log), Arc::clone(&pool));
            move || {
                // What was committed is there for others, and the connection is not in a transaction any more.
                let seen: i32 = row(&*pool, "SELECT balance FROM account", &[]);
                log.lock().unwrap().push((text, seen));
            }
        };
        pool.transaction(|tx| -> porpoise::Result<()> {
            run(&mut *tx, ADD, &[&5, &1])?;
            tx.after_commit(note("committed"));
            tx.after_rollback(note("never"));
            let kept = tx.transaction(|inner| -> porpoise::Result<()> {
                inner.after_commit(note("inner committed"));
                Ok(())
            });
            kept?;
            let undone = tx.transaction(|inner| {
                inner.after_commit(note("never"));
                inner.after_rollback(note("inner rolled back"));
                run(&mut *inner, "INSERT INTO account VALUES (1, 1)", &[])
            });
            assert!(undone.is_err());
            Ok(())
        })
        .unwrap();
        let mut tx = pool.begin().unwrap();
        tx.after_commit(note("never"));
        tx.after_rollback(note("dropped"));
        drop(tx);
        assert_eq!(
            *log.lock().unwrap(),
            [("inner rolled back", 0), ("committed", 5), ("inner committed", 5), ("dropped", 5)]
        );
    }

    fn a_statement_that_commits_on_the_way_is_an_error_and_latches(database: &Database) {
        accounts(database, 1);
        let pool = database.pool();
        let mut tx = pool.begin().unwrap();
        tx.execute_raw_sql("UPDATE account SET balance = 7").unwrap();
        run(&mut tx, ADD, &[&1, &1]).unwrap();
        let error = tx.execute_raw_sql("CREATE TABLE other (id INT)").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ImplicitCommit);
        assert_eq!(run(&mut tx, ADD, &[&1, &1]).unwrap_err().kind(), ErrorKind::TransactionAborted);
        assert_eq!(tx.commit().unwrap_err().kind(), ErrorKind::TransactionAborted);
        assert_eq!(row::<i32>(&pool, "SELECT balance FROM account", &[]), 8);
        assert_eq!(pool.status().in_use, 0);
    }

    fn every_attempt_counts_for_a_closure_that_hides_the_deadlock(database: &Database) {
        accounts(database, 2);
        let pool = Pool::new(database.options().max_size(4)).unwrap();
        let meet = Barrier::new(2);
        let attempts = AtomicU32::new(0);
        let work = |first: i32, second: i32| {
            let mut met = false;
            pool.transaction(|tx| -> Result<(), Hidden> {
                attempts.fetch_add(1, Ordering::Relaxed);
                run(&mut *tx, ADD, &[&1, &first]).map_err(|_| Hidden)?;
                if !std::mem::replace(&mut met, true) {
                    meet.wait();
                }
                run(&mut *tx, ADD, &[&1, &second]).map_err(|_| Hidden)
            })
        };
        let (a, b) = std::thread::scope(|scope| {
            let other = scope.spawn(|| work(2, 1));
            (work(1, 2), other.join().unwrap())
        });
        assert!(a.is_ok() && b.is_ok(), "{a:?} {b:?}");
        assert!(attempts.into_inner() >= 3);
        assert_eq!(support::rows::<i32>(&pool, "SELECT balance FROM account", &[]), [2, 2]);
    }
}

/// An error that tells nothing of what happened.
#[derive(Debug)]
struct Hidden;

impl From<porpoise::Error> for Hidden {
    fn from(_: porpoise::Error) -> Self {
        Hidden
    }
}
