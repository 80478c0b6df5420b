//! Landing of a period under way: won so far, plus what open deals will bring, plus deals not opened yet.
//!
//! An open deal counts with its amount times the chance that it is won before the period ends ([`odds`],
//! learned from the company's own deals); what is not opened yet is the forecast of what such deals
//! brought in earlier periods after the same point. The parts are integers and sum to the landing exactly.
//! The interval is a simulation with a fixed seed, made wider where earlier landings at the same point
//! were further off than it says ([`spread`]). [`warning`] watches the period while it runs.

mod ages;
#[cfg(test)]
mod calibration;
mod clock;
mod list_price;
pub mod odds;
pub mod spread;
#[cfg(test)]
mod tests;
pub mod warning;

pub use clock::Clock;
pub use list_price::{LEAN, ListPrices, Times};
pub use odds::{Case, Chance, Odds, Rest};
pub use spread::{Said, Widening, widening};

use spread::Spread;

/// Millionths, in which a chance is kept.
pub const MILLION: i64 = 1_000_000;

/// An open deal in a landing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Its amount, minor units.
    pub minor: i64,
    /// Chance in millionths that it is won within the period.
    pub millionths: i64,
}

impl Open {
    /// Amount times chance, to the nearest minor unit (half away from zero).
    pub fn expected(self) -> i64 {
        let product = i128::from(self.minor) * i128::from(self.millionths.clamp(0, MILLION));
        let half = i128::from(MILLION / 2) * product.signum();
        // Not larger than the amount.
        i64::try_from((product + half) / i128::from(MILLION)).unwrap_or(self.minor)
    }
}

/// What deals not opened yet will bring in the rest of the period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct New {
    /// Expected, minor units.
    pub minor: i64,
    /// Half of the width of its 95 % interval.
    pub half_width: f64,
    /// Did such deals never bring less than nothing?
    pub non_negative: bool,
}

/// Where a period will land. All in minor units; `won + open + new` is `landing`, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing {
    /// Won so far.
    pub won: i64,
    /// Expected of open deals.
    pub open: i64,
    /// Expected of deals not opened yet; 0 where that is not known.
    pub new: i64,
    /// All together.
    pub landing: i64,
    /// Below it 2.5 % of the outcomes are expected.
    pub lower: i64,
    /// Above it 2.5 % of the outcomes are expected.
    pub upper: i64,
    /// Do open and new deals make the interval, or only what earlier landings missed by?
    pub has_own_width: bool,
}

impl Landing {
    /// Does anything say how far off it may be? One deal that was won and nothing besides gives no interval,
    /// nor the certainty that nothing more comes.
    pub fn has_interval(&self) -> bool {
        self.lower < self.upper
    }
}

/// Adds the parts of a landing; `widening` is what was learned from earlier ones. None: a sum beyond 64 bits.
pub fn land(won: i64, open: &[Open], new: Option<New>, widening: Widening) -> Option<Landing> {
    let mut expected = open.iter().map(|one| one.expected());
    let expected = expected.try_fold(0_i64, |sum: i64, one| sum.checked_add(one))?;
    let new_minor = new.map_or(0, |new| new.minor);
    let landing = won.checked_add(expected)?.checked_add(new_minor)?;
    let Spread { below, above } = Spread::of(open, new);
    let half = |own: f64| spread::whole(widening.widen(own));
    let lower = landing.saturating_sub(half(below));
    // What is won stays won, as far as open and new deals bring no less than nothing.
    let is_kept = new.is_none_or(|new| new.non_negative && new.minor >= 0)
        && open.iter().all(|one| one.minor >= 0);
    Some(Landing {
        won,
        open: expected,
        new: new_minor,
        landing,
        lower: if is_kept { lower.max(won) } else { lower },
        upper: landing.saturating_add(half(above)),
        has_own_width: spread::whole(below) > 0 || spread::whole(above) > 0,
    })
}
