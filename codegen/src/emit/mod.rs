//! Prints the generated code: one file of this folder per artefact, each a function from data to tokens. Decides no
//! name and no type; what calls do belongs in the runtime.

mod bulk;
mod constraints;
mod enums;
mod format;
mod function;
mod keys;
mod module;
mod nest;
mod params;
mod queries;
mod relations;
mod results;
mod root;
mod row;
mod row_impls;
mod rust_type;
mod tables;
mod text;

use crate::lower::Lowered;
use crate::parallel;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path in the folder of the output, with `/` between its parts.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// The generated code as a folder of source files: `mod.rs`, `tables.rs`, and one file per query file.
pub fn folder(lowered: &Lowered) -> Vec<OutputFile> {
    let mut files = vec![
        OutputFile {
            path: "mod.rs".to_owned(),
            text: format::file("the query files and the schema", root::folder(lowered)),
        },
        OutputFile {
            path: "tables.rs".to_owned(),
            text: format::file("the schema", tables::file(&lowered.tables)),
        },
    ];
    files.extend(parallel::map(&lowered.modules, |module| OutputFile {
        path: format!("{}.rs", module.name.plain()),
        text: format::file(&module.source, module::file(module)),
    }));
    files
}

/// The generated code as one file for `include!`, which allows no inner attributes: the same modules, in blocks.
pub fn single(lowered: &Lowered, path: &str) -> OutputFile {
    OutputFile {
        path: path.to_owned(),
        text: format::file("the query files and the schema", root::single(lowered)),
    }
}
