//! Deadlines of statements. A statement that runs too long is stopped on the server, by KILL QUERY from a connection of
//! its own, and its caller learns whether that happened before the next statement may be sent: a KILL that comes late
//! never meets the next statement.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

use crate::error::Result;
use crate::options::Options;

/// A statement that is being watched.
pub(super) struct Watch {
    connection: u32,
    options: Arc<Options>,
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The statement runs.
    Running,
    /// Its time is over, and a KILL is on its way.
    Killing,
    /// The server has taken the KILL.
    Killed,
    /// The KILL did not reach the server.
    Missed,
    /// The statement came back in time.
    Over,
}

/// What became of a statement that was watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nobody touched it.
    Untouched,
    /// The server was told to stop it. It may have ended by itself all the same, and the KILL may hang over the session.
    Killed,
}

impl Watch {
    /// Watches what the session of this id is about to run.
    pub(super) fn start(connection: u32, options: Arc<Options>, deadline: Instant) -> Arc<Self> {
        let watch =
            Arc::new(Self { connection, options, state: Mutex::new(State::Running), bell: Condvar::new() });
        Watchdog::get().add(deadline, Arc::downgrade(&watch));
        watch
    }

    /// The statement is back. Waits for a KILL that is under way.
    pub(super) fn end(&self) -> Verdict {
        let mut state = self.lock();
        loop {
            match *state {
                State::Running => {
                    *state = State::Over;
                    return Verdict::Untouched;
                }
                State::Killing => state = self.bell.wait(state).unwrap_or_else(PoisonError::into_inner),
                State::Killed => return Verdict::Killed,
                State::Missed | State::Over => return Verdict::Untouched,
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time is over.
    fn kill(self: Arc<Self>) {
        let mut state = self.lock();
        if *state != State::Running {
            return;
        }
        *state = State::Killing;
        drop(state);
        let watch = Arc::clone(&self);
        let run = move || watch.told(watch.tell_server().is_ok());
        if std::thread::Builder::new().name("porpoise-kill".to_owned()).spawn(run).is_err() {
            self.told(false);
        }
    }

    fn tell_server(&self) -> Result<()> {
        let mut session = super::connect_within(&self.options)?;
        session.control(&format!("KILL QUERY {}", self.connection))
    }

    fn told(&self, reached: bool) {
        *self.lock() = if reached { State::Killed } else { State::Missed };
        self.bell.notify_all();
    }
}

/// The one thread that waits for deadlines, of all connections of the program.
struct Watchdog {
    queue: Mutex<Queue>,
    bell: Condvar,
}

#[derive(Default)]
struct Queue {
    /// By deadline; the number tells equal ones apart.
    watches: BTreeMap<(Instant, u64), Weak<Watch>>,
    next: u64,
    running: bool,
}

/// How long the thread stays when there is nothing to watch.
const IDLE: Duration = Duration::from_secs(10);

impl Watchdog {
    fn get() -> &'static Self {
        static WATCHDOG: OnceLock<Watchdog> = OnceLock::new();
        WATCHDOG.get_or_init(|| Self { queue: Mutex::default(), bell: Condvar::new() })
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&'static self, deadline: Instant, watch: Weak<Watch>) {
        let mut queue = self.lock();
        let first = queue.watches.keys().next().is_none_or(|(earliest, _)| deadline < *earliest);
        queue.next += 1;
        let number = queue.next;
        queue.watches.insert((deadline, number), watch);
        if !queue.running {
            let spawned =
                std::thread::Builder::new().name("porpoise-watchdog".to_owned()).spawn(|| self.watch());
            queue.running = spawned.is_ok();
        } else if first {
            self.bell.notify_one();
        }
    }

    fn watch(&self) {
        let mut queue = self.lock();
        loop {
            let now = Instant::now();
            // What is back already goes first, so that the queue stays as short as there are statements.
            while let Some(entry) = queue.watches.first_entry() {
                match entry.get().upgrade() {
                    None => drop(entry.remove()),
                    Some(watch) if entry.key().0 <= now => {
                        entry.remove();
                        watch.kill();
                    }
                    Some(_) => break,
                }
            }
            let next = queue.watches.keys().next().map(|(deadline, _)| *deadline);
            let sleep = next.map_or(IDLE, |deadline| deadline.saturating_duration_since(now));
            let (woken, timeout) =
                self.bell.wait_timeout(queue, sleep).unwrap_or_else(PoisonError::into_inner);
            queue = woken;
            if next.is_none() && timeout.timed_out() && queue.watches.is_empty() {
                queue.running = false;
                return;
            }
        }
    }
}
