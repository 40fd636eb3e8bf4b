//! SELECT ... FOR UPDATE locks rows, which only what may write can do.

use porpoise_examples::inventory;

fn main() -> porpoise::Result<()> {
    let pool = porpoise::Pool::new(porpoise::Options::new())?;
    let mut transaction = pool.begin_read(&porpoise::TransactionOptions::new())?;
    inventory::lock_stock(&mut transaction, 1)?;
    Ok(())
}
