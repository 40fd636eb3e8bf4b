//! `porpoise init`.

use crate::support::Folder;

fn new_crate() -> Folder {
    let folder = Folder::empty();
    folder.write("Cargo.toml", "[package]\nname = \"shop\"\n");
    folder
}

#[test]
fn init_writes_a_configuration_and_an_example_and_says_what_to_do_next() {
    let folder = new_crate();
    let ran = folder.porpoise(&["init"]).ends(0);
    for step in [
        "[build-dependencies]",
        "porpoise_codegen::Builder::new(\"queries/porpoise.toml\").generate();",
        "include!(concat!(env!(\"OUT_DIR\"), \"/porpoise.rs\"));",
        "porpoise pull",
    ] {
        assert!(ran.stdout.contains(step), "{step} in\n{}", ran.stdout);
    }
    assert!(folder.read("queries/porpoise.toml").contains("[schema]\n"));
    assert!(folder.read("queries/example.sql").contains("-- name: server_time :one"));
}

#[test]
fn what_init_writes_is_a_project_that_checks() {
    let folder = new_crate();
    folder.porpoise(&["init"]).ends(0);
    folder.write(
        "queries/schema.json",
        &crate::support::snapshot(porpoise_codegen::catalog::IntWidth::Int).to_json(),
    );
    folder.porpoise(&["check"]).ends(0);
}

#[test]
fn init_never_overwrites() {
    let folder = new_crate();
    folder.write("queries/porpoise.toml", "# mine\n");
    folder.write("queries/example.sql", "-- mine too\n");
    folder.porpoise(&["init"]).ends(0).says("kept queries/porpoise.toml, which is there already");
    assert_eq!(folder.read("queries/porpoise.toml"), "# mine\n");
    assert_eq!(folder.read("queries/example.sql"), "-- mine too\n");

    let folder = new_crate();
    folder.write("queries/example.sql", "-- mine\n");
    folder.porpoise(&["init"]).ends(0).says("wrote queries/porpoise.toml");
    assert_eq!(folder.read("queries/example.sql"), "-- mine\n");
}

#[test]
fn init_wants_a_crate() {
    let folder = Folder::empty();
    folder.porpoise(&["init"]).ends(2).says("there is no Cargo.toml in .").says("help: run `porpoise init`");
    assert!(!folder.path("queries").exists());
}
