//! ONLY_FULL_GROUP_BY, as each server has it. MySQL accepts what the keys determine: through unique keys, equalities
//! of WHERE and ON, and constants, of which a placeholder is none. MariaDB knows of no dependency, and looks at the
//! select list only. Beside it what both servers ask of HAVING: columns of the select list or keys.
//! Source: measured on MySQL 9.7 and MariaDB 10.11, errors 1054, 1055, 1140 and 3065.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    Distinct, Expr, OrderBy, OrderByKind, Query, Select, Spanned, Visit, Visitor, visit_expressions_mut,
};

use crate::analyze::cardinality::Proof;
use crate::analyze::functions::{self, Kind};
use crate::analyze::grouping::{Group, Item, position};
use crate::analyze::reject::Condition;
use crate::analyze::scope::{ColumnId, Lookup, Rows, Scope, Scopes, same_column_name};
use crate::analyze::{Analyzer, errors, names};
use crate::catalog::{Family, TableKind};
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// A SELECT as the check sees it.
pub(in crate::analyze) struct GroupedSelect<'r, 'a> {
    pub(in crate::analyze) select: &'a Select,
    pub(in crate::analyze) order_by: Option<&'a OrderBy>,
    pub(in crate::analyze) items: &'r [Item<'a>],
    pub(in crate::analyze) groups: &'r [Group<'a>],
    pub(in crate::analyze) rows: Rows,
    pub(in crate::analyze) conditions: &'r [Condition<'a>],
}

impl<'a> Analyzer<'a> {
    /// Reports what is neither a key, nor determined by the keys, nor aggregated.
    pub(in crate::analyze) fn check_grouping(
        &mut self,
        scopes: &Scopes<'a, '_>,
        grouped: &GroupedSelect<'_, 'a>,
    ) {
        let wrong = self.diagnostics.iter().any(Diagnostic::is_error);
        if self.of_view || wrong || scopes.scope.incomplete || self.unsupported.is_some() {
            return;
        }
        self.check_having(scopes, grouped);
        if !self.catalog.server.has_mode("ONLY_FULL_GROUP_BY") {
            return;
        }
        let family = self.catalog.server.family;
        match grouped.rows {
            Rows::Plain => {
                if family == Family::MySql {
                    self.check_distinct_order(scopes, grouped);
                }
                return;
            }
            Rows::Groups | Rows::Rollup | Rows::Everything => {}
        }
        let keys: BTreeSet<ColumnId> = grouped.groups.iter().filter_map(|group| group.column).collect();
        let known = match family {
            Family::MySql => Proof::for_server(self, scopes, grouped.conditions).determined(&keys),
            Family::MariaDb => keys,
        };
        let texts = grouped.groups.iter().filter_map(|group| group.expr);
        let texts: Vec<String> = texts.map(|expr| normal(self, scopes, expr)).collect();
        let mut found: Option<(ColumnId, Span)> = None;
        for (index, item) in grouped.items.iter().enumerate() {
            match item.expr {
                Some(expr) => {
                    let mut search = Search::new(self, scopes, &known, &texts, family);
                    let _: ControlFlow<()> = bare(expr).visit(&mut search);
                    found = found.or(search.found);
                }
                None => {
                    let free =
                        item.column.filter(|id| !known.contains(id) && is_judged(scopes.scope, *id, family));
                    let span = self.star_span(grouped.select, index);
                    found = found.or(free.map(|id| (id, span)));
                }
            }
        }
        // MySQL drops the ORDER BY of a single row; MariaDB sorts groups by whatever it is told to.
        let ordered = matches!(
            (family, grouped.rows),
            (Family::MySql, Rows::Groups | Rows::Rollup) | (Family::MariaDb, Rows::Everything)
        );
        if let (true, Some(OrderBy { kind: OrderByKind::Expressions(order), .. })) =
            (ordered, grouped.order_by)
        {
            for item in order.iter().filter(|item| !is_item(self, scopes, grouped.items, &item.expr)) {
                let mut search = Search::new(self, scopes, &known, &texts, family);
                let _: ControlFlow<()> = bare(&item.expr).visit(&mut search);
                found = found.or(search.found);
            }
        }
        if let Some((id, span)) = found {
            let column = scopes.scope.column(id).name.to_string();
            let grouped = grouped.rows != Rows::Everything;
            self.report(errors::not_grouped(&column, grouped, family, span));
        }
    }

