//! The generator of Porpoise: reads a schema and `.sql` files, checks every statement, and writes plain Rust.
//!
//! The stages are plain functions over plain data and do not call each other; this file composes them.

pub mod analyze;
pub mod catalog;
mod config;
pub mod describe;
mod diagnostic;
pub mod emit;
mod error;
#[cfg(feature = "live")]
pub mod live;
pub mod lower;
pub mod parse;
pub mod render;
mod span;
pub mod statement;
pub mod typed;
pub mod write;

pub use config::{Config, Database, Generate, Queries, Schema, Types, ZeroDates, matches, reference};
pub use diagnostic::{Diagnostic, Label, Level, nearest};
pub use error::{Error, Result};
pub use span::{FileId, Source, Sources, Span};

/// A path as people read it, with `/` between its parts on every system.
pub(crate) fn slashed(path: &std::path::Path) -> String {
    let text = path.display().to_string();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

/// The empty path means the current folder, and the file system wants to hear it so.
pub(crate) fn or_dot(path: std::path::PathBuf) -> std::path::PathBuf {
    if path.as_os_str().is_empty() { ".".into() } else { path }
}
