//! What a `:batch` or `:copyfrom` function sends, and the name of its second function.

use super::errors;
use super::ident::Ident;
use super::ir::{Bulk, CopyColumn, CopyField};
use crate::catalog::SqlType;
use crate::diagnostic::Diagnostic;
use crate::statement::Command;
use crate::typed::{ManyRows, TypedQuery};

/// The statement; `None` after a diagnostic.
pub(super) fn bulk(query: &TypedQuery, diagnostics: &mut Vec<Diagnostic>) -> Option<Bulk> {
    let text = || query.statement.prepare_text(|_| 1);
    Some(match &query.many {
        Some(ManyRows::Each) => Bulk::Each(text()),
        Some(ManyRows::Together) => Bulk::Together(text()),
        Some(ManyRows::Rows { head, row, tail, ignore }) => {
            Bulk::Rows { head: head.clone(), row: row.clone(), tail: tail.clone(), ignore: *ignore }
        }
        Some(ManyRows::Copy { table, columns }) => {
            let columns = columns
                .iter()
                .map(|column| CopyColumn { text: column.text.clone(), field: field(&column.ty) })
                .collect();
            Bulk::Copy { table: table.clone(), columns }
        }
        None if query.command == Command::CopyFrom => {
            let name = &query.statement.name;
            diagnostics.push(errors::copy_of_nothing(&name.value, name.span));
            return None;
        }
        None => Bulk::Each(text()),
    })
}

/// The name of the function with options.
pub(super) fn with_options(name: &Ident) -> Ident {
    name.with_suffix("_with")
}

fn field(ty: &SqlType) -> CopyField {
    match ty {
        SqlType::Bit { .. } => CopyField::Bits,
        SqlType::Year => CopyField::Year,
        SqlType::Enum { .. } | SqlType::Set { .. } => CopyField::Member,
        SqlType::Bytes { .. } | SqlType::Vector { .. } | SqlType::Geometry { .. } => CopyField::Bytes,
        SqlType::Null
        | SqlType::Bool { .. }
        | SqlType::Int { .. }
        | SqlType::Decimal { .. }
        | SqlType::Float { .. }
        | SqlType::Double { .. }
        | SqlType::Text { .. }
        | SqlType::Date
        | SqlType::DateTime { .. }
        | SqlType::Timestamp { .. }
        | SqlType::Time { .. }
        | SqlType::Json
        | SqlType::Uuid
        | SqlType::Inet4
        | SqlType::Inet6 => CopyField::Text,
    }
}
