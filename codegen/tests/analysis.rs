//! The analysis, by example. Each file of `fixtures/analysis` holds queries, and under each the lines `-->` that say
//! what the analysis makes of it; a line that holds on one server only begins with `-->[mysql]` or `-->[mariadb]`.
//! `PORPOISE_BLESS=1` rewrites the expectations, to be read before they are committed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use porpoise_codegen::analyze::{analyze, resolve_views};
use porpoise_codegen::analyze_variants;
use porpoise_codegen::catalog::{Catalog, Snapshot};
use porpoise_codegen::statement::Statement;
use porpoise_codegen::typed::{ManyRows, Nullability, ParamShape, ParamType};
use porpoise_codegen::{Diagnostic, Sources, parse};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn catalog(family: &str) -> Catalog {
    let path = fixtures().join(format!("shop.{family}.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    let mut catalog = Snapshot::from_json(&text).unwrap().catalog;
    resolve_views(&mut catalog);
    catalog
}

#[test]
fn every_fixture_is_analyzed_as_it_says() {
    let catalogs = [catalog("mysql"), catalog("mariadb")];
    let bless = std::env::var_os("PORPOISE_BLESS").is_some();
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(fixtures().join("analysis")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut wrong = String::new();
    for path in paths {
        let written = std::fs::read_to_string(&path).unwrap();
        let bare: Vec<&str> = written.lines().filter(|line| !line.starts_with("-->")).collect();
        let found = expectations(&catalogs, &format!("{}\n", bare.join("\n")));
        if found != written {
            if bless {
                std::fs::write(&path, &found).unwrap();
            } else {
                let _ = writeln!(wrong, "{} differs; it would be:\n{found}", path.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The text with what the analysis says under each statement.
fn expectations(catalogs: &[Catalog; 2], text: &str) -> String {
    let mut sources = Sources::new();
    let file = sources.add("fixture.sql", text);
    let mut inserts: Vec<(usize, Vec<String>)> = Vec::new();
    let (on_mysql, findings) = parse::parse(&sources, file, &catalogs[0].server);
    let (on_mariadb, _) = parse::parse(&sources, file, &catalogs[1].server);
    assert!(findings.is_empty(), "{findings:?}");
    for (mysql, mariadb) in on_mysql.iter().zip(&on_mariadb) {
        let end = mysql.span.end as usize;
        let after = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        inserts.push((
            after,
            both(&lines(&catalogs[0], &sources, mysql), &lines(&catalogs[1], &sources, mariadb)),
        ));
    }
    let mut out = String::new();
    let mut from = 0;
    for (at, lines) in inserts {
        out.push_str(&text[from..at]);
        for line in lines {
            out.push_str(&line);
            out.push('\n');
        }
        from = at;
    }
    out.push_str(&text[from..]);
    out
}

/// Lines of both servers, each marked where the other does not have it at the same place.
fn both(mysql: &[String], mariadb: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for index in 0..mysql.len().max(mariadb.len()) {
        match (mysql.get(index), mariadb.get(index)) {
            (Some(a), Some(b)) if a == b => out.push(format!("--> {a}")),
            (a, b) => {
                out.extend(a.map(|a| format!("-->[mysql] {a}")));
                out.extend(b.map(|b| format!("-->[mariadb] {b}")));
            }
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

fn lines(catalog: &Catalog, sources: &Sources, statement: &Statement) -> Vec<String> {
    let (query, found, needs_server) = match &statement.dynamic {
        Some(_) => {
            let (query, found) = analyze_variants(catalog, statement);
            (query, found, None)
        }
        None => {
            let analysis = analyze(catalog, statement);
            (analysis.query, analysis.diagnostics, analysis.needs_server)
        }
    };
    let mut lines: Vec<String> = found.iter().map(|finding| diagnostic(sources, finding)).collect();
    lines.extend(
        needs_server.iter().map(|finding| format!("needs a server: {}", diagnostic(sources, finding))),
    );
    let Some(query) = query else { return lines };
    let names = |tables: &[porpoise_codegen::catalog::TableName]| {
        tables.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    let mut head = format!(":{} {}", query.command.as_str(), query.cardinality.as_str());
    if !query.reads.is_empty() {
        let _ = write!(head, " reads {}", names(&query.reads));
    }
    if !query.writes.is_empty() {
        let _ = write!(head, " writes {}", names(&query.writes));
    }
    if query.read_only {
        head.push_str(" read-only");
    }
    lines.push(head);
    match &query.many {
        Some(ManyRows::Each) => lines.push("each row by itself".to_owned()),
        Some(ManyRows::Together) => lines.push("rows together".to_owned()),
        Some(ManyRows::Rows { head, row, tail, ignore }) => {
            let ignore = if *ignore { " ignoring" } else { "" };
            lines.push(format!("rows{ignore}: {}|{}|{}", one_line(head), one_line(row), one_line(tail)));
        }
        Some(ManyRows::Copy { table, columns }) => {
            let columns: Vec<String> =
                columns.iter().map(|column| format!("{} {}", column.text, column.ty.sql())).collect();
            lines.push(format!("copy to {table}: {}", columns.join(", ")));
        }
        None => {}
    }
    for column in &query.columns {
        let null = match &column.nullability {
            Nullability::NonNull => String::new(),
            Nullability::Nullable(reason) => format!(" NULL because {reason}"),
        };
        lines.push(format!("{}: {}{null}", column.name, column.ty.sql()));
    }
    for embed in &query.embeds {
        let optional = if embed.optional { " optional" } else { "" };
        lines.push(format!("embed {} {:?}{optional}", embed.name, embed.columns));
    }
    if let Some(nesting) = &query.nesting {
        let names = |places: &[usize]| {
            places.iter().map(|place| query.columns[*place].name.as_str()).collect::<Vec<_>>().join(", ")
        };
        lines.push(format!("outer rows by ({})", names(&nesting.key)));
        for collection in &nesting.collections {
            let within = collection.within.map(|place| nesting.collections[place].name.value.as_str());
            let within = within.map(|name| format!(" in {name}")).unwrap_or_default();
            let optional = if collection.optional { " optional" } else { "" };
            let distinct = if collection.distinct { " distinct" } else { "" };
            lines.push(format!(
                "nest {}{within} by ({}){optional}{distinct}: {}",
                collection.name.value,
                names(&collection.key),
                names(&collection.columns)
            ));
        }
    }
    for param in &query.params {
        let ty = |ty: &ParamType| format!("{}{}", ty.ty.sql(), if ty.nullable { " or NULL" } else { "" });
        let shape = match &param.shape {
            ParamShape::Scalar(scalar) => ty(scalar),
            ParamShape::List(element) => format!("[{}]", ty(element)),
            ParamShape::Tuples(elements) => {
                format!("[({})]", elements.iter().map(ty).collect::<Vec<_>>().join(", "))
            }
        };
        lines.push(format!("@{}: {shape}", param.name));
    }
    let sent = query.statement.prepare_text(|param| query.params[param].shape.arity());
    if sent != statement.prepare_text(|param| query.params[param].shape.arity()) {
        lines.push(format!("sends {}", sent.replace('\n', " ")));
    }
    lines
}

fn diagnostic(sources: &Sources, finding: &Diagnostic) -> String {
    let places: Vec<String> =
        finding.labels.iter().map(|label| format!("`{}` {}", sources.text(label.span), label.text)).collect();
    let mut line =
        format!("{} [{}] {} at {}", finding.level.as_str(), finding.code, finding.message, places.join("; "));
    for help in &finding.help {
        let _ = write!(line, "; help: {help}");
    }
    line.replace('\n', " ")
}
