//! Which Rust type a query's rows have: a scalar, a table's DTO, a struct that several queries share by name, or a
//! struct of the query's own, with structs nested where columns are embedded.

use std::collections::BTreeMap;

use super::docs;
use super::errors;
use super::ident::{Ident, Namespace, distinct};
use super::ir::{Decode, Field, Nest, RowImpls, RowType};
use super::names::is_prelude;
use super::rust_type::{Home, ItemPath, RustType, Traits};
use super::table_row;
use super::tables;
use super::types::{ColumnRust, Typer};
use crate::catalog::Table;
use crate::diagnostic::Diagnostic;
use crate::span::{Sources, Span};
use crate::statement::Spanned;
use crate::typed::{Embedded, TypedColumn, TypedQuery};

/// The row types of one run, as far as they are known.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    typer: Typer<'a>,
    sources: &'a Sources,
    derives: &'a [String],
    named: BTreeMap<Ident, Named>,
    traits: BTreeMap<ItemPath, Traits>,
}

/// A row type from `-- @row`.
#[derive(Debug)]
struct Named {
    path: ItemPath,
    fields: Vec<Field>,
    span: Span,
}

/// The module that a query is in.
#[derive(Debug)]
pub(super) struct Place<'m> {
    /// The module.
    pub(super) module: &'m Ident,
    /// The query's function.
    pub(super) function: &'m Ident,
    /// The names of types that the module has already.
    pub(super) types: &'m mut Namespace,
    /// Where to put structs that are made for the query.
    pub(super) made: &'m mut Vec<RowType>,
    /// Where to put what is wrong.
    pub(super) diagnostics: &'m mut Vec<Diagnostic>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(typer: Typer<'a>, sources: &'a Sources, derives: &'a [String]) -> Self {
        Self { typer, sources, derives, named: BTreeMap::new(), traits: BTreeMap::new() }
    }

    /// The type of a query's rows, and how they become it; `None` after a diagnostic.
    pub(super) fn row(
        &mut self,
        query: &TypedQuery,
        columns: &[ColumnRust],
        mut place: Place<'_>,
    ) -> Option<(RustType, Option<Nest>)> {
        if let Some(nesting) = &query.nesting {
            return self.nested(query, nesting, columns, place).map(|(ty, nest)| (ty, Some(nest)));
        }
        let row_name = query.statement.row_name.as_ref();
        if let (None, [], [only]) = (row_name, query.embeds.as_slice(), columns)
            && only.decode == Decode::Column
        {
            return Some((only.ty.clone(), None));
        }
        let columns = Column::all(query, columns);
        let fields = self.fields(&columns, &query.embeds, Vec::new(), &mut place)?;
        let table = self.table_of(&columns, &fields);
        let ty = match (row_name, table) {
            (Some(name), table) => self.named(name, fields, columns.len(), table, &mut place)?,
            (None, Some(table)) => RustType::Item(self.dto(table)),
            (None, None) => {
                let ident = place.function_pascal("Row");
                RustType::Item(self.make(ident, fields, columns.len(), &mut place))
            }
        };
        Some((ty, None))
    }

    /// The fields of a struct over columns, of which some are embedded, and with collections.
    pub(super) fn fields(
        &mut self,
        columns: &[Column<'_>],
        embeds: &[Embedded],
        nested: Vec<Nested<'_>>,
        place: &mut Place<'_>,
    ) -> Option<Vec<Field>> {
        let parts = parts(columns, embeds, nested);
        let names: Vec<&str> = parts.iter().map(Part::name).collect();
        for (index, part) in parts.iter().enumerate() {
            let earlier = parts[..index].iter().find(|earlier| same_name(earlier.name(), part.name()));
            if let Some(earlier) = earlier {
                place.diagnostics.push(self.duplicate(earlier, part));
                return None;
            }
        }
        distinct(&names, Ident::snake, "_")
            .into_iter()
            .zip(parts)
            .map(|(name, part)| match part {
                Part::Column(column) => Some(Field {
                    name,
                    docs: self.comment(column),
                    ty: column.rust.ty.clone(),
                    decode: column.rust.decode,
                    // An attribute belongs to a derive, and these structs have those that all have.
                    attributes: match self.derives {
                        [] => Vec::new(),
                        [..] => {
                            self.typer.options.attributes(self.typer.catalog, column.typed.origin.as_ref())
                        }
                    },
                    redacted: column
                        .typed
                        .origin
                        .as_ref()
                        .is_some_and(|origin| self.typer.options.is_redacted(self.typer.catalog, origin)),
                }),
                Part::Embed(embed, columns) => {
                    let ty = RustType::Item(self.embedded(embed, columns, place)?);
                    let decode = if embed.optional { Decode::OptionalRow } else { Decode::Row };
                    Some(Field {
                        name,
                        docs: Vec::new(),
                        ty: ty.nullable(embed.optional),
                        decode,
                        attributes: Vec::new(),
                        redacted: false,
                    })
                }
                Part::Nested(nested) => {
                    let ty = RustType::Vec(Box::new(nested.ty));
                    Some(Field {
                        name,
                        docs: Vec::new(),
                        ty,
                        decode: Decode::Nested,
                        attributes: Vec::new(),
                        redacted: false,
                    })
                }
            })
            .collect()
    }

    fn embedded(
        &mut self,
        embed: &Embedded,
        columns: &[Column<'_>],
        place: &mut Place<'_>,
    ) -> Option<ItemPath> {
        let fields = self.fields(columns, &[], Vec::new(), place)?;
        Some(match self.table_of(columns, &fields) {
            Some(table) => self.dto(table),
            None => {
                let ident = place.function_pascal(&embed.name);
                self.make(ident, fields, columns.len(), place)
            }
        })
    }

    pub(super) fn named(
        &mut self,
        name: &Spanned<String>,
        fields: Vec<Field>,
        columns: usize,
        table: Option<&Table>,
        place: &mut Place<'_>,
    ) -> Option<RustType> {
        let Some(ident) = type_name(&name.value) else {
            let pascal = Ident::pascal(&name.value);
            let suggestion = if is_prelude(&pascal) { pascal.with_suffix("Row") } else { pascal };
            place.diagnostics.push(errors::invalid_row_name(name, suggestion.plain()));
            return None;
        };
        if let Some(named) = self.named.get(&ident) {
            return if same_shape(&named.fields, &fields) {
                Some(RustType::Item(named.path.clone()))
            } else {
                place.diagnostics.push(errors::row_conflict(name, named.span, &fields, &named.fields));
                None
            };
        }
        let owner = self.typer.names.table_of_row(&ident);
        let path = match (owner, table) {
            (Some(owner), Some(table)) if *owner == table.name => self.dto(table),
            (Some(owner), _) => {
                let owner = self.typer.catalog.table(owner.schema.as_deref(), &owner.name)?;
                let expected = tables::fields(self.typer, owner);
                let diagnostic = errors::row_is_table(name, &owner.name.to_string(), &fields, &expected);
                place.diagnostics.push(diagnostic);
                return None;
            }
            (None, _) => self.make(ident.clone(), fields.clone(), columns, place),
        };
        self.named.insert(ident, Named { path: path.clone(), fields, span: name.span });
        Some(RustType::Item(path))
    }

    /// Adds a struct to the query's module.
    pub(super) fn make(
        &mut self,
        name: Ident,
        fields: Vec<Field>,
        columns: usize,
        place: &mut Place<'_>,
    ) -> ItemPath {
        let path = ItemPath { home: Home::Queries(place.module.clone()), name: name.clone() };
        let traits = fields
            .iter()
            .fold(Traits::ALL, |traits, field| traits.and(field.ty.traits(&|item| self.traits_of(item))));
        self.traits.insert(path.clone(), traits);
        place.made.push(RowType {
            name,
            docs: vec![format!("A row of {}.", docs::function(place.function))],
            derives: tables::derives(traits, self.derives, &fields),
            attributes: Vec::new(),
            fields,
            columns,
            impls: RowImpls::default(),
        });
        path
    }

    fn traits_of(&self, item: &ItemPath) -> Traits {
        if let Some(traits) = self.traits.get(item) {
            return *traits;
        }
        let table = self.typer.names.table_of_row(&item.name);
        match table.and_then(|name| self.typer.catalog.table(name.schema.as_deref(), &name.name)) {
            Some(table) => table_row::traits(self.typer, table),
            None => Traits::ALL,
        }
    }

    pub(super) fn dto(&self, table: &Table) -> ItemPath {
        ItemPath { home: Home::Tables, name: self.typer.names.row(&table.name).clone() }
    }

    /// The table whose rows the columns are: all visible columns of it, in order, with its names and types. A column
    /// that the query keeps from being NULL still fits the table's `Option`.
    pub(super) fn table_of(&self, columns: &[Column<'_>], fields: &[Field]) -> Option<&'a Table> {
        let origin = columns.first()?.typed.origin.as_ref()?;
        let catalog = self.typer.catalog;
        let table = catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
        let visible: Vec<_> = tables::visible(table).collect();
        let whole = visible.len() == columns.len()
            && visible.iter().zip(columns).all(|(column, selected)| {
                selected.typed.origin.as_ref().is_some_and(|origin| {
                    same_name(&origin.column, &column.name)
                        && same_name(&selected.typed.name, &column.name)
                        && catalog
                            .table(origin.table.schema.as_deref(), &origin.table.name)
                            .is_some_and(|other| other.name == table.name)
                })
            });
        (whole && holds(&tables::fields(self.typer, table), fields)).then_some(table)
    }

    fn comment(&self, column: &Column<'_>) -> Vec<String> {
        let comment = column.typed.origin.as_ref().and_then(|origin| {
            let table = self.typer.catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
            table.column(&origin.column).map(|column| docs::from_comment(&column.comment))
        });
        comment.unwrap_or_default()
    }

    fn duplicate(&self, first: &Part<'_>, second: &Part<'_>) -> Diagnostic {
        let name = second.name();
        let mut help = Vec::new();
        if let Part::Column(column) = second {
            let alias = match &column.typed.origin {
                Some(origin) => format!("{}_{name}", Ident::snake(&origin.table.name).plain()),
                None => format!("{name}_2"),
            };
            let written = self.sources.text(column.typed.span).trim();
            help.push(if written.is_empty() || written.ends_with('*') || written.contains('\n') {
                let table = column.typed.origin.as_ref().map(|origin| format!("{}.", origin.table.name));
                format!(
                    "name the columns one by one, and this one `{}{name} AS {alias}`",
                    table.unwrap_or_default()
                )
            } else {
                format!("write `{} AS {alias}`", without_alias(written))
            });
            if written.ends_with('*') {
                help.push(
                    "or let each table have a struct of its own, with `-- @embed` and their aliases"
                        .to_owned(),
                );
            }
        } else if let Part::Nested(_) = second {
            help.push("give the collection another name: `-- @nest p as another`".to_owned());
        } else {
            help.push("give the table another alias".to_owned());
        }
        errors::duplicate_column(name, first.span(), second.span(), help)
    }
}

impl Place<'_> {
    /// A free type name that begins with the function's.
    pub(super) fn function_pascal(&mut self, last: &str) -> Ident {
        let ident = Ident::pascal(&format!("{} {last}", self.function.plain()));
        self.types.numbered(ident, "")
    }
}

/// The type that the author may call so: an identifier in Pascal case, acronyms as one likes, that hides nothing.
pub(super) fn type_name(name: &str) -> Option<Ident> {
    let pascal = !name.starts_with(char::is_lowercase) && !name.contains('_');
    Ident::exact(name).filter(|ident| pascal && !is_prelude(ident))
}

/// A result column with its Rust type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'q> {
    /// Its place in the result.
    pub(super) index: usize,
    typed: &'q TypedColumn,
    pub(super) rust: &'q ColumnRust,
}

impl<'q> Column<'q> {
    /// Those of a query.
    pub(super) fn all(query: &'q TypedQuery, columns: &'q [ColumnRust]) -> Vec<Column<'q>> {
        let columns = query.columns.iter().zip(columns).enumerate();
        columns.map(|(index, (typed, rust))| Column { index, typed, rust }).collect()
    }
}

