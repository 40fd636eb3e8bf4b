//! Tests of the pool's logic with a clock that the test turns and connections that are numbers.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;

use super::state::{Condition, Config, Effect, Finished, Held, JobId, Outcome, State, WaiterId, Work};

const SECOND: Duration = Duration::from_secs(1);

fn config() -> Config {
    Config {
        max_size: 2,
        overflow: 0,
        min_idle: 0,
        idle_timeout: Some(60 * SECOND),
        max_lifetime: None,
        validate_after: 5 * SECOND,
        job_timeout: 10 * SECOND,
        retry_after: SECOND,
    }
}

/// A pool whose work the test does by hand.
struct Bench {
    state: State<u32, &'static str>,
    now: Duration,
    jobs: Vec<(JobId, Work<u32>)>,
    closed: Vec<u32>,
    woken: Vec<WaiterId>,
    made: u32,
}

impl Bench {
    fn new(config: Config) -> Self {
        Self { state: State::new(config), now: SECOND, jobs: vec![], closed: vec![], woken: vec![], made: 0 }
    }

    fn effects(&mut self) {
        for effect in self.state.take_effects() {
            match effect {
                Effect::Start(job, work) => self.jobs.push((job, work)),
                Effect::Close(connection) => self.closed.push(connection),
                Effect::Wake(waiter) => self.woken.push(waiter),
            }
        }
    }

    fn acquire(&mut self) -> WaiterId {
        let waiter = self.state.acquire(self.now);
        self.effects();
        waiter
    }

    /// The connection that the waiter has by now.
    fn got(&mut self, waiter: WaiterId) -> Option<Held<u32>> {
        match self.state.collect(waiter) {
            Some(Outcome::Connection(held)) => Some(held),
            Some(other) => panic!("expected a connection, got {other:?}"),
            None => None,
        }
    }

    fn release(&mut self, held: Held<u32>, condition: Condition) {
        self.state.release(self.now, held, condition);
        self.effects();
    }

    /// Ends the oldest job as it should end.
    fn work(&mut self) {
        let (job, work) = self.jobs.remove(0);
        let end = match work {
            Work::Connect => {
                self.made += 1;
                Finished::Connected { connection: self.made, roll: 0 }
            }
            Work::Validate(held) | Work::Reset(held) => Finished::Usable(held),
        };
        self.finish(job, end);
    }

    fn finish(&mut self, job: JobId, end: Finished<u32, &'static str>) {
        self.state.finished(self.now, job, end);
        self.effects();
    }

    fn fail(&mut self) {
        let (job, work) = self.jobs.remove(0);
        let end = match work {
            Work::Connect => Finished::ConnectFailed("refused"),
            Work::Validate(_) | Work::Reset(_) => Finished::Unusable,
        };
        self.finish(job, end);
    }

    fn tick(&mut self) {
        self.state.tick(self.now);
        self.effects();
    }

    fn lent(&mut self) -> Held<u32> {
        let waiter = self.acquire();
        if let Some(held) = self.got(waiter) {
            return held;
        }
        self.work();
        self.got(waiter).expect("the job was for this waiter")
    }
}

#[test]
fn what_is_useless_is_closed_and_what_is_suspect_is_validated() {
    let mut bench = Bench::new(Config { max_size: 3, ..config() });
    let waiters = [bench.acquire(), bench.acquire(), bench.acquire()];
    for _ in 0..3 {
        bench.work();
    }
    for waiter in waiters {
        let held = bench.got(waiter).unwrap();
        bench.release(held, Condition::Clean);
    }
    bench.state.retire(bench.now, |connection| *connection < 3);
    bench.state.suspect(|connection| *connection == 3);
    bench.effects();
    assert_eq!(bench.closed, [1, 2]);
    let waiter = bench.acquire();
    assert!(matches!(&bench.jobs[..], [(_, Work::Validate(held))] if held.connection == 3));
    bench.work();
    let held = bench.got(waiter).unwrap();
    bench.release(held, Condition::Clean);
    // Once it was found to work it is trusted again.
    let waiter = bench.acquire();
    assert_eq!((bench.jobs.len(), bench.got(waiter).unwrap().connection), (0, 3));
}

