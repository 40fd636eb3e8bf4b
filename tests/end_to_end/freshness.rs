//! What is committed is what the command would write now, and the command says when it is not.

use porpoise::Family;

use crate::support::{Database, Folder, porpoise, repository, run};

struct Project {
    family: Family,
    folder: &'static str,
    tables: &'static str,
}

/// Every configuration of this repository.
const PROJECTS: [Project; 6] = [
    Project { family: Family::MariaDb, folder: "queries", tables: "queries/schema.sql" },
    Project { family: Family::MySql, folder: "queries/mysql", tables: "queries/schema.sql" },
    Project { family: Family::MariaDb, folder: "queries/mariadb", tables: "queries/mariadb/schema.sql" },
    Project { family: Family::MariaDb, folder: "queries/keyed", tables: "queries/keyed/schema.sql" },
    Project { family: Family::MySql, folder: "queries/keyed/mysql", tables: "queries/keyed/schema.sql" },
    Project { family: Family::MariaDb, folder: "queries/hostile", tables: "queries/hostile/schema.sql" },
];

/// A database with the tables that a file creates. What connections are pinned to does not matter here.
fn database(family: Family, tables: &str) -> Option<Database> {
    let tables = std::fs::read_to_string(repository().join(tables)).expect("the tables");
    Database::create(family, &tables, &porpoise::Schema { family, ..porpoise_examples::SCHEMA })
}

#[test]
fn generated_code_is_fresh() {
    for project in PROJECTS {
        let config = format!("{}/porpoise.toml", project.folder);
        run(porpoise(repository()).args(["check", "--config", &config])).ends(0);
    }
}

#[test]
fn snapshots_are_fresh_and_the_servers_agree_with_analysis() {
    for project in PROJECTS {
        let Some(database) = database(project.family, project.tables) else { continue };
        let config = format!("{}/porpoise.toml", project.folder);
        let mut check = porpoise(repository());
        run(check.args(["check", "--live", "--config", &config]).env("DATABASE_URL", &database.url)).ends(0);
    }
}

#[test]
fn check_turns_red_on_a_changed_column() {
    let Some(database) = database(Family::MariaDb, "queries/schema.sql") else { return };
    let folder = Folder::copy_of("queries");
    folder.write("porpoise.toml", "[generate]\nfolder = \"generated\"\n");
    let command =
        |arguments: &[&str]| run(porpoise(folder.root()).args(arguments).env("DATABASE_URL", &database.url));
    command(&["generate"]).ends(0);
    command(&["check", "--live"]).ends(0);

    database.sql("ALTER TABLE product MODIFY quantity BIGINT UNSIGNED NULL");
    command(&["check"]).ends(0);
    command(&["check", "--live"])
        .ends(1)
        .prints("+++ ")
        .prints("\n-        {\"name\": \"quantity\", \"type\": \"int\", \"width\": \"int\"")
        .prints("\n+        {\"name\": \"quantity\", \"type\": \"int\", \"width\": \"big\"")
        .says("stale: run `porpoise pull`");
    command(&["pull"]).ends(0);
    command(&["check"])
        .ends(1)
        .prints("-    pub quantity: u32,")
        .prints("+    pub quantity: Option<u64>,")
        .says("stale: run `porpoise generate`");
    command(&["generate"]).ends(0);
    command(&["check", "--live"]).ends(0);

    // A column that a query names and the schema lost is an error at its place.
    database.sql("ALTER TABLE product DROP COLUMN reorder_level");
    command(&["pull"]);
    command(&["check"]).ends(1).says("reorder_level").says("inventory.sql:");
}

#[test]
fn pulling_an_unchanged_schema_changes_nothing() {
    let Some(database) = database(Family::MariaDb, "queries/schema.sql") else { return };
    let folder = Folder::copy_of("queries");
    let before = folder.files();
    let pull = run(porpoise(folder.root()).arg("pull").env("DATABASE_URL", &database.url)).ends(0);
    pull.says("unchanged");
    assert_eq!(folder.files(), before);
}

#[test]
fn an_update_of_the_server_changes_nothing() {
    let Some(database) = database(Family::MariaDb, "queries/schema.sql") else { return };
    let folder = Folder::copy_of("queries");
    let written = folder.read("schema.json");
    let (before, rest) = written.split_once("\"version\": \"10.11.").expect("the version of the server");
    let (_, after) = rest.split_once('"').expect("its end");
    folder.write("schema.json", &format!("{before}\"version\": \"10.11.1\"{after}"));
    let older = folder.read("schema.json");
    run(porpoise(folder.root()).args(["check", "--live"]).env("DATABASE_URL", &database.url)).ends(0);
    run(porpoise(folder.root()).arg("pull").env("DATABASE_URL", &database.url)).ends(0);
    assert_eq!(folder.read("schema.json"), older);
}

#[test]
fn a_snapshot_of_the_other_server_is_refused() {
    let Some(database) = database(Family::MySql, "queries/schema.sql") else { return };
    let folder = Folder::copy_of("queries");
    let before = folder.read("schema.json");
    for arguments in [&["pull"][..], &["check", "--live"]] {
        let ran = run(porpoise(folder.root()).args(arguments).env("DATABASE_URL", &database.url));
        ran.ends(2).says("MariaDB").says("MySQL");
    }
    assert_eq!(folder.read("schema.json"), before);

    // At run time likewise: code that was checked on the one does not run on the other.
    let options = database.temporary.options().schema(&porpoise_examples::SCHEMA);
    let error = porpoise::Connection::open(&options).unwrap_err();
    assert_eq!(error.kind(), porpoise::ErrorKind::SchemaDrift);
}
