//! The generator of Porpoise: reads a schema and `.sql` files, checks every statement, and writes plain Rust.
//!
//! A build script needs [`Builder`] and nothing else. The stages are plain functions over plain data and do not
//! call each other; this file composes them:
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`Config::from_file`] | `porpoise.toml` | [`Config`] |
//! | [`read_snapshot`] | `schema.json` | [`catalog::Snapshot`] |
//! | [`parse`] | `*.sql` | [`statement::Statement`] |
//! | [`analyze`] | catalog and statement | [`typed::TypedQuery`] |
//! | [`verify`] | typed query and the server's answer | diagnostics |
//! | [`lower`] | typed queries | [`lower::Lowered`]: every Rust name and type |
//! | [`emit`] | that | [`emit::OutputFile`] |
//! | [`write`](mod@write) | those | the disk |

pub mod analyze;
mod builder;
pub mod catalog;
mod config;
mod crud;
pub mod describe;
mod diagnostic;
mod dynamic;
pub mod emit;
mod error;
mod input;
#[cfg(feature = "live")]
pub mod live;
pub mod lower;
mod parallel;
pub mod parse;
#[cfg(feature = "live")]
mod pull;
pub mod render;
mod span;
mod stack;
pub mod statement;
pub mod typed;
pub mod verify;
mod witness;
mod words;
pub mod write;

use catalog::{Catalog, Snapshot};
use emit::OutputFile;
use lower::{Lowered, QueryFile};
use statement::Statement;

pub use builder::Builder;
pub use config::{
    Config, Database, EnumOptions, FieldOptions, Generate, Identity, Queries, RowOptions, Schema, Types,
    ZeroDates, matches, reference,
};
pub use diagnostic::{Diagnostic, Label, Level, nearest};
pub use error::{Error, Result};
pub use input::{QueryPaths, find_queries, read_queries, read_snapshot, shown};
#[cfg(feature = "live")]
pub use pull::pull;
pub use span::{FileId, Source, Sources, Span};
pub use witness::Witness;

/// Every query of a project, checked and with its Rust types.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The query files with the queries that could be typed.
    pub files: Vec<QueryFile>,
    /// The generated code as data.
    pub lowered: Lowered,
    /// Everything that was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks query files that were read into `sources` against a snapshot, and with a `witness` against a server too. The
