//! What every test needs: the servers, a database of its own, and the `porpoise` command.

mod command;
mod folder;

use porpoise::{Family, Pool, Schema};
use porpoise_examples::TemporaryDatabase;

pub(crate) use command::{Ran, cargo, porpoise, run};
pub(crate) use folder::{Folder, repository};

/// Where the server of a family is. `None` only if whoever runs the tests said to go without it.
///
/// # Panics
/// If the variable is missing: a test that did not run must not look like one that passed.
pub(crate) fn url(family: Family) -> Option<String> {
    let (variable, without) = match family {
        Family::MariaDb => ("DATABASE_URL_MARIADB", None),
        Family::MySql => ("DATABASE_URL_MYSQL", Some("PORPOISE_TEST_WITHOUT_MYSQL")),
    };
    if let Ok(url) = std::env::var(variable) {
        return Some(url);
    }
    let without_servers = Some("PORPOISE_TEST_WITHOUT_SERVERS");
    for leave in [without, without_servers].into_iter().flatten() {
        if std::env::var_os(leave).is_some_and(|value| value == "1") {
            eprintln!("not run on {family}: {leave}=1");
            return None;
        }
    }
    panic!(
        "{variable} is not set. `cargo xtask test` starts servers and runs all tests; your own server is \
         {variable}=mysql://user:password@host:port/database. PORPOISE_TEST_WITHOUT_SERVERS=1 goes without servers, \
         PORPOISE_TEST_WITHOUT_MYSQL=1 without MySQL."
    );
}

/// The URL of another database on the same server.
pub(crate) fn url_of_database(url: &str, database: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, None), |(address, query)| (address, Some(query)));
    let start = address.find("://").map_or(0, |scheme| scheme + 3);
    let end = address[start..].find('/').map_or(address.len(), |slash| start + slash);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{database}{query}", &address[..end])
}

/// A database with these tables, and a pool of connections to it that is pinned to `schema`.
pub(crate) struct Database {
    /// The pool is closed before the database is dropped.
    pub(crate) pool: Pool,
    pub(crate) temporary: TemporaryDatabase,
    /// With the name of this database.
    pub(crate) url: String,
}

impl Database {
    /// `None` if there is no such server and that is said to be fine.
    pub(crate) fn create(family: Family, tables: &str, schema: &Schema) -> Option<Self> {
        let url = url(family)?;
        let temporary = TemporaryDatabase::create(&url, tables).expect("a database of our own");
        let pool = Pool::new(temporary.options().schema(schema)).expect("a pool");
        let url = url_of_database(&url, temporary.name());
        Some(Self { pool, temporary, url })
    }

    /// Runs SQL that no query file holds.
    #[track_caller]
    pub(crate) fn sql(&self, sql: &str) {
        let mut connection = self.pool.get().expect("a connection");
        connection.execute_raw_sql(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }
}
