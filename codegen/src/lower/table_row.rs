//! The DTO of a table: its struct, and what the configuration wants of it. Knows nothing of queries.

use super::docs;
use super::errors;
use super::ir::{ByKey, DisplayPart, Field, KeyField, RowImpls, RowType};
use super::rust_type::{Known, RustType, Traits};
use super::tables::{derives, fields, last, visible};
use super::types::Typer;
use crate::catalog::{Column, Table};
use crate::config::{Identity, RowOptions};
use crate::diagnostic::{Diagnostic, nearest};

/// The struct.
pub(super) fn row(
    typer: Typer<'_>,
    table: &Table,
    configured: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> RowType {
    let fields = fields(typer, table);
    let none = RowOptions::default();
    let said = typer.options.row(&table.name).unwrap_or(&none);
    let mut docs = vec![format!("A row of {}.", docs::code(&table.name.to_string()))];
    let comment = docs::from_comment(&table.comment);
    if !comment.is_empty() {
        docs.push(String::new());
        docs.extend(comment);
    }
    let key = key(table, &fields);
    let traits = of_fields(&fields);
    // What is asked of this very table is taken as it is; the compiler knows the types of the author's own.
    let mut own = derives(traits, configured, &fields);
    for derive in said.derives.iter().filter(|derive| last(derive) != "Debug") {
        if !own.iter().any(|known| last(known) == last(derive)) {
            own.push(derive.clone());
        }
    }
    complete_ord(&mut own);
    let by_key = by_key(said, &key).map(|by_key| {
        let ord = by_key.ord && own.iter().any(|derive| matches!(last(derive), "Ord" | "PartialOrd"));
        own.retain(|derive| !matches!(last(derive), "PartialEq" | "Eq" | "Hash" | "PartialOrd" | "Ord"));
        ByKey { ord, ..by_key }
    });
    let display = match &said.display {
        Some(text) => display(table, &fields, text, diagnostics),
        None => Vec::new(),
    };
    RowType {
        name: typer.names.row(&table.name).clone(),
        docs,
        derives: own,
        attributes: said.attributes.clone(),
        columns: fields.len(),
        fields,
        impls: RowImpls { key, by_key, display },
    }
}

/// What is there for a table's DTO, or can be derived.
pub(super) fn traits(typer: Typer<'_>, table: &Table) -> Traits {
    let fields = fields(typer, table);
    let traits = of_fields(&fields);
    let said = typer.options.row(&table.name);
    match said.and_then(|said| by_key(said, &key(table, &fields))) {
        Some(ByKey { eq, hash, ord }) => Traits { eq, hash, ord, partial_ord: ord, ..traits },
        None => traits,
    }
}

/// What can be derived over the fields of a DTO: none of them is a struct, and enums allow everything.
fn of_fields(fields: &[Field]) -> Traits {
    fields.iter().fold(Traits::ALL, |traits, field| traits.and(field.ty.traits(&|_| Traits::ALL)))
}

/// `Ord` is nothing without `PartialOrd`.
fn complete_ord(derives: &mut Vec<String>) {
    let has = |name: &str| derives.iter().position(|derive| last(derive) == name);
    if let (Some(at), None) = (has("Ord"), has("PartialOrd")) {
        derives.insert(at, "PartialOrd".to_owned());
    }
}

/// The fields that are the primary key, where all of its columns are visible.
fn key(table: &Table, fields: &[Field]) -> Vec<KeyField> {
    let Some(columns) = table.primary_key().and_then(|key| key.whole_columns()) else { return Vec::new() };
    let shown: Vec<&Column> = visible(table).collect();
    let field = |name: &&str| {
        let position = shown.iter().position(|column| column.name.eq_ignore_ascii_case(name))?;
        let Field { name, ty, .. } = &fields[position];
        Some(KeyField { name: name.clone(), ty: ty.clone(), copy: ty.traits(&|_| Traits::ALL).copy })
    };
    columns.iter().map(field).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn by_key(said: &RowOptions, key: &[KeyField]) -> Option<ByKey> {
    let wanted = said.identity == Some(Identity::PrimaryKey) && !key.is_empty();
    let traits =
        || key.iter().fold(Traits::ALL, |traits, field| traits.and(field.ty.traits(&|_| Traits::ALL)));
    wanted.then(traits).map(|Traits { eq, hash, ord, .. }| ByKey { eq, hash, ord })
}

/// The parts of a format such as `{username} <{email}>`; none after a diagnostic.
fn display(
    table: &Table,
    fields: &[Field],
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<DisplayPart> {
    match parts(table, fields, text) {
        Ok(parts) => parts,
        Err((what, help)) => {
            diagnostics.push(errors::bad_display(&table.name.to_string(), &what, help));
            Vec::new()
        }
    }
}

fn parts(table: &Table, fields: &[Field], text: &str) -> Result<Vec<DisplayPart>, (String, Option<String>)> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            plain.push_str(brace);
            rest = after;
            continue;
        }
        let end = if brace == "{" { rest.find('}') } else { None };
        let Some(end) = end else {
            let what = format!("has a `{brace}` that belongs to none");
            return Err((what, Some(format!("write `{brace}{brace}` for the sign itself"))));
        };
        if !plain.is_empty() {
            parts.push(DisplayPart::Text(std::mem::take(&mut plain)));
        }
        parts.push(DisplayPart::Field(shown(table, fields, &rest[..end])?));
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(DisplayPart::Text(plain));
    }
    Ok(parts)
}

/// The field of a column, if it can be displayed.
fn shown(
    table: &Table,
    fields: &[Field],
    column: &str,
) -> Result<super::ident::Ident, (String, Option<String>)> {
    let names: Vec<&str> = visible(table).map(|column| column.name.as_str()).collect();
    let Some(position) = names.iter().position(|name| name.eq_ignore_ascii_case(column)) else {
        let help = match nearest(column, names.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => format!("its columns are {}", names.join(", ")),
        };
        return Err((format!("names the column `{column}`, which there is not"), Some(help)));
    };
    let field = &fields[position];
    if field.redacted {
        return Err((format!("would print `{column}`, which is redacted"), None));
    }
    match &field.ty {
        RustType::Option(_) => Err((format!("would print `{column}`, which can be NULL"), None)),
        RustType::Known(known) if *known == Known::BYTES => {
            Err((format!("would print `{column}`, which is bytes"), None))
        }
        RustType::Known(_)
        | RustType::Item(_)
        | RustType::Set(_)
        | RustType::Key(_)
        | RustType::Custom(_)
        | RustType::Ref(_)
        | RustType::Slice(_)
        | RustType::Vec(_)
        | RustType::Tuple(_) => Ok(field.name.clone()),
    }
}
