//! Taking a step: whose turn it is, who may, what has to be true, and what is kept with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;
use yeji_bonus::CalculateInput;
use yeji_core::Money;
use yeji_core::bonus_cycle::{BonusStep, BonusStepKind};
use yeji_core::ids::{BonusStepId, PersonId, UnitId};
use yeji_core::org::Organisation;
use yeji_store::{AuditDraft, BonusRun as KeptRun, ChangeKind, Record};

use super::adjust::{Adjusted, written};
use super::people::{approval, teams};
use super::review::PersonPay;
use super::state::{code_of, step_of};
use super::{Cycle, CycleError, Standing, frozen};
use crate::access::{PaySight, Right};
use crate::api::bonus_cycle::{BonusCycle, CycleAction, GetBonusCycle, StepBonusCycle};
use crate::blocking::blocking;
use crate::bonus::task::Task;
use crate::bonus::{input_document, input_hash, sha256};
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};
use crate::host::OnProgress;
use crate::organisation::name_of;

/// Of handing in: reading, comparing, writing.
const STEPS: u64 = 3;

impl App {
    /// Takes a step of a period's cycle.
    pub async fn step_bonus_cycle(
        &self,
        args: StepBonusCycle,
        progress: OnProgress<'_>,
    ) -> Result<BonusCycle> {
        let mut task = self.task(STEPS, progress);
        let turn = self.turn().await;
        let cycle = self.cycle(args.period, args.plan.as_deref()).await?;
        if cycle.stamp() != args.expected {
            let period = args.period;
            return Err(CycleError::ChangedMeanwhile { period }.into());
        }
        self.require_company_cycle()?;
        let organisation = self.store()?.organisation().await?;
        self.require_right_to(args.action, args.unit, &organisation)?;
        require_turn(&cycle, args.action)?;
        self.require_another(&cycle, args.action).await?;
        self.require_account_of_another(&cycle, args.action).await?;
        let reason = written(args.reason.as_deref())?;
        let instead = args.unit.is_some_and(|unit| {
            args.action == CycleAction::ApproveTeam && !self.leads(&organisation, unit)
        });
        if (instead || needs_reason(args.action)) && reason.is_none() {
            let action = args.action;
            return Err(CycleError::ReasonNeeded { action }.into());
        }
        let mut step = self.cycle_step(&cycle, step_of(args.action), reason);
        let mut records: Vec<Record> = Vec::new();
        match args.action {
            CycleAction::Submit => {
                let handed_in = self.handed_in(&cycle, &args, &mut step, &mut task);
                records = Box::pin(handed_in).await?;
            }
            CycleAction::ApproveTeam => step.unit = args.unit,
            CycleAction::ApproveHr => self.require_teams(&cycle, &step, &organisation).await?,
            CycleAction::Pay => {
                let on = args.on.unwrap_or_else(|| self.clock.today());
                known_day("on", on)?;
                step.on = Some(on);
            }
            _ => {}
        }
        if let Some(unit) = step.unit {
            self.require_team(&cycle, unit, &organisation).await?;
        }
        records.insert(0, step.clone().into());
        self.keep_step(&cycle, &step, records, &organisation)
            .await?;
        drop(turn);
        let (period, plan) = (cycle.period, Some(cycle.plan));
        self.get_bonus_cycle(GetBonusCycle { period, plan }).await
    }

    /// The right of an action: managers approve units that they lead, the rest is HR's.
    pub(super) fn require_right_to(
        &self,
        action: CycleAction,
        unit: Option<UnitId>,
        organisation: &Organisation,
    ) -> Result<()> {
        if action != CycleAction::ApproveTeam {
            return self.actor().require(Right::RunBonus, self.policies());
        }
        self.actor()
            .require(Right::ApproveTeamBonus, self.policies())?;
        let unit = unit.ok_or_else(|| Error::input("unit", "", "a unit"))?;
        if organisation.unit(unit).is_none() {
            return Err(Error::NotFound {
                what: "unit",
                value: unit.to_string(),
            });
        }
        if self.approves(organisation, unit) {
            return Ok(());
        }
        self.actor().require(Right::RunBonus, self.policies())
    }

