//! The table at the end: a line for each group of queries and server, and what it comes to.

use std::fmt::Write as _;

use porpoise_codegen::catalog::Family;

use crate::report::{Fault, Report, Tally};

const HEAD: [&str; 15] = [
    "group", "server", "stmts", "typed", "untyped", "refused", "columns", "UNSOUND", "types", "accepted",
    "timid", "params", "runs", "failed", "rowless",
];

/// The whole table.
pub(crate) fn render(report: &Report) -> String {
    let mut rows: Vec<[String; 15]> = Vec::new();
    for ((group, server), tally) in &report.tallies {
        rows.push(row(report, group, *server, tally));
    }
    for server in [Family::MariaDb, Family::MySql] {
        let of: Vec<_> = report.tallies.iter().filter(|((_, family), _)| *family == server).collect();
        if of.is_empty() {
            continue;
        }
        let mut sum: [String; 15] = Default::default();
        sum[0] = "TOTAL".to_owned();
        sum[1] = server.as_str().to_owned();
        for column in 2..15 {
            let of_server = |row: &&[String; 15]| row[1] == server.as_str() && row[0] != "TOTAL";
            let total: usize =
                rows.iter().filter(of_server).filter_map(|row| row[column].parse::<usize>().ok()).sum();
            sum[column] = total.to_string();
        }
        rows.push(sum);
    }
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(HEAD[column].len())
    };
    let widths: Vec<usize> = (0..15).map(width).collect();
    let mut text = String::new();
    let mut line = |cells: &[String; 15]| {
        for (column, cell) in cells.iter().enumerate() {
            // Writing to a string does not fail.
            let _ = match column {
                0 => write!(text, "{cell:<0$}", widths[column]),
                1 => write!(text, "  {cell:<0$}", widths[column]),
                _ => write!(text, "  {cell:>0$}", widths[column]),
            };
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    };
    line(&HEAD.map(str::to_owned));
    for row in &rows {
        line(row);
    }
    text
}

fn row(report: &Report, group: &str, server: Family, tally: &Tally) -> [String; 15] {
    let count = |fault| report.count(group, server, fault).0;
    let (types, accepted) = report.count(group, server, Fault::Type);
    [
        group.to_owned(),
        server.as_str().to_owned(),
        tally.statements.to_string(),
        tally.typed.to_string(),
        count(Fault::Untyped).to_string(),
        count(Fault::Refused).to_string(),
        tally.columns.to_string(),
        count(Fault::Unsound).to_string(),
        types.to_string(),
        accepted.to_string(),
        count(Fault::Timid).to_string(),
        (count(Fault::Parameters) + count(Fault::Columns)).to_string(),
        tally.runs.to_string(),
        tally.failed_runs.to_string(),
        tally.barren.to_string(),
    ]
}

/// What was found, the worst first, each in a line.
pub(crate) fn findings(report: &Report) -> String {
    let mut shown: Vec<_> = report.findings.iter().filter(|finding| !finding.accepted).collect();
    shown.sort_by(|a, b| (a.fault, &a.subject, a.server).cmp(&(b.fault, &b.subject, b.server)));
    let mut text = String::new();
    for finding in shown {
        let _ = writeln!(
            text,
            "{:<10} {:<7} {}: {}",
            finding.fault.as_str(),
            finding.server.as_str(),
            finding.subject,
            finding.text
        );
    }
    text
}
