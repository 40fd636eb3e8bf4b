//! What holds the modules together.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{docs, string};
use super::{module, tables};
use crate::catalog::Family;
use crate::lower::{Lowered, SchemaConstant};

/// `mod.rs` of a folder. The author's rustfmt would lay the code out in another way, and `porpoise check` call it
/// stale.
pub(super) fn folder(lowered: &Lowered) -> TokenStream {
    let version = module::version_check();
    let allow = module::allowed();
    let names = lowered.modules.iter().map(|module| &module.name);
    let schema = schema(&lowered.schema);
    quote! {
        #(#![allow(#allow)])*
        #version
        #(#[rustfmt::skip] pub mod #names;)*
        #[rustfmt::skip]
        pub mod tables;
        #schema
    }
}

/// Everything in one file.
pub(super) fn single(lowered: &Lowered) -> TokenStream {
    let version = module::version_check();
    let modules = lowered.modules.iter().map(module::block);
    let tables = tables::block(&lowered.tables);
    let allow = module::allowed();
    let schema = schema(&lowered.schema);
    quote!(#version #(#modules)* #tables #(#[allow(#allow)])* #schema)
}

fn schema(schema: &SchemaConstant) -> TokenStream {
    let docs = docs(&["What the statements were checked against; give it to the pool.".to_owned()]);
    let family = match schema.family {
        Family::MySql => quote!(MySql),
        Family::MariaDb => quote!(MariaDb),
    };
    let (sql_mode, collation) = (string(&schema.sql_mode), string(&schema.collation));
    let (fingerprint, tables) = (string(&schema.fingerprint), string(&schema.tables));
    quote! {
        #docs
        #[rustfmt::skip]
        pub const SCHEMA: ::porpoise::Schema = ::porpoise::Schema {
            family: ::porpoise::Family::#family,
            sql_mode: #sql_mode,
            collation: #collation,
            fingerprint: #fingerprint,
            tables: #tables,
        };
    }
}
