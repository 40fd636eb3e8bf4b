//! Servers to test against, and databases of their own for tests.

use std::sync::atomic::{AtomicU32, Ordering};

use mysql::Opts;
use mysql::prelude::Queryable;
use porpoise_codegen::Schema;
use porpoise_codegen::catalog::{Catalog, Column, Family, Table};
use porpoise_codegen::live::{self, ConnectOptions, Connection};

/// The URLs of the servers. A server is left out only when the environment says so.
pub(crate) fn servers() -> Vec<(Family, String)> {
    let without = |name: &str| std::env::var(name).is_ok_and(|value| value == "1");
    if without("PORPOISE_TEST_WITHOUT_SERVERS") {
        eprintln!("PORPOISE_TEST_WITHOUT_SERVERS=1: not tested on any server");
        return Vec::new();
    }
    let mut servers = vec![(Family::MariaDb, url("DATABASE_URL_MARIADB", "PORPOISE_TEST_WITHOUT_SERVERS"))];
    if without("PORPOISE_TEST_WITHOUT_MYSQL") {
        eprintln!("PORPOISE_TEST_WITHOUT_MYSQL=1: not tested on MySQL");
    } else {
        servers.push((Family::MySql, url("DATABASE_URL_MYSQL", "PORPOISE_TEST_WITHOUT_MYSQL")));
    }
    servers
}

fn url(variable: &str, without: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set: run `cargo xtask test`, set it to a server's URL, or set {without}=1")
    })
}

/// Only the server of one family, if it is there.
pub(crate) fn server(family: Family) -> Vec<(Family, String)> {
    servers().into_iter().filter(|(of, _)| *of == family).collect()
}

/// A database that exists as long as this does.
pub(crate) struct Database {
    pub(crate) name: String,
    /// A URL that ends with the database.
    pub(crate) url: String,
    conn: mysql::Conn,
}

impl Database {
    /// Creates an empty database and runs the statements in it.
    pub(crate) fn new(url: &str, statements: &[&str]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        // With a quote and a space in it, so that every test is one of hostile names too.
        let name = format!("porpoise live`{} {number}", std::process::id());
        let base = url.split('?').next().unwrap();
        let (server, _) = base.rsplit_once('/').unwrap();
        let encoded = name.replace('`', "%60").replace(' ', "%20");
        let mut conn = mysql::Conn::new(Opts::from_url(url).unwrap()).unwrap();
        let quoted = quote(&name);
        conn.query_drop(format!("CREATE DATABASE {quoted} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"))
            .unwrap();
        conn.query_drop(format!("USE {quoted}")).unwrap();
        let mut database = Self { name, url: format!("{server}/{encoded}"), conn };
        database.run(statements);
        database
    }

    pub(crate) fn run(&mut self, statements: &[&str]) {
        for statement in statements {
            self.conn.query_drop(statement).unwrap_or_else(|error| panic!("{error}\n{statement}"));
        }
    }

    pub(crate) fn count(&mut self, query: &str) -> u64 {
        self.conn.query_first(query).unwrap().unwrap()
    }

    pub(crate) fn connect(&self) -> Connection {
        live::connect(&ConnectOptions::from_url(&self.url).unwrap()).unwrap()
    }

    pub(crate) fn catalog(&self) -> Catalog {
        self.catalog_with(&Schema::default())
    }

    pub(crate) fn catalog_with(&self, schema: &Schema) -> Catalog {
        live::introspect(&mut self.connect(), schema).unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let dropped = self.conn.query_drop(format!("DROP DATABASE {}", quote(&self.name)));
        if let (Err(error), false) = (dropped, std::thread::panicking()) {
            panic!("{error}");
        }
    }
}

pub(crate) fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[track_caller]
pub(crate) fn table<'a>(catalog: &'a Catalog, name: &str) -> &'a Table {
    catalog.table(None, name).unwrap_or_else(|| panic!("no table {name}"))
}

#[track_caller]
pub(crate) fn column<'a>(catalog: &'a Catalog, of: &str, name: &str) -> &'a Column {
    table(catalog, of).column(name).unwrap_or_else(|| panic!("no column {of}.{name}"))
}
