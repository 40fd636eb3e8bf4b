//! The `porpoise` command: one file per command, thin shells around the library.

mod check;
mod describe;
mod generate;
mod init;
mod locate;
mod output;
mod progress;
mod project;
mod pull;
mod server;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use output::{Color, Outcome};

/// Typed SQL for MySQL and MariaDB: checks .sql files against the schema and writes plain Rust.
#[derive(Parser)]
#[command(name = "porpoise", version, about, after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Whether to color what is printed.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Color,
}

#[derive(Subcommand)]
enum Command {
    /// Write a first configuration and query file into this crate.
    Init(init::Arguments),
    /// Read the schema from the server into the snapshot file.
    Pull(pull::Arguments),
    /// Check the queries and write the generated code into the source folder.
    Generate(generate::Arguments),
    /// Say what is stale or wrong, with a diff, and change nothing.
    Check(check::Arguments),
    /// Say what is known of each query: types, nullability, parameters, tables.
    Describe(describe::Arguments),
}

const AFTER_HELP: &str = "\
Exit status: 0 when all is well, 1 when queries have errors or something is stale, 2 when the command could not \
do its work.
Every option can be set in porpoise.toml; `porpoise init` writes one that explains them.";

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return output::usage(&error),
    };
    arguments.color.choose();
    let outcome = match &arguments.command {
        Command::Init(arguments) => init::run(arguments),
        Command::Pull(arguments) => pull::run(arguments),
        Command::Generate(arguments) => generate::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Describe(arguments) => describe::run(arguments),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            output::error(&error);
            ExitCode::from(2)
        }
    }
}
