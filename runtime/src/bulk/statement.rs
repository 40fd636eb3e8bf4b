//! What generated code says of a bulk write: constant text only. Knows nothing of connections.

use super::text::{FORMAT, Field};

/// The name by which LOAD DATA asks for its file. There is no such file; the rows are sent.
pub(super) const FILE: &str = "porpoise";

/// The statement of a `:batch` or `:copyfrom` function.
#[derive(Clone, Copy, Debug)]
pub struct Bulk {
    pub(crate) name: &'static str,
    pub(super) form: Form,
}

/// What kind of statement it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// INSERT or REPLACE with one row in VALUES, in three pieces; `row` has all placeholders.
    Rows { head: &'static str, row: &'static str, tail: &'static str, ignore: bool },
    /// Any statement that MariaDB's bulk protocol may run.
    Together(&'static str),
    /// A statement that must be run for each row by itself.
    Each(&'static str),
    /// Columns of a table, one value for each.
    Copy { table: &'static str, columns: &'static [Column] },
}

/// A column of a `:copyfrom`.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name as the author wrote it, quoted where it must be.
    name: &'static str,
    pub(super) field: Field,
}

impl Column {
    /// A column whose value travels as text.
    pub const fn text(name: &'static str) -> Self {
        Self { name, field: Field::Text }
    }

    /// An ENUM or SET column.
    pub const fn member(name: &'static str) -> Self {
        Self { name, field: Field::Member }
    }

    /// A YEAR column.
    pub const fn year(name: &'static str) -> Self {
        Self { name, field: Field::Year }
    }

    /// A BIT column.
    pub const fn bits(name: &'static str) -> Self {
        Self { name, field: Field::Bits }
    }

    /// A column of bytes, geometry included.
    pub const fn bytes(name: &'static str) -> Self {
        Self { name, field: Field::Bytes }
    }
}

impl Bulk {
    /// INSERT or REPLACE with one row in VALUES.
    pub const fn rows(name: &'static str, head: &'static str, row: &'static str, tail: &'static str) -> Self {
        Self { name, form: Form::Rows { head, row, tail, ignore: false } }
    }

    /// INSERT IGNORE with one row in VALUES.
    pub const fn rows_ignoring(
        name: &'static str,
        head: &'static str,
        row: &'static str,
        tail: &'static str,
    ) -> Self {
        Self { name, form: Form::Rows { head, row, tail, ignore: true } }
    }

    /// A statement for each row, which a server may run for all of them in one call.
    pub const fn together(name: &'static str, sql: &'static str) -> Self {
        Self { name, form: Form::Together(sql) }
    }

    /// A statement for each row.
    pub const fn each(name: &'static str, sql: &'static str) -> Self {
        Self { name, form: Form::Each(sql) }
    }

    /// LOAD DATA, or INSERT where the server takes no data from its client.
    pub const fn copy(name: &'static str, table: &'static str, columns: &'static [Column]) -> Self {
        Self { name, form: Form::Copy { table, columns } }
    }
}

/// The text of LOAD DATA. Fields that are not text go through variables.
pub(super) fn load(table: &str, columns: &[Column]) -> String {
    let mut fields = Vec::with_capacity(columns.len());
    let mut sets = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let variable = format!("@porpoise_{}", index + 1);
        match column.field.read(&variable) {
            Some(read) => {
                sets.push(format!("{} = {read}", column.name));
                fields.push(variable);
            }
            None => fields.push(column.name.to_owned()),
        }
    }
    let mut sql =
        format!("LOAD DATA LOCAL INFILE '{FILE}' INTO TABLE {table}{FORMAT} ({})", fields.join(", "));
    if !sets.is_empty() {
        sql.push_str(" SET ");
        sql.push_str(&sets.join(", "));
    }
    sql
}

/// Head and row of the INSERT that does the same.
pub(super) fn insert(table: &str, columns: &[Column], ignore: bool) -> (String, String) {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let ignore = if ignore { " IGNORE" } else { "" };
    let head = format!("INSERT{ignore} INTO {table} ({}) VALUES ", names.join(", "));
    (head, format!("({})", vec!["?"; columns.len()].join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[Column::text("a"), Column::bytes("`b c`"), Column::bits("d")];

    #[test]
    fn what_is_not_text_goes_through_a_variable() {
        assert_eq!(
            load("`my db`.t", COLUMNS),
            "LOAD DATA LOCAL INFILE 'porpoise' INTO TABLE `my db`.t CHARACTER SET utf8mb4 FIELDS TERMINATED BY X'09' \
             ESCAPED BY X'5C' LINES TERMINATED BY X'0A' (a, @porpoise_2, @porpoise_3) SET `b c` = UNHEX(@porpoise_2), \
             d = CAST(@porpoise_3 AS UNSIGNED)"
        );
    }

    #[test]
    fn the_insert_has_the_same_columns() {
        let (head, row) = insert("t", COLUMNS, false);
        assert_eq!((head.as_str(), row.as_str()), ("INSERT INTO t (a, `b c`, d) VALUES ", "(?, ?, ?)"));
        assert!(insert("t", COLUMNS, true).0.starts_with("INSERT IGNORE INTO t"));
    }
}
