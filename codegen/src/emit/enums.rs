//! Enums of ENUM and SET columns.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::parsed;
use super::text::{docs, string};
use crate::lower::EnumType;

/// The enum and its texts.
pub(super) fn enum_type(ty: &EnumType) -> TokenStream {
    let name = &ty.name;
    let docs = docs(&ty.docs);
    let attributes = ty.attributes.iter().map(|attribute| parsed(attribute));
    let derives = ty.derives.iter().map(|derive| parsed(derive));
    let members: Vec<_> = ty.members.iter().map(|member| &member.name).collect();
    let texts = ty.members.iter().map(|member| string(&member.text));
    let defaults = (0..members.len()).map(|index| (index == 0).then(|| quote!(#[default])));
    quote! {
        #docs
        #[derive(#(#derives),*)]
        #(#attributes)*
        pub enum #name {
            #(#defaults #members,)*
        }

        impl ::porpoise::Enum for #name {
            const ALL: &'static [Self] = &[#(Self::#members),*];

            fn as_str(self) -> &'static str {
                match self {
                    #(Self::#members => #texts,)*
                }
            }
        }

        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(::porpoise::Enum::as_str(*self))
            }
        }

        impl ::core::str::FromStr for #name {
            type Err = ::porpoise::UnknownValue;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::porpoise::Enum::from_text(text)
            }
        }
    }
}
