//! Every query of the sample database does what its text says.

use std::time::SystemTime;

use porpoise::chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use porpoise::rust_decimal::Decimal;
use porpoise::{BulkOptions, Enum, ErrorKind, Pool, Set, serde_json};

use super::queries::tables::{self, AccountRole, AccountStatus, StockMovementKind};
use super::queries::{accounts, articles, inventory, measurements, people, search};
use super::sample;

fn register(pool: &Pool, username: &str) -> u32 {
    accounts::register(
        pool,
        &accounts::RegisterParams {
            username,
            email: &format!("{username}@example.org"),
            salt: "0123456789abcdef0123456789abcdef",
            password: "secret 🐬",
            full_name: None,
        },
    )
    .unwrap()
}

#[test]
fn accounts_are_registered_found_and_changed() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let (ada, bob) = (register(pool, "ada"), register(pool, "bob"));
    assert_eq!((ada, bob), (1, 2));

    let account = accounts::find(pool, ada).unwrap().unwrap();
    assert_eq!((account.username.as_str(), account.full_name, account.bio), ("ada", None, None));
    assert_eq!((account.status, account.last_login), (AccountStatus::Active, None));
    assert_eq!(account.roles, Set::new().with(AccountRole::Viewer), "the column's default");
    let age = DateTime::<Utc>::from(SystemTime::now()) - account.created_at;
    assert!(age.abs() < TimeDelta::hours(1), "TIMESTAMP is in UTC, but off by {age}");
    assert_eq!(accounts::find(pool, 99).unwrap(), None);

    assert_eq!(accounts::update_profile(pool, None, Some("Ada"), None, ada).unwrap(), 1);
    assert_eq!(accounts::update_profile(pool, Some("new@example.org"), None, Some("…"), ada).unwrap(), 1);
    let account = accounts::find(pool, ada).unwrap().unwrap();
    assert_eq!(
        (account.email.as_str(), account.full_name.as_deref(), account.bio.as_deref()),
        ("new@example.org", Some("Ada"), Some("…"))
    );

    accounts::logged_in(pool, ada).unwrap();
    assert!(accounts::find(pool, ada).unwrap().unwrap().last_login.is_some());

    let roles = Set::new().with(AccountRole::Admin).with(AccountRole::Editor);
    assert_eq!(accounts::set_roles(pool, roles, ada).unwrap(), 1);
    assert_eq!(accounts::find(pool, ada).unwrap().unwrap().roles, roles);

    assert_eq!(accounts::delete_account(pool, bob).unwrap(), 1);
    assert_eq!(accounts::delete_account(pool, bob).unwrap(), 0);
}

#[test]
fn a_login_compares_the_stored_hash_with_that_of_the_password() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    register(pool, "ada");
    let right = accounts::credentials(pool, "secret 🐬", "ada").unwrap().unwrap();
    assert_eq!(right.password_hash, right.given_hash);
    assert_eq!(right.given_hash.len(), 32);
    let wrong = accounts::credentials(pool, "secret", "ada").unwrap().unwrap();
    assert_ne!(wrong.password_hash, wrong.given_hash);
    assert!(accounts::credentials(pool, "secret", "nobody").unwrap().is_none());
}

#[test]
fn violated_constraints_are_told_apart() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    register(pool, "ada");
    let attempt = |username, email| {
        let params = accounts::RegisterParams { username, email, salt: "", password: "", full_name: None };
        accounts::register(pool, &params).unwrap_err()
    };
    let name = attempt("ada", "other@example.org");
    assert_eq!((name.kind(), name.query_name()), (ErrorKind::UniqueViolation, Some("accounts::register")));
    assert!(name.violates(&tables::account::UNIQUE_USERNAME));
    assert!(!name.violates(&tables::account::UNIQUE_EMAIL));
    assert!(attempt("other", "ada@example.org").violates(&tables::account::UNIQUE_EMAIL));
    assert!(attempt("al", "al@example.org").violates(&tables::account::CHECK_ACCOUNT_USERNAME_LENGTH));

    let nowhere = people::add_person(pool, "Maria", None, Some(7)).unwrap_err();
    assert_eq!(nowhere.kind(), ErrorKind::ForeignKeyChild);
    assert!(nowhere.violates(&tables::person::FOREIGN_KEY_CITY_ID));
}

