//! Whatever way a value goes to the server, the column holds what a single INSERT would have put there.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use porpoise::__codegen::{Bulk, Column, arguments, bulk as bulk_with};
use porpoise::chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use porpoise::rust_decimal::Decimal;
use porpoise::{
    BulkMethod, BulkOptions, Cell, Connection, Decode, DecodeError, Encode, Enum, Family, Set, Time, Value,
    serde_json,
};
use support::local_files::LocalFiles;
use support::{Database, rows, run};

/// A value as it came.
#[derive(Debug, PartialEq)]
struct Raw(Value);

impl Decode for Raw {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        Ok(Self(cell.into_value()))
    }
}

const ROWS: Bulk = Bulk::rows("t::rows", "INSERT INTO t (v) VALUES ", "(?)", "");
const TOGETHER: Bulk = Bulk::together("t::together", "INSERT INTO t (v) VALUES (?)");
const TEXT: Bulk = Bulk::copy("t::load", "t", &[Column::text("v")]);
const MEMBER: Bulk = Bulk::copy("t::load", "t", &[Column::member("v")]);
const YEAR: Bulk = Bulk::copy("t::load", "t", &[Column::year("v")]);
const BITS: Bulk = Bulk::copy("t::load", "t", &[Column::bits("v")]);
const BYTES: Bulk = Bulk::copy("t::load", "t", &[Column::bytes("v")]);

struct Check<'d> {
    database: &'d Database,
    connection: Connection,
    copy: Bulk,
    sql_mode: Option<&'static str>,
}

impl<'d> Check<'d> {
    fn new(database: &'d Database, copy: Bulk) -> Self {
        Self { database, connection: database.connect(), copy, sql_mode: None }
    }

    fn options(&self) -> porpoise::Options {
        match self.sql_mode {
            Some(mode) => self.database.options().sql_mode(mode),
            None => self.database.options(),
        }
    }

    fn stored(&mut self) -> Vec<Raw> {
        rows(&mut self.connection, "SELECT v FROM t ORDER BY id", &[])
    }

