//! Goals by person and month: a new version of the year's goal, with what the file says nothing of as
//! it was.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;
use yeji_core::calendar::{FiscalCalendar, Months, Period, PeriodKind, WorkingDays};
use yeji_core::goal::{GoalCell, GoalLock, GoalPlan, GoalPlanState};
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_core::org::{MemberRole, Organisation};
use yeji_core::{Error as CoreError, Money, allocate};
use yeji_intake::{FactRow, Field};

use super::references::{need, only_row};
use crate::data::organise::RowEffect;
use crate::data::planner::Run;
use crate::data::planner::outcome::{Refused, Taken};
use crate::data::planner::samples::Of;
use crate::error::Result;
use crate::goals::KeptRule;

/// The goals of won amounts as the store has them.
#[derive(Debug, Default)]
pub(crate) struct KnownGoals {
    /// All versions of all years.
    plans: Vec<GoalPlan>,
    /// The leaves of the version in force, by year.
    cells: BTreeMap<i32, Vec<GoalCell>>,
    /// Their sums by person and first day of the month.
    months: BTreeMap<(PersonId, NaiveDate), i64>,
    /// What is locked in the versions in force.
    locks: Vec<GoalLock>,
    /// The company's, for years without a goal.
    calendar: FiscalCalendar,
}

/// The goals that a run has read, by person and first day of the month, in minor units.
#[derive(Debug, Default)]
pub(crate) struct GoalsRead {
    months: BTreeMap<(PersonId, NaiveDate), i64>,
    /// The line that each came from.
    lines: BTreeMap<(PersonId, NaiveDate), u32>,
    /// Years that change.
    changed: BTreeSet<Period>,
}

impl Run<'_> {
    pub(super) fn goal(&mut self, row: &FactRow) -> Taken {
        let person = need(Field::PERSON, self.person_of(row, Field::PERSON)?)?;
        let month = need(Field::MONTH, row.day(Field::MONTH))?;
        let amount = need(Field::AMOUNT, row.amount(Field::AMOUNT))?;
        if amount.minor < 0 {
            return Err(Refused {
                code: "amount_negative",
                params: vec![
                    ("field", Field::AMOUNT.code().to_owned()),
                    ("value", amount.to_major()),
                ],
            });
        }
        let year = need(Field::MONTH, self.known.goals.year_of(month))?;
        if year.calendar().rule().months != Months::Calendar {
            return Err(Refused {
                code: "goal_month_of_weeks",
                params: vec![("period", year.to_string())],
            });
        }
        let repeated = self.goals.months.contains_key(&(person, month));
        let first = *self.goals.lines.entry((person, month)).or_insert(row.line);
        only_row(row, first, repeated)?;
        let before = self.known.goals.months.get(&(person, month)).copied();
        let effect = match before {
            None => RowEffect::New,
            Some(minor) if minor == amount.minor => RowEffect::Unchanged,
            Some(_) => RowEffect::Changed,
        };
        if effect != RowEffect::Unchanged {
            let days = year.calendar().containing(PeriodKind::Month, month);
            if self.is_locked(person, need(Field::MONTH, days.ok())?) {
                return Err(Refused {
                    code: "goal_month_locked",
                    params: vec![("period", month.format("%Y-%m").to_string())],
                });
            }
            self.goals.changed.insert(year);
        }
        self.goals.months.insert((person, month), amount.minor);
        let cell = |minor| GoalCell {
            plan: GoalPlanId(Uuid::nil()),
            unit: self.company,
            person: Some(person),
            start: month,
            end: month,
            minor,
        };
        let of = Of::Value {
            before: before.map(|minor| Box::new(cell(minor).into())),
            after: Box::new(cell(amount.minor).into()),
        };
        self.sink.row_did(effect, row.line, of);
        Ok(())
    }

    /// Whether a month of a person's goal is locked: by a lock of the person, or of a unit above the goal.
    fn is_locked(&self, person: PersonId, month: Period) -> bool {
        let known = &self.known.goals;
        let meets = |lock: &&GoalLock| {
            lock.period.start() < month.end() && month.start() < lock.period.end()
        };
        let mut locks = known.locks.iter().filter(meets).peekable();
        if locks.peek().is_none() {
            return false;
        }
        let cells = known.cells.values().flatten();
        let units: BTreeSet<UnitId> = cells
            .filter(|cell| cell.person == Some(person))
            .map(|cell| cell.unit)
            .collect();
        let Ok(organisation) = self.organiser.organisation() else {
            return true;
        };
        let is_above = |unit: UnitId| {
            let below = organisation.subtree(unit);
            // Who has no goal yet counts in a team that the import decides: a locked sum would change.
            units.is_empty() || units.iter().any(|own| below.contains(own))
        };
        locks.any(|lock| match lock.person {
            Some(own) => own == person,
            None => is_above(lock.unit),
        })
    }

    /// The versions that the goals of this run make.
    pub(in crate::data::planner) fn write_goals(&mut self) -> Result<()> {
        let organisation = self.organiser.organisation()?;
        for year in self.goals.changed.clone() {
            self.write_year(year, &organisation)?;
        }
        Ok(())
    }

    fn write_year(&mut self, days: Period, organisation: &Organisation) -> Result<()> {
        let year = days.year_number();
        let id = GoalPlanId(self.plan.clock.new_id());
        let known = &self.known.goals;
        let of_file = &self.goals.months;
        let kept = known.cells.get(&year).into_iter().flatten().filter(|cell| {
            let of_person = cell.person.map(|person| (person, month_of(cell)));
            !of_person.is_some_and(|key| of_file.contains_key(&key))
        });
        let mut cells: Vec<GoalCell> = kept
            .map(|cell| GoalCell {
                plan: id,
                ..cell.clone()
            })
            .collect();
        // A person has one place in a year's goal.
        let mut places: BTreeMap<PersonId, UnitId> = cells
            .iter()
            .filter_map(|cell| Some((cell.person?, cell.unit)))
            .collect();
        for ((person, month), minor) in of_file
            .iter()
            .filter(|((_, month), _)| days.contains(*month))
        {
            let unit = *places
                .entry(*person)
                .or_insert_with(|| place_in(organisation, *person, days, self.company));
            let month = days.calendar().containing(PeriodKind::Month, *month)?;
            cells.extend(leaves(id, unit, *person, month, *minor)?);
        }
        let total = cells
            .iter()
            .try_fold(0_i64, |sum, cell| sum.checked_add(cell.minor))
            .ok_or(CoreError::Overflow("goal of a year"))?;
        let versions: Vec<&GoalPlan> = known.plans.iter().filter(|p| p.year == year).collect();
        let kept = KeptRule {
            split: Some(id),
            by: "file".to_owned(),
            base: None,
            time: "working_days".to_owned(),
            notes: Vec::new(),
            blend: None,
        };
        let plan = GoalPlan {
            id,
            metric: GoalMetric::WonAmount,
            year,
            calendar: Some(days.calendar()).filter(|own| !own.is_calendar_year()),
            version: versions.iter().map(|p| p.version).max().unwrap_or(0) + 1,
            state: GoalPlanState::Published,
            amount: Money::new(total, self.plan.currency),
            rule: Some(serde_json::to_string(&kept).map_err(yeji_store::Error::from)?),
            created_at: self.plan.clock.now(),
        };
        let superseded = versions
            .iter()
            .filter(|plan| plan.state != GoalPlanState::Superseded)
            .map(|plan| {
                GoalPlan {
                    state: GoalPlanState::Superseded,
                    ..GoalPlan::clone(plan)
                }
                .into()
            });
        self.sink.add(superseded);
        let of_versions: BTreeSet<GoalPlanId> = versions.iter().map(|plan| plan.id).collect();
        let locks = known.locks.iter();
        let locks = locks.filter(|lock| of_versions.contains(&lock.plan));
        self.sink
            .add(locks.map(|lock| GoalLock { plan: id, ..*lock }.into()));
        self.sink.add([plan.into()]);
        self.sink.add(cells.into_iter().map(Into::into));
        Ok(())
    }
}

