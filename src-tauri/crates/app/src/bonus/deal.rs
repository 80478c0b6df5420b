//! What an open deal would pay: the period as it stands, and with the deal, by the engine `bonus.deal`.
//! Whoever is credited, and whoever is paid for what others bring, is answered by their own plan, in the
//! version that runs the period.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use yeji_bonus::hypothetical::{ComponentChange, LineChange, PersonChange, StepChange};
use yeji_bonus::{DealQuestion, Event, FactInput, Plan};
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::facts::Opportunity;
use yeji_core::ids::{OpportunityId, PersonId};

use super::error::PlanError;
use super::facts::{closing, delivery_id, events};
use super::if_error::BonusIfError;
use super::under::{PlanDays, is_under};
use super::{people, view};
use crate::access::Actor;
use crate::api::Message;
use crate::api::bonus_if::{
    DealBonus, DealComponent, DealLine, DealPay, DealStep, ExplainDealBonus,
};
use crate::blocking::blocking;
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};
use crate::words;

/// A plan that a deal is asked of, in its period.
struct Asked {
    plan: Plan,
    period: Period,
}

/// Whose pay is asked for.
struct Concerned {
    /// Whose pay is seen.
    seen: BTreeSet<PersonId>,
    /// Credited with the deal, or asked for by name.
    named: BTreeSet<PersonId>,
}

impl App {
    /// What an open deal would pay everybody whose pay is seen, and why: each by their own plan.
    pub async fn explain_deal_bonus(&self, args: ExplainDealBonus) -> Result<DealBonus> {
        if let Some(person) = args.person {
            self.require_pay_of(person).await?;
        }
        let deal = self.open_deal(args.deal).await?;
        let closed_on = args.closed_on.unwrap_or_else(|| self.clock.today());
        known_day("closed_on", closed_on)?;
        let currency = self.currency().await?;
        let amount = match &args.amount {
            Some(text) => {
                let amount = Money::parse_major(text, currency)?;
                if amount.minor <= 0 {
                    return Err(Error::input("amount", text, "an amount above zero"));
                }
                Some(amount)
            }
            None => deal.amount,
        };
        let days = self.plan_days().await?;
        let first = first_plan(&days, args.person.unwrap_or(deal.owner), closed_on)?;
        let mut answer = DealBonus {
            deal: deal.id,
            label: deal.origin.external_id.clone(),
            period: first.period,
            closed_on,
            amount,
            list_price: self.list_price(&deal).await?,
            plan_name_zh: first.plan.name.zh.clone(),
            plan_name_en: first.plan.name.en.clone(),
            people: Vec::new(),
            notes: Vec::new(),
        };
        let Some(amount) = amount else {
            let note = Message::new("deal_amount_needed", &[("deal", answer.label.clone())]);
            answer.notes.push(note);
            answer.notes.extend(self.assumptions(&[first]));
            return Ok(answer);
        };
        let closed = self.closing_if_won(&deal, closed_on, amount).await?;
        let concerned = self.concerned(&days, &args, &deal, &closed).await?;
        let plans = plans_asked(&days, first, &concerned, closed_on)?;
        answer.notes = self.assumptions(&plans);
        let mut reasons = Vec::new();
        for asked in plans {
            let input = self.input_as_it_stands(&asked.plan, asked.period).await?;
            let facts = facts_if_won(&asked.plan, &deal, &closed);
            let question = DealQuestion { input, facts };
            let (output, question) =
                blocking(move || Ok((yeji_bonus::deal(&question)?, question))).await?;
            for change in &output.people {
                let id = change.person.parse()?;
                if concerned.seen.contains(&id) {
                    answer.people.push(person(change, id, &asked));
                }
            }
            reasons.push(Untold::of(&question, &concerned));
        }
        answer.people.sort_by(|a, b| {
            let by_size = b.difference.minor.cmp(&a.difference.minor);
            by_size
                .then_with(|| a.person.cmp(&b.person))
                .then_with(|| a.plan.cmp(&b.plan))
        });
        answer
            .notes
            .extend(untold(&reasons, answer.people.is_empty()));
        Ok(answer)
    }

