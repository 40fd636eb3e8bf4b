//! Everything else of a schema: attributes of columns, keys, constraints, views, routines, names.

use porpoise_codegen::Schema;
use porpoise_codegen::catalog::{
    DefaultValue, Family, IndexKind, IndexPart, ParameterMode, RoutineKind, TableKind, TableName,
};
use porpoise_codegen::live;

use crate::support::{Database, column, quote, server, servers, table};

fn literal(value: &str) -> Option<DefaultValue> {
    Some(DefaultValue::Literal(value.to_owned()))
}

fn expression(value: &str) -> Option<DefaultValue> {
    Some(DefaultValue::Expression(value.to_owned()))
}

#[test]
fn defaults_are_told_apart_from_each_other_and_from_none() {
    for (family, url) in servers() {
        let database = Database::new(
            &url,
            &["CREATE TABLE t (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, none INT NOT NULL, nothing INT, \
               word VARCHAR(10) DEFAULT 'NULL', blank VARCHAR(10) NOT NULL DEFAULT '', \
               quoted VARCHAR(20) DEFAULT 'it''s a \\\\ ?', number DECIMAL(5,2) DEFAULT -1.5, \
               moment TIMESTAMP NOT NULL DEFAULT '2020-01-02 03:04:05', bits BIT(3) DEFAULT b'101', \
               now DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), \
               sum INT DEFAULT (1 + 2), picked ENUM('a','it''s') NOT NULL DEFAULT 'it''s')"],
        );
        let catalog = database.catalog();
        let default = |name| column(&catalog, "t", name).default.clone();
        assert_eq!(default("id"), None);
        assert_eq!(default("none"), None);
        assert_eq!(default("nothing"), Some(DefaultValue::Null));
        assert_eq!(default("word"), literal("NULL"));
        assert_eq!(default("blank"), literal(""));
        assert_eq!(default("quoted"), literal("it's a \\ ?"));
        assert_eq!(default("number"), literal("-1.50"));
        // In UTC, whatever the server's own time zone.
        assert_eq!(default("moment"), literal("2020-01-02 03:04:05"));
        assert_eq!(default("bits"), expression("b'101'"));
        assert_eq!(default("sum"), expression("(1 + 2)"));
        assert_eq!(default("picked"), literal("it's"));
        let now = match family {
            Family::MariaDb => "current_timestamp(3)",
            Family::MySql => "CURRENT_TIMESTAMP(3)",
        };
        assert_eq!(default("now"), expression(now));
        assert_eq!(column(&catalog, "t", "now").on_update.as_deref(), Some(now));
        assert!(column(&catalog, "t", "id").auto_increment);
        assert!(!column(&catalog, "t", "none").has_implicit_value());
    }
}

#[test]
fn generated_and_invisible_columns_are_marked() {
    for (family, url) in servers() {
        let database = Database::new(
            &url,
            &["CREATE TABLE t (a VARCHAR(20), v VARCHAR(50) AS (concat(a, 'it''s \\\\')) VIRTUAL, \
               s INT AS (length(a)) STORED, hidden INT DEFAULT 3 INVISIBLE)"],
        );
        let catalog = database.catalog();
        let generated = |name| column(&catalog, "t", name).generated.clone().unwrap();
        assert!(!generated("v").stored && generated("s").stored);
        let expected = match family {
            Family::MariaDb => r"concat(`a`,'it\'s \\')",
            Family::MySql => r"concat(`a`,_utf8mb4'it\'s \\')",
        };
        assert_eq!(generated("v").expression, expected);
        assert!(column(&catalog, "t", "hidden").invisible);
        assert_eq!(column(&catalog, "t", "a").generated, None);
    }
}

#[test]
fn indexes_have_their_parts_in_order_and_say_what_they_promise() {
    for (family, url) in servers() {
        let hidden = match family {
            Family::MariaDb => "IGNORED",
            Family::MySql => "INVISIBLE",
        };
        let sql = format!(
            "CREATE TABLE t (a INT, b INT, c VARCHAR(100), d TEXT, p POINT NOT NULL, PRIMARY KEY (b, a), \
             UNIQUE KEY u (c(10), a DESC), KEY k (a) {hidden}, FULLTEXT KEY f (d), SPATIAL KEY s (p))"
        );
        let database = Database::new(&url, &[&sql]);
        let catalog = database.catalog();
        let part =
            |name: &str, prefix, descending| IndexPart::Column { name: name.to_owned(), prefix, descending };
        let found: Vec<_> = table(&catalog, "t")
            .indexes
            .iter()
            .map(|index| (index.name.as_str(), index.kind, index.parts.clone(), index.invisible))
            .collect();
        assert_eq!(
            found,
            [
                ("PRIMARY", IndexKind::Primary, vec![part("b", None, false), part("a", None, false)], false),
                ("f", IndexKind::Fulltext, vec![part("d", None, false)], false),
                ("k", IndexKind::Plain, vec![part("a", None, false)], true),
                ("s", IndexKind::Spatial, vec![part("p", None, false)], false),
                ("u", IndexKind::Unique, vec![part("c", Some(10), false), part("a", None, true)], false),
            ],
            "{}",
            family.as_str()
        );
    }
}

