//! A walk through everything, on a live server:
//!
//! ```text
//! DATABASE_URL=mysql://user:password@127.0.0.1:3306/ cargo run --example tour
//! ```
//!
//! or `cargo xtask demo`, which starts servers for it. The walk works in a database of its own, which it drops at the
//! end. It runs on MariaDB and on MySQL: each with the code that was checked against that server. An application has
//! one kind of server, and would start at `walk.rs`.

use std::error::Error;
use std::process::ExitCode;

use porpoise::Family;
use porpoise_examples::{CREATE_TABLES, TemporaryDatabase};

mod on_mariadb {
    use porpoise_examples as queries;
    include!("tour/walk.rs");
}

mod on_mysql {
    use porpoise_examples::mysql as queries;
    include!("tour/walk.rs");
}

fn main() -> ExitCode {
    match tour() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The tour ended early: {error}");
            ExitCode::FAILURE
        }
    }
}

fn tour() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("DATABASE_URL").map_err(|_| {
        "DATABASE_URL is not set. It is mysql://user:password@host:port/ of a server where the user may create \
         databases. Without one at hand, `cargo xtask demo` starts servers and runs this."
    })?;
    let database = TemporaryDatabase::create(&url, CREATE_TABLES)?;
    println!("Created the database {} on {}.", database.name(), database.family());
    match database.family() {
        Family::MariaDb => on_mariadb::walk(database.options())?,
        Family::MySql => on_mysql::walk(database.options())?,
    }
    println!("\nThat was the tour. Dropping the database {}.", database.name());
    Ok(())
}

/// A heading.
fn title(text: &str) {
    println!("\n{text}\n{}", "-".repeat(text.chars().count()));
}
