//! The names of everything in `tables.rs`, given out over the whole catalog, so that a name does not change when a
//! query is added. Knows nothing of queries.
//!
//! 1. A table's DTO is the singular of its name in Pascal case. Tables of the default schema come first. Where
//!    that is taken, by another table or by the prelude, a table of another schema gets its schema before it
//!    (`CrmAccount`), then comes the name as it is (`Options`), then one with `Row`, then one with a number.
//! 2. An ENUM's enum is the DTO's name and the column's (`AccountStatus`), a SET's has the column's singular
//!    (`AccountRole`); one that is taken ends in `Enum`, then in a number.
//! 3. The module with a table's constraints is the table's name, likewise.

use std::collections::BTreeMap;

use heck::ToSnakeCase;

use super::ident::{Ident, Namespace};
use super::singular::singular;
use crate::catalog::{Catalog, SqlType, Table, TableName};
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
        names
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
