//! Everything that can be chosen about connections and pools, from a builder, a URL or an option file. Turns into the
//! driver's options in one place; prints without its password.

mod file;
mod hooks;
mod hosts;
mod named;
mod observing;
mod tls;
mod url;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use mysql::OptsBuilder;

use crate::connection::{Connection, Setup};
use crate::error::driver::FileRefused;
use crate::error::{Error, Result};
use crate::pool::Config;
use crate::schema::{Family, Schema};
use crate::session::Pins;

pub(crate) use hooks::Hooks;
pub use hooks::PoolEvent;
pub(crate) use hosts::{Host, Hosts};
use tls::Tls;
pub use tls::TlsMode;

/// How to connect, what sessions are pinned to, and how a pool behaves.
///
/// | option | default |
/// |---|---|
/// | host, port | `localhost`, 3306 |
/// | TLS | [`TlsMode::Disabled`] |
/// | connect time-out | 10 s, over resolving, connecting, TLS and log-in together |
/// | read and write time-out | none |
/// | statement time-out | none |
/// | acquire time-out of a pool | 30 s, over waiting, connecting and validation together |
/// | `max_size`, `min_idle`, `overflow` | 10, 0, 0 |
/// | idle time-out, lifetime | 10 min, 30 min |
/// | validation | after 5 s of idling |
/// | longest statement and reply | what the server says |
/// | statement cache | 100 statements for each connection |
/// | slow and repeated queries | not looked for |
#[derive(Clone)]
pub struct Options {
    hosts: Hosts,
    socket: Option<PathBuf>,
    user: Option<String>,
    password: Option<Secret>,
    database: Option<String>,
    tls: Tls,
    server_key: Option<PathBuf>,
    compress: bool,
    connect_timeout: Duration,
    read_timeout: Option<Duration>,
    write_timeout: Option<Duration>,
    statement_timeout: Option<Duration>,
    statement_cache: usize,
    max_packet: Option<usize>,
    schema: Option<Schema>,
    sql_mode: Option<String>,
    collation: Option<String>,
    max_size: usize,
    min_idle: usize,
    overflow: usize,
    acquire_timeout: Duration,
    idle_timeout: Option<Duration>,
    max_lifetime: Option<Duration>,
    validate_after: Duration,
    leak_after: Option<Duration>,
    hooks: Hooks,
}

/// A password, which no Debug prints.
#[derive(Clone)]
struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            hosts: Hosts::one("localhost".to_owned(), 3306),
            socket: None,
            user: None,
            password: None,
            database: None,
            tls: Tls::default(),
            server_key: None,
            compress: false,
            connect_timeout: Duration::from_secs(10),
            read_timeout: None,
            write_timeout: None,
            statement_timeout: None,
            statement_cache: 100,
            max_packet: None,
            schema: None,
            sql_mode: None,
            collation: None,
            max_size: 10,
            min_idle: 0,
            overflow: 0,
            acquire_timeout: Duration::from_secs(30),
            idle_timeout: Some(Duration::from_secs(600)),
            max_lifetime: Some(Duration::from_secs(1800)),
            validate_after: Duration::from_secs(5),
            leak_after: None,
            hooks: Hooks::default(),
        }
    }
}

impl Options {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// From `mysql://user:password@host:port/database?option=value` (or `mariadb://`; parts percent-encoded). Several
    /// hosts stand side by side, as `db1:3306,db2:3307`; see [`hosts`](Self::hosts).
    ///
    /// Options: `socket`, `ssl-mode` (`disabled`, `required`, `verify-ca`, `verify-identity`), `ssl-ca`, `ssl-cert`,
    /// `ssl-key`, `server-key`, `compress`, `collation`, `sql-mode`, `statement-cache`, `max-packet`, `connect-timeout`,
    /// `read-timeout`, `write-timeout`, `acquire-timeout`, `idle-timeout`, `max-lifetime`, `validate-after` (seconds, or
    /// `500ms`, `30s`, `5m`, `1h`), `max-size`, `min-idle`, `overflow`. `_` may stand for `-`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`]; the text never quotes the URL.
    pub fn from_url(url: &str) -> Result<Self> {
        url::parse(url)
    }

    /// From the groups (as `client`) of an option file in the form of `my.cnf`, with `!include` and `!includedir`. A
    /// later group or line overrides an earlier one; what is not about connecting is passed over, because such files
    /// serve many programs. A path may begin with `~/`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] with file and line; the text never quotes a value.
    pub fn from_option_file(path: impl Into<PathBuf>, groups: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        options.read_option_file(path, groups)?;
        Ok(options)
    }

