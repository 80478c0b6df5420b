//! The period under way in a forecast: where its landing says that it will end; where there is none, at least at
//! what has come. The sums over units and people stay sums.

use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::{Money, Result as CoreResult, allocate};
use yeji_insight::forecast::batch::SeriesForecast;
use yeji_insight::forecast::{Forecast, Method};
use yeji_insight::kpi::{Expression, Library, Measure, Operator, Origin};

use super::sums::{exact, rounded};
use super::{Asked, Tree, row_of};
use crate::api::Message;
use crate::api::forecast::{ForecastAhead, ForecastRow, GetLanding, LandingRow, LandingView};
use crate::api::kpi::Grain;
use crate::context::App;
use crate::error::Result;
use crate::words;

/// What is known of the period under way beside its model.
pub(super) enum Running {
    /// Its landing.
    Landing(Box<LandingView>),
    /// What has come does not go away again.
    Floor,
    /// Nothing.
    Nothing,
}

impl Running {
    pub fn is_floor(&self) -> bool {
        matches!(self, Self::Floor)
    }
}

impl App {
    pub(super) async fn running(&self, asked: &Asked) -> Result<Running> {
        let Some(period) = asked.under_way() else {
            return Ok(Running::Nothing);
        };
        let grain = match asked.kind {
            PeriodKind::Month => Some(Grain::Month),
            PeriodKind::Quarter => Some(Grain::Quarter),
            _ => None,
        };
        if let Some(grain) = grain.filter(|_| asked.args.metric == "won_amount") {
            let landing = GetLanding {
                grain,
                as_of: None,
                unit: asked.args.unit,
                by: asked.args.by,
                language: asked.args.language,
            };
            let view = Box::pin(self.get_landing(landing)).await?;
            if is_of(&view, period) {
                return Ok(Running::Landing(Box::new(view)));
            }
        }
        let metric = &asked.question.metric;
        let grows = only_grows(metric.expression(), &asked.question.library);
        Ok(if grows {
            Running::Floor
        } else {
            Running::Nothing
        })
    }
}

/// A whole landing of just this period, with an interval.
fn is_of(view: &LandingView, period: Period) -> bool {
    let has_interval = view.total.as_ref().is_some_and(|row| row.lower.is_some());
    let is_whole = view
        .notes
        .iter()
        .all(|note| note.code != "landing_new_unknown");
    let days = (view.period.start(), view.period.end());
    has_interval && is_whole && days == (period.start(), period.end())
}

/// Sums of facts that are only added to while a period runs. Receipts have refunds, and what is open closes.
fn only_grows(expression: &Expression, library: &Library) -> bool {
    match expression {
        Expression::Name(name) => match Measure::of(name) {
            Some(measure) => matches!(
                measure.origin(),
                Origin::Closed
                    | Origin::Opened
                    | Origin::Lines
                    | Origin::Invoices
                    | Origin::Contracts
                    | Origin::Leads
                    | Origin::Interactions
            ),
            None => library
                .metric(name)
                .is_some_and(|metric| only_grows(metric.expression(), library)),
        },
        Expression::Both(Operator::Add, left, right) => {
            only_grows(left, library) && only_grows(right, library)
        }
        _ => false,
    }
}

/// Not below what has come.
pub(super) fn raise(made: &mut SeriesForecast, so_far: f64) {
    if let Some(forecast) = &mut made.forecast {
        raise_to(forecast, so_far);
    }
}

/// Whether it was below.
fn raise_to(forecast: &mut Forecast, so_far: f64) -> bool {
    if forecast.mean.is_empty() {
        return false;
    }
    let is_below = forecast.mean[0] < so_far;
    let mean = forecast.mean[0].max(so_far);
    forecast.mean[0] = mean;
    forecast.lower95[0] = forecast.lower95[0].max(so_far).min(mean);
    forecast.upper95[0] = forecast.upper95[0].max(mean);
    is_below
}

/// Of a part of which too little is known for a forecast, and which has brought something: that, and nothing after it.
/// It is in the sums above, so it stands in the row too.
fn come(so_far: f64, horizon: usize) -> Option<Forecast> {
    let mut mean = vec![0.0; horizon];
    *mean.first_mut()? = so_far;
    Some(Forecast {
        method: Method::Constant,
        lower95: mean.clone(),
        upper95: mean.clone(),
        mean,
        notes: Vec::new(),
        details: None,
    })
}

