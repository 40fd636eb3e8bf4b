//! Tables, views and sequences, and the names of triggers.

use std::collections::BTreeMap;

use crate::catalog::{Table, TableKind, TableName};
use crate::error::Result;

use super::{Reader, Tables};

const TABLES: &str = "SELECT TABLE_SCHEMA AS table_schema, TABLE_NAME AS table_name, TABLE_TYPE AS table_type, \
    TABLE_COMMENT AS table_comment FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?";

const VIEWS: &str = "SELECT TABLE_SCHEMA AS table_schema, TABLE_NAME AS table_name, \
    VIEW_DEFINITION AS definition, IS_UPDATABLE AS updatable FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ?";

const TRIGGERS: &str = "SELECT EVENT_OBJECT_SCHEMA AS table_schema, EVENT_OBJECT_TABLE AS table_name, \
    TRIGGER_NAME AS trigger_name FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ?";

/// All tables, still without columns.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Tables> {
    let mut views = views(reader)?;
    let mut tables = Tables::new();
    for row in reader.rows("information_schema.TABLES", TABLES)? {
        let name = reader.table_name(&row)?;
        if !reader.is_wanted(&row.text("table_schema")?) || reader.is_ignored(&name) {
            continue;
        }
        let kind = match row.text("table_type")?.as_str() {
            "BASE TABLE" | "SYSTEM VERSIONED" => TableKind::Base,
            "SEQUENCE" => TableKind::Sequence,
            "VIEW" | "SYSTEM VIEW" => views.remove(&name).unwrap_or_else(|| TableKind::View {
                definition: String::new(),
                updatable: false,
                keys: Vec::new(),
                origins: Vec::new(),
            }),
            // TEMPORARY tables are of this session alone, and there is no other kind.
            _ => continue,
        };
        let comment = match kind {
            TableKind::Base | TableKind::Sequence => row.text("table_comment")?,
            // Views have no comment of their own; the servers put the word VIEW or an error there.
            TableKind::View { .. } => String::new(),
        };
        let table = Table {
            name: name.clone(),
            kind,
            comment,
            columns: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            triggers: Vec::new(),
        };
        tables.insert(name, table);
    }
    Ok(tables)
}

fn views(reader: &mut Reader<'_>) -> Result<BTreeMap<TableName, TableKind>> {
    let mut views = BTreeMap::new();
    for row in reader.rows("information_schema.VIEWS", VIEWS)? {
        let kind = TableKind::View {
            definition: reader.portable(&row.text("definition")?),
            updatable: row.text("updatable")? == "YES",
            keys: Vec::new(),
            origins: Vec::new(),
        };
        views.insert(reader.table_name(&row)?, kind);
    }
    Ok(views)
}

/// Adds the names of the triggers.
pub(super) fn read_triggers(reader: &mut Reader<'_>, tables: &mut Tables) -> Result<()> {
    for row in reader.rows("information_schema.TRIGGERS", TRIGGERS)? {
        if let Some(table) = tables.get_mut(&reader.table_name(&row)?) {
            table.triggers.push(row.text("trigger_name")?);
        }
    }
    for table in tables.values_mut() {
        table.triggers.sort();
    }
    Ok(())
}
