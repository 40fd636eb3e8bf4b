//! Tables as lines of text. The generator describes what the code relies on in such lines, and
//! `codegen/src/lower/description.rs` is the other half of this file. Names stay as they stand there, in backticks and
//! escaped, so that two of them are equal just when the server's are, and a message can show them as they are.

use crate::error::printable::is_hidden;

/// A table, view or sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// The schema, quoted; `None` is the one connected to.
    pub(super) schema: Option<String>,
    /// The name, quoted.
    pub(super) name: String,
    pub(super) kind: TableKind,
    pub(super) usage: Usage,
    pub(super) columns: Vec<Column>,
    pub(super) keys: Vec<Key>,
}

/// What a [`Table`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableKind {
    Base,
    View,
    Sequence,
}

/// What the generated code does with a table, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Usage {
    Read,
    Write,
    Insert,
    /// It inserts rows without naming the columns.
    InsertAll,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The name, quoted.
    pub(super) name: String,
    /// The type, in the one spelling that both sides make of it.
    pub(super) ty: String,
    pub(super) nullable: bool,
    pub(super) filled: Filled,
    pub(super) collation: Option<String>,
}

/// What a column holds that an INSERT leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    /// NULL, or nothing where it may not be NULL.
    No,
    Default,
    AutoIncrement,
    Generated,
}

/// A primary or unique key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The name, quoted; `None` for the primary key.
    pub(super) name: Option<String>,
    /// Its columns, in parentheses and sorted.
    pub(super) parts: String,
}

impl Table {
    /// `` `name` ``, or `` `schema`.`name` ``.
    pub(super) fn full_name(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{schema}.{}", self.name),
            None => self.name.clone(),
        }
    }
}

impl TableKind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Base => "table",
            Self::View => "view",
            Self::Sequence => "sequence",
        }
    }
}

impl Column {
    /// Can an INSERT leave it out?
    pub(super) fn may_be_left_out(&self) -> bool {
        self.nullable || self.filled != Filled::No
    }
}

/// Reads the lines; `None` if they are not those of a generator that goes with this version.
pub(super) fn parse(text: &str) -> Option<Vec<Table>> {
    let mut tables: Vec<Table> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("  ") {
            None => tables.push(table(line)?),
            Some(entry) => {
                let table = tables.last_mut()?;
                if let Some(parts) = entry.strip_prefix("PRIMARY KEY ") {
                    table.keys.push(Key { name: None, parts: parts.to_owned() });
                } else if let Some(key) = entry.strip_prefix("UNIQUE KEY ") {
                    let (name, parts) = name(key)?;
                    table.keys.push(Key { name: Some(name), parts: parts.strip_prefix(' ')?.to_owned() });
                } else {
                    table.columns.push(column(entry)?);
                }
            }
        }
    }
    Some(tables)
}

fn table(line: &str) -> Option<Table> {
    let (kind, rest) = line.split_once(' ')?;
    let kind = match kind {
        "table" => TableKind::Base,
        "view" => TableKind::View,
        "sequence" => TableKind::Sequence,
        _ => return None,
    };
    let (mut name, mut rest) = self::name(rest)?;
    let mut schema = None;
    if let Some(second) = rest.strip_prefix('.') {
        let (table, after) = self::name(second)?;
        (schema, name, rest) = (Some(name), table, after);
    }
    let usage = match rest.strip_prefix(": ")? {
        "read" => Usage::Read,
        "write" => Usage::Write,
        "insert" => Usage::Insert,
        "insert all" => Usage::InsertAll,
        _ => return None,
    };
    Some(Table { schema, name, kind, usage, columns: Vec::new(), keys: Vec::new() })
}