/// Units from the bottom up, so that each stays the sum of its parts. Whether any was below what it has.
pub(super) fn raise_units(units: &mut [SeriesForecast], tree: &Tree, so_far: &[f64]) -> bool {
    let mut is_any = false;
    // Of the parts together: lower end, mean and upper end.
    let mut below: Vec<Option<[f64; 3]>> = vec![None; units.len()];
    let horizon = units
        .iter()
        .filter_map(|unit| Some(unit.forecast.as_ref()?.mean.len()));
    let horizon = horizon.max().unwrap_or(0);
    for (unit, so_far) in units.iter_mut().zip(so_far) {
        if unit.forecast.is_none() && *so_far != 0.0 {
            unit.forecast = come(*so_far, horizon);
        }
    }
    for at in (0..units.len()).rev() {
        let Some(forecast) = units[at].forecast.as_mut() else {
            continue;
        };
        if let (Some([_, sum, _]), Some(mean)) = (below[at], forecast.mean.first_mut()) {
            *mean = sum;
        }
        is_any |= raise_to(forecast, so_far.get(at).copied().unwrap_or(0.0));
        let Some(mean) = forecast.mean.first().copied() else {
            continue;
        };
        // A unit is as certain as its parts together, also where what has come has lifted one of them.
        if let Some([lower, _, upper]) = below[at] {
            forecast.lower95[0] = forecast.lower95[0].max(lower).min(mean);
            forecast.upper95[0] = forecast.upper95[0].min(upper).max(mean);
        }
        if let Some(parent) = tree.nodes[at].parent {
            let sums = below[parent].get_or_insert([0.0; 3]);
            let ends = [forecast.lower95[0], mean, forecast.upper95[0]];
            for (sum, end) in sums.iter_mut().zip(ends) {
                *sum += end;
            }
        }
    }
    is_any
}

/// People, who together bring what is expected of the whole: what each has brought, and of the rest a part by what
/// each is expected to bring still.
pub(super) fn raise_people(
    made: &mut [SeriesForecast],
    so_far: &[f64],
    whole: f64,
    is_here: impl Fn(usize) -> bool,
) -> CoreResult<()> {
    let mut people: Vec<(usize, i64, &mut Forecast)> = Vec::new();
    for (at, one) in made.iter_mut().enumerate() {
        if let Some(forecast) = one.forecast.as_mut().filter(|one| !one.mean.is_empty()) {
            people.push((at, rounded(so_far[at]), forecast));
        }
    }
    let known = people
        .iter()
        .fold(0_i64, |sum, (_, known, _)| sum.saturating_add(*known));
    let rest = rounded(whole).saturating_sub(known);
    let is_raised = |(_, known, one): &(usize, i64, &mut Forecast)| rounded(one.mean[0]) < *known;
    if rest < 0 || !people.iter().any(is_raised) {
        return Ok(());
    }
    let to_come = |(_, known, one): &(usize, i64, &mut Forecast)| {
        rounded(one.mean[0])
            .saturating_sub(*known)
            .max(0)
            .unsigned_abs()
    };
    let mut weights: Vec<u64> = people.iter().map(to_come).collect();
    for fallback in [true, false] {
        if weights.iter().all(|weight| *weight == 0) {
            let of = |one: &(usize, i64, &mut Forecast)| u64::from(!fallback || is_here(one.0));
            weights = people.iter().map(of).collect();
        }
    }
    let shares = allocate(rest, &weights)?;
    for ((_, known, forecast), share) in people.iter_mut().zip(shares) {
        forecast.mean[0] = exact(known.saturating_add(share));
        forecast.upper95[0] = forecast.upper95[0].max(forecast.mean[0]);
        forecast.lower95[0] = forecast.lower95[0].max(exact(*known)).min(forecast.mean[0]);
    }
    Ok(())
}

impl Asked {
    /// The period under way, if the first that is forecast is one.
    pub(super) fn under_way(&self) -> Option<Period> {
        let first = self.ahead.first().copied();
        first.filter(|first| first.start() <= self.today)
    }

