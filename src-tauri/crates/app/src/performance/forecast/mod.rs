//! A metric's forecast on the company's own data.
//!
//! The series of units are forecast together, the whole company's, whoever asks, and made to add up: so a
//! team's forecast is the same number for its manager and for HR. People's forecasts are brought to the sum
//! of their unit. The period under way is not learned from; it is the first that is forecast.

mod chart;
mod own;
mod periods;
mod running;
mod sums;
mod told;
mod tree;

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::calendar::{Period, PeriodKind, WorkingDays};
use yeji_insight::forecast::batch::SeriesForecast;
use yeji_insight::forecast::{Forecast, Series};
use yeji_insight::kpi::{Expression, Library, Measure, Operator, Origin, Unit};
use yeji_store::MeasureKey;

pub(super) use periods::season_of;
pub(super) use sums::{exact, forecast_all, rounded};
pub(super) use told::{method, note, place, refusal};
pub(super) use tree::{Direct, Node, Tree};

use self::own::Own;
use self::periods::known_periods;
use self::running::{Running, raise, raise_people, raise_units};
use self::sums::{bring_to, sum};
use super::metrics::{MetricScope, Question, Values};
use crate::access::Actor;
use crate::api::Message;
use crate::api::forecast::{
    ForecastAhead, ForecastBy, ForecastPoint, ForecastRow, ForecastView, GetForecast,
};
use crate::api::kpi::Grain;
use crate::api::performance::Days;
use crate::context::App;
use crate::error::{Error, Result};
use crate::words;

/// Periods ahead.
const MAX_HORIZON: u32 = 104;

/// A question with the periods that answer it.
struct Asked {
    args: GetForecast,
    question: Question,
    kind: PeriodKind,
    /// Periods that are learned from, oldest first.
    known: Vec<Period>,
    /// Those that are forecast; the first is the one under way, if there is one.
    ahead: Vec<Period>,
    data_up_to: Option<NaiveDate>,
    today: NaiveDate,
    additive: bool,
}

impl App {
    /// A metric's forecast by weeks, months or quarters.
    pub async fn get_forecast(&self, args: GetForecast) -> Result<ForecastView> {
        let asked = self.asked(args).await?;
        let own = self.own_series(&asked).await?;
        let running = self.running(&asked).await?;
        let (mut total, mut rows) = self.forecasts(&asked, &own, running.is_floor()).await?;
        if let Running::Landing(landing) = &running {
            asked.put_landing(landing, &mut total.0, &mut rows)?;
        }
        if self.is_cut() && total.0.refused.is_none() {
            let note = Message::new("forecast_personal_file", &[]);
            total.0.notes.push(note);
        }
        let lang = asked.args.language;
        let value = |value: Option<f64>| value.map(|value| asked.text(value));
        let details = total.1.as_ref().and_then(|one| one.details.as_deref());
        let point = |(at, period): (usize, &Period)| {
            let outlier = details
                .into_iter()
                .flat_map(|details| &details.outliers)
                .find(|outlier| outlier.place == at + 1);
            let mut shifts = details.into_iter().flat_map(|details| &details.shifts);
            ForecastPoint {
                period: period.to_string(),
                label: words::period(*period, lang),
                value: value(own.total.get(at).copied().flatten()),
                expected: outlier.map(|outlier| asked.text(outlier.expected)),
                shift: shifts.any(|shift| shift.place == at + 1),
            }
        };
        let history: Vec<ForecastPoint> = asked.known.iter().enumerate().map(point).collect();
        let under_way = asked.under_way().map(|period| ForecastPoint {
            period: period.to_string(),
            label: words::period(period, lang),
            value: value(own.under_way),
            expected: None,
            shift: false,
        });
        let unit_name = self.scope_name(&asked.question, asked.args.unit);
        let chart = chart::of(&asked, &unit_name, &history, under_way.as_ref(), &total.0);
        let unit = asked.question.metric.definition.unit;
        Ok(ForecastView {
            metric: super::metrics::metric_info(&asked.question.metric, &asked.question.library),
            currency: (unit == Unit::Money).then(|| asked.question.currency.to_string()),
            unit_name,
            data_up_to: asked.data_up_to,
            history,
            under_way,
            total: total.0,
            rows,
            chart,
        })
    }

    /// The numbers of a personal file's forecast come from its own rows alone.
    fn is_cut(&self) -> bool {
        matches!(self.actor(), Actor::Owner(_)) && self.sight().person().is_none()
    }

