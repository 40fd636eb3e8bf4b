//! The names of everything in `tables.rs`, given out over the whole catalog, so that a name does not change when a
//! query is added. Knows nothing of queries.
//!
//! 1. A table's DTO is the singular of its name in Pascal case. Tables of the default schema come first. Where
//!    that is taken, by another table or by the prelude, a table of another schema gets its schema before it
//!    (`CrmAccount`), then comes the name as it is (`Options`), then one with `Row`, then one with a number.
//! 2. An ENUM's enum is the DTO's name and the column's (`AccountStatus`), a SET's has the column's singular
//!    (`AccountRole`); one that is taken ends in `Enum`, then in a number.
//! 3. The newtype of a key is the DTO's name and the column's (`AccountId`), or the column's alone where that begins with
//!    the DTO's (`account_id`); one that is taken ends in `Key`, then in a number.
//! 4. The module with a table's constraints is the table's name, likewise.

use std::collections::BTreeMap;

use heck::ToSnakeCase;

use super::errors;
use super::ident::{Ident, Namespace};
use super::keys::own_key;
use super::options::{Options, sources};
use super::singular::singular;
use crate::catalog::{Catalog, SqlType, Table, TableName};
use crate::diagnostic::Diagnostic;
use crate::typed::Origin;

/// Names of generated types that would hide what generated code means by `Option`, `Ok` and so on.
const PRELUDE: [&str; 40] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Vec",
];

/// Whether a type may be called so.
pub(crate) fn is_prelude(ident: &Ident) -> bool {
    PRELUDE.contains(&ident.plain())
}

/// The names in `tables.rs`.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableNames {
    rows: BTreeMap<TableName, Ident>,
    constraints: BTreeMap<TableName, Ident>,
    enums: BTreeMap<Origin, Ident>,
    keys: BTreeMap<TableName, Ident>,
}

impl TableNames {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        let mut tables: Vec<&Table> = catalog.tables.iter().collect();
        tables.sort_by(|a, b| a.name.cmp(&b.name));
        let mut types = Namespace::default();
        let mut names = Self::default();

