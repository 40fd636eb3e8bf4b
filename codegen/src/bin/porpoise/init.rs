//! `porpoise init`: a first configuration and query file, and what to do next.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use porpoise_codegen::{Error, Result, reference, shown};

use crate::output::{self, Outcome};

/// The arguments.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The crate to write into.
    #[arg(default_value = ".", value_name = "CRATE")]
    folder: PathBuf,
}

/// Runs on every server and every schema, so that the first build succeeds.
const EXAMPLE: &str = "\
-- Every statement has a name, which becomes a Rust function. The plain comment lines under it become its
-- documentation. This is a file for any MySQL client; try `porpoise describe`.

-- name: server_time :one
-- The time on the server, and a greeting for whoever asks.
SELECT UTC_TIMESTAMP() AS now, CONCAT('Hello, ', :name) AS greeting;
";

/// Writes what is not there yet.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let folder = &arguments.folder;
    if !folder.join("Cargo.toml").is_file() {
        return Err(Error::new(format!("there is no Cargo.toml in {}", shown(folder)))
            .help("run `porpoise init` in the folder of a crate, or `cargo new NAME` first"));
    }
    let config = folder.join("queries/porpoise.toml");
    let fresh = create(&config, &reference())?;
    if fresh {
        create(&folder.join("queries/example.sql"), EXAMPLE)?;
    }
    output::result(next_steps(folder));
    Ok(Outcome::Clean)
}

/// Writes a file only if there is none, and says so.
fn create(path: &Path, text: &str) -> Result<bool> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Error::new(format!("cannot make the folder {}: {error}", shown(folder))))?;
    }
    let written = std::fs::File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => {
            output::note(format!("wrote {}", shown(path)));
            Ok(true)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            output::note(format!("kept {}, which is there already", shown(path)));
            Ok(false)
        }
        Err(error) => Err(Error::new(format!("cannot write {}: {error}", shown(path)))),
    }
}

fn next_steps(folder: &Path) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let build = if folder.join("build.rs").is_file() {
        "2. Add to main() of build.rs:\n\n   porpoise_codegen::Builder::new(\"queries/porpoise.toml\").generate();\n"
    } else {
        "2. Write build.rs:\n\n   fn main() {\n       \
         porpoise_codegen::Builder::new(\"queries/porpoise.toml\").generate();\n   }\n"
    };
    format!(
        "\n1. Add to Cargo.toml:\n\n   [dependencies]\n   porpoise = \"{version}\"\n\n   [build-dependencies]\n   \
         porpoise-codegen = \"{version}\"\n\n{build}\n\
         3. Take the generated code in, in src/main.rs or src/lib.rs:\n\n   \
         mod queries {{\n       include!(concat!(env!(\"OUT_DIR\"), \"/porpoise.rs\"));\n   }}\n\n\
         4. Read the schema once, and again whenever it changes; commit queries/schema.json:\n\n   \
         export DATABASE_URL=mysql://user:password@127.0.0.1:3306/database\n   porpoise pull\n\n\
         5. Write queries into queries/*.sql and build. `porpoise describe` says what they return.\n"
    )
}
