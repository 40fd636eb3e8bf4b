//! Literals that a column cannot hold, or never equals.
//! Source: each kind tried in INSERT and UPDATE on MySQL 9.7 and MariaDB 10.11 in strict mode; both refuse the same.

use sqlparser::ast::{Expr, UnaryOperator, Value as Literal};

use crate::catalog::{IntWidth, Server, SqlType, TextKind};

/// A literal as the author wrote it.
enum Given<'e> {
    Number { negative: bool, text: &'e str },
    Text(&'e str),
}

fn given(expr: &Expr) -> Option<Given<'_>> {
    match expr {
        Expr::Nested(inner) => given(inner),
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } => given(expr),
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => match given(expr)? {
            Given::Number { negative, text } => Some(Given::Number { negative: !negative, text }),
            Given::Text(_) => None,
        },
        Expr::Value(value) => match &value.value {
            Literal::Number(text, _) => Some(Given::Number { negative: false, text }),
            Literal::Boolean(true) => Some(Given::Number { negative: false, text: "1" }),
            Literal::Boolean(false) => Some(Given::Number { negative: false, text: "0" }),
            Literal::SingleQuotedString(text)
            | Literal::DoubleQuotedString(text)
            | Literal::NationalStringLiteral(text) => Some(Given::Text(text)),
            _ => None,
        },
        _ => None,
    }
}

/// Why a column of a type cannot hold a literal in strict mode; `None` where it can, or where that is not sure.
pub(in crate::analyze) fn refusal(server: &Server, ty: &SqlType, expr: &Expr) -> Option<String> {
    let given = given(expr)?;
    if let Some(Err(())) = number(&given, ty) {
        return Some(format!("{} holds numbers", ty.sql()));
    }
    match (ty, &given) {
        (SqlType::Bool { .. } | SqlType::Int { .. }, given) => {
            let (negative, text) = number(given, ty)?.ok()?;
            let (least, greatest) = integer_range(ty)?;
            let value = rounded(negative, text)?;
            let unsigned_negative = least == 0 && negative && !is_zero(text);
            let out = value < least || value > greatest || unsigned_negative;
            out.then(|| format!("{} holds {least} to {greatest}", ty.sql()))
        }
        (SqlType::Decimal { precision, scale, unsigned }, given) => {
            let (negative, text) = number(given, ty)?.ok()?;
            if *unsigned && negative && !is_zero(text) {
                return Some(format!("{} holds no negative number", ty.sql()));
            }
            let out = exceeds(text, *precision, *scale)?;
            let whole = precision.saturating_sub(*scale);
            out.then(|| format!("{} holds {whole} digits before the point", ty.sql()))
        }
        (SqlType::Float { unsigned: true } | SqlType::Double { unsigned: true }, given) => {
            let (negative, text) = number(given, ty)?.ok()?;
            (negative && !is_zero(text)).then(|| format!("{} holds no negative number", ty.sql()))
        }
        (SqlType::Text { kind: TextKind::Char | TextKind::Varchar, length: Some(length), .. }, given) => {
            let count = match given {
                // Spaces beyond the length are dropped.
                Given::Text(text) => text.trim_end_matches(' ').chars().count(),
                Given::Number { negative, text } if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                    text.trim_start_matches('0').len().max(1) + usize::from(*negative)
                }
                Given::Number { .. } => return None,
            };
            let out = count as u64 > *length;
            out.then(|| format!("{} holds {length} characters, this has {count}", ty.sql()))
        }
        (SqlType::Bytes { length: Some(length), .. }, Given::Text(text)) => {
            let out = text.len() as u64 > *length;
            out.then(|| format!("{} holds {length} bytes, this has {}", ty.sql(), text.len()))
        }
        (SqlType::Enum { values }, given) => not_a_member(values, given),
        (SqlType::Set { values }, Given::Text(text)) => not_a_subset(values, text),
        (SqlType::Bit { bits }, Given::Number { negative: false, text }) => {
            let value: u128 = text.parse().ok()?;
            (value >> bits != 0).then(|| format!("{} holds {bits} bits", ty.sql()))
        }
        (SqlType::Year, given) => {
            let (negative, text) = number(given, ty)?.ok()?;
            let year: i64 = text.parse().ok()?;
            let out = (negative && year != 0) || !matches!(year, 0..=99 | 1901..=2155);
            (out && matches!(given, Given::Number { .. }))
                .then(|| "YEAR holds 1901 to 2155, and 0".to_owned())
        }
        (SqlType::Date | SqlType::DateTime { .. } | SqlType::Timestamp { .. }, Given::Text(text)) => {
            wrong_date(server, text)
        }
        (SqlType::Time { .. }, Given::Text(text)) => wrong_time(text),
        (SqlType::Json, Given::Text(text)) => {
            let wrong = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
            // How deep a document may be is the server's business.
            (wrong.is_syntax() || wrong.is_eof()).then(|| "it is no JSON document".to_owned())
        }
        _ => None,
    }
}

