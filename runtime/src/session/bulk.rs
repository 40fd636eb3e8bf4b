//! What bulk writes need of a session beyond single statements. Chunks and formats are the business of `crate::bulk`.

use std::num::NonZeroU32;
use std::time::Instant;

use mysql::prelude::Queryable;
use mysql::{Conn, LocalInfileHandler, Params, Value};

use super::{CANNOT_PREPARE, ExecResult, RowSink, Session, Stop, consume, contain};
use crate::error::Result;
use crate::schema::Family;

/// What is known of a session once a bulk write has asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// At most 2^30.
    max_allowed_packet: Option<NonZeroU32>,
    /// Do the server and the driver speak MariaDB's bulk protocol?
    bulk_protocol: Option<bool>,
}

/// A warning as the server lists it.
#[derive(Clone, Debug)]
pub(crate) struct ServerWarning {
    pub(crate) level: String,
    pub(crate) code: u16,
    pub(crate) message: String,
}

impl Session {
    /// The largest packet that the server takes, in bytes. Asked once: a session cannot change it.
    pub(crate) fn max_allowed_packet(&mut self) -> Result<u64> {
        if let Some(known) = self.state.known.max_allowed_packet {
            return Ok(u64::from(known.get()));
        }
        let mut found = 0_u32;
        self.read_own("SELECT @@max_allowed_packet", 1, &mut |row| {
            found = row.get()?;
            Ok(())
        })?;
        self.state.known.max_allowed_packet = NonZeroU32::new(found);
        Ok(u64::from(found))
    }

    /// Does the server take LOAD DATA LOCAL at the moment?
    pub(crate) fn takes_local_files(&mut self) -> Result<bool> {
        let mut found = false;
        self.read_own("SELECT @@local_infile <> 0", 1, &mut |row| {
            found = row.get()?;
            Ok(())
        })?;
        Ok(found)
    }

    /// Is the session in a strict mode, in which a value that does not fit is an error?
    pub(crate) fn is_strict(&mut self) -> Result<bool> {
        let mut modes = String::new();
        self.read_own("SELECT @@sql_mode", 1, &mut |row| {
            modes = row.get()?;
            Ok(())
        })?;
        Ok(modes.contains("STRICT_"))
    }

    /// Does it speak the bulk protocol? Where it does not, the driver runs one statement for each row and tells of the
    /// last one only. Asked once, by a statement that the protocol refuses and that does nothing by itself.
    pub(crate) fn speaks_bulk(&mut self) -> Result<bool> {
        if let Some(known) = self.state.known.bulk_protocol {
            return Ok(known);
        }
        if self.family() != Family::MariaDb {
            return Ok(false);
        }
        let effect = self.state.effect;
        let speaks = match self.send_bulk("DO ?", vec![vec![Value::Int(1)], vec![Value::Int(1)]]) {
            Err(error) if error.server_code() == Some(CANNOT_PREPARE) => true,
            Err(error) => return Err(error),
            Ok(_) => false,
        };
        self.state.effect = effect;
        self.state.known.bulk_protocol = Some(speaks);
        Ok(speaks)
    }

    /// The warnings of the statement before, as many as the server keeps.
    pub(crate) fn warnings(&mut self) -> Result<Vec<ServerWarning>> {
        let mut warnings = Vec::new();
        self.read_own("SHOW WARNINGS", 3, &mut |row| {
            warnings.push(ServerWarning { level: row.get()?, code: row.get()?, message: row.get()? });
            Ok(())
        })?;
        Ok(warnings)
    }

    /// Runs one of our own statements and reads its rows.
    fn read_own(
        &mut self,
        sql: &str,
        columns: usize,
        take: &mut dyn FnMut(&mut crate::Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let effect = self.state.effect;
        self.begin(sql)?;
        let mut sink = RowSink { columns, take };
        let outcome = match contain::driver(|| self.conn.query_iter(sql)) {
            Ok(result) => consume(result, Some(&mut sink), &mut 0),
            Err(error) => Err(Stop::Driver(error)),
        };
        let result = self.finish(outcome);
        self.state.effect = effect;
        result.map(drop)
    }

    /// Runs a statement of a bulk write, which is not reported by itself.
    pub(crate) fn send(&mut self, sql: &str, values: Vec<Value>) -> Result<ExecResult> {
        self.run_prepared(sql, values, None, &mut 0)
    }

    /// Runs a statement for all rows together. They must fit into a packet, and the values of a parameter be of one kind.
    pub(crate) fn send_bulk(&mut self, sql: &str, rows: Vec<Vec<Value>>) -> Result<ExecResult> {
        let watch = self.watch()?;
        self.begin(sql)?;
        let rows = rows.into_iter().map(Params::Positional);
        let outcome = contain::driver(|| self.conn.exec_batch(sql, rows)).map_err(Stop::Driver);
        let result = self.finish(outcome);
        self.watched(watch, result)
    }

    /// Runs LOAD DATA LOCAL with what gives it the file. Nothing is left to give another one, whatever happens.
    pub(crate) fn load(&mut self, sql: &str, file: LocalInfileHandler) -> Result<ExecResult> {
        let watch = self.watch()?;
        self.begin(sql)?;
        let outcome = {
            let giving = Giving::new(&mut self.conn, file);
            match contain::driver(|| giving.0.query_iter(sql)) {
                Ok(result) => consume(result, None, &mut 0),
                Err(error) => Err(Stop::Driver(error)),
            }
        };
        let result = self.finish(outcome);
        self.watched(watch, result)
    }

    /// When the statement that is sent next must be back.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let of_statement = self.state.statement_timeout.and_then(|limit| Instant::now().checked_add(limit));
        of_statement.into_iter().chain(self.state.transaction.deadline).min()
    }
}

/// A connection that gives a file to the server, for as long as this lives.
struct Giving<'c>(&'c mut Conn);

impl<'c> Giving<'c> {
    fn new(conn: &'c mut Conn, file: LocalInfileHandler) -> Self {
        conn.set_local_infile_handler(Some(file));
        Self(conn)
    }
}

impl Drop for Giving<'_> {
    fn drop(&mut self) {
        self.0.set_local_infile_handler(None);
    }
}