    /// Sends the values and NULL by every way there is. LOAD DATA is on.
    #[track_caller]
    fn check<T: Encode + Clone>(&mut self, sql_type: &str, values: &[T]) {
        let create = format!(
            "DROP TABLE IF EXISTS t; CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v {sql_type} NULL)"
        );
        // NULL first: a type must not be taken from it.
        let sent: Vec<Option<T>> = [None].into_iter().chain(values.iter().cloned().map(Some)).collect();
        // MySQL does not prepare anew what was prepared for a table of the same name with another character set.
        self.connection = Connection::open(&self.options()).unwrap();
        self.connection.execute_raw_sql(&create).expect(sql_type);
        for value in &sent {
            run(&mut self.connection, "INSERT INTO t (v) VALUES (?)", &[value])
                .unwrap_or_else(|error| panic!("{sql_type}: {error} {:?}", error.server_message()));
        }
        let expected = self.stored();
        let protocol = match self.database.family {
            Family::MariaDb => BulkMethod::BulkProtocol,
            Family::MySql => BulkMethod::OneByOne,
        };
        for (bulk, method) in
            [(ROWS, BulkMethod::Insert), (TOGETHER, protocol), (self.copy, BulkMethod::LoadData)]
        {
            self.connection.execute_raw_sql(&create).unwrap();
            let one = |value: &Option<T>| arguments(&[value]);
            let result = bulk_with(&mut self.connection, bulk, &sent, one, &mut BulkOptions::new())
                .unwrap_or_else(|error| {
                    panic!("{sql_type} {method:?}: {error} {:?}", error.server_message())
                });
            assert_eq!(result.rows_affected, sent.len() as u64);
            let stored = self.stored();
            assert!(stored == expected, "{sql_type} {method:?}: {stored:#?}, expected {expected:#?}");
            if !sql_type.contains("LONG") {
                assert_eq!(result.method, Some(method), "{sql_type}");
            }
        }
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn moment(text: &str) -> NaiveDateTime {
    text.parse().expect("a date with a time")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colour {
    Red,
    Blue,
    Quoted,
    Number,
}

impl Enum for Colour {
    const ALL: &'static [Self] = &[Self::Red, Self::Blue, Self::Quoted, Self::Number];

    fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Blue => "blaeu \\N",
            Self::Quoted => "it's \"q\"",
            Self::Number => "1",
        }
    }
}

const COLOURS: &str = r#"('red', 'blaeu \\N', 'it''s "q"', '1')"#;

on_both_servers! {
    fn numbers(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut with = Check::new(database, TEXT);
        with.check("TINYINT", &[i8::MIN, -1, 0, i8::MAX]);
        with.check("TINYINT(1)", &[false, true]);
        with.check("INT UNSIGNED", &[0, u32::MAX]);
        with.check("BIGINT", &[i64::MIN, 0, i64::MAX]);
        with.check("BIGINT UNSIGNED", &[0, u64::MAX]);
        let decimals: Vec<Decimal> = ["0.00", "-0.01", "99999999999999999999999999.99"].iter().map(|text| text.parse().unwrap()).collect();
        with.check("DECIMAL(28,2)", &decimals);
        with.check("DOUBLE", &[
            0.0, -0.0, -0.5, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 0.1 + 0.2, 1e15, 1e16, 123456789012345680.0,
            1e-5, 9.999999999999999e-6, 1.0 / 3.0, 2.225_073_858_507_201e-308, 1e22, 1e23,
        ]);
        with.check("FLOAT", &[0.0_f32, -0.5, 16_777_216.0, 0.1, f32::MAX, f32::MIN_POSITIVE, 1e-45, 1.0 / 3.0]);
        with.check("DOUBLE", &[0.1_f32, 1.0 / 3.0]);
        let mut with = Check::new(database, YEAR);
        with.check("YEAR", &[0_u16, 1, 69, 70, 99, 1901, 2000, 2155]);
        let mut with = Check::new(database, BITS);
        with.check("BIT(1)", &[false, true]);
        with.check("BIT(13)", &[0_u64, 1, 9, 48, 8_191]);
        with.check("BIT(64)", &[0, 1, u64::MAX, 1 << 63]);
    }

    fn text_in_every_character_set(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut with = Check::new(database, TEXT);
        let awkward = [
            "", " ", "a", "\\", "\\N", "\\\\N", "NULL", "\t", "\n", "\r\n", "a\tb\nc\\td\\", "\0", "\u{1a}", "\x08", "'\"`",
            ":x ? @y", "%_", "é", "ß", "tab\\", "\\0", "x\\\n",
        ].map(str::to_owned);
        for charset in ["utf8mb4", "utf8mb3", "latin1", "utf16", "utf32", "ucs2", "latin2 COLLATE latin2_bin"] {
            with.check(&format!("VARCHAR(50) CHARACTER SET {charset}"), &awkward);
        }
        let plain: Vec<String> = awkward.iter().filter(|text| text.is_ascii()).cloned().collect();
        with.check("TEXT CHARACTER SET ascii", &plain);
        with.check("TEXT CHARACTER SET sjis", &["表", "ソ\\", "\\表\t"].map(str::to_owned));
        with.check("TEXT CHARACTER SET gbk", &["縗", "\\縗\n"].map(str::to_owned));
        with.check("VARCHAR(50)", &["🐬", "🐬\t🐬\n", "\u{10FFFF}"].map(str::to_owned));
        with.check("CHAR(10)", &["", "🐬", "a "].map(str::to_owned));
        with.check("LONGTEXT", &["x".repeat(300_000), "\t\n\\".repeat(100_000)]);
    }

    fn bytes(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut with = Check::new(database, BYTES);
        let all: Vec<u8> = (0..=255).collect();
        with.check("VARBINARY(300)", &[vec![], all.clone(), vec![0xf0], vec![b'\\', b'N']]);
        with.check("LONGBLOB", &[vec![], all.repeat(2_000)]);
        with.check("BINARY(4)", &[vec![0, 0xff, 0, 0], vec![1]]);
        // SRID 0, little endian, a point.
        let point = [&[0, 0, 0, 0, 1, 1, 0, 0, 0][..], &1.5_f64.to_le_bytes(), &(-2.25_f64).to_le_bytes()].concat();
        with.check("GEOMETRY", std::slice::from_ref(&point));
        with.check("POINT", &[point]);
        if database.family == Family::MySql {
            let vector: Vec<u8> = [1.5_f32, -0.25, 3e9].iter().flat_map(|number| number.to_le_bytes()).collect();
            with.check("VECTOR(3)", &[vector]);
        }
    }

    fn dates_and_times(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut with = Check::new(database, TEXT);
        with.check("DATE", &[date("1000-01-01"), date("2024-02-29"), date("9999-12-31")]);
        let moments =
            [moment("1000-01-01T00:00:00"), moment("2024-02-29T23:59:59.000001"), moment("9999-12-31T23:59:59.999999")];
        with.check("DATETIME(6)", &moments);
        with.check("DATETIME(3)", &[moment("2024-02-29T23:59:59.0004"), moment("2024-02-29T23:59:59.0005")]);
        let stamps: Vec<DateTime<Utc>> =
            ["1970-01-01T00:00:01Z", "2024-03-31T01:30:00.5Z", "2038-01-19T03:14:07.999999Z"]
                .iter().map(|text| text.parse().unwrap()).collect();
        with.check("TIMESTAMP(6)", &stamps);
        let times = ["-838:59:59", "-00:00:00.000001", "00:00:00", "23:59:59.999999", "838:59:59", "100:00:00.5"]
            .map(|text| text.parse::<Time>().unwrap());
        with.check("TIME(6)", &times);
        with.check("TIME", &times[..3]);
        if database.family == Family::MariaDb {
            // As text, because of the fraction in the last hour.
            with.check("TIME(6)", &[Time::MIN, Time::MAX]);
        }
    }

    fn enums_sets_and_documents(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mut with = Check::new(database, MEMBER);
        with.check(&format!("ENUM{COLOURS}"), Colour::ALL);
        with.check(&format!("ENUM{COLOURS} CHARACTER SET utf16"), Colour::ALL);
        let all: Vec<Set<Colour>> = (0..16).map(|bits| Set::from_bits(bits).unwrap()).collect();
        with.check(&format!("SET{COLOURS}"), &all);
        let mut with = Check::new(database, TEXT);
        let value = serde_json::json!({"a": [1, 2.5, null, true, "🐬 '\"\\\t\n"], "b": {}});
        with.check("JSON", &[value, serde_json::Value::Null, serde_json::json!("x"), serde_json::json!("")]);
        with.check("VARCHAR(45)", &[std::net::Ipv6Addr::LOCALHOST]);
        if database.family == Family::MariaDb {
            with.check("INET6", &["2001:db8::1".parse::<std::net::Ipv6Addr>().unwrap()]);
            with.check("INET4", &[std::net::Ipv4Addr::BROADCAST]);
            with.check("UUID", &["123e4567-e89b-12d3-a456-426655440000".to_owned()]);
        }
    }

    fn modes_of_the_session_do_not_matter(database: &Database) {
        let _files = LocalFiles::set(database, true);
        let mode = "NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_ALL_TABLES,NO_ZERO_DATE,NO_AUTO_VALUE_ON_ZERO";
        let mut with = Check::new(database, TEXT);
        with.sql_mode = Some(mode);
        with.check("VARCHAR(50)", &["", "\\", "\\N", "\t\n'\"", "NULL"].map(str::to_owned));
        with.copy = BYTES;
        with.check("BLOB", &[b"\\N\t\n".to_vec()]);
    }
}
