//! The structs of a query with `@nest`, and how rows become them.

use super::ident::Ident;
use super::ir::{Decode, Level, Nest};
use super::rows::{Column, Nested, Place, Rows};
use super::rust_type::RustType;
use super::singular::singular;
use super::types::ColumnRust;
use crate::typed::{Collection, Nesting, TypedQuery};

/// A collection whose elements have a type.
struct Typed {
    ty: RustType,
    /// The fields that hold the collections in it, in the order of [`Nesting::collections`].
    fields: Vec<Ident>,
}

impl Rows<'_> {
    /// The type of the outer rows, and how joined rows become them; `None` after a diagnostic.
    pub(super) fn nested(
        &mut self,
        query: &TypedQuery,
        nesting: &Nesting,
        columns: &[ColumnRust],
        mut place: Place<'_>,
    ) -> Option<(RustType, Nest)> {
        let columns = Column::all(query, columns);
        let collections = &nesting.collections;
        // What is inside of a struct comes before it; collections come after what they stand in.
        let mut typed: Vec<Option<Typed>> = collections.iter().map(|_| None).collect();
        for (index, collection) in collections.iter().enumerate().rev() {
            let level = LevelOf { query, collections, columns: &columns, typed: &typed };
            typed[index] = Some(self.element(&level, index, collection, &mut place)?);
        }
        let level = LevelOf { query, collections, columns: &columns, typed: &typed };
        let own = level.own(None);
        let fields = self.fields(&own, &query.embeds, level.nested(None), &mut place)?;
        let names = level.names(None, &fields);
        let ty = match &query.statement.row_name {
            Some(name) => self.named(name, fields, own.len(), None, &mut place)?,
            None => {
                let ident = place.function_pascal("Row");
                RustType::Item(self.make(ident, fields, own.len(), &mut place))
            }
        };
        // The outer struct is what a reader looks for first.
        place.made.reverse();
        let order: Vec<usize> = std::iter::once(None)
            .chain((0..collections.len()).map(Some))
            .flat_map(|which| level.own(which).into_iter().map(|column| column.index))
            .collect();
        let sorted = order.is_sorted();
        let nest = Nest {
            order: if sorted { Vec::new() } else { order },
            key: level.key(None, &nesting.key),
            levels: collections
                .iter()
                .enumerate()
                .map(|(index, collection)| Level {
                    within: collection.within.map_or(0, |within| within + 1),
                    columns: collection.columns.len(),
                    key: level.key(Some(index), &collection.key),
                    distinct: collection.distinct,
                    path: level.path(index, &names),
                })
                .collect(),
        };
        Some((ty, nest))
    }

    /// The type of a collection's elements: that of its column where it has one, a table's DTO where it has all columns
    /// of the table, otherwise a struct of its own.
    fn element(
        &mut self,
        level: &LevelOf<'_>,
        index: usize,
        collection: &Collection,
        place: &mut Place<'_>,
    ) -> Option<Typed> {
        let own = level.own(Some(index));
        let nested = level.nested(Some(index));
        let bare = nested.is_empty();
        let embeds = &level.query.embeds;
        if let ([only], true, None) = (&*own, bare, &collection.row_name)
            && only.rust.decode == Decode::Column
            && !embeds.iter().any(|embed| embed.columns.contains(&only.index))
        {
            return Some(Typed { ty: only.rust.ty.clone(), fields: Vec::new() });
        }
        let fields = self.fields(&own, embeds, nested, place)?;
        let names = level.names(Some(index), &fields);
        let table = if bare { self.table_of(&own, &fields) } else { None };
        let ty = match (&collection.row_name, table) {
            (Some(name), table) => self.named(name, fields, own.len(), table, place)?,
            (None, Some(table)) => RustType::Item(self.dto(table)),
            (None, None) => {
                let ident = place
                    .function_pascal(&singular(&Ident::snake(&collection.name.value).plain().to_lowercase()));
                RustType::Item(self.make(ident, fields, own.len(), place))
            }
        };
        Some(Typed { ty, fields: names })
    }
}

/// The levels of a query, as far as their types are known. `None` is that of the outer rows.
struct LevelOf<'q> {
    query: &'q TypedQuery,
    collections: &'q [Collection],
    columns: &'q [Column<'q>],
    typed: &'q [Option<Typed>],
}

impl<'q> LevelOf<'q> {
    /// The columns of a level, in the order of the result.
    fn own(&self, level: Option<usize>) -> Vec<Column<'q>> {
        let belongs = |column: &&Column<'q>| match level {
            Some(level) => self.collections[level].columns.contains(&column.index),
            None => !self.collections.iter().any(|collection| collection.columns.contains(&column.index)),
        };
        self.columns.iter().filter(belongs).copied().collect()
    }

    /// The collections that stand in a level.
    fn inside(&self, level: Option<usize>) -> impl Iterator<Item = usize> {
        let within = self.collections.iter().map(|collection| collection.within);
        within.enumerate().filter(move |(_, within)| *within == level).map(|(index, _)| index)
    }

    /// The same as fields.
    fn nested(&self, level: Option<usize>) -> Vec<Nested<'q>> {
        let field = |index: usize| {
            let collection = &self.collections[index];
            let ty = self.typed[index].as_ref()?.ty.clone();
            Some(Nested { name: &collection.name, first: self.first(index), ty })
        };
        self.inside(level).filter_map(field).collect()
    }

    /// The place in the result of the first column of a collection, or of one in it.
    fn first(&self, index: usize) -> usize {
        let own = self.collections[index].columns.first().copied();
        let inside = self.inside(Some(index)).map(|inside| self.first(inside)).min();
        own.into_iter().chain(inside).min().unwrap_or_default()
    }

    /// The fields of a struct that hold collections, in the order of the collections.
    fn names(&self, level: Option<usize>, fields: &[super::Field]) -> Vec<Ident> {
        // They stand in the struct by their first columns.
        let mut inside: Vec<usize> = self.inside(level).collect();
        inside.sort_by_key(|index| self.first(*index));
        let holders = fields.iter().filter(|field| field.decode == Decode::Nested);
        let mut named: Vec<(usize, Ident)> =
            inside.into_iter().zip(holders.map(|field| field.name.clone())).collect();
        named.sort_by_key(|(index, _)| *index);
        named.into_iter().map(|(_, name)| name).collect()
    }

    /// The fields that lead to a collection; `outer` are those of the outer row.
    fn path(&self, index: usize, outer: &[Ident]) -> Vec<Ident> {
        let within = self.collections[index].within;
        let holders = match within {
            Some(within) => self.typed[within].as_ref().map_or(&[][..], |typed| &typed.fields),
            None => outer,
        };
        let mut path = within.map(|within| self.path(within, outer)).unwrap_or_default();
        path.extend(
            self.inside(within)
                .zip(holders)
                .find(|(inside, _)| *inside == index)
                .map(|(_, name)| name.clone()),
        );
        path
    }

    /// The places of key columns among the columns of their level.
    fn key(&self, level: Option<usize>, key: &[usize]) -> Vec<usize> {
        let own = self.own(level);
        key.iter().filter_map(|place| own.iter().position(|column| column.index == *place)).collect()
    }
}
