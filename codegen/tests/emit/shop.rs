//! A shop's schema and queries: every kind of function, argument and row.

use porpoise_codegen::catalog::{Catalog, Column, IndexKind, IntWidth, SqlType, Table};
use porpoise_codegen::statement::Command;
use porpoise_codegen::typed::ManyRows;

use crate::build::{
    Files, catalog, check, column, decimal, enumeration, foreign_key, index, int, nullable, query, set,
    table, unsigned, varchar,
};

pub fn schema() -> Catalog {
    let id = || Column { auto_increment: true, ..column("id", unsigned()) };
    let accounts = Table {
        comment: "People who can log in".to_owned(),
        indexes: vec![
            index("PRIMARY", IndexKind::Primary, &["id"]),
            index("ix_status", IndexKind::Plain, &["status"]),
            index("uk_email", IndexKind::Unique, &["email"]),
        ],
        checks: vec![check("email_has_at", "`email` like '%@%'")],
        ..table(
            "accounts",
            vec![
                id(),
                Column {
                    comment: "Where <mail> goes, see [RFC]".to_owned(),
                    ..column("email", varchar(190))
                },
                nullable("nickname", varchar(40)),
                column("status", enumeration(&["active", "suspended", ""])),
                nullable("roles", set(&["admin", "editor"])),
                column("active", SqlType::Bool { unsigned: false }),
                column("created_at", SqlType::Timestamp { fsp: 0 }),
                Column { invisible: true, ..column("secret", SqlType::bytes()) },
            ],
        )
    };
    let orders = Table {
        indexes: vec![index("PRIMARY", IndexKind::Primary, &["id"])],
        foreign_keys: vec![foreign_key("fk_order_account", &["account_id"], "accounts")],
        ..table(
            "orders",
            vec![
                Column { auto_increment: true, ..column("id", SqlType::BIGINT_UNSIGNED) },
                column("account_id", unsigned()),
                column("total", decimal(10, 2)),
                nullable("note", SqlType::Json),
                column("placed_on", SqlType::Date),
            ],
        )
    };
    let people =
        table("people", vec![column("id", unsigned()), column("weight", SqlType::Float { unsigned: false })]);
    catalog(vec![accounts, orders, people])
}

