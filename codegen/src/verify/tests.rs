use super::{from_prepared, verify};
use crate::analyze::{analyze, resolve_views};
use crate::catalog::{Catalog, Family, IntWidth, PreparedAnswer, PreparedColumn, SqlType};
use crate::diagnostic::Diagnostic;
use crate::parse::parse;
use crate::span::Sources;
use crate::statement::{Command, Statement};
use crate::typed::{Cardinality, ParamShape, TypedQuery};

const CATALOG: &str = r#"{
  "server": {"family": "mariadb", "version": "10.11.19", "sql_mode": [], "lower_case_table_names": 0, "collation": "utf8mb4_general_ci"},
  "tables": [
    {"name": "item", "kind": "base", "columns": [
      {"name": "id", "type": "int", "width": "int", "unsigned": true},
      {"name": "name", "type": "text", "kind": "varchar", "length": 20},
      {"name": "kind", "type": "enum", "values": ["a", "b"]},
      {"name": "price", "type": "decimal", "precision": 10, "scale": 2, "nullable": true}
    ], "indexes": [{"name": "PRIMARY", "kind": "primary", "parts": [{"name": "id"}]}]},
    {"name": "cheap", "kind": "view", "definition": "select `item`.`id` AS `id` from `item`", "updatable": true, "columns": [
      {"name": "id", "type": "int", "width": "int", "unsigned": true}
    ]}
  ],
  "routines": [{"name": "total", "kind": "function", "data_access": "READS SQL DATA"}]
}"#;

const UNSIGNED: SqlType = SqlType::Int { width: IntWidth::Int, unsigned: true };

fn catalog(family: Family) -> Catalog {
    let mut catalog: Catalog = serde_json::from_str(CATALOG).unwrap();
    catalog.server.family = family;
    resolve_views(&mut catalog);
    catalog
}

fn statement(catalog: &Catalog, sql: &str) -> Statement {
    let mut sources = Sources::new();
    let file = sources.add("q.sql", sql);
    let (mut statements, diagnostics) = parse(&sources, file, &catalog.server);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    statements.remove(0)
}

/// A column of an answer; `origin` is `table.column` or empty.
fn column(name: &str, ty: SqlType, not_null: bool, origin: &str) -> PreparedColumn {
    let (table, column) = origin.split_once('.').unwrap_or_default();
    PreparedColumn {
        name: name.to_owned(),
        ty,
        not_null,
        schema: None,
        table: table.to_owned(),
        column: column.to_owned(),
    }
}

fn answer(columns: Vec<PreparedColumn>, params: Vec<Option<SqlType>>) -> PreparedAnswer {
    PreparedAnswer { columns, params }
}

/// Verifies an analysed statement and says which diagnostics come.
#[track_caller]
fn check(family: Family, sql: &str, answer: PreparedAnswer, expected: &[&str]) -> Vec<Diagnostic> {
    let catalog = catalog(family);
    let analysis = analyze(&catalog, &statement(&catalog, sql));
    let query = analysis.query.unwrap_or_else(|| panic!("{:?}", analysis.diagnostics));
    let found = verify(&query, &answer, family);
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), expected, "{found:?}");
    found
}

#[test]
fn two_witnesses_that_agree_say_nothing() {
    let columns = vec![
        column("id", UNSIGNED, true, "item.id"),
        column("kind", SqlType::Enum { values: Vec::new() }, true, "item.kind"),
    ];
    let sql = "-- name: q :many\nSELECT id, kind FROM item WHERE id = ? AND name = ?";
    check(Family::MariaDb, sql, answer(columns.clone(), vec![None, None]), &[]);
    let params = vec![Some(SqlType::BIGINT_UNSIGNED), Some(SqlType::text())];
    check(Family::MySql, sql, answer(columns, params), &[]);
}

#[test]
fn another_number_of_parameters_or_columns_is_an_error() {
    let columns = vec![column("id", UNSIGNED, true, "item.id")];
    let sql = "-- name: q :many\nSELECT id FROM item WHERE id = ?";
    check(Family::MariaDb, sql, answer(columns.clone(), vec![]), &["parameter-count"]);
    check(Family::MariaDb, sql, answer(vec![], vec![None]), &["column-count"]);
    let pairs = "-- name: q :many\nSELECT id FROM item WHERE (id, name) IN (:pairs)";
    check(Family::MariaDb, pairs, answer(columns, vec![None, None]), &[]);
}

