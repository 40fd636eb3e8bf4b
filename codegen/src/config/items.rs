//! The options of single tables, columns and enums: tables in `porpoise.toml` from names, or patterns of names, to
//! what is said of the things that are called so.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::read::{Item, Reader, texts};
use super::{EnumOptions, FieldOptions, Identity, RowOptions};
use crate::diagnostic::{Diagnostic, nearest};

/// The keys of a [`RowOptions`].
const ROW_KEYS: &[&str] = &["derives", "attributes", "identity", "display"];
/// The keys of a [`FieldOptions`].
const FIELD_KEYS: &[&str] = &["redact", "attributes"];
/// The keys of an [`EnumOptions`].
const ENUM_KEYS: &[&str] = &["name", "variants", "derives", "attributes"];

/// Whether a text is one attribute or more, as they stand before an item: `#[serde(skip)]`.
pub(crate) fn is_attributes(text: &str) -> bool {
    use syn::parse::Parser;
    syn::Attribute::parse_outer.parse_str(text).is_ok_and(|attributes| !attributes.is_empty())
}

impl Reader {
    pub(super) fn rows(&mut self, value: Item<'_, '_>) -> Option<BTreeMap<String, RowOptions>> {
        self.each(value, ROW_KEYS, |reader, options: &mut RowOptions, key, value| match key {
            "derives" => reader.derives(value, &mut options.derives),
            "attributes" => reader.attributes(value, &mut options.attributes),
            "identity" => match value.get_ref().as_str() {
                Some("fields") => options.identity = Some(Identity::Fields),
                Some("primary-key") => options.identity = Some(Identity::PrimaryKey),
                Some(_) | None => reader.wrong_type(value, key, "\"fields\" or \"primary-key\"", ""),
            },
            _ => reader.text(value, key, &mut options.display),
        })
    }

    pub(super) fn fields(&mut self, value: Item<'_, '_>) -> Option<BTreeMap<String, FieldOptions>> {
        self.each(value, FIELD_KEYS, |reader, options: &mut FieldOptions, key, value| match key {
            "redact" => match value.get_ref().as_bool() {
                Some(redact) => options.redact = Some(redact),
                None => reader.wrong_type(value, key, "true or false", ""),
            },
            _ => reader.attributes(value, &mut options.attributes),
        })
    }

    pub(super) fn enums(&mut self, value: Item<'_, '_>) -> Option<BTreeMap<String, EnumOptions>> {
        self.each(value, ENUM_KEYS, |reader, options: &mut EnumOptions, key, value| match key {
            "name" => reader.text(value, key, &mut options.name),
            "variants" => match variants(value.get_ref()) {
                Some(variants) => options.variants = variants,
                None => reader.wrong_type(
                    value,
                    key,
                    "a table from values to variants",
                    "write `variants = { \"in-progress\" = \"Running\" }`",
                ),
            },
            "derives" => reader.derives(value, &mut options.derives),
            _ => reader.attributes(value, &mut options.attributes),
        })
    }

    /// Reads a table of tables; `set` is called for every key that there is.
    fn each<T: Default>(
        &mut self,
        value: Item<'_, '_>,
        keys: &[&str],
        set: impl Fn(&mut Self, &mut T, &str, Item<'_, '_>),
    ) -> Option<BTreeMap<String, T>> {
        let mut all = BTreeMap::new();
        for (name, item) in value.get_ref().as_table()? {
            let Some(table) = item.get_ref().as_table() else {
                let help = format!("write `\"{}\" = {{ {} = ... }}`", name.get_ref(), keys[0]);
                self.wrong_type(item, name.get_ref(), "a table of options", &help);
                continue;
            };
            all.insert(name.get_ref().to_string(), self.one(table, name.get_ref(), keys, &set));
        }
        Some(all)
    }

    fn one<T: Default>(
        &mut self,
        table: &DeTable<'_>,
        of: &str,
        keys: &[&str],
        set: &impl Fn(&mut Self, &mut T, &str, Item<'_, '_>),
    ) -> T {
        let mut options = T::default();
        for (key, value) in table {
            let name: &str = key.get_ref();
            if keys.contains(&name) {
                set(self, &mut options, name, value);
            } else {
                self.unknown_option(key.span(), name, of, keys);
            }
        }
        options
    }

    fn unknown_option(&mut self, range: Range<usize>, name: &str, of: &str, keys: &[&str]) {
        let guess = nearest(name, keys.iter().copied());
        let guess = guess.map(|guess| format!(", did you mean `{guess}`?")).unwrap_or_default();
        let finding = Diagnostic::error("unknown-key", format!("unknown key `{name}` for `{of}`{guess}"));
        let finding = finding.at(self.span(range), "");
        self.findings.push(finding.help(format!("what can be said here is {}", keys.join(", "))));
    }

