//! Aggregates and window functions.

use super::Arg::{Any, Int, Number, Same};
use super::NullRule::{Group, Never, Possible};
use super::{Function, Kind, Ret, scalar};
use crate::catalog::Family::MariaDb;

pub(super) const TABLE: &[Function] = &[
    scalar("avg", 1, &[Number], Ret::Average, Group).kind(Kind::Aggregate),
    scalar("bit_and", 1, &[Int], Ret::BigIntUnsigned, Never).kind(Kind::Aggregate),
    scalar("bit_or", 1, &[Int], Ret::BigIntUnsigned, Never).kind(Kind::Aggregate),
    scalar("bit_xor", 1, &[Int], Ret::BigIntUnsigned, Never).kind(Kind::Aggregate),
    scalar("count", 1, &[Any], Ret::BigInt, Never).variadic().kind(Kind::Aggregate),
    scalar("group_concat", 1, &[Any], Ret::Str, Group).variadic().kind(Kind::Aggregate),
    scalar("max", 1, &[Same], Ret::First, Group).kind(Kind::Aggregate),
    scalar("median", 1, &[Number], Ret::Double, Group).only(MariaDb).kind(Kind::Window),
    scalar("min", 1, &[Same], Ret::First, Group).kind(Kind::Aggregate),
    scalar("std", 1, &[Number], Ret::Double, Group).kind(Kind::Aggregate),
    scalar("stddev", 1, &[Number], Ret::Double, Group).kind(Kind::Aggregate),
    scalar("stddev_pop", 1, &[Number], Ret::Double, Group).kind(Kind::Aggregate),
    scalar("stddev_samp", 1, &[Number], Ret::Double, Possible).kind(Kind::Aggregate),
    scalar("sum", 1, &[Number], Ret::Sum, Group).kind(Kind::Aggregate),
    scalar("var_pop", 1, &[Number], Ret::Double, Group).kind(Kind::Aggregate),
    scalar("var_samp", 1, &[Number], Ret::Double, Possible).kind(Kind::Aggregate),
    scalar("variance", 1, &[Number], Ret::Double, Group).kind(Kind::Aggregate),
    // Window functions.
    scalar("cume_dist", 0, &[], Ret::Double, Never).kind(Kind::Window),
    scalar("dense_rank", 0, &[], Ret::Rank, Never).kind(Kind::Window),
    scalar("first_value", 1, &[Same], Ret::First, Group).kind(Kind::Window),
    scalar("lag", 1, &[Same, Int, Same], Ret::Merged, Possible).kind(Kind::Window),
    scalar("last_value", 1, &[Same], Ret::First, Group).kind(Kind::Window),
    scalar("lead", 1, &[Same, Int, Same], Ret::Merged, Possible).kind(Kind::Window),
    scalar("nth_value", 2, &[Same, Int], Ret::First, Possible).kind(Kind::Window),
    scalar("ntile", 1, &[Int], Ret::Rank, Never).kind(Kind::Window),
    // Their value is what they are ordered within: it takes the place of the argument, which is a constant.
    scalar("percentile_cont", 1, &[Number], Ret::Double, Group).only(MariaDb).kind(Kind::Window),
    scalar("percentile_disc", 1, &[Number], Ret::First, Group).only(MariaDb).kind(Kind::Window),
    scalar("percent_rank", 0, &[], Ret::Double, Never).kind(Kind::Window),
    scalar("rank", 0, &[], Ret::Rank, Never).kind(Kind::Window),
    scalar("row_number", 0, &[], Ret::Rank, Never).kind(Kind::Window),
];
