//! A NOT NULL column takes no `None`.

use porpoise_examples::people;

fn main() -> porpoise::Result<()> {
    let pool = porpoise::Pool::new(porpoise::Options::new())?;
    people::add_city(&pool, None, "IT")?;
    Ok(())
}