    /// Takes over what an option file says, as [`from_option_file`](Self::from_option_file).
    ///
    /// # Errors
    /// As there.
    pub fn read_option_file(&mut self, path: impl Into<PathBuf>, groups: &[&str]) -> Result<()> {
        file::read(self, &path.into(), groups)
    }

    /// The host's name or address: the one server to connect to.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.hosts = Hosts::one(host.into(), self.hosts.first().port());
        self
    }

    /// The TCP port, of all hosts.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.hosts = self.hosts.at_port(port);
        self
    }

    /// Servers of which one takes the writes at a time, with their ports, the preferred one first. Each new connection
    /// goes to the first that can be reached and is not read only; if all are read only, to the first of them. The
    /// connect time-out is shared out among them. An empty list changes nothing.
    ///
    /// When a server turns read only (error 1290, 1836, or 1792 outside of a read-only transaction), the statement
    /// fails, and no connection made before is used again. When one breaks, the idle ones are tried before they are used.
    #[must_use]
    pub fn hosts<H: Into<String>>(mut self, hosts: impl IntoIterator<Item = (H, u16)>) -> Self {
        if let Some(hosts) = Hosts::of(hosts.into_iter().map(|(name, port)| (name.into(), port))) {
            self.hosts = hosts;
        }
        self
    }

    /// A Unix socket, instead of host and port.
    #[must_use]
    pub fn socket(mut self, path: impl Into<PathBuf>) -> Self {
        self.socket = Some(path.into());
        self
    }

    /// The user.
    #[must_use]
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// The password. It is never printed.
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(Secret(password.into()));
        self
    }

    /// The database that names without a database are looked up in.
    #[must_use]
    pub fn database(mut self, database: impl Into<String>) -> Self {
        self.database = Some(database.into());
        self
    }

    /// Whether to encrypt, and what to check. Other than `Disabled` needs the feature `rustls`.
    #[must_use]
    pub fn tls(mut self, mode: TlsMode) -> Self {
        self.tls.mode = mode;
        self
    }

    /// A file of certificates (PEM or DER) to trust besides the well-known ones.
    #[must_use]
    pub fn tls_ca(mut self, path: impl Into<PathBuf>) -> Self {
        self.tls.ca = Some(path.into());
        self
    }

    /// The client's certificate chain and key, for servers that ask for them.
    #[must_use]
    pub fn tls_identity(mut self, certificate: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        self.tls.certificate = Some(certificate.into());
        self.tls.key = Some(key.into());
        self
    }

    /// The server's RSA public key (PEM), with which a password is encrypted where there is no TLS. Without it the key
    /// is taken from the server, whoever that is.
    #[must_use]
    pub fn server_key(mut self, path: impl Into<PathBuf>) -> Self {
        self.server_key = Some(path.into());
        self
    }

    /// Compresses the traffic.
    #[must_use]
    pub fn compress(mut self, compress: bool) -> Self {
        self.compress = compress;
        self
    }

    /// How long connecting may take, with log-in and all.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long the server may keep silent in a statement. Past it the connection is given up; the statement may go on
    /// in the server.
    #[must_use]
    pub fn read_timeout(mut self, limit: Option<Duration>) -> Self {
        self.read_timeout = limit;
        self
    }

    /// How long sending may take.
    #[must_use]
    pub fn write_timeout(mut self, limit: Option<Duration>) -> Self {
        self.write_timeout = limit;
        self
    }

    /// How long a statement may take until its result is there. Past it the server is told to stop it, by KILL QUERY
    /// from a connection beside; the statement fails with [`ErrorKind::StatementTimeout`](crate::ErrorKind::StatementTimeout), and the connection and its
    /// transaction live on. Should the server not answer at all, only [`read_timeout`](Self::read_timeout) helps.
    #[must_use]
    pub fn statement_timeout(mut self, limit: Option<Duration>) -> Self {
        self.statement_timeout = limit;
        self
    }

    /// How many prepared statements each connection keeps.
    #[must_use]
    pub fn statement_cache(mut self, statements: usize) -> Self {
        self.statement_cache = statements;
        self
    }

    /// The longest statement that is sent and the longest row or other reply that is taken, in bytes, from 1 KiB to
    /// 1 GiB. `None` takes the server's word for it (`max_allowed_packet`, at most 1 GiB in an honest server), which
    /// leaves the memory of this process to whoever answers.
    #[must_use]
    pub fn max_packet(mut self, bytes: Option<usize>) -> Self {
        self.max_packet = bytes;
        self
    }

    /// What the generated code was checked against: sessions are pinned to it, and a server of the other family is
    /// refused.
    #[must_use]
    pub fn schema(mut self, schema: &Schema) -> Self {
        self.schema = Some(*schema);
        self
    }

    /// The `sql_mode` of sessions; overrides the schema's.
    #[must_use]
    pub fn sql_mode(mut self, mode: impl Into<String>) -> Self {
        self.sql_mode = Some(mode.into());
        self
    }

    /// The collation of sessions, of utf8mb4; overrides the schema's.
    #[must_use]
    pub fn collation(mut self, collation: impl Into<String>) -> Self {
        self.collation = Some(collation.into());
        self
    }

    /// How many connections a pool keeps at most.
    #[must_use]
    pub fn max_size(mut self, connections: usize) -> Self {
        self.max_size = connections;
        self
    }

    /// How many idle connections a pool keeps ready.
    #[must_use]
    pub fn min_idle(mut self, connections: usize) -> Self {
        self.min_idle = connections;
        self
    }

    /// How many connections a pool may open beyond `max_size` when callers wait; they are closed when they come back.
    #[must_use]
    pub fn overflow(mut self, connections: usize) -> Self {
        self.overflow = connections;
        self
    }

    /// How long [`Pool::get`](crate::Pool::get) may take.
    #[must_use]
    pub fn acquire_timeout(mut self, limit: Duration) -> Self {
        self.acquire_timeout = limit;
        self
    }

    /// After how long an idle connection above `min_idle` is closed.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Option<Duration>) -> Self {
        self.idle_timeout = limit;
        self
    }

    /// The greatest age of a connection. Each gets up to a fifth less, by chance, so that they do not all end together.
    #[must_use]
    pub fn max_lifetime(mut self, limit: Option<Duration>) -> Self {
        self.max_lifetime = limit;
        self
    }

    /// A connection that idled longer is validated before it is handed out.
    #[must_use]
    pub fn validate_after(mut self, idle: Duration) -> Self {
        self.validate_after = idle;
        self
    }

    /// Calls a function at what happens in a pool. It must be quick, and not use the pool.
    #[must_use]
    pub fn on_pool_event(mut self, hook: impl Fn(&PoolEvent) + Send + Sync + 'static) -> Self {
        self.hooks.on_pool_event(hook);
        self
    }

    /// Calls a function with each new connection, and with each that was reset: for settings that the session is to
    /// have. Should it fail, the connection is given up and the error is that of connecting.
    #[must_use]
    pub fn after_connect(
        mut self,
        hook: impl Fn(&mut Setup<'_>) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.hooks.after_connect(hook);
        self
    }

    /// Calls a function with each connection that a pool hands out. Should it fail, the connection is closed and its
    /// error goes to whoever asked. What it leaves in the session is reset when the connection comes back.
    #[must_use]
    pub fn before_hand_out(
        mut self,
        hook: impl Fn(&mut Connection) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.hooks.before_hand_out(hook);
        self
    }

    /// A connection that is out of its pool for longer is told of as [`PoolEvent::LeakSuspected`].
    #[must_use]
    pub fn leak_after(mut self, limit: Option<Duration>) -> Self {
        self.leak_after = limit;
        self
    }

    pub(crate) fn connect_limit(&self) -> Duration {
        self.connect_timeout
    }

    pub(crate) fn acquire_limit(&self) -> Duration {
        self.acquire_timeout
    }

    pub(crate) fn pool_sizes(&self) -> (usize, usize) {
        (self.max_size, self.overflow)
    }

    pub(crate) fn schema_ref(&self) -> Option<&Schema> {
        self.schema.as_ref()
    }

    pub(crate) fn statement_limit(&self) -> Option<Duration> {
        self.statement_timeout
    }

    pub(crate) fn hooks(&self) -> &Hooks {
        &self.hooks
    }

    pub(crate) fn leak_limit(&self) -> Option<Duration> {
        self.leak_after
    }

    pub(crate) fn uses_socket(&self) -> bool {
        self.socket.is_some()
    }

    pub(crate) fn hosts_ref(&self) -> &Hosts {
        &self.hosts
    }

    /// The same for one of the hosts alone.
    pub(crate) fn only(&self, host: &Arc<Host>) -> Self {
        Self { hosts: Hosts::only(host), ..self.clone() }
    }

    /// Whom queries are said to be asked of.
    pub(crate) fn server_name(&self) -> String {
        match &self.socket {
            Some(path) => path.display().to_string(),
            None => self.hosts.first().to_string(),
        }
    }

    /// Is the certificate compared with the host's name, so that the driver must know it?
    pub(crate) fn verifies_host(&self) -> bool {
        self.tls.mode == TlsMode::VerifyIdentity
    }

    pub(crate) fn tls_provider(&self) {
        self.tls.install_provider();
    }

    /// What sessions with a server of this family are pinned to.
    pub(crate) fn pins(&self, family: Family) -> Pins {
        let schema_collation =
            self.schema.as_ref().map(|schema| schema.collation).filter(|name| !name.is_empty());
        Pins {
            sql_mode: self.sql_mode.clone().or_else(|| self.schema.map(|schema| schema.sql_mode.to_owned())),
            collation: self
                .collation
                .clone()
                .unwrap_or_else(|| schema_collation.unwrap_or(family.default_collation()).to_owned()),
        }
    }

    pub(crate) fn pool_config(&self) -> Result<Config> {
        if self.max_size == 0 {
            return Err(Error::configuration("max_size must be at least 1"));
        }
        if self.min_idle > self.max_size {
            return Err(Error::configuration(format!(
                "min_idle ({}) must not be more than max_size ({})",
                self.min_idle, self.max_size
            )));
        }
        Ok(Config {
            max_size: self.max_size,
            overflow: self.overflow,
            min_idle: self.min_idle,
            idle_timeout: self.idle_timeout,
            max_lifetime: self.max_lifetime,
            validate_after: self.validate_after,
            job_timeout: self.connect_timeout,
            retry_after: Duration::from_secs(1),
        })
    }

    /// Is the connection encrypted, if there is one?
    pub(crate) fn uses_tls(&self) -> bool {
        self.tls.mode != TlsMode::Disabled && self.socket.is_none()
    }

    /// The driver's options, but for the address.
    pub(crate) fn driver_options(&self) -> Result<OptsBuilder> {
        let socket = match &self.socket {
            Some(path) => Some(path.to_str().ok_or_else(|| {
                Error::configuration("the path of the socket is not UTF-8, which the driver needs")
            })?),
            None => None,
        };
        Ok(OptsBuilder::new()
            .ip_or_hostname(Some(self.hosts.first().name()))
            .tcp_port(self.hosts.first().port())
            .socket(socket)
            // The driver would go around the address it was given when it finds a socket.
            .prefer_socket(false)
            .user(self.user.as_deref())
            .pass(self.password.as_ref().map(|password| password.0.as_str()))
            .db_name(self.database.as_deref())
            .ssl_opts(self.tls.driver_options()?)
            .server_key_path(self.server_key.clone())
            .compress(self.compress.then(mysql::Compression::default))
            .tcp_connect_timeout(Some(self.connect_timeout))
            .read_timeout(self.read_timeout)
            .write_timeout(self.write_timeout)
            .stmt_cache_size(self.statement_cache)
            .max_allowed_packet(self.max_packet)
            // Said as a default, because all that the driver asks about is whether these are set.
            .enable_cleartext_plugin(false)
            .secure_auth(true)
            .local_infile_handler(Some(mysql::LocalInfileHandler::new(|_, _| {
                Err(std::io::Error::other(FileRefused))
            }))))
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("hosts", &self.hosts)
            .field("socket", &self.socket)
            .field("user", &self.user)
            .field("password", &self.password)
            .field("database", &self.database)
            .field("tls", &self.tls)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .field("write_timeout", &self.write_timeout)
            .field("sql_mode", &self.sql_mode)
            .field("collation", &self.collation)
            .field("max_size", &self.max_size)
            .field("min_idle", &self.min_idle)
            .field("overflow", &self.overflow)
            .field("acquire_timeout", &self.acquire_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_lifetime", &self.max_lifetime)
            .field("validate_after", &self.validate_after)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_password() {
        let options = Options::new().user("app").password("s3cret-canary");
        let text = format!("{options:?}");
        assert!(text.contains("app") && !text.contains("canary"), "{text}");
    }

    #[test]
    fn sizes_that_do_not_fit_together_are_refused() {
        assert!(Options::new().max_size(0).pool_config().is_err());
        assert!(Options::new().max_size(2).min_idle(3).pool_config().is_err());
    }

    #[test]
    fn pins_come_from_options_then_schema_then_family() {
        let schema = Schema {
            family: Family::MariaDb,
            sql_mode: "ANSI",
            collation: "utf8mb4_bin",
            fingerprint: "",
            tables: "",
        };
        let pins = Options::new().schema(&schema).pins(Family::MariaDb);
        assert_eq!((pins.sql_mode.as_deref(), pins.collation.as_str()), (Some("ANSI"), "utf8mb4_bin"));
        let pins = Options::new().schema(&schema).collation("utf8mb4_unicode_ci").pins(Family::MariaDb);
        assert_eq!(pins.collation, "utf8mb4_unicode_ci");
        let pins = Options::new().pins(Family::MySql);
        assert_eq!((pins.sql_mode, pins.collation.as_str()), (None, "utf8mb4_0900_ai_ci"));
    }
}
