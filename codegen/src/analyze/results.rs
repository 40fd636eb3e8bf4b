//! What a call gives: the rules for types and NULL that rows of the function table name.

use sqlparser::ast::{BinaryOperator, Expr, Function as Call, Spanned, Value as Literal};

use crate::catalog::{Family, IntWidth, SqlType};

use super::calls::argument_count;
use super::expr::string_of;
use super::facts::{Fact, Meaning, Term, meaning, same_text};
use super::functions::{Arg, Function, NullRule, Ret};
use super::merge::Merge;
use super::outcomes::OF_ANY_ROW;
use super::scope::{Rows, Scopes};
use super::types::Typed;
use super::value::{Cause, Null, Value, Why, any_null};
use super::{Analyzer, arithmetic, merge, reject};

impl<'a> Analyzer<'a> {
    pub(super) fn result_type(
        &self,
        function: &Function,
        values: &[Value<'a>],
        arguments: &[&Expr],
    ) -> Typed {
        let server = &self.catalog.server;
        let types: Vec<&SqlType> = values.iter().map(|value| &*value.ty).collect();
        let null = Value::never_null(SqlType::Null);
        let first = values.first().unwrap_or(&null);
        let mysql = server.family == Family::MySql;
        let ty = match function.result {
            Ret::BigInt => SqlType::BIGINT,
            Ret::BigIntUnsigned => SqlType::BIGINT_UNSIGNED,
            Ret::Rank if mysql => SqlType::BIGINT_UNSIGNED,
            Ret::Rank => SqlType::BIGINT,
            Ret::Int => return super::literal::truth(server.family),
            Ret::Unsigned if mysql => SqlType::BIGINT_UNSIGNED,
            Ret::Unsigned => SqlType::Int { width: IntWidth::Int, unsigned: true },
            Ret::Double => SqlType::DOUBLE,
            Ret::Str => string_of(&types),
            Ret::Text => SqlType::text(),
            Ret::Bytes => SqlType::bytes(),
            Ret::Date => SqlType::Date,
            Ret::DateTime => SqlType::DateTime { fsp: fraction_argument(arguments) },
            Ret::DateTimeFraction => match function.name {
                "str_to_date" => str_to_date(arguments.get(1).copied()),
                _ => SqlType::DateTime { fsp: finest(values, arguments) },
            },
            Ret::Time if function.args.first() == Some(&Arg::Int) => {
                SqlType::Time { fsp: fraction_argument(arguments) }
            }
            Ret::Time => SqlType::Time { fsp: finest(values, arguments) },
            Ret::TimeOfSeconds => {
                SqlType::Time { fsp: values.last().map_or(0, |seconds| merge::scale_of_seconds(&seconds.ty)) }
            }
            Ret::UnixTime => match finest(values, arguments) {
                0 => SqlType::BIGINT,
                // MariaDB counts more digits before the point than a time can have.
                fsp => merge::decimal(if mysql { 11 } else { 16 }, u32::from(fsp), server.family),
            },
            Ret::FromUnixTime if values.len() > 1 => SqlType::text(),
            Ret::FromUnixTime => SqlType::DateTime { fsp: merge::scale_of_seconds(&first.ty) },
            Ret::Geometry => SqlType::Geometry { kind: "geometry".to_owned(), srid: None },
            Ret::Vector => SqlType::Vector { dimensions: None },
            Ret::Property(_) if values.len() > 1 => {
                SqlType::Geometry { kind: "geometry".to_owned(), srid: None }
            }
            Ret::Property(Ret::Double) => SqlType::DOUBLE,
            Ret::Property(_) => return super::literal::truth(server.family),
            Ret::Second => {
                return values.get(1).map_or(SqlType::Null.into(), |value| (*value.ty).clone().into());
            }
            Ret::Decoded => {
                // After the value come pairs of what it may be and a result, and perhaps a result for all else.
                let last = values.len() - 1;
                let results = values.iter().enumerate().skip(2);
                let results = results.filter(|(index, _)| index % 2 == 0 || *index == last);
                return self
                    .merged(Merge::Choice, results.map(|(_, value)| value))
                    .unwrap_or(SqlType::Null.into());
            }
            Ret::Json => SqlType::Json,
            Ret::Year if mysql => SqlType::Year,
            Ret::Year => SqlType::INT,
            Ret::First => return Typed { ty: (*first.ty).clone(), digits: first.digits },
            Ret::Merged | Ret::Extreme => {
                let how = if function.result == Ret::Extreme { Merge::Extreme } else { Merge::Choice };
                let merged = values
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| matches!(function.arg(*index), Arg::Same | Arg::SameOrNull))
                    .map(|(_, value)| value);
                return self.merged(how, merged).unwrap_or(SqlType::Null.into());
            }
            Ret::Numeric => return arithmetic::absolute(server, first.operand()),
            Ret::Rounded => return arithmetic::rounded(server, first.operand()),
            Ret::RoundedTo => {
                let places = match arguments.get(1) {
                    Some(expr) => constant_integer(expr),
                    None => Some(0),
                };
                return arithmetic::rounded_to(server, first.operand(), places, function.name == "round");
            }
            Ret::Remainder => {
                let second = values.get(1).unwrap_or(&null);
                let op = BinaryOperator::Modulo;
                return arithmetic::binary(server, &op, first.operand(), second.operand());
            }
            Ret::Sum => return arithmetic::sum(server, first.operand()),
            Ret::Average => return arithmetic::average(server, first.operand()),
            Ret::DateArithmetic => match &*first.ty {
                SqlType::Date if function.name == "add_months" => SqlType::Date,
                SqlType::DateTime { .. } | SqlType::Timestamp { .. } | SqlType::Date => {
                    SqlType::DateTime { fsp: finest(values, arguments) }
                }
                SqlType::Time { .. } => SqlType::Time { fsp: finest(values, arguments) },
                _ => SqlType::text(),
            },
        };
        ty.into()
    }

