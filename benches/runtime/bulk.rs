//! Many rows written in one call, on one connection. Everybody writes into a table of their own, which only grows.

use std::io::Write as _;

use mysql::prelude::Queryable;
use mysql::{LocalInfileHandler, TxOpts};
use porpoise::__codegen::{Arguments, Bulk, Column, arguments, bulk};
use porpoise::{BulkMethod, BulkOptions, Connection};

use crate::measure::{Comparison, Contender, Effort, Step, compare};
use crate::server::Server;

const FEW: u32 = 5_000;
const MANY: u32 = 50_000;

/// As the generator writes it.
const BATCH: Bulk = Bulk::rows(
    "reading::record",
    "INSERT INTO reading_ours (id, sensor, celsius, note) VALUES ",
    "(?, ?, ?, ?)",
    "",
);
const COPY: Bulk = Bulk::copy(
    "reading::load",
    "reading_ours",
    &[Column::text("id"), Column::text("sensor"), Column::text("celsius"), Column::text("note")],
);

struct Reading {
    id: u32,
    sensor: String,
    celsius: f64,
    note: Option<String>,
}

fn readings(from: u32, count: u32) -> impl Iterator<Item = Reading> + Send {
    (from..from + count).map(|id| Reading {
        id,
        sensor: format!("sensor {}", id % 100),
        celsius: f64::from(id % 400) / 10.0,
        note: id.is_multiple_of(3).then(|| "checked by hand".to_owned()),
    })
}

/// `:batch` beside one INSERT after the other, in a transaction.
pub(crate) fn batch(server: &Server) -> Comparison {
    tables(server);
    compare(
        "5,000 rows by :batch",
        &Effort { rounds: 5, steps: 3, operations: 1 },
        &[
            Contender::ours(|| ours(server, BATCH, FEW, None)),
            Contender::other("mysql, single INSERTs in a transaction", 0.2, || {
                let mut conn = server.conn();
                let mut next = last(&mut conn, "reading_hand") + 1;
                Box::new(move || {
                    let mut tx = conn.start_transaction(TxOpts::default()).unwrap();
                    let insert = tx
                        .prep("INSERT INTO reading_hand (id, sensor, celsius, note) VALUES (?, ?, ?, ?)")
                        .unwrap();
                    for row in readings(next, FEW) {
                        tx.exec_drop(&insert, (row.id, &row.sensor, row.celsius, &row.note)).unwrap();
                    }
                    tx.commit().unwrap();
                    next += FEW;
                })
            }),
        ],
    )
}

/// `:copyfrom` beside LOAD DATA by hand.
pub(crate) fn copy(server: &Server) -> Comparison {
    tables(server);
    let takes: Option<bool> = server.conn().query_first("SELECT @@GLOBAL.local_infile").unwrap();
    assert_eq!(takes, Some(true), "the server takes no files: SET GLOBAL local_infile = 1");
    compare(
        "50,000 rows by :copyfrom",
        &Effort { rounds: 5, steps: 3, operations: 1 },
        &[
            Contender::ours(|| ours(server, COPY, MANY, Some(BulkMethod::LoadData))),
            Contender::other("mysql, LOAD DATA LOCAL by hand", 1.1, || {
                let mut conn = server.conn();
                let mut next = last(&mut conn, "reading_hand") + 1;
                Box::new(move || {
                    let from = next;
                    conn.set_local_infile_handler(Some(LocalInfileHandler::new(move |_, file| {
                        for row in readings(from, MANY) {
                            let note = row.note.as_deref().unwrap_or("\\N");
                            writeln!(file, "{}\t{}\t{}\t{note}", row.id, row.sensor, row.celsius)?;
                        }
                        Ok(())
                    })));
                    conn.query_drop(
                        "LOAD DATA LOCAL INFILE 'rows' INTO TABLE reading_hand CHARACTER SET utf8mb4 \
                         (id, sensor, celsius, note)",
                    )
                    .unwrap();
                    assert_eq!(conn.affected_rows(), u64::from(MANY));
                    next += MANY;
                })
            }),
        ],
    )
}

fn ours<'a>(server: &Server, statement: Bulk, count: u32, method: Option<BulkMethod>) -> Step<'a> {
    let mut next = last(&mut server.conn(), "reading_ours") + 1;
    let mut connection = Connection::open(&server.options()).unwrap();
    let row = |row: &Reading| -> Arguments { arguments(&[&row.id, &row.sensor, &row.celsius, &row.note]) };
    Box::new(move || {
        let options = &mut BulkOptions::new();
        let written = bulk(&mut connection, statement, readings(next, count), row, options).unwrap();
        assert_eq!(written.rows, u64::from(count));
        assert!(method.is_none_or(|method| written.method == Some(method)), "{:?}", written.method);
        next += count;
    })
}

fn tables(server: &Server) {
    let mut conn = server.conn();
    for table in ["reading_ours", "reading_hand"] {
        conn.query_drop(format!("DROP TABLE IF EXISTS {table}")).unwrap();
        conn.query_drop(format!(
            "CREATE TABLE {table} (id INT UNSIGNED PRIMARY KEY, sensor VARCHAR(20) NOT NULL, \
             celsius DOUBLE NOT NULL, note VARCHAR(100)) ENGINE = InnoDB"
        ))
        .unwrap();
    }
}

fn last(conn: &mut mysql::Conn, table: &str) -> u32 {
    conn.query_first(format!("SELECT COALESCE(MAX(id), 0) FROM {table}")).unwrap().unwrap_or(0)
}
