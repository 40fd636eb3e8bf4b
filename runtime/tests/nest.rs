//! Joined rows folded into structs with collections, as generated code asks for it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use porpoise::__codegen::{Level, Nest, Query, nest_many, nest_one, nest_opt, push};
use porpoise::{Connection, ErrorKind, FromRow, Result, Row};
use support::Database;

#[derive(Debug, PartialEq)]
struct Word {
    word: String,
    numbers: Vec<i64>,
}

impl FromRow for Word {
    const COLUMNS: usize = 1;

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self { word: row.get()?, numbers: Vec::new() })
    }
}

const NEST: Nest<Word> = Nest {
    order: &[],
    key: &[0],
    levels: &[Level {
        within: 0,
        columns: 1,
        key: &[0],
        distinct: false,
        add: |outer, _, row| push(&mut outer.numbers, row),
    }],
};

fn word(word: &str, numbers: &[i64]) -> Word {
    Word { word: word.to_owned(), numbers: numbers.to_vec() }
}

/// Words that are one word to the collation but for a letter, with numbers.
fn table(database: &Database) -> Connection {
    let mut connection = database.connect();
    connection
        .execute_raw_sql(
            "CREATE TABLE w (id INT PRIMARY KEY, word VARCHAR(20) NOT NULL, UNIQUE KEY (word)) COLLATE utf8mb4_bin;
             CREATE TABLE n (word VARCHAR(20) NOT NULL, number INT NOT NULL, PRIMARY KEY (word, number))
               COLLATE utf8mb4_general_ci;
             INSERT INTO w VALUES (1, 'straße'), (2, 'Straße'), (3, 'strasse'), (4, 'leer ');
             INSERT INTO n VALUES ('STRASSE', 1), ('STRAßE', 2), ('other', 3)",
        )
        .unwrap();
    connection
}

const SQL: &str = "SELECT w.word, n.number FROM w LEFT JOIN n ON n.word = w.word COLLATE utf8mb4_general_ci \
                   ORDER BY w.id DESC, n.number DESC";

on_both_servers! {
    fn words_are_told_apart_by_their_bytes_and_not_by_a_collation(database: &Database) {
        let mut connection = table(database);
        let found = nest_many(&mut connection, Query::new("t::words", SQL, &[]), &NEST).unwrap();
        let expected = [word("leer ", &[]), word("strasse", &[1]), word("Straße", &[2]), word("straße", &[2])];
        assert_eq!(found, expected, "and they stay in the order of the rows");
    }

    fn one_row_is_one_outer_row(database: &Database) {
        let mut connection = table(database);
        let two = "SELECT 'a', 1 UNION ALL SELECT 'a', 2 UNION ALL SELECT 'a', 1";
        let found = nest_one(&mut connection, Query::new("t::two", two, &[]), &NEST).unwrap();
        assert_eq!(found, word("a", &[1, 2]));
        let found = nest_opt(&mut connection, Query::new("t::two", two, &[]), &NEST).unwrap();
        assert_eq!(found, Some(word("a", &[1, 2])));

        let error = nest_opt(&mut connection, Query::new("t::words", SQL, &[]), &NEST).unwrap_err();
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::TooManyRows, Some("t::words")));
        let none = "SELECT 'a', 1 FROM DUAL WHERE FALSE";
        assert_eq!(nest_opt(&mut connection, Query::new("t::none", none, &[]), &NEST).unwrap(), None);
        let error = nest_one(&mut connection, Query::new("t::none", none, &[]), &NEST).unwrap_err();
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::NotFound, Some("t::none")));
    }

    fn rows_of_another_width_are_drift(database: &Database) {
        let mut connection = database.connect();
        for sql in ["SELECT 'a'", "SELECT 'a', 1, 2"] {
            let error = nest_many(&mut connection, Query::new("t::other", sql, &[]), &NEST).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::SchemaDrift);
        }
        let well = nest_many(&mut connection, Query::new("t::well", "SELECT 'a', 1", &[]), &NEST).unwrap();
        assert_eq!(well, [word("a", &[1])], "the connection is as before");
    }

    fn a_value_that_does_not_fit_ends_nothing_but_the_query(database: &Database) {
        let mut connection = database.connect();
        let sql = "SELECT 'a', 1 UNION ALL SELECT 'a', 1.5";
        let error = nest_many(&mut connection, Query::new("t::half", sql, &[]), &NEST).unwrap_err();
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::Decode, Some("t::half")));
        let well = nest_many(&mut connection, Query::new("t::well", "SELECT 'a', 1", &[]), &NEST).unwrap();
        assert_eq!(well, [word("a", &[1])]);
    }
}
