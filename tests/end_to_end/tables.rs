//! What every table has of its own does what it says: found, listed, paged, inserted, changed, deleted.

use porpoise::rust_decimal::Decimal;
use porpoise::{ErrorKind, Pool};

use super::queries::product::{self, NewProduct, PageBackParams, PageParams, ProductPatch, ProductUpdate};
use super::queries::tables::{self, Authorship, Product};
use super::queries::{article, authorship, byline, city, creator, person, stock_movement, student};
use super::sample;

fn add(pool: &Pool, sku: &str, price: i64) -> u32 {
    product::insert(
        pool,
        &NewProduct { sku, name: sku, price: Decimal::new(price, 2), ..NewProduct::default() },
    )
    .unwrap()
}

#[test]
fn what_is_not_given_has_its_default_and_what_is_given_has_not() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let id = add(pool, "TEA", 450);
    let tea = product::find(pool, id).unwrap().unwrap();
    assert_eq!((tea.quantity, tea.reorder_level, tea.discontinued, tea.description), (0, 5, false, None));
    let new = NewProduct {
        sku: "POT",
        name: "Pot",
        price: Decimal::new(3990, 2),
        description: Some("of clay"),
        quantity: Some(7),
        reorder_level: Some(0),
        discontinued: Some(true),
    };
    let id = product::insert(pool, &new).unwrap();
    let pot = product::find_by_sku(pool, "POT").unwrap().unwrap();
    assert_eq!((pot.id, pot.quantity, pot.reorder_level, pot.discontinued), (id, 7, 0, true));
    assert_eq!(
        (pot.description.as_deref(), pot.stock_value),
        (Some("of clay"), Some(Decimal::new(27930, 2)))
    );
    let error = product::insert(pool, &new).unwrap_err();
    assert!(error.violates(&tables::product::UNIQUE_SKU));
    assert_eq!(error.query_name(), Some("product::insert"));
    assert_eq!((product::count(pool).unwrap(), product::exists(pool, id).unwrap()), (2, true));
    assert_eq!((product::find(pool, 99).unwrap(), product::exists(pool, 99).unwrap()), (None, false));
}

#[test]
fn a_patch_changes_what_is_given_and_nothing_else() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let (id, other) = (add(pool, "TEA", 450), add(pool, "POT", 3990));
    let before = product::find(pool, id).unwrap().unwrap();
    let nothing = ProductPatch { id, ..ProductPatch::default() };
    product::patch(pool, &nothing).unwrap();
    assert_eq!(product::find(pool, id).unwrap().unwrap(), before);

    let patch = ProductPatch { description: Some(Some("green")), quantity: Some(3), ..nothing.clone() };
    product::patch(pool, &patch).unwrap();
    let after = product::find(pool, id).unwrap().unwrap();
    let expected = Product {
        description: Some("green".to_owned()),
        quantity: 3,
        stock_value: Some(Decimal::new(1350, 2)),
        ..before
    };
    assert_eq!(after, expected);
    product::patch(pool, &ProductPatch { description: Some(None), ..nothing.clone() }).unwrap();
    assert_eq!(product::find(pool, id).unwrap().unwrap().description, None, "set to NULL");

    let update = ProductUpdate {
        id,
        sku: "T",
        name: "t",
        description: None,
        quantity: 1,
        reorder_level: 2,
        price: Decimal::new(100, 2),
        discontinued: true,
    };
    product::update(pool, &update).unwrap();
    product::update(pool, &update).expect("the row is there, though it is no other one now");
    let error = product::update(pool, &ProductUpdate { id: 9_999, ..update }).unwrap_err();
    assert_eq!((error.kind(), error.query_name()), (ErrorKind::NotFound, Some("product::update")));
    assert_eq!(product::find(pool, other).unwrap().unwrap().sku, "POT", "the others are as they were");
    let error = product::patch(pool, &ProductPatch { sku: Some("POT"), ..nothing }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UniqueViolation);
}

