//! Runs of a period: calculated, kept, and shown again as they were.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use yeji_bonus::{CalculateOutput, Plan, Statement, read_statement};
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusPlanId, BonusRunId, PersonId, StatementId};
use yeji_store::{AuditDraft, BonusRun as KeptRun, ChangeKind, Record, StatementRow};

use super::cycle::{Cycle, OF_PEOPLE, VERSION, is_of_everybody};
use super::paper_error::PaperError;
use super::versions::last_day;
use super::{
    Calculation, in_force, input_document, input_hash, notes, plan, plan_code, sha256, sum,
};
use crate::access::{Actor, PaySight};
use crate::api::bonus::{
    BonusRun, BonusRunInfo, BonusRuns, GetBonusRun, GetStatement, RunBonus, StatementView,
};
use crate::api::{Message, NoArgs};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};
use crate::host::OnProgress;
use crate::organisation::name_of;

/// Reading, calculating, writing.
const STEPS: u64 = 3;

impl App {
    /// Runs made so far, and the quarters that can be run.
    pub async fn list_bonus_runs(&self, _: NoArgs) -> Result<BonusRuns> {
        let store = self.store()?;
        let pay = self.pay_sight().await?;
        let mut runs = Vec::new();
        for run in store.bonus_runs(None).await? {
            let mut total: Money =
                serde_json::from_value(run.result.get("total").cloned().unwrap_or_default())
                    .map_err(yeji_store::Error::from)?;
            if pay != PaySight::Everybody {
                let mut rows = store.payouts(run.id).await?;
                rows.retain(|person, _| pay.includes(*person));
                if rows.is_empty() {
                    continue;
                }
                total = sum(total.currency, rows.into_values())?;
            }
            runs.push(BonusRunInfo {
                id: run.id,
                plan: plan_code(&run).to_owned(),
                period: run.period.parse()?,
                at: run.at,
                total,
                people: of_people(&run),
                version: version(&run),
            });
        }
        let periods = self.bonus_periods().await?;
        Ok(BonusRuns { runs, periods })
    }

    /// Calculates a period with the plan in force.
    pub async fn run_bonus(&self, args: RunBonus, progress: OnProgress<'_>) -> Result<BonusRun> {
        Ok(self.run_bonus_with(args, None, false, progress).await?.run)
    }

    /// As [`App::run_bonus`], with the plan of a file if one is given, and with what the engine was
    /// given and answered: for scripts and auditors. A kept run keeps its plan as a version; the plan
    /// of a file is not put in force by it. `to_file`: what the engine was given leaves the store.
    pub async fn run_bonus_with(
        &self,
        args: RunBonus,
        plan_text: Option<&str>,
        to_file: bool,
        progress: OnProgress<'_>,
    ) -> Result<Calculation> {
        let mut task = self.task(STEPS, progress);
        let _turn = self.turn().await;
        if args.preview && to_file {
            // A run that is kept is an entry by itself.
            let period = args.period.to_string();
            self.audit("export.bonus_input", period, json!({})).await?;
        }
        let (version, plan) = match plan_text {
            Some(text) => (None, yeji_bonus::parse_plan(text)?),
            None => self.plan_for(args.plan.as_deref(), args.period).await?,
        };
        if !args.preview {
            self.require_open(args.period, &plan.code).await?;
        }
        task.next("gathering")?;
        let input = self.whole_input(&plan, args.period).await?;
        task.next("calculating")?;
        let (mut output, input, hash) = blocking(move || {
            let output = yeji_bonus::calculate(&input)?;
            let input = input_document(&input)?;
            let hash = sha256(&input);
            Ok((output, input, hash))
        })
        .await?;
        task.next("writing")?;
        if let Some(people) = &args.people {
            keep_people(&mut output, people)?;
        }
        let late = self.late_plan(version.as_ref(), args.period).await?;
        let id = if args.preview {
            None
        } else {
            let mut records = Vec::new();
            let version = if let Some(version) = version {
                version
            } else {
                let version = self.version_of(&plan, &mut records).await?;
                if plan_text.is_none() {
                    // The first run of the built-in plan: what it paid by stays in force.
                    records.push(in_force(version.id).into());
                }
                version
            };
            let late = late.as_ref();
            let people = args.people.as_deref();
            let id = BonusRunId(self.clock.new_id());
            let mut run = self.run_record(id, version.id, &version.code, &output, &hash)?;
            run.result[notes::LATE_PLAN] = json!(late);
            run.result[OF_PEOPLE] = json!(people);
            self.keep_run(run, records, &output).await?;
            Some(id)
        };
        let notes: Vec<Message> = late.into_iter().collect();
        let run = self
            .run_view(id, self.clock.now(), &plan, &output, hash, notes)
            .await?;
        Ok(Calculation { run, output, input })
    }

