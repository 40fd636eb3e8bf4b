//! Keys and the comparisons that bind them. A key compared with a constant finds one row at most only when the
//! comparison is as fine as the key: text compared as a number, or under another collation, can find many.

use sqlparser::ast::{BinaryOperator, Expr, UnaryOperator, Value as Literal};

use crate::catalog::{IndexKind, IntWidth, SqlType, Table, TableKind};
use crate::typed::Cardinality;

use super::facts::is_steady_query;
use super::query::Output;
use super::{Analyzer, cast, expr, literal, merge, names, reject};

/// The unique keys of a table or view, as places of columns. Prefixes and expressions prove nothing.
pub(super) fn table_keys(table: &Table) -> Vec<Vec<usize>> {
    let places = |names: Vec<&str>| -> Option<Vec<usize>> {
        let place =
            |name: &str| table.columns.iter().position(|column| column.name.eq_ignore_ascii_case(name));
        names.into_iter().map(place).collect()
    };
    if let TableKind::View { keys, .. } = &table.kind {
        return keys.iter().filter_map(|key| places(key.iter().map(String::as_str).collect())).collect();
    }
    table
        .indexes
        .iter()
        .filter(|index| matches!(index.kind, IndexKind::Primary | IndexKind::Unique))
        .filter_map(|index| places(index.whole_columns()?))
        .collect()
}

/// The unique keys of a derived table. The key without columns is that of a table of one row.
pub(super) fn output_keys(output: &Output<'_>) -> Vec<Vec<usize>> {
    match output.rows {
        Cardinality::One | Cardinality::Opt => vec![Vec::new()],
        Cardinality::Many | Cardinality::Exec => output.keys.clone(),
    }
}

/// Whether `key = other` holds for one value of a unique `key` at most, given `other`. A constant is converted to
/// what the column is; two columns are compared as something in common.
pub(super) fn fits(key: &SqlType, other: &SqlType, constant: bool) -> bool {
    use SqlType as T;
    match (key, other) {
        (key, other) if merge::is_number(key) && merge::is_number(other) => {
            // Exact numbers compare exactly. Where one side is a DOUBLE both are, and two exact numbers beyond 53
            // bits can be the same DOUBLE; two DOUBLEs are not.
            (is_exact(key) && is_exact(other)) || is_narrow(key) || !is_exact(key)
        }
        // Compared as DOUBLE.
        (key, T::Text { .. }) if merge::is_number(key) => is_narrow(key),
        (T::Text { .. }, T::Text { .. } | T::Enum { .. } | T::Set { .. }) if constant => true,
        (T::Text { collation: Some(a), .. }, T::Text { collation: Some(b), .. }) => a == b,
        (T::Text { .. } | T::Bytes { .. }, T::Bytes { .. }) | (T::Bytes { .. }, T::Text { .. }) => true,
        (T::Enum { values }, T::Enum { .. } | T::Set { .. } | T::Text { .. })
        | (T::Set { values }, T::Enum { .. } | T::Set { .. } | T::Text { .. }) => {
            constant || (key == other && differ_beyond_case(values))
        }
        (T::Uuid | T::Inet4 | T::Inet6, T::Text { .. }) => constant,
        (T::Uuid, T::Uuid) | (T::Inet4, T::Inet4) | (T::Inet6, T::Inet6) => true,
        (key, T::Text { .. }) if merge::is_temporal(key) => constant,
        (key, other) => merge::is_temporal(key) && merge::is_temporal(other),
    }
}

fn is_exact(ty: &SqlType) -> bool {
    merge::is_integer(ty) || matches!(ty, SqlType::Decimal { .. })
}

/// Whether every value is a DOUBLE of its own.
fn is_narrow(ty: &SqlType) -> bool {
    match ty {
        SqlType::Bool { .. } | SqlType::Year => true,
        SqlType::Int { width, .. } => *width < IntWidth::Big,
        _ => false,
    }
}

