//! A statement on its way to the server: the constant text of generated code with its values. Nothing but constant text
//! and placeholders ever enters the text.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind, Result};
use crate::relations::{Key, Relation};
use crate::value::{Encode, EncodeError, Value};

/// The most placeholders that a prepared statement can have.
const MOST_PLACEHOLDERS: usize = 65_535;

/// Up to here lists are padded to a power of two, so that few texts of one statement reach the statement cache.
const LONGEST_PADDED: usize = 32_768;

/// A statement with its values. A value that cannot be sent is remembered and comes out when it is run.
pub struct Query {
    name: &'static str,
    sql: Cow<'static, str>,
    arguments: Arguments,
    /// What is run before it, and after it to read what it left in user variables.
    around: Option<Box<(Vec<Query>, &'static str)>>,
}

/// Encoded arguments, or the first error among them.
#[derive(Default)]
pub struct Arguments {
    values: Vec<Value>,
    error: Option<EncodeError>,
}

impl Arguments {
    /// Encodes the arguments in the order of the placeholders.
    pub fn new(values: &[&dyn Encode]) -> Self {
        let mut arguments = Self { values: Vec::with_capacity(values.len()), error: None };
        for value in values {
            arguments.push(*value);
        }
        arguments
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// The values in order.
    pub(crate) fn into_values(self) -> std::result::Result<Vec<Value>, EncodeError> {
        match self.error {
            None => Ok(self.values),
            Some(error) => Err(error),
        }
    }

    fn push(&mut self, value: &dyn Encode) {
        match value.encode() {
            Ok(value) => self.values.push(value),
            Err(error) => {
                self.error.get_or_insert(error);
            }
        }
    }
}

impl Query {
    /// A statement of constant text.
    pub fn new(name: &'static str, sql: &'static str, values: &[&dyn Encode]) -> Self {
        Self::with_arguments(name, sql, Arguments::new(values))
    }

    /// A statement of constant text with arguments encoded before.
    pub fn with_arguments(name: &'static str, sql: &'static str, arguments: Arguments) -> Self {
        Self { name, sql: Cow::Borrowed(sql), arguments, around: None }
    }

    /// A statement put together from pieces of constant text, starting empty.
    pub fn build(name: &'static str) -> Self {
        Self { name, sql: Cow::Borrowed(""), arguments: Arguments::default(), around: None }
    }

    /// A CALL that answers through user variables: what gives them values before, and what reads them after it.
    pub fn with_variables(self, before: Vec<Query>, after: &'static str) -> Self {
        Self { around: Some(Box::new((before, after))), ..self }
    }

    /// Takes out what [`with_variables`](Self::with_variables) has put around it.
    pub(crate) fn take_around(&mut self) -> Option<Box<(Vec<Query>, &'static str)>> {
        self.around.take()
    }

    /// A statement that reads rows by keys of so many values.
    pub(crate) fn of_keys(relation: Relation, width: usize, keys: &[&Key]) -> Self {
        let mut query = Self::build(relation.name);
        query.push(relation.head);
        let mut rows = keys.iter().map(|key| Arguments { values: key.values().collect(), error: None });
        query.rows_of(width, &mut rows);
        query.push(relation.tail);
        query
    }

    /// Appends constant text.
    pub fn push(&mut self, sql: &'static str) {
        self.sql.to_mut().push_str(sql);
    }

    /// Appends a placeholder for a value.
    pub fn bind(&mut self, value: &dyn Encode) {
        self.sql.to_mut().push('?');
        self.arguments.push(value);
    }

    /// Appends the inside of `IN (...)`. An empty list is a query without rows, so that IN is false and NOT IN true.
    pub fn list<T: Encode>(&mut self, values: &[T]) {
        let mut values = values.iter().map(|value| value as &dyn Encode);
        self.list_of(&mut values);
    }

    /// Appends the inside of `(a, b) IN (...)`; as [`list`](Self::list) with a row of placeholders for each tuple.
    pub fn tuples<T: Tuple>(&mut self, values: &[T]) {
        let mut rows = values.iter().map(Tuple::arguments);
        self.rows_of(T::COLUMNS, &mut rows);
    }

    fn list_of(&mut self, values: &mut dyn Iterator<Item = &dyn Encode>) {
        let mut rows = values.map(|value| Arguments::new(&[value]));
        self.rows_of(1, &mut rows);
    }

