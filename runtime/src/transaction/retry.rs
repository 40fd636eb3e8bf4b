//! Running a whole transaction again when the server undid it and running it again may succeed. Knows kinds of errors
//! and pauses, and no connection.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use crate::error::ErrorKind;

/// When and how often the closure of a transaction is run again.
///
/// It is run again when the server has rolled everything back and said so ([`ErrorKind::Deadlock`],
/// [`ErrorKind::RecordChanged`]), or when the connection was lost before COMMIT was sent. Once COMMIT is on its way
/// nothing is repeated: [`ErrorKind::CommitUnknown`] goes to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    first_pause: Duration,
    longest_pause: Duration,
    lock_waits: bool,
}

impl Default for Retry {
    /// Five attempts, with pauses of up to 10 ms, 20 ms and so on between them.
    fn default() -> Self {
        Self {
            attempts: 5,
            first_pause: Duration::from_millis(10),
            longest_pause: Duration::from_secs(1),
            lock_waits: false,
        }
    }
}

impl Retry {
    /// Five attempts, with pauses of up to 10 ms, 20 ms and so on between them.
    pub fn new() -> Self {
        Self::default()
    }

    /// One attempt.
    pub fn never() -> Self {
        Self { attempts: 1, ..Self::default() }
    }

    /// How often the closure is run at most; 0 counts as 1.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest pause before the second attempt, which doubles from one to the next up to `longest`. The pause is
    /// any span up to that, so that transactions that met do not meet again.
    #[must_use]
    pub fn pause(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// Also runs it again after [`ErrorKind::LockWaitTimeout`] and [`ErrorKind::LockNotAvailable`], of which the server
    /// undoes the one statement only: the transaction is rolled back first.
    #[must_use]
    pub fn lock_waits(mut self) -> Self {
        self.lock_waits = true;
        self
    }

    /// How long to wait before running it again, after `attempt` attempts (from 1) of which the last failed for this
    /// reason; `None` to give up. A lost connection helps nobody who cannot have another.
    pub(super) fn pause_after(&self, attempt: u32, reason: ErrorKind, reconnects: bool) -> Option<Duration> {
        let again = match reason {
            ErrorKind::Deadlock | ErrorKind::RecordChanged => true,
            ErrorKind::ConnectionLost | ErrorKind::ServerShutdown => reconnects,
            ErrorKind::LockWaitTimeout | ErrorKind::LockNotAvailable => self.lock_waits,
            _ => false,
        };
        let doubled = self.first_pause.saturating_mul(1 << (attempt - 1).min(16));
        (again && attempt < self.attempts).then(|| part_of(doubled.min(self.longest_pause)))
    }
}

/// Any span up to a longest one.
fn part_of(longest: Duration) -> Duration {
    let roll = RandomState::new().build_hasher().finish();
    longest.mul_f64((roll % 1_000) as f64 / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_server_undid_is_run_again() {
        let retry = Retry::new();
        let again = |reason, reconnects| retry.pause_after(1, reason, reconnects).is_some();
        assert!(again(ErrorKind::Deadlock, false));
        assert!(again(ErrorKind::RecordChanged, false));
        assert!(again(ErrorKind::ConnectionLost, true) && !again(ErrorKind::ConnectionLost, false));
        assert!(!again(ErrorKind::CommitUnknown, true));
        assert!(!again(ErrorKind::UniqueViolation, true));
        assert!(!again(ErrorKind::LockWaitTimeout, true));
        assert!(retry.clone().lock_waits().pause_after(1, ErrorKind::LockWaitTimeout, false).is_some());
    }

    #[test]
    fn attempts_and_pauses_are_bounded() {
        let retry = Retry::new().attempts(3).pause(Duration::from_millis(100), Duration::from_millis(150));
        assert!(
            retry.pause_after(1, ErrorKind::Deadlock, false).is_some_and(|pause| pause.as_millis() < 100)
        );
        assert!(
            retry.pause_after(2, ErrorKind::Deadlock, false).is_some_and(|pause| pause.as_millis() < 150)
        );
        assert_eq!(retry.pause_after(3, ErrorKind::Deadlock, false), None);
        assert_eq!(Retry::never().pause_after(1, ErrorKind::Deadlock, false), None);
        assert!(Retry::new().attempts(u32::MAX).pause_after(1_000, ErrorKind::Deadlock, false).is_some());
    }
}
