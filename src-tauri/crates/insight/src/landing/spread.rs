//! How far off a landing may be: 2,000 courses of the rest of the period from a fixed seed, so that the same
//! deals give the same interval on every machine; and what earlier landings say of such intervals.

use super::{MILLION, New, Open};

/// Courses that are tried.
const COURSES: usize = 2_000;
/// Open deals up to which courses are tried; more are normal by the central limit theorem.
const MAX_TRIED: usize = 400;
/// 97.5 % point of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;
const SEED: u64 = 0x5945_4a49;

/// Distance from the expected value to the ends of the 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub below: f64,
    pub above: f64,
}

impl Spread {
    pub(super) fn of(open: &[Open], new: Option<New>) -> Self {
        if open.len() > MAX_TRIED {
            return Self::normal(open, new);
        }
        let mut random = Random(SEED);
        let mut courses: Vec<f64> = (0..COURSES)
            .map(|_| {
                let won = open
                    .iter()
                    .filter(|one| random.below(MILLION) < one.millionths);
                let won: f64 = won.map(|one| real(one.minor)).sum();
                let off = new.map_or(0.0, |new| {
                    let off = random.normal() * new.half_width / NORMAL;
                    // Of new deals nothing less than nothing comes, where it never did.
                    if new.non_negative {
                        off.max(-real(new.minor.max(0)))
                    } else {
                        off
                    }
                });
                won + off
            })
            .collect();
        courses.sort_by(f64::total_cmp);
        let mean: f64 = open.iter().map(|one| real(one.expected())).sum();
        Self {
            below: (mean - courses[COURSES / 40]).max(0.0),
            above: (courses[COURSES - 1 - COURSES / 40] - mean).max(0.0),
        }
    }

    fn normal(open: &[Open], new: Option<New>) -> Self {
        let deals: f64 = open
            .iter()
            .map(|one| {
                let share = real(one.millionths) / real(MILLION);
                let amount = real(one.minor);
                share * (1.0 - share) * amount * amount
            })
            .sum();
        let new = new.map_or(0.0, |new| new.half_width / NORMAL);
        let half = NORMAL * (deals + new * new).sqrt();
        Self {
            below: half,
            above: half,
        }
    }
}

/// A landing that was said, and what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The landing.
    pub landing: i64,
    /// Lower end.
    pub lower: i64,
    /// Upper end.
    pub upper: i64,
    /// What came.
    pub actual: i64,
}

/// How many earlier landings the belief counts for that intervals are as wide as their deals make them.
const PRIOR: usize = 2;
/// 97.5 % points of Student's t distribution with one and more degrees of freedom.
const STUDENT: [f64; 12] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179,
];

/// What earlier landings say of the intervals of later ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Widening {
    /// How many times as wide as the deals make it an interval must be.
    pub factor: f64,
    /// Half of the width that must be added where no factor makes it wide enough, minor units: deals that give
    /// no width at all had misses too.
    pub beyond: f64,
}

impl Widening {
    /// Nothing is learned.
    pub const NONE: Self = Self {
        factor: 1.0,
        beyond: 0.0,
    };

    /// Of a part that brings `landing` of `whole`: its misses are taken as independent of those of the others,
    /// so that their squares add up to the whole's.
    #[must_use]
    pub fn of_part(self, landing: i64, whole: i64) -> Self {
        let share = if whole == 0 {
            1.0
        } else {
            (real(landing) / real(whole)).abs().min(1.0)
        };
        Self {
            beyond: self.beyond * share.sqrt(),
            ..self
        }
    }

    /// The half of an interval that the deals alone make `own` wide: independent errors, whose squares add.
    pub(super) fn widen(self, own: f64) -> f64 {
        let own = own * self.factor;
        if self.beyond > 0.0 {
            (own * own + self.beyond * self.beyond).sqrt()
        } else {
            own
        }
    }
}

/// How much wider intervals must be so that earlier landings would have held what came: the errors in units of
/// what the intervals let expect have an unknown scale, of which the deals alone say 1 and each earlier landing
/// something; few of them leave it uncertain, and the interval wide. Never narrower than 1, at most 10.
///
/// Gelman and others, Bayesian Data Analysis, 3rd ed. (2013), section 3.2: a scaled inverse chi-square prior,
/// and the predictive Student's t distribution that follows from it.
///
/// What is still missed by then, and all that was missed by landings whose deals gave no width, is an error of
/// its own: its root mean square times Student's t for the number of earlier landings is added.
pub fn widening(said: &[Said]) -> Widening {
    let missed = said.iter().map(|one| {
        let off = real(one.actual) - real(one.landing);
        let end = if off < 0.0 { one.lower } else { one.upper };
        (off.abs(), (real(end) - real(one.landing)).abs())
    });
    let missed: Vec<(f64, f64)> = missed.collect();
    let measured = || missed.iter().filter(|(_, half)| *half >= 1.0);
    let count = measured().count();
    let sum: f64 = measured()
        .map(|(off, half)| off * NORMAL / half)
        .map(|off| off * off)
        .sum();
    let prior = number(PRIOR);
    let scale = ((prior + sum) / (prior + number(count))).sqrt();
    let factor = (scale * student(PRIOR + count) / NORMAL).clamp(1.0, 10.0);
    let rest = missed
        .iter()
        .map(|(off, half)| (off - factor * half).max(0.0));
    let squares: f64 = rest.map(|rest| rest * rest).sum();
    let beyond = if squares > 0.0 {
        (squares / number(said.len())).sqrt() * student(said.len())
    } else {
        0.0
    };
    Widening { factor, beyond }
}

/// 97.5 % point of Student's t distribution.
fn student(freedom: usize) -> f64 {
    STUDENT[freedom.clamp(1, STUDENT.len()) - 1]
}

/// Numbers of periods.
#[allow(clippy::cast_precision_loss)]
fn number(count: usize) -> f64 {
    count as f64
}

/// Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA: `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below a limit.
    fn below(&mut self, limit: i64) -> i64 {
        let wide = (u128::from(self.next()) * u128::from(limit.unsigned_abs())) >> 64;
        i64::try_from(wide).unwrap_or(0)
    }

    /// Nearly normal: the sum of twelve even ones, less six (no logarithm, whose last bits differ).
    fn normal(&mut self) -> f64 {
        let sum: f64 = (0..12).map(|_| real(self.below(MILLION))).sum();
        sum / real(MILLION) - 6.0
    }
}

/// An amount as a float, for widths only.
#[allow(clippy::cast_precision_loss)]
pub(super) fn real(value: i64) -> f64 {
    value as f64
}

/// A width as an amount; what is too large is the largest.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn whole(value: f64) -> i64 {
    (value + 0.5) as i64
}
