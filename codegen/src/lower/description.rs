//! The tables that the generated code relies on, described as text: a line for each table, column and unique key. The
//! runtime makes the same lines of a live server and compares them; `runtime/src/schema/` is the other half of this
//! file, and the two must agree byte for byte.
//!
//! Names stand in backticks, one in them is doubled. A backslash is `\\` and what cannot be seen `\u{...}`, so that
//! every entry is one line whatever the names are.

use std::collections::{BTreeMap, BTreeSet};

use sqlparser::ast;

use crate::catalog::{Catalog, Column, Index, IndexKind, IndexPart, SqlType, Table, TableKind, TableName};
use crate::typed::TypedQuery;

/// What the generated code does with a table, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Usage {
    /// It reads it, or only has its types.
    Read,
    /// It changes rows.
    Write,
    /// It inserts rows, and names the columns.
    Insert,
    /// It inserts rows without naming the columns.
    InsertAll,
}

/// Describes the tables that the queries name, and those of `others`. `understood` knows of views what analysis found
/// out; `catalog` has the schema as the server tells it, which is what the runtime will see.
pub(super) fn of<'a>(
    catalog: &Catalog,
    understood: &Catalog,
    queries: impl Iterator<Item = &'a TypedQuery>,
    others: &BTreeSet<TableName>,
) -> String {
    let mut used: BTreeMap<&TableName, (&Table, Usage)> = BTreeMap::new();
    let mut take = |name: &TableName, usage: Usage| {
        if let Some(table) = catalog.table(name.schema.as_deref(), &name.name) {
            let (_, most) = used.entry(&table.name).or_insert((table, usage));
            *most = usage.max(*most);
        }
    };
    for query in queries {
        let writes = usage(query);
        query.reads.iter().for_each(|name| take(name, Usage::Read));
        query.writes.iter().for_each(|name| take(name, writes));
    }
    others.iter().for_each(|name| take(name, Usage::Read));

    let mut text = String::new();
    // So that all lines of the literal begin where the others do.
    text.extend((!used.is_empty()).then_some('\n'));
    for (name, (table, usage)) in used {
        let view = understood.table(name.schema.as_deref(), &name.name).unwrap_or(table);
        describe(table, view, usage, &mut text);
    }
    text
}

/// What a statement that writes does with the table that it writes.
fn usage(query: &TypedQuery) -> Usage {
    match query.statement.ast.as_deref() {
        Ok(ast::Statement::Insert(insert)) => {
            let unnamed = insert.columns.is_empty() && insert.assignments.is_empty();
            // `INSERT INTO t () VALUES ()` fits any table.
            let empty = insert.source.as_ref().is_none_or(|source| match &*source.body {
                ast::SetExpr::Values(values) => values.rows.iter().all(|row| row.content.is_empty()),
                _ => false,
            });
            if unnamed && !empty { Usage::InsertAll } else { Usage::Insert }
        }
        Ok(_) => Usage::Write,
        // What is not read here may be an INSERT.
        Err(_) => Usage::Insert,
    }
}

fn describe(table: &Table, understood: &Table, usage: Usage, text: &mut String) {
    let kind = match &table.kind {
        TableKind::Base => "table",
        TableKind::View { .. } => "view",
        TableKind::Sequence => "sequence",
    };
    let usage = match usage {
        Usage::Read => "read",
        Usage::Write => "write",
        Usage::Insert => "insert",
        Usage::InsertAll => "insert all",
    };
    let mut line = |indent: &str, entry: String| {
        text.push_str(indent);
        text.push_str(&escaped(&entry));
        text.push('\n');
    };
    line("", format!("{kind} {}: {usage}", qualified(&table.name)));
    for (position, column) in table.columns.iter().enumerate() {
        // A view's column that analysis takes for nullable may be whatever it likes.
        let nullable =
            column.nullable || understood.columns.get(position).is_some_and(|other| other.nullable);
        line("  ", self::column(column, nullable));
    }
    for index in &table.indexes {
        match index.kind {
            IndexKind::Primary => line("  ", format!("PRIMARY KEY {}", parts(index))),
            IndexKind::Unique => line("  ", format!("UNIQUE KEY {} {}", quoted(&index.name), parts(index))),
            IndexKind::Plain | IndexKind::Fulltext | IndexKind::Spatial | IndexKind::Vector => {}
        }
    }
}

fn column(column: &Column, nullable: bool) -> String {
    let null = if nullable { "NULL" } else { "NOT NULL" };
    let mut entry = format!("{} {} {null}", quoted(&column.name), column.ty.sql());
    if column.generated.is_some() {
        entry.push_str(" GENERATED");
    } else if column.auto_increment {
        entry.push_str(" AUTO_INCREMENT");
    } else if !column.nullable && column.default.is_some() {
        entry.push_str(" DEFAULT");
    }
    if let SqlType::Text { collation: Some(collation), .. } = &column.ty {
        entry.push_str(" COLLATE ");
        entry.push_str(collation);
    }
    entry
}

/// The parts in any order are the same key.
fn parts(index: &Index) -> String {
    let mut parts: Vec<String> = index
        .parts
        .iter()
        .map(|part| match part {
            IndexPart::Column { name, prefix: None, .. } => quoted(name),
            IndexPart::Column { name, prefix: Some(prefix), .. } => format!("{}({prefix})", quoted(name)),
            // The servers print expressions in more than one way, and analysis makes nothing of them.
            IndexPart::Expression { .. } => "expression".to_owned(),
        })
        .collect();
    parts.sort();
    format!("({})", parts.join(", "))
}

fn qualified(name: &TableName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&name.name)),
        None => quoted(&name.name),
    }
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

fn escaped(entry: &str) -> String {
    let mut line = String::with_capacity(entry.len());
    for c in entry.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            c if is_hidden(c) => line.extend(c.escape_unicode()),
            c => line.push(c),
        }
    }
    line
}

/// Control characters, what has no width, and what changes the direction of text.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
