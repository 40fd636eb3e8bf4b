//! What differs between the tables that the code relies on and those that a server has. Pure: both sides are given.

use super::description::{Column, Filled, Key, Table, TableKind, Usage};
use super::difference::{DifferenceKind, SchemaDifference};

/// Compares. `fold` says that the server's names of tables do not depend on case.
pub(super) fn compare(expected: &[Table], found: &[Table], fold: bool) -> Vec<SchemaDifference> {
    let mut differences = Vec::new();
    for table in expected {
        let is = |other: &&Table, fold: bool| {
            same(&other.name, &table.name, fold)
                && match (&other.schema, &table.schema) {
                    (Some(a), Some(b)) => same(a, b, fold),
                    (None, None) => true,
                    (None, Some(_)) | (Some(_), None) => false,
                }
        };
        match found.iter().find(|other| is(other, fold)) {
            Some(other) => Comparison { table, found: other, differences: &mut differences }.run(),
            None => differences.push(missing(table, found.iter().find(|other| is(other, true)))),
        }
    }
    differences
}

fn missing(table: &Table, similar: Option<&Table>) -> SchemaDifference {
    let (kind, name) = (table.kind.word(), table.full_name());
    let hint = match similar {
        Some(similar) => format!("; there is {}, and names depend on case here", similar.full_name()),
        None => ", or the account may not see it".to_owned(),
    };
    let text = format!("{kind} {name} is missing{hint}");
    SchemaDifference::new(DifferenceKind::TableMissing, true, text).of(name, None)
}

fn same(a: &str, b: &str, fold: bool) -> bool {
    a == b || fold && a.to_lowercase() == b.to_lowercase()
}

/// One table beside itself.
struct Comparison<'a> {
    table: &'a Table,
    found: &'a Table,
    differences: &'a mut Vec<SchemaDifference>,
}