    /// The newest run of a period, with a note if facts have changed since.
    pub async fn get_bonus_run(&self, args: GetBonusRun) -> Result<Option<BonusRun>> {
        let newest = self.newest_run(args.plan.as_deref(), args.period).await?;
        let Some(kept) = newest else {
            return Ok(None);
        };
        let (plan, mut output) = self.kept_output(&kept).await?;
        let mut notes: Vec<Message> = notes::kept_note(&kept)?.into_iter().collect();
        let pay = self.pay_sight().await?;
        if pay != PaySight::Everybody {
            let seen = |one: &Statement| one.person.parse().is_ok_and(|id| pay.includes(id));
            output.statements.retain(seen);
            if output.statements.is_empty() {
                return Ok(None);
            }
            let payouts = output.statements.iter().map(|one| one.payout);
            output.total = sum(output.total.currency, payouts)?;
            output.notes.clear();
        }
        let changed = match self.actor() {
            // It holds the own part of the input only.
            Actor::Owner(owner) => owner.changed_runs.contains(&kept.id),
            _ => self.hash_of_today(&kept, output.as_of).await? != kept.inputs_hash,
        };
        if changed {
            notes.push(Message::new(
                "facts_changed_since_run",
                &[("period", args.period.to_string())],
            ));
        }
        let view = self
            .run_view(
                Some(kept.id),
                kept.at,
                &plan,
                &output,
                kept.inputs_hash,
                notes,
            )
            .await?;
        Ok(Some(view))
    }

    /// One person's statement: of the run that was handed in, else of the newest one that has it; or
    /// calculated now where no run is kept.
    pub async fn get_statement(&self, args: GetStatement) -> Result<StatementView> {
        self.require_pay_of(args.person).await?;
        let mut candidates = Vec::new();
        if !args.preview {
            if args.plan.is_none() {
                self.only_plan(args.person, args.period).await?;
            }
            candidates = self
                .runs_with(args.plan.as_deref(), args.period, args.person)
                .await?;
        }
        for kept in &candidates {
            if let Some(statement) = self.kept_statement(kept, args.person).await? {
                let hash = kept.inputs_hash.clone();
                return self
                    .statement_view(&statement, &kept.engine_version, hash)
                    .await;
            }
        }
        let wanted = args.person.to_string();
        let not_there = || Error::NotFound {
            what: "statement",
            value: wanted.clone(),
        };
        if !candidates.is_empty() {
            return Err(not_there());
        }
        let (_, plan) = self.plan_for(args.plan.as_deref(), args.period).await?;
        let input = self.whole_input(&plan, args.period).await?;
        let (output, hash) = blocking(move || {
            let output = yeji_bonus::calculate(&input)?;
            Ok((output, input_hash(&input)?))
        })
        .await?;
        let mut all = output.statements.iter();
        let statement = all.find(|one| one.person == wanted).ok_or_else(not_there)?;
        self.statement_view(statement, &output.engine_version, hash)
            .await
    }

    /// Somebody's statement of a kept run.
    pub(super) async fn kept_statement(
        &self,
        kept: &KeptRun,
        person: PersonId,
    ) -> Result<Option<Statement>> {
        let row = self.store()?.statement_of(kept.id, person).await?;
        let statement = row.map(|row| read_statement(row.result)).transpose();
        Ok(statement.map_err(yeji_store::Error::from)?)
    }

