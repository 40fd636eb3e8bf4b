//! Results whose rows are read one by one, and what becomes of those that are dropped half-read.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mysql::QueryResult;
use mysql::prelude::Queryable;

use super::watchdog::{Verdict, Watch};
use super::{Session, State, abandon, contain, parameters, stopped};
use crate::__codegen::Query;
use crate::error::{Error, ErrorKind, Result};
use crate::executor::Access;
use crate::observe::Observation;
use crate::row::{Row, column_count};

/// So long the rest of a result that nobody wants is read, before the server is told to stop sending it.
const PATIENCE: Duration = Duration::from_millis(20);

/// A result whose rows are read one by one. Dropped early it makes sure that the next statement does not meet the rest.
pub(crate) struct Reader<'c> {
    result: Option<QueryResult<'c, 'c, 'c, mysql::Binary>>,
    state: &'c mut State,
    connection: u32,
    access: Access,
    name: &'static str,
    observation: Option<Observation>,
    rows: u64,
}

impl Session {
    /// Starts a statement whose rows are read one by one.
    pub(crate) fn stream(&mut self, query: Query, columns: usize, access: Access) -> Result<Reader<'_>> {
        let name = query.name();
        let observation = self.state.start(name, false);
        let ready = query.into_parts().and_then(|(_, sql, values)| {
            let watch = self.watch()?;
            self.begin(&sql)?;
            Ok((sql, values, watch))
        });
        let (sql, values, watch) = match ready {
            Ok(ready) => ready,
            Err(error) => {
                let error = error.in_query(name);
                self.state.report_some(observation, 0, Some(&error));
                return Err(error);
            }
        };
        let connection = self.connection_id();
        match contain::driver(|| self.conn.exec_iter(&*sql, parameters(values))) {
            Ok(result) => {
                // How long the rest takes is up to whoever reads it.
                if watch.is_some_and(|watch| watch.end() == Verdict::Killed) {
                    self.state.poisoned = true;
                }
                let found = result.columns().as_ref().len();
                let state = &mut *self.state;
                let mut reader =
                    Reader { result: Some(result), state, connection, access, name, observation, rows: 0 };
                if found != columns {
                    let error = column_count(columns, found).in_query(name);
                    let observation = reader.observation.take();
                    reader.drain();
                    reader.state.report_some(observation, 0, Some(&error));
                    return Err(error);
                }
                Ok(reader)
            }
            Err(error) => {
                let mut error = self.state.failed(error);
                if watch.is_some_and(|watch| watch.end() == Verdict::Killed) {
                    match error.kind() {
                        ErrorKind::Interrupted => error = stopped(error),
                        _ => self.state.poisoned = true,
                    }
                }
                let error = error.in_query(name);
                self.state.report_some(observation, 0, Some(&error));
                Err(error)
            }
        }
    }
}

impl Reader<'_> {
    /// The next row, through `take`; `None` at the end. After an error there is no more.
    pub(crate) fn next<T>(&mut self, take: impl FnOnce(&mut Row<'_>) -> Result<T>) -> Option<Result<T>> {
        let result = self.result.as_mut()?;
        match contain::next(|| result.next()) {
            Some(Ok(row)) => {
                self.rows += 1;
                let columns = row.columns();
                Some(
                    take(&mut Row::new(row.unwrap_raw(), &columns))
                        .map_err(|error| error.in_query(self.name)),
                )
            }
            Some(Err(error)) => Some(Err(self.fail(error))),
            None => self.drain().map(Err),
        }
    }

    /// Reads what is left, all result sets. Gives the error that came up on the way.
    fn drain(&mut self) -> Option<Error> {
        let result = self.result.as_mut()?;
        loop {
            let failed = match result.iter() {
                None => break,
                Some(mut set) => contain::next(|| set.find(Result::is_err)).and_then(Result::err),
            };
            if let Some(error) = failed {
                return Some(self.fail(error));
            }
        }
        self.end();
        None
    }

    fn end(&mut self) {
        self.result = None;
        self.state.busy = false;
        self.state.report_some(self.observation.take(), self.rows, None);
    }

    fn fail(&mut self, error: mysql::Error) -> Error {
        if let Some(result) = self.result.take() {
            abandon(result, &error);
        }
        let error = self.state.failed(error).in_query(self.name);
        self.state.report_some(self.observation.take(), self.rows, Some(&error));
        error
    }

    /// Nobody wants the rest. Unless the end is near, the server is told to stop; what comes after that was on the way.
    /// Connection and transaction are as good as before.
    fn cut_short(&mut self) {
        let Some(deadline) = Instant::now().checked_add(PATIENCE) else { return };
        let watch = Watch::start(self.connection, Arc::clone(&self.state.options), deadline);
        let failed = self.state.transaction.failed;
        let mut rest = self.result.as_mut().into_iter().flatten();
        let outcome = contain::next(|| rest.find(Result::is_err)).and_then(Result::err);
        let killed = watch.end() == Verdict::Killed;
        match outcome {
            Some(mysql::Error::MySqlError(error)) if killed && error.code == INTERRUPTED => self.end(),
            Some(error) => {
                self.fail(error);
                self.state.kill_hangs = killed;
            }
            None => {
                self.drain();
                self.state.kill_hangs = killed;
            }
        }
        self.state.transaction.failed = failed;
    }
}

/// The server's code for a statement that KILL QUERY has stopped.
const INTERRUPTED: u16 = 1317;

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        // An error on the way has poisoned the session if it matters to the next statement. What writes is left to
        // finish: stopping it would undo it.
        if self.result.is_some() {
            match self.access {
                Access::Read => self.cut_short(),
                Access::Write => drop(self.drain()),
            }
        }
    }
}
