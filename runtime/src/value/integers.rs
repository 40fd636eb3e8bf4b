//! Integers and `bool`: checked both ways, never wrapping. BIT comes as big-endian bytes.

use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};

/// The widest integer that any cell can hold exactly.
fn integer(cell: &Cell<'_>, expected: &'static str) -> Result<i128, DecodeError> {
    let mismatch = || DecodeError::mismatch(expected, cell);
    match cell.value() {
        Value::NULL => Err(DecodeError::null()),
        Value::Int(value) => Ok(i128::from(*value)),
        Value::UInt(value) => Ok(i128::from(*value)),
        Value::Float(value) => whole(f64::from(*value)).ok_or_else(mismatch),
        Value::Double(value) => whole(*value).ok_or_else(mismatch),
        Value::Bytes(bytes) if cell.is_bit() => bit(bytes).map(i128::from).ok_or_else(mismatch),
        Value::Bytes(_) => {
            let text = cell.number_text().ok_or_else(mismatch)?;
            whole_text(text).ok_or_else(|| DecodeError::new(format!("expected {expected}, found a fraction")))
        }
        Value::Date(..) | Value::Time(..) => Err(mismatch()),
    }
}

/// BIT(n): up to eight bytes, the highest first.
fn bit(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

/// A double that is a whole number and small enough that no other whole number rounds to it.
fn whole(value: f64) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i128)
}

/// Decimal text without a fraction, or with one of zeros only.
fn whole_text(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.bytes().all(|digit| digit == b'0') { whole.parse().ok() } else { None }
}

/// An integer that came as something else, or does not fit.
#[cold]
fn converted<T: TryFrom<i128>>(cell: &Cell<'_>, name: &'static str) -> Result<T, DecodeError> {
    T::try_from(integer(cell, name)?)
        .map_err(|_| DecodeError::new(format!("the integer is out of range for {name}")))
}

macro_rules! integers {
    ($($type:ident as $variant:ident($wide:ident)),* $(,)?) => {
        $(
            impl Encode for $type {
                #[inline]
                fn encode(&self) -> Result<Value, EncodeError> {
                    Ok(Value::$variant($wide::from(*self)))
                }
            }

            impl Decode for $type {
                #[inline]
                fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
                    // What nearly all cells are.
                    let fits = match *cell.value() {
                        Value::Int(value) => $type::try_from(value).ok(),
                        Value::UInt(value) => $type::try_from(value).ok(),
                        _ => None,
                    };
                    match fits {
                        Some(value) => Ok(value),
                        None => converted(&cell, stringify!($type)),
                    }
                }
            }
        )*
        encode_references!($($type),*);
    };
}

integers!(
    i8 as Int(i64),
    i16 as Int(i64),
    i32 as Int(i64),
    i64 as Int(i64),
    u8 as UInt(u64),
    u16 as UInt(u64),
    u32 as UInt(u64),
    u64 as UInt(u64),
);

impl Encode for bool {
    fn encode(&self) -> Result<Value, EncodeError> {
        Ok(Value::Int(i64::from(*self)))
    }
}

encode_references!(bool);

impl Decode for bool {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match integer(&cell, "bool")? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(DecodeError::new("expected 0 or 1 for a bool, found another integer")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::decode;
    use super::*;
    use mysql::consts::ColumnType::*;

    #[test]
    fn integers_never_wrap() {
        assert_eq!(decode::<u8>(MYSQL_TYPE_LONGLONG, Value::Int(255)), Ok(255));
        assert!(decode::<u8>(MYSQL_TYPE_LONGLONG, Value::Int(256)).is_err());
        assert!(decode::<u8>(MYSQL_TYPE_LONGLONG, Value::Int(-1)).is_err());
        assert_eq!(decode::<u64>(MYSQL_TYPE_LONGLONG, Value::UInt(u64::MAX)), Ok(u64::MAX));
        assert!(decode::<i64>(MYSQL_TYPE_LONGLONG, Value::UInt(u64::MAX)).is_err());
    }

    #[test]
    fn an_integer_may_come_as_a_decimal_or_double_when_exact() {
        let decimal = |text: &str| Value::Bytes(text.as_bytes().to_vec());
        assert_eq!(decode::<i64>(MYSQL_TYPE_NEWDECIMAL, decimal("-12.000")), Ok(-12));
        assert!(decode::<i64>(MYSQL_TYPE_NEWDECIMAL, decimal("12.5")).is_err());
        assert_eq!(decode::<i64>(MYSQL_TYPE_DOUBLE, Value::Double(3.0)), Ok(3));
        assert!(decode::<i64>(MYSQL_TYPE_DOUBLE, Value::Double(3.5)).is_err());
        assert!(decode::<i64>(MYSQL_TYPE_DOUBLE, Value::Double(9_007_199_254_740_992.0)).is_err());
    }

    #[test]
    fn text_that_looks_like_a_number_is_not_one() {
        assert!(decode::<i64>(MYSQL_TYPE_VAR_STRING, Value::Bytes(b"12".to_vec())).is_err());
    }

    #[test]
    fn bits_are_big_endian() {
        assert_eq!(decode::<u64>(MYSQL_TYPE_BIT, Value::Bytes(vec![1, 2])), Ok(258));
        assert_eq!(decode::<u64>(MYSQL_TYPE_BIT, Value::Bytes(vec![0xff; 8])), Ok(u64::MAX));
        assert_eq!(decode::<bool>(MYSQL_TYPE_BIT, Value::Bytes(vec![1])), Ok(true));
    }

    #[test]
    fn a_bool_is_zero_or_one() {
        assert!(decode::<bool>(MYSQL_TYPE_TINY, Value::Int(2)).is_err());
    }

    #[test]
    fn null_is_none_or_an_error() {
        assert_eq!(decode::<Option<i32>>(MYSQL_TYPE_LONG, Value::NULL), Ok(None));
        assert!(decode::<i32>(MYSQL_TYPE_LONG, Value::NULL).is_err());
    }
}
