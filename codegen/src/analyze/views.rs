//! Views: what their columns can be is read from their definitions, because the servers' own flags are not sound.

use crate::catalog::{Catalog, TableKind, TableName};
use crate::parse;
use crate::span::Sources;

use super::analyze_view;

/// Sets the nullability of view columns and the unique keys of views by analyzing the definitions. A column of a view that cannot be analyzed is
/// taken as nullable. Views of views are settled one after the other.
pub fn resolve_views(catalog: &mut Catalog) {
    let mut open: Vec<usize> = (0..catalog.tables.len())
        .filter(|index| matches!(catalog.tables[*index].kind, TableKind::View { .. }))
        .collect();
    // What is not settled yet counts as nullable, so the result is sound whatever the order. Each round settles the
    // views whose own views are settled; names are not looked at, the rounds end when nothing changes.
    for index in &open {
        for column in &mut catalog.tables[*index].columns {
            column.nullable = true;
        }
    }
    loop {
        let mut changed = false;
        open.retain(|index| {
            let Some(Understood { nullable, keys: found, origins: copies }) = understand(catalog, *index)
            else {
                return false;
            };
            let view = &mut catalog.tables[*index];
            for (column, nullable) in view.columns.iter_mut().zip(nullable) {
                changed |= column.nullable != nullable;
                column.nullable = nullable;
            }
            if let TableKind::View { keys, origins, .. } = &mut view.kind {
                changed |= *keys != found;
                *keys = found;
                *origins = copies;
            }
            true
        });
        if !changed {
            return;
        }
    }
}

/// What the definition of a view says.
struct Understood {
    /// Which columns can be NULL.
    nullable: Vec<bool>,
    /// The unique keys.
    keys: Vec<Vec<String>>,
    /// What each column is a copy of.
    origins: Vec<Option<(TableName, String)>>,
}

fn understand(catalog: &Catalog, index: usize) -> Option<Understood> {
    let view = &catalog.tables[index];
    let TableKind::View { definition, .. } = &view.kind else { return None };
    let mut sources = Sources::new();
    let file = sources.add("view", format!("-- name: view\n{definition}"));
    let (statements, _) = parse::parse(&sources, file, &catalog.server);
    let [statement] = statements.as_slice() else { return None };
    let analysis = analyze_view(catalog, statement);
    let query = analysis.query?;
    if query.columns.len() != view.columns.len() {
        return None;
    }
    let name = |column: &usize| view.columns[*column].name.clone();
    let keys = analysis.keys.iter().map(|key| key.iter().map(name).collect()).collect();
    let nullable = query.columns.iter().map(|column| column.nullability.is_nullable()).collect();
    let copies = query
        .columns
        .into_iter()
        .map(|column| Some((column.origin.as_ref()?.table.clone(), column.origin?.column)));
    Some(Understood { nullable, keys, origins: copies.collect() })
}
