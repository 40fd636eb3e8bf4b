//! A password must appear nowhere: not on stdout or stderr, not in errors, not in files.

use crate::live::Database;
use crate::support::{Folder, Ran};

const SECRET: &str = "c4nary-in-the-mine";

#[track_caller]
fn keeps(secret: &str, folder: &Folder, ran: &Ran) {
    assert!(!ran.stdout.contains(secret), "stdout:\n{}", ran.stdout);
    assert!(!ran.stderr.contains(secret), "stderr:\n{}", ran.stderr);
    assert!(!folder.everything().contains(secret), "a file holds it");
}

#[test]
fn a_url_that_is_wrong_is_not_quoted() {
    let folder = Folder::project();
    for url in [
        format!("postgres://ada:{SECRET}@127.0.0.1/shop"),
        format!("ada:{SECRET}@127.0.0.1/shop"),
        format!("mysql://ada:{SECRET}@127.0.0.1:port/shop"),
        format!("mysql://ada:{SECRET}@127.0.0.1"),
        format!("mysql://ada:{SECRET}@"),
        format!("mysql://ada:x/{SECRET}@127.0.0.1/shop"),
        format!("mysql://127.0.0.1/shop?pool_min={SECRET}"),
        // Nobody listens there.
        format!("mysql://ada:{SECRET}@127.0.0.1:1/shop"),
    ] {
        for command in ["pull", "check"] {
            let ran = folder.porpoise(&[command, "--url", &url]).ends(2);
            keeps(SECRET, &folder, &ran);
        }
        let ran = folder.porpoise_with(&["pull"], &[("DATABASE_URL", &url)]).ends(2);
        keeps(SECRET, &folder, &ran);
    }
}

#[test]
fn a_url_in_the_wrong_place_is_not_quoted() {
    let folder = Folder::project();
    let url = format!("mysql://ada:{SECRET}@127.0.0.1/shop");
    let flag = format!("--ulr={url}");
    let config = format!("--config={url}");
    for arguments in
        [&["pull", &url][..], &[&url], &["pull", &flag], &["init", "--url", &url], &["pull", &config]]
    {
        let ran = folder.porpoise(arguments).ends(2);
        keeps(SECRET, &folder, &ran);
    }
}

#[test]
fn a_refused_login_and_a_good_one_keep_the_password() {
    for database in Database::each("secrets") {
        let folder = Folder::project();
        std::fs::remove_file(folder.path("queries/schema.json")).unwrap();
        let wrong = database.url_with_password(SECRET);
        let ran = folder.porpoise_with(&["pull"], &[("DATABASE_URL", &wrong)]).ends(2);
        assert!(ran.stderr.contains("cannot connect"), "{}", ran.stderr);
        keeps(SECRET, &folder, &ran);

        database.run("CREATE TABLE account (id INT UNSIGNED PRIMARY KEY, email VARCHAR(100) NOT NULL)");
        for arguments in
            [&["pull"][..], &["generate", "--live"], &["check", "--live"], &["describe", "--live"]]
        {
            let ran = folder.porpoise_with(arguments, &[("DATABASE_URL", &database.url())]).ends(0);
            for secret in database.secrets() {
                keeps(&secret, &folder, &ran);
            }
        }
    }
}