    pub(super) fn result_null(
        &self,
        scopes: &Scopes<'a, '_>,
        call: &'a Call,
        function: &'static Function,
        values: &[Value<'a>],
        ty: &SqlType,
    ) -> Null<'a> {
        let span = self.span(call.span());
        let (_, wildcard) = argument_count(call);
        let why = |cause| Null::May(Why { cause, span });
        let all = any_null(values);
        let first = values.first().map_or(Null::Never, |value| value.null);
        match function.null {
            NullRule::Never => Null::Never,
            NullRule::Strict => all.or(match function.result {
                Ret::Merged | Ret::Extreme => self.lost(values, ty, function.name),
                // What is rounded up may be no date any more.
                Ret::Rounded | Ret::RoundedTo if matches!(ty, SqlType::DateTime { .. }) => {
                    why(Cause::Function(function.name))
                }
                _ => Null::Never,
            }),
            NullRule::StrictOn(family) if family == self.catalog.server.family => all,
            NullRule::StrictOfDates if values.first().is_some_and(|value| merge::is_temporal(&value.ty)) => {
                all
            }
            // UNIX_TIMESTAMP() without arguments.
            NullRule::StrictOrMore | NullRule::StrictOn(_) | NullRule::StrictOfDates
                if values.is_empty() && !wildcard && function.min == 0 =>
            {
                Null::Never
            }
            NullRule::StrictOrMore
            | NullRule::StrictOn(_)
            | NullRule::StrictOfDates
            | NullRule::FirstOrMore => all.or(why(Cause::Function(function.name))),
            NullRule::Possible if matches!(function.name, "lag" | "lead") => match values {
                [value, _, default] if value.null.is_never() && default.null.is_never() => Null::Never,
                // No step back is the row itself.
                [value, _] if second_number(call) == Some(0) => value.null,
                _ => why(Cause::Function(function.name)),
            },
            // With a result for all that is not listed, one of the results comes out.
            NullRule::Possible if function.result == Ret::Decoded && values.len().is_multiple_of(2) => {
                let last = values.len() - 1;
                let results = values.iter().enumerate().skip(2);
                any_null(
                    results.filter(|(index, _)| index % 2 == 0 || *index == last).map(|(_, value)| value),
                )
            }
            // The first row of a frame is there where any is.
            NullRule::Possible if function.name == "nth_value" && second_number(call) == Some(1) => {
                match &call.over {
                    Some(window) if !self.frame_can_be_empty(window) => first,
                    _ => why(Cause::Function(function.name)),
                }
            }
            NullRule::Possible => why(Cause::Function(function.name)),
            NullRule::Coalesce => values
                .iter()
                .map(|value| value.null)
                .reduce(Null::and)
                .unwrap_or(Null::Never)
                .or(self.lost(values, ty, function.name)),
            NullRule::First => first,
            NullRule::Group => {
                let of_rows = if OF_ANY_ROW.contains(&function.name) { Null::Never } else { all };
                match &call.over {
                    Some(window) if self.frame_can_be_empty(window) => {
                        of_rows.or(why(Cause::EmptyFrame(function.name)))
                    }
                    Some(_) => of_rows,
                    None if self.has_value_somewhere(scopes, call) => Null::Never,
                    None if scopes.has(&Fact::Row) => of_rows,
                    // Over the groups of GROUP BY there is at least one row.
                    None => match (scopes.rows, self.catalog.server.family) {
                        (Rows::Groups, _) | (Rows::Rollup, Family::MariaDb) => of_rows,
                        // MySQL makes the last summary row of no rows, too.
                        (Rows::Rollup, Family::MySql) | (Rows::Everything | Rows::Plain, _) => {
                            of_rows.or(why(Cause::EmptyGroup(function.name)))
                        }
                    },
                }
            }
        }
    }

