use std::collections::{BTreeMap, BTreeSet};

use super::{Generate, Writer, parameter_name, quoted};
use crate::catalog::{
    Catalog, Column, DefaultValue, Family, ForeignKey, Index, IndexKind, IndexPart, IntWidth, Server,
    Snapshot, SqlType, Table, TableKind, TableName,
};
use crate::lower::{Item, Module};
use crate::{Checked, Config, Sources, check_queries};

fn name(name: &str) -> TableName {
    TableName { schema: None, name: name.to_owned() }
}

fn index(name: &str, kind: IndexKind, columns: &[&str]) -> Index {
    let part = |name: &&str| IndexPart::Column { name: (*name).to_owned(), prefix: None, descending: false };
    Index { name: name.to_owned(), kind, parts: columns.iter().map(part).collect(), invisible: false }
}

/// A table from its columns: `id*` is of the primary key, `code!` unique by itself, `at?` can be NULL, `at=0` has a
/// default, `sum#` is a DECIMAL, `a_id>t.id` refers to a table; and `a,b>t.x,y` is a foreign key of two columns that
/// are there.
fn table(table: &str, columns: &str) -> Table {
    let mut made = Table {
        name: name(table),
        kind: TableKind::Base,
        comment: String::new(),
        columns: Vec::new(),
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        triggers: Vec::new(),
    };
    let mut primary = Vec::new();
    for word in columns.split_whitespace() {
        let (left, reference) =
            word.split_once('>').map_or((word, None), |(left, right)| (left, Some(right)));
        let marks = left.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == ',');
        let own = &left[..left.len() - marks.len()];
        if let Some((parent, referenced)) = reference.and_then(|reference| reference.split_once('.')) {
            let list = |text: &str| text.split(',').map(str::to_owned).collect();
            made.foreign_keys.push(ForeignKey {
                name: format!("{table}_{}", own.replace(',', "_")),
                columns: list(own),
                references: name(parent),
                referenced_columns: list(referenced),
                on_delete: "CASCADE".to_owned(),
                on_update: "RESTRICT".to_owned(),
            });
        }
        if own.contains(',') {
            continue;
        }
        if marks.contains('*') {
            primary.push(own);
        }
        if marks.contains('!') {
            made.indexes.push(index(&format!("uk_{own}"), IndexKind::Unique, &[own]));
        }
        let nullable = marks.contains('?');
        let default = if nullable { Some(DefaultValue::Null) } else { None };
        made.columns.push(Column {
            name: own.to_owned(),
            ty: match marks.contains('#') {
                true => SqlType::Decimal { precision: 20, scale: 2, unsigned: false },
                false => SqlType::Int { width: IntWidth::Int, unsigned: true },
            },
            nullable,
            default: if marks.contains('=') { Some(DefaultValue::Literal("0".to_owned())) } else { default },
            on_update: None,
            generated: None,
            auto_increment: false,
            invisible: false,
            comment: String::new(),
        });
    }
    made.foreign_keys.sort_by(|a, b| a.name.cmp(&b.name));
    made.indexes.insert(0, index("PRIMARY", IndexKind::Primary, &primary));
    made
}

#[track_caller]
fn generated(tables: &[(&str, &str)], patterns: &[&str]) -> Checked {
    let mut tables: Vec<Table> = tables.iter().map(|(name, columns)| table(name, columns)).collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    let server = Server {
        family: Family::MariaDb,
        version: (10, 11, 19),
        sql_mode: vec!["STRICT_TRANS_TABLES".to_owned()],
        lower_case_table_names: 0,
        collation: "utf8mb4_general_ci".to_owned(),
    };
    let snapshot =
        Snapshot { catalog: Catalog { server, tables, routines: Vec::new() }, prepared: BTreeMap::new() };
    let mut config = Config::in_folder(".");
    config.generate.crud = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
    let checked = check_queries(&config, &snapshot, &mut Sources::default(), &[], None).unwrap();
    assert_eq!(checked.diagnostics, []);
    // What is printed is Rust.
    checked.single("porpoise.rs");
    checked
}

fn methods(module: &Module) -> Vec<&str> {
    let methods = module.items.iter().filter_map(|item| match item {
        Item::Methods(methods) => Some(methods),
        _ => None,
    });
    let names = methods.flatten().map(|method| method.name.plain());
    names.filter(|name| !name.ends_with("_count")).collect()
}

/// The relations of a table by the names of their methods.
#[track_caller]
fn check(tables: &[(&str, &str)], of: &str, expected: &[&str]) {
    let checked = generated(tables, &["*"]);
    let module = checked.lowered.modules.iter().find(|module| module.name.plain() == of);
    assert_eq!(methods(module.expect("the table has a module")), expected);
}

#[test]
fn one_key_is_named_after_its_column_and_the_rows_after_their_table() {
    let tables = [("accounts", "id*"), ("post", "id* author_id>accounts.id")];
    check(&tables, "post", &["author"]);
    check(&tables, "accounts", &["posts"]);
}

#[test]
fn several_keys_to_one_table_are_told_apart_by_their_columns() {
    let tables = [("account", "id*"), ("post", "id* author_id>account.id editor_id?>account.id")];
    check(&tables, "post", &["author", "editor"]);
    check(&tables, "account", &["posts_by_author", "posts_by_editor"]);
    let tables = [("part", "id* whole_id?>part.id")];
    check(&tables, "part", &["whole", "parts_by_whole"]);
}

