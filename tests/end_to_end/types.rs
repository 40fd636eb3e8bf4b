//! Every column type there and back through generated code, at its edges.

use std::str::FromStr;

use porpoise::bigdecimal::BigDecimal;
use porpoise::chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use porpoise::rust_decimal::Decimal;
use porpoise::{Enum, ErrorKind, Family, Set, Time, serde_json};

use super::queries::every_type::{
    FindEqualParams, InsertManyParams, InsertParams, LoadParams, find, find_equal, insert, insert_many, load,
};
use super::queries::tables::{EveryType, EveryTypeColor, EveryTypeMood};
use super::{FAMILY, sample};

/// Stores a row with nothing but this column for each value, and expects to read just that; then all of them in one call,
/// by `:batch` and by `:copyfrom`.
macro_rules! round_trip {
    ($pool:expr, $field:ident: $values:expr) => {
        round_trip!($pool, $field: $values, |value| value, |value| value)
    };
    ($pool:expr, $field:ident: $values:expr, $give:expr, $get:expr) => {{
        let empty = find($pool, insert($pool, &InsertParams::default()).unwrap()).unwrap().unwrap();
        for value in $values {
            let params = InsertParams { $field: Some($give(value)), ..InsertParams::default() };
            let id = match insert($pool, &params) {
                Ok(id) => id,
                Err(error) => panic!("{}: {value:?}: {error:?}", stringify!($field)),
            };
            let stored = find($pool, id).unwrap_or_else(|error| panic!("{value:?}: {error:?}")).unwrap();
            let expected = EveryType { id, $field: Some($get(value)), ..empty.clone() };
            assert_eq!(stored, expected, "{} of {value:?}", stringify!($field));
        }
        let (mut batch, mut copy, mut expected) = (Vec::new(), Vec::new(), Vec::new());
        for value in $values {
            batch.push(InsertManyParams { $field: Some($give(value)), ..InsertManyParams::default() });
            copy.push(LoadParams { $field: Some($give(value)), ..LoadParams::default() });
            expected.push(EveryType { id: 0, $field: Some($get(value)), ..empty.clone() });
        }
        let first = insert($pool, &InsertParams::default()).unwrap() + 1;
        let count = expected.len() as u64;
        assert_eq!(insert_many($pool, &batch).unwrap(), count);
        assert_eq!(load($pool, &copy).unwrap_or_else(|error| panic!("{}: {error:?}", stringify!($field))), count);
        for (id, expected) in (first..).zip(expected.iter().chain(&expected)) {
            let stored = find($pool, id).unwrap().unwrap();
            assert_eq!(stored, EveryType { id, ..expected.clone() }, "{}", stringify!($field));
        }
    }};
}

#[test]
fn nothing_is_null_everywhere() {
    let Some(database) = sample() else { return };
    let id = insert(&database.pool, &InsertParams::default()).unwrap();
    let row = find(&database.pool, id).unwrap().unwrap();
    let text = format!("{row:?}");
    assert_eq!(text.matches("None").count(), text.matches(": ").count() - 1, "all but the id: {text}");
}

#[test]
fn integers_of_every_width_and_sign() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    round_trip!(pool, tiny: [i8::MIN, -1, 0, 1, i8::MAX]);
    round_trip!(pool, tiny_unsigned: [0, 1, u8::MAX]);
    round_trip!(pool, small: [i16::MIN, -1, 0, i16::MAX]);
    round_trip!(pool, small_unsigned: [0, u16::MAX]);
    round_trip!(pool, medium: [-0x80_0000, -1, 0, 0x7f_ffff]);
    round_trip!(pool, medium_unsigned: [0, 0xff_ffff]);
    round_trip!(pool, plain: [i32::MIN, -1, 0, i32::MAX]);
    round_trip!(pool, plain_unsigned: [0, u32::MAX]);
    round_trip!(pool, big: [i64::MIN, -1, 0, i64::MAX]);
    round_trip!(pool, big_unsigned: [0, i64::MAX as u64 + 1, u64::MAX]);
}

#[test]
fn a_value_out_of_range_is_an_error_and_not_another_value() {
    let Some(database) = sample() else { return };
    let params = InsertParams { medium: Some(0x80_0000), ..InsertParams::default() };
    assert_eq!(insert(&database.pool, &params).unwrap_err().kind(), ErrorKind::OutOfRange);
    let params = InsertParams { fixed_bytes: Some(&[0; 9]), ..InsertParams::default() };
    assert_eq!(insert(&database.pool, &params).unwrap_err().kind(), ErrorKind::TooLong);
}

