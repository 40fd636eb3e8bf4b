//! What is known of an expression: its type, whether it can be NULL and why, and the column it is a copy of.

use std::borrow::Cow;

use crate::catalog::{Column, SqlType, Table};
use crate::span::Span;
use crate::typed::{Nullability, Origin, Reason};

use super::types::{Operand, Typed};

/// A typed expression.
#[derive(Clone, Debug)]
pub(super) struct Value<'a> {
    /// The type that the server will send.
    pub(super) ty: Cow<'a, SqlType>,
    /// How many digits an integer has, where that is fewer than its type could have; what the servers compute the
    /// type of sums, products and divisions from.
    pub(super) digits: Option<u8>,
    /// Whether it can be NULL.
    pub(super) null: Null<'a>,
    /// The base column of which it is an unchanged copy.
    pub(super) origin: Option<OriginRef<'a>>,
}

/// A column of a table or view of the catalog.
#[derive(Clone, Copy, Debug)]
pub(super) struct OriginRef<'a> {
    pub(super) table: &'a Table,
    pub(super) column: &'a Column,
}

impl OriginRef<'_> {
    pub(super) fn to_origin(self) -> Origin {
        Origin { table: self.table.name.clone(), column: self.column.name.clone() }
    }
}

impl<'a> Value<'a> {
    pub(super) fn new(ty: SqlType, null: Null<'a>) -> Self {
        Self { ty: Cow::Owned(ty), digits: None, null, origin: None }
    }

    /// The result of a computation.
    pub(super) fn typed(typed: Typed, null: Null<'a>) -> Self {
        Self { digits: typed.digits, ..Self::new(typed.ty, null) }
    }

    /// The value as something to compute with.
    pub(super) fn operand(&self) -> Operand<'_> {
        Operand { ty: &self.ty, digits: self.digits }
    }

    /// A value that is never NULL.
    pub(super) fn never_null(ty: SqlType) -> Self {
        Self::new(ty, Null::Never)
    }

    /// The value as an expression over it: an unknown origin and the same type and nullability.
    pub(super) fn without_origin(mut self) -> Self {
        self.origin = None;
        self
    }

    /// The same value where it can in addition be NULL.
    pub(super) fn or_null(mut self, why: Why<'a>) -> Self {
        self.null = self.null.or(Null::May(why));
        self
    }
}

/// Whether a value can be NULL.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Null<'a> {
    /// Never.
    Never,
    /// It can, because.
    May(Why<'a>),
}

impl<'a> Null<'a> {
    pub(super) fn is_never(self) -> bool {
        matches!(self, Null::Never)
    }

    /// NULL when either is.
    pub(super) fn or(self, other: Null<'a>) -> Null<'a> {
        match self {
            Null::Never => other,
            Null::May(_) => self,
        }
    }

    /// NULL only when both are.
    pub(super) fn and(self, other: Null<'a>) -> Null<'a> {
        match self {
            Null::Never => Null::Never,
            Null::May(_) => match other {
                Null::Never => Null::Never,
                Null::May(_) => self,
            },
        }
    }

    /// The same for the outside.
    pub(super) fn to_nullability(self) -> Nullability {
        match self {
            Null::Never => Nullability::NonNull,
            Null::May(why) => Nullability::Nullable(why.to_reason()),
        }
    }
}

/// NULL when any of them is.
pub(super) fn any_null<'a, 'v>(values: impl IntoIterator<Item = &'v Value<'a>>) -> Null<'a>
where
    'a: 'v,
{
    values.into_iter().fold(Null::Never, |null, value| null.or(value.null))
}

/// Why a value can be NULL.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Why<'a> {
    pub(super) cause: Cause<'a>,
    pub(super) span: Option<Span>,
}

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cause<'a> {
    /// The column is declared so.
    Column { relation: &'a str, column: &'a str },
    /// The relation may be null-extended.
    OuterJoin { relation: &'a str, join: &'static str },
    /// The literal NULL.
    Literal,
    /// The caller may pass NULL.
    Parameter,
    /// A function that can be NULL for arguments that are not.
    Function(&'a str),
    /// `/`, DIV, % and MOD.
    Division,
    /// A CASE without ELSE.
    NoElse,
    /// An aggregate over no rows.
    EmptyGroup(&'a str),
    /// A plain column beside an aggregate without GROUP BY.
    ImplicitGroup,
    /// WITH ROLLUP.
    Rollup,
    /// A scalar subquery without a row.
    EmptySubquery,
    /// IN, ANY and ALL over something that can be NULL.
    Membership,
    /// A window frame without rows.
    EmptyFrame(&'a str),
    /// A user or system variable.
    Variable,
    /// A statement or expression of which only the server knows.
    Unknown,
    /// The author wrote `AS `name?``.
    Asked,
}

impl Why<'_> {
    fn to_reason(self) -> Reason {
        let text = match self.cause {
            Cause::Column { relation, column } => format!("column `{column}` of `{relation}` can be NULL"),
            Cause::OuterJoin { relation, join } => format!("`{relation}` is on the outer side of the {join}"),
            Cause::Literal => "it is or may be the literal NULL".to_owned(),
            Cause::Parameter => "the caller may pass NULL".to_owned(),
            Cause::Function(name) => {
                format!("{}() can be NULL even where its arguments are not", name.to_uppercase())
            }
            Cause::Division => "a division by zero is NULL".to_owned(),
            Cause::NoElse => "the CASE has no ELSE".to_owned(),
            Cause::EmptyGroup(name) => format!("{}() over no rows is NULL", name.to_uppercase()),
            Cause::ImplicitGroup => {
                "an aggregate without GROUP BY gives a row even when there is no row to take the column from"
                    .to_owned()
            }
            Cause::Rollup => "the summary rows of WITH ROLLUP have NULL for the group keys".to_owned(),
            Cause::EmptySubquery => "the subquery may have no row".to_owned(),
            Cause::Membership => "a comparison with a set that may hold NULL is NULL".to_owned(),
            Cause::EmptyFrame(name) => {
                format!("{}() over an empty window frame is NULL", name.to_uppercase())
            }
            Cause::Variable => "a variable can hold anything".to_owned(),
            Cause::Unknown => "nothing proves that it is never NULL".to_owned(),
            Cause::Asked => "its alias ends in `?`".to_owned(),
        };
        Reason { text, span: self.span }
    }
}
