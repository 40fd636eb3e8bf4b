//! What a procedure gives: the structs of its results, and the one that holds them together.

use super::docs;
use super::errors;
use super::ident::{Ident, Namespace};
use super::ir::{Argument, CalledOutput, Field, Item, ResultsType, RowImpls, RowType, Value};
use super::rust_type::{Home, ItemPath, RustType, Traits};
use super::tables::derives;
use super::types::Typer;
use crate::analyze::procedures::variable_name;
use crate::catalog::SqlType;
use crate::diagnostic::Diagnostic;
use crate::typed::{Called, OutParam, ParamShape, TypedQuery};

/// Where the structs go.
pub(super) struct Place<'a> {
    pub(super) module: &'a Ident,
    pub(super) function: &'a Ident,
    pub(super) types: &'a mut Namespace,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) configured: &'a [String],
}

/// What a function answers that calls a procedure, and the structs for it; `None` where it answers nothing. `params` are
/// the types of the parameters.
pub(super) fn output(
    typer: Typer<'_>,
    query: &TypedQuery,
    called: &Called,
    params: &[RustType],
    place: Place<'_>,
) -> Option<(CalledOutput, Vec<Item>)> {
    let Place { module, function, types, diagnostics, configured } = place;
    let mut items = Vec::new();
    let mut sets = Vec::new();
    for (returned, columns) in query.statement.returns.iter().zip(&called.sets) {
        let mut names = Namespace::default();
        let fields: Vec<Field> = columns
            .iter()
            .map(|column| {
                let (rust, problem) = typer.column(query, column);
                if let Some(problem) = problem {
                    let what = format!("column `{}`", column.name);
                    diagnostics.push(errors::invalid_rust_type(&what, &problem, column.span));
                }
                let name = names.numbered(Ident::snake(&column.name), "_");
                let hidden = column.origin.as_ref();
                Field {
                    name,
                    docs: Vec::new(),
                    ty: rust.ty,
                    decode: rust.decode,
                    attributes: Vec::new(),
                    redacted: hidden.is_some_and(|origin| typer.options.is_redacted(typer.catalog, origin)),
                }
            })
            .collect();
        let traits =
            fields.iter().fold(Traits::ALL, |traits, field| traits.and(field.ty.traits(&|_| Traits::ALL)));
        let name = types.numbered(Ident::pascal(&returned.row.value), "");
        sets.push((Ident::snake(&returned.field.value), item(module, &name)));
        items.push(Item::Row(RowType {
            name,
            docs: vec![format!("A row of {}.", docs::function(function))],
            derives: derives(traits, configured, &fields),
            attributes: Vec::new(),
            columns: fields.len(),
            fields,
            impls: RowImpls::default(),
        }));
    }
    let outs: Vec<Argument> = called
        .outs
        .iter()
        .map(|out| Argument {
            name: Ident::snake(&query.params[out.param].name),
            // What comes back is owned, and may be NULL whatever the procedure is.
            ty: typer.answered(&query.params[out.param], &params[out.param]),
            redacted: false,
        })
        .collect();
    if sets.is_empty() && outs.is_empty() {
        return None;
    }
    let single = sets.len() == 1 && outs.is_empty();
    let ty = (!single).then(|| types.numbered(Ident::pascal(&format!("{} results", function.plain())), ""));
    let output = CalledOutput { ty: ty.clone(), sets, outs, variables: None };
    items.extend(ty.map(|name| {
        let docs = vec![format!("What {} gives.", docs::function(function))];
        Item::Results(ResultsType { name, docs, output: output.clone() })
    }));
    Some((output, items))
}

fn item(module: &Ident, name: &Ident) -> RustType {
    RustType::Item(ItemPath { home: Home::Queries(module.clone()), name: name.clone() })
}

/// The statements around a CALL that answers through user variables; `values` are those of the parameters.
pub(super) fn variables(query: &TypedQuery, values: &[Value]) -> Option<(Vec<(String, Value)>, String)> {
    let outs = query.called.as_ref().map(|called| called.outs.as_slice()).unwrap_or_default();
    let named: Vec<(String, &OutParam)> =
        outs.iter().filter_map(|out| Some((variable_name(out.variable?), out))).collect();
    if named.is_empty() {
        return None;
    }
    let set = named.iter().filter(|(_, out)| out.sent);
    let set = set.map(|(name, out)| (format!("SET {name} = ?"), values[out.param].clone())).collect();
    let read: Vec<String> = named
        .iter()
        .map(|(name, out)| match &query.params[out.param].shape {
            ParamShape::Scalar(scalar) => read(name, &scalar.ty),
            ParamShape::List(_) | ParamShape::Tuples(_) => name.clone(),
        })
        .collect();
    Some((set, format!("SELECT {}", read.join(", "))))
}

/// What reads a user variable as a value of this type: by itself it knows integers, numbers and texts only.
fn read(name: &str, ty: &SqlType) -> String {
    let to = match ty {
        SqlType::Date => "DATE".to_owned(),
        SqlType::DateTime { fsp } | SqlType::Timestamp { fsp } => format!("DATETIME({fsp})"),
        SqlType::Time { fsp } => format!("TIME({fsp})"),
        SqlType::Decimal { precision, scale, .. } => format!("DECIMAL({precision},{scale})"),
        SqlType::Json => "JSON".to_owned(),
        SqlType::Float { .. } => "FLOAT".to_owned(),
        SqlType::Year | SqlType::Bool { unsigned: true } | SqlType::Int { unsigned: true, .. } => {
            "UNSIGNED".to_owned()
        }
        SqlType::Bool { unsigned: false } | SqlType::Int { unsigned: false, .. } => "SIGNED".to_owned(),
        SqlType::Null
        | SqlType::Bit { .. }
        | SqlType::Double { .. }
        | SqlType::Text { .. }
        | SqlType::Bytes { .. }
        | SqlType::Enum { .. }
        | SqlType::Set { .. }
        | SqlType::Uuid
        | SqlType::Inet4
        | SqlType::Inet6
        | SqlType::Vector { .. }
        | SqlType::Geometry { .. } => return name.to_owned(),
    };
    format!("CAST({name} AS {to})")
}
