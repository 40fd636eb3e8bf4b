//! The names that an expression can use: relations of FROM with their columns, and those of the queries around it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::catalog::{Server, SqlType, Table, TableKind};
use crate::span::Span;
use crate::typed::Cardinality;

use super::facts::{Fact, Facts, Term};
use super::names::Qualifier;
use super::value::{Cause, Null, OriginRef, Value, Why};

/// A relation of a FROM clause.
#[derive(Clone, Debug)]
pub(super) struct Relation<'a> {
    /// The alias, or the table's name.
    pub(super) alias: &'a str,
    /// The schema by which it may be qualified; only for tables without alias.
    pub(super) schema: Option<&'a str>,
    /// The table of the catalog; `None` for derived tables and CTEs.
    pub(super) table: Option<&'a Table>,
    /// The columns in order, invisible ones included.
    pub(super) columns: Vec<RelationColumn<'a>>,
    /// The outer joins that may null-extend it.
    pub(super) marks: Vec<Mark<'a>>,
    /// How many rows it can have by itself.
    pub(super) rows: Cardinality,
    /// Whether it has a row at least.
    pub(super) has_row: bool,
    /// Sets of columns that no two rows have in common, where none of them is NULL.
    pub(super) keys: Vec<Vec<usize>>,
    /// Whether it may have other rows for each row to its left.
    pub(super) lateral: bool,
    /// Where it stands.
    pub(super) span: Span,
}

/// An outer join, seen from a relation on its outer side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    /// Which join of this FROM clause, or of the derived tables in it.
    pub(super) join: usize,
    /// The relation on the outer side, by its alias there.
    pub(super) relation: &'a str,
    /// `LEFT JOIN` or `RIGHT JOIN`.
    pub(super) name: &'static str,
    /// Where it is written.
    pub(super) span: Span,
}

/// A column of a relation.
#[derive(Clone, Debug)]
pub(super) struct RelationColumn<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) ty: Cow<'a, SqlType>,
    /// As of [`Value`].
    pub(super) digits: Option<u8>,
    /// Without the marks; refined by conditions.
    pub(super) null: Null<'a>,
    /// The outer joins inside a derived table that may leave the column out, beside those of its relation.
    pub(super) marks: Vec<Mark<'a>>,
    pub(super) origin: Option<OriginRef<'a>>,
    /// Left out of `*`.
    pub(super) invisible: bool,
}

/// A column of a scope: relation and column index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ColumnId {
    pub(super) relation: usize,
    pub(super) column: usize,
}

/// What FROM brings in.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'a> {
    pub(super) relations: Vec<Relation<'a>>,
    /// What `*` expands to and unqualified names find: all columns, the ones merged by USING once.
    pub(super) visible: Vec<ColumnId>,
    /// Whether a relation is missing because its table is unknown, so that a column that is not found says nothing.
    pub(super) incomplete: bool,
    /// The aliases of the select list, which GROUP BY, HAVING and ORDER BY may use.
    pub(super) aliases: Vec<(&'a str, Value<'a>)>,
    /// What holds in every row, beside what the columns themselves say.
    pub(super) known: Facts,
    /// What holds in the rows in which outer joins found their partners.
    pub(super) implied: Vec<(BTreeSet<usize>, Facts)>,
    /// Whether there is a row at least, before conditions.
    pub(super) has_row: bool,
}

/// The outcome of looking a name up.
pub(super) enum Lookup<'a> {
    /// A column of the scope `depth` levels out.
    Column { depth: usize, id: ColumnId },
    /// An alias of the select list.
    Alias(Value<'a>),
    /// Several relations have it.
    Ambiguous(Vec<&'a str>),
    /// No relation has it.
    NoColumn,
    /// There is no relation of that name.
    NoRelation,
}

/// Where aliases of the select list count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AliasRule {
    /// Not at all: SELECT, WHERE, ON.
    Never,
    /// When no column has the name: GROUP BY, and inside aggregates.
    AfterColumns,
    /// Before columns: HAVING, ORDER BY.
    BeforeColumns,
}

/// Which rows an expression sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Those of FROM.
    Plain,
    /// Groups of at least one row.
    Groups,
    /// Groups, and the summary rows of WITH ROLLUP.
    Rollup,
    /// The one group of a query with aggregates and without GROUP BY, which may be empty.
    Everything,
}

/// A scope with those around it: what an expression can see from where it stands.
#[derive(Clone, Copy)]
pub(super) struct Scopes<'a, 's> {
    pub(super) scope: &'s Scope<'a>,
    pub(super) rows: Rows,
    pub(super) aliases: AliasRule,
    /// Whether aggregates may stand there: the select list, HAVING, ORDER BY.
    pub(super) aggregates: bool,
    /// What holds in the branch where the expression stands, and in the groups that HAVING lets through.
    pub(super) facts: Option<&'s Facts>,
    pub(super) outer: Option<&'s Scopes<'a, 's>>,
}

