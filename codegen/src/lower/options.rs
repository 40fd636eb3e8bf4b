//! What the configuration says of single tables, columns and enums, resolved over the catalog: which pattern counts,
//! and what views show of the columns. Knows nothing of queries.

use std::collections::BTreeMap;

use super::errors;
use super::tables::matches;
use crate::catalog::{Catalog, SqlType, Table, TableKind, TableName};
use crate::config::{EnumOptions, FieldOptions, Generate, Identity, RowOptions, Types, is_attributes};
use crate::diagnostic::Diagnostic;
use crate::typed::Origin;

/// What is said of tables and columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    rows: BTreeMap<TableName, RowOptions>,
    columns: BTreeMap<Origin, FieldOptions>,
    enums: BTreeMap<Origin, EnumOptions>,
}

impl Options {
    pub(super) fn new(
        catalog: &Catalog,
        generate: &Generate,
        types: &Types,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut options = Self::default();
        for (pattern, said) in by_weight(&generate.rows) {
            check_attributes(&format!("generate.rows.\"{pattern}\""), &said.attributes, diagnostics);
            check_derives(&format!("generate.rows.\"{pattern}\""), &said.derives, diagnostics);
            let chosen: Vec<&Table> =
                catalog.tables.iter().filter(|table| fits(pattern, &table.name)).collect();
            if chosen.is_empty() {
                diagnostics.push(errors::pattern_without_table(pattern, "generate.rows"));
            }
            for table in chosen {
                if said.identity == Some(Identity::PrimaryKey)
                    && table.primary_key().is_none()
                    && !is_wild(pattern)
                {
                    diagnostics.push(errors::identity_without_key(pattern));
                }
                let row = options.rows.entry(table.name.clone()).or_default();
                row.derives.extend(said.derives.iter().cloned());
                row.attributes.extend(said.attributes.iter().cloned());
                row.identity = said.identity.or(row.identity);
                row.display = said.display.clone().or(row.display.take());
            }
        }
        for (pattern, said) in by_weight(&generate.fields) {
            check_attributes(&format!("generate.fields.\"{pattern}\""), &said.attributes, diagnostics);
            let chosen = columns(catalog, pattern, "generate.fields", |_| true, diagnostics);
            for origin in chosen {
                let column = options.columns.entry(origin).or_default();
                column.redact = said.redact.or(column.redact);
                column.attributes.extend(said.attributes.iter().cloned());
            }
        }
        for (pattern, said) in by_weight(&types.enums) {
            check_attributes(&format!("types.enums.\"{pattern}\""), &said.attributes, diagnostics);
            check_derives(&format!("types.enums.\"{pattern}\""), &said.derives, diagnostics);
            let is_enum = |ty: &SqlType| matches!(ty, SqlType::Enum { .. } | SqlType::Set { .. });
            for origin in columns(catalog, pattern, "types.enums", is_enum, diagnostics) {
                let own = options.enums.entry(origin).or_default();
                own.name = said.name.clone().or(own.name.take());
                own.variants.extend(said.variants.clone());
                own.derives.extend(said.derives.iter().cloned());
                own.attributes.extend(said.attributes.iter().cloned());
            }
        }
        options
    }

    /// What is said of a table.
    pub(super) fn row(&self, table: &TableName) -> Option<&RowOptions> {
        self.rows.get(table)
    }

    /// What is said of the enum of a column.
    pub(super) fn enum_of(&self, origin: &Origin) -> Option<&EnumOptions> {
        self.enums.get(origin)
    }

    /// Every enum of which something is said.
    pub(super) fn enums(&self) -> impl Iterator<Item = (&Origin, &EnumOptions)> {
        self.enums.iter()
    }

    /// The attributes of a column's fields.
    pub(super) fn attributes(&self, catalog: &Catalog, origin: Option<&Origin>) -> Vec<String> {
        if self.columns.is_empty() {
            return Vec::new();
        }
        let told = origin.into_iter().flat_map(|origin| sources(catalog, origin));
        let told = told.filter_map(|origin| self.columns.get(&origin));
        told.map(|column| &column.attributes)
            .find(|attributes| !attributes.is_empty())
            .cloned()
            .unwrap_or_default()
    }

