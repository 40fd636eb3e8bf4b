//! What `@nest` claims: that the key of a level decides its columns, and that nothing is left out with what it stands in.

use std::collections::BTreeMap;

use mysql::{Row, Value};
use porpoise_codegen::typed::TypedQuery;

/// What the rows of a run say of the claims.
pub(crate) struct Nested {
    /// How many outer rows they fold into.
    pub(crate) outer_rows: u64,
    /// The claims that do not hold, in words.
    pub(crate) refuted: Vec<String>,
}

/// Looks at the rows of a query with `@nest`; `None` for another one.
pub(crate) fn look(query: &TypedQuery, rows: &[Row]) -> Option<Nested> {
    let nesting = query.nesting.as_ref()?;
    let collections = &nesting.collections;
    let outer: Vec<usize> = (0..query.columns.len())
        .filter(|column| !collections.iter().any(|nested| nested.columns.contains(column)))
        .collect();
    let mut seen: Vec<BTreeMap<String, String>> = vec![BTreeMap::new(); collections.len() + 1];
    let mut refuted: Vec<String> = Vec::new();
    for row in rows {
        if is_null(row, &nesting.key) {
            refuted.push("the key of an outer row is NULL".to_owned());
            continue;
        }
        // The key of the element that the row has of each level, with the keys around it.
        let mut keys: Vec<Option<String>> = vec![Some(text(row, &nesting.key))];
        for nested in collections {
            let around = keys[nested.within.map_or(0, |within| within + 1)].clone();
            let there = !is_null(row, &nested.key);
            let alone = nested.columns.iter().any(|column| {
                query.columns[*column].origin.is_some() && row.as_ref(*column) != Some(&Value::NULL)
            });
            if (there && around.is_none()) || (!there && alone) {
                refuted.push(format!("a row has a part of `{}` that would be lost", nested.name.value));
            }
            keys.push(
                around.filter(|_| there).map(|around| format!("{around} / {}", text(row, &nested.key))),
            );
        }
        let levels = std::iter::once(&outer).chain(collections.iter().map(|nested| &nested.columns));
        for (((level, columns), key), seen) in levels.enumerate().zip(keys).zip(&mut seen) {
            let (Some(key), values) = (key, text(row, columns)) else { continue };
            let repeated = level.checked_sub(1).is_some_and(|place| collections[place].distinct);
            if repeated && seen.contains_key(&key) {
                refuted.push("an element comes twice, and is said to come once".to_owned());
            }
            if *seen.entry(key).or_insert_with(|| values.clone()) != values {
                let name = level.checked_sub(1).map_or("outer rows", |place| &collections[place].name.value);
                refuted.push(format!("the key of `{name}` does not decide its columns"));
            }
        }
    }
    refuted.sort();
    refuted.dedup();
    Some(Nested { outer_rows: seen[0].len() as u64, refuted })
}

fn is_null(row: &Row, columns: &[usize]) -> bool {
    columns.iter().any(|column| row.as_ref(*column) == Some(&Value::NULL))
}

fn text(row: &Row, columns: &[usize]) -> String {
    let values = columns.iter().filter_map(|column| row.as_ref(*column));
    values.map(|value| value.as_sql(false)).collect::<Vec<_>>().join(", ")
}
