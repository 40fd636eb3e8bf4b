//! The statements that every table wants: found by its keys, listed, counted, inserted, changed, deleted. Written as
//! the query files that a person would write, so that they go the way of every other query. Reads the catalog only.
//!
//! Nothing is generated of which it is not clear what it would do: no `upsert` where more than one key may fire, no
//! `find` without a primary key, no write through a view.

mod relation_names;
mod relations;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use heck::ToSnakeCase;

use sqlparser::ast;

use crate::catalog::{
    Catalog, Column, DefaultValue, Family, IndexKind, SqlType, Table, TableKind, TableName,
};
use crate::config::Generate;
use crate::diagnostic::Diagnostic;
use crate::lower::{self, QueryFile, Relation, TableNames};
use crate::span::Sources;
use crate::typed::TypedQuery;

/// Adds the query files of the tables whose names fit the patterns, still without queries.
pub(crate) fn add(
    catalog: &Catalog,
    generate: &Generate,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<QueryFile> {
    if generate.crud.is_empty() {
        return Vec::new();
    }
    let names = TableNames::new(catalog);
    let chosen = lower::tables_of(catalog, &generate.crud, "generate.crud", diagnostics);
    let links = relations::links(catalog, &chosen);
    let tables = catalog.tables.iter().filter(|table| chosen.contains(&table.name));
    tables
        .map(|table| {
            let row = names.row(&table.name).plain().to_owned();
            let version = version(table, generate);
            let family = catalog.server.family;
            let mut writer =
                Writer { table, row, version, family, text: String::new(), names: BTreeSet::new() };
            writer.read();
            if table.kind == TableKind::Base {
                writer.write();
            }
            let relations = relations::write(&mut writer, &links, &names);
            let path = format!("the table {}", code(&table.name.to_string()));
            let mut file = QueryFile::new(sources.add_unwritten(path, writer.text));
            file.of_table = Some(names.constraints(&table.name).plain().to_owned());
            file.relations = relations;
            file
        })
        .collect()
}

/// Puts the queries of a file beside those before. Where a query file has the name of a table, the table's statements go
/// into its module, but for those of which it has one of the same name: what a person wrote counts.
pub(crate) fn place(file: QueryFile, files: &mut Vec<QueryFile>, sources: &Sources) {
    let Some(module) = &file.of_table else { return files.push(file) };
    let written = files.iter_mut().find(|other| {
        let path = &sources.get(other.file).path;
        other.of_table.is_none()
            && lower::module_name(path.rsplit('/').next().unwrap_or(path)).plain() == module
    });
    match written {
        Some(written) => {
            let taken: BTreeSet<String> =
                written.queries.iter().map(|query| query.statement.name.value.clone()).collect();
            let free = |query: &TypedQuery| !taken.contains(&query.statement.name.value);
            written.queries.extend(file.queries.into_iter().filter(free));
            let free = |relation: &Relation| !taken.contains(&relation.query);
            written.relations.extend(file.relations.into_iter().filter(free));
        }
        None => files.push(file),
    }
}

/// The column that counts the changes of a row, where one is declared.
fn version<'a>(table: &'a Table, generate: &Generate) -> Option<&'a Column> {
    let declared = |column: &&Column| {
        let name = format!("{}.{}", table.name, column.name);
        generate.versions.iter().any(|pattern| lower::matches(pattern, &name))
    };
    let counts = |column: &&Column| {
        matches!(column.ty, SqlType::Int { .. }) && !column.nullable && column.generated.is_none()
    };
    table.columns.iter().filter(declared).find(counts)
}