    /// The run of a plan and period that counts: the one handed in, else the newest of everybody. The plan
    /// of a file stands for that of everybody.
    async fn newest_run(&self, code: Option<&str>, period: Period) -> Result<Option<KeptRun>> {
        let book = self.plan_book().await?;
        let day = last_day(period);
        let wanted = code.unwrap_or_else(|| book.default_on(day));
        let mut cycles = self.cycles_of(period).await?;
        cycles.retain(|cycle| book.stands_for(&cycle.plan, day) == wanted);
        let handed_in = |cycle: &&Cycle| cycle.standing.handed_in.is_some();
        let mut handed_in = cycles.iter().filter(handed_in);
        let run = handed_in.find_map(Cycle::shown_run);
        Ok(run.or_else(|| cycles.iter().find_map(Cycle::run)).cloned())
    }

    /// Code of the plan by which somebody has a statement of a period; several are told apart by whoever asks.
    pub(super) async fn only_plan(
        &self,
        person: PersonId,
        period: Period,
    ) -> Result<Option<String>> {
        let store = self.store()?;
        let book = self.plan_book().await?;
        let mut only = None;
        let mut plans: BTreeSet<String> = BTreeSet::new();
        for run in self.runs_with(None, period, person).await? {
            if store.statement_of(run.id, person).await?.is_some() {
                let code = self.plan_version(run.plan).await?.code;
                plans.insert(book.stands_for(&code, last_day(period)));
                only.get_or_insert(code);
            }
        }
        if plans.len() <= 1 {
            return Ok(only);
        }
        let organisation = store.organisation().await?;
        Err(PaperError::SeveralPlans {
            name: name_of(&organisation, person),
            period,
            plans: plans.into_iter().collect::<Vec<_>>().join(", "),
        }
        .into())
    }

    /// The runs in which somebody's statement is looked for, in this order. What was handed in stays what
    /// it is; while a period is open a newer run of some people counts for these.
    async fn runs_with(
        &self,
        code: Option<&str>,
        period: Period,
        person: PersonId,
    ) -> Result<Vec<KeptRun>> {
        let book = self.plan_book().await?;
        let day = last_day(period);
        let mut cycles = self.cycles_of(period).await?;
        cycles.retain(|cycle| code.is_none_or(|code| book.stands_for(&cycle.plan, day) == code));
        let (mut first, mut then) = (Vec::new(), Vec::new());
        for cycle in cycles {
            if cycle.standing.handed_in.is_some() {
                first.extend(cycle.shown_run().cloned());
                continue;
            }
            let counts = |run: &KeptRun| {
                let some = people_of(run).is_some_and(|people| people.contains(&person));
                some || is_of_everybody(run)
            };
            then.extend(cycle.runs.into_iter().filter(counts).take(1));
        }
        first.append(&mut then);
        Ok(first)
    }

    /// Keeps a run with its statements, and `records` (its plan) in the same change.
    async fn keep_run(
        &self,
        run: KeptRun,
        records: Vec<Record>,
        output: &CalculateOutput,
    ) -> Result<()> {
        let summary = json!({
            "period": output.period, "total": output.total, "inputs_hash": run.inputs_hash,
        });
        let mut change = self.change(ChangeKind::RunBonus, summary.clone());
        change.audit = Some(AuditDraft {
            action: "bonus.run".to_owned(),
            subject: run.id.to_string(),
            detail: summary,
        });
        change.put = records;
        change.put.extend(self.statement_records(run.id, output)?);
        change.put.push(run.into());
        self.apply(change).await
    }

    /// A run to keep.
    pub(super) fn run_record(
        &self,
        id: BonusRunId,
        plan: BonusPlanId,
        code: &str,
        output: &CalculateOutput,
        hash: &str,
    ) -> Result<KeptRun> {
        Ok(KeptRun {
            id,
            period: output.period.to_string(),
            plan,
            at: self.clock.now(),
            inputs_hash: hash.to_owned(),
            engine_version: output.engine_version.clone(),
            result: json!({
                "plan": code, "total": output.total, "as_of": output.as_of,
                "notes": serde_json::to_value(&output.notes).map_err(yeji_store::Error::from)?,
            }),
        })
    }