#[test]
fn lists_of_any_length_are_looked_up() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let ids: Vec<u32> = ["ada", "bob", "cleo", "dave", "eve"].map(|name| register(pool, name)).into();
    for count in 0..=ids.len() {
        let found = accounts::find_by_ids(pool, &ids[..count]).unwrap();
        let found: Vec<u32> = found.into_iter().map(|account| account.id).collect();
        assert_eq!(found, ids[..count], "{count} ids");
    }
    assert_eq!(accounts::others(pool, &ids[..4]).unwrap(), ["eve"]);
    assert_eq!(accounts::others(pool, &[]).unwrap().len(), 5, "nothing is in the empty list");
}

#[test]
fn statuses_are_counted_and_row_types_shared() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let ada = register(pool, "ada");
    register(pool, "bob");
    let result = accounts::suspend(pool, "bob").unwrap();
    assert_eq!(result.rows_affected, 1);

    let counts = accounts::count_by_status(pool).unwrap();
    let counts: Vec<_> = counts.into_iter().map(|row| (row.status, row.accounts)).collect();
    assert_eq!(counts, [(AccountStatus::Active, 1), (AccountStatus::Suspended, 1)]);

    let contact: Option<accounts::Contact> = accounts::contact(pool, ada).unwrap();
    let contacts: Vec<accounts::Contact> = accounts::contacts(pool, AccountStatus::Active).unwrap();
    assert_eq!(Vec::from_iter(contact), contacts);
}

fn product(pool: &Pool, sku: &str, quantity: u32, cents: i64) -> u32 {
    let price = Decimal::new(cents, 2);
    let name = format!("Product {sku}");
    inventory::add(pool, &inventory::AddParams { sku, name: &name, description: None, quantity, price })
        .unwrap()
}

/// Every combination of what may be given, and every order: 256 searches, each held against a filter in Rust.
#[test]
fn searches_do_what_is_given_and_nothing_else() {
    use search::{ProductsParams, ProductsSort};
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let names = ["Tea", "Green tea", "Pot", "Cup", "Tea towel", "Spoon"];
    for (number, name) in (1..).zip(names) {
        let sku = format!("S{}", 9 - number);
        let added = inventory::AddParams {
            sku: &sku,
            name,
            description: None,
            quantity: number * 7 % 5,
            price: Decimal::new(i64::from(number) * 37 % 100, 1),
        };
        let id = inventory::add(pool, &added).unwrap();
        if number % 3 == 0 {
            inventory::discontinue(pool, &[&sku]).unwrap();
        }
        if number % 2 == 0 {
            inventory::record_movement(pool, id, StockMovementKind::Sale, -1).unwrap();
        }
    }
    let everything = search::products(pool, &ProductsParams::default()).unwrap();
    assert_eq!(everything.len(), names.len());
    let moved: Vec<u32> = (1..=6).filter(|id| id % 2 == 0).collect();
    let skus: &[&str] = &["S8", "S7", "S6", "S3"];
    let (price, since) = (Decimal::new(20, 1), DateTime::<Utc>::UNIX_EPOCH);
    let mut found_any = 0;
    for number in 0..64 {
        let given = |bit: u32| number >> bit & 1 == 1;
        for sort in
            [ProductsSort::Sku, ProductsSort::Price, ProductsSort::PriceDesc, ProductsSort::MostInStock]
        {
            let params = ProductsParams {
                moved_since: given(0).then_some(since),
                name: given(1).then_some("tea"),
                min_price: given(2).then_some(price),
                skus: given(3).then_some(skus),
                only_current: given(4),
                limit: given(5).then_some(2),
                sort,
            };
            let mut expected = everything.clone();
            expected.retain(|product| {
                (!given(0) || moved.contains(&product.id))
                    && (!given(1) || product.name.to_lowercase().contains("tea"))
                    && (!given(2) || product.price >= price)
                    && (!given(3) || skus.contains(&product.sku.as_str()))
                    && (!given(4) || !product.discontinued)
            });
            match sort {
                ProductsSort::Sku => expected.sort_by(|a, b| a.sku.cmp(&b.sku)),
                ProductsSort::Price => expected.sort_by_key(|product| product.price),
                ProductsSort::PriceDesc => expected.sort_by_key(|product| std::cmp::Reverse(product.price)),
                ProductsSort::MostInStock => {
                    expected.sort_by_key(|product| (std::cmp::Reverse(product.quantity), product.id));
                }
            }
            expected.truncate(if given(5) { 2 } else { usize::MAX });
            let found = search::products(pool, &params).unwrap();
            assert_eq!(found, expected, "{params:?}");
            found_any += usize::from(!found.is_empty());
        }
    }
    assert!(found_any > 150, "{found_any} searches found something");
    // An empty list is a list: nothing is in it.
    let none = ProductsParams { skus: Some(&[]), ..ProductsParams::default() };
    assert_eq!(search::products(pool, &none).unwrap(), []);
}

