//! The module of tables: DTOs, enums and constraints that the queries need or the configuration asks for.

use std::collections::BTreeSet;

use super::constraints;
use super::docs;
use super::errors;
use super::ident::{Ident, distinct};
use super::ir::{EnumType, Field, Member, Module, RowType, TablesModule};
use super::rust_type::{Home, ItemPath, Traits};
use super::types::Typer;
use crate::catalog::{Catalog, Column, SqlType, Table, TableName};
use crate::diagnostic::Diagnostic;
use crate::typed::{Origin, TypedQuery};

/// Collects what belongs into `tables.rs`.
pub(super) fn module<'a>(
    typer: Typer<'_>,
    configured: &BTreeSet<TableName>,
    derives: &[String],
    modules: &[Module],
    queries: impl Iterator<Item = &'a TypedQuery>,
) -> TablesModule {
    let mut items: BTreeSet<Ident> = BTreeSet::new();
    let mut need = |path: &ItemPath| {
        if path.home == Home::Tables {
            items.insert(path.name.clone());
        }
    };
    modules.iter().for_each(|module| module.visit_items(&mut need));

    let mut rows = Vec::new();
    for table in sorted(typer) {
        let name = typer.names.row(&table.name);
        if items.contains(name) || configured.contains(&table.name) {
            let row = row(typer, table, derives);
            row.fields.iter().for_each(|field| {
                field.ty.visit_items(&mut |path| {
                    items.insert(path.name.clone());
                });
            });
            rows.push(row);
        }
    }
    let enums = typer
        .names
        .enums()
        .filter(|(_, name)| items.contains(name))
        .filter_map(|(origin, name)| enum_type(typer, origin, name, derives))
        .collect();
    let touched = touched(typer, queries);
    let constraints = sorted(typer)
        .filter(|table| touched.contains(&table.name) || configured.contains(&table.name))
        .filter_map(|table| constraints::module(typer.names.constraints(&table.name), table))
        .collect();
    TablesModule { enums, rows, constraints }
}

/// The fields of a table's DTO: its visible columns.
pub(super) fn fields(typer: Typer<'_>, table: &Table) -> Vec<Field> {
    let columns: Vec<&Column> = visible(table).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    distinct(&names, Ident::snake, "_")
        .into_iter()
        .zip(columns)
        .map(|(name, column)| {
            let origin = Origin { table: table.name.clone(), column: column.name.clone() };
            let rust = typer.field(&origin, &column.ty, column.nullable);
            Field { name, docs: docs::from_comment(&column.comment), ty: rust.ty, decode: rust.decode }
        })
        .collect()
}

/// What can be derived for a table's DTO. Its fields hold no struct, and enums allow everything.
pub(super) fn traits(typer: Typer<'_>, table: &Table) -> Traits {
    fields(typer, table)
        .iter()
        .fold(Traits::ALL, |traits, field| traits.and(field.ty.traits(&|_| Traits::ALL)))
}

/// The columns that `SELECT *` gives.
pub(super) fn visible(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| !column.invisible)
}

/// The derives of a struct over whose fields `traits` can be derived, with those that the configuration asks for.
pub(super) fn derives(traits: Traits, configured: &[String]) -> Vec<String> {
    let mut derives = vec!["Clone", "Debug", "PartialEq"];
    derives.extend(traits.eq.then_some("Eq"));
    derives.extend(traits.hash.then_some("Hash"));
    with_configured(&derives, configured)
}

fn with_configured(own: &[&str], configured: &[String]) -> Vec<String> {
    let last = |path: &str| path.rsplit("::").next().unwrap_or(path).trim().to_owned();
    let mut derives: Vec<String> = own.iter().map(|&derive| derive.to_owned()).collect();
    for derive in configured {
        if !derives.iter().any(|known| last(known) == last(derive)) {
            derives.push(derive.clone());
        }
    }
    derives
}

