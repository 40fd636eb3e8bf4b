//! Which Rust type a column and a parameter of each SQL type have.

use porpoise_codegen::catalog::{Catalog, IntWidth, SqlType, TextKind};
use porpoise_codegen::statement::Command;
use porpoise_codegen::typed::{CopyColumn, ManyRows};
use porpoise_codegen::{Generate, Types, ZeroDates};

use crate::build::{
    self, Files, Query, catalog, column, decimal, enumeration, nullable, query, set, unsigned, varchar,
};

use crate::golden_folder;

fn one(ty: &SqlType) -> Catalog {
    catalog(vec![build::table("t", vec![column("c", ty.clone()), nullable("n", ty.clone())])])
}

fn types_of(catalog: &Catalog, query: Query, types: &Types) -> (Vec<String>, Vec<String>) {
    let lowered = Files::new(catalog).file("q.sql", vec![query]).lower_well(types, &Generate::default());
    let types = &lowered.types[0][0];
    let texts = |types: &[porpoise_codegen::lower::RustType]| types.iter().map(ToString::to_string).collect();
    (texts(&types.columns), texts(&types.params))
}

/// The type of a column, and of a parameter that meets it, both not null and nullable.
#[track_caller]
fn check(types: &Types, ty: SqlType, owned: &str, borrowed: &str) {
    let catalog = one(&ty);
    let query = query("q", Command::Many, "SELECT c, n FROM t WHERE c = :c AND n = :n AND c IN (:l)")
        .column(&catalog, "t.c", "c")
        .column(&catalog, "t.n", "n")
        .param_of(&catalog, "c", "t.c")
        .param_of(&catalog, "n", "t.n")
        .list_of(&catalog, "l", "t.c")
        .reads(&["t"]);
    let (columns, params) = types_of(&catalog, query, types);
    assert_eq!(columns, [owned.to_owned(), format!("Option<{owned}>")], "{ty:?}");
    assert_eq!(params[..2], [borrowed.to_owned(), format!("Option<{borrowed}>")], "{ty:?}");
    let element = if borrowed == format!("&{owned}") { owned } else { borrowed };
    assert_eq!(params[2], format!("&[{element}]"), "{ty:?}");
}

/// Every SQL type with the Rust type of a column and of an argument.
fn table() -> Vec<(SqlType, &'static str, &'static str)> {
    let int = |width, unsigned| SqlType::Int { width, unsigned };
    vec![
        (SqlType::Bool { unsigned: false }, "bool", "bool"),
        (int(IntWidth::Tiny, false), "i8", "i8"),
        (int(IntWidth::Tiny, true), "u8", "u8"),
        (int(IntWidth::Small, false), "i16", "i16"),
        (int(IntWidth::Small, true), "u16", "u16"),
        (int(IntWidth::Medium, false), "i32", "i32"),
        (int(IntWidth::Medium, true), "u32", "u32"),
        (int(IntWidth::Int, false), "i32", "i32"),
        (int(IntWidth::Int, true), "u32", "u32"),
        (int(IntWidth::Big, false), "i64", "i64"),
        (int(IntWidth::Big, true), "u64", "u64"),
        (SqlType::Bit { bits: 1 }, "bool", "bool"),
        (SqlType::Bit { bits: 2 }, "u64", "u64"),
        (decimal(28, 2), "porpoise::rust_decimal::Decimal", "porpoise::rust_decimal::Decimal"),
        (decimal(29, 2), "porpoise::bigdecimal::BigDecimal", "&porpoise::bigdecimal::BigDecimal"),
        (SqlType::Float { unsigned: false }, "f32", "f32"),
        (SqlType::DOUBLE, "f64", "f64"),
        (varchar(10), "String", "&str"),
        (
            SqlType::Text { kind: TextKind::LongText, length: None, charset: None, collation: None },
            "String",
            "&str",
        ),
        (SqlType::bytes(), "Vec<u8>", "&[u8]"),
        (enumeration(&["a"]), "tables::TC", "tables::TC"),
        (set(&["a"]), "porpoise::Set<tables::TC>", "porpoise::Set<tables::TC>"),
        (SqlType::Date, "porpoise::chrono::NaiveDate", "porpoise::chrono::NaiveDate"),
        (SqlType::DateTime { fsp: 6 }, "porpoise::chrono::NaiveDateTime", "porpoise::chrono::NaiveDateTime"),
        (
            SqlType::Timestamp { fsp: 0 },
            "porpoise::chrono::DateTime<porpoise::chrono::Utc>",
            "porpoise::chrono::DateTime<porpoise::chrono::Utc>",
        ),
        (SqlType::Time { fsp: 0 }, "porpoise::Time", "porpoise::Time"),
        (SqlType::Year, "u16", "u16"),
        (SqlType::Json, "porpoise::serde_json::Value", "&porpoise::serde_json::Value"),
        (SqlType::Uuid, "String", "&str"),
        (SqlType::Inet4, "std::net::Ipv4Addr", "std::net::Ipv4Addr"),
        (SqlType::Inet6, "std::net::Ipv6Addr", "std::net::Ipv6Addr"),
        (SqlType::Vector { dimensions: Some(3) }, "Vec<u8>", "&[u8]"),
        (SqlType::Geometry { kind: "point".to_owned(), srid: None }, "Vec<u8>", "&[u8]"),
    ]
}

