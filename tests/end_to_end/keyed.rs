//! Keys with types of their own, and what the configuration makes of rows, fields and enums.

use std::collections::{BTreeSet, HashMap, HashSet};

use porpoise::{Enum, ErrorKind, Json, Keyed};
use porpoise_examples::board::{Email, Settings};

use super::keyed_queries::tables::{Account, AccountId, CountryCode, LoginToken, PostId, Status, Vote};
use super::keyed_queries::{SCHEMA, account, country, login, post, posts, vote};
use super::{Database, FAMILY};

fn board() -> Option<Database> {
    Database::create(FAMILY, include_str!("../../queries/keyed/schema.sql"), &SCHEMA)
}

fn email(name: &str) -> Email {
    Email::new(&format!("{name}@example.org")).unwrap()
}

/// An account of this name with a password that nothing may print.
fn register(database: &Database, name: &str) -> AccountId {
    let email = email(name);
    let new = account::NewAccount {
        username: name,
        email: &email,
        password_hash: "hunter2",
        status: None,
        settings: None,
        country: None,
    };
    account::insert(&database.pool, &new).unwrap()
}

fn write(database: &Database, author: AccountId, to: Option<PostId>) -> PostId {
    posts::reply(&database.pool, author, to, "A title").unwrap()
}

#[test]
fn keys_go_through_inserts_joins_views_and_derived_tables() {
    let Some(database) = board() else { return };
    let pool = &database.pool;
    let ada: AccountId = register(&database, "ada");
    let bob = register(&database, "bob");
    let first: PostId = write(&database, ada, None);
    let second = write(&database, bob, Some(first));
    let third = write(&database, bob, Some(second));

    let found = posts::of_author(pool, bob).unwrap();
    assert_eq!(
        found.iter().map(|row| (row.id, row.author)).collect::<Vec<_>>(),
        [(second, bob), (third, bob)]
    );
    let shown = posts::bylines(pool, ada).unwrap();
    assert_eq!((shown[0].post, shown[0].account), (first, Some(ada)));
    let busiest = posts::busiest(pool, &[ada, bob]).unwrap();
    assert_eq!(busiest.iter().map(|row| (row.author, row.posts)).collect::<Vec<_>>(), [(bob, 2), (ada, 1)]);

    let rows = account::find_many(pool, &[bob, ada, AccountId(999)]).unwrap();
    assert_eq!(rows.iter().map(Keyed::key).collect::<Vec<AccountId>>(), [ada, bob]);
    assert_eq!(post::list_by_author_id(pool, bob).unwrap().len(), 2);
    let page = post::page(pool, &post::PageParams { after_id: Some(first), limit: 1 }).unwrap();
    assert_eq!(page[0].id, second);
    assert_eq!(post::find(pool, third).unwrap().unwrap().reply_to, Some(second));
}

#[test]
fn what_is_computed_is_a_number_and_the_greatest_key_a_key() {
    let Some(database) = board() else { return };
    let ada = register(&database, "ada");
    let first = write(&database, ada, None);
    let numbers = posts::numbers(&database.pool).unwrap();
    assert_eq!(numbers.newest, Some(first));
    assert_eq!(numbers.next, Some(first.0 + 1));
    let base: u64 = first.0 - 1;
    assert_eq!(posts::neighbour(&database.pool, base).unwrap(), Some(first));
    assert_eq!(posts::same_number(&database.pool, ada.0).unwrap().as_deref(), Some("ada"));
}

#[test]
fn a_key_of_two_columns_is_a_tuple() {
    let Some(database) = board() else { return };
    let pool = &database.pool;
    let ada = register(&database, "ada");
    let posts = [(); 3].map(|()| write(&database, ada, None));
    for id in posts {
        vote::insert(pool, &vote::NewVote { account_id: ada, post_id: id, worth: 5 }).unwrap();
    }
    let voted = super::keyed_queries::posts::votes_of(pool, &[(ada, posts[0]), (ada, posts[2])]).unwrap();
    let keys: Vec<(AccountId, PostId)> = voted.iter().map(Keyed::key).collect();
    assert_eq!(keys, [(ada, posts[0]), (ada, posts[2])]);
    assert_eq!(vote::find_many(pool, &keys).unwrap(), voted);
    // Compared by fields, ordered, and with a default, as the configuration says.
    let better = Vote { worth: 6, ..voted[0].clone() };
    assert_ne!(better, voted[0]);
    assert_eq!(BTreeSet::from([better.clone(), voted[0].clone()]).last(), Some(&better));
    assert_eq!(Vote::default().key(), (AccountId(0), PostId(0)));
}

#[test]
fn keys_of_text_and_bytes() {
    let Some(database) = board() else { return };
    let pool = &database.pool;
    let italy = CountryCode::from("IT");
    country::insert(pool, &country::NewCountry { code: &italy, name: "Italia" }).unwrap();
    let ada = register(&database, "ada");
    let patch = account::AccountPatch { country: Some(Some(&italy)), ..patch_of(ada) };
    account::patch(pool, &patch).unwrap();
    let accounts = account::list_by_country(pool, &italy).unwrap();
    assert_eq!(accounts[0].country, Some(italy.clone()));
    assert_eq!(country::find_many(pool, std::slice::from_ref(&italy)).unwrap()[0].key(), italy);

    let token = LoginToken((0..16).collect());
    login::insert(pool, &login::NewLogin { token: &token, account_id: ada }).unwrap();
    let stored = login::find(pool, &token).unwrap().unwrap();
    assert_eq!(stored.key(), token);
    assert_eq!(token.to_string(), "000102030405060708090a0b0c0d0e0f");
    assert_eq!(format!("{stored:?}"), format!("Login {{ token: (redacted), account_id: {ada:?} }}"));
    assert_eq!(format!("{token:?}"), "LoginToken(redacted)");
}

