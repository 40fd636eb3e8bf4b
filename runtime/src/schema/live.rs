//! Reads the tables of a server out of `information_schema`, as the lines of a description say them. The statements are
//! constant; names reach the server as bound parameters only.

use crate::__codegen::Query;
use crate::error::{Error, Result};
use crate::row::FromRow;
use crate::session::{RowSink, Session};
use crate::value::Encode;

use super::Family;
use super::column_type::spelled;
use super::description::{Column, Filled, Key, Table, TableKind, Usage, escaped, quoted};

const SESSION: &str = "SELECT DATABASE(), @@lower_case_table_names";

const TABLES: &str = "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = ?";

const COLUMNS: &str = "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, \
    COLUMN_DEFAULT IS NOT NULL, EXTRA, COALESCE(GENERATION_EXPRESSION, ''), COLLATION_NAME \
    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION";

const KEYS: &str = "SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART \
    FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND NON_UNIQUE = 0 \
    ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX";

/// MariaDB's JSON is LONGTEXT with a constraint that the server itself writes.
const CHECKS_OF_MARIADB: &str = "SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CHECK_CLAUSE \
    FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ? AND LEVEL = 'Column'";

/// What a server has.
pub(super) struct Live {
    pub(super) tables: Vec<Table>,
    /// Names of tables do not depend on case.
    pub(super) fold: bool,
}

/// Reads the schema connected to and those that `wanted` names beside it.
pub(super) fn read(session: &mut Session, wanted: &[Table]) -> Result<Live> {
    let (database, lower_case): (Option<String>, u8) =
        rows(session, SESSION, &[])?.pop().unwrap_or((None, 0));
    let database = database
        .ok_or_else(|| Error::configuration("the connection has no database to compare with the code"))?;
    let fold = lower_case != 0;
    let mut schemas = vec![(None, database)];
    for schema in wanted.iter().filter_map(|table| table.schema.as_ref()) {
        if !schemas.iter().any(|(known, _)| known.as_ref() == Some(schema)) {
            schemas.push((Some(schema.clone()), unquoted(schema)));
        }
    }
    let mut tables = Vec::new();
    for (quoted, name) in schemas {
        tables.extend(schema(session, quoted, &name, fold)?);
    }
    Ok(Live { tables, fold })
}

/// The tables of one schema. Rows of other schemas come along where a collation folds the case of their names.
fn schema(session: &mut Session, quoted_name: Option<String>, name: &str, fold: bool) -> Result<Vec<Table>> {
    let is_wanted = |schema: &str| schema == name || fold && schema.to_lowercase() == name.to_lowercase();
    let mut tables: Vec<Table> = Vec::new();
    for (schema, table, kind) in rows::<(String, String, String)>(session, TABLES, &[&name])? {
        let kind = match kind.as_str() {
            "BASE TABLE" | "SYSTEM VERSIONED" => TableKind::Base,
            "VIEW" | "SYSTEM VIEW" => TableKind::View,
            "SEQUENCE" => TableKind::Sequence,
            // TEMPORARY tables are of this session alone.
            _ => continue,
        };
        if is_wanted(&schema) {
            tables.push(Table {
                schema: quoted_name.clone(),
                name: quoted(&table),
                kind,
                usage: Usage::Read,
                columns: Vec::new(),
                keys: Vec::new(),
            });
        }
    }
    for row in rows::<ColumnRow>(session, COLUMNS, &[&name])? {
        if is_wanted(&row.schema)
            && let Some(table) = find(&mut tables, &row.table)
        {
            table.columns.push(column(row));
        }
    }
    for (schema, table, index, column, prefix) in rows::<KeyRow>(session, KEYS, &[&name])? {
        if is_wanted(&schema)
            && let Some(table) = find(&mut tables, &table)
        {
            add_part(table, &index, column.as_deref(), prefix);
        }
    }
    for key in tables.iter_mut().flat_map(|table| &mut table.keys) {
        let mut parts: Vec<&str> = key.parts.split('\n').collect();
        parts.sort_unstable();
        key.parts = format!("({})", parts.join(", "));
    }
    if session.family() == Family::MariaDb {
        for (schema, table, clause) in rows::<(String, String, String)>(session, CHECKS_OF_MARIADB, &[&name])?
        {
            if is_wanted(&schema)
                && let Some(table) = find(&mut tables, &table)
            {
                find_json(table, &clause);
            }
        }
    }
    Ok(tables)
}

