//! Rows as LOAD DATA reads them: fields end with a tab, lines with a line feed, a backslash escapes. Which form a value
//! has depends on its column, because the server reads every field as text of utf8mb4.

use std::io::Write;

use crate::value::Value;

/// What follows the table in LOAD DATA. Hexadecimal, so that no mode of the session reads the backslash as another one.
pub(super) const FORMAT: &str =
    " CHARACTER SET utf8mb4 FIELDS TERMINATED BY X'09' ESCAPED BY X'5C' LINES TERMINATED BY X'0A'";

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// As text: numbers, text, dates, JSON.
    Text,
    /// As the name of a member. A number would be its position in INSERT and may be its name in a file.
    Member,
    /// As four digits: `0` is the year 2000, `0000` the year 0.
    Year,
    /// As a number that is cast: text would be taken for the bits of its characters.
    Bits,
    /// As hexadecimal digits: bytes are not text.
    Bytes,
}

impl Field {
    /// What the server makes of the variable that the field was read into; `None` where it reads into the column.
    pub(super) fn read(self, variable: &str) -> Option<String> {
        match self {
            Self::Text | Self::Member | Self::Year => None,
            Self::Bits => Some(format!("CAST({variable} AS UNSIGNED)")),
            Self::Bytes => Some(format!("UNHEX({variable})")),
        }
    }

    /// Can a value be sent to the column, by whatever way?
    pub(super) fn check(self, value: &Value) -> Result<(), &'static str> {
        match (self, value) {
            (Self::Member, Value::Int(_) | Value::UInt(_)) => {
                Err("a member of an ENUM or SET must be sent as text")
            }
            (Self::Text | Self::Member | Self::Year, Value::Bytes(bytes)) => match std::str::from_utf8(bytes)
            {
                Ok(_) => Ok(()),
                Err(_) => Err("text for a column must be UTF-8"),
            },
            (Self::Bits, Value::Bytes(bytes)) if bytes.len() > 8 => Err("a bit field has at most 64 bits"),
            _ => Ok(()),
        }
    }
}

/// Appends a line. There are as many values as fields, and all have been checked.
pub(super) fn line(out: &mut Vec<u8>, fields: &[Field], values: &[Value]) {
    for (index, (field, value)) in fields.iter().zip(values).enumerate() {
        if index > 0 {
            out.push(b'\t');
        }
        match (field, value) {
            (_, Value::NULL) => out.extend_from_slice(b"\\N"),
            (Field::Bytes, Value::Bytes(bytes)) => hex(out, bytes),
            (Field::Bytes, other) => {
                // What is no bytes becomes those of its text, as in an INSERT.
                let mut text = Vec::new();
                plain(&mut text, other);
                hex(out, &text);
            }
            (Field::Bits, Value::Bytes(bytes)) => {
                let bits = bytes.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
                integer(out, bits, false);
            }
            (Field::Year, Value::Int(year)) => print(out, format_args!("{year:04}")),
            (Field::Year, Value::UInt(year)) => print(out, format_args!("{year:04}")),
            (Field::Text | Field::Member | Field::Year | Field::Bits, value) => plain(out, value),
        }
    }
    out.push(b'\n');
}

fn plain(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::NULL => out.extend_from_slice(b"\\N"),
        Value::Bytes(bytes) => escaped(out, bytes),
        Value::Int(number) => integer(out, number.unsigned_abs(), *number < 0),
        Value::UInt(number) => integer(out, *number, false),
        // As a double, which an INSERT makes of it as well: `0.1_f32` is 0.10000000149011612 in a DOUBLE column.
        Value::Float(number) => real(out, f64::from(*number)),
        Value::Double(number) => real(out, *number),
        Value::Date(year, month, day, hour, minute, second, micros) => {
            for (number, digits, after) in [
                (u32::from(*year), 4, b'-'),
                (u32::from(*month), 2, b'-'),
                (u32::from(*day), 2, b' '),
                (u32::from(*hour), 2, b':'),
                (u32::from(*minute), 2, b':'),
            ] {
                padded(out, number, digits);
                out.push(after);
            }
            padded(out, u32::from(*second), 2);
            fraction(out, *micros);
        }
        Value::Time(negative, days, hours, minutes, seconds, micros) => {
            if *negative {
                out.push(b'-');
            }
            let hours = u64::from(*days) * 24 + u64::from(*hours);
            print(out, format_args!("{hours:02}:{minutes:02}:{seconds:02}"));
            fraction(out, *micros);
        }
    }
}

