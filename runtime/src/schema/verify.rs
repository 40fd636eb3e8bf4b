//! The startup check: does the server that a pool leads to have what the code was generated for?

use super::{DifferenceKind, Schema, SchemaDifference, compare, description, live};
use crate::error::printable::printable;
use crate::error::{Error, ErrorKind, Result};
use crate::executor::{Access, Read};
use crate::session::Session;

/// Checks that the server has the tables, columns and unique keys that the generated code relies on, as they were when
/// it was generated. Meant for the start of a program:
///
/// ```no_run
/// # const SCHEMA: porpoise::Schema =
/// #     porpoise::Schema { family: porpoise::Family::MySql, sql_mode: "", collation: "", fingerprint: "", tables: "" };
/// # fn main() -> porpoise::Result<()> {
/// # let options = porpoise::Options::from_url("mysql://app@localhost/shop")?;
/// let pool = porpoise::Pool::new(options.schema(&SCHEMA))?; // `SCHEMA` is in the generated code
/// porpoise::verify_schema(&pool, &SCHEMA)?;
/// # Ok(())
/// # }
/// ```
///
/// What the server has beyond that, such as a new table or a new column that can be NULL, is no error.
/// [`schema_differences`] tells of that as well. It sends four or five queries of `information_schema`, for each schema
/// that the code names.
///
/// # Errors
/// [`ErrorKind::SchemaDrift`] with everything that breaks the code, a line for each; [`ErrorKind::Configuration`] when
/// the connection has no database selected; and whatever may fail in a query.
pub fn verify_schema(db: impl Read, schema: &Schema) -> Result<()> {
    let mut lease = db.lease(Access::Read)?;
    let differences = differences(lease.session()?, schema)?;
    let breaking: Vec<String> =
        differences.iter().filter(|one| one.breaks()).map(|one| format!("\n  {one}")).collect();
    if breaking.is_empty() {
        return Ok(());
    }
    let count = match breaking.len() {
        1 => "1 difference".to_owned(),
        more => format!("{more} differences"),
    };
    Err(Error::new(ErrorKind::SchemaDrift).detail(format!(
        "{count} to fingerprint {}{}",
        schema.fingerprint,
        breaking.concat()
    )))
}

/// Everything in which the tables that the generated code relies on differ from those of the server, for those who
/// decide themselves what they can live with. Empty when they are the same.
///
/// # Errors
/// As [`verify_schema`], but for the differences.
pub fn schema_differences(db: impl Read, schema: &Schema) -> Result<Vec<SchemaDifference>> {
    let mut lease = db.lease(Access::Read)?;
    differences(lease.session()?, schema)
}

fn differences(session: &mut Session, schema: &Schema) -> Result<Vec<SchemaDifference>> {
    if session.family() != schema.family {
        let (family, version) = (session.family(), printable(session.version()));
        let text =
            format!("the server is {family} ({version}), the code was generated for {}", schema.family);
        return Ok(vec![SchemaDifference::new(DifferenceKind::Family, true, text)]);
    }
    let expected = description::parse(schema.tables)
        .ok_or_else(|| Error::usage("the description of the tables is not one that the generator wrote"))?;
    if expected.is_empty() {
        return Ok(Vec::new());
    }
    let live = live::read(session, &expected)?;
    Ok(compare::compare(&expected, &live.tables, live.fold))
}
