//! `cargo xtask`: everything that a fresh machine needs, in one command. As a library, throwaway servers for tests that
//! start, stop and kill them.

mod demo;
mod faults;
mod interrupt;
mod oracle;
mod process;
pub mod servers;
mod steps;
mod tree;
mod workspace;

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitCode};

use crate::servers::Servers;

/// What can go wrong here is told to a person, in words.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const HELP: &str = "\
Usage: cargo xtask <command>

  demo                       runs the tour on each server
  test [arguments]           runs every check, with servers; the arguments go to `cargo test`
  faults [options]           breaks connections and servers in every way and prints what happened; --help tells the options
  oracle [options]           holds the analysis against both servers and prints a table; --help tells the options
  servers                    starts both servers, prints how to reach them, waits for Ctrl-C
  servers run <command>...   runs a command with the servers' URLs in its environment (also: servers -- <command>...)
  servers install            finds or fetches both servers, and starts nothing
  help                       this text

Servers are throwaway: a temporary folder and a free port on 127.0.0.1, gone at the end.

Environment:
  DATABASE_URL_MARIADB, DATABASE_URL_MYSQL   a server of your own, used as it is instead of a throwaway one
  PORPOISE_TEST_WITHOUT_MYSQL=1              goes without MySQL
  PORPOISE_TEST_WITHOUT_SERVERS=1            goes without servers
";

/// The program.
pub fn main() -> ExitCode {
    let outcome = interrupt::install().and_then(|()| {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        dispatch(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    });
    let code = outcome.unwrap_or_else(|error| {
        eprintln!("xtask: {error}");
        ExitCode::FAILURE
    });
    interrupt::exit_code().map_or(code, ExitCode::from)
}

fn dispatch(arguments: &[&str]) -> Result<ExitCode> {
    match arguments {
        ["help" | "--help" | "-h", ..] => print_help(),
        ["demo"] => demo::run(),
        ["test", rest @ ..] => steps::run(rest),
        ["faults", rest @ ..] => faults::run(rest),
        ["oracle", rest @ ..] => oracle::run(rest),
        ["servers"] => serve(),
        ["servers", "install"] => servers::install().map(|()| ExitCode::SUCCESS),
        ["servers", "run" | "--", program, rest @ ..] => run_with_servers(program, rest),
        [] => Err(format!("what shall be done?\n\n{HELP}").into()),
        _ => Err(format!("no such command: {}\n\n{HELP}", arguments.join(" ")).into()),
    }
}

fn print_help() -> Result<ExitCode> {
    print!("{HELP}");
    Ok(ExitCode::SUCCESS)
}

fn serve() -> Result<ExitCode> {
    let mut servers = Servers::start()?;
    for (family, url) in servers.urls() {
        // In quotes, as a URL of a person's own may hold what a shell reads.
        println!("export {}='{}'", family.variable(), url.replace('\'', r"'\''"));
    }
    eprintln!("Ctrl-C ends them.");
    servers.wait()?;
    Ok(ExitCode::SUCCESS)
}

fn run_with_servers(program: &str, arguments: &[&str]) -> Result<ExitCode> {
    let servers = Servers::start()?;
    let mut command = Command::new(program);
    command.args(arguments);
    servers.set_environment(&mut command);
    let status = process::status(&mut command)?;
    // As in a shell, a program that a signal ended has 128 and more.
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    Ok(ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
