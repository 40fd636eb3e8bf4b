//! The logic of the pool as a pure state machine: no threads, no clock, no I/O. Time comes in as an argument, work goes
//! out as effects, which the caller carries out after letting go of its lock.
//!
//! Waiters are served strictly in the order in which they came. A connection that is needed is made by a *job*; jobs and
//! waiters are not tied to each other: whichever connection is ready first goes to whoever has waited longest.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

pub(crate) use crate::session::Condition;

/// A point in time, as the span since the pool was made.
pub(crate) type Instant = Duration;

/// Sizes and spans.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Connections kept at most.
    pub(crate) max_size: usize,
    /// Connections beyond that when there are waiters; closed when they come back.
    pub(crate) overflow: usize,
    /// Idle connections kept ready.
    pub(crate) min_idle: usize,
    /// Idle connections above `min_idle` are closed after this.
    pub(crate) idle_timeout: Option<Duration>,
    /// Connections are not used beyond this age.
    pub(crate) max_lifetime: Option<Duration>,
    /// A connection that was idle longer than this is validated before it is used.
    pub(crate) validate_after: Duration,
    /// A job that takes longer is given up.
    pub(crate) job_timeout: Duration,
    /// After a connect that nobody waited for failed, `min_idle` is left alone for so long.
    pub(crate) retry_after: Duration,
}

/// Who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WaiterId(u64);

/// What is being done for the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct JobId(u64);

/// A connection with what the pool remembers of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Held<C> {
    pub(crate) connection: C,
    /// It is not used from here on.
    pub(crate) expires: Option<Instant>,
    /// When it was last known to work.
    last_used: Instant,
    /// Something came up that may have broken it, too: it is validated before it is used.
    suspect: bool,
}

impl<C> Held<C> {
    /// A connection that comes back from whoever held it.
    pub(crate) fn returned(connection: C, expires: Option<Instant>) -> Self {
        Self { connection, expires, last_used: Duration::ZERO, suspect: false }
    }
}

/// What a waiter gets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome<C, E> {
    /// A connection, on loan.
    Connection(Held<C>),
    /// Making one failed.
    Failed(E),
    /// Making one took too long.
    ConnectTimedOut,
    /// The pool was closed.
    Closed,
}

/// What the caller has to do, outside of the lock.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Effect<C> {
    /// Do the work and report by [`State::finished`].
    Start(JobId, Work<C>),
    /// Close the connection.
    Close(C),
    /// There is an outcome to collect for the waiter.
    Wake(WaiterId),
}

/// The work of a job.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Work<C> {
    /// Make a new connection.
    Connect,
    /// See whether an idle connection still works.
    Validate(Held<C>),
    /// Put a used connection back into the state of a new one.
    Reset(Held<C>),
}

/// How a job ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Finished<C, E> {
    /// A new connection; `roll` is any random number, for the jitter of its lifetime.
    Connected { connection: C, roll: u64 },
    /// No connection could be made.
    ConnectFailed(E),
    /// The connection works, or is as new.
    Usable(Held<C>),
    /// The connection is of no use; it was closed.
    Unusable,
}

/// How many connections there are and what they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) in_use: usize,
    pub(crate) idle: usize,
    pub(crate) jobs: usize,
    pub(crate) waiting: usize,
}

#[derive(Debug)]
struct Job {
    connects: bool,
    gives_up: Instant,
}

/// The pool's state, over any kind of connection and error.
#[derive(Debug)]
pub(crate) struct State<C, E> {
    config: Config,
    /// The most recently used at the back, which is taken first: the others can grow old and be closed.
    idle: VecDeque<Held<C>>,
    /// Those without an outcome, the first come at the front.
    waiters: VecDeque<WaiterId>,
    /// Outcomes not collected yet. A connection in here counts as in use.
    outcomes: BTreeMap<WaiterId, Outcome<C, E>>,
    jobs: BTreeMap<JobId, Job>,
    in_use: usize,
    closed: bool,
    next_id: u64,
    /// Not before this does `min_idle` start connections again.
    refill_from: Instant,
    effects: Vec<Effect<C>>,
}