#[test]
fn flags_and_bits() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    round_trip!(pool, flag: [false, true]);
    round_trip!(pool, bit_one: [false, true]);
    // 0x30 to 0x39 are digits in ASCII, which tells bits from the text of a number.
    round_trip!(pool, bit_all: [0, 1, 0x30, 0x3939, 0x3132_3334_3536_3738, 1 << 63, u64::MAX]);
}

#[test]
fn decimals_to_the_last_digit() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let decimal = |text: &str| Decimal::from_str(text).unwrap();
    round_trip!(pool, money: ["-99999999.99", "-0.01", "0.00", "0.10", "99999999.99"].map(decimal));
    round_trip!(pool, precise: ["-999999999999999999.9999999999", "0.0000000001"].map(decimal));
    let widest = [
        "99999999999999999999999999999999999.999999999999999999999999999999",
        "-99999999999999999999999999999999999.999999999999999999999999999999",
        "0.000000000000000000000000000001",
        "0",
    ]
    .map(|text| BigDecimal::from_str(text).unwrap());
    round_trip!(pool, widest: &widest, |value| value, |value: &BigDecimal| value.clone());
}

#[test]
fn floating_point_to_the_last_bit() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    round_trip!(pool, single: [f32::MIN, -0.1, 0.0, 1.0 / 3.0, 16_777_217.0, f32::MIN_POSITIVE, f32::MAX]);
    round_trip!(pool, wide: [f64::MIN, -0.1, 0.0, 0.1 + 0.2, 1.0 / 3.0, f64::MIN_POSITIVE, f64::MAX]);
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn moment(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn dates_and_times() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    round_trip!(pool, day: ["1000-01-01", "1969-12-31", "2024-02-29", "9999-12-31"].map(date));
    round_trip!(pool, moment: [
        "1000-01-01T00:00:00", "2026-03-29T02:30:00.000001", "9999-12-31T23:59:59.999999"
    ].map(moment));
    round_trip!(pool, instant: [
        "1970-01-01T00:00:01Z", "2026-03-29T02:30:00.123456Z", "2038-01-19T03:14:07.999999Z"
    ].map(instant));
    round_trip!(pool, season: [0, 1901, 2026, 2155]);
}

#[test]
fn times_longer_than_a_day() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let time = |negative, hours, minutes, seconds, micros| {
        Time::from_parts(negative, hours, minutes, seconds, micros).unwrap()
    };
    round_trip!(pool, span: [
        time(true, 838, 59, 59, 0), time(true, 0, 0, 0, 1), Time::ZERO, time(false, 0, 0, 0, 999_999),
        time(false, 24, 0, 0, 0), time(false, 838, 59, 58, 999_999), time(false, 838, 59, 59, 0),
    ]);
    match FAMILY {
        Family::MariaDb => round_trip!(pool, span: [Time::MIN, Time::MAX]),
        // MySQL's range ends at the whole second, and it says so.
        Family::MySql => {
            for span in [Time::MIN, Time::MAX] {
                let params = InsertParams { span: Some(span), ..InsertParams::default() };
                let error = insert(pool, &params).unwrap_err();
                assert!(matches!(error.kind(), ErrorKind::OutOfRange | ErrorKind::InvalidValue), "{error:?}");
            }
        }
    }
}

#[test]
fn text_of_any_characters() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let long = "🐬".repeat(100_000);
    let texts = ["", "a", " both ends ", "'\"\\`%_;--\0\n\r\t\u{1a}", "größe 数量 ☃", "🐬🏳️‍🌈𝒳", "\u{10ffff}"];
    round_trip!(pool, words: texts, |value| value, |value: &str| value.to_owned());
    round_trip!(pool, prose: ["", "x", &long], |value| value, |value: &str| value.to_owned());
    // CHAR comes back without the blanks at its end.
    round_trip!(pool, letters: ["", "a", "🐬🐬🐬🐬🐬🐬🐬🐬🐬🐬", "pad  "], |value| value, |value: &str| {
        value.trim_end().to_owned()
    });
}

#[test]
fn bytes_of_any_value() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let all: Vec<u8> = (0..=255).collect();
    let many: Vec<u8> = all.iter().copied().cycle().take(1_000_000).collect();
    round_trip!(pool, some_bytes: [&[][..], &[0], &all[..255], &[0xff, 0xfe]], |value| value, |value: &[u8]| {
        value.to_vec()
    });
    round_trip!(pool, many_bytes: [&[][..], &all, &many], |value| value, |value: &[u8]| value.to_vec());
    // BINARY is filled up with zeros.
    round_trip!(pool, fixed_bytes: [&[][..], &[1, 2], &[255; 8]], |value| value, |value: &[u8]| {
        let mut padded = value.to_vec();
        padded.resize(8, 0);
        padded
    });
}

