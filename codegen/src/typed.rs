//! What analysis says of a statement: everything that lowering, `describe` and the checks against a server need,
//! and nothing about Rust but the types that the author wrote.

use std::fmt;

use crate::catalog::{SqlType, TableName};
use crate::span::Span;
use crate::statement::{Command, Spanned, Statement};

/// A statement with types.
#[derive(Clone, Debug)]
pub struct TypedQuery {
    /// The statement as written.
    pub statement: Statement,
    /// The annotation as declared, or the one chosen.
    pub command: Command,
    /// How many rows can come, as proved; with `nesting`, how many outer rows.
    pub cardinality: Cardinality,
    /// The result's columns in order, `@embed` columns flat and in place. Empty for a statement without rows.
    pub columns: Vec<TypedColumn>,
    /// Runs of columns that become a nested struct, in order, not overlapping.
    pub embeds: Vec<Embedded>,
    /// How rows become structs that hold collections: `@nest`.
    pub nesting: Option<Nesting>,
    /// One entry for each of `statement.params`, in the same order.
    pub params: Vec<TypedParam>,
    /// Tables and views read, sorted.
    pub reads: Vec<TableName>,
    /// Tables and views written, sorted.
    pub writes: Vec<TableName>,
    /// Whether an executor for reading is enough: no write, no lock, no side effect.
    pub read_only: bool,
    /// For a CALL: what it gives.
    pub called: Option<Called>,
    /// For an INSERT into a table with an AUTO_INCREMENT column: that column's type.
    pub last_id: Option<SqlType>,
    /// For `:batch` and `:copyfrom`: how the statement is run for many rows of parameters.
    pub many: Option<ManyRows>,
}

/// How a statement is run for many rows of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManyRows {
    /// By itself for each row.
    Each,
    /// For each row, in any number of calls: no row can tell.
    Together,
    /// With as many rows in VALUES. The text for the server in three pieces; all placeholders are in `row`.
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
    /// As a file for LOAD DATA; the placeholders are the columns in order.
    Copy {
        /// The table as written.
        table: String,
        /// Its columns.
        columns: Vec<CopyColumn>,
    },
}

/// A column of a `:copyfrom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyColumn {
    /// Its name as written.
    pub text: String,
    /// Its type.
    pub ty: SqlType,
}

/// What a CALL gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// The results in order, as the author declares them.
    pub sets: Vec<Vec<TypedColumn>>,
    /// Parameters through which the procedure answers, in its order.
    pub outs: Vec<OutParam>,
}

/// An OUT or INOUT parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutParam {
    /// Index in [`TypedQuery::params`].
    pub param: usize,
    /// Whether a value is sent as well.
    pub sent: bool,
    /// The user variable that stands for it in the text. MySQL leaves a packet behind after the values of placeholders,
    /// without a word of it, and the driver does not read it.
    pub variable: Option<usize>,
}

/// A proved bound on the number of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cardinality {
    /// Exactly one.
    One,
    /// None or one.
    Opt,
    /// Any number.
    Many,
    /// The statement has no rows.
    Exec,
}

impl Cardinality {
    /// The word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Cardinality::One => "one",
            Cardinality::Opt => "opt",
            Cardinality::Many => "many",
            Cardinality::Exec => "exec",
        }
    }
}

/// A column of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedColumn {
    /// Its name, without the mark of an alias such as `` `name!` ``.
    pub name: String,
    /// Its type as the server will send it.
    pub ty: SqlType,
    /// Whether it can be NULL, and why.
    pub nullability: Nullability,
    /// The base table's column of which it is an unchanged copy.
    pub origin: Option<Origin>,
    /// The Rust type that the author asked for, without an `Option` around it.
    pub rust_type: Option<String>,
    /// Where the select item is written.
    pub span: Span,
}

/// A column of a base table or view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The table.
    pub table: TableName,
    /// The column's own name.
    pub column: String,
}

/// Whether a value can be NULL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nullability {
    /// Never.
    NonNull,
    /// It can, because.
    Nullable(Reason),
}

impl Nullability {
    /// Whether it can be NULL.
    pub fn is_nullable(&self) -> bool {
        matches!(self, Nullability::Nullable(_))
    }
}

/// Why a value can be NULL. Prints as what follows "nullable because", such as
/// "`post` is on the outer side of the LEFT JOIN".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The explanation.
    pub text: String,
    /// The place it speaks of.
    pub span: Option<Span>,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A run of columns that becomes a nested struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// The alias, which names the field.
    pub name: String,
    /// The range in [`TypedQuery::columns`].
    pub columns: std::ops::Range<usize>,
    /// Whether all of them can be NULL together, because the table is on the outer side of a join. The columns'
    /// own nullability is then that of the table without the join.
    pub optional: bool,
}

/// How the rows of a join become structs that hold collections. Columns of no collection belong to the outer rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nesting {
    /// The columns that tell outer rows apart, by their places in [`TypedQuery::columns`].
    pub key: Vec<usize>,
    /// The collections, each after the one in which it stands.
    pub collections: Vec<Collection>,
}

/// A collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// What it is called.
    pub name: Spanned<String>,
    /// The collection in which it stands; `None` for the outer rows.
    pub within: Option<usize>,
    /// Its columns, by their places in [`TypedQuery::columns`].
    pub columns: Vec<usize>,
    /// Those that tell the elements in one place apart. None is NULL in an element that is there.
    pub key: Vec<usize>,
    /// Whether no two rows of the result have the same element, so that none has to be looked for.
    pub distinct: bool,
    /// Whether an outer join may leave an element out. The columns' own nullability is then that in one that is there.
    pub optional: bool,
    /// What the type of its elements is called.
    pub row_name: Option<Spanned<String>>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedParam {
    /// Its name: as written, or after the column that a bare `?` meets, made unique by a number.
    pub name: String,
    /// What the caller passes.
    pub shape: ParamShape,
    /// The Rust type that the author asked for, without an `Option` or slice around it.
    pub rust_type: Option<String>,
}

/// What a parameter stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamShape {
    /// One value.
    Scalar(ParamType),
    /// A list of values for `IN (:ids)`.
    List(ParamType),
    /// A list of tuples for `(a, b) IN (:pairs)`.
    Tuples(Vec<ParamType>),
}

impl ParamShape {
    /// The values of one element.
    pub fn parts(&self) -> &[ParamType] {
        match self {
            ParamShape::Scalar(part) | ParamShape::List(part) => std::slice::from_ref(part),
            ParamShape::Tuples(parts) => parts,
        }
    }

    /// How many values one element has.
    pub fn arity(&self) -> usize {
        match self {
            ParamShape::Scalar(_) | ParamShape::List(_) => 1,
            ParamShape::Tuples(types) => types.len(),
        }
    }
}

/// The type of one value that the caller passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamType {
    /// Its type: that of the column met, as exactly as is known.
    pub ty: SqlType,
    /// Whether the caller may pass NULL.
    pub nullable: bool,
    /// The column met, where there is one.
    pub origin: Option<Origin>,
    /// Every column that the value is compared with or stored in, each once.
    pub met: Vec<Origin>,
}
