//! A library: articles have several creators and creators several articles (N:M), joined, parted and replaced.
//!
//! ```text
//! DATABASE_URL=mysql://user:password@127.0.0.1:3306/ cargo run --example library
//! ```
//!
//! Everything here is generated from the tables `article`, `creator` and `authorship`. The program works in a database of
//! its own.

use std::process::ExitCode;

use porpoise::{ErrorKind, Pool};
use porpoise_examples::article::{self, NewArticle};
use porpoise_examples::authorship::{self, NewAuthorship};
use porpoise_examples::creator::{self, NewCreator};
use porpoise_examples::{CREATE_TABLES, SCHEMA, TemporaryDatabase};

/// Each article with its creators, in two statements.
fn show(pool: &Pool) -> porpoise::Result<()> {
    let articles = article::list(pool)?;
    for (article, creators) in articles.iter().zip(article::creators_of(pool, &articles)?) {
        let names: Vec<&str> = creators.iter().map(|creator| creator.name.as_str()).collect();
        println!(
            "  {}: {}",
            article.title,
            if names.is_empty() { "nobody".into() } else { names.join(", ") }
        );
    }
    Ok(())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let url =
        std::env::var("DATABASE_URL").map_err(|_| "set DATABASE_URL to mysql://user:password@host:port/")?;
    let database = TemporaryDatabase::create(&url, CREATE_TABLES)?;
    let pool = &Pool::new(database.options().schema(&SCHEMA))?;
    let creator = |name| creator::insert(pool, &NewCreator { name });
    let (ada, grace, mary) = (creator("Ada")?, creator("Grace")?, creator("Mary")?);
    let article =
        |title| article::insert(pool, &NewArticle { title, body: "...", tags: None, published: None });
    let (sql, rust) = (article("Typed SQL")?, article("Plain Rust")?);

    println!("new");
    show(pool)?;

    // Adding twice does no harm; what was not joined before is counted.
    println!("added {}", article::add_creators(pool, sql, &[ada, grace])?);
    println!("added {}", article::add_creators(pool, sql, &[grace, mary])?);
    println!("added {}", creator::add_article(pool, ada, rust)?);
    show(pool)?;

    // What is set is all that there is: Ada is parted, Mary stays, nobody is joined twice.
    article::set_creators(pool, sql, &[mary, grace])?;
    println!("removed {}", article::remove_creator(pool, rust, ada)?);
    show(pool)?;

    // A creator that does not exist is an error, and nothing has changed.
    match article::set_creators(pool, sql, &[ada, 4_000_000]) {
        Err(error) if error.kind() == ErrorKind::ForeignKeyChild => println!("there is no such creator"),
        other => other?,
    }
    let creators = creator::list(pool)?;
    println!("articles of each creator: {:?}", creator::articles_count_of(pool, &creators)?);

    // The join table has a column of its own: its rows are written like those of any other table.
    let new = NewAuthorship { article_id: rust, creator_id: mary, position: Some(2) };
    authorship::insert(pool, &new)?;
    let authorships = creators[2].authorships(pool)?;
    for (authorship, article) in authorships.iter().zip(authorship::article_of(pool, &authorships)?) {
        println!("Mary is number {} of {}", authorship.position, article.title);
    }
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