    /// Refuses whoever may not be the one, because they did the step before, or are known by no name.
    pub(super) async fn require_another(&self, cycle: &Cycle, action: CycleAction) -> Result<()> {
        let standing = &cycle.standing;
        match action {
            CycleAction::ApproveTeam | CycleAction::ApproveHr | CycleAction::AskReopen => {
                self.require_accounts()
            }
            CycleAction::ApprovePay => {
                let first = standing.hr.as_ref().map_or("", |done| done.by.as_str());
                self.require_second_person(first).await
            }
            CycleAction::Reopen => {
                let first = standing.asked.as_ref().map_or("", |done| done.by.as_str());
                self.require_second_person(first).await
            }
            _ => Ok(()),
        }
    }

    /// As [`App::require_another`], for the account: read once, when the step is taken.
    async fn require_account_of_another(&self, cycle: &Cycle, action: CycleAction) -> Result<()> {
        let first = match action {
            CycleAction::ApprovePay => cycle.standing.hr.as_ref(),
            CycleAction::Reopen => cycle.standing.asked.as_ref(),
            _ => None,
        };
        let Some(first) = first else { return Ok(()) };
        let handed_in = cycle.steps.iter().rev();
        let mut handed_in = handed_in.filter(|step| step.kind == BonusStepKind::Submit);
        let since = handed_in
            .next()
            .map_or(first.at, |step| step.at.min(first.at));
        self.require_own_account(&first.by, since).await
    }

    /// A step of this user, now.
    pub(super) fn cycle_step(
        &self,
        cycle: &Cycle,
        kind: BonusStepKind,
        reason: Option<String>,
    ) -> BonusStep {
        BonusStep {
            id: BonusStepId(self.clock.new_id()),
            period: cycle.period.to_string(),
            plan: cycle.plan.clone(),
            kind,
            run: cycle.standing.handed_in.as_ref().map(|one| one.run),
            unit: None,
            person: None,
            on: None,
            reason,
            author: self.author(),
            at: self.clock.now(),
        }
    }

    async fn keep_step(
        &self,
        cycle: &Cycle,
        step: &BonusStep,
        records: Vec<Record>,
        organisation: &Organisation,
    ) -> Result<()> {
        let kind = code_of(step.kind);
        let summary = json!({
            "period": step.period, "plan": step.plan, "step": kind, "reason": step.reason,
        });
        let run = step.run.and_then(|id| cycle.run_of(id));
        let total = self.total_after(cycle, &records).await?;
        let unit = step.unit.and_then(|unit| organisation.unit(unit));
        let mut change = self.change(ChangeKind::BonusCycle, summary);
        change.audit = Some(AuditDraft {
            action: format!("bonus.{kind}"),
            subject: step.period.clone(),
            detail: json!({
                "code": step.plan, "reason": step.reason, "name": unit.map(|unit| &unit.name),
                "on": step.on, "document": run.map(|run| &run.inputs_hash),
                "total": total,
            }),
        });
        change.put = records;
        self.apply(change).await
    }

    /// What is paid of the period as it is after a step: without those whose pay waits, and after a period was
    /// opened again what was paid before. None: nothing counts.
    async fn total_after(&self, cycle: &Cycle, records: &[Record]) -> Result<Option<Money>> {
        let new = records.iter().filter_map(|record| match record {
            Record::BonusStep(step) => Some(step),
            _ => None,
        });
        let after = Standing::of(cycle.steps.iter().chain(new));
        let Some(counts) = after.counts() else {
            return Ok(None);
        };
        let mut payouts = self.store()?.payouts(counts.run).await?;
        payouts.retain(|person, _| !counts.held.contains_key(person));
        let mut sum = Money::new(0, self.currency().await?);
        for payout in payouts.into_values() {
            sum = sum.checked_add(payout)?;
        }
        Ok(Some(sum))
    }

