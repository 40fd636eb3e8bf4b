//! What is passed for the parameters of a statement, run by run, from nothing but their types.

use mysql::Value;
use porpoise_codegen::catalog::SqlType;
use porpoise_codegen::statement::Piece;
use porpoise_codegen::typed::{ParamShape, ParamType, TypedQuery};

use crate::values::{as_argument, domain};

/// The most runs of a statement over one data set.
const RUNS: usize = 7;

/// How many elements lists have, run by run.
const LIST_LENGTHS: [usize; RUNS] = [2, 0, 1, 3, 0, 2, 1];

/// A statement's text with its lists written out, and the values for its placeholders.
pub(crate) struct Call {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
    /// Whether a NULL is among the values.
    pub(crate) has_null: bool,
}

/// The calls to make of a statement.
pub(crate) fn calls(query: &TypedQuery) -> Vec<Call> {
    let runs = if query.params.is_empty() { 1 } else { RUNS };
    (0..runs).map(|run| call(query, run, true)).collect()
}

/// The call of a run; with or without the NULLs that may be passed.
pub(crate) fn call(query: &TypedQuery, run: usize, with_nulls: bool) -> Call {
    // Each parameter has one value in a run, wherever it stands.
    let values: Vec<Vec<Value>> = query
        .params
        .iter()
        .enumerate()
        .map(|(index, param)| match &param.shape {
            ParamShape::Scalar(ty) => vec![value(ty, run, index, with_nulls)],
            ParamShape::List(ty) => {
                (0..LIST_LENGTHS[run]).map(|element| element_value(ty, run + element)).collect()
            }
            ParamShape::Tuples(types) => (0..LIST_LENGTHS[run])
                .flat_map(|element| types.iter().map(move |ty| element_value(ty, run + element)))
                .collect(),
        })
        .collect();
    let mut call = Call { sql: String::new(), values: Vec::new(), has_null: false };
    for piece in &query.statement.sql {
        match piece {
            Piece::Text(text) => call.sql.push_str(text),
            Piece::Open(_) | Piece::Close(_) => {}
            Piece::Choice(index) => {
                let choices = query.statement.dynamic.as_ref().map(|dynamic| &dynamic.choices);
                call.sql.push_str(choices.map_or("", |choices| &choices[*index].options[0].text));
            }
            Piece::Placeholder(index) => {
                let param = query.statement.placeholders[*index].param;
                call.sql.push_str(&places(&query.params[param].shape, LIST_LENGTHS[run]));
                call.values.extend(values[param].iter().cloned());
            }
        }
    }
    call.has_null = call.values.contains(&Value::NULL);
    call
}

/// The text for a placeholder. An empty list is a query without rows, as generated code has it.
fn places(shape: &ParamShape, length: usize) -> String {
    let (one, nothing) = match shape {
        ParamShape::Scalar(_) => return "?".to_owned(),
        ParamShape::List(_) => ("?".to_owned(), "NULL".to_owned()),
        ParamShape::Tuples(types) => {
            (format!("({})", vec!["?"; types.len()].join(", ")), vec!["NULL"; types.len()].join(", "))
        }
    };
    match length {
        0 => format!("SELECT {nothing} FROM DUAL WHERE FALSE"),
        length => vec![one; length].join(", "),
    }
}

fn value(param: &ParamType, run: usize, index: usize, with_nulls: bool) -> Value {
    let null = match run {
        2 => true,
        4 => index.is_multiple_of(2),
        5 => !index.is_multiple_of(2),
        _ => false,
    };
    if param.nullable && with_nulls && null {
        return Value::NULL;
    }
    let domain = domain(&param.ty);
    // Strict servers take no zero dates, and a generated function cannot pass one.
    let passable: &[Value] = match param.ty {
        SqlType::Date | SqlType::DateTime { .. } | SqlType::Timestamp { .. } => &[],
        _ => &domain.zero,
    };
    let ordinary = |step: usize| domain.ordinary[step % domain.ordinary.len()].clone();
    let value = match run {
        3 => passable.first().cloned().unwrap_or_else(|| ordinary(1)),
        6 => domain.extreme.get(index % domain.extreme.len().max(1)).cloned().unwrap_or_else(|| ordinary(2)),
        // In the first run all have the first value, so that equal types meet.
        0 => ordinary(0),
        _ => ordinary(run + index),
    };
    as_argument(&param.ty, value)
}

fn element_value(param: &ParamType, step: usize) -> Value {
    let domain = domain(&param.ty);
    as_argument(&param.ty, domain.ordinary[step % domain.ordinary.len()].clone())
}
