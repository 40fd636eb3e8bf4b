//! TLS against real servers. MySQL makes itself a certificate at its first start; MariaDB 10.11 has none.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![cfg(feature = "rustls")]

mod support;

use porpoise::{Connection, ErrorKind, Family, TlsMode};

fn cipher(connection: &mut Connection) -> String {
    let (_, cipher): (String, String) =
        support::row(connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'", &[]);
    cipher
}

on_both_servers! {
    fn required_tls_is_had_or_is_an_error(database: &Database) {
        assert_eq!(cipher(&mut database.connect()), "");
        match (Connection::open(&database.options().tls(TlsMode::Required)), database.family) {
            (Ok(mut connection), _) => assert_ne!(cipher(&mut connection), ""),
            (Err(error), Family::MariaDb) => assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}"),
            (Err(error), Family::MySql) => panic!("{error:?}"),
        }
    }

    fn an_untrusted_certificate_is_refused(database: &Database) {
        for mode in [TlsMode::VerifyCa, TlsMode::VerifyIdentity] {
            let error = Connection::open(&database.options().tls(mode)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
        }
    }

    fn a_trusted_certificate_for_another_host_is_one_for_verify_ca_only(database: &Database) {
        if database.family == Family::MariaDb {
            return;
        }
        let mut plain = database.connect();
        let (folder, file): (String, String) = support::row(&mut plain, "SELECT @@datadir, @@ssl_ca", &[]);
        let ca = std::path::Path::new(&folder).join(file);
        let options = database.options().tls_ca(&ca);
        let mut verified = Connection::open(&options.clone().tls(TlsMode::VerifyCa)).expect("a session");
        assert_ne!(cipher(&mut verified), "");
        let error = Connection::open(&options.tls(TlsMode::VerifyIdentity)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
    }
}
