//! Names of rows, enums and modules over a whole schema.

use porpoise_codegen::catalog::{Table, TableName};
use porpoise_codegen::{Generate, Types};

use crate::build::{Files, catalog, column, enumeration, set, table, unsigned};

/// The names of all row types and enums of tables with these names.
fn types(tables: Vec<Table>) -> Vec<String> {
    let catalog = catalog(tables);
    let generate = Generate { tables: vec!["*".to_owned()], ..Generate::default() };
    let tables = Files::new(&catalog).lower_well(&Types::default(), &generate).tables;
    let rows = tables.rows.iter().map(|row| row.name.to_string());
    rows.chain(tables.enums.iter().map(|ty| ty.name.to_string())).collect()
}

fn plain(name: &str) -> Table {
    table(name, vec![column("id", unsigned()), column("n", unsigned())])
}

#[test]
fn a_row_is_called_after_the_singular_of_its_table() {
    assert_eq!(
        types(vec![
            plain("order_items"),
            plain("people"),
            plain("categories"),
            plain("news"),
            plain("USERS")
        ]),
        ["User", "Category", "News", "OrderItem", "Person"]
    );
}

#[test]
fn the_table_in_the_singular_keeps_the_name_that_two_want() {
    assert_eq!(types(vec![plain("accounts"), plain("account")]), ["Account", "Accounts"]);
    assert_eq!(types(vec![plain("a_b"), plain("a-b"), plain("a b")]), ["AB", "ABRow", "ABRow2"]);
}

#[test]
fn a_table_of_another_schema_is_named_with_it_where_names_collide() {
    let other = |name: &str| Table {
        name: TableName { schema: Some("crm".to_owned()), name: name.to_owned() },
        ..plain(name)
    };
    assert_eq!(
        types(vec![plain("accounts"), other("accounts"), other("leads")]),
        ["Account", "CrmAccount", "Lead"]
    );
}

#[test]
fn rows_do_not_hide_the_prelude() {
    assert_eq!(
        types(vec![plain("options"), plain("string"), plain("results")]),
        ["Options", "Results", "StringRow"]
    );
}

#[test]
fn enums_are_called_after_table_and_column() {
    let accounts = table(
        "accounts",
        vec![column("status", enumeration(&["a"])), column("roles", set(&["a"])), column("id", unsigned())],
    );
    assert_eq!(
        types(vec![accounts, plain("account_statuses")]),
        ["AccountStatus", "Account", "AccountRole", "AccountStatusEnum"]
    );
}
