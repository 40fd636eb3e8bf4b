//! Attackers: a server that speaks just enough of the protocol to do harm, and a relay on the way to a real server that
//! changes what passes. Neither stands for a server in any other test.
#![allow(dead_code, reason = "each test program uses its own part of this module")]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use porpoise::Options;

use super::Database;

/// Capability flags of a server of today, without TLS.
pub(crate) const CAPABILITIES: u32 = 0x0008_a20f | CONNECT_WITH_DB | LOCAL_FILES;
pub(crate) const TLS: u32 = 0x0800;
const CONNECT_WITH_DB: u32 = 0x08;
const LOCAL_FILES: u32 = 0x80;

/// The password that no attacker may learn.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// Whoever listens and does harm. Gone, threads and all, when dropped.
pub(crate) struct Attacker {
    port: u16,
    seen: Arc<Mutex<Vec<u8>>>,
    stop: Arc<AtomicBool>,
    listener: Option<JoinHandle<()>>,
}

impl Attacker {
    /// Does `harm` to each connection. What fails in it, fails because the client has gone.
    pub(crate) fn new(harm: impl Fn(&mut Peer) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        Self::listen(move |stream, seen| {
            let mut peer = Peer { stream, seen, sequence: 0 };
            let _ = harm(&mut peer);
        })
    }

