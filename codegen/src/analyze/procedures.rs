//! CALL: what the parameters of a procedure are, and what it answers, as far as the catalog and the author tell.

use std::borrow::Cow;

use sqlparser::ast;
use sqlparser::ast::{Expr, FunctionArg, FunctionArgExpr, FunctionArguments};

use super::params::Expect;
use super::query::Output;
use super::rust_types;
use super::scope::{Scope, Scopes};
use super::{Analyzer, Outcome, errors, expr};
use crate::catalog::{Family, ParameterMode, RoutineKind, SqlType};
use crate::statement::{Edit, Returned, With};
use crate::typed::{Called, Nullability, OutParam, Reason, TypedColumn};

impl<'a> Analyzer<'a> {
    pub(super) fn procedure(&mut self, call: &'a ast::Function) -> Outcome<'a> {
        // It may do anything.
        self.side_effects = true;
        let outcome = Outcome { output: Output::none(), last_id: None, returns_rows: false };
        let arguments = arguments(call);
        let parts: Vec<&ast::Ident> = call.name.0.iter().filter_map(|part| part.as_ident()).collect();
        let Some(name) = parts.last() else { return outcome };
        let schema = parts.len().checked_sub(2).map(|at| parts[at].value.as_str());
        let routine = self.catalog.routines.iter().find(|routine| {
            routine.kind == RoutineKind::Procedure
                && routine.name.eq_ignore_ascii_case(&name.value)
                && routine.schema.as_deref() == schema
        });
        let scope = Scope::default();
        let scopes = Scopes::new(&scope, None);
        let Some(routine) = routine else {
            for argument in arguments {
                self.infer(&scopes, argument, &Expect::nothing());
            }
            let span = self.span_or_statement(name.span);
            let procedures =
                self.catalog.routines.iter().filter(|known| known.kind == RoutineKind::Procedure);
            let known = procedures.map(|known| known.name.as_str());
            self.unsupported.get_or_insert(errors::unknown_procedure(&name.value, span, known));
            return outcome;
        };
        if arguments.len() != routine.parameters.len() {
            let expected = match routine.parameters.len() {
                1 => "1 argument".to_owned(),
                count => format!("{count} arguments"),
            };
            let span = self.span_or_statement(name.span);
            self.report(errors::argument_count(&routine.name, span, &expected, arguments.len()));
        }
        let mut outs = Vec::new();
        for (argument, parameter) in arguments.into_iter().zip(&routine.parameters) {
            let expect = Expect {
                ty: Some(Cow::Borrowed(&parameter.ty)),
                hint: Some(&parameter.name),
                nullable: true,
                assigned: true,
                apart: false,
                origin: None,
            };
            self.infer(&scopes, argument, &expect);
            let sent = match parameter.mode {
                ParameterMode::In => continue,
                ParameterMode::Out => false,
                ParameterMode::InOut => true,
            };
            let span = self.span_or_statement(ast::Spanned::span(argument));
            match expr::placeholder(argument).and_then(|index| self.statement.placeholders.get(index)) {
                Some(place) => {
                    let variable = (self.catalog.server.family == Family::MySql).then_some(outs.len());
                    if let Some(variable) = variable {
                        let with = With::Text(variable_name(variable));
                        self.stars.push(Edit { range: place.span.range(), with });
                    }
                    outs.push(OutParam { param: place.param, sent, variable });
                }
                None if is_user_variable(argument) => {}
                None => self.report(errors::out_without_place(&parameter.name, span)),
            }
        }
        let sets = self.statement.returns.iter().map(columns).collect();
        self.called = Some(Called { sets, outs });
        outcome
    }
}

/// The user variable for the n-th answer of a procedure.
pub(crate) fn variable_name(number: usize) -> String {
    format!("@porpoise_{number}")
}

fn arguments(call: &ast::Function) -> Vec<&Expr> {
    let FunctionArguments::List(list) = &call.args else { return Vec::new() };
    let expressions = list.args.iter().filter_map(|argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => Some(expression),
        _ => None,
    });
    expressions.collect()
}

/// Identifiers of variables begin with `@` in the tree.
fn is_user_variable(expr: &Expr) -> bool {
    matches!(expr, Expr::Identifier(name) if name.value.starts_with('@') && !name.value.starts_with("@@"))
}

fn columns(returned: &Returned) -> Vec<TypedColumn> {
    let typed = returned.columns.iter().map(|column| {
        let reason =
            || Reason { text: "`-- @returns` says so".to_owned(), span: Some(column.rust_type.span) };
        TypedColumn {
            name: column.column.value.clone(),
            ty: rust_types::sql_type(&column.rust_type.value).unwrap_or_else(SqlType::text),
            nullability: if column.nullable { Nullability::Nullable(reason()) } else { Nullability::NonNull },
            origin: None,
            rust_type: Some(column.rust_type.value.clone()),
            span: column.column.span,
        }
    });
    typed.collect()
}
