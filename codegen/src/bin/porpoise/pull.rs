//! `porpoise pull`: the schema of the server into the snapshot file.

mod changes;

use std::path::{Path, PathBuf};

use porpoise_codegen::catalog::Snapshot;
use porpoise_codegen::live::Connection;
use porpoise_codegen::{
    Config, Error, Result, Sources, find_queries, pull, read_queries, read_snapshot, shown, write,
};

use crate::locate::ConfigArgument;
use crate::output::{self, Outcome};
use crate::server::{ServerArguments, same_family};
use crate::{progress, project};

/// The arguments.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    #[command(flatten)]
    server: ServerArguments,
    /// The file to write, instead of `snapshot` under [schema]. With it there need be no configuration, and none is
    /// looked for.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// A folder with query files, or one such file, instead of `include` under [queries]. The server is asked about
    /// statements that cannot be read without it.
    #[arg(long, value_name = "FOLDER")]
    queries: Option<PathBuf>,
    /// Overwrite a snapshot that cannot be read, or that is of the other kind of server.
    #[arg(long)]
    force: bool,
}

/// Writes the snapshot if the schema changed, and says what did.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut sources = Sources::new();
    let config = configuration(arguments, &mut sources)?;
    let path = &config.schema.snapshot;
    let files = read_queries(&find_queries(&config)?, &mut sources)?;

    let mut connection = arguments.server.connect(&config.database)?;
    let before = before(path, &connection, arguments.force)?;
    let (mut snapshot, diagnostics) =
        progress::during("Reading the schema", || pull(&mut connection, &config, &sources, &files))?;
    output::findings(&diagnostics, &sources);
    if let Some(before) = &before {
        snapshot.keep_patch_level(before);
    }

    let tables = snapshot.catalog.tables.len();
    if !write::write_if_changed(path, &snapshot.to_json())? {
        output::note(format!("{} is unchanged ({tables} tables)", shown(path)));
        return Ok(Outcome::of(&diagnostics));
    }
    if let Some(before) = &before {
        changes::between(before, &snapshot).iter().for_each(output::note);
    }
    output::note(format!("wrote {} ({tables} tables)", shown(path)));
    Ok(Outcome::of(&diagnostics))
}

fn configuration(arguments: &Arguments, sources: &mut Sources) -> Result<Config> {
    let mut config = match (&arguments.out, &arguments.config.config) {
        (Some(_), None) => {
            let mut config = Config::in_folder("");
            config.queries.include.clear();
            config
        }
        (Some(_), Some(_)) | (None, _) => arguments.config.load(sources)?,
    };
    if let Some(path) = &arguments.out {
        config.schema.snapshot = path.clone();
    }
    if let Some(path) = &arguments.queries {
        project::only(&mut config, path);
    }
    Ok(config)
}

/// The snapshot that is to be replaced, where there is one.
fn before(path: &Path, connection: &Connection, force: bool) -> Result<Option<Snapshot>> {
    if !path.exists() {
        return Ok(None);
    }
    match read_snapshot(path) {
        Err(_) if force => Ok(None),
        Err(error) => Err(Error::new(error.to_string()).help("`porpoise pull --force` overwrites it")),
        Ok(snapshot) => {
            if !force {
                same_family(connection, &snapshot.catalog.server)?;
            }
            Ok(Some(snapshot))
        }
    }
}
