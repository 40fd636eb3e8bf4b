//! The generated code as data. Every Rust name and type in it is final; `emit` only prints it. Nothing here is
//! about blocking or asynchronous calls: that is for whoever prints.

use super::ident::Ident;
use super::relations::{Links, Loader, Method};
use super::rust_type::{ItemPath, Known, RustType};
use crate::catalog::Family;

/// Everything that is generated in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// One module per query file, sorted by name.
    pub modules: Vec<Module>,
    /// The module that all of them share.
    pub tables: TablesModule,
    /// What the statements were checked against.
    pub schema: SchemaConstant,
    /// The Rust types of every query, file by file in the order given, for `describe`.
    pub types: Vec<Vec<QueryTypes>>,
}

/// The Rust types of one query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryTypes {
    /// One for each result column.
    pub columns: Vec<RustType>,
    /// One for each parameter, as the argument is passed.
    pub params: Vec<RustType>,
    /// The arguments that are not sent: those that decide about parts of the text, and those that choose an order.
    pub choosers: Vec<Argument>,
}

/// The module of one query file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its name.
    pub name: Ident,
    /// The name of the query file, without folders.
    pub source: String,
    /// A line of rustdoc.
    pub docs: String,
    /// What it holds, in the order of the file: a function after its params struct and before its rows.
    pub items: Vec<Item>,
    /// The trait with its functions, where one is asked for.
    pub queries: Option<Ident>,
}

/// An item of a [`Module`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The struct of a function's arguments.
    Params(ParamsType),
    /// The orders that a function offers.
    Choice(ChoiceType),
    /// A query function.
    Function(Box<Function>),
    /// The struct of a result's rows, or of a part of them.
    Row(RowType),
    /// The struct of all that a procedure gives.
    Results(ResultsType),
    /// A function that follows a foreign key for many rows.
    Loader(Box<Loader>),
    /// Functions that write the rows of a join table.
    Links(Box<Links>),
    /// Methods that follow foreign keys for one row, all of one DTO.
    Methods(Vec<Method>),
}

/// A struct that is decoded from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowType {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc, safe to print.
    pub docs: Vec<String>,
    /// Paths of derive macros.
    pub derives: Vec<String>,
    /// Attributes as written.
    pub attributes: Vec<String>,
    /// Its fields, in the order of the columns.
    pub fields: Vec<Field>,
    /// How many columns of the result it takes.
    pub columns: usize,
    /// What is implemented for it beside the derives.
    pub impls: RowImpls,
}

/// What is written out for a [`RowType`], because no derive does it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowImpls {
    /// The fields that are the table's primary key, in the order of the key: it is `Keyed`.
    pub key: Vec<KeyField>,
    /// What goes by the key alone.
    pub by_key: Option<ByKey>,
    /// How it is displayed.
    pub display: Vec<DisplayPart>,
}

/// A field of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyField {
    /// The field.
    pub name: Ident,
    /// Its type.
    pub ty: RustType,
    /// Whether it is `Copy`.
    pub copy: bool,
}

/// What goes by the key alone, besides `PartialEq`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByKey {
    /// `Eq`.
    pub eq: bool,
    /// `Hash`.
    pub hash: bool,
    /// `PartialOrd` and `Ord`.
    pub ord: bool,
}

/// A part of what is displayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisplayPart {
    /// A text.
    Text(String),
    /// The value of a field.
    Field(Ident),
}

/// A field of a [`RowType`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// Its type.
    pub ty: RustType,
    /// How it comes out of the row.
    pub decode: Decode,
    /// Attributes as written.
    pub attributes: Vec<String>,
    /// Whether Debug leaves it out.
    pub redacted: bool,
}

/// How a field comes out of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decode {
    /// From the next column.
    Column,
    /// From the next column, a zero date being `None`.
    ZeroDateAsNull,
    /// A struct, from as many columns as it has.
    Row,
    /// A struct, or `None` where all of its columns are NULL.
    OptionalRow,
    /// From no column: a collection that is filled later.
    Nested,
}

/// An enum of the texts that a function may send at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceType {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// One for each text; the first is the default.
    pub members: Vec<ChoiceMember>,
}

/// A member of a [`ChoiceType`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceMember {
    /// The variant.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// What is sent.
    pub text: String,
}

/// A struct of arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamsType {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// Paths of derive macros.
    pub derives: Vec<String>,
    /// Whether a field borrows, which gives it the lifetime `'a`.
    pub borrows: bool,
    /// One for each parameter.
    pub fields: Vec<Argument>,
    /// How it is made of a row of the table.
    pub from_row: Option<FromTable>,
}

/// How a [`ParamsType`] is made of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromTable {
    /// The row.
    pub row: ItemPath,
    /// For each field the row's, and how its value is passed.
    pub fields: Vec<(Ident, Give)>,
}

/// How the value of a row's field is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Give {
    /// How it is borrowed.
    pub borrow: Borrow,
    /// In how many `Some` it is put.
    pub wrapped: usize,
}

/// How a value is borrowed of a reference to its struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borrow {
    /// `row.a`.
    Copy,
    /// `&row.a`.
    Reference,
    /// `row.a.as_ref()`.
    AsRef,
    /// `row.a.as_deref()`.
    AsDeref,
}

