//! `pull`, `check` and the rest against live servers, each test in a database of its own.

use mysql::prelude::Queryable as _;
use mysql::{Conn, Opts, OptsBuilder};

use crate::support::Folder;

/// A database on one server, dropped at the end.
pub(crate) struct Database {
    opts: Opts,
    url: String,
    name: String,
}

/// The servers that tests run on, and the variable that says to go on without.
const SERVERS: [(&str, &str); 2] = [
    ("DATABASE_URL_MARIADB", "PORPOISE_TEST_WITHOUT_SERVERS"),
    ("DATABASE_URL_MYSQL", "PORPOISE_TEST_WITHOUT_MYSQL"),
];

impl Database {
    /// An empty database on each server.
    pub(crate) fn each(test: &str) -> Vec<Self> {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| value == "1");
        SERVERS
            .iter()
            .filter_map(|(variable, without)| match std::env::var(variable) {
                Ok(url) => Some(Self::new(&url, test)),
                Err(_) if set(without) || set("PORPOISE_TEST_WITHOUT_SERVERS") => None,
                Err(_) => panic!(
                    "{variable} is not set: run `cargo xtask test`, which starts servers, or set {without}=1 to go \
                     without"
                ),
            })
            .collect()
    }

    fn new(url: &str, test: &str) -> Self {
        let name = format!("porpoise_cli_{test}_{}", std::process::id());
        let opts = Opts::from_url(url).expect("the URL of the tests is valid");
        let opts = Opts::from(OptsBuilder::from_opts(opts).prefer_socket(false));
        let (server, _) = url.rsplit_once('/').expect("the URL of the tests ends with a database");
        let database = Self { url: format!("{server}/{name}"), name, opts };
        database.connection().query_drop(format!("CREATE DATABASE {}", database.name)).unwrap();
        database
    }

    fn connection(&self) -> Conn {
        Conn::new(self.opts.clone()).expect("the server of the tests answers")
    }

    pub(crate) fn run(&self, sql: &str) {
        let mut connection = self.connection();
        connection.query_drop(format!("USE {}", self.name)).unwrap();
        connection.query_drop(sql).unwrap();
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    pub(crate) fn url_with_password(&self, password: &str) -> String {
        format!(
            "mysql://{}:{password}@{}:{}/{}",
            self.opts.get_user().unwrap(),
            self.opts.get_ip_or_hostname(),
            self.opts.get_tcp_port(),
            self.name
        )
    }

    /// An option file with one group.
    fn option_file(&self, group: &str) -> String {
        format!(
            "[{group}]\nhost = {}\nport = {}\nuser = {}\npassword = \"{}\"\ndatabase = {}\n",
            self.opts.get_ip_or_hostname(),
            self.opts.get_tcp_port(),
            self.opts.get_user().unwrap(),
            self.opts.get_pass().unwrap(),
            self.name
        )
    }

    /// The password, as it is and as the URL has it.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let encoded = self.url.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).unwrap().0;
        let encoded = encoded.split_once(':').unwrap().1;
        vec![self.opts.get_pass().unwrap().to_owned(), encoded.to_owned()]
    }

    fn is_mysql(&self) -> bool {
        !self.connection().query_first::<String, _>("SELECT VERSION()").unwrap().unwrap().contains("MariaDB")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Ok(mut connection) = Conn::new(self.opts.clone()) {
            let _ = connection.query_drop(format!("DROP DATABASE IF EXISTS {}", self.name));
        }
    }
}

const ACCOUNT: &str =
    "CREATE TABLE account (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, email VARCHAR(100) NOT NULL)";

/// A project without a snapshot, and its database on each server.
fn projects(test: &str) -> impl Iterator<Item = (Folder, Database)> {
    Database::each(test).into_iter().map(|database| {
        let folder = Folder::project();
        std::fs::remove_file(folder.path("queries/schema.json")).unwrap();
        database.run(ACCOUNT);
        (folder, database)
    })
}

#[test]
fn pull_writes_the_snapshot_says_what_changed_and_leaves_it_alone_when_nothing_did() {
    for (folder, database) in projects("pull") {
        let url = database.url();
        let pull = || folder.porpoise_with(&["pull"], &[("DATABASE_URL", &url)]).ends(0);
        pull().says("wrote queries/schema.json (1 tables)");
        let first = folder.read("queries/schema.json");
        pull().says("queries/schema.json is unchanged");
        database.run("INSERT INTO account (email) VALUES ('a'), ('b')");
        pull().says("queries/schema.json is unchanged");
        assert_eq!(folder.read("queries/schema.json"), first);
        database.run("ALTER TABLE account MODIFY email TEXT NOT NULL, ADD born DATE");
        database.run("CREATE TABLE city (id INT PRIMARY KEY)");
        pull().says("~ table account (email: varchar(100) became text, +born)").says("+ table city");
        database.run("DROP TABLE city");
        pull().says("- table city");
    }
}