    /// Puts a landing in the place of what the model says of the period under way, in all rows.
    pub(super) fn put_landing(
        &self,
        view: &LandingView,
        total: &mut ForecastRow,
        rows: &mut Vec<ForecastRow>,
    ) -> Result<()> {
        let Some(landing) = view.total.as_ref().filter(|_| !total.ahead.is_empty()) else {
            return Ok(());
        };
        self.put(total, Some(landing))?;
        let period = ("period", view.period_label.clone());
        total
            .notes
            .push(Message::new("forecast_landing", &[period]));
        if self.args.by.is_none() {
            return Ok(());
        }
        for row in rows.iter_mut() {
            let of_row = view.rows.iter().find(|one| one.key == row.key);
            self.put(row, of_row)?;
        }
        // Who never won anything has no forecast, but may have open deals.
        let mut at = 0;
        for landing in &view.rows {
            match rows.iter().position(|row| row.key == landing.key) {
                Some(place) => at = place + 1,
                None if self.minor(&landing.landing)? == 0 => {}
                None => {
                    let mut row = row_of(landing.key.clone(), landing.label.clone(), landing.depth);
                    row.staff_number.clone_from(&landing.staff_number);
                    self.put(&mut row, Some(landing))?;
                    rows.insert(at, row);
                    at += 1;
                }
            }
        }
        Ok(())
    }

    fn put(&self, row: &mut ForecastRow, landing: Option<&LandingRow>) -> Result<()> {
        let mean = match landing {
            Some(landing) => self.minor(&landing.landing)?,
            None => 0,
        };
        if row.ahead.is_empty() {
            if mean == 0 {
                return Ok(());
            }
            // Why nothing is expected after this period.
            row.notes.extend(row.refused.take());
            row.ahead = self.ahead.iter().map(|period| self.zero(*period)).collect();
        }
        let Some(step) = row.ahead.first_mut() else {
            return Ok(());
        };
        let ends = landing.and_then(|one| one.lower.as_ref().zip(one.upper.as_ref()));
        let (lower, upper) = match ends {
            Some((lower, upper)) => (self.minor(lower)?, self.minor(upper)?),
            // Nothing is open: more may come all the same, as far as the model says.
            None => (mean, self.minor(&step.upper)?.max(mean)),
        };
        step.mean = self.major(mean);
        step.lower = self.major(lower);
        step.upper = self.major(upper);
        Ok(())
    }

    fn zero(&self, period: Period) -> ForecastAhead {
        ForecastAhead {
            period: period.to_string(),
            label: words::period(period, self.args.language),
            mean: self.major(0),
            lower: self.major(0),
            upper: self.major(0),
        }
    }

    fn minor(&self, text: &str) -> Result<i64> {
        Ok(Money::parse_major(text, self.question.currency)?.minor)
    }

    fn major(&self, minor: i64) -> String {
        Money::new(minor, self.question.currency).to_major()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Node;
    use super::*;

    fn forecast(first: f64) -> Forecast {
        let ends = |by: f64| vec![first + by, 10.0 + by];
        Forecast {
            method: Method::Combination,
            mean: ends(0.0),
            lower95: ends(-5.0),
            upper95: ends(5.0),
            notes: Vec::new(),
            details: None,
        }
    }

    /// A team that is new has brought 300 in the period under way: the company has them too.
    #[test]
    fn what_a_part_without_a_forecast_brought_is_in_the_sum() {
        let node = |parent| Node {
            unit: None,
            own: false,
            parent,
            values: Vec::new(),
        };
        let tree = Tree {
            nodes: vec![node(None), node(Some(0)), node(Some(0)), node(Some(0))],
        };
        let made = |forecast| SeriesForecast {
            id: String::new(),
            forecast,
            refused: None,
        };
        let mut units = vec![
            made(Some(forecast(200.0))),
            made(Some(forecast(120.0))),
            made(None),
            made(None),
        ];
        raise_units(&mut units, &tree, &[340.0, 40.0, 300.0, 0.0]);
        let first = |at: usize| units[at].forecast.as_ref().map(|one| one.mean[0]);
        assert_eq!(
            [first(0), first(1), first(2), first(3)],
            [Some(420.0), Some(120.0), Some(300.0), None],
            "the company is the sum of its teams"
        );
    }
}