impl<'a> Mark<'a> {
    /// NULL for this reason.
    pub(super) fn null(&self) -> Null<'a> {
        let cause = Cause::OuterJoin { relation: self.relation, join: self.name };
        Null::May(Why { cause, span: Some(self.span) })
    }
}

impl<'a> Scope<'a> {
    pub(super) fn column(&self, id: ColumnId) -> &RelationColumn<'a> {
        &self.relations[id.relation].columns[id.column]
    }

    /// The column as a value, outer joins taken into account.
    pub(super) fn value(&self, id: ColumnId) -> Value<'a> {
        self.value_where(id, None)
    }

    /// The same where some facts hold.
    fn value_where(&self, id: ColumnId, facts: Option<&Facts>) -> Value<'a> {
        let column = self.column(id);
        let open = |mark: &&Mark<'a>| !facts.is_some_and(|facts| facts.contains(&Fact::Matched(mark.join)));
        let null = match self.marks_over(id).find(open) {
            Some(mark) => mark.null(),
            None => column.null,
        };
        Value { ty: column.ty.clone(), digits: column.digits, null, origin: column.origin }
    }

    /// The outer joins that may leave a column out.
    fn marks_over(&self, id: ColumnId) -> impl Iterator<Item = &Mark<'a>> {
        self.relations[id.relation].marks.iter().chain(&self.column(id).marks)
    }

    /// The same by their numbers.
    pub(super) fn joins_over(&self, id: ColumnId) -> BTreeSet<usize> {
        self.marks_over(id).map(|mark| mark.join).collect()
    }

    /// The relation that a qualifier names.
    pub(super) fn relation(&self, server: &Server, schema: Option<&str>, name: &str) -> Option<usize> {
        self.relations.iter().position(|relation| {
            same_table_name(server, relation.alias, name)
                && match schema {
                    None => true,
                    // A table of the default schema may be written with that schema's name, which the catalog
                    // does not keep.
                    Some(schema) => relation.schema.is_none_or(|own| same_table_name(server, own, schema)),
                }
        })
    }

    fn find_in(&self, relation: usize, name: &str) -> Option<ColumnId> {
        self.relations[relation]
            .columns
            .iter()
            .position(|column| same_column_name(&column.name, name))
            .map(|column| ColumnId { relation, column })
    }

    fn find_visible(&self, name: &str) -> Vec<ColumnId> {
        self.visible.iter().copied().filter(|id| same_column_name(&self.column(*id).name, name)).collect()
    }

    fn find_alias(&self, name: &str) -> Option<&Value<'a>> {
        self.aliases.iter().find(|(alias, _)| same_column_name(alias, name)).map(|(_, value)| value)
    }

    /// Adds relations from the right of a comma or join.
    pub(super) fn append(&mut self, mut other: Scope<'a>) {
        let offset = self.relations.len();
        self.relations.append(&mut other.relations);
        self.incomplete |= other.incomplete;
        self.has_row &= other.has_row;
        self.visible
            .extend(other.visible.into_iter().map(|id| ColumnId { relation: id.relation + offset, ..id }));
    }
}

impl<'a, 's> Scopes<'a, 's> {
    /// A scope in which expressions see the rows of FROM and no alias.
    pub(super) fn new(scope: &'s Scope<'a>, outer: Option<&'s Scopes<'a, 's>>) -> Self {
        Self { scope, rows: Rows::Plain, aliases: AliasRule::Never, aggregates: false, facts: None, outer }
    }

