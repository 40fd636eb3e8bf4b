//! Types of keys, and what the configuration wants of rows, columns and enums.

use std::collections::BTreeMap;

use porpoise_codegen::catalog::{Catalog, Column, IndexKind, SqlType, Table, TableKind, TableName};
use porpoise_codegen::statement::Command;
use porpoise_codegen::typed::{Origin, ParamShape, ParamType};
use porpoise_codegen::{EnumOptions, FieldOptions, Generate, Identity, RowOptions, Types, emit};

use crate::build::{
    Files, Query, catalog, column, enumeration, foreign_key, index, name, nullable, query, table, unsigned,
    varchar,
};
use crate::golden_code;

fn with_key(table: Table, key: &[&str]) -> Table {
    Table { indexes: vec![index("PRIMARY", IndexKind::Primary, key)], ..table }
}

/// Accounts with posts, a profile with the account's key, votes with a key of two columns, and a view of posts.
fn schema() -> Catalog {
    let id = || Column { auto_increment: true, ..column("id", unsigned()) };
    let account = with_key(
        table(
            "account",
            vec![
                id(),
                column("username", varchar(50)),
                column("password_hash", varchar(100)),
                column("status", enumeration(&["active", "on-hold"])),
                nullable("country", varchar(2)),
            ],
        ),
        &["id"],
    );
    let mut account = account;
    account.foreign_keys = vec![foreign_key("account_country", &["country"], "country")];
    account.foreign_keys[0].referenced_columns = vec!["code".to_owned()];
    let country =
        with_key(table("country", vec![column("code", varchar(2)), column("name", varchar(50))]), &["code"]);
    let mut post = with_key(
        table(
            "post",
            vec![
                id(),
                column("author_id", unsigned()),
                nullable("reply_to", unsigned()),
                column("status", enumeration(&["draft", "shown"])),
            ],
        ),
        &["id"],
    );
    post.foreign_keys = vec![
        foreign_key("post_author", &["author_id"], "account"),
        foreign_key("post_reply_to", &["reply_to"], "post"),
    ];
    let mut profile = with_key(
        table("profile", vec![column("account_id", unsigned()), column("about", varchar(100))]),
        &["account_id"],
    );
    profile.foreign_keys = vec![foreign_key("profile_account", &["account_id"], "account")];
    let mut vote = with_key(
        table("vote", vec![column("account_id", unsigned()), column("post_id", unsigned())]),
        &["account_id", "post_id"],
    );
    vote.foreign_keys = vec![
        // Through the profile's key to the account's.
        foreign_key("vote_account", &["account_id"], "profile"),
        foreign_key("vote_post", &["post_id"], "post"),
    ];
    vote.foreign_keys[0].referenced_columns = vec!["account_id".to_owned()];
    let mut shown = table("shown", vec![column("post", unsigned()), column("secret", varchar(100))]);
    shown.kind = TableKind::View {
        definition: String::new(),
        updatable: false,
        keys: Vec::new(),
        origins: vec![
            Some((name("post"), "id".to_owned())),
            Some((name("account"), "password_hash".to_owned())),
        ],
    };
    catalog(vec![account, country, post, profile, shown, vote])
}

fn with_keys() -> Types {
    Types { keys: vec!["*".to_owned()], ..Types::default() }
}

fn options() -> Generate {
    let rows = BTreeMap::from([
        ("*".to_owned(), RowOptions { identity: Some(Identity::PrimaryKey), ..RowOptions::default() }),
        (
            "account".to_owned(),
            RowOptions {
                derives: vec!["Ord".to_owned()],
                attributes: vec!["#[non_exhaustive]".to_owned()],
                display: Some("{username} {{{id}}}".to_owned()),
                ..RowOptions::default()
            },
        ),
    ]);
    let secret = FieldOptions { redact: Some(true), attributes: vec!["#[serde(skip)]".to_owned()] };
    Generate {
        rows,
        fields: BTreeMap::from([("*.password_hash".to_owned(), secret)]),
        derives: vec!["Default".to_owned()],
        ..Generate::default()
    }
}

