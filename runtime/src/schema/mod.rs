//! What a build checked its statements against, as constants of the generated code, and whether a live server still has
//! it.

mod column_type;
mod compare;
mod description;
mod difference;
mod live;
mod verify;

use std::fmt;

pub use difference::{DifferenceKind, SchemaDifference};
pub use verify::{schema_differences, verify_schema};

/// The family of a server: the two speak one protocol and differ in dialect, types and error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Oracle MySQL and servers that follow it (Percona Server, Aurora MySQL).
    MySql,
    /// MariaDB.
    MariaDb,
}

impl Family {
    /// The family that a server's `VERSION()` text tells of.
    pub(crate) fn of_version(version: &str) -> Self {
        if version.to_ascii_lowercase().contains("mariadb") { Self::MariaDb } else { Self::MySql }
    }

    /// The collation of comparisons when nothing else is asked for: the family's own default for utf8mb4, so that
    /// literals and parameters compare as they do in a fresh client.
    pub(crate) fn default_collation(self) -> &'static str {
        match self {
            Self::MySql => "utf8mb4_0900_ai_ci",
            Self::MariaDb => "utf8mb4_general_ci",
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MySql => "MySQL",
            Self::MariaDb => "MariaDB",
        })
    }
}

/// What the generated statements were checked against. Generated code has it as `SCHEMA`; [`Options::schema`] takes it
/// and pins every session to it.
///
/// [`Options::schema`]: crate::Options::schema
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The family of the server that the statements were checked for.
    pub family: Family,
    /// The `sql_mode` in force when they were checked, as the server prints it. Empty means no mode at all.
    pub sql_mode: &'static str,
    /// The collation of the connection. Empty means the family's default.
    pub collation: &'static str,
    /// The fingerprint of the snapshot that the code was generated from.
    pub fingerprint: &'static str,
    /// The tables and views that the code relies on, a line for each table, column and unique key: what
    /// [`verify_schema`] compares a server with. Empty means none.
    pub tables: &'static str,
}
