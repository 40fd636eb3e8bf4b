//! The differential oracle: holds what the analysis says of every statement against what MySQL and MariaDB say at
//! PREPARE, and against what they send over adversarial data.
//!
//! `cargo xtask oracle` starts the servers and runs it; the table that it prints is what the documentation quotes.

mod arguments;
mod compare;
mod data;
mod divergences;
mod nests;
mod options;
mod prepare;
mod prng;
mod random;
mod report;
mod run;
mod script;
mod server;
mod subject;
mod table;
mod values;

use std::path::Path;
use std::process::ExitCode;

use crate::options::Options;
use crate::report::{Fault, Report};
use crate::server::{Database, Host};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Of 100 statements, as many must be typed.
const TYPED: usize = 99;

/// A person's word that there is no server.
const WITHOUT_SERVERS: &str = "PORPOISE_TEST_WITHOUT_SERVERS";

fn main() -> ExitCode {
    match oracle() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("oracle: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything holds.
fn oracle() -> Result<bool> {
    let Some(options) = Options::read(std::env::args().skip(1))? else { return Ok(true) };
    let hosts = server::hosts();
    if hosts.is_empty() && std::env::var(WITHOUT_SERVERS).is_ok_and(|value| value == "1") {
        eprintln!("{WITHOUT_SERVERS}=1: nothing is looked at");
        return Ok(true);
    }
    if hosts.is_empty() {
        return Err(
            "no server: `cargo xtask oracle` starts both, or set DATABASE_URL_MARIADB, DATABASE_URL_MYSQL"
                .into(),
        );
    }
    let suites = options.suites()?;
    // The servers do most of the work, and each its own.
    let outcomes: Vec<Result<Report>> = std::thread::scope(|scope| {
        let examine_all = |host| {
            let mut report = Report { shows_errors: options.errors, ..Report::default() };
            for suite in &suites {
                if !suite.strict {
                    report.lenient.extend(suite.groups.iter().map(|(group, _)| group.clone()));
                }
                examine(host, suite, options.seed, &mut report)?;
            }
            if options.random > 0 {
                random::examine(host, options.random, options.seed, &mut report)?;
            }
            Ok(report)
        };
        let threads: Vec<_> = hosts.iter().map(|host| scope.spawn(move || examine_all(host))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let mut report = Report::default();
    for outcome in outcomes {
        report.absorb(outcome?);
    }
    let list = options.battery.parent().unwrap_or(Path::new(".")).join("divergences.toml");
    let stale = divergences::accept(&mut report, &list)?;
    print!("{}", table::findings(&report));
    for entry in &stale {
        println!("stale      {entry}: the list of divergences has it, and it does not occur");
    }
    println!("\n{}", table::render(&report));
    Ok(verdict(&report, &stale, options.strict))
}

/// A schema with groups of queries for it.
pub(crate) struct Suite {
    schema: String,
    /// Whether every server must take every query: those of others may be for one server only.
    strict: bool,
    /// Name and text of each group.
    groups: Vec<(String, String)>,
}

fn examine(host: &Host, suite: &Suite, seed: u64, report: &mut Report) -> Result<()> {
    let mut database = Database::new(host, &suite.schema)?;
    let mut groups = Vec::new();
    for (group, text) in &suite.groups {
        groups.push((group.clone(), subject::read(&mut database, group, text, report)?));
    }
    run::run(&mut database, &mut groups, seed, report)
}

/// Says in a line for each reason why the run failed.
fn verdict(report: &Report, stale: &[String], strict: bool) -> bool {
    let mut reasons = Vec::new();
    let always = [Fault::Unsound, Fault::Parameters, Fault::Columns, Fault::Refused];
    for fault in always.into_iter().chain(strict.then_some(Fault::Type)) {
        let count = report
            .findings
            .iter()
            .filter(|finding| finding.fault == fault && report.is_fatal(finding))
            .count();
        if count > 0 {
            reasons.push(format!("{count} {}", fault.as_str()));
        }
    }
    if strict && !stale.is_empty() {
        reasons.push(format!("{} stale", stale.len()));
    }
    let statements: usize = report.tallies.values().map(|tally| tally.statements).sum();
    let typed: usize = report.tallies.values().map(|tally| tally.typed).sum();
    if strict && typed * 100 < statements * TYPED {
        reasons.push(format!("{typed} of {statements} typed, and it must be {TYPED} %"));
    }
    if statements == 0 {
        reasons.push("no statement was looked at".to_owned());
    }
    if !reasons.is_empty() {
        println!("FAILED: {}", reasons.join(", "));
    }
    reasons.is_empty()
}

/// A name as an identifier of SQL.
pub(crate) fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}
