//! The examples run, and print what they are there to show.

use porpoise::Family;

use crate::support::{Ran, cargo, repository, run, url};

#[track_caller]
fn example(name: &str, url: &str) -> Ran {
    run(cargo(repository()).args(["run", "--quiet", "--example", name]).env("DATABASE_URL", url))
}

fn tour(family: Family) {
    let Some(url) = url(family) else { return };
    let ran = example("tour", &url).ends(0);
    ran.prints(&format!(" on {family}."))
        .prints("ada@example.org cannot be registered twice.")
        .prints("ada with \"correct horse\": welcome\nada with \"wrong horse\": no entry\n")
        .prints("Selling 5: sold\nSelling 50: not enough in stock\n")
        .prints("All stock is worth 880.00.")
        .prints("Maria lives in Torino (IT).\nNoor lives in nowhere.\n")
        .prints("Typed SQL by Ada, Grace")
        .prints("CH in the first two days: 36\nIT in the first two days: 12\n")
        .prints("That was the tour.");
}

#[test]
fn the_tour_walks_through_mariadb() {
    tour(Family::MariaDb);
}

#[test]
fn the_tour_walks_through_mysql() {
    tour(Family::MySql);
}

#[test]
fn accounts_tells_its_errors_apart() {
    let Some(url) = url(Family::MariaDb) else { return };
    let expected = "\
registered ada
cannot register ada <lovelace@example.org>: this username is taken
cannot register countess <ada@example.org>: this address has an account already
cannot register al <al@example.org>: a username has at least three characters
logged in as ada
cannot log in: wrong username or password
cannot log in: wrong username or password
Ada Lovelace <ada@example.org>
cannot log in: this account is suspended
there is no account 0
";
    assert_eq!(example("accounts", &url).ends(0).stdout, expected);
}

#[test]
fn inventory_sells_what_is_there_and_not_more() {
    let Some(url) = url(Family::MariaDb) else { return };
    let expected = "\
cannot add black tea: there is a product with this stock keeping unit
worth 115.80
sold five teas and a pot for 62.40
did not sell two teas and two pots: insufficient stock, 1 left
did not sell something unknown: there is no such product
Green tea: 3 left
Iron pot: 1 left
restocked
low: Green tea, 3 left
2 of 4 sellers sold 5 pots each
worth 53.40
";
    assert_eq!(example("inventory", &url).ends(0).stdout, expected);
}

#[test]
fn search_finds_by_what_is_given() {
    let Some(url) = url(Family::MariaDb) else { return };
    let expected = "\
everything:
  POT-1   39.90  Iron pot
  TEA-1    4.50  Green tea
  TEA-2    3.90  Black tea
  TEA-3    8.00  Tea towel
name=tea current=true sort=price:
  TEA-1    4.50  Green tea
  TEA-3    8.00  Tea towel
from=4.50 sort=dearest max=2:
  POT-1   39.90  Iron pot
  TEA-3    8.00  Tea towel
";
    assert_eq!(example("search", &url).ends(0).stdout, expected);
}

#[test]
fn import_loads_all_or_nothing() {
    let Some(url) = url(Family::MariaDb) else { return };
    let expected = "\
25 %
50 %
75 %
100 %
100000 rows loaded, 100000 are there
not loaded: Truncated; still 100000 rows
";
    assert_eq!(example("import", &url).ends(0).stdout, expected);
}

#[test]
fn blog_follows_keys_both_ways() {
    let Some(url) = url(Family::MariaDb) else { return };
    let expected = "\
ada wrote 2 posts
  On engines: 2 comments
  On numbers: 2 comments
grace wrote 0 posts
That took 3 statements.
On engines is by ada, edited by grace
On numbers is by ada, edited by nobody
\"Is it so?\" has 1 replies
\"It is.\" replies to \"Is it so?\"
comments on each post: [2, 2]
";
    assert_eq!(example("blog", &url).ends(0).stdout, expected);
}

#[test]
fn library_joins_parts_and_replaces() {
    let Some(url) = url(Family::MariaDb) else { return };
    let expected = "\
new
  Typed SQL: nobody
  Plain Rust: nobody
added 2
added 1
added 1
  Typed SQL: Ada, Grace, Mary
  Plain Rust: Ada
removed 1
  Typed SQL: Grace, Mary
  Plain Rust: nobody
there is no such creator
articles of each creator: [0, 1, 1]
Mary is number 1 of Typed SQL
Mary is number 2 of Plain Rust
";
    assert_eq!(example("library", &url).ends(0).stdout, expected);
}

#[test]
fn an_example_without_a_server_says_what_to_do() {
    let mut command = cargo(repository());
    run(command.args(["run", "--quiet", "--example", "tour"]).env_remove("DATABASE_URL"))
        .ends(1)
        .says("DATABASE_URL is not set")
        .says("cargo xtask demo");
}
