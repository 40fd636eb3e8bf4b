//! What an application wants done once it is certain how a transaction ended.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is done afterwards.
type Work = Box<dyn FnOnce() + Send>;

/// What is to be done after commit and rollback, each with the depth of the savepoint it belongs to (1 for the
/// transaction itself).
#[derive(Default)]
pub(crate) struct Afterwards {
    commit: Vec<(u32, Work)>,
    rollback: Vec<(u32, Work)>,
}

impl Afterwards {
    pub(super) fn on_commit(&mut self, depth: u32, work: Work) {
        self.commit.push((depth, work));
    }

    pub(super) fn on_rollback(&mut self, depth: u32, work: Work) {
        self.rollback.push((depth, work));
    }

    /// A savepoint was kept: what belongs to it now belongs to what surrounds it.
    pub(super) fn released(&mut self, depth: u32) {
        for (of, _) in self.commit.iter_mut().chain(&mut self.rollback) {
            *of = (*of).min(depth - 1);
        }
    }

    /// What is to be done because a depth and all within it was rolled back.
    pub(super) fn rolled_back(&mut self, depth: u32) -> Due {
        self.commit.retain(|(of, _)| *of < depth);
        let (due, kept) = std::mem::take(&mut self.rollback).into_iter().partition(|(of, _)| *of >= depth);
        self.rollback = kept;
        Due(due)
    }

    /// What is to be done because everything was committed.
    pub(super) fn committed(&mut self) -> Due {
        self.rollback.clear();
        Due(std::mem::take(&mut self.commit))
    }

    /// Nobody knows how it ended: nothing is done.
    pub(super) fn forget(&mut self) {
        self.commit.clear();
        self.rollback.clear();
    }
}

/// Work whose time has come.
#[must_use]
pub(super) struct Due(Vec<(u32, Work)>);

impl Due {
    /// Does the work in the order in which it was asked for. During a panic, another one ends with its piece of work
    /// instead of ending the program.
    pub(super) fn run(self) {
        for (_, work) in self.0 {
            if std::thread::panicking() {
                let _ = catch_unwind(AssertUnwindSafe(work));
            } else {
                work();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_savepoint_takes_its_work_along() {
        let log = Arc::new(Mutex::new(Vec::new()));
        let note = |text: &'static str| -> Work {
            let log = Arc::clone(&log);
            Box::new(move || log.lock().unwrap().push(text))
        };
        let mut after = Afterwards::default();
        after.on_commit(1, note("outer kept"));
        after.on_commit(2, note("inner kept"));
        after.on_rollback(2, note("inner undone"));
        after.rolled_back(2).run();
        after.on_commit(2, note("second kept"));
        after.released(2);
        after.committed().run();
        after.rolled_back(1).run();
        assert_eq!(*log.lock().unwrap(), ["inner undone", "outer kept", "second kept"]);
    }
}
