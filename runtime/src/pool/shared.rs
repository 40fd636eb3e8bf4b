//! What all clones of a pool share: the state behind its lock, the threads that work for it, and who waits.
//!
//! Nothing slow happens under the lock or in the thread of whoever asks for a connection or gives one back: connecting,
//! validating and resetting run in short-lived threads of their own, so that one deadline bounds the whole wait.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::PoolStatus;
use super::loans::{self, Holder, Loans, Place};
use super::metrics::PoolMetrics;
use super::source::Source;
use super::state::{self, Condition, Effect, Finished, Held, JobId, Outcome, State, WaiterId, Work};
use super::sync::{Condvar, Mutex, MutexGuard, thread};
use crate::error::{Error, ErrorKind, Result};
use crate::options::{Options, PoolEvent};
use crate::session;

/// The first pause before a refused connect is tried again; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// The housekeeper looks at least this often.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

pub(crate) struct Shared<S: Source> {
    options: Options,
    source: S,
    origin: Instant,
    inner: Mutex<Inner<S::Connection>>,
    /// Wakes the housekeeper: there is a new job, or the pool is closed.
    housekeeping: Condvar,
    /// Wakes whoever waits for the last connection to come back.
    returned: Condvar,
}

struct Inner<C> {
    state: State<C, Error>,
    /// Those that really sleep, each with a bell of its own so that only the one served is woken.
    sleepers: BTreeMap<WaiterId, Arc<Condvar>>,
    /// Why the last connect failed, for whoever then waits in vain.
    last_failure: Option<String>,
    loans: Loans,
    metrics: PoolMetrics,
}

/// Where a connection goes back to.
pub(crate) struct Home<S: Source> {
    shared: Arc<Shared<S>>,
    expires: Option<state::Instant>,
    /// Its number among the loans.
    loan: u64,
    /// How long the caller waited for it.
    pub(super) waited: Duration,
}

impl<S: Source> Home<S> {
    /// Takes a connection back. Closes or resets it elsewhere if need be; never waits for the server.
    pub(crate) fn take_back(self, mut connection: S::Connection) {
        let Self { shared, expires, loan, .. } = self;
        S::returned(&mut connection, &shared.options);
        let condition = S::condition(&connection);
        let outdated = S::is_outdated(&connection);
        let server = S::server(&connection);
        let returned = Held::returned(connection, expires);
        let now = shared.now();
        let mut inner = shared.lock();
        let event = PoolEvent::Returned { held: inner.loans.give_back(now, loan) };
        inner.metrics.count(&event);
        if condition == Condition::Broken {
            inner.state.suspect(|other| S::server(other) == server);
        }
        if outdated {
            inner.state.retire(now, S::is_outdated);
        }
        inner.state.release(now, returned, condition);
        let due = inner.effects();
        let closed = inner.state.is_closed();
        drop(inner);
        shared.options.hooks().pool(&event);
        shared.carry_out(due);
        if closed {
            shared.returned.notify_all();
        }
    }
}

impl<S: Source> Shared<S> {
    /// Makes the state and starts the housekeeper.
    pub(super) fn open(options: Options, source: S) -> Result<Arc<Self>> {
        let config = options.pool_config()?;
        let shared = Arc::new(Self {
            options,
            source,
            origin: Instant::now(),
            inner: Mutex::new(Inner {
                state: State::new(config),
                sleepers: BTreeMap::new(),
                last_failure: None,
                loans: Loans::default(),
                metrics: PoolMetrics::default(),
            }),
            housekeeping: Condvar::new(),
            returned: Condvar::new(),
        });
        let housekeeper = Arc::clone(&shared);
        thread::Builder::new()
            .name("porpoise-pool".to_owned())
            .spawn(move || housekeeper.keep_house())
            .map_err(|error| {
                Error::configuration("the thread of the pool could not be started").source(error)
            })?;
        Ok(shared)
    }

    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    pub(super) fn current_status(&self) -> PoolStatus {
        self.status(&self.lock())
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().state.is_closed()
    }

    pub(super) fn holders(&self) -> Vec<Holder> {
        self.lock().loans.holders(self.now())
    }

    pub(super) fn metrics(&self) -> PoolMetrics {
        self.lock().metrics
    }

