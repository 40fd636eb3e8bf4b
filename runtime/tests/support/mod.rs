//! Real servers for the tests of the runtime: a database of its own for each test, dropped at its end.
//!
//! The servers come from `DATABASE_URL_MARIADB` and `DATABASE_URL_MYSQL`. A missing one fails the test, unless
//! `PORPOISE_TEST_WITHOUT_SERVERS=1` (or `PORPOISE_TEST_WITHOUT_MYSQL=1`) says loudly that this is meant.
#![allow(dead_code, reason = "each test program uses its own part of this module")]

pub(crate) mod hostile;
pub(crate) mod local_files;
pub(crate) mod proxy;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use porpoise::__codegen::{Query, exec, fetch_many, fetch_one};
use porpoise::{Connection, Encode, Family, FromRow, Options, Pool, Write};

/// A fresh database on a server.
pub(crate) struct Database {
    pub(crate) family: Family,
    pub(crate) name: String,
    url: String,
}

impl Database {
    /// Options for this database.
    pub(crate) fn options(&self) -> Options {
        Options::from_url(&self.url).expect("the URL of the test server").database(&self.name)
    }

    /// A connection of its own.
    pub(crate) fn connect(&self) -> Connection {
        Connection::open(&self.options()).expect("a connection to the test server")
    }

    /// A small pool.
    pub(crate) fn pool(&self) -> Pool {
        Pool::new(self.options().max_size(2)).expect("a pool")
    }

    /// Host, port, user and password of the URL.
    pub(crate) fn login(&self) -> (String, String, String, String) {
        let (_, rest) = self.url.split_once("://").expect("a URL");
        let (login, rest) = rest.rsplit_once('@').expect("a user in the URL");
        let (user, password) = login.split_once(':').unwrap_or((login, ""));
        let address = rest.split(['/', '?']).next().expect("an address");
        let (host, port) = address.rsplit_once(':').unwrap_or((address, "3306"));
        [host, port, user, password].map(decoded).into()
    }
}

fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().expect("split gives a first part").as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("percent-encoding"));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Runs a test on a fresh database of a server, and drops the database whatever happens.
pub(crate) fn with(family: Family, test: impl Fn(&Database)) {
    let Some(url) = url(family) else { return };
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let since = std::time::UNIX_EPOCH.elapsed().expect("a clock after 1970").as_micros();
    let name = format!("porpoise_runtime_{}_{number}_{since}", std::process::id());
    let mut admin = Connection::open(&Options::from_url(&url).expect("a URL")).expect("the test server");
    assert_eq!(admin.family(), family, "the URL leads to a server of the other family");
    admin.execute_raw_sql(&format!("CREATE DATABASE {name} CHARACTER SET utf8mb4")).expect("a database");
    let database = Database { family, name, url };
    let result = catch_unwind(AssertUnwindSafe(|| test(&database)));
    let dropped = admin.execute_raw_sql(&format!("DROP DATABASE {}", database.name));
    if let Err(panic) = result {
        resume_unwind(panic);
    }
    dropped.expect("the database is dropped");
}

fn url(family: Family) -> Option<String> {
    let (variable, without) = match family {
        Family::MariaDb => ("DATABASE_URL_MARIADB", None),
        Family::MySql => ("DATABASE_URL_MYSQL", Some("PORPOISE_TEST_WITHOUT_MYSQL")),
    };
    let set = |name: &str| std::env::var(name).is_ok_and(|value| value == "1");
    match std::env::var(variable) {
        Ok(url) if !url.is_empty() => Some(url),
        _ if set("PORPOISE_TEST_WITHOUT_SERVERS") || without.is_some_and(set) => {
            eprintln!("NOT TESTED on {family}: {variable} is not set");
            None
        }
        _ => panic!(
            "{variable} is not set. `cargo xtask test` starts servers and sets it; or set it to a server of your own, or \
             PORPOISE_TEST_WITHOUT_SERVERS=1 to leave out everything that needs a server"
        ),
    }
}

/// Makes a test of each function for each server: `mariadb::name` and `mysql::name`.
#[macro_export]
macro_rules! on_both_servers {
    ($($(#[$meta:meta])* fn $name:ident($database:ident: &Database) $body:block)*) => {
        $($(#[$meta])* fn $name($database: &$crate::support::Database) $body)*

        mod mariadb {
            $(#[test] fn $name() { $crate::support::with(porpoise::Family::MariaDb, super::$name) })*
        }

        mod mysql {
            $(#[test] fn $name() { $crate::support::with(porpoise::Family::MySql, super::$name) })*
        }
    };
}

/// Runs a statement as generated code does.
pub(crate) fn run(db: impl Write, sql: &'static str, values: &[&dyn Encode]) -> porpoise::Result<()> {
    exec(db, Query::new("test::run", sql, values))
}

/// Reads rows as generated code does.
pub(crate) fn rows<T: FromRow>(db: impl Write, sql: &'static str, values: &[&dyn Encode]) -> Vec<T> {
    fetch_many(db, Query::new("test::rows", sql, values)).expect(sql)
}

/// Reads one row as generated code does.
pub(crate) fn row<T: FromRow>(db: impl Write, sql: &'static str, values: &[&dyn Encode]) -> T {
    fetch_one(db, Query::new("test::row", sql, values)).expect(sql)
}
