//! The module of a query file.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{docs, inner_docs};
use super::{function, params, queries, relations, results, row};
use crate::lower::{Home, Item, Module};

/// As a file of its own.
pub(super) fn file(module: &Module) -> TokenStream {
    let docs = inner_docs(&about(module));
    let version = version_check();
    let items = items(module);
    quote!(#docs #version #items)
}

/// As a block.
pub(super) fn block(module: &Module) -> TokenStream {
    let name = &module.name;
    let docs = docs(&about(module));
    let allow = allowed();
    let items = items(module);
    quote!(#docs #(#[allow(#allow)])* pub mod #name { #items })
}

/// Makes old output against a new runtime fail with one clear message.
pub(super) fn version_check() -> TokenStream {
    quote!(::porpoise::__codegen::generated_for!(1);)
}

/// No crate uses all of what is generated, and lints about names, counts and wording have nobody to speak to: names
/// come from the schema.
///
/// In two parts, so that each stays on the line where rustfmt would put it.
pub(super) fn allowed() -> [TokenStream; 2] {
    [quote!(dead_code, missing_docs, unreachable_pub), quote!(clippy::all, clippy::pedantic)]
}

fn about(module: &Module) -> Vec<String> {
    vec![module.docs.clone()]
}

fn items(module: &Module) -> TokenStream {
    let home = Home::Queries(module.name.clone());
    let items = module.items.iter().map(|item| match item {
        Item::Params(ty) => params::params(&home, ty),
        Item::Choice(ty) => params::choice(ty),
        Item::Function(query) => function::function(&home, query),
        Item::Row(ty) => row::row(&home, ty),
        Item::Results(ty) => results::results(&home, ty),
        Item::Loader(loader) => relations::loader(&home, loader),
        Item::Links(links) => relations::links(&home, links),
        Item::Methods(methods) => relations::methods(&home, methods),
    });
    let queries = module.queries.as_ref().map(|name| queries::queries(&home, module, name));
    quote!(#(#items)* #queries)
}
