//! The parts of a period as a tree, and an amount going down it to cut weeks.

use std::collections::HashMap;

use yeji_core::calendar::{DayCounts, FiscalCalendar, Period, PeriodKind, WorkingDays};
use yeji_core::{Ratio, allocate};

use crate::groups::Groups;
use crate::split::{Note, PeriodWeight, TimeRule};
use crate::tree::whole_weights;
use crate::{Error, Result};

/// A period with all its parts down to cut weeks.
pub(crate) struct TimeTree {
    /// Each before its parts.
    periods: Vec<Period>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    leaves: Vec<Period>,
    leaf_at: Vec<usize>,
}

impl TimeTree {
    /// The tree of a year, half, quarter or month in its own calendar: quarters stand under the year.
    pub fn new(period: Period) -> Result<Self> {
        Self::of_levels(
            period,
            &[PeriodKind::Quarter, PeriodKind::Month, PeriodKind::CutWeek],
        )
    }

    /// The same in a calendar that was asked for, with halves between the year and its quarters.
    pub fn in_calendar(period: Period, calendar: Option<FiscalCalendar>) -> Result<Self> {
        let Some(calendar) = calendar else {
            return Self::new(period);
        };
        if period.calendar() != calendar && period.kind() != PeriodKind::IsoWeek {
            return Err(Error::OtherCalendar {
                period,
                calendar,
                proposal: calendar.containing(period.kind(), period.start())?,
            });
        }
        let levels = [
            PeriodKind::Half,
            PeriodKind::Quarter,
            PeriodKind::Month,
            PeriodKind::CutWeek,
        ];
        Self::of_levels(period, &levels)
    }

    fn of_levels(period: Period, levels: &[PeriodKind]) -> Result<Self> {
        if matches!(period.kind(), PeriodKind::CutWeek | PeriodKind::IsoWeek) {
            return Err(Error::PeriodKind { period });
        }
        let mut tree = Self {
            periods: Vec::new(),
            parents: Vec::new(),
            children: Vec::new(),
            leaves: Vec::new(),
            leaf_at: Vec::new(),
        };
        let above = levels.partition_point(|kind| *kind <= period.kind());
        tree.add(period, None, &levels[above..]);
        Ok(tree)
    }

    /// At most five levels deep.
    fn add(&mut self, period: Period, parent: Option<usize>, levels: &[PeriodKind]) -> usize {
        let at = self.periods.len();
        self.periods.push(period);
        self.parents.push(parent);
        self.children.push(Vec::new());
        let Some((kind, below)) = levels.split_first() else {
            self.leaves.push(period);
            self.leaf_at.push(at);
            return at;
        };
        for part in period.parts(*kind) {
            let child = self.add(part, Some(at), below);
            self.children[at].push(child);
        }
        at
    }

