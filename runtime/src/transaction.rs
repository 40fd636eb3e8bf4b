//! Transactions as guards: rolled back when dropped, savepoints within, latched when the server has rolled back already.
//! The state that outlives a guard stands in the session.

use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::executor::Lease;
use crate::session::{Session, TransactionState};

/// How far a transaction is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Isolation {
    /// Sees what others have not committed.
    ReadUncommitted,
    /// Each statement sees what is committed when it starts.
    ReadCommitted,
    /// All statements see one snapshot; the servers' default.
    RepeatableRead,
    /// Reads lock.
    Serializable,
}

impl Isolation {
    fn sql(self) -> &'static str {
        match self {
            Self::ReadUncommitted => "SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED",
            Self::ReadCommitted => "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
            Self::RepeatableRead => "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            Self::Serializable => "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        }
    }
}

/// How to begin a transaction. What is not set is the server's default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransactionOptions {
    isolation: Option<Isolation>,
    read_only: bool,
    consistent_snapshot: bool,
}

impl TransactionOptions {
    /// The server's defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the isolation level, for this transaction alone.
    #[must_use]
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = Some(isolation);
        self
    }

    /// Lets the server refuse writes.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Takes the snapshot at once, not at the first read.
    #[must_use]
    pub fn consistent_snapshot(mut self) -> Self {
        self.consistent_snapshot = true;
        self
    }

    fn start(&self) -> &'static str {
        match (self.consistent_snapshot, self.read_only) {
            (false, false) => "START TRANSACTION",
            (false, true) => "START TRANSACTION READ ONLY",
            (true, false) => "START TRANSACTION WITH CONSISTENT SNAPSHOT",
            (true, true) => "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
        }
    }
}

/// An open transaction, or a savepoint within one. Rolled back when dropped.
///
/// After an error that made the server roll back (a deadlock), every later statement and [`commit`](Self::commit) fail
/// with [`ErrorKind::TransactionAborted`]: the server would run them outside of any transaction.
pub struct Transaction<'c> {
    lease: Lease<'c>,
    /// 1 for the transaction itself, more for savepoints.
    depth: u32,
    finished: bool,
}

impl<'c> Transaction<'c> {
    pub(crate) fn start(mut lease: Lease<'c>, options: &TransactionOptions) -> Result<Self> {
        let session = lease.session()?;
        if let Some(isolation) = options.isolation {
            session.control(isolation.sql())?;
        }
        if let Err(error) = session.control(options.start()) {
            // The level would be that of the next transaction.
            session.mark_dirty();
            return Err(error);
        }
        *session.transaction() = TransactionState { depth: 1, aborted: None };
        Ok(Self { lease, depth: 1, finished: false })
    }

    pub(crate) fn nested(session: &'c mut Session) -> Result<Self> {
        let depth = session.transaction().depth + 1;
        session.control(&format!("SAVEPOINT {}", savepoint(depth)))?;
        session.transaction().depth = depth;
        Ok(Self { lease: Lease::Borrowed(session), depth, finished: false })
    }

    /// The session, at this guard's depth: what a leaked savepoint did is undone first.
    pub(crate) fn session(&mut self) -> Result<&mut Session> {
        let depth = self.depth;
        let session = match &mut self.lease {
            Lease::Borrowed(session) => &mut **session,
            Lease::Owned(connection) => connection.transaction_session()?,
        };
        if session.transaction().depth > depth {
            session.roll_back_to(depth + 1)?;
        }
        Ok(session)
    }

