//! What applications may be told, and what they may do, at the turning points of queries and connections.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use crate::connection::{Connection, Setup};
use crate::error::{ErrorKind, Result};
use crate::observe::{QueryEvent, RepeatedQuery};

/// What happened in a pool, for [`Options::on_pool_event`](crate::Options::on_pool_event).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PoolEvent {
    /// A connection was made.
    Connected {
        /// How long that took, log-in and all.
        duration: Duration,
    },
    /// No connection could be made.
    ConnectFailed {
        /// Why.
        kind: ErrorKind,
    },
    /// A connection was closed: it was too old, broken, or not needed.
    Closed,
    /// A connection was handed out.
    HandedOut {
        /// How long the caller waited for it.
        waited: Duration,
    },
    /// A connection came back.
    Returned {
        /// How long it was out.
        held: Duration,
    },
    /// A connection came back with something left in its session, and is being put in order.
    Resetting,
    /// A caller got no connection within its time-out.
    TimedOut {
        /// How long it waited.
        waited: Duration,
    },
    /// A connection has been out for longer than [`Options::leak_after`](crate::Options::leak_after). Told once for each
    /// time that it is handed out.
    LeakSuspected {
        /// Where it was asked for; `None` for that of a single statement.
        place: Option<&'static Location<'static>>,
        /// How long it is out.
        held: Duration,
    },
}

/// The functions of an application. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    query: Option<Listener<QueryEvent>>,
    slow_query: Option<Listener<QueryEvent>>,
    slow_after: Option<Duration>,
    repeated_query: Option<Listener<RepeatedQuery>>,
    repeated_after: Option<u32>,
    pool: Option<Listener<PoolEvent>>,
    after_connect: Option<SetUp>,
    before_hand_out: Option<HandOut>,
}

type Listener<E> = Arc<dyn Fn(&E) + Send + Sync>;
type SetUp = Arc<dyn Fn(&mut Setup<'_>) -> Result<()> + Send + Sync>;
type HandOut = Arc<dyn Fn(&mut Connection) -> Result<()> + Send + Sync>;

impl Hooks {
    pub(crate) fn on_query(&mut self, hook: impl Fn(&QueryEvent) + Send + Sync + 'static) {
        self.query = Some(Arc::new(hook));
    }

    pub(crate) fn on_slow_query(&mut self, hook: impl Fn(&QueryEvent) + Send + Sync + 'static) {
        self.slow_query = Some(Arc::new(hook));
    }

    pub(crate) fn set_slow_after(&mut self, limit: Option<Duration>) {
        self.slow_after = limit;
    }

    pub(crate) fn on_repeated_query(&mut self, hook: impl Fn(&RepeatedQuery) + Send + Sync + 'static) {
        self.repeated_query = Some(Arc::new(hook));
    }

    pub(crate) fn set_repeated_after(&mut self, times: Option<u32>) {
        self.repeated_after = times;
    }

    pub(crate) fn on_pool_event(&mut self, hook: impl Fn(&PoolEvent) + Send + Sync + 'static) {
        self.pool = Some(Arc::new(hook));
    }

    pub(crate) fn after_connect(
        &mut self,
        hook: impl Fn(&mut Setup<'_>) -> Result<()> + Send + Sync + 'static,
    ) {
        self.after_connect = Some(Arc::new(hook));
    }

    pub(crate) fn before_hand_out(
        &mut self,
        hook: impl Fn(&mut Connection) -> Result<()> + Send + Sync + 'static,
    ) {
        self.before_hand_out = Some(Arc::new(hook));
    }

    /// Does anybody want to know of queries? Then they are timed.
    pub(crate) fn listen_to_queries(&self) -> bool {
        self.query.is_some() || self.slow_after.is_some() || self.repeated_after.is_some()
    }

    pub(crate) fn slow_after(&self) -> Option<Duration> {
        self.slow_after
    }

    pub(crate) fn repeated_after(&self) -> Option<u32> {
        self.repeated_after
    }

    pub(crate) fn query(&self, event: &QueryEvent) {
        if let Some(hook) = &self.query {
            hook(event);
        }
        if let Some(hook) = self.slow_query.as_ref().filter(|_| event.slow) {
            hook(event);
        }
    }

    pub(crate) fn repeated(&self, event: &RepeatedQuery) {
        if let Some(hook) = &self.repeated_query {
            hook(event);
        }
    }

    pub(crate) fn pool(&self, event: &PoolEvent) {
        if let Some(hook) = &self.pool {
            hook(event);
        }
    }

    pub(crate) fn set_up(&self, setup: &mut Setup<'_>) -> Result<()> {
        self.after_connect.as_ref().map_or(Ok(()), |hook| hook(setup))
    }

    pub(crate) fn hand_out(&self, connection: &mut Connection) -> Result<()> {
        self.before_hand_out.as_ref().map_or(Ok(()), |hook| hook(connection))
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooks").finish_non_exhaustive()
    }
}
