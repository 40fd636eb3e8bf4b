//! The fixtures of the analysis, asked of the servers: what the analysis calls an error the server refuses, at PREPARE
//! or at execution in strict mode, and what it lets through the server prepares.

use std::collections::BTreeMap;
use std::path::Path;

use mysql::prelude::Queryable;
use mysql::{Opts, Params, Value};
use porpoise_codegen::analyze::{analyze, resolve_views};
use porpoise_codegen::catalog::{Catalog, SqlType};
use porpoise_codegen::every_variant;
use porpoise_codegen::live;
use porpoise_codegen::statement::Statement;
use porpoise_codegen::typed::{ParamShape, TypedQuery};
use porpoise_codegen::verify::verify;
use porpoise_codegen::{Diagnostic, Sources, parse};

use crate::support::{Database, servers};

/// What is wrong with the annotations, or is only our wish.
const OURS: &[&str] = &[
    "copyfrom-form",
    "empty-nest",
    "nest-column",
    "nest-form",
    "nest-left-out",
    "nest-stream",
    "nest-without-key",
    "nested-in-itself",
    "nested-twice",
    "no-auto-increment",
    "no-rows",
    "parameter-conflict",
    "unknown-embed",
    "unknown-nest",
    "untyped-parameter",
];

/// What PREPARE does not mind, and the errors that execution answers with.
const AT_EXECUTION: &[(&str, &[u16])] = &[
    ("generated-column", &[1906, 3105]),
    ("into-count", &[1222]),
    ("missing-column", &[1364]),
    ("null-value", &[1048]),
    ("value-count", &[1136]),
    ("value-out-of-range", &[1264, 1265, 1292, 1366, 1406, 3140, 4025]),
];

fn fixtures() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis");
    let mut paths: Vec<_> = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let queries = |text: String| -> String {
        text.lines().filter(|line| !line.starts_with("-->")).flat_map(|line| [line, "\n"]).collect()
    };
    paths.iter().map(|path| queries(fs_err::read_to_string(path).unwrap())).collect()
}

/// The database of the fixtures with a row of number 1 in each table, so that a write of that number or name meets one.
fn shop(url: &str) -> Database {
    let schema = include_str!("../fixtures/shop.sql");
    let mut database = Database::new(url, &[]);
    let statements: Vec<&str> = schema.split(";\n").map(str::trim).filter(|text| !text.is_empty()).collect();
    database.run(&statements);
    database.run(&[
        "INSERT INTO account (id, username) VALUES (1, '1')",
        "INSERT INTO profile (account_id) VALUES (1)",
        "INSERT INTO product (id, sku, name, price) VALUES (1, 'A', 'a', 1)",
        "INSERT INTO purchase (id, account_id, placed_at) VALUES (1, 1, '2024-01-01')",
    ]);
    database
}

/// Every statement of the fixtures with what the analysis says of it.
fn each(catalog: &Catalog, mut check: impl FnMut(&Statement, Option<TypedQuery>, &[Diagnostic])) {
    for text in fixtures() {
        let mut sources = Sources::new();
        let file = sources.add("fixture.sql", text);
        let (statements, findings) = parse::parse(&sources, file, &catalog.server);
        assert!(findings.is_empty(), "{findings:?}");
        for statement in statements.iter().flat_map(every_variant) {
            let analysis = analyze(catalog, statement);
            if analysis.needs_server.is_none() {
                check(statement, analysis.query, &analysis.diagnostics);
            }
        }
    }
}

fn text_of(statement: &Statement, query: Option<&TypedQuery>) -> String {
    match query {
        Some(query) => query.statement.prepare_text(|param| query.params[param].shape.arity()),
        None => statement.prepare_text(|_| 1),
    }
}

