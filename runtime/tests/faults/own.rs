//! Servers of a test's own, which it may stop and kill, and a ledger of what they acknowledged.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use porpoise::{Connection, ErrorKind, Family, Options, Pool};
use xtask::servers::{self, Instance};

use crate::support::run;

/// No fault of these tests lasts longer.
const LONGEST: Duration = Duration::from_secs(120);

/// A server of its own, with a user `app` who may write but has no special rights.
pub(crate) struct Server {
    instance: Instance,
}

impl Server {
    pub(crate) fn start(family: Family, more: &[&str]) -> Self {
        let family = match family {
            Family::MariaDb => servers::Family::MariaDb,
            Family::MySql => servers::Family::MySql,
        };
        // What was acknowledged survives the end of the process.
        let more: Vec<&str> = ["--innodb-flush-log-at-trx-commit=2"].iter().chain(more).copied().collect();
        let server = Self { instance: Instance::of(family, &more).expect("a server") };
        server
            .admin()
            .execute_raw_sql(
                "CREATE USER app@'%' IDENTIFIED BY 'app'; GRANT ALL ON porpoise_test.* TO app@'%'; \
                 CREATE TABLE ledger (thread INT, number INT, PRIMARY KEY (thread, number)) ENGINE=InnoDB",
            )
            .expect("a user and a table");
        server
    }

    pub(crate) fn admin(&self) -> Connection {
        Connection::open(&Options::from_url(&self.instance.url()).unwrap()).expect("the server of the test")
    }

    pub(crate) fn address(&self) -> (&'static str, u16) {
        ("127.0.0.1", self.instance.port())
    }

    /// Options of the user without special rights.
    pub(crate) fn options(&self) -> Options {
        Options::new().hosts([self.address()]).user("app").password("app").database("porpoise_test")
    }

    pub(crate) fn signal(&self, name: &str) {
        self.instance.signal(name).unwrap();
    }

    /// Starts it again after it was told to end.
    pub(crate) fn restart(&mut self) {
        self.instance.restart().unwrap();
    }

    /// Waits for its end, as it was told.
    pub(crate) fn wait(&mut self) {
        self.instance.wait().unwrap();
    }

    /// Makes it refuse writes, or take them.
    pub(crate) fn set_read_only(&self, read_only: bool) {
        let mut admin = self.admin();
        let (variable, value) = match admin.family() {
            Family::MySql => ("super_read_only", read_only),
            Family::MariaDb => ("read_only", read_only),
        };
        admin.execute_raw_sql(&format!("SET GLOBAL {variable} = {}", u8::from(value))).unwrap();
        if !read_only {
            admin.execute_raw_sql("SET GLOBAL read_only = 0").unwrap();
        }
    }

    /// What its ledger holds.
    pub(crate) fn entries(&self) -> BTreeSet<(i32, i32)> {
        crate::support::rows(&mut self.admin(), "SELECT thread, number FROM ledger", &[])
            .into_iter()
            .collect()
    }
}

/// What was acknowledged to writers, and what they do not know.
#[derive(Default)]
pub(crate) struct Ledger {
    kept: Mutex<BTreeSet<(i32, i32)>>,
    unknown: Mutex<BTreeSet<(i32, i32)>>,
    refused: Mutex<Vec<ErrorKind>>,
    acknowledged: AtomicU64,
    over: AtomicBool,
}

impl Ledger {
    /// Writes numbers under a thread's name until it is over: half by transactions, half by single statements.
    pub(crate) fn write(&self, pool: &Pool, thread: i32) {
        let insert = "INSERT INTO ledger VALUES (?, ?)";
        for number in 0.. {
            if self.over.load(Ordering::SeqCst) {
                return;
            }
            let result = if number % 2 == 0 {
                pool.transaction(|tx| run(tx, insert, &[&thread, &number]))
            } else {
                run(pool, insert, &[&thread, &number])
            };
            match result {
                Ok(()) => {
                    assert!(self.kept.lock().unwrap().insert((thread, number)));
                    self.acknowledged.fetch_add(1, Ordering::SeqCst);
                }
                Err(error) => {
                    let kind = error.kind();
                    // What broke after it was sent, and outside of a transaction, may have been done.
                    if kind == ErrorKind::CommitUnknown || kind == ErrorKind::ConnectionLost {
                        self.unknown.lock().unwrap().insert((thread, number));
                    }
                    assert_ne!(kind, ErrorKind::UniqueViolation, "written twice: {error}");
                    self.refused.lock().unwrap().push(kind);
                    std::thread::sleep(Duration::from_millis(2));
                }
            }
        }
    }

    /// Waits until so many more were acknowledged.
    pub(crate) fn wait_for_more(&self, more: u64) {
        let (until, started) = (self.acknowledged.load(Ordering::SeqCst) + more, Instant::now());
        while self.acknowledged.load(Ordering::SeqCst) < until {
            if started.elapsed() > LONGEST {
                self.end();
                panic!("nothing is acknowledged any more; {:?}", self.refused.lock().unwrap().last());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    pub(crate) fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    /// Holds the ledger against what is there, and counts.
    pub(crate) fn settle(&self, there: &BTreeSet<(i32, i32)>) -> String {
        let (kept, unknown) = (self.kept.lock().unwrap(), self.unknown.lock().unwrap());
        let lost: Vec<_> = kept.difference(there).collect();
        assert!(lost.is_empty(), "{} acknowledged and lost: {lost:?}", lost.len());
        let foreign = there.iter().filter(|entry| !kept.contains(entry) && !unknown.contains(entry)).count();
        assert_eq!(foreign, 0, "refused, and there all the same");
        format!(
            "{} acknowledged, 0 lost, {} told, {} of them of unknown fate ({} there)",
            kept.len(),
            self.refused.lock().unwrap().len(),
            unknown.len(),
            unknown.intersection(there).count()
        )
    }

    /// How often writers were told of this kind of failure.
    pub(crate) fn told(&self, kind: ErrorKind) -> usize {
        self.refused.lock().unwrap().iter().filter(|other| **other == kind).count()
    }
}

/// Runs `meddle` while so many threads write into the ledger.
pub(crate) fn under_load(pool: &Pool, threads: i32, ledger: &Ledger, meddle: impl FnOnce()) {
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || ledger.write(pool, thread));
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            ledger.wait_for_more(50);
            meddle();
        }));
        ledger.end();
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
}
