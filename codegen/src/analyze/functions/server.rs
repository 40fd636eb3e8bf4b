//! Which versions of which server have a function.

use super::Version;
use crate::catalog::{Family, Server};

/// Which servers have a function. Versions before the oldest that Porpoise is tried with say nothing: such a function
/// is simply there.
#[derive(Clone, Copy, Debug)]
pub(in crate::analyze) struct Servers {
    mysql: Versions,
    mariadb: Versions,
}

/// The versions of one family that have a function.
#[derive(Clone, Copy, Debug)]
struct Versions {
    never: bool,
    since: Version,
    until: Option<Version>,
}

/// Whether a server has a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analyze) enum Availability {
    /// It has it.
    Here,
    /// Only the other family does.
    Elsewhere,
    /// Later versions do.
    Since(Version),
    /// Earlier versions did.
    Until(Version),
}

const ALL: Versions = Versions { never: false, since: (0, 0, 0), until: None };
const NONE: Versions = Versions { never: true, ..ALL };

impl Servers {
    pub(super) const BOTH: Servers = Servers { mysql: ALL, mariadb: ALL };

    pub(super) const fn only(family: Family) -> Servers {
        match family {
            Family::MySql => Servers { mysql: ALL, mariadb: NONE },
            Family::MariaDb => Servers { mysql: NONE, mariadb: ALL },
        }
    }

    pub(super) const fn since(mut self, family: Family, version: Version) -> Servers {
        match family {
            Family::MySql => self.mysql.since = version,
            Family::MariaDb => self.mariadb.since = version,
        }
        self
    }

    pub(super) const fn until(mut self, family: Family, version: Version) -> Servers {
        match family {
            Family::MySql => self.mysql.until = Some(version),
            Family::MariaDb => self.mariadb.until = Some(version),
        }
        self
    }

    pub(super) fn on(&self, server: &Server) -> Availability {
        let versions = match server.family {
            Family::MySql => &self.mysql,
            Family::MariaDb => &self.mariadb,
        };
        match versions {
            Versions { never: true, .. } => Availability::Elsewhere,
            Versions { since, .. } if server.version < *since => Availability::Since(*since),
            Versions { until: Some(until), .. } if server.version >= *until => Availability::Until(*until),
            Versions { .. } => Availability::Here,
        }
    }
}
