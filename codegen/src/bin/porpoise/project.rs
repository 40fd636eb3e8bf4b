//! What `generate`, `check` and `describe` have in common: a project is read and its queries are checked.

use std::path::PathBuf;

use porpoise_codegen::catalog::Snapshot;
use porpoise_codegen::live::{Connection, pin};
use porpoise_codegen::{
    Checked, Config, Diagnostic, FileId, Result, Sources, Witness, check_queries, find_queries, read_queries,
    read_snapshot,
};

use crate::locate::ConfigArgument;
use crate::progress;
use crate::server::{ServerArguments, same_family};

/// The options that name a project and how it is checked.
#[derive(clap::Args)]
pub(crate) struct ProjectArguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The snapshot, instead of `snapshot` under [schema].
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// A folder with query files, or one such file, instead of `include` under [queries].
    #[arg(long, value_name = "FOLDER")]
    queries: Option<PathBuf>,
    /// Let the server look at every statement too (PREPARE; nothing is executed).
    #[arg(long, conflicts_with = "offline")]
    live: bool,
    /// Talk to no server, which is the default.
    #[arg(long, conflicts_with_all = ["url", "option_file"])]
    offline: bool,
    #[command(flatten)]
    server: ServerArguments,
}

/// A project as read.
pub(crate) struct Project {
    pub(crate) config: Config,
    pub(crate) sources: Sources,
    pub(crate) files: Vec<FileId>,
}

impl ProjectArguments {
    /// Reads the configuration and the query files. With both of `--schema` and `--queries` there need be no
    /// configuration, and none is looked for.
    pub(crate) fn read(&self) -> Result<Project> {
        let mut sources = Sources::new();
        let complete = self.schema.is_some() && self.queries.is_some();
        let mut config = if complete && self.config.config.is_none() {
            Config::in_folder("")
        } else {
            self.config.load(&mut sources)?
        };
        if let Some(path) = &self.schema {
            config.schema.snapshot = path.clone();
        }
        if let Some(path) = &self.queries {
            only(&mut config, path);
        }
        let files = read_queries(&find_queries(&config)?, &mut sources)?;
        Ok(Project { config, sources, files })
    }

    /// The server, where it is to be asked, in the session that the queries run in.
    pub(crate) fn connect(&self, project: &Project, snapshot: &Snapshot) -> Result<Option<Connection>> {
        if !self.live && !self.server.given() {
            return Ok(None);
        }
        let mut connection = self.server.connect(&project.config.database)?;
        same_family(&connection, &snapshot.catalog.server)?;
        pin(&mut connection, &snapshot.catalog.server)?;
        Ok(Some(connection))
    }
}

impl Project {
    /// The snapshot as it is on disk.
    pub(crate) fn snapshot(&self) -> Result<Snapshot> {
        read_snapshot(&self.config.schema.snapshot)
    }

    /// A warning where the snapshot is not as it was written.
    pub(crate) fn edited_snapshot(&self) -> Result<Option<Diagnostic>> {
        Snapshot::check_fingerprint(&std::fs::read_to_string(&self.config.schema.snapshot)?)
    }

    /// Checks the queries, with a server where there is a connection.
    pub(crate) fn check(
        &mut self,
        snapshot: &Snapshot,
        connection: Option<&mut Connection>,
    ) -> Result<Checked> {
        let witness = connection.map(|connection| connection as &mut dyn Witness);
        let Self { config, sources, files } = self;
        progress::during("Checking the queries", || check_queries(config, snapshot, sources, files, witness))
    }
}

/// Takes one folder or file for the queries.
pub(crate) fn only(config: &mut Config, path: &std::path::Path) {
    // Patterns are relative to the folder of the configuration; a folder that is its own base needs no pattern
    // characters of its path to be understood.
    if path.is_dir() {
        config.folder = path.to_owned();
        config.queries.include = vec!["*.sql".to_owned()];
    } else {
        config.folder = path.parent().map(std::path::Path::to_owned).unwrap_or_default();
        config.queries.include =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).into_iter().collect();
    }
}
