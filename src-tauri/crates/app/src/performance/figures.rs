//! The figures that dashboard, KPI table, goals and bonus share: sums of results and of goals.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::calendar::Period;
use yeji_core::goal::{GoalPlan, GoalPlanState};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::{GoalMetric, Metric};
use yeji_core::{Error as CoreError, Ratio};
use yeji_insight::kpi::{Library, Measure, NoValue};
use yeji_store::{DataSpan, GoalSumQuery, GoalSumSplit, RollupQuery, RollupRow, RollupSplit};

use super::goal_cover::Goal;
use crate::access::Actor;
use crate::api::Message;
use crate::api::performance::Days;
use crate::context::App;
use crate::error::Result;

/// Won and lost of some scope.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub won_minor: i64,
    pub won_count: i64,
    pub lost_count: i64,
}

impl Sums {
    pub(crate) fn of(row: &RollupRow) -> Self {
        Self {
            won_minor: row.won_minor,
            won_count: row.won_count,
            lost_count: row.lost_count,
        }
    }

    pub(crate) fn add(&mut self, other: Self) -> Result<()> {
        let sum = |a: i64, b: i64| {
            a.checked_add(b)
                .ok_or(CoreError::Overflow("sum of results"))
        };
        self.won_minor = sum(self.won_minor, other.won_minor)?;
        self.won_count = sum(self.won_count, other.won_count)?;
        self.lost_count = sum(self.lost_count, other.lost_count)?;
        Ok(())
    }

    /// The value of a metric: minor units or a count.
    pub(crate) fn metric(self, metric: Metric) -> i64 {
        match metric {
            Metric::WonAmount => self.won_minor,
            Metric::WonCount => self.won_count,
            Metric::LostCount => self.lost_count,
        }
    }

    /// A metric of the library that is made of these sums; amounts are in minor units. None: no value.
    pub(crate) fn library_metric(self, code: &str) -> Option<Ratio> {
        let library = Library::built_in();
        let value_of = |measure: Measure| match measure {
            Measure::WonAmount => Ok(Ratio::from_int(self.won_minor)),
            Measure::WonCount => Ok(Ratio::from_int(self.won_count)),
            Measure::LostCount => Ok(Ratio::from_int(self.lost_count)),
            measure => Err(NoValue::NoData { measure }),
        };
        library.evaluate(library.metric(code)?, &value_of).ok()
    }
}

/// A sum of goals in minor units, and of how many cut weeks.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::performance) struct GoalWeeks {
    pub minor: i64,
    pub weeks: usize,
}

/// The goal plans in force, for sums over any interval: the one place that decides which they are.
#[derive(Debug)]
pub(crate) struct GoalIndex {
    plans: BTreeMap<i32, GoalPlan>,
    /// The newest goals that are not split yet, while the split of an earlier one stays in force.
    drafts: BTreeMap<i32, GoalPlan>,
}

impl GoalIndex {
    /// The plan of a year.
    pub(crate) fn plan(&self, year: i32) -> Option<&GoalPlan> {
        self.plans.get(&year)
    }

    /// The plan that a day belongs to.
    pub(crate) fn plan_on(&self, day: NaiveDate) -> Option<&GoalPlan> {
        let to = day.succ_opt().unwrap_or(day);
        let touched = self.touching(Days { from: day, to });
        touched.first().map(|(plan, _)| *plan)
    }

    /// A newer goal of the year that is set, but does not count before it is split.
    pub(crate) fn draft(&self, year: i32) -> Option<&GoalPlan> {
        self.drafts.get(&year)
    }

    /// Whether a plan is in force on some of the days of a period.
    pub(crate) fn covers(&self, period: Period) -> bool {
        !self.touching(period.into()).is_empty()
    }

    /// Years with a goal.
    pub(crate) fn years(&self) -> Vec<i32> {
        self.plans.keys().copied().collect()
    }

