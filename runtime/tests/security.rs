//! What a hostile server, or who sits on the way to a good one, cannot do: read files, learn the password, end threads,
//! fill the memory, write to the terminal, keep anybody waiting for ever.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use porpoise::__codegen::{Query, fetch_many, stream};
use porpoise::{Connection, Error, ErrorKind, Family, Options};

use support::Database;
use support::hostile::{Attacker, CAPABILITIES, EOF, OK, PASSWORD, Peer, error, framed};

/// Runs a statement of generated code on a session that is up.
fn rows(connection: &mut Connection) -> Result<Vec<String>, Error> {
    fetch_many(connection, Query::new("test::rows", "SELECT c FROM t", &[]))
}

/// That a session ends with this kind of error, in both protocols, and that nothing is sent on it any more. `harm` is the
/// answer to a statement.
#[track_caller]
fn refused(kind: ErrorKind, harm: fn(&mut Peer) -> std::io::Result<()>) -> [Error; 2] {
    let text = Attacker::new(move |peer| {
        peer.log_in("16777216")?;
        peer.receive()?;
        harm(peer)?;
        peer.listen()
    });
    let mut connection = Connection::open(&text.options()).unwrap();
    let raw = connection.execute_raw_sql("SELECT 1").unwrap_err();
    assert_eq!(raw.kind(), kind, "{raw:?}");
    dead(&mut connection);

    let binary = Attacker::new(move |peer| {
        peer.log_in("16777216")?;
        peer.prepare(1)?;
        harm(peer)?;
        peer.listen()
    });
    let mut connection = Connection::open(&binary.options()).unwrap();
    let prepared = rows(&mut connection).unwrap_err();
    assert_eq!(prepared.kind(), kind, "{prepared:?}");
    dead(&mut connection);
    [raw, prepared]
}

#[track_caller]
fn dead(connection: &mut Connection) {
    let error = connection.execute_raw_sql("SELECT 1").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error:?}");
}

/// That no session comes about, and the password does not get out.
#[track_caller]
fn no_session(attacker: &Attacker, kind: ErrorKind) -> Error {
    let error = Connection::open(&attacker.options()).unwrap_err();
    assert_eq!(error.kind(), kind, "{error:?}");
    assert!(!attacker.knows(PASSWORD));
    error
}

#[test]
fn a_server_that_asks_for_a_file_gets_none() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "the content of a file").unwrap();
    let path = file.path().to_str().unwrap().to_owned();
    for prepared in [false, true] {
        let path = path.clone();
        let attacker = Attacker::new(move |peer| {
            peer.log_in("16777216")?;
            if prepared {
                peer.prepare(0)?;
            } else {
                peer.receive()?;
            }
            peer.send(&[b"\xfb", path.as_bytes()].concat())?;
            peer.receive()?;
            peer.send(OK)?;
            peer.listen()
        });
        let mut connection = Connection::open(&attacker.options()).unwrap();
        let error = if prepared {
            rows(&mut connection).map(drop).unwrap_err()
        } else {
            connection.execute_raw_sql("DO 0").map(drop).unwrap_err()
        };
        assert_eq!(error.kind(), ErrorKind::Protocol, "{error:?}");
        assert!(error.to_string().contains("the server asked for a file of this machine"), "{error}");
        dead(&mut connection);
        assert!(!attacker.knows("the content"));
    }
}

on_both_servers! {
    fn a_file_is_not_loaded_without_being_asked_for_by_the_runtime(database: &Database) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "the content of a file\n").unwrap();
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE t (a TEXT)").unwrap();
        let load = format!("LOAD DATA LOCAL INFILE '{}' INTO TABLE t", file.path().display());
        let error = connection.execute_raw_sql(&load).unwrap_err();
        // Servers that do not allow it say so themselves.
        let kinds = [ErrorKind::Protocol, ErrorKind::ServerOther];
        assert!(kinds.contains(&error.kind()), "{error:?}");
        let mut other = database.connect();
        assert_eq!(support::row::<i64>(&mut other, "SELECT COUNT(*) FROM t", &[]), 0);
    }

    fn a_pinned_key_is_the_only_one_that_gets_the_password(database: &Database) {
        if database.family == Family::MariaDb {
            return;
        }
        let mut admin = database.connect();
        let (_, key): (String, String) =
            support::row(&mut admin, "SHOW STATUS LIKE 'Caching_sha2_password_rsa_public_key'", &[]);
        let right = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(right.path(), key).unwrap();
        let wrong = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/another_key.pem");
        // The server asks for the password itself once for each account: afterwards it knows its hash.
        let account = Account::new(&mut admin, &database.name);
        let options = account.options(database);
        let error = Connection::open(&options.clone().server_key(&wrong)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AccessDenied, "{error:?}");
        let missing = Connection::open(&options.clone().server_key("/nowhere/key.pem")).unwrap_err();
        assert_eq!(missing.kind(), ErrorKind::Connect, "{missing:?}");
        Connection::open(&options.server_key(right.path())).expect("a session");
        account.drop(&mut admin);
    }
}

