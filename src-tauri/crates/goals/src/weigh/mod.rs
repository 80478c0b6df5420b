//! Engine `goal.weigh`: what everybody's goal of a period is, and why.
//!
//! Level by level, from the root down, a unit's amount goes to its parts:
//!
//! 1. **Pots.** The amount is allocated to the factors by their shares; the history's pot once more,
//!    by the damping, to history and to equal. A factor by which nobody in the group weighs anything
//!    leaves its share to the others, with a note.
//! 2. **Parts.** Each pot is allocated to the parts by what they weigh by its factor (a unit: the sum
//!    of its people). So every contribution is its exact share rounded down or up, and contributions
//!    add up to goals by construction. Units with given weights get one pot by these.
//! 3. **Bounds.** A person's goal lies between floor and cap times what they made in a year of as many
//!    days; a unit's between the sums of its people's, if all have such a bound. What is cut off goes
//!    to the others in proportion ([`crate::fill`]).
//! 4. **Units people like.** Where wished, goals are multiples; the rest goes to the largest goal.
//!
//! What 3 and 4 changed stands in the list of contributions too. Every step closes to the unit's
//! amount, so goals close at every level.

mod bounds;
mod error;
mod input;
mod level;
mod output;
mod weights;

use yeji_core::{Money, Ratio, Rounding, allocate};

pub use error::WeighError;
pub use input::{
    Blend, Factor, Facts, Market, PastYear, Presence, RampStep, SegmentWeight, WeighInput,
    WeighUnit, ramp, ramp_share,
};
pub use output::{Contribution, Source, WeighOutput, Weighed};

use self::level::Division;
use self::weights::Weights;
use crate::split::{Level, SplitUnit};
use crate::tree::{UnitTree, whole_weights};
use crate::{Error, Result};

/// Name of the engine on the command line.
pub const ENGINE: &str = "goal.weigh";
/// Greatest multiple that caps, floors and over-assignment may be.
const MAX_MULTIPLE: i64 = 1_000;

/// Weighs everybody and divides the goal; see the module's text for the rule.
///
/// The same input gives the same output on every platform.
///
/// # Errors
/// A broken tree, a person without a team, figures below zero, factors that do not total 1, an
/// all-zero history, bounds under which the goal cannot be placed: each with place and proposal.
pub fn weigh(input: &WeighInput) -> Result<WeighOutput> {
    check(input)?;
    let units: Vec<SplitUnit> = input.units.iter().map(as_split_unit).collect();
    let tree = UnitTree::new(&units)?;
    let mut notes = Vec::new();
    let weights = Weights::new(input, &tree, &mut notes)?;
    let division = Division::new(input, &tree, &weights)?;

    let mut goals = vec![0_i64; units.len()];
    let mut extras = vec![0_i64; units.len()];
    let mut why: Vec<Vec<Contribution>> = vec![Vec::new(); units.len()];
    let root = tree.order()[0];
    goals[root] = input.amount.minor;
    let assigned = Ratio::from_int(input.amount.minor).checked_mul(input.over_assignment)?;
    extras[root] = assigned.round(Rounding::HalfUp)? - input.amount.minor;
    for at in tree.order() {
        let children = tree.children(*at);
        if children.is_empty() {
            continue;
        }
        let parts = division.divide(*at, goals[*at], &mut notes)?;
        let sizes: Vec<u64> = parts.iter().map(|part| part.minor.unsigned_abs()).collect();
        let extra = if sizes.iter().all(|size| *size == 0) {
            vec![0; sizes.len()]
        } else {
            allocate(extras[*at], &sizes)?
        };
        for ((child, part), extra) in children.iter().zip(parts).zip(extra) {
            goals[*child] = part.minor;
            extras[*child] = extra;
            why[*child] = part.contributions;
        }
    }
    let weighed = tree.order().iter().map(|at| {
        let unit = &input.units[*at];
        Weighed {
            unit: unit.id.clone(),
            name: unit.name.clone(),
            parent: unit.parent.clone(),
            level: unit.level,
            minor: goals[*at],
            over_assigned: extras[*at],
            history: weights.history[*at],
            basis: weights.basis[*at],
            growth: growth(goals[*at], weights.basis[*at]),
            contributions: std::mem::take(&mut why[*at]),
        }
    });
    Ok(WeighOutput {
        units: weighed.collect(),
        assigned: Money::new(
            input.amount.minor.saturating_add(extras[root]),
            input.amount.currency,
        ),
        notes,
    })
}

