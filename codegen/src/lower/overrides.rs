//! Rust types that the user asked for: the texts of `[types.columns]`, `[types.sql]`, `-- @param` and
//! `-- @column`, read once and checked to be types that generated code can name.

use std::collections::BTreeMap;

use super::errors;
use super::options::{by_weight, columns_of, is_wild};
use super::rust_type::{CustomType, Known, RustType};
use crate::catalog::{Catalog, SqlType};
use crate::config::Types;
use crate::diagnostic::{Diagnostic, nearest};
use crate::typed::Origin;

/// The overrides of the configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    columns: BTreeMap<Origin, RustType>,
    sql: BTreeMap<String, RustType>,
}

impl Overrides {
    pub(crate) fn new(catalog: &Catalog, types: &Types, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut overrides = Self::default();
        for (key, text) in by_weight(&types.columns) {
            let columns = if is_wild(key) {
                let found: Vec<Origin> = columns_of(catalog, key, |_| true).collect();
                if found.is_empty() {
                    diagnostics.push(errors::pattern_without_column(key, "types.columns"));
                }
                Ok(found)
            } else {
                find_column(catalog, key).map(|origin| vec![origin])
            };
            match (columns, parse(text)) {
                (Ok(origins), Ok(ty)) => {
                    overrides.columns.extend(origins.into_iter().map(|origin| (origin, ty.clone())));
                }
                (Err(diagnostic), _) => diagnostics.push(diagnostic),
                (Ok(_), Err(problem)) => {
                    diagnostics.push(invalid(&format!("types.columns.\"{key}\""), problem));
                }
            }
        }
        for (key, text) in &types.sql {
            let normal = normal(key);
            match (is_sql_type(&normal), parse(text)) {
                (true, Ok(ty)) => {
                    overrides.sql.insert(normal, ty);
                }
                (false, _) => diagnostics.push(unknown_sql_type(key)),
                (true, Err(problem)) => diagnostics.push(invalid(&format!("types.sql.\"{key}\""), problem)),
            }
        }
        overrides
    }

    /// The type for a column of the catalog.
    pub(crate) fn column(&self, origin: &Origin) -> Option<&RustType> {
        self.columns.get(origin)
    }

    /// The type for a SQL type: by its full text, or by its bare name.
    pub(crate) fn sql(&self, ty: &SqlType) -> Option<&RustType> {
        self.sql.get(&normal(&ty.sql())).or_else(|| self.sql.get(bare(ty)?))
    }
}

/// Reads the text of a type. The error is what is wrong with it, and what to write instead.
pub(crate) fn parse(text: &str) -> Result<RustType, Problem> {
    if let Some(known) = Known::named(text) {
        return Ok(RustType::Known(known));
    }
    let problem = |what: &str, help: &str| {
        Err(Problem { text: text.to_owned(), what: what.to_owned(), help: help.to_owned() })
    };
    match syn::parse_str::<syn::Type>(text) {
        Err(_) => problem("is not a Rust type", "write one such as `crate::AccountId`"),
        Ok(syn::Type::Path(path)) => match Unusable::find(&path.path) {
            None => Ok(RustType::Custom(CustomType(text.trim().to_owned()))),
            Some(Unusable::Option) => problem(
                "holds an `Option`",
                "leave the `Option` out: whether a value can be NULL is found out from the schema and the query",
            ),
            Some(Unusable::Local(name)) => problem(
                &format!("names `{name}`, which generated code cannot see"),
                &format!("write its full path, such as `crate::{name}`"),
            ),
        },
        Ok(syn::Type::Array(_)) => Ok(RustType::Custom(CustomType(text.trim().to_owned()))),
        Ok(syn::Type::Reference(_)) => {
            problem("is a reference", "write the owned type; an argument of it is borrowed by itself")
        }
        Ok(_) => {
            problem("is no type that a value can be decoded into", "write one such as `crate::AccountId`")
        }
    }
}

/// What is wrong with the text of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The text.
    pub(crate) text: String,
    /// What follows the text in a sentence.
    pub(crate) what: String,
    /// What to write instead.
    pub(crate) help: String,
}

enum Unusable {
    Option,
    Local(String),
}

/// Generic types of the prelude that may stand around others.
const PRELUDE_GENERICS: [&str; 2] = ["Vec", "Box"];

