//! Literals.

use sqlparser::ast::Value as Literal;

use crate::catalog::{BytesKind, Family, IntWidth, SqlType, TextKind};
use crate::span::Span;

use super::types::{Typed, decimal, integer};
use super::value::{Cause, Null, Value, Why};

/// The type of a literal other than a placeholder.
pub(super) fn literal<'a>(family: Family, literal: &Literal, span: Option<Span>) -> Value<'a> {
    let ty = match literal {
        Literal::Null => {
            return Value::new(SqlType::Null, Null::May(Why { cause: Cause::Literal, span }));
        }
        Literal::Number(text, _) => return Value::typed(number(family, text), Null::Never),
        Literal::Boolean(_) => {
            // MariaDB counts the letters of FALSE.
            let digits = if family == Family::MariaDb { 5 } else { 1 };
            return Value { digits: Some(digits), ..Value::typed(truth(family), Null::Never) };
        }
        Literal::HexStringLiteral(text)
        | Literal::SingleQuotedByteStringLiteral(text)
        | Literal::DoubleQuotedByteStringLiteral(text)
        | Literal::TripleSingleQuotedByteStringLiteral(text)
        | Literal::TripleDoubleQuotedByteStringLiteral(text) => {
            let (per_byte, kind) = match literal {
                Literal::HexStringLiteral(_) => (2, BytesKind::Varbinary),
                _ => (8, BytesKind::Binary),
            };
            let bytes = text.len().div_ceil(per_byte);
            let ty = SqlType::Bytes { kind, length: Some(bytes as u64) };
            return Value { digits: Some(digits_of_bytes(bytes)), ..Value::new(ty, Null::Never) };
        }
        // Written as x'41', which is text to MariaDB's arithmetic.
        Literal::SingleQuotedRawStringLiteral(text) => {
            let bytes = text.len().div_ceil(2);
            let ty = SqlType::Bytes { kind: BytesKind::Varbinary, length: Some(bytes as u64) };
            let digits = (family == Family::MySql).then(|| digits_of_bytes(bytes));
            return Value { digits, ..Value::new(ty, Null::Never) };
        }
        Literal::SingleQuotedString(text)
        | Literal::DoubleQuotedString(text)
        | Literal::NationalStringLiteral(text) => SqlType::Text {
            kind: TextKind::Varchar,
            length: Some(text.chars().count() as u64),
            charset: None,
            collation: None,
        },
        _ => SqlType::text(),
    };
    Value::new(ty, Null::Never)
}

/// The digits of the greatest number of so many bytes.
fn digits_of_bytes(bytes: usize) -> u8 {
    (bytes.min(8) * 12 / 5 + 1) as u8
}

/// The type of comparisons and truth values: one digit.
pub(super) fn truth(family: Family) -> Typed {
    let width = match family {
        Family::MySql => IntWidth::Big,
        Family::MariaDb => IntWidth::Int,
    };
    integer(width, false, 1)
}

/// The type of a number as it is written.
/// Source: every kind prepared on MySQL 9.7 and MariaDB 10.11, alone and beside columns of every type.
fn number(family: Family, text: &str) -> Typed {
    if text.contains(['e', 'E']) {
        return SqlType::DOUBLE.into();
    }
    if let Some((before, after)) = text.split_once('.') {
        let digits = match family {
            // One zero in front is kept, as the one of 0.5.
            Family::MySql if before.starts_with('0') => before.trim_start_matches('0').len() + 1,
            Family::MySql | Family::MariaDb => before.len(),
        };
        return decimal(digits as u32, after.len() as u32, family).into();
    }
    let digits = text.trim_start_matches('0').len().max(1) as u32;
    let width = match family {
        Family::MariaDb if digits < 10 => IntWidth::Int,
        Family::MariaDb | Family::MySql => IntWidth::Big,
    };
    match text.parse::<u64>() {
        Ok(value) => integer(width, i64::try_from(value).is_err(), digits),
        Err(_) => decimal(digits, 0, family).into(),
    }
}
