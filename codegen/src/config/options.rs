//! Every option of `porpoise.toml`, one row each: its name, what it takes, its default and what it means. The
//! reader and the reference text both come from these rows, so that neither can know an option the other does not.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Config, EnumOptions, FieldOptions, RowOptions, ZeroDates};
use crate::catalog::Routine;

/// A row.
pub(super) struct Entry {
    pub(super) section: &'static str,
    pub(super) key: &'static str,
    pub(super) takes: Takes,
    pub(super) shown: Shown,
    /// Sentences for the reference, one per line.
    pub(super) doc: &'static str,
}

/// What an option takes, and where it goes.
pub(super) enum Takes {
    Text(fn(&mut Config, String)),
    /// Relative to the folder of the file; `~/` is the home folder.
    Path(fn(&mut Config, PathBuf)),
    Flag(fn(&mut Config, bool)),
    Count(fn(&mut Config, usize)),
    Texts(fn(&mut Config, Vec<String>)),
    /// A list of declarations of loadable functions.
    Functions(fn(&mut Config, Vec<Routine>)),
    /// A list of paths to derive macros.
    Derives(fn(&mut Config, Vec<String>)),
    /// A table from names to Rust types.
    RustTypes(fn(&mut Config, BTreeMap<String, String>)),
    /// A table from names of tables to what their structs are like.
    Rows(fn(&mut Config, BTreeMap<String, RowOptions>)),
    /// A table from names of columns to what their fields are like.
    Fields(fn(&mut Config, BTreeMap<String, FieldOptions>)),
    /// A table from names of ENUM and SET columns to what their enums are like.
    Enums(fn(&mut Config, BTreeMap<String, EnumOptions>)),
    /// One of some words.
    Choice(&'static [&'static str], fn(&mut Config, &str)),
}

