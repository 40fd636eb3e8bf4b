//! A TCP proxy between client and server that breaks things on purpose.
#![allow(dead_code, reason = "each test program uses its own part of this module")]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::Database;

/// What the proxy does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// Each reply comes so much later.
    Delay(Duration),
    /// Replies come late by up to this, one more and one less.
    Jitter(Duration),
    /// Nothing passes any more, in either direction, and nothing is closed.
    BlackHole,
    /// The same for the connections made so far; later ones are well.
    BlackHoleUntil(usize),
    /// After so many bytes of replies the connection is closed, on both sides.
    CutReplyAfter(usize),
    /// A request with this text is not passed on; the connection is closed.
    DropRequest(&'static str),
    /// A request with this text is passed on, and the connection is closed instead of the reply to it.
    LoseReply(&'static str),
    /// New connections are accepted and never answered.
    SilentGreeting,
}

/// The proxy. It ends with the test program.
pub(crate) struct Proxy {
    port: u16,
    fault: Arc<Mutex<Fault>>,
    /// Bytes of replies since the fault was set.
    replied: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    /// Both ends of every connection: towards the client and towards the server.
    ends: Arc<Mutex<Vec<(TcpStream, TcpStream)>>>,
}

impl Proxy {
    pub(crate) fn before(database: &Database) -> Self {
        let (host, port, ..) = database.login();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let own = listener.local_addr().expect("an address").port();
        let fault = Arc::new(Mutex::new(Fault::None));
        let (replied, connections) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let shared = Shared { fault: Arc::clone(&fault), replied: Arc::clone(&replied) };
        let count = Arc::clone(&connections);
        let ends = Arc::new(Mutex::new(Vec::new()));
        let all_ends = Arc::clone(&ends);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let number = count.fetch_add(1, Ordering::SeqCst) + 1;
                if shared.fault() == Fault::SilentGreeting {
                    // Kept open, and kept silent.
                    std::mem::forget(client);
                    continue;
                }
                let server =
                    TcpStream::connect(format!("{host}:{port}")).expect("the server behind the proxy");
                all_ends
                    .lock()
                    .unwrap()
                    .push((client.try_clone().expect("a socket"), server.try_clone().expect("a socket")));
                let lost = Arc::new(Mutex::new(false));
                let pump = |from: &TcpStream, to: &TcpStream, requests: bool| {
                    let (from, to) = (from.try_clone().expect("a socket"), to.try_clone().expect("a socket"));
                    let (shared, lost) = (shared.clone(), Arc::clone(&lost));
                    std::thread::spawn(move || shared.pump(number, from, to, requests, &lost));
                };
                pump(&client, &server, true);
                pump(&server, &client, false);
            }
        });
        Self { port: own, fault, replied, connections, ends }
    }

    /// Options of the database, through the proxy.
    pub(crate) fn options(&self, database: &Database) -> porpoise::Options {
        database.options().host("127.0.0.1").port(self.port)
    }

    /// From now on this goes wrong.
    pub(crate) fn set(&self, fault: Fault) {
        self.replied.store(0, Ordering::SeqCst);
        *self.fault.lock().unwrap() = fault;
    }

    /// Ends all connections made so far with an RST.
    pub(crate) fn reset_all(&self) {
        for (client, server) in self.ends.lock().unwrap().drain(..) {
            for end in [client, server] {
                socket2::SockRef::from(&end)
                    .set_linger(Some(Duration::ZERO))
                    .expect("an option of the socket");
                // With that option, the last handle that goes sends the RST.
                let _ = end.shutdown(Shutdown::Read);
            }
        }
    }

    /// Closes the server's side of all connections made so far, and lets the client's side hang.
    pub(crate) fn half_open_all(&self) {
        let last = self.connections();
        self.set(Fault::BlackHoleUntil(last));
        for (_, server) in self.ends.lock().unwrap().iter() {
            let _ = server.shutdown(Shutdown::Both);
        }
    }

    /// Bytes of replies since [`Fault::CutReplyAfter`] was set.
    pub(crate) fn replied(&self) -> usize {
        self.replied.load(Ordering::SeqCst)
    }

    /// How many connections were made through it.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

#[derive(Clone)]
struct Shared {
    fault: Arc<Mutex<Fault>>,
    replied: Arc<AtomicUsize>,
}

impl Shared {
    fn fault(&self) -> Fault {
        *self.fault.lock().unwrap()
    }

    fn pump(
        &self,
        number: usize,
        mut from: TcpStream,
        mut to: TcpStream,
        requests: bool,
        lost: &Mutex<bool>,
    ) {
        let close = |from: &TcpStream, to: &TcpStream| {
            let swallowed = matches!(self.fault(), Fault::BlackHoleUntil(last) if number <= last);
            let resets = |end: &TcpStream| matches!(socket2::SockRef::from(end).linger(), Ok(Some(_)));
            if swallowed || resets(from) || resets(to) {
                // Nobody is told, or by an RST alone.
                return;
            }
            let _ = from.shutdown(Shutdown::Both);
            let _ = to.shutdown(Shutdown::Both);
        };
        let mut buffer = [0; 16 * 1024];
        let mut chunks = 0_u64;
        while let Ok(count) = from.read(&mut buffer)
            && count > 0
        {
            chunks += 1;
            let mut bytes = &buffer[..count];
            match (self.fault(), requests) {
                (Fault::None | Fault::SilentGreeting, _) => {}
                (Fault::Delay(delay), false) => std::thread::sleep(delay),
                (Fault::Jitter(longest), false) => {
                    // Spread without a random generator: the golden ratio leaves no pattern.
                    let part = (chunks.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64 / f64::from(1 << 24);
                    std::thread::sleep(longest.mul_f64(part));
                }
                (Fault::BlackHole, _) => continue,
                (Fault::BlackHoleUntil(last), _) if number <= last => continue,
                (Fault::CutReplyAfter(limit), false) => {
                    let before = self.replied.fetch_add(count, Ordering::SeqCst);
                    bytes = &bytes[..count.min(limit.saturating_sub(before))];
                    let _ = to.write_all(bytes);
                    if bytes.len() < count {
                        close(&from, &to);
                        return;
                    }
                    continue;
                }
                (Fault::DropRequest(text), true) if contains(bytes, text) => {
                    close(&from, &to);
                    return;
                }
                (Fault::LoseReply(text), true) if contains(bytes, text) => *lost.lock().unwrap() = true,
                (Fault::LoseReply(_), false) if *lost.lock().unwrap() => {
                    close(&from, &to);
                    return;
                }
                (
                    Fault::BlackHoleUntil(_)
                    | Fault::Delay(_)
                    | Fault::Jitter(_)
                    | Fault::CutReplyAfter(_)
                    | Fault::DropRequest(_)
                    | Fault::LoseReply(_),
                    _,
                ) => {}
            }
            if to.write_all(bytes).is_err() {
                break;
            }
        }
        close(&from, &to);
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