#[test]
fn a_password_is_never_sent_in_clear() {
    // In the greeting, by switching to it, and in the old form of the switch.
    for greeted in ["mysql_clear_password", "mysql_native_password", "caching_sha2_password"] {
        for switched in [&b"\xfemysql_clear_password\0"[..], b"\xfe", b"\xfemysql_old_password\0abcdefgh\0"] {
            let attacker = Attacker::new(move |peer| {
                peer.greet(CAPABILITIES, greeted)?;
                peer.receive()?;
                peer.send(switched)?;
                peer.listen()
            });
            no_session(&attacker, ErrorKind::Connect);
        }
    }
}

#[test]
fn greetings_of_random_bytes_end_in_an_error() {
    let attacker = Attacker::new({
        let number = std::sync::atomic::AtomicU64::new(1);
        move |peer| {
            let seed = number.fetch_add(1, Ordering::SeqCst);
            let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            let mut random = || {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state
            };
            let length = (random() % 300) as usize;
            let mut bytes: Vec<u8> = (0..length).map(|_| random() as u8).collect();
            match seed % 4 {
                0 => peer.raw(&bytes)?,
                1 => peer.send(&bytes)?,
                2 => {
                    // A good greeting with some bytes changed.
                    bytes = support::hostile::greeting(CAPABILITIES, "caching_sha2_password");
                    for _ in 0..3 {
                        let at = (random() % bytes.len() as u64) as usize;
                        bytes[at] = random() as u8;
                    }
                    peer.send(&bytes)?;
                }
                _ => {
                    peer.greet(CAPABILITIES, "caching_sha2_password")?;
                    peer.receive()?;
                    bytes[..length.min(2)].copy_from_slice(&[1, 4][..length.min(2)]);
                    peer.send(&bytes)?;
                }
            }
            peer.stream.shutdown(std::net::Shutdown::Write)?;
            peer.listen()
        }
    });
    for _ in 0..200 {
        let error = Connection::open(&attacker.options()).unwrap_err();
        let text = error.to_string();
        assert!(text.len() < 5000 && !text.chars().any(char::is_control), "{error:?}");
    }
    assert!(!attacker.knows(PASSWORD));
}

#[test]
fn log_ins_that_make_the_driver_panic_end_in_an_error() {
    // Nothing at all, a key that is none, a scramble without bytes, and a request of nothing.
    const ANSWERS: &[&[&[u8]]] = &[
        &[b""],
        &[b"\x01"],
        &[b"\x01\x03", b""],
        &[b"\x01\x04", b"\x01no key"],
        &[
            b"\xfecaching_sha2_password\0",
            b"\x01\x04",
            b"\x01-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n",
        ],
        &[b"\xfeclient_ed25519\0"],
        &[b"\xfeparsec\0", b"P\xff"],
    ];
    for plugin in ["mysql_native_password", "caching_sha2_password"] {
        for &answers in ANSWERS {
            let attacker = Attacker::new(move |peer| {
                peer.greet(CAPABILITIES, plugin)?;
                for answer in answers {
                    peer.receive()?;
                    peer.send(answer)?;
                }
                peer.listen()
            });
            no_session(&attacker, ErrorKind::Connect);
        }
    }
}

#[test]
fn a_server_that_claims_a_packet_and_falls_silent_is_given_up() {
    let header = |peer: &mut Peer| {
        let header = [0xff, 0xff, 0xfe, peer.sequence];
        peer.raw(&header)
    };
    refused(ErrorKind::ConnectionLost, header);
    let attacker = Attacker::new(move |peer| {
        header(peer)?;
        peer.listen()
    });
    // Log-in takes packets of at most 4 MiB.
    no_session(&attacker, ErrorKind::PacketTooLarge);
    let attacker = Attacker::new(|peer| {
        peer.raw(&[10, 0, 0, 0, 10])?;
        peer.listen()
    });
    no_session(&attacker, ErrorKind::Connect);
}

