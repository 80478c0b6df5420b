//! What a plan credits, out of the store: deals with their credit lists, what was invoiced, received and
//! delivered for them, and what refunds take back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use yeji_bonus::input::Attribute;
use yeji_bonus::plan::RateDate;
use yeji_bonus::{Event, FactInput, Measure, Plan, ShareInput};
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::ids::OpportunityId;
use yeji_store::{BonusDeal, BonusPaper};

use super::people::first_day;
use crate::context::App;
use crate::error::Result;

/// Facts of a plan and the first day from which they are given.
pub(super) struct PlanFacts {
    pub facts: Vec<FactInput>,
    /// From the first day of which period goals and target bonuses are asked for.
    pub since: NaiveDate,
}

impl App {
    pub(super) async fn plan_facts(&self, plan: &Plan, period: Period) -> Result<PlanFacts> {
        let events = events(plan);
        let first = first_day(plan, period);
        let mut since = first;
        let until = period.end();
        let store = self.store()?;
        let receipts = store.bonus_receipts(since, until).await?;
        let rated_by_deal = |one: &&yeji_bonus::Component| one.credit.rate_date == RateDate::Deal;
        if plan.components.iter().any(|one| rated_by_deal(&one)) {
            since = self.first_deal_period(&receipts, period, since).await?;
        }
        let mut deals = store.bonus_deals(since, until).await?;
        let mut papers = Papers {
            receipts: if since < first {
                store.bonus_receipts(since, until).await?
            } else {
                receipts
            },
            ..Papers::default()
        };
        let refunded = self.refunded(&papers.receipts).await?;
        papers.receipts.extend(refunded);
        if events.contains(&Event::Invoice) {
            papers.invoices = store.bonus_invoices(since, until).await?;
        }
        if events.contains(&Event::Delivery) {
            papers.deliveries = store.bonus_deliveries(since, until).await?;
        }
        let known: BTreeSet<OpportunityId> = deals.iter().map(|deal| deal.id).collect();
        let others: BTreeSet<OpportunityId> = papers
            .all()
            .filter_map(|paper| paper.deal)
            .filter(|deal| !known.contains(deal))
            .collect();
        deals.extend(store.bonus_deals_of(&others).await?);
        Ok(PlanFacts {
            facts: papers.facts(&events, &deals, (since, until)),
            since,
        })
    }

    /// The first day of the period in which the earliest deal of some receipts closed.
    async fn first_deal_period(
        &self,
        receipts: &[BonusPaper],
        period: Period,
        since: NaiveDate,
    ) -> Result<NaiveDate> {
        let ids: BTreeSet<OpportunityId> = receipts.iter().filter_map(|one| one.deal).collect();
        let deals = self.store()?.bonus_deals_of(&ids).await?;
        let Some(earliest) = deals.iter().map(|deal| deal.closed_on).min() else {
            return Ok(since);
        };
        if earliest >= since {
            return Ok(since);
        }
        let of_deal = period.calendar().containing(period.kind(), earliest)?;
        Ok(of_deal.start())
    }

    /// Receipts that refunds pay back and that are not among them.
    async fn refunded(&self, receipts: &[BonusPaper]) -> Result<Vec<BonusPaper>> {
        let known: BTreeSet<_> = receipts.iter().map(|one| one.id).collect();
        let missing = receipts
            .iter()
            .filter_map(|one| one.refunds)
            .filter(|id| !known.contains(id))
            .collect();
        Ok(self.store()?.bonus_receipts_of(&missing).await?)
    }
}

/// Events that a plan's components credit.
pub(super) fn events(plan: &Plan) -> BTreeSet<Event> {
    let mut events = BTreeSet::new();
    for component in &plan.components {
        if matches!(component.measure, Measure::Facts { .. }) {
            events.insert(component.credit.event);
            if component.credit.rate_date == RateDate::Deal {
                events.insert(Event::Closing);
            }
        }
    }
    events
}

#[derive(Default)]
struct Papers {
    receipts: Vec<BonusPaper>,
    invoices: Vec<BonusPaper>,
    deliveries: Vec<BonusPaper>,
}

impl Papers {
    fn all(&self) -> impl Iterator<Item = &BonusPaper> {
        let invoices = self.invoices.iter();
        self.receipts.iter().chain(invoices).chain(&self.deliveries)
    }

