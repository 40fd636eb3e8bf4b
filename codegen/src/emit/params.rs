//! Structs of arguments.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::{Scope, parsed};
use super::text::docs;
use crate::lower::{Home, ParamsType};

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
