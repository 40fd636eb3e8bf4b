//! A read transaction only reads.

use porpoise_examples::accounts;

fn main() -> porpoise::Result<()> {
    let pool = porpoise::Pool::new(porpoise::Options::new())?;
    let mut transaction = pool.begin_read(&porpoise::TransactionOptions::new())?;
    accounts::find(&mut transaction, 1)?;
    accounts::delete_account(&mut transaction, 1)?;
    Ok(())
}