/// Why a column of a type never equals a literal.
pub(in crate::analyze) fn never_equal(ty: &SqlType, expr: &Expr) -> Option<String> {
    match (ty, given(expr)?) {
        (SqlType::Enum { values }, Given::Text(text)) if !text.is_empty() => {
            not_a_member(values, &Given::Text(text))
        }
        (SqlType::Bool { .. } | SqlType::Int { .. }, Given::Number { negative, text }) => {
            let (least, greatest) = integer_range(ty)?;
            if let Some((_, fraction)) = text.split_once('.')
                && !text.contains(['e', 'E'])
                && fraction.bytes().any(|digit| digit != b'0')
            {
                return Some(format!("{} holds whole numbers", ty.sql()));
            }
            let value = rounded(negative, text)?;
            (value < least || value > greatest).then(|| format!("{} holds {least} to {greatest}", ty.sql()))
        }
        _ => None,
    }
}

/// The number that a literal is for a column of numbers: `Err` where it is text that is no number. `None` for columns
/// of something else, and for exponents, which are rounded in ways of their own.
fn number<'e>(given: &Given<'e>, ty: &SqlType) -> Option<Result<(bool, &'e str), ()>> {
    let numeric = matches!(
        ty,
        SqlType::Bool { .. }
            | SqlType::Int { .. }
            | SqlType::Decimal { .. }
            | SqlType::Float { .. }
            | SqlType::Double { .. }
            | SqlType::Year
    );
    if !numeric {
        return None;
    }
    match given {
        Given::Number { negative, text } => plain(text).then_some(Ok((*negative, text))),
        Given::Text(text) => {
            let text = text.trim_matches([' ', '\t', '\n', '\r']);
            let (negative, digits) = match text.strip_prefix('-') {
                Some(digits) => (true, digits),
                None => (false, text.strip_prefix('+').unwrap_or(text)),
            };
            if plain(digits) {
                return Some(Ok((negative, digits)));
            }
            let exponent = digits.split_once(['e', 'E']).is_some_and(|(mantissa, exponent)| {
                let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                plain(mantissa) && !exponent.is_empty() && exponent.bytes().all(|byte| byte.is_ascii_digit())
            });
            if exponent { None } else { Some(Err(())) }
        }
    }
}

