//! SELECT, set operations, CTEs: what comes out of a query and how many rows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sqlparser::ast::{
    Distinct, Expr, GroupByExpr, GroupByWithModifier, LimitClause, OrderBy, OrderByKind, Query, Select,
    SelectItem, SelectItemQualifiedWildcardKind, SetExpr, SetOperator, SetQuantifier, Spanned,
    Value as Literal,
};

use crate::catalog::{Family, SqlType, TableKind};
use crate::span::Span;
use crate::typed::Cardinality;

use super::cardinality::{Proof, has_aggregate};
use super::checks::GroupedSelect;
use super::from::Joins;
use super::grouping::{self, Group};
use super::merge::Merge;
use super::params::Expect;
use super::reject::{Claim, Condition, Rejection, refine};
use super::scope::{AliasRule, ColumnId, Relation, RelationColumn, Rows, Scope, Scopes};
use super::types::Typed;
use super::value::{Cause, Null, Value, Why};
use super::{Analyzer, errors, functions, merge, names, types};

/// What a query gives.
pub(super) struct Output<'a> {
    pub(super) columns: Vec<OutputColumn<'a>>,
    pub(super) rows: Cardinality,
    /// The key that a `:one` would have to compare.
    pub(super) missing_key: Option<String>,
    /// Sets of columns that no two rows have in common, where none of them is NULL.
    pub(super) keys: Vec<Vec<usize>>,
}

/// A column of a result.
#[derive(Clone)]
pub(super) struct OutputColumn<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Value<'a>,
    pub(super) span: Span,
    /// The relation of `alias.*`.
    pub(super) star: Option<Star<'a>>,
}

