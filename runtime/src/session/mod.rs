//! One connection of the driver with what is known about its state. The only module that runs statements.
//!
//! Invariants: every result is read to its end, so that no error in a later row is lost and no reply is left for the
//! next statement; whatever is not an orderly error of the server poisons the session for good; a session whose
//! statement did not come back (a panic, a leaked stream) counts as poisoned.

mod bulk;
mod call;
mod connect;
mod contain;
mod effect;
mod pin;
mod reader;
mod watchdog;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mysql::prelude::{Protocol, Queryable};
use mysql::{Conn, Params, QueryResult, Value};

use crate::__codegen::Query;
use crate::connection::Setup;
use crate::error::driver::{self, Failure};
use crate::error::{Error, ErrorKind, Result};
use crate::observe::{Observation, Watched};
use crate::options::{Host, Options};
use crate::row::{Row, column_count};
use crate::schema::Family;
use crate::transaction::Afterwards;

use watchdog::{Verdict, Watch};

pub(crate) use bulk::ServerWarning;
pub(crate) use call::ResultSet;
pub(crate) use connect::connect_within;
pub(crate) use connect::timed_out;
pub(crate) use effect::Effect;
pub(crate) use pin::Pins;
pub(crate) use reader::Reader;

/// The server's code for a statement that it cannot prepare.
pub(crate) const CANNOT_PREPARE: u16 = 1295;

/// What a statement without rows did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecResult {
    /// Rows inserted, deleted, or really changed.
    pub rows_affected: u64,
    /// The first AUTO_INCREMENT value that the statement generated; 0 if none.
    pub last_insert_id: u64,
    /// How many warnings the server counted.
    pub warnings: u16,
    /// The server's summary, as `Rows matched: 1  Changed: 0  Warnings: 0`; often empty.
    pub info: String,
}

impl ExecResult {
    /// How many rows the conditions of an UPDATE were true for, whether it changed them or not, as the summary tells;
    /// for other statements [`rows_affected`](Self::rows_affected).
    pub fn rows_matched(&self) -> u64 {
        let matched =
            self.info.strip_prefix("Rows matched: ").and_then(|rest| rest.split(' ').next()?.parse().ok());
        matched.unwrap_or(self.rows_affected)
    }
}

/// What a statement may do with each row; `columns` is how many it reads.
pub(crate) struct RowSink<'f> {
    pub(crate) columns: usize,
    pub(crate) take: &'f mut dyn FnMut(&mut Row<'_>) -> Result<()>,
}

/// A connection and its state. Public in name only: no path leads to it from outside.
#[doc(hidden)]
pub struct Session {
    conn: Conn,
    /// In a box, so that sessions are cheap to move.
    state: Box<State>,
}

/// What is known about a session, apart from the connection so that a stream can borrow both.
pub(crate) struct State {
    pub(crate) family: Family,
    version: String,
    pin: String,
    /// What it was connected with, to connect again beside it.
    options: Arc<Options>,
    /// The server that it is connected to.
    host: Arc<Host>,
    /// How often that had been demoted when the session was made.
    demotions: u64,
    /// How long a statement may take.
    statement_timeout: Option<Duration>,
    /// Nothing may be sent any more.
    poisoned: bool,
    /// A statement was sent and its result has not been read to the end.
    busy: bool,
    /// The server was told to stop a statement that had perhaps ended already: the next one could be hit.
    kill_hangs: bool,
    effect: Effect,
    pub(crate) transaction: TransactionState,
    /// What bulk writes have asked.
    known: bulk::Known,
    watched: Watched,
    /// In a mutex only to be shared between threads, as a connection is; nobody locks it.
    afterwards: Mutex<Afterwards>,
}

/// The open transaction of a session.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TransactionState {
    /// 0 without one, 1 in one, more within savepoints.
    pub(crate) depth: u32,
    /// It was begun to read only.
    pub(crate) read_only: bool,
    /// Why the server has already rolled it back; statements fail until it is ended.
    pub(crate) aborted: Option<ErrorKind>,
    /// How the last statement failed, if it did.
    pub(crate) failed: Option<ErrorKind>,
    /// When its time is over.
    pub(crate) deadline: Option<Instant>,
    /// Which attempt at its closure this is, from 1; 0 without a closure.
    pub(crate) attempt: u32,
}

