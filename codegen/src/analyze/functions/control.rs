//! Functions that choose between values or compare them.

use super::Arg::{Any, Bool, Same, SameOrNull};
use super::NullRule::{Coalesce, Never, Possible, Strict};
use super::{Function, Ret, scalar};
use crate::catalog::Family::{MariaDb, MySql};

pub(super) const TABLE: &[Function] = &[
    scalar("any_value", 1, &[Same], Ret::First, Strict).only(MySql).since(MySql, (5, 7, 0)),
    scalar("coalesce", 1, &[SameOrNull], Ret::Merged, Coalesce).variadic(),
    scalar("greatest", 2, &[Same], Ret::Extreme, Strict).variadic(),
    scalar("grouping", 1, &[Any], Ret::BigInt, Never).variadic().only(MySql),
    // IF narrows its branches; `expr` takes care of it.
    scalar("if", 3, &[Bool, Same, Same], Ret::Merged, Strict),
    scalar("ifnull", 2, &[SameOrNull, SameOrNull], Ret::Merged, Coalesce),
    scalar("interval", 2, &[Same], Ret::Int, Never).variadic(),
    scalar("isnull", 1, &[SameOrNull], Ret::Int, Never),
    scalar("least", 2, &[Same], Ret::Extreme, Strict).variadic(),
    scalar("nullif", 2, &[Same, Same], Ret::First, Possible),
    scalar("nvl", 2, &[SameOrNull, SameOrNull], Ret::Merged, Coalesce)
        .only(MariaDb)
        .since(MariaDb, (10, 3, 0)),
    scalar("nvl2", 3, &[Any, Same, Same], Ret::Merged, Possible).only(MariaDb).since(MariaDb, (10, 3, 0)),
];
