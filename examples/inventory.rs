//! A small program around an inventory: add, restock, sell what is there and not more, even when two sell at once.
//!
//! ```text
//! DATABASE_URL=mysql://user:password@127.0.0.1:3306/ cargo run --example inventory
//! ```
//!
//! The queries are in `queries/inventory.sql`, checked against MariaDB. The program works in a database of its own.

use std::fmt;
use std::process::ExitCode;

use porpoise::rust_decimal::Decimal;
use porpoise::{Pool, Transaction};
use porpoise_examples::inventory::{self, AddParams};
use porpoise_examples::tables::{self, StockMovementKind};
use porpoise_examples::{CREATE_TABLES, SCHEMA, TemporaryDatabase};

/// Why nothing was sold or added.
#[derive(Debug)]
enum StockError {
    NoSuchProduct,
    Insufficient { left: u32 },
    SkuTaken,
    Database(porpoise::Error),
}

impl From<porpoise::Error> for StockError {
    fn from(error: porpoise::Error) -> Self {
        if error.violates(&tables::product::UNIQUE_SKU) { Self::SkuTaken } else { Self::Database(error) }
    }
}

impl fmt::Display for StockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchProduct => f.write_str("there is no such product"),
            Self::Insufficient { left } => write!(f, "insufficient stock, {left} left"),
            Self::SkuTaken => f.write_str("there is a product with this stock keeping unit"),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StockError {}

/// An item of an order.
type Item = (u32, u32);

/// Sells all items of an order, or none: an error rolls the transaction back. What is due, in the currency of the prices.
fn sell(pool: &Pool, order: &[Item]) -> Result<Decimal, StockError> {
    pool.transaction(|transaction| {
        let mut due = Decimal::ZERO;
        for &(product, amount) in order {
            due += sell_one(transaction, product, amount)?;
        }
        Ok(due)
    })
}

fn sell_one(transaction: &mut Transaction<'_>, product: u32, amount: u32) -> Result<Decimal, StockError> {
    // FOR UPDATE: from here to the end of the transaction nobody else can change this row.
    let stock = inventory::lock_stock(&mut *transaction, product)?.ok_or(StockError::NoSuchProduct)?;
    if stock.quantity < amount {
        return Err(StockError::Insufficient { left: stock.quantity });
    }
    inventory::take(&mut *transaction, amount, product)?;
    let change = i32::try_from(amount).map_or(i32::MIN, |amount| -amount);
    inventory::record_movement(&mut *transaction, product, StockMovementKind::Sale, change)?;
    Ok(stock.price * Decimal::from(amount))
}

fn restock(pool: &Pool, product: u32, amount: u32) -> Result<(), StockError> {
    pool.transaction(|transaction| {
        if inventory::restock(&mut *transaction, amount, product)? == 0 {
            return Err(StockError::NoSuchProduct);
        }
        let change = i32::try_from(amount).unwrap_or(i32::MAX);
        inventory::record_movement(&mut *transaction, product, StockMovementKind::Restock, change)?;
        Ok(())
    })
}

fn add(pool: &Pool, sku: &str, name: &str, quantity: u32, price: Decimal) -> Result<u32, StockError> {
    Ok(inventory::add(pool, &AddParams { sku, name, description: None, quantity, price })?)
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let url =
        std::env::var("DATABASE_URL").map_err(|_| "set DATABASE_URL to mysql://user:password@host:port/")?;
    let database = TemporaryDatabase::create(&url, CREATE_TABLES)?;
    let pool = Pool::new(database.options().schema(&SCHEMA))?;

    let tea = add(&pool, "TEA-1", "Green tea", 8, Decimal::new(4_50, 2))?;
    let pot = add(&pool, "POT-1", "Iron pot", 2, Decimal::new(39_90, 2))?;
    if let Err(error) = add(&pool, "TEA-1", "Black tea", 8, Decimal::new(4_00, 2)) {
        println!("cannot add black tea: {error}");
    }
    println!("worth {}", inventory::total_value(&pool)?);

    let orders: [(&str, &[Item]); 3] = [
        ("five teas and a pot", &[(tea, 5), (pot, 1)]),
        ("two teas and two pots", &[(tea, 2), (pot, 2)]),
        ("something unknown", &[(tea, 1), (4_000_000_000, 1)]),
    ];
    for (what, order) in orders {
        match sell(&pool, order) {
            Ok(due) => println!("sold {what} for {due}"),
            Err(error) => println!("did not sell {what}: {error}"),
        }
    }
    // The second order took two teas before it failed; rolled back, they are still there.
    for sku in ["TEA-1", "POT-1"] {
        if let Some(product) = inventory::find_by_sku(&pool, sku)? {
            println!("{}: {} left", product.name, product.quantity);
        }
    }

    restock(&pool, pot, 10)?;
    println!("restocked");
    for product in inventory::low_stock(&pool)? {
        println!("low: {}, {} left", product.name, product.quantity);
    }

    // Four sellers at once want 5 + 5 + 5 + 5 of the 11 pots.
    let sold = std::thread::scope(|scope| {
        let sellers: Vec<_> = (0..4).map(|_| scope.spawn(|| sell(&pool, &[(pot, 5)]).is_ok())).collect();
        sellers.into_iter().map(|seller| seller.join().unwrap_or(false)).filter(|sold| *sold).count()
    });
    println!("{sold} of 4 sellers sold 5 pots each");
    println!("worth {}", inventory::total_value(&pool)?);
    Ok(())
}
