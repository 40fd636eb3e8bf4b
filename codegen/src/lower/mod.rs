//! From typed queries to the generated code as data: every Rust name and type is decided here, and `emit` only
//! prints them. Knows nothing of tokens, files, servers, and of whether calls block.

mod bulk;
mod constraints;
mod conversions;
mod description;
mod docs;
mod dynamic;
mod errors;
mod functions;
mod ident;
mod ir;
mod keys;
mod names;
mod nest;
mod options;
mod overrides;
mod procedures;
mod relations;
mod rows;
mod rust_type;
mod singular;
mod table_row;
mod tables;
mod types;

use std::collections::BTreeMap;

pub use ident::Ident;
pub use ir::{
    Access, Argument, Arguments, Borrow, Bulk, ByKey, CalledOutput, ChoiceMember, ChoiceType,
    ConstraintConstant, ConstraintKind, ConstraintModule, CopyColumn, CopyField, Decode, DisplayPart,
    EnumType, Field, FromTable, Function, Give, Item, KeyField, KeyStruct, Level, Lowered, Member, Module,
    Nest, Output, ParamsArgument, ParamsType, QueryTypes, ResultsType, RowImpls, RowType, SchemaConstant,
    Step, TablesModule, Test, Text, Value,
};
pub(crate) use relations::{Form, Relation};
pub use relations::{LinkField, LinkValue, Links, Loader, Method, Shape};
pub use rust_type::{CustomType, Home, ItemPath, KeyType, Known, RustType, Traits};

use crate::catalog::Catalog;
use crate::config::{Generate, Types};
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Sources};
use crate::typed::TypedQuery;
use ident::Namespace;
use keys::Keys;
pub(crate) use names::TableNames;
use options::Options;
use overrides::Overrides;
use rows::{Place, Rows};
pub(crate) use singular::plural_of;
pub(crate) use tables::{matches, tables_of};
use types::{ColumnRust, Typer};

/// The queries of one file, in its order.
#[derive(Clone, Debug)]
pub struct QueryFile {
    /// The file.
    pub file: FileId,
    /// The module of the table whose statements these are, where nobody wrote the file.
    pub of_table: Option<String>,
    /// Its queries, as far as they could be typed.
    pub queries: Vec<TypedQuery>,
    /// Which of the queries follow foreign keys.
    pub(crate) relations: Vec<Relation>,
}

impl QueryFile {
    /// A file of which no query is known yet.
    pub fn new(file: FileId) -> Self {
        Self { file, of_table: None, queries: Vec::new(), relations: Vec::new() }
    }
}

/// What lowering starts from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The schema, with the views understood.
    pub catalog: &'a Catalog,
    /// The schema as the server tells it.
    pub as_told: &'a Catalog,
    /// The fingerprint of the snapshot with the schema.
    pub fingerprint: &'a str,
    /// The query files, in order.
    pub files: &'a [QueryFile],
    /// `[types]` of the configuration.
    pub types: &'a Types,
    /// `[generate]` of the configuration.
    pub generate: &'a Generate,
    /// The texts of the files.
    pub sources: &'a Sources,
}

