//! Every type of a column, as the catalog has it and as PREPARE tells it.

use porpoise_codegen::catalog::Family::{self, MariaDb, MySql};
use porpoise_codegen::catalog::SqlType;
use porpoise_codegen::live;

use crate::support::{Database, column, server, servers, table};

/// What is written, and what `SqlType::sql` prints of it.
const BOTH: &[(&str, &str)] = &[
    ("BOOLEAN", "tinyint(1)"),
    ("TINYINT", "tinyint"),
    ("TINYINT UNSIGNED", "tinyint unsigned"),
    ("SMALLINT", "smallint"),
    ("SMALLINT UNSIGNED", "smallint unsigned"),
    ("MEDIUMINT", "mediumint"),
    ("MEDIUMINT UNSIGNED", "mediumint unsigned"),
    ("INT", "int"),
    ("INT(5) UNSIGNED ZEROFILL", "int unsigned"),
    ("BIGINT", "bigint"),
    ("BIGINT UNSIGNED", "bigint unsigned"),
    ("BIT", "bit(1)"),
    ("BIT(64)", "bit(64)"),
    ("DECIMAL", "decimal(10,0)"),
    ("DECIMAL(65,30)", "decimal(65,30)"),
    ("DECIMAL(5,2) UNSIGNED", "decimal(5,2) unsigned"),
    ("FLOAT", "float"),
    ("FLOAT UNSIGNED", "float unsigned"),
    ("DOUBLE", "double"),
    ("CHAR(10)", "char(10)"),
    ("CHAR(0)", "char(0)"),
    ("VARCHAR(200)", "varchar(200)"),
    ("VARCHAR(20) CHARACTER SET latin1", "varchar(20)"),
    ("TINYTEXT", "tinytext"),
    ("TEXT", "text"),
    ("MEDIUMTEXT", "mediumtext"),
    ("LONGTEXT", "longtext"),
    ("BINARY(16)", "binary(16)"),
    ("VARBINARY(20)", "varbinary(20)"),
    ("TINYBLOB", "tinyblob"),
    ("BLOB", "blob"),
    ("MEDIUMBLOB", "mediumblob"),
    ("LONGBLOB", "longblob"),
    (
        "ENUM('a','it''s','x,y','back\\\\slash','','\"','line\\nbreak','日本')",
        "enum('a','it''s','x,y','back\\slash','','\"','line\nbreak','日本')",
    ),
    ("SET('a','b c')", "set('a','b c')"),
    ("DATE", "date"),
    ("DATETIME", "datetime"),
    ("DATETIME(3)", "datetime(3)"),
    ("TIMESTAMP(6) NULL", "timestamp(6)"),
    ("TIME", "time"),
    ("TIME(6)", "time(6)"),
    ("YEAR", "year"),
    ("JSON", "json"),
    ("GEOMETRY", "geometry"),
    ("POINT", "point"),
    ("MULTIPOLYGON", "multipolygon"),
    ("GEOMETRYCOLLECTION", "geometrycollection"),
];

const OF_ONE: &[(Family, &str, &str)] = &[
    (MariaDb, "UUID", "uuid"),
    (MariaDb, "INET4", "inet4"),
    (MariaDb, "INET6", "inet6"),
    (MariaDb, "VARCHAR(10) COMPRESSED", "varchar(10)"),
    (MySql, "VECTOR(3)", "vector(3)"),
];

fn of(family: Family) -> Vec<(&'static str, &'static str)> {
    let own = OF_ONE.iter().filter(|(of, _, _)| *of == family).map(|(_, written, read)| (*written, *read));
    BOTH.iter().copied().chain(own).collect()
}

fn create(types: &[(&str, &str)]) -> String {
    let columns: Vec<_> =
        types.iter().enumerate().map(|(index, (written, _))| format!("c{index} {written}")).collect();
    format!("CREATE TABLE t ({})", columns.join(", "))
}

#[test]
fn every_type_is_read_as_what_it_is() {
    for (family, url) in servers() {
        let types = of(family);
        let database = Database::new(&url, &[&create(&types)]);
        let catalog = database.catalog();
        for (column, (written, expected)) in table(&catalog, "t").columns.iter().zip(types) {
            assert_eq!(column.ty.sql(), expected, "{written} on {}", family.as_str());
        }
    }
}

#[test]
fn prepare_tells_the_same_type_but_for_what_the_protocol_leaves_out() {
    for (family, url) in servers() {
        let types = of(family);
        let database = Database::new(&url, &[&create(&types)]);
        let mut connection = database.connect();
        let answer = live::prepare(&mut connection, "SELECT * FROM t").unwrap().unwrap();
        for (column, (written, expected)) in answer.columns.iter().zip(types) {
            let expected = match (family, expected) {
                (_, members) if members.starts_with("enum(") => "enum()",
                (_, members) if members.starts_with("set(") => "set()",
                (_, "point" | "multipolygon" | "geometrycollection") => "geometry",
                (MariaDb, "json") => "longtext",
                (MariaDb, "uuid") => "char(36)",
                (MariaDb, "inet4") => "char(15)",
                (MariaDb, "inet6") => "char(39)",
                (_, same) => same,
            };
            assert_eq!(column.ty.sql(), expected, "{written} on {}", family.as_str());
        }
    }
}

#[test]
fn character_sets_and_collations_are_those_of_the_column() {
    for (_, url) in servers() {
        let sql = "CREATE TABLE t (a VARCHAR(5), b TEXT CHARACTER SET latin1 COLLATE latin1_german1_ci)";
        let database = Database::new(&url, &[sql]);
        let catalog = database.catalog();
        let of = |name| match &column(&catalog, "t", name).ty {
            SqlType::Text { charset, collation, .. } => {
                (charset.clone().unwrap(), collation.clone().unwrap())
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(of("a"), ("utf8mb4".to_owned(), "utf8mb4_bin".to_owned()));
        assert_eq!(of("b"), ("latin1".to_owned(), "latin1_german1_ci".to_owned()));
    }
}

#[test]
fn the_spatial_reference_system_is_read() {
    for (family, url) in servers() {
        let attribute = match family {
            MariaDb => "REF_SYSTEM_ID=4326 NOT NULL",
            MySql => "NOT NULL SRID 4326",
        };
        let sql = format!("CREATE TABLE t (a POINT {attribute}, b POINT)");
        let database = Database::new(&url, &[&sql]);
        let catalog = database.catalog();
        let srid = |name| match &column(&catalog, "t", name).ty {
            SqlType::Geometry { srid, .. } => *srid,
            other => panic!("{other:?}"),
        };
        assert_eq!((srid("a"), srid("b")), (Some(4326), None), "{}", family.as_str());
    }
}

#[test]
fn json_of_mariadb_is_known_by_its_check_and_other_checks_stay() {
    for (_, url) in server(MariaDb) {
        let database = Database::new(
            &url,
            &[
                "CREATE TABLE t (`j``s` JSON, plain LONGTEXT, named LONGTEXT, short VARCHAR(20) CHECK (json_valid(short)), \
               CONSTRAINT mine CHECK (json_valid(named)))",
            ],
        );
        let catalog = database.catalog();
        let ty = |name| column(&catalog, "t", name).ty.sql();
        assert_eq!(
            [ty("j`s"), ty("plain"), ty("named"), ty("short")],
            ["json", "longtext", "json", "varchar(20)"]
        );
        let checks: Vec<_> = table(&catalog, "t").checks.iter().map(|check| check.name.as_str()).collect();
        assert_eq!(checks, ["mine", "short"]);
    }
}