/// A patch that changes nothing.
fn patch_of<'a>(id: AccountId) -> account::AccountPatch<'a> {
    account::AccountPatch {
        username: None,
        email: None,
        password_hash: None,
        status: None,
        settings: None,
        country: None,
        id,
    }
}

#[test]
fn a_redacted_column_is_never_printed() {
    let Some(database) = board() else { return };
    let pool = &database.pool;
    let ada = register(&database, "ada");
    write(&database, ada, None);
    let row = account::find(pool, ada).unwrap().unwrap();
    let new = account::NewAccount::from(&row);
    let printed = [
        format!("{row:?}"),
        format!("{:#?}", posts::passwords(pool).unwrap()),
        format!("{:?}", posts::bylines(pool, ada).unwrap()),
        format!("{new:?}"),
        format!("{:?}", account::AccountPatch { password_hash: Some("hunter2"), ..patch_of(ada) }),
        serde_json::to_string(&row).unwrap(),
        serde_json::to_string(&posts::passwords(pool).unwrap()).unwrap(),
    ];
    for text in &printed {
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert!(printed[0].contains("password_hash: (redacted)"), "{}", printed[0]);
    assert!(printed[2].contains("secret: (redacted)"), "{}", printed[2]);
    assert_eq!(row.password_hash, "hunter2");
}

#[test]
fn rows_are_compared_by_key_where_that_is_their_identity() {
    let Some(database) = board() else { return };
    let pool = &database.pool;
    let ada = register(&database, "ada");
    let before = account::find(pool, ada).unwrap().unwrap();
    account::patch(pool, &account::AccountPatch { username: Some("lovelace"), ..patch_of(ada) }).unwrap();
    let after = account::find(pool, ada).unwrap().unwrap();
    assert_ne!(before.username, after.username);
    assert_eq!(before, after);
    assert_eq!(HashSet::from([before.clone(), after.clone()]).len(), 1);
    let other = Account { id: AccountId(ada.0 + 1), ..before.clone() };
    assert!(before < other && before != other);
    let by_key: HashMap<AccountId, Account> = HashMap::from([(after.key(), after)]);
    assert!(by_key.contains_key(&before.key()));
}

#[test]
fn a_row_is_displayed_as_the_configuration_says() {
    let Some(database) = board() else { return };
    let ada = register(&database, "ada");
    let row = account::find(&database.pool, ada).unwrap().unwrap();
    assert_eq!(row.to_string(), "ada <ada@example.org> (active)");
}

#[test]
fn a_row_becomes_the_arguments_of_an_insert() {
    let Some(database) = board() else { return };
    let pool = &database.pool;
    let ada = account::find(pool, register(&database, "ada")).unwrap().unwrap();
    let twin = account::NewAccount { username: "bob", ..account::NewAccount::from(&ada) };
    let bob = account::find(pool, account::insert(pool, &twin).unwrap()).unwrap().unwrap();
    assert_eq!((&bob.email, &bob.password_hash, bob.status), (&ada.email, &ada.password_hash, ada.status));
}

#[test]
fn an_enum_is_shared_by_columns_and_parsed_and_displayed() {
    let Some(database) = board() else { return };
    let pool = &database.pool;
    let ada = register(&database, "ada");
    account::patch(pool, &account::AccountPatch { status: Some(Status::Paused), ..patch_of(ada) }).unwrap();
    let id = write(&database, ada, None);
    let statuses: [Status; 2] =
        [account::find(pool, ada).unwrap().unwrap().status, post::find(pool, id).unwrap().unwrap().status];
    assert_eq!(statuses, [Status::Paused, Status::Active]);
    assert_eq!(posts::bylines(pool, ada).unwrap()[0].status, Some(Status::Paused));
    for status in Status::ALL {
        assert_eq!(status.to_string().parse(), Ok(*status));
        assert_eq!(status.to_string(), status.as_str());
    }
    assert_eq!("gone".parse::<Status>().unwrap_err().to_string(), "no such value: there are active, on-hold");
    assert_eq!(serde_json::to_string(&Status::Active).unwrap(), "\"active\"");
}

#[test]
fn columns_of_the_applications_own_types_go_there_and_back() {
    let Some(database) = board() else { return };
    let pool = &database.pool;
    let ada = register(&database, "ada");
    let settings = Json(Settings { dark: true, languages: vec!["it".to_owned(), "\"🐬\\".to_owned()] });
    let patch = account::AccountPatch { settings: Some(Some(&settings)), ..patch_of(ada) };
    account::patch(pool, &patch).unwrap();
    let row = account::find(pool, ada).unwrap().unwrap();
    assert_eq!(row.settings, Some(settings));
    assert_eq!(row.email, email("ADA"));

    // A document of another shape is an error that names its column, and not what is in it.
    database.sql("UPDATE account SET settings = '{\"dark\": \"hunter2\"}'");
    let error = account::find(pool, ada).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = format!("{error} {error:?}");
    assert!(text.contains("settings") && !text.contains("hunter2"), "{text}");
    // And so is what the application's type refuses.
    database.sql("UPDATE account SET settings = NULL, email = 'nobody'");
    let error = account::find(pool, ada).unwrap_err();
    assert!(error.to_string().contains("expected an e-mail address"), "{error}");
}