    /// Deals count by their day within the days; others are there for what was received of them.
    fn facts(
        &self,
        events: &BTreeSet<Event>,
        deals: &[BonusDeal],
        (since, until): (NaiveDate, NaiveDate),
    ) -> Vec<FactInput> {
        let by_id: HashMap<OpportunityId, &BonusDeal> =
            deals.iter().map(|deal| (deal.id, deal)).collect();
        let mut facts = Vec::new();
        let mut counted = Counted::default();
        if events.contains(&Event::Closing) {
            let inside = |deal: &&BonusDeal| since <= deal.closed_on && deal.closed_on < until;
            for deal in deals.iter().filter(inside) {
                counted.closed.insert(deal.id);
                facts.push(closing(deal));
            }
        }
        for paper in &self.deliveries {
            let Some(deal) = paper.deal.and_then(|id| by_id.get(&id)) else {
                continue;
            };
            counted.delivered.insert(deal.id);
            let id = delivery_id(deal.id);
            facts.push(of_deal(paper, id, Event::Delivery, deal.amount, deal));
        }
        if events.contains(&Event::Invoice) {
            facts.extend(self.invoice_facts(&by_id));
        }
        for paper in &self.receipts {
            let Some(deal) = paper.deal.and_then(|id| by_id.get(&id)) else {
                // Of a deal that is not won, or has no amount: nothing says whose it is.
                continue;
            };
            let Some(amount) = paper.amount else { continue };
            let mut fact = of_deal(paper, paper.id.to_string(), Event::Receipt, amount, deal);
            if amount.minor < 0 {
                fact.refunds = counted.taken_back(paper, deal, events);
                if fact.refunds.is_empty() {
                    // It takes back what other periods counted.
                    continue;
                }
            } else if !events.contains(&Event::Receipt) {
                continue;
            }
            facts.push(fact);
        }
        facts
    }

    /// A credit note restates the invoice of its deal where there is one only; else it counts below zero
    /// on its own day, as nobody says which invoice it is for.
    fn invoice_facts(&self, deals: &HashMap<OpportunityId, &BonusDeal>) -> Vec<FactInput> {
        let mut of_deals: BTreeMap<OpportunityId, Vec<&BonusPaper>> = BTreeMap::new();
        for paper in &self.invoices {
            let positive = paper.amount.is_some_and(|amount| amount.minor >= 0);
            if let (Some(deal), true) = (paper.deal, positive) {
                of_deals.entry(deal).or_default().push(paper);
            }
        }
        let mut facts = Vec::new();
        for paper in &self.invoices {
            let deal = paper.deal.and_then(|id| deals.get(&id));
            let (Some(deal), Some(amount)) = (deal, paper.amount) else {
                continue;
            };
            let mut fact = of_deal(paper, paper.id.to_string(), Event::Invoice, amount, deal);
            if let ([only], true) = (
                of_deals
                    .get(&deal.id)
                    .map(Vec::as_slice)
                    .unwrap_or_default(),
                amount.minor < 0,
            ) {
                fact.refunds = vec![only.id.to_string()];
            }
            facts.push(fact);
        }
        facts
    }
}

/// Deals that are among the facts.
#[derive(Default)]
struct Counted {
    closed: BTreeSet<OpportunityId>,
    delivered: BTreeSet<OpportunityId>,
}

impl Counted {
    /// What a negative receipt takes back: its deal, the delivery of it, and the receipt that it names.
    fn taken_back(
        &self,
        paper: &BonusPaper,
        deal: &BonusDeal,
        events: &BTreeSet<Event>,
    ) -> Vec<String> {
        let mut refunds = Vec::new();
        if self.closed.contains(&deal.id) {
            refunds.push(deal.id.to_string());
        }
        if self.delivered.contains(&deal.id) {
            refunds.push(delivery_id(deal.id));
        }
        if events.contains(&Event::Receipt) {
            // One that names no receipt blocks what receipts pay: nothing is paid on a guess.
            let named = paper.refunds.map(|id| id.to_string());
            refunds.push(named.unwrap_or_else(|| format!("? {}", paper.external_id)));
        }
        refunds
    }
}

pub(super) fn delivery_id(deal: OpportunityId) -> String {
    format!("delivery {deal}")
}

pub(super) fn closing(deal: &BonusDeal) -> FactInput {
    let margin = deal
        .cost_minor
        .and_then(|cost| deal.amount.minor.checked_sub(cost));
    FactInput {
        id: deal.id.to_string(),
        label: deal.external_id.clone(),
        kind: Event::Closing,
        on: deal.closed_on,
        amount: deal.amount,
        margin: margin.map(|minor| Money::new(minor, deal.amount.currency)),
        quantity: deal.quantity.map(yeji_core::Ratio::from_int),
        credits: credits(deal),
        overlays: Vec::new(),
        of: None,
        refunds: Vec::new(),
        attributes: attributes(deal),
    }
}

fn of_deal(
    paper: &BonusPaper,
    id: String,
    kind: Event,
    amount: Money,
    deal: &BonusDeal,
) -> FactInput {
    FactInput {
        id,
        label: paper.external_id.clone(),
        kind,
        on: paper.on,
        amount,
        margin: None,
        quantity: None,
        credits: credits(deal),
        overlays: Vec::new(),
        of: Some(deal.id.to_string()),
        refunds: Vec::new(),
        attributes: attributes(deal),
    }
}

fn credits(deal: &BonusDeal) -> Vec<ShareInput> {
    deal.credits
        .iter()
        .map(|credit| ShareInput {
            person: credit.person.to_string(),
            share: credit.share,
        })
        .collect()
}

fn attributes(deal: &BonusDeal) -> BTreeMap<String, Attribute> {
    let pairs = [
        ("customer", deal.customer.as_ref()),
        ("customer_type", deal.customer_type.as_ref()),
        ("region", deal.region.as_ref()),
        ("segment", deal.segment.as_ref()),
        ("product", deal.product.as_ref()),
        ("category", deal.category.as_ref()),
        ("source", Some(&deal.source)),
    ];
    pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), Attribute::Text(value?.clone()))))
        .collect()
}
