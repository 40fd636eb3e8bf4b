//! Structs that are decoded from rows.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rust_type::{Scope, parsed};
use super::text::docs;
use crate::lower::{Decode, Home, RowType};

/// The struct and its decoding.
pub(super) fn row(home: &Home, row: &RowType) -> TokenStream {
    let RowType { name, fields, .. } = row;
    let scope = Scope { home, lifetime: false };
    let row_docs = docs(&row.docs);
    let derives = row.derives.iter().map(|derive| parsed(derive));
    let columns = Literal::usize_unsuffixed(row.columns);
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let types = fields.iter().map(|field| scope.ty(&field.ty));
    let field_docs = fields.iter().map(|field| docs(&field.docs));
    let values = fields.iter().map(|field| match field.decode {
        Decode::Column => quote!(row.get()?),
        Decode::ZeroDateAsNull => quote!(row.get_zero_date_as_null()?),
        Decode::Row => quote!(::porpoise::FromRow::from_row(row)?),
        Decode::OptionalRow => quote!(row.optional()?),
        Decode::Nested => quote!(Vec::new()),
    });
    quote! {
        #row_docs
        #[derive(#(#derives),*)]
        pub struct #name {
            #(#field_docs pub #names: #types,)*
        }

        impl ::porpoise::FromRow for #name {
            const COLUMNS: usize = #columns;

            fn from_row(row: &mut ::porpoise::Row<'_>) -> ::porpoise::Result<Self> {
                Ok(Self { #(#names: #values),* })
            }
        }
    }
}
