//! Functions for many rows: one that does the usual thing, and one with options.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::function::referenced;
use super::text::{docs, string};
use crate::lower::{Arguments, Bulk, CopyColumn, CopyField, Function, Ident, ParamsArgument, Value};

/// What is run, with the values of a row and the name of the second function.
pub(super) struct Parts<'a> {
    pub(super) bulk: &'a Bulk,
    pub(super) values: &'a [Value],
    pub(super) with_options: &'a Ident,
    pub(super) with_docs: &'a [String],
}

/// Both functions.
pub(super) fn functions(function: &Function, parts: &Parts<'_>) -> TokenStream {
    let Function { name, executor, query_name, .. } = function;
    let Parts { bulk, values, with_options, with_docs } = parts;
    let docs_of_all = docs(&function.docs);
    let docs_of_with = docs(with_docs);
    let Some(Rows { name: rows, row, taken, lifetime }) = rows(&function.arguments) else {
        return TokenStream::new();
    };
    let bulk = constant(bulk, &string(query_name));
    let values = values.iter().map(referenced);
    quote! {
        #docs_of_all
        pub fn #name #lifetime (#executor: impl ::porpoise::Write, #rows: #taken) -> ::porpoise::Result<u64> {
            let written = #with_options(#executor, #rows, &mut ::porpoise::BulkOptions::new())?;
            Ok(written.rows_affected)
        }

        #docs_of_with
        pub fn #with_options #lifetime (
            #executor: impl ::porpoise::Write,
            #rows: #taken,
            options: &mut ::porpoise::BulkOptions<'_>,
        ) -> ::porpoise::Result<::porpoise::BulkResult> {
            #bulk
            ::porpoise::__codegen::bulk(
                #executor,
                BULK,
                #rows,
                |row: &#row| ::porpoise::__codegen::arguments(&[#(#values),*]),
                options,
            )
        }
    }
}

/// The rows as an argument.
struct Rows<'a> {
    name: &'a Ident,
    /// The type of a row.
    row: TokenStream,
    /// The type of the argument.
    taken: TokenStream,
    /// The lifetime that the functions declare: one cannot be left out within `impl`.
    lifetime: Option<TokenStream>,
}

fn rows(arguments: &Arguments) -> Option<Rows<'_>> {
    let row = |argument: &ParamsArgument, lifetime: TokenStream| {
        let ty = &argument.ty;
        let lifetime = argument.borrows.then_some(lifetime);
        quote!(#ty #lifetime)
    };
    match arguments {
        Arguments::Batch(argument) => {
            let row = row(argument, quote!(<'_>));
            let taken = quote!(&[#row]);
            Some(Rows { name: &argument.name, row, taken, lifetime: None })
        }
        Arguments::Copy(argument) => {
            let named = row(argument, quote!(<'a>));
            let taken = quote!(impl IntoIterator<Item = impl ::core::borrow::Borrow<#named>>);
            let lifetime = argument.borrows.then(|| quote!(<'a>));
            Some(Rows { name: &argument.name, row: row(argument, quote!(<'_>)), taken, lifetime })
        }
        Arguments::Each(_) | Arguments::Params(_) => None,
    }
}

/// The statement as a constant called BULK.
pub(super) fn constant(bulk: &Bulk, name: &proc_macro2::Literal) -> TokenStream {
    let value = match bulk {
        Bulk::Each(sql) => {
            let sql = string(sql);
            quote!(each(#name, #sql))
        }
        Bulk::Together(sql) => {
            let sql = string(sql);
            quote!(together(#name, #sql))
        }
        Bulk::Rows { head, row, tail, ignore } => {
            let (head, row, tail) = (string(head), string(row), string(tail));
            let rows = if *ignore { quote!(rows_ignoring) } else { quote!(rows) };
            quote!(#rows(#name, #head, #row, #tail))
        }
        Bulk::Copy { table, columns } => {
            let table = string(table);
            let columns = columns.iter().map(column);
            quote!(copy(#name, #table, &[#(#columns),*]))
        }
    };
    quote!(const BULK: ::porpoise::__codegen::Bulk = ::porpoise::__codegen::Bulk::#value;)
}

fn column(column: &CopyColumn) -> TokenStream {
    let field = format_ident!(
        "{}",
        match column.field {
            CopyField::Text => "text",
            CopyField::Member => "member",
            CopyField::Year => "year",
            CopyField::Bits => "bits",
            CopyField::Bytes => "bytes",
        }
    );
    let text = string(&column.text);
    quote!(::porpoise::__codegen::Column::#field(#text))
}
