//! The input of `bonus.calculate` for a period: who is paid, their goals, target bonuses and KPIs, and
//! what is credited.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use yeji_bonus::condition;
use yeji_bonus::plan::Baseline;
use yeji_bonus::{
    CalculateInput, Component, Detail, FactInput, GoalInput, KpiInput, Measure, PersonInput, Plan,
    Span, TeamInput,
};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::{GoalMetric, MetricUnit};
use yeji_core::org::{Organisation, Person};
use yeji_core::scorecard::KpiGoal;
use yeji_core::{Currency, Ratio};

use super::assign::{Assigned, DaysUnder, days_under};
use super::people;
use super::versions::last_day;
use crate::api::performance::Days;
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::{carriers, depth_first};
use crate::performance::Whose;

impl App {
    pub(super) async fn bonus_input(&self, plan: &Plan, period: Period) -> Result<CalculateInput> {
        if period.kind() != plan.period {
            return Err(yeji_bonus::Error::WrongPeriod {
                plan: plan.period,
                period,
            }
            .into());
        }
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let currency = self.currency().await?;
        let known = self.plan_facts(plan, period).await?;
        let periods = people::periods_since(known.since, period)?;
        let reports = if people::asks_for_reports(plan) {
            people::reports(&organisation)
        } else {
            Vec::new()
        };
        let teams = if people::asks_for_teams(plan) {
            let teams = people::teams(&organisation);
            self.with_goals(teams, plan, period, currency).await?
        } else {
            Vec::new()
        };
        let paid = paid_people(&organisation, period, &known.facts, &reports, &teams)?;
        let days = (known.since, period);
        let under = self.days_of(plan, days, &paid, &periods).await?;
        let paid: BTreeSet<PersonId> = under.keys().copied().collect();
        let goals = self.goals_of(plan, &paid, &periods, currency).await?;
        let kpis = self.kpis_of(plan, &paid, &periods).await?;
        let objectives = self.objectives_of(plan, period).await?;
        let mut people = Vec::with_capacity(paid.len());
        for (id, days) in under {
            let Some(person) = organisation.person(id) else {
                continue;
            };
            people.push(PersonInput {
                person: id.to_string(),
                name: person.name.clone(),
                employed: employed(person),
                assignments: days.assignments,
                partly: days.partly,
                goals: goals.get(&id).cloned().unwrap_or_default(),
                kpis: kpis.get(&id).cloned().unwrap_or_default(),
                objectives: objectives.get(&id).cloned().unwrap_or_default(),
                goal: None,
                target_bonus: None,
                deals: Vec::new(),
                adjustments_only: false,
            });
        }
        people.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.person.cmp(&b.person)));
        Ok(CalculateInput {
            plan: plan.clone(),
            period,
            as_of: self.clock.today(),
            currency,
            detail: Detail::Full,
            people,
            facts: known.facts,
            reports,
            teams,
            adjustments: Vec::new(),
        })
    }

    /// The days of people under a plan, of those who are under it; `since`: the first day that is looked at.
    async fn days_of(
        &self,
        plan: &Plan,
        (since, period): (NaiveDate, Period),
        people: &BTreeSet<PersonId>,
        periods: &[Period],
    ) -> Result<BTreeMap<PersonId, DaysUnder>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let mut records: HashMap<PersonId, Vec<TargetBonus>> = HashMap::new();
        for record in store.target_bonuses().await? {
            records.entry(record.person).or_default().push(record);
        }
        let book = self.plan_book().await?;
        let assigned = Assigned::new(&book, &organisation);
        let code = book.stands_for(&plan.code, last_day(period));
        let first = people::first_day(plan, period);
        let mut under = BTreeMap::new();
        for person in people.iter().filter_map(|id| organisation.person(*id)) {
            let records = records.get(&person.id).map_or(&[][..], Vec::as_slice);
            let days = days_under(
                &code,
                &assigned.under(person.id, first.min(since), period.end()),
                employed(person),
                people::assignments(records, periods)?,
                (first, period.start(), period.end()),
            );
            if let Some(days) = days {
                under.insert(person.id, days);
            }
        }
        Ok(under)
    }

    /// Periods of the company's calendar, of the plan of everybody today, that have data or a goal, newest
    /// first.
    pub(super) async fn bonus_periods(&self) -> Result<Vec<Period>> {
        let (_, plan) = self.plan_on(None, self.clock.today()).await?;
        let fiscal = self.company_calendar().await?.fiscal()?;
        let mut periods = BTreeSet::new();
        for month in self.months_with_data().await? {
            // A month with data may lie in two of a company whose months are made of weeks.
            let next = month.checked_add_months(chrono::Months::new(1));
            periods.extend(fiscal.periods(plan.period, month, next.unwrap_or(month)));
        }
        for year in self.goal_index(GoalMetric::WonAmount).await?.years() {
            let year = fiscal.year(year)?;
            match plan.period {
                PeriodKind::Year => drop(periods.insert(year)),
                kind => periods.extend(year.parts(kind)),
            }
        }
        Ok(periods.into_iter().rev().take(super::MAX_PERIODS).collect())
    }

    /// Refuses a plan that asks for KPIs which the library does not have.
    pub(super) async fn require_known_kpis(&self, plan: &Plan) -> Result<()> {
        for code in kpis_of_plan(plan) {
            self.measured(&code).await?;
        }
        // A goal that nobody can have would pay everybody nothing, without a word.
        for code in plan.components.iter().filter_map(Component::named_goal) {
            if code.parse::<GoalMetric>().is_err() {
                self.measured(code).await?;
            }
        }
        Ok(())
    }

    /// Goals by person. A goal's code is that of a figure that is planned, or of any other KPI.
    async fn goals_of(
        &self,
        plan: &Plan,
        paid: &BTreeSet<PersonId>,
        periods: &[Period],
        currency: Currency,
    ) -> Result<BTreeMap<PersonId, Vec<GoalInput>>> {
        // A statement is made of the same input whoever looks at it; only their own is shown to them.
        let whole = self.seeing_everything();
        let mut goals: BTreeMap<PersonId, Vec<GoalInput>> = BTreeMap::new();
        let codes: BTreeSet<&str> = plan.components.iter().map(Component::goal_code).collect();
        for code in codes {
            if let Ok(metric) = code.parse::<GoalMetric>() {
                let index = self.goal_index(metric).await?;
                for period in periods {
                    for (person, minor) in whole.goals_by_person(&index, *period).await? {
                        let goal = goal_input(*period, code, metric, minor, currency)?;
                        goals.entry(person).or_default().push(goal);
                    }
                }
            } else {
                for goal in self.store()?.kpi_goals(Some(code)).await? {
                    let person = goal.person.filter(|person| paid.contains(person));
                    if let (Some(person), true) = (person, periods.contains(&goal.period)) {
                        add_latest(goals.entry(person).or_default(), code, &goal);
                    }
                }
            }
        }
        Ok(goals)
    }

    /// Goals of teams in the period.
    async fn with_goals(
        &self,
        mut teams: Vec<TeamInput>,
        plan: &Plan,
        period: Period,
        currency: Currency,
    ) -> Result<Vec<TeamInput>> {
        let whole = self.seeing_everything();
        let pools = plan.components.iter().filter(|one| one.pool.is_some());
        let codes: BTreeSet<&str> = pools.map(Component::goal_code).collect();
        for code in codes {
            let Ok(metric) = code.parse::<GoalMetric>() else {
                continue;
            };
            let index = self.goal_index(metric).await?;
            for team in &mut teams {
                let unit: UnitId = team.team.parse()?;
                let goal = whole.goal_of(&index, Some(&[unit]), period.into()).await?;
                if let Some(minor) = goal {
                    team.goals
                        .push(goal_input(period, code, metric, minor, currency)?);
                }
            }
        }
        Ok(teams)
    }

    /// Values of the KPIs that the plan asks for.
    async fn kpis_of(
        &self,
        plan: &Plan,
        paid: &BTreeSet<PersonId>,
        periods: &[Period],
    ) -> Result<BTreeMap<PersonId, Vec<KpiInput>>> {
        let whole = self.seeing_everything();
        let people: Vec<PersonId> = paid.iter().copied().collect();
        let asked: Vec<Whose> = people.iter().map(|id| Whose::Person(*id)).collect();
        let scored = scored_kpis(plan);
        let mut kpis: BTreeMap<PersonId, Vec<KpiInput>> = BTreeMap::new();
        for code in kpis_of_plan(plan) {
            let measured = whole.measured(&code).await?;
            for period in periods {
                let days = Days::from(*period);
                let values = whole.figures_of(&measured, &asked, days).await?;
                let goals = if scored.contains(&code) {
                    self.kpi_goals_of(&code, *period, &asked).await?
                } else {
                    BTreeMap::new()
                };
                for (person, value) in people.iter().zip(values) {
                    let value = value.ok();
                    let goal = goals.get(person).copied();
                    kpis.entry(*person).or_default().push(KpiInput {
                        kpi: code.clone(),
                        period: *period,
                        value,
                        attainment: attainment(value, goal)?,
                    });
                }
            }
        }
        Ok(kpis)
    }

    /// Goals of a KPI by person: from the plans where the figure is planned, else those that were set.
    async fn kpi_goals_of(
        &self,
        code: &str,
        period: Period,
        whose: &[Whose],
    ) -> Result<BTreeMap<PersonId, Ratio>> {
        let mut goals = BTreeMap::new();
        if let Ok(metric) = code.parse::<GoalMetric>() {
            let everybody = self.seeing_everything();
            let figures = everybody
                .planned_goals(metric, whose, period.into())
                .await?;
            for (one, figure) in whose.iter().zip(figures) {
                if let (Whose::Person(person), Ok(goal)) = (one, figure) {
                    goals.insert(*person, goal);
                }
            }
            return Ok(goals);
        }
        let mut set = self.store()?.kpi_goals(Some(code)).await?;
        set.retain(|goal| goal.period == period);
        set.sort_by_key(|goal| goal.from);
        for goal in set {
            if let Some(person) = goal.person {
                goals.insert(person, goal.value);
            }
        }
        Ok(goals)
    }
}

