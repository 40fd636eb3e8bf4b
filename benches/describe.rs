//! How long it takes to say everything about many queries, offline, on one core: `cargo bench --manifest-path benches/Cargo.toml`.
//! The time should grow with the number of queries and no faster.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot go on stops")]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use porpoise_codegen::catalog::{Snapshot, TableKind};
use porpoise_codegen::{Config, FileId, Sources, check_queries, describe};

const TABLES: usize = 200;
const QUERIES_IN_A_FILE: usize = 20;

/// The tables of the analysis fixtures, again and again under numbered names.
fn snapshot() -> Snapshot {
    let mut snapshot =
        Snapshot::from_json(include_str!("../codegen/tests/fixtures/shop.mysql.json")).unwrap();
    let tables: Vec<_> =
        snapshot.catalog.tables.iter().filter(|table| table.kind == TableKind::Base).cloned().collect();
    snapshot.catalog.tables = (0..TABLES)
        .map(|number| {
            let mut table = tables[number % tables.len()].clone();
            let copy = number / tables.len();
            let _ = write!(table.name.name, "_{copy}");
            for key in &mut table.foreign_keys {
                let _ = write!(key.references.name, "_{copy}");
            }
            table
        })
        .collect();
    snapshot
}

const PATTERNS: [&str; 5] = [
    "SELECT * FROM account_N WHERE id = :id",
    "SELECT a.id, a.email, SUM(l.quantity * l.unit_price) AS total, COUNT(*) AS n
FROM account_N a JOIN purchase_N b ON b.account_id = a.id JOIN purchase_line_N l ON l.purchase_id = b.id
WHERE b.placed_at BETWEEN :first AND :last AND a.verified = :verified
GROUP BY a.id, a.email HAVING SUM(l.quantity) > :least ORDER BY total DESC LIMIT :limit",
    "INSERT INTO product_N (sku, name, price) VALUES (:sku, :name, :price)
ON DUPLICATE KEY UPDATE price = VALUES(price), stock = stock + :added",
    "UPDATE account_N SET email = COALESCE(:email, email), verified = :verified WHERE id = :id",
    "SELECT p.name, l.quantity, b.placed_at, IF(p.weight IS NULL, 0, p.weight) AS weight
FROM product_N p LEFT JOIN purchase_line_N l ON l.product_id = p.id LEFT JOIN purchase_N b ON b.id = l.purchase_id
WHERE p.name LIKE :pattern AND p.id IN (:ids)",
];

fn sources(queries: usize) -> (Sources, Vec<FileId>) {
    let mut sources = Sources::new();
    let mut files = Vec::new();
    for first in (0..queries).step_by(QUERIES_IN_A_FILE) {
        let mut text = String::new();
        for query in first..queries.min(first + QUERIES_IN_A_FILE) {
            let pattern = PATTERNS[query % PATTERNS.len()];
            let sql = pattern.replace("_N", &format!("_{}", query % (TABLES / 5)));
            let _ = writeln!(text, "-- name: query_{query}\n{sql};\n");
        }
        files.push(sources.add(format!("file_{first}.sql"), text));
    }
    (sources, files)
}

fn describe_offline(criterion: &mut Criterion) {
    let snapshot = snapshot();
    let config = Config::in_folder(std::path::Path::new("."));
    let mut group = criterion.benchmark_group("describe");
    group.sample_size(10);
    for queries in [100, 1_000, 10_000] {
        let (mut sources, files) = sources(queries);
        group.throughput(Throughput::Elements(queries as u64));
        group.bench_with_input(BenchmarkId::from_parameter(queries), &files, |bencher, files| {
            bencher.iter(|| {
                let checked = check_queries(&config, &snapshot, &mut sources, files, None).unwrap();
                assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
                black_box(describe::json(&describe::Input {
                    files: &checked.files,
                    types: &checked.lowered.types,
                    diagnostics: &checked.diagnostics,
                    sources: &sources,
                }))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, describe_offline);
criterion_main!(benches);
