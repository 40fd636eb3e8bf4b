//! A database of our own on a server: created, filled from a script, and dropped at the end. Knows nothing of the
//! queries that will run in it.

use std::sync::atomic::{AtomicU32, Ordering};

use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder};
use porpoise_codegen::catalog::{Catalog, Family, Server};
use porpoise_codegen::live::{self, ConnectOptions, Connection};
use porpoise_codegen::{Schema, analyze};

use crate::{Result, script};

/// Where a server is.
#[derive(Clone)]
pub(crate) struct Host {
    /// What it is.
    pub(crate) family: Family,
    /// With a password in it, and so never printed.
    url: String,
}

/// The environment variables that name servers, and what is expected there.
const VARIABLES: [(&str, Family); 2] =
    [("DATABASE_URL_MARIADB", Family::MariaDb), ("DATABASE_URL_MYSQL", Family::MySql)];

/// The servers that the environment names.
pub(crate) fn hosts() -> Vec<Host> {
    VARIABLES
        .iter()
        .filter_map(|(variable, family)| {
            let url = std::env::var(variable).ok().filter(|url| !url.trim().is_empty())?;
            Some(Host { family: *family, url })
        })
        .collect()
}

/// A database that lasts as long as this value, with a connection for the generator and one for us.
pub(crate) struct Database {
    name: String,
    /// For PREPARE, as a build would do it.
    pub(crate) live: Connection,
    /// For executing.
    pub(crate) conn: Conn,
    /// What the generator reads of the schema, with its views resolved.
    pub(crate) catalog: Catalog,
}

impl Database {
    /// Creates a database and runs the script in it.
    pub(crate) fn new(host: &Host, script: &str) -> Result<Database> {
        Self::create(host, script, false)
    }

    /// The same, and goes without the views that the server does not take.
    pub(crate) fn lenient(host: &Host, script: &str) -> Result<Database> {
        Self::create(host, script, true)
    }

    fn create(host: &Host, script: &str, lenient: bool) -> Result<Database> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("porpoise_oracle_{}_{number}", std::process::id());
        let opts = OptsBuilder::from_opts(Opts::from_url(&host.url)?).prefer_socket(false);
        let mut conn = Conn::new(opts)?;
        conn.query_drop(format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"))?;
        let filled = fill(&mut conn, host, &name, script, lenient);
        let (live, catalog) = match filled {
            Ok(both) => both,
            Err(error) => {
                conn.query_drop(format!("DROP DATABASE {name}"))?;
                return Err(error);
            }
        };
        let mut database = Database { name, live, conn, catalog };
        database.pin()?;
        Ok(database)
    }

    /// Sets our own session as generated code has it, with a limit for what takes too long.
    pub(crate) fn pin(&mut self) -> Result<()> {
        let Server { family, sql_mode, collation, .. } = &self.catalog.server;
        let limit = match family {
            Family::MySql => "SET SESSION max_execution_time = 1000",
            Family::MariaDb => "SET SESSION max_statement_time = 1",
        };
        self.conn.query_drop(limit)?;
        self.conn.query_drop(format!("SET NAMES utf8mb4 COLLATE {collation}"))?;
        self.conn
            .query_drop("SET SESSION time_zone = '+00:00', lc_messages = 'en_US', foreign_key_checks = 0")?;
        self.conn.exec_drop("SET SESSION sql_mode = ?", (sql_mode.join(","),))?;
        Ok(())
    }

    /// Allows what strict mode forbids, for loading.
    pub(crate) fn relax(&mut self) -> Result<()> {
        self.conn.query_drop("SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'")?;
        Ok(())
    }
}

fn fill(
    conn: &mut Conn,
    host: &Host,
    name: &str,
    script: &str,
    lenient: bool,
) -> Result<(Connection, Catalog)> {
    conn.query_drop(format!("USE {name}"))?;
    conn.query_drop("SET SESSION foreign_key_checks = 0")?;
    for statement in script::statements(script, host.family) {
        match conn.query_drop(&statement) {
            Ok(()) => {}
            Err(mysql::Error::MySqlError(_)) if lenient && statement.starts_with("CREATE VIEW") => {}
            Err(error) => return Err(format!("the schema does not load: {error}\n{statement}").into()),
        }
    }
    let base = host.url.split('?').next().unwrap_or_default();
    let (server, _) = base.rsplit_once('/').ok_or("the URL names no database")?;
    let mut live = live::connect(&ConnectOptions::from_url(&format!("{server}/{name}"))?)?;
    if live.family() != host.family {
        return Err(format!("the variable for {} names another server", host.family.as_str()).into());
    }
    let mut catalog = live::introspect(&mut live, &Schema::default())?;
    analyze::resolve_views(&mut catalog);
    Ok((live, catalog))
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Err(error) = self.conn.query_drop(format!("DROP DATABASE {}", self.name)) {
            eprintln!("oracle: cannot drop the database {}: {error}", self.name);
        }
    }
}
