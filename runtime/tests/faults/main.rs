//! The fault matrix: real servers, real faults, and what is counted under each. Every row is a test on both servers.
//!
//! `cargo test` runs the quick rows, `cargo xtask faults` all of them. Words in the arguments choose rows by their text.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod commits;
mod failover;
mod limits;
mod network;
mod own;
mod restarts;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
mod waiting;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;

use porpoise::Family;
use support::Database;

/// One fault.
struct Row {
    fault: &'static str,
    speed: Speed,
    /// Meets the fault, panics when a promise is broken, and says what was counted.
    meet: fn(&Database) -> String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Speed {
    /// A part of every test run.
    Quick,
    /// Only with `--all`.
    Long,
}
use Speed::{Long, Quick};

const fn row(fault: &'static str, speed: Speed, meet: fn(&Database) -> String) -> Row {
    Row { fault, speed, meet }
}

const ROWS: &[Row] = &[
    row("COMMIT arrives and its reply is lost", Quick, commits::reply_lost),
    row("COMMIT never arrives", Quick, commits::never_delivered),
    row("the connection breaks before COMMIT", Quick, commits::broken_before),
    row("KILL of a connection that idles", Quick, commits::killed_idle),
    row("KILL within a transaction", Quick, commits::killed_in_transaction),
    row("KILL in the middle of commits", Long, commits::killed_in_commit),
    row("a reply is cut at every byte", Quick, network::cut_at_every_byte),
    row("a reply comes after its time-out, 600 times", Quick, network::late_replies_few),
    row("a reply comes after its time-out, 10,000 times", Long, network::late_replies_many),
    row("a black hole in a query, a rollback and a commit", Quick, network::black_hole),
    row("a black hole behind an idle connection", Quick, network::black_hole_in_validation),
    row("a server that never greets", Quick, network::silent_greeting),
    row("a slow connect beside somebody who has one", Quick, network::slow_connect),
    row("reset of idle connections", Quick, network::reset_idle),
    row("reset of a busy connection", Quick, network::reset_busy),
    row("a connection that is half open", Quick, network::half_open),
    row("the pool is exhausted", Quick, waiting::exhausted),
    row("200 waiters beside greedy threads", Quick, waiting::greedy),
    row("a broken connection comes back with a waiter queued", Quick, waiting::broken_with_a_waiter),
    row("drained under load", Quick, waiting::drained),
    row("panics", Quick, sessions::panics),
    row("leftovers of every kind in a session", Quick, sessions::leftovers),
    row("an error out of FOR UPDATE in every form of call", Quick, sessions::locking_reads),
    row("a stream dropped half-read", Quick, sessions::half_read),
    row("deadlines that meet the end of a statement", Quick, sessions::deadline_races),
    row("a storm of deadlocks", Quick, sessions::deadlocks),
    row("waiting for a lock", Quick, sessions::lock_wait),
    row("ALTER TABLE under load", Quick, sessions::altered),
    row("wait_timeout of the server", Long, limits::wait_timeout),
    row("a server with ten connections", Long, limits::max_connections),
    row("a user with two connections", Quick, limits::max_user_connections),
    row("the server is stopped (SIGSTOP) and goes on", Long, restarts::stopped),
    row("the server restarts (TERM) under load", Long, restarts::terminated),
    row("the server is killed (KILL) under load", Long, restarts::killed),
    row("read_only is switched under load", Long, failover::read_only),
    row("failover to the second host and back", Quick, failover::there_and_back),
    row("the first host dies and comes back", Long, failover::first_dies),
];

const HELP: &str = "\
Usage: cargo xtask faults [options] [words]

Breaks connections and servers, and prints a line for each fault with what was counted. Words choose rows by their text.

  --quick                  only the rows that every test run has
  --mariadb, --mysql       on this server only
  --list                   prints the rows and runs nothing
";

/// How many rows run at a time: most of them wait.
const WORKERS: usize = 4;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if has("--help") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    // What the test harness of the language would take does no harm here.
    let words: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let all = has("--all") && !has("--quick");
    let families: Vec<Family> = [(Family::MariaDb, "--mysql"), (Family::MySql, "--mariadb")]
        .into_iter()
        .filter(|(_, other)| !has(other))
        .map(|(family, _)| family)
        .collect();
    let chosen = |row: &&Row| {
        (all || row.speed == Quick)
            && (words.is_empty() || words.iter().any(|word| row.fault.contains(*word)))
    };
    let rows: Vec<&Row> = ROWS.iter().filter(chosen).collect();
    if has("--list") {
        rows.iter().for_each(|row| println!("{}", row.fault));
        return ExitCode::SUCCESS;
    }
    let mut tasks: Vec<(&Row, Family)> =
        rows.iter().flat_map(|row| families.iter().map(move |family| (*row, *family))).collect();
    tasks.reverse();
    let tasks = Mutex::new(tasks);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.payload_as_str().is_some_and(|text| text.starts_with("on purpose")) {
            usual(panic);
        }
    }));
    let failed = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let Some((row, family)) = tasks.lock().unwrap().pop() else { return };
                    if !meet(row, family) {
                        *failed.lock().unwrap() += 1;
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    println!("{} faults, {failed} promises broken", rows.len());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs one row on one server and prints its line. False when a promise was broken.
fn meet(row: &Row, family: Family) -> bool {
    let started = Instant::now();
    let counted = Mutex::new(None);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        support::with(family, |database| *counted.lock().unwrap() = Some((row.meet)(database)));
    }));
    let took = started.elapsed().as_secs_f32();
    let line = match (&outcome, counted.into_inner().unwrap_or_default()) {
        (Err(_), _) => format!("BROKEN   {family:7}  {}", row.fault),
        (Ok(()), None) => format!("NOT RUN  {family:7}  {}", row.fault),
        (Ok(()), Some(counted)) => format!("ok       {family:7}  {}: {counted}", row.fault),
    };
    println!("{line}  ({took:.1} s)");
    outcome.is_ok()
}