        // A table whose name is singular already has the first claim on it.
        for table in &tables {
            let ident = Ident::pascal(&table.name.name);
            if row_name(&table.name) == ident && !is_prelude(&ident) && types.take(&ident) {
                names.rows.insert(table.name.clone(), ident);
            }
        }
        for table in &tables {
            if !names.rows.contains_key(&table.name) {
                let ident = free(&mut types, row_candidates(&table.name), "");
                names.rows.insert(table.name.clone(), ident);
            }
        }
        for table in &tables {
            for column in &table.columns {
                let last = if matches!(column.ty, SqlType::Enum { .. }) {
                    Ident::pascal(&column.name)
                } else if matches!(column.ty, SqlType::Set { .. }) {
                    singular_pascal(&column.name)
                } else {
                    continue;
                };
                let ident = Ident::pascal(&format!("{} {}", names.rows[&table.name].plain(), last.plain()));
                let candidates = vec![ident.clone(), ident.with_suffix("Enum")];
                let origin = Origin { table: table.name.clone(), column: column.name.clone() };
                names.enums.insert(origin, free(&mut types, candidates, ""));
            }
        }
        // Types and modules share a namespace, which shows where a script has no upper case.
        for table in &tables {
            let ident = Ident::snake(&table.name.name);
            let mut candidates = vec![ident];
            candidates.extend(
                table.name.schema.iter().map(|schema| Ident::snake(&format!("{schema} {}", table.name.name))),
            );
            names.constraints.insert(table.name.clone(), free(&mut types, candidates, "_"));
        }
        // Last, so that no other name depends on whether there are types for keys.
        for table in &tables {
            let Some(key) = own_key(table) else { continue };
            let row = names.rows[&table.name].plain();
            let column = Ident::pascal(&key.column);
            let ident = match column.plain().starts_with(row) && column.plain() != row {
                true => column,
                false => Ident::pascal(&format!("{row} {}", column.plain())),
            };
            let candidates = vec![ident.clone(), ident.with_suffix("Key")];
            names.keys.insert(table.name.clone(), free(&mut types, candidates, ""));
        }
        names
    }

    /// Gives enums the names of the configuration. Columns with the same values may share one.
    pub(super) fn configure(
        &mut self,
        catalog: &Catalog,
        options: &Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut named: BTreeMap<Ident, (Origin, SqlType)> = BTreeMap::new();
        for (origin, said) in options.enums() {
            let Some(name) = &said.name else { continue };
            let column = catalog
                .table(origin.table.schema.as_deref(), &origin.table.name)
                .and_then(|table| table.column(&origin.column));
            let Some(column) = column else { continue };
            let ident = Ident::pascal(name);
            if Ident::exact(name).as_ref() != Some(&ident) || is_prelude(&ident) {
                let help =
                    format!("write a name in Pascal case that the prelude does not have, such as `{}`", {
                        if is_prelude(&ident) { ident.with_suffix("Enum") } else { ident }
                    });
                diagnostics.push(errors::enum_name(name, origin, "it is no name of a type", &help));
                continue;
            }
            match named.get(&ident) {
                Some((first, ty)) if *ty != column.ty => {
                    let what = format!("that of `{}.{}` has other values", first.table, first.column);
                    let help = "columns share an enum when they have the same values in the same order";
                    diagnostics.push(errors::enum_name(name, origin, &what, help));
                }
                None if self.is_taken(&ident) => {
                    let help = "choose a name that no table and no other enum has";
                    diagnostics.push(errors::enum_name(name, origin, "another type is called so", help));
                }
                Some(_) | None => {
                    named.entry(ident.clone()).or_insert_with(|| (origin.clone(), column.ty.clone()));
                    self.enums.insert(origin.clone(), ident);
                }
            }
        }
        // What a view shows of a column is of the column's type.
        for origin in self.enums.keys().cloned().collect::<Vec<_>>() {
            let Some(source) = sources(catalog, &origin).last().filter(|source| *source != origin) else {
                continue;
            };
            let ty = |origin: &Origin| {
                let table = catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
                Some(table.column(&origin.column)?.ty.clone())
            };
            if ty(&origin) == ty(&source)
                && let Some(ident) = self.enums.get(&source).cloned()
            {
                self.enums.insert(origin, ident);
            }
        }
    }

    fn is_taken(&self, ident: &Ident) -> bool {
        let types = self.rows.values().chain(self.enums.values()).chain(self.keys.values());
        types.chain(self.constraints.values()).any(|taken| taken == ident)
    }

    /// The newtype of a table's key, where one column is the key.
    pub(crate) fn key(&self, table: &TableName) -> Option<&Ident> {
        self.keys.get(table)
    }

    /// The DTO of a table of the catalog.
    pub(crate) fn row(&self, table: &TableName) -> &Ident {
        &self.rows[table]
    }

    /// The table whose DTO is called so.
    pub(crate) fn table_of_row(&self, row: &Ident) -> Option<&TableName> {
        self.rows.iter().find(|(_, ident)| *ident == row).map(|(table, _)| table)
    }

    /// The module for the constraints of a table of the catalog.
    pub(crate) fn constraints(&self, table: &TableName) -> &Ident {
        &self.constraints[table]
    }

    /// The enum of an ENUM or SET column of the catalog.
    pub(crate) fn enum_of(&self, origin: &Origin) -> Option<&Ident> {
        self.enums.get(origin)
    }

    /// Every enum, by table and column.
    pub(crate) fn enums(&self) -> impl Iterator<Item = (&Origin, &Ident)> {
        self.enums.iter()
    }
}

fn row_candidates(table: &TableName) -> Vec<Ident> {
    let singular = row_name(table);
    let mut candidates = vec![singular.clone()];
    candidates
        .extend(table.schema.iter().map(|schema| Ident::pascal(&format!("{schema} {}", singular.plain()))));
    candidates.push(Ident::pascal(&table.name));
    candidates.push(singular.with_suffix("Row"));
    candidates
}

fn row_name(table: &TableName) -> Ident {
    singular_pascal(&table.name)
}

/// The Pascal case of a name whose last word is put into the singular.
fn singular_pascal(name: &str) -> Ident {
    let snake = Ident::snake(name).plain().to_snake_case();
    let (first, last) = snake.rsplit_once('_').map_or(("", snake.as_str()), |(first, last)| (first, last));
    Ident::pascal(&format!("{first} {}", singular(last)))
}

/// The first candidate that is free, or the last one with a number.
fn free(taken: &mut Namespace, candidates: Vec<Ident>, separator: &str) -> Ident {
    let allowed = |ident: &&Ident| !is_prelude(ident);
    match candidates.iter().filter(allowed).find(|ident| taken.take(ident)) {
        Some(ident) => ident.clone(),
        None => taken.numbered(candidates[candidates.len() - 1].clone(), separator),
    }
}