#[test]
fn answers_that_break_the_protocol_end_the_connection() {
    // An empty packet, a count of columns that nobody has memory for, columns that are none, an answer out of turn.
    refused(ErrorKind::Protocol, |peer| peer.send(b""));
    refused(ErrorKind::Protocol, |peer| peer.send(b"\xfe\0\0\0\0\0\0\0\x10"));
    refused(ErrorKind::ConnectionLost, |peer| {
        peer.send(b"\x01")?;
        peer.send(b"\x03de")
    });
    refused(ErrorKind::ConnectionLost, |peer| {
        peer.sequence = peer.sequence.wrapping_add(7);
        peer.send(OK)
    });
}

#[test]
fn a_value_longer_than_its_row_is_no_value() {
    let attacker = Attacker::new(|peer| {
        peer.log_in("16777216")?;
        peer.prepare(1)?;
        peer.send(b"\x01")?;
        peer.columns(1)?;
        peer.send(b"\0\0\xfe\0\0\0\0\0\0\0\x10abc")?;
        peer.listen()
    });
    let mut connection = Connection::open(&attacker.options()).unwrap();
    let error = rows(&mut connection).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error:?}");
    dead(&mut connection);

    let attacker = Attacker::new(|peer| {
        peer.log_in("16777216")?;
        peer.receive()?;
        peer.send(b"\x01")?;
        peer.columns(1)?;
        peer.send(b"\xfe\0\0\0\0\0\0\0\x10abc")?;
        peer.listen()
    });
    let mut connection = Connection::open(&attacker.options()).unwrap();
    let error = connection.execute_raw_sql("SELECT c FROM t").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error:?}");
    dead(&mut connection);
}

#[test]
fn a_message_is_shown_in_one_line_of_bounded_length() {
    const MESSAGE: &[u8] = b"Table '\x1b]0;owned\x07\x1b[2J\r\nroot# \xe2\x80\xae' doesn't exist";
    let long = || error(1146, &MESSAGE.repeat(20_000));
    let text = Attacker::new(move |peer| {
        peer.log_in("16777216")?;
        peer.receive()?;
        peer.send(&long())?;
        peer.listen()
    });
    let mut connection = Connection::open(&text.options()).unwrap();
    let error = connection.execute_raw_sql("SELECT 1").unwrap_err();
    bounded(&error);

    let attacker = Attacker::new(|peer| {
        peer.send(&support::hostile::error(1040, &MESSAGE.repeat(20_000)))?;
        peer.listen()
    });
    bounded(&no_session(&attacker, ErrorKind::TooManyConnections));
    let attacker = Attacker::new(|peer| {
        peer.greet(CAPABILITIES, "mysql_native_password")?;
        peer.receive()?;
        peer.send(&[b"\xfe", &MESSAGE.repeat(2000)[..], b"\0"].concat())?;
        peer.listen()
    });
    bounded(&no_session(&attacker, ErrorKind::Connect));
}

#[track_caller]
fn bounded(error: &Error) {
    for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(text.len() < 6000, "{} bytes", text.len());
        assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text}");
    }
    assert!(error.server_message().is_none_or(|message| message.len() <= 4096));
}

