//! SELECT, set operations, CTEs: what comes out of a query and how many rows.

use std::collections::BTreeSet;

use sqlparser::ast::{
    Distinct, Expr, GroupByExpr, GroupByWithModifier, LimitClause, OrderBy, OrderByKind, Query, Select,
    SelectItem, SetExpr, SetQuantifier, Spanned, Value as Literal, visit_expressions,
};

use crate::catalog::SqlType;
use crate::typed::Cardinality;

use super::cardinality::{Proof, has_aggregate};
use super::checks::GroupedSelect;
use super::facts::{Fact, Facts, Term};
use super::from::Joins;
use super::grouping::{self, Group, Item, groups_by_base_columns, summary_nulls};
use super::keys::constant;
use super::outcomes::Reader;
use super::params::Expect;
use super::projection::{OutputColumn, split_mark};
use super::reject::{Claim, Condition, refine};
use super::scope::{AliasRule, ColumnId, Rows, Scope, Scopes, same_column_name};
use super::value::Value;
use super::{Analyzer, names};

/// What a query gives.
pub(super) struct Output<'a> {
    pub(super) columns: Vec<OutputColumn<'a>>,
    pub(super) rows: Cardinality,
    /// Whether there is a row at least.
    pub(super) has_row: bool,
    /// The key that a `:one` would have to compare.
    pub(super) missing_key: Option<String>,
    /// Sets of columns that no two rows have in common, where none of them is NULL.
    pub(super) keys: Vec<Vec<usize>>,
}

impl<'a> Analyzer<'a> {
    /// Types a query. `expects` is what its columns are compared with or written to.
    pub(super) fn query(
        &mut self,
        query: &'a Query,
        outer: Option<&Scopes<'a, '_>>,
        expects: Option<&[Expect<'a>]>,
    ) -> Output<'a> {
        let ctes = self.ctes.len();
        self.common_tables(query, outer);
        let mut output = self.set_expr(&query.body, query.order_by.as_ref(), outer, expects);
        let none = Scope::default();
        let scopes = Scopes::new(&none, outer);
        match &query.limit_clause {
            Some(LimitClause::LimitOffset { limit, offset, .. }) => {
                if let Some(limit) = limit {
                    self.limit(&scopes, limit, "limit");
                    limit_rows(&mut output, limit);
                }
                if let Some(offset) = offset {
                    self.limit(&scopes, &offset.value, "offset");
                    output.has_row = false;
                }
            }
            Some(LimitClause::OffsetCommaLimit { offset, limit }) => {
                self.limit(&scopes, offset, "offset");
                self.limit(&scopes, limit, "limit");
                limit_rows(&mut output, limit);
                output.has_row = false;
            }
            None => {}
        }
        if let Some(fetch) = &query.fetch {
            match (&fetch.quantity, fetch.with_ties) {
                (Some(rows), false) => {
                    self.limit(&scopes, rows, "limit");
                    limit_rows(&mut output, rows);
                }
                // A row, and those that sort like it.
                (quantity, true) => {
                    quantity.iter().for_each(|rows| self.limit(&scopes, rows, "limit"));
                    output.has_row = false;
                }
                (None, false) => at_most_one(&mut output),
            }
        }
        output.settle();
        if !query.locks.is_empty() {
            self.side_effects = true;
            self.check_locks(query);
        }
        self.ctes.truncate(ctes);
        output
    }

    fn limit(&mut self, scopes: &Scopes<'a, '_>, expr: &'a Expr, name: &'static str) {
        if self.check_limit(expr) {
            self.infer(scopes, expr, &Expect::of(SqlType::BIGINT_UNSIGNED).called(name));
        }
    }

