//! Ten thousand joined rows, folded into structs with collections, beside the same rows read as they are.

use std::hint::black_box;

use porpoise::__codegen::{Level, Nest, Query, fetch_many, nest_many, push};
use porpoise::{Connection, FromRow, Row};

use crate::measure::{Comparison, Contender, Effort, Step, compare};
use crate::server::{Account, ROWS, Server};

/// Ten rows for each outer row, one after the other.
const SORTED: &str = "SELECT g.id, g.username, a.id, a.username, a.email, a.score, a.weight, a.note \
                      FROM account a JOIN account g ON g.id = 1 + (a.id - 1) DIV 10 ORDER BY a.id";
/// The same, with the rows of all outer rows mixed.
const MIXED: &str = "SELECT g.id, g.username, a.id, a.username, a.email, a.score, a.weight, a.note \
                     FROM account a JOIN account g ON g.id = 1 + a.id MOD 1000 ORDER BY a.id";
/// Little data, and one row for each outer row: what is done for keys shows most.
const NARROW: &str = "SELECT g.id, a.id FROM account a JOIN account g ON g.id = a.id ORDER BY a.id";

const EFFORT: Effort = Effort { rounds: 20, steps: 9, operations: 1 };

struct Group {
    _id: u32,
    _name: String,
    members: Vec<Account>,
}

impl FromRow for Group {
    const COLUMNS: usize = 2;

    fn from_row(row: &mut Row<'_>) -> porpoise::Result<Self> {
        Ok(Self { _id: row.get()?, _name: row.get()?, members: Vec::new() })
    }
}

const GROUPS: Nest<Group> = Nest {
    order: &[],
    key: &[0],
    levels: &[Level { within: 0, columns: 6, key: &[0], distinct: true, add: |outer, _, row| push(&mut outer.members, row) }],
};

struct Number {
    _id: u32,
    members: Vec<u32>,
}

impl FromRow for Number {
    const COLUMNS: usize = 1;

    fn from_row(row: &mut Row<'_>) -> porpoise::Result<Self> {
        Ok(Self { _id: row.get()?, members: Vec::new() })
    }
}

const NUMBERS: Nest<Number> = Nest {
    order: &[],
    key: &[0],
    levels: &[Level { within: 0, columns: 1, key: &[0], distinct: true, add: |outer, _, row| push(&mut outer.members, row) }],
};

pub(crate) fn sorted(server: &Server) -> Comparison {
    groups("10,000 joined rows, nested, in order", server, SORTED)
}

pub(crate) fn mixed(server: &Server) -> Comparison {
    groups("10,000 joined rows, nested, mixed", server, MIXED)
}

fn groups(title: &'static str, server: &Server, sql: &'static str) -> Comparison {
    compare(
        title,
        &EFFORT,
        &[
            Contender::ours(|| nested(server, sql, &GROUPS, |group: &Group| group.members.len())),
            Contender::other("the same rows as they are", 1.3, || flat::<(u32, String, Account)>(server, sql)),
        ],
    )
}

pub(crate) fn narrow(server: &Server) -> Comparison {
    compare(
        "10,000 joined rows of two integers, nested",
        &EFFORT,
        &[
            Contender::ours(|| nested(server, NARROW, &NUMBERS, |number: &Number| number.members.len())),
            Contender::other("the same rows as they are", 1.3, || flat::<(u32, u32)>(server, NARROW)),
        ],
    )
}

fn nested<'a, T: FromRow + 'a>(
    server: &Server,
    sql: &'static str,
    nest: &'static Nest<T>,
    members: fn(&T) -> usize,
) -> Step<'a> {
    let mut connection = Connection::open(&server.options()).unwrap();
    Box::new(move || {
        let found = nest_many(&mut connection, Query::new("account::groups", sql, &[]), nest).unwrap();
        assert_eq!(black_box(found).iter().map(members).sum::<usize>() as u32, ROWS);
    })
}

fn flat<'a, T: FromRow>(server: &Server, sql: &'static str) -> Step<'a> {
    let mut connection = Connection::open(&server.options()).unwrap();
    Box::new(move || {
        let rows: Vec<T> = fetch_many(&mut connection, Query::new("account::rows", sql, &[])).unwrap();
        assert_eq!(black_box(rows).len() as u32, ROWS);
    })
}