#[test]
fn rows_are_found_many_at_a_time_paged_and_deleted() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let ids: Vec<u32> = (0..10).map(|number| add(pool, &format!("S{number}"), number)).collect();
    let found = product::find_many(pool, &[ids[7], 9_999, ids[2], ids[7]]).unwrap();
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[2], ids[7]]);
    assert_eq!(product::find_many(pool, &[]).unwrap(), []);

    let (mut seen, mut after_id) = (Vec::new(), None);
    loop {
        let page = product::page(pool, &PageParams { after_id, limit: 4 }).unwrap();
        let Some(last) = page.last() else { break };
        after_id = Some(last.id);
        seen.extend(page.iter().map(|row| row.id));
    }
    assert_eq!(seen, ids);
    let back = product::page_back(pool, &PageBackParams { before_id: Some(ids[5]), limit: 3 }).unwrap();
    assert_eq!(back.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[4], ids[3], ids[2]]);

    assert_eq!((product::delete(pool, ids[0]).unwrap(), product::delete(pool, ids[0]).unwrap()), (1, 0));
    assert_eq!(product::delete_many(pool, &ids[..4]).unwrap(), 3);
    assert_eq!(product::list(pool).unwrap().len(), 6);
    let locked = pool.transaction(|tx| product::find_for_update(tx, ids[5])).unwrap();
    assert_eq!(locked.map(|row| row.id), Some(ids[5]));
}

#[test]
fn one_unique_key_makes_an_upsert_and_many_rows_go_in_together() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let rows: Vec<product::ProductValues<'_>> = ["A", "B", "C"]
        .into_iter()
        .map(|sku| product::ProductValues {
            sku,
            name: sku,
            description: None,
            quantity: 1,
            reorder_level: 0,
            price: Decimal::ONE,
            discontinued: false,
        })
        .collect();
    assert_eq!(product::insert_many(pool, &rows).unwrap(), 3);
    let upsert = |name, quantity| {
        let params = product::ProductValues {
            sku: "B",
            name,
            description: Some("again"),
            quantity,
            reorder_level: 0,
            price: Decimal::TWO,
            discontinued: false,
        };
        product::upsert_by_sku(pool, &params).unwrap();
    };
    upsert("better", 5);
    let better = product::find_by_sku(pool, "B").unwrap().unwrap();
    assert_eq!((better.name.as_str(), better.quantity, product::count(pool).unwrap()), ("better", 5, 3));
}

#[test]
fn keys_of_two_columns_foreign_keys_and_views() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let writers: Vec<u32> = ["Ada", "Bob"]
        .iter()
        .map(|name| creator::insert(pool, &creator::NewCreator { name }).unwrap())
        .collect();
    let new = article::NewArticle { title: "On keys", body: "...", tags: None, published: None };
    let text = article::insert(pool, &new).unwrap();
    for (position, creator_id) in (1..).zip(&writers) {
        let new =
            authorship::NewAuthorship { article_id: text, creator_id: *creator_id, position: Some(position) };
        authorship::insert(pool, &new).unwrap();
    }
    let both = [(text, writers[0]), (text, writers[1])];
    let expected = |position, creator_id| Authorship { article_id: text, creator_id, position };
    assert_eq!(authorship::find(pool, text, writers[1]).unwrap(), Some(expected(2, writers[1])));
    assert_eq!(
        authorship::find_many(pool, &both).unwrap(),
        [expected(1, writers[0]), expected(2, writers[1])]
    );
    assert_eq!(authorship::list_by_creator_id(pool, writers[0]).unwrap(), [expected(1, writers[0])]);
    let moved = authorship::AuthorshipPatch { article_id: text, creator_id: writers[1], position: Some(9) };
    authorship::patch(pool, &moved).unwrap();
    assert_eq!(authorship::find(pool, text, writers[1]).unwrap(), Some(expected(9, writers[1])));
    assert_eq!(byline::count(pool).unwrap(), 2);
    assert_eq!(byline::list(pool).unwrap().len(), 2);
    assert_eq!(authorship::delete_many(pool, &both).unwrap(), 2);

    // 1:1 and 1:N, where the key of a student is that of the person.
    let town = city::insert(pool, &city::NewCity { name: "Ys", country: "FR" }).unwrap();
    let ada =
        person::insert(pool, &person::NewPerson { name: "Ada", born: None, city_id: Some(town) }).unwrap();
    student::insert(
        pool,
        &student::NewStudent { person_id: ada, number: "00000001", enrolled: 2026, grade: None },
    )
    .unwrap();
    assert_eq!(person::list_by_city_id(pool, town).unwrap().len(), 1);
    assert_eq!(student::find(pool, ada).unwrap(), student::find_by_number(pool, "00000001").unwrap());
    assert_eq!(city::find_by_country_and_name(pool, "FR", "Ys").unwrap().map(|row| row.id), Some(town));
    assert_eq!(stock_movement::list(pool).unwrap(), []);
}
