//! What is told of queries: events, slow and repeated ones, counts. Spans are in `spans.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use porpoise::__codegen::{Bulk, Query, arguments, bulk, exec, fetch_many, fetch_opt, stream};
use porpoise::test::{assert_queries, count_queries};
use porpoise::{
    BulkOptions, Connection, ErrorKind, Options, Pool, QueryEvent, Read, RepeatedQuery, Result, Write,
};
use support::Database;

/// As generated code.
mod article {
    use super::*;

    pub(super) fn find(db: impl Read, id: i32) -> Result<Option<String>> {
        fetch_opt(db, Query::new("article::find", "SELECT title FROM article WHERE id = ?", &[&id]))
    }

    pub(super) fn list(db: impl Read) -> Result<Vec<i32>> {
        fetch_many(db, Query::new("article::list", "SELECT id FROM article ORDER BY id", &[]))
    }

    pub(super) fn with_authors(db: impl Read) -> Result<Vec<(i32, String)>> {
        let sql = "SELECT a.id, b.title FROM article a JOIN article b ON b.id = a.id ORDER BY a.id";
        fetch_many(db, Query::new("article::with_authors", sql, &[]))
    }

    pub(super) fn add(db: impl Write, id: i32, title: &str) -> Result<()> {
        exec(db, Query::new("article::add", "INSERT INTO article (id, title) VALUES (?, ?)", &[&id, &title]))
    }

    const ADD_ALL: Bulk =
        Bulk::rows("article::add_all", "INSERT INTO article (id, title) VALUES ", "(?, ?)", "");

    pub(super) fn add_all(db: impl Write, rows: &[(i32, &str)]) -> Result<u64> {
        let encode = |row: &(i32, &str)| arguments(&[&row.0, &row.1]);
        bulk(db, ADD_ALL, rows, encode, &mut BulkOptions::new()).map(|result| result.rows_affected)
    }

    pub(super) fn sleep(db: impl Read) -> Result<Option<i32>> {
        fetch_opt(db, Query::new("article::sleep", "SELECT SLEEP(0.05)", &[]))
    }
}

fn articles(database: &Database) {
    let script = "CREATE TABLE article (id INT PRIMARY KEY, title VARCHAR(40) NOT NULL); \
                  INSERT INTO article VALUES (1, 'one'), (2, 'two'), (3, 'three')";
    database.connect().execute_raw_sql(script).unwrap();
}

type Heard<E> = Arc<Mutex<Vec<E>>>;

/// Options whose queries are heard.
fn listening(database: &Database) -> (Options, Heard<QueryEvent>) {
    let heard = Heard::default();
    let theirs = Arc::clone(&heard);
    let options =
        database.options().max_size(2).on_query(move |event| theirs.lock().unwrap().push(event.clone()));
    (options, heard)
}

fn taken<E>(heard: &Heard<E>) -> Vec<E> {
    std::mem::take(&mut *heard.lock().unwrap())
}

/// Options that are told of queries that come five times in a row.
fn warned(database: &Database) -> (Options, Heard<RepeatedQuery>) {
    let heard = Heard::default();
    let theirs = Arc::clone(&heard);
    let options = database
        .options()
        .max_size(2)
        .warn_repeated(Some(5))
        .on_repeated_query(move |event| theirs.lock().unwrap().push(*event));
    (options, heard)
}

