//! A query's function: its arguments, the text it sends, and what it answers.

use std::collections::BTreeMap;

use super::bulk;
use super::conversions::{self, ColumnField};
use super::docs;
use super::dynamic;
use super::errors;
use super::ident::{Ident, Namespace};
use super::ir::{
    Access, Argument, Arguments, CalledOutput, ChoiceType, Function, Nest, Output, ParamsArgument,
    ParamsType, QueryTypes, Text, Value,
};
use super::procedures;
use super::rust_type::{ItemPath, RustType, Traits};
use super::types::Typer;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::statement::Command;
use crate::typed::{Origin, ParamShape, TypedQuery};

/// What is known of a query when its function is made.
#[derive(Debug)]
pub(super) struct Resolved<'a> {
    pub(super) query: &'a TypedQuery,
    pub(super) module: &'a Ident,
    pub(super) name: Ident,
    /// The types of the parameters, as arguments, and the arguments that are not sent.
    pub(super) types: &'a QueryTypes,
    /// The orders it offers.
    pub(super) choices: &'a [ChoiceType],
    /// The params structs that queries of the module have named.
    pub(super) named: &'a BTreeMap<String, ParamsType>,
    /// What a procedure gives.
    pub(super) called: Option<CalledOutput>,
    /// The type of a row, where the function answers rows.
    pub(super) row: Option<RustType>,
    /// How rows become that.
    pub(super) nest: Option<Nest>,
    /// The type of an AUTO_INCREMENT value.
    pub(super) last_id: RustType,
    pub(super) max_arguments: usize,
    pub(super) typer: Typer<'a>,
    /// The table whose rows the statement inserts, and the fields of its DTO, where the arguments are named for it.
    pub(super) inserts: Option<(ItemPath, Vec<ColumnField>)>,
}

