//! `@nest`: which columns make up collections, and by which keys the rows of each level are told apart.
//!
//! A join repeats what it joins, and two collections side by side repeat each other. Folding the rows back loses nothing
//! only where the key of a level decides all of its columns, given the keys around it, and where every row that has an
//! element has what the element stands in. Both are proved here, or the statement is refused.

mod errors;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use sqlparser::ast::{Expr, visit_expressions};

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::statement::Nest;
use crate::typed::{Collection, Nesting};

use super::Analyzer;
use super::cardinality::{Proof, has_aggregate};
use super::facts::{Fact, is_steady};
use super::grouping::{Item, own_column};
use super::projection::{OutputColumn, split_mark};
use super::scope::{ColumnId, Mark, Scopes};
use super::value::Null;

pub(super) use errors::{limited, may_return_more, not_a_select, streamed};

/// What `@nest` makes of a select list.
pub(super) struct Nested<'a> {
    pub(super) nesting: Nesting,
    /// Whether there is one outer row at most.
    pub(super) one: bool,
    /// For each column its nullability in an element that is there, where that is another one than in the join.
    pub(super) own: Vec<Option<Null<'a>>>,
}

/// The outer rows, or a collection.
struct Level<'n> {
    /// `None` for the outer rows.
    nest: Option<&'n Nest>,
    /// The level around it; that of the outer rows is their own.
    parent: usize,
    /// The relations whose rows it is made of.
    relations: Vec<usize>,
    /// The columns of the result that it has.
    columns: Vec<usize>,
}

/// What is known of a level once its key is found.
#[derive(Default)]
struct Keyed {
    key: Vec<ColumnId>,
    /// The same with the keys around it.
    all: BTreeSet<ColumnId>,
    /// The outer joins that found a partner where the key is not NULL.
    joins: BTreeSet<usize>,
}

/// What the proofs are made from.
struct Finder<'f, 'a> {
    analyzer: &'f Analyzer<'a>,
    scopes: &'f Scopes<'a, 'f>,
    proof: &'f Proof<'f, 'a>,
    items: &'f [Item<'a>],
}

impl<'a> Analyzer<'a> {
    /// Proves what `@nest` asks for; `None` after a diagnostic.
    pub(super) fn nest<'f>(
        &mut self,
        scopes: &'f Scopes<'a, 'f>,
        proof: &'f Proof<'f, 'a>,
        items: &'f [Item<'a>],
        columns: &[OutputColumn<'a>],
    ) -> Option<Nested<'a>> {
        let statement = self.statement;
        // What is missing in FROM was reported, and may be what is named here.
        if scopes.scope.incomplete {
            return None;
        }
        let mut levels = tree::levels(self, scopes.scope, &statement.nests)?;
        if items.len() != columns.len() {
            return None;
        }
        let finder = Finder { analyzer: self, scopes, proof, items };
        for (index, item) in items.iter().enumerate() {
            let level = finder.level_of(&levels, item);
            levels[level].columns.push(index);
        }
        let found = finder.nested(&levels, columns);
        found.map_err(|finding| self.report(finding)).ok()
    }
}

