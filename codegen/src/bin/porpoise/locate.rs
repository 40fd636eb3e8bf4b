//! Where the configuration is.

use std::path::{Path, PathBuf};

use porpoise_codegen::{Config, Error, Result, Sources, shown};

use crate::output;

/// The option that names it.
#[derive(clap::Args)]
pub(crate) struct ConfigArgument {
    /// The configuration file. By default porpoise.toml or queries/porpoise.toml, in this folder or one above.
    #[arg(long, value_name = "FILE", env = "PORPOISE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

impl ConfigArgument {
    /// The configuration, its findings shown. Something wrong in it is an error of the command.
    pub(crate) fn load(&self, sources: &mut Sources) -> Result<Config> {
        let path = match &self.config {
            Some(path) => path.clone(),
            None => find()?,
        };
        Config::from_file(&path, sources)?.map_err(|diagnostics| {
            output::findings(&diagnostics, sources);
            Error::new(format!("nothing was done, because of {}", shown(&path)))
        })
    }
}

/// The names that are looked for in each folder.
const NAMES: [&str; 2] = ["porpoise.toml", "queries/porpoise.toml"];

fn find() -> Result<PathBuf> {
    let here = std::env::current_dir()?;
    for (above, folder) in here.ancestors().enumerate() {
        for name in NAMES {
            if folder.join(name).is_file() {
                // Relative, so that findings and generated paths read as people write them.
                return Ok(Path::new(&"../".repeat(above)).join(name));
            }
        }
    }
    Err(Error::new(format!("there is no {} in {} or above", NAMES.join(" or "), shown(&here)))
        .help("`porpoise init` writes one; `--config FILE` names another"))
}