/// Decides names and types for everything that is generated. A query with an error is left out of the modules, but
/// its types are in [`Lowered::types`] all the same.
pub fn lower(input: &Input<'_>) -> (Lowered, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut names = TableNames::new(input.catalog);
    let overrides = Overrides::new(input.catalog, input.types, &mut diagnostics);
    let derives = derives(input.generate, &mut diagnostics);
    let options = Options::new(input.catalog, input.generate, input.types, &mut diagnostics);
    names.configure(input.catalog, &options, &mut diagnostics);
    let no_keys = Keys::default();
    let plain = Typer {
        catalog: input.catalog,
        types: input.types,
        names: &names,
        overrides: &overrides,
        keys: &no_keys,
        options: &options,
    };
    let with_keys = tables_of(input.catalog, &input.types.keys, "types.keys", &mut diagnostics);
    let keys = Keys::new(plain, &with_keys);
    let typer = Typer { keys: &keys, ..plain };

    let mut rows = Rows::new(typer, input.sources, &derives);
    let mut modules: BTreeMap<Ident, Module> = BTreeMap::new();
    let mut paths: BTreeMap<Ident, &str> = BTreeMap::new();
    let mut types = Vec::new();
    for file in input.files {
        let path = &input.sources.get(file.file).path;
        let source = path.rsplit('/').next().unwrap_or(path);
        let name = match &file.of_table {
            Some(module) => Ident::snake(module),
            None => module_name(source),
        };
        let (items, query_types) =
            module_items(input, typer, &mut rows, &derives, file, &name, &mut diagnostics);
        types.push(query_types);
        match paths.get(&name) {
            Some(first) => diagnostics.push(errors::duplicate_module(name.plain(), first, path, file.file)),
            None => {
                paths.insert(name.clone(), path);
                let docs = match &file.of_table {
                    Some(_) => format!("What can be done with {source}."),
                    None => format!("Queries of {}.", docs::code(source)),
                };
                let queries = input.generate.traits.then(|| Ident::pascal(QUERIES));
                modules
                    .insert(name.clone(), Module { name, source: source.to_owned(), docs, items, queries });
            }
        }
    }
    let modules: Vec<Module> = modules.into_values().collect();
    let queries = input.files.iter().flat_map(|file| &file.queries);
    let configured = tables_of(input.catalog, &input.generate.tables, "generate.tables", &mut diagnostics);
    let tables = tables::module(typer, &configured, &derives, &modules, queries.clone(), &mut diagnostics);
    let server = &input.catalog.server;
    let schema = SchemaConstant {
        family: server.family,
        sql_mode: server.sql_mode.join(","),
        collation: server.collation.clone(),
        fingerprint: input.fingerprint.to_owned(),
        tables: description::of(input.as_told, input.catalog, queries, &configured),
    };
    (Lowered { modules, tables, schema, types }, diagnostics)
}

fn module_items(
    input: &Input<'_>,
    typer: Typer<'_>,
    rows: &mut Rows<'_>,
    derives: &[String],
    file: &QueryFile,
    name: &Ident,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Item>, Vec<QueryTypes>) {
    let mut items = Vec::new();
    let mut types = Vec::new();
    let mut namespace = Namespace::default();
    if input.generate.traits {
        namespace.take(&Ident::pascal(QUERIES));
    }
    for query in &file.queries {
        if let Some(row) = &query.statement.row_name {
            rows::type_name(&row.value).inspect(|name| {
                namespace.take(name);
            });
        }
    }
    let mut functions = BTreeMap::new();
    let mut named: BTreeMap<String, ParamsType> = BTreeMap::new();
    let mut methods = Vec::new();
    for query in &file.queries {
        let (columns, mut query_types) = query_types(typer, query, diagnostics);
        let written = &query.statement.name;
        let function = Ident::snake(&written.value);
        let choices = dynamic::choices(query, &function, &mut namespace);
        query_types.choosers = dynamic::choosers(query, name, &choices);
        types.push(query_types.clone());
        if let Some(relation) = relations::of(file, query) {
            let lowered = relations::Lowering { typer, module: name, file, types: &query_types };
            let also_function = lowered.items(relation, query, &mut items, &mut methods);
            if !also_function {
                continue;
            }
        }
        if let Some(first) = functions.insert(function.clone(), written) {
            // Two queries with one name were reported when the file was read.
            if first.value != written.value {
                diagnostics.push(errors::duplicate_function(function.plain(), written, first));
            }
            continue;
        }
        if query.command.takes_rows()
            && let Some(first) = functions.insert(bulk::with_options(&function), written)
        {
            let name = bulk::with_options(&function);
            diagnostics.push(errors::duplicate_function(name.plain(), written, first));
            continue;
        }
        let mut made = Vec::new();
        let row = if query.command.returns_rows() && !columns.is_empty() {
            let place = Place {
                module: name,
                function: &function,
                types: &mut namespace,
                made: &mut made,
                diagnostics: &mut *diagnostics,
            };
            match rows.row(query, &columns, place) {
                Some((row, nest)) => Some((row, nest)),
                None => continue,
            }
        } else {
            None
        };
        let called = query.called.as_ref().and_then(|called| {
            let place = procedures::Place {
                module: name,
                function: &function,
                types: &mut namespace,
                diagnostics: &mut *diagnostics,
                configured: derives,
            };
            procedures::output(typer, query, called, &query_types.params, place)
        });
        let (called, results) = called.unzip();
        let resolved = functions::Resolved {
            query,
            called,
            module: name,
            name: function,
            types: &query_types,
            choices: &choices,
            named: &named,
            row: row.as_ref().map(|(row, _)| row.clone()),
            nest: row.and_then(|(_, nest)| nest),
            last_id: typer.last_id(query),
            max_arguments: input.generate.max_arguments,
            typer,
            inserts: conversions::inserted(typer, query),
        };
        if let Some((function, params)) = functions::function(resolved, &mut namespace, diagnostics) {
            if let (Some(params), Some(name)) = (&params, &query.statement.params_name) {
                named.insert(name.value.clone(), params.clone());
            }
            items.extend(params.map(Item::Params));
            items.extend(choices.into_iter().map(Item::Choice));
            items.push(Item::Function(Box::new(function)));
            items.extend(made.into_iter().map(Item::Row));
            items.extend(results.into_iter().flatten());
        }
    }
    if !methods.is_empty() {
        items.push(Item::Methods(methods));
    }
    (items, types)
}

