//! `porpoise describe` and its JSON contract.

use serde_json::{Value, json};

use crate::support::Folder;

const WITHOUT_CONFIGURATION: [&str; 7] =
    ["describe", "--offline", "--schema", "queries/schema.json", "--queries", "queries", "--format"];

fn json(folder: &Folder, status: i32) -> Value {
    let arguments = [&WITHOUT_CONFIGURATION[..], &["json"]].concat();
    let ran = folder.porpoise(&arguments).ends(status);
    assert_eq!(ran.stderr, "", "JSON is all there is");
    serde_json::from_str(&ran.stdout).expect("JSON")
}

#[test]
fn the_json_follows_the_contract_without_a_configuration() {
    let folder = Folder::project();
    std::fs::remove_file(folder.path("queries/porpoise.toml")).unwrap();
    let described = json(&folder, 0);
    assert_eq!(described["diagnostics"], json!([]));
    assert_eq!(
        described["queries"][0],
        json!({
            "file": "queries/account.sql",
            "name": "find",
            "kind": "opt",
            "cardinality": "opt",
            "sql": "SELECT id, email FROM account WHERE id = ?",
            "columns": [
                { "name": "id", "sql_type": "int unsigned", "nullable": false, "rust_type": "u32" },
                { "name": "email", "sql_type": "varchar(100)", "nullable": false, "rust_type": "String" },
            ],
            "params": [
                { "name": "id", "sql_type": "int unsigned", "nullable": false, "rust_type": "u32", "list": false },
            ],
            "reads": ["account"],
            "writes": [],
        })
    );
    assert_eq!(described["queries"][1]["kind"], "execrows");
    assert_eq!(described["queries"][1]["cardinality"], "exec");
    assert_eq!(described["queries"][1]["writes"], json!(["account"]));
}

#[test]
fn what_can_be_typed_is_described_even_if_another_query_fails() {
    let folder = Folder::project();
    folder.write("queries/broken.sql", "\n-- name: broken\nSELECT emial FROM account;\n");
    let described = json(&folder, 1);
    assert_eq!(described["queries"].as_array().unwrap().len(), 2);
    let found = &described["diagnostics"][0];
    assert_eq!(found["level"], "error");
    assert_eq!((&found["line"], &found["column"]), (&json!(3), &json!(8)));
    assert_eq!(found["file"], "queries/broken.sql");
    assert!(found["message"].as_str().unwrap().contains("emial"), "{found}");
}

#[test]
fn one_file_can_be_described() {
    let folder = Folder::project();
    folder.write("queries/other.sql", "-- name: other :one\nSELECT 1 AS one;\n");
    let arguments =
        ["describe", "--schema", "queries/schema.json", "--queries", "queries/other.sql", "--format", "json"];
    let described: Value = serde_json::from_str(&folder.porpoise(&arguments).ends(0).stdout).unwrap();
    assert_eq!(described["queries"].as_array().unwrap().len(), 1);
    assert_eq!(described["queries"][0]["name"], "other");
}

#[test]
fn the_text_is_for_people_and_takes_names() {
    let folder = Folder::project();
    let ran = folder.porpoise(&["describe"]).ends(0).prints("find").prints("rename");
    assert!(ran.stdout.contains("u32") && ran.stdout.contains("account"), "{}", ran.stdout);
    let ran = folder.porpoise(&["describe", "find"]).ends(0).prints("find");
    assert!(!ran.stdout.contains("rename"), "{}", ran.stdout);
    folder.porpoise(&["describe", "fnid"]).ends(2).says("did you mean `find`?");
}

#[test]
fn a_loadable_function_is_typed_from_its_declaration() {
    let folder = Folder::project();
    folder.write(
        "queries/sound.sql",
        "-- name: sounds\nSELECT metaphon(email) AS m, now_ms() AS n FROM account WHERE metaphon(:sound) = 'x';\n",
    );
    folder.porpoise(&["describe"]).ends(1).says("the function metaphon() is not known");
    let declared = |functions: &str| {
        let config = format!("{}\n[schema]\nfunctions = {functions}\n", folder.read("queries/porpoise.toml"));
        folder.write("queries/declared.toml", &config);
        folder.porpoise(&["describe", "--config", "queries/declared.toml", "--format", "json"])
    };
    let ran = declared(r#"["metaphon(string) returns string", "now_ms() returns integer not null"]"#).ends(0);
    let described: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let query =
        described["queries"].as_array().unwrap().iter().find(|query| query["name"] == "sounds").unwrap();
    assert_eq!(query["columns"][0]["rust_type"], "Option<String>");
    assert_eq!(query["columns"][1]["rust_type"], "i64");
    assert_eq!(query["params"][0]["rust_type"], "Option<&str>");
    declared(r#"["metaphon(varchar) returns string"]"#)
        .ends(2)
        .says("`varchar` is not a type of a loadable function")
        .says("write \"name(string, integer) returns real\"");
}

#[test]
fn a_reason_says_its_line_where_that_is_another_one() {
    let folder = Folder::project();
    let query = "-- name: pairs\nSELECT b.id, b.id / 0 AS none\nFROM account a\nLEFT JOIN account b ON b.id > a.id;\n";
    folder.write("queries/pairs.sql", query);
    folder
        .porpoise(&["describe", "pairs"])
        .ends(0)
        .prints("nullable because `b` is on the outer side of the LEFT JOIN at line 4");
    folder.write("queries/pairs.sql", &query.replace('\n', " ").replace("pairs ", "pairs\n"));
    let ran = folder.porpoise(&["describe", "pairs"]).ends(0);
    assert!(!ran.stdout.contains("at line"), "{}", ran.stdout);
}
