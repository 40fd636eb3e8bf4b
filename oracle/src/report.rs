//! What the oracle found, and how much it looked at. Knows nothing of how.

use std::collections::{BTreeMap, BTreeSet};

use porpoise_codegen::catalog::Family;

/// What is wrong with a claim, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// The data refute it: a NULL, an integer out of range, or more rows or fewer than proved.
    Unsound,
    /// Number or types of parameters, or a NULL that we said may be passed and may not.
    Parameters,
    /// Number, order or names of columns.
    Columns,
    /// The server does not take the statement.
    Refused,
    /// The analysis does not type it.
    Untyped,
    /// Another type than the server's, or a value of another class than the type's.
    Type,
    /// Nullable although it can never be NULL, or more rows than can come.
    Timid,
}

impl Fault {
    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Fault::Unsound => "UNSOUND",
            Fault::Parameters => "parameters",
            Fault::Columns => "columns",
            Fault::Refused => "refused",
            Fault::Untyped => "untyped",
            Fault::Type => "type",
            Fault::Timid => "timid",
        }
    }
}

/// One thing found.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) fault: Fault,
    pub(crate) server: Family,
    /// `family.statement`, or `family.statement.column`.
    pub(crate) subject: String,
    pub(crate) text: String,
    /// Whether the list of reviewed divergences has it.
    pub(crate) accepted: bool,
}

/// How much was looked at, of a group of queries on a server.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) statements: usize,
    pub(crate) typed: usize,
    pub(crate) columns: usize,
    /// Runs that the server ended with rows or without.
    pub(crate) runs: usize,
    /// Runs that it ended with an error, such as a number out of range.
    pub(crate) failed_runs: usize,
    pub(crate) rows: u64,
    /// Statements of which no run ever brought a row, though there could be some.
    pub(crate) barren: usize,
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) tallies: BTreeMap<(String, Family), Tally>,
    pub(crate) findings: Vec<Finding>,
    /// Groups of queries by others, which may be for one of the servers only.
    pub(crate) lenient: BTreeSet<String>,
    /// Whether to show the errors of runs as they come.
    pub(crate) shows_errors: bool,
}

impl Report {
    /// The tally of a group.
    pub(crate) fn tally(&mut self, group: &str, server: Family) -> &mut Tally {
        self.tallies.entry((group.to_owned(), server)).or_default()
    }

    /// Notes something, once for each subject and fault.
    pub(crate) fn note(&mut self, fault: Fault, server: Family, subject: &str, text: String) {
        let known = self
            .findings
            .iter()
            .any(|finding| finding.fault == fault && finding.server == server && finding.subject == subject);
        if !known {
            let subject = subject.to_owned();
            self.findings.push(Finding { fault, server, subject, text, accepted: false });
        }
    }

    /// Takes in what was found on another server.
    pub(crate) fn absorb(&mut self, other: Report) {
        self.tallies.extend(other.tallies);
        self.findings.extend(other.findings);
        self.lenient.extend(other.lenient);
    }

    /// Whether a finding makes the run fail.
    pub(crate) fn is_fatal(&self, finding: &Finding) -> bool {
        let group = finding.subject.split('.').next().unwrap_or_default();
        match finding.fault {
            // MySQL takes a parameter that stands among others without a type for bytes, and by value at execution.
            Fault::Parameters if group == crate::random::GROUP => !finding.text.starts_with("parameter-type"),
            Fault::Unsound | Fault::Parameters | Fault::Columns => true,
            Fault::Refused => !self.lenient.contains(group),
            // What is made up cannot be reviewed.
            Fault::Type => !finding.accepted && group != crate::random::GROUP,
            // Counted, and bounded as a share.
            Fault::Untyped | Fault::Timid => false,
        }
    }

    /// How many findings there are of a group: all, and those accepted.
    pub(crate) fn count(&self, group: &str, server: Family, fault: Fault) -> (usize, usize) {
        let of = |finding: &&Finding| {
            finding.fault == fault
                && finding.server == server
                && finding.subject.split('.').next() == Some(group)
        };
        let all = self.findings.iter().filter(of).count();
        (all, self.findings.iter().filter(of).filter(|finding| finding.accepted).count())
    }
}
