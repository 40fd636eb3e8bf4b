//! Names in syntax trees: identifiers with their places.

use sqlparser::ast::{Expr, Ident, ObjectName, ObjectNamePart};

use crate::span::{FileId, Span};

/// The place of something whose location holds byte offsets, as [`crate::statement::Statement::ast`] says.
pub(super) fn span_of(file: FileId, span: sqlparser::tokenizer::Span) -> Option<Span> {
    if span.start.line == 0 {
        return None;
    }
    Some(Span::new(
        file,
        span.start.column.saturating_sub(1) as usize,
        span.end.column.saturating_sub(1) as usize,
    ))
}

/// The last part of a name.
pub(super) fn last(name: &ObjectName) -> Option<&Ident> {
    match name.0.last()? {
        ObjectNamePart::Identifier(ident) => Some(ident),
        ObjectNamePart::Function(_) => None,
    }
}

/// Schema and table of a table's name.
pub(super) fn table(name: &ObjectName) -> Option<(Option<&Ident>, &Ident)> {
    match name.0.as_slice() {
        [ObjectNamePart::Identifier(table)] => Some((None, table)),
        [ObjectNamePart::Identifier(schema), ObjectNamePart::Identifier(table)] => {
            Some((Some(schema), table))
        }
        _ => None,
    }
}

/// What stands before the dot of a column: a table or alias, and perhaps a schema.
#[derive(Clone, Copy)]
pub(super) struct Qualifier<'e> {
    pub(super) schema: Option<&'e Ident>,
    pub(super) table: &'e Ident,
}

/// Qualifier and name of an expression that is a column.
pub(super) fn column(expr: &Expr) -> Option<(Option<Qualifier<'_>>, &Ident)> {
    match expr {
        Expr::Identifier(name) if !is_variable(name) => Some((None, name)),
        Expr::CompoundIdentifier(parts) => parts_of(parts),
        Expr::Nested(inner) => column(inner),
        _ => None,
    }
}

/// Qualifier and name of `a.b` or `s.a.b`.
pub(super) fn parts_of(parts: &[Ident]) -> Option<(Option<Qualifier<'_>>, &Ident)> {
    if parts.first().is_some_and(is_variable) {
        return None;
    }
    qualified(&parts.iter().collect::<Vec<_>>())
}

/// Qualifier and name of the target of an assignment.
pub(super) fn target(name: &ObjectName) -> Option<(Option<Qualifier<'_>>, &Ident)> {
    let parts: Vec<&Ident> = name
        .0
        .iter()
        .map(|part| match part {
            ObjectNamePart::Identifier(ident) => Some(ident),
            ObjectNamePart::Function(_) => None,
        })
        .collect::<Option<_>>()?;
    qualified(&parts)
}

fn qualified<'e>(parts: &[&'e Ident]) -> Option<(Option<Qualifier<'e>>, &'e Ident)> {
    match parts {
        [name] => Some((None, name)),
        [table, name] => Some((Some(Qualifier { schema: None, table }), name)),
        [schema, table, name] => Some((Some(Qualifier { schema: Some(schema), table }), name)),
        _ => None,
    }
}

/// `@variable` and `@@variable`.
pub(super) fn is_variable(name: &Ident) -> bool {
    name.quote_style.is_none() && name.value.starts_with('@')
}
