//! LOAD DATA LOCAL INFILE without a file: the caller's rows are written as they come and sent as the server reads them.
//!
//! The driver asks a handler for the file, which cannot borrow the rows. So the statement runs in a thread of its own
//! for as long as it takes, and the calling thread hands it pieces of text; a few of them wait, never all.

use std::io::Write;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

use mysql::LocalInfileHandler;

use super::statement::{self, Column, FILE};
use super::text::{self, Field};
use super::{Call, warnings};
use crate::error::{Error, ErrorKind, Result};
use crate::session::Session;

/// How much text is handed over at a time.
const PIECE: usize = 64 * 1024;

/// How many pieces may wait.
const WAITING: usize = 4;

/// After how many rows progress is told unless told otherwise; as many are committed together when the call is not
/// atomic.
const ROWS: usize = 10_000;

/// Codes of servers that take no data from clients: MySQL's, MariaDB's, and the old one of both.
const REFUSED: [u16; 3] = [3948, 4166, 1148];

/// LOAD DATA for the columns of a table.
pub(super) struct Load {
    sql: String,
    fields: Vec<Field>,
    /// How much of the last piece was used, so that the next one does not have to grow.
    line: usize,
}

/// How giving the rows ended.
enum Given {
    /// With the last row, or the last that was wanted.
    All,
    /// The server never asked for them.
    NotAsked,
    /// The server, or the network, does not want more of them.
    Unwanted,
    /// A row cannot be sent, or the time is over.
    Failed(Error),
}

impl Load {
    pub(super) fn new(table: &str, columns: &[Column]) -> Self {
        Self {
            sql: statement::load(table, columns),
            fields: columns.iter().map(|column| column.field).collect(),
            line: 0,
        }
    }

    /// Loads the next rows: all of them, or a chunk. `false` when the server takes none this way; then none was read.
    pub(super) fn step(&mut self, session: &mut Session, call: &mut Call<'_, '_>) -> Result<bool> {
        let first = call.result.rows;
        let deadline = session.deadline();
        let (ask, asked) = sync_channel(1);
        let (give, pieces) = sync_channel(WAITING);
        let file = file(ask, pieces);
        let sql = &self.sql;
        let (line, fields) = (&mut self.line, &self.fields);
        let statement = &mut *session;
        let ended = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().name("porpoise-load".to_owned());
            let running = thread.spawn_scoped(scope, move || statement.load(sql, file)).ok()?;
            let given = match asked.recv() {
                Ok(()) => give_rows(give, fields, line, deadline, call),
                Err(_) => Given::NotAsked,
            };
            // The end of the pieces is the end of the file, and the statement comes back.
            let done = running.join().unwrap_or_else(|panic| resume_unwind(panic));
            Some((given, done))
        });
        // No thread could be had: an INSERT needs none.
        let Some((given, done)) = ended else { return Ok(false) };
        let rows = first..call.result.rows;
        match (given, done) {
            (Given::NotAsked, Err(error))
                if error.server_code().is_some_and(|code| REFUSED.contains(&code)) =>
            {
                Ok(false)
            }
            (_, Err(error)) => Err(among(error, rows)),
            (Given::Failed(error), Ok(_)) => Err(error),
            (Given::NotAsked | Given::Unwanted, Ok(_)) => {
                session.poison();
                Err(Error::new(ErrorKind::Protocol).detail("LOAD DATA ended without having read the rows"))
            }
            (Given::All, Ok(done)) => {
                warnings::after_load(session, &done, rows, call.options, &mut call.result)?;
                call.result.rows_affected += done.rows_affected;
                Ok(true)
            }
        }
    }
}

/// Says among which rows the server found an error.
fn among(error: Error, rows: Range<u64>) -> Error {
    if rows.is_empty() {
        return error;
    }
    let rows = warnings::narrowed(error.server_message().unwrap_or_default(), &rows);
    error.among_rows(rows)
}

/// What the driver asks for the file. A server may ask for any file; it gets the rows or nothing.
fn file(ask: SyncSender<()>, pieces: Receiver<Vec<u8>>) -> LocalInfileHandler {
    LocalInfileHandler::new(move |name, out| {
        if name != FILE.as_bytes() || ask.send(()).is_err() {
            return Ok(());
        }
        while let Ok(piece) = pieces.recv() {
            out.write_all(&piece)?;
        }
        Ok(())
    })
}

/// Hands rows over until there are no more. Whole lines only: what was begun when the iterator panics is not sent.
fn give_rows(
    give: SyncSender<Vec<u8>>,
    fields: &[Field],
    line: &mut usize,
    deadline: Option<Instant>,
    call: &mut Call<'_, '_>,
) -> Given {
    let chunk = call.options.chunk(ROWS) as u64;
    let mut piece = Vec::with_capacity(PIECE + *line);
    let mut rows = 0_u64;
    loop {
        let values = match call.next() {
            Ok(Some(values)) => values,
            Ok(None) => break,
            Err(error) => return Given::Failed(error),
        };
        let before = piece.len();
        text::line(&mut piece, fields, &values);
        *line = (*line).max(piece.len() - before);
        call.result.rows += 1;
        rows += 1;
        if rows.is_multiple_of(chunk) {
            call.options.tell(call.result.rows);
            if !call.options.is_atomic() {
                break;
            }
        }
        if piece.len() >= PIECE {
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                // The server was told to stop, and says so when the file ends; this is for when it was not.
                return Given::Failed(Error::new(ErrorKind::StatementTimeout));
            }
            let next = Vec::with_capacity(PIECE + *line);
            if give.send(std::mem::replace(&mut piece, next)).is_err() {
                return Given::Unwanted;
            }
        }
    }
    if !rows.is_multiple_of(chunk) {
        call.options.tell(call.result.rows);
    }
    if !piece.is_empty() && give.send(piece).is_err() {
        return Given::Unwanted;
    }
    Given::All
}
