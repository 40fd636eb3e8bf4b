//! How joined rows become structs that hold collections, as a constant of the function.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rust_type::Scope;
use crate::lower::{Function, Level, Output};

/// The argument that says it, and the constant that the argument refers to; nothing where rows stay as they are.
pub(super) fn constant(scope: Scope<'_>, function: &Function) -> (Option<TokenStream>, Option<TokenStream>) {
    let row = match &function.output {
        Output::One(row) | Output::Opt(row) | Output::Many(row) | Output::Stream(row) => scope.ty(row),
        Output::Exec
        | Output::ExecRows
        | Output::ExecOne
        | Output::ExecVersion
        | Output::Called(_)
        | Output::ExecLastId(_)
        | Output::ExecResult
        | Output::Batch => return (None, None),
    };
    let Some(nest) = &function.nest else { return (None, None) };
    let (order, key) = (numbers(&nest.order), numbers(&nest.key));
    let levels = nest.levels.iter().map(level);
    let constant = quote! {
        const NEST: ::porpoise::__codegen::Nest<#row> = ::porpoise::__codegen::Nest {
            order: &#order,
            key: &#key,
            levels: &[#(#levels),*],
        };
    };
    (Some(quote!(&NEST)), Some(constant))
}

fn level(level: &Level) -> TokenStream {
    let within = Literal::usize_unsuffixed(level.within);
    let columns = Literal::usize_unsuffixed(level.columns);
    let key = numbers(&level.key);
    let distinct = level.distinct;
    let Some((last, around)) = level.path.split_last() else { return TokenStream::new() };
    let places = (0..around.len()).map(Literal::usize_unsuffixed);
    let at = if around.is_empty() { quote!(_) } else { quote!(at) };
    quote! {
        ::porpoise::__codegen::Level {
            within: #within,
            columns: #columns,
            key: &#key,
            distinct: #distinct,
            add: |outer, #at, row| ::porpoise::__codegen::push(&mut outer #(.#around[at[#places]])* .#last, row),
        }
    }
}

fn numbers(numbers: &[usize]) -> TokenStream {
    let numbers = numbers.iter().map(|number| Literal::usize_unsuffixed(*number));
    quote!([#(#numbers),*])
}