/// A column that came from `alias.*`.
#[derive(Clone, Copy)]
pub(super) struct Star<'a> {
    pub(super) relation: &'a str,
    /// Whether an outer join may leave the whole row out.
    pub(super) optional: bool,
    /// The column's nullability without that join.
    pub(super) own: Null<'a>,
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
                    limit_rows(&mut output.rows, limit);
                }
                if let Some(offset) = offset {
                    self.limit(&scopes, &offset.value, "offset");
                    at_most(&mut output.rows);
                }
            }
            Some(LimitClause::OffsetCommaLimit { offset, limit }) => {
                self.limit(&scopes, offset, "offset");
                self.limit(&scopes, limit, "limit");
                limit_rows(&mut output.rows, limit);
                at_most(&mut output.rows);
            }
            None => {}
        }
        if let Some(fetch) = &query.fetch {
            if let Some(quantity) = &fetch.quantity {
                self.limit(&scopes, quantity, "limit");
            }
            // Rows that sort like the last one may follow it.
            match &fetch.quantity {
                _ if fetch.with_ties => at_most(&mut output.rows),
                Some(quantity) => limit_rows(&mut output.rows, quantity),
                None if output.rows == Cardinality::Many => output.rows = Cardinality::Opt,
                None => {}
            }
        }
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

    fn combined(&mut self, left: Output<'a>, right: Output<'a>, op: SetOperator, span: Span) -> Output<'a> {
        if left.columns.len() != right.columns.len() {
            self.report(errors::set_operation_columns(left.columns.len(), right.columns.len(), span));
            return left;
        }
        let family = self.catalog.server.family;
        let columns = left
            .columns
            .into_iter()
            .zip(right.columns)
            .map(|(left, right)| {
                let (first, second) = (left.value.operand(), right.value.operand());
                let Typed { ty, digits } = merge::merged(family, Merge::Union, first, second);
                let kept = *left.value.ty == *right.value.ty
                    || family == Family::MySql
                        && (*left.value.ty == SqlType::Null || *right.value.ty == SqlType::Null);
                // What becomes an address and is none is NULL.
                let lost = types::is_address(&ty)
                    && !(types::is_address(&left.value.ty) && types::is_address(&right.value.ty));
                let ty = if kept { ty } else { merge::as_expression(ty) };
                let null = match op {
                    SetOperator::Union => left.value.null.or(right.value.null),
                    SetOperator::Intersect => left.value.null.and(right.value.null),
                    SetOperator::Except | SetOperator::Minus => left.value.null,
                };
                let null = if lost {
                    null.or(Null::May(Why { cause: Cause::Function("cast"), span: None }))
                } else {
                    null
                };
                // A row type of a table is promised only where every branch gives rows of that table.
                let same = |a: Value<'a>, b: &Value<'a>| {
                    let (a, b) = (a.origin?, b.origin?);
                    (std::ptr::eq(a.table, b.table) && std::ptr::eq(a.column, b.column)).then_some(a)
                };
                let origin = same(left.value.clone(), &right.value);
                // The branch with a placeholder is the one that decides the type at execution.
                let placed = |span: Span| {
                    self.statement
                        .placeholders
                        .iter()
                        .any(|place| place.span.start >= span.start && place.span.end <= span.end)
                };
                let span = if placed(right.span) { right.span } else { left.span };
                let value = Value { ty: Cow::Owned(ty), digits, null, origin };
                OutputColumn { value, star: None, span, ..left }
            })
            .collect();
        let rows = match op {
            SetOperator::Union => Cardinality::Many,
            SetOperator::Intersect | SetOperator::Except | SetOperator::Minus => {
                let mut rows = left.rows;
                at_most(&mut rows);
                rows
            }
        };
        Output { columns, rows, missing_key: None, keys: Vec::new() }
    }

    /// VALUES ROW(...), ROW(...).
    fn values(
        &mut self,
        rows: &'a [sqlparser::ast::Parens<Vec<Expr>>],
        outer: Option<&Scopes<'a, '_>>,
        expects: Option<&[Expect<'a>]>,
    ) -> Output<'a> {
        let none = Scope::default();
        let scopes = Scopes::new(&none, outer);
        let mut columns: Vec<Value<'a>> = Vec::new();
        for row in rows {
            for (index, expr) in row.content.iter().enumerate() {
                let like = columns.get(index).map_or_else(Expect::nothing, Expect::like);
                let expect = expects.and_then(|expects| expects.get(index)).cloned().unwrap_or(like);
                let value = self.infer(&scopes, expr, &expect);
                match columns.get_mut(index) {
                    Some(known) => {
                        let family = self.catalog.server.family;
                        let Typed { ty, digits } =
                            merge::merged(family, Merge::Union, known.operand(), value.operand());
                        (known.ty, known.digits) = (Cow::Owned(ty), digits);
                        known.null = known.null.or(value.null);
                    }
                    None => columns.push(value.without_origin()),
                }
            }
        }
        let first = rows.first().map_or(&[][..], |row| row.content.as_slice());
        let columns = columns
            .into_iter()
            .enumerate()
            .map(|(index, value)| OutputColumn {
                name: match self.catalog.server.family {
                    Family::MySql => Cow::Owned(format!("column_{index}")),
                    Family::MariaDb => {
                        Cow::Owned(first.get(index).map(|expr| self.text_of(expr)).unwrap_or_default())
                    }
                },
                value,
                span: self.statement.span,
                star: None,
            })
            .collect();
        let rows = if rows.len() == 1 { Cardinality::One } else { Cardinality::Many };
        Output { columns, rows, missing_key: None, keys: Vec::new() }
    }

    fn order_by_output(
        &mut self,
        output: &Output<'a>,
        order_by: Option<&'a OrderBy>,
        outer: Option<&Scopes<'a, '_>>,
    ) {
        let Some(order) = order_by else { return };
        if let (OrderByKind::Expressions(items), true) = (&order.kind, self.diagnostics.is_empty()) {
            let count = output.columns.len();
            items.iter().for_each(|item| self.check_position(&item.expr, "ORDER BY", count));
        }
        let columns = output
            .columns
            .iter()
            .map(|column| RelationColumn {
                name: column.name.clone(),
                ty: column.value.ty.clone(),
                digits: column.value.digits,
                null: column.value.null,
                origin: column.value.origin,
                invisible: false,
            })
            .collect();
        let scope = super::from::single(Relation {
            alias: "",
            schema: None,
            table: None,
            columns,
            marks: Vec::new(),
            rows: output.rows,
            keys: Vec::new(),
            lateral: false,
            span: self.statement.span,
        });
        self.order_by(&Scopes::new(&scope, outer), order_by);
    }

    fn order_by(&mut self, scopes: &Scopes<'a, '_>, order_by: Option<&'a OrderBy>) {
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
        let mut joins = Joins::default();
        let mut scope = self.from(&select.from, outer, &mut joins);
        let mut conditions = joins.conditions;
        if let Some(selection) = &select.selection {
            conditions.push(Condition { claim: Claim::Holds(selection), guard: BTreeSet::new() });
        }
        let rows = self.rows(select, order_by);
        let items = self.items(&scope, &select.projection);
        let groups = self.groups(&scope, select, items.as_deref());
        if let (Some(having), Rows::Plain) = (&select.having, rows) {
            conditions.push(Condition { claim: Claim::Holds(having), guard: BTreeSet::new() });
        }
        let mut facts = Vec::new();
        if let (Some(having), Rows::Groups) = (&select.having, rows) {
            facts.push(self.having_facts(&scope, having, &groups));
        }
        refine(&self.catalog.server, &mut scope, &mut conditions, facts);

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
        let scopes = Scopes { rows, ..row_scopes };
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
            self.condition(&Scopes { rows, ..group_scopes }, having);
        }
        for window in &select.named_window {
            self.named_window(&scopes, window);
        }
        self.order_by(&Scopes { rows, aliases: AliasRule::BeforeColumns, ..group_scopes }, order_by);
        if let Some(Distinct::On(items)) = &select.distinct {
            for item in items {
                self.infer(&scopes, item, &Expect::nothing());
            }
        }

        let filtered = select.having.is_some() || select.selection.is_some();
        let asked = self.of_view || self.derived > 0;
        let mut keys = Vec::new();
        let (rows_bound, missing_key) = match rows {
            Rows::Everything if select.having.is_some() => (Cardinality::Opt, None),
            Rows::Everything => (Cardinality::One, None),
            Rows::Plain | Rows::Groups | Rows::Rollup => {
                let proof = Proof::new(self, &row_scopes, &conditions);
                let found = proof.bound();
                let mut rows_bound = match found.rows {
                    Cardinality::One if filtered => Cardinality::Opt,
                    other => other,
                };
                match rows {
                    // All keys have one value, which makes one group at most.
                    Rows::Groups => {
                        let one = grouping::columns(&groups)
                            .is_some_and(|keys| keys.is_subset(&proof.fixed(&BTreeSet::new())));
                        if one && rows_bound == Cardinality::Many {
                            rows_bound = Cardinality::Opt;
                        }
                        if asked {
                            keys = grouping::keys(&proof, &groups, items.as_deref().unwrap_or_default());
                        }
                    }
                    Rows::Rollup => rows_bound = Cardinality::Many,
                    Rows::Plain | Rows::Everything if asked => {
                        let items = items.as_deref().unwrap_or_default();
                        let place = |id: &ColumnId| items.iter().position(|item| item.column == Some(*id));
                        let found = proof.keys();
                        keys = found.iter().filter_map(|key| key.iter().map(place).collect()).collect();
                    }
                    Rows::Plain | Rows::Everything => {}
                }
                if asked && matches!(select.distinct, Some(Distinct::Distinct)) && rows != Rows::Rollup {
                    keys.push((0..columns.len()).collect());
                }
                (rows_bound, found.missing_key)
            }
        };
        Output { columns, rows: rows_bound, missing_key, keys }
    }

    /// HAVING says something of the columns that have one value in a group.
    fn having_facts(
        &self,
        scope: &Scope<'a>,
        having: &Expr,
        groups: &[Group<'a>],
    ) -> (BTreeSet<ColumnId>, BTreeSet<usize>) {
        let scopes = Scopes::new(scope, None);
        let rejection = Rejection { server: &self.catalog.server, scopes: &scopes };
        let keys: BTreeSet<ColumnId> = groups.iter().filter_map(|group| group.column).collect();
        let holds = rejection.holds(having, true);
        (holds.intersection(&keys).copied().collect(), BTreeSet::new())
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

    fn named_window(&mut self, scopes: &Scopes<'a, '_>, window: &'a sqlparser::ast::NamedWindowDefinition) {
        if let sqlparser::ast::NamedWindowExpr::WindowSpec(spec) = &window.1 {
            for expr in &spec.partition_by {
                self.infer(scopes, expr, &Expect::nothing());
            }
            for item in &spec.order_by {
                self.infer(scopes, &item.expr, &Expect::nothing());
            }
        }
    }

    /// The columns of a select list, or of RETURNING.
    pub(super) fn projection(
        &mut self,
        scopes: &Scopes<'a, '_>,
        items: &'a [SelectItem],
        expects: Option<&[Expect<'a>]>,
    ) -> Vec<OutputColumn<'a>> {
        let mut columns: Vec<OutputColumn<'a>> = Vec::new();
        for item in items {
            let expect = expects
                .and_then(|expects| expects.get(columns.len()))
                .cloned()
                .unwrap_or_else(Expect::nothing);
            let span = self.span_or_statement(item.span());
            match item {
                SelectItem::UnnamedExpr(expr) => {
                    self.check_variable(expr, span);
                    let value = self.infer(scopes, expr, &expect);
                    let name = match names::column(expr) {
                        Some((_, name)) => Cow::Borrowed(name.value.as_str()),
                        None => Cow::Owned(self.text_of(expr)),
                    };
                    columns.push(OutputColumn { name, value, span, star: None });
                }
                SelectItem::ExprWithAlias { expr, alias } => {
                    self.check_variable(expr, span);
                    let mut value = self.infer(scopes, expr, &expect);
                    let (name, mark) = split_mark(&alias.value);
                    // Inside a derived table the server knows it by the name with the mark.
                    let name = if mark.is_some() { Cow::Owned(name.to_owned()) } else { Cow::Borrowed(name) };
                    match mark {
                        Some('!') => value.null = Null::Never,
                        Some(_) => {
                            value.null = Null::May(Why { cause: Cause::Asked, span: self.span(alias.span) });
                        }
                        None => {}
                    }
                    columns.push(OutputColumn { name, value, span, star: None });
                }
                SelectItem::Wildcard(_) => {
                    if scopes.scope.relations.is_empty() && self.diagnostics.is_empty() {
                        self.unsupported("`*` without a table", Some(span));
                    }
                    self.freeze(scopes.scope, &scopes.scope.visible, span);
                    for id in &scopes.scope.visible {
                        columns.extend(star_column(scopes, *id, span, None));
                    }
                }
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) => {
                    let Some((schema, table)) = names::table(name) else {
                        self.unsupported("this `*`", Some(span));
                        continue;
                    };
                    let found = scopes.scope.relation(
                        &self.catalog.server,
                        schema.map(|schema| schema.value.as_str()),
                        &table.value,
                    );
                    match found {
                        Some(relation) => {
                            let count = scopes.scope.relations[relation].columns.len();
                            let ids: Vec<ColumnId> =
                                (0..count).map(|column| ColumnId { relation, column }).collect();
                            self.freeze(scopes.scope, &ids, span);
                            for id in ids {
                                columns.extend(star_column(scopes, id, span, Some(relation)));
                            }
                        }
                        None => {
                            let known = scopes.scope.relations.iter().map(|relation| relation.alias);
                            self.report(errors::unknown_alias(&table.value, span, known));
                        }
                    }
                }
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::Expr(_), _)
                | SelectItem::ExprWithAliases { .. } => self.unsupported("this select item", Some(span)),
            }
        }
        columns
    }
}

