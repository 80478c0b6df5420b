//! What an open deal would pay: the period as it stands, and with the deal, by the engine `bonus.deal`.

use chrono::NaiveDate;
use yeji_bonus::hypothetical::{ComponentChange, LineChange, PersonChange, StepChange};
use yeji_bonus::{CalculateInput, DealQuestion, Event, FactInput, Plan};
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::facts::Opportunity;
use yeji_core::ids::OpportunityId;

use super::facts::{closing, delivery_id, events};
use super::if_error::BonusIfError;
use super::view;
use crate::access::Actor;
use crate::api::Message;
use crate::api::bonus_if::{
    DealBonus, DealComponent, DealLine, DealPay, DealStep, ExplainDealBonus,
};
use crate::blocking::blocking;
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};

impl App {
    /// What an open deal would pay everybody whose pay is seen, and why.
    pub async fn explain_deal_bonus(&self, args: ExplainDealBonus) -> Result<DealBonus> {
        if let Some(person) = args.person {
            self.require_pay_of(person).await?;
        }
        let deal = self.open_deal(args.deal).await?;
        let closed_on = args.closed_on.unwrap_or_else(|| self.clock.today());
        known_day("closed_on", closed_on)?;
        let currency = self.currency().await?;
        let amount = match &args.amount {
            Some(text) => Some(Money::parse_major(text, currency)?),
            None => deal.amount,
        };
        let plan = self.bonus_plan_of(args.person.or(Some(deal.owner))).await?;
        let fiscal = self.company_calendar().await?.fiscal()?;
        let period = fiscal.containing(plan.period, closed_on)?;
        let mut answer = DealBonus {
            deal: deal.id,
            label: deal.origin.external_id.clone(),
            period,
            closed_on,
            amount,
            list_price: self.list_price(&deal).await?,
            plan_name_zh: plan.name.zh.clone(),
            plan_name_en: plan.name.en.clone(),
            people: Vec::new(),
            notes: self.assumptions(&plan, period),
        };
        let Some(amount) = amount else {
            let note = Message::new("deal_amount_needed", &[("deal", answer.label.clone())]);
            answer.notes.insert(0, note);
            return Ok(answer);
        };
        let input = self.input_as_it_stands(&plan, period).await?;
        let facts = self.facts_if_won(&plan, &deal, closed_on, amount).await?;
        let question = DealQuestion { input, facts };
        let (output, question) =
            blocking(move || Ok((yeji_bonus::deal(&question)?, question))).await?;
        let pay = self.pay_sight().await?;
        for change in &output.people {
            let id = change.person.parse()?;
            if pay.includes(id) && args.person.is_none_or(|asked| asked == id) {
                answer.people.push(person(change, id));
            }
        }
        answer
            .people
            .sort_by_key(|one| (std::cmp::Reverse(one.difference.minor), one.person));
        if answer.people.is_empty() {
            answer.notes.push(nobody(&question.input, &question.facts));
        }
        Ok(answer)
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

    /// The deal as won on a day, and with a plan that pays on other events these on the same day.
    async fn facts_if_won(
        &self,
        plan: &Plan,
        deal: &Opportunity,
        on: NaiveDate,
        amount: Money,
    ) -> Result<Vec<FactInput>> {
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
        Ok(facts)
    }

    fn assumptions(&self, plan: &Plan, period: Period) -> Vec<Message> {
        let mut notes = Vec::new();
        let others: Vec<&str> = events(plan)
            .into_iter()
            .filter(|event| *event != Event::Closing)
            .map(event_code)
            .collect();
        if !others.is_empty() {
            let events = ("events", others.join(", "));
            notes.push(Message::new("deal_events_same_day", &[events]));
        }
        if period.end() > self.clock.today() {
            let period = ("period", period.to_string());
            notes.push(Message::new("deal_period_running", &[period]));
        }
        if matches!(self.actor(), Actor::Owner(_)) {
            let day = self.actor().day(self.clock.today());
            let on = ("date", day.to_string());
            notes.push(Message::new("deal_personal_file", &[on]));
        }
        notes
    }
}

fn event_code(event: Event) -> &'static str {
    match event {
        Event::Closing => "closing",
        Event::Invoice => "invoice",
        Event::Receipt => "receipt",
        Event::Delivery => "delivery",
    }
}

/// Why nobody is named: nobody of the plan is credited, or nobody whose pay is seen.
fn nobody(input: &CalculateInput, facts: &[FactInput]) -> Message {
    let mut credited = facts.iter().flat_map(|fact| &fact.credits);
    let known = credited.any(|share| input.people.iter().any(|one| one.person == share.person));
    let code = if facts.is_empty() {
        "deal_plan_pays_no_deals"
    } else if known {
        "deal_pays_others"
    } else {
        "deal_credits_nobody_paid"
    };
    Message::new(code, &[])
}

fn person(change: &PersonChange, id: yeji_core::ids::PersonId) -> DealPay {
    DealPay {
        person: id,
        name: change.name.clone(),
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
