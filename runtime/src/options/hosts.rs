//! The servers that a program may connect to, in the order in which they are preferred, and what was last seen of each.

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};

/// A host that could not be used goes to the end of the line for so long.
const REST: Duration = Duration::from_secs(5);

/// The servers, the preferred one first; at least one. Clones share what was seen.
#[derive(Clone)]
pub(crate) struct Hosts(Vec<Arc<Host>>);

/// One server.
pub(crate) struct Host {
    name: String,
    port: u16,
    /// How often it stopped being the one to write to. A session remembers the number and is outdated by the next.
    demotions: AtomicU64,
    rests_until: Mutex<Option<Instant>>,
}

impl Hosts {
    pub(super) fn one(name: String, port: u16) -> Self {
        Self(vec![Host::new(name, port)])
    }

    /// `None` for no host at all.
    pub(super) fn of(addresses: impl IntoIterator<Item = (String, u16)>) -> Option<Self> {
        let hosts: Vec<_> = addresses.into_iter().map(|(name, port)| Host::new(name, port)).collect();
        if hosts.is_empty() { None } else { Some(Self(hosts)) }
    }

    /// The same names at another port, for all of them.
    pub(super) fn at_port(&self, port: u16) -> Self {
        Self(self.0.iter().map(|host| Host::new(host.name.clone(), port)).collect())
    }

    /// The preferred one.
    pub(crate) fn first(&self) -> &Arc<Host> {
        // There is at least one.
        &self.0[0]
    }

    pub(crate) fn only(host: &Arc<Host>) -> Self {
        Self(vec![Arc::clone(host)])
    }

    pub(crate) fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// In the order in which they are to be tried: as listed, those last that could not be used a moment ago.
    pub(crate) fn in_order(&self) -> Vec<Arc<Host>> {
        let now = Instant::now();
        let (resting, ready): (Vec<_>, Vec<_>) = self.0.iter().cloned().partition(|host| host.rests(now));
        ready.into_iter().chain(resting).collect()
    }
}

impl Host {
    fn new(name: String, port: u16) -> Arc<Self> {
        Arc::new(Self { name, port, demotions: AtomicU64::new(0), rests_until: Mutex::new(None) })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Its addresses at this moment.
    pub(crate) fn resolve(&self) -> Result<impl Iterator<Item = SocketAddr> + use<>> {
        (self.name.as_str(), self.port).to_socket_addrs().map_err(|error| {
            Error::new(ErrorKind::Connect).detail("the host's name cannot be resolved").source(error)
        })
    }

    /// It could not be used: others are tried before it for a while.
    pub(crate) fn rest(&self) {
        *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now().checked_add(REST);
    }

    fn rests(&self, now: Instant) -> bool {
        let mut until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        *until = until.filter(|until| *until > now);
        until.is_some()
    }

    /// The number of its demotions so far.
    pub(crate) fn demotions(&self) -> u64 {
        self.demotions.load(Ordering::SeqCst)
    }

    /// A session that was made after so many demotions found that the server takes no writes: all that were made
    /// before are outdated, and others are tried first.
    pub(crate) fn demote(&self, seen: u64) {
        if self.demotions.compare_exchange(seen, seen + 1, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            self.rest();
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.contains(':') {
            write!(f, "[{}]:{}", self.name, self.port)
        } else {
            write!(f, "{}:{}", self.name, self.port)
        }
    }
}

impl fmt::Debug for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|host| host.to_string())).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(hosts: &Hosts) -> Vec<String> {
        hosts.in_order().iter().map(|host| host.to_string()).collect()
    }

    #[test]
    fn a_host_that_failed_goes_to_the_end_of_the_line() {
        let hosts = Hosts::of([("a".to_owned(), 1), ("b".to_owned(), 2), ("::1".to_owned(), 3)]).unwrap();
        assert_eq!(names(&hosts), ["a:1", "b:2", "[::1]:3"]);
        hosts.first().rest();
        assert_eq!(names(&hosts), ["b:2", "[::1]:3", "a:1"]);
    }

    #[test]
    fn only_the_first_of_those_who_see_a_demotion_counts() {
        let hosts = Hosts::one("a".to_owned(), 1);
        let host = hosts.first();
        let seen = host.demotions();
        host.demote(seen);
        host.demote(seen);
        assert_eq!(host.demotions(), seen + 1);
    }
}
