//! `porpoise generate`: the generated code, as files of a source folder.

use std::path::PathBuf;

use porpoise_codegen::write::{self, Change, ChangeKind};
use porpoise_codegen::{Error, Result, shown};

use crate::output::{self, Outcome};
use crate::project::ProjectArguments;

/// The arguments.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// The folder to write to, instead of `folder` under [generate].
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Writes the code, unless a query has an error.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut project = arguments.project.read()?;
    let folder = arguments.out.clone().or(project.config.generate.folder.clone()).ok_or_else(no_folder)?;
    let snapshot = project.snapshot()?;
    let mut connection = arguments.project.connect(&project, &snapshot)?;
    let checked = project.check(&snapshot, connection.as_mut())?;
    output::findings(&checked.diagnostics, &project.sources);
    if checked.has_errors() {
        output::note("nothing was written");
        return Ok(Outcome::Findings);
    }
    let changes = write::write(&folder, &checked.folder())?;
    if changes.is_empty() {
        output::note(format!("{} is up to date", shown(&folder)));
    }
    for change in &changes {
        output::note(said(change));
    }
    Ok(Outcome::Clean)
}

fn said(change: &Change) -> String {
    let done = match change.kind {
        ChangeKind::New | ChangeKind::Changed => "wrote",
        ChangeKind::Stale => "removed",
    };
    format!("{done} {}", shown(&change.path))
}

fn no_folder() -> Error {
    Error::new("no folder to generate into is set").help(
        "set `folder` under [generate] in porpoise.toml, or give `--out FOLDER`; a build script needs neither",
    )
}
