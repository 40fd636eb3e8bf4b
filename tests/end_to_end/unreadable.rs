//! Statements that the server accepts and sqlparser cannot read: PREPARE types them, and the snapshot keeps its answer.

use porpoise::{Family, Schema};

use crate::support::{Database, Folder, Ran, porpoise, run};

/// A project with one query file, on a server with the tables of the sample.
struct Project {
    folder: Folder,
    database: Database,
}

impl Project {
    fn create(family: Family, queries: &str) -> Option<Self> {
        let schema = Schema { family, ..porpoise_examples::SCHEMA };
        let database = Database::create(family, porpoise_examples::CREATE_TABLES, &schema)?;
        let folder = Folder::empty();
        folder.write("porpoise.toml", "");
        folder.write("unreadable.sql", queries);
        Some(Self { folder, database })
    }

    fn offline(&self, arguments: &[&str]) -> Ran {
        run(porpoise(self.folder.root()).args(arguments))
    }

    fn live(&self, arguments: &[&str]) -> Ran {
        run(porpoise(self.folder.root()).args(arguments).env("DATABASE_URL", &self.database.url))
    }
}

/// MariaDB takes a period before the name of a table, as ODBC writes it.
const PERIOD: &str = "SELECT id, CONCAT(username, '!') AS shout, created_at\n\
                      FROM account WHERE .account.id > CAST(:start AS SIGNED);\n";

#[test]
fn the_kept_answer_types_a_statement_offline_on_mariadb() {
    let queries = format!("-- name: unreadable\n-- @param start: i64\n{PERIOD}");
    let Some(project) = Project::create(Family::MariaDb, &queries) else { return };
    project.folder.write("porpoise.toml", "[queries]\ninclude = []\n");
    project.live(&["pull"]).ends(0);
    project.folder.write("porpoise.toml", "");

    // Without an answer nobody knows, and the message says how to get one.
    project.offline(&["check"]).ends(1).says("unreadable.sql:4:").says("porpoise pull");
    project.live(&["pull"]).ends(0);
    project.offline(&["check"]).ends(0);
    project.live(&["check", "--live"]).ends(0);

    let described = project.offline(&["describe", "--format", "json"]).ends(0);
    let described: porpoise::serde_json::Value = porpoise::serde_json::from_str(&described.stdout).unwrap();
    let query = &described["queries"][0];
    let types: Vec<_> =
        query["columns"].as_array().unwrap().iter().map(|column| &column["sql_type"]).collect();
    assert_eq!(types, ["int unsigned", "varchar(33)", "timestamp"], "{described:#}");
    // Only a copy of a NOT NULL column is taken for one: the server's flag on an expression proves nothing.
    let nullable: Vec<_> =
        query["columns"].as_array().unwrap().iter().map(|column| &column["nullable"]).collect();
    assert_eq!(nullable, [false, true, false], "{described:#}");
    assert_eq!(query["params"][0]["rust_type"], "i64");
}

#[test]
fn the_kept_answer_types_parameters_too_on_mysql() {
    let queries = "-- name: unreadable\nSELECT CAST(created_at AS DATETIME(2)) AS t\n\
                   FROM account TABLESAMPLE SYSTEM (100) WHERE id = :id AND username = :username;\n";
    let Some(project) = Project::create(Family::MySql, queries) else { return };
    project.live(&["pull"]).ends(0);
    let described = project.offline(&["describe", "--format", "json"]).ends(0);
    let described: porpoise::serde_json::Value = porpoise::serde_json::from_str(&described.stdout).unwrap();
    let query = &described["queries"][0];
    assert_eq!(query["columns"][0]["sql_type"], "datetime(2)", "{described:#}");
    assert_eq!(query["params"].as_array().unwrap().len(), 2);
    project.offline(&["generate", "--out", "generated"]).ends(0);
    let code = project.folder.read("generated/unreadable.rs");
    assert!(code.contains("Option<::porpoise::chrono::NaiveDateTime>"), "{code}");
}

#[test]
fn a_parameter_that_nobody_can_type_names_the_line_to_write() {
    let queries = format!("-- name: unreadable\n{PERIOD}");
    let Some(project) = Project::create(Family::MariaDb, &queries) else { return };
    project.live(&["pull"]);
    project.offline(&["check"]).ends(1).says("start").says("-- @param start:");
}

#[test]
fn what_the_server_refuses_too_is_an_error_in_its_words() {
    for family in [Family::MariaDb, Family::MySql] {
        let Some(project) = Project::create(family, "-- name: nonsense\nSELEKT 1;\n") else { continue };
        project.live(&["pull"]).ends(1).says("the server").says("nonsense");
        project.live(&["check", "--live"]).ends(1).says("the server").says("unreadable.sql:2:1");
    }
}