#[test]
fn a_connection_is_made_once_and_used_again() {
    let mut bench = Bench::new(config());
    let held = bench.lent();
    bench.release(held, Condition::Clean);
    let waiter = bench.acquire();
    assert_eq!(bench.got(waiter).map(|held| held.connection), Some(1));
    assert!(bench.jobs.is_empty());
}

#[test]
fn waiters_are_served_in_the_order_they_came() {
    let mut bench = Bench::new(config());
    let (first, second) = (bench.lent(), bench.lent());
    let waiters = [bench.acquire(), bench.acquire(), bench.acquire()];
    assert!(bench.jobs.is_empty(), "no room for a third connection");
    bench.release(second, Condition::Clean);
    assert_eq!(bench.woken.last(), Some(&waiters[0]));
    bench.release(first, Condition::Clean);
    assert_eq!(bench.woken.last(), Some(&waiters[1]));
    let held = bench.got(waiters[0]).unwrap();
    bench.release(held, Condition::Clean);
    assert_eq!(bench.woken.last(), Some(&waiters[2]));
}

#[test]
fn who_comes_late_does_not_pass_a_waiter() {
    let mut bench = Bench::new(Config { max_size: 1, ..config() });
    let held = bench.lent();
    let first = bench.acquire();
    bench.release(held, Condition::Clean);
    let second = bench.acquire();
    assert!(bench.got(second).is_none());
    assert!(bench.got(first).is_some());
}

#[test]
fn a_broken_connection_is_replaced_for_a_waiter() {
    let mut bench = Bench::new(Config { max_size: 1, ..config() });
    let held = bench.lent();
    let waiter = bench.acquire();
    bench.release(held, Condition::Broken);
    assert_eq!(bench.closed, [1]);
    bench.work();
    assert_eq!(bench.got(waiter).map(|held| held.connection), Some(2));
}

#[test]
fn a_dirty_connection_is_reset_before_anybody_gets_it() {
    let mut bench = Bench::new(Config { max_size: 1, ..config() });
    let held = bench.lent();
    bench.release(held, Condition::Dirty);
    let waiter = bench.acquire();
    assert!(matches!(bench.jobs[..], [(_, Work::Reset(_))]));
    assert!(bench.got(waiter).is_none());
    bench.work();
    assert_eq!(bench.got(waiter).map(|held| held.connection), Some(1));
}

#[test]
fn a_reset_that_fails_discards_the_connection() {
    let mut bench = Bench::new(Config { max_size: 1, ..config() });
    let held = bench.lent();
    let waiter = bench.acquire();
    bench.release(held, Condition::Dirty);
    bench.fail();
    bench.work();
    assert_eq!(bench.got(waiter).map(|held| held.connection), Some(2));
}

#[test]
fn only_what_idled_long_is_validated() {
    let mut bench = Bench::new(config());
    let held = bench.lent();
    bench.release(held, Condition::Clean);
    bench.now += 5 * SECOND;
    let held = bench.lent();
    bench.release(held, Condition::Clean);
    bench.now += 6 * SECOND;
    let waiter = bench.acquire();
    assert!(matches!(bench.jobs[..], [(_, Work::Validate(_))]));
    // It turns out dead: a new one is made, and the waiter is not told of an error.
    bench.fail();
    bench.work();
    assert_eq!(bench.got(waiter).map(|held| held.connection), Some(2));
}

#[test]
fn a_failed_connect_is_told_to_the_first_waiter_only() {
    let mut bench = Bench::new(Config { max_size: 1, ..config() });
    let (first, second) = (bench.acquire(), bench.acquire());
    bench.fail();
    assert_eq!(bench.state.collect(first), Some(Outcome::Failed("refused")));
    bench.work();
    assert!(bench.got(second).is_some());
}