impl<'a> Comparison<'a> {
    fn run(&mut self) {
        let (expected, found) = (self.table, self.found);
        if expected.kind != found.kind {
            let (was, is) = (expected.kind.word(), found.kind.word());
            let text = format!("{is} {} was a {was} when the code was generated", expected.full_name());
            // What can be read is read the same way; what may be written depends on the view.
            let breaks = expected.usage != Usage::Read;
            let difference = SchemaDifference::new(DifferenceKind::TableKind, breaks, text);
            self.differences.push(difference.of(expected.full_name(), None));
        }
        // Names of columns and keys never depend on case.
        let column =
            |columns: &'a [Column], name: &str| columns.iter().find(|column| same(&column.name, name, true));
        for wanted in &expected.columns {
            match column(&found.columns, &wanted.name) {
                Some(column) => self.column(wanted, column),
                None => {
                    let text = format!("column {} is missing", wanted.name);
                    self.add(DifferenceKind::ColumnMissing, true, Some(&wanted.name), text);
                }
            }
        }
        for new in &found.columns {
            if column(&expected.columns, &new.name).is_none() {
                self.new_column(new);
            }
        }
        let key = |keys: &'a [Key], name: Option<&str>| {
            keys.iter().find(|key| match (&key.name, name) {
                (None, None) => true,
                (Some(a), Some(b)) => same(a, b, true),
                (None, Some(_)) | (Some(_), None) => false,
            })
        };
        for wanted in &expected.keys {
            self.key(wanted, key(&found.keys, wanted.name.as_deref()));
        }
        for new in &found.keys {
            if key(&expected.keys, new.name.as_deref()).is_none() {
                let text = format!("{} {} is new", key_name(new), new.parts);
                self.add(DifferenceKind::KeyNew, false, new.name.as_deref(), text);
            }
        }
    }

    fn add(&mut self, kind: DifferenceKind, breaks: bool, name: Option<&str>, text: String) {
        let table = self.table.full_name();
        let text = format!("{} {table}: {text}", self.table.kind.word());
        self.differences.push(SchemaDifference::new(kind, breaks, text).of(table, name.map(str::to_owned)));
    }

    fn column(&mut self, expected: &Column, found: &Column) {
        let usage = self.table.usage;
        let written = usage != Usage::Read;
        // Views are written through to tables whose columns say themselves what they take.
        let base = self.table.kind == TableKind::Base;
        let ty = expected.ty != found.ty;
        let collation = collation(expected) != collation(found);
        // What analysis takes for nullable in a view need not be so to the server.
        let null = expected.nullable != found.nullable && (base || found.nullable);
        let filled = expected.filled != found.filled;
        let loses_value = usage >= Usage::Insert && expected.may_be_left_out() && !found.may_be_left_out();
        let loses_number = usage >= Usage::Insert
            && expected.filled == Filled::AutoIncrement
            && found.filled != expected.filled;
        let computed = (expected.filled == Filled::Generated) != (found.filled == Filled::Generated);
        let breaks = ty && !only_longer(&expected.ty, &found.ty)
            || collation
            || null && (found.nullable || written)
            || base && (loses_value || loses_number || written && computed);
        if !breaks && !ty && !null && !filled {
            return;
        }
        // Only what differs is shown beside the type, so that it is seen.
        let show = |column: &Column| {
            let mut text = format!("{} {}", column.ty, if column.nullable { "NULL" } else { "NOT NULL" });
            if filled {
                text.push_str(match column.filled {
                    Filled::No => "",
                    Filled::Default => " DEFAULT ...",
                    Filled::AutoIncrement => " AUTO_INCREMENT",
                    Filled::Generated => " GENERATED",
                });
            }
            if let (true, Some(collation)) = (collation, &column.collation) {
                text.push_str(" COLLATE ");
                text.push_str(collation);
            }
            text
        };
        let text =
            format!("column {} is `{}`, the code expects `{}`", expected.name, show(found), show(expected));
        self.add(DifferenceKind::ColumnChanged, breaks, Some(&expected.name), text);
    }

    fn new_column(&mut self, new: &Column) {
        let usage = self.table.usage;
        let unnamed = usage == Usage::InsertAll;
        let needs_value =
            usage == Usage::Insert && self.table.kind == TableKind::Base && !new.may_be_left_out();
        let why = if unnamed {
            ", and the code inserts rows without naming the columns"
        } else if needs_value {
            " without a default, and the code inserts rows that do not have it"
        } else {
            ""
        };
        let null = if new.nullable { "NULL" } else { "NOT NULL" };
        let text = format!("column {} is new, `{} {null}`{why}", new.name, new.ty);
        self.add(DifferenceKind::ColumnNew, unnamed || needs_value, Some(&new.name), text);
    }

    fn key(&mut self, expected: &Key, found: Option<&Key>) {
        let name = key_name(expected);
        match found {
            Some(found) if found.parts.to_lowercase() == expected.parts.to_lowercase() => {}
            Some(found) => {
                let text = format!("{name} is over {}, the code expects {}", found.parts, expected.parts);
                self.add(DifferenceKind::KeyChanged, true, expected.name.as_deref(), text);
            }
            None => {
                let parts = expected.parts.to_lowercase();
                let other = self.found.keys.iter().find(|key| key.parts.to_lowercase() == parts);
                let hint = other.map(|other| format!("; {} has the same columns", key_name(other)));
                let text = format!("{name} {} is missing{}", expected.parts, hint.unwrap_or_default());
                self.add(DifferenceKind::KeyMissing, true, expected.name.as_deref(), text);
            }
        }
    }
}

fn key_name(key: &Key) -> String {
    match &key.name {
        Some(name) => format!("unique key {name}"),
        None => "primary key".to_owned(),
    }
}

/// `utf8` is what older versions of both servers call `utf8mb3`.
fn collation(column: &Column) -> Option<String> {
    let collation = column.collation.as_ref()?;
    Some(match collation.strip_prefix("utf8_") {
        Some(rest) => format!("utf8mb3_{rest}"),
        None => collation.clone(),
    })
}