#[test]
fn every_sql_type_has_a_rust_type() {
    for (ty, owned, borrowed) in table() {
        if matches!(ty, SqlType::Enum { .. } | SqlType::Set { .. }) {
            continue; // Each column has an enum of its own: see below.
        }
        check(&Types::default(), ty, owned, borrowed);
    }
}

#[test]
fn a_tinyint_of_one_digit_can_be_a_number() {
    let types = Types { tinyint1_bool: false, ..Types::default() };
    check(&types, SqlType::Bool { unsigned: false }, "i8", "i8");
    check(&types, SqlType::Bool { unsigned: true }, "u8", "u8");
}

#[test]
fn an_enum_is_typed_only_where_its_column_is_known() {
    let catalog = one(&enumeration(&["a", "b"]));
    let query =
        query("q", Command::Many, "SELECT c, x FROM t WHERE c = :c AND c = :d AND c LIKE :l AND c IN (:m)")
            .column(&catalog, "t.c", "c")
            .expression("x", enumeration(&["a", "b"]), "")
            .param_of(&catalog, "c", "t.c")
            .param("d", enumeration(&["a", "b"]))
            .param("l", varchar(10))
            .list_of(&catalog, "m", "t.c");
    let (columns, params) = types_of(&catalog, query, &Types::default());
    assert_eq!(columns, ["tables::TC", "String"]);
    assert_eq!(params, ["tables::TC", "&str", "&str", "&[tables::TC]"]);
}

#[test]
fn a_sum_of_an_ordinary_decimal_is_a_decimal_and_of_a_wide_one_is_not() {
    let sum = |catalog: &Catalog| {
        let query = query("q", Command::One, "SELECT SUM(c) AS s FROM t")
            .expression("s", decimal(42, 2), "no row may be there")
            .reads(&["t"]);
        types_of(catalog, query, &Types::default()).0
    };
    assert_eq!(sum(&one(&decimal(20, 2))), ["Option<porpoise::rust_decimal::Decimal>"]);
    assert_eq!(sum(&one(&decimal(29, 2))), ["Option<porpoise::bigdecimal::BigDecimal>"]);
}

#[test]
fn zero_dates_as_null_make_dates_optional() {
    let types = Types { zero_dates: ZeroDates::Null, ..Types::default() };
    let catalog = one(&SqlType::Date);
    let query = query("q", Command::Many, "SELECT c, n FROM t").whole(&catalog, "t", "*").reads(&["t"]);
    let lowered = Files::new(&catalog).file("q.sql", vec![query]).lower_well(&types, &Generate::default());
    let tables = &porpoise_codegen::emit::folder(&lowered)[1].text;
    assert!(tables.contains("pub c: Option<::porpoise::chrono::NaiveDate>"), "{tables}");
    assert!(tables.contains("c: row.get_zero_date_as_null()?"), "{tables}");
}