/// Warnings for statements that change rows and leave alone the column that counts their changes.
pub(crate) fn forgotten_versions(
    catalog: &Catalog,
    generate: &Generate,
    files: &[QueryFile],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let queries = files.iter().flat_map(|file| &file.queries);
    for query in queries.filter(|_| !generate.versions.is_empty()) {
        let updates = matches!(query.statement.ast.as_deref(), Ok(ast::Statement::Update(_)));
        let names = |column: &str| {
            let text = query.statement.written.text.to_lowercase();
            text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == column.to_lowercase())
        };
        for table in query.writes.iter().filter(|_| updates) {
            let table = catalog.table(table.schema.as_deref(), &table.name);
            let Some(column) = table.and_then(|table| version(table, generate)) else { continue };
            if !names(&column.name) {
                let name = &query.statement.name;
                let message = format!("`{}` changes rows and not their `{}`", name.value, column.name);
                found.push(
                    Diagnostic::warning("forgotten-version", message)
                        .at(name.span, "who has read the row does not notice")
                        .help(format!(
                            "set `{column} = {column} + 1`, and write `WHERE ... AND {column} = :{column}` with `:execversion`",
                            column = column.name
                        )),
                );
            }
        }
    }
    found
}

struct Writer<'a> {
    table: &'a Table,
    /// The name of its DTO.
    row: String,
    /// The column that counts the changes of a row.
    version: Option<&'a Column>,
    family: Family,
    text: String,
    /// The names of its queries.
    names: BTreeSet<String>,
}

/// A column with the name of its parameter.
#[derive(Clone, Debug)]
struct Value<'a> {
    column: &'a Column,
    param: String,
}

impl Value<'_> {
    /// `` `a` = :a ``.
    fn equals(&self) -> String {
        format!("{} = :{}", quoted(&self.column.name), self.param)
    }
}

impl<'a> Writer<'a> {
    fn read(&mut self) {
        let table = qualified(&self.table.name);
        let key = self.key();
        let order = match &key {
            Some(key) => format!(" ORDER BY {}", columns(key)),
            None => String::new(),
        };
        if let Some(key) = &key {
            let by = conditions(key);
            self.query(
                "find",
                ":opt",
                "The row with this key, if there is one.",
                &format!("SELECT * FROM {table} WHERE {by}"),
            );
            self.query(
                "find_for_update",
                ":opt",
                "As `find`, and locks the row until the transaction ends.",
                &format!("SELECT * FROM {table} WHERE {by} FOR UPDATE"),
            );
            let (left, list) = list_of(key);
            self.query(
                "find_many",
                ":many",
                "The rows with these keys, as far as they are there, ordered by the key.",
                &format!("SELECT * FROM {table} WHERE {left} IN (:{list}){order}"),
            );
            self.query(
                "exists",
                ":one",
                "Is there a row with this key?",
                &format!("-- @column found: bool\nSELECT EXISTS (SELECT 1 FROM {table} WHERE {by}) AS found"),
            );
        }
        for unique in self.unique_keys() {
            let name = format!("find_by_{}", names(&unique));
            let docs = "The row with this value of a unique key, if there is one.";
            self.query(&name, ":opt", docs, &format!("SELECT * FROM {table} WHERE {}", conditions(&unique)));
        }
        let mut listed = BTreeSet::new();
        for foreign in &self.table.foreign_keys {
            let Some(values) = self.values(foreign.columns.iter().map(String::as_str)) else { continue };
            // At most one row refers so: it is found by that key.
            if self.is_key(&values) {
                continue;
            }
            let name = format!("list_by_{}", names(&values));
            if listed.insert(name.clone()) {
                let docs =
                    format!("The rows that refer to this row of {}.", code(&foreign.references.to_string()));
                let sql = format!("SELECT * FROM {table} WHERE {}{order}", conditions(&values));
                self.query(&name, ":many", &docs, &sql);
            }
        }
        self.query("list", ":many", "All rows.", &format!("SELECT * FROM {table}{order}"));
        if let Some([key]) = key.as_deref() {
            let (column, param) = (quoted(&key.column.name), format!("after_{}", key.param));
            self.query(
                "page",
                ":many",
                "The next rows by the key, after the last one of the page before; the first ones without that.",
                &format!(
                    "SELECT * FROM {table}\nWHERE {column} > :{param} -- @if :{param}\nORDER BY {column}\nLIMIT :limit"
                ),
            );
            let param = format!("before_{}", key.param);
            self.query(
                "page_back",
                ":many",
                "The rows before the first one of the page after, the nearest first; the last ones without that.",
                &format!(
                    "SELECT * FROM {table}\nWHERE {column} < :{param} -- @if :{param}\nORDER BY {column} DESC\n\
                     LIMIT :limit"
                ),
            );
        }
        self.query(
            "count",
            ":one",
            "How many rows there are.",
            &format!("SELECT COUNT(*) AS rows_ FROM {table}"),
        );
    }