    pub(super) fn set_expr(
        &mut self,
        body: &'a SetExpr,
        order_by: Option<&'a OrderBy>,
        outer: Option<&Scopes<'a, '_>>,
        expects: Option<&[Expect<'a>]>,
    ) -> Output<'a> {
        match body {
            SetExpr::Select(select) => self.select(select, order_by, outer, expects),
            SetExpr::Query(query) => {
                let output = self.query(query, outer, expects);
                self.order_by_output(&output, order_by, outer);
                output
            }
            SetExpr::SetOperation { left, op, right, set_quantifier } => {
                let left_output = self.set_expr(left, None, outer, expects);
                let like: Vec<Expect<'a>> =
                    left_output.columns.iter().map(|column| Expect::like(&column.value)).collect();
                let right_output = self.set_expr(right, None, outer, Some(expects.unwrap_or(&like)));
                let span = self.span_or_statement(right.span());
                let mut output = self.combined(left_output, right_output, *op, span);
                if !matches!(set_quantifier, SetQuantifier::All | SetQuantifier::AllByName) {
                    output.keys = vec![(0..output.columns.len()).collect()];
                }
                self.order_by_output(&output, order_by, outer);
                output
            }
            SetExpr::Values(values) => self.values(&values.rows, outer, expects),
            SetExpr::Table(table) => {
                self.unsupported("TABLE", None);
                let _ = table;
                Output::none()
            }
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => {
                self.unsupported("a write with WITH", None);
                Output::none()
            }
        }
    }

    pub(super) fn order_by(&mut self, scopes: &Scopes<'a, '_>, order_by: Option<&'a OrderBy>) {
        if let Some(OrderBy { kind: OrderByKind::Expressions(items), .. }) = order_by {
            for item in items {
                self.infer(scopes, &item.expr, &Expect::nothing());
            }
        }
    }

    fn select(
        &mut self,
        select: &'a Select,
        order_by: Option<&'a OrderBy>,
        outer: Option<&Scopes<'a, '_>>,
        expects: Option<&[Expect<'a>]>,
    ) -> Output<'a> {
        if let Some(into) = &select.into
            && !self.into.is_some_and(|known| std::ptr::eq(known, into))
        {
            self.unsupported("SELECT ... INTO within a query", None);
        }
        let kept_windows = std::mem::replace(&mut self.windows, &select.named_window);
        let mut joins = Joins::default();
        let mut scope = self.from(&select.from, outer, &mut joins);
        let mut conditions = joins.conditions;
        conditions
            .extend(select.selection.as_ref().map(|selection| Condition::always(Claim::Holds(selection))));
        let rows = self.rows(select, order_by);
        let items = self.items(&scope, &select.projection);
        let groups = self.groups(&scope, select, items.as_deref());
        let known_items = items.as_deref().unwrap_or_default();
        let having =
            select.having.as_ref().and_then(|having| having_claim(having, rows, known_items, &groups));
        conditions.extend(having.map(Condition::always));
        let possible = refine(self, &mut scope, outer, &mut conditions, known_items);

        let row_scopes = Scopes::new(&scope, outer);
        self.check_select(&row_scopes, select, order_by, items.as_deref(), &groups);
        if let Some(items) = items.as_deref() {
            let grouped =
                GroupedSelect { select, order_by, items, groups: &groups, rows, conditions: &conditions };
            self.check_grouping(&row_scopes, &grouped);
        }
        if let Some(selection) = &select.selection {
            self.condition(&row_scopes, selection);
        }
        let facts = self.having_facts(&Scopes { rows, ..row_scopes }, select.having.as_ref(), known_items);
        let scopes = Scopes { rows, aggregates: true, facts: Some(&facts), ..row_scopes };
        let mut columns = self.projection(&scopes, &select.projection, expects);
        if rows == Rows::Rollup && !groups_by_base_columns(&scope, &groups) {
            summary_nulls(&select.projection, &mut columns);
        }
        let aliases: Vec<(&'a str, Value<'a>)> = select
            .projection
            .iter()
            .filter_map(|item| match item {
                SelectItem::ExprWithAlias { alias, .. } => Some(alias.value.as_str()),
                _ => None,
            })
            .filter_map(|alias| {
                let (plain, _) = split_mark(alias);
                let column = columns.iter().find(|column| column.name == plain)?;
                Some((alias, column.value.clone().without_origin()))
            })
            .collect();
        let aliased = Scope { aliases, ..scope.clone() };
        let group_scopes = Scopes { aliases: AliasRule::AfterColumns, ..Scopes::new(&aliased, outer) };
        for group in &groups {
            self.infer(&group_scopes, group.written, &Expect::nothing());
        }
        if let Some(having) = &select.having {
            // A name of the select list comes before columns of FROM, and a key of GROUP BY before both.
            let key = |group: &Group<'a>| {
                let (_, name) = names::column(group.written)?;
                Some((name.value.as_str(), scopes.value(0, group.column?).without_origin()))
            };
            let mut seen = aliased.clone();
            seen.aliases.splice(0..0, groups.iter().filter_map(key));
            let aliases = AliasRule::BeforeColumns;
            let scopes = Scopes { scope: &seen, rows, aliases, aggregates: true, ..group_scopes };
            self.condition(&scopes, having);
        }
        for window in &select.named_window {
            self.named_window(&scopes, window);
        }
        let aliases = AliasRule::BeforeColumns;
        self.order_by(&Scopes { rows, aliases, aggregates: true, ..group_scopes }, order_by);
        if let Some(Distinct::On(items)) = &select.distinct {
            for item in items {
                self.infer(&scopes, item, &Expect::nothing());
            }
        }

