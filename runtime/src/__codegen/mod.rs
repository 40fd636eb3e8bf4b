//! What generated code calls, and nothing else should: no promise of stability holds here but the version check.
//!
//! Each function is a thin generic shell that gets a session from the executor and calls code that is compiled once,
//! so that a generated function costs the compiler next to nothing.

mod keys;
mod query;
mod sets;

pub use crate::bulk::{Bulk, Column};
pub use crate::error::Result;
pub use crate::nest::{Level, Nest, push};
pub use crate::relations::{
    Key, Relation, related_counts, related_lists, related_options, related_shared, related_shared_options,
};
pub use keys::{LastId, hexadecimal, key};
pub use query::{Arguments, Query};
pub use sets::{OUT, Sets};

use std::borrow::Borrow;

use crate::bulk::{BulkOptions, BulkResult};
use crate::error::{Error, ErrorKind};
use crate::executor::{Access, Lease, Read, ReadOn, Write, WriteOn};
use crate::nest::Fold;
use crate::row::FromRow;
use crate::session::{ExecResult, RowSink};
use crate::stream::Rows;
use crate::value::Encode;

/// Refuses the output of a generator of another format version with one clear message.
#[doc(hidden)]
#[macro_export]
macro_rules! __porpoise_generated_for {
    (1) => {};
    ($($version:tt)*) => {
        ::core::compile_error!(concat!(
            "this code was generated for format version ",
            stringify!($($version)*),
            " and this version of the `porpoise` crate knows version 1: update `porpoise` and `porpoise-codegen` to \
             the same version and run `porpoise generate`"
        ));
    };
}
pub use crate::__porpoise_generated_for as generated_for;

/// The arguments of one row of a batch.
pub fn arguments(values: &[&dyn Encode]) -> Arguments {
    Arguments::new(values)
}

/// Exactly one row.
pub fn fetch_one<T: FromRow>(db: impl Read, query: Query) -> Result<T> {
    one(db.lease(Access::Read), query)
}

/// No row or one.
pub fn fetch_opt<T: FromRow>(db: impl Read, query: Query) -> Result<Option<T>> {
    opt(db.lease(Access::Read), query)
}

/// All rows.
pub fn fetch_many<T: FromRow>(db: impl Read, query: Query) -> Result<Vec<T>> {
    many(db.lease(Access::Read), query)
}

/// Exactly one outer row with its collections.
pub fn nest_one<T: FromRow>(db: impl Read, query: Query, nest: &'static Nest<T>) -> Result<T> {
    nested_one(db.lease(Access::Read), query, nest)
}

/// No outer row or one, with its collections.
pub fn nest_opt<T: FromRow>(db: impl Read, query: Query, nest: &'static Nest<T>) -> Result<Option<T>> {
    nested_opt(db.lease(Access::Read), query, nest)
}

/// All outer rows with their collections.
pub fn nest_many<T: FromRow>(db: impl Read, query: Query, nest: &'static Nest<T>) -> Result<Vec<T>> {
    nested(db.lease(Access::Read), query, nest)
}

/// Exactly one outer row of a statement that writes or locks.
pub fn nest_one_mut<T: FromRow>(db: impl Write, query: Query, nest: &'static Nest<T>) -> Result<T> {
    nested_one(db.lease(Access::Write), query, nest)
}

/// No outer row or one, of a statement that writes or locks.
pub fn nest_opt_mut<T: FromRow>(db: impl Write, query: Query, nest: &'static Nest<T>) -> Result<Option<T>> {
    nested_opt(db.lease(Access::Write), query, nest)
}

/// All outer rows of a statement that writes or locks.
pub fn nest_many_mut<T: FromRow>(db: impl Write, query: Query, nest: &'static Nest<T>) -> Result<Vec<T>> {
    nested(db.lease(Access::Write), query, nest)
}

/// The rows one by one.
pub fn stream<'c, T: FromRow>(db: impl ReadOn<'c>, query: Query) -> Result<Rows<'c, T>> {
    rows(db, query, Access::Read)
}

/// Exactly one row of a statement that writes or locks.
pub fn fetch_one_mut<T: FromRow>(db: impl Write, query: Query) -> Result<T> {
    one(db.lease(Access::Write), query)
}

/// No row or one of a statement that writes or locks.
pub fn fetch_opt_mut<T: FromRow>(db: impl Write, query: Query) -> Result<Option<T>> {
    opt(db.lease(Access::Write), query)
}

/// All rows of a statement that writes or locks.
pub fn fetch_many_mut<T: FromRow>(db: impl Write, query: Query) -> Result<Vec<T>> {
    many(db.lease(Access::Write), query)
}

/// The rows, one by one, of a statement that writes or locks.
pub fn stream_mut<'c, T: FromRow>(db: impl WriteOn<'c>, query: Query) -> Result<Rows<'c, T>> {
    rows(db, query, Access::Write)
}

fn rows<'c, T: FromRow>(db: impl ReadOn<'c>, query: Query, access: Access) -> Result<Rows<'c, T>> {
    let name = query.name();
    Rows::start(db.borrow_session().map_err(|error| error.in_query(name))?, query, access)
}

/// Runs a statement.
pub fn exec(db: impl Write, query: Query) -> Result<()> {
    execute(db.lease(Access::Write), query).map(drop)
}

/// Runs a statement; how many rows it changed.
pub fn exec_rows(db: impl Write, query: Query) -> Result<u64> {
    execute(db.lease(Access::Write), query).map(|result| result.rows_affected)
}

/// Runs a statement that must meet just one row.
pub fn exec_one(db: impl Write, query: Query) -> Result<()> {
    let name = query.name();
    one_met(execute(db.lease(Access::Write), query)?, ErrorKind::NotFound)
        .map_err(|error| error.in_query(name))
}

