//! Option files as people have them, with includes, groups, quotes, and mistakes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::fs::write;
use std::path::Path;

use porpoise::{Connection, ErrorKind, Options};

fn read(path: &Path, groups: &[&str]) -> porpoise::Result<String> {
    Options::from_option_file(path, groups).map(|options| format!("{options:?}"))
}

#[test]
fn groups_includes_and_quotes() {
    let folder = tempfile::tempdir().unwrap();
    let main = folder.path().join("my.cnf");
    std::fs::create_dir(folder.path().join("conf.d")).unwrap();
    write(
        &main,
        "# a comment\n[mysqld]\nport = 1\nno-value\n\n[client]\nhost = db.example # here\nuser=\"ad # a\"\n\
         connect_timeout = 7\nloose-unknown=1\ndefault-character-set = latin1\n!include more.inc\n!includedir conf.d\n",
    )
    .unwrap();
    write(folder.path().join("more.inc"), "user = nobody\n[client]\nport = 3307\n").unwrap();
    write(folder.path().join("conf.d/b.cnf"), "[porpoise]\ndatabase = 'last'\n").unwrap();
    write(folder.path().join("conf.d/a.cnf"), "[porpoise]\ndatabase = first\n").unwrap();
    write(folder.path().join("conf.d/ignored.txt"), "[porpoise]\ndatabase = never\n").unwrap();
    let text = read(&main, &["client", "porpoise"]).unwrap();
    for part in ["\"db.example:3307\"", "Some(\"ad # a\")", "connect_timeout: 7s", "Some(\"last\")"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn mistakes_are_told_with_file_and_line_and_without_the_value() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my.cnf");
    for (text, line) in [
        ("[client]\nport = canary\n", 2),
        ("[client]\nuser = x\npassword = 'canary\n", 3),
        ("[client\n", 1),
        ("!inklude canary\n", 1),
        ("[client]\nssl-mode = canary\n", 2),
    ] {
        write(&file, text).unwrap();
        let error = Options::from_option_file(&file, &["client"]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(&format!("my.cnf:{line}:")) && !shown.contains("canary"), "{shown}");
    }
}

#[test]
fn a_file_that_includes_itself_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my.cnf");
    write(&file, "!include my.cnf\n").unwrap();
    assert!(read(&file, &["client"]).unwrap_err().to_string().contains("too deep"));
}

#[test]
fn a_missing_file_is_an_error_that_names_it() {
    let error = read(Path::new("no/such/my.cnf"), &["client"]).unwrap_err();
    assert!(error.to_string().contains("no/such/my.cnf"), "{error}");
}

on_both_servers! {
    fn a_connection_from_an_option_file(database: &Database) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("my.cnf");
        let (host, port, user, password) = database.login();
        let password = password.replace('\\', "\\\\").replace('"', "\\\"");
        write(&file, format!(
            "[client]\nhost = {host}\nport = {port}\nuser = {user}\npassword = \"{password}\"\n[porpoise]\ndatabase = {}\n",
            database.name
        )).unwrap();
        let options = Options::from_option_file(&file, &["client", "porpoise"]).unwrap();
        let mut connection = Connection::open(&options).unwrap();
        assert_eq!(support::row::<String>(&mut connection, "SELECT DATABASE()", &[]), database.name);
    }
}
