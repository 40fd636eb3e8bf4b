//! Rows of a join folded into structs that hold collections, in one pass: for each level a hash map from its key to what
//! was made of it. Knows nothing of connections and of what the structs are.
//!
//! Keys are compared as the server sent them, byte for byte, and never as a collation or a Rust type would compare
//! them. All rows in which one row of a table takes part bring the same bytes for its columns; two rows of it differ in
//! their key, however the server compares them.

use std::collections::HashMap;

use mysql::{Column, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::row::{FromRow, Row};

/// How the rows of a query become values of `T` that hold collections. Each level reads consecutive columns, the outer
/// rows first.
pub struct Nest<T: 'static> {
    /// Where in the result each column stands, in the order of the levels; empty where that is the order of the result.
    pub order: &'static [usize],
    /// Which of the outer row's columns tell outer rows apart.
    pub key: &'static [usize],
    /// The collections, each after what it stands in.
    pub levels: &'static [Level<T>],
}

/// A collection.
pub struct Level<T: 'static> {
    /// What it stands in: 0 for the outer row, otherwise the level with that number, counted from 1.
    pub within: usize,
    /// How many columns an element has.
    pub columns: usize,
    /// Which of them tell the elements of one collection apart. None of them is NULL in an element: NULL is what an
    /// outer join leaves where there is none.
    pub key: &'static [usize],
    /// Whether no two rows have the same element, so that none has to be looked for. Nothing stands in such a one.
    pub distinct: bool,
    /// Reads an element and appends it. The numbers are the places of the elements around it, the outermost first. Gives
    /// the place of the new one.
    pub add: fn(&mut T, &[usize], &mut Row<'_>) -> Result<usize>,
}

/// Reads an element and appends it; gives its place.
pub fn push<E: FromRow>(elements: &mut Vec<E>, row: &mut Row<'_>) -> Result<usize> {
    elements.push(E::from_row(row)?);
    Ok(elements.len() - 1)
}

/// Takes rows, and gives what they became.
pub(crate) struct Fold<T: 'static> {
    nest: &'static Nest<T>,
    found: Vec<T>,
    outer: Seen,
    levels: Vec<Seen>,
    /// For each level the element of the current row, the outer row first; `None` where it has none.
    current: Vec<Option<Element>>,
    path: Vec<usize>,
    /// The columns of the result in the order of the levels.
    columns: Vec<Column>,
}

/// Something that was made of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Element {
    /// Which one it is among all of its level.
    number: usize,
    /// Its place in the collection that it is in.
    place: usize,
}

/// What a level has seen.
#[derive(Default)]
struct Seen {
    /// The places of its elements, by their numbers.
    places: Vec<usize>,
    /// The numbers of elements whose key is one integer, as most are: nothing is allocated for them.
    integers: HashMap<IntegerKey, usize>,
    last_integer: Option<(IntegerKey, usize)>,
    /// The numbers of others.
    others: HashMap<Vec<u8>, usize>,
    last_other: Option<(Vec<u8>, usize)>,
    /// The key of the row that is looked at, if it is none of one integer.
    key: Vec<u8>,
}

/// The number of the element around it, whether the column is unsigned, and the value's bits.
type IntegerKey = (usize, bool, u64);

/// What a row is to a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// It has no element: its key is NULL.
    Absent,
    /// It has one of an earlier row.
    Known(Element),
    /// It has one that none had before.
    New,
}

impl<T: FromRow> Fold<T> {
    pub(crate) fn new(nest: &'static Nest<T>) -> Self {
        Self {
            nest,
            found: Vec::new(),
            outer: Seen::default(),
            levels: nest.levels.iter().map(|_| Seen::default()).collect(),
            current: vec![None; nest.levels.len() + 1],
            path: Vec::new(),
            columns: Vec::new(),
        }
    }

    /// How many columns the rows have.
    pub(crate) fn width(nest: &Nest<T>) -> usize {
        T::COLUMNS + nest.levels.iter().map(|level| level.columns).sum::<usize>()
    }

    /// The outer rows, in the order in which they came.
    pub(crate) fn finish(self) -> Vec<T> {
        self.found
    }

    /// Takes a row.
    pub(crate) fn take(&mut self, row: &mut Row<'_>) -> Result<()> {
        if self.nest.order.is_empty() {
            return self.fold(row);
        }
        let mut columns = std::mem::take(&mut self.columns);
        let taken = row.in_order(self.nest.order, &mut columns).and_then(|mut row| self.fold(&mut row));
        self.columns = columns;
        taken
    }

