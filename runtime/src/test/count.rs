//! How many queries did that take? Counts belong to the thread that takes them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

/// How often each query was run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryCount {
    by_name: BTreeMap<&'static str, usize>,
}

impl QueryCount {
    /// All together.
    pub fn total(&self) -> usize {
        self.by_name.values().sum()
    }

    /// Those of one generated function, named as `module::function`.
    pub fn of(&self, name: &str) -> usize {
        self.by_name.get(name).copied().unwrap_or(0)
    }

    /// The generated functions by name, each with its count.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, usize)> + '_ {
        self.by_name.iter().map(|(name, times)| (*name, *times))
    }
}

/// One line for each name: `2 x articles::list`.
impl fmt::Display for QueryCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (name, times)) in self.iter().enumerate() {
            let separator = if position > 0 { "\n" } else { "" };
            write!(f, "{separator}{times} x {name}")?;
        }
        Ok(())
    }
}

/// Counts the queries that a closure runs in this thread.
pub fn count_queries<T>(work: impl FnOnce() -> T) -> (T, QueryCount) {
    let counting = Counting::start();
    let result = work();
    (result, counting.end())
}

/// Runs a closure that must take just so many queries in this thread.
///
/// # Panics
/// When it takes more or fewer; the message has each query's name with its count.
#[track_caller]
pub fn assert_queries<T>(expected: usize, work: impl FnOnce() -> T) -> T {
    let (result, count) = count_queries(work);
    let total = count.total();
    assert!(total == expected, "expected {expected} queries, and there were {total}:\n{count}");
    result
}

thread_local! {
    /// Is anything being counted? Apart from the counts, because every query of every program asks.
    static COUNTING: Cell<bool> = const { Cell::new(false) };
    /// The counts under way, the outermost first.
    static COUNTS: RefCell<Vec<QueryCount>> = const { RefCell::new(Vec::new()) };
}

/// A query is run in this thread.
#[inline]
pub(crate) fn note(name: &'static str) {
    if COUNTING.get() {
        COUNTS.with_borrow_mut(|counts| {
            for count in counts {
                *count.by_name.entry(name).or_default() += 1;
            }
        });
    }
}

/// A count under way in this thread, over when dropped: a closure may panic.
struct Counting;

impl Counting {
    fn start() -> Self {
        COUNTS.with_borrow_mut(|counts| counts.push(QueryCount::default()));
        COUNTING.set(true);
        Self
    }

    fn end(self) -> QueryCount {
        COUNTS.with_borrow_mut(|counts| counts.last_mut().map(std::mem::take).unwrap_or_default())
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        let left = COUNTS.with_borrow_mut(|counts| {
            counts.pop();
            counts.len()
        });
        COUNTING.set(left > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_nested_and_end_with_a_panic() {
        let ((inner, kept), outer) = count_queries(|| {
            note("a::b");
            let inner = count_queries(|| note("a::c")).1;
            let panicked = std::panic::catch_unwind(|| count_queries(|| panic!("a test")));
            note("a::b");
            (inner, panicked.is_err())
        });
        note("outside::of_all");
        assert!(kept);
        assert_eq!(inner.to_string(), "1 x a::c");
        assert_eq!((outer.total(), outer.of("a::b"), outer.of("a::c"), outer.of("x")), (3, 2, 1, 0));
        assert_eq!(outer.to_string(), "2 x a::b\n1 x a::c");
        assert_eq!(count_queries(|| ()).1, QueryCount::default());
    }

    #[test]
    #[should_panic(expected = "expected 1 queries, and there were 3:\n1 x a::list\n2 x a::tags")]
    fn a_wrong_number_is_told_with_the_names() {
        assert_queries(1, || {
            note("a::tags");
            note("a::list");
            note("a::tags");
        });
    }
}