/// The function, and the struct of its arguments where it has one; `None` after a diagnostic.
pub(super) fn function(
    resolved: Resolved<'_>,
    types: &mut Namespace,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Function, Option<ParamsType>)> {
    let Resolved { query, module, name, .. } = &resolved;
    let statement = &query.statement;
    let takes_rows = query.command.takes_rows();
    if takes_rows && !check_batch(query, diagnostics) {
        return None;
    }
    let all = arguments(&resolved, diagnostics)?;
    let output = match resolved.called.clone() {
        Some(called) => Output::Called(called),
        None => output(&resolved, diagnostics)?,
    };
    // What a procedure answers is no argument.
    let is_answer = |index: usize| {
        let outs = query.called.iter().flat_map(|called| &called.outs);
        outs.into_iter().any(|out| out.param == index && !out.sent)
    };
    let taken = all.iter().enumerate().filter(|(index, _)| !is_answer(*index));
    let arguments: Vec<Argument> = taken.map(|(_, argument)| argument.clone()).collect();

    let names: Vec<&Ident> = arguments.iter().map(|argument| &argument.name).collect();
    let built = query.params.iter().any(|param| is_list(&param.shape)) || statement.dynamic.is_some();
    let optional = statement.dynamic.as_ref().is_some_and(|dynamic| !dynamic.fragments.is_empty());
    let named = statement.params_name.is_some();
    let in_struct = takes_rows || optional || named || arguments.len() > resolved.max_arguments;
    let (executor, of, local) = if in_struct {
        let of = Ident::snake(if takes_rows { "row" } else { "params" });
        (Ident::snake("db"), Some(of), Ident::snake("query"))
    } else {
        let executor = free(&["db", "executor", "connection"], &names);
        let mut taken = names.clone();
        taken.push(&executor);
        let local = free(&["query", "statement", "built"], &taken);
        (executor, None, local)
    };
    let values: Vec<Value> = all
        .iter()
        .enumerate()
        .map(|(index, argument)| Value {
            of: of.clone(),
            name: argument.name.clone(),
            referenced: argument.ty.is_sized_reference(),
            answered: is_answer(index),
        })
        .collect();
    let output = match output {
        Output::Called(called) => {
            Output::Called(CalledOutput { variables: procedures::variables(query, &values), ..called })
        }
        other => other,
    };
    let of_placeholders =
        || statement.sent_placeholders().map(|(_, placeholder)| values[placeholder.param].clone()).collect();
    let text = if takes_rows {
        let bulk = bulk::bulk(query, diagnostics)?;
        Text::Bulk {
            bulk,
            values: of_placeholders(),
            with_options: bulk::with_options(name),
            with_docs: vec![format!(
                "As {}, as the options say; answers what came of it.",
                docs::function(name)
            )],
        }
    } else if built {
        Text::Built { local, steps: dynamic::steps(query, &values, resolved.choices) }
    } else {
        Text::Constant { sql: statement.prepare_text(|_| 1), values: of_placeholders() }
    };

    let (arguments, params) = if in_struct {
        let wanted = statement.params_name.as_ref().map(|name| name.value.as_str());
        let shared = wanted.and_then(|wanted| resolved.named.get(wanted));
        let (params, is_new) = match shared {
            Some(shared) if shared.fields == arguments => (shared.clone(), false),
            Some(_) => {
                diagnostics.extend(statement.params_name.as_ref().map(errors::params_differ));
                return None;
            }
            None => {
                let mut params = params_type(name, wanted, arguments, types);
                params.from_row = conversions::from_row(query, &params.fields, resolved.inserts.as_ref());
                (params, true)
            }
        };
        let argument = ParamsArgument {
            name: Ident::snake(if takes_rows { "rows" } else { "params" }),
            ty: params.name.clone(),
            borrows: params.borrows,
        };
        let arguments = match query.command {
            Command::Batch => Arguments::Batch(argument),
            Command::CopyFrom => Arguments::Copy(argument),
            Command::One
            | Command::Opt
            | Command::Many
            | Command::Stream
            | Command::Exec
            | Command::ExecRows
            | Command::ExecOne
            | Command::ExecVersion
            | Command::ExecLastId
            | Command::ExecResult => Arguments::Params(argument),
        };
        (arguments, is_new.then_some(params))
    } else {
        (Arguments::Each(arguments), None)
    };
    let function = Function {
        name: name.clone(),
        query_name: format!("{}::{}", module.plain(), name.plain()),
        docs: docs::from_lines(&statement.docs),
        // What answers no rows is there for its effect, even where none is known.
        access: match query.read_only && query.command.returns_rows() {
            true => Access::Read,
            false => Access::Write,
        },
        executor,
        arguments,
        text,
        output,
        nest: resolved.nest,
    };
    Some((function, params))
}

