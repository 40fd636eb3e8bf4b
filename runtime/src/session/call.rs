//! Statements that give several results: CALL. All of them are read before any is looked at.

use std::sync::Arc;

use mysql::prelude::{Protocol, Queryable};
use mysql::{Column, QueryResult, Value};

use super::{Session, Stop, abandon, contain, parameters};
use crate::__codegen::Query;
use crate::error::Result;

/// A result as the driver gives it.
pub(crate) struct ResultSet {
    pub(crate) columns: Arc<[Column]>,
    pub(crate) rows: Vec<Vec<Option<Value>>>,
}

impl Session {
    /// Runs a statement, with what stands around it, and reads all of their results; those without columns are left out.
    pub(crate) fn run_sets(&mut self, query: Query) -> Result<Vec<ResultSet>> {
        let mut query = query;
        let name = query.name();
        let around = query.take_around();
        let mut sets = Vec::new();
        self.as_one(name, |session| {
            let (before, after) = around.map(|around| *around).unzip();
            for one in before.into_iter().flatten() {
                session.run_unseen(one, None, &mut 0)?;
            }
            let changed = session.run_into(query, &mut sets)?;
            if let Some(sql) = after {
                session.run_into(Query::new(name, sql, &[]), &mut sets)?;
            }
            Ok(changed)
        })
        .map_err(|error| error.in_query(name))?;
        Ok(sets)
    }

    fn run_into(&mut self, query: Query, sets: &mut Vec<ResultSet>) -> Result<u64> {
        let (_, sql, values) = query.into_parts()?;
        let watch = self.watch()?;
        self.begin(&sql)?;
        let outcome = match contain::driver(|| self.conn.exec_iter(&*sql, parameters(values))) {
            Ok(result) => collect(result, sets),
            Err(error) => Err(Stop::Driver(error)),
        };
        let result = self.finish(outcome);
        self.watched(watch, result).map(|result| result.rows_affected)
    }
}

fn collect<P: Protocol>(
    mut result: QueryResult<'_, '_, '_, P>,
    sets: &mut Vec<ResultSet>,
) -> Result<(), Stop> {
    loop {
        let Some(mut set) = result.iter() else { return Ok(()) };
        let columns: Arc<[Column]> = set.columns().as_ref().into();
        let mut rows = Vec::new();
        let failed = loop {
            match contain::next(|| set.next()) {
                None => break None,
                Some(Err(error)) => break Some(error),
                Some(Ok(row)) => rows.push(row.unwrap_raw()),
            }
        };
        drop(set);
        if let Some(error) = failed {
            abandon(result, &error);
            return Err(Stop::Driver(error));
        }
        if !columns.is_empty() {
            sets.push(ResultSet { columns, rows });
        }
    }
}
