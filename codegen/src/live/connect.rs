//! Finds the server and connects, and explains itself where that fails. A password goes from the options to the
//! driver and nowhere else.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use mysql::{DriverError, Opts, OptsBuilder, UrlError};

use crate::catalog::Family;
use crate::config::Database;
use crate::error::{Error, Result};

use super::{option_file, session};

/// How to reach a server. `Debug` and `Display` show everything but the password.
#[derive(Clone)]
pub struct ConnectOptions {
    opts: Opts,
}

/// A connection whose session is prepared for reading the schema.
pub struct Connection {
    pub(super) conn: mysql::Conn,
    pub(super) family: Family,
    pub(super) version: (u16, u16, u16),
    /// The schema connected to.
    pub(super) schema: String,
}

impl Connection {
    /// MySQL or MariaDB.
    pub fn family(&self) -> Family {
        self.family
    }

    /// The name of the schema (database) connected to.
    pub fn schema(&self) -> &str {
        &self.schema
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("family", &self.family)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl ConnectOptions {
    /// From `mysql://user:password@host:port/database`; `mariadb://` means the same. Parts with special characters
    /// are percent-encoded. The driver's parameters, such as `?socket=`, are understood.
    pub fn from_url(url: &str) -> Result<Self> {
        let url = url.trim();
        let url = match url.strip_prefix("mariadb://") {
            Some(rest) => format!("mysql://{rest}"),
            None => url.to_owned(),
        };
        let opts = Opts::from_url(&url).map_err(|error| url_error(&url, &error))?;
        // With a socket in sight the driver would leave the host that was asked for.
        let prefer_socket = opts.get_socket().is_some();
        Self::checked(OptsBuilder::from_opts(opts).prefer_socket(prefer_socket))
    }

    /// From groups of an option file (my.cnf), later groups winning over earlier ones.
    pub fn from_option_file(path: &Path, groups: &[String]) -> Result<Self> {
        let found = option_file::read(path, groups)?;
        let mut builder = OptsBuilder::new()
            .ip_or_hostname(Some(found.host.unwrap_or_else(|| "127.0.0.1".to_owned())))
            .tcp_port(found.port.unwrap_or(3306))
            .user(found.user)
            .pass(found.password)
            .db_name(found.database)
            .prefer_socket(found.socket.is_some());
        if let Some(socket) = found.socket {
            builder = builder.socket(Some(socket));
        }
        Self::checked(builder)
            .map_err(|error| error.help(format!("the options are those of {}", path.display())))
    }

    /// As `[database]` of the configuration says: the environment variable first, then the option file.
    pub fn from_config(database: &Database, env: impl Fn(&str) -> Option<String>) -> Result<Self> {
        if let Some(url) = env(&database.url_env).filter(|url| !url.trim().is_empty()) {
            return Self::from_url(&url)
                .map_err(|error| error.help(format!("the URL is that of ${}", database.url_env)));
        }
        match &database.option_file {
            Some(path) => Self::from_option_file(path, &database.option_groups),
            None => Err(Error::new(format!(
                "no database to talk to: the environment variable {} is not set",
                database.url_env
            ))
            .help(format!(
                "set it, as in {}=mysql://user:password@127.0.0.1:3306/database, or name an option file under \
                 [database] in porpoise.toml",
                database.url_env
            ))),
        }
    }

    fn checked(builder: OptsBuilder) -> Result<Self> {
        let opts: Opts = builder.into();
        if opts.get_db_name().is_none() {
            return Err(Error::new("no database is named")
                .help("end the URL with one, as in mysql://user:password@host:3306/database"));
        }
        let timeout = opts.get_tcp_connect_timeout().unwrap_or(Duration::from_secs(10));
        Ok(Self { opts: OptsBuilder::from_opts(opts).tcp_connect_timeout(Some(timeout)).into() })
    }
}

impl fmt::Display for ConnectOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.opts.get_user().unwrap_or("(no user)");
        let database = self.opts.get_db_name().unwrap_or_default();
        match self.opts.get_socket() {
            Some(socket) => write!(f, "database `{database}` at socket {socket} as user `{user}`"),
            None => write!(
                f,
                "database `{database}` at {}:{} as user `{user}`",
                self.opts.get_ip_or_hostname(),
                self.opts.get_tcp_port(),
            ),
        }
    }
}

impl fmt::Debug for ConnectOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConnectOptions({self})")
    }
}

/// Connects, finds out which server it is, and pins the session to what reading the schema needs.
pub fn connect(options: &ConnectOptions) -> Result<Connection> {
    let conn = mysql::Conn::new(options.opts.clone()).map_err(|error| connect_error(options, error))?;
    session::open(conn)
}

/// Whether what the driver took for a parameter's name cannot be a part of a password: in `mysql://user:1?secret@host`
/// it reads a host, a port and a parameter.
fn is_parameter(url: &str, name: &str) -> bool {
    let server = url.split('?').next().unwrap_or_default();
    server.contains('@') && name.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-'))
}

