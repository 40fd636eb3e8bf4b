//! Turns the driver's errors into ours. The only module that knows the driver's error types; it lets no text through
//! that may hold values or secrets.

use mysql_common::proto::codec::error::PacketCodecError;

use super::printable::printable;
use super::{Error, ErrorKind, ServerError, codes};

/// The longest message that is kept, in bytes. The servers' own have at most 512.
const LONGEST_MESSAGE: usize = 4096;

/// What stops a server that asks for a file of this machine. The driver takes it as the reason why reading failed.
#[derive(Debug)]
pub(crate) struct FileRefused;

impl std::fmt::Display for FileRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the server asked for a file of this machine (LOAD DATA LOCAL), and gets none")
    }
}

impl std::error::Error for FileRefused {}

/// What an error of the driver means for the connection it happened on.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Error,
    /// The connection must not be used again: a late reply could be read as the answer to the next statement.
    pub(crate) poisons: bool,
    /// The server has rolled the transaction back, or the connection that held it is gone.
    pub(crate) aborts: bool,
}

/// An error that came up while a statement ran.
pub(crate) fn failure(error: mysql::Error) -> Failure {
    match error {
        mysql::Error::MySqlError(mut server) => {
            if server.message.len() > LONGEST_MESSAGE {
                server.message.truncate(server.message.floor_char_boundary(LONGEST_MESSAGE));
            }
            let known = codes::lookup(server.code, &server.message);
            let error = Error::new(known.kind).server(ServerError {
                code: server.code,
                sqlstate: server.state,
                message: server.message,
                showable: known.showable,
            });
            Failure { error, poisons: known.fatal, aborts: known.aborts || known.fatal }
        }
        mysql::Error::IoError(source) | mysql::Error::CodecError(PacketCodecError::Io(source)) => {
            lost(source)
        }
        mysql::Error::CodecError(PacketCodecError::PacketTooLarge) => {
            poisoned(Error::new(ErrorKind::PacketTooLarge))
        }
        // MySQL says that it ends an idle connection by a packet of its own, which the next statement meets instead of
        // its reply.
        mysql::Error::CodecError(source @ PacketCodecError::PacketsOutOfSync) => poisoned(
            Error::new(ErrorKind::ConnectionLost)
                .detail(
                    "something else came instead of the reply, as when the server ends an idle connection",
                )
                .source(source),
        ),
        mysql::Error::CodecError(source) => poisoned(
            Error::new(ErrorKind::Protocol).detail("the server's reply could not be read").source(source),
        ),
        mysql::Error::DriverError(mysql::DriverError::MismatchedStmtParams(expected, given)) => Failure {
            error: Error::new(ErrorKind::Usage)
                .detail(format!("the statement takes {expected} parameters and {given} were given")),
            poisons: false,
            aborts: false,
        },
        mysql::Error::DriverError(mysql::DriverError::MixedParams) => Failure {
            error: Error::new(ErrorKind::Usage)
                .detail("the driver took a part of the statement for a named parameter (`:name`)"),
            poisons: false,
            aborts: false,
        },
        mysql::Error::DriverError(source) => {
            poisoned(Error::new(ErrorKind::Protocol).detail(printable(&source.to_string())))
        }
        // Both carry rows or values, which must not be shown.
        mysql::Error::FromValueError(_) | mysql::Error::FromRowError(_) => {
            poisoned(Error::new(ErrorKind::Protocol).detail("the driver could not convert a value"))
        }
        mysql::Error::UrlError(_) => {
            poisoned(Error::new(ErrorKind::Configuration).detail("the driver refused the options"))
        }
        #[cfg(feature = "rustls")]
        mysql::Error::TlsError(source) => poisoned(Error::new(ErrorKind::Tls).source(source)),
    }
}

/// An error that came up while connecting: what is not told more exactly by the server is a connect error.
pub(crate) fn connect_failure(error: mysql::Error) -> Error {
    if let mysql::Error::DriverError(source) = &error {
        return match source {
            mysql::DriverError::TlsNotSupported => {
                Error::new(ErrorKind::Tls).detail("TLS is required and the server does not offer it")
            }
            mysql::DriverError::ConnectTimeout => {
                Error::new(ErrorKind::Connect).detail("the server did not answer within the connect time-out")
            }
            other => Error::new(ErrorKind::Connect).detail(printable(&other.to_string())),
        };
    }
    let mut error = failure(error).error;
    match error.kind() {
        ErrorKind::ConnectionLost | ErrorKind::Protocol => error.set_kind(tls_or_connect(&error)),
        // rustls reports a refused certificate through the first read, as an I/O error.
        _ => {}
    }
    error
}

/// An I/O error of the handshake may carry the reason of the TLS library inside.
fn tls_or_connect(error: &Error) -> ErrorKind {
    #[cfg(feature = "rustls")]
    {
        let mut source = std::error::Error::source(error);
        while let Some(current) = source {
            let inner = current.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
            if inner.is_some_and(|inner| inner.is::<rustls::Error>()) || current.is::<rustls::Error>() {
                return ErrorKind::Tls;
            }
            source = current.source();
        }
    }
    let _ = error;
    ErrorKind::Connect
}

fn lost(source: std::io::Error) -> Failure {
    if source.get_ref().is_some_and(|inner| inner.is::<FileRefused>()) {
        return poisoned(Error::new(ErrorKind::Protocol).detail(FileRefused.to_string()));
    }
    let timed_out = matches!(source.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut);
    let detail = if timed_out {
        "the server did not answer within the time-out of the connection"
    } else {
        "the server or the network closed it"
    };
    poisoned(Error::new(ErrorKind::ConnectionLost).detail(detail).source(source))
}

fn poisoned(error: Error) -> Failure {
    Failure { error, poisons: true, aborts: true }
}
