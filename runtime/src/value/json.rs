//! JSON columns as types of the application's.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value};

/// A value that a JSON column holds, read and written by serde. Name it where the type of a column is asked for:
/// `[types] columns = { "account.settings" = "porpoise::Json<crate::Settings>" }`, or in a query
/// `-- @column settings: porpoise::Json<crate::Settings>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Json<T>(pub T);

impl<T> Json<T> {
    /// What is in it.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> std::ops::Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> std::ops::DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// As the value itself.
impl<T: Serialize> Serialize for Json<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

/// As the value itself.
impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Json<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self)
    }
}

/// Fails where serde cannot write the value as JSON, such as a map with keys that are no text.
impl<T: Serialize> Encode for Json<T> {
    fn encode(&self) -> Result<Value, EncodeError> {
        match serde_json::to_vec(&self.0) {
            Ok(text) => Ok(Value::Bytes(text)),
            // What serde says may quote the value.
            Err(_) => Err(EncodeError::new("the value cannot be written as JSON")),
        }
    }
}

impl<T: Serialize> Encode for &Json<T> {
    fn encode(&self) -> Result<Value, EncodeError> {
        (**self).encode()
    }
}

/// Fails where the document has another shape than the type. The error names the place, and not what is there.
impl<T: DeserializeOwned> Decode for Json<T> {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell.value() {
            Value::NULL => Err(DecodeError::null()),
            Value::Bytes(text) => serde_json::from_slice(text).map(Self).map_err(|error| unfit(&error)),
            Value::Int(_)
            | Value::UInt(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Date(..)
            | Value::Time(..) => Err(DecodeError::mismatch("JSON", &cell)),
        }
    }
}

fn unfit(error: &serde_json::Error) -> DecodeError {
    let what = match error.classify() {
        serde_json::error::Category::Data => "the JSON document is of another shape than its Rust type",
        serde_json::error::Category::Syntax | serde_json::error::Category::Eof => "expected JSON",
        serde_json::error::Category::Io => "the JSON document cannot be read",
    };
    DecodeError::new(format!("{what}, at line {} column {} of its text", error.line(), error.column()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mysql::consts::ColumnType::MYSQL_TYPE_JSON;

    use super::super::testing::decode;
    use super::*;

    #[test]
    fn a_value_comes_back_from_its_document() {
        let value = Json(BTreeMap::from([("a".to_owned(), vec![1, 2])]));
        let sent = value.encode().unwrap();
        assert_eq!(sent, Value::Bytes(br#"{"a":[1,2]}"#.to_vec()));
        assert_eq!(decode(MYSQL_TYPE_JSON, sent), Ok(value));
    }

    #[test]
    fn a_document_of_another_shape_is_an_error_that_names_the_place_and_not_the_value() {
        let sent = Value::Bytes(br#"{"a": "secret"}"#.to_vec());
        let error = decode::<Json<BTreeMap<String, u8>>>(MYSQL_TYPE_JSON, sent).unwrap_err().to_string();
        assert!(error.contains("another shape") && error.contains("line 1 column 14"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn what_json_cannot_say_is_an_error_before_anything_is_sent() {
        assert!(Json(BTreeMap::from([((1, 2), 3)])).encode().is_err());
    }
}
