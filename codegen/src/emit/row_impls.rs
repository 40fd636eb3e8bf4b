//! What is written out for structs, because no derive does it: Debug with something left out, comparisons by key.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::Scope;
use super::text::string;
use crate::lower::{ByKey, DisplayPart, Ident, RowType};

/// Debug of a struct with fields of which some may be redacted; nothing where none is.
pub(super) fn debug(name: &Ident, lifetime: &TokenStream, fields: &[(&Ident, bool)]) -> TokenStream {
    if fields.iter().all(|(_, redacted)| !redacted) {
        return TokenStream::new();
    }
    let shown = string(name.plain());
    let fields = fields.iter().map(|(field, redacted)| {
        let name = string(field.plain());
        match redacted {
            true => quote!(.field(#name, &::core::format_args!("(redacted)"))),
            false => quote!(.field(#name, &self.#field)),
        }
    });
    quote! {
        impl ::core::fmt::Debug for #name #lifetime {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#shown) #(#fields)* .finish()
            }
        }
    }
}

/// Everything else.
pub(super) fn impls(scope: Scope<'_>, row: &RowType) -> TokenStream {
    let keyed = keyed(scope, row);
    let comparisons = row.impls.by_key.map(|by_key| comparisons(row, by_key));
    let display = display(row);
    quote!(#keyed #comparisons #display)
}

fn keyed(scope: Scope<'_>, row: &RowType) -> TokenStream {
    let name = &row.name;
    let types: Vec<_> = row.impls.key.iter().map(|field| scope.ty(&field.ty)).collect();
    let values = row.impls.key.iter().map(|field| {
        let name = &field.name;
        if field.copy { quote!(self.#name) } else { quote!(self.#name.clone()) }
    });
    let values: Vec<_> = values.collect();
    let (ty, value) = match (types.as_slice(), values.as_slice()) {
        ([], _) | (_, []) => return TokenStream::new(),
        ([ty], [value]) => (quote!(#ty), quote!(#value)),
        (types, values) => (quote!((#(#types),*)), quote!((#(#values),*))),
    };
    quote! {
        impl ::porpoise::Keyed for #name {
            type Key = #ty;

            fn key(&self) -> Self::Key {
                #value
            }
        }
    }
}

fn comparisons(row: &RowType, by_key: ByKey) -> TokenStream {
    let name = &row.name;
    let key: Vec<_> = row.impls.key.iter().map(|field| &field.name).collect();
    let eq = by_key.eq.then(|| quote!(impl Eq for #name {}));
    let hash = by_key.hash.then(|| {
        quote! {
            impl ::core::hash::Hash for #name {
                fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                    #(::core::hash::Hash::hash(&self.#key, state);)*
                }
            }
        }
    });
    let ord = by_key.ord.then(|| {
        let both = match key.as_slice() {
            [only] => quote!(&self.#only, &other.#only),
            several => quote!(&(#(&self.#several),*), &(#(&other.#several),*)),
        };
        quote! {
            impl PartialOrd for #name {
                fn partial_cmp(&self, other: &Self) -> Option<::core::cmp::Ordering> {
                    Some(self.cmp(other))
                }
            }

            impl Ord for #name {
                fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                    Ord::cmp(#both)
                }
            }
        }
    });
    quote! {
        /// By the primary key alone.
        impl PartialEq for #name {
            fn eq(&self, other: &Self) -> bool {
                #(self.#key == other.#key)&&*
            }
        }

        #eq
        #hash
        #ord
    }
}

fn display(row: &RowType) -> TokenStream {
    if row.impls.display.is_empty() {
        return TokenStream::new();
    }
    let name = &row.name;
    let mut format = String::new();
    let mut fields = Vec::new();
    for part in &row.impls.display {
        match part {
            DisplayPart::Text(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            DisplayPart::Field(field) => {
                format.push_str("{}");
                fields.push(field);
            }
        }
    }
    let format = string(&format);
    quote! {
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::write!(f, #format #(, self.#fields)*)
            }
        }
    }
}