#[test]
fn stock_is_added_valued_and_searched() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    assert_eq!(inventory::total_value(pool).unwrap(), Decimal::ZERO, "an empty inventory");
    let tea = product(pool, "TEA", 3, 450);
    product(pool, "POT", 20, 3990);

    let found = inventory::find_by_sku(pool, "TEA").unwrap().unwrap();
    assert_eq!((found.id, found.quantity, found.reorder_level), (tea, 3, 5));
    assert_eq!((found.price, found.stock_value), (Decimal::new(450, 2), Some(Decimal::new(1350, 2))));
    assert!(!found.discontinued);
    assert_eq!(inventory::total_value(pool).unwrap(), Decimal::new(1350 + 79800, 2));

    let low = inventory::low_stock(pool).unwrap();
    let low: Vec<_> = low.into_iter().map(|row| (row.sku, row.quantity, row.missing)).collect();
    assert_eq!(low, [("TEA".to_owned(), 3, 2)]);

    assert_eq!(inventory::restock(pool, 7, tea).unwrap(), 1);
    assert!(inventory::low_stock(pool).unwrap().is_empty());

    // Not computed in binary fractions, and no digit of the rate is lost: 3 * 1.0825 and so on.
    let prices = inventory::prices(pool, Decimal::new(825, 4), Decimal::ZERO).unwrap();
    let gross: Vec<Decimal> = prices.iter().map(|row| row.gross.normalize()).collect();
    let expected: Vec<Decimal> = inventory::prices(pool, Decimal::ZERO, Decimal::ZERO)
        .unwrap()
        .iter()
        .map(|row| (row.gross * Decimal::new(10825, 4)).normalize())
        .collect();
    assert_eq!(gross, expected);
    assert!(inventory::prices(pool, Decimal::ZERO, Decimal::MAX).unwrap().is_empty());

    let found = inventory::search(pool, "pot").unwrap();
    assert_eq!(
        found.into_iter().map(|row| (row.sku, row.price)).collect::<Vec<_>>(),
        [("POT".to_owned(), Decimal::new(3990, 2))]
    );
    assert!(inventory::search(pool, "coffee").unwrap().is_empty());

    assert_eq!(inventory::discontinue(pool, &["TEA", "NONE"]).unwrap(), 1);
    assert_eq!(inventory::discontinue(pool, &[]).unwrap(), 0);
    assert_eq!(inventory::restock(pool, 1, tea).unwrap(), 0, "nobody restocks what is discontinued");

    inventory::upsert(pool, "POT", "Pot", 5, Decimal::ONE).unwrap();
    inventory::upsert(pool, "NEW", "New", 1, Decimal::ONE).unwrap();
    let pot = inventory::find_by_sku(pool, "POT").unwrap().unwrap();
    assert_eq!((pot.name.as_str(), pot.quantity, pot.price), ("Product POT", 25, Decimal::ONE));
    assert_eq!(inventory::find_by_sku(pool, "NEW").unwrap().unwrap().quantity, 1);
}

