//! A database of our own on each server, with the same rows; the row types as generated code has them.

use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder};

pub(crate) const ROWS: u32 = 10_000;

pub(crate) struct Server {
    pub(crate) name: &'static str,
    url: String,
    database: String,
}

/// What the benchmarks read.
#[derive(Debug, PartialEq)]
pub(crate) struct Account {
    pub(crate) id: u32,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) score: i64,
    pub(crate) weight: f64,
    pub(crate) note: Option<String>,
}

impl porpoise::FromRow for Account {
    const COLUMNS: usize = 6;

    fn from_row(row: &mut porpoise::Row<'_>) -> porpoise::Result<Self> {
        Ok(Self {
            id: row.get()?,
            username: row.get()?,
            email: row.get()?,
            score: row.get()?,
            weight: row.get()?,
            note: row.get()?,
        })
    }
}

/// By hand, by position.
pub(crate) fn account(mut row: mysql::Row) -> Account {
    Account {
        id: row.take(0).unwrap(),
        username: row.take(1).unwrap(),
        email: row.take(2).unwrap(),
        score: row.take(3).unwrap(),
        weight: row.take(4).unwrap(),
        note: row.take(5).unwrap(),
    }
}

impl Server {
    /// The servers of `DATABASE_URL_MARIADB` and `DATABASE_URL_MYSQL`.
    pub(crate) fn all() -> Vec<Self> {
        [("MariaDB", "DATABASE_URL_MARIADB"), ("MySQL", "DATABASE_URL_MYSQL")]
            .into_iter()
            .filter_map(|(name, variable)| match std::env::var(variable) {
                Ok(url) => Some(Self::fill(name, url)),
                Err(_) => {
                    eprintln!("NOT MEASURED on {name}: {variable} is not set");
                    None
                }
            })
            .collect()
    }

    fn fill(name: &'static str, url: String) -> Self {
        let server = Self { name, url, database: format!("porpoise_bench_{}", std::process::id()) };
        let mut conn = Conn::new(Opts::from_url(&server.url).unwrap()).unwrap();
        conn.query_drop(format!("CREATE DATABASE {} CHARACTER SET utf8mb4", server.database)).unwrap();
        let mut conn = server.conn();
        conn.query_drop(
            "CREATE TABLE account (id INT UNSIGNED PRIMARY KEY, username VARCHAR(40) NOT NULL, \
             email VARCHAR(120) NOT NULL, score BIGINT NOT NULL, weight DOUBLE NOT NULL, note VARCHAR(200))",
        )
        .unwrap();
        let mut tx = conn.start_transaction(mysql::TxOpts::default()).unwrap();
        tx.exec_batch(
            "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?)",
            (1..=ROWS).map(|id| {
                let note = (id % 3 != 0).then(|| format!("a note on number {id}, of some length"));
                (id, format!("user{id}"), format!("user{id}@example.org"), i64::from(id) * 7, 0.5, note)
            }),
        )
        .unwrap();
        tx.commit().unwrap();
        server
    }

    pub(crate) fn options(&self) -> porpoise::Options {
        porpoise::Options::from_url(&self.url).unwrap().database(&self.database)
    }

    pub(crate) fn driver_options(&self) -> OptsBuilder {
        OptsBuilder::from_opts(Opts::from_url(&self.url).unwrap())
            .db_name(Some(self.database.clone()))
            .prefer_socket(false)
    }

    pub(crate) fn conn(&self) -> Conn {
        Conn::new(self.driver_options()).unwrap()
    }

    pub(crate) fn sqlx_options(&self) -> sqlx::mysql::MySqlConnectOptions {
        let options: sqlx::mysql::MySqlConnectOptions = self.url.parse().unwrap();
        options.database(&self.database).ssl_mode(sqlx::mysql::MySqlSslMode::Disabled)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut conn = self.conn();
        conn.query_drop(format!("DROP DATABASE {}", self.database)).unwrap();
    }
}
