//! The startup check: silent on the schema that the code was generated from, with everything that a column can be, and
//! loud about each change that breaks the code.

use porpoise::{DifferenceKind, ErrorKind, Family, Pool, Schema, schema_differences, verify_schema};
use porpoise_examples::{CREATE_TABLES, TemporaryDatabase, hostile};

use crate::support::{Database, Folder, porpoise, run};

/// What the check says of a schema, what breaks the code apart from the rest.
fn found(pool: &Pool, schema: &Schema) -> (Vec<String>, Vec<String>) {
    let differences = schema_differences(pool, schema).unwrap();
    let (breaks, more): (Vec<_>, Vec<_>) = differences.iter().partition(|one| one.breaks());
    let text = |of: Vec<&porpoise::SchemaDifference>| of.iter().map(ToString::to_string).collect();
    (text(breaks), text(more))
}

/// That a change is found, in just these words, and its undoing as well.
#[track_caller]
fn check(database: &Database, schema: &Schema, change: &str, undo: &str, breaks: &[&str], more: &[&str]) {
    let pool = &database.pool;
    database.sql(change);
    assert_eq!(found(pool, schema), (strings(breaks), strings(more)), "{change}");
    let verified = verify_schema(pool, schema);
    if breaks.is_empty() {
        verified.unwrap();
    } else {
        let error = verified.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SchemaDrift);
        let text = error.to_string();
        let mut lines = text.lines();
        let plural = if breaks.len() == 1 { "" } else { "s" };
        assert_eq!(
            lines.next(),
            Some(&*format!(
                "the schema differs from the one that the code was generated from: {} difference{plural} to fingerprint {}",
                breaks.len(),
                schema.fingerprint
            ))
        );
        assert_eq!(
            lines.collect::<Vec<_>>(),
            breaks.iter().map(|line| format!("  {line}")).collect::<Vec<_>>()
        );
    }
    database.sql(undo);
    assert_eq!(found(pool, schema), (vec![], vec![]), "{undo}");
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn sample(family: Family) -> Option<(Database, Schema)> {
    let schema = match family {
        Family::MariaDb => porpoise_examples::SCHEMA,
        Family::MySql => porpoise_examples::mysql::SCHEMA,
    };
    Some((Database::create(family, CREATE_TABLES, &schema)?, schema))
}

