//! Whether a goal is specific, measurable, achievable, relevant and time-bound: five answers in numbers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::metric::GoalMetric;
use yeji_core::{Money, Ratio};
use yeji_goals::Level;
use yeji_goals::light::Better;
use yeji_goals::smart::{
    DataSource, FEWEST_PEOPLE, Forecast, Growth, ParentGoal, SmartInput, SmartLimits, SmartOutput,
    smart,
};
use yeji_report::chart::Lang;
use yeji_report::format::percent;
use yeji_store::{ChangeKind, RollupSplit, Setting};

use super::base::is_known;
use super::check_year;
use super::progress::{Looked, better, light, overflow};
use super::remainder::{Expected, FEWEST};
use crate::api::Message;
use crate::api::forecast::{ForecastAhead, ForecastBy, GetForecast};
use crate::api::goal_progress::{GoalAim, GoalLanding, SetGoalAim, SmartAnswer};
use crate::api::goals::GetGoal;
use crate::api::kpi::Grain;
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::{ResultsBy, ResultsOf};

/// Setting: the aims that goals serve, by `metric/year`.
pub(crate) const GOAL_AIMS: &str = "goal_aims";

/// Longest aim.
const MAX_AIM_CHARS: usize = 200;

impl App {
    /// The aim that a year's goal serves.
    pub async fn get_goal_aim(&self, args: GetGoal) -> Result<GoalAim> {
        let mut aims = self.aims().await?;
        let aim = aims.remove(&aim_key(args.metric, args.year));
        Ok(GoalAim {
            aim: aim.unwrap_or_default(),
        })
    }

    /// Says which aim a year's goal serves.
    pub async fn set_goal_aim(&self, args: SetGoalAim) -> Result<GoalAim> {
        check_year(args.year)?;
        let aim = args.aim.trim().to_owned();
        if aim.chars().count() > MAX_AIM_CHARS {
            let given = crate::error::shown(&aim);
            return Err(Error::input("aim", &given, "at most 200 characters"));
        }
        let _turn = self.turn().await;
        let mut aims = self.aims().await?;
        let key = aim_key(args.metric, args.year);
        if aim.is_empty() {
            aims.remove(&key);
        } else {
            aims.insert(key, aim.clone());
        }
        let mut change = self.change(ChangeKind::Setting, json!({ "key": GOAL_AIMS }));
        change.put.push(
            Setting {
                key: GOAL_AIMS.to_owned(),
                value: json!(aims),
            }
            .into(),
        );
        self.apply(change).await?;
        Ok(GoalAim { aim })
    }

    async fn aims(&self) -> Result<BTreeMap<String, String>> {
        let kept = self.store()?.setting(GOAL_AIMS).await?;
        Ok(match kept {
            Some(value) => serde_json::from_value(value).map_err(yeji_store::Error::from)?,
            None => BTreeMap::new(),
        })
    }

    /// The five answers.
    pub(super) async fn smart(
        &self,
        looked: &Looked<'_>,
        actual: i64,
        landing: Option<&GoalLanding>,
    ) -> Result<Vec<SmartAnswer>> {
        let book = looked.book;
        let minor = book.sum(looked.at, looked.period)?;
        let above = book.parent(looked.at);
        let parent = above
            .map(|above| book.sum(above, looked.period))
            .transpose()?;
        let metric = book.plan.metric;
        let aim = self
            .get_goal_aim(GetGoal {
                metric,
                year: book.plan.year,
            })
            .await?
            .aim;
        let milestones = looked.period.children();
        let expected = self.expected(looked, actual, landing).await?;
        let input = SmartInput {
            minor,
            better: better(metric),
            as_of: looked.today.min(looked.period.end()),
            owner: Some(book.units[looked.at].name.clone()),
            metric: Some(metric.code().to_owned()),
            scope: Some(above.map_or_else(
                || book.units[looked.at].name.clone(),
                |above| book.units[above].name.clone(),
            )),
            source: Some(self.source_of(looked).await?),
            actual: Some(actual),
            closed: looked.period.end() <= looked.next_day() || looked.gone_from.is_some(),
            forecast: expected.forecast,
            middle: expected.middle,
            growth: self.growth(looked, minor).await?,
            parent: parent.map(|minor| ParentGoal { minor }),
            aim: (!aim.is_empty()).then(|| aim.clone()),
            start: Some(looked.period.start()),
            end: Some(looked.period.end()),
            milestones: milestones
                .iter()
                .filter_map(|part| part.end().pred_opt())
                .collect(),
            limits: SmartLimits {
                milestones: milestones.len().min(4) as u64,
                ..SmartLimits::default()
            },
        };
        Ok(answers(looked, &input, &smart(&input)?, expected.periods))
    }

