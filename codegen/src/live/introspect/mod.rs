//! Reads the schema out of `information_schema`, with one query per kind of thing and schema, whatever the number of
//! tables. Names reach the server as bound parameters only, and every list is sorted here, so that the same schema
//! always gives the same catalog.

mod columns;
mod constraints;
mod expression;
mod indexes;
mod routines;
mod tables;

use std::collections::BTreeMap;

use mysql::Value;

use crate::catalog::{Catalog, Family, Server, Table, TableName};
use crate::config::Schema;
use crate::error::{Error, Result};

use super::record::{Record, records};
use super::{Connection, schema_name, session};

/// Reads the schema connected to and those that the configuration names beside it. Afterwards the session is pinned
/// to what statements are to be checked under, ready for [`prepare`](super::prepare()).
pub fn introspect(connection: &mut Connection, config: &Schema) -> Result<Catalog> {
    let sql_mode = session::sql_mode(connection, config.sql_mode.as_deref())?;
    let mut reader = Reader::new(connection, config)?;
    let server = Server {
        family: reader.family,
        version: reader.connection.version,
        sql_mode,
        lower_case_table_names: reader.lower_case_table_names,
        collation: session::collation(reader.family).to_owned(),
    };

    let mut tables = tables::read(&mut reader)?;
    columns::read(&mut reader, &mut tables)?;
    indexes::read(&mut reader, &mut tables)?;
    constraints::read_foreign_keys(&mut reader, &mut tables)?;
    constraints::read_checks(&mut reader, &mut tables)?;
    tables::read_triggers(&mut reader, &mut tables)?;
    let routines = routines::read(&mut reader)?;

    session::pin(connection, &server)?;
    Ok(Catalog { server, tables: tables.into_values().collect(), routines })
}

/// Tables by name, which is the order in which the catalog holds them.
type Tables = BTreeMap<TableName, Table>;

/// What every query needs.
struct Reader<'a> {
    connection: &'a mut Connection,
    family: Family,
    lower_case_table_names: u8,
    /// The schema connected to, then the configured ones.
    schemas: Vec<String>,
    ignore: &'a [String],
}

impl<'a> Reader<'a> {
    fn new(connection: &'a mut Connection, config: &'a Schema) -> Result<Self> {
        let answer = records(
            &mut connection.conn,
            "lower_case_table_names",
            "SELECT @@lower_case_table_names AS lctn",
            Vec::new(),
        )?;
        let lower_case_table_names =
            answer.first().map(|record| record.number("lctn")).transpose()?.flatten().unwrap_or(0);
        let mut reader = Reader {
            family: connection.family,
            schemas: vec![connection.schema.clone()],
            connection,
            lower_case_table_names,
            ignore: &config.ignore,
        };
        let visible = records(
            &mut reader.connection.conn,
            "information_schema.SCHEMATA",
            "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA",
            Vec::new(),
        )?;
        let visible: Vec<String> = visible.iter().map(|row| row.text("name")).collect::<Result<_>>()?;
        for schema in &config.schemas {
            if !visible.iter().any(|name| reader.same(name, schema)) {
                return Err(Error::new(format!("the server has no schema `{schema}` for this account")).help(
                    "check its name in `schemas` under [schema] of porpoise.toml, and the account's privileges",
                ));
            }
            if !reader.schemas.iter().any(|known| reader.same(known, schema)) {
                reader.schemas.push(schema.clone());
            }
        }
        Ok(reader)
    }

    /// Whether two names of schemas or tables are one to the server.
    fn same(&self, a: &str, b: &str) -> bool {
        same_name(self.lower_case_table_names, a, b)
    }

    /// Runs a query that has one parameter, the schema, for each of the schemas.
    fn rows(&mut self, what: &'static str, sql: &str) -> Result<Vec<Record>> {
        let mut rows = Vec::new();
        for schema in &self.schemas {
            rows.extend(records(&mut self.connection.conn, what, sql, vec![Value::from(schema)])?);
        }
        Ok(rows)
    }

    /// How the catalog speaks of a schema: `None` for the default one, by name for any other.
    fn schema(&self, name: String) -> Option<String> {
        if self.same(&name, &self.schemas[0]) { None } else { Some(name) }
    }

    /// The table of a row with the columns `table_schema` and `table_name`.
    fn table_name(&self, row: &Record) -> Result<TableName> {
        Ok(TableName { schema: self.schema(row.text("table_schema")?), name: row.text("table_name")? })
    }

    /// Whether a schema, as a row names it, is one of those asked for. A collation that folds case or trailing
    /// spaces may bring in another.
    fn is_wanted(&self, schema: &str) -> bool {
        self.schemas.iter().any(|wanted| self.same(wanted, schema))
    }

    /// Whether the configuration leaves it out. A pattern is for the name alone or for `schema.name`.
    fn is_ignored(&self, name: &TableName) -> bool {
        let fold = self.lower_case_table_names != 0;
        let full = name.to_string();
        self.ignore.iter().any(|pattern| glob(pattern, &name.name, fold) || glob(pattern, &full, fold))
    }

    /// What the server printed, without the name of the default schema.
    fn portable(&self, text: &str) -> String {
        let fold = self.lower_case_table_names;
        schema_name::without(text, &self.schemas[0], |a, b| same_name(fold, a, b))
    }
}

fn same_name(lower_case_table_names: u8, a: &str, b: &str) -> bool {
    if lower_case_table_names == 0 { a == b } else { a.to_lowercase() == b.to_lowercase() }
}

/// Whether `name` is what `pattern` means: `*` stands for any characters, `?` for one.
fn glob(pattern: &str, name: &str, fold: bool) -> bool {
    let fold = |text: &str| if fold { text.to_lowercase() } else { text.to_owned() };
    let (pattern, name): (Vec<char>, Vec<char>) =
        (fold(pattern).chars().collect(), fold(name).chars().collect());
    let (mut p, mut n) = (0, 0);
    // Where to go back to: the last star, and how much of the name it has taken.
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        if pattern.get(p) == Some(&'*') {
            star = Some((p, n));
            p += 1;
        } else if pattern.get(p).is_some_and(|c| *c == '?' || *c == name[n]) {
            (p, n) = (p + 1, n + 1);
        } else if let Some((at, taken)) = star {
            star = Some((at, taken + 1));
            (p, n) = (at + 1, taken + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, name, matches) in [
            ("wp_*", "wp_posts", true),
            ("wp_*", "my_wp_posts", false),
            ("*_old", "a_old_old", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*", "", true),
            ("a*b*c", "a_b_b_c", true),
            ("größe?", "größen", true),
            ("", "a", false),
        ] {
            assert_eq!(glob(pattern, name, false), matches, "{pattern} {name}");
        }
        assert!(glob("WP_*", "wp_posts", true));
        assert!(!glob("WP_*", "wp_posts", false));
    }
}