    /// All periods, each before its parts.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// Position of the period above.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.parents[at]
    }

    /// The cut weeks, in order.
    pub fn leaves(&self) -> &[Period] {
        &self.leaves
    }

    /// Position of each cut week among [`Self::periods`].
    pub fn leaf_positions(&self) -> &[usize] {
        &self.leaf_at
    }

    /// The periods above cut weeks as groups of cut weeks.
    pub fn groups(&self) -> Groups {
        Groups::of_tree(
            0..self.periods.len(),
            |at| self.parents[at],
            |at| self.children[at].is_empty(),
        )
    }

    /// The amount of each cut week: each period's is allocated to its parts.
    pub fn allocate(&self, minor: i64, rule: &TimeRule, notes: &mut Vec<Note>) -> Result<Vec<i64>> {
        let (given, calendar) = match rule {
            TimeRule::WorkingDays { calendar } => (None, calendar),
            TimeRule::Weights { weights, calendar } => (Some(self.given(weights)?), calendar),
        };
        let (from, to) = (self.periods[0].start(), self.periods[0].end());
        let counts = DayCounts::new(calendar, from, to);
        let mut amounts = vec![0; self.periods.len()];
        amounts[0] = minor;
        for (at, children) in self.children.iter().enumerate() {
            if children.is_empty() {
                continue;
            }
            let own = given.as_ref().and_then(|given| {
                children
                    .iter()
                    .map(|child| given[*child])
                    .collect::<Option<Vec<Ratio>>>()
            });
            let period = self.periods[at];
            let shares = match own {
                Some(own) => {
                    let place = || Error::WeightsTooFine {
                        place: period.to_string(),
                    };
                    whole_weights(&own).ok_or_else(place)?
                }
                None => self.days(at, &counts, notes),
            };
            if amounts[at] != 0 && shares.iter().all(|share| *share == 0) {
                return Err(Error::ZeroTimeWeights { period });
            }
            for (child, part) in children.iter().zip(allocate(amounts[at], &shares)?) {
                amounts[*child] = part;
            }
        }
        if given.is_none() {
            notes.extend(self.note_on_idle_weeks(&counts));
        }
        notes.extend(note_on_unknown_holidays(calendar, self.periods[0]));
        Ok(self.leaf_at.iter().map(|at| amounts[*at]).collect())
    }

    /// Working days of a period's parts, or calendar days where none has any.
    fn days(&self, at: usize, counts: &DayCounts, notes: &mut Vec<Note>) -> Vec<u64> {
        let parts = || self.children[at].iter().map(|child| self.periods[*child]);
        let worked: Vec<u64> = parts()
            .map(|part| counts.count(part.start(), part.end()))
            .collect();
        if worked.iter().any(|days| *days > 0) {
            return worked;
        }
        let params = [("period", self.periods[at].to_string())];
        notes.push(Note::new("calendar_days_used", &params));
        parts().map(|part| part.days().count() as u64).collect()
    }

    /// The weight of each period that is of the given kind or above it, by position.
    fn given(&self, weights: &[PeriodWeight]) -> Result<Vec<Option<Ratio>>> {
        let whole = self.periods[0];
        let kind = weights
            .first()
            .map_or(PeriodKind::Month, |first| first.period.kind());
        let in_tree = self.periods.iter().any(|part| part.kind() == kind);
        let positions: HashMap<Period, usize> = self
            .periods
            .iter()
            .enumerate()
            .map(|(at, period)| (*period, at))
            .collect();
        let mut given = vec![None; self.periods.len()];
        for PeriodWeight { period, weight } in weights {
            let (period, weight) = (*period, *weight);
            if period.kind() != kind || kind <= whole.kind() || !in_tree {
                return Err(Error::TimeWeightKind {
                    period: whole,
                    given: period,
                });
            }
            if weight < Ratio::ZERO {
                return Err(Error::NegativeTimeWeight {
                    period,
                    weight: weight.to_string(),
                });
            }
            let place = || Error::TimeWeightPlace {
                period: whole,
                given: period,
            };
            let at = *positions.get(&period).ok_or_else(place)?;
            if given[at].replace(weight).is_some() {
                return Err(place());
            }
        }
        let missing =
            (0..given.len()).find(|at| self.periods[*at].kind() == kind && given[*at].is_none());
        if let Some(at) = missing {
            return Err(Error::MissingTimeWeight {
                period: self.periods[at],
            });
        }
        self.sum_upwards(given)
    }

    fn sum_upwards(&self, mut given: Vec<Option<Ratio>>) -> Result<Vec<Option<Ratio>>> {
        // Parts come after their period, so backwards every part is summed before it is needed.
        for at in (1..given.len()).rev() {
            if let (Some(weight), Some(parent)) = (given[at], self.parents[at]) {
                let sum = given[parent].unwrap_or(Ratio::ZERO).checked_add(weight);
                let place = self.periods[parent].to_string();
                given[parent] = Some(sum.map_err(|_| Error::WeightsTooFine { place })?);
            }
        }
        Ok(given)
    }

    /// Weeks that get nothing because nobody works in them: often the two days of a weekend that a
    /// month's end cuts off.
    fn note_on_idle_weeks(&self, counts: &DayCounts) -> Option<Note> {
        let idle: Vec<String> = self
            .leaf_at
            .iter()
            .filter(|at| {
                let siblings = self.parents[**at].map_or(&[][..], |parent| &self.children[parent]);
                let worked =
                    |at: usize| counts.count(self.periods[at].start(), self.periods[at].end()) > 0;
                !worked(**at) && siblings.iter().any(|sibling| worked(*sibling))
            })
            .map(|at| self.periods[*at].to_string())
            .collect();
        (!idle.is_empty()).then(|| {
            let params = [
                ("count", idle.len().to_string()),
                ("periods", idle.join(", ")),
            ];
            Note::new("weeks_without_working_days", &params)
        })
    }
}

/// Years that a list of holidays does not reach: their weekdays all count as worked.
fn note_on_unknown_holidays(calendar: &WorkingDays, period: Period) -> Option<Note> {
    let years = calendar.unknown_years(period.start(), period.end());
    (!years.is_empty()).then(|| {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        Note::new("holidays_unknown", &[("years", years.join(", "))])
    })
}
