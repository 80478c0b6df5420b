//! Engine `bonus.calculate`: statements of a period, each number with the steps that made it.
//!
//! Order of steps, for each person and component: credit -> measure -> attainment -> tier -> modifiers
//! -> cap and floor -> proration -> rounding (once). `docs/bonus-plans.md` is the definition.

mod assemble;
mod chain;
pub(crate) mod compiled;
mod credit;
mod facts;
mod guard;
mod ids;
mod lines;
mod measure;
pub(crate) mod pays;
mod people;
mod pool;
mod prepared;
mod receipts;
mod refunds;
mod statements;
pub(crate) mod tiers;
mod trace;
mod wide;
mod window;
mod work;

use yeji_core::calendar::Period;

use crate::input::CalculateInput;
use crate::statement::{CalculateOutput, Note};
use crate::{Result, legacy};

use prepared::Prepared;

/// Name of the engine on the command line.
pub const ENGINE: &str = "bonus.calculate";
/// Version of the calculation; it changes whenever the same input may give another result.
pub const ENGINE_VERSION: &str = "bonus.calculate/6";

/// Something known, or why it is not: what cannot be known is never paid on a guess.
pub(crate) type Known<T> = std::result::Result<T, Note>;

/// Calculates the statements of a period.
///
/// Every line equals the exact fraction rounded once, as the plan says; the same input gives the same
/// output on every platform, in whatever order its lists are.
///
/// # Errors
/// A plan with errors, a period of another kind than the plan's, amounts in another currency, what is
/// listed twice, a negative target bonus or share, a circle of managers or refunds, a total that does
/// not fit: each names its place. What concerns one person's component blocks that one instead.
pub fn calculate(input: &CalculateInput) -> Result<CalculateOutput> {
    let input = &*legacy::without_short_forms(input)?;
    Prepared::new(input)?.calculate(input.period)
}

/// Calculates several periods of one input, in the given order, and hands each out as it is done: facts
/// are sorted, divided and credited once for all of them. The input's own `period` is only that of its
/// short forms. Each output is what [`calculate()`] answers for that period.
///
/// # Errors
/// As [`calculate()`]; what was handed out before stays true.
pub fn calculate_periods(
    input: &CalculateInput,
    periods: &[Period],
    mut take: impl FnMut(CalculateOutput),
) -> Result<()> {
    let input = &*legacy::without_short_forms(input)?;
    let mut prepared = Prepared::new(input)?;
    for period in periods {
        take(prepared.calculate(*period)?);
    }
    Ok(())
}
