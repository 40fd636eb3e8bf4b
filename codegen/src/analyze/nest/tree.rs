//! The levels that `@nest` lines make, and what stands in what.

use crate::diagnostic::Diagnostic;
use crate::statement::Nest;

use super::super::Analyzer;
use super::super::scope::{Scope, same_column_name};
use super::{Level, errors};

/// The outer rows, and the collections in the order of their lines, without their columns. `None` after a diagnostic.
pub(super) fn levels<'n>(
    analyzer: &mut Analyzer<'_>,
    scope: &Scope<'_>,
    nests: &'n [Nest],
) -> Option<Vec<Level<'n>>> {
    let mut levels = vec![Level { nest: None, parent: 0, relations: Vec::new(), columns: Vec::new() }];
    let mut findings: Vec<Diagnostic> = Vec::new();
    for nest in nests {
        let mut relations = Vec::new();
        for alias in &nest.aliases {
            let Some(relation) = scope.relation(&analyzer.catalog.server, None, &alias.value) else {
                let known = scope.relations.iter().map(|relation| relation.alias);
                findings.push(errors::unknown_alias(alias, known));
                continue;
            };
            if relations.contains(&relation) || levels.iter().any(|level| level.relations.contains(&relation))
            {
                findings.push(errors::nested_twice(alias));
            }
            relations.push(relation);
        }
        match nest.parent.as_ref().map(|parent| (parent, position(nests, &parent.value))) {
            None => levels.push(Level { nest: Some(nest), parent: 0, relations, columns: Vec::new() }),
            Some((_, Some(parent))) => {
                levels.push(Level { nest: Some(nest), parent: parent + 1, relations, columns: Vec::new() });
            }
            Some((parent, None)) => {
                let known = nests.iter().filter(|other| *other != nest).map(|nest| nest.field.value.as_str());
                findings.push(errors::unknown_parent(parent, known));
            }
        }
    }
    if findings.is_empty() {
        let circles = (1..levels.len()).filter(|level| around(&levels, *level).last() != Some(&0));
        findings.extend(circles.filter_map(|level| levels[level].nest).map(errors::within_itself).take(1));
    }
    let well = findings.is_empty();
    findings.into_iter().for_each(|finding| analyzer.report(finding));
    well.then_some(levels)
}

/// The line that a name means: that of a collection, or of an alias in it.
fn position(nests: &[Nest], name: &str) -> Option<usize> {
    let by_field = nests.iter().position(|nest| same_column_name(&nest.field.value, name));
    let has = |nest: &Nest| nest.aliases.iter().any(|alias| same_column_name(&alias.value, name));
    by_field.or_else(|| nests.iter().position(has))
}

/// The levels around one, the nearest first; they end with the outer rows, unless it stands in itself.
pub(super) fn around(levels: &[Level<'_>], level: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = level;
    while at != 0 && found.len() < levels.len() {
        at = levels[at].parent;
        found.push(at);
    }
    if found.contains(&level) { Vec::new() } else { found }
}

/// The collections, each after what it stands in, otherwise by their first columns.
pub(super) fn parents_first(levels: &[Level<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let mut left: Vec<usize> = (1..levels.len()).collect();
    left.sort_by_key(|level| levels[*level].columns.first().copied());
    while let Some(next) = left.iter().position(|level| {
        let parent = levels[*level].parent;
        parent == 0 || order.contains(&parent)
    }) {
        order.push(left.remove(next));
    }
    order
}
