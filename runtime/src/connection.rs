//! A connection, alone or from a pool. Knows transactions and raw SQL; how statements run is the session's business.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::executor::Lease;
use crate::options::Options;
use crate::pool::Home;
use crate::schema::Family;
use crate::session::{self, ExecResult, Session};
use crate::transaction::{Attempt, ReadTransaction, Transaction, TransactionOptions};

/// A connection to the server. From a pool, it goes back there when dropped; opened alone, it is closed.
pub struct Connection {
    /// Taken only by `drop`.
    session: Option<Session>,
    home: Option<Home>,
}

impl Connection {
    /// Opens a connection outside of any pool.
    ///
    /// # Errors
    /// When the server cannot be reached within the connect time-out, or refuses.
    pub fn open(options: &Options) -> Result<Self> {
        Ok(Self { session: Some(session::connect_within(options)?), home: None })
    }

    pub(crate) fn pooled(session: Session, home: Home) -> Self {
        Self { session: Some(session), home: Some(home) }
    }

    fn held(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The session, outside of any transaction: one whose guard was leaked is rolled back first.
    pub(crate) fn session(&mut self) -> Result<&mut Session> {
        let session = self.transaction_session()?;
        if session.transaction().depth > 0 {
            session.end_transaction("ROLLBACK")?;
        }
        Ok(session)
    }

    /// The session as it is, for the guard of a transaction that owns the connection.
    pub(crate) fn transaction_session(&mut self) -> Result<&mut Session> {
        self.session.as_mut().ok_or_else(|| Error::usage("the connection is closed"))
    }

    /// Begins a transaction; dropped without [`commit`](Transaction::commit) it is rolled back.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn begin(&mut self) -> Result<Transaction<'_>> {
        self.begin_with(&TransactionOptions::new())
    }

    /// Begins a transaction with an isolation level and so on.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn begin_with(&mut self, options: &TransactionOptions) -> Result<Transaction<'_>> {
        Transaction::start(Lease::Borrowed(self.session()?), options)
    }

    /// Begins a transaction that can only read, which the type knows as well as the server.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn begin_read(&mut self, options: &TransactionOptions) -> Result<ReadTransaction<'_>> {
        ReadTransaction::start(Lease::Borrowed(self.session()?), options)
    }

    /// Runs a closure in a transaction: commits on `Ok`, rolls back on `Err` and on a panic. The closure must bear to be
    /// run again from its start.
    ///
    /// # Errors
    /// Those of the closure; those of the server in beginning and committing.
    pub fn transaction<T, E, F>(&mut self, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: FnMut(&mut Transaction<'_>) -> Result<T, E>,
    {
        self.transaction_with(&TransactionOptions::new(), work)
    }

    /// As [`transaction`](Self::transaction), with an isolation level and so on.
    ///
    /// # Errors
    /// Those of the closure; those of the server in beginning and committing.
    pub fn transaction_with<T, E, F>(&mut self, options: &TransactionOptions, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: FnMut(&mut Transaction<'_>) -> Result<T, E>,
    {
        let mut work = work;
        options.attempts(false, |count| Attempt::make(count, || self.begin_with(options), &mut work))
    }

    /// Runs SQL as it stands, without checks and without parameters: several statements are allowed, and rows they give
    /// are read and dropped. For schema set-up and administration; never put data into the text.
    ///
    /// # Errors
    /// When the server refuses one of the statements; those before it have been run.
    pub fn execute_raw_sql(&mut self, sql: &str) -> Result<ExecResult> {
        self.session()?.run_script(sql).map_err(Error::without_server_text)
    }

    /// It goes out to a caller who waited so long, for one statement or for as many as it likes.
    pub(crate) fn handed_out(&mut self, waited: Duration, single: bool) {
        if let Some(session) = &mut self.session {
            session.handed_out(waited, single);
        }
    }

    /// It is not to be used again.
    pub(crate) fn give_up(&mut self) {
        if let Some(session) = &mut self.session {
            session.poison();
        }
    }

    /// Sets how long a statement may take on this connection, until it goes back to its pool; see
    /// [`Options::statement_timeout`].
    pub fn set_statement_timeout(&mut self, limit: Option<Duration>) {
        if let Some(session) = &mut self.session {
            session.set_statement_timeout(limit);
        }
    }

    /// Asks the server for a sign of life, by a statement.
    ///
    /// # Errors
    /// When it gives none.
    pub fn ping(&mut self) -> Result<()> {
        self.session()?.validate()
    }

    /// The family of the server.
    pub fn family(&self) -> Family {
        // A connection holds its session until it is dropped.
        self.held().map_or(Family::MySql, Session::family)
    }

    /// What the server says of its version, as `10.11.6-MariaDB`.
    pub fn server_version(&self) -> &str {
        self.held().map_or("", Session::version)
    }

    /// The server's number for this connection, as in `KILL` and the process list.
    pub fn id(&self) -> u32 {
        self.held().map_or(0, Session::connection_id)
    }
}

/// A session that is new or was reset, for [`Options::after_connect`]. It runs generated functions and raw SQL.
pub struct Setup<'c>(&'c mut Session);

impl<'c> Setup<'c> {
    pub(crate) fn new(session: &'c mut Session) -> Self {
        Self(session)
    }

    pub(crate) fn session(&mut self) -> Result<&mut Session> {
        Ok(self.0)
    }

    /// As [`Connection::execute_raw_sql`]; what it sets belongs to the session from now on.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn execute_raw_sql(&mut self, sql: &str) -> Result<ExecResult> {
        self.0.run_script(sql).map_err(Error::without_server_text)
    }

    /// The family of the server.
    pub fn family(&self) -> Family {
        self.0.family()
    }

    /// What the server says of its version.
    pub fn server_version(&self) -> &str {
        self.0.version()
    }

    /// The server's number for this connection.
    pub fn id(&self) -> u32 {
        self.0.connection_id()
    }
}

impl fmt::Debug for Setup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Setup").field(&self.0).finish()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let (Some(session), Some(home)) = (self.session.take(), self.home.take()) {
            home.take_back(session);
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("session", &self.session)
            .field("pooled", &self.home.is_some())
            .finish()
    }
}

/// Connections move between threads.
const _: fn() = || {
    fn sends<T: Send>() {}
    sends::<Connection>();
    sends::<Arc<Connection>>();
};
