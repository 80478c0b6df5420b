//! Engine `goal.carry`: a goal goes over into another year, with who has what share and everybody's own
//! course of the year.
//!
//! The amount goes down the organisation by weights, as in `goal.split`; the weights are what everybody had.
//! Along time each person keeps the months that they had: their year is allocated to its months by these, and
//! a month to its weeks by working days (the weeks of another year lie elsewhere), of who is not there in all of
//! them by days at work. Who has no course takes
//! that of all together, and where there is none working days decide. Parents are sums of cells, so both axes
//! close at every level.
//!
//! Where weights and courses are a plan itself and the amount is its total, everybody gets the very same months.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::{DayCounts, Period, WorkingDays};
use yeji_core::{Money, Ratio, allocate};

use crate::presence::UnitPresence;
use crate::split::{Cell, Note, PeriodWeight, SplitUnit, TimeRule};
use crate::time::TimeTree;
use crate::tree::{UnitTree, whole_weights};
use crate::{Error, Result};

/// Name of the engine.
pub const ENGINE: &str = "goal.carry";

/// How somebody's goal runs along the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Id of a unit or person that nothing stands below.
    pub unit: String,
    /// One for each month of the period, not negative; all zero is no course.
    pub weights: Vec<PeriodWeight>,
}

/// Input of `goal.carry`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CarryInput {
    /// What is split. For counts: units in `minor`.
    pub amount: Money,
    /// The year it goes over into.
    pub period: Period,
    /// The organisation, in the order in which ties are broken. Exactly one root. Weights as in `goal.split`.
    pub units: Vec<SplitUnit>,
    /// Everybody's own course.
    #[serde(default)]
    pub courses: Vec<Course>,
    /// Who is not there in which weeks of the year it goes over into, as in `goal.split`: within a month the
    /// weeks share by working days times these. Courses are taken as they are.
    #[serde(default)]
    pub presence: Vec<UnitPresence>,
    /// Holidays and make-up days, for the weeks.
    #[serde(default)]
    pub calendar: WorkingDays,
}

/// The year's goal of a unit or person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Its id.
    pub unit: String,
    /// Minor units of the amount's currency.
    pub minor: i64,
}

/// Output of `goal.carry`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CarryOutput {
    /// Everybody's year, in the order of the input.
    pub units: Vec<Carried>,
    /// The leaves, zeros included; every sum is the sum of its own.
    pub cells: Vec<Cell>,
    /// As of `goal.split`.
    pub notes: Vec<Note>,
}

/// Carries a goal over; see the module's text for the rule.
///
/// # Errors
/// As of `goal.split`; a course of what is no leaf of the organisation, or two of one.
pub fn carry(input: &CarryInput) -> Result<CarryOutput> {
    let units = UnitTree::new(&input.units)?;
    let mut notes = Vec::new();
    let amounts = units.allocate(input.amount.minor, &[], &mut notes)?;
    let time = TimeTree::new(input.period)?;
    let courses = Courses::new(input, &units)?;
    let weeks_of = Weeks::new(input, &units, &time)?;
    let mut rules = Rules::new(&input.calendar);
    let mut cells = Vec::with_capacity(units.leaves().len() * time.leaves().len());
    let mut found: Vec<Note> = Vec::new();
    for at in units.leaves() {
        let mut said = Vec::new();
        let rule = rules.of(courses.of(units.id(*at)));
        let mut weeks = time.allocate(amounts[*at], rule, &mut said)?;
        weeks_of.share(*at, &mut weeks)?;
        // The same holidays are missing for everybody.
        for note in said {
            if !found.contains(&note) {
                found.push(note);
            }
        }
        cells.extend(time.leaves().iter().zip(weeks).map(|(week, minor)| Cell {
            unit: units.id(*at).to_owned(),
            period: *week,
            minor,
        }));
    }
    notes.extend(found);
    let carried = input
        .units
        .iter()
        .zip(amounts)
        .map(|(unit, minor)| Carried {
            unit: unit.id.clone(),
            minor,
        });
    Ok(CarryOutput {
        units: carried.collect(),
        cells,
        notes,
    })
}

/// The weeks of each month, for who is not there in all of them.
struct Weeks<'a> {
    /// By position of the unit: shares by position of the week.
    own: HashMap<usize, HashMap<usize, Ratio>>,
    time: &'a TimeTree,
    days: Vec<u64>,
}

