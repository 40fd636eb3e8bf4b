//! User variables and system variables.

use sqlparser::ast::Ident;

use crate::catalog::SqlType;

use super::Analyzer;
use super::value::{Cause, Null, Value, Why};

/// What a system variable holds.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Text.
    Text,
    /// 0 or 1, sent as BIGINT.
    Switch,
    /// BIGINT UNSIGNED.
    Number,
    /// DOUBLE.
    Seconds,
}

/// The system variables that statements ask for; of all others the server says what they are.
/// Source: each prepared on MySQL 9.7 and MariaDB 10.11, which agree on those that both have.
const SYSTEM: &[(&str, Kind)] = &[
    ("auto_increment_increment", Kind::Number),
    ("auto_increment_offset", Kind::Number),
    ("autocommit", Kind::Switch),
    ("basedir", Kind::Text),
    ("bind_address", Kind::Text),
    ("character_set_client", Kind::Text),
    ("character_set_connection", Kind::Text),
    ("character_set_database", Kind::Text),
    ("character_set_results", Kind::Text),
    ("character_set_server", Kind::Text),
    ("collation_connection", Kind::Text),
    ("collation_database", Kind::Text),
    ("collation_server", Kind::Text),
    ("connect_timeout", Kind::Number),
    ("datadir", Kind::Text),
    ("default_storage_engine", Kind::Text),
    ("div_precision_increment", Kind::Number),
    ("error_count", Kind::Number),
    ("event_scheduler", Kind::Text),
    ("foreign_key_checks", Kind::Switch),
    ("group_concat_max_len", Kind::Number),
    ("gtid_mode", Kind::Text),
    ("hostname", Kind::Text),
    ("identity", Kind::Number),
    ("innodb_lock_wait_timeout", Kind::Number),
    ("innodb_version", Kind::Text),
    ("insert_id", Kind::Number),
    ("interactive_timeout", Kind::Number),
    ("last_insert_id", Kind::Number),
    ("lc_messages", Kind::Text),
    ("lc_time_names", Kind::Text),
    ("license", Kind::Text),
    ("local_infile", Kind::Switch),
    ("lock_wait_timeout", Kind::Number),
    ("log_bin", Kind::Switch),
    ("long_query_time", Kind::Seconds),
    ("lower_case_table_names", Kind::Number),
    ("max_allowed_packet", Kind::Number),
    ("max_connections", Kind::Number),
    ("max_execution_time", Kind::Number),
    ("max_statement_time", Kind::Seconds),
    ("net_read_timeout", Kind::Number),
    ("net_write_timeout", Kind::Number),
    ("port", Kind::Number),
    ("protocol_version", Kind::Number),
    ("pseudo_thread_id", Kind::Number),
    ("read_only", Kind::Switch),
    ("server_id", Kind::Number),
    ("server_uuid", Kind::Text),
    ("socket", Kind::Text),
    ("sql_log_bin", Kind::Switch),
    ("sql_mode", Kind::Text),
    ("sql_safe_updates", Kind::Switch),
    ("sql_select_limit", Kind::Number),
    ("super_read_only", Kind::Switch),
    ("system_time_zone", Kind::Text),
    ("table_open_cache", Kind::Number),
    ("time_zone", Kind::Text),
    ("timestamp", Kind::Seconds),
    ("tmpdir", Kind::Text),
    ("transaction_isolation", Kind::Text),
    ("transaction_read_only", Kind::Switch),
    ("tx_isolation", Kind::Text),
    ("tx_read_only", Kind::Switch),
    ("unique_checks", Kind::Switch),
    ("version", Kind::Text),
    ("version_comment", Kind::Text),
    ("version_compile_machine", Kind::Text),
    ("version_compile_os", Kind::Text),
    ("wait_timeout", Kind::Number),
    ("warning_count", Kind::Number),
];

impl<'a> Analyzer<'a> {
    /// `@name`, `@@name`, `@@global.name`: the first part begins with `@`.
    pub(super) fn variable(&mut self, parts: &'a [Ident]) -> Value<'a> {
        let span = parts.first().and_then(|first| self.span(first.span));
        let null = Null::May(Why { cause: Cause::Variable, span });
        let system = parts.first().is_some_and(|first| first.value.starts_with("@@"));
        if !system {
            // The type of a variable is that of the value it holds at the time; of one that holds none it is bytes.
            return Value::new(SqlType::bytes(), null);
        }
        let name = parts.last().map_or("", |last| last.value.trim_start_matches('@')).to_lowercase();
        let ty = match SYSTEM.binary_search_by_key(&&*name, |(name, _)| name) {
            Ok(index) => match SYSTEM[index].1 {
                Kind::Text => SqlType::text(),
                Kind::Switch => SqlType::BIGINT,
                Kind::Number => SqlType::BIGINT_UNSIGNED,
                Kind::Seconds => SqlType::DOUBLE,
            },
            Err(_) => return self.unknown("this system variable", span),
        };
        Value::new(ty, null)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::SYSTEM.is_sorted_by_key(|(name, _)| *name));
    }
}
