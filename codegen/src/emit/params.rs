//! Structs of arguments, and enums for those that choose.

use proc_macro2::TokenStream;
use quote::quote;

use super::row_impls;
use super::rust_type::{Scope, parsed};
use super::text::docs;
use crate::lower::{Borrow, ChoiceType, FromTable, Home, ParamsType, RustType};

/// The struct.
pub(super) fn params(home: &Home, params: &ParamsType) -> TokenStream {
    let ParamsType { name, fields, .. } = params;
    let scope = Scope { home, lifetime: true };
    let docs = docs(&params.docs);
    let derives = params.derives.iter().map(|derive| parsed(derive));
    let lifetime = params.borrows.then(|| quote!(<'a>));
    let names = fields.iter().map(|field| &field.name);
    let types = fields.iter().map(|field| scope.ty(&field.ty));
    let shown: Vec<_> = fields.iter().map(|field| (&field.name, field.redacted)).collect();
    let anonymous = if params.borrows { quote!(<'_>) } else { TokenStream::new() };
    let debug = row_impls::debug(name, &anonymous, &shown);
    let from_row = params.from_row.as_ref().map(|from| from_row(scope, params, from));
    quote! {
        #docs
        #[derive(#(#derives),*)]
        pub struct #name #lifetime {
            #(pub #names: #types,)*
        }

        #debug
        #from_row
    }
}

fn from_row(scope: Scope<'_>, params: &ParamsType, from: &FromTable) -> TokenStream {
    let name = &params.name;
    let row = scope.ty(&RustType::Item(from.row.clone()));
    let lifetime = params.borrows.then(|| quote!(<'a>));
    let reference = params.borrows.then(|| quote!('a));
    let names = params.fields.iter().map(|field| &field.name);
    let values = from.fields.iter().map(|(field, give)| {
        let value = match give.borrow {
            Borrow::Copy => quote!(row.#field),
            Borrow::Reference => quote!(&row.#field),
            Borrow::AsRef => quote!(row.#field.as_ref()),
            Borrow::AsDeref => quote!(row.#field.as_deref()),
        };
        (0..give.wrapped).fold(value, |value, _| quote!(Some(#value)))
    });
    quote! {
        impl #lifetime From<&#reference #row> for #name #lifetime {
            fn from(row: &#reference #row) -> Self {
                Self { #(#names: #values),* }
            }
        }
    }
}

/// The enum of the texts that a function may send at one place.
pub(super) fn choice(ty: &ChoiceType) -> TokenStream {
    let name = &ty.name;
    let about = docs(&ty.docs);
    let members = ty.members.iter().enumerate().map(|(index, member)| {
        let (name, docs) = (&member.name, docs(&member.docs));
        let default = (index == 0).then(|| quote!(#[default]));
        quote!(#docs #default #name,)
    });
    quote! {
        #about
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
        pub enum #name {
            #(#members)*
        }
    }
}
