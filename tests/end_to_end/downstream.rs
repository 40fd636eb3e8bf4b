//! The README's steps, in a crate outside of this workspace: what stands there is what is run.

use porpoise::{Family, Schema};

use crate::support::{Database, Folder, cargo, porpoise, repository, run};

const README: &str = include_str!("../../README.md");

/// The code block after a line of the README.
#[track_caller]
fn block(after: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("\n{after}\n")).unwrap_or_else(|| panic!("no line {after}"));
    let (_, rest) = rest.split_once("\n```").expect("a code block");
    let (_, rest) = rest.split_once('\n').expect("its first line");
    rest.split_once("\n```").expect("its end").0
}

/// That the README says to run this.
#[track_caller]
fn told(command: &str) {
    assert!(README.lines().any(|line| line == command), "the README does not say: {command}");
}

fn new_crate(family: Family) {
    let table = block(
        "A table. With no server at hand, `cargo xtask servers` in the clone starts some and prints their URLs.",
    );
    let schema = Schema { family, ..porpoise_examples::SCHEMA };
    let Some(database) = Database::create(family, table, &schema) else { return };
    let folder = Folder::empty();
    let todo = folder.path("todo");

    told("cargo new todo");
    run(cargo(folder.root()).args(["new", "--quiet", "--vcs", "none", "todo"])).ends(0);
    told("cargo add porpoise --path ../porpoise/runtime");
    let runtime = repository().join("runtime");
    run(cargo(&todo).args(["add", "--offline", "--quiet", "porpoise", "--path"]).arg(runtime)).ends(0);
    told("cargo add porpoise-codegen --build --path ../porpoise/codegen");
    let codegen = repository().join("codegen");
    run(cargo(&todo)
        .args(["add", "--offline", "--quiet", "porpoise-codegen", "--build", "--path"])
        .arg(codegen))
    .ends(0);
    told("porpoise init");
    run(porpoise(&todo).arg("init")).ends(0);

    folder.write("todo/queries/todo.sql", block("`queries/todo.sql`:"));
    folder.write("todo/build.rs", block("`build.rs`:"));
    folder.write("todo/src/main.rs", block("`src/main.rs`:"));
    // The versions that are on this machine.
    std::fs::copy(repository().join("Cargo.lock"), folder.path("todo/Cargo.lock")).unwrap();

    told("porpoise pull");
    run(porpoise(&todo).arg("pull").env("DATABASE_URL", &database.url)).ends(0);
    // Building asks no server: there is none that it could know of.
    run(cargo(&todo).args(["build", "--offline", "--quiet"]).env_remove("DATABASE_URL")).ends(0);
    told("cargo run");
    let ran =
        run(cargo(&todo).args(["run", "--offline", "--quiet"]).env("DATABASE_URL", &database.url)).ends(0);
    let line = "2. Feed the porpoise (Some(2026-11-30))";
    assert!(README.contains(line));
    assert_eq!(ran.stdout, format!("{line}\n"));

    // A query that the schema does not bear breaks the build, at its place.
    folder.write("todo/queries/wrong.sql", "-- name: wrong\nSELECT titel FROM todo;\n");
    run(cargo(&todo).args(["build", "--offline", "--quiet"]).env_remove("DATABASE_URL"))
        .ends(101)
        .says("queries/wrong.sql:2:8")
        .says("titel");
}

/// One after the other: both crates are called `todo` and build into one folder.
#[test]
fn a_new_crate_builds_offline_and_runs_a_query() {
    new_crate(Family::MariaDb);
    new_crate(Family::MySql);
}
