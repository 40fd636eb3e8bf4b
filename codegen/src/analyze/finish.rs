//! From what a pass found to the [`TypedQuery`]: annotations are checked and applied here.

use sqlparser::ast::LimitClause;

use crate::catalog::SqlType;
use crate::diagnostic::Diagnostic;
use crate::statement::{Command, Nest, Spanned};
use crate::typed::{Cardinality, Embedded, Nullability, Reason, TypedColumn, TypedQuery};

use super::keys::output_keys;
use super::many::many_rows;
use super::nest;
use super::projection::OutputColumn;
use super::value::{Null, OriginRef};
use super::{Analysis, Analyzer, Outcome, errors};

pub(super) fn finish<'a>(mut analyzer: Analyzer<'a>, outcome: Outcome<'a>) -> Analysis {
    let keys = output_keys(&outcome.output);
    let statement = analyzer.statement;
    let family = analyzer.catalog.server.family;
    let (embeds, embedded) = embeds(&mut analyzer, &outcome.output.columns);
    let nested = analyzer.nested.take();
    let own = nested.as_ref().map_or(&[][..], |nested| &nested.own);
    let columns = columns(&mut analyzer, outcome.output.columns, &embedded, own);
    let mut edits = analyzer.params.casts(statement, family);
    let params = std::mem::replace(&mut analyzer.params, super::params::Params::new(statement, Vec::new()));
    let (params, findings) = params.finish(statement, family);
    // A parameter of a construct that is not modelled has no type for that reason.
    if analyzer.unsupported.is_none() {
        findings.into_iter().for_each(|finding| analyzer.report(finding));
    }
    let cardinality = match &nested {
        Some(nested) if nested.one && outcome.output.has_row => Cardinality::One,
        Some(nested) if nested.one => outcome.output.rows.min(Cardinality::Opt),
        Some(_) | None => outcome.output.rows,
    };
    let outer_key: Option<Vec<&str>> = nested
        .as_ref()
        .map(|nested| nested.nesting.key.iter().map(|column| columns[*column].name.as_str()).collect());
    let command = command(
        &mut analyzer,
        outcome.returns_rows,
        cardinality,
        outcome.last_id.is_some(),
        outcome.output.missing_key.as_deref(),
        outer_key.as_deref(),
    );
    check_nest(&mut analyzer, nested.is_some(), command);
    let mut statement = statement.clone();
    edits.append(&mut analyzer.stars);
    if !edits.is_empty() {
        statement.sql = statement.written.pieces(&edits);
    }
    let many = many_rows(&mut analyzer, command, outcome.returns_rows, &edits);
    let query = TypedQuery {
        statement,
        command,
        cardinality,
        columns,
        embeds,
        nesting: nested.map(|nested| nested.nesting),
        params,
        read_only: analyzer.writes.is_empty() && !analyzer.side_effects,
        reads: analyzer.reads.into_iter().collect(),
        writes: analyzer.writes.into_iter().collect(),
        called: analyzer.called,
        last_id: outcome.last_id,
        many,
    };
    let usable =
        analyzer.unsupported.is_none() && !analyzer.diagnostics.iter().any(|finding| finding.is_error());
    // What is wrong in a statement that is not understood may be for that reason; the server will say.
    let diagnostics = if analyzer.unsupported.is_some() { Vec::new() } else { analyzer.diagnostics };
    Analysis { query: usable.then_some(query), diagnostics, needs_server: analyzer.unsupported, keys }
}

/// The runs of columns that become nested structs, and for each column whether it is in one.
fn embeds(analyzer: &mut Analyzer<'_>, columns: &[OutputColumn<'_>]) -> (Vec<Embedded>, Vec<bool>) {
    let mut embedded = vec![false; columns.len()];
    let mut found = Vec::new();
    for Spanned { value: name, span } in &analyzer.statement.embeds {
        // A collection of these rows alone has them as they are.
        let alone = |nest: &Nest| matches!(&*nest.aliases, [only] if only.value.eq_ignore_ascii_case(name));
        if analyzer.statement.nests.iter().any(alone) {
            continue;
        }
        let of_relation = |column: &OutputColumn<'_>| {
            column.star.is_some_and(|star| star.relation.eq_ignore_ascii_case(name))
        };
        let Some(start) = columns.iter().position(of_relation) else {
            analyzer.diagnostics.push(errors::unknown_embed(name, *span));
            continue;
        };
        let length = columns[start..].iter().take_while(|column| of_relation(column)).count();
        let range = start..start + length;
        embedded[range.clone()].fill(true);
        let optional = columns[start].star.is_some_and(|star| star.optional);
        found.push(Embedded { name: name.clone(), columns: range, optional });
    }
    found.sort_by_key(|embed| embed.columns.start);
    (found, embedded)
}