    /// Facts of the metric in the year before the day, and how fresh they are: by the newest of the whole
    /// company, as one who sold nothing for a month is no old data. Of who is gone no other will come.
    async fn source_of(&self, looked: &Looked<'_>) -> Result<DataSource> {
        let own = self.facts_of(looked).await?;
        let metric = looked.book.plan.metric;
        if looked.gone_from.is_some() {
            return Ok(own);
        }
        let newest = self.newest_fact(metric, looked.as_of).await?;
        Ok(DataSource {
            last_fact: newest.max(own.last_fact).filter(|_| own.facts > 0),
            ..own
        })
    }

    /// The facts of who is looked at.
    async fn facts_of(&self, looked: &Looked<'_>) -> Result<DataSource> {
        let to = looked.next_day();
        let from = to.checked_sub_months(chrono::Months::new(12)).unwrap_or(to);
        if looked.book.plan.metric.rolled_up().is_none() {
            return self.days_with_results(looked, (from, to)).await;
        }
        let units = looked
            .unit()
            .map(|unit| looked.book.organisation.subtree(unit));
        let query = yeji_store::RollupQuery {
            from,
            to,
            units: self.sight().units(units.as_deref()),
            person: looked.person().or(self.sight().person()),
            split: RollupSplit::Day,
        };
        let rows = self.store()?.rollup_sums_of(&query, &[(from, to)]).await?;
        let closed = |row: &yeji_store::RollupRow| row.won_count + row.lost_count;
        let facts: i64 = rows.iter().map(|(_, row)| closed(row)).sum();
        let days = rows.iter().filter(|(_, row)| closed(row) > 0);
        Ok(DataSource {
            facts: facts.unsigned_abs(),
            last_fact: days.filter_map(|(_, row)| row.start).max(),
        })
    }

    /// Of a metric that is no count of rows: the days on which there was something.
    async fn days_with_results(
        &self,
        looked: &Looked<'_>,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<DataSource> {
        let all = yeji_core::calendar::days(from, to);
        let days: Vec<_> = all.filter_map(|day| Some((day, day.succ_opt()?))).collect();
        let made = self.made_in(looked, &days).await?;
        let with_some = days.iter().zip(made).filter(|(_, minor)| *minor != 0);
        let with_some: Vec<NaiveDate> = with_some.map(|((day, _), _)| *day).collect();
        Ok(DataSource {
            facts: with_some.len() as u64,
            last_fact: with_some.last().copied(),
        })
    }

    /// What the period is expected to bring: its landing if it is under way and has one, else what its last
    /// days brought in earlier periods; the forecast if it is to come.
    async fn expected(
        &self,
        looked: &Looked<'_>,
        actual: i64,
        landing: Option<&GoalLanding>,
    ) -> Result<Expected> {
        if let Some(landing) = landing.filter(|_| looked.gone_from.is_none()) {
            let (low, high) = (landing.lower.as_deref(), landing.upper.as_deref());
            let forecast = interval(looked, &landing.expected, low, high)?;
            let currency = looked.book.plan.amount.currency;
            let middle = Money::parse_major(&landing.expected, currency)?.minor;
            return Ok(Expected {
                middle: forecast.is_none().then_some(middle),
                forecast,
                periods: None,
            });
        }
        if looked.period.end() <= looked.next_day() || looked.gone_from.is_some() {
            return Ok(Expected::default());
        }
        if looked.period.start() < looked.next_day() {
            return Box::pin(self.by_remainders(looked, actual)).await;
        }
        Ok(Expected {
            forecast: self.to_come(looked).await?,
            ..Expected::default()
        })
    }

