//! A small schema for tests that need no server.

use porpoise_codegen::catalog::{
    Catalog, Column, Family, Index, IndexKind, IndexPart, IntWidth, Server, Snapshot, SqlType, Table,
    TableKind, TableName, TextKind,
};

/// One table `account (id INT UNSIGNED AUTO_INCREMENT, email VARCHAR(100))`, its key as wide as given.
pub(crate) fn snapshot(id: IntWidth) -> Snapshot {
    let column = |name: &str, ty, auto_increment| Column {
        name: name.to_owned(),
        ty,
        nullable: false,
        default: None,
        on_update: None,
        generated: None,
        auto_increment,
        invisible: false,
        comment: String::new(),
    };
    let email = SqlType::Text { kind: TextKind::Varchar, length: Some(100), charset: None, collation: None };
    let primary = Index {
        name: "PRIMARY".to_owned(),
        kind: IndexKind::Primary,
        parts: vec![IndexPart::Column { name: "id".to_owned(), prefix: None, descending: false }],
        invisible: false,
    };
    let account = Table {
        name: TableName { schema: None, name: "account".to_owned() },
        kind: TableKind::Base,
        comment: String::new(),
        columns: vec![
            column("id", SqlType::Int { width: id, unsigned: true }, true),
            column("email", email, false),
        ],
        indexes: vec![primary],
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        triggers: Vec::new(),
    };
    Snapshot {
        catalog: Catalog {
            server: Server {
                family: Family::MariaDb,
                version: (10, 11, 19),
                sql_mode: vec!["STRICT_TRANS_TABLES".to_owned()],
                lower_case_table_names: 0,
                collation: "utf8mb4_general_ci".to_owned(),
            },
            tables: vec![account],
            routines: Vec::new(),
        },
        prepared: std::collections::BTreeMap::new(),
    }
}
