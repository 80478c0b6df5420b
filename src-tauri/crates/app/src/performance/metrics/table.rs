//! A metric by parts and periods, each value with its reason, its parts and what it is held against.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days as Later, Months, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::ids::{ProductId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_core::org::Organisation;
use yeji_core::{Currency, Ratio, Rounding};
use yeji_insight::kpi::{Definition, Direction, Library, Measure, Metric, NoValue, Unit};
use yeji_report::chart::Lang;
use yeji_report::format;
use yeji_store::{MeasureKey, MeasureOnly, MeasureSplit};

use super::library::{metric_info, not_found};
use super::records::read_key;
use super::values::{Scope, Values};
use crate::access::Right;
use crate::api::Message;
use crate::api::kpi::{
    Comparison, GetMetric, Grain, MetricBy, MetricCell, MetricDrill, MetricRow, MetricTable,
    PartFilter,
};
use crate::api::performance::Days;
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::scope_units;
use crate::performance::records::check_days;
use crate::words;

/// Periods of a table: weeks of more than ten years.
const MAX_PERIODS: usize = 600;
/// Rows of a table.
const MAX_ROWS: usize = 100_000;

/// A metric that is asked for, with what it needs.
pub(in crate::performance) struct Question {
    pub library: Library,
    pub metric: Metric,
    pub organisation: Arc<Organisation>,
    pub currency: Currency,
    pub units: Option<Vec<UnitId>>,
    /// Only some of the facts.
    pub only: MeasureOnly,
    /// Of the words beside values.
    pub lang: Lang,
}

/// A value, or why there is none.
type Value = std::result::Result<Ratio, NoValue>;

impl App {
    /// A metric split one way, by periods, held against something.
    pub async fn get_metric(&self, args: GetMetric) -> Result<MetricTable> {
        self.metric_table(args, self.language).await
    }

    /// The same in words of a language.
    pub(crate) async fn metric_table(&self, args: GetMetric, lang: Lang) -> Result<MetricTable> {
        let days = Days {
            from: args.from,
            to: args.to,
        };
        let mut question = self
            .metric_question(&args.metric, args.by, days, args.unit)
            .await?;
        question.lang = lang;
        question.only.part = self.part_of(args.filter.as_ref())?;
        let kind = args.grain.map(kind_of);
        let parts = match kind {
            None => vec![(None, days)],
            Some(kind) => periods(kind, args.from, args.to)
                .into_iter()
                .filter_map(|period| Some((Some(period), Days::from(period).within(days)?)))
                .collect(),
        };
        if parts.len() > MAX_PERIODS {
            let expected = "an interval of at most 600 periods";
            return Err(Error::input("to", &args.to.to_string(), expected));
        }
        let split = split_of(args.by);
        let values = self
            .values_of(&question, split, parts.iter().map(|(_, days)| *days))
            .await?;
        let keys = values.parts();
        let keys = if split == MeasureSplit::None {
            [MeasureKey::All].into()
        } else {
            keys
        };
        if keys.len().saturating_mul(parts.len()) > MAX_ROWS {
            let expected = "an interval and split of at most 100,000 rows";
            return Err(Error::input("by", "", expected));
        }
        let compared = match args.compare {
            None => None,
            Some(compare) => {
                let all = parts.iter().map(|(period, days)| (*period, *days));
                Some(
                    self.compared(&question, split, compare, all.collect())
                        .await?,
                )
            }
        };
        let names = self.product_names(split).await?;
        let mut rows = Vec::new();
        for (at, (period, days)) in parts.iter().enumerate() {
            let mut of_period: Vec<(Option<Ratio>, MetricRow)> = keys
                .iter()
                .map(|key| {
                    let value = question.value(&values, key, at);
                    let exact = value.as_ref().ok().copied();
                    let drill = question.drill(&args, key, *days);
                    let mut cell = question.cell(&values, key, at, value, drill);
                    if let Some(compared) = &compared {
                        question.compare(&mut cell, exact, compared.of(&question, key, at));
                    }
                    let (label, staff_number) = Self::label(&question, key, &names, lang);
                    let row = MetricRow {
                        key: key_text(key),
                        label,
                        staff_number,
                        period: period.map(|one| one.to_string()),
                        period_label: period.map(|one| words::period(one, lang)),
                        cell,
                    };
                    (exact, row)
                })
                .collect();
            of_period.sort_by(|(a, left), (b, right)| {
                b.cmp(a).then_with(|| left.label.cmp(&right.label))
            });
            rows.extend(of_period.into_iter().map(|(_, row)| row));
        }
        let total = match self.lacks_before(&question, args.compare, &parts).await? {
            // Half of a span is no span to be compared with.
            Some(why) => {
                let alone = GetMetric {
                    compare: None,
                    ..args.clone()
                };
                let mut cell = self.total(&question, &alone, days).await?;
                cell.compared_reason = Some(why);
                cell
            }
            None => self.total(&question, &args, days).await?,
        };
        Ok(MetricTable {
            metric: metric_info(&question.metric, &question.library),
            currency: (question.metric.definition.unit == Unit::Money)
                .then(|| question.currency.to_string()),
            compare: args.compare,
            rows,
            total,
        })
    }

