//! Waiting and waking under a scheduler that tries out the orders in which threads can run. A wake-up that is lost leaves
//! a thread that waits for ever, which the scheduler finds: its condition variables never time out.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::shared::Shared;
use super::source::Source;
use super::state::Condition;
use super::sync::thread;
use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;

const LONG: Duration = Duration::from_secs(3600);
const ORDERS: usize = 400;

/// Connections that are numbers, of which there may be only so many at a time.
struct Numbers {
    made: AtomicUsize,
    open: Arc<AtomicUsize>,
    /// Every so many-th connect fails; 0 for none.
    fails: usize,
}

struct Number {
    condition: Condition,
    open: Arc<AtomicUsize>,
}

impl Drop for Number {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Source for Numbers {
    type Connection = Number;

    fn connect(&self, options: &Options) -> Result<Number> {
        let number = self.made.fetch_add(1, Ordering::SeqCst) + 1;
        if self.fails > 0 && number.is_multiple_of(self.fails) {
            return Err(Error::new(ErrorKind::Connect));
        }
        let (max_size, overflow) = options.pool_sizes();
        // One that is being closed may still be counted.
        let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
        assert!(open <= 2 * (max_size + overflow), "{open} connections");
        thread::yield_now();
        Ok(Number { condition: Condition::Clean, open: Arc::clone(&self.open) })
    }

    fn validate(_: &mut Number) -> Result<()> {
        thread::yield_now();
        Ok(())
    }

    fn reset(number: &mut Number) -> Result<()> {
        thread::yield_now();
        number.condition = Condition::Clean;
        Ok(())
    }

    fn returned(_: &mut Number, _: &Options) {}

    fn condition(number: &Number) -> Condition {
        number.condition
    }

    fn is_outdated(_: &Number) -> bool {
        false
    }

    fn server(_: &Number) -> usize {
        0
    }
}

fn pool(options: Options, fails: usize) -> Arc<Shared<Numbers>> {
    let numbers = Numbers { made: AtomicUsize::new(0), open: Arc::default(), fails };
    Shared::open(options.connect_timeout(LONG), numbers).unwrap()
}

/// Threads that each take a connection and give it back in some condition; how many got one.
fn users(pool: &Arc<Shared<Numbers>>, conditions: &[Condition]) -> usize {
    let threads: Vec<_> = conditions
        .iter()
        .map(|condition| {
            let (pool, condition) = (Arc::clone(pool), *condition);
            thread::spawn(move || {
                let Ok((mut number, home)) = pool.acquire(LONG, None) else { return 0 };
                thread::yield_now();
                number.condition = condition;
                home.take_back(number);
                1
            })
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().unwrap()).sum()
}

#[test]
fn everybody_is_served_in_whatever_condition_connections_come_back() {
    use Condition::{Broken, Clean, Dirty};
    shuttle::check_random(
        || {
            let pool = pool(Options::new().max_size(1).overflow(1), 0);
            assert_eq!(users(&pool, &[Broken, Clean, Dirty, Clean]), 4);
            pool.close();
        },
        ORDERS,
    );
}

#[test]
fn a_failed_connect_is_told_to_one_and_leaves_nobody_behind() {
    shuttle::check_random(
        || {
            let pool = pool(Options::new().max_size(2), 2);
            let served = users(&pool, &[Condition::Broken; 4]);
            assert!((2..=4).contains(&served), "{served}");
            pool.close();
        },
        ORDERS,
    );
}

#[test]
fn closing_wakes_all_who_wait_and_draining_waits_for_the_last() {
    shuttle::check_random(
        || {
            let pool = pool(Options::new().max_size(1), 0);
            let (number, home) = pool.acquire(LONG, None).unwrap();
            let waiting: Vec<_> = (0..2)
                .map(|_| {
                    let pool = Arc::clone(&pool);
                    thread::spawn(move || pool.acquire(LONG, None).err().map(|error| error.kind()))
                })
                .collect();
            let draining = Arc::clone(&pool);
            let drained = thread::spawn(move || draining.drain(LONG));
            for thread in waiting {
                assert_eq!(thread.join().unwrap(), Some(ErrorKind::PoolClosed));
            }
            home.take_back(number);
            drained.join().unwrap().unwrap();
        },
        ORDERS,
    );
}

#[test]
fn min_idle_is_kept_ready_from_the_start() {
    shuttle::check_random(
        || {
            let pool = pool(Options::new().max_size(2).min_idle(2), 0);
            while pool.current_status().idle < 2 {
                thread::yield_now();
            }
            assert_eq!(users(&pool, &[Condition::Broken, Condition::Clean]), 2);
            pool.close();
        },
        ORDERS,
    );
}
