//! What may be in a dependency tree: rules over the packages that `cargo tree` lists.

use std::collections::BTreeSet;
use std::process::Command;

use crate::{Result, process};

/// A package in a tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Package {
    name: String,
    version: String,
    proc_macro: bool,
    /// It comes from a folder, not from a registry: it is ours.
    ours: bool,
}

/// What must hold for a tree.
pub(crate) enum Rule {
    AtMostOneVersion(&'static str),
    NoneOf(&'static [&'static str]),
    NoProcMacroOfOurs,
}

impl Rule {
    pub(crate) fn check(&self, packages: &BTreeSet<Package>) -> Result<()> {
        let list = |is_wrong: &dyn Fn(&Package) -> bool| -> Vec<String> {
            let wrong = packages.iter().filter(|package| is_wrong(package));
            wrong.map(|package| format!("{} {}", package.name, package.version)).collect()
        };
        let (wrong, allowed) = match self {
            Self::AtMostOneVersion(name) => (list(&|package| package.name == *name), 1),
            Self::NoneOf(names) => (list(&|package| names.contains(&package.name.as_str())), 0),
            Self::NoProcMacroOfOurs => (list(&|package| package.proc_macro && package.ours), 0),
        };
        if wrong.len() <= allowed {
            return Ok(());
        }
        Err(format!("in the tree, against the rule: {}\n`cargo tree --invert` says why.", wrong.join(", "))
            .into())
    }
}

/// The targets that people build for. `--target all` would count what packages name for no target at all, `cfg(any())`,
/// to hold the version of another.
const TARGETS: [&str; 3] = ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "x86_64-pc-windows-msvc"];

/// The packages that `cargo tree` lists.
pub(crate) fn packages(mut cargo: Command, arguments: &[&str]) -> Result<BTreeSet<Package>> {
    cargo.args(["tree", "--prefix", "none", "--format", "{p}"]).args(arguments);
    cargo.args(TARGETS.iter().flat_map(|target| ["--target", target]));
    Ok(parse(&process::text(&mut cargo)?))
}

/// `name v1.2.3`, then `(proc-macro)`, the folder `(/...)` and `(*)` for a repetition, each where it applies.
fn parse(listing: &str) -> BTreeSet<Package> {
    let package = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        Some(Package {
            name: name.to_owned(),
            version: rest.split(' ').next()?.to_owned(),
            proc_macro: rest.contains(" (proc-macro)"),
            ours: rest.contains(" (/"),
        })
    };
    listing.lines().filter_map(package).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rule, parse};

    const LISTING: &str = "\
porpoise v0.1.0 (/somewhere/runtime)
own-macros v0.1.0 (proc-macro) (/somewhere/own macros)
syn v3.0.1
serde_derive v1.0.0 (proc-macro)
syn v3.0.1 (*)

mysql v28.0.4
";

    #[test]
    fn repetitions_are_one_package() {
        let packages = parse(LISTING);
        assert_eq!(packages.len(), 5);
        assert!(Rule::AtMostOneVersion("syn").check(&packages).is_ok());
    }

    #[test]
    fn a_second_version_breaks_the_rule_and_is_named() {
        let packages = parse(&format!("{LISTING}syn v2.0.100\n"));
        let error = Rule::AtMostOneVersion("syn").check(&packages).expect_err("two versions").to_string();
        assert!(error.contains("syn 2.0.100, syn 3.0.1"), "{error}");
    }

    #[test]
    fn an_unwanted_package_is_named() {
        let error =
            Rule::NoneOf(&["clap", "mysql"]).check(&parse(LISTING)).expect_err("a driver").to_string();
        assert!(error.contains("mysql 28.0.4"), "{error}");
        assert!(Rule::NoneOf(&["clap"]).check(&parse(LISTING)).is_ok());
    }

    #[test]
    fn only_our_own_proc_macros_are_unwanted() {
        let error = Rule::NoProcMacroOfOurs.check(&parse(LISTING)).expect_err("one of ours").to_string();
        assert!(error.contains("own-macros") && !error.contains("serde_derive"), "{error}");
    }
}
