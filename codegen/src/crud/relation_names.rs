//! What relations are called. A name follows from the schema alone, and from what is called so already in its module:
//!
//! 1. The row that a foreign key refers to is named after the key's column without its `_id`: `author`.
//! 2. The rows that refer to a row are the plural of their table (`posts`), or its singular where there is one at most.
//!    Where several keys of that table refer to this one, or it refers to itself, the column is in it: `posts_by_author`.
//! 3. The rows beyond a join table are the plural of theirs: `creators`. Where several join tables lead there, the join
//!    table is in it (`creators_via_authorship`), and where it leads back to the same table, the column is it
//!    (`followers`).
//! 4. Where that is taken, longer names follow, the last of them with the name of the constraint.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use super::parameter_name;
use super::relations::Link;
use crate::lower::{TableNames, plural_of};

/// Methods that every DTO may have from elsewhere, which a relation would hide.
const METHODS: [&str; 20] = [
    "as_ref",
    "borrow",
    "borrow_mut",
    "clamp",
    "clone",
    "clone_from",
    "cmp",
    "default",
    "eq",
    "fmt",
    "from_row",
    "ge",
    "gt",
    "hash",
    "into",
    "le",
    "lt",
    "ne",
    "partial_cmp",
    "to_owned",
];

/// What a relation is called: one thing, and all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) one: String,
    pub(super) all: String,
}

impl Name {
    /// The functions that write the rows of a join table.
    pub(super) fn writers(&self) -> Writers {
        let several = if self.one == self.all { format!("{}_rows", self.all) } else { self.all.clone() };
        Writers {
            add: format!("add_{}", self.one),
            add_many: format!("add_{several}"),
            remove: format!("remove_{}", self.one),
            remove_many: format!("remove_{several}"),
            set: format!("set_{several}"),
        }
    }
}

/// The names of the functions that write the rows of a join table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Writers {
    pub(super) add: String,
    pub(super) add_many: String,
    pub(super) remove: String,
    pub(super) remove_many: String,
    pub(super) set: String,
}

/// The names of one module.
pub(super) struct Naming<'n, 'a> {
    pub(super) tables: &'n TableNames,
    pub(super) links: &'n [Link<'a>],
    /// What is taken in the module.
    pub(super) taken: &'n BTreeSet<String>,
}

impl Naming<'_, '_> {
    /// The row that a foreign key refers to.
    pub(super) fn parent(&self, link: &Link<'_>) -> String {
        let base = self.base(link);
        let parent = self.one(link.parent);
        let long = format!("{parent}_by_{}", columns(link));
        let candidates = match self.is_clear(link) {
            true => vec![base.clone(), format!("{base}_row"), long],
            false => vec![long],
        };
        self.first(candidates, &format!("{parent}_via"), link, &loaders)
    }

    /// The rows that refer to a row.
    pub(super) fn children(&self, link: &Link<'_>) -> String {
        let one = self.one(link.child);
        let all = if link.is_one_to_one() { one } else { plural_of(&one) };
        let base = if self.is_clear(link) { self.base(link) } else { columns(link) };
        let same = self
            .links
            .iter()
            .filter(|other| std::ptr::eq(other.child, link.child) && std::ptr::eq(other.parent, link.parent));
        let by = format!("{all}_by_{base}");
        let candidates = match same.count() == 1 && !std::ptr::eq(link.child, link.parent) {
            true => vec![all.clone(), by, format!("{all}_by_{}", columns(link))],
            false => vec![by, format!("{all}_by_{}", columns(link))],
        };
        self.first(candidates, &format!("{all}_via"), link, &loaders)
    }

    /// The rows beyond a join table; `lone` says that no other one leads there.
    pub(super) fn joined(&self, from: &Link<'_>, to: &Link<'_>, lone: bool) -> Name {
        let same = std::ptr::eq(from.parent, to.parent);
        let one = if same { self.base(to) } else { self.one(to.parent) };
        let join = self.one(to.child);
        let via = format!("_via_{join}");
        let by = format!("_via_{join}_{}", columns(to));
        let endings = if lone { vec![String::new(), via, by] } else { vec![via, by] };
        let name = |ending: &String| Name {
            one: format!("{one}{ending}"),
            all: format!("{}{ending}", plural_of(&one)),
        };
        let mut names = endings.iter().map(name);
        let free = names.find(|name| {
            let Writers { add, add_many, remove, remove_many, set } = name.writers();
            self.is_free(&name.all, &loaders)
                && [add, add_many, remove, remove_many, set].iter().all(|one| !self.taken.contains(one))
        });
        free.unwrap_or_else(|| name(&format!("_via_{}", parameter_name(&to.key.name))))
    }

    /// The column without `_id`, or without the name of the column that it refers to.
    fn base(&self, link: &Link<'_>) -> String {
        let mut bases =
            link.key.columns.iter().zip(&link.key.referenced_columns).map(|(column, referenced)| {
                let column = parameter_name(column);
                let referenced = parameter_name(referenced);
                let stem =
                    column.strip_suffix(&format!("_{referenced}")).or_else(|| column.strip_suffix("_id"));
                match stem.filter(|stem| !stem.is_empty()) {
                    Some(stem) => Some(stem.to_owned()),
                    None if column == referenced => None,
                    None => Some(column),
                }
            });
        let first = bases.next().flatten();
        match first {
            Some(first) if bases.all(|other| other.as_deref() == Some(first.as_str())) => first,
            Some(_) | None => self.one(link.parent),
        }
    }

    /// Whether no other foreign key of the child has the same base.
    fn is_clear(&self, link: &Link<'_>) -> bool {
        let base = self.base(link);
        let others = self.links.iter().filter(|other| std::ptr::eq(other.child, link.child));
        others.filter(|other| self.base(other) == base).count() == 1
    }

    fn one(&self, table: &crate::catalog::Table) -> String {
        self.tables.row(&table.name).plain().to_snake_case()
    }

    fn first(
        &self,
        candidates: Vec<String>,
        stem: &str,
        link: &Link<'_>,
        all: &dyn Fn(&str) -> Vec<String>,
    ) -> String {
        let mut candidates = candidates.into_iter();
        candidates.find(|name| self.is_free(name, all)).unwrap_or_else(|| {
            let base = format!("{stem}_{}", parameter_name(&link.key.name));
            let numbered = (2..).map(|number| format!("{base}_{number}"));
            let mut names = std::iter::once(base.clone()).chain(numbered);
            names.find(|name| self.is_free(name, all)).unwrap_or(base)
        })
    }

    fn is_free(&self, name: &str, all: &dyn Fn(&str) -> Vec<String>) -> bool {
        !METHODS.contains(&name) && all(name).iter().all(|name| !self.taken.contains(name))
    }
}

/// What is made of the name of a relation.
fn loaders(name: &str) -> Vec<String> {
    vec![name.to_owned(), format!("{name}_of"), format!("{name}_count"), format!("{name}_count_of")]
}

fn columns(link: &Link<'_>) -> String {
    let columns: Vec<String> = link.key.columns.iter().map(|column| parameter_name(column)).collect();
    columns.join("_and_")
}
