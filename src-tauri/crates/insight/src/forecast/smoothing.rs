//! Exponential smoothing in state space form: Hyndman, Koehler, Ord, Snyder (2008), "Forecasting with
//! Exponential Smoothing", chapters 2, 5 and 7. The form is chosen by the corrected Akaike criterion.
//!
//! A trend is always damped: undamped ones lose at longer horizons (Gardner 2006, "Exponential
//! smoothing: the state of the art, part II", section 4), and no team's sales rise by the same amount
//! for ever.
//!
//! Written here: `augurs` has no seasonal exponential smoothing (house.md).

use super::number::{Logarithms, logarithm, mean, real, square};
use super::season::{Form, indices};
use super::simplex::{Limits, minimise};
use super::walk;

const LIMITS: Limits = Limits {
    evaluations: 300,
    tolerance: 1e-6,
};
/// Values from which the first level and slope are taken.
const START_VALUES: usize = 10;
/// Bounds of the damping factor: below, a trend dies at once; above, it is hardly damped.
const DAMPING: std::ops::RangeInclusive<f64> = 0.8..=0.98;
/// Bounds of the other smoothing parameters, inside 0 to 1.
const SHARE: std::ops::RangeInclusive<f64> = 1e-4..=0.9999;

/// What grows with the level: nothing (additive errors) or the errors (multiplicative ones).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spread {
    Constant,
    Proportional,
}

/// One of the forms among which a series chooses.
#[derive(Debug, Clone, Copy)]
struct Shape {
    spread: Spread,
    damped: bool,
    season: Option<Form>,
}

impl Shape {
    /// All that suit a series: what grows in proportion needs values above zero, a season two of them.
    fn all(values: &[f64], season: usize) -> Vec<Self> {
        let positive = values.iter().all(|value| *value > 0.0);
        let seasonal = season > 1 && values.len() > 2 * season;
        let mut all = Vec::new();
        for damped in [false, true] {
            for form in [None, Some(Form::Additive), Some(Form::Multiplicative)] {
                for spread in [Spread::Constant, Spread::Proportional] {
                    let seen = form.is_none() || seasonal;
                    let fits = match (form, spread) {
                        // Factors with errors that do not grow are numerically unstable (section 2.5.1).
                        (Some(Form::Multiplicative), Spread::Constant) => false,
                        (Some(Form::Multiplicative), _) | (_, Spread::Proportional) => {
                            seen && positive
                        }
                        _ => seen,
                    };
                    if fits {
                        all.push(Self {
                            spread,
                            damped,
                            season: form,
                        });
                    }
                }
            }
        }
        all
    }
}

#[derive(Debug, Clone)]
struct Parameters {
    alpha: f64,
    beta: f64,
    gamma: f64,
    phi: f64,
    level: f64,
    slope: f64,
}

/// A fitted form.
#[derive(Debug)]
pub(super) struct Smoothing {
    spread: Spread,
    form: Option<Form>,
    season: Vec<f64>,
    parameters: Parameters,
}

/// What is known after some values.
struct State {
    level: f64,
    slope: f64,
    season: Vec<f64>,
    /// Place of the next value in the season.
    place: usize,
}

impl Smoothing {
    /// The form with the least corrected Akaike criterion, with its best parameters.
    pub(super) fn fit(values: &[f64], season: usize) -> Self {
        let fitted = Shape::all(values, season)
            .into_iter()
            .filter_map(|shape| fit(values, season, shape));
        let best = fitted.min_by(|a, b| a.1.total_cmp(&b.1));
        best.map_or_else(|| Self::last_value(values), |(fitted, _)| fitted)
    }

    /// The last value goes on: where no form can be fitted.
    fn last_value(values: &[f64]) -> Self {
        let parameters = Parameters {
            alpha: 1.0,
            beta: 0.0,
            gamma: 0.0,
            phi: 0.0,
            level: values[0],
            slope: 0.0,
        };
        Self {
            spread: Spread::Constant,
            form: None,
            season: Vec::new(),
            parameters,
        }
    }

