//! Finding Oracle MySQL 9.7 on this machine, or fetching it into the target folder.
//!
//! It is in Debian's `sid`, built for a newer C library than a stable Debian has. So its libraries are fetched with
//! it, and it runs through their own dynamic loader; nothing is installed.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::apt::Apt;
use super::watchdog::Watchdog;
use super::{Family, Program};
use crate::{Result, process, workspace};

const SUITE: &str = "sid";
const PACKAGE: &str = "mysql-server-core";
const OLDEST: (u32, u32) = (9, 7);

const ARCHITECTURES: &[Architecture] = &[
    Architecture { debian: "amd64", libraries: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
    Architecture { debian: "arm64", libraries: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
];

/// What the package names but the server does not load: the language of its scripts, and empty packages.
const LEFT_OUT: &[&str] = &["perl", "libperl", "libgdbm", "libdb5", "gcc-"];

/// Where an architecture has its libraries.
struct Architecture {
    /// Debian's name of it.
    debian: &'static str,
    /// The folder of the libraries.
    libraries: &'static str,
    /// The dynamic loader in that folder.
    loader: &'static str,
}

/// MySQL, if this machine has it or an earlier run has fetched it.
pub(crate) fn find() -> Result<Option<Program>> {
    if let Some(server) = process::find("mysqld")
        && let Some(program) = of_machine(&server)?
    {
        return Ok(Some(program));
    }
    let (Ok(architecture), Ok(folders)) = (architecture(), fs::read_dir(cache())) else { return Ok(None) };
    let suffix = format!("-{}", architecture.debian);
    let mut folders: Vec<PathBuf> = folders.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    let newest = folders.iter().rev().find_map(|folder| {
        let version = folder.file_name()?.to_str()?.strip_prefix("mysql-")?.strip_suffix(&suffix)?;
        Some(fetched(folder, architecture, version))
    });
    Ok(newest)
}

/// Fetches MySQL into the cache.
pub(crate) fn install() -> Result<()> {
    let architecture = architecture()?;
    let cache = cache();
    fs::create_dir_all(&cache)?;
    // Beside its place, and moved there when complete: an interrupted run leaves nothing that looks whole.
    let work = tempfile::Builder::new().prefix("fetching-").tempdir_in(&cache)?;
    let mut watchdog = Watchdog::start(work.path())?;
    eprintln!("fetching MySQL from Debian's {SUITE} (about 70 MB, once) ...");
    let apt = Apt::open(&work.path().join("apt"), SUITE)?;
    let version = apt.version(PACKAGE)?;
    let packages = apt.closure(PACKAGE, &|name| LEFT_OUT.iter().any(|prefix| name.starts_with(prefix)))?;
    let root = work.path().join("root");
    apt.unpack(&packages, &root)?;
    let place = cache.join(format!("mysql-{}-{}", file_name(&version), architecture.debian));
    if let Err(error) = fs::rename(root, &place) {
        // Another run may have been quicker.
        if !place.exists() {
            return Err(format!("cannot make {}: {error}", place.display()).into());
        }
    }
    watchdog.finish();
    Ok(())
}

/// A server that the machine itself has, unless it is MariaDB under MySQL's name, or too old.
fn of_machine(server: &Path) -> Result<Option<Program>> {
    let line = process::text(Command::new(server).args(["--no-defaults", "--version"])).unwrap_or_default();
    let Some(version) = super::version_in(&line).filter(|_| !line.contains("MariaDB")) else {
        return Ok(None);
    };
    if !is_new_enough(&version) {
        let (major, minor) = OLDEST;
        eprintln!("note: {} is MySQL {version}, older than {major}.{minor}: not used", server.display());
        return Ok(None);
    }
    Ok(Some(program(vec![server.into(), "--no-defaults".into()], version)))
}

fn fetched(root: &Path, architecture: &Architecture, version: &str) -> Program {
    let libraries = root.join("usr/lib").join(architecture.libraries);
    let mut words: Vec<OsString> =
        vec![libraries.join(architecture.loader).into(), "--library-path".into(), libraries.into()];
    words.extend([root.join("usr/sbin/mysqld").into(), "--no-defaults".into()]);
    let folders = [
        ("--basedir=", "usr"),
        ("--lc-messages-dir=", "usr/share/mysql"),
        ("--character-sets-dir=", "usr/share/mysql/charsets"),
        ("--plugin-dir=", "usr/lib/mysql/plugin"),
    ];
    for (option, folder) in folders {
        let mut word = OsString::from(option);
        word.push(root.join(folder));
        words.push(word);
    }
    program(words, version.to_owned())
}

fn program(words: Vec<OsString>, version: String) -> Program {
    let with = |more: &[&str]| words.iter().cloned().chain(more.iter().map(OsString::from)).collect();
    Program {
        family: Family::MySql,
        version,
        // A smaller log fills while the data directory is made, and making it then waits.
        initialize: with(&["--initialize-insecure", "--innodb-redo-log-capacity=64M"]),
        serve: with(&["--mysqlx=OFF", "--innodb-redo-log-capacity=64M"]),
    }
}

fn architecture() -> Result<&'static Architecture> {
    let name = process::text(Command::new("dpkg").arg("--print-architecture"))?;
    let found = ARCHITECTURES.iter().find(|architecture| architecture.debian == name.trim());
    found.ok_or_else(|| {
        format!("Debian has it for amd64 and arm64, and this machine is {}", name.trim()).into()
    })
}

/// A version as a part of a file name.
fn file_name(version: &str) -> String {
    version.chars().map(|c| if c.is_ascii_alphanumeric() || ".-+".contains(c) { c } else { '_' }).collect()
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map_while(|number| number.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    version >= OLDEST
}

fn cache() -> PathBuf {
    workspace::target().join("servers")
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(is_new_enough("9.7.4"));
        assert!(is_new_enough("10.0.1"));
        assert!(is_new_enough("9.10.0"));
        assert!(!is_new_enough("9.6.9"));
        assert!(!is_new_enough("8.0.46"));
        assert!(!is_new_enough("nonsense"));
    }
}
