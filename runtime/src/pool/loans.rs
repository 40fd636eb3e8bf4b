//! Who has the connections that are out: where they were asked for and since when. Pure data with the time passed in.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::Location;
use std::time::Duration;

use super::state::Instant;

/// Where a connection was asked for; `None` for a single statement, which gives it back at once.
pub(super) type Place = Option<&'static Location<'static>>;

/// A connection that is out, as the pool knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Where it was asked for (`Pool::get`, `begin`, `transaction`); `None` for that of a single statement.
    pub place: Option<&'static Location<'static>>,
    /// How long it has been out.
    pub held: Duration,
}

/// All connections that are out.
#[derive(Debug, Default)]
pub(super) struct Loans {
    next: u64,
    loans: BTreeMap<u64, Loan>,
}

#[derive(Debug)]
struct Loan {
    place: Place,
    since: Instant,
    suspected: bool,
}

impl Loans {
    /// A connection goes out. The number is given back with it.
    pub(super) fn lend(&mut self, now: Instant, place: Place) -> u64 {
        self.next += 1;
        self.loans.insert(self.next, Loan { place, since: now, suspected: false });
        self.next
    }

    /// It is back, after so long.
    pub(super) fn give_back(&mut self, now: Instant, number: u64) -> Duration {
        self.loans.remove(&number).map_or(Duration::ZERO, |loan| now.saturating_sub(loan.since))
    }

    /// Everybody who holds one, those first who have had it longest.
    pub(super) fn holders(&self, now: Instant) -> Vec<Holder> {
        let holder = |loan: &Loan| Holder { place: loan.place, held: now.saturating_sub(loan.since) };
        let mut holders: Vec<Holder> = self.loans.values().map(holder).collect();
        holders.sort_by_key(|holder| std::cmp::Reverse(holder.held));
        holders
    }

    /// Those that have been out for longer than `limit`, each once.
    pub(super) fn overdue(&mut self, now: Instant, limit: Duration) -> Vec<Holder> {
        let mut overdue = Vec::new();
        for loan in self.loans.values_mut().filter(|loan| !loan.suspected) {
            let held = now.saturating_sub(loan.since);
            if held >= limit {
                loan.suspected = true;
                overdue.push(Holder { place: loan.place, held });
            }
        }
        overdue
    }

    /// When the next one will have been out for `limit`.
    pub(super) fn next_overdue(&self, limit: Duration) -> Option<Instant> {
        self.loans.values().filter(|loan| !loan.suspected).map(|loan| loan.since + limit).min()
    }
}

/// The places that hold connections, for the message of an exhausted pool: the same place once, the longest first.
pub(super) fn summary(holders: &[Holder]) -> String {
    let mut places: Vec<(Place, usize, Duration)> = Vec::new();
    for holder in holders {
        match places.iter_mut().find(|(place, ..)| line(*place) == line(holder.place)) {
            Some((_, count, _)) => *count += 1,
            None => places.push((holder.place, 1, holder.held)),
        }
    }
    let shown: Vec<String> = places
        .iter()
        .take(3)
        .map(|(place, count, longest)| format!("{count} by {} for {longest:.1?}", Shown(*place)))
        .collect();
    let more = places.len().saturating_sub(3);
    let rest = if more > 0 { format!(" and {more} other places") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}

/// Two calls on one line are one place to a reader.
fn line(place: Place) -> Option<(&'static str, u32)> {
    place.map(|place| (place.file(), place.line()))
}

struct Shown(Place);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, "{}:{}", place.file(), place.line()),
            None => f.write_str("single statements"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_connection_is_suspected_once() {
        let mut loans = Loans::default();
        let first = loans.lend(SECOND, None);
        loans.lend(SECOND * 2, None);
        assert_eq!(loans.next_overdue(SECOND * 5), Some(SECOND * 6));
        assert_eq!(loans.overdue(SECOND * 6, SECOND * 5).len(), 1);
        assert_eq!(loans.overdue(SECOND * 6, SECOND * 5).len(), 0);
        assert_eq!(loans.next_overdue(SECOND * 5), Some(SECOND * 7));
        assert_eq!(loans.give_back(SECOND * 9, first), SECOND * 8);
        assert_eq!(loans.holders(SECOND * 9), [Holder { place: None, held: SECOND * 7 }]);
    }

    #[test]
    fn a_summary_names_each_place_once() {
        let here = Some(Location::caller());
        let holder = |place, seconds| Holder { place, held: SECOND * seconds };
        let text = summary(&[holder(here, 9), holder(None, 5), holder(here, 1)]);
        assert!(
            text.starts_with("2 by ") && text.ends_with("for 9.0s, 1 by single statements for 5.0s"),
            "{text}"
        );
    }
}
