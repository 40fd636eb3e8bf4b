//! Functions on JSON documents.

use super::Arg::{Any, Int, Json, Same, Text};
use super::NullRule::{FirstOrMore, Never, Possible, Strict, StrictOn, StrictOrMore};
use super::{Function, Kind, Ret, scalar};
use crate::catalog::Family::{MariaDb, MySql};

pub(super) const TABLE: &[Function] = &[
    scalar("json_array", 0, &[Any], Ret::Json, Never).variadic(),
    scalar("json_array_append", 3, &[Json, Text, Any], Ret::Json, FirstOrMore).variadic(),
    scalar("json_array_insert", 3, &[Json, Text, Any], Ret::Json, FirstOrMore).variadic(),
    scalar("json_array_intersect", 2, &[Json, Json], Ret::Json, StrictOrMore)
        .only(MariaDb)
        .since(MariaDb, (11, 2, 0)),
    scalar("json_arrayagg", 1, &[Any], Ret::Json, super::NullRule::Group).kind(Kind::Aggregate),
    scalar("json_compact", 1, &[Json], Ret::Json, StrictOrMore).only(MariaDb),
    scalar("json_contains", 2, &[Json, Json, Text], Ret::Int, StrictOrMore),
    scalar("json_contains_path", 3, &[Json, Text, Text], Ret::Int, FirstOrMore).variadic(),
    scalar("json_depth", 1, &[Json], Ret::Int, StrictOrMore),
    scalar("json_detailed", 1, &[Json, Int], Ret::Json, StrictOrMore).only(MariaDb),
    scalar("json_equals", 2, &[Json, Json], Ret::Int, StrictOrMore).only(MariaDb).since(MariaDb, (10, 7, 0)),
    scalar("json_exists", 2, &[Json, Text], Ret::Int, StrictOrMore).only(MariaDb),
    scalar("json_extract", 2, &[Json, Text], Ret::Json, StrictOrMore).variadic(),
    scalar("json_insert", 3, &[Json, Text, Any], Ret::Json, Possible).variadic(),
    scalar("json_key_value", 2, &[Json, Text], Ret::Json, StrictOrMore)
        .only(MariaDb)
        .since(MariaDb, (11, 2, 0)),
    scalar("json_keys", 1, &[Json, Text], Ret::Json, StrictOrMore),
    scalar("json_length", 1, &[Json, Text], Ret::Int, StrictOrMore),
    scalar("json_loose", 1, &[Json], Ret::Json, StrictOrMore).only(MariaDb),
    scalar("json_merge", 2, &[Json], Ret::Json, StrictOrMore).variadic(),
    scalar("json_merge_patch", 2, &[Json], Ret::Json, Possible).variadic(),
    scalar("json_merge_preserve", 2, &[Json], Ret::Json, StrictOrMore).variadic(),
    scalar("json_normalize", 1, &[Json], Ret::Json, StrictOrMore).only(MariaDb).since(MariaDb, (10, 7, 0)),
    scalar("json_object", 0, &[Text, Any], Ret::Json, Never).variadic(),
    scalar("json_object_filter_keys", 2, &[Json, Json], Ret::Json, StrictOrMore)
        .only(MariaDb)
        .since(MariaDb, (11, 2, 0)),
    scalar("json_object_to_array", 1, &[Json], Ret::Json, StrictOrMore)
        .only(MariaDb)
        .since(MariaDb, (11, 2, 0)),
    scalar("json_objectagg", 2, &[Text, Any], Ret::Json, super::NullRule::Group).kind(Kind::Aggregate),
    scalar("json_overlaps", 2, &[Json, Json], Ret::Int, StrictOn(MySql))
        .since(MySql, (8, 0, 17))
        .since(MariaDb, (10, 9, 0)),
    scalar("json_pretty", 1, &[Json], Ret::Text, StrictOrMore).since(MariaDb, (10, 10, 3)),
    scalar("json_query", 2, &[Json, Text], Ret::Json, StrictOrMore).only(MariaDb),
    scalar("json_quote", 1, &[Text], Ret::Text, StrictOrMore),
    scalar("json_remove", 2, &[Json, Text], Ret::Json, StrictOrMore).variadic(),
    scalar("json_replace", 3, &[Json, Text, Any], Ret::Json, Possible).variadic(),
    scalar("json_schema_valid", 2, &[Json, Json], Ret::Int, StrictOn(MySql))
        .since(MySql, (8, 0, 17))
        .since(MariaDb, (11, 1, 0)),
    scalar("json_schema_validation_report", 2, &[Json, Json], Ret::Json, StrictOrMore)
        .only(MySql)
        .since(MySql, (8, 0, 17)),
    scalar("json_search", 3, &[Json, Text, Text, Text, Text], Ret::Json, FirstOrMore).variadic(),
    scalar("json_set", 3, &[Json, Text, Any], Ret::Json, Possible).variadic(),
    scalar("json_storage_free", 1, &[Json], Ret::BigInt, Strict).only(MySql).since(MySql, (8, 0, 13)),
    scalar("json_storage_size", 1, &[Json], Ret::BigInt, Strict).only(MySql).since(MySql, (8, 0, 3)),
    scalar("json_type", 1, &[Json], Ret::Text, StrictOrMore),
    scalar("json_unquote", 1, &[Json], Ret::Text, StrictOrMore),
    scalar("json_valid", 1, &[Text], Ret::Int, Strict),
    scalar("json_value", 2, &[Json, Text], Ret::Text, StrictOrMore).since(MySql, (8, 0, 21)),
    scalar("member_of", 2, &[Same, Json], Ret::Int, Strict).only(MySql).since(MySql, (8, 0, 17)),
];
