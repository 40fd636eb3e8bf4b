//! Statements with parts that depend on arguments: what holds of all the statements that such a text can be. Knows what
//! analysis said of each; nothing of how they were made.

use std::collections::BTreeSet;

use crate::catalog::TableName;
use crate::diagnostic::Diagnostic;
use crate::statement::{Dynamic, Fragment, Variant};
use crate::typed::{TypedColumn, TypedQuery};

/// What was said of one statement.
pub(crate) type Judged = (Option<TypedQuery>, Vec<Diagnostic>);

/// What holds whichever parts are sent, given what was said of the whole and of each variant, in the order of
/// [`Dynamic::variants`].
pub(crate) fn merge(whole: Judged, dynamic: &Dynamic, variants: Vec<Judged>) -> Judged {
    let (query, mut diagnostics) = whole;
    let Some(mut query) = query else { return (None, diagnostics) };
    let mut usable = true;
    for (variant, (found, said)) in dynamic.variants.iter().zip(variants) {
        // Of what several have in common one tells.
        let known = |finding: &Diagnostic| {
            diagnostics.iter().any(|known| (known.code, &known.message) == (finding.code, &finding.message))
        };
        let fresh: Vec<Diagnostic> = said.into_iter().filter(|finding| !known(finding)).collect();
        diagnostics.extend(fresh.into_iter().map(|finding| explained(finding, dynamic, variant)));
        match found {
            Some(other) => match join(&mut query, &other) {
                Ok(()) => {}
                Err(problem) => {
                    usable = false;
                    let place = query.statement.name.span;
                    let finding = Diagnostic::error(
                        "columns-differ",
                        format!("the columns of `{}` depend on its arguments", query.statement.name.value),
                    )
                    .at(place, problem)
                    .help("select the same columns always: only conditions, joins, orders and limits may be left out");
                    diagnostics.push(explained(finding, dynamic, variant));
                    break;
                }
            },
            None => usable = false,
        }
    }
    if usable { (Some(query), diagnostics) } else { (None, diagnostics) }
}

/// Says in which of the statements something was found.
fn explained(finding: Diagnostic, dynamic: &Dynamic, variant: &Variant) -> Diagnostic {
    let is_off = |fragment: &&Fragment| !variant.on[fragment.switch];
    let mut finding = finding;
    let mut told = BTreeSet::new();
    for fragment in dynamic.fragments.iter().filter(is_off) {
        if told.insert(fragment.switch) {
            let name = &dynamic.switches[fragment.switch].name.value;
            finding = finding
                .at(fragment.span, format!("found when `{name}` is not given, and this part is left out"));
        }
    }
    for (choice, pick) in dynamic.choices.iter().zip(&variant.picks).filter(|(_, pick)| **pick > 0) {
        let option = &choice.options[*pick];
        finding = finding.at(option.span, format!("found with the order `{}`", option.name));
    }
    finding
}

/// Widens what is said of a query by what is said of another that it can be.
fn join(query: &mut TypedQuery, other: &TypedQuery) -> Result<(), String> {
    if query.columns.len() != other.columns.len() || query.embeds.len() != other.embeds.len() {
        return Err(format!("it has {} columns, or {}", query.columns.len(), other.columns.len()));
    }
    for (column, also) in query.columns.iter_mut().zip(&other.columns) {
        if column.name != also.name || column.ty != also.ty || column.rust_type != also.rust_type {
            let shown = |column: &TypedColumn| format!("`{}` ({})", column.name, column.ty.sql());
            return Err(format!("it is {}, or {}", shown(column), shown(also)));
        }
        if !column.nullability.is_nullable() {
            column.nullability = also.nullability.clone();
        }
        if column.origin != also.origin {
            column.origin = None;
        }
    }
    for (embed, also) in query.embeds.iter_mut().zip(&other.embeds) {
        embed.optional |= also.optional;
    }
    match (&mut query.nesting, &other.nesting) {
        (Some(nesting), Some(also)) if nesting.key == also.key => {
            for (collection, also) in nesting.collections.iter_mut().zip(&also.collections) {
                if collection.key != also.key {
                    return Err(format!("`{}` is grouped by one key, or by another", collection.name.value));
                }
                collection.optional |= also.optional;
                collection.distinct &= also.distinct;
            }
        }
        (None, None) => {}
        (Some(_), _) | (None, Some(_)) => {
            return Err("its rows are grouped by one key, or by another".to_owned());
        }
    }
    query.cardinality = query.cardinality.max(other.cardinality);
    query.command = query.command.max(other.command);
    query.read_only &= other.read_only;
    let union = |tables: &[TableName], more: &[TableName]| {
        tables.iter().chain(more).cloned().collect::<BTreeSet<_>>().into_iter().collect()
    };
    query.reads = union(&query.reads, &other.reads);
    query.writes = union(&query.writes, &other.writes);
    Ok(())
}
