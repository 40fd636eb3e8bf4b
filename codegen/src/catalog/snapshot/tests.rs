use std::collections::BTreeMap;

use super::{PreparedAnswer, PreparedColumn, Snapshot};
use crate::catalog::{
    Catalog, Check, Column, DefaultValue, Family, ForeignKey, Generated, Index, IndexKind, IndexPart,
    IntWidth, ParameterMode, Routine, RoutineKind, RoutineParameter, Server, SqlType, Table, TableKind,
    TableName, TextKind,
};

fn name(name: &str) -> TableName {
    TableName { schema: None, name: name.to_owned() }
}

fn column(name: &str, ty: SqlType) -> Column {
    Column {
        name: name.to_owned(),
        ty,
        nullable: false,
        default: None,
        on_update: None,
        generated: None,
        auto_increment: false,
        invisible: false,
        comment: String::new(),
    }
}

fn snapshot() -> Snapshot {
    let text = SqlType::Text {
        kind: TextKind::Varchar,
        length: Some(20),
        charset: Some("utf8mb4".to_owned()),
        collation: Some("utf8mb4_bin".to_owned()),
    };
    let item = Table {
        name: name("it`em \"*/"),
        kind: TableKind::Base,
        comment: "two\nlines".to_owned(),
        columns: vec![
            Column {
                auto_increment: true,
                ..column("id", SqlType::Int { width: IntWidth::Int, unsigned: true })
            },
            Column { nullable: true, default: Some(DefaultValue::Null), ..column("name", text) },
            Column {
                default: Some(DefaultValue::Literal("a".to_owned())),
                comment: "日本".to_owned(),
                ..column("kind", SqlType::Enum { values: vec!["a".to_owned(), "it's".to_owned()] })
            },
            Column {
                default: Some(DefaultValue::Expression("current_timestamp()".to_owned())),
                on_update: Some("current_timestamp()".to_owned()),
                ..column("at", SqlType::Timestamp { fsp: 0 })
            },
            Column {
                generated: Some(Generated { expression: "`id` + 1".to_owned(), stored: true }),
                invisible: true,
                ..column("next", SqlType::BIGINT)
            },
        ],
        indexes: vec![
            Index {
                name: "PRIMARY".to_owned(),
                kind: IndexKind::Primary,
                parts: vec![IndexPart::Column { name: "id".to_owned(), prefix: None, descending: false }],
                invisible: false,
            },
            Index {
                name: "k".to_owned(),
                kind: IndexKind::Unique,
                parts: vec![
                    IndexPart::Column { name: "name".to_owned(), prefix: Some(5), descending: true },
                    IndexPart::Expression { expression: "lower(`name`)".to_owned(), descending: false },
                ],
                invisible: true,
            },
        ],
        foreign_keys: vec![ForeignKey {
            name: "fk".to_owned(),
            columns: vec!["id".to_owned()],
            references: TableName { schema: Some("other".to_owned()), name: "owner".to_owned() },
            referenced_columns: vec!["id".to_owned()],
            on_delete: "CASCADE".to_owned(),
            on_update: "RESTRICT".to_owned(),
        }],
        checks: vec![Check { name: "c".to_owned(), expression: "`id` > 0".to_owned(), enforced: false }],
        triggers: vec!["t1".to_owned()],
    };
    let view = Table {
        name: name("v"),
        kind: TableKind::View {
            definition: "select 1".to_owned(),
            updatable: false,
            keys: Vec::new(),
            origins: Vec::new(),
        },
        comment: String::new(),
        columns: vec![column("1", SqlType::INT)],
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        triggers: Vec::new(),
    };
    let routine = Routine {
        schema: None,
        name: "f".to_owned(),
        kind: RoutineKind::Function,
        parameters: vec![RoutineParameter {
            name: "a".to_owned(),
            ty: SqlType::INT,
            mode: ParameterMode::In,
        }],
        returns: Some(SqlType::Decimal { precision: 10, scale: 2, unsigned: false }),
        never_null: false,
        data_access: "CONTAINS SQL".to_owned(),
        comment: String::new(),
    };
    let answer = PreparedAnswer {
        columns: vec![PreparedColumn {
            name: "x".to_owned(),
            ty: SqlType::INT,
            not_null: true,
            schema: None,
            table: "v".to_owned(),
            column: "1".to_owned(),
        }],
        params: vec![None, Some(SqlType::text())],
    };
    Snapshot {
        catalog: Catalog {
            server: Server {
                family: Family::MariaDb,
                version: (10, 11, 19),
                sql_mode: vec!["ANSI_QUOTES".to_owned(), "STRICT_TRANS_TABLES".to_owned()],
                lower_case_table_names: 0,
                collation: "utf8mb4_general_ci".to_owned(),
            },
            tables: vec![item, view],
            routines: vec![routine],
        },
        prepared: BTreeMap::from([("SELECT ?, ?".to_owned(), answer)]),
    }
}