        self.windows = kept_windows;
        let mut output =
            Output { columns, rows: Cardinality::Many, has_row: true, missing_key: None, keys: Vec::new() };
        if rows == Rows::Everything {
            output.rows = Cardinality::Opt;
            output.has_row = select.having.is_none();
        } else {
            output.has_row = scope.has_row && select.having.is_none() && select.selection.is_none();
            let proof = Proof::new(self, &row_scopes, &conditions);
            self.bound(&mut output, &proof, rows, select, &groups, known_items);
            if !possible {
                output.rows = Cardinality::Opt;
            }
            if !self.statement.nests.is_empty()
                && rows != Rows::Rollup
                && let (true, Some(items)) = (self.is_whole(select), items.as_deref())
            {
                self.nested = self.nest(&row_scopes, &proof, items, &output.columns);
            }
        }
        output.settle();
        output
    }

    /// How many rows FROM and its conditions let through, or how many groups they make, and the keys of these where
    /// somebody asks for them.
    fn bound(
        &self,
        output: &mut Output<'a>,
        proof: &Proof<'_, 'a>,
        rows: Rows,
        select: &Select,
        groups: &[Group<'a>],
        items: &[Item<'a>],
    ) {
        let found = proof.bound();
        output.missing_key = found.missing_key;
        let asked = self.of_view || self.derived > 0;
        match rows {
            // The summary rows come on top.
            Rows::Rollup => return,
            Rows::Groups => {
                output.rows = found.rows;
                // All keys have one value, which makes one group at most.
                let fixed = proof.fixed(&BTreeSet::new());
                let has_one_value = |group: &Group<'a>| match (group.column, group.expr) {
                    (Some(id), _) => fixed.contains(&id),
                    (None, Some(expr)) => constant(self, expr).is_some(),
                    (None, None) => false,
                };
                if groups.iter().all(has_one_value) {
                    output.rows = Cardinality::Opt;
                }
                if asked {
                    output.keys = grouping::keys(proof, groups, items);
                }
            }
            Rows::Plain | Rows::Everything => {
                output.rows = found.rows;
                if asked {
                    let place = |id: &ColumnId| items.iter().position(|item| item.column == Some(*id));
                    let found = proof.keys();
                    output.keys = found.iter().filter_map(|key| key.iter().map(place).collect()).collect();
                }
            }
        }
        if matches!(select.distinct, Some(Distinct::Distinct)) {
            // Rows that are all the same are one row.
            let fixed = proof.fixed(&BTreeSet::new());
            let has_one_value = |item: &Item<'a>| match (item.column, item.expr) {
                (Some(id), _) => fixed.contains(&id),
                (None, Some(expr)) => constant(self, expr).is_some(),
                (None, None) => false,
            };
            if items.len() == output.columns.len() && items.iter().all(has_one_value) {
                output.rows = Cardinality::Opt;
            }
            if asked {
                output.keys.push((0..output.columns.len()).collect());
            }
        }
    }

    /// What HAVING says of the rows or groups that come out.
    fn having_facts(&self, scopes: &Scopes<'a, '_>, having: Option<&Expr>, items: &[Item<'a>]) -> Facts {
        let Some(having) = having else { return Facts::new() };
        let mut facts = Reader { items, ..Reader::new(self, scopes) }.outcomes(having).holds.facts();
        if scopes.rows == Rows::Rollup {
            // The servers do not agree on which expressions are keys in the summary rows.
            facts.retain(|fact| match fact {
                Fact::Somewhere(_) | Fact::Row | Fact::Here(Term::Column { .. }) => true,
                Fact::Here(Term::Expr(_)) | Fact::Matched(_) => false,
            });
        }
        scopes.consequences(facts)
    }

    fn rows(&self, select: &Select, order_by: Option<&OrderBy>) -> Rows {
        match &select.group_by {
            GroupByExpr::Expressions(expressions, modifiers) if !expressions.is_empty() => {
                let rollup = |modifier: &GroupByWithModifier| matches!(modifier, GroupByWithModifier::Rollup);
                let summary = modifiers.iter().any(rollup)
                    || expressions
                        .iter()
                        .any(|expr| matches!(expr, Expr::Rollup(_) | Expr::Cube(_) | Expr::GroupingSets(_)));
                if summary { Rows::Rollup } else { Rows::Groups }
            }
            _ => {
                let aggregated = has_aggregate(&select.projection)
                    || has_aggregate(&select.having)
                    || order_by.is_some_and(has_aggregate);
                if aggregated { Rows::Everything } else { Rows::Plain }
            }
        }
    }
}

