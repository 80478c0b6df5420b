//! Recalculating what was settled: a period that was approved, paid or closed, with its plan and the facts
//! of today. Its statements stay; they get a new version beside them, and what is different goes on as
//! adjustments in the next open period, each with its cause.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use yeji_bonus::causes::Changes;
use yeji_bonus::{CalculateInput, CalculateOutput};
use yeji_core::Money;
use yeji_core::bonus_cycle::{BonusAdjustment, BonusStepKind};
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusAdjustmentId, BonusRunId, PersonId};
use yeji_store::{AuditDraft, BonusRun as KeptRun, ChangeKind, Record};

use super::adjust::Adjusted;
use super::{Cycle, CycleError, VERSION, day_of, frozen};
use crate::api::Message;
use crate::api::bonus_cycle::{RestateBonus, RestatedPerson, Restatement};
use crate::blocking::blocking;
use crate::bonus::view::message;
use crate::bonus::{input_document, sha256, sum};
use crate::context::App;
use crate::error::Result;
use crate::host::OnProgress;
use crate::organisation::name_of;

/// Reading, calculating, comparing, writing.
const STEPS: u64 = 4;

/// So many periods ahead an open one is looked for.
const MAX_PERIODS_AHEAD: usize = 60;

/// What made an adjustment necessary, as it is kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::bonus) struct Cause {
    /// The period that was recalculated.
    pub period: Period,
    /// Code of its plan.
    pub plan: String,
    /// Version of its statements after that.
    pub version: u32,
    /// What changed.
    pub causes: Vec<Message>,
}

impl Cause {
    /// None: by hand. A line of a recalculation says what made it necessary; one that does not is broken.
    pub fn of(line: &BonusAdjustment) -> Result<Option<Self>> {
        if line.run.is_none() {
            return Ok(None);
        }
        let cause = line.cause.as_deref().unwrap_or_default();
        Ok(serde_json::from_str(cause).map_err(yeji_store::Error::from)?)
    }

    /// The same from what a statement holds.
    pub fn read(kept: Option<&str>) -> Option<Self> {
        serde_json::from_str(kept?).ok()
    }
}

/// A recalculation that nothing is kept of yet.
struct Recalculated {
    input: Arc<CalculateInput>,
    output: CalculateOutput,
    /// Without causes.
    people: Vec<RestatedPerson>,
    /// Names of people of whom something cannot be known: nothing is settled with them now.
    blocked: Vec<String>,
}

impl App {
    /// Recalculates a settled period. Again without new facts it finds nothing and keeps nothing.
    pub async fn restate_bonus(
        &self,
        args: RestateBonus,
        progress: OnProgress<'_>,
    ) -> Result<Restatement> {
        let mut task = self.task(STEPS, progress);
        let _turn = self.turn().await;
        self.require_company_cycle()?;
        let cycle = self.cycle(args.period, args.plan.as_deref()).await?;
        let (period, state) = (cycle.period, cycle.standing.state);
        let Some(run) = cycle.run().filter(|_| cycle.standing.is_settled()) else {
            return Err(CycleError::NotSettled { period, state }.into());
        };
        if !args.preview && !cycle.standing.may_restate() {
            return Err(CycleError::NotPaid { period }.into());
        }
        task.next("gathering")?;
        let mut found = self
            .recalculated(&cycle, run, || task.next("calculating"))
            .await?;
        let total = found.total()?;
        task.next("comparing")?;
        self.explain_differences(&cycle, &mut found).await?;
        let mut restatement = Restatement {
            period,
            plan: cycle.plan.clone(),
            version: cycle.standing.version(),
            into: None,
            people: found.people.clone(),
            total,
            notes: Vec::new(),
        };
        if !found.blocked.is_empty() {
            let count = found.blocked.len().to_string();
            let names = crate::words::names(found.blocked.clone());
            let params = [("count", count), ("names", names)];
            restatement
                .notes
                .push(Message::new("restate_blocked", &params));
        }
        if found.people.is_empty() {
            return Ok(restatement);
        }
        restatement.version += 1;
        let (into, plan) = self.next_open(&cycle).await?;
        restatement.into = Some(into);
        if !args.preview {
            task.next("writing")?;
            self.keep_restatement(&cycle, run, found, &restatement, &plan)
                .await?;
        }
        Ok(restatement)
    }

    /// What a recalculation would change in sum; none: nothing for anybody.
    pub(super) async fn drift(&self, cycle: &Cycle) -> Result<Option<Money>> {
        let Some(run) = cycle.run().filter(|_| cycle.standing.is_settled()) else {
            return Ok(None);
        };
        let work = Box::pin(async {
            if self.is_as_settled(cycle, run).await? {
                return Ok(None);
            }
            let found = self.recalculated(cycle, run, || Ok(())).await?;
            let total = found.total()?;
            Ok((!found.people.is_empty()).then_some(total))
        });
        self.known(|known| &mut known.drifts, run.id, work).await
    }

