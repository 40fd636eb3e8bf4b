//! Search with optional filters and a chosen order: what the user gives decides the statement, which is checked in every
//! form that it can take.
//!
//! ```text
//! DATABASE_URL=mysql://user:password@127.0.0.1:3306/ cargo run --example search -- name=tea max=2 sort=price
//! ```
//!
//! The query is in `queries/search.sql`. The program works in a database of its own.

use porpoise::Pool;
use porpoise::rust_decimal::Decimal;
use porpoise_examples::product::{self, NewProduct};
use porpoise_examples::search::{self, ProductsParams, ProductsSort};
use porpoise_examples::{CREATE_TABLES, SCHEMA, TemporaryDatabase};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Reads `name=tea` and so on.
fn wanted<'a>(words: &[&'a str]) -> Result<ProductsParams<'a>> {
    let mut params = ProductsParams::default();
    for word in words {
        let (what, value) = word.split_once('=').ok_or_else(|| format!("`{word}` is not `what=value`"))?;
        match what {
            "name" => params.name = Some(value),
            "from" => params.min_price = Some(value.parse()?),
            "max" => params.limit = Some(value.parse()?),
            "current" => params.only_current = value.parse()?,
            "sort" => {
                params.sort = match value {
                    "sku" => ProductsSort::Sku,
                    "price" => ProductsSort::Price,
                    "dearest" => ProductsSort::PriceDesc,
                    "stock" => ProductsSort::MostInStock,
                    other => return Err(format!("there is no order `{other}`").into()),
                };
            }
            other => return Err(format!("there is no filter `{other}`").into()),
        }
    }
    Ok(params)
}

fn show(pool: &Pool, words: &[&str]) -> Result<()> {
    println!("{}:", if words.is_empty() { "everything".to_owned() } else { words.join(" ") });
    for product in search::products(pool, &wanted(words)?)? {
        println!("  {:6} {:>6}  {}", product.sku, product.price, product.name);
    }
    Ok(())
}

fn main() -> Result<()> {
    let url =
        std::env::var("DATABASE_URL").map_err(|_| "set DATABASE_URL to mysql://user:password@host:port/")?;
    let database = TemporaryDatabase::create(&url, CREATE_TABLES)?;
    let pool = Pool::new(database.options().schema(&SCHEMA))?;
    for (sku, name, cents, discontinued) in [
        ("TEA-1", "Green tea", 4_50, false),
        ("TEA-2", "Black tea", 3_90, true),
        ("POT-1", "Iron pot", 39_90, false),
        ("TEA-3", "Tea towel", 8_00, false),
    ] {
        let price = Decimal::new(cents, 2);
        let new = NewProduct { sku, name, price, discontinued: Some(discontinued), ..NewProduct::default() };
        product::insert(&pool, &new)?;
    }

    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.is_empty() {
        return show(&pool, &words.iter().map(String::as_str).collect::<Vec<_>>());
    }
    show(&pool, &[])?;
    show(&pool, &["name=tea", "current=true", "sort=price"])?;
    show(&pool, &["from=4.50", "sort=dearest", "max=2"])
}
