//! The pool against real servers: sizes, order, reuse. What faults do to it is in the fault matrix.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use porpoise::__codegen::{Query, fetch_one, stream};
use porpoise::{Connection, ErrorKind, Options, Pool};
use support::{Database, row, run};

fn small(database: &Database) -> Pool {
    Pool::new(database.options().max_size(1).acquire_timeout(Duration::from_millis(300))).expect("a pool")
}

fn session_id(pool: &Pool) -> u64 {
    row(pool, "SELECT CONNECTION_ID()", &[])
}

on_both_servers! {
    fn an_exhausted_pool_says_how_many_are_in_use(database: &Database) {
        let pool = small(database);
        let held = pool.get().unwrap();
        let started = Instant::now();
        let error = fetch_one::<i32>(&pool, Query::new("t::q", "SELECT 1", &[])).unwrap_err();
        assert!(started.elapsed() >= Duration::from_millis(300));
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::PoolTimeout, Some("t::q")));
        let status = error.pool_status().expect("the pool's status");
        assert_eq!((status.in_use, status.max_size, status.waiting), (1, 1, 1));
        assert!(error.to_string().contains("1 of 1 connections in use"), "{error}");
        drop(held);
        assert_eq!(row::<i32>(&pool, "SELECT 1", &[]), 1);
    }

    fn waiters_are_served_in_order(database: &Database) {
        let pool = Pool::new(database.options().max_size(1)).unwrap();
        let held = pool.get().unwrap();
        let (served, order) = channel();
        let threads: Vec<_> = (0..6).map(|number| {
            let (theirs, served) = (pool.clone(), served.clone());
            let thread = std::thread::spawn(move || {
                let connection = theirs.get().unwrap();
                served.send(number).unwrap();
                drop(connection);
            });
            // The next one comes when this one waits.
            while pool.status().waiting <= number {
                std::thread::sleep(Duration::from_millis(1));
            }
            thread
        }).collect();
        drop(held);
        for thread in threads {
            thread.join().unwrap();
        }
        drop(served);
        assert_eq!(order.iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
    }

    fn a_clean_connection_is_used_again_without_a_reset(database: &Database) {
        let pool = small(database);
        let before = session_id(&pool);
        for _ in 0..3 {
            assert_eq!(session_id(&pool), before);
        }
    }

    fn a_variable_set_by_a_generated_statement_is_gone_as_well(database: &Database) {
        let pool = small(database);
        run(&pool, "SELECT @left_behind := 7", &[]).unwrap();
        assert_eq!(row::<Option<i64>>(&pool, "SELECT @left_behind", &[]), None);
    }

    fn a_leaked_stream_poisons_its_connection(database: &Database) {
        let pool = small(database);
        let mut connection = pool.get().unwrap();
        let query = Query::new("t::s", "SELECT 1 UNION ALL SELECT 2", &[]);
        std::mem::forget(stream::<i32>(&mut connection, query).unwrap());
        let error = run(&mut connection, "SELECT 3", &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionLost);
        drop(connection);
        assert_eq!(row::<i32>(&pool, "SELECT 4", &[]), 4);
    }

    fn a_closed_pool_serves_nobody(database: &Database) {
        let pool = small(database);
        let held = pool.get().unwrap();
        pool.close();
        assert!(pool.is_closed());
        assert_eq!(pool.get().unwrap_err().kind(), ErrorKind::PoolClosed);
        drop(held);
        assert_eq!(pool.status().idle, 0);
    }

    fn the_minimum_is_opened_in_the_background(database: &Database) {
        let pool = Pool::new(database.options().max_size(3).min_idle(2)).unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        while pool.status().idle < 2 {
            assert!(Instant::now() < deadline, "{:?}", pool.status());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn many_threads_share_few_connections(database: &Database) {
        let pool = Pool::new(database.options().max_size(2).overflow(1)).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..8_i64 {
                let pool = &pool;
                scope.spawn(move || {
                    for number in 0..50_i64 {
                        assert_eq!(row::<i64>(pool, "SELECT ? * 100 + ?", &[&thread, &number]), thread * 100 + number);
                    }
                });
            }
        });
        let status = pool.status();
        assert_eq!(status.in_use, 0);
        assert!(status.idle <= 2, "{status}");
    }

    fn a_server_of_the_other_family_is_refused(database: &Database) {
        let other = match database.family {
            porpoise::Family::MySql => porpoise::Family::MariaDb,
            porpoise::Family::MariaDb => porpoise::Family::MySql,
        };
        let schema = porpoise::Schema { family: other, sql_mode: "", collation: "", fingerprint: "", tables: "" };
        let error = Pool::new(database.options().schema(&schema)).unwrap().get().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SchemaDrift);
        assert!(error.to_string().contains("generated for"), "{error}");
    }
}

#[test]
fn a_refused_connect_is_told_at_once() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let pool = Pool::new(Options::new().host("127.0.0.1").port(port)).unwrap();
    let started = Instant::now();
    assert_eq!(pool.get().unwrap_err().kind(), ErrorKind::Connect);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn one_deadline_bounds_a_handshake_that_never_comes() {
    // It listens and says nothing.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let options = Options::new().host("127.0.0.1").port(port).connect_timeout(Duration::from_millis(300));
    let started = Instant::now();
    let alone = Connection::open(&options).unwrap_err();
    assert_eq!(alone.kind(), ErrorKind::Connect, "{alone}");
    let pool = Pool::new(options.clone()).unwrap();
    assert_eq!(pool.get().unwrap_err().kind(), ErrorKind::Connect);
    let pool = Pool::new(options.acquire_timeout(Duration::from_millis(100))).unwrap();
    assert_eq!(pool.get().unwrap_err().kind(), ErrorKind::PoolTimeout);
    assert!(started.elapsed() < Duration::from_secs(5));
}
