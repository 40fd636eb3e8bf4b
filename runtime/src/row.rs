//! Rows as generated code reads them: a cursor over the columns, left to right. Knows nothing of connections.

use std::slice;
use std::vec::IntoIter;

use mysql::{Column, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::value::{Cell, Decode, DecodeError};

/// A type that can be read from consecutive columns of a row. Generated row types implement it; every [`Decode`] type
/// is one of a single column.
pub trait FromRow: Sized {
    /// How many columns it reads.
    const COLUMNS: usize;

    /// Reads just that many columns from the cursor.
    ///
    /// # Errors
    /// When a column holds no value of its type.
    fn from_row(row: &mut Row<'_>) -> Result<Self>;
}

impl<T: Decode> FromRow for T {
    const COLUMNS: usize = 1;

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        row.get()
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: FromRow),*> FromRow for ($($name,)*) {
            const COLUMNS: usize = 0 $(+ $name::COLUMNS)*;

            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(($($name::from_row(row)?,)*))
            }
        }
    };
}

tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);

/// A cursor over one row of a result: each call reads the next column or columns.
pub struct Row<'r> {
    /// Those that are left. The driver has `None` for what was taken out of a row, which nobody does here.
    values: IntoIter<Option<Value>>,
    /// The columns of those.
    left: slice::Iter<'r, Column>,
    columns: &'r [Column],
    /// Where in the result each of them stands; empty where that is their order here.
    order: &'r [usize],
}

impl<'r> Row<'r> {
    pub(crate) fn new(values: Vec<Option<Value>>, columns: &'r [Column]) -> Self {
        Self { values: values.into_iter(), left: columns.iter(), columns, order: &[] }
    }

    /// Reads the next column.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it holds no value of the type.
    #[inline]
    pub fn get<T: Decode>(&mut self) -> Result<T> {
        let cell = self.cell()?;
        T::decode(cell).map_err(|error| self.decode_error(error))
    }

    /// Reads the next column, a zero date (`0000-00-00`) as `None` like NULL.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it holds another thing that is no value of the type.
    pub fn get_zero_date_as_null<T: Decode>(&mut self) -> Result<Option<T>> {
        let cell = self.cell()?;
        if cell.is_null() || cell.is_zero_date() {
            return Ok(None);
        }
        T::decode(cell).map(Some).map_err(|error| self.decode_error(error))
    }

    /// Reads the next `T::COLUMNS` columns, or skips them and gives `None` when all are NULL: the optional side of an
    /// outer join.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when some are NULL, or others do not fit.
    pub fn optional<T: FromRow>(&mut self) -> Result<Option<T>> {
        if self.skip_nulls(T::COLUMNS) { Ok(None) } else { T::from_row(self).map(Some) }
    }

    /// Moves past the next columns if all of them are NULL.
    fn skip_nulls(&mut self, columns: usize) -> bool {
        let all_null = self
            .values
            .as_slice()
            .get(..columns)
            .is_some_and(|values| values.iter().all(|value| matches!(value, None | Some(Value::NULL))));
        if all_null {
            self.skip(columns);
        }
        all_null
    }

    /// Reads the column so many further on, and stays where it is: for generated code.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    #[doc(hidden)]
    #[inline]
    pub fn ahead<T: Decode>(&self, offset: usize) -> Result<T> {
        let left = self.left.as_slice();
        let (Some(value), Some(column)) = (self.values.as_slice().get(offset), left.get(offset)) else {
            return Err(column_count(self.columns.len() + 1, self.columns.len()));
        };
        T::decode(Cell::new(value.clone().unwrap_or(Value::NULL), column)).map_err(|error| {
            let name = column.name_str();
            Error::new(ErrorKind::Decode).detail(format!("column `{name}`: {error}"))
        })
    }

    /// The value so many columns further on.
    pub(crate) fn peek(&self, offset: usize) -> Option<&Value> {
        self.values.as_slice().get(offset)?.as_ref()
    }

    /// Moves past the next columns.
    pub(crate) fn skip(&mut self, columns: usize) {
        if columns > 0 {
            self.values.nth(columns - 1);
            self.left.nth(columns - 1);
        }
    }

    /// A row that has been read from nowhere, with its columns in another order. `columns` keeps what is needed for all
    /// rows of a result, and is empty at the first.
    pub(crate) fn in_order<'o>(
        &mut self,
        order: &'o [usize],
        columns: &'o mut Vec<Column>,
    ) -> Result<Row<'o>> {
        let mut values: Vec<Option<Value>> = self.values.by_ref().collect();
        if order.len() != values.len() {
            return Err(column_count(order.len(), values.len()));
        }
        if columns.is_empty() {
            columns.extend(order.iter().filter_map(|place| self.columns.get(*place).cloned()));
        }
        let values = order.iter().map(|place| values.get_mut(*place).and_then(Option::take)).collect();
        Ok(Row { order, ..Row::new(values, columns) })
    }

    #[inline]
    fn cell(&mut self) -> Result<Cell<'r>> {
        match (self.values.next(), self.left.next()) {
            (Some(value), Some(column)) => Ok(Cell::new(value.unwrap_or(Value::NULL), column)),
            _ => Err(column_count(self.columns.len() + 1, self.columns.len())),
        }
    }

    /// Says which column it was; the cursor is already past it.
    #[cold]
    fn decode_error(&self, error: DecodeError) -> Error {
        let position = self.columns.len() - self.left.len();
        let name = self.columns.get(position - 1).map(|column| column.name_str().into_owned());
        let position = self.order.get(position - 1).map_or(position, |place| place + 1);
        Error::new(ErrorKind::Decode)
            .detail(format!("column {position} `{}`: {error}", name.unwrap_or_default()))
    }
}

/// The result has another number of columns than the generated code reads.
#[cold]
pub(crate) fn column_count(expected: usize, found: usize) -> Error {
    Error::new(ErrorKind::SchemaDrift)
        .detail(format!("the generated code reads {expected} columns and the result has {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mysql::consts::ColumnType::MYSQL_TYPE_LONG;

    fn with_row<R>(values: &[Value], read: impl FnOnce(&mut Row<'_>) -> R) -> R {
        let columns: Vec<Column> =
            values.iter().map(|_| Column::new(MYSQL_TYPE_LONG).with_name(b"n")).collect();
        read(&mut Row::new(values.iter().cloned().map(Some).collect(), &columns))
    }

    #[test]
    fn an_optional_side_of_nulls_is_none_and_is_skipped() {
        let values = [Value::NULL, Value::NULL, Value::Int(3)];
        with_row(&values, |row| {
            assert_eq!(row.optional::<(i32, i32)>().unwrap(), None);
            assert_eq!(row.get::<i32>().unwrap(), 3);
        });
    }

    #[test]
    fn a_half_null_side_is_an_error_that_names_the_column() {
        let error = with_row(&[Value::Int(1), Value::NULL], |row| row.optional::<(i32, i32)>()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("column 2 `n`"), "{error}");
    }

    #[test]
    fn reading_past_the_end_is_drift() {
        let error = with_row(&[Value::Int(1)], |row| row.optional::<(i32, i32)>()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SchemaDrift);
    }
}
