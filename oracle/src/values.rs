//! Values of each type, to fill tables with and to pass as parameters: ordinary ones, which meet each other in joins
//! and comparisons, and extreme ones.

use mysql::Value;
use porpoise_codegen::catalog::{IntWidth, SqlType};

/// Values of a type.
#[derive(Clone, Debug)]
pub(crate) struct Domain {
    /// A few that are no trouble, so that those of different columns are often equal.
    pub(crate) ordinary: Vec<Value>,
    /// Zero, empty, and what is zero to dates.
    pub(crate) zero: Vec<Value>,
    /// The least and the greatest, and what is unusual.
    pub(crate) extreme: Vec<Value>,
}

/// The values of a type.
pub(crate) fn domain(ty: &SqlType) -> Domain {
    match ty {
        SqlType::Null => of(&["a", "1"], &[""], &["-1"]),
        SqlType::Bool { .. } => Domain {
            ordinary: vec![Value::Int(1), Value::Int(0)],
            zero: vec![Value::Int(0)],
            extreme: vec![Value::Int(1), Value::Int(0)],
        },
        SqlType::Int { width, unsigned } => integers(*width, *unsigned),
        SqlType::Bit { bits } => {
            let all = if *bits >= 64 { u64::MAX } else { (1 << bits) - 1 };
            Domain {
                ordinary: vec![Value::UInt(1), Value::UInt(0), Value::UInt(1)],
                zero: vec![Value::UInt(0)],
                extreme: vec![Value::UInt(all), Value::UInt(0)],
            }
        }
        SqlType::Decimal { precision, scale, unsigned } => decimals(*precision, *scale, *unsigned),
        SqlType::Float { unsigned } | SqlType::Double { unsigned } => Domain {
            ordinary: [1.0, 2.0, 0.5, 3.0].map(Value::Double).to_vec(),
            zero: vec![Value::Double(0.0)],
            extreme: if *unsigned {
                vec![Value::Double(1e30), Value::Double(1e-30)]
            } else {
                [-1e30, 1e30, -0.25, 1e-30].map(Value::Double).to_vec()
            },
        },
        SqlType::Text { .. } => of(
            &["a", "b", "1", "2", "a b", "2024-02-29"],
            &[""],
            &["Z%_'\\", " ", "é日本", "-1.5", "12:00:00", "{}"],
        ),
        SqlType::Bytes { .. } => Domain {
            ordinary: vec![bytes("a"), bytes("b"), bytes("1")],
            zero: vec![bytes("")],
            extreme: vec![Value::Bytes(vec![0, 0xff, 0xfe]), bytes(" "), Value::Bytes(vec![0])],
        },
        SqlType::Enum { values } | SqlType::Set { values } => {
            let members: Vec<Value> = values.iter().map(|value| bytes(value)).collect();
            Domain {
                zero: if matches!(ty, SqlType::Set { .. }) {
                    vec![bytes("")]
                } else {
                    members.iter().take(1).cloned().collect()
                },
                extreme: members.iter().rev().cloned().collect(),
                ordinary: members,
            }
        }
        SqlType::Date => {
            of(&["2024-02-29", "2024-01-01", "2020-12-31"], &["0000-00-00"], &["1000-01-01", "9999-12-31"])
        }
        SqlType::DateTime { .. } => of(
            &["2024-02-29 00:00:00", "2024-01-01 12:30:00", "2020-12-31 23:59:59"],
            &["0000-00-00 00:00:00"],
            &["1000-01-01 00:00:00", "9999-12-31 23:59:59"],
        ),
        SqlType::Timestamp { .. } => of(
            &["2024-02-29 00:00:00", "2024-01-01 12:30:00", "2020-12-31 23:59:59"],
            &["0000-00-00 00:00:00"],
            &["1970-01-01 00:00:01", "2038-01-19 03:14:07"],
        ),
        SqlType::Time { .. } => of(
            &["00:00:00", "12:30:00", "01:02:03"],
            &["00:00:00"],
            &["-838:59:59", "838:59:59", "-00:00:01"],
        ),
        SqlType::Year => Domain {
            ordinary: [2024, 2020, 1999].map(Value::Int).to_vec(),
            zero: vec![Value::Int(0)],
            extreme: [1901, 2155].map(Value::Int).to_vec(),
        },
        SqlType::Json => of(
            &[r#"{"a": 1}"#, "[1, 2]", r#"{"a": {"b": "x"}, "c": null}"#],
            &["null", "{}", "[]", "0"],
            &[r#""x""#, "-1.5e3", "true", r#"{"a": null}"#],
        ),
        SqlType::Uuid => of(
            &["123e4567-e89b-12d3-a456-426655440000", "00000000-0000-0000-0000-000000000001"],
            &["00000000-0000-0000-0000-000000000000"],
            &["ffffffff-ffff-ffff-ffff-ffffffffffff"],
        ),
        SqlType::Inet4 => of(&["127.0.0.1", "10.0.0.1"], &["0.0.0.0"], &["255.255.255.255"]),
        SqlType::Inet6 => {
            of(&["::1", "fe80::1"], &["::"], &["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::ffff:1.2.3.4"])
        }
        SqlType::Vector { dimensions } => {
            let filled =
                |value: f32| Value::Bytes(value.to_le_bytes().repeat(dimensions.unwrap_or(1) as usize));
            Domain {
                ordinary: vec![filled(1.0), filled(0.5)],
                zero: vec![filled(0.0)],
                extreme: vec![filled(-1e30)],
            }
        }
        SqlType::Geometry { kind, .. } => {
            let shape = Value::Bytes(geometry(kind));
            Domain { ordinary: vec![shape.clone()], zero: vec![shape.clone()], extreme: vec![shape] }
        }
    }
}

fn bytes(text: &str) -> Value {
    Value::Bytes(text.as_bytes().to_vec())
}

fn of(ordinary: &[&str], zero: &[&str], extreme: &[&str]) -> Domain {
    let values = |texts: &[&str]| texts.iter().map(|text| bytes(text)).collect();
    Domain { ordinary: values(ordinary), zero: values(zero), extreme: values(extreme) }
}

/// A value as generated code passes it: dates and times in the protocol's own form, and not as text.
pub(crate) fn as_argument(ty: &SqlType, value: Value) -> Value {
    let Value::Bytes(text) = &value else { return value };
    let numbers = || {
        String::from_utf8_lossy(text)
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse::<u16>().ok())
            .collect::<Vec<_>>()
    };
    match ty {
        SqlType::Date | SqlType::DateTime { .. } | SqlType::Timestamp { .. } => {
            let numbers = numbers();
            let at = |index: usize| numbers.get(index).copied().unwrap_or(0);
            let small = |index: usize| u8::try_from(at(index)).unwrap_or(0);
            Value::Date(at(0), small(1), small(2), small(3), small(4), small(5), 0)
        }
        SqlType::Time { .. } => {
            let numbers = numbers();
            let at = |index: usize| numbers.get(index).copied().unwrap_or(0);
            let (days, hours) = (u32::from(at(0)) / 24, at(0) % 24);
            let small = |number: u16| u8::try_from(number).unwrap_or(0);
            Value::Time(text.starts_with(b"-"), days, small(hours), small(at(1)), small(at(2)), 0)
        }
        _ => value,
    }
}

/// The least and the greatest integer of a width.
pub(crate) fn integer_range(width: IntWidth, unsigned: bool) -> (i128, i128) {
    let bits = match width {
        IntWidth::Tiny => 8,
        IntWidth::Small => 16,
        IntWidth::Medium => 24,
        IntWidth::Int => 32,
        IntWidth::Big => 64,
    };
    if unsigned { (0, (1 << bits) - 1) } else { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) }
}

