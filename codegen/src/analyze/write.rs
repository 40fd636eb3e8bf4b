//! INSERT, REPLACE, UPDATE and DELETE: what is assigned to which column, and what RETURNING gives.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sqlparser::ast::{
    Assignment, AssignmentTarget, Delete, Expr, FromTable, Ident, Insert, OnInsert, OrderByExpr, SelectItem,
    SetExpr, Spanned, TableObject, Update, Value as Literal,
};

use crate::catalog::{Column, Family, SqlType, Table, TableKind};
use crate::span::Span;
use crate::typed::Cardinality;

use super::cardinality::Proof;
use super::checks::{Place, refusal};
use super::from::{Joins, single, table_relation};
use super::params::Expect;
use super::projection::OutputColumn;
use super::query::Output;
use super::reject::{Claim, Condition, refine};
use super::scope::{AliasRule, Lookup, Relation, RelationColumn, Scope, Scopes};
use super::value::OriginRef;
use super::{Analyzer, Outcome, errors, names};

impl<'a> Analyzer<'a> {
    pub(super) fn insert(&mut self, insert: &'a Insert) -> Outcome<'a> {
        let nothing =
            || Outcome { output: Output::none(), last_id: None, returns_rows: insert.returning.is_some() };
        let TableObject::TableName(name) = &insert.table else {
            self.unsupported("the target of this INSERT", None);
            return nothing();
        };
        let Some((schema, table_name)) = names::table(name) else { return nothing() };
        let Some(table) = self.table(schema, table_name) else { return nothing() };
        self.writes.insert(table.name.clone());
        let span = self.span_or_statement(table_name.span);
        self.check_writable(table, span);
        let scope = single(table_relation(table, None, schema.map(|schema| schema.value.as_str()), span));

        let targets = self.insert_targets(table, insert);
        let expects: Vec<Expect<'a>> = targets
            .iter()
            .map(|target| match target {
                Some((column, _)) => Expect::assigned_to(OriginRef { table, column }),
                None => Expect::nothing(),
            })
            .collect();
        let mut rows = Cardinality::Many;
        if let Some(source) = &insert.source {
            if let SetExpr::Values(values) = &*source.body {
                for row in &values.rows {
                    let target = (!insert.columns.is_empty(), table);
                    self.insert_row(&scope, &row.content, &targets, &expects, target);
                }
                if values.rows.len() == 1 {
                    rows = Cardinality::One;
                }
            } else {
                let output = self.query(source, None, Some(&expects));
                if output.columns.len() != targets.len() {
                    let span = self.span_or_statement(source.span());
                    self.report(errors::value_count(targets.len(), output.columns.len(), span));
                }
            }
        }
        if !insert.assignments.is_empty() {
            rows = Cardinality::One;
            self.assignments(&Scopes::new(&scope, None), &insert.assignments, None, true);
        }
        self.check_missing(table, insert, &targets, span);
        if let Some(OnInsert::DuplicateKeyUpdate(assignments)) = &insert.on {
            self.on_duplicate = scope.relations.first().cloned();
            self.on_duplicate(scope.clone(), insert, &targets, assignments);
            self.on_duplicate = None;
        }
        if insert.ignore && rows == Cardinality::One {
            rows = Cardinality::Opt;
        }

        let given = |column: &Column| {
            let listed = targets.iter().flatten().any(|(target, _)| target.name == column.name);
            listed || insert.assignments.iter().any(|assignment| assigns(assignment, &column.name))
        };
        // LAST_INSERT_ID() does not tell a key that the statement gives itself, nor that of a row which was there.
        let last_id = table.columns.iter().find(|column| column.auto_increment);
        let own_key = last_id.is_some_and(given);
        let columns = self.returning(&scope, insert.returning.as_deref());
        Outcome {
            output: Output {
                rows: if insert.returning.is_some() { rows } else { Cardinality::Exec },
                columns,
                has_row: false,
                missing_key: None,
                keys: Vec::new(),
            },
            last_id: last_id
                .filter(|_| !own_key && !insert.ignore && insert.on.is_none() && rows == Cardinality::One)
                .map(|column| column.ty.clone()),
            returns_rows: insert.returning.is_some(),
        }
    }

    fn check_writable(&mut self, table: &'a Table, span: Span) {
        match &table.kind {
            TableKind::View { updatable: false, .. } => {
                self.report(errors::not_updatable(&table.name.name, span));
            }
            TableKind::View { .. } | TableKind::Base | TableKind::Sequence => {}
        }
    }

    /// The columns that values go to, in order; `None` for one that does not exist.
    fn insert_targets(&mut self, table: &'a Table, insert: &'a Insert) -> Vec<Option<(&'a Column, Span)>> {
        if insert.columns.is_empty() {
            if !insert.assignments.is_empty() {
                return Vec::new();
            }
            let span = self.statement.span;
            // `INSERT INTO t () VALUES ()` gives every column its default.
            let empty = insert.source.as_ref().is_some_and(|source| match &*source.body {
                SetExpr::Values(values) => values.rows.iter().all(|row| row.content.is_empty()),
                _ => false,
            });
            if empty {
                return Vec::new();
            }
            return table
                .columns
                .iter()
                .filter(|column| !column.invisible)
                .map(|column| Some((column, span)))
                .collect();
        }
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut targets = Vec::new();
        for name in &insert.columns {
            let Some(ident) = names::last(name) else { continue };
            let span = self.span_or_statement(ident.span);
            let column = table.column(&ident.value);
            match column {
                Some(column) if !seen.insert(&column.name) => {
                    self.report(errors::duplicate_target(&column.name, span));
                }
                Some(_) => {}
                None => {
                    let known = table.columns.iter().map(|column| column.name.as_str());
                    self.report(errors::unknown_column(&ident.value, Some(&table.name.name), span, known));
                }
            }
            targets.push(column.map(|column| (column, span)));
        }
        targets
    }

    fn insert_row(
        &mut self,
        scope: &Scope<'a>,
        row: &'a [Expr],
        targets: &[Option<(&'a Column, Span)>],
        expects: &[Expect<'a>],
        (listed, table): (bool, &'a Table),
    ) {
        if row.len() != targets.len() && (listed || !row.is_empty()) {
            let span = row.iter().map(|expr| self.span_or_statement(expr.span())).reduce(Span::to);
            self.report(errors::value_count(targets.len(), row.len(), span.unwrap_or(self.statement.span)));
        }
        let scopes = Scopes::new(scope, None);
        for (index, expr) in row.iter().enumerate() {
            if is_default(expr) {
                continue;
            }
            let expect = expects.get(index).cloned().unwrap_or_else(Expect::nothing);
            self.check_placement(&scopes, expr, Place::Values);
            self.infer(&scopes, expr, &expect);
            if let Some(Some((column, _))) = targets.get(index) {
                let span = self.span_or_statement(expr.span());
                self.check_value(table, column, expr, span);
            }
        }
    }

    fn check_missing(
        &mut self,
        table: &'a Table,
        insert: &'a Insert,
        targets: &[Option<(&'a Column, Span)>],
        span: Span,
    ) {
        let strict = ["STRICT_TRANS_TABLES", "STRICT_ALL_TABLES"]
            .iter()
            .any(|mode| self.catalog.server.has_mode(mode));
        // A BEFORE INSERT trigger may fill the column.
        let plain = table.kind == TableKind::Base && table.triggers.is_empty();
        if !strict || !plain || insert.ignore {
            return;
        }
        let missing: Vec<&str> = table
            .columns
            .iter()
            .filter(|column| !column.has_implicit_value())
            .filter(|column| !targets.iter().flatten().any(|(target, _)| target.name == column.name))
            .filter(|column| !insert.assignments.iter().any(|assignment| assigns(assignment, &column.name)))
            .map(|column| column.name.as_str())
            .collect();
        if !missing.is_empty() {
            self.report(errors::missing_column(&table.name.name, &missing, span));
        }
    }

    fn on_duplicate(
        &mut self,
        mut scope: Scope<'a>,
        insert: &'a Insert,
        targets: &[Option<(&'a Column, Span)>],
        assignments: &'a [Assignment],
    ) {
        // `INSERT ... VALUES (...) AS new(a, b)`: the row that could not be inserted, under a name.
        if let Some(aliases) = &insert.insert_alias
            && let Some(alias) = names::last(&aliases.row_alias)
        {
            if self.catalog.server.family == Family::MariaDb {
                let span = self.span_or_statement(alias.span);
                self.report(errors::row_alias(span));
            }
            let mut relation = scope.relations[0].clone();
            relation.alias = &alias.value;
            relation.schema = None;
            // The parser gives an empty list where none is written.
            let columns = aliases.col_aliases.as_ref().filter(|columns| !columns.is_empty());
            if let Some(columns) = columns {
                relation.columns = renamed(&relation, targets, columns);
            }
            // Its columns are only found with the qualifier, or under names of their own.
            let only_named = columns.is_some();
            let mut row = single(relation);
            if !only_named {
                row.visible.clear();
            }
            scope.append(row);
        }
        // The columns of the SELECT that rows come from.
        if let Some(source) = &insert.source
            && let SetExpr::Select(select) = &*source.body
        {
            let mut joins = Joins::default();
            let from = self.from(&select.from, None, &mut joins);
            scope.append(from);
        }
        self.assignments(&Scopes::new(&scope, None), assignments, Some(0), false);
    }

    /// Assignments of SET. `only` is the relation that unqualified names mean, where there is just one.
    fn assignments(
        &mut self,
        scopes: &Scopes<'a, '_>,
        assignments: &'a [Assignment],
        only: Option<usize>,
        inserts: bool,
    ) -> BTreeSet<usize> {
        let mut written = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for Assignment { target, value } in assignments {
            let AssignmentTarget::ColumnName(name) = target else {
                self.unsupported("this assignment", None);
                continue;
            };
            let Some((qualifier, ident)) = names::target(name) else {
                self.unsupported("this assignment", None);
                continue;
            };
            let expect = match self.assigned(scopes, qualifier, ident, only) {
                Some((relation, origin)) => {
                    written.insert(relation);
                    let span = self.span_or_statement(ident.span);
                    if !seen.insert((relation, &origin.column.name)) {
                        self.report(match inserts {
                            true => errors::duplicate_target(&origin.column.name, span),
                            false => errors::assigned_twice(&origin.column.name, span),
                        });
                    }
                    if !is_default(value) {
                        self.check_value(origin.table, origin.column, value, span);
                    }
                    Expect::assigned_to(origin)
                }
                None => Expect::nothing(),
            };
            if !is_default(value) {
                self.check_placement(scopes, value, Place::Assignment);
                self.infer(scopes, value, &expect);
            }
        }
        written
    }

    /// Reports a value that a column does not take. `span` is where to say so of a generated column.
    fn check_value(&mut self, table: &'a Table, column: &'a Column, value: &'a Expr, span: Span) {
        let server = &self.catalog.server;
        let strict = ["STRICT_TRANS_TABLES", "STRICT_ALL_TABLES"].iter().any(|mode| server.has_mode(mode));
        let null = is_null(value);
        if column.generated.is_some() {
            // MariaDB takes NULL, and without strict mode it takes anything.
            if server.family == Family::MySql || (strict && !null) {
                self.report(errors::generated_column(&column.name, span));
            }
            return;
        }
        if !strict || self.ignores() {
            return;
        }
        let place = self.literal_span(value);
        if null {
            // A key takes NULL for the next number, MariaDB's TIMESTAMP takes it for the current time, and a trigger
            // may fill the column.
            let taken = column.nullable
                || column.auto_increment
                || matches!(column.ty, SqlType::Timestamp { .. })
                || !table.triggers.is_empty();
            if !taken && table.kind == TableKind::Base {
                self.report(errors::null_refused(&column.name, place));
            }
        } else if let Some(why) = refusal(server, &column.ty, value) {
            self.report(errors::value_refused(&column.name, &why, place));
        }
    }

    /// Whether the statement says IGNORE, under which values are bent until they fit.
    fn ignores(&self) -> bool {
        self.statement.written.text.split_whitespace().any(|word| word.eq_ignore_ascii_case("ignore"))
    }

    /// The relation and the column that an assignment writes.
    fn assigned(
        &mut self,
        scopes: &Scopes<'a, '_>,
        qualifier: Option<names::Qualifier<'a>>,
        name: &'a Ident,
        only: Option<usize>,
    ) -> Option<(usize, OriginRef<'a>)> {
        if let (Some(only), None) = (only, qualifier) {
            let relation = &scopes.scope.relations[only];
            let found = relation.table.and_then(|table| {
                table.column(&name.value).map(|column| (only, OriginRef { table, column }))
            });
            if found.is_some() {
                return found;
            }
        }
        match scopes.find(&self.catalog.server, qualifier, &name.value) {
            Lookup::Column { depth: 0, id } => {
                scopes.scope.column(id).origin.map(|origin| (id.relation, origin))
            }
            Lookup::Column { .. }
            | Lookup::Alias(_)
            | Lookup::Ambiguous(_)
            | Lookup::NoColumn
            | Lookup::NoRelation => {
                // Reports what is wrong with the name.
                self.column(scopes, qualifier, name);
                None
            }
        }
    }

    pub(super) fn update(&mut self, update: &'a Update) -> Outcome<'a> {
        let mut joins = Joins::default();
        let mut scope = self.from(std::slice::from_ref(&update.table), None, &mut joins);
        if update.from.is_some() {
            self.unsupported("UPDATE ... FROM", None);
        }
        let mut conditions = joins.conditions;
        self.filter(&mut scope, &mut conditions, update.selection.as_ref());
        let scopes = Scopes::new(&scope, None);
        let only = if scope.relations.len() == 1 { Some(0) } else { None };
        self.forget_reads(&scope);
        let written = self.assignments(&scopes, &update.assignments, only, false);
        if update.selection.is_none() && update.limit.is_none() {
            self.check_no_where("UPDATE", &scope);
        }
        for item in &update.order_by {
            self.check_placement(&scopes, &item.expr, Place::Assignment);
        }
        self.note_targets(&scope, &written);
        self.rest_of_write(&scopes, update.selection.as_ref(), &update.order_by, update.limit.as_ref());
        Outcome { output: Output::none(), last_id: None, returns_rows: false }
    }

    pub(super) fn delete(&mut self, delete: &'a Delete) -> Outcome<'a> {
        let mut joins = Joins::default();
        let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
        // `DELETE FROM a USING a JOIN b` names the targets first and the tables after.
        let tables = delete.using.as_deref().unwrap_or(from);
        let mut scope = self.from(tables, None, &mut joins);
        let mut conditions = joins.conditions;
        self.filter(&mut scope, &mut conditions, delete.selection.as_ref());
        self.forget_reads(&scope);
        let mut targets = BTreeSet::new();
        let named: Vec<(Option<&'a Ident>, &'a Ident)> = if delete.using.is_some() {
            from.iter()
                .filter_map(|table| match &table.relation {
                    sqlparser::ast::TableFactor::Table { name, .. } => names::table(name),
                    _ => None,
                })
                .collect()
        } else {
            delete.tables.iter().filter_map(names::table).collect()
        };
        for (schema, table) in &named {
            let schema = schema.map(|schema| schema.value.as_str());
            match scope.relation(&self.catalog.server, schema, &table.value) {
                Some(relation) => {
                    targets.insert(relation);
                }
                None => {
                    let span = self.span_or_statement(table.span);
                    let known = scope.relations.iter().map(|relation| relation.alias);
                    self.report(errors::unknown_alias(&table.value, span, known));
                }
            }
        }
        if named.is_empty() && !scope.relations.is_empty() {
            targets.insert(0);
        }
        self.note_targets(&scope, &targets);
        if delete.selection.is_none() && delete.limit.is_none() {
            self.check_no_where("DELETE", &scope);
        }
        let scopes = Scopes::new(&scope, None);
        self.rest_of_write(&scopes, delete.selection.as_ref(), &delete.order_by, delete.limit.as_ref());
        let columns = self.returning(&scope, delete.returning.as_deref());
        let rows = match delete.returning {
            Some(_) => match Proof::new(self, &scopes, &conditions).bound().rows {
                Cardinality::One | Cardinality::Opt => Cardinality::Opt,
                Cardinality::Many | Cardinality::Exec => Cardinality::Many,
            },
            None => Cardinality::Exec,
        };
        Outcome {
            output: Output { columns, rows, has_row: false, missing_key: None, keys: Vec::new() },
            last_id: None,
            returns_rows: delete.returning.is_some(),
        }
    }

    fn filter(
        &self,
        scope: &mut Scope<'a>,
        conditions: &mut Vec<Condition<'a>>,
        selection: Option<&'a Expr>,
    ) {
        conditions.extend(selection.map(|selection| Condition::always(Claim::Holds(selection))));
        refine(self, scope, None, conditions, &[]);
    }

    fn rest_of_write(
        &mut self,
        scopes: &Scopes<'a, '_>,
        selection: Option<&'a Expr>,
        order_by: &'a [OrderByExpr],
        limit: Option<&'a Expr>,
    ) {
        if let Some(selection) = selection {
            self.check_placement(scopes, selection, Place::Where);
            self.condition(scopes, selection);
        }
        for item in order_by {
            self.infer(scopes, &item.expr, &Expect::nothing());
        }
        if let Some(limit) = limit
            && self.check_limit(limit)
        {
            self.infer(scopes, limit, &Expect::of(SqlType::BIGINT_UNSIGNED).called("limit"));
        }
    }

    /// A write of every row is rarely meant. A join has a condition of its own.
    fn check_no_where(&mut self, verb: &str, scope: &Scope<'a>) {
        if let [relation] = scope.relations.as_slice() {
            self.report(errors::no_where(verb, relation.alias, relation.span));
        }
    }

    /// The tables of an UPDATE or DELETE count as read only when they are not its targets; `note_targets` decides.
    fn forget_reads(&mut self, scope: &Scope<'a>) {
        for table in scope.relations.iter().filter_map(|relation| relation.table) {
            self.reads.remove(&table.name);
        }
    }

    fn note_targets(&mut self, scope: &Scope<'a>, targets: &BTreeSet<usize>) {
        for (index, relation) in scope.relations.iter().enumerate() {
            let Some(table) = relation.table else { continue };
            if targets.contains(&index) {
                self.check_writable(table, relation.span);
                self.writes.insert(table.name.clone());
            } else {
                self.reads.insert(table.name.clone());
            }
        }
    }

    fn returning(&mut self, scope: &Scope<'a>, items: Option<&'a [SelectItem]>) -> Vec<OutputColumn<'a>> {
        match items {
            Some(items) => {
                let scopes = Scopes { aliases: AliasRule::Never, ..Scopes::new(scope, None) };
                self.projection(&scopes, items, None)
            }
            None => Vec::new(),
        }
    }
}

fn is_null(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => value.value == Literal::Null,
        Expr::Nested(inner) => is_null(inner),
        _ => false,
    }
}

/// `DEFAULT` as a value.
pub(super) fn is_default(expr: &Expr) -> bool {
    match expr {
        Expr::Identifier(name) => name.quote_style.is_none() && name.value.eq_ignore_ascii_case("default"),
        _ => false,
    }
}

fn assigns(assignment: &Assignment, column: &str) -> bool {
    match &assignment.target {
        AssignmentTarget::ColumnName(name) => {
            names::last(name).is_some_and(|name| name.value.eq_ignore_ascii_case(column))
        }
        AssignmentTarget::Tuple(_) => false,
    }
}

/// The columns of a row alias under their new names.
fn renamed<'a>(
    relation: &Relation<'a>,
    targets: &[Option<(&'a Column, Span)>],
    names: &'a [Ident],
) -> Vec<RelationColumn<'a>> {
    targets
        .iter()
        .zip(names)
        .filter_map(|(target, name)| {
            let (column, _) = target.as_ref()?;
            let found = relation.columns.iter().find(|known| known.name == column.name)?;
            Some(RelationColumn { name: Cow::Borrowed(&name.value), ..found.clone() })
        })
        .collect()
}