#[test]
fn a_connect_that_hangs_is_given_up_and_its_late_end_is_closed() {
    let mut bench = Bench::new(Config { max_size: 1, ..config() });
    let waiter = bench.acquire();
    assert_eq!(bench.state.next_tick(), Some(bench.now + 10 * SECOND));
    bench.now += 10 * SECOND;
    bench.tick();
    assert_eq!(bench.state.collect(waiter), Some(Outcome::ConnectTimedOut));
    let other = bench.acquire();
    assert_eq!(bench.jobs.len(), 2, "the slot is free again");
    let (late, _) = bench.jobs.remove(0);
    bench.finish(late, Finished::Connected { connection: 99, roll: 0 });
    assert_eq!(bench.closed, [99]);
    bench.work();
    assert!(bench.got(other).is_some());
}

#[test]
fn overflow_is_for_waiters_and_closed_on_return() {
    let mut bench = Bench::new(Config { max_size: 1, overflow: 1, ..config() });
    let (first, second) = (bench.lent(), bench.lent());
    assert!(bench.jobs.is_empty());
    bench.release(first, Condition::Clean);
    assert_eq!(bench.closed, [1], "one is enough now");
    bench.release(second, Condition::Clean);
    assert_eq!(bench.state.counts().idle, 1);
}

#[test]
fn idle_connections_are_closed_down_to_the_minimum() {
    let mut bench = Bench::new(Config { min_idle: 1, ..config() });
    let (first, second) = (bench.lent(), bench.lent());
    bench.release(first, Condition::Clean);
    bench.now += SECOND;
    bench.release(second, Condition::Clean);
    bench.now += 120 * SECOND;
    bench.tick();
    assert_eq!(bench.closed, [1], "the least recently used goes");
    assert_eq!(bench.state.counts().idle, 1);
}

#[test]
fn the_minimum_is_kept_ready_but_not_hammered() {
    let mut bench = Bench::new(Config { min_idle: 2, ..config() });
    bench.tick();
    assert_eq!(bench.jobs.len(), 2);
    bench.fail();
    bench.fail();
    assert!(bench.jobs.is_empty(), "after a failure it pauses");
    assert_eq!(bench.state.next_tick(), Some(bench.now + SECOND));
    bench.now += SECOND;
    bench.tick();
    bench.work();
    bench.work();
    assert_eq!(bench.state.counts().idle, 2);
}

#[test]
fn an_old_connection_is_not_used_again() {
    let mut bench = Bench::new(Config { max_lifetime: Some(100 * SECOND), ..config() });
    let held = bench.lent();
    bench.now += 100 * SECOND;
    bench.release(held, Condition::Clean);
    assert_eq!(bench.closed, [1]);
}

#[test]
fn lifetimes_are_spread() {
    let mut bench = Bench::new(Config { max_lifetime: Some(100 * SECOND), ..config() });
    let mut expiries = Vec::new();
    for roll in [0, 999] {
        let waiter = bench.acquire();
        let (job, _) = bench.jobs.remove(0);
        bench.finish(job, Finished::Connected { connection: 1, roll });
        expiries.push(bench.got(waiter).unwrap().expires.unwrap() - bench.now);
    }
    assert_eq!(expiries[0], 100 * SECOND);
    assert!(expiries[1] > 80 * SECOND && expiries[1] < 81 * SECOND, "{expiries:?}");
}

#[test]
fn closing_tells_waiters_and_takes_nothing_back() {
    let mut bench = Bench::new(Config { max_size: 1, ..config() });
    let held = bench.lent();
    let waiter = bench.acquire();
    bench.state.close();
    bench.effects();
    assert_eq!(bench.state.collect(waiter), Some(Outcome::Closed));
    bench.release(held, Condition::Clean);
    assert_eq!(bench.closed, [1]);
    let late = bench.acquire();
    assert_eq!(bench.state.collect(late), Some(Outcome::Closed));
}