    /// What to know about the goals of a period: a newer goal that does not count yet.
    pub(crate) fn notes(&self, period: Period) -> Vec<Message> {
        self.touching(period.into())
            .into_iter()
            .filter(|(plan, _)| self.drafts.contains_key(&plan.year))
            .map(|(plan, _)| {
                let params = [
                    ("year", plan.year.to_string()),
                    ("version", plan.version.to_string()),
                ];
                Message::new("earlier_goal_in_force", &params)
            })
            .collect()
    }

    /// Plans that some days touch, each with those of the days that are its own. Where years of two
    /// calendars overlap, the days belong to the later one.
    pub(in crate::performance) fn touching(&self, days: Days) -> Vec<(&GoalPlan, Days)> {
        let mut touched = Vec::new();
        let mut end = days.to;
        for plan in self.plans.values().rev() {
            // A plan of a year that does not exist is refused when it is made.
            let Ok(year) = plan.period() else { continue };
            let own = Days {
                from: days.from.max(year.start()),
                to: end.min(year.end()),
            };
            end = end.min(year.start());
            if own.from < own.to {
                touched.push((plan, own));
            }
        }
        touched.reverse();
        touched
    }
}

impl App {
    pub(crate) async fn goal_index(&self, metric: GoalMetric) -> Result<GoalIndex> {
        let mut plans: BTreeMap<i32, GoalPlan> = BTreeMap::new();
        let mut drafts = BTreeMap::new();
        let published = |plan: &GoalPlan| plan.state == GoalPlanState::Published;
        // In order of versions. A draft counts only while the year has no published goal: a new amount
        // that is not split yet must not leave everybody without one.
        for plan in self.store()?.goal_plans().await? {
            if plan.metric != metric || plan.state == GoalPlanState::Superseded {
                continue;
            }
            if !published(&plan) && plans.get(&plan.year).is_some_and(published) {
                drafts.insert(plan.year, plan);
            } else {
                drafts.remove(&plan.year);
                plans.insert(plan.year, plan);
            }
        }
        Ok(GoalIndex { plans, drafts })
    }

    /// Goal of a scope on some days (whole cut weeks), None where no goal reaches down there or only one of
    /// some of these days. The whole company's year has one as soon as it is set, everything else once it is
    /// split.
    pub(crate) async fn goal_of(
        &self,
        index: &GoalIndex,
        units: Option<&[UnitId]>,
        days: Days,
    ) -> Result<Option<i64>> {
        let goal = self.goal_known(index, units, days).await?;
        Ok(goal.and_then(Goal::whole))
    }

    /// Goals of people in a period, wherever they have them.
    pub(crate) async fn goals_by_person(
        &self,
        index: &GoalIndex,
        period: Period,
    ) -> Result<BTreeMap<PersonId, i64>> {
        self.goals_by_person_in(index, period.into(), None).await
    }

    /// Goals of people, those of some units only: who moved has a part here, a part there. A goal of only
    /// some of the days on which somebody sells is none.
    pub(crate) async fn goals_by_person_in(
        &self,
        index: &GoalIndex,
        days: Days,
        units: Option<&[UnitId]>,
    ) -> Result<BTreeMap<PersonId, i64>> {
        let goals = self.goals_of_people(index, days, units).await?.into_iter();
        let whole = goals.filter_map(|(person, goal)| Some((person, goal.whole()?)));
        Ok(whole.collect())
    }

    /// Goals of cut weeks, by their first day.
    pub(crate) async fn goals_by_week(
        &self,
        index: &GoalIndex,
        period: Period,
        units: Option<&[UnitId]>,
    ) -> Result<BTreeMap<NaiveDate, i64>> {
        let mut all = BTreeMap::new();
        for (plan, days) in index.touching(period.into()) {
            let query = self.goal_query(plan, days, units, GoalSumSplit::Week);
            for sum in self.store()?.goal_sums(&query).await?.iter() {
                if let Some(start) = sum.start {
                    all.insert(start, sum.minor);
                }
            }
        }
        Ok(all)
    }

