//! Writing much: many rows of arguments for one statement of generated code, by the fastest way that means the same.
//!
//! `statement` is what generated code says, `options` what the caller says. `rows`, `each` and `load` are the ways to the
//! server; `text` the format of LOAD DATA, `warnings` what the server only warns of. Here: the choice between them, and
//! what holds the chunks together.

mod each;
mod load;
mod options;
mod rows;
mod statement;
mod text;
mod warnings;

use std::iter::Peekable;
use std::ops::Range;

use crate::__codegen::{Arguments, Query};
use crate::error::Result;
use crate::executor::Lease;
use crate::session::Session;
use crate::transaction::{Transaction, TransactionOptions};
use crate::value::Value;

pub use options::{BulkMethod, BulkOptions, BulkProgress, BulkResult, BulkWarning};
pub use statement::{Bulk, Column};

use each::Each;
use load::Load;
use rows::Insert;
use statement::Form;
use text::Field;

/// The rows of a call as they come, and what has become of them.
struct Call<'r, 'p> {
    arguments: Peekable<&'r mut dyn Iterator<Item = Arguments>>,
    /// What to check values against, in a `:copyfrom`.
    fields: Vec<Field>,
    /// Rows taken from the iterator.
    taken: u64,
    options: &'r mut BulkOptions<'p>,
    result: BulkResult,
}

impl<'r, 'p> Call<'r, 'p> {
    /// The rows are borrowed for no longer than the call.
    fn new(rows: &'r mut dyn Iterator<Item = Arguments>, options: &'r mut BulkOptions<'p>) -> Self {
        Self {
            arguments: rows.peekable(),
            fields: Vec::new(),
            taken: 0,
            options,
            result: BulkResult::default(),
        }
    }
}

impl Call<'_, '_> {
    fn has_more(&mut self) -> bool {
        self.arguments.peek().is_some()
    }

    /// How many values a row has.
    fn width(&mut self) -> usize {
        self.arguments.peek().map_or(0, Arguments::len)
    }

    /// The values of the next row.
    fn next(&mut self) -> Result<Option<Vec<Value>>> {
        let Some(arguments) = self.arguments.next() else { return Ok(None) };
        let row = self.taken;
        self.taken += 1;
        let values = arguments.into_values().and_then(|values| {
            for (field, value) in self.fields.iter().zip(&values) {
                field.check(value).map_err(crate::value::EncodeError::new)?;
            }
            Ok(values)
        });
        values.map(Some).map_err(|error| {
            crate::Error::new(crate::ErrorKind::Encode).detail(error.to_string()).among_rows(row..row + 1)
        })
    }

    /// The range of the rows that are sent next.
    fn sending(&self, rows: usize) -> Range<u64> {
        self.result.rows..self.result.rows + rows as u64
    }

    /// So many more were sent.
    fn sent(&mut self, rows: usize, affected: u64) {
        self.result.rows += rows as u64;
        self.result.rows_affected += affected;
        self.options.tell(self.result.rows);
    }
}

/// Writes all rows.
pub(crate) fn run(
    lease: Result<Lease<'_>>,
    bulk: &Bulk,
    rows: &mut dyn Iterator<Item = Arguments>,
    options: &mut BulkOptions<'_>,
) -> Result<BulkResult> {
    let mut lease = lease?;
    let session = lease.session()?;
    let mut rows = rows;
    let mut call = Call::new(&mut rows, options);
    session.as_one(bulk.name, |session| {
        if call.has_more() {
            write(session, bulk, &mut call)?;
        }
        Ok(call.result.rows_affected)
    })?;
    Ok(call.result)
}

