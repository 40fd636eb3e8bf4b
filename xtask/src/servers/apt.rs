//! Fetching packages of another Debian suite into a folder, without the superuser and without installing anything.
//!
//! apt gets its own lists, its own cache and an empty record of what is installed, so the machine's stay as they are.
//! The mirror and its key are the ones the machine already trusts. Knows nothing of databases.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::sources::{self, Mirror};
use crate::{Result, process};

/// A private apt that sees one suite of the machine's own mirror.
pub(crate) struct Apt {
    folder: PathBuf,
}

impl Apt {
    /// Reads the lists of `suite` into `folder`, which must be empty and is ours.
    pub(crate) fn open(folder: &Path, suite: &str) -> Result<Self> {
        let mirror = mirror()?;
        for part in ["sources", "lists/partial", "cache/archives/partial", "packages"] {
            fs::create_dir_all(folder.join(part))?;
        }
        fs::write(folder.join("sources/suite.sources"), mirror.stanza(suite))?;
        fs::write(folder.join("status"), "")?;
        let path = |part: &str| folder.join(part).display().to_string();
        let mut settings = vec![
            ("Dir::Etc::SourceList", "/dev/null".to_owned()),
            ("Dir::Etc::SourceParts", path("sources")),
            ("Dir::Etc::Preferences", "/dev/null".to_owned()),
            ("Dir::Etc::PreferencesParts", "/dev/null".to_owned()),
            ("Dir::State::Lists", path("lists")),
            ("Dir::State::Status", path("status")),
            ("Dir::Cache", path("cache")),
            ("Acquire::Languages", "none".to_owned()),
        ];
        if process::is_root() {
            // The user that apt changes to could not write here.
            settings.push(("APT::Sandbox::User", "root".to_owned()));
        }
        // A file, as on each command line they would hide what an error is about.
        let settings = settings.into_iter().map(|(name, value)| format!("{name} \"{value}\";\n"));
        fs::write(folder.join("apt.conf"), settings.collect::<String>())?;
        let apt = Self { folder: folder.to_owned() };
        process::text(apt.command("apt-get").args(["-qq", "update"]))?;
        Ok(apt)
    }

    /// The version of a package that the suite has.
    pub(crate) fn version(&self, package: &str) -> Result<String> {
        let policy = process::text(self.command("apt-cache").args(["policy", package]))?;
        candidate(&policy).ok_or_else(|| format!("the suite has no package {package}").into())
    }

    /// A package and what it needs, but for the names that `leave_out` tells and what only those need.
    pub(crate) fn closure(
        &self,
        package: &str,
        leave_out: &dyn Fn(&str) -> bool,
    ) -> Result<BTreeSet<String>> {
        const ONLY_NEEDS: &[&str] = &[
            "--recurse",
            "--no-recommends",
            "--no-suggests",
            "--no-conflicts",
            "--no-breaks",
            "--no-replaces",
            "--no-enhances",
        ];
        let listing = process::text(self.command("apt-cache").arg("depends").args(ONLY_NEEDS).arg(package))?;
        Ok(reachable(&parse_depends(&listing), package, leave_out))
    }

    /// Downloads packages and unpacks them all into one folder.
    pub(crate) fn unpack(&self, packages: &BTreeSet<String>, into: &Path) -> Result<()> {
        let archives = self.folder.join("packages");
        process::text(
            self.command("apt-get").args(["-qq", "download"]).args(packages).current_dir(&archives),
        )?;
        fs::create_dir_all(into)?;
        for archive in fs::read_dir(&archives)? {
            process::text(Command::new("dpkg").arg("-x").arg(archive?.path()).arg(into))?;
        }
        Ok(())
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        // What the programs print is read, so it must be in one language.
        command.arg("-c").arg(self.folder.join("apt.conf")).env("LC_ALL", "C");
        command
    }
}

