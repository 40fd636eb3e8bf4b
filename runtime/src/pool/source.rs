//! What a pool makes and keeps, behind a trait: its waiting and waking can then be run without a server.

use std::sync::Arc;

use super::state::Condition;
use crate::error::Result;
use crate::options::Options;
use crate::session::Session;

/// Makes connections and knows what becomes of them.
pub(crate) trait Source: Send + Sync + 'static {
    type Connection: Send + 'static;

    fn connect(&self, options: &Options) -> Result<Self::Connection>;

    /// Does it still work?
    fn validate(connection: &mut Self::Connection) -> Result<()>;

    /// Makes it as new.
    fn reset(connection: &mut Self::Connection) -> Result<()>;

    /// It comes back: what was set for its holder alone is over.
    fn returned(connection: &mut Self::Connection, options: &Options);

    fn condition(connection: &Self::Connection) -> Condition;

    /// Is its server another than it was made for?
    fn is_outdated(connection: &Self::Connection) -> bool;

    /// A number for the server that it is connected to.
    fn server(connection: &Self::Connection) -> usize;
}

/// Sessions with real servers.
pub(crate) struct Sessions;

impl Source for Sessions {
    type Connection = Session;

    fn connect(&self, options: &Options) -> Result<Session> {
        Session::connect(options)
    }

    fn validate(session: &mut Session) -> Result<()> {
        session.validate()
    }

    fn reset(session: &mut Session) -> Result<()> {
        session.reset()
    }

    fn returned(session: &mut Session, options: &Options) {
        session.set_statement_timeout(options.statement_limit());
    }

    fn condition(session: &Session) -> Condition {
        session.condition()
    }

    fn is_outdated(session: &Session) -> bool {
        session.is_outdated()
    }

    fn server(session: &Session) -> usize {
        Arc::as_ptr(session.host()).addr()
    }
}
