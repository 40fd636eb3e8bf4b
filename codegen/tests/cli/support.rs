//! A folder with a project in it, and the command run there.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use porpoise_codegen::catalog::IntWidth;

pub(crate) use crate::sample::snapshot;

/// A temporary folder, gone when dropped.
pub(crate) struct Folder {
    folder: tempfile::TempDir,
}

/// How a run ended.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    /// With nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With a configuration, a snapshot, and one query file.
    pub(crate) fn project() -> Self {
        let folder = Self::empty();
        folder.write("queries/porpoise.toml", "[generate]\nfolder = \"../src/queries\"\n");
        folder.write("queries/schema.json", &snapshot(IntWidth::Int).to_json());
        folder.write(
            "queries/account.sql",
            "-- name: find :opt\n-- Looks an account up.\nSELECT id, email FROM account WHERE id = :id;\n\n\
             -- name: rename :execrows\nUPDATE account SET email = :email WHERE id = :id;\n",
        );
        folder
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn porpoise(&self, arguments: &[&str]) -> Ran {
        self.porpoise_with(arguments, &[])
    }

    /// Runs the command in a folder of this one.
    pub(crate) fn porpoise_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        run(&self.path(folder), arguments, &[])
    }

    pub(crate) fn porpoise_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        run(self.folder.path(), arguments, variables)
    }

    /// The text of every file here.
    pub(crate) fn everything(&self) -> String {
        fn visit(folder: &Path, text: &mut String) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    visit(&path, text);
                } else {
                    text.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
                }
            }
        }
        let mut text = String::new();
        visit(self.folder.path(), &mut text);
        text
    }
}

/// Runs the command with none of the variables of the outside that it reads but these.
fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_porpoise"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .env_remove("PORPOISE_CONFIG")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Ran { status: status.code().expect("no signal"), stdout: text(stdout), stderr: text(stderr) }
}

impl Ran {
    /// That the run ended with `status`.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// That stderr says `part`.
    #[track_caller]
    pub(crate) fn says(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "expected to read: {part}\nstderr:\n{}", self.stderr);
        self
    }

    /// That stdout has `part`.
    #[track_caller]
    pub(crate) fn prints(self, part: &str) -> Self {
        assert!(self.stdout.contains(part), "expected to read: {part}\nstdout:\n{}", self.stdout);
        self
    }
}
