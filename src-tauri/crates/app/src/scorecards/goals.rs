//! Goals of KPIs: set one by one, and listed as they were set.

use std::collections::BTreeMap;

use serde_json::json;
use yeji_core::Ratio;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::org::Organisation;
use yeji_core::scorecard::KpiGoal;
use yeji_insight::kpi::Direction;
use yeji_store::{ChangeKind, Entity, kpi_goal_id};

use super::book::whose_of;
use super::error::ScorecardError;
use super::value;
use super::who::{Named, known_person, known_unit};
use crate::access::Sight;
use crate::api::scorecards::{GetKpiGoal, KpiGoalRow, KpiGoalView, ListKpiGoals, SetKpiGoal};
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::{Measured, Whose};

impl App {
    /// Goals of KPIs as they were set, which this actor sees: own ones, those of the units seen and of their
    /// people, and those of units above where they hold for them.
    pub async fn list_kpi_goals(&self, args: ListKpiGoals) -> Result<Vec<KpiGoalRow>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let all = store.kpi_goals(args.metric.as_deref()).await?;
        let mut known: BTreeMap<String, Option<Measured>> = BTreeMap::new();
        let mut rows = Vec::new();
        for goal in &all {
            if args.period.is_some_and(|period| period != goal.period) {
                continue;
            }
            if !known.contains_key(&goal.metric) {
                let measured = self.measured_or_gone(&goal.metric).await?;
                known.insert(goal.metric.clone(), measured.ok());
            }
            // Of a KPI that is gone nothing can be said but that it is.
            let Some(Some(measured)) = known.get(&goal.metric) else {
                continue;
            };
            if self.sees_goal(&organisation, goal, measured.is_sum()) {
                rows.extend(row(goal, &all, measured, &organisation));
            }
        }
        Ok(rows)
    }

    /// Whether a goal is seen.
    pub(crate) fn sees_goal(
        &self,
        organisation: &Organisation,
        goal: &KpiGoal,
        is_sum: bool,
    ) -> bool {
        let holds_for = |unit, below| !is_sum && is_above(organisation, unit, below);
        match (self.sight(), goal.unit, goal.person) {
            (Sight::Company, ..) => true,
            (Sight::Person(own), _, Some(person)) => *own == person,
            (Sight::Person(own), Some(unit), _) => {
                let mut stays = organisation.stays(*own);
                stays.any(|stay| holds_for(unit, stay.unit))
            }
            (Sight::Units(units), Some(unit), _) => {
                units.contains(&unit) || units.iter().any(|own| holds_for(unit, *own))
            }
            (Sight::Units(units), _, Some(person)) => {
                let mut stays = organisation.stays(person);
                stays.any(|stay| units.contains(&stay.unit))
            }
            (_, None, None) => false,
        }
    }

    /// Sets what a unit or person is to reach in a period of a KPI, or takes it away.
    ///
    /// # Errors
    /// A KPI that is planned, of which neither side is better, or that is not there; a value that is none of
    /// its unit; nothing to take away.
    pub async fn set_kpi_goal(&self, args: SetKpiGoal) -> Result<KpiGoalView> {
        let _turn = self.turn().await;
        let organisation = self.store()?.organisation().await?;
        let whose = match (args.unit, args.person) {
            (Some(unit), None) => {
                known_unit(&organisation, unit)?;
                Whose::Unit(unit)
            }
            (None, Some(person)) => {
                known_person(&organisation, person)?;
                Whose::Person(person)
            }
            _ => return Err(Error::input("person", "", "a unit or a person")),
        };
        let measured = self.measured(&args.metric).await?;
        refuse_metric(&measured)?;
        refuse_period(args.period)?;
        if args.value.is_some() {
            self.refuse_planned(&measured, args.period).await?;
        }
        let from = args.from.unwrap_or(args.period.start());
        crate::dates::known_day("from", from)?;
        if from >= args.period.end() {
            let expected = "a day before the period ends";
            return Err(Error::input("from", &from.to_string(), expected));
        }
        let read = args.value.as_deref();
        let read = read.map(|text| value::read(&measured, text)).transpose()?;
        let goal = KpiGoal {
            metric: args.metric.clone(),
            unit: args.unit,
            person: args.person,
            period: args.period,
            from,
            value: read.unwrap_or(Ratio::ZERO),
        };
        self.put_goal(&goal, read, &measured, &Named::of(&organisation, whose))
            .await?;
        self.kpi_goal_of(&measured, &organisation, whose, args.period)
            .await
    }

    /// Refuses a goal beside the plan in force of the same year.
    async fn refuse_planned(&self, measured: &Measured, period: Period) -> Result<()> {
        let code = &measured.definition().code;
        let Some(metric) = super::planned_metric(code) else {
            return Ok(());
        };
        let index = self.goal_index(metric).await?;
        if !index.covers(period) {
            return Ok(());
        }
        let metric = code.clone();
        Err(ScorecardError::Planned { metric }.into())
    }

    /// Keeps a goal, or takes it away where there is no value.
    async fn put_goal(
        &self,
        goal: &KpiGoal,
        value: Option<Ratio>,
        measured: &Measured,
        named: &Named,
    ) -> Result<()> {
        let kept = self.store()?.kpi_goals(Some(&goal.metric)).await?;
        let id = kpi_goal_id(goal);
        let before = kept.iter().find(|one| kpi_goal_id(one) == id);
        let mut summary = json!({
            "kpi_goal": goal.metric, "name": named.name, "period": goal.period.to_string(),
            "from": goal.from,
        });
        let mut change = self.change(ChangeKind::Setting, json!(null));
        match value {
            None if before.is_none() => {
                return Err(Error::NotFound {
                    what: "kpi_goal",
                    value: format!("{} {}", named.name, goal.period),
                });
            }
            None => {
                summary["removed"] = json!(true);
                change.delete.push((Entity::KpiGoal, id));
            }
            Some(value) if before.is_some_and(|one| one.value == value) => return Ok(()),
            Some(value) => {
                summary["value"] = json!(measured.shown(value));
                change.put.push(goal.clone().into());
            }
        }
        change.summary = summary;
        self.apply(change).await
    }

    /// The goal of a unit or person in a period, where it comes from, and what the parts are together.
    pub async fn get_kpi_goal(&self, args: GetKpiGoal) -> Result<KpiGoalView> {
        let organisation = self.store()?.organisation().await?;
        let whose = self.whose_kpis(&organisation, args.unit, args.person)?;
        let measured = self.measured(&args.metric).await?;
        refuse_neutral(&measured)?;
        refuse_period(args.period)?;
        self.kpi_goal_of(&measured, &organisation, whose, args.period)
            .await
    }
}