/// Runs a statement that must meet just one row, in the version that the caller has read.
pub fn exec_version(db: impl Write, query: Query) -> Result<()> {
    let name = query.name();
    one_met(execute(db.lease(Access::Write), query)?, ErrorKind::StaleRow)
        .map_err(|error| error.in_query(name))
}

/// Runs a statement; the id that it generated.
pub fn exec_last_id<I: LastId>(db: impl Write, query: Query) -> Result<I> {
    let name = query.name();
    let id = execute(db.lease(Access::Write), query)?.last_insert_id;
    I::from_id(id).ok_or_else(|| {
        Error::new(ErrorKind::Decode).detail("the generated id does not fit its type").in_query(name)
    })
}

/// Runs a statement; all that the server told of it.
pub fn exec_result(db: impl Write, query: Query) -> Result<ExecResult> {
    execute(db.lease(Access::Write), query)
}

/// Calls a procedure, and reads all that it gives.
pub fn call<T>(db: impl Write, query: Query, read: impl FnOnce(&mut Sets) -> Result<T>) -> Result<T> {
    let name = query.name();
    let mut sets = sets_of(db.lease(Access::Write), query)?;
    read(&mut sets).and_then(|answer| sets.end().map(|()| answer)).map_err(|error| error.in_query(name))
}

/// Runs a statement for each of many rows, as the options say.
pub fn bulk<P, R: Borrow<P>>(
    db: impl Write,
    bulk: Bulk,
    rows: impl IntoIterator<Item = R>,
    arguments: impl Fn(&P) -> Arguments,
    options: &mut BulkOptions<'_>,
) -> Result<BulkResult> {
    let mut rows = rows.into_iter().map(|row| arguments(row.borrow()));
    crate::bulk::run(db.lease(Access::Write), &bulk, &mut rows, options)
        .map_err(|error| error.in_query(bulk.name))
}

/// Replaces a set: runs a statement that deletes, and then one for each of many rows, as a whole.
pub fn replace<P>(
    db: impl Write,
    delete: Query,
    bulk: Bulk,
    rows: &[P],
    arguments: impl Fn(&P) -> Arguments,
) -> Result<()> {
    let mut rows = rows.iter().map(arguments);
    crate::bulk::replace(db.lease(Access::Write), delete, &bulk, &mut rows)
        .map_err(|error| error.in_query(bulk.name))
}

fn one<T: FromRow>(lease: Result<Lease<'_>>, query: Query) -> Result<T> {
    let name = query.name();
    opt(lease, query)?.ok_or_else(|| Error::new(ErrorKind::NotFound).in_query(name))
}

fn opt<T: FromRow>(lease: Result<Lease<'_>>, query: Query) -> Result<Option<T>> {
    let mut found = None;
    let name = query.name();
    let mut more = false;
    fetch(lease, query, T::COLUMNS, &mut |row| {
        match &found {
            None => found = Some(T::from_row(row)?),
            Some(_) => more = true,
        }
        Ok(())
    })?;
    if more { Err(Error::new(ErrorKind::TooManyRows).in_query(name)) } else { Ok(found) }
}

fn many<T: FromRow>(lease: Result<Lease<'_>>, query: Query) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    fetch(lease, query, T::COLUMNS, &mut |row| {
        rows.push(T::from_row(row)?);
        Ok(())
    })?;
    Ok(rows)
}

fn nested_one<T: FromRow>(lease: Result<Lease<'_>>, query: Query, nest: &'static Nest<T>) -> Result<T> {
    let name = query.name();
    nested_opt(lease, query, nest)?.ok_or_else(|| Error::new(ErrorKind::NotFound).in_query(name))
}

fn nested_opt<T: FromRow>(
    lease: Result<Lease<'_>>,
    query: Query,
    nest: &'static Nest<T>,
) -> Result<Option<T>> {
    let name = query.name();
    let mut found = nested(lease, query, nest)?;
    if found.len() > 1 { Err(Error::new(ErrorKind::TooManyRows).in_query(name)) } else { Ok(found.pop()) }
}

fn nested<T: FromRow>(lease: Result<Lease<'_>>, query: Query, nest: &'static Nest<T>) -> Result<Vec<T>> {
    let mut fold = Fold::new(nest);
    fetch(lease, query, Fold::width(nest), &mut |row| fold.take(row))?;
    Ok(fold.finish())
}

fn fetch(
    lease: Result<Lease<'_>>,
    query: Query,
    columns: usize,
    take: &mut dyn FnMut(&mut crate::Row<'_>) -> Result<()>,
) -> Result<()> {
    run(lease, query, Some(RowSink { columns, take })).map(drop)
}

fn execute(lease: Result<Lease<'_>>, query: Query) -> Result<ExecResult> {
    run(lease, query, None)
}

fn sets_of(lease: Result<Lease<'_>>, query: Query) -> Result<Sets> {
    let name = query.name();
    let mut lease = lease.map_err(|error| error.in_query(name))?;
    lease.session().map_err(|error| error.in_query(name))?.run_sets(query).map(Sets::new)
}

fn one_met(result: ExecResult, kind_of_none: ErrorKind) -> Result<()> {
    match result.rows_matched() {
        0 => Err(Error::new(kind_of_none)),
        1 => Ok(()),
        _ => Err(Error::new(ErrorKind::TooManyRows)
            .detail("the statement met more than one row, and changed them")),
    }
}

fn run(lease: Result<Lease<'_>>, query: Query, sink: Option<RowSink<'_>>) -> Result<ExecResult> {
    let name = query.name();
    let mut lease = lease.map_err(|error| error.in_query(name))?;
    lease.session().map_err(|error| error.in_query(name))?.run(query, sink)
}
