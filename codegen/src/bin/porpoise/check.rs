//! `porpoise check`: whether queries, generated code and snapshot still fit each other, and the live schema.

use porpoise_codegen::{Result, pull, shown, write};

use crate::output::{self, Outcome};
use crate::progress;
use crate::project::ProjectArguments;

/// The arguments.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
}

/// Reports everything that is stale or wrong. Writes nothing.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut project = arguments.project.read()?;
    let snapshot = project.snapshot()?;
    let mut connection = arguments.project.connect(&project, &snapshot)?;
    let mut checked = project.check(&snapshot, connection.as_mut())?;
    checked.diagnostics.extend(project.edited_snapshot()?);
    output::findings(&checked.diagnostics, &project.sources);

    let mut stale = Vec::new();
    if let Some(connection) = &mut connection {
        let (mut live, _) = progress::during("Reading the schema", || {
            pull(connection, &project.config, &project.sources, &project.files)
        })?;
        live.keep_patch_level(&snapshot);
        let path = &project.config.schema.snapshot;
        let diff = write::unified_diff(path, &snapshot.to_json(), &live.to_json());
        if !diff.is_empty() {
            output::result(diff);
            stale.push(format!("{} is stale: run `porpoise pull`", shown(path)));
        }
    }
    // Code generated from queries with errors would differ for that reason alone.
    if let Some(folder) = &project.config.generate.folder
        && !checked.has_errors()
    {
        let changes = write::compare(folder, &checked.folder())?;
        changes.iter().for_each(|change| output::result(change.diff()));
        if !changes.is_empty() {
            stale.push(format!("{} is stale: run `porpoise generate`", shown(folder)));
        }
    }
    stale.iter().for_each(output::note);
    let outcome = if stale.is_empty() { Outcome::of(&checked.diagnostics) } else { Outcome::Findings };
    if outcome == Outcome::Clean {
        let queries: usize = checked.files.iter().map(|file| file.queries.len()).sum();
        output::note(format!("{queries} queries fit {}", shown(&project.config.schema.snapshot)));
    }
    Ok(outcome)
}
