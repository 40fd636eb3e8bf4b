//! Exact decimals. They travel as text both ways, so nothing is lost on the wire.

/// Implements both directions for a decimal type, given how to read its text and how to take an integer.
#[cfg(any(feature = "rust_decimal", feature = "bigdecimal"))]
macro_rules! decimal {
    ($type:ty, $name:literal, $parse:expr, $print:expr) => {
        impl Encode for $type {
            fn encode(&self) -> Result<Value, EncodeError> {
                let print: fn(&$type) -> String = $print;
                Ok(Value::Bytes(print(self).into_bytes()))
            }
        }

        encode_references!($type);

        impl Decode for $type {
            fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
                let parse: fn(&str) -> Option<$type> = $parse;
                let text = match cell.value() {
                    Value::NULL => return Err(DecodeError::null()),
                    Value::Int(value) => value.to_string(),
                    Value::UInt(value) => value.to_string(),
                    // Only whole numbers: a fraction of a double is not the decimal that it prints as.
                    Value::Float(value) => i64::decode_whole(f64::from(*value), $name, &cell)?,
                    Value::Double(value) => i64::decode_whole(*value, $name, &cell)?,
                    Value::Bytes(_) => match cell.number_text() {
                        Some(text) => text.to_owned(),
                        // A decimal argument travels as text, and MariaDB gives `COALESCE(?, price)` back as such.
                        None => {
                            let text = cell.plain_text().filter(|text| parse(text).is_some());
                            text.ok_or_else(|| DecodeError::mismatch($name, &cell))?.to_owned()
                        }
                    },
                    Value::Date(..) | Value::Time(..) => return Err(DecodeError::mismatch($name, &cell)),
                };
                // Zeros at the end say nothing: the product of two decimals has 30 and more of them.
                let shorter = || text.contains('.').then(|| text.trim_end_matches('0').trim_end_matches('.'));
                parse(&text)
                    .or_else(|| shorter().and_then(parse))
                    .ok_or_else(|| DecodeError::new(concat!("the decimal does not fit ", $name)))
            }
        }
    };
}

#[cfg(any(feature = "rust_decimal", feature = "bigdecimal"))]
mod whole {
    use super::super::{Cell, DecodeError};

    /// A double that is exactly a whole number, as text.
    pub(super) trait Whole {
        fn decode_whole(value: f64, expected: &'static str, cell: &Cell<'_>) -> Result<String, DecodeError>;
    }

    impl Whole for i64 {
        fn decode_whole(value: f64, expected: &'static str, cell: &Cell<'_>) -> Result<String, DecodeError> {
            if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
                Ok((value as i64).to_string())
            } else {
                Err(DecodeError::mismatch(expected, cell))
            }
        }
    }
}

#[cfg(feature = "rust_decimal")]
mod small {
    use super::super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};
    use super::whole::Whole as _;
    use rust_decimal::Decimal;

    decimal!(Decimal, "Decimal", |text| Decimal::from_str_exact(text).ok(), ToString::to_string);
}

#[cfg(feature = "bigdecimal")]
mod large {
    use super::super::{Cell, Decode, DecodeError, Encode, EncodeError, Value, encode_references};
    use super::whole::Whole as _;
    use bigdecimal::BigDecimal;

    // Plain notation, because the server reads an exponent as a double and loses digits.
    decimal!(BigDecimal, "BigDecimal", |text| text.parse().ok(), BigDecimal::to_plain_string);
}

#[cfg(all(test, feature = "rust_decimal"))]
mod tests {
    use super::super::testing::decode;
    use mysql::Value;
    use mysql::consts::ColumnType::*;
    use rust_decimal::Decimal;

    fn text(text: &str) -> Value {
        Value::Bytes(text.as_bytes().to_vec())
    }

    #[test]
    fn a_decimal_keeps_its_scale() {
        let value: Decimal = decode(MYSQL_TYPE_NEWDECIMAL, text("1.50")).unwrap();
        assert_eq!(value.to_string(), "1.50");
    }

    #[test]
    fn more_digits_than_it_holds_are_an_error_and_never_rounded() {
        assert!(decode::<Decimal>(MYSQL_TYPE_NEWDECIMAL, text("0.123456789012345678901234567890")).is_err());
        let long = text("20.250000000000000000000000000000000000");
        assert_eq!(decode::<Decimal>(MYSQL_TYPE_NEWDECIMAL, long), Ok(Decimal::new(2025, 2)));
    }

    #[test]
    fn integers_are_decimals_and_fractions_of_doubles_are_not() {
        assert_eq!(decode::<Decimal>(MYSQL_TYPE_LONGLONG, Value::Int(-7)), Ok(Decimal::from(-7)));
        assert_eq!(decode::<Decimal>(MYSQL_TYPE_DOUBLE, Value::Double(2.0)), Ok(Decimal::from(2)));
        assert!(decode::<Decimal>(MYSQL_TYPE_DOUBLE, Value::Double(0.1)).is_err());
    }

    #[test]
    fn a_decimal_that_comes_back_as_text_is_one() {
        assert_eq!(
            decode::<Decimal>(MYSQL_TYPE_VAR_STRING, text("1.50")).map(|value| value.to_string()),
            Ok("1.50".into())
        );
        assert!(decode::<Decimal>(MYSQL_TYPE_VAR_STRING, text("1.5 kg")).is_err());
    }
}
