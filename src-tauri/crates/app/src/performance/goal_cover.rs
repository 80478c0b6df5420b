//! Goals of a scope and some days, and whether they are of all these days: a won amount of a year beside the
//! goal of a month would be an attainment of many hundred per cent.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use yeji_core::Error as CoreError;
use yeji_core::calendar::{FiscalCalendar, PeriodKind};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{MemberRole, Organisation};
use yeji_store::GoalSumSplit;

use super::figures::GoalIndex;
use crate::access::Sight;
use crate::api::performance::Days;
use crate::context::App;
use crate::error::Result;

/// A goal, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::performance) enum Goal {
    /// Of all the days on which somebody sells.
    Whole(i64),
    /// Only of some of them.
    Part { days: u32, of: u32 },
}

impl Goal {
    pub(in crate::performance) fn whole(self) -> Option<i64> {
        match self {
            Self::Whole(minor) => Some(minor),
            Self::Part { .. } => None,
        }
    }
}

/// A cut week of a goal, or what of it is among some days.
#[derive(Debug, Clone, Copy)]
struct Week {
    from: NaiveDate,
    to: NaiveDate,
    /// Whether all of it is among the days: the goal of a week is known as a whole only.
    is_whole: bool,
}

/// The weeks of some days, as the goals of the time are kept.
struct CutWeeks(Vec<Week>);

impl CutWeeks {
    /// By the calendar of the goal that each day has; days without one by the calendar year.
    fn of(index: &GoalIndex, days: Days) -> Self {
        let mut weeks = Vec::new();
        let mut add = |calendar: Option<FiscalCalendar>, from: NaiveDate, to: NaiveDate| {
            if from >= to {
                return;
            }
            let calendar = calendar.unwrap_or_default();
            for week in calendar.periods(PeriodKind::CutWeek, from, to) {
                weeks.push(Week {
                    from: week.start().max(from),
                    to: week.end().min(to),
                    is_whole: from <= week.start() && week.end() <= to,
                });
            }
        };
        let mut at = days.from;
        for (plan, own) in index.touching(days) {
            add(None, at, own.from);
            add(plan.calendar, own.from, own.to);
            at = own.to;
        }
        add(None, at, days.to);
        Self(weeks)
    }

    /// Whether no week reaches beyond the days.
    fn are_whole(&self) -> bool {
        self.0.iter().all(|week| week.is_whole)
    }

    /// The goal, if the weeks with one are all those in which somebody sells; where nobody knows who sells,
    /// all weeks.
    fn goal(
        &self,
        minor: i64,
        with_goal: &BTreeSet<NaiveDate>,
        sells: &dyn Fn(Week) -> bool,
    ) -> Goal {
        if self.are_whole() && with_goal.len() >= self.0.len() {
            return Goal::Whole(minor);
        }
        let mut needed: Vec<&Week> = self.0.iter().filter(|week| sells(**week)).collect();
        if needed.is_empty() {
            needed = self.0.iter().collect();
        }
        let length = |week: &Week| (week.to - week.from).num_days();
        let of: i64 = needed.iter().map(|week| length(week)).sum();
        needed.retain(|week| week.is_whole && with_goal.contains(&week.from));
        let days: i64 = needed.iter().map(|week| length(week)).sum();
        let number = |days: i64| u32::try_from(days).unwrap_or(0);
        if days == of {
            Goal::Whole(minor)
        } else {
            Goal::Part {
                days: number(days),
                of: number(of),
            }
        }
    }
}

impl App {
    /// Goal of a scope on some days (whole cut weeks), None where no goal reaches down there. The whole
    /// company's year has one as soon as it is set, everything else once it is split.
    pub(in crate::performance) async fn goal_known(
        &self,
        index: &GoalIndex,
        units: Option<&[UnitId]>,
        days: Days,
    ) -> Result<Option<Goal>> {
        let mut total: Option<i64> = None;
        let mut with_goal = BTreeSet::new();
        for (plan, own) in index.touching(days) {
            let query = self.goal_query(plan, own, units, GoalSumSplit::Week);
            let weeks = self.store()?.goal_sums(&query).await?;
            let is_year = own == days && own == Days::from(plan.period()?);
            let is_companys = units.is_none() && *self.sight() == Sight::Company;
            let minor = if is_year && is_companys {
                if weeks.is_empty() {
                    let all = CutWeeks::of(index, own).0.into_iter();
                    with_goal.extend(all.map(|week| week.from));
                }
                Some(plan.amount.minor)
            } else {
                weeks.iter().try_fold(None, |sum: Option<i64>, week| {
                    let sum = sum.unwrap_or(0).checked_add(week.minor);
                    Ok::<_, CoreError>(Some(sum.ok_or(CoreError::Overflow("goal"))?))
                })?
            };
            with_goal.extend(weeks.iter().filter_map(|week| week.start));
            if let Some(minor) = minor {
                let sum = total.unwrap_or(0).checked_add(minor);
                total = Some(sum.ok_or(CoreError::Overflow("goal"))?);
            }
        }
        let Some(minor) = total else {
            return Ok(None);
        };
        let organisation = self.store()?.organisation().await?;
        let (seen, person) = (self.sight().units(units), self.sight().person());
        let sells = |week: Week| match (&seen, person) {
            (seen, Some(person)) => sells_in(&organisation, person, seen.as_deref(), week),
            (Some(units), None) => units.iter().any(|unit| {
                let mut sellers = organisation.sellers_within(*unit, week.from, week.to);
                sellers.next().is_some()
            }),
            // The company is there on all days.
            (None, None) => true,
        };
        Ok(Some(
            CutWeeks::of(index, days).goal(minor, &with_goal, &sells),
        ))
    }

