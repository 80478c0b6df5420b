//! The traces of the work on a deal: leads, changes of stage, interactions.

use std::collections::HashMap;

use chrono::NaiveDate;
use yeji_core::facts::{Interaction, Lead, Opportunity, Stage, StageEvent};
use yeji_core::ids::{CustomerId, InteractionId, LeadId, OpportunityId, StageEventId};

use crate::deals::{Deals, Plan};
use crate::market::Market;
use crate::names::{CHANNELS, CUSTOMER_TYPES, REGIONS, TOUCHES, stranger};
use crate::rng::{Ids, Kind, Rng};
use crate::season::{back_to_working, plus};
use crate::{Frame, MAX_DETAILED_DEALS};

/// Detailed deals of a thousand that began as a recorded lead.
const LEAD_PERMILLE: u64 = 200;
/// Leads of a thousand detailed deals that came in besides and led nowhere.
const DEAD_LEAD_PERMILLE: u64 = 100;
/// Interactions of a thousand with a note.
const NOTE_PERMILLE: u64 = 300;

/// Traces of the detailed deals.
#[derive(Debug)]
pub struct Touches {
    pub leads: Vec<Lead>,
    pub stage_events: Vec<StageEvent>,
    pub interactions: Vec<Interaction>,
}

/// Index of the first detailed deal: the last [`MAX_DETAILED_DEALS`] are.
pub fn first_detailed(deals: usize) -> usize {
    deals.saturating_sub(MAX_DETAILED_DEALS)
}

/// Draws the traces.
pub fn build(frame: &Frame, market: &Market, deals: &Deals) -> Touches {
    let mut writer = Writer::new(frame);
    let names = market
        .customers
        .iter()
        .map(|customer| (customer.id, customer.name.as_str()))
        .collect();
    let from = first_detailed(deals.opportunities.len());
    for (deal, plan) in deals.opportunities.iter().zip(&deals.plans).skip(from) {
        writer.stages(deal, *plan);
        writer.lead(&names, deal, *plan);
        writer.interactions(deal, *plan);
    }
    writer.touches
}

struct Writer<'a> {
    frame: &'a Frame,
    rng: Rng,
    lead_ids: Ids,
    event_ids: Ids,
    interaction_ids: Ids,
    touches: Touches,
}

impl<'a> Writer<'a> {
    fn new(frame: &'a Frame) -> Self {
        let seed = frame.spec.seed;
        Self {
            frame,
            rng: Rng::stream(seed, 6),
            lead_ids: Ids::new(seed, Kind::Lead),
            event_ids: Ids::new(seed, Kind::StageEvent),
            interaction_ids: Ids::new(seed, Kind::Interaction),
            touches: Touches {
                leads: Vec::new(),
                stage_events: Vec::new(),
                interactions: Vec::new(),
            },
        }
    }

    /// What is known of its way on the last day.
    fn stages(&mut self, deal: &Opportunity, plan: Plan) {
        for (stage, on) in plan.stages().filter(|(_, on)| *on <= self.frame.until) {
            self.event(deal.id, stage, on);
        }
        if let Some(closed) = deal.closed_on {
            self.event(deal.id, deal.stage, closed);
        }
    }

    fn event(&mut self, opportunity: OpportunityId, stage: Stage, on: NaiveDate) {
        let events = &mut self.touches.stage_events;
        events.push(StageEvent {
            id: StageEventId(self.event_ids.next(on)),
            origin: self.frame.origin("S", events.len() + 1),
            opportunity,
            stage,
            on,
        });
    }

    /// The lead behind the deal, or another one of the same owner that led nowhere.
    fn lead(&mut self, names: &HashMap<CustomerId, &str>, deal: &Opportunity, plan: Plan) {
        let draw = self.rng.below(1_000);
        if draw >= LEAD_PERMILLE + DEAD_LEAD_PERMILLE {
            return;
        }
        let became = draw < LEAD_PERMILLE;
        let created_on = back_to_working(plus(plan.opened, -self.rng.between(1, 20)));
        let known = deal
            .customer
            .filter(|_| became)
            .and_then(|id| names.get(&id));
        let name = if let Some(name) = known {
            (*name).to_owned()
        } else {
            let region = self.rng.pick(&REGIONS);
            let city = self.rng.pick(&region.cities);
            let kind = self.rng.index(CUSTOMER_TYPES.len());
            stranger(&mut self.rng, city, kind)
        };
        let leads = &mut self.touches.leads;
        leads.push(Lead {
            id: LeadId(self.lead_ids.next(created_on)),
            origin: self.frame.origin("L", leads.len() + 1),
            name,
            channel: Some((*self.rng.pick(&CHANNELS)).to_owned()),
            owner: Some(deal.owner),
            created_on,
            opportunity: became.then_some(deal.id),
        });
    }

    /// One to four on working days of the deal, with a known customer.
    fn interactions(&mut self, deal: &Opportunity, plan: Plan) {
        let Some(customer) = deal.customer else {
            return;
        };
        let length = plan
            .closes
            .min(self.frame.until)
            .signed_duration_since(plan.opened)
            .num_days();
        for _ in 0..=self.rng.below(4) {
            // The opening is a working day, so that going back does not go before it.
            let on = back_to_working(plus(plan.opened, self.rng.between(0, length)));
            let (kind, note) = *self.rng.pick(&TOUCHES);
            let interactions = &mut self.touches.interactions;
            interactions.push(Interaction {
                id: InteractionId(self.interaction_ids.next(on)),
                origin: self.frame.origin("I", interactions.len() + 1),
                customer,
                person: deal.owner,
                kind: kind.to_owned(),
                on,
                note: self.rng.chance(NOTE_PERMILLE).then(|| note.to_owned()),
            });
        }
    }
}
