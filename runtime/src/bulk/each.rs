//! Statements that are run for each row: in one call of MariaDB's bulk protocol where that can be, else one by one.

use std::mem::discriminant;

use super::options::BulkMethod;
use super::{Call, warnings};
use crate::error::Result;
use crate::session::{CANNOT_PREPARE, Session};
use crate::value::Value;

/// How many rows go together unless told otherwise.
const ROWS: usize = 1_000;

/// A call of the bulk protocol is kept below this; see `rows`.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// A statement that is run for each row.
pub(super) struct Each<'s> {
    sql: &'s str,
    /// May the protocol run it for several rows?
    together: bool,
    /// The protocol has run it.
    proven: bool,
}

impl<'s> Each<'s> {
    pub(super) fn new(sql: &'s str, together: bool) -> Self {
        Self { sql, together, proven: false }
    }

    /// Runs it for the rows of the next chunk.
    pub(super) fn step(&mut self, session: &mut Session, call: &mut Call<'_, '_>) -> Result<()> {
        if !self.together || call.options.is_one_by_one() || !session.speaks_bulk()? {
            return one_by_one(session, self.sql, call);
        }
        let room = session.max_allowed_packet()?.min(MOST_BYTES);
        let full = call.options.chunk(ROWS);
        let mut rows: Vec<Vec<Value>> = Vec::new();
        let mut bytes = 0;
        while rows.len() < full && bytes <= room / 2 {
            let Some(values) = call.next()? else { break };
            bytes += values.iter().map(|value| value.bin_len() + 3).sum::<u64>();
            rows.push(values);
        }
        // The last row may have brought more than fits; then each goes by itself.
        if bytes > room / 4 * 3 || !is_uniform(&rows) {
            return singly(session, self.sql, rows, call);
        }
        let count = rows.len();
        let range = call.sending(count);
        let kept = if self.proven { Vec::new() } else { rows.clone() };
        let done = match session.send_bulk(self.sql, rows) {
            // Not a statement for the protocol. Nothing was run.
            Err(error) if error.server_code() == Some(CANNOT_PREPARE) && !self.proven => {
                self.together = false;
                return singly(session, self.sql, kept, call);
            }
            done => done.map_err(|error| error.among_rows(range.clone()))?,
        };
        self.proven = true;
        if done.warnings > 0 {
            let listed = session.warnings()?;
            warnings::note(&done, &listed, range, call.options, &mut call.result);
        }
        call.result.method = Some(BulkMethod::BulkProtocol);
        call.sent(count, done.rows_affected);
        Ok(())
    }
}

fn one_by_one(session: &mut Session, sql: &str, call: &mut Call<'_, '_>) -> Result<()> {
    let full = call.options.chunk(ROWS);
    let mut count = 0;
    let mut affected = 0;
    while count < full {
        let Some(values) = call.next()? else { break };
        affected += single(session, sql, values, count, call)?;
        count += 1;
    }
    call.sent(count, affected);
    Ok(())
}

fn singly(session: &mut Session, sql: &str, rows: Vec<Vec<Value>>, call: &mut Call<'_, '_>) -> Result<()> {
    let count = rows.len();
    let mut affected = 0;
    for (position, values) in rows.into_iter().enumerate() {
        affected += single(session, sql, values, position, call)?;
    }
    call.sent(count, affected);
    Ok(())
}

fn single(
    session: &mut Session,
    sql: &str,
    values: Vec<Value>,
    position: usize,
    call: &mut Call<'_, '_>,
) -> Result<u64> {
    call.result.method.get_or_insert(BulkMethod::OneByOne);
    let row = call.result.rows + position as u64;
    let range = row..row + 1;
    let done = session.send(sql, values).map_err(|error| error.among_rows(range.clone()))?;
    if done.warnings > 0 {
        let listed = match call.result.warning_list.len() < call.options.warnings_to_list() {
            true => session.warnings()?,
            false => Vec::new(),
        };
        warnings::note(&done, &listed, range, call.options, &mut call.result);
    }
    Ok(done.rows_affected)
}

/// The protocol sends one type for each parameter, and the driver that of the first row: values of another kind would be
/// read as what they are not.
fn is_uniform(rows: &[Vec<Value>]) -> bool {
    let columns = rows.first().map_or(0, Vec::len);
    (0..columns).all(|column| {
        let mut kinds = rows.iter().filter_map(|row| row.get(column)).filter(|value| **value != Value::NULL);
        match kinds.next() {
            Some(first) => kinds.all(|value| discriminant(value) == discriminant(first)),
            None => true,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_uniform_when_each_parameter_has_one_kind() {
        let null = || Value::NULL;
        assert!(is_uniform(&[vec![null(), Value::Int(1)], vec![Value::UInt(1), Value::Int(2)]]));
        assert!(is_uniform(&[vec![null()], vec![null()]]));
        assert!(!is_uniform(&[vec![null()], vec![Value::Int(-1)], vec![Value::UInt(1)]]));
        assert!(!is_uniform(&[vec![Value::Int(1)], vec![Value::Bytes(Vec::new())]]));
    }
}
