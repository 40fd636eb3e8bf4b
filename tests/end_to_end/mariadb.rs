//! What only MariaDB has: UUID and INET columns, RETURNING, sequences.

use std::net::{Ipv4Addr, Ipv6Addr};

use porpoise::Family;
use porpoise_examples::mariadb::device::{self, DevicePatch, NewDevice};
use porpoise_examples::mariadb::{SCHEMA, devices, procedures, tables};

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

/// The build script had no server: the types of this statement are the kept answer's.
#[test]
fn a_statement_that_only_the_server_can_read_runs() {
    let Some(database) = database() else { return };
    let span = devices::span(&database.pool, "1 02:03:04").unwrap().unwrap();
    assert_eq!(span, "1 02:03:04");
}

#[test]
fn circles_of_links_end() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    for (source, target) in [(1, 2), (2, 3), (3, 1), (4, 5)] {
        devices::link(pool, source, target).unwrap();
    }
    let reached: Vec<i32> = devices::reachable(pool, 1).unwrap();
    assert_eq!(reached, [1, 2, 3]);
    assert_eq!(devices::reachable(pool, 4).unwrap(), [5]);
    assert_eq!(devices::reachable(pool, 5).unwrap(), Vec::<i32>::new());
}

/// What an application does with devices, knowing nothing of where they are.
fn rename(db: &mut impl device::Queries, id: &str, name: &str) -> porpoise::Result<String> {
    let old = db.find(id)?.ok_or_else(|| porpoise::Error::application("no such device"))?.name;
    db.patch(&DevicePatch { id, name: Some(name), ..DevicePatch::default() })?;
    Ok(old)
}

#[test]
fn code_over_the_trait_runs_on_a_pool_a_connection_and_a_transaction() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    let router = device::insert_returning(pool, &NewDevice { name: "a", ..NewDevice::default() }).unwrap();
    assert_eq!(
        (router.id.len(), router.name.as_str(), router.ipv4),
        (36, "a", None),
        "the row as it is there"
    );
    assert_eq!(rename(&mut &*pool, &router.id, "b").unwrap(), "a");
    assert_eq!(rename(&mut pool.get().unwrap(), &router.id, "c").unwrap(), "b");
    assert_eq!(pool.transaction(|tx| rename(tx, &router.id, "d")).unwrap(), "c");
    assert_eq!(rename(&mut &*pool, "", "e").unwrap_err().kind(), porpoise::ErrorKind::Application);
    assert_eq!(device::find(pool, &router.id).unwrap().map(|row| row.name).as_deref(), Some("d"));
}

#[test]
fn a_procedure_answers_results_and_parameters() {
    let Some(database) = database() else { return };
    let pool = &database.pool;
    let ids = ["hub", "hub", "switch"].map(|name| devices::add(pool, name, None, None).unwrap().id);
    let told = procedures::rename_devices(pool, Some("bridge"), Some("hub")).unwrap();
    let mut before: Vec<String> = told.before.iter().map(|row| row.id.clone()).collect();
    before.sort();
    let mut expected = ids[..2].to_vec();
    expected.sort();
    assert_eq!(before, expected);
    assert_eq!(told.after, [procedures::After { devices: 3, last: Some("switch".to_owned()) }]);
    assert_eq!((told.label.as_deref(), told.renamed), (Some("hub is now bridge"), Some(2)));
    let nothing = procedures::rename_devices(pool, None, None).unwrap();
    assert_eq!((nothing.before.len(), nothing.label, nothing.renamed), (0, None, Some(0)));
    assert_eq!(pool.status().in_use, 0);
}
