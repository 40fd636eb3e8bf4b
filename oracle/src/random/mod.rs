//! Random schemas and queries for the oracle. The same seed makes the same ones, whatever the machine. A query whose
//! claims are refuted is made smaller as long as they still are, and printed.

mod expr;
mod node;
mod query;
mod schema;

use std::time::{Duration, Instant};

use porpoise_codegen::catalog::Catalog;
use porpoise_codegen::{Sources, analyze, live, parse};

use crate::Result;
use crate::prng::Prng;
use crate::report::{Fault, Report};
use crate::server::{Database, Host};
use crate::{run, subject};

use node::Node;
use query::Generator;
use schema::Schema;

/// The name of the group.
pub(crate) const GROUP: &str = "random";

/// How many queries share a schema.
const BATCH: usize = 50;

/// How many failures of a server are made smaller.
const MINIMIZED: usize = 4;

/// How many smaller queries are tried for one, and for how long.
const TRIALS: usize = 400;
const PATIENCE: Duration = Duration::from_secs(20);

/// Makes up `count` queries and examines them.
pub(crate) fn examine(host: &Host, count: usize, seed: u64, report: &mut Report) -> Result<()> {
    report.lenient.insert(GROUP.to_owned());
    let mut minimized = 0;
    for batch in 0..count.div_ceil(BATCH) {
        let mut prng = Prng::new(seed.wrapping_mul(0x1000).wrapping_add(batch as u64));
        let schema = schema::schema(prng.next());
        let mut database = Database::lenient(host, &schema.script)?;
        let wanted = BATCH.min(count - batch * BATCH);
        let queries = accepted(&mut database, &schema, wanted, &mut prng)?;
        let named = |(index, node): (usize, &Node)| {
            format!("-- name: q_{}\n{};\n", batch * BATCH + index, node.sql())
        };
        let text: String = queries.iter().enumerate().map(named).collect();
        let known = report.findings.len();
        let subjects = subject::read(&mut database, GROUP, &text, report)?;
        run::run(&mut database, &mut [(GROUP.to_owned(), subjects)], seed, report)?;
        for index in known..report.findings.len() {
            let finding = &report.findings[index];
            let number =
                finding.subject.split('.').nth(1).and_then(|name| name.strip_prefix("q_")?.parse().ok());
            let Some(node) = number.and_then(|number: usize| queries.get(number - batch * BATCH)) else {
                continue;
            };
            let fault = finding.fault;
            let small = if is_refuted(fault) && minimized < MINIMIZED {
                minimized += 1;
                minimize(&mut database, node, fault, seed)?
            } else {
                node.sql()
            };
            let finding = &mut report.findings[index];
            finding.text = format!("{} (seed {seed}, schema {batch})\n    {small}", finding.text);
            if is_refuted(fault) {
                let schema = schema.script.trim_end().replace('\n', "\n    ");
                finding.text.push_str(&format!("\n    over: {schema}"));
            }
        }
    }
    Ok(())
}

/// Whether a fault is one of the analysis that nothing excuses.
fn is_refuted(fault: Fault) -> bool {
    match fault {
        Fault::Unsound | Fault::Parameters | Fault::Columns => true,
        Fault::Refused | Fault::Untyped | Fault::Type | Fault::Timid => false,
    }
}

/// Queries that the server takes.
fn accepted(database: &mut Database, schema: &Schema, wanted: usize, prng: &mut Prng) -> Result<Vec<Node>> {
    let mut queries = Vec::new();
    let mut attempts = 0;
    while queries.len() < wanted && attempts < wanted * 20 {
        attempts += 1;
        let node = Generator::new(prng.next(), &schema.tables, true).statement();
        let sql = node.sql();
        // Long ones say little and take their time.
        if sql.len() < 3000 && takes(database, &sql)? && !is_nonsense(&database.catalog, &sql) {
            queries.push(node);
        }
    }
    Ok(queries)
}

/// Errors on purpose for what a server takes, and what chance makes up often.
const ON_PURPOSE: [&str; 3] = ["untyped-parameter", "null-comparison", "parameter-conflict"];

/// What the analysis leaves to the servers, and what chance makes up often and people do not.
const LEFT_TO_SERVERS: &str = "an aggregate over columns of the query around it";

/// Whether the analysis refuses a query on purpose.
fn is_nonsense(catalog: &Catalog, sql: &str) -> bool {
    let mut sources = Sources::new();
    let file = sources.add("random.sql", format!("-- name: q\n{sql};\n"));
    let (statements, _) = parse::parse(&sources, file, &catalog.server);
    statements.iter().any(|statement| {
        let analysis = analyze::analyze(catalog, statement);
        let left = analysis.needs_server.is_some_and(|finding| finding.message.contains(LEFT_TO_SERVERS));
        left || analysis.diagnostics.iter().any(|finding| ON_PURPOSE.contains(&finding.code))
    })
}

/// Whether the server takes a query.
fn takes(database: &mut Database, sql: &str) -> Result<bool> {
    let answer = live::prepare(&mut database.live, &without_names(sql));
    Ok(answer.map_err(|error| format!("{error}, at PREPARE of {sql}"))?.is_ok())
}

/// `?` for each `:p1`.
fn without_names(sql: &str) -> String {
    let mut text = String::new();
    let mut pieces = sql.split(":p");
    text.extend(pieces.next());
    for piece in pieces {
        text.push('?');
        text.push_str(piece.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    text
}

/// A smaller query with the same fault.
fn minimize(database: &mut Database, node: &Node, fault: Fault, seed: u64) -> Result<String> {
    let mut best = node.clone();
    let mut trials = 0;
    let began = Instant::now();
    'smaller: loop {
        for candidate in best.smaller() {
            trials += 1;
            if trials > TRIALS || began.elapsed() > PATIENCE {
                break 'smaller;
            }
            if fails(database, &candidate, fault, seed)? {
                best = candidate;
                continue 'smaller;
            }
        }
        break;
    }
    Ok(best.sql())
}

fn fails(database: &mut Database, node: &Node, fault: Fault, seed: u64) -> Result<bool> {
    let sql = node.sql();
    if !takes(database, &sql)? {
        return Ok(false);
    }
    let mut report = Report::default();
    let subjects = subject::read(database, GROUP, &format!("-- name: q\n{sql};\n"), &mut report)?;
    run::run(database, &mut [(GROUP.to_owned(), subjects)], seed, &mut report)?;
    Ok(report.findings.iter().any(|finding| finding.fault == fault))
}
