//! The value axis: from zero, with round steps, ticks exact.

use yeji_core::Ratio;

use crate::Result;
use crate::chart::{Lang, ValueUnit, ratio_to_f64};
use crate::format;

/// An axis from its first to its last tick, zero always within.
#[derive(Debug)]
pub struct Scale {
    low: f64,
    high: f64,
    ticks: Vec<Ratio>,
}

impl Scale {
    /// The axis that holds zero and all `values`, with about `steps` steps of 1, 2, 2.5 or 5 times
    /// a power of ten; things are not counted in parts.
    pub fn fit(values: impl Iterator<Item = Ratio>, unit: ValueUnit, steps: f64) -> Result<Self> {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for value in values.map(ratio_to_f64) {
            low = low.min(value);
            high = high.max(value);
        }
        if high - low <= 0.0 {
            high = 1.0;
        }
        let step = round_step((high - low) / steps, unit)?;
        let size = ratio_to_f64(step);
        // A value that rounding puts a hair above a tick needs no further step.
        let first = whole((low / size + 1e-9).floor());
        let last = whole((high / size - 1e-9).ceil());
        let ticks = (first..=last)
            .map(|i| Ok(step.checked_mul(Ratio::from_int(i))?))
            .collect::<Result<Vec<_>>>()?;
        let edge = |tick: Option<&Ratio>| tick.copied().map_or(0.0, ratio_to_f64);
        Ok(Self {
            low: edge(ticks.first()),
            high: edge(ticks.last()),
            ticks,
        })
    }

    /// The axis from `low`, which need not be zero, to the tick above all `values`: of a waterfall
    /// whose bars are cut.
    pub fn from(
        low: Ratio,
        values: impl Iterator<Item = Ratio>,
        unit: ValueUnit,
        steps: f64,
    ) -> Result<Self> {
        let start = ratio_to_f64(low);
        let high = values.map(ratio_to_f64).fold(start, f64::max);
        let step = round_step((high - start).max(f64::MIN_POSITIVE) / steps, unit)?;
        let size = ratio_to_f64(step);
        // A tick that all but touches the start would stand in its words.
        let first = whole((start / size + 0.4).ceil());
        let last = whole((high / size - 1e-9).ceil());
        let mut ticks = vec![low];
        for i in first..=last {
            ticks.push(step.checked_mul(Ratio::from_int(i))?);
        }
        let end = ticks.last().copied().map_or(high, ratio_to_f64).max(high);
        Ok(Self {
            low: start,
            high: if end > start { end } else { start + 1.0 },
            ticks,
        })
    }

    /// The axis from zero to exactly `top`, which is rarely a tick: of a Pareto chart, whose axes
    /// end where the whole is.
    pub fn up_to(top: Ratio, unit: ValueUnit, steps: f64) -> Result<Self> {
        let high = ratio_to_f64(top);
        let step = round_step(high / steps, unit)?;
        let last = whole((high / ratio_to_f64(step) + 1e-9).floor());
        let ticks = (0..=last)
            .map(|i| Ok(step.checked_mul(Ratio::from_int(i))?))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            low: 0.0,
            high,
            ticks,
        })
    }

    /// Where a value lies: 0 at the first tick, 1 at the last.
    pub fn share(&self, value: Ratio) -> f64 {
        (ratio_to_f64(value) - self.low) / (self.high - self.low)
    }

    /// The ticks with their words.
    pub fn labels(&self, unit: ValueUnit, lang: Lang) -> Result<Vec<(Ratio, String)>> {
        self.ticks
            .iter()
            .map(|tick| {
                let text = format::compact_ratio(*tick, unit, lang)?;
                // Whole percents on an axis read better without the decimal that values carry.
                Ok((*tick, text.replace(".0%", "%")))
            })
            .collect()
    }
}

/// The smallest round number that is not below `raw`.
fn round_step(raw: f64, unit: ValueUnit) -> Result<Ratio> {
    let (mut power, mut digits) = (0_u32, raw);
    while digits > 10.0 {
        digits /= 10.0;
        power += 1;
    }
    let mut divisor = 0_u32;
    while digits <= 1.0 && divisor < 12 {
        digits *= 10.0;
        divisor += 1;
    }
    let (num, den) = [(1, 1), (2, 1), (5, 2), (5, 1), (10, 1)]
        .into_iter()
        .find(|(num, den)| f64::from(*num) / f64::from(*den) >= digits - 1e-9)
        .unwrap_or((10, 1));
    let step = Ratio::new(
        i128::from(num) * 10_i128.pow(power.min(30)),
        i128::from(den) * 10_i128.pow(divisor),
    )?;
    Ok(match unit {
        ValueUnit::Count if step <= Ratio::ONE => Ratio::ONE,
        ValueUnit::Count if step == Ratio::new(5, 2)? => Ratio::from_int(5),
        _ => step,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a number of ticks, a few at most"
)]
fn whole(value: f64) -> i64 {
    value as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use yeji_core::Currency;

    const CNY: ValueUnit = ValueUnit::money(Currency::CNY);

    #[test]
    fn round_ticks() {
        let check = |values: &[&str], unit: ValueUnit, expected: &str| {
            let values = values.iter().map(|v| v.parse::<Ratio>().unwrap());
            let scale = Scale::fit(values, unit, 4.0).unwrap();
            let labels: Vec<_> = scale
                .labels(unit, Lang::ZhCn)
                .unwrap()
                .into_iter()
                .map(|(_, t)| t)
                .collect();
            assert_eq!(labels.join(" "), expected);
        };
        check(&["308611.10"], CNY, "0 10万 20万 30万 40万");
        check(&["100", "-40"], CNY, "−50 0 50 100");
        check(&["1.43", "1"], ValueUnit::Percent, "0% 50% 100% 150%");
        check(&["0.02"], ValueUnit::Percent, "0% 0.5% 1% 1.5% 2%");
        check(&["3"], ValueUnit::Count, "0 1 2 3");
        check(&["9"], ValueUnit::Count, "0 5 10");
        check(&["0"], CNY, "0 0.25 0.5 0.75 1");
        check(&[], ValueUnit::Count, "0 1");
    }

    proptest! {
        #[test]
        fn every_value_lies_within(values in prop::collection::vec(any::<i64>(), 1..20)) {
            let exact = values.iter().map(|v| Ratio::from_int(*v));
            let scale = Scale::fit(exact.clone(), CNY, 5.0).unwrap();
            prop_assert!((2..=12).contains(&scale.ticks.len()), "{:?}", scale);
            for value in exact.chain([Ratio::ZERO]) {
                let share = scale.share(value);
                prop_assert!((-1e-6..=1.0 + 1e-6).contains(&share), "{:?} {}", scale, share);
            }
        }
    }
}
