//! One row by its primary key, on one connection.

use std::hint::black_box;

use mysql::prelude::Queryable;
use porpoise::__codegen::{Query, fetch_opt};
use porpoise::Connection;

use crate::measure::{Comparison, Contender, compare, timed};
use crate::server::{Account, ROWS, Server, account};

pub(crate) const FIND: &str = "SELECT id, username, email, score, weight, note FROM account WHERE id = ?";

const LOOKUPS: u32 = 200;

/// As the generator writes it.
pub(crate) fn find(db: impl porpoise::Read, id: u32) -> porpoise::Result<Option<Account>> {
    fetch_opt(db, Query::new("account::find", FIND, &[&id]))
}

/// The keys that are looked up, spread over the table.
pub(crate) fn keys(lookups: u32) -> impl Iterator<Item = u32> {
    (0..lookups).map(|number| 1 + number.wrapping_mul(7_919) % ROWS)
}

/// Each run has a connection of its own: where the server's thread of a connection runs makes more of a difference than
/// all that is measured here, and it stays there.
pub(crate) fn by_primary_key(server: &Server) -> Comparison {
    compare(
        "One row by its primary key",
        200,
        LOOKUPS,
        vec![
            Contender::ours(|| {
                let mut connection = Connection::open(&server.options()).unwrap();
                find(&mut connection, 1).unwrap();
                timed(|| {
                    for id in keys(LOOKUPS) {
                        assert_eq!(black_box(find(&mut connection, id).unwrap()).unwrap().id, id);
                    }
                })
            }),
            Contender::other("mysql, by hand, from the statement cache", 1.05, || {
                let mut conn = server.conn();
                let mut find = |id| conn.exec_first(FIND, (id,)).unwrap().map(account);
                find(1);
                timed(|| {
                    for id in keys(LOOKUPS) {
                        assert_eq!(black_box(find(id)).unwrap().id, id);
                    }
                })
            }),
            Contender::shown("mysql, by hand, with a statement kept", || {
                let mut conn = server.conn();
                let kept = conn.prep(FIND).unwrap();
                let mut find = |id| conn.exec_first(&kept, (id,)).unwrap().map(account);
                find(1);
                timed(|| {
                    for id in keys(LOOKUPS) {
                        assert_eq!(black_box(find(id)).unwrap().id, id);
                    }
                })
            }),
            Contender::shown("porpoise, listened to by a hook", || {
                let options = server.options().on_query(|event| assert_eq!(black_box(event).rows, 1));
                let mut connection = Connection::open(&options).unwrap();
                find(&mut connection, 1).unwrap();
                timed(|| {
                    for id in keys(LOOKUPS) {
                        assert_eq!(black_box(find(&mut connection, id).unwrap()).unwrap().id, id);
                    }
                })
            }),
        ],
    )
}
