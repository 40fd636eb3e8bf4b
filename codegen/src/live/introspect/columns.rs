//! Columns, with everything that typing, DTOs and inserts need.
//!
//! One thing cannot be had: both servers keep comments, and members of ENUM and SET, in three-byte UTF-8, and show `?`
//! for characters beyond the BMP, in SHOW CREATE TABLE as well.

use std::collections::BTreeMap;

use crate::catalog::{Column, DefaultValue, Family, Generated, SqlType, TableName};
use crate::error::{Error, Result};

use super::super::column_type::{self, Attributes};
use super::super::literal;
use super::super::record::Record;
use super::{Reader, Tables, expression};

const COMMON: &str = "TABLE_SCHEMA AS table_schema, TABLE_NAME AS table_name, COLUMN_NAME AS column_name, \
    ORDINAL_POSITION AS position, COLUMN_DEFAULT AS column_default, IS_NULLABLE AS nullable, \
    COLUMN_TYPE AS column_type, CHARACTER_SET_NAME AS charset, COLLATION_NAME AS collation, EXTRA AS extra, \
    COLUMN_COMMENT AS column_comment, GENERATION_EXPRESSION AS generation";

const GEOMETRY: &str = "SELECT G_TABLE_SCHEMA AS table_schema, G_TABLE_NAME AS table_name, \
    G_GEOMETRY_COLUMN AS column_name, SRID AS srid FROM information_schema.GEOMETRY_COLUMNS \
    WHERE G_TABLE_SCHEMA = ?";

/// Adds the columns to their tables.
pub(super) fn read(reader: &mut Reader<'_>, tables: &mut Tables) -> Result<()> {
    let srids = srids(reader)?;
    let srid = match reader.family {
        Family::MySql => "SRS_ID",
        Family::MariaDb => "NULL",
    };
    let sql =
        format!("SELECT {COMMON}, {srid} AS srid FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ?");
    let mut columns: BTreeMap<TableName, Vec<(u32, Column)>> = BTreeMap::new();
    for row in reader.rows("information_schema.COLUMNS", &sql)? {
        let table = reader.table_name(&row)?;
        if !tables.contains_key(&table) {
            continue;
        }
        let name = row.text("column_name")?;
        let srid = match row.number("srid")? {
            Some(srid) => Some(srid),
            None => srids.get(&(table.clone(), name.clone())).copied(),
        };
        let position = row.number("position")?.unwrap_or(0);
        let column = column(reader, &row, &table, name, srid)?;
        columns.entry(table).or_default().push((position, column));
    }
    for (name, mut columns) in columns {
        columns.sort_by_key(|(position, _)| *position);
        if let Some(table) = tables.get_mut(&name) {
            table.columns = columns.into_iter().map(|(_, column)| column).collect();
        }
    }
    Ok(())
}

/// The spatial reference systems that MariaDB's columns ask for, which it keeps elsewhere than MySQL.
fn srids(reader: &mut Reader<'_>) -> Result<BTreeMap<(TableName, String), u32>> {
    let mut srids = BTreeMap::new();
    if reader.family == Family::MariaDb {
        for row in reader.rows("information_schema.GEOMETRY_COLUMNS", GEOMETRY)? {
            // MariaDB says 0 where none is asked for.
            if let Some(srid) = row.number("srid")?.filter(|srid| *srid != 0) {
                srids.insert((reader.table_name(&row)?, row.text("column_name")?), srid);
            }
        }
    }
    Ok(srids)
}

fn column(
    reader: &Reader<'_>,
    row: &Record,
    table: &TableName,
    name: String,
    srid: Option<u32>,
) -> Result<Column> {
    let attributes =
        Attributes { charset: row.optional("charset")?, collation: row.optional("collation")?, srid };
    let ty = column_type::parse(&row.text("column_type")?, &attributes).map_err(|why| {
        Error::new(format!("cannot read the type of column `{name}` of table `{table}`: {why}")).help(
            "leave the table out with `ignore` under [schema] of porpoise.toml, or upgrade porpoise-codegen",
        )
    })?;
    let extra = row.text("extra")?;
    let extra_words = extra.to_ascii_lowercase();
    let nullable = row.text("nullable")? == "YES";
    let generated = generated(reader, &row.text("generation")?, &extra_words);
    let auto_increment = extra_words.contains("auto_increment");
    let default = if generated.is_some() || auto_increment {
        None
    } else {
        match row.optional("column_default")? {
            Some(text) => Some(default(reader, &text, &ty, &extra_words)),
            None if nullable => Some(DefaultValue::Null),
            None => None,
        }
    };
    Ok(Column {
        name,
        ty,
        nullable,
        default,
        on_update: on_update(&extra),
        generated,
        auto_increment,
        invisible: extra_words.split([' ', ',']).any(|word| word == "invisible"),
        comment: row.text("column_comment")?,
    })
}

fn generated(reader: &Reader<'_>, text: &str, extra: &str) -> Option<Generated> {
    if text.is_empty() {
        return None;
    }
    let expression = reader.portable(&expression::readable(reader.family, text));
    Some(Generated { expression, stored: extra.contains("stored generated") })
}

fn on_update(extra: &str) -> Option<String> {
    let at = extra.to_ascii_lowercase().find("on update ")?;
    let value = &extra[at + "on update ".len()..];
    let value = value.split([' ', ',']).next().unwrap_or_default();
    Some(value.to_owned())
}

/// MariaDB quotes constants and shows expressions bare. MySQL shows constants bare and marks expressions in EXTRA,
/// but for those of views, where the mark is missing.
fn default(reader: &Reader<'_>, text: &str, ty: &SqlType, extra: &str) -> DefaultValue {
    match reader.family {
        Family::MariaDb if text.eq_ignore_ascii_case("NULL") => DefaultValue::Null,
        Family::MariaDb => match literal::unquote(text) {
            Some(value) => DefaultValue::Literal(value),
            None if text.parse::<f64>().is_ok() => DefaultValue::Literal(text.to_owned()),
            None => DefaultValue::Expression(reader.portable(text)),
        },
        Family::MySql if extra.contains("default_generated") || is_expression(text, ty) => {
            DefaultValue::Expression(reader.portable(&expression::readable(reader.family, text)))
        }
        Family::MySql => DefaultValue::Literal(text.to_owned()),
    }
}

/// Constants of MySQL that only SQL can write, and the one expression that is older than the mark.
fn is_expression(text: &str, ty: &SqlType) -> bool {
    match ty {
        SqlType::Bit { .. } => text.starts_with("b'"),
        SqlType::Bytes { .. } => text.starts_with("0x"),
        SqlType::DateTime { .. } | SqlType::Timestamp { .. } => {
            text.to_ascii_uppercase().starts_with("CURRENT_TIMESTAMP")
        }
        SqlType::Null
        | SqlType::Bool { .. }
        | SqlType::Int { .. }
        | SqlType::Decimal { .. }
        | SqlType::Float { .. }
        | SqlType::Double { .. }
        | SqlType::Text { .. }
        | SqlType::Enum { .. }
        | SqlType::Set { .. }
        | SqlType::Date
        | SqlType::Time { .. }
        | SqlType::Year
        | SqlType::Json
        | SqlType::Uuid
        | SqlType::Inet4
        | SqlType::Inet6
        | SqlType::Vector { .. }
        | SqlType::Geometry { .. } => false,
    }
}