fn star_column<'a>(
    scopes: &Scopes<'a, '_>,
    id: ColumnId,
    span: Span,
    relation: Option<usize>,
) -> Option<OutputColumn<'a>> {
    let column = scopes.scope.column(id);
    if column.invisible {
        return None;
    }
    let star = relation.map(|relation| {
        let relation = &scopes.scope.relations[relation];
        Star { relation: relation.alias, optional: !relation.marks.is_empty(), own: column.null }
    });
    Some(OutputColumn { name: column.name.clone(), value: scopes.value(0, id), span, star })
}

/// An alias such as `` `name!` `` or `` `name?` `` without its mark.
pub(super) fn split_mark(alias: &str) -> (&str, Option<char>) {
    match alias.strip_suffix(['!', '?']) {
        Some(plain) if !plain.is_empty() => (plain, alias.chars().last()),
        Some(_) | None => (alias, None),
    }
}

/// LIMIT 0 and LIMIT 1 allow one row at most.
fn limit_rows(rows: &mut Cardinality, limit: &Expr) {
    let Expr::Value(value) = limit else {
        at_most(rows);
        return;
    };
    match &value.value {
        Literal::Number(text, _) if matches!(text.as_str(), "0" | "1") => {
            if *rows == Cardinality::Many || text == "0" {
                *rows = Cardinality::Opt;
            }
        }
        Literal::Number(..) => {}
        _ => at_most(rows),
    }
}

