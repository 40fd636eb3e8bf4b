//! Executes statements over the data sets and holds every row against the claims.

use mysql::prelude::Queryable;
use mysql::{Column, Conn, Row, Value};
use porpoise_codegen::catalog::Family;
use porpoise_codegen::typed::Cardinality;

use crate::arguments::{Call, call, calls};
use crate::compare::{self, Problem};
use crate::data::{self, DataSet};
use crate::nests;
use crate::report::{Fault, Report};
use crate::server::Database;
use crate::subject::{Subject, column_name};
use crate::{Result, prepare};

/// The server's number for a NULL in a NOT NULL column.
const BAD_NULL: u16 = 1048;

/// What the servers say when a statement takes too long: MySQL, MariaDB.
const TOO_LONG: [u16; 2] = [3024, 1969];

/// Runs all subjects over all data sets.
pub(crate) fn run(
    database: &mut Database,
    groups: &mut [(String, Vec<Subject>)],
    seed: u64,
    report: &mut Report,
) -> Result<()> {
    let family = database.catalog.server.family;
    for set in DataSet::ALL {
        data::load(database, set, seed)?;
        for (group, subjects) in groups.iter_mut() {
            for subject in subjects {
                examine(database, group, subject, set, report)?;
            }
        }
    }
    for (group, subjects) in groups {
        for subject in subjects {
            subject.conclude(report, family, group);
        }
    }
    Ok(())
}

/// Runs one statement over the rows that are there.
pub(crate) fn examine(
    database: &mut Database,
    group: &str,
    subject: &mut Subject,
    set: DataSet,
    report: &mut Report,
) -> Result<()> {
    let family = database.catalog.server.family;
    for (run, one) in calls(&subject.query).iter().enumerate() {
        let outcome = execute(&mut database.conn, subject.query.read_only, one)
            // A server that went away may have done so for this statement's sake.
            .map_err(|error| format!("{error}, over {set:?} data, at {}: {}", subject.name, one.sql))?;
        let tally = report.tally(group, family);
        match outcome {
            Ok((rows, columns)) => {
                tally.runs += 1;
                tally.rows += rows.len() as u64;
                judge(subject, &rows, &columns, &format!("{set:?} data{}", shown(one)), family, report);
            }
            Err(error) => {
                tally.failed_runs += 1;
                if report.shows_errors {
                    let (server, name) = (family.as_str(), &subject.name);
                    eprintln!("{server} {name}: {} {}{}", error.code, error.message, shown(one));
                }
                if TOO_LONG.contains(&error.code) {
                    // The next run would take as long.
                    return Ok(());
                }
                let refuses_null = error.code == BAD_NULL
                    && one.has_null
                    && execute(&mut database.conn, false, &call(&subject.query, run, false))?.is_ok();
                if refuses_null {
                    let text =
                        format!("NULL may be passed, we say, and not so: {}{}", error.message, shown(one));
                    report.note(Fault::Parameters, family, &subject.name, text);
                }
            }
        }
    }
    Ok(())
}

type Rows = (Vec<Row>, Vec<Column>);

/// Executes a call; what writes is rolled back. The inner error is the server's.
fn execute(
    conn: &mut Conn,
    read_only: bool,
    call: &Call,
) -> Result<std::result::Result<Rows, mysql::MySqlError>> {
    if !read_only {
        conn.query_drop("START TRANSACTION")?;
    }
    let outcome = fetch(conn, call);
    if !read_only {
        conn.query_drop("ROLLBACK")?;
    }
    match outcome {
        Ok(rows) => Ok(Ok(rows)),
        Err(mysql::Error::MySqlError(error)) => Ok(Err(error)),
        Err(error) => Err(error.into()),
    }
}

fn fetch(conn: &mut Conn, call: &Call) -> std::result::Result<Rows, mysql::Error> {
    let statement = conn.prep(&call.sql)?;
    let fetched = (|| {
        let mut result = conn.exec_iter(&statement, call.values.clone())?;
        let columns = result.columns().as_ref().to_vec();
        let rows = result.by_ref().collect::<std::result::Result<Vec<Row>, _>>()?;
        Ok((rows, columns))
    })();
    conn.close(statement)?;
    fetched
}

/// The values of a call, for people.
fn shown(call: &Call) -> String {
    if call.values.is_empty() {
        return String::new();
    }
    let values: Vec<String> = call.values.iter().map(|value| value.as_sql(false)).collect();
    format!(" with {}", values.join(", "))
}

/// Holds the rows of a run against the claims.
fn judge(
    subject: &mut Subject,
    rows: &[Row],
    columns: &[Column],
    run: &str,
    family: Family,
    report: &mut Report,
) {
    let count = rows.len() as u64;
    let nested = nests::look(&subject.query, rows);
    for text in nested.iter().flat_map(|nested| &nested.refuted) {
        report.note(Fault::Unsound, family, &subject.name, format!("{text} over {run}"));
    }
    subject.most_rows = subject.most_rows.max(count);
    // With `@nest` the claim is about outer rows.
    let count = nested.map_or(count, |nested| nested.outer_rows);
    let refuted = match subject.query.cardinality {
        Cardinality::One => count != 1,
        Cardinality::Opt => count > 1,
        Cardinality::Many | Cardinality::Exec => false,
    };
    if refuted {
        let text =
            format!("`{}`, we say, and {count} rows came over {run}", subject.query.cardinality.as_str());
        report.note(Fault::Unsound, family, &subject.name, text);
    }
    if columns.len() != subject.query.columns.len() {
        if !columns.is_empty() {
            let text = format!("{} columns came, and we say {}", columns.len(), subject.query.columns.len());
            report.note(Fault::Columns, family, &subject.name, text);
        }
        return;
    }
    for row in rows {
        for (index, column) in columns.iter().enumerate() {
            let value = row.as_ref(index).unwrap_or(&Value::NULL);
            let (values, nulls) = &mut subject.seen[index];
            *values += 1;
            let ours = &subject.query.columns[index];
            let name = || column_name(&subject.name, &subject.query, index);
            if *value == Value::NULL {
                *nulls += 1;
                let absent = subject
                    .optional_embed(index)
                    .is_some_and(|all| all.iter().all(|column| row.as_ref(*column) == Some(&Value::NULL)));
                if !ours.nullability.is_nullable() && !absent {
                    let text = format!("never NULL, we say, and it is over {run}");
                    report.note(Fault::Unsound, family, &name(), text);
                }
                continue;
            }
            let claim = prepare::brief(&ours.ty);
            let sent = || format!("{} as {}", value.as_sql(false), compare::shown(column));
            match compare::check(&ours.ty, value, column, family) {
                None => {}
                Some(Problem::Range) => {
                    let text = format!("{claim}, we say, and {} came over {run}", sent());
                    report.note(Fault::Unsound, family, &name(), text);
                }
                Some(Problem::Class) => {
                    let text = format!("{claim}, we say, and {} came over {run}", sent());
                    report.note(Fault::Type, family, &name(), text);
                }
            }
        }
    }
}