impl<'a> Weeks<'a> {
    fn new(input: &CarryInput, units: &UnitTree, time: &'a TimeTree) -> Result<Self> {
        let places: HashMap<Period, usize> = time.leaves().iter().copied().zip(0..).collect();
        let mut own = HashMap::with_capacity(input.presence.len());
        for one in &input.presence {
            let unit = || one.unit.clone();
            let at = units.position(&one.unit).filter(|at| units.is_leaf(*at));
            let at = at.ok_or_else(|| Error::UnknownUnit { unit: unit() })?;
            let mut shares = HashMap::with_capacity(one.shares.len());
            for PeriodWeight { period, weight } in &one.shares {
                let (whole, given) = (input.period, *period);
                let place = || Error::TimeWeightPlace {
                    period: whole,
                    given,
                };
                let week = *places.get(period).ok_or_else(place)?;
                if *weight < Ratio::ZERO {
                    return Err(Error::NegativeTimeWeight {
                        period: *period,
                        weight: weight.to_string(),
                    });
                }
                if shares.insert(week, *weight).is_some() {
                    return Err(place());
                }
            }
            if own.insert(at, shares).is_some() {
                return Err(Error::DuplicateUnit { unit: unit() });
            }
        }
        let counts = DayCounts::new(&input.calendar, input.period.start(), input.period.end());
        let weeks = time.leaves().iter();
        Ok(Self {
            own,
            time,
            days: weeks
                .map(|week| counts.count(week.start(), week.end()))
                .collect(),
        })
    }

    /// Each month again over its weeks, by days at work; where there is none it stays as it is.
    fn share(&self, unit: usize, weeks: &mut [i64]) -> Result<()> {
        let Some(shares) = self.own.get(&unit) else {
            return Ok(());
        };
        let parents: Vec<Option<usize>> = self
            .time
            .leaf_positions()
            .iter()
            .map(|at| self.time.parent(*at))
            .collect();
        let mut from = 0;
        for month in parents.chunk_by(|one, next| one == next) {
            let range = from..from + month.len();
            from = range.end;
            let mut weights = Vec::with_capacity(range.len());
            for week in range.clone() {
                let days = i64::try_from(self.days[week]).unwrap_or(i64::MAX);
                let share = shares.get(&week).copied().unwrap_or(Ratio::ONE);
                let place = || Error::WeightsTooFine {
                    place: self.time.leaves()[week].to_string(),
                };
                let weight = Ratio::from_int(days).checked_mul(share);
                weights.push(weight.map_err(|_| place())?);
            }
            if weights.iter().all(|weight| *weight == Ratio::ZERO) {
                continue;
            }
            let place = || Error::WeightsTooFine {
                place: self.time.leaves()[range.start].to_string(),
            };
            let weights = whole_weights(&weights).ok_or_else(place)?;
            let sum = weeks[range.clone()].iter().sum();
            weeks[range.clone()].copy_from_slice(&allocate(sum, &weights)?);
        }
        Ok(())
    }
}

/// Who has what course.
struct Courses<'a> {
    own: HashMap<&'a str, &'a [PeriodWeight]>,
    /// All together.
    common: Vec<PeriodWeight>,
}

impl<'a> Courses<'a> {
    fn new(input: &'a CarryInput, units: &UnitTree) -> Result<Self> {
        let mut own: HashMap<&str, &[PeriodWeight]> = HashMap::with_capacity(input.courses.len());
        let mut sums: BTreeMap<Period, Ratio> = BTreeMap::new();
        for course in &input.courses {
            let unit = || course.unit.clone();
            let at = units.position(&course.unit);
            if !at.is_some_and(|at| units.is_leaf(at)) {
                return Err(Error::UnknownUnit { unit: unit() });
            }
            for one in &course.weights {
                let sum = sums.entry(one.period).or_insert(Ratio::ZERO);
                *sum = sum
                    .checked_add(one.weight)
                    .map_err(|_| Error::Overflow { place: unit() })?;
            }
            if own.insert(&course.unit, &course.weights).is_some() {
                return Err(Error::DuplicateUnit { unit: unit() });
            }
        }
        let common = sums.into_iter();
        Ok(Self {
            own,
            common: common
                .map(|(period, weight)| PeriodWeight { period, weight })
                .collect(),
        })
    }

    fn of(&self, unit: &str) -> &[PeriodWeight] {
        let own = self.own.get(unit).copied();
        own.filter(|own| is_course(own)).unwrap_or(&self.common)
    }
}

fn is_course(weights: &[PeriodWeight]) -> bool {
    weights.iter().any(|one| one.weight != Ratio::ZERO)
}

/// The rules of time, made once: the list of holidays is not copied for each of thousands.
struct Rules {
    weights: TimeRule,
    days: TimeRule,
}

impl Rules {
    fn new(calendar: &WorkingDays) -> Self {
        Self {
            weights: TimeRule::Weights {
                weights: Vec::new(),
                calendar: calendar.clone(),
            },
            days: TimeRule::WorkingDays {
                calendar: calendar.clone(),
            },
        }
    }

    /// By a course; where there is none, by working days.
    fn of(&mut self, course: &[PeriodWeight]) -> &TimeRule {
        if !is_course(course) {
            return &self.days;
        }
        if let TimeRule::Weights { weights, .. } = &mut self.weights {
            weights.clear();
            weights.extend_from_slice(course);
        }
        &self.weights
    }
}
