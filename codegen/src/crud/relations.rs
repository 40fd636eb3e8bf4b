//! Which relations there are between tables, and the statements that follow them: for each foreign key in both
//! directions, and across each pure join table. Keys that are compared as text are answered by the server in the
//! spelling that was asked for, because only the server knows which of them are equal.

use std::collections::BTreeSet;

use super::relation_names::{Name, Naming};
use super::{Value, Writer, all, code, qualified, quoted};
use crate::catalog::{Catalog, Column, ForeignKey, IndexKind, SqlType, Table, TableKind, TableName};
use crate::lower::{Form, Relation, Shape, TableNames};

/// A foreign key by which rows can be followed.
#[derive(Clone, Debug)]
pub(super) struct Link<'a> {
    pub(super) child: &'a Table,
    pub(super) key: &'a ForeignKey,
    pub(super) parent: &'a Table,
    /// The columns of the child, and those of the parent.
    columns: Vec<(Value<'a>, &'a Column)>,
}

impl<'a> Link<'a> {
    /// `None` where an end is not chosen, or the key may refer to more than one row, or is not in the DTOs.
    fn new(
        catalog: &'a Catalog,
        chosen: &BTreeSet<TableName>,
        child: &'a Table,
        key: &'a ForeignKey,
    ) -> Option<Self> {
        let parent = catalog.table(key.references.schema.as_deref(), &key.references.name)?;
        let values = all(child);
        let columns: Vec<_> = key
            .columns
            .iter()
            .zip(&key.referenced_columns)
            .map(|(column, referenced)| {
                let own = values.iter().find(|value| value.column.name.eq_ignore_ascii_case(column))?;
                Some((own.clone(), parent.column(referenced)?))
            })
            .collect::<Option<_>>()?;
        let visible = columns.iter().all(|(own, other)| !own.column.invisible && !other.invisible);
        let usable = chosen.contains(&child.name)
            && chosen.contains(&parent.name)
            && child.kind == TableKind::Base
            && parent.kind == TableKind::Base
            && visible
            && has_key_within(parent, &key.referenced_columns);
        usable.then_some(Self { child, key, parent, columns })
    }

    /// Whether at most one row refers to another.
    pub(super) fn is_one_to_one(&self) -> bool {
        has_key_within(self.child, &self.key.columns)
    }

    /// Whether equal keys are the same bytes.
    fn is_exact(&self) -> bool {
        self.columns.iter().all(|(own, other)| own.column.ty == other.ty && is_exact(&other.ty))
    }

    /// Whether the key need not be read apart from the row that has it. A zero date is a key, and in a row may be `None`.
    fn is_within(&self) -> bool {
        let is_date =
            |ty: &SqlType| matches!(ty, SqlType::Date | SqlType::DateTime { .. } | SqlType::Timestamp { .. });
        self.is_exact() && !self.columns.iter().any(|(own, _)| is_date(&own.column.ty))
    }

    fn is_nullable(&self) -> bool {
        self.columns.iter().any(|(own, _)| own.column.nullable)
    }

    fn child_columns(&self, alias: &str) -> Vec<String> {
        self.columns.iter().map(|(own, _)| format!("{alias}.{}", quoted(&own.column.name))).collect()
    }

    fn parent_columns(&self, alias: &str) -> Vec<String> {
        self.columns.iter().map(|(_, other)| format!("{alias}.{}", quoted(&other.name))).collect()
    }

    fn params(&self) -> Vec<String> {
        self.columns.iter().map(|(own, _)| format!(":{}", own.param)).collect()
    }

    /// `child.a = parent.b AND ...`.
    fn join(&self, child: &str, parent: &str) -> String {
        equal(&self.parent_columns(parent), &self.child_columns(child))
    }

    fn is_of_child(&self, table: &Table) -> bool {
        std::ptr::eq(self.child, table)
    }

    fn is_of_parent(&self, table: &Table) -> bool {
        std::ptr::eq(self.parent, table)
    }
}

/// The foreign keys between chosen tables.
pub(super) fn links<'a>(catalog: &'a Catalog, chosen: &BTreeSet<TableName>) -> Vec<Link<'a>> {
    let of = |table: &'a Table| table.foreign_keys.iter().map(move |key| (table, key));
    let keys = catalog.tables.iter().flat_map(of);
    keys.filter_map(|(child, key)| Link::new(catalog, chosen, child, key)).collect()
}

