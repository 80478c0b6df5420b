//! Early warnings while a period runs: pace, coverage, and a change of the weekly results.

use super::spread::real;

/// Behind by more than a tenth is worth a warning.
const BEHIND: f64 = 0.9;
/// Weeks that a change is held against at least, and at most.
const BEFORE: std::ops::RangeInclusive<usize> = 12..=52;
/// Latest weeks in which a change is looked for.
const LATEST: usize = 8;
/// Slack and limit in standard deviations, usual for a shift of one of them (Montgomery 2013,
/// "Introduction to Statistical Quality Control", 9.1).
const SLACK: f64 = 0.5;
const LIMIT: f64 = 5.0;

/// Pace: won so far beside the working days passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Won so far.
    pub won: i64,
    /// Goal.
    pub goal: i64,
    /// Working days passed.
    pub passed: u64,
    /// Working days of the period.
    pub days: u64,
}

impl Pace {
    /// What the period would bring at the same pace; none before the first working day.
    pub fn run_rate(self) -> Option<i64> {
        let product = i128::from(self.won) * i128::from(self.days);
        i64::try_from(product.checked_div(i128::from(self.passed))?).ok()
    }

    /// Less than nine tenths of the goal at this pace.
    pub fn is_behind(self) -> bool {
        self.run_rate()
            .is_some_and(|rate| real(rate) < BEHIND * real(self.goal))
    }
}

/// Coverage: open amount beside what is missing to the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Amounts of open deals.
    pub open: i64,
    /// What is expected of them in the period.
    pub expected: i64,
    /// Goal less what is won.
    pub missing: i64,
}

impl Coverage {
    /// Open amount by what is missing, in hundredths; none where nothing is missing.
    pub fn hundredths(self) -> Option<i64> {
        hundredths(self.open, self.missing)
    }

    /// What the company's chances need: open amount by what is expected of it, in hundredths.
    pub fn needed(self) -> Option<i64> {
        hundredths(self.open, self.expected)
    }

    /// Open deals will not bring what is missing.
    pub fn is_short(self) -> bool {
        self.missing > 0 && self.expected < self.missing
    }
}

fn hundredths(part: i64, of: i64) -> Option<i64> {
    if of <= 0 {
        return None;
    }
    let (part, of) = (i128::from(part) * 100, i128::from(of));
    // Half up, as all figures are shown.
    i64::try_from((2 * part + of).div_euclid(2 * of)).ok()
}

/// A change of the level of weekly results.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Place of its first week.
    pub place: usize,
    /// Mean of a week before, as far as it was looked at.
    pub before: f64,
    /// Mean of a week since.
    pub since: f64,
}

/// Looks for a change in the latest weeks by cumulative sums (Page 1954, "Continuous inspection schemes",
/// Biometrika 41): the first week of the run that passed the limit. None where there are fewer than 20 whole
/// weeks, or those before do not differ.
pub fn change(weeks: &[i64]) -> Option<Change> {
    let split = weeks.len().checked_sub(LATEST)?;
    let before = &weeks[split.saturating_sub(*BEFORE.end())..split];
    if before.len() < *BEFORE.start() {
        return None;
    }
    let mean = mean(before);
    let squares = before
        .iter()
        .map(|week| (real(*week) - mean) * (real(*week) - mean));
    // A number of weeks.
    #[allow(clippy::cast_precision_loss)]
    let deviation = (squares.sum::<f64>() / (before.len() - 1) as f64).sqrt();
    if deviation <= 0.0 {
        return None;
    }
    for sign in [-1.0, 1.0] {
        let (mut sum, mut start) = (0.0_f64, split);
        for (place, week) in weeks.iter().enumerate().skip(split) {
            let off = sign * (real(*week) - mean) / deviation;
            sum = (sum + off - SLACK).max(0.0);
            if sum <= 0.0 {
                start = place + 1;
            }
            if sum > LIMIT {
                return Some(Change {
                    place: start,
                    before: mean,
                    since: self::mean(&weeks[start..]),
                });
            }
        }
    }
    None
}

#[allow(clippy::cast_precision_loss)]
fn mean(weeks: &[i64]) -> f64 {
    weeks.iter().map(|week| real(*week)).sum::<f64>() / weeks.len() as f64
}
