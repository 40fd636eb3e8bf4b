//! Values of every column type travel to both servers and back unchanged, at the ends of their ranges.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::fmt::Debug;

use porpoise::__codegen::Query;
use porpoise::chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use porpoise::rust_decimal::Decimal;
use porpoise::{Decode, Encode, Enum, ErrorKind, Family, Set, Time, serde_json};
use support::{Database, row, rows, run};

/// Stores the values and NULL in a column of the type and reads them back, in order, and each by comparison as well.
#[track_caller]
fn round_trip<T: Encode + Decode + PartialEq + Debug + Clone>(
    database: &Database,
    sql_type: &str,
    values: &[T],
) {
    let mut connection = database.connect();
    connection
        .execute_raw_sql(&format!(
            "DROP TABLE IF EXISTS t; CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v {sql_type} NULL)"
        ))
        .expect(sql_type);
    let sent: Vec<Option<T>> = values.iter().cloned().map(Some).chain([None]).collect();
    for value in &sent {
        run(&mut connection, "INSERT INTO t (v) VALUES (?)", &[value])
            .unwrap_or_else(|error| panic!("{sql_type} {value:?}: {error} {:?}", error.server_message()));
    }
    let got: Vec<Option<T>> = rows(&mut connection, "SELECT v FROM t ORDER BY id", &[]);
    assert_eq!(got, sent, "{sql_type}");
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
}

impl Enum for Colour {
    const ALL: &'static [Self] = &[Self::Red, Self::Blue, Self::Quoted];

    fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Blue => "bläu €",
            Self::Quoted => "it's \"q\"",
        }
    }
}

const COLOURS: &str = "('red', 'bläu €', 'it''s \"q\"')";