/// The machine's own Debian mirror.
fn mirror() -> Result<Mirror> {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if !release.lines().any(|line| line == "ID=debian") {
        return Err("this machine is not a Debian".into());
    }
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    if let Ok(folder) = fs::read_dir("/etc/apt/sources.list.d") {
        files.extend(folder.filter_map(|entry| Some(entry.ok()?.path())));
    }
    files.sort();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let mirrors = match file.extension().and_then(|extension| extension.to_str()) {
            Some("list") => sources::parse_lines(&text),
            Some("sources") => sources::parse_stanzas(&text),
            _ => continue,
        };
        if let Some(mirror) = mirrors.into_iter().find(Mirror::is_debian_archive) {
            return Ok(mirror);
        }
    }
    Err("no Debian mirror is named in /etc/apt".into())
}

/// `  Candidate: 9.7.4-2` in the answer of `apt-cache policy`.
fn candidate(policy: &str) -> Option<String> {
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate:"))?.trim();
    (version != "(none)").then(|| version.to_owned())
}

/// The answer of `apt-cache depends`: each package with what it needs. Of alternatives (`|Depends`) and of the
/// packages that provide a virtual one (`<name>`, then indented names) the first is taken, as apt would.
fn parse_depends(listing: &str) -> BTreeMap<String, Vec<String>> {
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut package = String::new();
    let mut alternative = false;
    let mut wants_provider = false;
    for line in listing.lines() {
        let word = line.trim();
        if !line.starts_with([' ', '|']) {
            // `<name>` at the margin is a virtual package, which needs nothing.
            package = word.to_owned();
            needs.entry(package.clone()).or_default();
            (alternative, wants_provider) = (false, false);
            continue;
        }
        let Some((kind, name)) = word.split_once(": ") else {
            if std::mem::take(&mut wants_provider) {
                needs.entry(package.clone()).or_default().push(word.to_owned());
            }
            continue;
        };
        let later_alternative = alternative;
        alternative = kind.starts_with('|');
        wants_provider = false;
        if later_alternative {
            continue;
        }
        if name.starts_with('<') {
            wants_provider = true;
        } else {
            needs.entry(package.clone()).or_default().push(name.to_owned());
        }
    }
    needs
}

fn reachable(
    needs: &BTreeMap<String, Vec<String>>,
    from: &str,
    leave_out: &dyn Fn(&str) -> bool,
) -> BTreeSet<String> {
    let mut found = BTreeSet::from([from.to_owned()]);
    let mut open = vec![from];
    while let Some(package) = open.pop() {
        for need in needs.get(package).into_iter().flatten() {
            if !leave_out(need) && found.insert(need.clone()) {
                open.push(need);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{candidate, parse_depends, reachable};

    const LISTING: &str = "\
server
  Depends: libc6
 |Depends: first-choice
  Depends: second-choice
  Depends: <perl:any>
    perl
    perl-other
  PreDepends: libstdc++6
libc6
  Depends: libgcc-s1
libgcc-s1
  Depends: libc6
  Depends: gcc-16-base
first-choice
second-choice
<perl:any>
perl
  Depends: libdb5.3
libdb5.3
perl-other
libstdc++6
";

    fn closure(leave_out: &dyn Fn(&str) -> bool) -> Vec<String> {
        reachable(&parse_depends(LISTING), "server", leave_out).into_iter().collect()
    }

    #[test]
    fn the_first_of_alternatives_and_of_providers_is_taken() {
        let all =
            ["first-choice", "gcc-16-base", "libc6", "libdb5.3", "libgcc-s1", "libstdc++6", "perl", "server"];
        assert_eq!(closure(&|_| false), all);
    }

    #[test]
    fn what_only_a_left_out_package_needs_is_left_out_too() {
        let rest = ["first-choice", "libc6", "libgcc-s1", "libstdc++6", "server"];
        assert_eq!(closure(&|name| name == "perl" || name.ends_with("-base")), rest);
    }

    #[test]
    fn the_candidate_is_read_from_the_policy() {
        assert_eq!(candidate("x:\n  Installed: (none)\n  Candidate: 9.7.4-2\n").as_deref(), Some("9.7.4-2"));
        assert_eq!(candidate("x:\n  Installed: (none)\n  Candidate: (none)\n"), None);
        assert_eq!(candidate(""), None);
    }
}
