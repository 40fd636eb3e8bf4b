//! TLS against attackers: wrong certificates, TLS talked away, answers put in before it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![cfg(feature = "rustls")]

#[path = "support/tls.rs"]
mod far_end;
mod support;

use porpoise::{Connection, ErrorKind, Family, Options, TlsMode};

use far_end::{Authority, relay, thief};
use support::Database;
use support::hostile::{Attacker, CAPABILITIES, OK, PASSWORD, TLS, framed, result};

fn cipher(connection: &mut Connection) -> String {
    let (_, cipher): (String, String) =
        support::row(connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'", &[]);
    cipher
}

#[test]
fn a_certificate_of_an_unknown_authority_gets_no_password() {
    let (known, unknown) = (Authority::new(), Authority::new());
    for mode in [TlsMode::VerifyCa, TlsMode::VerifyIdentity] {
        for trusted in [None, Some(known.file())] {
            let thief = thief(unknown.server("127.0.0.1"));
            let mut options = thief.options().tls(mode);
            if let Some(file) = trusted {
                options = options.tls_ca(file);
            }
            let error = Connection::open(&options).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
            assert!(!thief.knows(PASSWORD) && !thief.knows("app"));
        }
    }
}

#[test]
fn a_certificate_for_another_host_gets_no_password_where_the_host_is_verified() {
    let authority = Authority::new();
    for (host, name) in
        [("127.0.0.1", "127.0.0.2"), ("localhost", "db.example.org"), ("127.0.0.1", "localhost")]
    {
        let thief = thief(authority.server(name));
        let options = thief.options().host(host).tls(TlsMode::VerifyIdentity).tls_ca(authority.file());
        let error = Connection::open(&options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
        assert!(!thief.knows(PASSWORD) && !thief.knows("app"));
    }
}

/// What the documentation says of these modes: they are no protection from who can pose as the server.
#[test]
fn without_verification_whoever_answers_gets_the_password() {
    let (authority, unknown) = (Authority::new(), Authority::new());
    for (mode, config) in [
        (TlsMode::Required, unknown.server("db.example.org")),
        (TlsMode::VerifyCa, authority.server("db.example.org")),
    ] {
        let thief = thief(config);
        Connection::open(&thief.options().tls(mode).tls_ca(authority.file())).unwrap_err();
        assert!(thief.knows(PASSWORD));
    }
}

#[test]
fn a_server_without_tls_gets_nothing_where_tls_is_asked_for() {
    for mode in [TlsMode::Required, TlsMode::VerifyCa, TlsMode::VerifyIdentity] {
        let attacker = Attacker::new(|peer| {
            peer.greet(CAPABILITIES, "mysql_native_password")?;
            peer.listen()
        });
        let error = Connection::open(&attacker.options().tls(mode)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
        assert!(attacker.was_sent_nothing());
    }
}

/// Where the flag for TLS is in a greeting: behind the version, the number of the thread and half the scramble.
fn strip(mut greeting: Vec<u8>) -> Vec<u8> {
    let version = greeting[5..].iter().position(|&byte| byte == 0).unwrap();
    greeting[5 + version + 1 + 4 + 8 + 1 + 1] &= !((TLS >> 8) as u8);
    greeting
}

/// The whole beginning of a session, right behind the greeting: read as if it had come within TLS.
fn answer_ahead(greeting: Vec<u8>) -> Vec<u8> {
    let mut bytes = greeting;
    bytes.extend(framed(3, OK));
    bytes.extend(result(&mut 1, &[&["16777216"]]));
    bytes.extend(result(&mut 1, &[&["9.7.4", "00112233445566778899aabbccddeeff"]]));
    bytes.extend(framed(1, OK));
    bytes
}

fn through(database: &Database, attacker: &Attacker) -> Options {
    database.options().host("127.0.0.1").port(attacker.port())
}

on_both_servers! {
    fn stripping_tls_is_found_before_anything_is_sent(database: &Database) {
        let attacker = Attacker::between(database, strip);
        Connection::open(&through(database, &attacker)).expect("a session, where no TLS is asked for");
        let attacker = Attacker::between(database, strip);
        for mode in [TlsMode::Required, TlsMode::VerifyCa, TlsMode::VerifyIdentity] {
            let error = Connection::open(&through(database, &attacker).tls(mode)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
        }
        assert!(attacker.was_sent_nothing());
    }

    fn answers_put_before_tls_are_found(database: &Database) {
        if database.family == Family::MariaDb {
            return;
        }
        let honest = Attacker::between(database, |greeting| greeting);
        Connection::open(&through(database, &honest).tls(TlsMode::Required)).expect("a session");
        let attacker = Attacker::between(database, answer_ahead);
        let error = Connection::open(&through(database, &attacker).tls(TlsMode::Required)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
    }

    fn the_right_certificate_for_the_right_host_passes(database: &Database) {
        if database.family == Family::MariaDb {
            return;
        }
        let authority = Authority::new();
        for name in ["localhost", "127.0.0.1"] {
            let relay = relay(database, authority.server(name));
            let options = database.options().host(name).port(relay.port()).tls_ca(authority.file());
            let mut connection = Connection::open(&options.clone().tls(TlsMode::VerifyIdentity)).expect("a session");
            assert_ne!(cipher(&mut connection), "");
            drop(connection);
            Connection::open(&options.tls(TlsMode::VerifyCa)).expect("a session");
        }
    }
}
