//! One forecast from its series: prepared, cleaned, fitted, held against earlier origins.

use super::Fitted;
use super::answer::{
    self, Details, Forecast, IntervalSource, Method, Note, Origins, SeasonUse, Weight,
};
use super::breaks::Cleaned;
use super::combination::{self, Combination};
use super::intermittent::{self, Intermittent};
use super::number::is_constant;
use super::prepare::{Calendar, Prepared};
use super::rolling::{self, Errors, FEW_ORIGINS, JUDGED, Outcome};
use super::season::{self, Naive};
use super::series::{MIN_VALUES, Series};
use super::silence::Silence;

/// A forecast by one way of taking the calendar.
pub(super) struct Made<'a> {
    series: &'a Series,
    horizon: usize,
    calendar: Calendar,
    prepared: Prepared,
    cleaned: Cleaned,
    silence: Silence,
    chosen: Chosen,
}

/// What is kept of the method that was taken.
struct Chosen {
    method: Method,
    weights: Vec<Weight>,
    is_seasonal: bool,
    lost_to_floor: bool,
    /// Are there so many zeros that the next value may be one?
    has_zeros: bool,
    /// After the last known value, in the prepared unit, without the calendar.
    mean: Vec<f64>,
    half: Vec<f64>,
    errors: Option<Errors>,
    floor: Option<Errors>,
}

impl<'a> Made<'a> {
    pub(super) fn of(series: &'a Series, horizon: usize, calendar: Calendar) -> Self {
        let prepared = Prepared::of(series, &calendar);
        let values = &prepared.values;
        let silence = Silence::of(values, &prepared.is_known, series.season);
        let has_zeros = silence != Silence::None || intermittent::suits(values, series.season);
        let cleaned = if has_zeros {
            Cleaned::untouched(values)
        } else {
            Cleaned::of(values, series.season)
        };
        let ahead = series.values.len() - prepared.first - values.len() + horizon;
        let reach = ahead.max(JUDGED);
        let mut chosen = match silence {
            _ if is_constant(values) => Chosen::constant(values[0], ahead),
            Silence::Ended { half, .. } => Chosen::ended(half, ahead),
            Silence::Fading { .. } => Chosen::fading(&prepared, &cleaned, series.season, reach),
            Silence::None => Chosen::of(&prepared, &cleaned, series.season, reach),
        };
        chosen.mean.truncate(ahead);
        chosen.half.truncate(ahead);
        Self {
            series,
            horizon,
            calendar,
            prepared,
            cleaned,
            silence,
            chosen,
        }
    }

    /// Mean absolute error from earlier origins, in the unit of the series.
    pub(super) fn error(&self) -> f64 {
        let errors = self.chosen.errors.as_ref();
        errors.and_then(Errors::mean_absolute).unwrap_or(0.0) * self.prepared.unit
    }

    /// As it is told.
    pub(super) fn answer(self) -> Forecast {
        let count = self.series.values.len();
        let late = self.chosen.mean.len() - self.horizon;
        let unit = self.prepared.unit;
        let factors: Vec<f64> = (0..self.horizon)
            .map(|step| self.calendar.factor(count + step) * unit)
            .collect();
        let floor = if self.series.is_non_negative() {
            0.0
        } else {
            f64::NEG_INFINITY
        };
        let at = |away: f64| {
            let steps = self.chosen.mean[late..]
                .iter()
                .zip(&self.chosen.half[late..])
                .zip(&factors);
            let told = |((mean, half), factor): ((&f64, &f64), &f64)| {
                ((mean + away * half) * factor).max(floor) + 0.0
            };
            steps.map(told).collect::<Vec<f64>>()
        };
        let half_width = self.chosen.half[late] * factors[0];
        let mut lower95 = at(-1.0);
        if self.chosen.has_zeros {
            // Nothing is among the outcomes to be expected, whatever the usual error is.
            for lower in &mut lower95 {
                *lower = lower.min(0.0);
            }
        }
        Forecast {
            method: self.chosen.method,
            mean: at(0.0),
            lower95,
            upper95: at(1.0),
            notes: self.notes(half_width),
            details: Some(Box::new(self.details())),
        }
    }

