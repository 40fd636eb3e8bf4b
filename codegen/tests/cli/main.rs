//! The `porpoise` command as people run it: in a folder of its own, by its arguments, exit status, streams and files.

// Everything here is a test; clippy knows only the functions marked as such.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod arguments;
mod describe;
mod generate;
mod init;
mod live;
#[path = "../common/sample.rs"]
mod sample;
mod secrets;
mod support;