    fn start(&self) -> State {
        State {
            level: self.parameters.level,
            slope: self.parameters.slope,
            season: self.season.clone(),
            place: 0,
        }
    }

    fn expected(&self, state: &State) -> f64 {
        let base = state.level + self.parameters.phi * state.slope;
        combined(self.form, base, state.season.get(state.place).copied())
    }

    /// Takes a value in that was not quite as expected.
    fn learn(&self, state: &mut State, error: f64) {
        let Parameters {
            alpha,
            beta,
            gamma,
            phi,
            ..
        } = self.parameters;
        let trend = phi * state.slope;
        let base = state.level + trend;
        let season = state.season.get_mut(state.place);
        // The same steps serve constant and proportional errors: the latter's are these with
        // relative errors times the expected value (section 2.5.2).
        let (per_base, per_season) = match (self.form, &season) {
            (Some(Form::Multiplicative), Some(factor)) => (error / **factor, error / base),
            _ => (error, error),
        };
        state.level = base + alpha * per_base;
        state.slope = trend + beta * per_base;
        if let Some(season) = season {
            *season += gamma * per_season;
            state.place += 1;
            if state.place == self.season.len() {
                state.place = 0;
            }
        }
    }

    fn ahead(&self, state: &State, steps: usize) -> Vec<f64> {
        let (mut damping, mut damped) = (1.0, 0.0);
        let step = |step: usize| {
            damping *= self.parameters.phi;
            damped += damping;
            let base = state.level + damped * state.slope;
            let place = (state.place + step) % self.season.len().max(1);
            combined(self.form, base, state.season.get(place).copied())
        };
        (0..steps).map(step).collect()
    }

    /// The form that was chosen, as R's `forecast` writes it: error, trend, season.
    pub(super) fn name(&self) -> String {
        let error = match self.spread {
            Spread::Constant => "A",
            Spread::Proportional => "M",
        };
        let trend = if self.parameters.phi > 0.0 { "Ad" } else { "N" };
        let season = match self.form {
            None => "N",
            Some(Form::Additive) => "A",
            Some(Form::Multiplicative) => "M",
        };
        format!("ETS({error},{trend},{season})")
    }

    /// Parameters and first states that were learned.
    pub(super) fn parameters(&self) -> usize {
        let trend = if self.parameters.phi > 0.0 { 3 } else { 0 };
        2 + trend + self.season.len()
    }

    /// Do its errors grow with the values?
    pub(super) fn is_proportional(&self) -> bool {
        self.spread == Spread::Proportional
    }

    /// Does it repeat a season?
    pub(super) fn is_seasonal(&self) -> bool {
        self.form.is_some()
    }

    /// The next values from each moment since `first`.
    pub(super) fn since(&self, values: &[f64], first: usize, horizon: usize) -> Vec<Vec<f64>> {
        let learn = |state: &mut State, value| {
            let error = value - self.expected(state);
            self.learn(state, error);
        };
        let ahead = |state: &State, steps| self.ahead(state, steps);
        walk(values, first, horizon, self.start(), learn, ahead)
    }
}

fn combined(form: Option<Form>, base: f64, season: Option<f64>) -> f64 {
    match (form, season) {
        (Some(Form::Additive), Some(season)) => base + season,
        (Some(Form::Multiplicative), Some(season)) => base * season,
        _ => base,
    }
}