    async fn concerned(
        &self,
        days: &PlanDays,
        args: &ExplainDealBonus,
        deal: &Opportunity,
        closed: &FactInput,
    ) -> Result<Concerned> {
        let pay = self.pay_sight().await?;
        let people = days.organisation.people().map(|person| person.id);
        let asked = |id: &PersonId| args.person.is_none_or(|asked| asked == *id);
        let mut named: BTreeSet<PersonId> = args.person.into_iter().chain([deal.owner]).collect();
        // The rest of a deal in a personal file is nobody's whom the file knows.
        let credits = closed.credits.iter();
        named.extend(credits.filter_map(|share| share.person.parse::<PersonId>().ok()));
        Ok(Concerned {
            seen: people.filter(|id| pay.includes(*id) && asked(id)).collect(),
            named,
        })
    }

    async fn open_deal(&self, id: OpportunityId) -> Result<Opportunity> {
        let found = self.store()?.opportunity(id).await?;
        let deal = found.ok_or_else(|| Error::NotFound {
            what: "deal",
            value: id.to_string(),
        })?;
        self.require_deal(&deal).await?;
        if !deal.stage.is_open() {
            return Err(BonusIfError::DealClosed {
                deal: deal.origin.external_id,
                stage: deal.stage.code(),
            }
            .into());
        }
        Ok(deal)
    }

    async fn list_price(&self, deal: &Opportunity) -> Result<Option<Money>> {
        let Some(id) = deal.product else {
            return Ok(None);
        };
        let product = self.store()?.product(id).await?;
        Ok(product.and_then(|product| product.list_price))
    }

    /// The deal as won on a day.
    async fn closing_if_won(
        &self,
        deal: &Opportunity,
        on: NaiveDate,
        amount: Money,
    ) -> Result<FactInput> {
        let found = self.store()?.bonus_deal_if_won(deal.id, on, amount).await?;
        let known = found.ok_or_else(|| Error::NotFound {
            what: "deal",
            value: deal.id.to_string(),
        })?;
        let mut closed = closing(&known);
        if let Actor::Owner(owner) = self.actor() {
            closed.credits = self.own_credits(deal, owner.person).await?;
            // What it costs is not in the file.
            closed.margin = None;
        }
        Ok(closed)
    }