#[test]
fn a_unique_key_makes_one_of_many() {
    check(&[("user", "id*"), ("profile", "user_id*>user.id")], "user", &["profile"]);
    check(&[("user", "id*"), ("profile", "id* user_id!>user.id")], "user", &["profile"]);
    check(&[("user", "id*"), ("profile", "id*>user.id")], "profile", &["user"]);
    check(&[("user", "id*"), ("profile", "id* user_id>user.id")], "user", &["profiles"]);
}

#[test]
fn what_the_name_of_a_statement_is_gets_a_longer_one() {
    let tables = [("list", "id*"), ("todo", "id* list_id>list.id clone_id?>todo.id")];
    check(&tables, "todo", &["clone_row", "list_row", "todos_by_clone"]);
    check(&tables, "list", &["todos"]);
}

#[test]
fn two_keys_of_the_same_name_are_called_after_all_their_columns() {
    let spot = ("spot", "row* seat*");
    let move_ = ("move", "id* r1 s1 r2 s2 r1,s1>spot.row,seat r2,s2>spot.row,seat");
    check(&[spot, move_], "move", &["spot_by_r1_and_s1", "spot_by_r2_and_s2"]);
    check(&[spot, move_], "spot", &["moves_by_r1_and_s1", "moves_by_r2_and_s2"]);
    let named = ("move", "id* from_row from_seat from_row,from_seat>spot.row,seat");
    check(&[spot, named], "move", &["from"]);
}

#[test]
fn join_tables_lead_to_the_other_side() {
    let (article, creator) = (("article", "id*"), ("creator", "id*"));
    let wrote = ("wrote", "article_id*>article.id creator_id*>creator.id place=");
    check(&[article, creator, wrote], "article", &["wrotes", "creators"]);
    let read = ("review", "creator_id*>creator.id article_id*>article.id");
    check(
        &[article, creator, wrote, read],
        "article",
        &["reviews", "wrotes", "creators_via_review", "creators_via_wrote"],
    );
    let follow = ("follow", "follower_id*>creator.id followee_id*>creator.id");
    check(
        &[creator, follow],
        "creator",
        &["follows_by_followee", "follows_by_follower", "followers", "followees"],
    );
}

#[test]
fn a_table_with_more_than_pairs_joins_nothing() {
    let (a, b) = (("a", "id*"), ("b", "id*"));
    check(&[a, b, ("j", "a_id*>a.id b_id*>b.id needed")], "a", &["js"]);
    check(&[a, b, ("j", "a_id*>a.id b_id*>b.id number*")], "a", &["js"]);
    check(&[a, b, ("j", "a_id*>a.id b_id*>b.id code!=")], "a", &["js"]);
    check(&[a, b, ("j", "id* a_id>a.id b_id>b.id")], "a", &["js"]);
}

#[test]
fn only_chosen_tables_and_keys_that_find_one_row_are_followed() {
    let tables = [("a", "id* code"), ("b", "id* a_id>a.id"), ("c", "id* a_code>a.code")];
    let chosen = generated(&tables, &["a", "c"]);
    let names: Vec<_> =
        chosen.lowered.modules.iter().map(|module| (module.name.plain(), methods(module))).collect();
    assert_eq!(names, [("a", vec![]), ("c", vec![])]);
}

#[test]
fn keys_of_decimals_have_functions_for_many() {
    let checked = generated(&[("a", "id*#"), ("b", "id* a_id#>a.id")], &["*"]);
    let loaders = checked.lowered.modules.iter().flat_map(|module| &module.items);
    let loaders = loaders.filter(|item| matches!(item, Item::Loader(_))).count();
    assert_eq!(loaders, 3, "the row of a, the rows of b and how many of them");
}

fn purchase_line() -> Table {
    let text = include_str!("../../tests/fixtures/shop.mysql.json");
    let catalog = Snapshot::from_json(text).unwrap().catalog;
    catalog.table(None, "purchase_line").unwrap().clone()
}

fn written(table: &Table, version: Option<&Column>) -> String {
    let row = "PurchaseLine".to_owned();
    let names = BTreeSet::new();
    let mut writer = Writer { table, row, version, family: Family::MySql, text: String::new(), names };
    writer.read();
    writer.write();
    writer.text
}

fn statement<'t>(text: &'t str, name: &str) -> &'t str {
    let start = text.find(&format!("-- name: {name} ")).unwrap();
    &text[start..start + text[start..].find("\n;").unwrap()]
}

#[test]
fn a_version_is_compared_and_raised() {
    let table = purchase_line();
    let version = Generate { versions: vec!["*.quantity".to_owned()], ..Generate::default() };
    let text = written(&table, super::version(&table, &version));
    let update = statement(&text, "update");
    assert!(update.starts_with("-- name: update :execversion\n"), "{update}");
    let sql = "SET `quantity` = `quantity` + 1,\n  `unit_price` = :unit_price\n\
               WHERE `purchase_id` = :purchase_id AND `product_id` = :product_id AND `quantity` = :quantity";
    assert!(update.ends_with(sql), "{update}");
    let patch = statement(&text, "patch");
    let sql = "SET `quantity` = `quantity` + 1\n  , `unit_price` = :unit_price -- @if :unit_price\nWHERE ";
    assert!(patch.contains(sql), "{patch}");
    let without = written(&table, None);
    assert!(statement(&without, "update").starts_with("-- name: update :execone\n"));
}

#[test]
fn names_that_no_parameter_can_have_get_others() {
    assert_eq!(parameter_name("créé le"), "créé_le");
    assert_eq!(parameter_name("1st"), "c_1st");
    assert_eq!(parameter_name("*/ drop"), "drop");
    assert_eq!(parameter_name("☃"), "c_");
    assert_eq!(quoted("a`b"), "`a``b`");
}
