//! An account's key is none of a post, nor is a number a key.

use porpoise_examples::keyed::tables::AccountId;
use porpoise_examples::keyed::{account, post, posts};

fn main() -> porpoise::Result<()> {
    let pool = porpoise::Pool::new(porpoise::Options::new())?;
    let ada = AccountId(1);
    post::find(&pool, ada)?;
    posts::reply(&pool, ada, Some(ada), "A title")?;
    account::find(&pool, 1)?;
    let _same = post::list(&pool)?[0].id == ada;
    Ok(())
}
