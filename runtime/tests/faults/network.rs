//! What a network can do, by the proxy.

use std::time::{Duration, Instant};

use porpoise::__codegen::{Query, fetch_one};
use porpoise::{ErrorKind, Pool};

use crate::commits::ledger;
use crate::support::proxy::{Fault, Proxy};
use crate::support::{Database, run};

const SHORT: Duration = Duration::from_millis(150);

fn number(pool: &Pool, expected: i64) -> porpoise::Result<i64> {
    fetch_one(pool, Query::new("t::number", "SELECT ?", &[&expected]))
}

pub(crate) fn cut_at_every_byte(database: &Database) -> String {
    let proxy = Proxy::before(database);
    let pool = Pool::new(proxy.options(database).max_size(1)).unwrap();
    let (mut cut, mut whole) = (0, 0);
    for limit in 0..160 {
        assert_eq!(number(&pool, -1).unwrap(), -1);
        proxy.set(Fault::CutReplyAfter(limit));
        match number(&pool, limit as i64) {
            Ok(found) => {
                assert_eq!(found, limit as i64);
                whole += 1;
            }
            Err(error) => {
                let expected = [ErrorKind::ConnectionLost, ErrorKind::Protocol, ErrorKind::Connect];
                assert!(expected.contains(&error.kind()), "{error}");
                cut += 1;
            }
        }
        proxy.set(Fault::None);
        assert_eq!(number(&pool, 7).unwrap(), 7, "after a reply cut at byte {limit}");
    }
    assert!(cut > 20 && whole > 20, "{cut} cut, {whole} whole");
    format!("160 cuts, {cut} errors, {whole} whole replies, 0 wrong answers")
}

pub(crate) fn late_replies_few(database: &Database) -> String {
    late_replies(database, 150)
}

pub(crate) fn late_replies_many(database: &Database) -> String {
    late_replies(database, 2_500)
}

/// Four threads ask for numbers; half of the replies come after the read time-out.
fn late_replies(database: &Database, each: i64) -> String {
    let proxy = Proxy::before(database);
    let options = proxy.options(database).read_timeout(Some(Duration::from_millis(12))).max_size(4);
    let pool = Pool::new(options.connect_timeout(Duration::from_secs(5))).unwrap();
    let (right, late) = std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for thread in 0..4 {
            let (pool, proxy) = (&pool, &proxy);
            threads.push(scope.spawn(move || {
                let (mut right, mut late) = (0_i64, 0_i64);
                for count in 0..each {
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
        totals.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    });
    assert!(right > each / 3 && late > each / 3, "{right} right, {late} late");
    format!("{} numbers asked for, {right} right, {late} given up, 0 wrong", 4 * each)
}

pub(crate) fn black_hole(database: &Database) -> String {
    ledger(database);
    let proxy = Proxy::before(database);
    let options = proxy.options(database).read_timeout(Some(SHORT)).max_size(1);
    let pool = Pool::new(options.acquire_timeout(Duration::from_secs(20))).unwrap();
    // In a query.
    assert_eq!(number(&pool, 1).unwrap(), 1);
    proxy.set(Fault::BlackHole);
    assert_eq!(number(&pool, 2).unwrap_err().kind(), ErrorKind::ConnectionLost);
    proxy.set(Fault::None);
    assert_eq!(number(&pool, 3).unwrap(), 3);
    // When a guard is dropped, and cannot roll back.
    let mut tx = pool.begin().unwrap();
    run(&mut tx, "INSERT INTO ledger VALUES (1)", &[]).unwrap();
    proxy.set(Fault::BlackHole);
    drop(tx);
    proxy.set(Fault::None);
    assert_eq!(number(&pool, 4).unwrap(), 4);
    // In the COMMIT.
    let mut tx = pool.begin().unwrap();
    run(&mut tx, "DO 1", &[]).unwrap();
    proxy.set(Fault::BlackHole);
    assert_eq!(tx.commit().unwrap_err().kind(), ErrorKind::CommitUnknown);
    proxy.set(Fault::None);
    assert_eq!(number(&pool, 5).unwrap(), 5);
    format!("3 given up by the read time-out, {} connections, 1 in use at most", proxy.connections())
}

pub(crate) fn black_hole_in_validation(database: &Database) -> String {
    let proxy = Proxy::before(database);
    let options = proxy.options(database).max_size(1).validate_after(Duration::ZERO).connect_timeout(SHORT);
    let pool = Pool::new(options.acquire_timeout(Duration::from_secs(20))).unwrap();
    assert_eq!(number(&pool, 1).unwrap(), 1);
    proxy.set(Fault::BlackHoleUntil(1));
    // The validation is given up, and another connection made.
    assert_eq!(number(&pool, 2).unwrap(), 2);
    assert_eq!(proxy.connections(), 2);
    "1 validation given up, 1 connection made instead, 0 errors".to_owned()
}

pub(crate) fn silent_greeting(database: &Database) -> String {
    let proxy = Proxy::before(database);
    proxy.set(Fault::SilentGreeting);
    let pool = Pool::new(proxy.options(database).max_size(2).acquire_timeout(SHORT)).unwrap();
    let started = Instant::now();
    let kinds: Vec<ErrorKind> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| pool.get().unwrap_err().kind())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(kinds, [ErrorKind::PoolTimeout; 8]);
    assert!(started.elapsed() < 8 * SHORT + Duration::from_secs(5), "one deadline, at the same time for all");
    "8 callers told by their deadline".to_owned()
}

pub(crate) fn slow_connect(database: &Database) -> String {
    let proxy = Proxy::before(database);
    let pool =
        Pool::new(proxy.options(database).max_size(2).acquire_timeout(Duration::from_secs(30))).unwrap();
    let held = pool.get().unwrap();
    proxy.set(Fault::Delay(Duration::from_millis(300)));
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| pool.get().unwrap().id());
        while pool.status().preparing == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        // Coming back does not wait for the connect, and goes to who waited first.
        drop(held);
        slow.join().unwrap();
        assert!(pool.status().preparing <= 1);
        drop(pool.get().unwrap());
    });
    "1 connection handed on while another was being made".to_owned()
}

