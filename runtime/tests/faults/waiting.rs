//! Those who wait for a connection.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use porpoise::{Connection, ErrorKind, Pool};

use crate::commits::works;
use crate::support::{Database, row};

pub(crate) fn exhausted(database: &Database) -> String {
    let pool =
        Pool::new(database.options().max_size(2).overflow(1).acquire_timeout(Duration::from_millis(200)))
            .unwrap();
    let held: Vec<Connection> = (0..3).map(|_| pool.get().unwrap()).collect();
    let error = pool.get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PoolTimeout);
    let text = error.to_string();
    assert!(text.contains("with 3 of 3 connections in use"), "{text}");
    assert!(text.contains(&format!("held: 3 by {}:", file!())), "{text}");
    drop(held);
    works(&mut pool.get().unwrap());
    "1 told, with the place that holds all 3".to_owned()
}

/// Whoever waits is served in turn, beside threads that come back at once.
pub(crate) fn greedy(database: &Database) -> String {
    const WAITERS: u64 = 200;
    let pool = Pool::new(database.options().max_size(4)).unwrap();
    let over = AtomicBool::new(false);
    let (worst, greedy) = std::thread::scope(|scope| {
        let hogs: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut taken = 0_u64;
                    while !over.load(Ordering::SeqCst) {
                        works(&mut pool.get().unwrap());
                        taken += 1;
                    }
                    taken
                })
            })
            .collect();
        while pool.metrics().handed_out < 50 {
            std::thread::yield_now();
        }
        let worst = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for _ in 0..WAITERS {
                scope.spawn(|| {
                    let before = pool.metrics().handed_out;
                    works(&mut pool.get().unwrap());
                    worst.fetch_max(pool.metrics().handed_out - before, Ordering::SeqCst);
                });
            }
        });
        over.store(true, Ordering::SeqCst);
        (worst.into_inner(), hogs.into_iter().map(|hog| hog.join().unwrap()).sum::<u64>())
    });
    // Everybody else may go first, once; threads are slow to come between asking and being in the line.
    assert!(worst <= 4 * WAITERS, "one waited while {worst} others were served");
    assert_eq!(pool.metrics().timed_out, 0);
    format!("{WAITERS} of {WAITERS} served beside {greedy} greedy calls, none after more than {worst} others")
}

pub(crate) fn broken_with_a_waiter(database: &Database) -> String {
    let pool = Pool::new(database.options().max_size(1).acquire_timeout(Duration::from_secs(30))).unwrap();
    let mut held = pool.get().unwrap();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| row::<u32>(&pool, "SELECT CONNECTION_ID()", &[]));
        while pool.status().waiting == 0 {
            std::thread::yield_now();
        }
        let id = held.id();
        database.connect().execute_raw_sql(&format!("KILL {id}")).unwrap();
        let error = crate::support::run(&mut held, "DO SLEEP(1)", &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error}");
        drop(held);
        assert_ne!(waiting.join().unwrap(), id);
    });
    "1 dropped, 1 waiter served by a new one".to_owned()
}

/// Closing lets everybody finish, serves nobody new, and leaves no session on the server.
pub(crate) fn drained(database: &Database) -> String {
    let pool = Pool::new(database.options().max_size(3)).unwrap();
    database.connect().execute_raw_sql("CREATE TABLE done (id BIGINT AUTO_INCREMENT PRIMARY KEY)").unwrap();
    let (done, refused) = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = 0_i64;
                    loop {
                        let result = pool
                            .transaction(|tx| crate::support::run(tx, "INSERT INTO done () VALUES ()", &[]));
                        match result {
                            Ok(()) => done += 1,
                            Err(error) if error.kind() == ErrorKind::PoolClosed => return done,
                            Err(error) => panic!("{error}"),
                        }
                    }
                })
            })
            .collect();
        while pool.metrics().handed_out < 100 {
            std::thread::yield_now();
        }
        pool.drain(Duration::from_secs(30)).unwrap();
        let done: Vec<i64> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        (done.iter().sum::<i64>(), done.len())
    });
    let status = pool.status();
    assert_eq!((status.in_use, status.idle, status.waiting), (0, 0, 0));
    let there: i64 = row(&mut database.connect(), "SELECT COUNT(*) FROM done", &[]);
    assert_eq!(there, done);
    format!("{done} transactions finished and there, {refused} threads told, 0 connections left")
}