fn fraction(out: &mut Vec<u8>, micros: u32) {
    if micros != 0 {
        out.push(b'.');
        padded(out, micros, 6);
    }
}

/// The shortest text that is read back as the same number.
fn real(out: &mut Vec<u8>, number: f64) {
    let size = number.abs();
    if size == 0.0 || (1e-5..1e16).contains(&size) {
        print(out, format_args!("{number}"));
    } else {
        print(out, format_args!("{number:e}"));
    }
}

fn integer(out: &mut Vec<u8>, number: u64, negative: bool) {
    if negative {
        out.push(b'-');
    }
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// A number with zeros in front, for the parts of dates.
fn padded(out: &mut Vec<u8>, number: u32, digits: u32) {
    for position in (0..digits).rev() {
        out.push(b'0' + (number / 10_u32.pow(position) % 10) as u8);
    }
}

fn print(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = out.write_fmt(text);
}

fn escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'\\' | b'\t' | b'\n' | 0)) {
        out.extend_from_slice(&rest[..at]);
        out.push(b'\\');
        out.push(match rest[at] {
            b'\t' => b't',
            b'\n' => b'n',
            0 => b'0',
            other => other,
        });
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.reserve(bytes.len() * 2);
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: Field, value: Value, expected: &str) {
        let mut out = Vec::new();
        line(&mut out, &[field], &[value]);
        assert_eq!(String::from_utf8(out).unwrap(), format!("{expected}\n"));
    }

    #[test]
    fn null_is_not_the_text_that_looks_like_it() {
        check(Field::Text, Value::NULL, "\\N");
        check(Field::Text, Value::Bytes(b"\\N".to_vec()), "\\\\N");
        check(Field::Text, Value::Bytes(b"NULL".to_vec()), "NULL");
        check(Field::Text, Value::Bytes(Vec::new()), "");
        check(Field::Bytes, Value::NULL, "\\N");
        check(Field::Bits, Value::NULL, "\\N");
    }

    #[test]
    fn what_ends_fields_and_lines_is_escaped() {
        check(Field::Text, Value::Bytes(b"a\tb\nc\\d\0e\rf".to_vec()), "a\\tb\\nc\\\\d\\0e\rf");
    }

    #[test]
    fn numbers_are_the_shortest_that_read_back() {
        check(Field::Text, Value::Int(i64::MIN), "-9223372036854775808");
        check(Field::Text, Value::UInt(u64::MAX), "18446744073709551615");
        check(Field::Text, Value::Double(0.1 + 0.2), "0.30000000000000004");
        check(Field::Text, Value::Double(f64::MAX), "1.7976931348623157e308");
        check(Field::Text, Value::Double(5e-324), "5e-324");
        check(Field::Text, Value::Double(-0.0), "-0");
        check(Field::Text, Value::Float(0.5), "0.5");
        check(Field::Text, Value::Float(0.1), "0.10000000149011612");
    }

    #[test]
    fn times_have_all_their_parts() {
        check(Field::Text, Value::Date(2024, 2, 29, 0, 0, 0, 0), "2024-02-29 00:00:00");
        check(Field::Text, Value::Date(1, 2, 3, 4, 5, 6, 7), "0001-02-03 04:05:06.000007");
        check(Field::Text, Value::Time(true, 34, 22, 59, 59, 0), "-838:59:59");
        check(Field::Text, Value::Time(false, 0, 1, 2, 3, 40), "01:02:03.000040");
        check(Field::Year, Value::UInt(0), "0000");
    }

    #[test]
    fn bytes_are_hexadecimal_and_bits_a_number() {
        check(Field::Bytes, Value::Bytes(vec![0, 0xff, 9]), "00FF09");
        check(Field::Bytes, Value::Bytes(Vec::new()), "");
        check(Field::Bytes, Value::Int(7), "37");
        check(Field::Bits, Value::UInt(5), "5");
        check(Field::Bits, Value::Bytes(vec![1, 0]), "256");
    }

    #[test]
    fn what_the_server_would_read_as_something_else_is_refused() {
        assert!(Field::Member.check(&Value::Int(1)).is_err());
        assert!(Field::Text.check(&Value::Bytes(vec![0xf0])).is_err());
        assert!(Field::Bits.check(&Value::Bytes(vec![0; 9])).is_err());
        assert!(Field::Bytes.check(&Value::Bytes(vec![0xf0])).is_ok());
    }
}
