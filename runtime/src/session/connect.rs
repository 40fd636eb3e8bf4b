//! Opening a session: addresses, handshake, family check, pins, all within one time-out.
//!
//! The driver cannot bound the handshake as a whole, so it runs in a thread of its own: who waits gives up in time, and
//! a connection that comes too late is closed by that thread.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mysql::prelude::Queryable;
use mysql::{Conn, OptsBuilder};

use super::{Effect, Session, State, TransactionState, pin};
use crate::error::driver::connect_failure;
use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;
use crate::schema::Family;
use crate::transaction::Afterwards;

impl Session {
    /// Connects in the calling thread, for as long as it takes.
    pub(crate) fn connect(options: &Options) -> Result<Self> {
        options.tls_provider();
        // The driver has panics of its own for replies that no server should send.
        catch_unwind(AssertUnwindSafe(|| connect(options))).unwrap_or_else(|_| {
            Err(Error::new(ErrorKind::Connect).detail("the driver panicked over the server's greeting"))
        })
    }
}

/// Connects, waiting no longer than the connect time-out of the options.
pub(crate) fn connect_within(options: &Options) -> Result<Session> {
    let limit = options.connect_limit();
    let (sender, receiver) = sync_channel(1);
    let job = options.clone();
    let spawned = std::thread::Builder::new().name("porpoise-connect".to_owned()).spawn(move || {
        // Nobody listens any more when this is too late; the session is then dropped here.
        let _ = sender.send(Session::connect(&job));
    });
    if let Err(error) = spawned {
        return Err(Error::new(ErrorKind::Connect).detail("no thread could be started").source(error));
    }
    match receiver.recv_timeout(limit) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(timed_out(limit)),
        Err(RecvTimeoutError::Disconnected) => {
            Err(Error::new(ErrorKind::Connect).detail("the connecting thread ended early"))
        }
    }
}

pub(crate) fn timed_out(limit: Duration) -> Error {
    Error::new(ErrorKind::Connect).detail(format!("no session within {limit:?}"))
}

fn connect(options: &Options) -> Result<Session> {
    let mut conn = open(options)?;
    let version: Option<String> = conn.query_first("SELECT VERSION()").map_err(connect_failure)?;
    let version = version.unwrap_or_default();
    let family = Family::of_version(&version);
    if let Some(schema) = options.schema_ref()
        && schema.family != family
    {
        return Err(Error::new(ErrorKind::SchemaDrift).detail(format!(
            "the code was generated for {}, and the server is {family} ({version})",
            schema.family
        )));
    }
    let pin = pin::statement(&options.pins(family))?;
    // SET gives no rows, so nothing of its answer is lost by dropping it.
    conn.query_drop(&pin).map_err(connect_failure)?;
    let mut session = Session {
        conn,
        state: State {
            family,
            version,
            pin,
            statement_timeout: options.statement_limit(),
            options: Arc::new(options.clone()),
            poisoned: false,
            busy: false,
            effect: Effect::None,
            transaction: TransactionState::default(),
            known: super::bulk::Known::default(),
            afterwards: Mutex::new(Afterwards::default()),
        },
    };
    session.set_up()?;
    Ok(session)
}

/// Tries the addresses of the host in turn. The driver itself stops at the first that refuses, which loses servers that
/// listen on one address of `localhost` only.
fn open(options: &Options) -> Result<Conn> {
    let base = options.driver_options()?;
    if options.uses_socket() {
        return Conn::new(base).map_err(connect_failure);
    }
    let (host, port) = options.address();
    let addresses = (host, port).to_socket_addrs().map_err(|error| {
        Error::new(ErrorKind::Connect).detail("the host's name cannot be resolved").source(error)
    })?;
    let mut last = Error::new(ErrorKind::Connect).detail("the host's name has no address");
    for address in addresses {
        match Conn::new(to_address(base.clone(), address, options.verifies_host())) {
            Ok(conn) => return Ok(conn),
            Err(error) => last = connect_failure(error),
        }
        // Who answered and refused is the server; the next address is not asked.
        if last.kind() != ErrorKind::Connect {
            break;
        }
    }
    Err(last)
}

/// To verify a certificate against the host's name the driver must be given that name; it is then bound to the family
/// of the address, and tries all of that family.
fn to_address(builder: OptsBuilder, address: SocketAddr, keep_name: bool) -> OptsBuilder {
    if !keep_name {
        return builder.ip_or_hostname(Some(address.ip().to_string()));
    }
    let any = match address {
        SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    builder.bind_address(Some(SocketAddr::new(any, 0)))
}
