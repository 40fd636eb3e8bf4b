//! Loads a hundred thousand rows, in one call, from an iterator, and says how far it is. A bad row undoes all of it.
//!
//! ```text
//! DATABASE_URL=mysql://user:password@127.0.0.1:3306/ cargo run --example import
//! ```
//!
//! The statement is `load` in `queries/measurements.sql`. The program works in a database of its own.

use porpoise::chrono::{DateTime, TimeDelta, Utc};
use porpoise::{BulkOptions, Pool};
use porpoise_examples::measurements::{self, LoadParams};
use porpoise_examples::{CREATE_TABLES, SCHEMA, TemporaryDatabase, measurement};

const ROWS: u32 = 100_000;

/// What a file would hold, row by row.
fn readings() -> impl Iterator<Item = LoadParams<'static>> {
    (0..ROWS).map(|number| LoadParams {
        country: ["IT", "CH", "AT"][number as usize % 3],
        sensor: ["roof", "cellar"][number as usize % 2],
        celsius: f64::from(number % 400) / 10.0,
        taken_at: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(i64::from(number) + 1),
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url =
        std::env::var("DATABASE_URL").map_err(|_| "set DATABASE_URL to mysql://user:password@host:port/")?;
    let database = TemporaryDatabase::create(&url, CREATE_TABLES)?;
    let pool = Pool::new(database.options().schema(&SCHEMA))?;

    let mut quarter = 0;
    let mut options = BulkOptions::new().on_progress(|progress| {
        let quarters = progress.rows * 4 / u64::from(ROWS);
        if quarters > quarter {
            quarter = quarters;
            println!("{} %", quarters * 25);
        }
    });
    let loaded = measurements::load_with(&pool, readings(), &mut options)?;
    println!("{} rows loaded, {} are there", loaded.rows, measurement::count(&pool)?);

    // A country of three letters does not fit: nothing of the second load stays.
    let bad = LoadParams { country: "ITA", sensor: "roof", celsius: 0.0, taken_at: Utc::now() };
    let error = match measurements::load(&pool, readings().chain([bad])) {
        Ok(_) => return Err("a row that does not fit was loaded".into()),
        Err(error) => error,
    };
    println!("not loaded: {:?}; still {} rows", error.kind(), measurement::count(&pool)?);
    Ok(())
}
