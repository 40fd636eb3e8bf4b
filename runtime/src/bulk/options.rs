//! What a caller says of a bulk write, and what comes back. Knows nothing of connections.

use std::fmt;
use std::num::NonZeroUsize;
use std::ops::Range;

/// How many warnings a result lists, unless told otherwise.
const LISTED_WARNINGS: usize = 64;

/// What a progress callback is.
type Progress<'p> = Box<dyn FnMut(&BulkProgress) + 'p>;

/// How a `:batch` or `:copyfrom` function goes about it. `BulkOptions::new()` is what the function without `_with` does.
///
/// ```
/// let mut seen = 0;
/// let options = porpoise::BulkOptions::new().rows_per_chunk(500).on_progress(|progress| seen = progress.rows);
/// # drop(options);
/// ```
pub struct BulkOptions<'p> {
    rows_per_chunk: Option<NonZeroUsize>,
    one_by_one: bool,
    atomic: bool,
    allow_warnings: bool,
    listed_warnings: usize,
    progress: Option<Progress<'p>>,
}

impl<'p> BulkOptions<'p> {
    /// All rows or none, in chunks of a good size; warnings of LOAD DATA are errors.
    pub fn new() -> Self {
        Self {
            rows_per_chunk: None,
            one_by_one: false,
            atomic: true,
            allow_warnings: false,
            listed_warnings: LISTED_WARNINGS,
            progress: None,
        }
    }

    /// Sets how many rows go to the server at a time; 0 is as good as 1. There are fewer where the statement would have
    /// more than 65,535 placeholders or be larger than the server's `max_allowed_packet`.
    #[must_use]
    pub fn rows_per_chunk(mut self, rows: usize) -> Self {
        self.rows_per_chunk = Some(NonZeroUsize::new(rows).unwrap_or(NonZeroUsize::MIN));
        self
    }

    /// Sends one statement for each row, whatever else the server could do: an error then tells the row.
    #[must_use]
    pub fn one_by_one(mut self) -> Self {
        self.one_by_one = true;
        self
    }

    /// Sets whether all rows are written or none (the default): in a transaction of the call's own, or in a savepoint of
    /// the one it is called in. With `false` each chunk is written or not by itself: outside of a transaction each is
    /// committed before the next one is sent, and an error leaves the earlier ones there.
    #[must_use]
    pub fn atomic(mut self, atomic: bool) -> Self {
        self.atomic = atomic;
        self
    }

    /// Lets a `:copyfrom` skip rows and change values where the server only warns, as INSERT IGNORE does: rows with a key
    /// that is there already, text that is too long. What it warned of is in the result.
    #[must_use]
    pub fn allow_warnings(mut self) -> Self {
        self.allow_warnings = true;
        self
    }

    /// Sets how many warnings the result lists; 64 if not set. All are counted.
    #[must_use]
    pub fn listed_warnings(mut self, limit: usize) -> Self {
        self.listed_warnings = limit;
        self
    }

    /// Sets what is called after each chunk, the last one included. It is called while the transaction is open.
    #[must_use]
    pub fn on_progress(mut self, callback: impl FnMut(&BulkProgress) + 'p) -> Self {
        self.progress = Some(Box::new(callback));
        self
    }

    pub(super) fn chunk(&self, default: usize) -> usize {
        self.rows_per_chunk.map_or(default, NonZeroUsize::get)
    }

    pub(super) fn is_one_by_one(&self) -> bool {
        self.one_by_one
    }

    pub(super) fn is_atomic(&self) -> bool {
        self.atomic
    }

    pub(super) fn allows_warnings(&self) -> bool {
        self.allow_warnings
    }

    pub(super) fn warnings_to_list(&self) -> usize {
        self.listed_warnings
    }

    pub(super) fn tell(&mut self, rows: u64) {
        if let Some(callback) = &mut self.progress {
            callback(&BulkProgress { rows });
        }
    }
}

impl Default for BulkOptions<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for BulkOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkOptions")
            .field("rows_per_chunk", &self.rows_per_chunk)
            .field("one_by_one", &self.one_by_one)
            .field("atomic", &self.atomic)
            .field("allow_warnings", &self.allow_warnings)
            .finish_non_exhaustive()
    }
}

/// How far a bulk write is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BulkProgress {
    /// How many rows were sent so far. It never goes down and ends at the number of all rows.
    pub rows: u64,
}

/// What a bulk write did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BulkResult {
    /// How many rows were sent.
    pub rows: u64,
    /// How many the server says it inserted, deleted or changed; ON DUPLICATE KEY UPDATE and REPLACE count one that was
    /// there twice.
    pub rows_affected: u64,
    /// How many warnings and notes the server counted. It counts up to 65,535 for one statement.
    pub warnings: u64,
    /// The first of them.
    pub warning_list: Vec<BulkWarning>,
    /// How the rows went to the server; `None` without rows.
    pub method: Option<BulkMethod>,
}

/// How rows went to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BulkMethod {
    /// INSERT with many rows in VALUES.
    Insert,
    /// MariaDB's bulk protocol: one statement with many rows of parameters.
    BulkProtocol,
    /// One statement for each row.
    OneByOne,
    /// LOAD DATA LOCAL INFILE.
    LoadData,
}

/// A warning of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BulkWarning {
    /// `Warning`, `Note` or `Error`, as the server says.
    pub level: String,
    /// The server's code.
    pub code: u16,
    /// The server's text where it is known to hold no values.
    pub message: Option<String>,
    /// The rows of the call among which is the one it speaks of, counted from 0.
    pub rows: Range<u64>,
}
