//! Structs that are decoded from rows.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::row_impls;
use super::rust_type::{Scope, parsed};
use super::text::docs;
use crate::lower::{Decode, Home, RowType};

/// The struct, its decoding, and what no derive does.
pub(super) fn row(home: &Home, row: &RowType) -> TokenStream {
    let RowType { name, fields, .. } = row;
    let scope = Scope { home, lifetime: false };
    let row_docs = docs(&row.docs);
    let derives = row.derives.iter().map(|derive| parsed(derive));
    let attributes = row.attributes.iter().map(|attribute| parsed(attribute));
    let columns = Literal::usize_unsuffixed(row.columns);
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let types = fields.iter().map(|field| scope.ty(&field.ty));
    let field_docs = fields.iter().map(|field| docs(&field.docs));
    let field_attributes = fields.iter().map(|field| {
        let attributes = field.attributes.iter().map(|attribute| parsed(attribute));
        quote!(#(#attributes)*)
    });
    let values = fields.iter().map(|field| match field.decode {
        Decode::Column => quote!(row.get()?),
        Decode::ZeroDateAsNull => quote!(row.get_zero_date_as_null()?),
        Decode::Row => quote!(::porpoise::FromRow::from_row(row)?),
        Decode::OptionalRow => quote!(row.optional()?),
        Decode::Nested => quote!(Vec::new()),
    });
    let shown: Vec<_> = fields.iter().map(|field| (&field.name, field.redacted)).collect();
    let debug = row_impls::debug(name, &TokenStream::new(), &shown);
    let impls = row_impls::impls(scope, row);
    quote! {
        #row_docs
        #[derive(#(#derives),*)]
        #(#attributes)*
        pub struct #name {
            #(#field_docs #field_attributes pub #names: #types,)*
        }

        impl ::porpoise::FromRow for #name {
            const COLUMNS: usize = #columns;

            fn from_row(row: &mut ::porpoise::Row<'_>) -> ::porpoise::Result<Self> {
                Ok(Self { #(#names: #values),* })
            }
        }

        #debug
        #impls
    }
}
