//! Room for recursion: syntax trees are walked by recursion, and the threads of tests and build scripts have little
//! stack.

use std::cell::Cell;

/// Enough for the deepest tree that `parse` lets through, in a debug build.
const STACK: usize = 256 * 1024 * 1024;

thread_local! {
    static HAS_ROOM: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` in a thread with a large stack, or here where that is so already or the system has no room to give.
/// The memory is reserved, not used.
pub(crate) fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    if HAS_ROOM.get() {
        return work();
    }
    std::thread::scope(|scope| {
        let there = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
            HAS_ROOM.set(true);
            work()
        });
        match there.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => work(),
        }
    })
}
