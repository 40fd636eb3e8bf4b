//! What only MariaDB has: UUID and INET columns, RETURNING, sequences.

use std::net::{Ipv4Addr, Ipv6Addr};

use porpoise::Family;
use porpoise_examples::mariadb::{SCHEMA, devices, tables};

use crate::support::Database;

fn database() -> Option<Database> {
    Database::create(Family::MariaDb, include_str!("../../queries/mariadb/schema.sql"), &SCHEMA)
}

#[test]
fn addresses_and_uuids_go_there_and_back() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    let addresses = [
        (None, None),
        (Some(Ipv4Addr::UNSPECIFIED), Some(Ipv6Addr::UNSPECIFIED)),
        (Some(Ipv4Addr::BROADCAST), Some(Ipv6Addr::from([0xff; 16]))),
        (Some(Ipv4Addr::new(192, 0, 2, 1)), Some("2001:db8::1".parse().unwrap())),
        (None, Some(Ipv4Addr::new(192, 0, 2, 1).to_ipv6_mapped())),
    ];
    for (ipv4, ipv6) in addresses {
        let added = devices::add(pool, "router", ipv4, ipv6).unwrap();
        assert_eq!((added.id.len(), added.name.as_str()), (36, "router"));
        let device = devices::find(pool, &added.id).unwrap().unwrap();
        assert_eq!(device, tables::Device { id: added.id, name: "router".to_owned(), ipv4, ipv6 });
    }
    let found = devices::by_address(pool, Ipv4Addr::BROADCAST, "2001:db8::1".parse().unwrap()).unwrap();
    assert_eq!(found.len(), 2);
}

#[test]
fn returning_gives_the_deleted_row() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    let id = devices::add(pool, "router", None, None).unwrap().id;
    let visit = devices::visit(pool, &id).unwrap();
    assert_eq!(visit, 1);
    let error = devices::remove(pool, &id).unwrap_err();
    assert!(error.violates(&tables::visit::FOREIGN_KEY_DEVICE_ID), "{error:?}");
    database.sql("DELETE FROM visit");
    assert_eq!(devices::remove(pool, &id).unwrap().map(|row| row.name).as_deref(), Some("router"));
    assert!(devices::remove(pool, &id).unwrap().is_none());
}

#[test]
fn a_sequence_counts_on() {
    let Some(database) = database() else { return };
    let numbers = [(); 3].map(|()| devices::next_ticket(&database.pool).unwrap());
    assert_eq!(numbers, [100, 101, 102]);
}

/// The build script had no server: the types of the last statement are the kept answer's.
#[test]
fn a_statement_that_only_the_server_can_type_runs() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    for (source, target) in [(1, 2), (2, 3), (3, 1), (4, 5)] {
        devices::link(pool, source, target).unwrap();
    }
    let reached: Vec<i32> = devices::reachable(pool, 1).unwrap();
    assert_eq!(reached, [1, 2, 3]);
    assert_eq!(devices::reachable(pool, 4).unwrap(), [5]);
    assert_eq!(devices::reachable(pool, 5).unwrap(), Vec::<i32>::new());
    let links = devices::links_and_limit(pool, 1).unwrap();
    assert_eq!(links.len(), 1);
    assert!(links[0].most > 0u64, "{links:?}");
}
