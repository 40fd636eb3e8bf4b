//! Functions on numbers.

use super::Arg::{Int, Number, Text};
use super::NullRule::{Never, Strict, StrictOrMore};
use super::{Function, Ret, scalar};

pub(super) const TABLE: &[Function] = &[
    scalar("abs", 1, &[Number], Ret::Numeric, Strict),
    scalar("acos", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("asin", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("atan", 1, &[Number, Number], Ret::Double, StrictOrMore),
    scalar("atan2", 2, &[Number, Number], Ret::Double, StrictOrMore),
    scalar("bit_count", 1, &[Int], Ret::BigInt, Strict),
    scalar("ceil", 1, &[Number], Ret::Rounded, Strict),
    scalar("ceiling", 1, &[Number], Ret::Rounded, Strict),
    scalar("conv", 3, &[Text, Int, Int], Ret::Text, StrictOrMore),
    scalar("cos", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("cot", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("degrees", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("exp", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("floor", 1, &[Number], Ret::Rounded, Strict),
    scalar("ln", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("log", 1, &[Number, Number], Ret::Double, StrictOrMore),
    scalar("log10", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("log2", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("mod", 2, &[Number, Number], Ret::Remainder, StrictOrMore),
    scalar("pi", 0, &[], Ret::Double, Never),
    scalar("pow", 2, &[Number, Number], Ret::Double, StrictOrMore),
    scalar("power", 2, &[Number, Number], Ret::Double, StrictOrMore),
    scalar("radians", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("rand", 0, &[Int], Ret::Double, Never),
    scalar("round", 1, &[Number, Int], Ret::RoundedTo, Strict),
    scalar("sign", 1, &[Number], Ret::Int, Strict),
    scalar("sin", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("sqrt", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("tan", 1, &[Number], Ret::Double, StrictOrMore),
    scalar("truncate", 2, &[Number, Int], Ret::RoundedTo, Strict),
];