/// A collection that becomes a field.
#[derive(Debug)]
pub(super) struct Nested<'q> {
    /// What it is called.
    pub(super) name: &'q Spanned<String>,
    /// The place in the result of the first column in it.
    pub(super) first: usize,
    /// The type of its elements.
    pub(super) ty: RustType,
}

/// What becomes a field.
enum Part<'q> {
    Column(&'q Column<'q>),
    Embed(&'q Embedded, &'q [Column<'q>]),
    Nested(Nested<'q>),
}

impl Part<'_> {
    fn name(&self) -> &str {
        match self {
            Part::Column(column) => &column.typed.name,
            Part::Embed(embed, _) => &embed.name,
            Part::Nested(nested) => &nested.name.value,
        }
    }

    fn span(&self) -> Span {
        match self {
            Part::Column(column) => column.typed.span,
            Part::Embed(_, columns) => columns[0].typed.span,
            Part::Nested(nested) => nested.name.span,
        }
    }

    /// The place in the result of the first column.
    fn first(&self) -> usize {
        match self {
            Part::Column(column) => column.index,
            Part::Embed(embed, _) => embed.columns.start,
            Part::Nested(nested) => nested.first,
        }
    }
}

/// The parts in the order of their first columns. The columns of an embedded row stand one after the other.
fn parts<'q>(columns: &'q [Column<'q>], embeds: &'q [Embedded], nested: Vec<Nested<'q>>) -> Vec<Part<'q>> {
    let mut parts: Vec<Part<'q>> = nested.into_iter().map(Part::Nested).collect();
    let mut index = 0;
    while index < columns.len() {
        let first = columns[index].index;
        let embed = embeds.iter().find(|embed| embed.columns.start == first && !embed.columns.is_empty());
        match embed {
            Some(embed) => {
                let end = (index + embed.columns.len()).min(columns.len());
                parts.push(Part::Embed(embed, &columns[index..end]));
                index = end;
            }
            None => {
                parts.push(Part::Column(&columns[index]));
                index += 1;
            }
        }
    }
    parts.sort_by_key(Part::first);
    parts
}

/// Column names never depend on case.
fn same_name(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// Whether two structs have the same fields; their docs may differ.
fn same_shape(a: &[Field], b: &[Field]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| a.name == b.name && a.ty == b.ty && a.decode == b.decode)
}

/// Whether a struct with the first fields can hold every row with the second ones.
fn holds(wide: &[Field], fields: &[Field]) -> bool {
    wide.len() == fields.len()
        && wide.iter().zip(fields).all(|(wide, field)| {
            wide.name == field.name
                && (wide.ty == field.ty || wide.ty == field.ty.clone().nullable(true))
                && wide.decode == field.decode
        })
}

/// A select item without ` AS name` at its end.
fn without_alias(item: &str) -> &str {
    let lower = item.to_ascii_lowercase();
    match lower.rfind(" as ") {
        Some(at) if !lower[at + 4..].contains(')') => item[..at].trim_end(),
        Some(_) | None => item,
    }
}
