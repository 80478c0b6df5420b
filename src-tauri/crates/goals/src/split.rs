//! Engine `goal.split`: one amount over an organisation and a period, exact at every level.
//!
//! 1. Down the tree, level by level, each unit's amount is allocated to its children by their
//!    weights (largest remainder, ties to the earlier sibling): the leaf units' totals.
//! 2. Along time, year to quarters to months to ISO weeks cut at month ends, in the same way: the
//!    cut weeks' totals. In a calendar that is given, halves come between, and the weeks are its own.
//! 3. The matrix of leaf units and cut weeks is closed on both ([`crate::matrix`]). Each leaf unit's
//!    weeks, months and quarters, and each team's and department's weeks, are their fitted values
//!    rounded down or up (units nested more than 32 deep are not looked at); months and quarters of
//!    teams and departments are held close to theirs. Where units are not there in some weeks, fitted
//!    values are in the proportions of presence ([`crate::seeded`]), and nothing falls on absence.
//! 4. Every other number is a sum of leaf cells, so both axes close at every level.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::calendar::{FiscalCalendar, Period, WorkingDays};
use yeji_core::{Money, Ratio};

use crate::matrix::{close_nested, close_shared};
use crate::presence::{self, UnitPresence};
use crate::time::TimeTree;
use crate::tree::UnitTree;
use crate::{Error, Result, aggregate};

/// Name of the engine on the command line.
pub const ENGINE: &str = "goal.split";
/// Units of one split, people included.
pub const MAX_UNITS: usize = 200_000;

/// What a unit is. Ordered from the whole to the part.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The company.
    Company,
    /// A department; may stand under another.
    Department,
    /// A team; may stand under another.
    Team,
    /// A person who carries a goal; nothing stands below.
    Person,
}

/// A unit or person that takes part in the split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitUnit {
    /// Stable id, unique in the list.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Id of the unit above; none for exactly one root.
    #[serde(default)]
    pub parent: Option<String>,
    /// What it is.
    pub level: Level,
    /// Share relative to its siblings, not negative. None: the sum of its children's weights;
    /// required for a unit without children, unless it is the root.
    #[serde(default)]
    pub weight: Option<Ratio>,
}

/// The weight of one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodWeight {
    /// A half, quarter, month or week of the period that is split.
    pub period: Period,
    /// Share relative to the other periods, not negative.
    pub weight: Ratio,
}

/// How an amount runs along time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "by", deny_unknown_fields)]
pub enum TimeRule {
    /// By working days. Where all parts of a period have none, by calendar days.
    WorkingDays {
        /// Holidays and make-up days.
        #[serde(default)]
        calendar: WorkingDays,
    },
    /// By own weights, given for every half, quarter, month or cut week (one kind); above
    /// that kind a period weighs the sum of its parts, below it working days decide.
    Weights {
        /// One for each period of the kind.
        weights: Vec<PeriodWeight>,
        /// Holidays and make-up days, for what lies below the weights.
        #[serde(default)]
        calendar: WorkingDays,
    },
}

/// Goals of one level in multiples of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelUnit {
    /// The level.
    pub level: Level,
    /// The amount in minor units: 100,000 for 1,000 yuan. At least 1.
    pub minor: u64,
}

/// Input of `goal.split`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitInput {
    /// What is split; zero and negative amounts are legal. For counts: units in `minor`.
    pub amount: Money,
    /// A year, half, quarter or month.
    pub period: Period,
    /// The calendar the period is of, for the tree year -> half -> quarter -> month -> week. None: the
    /// period's own calendar, and quarters stand under the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<FiscalCalendar>,
    /// The organisation, in the order in which ties are broken. Exactly one root.
    pub units: Vec<SplitUnit>,
    /// How the amount runs along time.
    pub time: TimeRule,
    /// Units without units below them that are not there all the time. Others are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub presence: Vec<UnitPresence>,
    /// Units and people in multiples, by level; what is below one goes to the largest sibling, the
    /// first of equals.
    #[serde(default)]
    pub round: Vec<LevelUnit>,
    /// Every leaf cell, and so every number, in multiples of these minor units; 0 and 1: no rounding.
    /// What the amount has below one goes to the largest cell of the largest leaf, the first of
    /// equals, and to the sums that it is in. The units of `round` are multiples of it.
    #[serde(default)]
    pub cell_unit: u64,
}

/// A number of the decomposition: one unit in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalNode {
    /// Id of the unit or person.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Id of the unit above; none for the root.
    pub parent_unit: Option<String>,
    /// What the unit is.
    pub level: Level,
    /// The period.
    pub period: Period,
    /// The period above; none for the period that was split.
    pub parent_period: Option<Period>,
    /// The goal.
    pub amount: Money,
}

/// A leaf of the decomposition: one unit without units below it, in one cut week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Id of the unit or person.
    pub unit: String,
    /// The cut week.
    pub period: Period,
    /// Minor units of the amount's currency.
    pub minor: i64,
}

