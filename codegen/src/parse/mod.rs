//! Query files into statements: annotations, parameters, the text for the server, and a syntax tree where
//! sqlparser can make one. Pure; knows neither tables nor types, and asks no server.
//!
//! In order: `lexer` cuts the file into tokens, `split` the tokens into statements, `annotation` reads the comments,
//! `fragments` finds what depends on arguments, and what statements the text can so be, `parameters` finds placeholders and builds the text, `driver` looks for what the driver would misread in it,
//! `tokens`, `rewrite` and `dialect` bring the statement to sqlparser, `syntax` runs it within bounds, `foreign` leaves
//! to the server what this server does not read, and `items` has the names of columns without an alias.
//!
//! # What the trees look like
//! Where the author's syntax has no place in sqlparser's tree, or would be misread, the tree holds something else of
//! the same meaning. Text sent to the server never comes from it.
//!
//! | written | in the tree |
//! |---|---|
//! | `:name`, `?` | `Value::Placeholder("?n")`, n being the index in `Statement::placeholders`; one in the list of IN |
//! | `@a`, `@'a'`, `@@global.a` | identifiers whose value begins with `@`, without quotes |
//! | `` `a` ``, and `"a"` under ANSI_QUOTES | identifiers with the quote `` ` `` |
//! | `'a' 'b'`, `"a"` | `Value::SingleQuotedString`, unescaped; the place is that of the first |
//! | `b'01'`, `0b01` | `Value::SingleQuotedByteStringLiteral("01")` |
//! | `!a`, `a && b`, `a \|\| b` | NOT, AND, and OR (`StringConcat` under PIPES_AS_CONCAT) |
//! | `BINARY a` | `Cast` to `DataType::Binary(None)` |
//! | `a MOD b`, `a DIV b` | `Modulo`, `MyIntegerDivide` |
//! | `a SOUNDS LIKE b` | `SOUNDEX(a) = SOUNDEX(b)` |
//! | `MATCH (a) AGAINST (expr)` | `MatchAgainst` for a literal or parameter, else a function `MATCH(a, expr)` |
//! | `INTERVAL 1 DAY_HOUR` | `Interval` with the unit `DateTimeField::Custom("DAY_HOUR")` |
//! | `UPDATE a, b SET`, `a JOIN b` without ON | CROSS JOIN |
//! | `WITH ... UPDATE`, `WITH ... DELETE` | `Statement::Query` whose body is `SetExpr::Update` or `SetExpr::Delete` |
//! | `TABLE t` | `SELECT * FROM t` |
//! | `(t)`, `{OJ a LEFT JOIN b ON c}`, `a STRAIGHT_JOIN b` | `t`, `(a LEFT JOIN b ON c)`, `a JOIN b` |
//! | `ROW(a, b)` | a tuple |
//! | `SELECT a FROM t INTO @a`, `... INTO OUTFILE 'f' ...` | `SELECT a INTO @a FROM t`, `SELECT a INTO OUTFILE FROM t` |
//! | `DO a, b` | `SELECT a, b INTO DO` |
//! | `GROUP BY ROLLUP (a)`, `GROUP BY a DESC` | `GROUP BY a WITH ROLLUP`, `GROUP BY a` |
//! | `FOR SYSTEM_TIME BETWEEN a AND b` | `FOR SYSTEM_TIME AS OF a = b` |
//! | `LIMIT 5 ROWS EXAMINED n` | `LIMIT 5 OFFSET n` |
//! | `GROUP_CONCAT(a LIMIT b, c)` | the clause LIMIT with a tuple |
//! | PARTITION, IGNORE and QUICK of UPDATE and DELETE, lock waits, CYCLE | nothing |
//! | 32 and more terms of AND or OR | a balanced tree |

mod annotation;
mod dialect;
mod driver;
mod errors;
mod foreign;
mod fragments;
mod items;
mod lexer;
mod nest;
mod parameters;
mod rewrite;
mod split;
mod syntax;
mod tokens;

use std::sync::Arc;

use crate::catalog::Server;
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Source, Sources, Span};
use crate::statement::{Dynamic, Spanned, Statement, Variant};

use annotation::Annotations;
use fragments::Found as Fragments;
use parameters::Bound;

/// The statements of a query file in their order, and what is wrong with it. A statement whose text has no clear
/// meaning (an unterminated string, a name used in two ways) is left out; one that sqlparser cannot read is there
/// without a tree, and without a diagnostic, since a server may still type it.
pub fn parse(sources: &Sources, file: FileId, server: &Server) -> (Vec<Statement>, Vec<Diagnostic>) {
    crate::stack::with_room(|| parse_here(sources, file, server))
}