    /// Closes the pool and waits for what is out.
    pub(super) fn drain(self: &Arc<Self>, limit: Duration) -> Result<()> {
        self.close();
        let deadline = Instant::now().checked_add(limit);
        let mut inner = self.lock();
        while inner.state.counts().in_use > 0 {
            let left = deadline.map_or(LONGEST_SLEEP, |at| at.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                let status = self.status(&inner);
                let holders = loans::summary(&inner.loans.holders(self.now()));
                return Err(Error::new(ErrorKind::PoolTimeout)
                    .detail(format!("waited {limit:?} to drain, with {status}; held: {holders}"))
                    .pool(status));
            }
            inner = self.returned.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(())
    }

    fn now(&self) -> state::Instant {
        self.origin.elapsed()
    }

    /// A panic under the lock is impossible but for memory; the state is then no worse than before.
    fn lock(&self) -> MutexGuard<'_, Inner<S::Connection>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts an event and tells the application, never under the lock.
    fn tell(&self, event: PoolEvent) {
        self.lock().metrics.count(&event);
        self.options.hooks().pool(&event);
    }

    fn status(&self, inner: &Inner<S::Connection>) -> PoolStatus {
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
        change: impl FnOnce(&mut State<S::Connection, Error>, state::Instant) -> R,
    ) -> R {
        let mut inner = self.lock();
        let result = change(&mut inner.state, self.now());
        let due = inner.effects();
        drop(inner);
        self.carry_out(due);
        result
    }

    fn carry_out(self: &Arc<Self>, Due { bells, effects }: Due<S::Connection>) {
        for bell in bells {
            bell.notify_one();
        }
        for effect in effects {
            match effect {
                // Their bells are among those above.
                Effect::Wake(_) => {}
                Effect::Close(connection) => {
                    drop(connection);
                    self.tell(PoolEvent::Closed);
                }
                Effect::Start(job, work) => {
                    if matches!(work, Work::Reset(_)) {
                        self.tell(PoolEvent::Resetting);
                    }
                    self.start(job, work);
                }
            }
        }
    }

    fn start(self: &Arc<Self>, job: JobId, work: Work<S::Connection>) {
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
        if thread::Builder::new().name("porpoise-job".to_owned()).spawn(run).is_err() {
            let work = parcel.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(work) = work {
                self.work(job, work);
            }
        }
    }

    /// Does the work of a job, in its own thread.
    fn work(self: &Arc<Self>, job: JobId, work: Work<S::Connection>) {
        let end = match work {
            Work::Connect => {
                let started = Instant::now();
                match self.connect(job) {
                    Ok(connection) => {
                        self.tell(PoolEvent::Connected { duration: started.elapsed() });
                        Finished::Connected { connection, roll: roll() }
                    }
                    Err(error) => {
                        self.tell(PoolEvent::ConnectFailed { kind: error.kind() });
                        Finished::ConnectFailed(error)
                    }
                }
            }
            Work::Validate(held) => usable::<S>(held, S::validate),
            Work::Reset(held) => usable::<S>(held, S::reset),
        };
        if matches!(end, Finished::Unusable) {
            self.tell(PoolEvent::Closed);
        }
        let mut inner = self.lock();
        inner.last_failure = match &end {
            Finished::ConnectFailed(error) => Some(error.to_string()),
            Finished::Connected { .. } => None,
            Finished::Usable(_) | Finished::Unusable => inner.last_failure.take(),
        };
        inner.state.finished(self.now(), job, end);
        let due = inner.effects();
        drop(inner);
        self.carry_out(due);
    }

    /// Connects. When the server has no connection left it will have one again: as long as somebody waits it is tried
    /// again, with pauses.
    fn connect(&self, job: JobId) -> Result<S::Connection> {
        let mut pause = FIRST_PAUSE;
        loop {
            let result = self.source.connect(&self.options);
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
            thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// A connection, and where it goes back to.
    pub(super) fn acquire(
        self: &Arc<Self>,
        limit: Duration,
        place: Place,
    ) -> Result<(S::Connection, Home<S>)> {
        let asked = self.now();
        let deadline = Instant::now().checked_add(limit);
        let mut inner = self.lock();
        let waiter = inner.state.acquire(self.now());
        let mut outcome = inner.state.collect(waiter);
        let due = inner.effects();
        if outcome.is_none() || !due.effects.is_empty() {
            let bell = Arc::new(Condvar::new());
            inner.sleepers.insert(waiter, Arc::clone(&bell));
            if !due.effects.is_empty() {
                drop(inner);
                self.carry_out(due);
                inner = self.lock();
            }
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
            Some(Outcome::Connection(held)) => Ok(self.hand_out(inner, held, asked, place)),
            Some(Outcome::Failed(error)) => Err(error),
            Some(Outcome::ConnectTimedOut) => Err(session::timed_out(self.options.connect_limit())),
            Some(Outcome::Closed) => Err(Error::new(ErrorKind::PoolClosed)),
            None => {
                let status = self.status(&inner);
                let outcome = inner.state.cancel(waiter);
                let holders = inner.loans.holders(self.now());
                let last_failure = inner.last_failure.clone();
                match outcome {
                    Some(Outcome::Connection(held)) => Ok(self.hand_out(inner, held, asked, place)),
                    Some(Outcome::Failed(error)) => Err(error),
                    Some(Outcome::Closed) => Err(Error::new(ErrorKind::PoolClosed)),
                    Some(Outcome::ConnectTimedOut) | None => {
                        drop(inner);
                        self.tell(PoolEvent::TimedOut { waited: limit });
                        Err(exhausted(limit, status, &holders, last_failure))
                    }
                }
            }
        }
    }

    /// A connection goes out. Takes the lock that the caller has, and lets go of it before the application is told.
    fn hand_out(
        self: &Arc<Self>,
        mut inner: MutexGuard<'_, Inner<S::Connection>>,
        held: Held<S::Connection>,
        asked: state::Instant,
        place: Place,
    ) -> (S::Connection, Home<S>) {
        let now = self.now();
        let loan = inner.loans.lend(now, place);
        let waited = now.saturating_sub(asked);
        let event = PoolEvent::HandedOut { waited };
        inner.metrics.count(&event);
        drop(inner);
        if self.options.leak_limit().is_some() {
            self.housekeeping.notify_one();
        }
        let home = Home { shared: Arc::clone(self), expires: held.expires, loan, waited };
        self.options.hooks().pool(&event);
        (held.connection, home)
    }

    pub(super) fn close(self: &Arc<Self>) {
        self.change(|state, _| state.close());
        self.housekeeping.notify_one();
    }

    /// The housekeeper's thread, until the pool is closed.
    fn keep_house(self: Arc<Self>) {
        let mut inner = self.lock();
        while !inner.state.is_closed() {
            inner.state.tick(self.now());
            let due = inner.effects();
            if !due.effects.is_empty() {
                drop(inner);
                self.carry_out(due);
                inner = self.lock();
                continue;
            }
            let now = self.now();
            let leak_limit = self.options.leak_limit();
            let overdue = leak_limit.map_or(Vec::new(), |limit| inner.loans.overdue(now, limit));
            if !overdue.is_empty() {
                drop(inner);
                for Holder { place, held } in overdue {
                    self.tell(PoolEvent::LeakSuspected { place, held });
                }
                inner = self.lock();
                continue;
            }
            let next_overdue = leak_limit.and_then(|limit| inner.loans.next_overdue(limit));
            let sleep = inner
                .state
                .next_tick()
                .into_iter()
                .chain(next_overdue)
                .min()
                .map_or(LONGEST_SLEEP, |next| next.saturating_sub(now).min(LONGEST_SLEEP));
            // Not quite nothing, so that a clock that stands still cannot make this thread spin.
            let sleep = sleep.max(Duration::from_millis(1));
            inner = self.housekeeping.wait_timeout(inner, sleep).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl<C> Inner<C> {
    /// What is to be done without the lock. Sleepers are woken there as well: one that wakes needs the lock at once.
    fn effects(&mut self) -> Due<C> {
        let effects = self.state.take_effects();
        let bell = |effect: &Effect<C>| match effect {
            Effect::Wake(waiter) => self.sleepers.get(waiter).map(Arc::clone),
            Effect::Start(..) | Effect::Close(_) => None,
        };
        Due { bells: effects.iter().filter_map(bell).collect(), effects }
    }
}

/// What follows from a change of the state.
struct Due<C> {
    bells: Vec<Arc<Condvar>>,
    effects: Vec<Effect<C>>,
}

fn exhausted(limit: Duration, status: PoolStatus, holders: &[Holder], last_failure: Option<String>) -> Error {
    let mut detail = format!("waited {limit:?} with {status}");
    if !holders.is_empty() {
        detail.push_str(&format!("; held: {}", loans::summary(holders)));
    }
    if let Some(reason) = last_failure {
        detail.push_str(&format!("; the last connect failed: {reason}"));
    }
    Error::new(ErrorKind::PoolTimeout).detail(detail).pool(status)
}

fn usable<S: Source>(
    mut held: Held<S::Connection>,
    check: impl FnOnce(&mut S::Connection) -> Result<()>,
) -> Finished<S::Connection, Error> {
    match check(&mut held.connection) {
        Ok(()) if !S::is_outdated(&held.connection) => Finished::Usable(held),
        Ok(()) | Err(_) => Finished::Unusable,
    }
}

/// Any random number: the standard library seeds its hashers from the system.
fn roll() -> u64 {
    RandomState::new().build_hasher().finish()
}