fn employed(person: &Person) -> Span {
    Span {
        from: person.hired_on,
        to: person.left_on,
    }
}

fn goal_input(
    period: Period,
    code: &str,
    metric: GoalMetric,
    minor: i64,
    currency: Currency,
) -> Result<GoalInput> {
    let per = match metric.unit() {
        MetricUnit::Money => currency.minor_per_major(),
        MetricUnit::Count => 1,
    };
    Ok(GoalInput {
        period,
        measure: code.to_owned(),
        amount: Ratio::new(minor.into(), per.into())?,
    })
}

/// The goal that was set last for a period.
fn add_latest(goals: &mut Vec<GoalInput>, code: &str, goal: &KpiGoal) {
    let same = |one: &&mut GoalInput| one.period == goal.period && one.measure == code;
    match goals.iter_mut().find(same) {
        Some(known) => known.amount = goal.value,
        None => goals.push(GoalInput {
            period: goal.period,
            measure: code.to_owned(),
            amount: goal.value,
        }),
    }
}

fn attainment(value: Option<Ratio>, goal: Option<Ratio>) -> Result<Option<Ratio>> {
    let (Some(value), Some(goal)) = (value, goal.filter(|goal| *goal > Ratio::ZERO)) else {
        return Ok(None);
    };
    Ok(Some(value.checked_div(goal)?))
}

