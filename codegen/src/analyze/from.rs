//! FROM: relations, joins, what USING and NATURAL merge, and which relations an outer join may null-extend.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sqlparser::ast::{
    BinaryOperator, Expr, Ident, Join, JoinConstraint, JoinOperator, JsonTableColumn, ObjectName, Spanned,
    TableAlias, TableFactor, TableVersion, TableWithJoins,
};

use crate::catalog::{SqlType, Table};
use crate::span::Span;
use crate::typed::Cardinality;

use super::checks::Place;
use super::keys::{output_keys, table_keys};
use super::params::Expect;
use super::projection::LeftOut;
use super::query::Output;
use super::reject::{Claim, Condition};
use super::scope::{
    ColumnId, Mark, Relation, RelationColumn, Scope, Scopes, same_column_name, same_table_name,
};
use super::value::{Cause, Null, OriginRef, Why};
use super::{Analyzer, cast, errors, literal, names};

/// What building a FROM clause collects besides the scope.
#[derive(Default)]
pub(super) struct Joins<'a> {
    /// The conditions of ON, each with the outer joins under which it holds.
    pub(super) conditions: Vec<Condition<'a>>,
    count: usize,
}

impl Joins<'_> {
    /// Conditions from `start` on are of relations that now have others before them.
    fn shift(&mut self, start: usize, offset: usize) {
        for condition in &mut self.conditions[start..] {
            if let Claim::Same(left, right) = &mut condition.claim {
                left.relation += offset;
                right.relation += offset;
            }
        }
    }

    /// The outer joins inside a derived table become ones of the FROM clause in which it stands.
    fn renumber(&mut self, columns: &mut [RelationColumn<'_>]) {
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        for mark in columns.iter_mut().flat_map(|column| &mut column.marks) {
            mark.join = *numbers.entry(mark.join).or_insert_with(|| {
                self.count += 1;
                self.count - 1
            });
        }
    }

    fn merged(&mut self, pairs: &[(ColumnId, ColumnId)], guard: &BTreeSet<usize>) {
        self.conditions.extend(
            pairs
                .iter()
                .map(|(left, right)| Condition { claim: Claim::Same(*left, *right), guard: guard.clone() }),
        );
    }
}

