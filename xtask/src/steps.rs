//! `cargo xtask test`: every check of the project, one after the other, as a table.
//!
//! A check that fails does not keep the others from running: one run tells everything.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::servers::Servers;
use crate::tree::{self, Rule};
use crate::{Result, interrupt, process, workspace};

/// One check.
struct Step {
    headline: &'static str,
    check: Check,
}

enum Check {
    /// cargo with these arguments must end well.
    Cargo(&'static [&'static str]),
    /// The same, and then the arguments that we were given.
    CargoAndMore(&'static [&'static str]),
    /// The packages that `cargo tree` lists with these arguments must keep a rule.
    Tree(&'static [&'static str], Rule),
}

/// What only the `live` and `cli` features of the generator may bring into a build script.
const DRIVERS_AND_COMMAND_LINE: &[&str] = &[
    "mysql",
    "mysql_async",
    "mysql_common",
    "clap",
    "clap_builder",
    "clap_derive",
    "anstream",
    "notify",
    "lsp-server",
];

/// The quick ones first.
const STEPS: &[Step] = &[
    Step { headline: "formatting", check: Check::Cargo(&["fmt", "--all", "--check"]) },
    Step {
        headline: "one syn in the whole workspace",
        check: Check::Tree(
            &["--workspace", "--all-features", "--edges", "all"],
            Rule::AtMostOneVersion("syn"),
        ),
    },
    Step {
        headline: "no proc macro of ours under the runtime",
        check: Check::Tree(
            &["--package", "porpoise", "--all-features", "--edges", "normal"],
            Rule::NoProcMacroOfOurs,
        ),
    },
    Step {
        headline: "no driver and no command line under a build script",
        check: Check::Tree(
            &["--package", "porpoise-codegen", "--edges", "normal,build"],
            Rule::NoneOf(DRIVERS_AND_COMMAND_LINE),
        ),
    },
    Step {
        headline: "lints",
        check: Check::Cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ]),
    },
    Step {
        headline: "the libraries with default features",
        check: Check::Cargo(&["check", "--package", "porpoise", "--package", "porpoise-codegen"]),
    },
    Step {
        headline: "tests",
        check: Check::CargoAndMore(&["test", "--workspace", "--all-features", "--no-fail-fast"]),
    },
    Step {
        headline: "the analysis and both servers agree",
        check: Check::Cargo(&["run", "--quiet", "--package", "porpoise-oracle"]),
    },
    Step {
        headline: "generated code and snapshot are fresh",
        check: Check::Cargo(&[
            "run",
            "--package",
            "porpoise-codegen",
            "--features",
            "cli",
            "--bin",
            "porpoise",
            "--",
            "check",
            "--config",
            "queries/porpoise.toml",
        ]),
    },
];

/// Starts servers and runs every check against them.
pub(crate) fn run(more: &[&str]) -> Result<ExitCode> {
    let servers = Servers::start()?;
    let mut report = Vec::new();
    for (step, number) in STEPS.iter().zip(1..) {
        eprintln!("\n== {number}/{} {}", STEPS.len(), step.headline);
        let began = Instant::now();
        let outcome = check(&step.check, more, &servers);
        interrupt::check()?;
        if let Err(error) = &outcome {
            eprintln!("{error}");
        }
        report.push((step.headline, outcome.is_ok(), began.elapsed()));
    }
    let on: Vec<&str> = servers.urls().iter().map(|(family, _)| family.name()).collect();
    drop(servers);
    Ok(summarize(&report, &on))
}

fn check(check: &Check, more: &[&str], servers: &Servers) -> Result<()> {
    let mut cargo = workspace::cargo();
    servers.set_environment(&mut cargo);
    match check {
        Check::Cargo(arguments) => process::run(cargo.args(*arguments)),
        Check::CargoAndMore(arguments) => process::run(cargo.args(*arguments).args(more)),
        Check::Tree(arguments, rule) => rule.check(&tree::packages(cargo, arguments)?),
    }
}

fn summarize(report: &[(&str, bool, Duration)], servers: &[&str]) -> ExitCode {
    let on = if servers.is_empty() { "no server".to_owned() } else { servers.join(" and ") };
    eprintln!("\n== Summary, on {on}");
    for (headline, passed, time) in report {
        let word = if *passed { "ok    " } else { "FAILED" };
        eprintln!("{word} {:7.1} s  {headline}", time.as_secs_f32());
    }
    if report.iter().all(|(_, passed, _)| *passed) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