    /// Whose figures an answer has, in words: the unit or person, and the part that it is cut to.
    pub(crate) async fn whose_metric(&self, args: &GetMetric, lang: Lang) -> Result<String> {
        let days = Days {
            from: args.from,
            to: args.to,
        };
        let question = self
            .metric_question(&args.metric, args.by, days, args.unit)
            .await?;
        let mut whose = self.scope_name(&question, args.unit);
        if let Some((split, key)) = self.part_of(args.filter.as_ref())? {
            let products = self.product_names(split).await?;
            let (part, _) = Self::label(&question, &key, &products, lang);
            whose = format!("{whose} · {part}");
        }
        Ok(whose)
    }

    /// Refuses what is not there or not seen.
    pub(in crate::performance) async fn metric_question(
        &self,
        code: &str,
        by: Option<MetricBy>,
        days: Days,
        unit: Option<UnitId>,
    ) -> Result<Question> {
        check_days(days)?;
        if by == Some(MetricBy::Source) {
            self.actor().require(Right::SeeImports, self.policies())?;
        }
        let (library, mut broken) = self.metric_library().await?;
        if let Some(error) = broken.remove(code) {
            return Err(error.into());
        }
        let metric = library.metric(code).cloned();
        let metric = metric.ok_or_else(|| not_found(code))?;
        // What a product costs is not for everybody who sells it.
        if metric.measures().contains(&Measure::CostAmount) {
            self.actor()
                .require(Right::SeeTeamResults, self.policies())?;
        }
        let organisation = self.store()?.organisation().await?;
        let asked = scope_units(&organisation, unit)?;
        self.require_units(&organisation, asked.as_deref())?;
        Ok(Question {
            library,
            metric,
            currency: self.currency().await?,
            units: self.sight().units(asked.as_deref()),
            organisation,
            only: MeasureOnly::default(),
            lang: self.language,
        })
    }

    /// The part that a filter names. The sources of facts are not for everybody.
    pub(in crate::performance) fn part_of(
        &self,
        filter: Option<&PartFilter>,
    ) -> Result<Option<(MeasureSplit, MeasureKey)>> {
        let Some(filter) = filter else {
            return Ok(None);
        };
        if filter.by == MetricBy::Source {
            self.actor().require(Right::SeeImports, self.policies())?;
        }
        let split = split_of(Some(filter.by));
        Ok(Some((split, read_key(split, &filter.key)?)))
    }

    /// The measures of a question in periods.
    pub(in crate::performance) async fn values_of(
        &self,
        question: &Question,
        split: MeasureSplit,
        days: impl Iterator<Item = Days>,
    ) -> Result<Values> {
        let scope = Scope {
            organisation: &question.organisation,
            units: question.units.clone(),
            split,
            only: question.only.clone(),
            among: None,
            periods: days.map(|days| (days.from, days.to)).collect(),
            goals: GoalMetric::WonAmount,
        };
        self.measure_values(question.metric.measures(), &scope)
            .await
    }

    /// The whole interval, from its own sums.
    pub(in crate::performance) async fn total(
        &self,
        question: &Question,
        args: &GetMetric,
        days: Days,
    ) -> Result<MetricCell> {
        let split = MeasureSplit::None;
        let values = self.values_of(question, split, [days].into_iter()).await?;
        let value = question.value(&values, &MeasureKey::All, 0);
        let exact = value.as_ref().ok().copied();
        let whole = GetMetric {
            by: None,
            ..args.clone()
        };
        let drill = question.drill(&whole, &MeasureKey::All, days);
        let mut cell = question.cell(&values, &MeasureKey::All, 0, value, drill);
        if let Some(compare) = args.compare {
            let compared = self
                .compared(question, split, compare, vec![(None, days)])
                .await?;
            question.compare(&mut cell, exact, compared.of(question, &MeasureKey::All, 0));
        }
        Ok(cell)
    }