    /// Whether nothing can have changed: the same input as when it was settled or recalculated last, with
    /// everybody paid and no difference refused.
    async fn is_as_settled(&self, cycle: &Cycle, run: &KeptRun) -> Result<bool> {
        let standing = &cycle.standing;
        if standing.settled().is_some_and(|one| !one.held.is_empty()) {
            return Ok(false);
        }
        let refused = |one: &Adjusted| !one.stands();
        if self.restated_from(cycle).await?.iter().any(refused) {
            return Ok(false);
        }
        let Some(basis) = bases(cycle).next() else {
            return Ok(false);
        };
        if basis.plan != run.plan {
            return Ok(false);
        }
        Ok(self.hash_of_today(run, day_of(basis)?).await? == basis.inputs_hash)
    }

    /// Adjustments that came from recalculations of this cycle.
    async fn restated_from(&self, cycle: &Cycle) -> Result<Vec<Adjusted>> {
        let mut all = self.adjusted(None).await?;
        all.retain(|one| one.line.run.is_some_and(|run| cycle.run_of(run).is_some()));
        Ok(all)
    }

    /// What was settled with everybody so far, in minor units: what was paid (else approved; nothing to whom
    /// pay waits), and the differences that went on since and were neither refused nor taken back.
    async fn settled_with(&self, cycle: &Cycle) -> Result<HashMap<PersonId, i64>> {
        let payouts = self.payouts_of(cycle).await?.unwrap_or_default();
        let mut settled: HashMap<PersonId, i64> = payouts
            .into_iter()
            .map(|(person, payout)| (person, payout.minor))
            .collect();
        for one in self.restated_from(cycle).await? {
            if one.stands() {
                let so_far = settled.entry(one.line.person).or_default();
                *so_far = so_far
                    .checked_add(one.line.amount.minor)
                    .ok_or(yeji_core::Error::Overflow("money"))?;
            }
        }
        Ok(settled)
    }

    /// Whose statements come out differently with today's facts; `read`: these are read.
    async fn recalculated(
        &self,
        cycle: &Cycle,
        run: &KeptRun,
        read: impl FnOnce() -> Result<()>,
    ) -> Result<Recalculated> {
        let input = self.input_as_of(run, self.clock.today()).await?;
        read()?;
        let (input, output) = blocking(move || {
            let output = yeji_bonus::calculate(&input)?;
            Ok((Arc::new(input), output))
        })
        .await?;
        let mut settled = self.settled_with(cycle).await?;
        let organisation = self.store()?.organisation().await?;
        let currency = output.total.currency;
        let mut blocked = Vec::new();
        let mut differing = Vec::new();
        let mut compare = |person: PersonId, name: String, settled: i64, now: i64| -> Result<()> {
            let (settled, now) = (Money::new(settled, currency), Money::new(now, currency));
            let difference = now.checked_sub(settled)?;
            if difference.minor != 0 {
                differing.push(RestatedPerson {
                    person,
                    name,
                    settled,
                    now,
                    difference,
                    causes: Vec::new(),
                });
            }
            Ok(())
        };
        for statement in &output.statements {
            let person: PersonId = statement.person.parse()?;
            let so_far = settled.remove(&person).unwrap_or_default();
            if statement.blocked {
                blocked.push(statement.name.clone());
            } else {
                let name = statement.name.clone();
                compare(person, name, so_far, statement.payout.minor)?;
            }
        }
        // Who is no longer paid by the plan at all.
        let mut gone: Vec<(PersonId, i64)> = settled.into_iter().collect();
        gone.sort_unstable();
        for (person, so_far) in gone {
            compare(person, name_of(&organisation, person), so_far, 0)?;
        }
        Ok(Recalculated {
            input,
            output,
            people: differing,
            blocked,
        })
    }

    /// Says for everybody what changed since they were settled with: since the newest recalculation of which
    /// their difference was not refused.
    async fn explain_differences(&self, cycle: &Cycle, found: &mut Recalculated) -> Result<()> {
        let period = cycle.period;
        let mut refused: BTreeSet<(BonusRunId, PersonId)> = BTreeSet::new();
        for one in self.restated_from(cycle).await? {
            if let (Some(run), false) = (one.line.run, one.stands()) {
                refused.insert((run, one.line.person));
            }
        }
        let mut since: BTreeMap<BonusRunId, Vec<PersonId>> = BTreeMap::new();
        for person in &found.people {
            let stands = |run: &KeptRun| !refused.contains(&(run.id, person.person));
            let basis = bases(cycle).find(|run| stands(run));
            let basis = basis.ok_or(CycleError::NoInput { period })?;
            since.entry(basis.id).or_default().push(person.person);
        }
        let mut told: HashMap<PersonId, Vec<Message>> = HashMap::new();
        for (basis, people) in since {
            let basis = cycle.run_of(basis).ok_or(CycleError::NoInput { period })?;
            let then = self.thawed_input(period, basis).await?;
            let now = Arc::clone(&found.input);
            let causes = blocking(move || Ok(causes(then, &now, people))).await?;
            told.extend(causes);
        }
        let settled = cycle.standing.settled();
        for person in &mut found.people {
            if settled.is_some_and(|one| one.held.contains_key(&person.person)) {
                person.causes.push(Message::new("cause_held", &[]));
            }
            let causes = told.remove(&person.person);
            person.causes.extend(causes.into_iter().flatten());
            if person.causes.is_empty() {
                person
                    .causes
                    .push(Message::new("cause_settled_otherwise", &[]));
            }
        }
        Ok(())
    }

