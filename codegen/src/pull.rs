//! The snapshot as a live server would have it now. Writing and comparing it are for others.

use std::collections::BTreeMap;

use crate::analyze::analyze;
use crate::catalog::Snapshot;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::live::{Connection, introspect, pin};
use crate::parse::parse;
use crate::span::{FileId, Sources};
use crate::witness::{Witness, refused};
use crate::{every_variant, known};

/// Reads the schema, and the server's answers for those statements of the query files that cannot be
/// typed without it.
/// A statement that the server refuses too is a diagnostic; whatever else is wrong with the files is found when they
/// are checked.
///
/// # Errors
/// The server cannot be asked.
pub fn pull(
    connection: &mut Connection,
    config: &Config,
    sources: &Sources,
    files: &[FileId],
) -> Result<(Snapshot, Vec<Diagnostic>)> {
    let catalog = introspect(connection, &config.schema)?;
    pin(connection, &catalog.server)?;
    let resolved = known(&catalog, config);
    let mut prepared = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for &file in files {
        let (statements, _) = parse(sources, file, &catalog.server);
        for statement in statements.iter().flat_map(every_variant) {
            let analysis = analyze(&resolved, statement);
            let needs_server = analysis.needs_server.is_some();
            if !needs_server && !analysis.server_decides() {
                continue;
            }
            let sql = statement.prepare_text(|_| 1);
            match connection.prepare(&sql)? {
                Ok(answer) => {
                    prepared.insert(sql, answer);
                }
                Err(refusal) if needs_server => diagnostics.push(refused(statement, &refusal)),
                // Analysis and server agree that it is wrong; checking says why.
                Err(_) => {}
            }
        }
    }
    Ok((Snapshot { catalog, prepared }, diagnostics))
}
