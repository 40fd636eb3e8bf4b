//! Errors of both servers become the same kinds, and constraints are recognised by name.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use porpoise::__codegen::{Query, exec, fetch_one, fetch_opt};
use porpoise::{Connection, Constraint, Error, ErrorKind, Options};
use support::run;

const TABLES: &str = "
    CREATE TABLE parent (id INT PRIMARY KEY) ENGINE=InnoDB;
    CREATE TABLE child (
        id INT PRIMARY KEY AUTO_INCREMENT,
        parent_id INT NOT NULL,
        email VARCHAR(40) NOT NULL,
        `odd' key` INT NULL,
        age TINYINT NULL,
        UNIQUE KEY uk_email (email),
        UNIQUE KEY `a' for key 'b` (`odd' key`),
        CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES parent (id),
        CONSTRAINT grown CHECK (age >= 18)
    ) ENGINE=InnoDB;
    INSERT INTO parent VALUES (1);
    INSERT INTO child (parent_id, email, `odd' key`, age) VALUES (1, 'canary@example.org', 1, 20);
";

const PRIMARY: Constraint = Constraint::primary_key("child");
const EMAIL: Constraint = Constraint::unique("child", "uk_email");
const ODD: Constraint = Constraint::unique("child", "a' for key 'b");
const PARENT: Constraint = Constraint::foreign_key("child", "fk_parent");
const GROWN: Constraint = Constraint::check("child", "grown");

fn refused(connection: &mut Connection, sql: &'static str) -> Error {
    run(connection, sql, &[]).expect_err(sql)
}