    fn notes(&self, half_width: f64) -> Vec<Note> {
        let mut notes = Vec::new();
        let Series { values, season, .. } = self.series;
        let have = self.prepared.values.len();
        let need = season::values_needed(*season);
        if *season > 1 && have < need {
            notes.push(Note::ShortForSeason { have, need });
        }
        match &self.chosen.errors {
            None if self.chosen.method == Method::Constant => notes.push(Note::Constant),
            Some(errors) if errors.origins() < FEW_ORIGINS => notes.push(Note::ShortHistory {
                origins: errors.origins(),
                need: FEW_ORIGINS,
                half_width,
            }),
            None | Some(_) => (),
        }
        let first = self.prepared.first;
        if values[..first].iter().any(Option::is_some) {
            notes.push(Note::Begins { place: first + 1 });
        }
        let gaps = self.prepared.gaps().len();
        if gaps > 0 {
            notes.push(Note::Gaps { count: gaps });
        }
        let late = values.len() - self.prepared.first - have;
        if late > 0 {
            notes.push(Note::LastUnknown { count: late });
        }
        let outliers = self.cleaned.outliers.len();
        if outliers > 0 {
            notes.push(Note::Outliers { count: outliers });
        }
        for shift in &self.cleaned.shifts {
            let place = self.prepared.first + shift.place + 1;
            notes.push(Note::LevelShift { place });
        }
        let since = |zeros| self.series.silent_since(zeros);
        match self.silence {
            Silence::Fading { zeros } => notes.push(Note::Fading {
                place: since(zeros),
            }),
            Silence::Ended { zeros, .. } => notes.push(Note::Ended {
                place: since(zeros),
            }),
            Silence::None => (),
        }
        if self.chosen.lost_to_floor {
            notes.push(Note::Floor);
        }
        notes
    }

    fn details(self) -> Details {
        let Self {
            series,
            horizon,
            calendar,
            prepared,
            cleaned,
            chosen,
            ..
        } = self;
        let (first, unit) = (prepared.first + 1, prepared.unit);
        let error = |errors: &Errors| errors.mean_absolute().unwrap_or(0.0) * unit;
        let origins = chosen.errors.as_ref().zip(chosen.floor.as_ref());
        let outliers = cleaned.outliers.iter().map(|outlier| answer::Outlier {
            place: first + outlier.place,
            value: outlier.value * unit * calendar.factor(first - 1 + outlier.place),
            expected: outlier.expected * unit * calendar.factor(first - 1 + outlier.place),
        });
        let shifts = cleaned.shifts.iter().map(|shift| answer::Shift {
            place: first + shift.place,
            before: shift.before * unit,
            after: shift.after * unit,
        });
        Details {
            origins: origins.map(|(errors, floor)| Origins {
                count: errors.origins(),
                mean_absolute_error: error(errors),
                seasonal_naive: error(floor),
            }),
            interval: chosen.errors.as_ref().map(|errors| {
                let measured = errors.measured().min(horizon);
                IntervalSource {
                    measured,
                    carried_on: horizon - measured,
                    errors: errors.first_count(),
                }
            }),
            season: SeasonUse {
                length: series.season,
                used: chosen.is_seasonal,
            },
            weights: chosen.weights,
            outliers: outliers.collect(),
            shifts: shifts.collect(),
            gaps: prepared.gaps(),
            per_working_day: calendar.per_working_day,
            per_festival_day: calendar.per_festival_day,
        }
    }
}

impl Chosen {
    fn constant(value: f64, ahead: usize) -> Self {
        Self {
            method: Method::Constant,
            weights: vec![weight("constant", 1.0)],
            is_seasonal: false,
            lost_to_floor: false,
            has_zeros: false,
            mean: vec![value; ahead],
            half: vec![0.0; ahead],
            errors: None,
            floor: None,
        }
    }

    /// Nothing is expected; it may come back.
    fn ended(half: f64, ahead: usize) -> Self {
        Self {
            method: Method::Intermittent,
            weights: vec![weight("TSB", 1.0)],
            half: vec![half; ahead],
            has_zeros: true,
            ..Self::constant(0.0, ahead)
        }
    }

    /// The method that lets what came fade. The value of a season ago is no floor: it would bring back what is
    /// gone.
    fn fading(prepared: &Prepared, cleaned: &Cleaned, season: usize, ahead: usize) -> Self {
        let values = &cleaned.values;
        let outcome = outcome(prepared, cleaned);
        let floor = Errors::of(&Naive { values, season }, &outcome, ahead);
        let fading = intermittent::fit_fading(values);
        let fading = Self::intermittent(&fading, &outcome, &floor, ahead);
        Self {
            lost_to_floor: false,
            floor: Some(floor),
            ..fading
        }
    }

