//! `schema.json`: the catalog as a committed file, with a version and a fingerprint. Only text goes in and out here;
//! who reads and writes the file is elsewhere.
//!
//! The file may be edited and merged by hand: it is read as it is, the fingerprint is computed anew, and
//! [`Snapshot::check_fingerprint`] makes a warning of the difference.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Catalog, Routine, Server, SqlType, Table};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

mod fingerprint;
mod layout;

/// What the file says it is.
const MARKER: &str = "schema snapshot";

/// The format of the file that this version reads and writes. Fields that may be absent do not need a new one.
const VERSION: u32 = 1;

/// The first version of this package that reads [`VERSION`]; a reader that is too old shows it.
const READABLE_BY: &str = "0.1.0";

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
    /// Its type. An ENUM or SET has no members: the server does not send them.
    #[serde(flatten)]
    pub ty: SqlType,
    /// Whether the server set NOT_NULL, which is neither sound nor complete.
    pub not_null: bool,
    /// The base table's schema where it is not the default one; absent for an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The base table's own name (not the alias); empty for an expression.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub table: String,
    /// The base column's own name; empty for an expression.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub column: String,
}

/// The part of the file that every version keeps.
#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    porpoise: String,
    #[serde(default)]
    version: u32,
    #[serde(default)]
    readable_by: String,
    #[serde(default)]
    fingerprint: String,
}

/// The file as it is read.
#[derive(Deserialize)]
struct Body {
    // Not the flattened catalog: serde would lose the place of an error.
    server: Server,
    tables: Vec<Table>,
    #[serde(default)]
    routines: Vec<Routine>,
    #[serde(default)]
    prepared: BTreeMap<String, PreparedAnswer>,
}

/// The file as it is written, in this order.
#[derive(Serialize)]
struct File<'a> {
    porpoise: &'static str,
    version: u32,
    readable_by: &'static str,
    fingerprint: String,
    #[serde(flatten)]
    catalog: &'a Catalog,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    prepared: &'a BTreeMap<String, PreparedAnswer>,
}

impl Snapshot {
    /// The file's text: the same bytes for the same content, one line for each column and index, and a line feed at
    /// the end.
    pub fn to_json(&self) -> String {
        layout::json(&File {
            porpoise: MARKER,
            version: VERSION,
            readable_by: READABLE_BY,
            fingerprint: self.fingerprint(),
            catalog: &self.catalog,
            prepared: &self.prepared,
        })
    }

    /// Reads a file's text. A file of a newer version, of another kind, or with a fault in its JSON is an error.
    pub fn from_json(text: &str) -> Result<Snapshot> {
        header(text)?;
        let body: Body = serde_json::from_str(text).map_err(|error| malformed(text, &error))?;
        let Body { server, tables, routines, prepared } = body;
        Ok(Snapshot { catalog: Catalog { server, tables, routines }, prepared })
    }

    /// What the schema is, in 32 hexadecimal digits: equal for equal schemas. It covers the catalog without the
    /// server's patch level, which changes too often and never changes a type, and without the PREPARE answers, which
    /// follow from the catalog and the queries.
    pub fn fingerprint(&self) -> String {
        let mut catalog = self.catalog.clone();
        catalog.server.version.2 = 0;
        fingerprint::hex(layout::json(&catalog).as_bytes())
    }

    /// Takes the patch level of the server over from an older snapshot of the same release, so that a server's update
    /// makes no difference where the schema has none.
    pub fn keep_patch_level(&mut self, before: &Snapshot) {
        let (now, then) = (&mut self.catalog.server, &before.catalog.server);
        if (now.family, now.version.0, now.version.1) == (then.family, then.version.0, then.version.1) {
            now.version.2 = then.version.2;
        }
    }

    /// A warning where a file's text was changed by something other than Porpoise, such as an editor or a merge.
    pub fn check_fingerprint(text: &str) -> Result<Option<Diagnostic>> {
        let written = header(text)?.fingerprint;
        let computed = Snapshot::from_json(text)?.fingerprint();
        Ok((written != computed).then(|| {
            Diagnostic::warning("snapshot-edited", "the schema snapshot was changed after it was written")
                .help("it is used as it is; `porpoise pull` writes it anew from the server")
        }))
    }

    /// An error when the snapshot is of a server of another family than `live`: the two differ in too much for the
    /// one to stand for the other.
    pub fn expect_family(&self, live: &Server) -> Result<()> {
        let (ours, theirs) = (self.catalog.server.family, live.family);
        if ours == theirs {
            return Ok(());
        }
        Err(Error::new(format!(
            "the schema snapshot is of {}, and the server is {}",
            ours.as_str(),
            theirs.as_str()
        ))
        .help(format!(
            "connect to a {} server, or delete the snapshot file and pull again to change over to {}",
            ours.as_str(),
            theirs.as_str(),
        )))
    }
}

fn header(text: &str) -> Result<Header> {
    let header: Header = serde_json::from_str(text).map_err(|error| malformed(text, &error))?;
    if header.porpoise != MARKER {
        return Err(Error::new("this is JSON, but no schema snapshot of Porpoise")
            .help("name the file that `porpoise pull` wrote, or let it write one"));
    }
    if header.version > VERSION {
        let wanted = if header.readable_by.is_empty() { "a newer version" } else { &header.readable_by };
        return Err(Error::new(format!(
            "the schema snapshot was written by a newer Porpoise: its format is version {}, and this one reads \
             version {VERSION}",
            header.version,
        ))
        .help(format!("upgrade porpoise-codegen to {wanted}")));
    }
    if header.version == 0 {
        return Err(Error::new("the schema snapshot does not say its version")
            .help("write it anew with `porpoise pull`"));
    }
    Ok(header)
}

/// serde_json says the line and column itself.
fn malformed(text: &str, error: &serde_json::Error) -> Error {
    let merge = text.lines().any(|line| line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>"));
    let help = if merge {
        "it holds the marks of a merge conflict: take either side, then write it anew with `porpoise pull`"
    } else {
        "mend it there, or write it anew with `porpoise pull`"
    };
    Error::new(format!("the schema snapshot cannot be read: {error}")).help(help)
}

#[cfg(test)]
mod tests;
