//! The id of an account is an INT UNSIGNED.

use porpoise_examples::{accounts, measurements};

fn main() -> porpoise::Result<()> {
    let pool = porpoise::Pool::new(porpoise::Options::new())?;
    let measurement = measurements::latest(&pool, "IT")?.expect("one");
    accounts::find(&pool, measurement.id)?;
    accounts::find(&pool, "1")?;
    Ok(())
}