/// The goal as a multiple of what was made in as many days; none without a history or with one of zero.
fn growth(goal: i64, basis: Option<i64>) -> Option<Ratio> {
    let basis = basis.filter(|basis| *basis > 0)?;
    Ratio::new(i128::from(goal), i128::from(basis)).ok()
}

fn as_split_unit(unit: &WeighUnit) -> SplitUnit {
    SplitUnit {
        id: unit.id.clone(),
        name: unit.name.clone(),
        parent: unit.parent.clone(),
        level: unit.level,
        weight: unit.weight,
    }
}

fn check(input: &WeighInput) -> Result<()> {
    if input.amount.minor < 0 {
        let minor = input.amount.minor;
        return Err(WeighError::NegativeGoal { minor }.into());
    }
    for unit in &input.units {
        let (id, name) = (unit.id.clone(), unit.name.clone());
        if unit.level == Level::Person && unit.parent.is_none() {
            return Err(WeighError::PersonWithoutTeam { unit: id, name }.into());
        }
        if let Some(weight) = unit.weight.filter(|weight| *weight < Ratio::ZERO) {
            let weight = weight.to_string();
            return Err(Error::NegativeWeight {
                unit: id,
                name,
                weight,
            });
        }
        bounds_in_order(
            unit.facts.cap.or(input.cap),
            unit.facts.floor.or(input.floor),
        )?;
    }
    bounds_in_order(input.cap, input.floor)?;
    in_range("damping", input.damping, Ratio::ZERO, Ratio::ONE)?;
    let most = Ratio::from_int(MAX_MULTIPLE);
    in_range("over_assignment", input.over_assignment, Ratio::ONE, most)?;
    for step in &input.ramp {
        in_range("ramp", step.share, Ratio::ZERO, Ratio::ONE)?;
    }
    let months: Vec<u32> = input.ramp.iter().map(|step| step.from_month).collect();
    if let Some(pair) = months.windows(2).find(|pair| pair[0] >= pair[1]) {
        return Err(out_of_range(
            "ramp_months",
            &pair[1],
            &(pair[0] + 1),
            &"none",
        ));
    }
    for round in &input.round {
        let most = Ratio::from_int(i64::MAX);
        let unit = Ratio::new(i128::from(round.minor), 1)?;
        in_range("round", unit, Ratio::ONE, most)?;
    }
    check_blend(&input.blend)
}

fn bounds_in_order(cap: Option<Ratio>, floor: Option<Ratio>) -> Result<()> {
    let most = Ratio::from_int(MAX_MULTIPLE);
    let floor = floor.unwrap_or(Ratio::ZERO);
    in_range("floor", floor, Ratio::ZERO, most)?;
    in_range("cap", cap.unwrap_or(most), floor, most)
}

fn check_blend(blend: &[Blend]) -> Result<()> {
    let mut sum = Ratio::ZERO;
    for (at, one) in blend.iter().enumerate() {
        let factor = one.factor.code();
        if blend[..at].iter().any(|other| other.factor == one.factor) {
            return Err(WeighError::FactorTwice { factor }.into());
        }
        in_range(factor, one.share, Ratio::ZERO, Ratio::ONE)?;
        sum = sum.checked_add(one.share)?;
    }
    if sum == Ratio::ONE {
        return Ok(());
    }
    let missing = Ratio::ONE.checked_sub(sum)?.to_string();
    let sum = sum.to_string();
    Err(WeighError::BlendTotal { sum, missing }.into())
}

fn in_range(what: &'static str, value: Ratio, low: Ratio, high: Ratio) -> Result<()> {
    if low <= value && value <= high {
        return Ok(());
    }
    Err(out_of_range(what, &value, &low, &high))
}

fn out_of_range(
    what: &'static str,
    value: &dyn std::fmt::Display,
    low: &dyn std::fmt::Display,
    high: &dyn std::fmt::Display,
) -> Error {
    WeighError::SettingRange {
        what,
        value: value.to_string(),
        low: low.to_string(),
        high: high.to_string(),
    }
    .into()
}

/// Ratios as whole numbers in the same proportion, or the place that has too fine ones.
fn whole(ratios: &[Ratio], place: &str) -> Result<Vec<u64>> {
    whole_weights(ratios).ok_or_else(|| Error::WeightsTooFine {
        place: place.to_owned(),
    })
}