impl Unusable {
    /// What in a path, or in its generic arguments, generated code cannot use.
    fn find(path: &syn::Path) -> Option<Unusable> {
        let last = path.segments.last()?;
        let name = last.ident.to_string();
        if name == "Option" {
            return Some(Unusable::Option);
        }
        let local = path.leading_colon.is_none() && path.segments.len() == 1;
        if local && Known::named(&name).is_none() && !PRELUDE_GENERICS.contains(&name.as_str()) {
            return Some(Unusable::Local(name));
        }
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        arguments.args.iter().find_map(|argument| match argument {
            syn::GenericArgument::Type(syn::Type::Path(path)) => Unusable::find(&path.path),
            _ => None,
        })
    }
}

/// A SQL type in lower case, with no spaces but single ones between words.
fn normal(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    text.replace(" (", "(").replace("( ", "(").replace(" )", ")").replace(", ", ",").replace(" ,", ",")
}

/// The bare name under which `[types.sql]` may speak of all types of a kind. An integer keeps its sign, because
/// a type for one would be too narrow for the other, and TINYINT(1) is not spoken of as TINYINT.
fn bare(ty: &SqlType) -> Option<&'static str> {
    use crate::catalog::{BytesKind, IntWidth, TextKind};
    let name = match ty {
        SqlType::Null => return None,
        SqlType::Bool { unsigned: false } => "bool",
        SqlType::Bool { unsigned: true } => "bool unsigned",
        SqlType::Int { width, unsigned } => match (width, unsigned) {
            (IntWidth::Tiny, false) => "tinyint",
            (IntWidth::Tiny, true) => "tinyint unsigned",
            (IntWidth::Small, false) => "smallint",
            (IntWidth::Small, true) => "smallint unsigned",
            (IntWidth::Medium, false) => "mediumint",
            (IntWidth::Medium, true) => "mediumint unsigned",
            (IntWidth::Int, false) => "int",
            (IntWidth::Int, true) => "int unsigned",
            (IntWidth::Big, false) => "bigint",
            (IntWidth::Big, true) => "bigint unsigned",
        },
        SqlType::Bit { .. } => "bit",
        SqlType::Decimal { .. } => "decimal",
        SqlType::Float { .. } => "float",
        SqlType::Double { .. } => "double",
        SqlType::Text { kind, .. } => match kind {
            TextKind::Char => "char",
            TextKind::Varchar => "varchar",
            TextKind::TinyText => "tinytext",
            TextKind::Text => "text",
            TextKind::MediumText => "mediumtext",
            TextKind::LongText => "longtext",
        },
        SqlType::Bytes { kind, .. } => match kind {
            BytesKind::Binary => "binary",
            BytesKind::Varbinary => "varbinary",
            BytesKind::TinyBlob => "tinyblob",
            BytesKind::Blob => "blob",
            BytesKind::MediumBlob => "mediumblob",
            BytesKind::LongBlob => "longblob",
        },
        SqlType::Enum { .. } => "enum",
        SqlType::Set { .. } => "set",
        SqlType::Date => "date",
        SqlType::DateTime { .. } => "datetime",
        SqlType::Timestamp { .. } => "timestamp",
        SqlType::Time { .. } => "time",
        SqlType::Year => "year",
        SqlType::Json => "json",
        SqlType::Uuid => "uuid",
        SqlType::Inet4 => "inet4",
        SqlType::Inet6 => "inet6",
        SqlType::Vector { .. } => "vector",
        SqlType::Geometry { .. } => "geometry",
    };
    Some(name)
}

/// Every name that [`bare`] gives, and the subtypes of GEOMETRY, whose full text has no parentheses.
const SQL_NAMES: [&str; 51] = [
    "bigint",
    "bigint unsigned",
    "binary",
    "bit",
    "blob",
    "bool",
    "bool unsigned",
    "char",
    "date",
    "datetime",
    "decimal",
    "double",
    "double unsigned",
    "enum",
    "float",
    "float unsigned",
    "geometry",
    "geometrycollection",
    "inet4",
    "inet6",
    "int",
    "int unsigned",
    "json",
    "linestring",
    "longblob",
    "longtext",
    "mediumblob",
    "mediumint",
    "mediumint unsigned",
    "mediumtext",
    "multilinestring",
    "multipoint",
    "multipolygon",
    "point",
    "polygon",
    "set",
    "smallint",
    "smallint unsigned",
    "text",
    "time",
    "timestamp",
    "tinyblob",
    "tinyint",
    "tinyint unsigned",
    "tinytext",
    "uuid",
    "varbinary",
    "varchar",
    "vector",
    "year",
    "geomcollection",
];