#[test]
fn check_turns_red_with_a_diff_when_a_column_of_the_live_schema_changes() {
    for (folder, database) in projects("check") {
        let url = database.url();
        let run = |arguments: &[&str]| folder.porpoise_with(arguments, &[("DATABASE_URL", &url)]);
        run(&["pull"]).ends(0);
        run(&["generate", "--live"]).ends(0);
        run(&["check", "--live"]).ends(0);
        database.run("ALTER TABLE account MODIFY email TEXT NOT NULL");
        run(&["check"]).ends(0);
        let ran = run(&["check", "--live"]).ends(1).says("queries/schema.json is stale: run `porpoise pull`");
        assert!(ran.stdout.contains("--- queries/schema.json\n"), "{}", ran.stdout);
        database.run("ALTER TABLE account CHANGE email mail TEXT NOT NULL");
        run(&["check", "--live"]).ends(1).says("the server refuses `find`");
        run(&["pull"]).ends(0);
        run(&["check"]).ends(1).says("email");
    }
}

#[test]
fn an_option_file_names_the_server_on_the_command_line_and_in_the_configuration() {
    for (folder, database) in projects("option_file") {
        folder.write("home/my.cnf", &database.option_file("shop"));
        let pull = ["pull", "--option-file", "home/my.cnf"];
        folder.porpoise(&pull).ends(2).says("home/my.cnf has no options in [client], [porpoise]");
        folder.write("home/my.cnf", &database.option_file("client"));
        folder.porpoise(&pull).ends(0).says("wrote queries/schema.json");
        folder.write("home/my.cnf", &database.option_file("shop"));
        let config = "[database]\noption_file = \"../home/my.cnf\"\noption_groups = [\"client\", \"shop\"]\n";
        folder.write("queries/porpoise.toml", config);
        folder.porpoise(&["check", "--live"]).ends(0);
    }
}

#[test]
fn pull_needs_no_configuration_with_url_and_out() {
    for database in Database::each("out") {
        database.run(ACCOUNT);
        let folder = Folder::empty();
        folder.porpoise(&["pull", "--url", &database.url(), "--out", "deep/schema.json"]).ends(0);
        assert!(folder.read("deep/schema.json").contains("account"));
        folder.write("q/account.sql", "-- name: all\nSELECT id FROM account;\n");
        let arguments = ["describe", "--offline", "--schema", "deep/schema.json", "--queries", "q"];
        folder.porpoise(&arguments).ends(0).prints("u32");
    }
}

#[test]
fn a_statement_that_only_the_server_can_type_is_typed_from_its_answer_in_the_snapshot() {
    for (folder, database) in projects("prepared") {
        let url = database.url();
        // Deeper than our parser goes.
        let deep = format!("{}id{}", "(".repeat(300), ")".repeat(300));
        folder.write(
            "queries/deep.sql",
            &format!("-- name: deep :many\nSELECT {deep} AS deep FROM account;\n"),
        );
        folder.porpoise_with(&["pull"], &[("DATABASE_URL", &url)]).ends(0);
        folder.porpoise(&["describe", "deep"]).ends(0).prints("int unsigned");
        folder
            .porpoise_with(&["check", "--live"], &[("DATABASE_URL", &url)])
            .ends(1)
            .says("is stale: run `porpoise generate`");

        folder.write(
            "queries/deep.sql",
            &format!("-- name: deep :many\nSELECT {deep} AS other FROM account;\n"),
        );
        folder.porpoise(&["check"]).ends(1).says("`porpoise pull` keeps the server's answer in the snapshot");

        folder
            .write("queries/deep.sql", &format!("-- name: deep :many\nSELECT {deep}, emial FROM account;\n"));
        folder
            .porpoise_with(&["pull"], &[("DATABASE_URL", &url)])
            .ends(1)
            .says("the server refuses `deep`")
            .says("Unknown column 'emial'");
    }
}

#[test]
fn a_snapshot_of_the_other_family_is_an_error() {
    for (folder, database) in projects("family") {
        let url = database.url();
        folder.porpoise_with(&["pull"], &[("DATABASE_URL", &url)]).ends(0);
        let kept = folder.read("queries/schema.json");
        let (ours, other) = if database.is_mysql() { ("mysql", "mariadb") } else { ("mariadb", "mysql") };
        let changed = kept.replace(&format!("\"family\": \"{ours}\""), &format!("\"family\": \"{other}\""));
        assert_ne!(changed, kept);
        folder.write("queries/schema.json", &changed);
        for arguments in [&["pull"][..], &["check", "--live"], &["generate", "--live"]] {
            folder.porpoise_with(arguments, &[("DATABASE_URL", &url)]).ends(2).says("the snapshot is of M");
        }
        folder.porpoise_with(&["pull", "--force"], &[("DATABASE_URL", &url)]).ends(0);
        assert_eq!(folder.read("queries/schema.json"), kept);
    }
}
