//! The servers that tests and examples talk to: found or fetched, started, and always taken down again.
//!
//! A server that we did not start is never touched: a person's own is only named to others, by its URL.

mod apt;
mod instance;
mod mariadb;
mod mysql;
mod sources;
#[cfg(test)]
mod tests;
mod url;
mod watchdog;

use std::ffi::OsString;
use std::process::Command;
use std::time::Instant;

pub use self::instance::Instance;
use crate::{Result, interrupt, process};

/// A person's word that there is no MySQL, and ours to the tests.
pub(crate) const WITHOUT_MYSQL: &str = "PORPOISE_TEST_WITHOUT_MYSQL";

/// A person's word that there is no server at all.
pub(crate) const WITHOUT_SERVERS: &str = "PORPOISE_TEST_WITHOUT_SERVERS";

/// The two kinds of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// MariaDB.
    MariaDb,
    /// Oracle MySQL.
    MySql,
}

impl Family {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::MariaDb => "MariaDB",
            Self::MySql => "MySQL",
        }
    }

    /// The environment variable that holds the URL.
    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::MariaDb => "DATABASE_URL_MARIADB",
            Self::MySql => "DATABASE_URL_MYSQL",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::MariaDb => "mariadb",
            Self::MySql => "mysql",
        }
    }

    fn find(self) -> Result<Option<Program>> {
        match self {
            Self::MariaDb => mariadb::find(),
            Self::MySql => mysql::find(),
        }
    }

    fn install(self) -> Result<()> {
        match self {
            Self::MariaDb => mariadb::install(),
            Self::MySql => mysql::install(),
        }
    }

    fn find_or_install(self) -> Result<Program> {
        if let Some(program) = self.find()? {
            return Ok(program);
        }
        self.install()?;
        self.find()?.ok_or_else(|| format!("{} was installed, but is still not found", self.name()).into())
    }
}

/// How to run a server: a program with its first arguments.
#[derive(Clone, Debug)]
struct Program {
    family: Family,
    version: String,
    /// Makes a data directory and ends.
    initialize: Vec<OsString>,
    /// Serves it.
    serve: Vec<OsString>,
}

/// All servers of a run. They end with this value.
#[derive(Debug, Default)]
pub(crate) struct Servers {
    /// By family, and MariaDB first.
    urls: Vec<(Family, String)>,
    instances: Vec<Instance>,
    without_mysql: bool,
}

impl Servers {
    /// Starts what is not there yet: MariaDB must succeed, MySQL may be missing.
    pub(crate) fn start() -> Result<Self> {
        let mut servers = Self::default();
        if is_set(WITHOUT_SERVERS) {
            warn(&[&format!("{WITHOUT_SERVERS} is set: nothing that needs a server is tested.")]);
            return Ok(servers);
        }
        let mut programs = Vec::new();
        for family in [Family::MariaDb, Family::MySql] {
            if let Some(url) = std::env::var(family.variable()).ok().filter(|url| !url.is_empty()) {
                eprintln!("{}: the server that {} names", family.name(), family.variable());
                servers.urls.push((family, url));
            } else if family == Family::MySql && is_set(WITHOUT_MYSQL) {
                servers.go_without_mysql(&format!("{WITHOUT_MYSQL} is set"));
            } else {
                match family.find_or_install() {
                    Ok(program) => programs.push(program),
                    Err(error) => servers.bear(family, error)?,
                }
            }
        }
        // At the same time, as MySQL mostly waits.
        let began = Instant::now();
        let started: Vec<_> = std::thread::scope(|scope| {
            let start = |program| Instance::start(program, &[]).map(|instance| (instance, began.elapsed()));
            let threads: Vec<_> =
                programs.iter().map(|program| scope.spawn(move || start(program))).collect();
            threads.into_iter().map(|thread| thread.join()).collect()
        });
        for (program, started) in programs.iter().zip(started) {
            let family = program.family;
            match started.unwrap_or_else(|panic| std::panic::resume_unwind(panic)) {
                Ok((instance, time)) => {
                    eprintln!("{} {} is up ({:.1} s)", family.name(), program.version, time.as_secs_f32());
                    servers.urls.push((family, instance.url()));
                    servers.instances.push(instance);
                }
                Err(error) => servers.bear(family, error)?,
            }
        }
        servers.urls.sort_by_key(|(family, _)| *family);
        Ok(servers)
    }

    /// The URLs to connect to.
    pub(crate) fn urls(&self) -> &[(Family, String)] {
        &self.urls
    }

    /// Tells a program where the servers are.
    pub(crate) fn set_environment(&self, command: &mut Command) {
        for (family, url) in &self.urls {
            command.env(family.variable(), url);
        }
        if self.without_mysql {
            command.env(WITHOUT_MYSQL, "1");
        }
    }

    /// Waits for Ctrl-C, or for one of the servers to fail.
    pub(crate) fn wait(&mut self) -> Result<()> {
        while interrupt::count() == 0 {
            for instance in &mut self.instances {
                instance.check()?;
            }
            std::thread::sleep(process::TICK * 5);
        }
        Ok(())
    }

    /// Takes a failure: fatal for MariaDB, a loud warning for MySQL.
    fn bear(&mut self, family: Family, error: Box<dyn std::error::Error + Send + Sync>) -> Result<()> {
        interrupt::check()?;
        match family {
            Family::MariaDb => Err(error),
            Family::MySql => {
                self.go_without_mysql(&error.to_string());
                Ok(())
            }
        }
    }

    fn go_without_mysql(&mut self, why: &str) {
        self.without_mysql = true;
        let end = format!("Bring your own with {}=mysql://...", Family::MySql.variable());
        warn(&["NO MYSQL: everything that follows is tried on MariaDB only.", why, &end]);
    }
}

/// Finds or installs both, and starts nothing.
pub(crate) fn install() -> Result<()> {
    for family in [Family::MariaDb, Family::MySql] {
        match family.find_or_install() {
            Ok(program) => eprintln!("{} {} is there", family.name(), program.version),
            Err(error) => Servers::default().bear(family, error)?,
        }
    }
    Ok(())
}

/// The first word that is a version: three numbers with points.
fn version_in(line: &str) -> Option<String> {
    line.split_whitespace().find_map(|word| {
        let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
        let version = word[..end].trim_end_matches('.');
        (version.split('.').count() >= 3).then(|| version.to_owned())
    })
}

fn is_set(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| value == "1")
}

/// A warning that cannot be overlooked.
fn warn(paragraphs: &[&str]) {
    let lines: Vec<&str> = paragraphs.iter().flat_map(|paragraph| paragraph.lines()).collect();
    // A line that is longer than most terminals is left to stick out.
    let width =
        lines.iter().map(|line| line.chars().count()).filter(|width| *width <= 100).max().unwrap_or(0);
    let rule = "=".repeat(width + 4);
    eprintln!("+{rule}+");
    for line in lines {
        eprintln!("|  {line:width$}  |");
    }
    eprintln!("+{rule}+");
}