/// The best parameters of a form, and its corrected Akaike criterion; None where it does not suit.
fn fit(values: &[f64], season: usize, shape: Shape) -> Option<(Smoothing, f64)> {
    let factors = match shape.season {
        None => Vec::new(),
        Some(form) => indices(values, season, form)?,
    };
    let sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    let scale = mean(&sizes);
    let (level, slope) = first_state(values, &factors, shape);
    let mut start = vec![
        if shape.season.is_some() { 0.2 } else { 0.3 },
        level / scale,
    ];
    let mut step = vec![0.15, 0.1];
    if shape.season.is_some() {
        start.push(0.1);
        step.push(0.1);
    }
    if shape.damped {
        start.extend([0.1, slope / scale, 0.95]);
        step.extend([0.1, 0.02, -0.05]);
    }
    let mut tried = Smoothing {
        spread: shape.spread,
        form: shape.season,
        season: factors,
        parameters: Smoothing::last_value(values).parameters,
    };
    let found = minimise(&start, &step, LIMITS, |at| match read(at, shape, scale) {
        None => f64::INFINITY,
        Some(parameters) => {
            tried.parameters = parameters;
            cost(&tried, values)
        }
    });
    if !found.cost.is_finite() {
        return None;
    }
    tried.parameters = read(&found.at, shape, scale)?;
    let states = if shape.season.is_some() {
        season - 1
    } else {
        0
    };
    // The variance of the errors is a parameter too.
    let count = real(found.at.len() + states + 1);
    let rest = real(values.len()) - count - 1.0;
    let criterion = if rest > 0.0 {
        found.cost + 2.0 * count + 2.0 * count * (count + 1.0) / rest
    } else {
        f64::INFINITY
    };
    Some((tried, criterion))
}

/// Level and slope before the first value: the regression over the first season-free values, or their
/// mean without a trend.
fn first_state(values: &[f64], season: &[f64], shape: Shape) -> (f64, f64) {
    let first = values.iter().take(START_VALUES).enumerate();
    let free: Vec<f64> = first
        .map(|(place, value)| match shape.season {
            None => *value,
            Some(Form::Additive) => value - season[place % season.len()],
            Some(Form::Multiplicative) => value / season[place % season.len()],
        })
        .collect();
    let level = mean(&free);
    if !shape.damped {
        return (level, 0.0);
    }
    let middle = (real(free.len()) + 1.0) * 0.5;
    let (mut across, mut squares) = (0.0, 0.0);
    for (place, value) in free.iter().enumerate() {
        let from_middle = real(place + 1) - middle;
        across += from_middle * (value - level);
        squares += from_middle * from_middle;
    }
    let slope = across / squares;
    (level - slope * middle, slope)
}

/// Parameters from the search's numbers; None outside the usual bounds (section 7.1).
fn read(at: &[f64], shape: Shape, scale: f64) -> Option<Parameters> {
    let mut rest = at.iter().copied();
    let alpha = rest.next().filter(|share| SHARE.contains(share))?;
    let level = rest.next()? * scale;
    let gamma = match shape.season {
        None => 0.0,
        Some(_) => rest.next().filter(|share| SHARE.contains(share))? * (1.0 - alpha),
    };
    let (beta, slope, phi) = if shape.damped {
        let of_alpha = rest.next().filter(|share| SHARE.contains(share))?;
        let slope = rest.next()? * scale;
        (
            of_alpha * alpha,
            slope,
            rest.next().filter(|phi| DAMPING.contains(phi))?,
        )
    } else {
        (0.0, 0.0, 0.0)
    };
    Some(Parameters {
        alpha,
        beta,
        gamma,
        phi,
        level,
        slope,
    })
}

/// Twice the negative logarithm of the likelihood, without its constants (equation 5.3).
fn cost(tried: &Smoothing, values: &[f64]) -> f64 {
    let mut state = tried.start();
    let (mut squares, mut logarithms) = (0.0, Logarithms::new());
    for value in values {
        let expected = tried.expected(&state);
        let error = value - expected;
        match tried.spread {
            Spread::Constant => squares += error * error,
            // The logarithm of a value that is not above zero is not a number: such a point is refused.
            Spread::Proportional => {
                squares += square(error / expected);
                logarithms.add(expected);
            }
        }
        tried.learn(&mut state, error);
    }
    real(values.len()) * logarithm(squares.max(f64::MIN_POSITIVE)) + 2.0 * logarithms.sum()
}