/// The driver's own text of a URL error may quote what was between `:` and `@`, so the text is ours.
fn url_error(url: &str, error: &UrlError) -> Error {
    let what = match error {
        UrlError::UnknownParameter(name) if !is_parameter(url, name) => {
            "one of its parameters is unknown".to_owned()
        }
        UrlError::UnsupportedScheme(_) => "it does not begin with mysql:// or mariadb://".to_owned(),
        UrlError::UnknownParameter(name) => format!("its parameter `{name}` is unknown"),
        UrlError::InvalidValue(name, _) => format!("the value of its parameter `{name}` is not valid"),
        UrlError::FeatureRequired(_, name) => {
            format!("its parameter `{name}` needs TLS or another part that is not built in")
        }
        UrlError::InvalidPoolConstraints { .. } => "its pool parameters contradict each other".to_owned(),
        UrlError::ParseError(_) | UrlError::BadUrl => "it cannot be read".to_owned(),
    };
    Error::new(format!("the database URL is not valid: {what}")).help(
        "write mysql://user:password@host:port/database, with special characters of the password percent-encoded \
         (`@` as %40, `:` as %3A, `/` as %2F, `%` as %25)",
    )
}

/// Errors of the server at connect and what to check. None of their texts shows a password.
const SERVER_HELP: &[(u16, &str)] = &[
    (1040, "the server is at its limit of connections: try again, or raise max_connections"),
    (1044, "the account may not use this database: grant it, or check the database's name"),
    (1045, "check user and password, and from which hosts the account may connect"),
    (1049, "create the database, or check its name"),
    (1129, "too many failed attempts came from this host: run FLUSH HOSTS on the server"),
    (1130, "the server has no account for connections from this host"),
    (1203, "the account is at its limit of connections: close some, or raise max_user_connections"),
    (1226, "the account is at its limit of connections or queries"),
    (1698, "this account logs in by the system user only: use an account with a password"),
    (3159, "the server takes only encrypted connections from this account"),
];

fn connect_error(options: &ConnectOptions, error: mysql::Error) -> Error {
    let (what, help) = match error {
        mysql::Error::MySqlError(error) => {
            let help = SERVER_HELP.iter().find(|(code, _)| *code == error.code).map(|(_, help)| *help);
            (format!("{} (error {})", error.message, error.code), help.unwrap_or_default())
        }
        mysql::Error::DriverError(DriverError::CouldNotConnect(Some((_, what, _)))) => {
            (what, "check that the server runs there, and that host and port are right")
        }
        mysql::Error::DriverError(DriverError::CouldNotConnect(None)) => {
            ("no connection".to_owned(), "check that the server runs there, and that host and port are right")
        }
        mysql::Error::DriverError(DriverError::ConnectTimeout | DriverError::Timeout) => (
            "no answer in time".to_owned(),
            "check that the server runs there, and that no firewall is between",
        ),
        mysql::Error::DriverError(error) => (error.to_string(), ""),
        mysql::Error::IoError(error) => {
            (error.to_string(), "check that the server runs there, and that host and port are right")
        }
        mysql::Error::CodecError(error) => {
            (error.to_string(), "check that a MySQL or MariaDB server listens there")
        }
        // What else there is depends on the driver's features, and its Debug output is not for people.
        _ => ("the driver could not open a session".to_owned(), ""),
    };
    let error = Error::new(format!("cannot connect to {options}: {what}"));
    if help.is_empty() { error } else { error.help(help) }
}

#[cfg(test)]
mod tests {
    use super::ConnectOptions;

    #[test]
    fn neither_debug_nor_display_shows_the_password() {
        let options = ConnectOptions::from_url("mysql://ada:hunter2@db.example:3307/shop").unwrap();
        assert_eq!(options.to_string(), "database `shop` at db.example:3307 as user `ada`");
        assert!(!format!("{options:?}").contains("hunter2"));
    }

    #[test]
    fn errors_of_the_url_show_none_of_its_values() {
        for url in [
            "ada:hunter2@db.example/shop",
            "hunter2://db.example/shop",
            "mysql://ada:hunter2@db.example:port/shop",
            "mysql://ada:hunter2@",
            "mysql://ada:hunter2@db.example",
            "mysql://db.example/shop?tcp_connect_timeout_ms=hunter2",
            "mysql://ada:hunter2@db.example/shop?surprise=hunter2",
            "mysql://ada:hun/ter2@db.example/shop",
        ] {
            let error = ConnectOptions::from_url(url).unwrap_err().to_string();
            assert!(!error.contains("hunter2") && !error.contains("ter2"), "{url}: {error}");
            assert!(error.contains("help: "), "{error}");
        }
    }

    #[test]
    fn a_mariadb_url_is_a_mysql_url() {
        let options = ConnectOptions::from_url("mariadb://ada@127.0.0.1/shop").unwrap();
        assert_eq!(options.to_string(), "database `shop` at 127.0.0.1:3306 as user `ada`");
    }

    #[test]
    fn the_environment_wins_over_the_option_file_and_both_may_be_missing() {
        let mut database = crate::config::Database::default();
        let url = |_: &str| Some("mysql://ada@127.0.0.1/shop".to_owned());
        assert!(ConnectOptions::from_config(&database, url).is_ok());
        let error = ConnectOptions::from_config(&database, |_| None).unwrap_err().to_string();
        assert!(
            error.starts_with("no database to talk to: the environment variable DATABASE_URL is not set")
        );
        database.option_file = Some("no/such/my.cnf".into());
        let error = ConnectOptions::from_config(&database, |_| None).unwrap_err().to_string();
        assert!(error.contains("no/such/my.cnf"), "{error}");
    }
}