/// One change after the other, each undone again.
fn each_change_is_told(family: Family) {
    let Some((database, schema)) = sample(family) else { return };
    verify_schema(&database.pool, &schema).unwrap();
    let check = |change: &str, undo: &str, breaks: &[&str], more: &[&str]| {
        check(&database, &schema, change, undo, breaks, more);
    };

    check(
        "ALTER TABLE account MODIFY bio VARCHAR(20) NULL",
        "ALTER TABLE account MODIFY bio TEXT NULL",
        &["table `account`: column `bio` is `varchar(20) NULL`, the code expects `text NULL`"],
        &[],
    );
    check(
        "ALTER TABLE account MODIFY bio TEXT NOT NULL, MODIFY email VARCHAR(255) NULL",
        "ALTER TABLE account MODIFY bio TEXT NULL, MODIFY email VARCHAR(255) NOT NULL",
        &[
            "table `account`: column `email` is `varchar(255) NULL`, the code expects `varchar(255) NOT NULL`",
            "table `account`: column `bio` is `text NOT NULL`, the code expects `text NULL`",
        ],
        &[],
    );
    check(
        "ALTER TABLE account DROP COLUMN last_login",
        "ALTER TABLE account ADD last_login TIMESTAMP NULL DEFAULT NULL",
        &["table `account`: column `last_login` is missing"],
        &[],
    );
    check(
        "ALTER TABLE account MODIFY status ENUM('active','suspended','it''s over') NOT NULL DEFAULT 'active'",
        "ALTER TABLE account MODIFY status ENUM('active','suspended') NOT NULL DEFAULT 'active'",
        &[
            "table `account`: column `status` is `enum('active','suspended','it''s over') NOT NULL`, the code expects \
              `enum('active','suspended') NOT NULL`",
        ],
        &[],
    );
    check(
        "ALTER TABLE city MODIFY name VARCHAR(80) COLLATE utf8mb4_bin NOT NULL",
        "ALTER TABLE city MODIFY name VARCHAR(80) NOT NULL",
        &["table `city`: column `name` is `varchar(80) NOT NULL COLLATE utf8mb4_bin`, the code expects \
              `varchar(80) NOT NULL COLLATE utf8mb4_unicode_ci`"],
        &[],
    );
    check(
        "ALTER TABLE product MODIFY quantity INT UNSIGNED NOT NULL, MODIFY stock_value DECIMAL(20,2) NULL",
        "ALTER TABLE product MODIFY quantity INT UNSIGNED NOT NULL DEFAULT 0, DROP COLUMN stock_value, \
         ADD stock_value DECIMAL(20,2) GENERATED ALWAYS AS (quantity * price) STORED",
        &[
            "table `product`: column `quantity` is `int unsigned NOT NULL`, the code expects \
              `int unsigned NOT NULL DEFAULT ...`",
            "table `product`: column `stock_value` is `decimal(20,2) NULL`, the code expects \
              `decimal(20,2) NULL GENERATED`",
        ],
        &[],
    );
    check(
        "ALTER TABLE measurement MODIFY id BIGINT UNSIGNED NOT NULL, DROP PRIMARY KEY",
        "ALTER TABLE measurement MODIFY id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY",
        &[
            "table `measurement`: column `id` is `bigint unsigned NOT NULL`, the code expects \
              `bigint unsigned NOT NULL AUTO_INCREMENT`",
            "table `measurement`: primary key (`id`) is missing",
        ],
        &[],
    );
    check(
        "ALTER TABLE account DROP INDEX uk_account_email, ADD UNIQUE uk_mail (email), \
         DROP INDEX uk_account_username, ADD UNIQUE uk_account_username (full_name, username(10))",
        "ALTER TABLE account DROP INDEX uk_mail, ADD UNIQUE uk_account_email (email), \
         DROP INDEX uk_account_username, ADD UNIQUE uk_account_username (username)",
        &[
            "table `account`: unique key `uk_account_email` (`email`) is missing; unique key `uk_mail` has the same columns",
            "table `account`: unique key `uk_account_username` is over (`full_name`, `username`(10)), the code expects \
              (`username`)",
        ],
        &["table `account`: unique key `uk_mail` (`email`) is new"],
    );
    check(
        "ALTER TABLE account ADD level INT NOT NULL",
        "ALTER TABLE account DROP COLUMN level",
        &[
            "table `account`: column `level` is new, `int NOT NULL` without a default, and the code inserts rows that do \
              not have it",
        ],
        &[],
    );
    check(
        "RENAME TABLE measurement TO Measurement",
        "RENAME TABLE Measurement TO measurement",
        &["table `measurement` is missing; there is `Measurement`, and names depend on case here"],
        &[],
    );
    check(
        "RENAME TABLE measurement TO measured",
        "RENAME TABLE measured TO measurement",
        &["table `measurement` is missing, or the account may not see it"],
        &[],
    );
    check(
        "CREATE OR REPLACE VIEW byline AS \
         SELECT s.article_id, s.position, c.name FROM authorship s LEFT JOIN creator c ON c.id = s.creator_id",
        "CREATE OR REPLACE VIEW byline AS \
         SELECT s.article_id, s.position, c.name FROM authorship s JOIN creator c ON c.id = s.creator_id",
        &["view `byline`: column `name` is `varchar(80) NULL`, the code expects `varchar(80) NOT NULL`"],
        &[],
    );
}

/// What is only more.
fn additions_are_no_errors(family: Family) {
    let Some((database, schema)) = sample(family) else { return };
    let check = |change: &str, undo: &str, more: &[&str]| {
        check(&database, &schema, change, undo, &[], more);
    };
    check("CREATE TABLE other (a INT)", "DROP TABLE other", &[]);
    check("ALTER TABLE account ADD INDEX (full_name)", "ALTER TABLE account DROP INDEX full_name", &[]);
    check(
        "ALTER TABLE account ADD a INT NULL, ADD b INT NOT NULL DEFAULT 0 FIRST, ADD UNIQUE (full_name)",
        "ALTER TABLE account DROP COLUMN a, DROP COLUMN b, DROP INDEX full_name",
        &[
            "table `account`: column `b` is new, `int NOT NULL`",
            "table `account`: column `a` is new, `int NULL`",
            "table `account`: unique key `full_name` (`full_name`) is new",
        ],
    );
    check(
        "ALTER TABLE account MODIFY username VARCHAR(64) NOT NULL, MODIFY bio MEDIUMTEXT NULL",
        "ALTER TABLE account MODIFY username VARCHAR(32) NOT NULL, MODIFY bio TEXT NULL",
        &[
            "table `account`: column `username` is `varchar(64) NOT NULL`, the code expects `varchar(32) NOT NULL`",
            "table `account`: column `bio` is `mediumtext NULL`, the code expects `text NULL`",
        ],
    );
    // Columns in another order: the code names them.
    check(
        "ALTER TABLE person MODIFY born DATE NULL FIRST",
        "ALTER TABLE person MODIFY born DATE NULL AFTER name",
        &[],
    );
}

