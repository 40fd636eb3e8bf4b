//! The pool as applications see it. What its clones share, and the threads that work for it, is in `shared`, around the
//! pure logic of `state`; what connections are is known to `source`.

mod loans;
mod metrics;
mod shared;
mod source;
mod state;
#[cfg(test)]
mod state_tests;
mod sync;
#[cfg(test)]
mod wake_tests;

use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::executor::Lease;
use crate::options::Options;
use crate::transaction::{Attempt, ReadTransaction, Transaction, TransactionOptions};

use loans::Place;
use shared::Shared;
use source::Sessions;

pub use loans::Holder;
pub use metrics::PoolMetrics;
pub(crate) use state::Config;

/// Where the session of a connection goes back to.
pub(crate) type Home = shared::Home<Sessions>;

/// A pool of connections. Cheap to clone; all clones are one pool. When the last is dropped the idle connections are
/// closed, and those in use as they come back.
#[derive(Clone)]
pub struct Pool {
    handle: Arc<Handle>,
}

/// Closes the pool when the last clone of it goes; the threads of the pool hold only what is shared.
struct Handle {
    shared: Arc<Shared<Sessions>>,
}

/// What the pool is doing at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolStatus {
    /// Connections kept at most.
    pub max_size: usize,
    /// Connections allowed beyond that for a time.
    pub overflow: usize,
    /// Connections handed out.
    pub in_use: usize,
    /// Connections ready to be handed out.
    pub idle: usize,
    /// Connections being made, validated or reset.
    pub preparing: usize,
    /// Callers waiting for a connection.
    pub waiting: usize,
}

impl Pool {
    /// Makes a pool. No connection is opened here, but for `min_idle` in the background.
    ///
    /// # Errors
    /// When the options do not fit together.
    pub fn new(options: Options) -> Result<Self> {
        let shared = Shared::open(options, Sessions)?;
        Ok(Self { handle: Arc::new(Handle { shared }) })
    }

    /// A connection, waiting for one until the pool's acquire time-out at most.
    ///
    /// # Errors
    /// [`ErrorKind::PoolTimeout`] with the pool's status, [`ErrorKind::PoolClosed`], or why connecting failed.
    #[track_caller]
    pub fn get(&self) -> Result<Connection> {
        self.get_within(self.shared().options().acquire_limit())
    }

    /// As [`get`](Self::get) with a time-out of its own, over waiting, connecting and validation together.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    #[track_caller]
    pub fn get_within(&self, limit: Duration) -> Result<Connection> {
        self.lend(limit, Some(Location::caller()))
    }

    /// A connection for one statement.
    pub(crate) fn for_statement(&self) -> Result<Connection> {
        self.lend(self.shared().options().acquire_limit(), None)
    }

    fn lend(&self, limit: Duration, place: Place) -> Result<Connection> {
        let shared = self.shared();
        let (session, home) = shared.acquire(limit, place)?;
        let waited = home.waited;
        let mut connection = Connection::pooled(session, home);
        // Dropped after an error, the connection is closed.
        if let Err(error) = shared.options().hooks().hand_out(&mut connection) {
            connection.give_up();
            return Err(error);
        }
        connection.handed_out(waited, place.is_none());
        Ok(connection)
    }

    /// Who has the connections that are out, those first who have had one longest.
    pub fn holders(&self) -> Vec<Holder> {
        self.shared().holders()
    }

    /// What the pool has done so far.
    pub fn metrics(&self) -> PoolMetrics {
        self.shared().metrics()
    }

    /// Closes the pool as [`close`](Self::close) does, and waits until the connections in use are back.
    ///
    /// # Errors
    /// [`ErrorKind::PoolTimeout`] when some are still in use after `limit`; it says who has them.
    pub fn drain(&self, limit: Duration) -> Result<()> {
        self.shared().drain(limit)
    }

    /// Begins a transaction on a connection of its own; dropped without [`commit`](Transaction::commit) it is rolled
    /// back.
    ///
    /// # Errors
    /// As [`get`](Self::get), and when the server refuses.
    #[track_caller]
    pub fn begin(&self) -> Result<Transaction<'static>> {
        self.begin_with(&TransactionOptions::new())
    }

    /// As [`begin`](Self::begin), with an isolation level and so on.
    ///
    /// # Errors
    /// As [`get`](Self::get), and when the server refuses.
    #[track_caller]
    pub fn begin_with(&self, options: &TransactionOptions) -> Result<Transaction<'static>> {
        Transaction::start(Lease::Owned(self.get()?), options)
    }

    /// Begins a transaction that can only read.
    ///
    /// # Errors
    /// As [`get`](Self::get), and when the server refuses.
    #[track_caller]
    pub fn begin_read(&self, options: &TransactionOptions) -> Result<ReadTransaction<'static>> {
        ReadTransaction::start(Lease::Owned(self.get()?), options)
    }

    /// Runs a closure in a transaction: commits on `Ok`, rolls back on `Err` and on a panic. The closure must bear to be
    /// run again from its start.
    ///
    /// # Errors
    /// Those of the closure, of [`get`](Self::get), and of the server in beginning and committing.
    #[track_caller]
    pub fn transaction<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: FnMut(&mut Transaction<'_>) -> Result<T, E>,
    {
        self.transaction_with(&TransactionOptions::new(), work)
    }

    /// As [`transaction`](Self::transaction), with an isolation level and so on.
    ///
    /// # Errors
    /// As [`transaction`](Self::transaction).
    #[track_caller]
    pub fn transaction_with<T, E, F>(&self, options: &TransactionOptions, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: FnMut(&mut Transaction<'_>) -> Result<T, E>,
    {
        let mut work = work;
        let place = Some(Location::caller());
        let limit = self.shared().options().acquire_limit();
        let begin = || Transaction::start(Lease::Owned(self.lend(limit, place)?), options);
        options.attempts(true, |count| Attempt::make(count, begin, &mut work))
    }

    /// What the pool is doing now.
    pub fn status(&self) -> PoolStatus {
        self.shared().current_status()
    }

    /// Closes the pool for good: whoever waits gets [`ErrorKind::PoolClosed`], idle connections are closed at once and
    /// those in use when they come back.
    pub fn close(&self) {
        self.shared().close();
    }

    /// Has it been closed?
    pub fn is_closed(&self) -> bool {
        self.shared().is_closed()
    }

    fn shared(&self) -> &Arc<Shared<Sessions>> {
        &self.handle.shared
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("options", self.shared().options())
            .field("status", &self.status())
            .finish()
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.shared.close();
    }
}

impl fmt::Display for PoolStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} connections in use", self.in_use, self.max_size + self.overflow)?;
        write!(f, ", {} idle, {} in preparation, {} callers waiting", self.idle, self.preparing, self.waiting)
    }
}