    /// The statements of a run, to keep.
    pub(super) fn statement_records(
        &self,
        run: BonusRunId,
        output: &CalculateOutput,
    ) -> Result<Vec<Record>> {
        let mut records: Vec<Record> = Vec::with_capacity(output.statements.len());
        for statement in &output.statements {
            records.push(
                StatementRow {
                    id: StatementId(self.clock.new_id()),
                    run,
                    person: statement.person.parse()?,
                    payout: statement.payout,
                    result: serde_json::to_value(statement).map_err(yeji_store::Error::from)?,
                }
                .into(),
            );
        }
        Ok(records)
    }

    /// Plan and output of a kept run, as they were.
    pub(super) async fn kept_output(&self, kept: &KeptRun) -> Result<(Plan, CalculateOutput)> {
        let store = self.store()?;
        let plan = plan::read(&self.plan_version(kept.plan).await?.document)?;
        let field = |name: &str| kept.result.get(name).cloned().unwrap_or(Value::Null);
        let read = yeji_store::Error::from;
        let rows = store.statements(kept.id).await?;
        let statements = blocking(move || {
            let rows = rows.into_iter();
            let statements = rows.map(|row| read_statement(row.result).map_err(read));
            Ok(statements.collect::<std::result::Result<Vec<_>, _>>()?)
        })
        .await?;
        let output = CalculateOutput {
            engine_version: kept.engine_version.clone(),
            plan: plan.code.clone(),
            period: kept.period.parse()?,
            as_of: serde_json::from_value(field("as_of")).map_err(read)?,
            statements,
            total: serde_json::from_value(field("total")).map_err(read)?,
            notes: serde_json::from_value(field("notes")).map_err(read)?,
        };
        Ok((plan, output))
    }
}

/// Leaves the statements of these people.
fn keep_people(output: &mut CalculateOutput, people: &[PersonId]) -> Result<()> {
    if people.is_empty() {
        return Err(Error::input("people", "", "at least one person"));
    }
    let wanted: BTreeSet<String> = people.iter().map(ToString::to_string).collect();
    output.statements.retain(|one| wanted.contains(&one.person));
    let found: BTreeSet<&str> = output
        .statements
        .iter()
        .map(|one| one.person.as_str())
        .collect();
    if let Some(missing) = wanted.iter().find(|one| !found.contains(one.as_str())) {
        return Err(Error::NotFound {
            what: "statement",
            value: missing.clone(),
        });
    }
    let payouts = output.statements.iter().map(|one| one.payout);
    output.total = sum(output.total.currency, payouts)?;
    Ok(())
}

/// Of whom a run is, where it is of some people.
fn people_of(run: &KeptRun) -> Option<Vec<PersonId>> {
    serde_json::from_value(run.result.get(OF_PEOPLE)?.clone()).ok()
}

fn of_people(run: &KeptRun) -> Option<u32> {
    people_of(run).map(|people| u32::try_from(people.len()).unwrap_or(u32::MAX))
}

/// Which version of the period's statements a run is, where it recalculates what was settled.
fn version(run: &KeptRun) -> Option<u32> {
    serde_json::from_value(run.result.get(VERSION)?.clone()).ok()
}

/// A run as it goes into a personal file: of some people it names those who are in the file; recalculations
/// of what was settled stay in the company's store.
pub(crate) fn run_for_file(run: KeptRun, seen: impl Fn(PersonId) -> bool) -> Option<KeptRun> {
    let mut run = run;
    if version(&run).is_some() {
        return None;
    }
    if let Some(people) = people_of(&run) {
        let people: Vec<PersonId> = people.into_iter().filter(|one| seen(*one)).collect();
        run.result[OF_PEOPLE] = json!(people);
    }
    Some(run)
}
