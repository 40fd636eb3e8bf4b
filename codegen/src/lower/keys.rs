//! Which columns hold the keys of which table, so that each table's key has a type of its own: the primary key, the
//! foreign keys that refer to it, directly or through others, and what views show of these. Knows nothing of queries.

use std::collections::{BTreeMap, BTreeSet};

use super::errors;
use super::rust_type::{Home, ItemPath, KeyType, RustType};
use super::types::Typer;
use crate::catalog::{Catalog, Table, TableKind, TableName};
use crate::diagnostic::Diagnostic;
use crate::typed::{Origin, ParamType};

/// The types of all columns that hold keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    columns: BTreeMap<Origin, RustType>,
    /// The newtypes, by the column that each is the key of.
    types: BTreeMap<Origin, KeyType>,
}

impl Keys {
    /// The keys of the chosen tables. `plain` knows no keys yet.
    pub(super) fn new(plain: Typer<'_>, chosen: &BTreeSet<TableName>) -> Self {
        let mut keys = Self::default();
        if chosen.is_empty() {
            return keys;
        }
        let roots = Roots::of(plain.catalog, chosen);
        for table in chosen.iter().filter_map(|name| plain.catalog.table(name.schema.as_deref(), &name.name))
        {
            let Some(root) = own_key(table) else { continue };
            if let Some(ty) = newtype(plain, table, &root) {
                keys.types.insert(root, ty);
            }
        }
        for table in &plain.catalog.tables {
            for column in &table.columns {
                let origin = Origin { table: table.name.clone(), column: column.name.clone() };
                let Some(root) = roots.root(&origin) else { continue };
                let (Some(own), Some(key)) = (plain.type_of(&origin), plain.type_of(&root)) else { continue };
                if let Some(ty) = keys.types.get(&root) {
                    if own == key {
                        keys.columns.insert(origin, RustType::Key(ty.clone()));
                    }
                } else if plain.overrides.column(&root).is_some() && plain.same_sql_type(&origin, &root) {
                    // A type of the author's own for the key is that of the columns that refer to it too.
                    let asked = plain.overrides.column(&origin).is_some();
                    keys.columns.insert(origin, if asked { own } else { key });
                }
            }
        }
        keys
    }

    /// The type of a column of the catalog, where it holds a key.
    pub(super) fn column(&self, origin: &Origin) -> Option<&RustType> {
        self.columns.get(origin)
    }

    /// The newtypes, each with the column that it is the key of.
    pub(super) fn types(&self) -> impl Iterator<Item = (&Origin, &KeyType)> {
        self.types.iter()
    }
}

/// The type of a parameter's value by the keys of the columns that it meets: `Ok(None)` where there is none, and two
/// different ones as the error.
pub(super) fn met(typer: Typer<'_>, param: &ParamType) -> Result<Option<RustType>, Box<(Origin, Origin)>> {
    let mut found: Option<(&Origin, RustType)> = None;
    for origin in &param.met {
        let Some(ty) = typer.key(origin) else { continue };
        match &found {
            Some((_, known)) if *known == ty => {}
            Some((first, _)) => return Err(Box::new(((*first).clone(), origin.clone()))),
            None => found = Some((origin, ty)),
        }
    }
    Ok(found.filter(|(origin, _)| typer.is_of(origin, &param.ty)).map(|(_, ty)| ty))
}

/// A warning where a parameter meets the keys of two tables: it is of neither type then.
pub(super) fn conflict(
    typer: Typer<'_>,
    name: &str,
    param: &ParamType,
    span: crate::span::Span,
) -> Option<Diagnostic> {
    let (first, second) = *met(typer, param).err()?;
    Some(errors::two_keys(name, &first, &second, span))
}

/// The newtype of a table's key, if its plain type can be in one.
fn newtype(plain: Typer<'_>, table: &Table, root: &Origin) -> Option<KeyType> {
    if plain.overrides.column(root).is_some() {
        return None;
    }
    let RustType::Known(inner) = plain.type_of(root)? else { return None };
    let name = plain.names.key(&table.name)?;
    inner.is_key().then(|| KeyType { path: ItemPath { home: Home::Tables, name: name.clone() }, inner })
}

/// The column that alone is the primary key.
pub(super) fn own_key(table: &Table) -> Option<Origin> {
    let columns = table.primary_key()?.whole_columns()?;
    let [column] = columns.as_slice() else { return None };
    Some(Origin { table: table.name.clone(), column: table.column(column)?.name.clone() })
}

/// What each column's value comes from: the columns that it refers to or shows.
struct Roots {
    next: BTreeMap<Origin, Vec<Origin>>,
    own: BTreeSet<Origin>,
}

impl Roots {
    fn of(catalog: &Catalog, chosen: &BTreeSet<TableName>) -> Self {
        let mut next: BTreeMap<Origin, Vec<Origin>> = BTreeMap::new();
        let spelled = |table: &TableName, column: &str| {
            let table = catalog.table(table.schema.as_deref(), &table.name)?;
            Some(Origin { table: table.name.clone(), column: table.column(column)?.name.clone() })
        };
        for table in &catalog.tables {
            let mut add = |column: &str, of: &TableName, to: &str| {
                let (Some(from), Some(to)) = (spelled(&table.name, column), spelled(of, to)) else { return };
                if from != to {
                    next.entry(from).or_default().push(to);
                }
            };
            for key in &table.foreign_keys {
                for (column, to) in key.columns.iter().zip(&key.referenced_columns) {
                    add(column, &key.references, to);
                }
            }
            if let TableKind::View { origins, .. } = &table.kind {
                for (column, origin) in table.columns.iter().zip(origins) {
                    if let Some((of, to)) = origin {
                        add(&column.name, of, to);
                    }
                }
            }
        }
        let own = catalog.tables.iter().filter(|table| chosen.contains(&table.name)).filter_map(own_key);
        Self { next, own: own.collect() }
    }

    /// The primary key that a column's values are of: the one to which all references from it lead. None where they lead
    /// to two, or to nothing that is one. Keys that refer to each other in a circle are one, the first by name.
    fn root(&self, origin: &Origin) -> Option<Origin> {
        let mut found = BTreeSet::new();
        for key in self.keys_from(origin) {
            let further = self.keys_from(&key);
            let leads_nowhere_else = further.iter().all(|other| self.keys_from(other).contains(&key));
            if leads_nowhere_else {
                found.extend(further.into_iter().next());
            }
        }
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (only, None) => only,
            (_, Some(_)) => None,
        }
    }

    /// The primary keys among a column and all that it refers to, directly or through others.
    fn keys_from(&self, origin: &Origin) -> BTreeSet<Origin> {
        let mut seen = BTreeSet::new();
        let mut open = vec![origin];
        while let Some(origin) = open.pop() {
            if seen.insert(origin.clone()) {
                open.extend(self.next.get(origin).into_iter().flatten());
            }
        }
        seen.retain(|origin| self.own.contains(origin));
        seen
    }
}