    async fn asked(&self, args: GetForecast) -> Result<Asked> {
        let (kind, usual) = match args.grain {
            Grain::Week => (PeriodKind::IsoWeek, 13),
            Grain::Month => (PeriodKind::Month, 6),
            Grain::Quarter => (PeriodKind::Quarter, 4),
            Grain::Year => return Err(Error::input("period", "year", "week, month or quarter")),
        };
        let horizon = args.horizon.unwrap_or(usual);
        if !(1..=MAX_HORIZON).contains(&horizon) {
            let expected = "1 to 104 periods";
            return Err(Error::input("horizon", &horizon.to_string(), expected));
        }
        let today = self.actor().day(self.clock.today());
        let any = Period::containing(kind, today)?;
        let question = self
            .metric_question(&args.metric, None, Days::from(any), args.unit)
            .await?;
        let unit = question.metric.definition.unit;
        if !matches!(unit, Unit::Money | Unit::Count) {
            let expected = "a figure that is an amount or a count";
            return Err(Error::input("metric", &args.metric, expected));
        }
        let (mut first, mut last): (Option<NaiveDate>, Option<NaiveDate>) = (None, None);
        for measure in question.metric.measures() {
            if let Some((from, to)) = self.span_of(*measure).await? {
                first = Some(first.map_or(from, |first| first.min(from)));
                last = Some(last.map_or(to, |last| last.max(to)));
            }
        }
        let data_up_to = last.map(|last| last.min(today));
        let known = match first.zip(data_up_to) {
            Some((first, last)) if first <= last => known_periods(kind, first, last, today),
            _ => Vec::new(),
        };
        let next = match known.last() {
            Some(last) => last.end(),
            None => Period::containing(kind, data_up_to.unwrap_or(today))?.start(),
        };
        let mut ahead = Vec::new();
        let mut at = next;
        for _ in 0..horizon {
            // The calendar ends before a forecast does.
            let Ok(period) = Period::containing(kind, at) else {
                break;
            };
            ahead.push(period);
            at = period.end();
        }
        let additive = is_additive(question.metric.expression(), &question.library);
        Ok(Asked {
            args,
            question,
            kind,
            known,
            ahead,
            data_up_to,
            today,
            additive,
        })
    }

