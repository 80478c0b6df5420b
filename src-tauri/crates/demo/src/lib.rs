//! A seeded demo company: a believable Chinese company with people, customers, products and deals.
//!
//! The same [`DemoSpec`] gives the same company, ids included, on every platform: all arithmetic is
//! on integers, the random numbers are our own (`rng`), and there is no clock (`until` is
//! given). A pinned hash in the tests guards it.
//!
//! What exists in which number (so that benchmarks know what they measure):
//! - people and opportunities: exactly as asked; customers: one per 25 deals, 12 to
//!   [`MAX_CUSTOMERS`]; contacts: 1 or 2 per customer; products: 12;
//! - order lines (1 to 3) and receipts (0 to 4) for every won deal;
//! - stage events, leads, interactions, satisfaction scores, delivery tickets, contracts, invoices and
//!   credit lists only for the [`MAX_DETAILED_DEALS`] deals opened last, so that a million deals stay
//!   in reasonable memory; a market index and an exchange rate for every month.
//!
//! Deals close on `[first day, until]`; those closed soon after the first day were opened up to
//! [`MAX_CYCLE_DAYS`] days before it. Nothing but the due day of a delivery is after `until`.

#![deny(clippy::float_arithmetic)] // a float may differ between platforms

mod deals;
mod deliveries;
mod error;
mod goals;
mod market;
mod names;
mod orders;
mod papers;
mod rng;
mod season;
mod staff;
#[cfg(test)]
mod tests;
mod touches;

use chrono::{Months, NaiveDate, NaiveTime};
use serde::Serialize;
use yeji_core::facts::{
    Batch, BatchDetail, Contact, Customer, DeliveryTicket, Interaction, Lead, Opportunity,
    OrderLine, Origin, Product, Receipt, SatisfactionScore, StageEvent,
};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::BatchId;
use yeji_core::org::{Membership, OrgUnit, Person};
use yeji_core::papers::{Contract, CreditList, ExchangeRate, Invoice, MarketIndex};
use yeji_core::{Currency, Money};

pub use error::{Error, Result};

use rng::{Ids, Kind};

/// Source code of everything that is generated.
pub const SOURCE: &str = "demo";
/// Shown name of the invented company, which is also its root unit's.
pub const COMPANY_NAME: &str = "岚岳工业设备有限公司";

/// Fewest people: two teams with a manager each, and three who sell.
pub const MIN_PEOPLE: u32 = 5;
/// Most people, leavers included.
pub const MAX_PEOPLE: u32 = 5_000;
/// Most opportunities.
pub const MAX_DEALS: u32 = 2_000_000;
/// Most years of history.
pub const MAX_YEARS: u32 = 20;
/// First day a history may start on (the table of Spring Festivals starts here).
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2015, 1, 1).expect("a valid date");
/// Last day a history may end on.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2035, 12, 31).expect("a valid date");
/// Most customers.
pub const MAX_CUSTOMERS: u32 = 20_000;
/// Deals (those opened last) that have stage events, leads, interactions, scores and deliveries.
pub const MAX_DETAILED_DEALS: usize = 100_000;
/// Shortest time from opening to closing, in days.
pub const MIN_CYCLE_DAYS: i64 = 10;
/// Longest time from opening to closing, in days.
pub const MAX_CYCLE_DAYS: i64 = 120;

/// What to generate. See [`DemoSpec::check`] for the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DemoSpec {
    /// People in total, managers and leavers included; [`MIN_PEOPLE`] to [`MAX_PEOPLE`].
    pub people: u32,
    /// Opportunities, open, won and lost; 1 to [`MAX_DEALS`].
    pub deals: u32,
    /// Years of history that end with `until`; 1 to [`MAX_YEARS`].
    pub years: u32,
    /// Another seed, another company.
    pub seed: u64,
    /// Last day on which anything happened ("today" of the demo).
    pub until: NaiveDate,
}

impl DemoSpec {
    /// Refuses what is outside the limits, naming the field and the limit.
    pub fn check(&self) -> Result<()> {
        let within = |field, value, min, max| {
            if (min..=max).contains(&value) {
                Ok(())
            } else {
                Err(Error::Limit {
                    field,
                    value,
                    min,
                    max,
                })
            }
        };
        within("people", self.people, MIN_PEOPLE, MAX_PEOPLE)?;
        within("deals", self.deals, 1, MAX_DEALS)?;
        within("years", self.years, 1, MAX_YEARS)?;
        match self.first_day() {
            Some(first) if first >= FIRST_DAY && self.until <= LAST_DAY => Ok(()),
            _ => Err(Error::Until {
                until: self.until,
                years: self.years,
            }),
        }
    }

    /// First day of the history: `years` years of days that end with `until`. None beyond the
    /// calendar.
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.until
            .succ_opt()?
            .checked_sub_months(Months::new(self.years.checked_mul(12)?))
    }
}

