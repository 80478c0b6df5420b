//! One profile of several years.

use chrono::NaiveDate;
use yeji_core::{Ratio, allocate};

use super::input::{Robust, SeasonYear};
use crate::Result;
use crate::split::Note;

/// Shares of a year are in billionths: finer than a cent of a hundred million yuan.
const WHOLE: i64 = 1_000_000_000;

/// The years that say something, with a note on each of the others.
pub(super) fn usable<'a>(years: &'a [SeasonYear], notes: &mut Vec<Note>) -> Vec<&'a SeasonYear> {
    let mut found = Vec::new();
    for year in years {
        let reason = if year.minor.contains(&None) {
            "missing"
        } else if year.minor.iter().flatten().any(|minor| *minor < 0) {
            "negative"
        } else if year.minor.iter().flatten().all(|minor| *minor == 0) {
            "all_zero"
        } else {
            found.push(year);
            continue;
        };
        let params = [("year", year.label.clone()), ("reason", reason.to_owned())];
        notes.push(Note::new("year_left_out", &params));
    }
    found
}

/// Weights of the parts, and each part's shares from the smallest.
pub(super) struct Profile {
    pub weights: Vec<u64>,
    /// No part has a median above zero; the plain mean stands in.
    pub is_mean: bool,
    shares: Vec<Vec<u64>>,
}

impl Profile {
    /// Of rows of one length that are not negative and not all zero; at least one.
    pub fn new(rows: &[Vec<i64>], robust: Robust) -> Result<Self> {
        let mut shares: Vec<Vec<u64>> = vec![Vec::with_capacity(rows.len()); rows[0].len()];
        for row in rows {
            let sizes: Vec<u64> = row.iter().map(|minor| minor.unsigned_abs()).collect();
            for (part, share) in shares.iter_mut().zip(allocate(WHOLE, &sizes)?) {
                part.push(share.unsigned_abs());
            }
        }
        for part in &mut shares {
            part.sort_unstable();
        }
        let middle = |part: &Vec<u64>| match robust {
            Robust::Median => median(part),
            Robust::Trimmed => trimmed(part),
        };
        let mut weights: Vec<u64> = shares.iter().map(middle).collect();
        let is_mean = weights.iter().all(|weight| *weight == 0);
        if is_mean {
            weights = shares.iter().map(|part| part.iter().sum()).collect();
        }
        Ok(Self {
            weights,
            is_mean,
            shares,
        })
    }

    /// The smallest and the largest share of a part.
    pub fn spread(&self, at: usize) -> Result<(Ratio, Ratio)> {
        let share = |value: Option<&u64>| {
            let value = value.copied().unwrap_or(0);
            Ratio::new(i128::from(value), i128::from(WHOLE))
        };
        let part = &self.shares[at];
        Ok((share(part.first())?, share(part.last())?))
    }
}

/// Twice the median, so that of an even number it is whole too.
fn median(sorted: &[u64]) -> u64 {
    sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]
}

/// The sum without a fifth at either end. All parts have as many shares, so sums compare as means do.
fn trimmed(sorted: &[u64]) -> u64 {
    let cut = match sorted.len() {
        0..=2 => 0,
        years => (years / 5).max(1),
    };
    sorted[cut..sorted.len() - cut].iter().sum()
}

/// Working days of intervals, or their calendar days where none has any.
pub(super) fn days(
    whole: &str,
    intervals: &[(NaiveDate, NaiveDate, u64)],
    notes: &mut Vec<Note>,
) -> Vec<u64> {
    if intervals.iter().any(|(_, _, worked)| *worked > 0) {
        return intervals.iter().map(|(_, _, worked)| *worked).collect();
    }
    let params = [("period", whole.to_owned())];
    notes.push(Note::new("calendar_days_used", &params));
    let days = |start: &NaiveDate, end: &NaiveDate| (*end - *start).num_days().unsigned_abs();
    intervals
        .iter()
        .map(|(start, end, _)| days(start, end))
        .collect()
}