fn integers(width: IntWidth, unsigned: bool) -> Domain {
    let (least, greatest) = integer_range(width, unsigned);
    let value = |number: i128| match i64::try_from(number) {
        Ok(number) => Value::Int(number),
        Err(_) => Value::UInt(u64::try_from(number).unwrap_or(u64::MAX)),
    };
    let mut extreme = vec![value(greatest), value(least), value(7)];
    if !unsigned {
        extreme.push(value(-1));
    }
    Domain { ordinary: (1..=4).map(value).collect(), zero: vec![value(0)], extreme }
}

fn decimals(precision: u8, scale: u8, unsigned: bool) -> Domain {
    let nines = |count: u8| "9".repeat(usize::from(count));
    let whole = precision.saturating_sub(scale);
    let greatest = match (whole, scale) {
        (0, scale) => format!("0.{}", nines(scale)),
        (whole, 0) => nines(whole),
        (whole, scale) => format!("{}.{}", nines(whole), nines(scale)),
    };
    let sign = if unsigned { "" } else { "-" };
    let ordinary: &[&str] = if whole == 0 { &["0", "0.1"] } else { &["1", "2", "3"] };
    of(ordinary, &["0"], &[&greatest, &format!("{sign}{greatest}"), if unsigned { "0" } else { "-0.1" }])
}

/// A shape in the servers' own form: SRID 0, then WKB.
fn geometry(kind: &str) -> Vec<u8> {
    const POINTS: [(f64, f64); 4] = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 0.0)];
    let header = |code: u32| [&[1], code.to_le_bytes().as_slice()].concat();
    let point = |(x, y): (f64, f64)| [x.to_le_bytes(), y.to_le_bytes()].concat();
    let counted = |count: u32, parts: Vec<u8>| [count.to_le_bytes().to_vec(), parts].concat();
    let points = || counted(4, POINTS.iter().flat_map(|at| point(*at)).collect());
    let one = || [header(1), point((1.0, 2.0))].concat();
    let line = || [header(2), points()].concat();
    let polygon = || [header(3), counted(1, points())].concat();
    let shape = match kind {
        "linestring" => line(),
        "polygon" => polygon(),
        "multipoint" => [header(4), counted(1, one())].concat(),
        "multilinestring" => [header(5), counted(1, line())].concat(),
        "multipolygon" => [header(6), counted(1, polygon())].concat(),
        "geometrycollection" => [header(7), counted(1, one())].concat(),
        _ => one(),
    };
    [vec![0; 4], shape].concat()
}
