//! The runtime of Porpoise: what generated code and applications call to talk to MySQL and MariaDB.
//!
//! An application builds [`Options`], makes a [`Pool`] and gives it (or a [`Connection`], or a [`Transaction`]) as the
//! first argument to generated functions. The runtime knows nothing of schemas and SQL beyond what generated code
//! hands to it, and it does not depend on the generator.
//!
//! ```no_run
//! # fn main() -> porpoise::Result<()> {
//! let pool = porpoise::Pool::new(porpoise::Options::from_url("mysql://app@localhost/shop")?)?;
//! let mut connection = pool.get()?; // returned to the pool when dropped
//! pool.transaction(|tx| {
//!     // generated functions take `&mut *tx` here
//! #   let _ = tx;
//!     Ok::<_, porpoise::Error>(())
//! })?;
//! # let _ = &mut connection;
//! # Ok(())
//! # }
//! ```

#[doc(hidden)]
pub mod __codegen;
mod bulk;
mod connection;
mod constraint;
mod error;
mod executor;
mod keyed;
mod nest;
mod observe;
mod options;
mod pool;
mod relations;
mod row;
mod schema;
mod session;
mod stream;
pub mod test;
mod transaction;
mod value;

pub use bulk::{BulkMethod, BulkOptions, BulkProgress, BulkResult, BulkWarning};
pub use connection::{Connection, Setup};
pub use constraint::{Constraint, ConstraintKind};
pub use error::{Error, ErrorKind, Result};
pub use executor::{Executor, Read, ReadOn, Write, WriteOn};
pub use keyed::Keyed;
pub use observe::{QueryEvent, RepeatedQuery};
pub use options::{Options, PoolEvent, TlsMode};
pub use pool::{Holder, Pool, PoolMetrics, PoolStatus};
pub use row::{FromRow, Row};
pub use schema::{DifferenceKind, Family, Schema, SchemaDifference, schema_differences, verify_schema};
pub use session::ExecResult;
pub use stream::{Chunks, Rows};
pub use transaction::{Isolation, ReadTransaction, Retry, Transaction, TransactionOptions};
pub use value::{
    Cell, Decode, DecodeError, Encode, EncodeError, Enum, Set, SetIter, Time, TimeError, UnknownValue, Value,
};

#[cfg(feature = "serde_json")]
pub use value::Json;

#[cfg(feature = "bigdecimal")]
pub use bigdecimal;
#[cfg(feature = "chrono")]
pub use chrono;
#[cfg(feature = "rust_decimal")]
pub use rust_decimal;
#[cfg(feature = "serde_json")]
pub use serde_json;
#[cfg(feature = "uuid")]
pub use uuid;