#[test]
fn indexes_over_expressions_are_read_from_mysql() {
    for (_, url) in server(Family::MySql) {
        let sql = "CREATE TABLE t (a VARCHAR(20), UNIQUE KEY u ((lower(a)), a))";
        let database = Database::new(&url, &[sql]);
        let catalog = database.catalog();
        let index = &table(&catalog, "t").indexes[0];
        assert_eq!(
            index.parts[0],
            IndexPart::Expression { expression: "lower(`a`)".to_owned(), descending: false }
        );
        assert_eq!(index.whole_columns(), None);
    }
}

#[test]
fn foreign_keys_keep_order_actions_and_the_other_schema() {
    for (_, url) in servers() {
        let other = Database::new(&url, &["CREATE TABLE owner (id INT PRIMARY KEY)"]);
        let reference =
            format!("CONSTRAINT fk2 FOREIGN KEY (o) REFERENCES {}.owner (id)", quote(&other.name));
        let database = Database::new(
            &url,
            &[
                "CREATE TABLE parent (y INT, x INT, PRIMARY KEY (x, y))",
                &format!(
                    "CREATE TABLE child (a INT, b INT, o INT, \
                     CONSTRAINT fk1 FOREIGN KEY (a, b) REFERENCES parent (x, y) ON DELETE CASCADE ON UPDATE SET NULL, \
                     {reference})"
                ),
            ],
        );
        let catalog = database.catalog();
        let [first, second] = table(&catalog, "child").foreign_keys.as_slice() else { panic!("not two") };
        assert_eq!(
            (first.columns.join(","), first.referenced_columns.join(",")),
            ("a,b".into(), "x,y".into())
        );
        assert_eq!(first.references, TableName { schema: None, name: "parent".to_owned() });
        assert_eq!((first.on_delete.as_str(), first.on_update.as_str()), ("CASCADE", "SET NULL"));
        assert_eq!(
            second.references,
            TableName { schema: Some(other.name.clone()), name: "owner".to_owned() }
        );

        // Taken in, the other schema's tables are named with it, and so is what refers back from there.
        let config = Schema { schemas: vec![other.name.clone()], ..Schema::default() };
        let both = database.catalog_with(&config);
        assert!(both.table(Some(&other.name), "owner").is_some());
        assert!(both.table(None, "owner").is_none());
        assert!(catalog.table(Some(&other.name), "owner").is_none());
        drop(database);
    }
}

#[test]
fn a_schema_that_is_not_there_is_an_error() {
    for (_, url) in servers() {
        let database = Database::new(&url, &[]);
        let config = Schema { schemas: vec!["no such schema".to_owned()], ..Schema::default() };
        let error = live::introspect(&mut database.connect(), &config).unwrap_err().to_string();
        assert!(error.starts_with("the server has no schema `no such schema` for this account"), "{error}");
    }
}

#[test]
fn checks_are_read_as_the_server_would_read_them() {
    for (family, url) in servers() {
        let sql = "CREATE TABLE t (a INT, b VARCHAR(20), CONSTRAINT c1 CHECK (a > 0 AND b <> 'it''s \\\\'))";
        let database = Database::new(&url, &[sql]);
        let catalog = database.catalog();
        let expected = match family {
            Family::MariaDb => r"`a` > 0 and `b` <> 'it\'s \\'",
            Family::MySql => r"((`a` > 0) and (`b` <> _utf8mb4'it\'s \\'))",
        };
        let [check] = table(&catalog, "t").checks.as_slice() else { panic!("not one") };
        assert_eq!((check.name.as_str(), check.expression.as_str(), check.enforced), ("c1", expected, true));
        if family == Family::MySql {
            let sql = "CREATE TABLE u (a INT, CONSTRAINT c2 CHECK (a > 0) NOT ENFORCED)";
            let database = Database::new(&url, &[sql]);
            assert!(!table(&database.catalog(), "u").checks[0].enforced);
        }
    }
}

