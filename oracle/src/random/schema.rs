//! A random schema: a few tables whose columns are of few kinds, so that they meet each other, keys, and views made
//! of random queries.

use std::fmt::Write as _;

use crate::prng::Prng;

use super::query::Generator;

/// What a column or expression is, for the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Decimal,
    Text,
    Date,
}

impl Kind {
    pub(super) const ALL: [Kind; 4] = [Kind::Integer, Kind::Decimal, Kind::Text, Kind::Date];
}

/// The types that columns of a kind have.
const TYPES: [(Kind, &[&str]); 4] = [
    (
        Kind::Integer,
        &[
            "TINYINT",
            "SMALLINT UNSIGNED",
            "MEDIUMINT",
            "INT",
            "INT UNSIGNED",
            "BIGINT",
            "BIGINT UNSIGNED",
            "TINYINT(1)",
        ],
    ),
    (Kind::Decimal, &["DECIMAL(6,2)", "DECIMAL(10,0) UNSIGNED", "DOUBLE", "FLOAT"]),
    (Kind::Text, &["VARCHAR(10)", "CHAR(3)", "TEXT", "ENUM('a','b','z')", "VARCHAR(20)"]),
    (Kind::Date, &["DATE", "DATETIME", "DATETIME(3)", "DATE"]),
];

/// A table or view as the grammar sees it.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Kind)>,
}

/// A random schema.
pub(super) struct Schema {
    /// The statements that make it. Views may be refused.
    pub(super) script: String,
    pub(super) tables: Vec<Table>,
}

/// The schema of a seed.
pub(super) fn schema(seed: u64) -> Schema {
    let mut prng = Prng::new(seed);
    let mut script = String::new();
    let mut tables = Vec::new();
    for number in 0..2 + prng.below(3) {
        let name = format!("t{number}");
        let mut columns = vec![("id".to_owned(), Kind::Integer)];
        let keyed = if prng.chance(85) { " PRIMARY KEY" } else { "" };
        let _ = write!(script, "CREATE TABLE {name} (id INT NOT NULL{keyed}");
        for index in 0..3 + prng.below(4) {
            let (kind, types) = prng.pick(&TYPES);
            let ty = *prng.pick(types);
            let null = if prng.chance(50) { " NOT NULL" } else { "" };
            let unique = if ty != "TEXT" && prng.chance(15) { " UNIQUE" } else { "" };
            // Writing to a string does not fail.
            let _ = write!(script, ", x{index} {ty}{null}{unique}");
            columns.push((format!("x{index}"), *kind));
        }
        script.push_str(");\n");
        tables.push(Table { name, columns });
    }
    for number in 0..prng.below(3) {
        let mut generator = Generator::new(prng.next(), &tables, false);
        let (query, columns) = generator.query(2, None);
        let name = format!("v{number}");
        let _ = writeln!(script, "CREATE VIEW {name} AS {};", query.sql());
        tables.push(Table { name, columns });
    }
    Schema { script, tables }
}