/// Writes the relations of a table.
pub(super) fn write<'a>(writer: &mut Writer<'a>, links: &[Link<'a>], tables: &TableNames) -> Vec<Relation> {
    let table = writer.table;
    let mut out = Out { writer, relations: Vec::new() };
    for link in links.iter().filter(|link| link.is_of_child(table)) {
        let name = out.naming(tables, links).parent(link);
        out.parent(link, &name);
    }
    for link in links.iter().filter(|link| link.is_of_parent(table)) {
        let name = out.naming(tables, links).children(link);
        out.children(link, &name);
    }
    let joins = joins(links, table);
    for (from, to) in &joins {
        let same_end = |other: &(&Link<'_>, &Link<'_>)| std::ptr::eq(other.1.parent, to.parent);
        // Both ways through a join table that leads back are told apart by their columns.
        let lone =
            joins.iter().filter(|other| same_end(other) && !std::ptr::eq(other.1.child, to.child)).count()
                == 0;
        let name = out.naming(tables, links).joined(from, to, lone);
        out.joined(from, to, &name);
    }
    out.relations
}

/// Where the pure join tables of a table lead.
fn joins<'l, 'a>(links: &'l [Link<'a>], table: &Table) -> Vec<(&'l Link<'a>, &'l Link<'a>)> {
    let mut joins = Vec::new();
    for from in links.iter().filter(|link| link.is_of_parent(table)) {
        let join = from.child;
        let mut others = links.iter().filter(|to| to.is_of_child(join) && is_pair(from, to));
        // With a choice of keys it is not clear what the table joins.
        if let (Some(to), None) = (others.next(), others.next())
            && links.iter().filter(|other| is_pair(other, to)).count() == 1
        {
            joins.push((from, to));
        }
    }
    joins
}

/// Whether a table is no more than pairs of these two keys: they make up its primary key, nothing else is unique, and
/// no other column has to be given.
fn is_pair(one: &Link<'_>, other: &Link<'_>) -> bool {
    let join = one.child;
    if !std::ptr::eq(join, other.child) || std::ptr::eq(one.key, other.key) {
        return false;
    }
    let mut both: Vec<String> =
        one.key.columns.iter().chain(&other.key.columns).map(|name| name.to_lowercase()).collect();
    both.sort();
    let primary = join.primary_key().and_then(|key| key.whole_columns()).unwrap_or_default();
    let mut primary: Vec<String> = primary.into_iter().map(str::to_lowercase).collect();
    primary.sort();
    let is_key = |column: &Column| primary.contains(&column.name.to_lowercase());
    both == primary
        && join.columns.iter().all(|column| is_key(column) || column.has_implicit_value())
        && join.indexes.iter().all(|index| index.kind != IndexKind::Unique)
}

/// Whether some of the columns are a key, so that at most one row has given values in all of them.
fn has_key_within(table: &Table, columns: &[String]) -> bool {
    let keys =
        table.indexes.iter().filter(|index| matches!(index.kind, IndexKind::Primary | IndexKind::Unique));
    let within = |name: &str| columns.iter().any(|column| column.to_lowercase() == name.to_lowercase());
    keys.filter_map(|index| index.whole_columns()).any(|key| key.into_iter().all(within))
}

/// Whether values of a type that the server calls equal are the same bytes for a client.
fn is_exact(ty: &SqlType) -> bool {
    match ty {
        SqlType::Null
        | SqlType::Text { .. }
        | SqlType::Float { .. }
        | SqlType::Double { .. }
        | SqlType::Json
        | SqlType::Vector { .. }
        | SqlType::Geometry { .. } => false,
        SqlType::Bool { .. }
        | SqlType::Int { .. }
        | SqlType::Bit { .. }
        | SqlType::Decimal { .. }
        | SqlType::Bytes { .. }
        | SqlType::Enum { .. }
        | SqlType::Set { .. }
        | SqlType::Date
        | SqlType::DateTime { .. }
        | SqlType::Timestamp { .. }
        | SqlType::Time { .. }
        | SqlType::Year
        | SqlType::Uuid
        | SqlType::Inet4
        | SqlType::Inet6 => true,
    }
}