    fn write(&mut self) {
        self.insert();
        let table = qualified(&self.table.name);
        let Some(key) = self.key() else { return };
        let by = conditions(&key);
        let in_key = |value: &Value<'_>| key.iter().any(|part| part.column.name == value.column.name);
        let version = self.settable().into_iter().find(|value| {
            self.version.is_some_and(|version| version.name == value.column.name) && !in_key(value)
        });
        let counts =
            |value: &Value<'_>| version.as_ref().is_some_and(|own| own.column.name == value.column.name);
        let changed: Vec<Value<'a>> =
            self.settable().into_iter().filter(|value| !in_key(value) && !counts(value)).collect();
        if !changed.is_empty() {
            // Something to begin the list with, which a patch needs in any case.
            let (command, error, first, by) = match &version {
                Some(version) => {
                    let name = quoted(&version.column.name);
                    let by = format!("{by} AND {}", version.equals());
                    (
                        ":execversion",
                        "in this version, or it is an error (`StaleRow`)",
                        format!("{name} = {name} + 1"),
                        by,
                    )
                }
                None => {
                    let name = quoted(&key[0].column.name);
                    (":execone", "or it is an error (`NotFound`)", format!("{name} = {name}"), by.clone())
                }
            };
            let lines = version.iter().map(|_| first.clone()).chain(changed.iter().map(Value::equals));
            let all = lines.collect::<Vec<_>>().join(",\n  ");
            self.named(&format!("{}Update", self.row));
            let docs = format!("Sets every column of the row with this key, which must be there {error}.");
            self.query("update", command, &docs, &format!("UPDATE {table}\nSET {all}\nWHERE {by}"));
            let mut parts = String::new();
            for value in &changed {
                let mark = if value.column.nullable { "?" } else { "" };
                let _ = write!(parts, "\n  , {}{mark} -- @if :{}", value.equals(), value.param);
            }
            self.named(&format!("{}Patch", self.row));
            let docs = format!(
                "Sets the given columns of the row with this key, which must be there {error}. The others keep their\n\
                 values; `Some(None)` is NULL."
            );
            self.query("patch", command, &docs, &format!("UPDATE {table}\nSET {first}{parts}\nWHERE {by}"));
        }
        self.query(
            "delete",
            ":execrows",
            "Deletes the row with this key; says whether there was one (1) or not (0).",
            &format!("DELETE FROM {table} WHERE {by}"),
        );
        let (left, list) = list_of(&key);
        self.query(
            "delete_many",
            ":execrows",
            "Deletes the rows with these keys; says how many there were.",
            &format!("DELETE FROM {table} WHERE {left} IN (:{list})"),
        );
    }

