//! What follows foreign keys: methods for one row, functions for many, and those that write the rows of a join table.
//! The statements come from `crud`, typed like all others; here they get the fields of the DTO that has the key.

use heck::ToSnakeCase;

use super::bulk;
use super::docs;
use super::dynamic;
use super::functions::free;
use super::ident::Ident;
use super::ir::{Argument, Bulk, Decode, Field, Item, QueryTypes, Step, Value};
use super::rust_type::{Home, ItemPath, RustType};
use super::singular::plural_of;
use super::types::Typer;
use super::{QueryFile, tables};
use crate::catalog::{Table, TableName};
use crate::statement::{Command, Piece};
use crate::typed::TypedQuery;

/// A query of a [`QueryFile`] that follows a foreign key.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// The query.
    pub(crate) query: String,
    /// The table of whose rows it is asked.
    pub(crate) of: TableName,
    /// The columns of that table that are compared, with the names of their parameters.
    pub(crate) key: Vec<(String, String)>,
    /// The table whose rows are answered; `None` where they are counted.
    pub(crate) rows: Option<TableName>,
    /// Where the result does not begin with the key: the columns of these rows that have it.
    pub(crate) within: Option<Vec<String>>,
    /// What becomes of it.
    pub(crate) form: Form,
}

/// What becomes of a [`Relation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A method for one row, and a function by key beside it if so said.
    Method {
        /// Whether the query is a function, too.
        function: bool,
    },
    /// A function for many rows.
    Many(Shape),
    /// What adds to a set: no function of its own.
    Insert,
    /// Functions that add to a set and replace it; the query deletes what is not given.
    Set {
        /// The query of the form [`Form::Insert`].
        insert: String,
    },
}

/// What a function for many rows answers for each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All rows that refer to it.
    Lists,
    /// The row that refers to it, if there is one.
    Options,
    /// The row that it refers to, shared by those that refer to the same.
    Shared,
    /// The same for a key that can be NULL.
    SharedOptions,
    /// How many rows refer to it.
    Counts,
}

/// A method of a DTO that follows a foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The DTO.
    pub of: ItemPath,
    /// Its name.
    pub name: Ident,
    /// The name that errors and traces show.
    pub query_name: String,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// The text, with `?` for each value.
    pub sql: String,
    /// The fields that are sent, in the order of the text.
    pub values: Vec<Ident>,
    /// Fields without whose value there is no row, so that none is asked for.
    pub nullable: Vec<Ident>,
    /// One, Opt or Many.
    pub command: Command,
    /// The type of a row.
    pub row: RustType,
}

/// A function that follows a foreign key for many rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loader {
    /// Its name.
    pub name: Ident,
    /// The name that errors and traces show.
    pub query_name: String,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// The DTO of the rows given.
    pub of: ItemPath,
    /// What these are called.
    pub argument: Ident,
    /// Their key. The columns of the result begin with it, unless it is within.
    pub key: Vec<LinkField>,
    /// Which columns of the rows have the key.
    pub within: Option<Vec<usize>>,
    /// The text before the list of keys.
    pub head: String,
    /// The text after it.
    pub tail: String,
    /// What is answered for each.
    pub shape: Shape,
    /// The type of a row.
    pub row: RustType,
}

/// A field of a DTO that is part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkField {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: RustType,
    /// How it comes out of a row.
    pub decode: Decode,
}

/// Functions that write the rows of a join table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// The function that adds many.
    pub add: Ident,
    /// Its lines of rustdoc.
    pub add_docs: Vec<String>,
    /// The function that replaces all.
    pub set: Ident,
    /// Its lines of rustdoc.
    pub set_docs: Vec<String>,
    /// The module, for the names that errors and traces show.
    pub module: Ident,
    /// The executor's name.
    pub executor: Ident,
    /// The local variable with the DELETE.
    pub local: Ident,
    /// An element of the list.
    pub one: Ident,
    /// The arguments: the key of one side, and a list of keys of the other.
    pub arguments: Vec<Argument>,
    /// The list among them.
    pub list: Ident,
    /// The type of an element of the list.
    pub element: RustType,
    /// The INSERT for many rows.
    pub insert: Bulk,
    /// What is inserted: an argument, or a part of an element of the list.
    pub values: Vec<LinkValue>,
    /// The pieces of the DELETE.
    pub delete: Vec<Step>,
}

