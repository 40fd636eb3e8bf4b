//! Query files into statements: annotations, parameters, the text for the server, and a syntax tree where
//! sqlparser can make one. Pure; knows neither tables nor types, and asks no server.
//!
//! In order: `lexer` cuts the file into tokens, `split` the tokens into statements, `annotation` reads the comments,
//! `parameters` finds placeholders and builds the text, `driver` looks for what the driver would misread in it,
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
mod items;
mod lexer;
mod parameters;
mod rewrite;
mod split;
mod syntax;
mod tokens;

use crate::catalog::Server;
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Sources, Span};
use crate::statement::{Spanned, Statement};

/// The statements of a query file in their order, and what is wrong with it. A statement whose text has no clear
/// meaning (an unterminated string, a name used in two ways) is left out; one that sqlparser cannot read is there
/// without a tree, and without a diagnostic, since a server may still type it.
pub fn parse(sources: &Sources, file: FileId, server: &Server) -> (Vec<Statement>, Vec<Diagnostic>) {
    crate::stack::with_room(|| parse_here(sources, file, server))
}

fn parse_here(sources: &Sources, file: FileId, server: &Server) -> (Vec<Statement>, Vec<Diagnostic>) {
    let source = &sources.get(file).text;
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
        let span = Span::new(file, first.start, last.end);
        if !found.named {
            let verb = first.text(source).to_ascii_lowercase();
            diagnostics.push(errors::statement_without_name(Span::new(file, first.start, first.end), &verb));
            continue;
        }
        if chunk.broken {
            continue;
        }
        let mut bound = match parameters::bind(source, file, chunk.body) {
            Ok(bound) => bound,
            Err(errors) => {
                diagnostics.extend(errors);
                continue;
            }
        };
        diagnostics.extend(driver::check(source, file, chunk.body, &mut bound));
        parameters::apply_types(&mut bound, found.param_types, &mut diagnostics);
        let Some(name) = found.name else { continue };
        let ast = syntax::parse(source, span, &bound, server);
        // Nobody asks for the items of a statement without a tree, and what is no SQL may have any number of them.
        let items = match ast {
            Ok(_) => items::items(source, &bound.code, server),
            Err(_) => Vec::new(),
        };
        let mut embeds = found.embeds;
        embeds.append(&mut bound.embeds);
        statements.push(Statement {
            name,
            span,
            docs: found.docs,
            command: found.command,
            sql: bound.written.pieces(&[]),
            written: bound.written,
            params: bound.params,
            placeholders: bound.placeholders,
            column_types: found.column_types,
            embeds,
            row_name: found.row_name,
            items,
            ast,
        });
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
    (statements, diagnostics)
}

#[cfg(test)]
mod tests;