fn find<'t>(tables: &'t mut [Table], name: &str) -> Option<&'t mut Table> {
    let name = quoted(name);
    tables.iter_mut().find(|table| table.name == name)
}

fn column(row: ColumnRow) -> Column {
    let extra = row.extra.to_ascii_lowercase();
    let nullable = row.nullable == "YES";
    let filled = if !row.generation.is_empty() {
        Filled::Generated
    } else if extra.contains("auto_increment") {
        Filled::AutoIncrement
    } else if row.has_default && !nullable {
        Filled::Default
    } else {
        Filled::No
    };
    let ty = escaped(&spelled(&row.ty, row.collation.is_some()));
    let is_text = ty.ends_with("text") || ty.starts_with("char") || ty.starts_with("varchar");
    let collation = row.collation.filter(|_| is_text);
    Column { name: quoted(&row.name), ty, nullable, filled, collation }
}

/// Adds a part to the last key, or begins one. Parts are lines until the key is whole: no name has a line break now.
fn add_part(table: &mut Table, index: &str, column: Option<&str>, prefix: Option<u32>) {
    let part = match (column, prefix) {
        (Some(column), None) => quoted(column),
        (Some(column), Some(prefix)) => format!("{}({prefix})", quoted(column)),
        (None, _) => "expression".to_owned(),
    };
    let name = (index != "PRIMARY").then(|| quoted(index));
    match table.keys.last_mut().filter(|key| key.name == name) {
        Some(key) => {
            key.parts.push('\n');
            key.parts.push_str(&part);
        }
        None => table.keys.push(Key { name, parts: part }),
    }
}

/// The clause is quoted as `sql_mode` says, with ANSI_QUOTES in double quotes.
fn find_json(table: &mut Table, clause: &str) {
    for column in table.columns.iter_mut().filter(|column| column.ty == "longtext") {
        let clause = escaped(clause);
        let plain = column.name[1..column.name.len() - 1].replace("``", "`");
        let ansi = plain.replace('"', "\"\"");
        if clause == format!("json_valid({})", column.name) || clause == format!("json_valid(\"{ansi}\")") {
            column.ty = "json".to_owned();
            column.collation = None;
        }
    }
}

/// The name that a quoted and escaped one stands for.
fn unquoted(quoted: &str) -> String {
    let inner = quoted[1..quoted.len() - 1].replace("``", "`");
    let mut name = String::new();
    let mut rest = inner.as_str();
    while let Some((before, after)) = rest.split_once('\\') {
        name.push_str(before);
        let code = after.strip_prefix("u{").and_then(|after| after.split_once('}'));
        let hidden =
            code.and_then(|(code, rest)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest)));
        match hidden {
            Some((c, after)) => {
                name.push(c);
                rest = after;
            }
            None => {
                name.push('\\');
                rest = after.strip_prefix('\\').unwrap_or(after);
            }
        }
    }
    name.push_str(rest);
    name
}

type KeyRow = (String, String, String, Option<String>, Option<u32>);

/// A row of [`COLUMNS`].
struct ColumnRow {
    schema: String,
    table: String,
    name: String,
    ty: String,
    nullable: String,
    has_default: bool,
    extra: String,
    generation: String,
    collation: Option<String>,
}

impl FromRow for ColumnRow {
    const COLUMNS: usize = 9;

    fn from_row(row: &mut crate::Row<'_>) -> Result<Self> {
        Ok(Self {
            schema: row.get()?,
            table: row.get()?,
            name: row.get()?,
            ty: row.get()?,
            nullable: row.get()?,
            has_default: row.get()?,
            extra: row.get()?,
            generation: row.get()?,
            collation: row.get()?,
        })
    }
}

fn rows<T: FromRow>(session: &mut Session, sql: &'static str, values: &[&dyn Encode]) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    let mut take = |row: &mut crate::Row<'_>| {
        rows.push(T::from_row(row)?);
        Ok(())
    };
    let query = Query::new("porpoise::verify_schema", sql, values);
    session.run(query, Some(RowSink { columns: T::COLUMNS, take: &mut take }))?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::{quoted, unquoted};

    #[test]
    fn names_come_back_from_their_quotes() {
        for name in ["a", "a`b", "a\\b", "\\u{a}", "a\n\u{202e}b", "``\\\\"] {
            assert_eq!(unquoted(&quoted(name)), name);
        }
    }
}
