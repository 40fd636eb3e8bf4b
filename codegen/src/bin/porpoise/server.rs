//! How a command finds its server: the URL of the command line, an option file, or the configuration.

use std::path::PathBuf;

use porpoise_codegen::live::{ConnectOptions, Connection, connect};
use porpoise_codegen::{Database, Result};

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
