//! What applications learn of their queries: events for hooks, spans for `tracing`, slow and repeated queries, counts for
//! tests. Knows names, times and numbers; no statement, no parameter and no row ever gets here.
//!
//! Nobody listening, a query pays for two looks: at the hooks, and at a flag of its thread.

mod events;
mod repeats;
mod spans;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::options::Hooks;
use crate::test;

pub use events::{QueryEvent, RepeatedQuery};
use repeats::Repeats;
pub(crate) use spans::TransactionSpan;

/// What a session keeps for whoever watches its queries.
pub(crate) struct Watched {
    /// Whom it is connected to: host and port, or the path of a socket.
    server: Arc<str>,
    connection: u32,
    /// How long the caller waited for the connection; taken by the first query after that.
    pool_wait: Option<Duration>,
    /// It was handed out for a single statement.
    single: bool,
    /// The queries since it was handed out.
    repeats: Repeats,
}

/// A query that somebody watches, while it runs.
pub(crate) struct Observation {
    name: &'static str,
    started: Instant,
    pool_wait: Option<Duration>,
    attempt: u32,
    span: spans::QuerySpan,
}

impl Watched {
    pub(crate) fn new(server: Arc<str>, connection: u32) -> Self {
        Self { server, connection, pool_wait: None, single: false, repeats: Repeats::default() }
    }

    /// The connection goes to a caller who waited so long, for one statement or for as many as it likes.
    pub(crate) fn handed_out(&mut self, waited: Duration, single: bool) {
        self.pool_wait = Some(waited);
        self.single = single;
        self.repeats = Repeats::default();
    }

    /// A query starts, in this attempt at its transaction.
    #[inline]
    pub(crate) fn start(
        &mut self,
        hooks: &Hooks,
        name: &'static str,
        attempt: u32,
        batch: bool,
    ) -> Option<Observation> {
        test::note(name);
        if !hooks.listen_to_queries() && !spans::wanted() {
            return None;
        }
        let observation = self.observe(name, attempt);
        if !batch {
            self.note_repeats(hooks, &observation);
        }
        Some(observation)
    }

    #[cold]
    fn observe(&mut self, name: &'static str, attempt: u32) -> Observation {
        let pool_wait = self.pool_wait.take();
        let attempt = attempt.max(1);
        let span = spans::query(name, &self.server, self.connection, attempt, pool_wait);
        Observation { name, started: Instant::now(), pool_wait, attempt, span }
    }

    /// The query is over.
    pub(crate) fn end(&mut self, hooks: &Hooks, observation: Observation, rows: u64, error: Option<&Error>) {
        let ended = Instant::now();
        if hooks.repeated_after().is_some() {
            self.with_repeats(|repeats| repeats.ended(observation.name, ended));
        }
        let Observation { name, started, pool_wait, attempt, span } = observation;
        let duration = ended.saturating_duration_since(started);
        let event = QueryEvent {
            name,
            duration,
            rows,
            error: error.map(Error::kind),
            pool_wait,
            server: Arc::clone(&self.server),
            connection: self.connection,
            attempt,
            slow: hooks.slow_after().is_some_and(|limit| duration >= limit),
        };
        span.end(&event);
        hooks.query(&event);
    }

    /// Takes note of a query that is no batch. Tells when it comes again and again.
    #[cold]
    fn note_repeats(&mut self, hooks: &Hooks, observation: &Observation) {
        let Some(limit) = hooks.repeated_after() else { return };
        let (name, now) = (observation.name, observation.started);
        if let Some(times) = self.with_repeats(|repeats| repeats.note(name, now, limit)) {
            let event = RepeatedQuery { name, times };
            spans::repeated(&event, &self.server, self.connection);
            hooks.repeated(&event);
        }
    }

    /// Each statement through a pool has a loan of its own: what those have in common is the thread.
    fn with_repeats<R>(&mut self, work: impl FnOnce(&mut Repeats) -> R) -> R {
        if self.single { repeats::in_this_thread(work) } else { work(&mut self.repeats) }
    }
}

impl Observation {
    /// Makes the span of the query the current one while `work` runs.
    pub(crate) fn within<R>(observation: Option<&Self>, work: impl FnOnce() -> R) -> R {
        match observation {
            Some(observation) => observation.span.within(work),
            None => work(),
        }
    }
}
