//! Lowering, emitting and describing, from typed queries made by hand. The expected code stands in `golden/`;
//! `PORPOISE_BLESS=1 cargo test -p porpoise-codegen --test emit` writes it anew.

// The builders are all test code, though clippy looks for that only in functions with `#[test]`.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

mod build;
mod errors;
mod hostile;
mod keyed;
mod names;
mod nest;
mod shop;
mod types;

use std::fs;
use std::path::Path;

use porpoise_codegen::lower::Lowered;
use porpoise_codegen::{Generate, Types, describe, emit};

/// Compares a text with a file of `golden/`.
#[track_caller]
fn golden(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/golden").join(path);
    if std::env::var_os("PORPOISE_BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    if expected != text {
        let diff = similar::TextDiff::from_lines(expected.as_str(), text);
        panic!("golden/{path} differs:\n{}", diff.unified_diff().header("expected", "generated"));
    }
}

/// Compares the code as a folder with one of `golden/`.
#[track_caller]
fn golden_folder(folder: &str, lowered: &Lowered) {
    for file in emit::folder(lowered) {
        golden(&format!("{folder}/{}", file.path), &file.text);
    }
}

/// Compares both layouts of the code with a folder of `golden/`.
#[track_caller]
fn golden_code(folder: &str, lowered: &Lowered) {
    golden_folder(folder, lowered);
    golden(&format!("{folder}/single.rs.txt"), &emit::single(lowered, "queries.rs").text);
}

#[test]
fn every_kind_of_function_row_and_argument() {
    let schema = shop::schema();
    golden_code("shop", &shop::files(&schema).lower_well(&Types::default(), &Generate::default()));
}

#[test]
fn collections_of_every_shape() {
    let schema = shop::schema();
    golden_code("nest", &nest::files(&schema).lower_well(&Types::default(), &Generate::default()));
}

#[test]
fn hostile_names_and_comments_become_plain_code() {
    let schema = hostile::schema();
    let generate = Generate { tables: vec!["*".to_owned()], ..Generate::default() };
    golden_code("hostile", &hostile::files(&schema).lower_well(&Types::default(), &generate));
}

#[test]
fn configured_derives_are_added_to_rows_and_enums_and_to_no_arguments() {
    let schema = shop::schema();
    let derives = vec!["serde::Serialize".to_owned(), "Hash".to_owned(), "::std::hash::Hash".to_owned()];
    let generate = Generate { derives, ..Generate::default() };
    let lowered = shop::files(&schema).lower_well(&Types::default(), &generate);
    let text = emit::single(&lowered, "queries.rs").text;
    for derives in [
        "#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]\n    pub struct Account {",
        // It has a float, which has no hash.
        "#[derive(Clone, Debug, PartialEq, serde::Serialize)]\n    pub struct Person {",
        "serde::Serialize\n    )]\n    pub enum AccountStatus {",
        "#[derive(Clone, Debug, PartialEq, Default)]\n    pub struct RegisterParams<'a> {",
    ] {
        assert!(text.contains(derives), "{derives} is not in\n{text}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let schema = shop::schema();
    let files = shop::files(&schema);
    let lowered = || files.lower_well(&Types::default(), &Generate::default());
    assert_eq!(emit::folder(&lowered()), emit::folder(&lowered()));
}

#[test]
fn a_single_file_has_no_inner_attributes_or_docs() {
    let schema = shop::schema();
    let lowered = shop::files(&schema).lower_well(&Types::default(), &Generate::default());
    let text = emit::single(&lowered, "queries.rs").text;
    assert!(!text.contains("#![") && !text.contains("//!"), "{text}");
}

#[test]
fn queries_are_described_as_json_and_as_text() {
    let schema = shop::schema();
    let files = shop::files(&schema);
    let (lowered, mut diagnostics) = files.lower(&Types::default(), &Generate::default());
    let place = files.files[1].queries[0].statement.span;
    diagnostics
        .push(porpoise_codegen::Diagnostic::warning("may-return-more", "it may return more").at(place, ""));
    diagnostics.push(porpoise_codegen::Diagnostic::error("no-place", "about no file"));
    let input = describe::Input {
        files: &files.files,
        types: &lowered.types,
        diagnostics: &diagnostics,
        sources: &files.sources,
    };
    golden("describe/shop.json", &describe::json(&input));
    golden("describe/shop.txt", &describe::text(&input));
}
