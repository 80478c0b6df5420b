//! Engine `goal.scorecard`: how far somebody is by several KPIs together.
//!
//! - **Attainment** of a KPI: `actual / goal` where more is better, `goal / actual` where less is, exact. It is
//!   never clamped; a cap is a limit that its setting states. Where there is no actual, no goal or nothing to
//!   divide by there is none, and the reason is said; it is never zero instead.
//! - **Contribution**: `weight x attainment`.
//! - **Total**: the sum of the contributions, if every KPI has one. Else the KPIs that have none are named, and
//!   the sum of the others stands beside the weight that they have together: never scaled up to the whole.
//!
//! Weights total 1. Sums are made in the order of the codes, so that the order of the input decides nothing.
//! (Kaplan and Norton, "The Balanced Scorecard: Measures that Drive Performance", Harvard Business Review 70(1),
//! 1992, put figures of several kinds beside each other; the weighted total is this program's rule.)

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Ratio;
use yeji_core::scorecard::check_weights;

use crate::light::Better;
use crate::split::Note;
use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "goal.scorecard";

/// Digits that a contribution keeps where the exact sum of all needs numbers above 128 bits.
const ROUNDED_DECIMALS: u32 = 12;

/// A KPI of the scorecard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorecardKpi {
    /// Its code, once.
    pub kpi: String,
    /// Whether more or less is better.
    #[serde(default)]
    pub better: Better,
    /// Its part of the whole; all total 1.
    pub weight: Ratio,
    /// What was reached; none: not known.
    #[serde(default)]
    pub actual: Option<Ratio>,
    /// What is to be reached; none: nothing is set.
    #[serde(default)]
    pub goal: Option<Ratio>,
    /// Beyond this attainment more counts nothing; none: no limit.
    #[serde(default)]
    pub cap: Option<Ratio>,
}

/// Input of `goal.scorecard`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorecardInput {
    /// The KPIs.
    pub kpis: Vec<ScorecardKpi>,
}

/// What a KPI adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorecardLine {
    /// Its code.
    pub kpi: String,
    /// Its weight.
    pub weight: Ratio,
    /// What counts, exact.
    pub attainment: Option<Ratio>,
    /// What would count without the cap; the same where it is not reached, none where there is no value or
    /// nothing to divide by.
    pub uncapped: Option<Ratio>,
    /// Why there is no attainment: `no_actual`, `no_goal`, `goal_not_positive`, `actual_not_positive` (less is
    /// better, nothing or less was reached, and no cap says what that counts), `too_large`.
    pub no_value: Option<String>,
    /// `weight x attainment`, exact.
    pub contribution: Option<Ratio>,
}

/// Output of `goal.scorecard`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorecardOutput {
    /// The KPIs in the order of the input.
    pub kpis: Vec<ScorecardLine>,
    /// Sum of all contributions; none where one is missing.
    pub total: Option<Ratio>,
    /// Codes of the KPIs without a value, in the order of the input.
    pub missing: Vec<String>,
    /// Sum of the contributions that there are.
    pub present: Ratio,
    /// Weight of the KPIs that have a value.
    pub present_weight: Ratio,
    /// What to know: `scorecard_rounded` (decimals: the exact sum is outside the range that is kept, so each
    /// contribution was rounded half up before adding).
    pub notes: Vec<Note>,
}

/// How far somebody is; see the module's text for the rule.
///
/// # Errors
/// Weights that are not positive or do not total 1, a KPI that stands twice, a cap of zero or below; a sum
/// that does not fit.
pub fn scorecard(input: &ScorecardInput) -> Result<ScorecardOutput> {
    let parts = input.kpis.iter();
    check_weights(parts.map(|one| (one.kpi.as_str(), one.weight, one.cap)))?;
    let kpis: Vec<ScorecardLine> = input.kpis.iter().map(line).collect();
    let mut in_order: Vec<&ScorecardLine> = kpis.iter().collect();
    in_order.sort_by(|a, b| a.kpi.cmp(&b.kpi));
    let mut present_weight = Ratio::ZERO;
    let mut contributions = Vec::new();
    for line in in_order {
        if let Some(contribution) = line.contribution {
            present_weight = present_weight.checked_add(line.weight)?;
            contributions.push(contribution);
        }
    }
    let mut notes = Vec::new();
    let present = if let Some(exact) = sum(&contributions) {
        exact
    } else {
        let params = [("decimals", ROUNDED_DECIMALS.to_string())];
        notes.push(Note::new("scorecard_rounded", &params));
        rounded_sum(&contributions)?
    };
    let without = kpis.iter().filter(|line| line.contribution.is_none());
    let missing: Vec<String> = without.map(|line| line.kpi.clone()).collect();
    Ok(ScorecardOutput {
        total: missing.is_empty().then_some(present),
        kpis,
        missing,
        present,
        present_weight,
        notes,
    })
}

