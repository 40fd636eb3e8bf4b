//! The pool: threads, locks and connections around the pure logic of `state`.
//!
//! Nothing slow happens under the lock or in the thread of whoever asks for a connection or gives one back: connecting,
//! validating and resetting run in short-lived threads of their own, so that one deadline bounds the whole wait.

mod state;
#[cfg(test)]
mod state_tests;

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::connection::Connection;
use crate::error::{Error, ErrorKind, Result};
use crate::executor::Lease;
use crate::options::Options;
use crate::session::{self, Session};
use crate::transaction::{Attempt, ReadTransaction, Transaction, TransactionOptions};

pub(crate) use state::Config;
use state::{Effect, Finished, Held, JobId, Outcome, State, WaiterId, Work};

/// The first pause before a refused connect is tried again; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// The housekeeper looks at least this often.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// A pool of connections. Cheap to clone; all clones are one pool. When the last is dropped the idle connections are
/// closed, and those in use as they come back.
#[derive(Clone)]
pub struct Pool {
    handle: Arc<Handle>,
}

/// Closes the pool when the last clone of it goes; the threads of the pool hold only what is shared.
struct Handle {
    shared: Arc<Shared>,
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

struct Shared {
    options: Options,
    origin: Instant,
    inner: Mutex<Inner>,
    /// Wakes the housekeeper: there is a new job, or the pool is closed.
    housekeeping: Condvar,
}

struct Inner {
    state: State<Session, Error>,
    /// Those that really sleep, each with a bell of its own so that only the one served is woken.
    sleepers: BTreeMap<WaiterId, Arc<Condvar>>,
    /// Why the last connect failed, for whoever then waits in vain.
    last_failure: Option<String>,
}

/// Where a connection goes back to.
pub(crate) struct Home {
    shared: Arc<Shared>,
    expires: Option<state::Instant>,
}

impl Pool {
    /// Makes a pool. No connection is opened here, but for `min_idle` in the background.
    ///
    /// # Errors
    /// When the options do not fit together.
    pub fn new(options: Options) -> Result<Self> {
        let config = options.pool_config()?;
        let shared = Arc::new(Shared {
            options,
            origin: Instant::now(),
            inner: Mutex::new(Inner {
                state: State::new(config),
                sleepers: BTreeMap::new(),
                last_failure: None,
            }),
            housekeeping: Condvar::new(),
        });
        let housekeeper = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("porpoise-pool".to_owned())
            .spawn(move || housekeeper.keep_house())
            .map_err(|error| {
                Error::configuration("the thread of the pool could not be started").source(error)
            })?;
        Ok(Self { handle: Arc::new(Handle { shared }) })
    }

    /// A connection, waiting for one until the pool's acquire time-out at most.
    ///
    /// # Errors
    /// [`ErrorKind::PoolTimeout`] with the pool's status, [`ErrorKind::PoolClosed`], or why connecting failed.
    pub fn get(&self) -> Result<Connection> {
        self.get_within(self.shared().options.acquire_limit())
    }

    /// As [`get`](Self::get) with a time-out of its own, over waiting, connecting and validation together.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn get_within(&self, limit: Duration) -> Result<Connection> {
        let shared = self.shared();
        let held = shared.acquire(limit)?;
        let home = Home { shared: Arc::clone(shared), expires: held.expires };
        Ok(Connection::pooled(held.connection, home))
    }

