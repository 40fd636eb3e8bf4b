//! What all clones of a pool share: the state behind its lock, the threads that work for it, and who waits.
//!
//! Nothing slow happens under the lock or in the thread of whoever asks for a connection or gives one back: connecting,
//! validating and resetting run in short-lived threads of their own, so that one deadline bounds the whole wait.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::PoolStatus;
use super::loans::{self, Holder, Loans, Place};
use super::metrics::PoolMetrics;
use super::state::{self, Effect, Finished, Held, JobId, Outcome, State, WaiterId, Work};
use crate::connection::Connection;
use crate::error::{Error, ErrorKind, Result};
use crate::options::{Options, PoolEvent};
use crate::session::{self, Session};

/// The first pause before a refused connect is tried again; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// The housekeeper looks at least this often.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

pub(super) struct Shared {
    options: Options,
    origin: Instant,
    inner: Mutex<Inner>,
    /// Wakes the housekeeper: there is a new job, or the pool is closed.
    housekeeping: Condvar,
    /// Wakes whoever waits for the last connection to come back.
    returned: Condvar,
}

struct Inner {
    state: State<Session, Error>,
    /// Those that really sleep, each with a bell of its own so that only the one served is woken.
    sleepers: BTreeMap<WaiterId, Arc<Condvar>>,
    /// Why the last connect failed, for whoever then waits in vain.
    last_failure: Option<String>,
    loans: Loans,
    metrics: PoolMetrics,
}

/// Where a connection goes back to.
pub(crate) struct Home {
    shared: Arc<Shared>,
    expires: Option<state::Instant>,
    /// Its number among the loans.
    loan: u64,
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
        let (is_broken, is_outdated) = (session.is_broken(), session.is_outdated());
        let host = Arc::clone(session.host());
        let Self { shared, expires, loan } = self;
        let returned = Held::returned(session, expires);
        let now = shared.now();
        let mut inner = shared.lock();
        let event = PoolEvent::Returned { held: inner.loans.give_back(now, loan) };
        inner.metrics.count(&event);
        if is_broken {
            inner.state.suspect(|session| Arc::ptr_eq(session.host(), &host));
        }
        if is_outdated {
            inner.state.retire(now, Session::is_outdated);
        }
        inner.state.release(now, returned, condition);
        let effects = inner.effects();
        let closed = inner.state.is_closed();
        drop(inner);
        shared.options.hooks().pool(&event);
        shared.carry_out(effects);
        if closed {
            shared.returned.notify_all();
        }
    }
}

impl Shared {
    /// Makes the state and starts the housekeeper.
    pub(super) fn open(options: Options) -> Result<Arc<Self>> {
        let config = options.pool_config()?;
        let shared = Arc::new(Self {
            options,
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
        std::thread::Builder::new()
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
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts an event and tells the application, never under the lock.
    fn tell(&self, event: PoolEvent) {
        self.lock().metrics.count(&event);
        self.options.hooks().pool(&event);
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
                Effect::Close(session) => {
                    drop(session);
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
            Work::Validate(held) => usable(held, Session::validate),
            Work::Reset(held) => usable(held, Session::reset),
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

    pub(super) fn acquire(self: &Arc<Self>, limit: Duration, place: Place) -> Result<Connection> {
        let asked = self.now();
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
        mut inner: MutexGuard<'_, Inner>,
        held: Held<Session>,
        asked: state::Instant,
        place: Place,
    ) -> Connection {
        let now = self.now();
        let loan = inner.loans.lend(now, place);
        let event = PoolEvent::HandedOut { waited: now.saturating_sub(asked) };
        inner.metrics.count(&event);
        drop(inner);
        if self.options.leak_limit().is_some() {
            self.housekeeping.notify_one();
        }
        let home = Home { shared: Arc::clone(self), expires: held.expires, loan };
        let connection = Connection::pooled(held.connection, home);
        self.options.hooks().pool(&event);
        connection
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
            let effects = inner.effects();
            if !effects.is_empty() {
                drop(inner);
                self.carry_out(effects);
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

fn usable(
    mut held: Held<Session>,
    check: impl FnOnce(&mut Session) -> Result<()>,
) -> Finished<Session, Error> {
    match check(&mut held.connection) {
        Ok(()) if !held.connection.is_outdated() => Finished::Usable(held),
        Ok(()) | Err(_) => Finished::Unusable,
    }
}

/// Any random number: the standard library seeds its hashers from the system.
fn roll() -> u64 {
    RandomState::new().build_hasher().finish()
}
