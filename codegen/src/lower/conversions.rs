//! Structs of arguments that can be made of a row of the table that they are for: `NewAccount` of an `Account`.

use super::ident::Ident;
use super::ir::{Argument, Borrow, FromTable, Give};
use super::rust_type::{Home, ItemPath, Known, RustType};
use super::tables::{fields, visible};
use super::types::Typer;
use crate::typed::{ParamShape, TypedQuery};

/// A field of a DTO.
#[derive(Clone, Debug)]
pub(super) struct ColumnField {
    column: String,
    name: Ident,
    ty: RustType,
}

/// The DTO of the table that a statement inserts rows into, where the arguments are a struct with a name of its own.
pub(super) fn inserted(typer: Typer<'_>, query: &TypedQuery) -> Option<(ItemPath, Vec<ColumnField>)> {
    query.statement.params_name.as_ref()?;
    let [written] = query.writes.as_slice() else { return None };
    let table = typer.catalog.table(written.schema.as_deref(), &written.name)?;
    // Of an UPDATE one has the row itself.
    let text = query.statement.prepare_text(|_| 1);
    text.trim_start().get(..6).filter(|start| start.eq_ignore_ascii_case("INSERT"))?;
    let row = ItemPath { home: Home::Tables, name: typer.names.row(&table.name).clone() };
    let fields = visible(table)
        .zip(fields(typer, table))
        .map(|(column, field)| ColumnField { column: column.name.clone(), name: field.name, ty: field.ty })
        .collect();
    Some((row, fields))
}

/// How the struct is made of a row; `None` unless every argument is a column of it.
pub(super) fn from_row(
    query: &TypedQuery,
    arguments: &[Argument],
    inserts: Option<&(ItemPath, Vec<ColumnField>)>,
) -> Option<FromTable> {
    let (row, columns) = inserts?;
    // Arguments that are not sent come after those that are.
    if arguments.len() != query.params.len() {
        return None;
    }
    let fields = query.params.iter().zip(arguments).map(|(param, argument)| {
        let ParamShape::Scalar(value) = &param.shape else { return None };
        let origin = value.origin.as_ref()?;
        let column = columns.iter().find(|field| field.column.eq_ignore_ascii_case(&origin.column))?;
        Some((column.name.clone(), give(&column.ty, &argument.ty)?))
    });
    Some(FromTable { row: row.clone(), fields: fields.collect::<Option<_>>()? })
}

/// How a value of type `from` is given where `to` is taken.
fn give(from: &RustType, to: &RustType) -> Option<Give> {
    let borrowed = from.borrowed();
    let mut wrapped = 0;
    let mut inner = to;
    loop {
        if *inner == borrowed {
            return Some(Give { borrow: borrow(from), wrapped });
        }
        let RustType::Option(deeper) = inner else { return None };
        inner = deeper;
        wrapped += 1;
    }
}

fn borrow(from: &RustType) -> Borrow {
    match from {
        RustType::Option(inner) => match &**inner {
            RustType::Known(known) if *known == Known::STRING || *known == Known::BYTES => Borrow::AsDeref,
            inner if matches!(inner.borrowed(), RustType::Ref(_)) => Borrow::AsRef,
            _ => Borrow::Copy,
        },
        other if matches!(other.borrowed(), RustType::Ref(_)) => Borrow::Reference,
        _ => Borrow::Copy,
    }
}
