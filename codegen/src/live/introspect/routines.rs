//! Stored procedures and functions with their parameters.

use std::collections::BTreeMap;

use crate::catalog::{ParameterMode, Routine, RoutineKind, RoutineParameter, SqlType, TableName};
use crate::error::{Error, Result};

use super::super::column_type::{self, Attributes};
use super::super::record::Record;
use super::Reader;

const ROUTINES: &str = "SELECT ROUTINE_SCHEMA AS table_schema, ROUTINE_NAME AS table_name, \
    ROUTINE_TYPE AS routine_type, SQL_DATA_ACCESS AS data_access, ROUTINE_COMMENT AS routine_comment \
    FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?";

const PARAMETERS: &str = "SELECT SPECIFIC_SCHEMA AS table_schema, SPECIFIC_NAME AS table_name, \
    ROUTINE_TYPE AS routine_type, ORDINAL_POSITION AS position, PARAMETER_MODE AS mode, \
    PARAMETER_NAME AS parameter_name, DTD_IDENTIFIER AS parameter_type, CHARACTER_SET_NAME AS charset, \
    COLLATION_NAME AS collation FROM information_schema.PARAMETERS WHERE SPECIFIC_SCHEMA = ?";

/// All routines, sorted by kind and name.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Vec<Routine>> {
    let mut routines: BTreeMap<(RoutineKind, TableName), Routine> = BTreeMap::new();
    for row in reader.rows("information_schema.ROUTINES", ROUTINES)? {
        let Some(key) = key(reader, &row)? else { continue };
        let (kind, name) = key.clone();
        routines.insert(
            key,
            Routine {
                schema: name.schema,
                name: name.name,
                kind,
                parameters: Vec::new(),
                returns: None,
                never_null: false,
                data_access: row.text("data_access")?,
                comment: row.text("routine_comment")?,
            },
        );
    }
    let mut parameters: Vec<_> = Vec::new();
    for row in reader.rows("information_schema.PARAMETERS", PARAMETERS)? {
        if let Some(key) = key(reader, &row)? {
            parameters.push((key, row.number::<u32>("position")?.unwrap_or(0), row));
        }
    }
    parameters.sort_by(|(a, at, _), (b, bt, _)| (a, at).cmp(&(b, bt)));
    for (key, position, row) in parameters {
        let Some(routine) = routines.get_mut(&key) else { continue };
        let ty = parameter_type(&row, &key)?;
        if position == 0 {
            routine.returns = Some(ty);
        } else {
            let mode = match row.text("mode")?.as_str() {
                "OUT" => ParameterMode::Out,
                "INOUT" => ParameterMode::InOut,
                _ => ParameterMode::In,
            };
            routine.parameters.push(RoutineParameter { name: row.text("parameter_name")?, ty, mode });
        }
    }
    Ok(routines.into_values().collect())
}

/// Kind and name, unless the routine is left out or of a kind that statements cannot call, such as a package.
fn key(reader: &Reader<'_>, row: &Record) -> Result<Option<(RoutineKind, TableName)>> {
    let kind = match row.text("routine_type")?.as_str() {
        "FUNCTION" => RoutineKind::Function,
        "PROCEDURE" => RoutineKind::Procedure,
        _ => return Ok(None),
    };
    let name = reader.table_name(row)?;
    let wanted = reader.is_wanted(&row.text("table_schema")?) && !reader.is_ignored(&name);
    Ok(wanted.then_some((kind, name)))
}

fn parameter_type(row: &Record, (_, routine): &(RoutineKind, TableName)) -> Result<SqlType> {
    let attributes =
        Attributes { charset: row.optional("charset")?, collation: row.optional("collation")?, srid: None };
    column_type::parse(&row.text("parameter_type")?, &attributes).map_err(|why| {
        let name = row.text("parameter_name").unwrap_or_default();
        let what = if name.is_empty() { "result".to_owned() } else { format!("parameter `{name}`") };
        Error::new(format!("cannot read the type of the {what} of routine `{routine}`: {why}"))
            .help("leave the routine out with `ignore` under [schema] of porpoise.toml, or upgrade porpoise-codegen")
    })
}