fn parse_here(sources: &Sources, file: FileId, server: &Server) -> (Vec<Statement>, Vec<Diagnostic>) {
    let Source { text: source, written, .. } = sources.get(file);
    let mode = lexer::Mode::of(server);
    let lexed = lexer::lex(source, mode);
    let mut diagnostics = Vec::new();
    let chunks = split::split(source, file, &lexed, &mut diagnostics);

    let mut statements: Vec<Statement> = Vec::new();
    let mut names: Vec<Spanned<String>> = Vec::new();
    for chunk in chunks {
        let found = annotation::read(source, file, chunk.header, [chunk.body, chunk.tail], &mut diagnostics);
        if let Some(name) = &found.name {
            match names.iter().find(|known| known.value == name.value) {
                Some(first) => diagnostics.push(errors::duplicate_name(first, name)),
                None => names.push(name.clone()),
            }
        }
        let (Some(first), Some(last)) = (chunk.body.first(), chunk.body.last()) else {
            diagnostics.extend(found.name.as_ref().map(errors::name_without_statement));
            continue;
        };
        if !found.named {
            let verb = first.text(source).to_ascii_lowercase();
            diagnostics.push(errors::statement_without_name(Span::new(file, first.start, first.end), &verb));
            continue;
        }
        if chunk.broken {
            continue;
        }
        let before = diagnostics.len();
        let fragments = fragments::find(source, file, mode, [chunk.body, chunk.tail], &mut diagnostics);
        let fragments = fragments.map(|found| found.trusted(!written));
        diagnostics.extend(fragments.as_ref().and_then(Fragments::too_many));
        if diagnostics.len() > before {
            continue;
        }
        let tokens = match &fragments {
            Some(fragments) => fragments.whole(),
            None => fragments::Tokens {
                tokens: chunk.body.to_vec(),
                edits: Vec::new(),
                marks: Vec::new(),
                range: first.start..last.end,
            },
        };
        let text = Text { source, file, server };
        let mut bound = match text.bind(&tokens) {
            Ok(bound) => bound,
            Err(errors) => {
                diagnostics.extend(errors);
                continue;
            }
        };
        diagnostics.extend(driver::check(source, file, &tokens.tokens, &mut bound));
        bound.written.edits.extend(tokens.marks);
        parameters::apply_types(&mut bound, &found.param_types, Some(&mut diagnostics));
        let dynamic = match fragments {
            Some(fragments) => match text.dynamic(&fragments, &bound, &found) {
                Ok(dynamic) => Some(Arc::new(dynamic)),
                Err(error) => {
                    diagnostics.push(error);
                    continue;
                }
            },
            None => None,
        };
        if let Some(statement) = text.statement(bound, &found) {
            statements.push(Statement { dynamic, ..statement });
        }
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
    (statements, diagnostics)
}

/// A query file whose statements are made.
#[derive(Clone, Copy)]
struct Text<'a> {
    source: &'a str,
    file: FileId,
    server: &'a Server,
}

impl Text<'_> {
    /// Finds the parameters.
    fn bind(self, tokens: &fragments::Tokens) -> Result<Bound, Vec<Diagnostic>> {
        let mut bound = parameters::bind(self.source, self.file, &tokens.tokens)?;
        bound.written.start = tokens.range.start;
        self.source[tokens.range.clone()].clone_into(&mut bound.written.text);
        bound.written.edits.extend(tokens.edits.iter().cloned());
        Ok(bound)
    }

    /// What is sent and what it means; `None` without a name.
    fn statement(self, bound: Bound, found: &Annotations) -> Option<Statement> {
        let (start, length) = (bound.written.start, bound.written.text.len());
        let span = Span::new(self.file, start, start + length);
        let ast = syntax::parse(self.source, span, &bound, self.server);
        // Nobody asks for the items of a statement without a tree, and what is no SQL may have any number of them.
        let items = match ast {
            Ok(_) => items::items(self.source, &bound.code, self.server),
            Err(_) => Vec::new(),
        };
        let mut embeds = found.embeds.clone();
        embeds.extend(bound.embeds);
        Some(Statement {
            name: found.name.clone()?,
            span,
            docs: found.docs.clone(),
            command: found.command.clone(),
            sql: bound.written.pieces(&[]),
            written: bound.written,
            params: bound.params,
            placeholders: bound.placeholders,
            column_types: found.column_types.clone(),
            embeds,
            nests: found.nests.clone(),
            row_name: found.row_name.clone(),
            params_name: found.params_name.clone(),
            returns: found.returns.clone(),
            items,
            dynamic: None,
            ast,
        })
    }

    /// What depends on arguments, given the whole statement, and each statement that the text can be.
    fn dynamic(
        self,
        fragments: &Fragments,
        whole: &Bound,
        found: &Annotations,
    ) -> Result<Dynamic, Diagnostic> {
        let mut dynamic = fragments.dynamic.clone();
        parameters::apply_switches(&mut dynamic, whole)?;
        for (on, picks) in fragments.combinations() {
            let tokens = fragments.variant(&on, &picks);
            // What is wrong with parameters was found in the whole.
            let Ok(mut bound) = self.bind(&tokens) else { continue };
            parameters::apply_types(&mut bound, &found.param_types, None);
            if let Some(statement) = self.statement(bound, found) {
                dynamic.variants.push(Variant { on, picks, statement });
            }
        }
        Ok(dynamic)
    }
}

#[cfg(test)]
mod tests;