    /// Whether Debug leaves out what is in a column, or in one that it is a copy of.
    pub(super) fn is_redacted(&self, catalog: &Catalog, origin: &Origin) -> bool {
        // Most have nothing to hide, and looking is not free.
        if self.columns.is_empty() {
            return false;
        }
        let mut told = sources(catalog, origin).filter_map(|origin| self.columns.get(&origin)?.redact);
        told.next().unwrap_or(false)
    }
}

/// A column of the catalog, and after it those that it shows, where it is one of a view.
pub(super) fn sources(catalog: &Catalog, origin: &Origin) -> impl Iterator<Item = Origin> {
    let first = spelled(catalog, &origin.table, &origin.column);
    std::iter::successors(first, |origin| {
        let view = catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
        let TableKind::View { origins, .. } = &view.kind else { return None };
        let position = view.columns.iter().position(|column| column.name == origin.column)?;
        let (table, column) = origins.get(position)?.as_ref()?;
        spelled(catalog, table, column)
    })
    // No view shows itself, but nothing here should hang on it.
    .take(64)
}

fn spelled(catalog: &Catalog, table: &TableName, column: &str) -> Option<Origin> {
    let table = catalog.table(table.schema.as_deref(), &table.name)?;
    Some(Origin { table: table.name.clone(), column: table.column(column)?.name.clone() })
}

/// The columns whose names, `table.column`, fit a pattern; that none does is a finding.
fn columns(
    catalog: &Catalog,
    pattern: &str,
    option: &str,
    wanted: impl Fn(&SqlType) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Origin> {
    let found: Vec<Origin> = columns_of(catalog, pattern, wanted).collect();
    if found.is_empty() {
        diagnostics.push(errors::pattern_without_column(pattern, option));
    }
    found
}

/// The columns whose names, `table.column`, fit a pattern.
pub(super) fn columns_of(
    catalog: &Catalog,
    pattern: &str,
    wanted: impl Fn(&SqlType) -> bool,
) -> impl Iterator<Item = Origin> {
    let all = catalog.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    all.filter(move |(table, column)| {
        wanted(&column.ty) && matches(pattern, &format!("{}.{}", table.name, column.name))
    })
    .map(|(table, column)| Origin { table: table.name.clone(), column: column.name.clone() })
}

fn fits(pattern: &str, table: &TableName) -> bool {
    matches(pattern, &table.name) || table.schema.is_some() && matches(pattern, &table.to_string())
}

/// Whether a name is a pattern.
pub(super) fn is_wild(pattern: &str) -> bool {
    pattern.contains(['*', '?'])
}

/// Patterns with what is said by them, the one that says most about a name last: that with more letters, and before all
/// patterns the name itself.
pub(super) fn by_weight<T>(said: &BTreeMap<String, T>) -> Vec<(&str, &T)> {
    let weight = |pattern: &str| match is_wild(pattern) {
        true => pattern.chars().filter(|c| !"*?".contains(*c)).count(),
        false => usize::MAX,
    };
    let mut sorted: Vec<(&str, &T)> = said.iter().map(|(pattern, said)| (pattern.as_str(), said)).collect();
    sorted.sort_by_key(|(pattern, _)| weight(pattern));
    sorted
}

fn check_attributes(place: &str, attributes: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let wrong = attributes.iter().filter(|text| !is_attributes(text));
    diagnostics.extend(wrong.map(|text| errors::invalid_attribute(text, place)));
}

fn check_derives(place: &str, derives: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let wrong = derives.iter().filter(|text| syn::parse_str::<syn::Path>(text).is_err());
    diagnostics.extend(wrong.map(|text| errors::invalid_derive(text, &format!("{place}.derives"))));
}