/// An argument of a function, or a field of a [`ParamsType`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: Ident,
    /// Its type as passed.
    pub ty: RustType,
    /// Whether Debug leaves it out.
    pub redacted: bool,
}

/// A query function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: Ident,
    /// The name that errors and traces show, `account::find_by_email`.
    pub query_name: String,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// What it needs of the executor.
    pub access: Access,
    /// The executor's name.
    pub executor: Ident,
    /// The other arguments.
    pub arguments: Arguments,
    /// What is sent.
    pub text: Text,
    /// What comes back.
    pub output: Output,
    /// How rows become structs that hold collections; the output's type is then that of the outer rows.
    pub nest: Option<Nest>,
}

/// How the rows of a result become structs that hold collections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nest {
    /// Where in the result each column stands, in the order of the levels; empty where that is the order of the result.
    pub order: Vec<usize>,
    /// Which of the outer row's columns are its key.
    pub key: Vec<usize>,
    /// The collections, each after what it stands in.
    pub levels: Vec<Level>,
}

/// A collection of a [`Nest`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// 0 for the outer row, otherwise the number of the level in which it stands, counted from 1.
    pub within: usize,
    /// How many columns an element has.
    pub columns: usize,
    /// Which of them are its key.
    pub key: Vec<usize>,
    /// Whether no two rows have the same element.
    pub distinct: bool,
    /// The fields that lead to it from the outer row, through the collections around it.
    pub path: Vec<Ident>,
}

/// What a statement needs of the executor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It only reads.
    Read,
    /// It writes, locks, or has another side effect.
    Write,
}

/// The arguments of a function after the executor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arguments {
    /// One by one.
    Each(Vec<Argument>),
    /// A reference to a params struct.
    Params(ParamsArgument),
    /// A slice of params structs.
    Batch(ParamsArgument),
    /// Params structs one by one.
    Copy(ParamsArgument),
}

/// An argument that is a params struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamsArgument {
    /// The argument's name.
    pub name: Ident,
    /// The struct.
    pub ty: Ident,
    /// Whether the struct has a lifetime.
    pub borrows: bool,
}

/// What is sent to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// Always the same text.
    Constant {
        /// The text, with `?` for each value.
        sql: String,
        /// The values in the order of the text.
        values: Vec<Value>,
    },
    /// A text whose length depends on the arguments.
    Built {
        /// The local variable that it is built in.
        local: Ident,
        /// The pieces in order.
        steps: Vec<Step>,
    },
    /// What is run for many rows.
    Bulk {
        /// The statement.
        bulk: Bulk,
        /// The values of a row in the order of the text.
        values: Vec<Value>,
        /// The function that takes options as well.
        with_options: Ident,
        /// Its lines of rustdoc.
        with_docs: Vec<String>,
    },
}

/// A statement for many rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// Run for each row by itself.
    Each(String),
    /// Run for each row, together where the server can.
    Together(String),
    /// An INSERT with as many rows in VALUES.
    Rows {
        /// Up to the row.
        head: String,
        /// The row with its brackets.
        row: String,
        /// What follows.
        tail: String,
        /// Whether it is INSERT IGNORE.
        ignore: bool,
    },
    /// LOAD DATA.
    Copy {
        /// The table as written.
        table: String,
        /// Its columns.
        columns: Vec<CopyColumn>,
    },
}

/// A column of a [`Bulk::Copy`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyColumn {
    /// Its name as written.
    pub text: String,
    /// How its values are written into the file.
    pub field: CopyField,
}

/// How values are written into a file for LOAD DATA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyField {
    /// As text.
    Text,
    /// As the name of a member of an ENUM or SET.
    Member,
    /// As a year of four digits.
    Year,
    /// As the number of a BIT.
    Bits,
    /// As hexadecimal digits.
    Bytes,
}

/// A piece of a text that is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The author's text.
    Push(String),
    /// One value.
    Bind(Value),
    /// A list of values.
    List(Value),
    /// A list of tuples.
    Tuples(Value),
    /// What is sent only when an argument is there.
    If {
        /// The argument: an `Option`, or a `bool`.
        value: Value,
        /// What it is asked.
        test: Test,
        /// The pieces.
        steps: Vec<Step>,
    },
    /// One of several texts.
    Choose {
        /// The argument.
        value: Value,
        /// Its type, in the same module.
        ty: Ident,
        /// The text of each of its members.
        arms: Vec<(Ident, String)>,
    },
}

/// What the argument of a [`Step::If`] is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Whether it is true.
    Flag,
    /// Whether it is there.
    IsSome,
    /// The same, and by what name the steps know it.
    Some(Ident),
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The struct it is a field of.
    pub of: Option<Ident>,
    /// The argument or field.
    pub name: Ident,
    /// Whether it is a reference to a value already, so that none to it has to be made.
    pub referenced: bool,
    /// Whether nothing is sent, because the procedure answers here.
    pub answered: bool,
}

