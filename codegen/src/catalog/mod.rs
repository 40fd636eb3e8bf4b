//! The schema as plain data: what introspection reads, the snapshot keeps and the analysis asks. Nothing here does
//! I/O, and nothing here knows SQL text beyond types and expressions kept as the server prints them.

mod loadable;
mod snapshot;
mod sql_type;

use serde::{Deserialize, Serialize};

pub(crate) use loadable::{FORM as LOADABLE_FORM, loadable_function};
pub use snapshot::{PreparedAnswer, PreparedColumn, Snapshot};
pub use sql_type::{BytesKind, IntWidth, SqlType, TextKind};

/// Which kind of server it is; the two differ in types, functions and syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Oracle MySQL and its builds.
    MySql,
    /// MariaDB.
    MariaDb,
}

impl Family {
    /// `MySQL` or `MariaDB`.
    pub fn as_str(self) -> &'static str {
        match self {
            Family::MySql => "MySQL",
            Family::MariaDb => "MariaDB",
        }
    }
}

/// What the meaning of statements depends on besides the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// MySQL or MariaDB.
    pub family: Family,
    /// Major, minor and patch number.
    #[serde(with = "version_text")]
    pub version: (u16, u16, u16),
    /// The flags of `sql_mode` in force for checked statements, sorted, in upper case, combination modes left out.
    pub sql_mode: Vec<String>,
    /// `lower_case_table_names`: 0 compares table names and aliases by case, 1 and 2 do not.
    pub lower_case_table_names: u8,
    /// The collation pinned for the connection.
    pub collation: String,
}

impl Server {
    /// Whether a flag of `sql_mode`, in upper case, is set.
    pub fn has_mode(&self, flag: &str) -> bool {
        self.sql_mode.iter().any(|mode| mode == flag)
    }
}

/// A version as `10.11.19`.
mod version_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(version: &(u16, u16, u16), to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{}.{}.{}", version.0, version.1, version.2))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<(u16, u16, u16), D::Error> {
        let text = String::deserialize(from)?;
        let mut parts = text.split('.').map(|part| part.parse().ok());
        match [parts.next(), parts.next(), parts.next(), parts.next()] {
            [Some(Some(major)), Some(Some(minor)), Some(Some(patch)), None] => Ok((major, minor, patch)),
            _ => Err(D::Error::custom(format_args!("`{text}` is not a version such as 10.11.19"))),
        }
    }
}

/// A table or view, qualified where it is not of the default schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TableName {
    /// The schema (database); `None` is the one connected to, whose name differs between machines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The table's own name.
    pub name: String,
}

impl std::fmt::Display for TableName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Everything known about one database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// The server.
    pub server: Server,
    /// Tables and views, sorted by name.
    pub tables: Vec<Table>,
    /// Stored procedures and functions, sorted by kind and name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routines: Vec<Routine>,
}

impl Catalog {
    /// A table by name, compared as `lower_case_table_names` says.
    pub fn table(&self, schema: Option<&str>, name: &str) -> Option<&Table> {
        // They are sorted, and nearly always named as they are spelled.
        let spelled =
            |table: &Table| (table.name.schema.as_deref(), table.name.name.as_str()).cmp(&(schema, name));
        if let Ok(found) = self.tables.binary_search_by(spelled) {
            return self.tables.get(found);
        }
        let fold = self.server.lower_case_table_names != 0;
        let same = |a: &str, b: &str| if fold { a.to_lowercase() == b.to_lowercase() } else { a == b };
        self.tables.iter().find(|table| {
            same(&table.name.name, name)
                && match (&table.name.schema, schema) {
                    (None, None) => true,
                    (Some(a), Some(b)) => same(a, b),
                    (None, Some(_)) | (Some(_), None) => false,
                }
        })
    }
}

/// A table or a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    #[serde(flatten)]
    pub name: TableName,
    /// Base table, view, or sequence.
    #[serde(flatten)]
    pub kind: TableKind,
    /// The COMMENT, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// The columns in their order; `SELECT *` leaves the invisible ones out.
    pub columns: Vec<Column>,
    /// Indexes, the primary key first, then by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// Foreign keys of which this table is the child, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign_keys: Vec<ForeignKey>,
    /// CHECK constraints, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Names of triggers, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<String>,
}

impl Table {
    /// A column by name; column names never depend on case.
    pub fn column(&self, name: &str) -> Option<&Column> {
        if let Some(spelled) = self.columns.iter().find(|column| column.name == name) {
            return Some(spelled);
        }
        let name = name.to_lowercase();
        self.columns.iter().find(|column| column.name.to_lowercase() == name)
    }

    /// The primary key, where there is one.
    pub fn primary_key(&self) -> Option<&Index> {
        self.indexes.iter().find(|index| index.kind == IndexKind::Primary)
    }
}