    /// Why one of the periods has nothing before that it could be held against, all parts together.
    async fn lacks_before(
        &self,
        question: &Question,
        compare: Option<Comparison>,
        parts: &[(Option<Period>, Days)],
    ) -> Result<Option<Message>> {
        let Some(compare) = compare.filter(|it| *it != Comparison::Goal && parts.len() > 1) else {
            return Ok(None);
        };
        let compared = self
            .compared(question, MeasureSplit::None, compare, parts.to_vec())
            .await?;
        let mut against = (0..parts.len()).map(|at| compared.of(question, &MeasureKey::All, at));
        Ok(against.find_map(|one| match one {
            Against::None(why) if why.code == "no_value_no_data" => Some(why),
            _ => None,
        }))
    }

    /// What the values of periods are held against.
    pub(in crate::performance) async fn compared(
        &self,
        question: &Question,
        split: MeasureSplit,
        compare: Comparison,
        parts: Vec<(Option<Period>, Days)>,
    ) -> Result<Compared> {
        let mut measures = question.metric.measures().clone();
        let mut days: Vec<Days> = parts.iter().map(|(_, days)| *days).collect();
        let goals = question.goal_metric();
        if compare == Comparison::Goal {
            measures = goals.map(|_| Measure::GoalAmount).into_iter().collect();
        } else {
            let last = self.data_span().await?.last_closed;
            days = days
                .into_iter()
                .map(|days| before(days, compare, last))
                .collect();
        }
        // Periods of different length before (of months, of years) may touch each other's days: then each
        // is asked by itself.
        let apart = days.windows(2).all(|pair| pair[0].to <= pair[1].from);
        let asked: Vec<&[Days]> = if apart {
            vec![&days]
        } else {
            days.chunks(1).collect()
        };
        let mut values = Vec::new();
        for days in asked {
            let scope = Scope {
                goals: goals.unwrap_or(GoalMetric::WonAmount),
                ..question.scope(split, days)
            };
            values.push(self.measure_values(&measures, &scope).await?);
        }
        Ok(Compared {
            compare,
            values,
            apart,
        })
    }

    pub(in crate::performance) async fn product_names(
        &self,
        split: MeasureSplit,
    ) -> Result<BTreeMap<ProductId, String>> {
        if split != MeasureSplit::Product {
            return Ok(BTreeMap::new());
        }
        let products = self.store()?.products().await?.into_iter();
        Ok(products.map(|one| (one.id, one.name)).collect())
    }

    fn label(
        question: &Question,
        key: &MeasureKey,
        products: &BTreeMap<ProductId, String>,
        lang: Lang,
    ) -> (String, Option<String>) {
        if let MeasureKey::Product(id) = key {
            let name = id.and_then(|id| products.get(&id).cloned());
            let unknown = || words::pick(lang, "未知", "Unknown").to_owned();
            return (name.unwrap_or_else(unknown), None);
        }
        Self::label_in(question, key, lang)
    }

    /// A part that is not a product in words of a language.
    pub(in crate::performance) fn label_in(
        question: &Question,
        key: &MeasureKey,
        lang: Lang,
    ) -> (String, Option<String>) {
        let unknown = || words::pick(lang, "未知", "Unknown").to_owned();
        match key {
            MeasureKey::All => (String::new(), None),
            MeasureKey::Person(id) => {
                let person = id.and_then(|id| question.organisation.person(id));
                match person {
                    Some(person) => (person.name.clone(), person.staff_number.clone()),
                    None => (unknown(), None),
                }
            }
            MeasureKey::Unit(id) => (words::own_of(&question.organisation, *id, lang), None),
            MeasureKey::Text(text) => (text.clone().unwrap_or_else(unknown), None),
            MeasureKey::Product(_) => (unknown(), None),
        }
    }
}

/// Values that others are held against, period by period.
pub(in crate::performance) struct Compared {
    compare: Comparison,
    /// Of all periods together where those lie apart, else of each by itself.
    values: Vec<Values>,
    apart: bool,
}

/// The other value, or why there is none.
enum Against {
    Value(Ratio),
    Goal(Ratio),
    None(Message),
}

impl Compared {
    /// What a part is held against in a period; none where nothing is known.
    pub fn value(&self, question: &Question, key: &MeasureKey, at: usize) -> Option<Ratio> {
        match self.of(question, key, at) {
            Against::Value(value) | Against::Goal(value) => Some(value),
            Against::None(_) => None,
        }
    }

