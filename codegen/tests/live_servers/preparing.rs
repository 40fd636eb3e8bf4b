//! PREPARE as the second witness, and as the only one.

use porpoise_codegen::Sources;
use porpoise_codegen::catalog::{Catalog, Family};
use porpoise_codegen::live::{self, Connection};
use porpoise_codegen::parse::parse;
use porpoise_codegen::typed::{ParamShape, TypedQuery};
use porpoise_codegen::verify::from_prepared;

use crate::support::{Database, servers};

const SCHEMA: &[&str] = &[
    "CREATE TABLE item (id INT UNSIGNED PRIMARY KEY, name VARCHAR(20) NOT NULL, kind ENUM('a','b') NOT NULL, \
     price DECIMAL(10,2))",
];

fn connect(database: &Database) -> (Connection, Catalog) {
    let mut connection = database.connect();
    let catalog = live::introspect(&mut connection, &porpoise_codegen::Schema::default()).unwrap();
    (connection, catalog)
}

/// Types a statement by PREPARE alone.
fn fall_back(connection: &mut Connection, catalog: &Catalog, sql: &str) -> TypedQuery {
    let mut sources = Sources::new();
    let file = sources.add("q.sql", sql);
    let (mut statements, diagnostics) = parse(&sources, file, &catalog.server);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let statement = statements.remove(0);
    let answer = live::prepare(connection, &statement.prepare_text(|_| 1)).unwrap().unwrap();
    from_prepared(statement, &answer, catalog).unwrap()
}

#[test]
fn nothing_is_executed() {
    for (_, url) in servers() {
        let mut database = Database::new(&url, SCHEMA);
        let (mut connection, _) = connect(&database);
        for sql in [
            "INSERT INTO item (id, name, kind) VALUES (1, 'a', 'a')",
            "REPLACE INTO item (id, name, kind) VALUES (1, 'a', 'a')",
            "SELECT GET_LOCK('porpoise test', 0)",
            "SELECT 1 INTO @porpoise_test",
        ] {
            live::prepare(&mut connection, sql).unwrap().unwrap();
        }
        for sql in
            ["DROP TABLE item", "CREATE TABLE made (a INT)", "/*!50000 DROP */ TABLE item", "SET @x = 1"]
        {
            let refusal = live::prepare(&mut connection, sql).unwrap().unwrap_err();
            assert_eq!(refusal.code, 0, "{refusal}");
        }
        assert!(live::prepare(&mut connection, "SELECT 1; DROP TABLE item").unwrap().is_err());
        assert_eq!(database.count("SELECT COUNT(*) FROM item"), 0);
        assert_eq!(database.count("SELECT IS_FREE_LOCK('porpoise test')"), 1);
    }
}

#[test]
fn a_refused_statement_has_the_servers_number_and_words_in_english() {
    for (_, url) in servers() {
        let database = Database::new(&url, SCHEMA);
        let (mut connection, _) = connect(&database);
        let refusal = live::prepare(&mut connection, "SELECT nam FROM item").unwrap().unwrap_err();
        assert_eq!(refusal.code, 1054);
        assert!(refusal.message.starts_with("Unknown column 'nam' in "), "{refusal}");
        // The connection goes on.
        live::prepare(&mut connection, "SELECT name FROM item").unwrap().unwrap();
    }
}

#[test]
fn colons_and_question_marks_in_comments_and_strings_are_no_parameters() {
    for (_, url) in servers() {
        let database = Database::new(&url, SCHEMA);
        let (mut connection, _) = connect(&database);
        let sql = "SELECT /* :x ? **/ name, ':y ?', `name` AS `:z ?` -- it's ? :a\nFROM item # :b '\nWHERE id = ? --";
        let answer = live::prepare(&mut connection, sql).unwrap().unwrap();
        assert_eq!((answer.columns.len(), answer.params.len()), (3, 1));
        assert_eq!(answer.columns[2].name, ":z ?");
    }
}

#[test]
fn a_statement_that_only_the_server_reads_is_typed_by_it() {
    for (_, url) in servers() {
        let database = Database::new(&url, SCHEMA);
        let (mut connection, catalog) = connect(&database);
        let query = fall_back(
            &mut connection,
            &catalog,
            "-- name: q :many\n-- @param id: u32\nSELECT SQL_NO_CACHE id, kind, price, name AS `label?` \
             FROM item WHERE id = :id OR id + 1 = :id",
        );
        let columns: Vec<_> = query
            .columns
            .iter()
            .map(|column| (column.name.as_str(), column.ty.sql(), column.nullability.is_nullable()))
            .collect();
        assert_eq!(
            columns,
            [
                ("id", "int unsigned".to_owned(), false),
                ("kind", "enum('a','b')".to_owned(), false),
                ("price", "decimal(10,2)".to_owned(), true),
                ("label", "varchar(20)".to_owned(), true),
            ]
        );
        let ParamShape::Scalar(id) = &query.params[0].shape else { panic!("{:?}", query.params) };
        assert_eq!((query.params.len(), id.ty.sql().as_str()), (1, "int unsigned"));
    }
}

#[test]
fn mysql_types_the_parameters_too() {
    for (_, url) in servers().into_iter().filter(|(family, _)| *family == Family::MySql) {
        let database = Database::new(&url, SCHEMA);
        let (mut connection, catalog) = connect(&database);
        let query = fall_back(
            &mut connection,
            &catalog,
            "-- name: q :many\nSELECT id FROM item WHERE price > ? LIMIT ?",
        );
        let types: Vec<_> = query
            .params
            .iter()
            .map(|param| match &param.shape {
                ParamShape::Scalar(value) => value.ty.sql(),
                ParamShape::List(_) | ParamShape::Tuples(_) => panic!("{param:?}"),
            })
            .collect();
        assert_eq!(types, ["decimal(65,30)", "bigint unsigned"]);
    }
}

#[test]
fn columns_of_other_schemas_and_of_no_table_say_so() {
    for (_, url) in servers() {
        let other = Database::new(&url, SCHEMA);
        let database = Database::new(&url, SCHEMA);
        let (mut connection, _) = connect(&database);
        let sql =
            format!("SELECT a.id, b.id, 1 FROM item a JOIN {}.item b", crate::support::quote(&other.name));
        let answer = live::prepare(&mut connection, &sql).unwrap().unwrap();
        let origins: Vec<_> = answer
            .columns
            .iter()
            .map(|column| (column.schema.as_deref(), column.table.as_str(), column.column.as_str()))
            .collect();
        assert_eq!(
            origins,
            [(None, "item", "id"), (Some(other.name.as_str()), "item", "id"), (None, "", "")]
        );
        drop(database);
    }
}
