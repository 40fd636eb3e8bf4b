//! Values on their way to and from the server: [`Encode`], [`Decode`] and what a decoder sees, a [`Cell`].
//! Knows nothing of connections; each family of Rust types has its own file.
//!
//! Decoding goes by what the execution sent, not by what was prepared: the same expression may come as an integer from
//! one server and as a decimal from the other. A conversion is done when it is exact and refused when it would lose
//! anything.

#[cfg(feature = "chrono")]
mod dates;
mod decimals;
mod enums;
mod integers;
#[cfg(feature = "serde_json")]
mod json;
mod reals;
#[cfg(feature = "serde")]
mod serde;
mod text;
mod time;

use std::borrow::Cow;
use std::fmt;

use mysql::Column;
use mysql::consts::ColumnType;

pub use enums::{Enum, Set, SetIter, UnknownValue};
#[cfg(feature = "serde_json")]
pub use json::Json;
pub use mysql::Value;
pub use time::{Time, TimeError};

/// The character set number of bytes.
const BINARY_CHARSET: u16 = 63;

/// A type that can be a parameter of a statement.
///
/// Implemented for scalars, text, bytes, `Option`, every [`Enum`] and [`Set`]. For a type of your own delegate to one
/// of them; implement it for `&YourType` too where it is passed by reference.
pub trait Encode {
    /// The value to send.
    ///
    /// # Errors
    /// When the server has no such value, as for a NaN.
    fn encode(&self) -> Result<Value, EncodeError>;
}

/// A type that can be read from a column.
pub trait Decode: Sized {
    /// Reads a cell. NULL is an error but for `Option`.
    ///
    /// # Errors
    /// When the cell holds nothing that is exactly a value of the type.
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError>;
}

/// Why a parameter cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(Cow<'static, str>);

impl EncodeError {
    /// An error with a reason, which must not quote the value.
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}

/// Why a cell is not a value of the type asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Cow<'static, str>);

impl DecodeError {
    /// An error with a reason, which must not quote the value.
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(reason.into())
    }

    /// NULL where there must be a value.
    pub(crate) fn null() -> Self {
        Self::new("found NULL where a value is needed")
    }

    /// The cell holds something else.
    pub(crate) fn mismatch(expected: &'static str, cell: &Cell<'_>) -> Self {
        Self::new(format!("expected {expected}, found {}", cell.found()))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}

/// One value of a row with what the server said about its column in this execution.
pub struct Cell<'r> {
    value: Value,
    column: &'r Column,
}

impl<'r> Cell<'r> {
    #[inline]
    pub(crate) fn new(value: Value, column: &'r Column) -> Self {
        Self { value, column }
    }

    /// Is it NULL?
    #[inline]
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::NULL)
    }

    /// The value as it came.
    #[inline]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The value as it came, taken.
    #[inline]
    pub fn into_value(self) -> Value {
        self.value
    }

    /// The column's name, or the alias of the expression.
    pub fn column_name(&self) -> Cow<'_, str> {
        self.column.name_str()
    }

    /// Reads the cell as another type: how a type of your own delegates.
    ///
    /// # Errors
    /// Those of the other type.
    pub fn decode<T: Decode>(self) -> Result<T, DecodeError> {
        T::decode(self)
    }

    /// Is it a date with a zero month or day, as `0000-00-00`, which no calendar has?
    pub fn is_zero_date(&self) -> bool {
        match &self.value {
            Value::Date(_, month, day, ..) => *month == 0 || *day == 0,
            Value::Bytes(text) => {
                // `YYYY-MM-DD`, with a time or without.
                self.is_temporal()
                    && text.len() >= 10
                    && text.is_ascii()
                    && (&text[5..7] == b"00" || &text[8..10] == b"00")
            }
            Value::NULL
            | Value::Int(_)
            | Value::UInt(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Time(..) => false,
        }
    }

    fn is_temporal(&self) -> bool {
        matches!(
            self.column.column_type(),
            ColumnType::MYSQL_TYPE_DATE
                | ColumnType::MYSQL_TYPE_NEWDATE
                | ColumnType::MYSQL_TYPE_DATETIME
                | ColumnType::MYSQL_TYPE_DATETIME2
                | ColumnType::MYSQL_TYPE_TIMESTAMP
                | ColumnType::MYSQL_TYPE_TIMESTAMP2
        )
    }

    #[inline]
    pub(crate) fn is_bit(&self) -> bool {
        self.column.column_type() == ColumnType::MYSQL_TYPE_BIT
    }

    pub(crate) fn is_binary(&self) -> bool {
        self.column.character_set() == BINARY_CHARSET
    }

    /// The text of a number: a DECIMAL, or any number of the text protocol. Not bytes that only look like one.
    pub(crate) fn number_text(&self) -> Option<&str> {
        let numeric = self.column.column_type().is_numeric_type() && !self.is_bit();
        match &self.value {
            Value::Bytes(bytes) if numeric => std::str::from_utf8(bytes).ok(),
            Value::Bytes(_)
            | Value::NULL
            | Value::Int(_)
            | Value::UInt(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Date(..)
            | Value::Time(..) => None,
        }
    }

    /// The text of a character string.
    pub(crate) fn plain_text(&self) -> Option<&str> {
        match &self.value {
            Value::Bytes(bytes) if !self.is_binary() && !self.is_bit() => std::str::from_utf8(bytes).ok(),
            Value::Bytes(_)
            | Value::NULL
            | Value::Int(_)
            | Value::UInt(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Date(..)
            | Value::Time(..) => None,
        }
    }

    /// What was found, for an error: types only, never the value.
    fn found(&self) -> &'static str {
        match &self.value {
            Value::NULL => "NULL",
            Value::Bytes(_) if self.is_bit() => "BIT",
            Value::Bytes(_) if self.number_text().is_some() => "DECIMAL",
            Value::Bytes(_) if self.is_binary() => "bytes",
            Value::Bytes(_) => "text",
            Value::Int(_) => "an integer",
            Value::UInt(_) => "an unsigned integer",
            Value::Float(_) => "FLOAT",
            Value::Double(_) => "DOUBLE",
            Value::Date(..) => "a date",
            Value::Time(..) => "a time",
        }
    }
}

impl fmt::Debug for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cell").field("column", &self.column_name()).field("found", &self.found()).finish()
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self) -> Result<Value, EncodeError> {
        match self {
            Some(value) => value.encode(),
            None => Ok(Value::NULL),
        }
    }
}

impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        if cell.is_null() { Ok(None) } else { T::decode(cell).map(Some) }
    }
}

/// Writes `impl Encode for &T` for types of this crate and of libraries. A blanket implementation over `&T` cannot be
/// had beside the one over [`Enum`], because other crates may implement `Enum` for references.
macro_rules! encode_references {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::value::Encode for &$type {
            fn encode(&self) -> Result<$crate::value::Value, $crate::value::EncodeError> {
                (**self).encode()
            }
        })*
    };
}
pub(crate) use encode_references;

#[cfg(test)]
pub(crate) mod testing {
    //! Cells for the unit tests of the decoders.

    use super::*;

    pub(crate) fn decode<T: Decode>(kind: ColumnType, value: Value) -> Result<T, DecodeError> {
        let column = Column::new(kind).with_character_set(45);
        T::decode(Cell::new(value, &column))
    }
}
