//! Lines beside what a plan pays: entered with a reason, approved or refused by a second person, taken back
//! by whoever entered them. They stand in the statements of a period that is still open.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use yeji_bonus::{AdjustmentInput, CalculateInput, PersonInput, Span};
use yeji_core::Money;
use yeji_core::bonus_cycle::{AdjustmentDecision, BonusAdjustment, Decision};
use yeji_core::calendar::Period;
use yeji_core::ids::{AdjustmentDecisionId, BonusAdjustmentId, PersonId};
use yeji_core::org::Organisation;
use yeji_store::{AuditDraft, ChangeKind};

use super::CycleError;
use super::error::against;
use super::restate::Cause;
use crate::access::{Actor, LOCAL_AUTHOR, Right};
use crate::api::bonus_cycle::{
    AddBonusAdjustment, AdjustmentRow, CycleState, DecideBonusAdjustments, ListBonusAdjustments,
};
use crate::bonus::sum;
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::name_of;

/// Characters of a reason.
const MAX_REASON_CHARS: usize = 200;

/// Adjustments decided at once.
const MAX_DECIDED: usize = 10_000;

/// A line with what became of it.
#[derive(Debug, Clone)]
pub(super) struct Adjusted {
    pub line: BonusAdjustment,
    pub decision: Option<AdjustmentDecision>,
}

impl Adjusted {
    pub fn is_waiting(&self) -> bool {
        self.decision.is_none()
    }

    /// Neither refused nor taken back.
    pub fn stands(&self) -> bool {
        let decision = self.decision.as_ref().map(|one| one.decision);
        matches!(decision, None | Some(Decision::Approved))
    }

    fn state(&self) -> &'static str {
        match self.decision.as_ref().map(|one| one.decision) {
            None => "waiting",
            Some(decision) => code(decision),
        }
    }
}

pub(super) fn code(decision: Decision) -> &'static str {
    match decision {
        Decision::Approved => "approved",
        Decision::Refused => "refused",
        Decision::Withdrawn => "withdrawn",
    }
}

impl App {
    /// Lines of all periods or one, with what became of them, in the order of time.
    pub(super) async fn adjusted(&self, period: Option<Period>) -> Result<Vec<Adjusted>> {
        let store = self.store()?;
        let key = period.map(|period| period.to_string());
        let lines = store.bonus_adjustments(key.as_deref()).await?;
        // In the order of time: the newest stays.
        let decided = store.adjustment_decisions().await?.into_iter();
        let mut decided: HashMap<BonusAdjustmentId, AdjustmentDecision> =
            decided.map(|one| (one.adjustment, one)).collect();
        let with = |line: BonusAdjustment| Adjusted {
            decision: decided.remove(&line.id),
            line,
        };
        Ok(lines.into_iter().map(with).collect())
    }

    /// Those of one plan's statements.
    pub(super) async fn adjusted_of(&self, period: Period, plan: &str) -> Result<Vec<Adjusted>> {
        let mut all = self.adjusted(Some(period)).await?;
        all.retain(|one| one.line.plan == plan);
        Ok(all)
    }

    /// Puts the lines of a period into what the engine is given; somebody who is no longer paid by the
    /// plan has a statement for them alone.
    pub(super) async fn add_adjustments(&self, input: &mut CalculateInput) -> Result<()> {
        let lines = self.adjusted_of(input.period, &input.plan.code).await?;
        let organisation = self.store()?.organisation().await?;
        let people = input.people.iter().map(|known| known.person.clone());
        let mut known: BTreeSet<String> = people.collect();
        for one in lines.into_iter().filter(Adjusted::stands) {
            let person = one.line.person.to_string();
            if known.insert(person.clone()) {
                input
                    .people
                    .push(only_adjusted(&organisation, one.line.person));
            }
            input.adjustments.push(AdjustmentInput {
                id: one.line.id.to_string(),
                person,
                amount: one.line.amount,
                reason: one.line.reason,
                by: one.line.author,
                approved_by: one.decision.map(|decision| decision.author),
                cause: one.line.cause,
            });
        }
        Ok(())
    }

