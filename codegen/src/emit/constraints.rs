//! Modules with the constraints of a table.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{docs, string};
use crate::lower::{ConstraintConstant, ConstraintKind, ConstraintModule};

/// The module.
pub(super) fn module(module: &ConstraintModule) -> TokenStream {
    let name = &module.name;
    let docs = docs(&module.docs);
    let constants = module.constants.iter().map(constant);
    quote! {
        #docs
        pub mod #name {
            #(#constants)*
        }
    }
}

fn constant(constant: &ConstraintConstant) -> TokenStream {
    let name = &constant.name;
    let docs = docs(&constant.docs);
    let table = string(&constant.table);
    let (make, constraint) = match &constant.kind {
        ConstraintKind::PrimaryKey => (quote!(primary_key), None),
        ConstraintKind::Unique(name) => (quote!(unique), Some(name)),
        ConstraintKind::ForeignKey(name) => (quote!(foreign_key), Some(name)),
        ConstraintKind::Check(name) => (quote!(check), Some(name)),
    };
    let constraint = constraint.map(|name| {
        let name = string(name);
        quote!(, #name)
    });
    quote! {
        #docs
        pub const #name: ::porpoise::Constraint = ::porpoise::Constraint::#make(#table #constraint);
    }
}