/// Where relations are written to.
struct Out<'w, 'a> {
    writer: &'w mut Writer<'a>,
    relations: Vec<Relation>,
}

/// How many keys a statement takes, for the documentation.
const SENTENCE: &str = "\nTakes one statement for some thousands of rows.";

impl<'a> Out<'_, 'a> {
    fn naming<'n>(&'n self, tables: &'n TableNames, links: &'n [Link<'a>]) -> Naming<'n, 'a> {
        Naming { tables, links, taken: &self.writer.names }
    }

    /// The row that a foreign key refers to.
    fn parent(&mut self, link: &Link<'_>, name: &str) {
        let (parent, child) = (qualified(&link.parent.name), qualified(&link.child.name));
        let of = Of::child(link);
        let to = format!("the row of {} that {} refers to", shown(link.parent), named(&link.key.columns));
        let key = link.parent_columns("t");
        self.query(
            (name, if link.is_nullable() { ":opt" } else { ":one" }),
            &match link.is_nullable() {
                true => format!("{}; `None` where that is NULL.", capital(&to)),
                false => format!("{}.", capital(&to)),
            },
            &format!("SELECT t.* FROM {parent} AS t WHERE {}", equal(&key, &link.params())),
            of.relation(name, Some(link.parent), Form::Method { function: false }),
        );
        let name = format!("{name}_of");
        let within = link.is_within().then(|| link.key.referenced_columns.clone());
        let sql = if link.is_exact() {
            let before = if within.is_some() { String::new() } else { key.join(", ") + ", " };
            format!("SELECT {before}t.* FROM {parent} AS t WHERE {} IN (:keys)", tuple(&key))
        } else {
            let own = link.child_columns("c");
            let spelled: Vec<String> =
                own.iter().enumerate().map(|(at, column)| format!("MIN({column}) AS k{at}")).collect();
            let keys: Vec<String> = (0..own.len()).map(|at| format!("k.k{at}")).collect();
            let bytes: Vec<String> = own.iter().map(|column| format!("CAST({column} AS BINARY)")).collect();
            format!(
                "SELECT {}, t.* FROM (SELECT {} FROM {child} AS c WHERE {} IN (:keys) GROUP BY {}) AS k \
                 JOIN {parent} AS t ON {}",
                keys.join(", "),
                spelled.join(", "),
                tuple(&own),
                bytes.join(", "),
                equal(&key, &keys)
            )
        };
        let shape = if link.is_nullable() { Shape::SharedOptions } else { Shape::Shared };
        self.query(
            (&name, ":many"),
            &format!("For each of these rows {to}: each such row is read once, and shared.{SENTENCE}"),
            &sql,
            Relation { within, ..of.relation(&name, Some(link.parent), Form::Many(shape)) },
        );
    }

    /// The rows that refer to a row.
    fn children(&mut self, link: &Link<'_>, name: &str) {
        let (parent, child) = (qualified(&link.parent.name), qualified(&link.child.name));
        let of = Of::parent(link);
        let key = link.child_columns("t");
        let single = link.is_one_to_one();
        let by = format!("this one by {}", named(&link.key.columns));
        let what = match single {
            true => format!("the row of {} that refers to {by}", shown(link.child)),
            false => format!("the rows of {} that refer to {by}", shown(link.child)),
        };
        let order = if single { String::new() } else { order_by(&[], link.child) };
        self.query(
            (name, if single { ":opt" } else { ":many" }),
            &match single {
                true => format!("{}, if there is one.", capital(&what)),
                false => format!("{}, ordered by their key.", capital(&what)),
            },
            &format!("SELECT t.* FROM {child} AS t WHERE {}{order}", equal(&key, &link.params())),
            of.relation(name, Some(link.child), Form::Method { function: false }),
        );
        let (from, keys) = match link.is_exact() {
            true => (format!("{child} AS t"), key.clone()),
            false => (
                format!("{parent} AS p JOIN {child} AS t ON {}", link.join("t", "p")),
                link.parent_columns("p"),
            ),
        };
        let list = format!("FROM {from} WHERE {} IN (:keys)", tuple(&keys));
        let (shape, order) = match single {
            true => (Shape::Options, String::new()),
            false => (Shape::Lists, order_by(&keys, link.child)),
        };
        let each = what.replace("this one", "it");
        let within = link.is_within().then(|| link.key.columns.clone());
        let before = if within.is_some() { String::new() } else { keys.join(", ") + ", " };
        self.query(
            (&format!("{name}_of"), ":many"),
            &format!("For each of these rows {each}.{SENTENCE}"),
            &format!("SELECT {before}t.* {list}{order}"),
            Relation { within, ..of.relation(&format!("{name}_of"), Some(link.child), Form::Many(shape)) },
        );
        if !single {
            let one =
                format!("SELECT COUNT(*) AS rows_ FROM {child} AS t WHERE {}", equal(&key, &link.params()));
            let refer = format!("rows of {} refer to {by}", shown(link.child));
            self.counts(name, &of, &refer, &one, &keys, &list);
        }
    }

    fn counts(&mut self, name: &str, of: &Of<'_>, what: &str, one: &str, keys: &[String], list: &str) {
        let name = format!("{name}_count");
        self.query(
            (&name, ":one"),
            &format!("How many {what}."),
            one,
            of.relation(&name, None, Form::Method { function: false }),
        );
        let name = format!("{name}_of");
        let keys = keys.join(", ");
        self.query(
            (&name, ":many"),
            &format!("For each of these rows how many {}.{SENTENCE}", what.replace("this one", "it")),
            &format!("SELECT {keys}, COUNT(*) AS rows_ {list} GROUP BY {keys}"),
            of.relation(&name, None, Form::Many(Shape::Counts)),
        );
    }

    /// The rows beyond a join table.
    fn joined(&mut self, from: &Link<'_>, to: &Link<'_>, name: &Name) {
        let (start, join, end) =
            (qualified(&from.parent.name), qualified(&to.child.name), qualified(&to.parent.name));
        let of = Of::parent(from);
        let own = from.child_columns("j");
        let what = format!("the rows of {} that {} joins with this one", shown(to.parent), shown(to.child));
        let beyond = format!("JOIN {end} AS t ON {}", to.join("j", "t"));
        let order = order_by(&[], to.parent);
        self.query(
            (&name.all, ":many"),
            &format!("{}, ordered by their key.", capital(&what)),
            &format!("SELECT t.* FROM {join} AS j {beyond} WHERE {}{order}", equal(&own, &from.params())),
            of.relation(&name.all, Some(to.parent), Form::Method { function: true }),
        );
        let (source, keys) = match from.is_exact() {
            true => (format!("{join} AS j"), own.clone()),
            false => (
                format!("{start} AS p JOIN {join} AS j ON {}", from.join("j", "p")),
                from.parent_columns("p"),
            ),
        };
        let listed = format!("WHERE {} IN (:keys)", tuple(&keys));
        let many = format!("{}_of", name.all);
        self.query(
            (&many, ":many"),
            &format!("For each of these rows {}.{SENTENCE}", what.replace("this one", "it")),
            &format!(
                "SELECT {}, t.* FROM {source} {beyond} {listed}{}",
                keys.join(", "),
                order_by(&keys, to.parent)
            ),
            of.relation(&many, Some(to.parent), Form::Many(Shape::Lists)),
        );
        let one = format!("SELECT COUNT(*) AS rows_ FROM {join} AS j WHERE {}", equal(&own, &from.params()));
        let joined = format!("rows of {} {} joins with this one", shown(to.parent), shown(to.child));
        self.counts(&name.all, &of, &joined, &one, &keys, &format!("FROM {source} {listed}"));
        self.links(from, to, name, &join);
    }

    /// The functions that write the rows of a join table.
    fn links(&mut self, from: &Link<'_>, to: &Link<'_>, name: &Name, join: &str) {
        let writers = name.writers();
        let bare = |link: &Link<'_>| -> Vec<String> {
            link.columns.iter().map(|(own, _)| quoted(&own.column.name)).collect()
        };
        let (ours, theirs) = (bare(from), bare(to));
        let columns: Vec<String> = ours.iter().chain(&theirs).cloned().collect();
        let params: Vec<String> = from.params().into_iter().chain(to.params()).collect();
        // Not INSERT IGNORE, which would take a key that refers to nothing for a row that is there.
        let insert = format!(
            "INSERT INTO {join} ({}) VALUES ({}) ON DUPLICATE KEY UPDATE {first} = {first}",
            columns.join(", "),
            params.join(", "),
            first = ours[0],
        );
        let (of, rows) = (shown(from.parent), shown(to.parent));
        self.plain(
            (&writers.add, ":execrows"),
            &format!(
                "Joins a row of {of} with one of {rows}; says whether they were joined before (0) or not (1)."
            ),
            &insert,
        );
        self.query(
            (&writers.add_many, ":batch"),
            &format!(
                "Joins a row of {of} with rows of {rows}, all or none; says how many were not joined before."
            ),
            &insert,
            Of::parent(from).relation(&writers.add_many, None, Form::Insert),
        );
        self.plain(
            (&writers.remove, ":execrows"),
            &format!("Parts a row of {of} from one of {rows}; says whether they were joined (1) or not (0)."),
            &format!("DELETE FROM {join} WHERE {}", equal(&columns, &params)),
        );
        let list = match to.columns.as_slice() {
            [(one, _)] => format!("{}s", one.param),
            _ => "keys".to_owned(),
        };
        let list = if from.params().contains(&format!(":{list}")) { "all_keys".to_owned() } else { list };
        let all_of = format!("DELETE FROM {join} WHERE {}", equal(&ours, &from.params()));
        self.plain(
            (&writers.remove_many, ":execrows"),
            &format!("Parts a row of {of} from rows of {rows}; says how many were joined."),
            &format!("{all_of} AND {} IN (:{list})", tuple(&theirs)),
        );
        self.query(
            (&writers.set, ":execrows"),
            &format!(
                "Joins a row of {of} with just these rows of {rows}, in one transaction: parts it from all others, and leaves\n\
                 the rows of {} that are there as they are.",
                shown(to.child)
            ),
            &format!("{all_of} AND {} NOT IN (:{list})", tuple(&theirs)),
            Of::parent(from).relation(&writers.set, None, Form::Set { insert: writers.add_many.clone() }),
        );
    }

    fn plain(&mut self, (name, command): (&str, &str), docs: &str, sql: &str) {
        self.writer.query(name, command, docs, sql);
    }

    fn query(&mut self, name: (&str, &str), docs: &str, sql: &str, relation: Relation) {
        self.plain(name, docs, sql);
        self.relations.push(relation);
    }
}