    /// The method that fits the series, unless the seasonal naive forecast was nearer from earlier
    /// origins.
    fn of(prepared: &Prepared, cleaned: &Cleaned, season: usize, ahead: usize) -> Self {
        let values = &cleaned.values;
        let count = values.len();
        let mut outcome = outcome(prepared, cleaned);
        let naive = Naive { values, season };
        let mut spreads = vec![1.0; ahead];
        let mut chosen = if intermittent::suits(values, season) {
            let floor = Errors::of(&naive, &outcome, ahead);
            Self::intermittent(&intermittent::fit(values), &outcome, &floor, ahead)
        } else {
            let fitted = combination::fit(values, season);
            for (place, spread) in outcome.factors.iter_mut().chain(&mut spreads).enumerate() {
                *spread = fitted.spread(place);
            }
            Self::combination(&fitted, values, season, &outcome, ahead)
        };
        let floor = Errors::of(&naive, &outcome, ahead);
        let is_finite = |chosen: &Self| {
            chosen
                .mean
                .iter()
                .chain(&chosen.half)
                .all(|value| value.is_finite())
        };
        if chosen.lost_to_floor || !is_finite(&chosen) {
            chosen = Self {
                method: Method::SeasonalNaive,
                weights: vec![weight("seasonal naive", 1.0)],
                is_seasonal: season > 1 && count >= season,
                lost_to_floor: true,
                has_zeros: chosen.has_zeros,
                mean: after(&naive, count, ahead),
                half: floor.half_widths(&floor, ahead, 1),
                errors: chosen.errors,
                floor: None,
            };
        }
        for (half, spread) in chosen.half.iter_mut().zip(&spreads) {
            *half *= spread;
        }
        chosen.floor = Some(floor);
        chosen
    }

    fn intermittent(
        fitted: &Intermittent<'_>,
        outcome: &Outcome,
        floor: &Errors,
        ahead: usize,
    ) -> Self {
        let errors = Errors::of(fitted, outcome, ahead);
        Self {
            method: Method::Intermittent,
            weights: vec![weight("TSB", 1.0)],
            is_seasonal: false,
            lost_to_floor: errors.lose_to(floor),
            has_zeros: true,
            mean: after(fitted, outcome.values.len(), ahead),
            half: errors.half_widths(floor, ahead, intermittent::PARAMETERS),
            errors: Some(errors),
            floor: None,
        }
    }

    fn combination(
        fitted: &Combination<'_>,
        values: &[f64],
        season: usize,
        outcome: &Outcome,
        ahead: usize,
    ) -> Self {
        let count = values.len();
        let naive = Naive { values, season };
        let floor = &Errors::of(&naive, outcome, ahead);
        let errors = Errors::of(fitted, outcome, ahead);
        let third = 1.0 / 3.0;
        let need = if fitted.is_seasonal() {
            season::values_needed(season)
        } else {
            2 * MIN_VALUES
        };
        let afresh = |known: &[f64], back: usize| {
            let naive = Naive {
                values: known,
                season,
            };
            let fitted = combination::fit(known, season);
            (
                after(&fitted, known.len(), back),
                after(&naive, known.len(), back),
            )
        };
        let confirmed = || rolling::loses_afresh(values, outcome, need, afresh);
        Self {
            method: Method::Combination,
            weights: vec![
                weight(&fitted.form(), third),
                weight("DOTM", third),
                weight("CES", third),
            ],
            is_seasonal: fitted.is_seasonal(),
            lost_to_floor: errors.lose_to(floor) && confirmed().unwrap_or(true),
            has_zeros: false,
            mean: after(fitted, count, ahead),
            half: errors.half_widths(floor, ahead, fitted.parameters()),
            errors: Some(errors),
            floor: None,
        }
    }
}

/// What came, as wide everywhere.
fn outcome(prepared: &Prepared, cleaned: &Cleaned) -> Outcome {
    let known = prepared.is_known.iter().zip(&cleaned.actual);
    Outcome {
        values: known
            .map(|(known, actual)| known.then_some(*actual))
            .collect(),
        factors: vec![1.0; cleaned.values.len()],
    }
}

/// What comes after all `count` values.
fn after(fitted: &dyn Fitted, count: usize, ahead: usize) -> Vec<f64> {
    fitted.since(count, ahead).pop().unwrap_or_default()
}

fn weight(method: &str, weight: f64) -> Weight {
    Weight {
        method: method.to_owned(),
        weight,
    }
}