#[test]
fn errors_are_what_the_server_refuses_and_nothing_else_is() {
    for (family, url) in servers() {
        for more in ["", "ONLY_FULL_GROUP_BY"] {
            let database = shop(&url);
            let mut catalog = database.catalog();
            if !more.is_empty() && !catalog.server.has_mode(more) {
                catalog.server.sql_mode.push(more.to_owned());
                catalog.server.sql_mode.sort();
            }
            resolve_views(&mut catalog);
            let mut conn = mysql::Conn::new(Opts::from_url(&database.url).unwrap()).unwrap();
            conn.query_drop("SET NAMES utf8mb4").unwrap();
            conn.query_drop(format!("SET sql_mode = '{}'", catalog.server.sql_mode.join(","))).unwrap();
            let mut wrong = Vec::new();
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            each(&catalog, |statement, query, diagnostics| {
                let name = &statement.name.value;
                let codes: Vec<&str> = diagnostics
                    .iter()
                    .filter(|finding| finding.is_error())
                    .map(|finding| finding.code)
                    .collect();
                codes.iter().for_each(|code| *seen.entry(code).or_default() += 1);
                let theirs: Vec<&&str> = codes.iter().filter(|code| !OURS.contains(code)).collect();
                match (conn.prep(text_of(statement, query.as_ref())), theirs.as_slice()) {
                    (Ok(_), []) | (Err(_), [_, ..]) => {}
                    (Err(error), []) => wrong.push(format!("{name}: let through, but {error}")),
                    (Ok(prepared), theirs) => {
                        let expected: Vec<u16> = theirs
                            .iter()
                            .filter_map(|code| AT_EXECUTION.iter().find(|(known, _)| *known == **code))
                            .flat_map(|(_, errors)| errors.iter().copied())
                            .collect();
                        let count = usize::from(prepared.num_params());
                        let values = match count {
                            0 => Params::Empty,
                            count => Params::Positional(vec![Value::from("1"); count]),
                        };
                        conn.query_drop("START TRANSACTION").unwrap();
                        let outcome = conn.exec_drop(&prepared, values);
                        conn.query_drop("ROLLBACK").unwrap();
                        match outcome {
                            Err(mysql::Error::MySqlError(error)) if expected.contains(&error.code) => {}
                            other => wrong.push(format!("{name}: {theirs:?}, but {other:?}")),
                        }
                    }
                }
            });
            assert!(wrong.is_empty(), "{} {more}\n{}", family.as_str(), wrong.join("\n"));
            assert!(AT_EXECUTION.iter().all(|(code, _)| seen.contains_key(code)), "{seen:?}");
        }
    }
}

/// Places where the server's word on a parameter or a column is another one, with the reason.
const DIFFERENT: &[(&str, &str)] = &[];

#[test]
fn types_of_columns_and_parameters_are_what_the_server_says() {
    for (family, url) in servers() {
        let database = shop(&url);
        let mut connection = database.connect();
        let mut catalog = live::introspect(&mut connection, &porpoise_codegen::Schema::default()).unwrap();
        resolve_views(&mut catalog);
        let mut wrong = Vec::new();
        each(&catalog, |statement, query, _| {
            let name = &statement.name.value;
            let Some(query) = query else { return };
            let Ok(answer) = live::prepare(&mut connection, &text_of(statement, Some(&query))).unwrap()
            else {
                return;
            };
            if DIFFERENT.iter().any(|(known, _)| known == name) {
                return;
            }
            let findings = verify(&query, &answer, family);
            wrong.extend(
                findings.iter().map(|finding| format!("{name}: {} {:?}", finding.message, finding.labels)),
            );
            let open = |ty: &SqlType| *ty == SqlType::Null;
            let untyped = query.params.iter().any(|param| match &param.shape {
                ParamShape::Scalar(value) | ParamShape::List(value) => open(&value.ty),
                ParamShape::Tuples(values) => values.iter().any(|value| open(&value.ty)),
            });
            if untyped {
                wrong.push(format!("{name}: a parameter without a type"));
            }
        });
        assert!(wrong.is_empty(), "{}\n{}", family.as_str(), wrong.join("\n"));
    }
}