impl KnownGoals {
    /// All versions, and the leaves of those in force.
    pub(crate) fn new(
        plans: Vec<GoalPlan>,
        in_force: Vec<(i32, Vec<GoalCell>)>,
        locks: Vec<GoalLock>,
        calendar: FiscalCalendar,
    ) -> Result<Self> {
        let mut months: BTreeMap<(PersonId, NaiveDate), i64> = BTreeMap::new();
        for cell in in_force.iter().flat_map(|(_, cells)| cells) {
            if let Some(person) = cell.person {
                let sum = months.entry((person, month_of(cell))).or_default();
                *sum = sum
                    .checked_add(cell.minor)
                    .ok_or(CoreError::Overflow("goal of a month"))?;
            }
        }
        Ok(Self {
            plans,
            cells: in_force.into_iter().collect(),
            months,
            locks,
            calendar,
        })
    }

    /// The year that a month's goal belongs to: of the goal that the month has, else the company's.
    fn year_of(&self, month: NaiveDate) -> Option<Period> {
        let in_force = self.plans.iter();
        let in_force = in_force.filter(|plan| plan.state == GoalPlanState::Published);
        let years = in_force.filter_map(|plan| plan.period().ok());
        let own = years.filter(|year| year.contains(month));
        let own = own.max_by_key(|year| year.year_number());
        own.or_else(|| self.calendar.containing(PeriodKind::Year, month).ok())
    }
}

fn month_of(cell: &GoalCell) -> NaiveDate {
    cell.start.with_day(1).unwrap_or(cell.start)
}

/// Where a person carries the goal of a year: the team of the first stay in it as one who sells.
fn place_in(
    organisation: &Organisation,
    person: PersonId,
    year: Period,
    company: UnitId,
) -> UnitId {
    let first = organisation.stays(person).find(|stay| {
        stay.role == MemberRole::Sales && stay.from < year.end() && year.start() < stay.to
    });
    first
        .map(|stay| stay.unit)
        .or_else(|| organisation.team_on(person, year.start()))
        .unwrap_or(company)
}

/// A month's goal over its cut weeks by their working days, to the cent.
fn leaves(
    plan: GoalPlanId,
    unit: UnitId,
    person: PersonId,
    month: Period,
    minor: i64,
) -> Result<Vec<GoalCell>> {
    let weeks = month.children();
    let calendar = WorkingDays::default();
    let weights: Vec<u64> = weeks
        .iter()
        .map(|week| calendar.count(week.start(), week.end()))
        .collect();
    let parts = allocate(minor, &weights)?;
    Ok(weeks
        .iter()
        .zip(parts)
        .map(|(week, minor)| GoalCell {
            plan,
            unit,
            person: Some(person),
            start: week.start(),
            end: week.end(),
            minor,
        })
        .collect())
}
