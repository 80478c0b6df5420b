//! Goals of KPIs as people write them, and as they are kept: exact, in the unit of the KPI.

use yeji_core::Ratio;
use yeji_core::scorecard::share;
use yeji_insight::kpi::Unit;

use super::error::ScorecardError;
use crate::error::{Result, shown};
use crate::performance::Measured;

/// Largest numerator and denominator: more digits than anybody sets a goal with.
const MAX_NUMBER: i128 = 10_i128.pow(15);
/// A share above this without a per cent sign was meant in per cent: a goal of 1,000 % is none.
const MAX_PLAIN_SHARE: i64 = 10;

/// Reads a goal: `35%` or `0.35` of a share, `120000.50` of an amount, `12` of a count, `8.5` of others.
pub(super) fn read(measured: &Measured, text: &str) -> Result<Ratio> {
    let definition = measured.definition();
    let refusal = || ScorecardError::Value {
        metric: definition.code.clone(),
        value: shown(text),
        unit: definition.unit.code(),
    };
    let text = text.trim();
    let in_percent = text.ends_with(['%', '％']);
    let value = if definition.unit == Unit::Ratio {
        share(text)
    } else {
        text.parse()
    };
    let value: Ratio = value.map_err(|_| refusal())?;
    let fits = match definition.unit {
        Unit::Money => {
            let minor = Ratio::from_int(measured.currency().minor_per_major());
            value
                .checked_mul(minor)
                .is_ok_and(|one| one.denominator() == 1)
        }
        Unit::Count => value.denominator() == 1,
        Unit::Ratio => in_percent || value <= Ratio::from_int(MAX_PLAIN_SHARE),
        Unit::Number | Unit::Days | Unit::Score => true,
    };
    let small = value.numerator() <= MAX_NUMBER && value.denominator() <= MAX_NUMBER;
    if !fits || !small || value < Ratio::ZERO {
        return Err(refusal().into());
    }
    if let Some(largest) = measured.largest().filter(|largest| value > *largest) {
        let refusal = ScorecardError::TooHigh {
            metric: definition.code.clone(),
            value: shown(text),
            largest: measured.shown(largest).unwrap_or_default(),
        };
        return Err(refusal.into());
    }
    Ok(value)
}

/// A share in per cent, for people.
pub(super) fn percent(share: Ratio) -> Option<String> {
    yeji_report::format::percent(share).ok()
}
