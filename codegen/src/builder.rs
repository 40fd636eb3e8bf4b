//! The library as a build script uses it: offline from the snapshot into OUT_DIR, with findings shown through cargo.

use std::path::{Path, PathBuf};
use std::process::exit;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::span::Sources;
use crate::{Diagnostic, Level, check_queries, find_queries, read_queries, read_snapshot, render, write};

/// Generates code in a build script:
///
/// ```no_run
/// fn main() {
///     porpoise_codegen::Builder::new("queries/porpoise.toml").generate();
/// }
/// ```
///
/// and takes it in with `include!(concat!(env!("OUT_DIR"), "/porpoise.rs"));` inside a module.
// The whole build script is the example.
#[allow(clippy::needless_doctest_main)]
#[derive(Clone, Debug)]
pub struct Builder {
    config: PathBuf,
    file_name: String,
    out_dir: Option<PathBuf>,
}

impl Builder {
    /// Generates what a configuration file says.
    pub fn new(config: impl AsRef<Path>) -> Self {
        Self { config: config.as_ref().to_owned(), file_name: "porpoise.rs".to_owned(), out_dir: None }
    }

    /// Names the generated file, for a package with more than one configuration. By default `porpoise.rs`.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = name.into();
        self
    }

    /// Writes to another folder than OUT_DIR.
    #[must_use]
    pub fn out_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.out_dir = Some(folder.as_ref().to_owned());
        self
    }

    /// Writes the generated file, and tells cargo what it depends on. Errors are printed for cargo, which then
    /// fails the build.
    pub fn generate(&self) {
        let mut sources = Sources::new();
        let failed = match self.run(&mut sources) {
            Ok(diagnostics) => {
                print!("{}", render::cargo_lines(&diagnostics, &sources));
                diagnostics.iter().any(Diagnostic::is_error)
            }
            Err(error) => {
                print!("{}", render::cargo_text(Level::Error, &error.to_string()));
                true
            }
        };
        if failed {
            // Nothing may compile against the output of an earlier build.
            if let Ok(output) = self.output() {
                let _ = write::remove_one(&output);
            }
            // Cargo fails a build whose script has logged errors, and shows just these. After another status than
            // 0 it would repeat everything that the script printed.
            exit(if std::env::var_os("CARGO").is_some() { 0 } else { 1 });
        }
    }

    /// The same without ending the process: the findings, with the sources that they speak of.
    fn run(&self, sources: &mut Sources) -> Result<Vec<Diagnostic>> {
        depends_on(&self.config);
        let config = match Config::from_file(&self.config, sources)? {
            Ok(config) => config,
            Err(diagnostics) => return Ok(diagnostics),
        };
        depends_on(&config.schema.snapshot);
        let paths = find_queries(&config)?;
        paths.files.iter().for_each(|file| depends_on(file));
        paths.folders.iter().for_each(|folder| depends_on_folder(folder));

        let snapshot = read_snapshot(&config.schema.snapshot)?;
        let files = read_queries(&paths, sources)?;
        let checked = check_queries(&config, &snapshot, sources, &files, None)?;
        if !checked.has_errors() {
            let output = self.output()?;
            write::write_one(&output, &checked.single(&self.file_name).text)?;
        }
        Ok(checked.diagnostics)
    }

    fn output(&self) -> Result<PathBuf> {
        let folder = match &self.out_dir {
            Some(folder) => folder.clone(),
            None => std::env::var_os("OUT_DIR")
                .ok_or_else(|| {
                    Error::new("OUT_DIR is not set")
                        .help("Builder::generate is for build scripts; elsewhere, name a folder by out_dir()")
                })?
                .into(),
        };
        Ok(folder.join(&self.file_name))
    }
}

fn depends_on(path: &Path) {
    println!("cargo::rerun-if-changed={}", crate::or_dot(path.to_owned()).display());
}

/// A folder, so that new files count. Cargo looks at everything under it, so the package's own folder is left out:
/// the output of the build lies there, and every build would be followed by another.
fn depends_on_folder(folder: &Path) {
    let here =
        std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).and_then(|here| here.canonicalize().ok());
    let folder = crate::or_dot(folder.to_owned());
    let holds_package = match (folder.canonicalize(), here) {
        (Ok(folder), Some(here)) => here.starts_with(folder),
        (Ok(_) | Err(_), None) | (Err(_), Some(_)) => false,
    };
    if !holds_package {
        depends_on(&folder);
    }
}
