//! From the text of `porpoise.toml` to a [`Config`], with a diagnostic at the place for everything that is wrong.
//! All findings of a file are reported at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Config;
use super::options::{Entry, OPTIONS, SECTIONS, Takes};
use crate::catalog::{LOADABLE_FORM, loadable_function};
use crate::diagnostic::{Diagnostic, nearest};
use crate::error::{Error, Result};
use crate::span::{FileId, Sources, Span};

impl Config {
    /// Reads a configuration file into `sources`. The inner error says what is wrong in the file.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn from_file(
        path: impl AsRef<Path>,
        sources: &mut Sources,
    ) -> Result<std::result::Result<Self, Vec<Diagnostic>>> {
        let path = path.as_ref();
        if !path.is_file() {
            return Err(Error::new(format!("there is no configuration file {}", crate::shown(path)))
                .help("`porpoise init` writes one; `--config FILE` names another"));
        }
        let text = fs_err::read_to_string(path)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let file = sources.add(crate::shown(path), text);
        Ok(Self::parse(sources, file, path.parent().unwrap_or(Path::new(""))))
    }

    /// Reads the text of a configuration file that lies in `folder`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(
        sources: &Sources,
        file: FileId,
        folder: &Path,
    ) -> std::result::Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader { file, config: Config::in_folder(folder), findings: Vec::new() };
        match DeTable::parse(&sources.get(file).text) {
            Ok(document) => reader.document(document.get_ref()),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let finding = Diagnostic::error("bad-toml", "the configuration is not valid TOML");
                reader.findings.push(finding.at(Span::new(file, span.start, span.end), error.message()));
            }
        }
        if reader.findings.is_empty() { Ok(reader.config) } else { Err(reader.findings) }
    }
}

pub(super) struct Reader {
    file: FileId,
    config: Config,
    pub(super) findings: Vec<Diagnostic>,
}

pub(super) type Item<'t, 'i> = &'t Spanned<DeValue<'i>>;

impl Reader {
    fn document(&mut self, document: &DeTable<'_>) {
        for (key, value) in document {
            let name: &str = key.get_ref();
            if !SECTIONS.iter().any(|(section, _)| *section == name) {
                self.unknown_section(key.span(), name);
            } else if let Some(table) = value.get_ref().as_table() {
                self.section(name, table);
            } else {
                self.wrong_type(value, name, "a section", &format!("write `[{name}]` on a line of its own"));
            }
        }
    }