/// Whoever carries a goal in the period, and whoever is credited, leads those who are, or shares a pool:
/// even a statement of nothing says why.
fn paid_people(
    organisation: &Organisation,
    period: Period,
    facts: &[FactInput],
    reports: &[yeji_bonus::ReportInput],
    teams: &[TeamInput],
) -> Result<BTreeSet<PersonId>> {
    let company = organisation.company().ok_or_else(|| Error::Nobody {
        period: period.to_string(),
    })?;
    let tree = depth_first(organisation, company.id);
    let mut paid: BTreeSet<PersonId> = carriers(organisation, &tree, period.start(), period.end())
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let inside = |fact: &&FactInput| period.contains(fact.on);
    for fact in facts.iter().filter(inside) {
        for credit in &fact.credits {
            paid.insert(credit.person.parse()?);
        }
    }
    let meets = |from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>| {
        Span { from, to }.meets(period.start(), period.end())
    };
    for report in reports.iter().filter(|one| meets(one.from, one.to)) {
        paid.insert(report.manager.parse()?);
    }
    for member in teams.iter().flat_map(|team| &team.members) {
        if meets(member.from, member.to) {
            paid.insert(member.person.parse()?);
        }
    }
    Ok(paid)
}

/// Codes of KPIs that a plan asks for.
fn kpis_of_plan(plan: &Plan) -> BTreeSet<String> {
    let mut codes = scored_kpis(plan);
    let own = ["measure", "goal", "attainment", "target_bonus"];
    for component in &plan.components {
        if let Measure::Kpi { kpi, .. } = &component.measure {
            codes.insert(kpi.clone());
        }
        if let Some(Baseline::Kpi { kpi }) = &component.rate.baseline {
            codes.insert(kpi.clone());
        }
        let gates = component.gates.iter().map(|gate| &gate.when);
        let texts = gates.chain(component.modifiers.iter().map(|one| &one.value));
        for text in texts {
            // A plan whose conditions cannot be read was refused before.
            let Ok(read) = condition::parse(text) else {
                continue;
            };
            let names = read.names().into_iter().filter(|name| !own.contains(name));
            codes.extend(names.map(str::to_owned));
        }
    }
    codes
}

/// Codes of KPIs of which scorecards ask the attainment.
fn scored_kpis(plan: &Plan) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for component in &plan.components {
        if let Measure::Scorecard { items } = &component.measure {
            codes.extend(items.iter().map(|item| item.kpi.clone()));
        }
    }
    codes
}
