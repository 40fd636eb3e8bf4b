//! The table of built-in functions: one row each, in files by subject. What a row cannot say in its fields it says
//! by the name of a rule; the rules are applied in `expr`.

mod aggregate;
mod control;
mod json;
mod numeric;
mod server;
mod session;
mod spatial;
mod string;
mod temporal;

use std::collections::HashMap;
use std::sync::OnceLock;

pub(super) use server::{Availability, Servers};

use crate::catalog::{Family, Server};

/// Major, minor and patch number.
type Version = (u16, u16, u16);

/// A built-in function.
#[derive(Debug)]
pub(super) struct Function {
    /// Its name in lower case.
    pub(super) name: &'static str,
    /// The least number of arguments.
    pub(super) min: usize,
    /// What each argument is; the last one repeats when `variadic`.
    pub(super) args: &'static [Arg],
    /// Whether the last argument may repeat.
    pub(super) variadic: bool,
    /// What comes out.
    pub(super) result: Ret,
    /// When NULL comes out.
    pub(super) null: NullRule,
    /// Which servers have it.
    pub(super) servers: Servers,
    /// How it is used.
    pub(super) kind: Kind,
}

/// How a function is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// On the values of a row.
    Scalar,
    /// Over a group, or a window when OVER follows.
    Aggregate,
    /// Only with OVER.
    Window,
    /// On the values of a row, and it changes something on the server.
    SideEffect,
}

/// What an argument is; the type of a parameter that stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arg {
    /// A value whose type is the caller's choice.
    Any,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// An integer.
    Int,
    /// A number whose type is that of the first typed argument, DOUBLE failing that.
    Number,
    /// A date.
    Date,
    /// A date with a time.
    DateTime,
    /// A time of the day or a span.
    Time,
    /// A JSON document.
    Json,
    /// A shape.
    Geometry,
    /// A truth value.
    Bool,
    /// A value of the type that the other arguments of this kind have.
    Same,
    /// The same, and NULL means something.
    SameOrNull,
}

/// What type comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ret {
    /// BIGINT.
    BigInt,
    /// BIGINT UNSIGNED.
    BigIntUnsigned,
    /// BIGINT, UNSIGNED on MySQL.
    Rank,
    /// INT on MariaDB, BIGINT on MySQL.
    Int,
    /// The same, UNSIGNED.
    Unsigned,
    /// DOUBLE.
    Double,
    /// Text, or bytes where an argument is.
    Str,
    /// Text whatever the arguments are.
    Text,
    /// Bytes.
    Bytes,
    /// DATE.
    Date,
    /// DATETIME.
    DateTime,
    /// DATETIME with microseconds at most.
    DateTimeFraction,
    /// TIME.
    Time,
    /// TIME, as fine as the last argument, which is a number of seconds.
    TimeOfSeconds,
    /// UNIX_TIMESTAMP: an integer, or a decimal as fine as the argument.
    UnixTime,
    /// FROM_UNIXTIME: DATETIME as fine as the argument, or text where a format follows.
    FromUnixTime,
    /// A shape; nothing says of which kind.
    Geometry,
    /// VECTOR.
    Vector,
    /// ST_SRID, ST_X and the like: a value, or with a second argument the changed shape.
    Property(&'static Ret),
    /// JSON; on MariaDB text.
    Json,
    /// YEAR on MySQL, INT on MariaDB.
    Year,
    /// The type of the first argument.
    First,
    /// The type of the second argument.
    Second,
    /// DECODE_ORACLE: the type that holds each of the results.
    Decoded,
    /// The type that holds each of the `Same` arguments.
    Merged,
    /// The type in which the arguments are compared.
    Extreme,
    /// The first argument as a number, the integers widened.
    Numeric,
    /// CEIL and FLOOR: an integer for integers and decimals, DOUBLE for the rest.
    Rounded,
    /// ROUND and TRUNCATE.
    RoundedTo,
    /// The operator `%`.
    Remainder,
    /// SUM.
    Sum,
    /// AVG.
    Average,
    /// DATE_ADD and friends: by the type of the first argument and the unit.
    DateArithmetic,
}