/// Whether a unit is another one, or above it.
fn is_above(
    organisation: &Organisation,
    unit: yeji_core::ids::UnitId,
    below: yeji_core::ids::UnitId,
) -> bool {
    let mut at = Some(below);
    while let Some(id) = at {
        if id == unit {
            return true;
        }
        at = organisation.unit(id).and_then(|one| one.parent);
    }
    false
}

/// Goals of the won amount are planned, and not set one by one; what has no better side cannot be reached.
fn refuse_metric(measured: &Measured) -> Result<()> {
    let definition = measured.definition();
    let metric = definition.code.clone();
    if metric == super::PLANNED {
        return Err(ScorecardError::Planned { metric }.into());
    }
    refuse_neutral(measured)
}

/// What has no better side cannot be reached.
fn refuse_neutral(measured: &Measured) -> Result<()> {
    let definition = measured.definition();
    if definition.direction == Direction::Neutral {
        let metric = definition.code.clone();
        return Err(ScorecardError::Neutral { metric }.into());
    }
    Ok(())
}

/// Weeks are too short for what is no sum.
pub(super) fn refuse_period(period: Period) -> Result<()> {
    match period.kind() {
        PeriodKind::Year | PeriodKind::Half | PeriodKind::Quarter | PeriodKind::Month => Ok(()),
        PeriodKind::CutWeek | PeriodKind::IsoWeek => {
            let expected = "a year, half, quarter or month";
            Err(Error::input("period", &period.to_string(), expected))
        }
    }
}

fn row(
    goal: &KpiGoal,
    all: &[KpiGoal],
    measured: &Measured,
    organisation: &Organisation,
) -> Option<KpiGoalRow> {
    let same = |other: &&KpiGoal| {
        (&other.metric, other.unit, other.person, other.period)
            == (&goal.metric, goal.unit, goal.person, goal.period)
    };
    let later = all.iter().filter(same).map(|other| other.from);
    let named = Named::of(organisation, whose_of(goal)?);
    Some(KpiGoalRow {
        metric: goal.metric.clone(),
        name: measured.info().name,
        whose: named.id,
        whose_name: named.name,
        staff_number: named.staff_number,
        level: named.level.to_owned(),
        period: goal.period,
        from: goal.from,
        to: later.filter(|from| *from > goal.from).min(),
        value: goal.value.to_string(),
        shown: measured.shown(goal.value).unwrap_or_default(),
    })
}
