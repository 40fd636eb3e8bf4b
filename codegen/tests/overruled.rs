//! A statement that the analysis refuses and the server accepts is typed by the server's answer, with a warning.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use porpoise_codegen::catalog::{PreparedAnswer, PreparedColumn, Snapshot, SqlType};
use porpoise_codegen::{Checked, Config, Sources, check_queries};

/// Checks one statement against the fixtures' snapshot, with the answer that a server gave for it.
fn check(sql: &str, kept: Option<PreparedAnswer>) -> Checked {
    let mut snapshot = Snapshot::from_json(include_str!("fixtures/shop.mysql.json")).unwrap();
    snapshot.prepared.extend(kept.map(|answer| (sql.to_owned(), answer)));
    let mut sources = Sources::new();
    let file = sources.add("q.sql", format!("-- name: q\n{sql};"));
    let config = Config::in_folder(std::path::Path::new("."));
    check_queries(&config, &snapshot, &mut sources, &[file], None).unwrap()
}

fn says(checked: &Checked) -> Vec<(&'static str, &'static str)> {
    checked.diagnostics.iter().map(|finding| (finding.level.as_str(), finding.code)).collect()
}

#[test]
fn the_servers_answer_overrules_what_it_would_have_checked_itself() {
    let sql = "SELECT nickname FROM account";
    let refused = check(sql, None);
    assert_eq!(says(&refused), [("error", "unknown-column")]);
    assert!(refused.files[0].queries.is_empty());

    let column = PreparedColumn {
        name: "nickname".to_owned(),
        ty: SqlType::text(),
        not_null: false,
        schema: None,
        table: "account".to_owned(),
        column: "nickname".to_owned(),
    };
    let accepted = check(sql, Some(PreparedAnswer { columns: vec![column], params: Vec::new() }));
    assert_eq!(says(&accepted), [("warning", "unknown-column")]);
    assert_eq!(accepted.files[0].queries[0].columns[0].name, "nickname");
}

#[test]
fn it_does_not_overrule_what_only_execution_shows() {
    let sql = "INSERT INTO product (name) VALUES ('x')";
    let checked = check(sql, Some(PreparedAnswer { columns: Vec::new(), params: Vec::new() }));
    assert_eq!(says(&checked), [("error", "missing-column")]);
}
