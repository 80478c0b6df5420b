//! Deals by age: how many were open at each, and how many of them were won within the days left; and the factor
//! that brings chances to what came.

use std::ops::Range;

use super::odds::Record;

/// Ages beyond count as this one, in days.
pub(super) const MAX_AGE: usize = 3_650;
/// Largest factor of odds, and one by the smallest.
const MOST: f64 = 1_000.0;
/// Halvings of its range, enough for all digits that a chance is kept with.
const HALVINGS: usize = 50;
/// Groups of about the same chance.
const GROUPS: usize = 1_000;

/// Deals at the ages at which they were open and their outcome is known.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    /// Differences from one age to the next: open, won in time.
    steps: Vec<(i64, i64)>,
    /// Deals, and those won within the days left of the first of these ages.
    pub deals: Record,
}

impl Counts {
    pub fn new() -> Self {
        Self {
            steps: vec![(0, 0); MAX_AGE + 2],
            deals: Record::default(),
        }
    }

    /// A deal that was open at some ages; from the age `won_from` on it was won within the days left.
    pub fn add(&mut self, ages: Range<usize>, won_from: Option<usize>) {
        let end = ages.end.min(MAX_AGE + 1);
        if ages.start >= end {
            return;
        }
        self.steps[ages.start].0 += 1;
        self.steps[end].0 -= 1;
        let first = won_from.map(|first| first.max(ages.start));
        if let Some(first) = first.filter(|first| *first < end) {
            self.steps[first].1 += 1;
            self.steps[end].1 -= 1;
        }
        self.deals.add(first == Some(ages.start));
    }

    /// Open and won in time, by age.
    pub fn by_age(&self) -> impl Iterator<Item = (i64, i64)> {
        self.steps[..=MAX_AGE].iter().scan((0, 0), |sum, step| {
            *sum = (sum.0 + step.0, sum.1 + step.1);
            Some(*sum)
        })
    }
}

/// Chances that were given, beside what came of them.
#[derive(Debug, Clone)]
pub(super) struct Given {
    /// Number and sum of about the same chances.
    groups: Vec<(f64, f64)>,
    won: f64,
}

impl Given {
    pub fn new() -> Self {
        Self {
            groups: vec![(0.0, 0.0); GROUPS],
            won: 0.0,
        }
    }

    /// So many of the same odds, and how many of them came.
    pub fn add(&mut self, odds: f64, count: f64, won: f64) {
        let chance = odds / (1.0 + odds);
        // Between 0 and 1, so that the place is one.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let at = ((chance * GROUPS as f64) as usize).min(GROUPS - 1);
        self.groups[at].0 += count;
        self.groups[at].1 += count * chance;
        self.won += won;
    }

    /// The factor of the odds with which as many are expected as came. `lean`: what these count beside, for one
    /// that they bring themselves, is that they were right.
    pub fn factor(&self, lean: f64) -> f64 {
        let groups: Vec<(f64, f64)> = self
            .groups
            .iter()
            .filter(|(count, sum)| *count > 0.0 && sum < count)
            .map(|(count, sum)| (*count, sum / (count - sum)))
            .collect();
        let expected = |factor: f64| -> f64 {
            let of = |(count, odds): &(f64, f64)| count * odds * factor / (1.0 + odds * factor);
            groups.iter().map(of).sum()
        };
        if groups.is_empty() || !lean.is_finite() {
            return 1.0;
        }
        let aim = (self.won + lean * expected(1.0)) / (1.0 + lean);
        let (mut low, mut high) = (1.0 / MOST, MOST);
        for _ in 0..HALVINGS {
            let middle = (low * high).sqrt();
            if expected(middle) < aim {
                low = middle;
            } else {
                high = middle;
            }
        }
        (low * high).sqrt()
    }
}