    /// What is kept when a run is handed in: its complete input, and whose pay waits. Refuses a run that
    /// cannot be paid as it is.
    async fn handed_in(
        &self,
        cycle: &Cycle,
        args: &StepBonusCycle,
        step: &mut BonusStep,
        task: &mut Task<'_>,
    ) -> Result<Vec<Record>> {
        let run = self.require_run(cycle).await?;
        let reviewed = self.reviewed(cycle, run).await?;
        let organisation = self.store()?.organisation().await?;
        let seen = require_held(&reviewed.people, &args.hold, &organisation)?;
        if !seen.is_empty() && step.reason.is_none() {
            // Somebody whose statement is whole is held back for a reason that the program does not know.
            let action = CycleAction::Submit;
            return Err(CycleError::ReasonNeeded { action }.into());
        }
        step.run = Some(run.id);
        task.next("gathering")?;
        let (facts, input) = self
            .require_unchanged(cycle, run, reviewed.as_of, task)
            .await?;
        self.require_settled_once(cycle, facts).await?;
        task.next("writing")?;
        let id = run.id;
        let frozen = blocking(move || frozen::freeze(id, &input)).await?;
        let mut records: Vec<Record> = frozen.into_iter().map(Into::into).collect();
        let held: BTreeSet<PersonId> = args.hold.iter().copied().collect();
        for person in held {
            records.push(
                BonusStep {
                    id: BonusStepId(self.clock.new_id()),
                    kind: BonusStepKind::Hold,
                    person: Some(person),
                    // Why a blocked one waits says the statement; the words are about the others.
                    reason: step.reason.clone().filter(|_| seen.contains(&person)),
                    ..step.clone()
                }
                .into(),
            );
        }
        Ok(records)
    }

    /// The run that can be handed in now, as far as can be told without calculating.
    pub(super) async fn require_run<'a>(&self, cycle: &'a Cycle) -> Result<&'a KeptRun> {
        let period = cycle.period;
        if self.clock.today() < period.end() {
            let end = period.end();
            return Err(CycleError::Running { period, end }.into());
        }
        let run = cycle.run().ok_or(CycleError::NoRun { period })?;
        let adjusted = self.adjusted_of(period, &cycle.plan).await?;
        let count = adjusted
            .iter()
            .filter(|one| Adjusted::is_waiting(one))
            .count();
        if count > 0 {
            return Err(CycleError::AdjustmentsWait { period, count }.into());
        }
        Ok(run)
    }

    /// The input of a run, if it is what a run would be given today.
    async fn require_unchanged(
        &self,
        cycle: &Cycle,
        run: &KeptRun,
        as_of: NaiveDate,
        task: &mut Task<'_>,
    ) -> Result<(CalculateInput, Vec<u8>)> {
        let period = cycle.period;
        let changed = CycleError::FactsChanged { period };
        // A run of a day of the period was provisional.
        if as_of < period.end() {
            return Err(changed.into());
        }
        let input = self.input_as_of(run, as_of).await?;
        task.next("comparing")?;
        let hash = run.inputs_hash.clone();
        blocking(move || {
            let document = input_document(&input)?;
            if sha256(&document) == hash {
                Ok((input, document))
            } else {
                Err(changed.into())
            }
        })
        .await
    }

    /// SHA-256 of what a run would be given with today's facts, as of another day.
    pub(in crate::bonus) async fn hash_of_today(
        &self,
        run: &KeptRun,
        as_of: NaiveDate,
    ) -> Result<String> {
        let work = Box::pin(async {
            let input = self.input_as_of(run, as_of).await?;
            blocking(move || input_hash(&input)).await
        });
        let key = (run.id, as_of);
        self.known(|known| &mut known.inputs, key, work).await
    }

    /// What the run would be given with today's facts, as of another day.
    pub(in crate::bonus) async fn input_as_of(
        &self,
        run: &KeptRun,
        as_of: NaiveDate,
    ) -> Result<CalculateInput> {
        let version = self.plan_version(run.plan).await?;
        let plan = crate::bonus::plan::read(&version.document)?;
        let input = self.whole_input(&plan, run.period.parse()?).await?;
        Ok(CalculateInput { as_of, ..input })
    }

    /// Refuses to approve as HR over teams that have not approved, unless a reason is given.
    async fn require_teams(
        &self,
        cycle: &Cycle,
        step: &BonusStep,
        organisation: &Organisation,
    ) -> Result<()> {
        if step.reason.is_some() {
            return Ok(());
        }
        let missing = self.teams_missing(cycle, organisation).await?;
        if missing.is_empty() {
            return Ok(());
        }
        let names = crate::words::names(missing);
        Err(CycleError::TeamsMissing { names }.into())
    }

    /// Names of teams whose manager has not approved.
    async fn teams_missing(
        &self,
        cycle: &Cycle,
        organisation: &Organisation,
    ) -> Result<Vec<String>> {
        let Some(run) = cycle.run() else {
            return Ok(Vec::new());
        };
        let reviewed = self.reviewed(cycle, run).await?;
        let (period, standing) = (cycle.period, &cycle.standing);
        let everybody = PaySight::Everybody;
        let all = teams(organisation, period, &reviewed.people, standing, &everybody)?;
        let missing = |unit: UnitId| approval(organisation, standing, unit).is_none();
        let missing = all.into_iter().filter(|team| missing(team.unit));
        Ok(missing.map(|team| team.name).collect())
    }

    /// Refuses a unit in and below which nobody has a statement.
    async fn require_team(
        &self,
        cycle: &Cycle,
        unit: UnitId,
        organisation: &Organisation,
    ) -> Result<()> {
        let below: BTreeSet<UnitId> = organisation.subtree(unit).into_iter().collect();
        let run = cycle.run().ok_or(CycleError::NoRun {
            period: cycle.period,
        })?;
        let reviewed = self.reviewed(cycle, run).await?;
        let (period, standing) = (cycle.period, &cycle.standing);
        let everybody = PaySight::Everybody;
        let all = teams(organisation, period, &reviewed.people, standing, &everybody)?;
        if all.iter().any(|team| below.contains(&team.unit)) {
            return Ok(());
        }
        let name = organisation.unit(unit).map(|unit| unit.name.clone());
        Err(CycleError::NoTeam {
            unit: name.unwrap_or_default(),
            period: cycle.period,
        }
        .into())
    }
}

