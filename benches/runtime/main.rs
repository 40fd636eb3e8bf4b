//! The runtime beside the bare driver and other pools, on real servers:
//! `cargo xtask servers -- cargo bench --manifest-path benches/Cargo.toml --bench runtime`.
//!
//! What counts is a ratio: all contenders take turns in one run, so that whatever else the machine does meets all of
//! them. A word after `--` runs only what has it in its title. With `PORPOISE_BENCH_STRICT=1` a missed target makes the
//! exit status 1.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot go on stops"
)]

mod bulk;
mod levels;
mod lookup;
mod many;
mod measure;
mod nested;
mod pools;
mod server;

use std::process::ExitCode;

use measure::Comparison;
use server::Server;

type Benchmark = fn(&Server) -> Comparison;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let mut table = Vec::new();
    for server in Server::all() {
        let benchmarks: [(&str, Benchmark); 11] = [
            ("lookup", lookup::by_primary_key),
            ("many", many::rows),
            ("narrow", many::narrow_rows),
            ("bulk batch", bulk::batch),
            ("bulk copy", bulk::copy),
            ("nested, in order", nested::sorted),
            ("nested, mixed", nested::mixed),
            ("nested, integers", nested::narrow),
            ("levels", levels::of_relations),
            ("pools", pools::contended),
            ("uncontended", pools::uncontended),
        ];
        for (title, benchmark) in benchmarks {
            if wanted.is_empty() || wanted.iter().any(|word| title.contains(word.as_str())) {
                eprintln!("{title} on {} ...", server.name);
                let comparison = benchmark(&server);
                comparison.print(server.name);
                table.push((server.name, comparison));
            }
        }
    }
    println!("\n== All together");
    for (server, comparison) in &table {
        comparison.print(server);
    }
    let missed = table.iter().any(|(_, comparison)| comparison.misses());
    let strict = std::env::var("PORPOISE_BENCH_STRICT").is_ok_and(|value| value == "1");
    if missed && strict { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