/// statements of tables that the configuration asks for are added to `sources`.
///
/// # Errors
/// The server went away. What is wrong with the queries is in [`Checked::diagnostics`].
pub fn check_queries(
    config: &Config,
    snapshot: &Snapshot,
    sources: &mut Sources,
    files: &[FileId],
    mut witness: Option<&mut (dyn Witness + '_)>,
) -> Result<Checked> {
    let catalog = known(&snapshot.catalog, config);
    let mut diagnostics = Vec::new();
    let mut typed: Vec<QueryFile> = Vec::new();
    let tables = crud::add(&catalog, &config.generate, sources, &mut diagnostics);
    let files: Vec<QueryFile> = files.iter().copied().map(QueryFile::new).chain(tables).collect();
    let ids: Vec<FileId> = files.iter().map(|file| file.file).collect();
    let understood = ids
        .chunks(FILES_AT_ONCE)
        .flat_map(|files| parallel::map(files, |file| understand(sources, *file, &catalog)));
    for (mut file, Understood { statements, found, analyses }) in files.into_iter().zip(understood) {
        diagnostics.extend(found);
        let mut analyses = analyses.into_iter();
        for statement in statements {
            let mut judged = Vec::new();
            for (one, analysis) in every_variant(&statement).zip(analyses.by_ref()) {
                judged.push(judge(one, analysis, &catalog, snapshot, witness.as_deref_mut())?);
            }
            let mut judged = judged.into_iter();
            let Some(whole) = judged.next() else { continue };
            let (query, found) = match &statement.dynamic {
                Some(dynamic) => dynamic::merge(whole, dynamic, judged.collect()),
                None => whole,
            };
            diagnostics.extend(found);
            file.queries.extend(query);
        }
        crud::place(file, &mut typed, sources);
    }
    diagnostics.extend(crud::forgotten_versions(&catalog, &config.generate, &typed));
    let (lowered, found) = lower::lower(&lower::Input {
        catalog: &catalog,
        as_told: &snapshot.catalog,
        fingerprint: &snapshot.fingerprint(),
        files: &typed,
        types: &config.types,
        generate: &config.generate,
        sources,
    });
    diagnostics.extend(found);
    // By place, whichever stage found it; what has no place comes first.
    diagnostics.sort_by_key(|finding| finding.labels.first().map(|label| label.span));
    Ok(Checked { files: typed, lowered, diagnostics })
}

/// So many files are understood before any of them is judged; a project is not held in memory twice.
const FILES_AT_ONCE: usize = 64;

/// What a file says, by analysis alone.
struct Understood {
    statements: Vec<Statement>,
    /// What is wrong with the file.
    found: Vec<Diagnostic>,
    /// Of each statement, and after it of all that it can be.
    analyses: Vec<analyze::Analysis>,
}

fn understand(sources: &Sources, file: FileId, catalog: &Catalog) -> Understood {
    let (statements, found) = parse::parse(sources, file, &catalog.server);
    let analyses = stack::with_room(|| {
        let all = statements.iter().flat_map(every_variant);
        all.map(|one| analyze::analyze(catalog, one)).collect()
    });
    Understood { statements, found, analyses }
}

/// What holds of a statement in whichever form it is sent, by analysis alone. What only a server can type is among the
/// diagnostics.
pub fn analyze_variants(
    catalog: &Catalog,
    statement: &Statement,
) -> (Option<typed::TypedQuery>, Vec<Diagnostic>) {
    let mut judged = every_variant(statement).map(|one| {
        let analysis = analyze::analyze(catalog, one);
        (analysis.query, analysis.diagnostics.into_iter().chain(analysis.needs_server).collect())
    });
    let whole = judged.next().unwrap_or_default();
    match &statement.dynamic {
        Some(dynamic) => dynamic::merge(whole, dynamic, judged.collect()),
        None => whole,
    }
}

/// A statement, and the others that its text can be.
pub fn every_variant(statement: &Statement) -> impl Iterator<Item = &Statement> {
    let variants = statement.dynamic.as_ref().map_or(&[][..], |dynamic| &dynamic.variants);
    std::iter::once(statement).chain(variants.iter().map(|variant| &variant.statement))
}

/// What analysis and the witness together say of a statement.
fn judge(
    statement: &Statement,
    analysis: analyze::Analysis,
    catalog: &Catalog,
    snapshot: &Snapshot,
    witness: Option<&mut (dyn Witness + '_)>,
) -> Result<dynamic::Judged> {
    let overrulable = analysis.server_decides();
    let mut diagnostics = if overrulable { Vec::new() } else { analysis.diagnostics.clone() };
    let (query, found) = match (analysis.query, analysis.needs_server) {
        (Some(query), _) => witness::confirm(query, catalog.server.family, witness)?,
        (None, Some(why)) => witness::stand_in(statement.clone(), why, catalog, snapshot, witness)?,
        (None, None) if overrulable => {
            witness::overrule(statement.clone(), analysis.diagnostics, catalog, snapshot, witness)?
        }
        (None, None) => (None, Vec::new()),
    };
    diagnostics.extend(found);
    Ok((query, diagnostics))
}

/// Everything that queries may name: the schema with its views understood, and what is declared beside it.
pub(crate) fn known(catalog: &Catalog, config: &Config) -> Catalog {
    let mut catalog = catalog.clone();
    catalog.routines.extend(config.schema.functions.iter().cloned());
    analyze::resolve_views(&mut catalog);
    catalog
}

impl Checked {
    /// Whether a query has an error, so that code should not be written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The generated code as the files of a source folder.
    pub fn folder(&self) -> Vec<OutputFile> {
        emit::folder(&self.lowered)
    }

    /// The generated code as one file for `include!`.
    pub fn single(&self, path: &str) -> OutputFile {
        emit::single(&self.lowered, path)
    }
}

/// The empty path means the current folder, and the file system wants to hear it so.
pub(crate) fn or_dot(path: std::path::PathBuf) -> std::path::PathBuf {
    if path.as_os_str().is_empty() { ".".into() } else { path }
}
