//! The server as a witness: asked about every statement where there is one, and the only source of types for a
//! statement that analysis cannot. Knows nothing of connections; `live` has one that answers.

use crate::catalog::{Catalog, Family, PreparedAnswer, Snapshot};
use crate::diagnostic::{Diagnostic, Level};
use crate::error::Result;
use crate::statement::Statement;
use crate::typed::TypedQuery;
use crate::verify;

/// Somebody who can PREPARE a statement.
pub trait Witness {
    /// What the server says of a statement without executing it; the inner error is its refusal.
    ///
    /// # Errors
    /// The server cannot be asked.
    fn prepare(&mut self, sql: &str) -> Result<std::result::Result<PreparedAnswer, String>>;
}

type Testimony = (Option<TypedQuery>, Vec<Diagnostic>);

/// Lets the witness look at what analysis made of a statement.
pub(crate) fn confirm(
    query: TypedQuery,
    family: Family,
    witness: Option<&mut (dyn Witness + '_)>,
) -> Result<Testimony> {
    let Some(witness) = witness else { return Ok((Some(query), Vec::new())) };
    let sql = query.statement.prepare_text(|param| query.params[param].shape.arity());
    let found = match witness.prepare(&sql)? {
        Ok(answer) => verify::verify(&query, &answer, family),
        Err(refusal) => vec![refused(&query.statement, &refusal)],
    };
    Ok((Some(query), found))
}

/// Types a statement that analysis cannot, by what the witness says, or by what one said when the snapshot was
/// written. `why` is shown when nobody knows.
pub(crate) fn stand_in(
    statement: Statement,
    why: Diagnostic,
    catalog: &Catalog,
    snapshot: &Snapshot,
    witness: Option<&mut (dyn Witness + '_)>,
) -> Result<Testimony> {
    let sql = statement.prepare_text(|_| 1);
    let answer = match (witness, snapshot.prepared.get(&sql)) {
        (Some(witness), _) => match witness.prepare(&sql)? {
            Ok(answer) => answer,
            Err(refusal) => return Ok((None, vec![refused(&statement, &refusal)])),
        },
        (None, Some(kept)) => kept.clone(),
        (None, None) => return Ok((None, vec![why])),
    };
    Ok(match verify::from_prepared(statement, &answer, catalog) {
        Ok(query) => (Some(query), Vec::new()),
        Err(found) => (None, found),
    })
}

/// Types a statement that analysis refused and the server accepts by the server's word, and makes warnings of what
/// analysis found.
pub(crate) fn overrule(
    statement: Statement,
    found: Vec<Diagnostic>,
    catalog: &Catalog,
    snapshot: &Snapshot,
    witness: Option<&mut (dyn Witness + '_)>,
) -> Result<Testimony> {
    let sql = statement.prepare_text(|_| 1);
    let answer = match (witness, snapshot.prepared.get(&sql)) {
        (Some(witness), _) => witness.prepare(&sql)?.ok(),
        (None, kept) => kept.cloned(),
    };
    let Some(answer) = answer else { return Ok((None, found)) };
    let help =
        "the server accepts the statement, and types it; if the schema has changed, run `porpoise pull`";
    let found =
        found.into_iter().map(|finding| Diagnostic { level: Level::Warning, ..finding }.help(help)).collect();
    Ok(match verify::from_prepared(statement, &answer, catalog) {
        Ok(query) => (Some(query), found),
        Err(more) => (None, [found, more].concat()),
    })
}

pub(crate) fn refused(statement: &Statement, refusal: &str) -> Diagnostic {
    Diagnostic::error("refused", format!("the server refuses `{}`", statement.name.value))
        .at(statement.span, refusal)
}

#[cfg(feature = "live")]
impl Witness for crate::live::Connection {
    fn prepare(&mut self, sql: &str) -> Result<std::result::Result<PreparedAnswer, String>> {
        Ok(crate::live::prepare(self, sql)?.map_err(|refusal| refusal.to_string()))
    }
}