#[test]
fn a_sale_holds_its_lock_and_is_rolled_back_when_it_fails() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let tea = product(pool, "TEA", 8, 450);
    let sell = |amount: u32| {
        pool.transaction(|transaction| {
            inventory::take(&mut *transaction, amount, tea)?;
            let change = -i32::try_from(amount).unwrap();
            inventory::record_movement(&mut *transaction, tea, StockMovementKind::Sale, change)?;
            let stock = inventory::lock_stock(&mut *transaction, tea)?.expect("the product");
            assert_eq!(stock.price, Decimal::new(450, 2));
            Ok::<_, porpoise::Error>(stock.quantity)
        })
    };
    assert_eq!(sell(5).unwrap(), 3);
    // The column is unsigned: the server refuses to go below zero.
    assert_eq!(sell(5).unwrap_err().kind(), ErrorKind::OutOfRange);
    assert_eq!(inventory::find_by_sku(pool, "TEA").unwrap().unwrap().quantity, 3);
    let movements = inventory::movements(pool, tea).unwrap();
    let movements: Vec<_> = movements.into_iter().map(|row| (row.kind, row.amount)).collect();
    assert_eq!(movements, [(StockMovementKind::Sale, -5)]);

    // While one transaction holds the row, another one cannot have it.
    let mut transaction = pool.begin().unwrap();
    inventory::lock_stock(&mut transaction, tea).unwrap();
    let mut other = pool.get().unwrap();
    other.execute_raw_sql("SET innodb_lock_wait_timeout = 1").unwrap();
    let refused = inventory::take(&mut other, 1, tea).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::LockWaitTimeout);
    drop(transaction);
    inventory::take(&mut other, 1, tea).unwrap();
}

#[test]
fn a_batch_is_one_call_and_all_or_nothing() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    product(pool, "TEA", 1, 100);
    product(pool, "POT", 1, 100);
    let price = |sku, cents| inventory::SetPricesParams { sku, price: Decimal::new(cents, 2) };
    assert_eq!(
        inventory::set_prices(pool, &[price("TEA", 200), price("POT", 300), price("NONE", 1)]).unwrap(),
        2
    );
    let error = inventory::set_prices(pool, &[price("TEA", 500), price("POT", -1)]).unwrap_err();
    assert!(error.violates(&tables::product::CHECK_PRODUCT_PRICE), "{error:?}");
    assert_eq!(inventory::find_by_sku(pool, "TEA").unwrap().unwrap().price, Decimal::new(200, 2));
    assert_eq!(inventory::set_prices(pool, &[]).unwrap(), 0);
}

#[test]
fn many_measurements_come_from_an_iterator() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let sensors: Vec<String> = (0..10).map(|number| format!("sensor {number}\t\\")).collect();
    let row = |number: usize| measurements::LoadParams {
        country: "IT",
        sensor: &sensors[number % 10],
        celsius: number as f64 / 3.0,
        taken_at: DateTime::from_timestamp(number as i64 * 60, 0).unwrap(),
    };
    let mut told = Vec::new();
    let mut options =
        BulkOptions::new().rows_per_chunk(1_000).on_progress(|progress| told.push(progress.rows));
    let loaded = measurements::load_with(pool, (1..=2_500).map(row), &mut options).unwrap();
    drop(options);
    assert_eq!((loaded.rows, loaded.rows_affected, loaded.warnings), (2_500, 2_500, 0));
    assert_eq!(told, [1_000, 2_000, 2_500]);
    let latest = measurements::latest(pool, "IT").unwrap().unwrap();
    assert_eq!((latest.sensor.as_str(), latest.celsius), ("sensor 0\t\\", 2_500.0 / 3.0));

    // All or none, also among what the transaction around it did.
    let mut transaction = pool.begin().unwrap();
    assert_eq!(measurements::load(&mut transaction, [row(3_000)]).unwrap(), 1);
    let long = "x".repeat(21);
    let rows = [row(3_001), measurements::LoadParams { sensor: &long, ..row(3_002) }];
    let error = measurements::load(&mut transaction, &rows).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooLong | ErrorKind::Truncated), "{error}");
    assert_eq!(error.rows(), Some(1..2));
    transaction.commit().unwrap();
    assert_eq!(measurements::extremes(pool).unwrap().len(), 10);
    assert_eq!(measurements::latest(pool, "IT").unwrap().unwrap().celsius, 1_000.0);
}

