//! Literals.

use sqlparser::ast::Value as Literal;

use crate::catalog::{Family, SqlType};
use crate::span::Span;

use super::merge::decimal;
use super::value::{Cause, Null, Value, Why};

/// The type of a literal other than a placeholder.
pub(super) fn literal<'a>(family: Family, literal: &Literal, span: Option<Span>) -> Value<'a> {
    let ty = match literal {
        Literal::Null => {
            return Value::new(SqlType::Null, Null::May(Why { cause: Cause::Literal, span }));
        }
        Literal::Number(text, _) => number(family, text),
        Literal::Boolean(_) => integer(family),
        Literal::HexStringLiteral(_)
        | Literal::SingleQuotedByteStringLiteral(_)
        | Literal::DoubleQuotedByteStringLiteral(_)
        | Literal::TripleSingleQuotedByteStringLiteral(_)
        | Literal::TripleDoubleQuotedByteStringLiteral(_) => SqlType::bytes(),
        Literal::SingleQuotedString(text)
        | Literal::DoubleQuotedString(text)
        | Literal::NationalStringLiteral(text) => SqlType::Text {
            kind: crate::catalog::TextKind::Varchar,
            length: Some(text.chars().count() as u64),
            charset: None,
            collation: None,
        },
        _ => SqlType::text(),
    };
    Value::never_null(ty)
}

/// The type of integer literals, comparisons and truth values.
pub(super) fn integer(family: Family) -> SqlType {
    match family {
        Family::MySql => SqlType::BIGINT,
        Family::MariaDb => SqlType::INT,
    }
}

fn number(family: Family, text: &str) -> SqlType {
    if text.contains(['e', 'E']) {
        return SqlType::DOUBLE;
    }
    if let Some((integer, fraction)) = text.split_once('.') {
        return decimal(integer.trim_start_matches('0').len() as u32, fraction.len() as u32, family);
    }
    match text.parse::<u64>() {
        Ok(value) if i32::try_from(value).is_ok() => integer(family),
        Ok(value) if i64::try_from(value).is_ok() => SqlType::BIGINT,
        Ok(_) => SqlType::BIGINT_UNSIGNED,
        Err(_) => decimal(text.len() as u32, 0, family),
    }
}
