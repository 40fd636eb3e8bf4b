//! Keeps panics of the driver in. It has some for replies that no server should send (an empty packet, a result with
//! 2^60 columns), and whoever sits at the other end must not be able to end threads of the application.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Calls the driver. A panic becomes the error that poisons the session: what the connection holds afterwards is not
/// known, and nothing looks at it again.
pub(super) fn driver<T>(call: impl FnOnce() -> mysql::Result<T>) -> mysql::Result<T> {
    catch_unwind(AssertUnwindSafe(call))
        .unwrap_or_else(|_| Err(mysql::Error::DriverError(mysql::DriverError::UnexpectedPacket)))
}

/// The same for a call that gives one thing after the other.
pub(super) fn next<T>(call: impl FnOnce() -> Option<mysql::Result<T>>) -> Option<mysql::Result<T>> {
    driver(|| call().transpose()).transpose()
}