    /// Lines beside what plans pay, newest first: of people whose pay is seen.
    pub async fn list_bonus_adjustments(
        &self,
        args: ListBonusAdjustments,
    ) -> Result<Vec<AdjustmentRow>> {
        let pay = self.pay_sight().await?;
        let mut all = self.adjusted(args.period).await?;
        all.retain(|one| pay.includes(one.line.person));
        all.reverse();
        self.adjustment_rows(all).await
    }

    async fn adjustment_rows(&self, all: Vec<Adjusted>) -> Result<Vec<AdjustmentRow>> {
        let organisation = self.store()?.organisation().await?;
        let runs = self.actor().has(Right::RunBonus, self.policies())
            && !matches!(self.actor(), Actor::Owner(_));
        let cycles = self.all_cycles().await?.into_iter();
        let started = cycles.filter(|cycle| cycle.standing.state != CycleState::Open);
        let started: HashSet<(Period, String)> =
            started.map(|cycle| (cycle.period, cycle.plan)).collect();
        let second = self.second_to(&all).await?;
        let mut rows = Vec::with_capacity(all.len());
        for one in all {
            let period: Period = one.line.period.parse()?;
            let is_open = !started.contains(&(period, one.line.plan.clone()));
            let waits = one.is_waiting() && runs;
            let second = second.contains(&one.line.author);
            let cause = Cause::of(&one.line)?;
            rows.push(AdjustmentRow {
                id: one.line.id,
                person: one.line.person,
                name: name_of(&organisation, one.line.person),
                period,
                plan: one.line.plan.clone(),
                amount: one.line.amount,
                reason: one.line.reason.clone(),
                restated: cause.as_ref().map(|cause| cause.period),
                cause: cause.map(|cause| cause.causes).unwrap_or_default(),
                by: one.line.author.clone(),
                at: one.line.at,
                state: one.state().to_owned(),
                may_decide: waits && is_open && second,
                may_withdraw: waits && self.is_own(&one.line.author),
                decided_by: one.decision.as_ref().map(|one| one.author.clone()),
                decided_at: one.decision.as_ref().map(|one| one.at),
                decision_reason: one.decision.and_then(|one| one.reason),
            });
        }
        Ok(rows)
    }

    /// Authors of lines whose second person this actor is.
    async fn second_to(&self, lines: &[Adjusted]) -> Result<HashSet<String>> {
        let authors: BTreeSet<&str> = lines.iter().map(|one| one.line.author.as_str()).collect();
        let mut second = HashSet::new();
        for author in authors {
            let ready = self.require_second_person(author).await;
            if against(ready)?.is_none() {
                second.insert(author.to_owned());
            }
        }
        Ok(second)
    }

    /// Whether this actor wrote it; what was entered before there were accounts is everybody's who may
    /// enter it.
    fn is_own(&self, author: &str) -> bool {
        author == self.actor().author() || author == LOCAL_AUTHOR
    }

