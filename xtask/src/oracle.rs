//! `cargo xtask oracle`: the differential oracle, on both servers. Knows how to run it, and nothing of what it does.

use std::process::ExitCode;

use crate::servers::Servers;
use crate::{Result, interrupt, process, workspace};

/// Runs it with these arguments.
pub(crate) fn run(arguments: &[&str]) -> Result<ExitCode> {
    let servers = Servers::start()?;
    if servers.urls().is_empty() {
        return Err("the oracle needs a server".into());
    }
    let mut oracle = workspace::cargo();
    // Where the person stands, so that a path in the arguments means what they mean.
    oracle.args(["run", "--quiet", "--package", "porpoise-oracle", "--"]);
    oracle.args(arguments).current_dir(std::env::current_dir()?);
    servers.set_environment(&mut oracle);
    let status = process::status(&mut oracle)?;
    interrupt::check()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