    fn assumptions(&self, plans: &[Asked]) -> Vec<Message> {
        let mut notes = Vec::new();
        let all: BTreeSet<Event> = plans.iter().flat_map(|one| events(&one.plan)).collect();
        let others: Vec<&str> = all
            .into_iter()
            .filter(|event| *event != Event::Closing)
            .map(event_code)
            .collect();
        if !others.is_empty() {
            let events = ("events", others.join(", "));
            notes.push(Message::new("deal_events_same_day", &[events]));
        }
        for period in plans.iter().map(|one| one.period) {
            if period.end() > self.clock.today() {
                let period = ("period", period.to_string());
                let note = Message::new("deal_period_running", &[period]);
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        if matches!(self.actor(), Actor::Owner(_)) {
            let day = self.actor().day(self.clock.today());
            let on = ("date", day.to_string());
            notes.push(Message::new("deal_personal_file", &[on]));
        }
        notes
    }
}

/// The plan of the one who is asked for, or of the deal's owner, on the day of closing.
fn first_plan(days: &PlanDays, person: PersonId, on: NaiveDate) -> Result<Asked> {
    let code = days.code_on(person, on);
    let found = days.book.run_around(Some(&code), on, days.fiscal)?;
    let (period, plan) = found.ok_or(PlanError::NotInForce {
        plan: code,
        day: on,
    })?;
    Ok(Asked { plan, period })
}

/// The plans that may pay somebody for the deal whose pay is seen: those of whom it names, and those that
/// pay for what others bring.
fn plans_asked(
    days: &PlanDays,
    first: Asked,
    concerned: &Concerned,
    on: NaiveDate,
) -> Result<Vec<Asked>> {
    let assigned = days.assigned();
    let mut plans = Vec::new();
    for code in days.book.codes() {
        let Some((period, plan)) = days.book.run_around(Some(&code), on, days.fiscal)? else {
            continue;
        };
        let of_others = people::asks_for_reports(&plan) || people::asks_for_teams(&plan);
        let mut seen = days
            .organisation
            .people()
            .filter(|one| concerned.seen.contains(&one.id))
            .filter(|one| of_others || concerned.named.contains(&one.id));
        if seen.any(|one| is_under(&assigned, one, &code, period)) {
            plans.push(Asked { plan, period });
        }
    }
    if plans.is_empty() {
        plans.push(first);
    }
    Ok(plans)
}

/// The deal as won, and with a plan that pays on other events these on the same day.
fn facts_if_won(plan: &Plan, deal: &Opportunity, closed: &FactInput) -> Vec<FactInput> {
    let mut facts = Vec::new();
    for event in events(plan) {
        let id = match event {
            Event::Closing => {
                facts.push(closed.clone());
                continue;
            }
            Event::Delivery => delivery_id(deal.id),
            Event::Invoice => format!("invoice if won {}", deal.id),
            Event::Receipt => format!("receipt if won {}", deal.id),
        };
        facts.push(FactInput {
            id,
            kind: event,
            of: Some(closed.id.clone()),
            ..closed.clone()
        });
    }
    facts
}

fn event_code(event: Event) -> &'static str {
    match event {
        Event::Closing => "closing",
        Event::Invoice => "invoice",
        Event::Receipt => "receipt",
        Event::Delivery => "delivery",
    }
}

/// What a plan's answer does not tell.
struct Untold {
    /// The plan pays nothing for deals.
    pays_no_deals: bool,
    /// Somebody of the plan is credited.
    credits_somebody: bool,
    /// Those of them whose pay is seen.
    names: Vec<String>,
}

impl Untold {
    fn of(question: &DealQuestion, concerned: &Concerned) -> Self {
        let is_named = |id: &str| {
            let id = id.parse();
            id.is_ok_and(|id: PersonId| concerned.named.contains(&id))
        };
        let people = question.input.people.iter();
        let named: Vec<_> = people.filter(|one| is_named(&one.person)).collect();
        let is_seen = |id: &str| {
            let id = id.parse();
            id.is_ok_and(|id: PersonId| concerned.seen.contains(&id))
        };
        let seen = named.iter().filter(|one| is_seen(&one.person));
        Self {
            pays_no_deals: question.facts.is_empty(),
            credits_somebody: !named.is_empty(),
            names: seen.map(|one| one.name.clone()).collect(),
        }
    }
}

/// Whose plan pays nothing for deals; and where nobody is told of, why.
fn untold(plans: &[Untold], nobody: bool) -> Option<Message> {
    if nobody {
        let code = if plans.iter().all(|one| one.pays_no_deals) {
            "deal_plan_pays_no_deals"
        } else if plans.iter().any(|one| one.credits_somebody) {
            "deal_pays_others"
        } else {
            "deal_credits_nobody_paid"
        };
        return Some(Message::new(code, &[]));
    }
    let unpaid = plans.iter().filter(|one| one.pays_no_deals);
    let names: Vec<String> = unpaid.flat_map(|one| one.names.clone()).collect();
    let names = (!names.is_empty()).then(|| ("names", words::names(names)))?;
    Some(Message::new("deal_plan_of_pays_no_deals", &[names]))
}

fn person(change: &PersonChange, id: PersonId, asked: &Asked) -> DealPay {
    DealPay {
        person: id,
        name: change.name.clone(),
        plan: asked.plan.code.clone(),
        plan_name_zh: asked.plan.name.zh.clone(),
        plan_name_en: asked.plan.name.en.clone(),
        period: asked.period,
        before: change.before,
        after: change.after,
        difference: change.difference,
        blocked: change.blocked,
        components: change.components.iter().map(component).collect(),
        limit: change.limit,
        reasons: change.reasons.iter().map(view::message).collect(),
    }
}

fn component(change: &ComponentChange) -> DealComponent {
    let shown = |ratio: Option<yeji_core::Ratio>| ratio.map(|ratio| ratio.to_string());
    DealComponent {
        code: change.code.clone(),
        name_zh: change.name.zh.clone(),
        name_en: change.name.en.clone(),
        before: change.before,
        after: change.after,
        measure_before: change.measure.0.map(view::figure),
        measure_after: change.measure.1.map(view::figure),
        attainment_before: shown(change.attainment.0),
        attainment_after: shown(change.attainment.1),
        lines: change.lines.iter().map(line).collect(),
        steps: change.steps.iter().map(step).collect(),
        reasons: change.reasons.iter().map(view::message).collect(),
    }
}

fn line(change: &LineChange) -> DealLine {
    DealLine {
        before: change.before.as_ref().map(view::line),
        after: change.after.as_ref().map(view::line),
    }
}

fn step(change: &StepChange) -> DealStep {
    DealStep {
        before: change.before.as_ref().map(view::step),
        after: change.after.as_ref().map(view::step),
    }
}
