//! Servers that stop, end and come back under load.

use std::time::Duration;

use porpoise::{ErrorKind, Pool};

use crate::commits::works;
use crate::own::{Ledger, Server, under_load};
use crate::support::{Database, run};

const ROUNDS: u32 = 3;

pub(crate) fn terminated(database: &Database) -> String {
    restarted(database, "TERM")
}

pub(crate) fn killed(database: &Database) -> String {
    restarted(database, "KILL")
}

fn restarted(database: &Database, signal: &str) -> String {
    let mut server = Server::start(database.family, &[]);
    let pool = Pool::new(server.options().max_size(6)).unwrap();
    let ledger = Ledger::default();
    under_load(&pool, 8, &ledger, || {
        for _ in 0..ROUNDS {
            ledger.wait_for_more(200);
            server.signal(signal);
            server.restart();
            ledger.wait_for_more(100);
        }
    });
    assert_eq!(pool.status().in_use, 0);
    format!("{ROUNDS} restarts, {}", ledger.settle(&server.entries()))
}

/// Stopped, a server keeps its connections open and says nothing.
pub(crate) fn stopped(database: &Database) -> String {
    let server = Server::start(database.family, &[]);
    let limit = Duration::from_millis(300);
    let options = server.options().max_size(3).read_timeout(Some(limit)).connect_timeout(limit);
    let pool = Pool::new(options.acquire_timeout(limit)).unwrap();
    let mut held = pool.get().unwrap();
    works(&mut held);
    drop(pool.get().unwrap());
    server.signal("STOP");
    let busy = run(&mut held, "DO 1", &[]).unwrap_err().kind();
    drop(held);
    let waiting = pool.get().unwrap_err().kind();
    assert_eq!(busy, ErrorKind::ConnectionLost);
    assert!(matches!(waiting, ErrorKind::PoolTimeout | ErrorKind::Connect), "{waiting:?}");
    server.signal("CONT");
    // Late answers come to connections that nobody has any more.
    let mut answers = 0;
    while answers < 20 {
        if let Ok(mut connection) = pool.get() {
            works(&mut connection);
            answers += 1;
        }
    }
    "1 statement and 1 caller told in time, 20 right answers after it went on".to_owned()
}