    fn insert(&mut self) {
        let table = qualified(&self.table.name);
        let values = self.settable();
        if values.is_empty() {
            return;
        }
        // What has a value of its own may be left out; AUTO_INCREMENT always is.
        let given: Vec<&Value<'a>> = values.iter().filter(|value| !value.column.auto_increment).collect();
        let (needed, optional): (Vec<&Value<'_>>, Vec<&Value<'_>>) =
            given.iter().copied().partition(|value| !has_default(value.column));
        let automatic = self.table.columns.iter().any(|column| column.auto_increment);
        let (command, docs) = match automatic {
            true => (
                ":execlastid",
                "Inserts a row and answers its id. What is not given has the column's default.",
            ),
            false => (":exec", "Inserts a row. What is not given has the column's default."),
        };
        let mut columns = String::new();
        let mut params = String::new();
        let mut first = true;
        for value in &needed {
            let comma = if first { "" } else { ", " };
            let _ = write!(columns, "{comma}{}", quoted(&value.column.name));
            let _ = write!(params, "{comma}:{}", value.param);
            first = false;
        }
        let anchor = match self.table.columns.iter().find(|column| column.auto_increment) {
            // Without a column to begin with, the first comma would stand alone.
            _ if !first => None,
            Some(column) => Some(quoted(&column.name)),
            None => optional.first().map(|value| quoted(&value.column.name)),
        };
        let mut optional = optional;
        if let Some(anchor) = anchor {
            columns.push_str(&anchor);
            params.push_str("DEFAULT");
            if !automatic {
                optional.remove(0);
            }
        }
        for value in &optional {
            let mark = if value.column.nullable { "?" } else { "" };
            let _ = write!(columns, "\n  , {} -- @if :{}", quoted(&value.column.name), value.param);
            let _ = write!(params, "\n  , :{}{mark} -- @if :{}", value.param, value.param);
        }
        let end = if optional.is_empty() { "" } else { "\n" };
        let sql = format!("INSERT INTO {table} ({columns}{end})\nVALUES ({params}{end})");
        self.named(&format!("New{}", self.row));
        self.query("insert", command, docs, &sql);
        if self.family == Family::MariaDb {
            self.named(&format!("New{}", self.row));
            let docs = "As `insert`, and answers the row as it is there.";
            self.query("insert_returning", ":one", docs, &format!("{sql}\nRETURNING *"));
        }

        let all: Vec<Value<'a>> = given.into_iter().cloned().collect();
        if all.is_empty() {
            return;
        }
        let list = |text: &dyn Fn(&Value<'_>) -> String| all.iter().map(text).collect::<Vec<_>>().join(", ");
        let names = list(&|value| quoted(&value.column.name));
        let params = list(&|value| format!(":{}", value.param));
        let into = format!("INSERT INTO {table} ({names})\nVALUES ({params})");
        self.named(&format!("{}Values", self.row));
        self.query(
            "insert_many",
            ":batch",
            "Inserts rows, all or none, with a value for every column that can be set.",
            &into,
        );
        self.upsert(&all, &into);
    }

    /// Only where it is clear which key fires: one that the inserted values can meet.
    fn upsert(&mut self, all: &[Value<'_>], into: &str) {
        let set = |column: &str| all.iter().any(|value| value.column.name.eq_ignore_ascii_case(column));
        let keys: Vec<Vec<&str>> = self
            .table
            .indexes
            .iter()
            .filter(|index| matches!(index.kind, IndexKind::Primary | IndexKind::Unique))
            .map(|index| index.whole_columns().unwrap_or_default())
            .collect();
        // A key with a column that is never set gets a new value each time; one over a prefix or an expression may fire.
        let may_fire: Vec<&Vec<&str>> =
            keys.iter().filter(|columns| columns.iter().all(|column| set(column))).collect();
        let [key] = may_fire.as_slice() else { return };
        let Some(values) = self.values(key.iter().copied()).filter(|values| !values.is_empty()) else {
            return;
        };
        let others: Vec<String> = all
            .iter()
            .filter(|value| !values.iter().any(|part| part.column.name == value.column.name))
            .map(|value| format!("{name} = VALUES({name})", name = quoted(&value.column.name)))
            .collect();
        if others.is_empty() {
            return;
        }
        let name = format!("upsert_by_{}", names(&values));
        let docs = "Inserts a row, or sets every column of the row that has the key already.";
        self.named(&format!("{}Values", self.row));
        self.query(&name, ":exec", docs, &format!("{into}\nON DUPLICATE KEY UPDATE {}", others.join(", ")));
    }

    /// The name of the params struct of the next query.
    fn named(&mut self, name: &str) {
        let _ = writeln!(self.text, "-- @params {name}");
    }

    fn query(&mut self, name: &str, command: &str, docs: &str, sql: &str) {
        // A line that names the params struct stands below the name.
        let named = self.text.rfind("-- @params ").filter(|at| self.text[*at..].lines().count() == 1);
        let directive = named.map(|at| self.text.split_off(at)).unwrap_or_default();
        let _ = writeln!(self.text, "-- name: {name} {command}");
        self.names.insert(name.to_owned());
        for line in docs.lines() {
            let _ = writeln!(self.text, "-- {line}");
        }
        let _ = writeln!(self.text, "{directive}{sql}\n;\n");
    }

    fn key(&self) -> Option<Vec<Value<'a>>> {
        self.values(self.table.primary_key()?.whole_columns()?)
    }

    /// Whether the columns, in any order, are a primary or unique key.
    fn is_key(&self, values: &[Value<'a>]) -> bool {
        let mut keys = self.key().into_iter().chain(self.unique_keys());
        let names =
            |values: &[Value<'a>]| values.iter().map(|value| value.param.clone()).collect::<BTreeSet<_>>();
        keys.any(|key| names(&key) == names(values))
    }

    fn unique_keys(&self) -> Vec<Vec<Value<'a>>> {
        let unique = self.table.indexes.iter().filter(|index| index.kind == IndexKind::Unique);
        unique.filter_map(|index| self.values(index.whole_columns()?)).collect()
    }

    /// The columns that a statement can set: not those that the server computes.
    fn settable(&self) -> Vec<Value<'a>> {
        self.all().into_iter().filter(|value| value.column.generated.is_none()).collect()
    }

    fn values<'c>(&self, columns: impl IntoIterator<Item = &'c str>) -> Option<Vec<Value<'a>>> {
        let all = self.all();
        let find =
            |name: &str| all.iter().find(|value| value.column.name.eq_ignore_ascii_case(name)).cloned();
        columns.into_iter().map(find).collect()
    }

    fn all(&self) -> Vec<Value<'a>> {
        all(self.table)
    }
}

