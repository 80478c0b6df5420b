//! The rows that one person may see, read with that person's eyes: each step asks the sight that also
//! cuts the figures in the company's store.

use std::collections::BTreeSet;

use uuid::Uuid;
use yeji_core::Money;
use yeji_core::facts::Opportunity;
use yeji_core::goal::GoalPlan;
use yeji_core::ids::{BonusPlanId, BonusRunId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_store::{Entity, Record, Setting, StatementRow};

use super::blanks::{self, Sources};
use crate::access::{PaySight, Sight};
use crate::accounts::POLICIES;
use crate::api::bonus::GetBonusRun;
use crate::calendar::CALENDAR;
use crate::context::App;
use crate::error::Result;
use crate::goals::GOAL_AIMS;
use crate::performance::OWN_METRIC;
use crate::settings::{BONUS_PLAN_IN_FORCE, CURRENCY};

/// What goes into a personal file, besides whose it is.
#[derive(Debug, Default)]
pub(super) struct Extract {
    pub records: Vec<Record>,
    /// Runs whose facts have changed since.
    pub changed_runs: Vec<BonusRunId>,
    pub(super) sources: Sources,
}

impl Extract {
    pub(super) fn put(&mut self, record: impl Into<Record>) {
        self.records.push(record.into());
    }
}

impl App {
    /// All that this actor may see.
    pub(super) async fn extract(&self) -> Result<Extract> {
        let mut extract = Extract::default();
        self.extract_organisation(&mut extract).await?;
        let deals = self.seen_deals().await?;
        self.extract_work(&deals, &mut extract).await?;
        self.extract_own_parts(&deals, &mut extract).await?;
        self.extract_deals(deals, &mut extract).await?;
        self.extract_goals(&mut extract).await?;
        self.extract_rounds(&mut extract).await?;
        self.extract_scorecards(&mut extract).await?;
        self.extract_pay(&mut extract).await?;
        self.extract_settings(&mut extract).await?;
        if self.sight().person().is_some() {
            extract.put(self.boards_as_seen().await?.setting()?);
        }
        Ok(extract)
    }

    /// Units, people and who is where: everybody sees them.
    async fn extract_organisation(&self, extract: &mut Extract) -> Result<()> {
        let organisation = self.store()?.organisation().await?;
        for unit in organisation.units() {
            extract.put(blanks::unit(unit));
        }
        for person in organisation.people() {
            extract.put(blanks::person(person));
        }
        for stay in organisation.memberships() {
            extract.put(blanks::stay(stay));
        }
        Ok(())
    }

    /// The deals that are in this actor's figures.
    pub(super) async fn seen_deals(&self) -> Result<Vec<Opportunity>> {
        let store = self.store()?;
        let records = match self.sight() {
            Sight::Units(units) => return Ok(store.deals_of_units(units).await?),
            Sight::Person(person) => {
                let owner = [person.0].into_iter();
                store
                    .records_by(Entity::Opportunity, "owner", owner)
                    .await?
            }
            // Nobody sees the whole company from a personal file.
            Sight::Company => Vec::new(),
        };
        let deal = |record| match record {
            Record::Opportunity(deal) => Some(deal),
            _ => None,
        };
        Ok(records.into_iter().filter_map(deal).collect())
    }

    /// Deals, and of customers and products the names.
    async fn extract_deals(&self, deals: Vec<Opportunity>, extract: &mut Extract) -> Result<()> {
        let store = self.store()?;
        let customers: BTreeSet<Uuid> = deals
            .iter()
            .filter_map(|deal| deal.customer)
            .map(|id| id.0)
            .collect();
        let products: BTreeSet<Uuid> = deals
            .iter()
            .filter_map(|deal| deal.product)
            .map(|id| id.0)
            .collect();
        for record in store
            .records_by(Entity::Customer, "id", customers.into_iter())
            .await?
        {
            if let Record::Customer(customer) = record {
                extract.put(blanks::customer(customer));
            }
        }
        for record in store
            .records_by(Entity::Product, "id", products.into_iter())
            .await?
        {
            if let Record::Product(product) = record {
                extract.put(blanks::product(product));
            }
        }
        for deal in deals {
            let deal = blanks::deal(deal, &mut extract.sources);
            extract.put(deal);
        }
        Ok(())
    }

    /// What was done and is meant to be done about these deals, as far as it is seen; and own feedback.
    async fn extract_work(&self, deals: &[Opportunity], extract: &mut Extract) -> Result<()> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let customers: BTreeSet<Uuid> = deals
            .iter()
            .filter_map(|deal| deal.customer)
            .map(|id| id.0)
            .collect();
        for record in store
            .records_by(Entity::Interaction, "customer", customers.into_iter())
            .await?
        {
            if let Record::Interaction(mut one) = record
                && self.sees_work_of(&organisation, one.person, one.on)
            {
                one.origin = extract.sources.origin(one.origin);
                extract.put(one);
            }
        }
        let ids = deals.iter().map(|deal| deal.id.0);
        for record in store
            .records_by(Entity::NextStep, "opportunity", ids)
            .await?
        {
            if let Record::NextStep(mut one) = record
                && self.sees_work_of(&organisation, one.person, one.written_at.date_naive())
            {
                one.origin = extract.sources.origin(one.origin);
                extract.put(one);
            }
        }
        if let Some(person) = self.actor().person() {
            for mut one in store.feedback(Some(person)).await? {
                one.origin = extract.sources.origin(one.origin);
                extract.put(one);
            }
        }
        Ok(())
    }

    /// Goals in force with the seen cells; their amounts are the sums of these.
    async fn extract_goals(&self, extract: &mut Extract) -> Result<()> {
        for metric in GoalMetric::ALL.iter().copied() {
            let index = self.goal_index(metric).await?;
            for year in index.years() {
                if let Some(plan) = index.plan(year) {
                    let cells = self.seen_cells(plan).await?;
                    let mut amount = Money::new(0, plan.amount.currency);
                    for cell in &cells {
                        let part = Money::new(cell.minor, amount.currency);
                        amount = amount.checked_add(part)?;
                    }
                    extract.put(without_notes(plan, amount));
                    extract.records.extend(cells.into_iter().map(Into::into));
                }
                if let Some(draft) = index.draft(year) {
                    // That there is a newer goal is seen, not which.
                    let nothing = Money::new(0, draft.amount.currency);
                    extract.put(without_notes(draft, nothing));
                }
            }
        }
        Ok(())
    }

    /// By what one is measured, and the goals of KPIs that are seen.
    async fn extract_scorecards(&self, extract: &mut Extract) -> Result<()> {
        let store = self.store()?;
        for scorecard in store.scorecards().await? {
            extract.put(scorecard);
        }
        let organisation = store.organisation().await?;
        for goal in store.kpi_goals(None).await? {
            // Of a KPI that is gone nothing is seen.
            let Ok(measured) = self.measured_or_gone(&goal.metric).await? else {
                continue;
            };
            if self.sees_goal(&organisation, &goal, measured.is_sum()) {
                extract.put(goal);
            }
        }
        Ok(())
    }

    /// Target bonuses, statements with their runs, and the plans that these were made by: of the people
    /// whose pay is seen.
    async fn extract_pay(&self, extract: &mut Extract) -> Result<()> {
        let store = self.store()?;
        let pay = self.pay_sight().await?;
        for target in store.target_bonuses().await? {
            if pay.includes(target.person) {
                extract.put(target);
            }
        }
        let mut plans: BTreeSet<BonusPlanId> = BTreeSet::new();
        let in_force = store.setting(BONUS_PLAN_IN_FORCE).await?;
        plans.extend(in_force.and_then(|id| serde_json::from_value::<BonusPlanId>(id).ok()));
        let book = self.plan_book().await?;
        plans.extend(book.held_ids(&self.plans_in_sight(&book).await?));
        self.extract_assignments(&pay, extract).await?;
        let mut newest = BTreeSet::new();
        let (mut runs, mut seen) = (BTreeSet::new(), Vec::new());
        for run in store.bonus_runs(None).await? {
            let includes = |person| pay.includes(person);
            let Some(run) = crate::bonus::run_for_file(run, includes) else {
                continue;
            };
            let rows = self.statements_in_sight(run.id, &pay).await?;
            let Some(first) = rows.first() else { continue };
            let mut total = Money::new(0, first.payout.currency);
            for row in &rows {
                total = total.checked_add(row.payout)?;
            }
            let plan = run.result.get("plan").and_then(serde_json::Value::as_str);
            let plan = plan.unwrap_or_default().to_owned();
            if newest.insert((run.period.clone(), plan.clone())) {
                let period = run.period.parse()?;
                let plan = Some(plan).filter(|plan| book.knows(plan));
                let shown = self.get_bonus_run(GetBonusRun { period, plan }).await?;
                let changed = |note: &crate::api::Message| note.code == "facts_changed_since_run";
                let shown = shown.filter(|shown| shown.notes.iter().any(changed));
                // The run that counts is not always the newest: that may be one of some people.
                extract
                    .changed_runs
                    .extend(shown.and_then(|shown| shown.id));
            }
            plans.insert(run.plan);
            runs.insert(run.id);
            seen.extend(rows.iter().cloned());
            extract.put(blanks::run(run, total));
            extract.records.extend(rows.into_iter().map(Into::into));
        }
        self.extract_confirming(extract, &runs, &seen, &pay).await?;
        for plan in plans {
            if let Some(version) = store.bonus_plan(plan).await? {
                extract.put(version);
            }
        }
        Ok(())
    }

    /// The statements of a run in order, of whose pay is seen.
    async fn statements_in_sight(
        &self,
        run: BonusRunId,
        pay: &PaySight,
    ) -> Result<Vec<StatementRow>> {
        let store = self.store()?;
        let PaySight::People(people) = pay else {
            return Ok(store.statements(run).await?);
        };
        let mut rows = Vec::new();
        for person in people {
            rows.extend(store.statement_of(run, *person).await?);
        }
        rows.sort_by_key(|row| row.id);
        Ok(rows)
    }

    /// Under which plan those are whose pay is seen, and their objectives. What units and everybody are under
    /// says nothing of others; a unit's target bonus is told to whom it may hold for.
    async fn extract_assignments(&self, pay: &PaySight, extract: &mut Extract) -> Result<()> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let mut units: BTreeSet<UnitId> = BTreeSet::new();
        for stay in organisation.memberships() {
            let mut unit = pay.includes(stay.person).then_some(stay.unit);
            while let Some(id) = unit.filter(|id| units.insert(*id)) {
                unit = organisation.unit(id).and_then(|unit| unit.parent);
            }
        }
        for one in store.plan_assignments().await? {
            let seen = match (one.person, one.unit) {
                (Some(person), _) => pay.includes(person),
                (None, Some(unit)) => units.contains(&unit),
                (None, None) => true,
            };
            if seen {
                extract.put(one);
            }
        }
        for one in store.bonus_objectives(None).await? {
            if pay.includes(one.person) {
                extract.put(one);
            }
        }
        Ok(())
    }

    /// What the running bonus periods of one's own are calculated from: the file says offline what a deal
    /// would pay.
    async fn extract_own_parts(&self, deals: &[Opportunity], extract: &mut Extract) -> Result<()> {
        if let Some(person) = self.actor().person() {
            let own = self.own_parts_setting(person, deals).await?;
            extract.records.extend(own.map(Into::into));
        }
        Ok(())
    }

    /// What figures and rights are made with.
    async fn extract_settings(&self, extract: &mut Extract) -> Result<()> {
        let store = self.store()?;
        let fixed = [CURRENCY, BONUS_PLAN_IN_FORCE, CALENDAR, GOAL_AIMS];
        for key in fixed.into_iter().chain(POLICIES) {
            if let Some(value) = store.setting(key).await? {
                let key = key.to_owned();
                extract.put(Setting { key, value });
            }
        }
        for (key, value) in store.settings().await? {
            if key.starts_with(OWN_METRIC) {
                extract.put(Setting { key, value });
            }
        }
        Ok(())
    }
}

/// A plan with another amount, and without the notes of its split, which name people.
fn without_notes(plan: &GoalPlan, amount: Money) -> GoalPlan {
    GoalPlan {
        amount,
        rule: crate::goals::rule_without_notes(plan),
        ..plan.clone()
    }
}
