//! The one error of the runtime: opaque, with a kind to match on. Its text never holds parameters, row values or
//! secrets; what the server said in full is behind [`Error::server_message`].

pub(crate) mod codes;
pub(crate) mod driver;
mod kind;
pub(crate) mod printable;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::constraint::Constraint;
use crate::pool::PoolStatus;

pub use kind::ErrorKind;
use printable::printable;

/// The result of everything that talks to a server.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why something failed. Match on [`kind`](Self::kind), compare with constraints by [`violates`](Self::violates).
///
/// `Display` and `Debug` show the kind, the query's name, codes and what is known to be free of data; never parameters,
/// values of rows, or passwords.
pub struct Error(Box<Repr>);

struct Repr {
    kind: ErrorKind,
    query: Option<&'static str>,
    detail: Cow<'static, str>,
    server: Option<ServerError>,
    pool: Option<PoolStatus>,
    rows: Option<Range<u64>>,
    source: Option<Source>,
}

/// What a server answered instead of a result.
pub(crate) struct ServerError {
    pub(crate) code: u16,
    pub(crate) sqlstate: String,
    pub(crate) message: String,
    /// The message is known to hold no values.
    pub(crate) showable: bool,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Repr {
            kind,
            query: None,
            detail: Cow::Borrowed(""),
            server: None,
            pool: None,
            rows: None,
            source: None,
        }))
    }

    /// An error of the application's own, from a hook such as [`Options::before_hand_out`](crate::Options). The text is
    /// shown and logged: no values and no secrets belong into it.
    pub fn application(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Application).detail(detail)
    }

    pub(crate) fn usage(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Usage).detail(detail)
    }

    pub(crate) fn configuration(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Configuration).detail(detail)
    }

    /// What happened, in words without data.
    pub(crate) fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = detail.into();
        self
    }

    pub(crate) fn server(mut self, server: ServerError) -> Self {
        self.0.server = Some(server);
        self
    }

    pub(crate) fn pool(mut self, status: PoolStatus) -> Self {
        self.0.pool = Some(status);
        self
    }

    /// Among which rows of a bulk write it happened, unless that is told already.
    pub(crate) fn among_rows(mut self, rows: Range<u64>) -> Self {
        self.0.rows.get_or_insert(rows);
        self
    }

    /// The cause; only errors whose text holds no data may be given.
    pub(crate) fn source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn set_kind(&mut self, kind: ErrorKind) {
        self.0.kind = kind;
    }

    /// Keeps the server's text out of Display: the statement was not constant and may be quoted.
    pub(crate) fn without_server_text(mut self) -> Self {
        if let Some(server) = &mut self.0.server {
            server.showable = false;
        }
        self
    }

    /// Names the query, unless one is named already.
    pub(crate) fn in_query(mut self, name: &'static str) -> Self {
        if self.0.query.is_none() && !name.is_empty() {
            self.0.query = Some(name);
        }
        self
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The generated function that failed, as `module::function`.
    pub fn query_name(&self) -> Option<&'static str> {
        self.0.query
    }

    /// The error code of the server, if the server reported the failure.
    pub fn server_code(&self) -> Option<u16> {
        self.0.server.as_ref().map(|server| server.code)
    }

    /// The SQLSTATE (five characters), if the server reported the failure.
    pub fn sqlstate(&self) -> Option<&str> {
        self.0.server.as_ref().map(|server| server.sqlstate.as_str())
    }

    /// The server's whole message. **It may hold data**: a duplicate entry quotes the value, a truncated one as well.
    /// Do not log it where data must not go.
    pub fn server_message(&self) -> Option<&str> {
        self.0.server.as_ref().map(|server| server.message.as_str())
    }

    /// Is this the violation of just this constraint?
    ///
    /// The constraint is recognised by the server's message, which is in English because sessions are pinned to
    /// `lc_messages = 'en_US'`. MySQL leaves a foreign key's name out when the user lacks privileges on the parent; it
    /// then violates no constraint by name, and [`kind`](Self::kind) still tells what happened.
    pub fn violates(&self, constraint: &Constraint) -> bool {
        self.0.server.as_ref().is_some_and(|server| constraint.is_named_by(self.0.kind, &server.message))
    }

    /// The rows of a bulk write among which is the one that failed, counted from 0, as exactly as is known.
    pub fn rows(&self) -> Option<Range<u64>> {
        self.0.rows.clone()
    }

    /// The state of the pool when it could not give a connection ([`ErrorKind::PoolTimeout`]).
    pub fn pool_status(&self) -> Option<&PoolStatus> {
        self.0.pool.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repr = &*self.0;
        if let Some(query) = repr.query {
            write!(f, "{query}: ")?;
        }
        f.write_str(repr.kind.describe())?;
        if !repr.detail.is_empty() {
            write!(f, ": {}", repr.detail)?;
        }
        if let Some(server) = &repr.server {
            if server.showable {
                write!(f, ": {}", printable(&server.message))?;
            }
            write!(f, " (server error {}, SQLSTATE {})", server.code, printable(&server.sqlstate))?;
        }
        match &repr.rows {
            Some(rows) if rows.end - rows.start == 1 => write!(f, ", in row {} of the call", rows.end)?,
            Some(rows) => write!(f, ", in rows {} to {} of the call", rows.start + 1, rows.end)?,
            None => {}
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repr = &*self.0;
        write!(f, "Error({:?}: {self}", repr.kind)?;
        if let Some(source) = &repr.source {
            write!(f, "; because: {source}")?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duplicate() -> Error {
        Error::new(ErrorKind::UniqueViolation).in_query("account::register").server(ServerError {
            code: 1062,
            sqlstate: "23000".to_owned(),
            message: "Duplicate entry 'ada@example.org' for key 'account.uk_email'".to_owned(),
            showable: false,
        })
    }

    #[test]
    fn a_duplicate_is_told_without_its_value() {
        let error = duplicate();
        assert_eq!(
            error.to_string(),
            "account::register: a row with the same unique key exists (server error 1062, SQLSTATE 23000)"
        );
        assert!(!format!("{error:?}").contains("ada@"));
        assert!(error.server_message().is_some_and(|message| message.contains("ada@")));
    }

    #[test]
    fn the_innermost_query_name_stays() {
        assert_eq!(duplicate().in_query("other").query_name(), Some("account::register"));
    }
}