fn queries(schema: &Catalog) -> Vec<Query> {
    vec![
        query("find", Command::Opt, "SELECT * FROM account WHERE id = :id")
            .whole(schema, "account", "*")
            .param_of(schema, "id", "account.id")
            .reads(&["account"]),
        query(
            "by_countries",
            Command::Many,
            "SELECT id, password_hash FROM account WHERE country IN (:countries)",
        )
        .column(schema, "account.id", "id")
        .column(schema, "account.password_hash", "password_hash")
        .list_of(schema, "countries", "country.code")
        .reads(&["account"]),
        query("move_to", Command::Exec, "UPDATE account SET country = :country WHERE id = :id")
            .param_of(schema, "country", "account.country")
            .param_of(schema, "id", "account.id")
            .writes(&["account"]),
        query(
            "register",
            Command::ExecLastId,
            "INSERT INTO account VALUES (:a, :username, :password_hash, :s, :country)",
        )
        .param_of(schema, "a", "account.status")
        .param_of(schema, "username", "account.username")
        .param_of(schema, "password_hash", "account.password_hash")
        .param_of(schema, "s", "account.status")
        .param_of(schema, "country", "account.country")
        .writes(&["account"])
        .params_named("NewAccount")
        .last_id(unsigned()),
        query("posts", Command::Many, "SELECT * FROM post WHERE author_id = :author AND reply_to = :to")
            .whole(schema, "post", "*")
            .param_of(schema, "author", "post.author_id")
            .param_of(schema, "to", "post.reply_to")
            .reads(&["post"]),
        query("votes", Command::Many, "SELECT * FROM vote").whole(schema, "vote", "*").reads(&["vote"]),
        query("shown", Command::Many, "SELECT * FROM shown").whole(schema, "shown", "*").reads(&["shown"]),
    ]
}

#[test]
fn keys_redaction_identity_and_display() {
    let schema = schema();
    golden_code(
        "keyed",
        &Files::new(&schema).file("a.sql", queries(&schema)).lower_well(&with_keys(), &options()),
    );
}

/// The types of the DTOs' fields and of nothing else, as `table.column: type`.
fn fields(schema: &Catalog, types: &Types) -> Vec<String> {
    let generate = Generate { tables: vec!["*".to_owned()], ..Generate::default() };
    let tables = Files::new(schema).lower_well(types, &generate).tables;
    let fields = |row: &porpoise_codegen::lower::RowType| {
        let name = row.name.to_string();
        row.fields.iter().map(move |field| format!("{name}.{}: {}", field.name, field.ty)).collect::<Vec<_>>()
    };
    tables.rows.iter().flat_map(fields).collect()
}

#[track_caller]
fn has(fields: &[String], expected: &[&str]) {
    for field in expected {
        assert!(fields.iter().any(|known| known == field), "{field} is not in {fields:#?}");
    }
}

#[test]
fn a_foreign_key_and_a_view_have_the_type_of_the_key_that_they_come_from() {
    has(
        &fields(&schema(), &with_keys()),
        &[
            "Account.id: tables::AccountId",
            "Account.country: Option<tables::CountryCode>",
            "Post.author_id: tables::AccountId",
            "Post.reply_to: Option<tables::PostId>",
            "Profile.account_id: tables::AccountId",
            "Vote.account_id: tables::AccountId",
            "Vote.post_id: tables::PostId",
            "Shown.post: tables::PostId",
        ],
    );
}

#[test]
fn only_the_tables_that_are_asked_for_have_types_of_keys() {
    let types = Types { keys: vec!["post".to_owned()], ..Types::default() };
    has(
        &fields(&schema(), &types),
        &[
            "Account.id: u32",
            "Post.id: tables::PostId",
            "Post.author_id: u32",
            "Vote.post_id: tables::PostId",
        ],
    );
}