/// What the reference shows as the value.
#[derive(Clone, Copy)]
pub(super) enum Shown {
    /// The default.
    Default(&'static str),
    /// There is no default; this is an example.
    Example(&'static str),
}

/// The sections in the order of the reference, with a line on each.
pub(super) const SECTIONS: &[(&str, &str)] = &[
    ("database", "Where the server is. Building needs none; `porpoise pull` and `--live` do."),
    ("schema", "The snapshot: the schema as a file to commit, so that builds are offline."),
    ("queries", "The query files. Patterns are relative to this file; `*`, `?` and `**` are understood."),
    ("generate", "The generated code."),
    ("types", "How SQL types become Rust types."),
];

/// The options in the order of the reference.
pub(super) const OPTIONS: &[Entry] = &[
    Entry {
        section: "database",
        key: "url_env",
        takes: Takes::Text(|config, name| config.database.url_env = name),
        shown: Shown::Default(r#""DATABASE_URL""#),
        doc: "The environment variable with the server's URL: mysql://user:password@host:3306/database.\n\
              Never write the URL itself into this file.",
    },
    Entry {
        section: "database",
        key: "option_file",
        takes: Takes::Path(|config, path| config.database.option_file = Some(path)),
        shown: Shown::Example(r#""~/.my.cnf""#),
        doc: "An option file of the MySQL clients, read when the variable is not set.",
    },
    Entry {
        section: "database",
        key: "option_groups",
        takes: Takes::Texts(|config, groups| config.database.option_groups = groups),
        shown: Shown::Default(r#"["client", "porpoise"]"#),
        doc: "The groups of the option file to read; later ones win.",
    },
    Entry {
        section: "schema",
        key: "snapshot",
        takes: Takes::Path(|config, path| config.schema.snapshot = path),
        shown: Shown::Default(r#""schema.json""#),
        doc: "The file that `porpoise pull` writes and everything else reads.",
    },
    Entry {
        section: "schema",
        key: "ignore",
        takes: Takes::Texts(|config, names| config.schema.ignore = names),
        shown: Shown::Default("[]"),
        doc: "Tables to leave out, with `*` and `?`: [\"flyway_*\", \"tmp_??\"].",
    },
    Entry {
        section: "schema",
        key: "schemas",
        takes: Takes::Texts(|config, names| config.schema.schemas = names),
        shown: Shown::Default("[]"),
        doc: "Other databases of the same server that queries name, as in `other.table`.",
    },
    Entry {
        section: "schema",
        key: "sql_mode",
        takes: Takes::Text(|config, mode| config.schema.sql_mode = Some(mode)),
        shown: Shown::Example(r#""STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION""#),
        doc: "The sql_mode that queries are checked under and connections are pinned to.\n\
              Left out, it is the server's global one at the time of `porpoise pull`.",
    },
    Entry {
        section: "schema",
        key: "functions",
        takes: Takes::Functions(|config, functions| config.schema.functions = functions),
        shown: Shown::Default("[]"),
        doc: "Loadable functions (CREATE FUNCTION ... SONAME), which the server does not describe:\n\
              [\"metaphon(string) returns string\", \"now_ms() returns integer not null\"].",
    },
    Entry {
        section: "queries",
        key: "include",
        takes: Takes::Texts(|config, patterns| config.queries.include = patterns),
        shown: Shown::Default(r#"["*.sql"]"#),
        doc: "The query files. A folder stands for its *.sql files.",
    },
    Entry {
        section: "queries",
        key: "exclude",
        takes: Takes::Texts(|config, patterns| config.queries.exclude = patterns),
        shown: Shown::Default(r#"["schema.sql"]"#),
        doc: "Files to leave out.",
    },
    Entry {
        section: "generate",
        key: "folder",
        takes: Takes::Path(|config, path| config.generate.folder = Some(path)),
        shown: Shown::Example(r#""../src/queries""#),
        doc: "The source folder that `porpoise generate` writes and `porpoise check` compares.\n\
              A build script writes to OUT_DIR instead and needs none.",
    },
    Entry {
        section: "generate",
        key: "tables",
        takes: Takes::Texts(|config, names| config.generate.tables = names),
        shown: Shown::Default("[]"),
        doc: "Tables that get a struct even if no query returns their rows, with `*` and `?`.",
    },
    Entry {
        section: "generate",
        key: "crud",
        takes: Takes::Texts(|config, names| config.generate.crud = names),
        shown: Shown::Default("[]"),
        doc: "Tables and views that get a module of functions: find, list, page, count, insert, patch, delete, ...\n\
              A query file of the same name shares the module, and its functions replace those of their name.",
    },
    Entry {
        section: "generate",
        key: "versions",
        takes: Takes::Texts(|config, names| config.generate.versions = names),
        shown: Shown::Default("[]"),
        doc: "Integer columns that count the changes of their row: [\"*.version\"]. The generated update and patch take\n\
              the version that was read and raise it; a row that was changed meanwhile is the error StaleRow.\n\
              An UPDATE of your own that does not name the column is a warning.",
    },
    Entry {
        section: "generate",
        key: "traits",
        takes: Takes::Flag(|config, flag| config.generate.traits = flag),
        shown: Shown::Default("false"),
        doc: "With true each module has a trait `Queries` with its functions as methods, which a pool, a connection and a\n\
              transaction have: for code that is to be tested without a server.",
    },
    Entry {
        section: "generate",
        key: "max_arguments",
        takes: Takes::Count(|config, count| config.generate.max_arguments = count),
        shown: Shown::Default("4"),
        doc: "A query with more parameters than this takes them as a struct.",
    },
    Entry {
        section: "generate",
        key: "derives",
        takes: Takes::Derives(|config, paths| config.generate.derives = paths),
        shown: Shown::Default("[]"),
        doc: "Further derives for every struct of rows, every enum and every newtype of a key: [\"serde::Serialize\"].\n\
              Default, Eq, Hash, PartialOrd, Ord and Copy are left out where a field has them not.",
    },
    Entry {
        section: "generate",
        key: "rows",
        takes: Takes::Rows(|config, rows| config.generate.rows = rows),
        shown: Shown::Default("{}"),
        doc: "What the structs of single tables are like; names with `*` and `?`, of which the longest counts:\n\
              { \"account\" = { derives = [\"Ord\"], attributes = [\"#[serde(deny_unknown_fields)]\"],\n\
              identity = \"primary-key\", display = \"{username} <{email}>\" } }.",
    },
    Entry {
        section: "generate",
        key: "fields",
        takes: Takes::Fields(|config, fields| config.generate.fields = fields),
        shown: Shown::Default("{}"),
        doc: "What the fields of single columns are like; names with `*` and `?`:\n\
              { \"account.password_hash\" = { redact = true, attributes = [\"#[serde(skip)]\"] } }.\n\
              Debug prints nothing that is redacted, in whichever struct. Attributes are for the tables' structs, and for\n\
              those of queries where `derives` says something.",
    },
    Entry {
        section: "types",
        key: "tinyint1_bool",
        takes: Takes::Flag(|config, flag| config.types.tinyint1_bool = flag),
        shown: Shown::Default("true"),
        doc: "TINYINT(1), which BOOLEAN is a name for, is `bool`; with false it is `i8`.",
    },
    Entry {
        section: "types",
        key: "zero_dates",
        takes: Takes::Choice(&["error", "null"], |config, word| {
            config.types.zero_dates = if word == "null" { ZeroDates::Null } else { ZeroDates::Error };
        }),
        shown: Shown::Default(r#""error""#),
        doc: "What the zero date 0000-00-00 is: \"error\", or \"null\", which makes every date an Option.",
    },
    Entry {
        section: "types",
        key: "keys",
        takes: Takes::Texts(|config, names| config.types.keys = names),
        shown: Shown::Default("[]"),
        doc: "Tables whose keys get a type of their own, with `*` and `?`: `AccountId` for `account.id` and for every\n\
              column that refers to it. A key is one column with an integer, text, bytes or a UUID.",
    },
    Entry {
        section: "types",
        key: "columns",
        takes: Takes::RustTypes(|config, types| config.types.columns = types),
        shown: Shown::Default("{}"),
        doc: "Rust types of columns, with `*` and `?`: { \"account.id\" = \"crate::AccountId\", \"*.email\" = \"crate::Email\" }.",
    },
    Entry {
        section: "types",
        key: "sql",
        takes: Takes::RustTypes(|config, types| config.types.sql = types),
        shown: Shown::Default("{}"),
        doc: "Rust types of SQL types: { json = \"crate::Document\", \"decimal(10,2)\" = \"crate::Money\" }.",
    },
    Entry {
        section: "types",
        key: "enums",
        takes: Takes::Enums(|config, enums| config.types.enums = enums),
        shown: Shown::Default("{}"),
        doc: "What the enums of ENUM and SET columns are like, with `*` and `?`. Columns with the same values share a name:\n\
              { \"*.status\" = { name = \"Status\", variants = { \"in-progress\" = \"Running\" } } }; also `derives`, and\n\
              `attributes` such as [\"#[serde(rename_all = 'kebab-case')]\"] in single quotes.",
    },
];

impl Takes {
    /// The kind of value, as an error names it.
    pub(super) fn describe(&self) -> String {
        match self {
            Takes::Text(_) => "a string".to_owned(),
            Takes::Path(_) => "a path in quotes".to_owned(),
            Takes::Flag(_) => "true or false".to_owned(),
            Takes::Count(_) => "a whole number".to_owned(),
            Takes::Texts(_) => "a list of strings".to_owned(),
            Takes::Functions(_) => "a list of declarations of functions".to_owned(),
            Takes::Derives(_) => "a list of paths to derive macros".to_owned(),
            Takes::RustTypes(_) => "a table from names to Rust types".to_owned(),
            Takes::Rows(_) => "a table from names of tables to options".to_owned(),
            Takes::Fields(_) | Takes::Enums(_) => "a table from `table.column` to options".to_owned(),
            Takes::Choice(words, _) => {
                let quoted: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
                quoted.join(" or ")
            }
        }
    }
}

/// A whole `porpoise.toml` with every option explained and commented out at its default.
pub fn reference() -> String {
    let mut text = String::from(
        "# Porpoise: typed SQL for MySQL and MariaDB. Every option stands here with its default;\n\
         # remove the `#` before a key to change it.\n",
    );
    for (section, about) in SECTIONS {
        text.push_str(&format!("\n# {about}\n[{section}]\n"));
        for option in OPTIONS.iter().filter(|option| option.section == *section) {
            for line in option.doc.lines() {
                text.push_str(&format!("# {line}\n"));
            }
            let (value, note) = match option.shown {
                Shown::Default(value) => (value, ""),
                Shown::Example(value) => (value, "   # an example: unset by default"),
            };
            text.push_str(&format!("# {} = {value}{note}\n", option.key));
        }
    }
    text
}