/// Refuses what does not follow from how far the cycle is.
fn require_turn(cycle: &Cycle, action: CycleAction) -> Result<()> {
    let (period, standing) = (cycle.period, &cycle.standing);
    if standing.allows(action) {
        return Ok(());
    }
    if let (Some(asked), true) = (&standing.asked, standing.is_settled()) {
        let name = asked.by.clone();
        return Err(CycleError::ReopeningAsked { period, name }.into());
    }
    let state = standing.state;
    Err(CycleError::NotNow {
        period,
        state,
        action,
    }
    .into())
}

fn needs_reason(action: CycleAction) -> bool {
    matches!(
        action,
        CycleAction::SendBack | CycleAction::AskReopen | CycleAction::RefuseReopen
    )
}

/// Refuses blocked people whose pay does not wait, and holding back somebody without a statement. Returns
/// those who are held although their statements are whole.
fn require_held(
    people: &[PersonPay],
    hold: &[PersonId],
    organisation: &Organisation,
) -> Result<BTreeSet<PersonId>> {
    let waiting: BTreeSet<PersonId> = hold.iter().copied().collect();
    let blocked = people.iter().filter(|one| one.blocked);
    let open: Vec<String> = blocked
        .filter(|one| !waiting.contains(&one.person))
        .map(|one| one.name.clone())
        .collect();
    if !open.is_empty() {
        let count = open.len();
        let names = crate::words::names(open);
        return Err(CycleError::Blocked { count, names }.into());
    }
    let with_pay: BTreeMap<PersonId, bool> =
        people.iter().map(|one| (one.person, one.blocked)).collect();
    let mut whole = BTreeSet::new();
    for person in waiting {
        match with_pay.get(&person) {
            None => {
                let name = name_of(organisation, person);
                return Err(CycleError::HoldOfNobody { name }.into());
            }
            Some(false) => drop(whole.insert(person)),
            Some(true) => {}
        }
    }
    Ok(whole)
}
