//! A database for the time of a test or an example, so that it touches nothing else on the server. Knows nothing of what
//! is in it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::connection::Connection;
use crate::error::Result;
use crate::options::Options;
use crate::schema::Family;

/// A database with a name of its own, dropped with all that is in it when this value is.
#[derive(Debug)]
pub struct TemporaryDatabase {
    server: Options,
    name: String,
    family: Family,
}

impl TemporaryDatabase {
    /// Creates the database on the server of a URL, whose user must be allowed to, and runs the statements of
    /// `schema` in it.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses one of the statements.
    pub fn create(url: &str, schema: &str) -> Result<Self> {
        Self::create_on(Options::from_url(url)?, schema)
    }

    /// The same on the server of these options.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn create_on(server: Options, schema: &str) -> Result<Self> {
        let name = unique_name();
        let mut connection = Connection::open(&server)?;
        connection.execute_raw_sql(&format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"))?;
        // From here on the database is dropped whatever goes wrong.
        let database = Self { server, name, family: connection.family() };
        if !schema.is_empty() {
            Connection::open(&database.options())?.execute_raw_sql(schema)?;
        }
        Ok(database)
    }

    /// How to connect to it.
    pub fn options(&self) -> Options {
        self.server.clone().database(&self.name)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What kind of server it is on.
    pub fn family(&self) -> Family {
        self.family
    }
}

impl Drop for TemporaryDatabase {
    fn drop(&mut self) {
        let dropped = Connection::open(&self.server).and_then(|mut connection| {
            connection.execute_raw_sql(&format!("DROP DATABASE IF EXISTS {}", self.name))
        });
        if let Err(error) = dropped {
            eprintln!("the database {} could not be dropped: {error}", self.name);
        }
    }
}

/// Unlike the name of any other process or thread, now or before.
fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("porpoise_{}_{}_{count}", std::process::id(), now.as_micros())
}