#[test]
fn views_have_columns_and_a_definition_without_the_schemas_name() {
    for (family, url) in servers() {
        let database = Database::new(
            &url,
            &[
                "CREATE TABLE t (id INT PRIMARY KEY, n VARCHAR(5))",
                "CREATE TABLE u (id INT PRIMARY KEY)",
                "CREATE VIEW v AS SELECT t.id, upper(t.n) AS `u``n`, 't.id' AS lit FROM t LEFT JOIN u USING (id)",
                "CREATE VIEW w AS SELECT * FROM t",
            ],
        );
        let catalog = database.catalog();
        let TableKind::View { definition, updatable, .. } = &table(&catalog, "v").kind else {
            panic!("no view")
        };
        assert!(!definition.contains("porpoise live"), "{definition}");
        assert!(
            definition.contains("`t`.`id` AS `id`") && definition.contains("'t.id' AS `lit`"),
            "{definition}"
        );
        assert_eq!(*updatable, family == Family::MariaDb);
        assert!(matches!(table(&catalog, "w").kind, TableKind::View { updatable: true, .. }));
        let columns: Vec<_> =
            table(&catalog, "v").columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(columns, ["id", "u`n", "lit"]);
        // It means the same wherever it is read.
        let again = format!("CREATE VIEW again AS {definition}");
        let mut database = database;
        database.run(&[&again]);
        let TableKind::View { definition: second, .. } = &table(&database.catalog(), "again").kind.clone()
        else {
            panic!("no view")
        };
        assert_eq!(second, definition);
    }
}

