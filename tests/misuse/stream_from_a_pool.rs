//! A stream holds a connection for as long as it lasts, so it takes one and not a pool.

use porpoise_examples::measurements;

fn main() -> porpoise::Result<()> {
    let pool = porpoise::Pool::new(porpoise::Options::new())?;
    for row in measurements::all(&pool)? {
        row?;
    }
    Ok(())
}
