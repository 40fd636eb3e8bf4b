//! `porpoise generate`: the generated code, as files of a source folder.

use std::path::PathBuf;

use porpoise_codegen::write::{self, Change, ChangeKind};
use porpoise_codegen::{Error, Result, Sources};

use crate::locate::ConfigArgument;
use crate::output::{self, Outcome};
use crate::server::ServerArguments;
use crate::{locate, progress};

/// The arguments.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    #[command(flatten)]
    server: ServerArguments,
    /// Let the server check every statement too.
    #[arg(long)]
    live: bool,
    /// The folder to write to, instead of `folder` under [generate].
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Writes the code, unless a query has an error.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut sources = Sources::new();
    let config = arguments.config.load(&mut sources)?;
    let folder = arguments.out.as_ref().or(config.generate.folder.as_ref()).ok_or_else(locate_folder)?;
    let snapshot = porpoise_codegen::read_snapshot(&config.schema.snapshot)?;
    let mut witness = arguments.server.witness(arguments.live, &config, &snapshot)?;
    let checked = progress::during("Checking the queries", || {
        porpoise_codegen::check_queries(&config, &snapshot, &mut sources, witness.as_dyn())
    })?;
    output::findings(&checked.diagnostics, &sources);
    if checked.has_errors() {
        output::note("nothing was written");
        return Ok(Outcome::Findings);
    }
    let changes = write::write(folder, &checked.files()?)?;
    if changes.is_empty() {
        output::note(format!("{} is up to date", folder.display()));
    }
    for change in &changes {
        output::note(said(change));
    }
    Ok(Outcome::Clean)
}
