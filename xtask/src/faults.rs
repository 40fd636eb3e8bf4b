//! `cargo xtask faults`: the fault matrix of the runtime, on both servers. Knows how to run it, and nothing of what it does.

use std::process::ExitCode;

use crate::servers::Servers;
use crate::{Result, interrupt, process, workspace};

/// Runs all of it, the long rows too, with these arguments.
pub(crate) fn run(arguments: &[&str]) -> Result<ExitCode> {
    let servers = Servers::start()?;
    if servers.urls().is_empty() {
        return Err("the fault matrix needs a server".into());
    }
    let mut faults = workspace::cargo();
    faults.args([
        "test",
        "--quiet",
        "--package",
        "porpoise",
        "--all-features",
        "--test",
        "faults",
        "--",
        "--all",
    ]);
    faults.args(arguments);
    servers.set_environment(&mut faults);
    let status = process::status(&mut faults)?;
    interrupt::check()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
