//! Finds queries that are run again and again: N+1. Pure but for the memory of each thread; the time is passed in.

use std::cell::RefCell;
use std::time::{Duration, Instant};

/// A longer pause between two runs of a query ends its burst.
const PAUSE: Duration = Duration::from_millis(100);

/// How many queries are followed at a time. A loop has few.
const FOLLOWED: usize = 16;

/// The bursts that are under way.
#[derive(Default)]
pub(super) struct Repeats {
    bursts: Vec<Burst>,
}

struct Burst {
    name: &'static str,
    times: u32,
    last: Instant,
}

impl Repeats {
    /// A query is run. Gives how often by now, once in its burst: when that is the limit.
    pub(super) fn note(&mut self, name: &'static str, now: Instant, limit: u32) -> Option<u32> {
        let fresh = Burst { name, times: 0, last: now };
        let position = match self.bursts.iter().position(|burst| burst.name == name) {
            Some(position) => position,
            None if self.bursts.len() < FOLLOWED => {
                self.bursts.push(fresh);
                self.bursts.len() - 1
            }
            None => {
                let quiet = self.bursts.iter().enumerate().min_by_key(|(_, burst)| burst.last);
                let position = quiet.map_or(0, |(position, _)| position);
                self.bursts[position] = fresh;
                position
            }
        };
        let burst = &mut self.bursts[position];
        if now.saturating_duration_since(burst.last) > PAUSE {
            burst.times = 0;
        }
        burst.times = burst.times.saturating_add(1);
        burst.last = now;
        (burst.times == limit).then_some(limit)
    }

    /// The run ended now: the pause begins here.
    pub(super) fn ended(&mut self, name: &'static str, now: Instant) {
        if let Some(burst) = self.bursts.iter_mut().find(|burst| burst.name == name) {
            burst.last = now;
        }
    }
}

/// The bursts of this thread, over all connections that it takes for one statement each.
pub(super) fn in_this_thread<R>(work: impl FnOnce(&mut Repeats) -> R) -> R {
    thread_local! {
        static REPEATS: RefCell<Repeats> = RefCell::default();
    }
    // Nothing in here calls back, so nobody else has it borrowed.
    REPEATS.with_borrow_mut(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_told_once_and_another_again() {
        let mut repeats = Repeats::default();
        let start = Instant::now();
        let mut told = Vec::new();
        for run in 0..10 {
            told.extend(repeats.note("q", start + PAUSE * run, 3));
            // Another query on the way changes nothing.
            assert_eq!(repeats.note("other", start + PAUSE * run, 100), None);
        }
        assert_eq!(told, [3]);
        let later = start + PAUSE * 20;
        assert_eq!((0..3).filter_map(|_| repeats.note("q", later, 3)).count(), 1);
    }

    #[test]
    fn pauses_are_between_the_end_and_the_next_start() {
        let mut repeats = Repeats::default();
        let start = Instant::now();
        assert_eq!(repeats.note("slow", start, 2), None);
        repeats.ended("slow", start + PAUSE * 9);
        assert_eq!(repeats.note("slow", start + PAUSE * 10, 2), Some(2));
        assert_eq!(repeats.note("slow", start + PAUSE * 12, 2), None);
        assert_eq!(repeats.note("slow", start + PAUSE * 13, 2), Some(2));
    }

    #[test]
    fn few_queries_are_followed() {
        const NAMES: [&str; 20] = [
            "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
            "t",
        ];
        let mut repeats = Repeats::default();
        for name in NAMES {
            assert_eq!(repeats.note(name, Instant::now(), 2), None);
        }
        assert_eq!(repeats.bursts.len(), FOLLOWED);
        assert_eq!(repeats.note("t", Instant::now(), 2), Some(2));
    }
}
