//! The sample database of Porpoise, and at the same time its own first user: what the build script generates from the
//! query files of this folder, for the programs under `examples/` and the tests under `tests/`.
//!
//! | module | from | checked against | generated |
//! |---|---|---|---|
//! | the root | `queries/*.sql` | MariaDB | into OUT_DIR, by `build.rs` |
//! | [`mysql`] | the same files | MySQL | into `examples/generated/`, committed |
//! | [`mariadb`] | `queries/mariadb/*.sql` | MariaDB | into OUT_DIR |
//! | [`keyed`] | `queries/keyed/*.sql` | MariaDB, and MySQL in [`keyed_mysql`] | into OUT_DIR |
//! | [`hostile`] | `queries/hostile/*.sql` | MariaDB | into OUT_DIR |
//!
//! An application needs one of them: usually the first line below, and no more.

include!(concat!(env!("OUT_DIR"), "/porpoise.rs"));

/// The same queries, checked against MySQL. What is generated stays as it is, so that `porpoise check` finds it fresh.
#[path = "../examples/generated/mod.rs"]
pub mod mysql;

/// Columns and statements that only MariaDB has.
pub mod mariadb {
    include!(concat!(env!("OUT_DIR"), "/mariadb.rs"));
}

/// Keys, enums and columns with types of their own.
pub mod keyed {
    include!(concat!(env!("OUT_DIR"), "/keyed.rs"));
}

/// The same, checked against MySQL.
pub mod keyed_mysql {
    include!(concat!(env!("OUT_DIR"), "/keyed_mysql.rs"));
}

pub mod board;

/// Names and comments that try to break out of wherever they are written.
pub mod hostile {
    include!(concat!(env!("OUT_DIR"), "/hostile.rs"));
}

pub use porpoise::test::TemporaryDatabase;

/// Creates the tables of the sample database.
pub const CREATE_TABLES: &str = include_str!("schema.sql");