/// A value of a row that [`Links`] inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkValue {
    /// An argument.
    Argument(Value),
    /// The element of the list.
    Element,
    /// A part of the element, which is a tuple.
    Part(usize),
}

impl Method {
    pub(super) fn visit_items(&self, visit: &mut dyn FnMut(&ItemPath)) {
        visit(&self.of);
        self.row.visit_items(visit);
    }
}

impl Loader {
    pub(super) fn visit_items(&self, visit: &mut dyn FnMut(&ItemPath)) {
        visit(&self.of);
        self.row.visit_items(visit);
        self.key.iter().for_each(|field| field.ty.visit_items(visit));
    }
}

impl Links {
    pub(super) fn visit_items(&self, visit: &mut dyn FnMut(&ItemPath)) {
        self.arguments.iter().for_each(|argument| argument.ty.visit_items(visit));
    }
}

/// The relation that a query is.
pub(super) fn of<'a>(file: &'a QueryFile, query: &TypedQuery) -> Option<&'a Relation> {
    file.relations.iter().find(|relation| relation.query == query.statement.name.value)
}

/// What relations are lowered with.
#[derive(Clone, Copy)]
pub(super) struct Lowering<'a> {
    pub(super) typer: Typer<'a>,
    pub(super) module: &'a Ident,
    pub(super) file: &'a QueryFile,
    /// The types of the query's parameters.
    pub(super) types: &'a QueryTypes,
}

