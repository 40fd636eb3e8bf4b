//! `porpoise describe`: what is known of each query, for people and as JSON for other tools.

use std::collections::BTreeSet;

use clap::ValueEnum;
use porpoise_codegen::lower::{QueryFile, QueryTypes};
use porpoise_codegen::{Checked, Error, Result, describe, nearest};

use crate::output::{self, Outcome};
use crate::project::ProjectArguments;

/// The arguments.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The queries to describe; by default all of them.
    #[arg(value_name = "QUERY")]
    names: Vec<String>,
    #[command(flatten)]
    project: ProjectArguments,
    /// How to print them.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For other tools: stable keys, on stdout alone, with the diagnostics in it.
    Json,
}

/// Prints the description.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut project = arguments.project.read()?;
    let snapshot = project.snapshot()?;
    let mut connection = arguments.project.connect(&project, &snapshot)?;
    let checked = project.check(&snapshot, connection.as_mut())?;
    let (files, types) = named(&checked, &arguments.names).inspect_err(|_| {
        // Why it could not be typed, perhaps.
        output::findings(&checked.diagnostics, &project.sources);
    })?;
    let input = describe::Input {
        files: &files,
        types: &types,
        diagnostics: &checked.diagnostics,
        sources: &project.sources,
    };
    match arguments.format {
        Format::Json => output::result(describe::json(&input)),
        Format::Text => {
            output::result(describe::text(&input));
            output::findings(&checked.diagnostics, &project.sources);
        }
    }
    Ok(Outcome::of(&checked.diagnostics))
}

/// The queries with these names, file by file; all of them where no name is given.
fn named(checked: &Checked, names: &[String]) -> Result<(Vec<QueryFile>, Vec<Vec<QueryTypes>>)> {
    let known: BTreeSet<&str> = checked
        .files
        .iter()
        .flat_map(|file| file.queries.iter().map(|query| query.statement.name.value.as_str()))
        .collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(name.as_str())) {
        let error = Error::new(format!("no query is named `{unknown}`, or it could not be typed"));
        return Err(match nearest(unknown, known) {
            Some(guess) => error.help(format!("did you mean `{guess}`?")),
            None => error,
        });
    }
    let (mut files, mut types) = (Vec::new(), Vec::new());
    for (file, file_types) in checked.files.iter().zip(&checked.lowered.types) {
        let (queries, query_types) = file
            .queries
            .iter()
            .zip(file_types)
            .filter(|(query, _)| names.is_empty() || names.contains(&query.statement.name.value))
            .map(|(query, types)| (query.clone(), types.clone()))
            .unzip();
        let mut chosen = QueryFile::new(file.file);
        chosen.of_table = file.of_table.clone();
        chosen.queries = queries;
        files.push(chosen);
        types.push(query_types);
    }
    Ok((files, types))
}
