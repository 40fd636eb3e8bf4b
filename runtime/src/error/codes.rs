//! What the error codes of both servers mean: facts in a table, measured where `code` is listed for both families.
//! Knows nothing of connections; `driver` and `session` ask it.

use super::ErrorKind::{self, *};

/// What is known about one error code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Code {
    pub(crate) code: u16,
    pub(crate) kind: ErrorKind,
    /// Must the connection be discarded, because the server closes it or will answer nothing useful any more?
    pub(crate) fatal: bool,
    /// Has the server rolled the whole transaction back, so that what follows would run outside of it?
    pub(crate) aborts: bool,
    /// Is the server's message made of names and constants of the schema only, never of values? Then it may be shown.
    pub(crate) showable: bool,
}

const fn row(code: u16, kind: ErrorKind, marks: &str) -> Code {
    let (mut fatal, mut aborts, mut showable) = (false, false, false);
    let marks = marks.as_bytes();
    let mut i = 0;
    while i < marks.len() {
        match marks[i] {
            b'f' => fatal = true,
            b'a' => aborts = true,
            b's' => showable = true,
            _ => {}
        }
        i += 1;
    }
    Code { code, kind, fatal, aborts, showable }
}

/// Sorted by code. Marks: `f` fatal to the connection, `a` aborts the transaction, `s` the message holds no values.
const CODES: &[Code] = &[
    row(1020, RecordChanged, "as"), // MariaDB: snapshot isolation found a newer row
    row(1022, UniqueViolation, ""), // duplicate key while writing, without its name
    row(1040, TooManyConnections, "fs"), // all of the server's connections are taken
    row(1044, AccessDenied, "s"),   // to a database
    row(1045, AccessDenied, "fs"),  // wrong user or password
    row(1046, UnknownDatabase, "s"), // none selected
    row(1047, ServerNotReady, "fs"), // Galera: the node lost its quorum or is still joining
    row(1048, NotNullViolation, "s"), // column cannot be null
    row(1049, UnknownDatabase, "s"), // no such database
    row(1053, ServerShutdown, "fs"), // the server is going down
    row(1054, SchemaDrift, "s"),    // unknown column
    row(1062, UniqueViolation, ""), // duplicate entry: the message has the value
    row(1064, ServerOther, "s"),    // syntax: quotes the statement, which is constant text
    row(1129, Connect, "fs"),       // host is blocked
    row(1130, AccessDenied, "fs"),  // host is not allowed to connect
    row(1142, AccessDenied, "s"),   // to a table
    row(1143, AccessDenied, "s"),   // to a column
    row(1146, SchemaDrift, "s"),    // no such table
    row(1152, ConnectionLost, "f"), // aborted connection
    row(1153, PacketTooLarge, "fs"), // larger than the server's max_allowed_packet; it closes the connection
    row(1156, ConnectionLost, "f"), // packets out of order
    row(1157, ConnectionLost, "f"), // cannot uncompress
    row(1158, ConnectionLost, "f"), // error reading packets
    row(1159, ConnectionLost, "f"), // time-out reading packets
    row(1160, ConnectionLost, "f"), // error writing packets
    row(1161, ConnectionLost, "f"), // time-out writing packets
    row(1180, ServerOther, "a"),    // error during COMMIT: rolled back
    row(1203, TooManyConnections, "fs"), // max_user_connections
    row(1205, LockWaitTimeout, "s"), // only the statement is rolled back; also MariaDB's NOWAIT
    row(1206, ServerOther, "as"),   // the lock table is full: InnoDB rolls back
    row(1213, Deadlock, "as"),      // the whole transaction is rolled back
    row(1216, ForeignKeyChild, "s"), // without details, for lack of privilege
    row(1217, ForeignKeyParent, "s"), // without details, for lack of privilege
    row(1226, TooManyConnections, "s"), // a limit of the user: connections (at connect) or statements per hour
    row(1227, AccessDenied, "s"),       // a privilege is missing
    row(1261, Truncated, "s"),          // LOAD DATA: a row with too few fields
    row(1262, Truncated, "s"),          // LOAD DATA: a row with too many fields
    row(1263, NotNullViolation, "s"),   // LOAD DATA: NULL for a column that cannot be null
    row(1264, OutOfRange, "s"),         // a value for its column
    row(1265, Truncated, "s"),          // data truncated for its column
    row(1290, ReadOnlyServer, "s"),     // running with --read-only and the like
    row(1292, InvalidValue, ""),        // incorrect or truncated value, which the message quotes
    row(1305, SchemaDrift, "s"),        // no such routine
    row(1317, Interrupted, "s"),        // KILL QUERY
    row(1364, NotNullViolation, "s"),   // field without a default value
    row(1366, InvalidValue, ""),        // incorrect value for its column, which the message quotes
    row(1370, AccessDenied, "s"),       // to a routine
    row(1390, Usage, "s"),              // over 65,535 placeholders
    row(1406, TooLong, "s"),            // data too long for its column
    row(1451, ForeignKeyParent, "s"),   // the parent row is still referred to
    row(1452, ForeignKeyChild, "s"),    // the child row refers to nothing
    row(1557, ForeignKeyParent, ""),    // an upgrade of the parent would make a duplicate: has the value
    row(1586, UniqueViolation, ""),     // duplicate entry, with the key's name: has the value
    row(1613, ServerOther, "as"),       // XA: rolled back, took too long
    row(1614, Deadlock, "as"),          // XA: rolled back, deadlock
    row(1690, OutOfRange, ""),          // out of range in an expression, which the message quotes
    row(1698, AccessDenied, "fs"),      // authentication refused
    row(1761, ForeignKeyParent, ""),    // has the value
    row(1762, ForeignKeyParent, ""),    // has the value
    row(1792, ReadOnlyTransaction, "s"), // a write in a READ ONLY transaction
    row(1836, ReadOnlyServer, "s"),     // read only mode
    row(1859, UniqueViolation, ""),     // duplicate unknown entry
    row(1927, ConnectionLost, "fs"),    // MariaDB: the connection was killed
    row(1969, StatementTimeout, "s"),   // MariaDB: max_statement_time
    row(3024, StatementTimeout, "s"),   // MySQL: max_execution_time
    row(3101, Deadlock, "as"),          // MySQL: the group replication refused the commit
    row(3169, ConnectionLost, "fs"),    // MySQL: the session was killed
    row(3572, LockNotAvailable, "s"),   // MySQL's NOWAIT
    row(3819, CheckViolation, "s"),     // MySQL's CHECK
    row(4025, CheckViolation, "s"),     // MariaDB's CHECK
    row(4031, ConnectionLost, "fs"),    // MySQL: disconnected for inactivity
];