fn differ_beyond_case(values: &[String]) -> bool {
    let mut folded: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
    folded.sort_unstable();
    folded.windows(2).all(|pair| pair[0] != pair[1]) && values.iter().all(|value| value.is_ascii())
}

type TypeOf = fn() -> SqlType;

/// Functions that give the same for every row when their arguments do, with what they give.
const CONSTANT_FUNCTIONS: &[(&str, TypeOf)] = &[
    ("concat", SqlType::text),
    ("curdate", || SqlType::Date),
    ("current_date", || SqlType::Date),
    ("current_timestamp", || SqlType::DateTime { fsp: 6 }),
    ("inet6_aton", SqlType::bytes),
    ("inet_aton", || SqlType::BIGINT_UNSIGNED),
    ("last_insert_id", || SqlType::BIGINT_UNSIGNED),
    ("lower", SqlType::text),
    ("now", || SqlType::DateTime { fsp: 6 }),
    ("sha2", SqlType::text),
    ("trim", SqlType::text),
    ("unhex", SqlType::bytes),
    ("upper", SqlType::text),
    ("utc_date", || SqlType::Date),
    ("utc_timestamp", || SqlType::DateTime { fsp: 6 }),
    ("uuid_to_bin", SqlType::bytes),
];

/// The type of an expression that has one value for the whole statement, and whether that is never NULL.
pub(super) fn constant(analyzer: &Analyzer<'_>, expr: &Expr) -> Option<(SqlType, bool)> {
    match expr {
        Expr::Nested(inner) => constant(analyzer, inner),
        Expr::UnaryOp { op: UnaryOperator::Minus | UnaryOperator::Plus, expr } => {
            constant(analyzer, expr).filter(|(ty, _)| merge::is_number(ty))
        }
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Plus | BinaryOperator::Minus | BinaryOperator::Multiply,
            right,
        } => {
            let ((left, a), (right, b)) = (constant(analyzer, left)?, constant(analyzer, right)?);
            let ty = if is_exact(&left) && is_exact(&right) { SqlType::BIGINT } else { SqlType::DOUBLE };
            Some((ty, a && b))
        }
        Expr::Value(value) => match &value.value {
            Literal::Placeholder(_) => {
                let (ty, nullable) = analyzer.params.known(analyzer.statement, expr::placeholder(expr)?)?;
                Some((ty.clone(), !nullable))
            }
            Literal::Number(..)
            | Literal::Boolean(_)
            | Literal::SingleQuotedString(_)
            | Literal::DoubleQuotedString(_)
            | Literal::NationalStringLiteral(_)
            | Literal::HexStringLiteral(_)
            | Literal::SingleQuotedByteStringLiteral(_) => {
                let value = literal::literal(analyzer.catalog.server.family, &value.value, None);
                Some((value.ty.into_owned(), true))
            }
            _ => None,
        },
        // As text it would bring a collation of its own.
        Expr::Cast { expr, data_type, .. } => {
            constant(analyzer, expr)?;
            let ty = cast::cast_type(analyzer.catalog.server.family, data_type)?;
            (merge::is_number(&ty) || merge::is_temporal(&ty)).then_some((ty, false))
        }
        // It is asked once, unless it names something of the rows around it.
        Expr::Subquery(query) if is_steady_query(query) => {
            Some((analyzer.alone(query)?.columns.into_iter().next()?.value.ty.into_owned(), false))
        }
        Expr::Function(function) if function.over.is_none() => {
            let name = names::last(&function.name)?.value.to_lowercase();
            let (_, ty) = CONSTANT_FUNCTIONS.iter().find(|(known, _)| *known == name)?;
            let arguments = reject::arguments(function);
            let known = arguments.into_iter().all(|argument| constant(analyzer, argument).is_some());
            known.then(|| (ty(), false))
        }
        _ => None,
    }
}