    /// Begins a savepoint; dropped without [`commit`](Self::commit) what was done in it is undone.
    ///
    /// # Errors
    /// When the server refuses, or the transaction is aborted.
    pub fn begin(&mut self) -> Result<Transaction<'_>> {
        Transaction::nested(self.session()?)
    }

    /// Runs a closure in a savepoint: keeps what it did on `Ok`, undoes it on `Err` and on a panic.
    ///
    /// # Errors
    /// Those of the closure; those of the server in setting and releasing the savepoint.
    pub fn transaction<T, E, F>(&mut self, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: FnMut(&mut Transaction<'_>) -> Result<T, E>,
    {
        self.begin()?.run(work)
    }

    pub(crate) fn run<T, E, F>(mut self, mut work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: FnMut(&mut Transaction<'_>) -> Result<T, E>,
    {
        match work(&mut self) {
            Ok(value) => {
                self.commit()?;
                Ok(value)
            }
            Err(error) => {
                // The closure's error is the one to tell; a rollback that fails gives the connection up.
                let _ = self.rollback();
                Err(error)
            }
        }
    }

    /// Commits; a savepoint is released into what surrounds it.
    ///
    /// # Errors
    /// [`ErrorKind::TransactionAborted`] when the server had rolled back before. [`ErrorKind::CommitUnknown`] when the
    /// reply was lost: the transaction may have been committed, and must not be run again unseen. Else nothing was
    /// committed.
    pub fn commit(mut self) -> Result<()> {
        let depth = self.depth;
        let session = self.session()?;
        if depth > 1 {
            session.control(&format!("RELEASE SAVEPOINT {}", savepoint(depth)))?;
            session.transaction().depth = depth - 1;
            self.finished = true;
            return Ok(());
        }
        if session.transaction().aborted.is_some() {
            // Says what aborted it; dropping the guard then ends it.
            return session.control("COMMIT");
        }
        let committed = session.commit();
        self.finished = true;
        committed
    }

    /// Rolls back; a savepoint's work alone.
    ///
    /// # Errors
    /// When the connection breaks, which rolls back as well.
    pub fn rollback(mut self) -> Result<()> {
        self.finished = true;
        self.undo()
    }

    fn undo(&mut self) -> Result<()> {
        let depth = self.depth;
        let session = self.session()?;
        if depth > 1 { session.roll_back_to(depth) } else { session.end_transaction("ROLLBACK") }
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.finished {
            // A rollback that fails poisons the session, and closing the connection rolls back.
            let _ = self.undo();
        }
    }
}

impl fmt::Debug for Transaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("depth", &self.depth).finish_non_exhaustive()
    }
}

/// A transaction that can only read: a write through it does not compile, and the server would refuse it as well.
///
/// ```compile_fail,E0277
/// fn rename(db: impl porpoise::Write) {}
/// fn wrong(tx: &mut porpoise::ReadTransaction<'_>) {
///     rename(tx);
/// }
/// ```
pub struct ReadTransaction<'c>(Transaction<'c>);

impl<'c> ReadTransaction<'c> {
    pub(crate) fn start(lease: Lease<'c>, options: &TransactionOptions) -> Result<Self> {
        Transaction::start(lease, &options.clone().read_only()).map(Self)
    }

    pub(crate) fn session(&mut self) -> Result<&mut Session> {
        self.0.session()
    }

    /// Ends the transaction. Dropping it does the same and cannot tell of errors.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn finish(self) -> Result<()> {
        self.0.commit()
    }
}

impl fmt::Debug for ReadTransaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadTransaction").finish_non_exhaustive()
    }
}

fn savepoint(depth: u32) -> String {
    format!("porpoise_{depth}")
}

impl Session {
    /// Ends the transaction whatever its state, so that the next statement runs outside of it.
    pub(crate) fn end_transaction(&mut self, sql: &str) -> Result<()> {
        *self.transaction() = TransactionState::default();
        let ended = self.control(sql);
        if ended.is_err() {
            // Whether the server still holds a transaction is not known: nobody may go on with this session.
            self.poison();
        }
        ended
    }

    fn commit(&mut self) -> Result<()> {
        if self.is_broken() {
            let error = self.control("COMMIT").err();
            return Err(error.unwrap_or_else(|| Error::new(ErrorKind::ConnectionLost)));
        }
        *self.transaction() = TransactionState::default();
        let Err(error) = self.control("COMMIT") else { return Ok(()) };
        let fate_unknown = matches!(
            error.kind(),
            ErrorKind::ConnectionLost
                | ErrorKind::Protocol
                | ErrorKind::ServerShutdown
                | ErrorKind::ServerNotReady
                | ErrorKind::Interrupted
                | ErrorKind::StatementTimeout
        );
        if fate_unknown {
            self.poison();
            return Err(Error::new(ErrorKind::CommitUnknown).source(error));
        }
        // The server refused and may still hold the transaction; if it cannot be ended the session is given up.
        let _ = self.end_transaction("ROLLBACK");
        Err(error)
    }

    /// Undoes everything since the savepoint of a depth, and forgets it.
    fn roll_back_to(&mut self, depth: u32) -> Result<()> {
        self.transaction().depth = depth - 1;
        if self.transaction().aborted.is_some() {
            // There is no savepoint any more; the outermost guard ends the transaction.
            return Ok(());
        }
        let name = savepoint(depth);
        let undone = self
            .control(&format!("ROLLBACK TO SAVEPOINT {name}"))
            .and_then(|()| self.control(&format!("RELEASE SAVEPOINT {name}")));
        if undone.is_err() {
            // What the savepoint did is still there and must not be committed.
            self.transaction().aborted.get_or_insert(ErrorKind::TransactionAborted);
        }
        undone
    }
}
