//! The results of a CALL, in their order.

use std::vec::IntoIter;

use crate::error::{Error, ErrorKind, Result};
use crate::row::{FromRow, Row, column_count};
use crate::session::ResultSet;

/// What is sent for an OUT parameter, on MariaDB: nothing. MySQL does not say that an OK follows the values that it sends
/// back for placeholders, and the driver leaves it to be read as the next answer; there user variables take them.
pub const OUT: Option<bool> = None;

/// The results of a CALL that were not read yet.
pub struct Sets(IntoIter<ResultSet>);

impl Sets {
    pub(super) fn new(sets: Vec<ResultSet>) -> Self {
        Self(sets.into_iter())
    }

    /// The rows of the next result.
    pub fn rows<T: FromRow>(&mut self) -> Result<Vec<T>> {
        let set = self.next()?;
        if set.columns.len() != T::COLUMNS {
            return Err(column_count(T::COLUMNS, set.columns.len()));
        }
        set.rows.into_iter().map(|values| T::from_row(&mut Row::new(values, &set.columns))).collect()
    }

    /// The row with the values of the OUT and INOUT parameters, which is the last result.
    pub fn out<T>(&mut self, read: impl FnOnce(&mut Row<'_>) -> Result<T>) -> Result<T> {
        let set = self.next()?;
        let values = set.rows.into_iter().next().ok_or_else(|| drift("gave no values of its parameters"))?;
        read(&mut Row::new(values, &set.columns))
    }

    fn next(&mut self) -> Result<ResultSet> {
        self.0.next().ok_or_else(|| drift("gave fewer results than are declared"))
    }

    /// Nothing may be left: it would be lost.
    pub(super) fn end(&mut self) -> Result<()> {
        match self.0.next() {
            None => Ok(()),
            Some(_) => Err(drift("gave more results than are declared")),
        }
    }
}

fn drift(what: &str) -> Error {
    Error::new(ErrorKind::SchemaDrift).detail(format!("the procedure {what}"))
}
