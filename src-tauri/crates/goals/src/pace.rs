//! Engine `goal.pace`: where somebody should be by now, where they are, and what each day is left to do.
//!
//! - **Goal to date**: the cells that are over, and of the one under way the share of its working days
//!   that are done: one exact fraction, rounded once by a named rounding.
//! - **Pace**: actual / goal to date, exact and never clamped. Without a goal to date there is none,
//!   and the reason is said.
//! - **Today's number**: what is left of the goal by the working days that are left, rounded up to the
//!   minor unit, never negative. Where less is better it is what each day may still take, rounded down.
//! - **Light** by stated limits of the pace: green from 1.00, amber from 0.85. Where less is better
//!   the inverse of the pace is held against them, and a limit that is passed is red from then on.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::{Ratio, Rounding};

use crate::light::{Better, Light, Limits};
use crate::plan_error::PlanError;
use crate::split::Note;
use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "goal.pace";

/// A leaf cell of the goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaceCell {
    /// Key of its period, for errors.
    pub key: String,
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
    /// Goal in minor units.
    pub minor: i64,
    /// Its working days.
    pub working_days: u64,
    /// Those of them that are done at the end of `as_of`; not read unless it is under way.
    #[serde(default)]
    pub days_done: u64,
    /// Working days after `as_of` that are over though their results are not known yet: nothing can be done
    /// on them any more.
    #[serde(default)]
    pub days_missing: u64,
}

/// The expected landing of the whole period, passed through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Landing {
    /// Expected amount in minor units.
    pub minor: i64,
    /// Lower end of its interval.
    pub low: i64,
    /// Upper end.
    pub high: i64,
}

/// Input of `goal.pace`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaceInput {
    /// The last day whose results are in `actual`: yesterday in the morning, so that today is left.
    pub as_of: NaiveDate,
    /// The cells of the goal, in the order of time.
    pub cells: Vec<PaceCell>,
    /// What was reached, in minor units.
    pub actual: i64,
    /// Whether more or less is better.
    #[serde(default)]
    pub better: Better,
    /// How the goal to date becomes whole minor units.
    #[serde(default)]
    pub rounding: Rounding,
    /// Whether the pace is held against the goal to date before rounding: of a few whole things rounding would
    /// leave nothing, or twice as much.
    #[serde(default)]
    pub unrounded: bool,
    /// Limits of the light.
    #[serde(default = "limits")]
    pub limits: Limits,
    /// Expected landing, if there is a forecast.
    #[serde(default)]
    pub landing: Option<Landing>,
}

/// The limits that are not said otherwise.
pub fn limits() -> Limits {
    Limits::percent(100, 85)
}

/// Output of `goal.pace`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaceOutput {
    /// The whole goal in minor units.
    pub goal: i64,
    /// The goal to date, exact.
    pub to_date_exact: Ratio,
    /// The goal to date in minor units.
    pub to_date: i64,
    /// What was reached.
    pub actual: i64,
    /// `actual / to_date`, exact; `actual / to_date_exact` where that is asked for.
    pub pace: Option<Ratio>,
    /// Why there is no pace: `not_begun`, `no_goal_to_date`.
    pub no_pace: Option<String>,
    /// By the pace; none without one, unless a limit is passed.
    pub light: Option<Light>,
    /// What is left of the goal; zero if it is reached.
    pub left: i64,
    /// Working days after `as_of` that are not over.
    pub days_left: u64,
    /// What is left by the days that are left; zero if the goal is reached.
    pub today: Option<i64>,
    /// Why there is no number for today: `no_days_left`.
    pub no_today: Option<String>,
    /// Passed through.
    pub landing: Option<Landing>,
    /// What to know: `cell_without_working_day` (period, minor: counts once it is over).
    pub notes: Vec<Note>,
}