impl<'a> Finder<'_, 'a> {
    /// The innermost level whose relations a column names; the outer one where they do not stand in each other.
    fn level_of(&self, levels: &[Level<'_>], item: &Item<'a>) -> usize {
        let named: BTreeSet<usize> = self
            .mentioned(item)
            .into_iter()
            .map(|id| levels.iter().position(|level| level.relations.contains(&id.relation)).unwrap_or(0))
            .collect();
        let innermost = named.iter().copied().max_by_key(|level| tree::around(levels, *level).len());
        let innermost = innermost.unwrap_or(0);
        let around = tree::around(levels, innermost);
        if named.iter().all(|level| *level == innermost || around.contains(level)) { innermost } else { 0 }
    }

    /// The columns of FROM that decide an item, as far as they are named.
    fn mentioned(&self, item: &Item<'a>) -> BTreeSet<ColumnId> {
        let mut found: BTreeSet<ColumnId> = item.column.into_iter().collect();
        if let (None, Some(expr)) = (item.column, item.expr) {
            let scopes = Scopes::new(self.scopes.scope, None);
            let _: ControlFlow<()> = visit_expressions(expr, |expr: &Expr| {
                found.extend(own_column(self.analyzer, &scopes, expr));
                ControlFlow::Continue(())
            });
        }
        found
    }

    fn nested(&self, levels: &[Level<'_>], columns: &[OutputColumn<'a>]) -> Result<Nested<'a>, Diagnostic> {
        let (outer, nests) = levels.split_first().ok_or_else(|| errors::not_a_select(self.span()))?;
        if outer.columns.is_empty() {
            return Err(errors::nothing_outside(self.span()));
        }
        let found = self.key(levels, 0, &Keyed::default())?;
        self.check_columns(outer, &found, columns)?;
        let fixed = self.proof.fixed(&BTreeSet::new());
        let one = found.key.iter().all(|id| fixed.contains(id));
        let key = self.places(outer, &found.key);
        let mut known = BTreeMap::from([(0, found)]);
        let mut own = vec![None; columns.len()];
        let mut collections: Vec<Collection> = Vec::with_capacity(nests.len());
        // The level of each collection.
        let mut order: Vec<usize> = Vec::with_capacity(nests.len());
        for index in tree::parents_first(levels) {
            let level = &levels[index];
            let (Some(nest), Some(around)) = (level.nest, known.get(&level.parent)) else { continue };
            if level.columns.is_empty() {
                return Err(errors::nothing_inside(nest));
            }
            let found = self.key(levels, index, around)?;
            self.check_columns(level, &found, columns)?;
            self.own_nullability(level, &found, &mut own);
            collections.push(Collection {
                name: nest.field.clone(),
                within: order.iter().position(|other| *other == level.parent),
                columns: level.columns.clone(),
                key: self.places(level, &found.key),
                distinct: false,
                optional: level.relations.iter().any(|relation| !self.marks(*relation).is_empty()),
                row_name: nest.row_name.clone(),
            });
            order.push(index);
            known.insert(index, found);
        }
        // Where nothing stands side by side, and the keys together decide the row of each table, a row of the result is
        // an element.
        let chain =
            collections.iter().enumerate().all(|(index, nested)| nested.within == index.checked_sub(1));
        if let (true, Some(nested), Some(found)) =
            (chain, collections.last_mut(), order.last().and_then(|level| known.get(level)))
        {
            let relations = self.scopes.scope.relations.len();
            nested.distinct = self.proof.single(&found.all).len() == relations;
        }
        Ok(Nested { nesting: Nesting { key, collections }, one, own })
    }

    /// The columns of the result that a level's key is.
    fn places(&self, level: &Level<'_>, key: &[ColumnId]) -> Vec<usize> {
        key.iter().filter_map(|id| self.place(level, *id)).collect()
    }

    fn place(&self, level: &Level<'_>, id: ColumnId) -> Option<usize> {
        level.columns.iter().copied().find(|column| self.items[*column].column == Some(id))
    }

    /// Finds the key of a level: columns that decide its rows, given the keys around it, and of which none is NULL in a
    /// row that is there.
    fn key(&self, levels: &[Level<'_>], index: usize, around: &Keyed) -> Result<Keyed, Diagnostic> {
        let level = &levels[index];
        let scope = self.scopes.scope;
        let mut open = self.relations(level);
        let all = open.clone();
        let mut found = Keyed { key: Vec::new(), all: around.all.clone(), joins: BTreeSet::new() };
        let first = open.first().copied();
        while !open.is_empty() {
            let single = self.proof.single(&found.all);
            // The first has its key whether it is needed or not, so that the key is the same whatever a part of the
            // statement that may be left out compares.
            let wanted = |relation: &usize| found.key.is_empty() && Some(*relation) == first;
            open.retain(|relation| !single.contains(relation) || wanted(relation));
            let step = open.iter().find_map(|relation| {
                let keys = &scope.relations[*relation].keys;
                let keys = keys.iter().map(|key| self.selected(level, *relation, key));
                let mut keys = keys.filter(|key| {
                    let with = found.all.iter().chain(key).copied().collect();
                    !key.is_empty() && self.proof.single(&with).contains(relation)
                });
                keys.next()
            });
            match (step, open.first().copied()) {
                (Some(key), _) => {
                    found.all.extend(key.iter().copied());
                    found.key.extend(key);
                }
                (None, Some(relation)) if single.contains(&relation) => {
                    open.retain(|other| *other != relation);
                }
                (None, Some(relation)) => return Err(self.no_key(level, relation)),
                (None, None) => {}
            }
        }
        let Some(nest) = level.nest else { return Ok(found) };
        let optional = all.iter().any(|relation| !self.marks(*relation).is_empty());
        if optional && found.key.is_empty() {
            // Something has to tell whether there is an element.
            let ids = level.columns.iter().filter_map(|column| self.items[*column].column);
            let sign = ids
                .into_iter()
                .find(|id| level.relations.contains(&id.relation) && self.never_null(level, *id));
            match (sign, all.first()) {
                (Some(id), _) => found.key.push(id),
                (None, Some(relation)) => return Err(self.no_key(level, *relation)),
                (None, None) => {}
            }
            found.all.extend(found.key.iter().copied());
        }
        let of_key: BTreeSet<usize> = found.key.iter().map(|id| id.relation).collect();
        found.joins = self.matched(of_key.iter().copied());
        let parent = &levels[level.parent];
        let of_parent = self.relations(parent).into_iter().filter(|_| parent.nest.is_some());
        let needed: Vec<usize> = of_key.iter().copied().chain(of_parent).collect();
        for relation in &all {
            let matched = self.matched([*relation]);
            let other = needed.iter().find(|needed| !self.marks(**needed).is_subset(&matched));
            if let Some(other) =
                other.filter(|other| of_key.contains(other) || self.is_key_of(parent, around, **other))
            {
                let (alias, other) = (self.alias(*relation), self.alias(*other));
                let inside = level.relations.iter().any(|relation| self.alias(*relation) == other);
                return Err(errors::may_come_alone(nest, alias, other, inside));
            }
        }
        Ok(found)
    }

    /// Whether a relation has a part in the key of the level.
    fn is_key_of(&self, level: &Level<'_>, keyed: &Keyed, relation: usize) -> bool {
        level.relations.contains(&relation) && keyed.key.iter().any(|id| id.relation == relation)
    }

    /// The relations that a level has columns of.
    fn relations(&self, level: &Level<'_>) -> Vec<usize> {
        let ids = level.columns.iter().filter_map(|column| self.items[*column].column);
        let relations: BTreeSet<usize> = ids.map(|id| id.relation).collect();
        // A collection of expressions alone.
        if relations.is_empty() {
            level.relations.first().copied().into_iter().collect()
        } else {
            relations.into_iter().collect()
        }
    }

    /// The columns of a key that the level has and that are not NULL in a row that is there; none where others of it can
    /// be NULL.
    fn selected(&self, level: &Level<'_>, relation: usize, key: &[usize]) -> Vec<ColumnId> {
        let ids = key.iter().map(|column| ColumnId { relation, column: *column });
        let selected: Vec<ColumnId> = ids.filter(|id| self.place(level, *id).is_some()).collect();
        if selected.iter().all(|id| self.never_null(level, *id)) { selected } else { Vec::new() }
    }

    fn never_null(&self, level: &Level<'_>, id: ColumnId) -> bool {
        let column = self.scopes.scope.column(id);
        match level.nest {
            Some(_) => column.null.is_never() && column.marks.is_empty(),
            None => self.scopes.value(0, id).null.is_never(),
        }
    }

    /// Refuses what the key of a level does not decide: folding would keep the value of one row and lose the others.
    fn check_columns(
        &self,
        level: &Level<'_>,
        found: &Keyed,
        columns: &[OutputColumn<'a>],
    ) -> Result<(), Diagnostic> {
        let single = self.proof.single(&found.all);
        let fixed = self.proof.fixed(&found.all);
        let there = self.matched(found.all.iter().map(|id| id.relation));
        let decided = |id: &ColumnId| {
            fixed.contains(id) || (single.contains(&id.relation) && self.marks(id.relation).is_subset(&there))
        };
        for column in &level.columns {
            let item = &self.items[*column];
            let steady = match (item.column, item.expr) {
                (None, Some(expr)) => is_steady(expr) && !has_aggregate(expr),
                (Some(_), _) | (None, None) => true,
            };
            if !steady || !self.mentioned(item).iter().all(decided) {
                let finding = errors::not_decided(&columns[*column].name, columns[*column].span, level.nest);
                return Err(finding);
            }
        }
        Ok(())
    }

    /// In an element that is there, the joins that may leave it out found their partners.
    fn own_nullability(&self, level: &Level<'_>, found: &Keyed, own: &mut [Option<Null<'a>>]) {
        for index in &level.columns {
            let item = &self.items[*index];
            let asked = item.alias.is_some_and(|alias| split_mark(alias).1.is_some());
            if let (Some(id), false) = (item.column, asked)
                && self.marks(id.relation).is_subset(&found.joins)
            {
                let column = self.scopes.scope.column(id);
                own[*index] = Some(column.marks.first().map_or(column.null, Mark::null));
            }
        }
    }

    /// The outer joins that may leave a relation out.
    fn marks(&self, relation: usize) -> BTreeSet<usize> {
        self.scopes.scope.relations[relation].marks.iter().map(|mark| mark.join).collect()
    }

    /// The outer joins that found a partner in rows in which none of the relations was left out.
    fn matched(&self, relations: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let joins = relations.into_iter().flat_map(|relation| self.marks(relation));
        let facts = self.scopes.consequences(joins.map(Fact::Matched).collect());
        let join = |fact: Fact| match fact {
            Fact::Matched(join) => Some(join),
            Fact::Here(_) | Fact::Somewhere(_) | Fact::Row => None,
        };
        facts.into_iter().filter_map(join).collect()
    }

    fn alias(&self, relation: usize) -> &'a str {
        self.scopes.scope.relations[relation].alias
    }

    /// The first `@nest` line.
    fn span(&self) -> Span {
        let statement = self.analyzer.statement;
        statement.nests.first().map_or(statement.span, |nest| nest.span)
    }

    /// Says which columns would tell the rows of a relation apart.
    fn no_key(&self, level: &Level<'_>, relation: usize) -> Diagnostic {
        let scope = self.scopes.scope;
        let found = &scope.relations[relation];
        let span = level.nest.map_or_else(|| self.span(), |nest| nest.span);
        if let (None, Some(mark)) = (level.nest, found.marks.first()) {
            return errors::outer_rows_left_out(found.alias, mark.name, span);
        }
        let whole = found.keys.iter().find(|key| {
            key.iter().all(|column| {
                let column = scope.column(ColumnId { relation, column: *column });
                column.null.is_never() && column.marks.is_empty()
            })
        });
        let missing = whole.map(|key| {
            let ids = key.iter().map(|column| ColumnId { relation, column: *column });
            let missing = ids.filter(|id| self.place(level, *id).is_none());
            missing.map(|id| format!("`{}.{}`", found.alias, scope.column(id).name)).collect::<Vec<_>>()
        });
        let first = self.analyzer.statement.nests.first();
        let several = first.filter(|_| self.relations(level).len() > 1);
        errors::no_key(found.alias, missing, level.nest, several, span)
    }
}