on_both_servers! {
    fn an_event_tells_who_where_and_how_much(database: &Database) {
        articles(database);
        let (options, heard) = listening(database);
        let mut connection = Connection::open(&options).unwrap();
        article::list(&mut connection).unwrap();
        article::add(&mut connection, 4, "four").unwrap();
        article::add(&mut connection, 4, "four").unwrap_err();
        article::add_all(&mut connection, &[(5, "five"), (6, "six")]).unwrap();
        let (host, port, ..) = database.login();
        let events = taken(&heard);
        let short: Vec<_> = events.iter().map(|event| (event.name, event.rows, event.error)).collect();
        assert_eq!(short, [
            ("article::list", 3, None),
            ("article::add", 1, None),
            ("article::add", 0, Some(ErrorKind::UniqueViolation)),
            ("article::add_all", 2, None),
        ]);
        for event in events {
            assert_eq!((&*event.server, event.connection), (&*format!("{host}:{port}"), connection.id()));
            assert_eq!((event.attempt, event.slow, event.pool_wait), (1, false, None));
        }
    }

    fn a_stream_is_told_at_its_end(database: &Database) {
        articles(database);
        let (options, heard) = listening(database);
        let mut connection = Connection::open(&options).unwrap();
        let ids = || Query::new("article::ids", "SELECT id FROM article", &[]);
        let mut rows = stream::<i32>(&mut connection, ids()).unwrap();
        rows.next().unwrap().unwrap();
        assert_eq!(heard.lock().unwrap().len(), 0);
        drop(rows);
        assert_eq!(stream::<i32>(&mut connection, ids()).unwrap().count(), 3);
        stream::<(i32, i32)>(&mut connection, ids()).unwrap_err();
        stream::<i32>(&mut connection, Query::new("article::ids", "SELECT nothing FROM article", &[])).unwrap_err();
        let short: Vec<_> = taken(&heard).iter().map(|event| (event.rows, event.error)).collect();
        // Dropped early, it gave one row; those that were only read away are not counted.
        assert_eq!(short, [(1, None), (3, None), (0, Some(ErrorKind::SchemaDrift)), (0, Some(ErrorKind::SchemaDrift))]);
    }

    fn the_wait_for_a_connection_is_told_once(database: &Database) {
        articles(database);
        let (options, heard) = listening(database);
        let pool = Pool::new(options).unwrap();
        let mut connection = pool.get().unwrap();
        article::list(&mut connection).unwrap();
        article::list(&mut connection).unwrap();
        drop(connection);
        article::list(&pool).unwrap();
        let waits: Vec<bool> = taken(&heard).iter().map(|event| event.pool_wait.is_some()).collect();
        assert_eq!(waits, [true, false, true]);
    }

    fn an_event_tells_the_attempt(database: &Database) {
        articles(database);
        let (options, heard) = listening(database);
        let pool = Pool::new(options).unwrap();
        let mut attempts = 0;
        pool.transaction(|tx| {
            attempts += 1;
            article::list(&mut *tx)?;
            if attempts < 3 {
                let id: u64 = support::row(&mut *tx, "SELECT CONNECTION_ID()", &[]);
                database.connect().execute_raw_sql(&format!("KILL {id}")).unwrap();
                article::list(&mut *tx)?;
            }
            Ok::<_, porpoise::Error>(())
        })
        .unwrap();
        article::list(&pool).unwrap();
        let whole: Vec<u32> = taken(&heard)
            .iter()
            .filter(|event| event.name == "article::list" && event.error.is_none())
            .map(|event| event.attempt)
            .collect();
        assert_eq!(whole, [1, 2, 3, 1]);
    }

    fn slow_queries_are_told(database: &Database) {
        let (options, heard) = listening(database);
        let slow = Heard::default();
        let theirs: Heard<&'static str> = Arc::clone(&slow);
        let options = options.on_slow_query(move |event| theirs.lock().unwrap().push(event.name));
        let mut connection = Connection::open(&options.clone().slow_query(Some(Duration::from_millis(40)))).unwrap();
        article::sleep(&mut connection).unwrap();
        let mut patient = Connection::open(&options.slow_query(Some(Duration::from_secs(3_600)))).unwrap();
        article::sleep(&mut patient).unwrap();
        assert_eq!(taken(&heard).iter().map(|event| event.slow).collect::<Vec<_>>(), [true, false]);
        assert_eq!(taken(&slow), ["article::sleep"]);
    }

    fn slow_queries_alone_are_told_to_their_own_hook(database: &Database) {
        let slow = Heard::default();
        let theirs: Heard<&'static str> = Arc::clone(&slow);
        let options = database
            .options()
            .slow_query(Some(Duration::from_millis(40)))
            .on_slow_query(move |event| theirs.lock().unwrap().push(event.name));
        article::sleep(&mut Connection::open(&options).unwrap()).unwrap();
        assert_eq!(taken(&slow), ["article::sleep"]);
    }

    fn counts_are_exact(database: &Database) {
        articles(database);
        let pool = database.pool();
        let ((), count) = count_queries(|| {
            article::list(&pool).unwrap();
            pool.transaction(|tx| {
                article::add(&mut *tx, 4, "four")?;
                tx.transaction(|nested| article::add(nested, 5, "five"))
            }).unwrap();
            article::add(&pool, 4, "again").unwrap_err();
            article::add_all(&pool, &[(7, "seven"), (8, "eight"), (9, "nine")]).unwrap();
            let mut connection = pool.get().unwrap();
            connection.execute_raw_sql("SELECT 1").unwrap();
            connection.ping().unwrap();
            let ids = Query::new("article::ids", "SELECT id FROM article", &[]);
            assert_eq!(stream::<i32>(&mut connection, ids).unwrap().count(), 8);
        });
        let counted: Vec<_> = count.iter().collect();
        assert_eq!(counted, [("article::add", 3), ("article::add_all", 1), ("article::ids", 1), ("article::list", 1)]);
        assert_eq!(count.total(), 6);
    }

    fn counts_belong_to_their_thread(database: &Database) {
        articles(database);
        let pool = database.pool();
        let theirs = assert_queries(1, || {
            article::list(&pool).unwrap();
            std::thread::scope(|scope| {
                scope.spawn(|| count_queries(|| article::list(&pool).unwrap()).1.total()).join().unwrap()
            })
        });
        assert_eq!(theirs, 1);
    }

    fn a_wrong_number_of_queries_is_told_by_name(database: &Database) {
        articles(database);
        let pool = database.pool();
        let loops = || {
            for id in article::list(&pool).unwrap() {
                article::find(&pool, id).unwrap();
            }
        };
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| assert_queries(2, loops))).unwrap_err();
        assert_eq!(
            panic.downcast_ref::<String>().unwrap(),
            "expected 2 queries, and there were 4:\n3 x article::find\n1 x article::list"
        );
    }

    fn a_loop_of_queries_on_a_connection_is_found(database: &Database) {
        articles(database);
        let (options, heard) = warned(database);
        let mut connection = Pool::new(options).unwrap().get().unwrap();
        for _ in 0..7 {
            for id in article::list(&mut connection).unwrap() {
                article::find(&mut connection, id).unwrap();
            }
        }
        let heard = taken(&heard);
        // One burst, if the machine does not pause in the middle of it.
        assert!(heard.iter().any(|event| (event.name, event.times) == ("article::find", 5)), "{heard:?}");
    }

    fn a_loop_of_queries_through_a_pool_is_found(database: &Database) {
        articles(database);
        let (options, heard) = warned(database);
        let pool = Pool::new(options).unwrap();
        for _ in 0..20 {
            article::find(&pool, 1).unwrap();
        }
        let heard = taken(&heard);
        assert!(heard.iter().all(|event| (event.name, event.times) == ("article::find", 5)), "{heard:?}");
        assert!((1..=4).contains(&heard.len()), "{heard:?}");
    }

    fn joins_batches_and_loans_of_their_own_are_no_repetition(database: &Database) {
        articles(database);
        let (options, heard) = warned(database);
        let pool = Pool::new(options).unwrap();
        for _ in 0..3 {
            article::with_authors(&pool).unwrap();
        }
        for id in 0..20 {
            // Each loan starts anew.
            article::find(&mut pool.get().unwrap(), id).unwrap();
        }
        let rows: Vec<(i32, &str)> = (10..40).map(|id| (id, "more")).collect();
        article::add_all(&pool, &rows).unwrap();
        for rows in rows.chunks(1) {
            let rows: Vec<(i32, &str)> = rows.iter().map(|(id, title)| (id + 100, *title)).collect();
            article::add_all(&pool, &rows).unwrap();
        }
        assert_eq!(taken(&heard), []);
    }

    fn no_parameter_is_in_any_event(database: &Database) {
        articles(database);
        let (options, heard) = listening(database);
        let pool = Pool::new(options).unwrap();
        for _ in 0..2 {
            let _ = article::add(&pool, 4, "canary-7f3");
            let _ = article::add_all(&pool, &[(4, "canary-7f3")]);
        }
        let text = format!("{:?}", taken(&heard));
        assert!(text.contains("UniqueViolation") && !text.contains("canary"), "{text}");
    }
}