/// Where somebody stands; see the module's text for the rule.
///
/// # Errors
/// No cells, cells that are empty or overlap, more days done than there are, limits in the wrong
/// order, sums that do not fit.
pub fn pace(input: &PaceInput) -> Result<PaceOutput> {
    check(input)?;
    let mut notes = Vec::new();
    let (mut goal, mut to_date, mut days_left) = (0_i128, Ratio::ZERO, 0_u64);
    for cell in &input.cells {
        goal += i128::from(cell.minor);
        let done = done(cell, input.as_of)?;
        to_date = to_date.checked_add(Ratio::from_int(cell.minor).checked_mul(done.share)?)?;
        days_left = days_left.saturating_add(done.days_left);
        if cell.working_days == 0 && cell.minor != 0 {
            let params = [
                ("period", cell.key.clone()),
                ("minor", cell.minor.to_string()),
            ];
            notes.push(Note::new("cell_without_working_day", &params));
        }
    }
    let goal = i64::try_from(goal).map_err(|_| overflow())?;
    let rounded = to_date.round(input.rounding)?;
    let due = if input.unrounded {
        to_date
    } else {
        Ratio::from_int(rounded)
    };
    let (pace, no_pace) = if due > Ratio::ZERO {
        let pace = Ratio::from_int(input.actual).checked_div(due)?;
        (Some(pace), None)
    } else {
        let has_begun = input.cells[0].start <= input.as_of;
        let reason = if has_begun {
            "no_goal_to_date"
        } else {
            "not_begun"
        };
        (None, Some(reason.to_owned()))
    };
    let left = i128::from(goal) - i128::from(input.actual);
    let left = i64::try_from(left.max(0)).map_err(|_| overflow())?;
    let (today, no_today) = today(left, days_left, input.better)?;
    Ok(PaceOutput {
        goal,
        to_date_exact: to_date,
        to_date: rounded,
        actual: input.actual,
        pace,
        no_pace,
        light: match pace {
            _ if is_passed(input.better, input.actual, goal) => Some(Light::Red),
            Some(pace) => Some(light(input, pace)?),
            None => None,
        },
        left,
        days_left,
        today,
        no_today,
        landing: input.landing,
        notes,
    })
}

fn overflow() -> Error {
    Error::Overflow {
        place: "goal".to_owned(),
    }
}

fn check(input: &PaceInput) -> Result<()> {
    input.limits.check("pace")?;
    if input.cells.is_empty() {
        return Err(PlanError::NothingGiven { what: "cells" }.into());
    }
    let mut end = NaiveDate::MIN;
    for cell in &input.cells {
        if cell.start >= cell.end || cell.start < end {
            let place = cell.key.clone();
            return Err(PlanError::Interval { place }.into());
        }
        end = cell.end;
    }
    Ok(())
}

struct Done {
    share: Ratio,
    days_left: u64,
}

fn done(cell: &PaceCell, as_of: NaiveDate) -> Result<Done> {
    let all = cell.working_days;
    let last = cell.end.pred_opt().unwrap_or(cell.start);
    if last <= as_of {
        return Ok(Done {
            share: Ratio::ONE,
            days_left: 0,
        });
    }
    let done = if cell.start > as_of {
        0
    } else {
        cell.days_done
    };
    let gone = done.saturating_add(cell.days_missing);
    if gone > all {
        let (place, done) = (cell.key.clone(), gone);
        return Err(PlanError::DaysDone { place, done, all }.into());
    }
    if cell.start > as_of {
        return Ok(Done {
            share: Ratio::ZERO,
            days_left: all - gone,
        });
    }
    let share = match all {
        0 => Ratio::ZERO,
        _ => Ratio::new(i128::from(cell.days_done), i128::from(all))?,
    };
    Ok(Done {
        share,
        days_left: all - gone,
    })
}

fn today(left: i64, days: u64, better: Better) -> Result<(Option<i64>, Option<String>)> {
    if left == 0 {
        return Ok((Some(0), None));
    }
    if days == 0 {
        return Ok((None, Some("no_days_left".to_owned())));
    }
    let rounding = match better {
        Better::Higher => Rounding::Ceiling,
        Better::Lower => Rounding::Floor,
    };
    let today = Ratio::new(i128::from(left), i128::from(days))?.round(rounding)?;
    Ok((Some(today), None))
}

/// Whether a goal that is a limit is passed: nothing can make that good again.
pub fn is_passed(better: Better, actual: i64, goal: i64) -> bool {
    better == Better::Lower && actual > goal
}

fn light(input: &PaceInput, pace: Ratio) -> Result<Light> {
    let value = match input.better {
        Better::Higher => pace,
        // Nothing used of what may be used.
        Better::Lower if pace <= Ratio::ZERO => return Ok(Light::Green),
        Better::Lower => Ratio::ONE.checked_div(pace)?,
    };
    Ok(input.limits.light(value))
}
