//! Opening a session: addresses, handshake, family check, pins, all within one time-out.
//!
//! The driver cannot bound the handshake as a whole, so it runs in a thread of its own: who waits gives up in time, and
//! a connection that comes too late is closed by that thread.

use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mysql::prelude::Queryable;
use mysql::{Conn, OptsBuilder};

use super::{Effect, Session, State, TransactionState, pin};
use crate::error::driver::connect_failure;
use crate::error::printable::printable;
use crate::error::{Error, ErrorKind, Result};
use crate::observe::Watched;
use crate::options::{Host, Options};
use crate::schema::Family;
use crate::transaction::Afterwards;

impl Session {
    /// Connects in the calling thread, for as long as it takes; for no longer than the connect time-out to each of
    /// several hosts in turn.
    pub(crate) fn connect(options: &Options) -> Result<Self> {
        options.tls_provider();
        if options.uses_socket() || !options.hosts_ref().are_several() {
            // The driver has panics of its own for replies that no server should send.
            return catch_unwind(AssertUnwindSafe(|| connect(options))).unwrap_or_else(|_| {
                Err(Error::new(ErrorKind::Connect).detail("the driver panicked over the server's greeting"))
            });
        }
        first_writable(options)
    }
}

/// Connects to the first of the hosts that can be reached and takes writes; if none does, to the first that can be
/// reached, so that reading goes on.
fn first_writable(options: &Options) -> Result<Session> {
    let hosts = options.hosts_ref().in_order();
    let share = options.connect_limit() / u32::try_from(hosts.len()).unwrap_or(u32::MAX);
    let mut read_only = None;
    let mut failures = Vec::new();
    let mut kind = ErrorKind::Connect;
    for host in hosts {
        match within(&options.only(&host), share) {
            Ok(mut session) => match session.takes_writes() {
                Ok(true) => return Ok(session),
                Ok(false) => {
                    host.rest();
                    read_only.get_or_insert(session);
                }
                Err(error) => failures.push(format!("{host}: {error}")),
            },
            Err(error) if passes_on(error.kind()) => {
                host.rest();
                kind = error.kind();
                failures.push(format!("{host}: {error}"));
            }
            // What is wrong with the options is wrong, and another server would only hide it.
            Err(error) => return Err(error),
        }
    }
    read_only.ok_or_else(|| {
        Error::new(kind).detail(format!("none of the hosts can be used: {}", failures.join("; ")))
    })
}

/// Is it the host that cannot be used, so that the next one is to be tried?
fn passes_on(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Connect
            | ErrorKind::ConnectionLost
            | ErrorKind::Protocol
            | ErrorKind::ServerNotReady
            | ErrorKind::ServerShutdown
    )
}

/// Connects, waiting no longer than the connect time-out of the options.
pub(crate) fn connect_within(options: &Options) -> Result<Session> {
    within(options, options.connect_limit())
}

fn within(options: &Options, limit: Duration) -> Result<Session> {
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
    let host = Arc::clone(options.hosts_ref().first());
    // Asked before anything else: a demotion on the way makes this session outdated.
    let demotions = host.demotions();
    let mut conn = open(options, &host)?;
    let version = first_answer(&mut conn, options)?;
    let family = Family::of_version(&version);
    if let Some(schema) = options.schema_ref()
        && schema.family != family
    {
        return Err(Error::new(ErrorKind::SchemaDrift).detail(format!(
            "the code was generated for {}, and the server is {family} ({})",
            schema.family,
            printable(&version)
        )));
    }
    let pin = pin::statement(&options.pins(family))?;
    // SET gives no rows, so nothing of its answer is lost by dropping it.
    conn.query_drop(&pin).map_err(connect_failure)?;
    let watched = Watched::new(options.server_name().into(), conn.connection_id());
    let mut session = Session {
        conn,
        state: Box::new(State {
            family,
            version,
            pin,
            statement_timeout: options.statement_limit(),
            options: Arc::new(options.clone()),
            host,
            demotions,
            poisoned: false,
            busy: false,
            kill_hangs: false,
            effect: Effect::None,
            transaction: TransactionState::default(),
            known: super::bulk::Known::default(),
            watched,
            afterwards: Mutex::new(Afterwards::default()),
        }),
    };
    session.set_up()?;
    Ok(session)
}

/// Asks for the version, and for an echo of what nobody could know before: the driver keeps what came before encryption
/// began and reads it as if it had come after, so that who sits on the way could answer ahead. What comes after the echo
/// is what was asked for.
fn first_answer(conn: &mut Conn, options: &Options) -> Result<String> {
    let secret = || RandomState::new().hash_one(0);
    let echo = format!("{:016x}{:016x}", secret(), secret());
    let answer: Option<mysql::Row> =
        conn.query_first(format!("SELECT VERSION(), '{echo}'")).map_err(connect_failure)?;
    let mut answer = answer.filter(|row| row.len() == 2);
    let mut text = |column| answer.as_mut().and_then(|row| row.take_opt::<String, _>(column)?.ok());
    match (text(0), text(1)) {
        (Some(version), Some(answered)) if answered == echo => Ok(version),
        _ => {
            let kind = if options.uses_tls() { ErrorKind::Tls } else { ErrorKind::Protocol };
            Err(Error::new(kind).detail("the server answered something else than it was asked"))
        }
    }
}

/// Tries the addresses of the host in turn. The driver itself stops at the first that refuses, which loses servers that
/// listen on one address of `localhost` only.
fn open(options: &Options, host: &Host) -> Result<Conn> {
    let base = options.driver_options()?;
    if options.uses_socket() {
        return Conn::new(base).map_err(connect_failure);
    }
    let mut last = Error::new(ErrorKind::Connect).detail("the host's name has no address");
    for address in host.resolve()? {
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
