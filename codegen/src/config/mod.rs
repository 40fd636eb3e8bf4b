//! `porpoise.toml` as plain data: what can be said (`options`), how it is read (`read`), and which files its
//! patterns name (`pattern`). Nothing here knows SQL or talks to a server, and no password passes through it.

mod items;
mod options;
mod pattern;
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::catalog::Routine;

pub(crate) use items::is_attributes;
pub use options::reference;
pub use pattern::QueryPaths;
pub(crate) use pattern::find_files;
pub use pattern::matches;

/// Everything that `porpoise.toml` can say, with its defaults filled in. Paths are resolved against the folder of
/// the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The folder of `porpoise.toml`, against which patterns are read.
    pub folder: PathBuf,
    /// Where the server is.
    pub database: Database,
    /// The snapshot and what belongs to it.
    pub schema: Schema,
    /// Which files hold queries.
    pub queries: Queries,
    /// What is generated and where.
    pub generate: Generate,
    /// How SQL types become Rust types.
    pub types: Types,
}

/// `[database]`: how to find the server. Never holds a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// The environment variable with the URL.
    pub url_env: String,
    /// A my.cnf option file to take instead when the variable is not set.
    pub option_file: Option<PathBuf>,
    /// The groups of the option file to read, later ones winning.
    pub option_groups: Vec<String>,
}

/// `[schema]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The snapshot file.
    pub snapshot: PathBuf,
    /// Tables left out of the snapshot, as names with `*` and `?`.
    pub ignore: Vec<String>,
    /// Other schemas (databases) of the same server to take in, whose tables are named with the schema.
    pub schemas: Vec<String>,
    /// The `sql_mode` to check under and to pin at run time; `None` takes the server's global one.
    pub sql_mode: Option<String>,
    /// Loadable functions, which the server does not describe.
    pub functions: Vec<Routine>,
}

/// `[queries]`. Patterns are relative to the folder of `porpoise.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queries {
    /// The query files: patterns with `*`, `?` and `**`. A folder stands for its `*.sql` files.
    pub include: Vec<String>,
    /// Files to leave out, likewise.
    pub exclude: Vec<String>,
}

/// `[generate]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generate {
    /// The source folder to write to from the command line; a build script writes to OUT_DIR.
    pub folder: Option<PathBuf>,
    /// Tables that get a DTO even if no query returns their rows, as names with `*` and `?`.
    pub tables: Vec<String>,
    /// Tables and views that get functions of their own, likewise.
    pub crud: Vec<String>,
    /// Columns that count the changes of their row, as `table.column` with `*` and `?`.
    pub versions: Vec<String>,
    /// Whether each module has a trait with its functions.
    pub traits: bool,
    /// A function with more parameters than this takes a params struct.
    pub max_arguments: usize,
    /// Further derives for every struct, as paths, such as `serde::Serialize`.
    pub derives: Vec<String>,
    /// What the structs of single tables are like, by names with `*` and `?`.
    pub rows: BTreeMap<String, RowOptions>,
    /// What the fields of single columns are like, by `table.column` with `*` and `?`.
    pub fields: BTreeMap<String, FieldOptions>,
}

/// What the struct of a table is like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowOptions {
    /// Further derives, as paths.
    pub derives: Vec<String>,
    /// Attributes before the struct.
    pub attributes: Vec<String>,
    /// What makes two rows equal.
    pub identity: Option<Identity>,
    /// A format of `Display`, with `{column}` for a column's value.
    pub display: Option<String>,
}

/// What makes two rows of a table equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// All of their fields.
    Fields,
    /// Their primary keys.
    PrimaryKey,
}

/// What the fields of a column are like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldOptions {
    /// Whether Debug leaves the value out.
    pub redact: Option<bool>,
    /// Attributes before the field.
    pub attributes: Vec<String>,
}

/// What the enum of an ENUM or SET column is like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumOptions {
    /// Its name. Columns with the same values may share one.
    pub name: Option<String>,
    /// Variants by the values that they stand for.
    pub variants: BTreeMap<String, String>,
    /// Further derives, as paths.
    pub derives: Vec<String>,
    /// Attributes before the enum.
    pub attributes: Vec<String>,
}

/// `[types]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Types {
    /// TINYINT(1) is `bool`; otherwise `i8`.
    pub tinyint1_bool: bool,
    /// What a zero date (`0000-00-00`) is.
    pub zero_dates: ZeroDates,
    /// Tables whose keys are newtypes, as names with `*` and `?`.
    pub keys: Vec<String>,
    /// Rust types by `table.column` with `*` and `?`.
    pub columns: BTreeMap<String, String>,
    /// Rust types by SQL type as [`crate::catalog::SqlType::sql`] prints it, or by its bare name (`decimal`).
    pub sql: BTreeMap<String, String>,
    /// What enums are like, by `table.column` with `*` and `?`.
    pub enums: BTreeMap<String, EnumOptions>,
}

/// What to make of a zero date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZeroDates {
    /// A decoding error.
    Error,
    /// `None`, which makes every date column an `Option`.
    Null,
}

impl Config {
    /// The defaults for a `porpoise.toml` in `folder`.
    pub fn in_folder(folder: impl AsRef<Path>) -> Self {
        let folder = folder.as_ref();
        Self {
            folder: folder.to_owned(),
            database: Database::default(),
            schema: Schema { snapshot: folder.join("schema.json"), ..Schema::default() },
            queries: Queries::default(),
            generate: Generate::default(),
            types: Types::default(),
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self {
            url_env: "DATABASE_URL".to_owned(),
            option_file: None,
            option_groups: vec!["client".to_owned(), "porpoise".to_owned()],
        }
    }
}

impl Default for Schema {
    fn default() -> Self {
        Self {
            snapshot: PathBuf::from("schema.json"),
            ignore: Vec::new(),
            schemas: Vec::new(),
            sql_mode: None,
            functions: Vec::new(),
        }
    }
}

impl Default for Queries {
    fn default() -> Self {
        Self { include: vec!["*.sql".to_owned()], exclude: vec!["schema.sql".to_owned()] }
    }
}

impl Default for Generate {
    fn default() -> Self {
        Self {
            folder: None,
            tables: Vec::new(),
            crud: Vec::new(),
            versions: Vec::new(),
            traits: false,
            max_arguments: 4,
            derives: Vec::new(),
            rows: BTreeMap::new(),
            fields: BTreeMap::new(),
        }
    }
}

impl Default for Types {
    fn default() -> Self {
        Self {
            tinyint1_bool: true,
            zero_dates: ZeroDates::Error,
            keys: Vec::new(),
            columns: BTreeMap::new(),
            sql: BTreeMap::new(),
            enums: BTreeMap::new(),
        }
    }
}
