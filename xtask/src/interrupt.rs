//! Ctrl-C, SIGTERM and SIGHUP: remembered here, looked at wherever we wait.
//!
//! Nothing is done inside a signal handler, so what was started is always taken down by the ordinary way out.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::Result;

static COUNT: AtomicUsize = AtomicUsize::new(0);
static LAST: OnceLock<std::sync::Arc<AtomicUsize>> = OnceLock::new();
static FIRST: OnceLock<usize> = OnceLock::new();

/// Makes the signals that end a program ours. Call it once, before anything is started.
pub(crate) fn install() -> Result<()> {
    let last = LAST.get_or_init(Default::default);
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        let number = usize::try_from(signal)?;
        signal_hook::flag::register_usize(signal, last.clone(), number)?;
    }
    Ok(())
}

/// How many interrupts came so far, as far as anybody looked.
pub(crate) fn count() -> usize {
    let signal = LAST.get().map_or(0, |last| last.swap(0, Ordering::SeqCst));
    if signal == 0 {
        return COUNT.load(Ordering::SeqCst);
    }
    FIRST.get_or_init(|| signal);
    COUNT.fetch_add(1, Ordering::SeqCst) + 1
}

/// An error as soon as we were interrupted.
pub(crate) fn check() -> Result<()> {
    if count() > 0 { Err("interrupted".into()) } else { Ok(()) }
}

/// Whether the first interrupt was the one that a key press makes.
pub(crate) fn is_from_keyboard() -> bool {
    FIRST.get().is_some_and(|signal| i32::try_from(*signal) == Ok(SIGINT))
}

/// The exit code by which shells tell that a signal ended a program, once one came.
pub(crate) fn exit_code() -> Option<u8> {
    // One may have come since anybody looked.
    count();
    FIRST.get().and_then(|signal| u8::try_from(128 + signal).ok())
}