#[test]
fn overrides_go_from_the_query_over_the_column_to_the_sql_type() {
    let mut types = Types::default();
    types.columns.insert("T.c".to_owned(), "crate::ByColumn".to_owned());
    types.sql.insert("DECIMAL(10, 2)".to_owned(), "crate::Money".to_owned());
    types.sql.insert("decimal".to_owned(), "crate::Number".to_owned());
    let catalog =
        catalog(vec![build::table("t", vec![column("c", decimal(10, 2)), column("d", decimal(10, 2))])]);
    types.columns = types.columns.into_iter().map(|(key, value)| (key.to_lowercase(), value)).collect();
    let query =
        query("q", Command::Many, "SELECT c, c, d, e FROM t WHERE c = :c AND d = :d AND (c, d) IN (:t)")
            .column(&catalog, "t.c", "c")
            .rust_type("crate::ByQuery")
            .column(&catalog, "t.c", "c")
            .column(&catalog, "t.d", "d")
            .expression("e", decimal(12, 4), "")
            .param_of(&catalog, "c", "t.c")
            .param_of(&catalog, "d", "t.d")
            .tuples("t", vec![decimal(10, 2), unsigned()])
            .reads(&["t"]);
    let files = Files::new(&catalog).file("q.sql", vec![query]);
    let (lowered, _) = files.lower(&types, &Generate::default());
    let texts = |types: &[porpoise_codegen::lower::RustType]| -> Vec<String> {
        types.iter().map(ToString::to_string).collect()
    };
    let rust = &lowered.types[0][0];
    assert_eq!(texts(&rust.columns), ["crate::ByQuery", "crate::ByColumn", "crate::Money", "crate::Number"]);
    assert_eq!(texts(&rust.params), ["&crate::ByColumn", "&crate::Money", "&[(crate::Money, u32)]"]);
}

#[test]
fn code_for_every_type_in_every_position() {
    let types: Vec<SqlType> = table().into_iter().map(|(ty, _, _)| ty).collect();
    let mut columns = vec![];
    for (index, ty) in types.iter().enumerate() {
        columns.push(column(&format!("c{index}"), ty.clone()));
        columns.push(nullable(&format!("n{index}"), ty.clone()));
    }
    let catalog = catalog(vec![build::table("t", columns)]);
    let mut names: Vec<String> = Vec::new();
    for index in 0..types.len() {
        names.extend([format!("c{index}"), format!("n{index}")]);
    }
    let marks: Vec<String> = names.iter().map(|name| format!(":{name}")).collect();
    let insert = format!("INSERT INTO t ({}) VALUES ({})", names.join(", "), marks.join(", "));
    let with_params =
        |query: Query| names.iter().fold(query, |q, name| q.param_of(&catalog, name, &format!("t.{name}")));
    let copied = |name: &String| CopyColumn {
        text: name.clone(),
        ty: catalog.tables[0].column(name).unwrap().ty.clone(),
    };
    let copied = ManyRows::Copy { table: "t".to_owned(), columns: names.iter().map(copied).collect() };
    let mut queries = vec![
        query("all", Command::Many, "SELECT * FROM t").whole(&catalog, "t", "*").reads(&["t"]),
        with_params(query("insert", Command::ExecRows, &insert)).writes(&["t"]),
        with_params(query("insert_many", Command::Batch, &insert)).writes(&["t"]),
        with_params(query("load", Command::CopyFrom, &insert)).many(copied).writes(&["t"]),
    ];
    for name in names.iter().step_by(2) {
        let sql = format!(
            "SELECT {name} FROM t WHERE {name} = :{name} OR {name} IN (:list) OR (1, {name}) IN (:pairs)"
        );
        let ty = catalog.tables[0].column(name).unwrap().ty.clone();
        queries.push(
            query(&format!("by_{name}"), Command::Opt, &sql)
                .column(&catalog, &format!("t.{name}"), name)
                .param_of(&catalog, name, &format!("t.{name}"))
                .list_of(&catalog, "list", &format!("t.{name}"))
                .tuples("pairs", vec![SqlType::INT, ty])
                .reads(&["t"]),
        );
    }
    let files = Files::new(&catalog).file("every.sql", queries);
    golden_folder("types", &files.lower_well(&Types::default(), &Generate::default()));
}

#[test]
fn code_for_zero_dates_as_null_and_tinyint_as_a_number() {
    let dates = [
        SqlType::Date,
        SqlType::DateTime { fsp: 0 },
        SqlType::Timestamp { fsp: 0 },
        SqlType::Bool { unsigned: false },
    ];
    let columns = dates.iter().enumerate().map(|(index, ty)| column(&format!("c{index}"), ty.clone()));
    let catalog = catalog(vec![build::table("t", columns.collect())]);
    let queries = vec![
        query("all", Command::Many, "SELECT * FROM t").whole(&catalog, "t", "*").reads(&["t"]),
        query("one", Command::One, "SELECT c0 FROM t").column(&catalog, "t.c0", "c0").reads(&["t"]),
    ];
    let types = Types { tinyint1_bool: false, zero_dates: ZeroDates::Null, ..Types::default() };
    let files = Files::new(&catalog).file("every.sql", queries);
    golden_folder("zero_dates", &files.lower_well(&types, &Generate::default()));
}