    fn section(&mut self, section: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name: &str = key.get_ref();
            match OPTIONS.iter().find(|option| option.section == section && option.key == name) {
                Some(option) => self.option(option, value),
                None => self.unknown_key(key.span(), section, name),
            }
        }
    }

    fn option(&mut self, option: &Entry, value: Item<'_, '_>) {
        let plain = value.get_ref();
        let done = match &option.takes {
            Takes::Text(set) => plain.as_str().map(|text| set(&mut self.config, text.to_owned())),
            Takes::Path(set) => plain.as_str().map(|text| {
                let path = resolve(&self.config.folder, text);
                set(&mut self.config, path);
            }),
            Takes::Flag(set) => plain.as_bool().map(|flag| set(&mut self.config, flag)),
            Takes::Count(set) => plain
                .as_integer()
                .and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok())
                .map(|count| set(&mut self.config, count)),
            Takes::Texts(set) => texts(plain).map(|texts| {
                let texts = texts.into_iter().map(|(text, _)| text).collect();
                set(&mut self.config, texts);
            }),
            Takes::Functions(set) => texts(plain).map(|declarations| {
                let mut functions = Vec::new();
                for (declaration, range) in declarations {
                    match loadable_function(&declaration) {
                        Ok(function) => functions.push(function),
                        Err(why) => {
                            let finding = Diagnostic::error("wrong-value", "this declares no function");
                            let finding = finding.at(self.span(range), why);
                            self.findings.push(finding.help(format!("write {LOADABLE_FORM}")));
                        }
                    }
                }
                set(&mut self.config, functions);
            }),
            Takes::Derives(set) => texts(plain).map(|paths| {
                for (path, range) in &paths {
                    if syn::parse_str::<syn::Path>(path).is_err() {
                        self.not_rust(range.clone(), path, "a path to a derive macro");
                    }
                }
                set(&mut self.config, paths.into_iter().map(|(path, _)| path).collect());
            }),
            Takes::RustTypes(set) => rust_types(plain).map(|types| {
                for (rust_type, range) in types.values() {
                    if syn::parse_str::<syn::Type>(rust_type).is_err() {
                        self.not_rust(range.clone(), rust_type, "a Rust type");
                    }
                }
                set(&mut self.config, types.into_iter().map(|(name, (ty, _))| (name, ty)).collect());
            }),
            Takes::Rows(set) => self.rows(value).map(|rows| set(&mut self.config, rows)),
            Takes::Fields(set) => self.fields(value).map(|fields| set(&mut self.config, fields)),
            Takes::Enums(set) => self.enums(value).map(|enums| set(&mut self.config, enums)),
            Takes::Choice(words, set) => plain
                .as_str()
                .and_then(|text| words.iter().find(|word| **word == text))
                .map(|word| set(&mut self.config, word)),
        };
        if done.is_none() {
            self.wrong_type(value, option.key, &option.takes.describe(), "");
        }
    }

    fn unknown_section(&mut self, range: std::ops::Range<usize>, name: &str) {
        // A key that stands above all sections belongs into one.
        let homes = OPTIONS.iter().filter(|option| option.key == name).map(|option| option.section);
        let (what, guess) = match homes.into_iter().next() {
            Some(section) => ("key", Some(format!("`{name}` under `[{section}]`"))),
            None => {
                let sections = SECTIONS.iter().map(|(section, _)| *section);
                ("section", nearest(name, sections).map(|section| format!("`[{section}]`")))
            }
        };
        let all: Vec<_> = SECTIONS.iter().map(|(section, _)| format!("[{section}]")).collect();
        let mut message = format!("unknown {what} `{name}`");
        let label = match guess {
            Some(guess) => {
                message.push_str(&format!(", did you mean {guess}?"));
                String::new()
            }
            None => "not a section of porpoise.toml".to_owned(),
        };
        let finding = Diagnostic::error("unknown-section", message).at(self.span(range), label);
        self.findings.push(finding.help(format!("the sections are {}", all.join(", "))));
    }

    fn unknown_key(&mut self, range: std::ops::Range<usize>, section: &str, name: &str) {
        let known: Vec<_> =
            OPTIONS.iter().filter(|option| option.section == section).map(|option| option.key).collect();
        let elsewhere = OPTIONS.iter().find(|option| option.key == name);
        let mut message = format!("unknown key `{name}` in [{section}]");
        match (nearest(name, known.iter().copied()), elsewhere) {
            (Some(guess), _) => message.push_str(&format!(", did you mean `{guess}`?")),
            (None, Some(other)) => message.push_str(&format!(", it belongs in [{}]", other.section)),
            (None, None) => {}
        }
        let finding = Diagnostic::error("unknown-key", message).at(self.span(range), "");
        self.findings.push(finding.help(format!("the keys of [{section}] are {}", known.join(", "))));
    }

    pub(super) fn wrong_type(&mut self, value: Item<'_, '_>, key: &str, wanted: &str, help: &str) {
        let found = value.get_ref().type_str();
        let article = if found.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
        let mut finding = Diagnostic::error("wrong-value", format!("`{key}` takes {wanted}"));
        finding = match value.get_ref().as_str() {
            Some(text) => finding.at(self.span(value.span()), format!("not \"{text}\"")),
            None => finding.at(self.span(value.span()), format!("this is {article} {found}")),
        };
        if !help.is_empty() {
            finding = finding.help(help);
        }
        self.findings.push(finding);
    }

    pub(super) fn not_rust(&mut self, range: std::ops::Range<usize>, text: &str, wanted: &str) {
        let finding = Diagnostic::error("wrong-value", format!("`{text}` is not {wanted}"));
        self.findings.push(finding.at(self.span(range), ""));
    }

    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
}

pub(super) fn texts(value: &DeValue<'_>) -> Option<Vec<(String, std::ops::Range<usize>)>> {
    let array = value.as_array()?;
    array.iter().map(|item| Some((item.get_ref().as_str()?.to_owned(), item.span()))).collect()
}

fn rust_types(value: &DeValue<'_>) -> Option<BTreeMap<String, (String, std::ops::Range<usize>)>> {
    let table = value.as_table()?;
    table
        .iter()
        .map(|(key, item)| {
            Some((key.get_ref().to_string(), (item.get_ref().as_str()?.to_owned(), item.span())))
        })
        .collect()
}

