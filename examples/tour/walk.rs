// The walk itself, included by tour.rs once for each kind of server: `queries` is the generated code for it.

use porpoise::chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use porpoise::rust_decimal::Decimal;
use porpoise::{Options, Pool, Set};

use super::title;
use queries::tables::{self, AccountRole, StockMovementKind};
use queries::{accounts, articles, inventory, measurements, people};

/// Everything, in turn.
pub(crate) fn walk(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    // Each connection of the pool gets the sql_mode, the character set and so on that the queries were checked under.
    let pool = Pool::new(options.schema(&queries::SCHEMA))?;
    // What has changed in the database since would come up in some statement, some day; better now, and all of it.
    porpoise::verify_schema(&pool, &queries::SCHEMA)?;
    walk_accounts(&pool)?;
    walk_inventory(&pool)?;
    walk_people(&pool)?;
    walk_articles(&pool)?;
    walk_measurements(&pool)?;
    Ok(())
}

fn walk_accounts(pool: &Pool) -> porpoise::Result<()> {
    title("Accounts");
    // More than four parameters come as a struct, so that no two of them can be mixed up.
    let ada = accounts::RegisterParams {
        username: "ada",
        email: "ada@example.org",
        salt: "00112233445566778899aabbccddeeff",
        password: "correct horse",
        full_name: Some("Ada Lovelace"),
    };
    let id = accounts::register(pool, &ada)?;
    println!("ada is registered as number {id}.");

    // A violated constraint is told by the name that it has in the schema.
    let again = accounts::RegisterParams { username: "countess", ..ada };
    match accounts::register(pool, &again) {
        Err(error) if error.violates(&tables::account::UNIQUE_EMAIL) => {
            println!("ada@example.org cannot be registered twice.");
        }
        other => println!("Registering twice should have failed: {other:?}"),
    }

    // At most one row can have this name: the unique key makes the answer an `Option`.
    for password in ["correct horse", "wrong horse"] {
        let found = accounts::credentials(pool, password, "ada")?;
        let welcome = found.is_some_and(|account| account.password_hash == account.given_hash);
        println!("ada with {password:?}: {}", if welcome { "welcome" } else { "no entry" });
    }

    let changed = accounts::update_profile(pool, None, None, Some("Wrote the first program."), id)?;
    let roles = Set::default().with(AccountRole::Admin).with(AccountRole::Editor);
    accounts::set_roles(pool, roles, id)?;
    println!("Changed the profile of {changed} account, giving nothing but the bio.");
    if let Some(account) = accounts::find(pool, id)? {
        let roles: Vec<_> = account.roles.iter().map(porpoise::Enum::as_str).collect();
        println!(
            "{} <{}>, {}: {} ({:?}, {})",
            account.full_name.unwrap_or_default(),
            account.email,
            account.username,
            account.bio.unwrap_or_default(),
            account.status,
            roles.join(" and "),
        );
    }
    println!(
        "Looked up by a list of ids: {}; by an empty one: {}.",
        accounts::find_by_ids(pool, &[id, 4_000_000_000])?.len(),
        accounts::find_by_ids(pool, &[])?.len()
    );
    Ok(())
}

fn walk_inventory(pool: &Pool) -> porpoise::Result<()> {
    title("Inventory");
    let tea = inventory::add(
        pool,
        &inventory::AddParams {
            sku: "TEA-1",
            name: "Green tea",
            description: Some("Leaves, 100 g"),
            quantity: 3,
            price: Decimal::new(4_50, 2),
        },
    )?;
    inventory::add(
        pool,
        &inventory::AddParams {
            sku: "POT-1",
            name: "Pot",
            description: Some("For tea, of iron"),
            quantity: 20,
            price: Decimal::new(39_90, 2),
        },
    )?;
    for product in inventory::low_stock(pool)? {
        println!("Low: {} ({} left, {} to order)", product.name, product.quantity, product.missing);
    }
    inventory::restock(pool, 10, tea)?;

    // The row stays locked from the check to the change, so that nobody sells the same tea.
    for amount in [5, 50] {
        let sold = pool.transaction(|transaction| {
            let Some(stock) = inventory::lock_stock(&mut *transaction, tea)? else { return Ok(false) };
            if stock.quantity < amount {
                return Ok(false);
            }
            inventory::take(&mut *transaction, amount, tea)?;
            inventory::record_movement(&mut *transaction, tea, StockMovementKind::Sale, -(amount as i32))?;
            Ok::<_, porpoise::Error>(true)
        })?;
        println!("Selling {amount}: {}", if sold { "sold" } else { "not enough in stock" });
    }

    let prices = [
        inventory::SetPricesParams { price: Decimal::new(5_00, 2), sku: "TEA-1" },
        inventory::SetPricesParams { price: Decimal::new(42_00, 2), sku: "POT-1" },
    ];
    println!("New prices for {} products, in one call.", inventory::set_prices(pool, &prices)?);
    println!("All stock is worth {}.", inventory::total_value(pool)?);
    for product in inventory::search(pool, "tea")? {
        println!("Found by \"tea\": {} at {}", product.name, product.price);
    }
    Ok(())
}