    fn text(&mut self, value: Item<'_, '_>, key: &str, into: &mut Option<String>) {
        match value.get_ref().as_str() {
            Some(text) => *into = Some(text.to_owned()),
            None => self.wrong_type(value, key, "a string", ""),
        }
    }

    fn derives(&mut self, value: Item<'_, '_>, into: &mut Vec<String>) {
        let is_path = |text: &str| syn::parse_str::<syn::Path>(text).is_ok();
        self.rust(value, "derives", "a path to a derive macro", is_path, into);
    }

    fn attributes(&mut self, value: Item<'_, '_>, into: &mut Vec<String>) {
        self.rust(value, "attributes", "an attribute such as `#[serde(skip)]`", is_attributes, into);
    }

    fn rust(
        &mut self,
        value: Item<'_, '_>,
        key: &str,
        what: &str,
        is_right: impl Fn(&str) -> bool,
        into: &mut Vec<String>,
    ) {
        let Some(texts) = texts(value.get_ref()) else {
            return self.wrong_type(value, key, "a list of strings", "");
        };
        for (text, range) in texts {
            if is_right(&text) {
                into.push(text);
            } else {
                self.not_rust(range, &text, what);
            }
        }
    }
}

fn variants(value: &DeValue<'_>) -> Option<BTreeMap<String, String>> {
    let table = value.as_table()?;
    table
        .iter()
        .map(|(value, variant)| Some((value.get_ref().to_string(), variant.get_ref().as_str()?.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Config, Identity};
    use crate::span::Sources;

    fn parse(text: &str) -> Result<Config, String> {
        let mut sources = Sources::new();
        let file = sources.add("porpoise.toml", text);
        Config::parse(&sources, file, Path::new("queries"))
            .map_err(|findings| crate::render::render(&findings, &sources, false))
    }

    #[track_caller]
    fn says(text: &str, parts: &[&str]) {
        let said = parse(text).unwrap_err();
        for part in parts {
            assert!(said.contains(part), "expected to read: {part}\nin:\n{said}");
        }
    }

    #[test]
    fn options_of_tables_columns_and_enums_reach_their_fields() {
        let config = parse(
            "[generate.rows.account]\nderives = [\"Ord\"]\nattributes = [\"#[a]\", \"#[b(c)] #[d]\"]\n\
             identity = \"primary-key\"\ndisplay = \"{id}\"\n\
             [generate.fields]\n\"*.password\" = { redact = true, attributes = ['#[serde(skip)]'] }\n\
             [types.enums]\n\"*.status\" = { name = \"Status\", variants = { \"on-hold\" = \"Paused\" }, derives = [\"a::B\"] }",
        )
        .unwrap();
        let row = &config.generate.rows["account"];
        assert_eq!(row.derives, ["Ord"]);
        assert_eq!(row.attributes, ["#[a]", "#[b(c)] #[d]"]);
        assert_eq!(row.identity, Some(Identity::PrimaryKey));
        assert_eq!(row.display.as_deref(), Some("{id}"));
        let column = &config.generate.fields["*.password"];
        assert_eq!((column.redact, column.attributes.len()), (Some(true), 1));
        let status = &config.types.enums["*.status"];
        assert_eq!(status.name.as_deref(), Some("Status"));
        assert_eq!(status.variants["on-hold"], "Paused");
        assert_eq!(status.derives, ["a::B"]);
    }

    #[test]
    fn what_is_wrong_is_shown_with_what_to_write() {
        says(
            "[generate.rows]\naccount = { identiy = \"primary-key\" }",
            &[
                "unknown key `identiy` for `account`, did you mean `identity`?",
                "what can be said here is derives, attributes, identity, display",
                "porpoise.toml:2:13",
            ],
        );
        says(
            "[generate.rows]\naccount = { identity = \"key\" }",
            &["`identity` takes \"fields\" or \"primary-key\"", "not \"key\""],
        );
        says(
            "[generate.rows]\naccount = \"Ord\"",
            &["`account` takes a table of options", "write `\"account\" = { derives = ... }`"],
        );
        says("[generate]\nrows = []", &["`rows` takes a table from names of tables to options"]);
        says(
            "[generate.fields]\n\"a.b\" = { attributes = ['serde(skip)'] }",
            &["`serde(skip)` is not an attribute such as `#[serde(skip)]`"],
        );
        says("[generate.fields]\n\"a.b\" = { redact = 1 }", &["`redact` takes true or false"]);
        says(
            "[types.enums]\n\"a.b\" = { variants = [\"A\"] }",
            &[
                "`variants` takes a table from values to variants",
                "variants = { \"in-progress\" = \"Running\" }",
            ],
        );
        says("[types.enums]\n\"a.b\" = { derives = [\"a b\"] }", &["`a b` is not a path to a derive macro"]);
        says("[types]\nkeys = \"account\"", &["`keys` takes a list of strings"]);
    }
}