    fn rows_of(&mut self, columns: usize, rows: &mut dyn Iterator<Item = Arguments>) {
        let before = self.arguments.values.len();
        for row in rows {
            if let Some(error) = row.error {
                self.arguments.error.get_or_insert(error);
            }
            self.arguments.values.extend(row.values);
        }
        if self.arguments.error.is_some() {
            return;
        }
        let values = &mut self.arguments.values;
        let given = (values.len() - before) / columns;
        let sql = self.sql.to_mut();
        if given == 0 {
            let nulls = vec!["NULL"; columns].join(", ");
            sql.push_str("SELECT ");
            sql.push_str(&nulls);
            sql.push_str(" FROM DUAL WHERE FALSE");
            return;
        }
        let padded =
            if given <= LONGEST_PADDED && before + given.next_power_of_two() * columns <= MOST_PLACEHOLDERS {
                given.next_power_of_two()
            } else {
                given
            };
        let last = values[values.len() - columns..].to_vec();
        for _ in given..padded {
            values.extend_from_slice(&last);
        }
        let marks = vec!["?"; columns].join(", ");
        let row = if columns == 1 { marks } else { format!("({marks})") };
        sql.reserve((row.len() + 2) * padded);
        for position in 0..padded {
            if position > 0 {
                sql.push_str(", ");
            }
            sql.push_str(&row);
        }
    }

    /// The function's name, as `module::function`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn into_parts(self) -> Result<(&'static str, Cow<'static, str>, Vec<Value>)> {
        let Arguments { values, error } = self.arguments;
        if let Some(error) = error {
            return Err(Error::new(ErrorKind::Encode).detail(error.to_string()).in_query(self.name));
        }
        if values.len() > MOST_PLACEHOLDERS {
            return Err(Error::usage(format!(
                "a statement takes at most {MOST_PLACEHOLDERS} parameters and has {}: split the list",
                values.len()
            ))
            .in_query(self.name));
        }
        Ok((self.name, self.sql, values))
    }
}

/// A tuple of arguments for a row of `(a, b) IN (...)`.
pub trait Tuple {
    /// How many there are.
    const COLUMNS: usize;

    /// The encoded row.
    fn arguments(&self) -> Arguments;
}

macro_rules! tuples {
    ($($type:ident $field:tt)*) => {
        impl<$($type: Encode),*> Tuple for ($($type,)*) {
            const COLUMNS: usize = [$($field),*].len();

            fn arguments(&self) -> Arguments {
                Arguments::new(&[$(&self.$field),*])
            }
        }
    };
}

tuples!(A 0 B 1);
tuples!(A 0 B 1 C 2);
tuples!(A 0 B 1 C 2 D 3);
tuples!(A 0 B 1 C 2 D 3 E 4);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5);

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(query: Query) -> (String, Vec<Value>) {
        let (_, sql, values) = query.into_parts().unwrap();
        (sql.into_owned(), values)
    }

    #[test]
    fn lists_are_padded_with_their_last_value() {
        let mut query = Query::build("t::q");
        query.push("a IN (");
        query.list(&[1, 2, 3]);
        query.push(") AND b = ");
        query.bind(&"x");
        let (sql, values) = parts(query);
        assert_eq!(sql, "a IN (?, ?, ?, ?) AND b = ?");
        assert_eq!(values[2], values[3]);
        assert_eq!(values.len(), 5);
    }

    #[test]
    fn empty_lists_are_queries_without_rows() {
        let mut query = Query::build("t::q");
        query.list::<u32>(&[]);
        query.push("; ");
        query.tuples::<(u32, &str)>(&[]);
        assert_eq!(
            parts(query),
            ("SELECT NULL FROM DUAL WHERE FALSE; SELECT NULL, NULL FROM DUAL WHERE FALSE".to_owned(), vec![])
        );
    }

    #[test]
    fn tuples_are_rows_of_placeholders() {
        let mut query = Query::build("t::q");
        query.tuples(&[(1, "a"), (2, "b"), (3, "c")]);
        let (sql, values) = parts(query);
        assert_eq!(sql, "(?, ?), (?, ?), (?, ?), (?, ?)");
        assert_eq!(values[4..6], values[6..8]);
    }

    #[test]
    fn padding_never_passes_what_a_statement_holds() {
        let mut query = Query::build("t::q");
        query.list(&vec![1; 40_000]);
        assert_eq!(parts(query).1.len(), 40_000);
    }

    #[test]
    fn too_many_parameters_and_bad_values_are_errors_with_the_name() {
        let mut query = Query::build("t::q");
        query.list(&vec![1; 70_000]);
        let error = query.into_parts().unwrap_err();
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::Usage, Some("t::q")));
        let error = Query::new("t::q", "SELECT ?", &[&f64::NAN]).into_parts().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode);
    }
}