#[test]
fn a_type_that_does_not_hold_what_the_server_sends_is_an_error_with_the_line_to_write() {
    let sql = "-- name: q :many\nSELECT id FROM item";
    let found = check(
        Family::MySql,
        sql,
        answer(vec![column("id", SqlType::BIGINT, true, "item.id")], vec![]),
        &["column-type"],
    );
    assert_eq!(
        found[0].message,
        "column `id` is int unsigned for us, which does not hold the bigint that MySQL sends"
    );
    assert!(found[0].help[0].contains("`-- @column id: i64`"), "{found:?}");
    let settled = "-- name: q :many\n-- @column id: i64\nSELECT id FROM item";
    check(Family::MySql, settled, answer(vec![column("id", SqlType::BIGINT, true, "item.id")], vec![]), &[]);
}

#[test]
fn columns_in_another_order_are_an_error() {
    let columns = vec![column("name", SqlType::text(), true, "item.name")];
    check(Family::MySql, "-- name: q :many\nSELECT id FROM item", answer(columns, vec![]), &["column-order"]);
}

#[test]
fn a_name_that_the_server_takes_from_a_derived_table_is_no_other_column() {
    let columns = vec![column("label", SqlType::text(), true, "item.label")];
    let sql = "-- name: q :many\nSELECT label FROM (SELECT name AS label FROM item) d";
    check(Family::MySql, sql, answer(columns, vec![]), &[]);
}

#[test]
fn rows_of_returning_are_not_missed_on_mariadb() {
    let sql = "-- name: q :one\nINSERT INTO item (id, name, kind) VALUES (?, ?, 'a') RETURNING id";
    check(Family::MariaDb, sql, answer(vec![], vec![None, None]), &[]);
}

#[test]
fn a_parameter_of_another_kind_is_a_warning() {
    let columns = vec![column("id", UNSIGNED, true, "item.id")];
    let found = check(
        Family::MySql,
        "-- name: q :many\nSELECT id FROM item WHERE name = ?",
        answer(columns, vec![Some(SqlType::Date)]),
        &["parameter-type"],
    );
    assert!(!found[0].is_error());
}

/// Types a statement by the answer alone.
fn fall_back(family: Family, sql: &str, answer: &PreparedAnswer) -> Result<TypedQuery, Vec<Diagnostic>> {
    let catalog = catalog(family);
    from_prepared(statement(&catalog, sql), answer, &catalog)
}

#[test]
fn columns_are_non_null_only_where_catalog_flag_and_text_agree() {
    let columns = || {
        answer(
            vec![
                column("id", UNSIGNED, true, "item.id"),
                column("price", SqlType::text(), true, "item.price"),
                column("1", SqlType::INT, true, ""),
            ],
            vec![],
        )
    };
    for (sql, expected) in [
        ("SELECT id, price, 1 FROM item", [false, true, true]),
        ("SELECT id, price, 1 FROM item LEFT JOIN item b ON 1", [true, true, true]),
        ("SELECT id, price, 1 FROM item WHERE name <> 'LEFT' -- LEFT", [false, true, true]),
        ("SELECT id, price, 1 FROM item GROUP BY id WITH ROLLUP", [true, true, true]),
        ("SELECT id, price, 1 FROM `Cheap`", [true, true, true]),
    ] {
        let query = fall_back(Family::MySql, &format!("-- name: q\n{sql}"), &columns()).unwrap();
        let nullable: Vec<bool> =
            query.columns.iter().map(|column| column.nullability.is_nullable()).collect();
        assert_eq!(nullable, expected, "{sql}");
    }
}

#[test]
fn the_catalog_fills_in_what_the_protocol_does_not_tell() {
    let columns = vec![
        column("kind", SqlType::Enum { values: Vec::new() }, true, "item.kind"),
        column("k", SqlType::Enum { values: Vec::new() }, true, ""),
    ];
    let sql = "-- name: q\nSELECT kind, max(kind) AS k FROM item";
    let query = fall_back(Family::MySql, sql, &answer(columns, vec![])).unwrap();
    assert_eq!(query.columns[0].ty, SqlType::Enum { values: vec!["a".to_owned(), "b".to_owned()] });
    assert_eq!(query.columns[1].ty, SqlType::text());
    assert_eq!((query.command, query.cardinality), (Command::Many, Cardinality::Many));
}

#[test]
fn the_author_overrides_columns() {
    let sql = "-- name: q :opt\n-- @column n: Option<u8>\n-- @column i: crate::Id\n\
               SELECT id AS `i!`, id AS `n!`, 1 + ? FROM item";
    let columns = vec![
        column("i!", UNSIGNED, false, "item.id"),
        column("n!", UNSIGNED, true, "item.id"),
        column("1 + ?", SqlType::BIGINT, false, ""),
    ];
    let query = fall_back(Family::MySql, sql, &answer(columns, vec![Some(SqlType::BIGINT)])).unwrap();
    let seen: Vec<_> = query
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.rust_type.as_deref(), column.nullability.is_nullable()))
        .collect();
    assert_eq!(seen, [("i", Some("crate::Id"), false), ("n", Some("u8"), true), ("1 + ?", None, true)]);
    let missing = "-- name: q\n-- @column idd: u8\nSELECT id FROM item";
    let errors =
        fall_back(Family::MySql, missing, &answer(vec![column("id", UNSIGNED, true, "item.id")], vec![]))
            .unwrap_err();
    assert_eq!((errors[0].code, errors[0].help.len()), ("unknown-column", 1));
}