on_both_servers! {
    fn integers(database: &Database) {
        round_trip(database, "TINYINT", &[i8::MIN, -1, 0, i8::MAX]);
        round_trip(database, "TINYINT UNSIGNED", &[0, u8::MAX]);
        round_trip(database, "SMALLINT", &[i16::MIN, i16::MAX]);
        round_trip(database, "SMALLINT UNSIGNED", &[u16::MAX]);
        round_trip(database, "MEDIUMINT", &[-8_388_608_i32, 8_388_607]);
        round_trip(database, "MEDIUMINT UNSIGNED", &[16_777_215_u32]);
        round_trip(database, "INT", &[i32::MIN, i32::MAX]);
        round_trip(database, "INT UNSIGNED", &[u32::MAX]);
        round_trip(database, "BIGINT", &[i64::MIN, i64::MAX]);
        round_trip(database, "BIGINT UNSIGNED", &[u64::MAX]);
        round_trip(database, "YEAR", &[0_u16, 1901, 2155]);
    }

    fn booleans_and_bits(database: &Database) {
        round_trip(database, "TINYINT(1)", &[false, true]);
        round_trip(database, "BIT(1)", &[false, true]);
        round_trip(database, "BIT(13)", &[0_u64, 1, 8_191]);
        round_trip(database, "BIT(64)", &[0, 1, u64::MAX, 1 << 63]);
    }

    fn decimals(database: &Database) {
        let values: Vec<Decimal> =
            ["0.00", "-0.01", "99999999999999999999999999.99", "-99999999999999999999999999.99"]
                .iter().map(|text| text.parse().expect("a decimal")).collect();
        round_trip(database, "DECIMAL(28,2)", &values);
        round_trip(database, "DECIMAL(28,28)", &["0.1234567890123456789012345678".parse::<Decimal>().unwrap()]);
    }

    fn floats(database: &Database) {
        round_trip(database, "DOUBLE", &[0.0, -0.5, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 0.1 + 0.2]);
        round_trip(database, "FLOAT", &[0.0_f32, -0.5, 16_777_216.0, 0.1, 3.402_823e38]);
    }

    fn text(database: &Database) {
        let values: Vec<String> = ["", " ", "a", "🐬 \u{10FFFF} é", "it's \\ \"q\" `b` %_ \0 \n", ":name ? @x"]
            .map(str::to_owned).to_vec();
        round_trip(database, "VARCHAR(100)", &values);
        round_trip(database, "LONGTEXT", &[values[3].clone(), "x".repeat(300_000)]);
        round_trip(database, "CHAR(10)", &["".to_owned(), "🐬".to_owned()]);
    }

    fn bytes(database: &Database) {
        let all: Vec<u8> = (0..=255).collect();
        round_trip(database, "VARBINARY(300)", &[vec![], all.clone()]);
        round_trip(database, "LONGBLOB", &[vec![], all.repeat(2_000)]);
        round_trip(database, "BINARY(4)", &[vec![0, 0xff, 0, 0]]);
    }

    fn dates(database: &Database) {
        round_trip(database, "DATE", &[date("1000-01-01"), date("2024-02-29"), date("9999-12-31")]);
        round_trip(database, "DATETIME(6)", &[
            moment("1000-01-01T00:00:00"),
            moment("2024-02-29T23:59:59.000001"),
            moment("9999-12-31T23:59:59.999999"),
        ]);
    }

    fn timestamps_are_utc(database: &Database) {
        let values: Vec<DateTime<Utc>> =
            ["1970-01-01T00:00:01Z", "2024-03-31T01:30:00.5Z", "2038-01-19T03:14:07.999999Z"]
                .iter().map(|text| text.parse().expect("a timestamp")).collect();
        round_trip(database, "TIMESTAMP(6)", &values);
        // The session's time zone has no say in it.
        let unix: i64 = row(&mut database.connect(), "SELECT UNIX_TIMESTAMP('2024-07-01 12:00:00')", &[]);
        assert_eq!(unix, 1_719_835_200);
    }

    fn times(database: &Database) {
        let time = |text: &str| text.parse::<Time>().expect("a time");
        round_trip(database, "TIME(6)", &[
            time("-838:59:59"), time("-00:00:00.000001"), Time::ZERO, time("23:59:59.999999"), time("838:59:59"),
        ]);
        // Only MariaDB keeps the last fraction; MySQL refuses it and never rounds it silently.
        if database.family == Family::MariaDb {
            round_trip(database, "TIME(6)", &[Time::MIN, Time::MAX]);
        } else {
            let mut connection = database.connect();
            connection.execute_raw_sql("CREATE TABLE beyond (v TIME(6))").unwrap();
            let error = run(&mut connection, "INSERT INTO beyond VALUES (?)", &[&Time::MIN]).unwrap_err();
            assert!(error.server_code().is_some(), "{error}");
        }
    }

    fn json(database: &Database) {
        let value = serde_json::json!({"a": [1, 2.5, null, true, "🐬 '\"\\"], "b": {}});
        round_trip(database, "JSON", &[value, serde_json::Value::Null, serde_json::json!("x")]);
    }

    fn enums(database: &Database) {
        round_trip(database, &format!("ENUM{COLOURS}"), Colour::ALL);
    }

    fn every_combination_of_a_set(database: &Database) {
        let all: Vec<Set<Colour>> = (0..8).map(|bits| Set::from_bits(bits).expect("three bits")).collect();
        round_trip(database, &format!("SET{COLOURS}"), &all);
    }

    fn addresses_as_text(database: &Database) {
        round_trip(database, "VARCHAR(45)", &[std::net::Ipv6Addr::LOCALHOST]);
        round_trip(database, "VARCHAR(15)", &[std::net::Ipv4Addr::BROADCAST]);
        if database.family == Family::MariaDb {
            round_trip(database, "INET6", &["2001:db8::1".parse::<std::net::Ipv6Addr>().unwrap()]);
        }
    }

    fn uuids_of_mariadb_are_text(database: &Database) {
        if database.family == Family::MariaDb {
            round_trip(database, "UUID", &["123e4567-e89b-12d3-a456-426655440000".to_owned()]);
        }
    }

    fn zero_dates_are_errors_or_null_as_asked(database: &Database) {
        let mut connection = porpoise::Connection::open(&database.options().sql_mode("")).unwrap();
        connection
            .execute_raw_sql("CREATE TABLE t (d DATE NOT NULL, m DATETIME NOT NULL); INSERT INTO t VALUES ('0000-00-00', '2024-00-10 01:02:03')")
            .unwrap();
        let error = porpoise::__codegen::fetch_one::<NaiveDate>(
            &mut connection, Query::new("t::d", "SELECT d FROM t", &[])).unwrap_err();
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::Decode, Some("t::d")));
        struct Lenient(Option<NaiveDate>, Option<NaiveDateTime>);
        impl porpoise::FromRow for Lenient {
            const COLUMNS: usize = 2;
            fn from_row(row: &mut porpoise::Row<'_>) -> porpoise::Result<Self> {
                Ok(Self(row.get_zero_date_as_null()?, row.get_zero_date_as_null()?))
            }
        }
        let read: Lenient = row(&mut connection, "SELECT d, m FROM t", &[]);
        assert_eq!((read.0, read.1), (None, None));
    }

    fn an_expression_may_be_of_another_type_on_each_server(database: &Database) {
        let mut connection = database.connect();
        // An integer and a decimal, whichever the server makes of it.
        assert_eq!(row::<i64>(&mut connection, "SELECT SUM(x) FROM (SELECT 1 x UNION ALL SELECT 2) d", &[]), 3);
        assert_eq!(row::<Decimal>(&mut connection, "SELECT 7", &[]), Decimal::from(7));
        assert_eq!(row::<f64>(&mut connection, "SELECT 7", &[]), 7.0);
        assert_eq!(row::<i64>(&mut connection, "SELECT ? + 1", &[&41]), 42);
        assert_eq!(row::<String>(&mut connection, "SELECT COALESCE(?, 0)", &[&5]), "5");
        assert_eq!(
            row::<NaiveDateTime>(&mut connection, "SELECT DATE_ADD('2024-01-31', INTERVAL 1 HOUR)", &[]),
            moment("2024-01-31T01:00:00")
        );
    }

    fn a_null_where_none_is_expected_names_the_column(database: &Database) {
        let error = porpoise::__codegen::fetch_one::<i32>(
            &mut database.connect(), Query::new("t::q", "SELECT NULL AS total", &[])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("`total`"), "{error}");
    }

    fn another_number_of_columns_is_schema_drift(database: &Database) {
        let mut connection = database.connect();
        let query = Query::new("t::q", "SELECT 1, 2", &[]);
        let error = porpoise::__codegen::fetch_many::<i32>(&mut connection, query).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SchemaDrift);
        // The rest was read: the connection goes on.
        assert_eq!(row::<i32>(&mut connection, "SELECT 3", &[]), 3);
    }
}

#[cfg(feature = "bigdecimal")]
mod big {
    use porpoise::bigdecimal::BigDecimal;

    crate::on_both_servers! {
        fn decimals_of_65_digits(database: &Database) {
            let values: Vec<BigDecimal> = [
                "99999999999999999999999999999999999.999999999999999999999999999999",
                "-99999999999999999999999999999999999.999999999999999999999999999999",
                "0.000000000000000000000000000001",
                "0.000000000000000000000000000000",
            ].iter().map(|text| text.parse().expect("a decimal")).collect();
            super::round_trip(database, "DECIMAL(65,30)", &values);
        }
    }
}

#[cfg(feature = "uuid")]
mod uuids {
    use porpoise::uuid::Uuid;

    crate::on_both_servers! {
        fn uuids_as_text(database: &Database) {
            super::round_trip(database, "CHAR(36)", &[Uuid::nil(), Uuid::max()]);
            if database.family == porpoise::Family::MariaDb {
                super::round_trip(database, "UUID", &[Uuid::nil(), Uuid::from_u128(1)]);
            }
        }
    }
}
