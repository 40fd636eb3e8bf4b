//! The trait with the functions of a module, so that an application can be tested without a server.

use proc_macro2::TokenStream;
use quote::quote;

use super::function;
use super::text::docs;
use crate::lower::{Arguments, Function, Home, Ident, Item, Module, Output};

/// The trait, and what it is for a pool, a connection and a transaction.
pub(super) fn queries(home: &Home, module: &Module, name: &Ident) -> TokenStream {
    let functions: Vec<&Function> = module
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Function(function) if can_be_method(function) => Some(&**function),
            Item::Function(_)
            | Item::Params(_)
            | Item::Choice(_)
            | Item::Row(_)
            | Item::Results(_)
            | Item::Loader(_)
            | Item::Links(_)
            | Item::Methods(_) => None,
        })
        .collect();
    let declared = functions.iter().map(|function| {
        let docs = docs(&function.docs);
        let method = method(home, function);
        quote!(#docs #method;)
    });
    let about = docs(&[
        "The functions of this module as methods: for code that is to be tested without a server, by something else that"
            .to_owned(),
        "has them. Functions that answer a stream, or take rows from an iterator, are not among them.".to_owned(),
    ]);
    let of = |ty: TokenStream, executor: TokenStream| {
        let methods = functions.iter().map(|function| {
            let (method, name) = (method(home, function), &function.name);
            let arguments = names(&function.arguments);
            quote!(#method { self::#name(#executor, #(#arguments),*) })
        });
        quote!(impl #name for #ty { #(#methods)* })
    };
    let pool = of(quote!(&::porpoise::Pool), quote!(*self));
    let connection = of(quote!(::porpoise::Connection), quote!(self));
    let transaction = of(quote!(::porpoise::Transaction<'_>), quote!(self));
    quote! {
        #about
        pub trait #name {
            #(#declared)*
        }

        #pool
        #connection
        #transaction
    }
}

fn can_be_method(function: &Function) -> bool {
    !matches!(function.output, Output::Stream(_)) && !matches!(function.arguments, Arguments::Copy(_))
}

fn method(home: &Home, function: &Function) -> TokenStream {
    let name = &function.name;
    let (arguments, answer) = function::signature(home, function);
    quote!(fn #name(&mut self, #arguments) -> ::porpoise::Result<#answer>)
}

fn names(arguments: &Arguments) -> Vec<&Ident> {
    match arguments {
        Arguments::Each(arguments) => arguments.iter().map(|argument| &argument.name).collect(),
        Arguments::Params(argument) | Arguments::Batch(argument) | Arguments::Copy(argument) => {
            vec![&argument.name]
        }
    }
}
