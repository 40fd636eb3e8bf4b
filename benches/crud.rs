//! How long it takes to generate every function of 300 tables, with types for their keys, offline, on one core:
//! `cargo bench --manifest-path benches/Cargo.toml --bench crud`. It should stay under a second.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use porpoise_codegen::catalog::{Snapshot, TableKind};
use porpoise_codegen::{Config, Sources, check_queries};

const TABLES: usize = 300;

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
            table.name.name.push_str(&format!("_{copy}"));
            for key in &mut table.foreign_keys {
                key.references.name.push_str(&format!("_{copy}"));
            }
            table
        })
        .collect();
    // As `porpoise pull` leaves them.
    snapshot.catalog.tables.sort_by(|a, b| a.name.cmp(&b.name));
    snapshot
}

fn generate_crud(criterion: &mut Criterion) {
    let snapshot = snapshot();
    let mut config = Config::in_folder(std::path::Path::new("."));
    config.generate.crud = vec!["*".to_owned()];
    config.types.keys = vec!["*".to_owned()];
    let mut group = criterion.benchmark_group("generate");
    group.sample_size(10);
    group.bench_function("300 tables", |bencher| {
        bencher.iter(|| {
            let mut sources = Sources::new();
            let checked = check_queries(&config, &snapshot, &mut sources, &[], None).unwrap();
            assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
            black_box(checked.folder())
        });
    });
    group.finish();
}

criterion_group!(benches, generate_crud);
criterion_main!(benches);
