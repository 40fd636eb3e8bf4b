//! What changed between two snapshots, in lines for people. The diff of the file has the details.

use porpoise_codegen::catalog::{Column, Snapshot, Table};

/// One line for each change: `+` for what is new, `-` for what is gone, `~` for what is different.
pub(super) fn between(before: &Snapshot, after: &Snapshot) -> Vec<String> {
    let mut lines = Vec::new();
    let (old, new) = (&before.catalog, &after.catalog);
    if old.server != new.server {
        lines.push("~ the server\'s version or settings".to_owned());
    }
    let name = |table: &Table| table.name.to_string();
    for change in pairs(&old.tables, &new.tables, name) {
        lines.push(match change {
            Pair::Gone(name) => format!("- table {name}"),
            Pair::New(name) => format!("+ table {name}"),
            Pair::Different(name, old, new) => format!("~ table {name}{}", columns(old, new)),
        });
    }
    let name = |routine: &porpoise_codegen::catalog::Routine| match &routine.schema {
        Some(schema) => format!("{schema}.{}", routine.name),
        None => routine.name.clone(),
    };
    for change in pairs(&old.routines, &new.routines, name) {
        lines.push(match change {
            Pair::Gone(name) => format!("- routine {name}"),
            Pair::New(name) => format!("+ routine {name}"),
            Pair::Different(name, _, _) => format!("~ routine {name}"),
        });
    }
    if before.prepared != after.prepared {
        lines.push("~ what the server says of statements that only it can read".to_owned());
    }
    lines
}

/// The columns of a changed table, in brackets; empty when something else of it changed.
fn columns(old: &Table, new: &Table) -> String {
    let parts: Vec<String> = pairs(&old.columns, &new.columns, |column: &Column| column.name.clone())
        .into_iter()
        .map(|change| match change {
            Pair::Gone(name) => format!("-{name}"),
            Pair::New(name) => format!("+{name}"),
            Pair::Different(name, old, new) if old.ty != new.ty => {
                format!("{name}: {} became {}", old.ty.sql(), new.ty.sql())
            }
            Pair::Different(name, _, _) => format!("~{name}"),
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

enum Pair<'a, T> {
    Gone(String),
    New(String),
    Different(String, &'a T, &'a T),
}

/// What differs between two lists, by name: what is gone or different in the order of the first, then what is new.
fn pairs<'a, T: PartialEq>(old: &'a [T], new: &'a [T], name: impl Fn(&T) -> String) -> Vec<Pair<'a, T>> {
    let find = |list: &'a [T], wanted: &str| list.iter().find(|item| name(item) == wanted);
    let kept = old.iter().filter_map(|old| {
        let name = name(old);
        match find(new, &name) {
            None => Some(Pair::Gone(name)),
            Some(new) if new != old => Some(Pair::Different(name, old, new)),
            Some(_) => None,
        }
    });
    let added = new.iter().map(&name).filter(|name| find(old, name).is_none()).map(Pair::New);
    kept.chain(added).collect()
}
