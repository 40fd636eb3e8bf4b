//! The command line, and the suites that it asks for.

use std::path::{Path, PathBuf};

use crate::{Result, Suite};

const HELP: &str = "\
Usage: oracle [options]

  --only GROUP       looks at this group only: a file of the battery, a corpus, or `random`
  --corpora DIR      looks at every folder in DIR with a schema.sql and a queries.sql too
  --random N         makes up N queries too
  --strict           fails on differences of types that are not in divergences.toml, and below 99 % typed, too
  --errors           shows what the servers say where a run ends with an error
  --seed S           where the random numbers begin; printed with every failure

Environment: DATABASE_URL_MARIADB, DATABASE_URL_MYSQL
";

/// What is asked for.
pub(crate) struct Options {
    /// The folder of the battery.
    pub(crate) battery: PathBuf,
    pub(crate) only: Option<String>,
    pub(crate) corpora: Option<PathBuf>,
    pub(crate) random: usize,
    pub(crate) seed: u64,
    pub(crate) errors: bool,
    pub(crate) strict: bool,
}

impl Options {
    /// `None` where help was asked for, and given.
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>> {
        let mut options = Options {
            battery: Path::new(env!("CARGO_MANIFEST_DIR")).join("battery"),
            only: None,
            corpora: None,
            random: 0,
            seed: 1,
            errors: false,
            strict: false,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value\n\n{HELP}"));
            match argument.as_str() {
                "--only" => options.only = Some(value()?),
                "--corpora" => options.corpora = Some(value()?.into()),
                "--random" => options.random = value()?.parse()?,
                "--seed" => options.seed = value()?.parse()?,
                "--errors" => options.errors = true,
                "--strict" => options.strict = true,
                "--help" | "-h" => {
                    print!("{HELP}");
                    return Ok(None);
                }
                _ => return Err(format!("no such option: {argument}\n\n{HELP}").into()),
            }
        }
        Ok(Some(options))
    }

    /// The battery and the corpora, as far as asked for, sorted by name.
    pub(crate) fn suites(&self) -> Result<Vec<Suite>> {
        let wanted = |group: &str| self.only.as_deref().is_none_or(|only| only == group);
        let mut suites = Vec::new();
        let mut groups = Vec::new();
        for path in entries(&self.battery)? {
            let group = stem(&path);
            if path.extension().is_some_and(|extension| extension == "sql")
                && group != "schema"
                && wanted(&group)
            {
                groups.push((group, read(&path)?));
            }
        }
        if !groups.is_empty() {
            suites.push(Suite { schema: read(&self.battery.join("schema.sql"))?, strict: true, groups });
        }
        for folder in self.corpora.iter().map(|folder| entries(folder)).collect::<Result<Vec<_>>>()?.concat()
        {
            let (schema, queries) = (folder.join("schema.sql"), folder.join("queries.sql"));
            let group = stem(&folder);
            if schema.is_file() && queries.is_file() && wanted(&group) {
                let groups = vec![(group, read(&queries)?)];
                suites.push(Suite { schema: read(&schema)?, strict: false, groups });
            }
        }
        Ok(suites)
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listing = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = listing.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<String> {
    Ok(std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?)
}
