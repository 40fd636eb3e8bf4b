//! WITH: common table expressions, recursive ones included.

use std::ops::ControlFlow;

use sqlparser::ast::{Query, SetExpr};

use crate::typed::Cardinality;

use super::from::relation_columns;
use super::keys::output_keys;
use super::scope::{RelationColumn, Scopes, same_column_name, same_table_name};
use super::{Analyzer, errors, names};

/// A common table expression in force.
pub(super) struct Cte<'a> {
    pub(super) name: &'a str,
    pub(super) columns: Vec<RelationColumn<'a>>,
    pub(super) rows: Cardinality,
    pub(super) has_row: bool,
    pub(super) keys: Vec<Vec<usize>>,
}

impl<'a> Analyzer<'a> {
    /// Brings the common table expressions of a WITH in force.
    pub(super) fn common_tables(&mut self, query: &'a Query, outer: Option<&Scopes<'a, '_>>) {
        if let Some(with) = &query.with {
            for cte in &with.cte_tables {
                let name = &cte.alias.name;
                let twice =
                    with.cte_tables.iter().take_while(|other| !std::ptr::eq(*other, cte)).any(|other| {
                        same_table_name(&self.catalog.server, &other.alias.name.value, &name.value)
                    });
                if twice {
                    let span = self.span_or_statement(name.span);
                    self.report(errors::duplicate_common_table(&name.value, span));
                }
                self.cte(cte, with.recursive, outer);
            }
        }
    }

    fn cte(&mut self, cte: &'a sqlparser::ast::Cte, recursive: bool, outer: Option<&Scopes<'a, '_>>) {
        let name = cte.alias.name.value.as_str();
        let renamed: Vec<&'a str> =
            cte.alias.columns.iter().map(|column| column.name.value.as_str()).collect();
        let body = match (recursive, &*cte.query.body) {
            (true, SetExpr::SetOperation { left, right, .. }) if names_table(right, name) => {
                Some((left, right))
            }
            _ => None,
        };
        let Some((seed, step)) = body else {
            self.derived += 1;
            let output = self.query(&cte.query, outer, None);
            self.derived -= 1;
            self.check_derived(&output, cte.alias.name.value.as_str(), &cte.alias.columns);
            let (rows, has_row, keys) = (output.rows, output.has_row, output_keys(&output));
            self.ctes.push(Cte { name, columns: relation_columns(output, &renamed), rows, has_row, keys });
            return;
        };
        // The seed gives the types. Its columns can be NULL when the step can make them so, which is found by
        // trying until nothing changes.
        let mut seed = self.set_expr(seed, None, outer, None);
        let has_row = seed.has_row;
        // Which columns a join leaves out together is only known of the rows of the seed.
        seed.columns.iter_mut().for_each(|column| column.left_out = None);
        let mut columns = relation_columns(seed, &renamed);
        for _ in 0..=columns.len() {
            let ctes = self.ctes.len();
            let known = columns.clone();
            self.ctes.push(Cte { name, columns: known, rows: Cardinality::Many, has_row, keys: Vec::new() });
            let stepped = self.set_expr(step, None, outer, None);
            self.ctes.truncate(ctes);
            let mut changed = false;
            for (column, stepped) in columns.iter_mut().zip(stepped.columns) {
                column.origin = None;
                if column.null.is_never() && !stepped.value.null.is_never() {
                    column.null = stepped.value.null;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        self.ctes.push(Cte { name, columns, rows: Cardinality::Many, has_row, keys: Vec::new() });
    }
}

/// Whether a query reads a table of a name anywhere.
fn names_table(body: &SetExpr, name: &str) -> bool {
    sqlparser::ast::visit_relations(body, |relation| {
        let found = names::last(relation).is_some_and(|last| same_column_name(&last.value, name));
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .is_break()
}
