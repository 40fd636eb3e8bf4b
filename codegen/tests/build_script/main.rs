//! The library in the build script of a crate outside this workspace, built by cargo, offline, from a snapshot.

// Everything here is a test; clippy knows only the functions marked as such.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../common/sample.rs"]
mod sample;

use std::path::{Path, PathBuf};
use std::process::Command;

use porpoise_codegen::catalog::IntWidth;

struct Downstream {
    folder: tempfile::TempDir,
}

struct Built {
    success: bool,
    stderr: String,
}

impl Downstream {
    /// A crate with a name of its own, since all of them share a target folder.
    fn new(name: &str) -> Self {
        let downstream = Self { folder: tempfile::tempdir().unwrap() };
        let (codegen, runtime) = (here(), here().join("../runtime").canonicalize().unwrap());
        downstream.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nporpoise = {{ path = {runtime:?} }}\n\n\
                 [build-dependencies]\nporpoise-codegen = {{ path = {codegen:?} }}\n\n[workspace]\n"
            ),
        );
        // The versions that this workspace has, so that nothing need be fetched.
        let lock = std::fs::read_to_string(here().join("../Cargo.lock")).unwrap();
        downstream.write("Cargo.lock", &lock);
        downstream.write(
            "build.rs",
            "fn main() {\n    porpoise_codegen::Builder::new(\"queries/porpoise.toml\").generate();\n}\n",
        );
        downstream.write(
            "src/main.rs",
            "mod queries {\n    include!(concat!(env!(\"OUT_DIR\"), \"/porpoise.rs\"));\n}\n\
             fn main() {\n    let _ = |pool: &porpoise::Pool, id: u32| queries::account::find(pool, id);\n}\n",
        );
        downstream.write("queries/porpoise.toml", "");
        downstream.write("queries/schema.json", &sample::snapshot(IntWidth::Int).to_json());
        downstream.write("queries/account.sql", GOOD);
        downstream
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn build(&self) -> Built {
        let output = Command::new(env!("CARGO"))
            .args(["build", "--offline", "--verbose"])
            .current_dir(self.folder.path())
            // Shared between runs, so that only the first one compiles the dependencies.
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("downstream"))
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .output()
            .unwrap();
        Built { success: output.status.success(), stderr: String::from_utf8(output.stderr).unwrap() }
    }
}

impl Built {
    #[track_caller]
    fn succeeds(self) -> String {
        assert!(self.success, "{}", self.stderr);
        self.stderr
    }

    #[track_caller]
    fn fails(self) -> String {
        assert!(!self.success, "{}", self.stderr);
        self.stderr
    }
}

const GOOD: &str = "-- name: find :opt\nSELECT id, email FROM account WHERE id = :id;\n";

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn a_crate_builds_offline_and_a_second_build_has_nothing_to_do() {
    let downstream = Downstream::new("fresh");
    let first = downstream.build().succeeds();
    assert!(!first.contains("`fresh` (bin"), "the generated code is clean: {first}");
    let again = downstream.build().succeeds();
    assert!(again.contains("Fresh fresh v"), "{again}");
}

#[test]
fn an_error_is_shown_as_a_snippet_through_cargo_and_only_once() {
    let downstream = Downstream::new("wrong");
    downstream
        .write("queries/account.sql", "-- name: find :opt\nSELECT id, emial FROM account WHERE id = :id;\n");
    let said = downstream.build().fails();
    let snippet = "error: wrong@0.1.0:  --> queries/account.sql:2:12\n\
                   error: wrong@0.1.0:   |\n\
                   error: wrong@0.1.0: 2 | SELECT id, emial FROM account WHERE id = :id;\n\
                   error: wrong@0.1.0:   |            ^^^^^";
    assert!(said.contains(snippet), "{said}");
    assert_eq!(said.matches("SELECT id, emial").count(), 1, "{said}");
    downstream.write("queries/account.sql", GOOD);
    downstream.build().succeeds();
}

#[test]
fn whatever_the_code_depends_on_leads_to_a_new_build() {
    let downstream = Downstream::new("changing");
    downstream.build().succeeds();
    // A new query file.
    downstream.write("queries/other.sql", "-- name: wrong\nSELECT emial FROM account;\n");
    assert!(downstream.build().fails().contains("queries/other.sql:2:8"));
    std::fs::remove_file(downstream.folder.path().join("queries/other.sql")).unwrap();
    downstream.build().succeeds();
    // The snapshot.
    downstream.write("queries/schema.json", &sample::snapshot(IntWidth::Big).to_json());
    assert!(downstream.build().fails().contains("expected `u64`, found `u32`"), "the key is u64 now");
    downstream.write("queries/schema.json", &sample::snapshot(IntWidth::Int).to_json());
    downstream.build().succeeds();
    // The configuration.
    downstream.write("queries/porpoise.toml", "[types]\ntinyint1_boolean = true\n");
    assert!(downstream.build().fails().contains("did you mean `tinyint1_bool`?"));
}

#[test]
fn a_missing_snapshot_says_what_to_do() {
    let downstream = Downstream::new("unpulled");
    std::fs::remove_file(downstream.folder.path().join("queries/schema.json")).unwrap();
    let said = downstream.build().fails();
    assert!(
        said.contains("error: unpulled@0.1.0: there is no snapshot of the schema at queries/schema.json"),
        "{said}"
    );
    assert!(said.contains("`porpoise pull` writes it"), "{said}");
}

#[test]
fn a_build_dependency_brings_neither_driver_nor_command_line() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "-p",
            "porpoise-codegen",
            "-e",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(here())
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains(&"sqlparser"), "{tree}");
    for unwanted in ["mysql", "mysql_common", "clap", "anstream", "tokio"] {
        assert!(!names.contains(&unwanted), "{unwanted} in\n{tree}");
    }
}
