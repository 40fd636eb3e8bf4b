//! A line on stderr for what takes more than a second. Silent when nobody watches a terminal.

use std::io::{IsTerminal as _, Write as _};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Does `work`, and says `what` is being done when it takes long.
pub(crate) fn during<T>(what: &str, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    let (done, watch) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let start = Instant::now();
            let mut shown = false;
            while let Err(RecvTimeoutError::Timeout) = watch.recv_timeout(Duration::from_secs(1)) {
                shown = true;
                eprint!("\r{what} ... {} s", start.elapsed().as_secs());
                let _ = std::io::stderr().flush();
            }
            if shown {
                // Back to the beginning and away with the line.
                eprint!("\r\u{1b}[K");
            }
        });
        let answer = work();
        drop(done);
        answer
    })
}