    /// The forecast of a period that has not begun.
    async fn to_come(&self, looked: &Looked<'_>) -> Result<Option<Forecast>> {
        let grain = match looked.period.kind() {
            PeriodKind::Year | PeriodKind::Half | PeriodKind::Quarter
                if looked.period.calendar().is_calendar_year() =>
            {
                Grain::Quarter
            }
            PeriodKind::Year | PeriodKind::Half | PeriodKind::Quarter | PeriodKind::Month => {
                Grain::Month
            }
            PeriodKind::CutWeek | PeriodKind::IsoWeek => return Ok(None),
        };
        let ahead = Box::pin(self.ahead(looked, grain)).await?;
        sum_of(looked, grain, &ahead)
    }

    /// The forecast of somebody for the periods to come.
    async fn ahead(&self, looked: &Looked<'_>, grain: Grain) -> Result<Vec<ForecastAhead>> {
        let person = looked.person();
        let team = looked.book.parent(looked.at).and_then(|above| {
            let above = &looked.book.units[above];
            (above.level != Level::Company).then(|| above.id.parse().ok())?
        });
        let view = self
            .get_forecast(GetForecast {
                metric: looked.book.plan.metric.code().to_owned(),
                grain,
                horizon: Some(if grain == Grain::Month { 24 } else { 8 }),
                unit: if person.is_some() {
                    team
                } else {
                    looked.unit()
                },
                by: person.map(|_| ForecastBy::Person),
                language: Lang::En,
            })
            .await?;
        let id = &looked.book.units[looked.at].id;
        Ok(match person {
            None => view.total.ahead,
            Some(_) => view
                .rows
                .into_iter()
                .find(|row| row.key == *id)
                .map_or_else(Vec::new, |row| row.ahead),
        })
    }

    /// How many of those of the same level ever grew from one year to the next as much as the goal asks; where
    /// less is better, ever came down as far.
    async fn growth(&self, looked: &Looked<'_>, minor: i64) -> Result<Option<Growth>> {
        if looked.period.kind() != PeriodKind::Year {
            return Ok(None);
        }
        let metric = looked.book.plan.metric;
        let with_data = self.metric_months(metric).await?;
        let years = whole_years(looked.period, &with_data);
        let Some(before) = looked
            .period
            .previous()
            .ok()
            .filter(|year| years.contains(year))
        else {
            return Ok(None);
        };
        let made = self.made_by_level(looked, &years).await?;
        let at = years.iter().position(|year| *year == before).unwrap_or(0);
        let id = &looked.book.units[looked.at].id;
        let base = made.get(id).map_or(0, |own| own[at]);
        if base <= 0 {
            return Ok(None);
        }
        let asked = Ratio::new(i128::from(minor), i128::from(base))?;
        let (mut reached, mut of) = (0, 0);
        for own in made.values() {
            let pairs: Vec<&[i64]> = own.windows(2).filter(|pair| pair[0] > 0).collect();
            if pairs.is_empty() {
                continue;
            }
            of += 1;
            let grew = |pair: &&[i64]| {
                let grown = Ratio::new(i128::from(pair[1]), i128::from(pair[0]));
                grown.is_ok_and(|grown| match better(metric) {
                    Better::Higher => grown >= asked,
                    Better::Lower => grown <= asked,
                })
            };
            reached += u64::from(pairs.iter().any(grew));
        }
        Ok(Some(Growth { base, reached, of }))
    }

