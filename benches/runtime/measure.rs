//! Contenders that take turns, and the ratio between them. Knows nothing of databases.

use std::time::{Duration, Instant};

/// Does once what is measured.
pub(crate) type Step<'a> = Box<dyn FnMut() + 'a>;

/// One way to do what is measured.
pub(crate) struct Contender<'a> {
    name: &'static str,
    /// The ratio of our time to its time that is wanted at most.
    target: Option<f64>,
    /// Connects, and gives the step.
    start: Box<dyn Fn() -> Step<'a> + 'a>,
}

impl<'a> Contender<'a> {
    /// Ours is always the first.
    pub(crate) fn ours(start: impl Fn() -> Step<'a> + 'a) -> Self {
        Self::shown("porpoise", start)
    }

    pub(crate) fn other(name: &'static str, target: f64, start: impl Fn() -> Step<'a> + 'a) -> Self {
        Self { name, target: Some(target), start: Box::new(start) }
    }

    /// One without a target: it does less, or something else.
    pub(crate) fn shown(name: &'static str, start: impl Fn() -> Step<'a> + 'a) -> Self {
        Self { name, target: None, start: Box::new(start) }
    }
}

/// How much is measured.
pub(crate) struct Effort {
    /// How often everybody connects anew: where the server's thread of a connection runs makes more of a difference than
    /// all that is measured here, and it stays there.
    pub(crate) rounds: usize,
    /// How often everybody takes a turn in a round.
    pub(crate) steps: usize,
    /// How many operations a step is.
    pub(crate) operations: u32,
}

/// What came of it.
pub(crate) struct Comparison {
    title: &'static str,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    target: Option<f64>,
    /// Of an operation: the fast tenth of all, and the median.
    fast: Duration,
    median: Duration,
    /// Ours by theirs: of each round the medians, and of those ratios the median. What else the machine does meets both
    /// sides of a round.
    ratio: f64,
    /// The same of the fast tenths of all.
    ratio_of_fast: f64,
}

/// Lets everybody take turns.
pub(crate) fn compare(title: &'static str, effort: &Effort, contenders: &[Contender<'_>]) -> Comparison {
    let count = contenders.len();
    let mut all: Vec<Vec<Duration>> = vec![Vec::new(); count];
    let mut medians: Vec<Vec<Duration>> = vec![Vec::new(); count];
    for _ in 0..effort.rounds {
        let mut steps: Vec<Step<'_>> = contenders.iter().map(|contender| (contender.start)()).collect();
        steps.iter_mut().for_each(|step| step());
        let mut times: Vec<Vec<Duration>> = vec![Vec::with_capacity(effort.steps); count];
        for turn in 0..effort.steps {
            for place in 0..count {
                // Forwards and backwards by turns and from another start, so that nobody always follows the same one.
                let place = if turn % 2 == 0 { place } else { count - 1 - place };
                let position = (place + turn / 2) % count;
                let started = Instant::now();
                steps[position]();
                times[position].push(started.elapsed() / effort.operations);
            }
        }
        for (position, mut times) in times.into_iter().enumerate() {
            times.sort_unstable();
            medians[position].push(times[times.len() / 2]);
            all[position].extend(times);
        }
    }
    all.iter_mut().for_each(|times| times.sort_unstable());
    let ratio = |ours: Duration, theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
    let fast = |position: usize| all[position][all[position].len() / 10];
    let rows = contenders.iter().enumerate().map(|(position, contender)| {
        let mut ratios: Vec<f64> =
            medians[0].iter().zip(&medians[position]).map(|(ours, theirs)| ratio(*ours, *theirs)).collect();
        ratios.sort_by(f64::total_cmp);
        Row {
            name: contender.name,
            target: contender.target,
            fast: fast(position),
            median: all[position][all[position].len() / 2],
            ratio: ratios[ratios.len() / 2],
            ratio_of_fast: ratio(fast(0), fast(position)),
        }
    });
    Comparison { title, rows: rows.collect() }
}

impl Comparison {
    pub(crate) fn print(&self, server: &str) {
        println!("\n{}, on {server}", self.title);
        println!("  {:<42} {:>11} {:>11} {:>8} {:>8}", "", "fast tenth", "median", "ratio", "of fast");
        for row in &self.rows {
            let verdict = match row.target {
                None => String::new(),
                Some(target) if row.ratio <= target => format!("  <= {target}"),
                Some(target) => format!("  <= {target} MISSED"),
            };
            println!(
                "  {:<42} {:>11.2?} {:>11.2?} {:>8.3} {:>8.3}{verdict}",
                row.name, row.fast, row.median, row.ratio, row.ratio_of_fast
            );
        }
    }

    pub(crate) fn misses(&self) -> bool {
        self.rows.iter().any(|row| row.target.is_some_and(|target| row.ratio > target))
    }
}