fn row(typer: Typer<'_>, table: &Table, configured: &[String]) -> RowType {
    let fields = fields(typer, table);
    let mut docs = vec![format!("A row of {}.", docs::code(&table.name.to_string()))];
    let comment = docs::from_comment(&table.comment);
    if !comment.is_empty() {
        docs.push(String::new());
        docs.extend(comment);
    }
    RowType {
        name: typer.names.row(&table.name).clone(),
        docs,
        derives: derives(traits(typer, table), configured),
        columns: fields.len(),
        fields,
    }
}

fn enum_type(typer: Typer<'_>, origin: &Origin, name: &Ident, configured: &[String]) -> Option<EnumType> {
    let table = typer.catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
    let column = table.column(&origin.column)?;
    let (what, values) = if let SqlType::Enum { values } = &column.ty {
        ("A value of", values)
    } else if let SqlType::Set { values } = &column.ty {
        ("A member of", values)
    } else {
        return None;
    };
    let texts: Vec<&str> = values.iter().map(String::as_str).collect();
    let members = distinct(&texts, Ident::pascal, "")
        .into_iter()
        .zip(values)
        .map(|(name, text)| Member { name, text: text.clone() })
        .collect();
    let own = ["Clone", "Copy", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Default"];
    Some(EnumType {
        name: name.clone(),
        docs: vec![format!("{what} {}.", docs::code(&format!("{}.{}", origin.table, origin.column)))],
        derives: with_configured(&own, configured),
        members,
    })
}

fn sorted<'a>(typer: Typer<'a>) -> impl Iterator<Item = &'a Table> {
    let mut tables: Vec<&Table> = typer.catalog.tables.iter().collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    tables.into_iter()
}

/// Tables whose constraints a query may run into: those it names, and the children of those it writes.
fn touched<'a>(typer: Typer<'_>, queries: impl Iterator<Item = &'a TypedQuery>) -> BTreeSet<TableName> {
    let mut touched = BTreeSet::new();
    let mut written = BTreeSet::new();
    let spelled = |name: &TableName| {
        let table = typer.catalog.table(name.schema.as_deref(), &name.name)?;
        Some(table.name.clone())
    };
    for query in queries {
        touched.extend(query.reads.iter().chain(&query.writes).filter_map(spelled));
        written.extend(query.writes.iter().filter_map(spelled));
    }
    for table in &typer.catalog.tables {
        if table
            .foreign_keys
            .iter()
            .filter_map(|key| spelled(&key.references))
            .any(|name| written.contains(&name))
        {
            touched.insert(table.name.clone());
        }
    }
    touched
}

/// The tables whose names fit one of the patterns; a pattern that fits none is a finding.
pub(crate) fn tables_of(
    catalog: &Catalog,
    patterns: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<TableName> {
    let mut chosen = BTreeSet::new();
    for pattern in patterns {
        let before = chosen.len();
        let matching = catalog.tables.iter().map(|table| &table.name).filter(|name| {
            matches(pattern, &name.name) || name.schema.is_some() && matches(pattern, &name.to_string())
        });
        let mut found = false;
        for name in matching {
            found = true;
            chosen.insert(name.clone());
        }
        if !found && chosen.len() == before {
            diagnostics.push(errors::pattern_without_table(pattern));
        }
    }
    chosen
}

/// Whether a name fits a pattern with `*` for any characters and `?` for one, whatever the case.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.to_lowercase().chars().collect(), name.to_lowercase().chars().collect());
    // `fits[i]` says whether the pattern read so far fits the first `i` characters of the name.
    let mut fits = vec![false; name.len() + 1];
    fits[0] = true;
    for wanted in pattern {
        let before = fits.clone();
        for i in 0..fits.len() {
            fits[i] = match wanted {
                '*' => before[i] || i > 0 && fits[i - 1],
                '?' => i > 0 && before[i - 1],
                other => i > 0 && before[i - 1] && name[i - 1] == other,
            };
        }
    }
    fits[name.len()]
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_know_star_and_question_mark() {
        assert!(matches("*", "account"));
        assert!(matches("acc*nt", "Account"));
        assert!(matches("log_?", "log_1"));
        assert!(!matches("log_?", "log_12"));
        assert!(!matches("account", "accounts"));
        assert!(matches("*a*", "bab"));
    }
}
