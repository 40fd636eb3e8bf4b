//! The select list: which columns come out, under which names.

use std::borrow::Cow;

use sqlparser::ast::{Expr, SelectItem, SelectItemQualifiedWildcardKind, Spanned};

use crate::span::Span;

use super::facts::{Meaning, meaning};
use super::params::Expect;
use super::scope::{ColumnId, Mark, Rows, Scopes};
use super::value::{Cause, Null, Value, Why};
use super::{Analyzer, errors, names};

/// A column of a result.
#[derive(Clone)]
pub(super) struct OutputColumn<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Value<'a>,
    pub(super) span: Span,
    /// The relation of `alias.*`.
    pub(super) star: Option<Star<'a>>,
    /// Outer joins that may leave it out, together with others.
    pub(super) left_out: Option<LeftOut<'a>>,
}

/// Why a column is NULL in some rows: for want of a partner of outer joins, and for what it is by itself.
#[derive(Clone)]
pub(super) struct LeftOut<'a> {
    pub(super) marks: Vec<Mark<'a>>,
    pub(super) own: Null<'a>,
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
                    let left_out = self.left_out(scopes, expr);
                    columns.push(OutputColumn { name, value, span, star: None, left_out });
                }
                SelectItem::ExprWithAlias { expr, alias } => {
                    self.check_variable(expr, span);
                    let mut value = self.infer(scopes, expr, &expect);
                    let (name, mark) = split_mark(&alias.value);
                    // Inside a derived table the server knows it by the name with the mark.
                    let name = if mark.is_some() { Cow::Owned(name.to_owned()) } else { Cow::Borrowed(name) };
                    let left_out = self.left_out(scopes, expr).filter(|_| mark.is_none());
                    match mark {
                        Some('!') => value.null = Null::Never,
                        Some(_) => {
                            value.null = Null::May(Why { cause: Cause::Asked, span: self.span(alias.span) });
                        }
                        None => {}
                    }
                    columns.push(OutputColumn { name, value, span, star: None, left_out });
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

    fn left_out(&self, scopes: &Scopes<'a, '_>, expr: &Expr) -> Option<LeftOut<'a>> {
        match meaning(self, scopes, &[], expr) {
            Meaning::Column { depth: 0, id } => left_out(scopes, id),
            Meaning::Column { .. } | Meaning::Item(_) | Meaning::Unclear => None,
        }
    }
}

/// The outer joins that may leave out a column of a row.
fn left_out<'a>(scopes: &Scopes<'a, '_>, id: ColumnId) -> Option<LeftOut<'a>> {
    let marks = scopes.marks(id);
    let open = scopes.rows == Rows::Plain && !marks.is_empty() && !scopes.value(0, id).null.is_never();
    open.then(|| LeftOut { marks, own: scopes.scope.column(id).null })
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
        let own = column.marks.first().map_or(column.null, Mark::null);
        Star { relation: relation.alias, optional: !relation.marks.is_empty(), own }
    });
    let (value, left_out) = (scopes.value(0, id), left_out(scopes, id));
    Some(OutputColumn { name: column.name.clone(), value, span, star, left_out })
}

/// An alias such as `` `name!` `` or `` `name?` `` without its mark.
pub(super) fn split_mark(alias: &str) -> (&str, Option<char>) {
    match alias.strip_suffix(['!', '?']) {
        Some(plain) if !plain.is_empty() => (plain, alias.chars().last()),
        Some(_) | None => (alias, None),
    }
}
