//! What a pool has done so far, counted from its events.

use std::time::Duration;

use crate::options::PoolEvent;

/// Counts since a pool was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PoolMetrics {
    /// Connections made.
    pub connected: u64,
    /// Times that no connection could be made.
    pub connect_failed: u64,
    /// Time spent making connections.
    pub connecting: Duration,
    /// Connections closed.
    pub closed: u64,
    /// Connections handed out.
    pub handed_out: u64,
    /// Time that callers waited for them.
    pub waited: Duration,
    /// The longest that a caller waited for one.
    pub longest_wait: Duration,
    /// Time that connections were out.
    pub held: Duration,
    /// Connections put in order after use.
    pub resets: u64,
    /// Callers that got none within their time-out.
    pub timed_out: u64,
    /// Connections that were out suspiciously long.
    pub suspected_leaks: u64,
}

impl PoolMetrics {
    pub(super) fn count(&mut self, event: &PoolEvent) {
        match *event {
            PoolEvent::Connected { duration } => {
                self.connected += 1;
                self.connecting += duration;
            }
            PoolEvent::ConnectFailed { .. } => self.connect_failed += 1,
            PoolEvent::Closed => self.closed += 1,
            PoolEvent::HandedOut { waited } => {
                self.handed_out += 1;
                self.waited += waited;
                self.longest_wait = self.longest_wait.max(waited);
            }
            PoolEvent::Returned { held } => self.held += held,
            PoolEvent::Resetting => self.resets += 1,
            PoolEvent::TimedOut { .. } => self.timed_out += 1,
            PoolEvent::LeakSuspected { .. } => self.suspected_leaks += 1,
        }
    }
}