/// Whether the text is a bare name, or a name with something in parentheses.
fn is_sql_type(normal: &str) -> bool {
    let name = match normal.split_once('(') {
        Some((name, rest)) if rest.ends_with(')') || rest.ends_with(") unsigned") => name,
        Some(_) => return false,
        None => normal,
    };
    SQL_NAMES.contains(&name)
}

fn find_column(catalog: &Catalog, key: &str) -> Result<Origin, Diagnostic> {
    let code = "unknown-type-override";
    let unknown = |what: String| Diagnostic::error(code, format!("`types.columns` names {what}"));
    // A name can hold dots of its own, and so every table is asked whether the key starts with it.
    let tables = catalog.tables.iter().filter_map(|table| {
        let name = table.name.to_string();
        let starts = key.get(..name.len()).is_some_and(|start| start.to_lowercase() == name.to_lowercase());
        let column = key.get(name.len()..)?.strip_prefix('.')?;
        starts.then_some((table, column))
    });
    let mut missing = None;
    for (table, column) in tables {
        if let Some(column) = table.column(column) {
            return Ok(Origin { table: table.name.clone(), column: column.name.clone() });
        }
        missing.get_or_insert((table, column));
    }
    match missing {
        Some((table, column)) => {
            let diagnostic = unknown(format!("the column `{column}`, which `{}` does not have", table.name));
            Err(match nearest(column, table.columns.iter().map(|column| column.name.as_str())) {
                Some(near) => diagnostic.help(format!("did you mean `{}.{near}`?", table.name)),
                None => diagnostic,
            })
        }
        None => {
            let table = key.rsplit_once('.').map_or(key, |(table, _)| table);
            let names: Vec<String> = catalog.tables.iter().map(|table| table.name.to_string()).collect();
            let diagnostic = unknown(format!("`{key}`, but the schema has no table `{table}`"));
            Err(match nearest(table, names.iter().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("keys are written `table.column`"),
            })
        }
    }
}

fn unknown_sql_type(key: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "unknown-type-override",
        format!("`types.sql` names `{key}`, which is no SQL type"),
    );
    match nearest(&normal(key), SQL_NAMES) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic
            .help("keys are a type's name, such as `decimal`, or all of it, such as `decimal(10,2)`"),
    }
}

fn invalid(place: &str, problem: Problem) -> Diagnostic {
    Diagnostic::error("bad-rust-type", format!("`{}` in `{place}` {}", problem.text, problem.what))
        .help(problem.help)
}

#[cfg(test)]
mod tests {
    use super::{bare, is_sql_type, normal, parse};
    use crate::catalog::SqlType;

    #[track_caller]
    fn refused(text: &str, what: &str) {
        let problem = parse(text).expect_err(text);
        assert!(problem.what.contains(what), "{text}: {}", problem.what);
    }

    #[test]
    fn types_that_generated_code_can_name_are_taken() {
        for text in [
            "u32",
            "String",
            "crate::AccountId",
            "::uuid::Uuid",
            "my::Json<crate::Doc>",
            "[u8; 16]",
            "Vec<f32>",
        ] {
            assert!(parse(text).is_ok(), "{text}");
        }
        assert_eq!(parse("Decimal").unwrap().to_string(), "porpoise::rust_decimal::Decimal");
        assert_eq!(parse("&str").unwrap().to_string(), "String");
    }

    #[test]
    fn other_texts_are_refused_with_a_reason() {
        refused("AccountId", "cannot see");
        refused("my::Json<Doc>", "cannot see");
        refused("Option<crate::A>", "`Option`");
        refused("&crate::A", "reference");
        refused("not a type", "is not a Rust type");
        refused("fn()", "no type that a value");
        refused("", "is not a Rust type");
    }

    #[test]
    fn keys_of_sql_types_are_normalised() {
        assert_eq!(normal("DECIMAL (10, 2)  UNSIGNED"), "decimal(10,2) unsigned");
        assert!(is_sql_type("decimal(10,2) unsigned"));
        assert!(is_sql_type("tinyint(1)"));
        assert!(!is_sql_type("decimall"));
        assert_eq!(bare(&SqlType::Decimal { precision: 10, scale: 2, unsigned: true }), Some("decimal"));
    }
}