#[test]
fn every_enum_value_and_every_combination_of_a_set() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let moods: Vec<&str> = EveryTypeMood::ALL.iter().map(|mood| mood.as_str()).collect();
    assert_eq!(moods, ["happy", "so-so", "sad", ""]);
    round_trip!(pool, mood: EveryTypeMood::ALL.iter().copied());
    let combinations: Vec<_> = (0..8).map(|bits| Set::<EveryTypeColor>::from_bits(bits).unwrap()).collect();
    round_trip!(pool, colors: combinations.iter().copied());
    assert_eq!(Set::<EveryTypeColor>::from_bits(8), None);
}

#[test]
fn json_documents() {
    let Some(database) = sample() else { return };
    let documents = [
        serde_json::Value::Null,
        serde_json::json!(true),
        serde_json::json!("🐬 \"quoted\" \\ \u{0001}"),
        serde_json::json!([i64::MIN, u64::MAX, 0.5, -1.25e10]),
        serde_json::json!({"": {}, "ключ": [[], [null]], "a/b": "c"}),
    ];
    let pool = &database.pool;
    round_trip!(pool, document: &documents, |value| value, |value: &serde_json::Value| value.clone());
}

#[test]
fn geometry_as_the_bytes_of_the_server() {
    let Some(database) = sample() else { return };
    // The SRID, then WKB: little endian, type 1 (point), x, y.
    let point = |x: f64, y: f64| {
        let mut bytes = vec![0, 0, 0, 0, 1, 1, 0, 0, 0];
        bytes.extend(x.to_le_bytes());
        bytes.extend(y.to_le_bytes());
        bytes
    };
    let points = [point(0.0, 0.0), point(-180.0, 89.999)];
    let pool = &database.pool;
    round_trip!(pool, place: points.iter().map(Vec::as_slice), |value| value, |value: &[u8]| value.to_vec());
}

#[test]
fn parameters_compare_equal_to_what_they_stored() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let widest =
        BigDecimal::from_str("12345678901234567890123456789012345.123456789012345678901234567890").unwrap();
    let mut params = FindEqualParams {
        tiny: i8::MIN,
        big: i64::MIN,
        big_unsigned: u64::MAX,
        bit_all: u64::MAX,
        money: Decimal::new(-1, 2),
        widest: &widest,
        day: date("2024-02-29"),
        moment: moment("2026-03-29T02:30:00.000001"),
        instant: instant("2026-03-29T02:30:00.123456Z"),
        span: Time::from_parts(true, 100, 0, 0, 1).unwrap(),
        season: 2026,
        words: "größe 🐬",
        some_bytes: &[0, 255],
        mood: EveryTypeMood::SoSo,
        colors: Set::all(),
    };
    let id = insert(
        pool,
        &InsertParams {
            tiny: Some(params.tiny),
            big: Some(params.big),
            big_unsigned: Some(params.big_unsigned),
            bit_all: Some(params.bit_all),
            money: Some(params.money),
            widest: Some(params.widest),
            day: Some(params.day),
            moment: Some(params.moment),
            instant: Some(params.instant),
            span: Some(params.span),
            season: Some(params.season),
            words: Some(params.words),
            some_bytes: Some(params.some_bytes),
            mood: Some(params.mood),
            colors: Some(params.colors),
            ..InsertParams::default()
        },
    )
    .unwrap();
    assert_eq!(find_equal(pool, &params).unwrap(), [id]);
    // One microsecond, or the last of 65 digits, makes a difference.
    let nearly =
        BigDecimal::from_str("12345678901234567890123456789012345.123456789012345678901234567891").unwrap();
    params.widest = &nearly;
    assert!(find_equal(pool, &params).unwrap().is_empty());
    params.widest = &widest;
    params.moment = moment("2026-03-29T02:30:00.000002");
    assert!(find_equal(pool, &params).unwrap().is_empty());
}

#[test]
fn a_zero_date_is_an_error_that_names_its_column() {
    let Some(database) = sample() else { return };
    for (id, column, value) in [
        (1, "day", "0000-00-00"),
        (2, "day", "2026-00-00"),
        (3, "moment", "0000-00-00 00:00:00"),
        (4, "instant", "0000-00-00 00:00:00"),
    ] {
        database.sql(&format!(
            "SET sql_mode = ''; INSERT INTO every_type (id, {column}) VALUES ({id}, '{value}')"
        ));
        let error = find(&database.pool, id).unwrap_err();
        assert_eq!((error.kind(), error.query_name()), (ErrorKind::Decode, Some("every_type::find")));
        assert!(error.to_string().contains(column), "{error}");
    }
}