fn walk_people(pool: &Pool) -> porpoise::Result<()> {
    title("People, students and cities");
    let turin = people::add_city(pool, "Torino", "IT")?;
    people::add_city(pool, "Zürich", "CH")?;
    let maria = people::add_person(pool, "Maria", NaiveDate::from_ymd_opt(2001, 2, 28), Some(turin))?;
    people::add_person(pool, "Noor", None, None)?;
    people::enroll(pool, maria, "20200001", 2020, Some(Decimal::new(1_70, 2)))?;

    // `@embed` nests whole rows; the outer side of the join is an `Option`.
    for row in people::with_city(pool)? {
        let city = row.c.map_or("nowhere".to_owned(), |city| format!("{} ({})", city.name, city.country));
        println!("{} lives in {city}.", row.p.name);
    }
    for row in people::students(pool)? {
        println!("{} has been student {} since {}.", row.p.name, row.s.number, row.s.enrolled);
    }
    for city in people::cities_by_size(pool)? {
        println!("{}: {} people", city.name, city.people);
    }
    Ok(())
}

fn walk_articles(pool: &Pool) -> porpoise::Result<()> {
    title("Articles and their creators");
    let tags = porpoise::serde_json::json!(["rust", "sql"]);
    let article = articles::add_article(
        pool,
        "Typed SQL",
        "Once upon a time…",
        Some(&tags),
        NaiveDate::from_ymd_opt(2026, 11, 1),
    )?;
    let mut pairs = Vec::new();
    let mut credits = Vec::new();
    for (position, name) in (1..).zip(["Ada", "Grace"]) {
        let creator_id = articles::add_creator(pool, name)?;
        credits.push(articles::CreditParams { article_id: article, creator_id, position });
        pairs.push((article, creator_id));
    }
    println!("Credited {} creators, in one call.", articles::credit(pool, &credits)?);
    for row in articles::with_names(pool)? {
        println!("{} by {}", row.title, row.names.unwrap_or_default());
    }
    println!(
        "Looked up {} of {} (article, creator) pairs.",
        articles::credits(pool, &pairs)?.len(),
        pairs.len()
    );
    for row in articles::tagged(pool, "sql")? {
        println!("Tagged \"sql\": {} {}", row.title, row.tags.unwrap_or_default());
    }
    Ok(())
}

fn walk_measurements(pool: &Pool) -> porpoise::Result<()> {
    title("Measurements");
    let start = DateTime::<Utc>::from_timestamp(1_767_225_600, 0).unwrap_or_default();
    let rows: Vec<_> = (0..100)
        .map(|hour| measurements::RecordParams {
            country: if hour % 4 == 0 { "IT" } else { "CH" },
            sensor: "roof",
            celsius: f64::from(hour % 24) / 2.0,
            taken_at: start + TimeDelta::hours(i64::from(hour)),
        })
        .collect();
    println!("Stored {} measurements in one call.", measurements::record(pool, &rows)?);
    for row in measurements::count_per_country(pool, start, start + TimeDelta::hours(48))? {
        println!("{} in the first two days: {}", row.country, row.measurements);
    }

    // A stream holds one row at a time. It borrows a connection, which comes back to the pool afterwards.
    let mut connection = pool.get()?;
    let mut warmest = f64::MIN;
    for row in measurements::all(&mut connection)? {
        warmest = warmest.max(row?.celsius);
    }
    println!("The warmest, read as a stream: {warmest} °C");
    Ok(())
}