    /// A column as a value, as it is seen from here.
    pub(super) fn value(&self, depth: usize, id: ColumnId) -> Value<'a> {
        let level = self.level(depth);
        let value = level.scope.value_where(id, level.facts);
        let known = || self.is_known(depth, id);
        match level.rows {
            Rows::Rollup if level.is_key_of_summary(depth, id) => Value { null: Null::Never, ..value },
            Rows::Rollup => value.or_null(Why { cause: Cause::Rollup, span: None }),
            Rows::Everything if known() => Value { null: Null::Never, ..value },
            Rows::Everything if level.has(&Fact::Row) => value,
            Rows::Everything => value.or_null(Why { cause: Cause::ImplicitGroup, span: None }),
            Rows::Plain | Rows::Groups if known() => Value { null: Null::Never, ..value },
            Rows::Plain | Rows::Groups => value,
        }
    }

    /// The outer joins that may leave a column of this scope out, as far as the facts leave that open.
    pub(super) fn marks(&self, id: ColumnId) -> Vec<Mark<'a>> {
        let open = |mark: &&Mark<'a>| !self.has(&Fact::Matched(mark.join));
        self.scope.marks_over(id).filter(open).copied().collect()
    }

    /// Whether a fact holds here.
    pub(super) fn has(&self, fact: &Fact) -> bool {
        self.facts.is_some_and(|facts| facts.contains(fact))
    }

    /// Whether a column that is not NULL says so in summary rows too: both servers agree on those of base tables, and
    /// on no others.
    fn is_key_of_summary(&self, depth: usize, id: ColumnId) -> bool {
        let table = self.scope.relations[id.relation].table;
        depth == 0
            && table.is_some_and(|table| table.kind == TableKind::Base)
            && self.has(&Fact::Here(Term::Column { depth, id }))
    }

    /// Whether the facts here, or in a query between here and the column's own, say that a column is not NULL.
    fn is_known(&self, depth: usize, id: ColumnId) -> bool {
        let mut level = Some(self);
        for between in (0..=depth).rev() {
            let Some(scopes) = level else { break };
            let fact = Fact::Here(Term::Column { depth: between, id });
            // Over no rows the one group of a query is there all the same.
            let has_row = match scopes.rows {
                Rows::Plain | Rows::Groups => true,
                Rows::Rollup | Rows::Everything => false,
            };
            if scopes.has(&fact) || (has_row && scopes.scope.known.contains(&fact)) {
                return true;
            }
            level = scopes.outer;
        }
        false
    }

    /// Some facts with what follows from them: a column that is not NULL is one of a row that is there, and where a
    /// join found its partner its condition held.
    pub(super) fn consequences(&self, mut facts: Facts) -> Facts {
        loop {
            let before = facts.len();
            let mut more = Facts::new();
            for fact in &facts {
                if let Fact::Here(Term::Column { depth: 0, id }) = fact {
                    more.extend(self.scope.joins_over(*id).into_iter().map(Fact::Matched));
                }
            }
            facts.extend(more);
            for (guard, implied) in &self.scope.implied {
                if guard.iter().all(|join| facts.contains(&Fact::Matched(*join))) {
                    facts.extend(implied.iter().cloned());
                }
            }
            if facts.len() == before {
                return facts;
            }
        }
    }

    /// Whether an aggregate over columns of a scope so many levels out, and of none further in, is one of that scope or
    /// of one on the way there, and not of this one: of the first where aggregates may stand.
    pub(super) fn gives_away(&self, depth: usize) -> bool {
        (1..=depth).any(|depth| self.level(depth).aggregates)
    }

    fn level(&self, depth: usize) -> &Scopes<'a, 's> {
        let mut scopes = self;
        for _ in 0..depth {
            match scopes.outer {
                Some(outer) => scopes = outer,
                None => break,
            }
        }
        scopes
    }

    /// Looks a column up, here and then outwards.
    pub(super) fn find(&self, server: &Server, qualifier: Option<Qualifier<'_>>, name: &str) -> Lookup<'a> {
        let mut level = Some(self);
        let mut depth = 0;
        let mut relation_found = false;
        while let Some(scopes) = level {
            let scope = scopes.scope;
            if let Some(Qualifier { schema, table }) = qualifier {
                let schema = schema.map(|schema| schema.value.as_str());
                if let Some(relation) = scope.relation(server, schema, &table.value) {
                    relation_found = true;
                    if let Some(id) = scope.find_in(relation, name) {
                        return Lookup::Column { depth, id };
                    }
                    break;
                }
            } else {
                let aliases = scopes.aliases;
                if aliases == AliasRule::BeforeColumns
                    && let Some(value) = scope.find_alias(name)
                {
                    return Lookup::Alias(value.clone());
                }
                match scope.find_visible(name).as_slice() {
                    [id] => return Lookup::Column { depth, id: *id },
                    [] => {}
                    several => {
                        let relations = several.iter().map(|id| scope.relations[id.relation].alias).collect();
                        return Lookup::Ambiguous(relations);
                    }
                }
                if aliases == AliasRule::AfterColumns
                    && let Some(value) = scope.find_alias(name)
                {
                    return Lookup::Alias(value.clone());
                }
            }
            level = scopes.outer;
            depth += 1;
        }
        if qualifier.is_none() || relation_found { Lookup::NoColumn } else { Lookup::NoRelation }
    }

    /// All scopes, the innermost first.
    pub(super) fn all(&self) -> Vec<&Scope<'a>> {
        let mut scopes = vec![self.scope];
        let mut level = self.outer;
        while let Some(outer) = level {
            scopes.push(outer.scope);
            level = outer.outer;
        }
        scopes
    }
}

/// Column names never depend on case.
pub(super) fn same_column_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (!(a.is_ascii() && b.is_ascii()) && a.to_lowercase() == b.to_lowercase())
}

/// Table names and aliases depend on case where `lower_case_table_names` is 0.
pub(super) fn same_table_name(server: &Server, a: &str, b: &str) -> bool {
    if server.lower_case_table_names == 0 { a == b } else { same_column_name(a, b) }
}