#[test]
fn computed_integers_are_wide_and_a_column_without_a_type_is_asked_for() {
    let sql = "-- name: q\nSELECT CAST(? AS SIGNED) AS n, ? AS x";
    let columns = || vec![column("n", SqlType::INT, true, ""), column("x", SqlType::Null, false, "")];
    let said = || answer(columns(), vec![Some(SqlType::BIGINT), Some(SqlType::BIGINT)]);
    let errors = fall_back(Family::MySql, sql, &said()).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["untyped-column"]);
    let sql = sql.replace("SELECT", "-- @column x: i64\nSELECT");
    let query = fall_back(Family::MySql, &sql, &said()).unwrap();
    assert_eq!(query.columns[0].ty, SqlType::BIGINT);
}

#[test]
fn mysql_types_parameters_and_mariadb_asks_for_them() {
    let sql = "-- name: q :exec\nDO :a, ?, :a";
    let said = answer(vec![], vec![Some(SqlType::text()), Some(SqlType::Date), Some(SqlType::BIGINT)]);
    let query = fall_back(Family::MySql, sql, &said).unwrap();
    let types: Vec<_> = query
        .params
        .iter()
        .map(|param| match &param.shape {
            ParamShape::Scalar(value) => (param.name.as_str(), value.ty.sql(), value.nullable),
            ParamShape::List(_) | ParamShape::Tuples(_) => panic!("{param:?}"),
        })
        .collect();
    assert_eq!(types, [("a", "bigint".to_owned(), false), ("arg1", "date".to_owned(), false)]);

    let errors = fall_back(Family::MariaDb, sql, &answer(vec![], vec![None; 3])).unwrap_err();
    let help: Vec<_> = errors.iter().map(|error| error.help[1].as_str()).collect();
    assert_eq!(
        help,
        [
            "write the line `-- @param a: i64`, with its Rust type, above the statement",
            "write `:arg1` in the place of `?`, and the line `-- @param arg1: i64`, with its Rust type, above the \
             statement",
        ]
    );
    let annotated = "-- name: q :exec\n-- @param a: Option<u16>\nDO :a";
    let query = fall_back(Family::MariaDb, annotated, &answer(vec![], vec![None])).unwrap();
    assert_eq!(query.params[0].rust_type.as_deref(), Some("u16"));
    let ParamShape::Scalar(value) = &query.params[0].shape else { panic!("{:?}", query.params) };
    assert_eq!((value.ty.sql().as_str(), value.nullable), ("smallint unsigned", true));
}

#[test]
fn places_that_disagree_about_a_parameter_are_an_error() {
    let said = answer(vec![], vec![Some(SqlType::Date), Some(SqlType::BIGINT)]);
    let errors = fall_back(Family::MySql, "-- name: q\nDO :a, :a", &said).unwrap_err();
    assert_eq!((errors[0].code, errors[0].labels.len()), ("parameter-conflict", 2));
}

#[test]
fn commands_that_the_answer_cannot_serve_are_errors() {
    for (sql, rows, expected) in [
        ("-- name: q :many\nCALL p()", false, "no-rows"),
        ("-- name: q :exec\nSELECT 1", true, "rows-unused"),
        ("-- name: q :execlastid\nINSERT INTO item VALUES (1)", false, "last-id"),
        ("-- name: q\n-- @embed i\nSELECT i.* FROM item i", true, "embed-unparsed"),
    ] {
        let columns = if rows { vec![column("1", SqlType::INT, true, "")] } else { Vec::new() };
        let errors = fall_back(Family::MySql, sql, &answer(columns, vec![])).unwrap_err();
        assert_eq!(errors[0].code, expected, "{sql}");
    }
}

#[test]
fn a_statement_is_read_only_where_no_word_speaks_against_it() {
    for (sql, expected) in [
        ("SELECT 1", true),
        ("(SELECT 1) UNION SELECT 'UPDATE'", true),
        ("SELECT 1 FROM item FOR UPDATE", false),
        ("WITH c AS (SELECT 1) DELETE FROM item", false),
        ("SELECT @a := 1", false),
        ("SELECT NEXT VALUE FOR s", false),
        ("SELECT `Total`(1)", false),
    ] {
        let query = fall_back(
            Family::MySql,
            &format!("-- name: q\n{sql}"),
            &answer(vec![column("1", SqlType::INT, true, "")], vec![]),
        )
        .unwrap();
        assert_eq!(query.read_only, expected, "{sql}");
    }
}
