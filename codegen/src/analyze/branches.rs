//! CASE, IF and COALESCE: one of several values, and what is known in each of its branches.

use sqlparser::ast::{CaseWhen, Expr, Spanned};

use crate::catalog::{Family, SqlType};

use super::compare::is_open;
use super::expr::placeholder;
use super::facts::{Fact, Facts, Given, Term, same_text};
use super::merge::Merge;
use super::outcomes::Reader;
use super::params::Expect;
use super::scope::{Rows, Scopes};
use super::types::Typed;
use super::value::{Cause, Null, Value, Why, any_null};
use super::{Analyzer, merge, types};

impl<'a> Analyzer<'a> {
    pub(super) fn case(
        &mut self,
        scopes: &Scopes<'a, '_>,
        operand: Option<&'a Expr>,
        branches: &'a [CaseWhen],
        otherwise: Option<&'a Expr>,
        expect: &Expect<'a>,
        whole: &Expr,
    ) -> Value<'a> {
        let operand_value = operand.map(|operand| {
            // `CASE :x WHEN 'a'`: the parameter is like what it is compared with.
            let known = branches.iter().map(|branch| &branch.condition).find(|condition| !is_open(condition));
            let wanted = match known {
                Some(known) if is_open(operand) => {
                    let value = self.infer(scopes, known, &Expect::nothing());
                    Expect::like(&Value { ty: std::borrow::Cow::Owned(widened(&value.ty)), ..value })
                }
                Some(_) | None => Expect::nothing(),
            };
            self.infer(scopes, operand, &wanted)
        });
        // A branch is taken where its condition holds and those before it do not.
        let mut failed = Given::nothing();
        let mut places: Vec<(&'a Expr, Facts)> = Vec::new();
        for CaseWhen { condition, result } in branches {
            let outcomes = match (&operand_value, operand) {
                (Some(value), Some(operand)) => {
                    self.infer(scopes, condition, &Expect::like(value));
                    Reader::new(self, scopes).equal(operand, condition)
                }
                (_, _) => {
                    self.condition(scopes, condition);
                    Reader::new(self, scopes).outcomes(condition)
                }
            };
            places.push((result, failed.clone().and(&outcomes.holds).facts()));
            failed = failed.and(&outcomes.not_held());
        }
        let ends = otherwise.is_none() && failed != Given::Never;
        if let Some(otherwise) = otherwise {
            places.push((otherwise, failed.facts()));
        }
        let mut value = self.branches(scopes, &places, expect, Merge::Choice);
        if ends {
            value = value.or_null(Why { cause: Cause::NoElse, span: self.span(whole.span()) });
        }
        value
    }

    /// What is known where a condition holds, and where it does not.
    pub(super) fn narrow(&self, scopes: &Scopes<'a, '_>, condition: &Expr) -> (Facts, Facts) {
        let outcomes = Reader::new(self, scopes).outcomes(condition);
        let not = outcomes.not_held().facts();
        (outcomes.holds.facts(), not)
    }

    /// Whether conditions say that an expression is not NULL.
    pub(super) fn is_known(&self, scopes: &Scopes<'a, '_>, expr: &Expr) -> bool {
        // Columns are looked up with their facts.
        if matches!(expr, Expr::Value(_) | Expr::Identifier(_) | Expr::CompoundIdentifier(_)) {
            return false;
        }
        // Another row of the group may give an expression its columns where ONLY_FULL_GROUP_BY does not see to it.
        let in_rows = match scopes.rows {
            Rows::Plain => true,
            Rows::Groups => self.catalog.server.has_mode("ONLY_FULL_GROUP_BY"),
            Rows::Rollup | Rows::Everything => false,
        };
        let of_rows = in_rows.then_some(&scopes.scope.known);
        let known: Vec<&Facts> = scopes.facts.into_iter().chain(of_rows).collect();
        let tells = |fact: &Fact| matches!(fact, Fact::Here(Term::Expr(_)));
        if !known.iter().any(|facts| facts.iter().any(tells)) {
            return false;
        }
        same_text(self, scopes, &[], expr).is_some_and(|text| {
            let fact = Fact::Here(Term::Expr(text));
            known.iter().any(|facts| facts.contains(&fact))
        })
    }

