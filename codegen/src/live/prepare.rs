//! Asks the server what it makes of a statement, with COM_STMT_PREPARE and nothing else: neither server executes
//! anything for that (measured with side effects of 47 kinds).

use std::fmt;

use mysql::prelude::Queryable;

use crate::catalog::{PreparedAnswer, PreparedColumn};
use crate::error::{Error, Result};
use crate::words::{Quoting, first_word, without_comments};

use super::{Connection, wire_type};

/// What a statement that may be prepared begins with. Everything else stays here, though PREPARE would not run it
/// either.
const PREPARABLE: &[&str] =
    &["SELECT", "WITH", "VALUES", "TABLE", "INSERT", "REPLACE", "UPDATE", "DELETE", "CALL", "DO"];

/// The server's, or our own, reason not to prepare a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerRefusal {
    /// The server's error number; 0 where the statement was not sent.
    pub code: u16,
    /// The server's text, in English.
    pub message: String,
}

impl fmt::Display for ServerRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            0 => f.write_str(&self.message),
            code => write!(f, "{} (error {code})", self.message),
        }
    }
}

/// Prepares a statement with `?` placeholders and closes it again. The outer error is one of the connection; the
/// inner one says that the server does not take this statement.
///
/// The session must be pinned, as [`introspect`](super::introspect()) and [`pin`](super::pin) leave it.
pub fn prepare(connection: &mut Connection, sql: &str) -> Result<Result<PreparedAnswer, ServerRefusal>> {
    let quoting = Quoting { backslash_escapes: !connection.conn.no_backslash_escape() };
    let first = first_word(sql, quoting);
    if !PREPARABLE.contains(&first.as_str()) {
        let what = if first.is_empty() { "nothing that can be named" } else { &first };
        let message = format!(
            "the statement begins with {what}; only queries, INSERT, REPLACE, UPDATE, DELETE, CALL and DO are \
             sent to the server"
        );
        return Ok(Err(ServerRefusal { code: 0, message }));
    }
    // The driver looks for parameters of its own kind, `:name`, and a comment must not show it any.
    let statement = match connection.conn.prep(without_comments(sql, quoting)) {
        Ok(statement) => statement,
        Err(mysql::Error::MySqlError(error)) => {
            return Ok(Err(ServerRefusal { code: error.code, message: error.message }));
        }
        Err(error) => return Err(Error::new("cannot prepare a statement").because(error)),
    };
    let columns = statement
        .columns()
        .iter()
        .map(|column| {
            let schema = column.schema_str().into_owned();
            let table = column.org_table_str().into_owned();
            PreparedColumn {
                name: column.name_str().into_owned(),
                ty: wire_type::of(column),
                not_null: column.flags().contains(mysql::consts::ColumnFlags::NOT_NULL_FLAG),
                schema: (!table.is_empty() && schema != connection.schema).then_some(schema),
                table,
                column: column.org_name_str().into_owned(),
            }
        })
        .collect();
    let count = usize::from(statement.num_params());
    let mut params: Vec<_> = statement.params().iter().map(wire_type::of_parameter).collect();
    params.resize(count, None);
    connection
        .conn
        .close(statement)
        .map_err(|error| Error::new("cannot close a prepared statement").because(error))?;
    Ok(Ok(PreparedAnswer { columns, params }))
}
