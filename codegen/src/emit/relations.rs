//! Functions and methods that follow foreign keys.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::bulk;
use super::function::{referenced, step};
use super::rust_type::Scope;
use super::text::{docs, string};
use crate::lower::{Decode, Home, LinkField, LinkValue, Links, Loader, Method, RustType, Shape};
use crate::statement::Command;

/// The methods of a DTO.
pub(super) fn methods(home: &Home, methods: &[Method]) -> TokenStream {
    let Some(first) = methods.first() else { return TokenStream::new() };
    let of = Scope { home, lifetime: false }.ty(&RustType::Item(first.of.clone()));
    let methods = methods.iter().map(|of| method(home, of));
    quote!(impl #of { #(#methods)* })
}

fn method(home: &Home, method: &Method) -> TokenStream {
    let Method { name, values, nullable, .. } = method;
    let docs = docs(&method.docs);
    let row = Scope { home, lifetime: false }.ty(&method.row);
    let (query_name, sql) = (string(&method.query_name), string(&method.sql));
    let (call, answer) = match method.command {
        Command::One => (quote!(fetch_one), row),
        Command::Opt => (quote!(fetch_opt), quote!(Option<#row>)),
        Command::Many
        | Command::Stream
        | Command::Exec
        | Command::ExecRows
        | Command::ExecLastId
        | Command::ExecResult
        | Command::ExecOne
        | Command::ExecVersion
        | Command::Batch
        | Command::CopyFrom => (quote!(fetch_many), quote!(Vec<#row>)),
    };
    let unasked = (!nullable.is_empty()).then(|| {
        quote! {
            if #(self.#nullable.is_none())||* {
                return Ok(None);
            }
        }
    });
    quote! {
        #docs
        pub fn #name(&self, db: impl ::porpoise::Read) -> ::porpoise::Result<#answer> {
            const SQL: &str = #sql;
            #unasked
            ::porpoise::__codegen::#call(
                db,
                ::porpoise::__codegen::Query::new(#query_name, SQL, &[#(&self.#values),*]),
            )
        }
    }
}

/// A function for many rows.
pub(super) fn loader(home: &Home, loader: &Loader) -> TokenStream {
    let Loader { name, argument, key, .. } = loader;
    let scope = Scope { home, lifetime: false };
    let docs = docs(&loader.docs);
    let of = scope.ty(&RustType::Item(loader.of.clone()));
    let row = scope.ty(&loader.row);
    let (query_name, head, tail) = (string(&loader.query_name), string(&loader.head), string(&loader.tail));
    let (call, answer) = match loader.shape {
        Shape::Lists => (quote!(related_lists), quote!(Vec<#row>)),
        Shape::Options => (quote!(related_options), quote!(Option<#row>)),
        Shape::Shared => (quote!(related_shared), quote!(::std::sync::Arc<#row>)),
        Shape::SharedOptions => (quote!(related_shared_options), quote!(Option<::std::sync::Arc<#row>>)),
        Shape::Counts => (quote!(related_counts), row),
    };
    let fields = key.iter().map(|field| &field.name);
    let places = loader.within.iter().flatten().map(Some).chain(std::iter::repeat(None));
    let parts = key.iter().zip(places).map(|(field, place)| part(scope, field, place.copied()));
    let make = if loader.within.is_some() { quote!(within) } else { quote!(new) };
    quote! {
        #docs
        pub fn #name(
            db: impl ::porpoise::Read,
            #argument: impl IntoIterator<Item = impl ::core::borrow::Borrow<#of>>,
        ) -> ::porpoise::Result<Vec<#answer>> {
            const RELATION: ::porpoise::__codegen::Relation =
                ::porpoise::__codegen::Relation::#make(#query_name, #head, #tail);
            ::porpoise::__codegen::#call(
                db,
                RELATION,
                #argument,
                |row: &#of| ::porpoise::__codegen::Key::new(&[#(&row.#fields),*]),
                |row| ::porpoise::__codegen::Key::new(&[#(#parts),*]),
            )
        }
    }
}

/// A part of a key that is read from the front of a row, or from a place in it.
fn part(scope: Scope<'_>, field: &LinkField, place: Option<usize>) -> TokenStream {
    let place = place.map(Literal::usize_unsuffixed);
    match (place, field.decode, &field.ty) {
        (Some(place), _, ty) => {
            let ty = scope.ty(ty);
            quote!(&row.ahead::<#ty>(#place)?)
        }
        (None, Decode::ZeroDateAsNull, RustType::Option(inner)) => {
            let ty = scope.ty(inner);
            quote!(&row.get_zero_date_as_null::<#ty>()?)
        }
        (None, _, ty) => {
            let ty = scope.ty(ty);
            quote!(&row.get::<#ty>()?)
        }
    }
}

/// The functions that write the rows of a join table.
pub(super) fn links(home: &Home, links: &Links) -> TokenStream {
    let Links { add, set, executor, local, list, one, .. } = links;
    let scope = Scope { home, lifetime: false };
    let (add_docs, set_docs) = (docs(&links.add_docs), docs(&links.set_docs));
    let names: Vec<_> = links.arguments.iter().map(|argument| &argument.name).collect();
    let types: Vec<_> = links.arguments.iter().map(|argument| scope.ty(&argument.ty)).collect();
    let element = scope.ty(&links.element);
    let query_name =
        |function: &crate::lower::Ident| string(&format!("{}::{}", links.module.plain(), function.plain()));
    let set_name = query_name(set);
    let (insert_for_add, insert_for_set) =
        (bulk::constant(&links.insert, &query_name(add)), bulk::constant(&links.insert, &set_name));
    let delete = links.delete.iter().map(|part| step(local, part));
    let values = links.values.iter().map(|value| match value {
        LinkValue::Argument(value) => referenced(value),
        LinkValue::Element => quote!(#one),
        LinkValue::Part(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(&#one.#index)
        }
    });
    let row = quote!(|#one: &#element| ::porpoise::__codegen::arguments(&[#(#values),*]));
    quote! {
        #add_docs
        pub fn #add(#executor: impl ::porpoise::Write, #(#names: #types),*) -> ::porpoise::Result<u64> {
            #insert_for_add
            let written =
                ::porpoise::__codegen::bulk(#executor, BULK, #list, #row, &mut ::porpoise::BulkOptions::new())?;
            Ok(written.rows_affected)
        }

        #set_docs
        pub fn #set(#executor: impl ::porpoise::Write, #(#names: #types),*) -> ::porpoise::Result<()> {
            #insert_for_set
            let mut #local = ::porpoise::__codegen::Query::build(#set_name);
            #(#delete)*
            ::porpoise::__codegen::replace(#executor, #local, BULK, #list, #row)
        }
    }
}
