//! End to end: schema and query files in, generated code out, run against live servers.

// Helpers of tests fail as tests do.
#![allow(clippy::expect_used, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod downstream;
mod examples;
mod freshness;
mod hostile;
mod mariadb;
mod misuse;
mod on_mariadb;
mod on_mysql;
mod secrets;
mod startup_check;
mod unreadable;
