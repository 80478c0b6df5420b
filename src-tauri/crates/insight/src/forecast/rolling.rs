//! Forecasts from earlier moments of the same series: how far off they were tells which method to take,
//! and how wide the interval must be.

use super::Fitted;
use super::number::{mean, real, square, student};
use super::series::MIN_VALUES;

/// Latest moments from which forecasts are checked.
const MAX_ORIGINS: usize = 60;
/// Fewer moments than this are said.
pub(super) const FEW_ORIGINS: usize = 8;
/// Errors of one step ahead that give a spread; with fewer it is carried on from the steps before.
const MIN_ERRORS: usize = 4;
/// Degrees of freedom with fewer than which Student's t has no variance, and says nothing of use.
const MIN_FREEDOM: f64 = 3.0;
/// Periods ahead by which methods are judged, however many are asked for: a year and a half of months. The forecast of
/// the next period must not depend on how many more are wanted.
pub(super) const JUDGED: usize = 18;
/// Origins from which the floor's win is checked with parameters learned anew.
const FRESH_ORIGINS: usize = 3;

/// What came, in the order of the series, and how wide its places spread.
#[derive(Debug)]
pub(super) struct Outcome {
    /// None: not known.
    pub values: Vec<Option<f64>>,
    /// The season makes a place wider or narrower: one factor a value.
    pub factors: Vec<f64>,
}

/// The errors from earlier origins, by steps ahead.
#[derive(Debug)]
pub(super) struct Errors {
    steps: Vec<Step>,
    values: usize,
    origins: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Step {
    count: usize,
    absolute: f64,
    /// Of the errors by their place's factor.
    squares: f64,
}

impl Errors {
    /// Forecasts from each of the latest origins (the first third of the series is left to learn from)
    /// and compares them with what came.
    pub(super) fn of(fitted: &dyn Fitted, outcome: &Outcome, horizon: usize) -> Self {
        let count = outcome.values.len();
        let first = (count / 3)
            .max(MIN_VALUES - 1)
            .max(count.saturating_sub(MAX_ORIGINS));
        let mut steps = vec![Step::default(); horizon];
        for (origin, ahead) in (first..count).zip(fitted.since(first, horizon)) {
            let places = outcome.values[origin..]
                .iter()
                .zip(&outcome.factors[origin..]);
            for ((forecast, (value, factor)), step) in ahead.iter().zip(places).zip(&mut steps) {
                let Some(value) = value else { continue };
                let error = value - forecast;
                step.count += 1;
                step.absolute += error.abs();
                step.squares += square(error / factor);
            }
        }
        Self {
            steps,
            values: count,
            origins: count - first,
        }
    }

    /// Origins that were tried.
    pub(super) fn origins(&self) -> usize {
        self.origins
    }

    /// The steps by which it is judged.
    fn judged(&self) -> &[Step] {
        &self.steps[..self.steps.len().min(JUDGED)]
    }

    /// Mean of the absolute errors of each step ahead, averaged over the steps that are judged; None without
    /// any.
    pub(super) fn mean_absolute(&self) -> Option<f64> {
        let means = self.judged().iter().filter(|step| step.count > 0);
        let means: Vec<f64> = means.map(|step| step.absolute / real(step.count)).collect();
        (!means.is_empty()).then(|| mean(&means))
    }

    /// Were they larger than those of the floor?
    pub(super) fn lose_to(&self, floor: &Self) -> bool {
        let both = self.mean_absolute().zip(floor.mean_absolute());
        both.is_some_and(|(ours, floor)| floor < ours)
    }

    /// Steps whose width is measured.
    pub(super) fn measured(&self) -> usize {
        let measured = |step: &&Step| step.count >= MIN_ERRORS;
        self.steps.iter().take_while(measured).count()
    }

    /// Errors one step ahead.
    pub(super) fn first_count(&self) -> usize {
        self.steps.first().map_or(0, |step| step.count)
    }

    /// Root mean square of all errors, each brought to one step ahead as a random walk spreads.
    fn pooled(&self) -> f64 {
        let count: usize = self.judged().iter().map(|step| step.count).sum();
        let squares = (1..)
            .zip(self.judged())
            .map(|(ahead, step)| step.squares / real(ahead));
        (squares.sum::<f64>() / real(count.max(1))).sqrt()
    }

    /// Half of the 95 % interval at each step ahead, where the factor is 1: never narrower than at the
    /// step before; widened for the `parameters` that were learned from the same values, by the final
    /// prediction error of Akaike (1970), "Statistical predictor identification"; and by Student's t for
    /// the number of independent errors. With too few errors for that, all of them count together, and no
    /// more is believed of the method than of the `floor`.
    pub(super) fn half_widths(&self, floor: &Self, horizon: usize, parameters: usize) -> Vec<f64> {
        let free = real(self.values.saturating_sub(parameters).max(1));
        let learned = (real(self.values + parameters) / free).sqrt();
        let measured = self.measured();
        let (mut widest, mut at, mut independent) = (0.0_f64, 1, free);
        if measured == 0 {
            widest = self.pooled().max(floor.pooled());
        }
        let half = |step: usize| {
            if step < measured {
                let errors = self.steps[step];
                widest = widest.max((errors.squares / real(errors.count)).sqrt());
                at = step + 1;
                let most = freedom(at, errors.count).max(MIN_FREEDOM);
                independent = independent.min(most);
            }
            // Beyond what is measured it spreads as a random walk does.
            let spread = widest * (real(step + 1) / real(at)).sqrt();
            spread * learned * student(independent)
        };
        (0..horizon).map(half).collect()
    }
}

/// Degrees of freedom of the spread of `count` errors `ahead` steps, which overlap: Lo and `MacKinlay`
/// (1988), "Stock market prices do not follow random walks", Review of Financial Studies 1(1), from the
/// variance of their statistic for overlapping differences, 2 (2 q^2 + 1) / (3 q n).
fn freedom(ahead: usize, count: usize) -> f64 {
    let (ahead, count) = (real(ahead), real(count));
    3.0 * ahead * count / (2.0 * ahead * ahead + 1.0)
}

/// Were the forecasts of `fit`, learned anew from what was known at a few late origins, farther off than
/// those of the floor? None where no origin leaves `need` values to learn from.
///
/// Few origins alone would say too much: a method that is better loses often from three. They only
/// confirm, or not, what many origins with the parameters of the whole series say.
pub(super) fn loses_afresh(
    values: &[f64],
    outcome: &Outcome,
    need: usize,
    fit: impl Fn(&[f64], usize) -> (Vec<f64>, Vec<f64>),
) -> Option<bool> {
    let reach = JUDGED.min(values.len() / 4);
    let (mut ours, mut floors) = (0.0, 0.0);
    let mut tried = false;
    for part in 1..=FRESH_ORIGINS {
        let back = (reach * part).div_ceil(FRESH_ORIGINS);
        let origin = values.len() - back;
        if back == 0 || origin < need {
            continue;
        }
        let (method, floor) = fit(&values[..origin], back);
        for (value, (method, floor)) in outcome.values[origin..]
            .iter()
            .zip(method.iter().zip(&floor))
        {
            if let Some(value) = value {
                tried = true;
                ours += (value - method).abs() / real(back);
                floors += (value - floor).abs() / real(back);
            }
        }
    }
    tried.then_some(floors < ours)
}