/// The row that there was may be left out.
fn at_most(rows: &mut Cardinality) {
    if *rows == Cardinality::One {
        *rows = Cardinality::Opt;
    }
}

/// Whether all group keys are columns of base tables, and so no key is a constant or another expression.
fn groups_by_base_columns(scope: &Scope<'_>, groups: &[Group<'_>]) -> bool {
    groups.iter().all(|group| {
        let origin = group.column.and_then(|id| scope.column(id).origin);
        origin.is_some_and(|origin| origin.table.kind == TableKind::Base)
    })
}

/// In the summary rows of WITH ROLLUP every part of an expression that looks like a group key is NULL: `1 + 0` where
/// that is a key, and a constant where a key is a derived table's column of the same value. Only aggregates are not.
fn summary_nulls(projection: &[SelectItem], columns: &mut [OutputColumn<'_>]) {
    let is_aggregate = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            let Expr::Function(call) = expr else { return false };
            let known = names::last(&call.name).and_then(|name| functions::find(&name.value));
            known.is_some_and(|known| known.kind == functions::Kind::Aggregate)
        }
        _ => false,
    };
    let one_each = projection.len() == columns.len();
    for (index, column) in columns.iter_mut().enumerate() {
        if !(one_each && projection.get(index).is_some_and(is_aggregate)) {
            column.value.null = column.value.null.or(Null::May(Why { cause: Cause::Rollup, span: None }));
        }
    }
}