impl<'a> Analyzer<'a> {
    /// The scope of a FROM clause.
    pub(super) fn from(
        &mut self,
        tables: &'a [TableWithJoins],
        outer: Option<&Scopes<'a, '_>>,
        joins: &mut Joins<'a>,
    ) -> Scope<'a> {
        let mut scope = Scope { has_row: true, ..Scope::default() };
        for table in tables {
            let start = joins.conditions.len();
            let right = self.join_chain(table, &scope, outer, joins);
            joins.shift(start, scope.relations.len());
            scope.append(right);
        }
        self.check_aliases(&scope);
        scope
    }

    fn check_aliases(&mut self, scope: &Scope<'a>) {
        for (index, relation) in scope.relations.iter().enumerate() {
            let taken = scope.relations[..index].iter().any(|other| {
                same_table_name(&self.catalog.server, other.alias, relation.alias)
                    && other.schema == relation.schema
            });
            if taken {
                self.report(errors::duplicate_alias(relation.alias, relation.span));
            }
        }
    }

    fn join_chain(
        &mut self,
        table: &'a TableWithJoins,
        before: &Scope<'a>,
        outer: Option<&Scopes<'a, '_>>,
        joins: &mut Joins<'a>,
    ) -> Scope<'a> {
        let chain_start = joins.conditions.len();
        let mut scope = self.factor(&table.relation, before, outer, joins);
        for join in &table.joins {
            scope = self.join(scope, join, before, outer, joins, chain_start);
        }
        scope
    }

    fn join(
        &mut self,
        mut left: Scope<'a>,
        join: &'a Join,
        before: &Scope<'a>,
        outer: Option<&Scopes<'a, '_>>,
        joins: &mut Joins<'a>,
        chain_start: usize,
    ) -> Scope<'a> {
        let right_start = joins.conditions.len();
        let mut right = if sees_left(&join.relation) {
            let mut visible = before.clone();
            visible.append(left.clone());
            self.factor(&join.relation, &visible, outer, joins)
        } else {
            self.factor(&join.relation, &Scope::default(), outer, joins)
        };
        let span = self.span_or_statement(join.relation.span());
        let (constraint, side) = match &join.join_operator {
            JoinOperator::Join(constraint)
            | JoinOperator::Inner(constraint)
            | JoinOperator::CrossJoin(constraint)
            | JoinOperator::StraightJoin(constraint) => (constraint, Side::None),
            JoinOperator::Left(constraint) | JoinOperator::LeftOuter(constraint) => (constraint, Side::Right),
            JoinOperator::Right(constraint) | JoinOperator::RightOuter(constraint) => {
                (constraint, Side::Left)
            }
            _ => {
                self.unsupported("this kind of join", Some(span));
                left.append(right);
                return left;
            }
        };
        let mut guard = BTreeSet::new();
        if side != Side::None {
            let id = joins.count;
            joins.count += 1;
            guard.insert(id);
            let name = if side == Side::Right { "LEFT JOIN" } else { "RIGHT JOIN" };
            let (extended, start, end) = if side == Side::Right {
                (&mut right, right_start, joins.conditions.len())
            } else {
                (&mut left, chain_start, right_start)
            };
            for relation in &mut extended.relations {
                relation.marks.push(Mark { join: id, relation: relation.alias, name, span });
            }
            for condition in &mut joins.conditions[start..end] {
                condition.guard.insert(id);
            }
        }
        let offset = left.relations.len();
        joins.shift(right_start, offset);
        let (left_visible, right_visible) = (left.visible.clone(), shifted(&right.visible, offset));
        let has_row = match side {
            Side::None => left.has_row && right.has_row && matches!(constraint, JoinConstraint::None),
            Side::Left => right.has_row,
            Side::Right => left.has_row,
        };
        left.append(right);
        left.has_row = has_row;
        match constraint {
            JoinConstraint::On(expr) => {
                let scopes = Scopes::new(&left, outer);
                self.check_placement(&scopes, expr, Place::On);
                self.condition(&scopes, expr);
                joins.conditions.push(Condition { claim: Claim::Holds(expr), guard });
            }
            JoinConstraint::Using(columns) => {
                let merged = self.using(&left, &left_visible, &right_visible, columns);
                left.visible = merge_visible(&left_visible, &right_visible, &merged, side);
                joins.merged(&merged, &guard);
            }
            JoinConstraint::Natural => {
                let merged = natural(&left, &left_visible, &right_visible);
                left.visible = merge_visible(&left_visible, &right_visible, &merged, side);
                joins.merged(&merged, &guard);
            }
            JoinConstraint::None => {}
        }
        left
    }

    /// The pairs of columns that USING merges.
    fn using(
        &mut self,
        scope: &Scope<'a>,
        left: &[ColumnId],
        right: &[ColumnId],
        columns: &'a [ObjectName],
    ) -> Vec<(ColumnId, ColumnId)> {
        let mut pairs = Vec::new();
        for column in columns {
            let Some(name) = names::last(column) else { continue };
            let find = |side: &[ColumnId]| {
                side.iter().copied().find(|id| same_column_name(&scope.column(*id).name, &name.value))
            };
            match (find(left), find(right)) {
                (Some(left), Some(right)) => pairs.push((left, right)),
                _ => {
                    let span = self.span_or_statement(name.span);
                    let known = left.iter().map(|id| &*scope.column(*id).name);
                    self.report(errors::unknown_column(&name.value, None, span, known));
                }
            }
        }
        pairs
    }

    fn factor(
        &mut self,
        factor: &'a TableFactor,
        before: &Scope<'a>,
        outer: Option<&Scopes<'a, '_>>,
        joins: &mut Joins<'a>,
    ) -> Scope<'a> {
        let span = self.span_or_statement(factor.span());
        match factor {
            TableFactor::Table { name, alias, args: None, version, .. } => {
                if let Some(version) = version {
                    self.history(version, span);
                }
                match names::table(name) {
                    Some((schema, table)) => self.named(schema, table, alias.as_ref(), joins),
                    None => self.opaque("this table name", span),
                }
            }
            TableFactor::Derived { lateral, subquery, alias, .. } => {
                self.derived += 1;
                let output = if *lateral {
                    let scopes = Scopes::new(before, outer);
                    self.query(subquery, Some(&scopes), None)
                } else {
                    self.query(subquery, outer, None)
                };
                self.derived -= 1;
                let (alias_name, renamed) = alias_of(alias.as_ref());
                let names = alias.as_ref().map_or(&[][..], |alias| &alias.columns);
                self.check_derived(&output, alias_name, names);
                if alias.is_none() {
                    self.report(errors::derived_without_alias(self.span_or_statement(subquery.span())));
                }
                let keys = if *lateral { Vec::new() } else { output_keys(&output) };
                let (rows, has_row) = (output.rows, output.has_row);
                let mut columns = relation_columns(output, &renamed);
                joins.renumber(&mut columns);
                single(Relation {
                    alias: alias_name,
                    schema: None,
                    table: None,
                    columns,
                    marks: Vec::new(),
                    rows,
                    has_row,
                    keys,
                    lateral: *lateral,
                    span,
                })
            }
            TableFactor::NestedJoin { table_with_joins, .. } => {
                self.join_chain(table_with_joins, before, outer, joins)
            }
            TableFactor::JsonTable { json_expr, columns, alias, .. } => {
                let scopes = Scopes::new(before, outer);
                self.infer(&scopes, json_expr, &Expect::of(SqlType::Json));
                let mut found = Vec::new();
                self.json_columns(columns, &mut found, alias_of(alias.as_ref()).0, false);
                single(Relation {
                    alias: alias_of(alias.as_ref()).0,
                    schema: None,
                    table: None,
                    columns: found,
                    marks: Vec::new(),
                    rows: Cardinality::Many,
                    has_row: false,
                    keys: Vec::new(),
                    lateral: true,
                    span,
                })
            }
            _ => self.opaque("this kind of table", span),
        }
    }

    /// `FOR SYSTEM_TIME AS OF a`, and as a comparison the two times of BETWEEN or FROM. Columns cannot stand there.
    fn history(&mut self, version: &'a TableVersion, span: Span) {
        let TableVersion::ForSystemTimeAsOf(time) = version else {
            self.unsupported("this version of a table", Some(span));
            return;
        };
        let times = match time {
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => vec![&**left, &**right],
            time => vec![time],
        };
        let none = Scope::default();
        for time in times {
            let expect = Expect::of(SqlType::DateTime { fsp: 6 }).called("at");
            self.infer(&Scopes::new(&none, None), time, &expect);
        }
    }

    fn opaque(&mut self, what: &str, span: Span) -> Scope<'a> {
        self.unsupported(what, Some(span));
        Scope { incomplete: true, ..Scope::default() }
    }

    fn json_columns(
        &mut self,
        columns: &'a [JsonTableColumn],
        found: &mut Vec<RelationColumn<'a>>,
        relation: &'a str,
        nested: bool,
    ) {
        for column in columns {
            match column {
                JsonTableColumn::Named(named) => {
                    let ty = match cast::column_type(self.catalog.server.family, &named.r#type) {
                        Some(ty) => ty,
                        None => {
                            self.unsupported(
                                "the type of this JSON_TABLE column",
                                self.span(named.name.span),
                            );
                            SqlType::text()
                        }
                    };
                    let cause = Cause::Column { relation, column: &named.name.value };
                    // Where a nested path has no match, all its columns are NULL.
                    let null = if named.exists && !nested {
                        Null::Never
                    } else {
                        Null::May(Why { cause, span: self.span(named.name.span) })
                    };
                    found.push(json_column(&named.name, ty, null));
                }
                JsonTableColumn::ForOrdinality(name) => {
                    let cause = Cause::Column { relation, column: &name.value };
                    let null = match nested {
                        true => Null::May(Why { cause, span: self.span(name.span) }),
                        false => Null::Never,
                    };
                    let ty = literal::truth(self.catalog.server.family).ty;
                    found.push(json_column(name, ty, null));
                }
                JsonTableColumn::Nested(nested) => {
                    self.json_columns(&nested.columns, found, relation, true);
                }
            }
        }
    }

    /// A CTE, a table or a view by name.
    fn named(
        &mut self,
        schema: Option<&'a Ident>,
        table: &'a Ident,
        alias: Option<&'a TableAlias>,
        joins: &mut Joins<'a>,
    ) -> Scope<'a> {
        let span = self.span_or_statement(table.span);
        let alias_name = alias.map(|alias| alias.name.value.as_str());
        if schema.is_none()
            && let Some(cte) = self
                .ctes
                .iter()
                .rev()
                .find(|cte| same_table_name(&self.catalog.server, cte.name, &table.value))
        {
            let mut columns = cte.columns.clone();
            joins.renumber(&mut columns);
            let relation = Relation {
                alias: alias_name.unwrap_or(&table.value),
                schema: None,
                table: None,
                columns,
                marks: Vec::new(),
                rows: cte.rows,
                has_row: cte.has_row,
                keys: cte.keys.clone(),
                lateral: false,
                span,
            };
            return single(relation);
        }
        if schema.is_none() && alias_name.is_none() && table.value.eq_ignore_ascii_case("dual") {
            return Scope { has_row: true, ..Scope::default() };
        }
        let Some(found) = self.table(schema, table) else {
            return Scope { incomplete: true, ..Scope::default() };
        };
        self.reads.insert(found.name.clone());
        let mut scope =
            single(table_relation(found, alias_name, schema.map(|schema| schema.value.as_str()), span));
        if alias_name.is_none() {
            scope.relations[0].alias = &found.name.name;
        }
        scope
    }

    /// A table of the catalog, reported when there is none.
    pub(super) fn table(&mut self, schema: Option<&Ident>, table: &Ident) -> Option<&'a Table> {
        let catalog = self.catalog;
        let found = catalog.table(schema.map(|schema| schema.value.as_str()), &table.value);
        if found.is_none() {
            let span = self.span_or_statement(table.span);
            if schema.is_some_and(|schema| is_system_schema(&schema.value)) {
                self.unsupported("a table of a system schema", Some(span));
                return None;
            }
            let known = catalog.tables.iter().map(|table| table.name.name.as_str());
            let name = match schema {
                Some(schema) => format!("{}.{}", schema.value, table.value),
                None => table.value.clone(),
            };
            self.report(errors::unknown_table(&name, span, known));
        }
        found
    }
}

