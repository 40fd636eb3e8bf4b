//! Views: what their columns can be is read from their definitions, because the servers' own flags are not sound.

use crate::catalog::{Catalog, TableKind};
use crate::parse;
use crate::span::Sources;

use super::analyze;

/// Sets the nullability of view columns by analyzing the definitions. A column of a view that cannot be analyzed is
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
            let Some(nullable) = column_nullability(catalog, *index) else { return false };
            for (column, nullable) in catalog.tables[*index].columns.iter_mut().zip(nullable) {
                changed |= column.nullable != nullable;
                column.nullable = nullable;
            }
            true
        });
        if !changed {
            return;
        }
    }
}

fn column_nullability(catalog: &Catalog, index: usize) -> Option<Vec<bool>> {
    let view = &catalog.tables[index];
    let TableKind::View { definition, .. } = &view.kind else { return None };
    let mut sources = Sources::new();
    let file = sources.add("view", format!("-- name: view\n{definition}"));
    let (statements, _) = parse::parse(&sources, file, &catalog.server);
    let [statement] = statements.as_slice() else { return None };
    let query = analyze(catalog, statement).query?;
    (query.columns.len() == view.columns.len())
        .then(|| query.columns.iter().map(|column| column.nullability.is_nullable()).collect())
}
