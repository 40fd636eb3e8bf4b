//! The command line, the configuration file, and what is said when they are wrong.

use crate::support::Folder;

#[test]
fn an_unknown_key_is_shown_with_its_line_and_a_suggestion() {
    let folder = Folder::project();
    folder.write("queries/porpoise.toml", "[schema]\nsnapsot = \"schema.json\"\n");
    for command in ["check", "generate", "describe", "pull"] {
        folder
            .porpoise(&[command])
            .ends(2)
            .says("unknown key `snapsot` in [schema], did you mean `snapshot`?")
            .says("queries/porpoise.toml:2:1")
            .says("2 | snapsot = \"schema.json\"");
    }
}

#[test]
fn a_missing_configuration_says_where_it_was_looked_for() {
    Folder::empty()
        .porpoise(&["check"])
        .ends(2)
        .says("there is no porpoise.toml or queries/porpoise.toml in")
        .says("`porpoise init` writes one");
    Folder::empty().porpoise(&["check", "--config", "x.toml"]).ends(2).says("no configuration file x.toml");
}

#[test]
fn the_configuration_is_found_from_a_folder_below() {
    let folder = Folder::project();
    folder.porpoise(&["generate"]).ends(0);
    folder.porpoise_in("src/queries", &["check"]).ends(0).says("fit ../../queries/schema.json");
}

#[test]
fn a_missing_snapshot_says_to_pull() {
    let folder = Folder::project();
    std::fs::remove_file(folder.path("queries/schema.json")).unwrap();
    folder
        .porpoise(&["check"])
        .ends(2)
        .says("there is no snapshot of the schema at queries/schema.json")
        .says("`porpoise pull` writes it");
}

#[test]
fn pull_without_a_url_names_the_variable() {
    Folder::project().porpoise(&["pull"]).ends(2).says("the environment variable DATABASE_URL is not set");
}

#[test]
fn usage_errors_end_with_2_and_help_with_0() {
    let folder = Folder::empty();
    folder.porpoise(&[]).ends(2);
    folder.porpoise(&["chekc"]).ends(2).says("check");
    folder.porpoise(&["check", "--offline", "--live"]).ends(2).says("cannot be used with");
    folder.porpoise(&["--help"]).ends(0).prints("Exit status: 0 when all is well");
    folder.porpoise(&["--version"]).ends(0).prints(env!("CARGO_PKG_VERSION"));
}

#[test]
fn color_is_for_terminals_unless_it_is_asked_for() {
    let folder = Folder::project();
    folder.write("queries/account.sql", "-- name: find\nSELECT emial FROM account;\n");
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        folder.porpoise_with(arguments, variables).ends(1).stderr.contains('\u{1b}')
    };
    assert!(!colored(&["check"], &[]));
    assert!(colored(&["check", "--color", "always"], &[]));
    assert!(colored(&["check", "--color=always"], &[("NO_COLOR", "1")]));
    assert!(!colored(&["check", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&["check"], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")]));
}