impl Output<'_> {
    /// What has a row and no more than one has exactly one.
    pub(super) fn settle(&mut self) {
        self.rows = match (self.rows, self.has_row) {
            (Cardinality::One | Cardinality::Opt, true) => Cardinality::One,
            (Cardinality::One | Cardinality::Opt, false) => Cardinality::Opt,
            (rows @ (Cardinality::Many | Cardinality::Exec), _) => rows,
        };
    }
}

/// What HAVING says of the rows of FROM. Where it names nothing of the select list, it is a condition like any other.
fn having_claim<'a>(
    having: &'a Expr,
    rows: Rows,
    items: &[Item<'a>],
    groups: &[Group<'a>],
) -> Option<Claim<'a>> {
    match rows {
        Rows::Plain => {
            let aliased = |expr: &Expr| match expr {
                Expr::Identifier(name) => items
                    .iter()
                    .any(|item| item.alias.is_some_and(|alias| same_column_name(alias, &name.value))),
                _ => false,
            };
            let names_item = visit_expressions(having, |expr| match aliased(expr) {
                true => std::ops::ControlFlow::Break(()),
                false => std::ops::ControlFlow::Continue(()),
            });
            Some(match names_item.is_break() {
                true => Claim::Having(having, None),
                false => Claim::Holds(having),
            })
        }
        Rows::Groups => {
            Some(Claim::Having(having, Some(groups.iter().filter_map(|group| group.column).collect())))
        }
        Rows::Rollup | Rows::Everything => None,
    }
}

/// LIMIT 0 and LIMIT 1 allow one row at most, and LIMIT 0 none.
fn limit_rows(output: &mut Output<'_>, limit: &Expr) {
    let number = match limit {
        Expr::Value(value) => match &value.value {
            Literal::Number(text, _) => text.parse::<u64>().ok(),
            _ => None,
        },
        _ => None,
    };
    if number.is_none_or(|number| number == 0) {
        output.has_row = false;
    }
    if number.is_some_and(|number| number <= 1) {
        at_most_one(output);
    }
}

fn at_most_one(output: &mut Output<'_>) {
    if output.rows == Cardinality::Many {
        output.rows = Cardinality::Opt;
    }
}
