//! Servers that change their roles.

use std::collections::BTreeSet;

use porpoise::{ErrorKind, Pool};

use crate::own::{Ledger, Server, under_load};
use crate::support::{Database, row};

/// One server refuses writes for a while.
pub(crate) fn read_only(database: &Database) -> String {
    let server = Server::start(database.family, &[]);
    let pool = Pool::new(server.options().max_size(4)).unwrap();
    let ledger = Ledger::default();
    under_load(&pool, 4, &ledger, || {
        for _ in 0..3 {
            server.set_read_only(true);
            while ledger.told(ErrorKind::ReadOnlyServer) < 4 {
                std::thread::yield_now();
            }
            server.set_read_only(false);
            ledger.wait_for_more(100);
        }
    });
    let told = ledger.told(ErrorKind::ReadOnlyServer);
    format!("3 times, {}, {told} as ReadOnlyServer", ledger.settle(&server.entries()))
}

/// Which of two servers the pool writes to is switched under load.
pub(crate) fn there_and_back(database: &Database) -> String {
    let (first, second) = pair(database);
    second.set_read_only(true);
    let hosts = [first.address(), second.address()];
    let pool = Pool::new(first.options().hosts(hosts).max_size(4)).unwrap();
    assert_eq!(port(&pool), first.address().1);
    let ledger = Ledger::default();
    let mut counts = Vec::new();
    under_load(&pool, 4, &ledger, || {
        for (from, to) in [(&first, &second), (&second, &first)] {
            let before = to.entries().len();
            from.set_read_only(true);
            to.set_read_only(false);
            ledger.wait_for_more(100);
            let refused = from.entries().len();
            ledger.wait_for_more(100);
            assert_eq!(from.entries().len(), refused, "it takes no writes");
            counts.push(to.entries().len() - before);
        }
    });
    let there: BTreeSet<_> = first.entries().union(&second.entries()).copied().collect();
    format!("{}, {} on the second, {} on the first again", ledger.settle(&there), counts[0], counts[1])
}

/// The first host is killed, and comes back later: new connections go to it again.
pub(crate) fn first_dies(database: &Database) -> String {
    let (mut first, second) = pair(database);
    let hosts = [first.address(), second.address()];
    let pool = Pool::new(first.options().hosts(hosts).max_size(4)).unwrap();
    assert_eq!(port(&pool), first.address().1);
    let ledger = Ledger::default();
    under_load(&pool, 4, &ledger, || {
        first.signal("KILL");
        first.wait();
        ledger.wait_for_more(200);
        assert_eq!(port(&pool), second.address().1);
        first.restart();
        second.set_read_only(true);
        ledger.wait_for_more(200);
    });
    assert_eq!(port(&pool), first.address().1);
    let there: BTreeSet<_> = first.entries().union(&second.entries()).copied().collect();
    ledger.settle(&there)
}

fn pair(database: &Database) -> (Server, Server) {
    let family = database.family;
    std::thread::scope(|scope| {
        let second = scope.spawn(move || Server::start(family, &[]));
        (Server::start(family, &[]), second.join().unwrap())
    })
}

fn port(pool: &Pool) -> u16 {
    row(pool, "SELECT @@port", &[])
}
