//! `cargo xtask faults`: the fault matrix of the runtime and the attacks on it, on both servers. Knows how to run it, and nothing of what it does.

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
    let mut good = process::status(&mut faults)?.success();
    interrupt::check()?;
    // Attackers are no faults of a server; each test of them is a line.
    if arguments.is_empty() {
        let mut attacks = workspace::cargo();
        attacks.args(["test", "--package", "porpoise", "--all-features"]);
        attacks.args(["--test", "security", "--test", "tls_attacks", "--test", "tls"]);
        servers.set_environment(&mut attacks);
        good &= process::status(&mut attacks)?.success();
        interrupt::check()?;
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
