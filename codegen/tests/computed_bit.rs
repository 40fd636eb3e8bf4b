//! A BIT that is not a plain column comes from both servers as its bits, as its digits or as garbled text, and nothing
//! tells which: it is refused, with what to write instead.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use porpoise_codegen::catalog::{Snapshot, SqlType};
use porpoise_codegen::{Config, Sources, check_queries};

/// The codes of what is found in a statement over `product`, whose `stock` is a BIT(9) here.
fn codes(sql: &str) -> Vec<&'static str> {
    let mut snapshot = Snapshot::from_json(include_str!("fixtures/shop.mysql.json")).unwrap();
    let product = snapshot.catalog.tables.iter_mut().find(|table| table.name.name == "product").unwrap();
    product.columns.iter_mut().find(|column| column.name == "stock").unwrap().ty = SqlType::Bit { bits: 9 };
    let mut sources = Sources::new();
    let file = sources.add("q.sql", format!("-- name: q\n{sql};"));
    let config = Config::in_folder(std::path::Path::new("."));
    let checked = check_queries(&config, &snapshot, &mut sources, &[file], None).unwrap();
    checked.diagnostics.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_computed_bit_is_refused_and_a_plain_one_is_not() {
    for plain in ["SELECT stock FROM product", "SELECT d.stock FROM (SELECT stock FROM product) d"] {
        assert_eq!(codes(plain), [""; 0], "{plain}");
    }
    for computed in [
        "SELECT MAX(stock) AS stock FROM product",
        "SELECT COALESCE(stock, stock) AS stock FROM product",
        "SELECT (SELECT stock FROM product WHERE id = 1) AS stock",
        "SELECT d.s FROM (SELECT MIN(stock) AS s FROM product) d",
    ] {
        assert_eq!(codes(computed), ["computed-bit"], "{computed}");
    }
    for integer in ["SELECT MAX(stock + 0) AS stock FROM product", "SELECT stock + 0 AS stock FROM product"] {
        assert_eq!(codes(integer), [""; 0], "{integer}");
    }
}