    /// Whether conditions say that in some row of the group the arguments of an aggregate are not NULL.
    fn has_value_somewhere(&self, scopes: &Scopes<'a, '_>, call: &Call) -> bool {
        let Some(facts) = scopes.facts else { return false };
        if !facts.iter().any(|fact| matches!(fact, Fact::Somewhere(_))) {
            return false;
        }
        let inside = Scopes { rows: Rows::Plain, facts: None, ..*scopes };
        let somewhere = |argument: &Expr| {
            let term = match meaning(self, &inside, &[], argument) {
                Meaning::Column { depth, id } => Some(Term::Column { depth, id }),
                Meaning::Item(_) | Meaning::Unclear => {
                    same_text(self, &inside, &[], argument).map(Term::Expr)
                }
            };
            term.is_some_and(|term| facts.contains(&Fact::Somewhere(term)))
        };
        match reject::arguments(call).as_slice() {
            [argument] => somewhere(argument),
            _ => false,
        }
    }
}

/// The second argument where it is a number.
fn second_number(call: &Call) -> Option<i64> {
    reject::arguments(call).get(1).and_then(|argument| constant_integer(argument))
}

/// The precision of NOW(6).
fn fraction_argument(arguments: &[&Expr]) -> u8 {
    match arguments {
        [only] => constant_integer(only)
            .and_then(|value| u8::try_from(value).ok())
            .filter(|fsp| *fsp <= 6)
            .unwrap_or(0),
        _ => 0,
    }
}

/// The most digits of a second that an argument has. A text that is not written out may have all six.
/// Source: TIME(), TIMESTAMP(), ADDTIME(), TIMEDIFF() and UNIX_TIMESTAMP() prepared on both servers.
fn finest(values: &[Value<'_>], arguments: &[&Expr]) -> u8 {
    let fractions = values.iter().zip(arguments).map(|(value, argument)| match &*value.ty {
        SqlType::Text { .. } | SqlType::Json | SqlType::Bytes { .. } => match argument {
            Expr::Value(literal) => super::expr::fraction_of_literal(&literal.value),
            _ => 6,
        },
        SqlType::Decimal { scale, .. } => (*scale).min(6),
        ty => merge::fraction(ty),
    });
    fractions.max().unwrap_or(0)
}

pub(super) fn constant_integer(expr: &Expr) -> Option<i64> {
    match expr {
        Expr::Value(value) => match &value.value {
            Literal::Number(text, _) => text.parse().ok(),
            _ => None,
        },
        Expr::UnaryOp { op: sqlparser::ast::UnaryOperator::Minus, expr } => {
            constant_integer(expr).map(|value| -value)
        }
        Expr::Nested(inner) => constant_integer(inner),
        _ => None,
    }
}

/// The type of STR_TO_DATE by the parts that a constant format has.
fn str_to_date(format: Option<&Expr>) -> SqlType {
    let full = SqlType::DateTime { fsp: 6 };
    let Some(Expr::Value(value)) = format else { return full };
    let (Literal::SingleQuotedString(format) | Literal::DoubleQuotedString(format)) = &value.value else {
        return full;
    };
    let has = |parts: &str| {
        let mut characters = format.chars();
        while let Some(character) = characters.next() {
            if character == '%' && characters.next().is_some_and(|part| parts.contains(part)) {
                return true;
            }
        }
        false
    };
    let (date, time) = (has("abcDdejMmUuVvWwXxYy"), has("HhIiklprSsTf"));
    let fsp = if has("f") { 6 } else { 0 };
    match (date, time) {
        (true, false) => SqlType::Date,
        (false, true) => SqlType::Time { fsp },
        (true, true) | (false, false) => SqlType::DateTime { fsp },
    }
}
