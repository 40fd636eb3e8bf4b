//! A statement under examination: what the analysis claims, what PREPARE says, and what the data have shown so far.

use porpoise_codegen::catalog::{Catalog, Family, PreparedAnswer, SqlType};
use porpoise_codegen::statement::Statement;
use porpoise_codegen::typed::{Cardinality, TypedQuery};
use porpoise_codegen::{Sources, analyze, every_variant, live, parse};

use crate::Result;
use crate::prepare;
use crate::report::{Fault, Report};
use crate::server::Database;

/// A statement that is typed and that the server takes.
pub(crate) struct Subject {
    /// `group.statement`.
    pub(crate) name: String,
    pub(crate) query: TypedQuery,
    pub(crate) directives: Directives,
    answer: PreparedAnswer,
    /// For each column: values seen, NULLs among them.
    pub(crate) seen: Vec<(u64, u64)>,
    /// The greatest number of rows of a run, and whether a run had none.
    pub(crate) most_rows: u64,
}

/// What the doc lines of a battery's statement say to the oracle.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directives {
    /// `-- only: mysql`: the other server does not know the syntax.
    only: Option<Family>,
    /// `-- never: a, b`: the author has a proof that these columns are never NULL, though the server has none.
    never: Vec<String>,
    /// `-- params: id: int unsigned, note: varchar(10)?`: exactly these.
    params: Option<String>,
    /// `-- rows: opt`: no more can come.
    pub(crate) rows: Option<Cardinality>,
}