    /// Stands before a real server. The first packet of each connection, the greeting, goes through `change`.
    pub(crate) fn between(
        database: &Database,
        change: impl Fn(Vec<u8>) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        let (host, port, ..) = database.login();
        Self::listen(move |mut client, seen| {
            let Ok(mut server) = TcpStream::connect(format!("{host}:{port}")) else { return };
            let Ok((header, greeting)) = packet(&mut server) else { return };
            let bytes = [&header[..], &greeting].concat();
            if client.write_all(&change(bytes)).is_err() {
                return;
            }
            let (Ok(mut from), Ok(mut to)) = (server.try_clone(), client.try_clone()) else { return };
            let replies = std::thread::spawn(move || {
                let _ = std::io::copy(&mut from, &mut to);
                let _ = to.shutdown(Shutdown::Both);
            });
            let mut buffer = [0; 4096];
            while let Ok(count) = client.read(&mut buffer)
                && count > 0
            {
                seen.lock().unwrap().extend_from_slice(&buffer[..count]);
                if server.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
            let _ = server.shutdown(Shutdown::Both);
            let _ = replies.join();
        })
    }

    /// Serves each connection in a thread of its own.
    pub(crate) fn listen(serve: impl Fn(TcpStream, Arc<Mutex<Vec<u8>>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (seen, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (shared, stopped, serve) = (Arc::clone(&seen), Arc::clone(&stop), Arc::new(serve));
        let listener = std::thread::spawn(move || {
            let mut open: Vec<(TcpStream, JoinHandle<()>)> = Vec::new();
            for client in listener.incoming().flatten() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let (serve, seen) = (Arc::clone(&serve), Arc::clone(&shared));
                let handle = client.try_clone().expect("a socket");
                open.push((handle, std::thread::spawn(move || serve(client, seen))));
            }
            for (client, thread) in open {
                let _ = client.shutdown(Shutdown::Both);
                let _ = thread.join();
            }
        });
        Self { port, seen, stop, listener: Some(listener) }
    }

    /// Options that lead to the attacker, with the password. Nobody is silent for longer than the time-outs.
    pub(crate) fn options(&self) -> Options {
        Options::new()
            .host("127.0.0.1")
            .port(self.port)
            .user("app")
            .password(PASSWORD)
            .connect_timeout(Duration::from_secs(5))
            .read_timeout(Some(Duration::from_secs(1)))
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Has the attacker got hold of this text?
    pub(crate) fn knows(&self, text: &str) -> bool {
        let seen = self.seen.lock().unwrap();
        seen.windows(text.len()).any(|window| window == text.as_bytes())
    }

    /// Was the attacker sent nothing but good-byes (COM_QUIT)?
    pub(crate) fn was_sent_nothing(&self) -> bool {
        self.seen.lock().unwrap().chunks(5).all(|packet| packet == b"\x01\0\0\0\x01")
    }
}

impl Drop for Attacker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

/// A client, from the attacker's side.
pub(crate) struct Peer {
    pub(crate) stream: TcpStream,
    seen: Arc<Mutex<Vec<u8>>>,
    /// Of the next packet to send.
    pub(crate) sequence: u8,
}

impl Peer {
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes)
    }

    pub(crate) fn send(&mut self, payload: &[u8]) -> std::io::Result<()> {
        let bytes = framed(self.sequence, payload);
        self.sequence = self.sequence.wrapping_add(1);
        self.raw(&bytes)
    }

    /// The next packet of the client.
    pub(crate) fn receive(&mut self) -> std::io::Result<Vec<u8>> {
        let (header, payload) = packet(&mut self.stream)?;
        self.sequence = header[3].wrapping_add(1);
        self.seen.lock().unwrap().extend_from_slice(&payload);
        Ok(payload)
    }

    /// Takes whatever comes until the client goes.
    pub(crate) fn listen(&mut self) -> std::io::Result<()> {
        let mut buffer = [0; 4096];
        loop {
            let count = self.stream.read(&mut buffer)?;
            if count == 0 {
                return Ok(());
            }
            self.seen.lock().unwrap().extend_from_slice(&buffer[..count]);
        }
    }

    pub(crate) fn greet(&mut self, capabilities: u32, plugin: &str) -> std::io::Result<()> {
        let greeting = greeting(capabilities, plugin);
        self.send(&greeting)
    }

    /// Behaves until the session is up. `max_packet` is what it says of itself.
    pub(crate) fn log_in(&mut self, max_packet: &str) -> std::io::Result<()> {
        self.greet(CAPABILITIES, "mysql_native_password")?;
        self.receive()?;
        self.send(OK)?;
        loop {
            let request = self.receive()?;
            let sql = String::from_utf8_lossy(&request[1..]).into_owned();
            if sql.contains("max_allowed_packet") {
                self.rows(&[&[max_packet]])?;
            } else if let Some(echo) = sql.strip_prefix("SELECT VERSION(), '") {
                self.rows(&[&["10.11.19-MariaDB", echo.trim_end_matches('\'')]])?;
            } else {
                // The pins, which come last.
                return self.send(OK);
            }
        }
    }

    /// Answers PREPARE of a statement without parameters, and takes its EXECUTE.
    pub(crate) fn prepare(&mut self, columns: u16) -> std::io::Result<()> {
        self.receive()?;
        let mut answer = vec![0, 1, 0, 0, 0];
        answer.extend_from_slice(&columns.to_le_bytes());
        answer.extend_from_slice(&[0, 0, 0, 0, 0]);
        self.send(&answer)?;
        self.columns(columns.into())?;
        self.receive().map(drop)
    }

    /// Definitions of columns of text, with the EOF behind them.
    pub(crate) fn columns(&mut self, count: usize) -> std::io::Result<()> {
        for _ in 0..count {
            self.send(COLUMN)?;
        }
        if count > 0 { self.send(EOF) } else { Ok(()) }
    }

    /// A result of the text protocol.
    pub(crate) fn rows(&mut self, rows: &[&[&str]]) -> std::io::Result<()> {
        let bytes = result(&mut self.sequence, rows);
        self.raw(&bytes)
    }

    /// Takes note of what the attacker has found out.
    pub(crate) fn note(&self, bytes: &[u8]) {
        self.seen.lock().unwrap().extend_from_slice(bytes);
    }
}

/// A result of the text protocol, all packets of it.
pub(crate) fn result(sequence: &mut u8, rows: &[&[&str]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut add = |payload: &[u8]| {
        bytes.extend(framed(*sequence, payload));
        *sequence = sequence.wrapping_add(1);
    };
    let columns = rows[0].len();
    add(&[columns as u8]);
    (0..columns).for_each(|_| add(COLUMN));
    add(EOF);
    for row in rows {
        let values: Vec<u8> =
            row.iter().flat_map(|value| [&[value.len() as u8], value.as_bytes()].concat()).collect();
        add(&values);
    }
    add(EOF);
    bytes
}

pub(crate) const OK: &[u8] = &[0, 0, 0, 2, 0, 0, 0];
pub(crate) const EOF: &[u8] = &[0xfe, 0, 0, 2, 0];

/// A column `c` of VARCHAR in utf8mb4.
const COLUMN: &[u8] = b"\x03def\x00\x00\x00\x01c\x00\x0c\x2d\x00\xff\xff\x00\x00\xfd\x00\x00\x00\x00\x00";

/// An error packet.
pub(crate) fn error(code: u16, message: &[u8]) -> Vec<u8> {
    [&[0xff][..], &code.to_le_bytes(), b"#HY000", message].concat()
}

/// A greeting that an honest server could send.
pub(crate) fn greeting(capabilities: u32, plugin: &str) -> Vec<u8> {
    let flags = capabilities.to_le_bytes();
    [
        b"\x0a5.5.5-10.11.19-MariaDB\0\x01\0\0\0abcdefgh\0",
        &flags[..2],
        b"\x2d\x02\0",
        &flags[2..],
        b"\x15\0\0\0\0\0\0\0\0\0\0abcdefghijkl\0",
        plugin.as_bytes(),
        b"\0",
    ]
    .concat()
}

/// A payload of less than 16 MiB with its header.
pub(crate) fn framed(sequence: u8, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_le_bytes();
    [&length[..3], &[sequence], payload].concat()
}

fn packet(stream: &mut TcpStream) -> std::io::Result<([u8; 4], Vec<u8>)> {
    let mut header = [0; 4];
    stream.read_exact(&mut header)?;
    let mut payload = vec![0; u32::from_le_bytes([header[0], header[1], header[2], 0]) as usize];
    stream.read_exact(&mut payload)?;
    Ok((header, payload))
}
