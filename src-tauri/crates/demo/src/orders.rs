//! What a won deal brings: its amount, its order lines, and the receipts until today.

use chrono::NaiveDate;
use yeji_core::facts::{OrderLine, Receipt};
use yeji_core::ids::{OpportunityId, OrderLineId, ReceiptId};
use yeji_core::{Currency, Money, allocate};

use crate::market::Market;
use crate::names::ITEMS;
use crate::rng::{Ids, Kind, Rng};
use crate::season::{on_to_working, plus};
use crate::{Frame, Result};

/// Amounts are negotiated to whole hundreds of yuan.
const AMOUNT_STEP_FEN: i64 = 100 * 100;
/// Orders of a thousand that are four times as large as usual.
const PROJECT_PERMILLE: u64 = 30;
const REFUND_PERMILLE: u64 = 25;

/// Parts of a payment with the days from one to the next (from, to).
const TERMS: [&[(u64, i64, i64)]; 3] = [
    &[(100, 2, 30)],
    &[(30, 1, 15), (70, 20, 60)],
    &[(30, 1, 15), (60, 20, 60), (10, 90, 180)],
];

/// Order lines and receipts, as they are drawn deal by deal.
#[derive(Debug)]
pub struct Orders<'a> {
    pub lines: Vec<OrderLine>,
    pub receipts: Vec<Receipt>,
    frame: &'a Frame,
    rng: Rng,
    line_ids: Ids,
    receipt_ids: Ids,
}

impl<'a> Orders<'a> {
    /// None yet.
    pub fn new(frame: &'a Frame) -> Self {
        let seed = frame.spec.seed;
        Self {
            lines: Vec::new(),
            receipts: Vec::new(),
            frame,
            rng: Rng::stream(seed, 5),
            line_ids: Ids::new(seed, Kind::OrderLine),
            receipt_ids: Ids::new(seed, Kind::Receipt),
        }
    }

    /// Draws the order of a deal won on `day`, with its receipts; gives its amount: list price times
    /// quantity of all lines less a discount, rounded down to whole hundreds of yuan.
    pub fn won(
        &mut self,
        market: &Market,
        deal: OpportunityId,
        customer: usize,
        product: usize,
        day: NaiveDate,
    ) -> Result<Money> {
        let pieces = self.pieces(market, customer, product);
        let lists: Vec<i64> = pieces
            .iter()
            .map(|(product, quantity)| ITEMS[*product].price_yuan * 100 * quantity)
            .collect();
        let discount = self.rng.between(0, 14) + if market.is_large(customer) { 6 } else { 0 };
        let list_sum: i64 = lists.iter().sum();
        let amount = list_sum * (100 - discount) / 100 / AMOUNT_STEP_FEN * AMOUNT_STEP_FEN;

        let weights: Vec<u64> = lists.iter().map(|list| list.unsigned_abs()).collect();
        let parts = allocate(amount, &weights)?;
        for ((product, quantity), minor) in pieces.into_iter().zip(parts) {
            self.lines.push(OrderLine {
                id: OrderLineId(self.line_ids.next(day)),
                origin: self.frame.origin("O", self.lines.len() + 1),
                opportunity: deal,
                product: market.products[product].id,
                quantity,
                amount: Money::new(minor, Currency::CNY),
                ordered_on: day,
            });
        }
        self.receive(deal, amount, day)?;
        Ok(Money::new(amount, Currency::CNY))
    }

    /// Different products with quantities, the deal's product first.
    fn pieces(&mut self, market: &Market, customer: usize, product: usize) -> Vec<(usize, i64)> {
        let lines = match self.rng.below(100) {
            0..55 => 1,
            55..85 => 2,
            _ => 3,
        };
        let factor = if market.is_large(customer) { 2 } else { 1 }
            * if self.rng.chance(PROJECT_PERMILLE) {
                4
            } else {
                1
            };
        let mut pieces: Vec<(usize, i64)> = Vec::with_capacity(lines);
        for line in 0..lines {
            let product = if line == 0 {
                product
            } else {
                market.product(&mut self.rng, customer)
            };
            if pieces.iter().any(|(taken, _)| *taken == product) {
                continue;
            }
            let quantity = 1 + self.rng.below(ITEMS[product].lot * factor);
            pieces.push((product, i64::try_from(quantity).unwrap_or(1)));
        }
        pieces
    }

    /// One to three payments, as far as they have come; now and then a part is paid back.
    fn receive(&mut self, deal: OpportunityId, amount: i64, won_on: NaiveDate) -> Result<()> {
        let terms = *self.rng.pick(&TERMS);
        let weights: Vec<u64> = terms.iter().map(|(weight, ..)| *weight).collect();
        let refunded = self.rng.chance(REFUND_PERMILLE);
        let mut day = won_on;
        let mut last = None;
        for (minor, (_, soonest, latest)) in allocate(amount, &weights)?.into_iter().zip(terms) {
            day = on_to_working(plus(day, self.rng.between(*soonest, *latest)));
            if day > self.frame.until {
                break; // not yet paid
            }
            last = Some((self.enter(deal, None, minor, day), minor));
        }
        if let (true, Some((paid, minor))) = (refunded, last) {
            let back = (minor * self.rng.between(5, 30) / 100).max(1);
            let day = on_to_working(plus(day, self.rng.between(10, 60)));
            if day <= self.frame.until {
                self.enter(deal, Some(paid), -back, day);
            }
        }
        Ok(())
    }

    fn enter(
        &mut self,
        deal: OpportunityId,
        refunds: Option<ReceiptId>,
        minor: i64,
        day: NaiveDate,
    ) -> ReceiptId {
        let id = ReceiptId(self.receipt_ids.next(day));
        self.receipts.push(Receipt {
            id,
            origin: self.frame.origin("R", self.receipts.len() + 1),
            opportunity: deal,
            refunds,
            amount: Money::new(minor, Currency::CNY),
            received_on: day,
        });
        id
    }
}
