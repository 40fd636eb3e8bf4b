//! Query functions.

use proc_macro2::TokenStream;
use quote::quote;

use super::bulk;
use super::nest;
use super::results;
use super::rust_type::Scope;
use super::text::{docs, string};
use crate::lower::{
    Access, Arguments, CalledOutput, Function, Home, Ident, Output, ParamsArgument, Step, Test, Text, Value,
};

/// The function.
pub(super) fn function(home: &Home, function: &Function) -> TokenStream {
    if let Text::Bulk { bulk, values, with_options, with_docs } = &function.text {
        return bulk::functions(function, &bulk::Parts { bulk, values, with_options, with_docs });
    }
    let Function { name, executor, .. } = function;
    let scope = Scope { home, lifetime: false };
    let docs = docs(&function.docs);
    let shape = shape(scope, function);
    let (lifetime, bound, answer) = (shape.lifetime, shape.bound, shape.answer);
    let arguments = arguments(scope, &function.arguments);
    let body = body(scope, function, &shape.call);
    quote! {
        #docs
        pub fn #name #lifetime (#executor: impl ::porpoise::#bound, #arguments) -> ::porpoise::Result<#answer> {
            #body
        }
    }
}

/// The arguments after the executor, and what is answered.
pub(super) fn signature(home: &Home, function: &Function) -> (TokenStream, TokenStream) {
    let scope = Scope { home, lifetime: false };
    let arguments = match &function.arguments {
        Arguments::Batch(rows) => {
            let (name, ty) = (&rows.name, &rows.ty);
            let lifetime = rows.borrows.then(|| quote!(<'_>));
            quote!(#name: &[#ty #lifetime])
        }
        other => self::arguments(scope, other),
    };
    (arguments, shape(scope, function).answer)
}

/// What depends on the answer.
struct Shape {
    lifetime: Option<TokenStream>,
    bound: TokenStream,
    answer: TokenStream,
    call: TokenStream,
}

fn shape(scope: Scope<'_>, function: &Function) -> Shape {
    let access = |read: TokenStream, write: TokenStream| match function.access {
        Access::Read => read,
        Access::Write => write,
    };
    let shape = |call: TokenStream, answer: TokenStream| {
        let bound = access(quote!(Read), quote!(Write));
        Shape { lifetime: None, bound, answer, call }
    };
    let nested = function.nest.is_some();
    match &function.output {
        Output::One(row) => {
            let call = match nested {
                false => access(quote!(fetch_one), quote!(fetch_one_mut)),
                true => access(quote!(nest_one), quote!(nest_one_mut)),
            };
            shape(call, scope.ty(row))
        }
        Output::Opt(row) => {
            let row = scope.ty(row);
            let call = match nested {
                false => access(quote!(fetch_opt), quote!(fetch_opt_mut)),
                true => access(quote!(nest_opt), quote!(nest_opt_mut)),
            };
            shape(call, quote!(Option<#row>))
        }
        Output::Many(row) => {
            let row = scope.ty(row);
            let call = match nested {
                false => access(quote!(fetch_many), quote!(fetch_many_mut)),
                true => access(quote!(nest_many), quote!(nest_many_mut)),
            };
            shape(call, quote!(Vec<#row>))
        }
        Output::Stream(row) => {
            let row = scope.ty(row);
            Shape {
                lifetime: Some(quote!(<'c>)),
                bound: access(quote!(ReadOn<'c>), quote!(WriteOn<'c>)),
                answer: quote!(::porpoise::Rows<'c, #row>),
                call: access(quote!(stream), quote!(stream_mut)),
            }
        }
        Output::Exec => shape(quote!(exec), quote!(())),
        Output::ExecRows => shape(quote!(exec_rows), quote!(u64)),
        Output::ExecOne => shape(quote!(exec_one), quote!(())),
        Output::ExecVersion => shape(quote!(exec_version), quote!(())),
        Output::ExecLastId(id) => shape(quote!(exec_last_id), scope.ty(id)),
        Output::ExecResult => shape(quote!(exec_result), quote!(::porpoise::ExecResult)),
        Output::Batch => shape(quote!(bulk), quote!(u64)),
        Output::Called(output) => shape(quote!(call), results::answer(scope, output)),
    }
}

fn arguments(scope: Scope<'_>, arguments: &Arguments) -> TokenStream {
    let reference = |argument: &ParamsArgument| {
        let ty = &argument.ty;
        let lifetime = argument.borrows.then(|| quote!(<'_>));
        quote!(#ty #lifetime)
    };
    match arguments {
        Arguments::Each(arguments) => {
            let names = arguments.iter().map(|argument| &argument.name);
            let types = arguments.iter().map(|argument| scope.ty(&argument.ty));
            quote!(#(#names: #types),*)
        }
        Arguments::Params(argument) | Arguments::Batch(argument) | Arguments::Copy(argument) => {
            let (name, ty) = (&argument.name, reference(argument));
            quote!(#name: &#ty)
        }
    }
}

fn body(scope: Scope<'_>, function: &Function, call: &TokenStream) -> TokenStream {
    let Function { executor, query_name, .. } = function;
    let query_name = string(query_name);
    let (nest, constant) = nest::constant(scope, function);
    match &function.text {
        Text::Constant { sql, values } => {
            let sql = string(sql);
            let values = values.iter().map(referenced);
            let read = match &function.output {
                Output::Called(output) => Some(results::read(output)),
                _ => None,
            };
            let around = match &function.output {
                Output::Called(CalledOutput { variables: Some((before, after)), .. }) => {
                    let before = before.iter().map(|(sql, value)| {
                        let (sql, value) = (string(sql), referenced(value));
                        quote!(::porpoise::__codegen::Query::new(#query_name, #sql, &[#value]))
                    });
                    let after = string(after);
                    Some(quote!(.with_variables(vec![#(#before),*], #after)))
                }
                _ => None,
            };
            quote! {
                const SQL: &str = #sql;
                #constant
                ::porpoise::__codegen::#call(
                    #executor,
                    ::porpoise::__codegen::Query::new(#query_name, SQL, &[#(#values),*]) #around,
                    #read
                    #nest
                )
            }
        }
        // Printed by `bulk`.
        Text::Bulk { .. } => TokenStream::new(),
        Text::Built { local, steps } => {
            let steps = steps.iter().map(|step| self::step(local, step));
            quote! {
                #constant
                let mut #local = ::porpoise::__codegen::Query::build(#query_name);
                #(#steps)*
                ::porpoise::__codegen::#call(#executor, #local, #nest)
            }
        }
    }
}

/// A step in which a text is built.
pub(super) fn step(local: &Ident, step: &Step) -> TokenStream {
    match step {
        Step::Push(text) => {
            let text = string(text);
            quote!(#local.push(#text);)
        }
        Step::Bind(bound) => {
            let bound = referenced(bound);
            quote!(#local.bind(#bound);)
        }
        Step::List(list) => {
            let list = value(list);
            quote!(#local.list(#list);)
        }
        Step::Tuples(tuples) => {
            let tuples = value(tuples);
            quote!(#local.tuples(#tuples);)
        }
        Step::If { value: argument, test, steps } => {
            let argument = value(argument);
            let steps = steps.iter().map(|step| self::step(local, step));
            match test {
                Test::Some(name) => quote!(if let Some(#name) = &#argument { #(#steps)* }),
                Test::IsSome => quote!(if #argument.is_some() { #(#steps)* }),
                Test::Flag => quote!(if #argument { #(#steps)* }),
            }
        }
        Step::Choose { value: argument, ty, arms } => {
            let argument = value(argument);
            let members = arms.iter().map(|(member, _)| member);
            let texts = arms.iter().map(|(_, text)| string(text));
            quote! {
                #local.push(match #argument {
                    #(#ty::#members => #texts,)*
                });
            }
        }
    }
}

fn value(value: &Value) -> TokenStream {
    let name = &value.name;
    match &value.of {
        Some(of) => quote!(#of.#name),
        None => quote!(#name),
    }
}

/// A reference to the value.
pub(super) fn referenced(of: &Value) -> TokenStream {
    let value = value(of);
    if of.answered {
        quote!(&::porpoise::__codegen::OUT)
    } else if of.referenced {
        value
    } else {
        quote!(&#value)
    }
}