    /// Enters a line; it is paid when a second person has approved it.
    pub async fn add_bonus_adjustment(&self, args: AddBonusAdjustment) -> Result<AdjustmentRow> {
        let _turn = self.turn().await;
        self.require_company_cycle()?;
        let cycle = self.cycle(args.period, args.plan.as_deref()).await?;
        let (_, plan) = self.plan_named(&cycle.plan, cycle.period).await?;
        if args.period.kind() != plan.period {
            let (plan, period) = (plan.period, args.period);
            return Err(yeji_bonus::Error::WrongPeriod { plan, period }.into());
        }
        self.require_takes_lines(args.period, &cycle.plan).await?;
        let organisation = self.store()?.organisation().await?;
        if organisation.person(args.person).is_none() {
            return Err(Error::NotFound {
                what: "person",
                value: args.person.to_string(),
            });
        }
        let currency = self.currency().await?;
        Money::new(0, currency).checked_add(args.amount)?;
        if args.amount.minor == 0 {
            return Err(CycleError::Zero.into());
        }
        let line = BonusAdjustment {
            id: BonusAdjustmentId(self.clock.new_id()),
            person: args.person,
            period: args.period.to_string(),
            plan: cycle.plan,
            amount: args.amount,
            reason: written(Some(&args.reason))?.ok_or_else(|| no_reason(&args.reason))?,
            cause: None,
            run: None,
            author: self.author(),
            at: self.clock.now(),
        };
        let name = name_of(&organisation, args.person);
        let summary = json!({
            "period": line.period, "name": name, "what": "added", "reason": line.reason,
            "amount": line.amount.to_major(), "currency": line.amount.currency.code(),
        });
        let mut change = self.change(ChangeKind::AdjustBonus, summary.clone());
        change.audit = Some(AuditDraft {
            action: "bonus.adjust".to_owned(),
            subject: name,
            detail: without_act(summary),
        });
        change.put.push(line.clone().into());
        self.apply(change).await?;
        let decision = None;
        let mut rows = self
            .adjustment_rows(vec![Adjusted { line, decision }])
            .await?;
        rows.pop().ok_or_else(|| no_reason(""))
    }

    /// Approves, refuses or takes back lines: all or none.
    pub async fn decide_bonus_adjustments(
        &self,
        args: DecideBonusAdjustments,
    ) -> Result<Vec<AdjustmentRow>> {
        let _turn = self.turn().await;
        self.require_company_cycle()?;
        if args.adjustments.is_empty() || args.adjustments.len() > MAX_DECIDED {
            let count = args.adjustments.len().to_string();
            return Err(Error::input(
                "adjustments",
                &count,
                "1 to 10000 adjustments",
            ));
        }
        let reason = written(args.reason.as_deref())?;
        let organisation = self.store()?.organisation().await?;
        let mut chosen = self.chosen(&args.adjustments).await?;
        self.require_decidable(&chosen, args.decision, &organisation)
            .await?;
        if args.decision != Decision::Withdrawn {
            let mut entered: BTreeMap<&str, DateTime<Utc>> = BTreeMap::new();
            for Adjusted { line, .. } in &chosen {
                let since = entered.entry(&line.author).or_insert(line.at);
                *since = line.at.min(*since);
            }
            for (author, since) in entered {
                self.require_own_account(author, since).await?;
            }
        }
        let currency = chosen[0].line.amount.currency;
        let sum = sum(currency, chosen.iter().map(|one| one.line.amount))?;
        let of_periods = sums(&chosen)?;
        let periods: BTreeSet<&str> = of_periods.keys().map(|(period, _)| *period).collect();
        let periods: Vec<&str> = periods.into_iter().collect();
        let names = chosen
            .iter()
            .map(|one| name_of(&organisation, one.line.person));
        let names: BTreeSet<String> = names.collect();
        let name = crate::words::names(names.into_iter().collect());
        let summary = json!({
            "period": periods.join(", "), "name": name, "what": code(args.decision),
            "amount": sum.to_major(), "currency": sum.currency.code(), "reason": reason,
        });
        let mut detail = without_act(summary.clone());
        if of_periods.len() > 1 {
            let of_periods = of_periods.iter();
            let of_periods = of_periods.map(|((period, plan), sum)| {
                json!({ "period": period, "code": plan, "amount": sum.to_major() })
            });
            detail["periods"] = of_periods.collect();
        }
        let mut change = self.change(ChangeKind::AdjustBonus, summary);
        change.audit = Some(AuditDraft {
            action: match args.decision {
                Decision::Approved => "bonus.adjust_approved",
                Decision::Refused => "bonus.adjust_refused",
                Decision::Withdrawn => "bonus.adjust_withdrawn",
            }
            .to_owned(),
            subject: name,
            detail,
        });
        for one in &mut chosen {
            let decision = AdjustmentDecision {
                id: AdjustmentDecisionId(self.clock.new_id()),
                adjustment: one.line.id,
                decision: args.decision,
                reason: reason.clone(),
                author: self.author(),
                at: self.clock.now(),
            };
            change.put.push(decision.clone().into());
            one.decision = Some(decision);
        }
        self.apply(change).await?;
        self.adjustment_rows(chosen).await
    }

