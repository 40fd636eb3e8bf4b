//! How a command finds its server: the URL of the command line, an option file, or the configuration.

use std::path::PathBuf;

use porpoise_codegen::catalog::Server;
use porpoise_codegen::live::{ConnectOptions, Connection, connect};
use porpoise_codegen::{Database, Error, Result};

use crate::progress;

/// The options that name the server.
#[derive(clap::Args)]
pub(crate) struct ServerArguments {
    /// The server: mysql://user:password@host:3306/database. Better kept in the environment variable that
    /// porpoise.toml names, since other users of this machine can read command lines.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// An option file of the MySQL clients to take host, user and password from.
    #[arg(long, value_name = "FILE", conflicts_with = "url")]
    option_file: Option<PathBuf>,
}

impl ServerArguments {
    /// Whether the command line names a server.
    pub(crate) fn given(&self) -> bool {
        self.url.is_some() || self.option_file.is_some()
    }

    /// A connection to the server.
    pub(crate) fn connect(&self, database: &Database) -> Result<Connection> {
        let options = match (&self.url, &self.option_file) {
            (Some(url), _) => ConnectOptions::from_url(url)?,
            (None, Some(path)) => ConnectOptions::from_option_file(path, &database.option_groups)?,
            (None, None) => ConnectOptions::from_config(database, |name| std::env::var(name).ok())?,
        };
        progress::during(&format!("Connecting to {options}"), || connect(&options))
    }
}

/// The two families differ in types and syntax, so that a snapshot of one says nothing about the other.
pub(crate) fn same_family(connection: &Connection, snapshot: &Server) -> Result<()> {
    let (live, kept) = (connection.family(), snapshot.family);
    if live == kept {
        return Ok(());
    }
    Err(Error::new(format!("the snapshot is of {}, and the server is {}", kept.as_str(), live.as_str())).help(
        "connect to a server of the same kind; to move the project to the other one, remove the snapshot and run \
         `porpoise pull`",
    ))
}
