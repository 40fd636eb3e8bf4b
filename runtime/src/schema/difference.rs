//! One thing in which a server differs from what the code was generated for. Only data and its words.

use std::fmt;

/// What kind of thing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DifferenceKind {
    /// The server is of the other family.
    Family,
    /// A table or view is missing, or the account may not see it.
    TableMissing,
    /// A table became a view, or the like.
    TableKind,
    /// A column is missing.
    ColumnMissing,
    /// A column has another type, collation or default, or can be NULL or not otherwise.
    ColumnChanged,
    /// A column is new.
    ColumnNew,
    /// A primary or unique key is missing.
    KeyMissing,
    /// A primary or unique key is over other columns.
    KeyChanged,
    /// A primary or unique key is new.
    KeyNew,
}

/// One thing in which the schema of a server differs from the one that the code was generated from. `Display` says it
/// in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaDifference {
    kind: DifferenceKind,
    breaks: bool,
    table: Option<String>,
    name: Option<String>,
    text: String,
}

impl SchemaDifference {
    pub(super) fn new(kind: DifferenceKind, breaks: bool, text: String) -> Self {
        Self { kind, breaks, table: None, name: None, text }
    }

    pub(super) fn of(mut self, table: String, name: Option<String>) -> Self {
        self.table = Some(table);
        self.name = name;
        self
    }

    /// What differs.
    pub fn kind(&self) -> DifferenceKind {
        self.kind
    }

    /// Can a statement of the generated code fail, or give something else than it was checked for, because of this?
    pub fn breaks(&self) -> bool {
        self.breaks
    }

    /// The table as SQL names it: in backticks, with its schema in front where that is not the one connected to, and
    /// with control characters as `\u{...}`. `None` for a difference of the whole server.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// The column or key, written in the same way; `None` for the table itself and for the primary key.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl fmt::Display for SchemaDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
