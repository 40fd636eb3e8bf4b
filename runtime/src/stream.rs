//! Rows one by one, for results that are too large to hold. Borrows its connection until dropped.

use std::marker::PhantomData;

use crate::__codegen::Query;
use crate::error::Result;
use crate::row::FromRow;
use crate::session::{Reader, Session};

/// An iterator over the rows of a `:stream` query, with constant memory. Dropped early it reads what is left of the
/// result, so that the connection can be used again.
pub struct Rows<'c, T> {
    reader: Reader<'c>,
    row: PhantomData<fn() -> T>,
}

impl<'c, T: FromRow> Rows<'c, T> {
    pub(crate) fn start(session: &'c mut Session, query: Query) -> Result<Self> {
        Ok(Self { reader: session.stream(query, T::COLUMNS)?, row: PhantomData })
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
