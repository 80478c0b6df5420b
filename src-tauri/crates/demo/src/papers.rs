//! Contracts and invoices of the won deals, shared credit, and what the market did.

use chrono::{Datelike, NaiveDate};
use yeji_core::facts::{Credit, Opportunity, Stage};
use yeji_core::ids::{ContractId, CreditListId, ExchangeRateId, InvoiceId, MarketIndexId};
use yeji_core::papers::{Contract, CreditList, Credits, ExchangeRate, Invoice, MarketIndex};
use yeji_core::rate::Rate;
use yeji_core::{Currency, Money, Ratio};

use crate::rng::{Ids, Kind, Rng};
use crate::season::{on_to_working, plus};
use crate::staff::Staff;
use crate::touches::first_detailed;
use crate::{Frame, Result};

/// Won deals of a thousand whose credit two people share.
const SHARED_PERMILLE: u64 = 60;
/// Percent that the owner keeps of a shared deal.
const OWN_PERCENT: [i64; 3] = [50, 60, 70];
/// Invoices are written in two parts from this amount on, in minor units.
const SPLIT_INVOICE_MINOR: i64 = 10_000_000;
const CONTRACT_DAYS: i64 = 365;
/// The index moves around 50 in tenths; a rate around 7.1 in ten-thousandths.
const INDEX_TENTHS: i64 = 503;
const RATE_PER_10000: i64 = 71_000;

/// Papers of the detailed deals, and the market by month.
#[derive(Debug, Default)]
pub struct Papers {
    pub contracts: Vec<Contract>,
    pub invoices: Vec<Invoice>,
    pub credit_lists: Vec<CreditList>,
    pub market_indexes: Vec<MarketIndex>,
    pub exchange_rates: Vec<ExchangeRate>,
}

/// Draws the papers; streams of their own, so that everything else of a seed stays what it was.
///
/// # Errors
/// A value that the vocabulary does not take, which the constants above exclude.
pub fn build(frame: &Frame, staff: &Staff, opportunities: &[Opportunity]) -> Result<Papers> {
    let mut papers = Papers::default();
    let mut writer = Writer {
        frame,
        rng: Rng::stream(frame.spec.seed, 9),
        contract_ids: Ids::new(frame.spec.seed, Kind::Contract),
        invoice_ids: Ids::new(frame.spec.seed, Kind::Invoice),
        credit_ids: Ids::new(frame.spec.seed, Kind::CreditList),
        papers: &mut papers,
    };
    for deal in &opportunities[first_detailed(opportunities.len())..] {
        writer.deal(deal, staff)?;
    }
    market(frame, &mut papers)?;
    Ok(papers)
}

struct Writer<'a> {
    frame: &'a Frame,
    rng: Rng,
    contract_ids: Ids,
    invoice_ids: Ids,
    credit_ids: Ids,
    papers: &'a mut Papers,
}

impl Writer<'_> {
    fn deal(&mut self, deal: &Opportunity, staff: &Staff) -> Result<()> {
        let (Stage::Won, Some(won_on), Some(customer), Some(amount)) =
            (deal.stage, deal.closed_on, deal.customer, deal.amount)
        else {
            return Ok(());
        };
        let contract = ContractId(self.contract_ids.next(won_on));
        let number = self.papers.contracts.len() + 1;
        self.papers.contracts.push(Contract {
            id: contract,
            origin: self.frame.origin("HT", number),
            customer,
            opportunity: Some(deal.id),
            amount,
            signed_on: won_on,
            from: Some(won_on),
            to: Some(plus(won_on, CONTRACT_DAYS)),
        });
        let parts = if amount.minor >= SPLIT_INVOICE_MINOR {
            vec![amount.minor / 2, amount.minor - amount.minor / 2]
        } else {
            vec![amount.minor]
        };
        let mut day = won_on;
        for minor in parts {
            day = on_to_working(plus(day, self.rng.between(3, 25)));
            if day > self.frame.until {
                break;
            }
            let number = self.papers.invoices.len() + 1;
            self.papers.invoices.push(Invoice {
                id: InvoiceId(self.invoice_ids.next(day)),
                origin: self.frame.origin("FP", number),
                customer,
                opportunity: Some(deal.id),
                contract: Some(contract),
                amount: Money::new(minor, amount.currency),
                invoiced_on: day,
            });
        }
        self.credit(deal, won_on, staff)
    }

    /// The owner shares with somebody who sells.
    fn credit(&mut self, deal: &Opportunity, won_on: NaiveDate, staff: &Staff) -> Result<()> {
        let shared = self.rng.chance(SHARED_PERMILLE);
        let other = self.rng.pick(&staff.sellers).person;
        let own = *self.rng.pick(&OWN_PERCENT);
        if !shared || other == deal.owner {
            return Ok(());
        }
        let share = |percent: i64| Ratio::new(percent.into(), 100);
        let credits = Credits::new(vec![
            Credit {
                person: deal.owner,
                share: share(own)?,
            },
            Credit {
                person: other,
                share: share(100 - own)?,
            },
        ])?;
        self.papers.credit_lists.push(CreditList {
            id: CreditListId(self.credit_ids.next(won_on)),
            // One list a deal: it is known by the deal's number.
            origin: yeji_core::facts::Origin {
                external_id: deal.origin.external_id.clone(),
                ..self.frame.origin("K", 1)
            },
            opportunity: deal.id,
            credits,
        });
        Ok(())
    }
}

/// The first of each month that begins within the history, and of the month in which it begins.
fn market(frame: &Frame, papers: &mut Papers) -> Result<()> {
    let mut rng = Rng::stream(frame.spec.seed, 10);
    let mut index_ids = Ids::new(frame.spec.seed, Kind::MarketIndex);
    let mut rate_ids = Ids::new(frame.spec.seed, Kind::ExchangeRate);
    let mut month = frame.first.with_day(1).unwrap_or(frame.first);
    while month <= frame.until {
        let tenths = INDEX_TENTHS + rng.between(-18, 18);
        let rate = RATE_PER_10000 + rng.between(-2_500, 2_500);
        papers.market_indexes.push(MarketIndex {
            id: MarketIndexId(index_ids.next(month)),
            origin: frame.origin("M", papers.market_indexes.len() + 1),
            series: "制造业 PMI".to_owned(),
            region: None,
            month,
            value: decimal(tenths, 10)?,
        });
        papers.exchange_rates.push(ExchangeRate {
            id: ExchangeRateId(rate_ids.next(month)),
            origin: frame.origin("X", papers.exchange_rates.len() + 1),
            from: Currency::USD,
            to: Currency::CNY,
            on: month,
            rate: decimal(rate, 10_000)?,
        });
        let Some(next) = month.checked_add_months(chrono::Months::new(1)) else {
            break;
        };
        month = next;
    }
    Ok(())
}

/// `value / per` as a decimal; `per` is a power of ten.
fn decimal(value: i64, per: i64) -> Result<Rate> {
    let digits = per.ilog10() as usize;
    let (whole, part) = (value / per, value % per);
    Ok(format!("{whole}.{part:0digits$}").parse()?)
}
