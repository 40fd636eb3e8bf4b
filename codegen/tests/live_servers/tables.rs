//! The statements of tables, as both servers prepare them: of ordinary tables, of every kind of column and name, and of
//! shapes that no sample has.

use porpoise_codegen::catalog::Snapshot;
use porpoise_codegen::live;
use porpoise_codegen::{Config, Schema, Sources, check_queries};

use crate::support::{Database, servers};

/// How many functions there are, all prepared and without a finding.
fn prepared(database: &Database) -> usize {
    let mut connection = database.connect();
    let catalog = live::introspect(&mut connection, &Schema::default()).unwrap();
    live::pin(&mut connection, &catalog.server).unwrap();
    let snapshot = Snapshot { catalog, prepared: Default::default() };
    let mut config = Config::in_folder(".");
    config.generate.crud = vec!["*".to_owned()];
    config.generate.traits = true;
    let mut sources = Sources::new();
    let checked = check_queries(&config, &snapshot, &mut sources, &[], Some(&mut connection)).unwrap();
    let findings: Vec<_> = checked.diagnostics.iter().map(|one| (&one.message, &one.labels)).collect();
    assert!(findings.is_empty(), "{findings:?}");
    // What is generated is Rust.
    for file in checked.folder() {
        syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    }
    checked.files.iter().map(|file| file.queries.len()).sum()
}

fn statements(script: &str) -> Vec<&str> {
    script.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()).collect()
}

#[test]
fn every_statement_of_the_samples_tables_is_one() {
    for (_, url) in servers() {
        let script = include_str!("../../../queries/schema.sql");
        let database = Database::new(&url, &statements(script));
        assert!(prepared(&database) > 100);
    }
}

#[test]
fn shapes_that_are_out_of_the_ordinary() {
    let wide: String = (0..200).map(|n| format!("c{n} INT NULL, ")).collect();
    let wide = format!("CREATE TABLE wide ({wide} id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY)");
    let schema = [
        wide.as_str(),
        "CREATE TABLE four (a INT, b VARCHAR(9), c DATE, d BINARY(4), v INT NOT NULL, PRIMARY KEY (a, b, c, d))",
        "CREATE TABLE child (id INT PRIMARY KEY, a INT, b VARCHAR(9), c DATE, d BINARY(4), parent_id INT, \
         FOREIGN KEY (a, b, c, d) REFERENCES four (a, b, c, d), FOREIGN KEY (parent_id) REFERENCES child (id))",
        "CREATE TABLE keyless (a INT, b TEXT NOT NULL)",
        "CREATE TABLE only_id (id INT AUTO_INCREMENT PRIMARY KEY)",
        "CREATE TABLE only_key (id INT PRIMARY KEY)",
        "CREATE TABLE defaults (id INT AUTO_INCREMENT PRIMARY KEY, a INT DEFAULT 1, b INT NOT NULL DEFAULT 2, \
         c TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, d VARCHAR(40) DEFAULT (UUID()))",
        "CREATE TABLE no_id_but_defaults (a INT DEFAULT 1, b INT NOT NULL DEFAULT 2)",
        "CREATE TABLE computed (id INT PRIMARY KEY, a INT NOT NULL, b INT AS (a + 1) STORED, c INT AS (a + 2) VIRTUAL, \
         UNIQUE (b))",
        "CREATE TABLE unseen (id INT PRIMARY KEY, a INT INVISIBLE DEFAULT 7, b INT NOT NULL)",
        "CREATE TABLE prefixes (id INT PRIMARY KEY, a TEXT NOT NULL, b TEXT, UNIQUE KEY (a(10)), UNIQUE KEY (b(5)))",
        "CREATE TABLE two_keys (id INT AUTO_INCREMENT PRIMARY KEY, a INT NOT NULL UNIQUE, b INT NOT NULL UNIQUE)",
        "CREATE TABLE `Same Name` (`A` INT PRIMARY KEY, `a_` INT, `a-b` INT, `a b` INT, `select` INT, `self` INT)",
        "CREATE TABLE same_name (id INT PRIMARY KEY)",
        "CREATE VIEW seen AS SELECT id, a FROM computed",
        "CREATE VIEW summed AS SELECT COUNT(*) AS n FROM computed",
    ];
    for (_, url) in servers() {
        assert!(prepared(&Database::new(&url, &schema)) > 100);
    }
}

#[test]
fn procedures_are_typed_by_the_catalog_and_prepared() {
    let schema =
        ["CREATE PROCEDURE act(IN a BIGINT UNSIGNED, OUT b DECIMAL(10,2), INOUT c VARCHAR(5)) SELECT 1 AS n"];
    let sql = "-- name: act\n-- @returns ones One(n: i64)\nCALL act(:a, :b, :c);\n\n\
               -- name: to_variables\nCALL act(1, @b, @c);\n";
    for (_, url) in servers() {
        let database = Database::new(&url, &schema);
        let mut connection = database.connect();
        let catalog = live::introspect(&mut connection, &Schema::default()).unwrap();
        let snapshot = Snapshot { catalog, prepared: Default::default() };
        let mut sources = Sources::new();
        let file = sources.add("q.sql", sql);
        let config = Config::in_folder(".");
        let checked =
            check_queries(&config, &snapshot, &mut sources, &[file], Some(&mut connection)).unwrap();
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        let code = &checked.folder()[2].text;
        for part in
            ["a: Option<u64>,", "c: Option<&str>,", "pub b: Option<::porpoise::rust_decimal::Decimal>,"]
        {
            assert!(code.contains(part), "{part} in {code}");
        }
        let wrong = sources.add("w.sql", "-- name: w\nCALL act(1, 2, :c);\n\n-- name: v\nCALL acd();\n");
        let checked = check_queries(&config, &snapshot, &mut sources, &[wrong], None).unwrap();
        let messages: Vec<_> = checked.diagnostics.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            messages,
            ["the procedure answers through its parameter `b`", "there is no procedure `acd`"]
        );
    }
}
