//! Constraints named at generation time, and how a server's message is recognised as being about one of them.
//! Knows message forms only; which error codes can be about which kind stands in `error::codes`.

use crate::error::ErrorKind;

/// What a [`Constraint`] enforces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConstraintKind {
    /// The primary key.
    PrimaryKey,
    /// A unique key.
    Unique,
    /// A foreign key, from either side.
    ForeignKey,
    /// A CHECK constraint.
    Check,
}

/// A constraint of a table, named when the code was generated. Compare an error with it by [`Error::violates`].
///
/// [`Error::violates`]: crate::Error::violates
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Constraint {
    kind: ConstraintKind,
    table: &'static str,
    name: &'static str,
}

impl Constraint {
    /// The primary key of a table.
    pub const fn primary_key(table: &'static str) -> Self {
        Self { kind: ConstraintKind::PrimaryKey, table, name: "PRIMARY" }
    }

    /// A unique key of a table, by the name of its index.
    pub const fn unique(table: &'static str, name: &'static str) -> Self {
        Self { kind: ConstraintKind::Unique, table, name }
    }

    /// A foreign key, by the table that declares it (the child) and its name.
    pub const fn foreign_key(table: &'static str, name: &'static str) -> Self {
        Self { kind: ConstraintKind::ForeignKey, table, name }
    }

    /// A CHECK constraint, by the table that declares it and its name.
    pub const fn check(table: &'static str, name: &'static str) -> Self {
        Self { kind: ConstraintKind::Check, table, name }
    }

    /// What it enforces.
    pub const fn kind(&self) -> ConstraintKind {
        self.kind
    }

    /// The table that declares it.
    pub const fn table(&self) -> &'static str {
        self.table
    }

    /// Its name in the schema.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Does a message of a server, whose code means `kind`, speak of this constraint? Values and index names may hold
    /// any text, quotes and `' for key '` included, so only the end of the message is looked at, where the server puts
    /// the name; a foreign key's message holds no values and is searched for its quoted form.
    pub(crate) fn is_named_by(&self, kind: ErrorKind, message: &str) -> bool {
        match self.kind {
            ConstraintKind::PrimaryKey | ConstraintKind::Unique => {
                // MariaDB names the index, MySQL (since 8.0.19) the table and the index.
                kind == ErrorKind::UniqueViolation
                    && (ends_with(message, &["' for key '", self.name, "'"])
                        || ends_with(message, &["' for key '", self.table, ".", self.name, "'"]))
            }
            ConstraintKind::ForeignKey => {
                matches!(kind, ErrorKind::ForeignKeyChild | ErrorKind::ForeignKeyParent)
                    && message.contains(&format!(
                        "{}, CONSTRAINT {} FOREIGN KEY (",
                        quoted(self.table),
                        quoted(self.name)
                    ))
            }
            ConstraintKind::Check => {
                kind == ErrorKind::CheckViolation
                    && (message == format!("Check constraint '{}' is violated.", self.name)
                        || (message.starts_with(&format!("CONSTRAINT {} failed for ", quoted(self.name)))
                            && message.ends_with(&format!(".{}", quoted(self.table)))))
            }
        }
    }
}

/// Does `text` end with the parts put together?
fn ends_with(text: &str, parts: &[&str]) -> bool {
    let mut rest = text;
    parts.iter().rev().all(|part| match rest.strip_suffix(part) {
        Some(shorter) => {
            rest = shorter;
            true
        }
        None => false,
    })
}

/// An identifier as servers print it in messages.
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMAIL: Constraint = Constraint::unique("account", "uk_email");

    #[test]
    fn both_forms_of_a_duplicate_are_recognised() {
        for message in [
            "Duplicate entry 'a@b' for key 'uk_email'",
            "Duplicate entry 'a@b' for key 'account.uk_email'",
            "Duplicate entry '' for key 'x' for key 'account.uk_email'",
        ] {
            assert!(EMAIL.is_named_by(ErrorKind::UniqueViolation, message), "{message}");
        }
    }

    #[test]
    fn a_value_that_looks_like_the_end_of_a_message_names_nothing() {
        let message = "Duplicate entry 'x' for key 'account.uk_email'' for key 'account.uk_name'";
        assert!(!EMAIL.is_named_by(ErrorKind::UniqueViolation, message));
        assert!(
            !EMAIL.is_named_by(ErrorKind::UniqueViolation, "Duplicate entry 'x' for key 'other.uk_email'")
        );
        assert!(!EMAIL.is_named_by(ErrorKind::UniqueViolation, "Duplicate entry 'x' for key 'my_uk_email'"));
    }

    #[test]
    fn the_kind_must_be_of_the_constraint() {
        assert!(!EMAIL.is_named_by(ErrorKind::CheckViolation, "Duplicate entry 'a' for key 'uk_email'"));
    }

    #[test]
    fn quotes_in_names_are_escaped_as_servers_do() {
        let key = Constraint::foreign_key("or`der", "f`k");
        let message = "Cannot add or update a child row: a foreign key constraint fails (`d`.`or``der`, CONSTRAINT \
                       `f``k` FOREIGN KEY (`a`) REFERENCES `p` (`id`))";
        assert!(key.is_named_by(ErrorKind::ForeignKeyChild, message));
    }
}