impl<C, E> State<C, E> {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            idle: VecDeque::new(),
            waiters: VecDeque::new(),
            outcomes: BTreeMap::new(),
            jobs: BTreeMap::new(),
            in_use: 0,
            closed: false,
            next_id: 0,
            refill_from: Duration::ZERO,
            effects: Vec::new(),
        }
    }

    /// What is to be done now. To be asked after every call, and carried out without the lock.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect<C>> {
        std::mem::take(&mut self.effects)
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts {
            in_use: self.in_use,
            idle: self.idle.len(),
            jobs: self.jobs.len(),
            waiting: self.waiters.len(),
        }
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Asks for a connection. The outcome is to be collected, often at once.
    pub(crate) fn acquire(&mut self, now: Instant) -> WaiterId {
        let waiter = WaiterId(self.id());
        if self.closed {
            self.outcomes.insert(waiter, Outcome::Closed);
        } else {
            self.waiters.push_back(waiter);
            self.serve(now);
        }
        waiter
    }

    /// The waiter's outcome, once.
    pub(crate) fn collect(&mut self, waiter: WaiterId) -> Option<Outcome<C, E>> {
        self.outcomes.remove(&waiter)
    }

    /// The waiter gives up. If its outcome came at the last moment, it has it.
    pub(crate) fn cancel(&mut self, waiter: WaiterId) -> Option<Outcome<C, E>> {
        self.waiters.retain(|other| *other != waiter);
        self.collect(waiter)
    }

    /// A connection comes back.
    pub(crate) fn release(&mut self, now: Instant, held: Held<C>, condition: Condition) {
        self.in_use -= 1;
        let spare = self.total() >= self.config.max_size && self.waiters.is_empty();
        if self.closed || spare || condition == Condition::Broken || is_expired(&held, now) {
            self.effects.push(Effect::Close(held.connection));
        } else if condition == Condition::Dirty {
            self.start(now, Work::Reset(held));
        } else {
            self.offer(now, held);
        }
        self.serve(now);
    }

    /// A job has ended. One that was given up before has no say any more.
    pub(crate) fn finished(&mut self, now: Instant, job: JobId, end: Finished<C, E>) {
        let known = self.jobs.remove(&job).is_some();
        match end {
            Finished::Connected { connection, roll } => {
                let expires = self.config.max_lifetime.map(|life| now + jittered(life, roll));
                self.settle(now, known, Held { connection, expires, last_used: now, suspect: false });
            }
            Finished::Usable(held) => self.settle(now, known, held),
            Finished::Unusable => {}
            Finished::ConnectFailed(error) => {
                if known {
                    self.connect_failed(now, Outcome::Failed(error));
                }
            }
        }
        self.serve(now);
    }

    /// Closes the idle connections that are of no use any more.
    pub(crate) fn retire(&mut self, now: Instant, is_useless: impl Fn(&C) -> bool) {
        for held in std::mem::take(&mut self.idle) {
            if is_useless(&held.connection) {
                self.effects.push(Effect::Close(held.connection));
            } else {
                self.idle.push_back(held);
            }
        }
        self.serve(now);
    }

    /// Validates these idle connections before they are used: what broke one may have broken them.
    pub(crate) fn suspect(&mut self, is_suspect: impl Fn(&C) -> bool) {
        for held in &mut self.idle {
            held.suspect |= is_suspect(&held.connection);
        }
    }

    /// Closes the pool: whoever waits is told, idle connections are closed, the others when they come back.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        for waiter in std::mem::take(&mut self.waiters) {
            self.tell(waiter, Outcome::Closed);
        }
        for held in std::mem::take(&mut self.idle) {
            self.effects.push(Effect::Close(held.connection));
        }
    }

    /// Housekeeping: closes what is too old, gives up jobs that take too long, keeps `min_idle` ready.
    pub(crate) fn tick(&mut self, now: Instant) {
        let late: Vec<JobId> =
            self.jobs.iter().filter(|(_, job)| job.gives_up <= now).map(|(id, _)| *id).collect();
        for id in late {
            if self.jobs.remove(&id).is_some_and(|job| job.connects) {
                self.connect_failed(now, Outcome::ConnectTimedOut);
            }
        }
        let mut kept = VecDeque::with_capacity(self.idle.len());
        // The front is the least recently used and goes first.
        let mut left = self.idle.len();
        for held in std::mem::take(&mut self.idle) {
            let bored = self.config.idle_timeout.is_some_and(|limit| held.last_used + limit <= now);
            if is_expired(&held, now) || (bored && left > self.config.min_idle) {
                left -= 1;
                self.effects.push(Effect::Close(held.connection));
            } else {
                kept.push_back(held);
            }
        }
        self.idle = kept;
        self.serve(now);
    }

    /// When the next tick has something to do.
    pub(crate) fn next_tick(&self) -> Option<Instant> {
        let bored = |held: &Held<C>| {
            let over = self.idle.len() > self.config.min_idle;
            self.config.idle_timeout.filter(|_| over).map(|limit| held.last_used + limit)
        };
        let idle = self.idle.iter().flat_map(|held| [held.expires, bored(held)]).flatten();
        let jobs = self.jobs.values().map(|job| job.gives_up);
        let refill = (self.lacks_idle() && !self.closed).then_some(self.refill_from);
        idle.chain(jobs).chain(refill).min()
    }

    /// May a job whose connect was refused for lack of room try again? Only as long as somebody waits; it then has as
    /// much time as a new one.
    pub(crate) fn may_retry(&mut self, now: Instant, job: JobId) -> bool {
        let wanted = !self.closed && !self.waiters.is_empty();
        let Some(job) = self.jobs.get_mut(&job).filter(|_| wanted) else { return false };
        job.gives_up = now + self.config.job_timeout;
        true
    }

    fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    fn total(&self) -> usize {
        self.in_use + self.idle.len() + self.jobs.len()
    }

    /// A connection that is ready: to whoever has waited longest, else to the idle ones.
    fn offer(&mut self, now: Instant, held: Held<C>) {
        let held = Held { last_used: now, suspect: false, ..held };
        match self.waiters.pop_front() {
            Some(waiter) => {
                self.in_use += 1;
                self.tell(waiter, Outcome::Connection(held));
            }
            None => self.idle.push_back(held),
        }
    }

    /// A connection that a job brings. Given-up jobs no longer count, so theirs may be one too many.
    fn settle(&mut self, now: Instant, known: bool, held: Held<C>) {
        let room = self.total() < self.config.max_size
            || (!self.waiters.is_empty() && self.total() < self.config.max_size + self.config.overflow);
        if self.closed || !known || !room || is_expired(&held, now) {
            self.effects.push(Effect::Close(held.connection));
        } else {
            self.offer(now, held);
        }
    }

    fn tell(&mut self, waiter: WaiterId, outcome: Outcome<C, E>) {
        self.outcomes.insert(waiter, outcome);
        self.effects.push(Effect::Wake(waiter));
    }

    /// The first waiter is told, unless enough other jobs are under way for everybody.
    fn connect_failed(&mut self, now: Instant, outcome: Outcome<C, E>) {
        self.refill_from = now + self.config.retry_after;
        if self.jobs.len() < self.waiters.len()
            && let Some(waiter) = self.waiters.pop_front()
        {
            self.tell(waiter, outcome);
        }
    }

    fn start(&mut self, now: Instant, work: Work<C>) {
        let job = JobId(self.id());
        let connects = matches!(work, Work::Connect);
        self.jobs.insert(job, Job { connects, gives_up: now + self.config.job_timeout });
        self.effects.push(Effect::Start(job, work));
    }

    /// Gives idle connections to waiters and starts the jobs that are lacking.
    fn serve(&mut self, now: Instant) {
        if self.closed {
            return;
        }
        while !self.waiters.is_empty() {
            // The freshest is at the back: if that one needs validation, all do.
            match self.idle.pop_back() {
                Some(held) if is_expired(&held, now) => {
                    self.effects.push(Effect::Close(held.connection));
                }
                Some(held) if !self.needs_validation(&held, now) => self.offer(now, held),
                Some(held) if self.jobs.len() < self.waiters.len() => self.start(now, Work::Validate(held)),
                Some(held) => {
                    self.idle.push_back(held);
                    break;
                }
                None if self.jobs.len() < self.waiters.len()
                    && self.total() < self.config.max_size + self.config.overflow =>
                {
                    self.start(now, Work::Connect);
                }
                None => break,
            }
        }
        while self.lacks_idle() && now >= self.refill_from {
            self.start(now, Work::Connect);
        }
    }

    fn needs_validation(&self, held: &Held<C>, now: Instant) -> bool {
        held.suspect || now.saturating_sub(held.last_used) > self.config.validate_after
    }

    /// Are there fewer idle connections, made or in the making, than are to be kept ready?
    fn lacks_idle(&self) -> bool {
        let coming = self.jobs.len().saturating_sub(self.waiters.len());
        self.idle.len() + coming < self.config.min_idle && self.total() < self.config.max_size
    }
}

fn is_expired<C>(held: &Held<C>, now: Instant) -> bool {
    held.expires.is_some_and(|expires| expires <= now)
}

/// Between 80 and 100 percent of a lifetime, so that connections made together do not all end together.
fn jittered(life: Duration, roll: u64) -> Duration {
    life - life.mul_f64(0.2 * (roll % 1_000) as f64 / 1_000.0)
}
