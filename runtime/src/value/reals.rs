//! `f32` and `f64`. A number of another type is taken when the conversion loses nothing.

use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};

fn finite(value: f64) -> Result<(), EncodeError> {
    if value.is_finite() { Ok(()) } else { Err(EncodeError::new("NaN and infinities cannot be stored")) }
}

impl Encode for f32 {
    fn encode(&self) -> Result<Value, EncodeError> {
        finite(f64::from(*self)).map(|()| Value::Float(*self))
    }
}

impl Encode for f64 {
    fn encode(&self) -> Result<Value, EncodeError> {
        finite(*self).map(|()| Value::Double(*self))
    }
}

encode_references!(f32, f64);

impl Decode for f64 {
    #[inline]
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        let mismatch = || DecodeError::mismatch("f64", &cell);
        match cell.value() {
            Value::NULL => Err(DecodeError::null()),
            Value::Double(value) => Ok(*value),
            Value::Float(value) => Ok(f64::from(*value)),
            Value::Int(value) => exact(i128::from(*value)).ok_or_else(mismatch),
            Value::UInt(value) => exact(i128::from(*value)).ok_or_else(mismatch),
            Value::Bytes(_) => cell.number_text().and_then(from_text).ok_or_else(mismatch),
            Value::Date(..) | Value::Time(..) => Err(mismatch()),
        }
    }
}

impl Decode for f32 {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        if let Value::Float(value) = cell.value() {
            return Ok(*value);
        }
        if let Some(text) = cell.number_text() {
            return from_text_32(text).ok_or_else(|| DecodeError::mismatch("f32", &cell));
        }
        let wide = f64::decode(cell)?;
        let narrow = wide as f32;
        if f64::from(narrow) == wide {
            Ok(narrow)
        } else {
            Err(DecodeError::new("the number does not fit an f32"))
        }
    }
}

fn exact(value: i128) -> Option<f64> {
    let real = value as f64;
    (real as i128 == value).then_some(real)
}

/// Decimal text whose nearest double prints as the same number: 15 digits always do.
fn from_text(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok()?;
    same_number(text, &value.to_string()).then_some(value)
}

fn from_text_32(text: &str) -> Option<f32> {
    let value: f32 = text.parse().ok()?;
    same_number(text, &value.to_string()).then_some(value)
}

/// Plain decimal notation compared without zeros that say nothing. A number in the text protocol may have an exponent,
/// which Rust never prints; it is then a double's own text and the nearest double is the one meant.
fn same_number(text: &str, printed: &str) -> bool {
    text.contains(['e', 'E']) || plain(text) == plain(printed)
}

fn plain(text: &str) -> (bool, &str, &str) {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    (negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction)
}

#[cfg(test)]
mod tests {
    use super::super::testing::decode;
    use super::*;
    use mysql::consts::ColumnType::*;

    #[test]
    fn decimals_are_taken_when_the_double_prints_the_same() {
        let decimal =
            |text: &str| decode::<f64>(MYSQL_TYPE_NEWDECIMAL, Value::Bytes(text.as_bytes().to_vec()));
        assert_eq!(decimal("0.10"), Ok(0.1));
        assert_eq!(decimal("-0.00"), Ok(0.0));
        assert!(decimal("0.12345678901234567890").is_err());
    }

    #[test]
    fn integers_are_taken_when_exact() {
        assert_eq!(decode::<f64>(MYSQL_TYPE_LONGLONG, Value::Int(1 << 53)), Ok(9_007_199_254_740_992.0));
        assert!(decode::<f64>(MYSQL_TYPE_LONGLONG, Value::Int((1 << 53) + 1)).is_err());
    }

    #[test]
    fn a_double_is_an_f32_only_when_exact() {
        assert_eq!(decode::<f32>(MYSQL_TYPE_DOUBLE, Value::Double(0.5)), Ok(0.5));
        assert!(decode::<f32>(MYSQL_TYPE_DOUBLE, Value::Double(0.1)).is_err());
    }

    #[test]
    fn nan_is_refused_as_a_parameter() {
        assert!(f64::NAN.encode().is_err());
        assert!(f32::INFINITY.encode().is_err());
    }
}
