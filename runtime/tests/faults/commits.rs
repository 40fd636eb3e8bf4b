//! What becomes of transactions whose connection breaks around COMMIT.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use porpoise::__codegen::{Query, fetch_one};
use porpoise::{Connection, ErrorKind, Pool};

use crate::support::proxy::{Fault, Proxy};
use crate::support::{Database, row, rows, run};

pub(crate) fn ledger(database: &Database) {
    database.connect().execute_raw_sql("CREATE TABLE ledger (id INT PRIMARY KEY) ENGINE=InnoDB").unwrap();
}

fn entries(database: &Database) -> i64 {
    row(&mut database.connect(), "SELECT COUNT(*) FROM ledger", &[])
}

/// Waits until only so many sessions are left: the server rolls back what a closed one left open, a moment later.
fn settled(database: &Database, kept: i64) {
    let open = "SELECT COUNT(*) FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()";
    let mut admin = database.connect();
    while row::<i64>(&mut admin, open, &[&database.name.as_str()]) > kept {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// A transaction whose COMMIT meets a fault: how it ends, and after how many attempts.
fn commit_under(database: &Database, fault: Fault) -> (ErrorKind, i32) {
    ledger(database);
    let proxy = Proxy::before(database);
    let pool = Pool::new(proxy.options(database)).unwrap();
    let mut attempts = 0;
    let result = pool.transaction(|tx| -> porpoise::Result<()> {
        attempts += 1;
        proxy.set(fault);
        run(&mut *tx, "INSERT INTO ledger VALUES (1)", &[])
    });
    assert_eq!((pool.status().in_use, pool.status().idle), (0, 0), "the connection is gone");
    (result.unwrap_err().kind(), attempts)
}

pub(crate) fn reply_lost(database: &Database) -> String {
    assert_eq!(commit_under(database, Fault::LoseReply("COMMIT")), (ErrorKind::CommitUnknown, 1));
    assert_eq!(entries(database), 1, "it was committed, though nobody was told");
    "1 told as unknown, 1 committed, 0 repeated".to_owned()
}

pub(crate) fn never_delivered(database: &Database) -> String {
    assert_eq!(commit_under(database, Fault::DropRequest("COMMIT")), (ErrorKind::CommitUnknown, 1));
    settled(database, 0);
    assert_eq!(entries(database), 0);
    "1 told as unknown, 0 committed, 0 repeated".to_owned()
}

pub(crate) fn broken_before(database: &Database) -> String {
    ledger(database);
    let proxy = Proxy::before(database);
    let pool = Pool::new(proxy.options(database)).unwrap();
    let mut attempts = 0;
    pool.transaction(|tx| -> porpoise::Result<()> {
        attempts += 1;
        run(&mut *tx, "INSERT INTO ledger VALUES (?)", &[&attempts])?;
        proxy.set(if attempts < 4 { Fault::DropRequest("SELECT 41") } else { Fault::None });
        fetch_one::<i32>(tx, Query::new("t::row", "SELECT 41 + 1", &[])).map(drop)
    })
    .unwrap();
    assert_eq!(attempts, 4);
    settled(database, 1);
    assert_eq!(entries(database), 1);
    "4 attempts, 1 committed".to_owned()
}

fn kill(database: &Database, id: u32) {
    database.connect().execute_raw_sql(&format!("KILL {id}")).unwrap();
    settled(database, 0);
}

pub(crate) fn killed_idle(database: &Database) -> String {
    let trusting = Pool::new(database.options().max_size(1)).unwrap();
    kill(database, trusting.get().unwrap().id());
    // It idled for less than `validate_after`.
    let error = run(&trusting, "DO 1", &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error}");
    run(&trusting, "DO 1", &[]).unwrap();
    kill(database, trusting.get().unwrap().id());
    trusting.transaction(|tx| run(tx, "DO 1", &[])).unwrap();
    trusting.close();
    settled(database, 0);
    let careful =
        Pool::new(database.options().max_size(1).validate_after(std::time::Duration::ZERO)).unwrap();
    let id = careful.get().unwrap().id();
    kill(database, id);
    assert_ne!(careful.get().unwrap().id(), id);
    "1 statement told, 1 transaction run again, 1 replaced unseen by validation".to_owned()
}

pub(crate) fn killed_in_transaction(database: &Database) -> String {
    ledger(database);
    let pool = Pool::new(database.options()).unwrap();
    let mut attempts = 0;
    let mut admin = database.connect();
    pool.transaction(|tx| -> porpoise::Result<()> {
        attempts += 1;
        run(&mut *tx, "INSERT INTO ledger VALUES (?)", &[&attempts])?;
        if attempts < 3 {
            let id: u32 = row(&mut *tx, "SELECT CONNECTION_ID()", &[]);
            admin.execute_raw_sql(&format!("KILL {id}")).unwrap();
        }
        run(tx, "DO 1", &[])
    })
    .unwrap();
    let kept: Vec<i32> = rows(&pool, "SELECT id FROM ledger", &[]);
    assert_eq!((attempts, kept), (3, vec![3]));
    "3 attempts, 1 committed".to_owned()
}

/// Kills the session of a committing thread over and over. What was acknowledged is there, what was refused is not.
pub(crate) fn killed_in_commit(database: &Database) -> String {
    ledger(database);
    let pool = Pool::new(database.options().max_size(2)).unwrap();
    let over = AtomicBool::new(false);
    let (mut kept, mut unknown, mut attempts) = (BTreeSet::new(), BTreeSet::new(), 0);
    let kills = std::thread::scope(|scope| {
        let killer = scope.spawn(|| {
            let mut admin = database.connect();
            let victims =
                "SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()";
            let mut kills = 0;
            while !over.load(Ordering::SeqCst) {
                for id in rows::<u64>(&mut admin, victims, &[&database.name.as_str()]) {
                    // It may have ended since.
                    kills += u32::from(admin.execute_raw_sql(&format!("KILL {id}")).is_ok());
                }
            }
            kills
        });
        for id in 0..400 {
            let result = pool.transaction(|tx| -> porpoise::Result<()> {
                attempts += 1;
                run(&mut *tx, "INSERT INTO ledger VALUES (?)", &[&id])
            });
            match result.map_err(|error| error.kind()) {
                Ok(()) => assert!(kept.insert(id)),
                Err(ErrorKind::CommitUnknown) => assert!(unknown.insert(id)),
                Err(ErrorKind::ConnectionLost | ErrorKind::Connect) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        over.store(true, Ordering::SeqCst);
        killer.join().unwrap()
    });
    let there: BTreeSet<i32> =
        rows(&mut database.connect(), "SELECT id FROM ledger", &[]).into_iter().collect();
    assert!(kept.is_subset(&there), "lost: {:?}", kept.difference(&there));
    assert!(
        there.iter().all(|id| kept.contains(id) || unknown.contains(id)),
        "refused, and there all the same"
    );
    assert!(kills > 20 && kept.len() > 20, "{kills} kills, {} kept", kept.len());
    format!(
        "{kills} kills, {} acknowledged and there, {} of unknown fate ({} there), {attempts} attempts",
        kept.len(),
        unknown.len(),
        unknown.intersection(&there).count()
    )
}

/// A connection that is known to work.
pub(crate) fn works(connection: &mut Connection) {
    assert_eq!(row::<i32>(connection, "SELECT 6 * 7", &[]), 42);
}