    /// Goals of people on some days, those of some units only: who moved has a part here, a part there.
    pub(in crate::performance) async fn goals_of_people(
        &self,
        index: &GoalIndex,
        days: Days,
        units: Option<&[UnitId]>,
    ) -> Result<BTreeMap<PersonId, Goal>> {
        let sums = self
            .goals_by(index, days, units, GoalSumSplit::Person, |sum| sum.person)
            .await?;
        let weeks = CutWeeks::of(index, days);
        let are_whole = weeks.are_whole();
        let organisation = self.store()?.organisation().await?;
        let seen = self.sight().units(units);
        let mut goals = BTreeMap::new();
        // Most have their goals in just the weeks in which there are any.
        let mut of_all = None;
        for (person, sum) in sums {
            let goal = if are_whole && sum.weeks >= weeks.0.len() {
                Goal::Whole(sum.minor)
            } else {
                let of_all = match &of_all {
                    Some(of_all) => of_all,
                    None => of_all.insert(self.weeks_with_goal(index, days, units, None).await?),
                };
                let own = if sum.weeks == of_all.len() {
                    None
                } else {
                    Some(
                        self.weeks_with_goal(index, days, units, Some(person))
                            .await?,
                    )
                };
                let with_goal = own.as_ref().unwrap_or(of_all);
                weeks.goal(sum.minor, with_goal, &|week| {
                    sells_in(&organisation, person, seen.as_deref(), week)
                })
            };
            goals.insert(person, goal);
        }
        Ok(goals)
    }

    /// First days of the cut weeks in which anybody has a goal, or one person.
    async fn weeks_with_goal(
        &self,
        index: &GoalIndex,
        days: Days,
        units: Option<&[UnitId]>,
        person: Option<PersonId>,
    ) -> Result<BTreeSet<NaiveDate>> {
        let mut weeks = BTreeSet::new();
        for (plan, days) in index.touching(days) {
            let mut query = self.goal_query(plan, days, units, GoalSumSplit::Week);
            query.person = person.or(query.person);
            let sums = self.store()?.goal_sums(&query).await?;
            weeks.extend(sums.iter().filter_map(|one| one.start));
        }
        Ok(weeks)
    }

    /// Goals of leaf units on some days, those of some units only.
    pub(in crate::performance) async fn goals_of_units(
        &self,
        index: &GoalIndex,
        days: Days,
        units: Option<&[UnitId]>,
    ) -> Result<BTreeMap<UnitId, Goal>> {
        let sums = self
            .goals_by(index, days, units, GoalSumSplit::Unit, |sum| sum.unit)
            .await?;
        let weeks = CutWeeks::of(index, days);
        let (are_whole, weeks) = (weeks.are_whole(), weeks.0.len());
        let mut goals = BTreeMap::new();
        for (unit, sum) in sums {
            let goal = if are_whole && sum.weeks >= weeks {
                Some(Goal::Whole(sum.minor))
            } else {
                self.goal_known(index, Some(&[unit]), days).await?
            };
            goals.extend(goal.map(|goal| (unit, goal)));
        }
        Ok(goals)
    }
}

/// Whether somebody sells in a week, in one of some units; without them wherever.
fn sells_in(
    organisation: &Organisation,
    person: PersonId,
    units: Option<&[UnitId]>,
    week: Week,
) -> bool {
    let mut stays = organisation.stays(person);
    stays.any(|stay| {
        stay.role == MemberRole::Sales
            && units.is_none_or(|units| units.contains(&stay.unit))
            && stay.from < week.to
            && week.from < stay.to
    })
}
