//! Functions that tell of the server, the session and the network, and those that wait or lock.
//! Source: prepared and executed on MySQL 9.7 and MariaDB 10.11; versions from the manuals.

use super::Arg::{Any, Bytes, Int, Number, Text};
use super::NullRule::{Never, Possible, Strict, StrictOn, StrictOrMore};
use super::{Alias, Function, Kind, Ret, alias, scalar};
use crate::catalog::Family::{MariaDb, MySql};

pub(super) const TABLE: &[Function] = &[
    scalar("benchmark", 2, &[Int, Any], Ret::Int, Possible),
    scalar("binlog_gtid_pos", 2, &[Text, Int], Ret::Text, Possible).only(MariaDb),
    scalar("connection_id", 0, &[], Ret::Unsigned, Never),
    scalar("current_role", 0, &[], Ret::Text, Possible),
    scalar("current_user", 0, &[], Ret::Text, Never),
    scalar("database", 0, &[], Ret::Text, Possible),
    scalar("decode_histogram", 2, &[Text, Bytes], Ret::Text, StrictOrMore).only(MariaDb),
    scalar("found_rows", 0, &[], Ret::BigInt, Never),
    scalar("get_lock", 2, &[Text, Number], Ret::Int, Possible).kind(Kind::SideEffect),
    scalar("gtid_subset", 2, &[Text, Text], Ret::Int, Strict).only(MySql),
    scalar("gtid_subtract", 2, &[Text, Text], Ret::Text, StrictOrMore).only(MySql),
    scalar("icu_version", 0, &[], Ret::Text, Never).only(MySql).since(MySql, (8, 0, 4)),
    scalar("inet6_aton", 1, &[Text], Ret::Bytes, StrictOrMore),
    scalar("inet6_ntoa", 1, &[Bytes], Ret::Text, StrictOrMore),
    scalar("inet_aton", 1, &[Text], Ret::BigIntUnsigned, StrictOrMore),
    scalar("inet_ntoa", 1, &[Int], Ret::Text, StrictOrMore),
    scalar("is_free_lock", 1, &[Text], Ret::Int, Possible),
    scalar("is_ipv4", 1, &[Text], Ret::Int, StrictOn(MySql)),
    scalar("is_ipv4_compat", 1, &[Bytes], Ret::Int, StrictOn(MySql)),
    scalar("is_ipv4_mapped", 1, &[Bytes], Ret::Int, StrictOn(MySql)),
    scalar("is_ipv6", 1, &[Text], Ret::Int, StrictOn(MySql)),
    scalar("is_used_lock", 1, &[Text], Ret::Unsigned, Possible),
    scalar("is_uuid", 1, &[Text], Ret::Int, Strict).only(MySql).since(MySql, (8, 0, 0)),
    scalar("last_insert_id", 0, &[Int], Ret::BigIntUnsigned, Strict).kind(Kind::SideEffect),
    scalar("lastval", 1, &[Any], Ret::BigInt, Possible).only(MariaDb).since(MariaDb, (10, 3, 0)),
    scalar("master_gtid_wait", 1, &[Text, Number], Ret::Int, Possible).only(MariaDb),
    scalar("master_pos_wait", 2, &[Text, Int, Number, Text], Ret::BigInt, Possible).until(MySql, (8, 4, 0)),
    scalar("name_const", 2, &[Text, Any], Ret::Second, Possible),
    scalar("nextval", 1, &[Any], Ret::BigInt, Possible)
        .only(MariaDb)
        .since(MariaDb, (10, 3, 0))
        .kind(Kind::SideEffect),
    scalar("ps_current_thread_id", 0, &[], Ret::BigIntUnsigned, Possible)
        .only(MySql)
        .since(MySql, (8, 0, 16)),
    scalar("ps_thread_id", 1, &[Int], Ret::BigIntUnsigned, Possible).only(MySql).since(MySql, (8, 0, 16)),
    scalar("release_all_locks", 0, &[], Ret::Unsigned, Never).kind(Kind::SideEffect),
    scalar("release_lock", 1, &[Text], Ret::Int, Possible).kind(Kind::SideEffect),
    scalar("roles_graphml", 0, &[], Ret::Text, Possible).only(MySql).since(MySql, (8, 0, 0)),
    scalar("row_count", 0, &[], Ret::BigInt, Never),
    scalar("rownum", 0, &[], Ret::BigIntUnsigned, Never).only(MariaDb).since(MariaDb, (10, 6, 1)),
    scalar("setval", 2, &[Any, Int], Ret::BigInt, Possible)
        .only(MariaDb)
        .since(MariaDb, (10, 3, 0))
        .kind(Kind::SideEffect),
    scalar("sleep", 1, &[Number], Ret::Int, Never).kind(Kind::SideEffect),
    scalar("source_pos_wait", 2, &[Text, Int, Number, Text], Ret::BigInt, Possible)
        .only(MySql)
        .since(MySql, (8, 0, 26)),
    scalar("user", 0, &[], Ret::Text, Possible),
    scalar("version", 0, &[], Ret::Text, Never),
    scalar("wait_for_executed_gtid_set", 1, &[Text, Number], Ret::BigInt, Possible).only(MySql),
    scalar("wsrep_last_seen_gtid", 0, &[], Ret::Text, Possible).only(MariaDb),
    scalar("wsrep_last_written_gtid", 0, &[], Ret::Text, Possible).only(MariaDb),
    scalar("wsrep_sync_wait_upto_gtid", 1, &[Text, Int], Ret::BigInt, Possible).only(MariaDb),
];

pub(super) const ALIASES: &[Alias] =
    &[alias("schema", "database"), alias("session_user", "user"), alias("system_user", "user")];
