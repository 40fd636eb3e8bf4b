//! Ten thousand rows at once, on one connection.

use std::hint::black_box;

use mysql::prelude::Queryable;
use porpoise::__codegen::{Query, fetch_many};
use porpoise::{Connection, FromRow};

use crate::measure::{Comparison, Contender, Effort, Step, compare};
use crate::server::{Account, ROWS, Server, account};

const LIST: &str = "SELECT id, username, email, score, weight, note FROM account";
const NARROW: &str = "SELECT id, score FROM account";

const EFFORT: Effort = Effort { rounds: 40, steps: 9, operations: 1 };

pub(crate) fn rows(server: &Server) -> Comparison {
    compare(
        "10,000 rows of six columns",
        &EFFORT,
        &[
            Contender::ours(|| ours::<Account>(server, LIST)),
            Contender::other("mysql, by hand, exec_iter by position", 1.02, || {
                by_hand(server, LIST, account)
            }),
        ],
    )
}

/// Little data, so that what is done for each row shows most.
pub(crate) fn narrow_rows(server: &Server) -> Comparison {
    compare(
        "10,000 rows of two integers",
        &EFFORT,
        &[
            Contender::ours(|| ours::<(u32, i64)>(server, NARROW)),
            Contender::other("mysql, by hand, exec_iter by position", 1.05, || {
                by_hand(server, NARROW, |mut row| -> (u32, i64) {
                    (row.take(0).unwrap(), row.take(1).unwrap())
                })
            }),
        ],
    )
}

fn ours<'a, T: FromRow>(server: &Server, sql: &'static str) -> Step<'a> {
    let mut connection = Connection::open(&server.options()).unwrap();
    Box::new(move || {
        let rows: Vec<T> = fetch_many(&mut connection, Query::new("account::list", sql, &[])).unwrap();
        assert_eq!(black_box(rows).len() as u32, ROWS);
    })
}

fn by_hand<'a, T>(server: &Server, sql: &'static str, take: impl Fn(mysql::Row) -> T + 'a) -> Step<'a> {
    let mut conn = server.conn();
    Box::new(move || {
        let mut rows = Vec::new();
        for row in conn.exec_iter(sql, ()).unwrap() {
            rows.push(take(row.unwrap()));
        }
        assert_eq!(black_box(rows).len() as u32, ROWS);
    })
}
