//! The module of tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{docs, inner_docs};
use super::{constraints, enums, keys, module, row};
use crate::lower::{Home, TablesModule};

/// As a file of its own.
pub(super) fn file(tables: &TablesModule) -> TokenStream {
    let docs = inner_docs(&about());
    let version = module::version_check();
    let items = items(tables);
    quote!(#docs #version #items)
}

/// As a block.
pub(super) fn block(tables: &TablesModule) -> TokenStream {
    let docs = docs(&about());
    let allow = module::allowed();
    let items = items(tables);
    quote!(#docs #(#[allow(#allow)])* pub mod tables { #items })
}

fn about() -> [String; 1] {
    ["Rows, enums and constraints of the tables.".to_owned()]
}

fn items(tables: &TablesModule) -> TokenStream {
    let rows = tables.rows.iter().map(|ty| row::row(&Home::Tables, ty));
    let keys = tables.keys.iter().map(keys::key);
    let enums = tables.enums.iter().map(enums::enum_type);
    let constraints = tables.constraints.iter().map(constraints::module);
    quote!(#(#keys)* #(#rows)* #(#enums)* #(#constraints)*)
}