/// What a function answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Exactly one row.
    One(RustType),
    /// No row or one.
    Opt(RustType),
    /// All rows.
    Many(RustType),
    /// Rows one by one, while the connection is borrowed.
    Stream(RustType),
    /// Nothing.
    Exec,
    /// The number of rows affected.
    ExecRows,
    /// Nothing, and an error unless just one row was met.
    ExecOne,
    /// The same, where a row that is not met was changed by somebody else.
    ExecVersion,
    /// The value of the AUTO_INCREMENT column.
    ExecLastId(RustType),
    /// Everything that the server says of a write.
    ExecResult,
    /// The number of rows affected by all parameter rows together.
    Batch,
    /// What a procedure gives.
    Called(CalledOutput),
}

/// What a procedure gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalledOutput {
    /// The struct that holds all of it; `None` where it gives one result and nothing else.
    pub ty: Option<Ident>,
    /// The fields with rows, and the struct of a row.
    pub sets: Vec<(Ident, RustType)>,
    /// The fields with values of parameters.
    pub outs: Vec<Argument>,
    /// Where the procedure answers through user variables: the statements that give them values before, each with its
    /// value, and the one that reads them.
    pub variables: Option<(Vec<(String, Value)>, String)>,
}

/// The struct of a [`CalledOutput`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultsType {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// What it holds.
    pub output: CalledOutput,
}

/// The module with what belongs to tables and not to queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablesModule {
    /// The newtypes of keys, by table.
    pub keys: Vec<KeyStruct>,
    /// Enums of ENUM and SET columns, by table and column.
    pub enums: Vec<EnumType>,
    /// DTOs, by table.
    pub rows: Vec<RowType>,
    /// Constraints, by table.
    pub constraints: Vec<ConstraintModule>,
}

/// The newtype of a table's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyStruct {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// Paths of derive macros.
    pub derives: Vec<String>,
    /// Whether Debug leaves the value out.
    pub redacted: bool,
    /// What is in it.
    pub inner: &'static Known,
}

/// The enum of an ENUM column, or of the members of a SET column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumType {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// Paths of derive macros.
    pub derives: Vec<String>,
    /// Attributes as written.
    pub attributes: Vec<String>,
    /// Its members, in the order of the declaration.
    pub members: Vec<Member>,
}

/// A member of an [`EnumType`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The variant.
    pub name: Ident,
    /// The server's text for it.
    pub text: String,
}

/// The constants for the constraints of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintModule {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// One for each constraint.
    pub constants: Vec<ConstraintConstant>,
}

/// A constant for one constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintConstant {
    /// Its name.
    pub name: Ident,
    /// Lines of rustdoc.
    pub docs: Vec<String>,
    /// The table.
    pub table: String,
    /// What it constrains, and its name in the schema.
    pub kind: ConstraintKind,
}

/// A kind of constraint with its name in the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// The primary key, which has no name of its own.
    PrimaryKey,
    /// A unique key.
    Unique(String),
    /// A foreign key.
    ForeignKey(String),
    /// A CHECK.
    Check(String),
}

/// What the statements were checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaConstant {
    /// MySQL or MariaDB.
    pub family: Family,
    /// The flags, joined with commas.
    pub sql_mode: String,
    /// The connection's collation.
    pub collation: String,
    /// The snapshot's fingerprint.
    pub fingerprint: String,
    /// The tables that the code relies on, described.
    pub tables: String,
}

impl Module {
    /// Calls `visit` with every generated type that an item of the module names.
    pub(super) fn visit_items(&self, visit: &mut dyn FnMut(&ItemPath)) {
        for item in &self.items {
            match item {
                Item::Params(params) => params.fields.iter().for_each(|field| field.ty.visit_items(visit)),
                Item::Choice(_) => {}
                Item::Results(results) => results.output.visit_items(visit),
                Item::Loader(loader) => loader.visit_items(visit),
                Item::Links(links) => links.visit_items(visit),
                Item::Methods(methods) => methods.iter().for_each(|method| method.visit_items(visit)),
                Item::Row(row) => row.fields.iter().for_each(|field| field.ty.visit_items(visit)),
                Item::Function(function) => {
                    match &function.arguments {
                        Arguments::Each(arguments) => {
                            arguments.iter().for_each(|argument| argument.ty.visit_items(visit));
                        }
                        Arguments::Params(_) | Arguments::Batch(_) | Arguments::Copy(_) => {}
                    }
                    match &function.output {
                        Output::One(ty)
                        | Output::Opt(ty)
                        | Output::Many(ty)
                        | Output::Stream(ty)
                        | Output::ExecLastId(ty) => ty.visit_items(visit),
                        Output::Exec
                        | Output::ExecRows
                        | Output::ExecOne
                        | Output::ExecVersion
                        | Output::ExecResult
                        | Output::Batch => {}
                        Output::Called(output) => output.visit_items(visit),
                    }
                }
            }
        }
    }
}

impl CalledOutput {
    fn visit_items(&self, visit: &mut dyn FnMut(&ItemPath)) {
        self.sets.iter().for_each(|(_, ty)| ty.visit_items(visit));
        self.outs.iter().for_each(|out| out.ty.visit_items(visit));
    }
}