    pub(in crate::performance) async fn goals_by<K: Ord>(
        &self,
        index: &GoalIndex,
        days: Days,
        units: Option<&[UnitId]>,
        split: GoalSumSplit,
        key: fn(&yeji_store::GoalSum) -> Option<K>,
    ) -> Result<BTreeMap<K, GoalWeeks>> {
        let mut all: BTreeMap<K, GoalWeeks> = BTreeMap::new();
        for (plan, days) in index.touching(days) {
            let query = self.goal_query(plan, days, units, split);
            for sum in self.store()?.goal_sums(&query).await?.iter() {
                if let Some(key) = key(sum) {
                    let total = all.entry(key).or_default();
                    let minor = total.minor.checked_add(sum.minor);
                    total.minor = minor.ok_or(CoreError::Overflow("goal"))?;
                    total.weeks += usize::try_from(sum.weeks).unwrap_or(0);
                }
            }
        }
        Ok(all)
    }

    /// First and last days that have something, of the whole company: a personal file knows those of the
    /// day of its making. A day to come is a typing error or a plan, and not how far the data reaches;
    /// unless there are no other days: then the clock is wrong.
    pub(crate) async fn data_span(&self) -> Result<DataSpan> {
        self.data_span_of(self.actor()).await
    }

    /// The same for somebody who need not be who asks.
    pub(crate) async fn data_span_of(&self, actor: &Actor) -> Result<DataSpan> {
        let today = actor.day(self.clock.today());
        let is_to_come = |last: Option<NaiveDate>| last.is_some_and(|last| last > today);
        let up_to_today = |last: Option<NaiveDate>| last.map(|last| last.min(today));
        if let Actor::Owner(owner) = actor {
            return Ok(DataSpan {
                last_closed: up_to_today(owner.span.last_closed),
                last_opened: up_to_today(owner.span.last_opened),
                ..owner.span
            });
        }
        let store = self.store()?;
        let span = store.data_span().await?;
        if !is_to_come(span.last_closed) && !is_to_come(span.last_opened) {
            return Ok(span);
        }
        let (closed, opened) = store.last_days_until(today).await?;
        Ok(DataSpan {
            last_closed: closed.or(span.last_closed),
            last_opened: opened.or(span.last_opened),
            ..span
        })
    }

    /// First days of the months in which somebody won or lost something.
    pub(crate) async fn months_with_data(&self) -> Result<Vec<NaiveDate>> {
        match self.actor() {
            Actor::Owner(owner) => Ok(owner.months.clone()),
            _ => Ok(self.store()?.months_with_data().await?),
        }
    }

    /// Results split one way over `[from, to)`, of what this actor sees.
    pub(crate) async fn results(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        units: Option<&[UnitId]>,
        split: RollupSplit,
    ) -> Result<Vec<RollupRow>> {
        let query = RollupQuery {
            from,
            to,
            units: self.sight().units(units),
            person: self.sight().person(),
            split,
        };
        Ok(self.store()?.rollup_sums(&query).await?)
    }

    /// Results of people for a board, which ranks also those whose deals this actor does not see: the
    /// board decides which of the amounts it shows.
    pub(crate) async fn results_for_board(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        units: Option<&[UnitId]>,
    ) -> Result<Vec<RollupRow>> {
        let query = RollupQuery {
            from,
            to,
            units: self.sight().units(units),
            person: None,
            split: RollupSplit::Person,
        };
        Ok(self.store()?.rollup_sums(&query).await?)
    }

    /// The cells of a plan that this actor sees.
    pub(in crate::performance) fn goal_query(
        &self,
        plan: &GoalPlan,
        days: Days,
        units: Option<&[UnitId]>,
        split: GoalSumSplit,
    ) -> GoalSumQuery {
        GoalSumQuery {
            plan: plan.id,
            from: days.from,
            to: days.to,
            units: self.sight().units(units),
            person: self.sight().person(),
            split,
        }
    }

    /// Results in one sum; zero where there are none.
    pub(crate) async fn result(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        units: Option<&[UnitId]>,
    ) -> Result<Sums> {
        let rows = self.results(from, to, units, RollupSplit::None).await?;
        Ok(rows.first().map(Sums::of).unwrap_or_default())
    }
}
