//! Transactions as guards: rolled back when dropped, savepoints within, latched when the server has rolled back already.
//! The state that outlives a guard stands in the session.

mod after;
mod retry;

use std::fmt;
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};
use crate::executor::Lease;
use crate::observe::TransactionSpan;
use crate::session::{ExecResult, Session, TransactionState, transaction_over};

pub(crate) use after::Afterwards;
pub use retry::Retry;

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
    retry: Retry,
    timeout: Option<Duration>,
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

    /// Sets when a closure is run again as a whole. A transaction that is begun and committed by hand never is.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets how long all of it may take. Past it the running statement is stopped on the server, and neither another one
    /// nor COMMIT is sent: they fail with [`ErrorKind::StatementTimeout`], and dropping the guard rolls back. Each
    /// attempt at a closure has the whole time.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Makes attempts until one counts. `reconnects`: the next attempt gets another connection.
    pub(crate) fn attempts<T, E>(
        &self,
        reconnects: bool,
        mut attempt: impl FnMut(u32) -> Attempt<T, E>,
    ) -> Result<T, E> {
        let span = TransactionSpan::new();
        let mut count = 1;
        let (result, undone_by) = loop {
            match span.within(|| attempt(count)) {
                Attempt::Ended(result) => break (result, None),
                Attempt::Undone(error, reason) => match self.retry.pause_after(count, reason, reconnects) {
                    Some(pause) => std::thread::sleep(pause),
                    None => break (Err(error), Some(reason)),
                },
            }
            count += 1;
        };
        span.end(count, undone_by);
        result
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

/// How one attempt at a transaction ended.
pub(crate) enum Attempt<T, E> {
    /// For good.
    Ended(Result<T, E>),
    /// Nothing of it is left, for this reason: it may be run again.
    Undone(E, ErrorKind),
}

impl<T, E: From<Error>> Attempt<T, E> {
    /// Begins a transaction and runs the closure in it; `count` says for which time.
    pub(crate) fn make<'t>(
        count: u32,
        begin: impl FnOnce() -> Result<Transaction<'t>>,
        work: &mut impl FnMut(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Self {
        match begin() {
            Ok(mut transaction) => {
                if let Some(session) = transaction.raw_session() {
                    session.transaction().attempt = count;
                }
                transaction.attempt(work)
            }
            Err(error) => {
                let reason = error.kind();
                Attempt::Undone(error.into(), reason)
            }
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
        let deadline = options.timeout.and_then(|limit| Instant::now().checked_add(limit));
        *session.transaction() = TransactionState {
            depth: 1,
            read_only: options.read_only,
            deadline,
            ..TransactionState::default()
        };
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
        let mut work = work;
        match self.begin()?.attempt(&mut work) {
            Attempt::Ended(result) => result,
            // A savepoint alone cannot be run again: what undid it undid the transaction.
            Attempt::Undone(error, _) => Err(error),
        }
    }

    fn attempt<T, E: From<Error>>(
        mut self,
        work: &mut impl FnMut(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Attempt<T, E> {
        match work(&mut self) {
            Ok(value) => {
                let aborted = self.undone_by();
                match self.commit() {
                    Ok(()) => Attempt::Ended(Ok(value)),
                    Err(error) => {
                        let reason = aborted.unwrap_or(error.kind());
                        Attempt::Undone(error.into(), reason)
                    }
                }
            }
            Err(error) => {
                let reason = self.undone_by().or_else(|| self.last_failure());
                // The closure's error is the one to tell; a rollback that fails gives the connection up.
                let _ = self.rollback();
                match reason {
                    Some(reason) => Attempt::Undone(error, reason),
                    None => Attempt::Ended(Err(error)),
                }
            }
        }
    }

    /// Why the server has undone the transaction, if it has.
    fn undone_by(&mut self) -> Option<ErrorKind> {
        self.raw_session().and_then(|session| session.transaction().aborted)
    }

    /// How the last statement failed, if it did.
    fn last_failure(&mut self) -> Option<ErrorKind> {
        self.raw_session().and_then(|session| session.transaction().failed)
    }

    fn raw_session(&mut self) -> Option<&mut Session> {
        match &mut self.lease {
            Lease::Borrowed(session) => Some(&mut **session),
            Lease::Owned(connection) => connection.transaction_session().ok(),
        }
    }

    /// Has something done once the transaction is committed: the outermost one, when this is a savepoint. It is dropped
    /// when what it belongs to is rolled back, and when nobody knows ([`ErrorKind::CommitUnknown`]).
    pub fn after_commit(&mut self, work: impl FnOnce() + Send + 'static) {
        let depth = self.depth;
        if let Some(session) = self.raw_session() {
            session.afterwards().on_commit(depth, Box::new(work));
        }
    }

    /// Has something done once this transaction or savepoint is rolled back, for whatever reason. It is dropped when the
    /// transaction is committed, and when nobody knows ([`ErrorKind::CommitUnknown`]).
    pub fn after_rollback(&mut self, work: impl FnOnce() + Send + 'static) {
        let depth = self.depth;
        if let Some(session) = self.raw_session() {
            session.afterwards().on_rollback(depth, Box::new(work));
        }
    }

    /// Runs SQL as it stands; see [`Connection::execute_raw_sql`](crate::Connection::execute_raw_sql).
    ///
    /// # Errors
    /// When the server refuses. [`ErrorKind::ImplicitCommit`] when a statement in it, such as CREATE TABLE, has committed
    /// what was done before: the transaction is over, and every later statement through it fails.
    pub fn execute_raw_sql(&mut self, sql: &str) -> Result<ExecResult> {
        let session = self.session()?;
        // What commits takes all savepoints with it. Both servers know no cheaper way to tell.
        session.control("SAVEPOINT porpoise_raw")?;
        let result = session.run_script(sql).map_err(Error::without_server_text);
        if session.transaction().aborted.is_none() && !session.is_broken() {
            match session.control("RELEASE SAVEPOINT porpoise_raw") {
                Err(error) if error.server_code() == Some(NO_SUCH_SAVEPOINT) => {
                    session.transaction().aborted = Some(ErrorKind::ImplicitCommit);
                    return Err(Error::new(ErrorKind::ImplicitCommit));
                }
                released => released?,
            }
        }
        result
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
            session.afterwards().released(depth);
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

/// RELEASE SAVEPOINT of one that is not there.
const NO_SUCH_SAVEPOINT: u16 = 1305;

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
        self.afterwards().rolled_back(1).run();
        ended
    }

    fn commit(&mut self) -> Result<()> {
        if self.is_broken() {
            let error = self.control("COMMIT").err();
            return Err(error.unwrap_or_else(|| Error::new(ErrorKind::ConnectionLost)));
        }
        if self.transaction().deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            // If it cannot be ended, the session is given up.
            let _ = self.end_transaction("ROLLBACK");
            return Err(transaction_over());
        }
        *self.transaction() = TransactionState::default();
        let Err(error) = self.control("COMMIT") else {
            self.afterwards().committed().run();
            return Ok(());
        };
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
            self.afterwards().forget();
            return Err(Error::new(ErrorKind::CommitUnknown).source(error));
        }
        // The server refused and may still hold the transaction; if it cannot be ended the session is given up.
        let _ = self.end_transaction("ROLLBACK");
        Err(error)
    }

    /// Undoes everything since the savepoint of a depth, and forgets it.
    fn roll_back_to(&mut self, depth: u32) -> Result<()> {
        self.transaction().depth = depth - 1;
        self.afterwards().rolled_back(depth).run();
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
