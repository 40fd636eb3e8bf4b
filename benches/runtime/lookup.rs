//! One row by its primary key, on one connection.

use std::hint::black_box;

use mysql::prelude::Queryable;
use porpoise::__codegen::{Query, fetch_opt};
use porpoise::{Connection, Options};

use crate::measure::{Comparison, Contender, Effort, Step, compare};
use crate::server::{Account, ROWS, Server, account};

pub(crate) const FIND: &str = "SELECT id, username, email, score, weight, note FROM account WHERE id = ?";

const EFFORT: Effort = Effort { rounds: 60, steps: 100, operations: 10 };

/// As the generator writes it.
pub(crate) fn find(db: impl porpoise::Read, id: u32) -> porpoise::Result<Option<Account>> {
    fetch_opt(db, Query::new("account::find", FIND, &[&id]))
}

/// The keys that are looked up, spread over the table.
pub(crate) fn keys(lookups: u32) -> impl Iterator<Item = u32> {
    (0..lookups).map(|number| 1 + number.wrapping_mul(7_919) % ROWS)
}

pub(crate) fn by_primary_key(server: &Server) -> Comparison {
    let ours = |options: Options| -> Step<'_> {
        let mut connection = Connection::open(&options).unwrap();
        step(move |id| find(&mut connection, id).unwrap())
    };
    compare(
        "One row by its primary key",
        &EFFORT,
        &[
            Contender::ours(|| ours(server.options())),
            Contender::other("mysql, by hand, from the statement cache", 1.05, || {
                let mut conn = server.conn();
                step(move |id| conn.exec_first(FIND, (id,)).unwrap().map(account))
            }),
            Contender::shown("mysql, by hand, with a statement kept", || {
                let mut conn = server.conn();
                let kept = conn.prep(FIND).unwrap();
                step(move |id| conn.exec_first(&kept, (id,)).unwrap().map(account))
            }),
            Contender::shown("porpoise, listened to by a hook", || {
                ours(server.options().on_query(|event| assert_eq!(black_box(event).rows, 1)))
            }),
        ],
    )
}

fn step<'a>(mut find: impl FnMut(u32) -> Option<Account> + 'a) -> Step<'a> {
    Box::new(move || {
        for id in keys(EFFORT.operations) {
            assert_eq!(black_box(find(id)).unwrap().id, id);
        }
    })
}
