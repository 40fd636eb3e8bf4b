//! Constants for the constraints of a table, by which an application tells one violated constraint from another.

use super::docs;
use super::ident::{Ident, distinct};
use super::ir::{ConstraintConstant, ConstraintKind, ConstraintModule};
use crate::catalog::{IndexKind, IndexPart, Table};

/// The constraints of `table` in a module called `name`; `None` where it has none.
pub(super) fn module(name: &Ident, table: &Table) -> Option<ConstraintModule> {
    let constraints = constraints(table);
    let names: Vec<&str> = constraints.iter().map(|constraint| constraint.name.as_str()).collect();
    let constants: Vec<_> = distinct(&names, Ident::constant, "_")
        .into_iter()
        .zip(&constraints)
        .map(|(name, constraint)| ConstraintConstant {
            name,
            docs: vec![constraint.doc.clone()],
            table: table.name.name.clone(),
            kind: constraint.kind.clone(),
        })
        .collect();
    let docs = vec![format!("Constraints of {}.", docs::code(&table.name.to_string()))];
    (!constants.is_empty()).then(|| ConstraintModule { name: name.clone(), docs, constants })
}

struct Constraint {
    name: String,
    doc: String,
    kind: ConstraintKind,
}

fn constraints(table: &Table) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    for index in &table.indexes {
        let columns: Vec<&str> = index
            .parts
            .iter()
            .filter_map(|part| match part {
                IndexPart::Column { name, .. } => Some(name.as_str()),
                IndexPart::Expression { .. } => None,
            })
            .collect();
        let on_columns = columns.len() == index.parts.len();
        match index.kind {
            IndexKind::Primary => constraints.push(Constraint {
                name: "PRIMARY_KEY".to_owned(),
                doc: format!("The primary key, {}.", list(&columns)),
                kind: ConstraintKind::PrimaryKey,
            }),
            IndexKind::Unique => constraints.push(Constraint {
                name: format!("UNIQUE {}", if on_columns { columns.join(" ") } else { index.name.clone() }),
                doc: match on_columns {
                    true => format!("The unique key {} over {}.", docs::code(&index.name), list(&columns)),
                    false => format!("The unique key {} over an expression.", docs::code(&index.name)),
                },
                kind: ConstraintKind::Unique(index.name.clone()),
            }),
            IndexKind::Plain | IndexKind::Fulltext | IndexKind::Spatial | IndexKind::Vector => {}
        }
    }
    for key in &table.foreign_keys {
        let columns: Vec<&str> = key.columns.iter().map(String::as_str).collect();
        constraints.push(Constraint {
            name: format!("FOREIGN_KEY {}", columns.join(" ")),
            doc: format!(
                "The foreign key {} of {} to {}.",
                docs::code(&key.name),
                list(&columns),
                docs::code(&key.references.to_string())
            ),
            kind: ConstraintKind::ForeignKey(key.name.clone()),
        });
    }
    for check in table.checks.iter().filter(|check| check.enforced) {
        constraints.push(Constraint {
            name: format!("CHECK {}", check.name),
            doc: format!("The check {}: {}.", docs::code(&check.name), docs::code(&check.expression)),
            kind: ConstraintKind::Check(check.name.clone()),
        });
    }
    constraints
}

fn list(columns: &[&str]) -> String {
    columns.iter().map(|column| docs::code(column)).collect::<Vec<_>>().join(", ")
}
