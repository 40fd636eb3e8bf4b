//! Rows that belong to other rows: which keys are asked for, in how many statements, and what goes to whom. Knows nothing
//! of tables; generated code says how a key comes out of a row that is given, and out of one that is read.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::__codegen::Query;
use crate::error::{Error, ErrorKind, Result};
use crate::executor::{Access, Lease, Read};
use crate::row::{FromRow, Row};
use crate::session::RowSink;
use crate::value::{Encode, Value};

/// How many placeholders a statement has at most. Far below what the servers take, and a power of two, so that full
/// chunks need no padding.
const PLACEHOLDERS: usize = 8_192;

/// Keys of more bytes than these go into another statement, so that each fits into a packet (MariaDB's default has
/// 16 MiB).
const BYTES: usize = 4 * 1024 * 1024;

/// A statement that reads rows by a list of keys.
#[derive(Clone, Copy, Debug)]
pub struct Relation {
    pub(crate) name: &'static str,
    pub(crate) head: &'static str,
    pub(crate) tail: &'static str,
    /// Whether the result begins with the key of each row, and the row comes after it.
    before: bool,
}

impl Relation {
    /// The statement with what is before the list and behind it. Its result begins with the key of each row.
    pub const fn new(name: &'static str, head: &'static str, tail: &'static str) -> Self {
        Self { name, head, tail, before: true }
    }

    /// The same where the key is among the columns of the row.
    pub const fn within(name: &'static str, head: &'static str, tail: &'static str) -> Self {
        Self { name, head, tail, before: false }
    }
}

/// The values of a key, comparable as what is sent to the server for them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(Parts);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Parts {
    One(Part),
    Many(Vec<Part>),
}

#[derive(Clone, Debug)]
struct Part(Value);

impl Key {
    /// The key of some values.
    ///
    /// # Errors
    /// When a value cannot be sent.
    pub fn new(values: &[&dyn Encode]) -> Result<Self> {
        let part = |value: &&dyn Encode| match value.encode() {
            Ok(value) => Ok(Part(value)),
            Err(error) => Err(Error::new(ErrorKind::Encode).detail(error.to_string())),
        };
        Ok(Self(match values {
            [one] => Parts::One(part(one)?),
            several => Parts::Many(several.iter().map(part).collect::<Result<_>>()?),
        }))
    }

    fn parts(&self) -> &[Part] {
        match &self.0 {
            Parts::One(part) => std::slice::from_ref(part),
            Parts::Many(parts) => parts,
        }
    }

    /// Nothing is equal to a key with a NULL in it.
    fn has_null(&self) -> bool {
        self.parts().iter().any(|part| matches!(part.0, Value::NULL))
    }

    /// The values to send.
    pub(crate) fn values(&self) -> impl Iterator<Item = Value> + '_ {
        self.parts().iter().map(|part| part.0.clone())
    }

    fn bytes(&self) -> usize {
        self.parts().iter().map(|part| if let Value::Bytes(bytes) = &part.0 { bytes.len() } else { 8 }).sum()
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Double(a), Value::Double(b)) => a.to_bits() == b.to_bits(),
            (a, b) => a == b,
        }
    }
}

impl Eq for Part {}

impl Hash for Part {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Value::NULL => {}
            Value::Bytes(bytes) => bytes.hash(state),
            Value::Int(value) => value.hash(state),
            Value::UInt(value) => value.hash(state),
            Value::Float(value) => value.to_bits().hash(state),
            Value::Double(value) => value.to_bits().hash(state),
            Value::Date(year, month, day, hour, minute, second, micro) => {
                (year, month, day, hour, minute, second, micro).hash(state);
            }
            Value::Time(negative, days, hours, minutes, seconds, micro) => {
                (negative, days, hours, minutes, seconds, micro).hash(state);
            }
        }
    }
}

