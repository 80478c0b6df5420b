//! Opportunities: when they open and close, whose they are, and how they end.

use chrono::NaiveDate;
use yeji_core::facts::{Opportunity, OrderLine, Receipt, Stage};
use yeji_core::ids::OpportunityId;
use yeji_core::{Currency, Money};

use crate::market::Market;
use crate::orders::Orders;
use crate::rng::{Ids, Kind, Rng, locate};
use crate::season::{CYCLE_SPREAD_DAYS, back_to_working, closing_weights, plus};
use crate::staff::Staff;
use crate::{Error, Frame, MIN_CYCLE_DAYS, Result};

/// Deals between two reports of progress.
const PROGRESS_STEP: usize = 1_000;
/// Early deals of a thousand whose customer is not recorded yet.
const UNKNOWN_CUSTOMER_PERMILLE: u64 = 250;

/// The deals with what follows from a won one.
#[derive(Debug)]
pub struct Deals {
    pub opportunities: Vec<Opportunity>,
    /// One for each opportunity.
    pub plans: Vec<Plan>,
    pub order_lines: Vec<OrderLine>,
    pub receipts: Vec<Receipt>,
}

/// From when to when a deal is worked on. One that closes after `until` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Plan {
    pub opened: NaiveDate,
    pub closes: NaiveDate,
    /// Open stages that it comes to: all if it is won, and fewer, maybe, if it is lost.
    pub passes: usize,
}

impl Plan {
    /// The open stages that it comes to, with their days: each of four takes a quarter of the time.
    pub fn stages(self) -> impl DoubleEndedIterator<Item = (Stage, NaiveDate)> {
        let cycle = self.closes.signed_duration_since(self.opened).num_days();
        let day = |quarter| plus(self.opened, cycle * quarter / 4);
        [
            (Stage::Prospecting, self.opened),
            (Stage::Engaging, day(1)),
            (Stage::Proposal, day(2)),
            (Stage::Negotiation, day(3)),
        ]
        .into_iter()
        .take(self.passes)
    }
}

const OPEN_STAGES: usize = 4;

/// Draws the deals in order of their opening.
pub fn build(
    frame: &Frame,
    staff: &Staff,
    market: &Market,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Deals> {
    let mut rng = Rng::stream(frame.spec.seed, 4);
    let mut ids = Ids::new(frame.spec.seed, Kind::Opportunity);
    let mut orders = Orders::new(frame);
    let mut plans = plan(frame, &mut rng);
    let total = u64::from(frame.spec.deals);
    let mut opportunities = Vec::with_capacity(plans.len());
    for (index, plan) in plans.iter_mut().enumerate() {
        if index % PROGRESS_STEP == 0 && !progress(index as u64, total) {
            return Err(Error::Cancelled);
        }
        let is_open = plan.closes > frame.until;
        let owner = staff.owner(&mut rng, plan.opened, plan.closes.min(frame.until));
        let customer = market.customer(&mut rng, owner.region_on(plan.opened));
        let product = market.product(&mut rng, customer);
        // Of an open deal it is not known yet, but how far it comes depends on it.
        let wins = rng.chance(owner.win_permille);
        if !wins {
            plan.passes = 1 + rng.index(OPEN_STAGES);
        }
        let stage = match (is_open, wins) {
            (true, _) => stage_on(*plan, frame.until),
            (false, true) => Stage::Won,
            (false, false) => Stage::Lost,
        };
        let id = OpportunityId(ids.next(plan.opened));
        let amount = match stage {
            Stage::Won => Some(orders.won(market, id, customer, product, plan.closes)?),
            Stage::Lost => Some(Money::new(0, Currency::CNY)),
            _ => None,
        };
        let unknown = stage == Stage::Prospecting && rng.chance(UNKNOWN_CUSTOMER_PERMILLE);
        opportunities.push(Opportunity {
            id,
            origin: frame.origin("D", index + 1),
            owner: owner.person,
            customer: (!unknown).then(|| market.customers[customer].id),
            product: Some(market.products[product].id),
            stage,
            opened_on: Some(plan.opened),
            closed_on: (!is_open).then_some(plan.closes),
            amount,
        });
    }
    if !progress(total, total) {
        return Err(Error::Cancelled);
    }
    Ok(Deals {
        opportunities,
        plans,
        order_lines: orders.lines,
        receipts: orders.receipts,
    })
}

/// Closing days by the season, each with an opening day before it; in order of opening.
///
/// The closings are a systematic sample: the line of all days' weights is cut into as many equal
/// parts as there are deals, and each part gives one day. So the number is exact, and even a few
/// deals follow the season.
fn plan(frame: &Frame, rng: &mut Rng) -> Vec<Plan> {
    let sums = closing_weights(frame);
    let all = sums.last().copied().unwrap_or(0);
    let deals = u64::from(frame.spec.deals);
    let mut plans: Vec<Plan> = (0..deals)
        .map(|part| {
            let along = u128::from(part) * u128::from(all) + u128::from(rng.below(all));
            // Below `all`, which is a u64: part < deals and the draw is below `all`.
            let at = u64::try_from(along / u128::from(deals)).unwrap_or(0);
            let closes = plus(frame.first, i64::try_from(locate(&sums, at)).unwrap_or(0));
            Plan {
                opened: opening(frame, rng, closes),
                closes,
                passes: OPEN_STAGES,
            }
        })
        .collect();
    plans.sort_unstable();
    plans
}

/// 10 to 100 days before the closing, mostly 40 to 70, then back to a working day, which takes at
/// most 16 more; never after `until`.
fn opening(frame: &Frame, rng: &mut Rng, closes: NaiveDate) -> NaiveDate {
    let ahead = closes.signed_duration_since(frame.until).num_days();
    // Of a deal that is open it is known that it opened before, and nothing else. The longest cycle is as
    // long as the tail, so there is a draw that fits.
    let cycle = loop {
        let (one, other) = (
            rng.between(0, CYCLE_SPREAD_DAYS),
            rng.between(0, CYCLE_SPREAD_DAYS),
        );
        let cycle = MIN_CYCLE_DAYS + one + other;
        if cycle >= ahead {
            break cycle;
        }
    };
    back_to_working(plus(closes, -cycle))
}

fn stage_on(plan: Plan, day: NaiveDate) -> Stage {
    let reached = plan.stages().rev().find(|(_, from)| *from <= day);
    reached.map_or(Stage::Prospecting, |(stage, _)| stage)
}
