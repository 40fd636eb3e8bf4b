//! `*` frozen: the columns that it stands for when the code is generated, as they are sent to the server, so that a
//! column added later changes nothing.

use crate::span::Span;
use crate::statement::{Edit, With};

use super::Analyzer;
use super::scope::{ColumnId, Relation, RelationColumn, Scope};

impl<'a> Analyzer<'a> {
    /// Notes what the server gets for a `*` that stands for `columns`.
    pub(super) fn freeze(&mut self, scope: &Scope<'a>, columns: &[ColumnId], span: Span) {
        if self.keep_stars || scope.incomplete || columns.is_empty() {
            return;
        }
        // A span that is not that of a star would put the list over something else.
        let written = self.statement.written.bytes(span.range());
        if !written.ends_with(['*', ')']) {
            return;
        }
        let Some(list) = list(scope, columns) else { return };
        let edit = Edit { range: span.range(), with: With::Text(list) };
        self.stars.retain(|known| known.range != edit.range);
        self.stars.push(edit);
    }
}

/// The columns as the author could have written them; `None` where that cannot be said without doubt.
fn list(scope: &Scope<'_>, columns: &[ColumnId]) -> Option<String> {
    let single = scope.relations.len() == 1;
    let mut items: Vec<String> = Vec::new();
    let mut rest = columns;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|id| id.relation == first.relation).count();
        let (ids, after) = rest.split_at(run);
        rest = after;
        let relation = &scope.relations[first.relation];
        let ids: Vec<ColumnId> = ids.iter().copied().filter(|id| !scope.column(*id).invisible).collect();
        let qualifier = if single { None } else { Some(qualifier(scope, relation)?) };
        if ids.iter().all(|id| has_certain_name(scope.column(*id))) {
            items.extend(ids.iter().map(|id| {
                let column = quoted(&scope.column(*id).name);
                match &qualifier {
                    Some(qualifier) => format!("{qualifier}.{column}"),
                    None => column,
                }
            }));
        } else if !single && ids.len() == relation.columns.len() {
            // The select list of a derived table says what its columns are.
            items.push(format!("{}.*", qualifier?));
        } else {
            return None;
        }
    }
    Some(items.join(", "))
}

/// What a relation's columns are qualified with; `None` where another relation has the same name.
fn qualifier(scope: &Scope<'_>, relation: &Relation<'_>) -> Option<String> {
    let same = |other: &&Relation<'_>| other.alias.to_lowercase() == relation.alias.to_lowercase();
    if relation.alias.is_empty() || scope.relations.iter().filter(same).count() > 1 {
        return None;
    }
    let table = quoted(relation.alias);
    Some(match relation.schema {
        Some(schema) => format!("{}.{table}", quoted(schema)),
        None => table,
    })
}

/// Whether the server knows the column by this very name: names of expressions without an alias are made up, by the
/// server in one way and by the analysis in another.
fn has_certain_name(column: &RelationColumn<'_>) -> bool {
    matches!(column.name, std::borrow::Cow::Borrowed(_))
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}