/// The end of a link of whose rows something is asked.
struct Of<'a> {
    table: &'a Table,
    /// Its columns, with the names of their parameters.
    key: Vec<(String, String)>,
}

impl<'a> Of<'a> {
    fn child(link: &Link<'a>) -> Self {
        let key = link.columns.iter().map(|(own, _)| (own.column.name.clone(), own.param.clone()));
        Self { table: link.child, key: key.collect() }
    }

    fn parent(link: &Link<'a>) -> Self {
        let key = link.columns.iter().map(|(own, other)| (other.name.clone(), own.param.clone()));
        Self { table: link.parent, key: key.collect() }
    }

    fn relation(&self, query: &str, rows: Option<&Table>, form: Form) -> Relation {
        Relation {
            query: query.to_owned(),
            of: self.table.name.clone(),
            key: self.key.clone(),
            rows: rows.map(|table| table.name.clone()),
            within: None,
            form,
        }
    }
}

/// By a key, and then by the primary key of the rows called `t`.
fn order_by(key: &[String], table: &Table) -> String {
    let primary = table.primary_key().and_then(|key| key.whole_columns()).unwrap_or_default();
    let primary = primary.into_iter().map(|column| format!("t.{}", quoted(column)));
    let more: Vec<String> = primary.filter(|column| !key.contains(column)).collect();
    let all: Vec<&str> = key.iter().chain(&more).map(String::as_str).collect();
    if all.is_empty() { String::new() } else { format!(" ORDER BY {}", all.join(", ")) }
}

fn equal(left: &[String], right: &[String]) -> String {
    let pairs = left.iter().zip(right).map(|(left, right)| format!("{left} = {right}"));
    pairs.collect::<Vec<_>>().join(" AND ")
}

fn tuple(columns: &[String]) -> String {
    match columns {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

fn shown(table: &Table) -> String {
    code(&table.name.to_string())
}

fn named(columns: &[String]) -> String {
    columns.iter().map(|column| code(column)).collect::<Vec<_>>().join(", ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