    /// Begins a transaction on a connection of its own; dropped without [`commit`](Transaction::commit) it is rolled
    /// back.
    ///
    /// # Errors
    /// As [`get`](Self::get), and when the server refuses.
    pub fn begin(&self) -> Result<Transaction<'static>> {
        self.begin_with(&TransactionOptions::new())
    }

    /// As [`begin`](Self::begin), with an isolation level and so on.
    ///
    /// # Errors
    /// As [`get`](Self::get), and when the server refuses.
    pub fn begin_with(&self, options: &TransactionOptions) -> Result<Transaction<'static>> {
        Transaction::start(Lease::Owned(self.get()?), options)
    }

    /// Begins a transaction that can only read.
    ///
    /// # Errors
    /// As [`get`](Self::get), and when the server refuses.
    pub fn begin_read(&self, options: &TransactionOptions) -> Result<ReadTransaction<'static>> {
        ReadTransaction::start(Lease::Owned(self.get()?), options)
    }

    /// Runs a closure in a transaction: commits on `Ok`, rolls back on `Err` and on a panic. The closure must bear to be
    /// run again from its start.
    ///
    /// # Errors
    /// Those of the closure, of [`get`](Self::get), and of the server in beginning and committing.
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
    pub fn transaction_with<T, E, F>(&self, options: &TransactionOptions, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: FnMut(&mut Transaction<'_>) -> Result<T, E>,
    {
        let mut work = work;
        options.attempts(true, || Attempt::make(|| self.begin_with(options), &mut work))
    }

    /// What the pool is doing now.
    pub fn status(&self) -> PoolStatus {
        let shared = self.shared();
        shared.status(&shared.lock())
    }

    /// Closes the pool for good: whoever waits gets [`ErrorKind::PoolClosed`], idle connections are closed at once and
    /// those in use when they come back.
    pub fn close(&self) {
        self.shared().close();
    }

    /// Has it been closed?
    pub fn is_closed(&self) -> bool {
        self.shared().lock().state.is_closed()
    }

    fn shared(&self) -> &Arc<Shared> {
        &self.handle.shared
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("options", &self.shared().options)
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

impl Home {
    /// Takes a connection back. Closes or resets it elsewhere if need be; never waits for the server.
    pub(crate) fn take_back(self, mut session: Session) {
        session.set_statement_timeout(self.shared.options.statement_limit());
        let condition = match session.condition() {
            session::Condition::Clean => state::Condition::Clean,
            session::Condition::Dirty => state::Condition::Dirty,
            session::Condition::Broken => state::Condition::Broken,
        };
        let Self { shared, expires } = self;
        let held = Held::returned(session, expires);
        shared.change(|state, now| state.release(now, held, condition));
    }
}

impl Shared {
    fn now(&self) -> state::Instant {
        self.origin.elapsed()
    }

    /// A panic under the lock is impossible but for memory; the state is then no worse than before.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn status(&self, inner: &Inner) -> PoolStatus {
        let counts = inner.state.counts();
        let (max_size, overflow) = self.options.pool_sizes();
        PoolStatus {
            max_size,
            overflow,
            in_use: counts.in_use,
            idle: counts.idle,
            preparing: counts.jobs,
            waiting: counts.waiting,
        }
    }

    /// Changes the state under the lock and carries out what follows from it without.
    fn change<R>(
        self: &Arc<Self>,
        change: impl FnOnce(&mut State<Session, Error>, state::Instant) -> R,
    ) -> R {
        let mut inner = self.lock();
        let result = change(&mut inner.state, self.now());
        let effects = inner.effects();
        drop(inner);
        self.carry_out(effects);
        result
    }

    fn carry_out(self: &Arc<Self>, effects: Vec<Effect<Session>>) {
        for effect in effects {
            match effect {
                // Sleepers were woken under the lock already.
                Effect::Wake(_) => {}
                Effect::Close(session) => drop(session),
                Effect::Start(job, work) => self.start(job, work),
            }
        }
    }

    fn start(self: &Arc<Self>, job: JobId, work: Work<Session>) {
        self.housekeeping.notify_one();
        let shared = Arc::clone(self);
        // The work waits outside of the closure, so that it is not lost when no thread can be had.
        let parcel = Arc::new(Mutex::new(Some(work)));
        let theirs = Arc::clone(&parcel);
        let run = move || {
            let work = theirs.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(work) = work {
                shared.work(job, work);
            }
        };
        if std::thread::Builder::new().name("porpoise-job".to_owned()).spawn(run).is_err() {
            let work = parcel.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(work) = work {
                self.work(job, work);
            }
        }
    }

    /// Does the work of a job, in its own thread.
    fn work(self: &Arc<Self>, job: JobId, work: Work<Session>) {
        let end = match work {
            Work::Connect => match self.connect(job) {
                Ok(connection) => Finished::Connected { connection, roll: roll() },
                Err(error) => Finished::ConnectFailed(error),
            },
            Work::Validate(held) => usable(held, Session::validate),
            Work::Reset(held) => usable(held, Session::reset),
        };
        let mut inner = self.lock();
        inner.last_failure = match &end {
            Finished::ConnectFailed(error) => Some(error.to_string()),
            Finished::Connected { .. } => None,
            Finished::Usable(_) | Finished::Unusable => inner.last_failure.take(),
        };
        inner.state.finished(self.now(), job, end);
        let effects = inner.effects();
        drop(inner);
        self.carry_out(effects);
    }

    /// Connects. When the server has no connection left it will have one again: as long as somebody waits it is tried
    /// again, with pauses.
    fn connect(&self, job: JobId) -> Result<Session> {
        let mut pause = FIRST_PAUSE;
        loop {
            let result = Session::connect(&self.options);
            match &result {
                Err(error) if error.kind() == ErrorKind::TooManyConnections => {
                    let mut inner = self.lock();
                    if !inner.state.may_retry(self.now(), job) {
                        return result;
                    }
                    inner.last_failure = Some(error.to_string());
                }
                Ok(_) | Err(_) => return result,
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn acquire(self: &Arc<Self>, limit: Duration) -> Result<Held<Session>> {
        let deadline = Instant::now().checked_add(limit);
        let mut inner = self.lock();
        let waiter = inner.state.acquire(self.now());
        let mut outcome = inner.state.collect(waiter);
        let effects = inner.effects();
        if outcome.is_none() || !effects.is_empty() {
            let bell = Arc::new(Condvar::new());
            inner.sleepers.insert(waiter, Arc::clone(&bell));
            drop(inner);
            self.carry_out(effects);
            inner = self.lock();
            while outcome.is_none() {
                outcome = inner.state.collect(waiter);
                if outcome.is_some() {
                    break;
                }
                let left = match deadline {
                    Some(deadline) => deadline.saturating_duration_since(Instant::now()),
                    None => LONGEST_SLEEP,
                };
                if left.is_zero() {
                    break;
                }
                inner = bell.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
            }
            inner.sleepers.remove(&waiter);
        }
        match outcome {
            Some(Outcome::Connection(held)) => Ok(held),
            Some(Outcome::Failed(error)) => Err(error),
            Some(Outcome::ConnectTimedOut) => Err(session::timed_out(self.options.connect_limit())),
            Some(Outcome::Closed) => Err(Error::new(ErrorKind::PoolClosed)),
            None => {
                let status = self.status(&inner);
                match inner.state.cancel(waiter) {
                    Some(Outcome::Connection(held)) => Ok(held),
                    Some(Outcome::Failed(error)) => Err(error),
                    Some(Outcome::Closed) => Err(Error::new(ErrorKind::PoolClosed)),
                    Some(Outcome::ConnectTimedOut) | None => {
                        Err(exhausted(limit, status, inner.last_failure.clone()))
                    }
                }
            }
        }
    }

    fn close(self: &Arc<Self>) {
        self.change(|state, _| state.close());
        self.housekeeping.notify_one();
    }

    /// The housekeeper's thread, until the pool is closed.
    fn keep_house(self: Arc<Self>) {
        let mut inner = self.lock();
        while !inner.state.is_closed() {
            inner.state.tick(self.now());
            let effects = inner.effects();
            if !effects.is_empty() {
                drop(inner);
                self.carry_out(effects);
                inner = self.lock();
                continue;
            }
            let now = self.now();
            let sleep = inner
                .state
                .next_tick()
                .map_or(LONGEST_SLEEP, |next| next.saturating_sub(now).min(LONGEST_SLEEP));
            // Not quite nothing, so that a clock that stands still cannot make this thread spin.
            let sleep = sleep.max(Duration::from_millis(1));
            inner = self.housekeeping.wait_timeout(inner, sleep).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Inner {
    /// The effects to carry out without the lock; sleepers are woken here.
    fn effects(&mut self) -> Vec<Effect<Session>> {
        let mut effects = self.state.take_effects();
        effects.retain(|effect| {
            if let Effect::Wake(waiter) = effect {
                if let Some(bell) = self.sleepers.get(waiter) {
                    bell.notify_one();
                }
                false
            } else {
                true
            }
        });
        effects
    }
}

fn exhausted(limit: Duration, status: PoolStatus, last_failure: Option<String>) -> Error {
    let because =
        last_failure.map(|reason| format!("; the last connect failed: {reason}")).unwrap_or_default();
    Error::new(ErrorKind::PoolTimeout).detail(format!("waited {limit:?} with {status}{because}")).pool(status)
}

fn usable(
    mut held: Held<Session>,
    check: impl FnOnce(&mut Session) -> Result<()>,
) -> Finished<Session, Error> {
    match check(&mut held.connection) {
        Ok(()) => Finished::Usable(held),
        Err(_) => Finished::Unusable,
    }
}

/// Any random number: the standard library seeds its hashers from the system.
fn roll() -> u64 {
    RandomState::new().build_hasher().finish()
}