/// All in one test, so that the others do not count.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_bounded() {
    const LIMIT: usize = 4 << 20;
    // A packet without end, in the middle of a session and in its beginning.
    let endless = |peer: &mut Peer| -> std::io::Result<()> {
        let chunk = vec![b'x'; 0xff_ffff];
        loop {
            peer.send(&chunk)?;
        }
    };
    let attacker = Attacker::new(move |peer| {
        peer.log_in("9223372036854775807")?;
        peer.receive()?;
        endless(peer)
    });
    let greeter = Attacker::new(move |peer| endless(peer));
    let before = peak();
    let mut connection = Connection::open(&attacker.options().max_packet(Some(LIMIT))).unwrap();
    let error = connection.execute_raw_sql("SELECT 1").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PacketTooLarge, "{error:?}");
    dead(&mut connection);
    no_session(&greeter, ErrorKind::PacketTooLarge);
    // The attackers keep 16 MiB each themselves, and their packet once more.
    assert_grown(before, 96);

    // 512 MiB of rows, one by one.
    const ROWS: usize = 512;
    let attacker = Attacker::new(|peer| {
        peer.log_in("16777216")?;
        peer.prepare(1)?;
        peer.send(b"\x01")?;
        peer.columns(1)?;
        let row = [&b"\0\0\xfd\0\0\x10"[..], &vec![b'x'; 1 << 20]].concat();
        for _ in 0..ROWS {
            peer.send(&row)?;
        }
        peer.send(EOF)?;
        peer.listen()
    });
    let mut connection = Connection::open(&attacker.options()).unwrap();
    let before = peak();
    let rows = stream::<String>(&mut connection, Query::new("test::stream", "SELECT c FROM t", &[])).unwrap();
    assert_eq!(rows.map(|row| row.unwrap().len()).sum::<usize>(), ROWS << 20);
    assert_grown(before, 64);
}

/// Starts measuring anew, and gives the memory of the process in KiB.
#[cfg(target_os = "linux")]
fn peak() -> usize {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    high_water()
}

#[cfg(target_os = "linux")]
fn high_water() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let (_, rest) = status.split_once("VmHWM:").unwrap();
    rest.split_ascii_whitespace().next().unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[track_caller]
fn assert_grown(before: usize, mebibytes: usize) {
    let grown = high_water().saturating_sub(before) / 1024;
    eprintln!("the memory grew by {grown} MiB");
    assert!(grown < mebibytes, "the memory grew by {grown} MiB");
}

#[test]
fn an_answer_given_ahead_is_found() {
    // Everything that the beginning of a session asks, answered before it is asked.
    let attacker = Attacker::new(|peer| {
        peer.greet(CAPABILITIES, "mysql_native_password")?;
        peer.sequence = 2;
        peer.send(OK)?;
        peer.sequence = 1;
        peer.rows(&[&["16777216"]])?;
        peer.sequence = 1;
        peer.rows(&[&["10.11.19-MariaDB", "00112233445566778899aabbccddeeff"]])?;
        peer.sequence = 1;
        peer.send(OK)?;
        peer.listen()
    });
    let error = Connection::open(&attacker.options()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error:?}");
}

#[test]
fn a_server_that_sends_byte_after_byte_is_given_up() {
    let attacker = Attacker::new(|peer| {
        for byte in framed(0, &support::hostile::greeting(CAPABILITIES, "mysql_native_password")) {
            peer.raw(&[byte])?;
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    });
    let pool = porpoise::Pool::new(attacker.options().acquire_timeout(Duration::from_millis(500))).unwrap();
    let error = pool.get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PoolTimeout, "{error:?}");
}

/// Whoever poses as the server and has a key of its own learns nothing of use, and is not even asked for it.
#[test]
fn a_server_with_another_key_is_not_asked_for_it_where_one_is_pinned() {
    let attacker = Attacker::new(|peer| {
        peer.greet(CAPABILITIES, "caching_sha2_password")?;
        peer.receive()?;
        peer.send(&[1, 4])?;
        let answer = peer.receive()?;
        // 2048 bits, and no question.
        peer.note(format!("answered with {} bytes", answer.len()).as_bytes());
        peer.listen()
    });
    let key = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/another_key.pem");
    Connection::open(&attacker.options().server_key(key)).unwrap_err();
    assert!(attacker.knows("answered with 256 bytes") && !attacker.knows(PASSWORD));
    Connection::open(&attacker.options()).unwrap_err();
    assert!(attacker.knows("answered with 1 bytes"));
}

/// An account that nobody has logged in with before.
struct Account(String);

impl Account {
    fn new(admin: &mut Connection, database: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("p_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        admin
            .execute_raw_sql(&format!(
                "CREATE USER {name} IDENTIFIED BY '{PASSWORD}'; GRANT SELECT ON {database}.* TO {name}"
            ))
            .expect("an account");
        Self(name)
    }

    fn options(&self, database: &Database) -> Options {
        database.options().user(&self.0).password(PASSWORD)
    }

    fn drop(self, admin: &mut Connection) {
        admin.execute_raw_sql(&format!("DROP USER {}", self.0)).expect("the account is dropped");
    }
}