    /// What everybody of the same level made in some years, by id.
    async fn made_by_level(
        &self,
        looked: &Looked<'_>,
        years: &[Period],
    ) -> Result<BTreeMap<String, Vec<i64>>> {
        let days: Vec<(NaiveDate, NaiveDate)> = years
            .iter()
            .map(|year| (year.start(), year.end()))
            .collect();
        let (metric, of) = (looked.book.plan.metric, ResultsOf::default());
        let mut made: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let mut add = |id: String, at: usize, minor: i64| -> Result<()> {
            let own = made.entry(id).or_insert_with(|| vec![0; days.len()]);
            own[at] = own[at].checked_add(minor).ok_or_else(overflow)?;
            Ok(())
        };
        if looked.level() == Level::Person {
            let all = self
                .metric_results(metric, &days, ResultsBy::Person, of)
                .await?;
            for (at, person, minor) in all.people() {
                add(person.to_string(), at, minor)?;
            }
            return Ok(made);
        }
        let book = looked.book;
        let same: Vec<(String, Vec<yeji_core::ids::UnitId>)> = book
            .units
            .iter()
            .filter(|unit| unit.level == looked.level())
            .filter_map(|unit| {
                let id = unit.id.parse().ok()?;
                Some((unit.id.clone(), book.organisation.subtree(id)))
            })
            .collect();
        let all = self
            .metric_results(metric, &days, ResultsBy::Unit, of)
            .await?;
        for (at, unit, minor) in all.units() {
            for (id, below) in &same {
                let whole = looked.level() == Level::Company;
                if whole || unit.is_some_and(|unit| below.contains(&unit)) {
                    add(id.clone(), at, minor)?;
                }
            }
        }
        Ok(made)
    }
}

/// Years before one that are known from their first month to their last, oldest first.
fn whole_years(year: Period, with_data: &BTreeSet<NaiveDate>) -> Vec<Period> {
    let mut years = Vec::new();
    let mut at = year.previous();
    while let Ok(year) = at {
        let months = year.parts(PeriodKind::Month);
        if !months
            .iter()
            .all(|month| is_known(*month, |first| with_data.contains(&first)))
        {
            break;
        }
        years.push(year);
        at = year.previous();
    }
    years.reverse();
    years
}

fn aim_key(metric: GoalMetric, year: i32) -> String {
    format!("{}/{year}", metric.code())
}

fn interval(
    looked: &Looked<'_>,
    mid: &str,
    low: Option<&str>,
    high: Option<&str>,
) -> Result<Option<Forecast>> {
    let currency = looked.book.plan.amount.currency;
    let minor = |text: &str| Money::parse_major(text, currency).map(|money| money.minor);
    let (Some(low), Some(high)) = (low, high) else {
        return Ok(None);
    };
    let (low, mid, high) = (minor(low)?, minor(mid)?, minor(high)?);
    // An interval without width says nothing of what is likely.
    if low >= high || mid < low || mid > high {
        return Ok(None);
    }
    Ok(Some(Forecast::Interval {
        mid,
        low,
        high,
        level: Ratio::new(95, 100)?,
    }))
}

/// A forecast of the period by the sum of its parts. The ends of the parts' intervals are added, as if they
/// all came out low or high together: never too narrow.
fn sum_of(looked: &Looked<'_>, grain: Grain, ahead: &[ForecastAhead]) -> Result<Option<Forecast>> {
    let kind = match grain {
        Grain::Month => PeriodKind::Month,
        _ => PeriodKind::Quarter,
    };
    let parts = if looked.period.kind() == kind {
        vec![looked.period]
    } else {
        looked.period.parts(kind)
    };
    let currency = looked.book.plan.amount.currency;
    let mut sums = [0_i64; 3];
    for part in parts {
        // Forecasts run by the calendar year's quarters and months.
        let same = Period::containing(kind, part.start())?;
        if same.end() != part.end() {
            return Ok(None);
        }
        let key = same.to_string();
        let Some(one) = ahead.iter().find(|one| one.period == key) else {
            return Ok(None);
        };
        for (sum, text) in sums.iter_mut().zip([&one.lower, &one.mean, &one.upper]) {
            let minor = Money::parse_major(text, currency)?.minor;
            *sum = sum.checked_add(minor).ok_or_else(overflow)?;
        }
    }
    let text = |minor: i64| Money::new(minor, currency).to_major();
    interval(
        looked,
        &text(sums[1]),
        Some(&text(sums[0])),
        Some(&text(sums[2])),
    )
}

/// Neither certain nor impossible.
fn is_between(chance: Ratio) -> bool {
    chance > Ratio::ZERO && chance < Ratio::ONE
}