/// What a pool should do with a session that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// As new.
    Clean,
    /// Needs a reset.
    Dirty,
    /// Cannot be used again.
    Broken,
}

impl Session {
    pub(crate) fn family(&self) -> Family {
        self.state.family
    }

    pub(crate) fn version(&self) -> &str {
        &self.state.version
    }

    pub(crate) fn connection_id(&self) -> u32 {
        self.conn.connection_id()
    }

    pub(crate) fn transaction(&mut self) -> &mut TransactionState {
        &mut self.state.transaction
    }

    pub(crate) fn afterwards(&mut self) -> &mut Afterwards {
        self.state.afterwards.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets how long a statement may take from now on.
    pub(crate) fn set_statement_timeout(&mut self, limit: Option<Duration>) {
        self.state.statement_timeout = limit;
    }

    /// Watches the statement that is about to be run, if it must be back in time.
    fn watch(&self) -> Result<Option<Arc<Watch>>> {
        if self.state.statement_timeout.is_none() && self.state.transaction.deadline.is_none() {
            return Ok(None);
        }
        let now = Instant::now();
        let of_statement = self.state.statement_timeout.and_then(|limit| now.checked_add(limit));
        let of_transaction = self.state.transaction.deadline;
        if of_transaction.is_some_and(|deadline| deadline <= now) {
            return Err(transaction_over());
        }
        let deadline = of_statement.into_iter().chain(of_transaction).min();
        Ok(deadline
            .map(|deadline| Watch::start(self.connection_id(), Arc::clone(&self.state.options), deadline)))
    }

    /// Takes note of what became of a watched statement. A KILL that hangs over the session is let fall on a statement
    /// of our own; what it stopped has run out of time.
    fn watched(&mut self, watch: Option<Arc<Watch>>, result: Result<ExecResult>) -> Result<ExecResult> {
        if watch.is_none_or(|watch| watch.end() == Verdict::Untouched) {
            return result;
        }
        match result {
            Err(error) if error.kind() == ErrorKind::Interrupted => Err(stopped(error)),
            result if self.is_broken() => result,
            result => {
                self.state.kill_hangs = true;
                self.let_kill_fall();
                result
            }
        }
    }

    /// Lets a KILL that hangs over the session fall on a statement of our own.
    fn let_kill_fall(&mut self) {
        if !std::mem::take(&mut self.state.kill_hangs) || self.is_broken() {
            return;
        }
        let failed = self.state.transaction.failed;
        match self.control("DO 0") {
            Err(error) if error.kind() != ErrorKind::Interrupted => self.poison(),
            Ok(()) | Err(_) => {}
        }
        self.state.transaction.failed = failed;
    }

    /// May a statement be sent? From here on the session is busy until its result is read.
    fn begin(&mut self, sql: &str) -> Result<()> {
        self.let_kill_fall();
        self.state.begin(sql)
    }

    /// What became of it.
    pub(crate) fn condition(&self) -> Condition {
        if self.is_broken() || self.is_outdated() || self.state.effect == Effect::Discard {
            Condition::Broken
        } else if self.state.effect == Effect::Reset || self.state.transaction.depth > 0 {
            Condition::Dirty
        } else {
            Condition::Clean
        }
    }

    /// Something was left in the session that only a reset clears.
    pub(crate) fn mark_dirty(&mut self) {
        self.state.effect = self.state.effect.max(Effect::Reset);
    }

    /// Is there no connection to speak of?
    pub(crate) fn is_broken(&self) -> bool {
        self.state.poisoned || self.state.busy
    }

    /// Has its server turned out not to be the one to write to since?
    pub(crate) fn is_outdated(&self) -> bool {
        self.state.demotions != self.state.host.demotions()
    }

    /// The server that it is connected to.
    pub(crate) fn host(&self) -> &Arc<Host> {
        &self.state.host
    }

    /// Does the server take writes? Asks for all that makes one read only, replicas of Aurora included.
    fn takes_writes(&mut self) -> Result<bool> {
        let sql = "SELECT 1 FROM DUAL WHERE @@GLOBAL.innodb_read_only OR CAST(@@GLOBAL.read_only AS CHAR) NOT IN ('0', 'OFF')";
        let mut found = false;
        let mut take = |_: &mut Row<'_>| {
            found = true;
            Ok(())
        };
        let sink = RowSink { columns: 1, take: &mut take };
        let effect = self.state.effect;
        self.run_prepared(sql, Vec::new(), Some(sink), &mut 0)?;
        self.state.effect = effect;
        Ok(!found)
    }