#[test]
fn a_type_of_the_authors_own_for_a_key_is_that_of_the_columns_that_refer_to_it() {
    let mut types = with_keys();
    types.columns.insert("account.id".to_owned(), "crate::Id".to_owned());
    types.columns.insert("vote.account_id".to_owned(), "crate::Voter".to_owned());
    has(
        &fields(&schema(), &types),
        &["Account.id: crate::Id", "Post.author_id: crate::Id", "Vote.account_id: crate::Voter"],
    );
}

#[test]
fn a_column_that_refers_to_two_keys_or_is_of_another_type_is_of_neither() {
    let mut schema = schema();
    let post = schema.tables.iter_mut().find(|table| table.name.name == "post").unwrap();
    post.foreign_keys.push(foreign_key("post_also", &["author_id"], "post"));
    post.columns[2].ty = SqlType::BIGINT_UNSIGNED;
    has(&fields(&schema, &with_keys()), &["Post.author_id: u32", "Post.reply_to: Option<u64>"]);
}

#[test]
fn keys_that_refer_to_each_other_in_a_circle_are_of_one_type() {
    let mut schema = schema();
    let account = schema.tables.iter_mut().find(|table| table.name.name == "account").unwrap();
    account.foreign_keys.push(foreign_key("account_profile", &["id"], "profile"));
    account.foreign_keys[1].referenced_columns = vec!["account_id".to_owned()];
    has(
        &fields(&schema, &with_keys()),
        &[
            "Account.id: tables::AccountId",
            "Profile.account_id: tables::AccountId",
            "Vote.account_id: tables::AccountId",
        ],
    );
}

#[test]
fn a_parameter_that_meets_two_keys_is_of_neither_and_a_warning_says_so() {
    let schema = schema();
    let met = |table: &str| Origin {
        table: TableName { schema: None, name: table.to_owned() },
        column: "id".to_owned(),
    };
    let both = ParamType {
        ty: unsigned(),
        nullable: false,
        origin: Some(met("account")),
        met: vec![met("account"), met("post")],
    };
    let query =
        query("q", Command::Many, "SELECT 1 FROM account, post WHERE account.id = :id AND post.id = :id")
            .expression("one", unsigned(), "")
            .shape("id", ParamShape::Scalar(both));
    let files = Files::new(&schema).file("q.sql", vec![query]);
    let (lowered, diagnostics) = files.lower(&with_keys(), &Generate::default());
    assert_eq!(lowered.types[0][0].params[0].to_string(), "u32");
    assert_eq!(
        diagnostics[0].message,
        "`id` is compared with `account.id` and `post.id`, whose keys are two types"
    );
}

#[test]
fn enums_are_named_shared_and_renamed_as_the_configuration_says() {
    let mut schema = schema();
    let post = schema.tables.iter_mut().find(|table| table.name.name == "post").unwrap();
    post.columns[3].ty = enumeration(&["active", "on-hold"]);
    let mut types = Types::default();
    types.enums.insert(
        "*.status".to_owned(),
        EnumOptions {
            name: Some("Status".to_owned()),
            variants: BTreeMap::from([("on-hold".to_owned(), "Paused".to_owned())]),
            attributes: vec!["#[serde(rename_all = \"kebab-case\")]".to_owned()],
            ..EnumOptions::default()
        },
    );
    has(&fields(&schema, &types), &["Account.status: tables::Status", "Post.status: tables::Status"]);
    let generate = Generate { tables: vec!["*".to_owned()], ..Generate::default() };
    let text = emit::single(&Files::new(&schema).lower_well(&types, &generate), "q.rs").text;
    assert_eq!(text.matches("pub enum Status {").count(), 1, "{text}");
    assert!(text.contains("Self::Paused => \"on-hold\""), "{text}");
    assert!(text.contains("#[serde(rename_all = \"kebab-case\")]\n    pub enum Status"), "{text}");
}

#[track_caller]
fn says(types: &Types, generate: &Generate, expected: &str) {
    let schema = schema();
    let generate = Generate { tables: vec!["*".to_owned()], ..generate.clone() };
    let (_, diagnostics) = Files::new(&schema).lower(types, &generate);
    let said: Vec<String> = diagnostics
        .iter()
        .map(|finding| format!("{}: {} ({})", finding.code, finding.message, finding.help.join("; ")))
        .collect();
    assert_eq!(said.join("\n"), expected);
}