    fn of(&self, question: &Question, key: &MeasureKey, at: usize) -> Against {
        let (values, at) = if self.apart {
            (&self.values[0], at)
        } else {
            (&self.values[at], 0)
        };
        if self.compare == Comparison::Goal {
            if question.goal_metric().is_none() {
                return Against::None(Message::new("no_value_no_goal", &[]));
            }
            return match values.of(key, at, Measure::GoalAmount) {
                Ok(goal) => Against::Goal(goal),
                Err(why) => Against::None(message(&why)),
            };
        }
        match question.value(values, key, at) {
            Ok(value) => Against::Value(value),
            Err(why) => Against::None(message(&why)),
        }
    }
}

impl Question {
    /// The question over some days.
    pub fn scope(&self, split: MeasureSplit, days: &[Days]) -> Scope<'_> {
        Scope {
            organisation: &self.organisation,
            units: self.units.clone(),
            split,
            only: self.only.clone(),
            among: None,
            periods: days.iter().map(|days| (days.from, days.to)).collect(),
            goals: GoalMetric::WonAmount,
        }
    }

    /// The goals that the metric is held against; none of what is not decomposed.
    pub fn goal_metric(&self) -> Option<GoalMetric> {
        let code = &self.metric.definition.code;
        code.parse().ok().filter(|_| self.metric.built_in)
    }

    /// The metric of a part in a period.
    pub fn value(&self, values: &Values, key: &MeasureKey, at: usize) -> Value {
        self.library
            .evaluate(&self.metric, &|measure| values.of(key, at, measure))
    }

    fn cell(
        &self,
        values: &Values,
        key: &MeasureKey,
        at: usize,
        value: Value,
        drill: MetricDrill,
    ) -> MetricCell {
        let parts = self.metric.measures().iter().filter_map(|measure| {
            let value = values.of(key, at, *measure).ok()?;
            Some((measure.code().to_owned(), value.to_string()))
        });
        let has_value = value.is_ok();
        MetricCell {
            shown: value.as_ref().ok().and_then(|value| self.shown(*value)),
            value: value.as_ref().ok().map(Ratio::to_string),
            reason: value.err().as_ref().map(message),
            parts: parts.collect(),
            compared: None,
            compared_value: None,
            change: None,
            change_shown: None,
            compared_reason: None,
            drill: Some(drill).filter(|_| has_value),
        }
    }

    fn compare(&self, cell: &mut MetricCell, value: Option<Ratio>, against: Against) {
        let (other, of_goal) = match against {
            Against::None(why) => {
                cell.compared_reason = Some(why);
                return;
            }
            Against::Value(other) => (other, false),
            Against::Goal(other) => (other, true),
        };
        cell.compared = self.shown(other);
        cell.compared_value = Some(other.to_string());
        let is_share = self.metric.definition.unit == Unit::Ratio;
        let change = value.and_then(|value| {
            if of_goal {
                return self.of_goal(value, other);
            }
            let difference = value.checked_sub(other).ok()?;
            if is_share {
                return Some(difference);
            }
            // Nothing is so many per cent more than zero or less.
            (other > Ratio::ZERO).then(|| difference.checked_div(other).ok())?
        });
        if change.is_none() && value.is_some() && !of_goal && other <= Ratio::ZERO {
            let code = if other == Ratio::ZERO {
                "no_change_from_zero"
            } else {
                "no_change_from_below"
            };
            cell.compared_reason = Some(Message::new(code, &[]));
        }
        cell.change = change.map(|change| change.to_string());
        cell.change_shown = change.and_then(|change| {
            let text = if of_goal {
                format::percent(change)
            } else if is_share {
                format::change_in_points(change, self.lang)
            } else {
                format::change(change)
            };
            text.ok()
        });
    }

    /// What share of a goal was reached; where less is better, how many times what was taken the goal is.
    fn of_goal(&self, value: Ratio, goal: Ratio) -> Option<Ratio> {
        if self.metric.definition.direction == Direction::Lower {
            return goal.checked_div(value).ok().filter(|_| value > Ratio::ZERO);
        }
        value.checked_div(goal).ok()
    }

    /// A value in the metric's digits.
    pub fn shown(&self, value: Ratio) -> Option<String> {
        shown_value(&self.metric.definition, self.currency, value)
    }

    fn drill(&self, args: &GetMetric, key: &MeasureKey, days: Days) -> MetricDrill {
        MetricDrill {
            metric: self.metric.definition.code.clone(),
            by: args.by,
            key: key_text(key),
            days,
            unit: args.unit,
            keys: Vec::new(),
            filter: args.filter.clone(),
            closed_before: None,
            sizes: None,
        }
    }
}

