//! Connecting by URL and by option file, and what is said when it fails.

use std::net::TcpListener;

use mysql::Opts;
use porpoise_codegen::live::{self, ConnectOptions};

use crate::support::{Database, servers};

#[test]
fn an_option_file_reaches_the_same_database() {
    for (family, url) in servers() {
        let database = Database::new(&url, &[]);
        let opts = Opts::from_url(&database.url).unwrap();
        let escape = |value: &str| value.replace('\\', "\\\\");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my.cnf");
        fs_err::write(
            &path,
            format!(
                "[client]\nhost={}\nport={}\nuser={}\npassword=\"{}\"\n[porpoise]\ndatabase=\"{}\"\n",
                opts.get_ip_or_hostname(),
                opts.get_tcp_port(),
                opts.get_user().unwrap_or_default(),
                escape(opts.get_pass().unwrap_or_default()),
                escape(&database.name),
            ),
        )
        .unwrap();
        let groups = ["client".to_owned(), "porpoise".to_owned()];
        let options = ConnectOptions::from_option_file(&path, &groups).unwrap();
        let connection = live::connect(&options).unwrap();
        assert_eq!((connection.family(), connection.schema()), (family, database.name.as_str()));
    }
}

#[test]
fn a_wrong_password_is_said_and_not_shown() {
    for (_, url) in servers() {
        let database = Database::new(&url, &[]);
        let (before, after) = database.url.rsplit_once('@').unwrap();
        let (scheme, account) = before.split_once("://").unwrap();
        let user = account.split(':').next().unwrap();
        let options = ConnectOptions::from_url(&format!("{scheme}://{user}:hunter2-canary@{after}")).unwrap();
        let error = live::connect(&options).unwrap_err();
        let text = format!("{error} {error:?} {options} {options:?}");
        assert!(text.contains("(error 1045)") && text.contains("check user and password"), "{text}");
        assert!(!text.contains("hunter2-canary"), "{text}");
    }
}

#[test]
fn a_database_that_is_not_there_is_said() {
    for (_, url) in servers() {
        let (server, _) = url.split('?').next().unwrap().rsplit_once('/').unwrap();
        let options = ConnectOptions::from_url(&format!("{server}/porpoise_no_such_database")).unwrap();
        let error = live::connect(&options).unwrap_err().to_string();
        assert!(error.contains("(error 1049)") && error.contains("create the database"), "{error}");
    }
}

#[test]
fn a_port_where_nothing_listens_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let options = ConnectOptions::from_url(&format!("mysql://ada:hunter2@127.0.0.1:{port}/shop")).unwrap();
    let error = live::connect(&options).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("cannot connect to database `shop` at 127.0.0.1:{port} as user `ada`: ")),
        "{error}"
    );
    assert!(error.contains("check that the server runs there") && !error.contains("hunter2"), "{error}");
}

#[test]
fn a_connection_shows_no_secret_in_debug() {
    for (_, url) in servers() {
        let database = Database::new(&url, &[]);
        let shown = format!("{:?}", database.connect());
        let opts = Opts::from_url(&database.url).unwrap();
        assert!(
            opts.get_pass().is_none_or(|password| password.is_empty() || !shown.contains(password)),
            "{shown}"
        );
    }
}
