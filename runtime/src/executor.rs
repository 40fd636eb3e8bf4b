//! What generated functions take as their first argument. The traits are sealed: who implements one decides what may be
//! written through it, and a routing executor over several servers can be added here alone.

use crate::connection::{Connection, Setup};
use crate::error::Result;
use crate::pool::Pool;
use crate::session::Session;
use crate::transaction::{ReadTransaction, Transaction};

/// Anything that runs statements. See [`Read`] and [`Write`].
pub trait Executor: sealed::Sealed + Sized {
    /// Gets hold of a session for one statement. Waits for a connection in the case of a pool.
    #[doc(hidden)]
    fn lease<'s>(self, access: Access) -> Result<Lease<'s>>
    where
        Self: 's;
}

/// An executor for statements that only read: `&Pool`, `&mut Connection`, `&mut Transaction`, `&mut ReadTransaction`.
#[diagnostic::on_unimplemented(
    message = "statements cannot be run through `{Self}`",
    note = "pass `&pool`, `&mut connection`, `&mut tx` (or `&mut *tx` where `tx` is a reference already)"
)]
pub trait Read: Executor {}

/// An executor for all statements: `&Pool`, `&mut Connection`, `&mut Transaction`.
#[diagnostic::on_unimplemented(
    message = "statements that write cannot be run through `{Self}`",
    note = "pass `&pool`, `&mut connection`, `&mut tx` (or `&mut *tx` where `tx` is a reference already)"
)]
pub trait Write: Read {}

/// An executor that can be borrowed for as long as a stream of rows lasts; a pool cannot.
#[diagnostic::on_unimplemented(
    message = "rows cannot be streamed through `{Self}`",
    note = "a stream borrows its connection: pass `&mut connection` or `&mut tx`"
)]
pub trait ReadOn<'c>: Read {
    /// Borrows the session.
    #[doc(hidden)]
    fn borrow_session(self) -> Result<&'c mut Session>;
}

/// An executor for streams of statements that write as well.
pub trait WriteOn<'c>: ReadOn<'c> + Write {}

/// What a statement needs its server for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It only reads.
    Read,
    /// It may write, or lock.
    Write,
}

/// A session for the time of one statement: borrowed, or taken from a pool and given back when dropped.
#[doc(hidden)]
pub enum Lease<'s> {
    /// Of a connection or transaction that the caller holds.
    Borrowed(&'s mut Session),
    /// Taken from a pool for this one statement.
    Owned(Connection),
}

impl Lease<'_> {
    pub(crate) fn session(&mut self) -> Result<&mut Session> {
        match self {
            Self::Borrowed(session) => Ok(session),
            Self::Owned(connection) => connection.session(),
        }
    }
}

mod sealed {
    /// Only the runtime's own types are executors.
    pub trait Sealed {}
}

impl sealed::Sealed for &Pool {}
impl sealed::Sealed for &mut Connection {}
impl sealed::Sealed for &mut Transaction<'_> {}
impl sealed::Sealed for &mut ReadTransaction<'_> {}
impl sealed::Sealed for &mut Setup<'_> {}

impl Executor for &Pool {
    fn lease<'s>(self, _access: Access) -> Result<Lease<'s>>
    where
        Self: 's,
    {
        self.for_statement().map(Lease::Owned)
    }
}

impl Read for &Pool {}
impl Write for &Pool {}

macro_rules! borrowed {
    ($type:ty) => {
        impl<'c> Executor for &'c mut $type {
            fn lease<'s>(self, _access: Access) -> Result<Lease<'s>>
            where
                Self: 's,
            {
                self.session().map(Lease::Borrowed)
            }
        }

        impl Read for &mut $type {}

        impl<'c> ReadOn<'c> for &'c mut $type {
            fn borrow_session(self) -> Result<&'c mut Session> {
                self.session()
            }
        }
    };
}

borrowed!(Connection);
borrowed!(Transaction<'_>);
borrowed!(ReadTransaction<'_>);
borrowed!(Setup<'_>);

impl Write for &mut Connection {}
impl Write for &mut Transaction<'_> {}
impl Write for &mut Setup<'_> {}
impl<'c> WriteOn<'c> for &'c mut Connection {}
impl<'c> WriteOn<'c> for &'c mut Transaction<'_> {}