fn line(kpi: &ScorecardKpi) -> ScorecardLine {
    let found = attainment(kpi);
    let counted = found.and_then(|(attainment, uncapped)| {
        let contribution = kpi
            .weight
            .checked_mul(attainment)
            .map_err(|_| "too_large")?;
        Ok((attainment, uncapped, contribution))
    });
    ScorecardLine {
        kpi: kpi.kpi.clone(),
        weight: kpi.weight,
        attainment: counted.ok().map(|one| one.0),
        uncapped: counted.ok().and_then(|one| one.1),
        contribution: counted.ok().map(|one| one.2),
        no_value: counted.err().map(str::to_owned),
    }
}

/// What counts, and what would without the cap.
fn attainment(kpi: &ScorecardKpi) -> std::result::Result<(Ratio, Option<Ratio>), &'static str> {
    let actual = kpi.actual.ok_or("no_actual")?;
    let goal = kpi.goal.ok_or("no_goal")?;
    // A limit of zero is one: whoever has any has passed it, and reached nothing of it.
    let is_passed = kpi.better == Better::Lower && actual > Ratio::ZERO;
    if goal < Ratio::ZERO || (goal == Ratio::ZERO && !is_passed) {
        return Err("goal_not_positive");
    }
    let uncapped = match kpi.better {
        Better::Higher => actual.checked_div(goal),
        // The less the better, without end: only a cap says what nothing at all counts.
        Better::Lower if actual <= Ratio::ZERO => {
            let cap = kpi.cap.ok_or("actual_not_positive")?;
            return Ok((cap, None));
        }
        Better::Lower => goal.checked_div(actual),
    };
    let uncapped = uncapped.map_err(|_| "too_large")?;
    let counts = kpi.cap.map_or(uncapped, |cap| uncapped.min(cap));
    Ok((counts, Some(uncapped)))
}

fn sum(parts: &[Ratio]) -> Option<Ratio> {
    let mut sum = Ratio::ZERO;
    for part in parts {
        sum = sum.checked_add(*part).ok()?;
    }
    Some(sum)
}

/// Goals with many digits have fractions whose common denominator no machine word holds.
fn rounded_sum(parts: &[Ratio]) -> Result<Ratio> {
    let overflow = || Error::Overflow {
        place: "total".to_owned(),
    };
    let scale = Ratio::from_int(10_i64.pow(ROUNDED_DECIMALS));
    let mut sum = 0_i128;
    for part in parts {
        // Whole and rest apart: a product with the scale would not fit either.
        let whole = part.numerator().div_euclid(part.denominator());
        let rest = fraction_digits(*part, scale).ok_or_else(overflow)?;
        let scaled = whole.checked_mul(scale.numerator());
        let scaled = scaled.and_then(|scaled| scaled.checked_add(rest));
        sum = scaled
            .and_then(|scaled| sum.checked_add(scaled))
            .ok_or_else(overflow)?;
    }
    Ok(Ratio::new(sum, scale.numerator())?)
}

/// The part below 1 of a number in units of the scale, a half rounded up.
fn fraction_digits(part: Ratio, scale: Ratio) -> Option<i128> {
    let (mut rest, den) = (
        part.numerator().rem_euclid(part.denominator()),
        part.denominator(),
    );
    let mut digits = 0_i128;
    let mut unit = scale.numerator();
    // By long division, one decimal at a time: ten times a rest has to fit, not 10^12 times.
    while unit > 1 {
        rest = rest.checked_mul(10)?;
        digits = digits * 10 + rest / den;
        rest %= den;
        unit /= 10;
    }
    Some(digits + i128::from(rest >= den - rest))
}

/// The mean of values by weights, exact: what parts are together where the whole is no sum of them. None where
/// nothing weighs anything.
///
/// # Errors
/// A negative weight; numbers outside the range that is kept exactly.
pub fn weighted_mean(parts: &[(Ratio, Ratio)]) -> Result<Option<Ratio>> {
    let (mut sum, mut whole) = (Ratio::ZERO, Ratio::ZERO);
    for (weight, value) in parts {
        if *weight < Ratio::ZERO {
            let place = "mean".to_owned();
            return Err(crate::PlanError::NegativeShare {
                place,
                value: weight.to_string(),
            }
            .into());
        }
        sum = sum.checked_add(weight.checked_mul(*value)?)?;
        whole = whole.checked_add(*weight)?;
    }
    if whole == Ratio::ZERO {
        return Ok(None);
    }
    Ok(Some(sum.checked_div(whole)?))
}