    /// Nothing may be sent on it any more.
    pub(crate) fn poison(&mut self) {
        self.state.poisoned = true;
    }

    /// The connection goes out to a caller; see [`Watched::handed_out`].
    pub(crate) fn handed_out(&mut self, waited: Duration, single: bool) {
        self.state.watched.handed_out(waited, single);
    }

    /// Runs a generated statement and reads its result to the end.
    pub(crate) fn run(&mut self, query: Query, sink: Option<RowSink<'_>>) -> Result<ExecResult> {
        let name = query.name();
        let observation = self.state.start(name, false);
        let mut rows = 0;
        let result = Observation::within(observation.as_ref(), || self.run_unseen(query, sink, &mut rows));
        if let Some(observation) = observation {
            let changed = result.as_ref().map_or(0, |result| result.rows_affected);
            self.state.report(observation, if rows > 0 { rows } else { changed }, result.as_ref().err());
        }
        result
    }

    /// Does what whoever watches queries takes for one query, of many statements; gives how many rows it changed.
    pub(crate) fn as_one(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&mut Self) -> Result<u64>,
    ) -> Result<u64> {
        let observation = self.state.start(name, true);
        let result = Observation::within(observation.as_ref(), || work(self));
        if let Some(observation) = observation {
            let changed = result.as_ref().map_or(0, |changed| *changed);
            self.state.report(observation, changed, result.as_ref().err());
        }
        result
    }

    /// Runs a generated statement without telling anybody.
    fn run_unseen(&mut self, query: Query, sink: Option<RowSink<'_>>, rows: &mut u64) -> Result<ExecResult> {
        let (name, sql, values) = query.into_parts()?;
        self.run_prepared(&sql, values, sink, rows).map_err(|error| error.in_query(name))
    }

    fn run_prepared(
        &mut self,
        sql: &str,
        values: Vec<Value>,
        mut sink: Option<RowSink<'_>>,
        rows: &mut u64,
    ) -> Result<ExecResult> {
        let watch = self.watch()?;
        self.begin(sql)?;
        let no_values = values.is_empty();
        let mut outcome = match contain::driver(|| self.conn.exec_iter(sql, parameters(values))) {
            Ok(result) => consume(result, sink.as_mut(), rows),
            Err(error) => Err(Stop::Driver(error)),
        };
        if let Err(Stop::Driver(mysql::Error::MySqlError(error))) = &outcome
            && error.code == CANNOT_PREPARE
            && no_values
        {
            // Only the text protocol has these statements; nothing was run yet.
            outcome = match contain::driver(|| self.conn.query_iter(sql)) {
                Ok(result) => consume(result, sink.as_mut(), rows),
                Err(error) => Err(Stop::Driver(error)),
            };
        }
        let result = self.finish(outcome);
        self.watched(watch, result)
    }

    /// Runs a script of any statements in the text protocol.
    pub(crate) fn run_script(&mut self, sql: &str) -> Result<ExecResult> {
        self.state.effect = self.state.effect.max(effect::of_script(sql));
        let watch = self.watch()?;
        let result = self.run_text(sql);
        self.watched(watch, result)
    }

    /// Runs one of our own statements in the text protocol.
    fn run_text(&mut self, sql: &str) -> Result<ExecResult> {
        self.begin(sql)?;
        let outcome = match contain::driver(|| self.conn.query_iter(sql)) {
            Ok(result) => consume(result, None, &mut 0),
            Err(error) => Err(Stop::Driver(error)),
        };
        self.finish(outcome)
    }

    /// Like [`run_text`](Self::run_text) for the statements of transaction control: they leave nothing in the session
    /// that the transaction's state does not already tell.
    pub(crate) fn control(&mut self, sql: &str) -> Result<()> {
        let effect = self.state.effect;
        self.run_text(sql)?;
        self.state.effect = effect;
        Ok(())
    }

    fn finish(&mut self, outcome: Result<(), Stop>) -> Result<ExecResult> {
        match outcome {
            Ok(()) => {
                self.state.busy = false;
                Ok(ExecResult {
                    rows_affected: self.conn.affected_rows(),
                    last_insert_id: self.conn.last_insert_id(),
                    warnings: self.conn.warnings(),
                    info: self.conn.info_str().into_owned(),
                })
            }
            Err(Stop::Sink(error)) => {
                self.state.busy = false;
                Err(error)
            }
            Err(Stop::Driver(error)) => Err(self.state.failed(error)),
        }
    }

    /// Puts the session back into the state of a new one: everything that COM_RESET_CONNECTION clears, then the pins,
    /// because on MySQL even the collation is another one after a reset.
    pub(crate) fn reset(&mut self) -> Result<()> {
        self.state.busy = true;
        if let Err(error) = contain::driver(|| self.conn.reset()) {
            return Err(self.state.failed(error));
        }
        self.state.busy = false;
        self.state.transaction = TransactionState::default();
        let pin = self.state.pin.clone();
        let pinned = self.run_text(&pin).map(drop);
        match &pinned {
            Ok(()) => {
                self.set_up()?;
                self.state.statement_timeout = self.state.options.statement_limit();
            }
            Err(_) => self.state.poisoned = true,
        }
        pinned
    }

    /// Lets the application make its own settings in a session that is new, or as new.
    pub(crate) fn set_up(&mut self) -> Result<()> {
        let options = Arc::clone(&self.state.options);
        let set = options.hooks().set_up(&mut Setup::new(self));
        if set.is_err() || self.state.transaction.depth > 0 || self.state.effect == Effect::Discard {
            self.state.poisoned = true;
        }
        // What was set belongs to the session from now on.
        self.state.effect = Effect::None;
        set
    }

    /// Does the connection answer, and does the server run statements? A ping succeeds on a Galera node that lost its
    /// quorum; a statement does not.
    pub(crate) fn validate(&mut self) -> Result<()> {
        self.run_text("SELECT 1").map(drop)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The driver's own Debug prints the password.
        f.debug_struct("Session")
            .field("id", &self.connection_id())
            .field("family", &self.state.family)
            .field("condition", &self.condition())
            .finish()
    }
}