fn resolve(folder: &Path, text: &str) -> PathBuf {
    let home = text.strip_prefix("~/").and_then(|rest| Some((std::env::home_dir()?, rest)));
    match home {
        Some((home, rest)) => home.join(rest),
        None => folder.join(text),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Config, ZeroDates, reference};
    use crate::span::Sources;

    fn parse(text: &str) -> Result<Config, String> {
        let mut sources = Sources::new();
        let file = sources.add("porpoise.toml", text);
        Config::parse(&sources, file, Path::new("queries"))
            .map_err(|findings| crate::render::render(&findings, &sources, false))
    }

    #[track_caller]
    fn says(text: &str, part: &str) {
        let said = parse(text).unwrap_err();
        assert!(said.contains(part), "expected to read: {part}\nin:\n{said}");
    }

    #[test]
    fn an_empty_file_is_the_defaults() {
        assert_eq!(parse("").unwrap(), Config::in_folder("queries"));
    }

    #[test]
    fn the_reference_with_its_defaults_uncommented_is_the_defaults() {
        let text = reference();
        let keys = super::OPTIONS.iter().map(|option| format!("# {} = ", option.key));
        let mut uncommented = text.clone();
        for key in keys {
            assert_eq!(text.matches(&format!("\n{key}")).count(), 1, "{key}");
            uncommented = uncommented.replace(&format!("\n{key}"), &format!("\n{}", &key[2..]));
        }
        let examples_left_out: Vec<_> =
            uncommented.lines().filter(|line| !line.contains("# an example")).collect();
        assert_eq!(parse(&examples_left_out.join("\n")).unwrap(), Config::in_folder("queries"));
        parse(&uncommented).expect("the examples are valid too");
        assert_eq!(parse(&text).unwrap(), Config::in_folder("queries"));
    }

    #[test]
    fn every_option_reaches_its_field() {
        let config = parse(
            "[database]\nurl_env = \"A\"\noption_file = \"b.cnf\"\noption_groups = [\"c\"]\n\
             [schema]\nsnapshot = \"d.json\"\nignore = [\"e*\"]\nschemas = [\"f\"]\nsql_mode = \"g\"\n\
             functions = [\"h(real) returns real\"]\n\
             [queries]\ninclude = [\"h\"]\nexclude = []\n\
             [generate]\nfolder = \"../i\"\ntables = [\"*\"]\nmax_arguments = 0x7\nderives = [\"serde::Serialize\"]\n\
             [types]\nkeys = [\"a*\"]\ntinyint1_bool = false\nzero_dates = \"null\"\ncolumns.\"t.c\" = \"Vec<u8>\"\nsql = { json = \"J\" }\n",
        )
        .unwrap();
        assert_eq!(config.database.url_env, "A");
        assert_eq!(config.database.option_file.as_deref(), Some(Path::new("queries/b.cnf")));
        assert_eq!(config.database.option_groups, ["c"]);
        assert_eq!(config.schema.snapshot, Path::new("queries/d.json"));
        assert_eq!(config.schema.ignore, ["e*"]);
        assert_eq!(config.schema.schemas, ["f"]);
        assert_eq!(config.schema.sql_mode.as_deref(), Some("g"));
        assert_eq!(config.schema.functions[0].name, "h");
        assert_eq!(config.queries.include, ["h"]);
        assert!(config.queries.exclude.is_empty());
        assert_eq!(config.generate.folder.as_deref(), Some(Path::new("queries/../i")));
        assert_eq!(config.generate.tables, ["*"]);
        assert_eq!(config.generate.max_arguments, 7);
        assert_eq!(config.generate.derives, ["serde::Serialize"]);
        assert_eq!(config.types.keys, ["a*"]);
        assert!(!config.types.tinyint1_bool);
        assert_eq!(config.types.zero_dates, ZeroDates::Null);
        assert_eq!(config.types.columns["t.c"], "Vec<u8>");
        assert_eq!(config.types.sql["json"], "J");
    }

    #[test]
    fn an_unknown_key_is_shown_with_its_line_and_a_suggestion() {
        let said = parse("[schema]\nignore = []\nsnapsot = \"s.json\"\n").unwrap_err();
        assert!(said.contains("unknown key `snapsot` in [schema], did you mean `snapshot`?"), "{said}");
        assert!(said.contains("porpoise.toml:3:1"), "{said}");
        assert!(said.contains("the keys of [schema] are snapshot, ignore, schemas, sql_mode"), "{said}");
    }

    #[test]
    fn keys_and_sections_out_of_place_are_explained() {
        says("snapshot = 's'", "unknown key `snapshot`, did you mean `snapshot` under `[schema]`?");
        says("[generat]", "unknown section `generat`, did you mean `[generate]`?");
        says("[zebra]", "the sections are [database], [schema], [queries], [generate], [types]");
        says("[types]\nsnapshot = 's'", "unknown key `snapshot` in [types], it belongs in [schema]");
        says("queries = ['*.sql']", "`queries` takes a section");
    }

    #[test]
    fn wrong_values_are_explained() {
        says("[generate]\nmax_arguments = -1", "`max_arguments` takes a whole number");
        says("[generate]\nmax_arguments = \"many\"", "not \"many\"");
        says("[types]\nzero_dates = 'zero'", "`zero_dates` takes \"error\" or \"null\"");
        says("[types]\ntinyint1_bool = 1", "this is an integer");
        says("[types]\nsql = { json = 'Vec<' }", "`Vec<` is not a Rust type");
        says("[generate]\nderives = ['a b']", "`a b` is not a path to a derive macro");
        says("[schema\n", "the configuration is not valid TOML");
    }

    #[test]
    fn all_findings_of_a_file_come_at_once() {
        let said = parse("[schema]\nsnapsot = 1\n[types]\nzero_dates = 2\n").unwrap_err();
        assert!(said.contains("snapsot") && said.contains("zero_dates"), "{said}");
    }
}
