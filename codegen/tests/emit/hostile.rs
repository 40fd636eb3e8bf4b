//! Names and comments as nobody should write them.

use porpoise_codegen::catalog::{Catalog, Column, IndexKind, SqlType, Table};
use porpoise_codegen::statement::Command;

use crate::build::{
    Files, catalog, check, column, enumeration, foreign_key, index, int, nullable, query, set, table,
    unsigned, varchar,
};

pub fn schema() -> Catalog {
    let odd = Table {
        comment: "ends */ here\n```\nlet x: Vec<u8>;\n```\n    indented [link] https://example.org/a_b."
            .to_owned(),
        indexes: vec![
            index("PRIMARY", IndexKind::Primary, &["type"]),
            index("it's `a` \"key\"", IndexKind::Unique, &["2fa", "a b"]),
            index("again", IndexKind::Unique, &["2fa", "a-b"]),
        ],
        checks: vec![check("a\nb", "`x` <> ']*/['")],
        ..table(
            "odd */ \"table\"\nname",
            vec![
                Column {
                    comment: "\\ and ` and <b>\u{202e}\nsecond line".to_owned(),
                    ..column("type", int())
                },
                column("2fa", varchar(6)),
                column("a b", int()),
                column("a-b", int()),
                column("self", int()),
                column("größe", SqlType::DOUBLE),
                nullable("★", SqlType::bytes()),
                column("enum", enumeration(&["", "a-b", "a b", "A_B", "1", "self", "\"\\\n", ">="])),
                column("sets", set(&["x", "y"])),
            ],
        )
    };
    let options = table("options", vec![column("id", unsigned()), column("value", varchar(10))]);
    let strings = table("string", vec![column("id", unsigned()), column("vec", varchar(10))]);
    let account =
        table("account", vec![column("id", unsigned()), column("status", enumeration(&["on", "off"]))]);
    let accounts = table("accounts", vec![column("id", unsigned()), column("n", unsigned())]);
    let statuses = Table {
        foreign_keys: vec![foreign_key("fk", &["id"], "account")],
        ..table("account_statuses", vec![column("id", unsigned()), column("n", unsigned())])
    };
    let caseless = table("名前", vec![column("番号", unsigned()), column("値", unsigned())]);
    catalog(vec![odd, options, strings, account, accounts, statuses, caseless])
}

pub fn files(schema: &Catalog) -> Files<'_> {
    let odd = "odd */ \"table\"\nname";
    let types = vec![
        query("type", Command::Many, "SELECT *\r\nFROM `odd */ \"table\"\\\nname` -- \"## \u{202e}")
            .docs(&["Reads */ [all] of `it`", "", "```", "fn main() {", "    panic!()", "```", "a\tb\r"])
            .whole(schema, odd, "*")
            .reads(&[odd]),
        query(
            "options",
            Command::Many,
            "SELECT \"id\", \"#\", '\\\\' FROM options WHERE id = :type AND 1 = :self",
        )
        .whole(schema, "options", "*")
        .param("type", int())
        .param("self", int())
        .reads(&["options"]),
        query("match", Command::Many, "SELECT 1, MAX(n), 名前 FROM accounts WHERE n IN (:in)")
            .expression("1", int(), "")
            .expression("MAX(n)", int(), "no row may be there")
            .expression("名前", varchar(3), "")
            .list("in", int())
            .reads(&["accounts", "account", "account_statuses", "名前", "string"]),
        query(
            "fn",
            Command::Exec,
            "UPDATE account SET id = :db WHERE id = :query OR id = :executor OR id IN (:statement)",
        )
        .param("db", int())
        .param("query", int())
        .param("executor", int())
        .list("statement", int())
        .writes(&["account"]),
        query("caseless", Command::Many, "SELECT * FROM 名前").whole(schema, "名前", "*").reads(&["名前"]),
    ];
    Files::new(schema)
        .file("queries/type.sql", types)
        .file("queries/tables.sql", vec![query("one", Command::One, "SELECT 1").expression("1", int(), "")])
        .file("queries/2 b\n`c`.sql", vec![query("two", Command::One, "SELECT 2").expression("2", int(), "")])
}