#[test]
fn people_students_and_cities_hang_together() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let turin = people::add_city(pool, "Torino", "IT").unwrap();
    let zurich = people::add_city(pool, "Zürich", "CH").unwrap();
    let date = |year| NaiveDate::from_ymd_opt(year, 2, 28).unwrap();
    let maria = people::add_person(pool, "Maria", Some(date(2001)), Some(turin)).unwrap();
    let noor = people::add_person(pool, "Noor", Some(date(1999)), None).unwrap();
    let zoe = people::add_person(pool, "Zoë", None, Some(turin)).unwrap();

    let with_city = people::with_city(pool).unwrap();
    let with_city: Vec<_> = with_city.into_iter().map(|row| (row.p.id, row.c.map(|city| city.id))).collect();
    assert_eq!(with_city, [(maria, Some(turin)), (noor, None), (zoe, Some(turin))]);

    people::enroll(pool, maria, "20200001", 2020, Some(Decimal::new(170, 2))).unwrap();
    people::enroll(pool, zoe, "20210007", 2021, None).unwrap();
    let students = people::students(pool).unwrap();
    let students: Vec<_> =
        students.into_iter().map(|row| (row.p.name, row.s.number, row.s.enrolled)).collect();
    assert_eq!(
        students,
        [("Maria".to_owned(), "20200001".to_owned(), 2020), ("Zoë".to_owned(), "20210007".to_owned(), 2021)]
    );
    let twice = people::enroll(pool, maria, "20220000", 2022, None).unwrap_err();
    assert!(twice.violates(&tables::student::PRIMARY_KEY), "one to one");
    assert_eq!(
        people::student_by_number(pool, "20200001").unwrap().unwrap().grade,
        Some(Decimal::new(170, 2))
    );
    assert!(people::student_by_number(pool, "0").unwrap().is_none());
    assert_eq!(people::average_grade(pool).unwrap(), Some(Decimal::new(170, 2)));

    assert_eq!(people::move_to(pool, Some(zurich), noor).unwrap(), 1);
    let names: Vec<_> =
        people::inhabitants(pool, "IT", "Torino").unwrap().into_iter().map(|p| p.name).collect();
    assert_eq!(names, ["Maria", "Zoë"]);
    let cities: Vec<_> =
        people::cities_by_size(pool).unwrap().into_iter().map(|c| (c.name, c.people)).collect();
    assert_eq!(cities, [("Torino".to_owned(), 2), ("Zürich".to_owned(), 1)]);

    let names = |since, until| -> Vec<String> {
        people::born_between(pool, since, until).unwrap().into_iter().map(|row| row.name).collect()
    };
    assert_eq!(names(None, None), ["Zoë", "Noor", "Maria"]);
    assert_eq!(names(Some(date(2000)), None), ["Maria"]);
    assert_eq!(names(None, Some(date(2000))), ["Noor"]);
}

#[test]
fn articles_have_creators_and_creators_articles() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let none = articles::published(pool).unwrap();
    assert_eq!((none.articles, none.published, none.latest), (0, 0, None));

    let day = NaiveDate::from_ymd_opt(2026, 11, 1);
    let tags = serde_json::json!(["sql", "ß🐬"]);
    let first = articles::add_article(pool, "First", "Text", Some(&tags), day).unwrap();
    let second = articles::add_article(pool, "Second", "", None, None).unwrap();
    let ada = articles::add_creator(pool, "Ada").unwrap();
    let bob = articles::add_creator(pool, "Bob").unwrap();
    let credit =
        |article_id, creator_id, position| articles::CreditParams { article_id, creator_id, position };
    let credits = [credit(first, bob, 1), credit(first, ada, 2), credit(second, ada, 1)];
    assert_eq!(articles::credit(pool, &credits).unwrap(), 3);

    let creators: Vec<_> = articles::creators_of(pool, first).unwrap().into_iter().map(|c| c.name).collect();
    assert_eq!(creators, ["Bob", "Ada"]);
    let titles: Vec<_> = articles::articles_by(pool, ada).unwrap().into_iter().map(|a| a.title).collect();
    assert_eq!(titles, ["First", "Second"]);

    let pairs = |pairs: &[(u32, u32)]| -> Vec<u8> {
        articles::credits(pool, pairs).unwrap().into_iter().map(|row| row.position).collect()
    };
    assert_eq!(pairs(&[(first, ada), (second, bob), (first, bob)]), [2, 1]);
    assert!(pairs(&[]).is_empty());

    articles::add_article(pool, "Third", "", None, None).unwrap();
    let names: Vec<_> = articles::with_names(pool).unwrap().into_iter().map(|row| row.names).collect();
    assert_eq!(names, [Some("Bob, Ada".to_owned()), Some("Ada".to_owned()), None]);

    let tagged = articles::tagged(pool, "ß🐬").unwrap();
    assert_eq!(tagged.into_iter().map(|row| row.tags).collect::<Vec<_>>(), [Some(tags)]);
    assert!(articles::tagged(pool, "rust").unwrap().is_empty());

    let published = articles::published(pool).unwrap();
    assert_eq!((published.articles, published.published, published.latest), (3, 1, day));
    assert_eq!(articles::exists(pool, "First").unwrap(), 1);
    assert_eq!(articles::exists(pool, "Fourth").unwrap(), 0);
}