    /// The star that the `index`-th column comes from; the select list as a whole where that is not known.
    fn star_span(&self, select: &Select, index: usize) -> Span {
        let item = select.projection.get(index).or(select.projection.first());
        item.map_or(self.statement.span, |item| self.span_or_statement(item.span()))
    }

    /// HAVING can name columns of the select list, keys, and what is around the query.
    fn check_having(&mut self, scopes: &Scopes<'a, '_>, grouped: &GroupedSelect<'_, 'a>) {
        let Some(having) = &grouped.select.having else { return };
        let mut known: BTreeSet<ColumnId> = grouped.groups.iter().filter_map(|group| group.column).collect();
        known.extend(grouped.items.iter().filter_map(|item| item.column));
        let none = Vec::new();
        let mut search = Search::new(self, scopes, &known, &none, Family::MySql);
        search.judges_all = true;
        // Without groups MariaDB takes nothing but aliases, under ONLY_FULL_GROUP_BY.
        let server = &self.catalog.server;
        let only_aliases = grouped.groups.is_empty()
            && server.family == Family::MariaDb
            && server.has_mode("ONLY_FULL_GROUP_BY");
        let nothing = BTreeSet::new();
        if only_aliases {
            search.known = &nothing;
        }
        let named = |name: &str| {
            let alias = |item: &Item<'_>| item.alias.is_some_and(|alias| same_column_name(alias, name));
            grouped
                .items
                .iter()
                .any(|item| if only_aliases { alias(item) } else { is_named(scopes.scope, item, name) })
        };
        search.names = Some(&named);
        let _: ControlFlow<()> = having.visit(&mut search);
        if let Some((id, span)) = search.found {
            let column = scopes.scope.column(id).name.to_string();
            self.report(errors::having_column(&column, only_aliases, span));
        }
    }

    /// The rows of SELECT DISTINCT can be sorted by columns of the select list only.
    fn check_distinct_order(&mut self, scopes: &Scopes<'a, '_>, grouped: &GroupedSelect<'_, 'a>) {
        let Some(OrderBy { kind: OrderByKind::Expressions(order), .. }) = grouped.order_by else { return };
        if !matches!(grouped.select.distinct, Some(Distinct::Distinct)) {
            return;
        }
        let known: BTreeSet<ColumnId> = grouped.items.iter().filter_map(|item| item.column).collect();
        let mut found = None;
        for item in order.iter().filter(|item| !is_item(self, scopes, grouped.items, &item.expr)) {
            let mut search = Search::new(self, scopes, &known, &[], Family::MySql);
            let _: ControlFlow<()> = bare(&item.expr).visit(&mut search);
            found = found.or(search.found);
        }
        if let Some((id, span)) = found {
            let column = scopes.scope.column(id).name.to_string();
            self.report(errors::distinct_order(&column, span));
        }
    }
}

/// Whether an item goes by a name.
fn is_named(scope: &Scope<'_>, item: &Item<'_>, name: &str) -> bool {
    item.alias.is_some_and(|alias| same_column_name(alias, name))
        || item.column.is_some_and(|id| same_column_name(&scope.column(id).name, name))
}

/// Whether an expression of ORDER BY is one of the select list: by number, alias or text.
fn is_item<'a>(analyzer: &Analyzer<'a>, scopes: &Scopes<'a, '_>, items: &[Item<'a>], expr: &Expr) -> bool {
    if position(expr).is_some() {
        return true;
    }
    if let Expr::Identifier(name) = expr
        && items.iter().any(|item| is_named(scopes.scope, item, &name.value))
    {
        return true;
    }
    let text = normal(analyzer, scopes, expr);
    items.iter().filter_map(|item| item.expr).any(|item| normal(analyzer, scopes, item) == text)
}

/// The text of an expression in which columns are what they mean, for comparing expressions.
fn normal<'a>(analyzer: &Analyzer<'a>, scopes: &Scopes<'a, '_>, expr: &Expr) -> String {
    let mut expr = expr.clone();
    let _: ControlFlow<()> = visit_expressions_mut(&mut expr, |expr| {
        while let Expr::Nested(inner) = expr {
            *expr = (**inner).clone();
        }
        if let Some(id) = own_column(analyzer, scopes, expr) {
            let name = format!("r{}c{}", id.relation, id.column);
            *expr = Expr::Identifier(sqlparser::ast::Ident::new(name));
        }
        ControlFlow::Continue(())
    });
    // Servers differ in whether the case of a literal matters; where it might not, nothing is said.
    expr.to_string().to_lowercase()
}