/// Whether the one type only holds longer values of the other, of the same Rust type: nothing that fitted does not fit
/// now. BINARY(n) is not among them, because it pads.
fn only_longer(expected: &str, found: &str) -> bool {
    const SIZES: [&[&str]; 2] =
        [&["tinytext", "text", "mediumtext", "longtext"], &["tinyblob", "blob", "mediumblob", "longblob"]];
    let position = |sizes: &[&str], ty: &str| sizes.iter().position(|size| *size == ty);
    let larger_text = SIZES
        .iter()
        .filter_map(|sizes| Some((position(sizes, expected)?, position(sizes, found)?)))
        .any(|(expected, found)| expected < found);
    let longer = ["char", "varchar", "varbinary"].iter().any(|name| {
        let length = |ty: &str| -> Option<u64> {
            ty.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')?.parse().ok()
        };
        length(expected).zip(length(found)).is_some_and(|(expected, found)| expected < found)
    });
    larger_text || longer
}

#[cfg(test)]
mod tests {
    use super::super::description::parse;
    use super::*;

    #[track_caller]
    fn check(expected: &str, found: &str, breaks: &[&str], more: &[&str]) {
        let differences = compare(&parse(expected).unwrap(), &parse(found).unwrap(), false);
        let texts = |wanted: bool| -> Vec<String> {
            differences.iter().filter(|one| one.breaks() == wanted).map(ToString::to_string).collect()
        };
        assert_eq!(
            (texts(true), texts(false)),
            (
                breaks.iter().map(|text| text.to_string()).collect(),
                more.iter().map(|text| text.to_string()).collect()
            )
        );
    }

    #[test]
    fn longer_text_is_only_more_and_other_types_are_not() {
        let table = |ty: &str| format!("table `t`: insert\n  `a` {ty} NULL\n");
        for (expected, found) in
            [("varchar(20)", "varchar(21)"), ("text", "longtext"), ("varbinary(9)", "varbinary(10)")]
        {
            let text = format!("table `t`: column `a` is `{found} NULL`, the code expects `{expected} NULL`");
            check(&table(expected), &table(found), &[], &[&text]);
            let text = format!("table `t`: column `a` is `{expected} NULL`, the code expects `{found} NULL`");
            check(&table(found), &table(expected), &[&text], &[]);
        }
        for (expected, found) in
            [("int", "bigint"), ("binary(8)", "binary(9)"), ("enum('a')", "enum('a','b')"), ("text", "blob")]
        {
            let text = format!("table `t`: column `a` is `{found} NULL`, the code expects `{expected} NULL`");
            check(&table(expected), &table(found), &[&text], &[]);
        }
    }

    #[test]
    fn what_only_readers_do_not_mind() {
        let (nullable, not) = ("  `a` int NULL\n", "  `a` int NOT NULL\n");
        let text = "table `t`: column `a` is `int NOT NULL`, the code expects `int NULL`";
        check(&format!("table `t`: read\n{nullable}"), &format!("table `t`: read\n{not}"), &[], &[text]);
        check(&format!("table `t`: write\n{nullable}"), &format!("table `t`: read\n{not}"), &[text], &[]);
        let new = "table `t`: column `a` is new, `int NOT NULL`";
        check("table `t`: write\n", &format!("table `t`: read\n{not}"), &[], &[new]);
    }

    #[test]
    fn old_and_new_names_of_a_collation_are_one() {
        let table = |collation: &str| format!("table `t`: read\n  `a` text NULL COLLATE {collation}\n");
        check(&table("utf8_bin"), &table("utf8mb3_bin"), &[], &[]);
        let text = "table `t`: column `a` is `text NULL COLLATE utf8mb4_bin`, the code expects `text NULL COLLATE utf8mb3_bin`";
        check(&table("utf8mb3_bin"), &table("utf8mb4_bin"), &[text], &[]);
    }

    #[test]
    fn names_of_tables_depend_on_case_as_the_server_says() {
        let (expected, found) = ("table `T`: read\n", "table `t`: read\n");
        check(expected, found, &["table `T` is missing; there is `t`, and names depend on case here"], &[]);
        assert_eq!(compare(&parse(expected).unwrap(), &parse(found).unwrap(), true), []);
    }
}