/// Whether a table of FROM can name columns of the tables to its left.
fn sees_left(factor: &TableFactor) -> bool {
    match factor {
        TableFactor::Derived { lateral, .. } => *lateral,
        TableFactor::Table { .. } => false,
        _ => true,
    }
}

fn is_system_schema(name: &str) -> bool {
    ["information_schema", "performance_schema", "mysql", "sys"]
        .iter()
        .any(|system| name.eq_ignore_ascii_case(system))
}

/// A relation over a table of the catalog.
pub(super) fn table_relation<'a>(
    table: &'a Table,
    alias: Option<&'a str>,
    schema: Option<&'a str>,
    span: Span,
) -> Relation<'a> {
    let alias_or_name = alias.unwrap_or(&table.name.name);
    let columns = table
        .columns
        .iter()
        .map(|column| RelationColumn {
            name: Cow::Borrowed(column.name.as_str()),
            ty: Cow::Borrowed(&column.ty),
            digits: None,
            null: if column.nullable {
                let cause = Cause::Column { relation: alias_or_name, column: &column.name };
                Null::May(Why { cause, span: None })
            } else {
                Null::Never
            },
            marks: Vec::new(),
            origin: Some(OriginRef { table, column }),
            invisible: column.invisible,
        })
        .collect();
    Relation {
        alias: alias_or_name,
        schema: if alias.is_some() { None } else { schema },
        table: Some(table),
        columns,
        marks: Vec::new(),
        rows: Cardinality::Many,
        has_row: false,
        keys: table_keys(table),
        lateral: false,
        span,
    }
}

