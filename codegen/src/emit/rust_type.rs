//! Types and paths.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

use crate::lower::{CustomType, Home, Ident, ItemPath, KeyType, RustType};

/// Where a type is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'a> {
    /// The module around it.
    pub(super) home: &'a Home,
    /// Whether references are named `'a`, as in a struct.
    pub(super) lifetime: bool,
}

impl Scope<'_> {
    /// A type.
    pub(super) fn ty(self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Known(known) => parsed(known.rust),
            RustType::Item(path) | RustType::Key(KeyType { path, .. }) => self.path(path),
            RustType::Set(path) => {
                let path = self.path(path);
                quote!(::porpoise::Set<#path>)
            }
            RustType::Custom(custom) => custom_type(custom),
            RustType::Option(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            RustType::Ref(inner) => {
                let inner = self.ty(inner);
                let lifetime = self.lifetime.then(|| quote!('a));
                quote!(&#lifetime #inner)
            }
            RustType::Slice(inner) => {
                let inner = self.ty(inner);
                quote!([#inner])
            }
            RustType::Vec(inner) => {
                let inner = self.ty(inner);
                quote!(Vec<#inner>)
            }
            RustType::Tuple(types) => {
                let types = types.iter().map(|ty| self.ty(ty));
                quote!((#(#types,)*))
            }
        }
    }

    /// A generated struct or enum, relative to the module: modules are siblings in every layout.
    fn path(self, path: &ItemPath) -> TokenStream {
        let name = &path.name;
        if path.home == *self.home {
            return quote!(#name);
        }
        match &path.home {
            Home::Tables => quote!(super::tables::#name),
            Home::Queries(module) => quote!(super::#module::#name),
        }
    }
}

fn custom_type(custom: &CustomType) -> TokenStream {
    parsed(custom.as_str())
}

/// The tokens of a text that was checked where it was made.
pub(super) fn parsed(text: &str) -> TokenStream {
    #[expect(clippy::expect_used)]
    text.parse().expect("types and paths are read as Rust before they come here")
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = if self.is_raw() {
            proc_macro2::Ident::new_raw(self.plain(), Span::call_site())
        } else {
            proc_macro2::Ident::new(self.plain(), Span::call_site())
        };
        ident.to_tokens(tokens);
    }
}
