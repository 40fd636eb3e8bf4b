//! What a pool tells of itself, and what an application may do at its turning points.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use porpoise::{Connection, Error, ErrorKind, Pool, PoolEvent};
use support::{row, run};

const SHORT: Duration = Duration::from_millis(200);

on_both_servers! {
    fn an_exhausted_pool_names_the_places_that_hold_connections(database: &Database) {
        let pool = Pool::new(database.options().max_size(3).acquire_timeout(SHORT)).unwrap();
        let first_line = line!() + 1;
        let held = [pool.get().unwrap(), pool.get().unwrap()];
        let tx = pool.begin().unwrap();
        let error = pool.get().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PoolTimeout);
        let text = error.to_string();
        assert!(text.contains(&format!("held: 2 by {}:{first_line} for ", file!())), "{text}");
        assert!(text.contains(&format!(", 1 by {}:{} for ", file!(), first_line + 1)), "{text}");
        let holders = pool.holders();
        assert_eq!(holders.len(), 3);
        assert!(holders.is_sorted_by_key(|holder| std::cmp::Reverse(holder.held)));
        drop((held, tx));
        assert_eq!(pool.holders(), []);
    }

    fn the_place_of_a_transaction_closure_is_told_too(database: &Database) {
        let pool = Pool::new(database.options().max_size(1).acquire_timeout(SHORT)).unwrap();
        let line = line!() + 1;
        pool.transaction(|_| -> porpoise::Result<()> {
            let text = pool.get().unwrap_err().to_string();
            assert!(text.contains(&format!("held: 1 by {}:{line} for ", file!())), "{text}");
            Ok(())
        })
        .unwrap();
    }

    fn a_connection_that_stays_out_is_suspected_once(database: &Database) {
        let (tell, told) = channel();
        let tell = Mutex::new(tell);
        let options = database.options().leak_after(Some(Duration::from_millis(50))).on_pool_event(move |event| {
            if let PoolEvent::LeakSuspected { place, held } = event {
                tell.lock().unwrap().send((place.unwrap().line(), *held)).unwrap();
            }
        });
        let pool = Pool::new(options).unwrap();
        let line = line!() + 1;
        let held = pool.get().unwrap();
        let (place, span) = told.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(place == line && span >= Duration::from_millis(50), "{place} {span:?}");
        assert!(told.recv_timeout(SHORT).is_err(), "it is told once");
        drop(held);
        assert_eq!(pool.metrics().suspected_leaks, 1);
    }

    fn draining_waits_for_what_is_out_and_says_who_has_it(database: &Database) {
        let pool = Pool::new(database.options().max_size(2)).unwrap();
        let mut held = pool.get().unwrap();
        let line = line!() - 1;
        let error = pool.drain(SHORT).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PoolTimeout);
        assert!(error.to_string().contains(&format!("held: 1 by {}:{line} for ", file!())), "{error}");
        assert_eq!(pool.get().unwrap_err().kind(), ErrorKind::PoolClosed);
        assert_eq!(row::<i32>(&mut held, "SELECT 1", &[]), 1, "what is out goes on");

        let draining = pool.clone();
        let drained = std::thread::spawn(move || draining.drain(Duration::from_secs(30)));
        std::thread::sleep(Duration::from_millis(50));
        drop(held);
        drained.join().unwrap().unwrap();
        let status = pool.status();
        assert_eq!((status.in_use, status.idle), (0, 0));
    }

    fn settings_made_after_connecting_survive_a_reset(database: &Database) {
        let options = database.options().max_size(1).after_connect(|setup| {
            run(&mut *setup, "SET @tenant = ?", &[&7])?;
            setup.execute_raw_sql("SET SESSION max_sort_length = 4242").map(drop)
        });
        let pool = Pool::new(options.clone()).unwrap();
        let settings = |connection: &mut Connection| {
            (row::<i64>(&mut *connection, "SELECT CAST(@tenant AS SIGNED)", &[]),
             row::<u64>(connection, "SELECT @@max_sort_length", &[]))
        };
        let mut connection = pool.get().unwrap();
        let id = connection.id();
        assert_eq!(settings(&mut connection), (7, 4242));
        connection.execute_raw_sql("SET @tenant = 8, SESSION max_sort_length = 1000").unwrap();
        drop(connection);
        let mut connection = pool.get().unwrap();
        assert_eq!((connection.id(), settings(&mut connection)), (id, (7, 4242)));
        drop(connection);
        assert_eq!(pool.metrics().resets, 2, "a statement with a variable is one to reset after");
        assert_eq!(settings(&mut Connection::open(&options).unwrap()), (7, 4242));
    }

    fn an_error_after_connecting_is_that_of_connecting(database: &Database) {
        let options = database.options().after_connect(|setup| setup.execute_raw_sql("SET no_such_thing = 1").map(drop));
        let pool = Pool::new(options).unwrap();
        let error = pool.get().unwrap_err();
        assert_eq!(error.server_code(), Some(1193), "{error}");
        assert_eq!(pool.metrics().connect_failed, 1);
    }

    fn a_connection_refused_before_it_is_handed_out_is_closed(database: &Database) {
        let refuse = Arc::new(Mutex::new(true));
        let asked = Arc::clone(&refuse);
        let options = database.options().max_size(1).before_hand_out(move |connection| {
            run(&mut *connection, "DO 1", &[])?;
            match *asked.lock().unwrap() {
                true => Err(Error::application("not today")),
                false => Ok(()),
            }
        });
        let pool = Pool::new(options).unwrap();
        assert_eq!(pool.get().unwrap_err().kind(), ErrorKind::Application);
        assert_eq!((pool.status().in_use, pool.status().idle), (0, 0));
        *refuse.lock().unwrap() = false;
        assert_eq!(row::<i32>(&pool, "SELECT 1", &[]), 1);
        assert_eq!(pool.metrics().closed, 1);
    }

    fn events_and_metrics_tell_the_same_story(database: &Database) {
        let events = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&events);
        let options = database
            .options()
            .max_size(1)
            .acquire_timeout(SHORT)
            .on_pool_event(move |event| log.lock().unwrap().push(name(event)));
        let pool = Pool::new(options).unwrap();
        let held = pool.get().unwrap();
        assert!(pool.get().is_err());
        drop(held);
        run(&pool, "SET @a = 1", &[]).unwrap();
        assert_eq!(row::<i32>(&pool, "SELECT 1", &[]), 1);
        pool.close();
        let expected = [
            "connected", "handed out", "timed out", "returned", "handed out", "returned", "resetting", "handed out",
            "returned", "closed",
        ];
        assert_eq!(*events.lock().unwrap(), expected);
        let metrics = pool.metrics();
        assert_eq!((metrics.connected, metrics.closed, metrics.handed_out), (1, 1, 3));
        assert_eq!((metrics.timed_out, metrics.resets, metrics.connect_failed), (1, 1, 0));
        assert!(metrics.held >= SHORT && metrics.longest_wait <= metrics.waited);
    }
}

fn name(event: &PoolEvent) -> &'static str {
    match event {
        PoolEvent::Connected { .. } => "connected",
        PoolEvent::Closed => "closed",
        PoolEvent::HandedOut { .. } => "handed out",
        PoolEvent::Returned { .. } => "returned",
        PoolEvent::Resetting => "resetting",
        PoolEvent::TimedOut { .. } => "timed out",
        _ => "other",
    }
}
