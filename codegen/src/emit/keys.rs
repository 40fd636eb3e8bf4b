//! The newtypes of keys.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::parsed;
use super::text::{docs, string};
use crate::lower::KeyStruct;

/// The struct, and what the runtime knows how to do with it.
pub(super) fn key(key: &KeyStruct) -> TokenStream {
    let name = &key.name;
    let docs = docs(&key.docs);
    let derives = key.derives.iter().map(|derive| parsed(derive));
    let inner = parsed(key.inner.rust);
    let kind = if key.inner.is_integer() {
        quote!(integer)
    } else if key.inner.is_text() {
        quote!(text)
    } else if key.inner.is_bytes() {
        quote!(bytes)
    } else {
        quote!(value)
    };
    let debug = key.redacted.then(|| {
        let shown = string(&format!("{}(redacted)", name.plain()));
        quote! {
            impl ::core::fmt::Debug for #name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str(#shown)
                }
            }
        }
    });
    quote! {
        #docs
        #[derive(#(#derives),*)]
        pub struct #name(pub #inner);

        #debug

        ::porpoise::__codegen::key!(#kind #name(#inner));
    }
}
