//! The snapshot of a real schema: the same bytes for the same schema, and nothing of the machine in it.

use mysql::Opts;
use porpoise_codegen::Schema;
use porpoise_codegen::catalog::Snapshot;
use porpoise_codegen::live;

use crate::support::{Database, servers};

const SCHEMA: &[&str] = &[
    "CREATE TABLE b (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, n VARCHAR(20) NOT NULL DEFAULT 'x', UNIQUE KEY (n))",
    "CREATE TABLE a (id INT PRIMARY KEY, b INT UNSIGNED, FOREIGN KEY (b) REFERENCES b (id) ON DELETE CASCADE, \
     CHECK (id > 0))",
    "CREATE VIEW v AS SELECT a.id, b.n FROM a JOIN b ON b.id = a.b",
    "CREATE FUNCTION f(x INT) RETURNS INT DETERMINISTIC RETURN x + 1",
    "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = NULL",
];

fn pull(database: &Database) -> String {
    Snapshot { catalog: database.catalog(), prepared: Default::default() }.to_json()
}

#[test]
fn an_unchanged_schema_gives_the_same_bytes_whatever_its_name_and_rows() {
    for (_, url) in servers() {
        let mut database = Database::new(&url, SCHEMA);
        let first = pull(&database);
        assert_eq!(pull(&database), first);
        database.run(&["INSERT INTO b (n) VALUES ('1'), ('2'), ('3')", "ANALYZE TABLE b"]);
        assert_eq!(pull(&database), first);
        let elsewhere = Database::new(&url, SCHEMA);
        assert_eq!(pull(&elsewhere), first);
        database.run(&["ALTER TABLE b MODIFY n VARCHAR(21) NOT NULL DEFAULT 'x'"]);
        assert_ne!(pull(&database), first);
        let read = Snapshot::from_json(&first).unwrap();
        assert_eq!(read.to_json(), first);
    }
}

#[test]
fn a_snapshot_names_no_account_host_database_or_secret() {
    for (_, url) in servers() {
        let database = Database::new(&url, SCHEMA);
        let text = pull(&database).to_lowercase();
        let opts = Opts::from_url(&database.url).unwrap();
        let password = opts.get_pass().unwrap_or_default();
        assert!(password.is_empty() || !text.contains(&password.to_lowercase()));
        for word in ["definer", "localhost", "127.0.0.1", "porpoise live", "sql security", "auto_increment="]
        {
            assert!(!text.contains(word), "{word}\n{text}");
        }
        let user = format!("{}@", opts.get_user().unwrap());
        assert!(!text.contains(&user.to_lowercase()));
    }
}

#[test]
fn a_snapshot_of_one_family_is_refused_for_a_server_of_the_other() {
    let servers = servers();
    let [(_, maria_url), (_, my_url)] = servers.as_slice() else { return };
    let snapshot =
        Snapshot { catalog: Database::new(maria_url, SCHEMA).catalog(), prepared: Default::default() };
    let database = Database::new(my_url, &[]);
    let live = live::introspect(&mut database.connect(), &Schema::default()).unwrap();
    let error = snapshot.expect_family(&live.server).unwrap_err().to_string();
    assert!(error.starts_with("the schema snapshot is of MariaDB, and the server is MySQL"), "{error}");
}
