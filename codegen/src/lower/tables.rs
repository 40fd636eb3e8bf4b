//! The module of tables: DTOs, enums and constraints that the queries need or the configuration asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::constraints;
use super::docs;
use super::errors;
use super::ident::{Ident, distinct};
use super::ir::{EnumType, Field, KeyStruct, Member, Module, TablesModule};
use super::rust_type::{Home, ItemPath, KeyType, Traits};
use super::table_row;
use super::types::Typer;
use crate::catalog::{Catalog, Column, SqlType, Table, TableName};
use crate::diagnostic::{Diagnostic, nearest};
use crate::typed::{Origin, TypedQuery};

/// Collects what belongs into `tables.rs`.
pub(super) fn module<'a>(
    typer: Typer<'_>,
    configured: &BTreeSet<TableName>,
    derives: &[String],
    modules: &[Module],
    queries: impl Iterator<Item = &'a TypedQuery>,
    diagnostics: &mut Vec<Diagnostic>,
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
            let row = table_row::row(typer, table, derives, diagnostics);
            row.fields.iter().for_each(|field| {
                field.ty.visit_items(&mut |path| {
                    items.insert(path.name.clone());
                });
            });
            rows.push(row);
        }
    }
    let keys = typer
        .keys
        .types()
        .filter(|(_, key)| items.contains(&key.path.name))
        .map(|(origin, key)| key_struct(typer, origin, key, derives))
        .collect();
    let enums = typer
        .names
        .enums()
        // Columns may share one; the first of them tells what it is.
        .filter(|(_, name)| items.remove(name))
        .filter_map(|(origin, name)| enum_type(typer, origin, name, derives, diagnostics))
        .collect();
    let touched = touched(typer, queries);
    let constraints = sorted(typer)
        .filter(|table| touched.contains(&table.name) || configured.contains(&table.name))
        .filter_map(|table| constraints::module(typer.names.constraints(&table.name), table))
        .collect();
    TablesModule { keys, enums, rows, constraints }
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
            Field {
                name,
                docs: docs::from_comment(&column.comment),
                ty: rust.ty,
                decode: rust.decode,
                attributes: typer.options.attributes(typer.catalog, Some(&origin)),
                redacted: typer.options.is_redacted(typer.catalog, &origin),
            }
        })
        .collect()
}

/// The columns that `SELECT *` gives.
pub(super) fn visible(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| !column.invisible)
}

/// The derives of a struct over whose fields `traits` can be derived, with those that the configuration asks for.
pub(super) fn derives(traits: Traits, configured: &[String], fields: &[Field]) -> Vec<String> {
    let mut derives = vec!["Clone"];
    // What has something to hide is printed by code of its own.
    derives.extend((!fields.iter().any(|field| field.redacted)).then_some("Debug"));
    derives.push("PartialEq");
    derives.extend(traits.eq.then_some("Eq"));
    derives.extend(traits.hash.then_some("Hash"));
    let configured: Vec<String> =
        configured.iter().filter(|derive| traits.allow(derive) && last(derive) != "Debug").cloned().collect();
    with_configured(&derives, &configured)
}

/// The derives with those of the configuration that are not among them.
pub(super) fn with_configured(own: &[&str], configured: &[String]) -> Vec<String> {
    let mut derives: Vec<String> = own.iter().map(|&derive| derive.to_owned()).collect();
    for derive in configured {
        if !derives.iter().any(|known| last(known) == last(derive)) {
            derives.push(derive.clone());
        }
    }
    derives
}

/// The name of a derive macro without the path to it.
pub(super) fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path).trim()
}

fn key_struct(typer: Typer<'_>, origin: &Origin, key: &KeyType, configured: &[String]) -> KeyStruct {
    let redacted = typer.options.is_redacted(typer.catalog, origin);
    let mut own = vec!["Clone"];
    own.extend(key.inner.is_copy().then_some("Copy"));
    own.extend((!redacted).then_some("Debug"));
    own.extend(["PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Default"]);
    KeyStruct {
        name: key.path.name.clone(),
        docs: vec![format!("The key of {}.", docs::code(&origin.table.to_string()))],
        derives: with_configured(&own, configured),
        redacted,
        inner: key.inner,
    }
}

fn enum_type(
    typer: Typer<'_>,
    origin: &Origin,
    name: &Ident,
    configured: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<EnumType> {
    let table = typer.catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
    let column = table.column(&origin.column)?;
    let (what, values) = if let SqlType::Enum { values } = &column.ty {
        ("A value of", values)
    } else if let SqlType::Set { values } = &column.ty {
        ("A member of", values)
    } else {
        return None;
    };
    let said = typer.options.enum_of(origin);
    let members = members(typer, origin, values, diagnostics);
    let own = ["Clone", "Copy", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Default"];
    let more: Vec<String> =
        said.into_iter().flat_map(|said| &said.derives).chain(configured).cloned().collect();
    Some(EnumType {
        name: name.clone(),
        docs: vec![format!("{what} {}.", docs::code(&format!("{}.{}", origin.table, origin.column)))],
        derives: with_configured(&own, &more),
        attributes: said.map(|said| said.attributes.clone()).unwrap_or_default(),
        members,
    })
}

/// The variants: those that the configuration names, and for the other values their own names.
fn members(
    typer: Typer<'_>,
    origin: &Origin,
    values: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Member> {
    let none = BTreeMap::new();
    let said = typer.options.enum_of(origin).map_or(&none, |said| &said.variants);
    for (value, variant) in said {
        if !values.contains(value) {
            let near = nearest(value, values.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its values are {}", values.join(", ")),
            };
            diagnostics.push(errors::enum_variant(origin, value, "which it does not have", &help));
        } else if Ident::exact(variant).is_none_or(|ident| Ident::pascal(variant) != ident) {
            let what = format!("and `{variant}` is no name of a variant");
            let help = format!("write `{}`", Ident::pascal(variant).plain());
            diagnostics.push(errors::enum_variant(origin, value, &what, &help));
        }
    }
    let texts: Vec<&str> =
        values.iter().map(|value| said.get(value).unwrap_or(value)).map(String::as_str).collect();
    let names = distinct(&texts, Ident::pascal, "");
    names.into_iter().zip(values).map(|(name, text)| Member { name, text: text.clone() }).collect()
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
    option: &str,
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
            diagnostics.push(errors::pattern_without_table(pattern, option));
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