pub fn files(schema: &Catalog) -> Files<'_> {
    let tiny = SqlType::Int { width: IntWidth::Tiny, unsigned: false };
    let account = vec![
        query("find_by_email", Command::Opt, "SELECT * FROM accounts WHERE email = :email")
            .docs(&["Looks an account up by its e-mail address.", "", "Compares without case."])
            .whole(schema, "accounts", "*")
            .param_of(schema, "email", "accounts.email")
            .reads(&["accounts"]),
        query("count_active", Command::One, "SELECT COUNT(*) FROM accounts WHERE active")
            .expression("COUNT(*)", SqlType::BIGINT, "")
            .reads(&["accounts"]),
        query("nicknames", Command::Many, "SELECT nickname\nFROM accounts\nWHERE status = :status OR :status = ''")
            .column(schema, "accounts.nickname", "nickname")
            .param_of(schema, "status", "accounts.status")
            .reads(&["accounts"]),
        query("all", Command::Stream, "SELECT * FROM accounts")
            .whole(schema, "accounts", "*")
            .reads(&["accounts"]),
        query(
            "find_by_ids",
            Command::Many,
            "SELECT * FROM accounts WHERE id IN (:ids) AND active = :active AND email NOT IN (:except)",
        )
        .whole(schema, "accounts", "*")
        .list_of(schema, "ids", "accounts.id")
        .param_of(schema, "active", "accounts.active")
        .list_of(schema, "except", "accounts.email")
        .reads(&["accounts"]),
        query(
            "register",
            Command::ExecLastId,
            "INSERT INTO accounts (email, nickname, status, roles, active)\nVALUES (:email, :nickname, :status, :roles, :active)",
        )
        .docs(&["Adds an account."])
        .param_of(schema, "email", "accounts.email")
        .param_of(schema, "nickname", "accounts.nickname")
        .param_of(schema, "status", "accounts.status")
        .param_of(schema, "roles", "accounts.roles")
        .param_of(schema, "active", "accounts.active")
        .writes(&["accounts"])
        .last_id(unsigned()),
        query("import", Command::Batch, "INSERT INTO accounts (email, status) VALUES (?, ?)")
            .param_of(schema, "email", "accounts.email")
            .param_of(schema, "status", "accounts.status")
            .writes(&["accounts"]),
        query("reset", Command::Batch, "UPDATE accounts SET nickname = NULL WHERE id = :id")
            .param_of(schema, "id", "accounts.id")
            .writes(&["accounts"]),
        query("chain", Command::Batch, "INSERT INTO accounts (email) VALUES (CONCAT(:email, LAST_INSERT_ID()))")
            .param_of(schema, "email", "accounts.email")
            .many(ManyRows::Each)
            .writes(&["accounts"]),
        query("lock", Command::One, "SELECT * FROM accounts WHERE id = :id FOR UPDATE")
            .whole(schema, "accounts", "*")
            .param_of(schema, "id", "accounts.id")
            .reads(&["accounts"])
            .locks(),
        query("rename", Command::ExecRows, "UPDATE accounts SET nickname = :nickname WHERE id = :id")
            .param_of(schema, "nickname", "accounts.nickname")
            .param_of(schema, "id", "accounts.id")
            .writes(&["accounts"]),
        query("forget", Command::Exec, "DELETE FROM accounts WHERE id = :id")
            .param_of(schema, "id", "accounts.id")
            .writes(&["accounts"]),
        query("touch", Command::ExecResult, "UPDATE accounts SET created_at = :query WHERE id = :db")
            .param_of(schema, "query", "accounts.created_at")
            .param_of(schema, "db", "accounts.id")
            .writes(&["accounts"]),
    ];
    let order = vec![
        query(
            "totals",
            Command::Many,
            "SELECT account_id, SUM(total) AS total, MIN(placed_on) AS first FROM orders GROUP BY account_id",
        )
        .column(schema, "orders.account_id", "account_id")
        .expression("total", decimal(32, 2), "")
        .expression("first", SqlType::Date, "a group can be empty")
        .reads(&["orders"]),
        query(
            "with_account",
            Command::Many,
            "SELECT o.*, a.*, 1 AS rank FROM orders o LEFT JOIN accounts a ON 1",
        )
        .embed(schema, "o", "orders", false)
        .embed(schema, "a", "accounts", true)
        .expression("rank", tiny, "")
        .reads(&["accounts", "orders"]),
        query(
            "of_days",
            Command::Many,
            "SELECT id, total FROM orders WHERE (account_id, placed_on) IN (:keys)",
        )
        .column(schema, "orders.id", "id")
        .column(schema, "orders.total", "total")
        .tuples("keys", vec![unsigned(), SqlType::Date])
        .row("OrderTotal")
        .reads(&["orders"]),
        query("largest", Command::Opt, "SELECT id, total FROM orders ORDER BY total DESC LIMIT 1")
            .column(schema, "orders.id", "id")
            .column(schema, "orders.total", "total")
            .row("OrderTotal")
            .reads(&["orders"]),
        query("by_note", Command::Many, "SELECT id FROM orders WHERE note = :note AND account_id = :account")
            .column(schema, "orders.id", "id")
            .rust_type("crate::OrderId")
            .param_of(schema, "note", "orders.note")
            .param("account", int())
            .param_type("crate::AccountId")
            .reads(&["orders"]),
    ];
    let report = vec![
        query("top", Command::Many, "SELECT id, total FROM orders WHERE total > :total")
            .column(schema, "orders.id", "id")
            .column(schema, "orders.total", "total")
            .param_of(schema, "total", "orders.total")
            .row("OrderTotal")
            .reads(&["orders"]),
        query("people", Command::Many, "SELECT * FROM people")
            .whole(schema, "people", "*")
            .reads(&["people"]),
    ];
    Files::new(schema)
        .file("queries/account.sql", account)
        .file("queries/order.sql", order)
        .file("queries/report.sql", report)
}
