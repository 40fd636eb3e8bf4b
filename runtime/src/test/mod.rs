//! For tests of applications: how many queries did that take, and a place to try things out.
//!
//! ```no_run
//! # const CREATE_TABLES: &str = "";
//! # fn page(_: impl porpoise::Write) -> porpoise::Result<Vec<u32>> { Ok(Vec::new()) }
//! use porpoise::test::{TemporaryDatabase, assert_queries, count_queries, rolled_back};
//! # fn main() -> porpoise::Result<()> {
//!
//! // A database of its own for each test, gone at its end; or a transaction that leaves nothing.
//! let database = TemporaryDatabase::create("mysql://root@localhost/", CREATE_TABLES)?;
//! let pool = porpoise::Pool::new(database.options())?;
//! let rows = rolled_back(&pool, |tx| page(tx))??;
//!
//! let rows = assert_queries(2, || page(&pool))?;
//! let (rows, count) = count_queries(|| page(&pool));
//! assert_eq!(count.of("articles::list"), 1);
//! # let _ = rows;
//! # Ok(())
//! # }
//! ```
//!
//! Counted are calls of generated functions that got a connection, whether they succeed or not: a stream once, a batch
//! once, whatever number of rows it has. Not counted are BEGIN, COMMIT and savepoints, raw SQL, and what a pool does.
//!
//! Counts belong to the thread that takes them, so that tests which run at the same time do not disturb each other.
//! Queries of threads that the closure starts are therefore **not** counted: count within those threads, and add up.
//! Counts may be nested; each sees what happens within it.

mod count;
mod database;

use crate::error::Result;
use crate::pool::Pool;
use crate::transaction::Transaction;

pub(crate) use count::note;
pub use count::{QueryCount, assert_queries, count_queries};
pub use database::TemporaryDatabase;

/// Runs a closure in a transaction that is rolled back whatever it answers: a test leaves no row behind. What it inserts
/// still takes AUTO_INCREMENT values, and statements that commit on the way, such as CREATE TABLE, are not undone.
///
/// # Errors
/// When the transaction cannot be begun or rolled back; what the closure answers is inside.
#[track_caller]
pub fn rolled_back<T>(pool: &Pool, work: impl FnOnce(&mut Transaction<'_>) -> T) -> Result<T> {
    let mut transaction = pool.begin()?;
    let answer = work(&mut transaction);
    transaction.rollback()?;
    Ok(answer)
}