impl State {
    /// May a statement be sent? From here on the session is busy until its result is read.
    fn begin(&mut self, sql: &str) -> Result<()> {
        if self.busy {
            // A stream was leaked or a call panicked: its reply may still be on the way.
            self.poisoned = true;
        }
        if self.poisoned {
            return Err(match self.transaction.aborted {
                Some(_) if self.transaction.depth > 0 => self.aborted_error(ErrorKind::ConnectionLost),
                _ => Error::new(ErrorKind::ConnectionLost).detail("it broke in an earlier statement"),
            });
        }
        if let Some(reason) = self.transaction.aborted {
            return Err(self.aborted_error(reason));
        }
        self.effect = self.effect.max(effect::of(sql));
        self.transaction.failed = None;
        self.busy = true;
        Ok(())
    }

    fn aborted_error(&self, reason: ErrorKind) -> Error {
        Error::new(ErrorKind::TransactionAborted).detail(format!("earlier, {}", reason.describe()))
    }

    /// Takes note of a failed statement.
    fn failed(&mut self, error: mysql::Error) -> Error {
        let Failure { mut error, poisons, aborts } = driver::failure(error);
        if error.kind() == ErrorKind::ReadOnlyTransaction
            && !self.transaction.read_only
            && self.effect == Effect::None
        {
            // Nobody asked for a read-only transaction here but the server.
            error.set_kind(ErrorKind::ReadOnlyServer);
        }
        if error.kind() == ErrorKind::ReadOnlyServer {
            self.host.demote(self.demotions);
        }
        if poisons {
            self.poisoned = true;
        } else {
            self.busy = false;
        }
        self.transaction.failed = Some(error.kind());
        if aborts && self.transaction.depth > 0 {
            self.transaction.aborted = Some(error.kind());
        }
        error
    }