pub(crate) fn reset_idle(database: &Database) -> String {
    let proxy = Proxy::before(database);
    let pool = Pool::new(proxy.options(database).max_size(4)).unwrap();
    let held: Vec<_> = (0..4).map(|_| pool.get().unwrap()).collect();
    drop(held);
    proxy.reset_all();
    // The first to meet it is told; what else idled is validated from then on.
    let error = number(&pool, 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error}");
    for count in 0..20 {
        assert_eq!(number(&pool, count).unwrap(), count);
    }
    let held: Vec<_> = (0..4).map(|_| pool.get().unwrap()).collect();
    drop(held);
    assert_eq!(pool.status().idle, 4);
    "4 reset, 1 statement told, 3 found by validation".to_owned()
}

pub(crate) fn reset_busy(database: &Database) -> String {
    let proxy = Proxy::before(database);
    let pool = Pool::new(proxy.options(database).max_size(1)).unwrap();
    assert_eq!(number(&pool, 1).unwrap(), 1);
    let error = std::thread::scope(|scope| {
        let busy = scope.spawn(|| run(&pool, "DO SLEEP(30)", &[]).unwrap_err());
        let mut admin = database.connect();
        let sleeping =
            "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'DO SLEEP(30%' AND db = ?";
        while crate::support::row::<i64>(&mut admin, sleeping, &[&database.name.as_str()]) == 0 {
            std::thread::sleep(Duration::from_millis(2));
        }
        proxy.reset_all();
        busy.join().unwrap()
    });
    assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error}");
    assert_eq!(number(&pool, 2).unwrap(), 2);
    "1 statement told, 1 connection made instead".to_owned()
}

pub(crate) fn half_open(database: &Database) -> String {
    let proxy = Proxy::before(database);
    let options = proxy.options(database).max_size(2).read_timeout(Some(SHORT));
    let pool = Pool::new(options.acquire_timeout(Duration::from_secs(20))).unwrap();
    drop([pool.get().unwrap(), pool.get().unwrap()]);
    // The server's side is gone, and nobody tells ours.
    proxy.half_open_all();
    assert_eq!(number(&pool, 1).unwrap_err().kind(), ErrorKind::ConnectionLost);
    assert_eq!(number(&pool, 2).unwrap(), 2);
    "1 given up by the read time-out, 1 found by validation".to_owned()
}
