//! What only a real server can show: introspection, PREPARE and connecting, on MariaDB and on MySQL.
#![cfg(feature = "live")]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking too")]

mod connecting;
mod driver;
mod preparing;
mod refusals;
mod schema;
mod snapshot;
mod support;
mod tables;
mod types;
