//! Queries whose rows are folded into structs with collections.

use porpoise_codegen::catalog::Catalog;
use porpoise_codegen::statement::Command;

use crate::build::{Files, query};

pub fn files(schema: &Catalog) -> Files<'_> {
    let account = vec![
        // The elements are rows of a table: its DTO.
        query(
            "with_orders",
            Command::Many,
            "SELECT a.id, a.email, o.* FROM accounts a LEFT JOIN orders o ON 1",
        )
        .column(schema, "accounts.id", "a.id")
        .column(schema, "accounts.email", "a.email")
        .whole(schema, "orders", "o.*")
        .outer_key(&[0])
        .nest("orders", None, &[2, 3, 4, 5, 6], &[2])
        .reads(&["accounts", "orders"]),
        // One column gives values; the keys of both levels have two columns or none.
        query(
            "emails",
            Command::Opt,
            "SELECT a.status, a.id, b.email FROM accounts a JOIN accounts b WHERE a.id = :id",
        )
        .column(schema, "accounts.status", "a.status")
        .column(schema, "accounts.id", "a.id")
        .column(schema, "accounts.email", "b.email")
        .outer_key(&[1, 0])
        .nest("emails", None, &[2], &[])
        .param_of(schema, "id", "accounts.id")
        .row("AccountEmails")
        .reads(&["accounts"]),
        // Three levels and two collections side by side, the columns in any order; an embedded row in an element; named
        // types; names that Rust has a use for; a lock.
        query(
            "everything",
            Command::One,
            "SELECT p.weight, o.total, a.*, o.id, p.id, a2.email, u.id FROM accounts u FOR UPDATE",
        )
        .column(schema, "people.weight", "p.weight")
        .column(schema, "orders.total", "o.total")
        .embed(schema, "a", "accounts", false)
        .column(schema, "orders.id", "o.id")
        .column(schema, "people.id", "p.id")
        .column(schema, "accounts.email", "a2.email")
        .column(schema, "accounts.id", "u.id")
        .outer_key(&[12])
        .nest("self", None, &[1, 2, 3, 4, 5, 6, 7, 8, 9], &[9])
        .nest("type:Weighed", Some(0), &[0, 10], &[10])
        .nest("other people", None, &[11], &[11])
        .reads(&["accounts", "orders", "people"])
        .locks(),
    ];
    Files::new(schema).file("queries/account.sql", account)
}