    /// A query starts. Gives what is to be reported of it at its end, if anybody wants to know.
    fn start(&mut self, name: &'static str, batch: bool) -> Option<Observation> {
        self.watched.start(self.options.hooks(), name, self.transaction.attempt, batch)
    }

    fn report(&mut self, observation: Observation, rows: u64, error: Option<&Error>) {
        self.watched.end(self.options.hooks(), observation, rows, error);
    }

    fn report_some(&mut self, observation: Option<Observation>, rows: u64, error: Option<&Error>) {
        if let Some(observation) = observation {
            self.report(observation, rows, error);
        }
    }
}

/// A statement that KILL QUERY has stopped.
fn stopped(error: Error) -> Error {
    Error::new(ErrorKind::StatementTimeout)
        .detail("it was stopped on the server when its time was over")
        .source(error)
}

/// A statement, or COMMIT, of a transaction whose time is over: it is not sent.
pub(crate) fn transaction_over() -> Error {
    Error::new(ErrorKind::StatementTimeout).detail("the time of the transaction is over")
}

/// Why a result was not read as wanted.
enum Stop {
    /// The driver or the server failed.
    Driver(mysql::Error),
    /// A row was not what the caller reads. The rest of the result was read all the same.
    Sink(Error),
}

fn parameters(values: Vec<Value>) -> Params {
    if values.is_empty() { Params::Empty } else { Params::Positional(values) }
}

/// Reads all result sets to the end; the rows of the first go to the sink.
fn consume<P: Protocol>(
    mut result: QueryResult<'_, '_, '_, P>,
    mut sink: Option<&mut RowSink<'_>>,
    rows: &mut u64,
) -> Result<(), Stop> {
    let mut refused = None;
    let mut columns = None;
    if let Some(expected) = sink.as_ref().map(|sink| sink.columns) {
        let found = result.columns().as_ref().len();
        if found != expected {
            refused = Some(column_count(expected, found));
            sink = None;
        }
    }
    loop {
        let failed = match result.iter() {
            None => break,
            Some(mut set) => loop {
                match contain::next(|| set.next()) {
                    None => break None,
                    Some(Err(error)) => break Some(error),
                    Some(Ok(row)) => {
                        *rows += 1;
                        if let Some(current) = sink.as_mut()
                            && let Err(error) = offer(current, row, &mut columns)
                        {
                            refused = Some(error);
                            sink = None;
                        }
                    }
                }
            },
        };
        if let Some(error) = failed {
            abandon(result, &error);
            return Err(Stop::Driver(error));
        }
        // Further result sets, as of CALL, are only read.
        sink = None;
    }
    match refused {
        Some(error) => Err(Stop::Sink(error)),
        None => Ok(()),
    }
}

/// Gives a row to the sink. All rows of a result share their columns, which the first one brings.
fn offer(sink: &mut RowSink<'_>, row: mysql::Row, columns: &mut Option<Arc<[mysql::Column]>>) -> Result<()> {
    let columns = columns.get_or_insert_with(|| row.columns());
    (sink.take)(&mut Row::new(row.unwrap_raw(), columns))
}

/// Lets go of a result after an error. Unless the server ended the result itself, dropping would go on reading a stream
/// whose place is lost, and could wait for ever: what the driver keeps for it is leaked instead.
fn abandon<P: Protocol>(result: QueryResult<'_, '_, '_, P>, error: &mysql::Error) {
    if !matches!(error, mysql::Error::MySqlError(_)) {
        std::mem::forget(result);
    }
}
