//! Rows of `information_schema` by the names of their columns. The two servers, and their versions, use different
//! types for the same column, so everything is read as text first.

use mysql::prelude::Queryable;
use mysql::{Row, Value};

use crate::error::{Error, Result};

/// One row.
pub(super) struct Record {
    row: Row,
    /// The table of `information_schema` it comes from, for messages.
    what: &'static str,
}

/// Runs a query about `what`.
pub(super) fn records(
    conn: &mut mysql::Conn,
    what: &'static str,
    sql: &str,
    params: Vec<Value>,
) -> Result<Vec<Record>> {
    let rows: Vec<Row> =
        conn.exec(sql, params).map_err(|error| Error::new(format!("cannot read {what}")).because(error))?;
    Ok(rows.into_iter().map(|row| Record { row, what }).collect())
}

impl Record {
    /// A column as text, `None` for NULL.
    pub(super) fn optional(&self, column: &str) -> Result<Option<String>> {
        let Some(value) = self.row.get_opt::<Value, _>(column) else {
            return Err(Error::new(format!("{} has no column {column} on this server", self.what)));
        };
        match value {
            Ok(Value::NULL) => Ok(None),
            Ok(Value::Bytes(bytes)) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(self.unreadable(column)),
            },
            Ok(Value::Int(number)) => Ok(Some(number.to_string())),
            Ok(Value::UInt(number)) => Ok(Some(number.to_string())),
            Ok(Value::Float(_) | Value::Double(_) | Value::Date(..) | Value::Time(..)) | Err(_) => {
                Err(self.unreadable(column))
            }
        }
    }

    /// A column as text, the empty text for NULL.
    pub(super) fn text(&self, column: &str) -> Result<String> {
        Ok(self.optional(column)?.unwrap_or_default())
    }

    /// A column as a number, `None` for NULL.
    pub(super) fn number<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>> {
        self.optional(column)?.map(|text| text.parse().map_err(|_| self.unreadable(column))).transpose()
    }

    fn unreadable(&self, column: &str) -> Error {
        Error::new(format!("{column} of {} holds something that cannot be read", self.what))
    }
}
