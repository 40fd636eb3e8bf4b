//! Rows one by one, for results that are too large to hold. Borrows its connection until dropped.

use std::marker::PhantomData;

use crate::__codegen::Query;
use crate::error::{Error, Result};
use crate::executor::Access;
use crate::row::FromRow;
use crate::session::{Reader, Session};

/// An iterator over the rows of a `:stream` query, with constant memory.
///
/// Dropped early it reads on for some 20 ms, as the end may be near, and then has the server stop (by KILL QUERY from a
/// connection beside, unless the statement writes): connection and transaction can be used again.
pub struct Rows<'c, T> {
    reader: Reader<'c>,
    row: PhantomData<fn() -> T>,
}

impl<'c, T: FromRow> Rows<'c, T> {
    pub(crate) fn start(session: &'c mut Session, query: Query, access: Access) -> Result<Self> {
        Ok(Self { reader: session.stream(query, T::COLUMNS, access)?, row: PhantomData })
    }

    /// The rows in vectors of `size`, the last one shorter; 0 counts as 1. Rows before an error come before it.
    pub fn chunks(self, size: usize) -> Chunks<'c, T> {
        Chunks { rows: self, size: size.max(1), failed: None }
    }
}

/// The rows of a query in vectors; see [`Rows::chunks`].
pub struct Chunks<'c, T> {
    rows: Rows<'c, T>,
    size: usize,
    /// To be told after the rows that came before it.
    failed: Option<Error>,
}

impl<T: FromRow> Iterator for Chunks<'_, T> {
    type Item = Result<Vec<T>>;

    fn next(&mut self) -> Option<Result<Vec<T>>> {
        if let Some(error) = self.failed.take() {
            return Some(Err(error));
        }
        let mut chunk = Vec::with_capacity(self.size.min(1_024));
        while chunk.len() < self.size {
            match self.rows.next() {
                Some(Ok(row)) => chunk.push(row),
                Some(Err(error)) if chunk.is_empty() => return Some(Err(error)),
                Some(Err(error)) => {
                    self.failed = Some(error);
                    break;
                }
                None => break,
            }
        }
        if chunk.is_empty() { None } else { Some(Ok(chunk)) }
    }
}

impl<T> std::fmt::Debug for Chunks<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chunks").field("size", &self.size).finish_non_exhaustive()
    }
}

impl<T: FromRow> Iterator for Rows<'_, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        self.reader.next(T::from_row)
    }
}

impl<T> std::fmt::Debug for Rows<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").finish_non_exhaustive()
    }
}