    /// The forecast of the whole and those of its parts. `is_floor`: of the period under way no less than has come.
    async fn forecasts(
        &self,
        asked: &Asked,
        own: &Own,
        is_floor: bool,
    ) -> Result<((ForecastRow, Option<Forecast>), Vec<ForecastRow>)> {
        let mut total = row_of(String::new(), String::new(), 0);
        let horizon = asked.ahead.len();
        if let Some(refused) = asked.refused(&own.total) {
            total.refused = Some(refused);
            return Ok(((total, None), Vec::new()));
        }
        // Units of the whole company together.
        let mut is_raised = false;
        let units = match &own.tree {
            Some(tree) => {
                let series = asked.with_calendar(tree.series(asked.season()));
                let mut units = forecast_all(series, horizon, true).await?;
                if is_floor {
                    is_raised = raise_units(&mut units, tree, &own.so_far);
                }
                units
            }
            None => Vec::new(),
        };
        let mut whole = match (&own.tree, own.tops.as_slice()) {
            (Some(_), [top]) => units[*top].clone(),
            (Some(_), tops) if !tops.is_empty() => sum(tops.iter().map(|top| &units[*top])),
            _ => {
                let series = vec![asked.series(own.total.clone())];
                let mut made = forecast_all(asked.with_calendar(series), horizon, false).await?;
                made.remove(0)
            }
        };
        if let Some(so_far) = own.under_way.filter(|_| is_floor) {
            let below = whole.forecast.as_ref().and_then(|one| one.mean.first());
            if is_raised || below.is_some_and(|mean| *mean <= so_far) {
                let params = [("so_far", asked.text(so_far))];
                total.notes.push(Message::new("forecast_so_far", &params));
            }
            raise(&mut whole, so_far);
        }
        let notes = std::mem::take(&mut total.notes);
        asked.fill(&mut total, &whole, &own.total);
        total.notes.extend(notes);
        let mut rows = Vec::new();
        match (asked.args.by, &own.tree) {
            (Some(ForecastBy::Team), Some(tree)) => {
                for top in &own.tops {
                    let several = own.tops.len() > 1;
                    let itself = several.then_some((*top, 1));
                    let below = tree.below(*top).into_iter();
                    let below = below.map(|(at, depth)| (at, depth + u32::from(several)));
                    for (at, depth) in itself.into_iter().chain(below) {
                        let node = &tree.nodes[at];
                        let mut row = row_of(node.key(), unit_label(asked, node), depth);
                        let has_come = is_floor && own.so_far.get(at).is_some_and(|one| *one > 0.0);
                        match asked.refused(&node.values).filter(|_| !has_come) {
                            // Where nothing ever was, nothing is in the sum.
                            Some(refused) => row.refused = Some(refused),
                            None => asked.fill(&mut row, &units[at], &node.values),
                        }
                        row.notes
                            .extend(asked.refused(&node.values).filter(|_| has_come));
                        rows.push(row);
                    }
                }
            }
            (Some(by), _) => {
                let keys: Vec<&MeasureKey> = own.parts.keys().collect();
                let series = own
                    .parts
                    .values()
                    .map(|values| asked.series(values.clone()));
                let series = asked.with_calendar(series.collect());
                let mut made = forecast_all(series, horizon, false).await?;
                let so_far = own.parts_so_far.clone();
                let left: Vec<Option<NaiveDate>> =
                    keys.iter().map(|key| asked.left_on(key)).collect();
                for (made, left) in made.iter_mut().zip(&left) {
                    asked.end(made, *left);
                }
                if asked.additive && by == ForecastBy::Person && whole.forecast.is_some() {
                    let values: Vec<_> = own.parts.values().collect();
                    let is_here = |part: usize, at: usize| {
                        let start = asked.ahead[at].start();
                        left[part].is_none_or(|day| day > start)
                            && asked.refused(values[part]).is_none()
                    };
                    if !bring_to(&whole, &mut made, is_here)? {
                        total.notes.push(Message::new("forecast_nobody", &[]));
                    }
                    let mean = whole.forecast.as_ref().and_then(|one| one.mean.first());
                    if let Some(mean) = mean.filter(|_| is_floor) {
                        raise_people(&mut made, &so_far, *mean, |part| is_here(part, 0))?;
                    }
                }
                for (((key, made), left), so_far) in
                    keys.into_iter().zip(&made).zip(left).zip(so_far)
                {
                    let (label, staff_number) =
                        Self::label_in(&asked.question, key, asked.args.language);
                    let mut row = row_of(super::metrics::key_text(key), label, 1);
                    row.staff_number = staff_number;
                    let values = &own.parts[key];
                    let has_come = is_floor && so_far > 0.0;
                    match asked.refused(values).filter(|_| !has_come) {
                        Some(refused) => row.refused = Some(refused),
                        None => asked.fill(&mut row, made, values),
                    }
                    if let Some(day) = left.filter(|_| row.refused.is_none()) {
                        let day = [("day", day.to_string())];
                        row.notes.push(Message::new("forecast_left", &day));
                    }
                    rows.push(row);
                }
                rows.sort_by(|a, b| a.label.cmp(&b.label).then(a.key.cmp(&b.key)));
            }
            (None, _) => {}
        }
        Ok(((total, whole.forecast), rows))
    }
}

impl Node {
    /// The unit's id; of what it made itself with a mark, since the unit has a row too.
    pub(super) fn key(&self) -> String {
        match self.unit {
            Some(unit) if self.own => format!("{unit}/own"),
            Some(unit) => unit.to_string(),
            None => String::new(),
        }
    }
}

impl Asked {
    /// Values until the pattern of a year repeats.
    fn season(&self) -> usize {
        season_of(self.kind)
    }

    /// The day from which a person is no longer there, where that is before the last period.
    fn left_on(&self, key: &MeasureKey) -> Option<NaiveDate> {
        let MeasureKey::Person(Some(person)) = key else {
            return None;
        };
        let left = self.question.organisation.person(*person)?.left_on?;
        self.ahead.last().filter(|last| left <= last.start())?;
        Some(left)
    }

    /// From who has left nothing is expected.
    fn end(&self, made: &mut SeriesForecast, left: Option<NaiveDate>) {
        let (Some(forecast), Some(day)) = (&mut made.forecast, left) else {
            return;
        };
        for (at, period) in self.ahead.iter().enumerate() {
            if day <= period.start() {
                forecast.mean[at] = 0.0;
                forecast.lower95[at] = 0.0;
                forecast.upper95[at] = 0.0;
            }
        }
    }