on_both_servers! {
    fn kinds_and_constraints(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql(TABLES).unwrap();
        connection.execute_raw_sql("SET sql_mode = 'STRICT_ALL_TABLES'").unwrap();
        let cases: &[(&'static str, ErrorKind, Option<&Constraint>)] = &[
            ("INSERT INTO child (id, parent_id, email) VALUES (1, 1, 'x')", ErrorKind::UniqueViolation, Some(&PRIMARY)),
            ("INSERT INTO child (parent_id, email) VALUES (1, 'canary@example.org')", ErrorKind::UniqueViolation, Some(&EMAIL)),
            ("INSERT INTO child (parent_id, email, `odd' key`) VALUES (1, 'y', 1)", ErrorKind::UniqueViolation, Some(&ODD)),
            ("INSERT INTO child (parent_id, email) VALUES (9, 'z')", ErrorKind::ForeignKeyChild, Some(&PARENT)),
            ("DELETE FROM parent", ErrorKind::ForeignKeyParent, Some(&PARENT)),
            ("INSERT INTO child (parent_id, email, age) VALUES (1, 'z', 3)", ErrorKind::CheckViolation, Some(&GROWN)),
            ("INSERT INTO child (parent_id, email) VALUES (1, NULL)", ErrorKind::NotNullViolation, None),
            ("INSERT INTO child (parent_id) VALUES (1)", ErrorKind::NotNullViolation, None),
            ("INSERT INTO child (parent_id, email) VALUES (1, REPEAT('x', 41))", ErrorKind::TooLong, None),
            ("INSERT INTO child (parent_id, email, age) VALUES (1, 'z', 1000)", ErrorKind::OutOfRange, None),
            ("INSERT INTO child (parent_id, email, age) VALUES (1, 'z', 'canary')", ErrorKind::InvalidValue, None),
            ("SELECT * FROM nowhere", ErrorKind::SchemaDrift, None),
            ("SELECT nothing FROM child", ErrorKind::SchemaDrift, None),
            ("SELEKT 1", ErrorKind::ServerOther, None),
        ];
        for (sql, kind, constraint) in cases {
            let error = refused(&mut connection, sql);
            assert_eq!(error.kind(), *kind, "{sql}: {:?}", error.server_message());
            assert_eq!(error.query_name(), Some("test::run"));
            assert!(error.server_code().is_some() && error.sqlstate().is_some_and(|state| state.len() == 5));
            for known in [&PRIMARY, &EMAIL, &ODD, &PARENT, &GROWN] {
                assert_eq!(
                    error.violates(known), Some(known) == *constraint,
                    "{sql}: {known:?} {:?}", error.server_message()
                );
            }
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("canary"), "{shown}");
        }
        // After all these the connection still works.
        assert_eq!(support::row::<i64>(&mut connection, "SELECT COUNT(*) FROM child", &[]), 1);
    }

    fn a_value_cannot_pass_for_a_constraint(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql(TABLES).unwrap();
        let value = "x' for key 'child.uk_email";
        run(&mut connection, "INSERT INTO parent VALUES (2)", &[]).unwrap();
        connection.execute_raw_sql(
            "CREATE TABLE other (v VARCHAR(40), UNIQUE KEY uk_v (v))").unwrap();
        run(&mut connection, "INSERT INTO other VALUES (?)", &[&value]).unwrap();
        let error = run(&mut connection, "INSERT INTO other VALUES (?)", &[&value]).unwrap_err();
        assert!(!error.violates(&EMAIL));
        assert!(error.violates(&Constraint::unique("other", "uk_v")));
    }

    fn messages_are_english_whatever_the_server_speaks(database: &Database) {
        let mut connection = database.connect();
        assert_eq!(support::row::<String>(&mut connection, "SELECT @@session.lc_messages", &[]), "en_US");
    }

    fn rows_that_are_not_there_or_too_many(database: &Database) {
        let mut connection = database.connect();
        let none = || Query::new("t::none", "SELECT 1 FROM DUAL WHERE FALSE", &[]);
        let two = || Query::new("t::two", "SELECT 1 UNION ALL SELECT 2", &[]);
        assert_eq!(fetch_one::<i32>(&mut connection, none()).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(fetch_opt::<i32>(&mut connection, none()).unwrap(), None);
        assert_eq!(fetch_one::<i32>(&mut connection, two()).unwrap_err().kind(), ErrorKind::TooManyRows);
        assert_eq!(fetch_opt::<i32>(&mut connection, two()).unwrap_err().kind(), ErrorKind::TooManyRows);
    }

    fn an_error_in_a_late_row_surfaces(database: &Database) {
        let mut connection = database.connect();
        connection.execute_raw_sql("CREATE TABLE n (i BIGINT); INSERT INTO n VALUES (1), (2), (9223372036854775807)").unwrap();
        let query = Query::new("t::late", "SELECT i + 1 FROM n", &[]);
        let error = porpoise::__codegen::fetch_many::<i64>(&mut connection, query).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutOfRange);
        let error = exec(&mut connection, Query::new("t::late", "SELECT i + 1 FROM n", &[])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutOfRange);
    }

    fn a_wrong_number_of_parameters_is_wrong_use(database: &Database) {
        let mut connection = database.connect();
        let error = run(&mut connection, "SELECT ?", &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage, "{error}");
        assert_eq!(support::row::<i32>(&mut connection, "SELECT 1", &[]), 1);
    }

    fn a_password_is_in_no_text(database: &Database) {
        let canary = "pw-canary-4711";
        let options = database.options().password(canary);
        let error = Connection::open(&options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AccessDenied, "{error}");
        let pool = porpoise::Pool::new(options.clone()).unwrap();
        let connection = database.connect();
        let good = database.pool();
        let lent = good.get().unwrap();
        let mut texts = vec![
            format!("{options:?}"), format!("{error} {error:?} {:?}", error.server_message()), format!("{pool:?}"),
            format!("{connection:?} {good:?} {lent:?}"),
        ];
        let mut connection = connection;
        texts.push(format!("{:?}", connection.begin().unwrap()));
        let (.., password) = database.login();
        for text in texts {
            assert!(!text.contains(canary), "{text}");
            assert!(password.len() < 8 || !text.contains(&password), "the password of the test server is shown");
        }
    }

    fn an_unknown_database_is_told(database: &Database) {
        let error = Connection::open(&database.options().database("porpoise_no_such")).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::UnknownDatabase | ErrorKind::AccessDenied), "{error}"
        );
    }
}

#[test]
fn without_the_feature_tls_is_a_clear_error() {
    if cfg!(feature = "rustls") {
        return;
    }
    let options = Options::from_url("mysql://127.0.0.1:1/x?ssl-mode=verify-identity").unwrap();
    let error = Connection::open(&options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls);
    assert!(error.to_string().contains("feature `rustls`"), "{error}");
}
