//! Spans and events of the crate `tracing`, with the feature of that name; without it, nothing in the same shape.
//!
//! Spans have the level DEBUG, warnings WARN, and all have the target `porpoise`.

#[cfg(feature = "tracing")]
mod real {
    use std::time::Duration;

    use tracing::field::{Empty, debug};
    use tracing::{Level, Span, enabled, event, span};

    use crate::error::ErrorKind;
    use crate::observe::{QueryEvent, RepeatedQuery};

    const TARGET: &str = "porpoise";

    /// The span of one query.
    pub(crate) struct QuerySpan(Span);

    /// Does a subscriber want spans of queries, or warnings?
    pub(in crate::observe) fn wanted() -> bool {
        enabled!(target: TARGET, Level::DEBUG)
    }

    pub(in crate::observe) fn query(
        name: &'static str,
        server: &str,
        connection: u32,
        attempt: u32,
        pool_wait: Option<Duration>,
    ) -> QuerySpan {
        let span = span!(
            target: TARGET,
            Level::DEBUG,
            "query",
            query.name = name,
            server,
            connection,
            retries = attempt - 1,
            pool.wait_us = Empty,
            rows = Empty,
            duration_us = Empty,
            error = Empty,
        );
        if let Some(wait) = pool_wait {
            span.record("pool.wait_us", micros(wait));
        }
        QuerySpan(span)
    }

    impl QuerySpan {
        pub(crate) fn within<R>(&self, work: impl FnOnce() -> R) -> R {
            self.0.in_scope(work)
        }

        pub(crate) fn end(self, event: &QueryEvent) {
            self.0.record("rows", event.rows);
            self.0.record("duration_us", micros(event.duration));
            if let Some(kind) = event.error {
                self.0.record("error", debug(kind));
            }
            if event.slow {
                event!(
                    target: TARGET,
                    parent: &self.0,
                    Level::WARN,
                    query.name = event.name,
                    duration_us = micros(event.duration),
                    rows = event.rows,
                    pool.wait_us = event.pool_wait.map(micros),
                    server = &*event.server,
                    connection = event.connection,
                    error = event.error.map(debug),
                    "slow query"
                );
            }
        }
    }

    pub(in crate::observe) fn repeated(event: &RepeatedQuery, server: &str, connection: u32) {
        event!(
            target: TARGET,
            Level::WARN,
            query.name = event.name,
            times = event.times,
            server,
            connection,
            "the same query is run again and again: a join, a list or a batch would do it at once"
        );
    }

    /// The span of a transaction that is a closure, over all attempts.
    pub(crate) struct TransactionSpan(Span);

    impl TransactionSpan {
        pub(crate) fn new() -> Self {
            Self(span!(target: TARGET, Level::DEBUG, "transaction", attempts = Empty, error = Empty))
        }

        pub(crate) fn within<R>(&self, work: impl FnOnce() -> R) -> R {
            self.0.in_scope(work)
        }

        /// It is over after so many attempts; `undone_by` says why the last one did not count.
        pub(crate) fn end(self, attempts: u32, undone_by: Option<ErrorKind>) {
            self.0.record("attempts", attempts);
            if let Some(kind) = undone_by {
                self.0.record("error", debug(kind));
            }
        }
    }

    fn micros(span: Duration) -> u64 {
        u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod none {
    use std::time::Duration;

    use crate::error::ErrorKind;
    use crate::observe::{QueryEvent, RepeatedQuery};

    pub(crate) struct QuerySpan;

    pub(in crate::observe) fn wanted() -> bool {
        false
    }

    pub(in crate::observe) fn query(
        _: &'static str,
        _: &str,
        _: u32,
        _: u32,
        _: Option<Duration>,
    ) -> QuerySpan {
        QuerySpan
    }

    impl QuerySpan {
        pub(crate) fn within<R>(&self, work: impl FnOnce() -> R) -> R {
            work()
        }

        pub(crate) fn end(self, _: &QueryEvent) {}
    }

    pub(in crate::observe) fn repeated(_: &RepeatedQuery, _: &str, _: u32) {}

    pub(crate) struct TransactionSpan;

    impl TransactionSpan {
        pub(crate) fn new() -> Self {
            Self
        }

        pub(crate) fn within<R>(&self, work: impl FnOnce() -> R) -> R {
            work()
        }

        pub(crate) fn end(self, _: u32, _: Option<ErrorKind>) {}
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) use none::*;
#[cfg(feature = "tracing")]
pub(crate) use real::*;
