//! Spans and warnings of the feature `tracing`, as a subscriber sees them.
#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use porpoise::__codegen::{Query, exec, fetch_many, stream};
use porpoise::{Connection, Pool};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// All that a subscriber is told, in the order in which it is told.
#[derive(Clone, Default)]
struct Recorder {
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    all: Vec<Told>,
    entered: Vec<u64>,
}

/// A span or an event.
#[derive(Clone, Debug)]
struct Told {
    name: &'static str,
    level: Level,
    parent: Option<u64>,
    fields: BTreeMap<&'static str, String>,
}

impl Told {
    fn get(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }

    fn number(&self, field: &str) -> u64 {
        self.get(field).parse().unwrap_or_else(|_| panic!("{field} is no number: {self:?}"))
    }
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }
}

impl Recorder {
    /// Runs a closure and gives what was told meanwhile.
    fn record(work: impl FnOnce()) -> Vec<Told> {
        let recorder = Self::default();
        tracing::subscriber::with_default(recorder.clone(), work);
        std::mem::take(&mut recorder.seen.lock().unwrap().all)
    }

    fn add(&self, metadata: &Metadata<'static>, parent: Option<u64>, record: impl FnOnce(&mut Told)) -> u64 {
        let mut told =
            Told { name: metadata.name(), level: *metadata.level(), parent, fields: BTreeMap::new() };
        record(&mut told);
        let mut seen = self.seen.lock().unwrap();
        told.parent = told.parent.or(seen.entered.last().copied());
        seen.all.push(told);
        seen.all.len() as u64
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "porpoise"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let parent = span.parent().map(Id::into_u64);
        Id::from_u64(self.add(span.metadata(), parent, |told| span.record(told)))
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut self.seen.lock().unwrap().all[span.into_u64() as usize - 1]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.add(event.metadata(), event.parent().map(Id::into_u64), |told| event.record(told));
    }

    fn enter(&self, span: &Id) {
        self.seen.lock().unwrap().entered.push(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        assert_eq!(self.seen.lock().unwrap().entered.pop(), Some(span.into_u64()));
    }
}

fn numbers(name: &'static str) -> Query {
    Query::new(name, "SELECT 1 UNION ALL SELECT 2", &[])
}

on_both_servers! {
    fn a_query_is_a_span(database: &Database) {
        let mut connection = database.connect();
        let told = Recorder::record(|| {
            fetch_many::<i32>(&mut connection, numbers("t::numbers")).unwrap();
            exec(&mut connection, Query::new("t::wrong", "SELECT * FROM nowhere", &[])).unwrap_err();
            assert_eq!(stream::<i32>(&mut connection, numbers("t::stream")).unwrap().count(), 2);
        });
        let (host, port, ..) = database.login();
        let names: Vec<_> = told.iter().map(|span| (span.name, span.level, span.get("query.name"))).collect();
        assert_eq!(names, [
            ("query", Level::DEBUG, "t::numbers"),
            ("query", Level::DEBUG, "t::wrong"),
            ("query", Level::DEBUG, "t::stream"),
        ]);
        for (span, (rows, error)) in told.iter().zip([(2, ""), (0, "SchemaDrift"), (2, "")]) {
            assert_eq!((span.number("rows"), span.get("error")), (rows, error));
            assert_eq!(span.get("server"), format!("{host}:{port}"));
            assert_eq!(span.number("connection"), u64::from(connection.id()));
            assert_eq!((span.number("retries"), span.get("pool.wait_us")), (0, ""));
            span.number("duration_us");
        }
    }

    fn the_wait_for_a_connection_is_in_the_span(database: &Database) {
        let pool = database.pool();
        let told = Recorder::record(|| drop(fetch_many::<i32>(&pool, numbers("t::numbers")).unwrap()));
        assert_eq!(told.len(), 1);
        told[0].number("pool.wait_us");
    }

    fn a_transaction_is_a_span_around_its_queries(database: &Database) {
        let pool = database.pool();
        let mut attempts = 0;
        let told = Recorder::record(|| {
            pool.transaction(|tx| {
                attempts += 1;
                fetch_many::<i32>(&mut *tx, numbers("t::in_transaction"))?;
                if attempts < 2 {
                    let id: u64 = porpoise::__codegen::fetch_one(&mut *tx, Query::new("t::id", "SELECT CONNECTION_ID()", &[]))?;
                    database.connect().execute_raw_sql(&format!("KILL {id}")).unwrap();
                    fetch_many::<i32>(&mut *tx, numbers("t::lost"))?;
                }
                Ok::<_, porpoise::Error>(())
            })
            .unwrap();
        });
        assert_eq!((told[0].name, told[0].number("attempts"), told[0].get("error")), ("transaction", 2, ""));
        let queries: Vec<_> = told[1..]
            .iter()
            .map(|span| (span.parent, span.get("query.name"), span.number("retries")))
            .collect();
        assert_eq!(queries, [
            (Some(1), "t::in_transaction", 0),
            (Some(1), "t::id", 0),
            (Some(1), "t::lost", 0),
            (Some(1), "t::in_transaction", 1),
        ]);
    }

    fn slow_and_repeated_queries_are_warnings(database: &Database) {
        let options = database.options().slow_query(Some(Duration::ZERO)).warn_repeated(Some(2));
        let mut connection = Connection::open(&options).unwrap();
        let told = Recorder::record(|| {
            // As often as it takes to be twice in a row on a machine that pauses.
            for _ in 0..5 {
                fetch_many::<i32>(&mut connection, numbers("t::numbers")).unwrap();
            }
        });
        let warnings: Vec<_> = told.iter().filter(|event| event.level == Level::WARN).collect();
        let slow = warnings.iter().filter(|event| event.get("message") == "slow query");
        assert_eq!(slow.clone().count(), 5);
        for event in slow {
            assert_eq!((event.get("query.name"), event.number("rows")), ("t::numbers", 2));
            // It stands in the span of its query.
            assert_eq!(told[event.parent.unwrap() as usize - 1].name, "query");
        }
        assert!(warnings.iter().any(|event| !event.get("times").is_empty() && event.number("times") == 2));
    }

    fn no_parameter_is_in_any_span(database: &Database) {
        let options = database.options().slow_query(Some(Duration::ZERO)).warn_repeated(Some(2));
        let pool = Pool::new(options).unwrap();
        pool.get().unwrap().execute_raw_sql("CREATE TABLE t (name VARCHAR(40) PRIMARY KEY)").unwrap();
        let told = Recorder::record(|| {
            for _ in 0..3 {
                let insert = Query::new("t::insert", "INSERT INTO t VALUES (?)", &[&"canary-7f3"]);
                let _ = exec(&pool, insert);
                let find = Query::new("t::find", "SELECT name FROM t WHERE name = ?", &[&"canary-7f3"]);
                assert_eq!(fetch_many::<String>(&pool, find).unwrap(), ["canary-7f3"]);
            }
        });
        let text = format!("{told:?}");
        assert!(text.contains("UniqueViolation") && !text.contains("canary"), "{text}");
        let (.., user, password) = database.login();
        assert!(!text.contains(&password) && !text.contains(&format!("{user}:")));
    }
}
