//! Runs programs and looks at what they print.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::repository;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// That stdout has `part`.
    #[track_caller]
    pub(crate) fn prints(self, part: &str) -> Self {
        assert!(
            self.stdout.contains(part),
            "expected: {part}\nstdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// That stderr has `part`.
    #[track_caller]
    pub(crate) fn says(self, part: &str) -> Self {
        assert!(
            self.stderr.contains(part),
            "expected: {part}\nstdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }
}

/// Runs a program to its end.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Ran {
        status: output.status.code().unwrap_or_else(|| panic!("{command:?}: {}", output.status)),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// The folder into which these tests were built, which other builds may share.
fn target_folder() -> PathBuf {
    // This program is target/debug/deps/end_to_end-1234.
    let program = std::env::current_exe().expect("a program");
    program.ancestors().nth(3).expect("the target folder").to_owned()
}

/// Cargo, offline and building into the same folder.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder).env("CARGO_TARGET_DIR", target_folder()).env("CARGO_NET_OFFLINE", "true");
    // These are about this package, and build scripts would take them for their own.
    for (variable, _) in std::env::vars_os() {
        let name = variable.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "OUT_DIR" {
            command.env_remove(&variable);
        }
    }
    command
}

/// The `porpoise` command in a folder, with no variable of the outside that it reads.
pub(crate) fn porpoise(folder: &Path) -> Command {
    let mut command = Command::new(program());
    command.current_dir(folder);
    for variable in ["DATABASE_URL", "PORPOISE_CONFIG", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

/// Cargo builds the programs of a package only for the tests of that package, so this builds it once.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let arguments =
            ["build", "--quiet", "--package", "porpoise-codegen", "--features", "cli", "--bin", "porpoise"];
        run(cargo(repository()).args(arguments)).ends(0);
        target_folder().join("debug/porpoise").with_extension(std::env::consts::EXE_EXTENSION)
    })
}