/// Runs a statement, and then writes all rows, as a whole.
pub(crate) fn replace(
    lease: Result<Lease<'_>>,
    first: Query,
    bulk: &Bulk,
    rows: &mut dyn Iterator<Item = Arguments>,
) -> Result<()> {
    let mut lease = lease?;
    let session = lease.session()?;
    let (name, sql, values) = first.into_parts()?;
    let mut values = Some(values);
    let mut rows = rows;
    let mut options = BulkOptions::new();
    let mut call = Call::new(&mut rows, &mut options);
    session.as_one(name, |session| {
        let mut changed = 0;
        unit(session, &mut |session| {
            changed += session.send(&sql, values.take().unwrap_or_default())?.rows_affected;
            if call.has_more() { write(session, bulk, &mut call) } else { Ok(()) }
        })?;
        Ok(changed + call.result.rows_affected)
    })?;
    Ok(())
}

fn write(session: &mut Session, bulk: &Bulk, call: &mut Call<'_, '_>) -> Result<()> {
    match bulk.form {
        Form::Rows { head, row, tail, ignore } if !call.options.is_one_by_one() => {
            insert(session, (head, row, tail), ignore, call)
        }
        Form::Rows { head, row, tail, ignore: _ } => {
            each(session, &format!("{head}{row}{tail}"), false, call)
        }
        Form::Together(sql) => each(session, sql, true, call),
        Form::Each(sql) => each(session, sql, false, call),
        Form::Copy { table, columns } => copy(session, table, columns, call),
    }
}

/// What follows a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// The next one, if there are more rows.
    Next,
    /// The next one in any case: rows were read that are still to be sent.
    Again,
    /// No more steps.
    Stop,
}

fn insert(
    session: &mut Session,
    pieces: (&str, &str, &str),
    ignore: bool,
    call: &mut Call<'_, '_>,
) -> Result<()> {
    call.result.method = Some(BulkMethod::Insert);
    let mut insert = Insert::new(session, pieces, ignore, call)?;
    in_units(session, call, &mut |session, call| {
        insert.step(session, call)?;
        Ok(if insert.has_rows() { Then::Again } else { Then::Next })
    })
}

fn each(session: &mut Session, sql: &str, together: bool, call: &mut Call<'_, '_>) -> Result<()> {
    let mut each = Each::new(sql, together);
    in_units(session, call, &mut |session, call| each.step(session, call).map(|()| Then::Next))
}

fn copy(session: &mut Session, table: &str, columns: &[Column], call: &mut Call<'_, '_>) -> Result<()> {
    call.fields = columns.iter().map(|column| column.field).collect();
    let ignore = call.options.allows_warnings();
    let (head, row) = statement::insert(table, columns, ignore);
    if call.options.is_one_by_one() {
        return each(session, &format!("{head}{row}"), false, call);
    }
    if session.takes_local_files()? {
        let mut load = Load::new(table, columns);
        call.result.method = Some(BulkMethod::LoadData);
        in_units(session, call, &mut |session, call| {
            // Refused all the same, as by a proxy: the rows are still there.
            Ok(if load.step(session, call)? { Then::Next } else { Then::Stop })
        })?;
        if !call.has_more() {
            return Ok(());
        }
    }
    insert(session, (&head, &row, ""), ignore, call)
}

/// Runs steps until all rows are sent: in one unit, or each in its own.
fn in_units(
    session: &mut Session,
    call: &mut Call<'_, '_>,
    step: &mut dyn FnMut(&mut Session, &mut Call<'_, '_>) -> Result<Then>,
) -> Result<()> {
    let mut more = true;
    while more {
        unit(session, &mut |session| {
            loop {
                more = match step(session, call)? {
                    Then::Next => call.has_more(),
                    Then::Again => true,
                    Then::Stop => false,
                };
                if !more || !call.options.is_atomic() {
                    return Ok(());
                }
            }
        })?;
    }
    Ok(())
}

/// Keeps or undoes what is done in it as a whole: a transaction, or a savepoint where there is one already.
fn unit(session: &mut Session, work: &mut dyn FnMut(&mut Session) -> Result<()>) -> Result<()> {
    let mut unit = if session.transaction().depth > 0 {
        Transaction::nested(session)?
    } else {
        Transaction::start(Lease::Borrowed(session), &TransactionOptions::new())?
    };
    work(unit.session()?)?;
    unit.commit()
}
