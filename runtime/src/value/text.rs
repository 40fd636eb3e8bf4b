//! Text, bytes, and what travels as text: JSON, UUID and network addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use mysql::consts::ColumnType;

use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};
use crate::Time;

impl Encode for str {
    fn encode(&self) -> Result<Value, EncodeError> {
        Ok(Value::Bytes(self.as_bytes().to_vec()))
    }
}

impl Encode for [u8] {
    fn encode(&self) -> Result<Value, EncodeError> {
        Ok(Value::Bytes(self.to_vec()))
    }
}

impl<const N: usize> Encode for [u8; N] {
    fn encode(&self) -> Result<Value, EncodeError> {
        self.as_slice().encode()
    }
}

impl Encode for String {
    fn encode(&self) -> Result<Value, EncodeError> {
        self.as_str().encode()
    }
}

impl Encode for Vec<u8> {
    fn encode(&self) -> Result<Value, EncodeError> {
        self.as_slice().encode()
    }
}

impl<const N: usize> Encode for &[u8; N] {
    fn encode(&self) -> Result<Value, EncodeError> {
        self.as_slice().encode()
    }
}

encode_references!(str, [u8], String, Vec<u8>, Ipv4Addr, Ipv6Addr);

/// The value can be given as it came: what a query without Rust types needs.
impl Encode for Value {
    fn encode(&self) -> Result<Value, EncodeError> {
        Ok(self.clone())
    }
}

impl Decode for Value {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        Ok(cell.into_value())
    }
}

impl Decode for Vec<u8> {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell.value() {
            Value::NULL => Err(DecodeError::null()),
            Value::Bytes(_) => match cell.into_value() {
                Value::Bytes(bytes) => Ok(bytes),
                other => unreachable!("matched as bytes, became {other:?}"),
            },
            Value::Int(_)
            | Value::UInt(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Date(..)
            | Value::Time(..) => Err(DecodeError::mismatch("bytes", &cell)),
        }
    }
}

impl Decode for String {
    #[inline]
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        let Cell { value, column } = cell;
        match value {
            Value::Bytes(bytes) if column.column_type() != ColumnType::MYSQL_TYPE_BIT => {
                String::from_utf8(bytes)
                    .map_err(|_| DecodeError::new("expected text, found bytes that are not UTF-8"))
            }
            value => printed(&Cell { value, column }),
        }
    }
}

/// The same expression may be text on one server and a number or date on the other: these print exactly.
fn printed(cell: &Cell<'_>) -> Result<String, DecodeError> {
    match cell.value() {
        Value::NULL => Err(DecodeError::null()),
        _ if cell.is_bit() => Err(DecodeError::mismatch("text", cell)),
        Value::Int(value) => Ok(value.to_string()),
        Value::UInt(value) => Ok(value.to_string()),
        Value::Date(..) | Value::Time(..) => Ok(temporal_text(cell.value())),
        Value::Bytes(_) | Value::Float(_) | Value::Double(_) => Err(DecodeError::mismatch("text", cell)),
    }
}

/// A date or time as the server prints it.
fn temporal_text(value: &Value) -> String {
    match *value {
        Value::Date(year, month, day, 0, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        Value::Date(year, month, day, hour, minute, second, micros) => {
            let fraction = if micros == 0 { String::new() } else { format!(".{micros:06}") };
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}{fraction}")
        }
        ref other => Time::from_value(other).map(|time| time.to_string()).unwrap_or_default(),
    }
}

macro_rules! addresses {
    ($($type:ident of $bytes:literal bytes),*) => {
        $(
            impl Encode for $type {
                fn encode(&self) -> Result<Value, EncodeError> {
                    self.to_string().encode()
                }
            }

            /// From text, as MariaDB's INET types come, or from so many bytes, as people store addresses elsewhere.
            impl Decode for $type {
                fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
                    let bytes = Vec::decode(cell)?;
                    if let Some(address) = std::str::from_utf8(&bytes).ok().and_then(|text| text.parse().ok()) {
                        return Ok(address);
                    }
                    <[u8; $bytes]>::try_from(bytes)
                        .map(Self::from)
                        .map_err(|_| DecodeError::new(concat!("expected ", stringify!($type), ", found other text")))
                }
            }
        )*
    };
}

addresses!(Ipv4Addr of 4 bytes, Ipv6Addr of 16 bytes);

#[cfg(feature = "serde_json")]
mod json {
    use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};
    use serde_json::Value as Json;

    impl Encode for Json {
        fn encode(&self) -> Result<Value, EncodeError> {
            Ok(Value::Bytes(self.to_string().into_bytes()))
        }
    }

    encode_references!(Json);

    impl Decode for Json {
        fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
            let bytes = Vec::decode(cell)?;
            // The library's error quotes nothing but a position.
            serde_json::from_slice(&bytes)
                .map_err(|error| DecodeError::new(format!("expected JSON: {error}")))
        }
    }
}

#[cfg(feature = "uuid")]
mod uuid {
    use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};
    use ::uuid::Uuid;

    /// As text, which a UUID column of MariaDB and a CHAR(36) take. For BINARY(16) pass `uuid.as_bytes()`.
    impl Encode for Uuid {
        fn encode(&self) -> Result<Value, EncodeError> {
            self.hyphenated().to_string().encode()
        }
    }

    encode_references!(Uuid);

    impl Decode for Uuid {
        fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
            let bytes = Vec::decode(cell)?;
            match bytes.len() {
                16 => Uuid::from_slice(&bytes).ok(),
                _ => std::str::from_utf8(&bytes).ok().and_then(|text| Uuid::try_parse(text).ok()),
            }
            .ok_or_else(|| DecodeError::new("expected a UUID, found other text"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::decode;
    use super::*;
    use mysql::consts::ColumnType::*;

    #[test]
    fn bytes_that_are_not_utf8_are_no_text() {
        assert!(decode::<String>(MYSQL_TYPE_VAR_STRING, Value::Bytes(vec![0xff])).is_err());
        assert_eq!(decode::<Vec<u8>>(MYSQL_TYPE_BLOB, Value::Bytes(vec![0xff])), Ok(vec![0xff]));
    }

    #[test]
    fn dates_and_integers_print_as_the_server_does() {
        let date = Value::Date(2024, 2, 29, 1, 2, 3, 4);
        assert_eq!(decode::<String>(MYSQL_TYPE_DATETIME, date), Ok("2024-02-29 01:02:03.000004".to_owned()));
        assert_eq!(decode::<String>(MYSQL_TYPE_LONG, Value::Int(-5)), Ok("-5".to_owned()));
    }

    #[test]
    fn addresses_come_as_text_or_bytes() {
        let text = Value::Bytes(b"::1".to_vec());
        assert_eq!(decode::<Ipv6Addr>(MYSQL_TYPE_STRING, text), Ok(Ipv6Addr::LOCALHOST));
        assert_eq!(
            decode::<Ipv4Addr>(MYSQL_TYPE_STRING, Value::Bytes(vec![127, 0, 0, 1])),
            Ok(Ipv4Addr::LOCALHOST)
        );
    }
}
