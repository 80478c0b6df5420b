//! A series made ready for the methods: gaps filled, calendar effects taken out, in a unit near 1.

use super::number::{mean, real, square, unit};
use super::season::Adjusted;
use super::series::{MIN_VALUES, Series};

/// Seasons from which the effect of a moving feast can be told from the season.
const FESTIVAL_SEASONS: usize = 3;
/// Bounds of a factor of the feast: beyond, it is something else.
const FESTIVAL_FACTOR: (f64, f64) = (0.2, 5.0);

/// What the calendar does to a series: value = value without the effect x factor.
#[derive(Debug, Clone)]
pub(super) struct Calendar {
    /// By period, those of the forecast too.
    factors: Vec<f64>,
    pub per_working_day: bool,
    /// Share by which one more day of the moving feast changes a period.
    pub per_festival_day: Option<f64>,
}

impl Calendar {
    /// The ways in which the calendar may act on a series: first not at all.
    pub(super) fn all(series: &Series, horizon: usize) -> Vec<Self> {
        let none = Self {
            factors: vec![1.0; series.values.len() + horizon],
            per_working_day: false,
            per_festival_day: None,
        };
        let mut all = vec![none];
        all.extend(Self::working_days(series));
        if !series.festival.is_empty() {
            let with: Vec<Self> = all
                .iter()
                .filter_map(|base| base.festival(series))
                .collect();
            all.extend(with);
        }
        all
    }

    /// Values per working day, times the mean number of working days. A period without any has no
    /// value to learn from, and a forecast of nothing.
    fn working_days(series: &Series) -> Option<Self> {
        let days = series.calendar.get(..series.values.len())?;
        let usual = mean(days);
        let left = series
            .values
            .iter()
            .zip(days)
            .filter(|(value, days)| value.is_some() && **days > 0.0);
        let left = left.count();
        // What it leaves must be enough for a forecast by itself.
        if left < MIN_VALUES || left * 2 < series.inside().len() {
            return None;
        }
        Some(Self {
            factors: series.calendar.iter().map(|days| days / usual).collect(),
            per_working_day: true,
            per_festival_day: None,
        })
    }

    /// A feast that moves through the calendar, as a regressor: Bell and Hillmer (1983), "Modeling time
    /// series with calendar variation", Journal of the American Statistical Association 78(383); for
    /// the Spring Festival Lin and Liu (2003), "Modeling lunar calendar effects in Taiwan". What it does
    /// in the mean of all years is the season's; the rest is the least-squares slope of the season-free
    /// values, relative to their moving mean, on the days beyond the mean of their place.
    fn festival(&self, series: &Series) -> Option<Self> {
        let season = series.season;
        let prepared = Prepared::of(series, self);
        if season < 2 || prepared.values.len() < FESTIVAL_SEASONS * season {
            return None;
        }
        let days = beyond_the_usual(&series.festival, season, series.values.len());
        let free = Adjusted::of(&prepared.values, season).values;
        let (mut across, mut squares) = (0.0, 0.0);
        let half = season / 2;
        for place in half..free.len() - half {
            let level = mean(&free[place - half..=place + half]);
            let beyond = days[prepared.first + place];
            if level > 0.0 && prepared.is_known[place] {
                across += beyond * (free[place] / level - 1.0);
                squares += square(beyond);
            }
        }
        if squares <= 0.0 {
            return None;
        }
        let slope = across / squares;
        let factor =
            |beyond: &f64| (1.0 + slope * beyond).clamp(FESTIVAL_FACTOR.0, FESTIVAL_FACTOR.1);
        let factors = self.factors.iter().zip(days.iter().map(factor));
        Some(Self {
            factors: factors.map(|(before, factor)| before * factor).collect(),
            per_festival_day: Some(slope),
            ..*self
        })
    }

    pub(super) fn factor(&self, place: usize) -> f64 {
        self.factors[place]
    }
}

/// Days beyond the mean of the same place of the season in the `known` first periods.
fn beyond_the_usual(days: &[f64], season: usize, known: usize) -> Vec<f64> {
    let at = |place: usize| {
        let same = days[..known].iter().skip(place).step_by(season);
        let same: Vec<f64> = same.copied().collect();
        mean(&same)
    };
    let usual: Vec<f64> = (0..season.min(known)).map(at).collect();
    let places = days.iter().zip(usual.iter().cycle());
    places.map(|(days, usual)| days - usual).collect()
}

/// A series ready for the methods.
#[derive(Debug)]
pub(super) struct Prepared {
    /// From the first to the last known value, in `unit`s, without calendar effects, without gaps.
    pub values: Vec<f64>,
    /// By value: is it known, or filled?
    pub is_known: Vec<bool>,
    /// Place of the first of them in the series.
    pub first: usize,
    /// A power of two: what is 1 in `values`.
    pub unit: f64,
}

impl Prepared {
    pub(super) fn of(series: &Series, calendar: &Calendar) -> Self {
        let inside = series.inside();
        let first = inside.start;
        let free = |place: usize| {
            let factor = calendar.factors[place];
            series.values[place]
                .filter(|_| factor > 0.0)
                .map(|value| value / factor)
        };
        let free: Vec<Option<f64>> = inside.map(free).collect();
        let largest = free
            .iter()
            .flatten()
            .fold(0.0_f64, |most, value| most.max(value.abs()));
        let unit = unit(largest);
        let known = |value: &Option<f64>| value.map(|value| value / unit);
        let values: Vec<Option<f64>> = free.iter().map(known).collect();
        Self {
            is_known: values.iter().map(Option::is_some).collect(),
            values: filled(&values, series.season),
            first,
            unit,
        }
    }

    /// Places of filled periods in the series, counted from 1.
    pub(super) fn gaps(&self) -> Vec<usize> {
        let places = (self.first + 1..).zip(&self.is_known);
        places
            .filter(|(_, known)| !**known)
            .map(|(place, _)| place)
            .collect()
    }
}

/// Gaps are filled on the straight line between their neighbours, once the season is out.
fn filled(values: &[Option<f64>], season: usize) -> Vec<f64> {
    let is_known: Vec<bool> = values.iter().map(Option::is_some).collect();
    let mut all: Vec<f64> = values.iter().map(|value| value.unwrap_or(0.0)).collect();
    if is_known.iter().all(|known| *known) {
        return all;
    }
    interpolate(&mut all, &is_known);
    let mut free = Adjusted::of(&all, season);
    if free.is_seasonal() {
        interpolate(&mut free.values, &is_known);
        for (place, value) in all.iter_mut().enumerate() {
            if !is_known[place] {
                *value = free.with(place, free.values[place]);
            }
        }
    }
    all
}

/// Puts the straight line between the nearest values that count in place of those that do not.
pub(super) fn interpolate(values: &mut [f64], counts: &[bool]) {
    let mut before: Option<usize> = None;
    let mut place = 0;
    while place < values.len() {
        if counts[place] {
            before = Some(place);
            place += 1;
            continue;
        }
        let after = (place..values.len()).find(|place| counts[*place]);
        let end = after.unwrap_or(values.len());
        for at in place..end {
            values[at] = match (before, after) {
                (Some(before), Some(after)) => {
                    let share = real(at - before) / real(after - before);
                    values[before] + share * (values[after] - values[before])
                }
                (Some(one), None) | (None, Some(one)) => values[one],
                (None, None) => 0.0,
            };
        }
        place = end;
    }
}