impl Lowering<'_> {
    /// Adds what becomes of a relation; says whether its query is to be a function as well.
    pub(super) fn items(
        &self,
        relation: &Relation,
        query: &TypedQuery,
        items: &mut Vec<Item>,
        methods: &mut Vec<Method>,
    ) -> bool {
        match &relation.form {
            Form::Method { function } => {
                methods.extend(self.method(relation, query));
                return *function;
            }
            Form::Many(shape) => items.extend(self.loader(relation, query, *shape).map(Item::from)),
            Form::Insert => {}
            Form::Set { insert } => items.extend(self.links(query, insert).map(Item::from)),
        }
        false
    }

    fn method(&self, relation: &Relation, query: &TypedQuery) -> Option<Method> {
        let (of, fields) = self.key(relation)?;
        let field = |param: usize| {
            let name = &query.params[param].name;
            let at = relation.key.iter().position(|(_, param)| param == name)?;
            Some(fields[at].name.clone())
        };
        let values = query.statement.placeholders.iter().map(|placeholder| field(placeholder.param));
        let one = matches!(query.command, Command::One | Command::Opt) && relation.rows.is_some();
        let nullable = fields.iter().filter(|field| one && matches!(field.ty, RustType::Option(_)));
        Some(Method {
            of,
            name: Ident::snake(&relation.query),
            query_name: self.query_name(query),
            docs: docs::from_lines(&query.statement.docs),
            sql: query.statement.prepare_text(|_| 1),
            values: values.collect::<Option<_>>()?,
            nullable: nullable.map(|field| field.name.clone()).collect(),
            command: query.command,
            row: self.row(relation)?,
        })
    }

    fn loader(&self, relation: &Relation, query: &TypedQuery, shape: Shape) -> Option<Loader> {
        let (of, fields) = self.key(relation)?;
        let [Piece::Text(head), Piece::Placeholder(_), Piece::Text(tail)] = query.statement.sql.as_slice()
        else {
            return None;
        };
        let name = Ident::snake(&relation.query);
        let rows = relation.rows.as_ref().and_then(|rows| self.table(rows));
        let place = |name: &String| tables::visible(rows?).position(|column| column.name == *name);
        let within = match &relation.within {
            Some(columns) => Some(columns.iter().map(place).collect::<Option<_>>()?),
            None => None,
        };
        Some(Loader {
            within,
            argument: Ident::snake(&plural_of(&of.name.plain().to_snake_case())),
            name,
            query_name: self.query_name(query),
            docs: docs::from_lines(&query.statement.docs),
            of,
            key: fields
                .into_iter()
                .map(|field| LinkField { name: field.name, ty: field.ty, decode: field.decode })
                .collect(),
            head: head.clone(),
            tail: tail.clone(),
            shape,
            row: self.row(relation)?,
        })
    }

    fn links(&self, delete: &TypedQuery, insert: &str) -> Option<Links> {
        let relations = &self.file.relations;
        relations.iter().find(|other| other.query == insert && other.form == Form::Insert)?;
        let insert = self.file.queries.iter().find(|query| query.statement.name.value == insert)?;
        let arguments: Vec<Argument> = delete
            .params
            .iter()
            .zip(&self.types.params)
            .map(|(param, ty)| Argument { name: Ident::snake(&param.name), ty: ty.clone(), redacted: false })
            .collect();
        let values: Vec<Value> = arguments
            .iter()
            .map(|argument| Value {
                of: None,
                name: argument.name.clone(),
                referenced: argument.ty.is_sized_reference(),
                answered: false,
            })
            .collect();
        // The list is the last one, and what the INSERT has beyond the others is an element of it.
        let (list, others) = arguments.split_last()?;
        let element = match &list.ty {
            RustType::Ref(slice) => match &**slice {
                RustType::Slice(element) => (**element).clone(),
                _ => return None,
            },
            _ => return None,
        };
        let several = matches!(element, RustType::Tuple(_));
        let inserted = insert.statement.placeholders.iter().map(|placeholder| {
            if placeholder.param < others.len() {
                LinkValue::Argument(values[placeholder.param].clone())
            } else if several {
                LinkValue::Part(placeholder.param - others.len())
            } else {
                LinkValue::Element
            }
        });
        let mut names: Vec<&Ident> = arguments.iter().map(|argument| &argument.name).collect();
        let executor = free(&["db", "executor", "connection"], &names);
        names.push(&executor);
        let local = free(&["delete", "query", "statement"], &names);
        names.push(&local);
        let one = free(&["key", "row", "one"], &names);
        Some(Links {
            executor,
            local,
            one,
            add: Ident::snake(&insert.statement.name.value),
            add_docs: docs::from_lines(&insert.statement.docs),
            set: Ident::snake(&delete.statement.name.value),
            set_docs: docs::from_lines(&delete.statement.docs),
            module: self.module.clone(),
            list: list.name.clone(),
            values: inserted.collect(),
            // What is wrong with the statement was said already.
            insert: bulk::bulk(insert, &mut Vec::new())?,
            delete: dynamic::steps(delete, &values, &[]),
            element,
            arguments,
        })
    }

    /// The DTO of which a relation is asked, and the fields with the key.
    fn key(&self, relation: &Relation) -> Option<(ItemPath, Vec<Field>)> {
        let table = self.table(&relation.of)?;
        let columns: Vec<_> = tables::visible(table).collect();
        let fields = tables::fields(self.typer, table);
        let field = |name: &str| {
            let at = columns.iter().position(|column| column.name == name)?;
            Some(fields[at].clone())
        };
        let key = relation.key.iter().map(|(column, _)| field(column)).collect::<Option<_>>()?;
        Some((self.dto(table), key))
    }

    fn row(&self, relation: &Relation) -> Option<RustType> {
        match &relation.rows {
            Some(table) => Some(RustType::Item(self.dto(self.table(table)?))),
            None => Some(RustType::Known(super::Known::I64)),
        }
    }

    fn table(&self, name: &TableName) -> Option<&Table> {
        self.typer.catalog.table(name.schema.as_deref(), &name.name)
    }

    fn dto(&self, table: &Table) -> ItemPath {
        ItemPath { home: Home::Tables, name: self.typer.names.row(&table.name).clone() }
    }

    fn query_name(&self, query: &TypedQuery) -> String {
        format!("{}::{}", self.module.plain(), Ident::snake(&query.statement.name.value).plain())
    }
}

impl From<Loader> for Item {
    fn from(loader: Loader) -> Self {
        Item::Loader(Box::new(loader))
    }
}

impl From<Links> for Item {
    fn from(links: Links) -> Self {
        Item::Links(Box::new(links))
    }
}
