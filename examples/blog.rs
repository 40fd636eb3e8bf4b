//! A blog: authors, their posts and the comments on them, read along the foreign keys, in as many statements as levels.
//!
//! ```text
//! DATABASE_URL=mysql://user:password@127.0.0.1:3306/ cargo run --example blog
//! ```
//!
//! Everything here is generated from the tables alone. The program works in a database of its own.

use std::process::ExitCode;

use porpoise::Pool;
use porpoise_examples::account::{self, NewAccount};
use porpoise_examples::comment::{self, NewComment};
use porpoise_examples::post::{self, NewPost};
use porpoise_examples::{CREATE_TABLES, SCHEMA, TemporaryDatabase};

/// Ada writes, Grace edits, and there is some talk.
fn fill(pool: &Pool) -> porpoise::Result<()> {
    let add_account = |username: &str| {
        let email = format!("{username}@example.org");
        let new = NewAccount { username, email: &email, password_hash: &[0; 32], ..NewAccount::default() };
        account::insert(pool, &new)
    };
    let (ada, grace) = (add_account("ada")?, add_account("grace")?);
    for (title, editor_id) in [("On engines", Some(grace)), ("On numbers", None)] {
        let new = NewPost { author_id: ada, title, editor_id, ..NewPost::default() };
        let post_id = post::insert(pool, &new)?;
        let first = NewComment { post_id, body: "Is it so?", parent_id: None };
        let parent_id = Some(comment::insert(pool, &first)?);
        comment::insert(pool, &NewComment { post_id, body: "It is.", parent_id })?;
    }
    Ok(())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let url =
        std::env::var("DATABASE_URL").map_err(|_| "set DATABASE_URL to mysql://user:password@host:port/")?;
    let database = TemporaryDatabase::create(&url, CREATE_TABLES)?;
    let pool = &Pool::new(database.options().schema(&SCHEMA))?;
    fill(pool)?;

    // From many rows to those that refer to them: one statement for each level, however many rows there are.
    let (done, count) = porpoise::test::count_queries(|| {
        let accounts = account::list(pool)?;
        let posts_of = account::posts_by_author_of(pool, &accounts)?;
        let comments_of = post::comments_of(pool, posts_of.iter().flatten())?;
        let mut comments_of = comments_of.iter();
        for (account, posts) in accounts.iter().zip(&posts_of) {
            println!("{} wrote {} posts", account.username, posts.len());
            for (post, comments) in posts.iter().zip(comments_of.by_ref()) {
                println!("  {}: {} comments", post.title, comments.len());
            }
        }
        Ok::<_, porpoise::Error>(())
    });
    done?;
    println!("That took {} statements.", count.total());

    // And back: each author is read once, and shared by the posts; who has no editor has `None`.
    let posts = post::list(pool)?;
    let (authors, editors) = (post::author_of(pool, &posts)?, post::editor_of(pool, &posts)?);
    for ((post, author), editor) in posts.iter().zip(&authors).zip(&editors) {
        let editor = editor.as_ref().map_or("nobody", |editor| editor.username.as_str());
        println!("{} is by {}, edited by {editor}", post.title, author.username);
    }

    // One row has methods. They take the pool: it shows where a statement is sent.
    let talk = posts[0].comments(pool)?;
    println!("{:?} has {} replies", talk[0].body, talk[0].comments_by_parent_count(pool)?);
    if let Some(parent) = talk[1].parent(pool)? {
        println!("{:?} replies to {:?}", talk[1].body, parent.body);
    }
    println!("comments on each post: {:?}", post::comments_count_of(pool, &posts)?);
    Ok(())
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