/// Every column with the name of its parameter: its own, made one that a parameter can have, and distinct.
fn all(table: &Table) -> Vec<Value<'_>> {
    let mut taken = BTreeSet::new();
    table
        .columns
        .iter()
        .map(|column| {
            let base = parameter_name(&column.name);
            let mut param = base.clone();
            let mut number = 2;
            while !taken.insert(param.clone()) {
                param = format!("{base}_{number}");
                number += 1;
            }
            Value { column, param }
        })
        .collect()
}

/// Whether leaving the column out gives it something else than NULL.
fn has_default(column: &Column) -> bool {
    !matches!(column.default, None | Some(DefaultValue::Null))
}

/// Letters, digits and underscores of a name, in snake case.
fn parameter_name(column: &str) -> String {
    let plain: String =
        column.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' }).collect();
    let snake = plain.to_snake_case();
    let usable = snake.chars().next().is_some_and(|first| first.is_alphabetic());
    if usable { snake } else { format!("c_{snake}") }
}

fn names(values: &[Value<'_>]) -> String {
    values.iter().map(|value| value.param.as_str()).collect::<Vec<_>>().join("_and_")
}

fn columns(values: &[Value<'_>]) -> String {
    values.iter().map(|value| quoted(&value.column.name)).collect::<Vec<_>>().join(", ")
}

fn conditions(values: &[Value<'_>]) -> String {
    values.iter().map(Value::equals).collect::<Vec<_>>().join(" AND ")
}

/// What stands before IN, and the name of the list.
fn list_of(key: &[Value<'_>]) -> (String, String) {
    match key {
        [one] => (quoted(&one.column.name), format!("{}s", one.param)),
        several => (format!("({})", columns(several)), "keys".to_owned()),
    }
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

fn qualified(name: &TableName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&name.name)),
        None => quoted(&name.name),
    }
}

fn code(name: &str) -> String {
    // Documentation is one line, whatever the name holds.
    format!("`{}`", name.replace(['`', '\n', '\r'], " "))
}
