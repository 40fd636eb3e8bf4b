//! Data sets, made from the catalog alone: they keep types, NOT NULL and unique keys, and nothing else. Foreign keys
//! in particular are left unmatched on purpose.

use mysql::Value;
use mysql::prelude::Queryable;
use porpoise_codegen::catalog::{Column, SqlType, Table, TableKind};

use crate::prng::Prng;
use crate::server::Database;
use crate::values::domain;
use crate::{Result, quote};

/// What the rows of a data set are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DataSet {
    /// No rows.
    Empty,
    /// One row for each table, with NULL in every column that can have it.
    Lone,
    /// Extreme values, NULLs, and keys that match nothing.
    Extreme,
    /// Zeros, empty texts and zero dates.
    Zero,
    /// Ordinary values that often meet, and NULLs.
    Mixed,
    /// More of the same, in other combinations.
    Crowded,
    /// Ordinary values and no NULL at all.
    Full,
}

impl DataSet {
    /// All of them.
    pub(crate) const ALL: [DataSet; 7] = [
        DataSet::Empty,
        DataSet::Lone,
        DataSet::Extreme,
        DataSet::Zero,
        DataSet::Mixed,
        DataSet::Crowded,
        DataSet::Full,
    ];

    fn rows(self) -> usize {
        match self {
            DataSet::Empty => 0,
            DataSet::Lone => 1,
            DataSet::Extreme | DataSet::Zero => 4,
            DataSet::Mixed | DataSet::Full => 5,
            DataSet::Crowded => 8,
        }
    }

    /// In how many of 100 cases a column that can be NULL is.
    fn nulls(self, row: usize) -> usize {
        match self {
            DataSet::Empty | DataSet::Lone => 100,
            DataSet::Extreme | DataSet::Zero if row == 0 => 100,
            DataSet::Extreme | DataSet::Zero => 20,
            DataSet::Mixed => 35,
            DataSet::Crowded => 20,
            DataSet::Full => 0,
        }
    }
}

/// Replaces the rows of all base tables by those of a data set.
pub(crate) fn load(database: &mut Database, set: DataSet, seed: u64) -> Result<()> {
    database.relax()?;
    let tables: Vec<Table> =
        database.catalog.tables.iter().filter(|table| table.kind == TableKind::Base).cloned().collect();
    database.conn.query_drop("START TRANSACTION")?;
    for (number, table) in tables.iter().enumerate() {
        let name = quote(&table.name.name);
        database.conn.query_drop(format!("DELETE FROM {name}"))?;
        let mut prng = Prng::new(seed ^ (number as u64) << 8 ^ set as u64);
        let columns: Vec<&Column> =
            table.columns.iter().filter(|column| column.generated.is_none()).collect();
        let names: Vec<String> = columns.iter().map(|column| quote(&column.name)).collect();
        let places = vec!["?"; columns.len()].join(", ");
        let insert = format!("INSERT INTO {name} ({}) VALUES ({places})", names.join(", "));
        let mut failure = None;
        let mut loaded = 0;
        for row in 0..set.rows() {
            // A row that collides with another in a unique key is drawn anew.
            for attempt in 0..12 {
                let values: Vec<Value> =
                    columns.iter().map(|column| value(&mut prng, table, column, set, row, attempt)).collect();
                match database.conn.exec_drop(&insert, values) {
                    Ok(()) => {
                        loaded += 1;
                        break;
                    }
                    Err(mysql::Error::MySqlError(error)) => failure = Some(error),
                    Err(error) => return Err(error.into()),
                }
            }
        }
        if let (true, Some(error)) = (loaded == 0 && set.rows() > 0, failure) {
            return Err(format!("no row of {set:?} could be put into {name}: {error}").into());
        }
    }
    database.conn.query_drop("COMMIT")?;
    database.pin()
}

fn value(prng: &mut Prng, table: &Table, column: &Column, set: DataSet, row: usize, attempt: usize) -> Value {
    if column.nullable && prng.chance(set.nulls(row)) {
        return Value::NULL;
    }
    let leads_key = table.primary_key().is_some_and(|key| {
        key.whole_columns().is_some_and(|columns| columns.first().is_some_and(|first| *first == column.name))
    });
    // Keys count up, so that rows have some to meet; the unusual sets have unusual keys too.
    if leads_key && matches!(column.ty, SqlType::Int { .. }) && attempt < 4 {
        match set {
            DataSet::Empty | DataSet::Lone | DataSet::Mixed | DataSet::Crowded | DataSet::Full => {
                return Value::Int(row as i64 + 1);
            }
            DataSet::Extreme | DataSet::Zero => {}
        }
    }
    let domain = domain(&column.ty);
    let choice = match set {
        DataSet::Extreme => &domain.extreme,
        DataSet::Zero if row < 2 => &domain.zero,
        DataSet::Empty
        | DataSet::Lone
        | DataSet::Zero
        | DataSet::Mixed
        | DataSet::Crowded
        | DataSet::Full => &domain.ordinary,
    };
    // What cannot be drawn from the few values of a set is made up.
    if attempt > 6 {
        if let SqlType::Text { length, .. } = &column.ty {
            let text = format!("{}", prng.below(1000));
            let room = length.map_or(text.len(), |length| length as usize);
            return Value::Bytes(text.into_bytes().into_iter().take(room).collect());
        }
        if let SqlType::Int { .. } = &column.ty {
            return Value::Int(prng.below(100) as i64);
        }
    }
    prng.pick(choice).clone()
}