/// What a [`Table`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum TableKind {
    /// A table with rows of its own.
    Base,
    /// A view.
    View {
        /// The SELECT as the server prints it, without the name of the default schema and without the definer.
        /// Empty where the account may not see it.
        definition: String,
        /// Whether rows can be written through it.
        updatable: bool,
        /// Sets of columns that no two rows have in common, where none of them is NULL: what analysis finds out, not
        /// kept in the snapshot.
        #[serde(skip)]
        keys: Vec<Vec<String>>,
        /// For each column the table or view and its column of which it is an unchanged copy, likewise.
        #[serde(skip)]
        origins: Vec<Option<(TableName, String)>>,
    },
    /// A MariaDB SEQUENCE, which can be read like a table of one row.
    Sequence,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(flatten)]
    pub ty: SqlType,
    /// Whether it can hold NULL.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// The DEFAULT. A nullable column without one has `Some("NULL")`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<DefaultValue>,
    /// The expression of ON UPDATE, such as `current_timestamp()`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_update: Option<String>,
    /// How a generated column is computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<Generated>,
    /// AUTO_INCREMENT.
    #[serde(default, skip_serializing_if = "is_false")]
    pub auto_increment: bool,
    /// Left out of `SELECT *` and of INSERT without a column list.
    #[serde(default, skip_serializing_if = "is_false")]
    pub invisible: bool,
    /// The COMMENT, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

impl Column {
    /// Whether an INSERT may leave the column out in strict mode.
    pub fn has_implicit_value(&self) -> bool {
        self.nullable || self.default.is_some() || self.auto_increment || self.generated.is_some()
    }
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// A DEFAULT clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DefaultValue {
    /// DEFAULT NULL, written or implied.
    Null,
    /// A constant, unquoted.
    Literal(String),
    /// An expression, as the server prints it.
    Expression(String),
}

/// The clause of a generated column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// The expression as the server prints it.
    pub expression: String,
    /// STORED (PERSISTENT) or VIRTUAL.
    pub stored: bool,
}

/// What an index promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IndexKind {
    /// PRIMARY KEY.
    Primary,
    /// UNIQUE.
    Unique,
    /// An ordinary index.
    Plain,
    /// FULLTEXT.
    Fulltext,
    /// SPATIAL.
    Spatial,
    /// VECTOR.
    Vector,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its name; `PRIMARY` for the primary key.
    pub name: String,
    /// What it promises.
    pub kind: IndexKind,
    /// Its parts in order.
    pub parts: Vec<IndexPart>,
    /// INVISIBLE (MySQL) or IGNORED (MariaDB): still enforced when unique.
    #[serde(default, skip_serializing_if = "is_false")]
    pub invisible: bool,
}

impl Index {
    /// The columns, when the index is over whole columns only; a prefix or an expression proves nothing about rows.
    pub fn whole_columns(&self) -> Option<Vec<&str>> {
        self.parts
            .iter()
            .map(|part| match part {
                IndexPart::Column { name, prefix: None, .. } => Some(name.as_str()),
                IndexPart::Column { prefix: Some(_), .. } | IndexPart::Expression { .. } => None,
            })
            .collect()
    }
}

/// One part of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum IndexPart {
    /// A column.
    Column {
        /// The column.
        name: String,
        /// Only so many characters or bytes of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prefix: Option<u32>,
        /// DESC.
        #[serde(default, skip_serializing_if = "is_false")]
        descending: bool,
    },
    /// An expression (MySQL's functional index).
    Expression {
        /// As the server prints it.
        expression: String,
        /// DESC.
        #[serde(default, skip_serializing_if = "is_false")]
        descending: bool,
    },
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The constraint's name.
    pub name: String,
    /// The child's columns in order.
    pub columns: Vec<String>,
    /// The parent.
    pub references: TableName,
    /// The parent's columns, in the same order.
    pub referenced_columns: Vec<String>,
    /// ON DELETE, as `CASCADE`, `RESTRICT`, `SET NULL`, `NO ACTION`, `SET DEFAULT`.
    pub on_delete: String,
    /// ON UPDATE, likewise.
    pub on_update: String,
}

/// A CHECK constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The constraint's name.
    pub name: String,
    /// The condition, as the server prints it.
    pub expression: String,
    /// Whether it is enforced.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub enforced: bool,
}

fn yes() -> bool {
    true
}

fn is_true(value: &bool) -> bool {
    *value
}

/// A stored procedure or function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routine {
    /// The schema, `None` for the default one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Its name; compared without regard to case.
    pub name: String,
    /// Procedure or function.
    pub kind: RoutineKind,
    /// Its parameters in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<RoutineParameter>,
    /// What a function returns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<SqlType>,
    /// Whether it was declared never to return NULL; no server knows that of a stored function.
    #[serde(default, skip_serializing_if = "is_false")]
    pub never_null: bool,
    /// `CONTAINS SQL`, `NO SQL`, `READS SQL DATA` or `MODIFIES SQL DATA`.
    pub data_access: String,
    /// The COMMENT.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// Procedure or function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoutineKind {
    /// FUNCTION.
    Function,
    /// PROCEDURE.
    Procedure,
}

/// A parameter of a routine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutineParameter {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(flatten)]
    pub ty: SqlType,
    /// IN, OUT or INOUT.
    pub mode: ParameterMode,
}

/// The direction of a routine's parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterMode {
    /// IN.
    In,
    /// OUT.
    Out,
    /// INOUT.
    InOut,
}