/// When NULL comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NullRule {
    /// Never.
    Never,
    /// Exactly when an argument is NULL.
    Strict,
    /// When an argument is NULL, and for some arguments that are not.
    StrictOrMore,
    /// Exactly when an argument is NULL, on this family; the other has NULL for some arguments that are not.
    StrictOn(Family),
    /// Exactly when an argument is NULL, as long as the first one is a date or a time and not a text of one.
    StrictOfDates,
    /// For some arguments, whether they are NULL or not.
    Possible,
    /// When all `Same` arguments are NULL.
    Coalesce,
    /// When the first argument is NULL.
    First,
    /// When the first argument is NULL, and for some arguments that are not; of the others NULL means something.
    FirstOrMore,
    /// When the argument is NULL for all rows, or there is none.
    Group,
}

const fn scalar(
    name: &'static str,
    min: usize,
    args: &'static [Arg],
    result: Ret,
    null: NullRule,
) -> Function {
    Function { name, min, args, variadic: false, result, null, servers: Servers::BOTH, kind: Kind::Scalar }
}

impl Function {
    const fn variadic(mut self) -> Self {
        self.variadic = true;
        self
    }

    const fn only(mut self, family: Family) -> Self {
        self.servers = Servers::only(family);
        self
    }

    /// Since a version of a family.
    const fn since(mut self, family: Family, version: Version) -> Self {
        self.servers = self.servers.since(family, version);
        self
    }

    /// No more since a version of a family.
    const fn until(mut self, family: Family, version: Version) -> Self {
        self.servers = self.servers.until(family, version);
        self
    }

    const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// What the n-th argument is.
    pub(super) fn arg(&self, index: usize) -> Arg {
        self.args.get(index).or(self.args.last()).copied().unwrap_or(Arg::Any)
    }

    /// Whether it takes so many arguments.
    pub(super) fn takes(&self, count: usize) -> bool {
        count >= self.min && (self.variadic || count <= self.args.len())
    }

    /// How many arguments it takes, in words.
    pub(super) fn arity(&self) -> String {
        let plural =
            |count: usize| if count == 1 { "1 argument".to_owned() } else { format!("{count} arguments") };
        match (self.variadic, self.min == self.args.len()) {
            (true, _) => format!("at least {}", plural(self.min)),
            (false, true) => plural(self.min),
            (false, false) => format!("{} to {}", self.min, plural(self.args.len())),
        }
    }
}

/// The function of a name, in any case.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    static BY_NAME: OnceLock<HashMap<&'static str, &'static Function>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        let mut by_name: HashMap<_, _> = all().map(|function| (function.name, function)).collect();
        for alias in aliases() {
            if let Some(function) = by_name.get(alias.of).copied() {
                by_name.insert(alias.name, function);
            }
        }
        by_name
    });
    by_name.get(&*name.to_lowercase()).copied()
}

/// Whether a server has what it calls by this name, in any case.
pub(super) fn availability(name: &str, function: &Function, server: &Server) -> Availability {
    if name.eq_ignore_ascii_case(function.name) {
        return function.servers.on(server);
    }
    let alias = aliases().find(|alias| alias.name.eq_ignore_ascii_case(name));
    let servers = alias.and_then(|alias| alias.servers.as_ref()).unwrap_or(&function.servers);
    servers.on(server)
}

/// Every row of the table.
pub(super) fn all() -> impl Iterator<Item = &'static Function> {
    [
        string::TABLE,
        numeric::TABLE,
        temporal::TABLE,
        control::TABLE,
        json::TABLE,
        spatial::TABLE,
        session::TABLE,
        aggregate::TABLE,
    ]
    .into_iter()
    .flatten()
}

/// Every name that a function can be called by.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    all().map(|function| function.name).chain(aliases().map(|alias| alias.name))
}

/// A second name of a function.
#[derive(Debug)]
struct Alias {
    name: &'static str,
    of: &'static str,
    /// Which servers have the name, where not all that have the function.
    servers: Option<Servers>,
}

const fn alias(name: &'static str, of: &'static str) -> Alias {
    Alias { name, of, servers: None }
}

impl Alias {
    const fn only(mut self, family: Family) -> Self {
        self.servers = Some(Servers::only(family));
        self
    }
}

fn aliases() -> impl Iterator<Item = &'static Alias> {
    [string::ALIASES, numeric::ALIASES, temporal::ALIASES, spatial::ALIASES, session::ALIASES]
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once_and_in_lower_case() {
        let mut names: Vec<&str> = super::names().collect();
        assert!(names.iter().all(|name| *name == name.to_lowercase()));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_alias_is_of_a_function() {
        for alias in aliases() {
            assert!(all().any(|function| function.name == alias.of), "{} of {}", alias.name, alias.of);
        }
    }
}
