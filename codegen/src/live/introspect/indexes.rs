//! Indexes with their parts.

use std::collections::BTreeMap;

use crate::catalog::{Family, Index, IndexKind, IndexPart, TableName};
use crate::error::Result;

use super::super::record::Record;
use super::{Reader, Tables, expression};

const COMMON: &str = "TABLE_SCHEMA AS table_schema, TABLE_NAME AS table_name, INDEX_NAME AS index_name, \
    NON_UNIQUE AS non_unique, SEQ_IN_INDEX AS position, COLUMN_NAME AS column_name, COLLATION AS direction, \
    SUB_PART AS prefix, INDEX_TYPE AS index_type";

/// Adds the indexes to their tables.
pub(super) fn read(reader: &mut Reader<'_>, tables: &mut Tables) -> Result<()> {
    let special = match reader.family {
        Family::MySql => "EXPRESSION AS expression, IF(IS_VISIBLE = 'NO', 1, 0) AS invisible",
        Family::MariaDb => "NULL AS expression, IF(IGNORED = 'YES', 1, 0) AS invisible",
    };
    let sql = format!("SELECT {COMMON}, {special} FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ?");
    // An index still without parts, and its parts with their positions in any order.
    type Found = (Index, Vec<(u32, IndexPart)>);
    let mut indexes: BTreeMap<(TableName, String), Found> = BTreeMap::new();
    for row in reader.rows("information_schema.STATISTICS", &sql)? {
        let (table, name) = (reader.table_name(&row)?, row.text("index_name")?);
        let position = row.number("position")?.unwrap_or(0);
        let kind = kind(&name, &row.text("index_type")?, row.text("non_unique")? == "0");
        let part = part(reader, &row, kind)?;
        let invisible = row.text("invisible")? == "1";
        let (_, parts) = indexes
            .entry((table, name.clone()))
            .or_insert_with(|| (Index { name, kind, parts: Vec::new(), invisible }, Vec::new()));
        parts.push((position, part));
    }
    for ((table, _), (mut index, mut parts)) in indexes {
        parts.sort_by_key(|(position, _)| *position);
        index.parts = parts.into_iter().map(|(_, part)| part).collect();
        if let Some(table) = tables.get_mut(&table) {
            table.indexes.push(index);
        }
    }
    for table in tables.values_mut() {
        table.indexes.sort_by(|a, b| {
            let key = |index: &Index| (index.kind != IndexKind::Primary, index.name.clone());
            key(a).cmp(&key(b))
        });
    }
    Ok(())
}

fn kind(name: &str, index_type: &str, unique: bool) -> IndexKind {
    match index_type {
        "FULLTEXT" => IndexKind::Fulltext,
        "SPATIAL" | "RTREE" => IndexKind::Spatial,
        "VECTOR" => IndexKind::Vector,
        _ if name == "PRIMARY" => IndexKind::Primary,
        _ if unique => IndexKind::Unique,
        _ => IndexKind::Plain,
    }
}

fn part(reader: &Reader<'_>, row: &Record, kind: IndexKind) -> Result<IndexPart> {
    let descending = row.text("direction")? == "D";
    if let Some(text) = row.optional("expression")? {
        let expression = reader.portable(&expression::readable(reader.family, &text));
        return Ok(IndexPart::Expression { expression, descending });
    }
    let prefix = match kind {
        IndexKind::Primary | IndexKind::Unique | IndexKind::Plain => row.number("prefix")?,
        // The servers invent lengths for these, such as 32 bytes of a bounding box.
        IndexKind::Fulltext | IndexKind::Spatial | IndexKind::Vector => None,
    };
    Ok(IndexPart::Column { name: row.text("column_name")?, prefix, descending })
}