/// A value in the digits of its metric.
pub(super) fn shown_value(
    definition: &Definition,
    currency: Currency,
    value: Ratio,
) -> Option<String> {
    let decimals = u32::from(definition.decimals);
    let round = |value: Ratio, decimals| value.to_decimal(decimals, Rounding::HalfUp).ok();
    match definition.unit {
        Unit::Money => round(value, decimals.min(currency.decimals())),
        Unit::Ratio => {
            let hundred = value.checked_mul(Ratio::from_int(100)).ok()?;
            Some(format!("{}%", round(hundred, decimals)?))
        }
        Unit::Count | Unit::Number | Unit::Days | Unit::Score => round(value, decimals),
    }
}

/// The days before: of a whole period the one before or a year before, of others as many days. Where the
/// data ends within, only as many days as it has: a period under way would always look like a fall.
pub(in crate::performance) fn before(
    days: Days,
    compare: Comparison,
    last: Option<NaiveDate>,
) -> Days {
    let whole = [
        PeriodKind::Year,
        PeriodKind::Quarter,
        PeriodKind::Month,
        PeriodKind::IsoWeek,
    ]
    .into_iter()
    .filter_map(|kind| Period::containing(kind, days.from).ok())
    .find(|period| Days::from(*period) == days);
    let length = (days.to - days.from).num_days();
    let earlier = match (whole, compare) {
        (Some(period), Comparison::LastPeriod) => period.previous().ok().map(Days::from),
        (Some(period), _) => period.a_year_before().ok().map(Days::from),
        (None, Comparison::LastPeriod) => days
            .from
            .checked_sub_days(Later::new(u64::try_from(length).unwrap_or(0)))
            .map(|from| Days {
                from,
                to: days.from,
            }),
        (None, _) => {
            let year = Months::new(12);
            let ends = days
                .from
                .checked_sub_months(year)
                .zip(days.to.checked_sub_months(year));
            ends.map(|(from, to)| Days { from, to })
        }
    };
    // Before the calendar begins there is nothing, and the days themselves compare with nothing else.
    let mut earlier = earlier.unwrap_or(days);
    if let Some(next) = last.and_then(|last| last.succ_opt())
        && days.from < next
        && next < days.to
    {
        let so_far = (next - days.from).num_days();
        let until = earlier.from + Later::new(u64::try_from(so_far).unwrap_or(0));
        earlier.to = earlier.to.min(until);
    }
    earlier
}

pub(in crate::performance) fn kind_of(grain: Grain) -> PeriodKind {
    match grain {
        Grain::Week => PeriodKind::IsoWeek,
        Grain::Month => PeriodKind::Month,
        Grain::Quarter => PeriodKind::Quarter,
        Grain::Year => PeriodKind::Year,
    }
}

pub(in crate::performance) fn split_of(by: Option<MetricBy>) -> MeasureSplit {
    match by {
        None => MeasureSplit::None,
        Some(MetricBy::Person) => MeasureSplit::Person,
        Some(MetricBy::Team) => MeasureSplit::Unit,
        Some(MetricBy::Region) => MeasureSplit::Region,
        Some(MetricBy::Segment) => MeasureSplit::Segment,
        Some(MetricBy::CustomerType) => MeasureSplit::CustomerType,
        Some(MetricBy::Product) => MeasureSplit::Product,
        Some(MetricBy::Source) => MeasureSplit::Source,
    }
}

pub(in crate::performance) fn key_text(key: &MeasureKey) -> String {
    match key {
        MeasureKey::All => String::new(),
        MeasureKey::Person(id) => id.map_or_else(String::new, |id| id.to_string()),
        MeasureKey::Unit(id) => id.map_or_else(String::new, |id| id.to_string()),
        MeasureKey::Product(id) => id.map_or_else(String::new, |id| id.to_string()),
        MeasureKey::Text(text) => text.clone().unwrap_or_default(),
    }
}

/// Why there is no value, as a sentence.
pub(in crate::performance) fn message(why: &NoValue) -> Message {
    let needs = |measure: &Measure| ("needs", measure.origin().code().to_owned());
    match why {
        NoValue::NoData { measure } => Message::new("no_value_no_data", &[needs(measure)]),
        NoValue::PartOfDays { measure, days, of } => {
            let params = [
                needs(measure),
                ("days", days.to_string()),
                ("of", of.to_string()),
            ];
            Message::new("no_value_part_of_days", &params)
        }
        NoValue::NotSplit { measure } => Message::new("no_value_not_split", &[needs(measure)]),
        NoValue::NotHere { measure } => Message::new("no_value_not_here", &[needs(measure)]),
        NoValue::DivisionByZero { divisor } => {
            Message::new("no_value_division", &[("divisor", divisor.clone())])
        }
        NoValue::TooLarge => Message::new("no_value_too_large", &[]),
    }
}
