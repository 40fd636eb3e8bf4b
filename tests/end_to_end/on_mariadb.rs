//! The tests that run on both servers, with the code that was checked against MariaDB.

// One file each is the point: the same test, compiled against the code for either server.
#![allow(clippy::duplicate_mod)]

use porpoise::Family;
use porpoise_examples as queries;
use porpoise_examples::keyed as keyed_queries;

use crate::support::Database;

const FAMILY: Family = Family::MariaDb;

fn sample() -> Option<Database> {
    Database::create(FAMILY, porpoise_examples::CREATE_TABLES, &queries::SCHEMA)
}

#[path = "keyed.rs"]
mod keyed;
#[path = "nest.rs"]
mod nest;
#[path = "relations.rs"]
mod relations;
#[path = "sample.rs"]
mod sample;
#[path = "tables.rs"]
mod tables;
#[path = "types.rs"]
mod types;