    /// The next period of the same kind that is open, and the plan in whose statements differences stand:
    /// the same where it still pays somebody, else the one in force.
    async fn next_open(&self, cycle: &Cycle) -> Result<(Period, String)> {
        let store = self.store()?;
        let following = Cycle::following(cycle.period)?;
        let (_, in_force) = self.plan_for(None, following).await?;
        let assigned = store.plan_assignments().await?;
        let still_used = assigned.iter().any(|one| {
            one.plan == cycle.plan && one.from < following.end() && following.start() < one.to
        });
        let plan = if still_used || in_force.period != cycle.period.kind() {
            cycle.plan.clone()
        } else {
            in_force.code
        };
        let all = self.all_cycles().await?;
        let mut period = cycle.period;
        for _ in 0..MAX_PERIODS_AHEAD {
            period = Cycle::following(period)?;
            let known = all
                .iter()
                .find(|one| one.period == period && one.plan == plan);
            if known.is_none_or(|one| one.standing.takes_lines()) {
                return Ok((period, plan));
            }
        }
        let period = cycle.period;
        Err(CycleError::NoOpenPeriod { period }.into())
    }

    async fn keep_restatement(
        &self,
        cycle: &Cycle,
        run: &KeptRun,
        found: Recalculated,
        restatement: &Restatement,
        plan: &str,
    ) -> Result<()> {
        let id = BonusRunId(self.clock.new_id());
        let input = Arc::clone(&found.input);
        let (hash, parts) = blocking(move || {
            let document = input_document(&input)?;
            Ok((sha256(&document), frozen::freeze(id, &document)?))
        })
        .await?;
        let mut records: Vec<Record> = Vec::new();
        let mut kept = self.run_record(id, run.plan, &cycle.plan, &found.output, &hash)?;
        kept.result[VERSION] = json!(restatement.version);
        records.push(kept.into());
        records.extend(self.statement_records(id, &found.output)?);
        records.extend(parts.into_iter().map(Record::from));
        let mut step = self.cycle_step(cycle, BonusStepKind::Restate, None);
        step.run = Some(id);
        records.push(step.into());
        let into = restatement.into.unwrap_or(found.input.period);
        for person in &restatement.people {
            records.push(
                self.difference(cycle, restatement, person, id, (into, plan))?
                    .into(),
            );
        }
        let summary = json!({
            "period": cycle.period, "plan": cycle.plan, "step": "restate", "reason": null,
        });
        let mut change = self.change(ChangeKind::BonusCycle, summary);
        change.audit = Some(AuditDraft {
            action: "bonus.restate".to_owned(),
            subject: cycle.period.to_string(),
            detail: json!({
                "code": cycle.plan, "version": restatement.version, "into": into,
                "total": restatement.total, "document": hash,
            }),
        });
        change.put = records;
        self.apply(change).await
    }

    /// A difference as the line of the next statement.
    fn difference(
        &self,
        cycle: &Cycle,
        restatement: &Restatement,
        person: &RestatedPerson,
        run: BonusRunId,
        (into, plan): (Period, &str),
    ) -> Result<BonusAdjustment> {
        let cause = Cause {
            period: cycle.period,
            plan: cycle.plan.clone(),
            version: restatement.version,
            causes: person.causes.clone(),
        };
        Ok(BonusAdjustment {
            id: BonusAdjustmentId(self.clock.new_id()),
            person: person.person,
            period: into.to_string(),
            plan: plan.to_owned(),
            amount: person.difference,
            // Whoever reads a bare statement sees which period it is about, in any language.
            reason: format!("{} v{}", cycle.period, restatement.version),
            cause: Some(serde_json::to_string(&cause).map_err(yeji_store::Error::from)?),
            run: Some(run),
            author: self.author(),
            at: self.clock.now(),
        })
    }
}

impl Recalculated {
    /// Sum of the differences.
    fn total(&self) -> Result<Money> {
        let differences = self.people.iter().map(|person| person.difference);
        sum(self.output.total.currency, differences)
    }
}

/// The runs against whose inputs changes are told: recalculations, the newest first, then what was settled.
fn bases(cycle: &Cycle) -> impl Iterator<Item = &KeptRun> {
    let restated = cycle.standing.restated.iter().rev().copied();
    let settled = cycle.standing.settled().map(|one| one.run);
    let runs = restated.chain(settled);
    runs.filter_map(|id| cycle.run_of(id))
}

/// What changed of these people between two inputs, apart from the day.
fn causes(
    then: CalculateInput,
    now: &CalculateInput,
    people: Vec<PersonId>,
) -> Vec<(PersonId, Vec<Message>)> {
    let then = CalculateInput {
        as_of: now.as_of,
        ..then
    };
    let changes = Changes::between(&then, now);
    let of = |person: PersonId| {
        let notes = changes.of(&person.to_string());
        (person, notes.iter().map(message).collect())
    };
    people.into_iter().map(of).collect()
}
