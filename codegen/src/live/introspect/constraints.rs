//! Foreign keys and CHECK constraints.

use std::collections::BTreeMap;

use crate::catalog::{Check, Family, ForeignKey, SqlType, Table, TableName, TextKind};
use crate::error::Result;

use super::{Reader, Tables, expression};

const RULES: &str = "SELECT CONSTRAINT_SCHEMA AS table_schema, TABLE_NAME AS table_name, \
    CONSTRAINT_NAME AS constraint_name, DELETE_RULE AS on_delete, UPDATE_RULE AS on_update \
    FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?";

const KEYS: &str = "SELECT TABLE_SCHEMA AS table_schema, TABLE_NAME AS table_name, \
    CONSTRAINT_NAME AS constraint_name, ORDINAL_POSITION AS position, COLUMN_NAME AS column_name, \
    REFERENCED_TABLE_SCHEMA AS referenced_schema, REFERENCED_TABLE_NAME AS referenced_table, \
    REFERENCED_COLUMN_NAME AS referenced_column FROM information_schema.KEY_COLUMN_USAGE \
    WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME IS NOT NULL";

const CHECKS_OF_MYSQL: &str = "SELECT t.TABLE_SCHEMA AS table_schema, t.TABLE_NAME AS table_name, \
    t.CONSTRAINT_NAME AS constraint_name, c.CHECK_CLAUSE AS clause, t.ENFORCED AS enforced, 'Table' AS level \
    FROM information_schema.TABLE_CONSTRAINTS t \
    JOIN information_schema.CHECK_CONSTRAINTS c \
    ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME \
    WHERE t.CONSTRAINT_TYPE = 'CHECK' AND t.TABLE_SCHEMA = ?";

const CHECKS_OF_MARIADB: &str = "SELECT CONSTRAINT_SCHEMA AS table_schema, TABLE_NAME AS table_name, \
    CONSTRAINT_NAME AS constraint_name, CHECK_CLAUSE AS clause, 'YES' AS enforced, LEVEL AS level \
    FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?";

/// Adds the foreign keys to their children.
pub(super) fn read_foreign_keys(reader: &mut Reader<'_>, tables: &mut Tables) -> Result<()> {
    let mut rules = BTreeMap::new();
    for row in reader.rows("information_schema.REFERENTIAL_CONSTRAINTS", RULES)? {
        rules.insert(
            (reader.table_name(&row)?, row.text("constraint_name")?),
            (row.text("on_delete")?, row.text("on_update")?),
        );
    }
    // (position, column, referenced column) in any order, with the parent.
    type Key = (TableName, Vec<(u32, String, String)>);
    let mut keys: BTreeMap<(TableName, String), Key> = BTreeMap::new();
    for row in reader.rows("information_schema.KEY_COLUMN_USAGE", KEYS)? {
        let parent = TableName {
            schema: reader.schema(row.text("referenced_schema")?),
            name: row.text("referenced_table")?,
        };
        let column =
            (row.number("position")?.unwrap_or(0), row.text("column_name")?, row.text("referenced_column")?);
        let name = (reader.table_name(&row)?, row.text("constraint_name")?);
        keys.entry(name).or_insert_with(|| (parent, Vec::new())).1.push(column);
    }
    for (name, (references, mut parts)) in keys {
        parts.sort();
        let (on_delete, on_update) = rules.remove(&name).unwrap_or_default();
        let (table, name) = name;
        if let Some(table) = tables.get_mut(&table) {
            table.foreign_keys.push(ForeignKey {
                name,
                columns: parts.iter().map(|(_, column, _)| column.clone()).collect(),
                references,
                referenced_columns: parts.into_iter().map(|(_, _, column)| column).collect(),
                on_delete,
                on_update,
            });
        }
    }
    Ok(())
}

/// Adds the CHECK constraints, and finds MariaDB's JSON columns by theirs.
pub(super) fn read_checks(reader: &mut Reader<'_>, tables: &mut Tables) -> Result<()> {
    let sql = match reader.family {
        Family::MySql => CHECKS_OF_MYSQL,
        Family::MariaDb => CHECKS_OF_MARIADB,
    };
    for row in reader.rows("information_schema.CHECK_CONSTRAINTS", sql)? {
        let Some(table) = tables.get_mut(&reader.table_name(&row)?) else { continue };
        let name = row.text("constraint_name")?;
        let expression = expression::readable(reader.family, &row.text("clause")?);
        let of_column = row.text("level")? == "Column";
        if reader.family == Family::MariaDb && becomes_json(table, &expression) && of_column {
            // The server wrote this constraint: it is what JSON means there.
            continue;
        }
        table.checks.push(Check {
            name,
            expression: reader.portable(&expression),
            enforced: row.text("enforced")? == "YES",
        });
    }
    for table in tables.values_mut() {
        table.checks.sort_by(|a, b| (&a.name, &a.expression).cmp(&(&b.name, &b.expression)));
    }
    Ok(())
}

/// Makes a JSON column of a LONGTEXT column of which the constraint says that it is valid JSON.
fn becomes_json(table: &mut Table, expression: &str) -> bool {
    table.columns.iter_mut().any(|column| {
        let long_text = matches!(&column.ty, SqlType::Text { kind: TextKind::LongText, .. });
        let quoted = column.name.replace('`', "``");
        let json =
            (long_text || column.ty == SqlType::Json) && expression == format!("json_valid(`{quoted}`)");
        if json {
            column.ty = SqlType::Json;
        }
        json
    })
}
