//! Statements of a size that nobody writes get an answer too, and no stack overflow: test threads have 2 MiB.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use porpoise_codegen::analyze::analyze;
use porpoise_codegen::catalog::{Catalog, Snapshot};
use porpoise_codegen::{Sources, parse};

fn catalog() -> Catalog {
    Snapshot::from_json(include_str!("fixtures/shop.mysql.json")).unwrap().catalog
}

/// Parses and analyzes one statement; whatever comes of it, it comes.
fn answer(sql: &str) {
    let mut sources = Sources::new();
    let file = sources.add("deep.sql", format!("-- name: deep\n{sql};"));
    let catalog = catalog();
    let (statements, findings) = parse::parse(&sources, file, &catalog.server);
    assert!(!statements.is_empty() || !findings.is_empty());
    for statement in &statements {
        let analysis = analyze(&catalog, statement);
        assert!(
            analysis.query.is_some() || analysis.needs_server.is_some() || !analysis.diagnostics.is_empty(),
            "no answer at all"
        );
    }
}

#[test]
fn nested_parentheses() {
    for depth in [40, 190, 10_000] {
        answer(&format!("SELECT {}stock{} FROM product", "(".repeat(depth), ")".repeat(depth)));
    }
}

#[test]
fn nested_calls() {
    for depth in [20, 45, 1_000] {
        answer(&format!("SELECT {}stock{} FROM product", "COALESCE(".repeat(depth), ", 0)".repeat(depth)));
        answer(&format!(
            "SELECT {}stock{} FROM product",
            "IF(stock > 1, ".repeat(depth),
            ", 0)".repeat(depth)
        ));
        answer(&format!(
            "SELECT {}stock{} FROM product",
            "CASE WHEN stock THEN ".repeat(depth),
            " END".repeat(depth)
        ));
    }
}

#[test]
fn nested_subqueries() {
    for depth in [10, 45, 500] {
        answer(&format!("SELECT {}1{}", "(SELECT ".repeat(depth), ")".repeat(depth)));
        answer(&format!("SELECT * FROM {}product{} p", "(SELECT * FROM ".repeat(depth), " x)".repeat(depth)));
    }
}

#[test]
fn long_chains() {
    for length in [30, 190, 5_000, 100_000] {
        answer(&format!("SELECT id FROM product WHERE {}", vec!["stock = :s"; length].join(" OR ")));
        answer(&format!("SELECT {} FROM product", vec!["stock"; length].join(" + ")));
        answer(&format!("SELECT {}stock FROM product", "NOT ".repeat(length)));
        answer(&format!("SELECT {} FROM product", vec!["stock"; length].join(" || ")));
    }
}

#[test]
fn many_unions_and_joins() {
    for length in [30, 190, 290, 3_000] {
        answer(&vec!["SELECT id FROM product"; length].join(" UNION ALL "));
        let joins: String = (0..length).map(|n| format!(" JOIN product p{n} ON p{n}.id = p.id")).collect();
        answer(&format!("SELECT p.id FROM product p{joins}"));
    }
}
