//! What procedures give.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::Scope;
use super::text::docs;
use crate::lower::{CalledOutput, Home, ResultsType};

/// The struct that holds all of it.
pub(super) fn results(home: &Home, results: &ResultsType) -> TokenStream {
    let ResultsType { name, output, .. } = results;
    let scope = Scope { home, lifetime: false };
    let docs = docs(&results.docs);
    let sets = output.sets.iter().map(|(name, row)| {
        let row = scope.ty(row);
        quote!(pub #name: Vec<#row>,)
    });
    let outs = output.outs.iter().map(|out| {
        let (name, ty) = (&out.name, scope.ty(&out.ty));
        quote!(pub #name: #ty,)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name {
            #(#sets)*
            #(#outs)*
        }
    }
}

/// The type of what a function answers.
pub(super) fn answer(scope: Scope<'_>, output: &CalledOutput) -> TokenStream {
    match (&output.ty, output.sets.as_slice()) {
        (Some(name), _) => quote!(#name),
        (None, [(_, row), ..]) => {
            let row = scope.ty(row);
            quote!(Vec<#row>)
        }
        (None, []) => quote!(()),
    }
}

/// The closure that reads it.
pub(super) fn read(output: &CalledOutput) -> TokenStream {
    let Some(ty) = &output.ty else { return quote!(|sets| sets.rows()) };
    let names = output.sets.iter().map(|(name, _)| name).chain(output.outs.iter().map(|out| &out.name));
    let sets = output.sets.iter().map(|(name, _)| name);
    let outs: Vec<_> = output.outs.iter().map(|out| &out.name).collect();
    if outs.is_empty() {
        return quote!(|sets| Ok(#ty { #(#sets: sets.rows()?),* }));
    }
    quote! {
        |sets| {
            #(let #sets = sets.rows()?;)*
            sets.out(|row| {
                #(let #outs = row.get()?;)*
                Ok(#ty { #(#names),* })
            })
        }
    }
}
