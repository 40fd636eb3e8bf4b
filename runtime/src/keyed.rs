//! Rows that know their key.

/// A row of a table with a primary key. Generated code implements it for the DTO of every such table.
///
/// ```
/// use std::collections::HashMap;
/// use std::hash::Hash;
///
/// use porpoise::Keyed;
///
/// fn by_key<T: Keyed<Key: Eq + Hash>>(rows: Vec<T>) -> HashMap<T::Key, T> {
///     rows.into_iter().map(|row| (row.key(), row)).collect()
/// }
/// ```
pub trait Keyed {
    /// The type of the key: that of its column, or a tuple of those of its columns in the order of the key.
    type Key;

    /// The key of this row.
    fn key(&self) -> Self::Key;
}