    fn series(&self, values: Vec<Option<f64>>) -> Series {
        Series {
            values,
            season: self.season(),
            ..Series::default()
        }
    }

    /// With working days and the days around the Spring Festival.
    fn with_calendar(&self, series: Vec<Series>) -> Vec<Series> {
        let all: Vec<Period> = self.known.iter().chain(&self.ahead).copied().collect();
        let working = WorkingDays::default();
        let of_all = Series::default().with_calendar(&all, &working);
        let with = |one: Series| Series {
            calendar: of_all.calendar.clone(),
            festival: of_all.festival.clone(),
            ..one
        };
        series.into_iter().map(with).collect()
    }

    /// Why a series is not forecast at all: nothing, or nothing but zeros, says nothing.
    fn refused(&self, values: &[Option<f64>]) -> Option<Message> {
        let mut known = values.iter().flatten();
        if self.data_up_to.is_none() {
            let needs = self.question.metric.measures().iter().next();
            let needs = needs.map_or("", |measure| measure.origin().code());
            return Some(Message::new(
                "no_value_no_data",
                &[("needs", needs.to_owned())],
            ));
        }
        let have = values.iter().flatten().count();
        if have >= yeji_insight::forecast::series::MIN_VALUES && known.all(|value| *value == 0.0) {
            return Some(Message::new(
                "forecast_all_zero",
                &[("count", have.to_string())],
            ));
        }
        None
    }

    /// Puts a forecast into a row, or why there is none.
    fn fill(&self, row: &mut ForecastRow, made: &SeriesForecast, values: &[Option<f64>]) {
        let lang = self.args.language;
        let why = || {
            let series = self.series(values.to_vec());
            let error = yeji_insight::forecast::forecast(&series, self.ahead.len().max(1)).err();
            error.map_or_else(
                || Message::new("forecast_impossible", &[]),
                |error| refusal(&error),
            )
        };
        let Some(forecast) = &made.forecast else {
            row.refused = Some(why());
            return;
        };
        row.method = Some(method(forecast.method).to_owned());
        let notes = forecast.notes.iter();
        let said =
            notes.map(|one| note(*one, |at| place(&self.known, at), |value| self.text(value)));
        row.notes = said.collect();
        // Only what has come is known of it.
        row.notes.extend(made.refused.is_some().then(why));
        let steps = self.ahead.iter().enumerate();
        row.ahead = steps
            .filter_map(|(at, period)| {
                Some(ForecastAhead {
                    period: period.to_string(),
                    label: words::period(*period, lang),
                    mean: self.text(*forecast.mean.get(at)?),
                    lower: self.text(*forecast.lower95.get(at)?),
                    upper: self.text(*forecast.upper95.get(at)?),
                })
            })
            .collect();
    }

    /// A number of minor units (or things) as exact text in major units.
    fn text(&self, value: f64) -> String {
        let currency = self.question.currency;
        match self.question.metric.definition.unit {
            Unit::Money => Money::new(rounded(value), currency).to_major(),
            _ => rounded(value).to_string(),
        }
    }
}

/// A row that has nothing yet.
fn row_of(key: String, label: String, depth: u32) -> ForecastRow {
    ForecastRow {
        key,
        label,
        staff_number: None,
        depth,
        ahead: Vec::new(),
        method: None,
        notes: Vec::new(),
        refused: None,
    }
}

fn unit_label(asked: &Asked, node: &Node) -> String {
    let organisation = &asked.question.organisation;
    match node.unit.and_then(|unit| organisation.unit(unit)) {
        Some(unit) if !node.own => unit.name.clone(),
        _ => words::own_of(organisation, node.unit, asked.args.language),
    }
}

/// Is a metric of a whole the sum of that of its parts? So it is of sums and differences of facts.
pub(super) fn is_additive(expression: &Expression, library: &Library) -> bool {
    match expression {
        Expression::Name(name) => match Measure::of(name) {
            Some(measure) => !matches!(
                measure.origin(),
                Origin::Customers | Origin::CustomersToDate | Origin::Goals | Origin::People
            ),
            None => library
                .metric(name)
                .is_some_and(|metric| is_additive(metric.expression(), library)),
        },
        Expression::Minus(of) => is_additive(of, library),
        Expression::Both(Operator::Add | Operator::Subtract, left, right) => {
            is_additive(left, library) && is_additive(right, library)
        }
        Expression::Number(_) | Expression::Both(..) => false,
    }
}