#[test]
fn routines_have_parameters_and_results() {
    for (_, url) in servers() {
        let database = Database::new(
            &url,
            &[
                "CREATE FUNCTION total(price DECIMAL(10,2), `a b` INT UNSIGNED) RETURNS DECIMAL(12,2) DETERMINISTIC \
                 NO SQL COMMENT 'it''s\ntwo' RETURN price * `a b`",
                "CREATE PROCEDURE act(IN a VARCHAR(5) CHARACTER SET latin1, OUT b DATETIME(3), INOUT c ENUM('x','y')) \
                 READS SQL DATA SELECT 1",
                "CREATE PROCEDURE bare() SELECT 1",
            ],
        );
        let routines = database.catalog().routines;
        let shown: Vec<_> = routines
            .iter()
            .map(|routine| {
                let parameters: Vec<_> = routine
                    .parameters
                    .iter()
                    .map(|parameter| {
                        format!("{:?} {} {}", parameter.mode, parameter.name, parameter.ty.sql())
                    })
                    .collect();
                let returns = routine.returns.as_ref().map_or(String::new(), |ty| ty.sql());
                format!("{:?} {}({}) {returns}", routine.kind, routine.name, parameters.join(", "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "Function total(In price decimal(10,2), In a b int unsigned) decimal(12,2)",
                "Procedure act(In a varchar(5), Out b datetime(3), InOut c enum('x','y')) ",
                "Procedure bare() ",
            ]
        );
        assert_eq!((routines[0].data_access.as_str(), routines[0].comment.as_str()), ("NO SQL", "it's\ntwo"));
        assert_eq!(
            (routines[1].kind, routines[1].data_access.as_str()),
            (RoutineKind::Procedure, "READS SQL DATA")
        );
        assert_eq!(routines[1].parameters[2].mode, ParameterMode::InOut);
    }
}

#[test]
fn triggers_are_named_in_order() {
    for (_, url) in servers() {
        let database = Database::new(
            &url,
            &[
                "CREATE TABLE t (a INT)",
                "CREATE TRIGGER z BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
                "CREATE TRIGGER `b ``c` AFTER DELETE ON t FOR EACH ROW SET @x = 1",
            ],
        );
        assert_eq!(table(&database.catalog(), "t").triggers, ["b `c", "z"]);
    }
}

#[test]
fn sequences_and_versioned_tables_of_mariadb_are_there() {
    for (_, url) in server(Family::MariaDb) {
        let database = Database::new(
            &url,
            &[
                "CREATE SEQUENCE s",
                "CREATE TABLE t (id INT DEFAULT (NEXT VALUE FOR s))",
                "CREATE TABLE v (a INT) WITH SYSTEM VERSIONING",
            ],
        );
        let catalog = database.catalog();
        assert_eq!(table(&catalog, "s").kind, TableKind::Sequence);
        assert_eq!(column(&catalog, "s", "next_not_cached_value").ty.sql(), "bigint");
        assert_eq!(column(&catalog, "t", "id").default, expression("nextval(`s`)"));
        assert_eq!(table(&catalog, "v").kind, TableKind::Base);
    }
}

#[test]
fn hostile_names_and_comments_survive() {
    // No name may end in a space. Neither server has letters beyond the BMP in names, and both show `?` for them in
    // comments.
    let names = [
        "it`s",
        "a b",
        "quo\"te",
        "apo'strophe",
        "*/ x",
        "/* y",
        "größe",
        "日本",
        "fn",
        "line\nbreak",
        "semi;colon",
        "back\\slash",
        "-- dash",
        "do.t",
        "%s",
        "$1",
        "0",
    ];
    let comment = "it's */ \"two\"\nlines \\ 日本";
    for (_, url) in servers() {
        let columns: Vec<_> = names
            .iter()
            .map(|name| {
                format!("{} INT COMMENT '{}'", quote(name), comment.replace('\\', "\\\\").replace('\'', "''"))
            })
            .collect();
        let statements: Vec<_> = names
            .iter()
            .map(|name| {
                format!(
                    "CREATE TABLE {} ({}, UNIQUE KEY {} ({})) COMMENT '{}'",
                    quote(name),
                    columns.join(", "),
                    quote(name),
                    quote(name),
                    comment.replace('\\', "\\\\").replace('\'', "''"),
                )
            })
            .collect();
        let statements: Vec<_> = statements.iter().map(String::as_str).collect();
        let database = Database::new(&url, &statements);
        let catalog = database.catalog();
        assert_eq!(catalog.tables.len(), names.len());
        let mut connection = database.connect();
        for name in names {
            let table = table(&catalog, name);
            assert_eq!(table.comment, comment);
            let found: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(found, names);
            assert!(table.columns.iter().all(|column| column.comment == comment));
            assert_eq!(table.indexes[0].name, name);
            assert_eq!(table.indexes[0].whole_columns(), Some(vec![name]));
            let sql = format!("SELECT {} FROM {}", quote(name), quote(name));
            let answer = live::prepare(&mut connection, &sql).unwrap().unwrap();
            assert_eq!((answer.columns[0].table.as_str(), answer.columns[0].column.as_str()), (name, name));
        }
    }
}

#[test]
fn ignored_tables_are_left_out_by_pattern() {
    for (_, url) in servers() {
        let database = Database::new(
            &url,
            &[
                "CREATE TABLE wp_posts (a INT)",
                "CREATE TABLE wp_users (a INT)",
                "CREATE TABLE shop1 (a INT)",
                "CREATE VIEW shop2 AS SELECT 1",
                "CREATE TABLE kept (a INT)",
                "CREATE PROCEDURE wp_do() SELECT 1",
            ],
        );
        let ignore = vec!["wp_*".to_owned(), "shop?".to_owned()];
        let catalog = database.catalog_with(&Schema { ignore, ..Schema::default() });
        let names: Vec<_> = catalog.tables.iter().map(|table| table.name.name.as_str()).collect();
        assert_eq!(names, ["kept"]);
        assert!(catalog.routines.is_empty());
    }
}

#[test]
fn the_server_is_described() {
    for (family, url) in servers() {
        let database = Database::new(&url, &[]);
        let server = database.catalog().server;
        assert_eq!(server.family, family);
        assert!(server.version >= (8, 0, 16), "{:?}", server.version);
        assert!(server.has_mode("STRICT_TRANS_TABLES"));
        assert!(server.sql_mode.is_sorted());
        let collation = match family {
            Family::MariaDb => "utf8mb4_general_ci",
            Family::MySql => "utf8mb4_0900_ai_ci",
        };
        assert_eq!(server.collation, collation);
    }
}

#[test]
fn a_configured_sql_mode_is_expanded_and_in_force_afterwards() {
    for (_, url) in servers() {
        let database = Database::new(&url, &["CREATE TABLE t (a INT)"]);
        let mut connection = database.connect();
        let config = Schema { sql_mode: Some("ansi,NO_BACKSLASH_ESCAPES".to_owned()), ..Schema::default() };
        let catalog = live::introspect(&mut connection, &config).unwrap();
        assert!(catalog.server.has_mode("ANSI_QUOTES") && catalog.server.has_mode("NO_BACKSLASH_ESCAPES"));
        assert!(!catalog.server.has_mode("ANSI") && !catalog.server.has_mode("STRICT_TRANS_TABLES"));
        let answer = live::prepare(&mut connection, "SELECT \"a\", '\\' FROM t").unwrap().unwrap();
        assert_eq!(answer.columns[0].column, "a");

        let wrong = Schema { sql_mode: Some("NO_SUCH_MODE".to_owned()), ..Schema::default() };
        let error = live::introspect(&mut connection, &wrong).unwrap_err().to_string();
        assert!(error.starts_with("the server does not take the sql_mode `NO_SUCH_MODE`"), "{error}");
    }
}