fn row(pattern: &str, options: RowOptions) -> Generate {
    Generate { rows: BTreeMap::from([(pattern.to_owned(), options)]), ..Generate::default() }
}

fn shown(display: &str) -> Generate {
    row("account", RowOptions { display: Some(display.to_owned()), ..RowOptions::default() })
}

#[test]
fn options_of_rows_that_cannot_be_are_explained() {
    let types = Types::default();
    says(
        &types,
        &shown("{usrname}"),
        "bad-display: `display` of `account` names the column `usrname`, which there is not (did you mean `{username}`?)",
    );
    says(
        &types,
        &shown("{country}"),
        "bad-display: `display` of `account` would print `country`, which can be NULL ()",
    );
    says(
        &types,
        &shown("100 }"),
        "bad-display: `display` of `account` has a `}` that belongs to none (write `}}` for the sign itself)",
    );
    says(
        &types,
        &row("acount", RowOptions::default()),
        "no-such-table: no table is called `acount`, which `generate.rows` asks for ()",
    );
    says(
        &types,
        &row("shown", RowOptions { identity: Some(Identity::PrimaryKey), ..RowOptions::default() }),
        "no-primary-key: rows of `shown` cannot be compared by primary key: the table has none (leave `identity` out: \
         rows are compared by all of their fields)",
    );
    says(
        &types,
        &row("account", RowOptions { attributes: vec!["serde(skip)".to_owned()], ..RowOptions::default() }),
        "bad-attribute: `serde(skip)` in `generate.rows.\"account\"` is not an attribute (write one as it stands before \
         an item, such as `#[serde(skip)]`)",
    );
}

#[test]
fn options_of_columns_and_enums_that_cannot_be_are_explained() {
    let fields = BTreeMap::from([("password_hash".to_owned(), FieldOptions::default())]);
    says(
        &Types::default(),
        &Generate { fields, ..Generate::default() },
        "no-such-column: no column is called `password_hash`, which `generate.fields` speaks of (columns are written \
         `table.column`, and `*.column` is that of any table)",
    );
    let with = |pattern: &str, name: &str, value: &str| {
        let options = EnumOptions {
            name: Some(name.to_owned()),
            variants: BTreeMap::from([(value.to_owned(), "Held".to_owned())]),
            ..EnumOptions::default()
        };
        Types { enums: BTreeMap::from([(pattern.to_owned(), options)]), ..Types::default() }
    };
    let none = Generate::default();
    says(
        &with("account.status", "Post", "on-hold"),
        &none,
        "bad-enum-name: the enum of `account.status` cannot be called `Post`: another type is called so (choose a name \
         that no table and no other enum has)",
    );
    says(
        &with("account.status", "held", "on-hold"),
        &none,
        "bad-enum-name: the enum of `account.status` cannot be called `held`: it is no name of a type (write a name in \
         Pascal case that the prelude does not have, such as `Held`)",
    );
    says(
        &with("account.status", "Held", "onhold"),
        &none,
        "bad-enum-variant: `variants` of `account.status` names `onhold`, which it does not have (did you mean `on-hold`?)",
    );
    says(
        &with("account.id", "Held", "a"),
        &none,
        "no-such-column: no ENUM or SET column is called `account.id`, which `types.enums` speaks of (columns are \
         written `table.column`, and `*.column` is that of any table)",
    );
}

#[test]
fn of_patterns_the_longest_counts_and_a_name_before_all() {
    let mut types = Types::default();
    types.columns.insert("*.id".to_owned(), "crate::Any".to_owned());
    types.columns.insert("po*.id".to_owned(), "crate::Po".to_owned());
    types.columns.insert("post.id".to_owned(), "crate::Post".to_owned());
    let mut schema = schema();
    schema.tables.push(table("pot", vec![column("id", unsigned())]));
    has(&fields(&schema, &types), &["Account.id: crate::Any", "Pot.id: crate::Po", "Post.id: crate::Post"]);
}
