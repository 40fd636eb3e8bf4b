//! What hooks are told of queries. Never holds parameters.

use std::sync::Arc;
use std::time::Duration;

use crate::error::ErrorKind;

/// What happened in one query of generated code, for [`Options::on_query`](crate::Options::on_query) and
/// [`Options::on_slow_query`](crate::Options::on_slow_query). Never holds parameters. The rows of a batch are one query.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QueryEvent {
    /// The generated function, as `module::function`.
    pub name: &'static str,
    /// From sending to the last row, without the wait for a connection. That of a stream includes what the application
    /// did between its rows.
    pub duration: Duration,
    /// Rows read; of a statement that gives none, rows changed.
    pub rows: u64,
    /// How it failed, if it did.
    pub error: Option<ErrorKind>,
    /// How long the caller had waited for the connection, at the first query after it came from a pool; `None` at later
    /// ones, so that waits can be summed up.
    pub pool_wait: Option<Duration>,
    /// The server, as `host:port`, or the path of its socket.
    pub server: Arc<str>,
    /// The server's number for the connection, as in `KILL` and the process list.
    pub connection: u32,
    /// Which attempt at the closure of its transaction it was part of, from 1; 1 without such a closure.
    pub attempt: u32,
    /// It took as long as [`Options::slow_query`](crate::Options::slow_query), or longer.
    pub slow: bool,
}

/// One query was run again and again in a short time, as a loop does that should be a join, a list or a batch. For
/// [`Options::on_repeated_query`](crate::Options::on_repeated_query).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RepeatedQuery {
    /// The generated function, as `module::function`.
    pub name: &'static str,
    /// How often it has been run so far: the limit of [`Options::warn_repeated`](crate::Options::warn_repeated).
    pub times: u32,
}
