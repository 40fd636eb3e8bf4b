//! One row by its primary key through a pool. Each other pool as it comes, and without the checks and resets that it
//! does on each loan, which ours does not need.

use std::hint::black_box;
use std::time::Duration;

use mysql::prelude::Queryable;
use mysql::{PoolConstraints, PoolOpts};
use porpoise::Pool;
use r2d2_mysql::{MySqlConnectionManager, r2d2};
use sqlx::Row as _;
use sqlx::mysql::{MySqlPool, MySqlPoolOptions};
use tokio::runtime::Runtime;

use crate::lookup::{FIND, find, keys};
use crate::measure::{Comparison, Contender, Effort, Step, compare};
use crate::server::{Account, Server, account};

const CONNECTIONS: usize = 4;
const THREADS: usize = 8;
const LOOKUPS: u32 = 50;

/// More threads than connections.
pub(crate) fn contended(server: &Server) -> Comparison {
    through_pools(server, "One row through a pool, 8 threads on 4 connections", THREADS)
}

/// As many connections as anybody could want.
pub(crate) fn uncontended(server: &Server) -> Comparison {
    through_pools(server, "One row through a pool, 1 thread on 4 connections", 1)
}

fn through_pools(server: &Server, title: &'static str, threads: usize) -> Comparison {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let bare = || PoolOpts::default().with_reset_connection(false).with_check_health(false);
    let through_sqlx = |test| -> Step<'_> {
        let pool = runtime.block_on(sqlx_pool(server, test));
        let runtime = &runtime;
        in_threads(threads, move |id| runtime.block_on(by_sqlx(&pool, id)))
    };
    compare(
        title,
        &Effort {
            rounds: if threads == 1 { 40 } else { 12 },
            steps: 8,
            operations: threads as u32 * LOOKUPS,
        },
        &[
            Contender::ours(|| {
                let pool = Pool::new(server.options().max_size(CONNECTIONS).min_idle(CONNECTIONS)).unwrap();
                while pool.status().idle < CONNECTIONS {
                    std::thread::yield_now();
                }
                in_threads(threads, move |id| find(&pool, id).unwrap().unwrap())
            }),
            Contender::other("mysql::Pool", 1.0, || by_driver(server, PoolOpts::default(), threads)),
            // No target: it keeps broken connections and what others left in their sessions, and whoever gives a
            // connection back takes it again before those who wait.
            Contender::shown("mysql::Pool, no reset, no ping", || by_driver(server, bare(), threads)),
            Contender::other("r2d2", 1.0, || by_r2d2(server, true, threads)),
            Contender::shown("r2d2, no test", || by_r2d2(server, false, threads)),
            Contender::other("sqlx, block_on", 1.0, || through_sqlx(true)),
            Contender::other("sqlx, block_on, no test", 1.0, || through_sqlx(false)),
            Contender::other("sqlx, tasks", 1.0, || in_tasks(&runtime, server, true, threads)),
            Contender::other("sqlx, tasks, no test", 1.0, || in_tasks(&runtime, server, false, threads)),
        ],
    )
}

fn in_threads<'a>(threads: usize, lookup: impl Fn(u32) -> Account + Sync + 'a) -> Step<'a> {
    Box::new(move || {
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    for id in keys(LOOKUPS) {
                        assert_eq!(black_box(lookup(id)).id, id);
                    }
                });
            }
        });
    })
}

fn in_tasks<'a>(runtime: &'a Runtime, server: &Server, test: bool, tasks: usize) -> Step<'a> {
    let pool = runtime.block_on(sqlx_pool(server, test));
    Box::new(move || {
        let task = |pool: MySqlPool| async move {
            for id in keys(LOOKUPS) {
                assert_eq!(black_box(by_sqlx(&pool, id).await).id, id);
            }
        };
        let tasks: Vec<_> = (0..tasks).map(|_| runtime.spawn(task(pool.clone()))).collect();
        for task in tasks {
            runtime.block_on(task).unwrap();
        }
    })
}

fn by_driver<'a>(server: &Server, options: PoolOpts, threads: usize) -> Step<'a> {
    let constraints = PoolConstraints::new(CONNECTIONS, CONNECTIONS).unwrap();
    let options = server.driver_options().pool_opts(options.with_constraints(constraints));
    let pool = mysql::Pool::new(options).unwrap();
    in_threads(threads, move |id| {
        let row: Option<mysql::Row> = pool.get_conn().unwrap().exec_first(FIND, (id,)).unwrap();
        account(row.unwrap())
    })
}

fn by_r2d2<'a>(server: &Server, test: bool, threads: usize) -> Step<'a> {
    let pool = r2d2::Pool::builder()
        .max_size(CONNECTIONS as u32)
        .test_on_check_out(test)
        .build(MySqlConnectionManager::new(server.driver_options()))
        .unwrap();
    in_threads(threads, move |id| {
        let row: Option<mysql::Row> = pool.get().unwrap().exec_first(FIND, (id,)).unwrap();
        account(row.unwrap())
    })
}

async fn sqlx_pool(server: &Server, test: bool) -> MySqlPool {
    MySqlPoolOptions::new()
        .max_connections(CONNECTIONS as u32)
        .min_connections(CONNECTIONS as u32)
        .test_before_acquire(test)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(server.sqlx_options())
        .await
        .unwrap()
}

async fn by_sqlx(pool: &MySqlPool, id: u32) -> Account {
    let row = sqlx::query(FIND).bind(id).fetch_one(pool).await.unwrap();
    Account {
        id: row.get(0),
        username: row.get(1),
        email: row.get(2),
        score: row.get(3),
        weight: row.get(4),
        note: row.get(5),
    }
}
