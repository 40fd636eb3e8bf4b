//! `schema.json`: the catalog as a committed file, with a version and a fingerprint.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Catalog, SqlType};

/// What a snapshot file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The schema.
    pub catalog: Catalog,
    /// The server's PREPARE answers for statements that the parser cannot read, by the text sent.
    pub prepared: BTreeMap<String, PreparedAnswer>,
}

/// What a server said of a statement at PREPARE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedAnswer {
    /// The result's columns; empty for a statement without rows.
    pub columns: Vec<PreparedColumn>,
    /// The parameters in order; `None` where the server does not say (always on MariaDB).
    pub params: Vec<Option<SqlType>>,
}

/// A column of a PREPARE answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedColumn {
    /// Its name or alias.
    pub name: String,
    /// Its type.
    #[serde(flatten)]
    pub ty: SqlType,
    /// Whether the server set NOT_NULL, which is neither sound nor complete.
    pub not_null: bool,
    /// The base table's own name (not the alias); empty for an expression.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub table: String,
    /// The base column's own name; empty for an expression.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub column: String,
}
