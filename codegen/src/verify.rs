//! The server as a witness, as pure functions over what it said at PREPARE: [`verify`] holds its answer against an
//! analysed statement, and [`from_prepared`] types a statement of which there is nothing else to go by. Neither
//! knows how the answer was got, from a server or from a snapshot.
//!
//! The server's word has limits, all measured. Its NOT_NULL flag is neither sound nor complete, so nullability is
//! not compared. Types of expressions with a placeholder in them change at execution. MariaDB says nothing of
//! parameters, and nothing of the rows of RETURNING; neither server does of those of CALL.

mod errors;
mod fallback;
mod fits;

use crate::catalog::{Family, PreparedAnswer};
use crate::diagnostic::Diagnostic;
use crate::statement::Statement;
use crate::typed::{ParamShape, TypedColumn, TypedQuery};
use crate::words::{Quoting, first_word};

pub use fallback::from_prepared;

/// Statements whose rows PREPARE does not describe, by their first word.
const UNDESCRIBED: &[(&str, &[Family])] = &[
    ("CALL", &[Family::MySql, Family::MariaDb]),
    ("INSERT", &[Family::MariaDb]),
    ("REPLACE", &[Family::MariaDb]),
    ("DELETE", &[Family::MariaDb]),
];

/// What is wrong with an analysed statement in the light of the server's answer: another number of parameters or
/// columns, or values that the type we found cannot hold. A column or parameter for which the author wrote a type is
/// the author's business.
pub fn verify(query: &TypedQuery, answer: &PreparedAnswer, family: Family) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    verify_params(query, answer, &mut diagnostics);
    if answer.columns.is_empty() && is_undescribed(&query.statement, family) {
        return diagnostics;
    }
    if query.columns.len() != answer.columns.len() {
        diagnostics.push(errors::column_count(query, answer, family));
        return diagnostics;
    }
    for (ours, theirs) in query.columns.iter().zip(&answer.columns) {
        if is_another_column(ours, theirs) {
            diagnostics.push(errors::other_column(ours, theirs, family));
        } else if ours.rust_type.is_none()
            && !has_placeholder(&query.statement, ours)
            && !fits::holds(&ours.ty, &theirs.ty, family)
        {
            diagnostics.push(errors::column_type(ours, theirs, family));
        }
    }
    diagnostics
}

fn verify_params(query: &TypedQuery, answer: &PreparedAnswer, diagnostics: &mut Vec<Diagnostic>) {
    let statement = &query.statement;
    // (parameter, which value of a tuple) for each `?` of the text.
    let sent: Vec<(usize, usize)> = statement
        .sent_placeholders()
        .flat_map(|(_, place)| {
            let arity = query.params.get(place.param).map_or(1, |param| param.shape.arity());
            (0..arity).map(|element| (place.param, element))
        })
        .collect();
    if sent.len() != answer.params.len() {
        diagnostics.push(errors::parameter_count(statement, sent.len(), answer.params.len()));
        return;
    }
    let mut reported = Vec::new();
    for ((index, element), theirs) in sent.iter().zip(&answer.params) {
        let (Some(param), Some(theirs)) = (query.params.get(*index), theirs) else { continue };
        let ours = match &param.shape {
            ParamShape::Scalar(ty) | ParamShape::List(ty) => Some(ty),
            ParamShape::Tuples(types) => types.get(*element),
        };
        let Some(ours) = ours else { continue };
        if param.rust_type.is_none() && !reported.contains(index) && !fits::accepts(theirs, &ours.ty) {
            reported.push(*index);
            diagnostics.push(errors::parameter_type(statement, *index, param, &ours.ty, theirs));
        }
    }
}

/// Whether the answer has no columns although there may be rows.
fn is_undescribed(statement: &Statement, family: Family) -> bool {
    let text = statement.prepare_text(|_| 1);
    // Which way quotes are read makes no difference to the first word.
    let first = first_word(&text, Quoting { backslash_escapes: true });
    UNDESCRIBED.iter().any(|(word, families)| *word == first && families.contains(&family))
}

/// Both are copies of columns of the same table, and not of the same column: the order is another.
fn is_another_column(ours: &TypedColumn, theirs: &crate::catalog::PreparedColumn) -> bool {
    let Some(origin) = &ours.origin else { return false };
    // The server may see through a view that is the origin for us, or give a derived table's name of a column as the
    // base table's: then it is the result's name too.
    let same_name = ours.name.to_lowercase() == theirs.name.trim_end_matches(['!', '?']).to_lowercase();
    !same_name
        && !theirs.column.is_empty()
        && origin.table.name.eq_ignore_ascii_case(&theirs.table)
        && origin.table.schema.as_deref().unwrap_or_default().to_lowercase()
            == theirs.schema.as_deref().unwrap_or_default().to_lowercase()
        && origin.column.to_lowercase() != theirs.column.to_lowercase()
}

/// Whether a placeholder stands in the select item: then the server decides the type only at execution, by the value
/// passed.
fn has_placeholder(statement: &Statement, column: &TypedColumn) -> bool {
    statement
        .placeholders
        .iter()
        .any(|place| place.span.start >= column.span.start && place.span.end <= column.span.end)
}

#[cfg(test)]
mod tests;
