//! The reviewed list of divergences: types that differ from the server's for a reason that somebody wrote down. What
//! the data refute cannot be listed.

use std::path::Path;

use porpoise_codegen::catalog::Family;
use serde::Deserialize;

use crate::Result;
use crate::report::{Fault, Report};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    divergence: Vec<Divergence>,
}

/// Columns whose type differs, for one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Divergence {
    /// `group.statement.column`, each as the findings print it.
    columns: Vec<String>,
    /// `mysql`, `mariadb`, or both.
    servers: Vec<Family>,
    /// Why it is right that they differ.
    reason: String,
}

/// Marks the findings that the list accepts. Answers the entries that nothing was found for, of groups and servers
/// that were looked at.
pub(crate) fn accept(report: &mut Report, path: &Path) -> Result<Vec<String>> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {shown}: {error}"))?;
    let file: File = toml::from_str(&text).map_err(|error| format!("{shown}: {error}"))?;
    let mut stale = Vec::new();
    for entry in &file.divergence {
        if entry.reason.trim().is_empty() {
            return Err(format!("{shown}: {} has no reason", entry.columns.join(", ")).into());
        }
        for column in &entry.columns {
            for server in &entry.servers {
                let found = report.findings.iter_mut().find(|finding| {
                    finding.fault == Fault::Type && finding.server == *server && finding.subject == *column
                });
                let group = column.split('.').next().unwrap_or_default();
                match found {
                    Some(finding) => finding.accepted = true,
                    None if report.tallies.contains_key(&(group.to_owned(), *server)) => {
                        stale.push(format!("{column} on {}", server.as_str()));
                    }
                    None => {}
                }
            }
        }
    }
    Ok(stale)
}
