//! Names, comments and values that try to break out. That this compiles is half of the test: the build script has
//! generated the module from `queries/hostile/`.

use porpoise::rust_decimal::Decimal;
use porpoise::{Enum, Family, Set};
use porpoise_examples::hostile::r#fn::{AddParams, AddVecParams, add, add_vec, by_fn, r#match, vec};
use porpoise_examples::hostile::tables::we_ird_table_of_things::{CHECK_CHECK_IT, UNIQUE_TYPE};
use porpoise_examples::hostile::tables::{VecRow, WeIrdTableOfThingFn, WeIrdTableOfThingMatch};
use porpoise_examples::hostile::{SCHEMA, r#fn};

use crate::support::{Database, Folder, porpoise, run};

const TABLES: &str = include_str!("../../queries/hostile/schema.sql");

fn database() -> Option<Database> {
    Database::create(Family::MariaDb, TABLES, &SCHEMA)
}

#[test]
fn hostile_names_are_written_and_read() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    let params = AddParams {
        r#type: "':not_one ?",
        self_: Some(1),
        first: Some(2),
        second: Some(3),
        back_tick: Some("`"),
        quotes: Some("'\""),
        größe: Some(Decimal::new(1, 2)),
        数量: Some(4),
        one: Some(5),
        comment: Some(6),
        r#fn: WeIrdTableOfThingFn::ItS,
        r#match: Set::all(),
    };
    let id = add(pool, &params).unwrap();
    let row: r#fn::MatchRow = r#match(pool, "':not_one ?", 0).unwrap().unwrap();
    assert_eq!((row.select, row.r#type.as_str()), (id, "':not_one ?"));
    // `a b`, `a_b` and `A B!` are three columns; the one whose name Rust can have keeps it.
    assert_eq!((row.self_, row.a_b_2, row.a_b, row.a_b_3), (Some(1), Some(2), Some(3), None));
    assert_eq!((row.back_tick.as_deref(), row.quo_te_s.as_deref()), (Some("`"), Some("'\"")));
    assert_eq!((row.größe, row.数量), (Some(Decimal::new(1, 2)), Some(4)));
    assert_eq!((row.n1st, row.star_slash), (Some(5), Some(6)));
    assert_eq!((row.r#fn, row.r#match), (WeIrdTableOfThingFn::ItS, Set::all()));
    assert_eq!((row.it_s_not_one.as_str(), row.minus_minus.as_str()), (":not_one ?", "/* -- # */"));
}

#[test]
fn hostile_enum_values_are_written_and_read() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    let values: Vec<&str> = WeIrdTableOfThingFn::ALL.iter().map(|value| value.as_str()).collect();
    assert_eq!(values, ["fn", "it's", "*/", "\"", "", "A b", "a-b", "größe", "数量", "1"]);
    for (number, value) in (1..).zip(WeIrdTableOfThingFn::ALL) {
        let name = format!("{number}");
        let params = AddParams { r#type: &name, r#fn: *value, ..AddParams::default() };
        assert_eq!(add(pool, &params).unwrap(), number);
        assert_eq!(by_fn(pool, *value).unwrap(), [number]);
        assert_eq!(r#match(pool, &name, 0).unwrap().unwrap().r#fn, *value);
    }
    for bits in 0..16 {
        let set = Set::<WeIrdTableOfThingMatch>::from_bits(bits).unwrap();
        let name = format!("set {bits}");
        add(pool, &AddParams { r#type: &name, r#match: set, ..AddParams::default() }).unwrap();
        assert_eq!(r#match(pool, &name, 0).unwrap().unwrap().r#match, set);
    }
}

#[test]
fn hostile_constraint_names_are_told_apart() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    let params = AddParams { r#type: "x' for key 'PRIMARY", ..AddParams::default() };
    add(pool, &params).unwrap();
    let twice = add(pool, &params).unwrap_err();
    assert!(twice.violates(&UNIQUE_TYPE), "{:?}", twice.server_message());
    let negative =
        add(pool, &AddParams { r#type: "y", self_: Some(-1), ..AddParams::default() }).unwrap_err();
    assert!(negative.violates(&CHECK_CHECK_IT), "{:?}", negative.server_message());
}

#[test]
fn a_table_named_vec_does_not_hide_the_real_one() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    add_vec(pool, &AddVecParams { option: None, ok: 1, a: Some(2), b: Some(3), super_: 4 }).unwrap();
    let rows: Vec<VecRow> = vec(pool).unwrap();
    assert_eq!(rows, [VecRow { option: None, ok: 1, self_: Some(2), underscore: Some(3), super_: 4 }]);
}

/// MySQL has other names and other bytes in its answers, and prints the same code.
#[test]
fn both_servers_give_the_same_hostile_code() {
    let code = |family| {
        let database = Database::create(family, TABLES, &porpoise::Schema { family, ..SCHEMA })?;
        let folder = Folder::copy_of("queries/hostile");
        std::fs::remove_file(folder.path("schema.json")).unwrap();
        let run_here = |arguments: &[&str]| {
            run(porpoise(folder.root()).args(arguments).env("DATABASE_URL", &database.url)).ends(0)
        };
        run_here(&["pull"]);
        run_here(&["check", "--live"]);
        run_here(&["generate", "--out", "generated"]);
        Some((folder.read("generated/fn.rs"), folder.read("generated/tables.rs")))
    };
    let Some((functions, tables)) = code(Family::MariaDb) else { return };
    assert!(functions.contains("pub fn r#match"), "{functions}");
    if let Some((mysql_functions, mysql_tables)) = code(Family::MySql) {
        assert_eq!(functions, mysql_functions);
        // MySQL prints the expression of the check otherwise, which is in its documentation.
        let without_checks = |text: &str| -> Vec<String> {
            text.lines().filter(|line| !line.contains("The check")).map(str::to_owned).collect()
        };
        assert_eq!(without_checks(&tables), without_checks(&mysql_tables));
    }
}