/// The type has spaces, quotes and words of its own, so what follows it is taken from the end.
fn column(entry: &str) -> Option<Column> {
    let (name, rest) = name(entry)?;
    let mut rest = rest.strip_prefix(' ')?;
    let mut collation = None;
    if let Some((before, last)) = rest.rsplit_once(' ')
        && let Some(before) = before.strip_suffix(" COLLATE")
    {
        (rest, collation) = (before, Some(last.to_owned()));
    }
    let mut filled = Filled::No;
    for (word, meaning) in [
        (" GENERATED", Filled::Generated),
        (" AUTO_INCREMENT", Filled::AutoIncrement),
        (" DEFAULT", Filled::Default),
    ] {
        if let Some(before) = rest.strip_suffix(word) {
            (rest, filled) = (before, meaning);
        }
    }
    let (ty, nullable) = match rest.strip_suffix(" NOT NULL") {
        Some(ty) => (ty, false),
        None => (rest.strip_suffix(" NULL")?, true),
    };
    Some(Column { name, ty: ty.to_owned(), nullable, filled, collation })
}

/// The quoted name at the beginning, and what follows it.
fn name(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('`')?;
    let mut end = 0;
    loop {
        end += inner[end..].find('`')? + 1;
        if !inner[end..].starts_with('`') {
            let (name, rest) = text.split_at(end + 1);
            return Some((name.to_owned(), rest));
        }
        end += 1;
    }
}

/// A name in backticks; one in it is doubled.
pub(super) fn quoted(name: &str) -> String {
    escaped(&format!("`{}`", name.replace('`', "``")))
}

/// A backslash as two, and what cannot be seen as `\u{...}`.
pub(super) fn escaped(entry: &str) -> String {
    let mut line = String::with_capacity(entry.len());
    for c in entry.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            c if is_hidden(c) => line.extend(c.escape_unicode()),
            c => line.push(c),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_whatever_the_names() {
        let text = "\n\
            table `a``b`.`c d: read`: insert all\n\
            \x20 `id` int unsigned NOT NULL AUTO_INCREMENT\n\
            \x20 `x` enum('a COLLATE b','`','NULL') NULL\n\
            \x20 `y ``z`` NULL` varchar(20) NOT NULL DEFAULT COLLATE utf8mb4_bin\n\
            \x20 PRIMARY KEY (`id`)\n\
            \x20 UNIQUE KEY `PRIMARY KEY (` (`x`, `y ``z`` NULL`(10))\n\
            view `v`: read\n";
        let tables = parse(text).unwrap();
        let [table, view] = tables.as_slice() else { panic!("{tables:?}") };
        assert_eq!(table.full_name(), "`a``b`.`c d: read`");
        assert_eq!((table.kind, table.usage), (TableKind::Base, Usage::InsertAll));
        let column = |name: &str, ty: &str, nullable, filled, collation: Option<&str>| Column {
            name: name.to_owned(),
            ty: ty.to_owned(),
            nullable,
            filled,
            collation: collation.map(str::to_owned),
        };
        assert_eq!(
            table.columns,
            [
                column("`id`", "int unsigned", false, Filled::AutoIncrement, None),
                column("`x`", "enum('a COLLATE b','`','NULL')", true, Filled::No, None),
                column("`y ``z`` NULL`", "varchar(20)", false, Filled::Default, Some("utf8mb4_bin")),
            ]
        );
        assert_eq!(table.keys[0], Key { name: None, parts: "(`id`)".to_owned() });
        assert_eq!(table.keys[1].name.as_deref(), Some("`PRIMARY KEY (`"));
        assert_eq!(table.keys[1].parts, "(`x`, `y ``z`` NULL`(10))");
        assert_eq!((view.kind, view.name.as_str(), view.usage), (TableKind::View, "`v`", Usage::Read));
    }

    #[test]
    fn what_is_no_description_is_refused() {
        for text in ["x", "table a: read", "table `a`: drop", "  `a` int NULL", "table `a`: read\n  `a` int"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(quoted("a\n`\\\u{202e}"), r"`a\u{a}``\\\u{202e}`");
    }
}
