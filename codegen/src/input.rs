//! Reads what a run starts from: query files and the snapshot. Knows nothing of what is in them.

use std::path::{Path, PathBuf};

use crate::catalog::Snapshot;
use crate::config::{Config, find_files};
use crate::error::{Error, Result};
use crate::span::{FileId, Sources};

pub use crate::config::QueryPaths;

/// The query files that a configuration names, and the folders in which new ones would belong to them.
///
/// # Errors
/// A folder cannot be read, or a file that is named without wildcards does not exist.
pub fn find_queries(config: &Config) -> Result<QueryPaths> {
    find_files(config)
}

/// Reads query files.
///
/// # Errors
/// A file cannot be read, or is not UTF-8.
pub fn read_queries(paths: &QueryPaths, sources: &mut Sources) -> Result<Vec<FileId>> {
    paths
        .files
        .iter()
        .map(|path| {
            let text = read(path)?;
            Ok(sources.add(shown(path), text))
        })
        .collect()
}

/// Reads a snapshot file.
///
/// # Errors
/// There is none, or it is not one that this version understands.
pub fn read_snapshot(path: &Path) -> Result<Snapshot> {
    if !path.exists() {
        return Err(Error::new(format!("there is no snapshot of the schema at {}", shown(path)))
            .help("`porpoise pull` writes it from a live server; commit it, so that builds need none"));
    }
    let text = read(path)?;
    Snapshot::from_json(&text).map_err(|error| Error::new(format!("{} is not usable: {error}", shown(path))))
}

fn read(path: &Path) -> Result<String> {
    let bytes = fs_err::read(path)?;
    let at = |error: &std::str::Utf8Error| {
        bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1
    };
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        Error::new(format!("{} is not UTF-8 at line {}", shown(path), at(&error)))
            .help("save the file in the encoding UTF-8")
    })?;
    if u32::try_from(text.len()).is_err() {
        return Err(Error::new(format!("{} is larger than 4 GiB", shown(path))));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

/// A path as people read it: with `/` between its parts on every system, and without the `./` and `queries/../` that
/// a configuration in another folder brings in.
pub fn shown(path: &Path) -> String {
    let mut parts = PathBuf::new();
    for part in path.components() {
        use std::path::Component;
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(parts.components().next_back(), Some(Component::Normal(_))) => {
                parts.pop();
            }
            Component::ParentDir | Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                parts.push(part);
            }
        }
    }
    let text = crate::or_dot(parts).display().to_string();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{read, shown};

    #[test]
    fn paths_are_shown_short() {
        assert_eq!(shown(Path::new("queries/../sql/./a.sql")), "sql/a.sql");
        assert_eq!(shown(Path::new("../queries/a.sql")), "../queries/a.sql");
        assert_eq!(shown(Path::new("/x/../../a.sql")), "/../a.sql");
    }

    #[test]
    fn a_file_in_another_encoding_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("latin1.sql");
        std::fs::write(&path, b"SELECT 1;\n-- gr\xf6\xdfe\n").unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains("latin1.sql is not UTF-8 at line 2"), "{error}");
        std::fs::write(&path, "\u{feff}SELECT 1").unwrap();
        assert_eq!(read(&path).unwrap(), "SELECT 1");
    }
}
