//! Which columns cannot be NULL in a row that a condition let through, and which outer joins that makes inner ones.

use std::collections::BTreeSet;

use sqlparser::ast::{BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Value};

use super::Analyzer;
use super::facts::{Fact, Facts, Given, Term};
use super::grouping::Item;
use super::outcomes::Reader;
use super::scope::{ColumnId, Rows, Scope, Scopes};
use super::value::Null;

/// A condition that holds for every row, or for every row in which some outer joins found a partner.
pub(super) struct Condition<'a> {
    pub(super) claim: Claim<'a>,
    /// The outer joins that must have found a partner for the condition to hold.
    pub(super) guard: BTreeSet<usize>,
}

/// What a condition says.
pub(super) enum Claim<'a> {
    /// The expression is true.
    Holds(&'a Expr),
    /// The columns are equal: USING and NATURAL, which have no condition in the text.
    Same(ColumnId, ColumnId),
    /// The expression is true, and may name the select list. Of groups it says something of these keys only.
    Having(&'a Expr, Option<BTreeSet<ColumnId>>),
}

impl<'a> Condition<'a> {
    /// A condition that holds for every row.
    pub(super) fn always(claim: Claim<'a>) -> Self {
        Condition { claim, guard: BTreeSet::new() }
    }
}

/// Applies conditions to a scope until nothing changes: columns become non-null, outer joins become inner. What holds
/// under conditions, or of expressions, is kept in the scope.
///
/// `items` are what the aliases of HAVING mean. The guards of the conditions lose the joins that became inner. Says
/// whether there may be a row at all.
pub(super) fn refine<'a>(
    analyzer: &Analyzer<'a>,
    scope: &mut Scope<'a>,
    outer: Option<&Scopes<'a, '_>>,
    conditions: &mut [Condition<'a>],
    items: &[Item<'a>],
) -> bool {
    loop {
        let mut possible = true;
        let mut found: Vec<(Facts, BTreeSet<usize>)> = Vec::new();
        for condition in conditions.iter() {
            let holds = holds(analyzer, scope, outer, condition, items);
            possible &= holds != Given::Never || !condition.guard.is_empty();
            found.push((holds.facts(), condition.guard.clone()));
        }
        let mut changed = false;
        let mut matched: BTreeSet<usize> = BTreeSet::new();
        let (mut known, mut implied) = (Facts::new(), Vec::new());
        for (facts, guard) in found {
            let mut conditional = Facts::new();
            for fact in facts {
                let id = match fact {
                    Fact::Here(Term::Column { depth: 0, id }) => id,
                    Fact::Matched(join) if guard.is_empty() => {
                        matched.insert(join);
                        continue;
                    }
                    other => {
                        conditional.insert(other);
                        continue;
                    }
                };
                let marks = scope.joins_over(id);
                if guard.is_subset(&marks) {
                    // Where the guard holds the column is not NULL, so each further join found its partner too.
                    let column = &mut scope.relations[id.relation].columns[id.column];
                    changed |= !column.null.is_never();
                    column.null = Null::Never;
                    matched.extend(marks.difference(&guard));
                } else {
                    conditional.insert(fact);
                }
            }
            if guard.is_empty() {
                known.extend(conditional);
            } else if !conditional.is_empty() {
                implied.push((guard, conditional));
            }
        }
        if !changed && matched.is_empty() {
            (scope.known, scope.implied) = (known, implied);
            return possible;
        }
        for relation in &mut scope.relations {
            relation.marks.retain(|mark| !matched.contains(&mark.join));
            for column in &mut relation.columns {
                column.marks.retain(|mark| !matched.contains(&mark.join));
            }
        }
        for condition in conditions.iter_mut() {
            condition.guard.retain(|join| !matched.contains(join));
        }
    }
}

/// What a condition says of the rows for which it holds.
fn holds<'a>(
    analyzer: &Analyzer<'a>,
    scope: &Scope<'a>,
    outer: Option<&Scopes<'a, '_>>,
    condition: &Condition<'a>,
    items: &[Item<'a>],
) -> Given {
    let matched: Facts = condition.guard.iter().map(|join| Fact::Matched(*join)).collect();
    let scopes = Scopes { facts: Some(&matched), ..Scopes::new(scope, outer) };
    match &condition.claim {
        Claim::Holds(expr) => Reader::new(analyzer, &scopes).outcomes(expr).holds,
        Claim::Same(left, right) => {
            Given::Then([*left, *right].map(|id| Fact::Here(Term::Column { depth: 0, id })).into())
        }
        Claim::Having(expr, keys) => {
            let rows = if keys.is_some() { Rows::Groups } else { Rows::Plain };
            let scopes = Scopes { rows, ..scopes };
            let holds = Reader { items, ..Reader::new(analyzer, &scopes) }.outcomes(expr).holds;
            let (Some(keys), Given::Then(facts)) = (keys, &holds) else { return holds };
            let of_key = |fact: &Fact| match fact {
                Fact::Here(Term::Column { depth: 0, id }) => keys.contains(id),
                Fact::Here(_) | Fact::Somewhere(_) | Fact::Row | Fact::Matched(_) => false,
            };
            Given::Then(facts.iter().filter(|fact| of_key(fact)).cloned().collect())
        }
    }
}

/// The conjuncts of a condition.
pub(super) fn conjuncts<'a>(expr: &'a Expr, into: &mut Vec<&'a Expr>) {
    match expr {
        Expr::Nested(inner) => conjuncts(inner, into),
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            conjuncts(left, into);
            conjuncts(right, into);
        }
        other => into.push(other),
    }
}

/// The plain arguments of a call.
pub(super) fn arguments(function: &sqlparser::ast::Function) -> Vec<&Expr> {
    let FunctionArguments::List(list) = &function.args else { return Vec::new() };
    list.args
        .iter()
        .filter_map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
            _ => None,
        })
        .collect()
}

/// Whether an expression is a placeholder, which may stand for an empty list.
pub(super) fn is_placeholder(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => matches!(value.value, Value::Placeholder(_)),
        Expr::Nested(inner) => is_placeholder(inner),
        _ => false,
    }
}