/// Something to know about a result: a closed code and values for its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// `unit_gets_nothing` (unit, name: weight zero), `weeks_without_working_days` (count, periods:
    /// they get nothing), `calendar_days_used` (period: none of its parts has a working day),
    /// `amount_below_unit` (minor: the unit of cells; they are not rounded), `never_present` (unit, name:
    /// it has an amount and is in no week; it gets it over all weeks), `weeks_follow_people` (nobody is
    /// there for the amount of some week: weeks are what those who are there make of them),
    /// `holidays_unknown` (years that the list of holidays does not reach).
    pub code: String,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
}

/// Output of `goal.split`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitOutput {
    /// Every unit in every period, zeros included; a unit before what is below it, a period before
    /// its parts.
    pub nodes: Vec<GoalNode>,
    /// The leaves, zeros included; nodes are sums of them.
    pub cells: Vec<Cell>,
    /// What to know.
    pub notes: Vec<Note>,
}

/// Splits an amount over an organisation and a period; see the module's text for the rule.
///
/// The same input gives the same output on every platform.
///
/// # Errors
/// A broken tree, a negative or missing weight, a share for a unit without people, weights that
/// are all zero, time weights that do not cover the period: each names its place.
pub fn split(input: &SplitInput) -> Result<SplitOutput> {
    let units = UnitTree::new(&input.units)?;
    let mut found = Vec::new();
    let unit = cell_unit(input, &mut found)?;
    let (whole, rest) = (input.amount.minor / unit, input.amount.minor % unit);
    let unit_totals = units.allocate(whole, &in_cell_units(&input.round, unit)?, &mut found)?;
    let time = TimeTree::in_calendar(input.period, input.calendar)?;
    let week_totals = time.allocate(whole, &input.time, &mut found)?;

    let rows: Vec<i64> = units.leaves().iter().map(|at| unit_totals[*at]).collect();
    let mut matrix = if input.presence.is_empty() {
        close_nested(&rows, &units.groups(), &week_totals, &time.groups())?
    } else {
        let shares = presence::table(input, &units, &time, (&rows, &week_totals), &mut found)?;
        let (unit_groups, groups) = (units.groups(), time.groups());
        match close_shared(&rows, &unit_groups, &week_totals, &groups, &shares.floats())? {
            Some(matrix) => matrix,
            None => shares.by_people(&rows, &week_totals, &mut found)?,
        }
    };
    for cell in &mut matrix {
        *cell *= unit;
    }
    let width = week_totals.len();
    if let Some(row) = largest(&rows)
        && let Some(column) = largest(&matrix[row * width..(row + 1) * width])
    {
        matrix[row * width + column] += rest;
    }

    let (weeks, width) = (time.leaves(), time.periods().len());
    let mut cells = Vec::with_capacity(matrix.len());
    let mut table = vec![0; input.units.len() * width];
    for (row, at) in units.leaves().iter().enumerate() {
        for (column, (week, position)) in weeks.iter().zip(time.leaf_positions()).enumerate() {
            let minor = matrix[row * weeks.len() + column];
            table[at * width + position] = minor;
            cells.push(Cell {
                unit: input.units[*at].id.clone(),
                period: *week,
                minor,
            });
        }
    }
    let nodes = aggregate::nodes(&input.units, &units, &time, input.amount.currency, table)?;
    Ok(SplitOutput {
        nodes,
        cells,
        notes: found,
    })
}

/// The unit of all cells, 1 for an amount that is less than one.
fn cell_unit(input: &SplitInput, notes: &mut Vec<Note>) -> Result<i64> {
    let (unit, minor) = (input.cell_unit.max(1), input.amount.minor);
    if unit > 1 && minor != 0 && minor.unsigned_abs() < unit {
        let params = [("minor", unit.to_string())];
        notes.push(Note::new("amount_below_unit", &params));
        return Ok(1);
    }
    i64::try_from(unit).map_err(|_| Error::RoundingUnit { minor: unit })
}

/// The units of the levels, counted in units of cells.
fn in_cell_units(round: &[LevelUnit], unit: i64) -> Result<Vec<LevelUnit>> {
    let unit = unit.unsigned_abs();
    let count = |one: &LevelUnit| {
        let minor = one.minor;
        if minor == 0 || !minor.is_multiple_of(unit) {
            return Err(Error::RoundingUnit { minor });
        }
        Ok(LevelUnit {
            level: one.level,
            minor: minor / unit,
        })
    };
    round.iter().map(count).collect()
}

/// Position of the largest size, the first of equals.
fn largest(values: &[i64]) -> Option<usize> {
    (0..values.len())
        .rev()
        .max_by_key(|at| values[*at].unsigned_abs())
}

/// The unit in which goals of these levels are rounded: the smallest wished, 1 if none is.
pub(crate) fn unit_of(round: &[LevelUnit], levels: impl Iterator<Item = Level>) -> u64 {
    let unit = |level: Level| {
        let found = round.iter().find(|one| one.level == level);
        found.map_or(1, |one| one.minor.max(1))
    };
    levels.map(unit).min().unwrap_or(1)
}

impl Note {
    pub(crate) fn new(code: &str, params: &[(&str, String)]) -> Self {
        let params = params
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect();
        Self {
            code: code.to_owned(),
            params,
        }
    }
}