fn columns(
    analyzer: &mut Analyzer<'_>,
    columns: Vec<OutputColumn<'_>>,
    embedded: &[bool],
    own: &[Option<Null<'_>>],
) -> Vec<TypedColumn> {
    let mut typed: Vec<TypedColumn> = columns
        .into_iter()
        .zip(embedded)
        .enumerate()
        .map(|(index, (column, embedded))| {
            let null = match (column.star, own.get(index)) {
                (Some(star), _) if *embedded => star.own,
                (_, Some(Some(own))) => *own,
                (Some(_) | None, _) => column.value.null,
            };
            TypedColumn {
                name: column.name.into_owned(),
                ty: column.value.ty.into_owned(),
                nullability: null.to_nullability(),
                origin: column.value.origin.map(OriginRef::to_origin),
                rust_type: None,
                span: column.span,
            }
        })
        .collect();
    for annotation in &analyzer.statement.column_types {
        let matching: Vec<&mut TypedColumn> = typed
            .iter_mut()
            .filter(|column| column.name.eq_ignore_ascii_case(&annotation.column.value))
            .collect();
        if matching.is_empty() {
            let known: Vec<String> = typed.iter().map(|column| column.name.clone()).collect();
            let finding = errors::unknown_column_annotation(
                &annotation.column.value,
                annotation.column.span,
                known.iter().map(String::as_str),
            );
            analyzer.diagnostics.push(finding);
            continue;
        }
        for column in matching {
            column.rust_type = Some(annotation.rust_type.value.clone());
            if annotation.nullable && !column.nullability.is_nullable() {
                let text = "`-- @column` asks for an Option".to_owned();
                column.nullability =
                    Nullability::Nullable(Reason { text, span: Some(annotation.rust_type.span) });
            }
        }
    }
    for column in &typed {
        // Measured on both servers: a computed BIT comes as its bits, as its digits or as garbled text, and nothing in
        // the answer tells which.
        let computed = matches!(column.ty, SqlType::Bit { .. }) && column.origin.is_none();
        if computed && column.rust_type.is_none() {
            analyzer.report(errors::computed_bit(&column.name, column.span));
        }
    }
    typed
}

/// The declared command, checked against what the statement can do, or the one that fits it.
fn command(
    analyzer: &mut Analyzer<'_>,
    returns_rows: bool,
    cardinality: Cardinality,
    has_last_id: bool,
    missing_key: Option<&str>,
    outer_key: Option<&[&str]>,
) -> Command {
    let Some(declared) = &analyzer.statement.command else {
        return match (returns_rows, cardinality) {
            (true, Cardinality::One) => Command::One,
            (true, Cardinality::Opt) => Command::Opt,
            (true, Cardinality::Many | Cardinality::Exec) => Command::Many,
            (false, _) if analyzer.called.is_some() => Command::Exec,
            (false, _) if has_last_id => Command::ExecLastId,
            (false, _) => Command::ExecRows,
        };
    };
    let (command, span) = (declared.value, declared.span);
    if command.returns_rows() && !returns_rows {
        analyzer.report(errors::rows_of_a_write(command.as_str(), span));
    }
    if !command.returns_rows() && returns_rows {
        analyzer.report(errors::command_ignores_rows(command.as_str(), span));
    }
    if command == Command::ExecLastId && !has_last_id && !inserts_with_key(analyzer) {
        analyzer.report(errors::no_last_id(span));
    }
    if matches!(command, Command::One | Command::Opt) && returns_rows && cardinality == Cardinality::Many {
        analyzer.report(match outer_key {
            Some(key) => nest::may_return_more(command.as_str(), span, key),
            None => errors::may_return_more(command.as_str(), span, missing_key),
        });
    }
    command
}

/// Whether rows can be nested at all, and what of the statement does not go with it.
fn check_nest(analyzer: &mut Analyzer<'_>, nested: bool, command: Command) {
    let statement = analyzer.statement;
    let Some(first) = statement.nests.first() else { return };
    if !nested && !analyzer.diagnostics.iter().any(Diagnostic::is_error) {
        analyzer.report(nest::not_a_select(first.span));
    }
    if command == Command::Stream {
        analyzer
            .report(nest::streamed(statement.command.as_ref().map_or(first.span, |command| command.span)));
    }
    if let Ok(ast) = &statement.ast
        && let sqlparser::ast::Statement::Query(query) = &**ast
        && (query.fetch.is_some()
            || matches!(&query.limit_clause, Some(clause) if !matches!(clause, LimitClause::LimitOffset { limit: None, offset: None, .. })))
    {
        analyzer.report(nest::limited(first.span));
    }
}

/// Whether the statement inserts into a table that has an AUTO_INCREMENT column at all.
fn inserts_with_key(analyzer: &Analyzer<'_>) -> bool {
    analyzer.writes.iter().any(|name| {
        analyzer
            .catalog
            .table(name.schema.as_deref(), &name.name)
            .is_some_and(|table| table.columns.iter().any(|column| column.auto_increment))
    })
}