#[test]
fn a_column_an_index_and_a_key_stand_on_one_line_each() {
    insta::assert_snapshot!(snapshot().to_json());
}

#[test]
fn everything_is_read_back() {
    let snapshot = snapshot();
    let text = snapshot.to_json();
    assert_eq!(Snapshot::from_json(&text).unwrap(), snapshot);
    assert_eq!(Snapshot::from_json(&text).unwrap().to_json(), text);
    assert!(text.ends_with("}\n"));
}

#[test]
fn the_fingerprint_follows_the_schema_and_not_the_patch_level_or_the_answers() {
    let mut other = snapshot();
    let before = other.fingerprint();
    other.catalog.server.version.2 += 1;
    other.prepared.clear();
    assert_eq!(other.fingerprint(), before);
    other.catalog.server.version.1 += 1;
    assert_ne!(other.fingerprint(), before);
    let mut other = snapshot();
    other.catalog.tables[0].columns[0].nullable = true;
    assert_ne!(other.fingerprint(), before);
}

#[test]
fn an_edited_file_is_used_and_warned_of() {
    let text = snapshot().to_json();
    assert_eq!(Snapshot::check_fingerprint(&text).unwrap(), None);
    let edited = text.replace("\"two\\nlines\"", "\"one line\"");
    assert_eq!(Snapshot::from_json(&edited).unwrap().catalog.tables[0].comment, "one line");
    let warning = Snapshot::check_fingerprint(&edited).unwrap().unwrap();
    assert!(!warning.is_error());
    assert_eq!(warning.message, "the schema snapshot was changed after it was written");
}

#[test]
fn a_newer_format_says_what_to_upgrade_to_though_its_content_is_unknown() {
    let text = r#"{"porpoise": "schema snapshot", "version": 2, "readable_by": "0.7.0", "server": "of another shape"}"#;
    assert_eq!(
        Snapshot::from_json(text).unwrap_err().to_string(),
        "the schema snapshot was written by a newer Porpoise: its format is version 2, and this one reads version 1\
         \n  help: upgrade porpoise-codegen to 0.7.0"
    );
}

#[test]
fn faults_say_where_they_are_and_what_to_do() {
    let text = snapshot().to_json();
    for (broken, message) in [
        (
            text.replace("\"tables\": [", "\"tables\": [,"),
            "the schema snapshot cannot be read: expected value at line 16 column 14\
             \n  help: mend it there, or write it anew with `porpoise pull`",
        ),
        (
            text.replacen("{\n", "{\n<<<<<<< HEAD\n", 1),
            "the schema snapshot cannot be read: key must be a string at line 2 column 1\n  help: it holds the marks \
             of a merge conflict: take either side, then write it anew with `porpoise pull`",
        ),
        (
            text.replace("10.11.19", "ten"),
            "the schema snapshot cannot be read: `ten` is not a version such as 10.11.19 at line 8 column 20\
             \n  help: mend it there, or write it anew with `porpoise pull`",
        ),
        (
            "{\"name\": \"app\"}".to_owned(),
            "this is JSON, but no schema snapshot of Porpoise\
             \n  help: name the file that `porpoise pull` wrote, or let it write one",
        ),
    ] {
        assert_eq!(Snapshot::from_json(&broken).unwrap_err().to_string(), message);
    }
}

#[test]
fn a_server_of_another_family_is_refused() {
    let snapshot = snapshot();
    let mut live = snapshot.catalog.server.clone();
    assert!(snapshot.expect_family(&live).is_ok());
    live.family = Family::MySql;
    let error = snapshot.expect_family(&live).unwrap_err().to_string();
    assert!(
        error.starts_with("the schema snapshot is of MariaDB, and the server is MySQL\n  help: "),
        "{error}"
    );
}