/// Digits, with at most one point between or beside them.
fn plain(text: &str) -> bool {
    let digits = text.replacen('.', "", 1);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zero(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

/// A plain number rounded to an integer, as an assignment does.
fn rounded(negative: bool, text: &str) -> Option<i128> {
    if !plain(text) {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.trim_start_matches('0');
    if whole.len() > 37 {
        return Some(if negative { i128::MIN } else { i128::MAX });
    }
    let mut value: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    value += i128::from(fraction.bytes().next().is_some_and(|digit| digit >= b'5'));
    Some(if negative { -value } else { value })
}

fn integer_range(ty: &SqlType) -> Option<(i128, i128)> {
    let (bits, unsigned) = match ty {
        SqlType::Bool { unsigned } => (8, *unsigned),
        SqlType::Int { width, unsigned } => {
            let bits = match width {
                IntWidth::Tiny => 8,
                IntWidth::Small => 16,
                IntWidth::Medium => 24,
                IntWidth::Int => 32,
                IntWidth::Big => 64,
            };
            (bits, *unsigned)
        }
        _ => return None,
    };
    Some(if unsigned { (0, (1 << bits) - 1) } else { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) })
}

/// Whether a plain number has more digits before the point than DECIMAL(precision, scale), rounded to its scale.
fn exceeds(text: &str, precision: u8, scale: u8) -> Option<bool> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.trim_start_matches('0');
    let room = usize::from(precision.saturating_sub(scale));
    if whole.len() != room {
        return Some(whole.len() > room);
    }
    // Only a row of nines is carried over by rounding.
    let scale = usize::from(scale);
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(scale).collect();
    let nines = whole.bytes().chain(kept.bytes()).all(|digit| digit == b'9');
    let up = fraction.as_bytes().get(scale).is_some_and(|digit| *digit >= b'5');
    Some(nines && up)
}

/// Whether text can be compared by its letters alone, whatever the collation makes of accents and control characters.
fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn list(values: &[String]) -> String {
    const SHOWN: usize = 8;
    let quoted: Vec<String> = values.iter().take(SHOWN).map(|value| format!("'{value}'")).collect();
    let more = if values.len() > SHOWN { ", ..." } else { "" };
    format!("{}{more}", quoted.join(", "))
}

fn not_a_member(values: &[String], given: &Given<'_>) -> Option<String> {
    match given {
        Given::Text(text) => {
            let text = text.trim_end_matches(' ');
            // Text that is a number stands for the member of that number.
            if is_digits(text) || !is_simple(text) || !values.iter().all(|value| is_simple(value)) {
                return None;
            }
            let member = values.iter().any(|value| value.trim_end_matches(' ').eq_ignore_ascii_case(text));
            (!member).then(|| format!("the members are {}", list(values)))
        }
        Given::Number { negative, text } => {
            let number: usize = text.parse().ok()?;
            let member = !negative && (1..=values.len()).contains(&number);
            (!member).then(|| format!("the members are {}", list(values)))
        }
    }
}

fn not_a_subset(values: &[String], text: &str) -> Option<String> {
    if text.is_empty() || is_digits(text) {
        return None;
    }
    text.split(',').find_map(|part| match part {
        "" => Some(format!("the members are {}", list(values))),
        part => not_a_member(values, &Given::Text(part)),
    })
}

/// Why text is no date, for the usual way to write one and for text without any digit.
fn wrong_date(server: &Server, text: &str) -> Option<String> {
    let text = text.trim();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some("it is no date".to_owned());
    }
    let (date, time) = match text.split_once([' ', 'T']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 || !is_digits(year) || !is_digits(month) || !is_digits(day) {
        return None;
    }
    let (year, month, day): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    if (year, month, day) == (0, 0, 0) {
        let refused = server.has_mode("NO_ZERO_DATE");
        return refused.then(|| "the sql_mode has NO_ZERO_DATE".to_owned());
    }
    if month > 12 || day > 31 {
        return Some("there is no such day".to_owned());
    }
    if month == 0 || day == 0 {
        let refused = server.has_mode("NO_ZERO_IN_DATE");
        return refused.then(|| "the sql_mode has NO_ZERO_IN_DATE".to_owned());
    }
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if day > days && !server.has_mode("ALLOW_INVALID_DATES") {
        return Some("there is no such day".to_owned());
    }
    let time: Vec<&str> = time?.split(':').collect();
    let [hour, minute, ..] = time.as_slice() else { return None };
    (is_digits(hour) && hour.len() <= 2 && is_digits(minute) && minute.len() <= 2)
        .then(|| hour.parse::<u32>().is_ok_and(|hour| hour > 23) || is_above_59(minute))
        .filter(|wrong| *wrong)
        .map(|_| "there is no such time".to_owned())
}

fn wrong_time(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.is_empty() && !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some("it is no time".to_owned());
    }
    let parts: Vec<&str> = text.strip_prefix('-').unwrap_or(text).split(':').collect();
    let ([hour, minute] | [hour, minute, _]) = parts.as_slice() else { return None };
    if !is_digits(hour) || !is_digits(minute) {
        return None;
    }
    let long = hour.parse::<u32>().is_ok_and(|hour| hour > 838);
    (long || is_above_59(minute)).then(|| "TIME holds -838:59:59 to 838:59:59".to_owned())
}

fn is_above_59(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|value| value > 59)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_rounded_before_they_are_measured() {
        for (text, out) in [
            ("999.99", false),
            ("999.994", false),
            ("999.995", true),
            ("1000", true),
            ("0999", false),
            ("1", false),
        ] {
            assert_eq!(exceeds(text, 5, 2), Some(out), "{text}");
        }
    }

    #[test]
    fn integers_are_rounded_before_they_are_measured() {
        assert_eq!(rounded(false, "127.4"), Some(127));
        assert_eq!(rounded(false, "127.5"), Some(128));
        assert_eq!(rounded(true, ".5"), Some(-1));
        assert_eq!(rounded(false, "1e2"), None);
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        let server = |modes: &[&str]| Server {
            family: crate::catalog::Family::MySql,
            version: (9, 7, 4),
            sql_mode: modes.iter().map(|mode| (*mode).to_owned()).collect(),
            lower_case_table_names: 0,
            collation: String::new(),
        };
        let none = server(&[]);
        for wrong in ["2024-02-30", "2023-02-29", "2024-13-01", "abc", "", "2024-01-01 24:00:00"] {
            assert!(wrong_date(&none, wrong).is_some(), "{wrong}");
        }
        for right in
            ["2024-02-29", "0000-00-00", "2024-00-10", "20240230", "24-1-5", "2024-01-01T10:00:00+00:00"]
        {
            assert!(wrong_date(&none, right).is_none(), "{right}");
        }
        let modes = ["NO_ZERO_DATE", "NO_ZERO_IN_DATE"];
        assert!(wrong_date(&server(&modes), "0000-00-00").is_some());
        assert!(wrong_date(&server(&modes), "2024-00-10").is_some());
        assert!(wrong_date(&server(&["ALLOW_INVALID_DATES"]), "2024-02-30").is_none());
    }
}