    /// These lines; one that is named twice is decided once.
    async fn chosen(&self, ids: &[BonusAdjustmentId]) -> Result<Vec<Adjusted>> {
        let all = self.adjusted(None).await?.into_iter();
        let mut all: HashMap<BonusAdjustmentId, Adjusted> =
            all.map(|one| (one.line.id, one)).collect();
        let mut named = HashSet::new();
        let mut chosen = Vec::with_capacity(ids.len());
        for id in ids {
            if named.insert(*id) {
                let one = all.remove(id).ok_or_else(|| Error::NotFound {
                    what: "bonus adjustment",
                    value: id.to_string(),
                })?;
                chosen.push(one);
            }
        }
        Ok(chosen)
    }

    /// Refuses what cannot be decided so: asked once of each author, and of each plan's period.
    async fn require_decidable(
        &self,
        chosen: &[Adjusted],
        decision: Decision,
        organisation: &Organisation,
    ) -> Result<()> {
        if let Some(decided) = chosen.iter().find(|one| !one.is_waiting()) {
            let name = name_of(organisation, decided.line.person);
            return Err(CycleError::Decided { name }.into());
        }
        let authors: BTreeSet<&str> = chosen.iter().map(|one| one.line.author.as_str()).collect();
        if decision == Decision::Withdrawn {
            return match authors.into_iter().find(|author| !self.is_own(author)) {
                None => Ok(()),
                Some(other) => Err(CycleError::NotAuthor {
                    name: other.to_owned(),
                }
                .into()),
            };
        }
        // Refusing what can no longer be paid clears the way.
        if decision == Decision::Approved {
            for (period, plan) in sums(chosen)?.into_keys() {
                self.require_takes_lines(period.parse()?, plan).await?;
            }
        }
        for author in authors {
            self.require_second_person(author).await?;
        }
        Ok(())
    }

    pub(super) fn require_company_cycle(&self) -> Result<()> {
        match self.actor() {
            Actor::Owner(_) => Err(CycleError::InCompanyStore.into()),
            _ => Ok(()),
        }
    }
}

/// What lines sum to, by period and plan.
fn sums(lines: &[Adjusted]) -> Result<BTreeMap<(&str, &str), Money>> {
    let mut sums: BTreeMap<(&str, &str), Money> = BTreeMap::new();
    for Adjusted { line, .. } in lines {
        let nothing = Money::new(0, line.amount.currency);
        let sum = sums.entry((&line.period, &line.plan)).or_insert(nothing);
        *sum = sum.checked_add(line.amount)?;
    }
    Ok(sums)
}

/// The audit log's action says what was done.
fn without_act(mut summary: Value) -> Value {
    summary["what"] = Value::Null;
    summary
}

fn only_adjusted(organisation: &Organisation, person: PersonId) -> PersonInput {
    let known = organisation.person(person);
    PersonInput {
        person: person.to_string(),
        name: name_of(organisation, person),
        employed: Span {
            from: known.and_then(|one| one.hired_on),
            to: known.and_then(|one| one.left_on),
        },
        assignments: Vec::new(),
        partly: false,
        goals: Vec::new(),
        kpis: Vec::new(),
        objectives: Vec::new(),
        goal: None,
        target_bonus: None,
        deals: Vec::new(),
        adjustments_only: true,
    }
}

/// What somebody wrote, without spaces around; none where it is empty.
pub(super) fn written(text: Option<&str>) -> Result<Option<String>> {
    let text = text.unwrap_or_default().trim();
    if text.chars().count() > MAX_REASON_CHARS {
        return Err(no_reason(text));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

fn no_reason(text: &str) -> Error {
    Error::input("reason", text, "1 to 200 characters")
}
