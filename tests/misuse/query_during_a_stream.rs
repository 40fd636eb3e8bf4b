//! While a stream is read, its connection is busy.

use porpoise_examples::{accounts, measurements};

fn main() -> porpoise::Result<()> {
    let pool = porpoise::Pool::new(porpoise::Options::new())?;
    let mut connection = pool.get()?;
    for row in measurements::all(&mut connection)? {
        row?;
        accounts::find(&mut connection, 1)?;
    }
    Ok(())
}