/// The generator's lines from an introspection, and the runtime's from the live server, of everything that a table can
/// have.
fn every_kind_of_column_and_key_is_described_alike(family: Family) {
    let Some((other, _)) = sample(family) else { return };
    let other = other.temporary.name();
    let own = match family {
        Family::MariaDb => {
            "CREATE TABLE `own` (`u` UUID, `i4` INET4, `i6` INET6, `j``s\"o` JSON NOT NULL DEFAULT '[]',
               `not json` LONGTEXT CHECK (JSON_VALID(`j``s\"o`)), `c` VARCHAR(9) COMPRESSED, `inv` INT INVISIBLE)
               WITH SYSTEM VERSIONING;
             CREATE SEQUENCE `se``q`"
        }
        Family::MySql => {
            "CREATE TABLE `own` (`v` VECTOR(3), `j` JSON DEFAULT (JSON_ARRAY()), `g` POINT NOT NULL SRID 4326,
               `inv` INT INVISIBLE, `a` INT, UNIQUE `fun``ctional` ((`a` + 1), `a`))"
        }
    };
    let tables = format!(
        "CREATE TABLE `ints` (`z` INT(5) UNSIGNED ZEROFILL NOT NULL, `t` TINYINT(1) UNSIGNED NULL, `f` FLOAT(7,3),
           `d` DOUBLE(9,2) UNSIGNED, `n` NUMERIC UNSIGNED, `b` BIT, `y` YEAR, `s` SERIAL);
         CREATE TABLE `times` (`a` DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
           `b` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), `c` TIME(2), `d` DATE NOT NULL DEFAULT '2020-01-01');
         CREATE TABLE `defaults` (`null` VARCHAR(9) DEFAULT 'NULL', `not null` VARCHAR(9) NOT NULL DEFAULT 'NULL',
           `empty` VARCHAR(9) NOT NULL DEFAULT '', `e` BIGINT NOT NULL DEFAULT (1 + 1), `u` BINARY(2) NOT NULL DEFAULT 'a',
           `bits` BIT(3) NOT NULL DEFAULT b'101', `g` INT GENERATED ALWAYS AS (`e` + 1) VIRTUAL);
         CREATE TABLE `te``xts` (`l` CHAR(3) CHARACTER SET latin1, `a` TEXT CHARACTER SET ascii COLLATE ascii_bin,
           `u` VARCHAR(9) CHARACTER SET utf8mb3, `n` NATIONAL CHAR(3), `b` LONGTEXT CHARACTER SET binary,
           `v` VARCHAR(300), `en` ENUM('a\\\\b','c''d','e\"f','g\nh','i,j)','','`') NOT NULL, `se` SET('a','ß') DEFAULT 'a',
           PRIMARY KEY (`v`(7), `l`), UNIQUE `PRIMARY KEY (` (`l` DESC, `u`), UNIQUE `a\nb\\\\` (`a`(10)));
         CREATE TABLE `shapes` (`a` GEOMETRY, `b` MULTIPOINT NOT NULL, `c` GEOMETRYCOLLECTION);
         CREATE TABLE `\u{202e}line\nbreak\\\\and\ttab` (`\u{200b}` INT NOT NULL, `CaSe` INT);
         CREATE VIEW `of all` AS SELECT d.*, t.`en`, t.`v`, UPPER(t.`l`) AS `up` FROM `defaults` d LEFT JOIN `te``xts` t ON TRUE;
         {own}"
    );
    let temporary = TemporaryDatabase::create(&crate::support::url(family).unwrap(), &tables).unwrap();
    let url = crate::support::url_of_database(&crate::support::url(family).unwrap(), temporary.name());
    let folder = Folder::empty();
    folder.write(
        "porpoise.toml",
        &format!(
            "[schema]\nsnapshot = \"schema.json\"\nschemas = [\"{other}\"]\n[generate]\ntables = [\"*\"]\n"
        ),
    );
    folder.write("q.sql", &format!("-- name: one\nINSERT INTO times VALUES (NULL, DEFAULT, NULL, DEFAULT);\n-- name: two\nSELECT name FROM {other}.city;\n"));
    run(porpoise(folder.root()).arg("pull").env("DATABASE_URL", &url)).ends(0);
    run(porpoise(folder.root()).args(["generate", "--out", "generated"]).env("DATABASE_URL", &url)).ends(0);
    let schema =
        Schema { family, tables: described(&folder.read("generated/mod.rs")), ..porpoise_examples::SCHEMA };
    assert!(schema.tables.contains("\ntable `times`: insert all\n"), "{}", schema.tables);
    assert!(schema.tables.contains(&format!("\ntable `{other}`.`city`: read\n")), "{}", schema.tables);

    // Under the sql_mode of the code, and under one that prints quotes in another way.
    for mode in ["", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"] {
        let pool = Pool::new(temporary.options().sql_mode(mode)).unwrap();
        assert_eq!(found(&pool, &schema), (vec![], vec![]), "{mode}");
        verify_schema(&pool, &schema).unwrap();
    }
    let mut connection = porpoise::Connection::open(&temporary.options()).unwrap();
    connection
        .execute_raw_sql("ALTER TABLE times ADD e INT; ALTER TABLE `te``xts` DROP INDEX `a\nb\\\\`")
        .unwrap();
    let texts: Vec<String> =
        schema_differences(&mut connection, &schema).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            r"table `te``xts`: unique key `a\u{a}b\\\\` (`a`(10)) is missing",
            "table `times`: column `e` is new, `int NULL`, and the code inserts rows without naming the columns",
        ]
    );
}