fn arguments(resolved: &Resolved<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Argument>> {
    let Typer { catalog, options, .. } = resolved.typer;
    let redacted = |origin: &Origin| options.is_redacted(catalog, origin);
    let params = &resolved.query.params;
    let arguments: Vec<Argument> = params
        .iter()
        .zip(&resolved.types.params)
        .map(|(param, ty)| Argument {
            name: Ident::snake(&param.name),
            ty: ty.clone(),
            redacted: param.shape.parts().iter().flat_map(|part| &part.met).any(redacted),
        })
        .chain(resolved.types.choosers.iter().cloned())
        .collect();
    for (index, argument) in arguments.iter().enumerate() {
        if let Some(first) = arguments[..index].iter().position(|earlier| earlier.name == argument.name) {
            diagnostics.push(errors::duplicate_parameter(
                &params[first].name,
                &params[index].name,
                argument.name.plain(),
                place_of(resolved.query, index),
                place_of(resolved.query, first),
            ));
            return None;
        }
    }
    Some(arguments)
}

fn output(resolved: &Resolved<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Output> {
    let command = resolved.query.command;
    let row = || match &resolved.row {
        Some(row) => Ok(row.clone()),
        None => {
            let name = &resolved.query.statement.name;
            Err(errors::rows_of_nothing(&name.value, command.as_str(), name.span))
        }
    };
    let output = match command {
        Command::One => row().map(Output::One),
        Command::Opt => row().map(Output::Opt),
        Command::Many => row().map(Output::Many),
        Command::Stream => row().map(Output::Stream),
        Command::Exec => Ok(Output::Exec),
        Command::ExecRows => Ok(Output::ExecRows),
        Command::ExecOne => Ok(Output::ExecOne),
        Command::ExecVersion => Ok(Output::ExecVersion),
        Command::ExecLastId => Ok(Output::ExecLastId(resolved.last_id.clone())),
        Command::ExecResult => Ok(Output::ExecResult),
        Command::Batch | Command::CopyFrom => Ok(Output::Batch),
    };
    output.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
}

fn check_batch(query: &TypedQuery, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let name = &query.statement.name;
    if query.params.is_empty() {
        let command = query.command.as_str();
        diagnostics.push(errors::batch_without_parameters(&name.value, command, name.span));
        return false;
    }
    if let Some(dynamic) = &query.statement.dynamic {
        let parts = dynamic.fragments.iter().map(|fragment| fragment.span);
        let span = parts.chain(dynamic.choices.iter().map(|choice| choice.name.span)).next();
        diagnostics.push(errors::batch_with_parts(
            &name.value,
            query.command.as_str(),
            span.unwrap_or(name.span),
        ));
        return false;
    }
    match query.params.iter().position(|param| is_list(&param.shape)) {
        Some(list) => {
            let span = place_of(query, list);
            diagnostics.push(errors::batch_with_list(
                &name.value,
                query.command.as_str(),
                &query.params[list].name,
                span,
            ));
            false
        }
        None => true,
    }
}

fn params_type(
    function: &Ident,
    wanted: Option<&str>,
    fields: Vec<Argument>,
    types: &mut Namespace,
) -> ParamsType {
    let name = wanted.map_or_else(|| Ident::pascal(&format!("{} params", function.plain())), Ident::pascal);
    let name = types.numbered(name, "");
    let traits =
        fields.iter().fold(Traits::ALL, |traits, field| traits.and(field.ty.traits(&|_| Traits::ALL)));
    let default = traits.default.then(|| "Default".to_owned());
    let debug = (!fields.iter().any(|field| field.redacted)).then(|| "Debug".to_owned());
    // Structs of arguments are neither stored nor compared as keys; what the configuration derives is for rows.
    let base = ["Clone".to_owned()].into_iter().chain(debug).chain(["PartialEq".to_owned()]);
    ParamsType {
        name,
        docs: vec![format!("The arguments of {}.", docs::function(function))],
        derives: base.chain(default).collect(),
        borrows: fields.iter().any(|field| field.ty.has_reference()),
        fields,
        from_row: None,
    }
}

fn is_list(shape: &ParamShape) -> bool {
    match shape {
        ParamShape::Scalar(_) => false,
        ParamShape::List(_) | ParamShape::Tuples(_) => true,
    }
}

/// Where a parameter is first written.
fn place_of(query: &TypedQuery, param: usize) -> Span {
    let placeholder = query.statement.placeholders.iter().find(|placeholder| placeholder.param == param);
    placeholder.map_or(query.statement.name.span, |placeholder| placeholder.span)
}

/// The first name that no argument has.
pub(super) fn free(candidates: &[&str], taken: &[&Ident]) -> Ident {
    let mut namespace = Namespace::default();
    taken.iter().for_each(|ident| {
        namespace.take(ident);
    });
    let mut idents = candidates.iter().map(|name| Ident::snake(name));
    idents.find(|ident| namespace.take(ident)).unwrap_or_else(|| namespace.numbered(Ident::snake("db"), "_"))
}