/// The columns of a derived table or a common table expression. Their marks are those of the query inside.
pub(super) fn relation_columns<'a>(output: Output<'a>, renamed: &[&'a str]) -> Vec<RelationColumn<'a>> {
    output
        .columns
        .into_iter()
        .enumerate()
        .map(|(index, column)| {
            let (null, marks) = match column.left_out {
                Some(LeftOut { marks, own }) => (own, marks),
                None => (column.value.null, Vec::new()),
            };
            RelationColumn {
                name: renamed.get(index).map_or(column.name, |name| Cow::Borrowed(*name)),
                ty: column.value.ty,
                digits: column.value.digits,
                null,
                marks,
                origin: column.value.origin,
                invisible: false,
            }
        })
        .collect()
}

/// The scope of one relation.
pub(super) fn single(relation: Relation<'_>) -> Scope<'_> {
    let visible = (0..relation.columns.len()).map(|column| ColumnId { relation: 0, column }).collect();
    let has_row = relation.has_row;
    Scope { relations: vec![relation], visible, has_row, ..Scope::default() }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// An inner join.
    None,
    /// A RIGHT JOIN may null-extend the left side.
    Left,
    /// A LEFT JOIN may null-extend the right side.
    Right,
}

fn shifted(columns: &[ColumnId], offset: usize) -> Vec<ColumnId> {
    columns.iter().map(|id| ColumnId { relation: id.relation + offset, ..*id }).collect()
}

fn alias_of(alias: Option<&TableAlias>) -> (&str, Vec<&str>) {
    match alias {
        Some(alias) => (
            alias.name.value.as_str(),
            alias.columns.iter().map(|column| column.name.value.as_str()).collect(),
        ),
        None => ("", Vec::new()),
    }
}

fn json_column<'a>(name: &'a Ident, ty: SqlType, null: Null<'a>) -> RelationColumn<'a> {
    RelationColumn {
        name: Cow::Borrowed(&name.value),
        ty: Cow::Owned(ty),
        digits: None,
        null,
        marks: Vec::new(),
        origin: None,
        invisible: false,
    }
}

fn natural(scope: &Scope<'_>, left: &[ColumnId], right: &[ColumnId]) -> Vec<(ColumnId, ColumnId)> {
    left.iter()
        .filter(|id| !scope.column(**id).invisible)
        .filter_map(|id| {
            let name = &scope.column(*id).name;
            let other = right.iter().find(|other| {
                let column = scope.column(**other);
                !column.invisible && same_column_name(&column.name, name)
            });
            other.map(|other| (*id, *other))
        })
        .collect()
}

/// The merged columns once, from the preserved side and first, then what is left of both sides.
fn merge_visible(
    left: &[ColumnId],
    right: &[ColumnId],
    merged: &[(ColumnId, ColumnId)],
    side: Side,
) -> Vec<ColumnId> {
    let kept = merged.iter().map(|(l, r)| if side == Side::Left { *r } else { *l });
    // RIGHT JOIN is turned around by both servers: its right side comes first.
    let (first, second) = if side == Side::Left { (right, left) } else { (left, right) };
    let rest = |columns: &[ColumnId]| -> Vec<ColumnId> {
        columns.iter().copied().filter(|id| !merged.iter().any(|(l, r)| l == id || r == id)).collect()
    };
    kept.chain(rest(first)).chain(rest(second)).collect()
}