/// Reads a key: from the front of a row, or ahead of it.
type ReadKey = fn(&mut Row<'_>) -> Result<Key>;

/// For each row that is given the rows that belong to it.
pub fn related_lists<P, R: Borrow<P>, T: FromRow + Clone>(
    db: impl Read,
    relation: Relation,
    rows: impl IntoIterator<Item = R>,
    key: fn(&P) -> Result<Key>,
    read_key: ReadKey,
) -> Result<Vec<Vec<T>>> {
    let given = Given::new(relation, rows, key)?;
    let mut lists: Vec<Vec<T>> = given.nothing();
    given.read(db, T::COLUMNS, read_key, &mut |number, row| {
        lists[number].push(T::from_row(row)?);
        Ok(())
    })?;
    Ok(given.hand_out(lists))
}

/// For each row that is given the one row that belongs to it, if there is one.
pub fn related_options<P, R: Borrow<P>, T: FromRow + Clone>(
    db: impl Read,
    relation: Relation,
    rows: impl IntoIterator<Item = R>,
    key: fn(&P) -> Result<Key>,
    read_key: ReadKey,
) -> Result<Vec<Option<T>>> {
    let given = Given::new(relation, rows, key)?;
    let found = given.at_most_one(db, T::COLUMNS, read_key, T::from_row)?;
    Ok(given.hand_out(found))
}

/// For each row that is given the row that it belongs to, if it belongs to one.
pub fn related_shared_options<P, R: Borrow<P>, T: FromRow>(
    db: impl Read,
    relation: Relation,
    rows: impl IntoIterator<Item = R>,
    key: fn(&P) -> Result<Key>,
    read_key: ReadKey,
) -> Result<Vec<Option<Arc<T>>>> {
    let given = Given::new(relation, rows, key)?;
    let found = given.at_most_one(db, T::COLUMNS, read_key, |row| T::from_row(row).map(Arc::new))?;
    Ok(given.hand_out(found))
}

/// For each row that is given the row that it belongs to.
pub fn related_shared<P, R: Borrow<P>, T: FromRow>(
    db: impl Read,
    relation: Relation,
    rows: impl IntoIterator<Item = R>,
    key: fn(&P) -> Result<Key>,
    read_key: ReadKey,
) -> Result<Vec<Arc<T>>> {
    let found = related_shared_options(db, relation, rows, key, read_key)?;
    let found: Option<Vec<Arc<T>>> = found.into_iter().collect();
    found.ok_or_else(|| Error::new(ErrorKind::NotFound).in_query(relation.name))
}

/// For each row that is given how many rows belong to it.
pub fn related_counts<P, R: Borrow<P>>(
    db: impl Read,
    relation: Relation,
    rows: impl IntoIterator<Item = R>,
    key: fn(&P) -> Result<Key>,
    read_key: ReadKey,
) -> Result<Vec<i64>> {
    let given = Given::new(relation, rows, key)?;
    let found = given.at_most_one(db, 1, read_key, |row| row.get::<i64>())?;
    Ok(given.hand_out(found.into_iter().map(Option::unwrap_or_default).collect()))
}

/// The rows that are given: their keys, each once, and which of these each row has.
struct Given {
    relation: Relation,
    keys: HashMap<Key, usize>,
    /// `None` where the key has a NULL.
    rows: Vec<Option<usize>>,
}

impl Given {
    fn new<P, R: Borrow<P>>(
        relation: Relation,
        rows: impl IntoIterator<Item = R>,
        key: fn(&P) -> Result<Key>,
    ) -> Result<Self> {
        let mut given = Self { relation, keys: HashMap::new(), rows: Vec::new() };
        for row in rows {
            given.push(key(row.borrow()).map_err(|error| error.in_query(relation.name))?);
        }
        Ok(given)
    }

    fn push(&mut self, key: Key) {
        let next = self.keys.len();
        let row = (!key.has_null()).then(|| *self.keys.entry(key).or_insert(next));
        self.rows.push(row);
    }

    /// What is found before anything is read: one for each key.
    fn nothing<T: Default>(&self) -> Vec<T> {
        let mut nothing = Vec::new();
        nothing.resize_with(self.keys.len(), T::default);
        nothing
    }

    fn at_most_one<T>(
        &self,
        db: impl Read,
        columns: usize,
        read_key: ReadKey,
        from_row: impl Fn(&mut Row<'_>) -> Result<T>,
    ) -> Result<Vec<Option<T>>> {
        let mut found: Vec<Option<T>> = self.nothing();
        self.read(db, columns, read_key, &mut |number, row| {
            let one = from_row(row)?;
            match found[number].replace(one) {
                None => Ok(()),
                Some(_) => Err(Error::new(ErrorKind::TooManyRows).in_query(self.relation.name)),
            }
        })?;
        Ok(found)
    }

    /// Reads the rows for all keys, through one session. Without keys nothing is asked.
    fn read(
        &self,
        db: impl Read,
        columns: usize,
        read_key: ReadKey,
        take: &mut dyn FnMut(usize, &mut Row<'_>) -> Result<()>,
    ) -> Result<()> {
        if self.keys.is_empty() {
            return Ok(());
        }
        self.read_on(db.lease(Access::Read), columns, read_key, take)
            .map_err(|error| error.in_query(self.relation.name))
    }

    fn read_on(
        &self,
        lease: Result<Lease<'_>>,
        columns: usize,
        read_key: ReadKey,
        take: &mut dyn FnMut(usize, &mut Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut lease = lease?;
        let session = lease.session()?;
        let mut keys: Vec<(&Key, usize)> = self.keys.iter().map(|(key, number)| (key, *number)).collect();
        keys.sort_unstable_by_key(|(_, number)| *number);
        let keys: Vec<&Key> = keys.into_iter().map(|(key, _)| key).collect();
        let width = keys.first().map_or(1, |key| key.parts().len());
        let columns = if self.relation.before { width + columns } else { columns };
        // Rows of one key mostly come together.
        let mut last: Option<(Key, usize)> = None;
        let mut each = |row: &mut Row<'_>| {
            let key = read_key(row)?;
            let number = match &last {
                Some((before, number)) if *before == key => *number,
                Some(_) | None => {
                    let number = *self.keys.get(&key).ok_or_else(another_spelling)?;
                    last = Some((key, number));
                    number
                }
            };
            take(number, row)
        };
        for chunk in chunks(&keys, width) {
            let query = Query::of_keys(self.relation, width, chunk);
            session.run(query, Some(RowSink { columns, take: &mut each }))?;
        }
        Ok(())
    }

    /// What was found for its key to each row, cloned where rows share a key.
    fn hand_out<T: Clone + Default>(&self, mut found: Vec<T>) -> Vec<T> {
        let mut left = vec![0_usize; found.len()];
        self.rows.iter().flatten().for_each(|number| left[*number] += 1);
        let one = |number: usize| {
            left[number] -= 1;
            if left[number] == 0 { std::mem::take(&mut found[number]) } else { found[number].clone() }
        };
        let mut one = one;
        self.rows.iter().map(|number| number.map(&mut one).unwrap_or_default()).collect()
    }
}

/// Keys by statement.
fn chunks<'k>(keys: &'k [&'k Key], width: usize) -> impl Iterator<Item = &'k [&'k Key]> {
    let most = (PLACEHOLDERS / width.max(1)).max(1);
    let mut rest = keys;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |key: &&&Key| {
            bytes += key.bytes();
            bytes <= BYTES
        };
        let fitting = rest.iter().take(most).take_while(fits).count();
        let (chunk, more) = rest.split_at(fitting.max(1).min(rest.len()));
        rest = more;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// The server takes another spelling of a text for the same key, and it is not known whose it is.
#[cold]
fn another_spelling() -> Error {
    Error::usage(
        "a key was given in another spelling than the table has: give rows as they were read, or read them again",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELATION: Relation = Relation::new("t::q", "", "");

    fn key(values: &[&dyn Encode]) -> Key {
        Key::new(values).unwrap()
    }

    #[test]
    fn keys_are_equal_by_their_values() {
        assert_eq!(key(&[&1_u32]), key(&[&1_u32]));
        assert_ne!(key(&[&1_u32, &"a"]), key(&[&1_u32, &"A"]));
        assert!(key(&[&1_u32, &None::<u32>]).has_null());
        assert_eq!(Key::new(&[&f64::NAN]).unwrap_err().kind(), ErrorKind::Encode);
    }

    #[test]
    fn each_key_is_asked_for_once_and_none_for_null() {
        let rows = [Some(7_u32), None, Some(9), Some(7)];
        let given = Given::new(RELATION, rows.iter(), |row: &Option<u32>| Key::new(&[row])).unwrap();
        assert_eq!(given.keys.len(), 2);
        assert_eq!(given.hand_out(vec![vec!['a'], vec!['b']]), [vec!['a'], vec![], vec!['b'], vec!['a']]);
    }

    #[test]
    fn chunks_end_before_there_are_too_many_keys_or_bytes() {
        let small: Vec<Key> = (0..20_000_u32).map(|number| key(&[&number])).collect();
        let sizes = |keys: &[Key], width| {
            let keys: Vec<&Key> = keys.iter().collect();
            chunks(&keys, width).map(<[_]>::len).collect::<Vec<_>>()
        };
        assert_eq!(sizes(&small, 1), [8_192, 8_192, 3_616]);
        assert_eq!(sizes(&small[..8_192], 2), [4_096, 4_096]);
        let large: Vec<Key> = (0..3).map(|_| key(&[&vec![0_u8; BYTES / 2]])).collect();
        assert_eq!(sizes(&large, 1), [2, 1]);
        assert_eq!(sizes(&[key(&[&vec![0_u8; BYTES + 1]])], 1), [1]);
        assert_eq!(sizes(&[], 1), [0_usize; 0]);
    }
}