/// The engine's answers as sentences.
fn answers(
    looked: &Looked<'_>,
    input: &SmartInput,
    output: &SmartOutput,
    periods: Option<usize>,
) -> Vec<SmartAnswer> {
    let currency = looked.book.plan.amount.currency;
    let shown = |ratio: Ratio| percent(ratio).unwrap_or_else(|_| ratio.to_string());
    let given = |name: &'static str, value: Option<String>| value.map(|value| (name, value));
    let message = |code: &str, params: Vec<Option<(&'static str, String)>>| {
        let params: Vec<(&str, String)> = params.into_iter().flatten().collect();
        Message::new(code, &params)
    };
    let one = |criterion: &str, one, said, suggestions| SmartAnswer {
        criterion: criterion.to_owned(),
        light: light(one),
        said,
        suggestions,
    };
    let amounts = output.achievable.suggested.iter().map(|one| {
        let amount = Money::new(one.minor, currency).to_string();
        Message::new(
            "smart_suggest_amount",
            &[("chance", shown(one.chance)), ("amount", amount)],
        )
    });
    // Too few with two years in a row say nothing of people.
    let people = output.achievable.of.is_some_and(|of| of >= FEWEST_PEOPLE);
    let is_open = output.achievable.chance.is_none_or(is_between);
    let middle = input.middle.filter(|_| is_open);
    let many = |number: Option<u64>| number.unwrap_or(0).to_string();
    let missing = output.relevant.missing.iter();
    let chance = match output.achievable.bound.as_deref() {
        Some("at_least") => "chance_least",
        Some(_) => "chance_most",
        None => "chance",
    };
    let by_chance = periods.filter(|_| input.forecast.is_some());
    let by_chance = by_chance.filter(|_| output.achievable.chance.is_some_and(is_between));
    let too_few = periods.filter(|_| output.achievable.chance.is_none());
    let reached = match input.better {
        Better::Higher => "reached",
        Better::Lower => "reduced",
    };
    let is_known = output.achievable.chance.is_some()
        || output.achievable.growth.is_some()
        || input.middle.is_some()
        || too_few.is_some();
    let achievable = if is_known {
        "smart_achievable"
    } else {
        "smart_unknown"
    };
    let measurable = match looked.book.plan.metric.rolled_up() {
        Some(_) => "smart_measurable",
        None => "smart_measurable_days",
    };
    vec![
        one(
            "specific",
            output.specific.light,
            message(
                "smart_specific",
                vec![
                    given("owner", input.owner.clone()),
                    given("metric", input.metric.clone()),
                    given("scope", input.scope.clone()),
                ],
            ),
            Vec::new(),
        ),
        one(
            "measurable",
            output.measurable.light,
            message(
                measurable,
                vec![
                    Some(("facts", output.measurable.facts.to_string())),
                    given("days", output.measurable.days.map(|days| days.to_string())),
                ],
            ),
            output
                .measurable
                .needs_facts_since
                .iter()
                .map(|day| Message::new("smart_suggest_facts", &[("day", day.to_string())]))
                .collect(),
        ),
        one(
            "achievable",
            output.achievable.light,
            message(
                achievable,
                vec![
                    given(chance, output.achievable.chance.map(shown)),
                    given("periods", by_chance.map(|periods| periods.to_string())),
                    given("too_few", too_few.map(|periods| periods.to_string())),
                    given("needed", too_few.map(|_| FEWEST.to_string())),
                    given(
                        "middle",
                        middle.map(|minor| Money::new(minor, currency).to_string()),
                    ),
                    given("growth", output.achievable.growth.map(shown)),
                    given(reached, people.then(|| many(output.achievable.reached))),
                    given("of", people.then(|| many(output.achievable.of))),
                ],
            ),
            amounts.collect(),
        ),
        one(
            "relevant",
            output.relevant.light,
            message(
                "smart_relevant",
                vec![
                    given(
                        "share",
                        output
                            .relevant
                            .share
                            .filter(|_| looked.sees_above)
                            .map(shown),
                    ),
                    given("aim", input.aim.clone()),
                ],
            ),
            missing
                .map(|what| Message::new("smart_suggest_relevant", &[("what", what.clone())]))
                .collect(),
        ),
        one(
            "time_bound",
            output.time_bound.light,
            message(
                "smart_time_bound",
                vec![Some((
                    "milestones",
                    output.time_bound.milestones.to_string(),
                ))],
            ),
            Vec::new(),
        ),
    ]
}
