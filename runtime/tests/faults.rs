//! Real faults between client and server: what is promised must hold under each of them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::time::{Duration, Instant};

use porpoise::__codegen::{Query, fetch_one};
use porpoise::{Connection, ErrorKind, Pool};
use support::proxy::{Fault, Proxy};
use support::{Database, row, run};

const SHORT: Duration = Duration::from_millis(150);

fn ledger(database: &Database) {
    database.connect().execute_raw_sql("CREATE TABLE ledger (id INT PRIMARY KEY) ENGINE=InnoDB").unwrap();
}

fn entries(database: &Database) -> i64 {
    row(&mut database.connect(), "SELECT COUNT(*) FROM ledger", &[])
}

fn number(pool: &Pool, expected: i64) -> porpoise::Result<i64> {
    fetch_one(pool, Query::new("t::number", "SELECT ?", &[&expected]))
}

/// Waits until only so many sessions are left: the server rolls back what a closed one left open, a moment later.
fn settled(database: &Database, kept: i64) {
    let open = "SELECT COUNT(*) FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()";
    let mut admin = database.connect();
    while row::<i64>(&mut admin, open, &[&database.name.as_str()]) > kept {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A transaction whose COMMIT meets a fault: how it ends, and after how many attempts.
fn commit_under(database: &Database, fault: Fault) -> (ErrorKind, i32) {
    ledger(database);
    let proxy = Proxy::before(database);
    let pool = Pool::new(proxy.options(database)).unwrap();
    let mut attempts = 0;
    let result = pool.transaction(|tx| -> porpoise::Result<()> {
        attempts += 1;
        proxy.set(fault);
        run(&mut *tx, "INSERT INTO ledger VALUES (1)", &[])
    });
    assert_eq!((pool.status().in_use, pool.status().idle), (0, 0), "the connection is gone");
    (result.unwrap_err().kind(), attempts)
}

on_both_servers! {
    fn a_commit_whose_reply_is_lost_is_told_as_unknown_and_not_repeated(database: &Database) {
        assert_eq!(commit_under(database, Fault::LoseReply("COMMIT")), (ErrorKind::CommitUnknown, 1));
        assert_eq!(entries(database), 1, "it was committed, though nobody was told");
    }

    fn a_commit_that_never_arrives_is_told_as_unknown_too(database: &Database) {
        assert_eq!(commit_under(database, Fault::DropRequest("COMMIT")), (ErrorKind::CommitUnknown, 1));
        settled(database, 0);
        assert_eq!(entries(database), 0);
    }

    fn a_transaction_cut_off_before_commit_is_run_again_and_counts_once(database: &Database) {
        ledger(database);
        let proxy = Proxy::before(database);
        let pool = Pool::new(proxy.options(database)).unwrap();
        let mut attempts = 0;
        pool.transaction(|tx| -> porpoise::Result<()> {
            attempts += 1;
            run(&mut *tx, "INSERT INTO ledger VALUES (?)", &[&attempts])?;
            proxy.set(if attempts < 4 { Fault::DropRequest("SELECT 41") } else { Fault::None });
            row_of(&mut *tx)
        })
        .unwrap();
        assert_eq!(attempts, 4);
        settled(database, 1);
        assert_eq!(entries(database), 1);
    }

    fn a_reply_cut_at_any_byte_is_an_error_or_whole(database: &Database) {
        let proxy = Proxy::before(database);
        let pool = Pool::new(proxy.options(database).max_size(1)).unwrap();
        let (mut cut, mut whole) = (0, 0);
        for limit in 0..160 {
            let warm: i64 = number(&pool, -1).unwrap();
            assert_eq!(warm, -1);
            proxy.set(Fault::CutReplyAfter(limit));
            match number(&pool, limit as i64) {
                Ok(found) => {
                    assert_eq!(found, limit as i64);
                    whole += 1;
                }
                Err(error) => {
                    assert!(
                        matches!(error.kind(), ErrorKind::ConnectionLost | ErrorKind::Protocol | ErrorKind::Connect),
                        "{error}"
                    );
                    cut += 1;
                }
            }
            proxy.set(Fault::None);
            assert_eq!(number(&pool, 7).unwrap(), 7, "after a reply cut at byte {limit}");
        }
        assert!(cut > 20 && whole > 20, "{cut} cut, {whole} whole");
    }

    fn a_reply_that_comes_too_late_is_never_taken_for_the_next(database: &Database) {
        let proxy = Proxy::before(database);
        let options = proxy.options(database).read_timeout(Some(Duration::from_millis(12))).max_size(4);
        let pool = Pool::new(options.connect_timeout(Duration::from_secs(5))).unwrap();
        std::thread::scope(|scope| {
            let mut threads = Vec::new();
            for thread in 0..4_i64 {
                let (pool, proxy) = (&pool, &proxy);
                threads.push(scope.spawn(move || {
                    let (mut right, mut late) = (0, 0);
                    for count in 0..150 {
                        proxy.set(Fault::Jitter(Duration::from_millis(16)));
                        let expected = thread * 10_000 + count;
                        match number(pool, expected) {
                            Ok(found) => {
                                assert_eq!(found, expected);
                                right += 1;
                            }
                            Err(_) => late += 1,
                        }
                    }
                    (right, late)
                }));
            }
            let totals = threads.into_iter().map(|thread| thread.join().unwrap());
            let (right, late) = totals.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            assert!(right > 50 && late > 50, "{right} right, {late} late");
        });
    }

    fn a_black_hole_ends_with_the_read_time_out(database: &Database) {
        ledger(database);
        let proxy = Proxy::before(database);
        let options = proxy.options(database).read_timeout(Some(SHORT)).max_size(1);
        let pool = Pool::new(options.acquire_timeout(Duration::from_secs(5))).unwrap();
        // In a query.
        assert_eq!(number(&pool, 1).unwrap(), 1);
        proxy.set(Fault::BlackHole);
        let started = Instant::now();
        assert_eq!(number(&pool, 2).unwrap_err().kind(), ErrorKind::ConnectionLost);
        assert!(started.elapsed() < Duration::from_secs(5));
        proxy.set(Fault::None);
        assert_eq!(number(&pool, 3).unwrap(), 3);
        // When a guard is dropped, and cannot roll back.
        let mut tx = pool.begin().unwrap();
        run(&mut tx, "INSERT INTO ledger VALUES (1)", &[]).unwrap();
        proxy.set(Fault::BlackHole);
        let started = Instant::now();
        drop(tx);
        assert!(started.elapsed() < Duration::from_secs(5));
        proxy.set(Fault::None);
        assert_eq!(number(&pool, 4).unwrap(), 4);
        // In the COMMIT.
        let mut tx = pool.begin().unwrap();
        run(&mut tx, "DO 1", &[]).unwrap();
        proxy.set(Fault::BlackHole);
        assert_eq!(tx.commit().unwrap_err().kind(), ErrorKind::CommitUnknown);
        proxy.set(Fault::None);
        assert_eq!(number(&pool, 5).unwrap(), 5);
    }

    fn a_black_hole_behind_an_idle_connection_is_found_before_it_is_handed_out(database: &Database) {
        let proxy = Proxy::before(database);
        let options = proxy.options(database).max_size(1).validate_after(Duration::ZERO).connect_timeout(SHORT);
        let pool = Pool::new(options.acquire_timeout(Duration::from_secs(20))).unwrap();
        assert_eq!(number(&pool, 1).unwrap(), 1);
        proxy.set(Fault::BlackHoleUntil(1));
        // The validation is given up, and another connection made.
        assert_eq!(number(&pool, 2).unwrap(), 2);
        assert_eq!(proxy.connections(), 2);
    }

    fn one_deadline_bounds_waiting_and_a_connect_into_silence(database: &Database) {
        let proxy = Proxy::before(database);
        proxy.set(Fault::SilentGreeting);
        let pool = Pool::new(proxy.options(database).max_size(2).acquire_timeout(SHORT)).unwrap();
        let started = Instant::now();
        let kinds: Vec<ErrorKind> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| pool.get().unwrap_err().kind())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(kinds, [ErrorKind::PoolTimeout; 8]);
        assert!(started.elapsed() < Duration::from_secs(5), "all waited at the same time");
    }

    fn slow_connects_hold_up_nobody_who_has_a_connection(database: &Database) {
        let proxy = Proxy::before(database);
        let pool = Pool::new(proxy.options(database).max_size(2).acquire_timeout(Duration::from_secs(30))).unwrap();
        let held = pool.get().unwrap();
        proxy.set(Fault::Delay(Duration::from_millis(300)));
        std::thread::scope(|scope| {
            let slow = scope.spawn(|| pool.get().unwrap().id());
            while pool.status().preparing == 0 {
                std::thread::sleep(Duration::from_millis(1));
            }
            let started = Instant::now();
            drop(held);
            let again: Connection = pool.get_within(Duration::from_millis(250)).unwrap_or_else(|_| {
                // The one that came back went to whoever waited first; its connection comes next.
                pool.get().unwrap()
            });
            assert!(started.elapsed() < Duration::from_secs(20));
            drop(again);
            slow.join().unwrap();
        });
    }
}

fn row_of(tx: &mut porpoise::Transaction<'_>) -> porpoise::Result<()> {
    fetch_one::<i32>(tx, Query::new("t::row", "SELECT 41 + 1", &[])).map(drop)
}