impl Directives {
    fn read(docs: &[String]) -> Result<Directives> {
        let mut found = Directives::default();
        for line in docs {
            let Some((word, rest)) = line.trim().split_once(':') else { continue };
            let rest = rest.trim();
            match word {
                "only" => {
                    found.only = Some(match rest {
                        "mysql" => Family::MySql,
                        "mariadb" => Family::MariaDb,
                        _ => return Err(format!("`{line}`: mysql or mariadb").into()),
                    });
                }
                "never" => found.never.extend(rest.split(',').map(|column| column.trim().to_owned())),
                "params" => found.params = Some(rest.to_owned()),
                "rows" => {
                    found.rows = Some(match rest {
                        "one" => Cardinality::One,
                        "opt" => Cardinality::Opt,
                        _ => return Err(format!("`{line}`: one or opt").into()),
                    });
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

/// Reads a file of queries, analyses each, and asks the server. Those that can be run come back.
pub(crate) fn read(
    database: &mut Database,
    group: &str,
    text: &str,
    report: &mut Report,
) -> Result<Vec<Subject>> {
    let family = database.catalog.server.family;
    let mut sources = Sources::new();
    let file = sources.add(format!("{group}.sql"), text);
    let (statements, diagnostics) = parse::parse(&sources, file, &database.catalog.server);
    let mut subjects = Vec::new();
    report.tally(group, family);
    for finding in diagnostics.iter().filter(|finding| finding.is_error()) {
        let (line, _) = finding
            .labels
            .first()
            .map_or((0, 0), |label| sources.get(label.span.file).line_column(label.span.start));
        let subject = format!("{group}.line_{line}");
        report.note(Fault::Untyped, family, &subject, prepare::shown(finding));
    }
    for statement in statements {
        let directives = Directives::read(&statement.docs)?;
        if directives.only.is_some_and(|only| only != family) {
            continue;
        }
        // Every statement that the text can be is one to look at.
        for variant in every_variant(&statement) {
            subjects.extend(subject(database, group, variant.clone(), directives.clone(), report)?);
        }
    }
    Ok(subjects)
}

fn subject(
    database: &mut Database,
    group: &str,
    statement: Statement,
    directives: Directives,
    report: &mut Report,
) -> Result<Option<Subject>> {
    let family = database.catalog.server.family;
    let name = format!("{group}.{}", statement.name.value);
    report.tally(group, family).statements += 1;
    let query = match typed(&database.catalog, &statement) {
        Ok(query) => query,
        Err(why) => {
            // Which of the two is at fault shows in what the server says.
            let server = match live::prepare(&mut database.live, &statement.prepare_text(|_| 1))? {
                Ok(_) => "the server takes it".to_owned(),
                Err(refusal) => format!("the server says: {refusal}"),
            };
            report.note(Fault::Untyped, family, &name, format!("{why}; {server}"));
            return Ok(None);
        }
    };
    let sql = query.statement.prepare_text(|param| query.params[param].shape.arity());
    let answer = match live::prepare(&mut database.live, &sql)? {
        Ok(answer) => answer,
        Err(refusal) => {
            report.note(Fault::Refused, family, &name, refusal.to_string());
            return Ok(None);
        }
    };
    let tally = report.tally(group, family);
    tally.typed += 1;
    tally.columns += query.columns.len();
    for difference in prepare::differences(&query, &answer, family) {
        let subject = match difference.column {
            Some(column) => column_name(&name, &query, column),
            None => name.clone(),
        };
        report.note(difference.fault, family, &subject, difference.text);
    }
    if let Some(expected) = &directives.params {
        let found = prepare::parameters(&query);
        if found != *expected {
            let text = format!("expected `{expected}`, found `{found}`");
            report.note(Fault::Parameters, family, &name, text);
        }
    }
    let seen = vec![(0, 0); query.columns.len()];
    Ok(Some(Subject { name, query, directives, answer, seen, most_rows: 0 }))
}

/// The analysed statement, or in words why there is none.
pub(crate) fn typed(catalog: &Catalog, statement: &Statement) -> std::result::Result<TypedQuery, String> {
    let analysis = analyze::analyze(catalog, statement);
    analysis.query.ok_or_else(|| {
        let found: Vec<String> =
            analysis.diagnostics.iter().chain(&analysis.needs_server).map(prepare::shown).collect();
        found.join("; ")
    })
}

fn is_date(ty: &SqlType) -> bool {
    matches!(ty, SqlType::Date | SqlType::DateTime { .. } | SqlType::Timestamp { .. })
}

/// `group.statement.column`, with `#2` for the second of a name.
pub(crate) fn column_name(subject: &str, query: &TypedQuery, index: usize) -> String {
    let name = &query.columns[index].name;
    let before = query.columns[..index].iter().filter(|column| column.name == *name).count();
    match before {
        0 => format!("{subject}.{name}"),
        n => format!("{subject}.{name}#{}", n + 1),
    }
}

impl Subject {
    /// The columns that may be NULL together with this one: those of an `@embed`, or the key of a `@nest`.
    pub(crate) fn optional_embed(&self, column: usize) -> Option<Vec<usize>> {
        let embed = self.query.embeds.iter().find(|embed| embed.optional && embed.columns.contains(&column));
        let collections = self.query.nesting.iter().flat_map(|nesting| &nesting.collections);
        let nested =
            collections.into_iter().find(|nested| nested.optional && nested.columns.contains(&column));
        match (embed, nested) {
            (Some(embed), _) => Some(embed.columns.clone().collect()),
            (None, Some(nested)) => Some(nested.key.clone()),
            (None, None) => None,
        }
    }

    /// What all runs together say: columns that we call nullable and that nothing ever made so.
    ///
    /// A column is timid when values of it were seen, none of them NULL, and the server's NOT_NULL flag or the
    /// battery's author says that it never is. The flag alone is no proof, and data alone is none either.
    pub(crate) fn conclude(&self, report: &mut Report, family: Family, group: &str) {
        for (index, (ours, (values, nulls))) in self.query.columns.iter().zip(&self.seen).enumerate() {
            if !ours.nullability.is_nullable() || *values == 0 || *nulls > 0 {
                continue;
            }
            // MariaDB sets the flag on merged dates that are NULL for a zero date.
            let lies = family == Family::MariaDb && ours.origin.is_none() && is_date(&ours.ty);
            let flagged = !lies && self.answer.columns.get(index).is_some_and(|theirs| theirs.not_null);
            let proved = self.directives.never.contains(&ours.name);
            if flagged || proved {
                let by = if proved { "the author's proof" } else { "the server's flag" };
                let subject = column_name(&self.name, &self.query, index);
                report.note(Fault::Timid, family, &subject, format!("never NULL by {by}"));
            }
        }
        if self.directives.rows.is_some_and(|proved| self.query.cardinality > proved) {
            let text = format!("we say `{}`, and fewer can come", self.query.cardinality.as_str());
            report.note(Fault::Timid, family, &self.name, text);
        }
        if !self.query.columns.is_empty() && self.most_rows == 0 {
            report.tally(group, family).barren += 1;
        }
    }
}
