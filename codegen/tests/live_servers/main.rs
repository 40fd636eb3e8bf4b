//! What only a real server can show: introspection, PREPARE and connecting, on MariaDB and on MySQL.
#![cfg(feature = "live")]

mod connecting;
mod preparing;
mod schema;
mod snapshot;
mod support;
mod types;
