//! A small program around accounts: register, log in, change the profile, and what can go wrong with each.
//!
//! ```text
//! DATABASE_URL=mysql://user:password@127.0.0.1:3306/ cargo run --example accounts
//! ```
//!
//! The queries are in `queries/accounts.sql`, checked against MariaDB. The program works in a database of its own.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::ExitCode;

use porpoise::{ErrorKind, Pool};
use porpoise_examples::accounts::{self, RegisterParams};
use porpoise_examples::tables::{self, Account, AccountStatus};
use porpoise_examples::{CREATE_TABLES, SCHEMA, TemporaryDatabase};

/// Why a visitor is turned away, or that the database failed.
#[derive(Debug)]
enum AccountError {
    UsernameTaken,
    EmailTaken,
    UsernameTooShort,
    /// One answer for a wrong name and a wrong password, so that nobody can find out who has an account.
    WrongLogin,
    Suspended,
    Database(porpoise::Error),
}

impl From<porpoise::Error> for AccountError {
    fn from(error: porpoise::Error) -> Self {
        // The constants are generated from the schema: renaming a key there is an error here, and not a surprise.
        if error.violates(&tables::account::UNIQUE_USERNAME) {
            Self::UsernameTaken
        } else if error.violates(&tables::account::UNIQUE_EMAIL) {
            Self::EmailTaken
        } else if error.violates(&tables::account::CHECK_ACCOUNT_USERNAME_LENGTH) {
            Self::UsernameTooShort
        } else {
            Self::Database(error)
        }
    }
}

impl fmt::Display for AccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UsernameTaken => f.write_str("this username is taken"),
            Self::EmailTaken => f.write_str("this address has an account already"),
            Self::UsernameTooShort => f.write_str("a username has at least three characters"),
            Self::WrongLogin => f.write_str("wrong username or password"),
            Self::Suspended => f.write_str("this account is suspended"),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AccountError {}

fn register(pool: &Pool, username: &str, email: &str, password: &str) -> Result<u32, AccountError> {
    let salt = salt();
    let account = RegisterParams { username, email, salt: &salt, password, full_name: None };
    Ok(accounts::register(pool, &account)?)
}

fn log_in(pool: &Pool, username: &str, password: &str) -> Result<Account, AccountError> {
    let found = accounts::credentials(pool, password, username)?.ok_or(AccountError::WrongLogin)?;
    if !same(&found.password_hash, &found.given_hash) {
        return Err(AccountError::WrongLogin);
    }
    match found.status {
        AccountStatus::Active => {}
        AccountStatus::Suspended => return Err(AccountError::Suspended),
    }
    accounts::logged_in(pool, found.id)?;
    accounts::find(pool, found.id)?.ok_or(AccountError::WrongLogin)
}

/// Compares all bytes in any case, so that the time tells nothing.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

/// Random enough for a sample: the standard library draws the keys of its hashers from the system. A real application
/// leaves this to its password library.
fn salt() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
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

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let url =
        std::env::var("DATABASE_URL").map_err(|_| "set DATABASE_URL to mysql://user:password@host:port/")?;
    let database = TemporaryDatabase::create(&url, CREATE_TABLES)?;
    let pool = Pool::new(database.options().schema(&SCHEMA))?;

    let ada = register(&pool, "ada", "ada@example.org", "correct horse")?;
    println!("registered ada");
    let visitors =
        [("ada", "lovelace@example.org"), ("countess", "ada@example.org"), ("al", "al@example.org")];
    for (username, email) in visitors {
        match register(&pool, username, email, "battery staple") {
            Ok(_) => println!("registered {username}"),
            Err(error) => println!("cannot register {username} <{email}>: {error}"),
        }
    }

    let show = |result: Result<Account, AccountError>| match result {
        Ok(account) => println!("logged in as {}", account.username),
        Err(error) => println!("cannot log in: {error}"),
    };
    show(log_in(&pool, "ada", "correct horse"));
    show(log_in(&pool, "ada", "wrong horse"));
    show(log_in(&pool, "nobody", "correct horse"));

    // Only the fields that are given change.
    accounts::update_profile(&pool, None, Some("Ada Lovelace"), None, ada)?;
    match accounts::find(&pool, ada)? {
        Some(account) => println!("{} <{}>", account.full_name.unwrap_or_default(), account.email),
        None => println!("ada is gone"),
    }

    accounts::suspend(&pool, "ada")?;
    show(log_in(&pool, "ada", "correct horse"));

    // A statement that must find its row says so by its kind.
    match accounts::find(&pool, 0) {
        Ok(None) => println!("there is no account 0"),
        Ok(Some(_)) => println!("account 0 should not exist"),
        Err(error) if error.kind() == ErrorKind::ConnectionLost => println!("the server is gone"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