    fn fold(&mut self, row: &mut Row<'_>) -> Result<()> {
        let element = match self.outer.look(0, self.nest.key, row) {
            Look::Absent => return Err(Error::new(ErrorKind::Decode).detail("the key of a row is NULL")),
            Look::Known(element) => {
                row.skip(T::COLUMNS);
                element
            }
            Look::New => {
                self.found.push(T::from_row(row)?);
                self.outer.add(self.found.len() - 1)
            }
        };
        let Some(outer) = self.found.get_mut(element.place) else { return Ok(()) };
        self.current[0] = Some(element);
        for (index, (level, seen)) in self.nest.levels.iter().zip(&mut self.levels).enumerate() {
            let look = match self.current[level.within] {
                Some(_) if level.distinct => match level.key.iter().all(|column| is_there(row, *column)) {
                    true => Look::New,
                    false => Look::Absent,
                },
                Some(around) => seen.look(around.number, level.key, row),
                None => Look::Absent,
            };
            let element = match look {
                Look::Absent => None,
                Look::Known(element) => Some(element),
                Look::New => {
                    path(&mut self.path, level.within, self.nest.levels, &self.current);
                    let place = (level.add)(outer, &self.path, row)?;
                    if level.distinct { None } else { Some(seen.add(place)) }
                }
            };
            if look != Look::New {
                row.skip(level.columns);
            }
            self.current[index + 1] = element;
        }
        Ok(())
    }
}

fn is_there(row: &Row<'_>, column: usize) -> bool {
    row.peek(column).is_some_and(|value| *value != Value::NULL)
}

/// The places of the elements around a collection, the outermost first; the outer row is not among them.
fn path<T>(path: &mut Vec<usize>, within: usize, levels: &[Level<T>], current: &[Option<Element>]) {
    path.clear();
    let mut at = within;
    while let Some(level) = at.checked_sub(1).and_then(|index| levels.get(index)) {
        path.extend(current[at].map(|element| element.place));
        at = level.within;
    }
    path.reverse();
}

impl Seen {
    /// Looks for the element of a row, whose next columns are those of the level. A new one takes the next number, and is
    /// to be added.
    fn look(&mut self, around: usize, columns: &[usize], row: &Row<'_>) -> Look {
        let next = self.places.len();
        let integer = match columns {
            [column] => match row.peek(*column) {
                Some(Value::Int(value)) => Some((around, false, value.cast_unsigned())),
                Some(Value::UInt(value)) => Some((around, true, *value)),
                Some(_) | None => None,
            },
            _ => None,
        };
        let number = match integer {
            // Rows that are sorted have mostly the key of the row before.
            Some(key) => match self.last_integer {
                Some((last, number)) if last == key => number,
                Some(_) | None => {
                    let number = *self.integers.entry(key).or_insert(next);
                    self.last_integer = Some((key, number));
                    number
                }
            },
            None => {
                self.key.clear();
                self.key.extend_from_slice(&around.to_ne_bytes());
                if !columns
                    .iter()
                    .all(|column| row.peek(*column).is_some_and(|value| append(&mut self.key, value)))
                {
                    return Look::Absent;
                }
                self.other(next)
            }
        };
        match self.places.get(number) {
            Some(place) => Look::Known(Element { number, place: *place }),
            None => Look::New,
        }
    }

    /// The number of the element with the key in `self.key`, which is `next` for a new one.
    fn other(&mut self, next: usize) -> usize {
        if let Some((last, number)) = &self.last_other
            && *last == self.key
        {
            return *number;
        }
        let number = match self.others.get(&self.key) {
            Some(number) => *number,
            None => {
                self.others.insert(self.key.clone(), next);
                next
            }
        };
        let (last, of_last) = self.last_other.get_or_insert_with(|| (Vec::new(), number));
        last.clone_from(&self.key);
        *of_last = number;
        number
    }

    /// Takes note of the place of the new element that was looked at last.
    fn add(&mut self, place: usize) -> Element {
        let number = self.places.len();
        self.places.push(place);
        Element { number, place }
    }
}

/// Appends a value so that no two sequences of values give the same bytes; false for NULL.
fn append(key: &mut Vec<u8>, value: &Value) -> bool {
    let mut number = |tag: u8, bits: u64| {
        key.push(tag);
        key.extend_from_slice(&bits.to_ne_bytes());
    };
    match value {
        Value::NULL => return false,
        Value::Int(value) => number(1, value.cast_unsigned()),
        Value::UInt(value) => number(2, *value),
        Value::Float(value) => number(3, value.to_bits().into()),
        Value::Double(value) => number(4, value.to_bits()),
        Value::Bytes(bytes) => {
            number(5, bytes.len() as u64);
            key.extend_from_slice(bytes);
        }
        Value::Date(year, month, day, hour, minute, second, micros) => {
            key.push(6);
            key.extend_from_slice(&year.to_ne_bytes());
            key.extend_from_slice(&[*month, *day, *hour, *minute, *second]);
            key.extend_from_slice(&micros.to_ne_bytes());
        }
        Value::Time(negative, days, hours, minutes, seconds, micros) => {
            key.push(7);
            key.extend_from_slice(&days.to_ne_bytes());
            key.extend_from_slice(&[u8::from(*negative), *hours, *minutes, *seconds]);
            key.extend_from_slice(&micros.to_ne_bytes());
        }
    }
    true
}

#[cfg(test)]
#[path = "nest_tests.rs"]
mod tests;