/// The Rust types of a query, whatever becomes of it.
fn query_types(
    typer: Typer<'_>,
    query: &TypedQuery,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<ColumnRust>, QueryTypes) {
    let statement = &query.statement;
    let columns: Vec<ColumnRust> = query
        .columns
        .iter()
        .map(|column| {
            let (rust, problem) = typer.column(query, column);
            if let Some(problem) = problem {
                let written =
                    statement.column_types.iter().find(|written| written.column.value == column.name);
                let span = written.map_or(column.span, |written| written.rust_type.span);
                let what = format!("column `{}`", column.name);
                diagnostics.push(errors::invalid_rust_type(&what, &problem, span));
            }
            rust
        })
        .collect();
    let params = query
        .params
        .iter()
        .enumerate()
        .map(|(index, param)| {
            let (rust, problem) = typer.param(param);
            if let Some(problem) = problem {
                let written = statement.params.get(index).and_then(|param| param.rust_type.as_ref());
                let span = written.map_or(statement.name.span, |written| written.span);
                let what = format!("parameter `{}`", param.name);
                diagnostics.push(errors::invalid_rust_type(&what, &problem, span));
            }
            let parts = param.shape.parts();
            if param.rust_type.is_none() {
                let place = statement.placeholders.iter().find(|placeholder| placeholder.param == index);
                let span = place.map_or(statement.name.span, |place| place.span);
                diagnostics
                    .extend(parts.iter().filter_map(|part| keys::conflict(typer, &param.name, part, span)));
            }
            // What may be left out is an `Option` around whatever may be sent.
            let optional = statement.dynamic.iter().flat_map(|dynamic| &dynamic.switches);
            let optional = optional.into_iter().any(|switch| switch.param == Some(index));
            if optional { RustType::Option(Box::new(rust)) } else { rust }
        })
        .collect();
    let flat = columns.iter().enumerate().map(|(index, column)| {
        // What is embedded from the outer side of a join is an `Option` as a whole; flat, each column is one.
        let outer = query.embeds.iter().any(|embed| embed.optional && embed.columns.contains(&index));
        let collections = query.nesting.iter().flat_map(|nesting| &nesting.collections);
        let outer =
            outer || collections.into_iter().any(|nested| nested.optional && nested.columns.contains(&index));
        column.ty.clone().nullable(outer)
    });
    let types = QueryTypes { columns: flat.collect(), params, choosers: Vec::new() };
    (columns, types)
}

/// The trait with the functions of a module.
const QUERIES: &str = "Queries";

/// Modules that a query file cannot be, because the generated code has them already, or Cargo a use for the file.
const TAKEN_MODULES: [&str; 2] = ["mod", "tables"];

pub(crate) fn module_name(file: &str) -> Ident {
    let stem = file.strip_suffix(".sql").unwrap_or(file);
    let name = Ident::snake(stem);
    if TAKEN_MODULES.contains(&name.plain()) { name.with_suffix("_queries") } else { name }
}

/// The configured derives that are paths.
fn derives(generate: &Generate, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let (paths, others): (Vec<&String>, Vec<&String>) =
        generate.derives.iter().partition(|text| syn::parse_str::<syn::Path>(text).is_ok());
    diagnostics.extend(others.into_iter().map(|text| errors::invalid_derive(text, "generate.derives")));
    paths.into_iter().map(|path| path.trim().to_owned()).collect()
}