fn own_column<'a>(analyzer: &Analyzer<'a>, scopes: &Scopes<'a, '_>, expr: &Expr) -> Option<ColumnId> {
    let (qualifier, name) = names::column(expr)?;
    match scopes.find(&analyzer.catalog.server, qualifier, &name.value) {
        Lookup::Column { depth: 0, id } => Some(id),
        _ => None,
    }
}

/// Whether the check speaks of a column: not of those of derived tables and views, where servers see through to what
/// is inside, nor of generated ones, which others determine.
fn is_judged(scope: &Scope<'_>, id: ColumnId, family: Family) -> bool {
    let relation = &scope.relations[id.relation];
    let Some(table) = relation.table else { return false };
    let generated =
        relation.columns[id.column].origin.is_some_and(|origin| origin.column.generated.is_some());
    table.kind == TableKind::Base && (family == Family::MariaDb || !generated)
}

/// Looks for a column that is not known, outside of aggregates, subqueries and expressions that are keys.
struct Search<'r, 'a, 's> {
    analyzer: &'r Analyzer<'a>,
    scopes: &'r Scopes<'a, 's>,
    known: &'r BTreeSet<ColumnId>,
    texts: &'r [String],
    family: Family,
    judges_all: bool,
    names: Option<&'r dyn Fn(&str) -> bool>,
    /// For each expression around, whether what is in it does not count.
    skipped: Vec<bool>,
    queries: usize,
    windows: usize,
    found: Option<(ColumnId, Span)>,
}

impl<'r, 'a, 's> Search<'r, 'a, 's> {
    fn new(
        analyzer: &'r Analyzer<'a>,
        scopes: &'r Scopes<'a, 's>,
        known: &'r BTreeSet<ColumnId>,
        texts: &'r [String],
        family: Family,
    ) -> Self {
        Self {
            analyzer,
            scopes,
            known,
            texts,
            family,
            judges_all: false,
            names: None,
            skipped: Vec::new(),
            queries: 0,
            windows: 0,
            found: None,
        }
    }

    fn skips(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Subquery(_) | Expr::Exists { .. } | Expr::InSubquery { .. } => true,
            Expr::Function(function) => {
                let name = names::last(&function.name);
                let row = name.and_then(|name| functions::find(&name.value));
                let aggregate = row.is_none_or(|row| row.kind == Kind::Aggregate) && function.over.is_none();
                let exempt = name.is_some_and(|name| {
                    ["any_value", "grouping", "default", "values"]
                        .iter()
                        .any(|known| name.value.eq_ignore_ascii_case(known))
                });
                aggregate || exempt || (self.family == Family::MariaDb && function.over.is_some())
            }
            _ => false,
        }
    }

    fn look(&mut self, expr: &Expr) {
        let Some((_, name)) = names::column(expr) else { return };
        let Some(id) = own_column(self.analyzer, self.scopes, expr) else { return };
        let scope = self.scopes.scope;
        // The columns that USING merges are one for the server.
        let same_name =
            self.known.iter().any(|known| same_column_name(&scope.column(*known).name, &name.value));
        let merged = same_name && scope.visible.len() < scope.relations.iter().map(|r| r.columns.len()).sum();
        let named = self.names.is_some_and(|named| named(&name.value));
        if self.known.contains(&id)
            || merged
            || named
            || !(self.judges_all || is_judged(scope, id, self.family))
        {
            return;
        }
        let span = self.analyzer.span_or_statement(name.span);
        self.found.get_or_insert((id, span));
    }
}

fn is_windowed(expr: &Expr) -> bool {
    matches!(expr, Expr::Function(function) if function.over.is_some())
}

/// An expression without the parentheses around it.
fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Nested(inner) => bare(inner),
        other => other,
    }
}

impl Visitor for Search<'_, '_, '_> {
    type Break = ();

    fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        self.queries += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        self.queries -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        let around = self.skipped.last().copied().unwrap_or(false);
        // Only an item as a whole is known by its text, not a part of it. What stands in a window is an item too.
        let whole = self.skipped.is_empty() || self.windows > 0;
        let is_key = || {
            whole && !self.texts.is_empty() && self.texts.contains(&normal(self.analyzer, self.scopes, expr))
        };
        let skipped = around || self.queries > 0 || self.skips(expr) || is_key();
        if !skipped {
            self.look(expr);
        }
        self.skipped.push(skipped);
        self.windows += usize::from(is_windowed(expr));
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.windows -= usize::from(is_windowed(expr));
        self.skipped.pop();
        ControlFlow::Continue(())
    }
}
