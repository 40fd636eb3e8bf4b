//! The kinds of errors, each with its description: one table. Knows no server's codes.

/// Declares the kinds with their descriptions side by side, so that none can be without.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $description:literal,)*) => {
        /// What kind of failure an [`Error`](crate::Error) is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])* $name,)*
        }

        impl ErrorKind {
            pub(crate) const fn describe(self) -> &'static str {
                match self {
                    $(Self::$name => $description,)*
                }
            }
        }
    };
}

kinds! {
    /// A unique or primary key has the value already.
    UniqueViolation = "a row with the same unique key exists",
    /// The row is still referred to by a foreign key (a delete or update of the parent).
    ForeignKeyParent = "the row is still referred to by another table",
    /// The row refers to one that does not exist (an insert or update of the child).
    ForeignKeyChild = "the row refers to one that does not exist",
    /// A CHECK constraint failed.
    CheckViolation = "a check constraint failed",
    /// NULL, or nothing, for a column that needs a value.
    NotNullViolation = "a column that needs a value has none",
    /// Text or bytes longer than the column.
    TooLong = "a value is too long for its column",
    /// A number or date out of the range of its column or expression.
    OutOfRange = "a value is out of range",
    /// A value would be truncated.
    Truncated = "a value would be truncated",
    /// The server cannot read a value as the type it needs.
    InvalidValue = "a value does not fit its type",
    /// The transaction lost a deadlock and was rolled back by the server. Run it again.
    Deadlock = "the transaction lost a deadlock and was rolled back",
    /// Waited too long for a lock; the statement was rolled back, the transaction is still open.
    LockWaitTimeout = "the lock was not available in time",
    /// `NOWAIT` found the row locked (MySQL; MariaDB reports [`LockWaitTimeout`](Self::LockWaitTimeout)).
    LockNotAvailable = "the lock is held by another transaction",
    /// A row changed since the transaction's snapshot (MariaDB). Run the transaction again.
    RecordChanged = "a row changed since the snapshot of the transaction",
    /// The server's statement time-out stopped the statement.
    StatementTimeout = "the statement took too long",
    /// The statement was stopped, as by `KILL QUERY`.
    Interrupted = "the statement was interrupted",
    /// No connection was available within the pool's time-out.
    PoolTimeout = "no connection was available in time",
    /// The pool is closed.
    PoolClosed = "the pool is closed",
    /// The server cannot be reached, or did not answer.
    Connect = "cannot connect to the server",
    /// The server, or the user's account, has no connection left.
    TooManyConnections = "the server has no connection left",
    /// Wrong user or password, or a missing privilege.
    AccessDenied = "access denied",
    /// No such database, or none selected.
    UnknownDatabase = "no such database",
    /// TLS is required and could not be had, or the server's certificate is refused.
    Tls = "TLS failed",
    /// The connection broke. What the statement did is not known; a transaction is rolled back.
    ConnectionLost = "the connection was lost",
    /// The driver or the server broke the protocol; the connection is discarded.
    Protocol = "the protocol was broken",
    /// The statement is larger than the server takes.
    PacketTooLarge = "the statement is larger than the server takes",
    /// The server is read only.
    ReadOnlyServer = "the server is read only",
    /// A write in a read-only transaction.
    ReadOnlyTransaction = "the transaction is read only",
    /// The node cannot serve at the moment (Galera without quorum).
    ServerNotReady = "the server is not ready",
    /// The server is shutting down.
    ServerShutdown = "the server is shutting down",
    /// A column of a row does not fit the Rust type.
    Decode = "a value of the result does not fit",
    /// A parameter cannot be sent.
    Encode = "a parameter cannot be sent",
    /// A query that must give one row gave none.
    NotFound = "no row was found",
    /// A query that may give one row gave more.
    TooManyRows = "more than one row was found",
    /// The row was changed, or deleted, since the caller read it: its version is another one. Read it again.
    StaleRow = "the row was changed by somebody else",
    /// The live schema is not the one the code was generated from.
    SchemaDrift = "the schema differs from the one that the code was generated from",
    /// The reply to COMMIT was lost: the transaction may have been committed or not. Never run it again unseen.
    CommitUnknown = "the reply to COMMIT was lost, so it may or may not have been committed",
    /// The transaction was rolled back by the server earlier; what it did is undone.
    TransactionAborted = "the transaction was already rolled back",
    /// A statement, such as CREATE TABLE, has committed the transaction it stood in.
    ImplicitCommit = "a statement committed the transaction on the way",
    /// An error of the application itself, made by [`Error::application`](crate::Error::application).
    Application = "the application refused",
    /// A wrong call, that no other data would make right.
    Usage = "wrong use",
    /// Options that cannot be read or do not fit together.
    Configuration = "wrong options",
    /// Any other error of the server; see [`server_code`](crate::Error::server_code).
    ServerOther = "the server refused the statement",
}
