//! Deliveries of the won deals, and how satisfied the customers were.

use yeji_core::facts::{DeliveryTicket, Opportunity, SatisfactionScore, Stage};
use yeji_core::ids::{DeliveryId, SatisfactionId};

use crate::Frame;
use crate::rng::{Ids, Kind, Rng};
use crate::season::{on_to_working, plus};
use crate::touches::first_detailed;

const LATE_PERMILLE: u64 = 170;
/// Deliveries of a thousand after which the customer answers.
const ANSWER_PERMILLE: u64 = 350;
/// Answers after a delivery in time, each equally likely.
const SCORES: [i64; 12] = [10, 10, 9, 9, 9, 9, 8, 8, 8, 7, 7, 5];
/// Points less after a late one; a score is at least 1.
const LATE_POINTS: i64 = 3;

/// Deliveries and answers of the detailed deals.
#[derive(Debug)]
pub struct Deliveries {
    pub tickets: Vec<DeliveryTicket>,
    pub scores: Vec<SatisfactionScore>,
}

/// Draws one delivery for each detailed won deal.
pub fn build(frame: &Frame, opportunities: &[Opportunity]) -> Deliveries {
    let mut rng = Rng::stream(frame.spec.seed, 7);
    let mut ticket_ids = Ids::new(frame.spec.seed, Kind::Delivery);
    let mut score_ids = Ids::new(frame.spec.seed, Kind::Score);
    let mut all = Deliveries {
        tickets: Vec::new(),
        scores: Vec::new(),
    };
    let detailed = &opportunities[first_detailed(opportunities.len())..];
    for deal in detailed.iter().filter(|deal| deal.stage == Stage::Won) {
        let (Some(won_on), Some(customer)) = (deal.closed_on, deal.customer) else {
            continue;
        };
        let due_on = on_to_working(plus(won_on, rng.between(15, 60)));
        let late = rng.chance(LATE_PERMILLE);
        let delivered_on = if late {
            on_to_working(plus(due_on, rng.between(1, 21)))
        } else {
            plus(due_on, -rng.between(0, 6))
        };
        let under_way = delivered_on > frame.until;
        all.tickets.push(DeliveryTicket {
            id: DeliveryId(ticket_ids.next(won_on)),
            origin: frame.origin("T", all.tickets.len() + 1),
            opportunity: deal.id,
            due_on,
            delivered_on: (!under_way).then_some(delivered_on),
        });

        let answers = rng.chance(ANSWER_PERMILLE);
        let answered_on = on_to_working(plus(delivered_on, rng.between(2, 20)));
        let score = *rng.pick(&SCORES) - if late { LATE_POINTS } else { 0 };
        if answers && answered_on <= frame.until {
            all.scores.push(SatisfactionScore {
                id: SatisfactionId(score_ids.next(answered_on)),
                origin: frame.origin("Q", all.scores.len() + 1),
                customer,
                score: score.max(1),
                on: answered_on,
            });
        }
    }
    all
}