/// A whole company, ready to be stored as one batch. Every reference points into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoCompany {
    /// Shown name.
    pub company: String,
    /// Currency of every amount.
    pub currency: Currency,
    /// The company, then departments (regions), then teams (cities).
    pub units: Vec<OrgUnit>,
    /// In order of staff number, which is the order of hire.
    pub people: Vec<Person>,
    /// Stays; a transfer is two rows.
    pub memberships: Vec<Membership>,
    /// Customers.
    pub customers: Vec<Customer>,
    /// People at the customers.
    pub contacts: Vec<Contact>,
    /// Twelve products of three series.
    pub products: Vec<Product>,
    /// Leads of the detailed deals, and some that led nowhere.
    pub leads: Vec<Lead>,
    /// Exactly `spec.deals`, in order of their opening. A lost deal's amount is zero.
    pub opportunities: Vec<Opportunity>,
    /// Changes of stage, from the opening to the present stage.
    pub stage_events: Vec<StageEvent>,
    /// Lines of the won deals; they sum to the deal's amount.
    pub order_lines: Vec<OrderLine>,
    /// Money received and paid back for the won deals until `until`.
    pub receipts: Vec<Receipt>,
    /// Visits, calls, messages, meetings.
    pub interactions: Vec<Interaction>,
    /// Answers after deliveries.
    pub satisfaction_scores: Vec<SatisfactionScore>,
    /// Deliveries, some late, some under way.
    pub delivery_tickets: Vec<DeliveryTicket>,
    /// Contracts of the detailed won deals.
    pub contracts: Vec<Contract>,
    /// Invoices under them, one or two each, until `until`.
    pub invoices: Vec<Invoice>,
    /// Deals whose credit two people share.
    pub credit_lists: Vec<CreditList>,
    /// A market index, by month.
    pub market_indexes: Vec<MarketIndex>,
    /// USD in CNY on the first of each month.
    pub exchange_rates: Vec<ExchangeRate>,
    /// Target bonuses of those who sell.
    pub target_bonuses: Vec<TargetBonus>,
    /// A suggested annual goal of won amount for each calendar year that the history touches, in
    /// order of years. The first one covers only the days from the first day on, where the history
    /// starts within a year.
    pub goals: Vec<(i32, Money)>,
    /// The batch that all records name. `new_rows` counts every row that names it.
    pub batch: Batch,
}

/// Generates the company.
pub fn generate(spec: &DemoSpec) -> Result<DemoCompany> {
    generate_with(spec, &mut |_, _| true)
}

/// Generates the company and calls `progress(done, total)` about every thousand deals, the last
/// time with `done == total`.
///
/// # Errors
/// [`Error::Cancelled`] once `progress` answers false; else as [`DemoSpec::check`].
pub fn generate_with(
    spec: &DemoSpec,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<DemoCompany> {
    spec.check()?;
    let first = spec.first_day().ok_or(Error::Until {
        until: spec.until,
        years: spec.years,
    })?;
    let batch_id = BatchId(Ids::new(spec.seed, Kind::Batch).next(spec.until));
    let frame = Frame {
        spec: *spec,
        first,
        until: spec.until,
        batch: batch_id,
    };

    let staff = staff::build(&frame);
    let market = market::build(&frame, &staff);
    let deals = deals::build(&frame, &staff, &market, progress)?;
    let touches = touches::build(&frame, &market, &deals);
    let deliveries = deliveries::build(&frame, &deals.opportunities);
    let papers = papers::build(&frame, &staff, &deals.opportunities)?;
    let goals = goals::suggest(&frame, staff.sellers.len(), &deals.opportunities)?;

    let mut company = DemoCompany {
        company: COMPANY_NAME.to_owned(),
        currency: Currency::CNY,
        units: staff.units,
        people: staff.people,
        memberships: staff.memberships,
        customers: market.customers,
        contacts: market.contacts,
        products: market.products,
        leads: touches.leads,
        opportunities: deals.opportunities,
        stage_events: touches.stage_events,
        order_lines: deals.order_lines,
        receipts: deals.receipts,
        interactions: touches.interactions,
        satisfaction_scores: deliveries.scores,
        delivery_tickets: deliveries.tickets,
        contracts: papers.contracts,
        invoices: papers.invoices,
        credit_lists: papers.credit_lists,
        market_indexes: papers.market_indexes,
        exchange_rates: papers.exchange_rates,
        target_bonuses: staff.target_bonuses,
        goals,
        batch: Batch {
            id: batch_id,
            source: SOURCE.to_owned(),
            files: vec![format!(
                "demo --people {} --deals {} --years {} --seed {} --until {}",
                spec.people, spec.deals, spec.years, spec.seed, spec.until
            )],
            at: spec.until.and_time(NaiveTime::MIN).and_utc(),
            new_rows: 0,
            changed_rows: 0,
            unchanged_rows: 0,
            rejected_rows: 0,
            undone_at: None,
            detail: BatchDetail::default(),
        },
    };
    company.batch.new_rows = company.rows();
    Ok(company)
}

impl DemoCompany {
    /// Rows that name the batch.
    fn rows(&self) -> i64 {
        let rows = self.units.len()
            + self.people.len()
            + self.memberships.len()
            + self.customers.len()
            + self.contacts.len()
            + self.products.len()
            + self.leads.len()
            + self.opportunities.len()
            + self.stage_events.len()
            + self.order_lines.len()
            + self.receipts.len()
            + self.interactions.len()
            + self.satisfaction_scores.len()
            + self.delivery_tickets.len()
            + self.contracts.len()
            + self.invoices.len()
            + self.credit_lists.len()
            + self.market_indexes.len()
            + self.exchange_rates.len();
        i64::try_from(rows).unwrap_or(i64::MAX)
    }
}

/// What every part of the generator needs to know.
#[derive(Debug, Clone, Copy)]
struct Frame {
    spec: DemoSpec,
    /// First day of the history.
    first: NaiveDate,
    /// Last day.
    until: NaiveDate,
    batch: BatchId,
}

impl Frame {
    /// The origin `prefix-000001` of record `number` (counted from 1).
    fn origin(&self, prefix: &str, number: usize) -> Origin {
        Origin {
            source: SOURCE.to_owned(),
            external_id: format!("{prefix}-{number:06}"),
            batch: Some(self.batch),
            line: None,
        }
    }
}