    /// One of several values, each with what is known where it is taken.
    pub(super) fn branches(
        &mut self,
        scopes: &Scopes<'a, '_>,
        places: &[(&'a Expr, Facts)],
        expect: &Expect<'a>,
        how: Merge,
    ) -> Value<'a> {
        let mut values: Vec<Option<Value<'a>>> = vec![None; places.len()];
        // Parameters last: they are like the typed ones.
        for open in [false, true] {
            let known: Vec<Value<'a>> = values.iter().flatten().cloned().collect();
            for (index, (expr, narrowed)) in places.iter().enumerate() {
                if placeholder(expr).is_some() != open {
                    continue;
                }
                // In a summary row the condition may see another value than the branch does.
                let mut all = if scopes.rows == Rows::Rollup { Facts::default() } else { narrowed.clone() };
                all.extend(scopes.facts.into_iter().flatten().cloned());
                let all = scopes.consequences(all);
                let inner = Scopes { facts: Some(&all), ..*scopes };
                let wanted = match (&expect.ty, known.first()) {
                    (None, Some(_)) => self.merged(how, &known).map_or_else(Expect::nothing, |ty| Expect {
                        nullable: expect.nullable,
                        ..Expect::like(&Value {
                            origin: same_origin(&known),
                            ..Value::typed(ty, Null::Never)
                        })
                    }),
                    (_, _) => expect.clone(),
                };
                values[index] = Some(self.infer(&inner, expr, &wanted));
            }
        }
        let values: Vec<Value<'a>> = values.into_iter().flatten().collect();
        let ty = self.merged(how, &values).unwrap_or(SqlType::Null.into());
        let null = any_null(&values).or(self.lost(&values, &ty.ty, "case"));
        Value::typed(ty, null)
    }

    /// The type that holds each of several values.
    pub(super) fn merged<'v>(
        &self,
        how: Merge,
        values: impl IntoIterator<Item = &'v Value<'a>>,
    ) -> Option<Typed>
    where
        'a: 'v,
    {
        let mut values = values.into_iter();
        let first = values.next()?;
        let family = self.catalog.server.family;
        let start = Typed { ty: (*first.ty).clone(), digits: first.digits };
        let merged =
            values.fold(start, |known, value| merge::merged(family, how, known.operand(), value.operand()));
        Some(Typed { ty: merge::as_expression(merged.ty), ..merged })
    }

    /// Whether MariaDB makes NULL of a zero date that it merges with others, which it then is not in comparisons.
    pub(super) fn loses_zero_dates(&self) -> bool {
        let server = &self.catalog.server;
        server.family == Family::MariaDb
            && ["NO_ZERO_DATE", "NO_ZERO_IN_DATE"].iter().any(|mode| server.has_mode(mode))
    }

    /// MariaDB makes NULL of a zero date in COALESCE, CASE, IF and LEAST where the `sql_mode` has no zero dates, and of
    /// what becomes an address or a date and is none.
    /// Source: measured on MariaDB 10.11.
    pub(super) fn lost(&self, values: &[Value<'a>], merged: &SqlType, name: &'static str) -> Null<'a> {
        if self.catalog.server.family != Family::MariaDb {
            return Null::Never;
        }
        let server = &self.catalog.server;
        let no_zero = ["NO_ZERO_DATE", "NO_ZERO_IN_DATE"].iter().any(|mode| server.has_mode(mode));
        let dates = no_zero
            && values.iter().any(|value| {
                matches!(*value.ty, SqlType::Date | SqlType::DateTime { .. } | SqlType::Timestamp { .. })
                    && value.origin.is_some()
            });
        let converted = |kind: fn(&SqlType) -> bool| {
            kind(merged) && values.iter().any(|value| !kind(&value.ty) && *value.ty != SqlType::Null)
        };
        if dates || converted(types::is_address) || converted(merge::is_temporal) {
            Null::May(Why { cause: Cause::Function(name), span: None })
        } else {
            Null::Never
        }
    }
}

/// The type of a parameter of which an example is in the text: text of any length, any integer.
fn widened(ty: &SqlType) -> SqlType {
    match ty {
        SqlType::Text { length: Some(_), charset: None, .. } => SqlType::text(),
        SqlType::Int { unsigned: false, .. } => SqlType::BIGINT,
        other => other.clone(),
    }
}

/// The column that all typed values are copies of, for a parameter beside them.
fn same_origin<'a>(values: &[Value<'a>]) -> Option<super::value::OriginRef<'a>> {
    values.iter().find_map(|value| value.origin)
}