#[test]
fn measurements_are_counted_between_two_times_and_streamed() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let start = DateTime::<Utc>::from_timestamp(1_767_225_600, 0).unwrap();
    let at = |hour| start + TimeDelta::hours(hour);
    let row = |hour: i32| measurements::RecordParams {
        country: if hour % 4 == 0 { "IT" } else { "CH" },
        sensor: "roof",
        celsius: f64::from(hour) / 2.0 - 10.0,
        taken_at: at(hour.into()) + TimeDelta::milliseconds(hour.into()),
    };
    let rows: Vec<_> = (0..100).map(row).collect();
    assert_eq!(measurements::record(pool, &rows).unwrap(), 100);

    let count = |since, until| -> Vec<(String, i64)> {
        let rows = measurements::count_per_country(pool, since, until).unwrap();
        rows.into_iter().map(|row| (row.country, row.measurements)).collect()
    };
    assert_eq!(count(at(0), at(48)), [("CH".to_owned(), 36), ("IT".to_owned(), 12)]);
    assert_eq!(count(at(0), at(1)), [("IT".to_owned(), 1)]);
    assert_eq!(count(at(48), at(0)), []);

    let mut connection = pool.get().unwrap();
    let streamed: Vec<_> = measurements::all(&mut connection).unwrap().map(Result::unwrap).collect();
    let times: Vec<_> = streamed.iter().map(|row| row.taken_at).collect();
    assert_eq!(times, rows.iter().map(|row| row.taken_at).collect::<Vec<_>>());
    // Left early, the stream leaves its connection fit for the next query.
    let first = measurements::all(&mut connection).unwrap().next().unwrap().unwrap();
    assert_eq!(first, streamed[0]);

    let extremes = measurements::extremes(&mut connection).unwrap();
    assert_eq!(extremes.len(), 1);
    assert_eq!((extremes[0].coldest, extremes[0].warmest, extremes[0].average), (-10.0, 39.5, 14.75));

    assert_eq!(measurements::latest(&mut connection, "IT").unwrap().as_ref(), Some(&streamed[96]));
    assert_eq!(measurements::latest(&mut connection, "XX").unwrap(), None);
    let page = measurements::page(&mut connection, streamed[9].id, 5).unwrap();
    let page: Vec<u64> = page.into_iter().map(|row| row.id).collect();
    assert_eq!(page, streamed[10..15].iter().map(|row| row.id).collect::<Vec<_>>());

    assert_eq!(measurements::forget(&mut connection, at(50)).unwrap(), 50);
    assert_eq!(measurements::all(&mut connection).unwrap().count(), 50);
}

#[test]
fn every_enum_value_is_stored_and_found_again() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let tea = product(pool, "TEA", 1, 100);
    for kind in StockMovementKind::ALL {
        inventory::record_movement(pool, tea, *kind, 1).unwrap();
    }
    let kinds: Vec<_> = inventory::movements(pool, tea).unwrap().into_iter().map(|row| row.kind).collect();
    assert_eq!(kinds, StockMovementKind::ALL);
}