/// An option of the server forbids the statement: `--read-only` and its kin, but `--secure-file-priv` and others too.
const FORBIDDEN_BY_OPTION: u16 = 1290;

/// What is known about a code and its message, which is in English because sessions are pinned to that; an unknown one
/// harms neither connection nor transaction and is not shown.
pub(crate) fn lookup(code: u16, message: &str) -> Code {
    let unknown = Code { code, kind: ServerOther, fatal: false, aborts: false, showable: false };
    let known = CODES.binary_search_by_key(&code, |row| row.code).map_or(unknown, |index| CODES[index]);
    if code == FORBIDDEN_BY_OPTION && !message.contains("read-only") && !message.contains("read_only") {
        return Code { kind: ServerOther, ..known };
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn messages_with_values_are_not_shown() {
        for code in [1062, 1292, 1366, 1690, 1586, 9999] {
            assert!(!lookup(code, "").showable, "{code}");
        }
    }

    #[test]
    fn an_option_that_forbids_is_not_always_read_only() {
        let message =
            |option| format!("The MySQL server is running with the --{option} option so it cannot execute");
        assert_eq!(lookup(1290, &message("read-only")).kind, ReadOnlyServer);
        assert_eq!(lookup(1290, &message("super-read-only")).kind, ReadOnlyServer);
        assert_eq!(lookup(1290, &message("secure-file-priv")).kind, ServerOther);
    }
}
