//! Contenders that take turns, and the ratio between them. Knows nothing of databases.

use std::time::{Duration, Instant};

/// One way to do what is measured.
pub(crate) struct Contender<'a> {
    name: &'static str,
    /// The ratio of our time to its time that is wanted at most.
    target: Option<f64>,
    /// Does it, and gives how long that took without what it needed before.
    run: Box<dyn FnMut() -> Duration + 'a>,
}

impl<'a> Contender<'a> {
    /// Ours is always the first.
    pub(crate) fn ours(run: impl FnMut() -> Duration + 'a) -> Self {
        Self { name: "porpoise", target: None, run: Box::new(run) }
    }

    pub(crate) fn other(name: &'static str, target: f64, run: impl FnMut() -> Duration + 'a) -> Self {
        Self { name, target: Some(target), run: Box::new(run) }
    }

    /// One without a target: it does less.
    pub(crate) fn shown(name: &'static str, run: impl FnMut() -> Duration + 'a) -> Self {
        Self { name, target: None, run: Box::new(run) }
    }
}

/// How long something takes.
pub(crate) fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

/// What came of it.
pub(crate) struct Comparison {
    title: &'static str,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    target: Option<f64>,
    fast: Duration,
    median: Duration,
    /// Ours by theirs, of the fast tenth: what else the machine does makes times longer, never shorter.
    ratio: f64,
    ratio_of_medians: f64,
}

/// Runs each contender once in each round, first in turn another one each time. `operations` is how many a run does.
pub(crate) fn compare(
    title: &'static str,
    rounds: usize,
    operations: u32,
    mut contenders: Vec<Contender<'_>>,
) -> Comparison {
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for contender in &mut contenders {
        (contender.run)();
    }
    for round in 0..rounds {
        for turn in 0..contenders.len() {
            // Forwards and backwards in turn, and from another start, so that nobody always follows the same one.
            let step = if round % 2 == 0 { turn } else { contenders.len() - 1 - turn };
            let position = (step + round / 2) % contenders.len();
            times[position].push((contenders[position].run)() / operations);
        }
    }
    for times in &mut times {
        times.sort_unstable();
    }
    let fast = |times: &[Duration]| times[times.len() / 10];
    let median = |times: &[Duration]| times[times.len() / 2];
    let ratio = |ours: Duration, theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
    let ours = &times[0];
    let rows = contenders
        .iter()
        .zip(&times)
        .map(|(contender, theirs)| Row {
            name: contender.name,
            target: contender.target,
            fast: fast(theirs),
            median: median(theirs),
            ratio: ratio(fast(ours), fast(theirs)),
            ratio_of_medians: ratio(median(ours), median(theirs)),
        })
        .collect();
    Comparison { title, rows }
}

impl Comparison {
    pub(crate) fn print(&self, server: &str) {
        println!("\n{}, on {server}", self.title);
        println!("  {:<44} {:>12} {:>12} {:>10} {:>10}", "", "fast tenth", "median", "ratio", "medians");
        for row in &self.rows {
            let verdict = match row.target {
                None => String::new(),
                Some(target) if row.ratio <= target => format!("  <= {target}"),
                Some(target) => format!("  <= {target} MISSED"),
            };
            println!(
                "  {:<44} {:>12.2?} {:>12.2?} {:>10.3} {:>10.3}{verdict}",
                row.name, row.fast, row.median, row.ratio, row.ratio_of_medians
            );
        }
    }

    pub(crate) fn misses(&self) -> bool {
        self.rows.iter().any(|row| row.target.is_some_and(|target| row.ratio > target))
    }
}