#[test]
fn a_connection_granted_at_the_last_moment_is_not_lost() {
    let mut bench = Bench::new(Config { max_size: 1, ..config() });
    let held = bench.lent();
    let waiter = bench.acquire();
    bench.release(held, Condition::Clean);
    assert!(matches!(bench.state.cancel(waiter), Some(Outcome::Connection(_))));
}

/// What can happen to a pool.
#[derive(Clone, Debug)]
enum Event {
    Acquire,
    GiveUp(usize),
    Release(usize, u8),
    Work(usize, bool),
    Pass(u64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::Acquire),
        1 => (0_usize..8).prop_map(Event::GiveUp),
        3 => (0_usize..8, 0_u8..3).prop_map(|(which, how)| Event::Release(which, how)),
        4 => (0_usize..8, any::<bool>()).prop_map(|(which, well)| Event::Work(which, well)),
        2 => (0_u64..70).prop_map(Event::Pass),
    ]
}

proptest! {
    /// Whatever happens: never more connections than allowed, none lent twice, order kept, and nobody waits while
    /// nothing is being done about it.
    #[test]
    fn invariants_hold(
        events in proptest::collection::vec(event(), 1..200),
        max_size in 1_usize..4,
        overflow in 0_usize..3,
        min_idle in 0_usize..2,
    ) {
        let config = Config { max_size, overflow, min_idle, max_lifetime: Some(90 * SECOND), ..config() };
        let mut bench = Bench::new(config);
        let mut waiting: Vec<WaiterId> = Vec::new();
        let mut lent: BTreeMap<u32, Held<u32>> = BTreeMap::new();
        for event in events {
            match event {
                Event::Acquire => {
                    let waiter = bench.acquire();
                    waiting.push(waiter);
                }
                Event::GiveUp(which) if !waiting.is_empty() => {
                    let waiter = waiting.remove(which % waiting.len());
                    prop_assert_eq!(bench.state.cancel(waiter), None);
                }
                Event::Release(which, how) if !lent.is_empty() => {
                    let key = *lent.keys().nth(which % lent.len()).unwrap();
                    let held = lent.remove(&key).unwrap();
                    let how = [Condition::Clean, Condition::Dirty, Condition::Broken][usize::from(how)];
                    bench.release(held, how);
                }
                Event::Work(which, well) if !bench.jobs.is_empty() => {
                    let position = which % bench.jobs.len();
                    bench.jobs.swap(0, position);
                    if well { bench.work() } else { bench.fail() }
                }
                Event::Pass(seconds) => {
                    bench.now += Duration::from_secs(seconds);
                    bench.tick();
                }
                Event::GiveUp(_) | Event::Release(..) | Event::Work(..) => {}
            }
            let mut passed_over = false;
            let mut still = Vec::new();
            for waiter in waiting {
                match bench.state.collect(waiter) {
                    None => {
                        passed_over = true;
                        still.push(waiter);
                    }
                    Some(Outcome::Connection(held)) => {
                        prop_assert!(!passed_over, "a later waiter was served first");
                        prop_assert!(!bench.closed.contains(&held.connection), "a closed connection was lent");
                        prop_assert!(lent.insert(held.connection, held).is_none(), "lent twice");
                    }
                    Some(Outcome::Failed(_) | Outcome::ConnectTimedOut) => prop_assert!(!passed_over),
                    Some(Outcome::Closed) => prop_assert!(false, "the pool was not closed"),
                }
            }
            waiting = still;
            let counts = bench.state.counts();
            prop_assert_eq!(counts.in_use, lent.len());
            prop_assert_eq!(counts.waiting, waiting.len());
            prop_assert!(counts.in_use + counts.idle + counts.jobs <= max_size + overflow);
            prop_assert!(
                waiting.is_empty() || counts.jobs > 0 || counts.in_use == max_size + overflow,
                "somebody waits and nothing is being done: {:?}", counts
            );
        }
    }
}
