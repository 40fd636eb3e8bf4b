//! What the server's warnings mean for a bulk write, and which of them the caller sees.

use std::ops::Range;

use super::options::{BulkOptions, BulkResult, BulkWarning};
use crate::error::printable::printable;
use crate::error::{Error, ErrorKind, Result, ServerError, codes};
use crate::session::{ExecResult, ServerWarning, Session};

/// NULL for a column that cannot be NULL.
const CANNOT_BE_NULL: u16 = 1048;

/// After INSERT: takes note of its warnings. Of one row in a statement the server refuses what it only warns of when
/// there are more: NULL for a column that cannot be NULL without strict mode, anything that does not fit from the second
/// row on in a table without transactions. Such a warning is an error here, as it is for a single row.
pub(super) fn after_insert(
    session: &mut Session,
    done: &ExecResult,
    rows: Range<u64>,
    ignore: bool,
    options: &BulkOptions<'_>,
    result: &mut BulkResult,
) -> Result<()> {
    if done.warnings == 0 {
        return Ok(());
    }
    let warnings = session.warnings()?;
    let several = rows.end - rows.start > 1;
    if several && !ignore {
        let null = warnings.iter().find(|warning| warning.code == CANNOT_BE_NULL);
        let changed =
            warnings.iter().find(|warning| is_about_data(warning) && row_of(&warning.message).is_some());
        if let Some(warning) = null {
            return Err(error(warning, &rows));
        }
        if let Some(warning) = changed
            && session.is_strict()?
        {
            return Err(error(warning, &rows));
        }
    }
    note(done, &warnings, rows, options, result);
    Ok(())
}

/// After LOAD DATA, which makes warnings of errors and skips rows: each is an error, unless the caller allows them.
pub(super) fn after_load(
    session: &mut Session,
    done: &ExecResult,
    rows: Range<u64>,
    options: &BulkOptions<'_>,
    result: &mut BulkResult,
) -> Result<()> {
    let skipped = done.rows_affected != rows.end - rows.start;
    if done.warnings == 0 && !skipped {
        return Ok(());
    }
    let warnings = session.warnings()?;
    if !options.allows_warnings() {
        // A duplicate says more than what was made of its other values.
        let worst = warnings
            .iter()
            .find(|warning| is_about_keys(warning))
            .or_else(|| warnings.iter().find(|warning| warning.level != "Note"));
        if let Some(warning) = worst {
            return Err(error(warning, &rows));
        }
        if skipped || warnings.len() < usize::from(done.warnings) {
            return Err(Error::new(ErrorKind::ServerOther)
                .detail("LOAD DATA skipped or changed rows, and the server's list does not say why")
                .among_rows(rows));
        }
    }
    note(done, &warnings, rows, options, result);
    Ok(())
}

/// Takes note of warnings for the result.
pub(super) fn note(
    done: &ExecResult,
    warnings: &[ServerWarning],
    rows: Range<u64>,
    options: &BulkOptions<'_>,
    result: &mut BulkResult,
) {
    result.warnings += u64::from(done.warnings);
    let room = options.warnings_to_list().saturating_sub(result.warning_list.len());
    result.warning_list.extend(warnings.iter().take(room).map(|warning| BulkWarning {
        level: warning.level.clone(),
        code: warning.code,
        message: codes::lookup(warning.code, &warning.message).showable.then(|| printable(&warning.message)),
        rows: narrowed(&warning.message, &rows),
    }));
}

/// The error that a warning would have been.
fn error(warning: &ServerWarning, rows: &Range<u64>) -> Error {
    let known = codes::lookup(warning.code, &warning.message);
    Error::new(known.kind)
        .server(ServerError {
            code: warning.code,
            // The class of warnings; the list of the server has no states.
            sqlstate: "01000".to_owned(),
            message: warning.message.clone(),
            showable: known.showable,
        })
        .among_rows(narrowed(&warning.message, rows))
}

/// The row that a message ends with, if it does, else all.
pub(super) fn narrowed(message: &str, rows: &Range<u64>) -> Range<u64> {
    match row_of(message) {
        Some(row) if row >= 1 && rows.start + row <= rows.end => rows.start + row - 1..rows.start + row,
        Some(_) | None => rows.clone(),
    }
}

/// `... at row 3`, as the servers say it in English.
fn row_of(message: &str) -> Option<u64> {
    let (_, row) = message.rsplit_once(" at row ")?;
    row.parse().ok()
}

fn is_about_data(warning: &ServerWarning) -> bool {
    warning.level != "Note"
        && matches!(
            codes::lookup(warning.code, &warning.message).kind,
            ErrorKind::NotNullViolation
                | ErrorKind::TooLong
                | ErrorKind::OutOfRange
                | ErrorKind::Truncated
                | ErrorKind::InvalidValue
        )
}

fn is_about_keys(warning: &ServerWarning) -> bool {
    matches!(
        codes::lookup(warning.code, &warning.message).kind,
        ErrorKind::UniqueViolation | ErrorKind::ForeignKeyChild | ErrorKind::CheckViolation
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_may_tell_the_row() {
        assert_eq!(narrowed("Out of range value for column 'a' at row 3", &(10..20)), 12..13);
        assert_eq!(narrowed("Out of range value for column 'a' at row 30", &(10..20)), 10..20);
        assert_eq!(narrowed("Duplicate entry '1 at row x' for key 'k'", &(10..20)), 10..20);
        assert_eq!(narrowed("Duplicate entry '1' for key ' at row 0", &(10..20)), 10..20);
    }
}
