//! Structs of arguments, and enums for those that choose.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::{Scope, parsed};
use super::text::docs;
use crate::lower::{ChoiceType, Home, ParamsType};

/// The struct.
pub(super) fn params(home: &Home, params: &ParamsType) -> TokenStream {
    let ParamsType { name, fields, .. } = params;
    let scope = Scope { home, lifetime: true };
    let docs = docs(&params.docs);
    let derives = params.derives.iter().map(|derive| parsed(derive));
    let lifetime = params.borrows.then(|| quote!(<'a>));
    let names = fields.iter().map(|field| &field.name);
    let types = fields.iter().map(|field| scope.ty(&field.ty));
    quote! {
        #docs
        #[derive(#(#derives),*)]
        pub struct #name #lifetime {
            #(pub #names: #types,)*
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
