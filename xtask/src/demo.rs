//! `cargo xtask demo`: what a newcomer wants to see first.

use std::process::ExitCode;

use crate::servers::Servers;
use crate::{Result, process, workspace};

/// Runs the tour on each server.
pub(crate) fn run() -> Result<ExitCode> {
    let servers = Servers::start()?;
    if servers.urls().is_empty() {
        return Err("the tour needs a server".into());
    }
    for (family, url) in servers.urls() {
        eprintln!("\n== The tour, on {}", family.name());
        let mut tour = workspace::cargo();
        tour.args(["run", "--quiet", "--package", "porpoise-examples", "--example", "tour"]);
        process::run(tour.env("DATABASE_URL", url))?;
    }
    Ok(ExitCode::SUCCESS)
}
