//! INSERT with many rows in VALUES. Few texts reach the statement cache: that of a full chunk, and one for what is left.

use super::Call;
use super::warnings;
use crate::error::{Error, ErrorKind, Result};
use crate::session::Session;
use crate::value::Value;

/// The most placeholders that a statement has.
const MOST_PLACEHOLDERS: usize = 65_535;

/// A chunk is kept below this however much the server takes: more is not faster, and has to be held.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Room for what is in a packet beside values and texts.
const HEADERS: u64 = 256;

/// How many rows a chunk has unless told otherwise.
const ROWS: usize = 1_000;

/// An INSERT in pieces, and the rows that are waiting for the next one.
pub(super) struct Insert<'s> {
    head: &'s str,
    row: &'s str,
    tail: &'s str,
    ignore: bool,
    /// How many rows a full chunk has.
    full: usize,
    /// The largest packet that the server takes.
    packet: u64,
    /// Bytes that a statement, its text or its values, may have.
    budget: u64,
    /// The text of a full chunk.
    text: String,
    /// Values of rows that were read and not sent.
    values: Vec<Value>,
    /// The bytes of each of these rows.
    sizes: Vec<u64>,
}

impl<'s> Insert<'s> {
    pub(super) fn new(
        session: &mut Session,
        (head, row, tail): (&'s str, &'s str, &'s str),
        ignore: bool,
        call: &mut Call<'_, '_>,
    ) -> Result<Self> {
        let full = call.options.chunk(ROWS).min(MOST_PLACEHOLDERS / call.width().max(1)).max(1);
        let packet = session.max_allowed_packet()?;
        let budget = packet.min(MOST_BYTES).saturating_sub(HEADERS);
        let budget = budget.saturating_sub((head.len() + tail.len()) as u64);
        let mut insert = Self {
            head,
            row,
            tail,
            ignore,
            full,
            packet,
            budget,
            text: String::new(),
            values: Vec::new(),
            sizes: Vec::new(),
        };
        insert.shrink(insert.budget as usize / (row.len() + 2));
        Ok(insert)
    }

    /// Makes full chunks smaller, by halves so that there are few sizes.
    fn shrink(&mut self, most: usize) {
        while self.full > most.max(1) {
            self.full = self.full.div_ceil(2);
        }
        self.text.clear();
    }

    pub(super) fn has_rows(&self) -> bool {
        !self.sizes.is_empty()
    }

    /// Sends the next chunk.
    pub(super) fn step(&mut self, session: &mut Session, call: &mut Call<'_, '_>) -> Result<()> {
        let mut bytes: u64 = self.sizes.iter().sum();
        while self.sizes.len() < self.full && bytes <= self.budget {
            let Some(values) = call.next()? else { break };
            let size = values.iter().map(size).sum();
            self.values.extend(values);
            self.sizes.push(size);
            bytes += size;
        }
        let rows = self.fitting();
        if rows < self.sizes.len().min(self.full) {
            self.shrink(rows);
        }
        let rows = rows.min(self.full);
        let columns = self.values.len() / self.sizes.len().max(1);
        let mut values = std::mem::take(&mut self.values);
        self.values = values.split_off(rows * columns);
        self.sizes.drain(..rows);

        let range = call.sending(rows);
        if rows == 1 && values.iter().any(|value| value.bin_len() > self.packet) {
            // The server would only close the connection.
            return Err(Error::new(ErrorKind::PacketTooLarge).among_rows(range));
        }
        let rest;
        let text = if rows == self.full {
            if self.text.is_empty() {
                self.text = text(self.head, self.row, self.tail, rows);
            }
            &self.text
        } else {
            rest = text(self.head, self.row, self.tail, rows);
            &rest
        };
        let done = session.send(text, values).map_err(|error| {
            let message = error.server_message().unwrap_or_default();
            let rows = warnings::narrowed(message, &range);
            error.among_rows(rows)
        })?;
        warnings::after_insert(session, &done, range, self.ignore, call.options, &mut call.result)?;
        call.sent(rows, done.rows_affected);
        Ok(())
    }

    /// How many of the waiting rows fit into one statement; at least one, and the server has the last word on that.
    fn fitting(&self) -> usize {
        let mut bytes = 0;
        let fitting = self.sizes.iter().take_while(|size| {
            bytes += **size;
            bytes <= self.budget
        });
        fitting.count().clamp(1, self.sizes.len().max(1))
    }
}

/// The bytes of a value in a packet: its type, its bit among the NULLs, itself.
fn size(value: &Value) -> u64 {
    value.bin_len() + 3
}

fn text(head: &str, row: &str, tail: &str, rows: usize) -> String {
    let mut text = String::with_capacity(head.len() + rows * (row.len() + 2) + tail.len());
    text.push_str(head);
    for position in 0..rows {
        if position > 0 {
            text.push_str(", ");
        }
        text.push_str(row);
    }
    text.push_str(tail);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insert(full: usize, budget: u64) -> Insert<'static> {
        Insert {
            head: "INSERT INTO t VALUES ",
            row: "(?)",
            tail: " AS new",
            ignore: false,
            full,
            packet: 1 << 24,
            budget,
            text: "of a full chunk".to_owned(),
            values: Vec::new(),
            sizes: Vec::new(),
        }
    }

    #[test]
    fn rows_are_repeated_between_head_and_tail() {
        assert_eq!(
            text("INSERT INTO t VALUES ", "(?)", " AS new", 3),
            "INSERT INTO t VALUES (?), (?), (?) AS new"
        );
    }

    #[test]
    fn full_chunks_shrink_by_halves() {
        let mut insert = insert(1_000, 100);
        insert.shrink(300);
        assert_eq!((insert.full, insert.text.as_str()), (250, ""));
        insert.shrink(0);
        assert_eq!(insert.full, 1);
    }

    #[test]
    fn as_many_rows_go_as_fit_and_never_none() {
        let mut insert = insert(10, 100);
        insert.sizes = vec![60, 40, 1];
        assert_eq!(insert.fitting(), 2);
        insert.sizes = vec![1_000, 1];
        assert_eq!(insert.fitting(), 1);
        insert.sizes = vec![1, 2, 3];
        assert_eq!(insert.fitting(), 3);
    }
}