/// The raw literal of the description in generated code.
fn described(code: &str) -> &'static str {
    let (_, literal) = code.split_once("    tables: r").expect("a raw literal");
    let hashes = literal.chars().take_while(|&c| c == '#').count();
    let (text, _) = literal[hashes + 1..].split_once(&format!("\"{},", "#".repeat(hashes))).expect("its end");
    Box::leak(text.to_owned().into_boxed_str())
}

/// The names are the same on both servers, and so are their lines.
fn hostile_names_are_described_alike(family: Family) {
    // A mode and a collation that the other server does not have are not what this is about.
    let schema = Schema { family, sql_mode: "", collation: "", ..hostile::SCHEMA };
    let tables = include_str!("../../queries/hostile/schema.sql");
    let Some(database) = Database::create(family, tables, &schema) else { return };
    check(
        &database,
        &schema,
        "ALTER TABLE `we``ird \"table\" 'of' ☃ */ things` DROP COLUMN `back``tick`, DROP INDEX `it's \"unique\" */ for key 'x'`",
        "ALTER TABLE `we``ird \"table\" 'of' ☃ */ things` ADD `back``tick` VARCHAR(20) NULL, \
         ADD UNIQUE `it's \"unique\" */ for key 'x'` (`type`)",
        &[
            "table `we``ird \"table\" 'of' ☃ */ things`: column `back``tick` is missing",
            "table `we``ird \"table\" 'of' ☃ */ things`: unique key `it's \"unique\" */ for key 'x'` (`type`) is missing",
        ],
        &[],
    );
}

fn another_family_is_one_difference(family: Family) {
    let Some((database, schema)) = sample(family) else { return };
    let other = match family {
        Family::MariaDb => Family::MySql,
        Family::MySql => Family::MariaDb,
    };
    let pool = Pool::new(database.temporary.options()).unwrap();
    let differences = schema_differences(&pool, &Schema { family: other, ..schema }).unwrap();
    let [difference] = differences.as_slice() else { panic!("{differences:?}") };
    assert_eq!((difference.kind(), difference.breaks()), (DifferenceKind::Family, true));
    let text = difference.to_string();
    assert!(text.starts_with(&format!("the server is {family} (")), "{text}");
    assert!(text.ends_with(&format!(", the code was generated for {other}")), "{text}");
}

fn differences_are_data(family: Family) {
    let Some((database, schema)) = sample(family) else { return };
    database.sql("ALTER TABLE account DROP COLUMN bio");
    let mut connection = database.pool.get().unwrap();
    let differences = connection.transaction(|tx| schema_differences(tx, &schema)).unwrap();
    let [difference] = differences.as_slice() else { panic!("{differences:?}") };
    assert_eq!(difference.kind(), DifferenceKind::ColumnMissing);
    assert_eq!((difference.table(), difference.name()), (Some("`account`"), Some("`bio`")));
}

fn without_a_database_there_is_nothing_to_compare(family: Family) {
    let Some((_, schema)) = sample(family) else { return };
    let url = crate::support::url_of_database(&crate::support::url(family).unwrap(), "");
    let mut connection = porpoise::Connection::open(&porpoise::Options::from_url(&url).unwrap()).unwrap();
    let error = verify_schema(&mut connection, &schema).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error:?}");
    verify_schema(&mut connection, &Schema { tables: "", ..schema }).unwrap();
    let error = verify_schema(&mut connection, &Schema { tables: "?", ..schema }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage, "{error:?}");
}

macro_rules! on_both_servers {
    ($($name:ident)*) => {
        mod mariadb {
            $(#[test] fn $name() { super::$name(porpoise::Family::MariaDb); })*
        }
        mod mysql {
            $(#[test] fn $name() { super::$name(porpoise::Family::MySql); })*
        }
    };
}

on_both_servers! {
    each_change_is_told
    additions_are_no_errors
    every_kind_of_column_and_key_is_described_alike
    hostile_names_are_described_alike
    another_family_is_one_difference
    differences_are_data
    without_a_database_there_is_nothing_to_compare
}
