//! The options about being told of queries.

use std::time::Duration;

use super::Options;
use crate::observe::{QueryEvent, RepeatedQuery};

impl Options {
    /// Calls a function after each query of generated code: a seam for logs and metrics. It runs in the thread of the
    /// query.
    #[must_use]
    pub fn on_query(mut self, hook: impl Fn(&QueryEvent) + Send + Sync + 'static) -> Self {
        self.hooks.on_query(hook);
        self
    }

    /// From when on a query counts as slow: it is then told to [`on_slow_query`](Self::on_slow_query), to
    /// [`on_query`](Self::on_query) as [`QueryEvent::slow`], and with the feature `tracing` as a warning. Where nobody
    /// listens in one of these ways, nothing is said; nothing is ever printed.
    #[must_use]
    pub fn slow_query(mut self, limit: Option<Duration>) -> Self {
        self.hooks.set_slow_after(limit);
        self
    }

    /// Calls a function after each query that took as long as [`slow_query`](Self::slow_query), or longer.
    #[must_use]
    pub fn on_slow_query(mut self, hook: impl Fn(&QueryEvent) + Send + Sync + 'static) -> Self {
        self.hooks.on_slow_query(hook);
        self
    }

    /// How often the same query may be run in a row before that is told, once, to
    /// [`on_repeated_query`](Self::on_repeated_query), and with the feature `tracing` as a warning: how N+1 is found. In
    /// a row means with pauses of less than 100 ms, on one connection between taking and returning it, or by one thread
    /// through a pool. A batch counts as one. Ten is a good start; meant for development and tests, because a busy
    /// thread may have its reasons.
    #[must_use]
    pub fn warn_repeated(mut self, times: Option<u32>) -> Self {
        self.hooks.set_repeated_after(times);
        self
    }

    /// Calls a function when a query is run again and again; see [`warn_repeated`](Self::warn_repeated).
    #[must_use]
    pub fn on_repeated_query(mut self, hook: impl Fn(&RepeatedQuery) + Send + Sync + 'static) -> Self {
        self.hooks.on_repeated_query(hook);
        self
    }
}
