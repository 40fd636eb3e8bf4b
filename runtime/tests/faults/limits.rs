//! Servers that give few connections, or end them.

use std::time::Duration;

use porpoise::{ErrorKind, Options, Pool};

use crate::commits::works;
use crate::own::Server;
use crate::support::{Database, run};

/// The server ends what idles for a second.
pub(crate) fn wait_timeout(database: &Database) -> String {
    let set = |options: Options| {
        options.max_size(1).after_connect(|setup| setup.execute_raw_sql("SET wait_timeout = 1").map(drop))
    };
    let trusting = Pool::new(set(database.options()).validate_after(Duration::from_secs(600))).unwrap();
    let careful = Pool::new(set(database.options()).validate_after(Duration::from_millis(500))).unwrap();
    let ids = [&trusting, &careful].map(|pool| pool.get().unwrap().id());
    let open = "SELECT COUNT(*) FROM information_schema.processlist WHERE id IN (?, ?)";
    let mut admin = database.connect();
    while crate::support::row::<i64>(&mut admin, open, &[&ids[0], &ids[1]]) > 0 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let error = run(&trusting, "DO 1", &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error}");
    run(&trusting, "DO 1", &[]).unwrap();
    works(&mut careful.get().unwrap());
    "1 told where nothing is validated, 1 replaced unseen where it is".to_owned()
}

pub(crate) fn max_connections(database: &Database) -> String {
    // MariaDB allows no fewer.
    let server = Server::start(database.family, &["--max-connections=10"]);
    crowd(server.options())
}

pub(crate) fn max_user_connections(database: &Database) -> String {
    let user = format!("few_{}", database.name.rsplit('_').next().unwrap());
    let mut admin = database.connect();
    admin
        .execute_raw_sql(&format!(
            "CREATE USER {user}@'%' IDENTIFIED BY 'few' WITH MAX_USER_CONNECTIONS 2; GRANT ALL ON {}.* TO {user}@'%'",
            database.name
        ))
        .unwrap();
    let counted = crowd(database.options().user(&user).password("few"));
    admin.execute_raw_sql(&format!("DROP USER {user}@'%'")).unwrap();
    counted
}

/// Many threads, and a pool that may open more than the server gives: everybody waits and is served.
fn crowd(options: Options) -> String {
    let pool = Pool::new(options.max_size(24).acquire_timeout(Duration::from_secs(60))).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| {
                for _ in 0..25 {
                    works(&mut pool.get().unwrap());
                }
            });
        }
    });
    let metrics = pool.metrics();
    assert_eq!((metrics.timed_out, metrics.handed_out), (0, 800));
    assert!(metrics.connected < 24, "the server gave {} connections", metrics.connected);
    format!("800 calls served over {} connections", metrics.connected)
}
