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
pub mod verify;
mod words;
pub mod write;

pub use config::{Config, Database, Generate, Schema, Types, ZeroDates};
pub use diagnostic::{Diagnostic, Label, Level, nearest};
pub use error::{Error, Result};
pub use span::{FileId, Source, Sources, Span};
