//! A real server, started and taken down.

use std::path::Path;
use std::process::Command;

use super::instance::Instance;
use super::{Family, WITHOUT_SERVERS, is_set, mariadb, version_in};
use crate::process;

#[test]
fn a_throwaway_server_answers_and_leaves_nothing_behind() {
    if is_set(WITHOUT_SERVERS) {
        eprintln!("{WITHOUT_SERVERS} is set: no server is started");
        return;
    }
    let Some(program) = mariadb::find().expect("a MariaDB that tells its version") else {
        // Somebody who brought a server of their own need not have its programs here.
        assert!(
            std::env::var_os(Family::MariaDb.variable()).is_some(),
            "no MariaDB: run `cargo xtask servers install`"
        );
        eprintln!("no MariaDB is installed here: no server is started");
        return;
    };
    let instance = Instance::start(&program, &[]).expect("a server that starts");
    let (folder, process, port) = instance.traces();
    assert!(folder.join("socket").exists());
    assert!(Path::new("/proc").join(process.to_string()).exists());

    let client = process::find("mariadb").expect("the client that comes with the server");
    let password = format!("--password={}", super::instance::PASSWORD);
    let mut command = Command::new(client);
    command.args([
        "--no-defaults",
        "--host=127.0.0.1",
        "--user=porpoise",
        &password,
        "--batch",
        "--skip-column-names",
    ]);
    command.arg(format!("--port={port}")).args(["--database=porpoise_test", "--execute"]);
    command.arg("CREATE USER u; GRANT SELECT ON porpoise_test.* TO u; SELECT @@port, @@character_set_server, @@datadir");
    let answer = process::text(&mut command).expect("an account with all privileges");
    assert_eq!(answer.trim_end(), format!("{port}\tutf8mb4\t{}/", folder.join("data").display()));

    drop(instance);
    assert!(!folder.exists());
    assert!(!Path::new("/proc").join(process.to_string()).exists());
    std::net::TcpListener::bind(("127.0.0.1", port)).expect("a port that is free again");
}

#[test]
fn a_server_that_cannot_start_says_why_and_leaves_nothing_behind() {
    let shell = |script: &str| ["sh", "-c", script].map(Into::into).to_vec();
    let program = super::Program {
        family: Family::MariaDb,
        version: "0.0.0".to_owned(),
        initialize: shell("pwd > /dev/null"),
        serve: shell("pwd; echo it is broken; exit 3"),
    };
    let error = Instance::start(&program, &[]).expect_err("a server that ends at once").to_string();
    assert!(error.contains("the throwaway MariaDB ended by itself (exit status: 3)"), "{error}");
    assert!(error.contains("it is broken"), "{error}");
    let folder =
        error.lines().find(|line| line.contains("porpoise-mariadb-")).expect("the folder in the log");
    assert!(!Path::new(folder.trim()).exists(), "{folder} is still there");
}

#[test]
fn the_version_is_found_in_what_servers_say() {
    let mariadb = "mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian n/a)";
    assert_eq!(version_in(mariadb).as_deref(), Some("10.11.19"));
    let mysql = "/usr/sbin/mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))";
    assert_eq!(version_in(mysql).as_deref(), Some("9.7.4"));
    assert_eq!(version_in("no version"), None);
}
