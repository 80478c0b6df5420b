//! Opportunities: rows with names become records with ids.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::facts::{Customer, Opportunity, Product, Stage};
use yeji_core::ids::{CustomerId, OpportunityId, PersonId, ProductId};
use yeji_intake::{Field, Kind, OpportunityRow, WarningCode};
use yeji_store::Record;

use super::Run;
use super::catalogue::ambiguous;
use super::controls::Under;
use super::outcome::{Refused, Taken};
use super::people::UnknownOwners;
use crate::data::names::Resolved;
use crate::data::organise::RowEffect;
use crate::error::Result;

/// What a run keeps of the deals that it has read.
#[derive(Debug, Default)]
pub(super) struct DealsRead {
    /// Won amount by closing quarter.
    pub won_by_quarter: BTreeMap<Period, i64>,
    /// The part of it whose rows the store has already, just so.
    pub unchanged_won_by_quarter: BTreeMap<Period, i64>,
    /// Who sells.
    pub owners: BTreeSet<PersonId>,
    /// Id and fingerprint by identity, where several tables could bring the same deal.
    pub repeatable: Option<HashMap<String, (OpportunityId, u64)>>,
}

impl DealsRead {
    /// What a row that could not be read says is won: the files have it, and the store does not.
    pub(super) fn count_refused(&mut self, day: Option<NaiveDate>, minor: i64) -> Result<()> {
        add_won(&mut self.won_by_quarter, day, minor)
    }

    /// Won amounts of one day that the files have and the store too.
    pub(super) fn count_unchanged(&mut self, day: NaiveDate, minor: i64) -> Result<()> {
        add_won(&mut self.won_by_quarter, Some(day), minor)?;
        add_won(&mut self.unchanged_won_by_quarter, Some(day), minor)
    }
}

impl Run<'_> {
    pub(super) fn opportunity(&mut self, row: OpportunityRow) -> Result<Taken> {
        let known = self.known;
        let before = known.deals.get(&row.external_id);
        let won = self.count_won(&row)?;
        let counted = (
            row.closed_on.filter(|_| row.stage == Stage::Won),
            row.amount,
        );
        let taken = self.named(row, before, won)?;
        if let (Err(_), (Some(day), amount)) = (&taken, counted) {
            self.controls.refuse(Kind::Opportunities, day, amount)?;
            self.refused_under = Some(Under::day(Some(day))?);
        }
        Ok(taken)
    }

    /// Makes the deal of a row, if its names say one thing.
    fn named(
        &mut self,
        row: OpportunityRow,
        before: Option<&Opportunity>,
        won: i64,
    ) -> Result<Taken> {
        // All names before the first record: a row that is not taken makes nothing.
        let customer = row.customer.as_deref();
        let customer = customer.map(|name| (name, self.customers.names.resolve(name, won)));
        let product = row.product.as_deref();
        let product = product.map(|name| (name, self.products.names.resolve(name, won)));
        let owner = match self.owner(&row, won) {
            Ok(owner) => owner,
            Err(refused) => return Ok(Err(refused)),
        };
        if let Some((name, Resolved::Ambiguous)) = customer {
            return Ok(Err(ambiguous::<Customer>(name)));
        }
        if let Some((name, Resolved::Ambiguous)) = product {
            return Ok(Err(ambiguous::<Product>(name)));
        }
        let (plan, sink) = (self.plan, &mut self.sink);
        let customer = customer.map(|(name, found)| {
            CustomerId(self.customers.settle(plan, sink, name, found, row.line))
        });
        let product = product.map(|(name, found)| {
            ProductId(self.products.settle(plan, sink, name, found, row.line))
        });
        // A customer that this row makes is named as well.
        let named = self.named_by(row.customer.as_deref());
        let customer = self.given(Field::CUSTOMER, customer, || before?.customer);
        let product = self.given(Field::PRODUCT, product, || before?.product);
        let sink = &mut self.sink;
        if customer.is_none() {
            sink.note("deals_without_customer");
        }
        if let (Stage::Won, Some(day)) = (row.stage, row.closed_on)
            && self.organiser.has_left(owner, day)
        {
            sink.note("deals_after_leaving");
        }
        self.deals.owners.insert(owner);
        self.give_a_place(owner);
        let known = self.known_deal(&row.external_id);
        let id = known.map_or_else(|| OpportunityId(plan.clock.new_id()), |(id, _)| id);
        let source = before.map_or(&plan.source, |deal| &deal.origin.source);
        let deal = Opportunity {
            id,
            origin: plan.origin_in(source, row.external_id.clone(), row.line),
            owner,
            customer,
            product,
            stage: row.stage,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            amount: row.amount,
        };
        if !self.is_settled(id.0) {
            self.remember_line(&row, &deal);
        }
        let record = Record::from(deal);
        let record = self.settle(before.cloned().map(Record::from).as_ref(), record, named);
        let stands = won_of(&record);
        let is_asked = known.is_some() || self.deals.repeatable.is_some();
        let new = is_asked.then(|| record.fingerprint());
        let same = known.map(|(_, known)| Some(known) == new);
        let brought = self.known.opportunities.batch(&row.external_id);
        let may_be_named = self.has_merges().then(|| record.clone());
        let effect = self.sink.put_over(same, record);
        if let Some(record) = may_be_named {
            self.keep_named(&record, named, effect, brought);
        }
        if effect == RowEffect::Unchanged {
            self.count_repeated(id.0, brought);
            let (closed_on, won) = stands;
            add_won(&mut self.deals.unchanged_won_by_quarter, closed_on, won)?;
        }
        if let Some((deals, new)) = self.deals.repeatable.as_mut().zip(new) {
            deals.insert(row.external_id, (id, new));
        }
        Ok(Ok(()))
    }

    /// The row with the values of the deal as it is known where the table has no column for them. A
    /// deal that is open again has neither closing day nor the amount that it was closed with.
    pub(super) fn with_known_values(&self, mut row: OpportunityRow) -> OpportunityRow {
        let known = self.known.deals.get(&row.external_id);
        let closed = known.filter(|_| !row.stage.is_open());
        let as_open = |deal: &&Opportunity| deal.stage.is_open() == row.stage.is_open();
        let amount = closed
            .or(known.filter(as_open))
            .and_then(|deal| deal.amount);
        row.opened_on = self.given(Field::OPENED_ON, row.opened_on, || known?.opened_on);
        row.closed_on = self.given(Field::CLOSED_ON, row.closed_on, || closed?.closed_on);
        row.amount = self.given(Field::AMOUNT, row.amount, || amount);
        // What the file does not have is not missing where it is known.
        let (has_day, has_amount) = (row.closed_on.is_some(), row.amount.is_some());
        row.warnings.retain(|warning| match warning.code {
            WarningCode::ClosedWithoutDate => !has_day,
            WarningCode::WonWithoutAmount => !has_amount,
            _ => true,
        });
        row
    }

    /// The won amount of a row in minor units, zero if it is not won; counted in its quarter.
    fn count_won(&mut self, row: &OpportunityRow) -> Result<i64> {
        if row.stage != Stage::Won {
            return Ok(0);
        }
        // A won deal without an amount is a row of its file all the same.
        if let Some(day) = row.closed_on {
            self.controls.add(Kind::Opportunities, day, row.amount)?;
        }
        let Some(amount) = row.amount else {
            return Ok(0);
        };
        add_won(&mut self.deals.won_by_quarter, row.closed_on, amount.minor)?;
        Ok(amount.minor)
    }

    /// Who sells a deal. Where no person is known at all, owners become people of the company, and again
    /// if they went with an import that was taken back. Where people are known by names of deals alone,
    /// so does whom somebody says to be new.
    fn owner(&mut self, row: &OpportunityRow, won: i64) -> std::result::Result<PersonId, Refused> {
        let resolved = self.people.resolve(&row.owner, won);
        if self.unknown_owners == UnknownOwners::BecomeIfSaid {
            self.people.may_become(&row.owner);
        }
        let code = match resolved {
            Resolved::Known(id) => return Ok(PersonId(id)),
            Resolved::New if self.becomes_a_person(&row.owner) => {
                let clock = &self.plan.clock;
                let id = self
                    .organiser
                    .put_owner(&row.owner, self.company, &mut || clock.new_id());
                self.people.settle_new(&row.owner, id.0);
                // Before the deal: what is counted under nobody's team is counted a second time.
                self.sink.add(self.organiser.records_of(id));
                self.sink.note("created_people");
                return Ok(id);
            }
            Resolved::Ambiguous => "owner_ambiguous",
            Resolved::Undecided | Resolved::New => match self.unknown_owners {
                UnknownOwners::BecomeIfSaid => "owner_undecided",
                UnknownOwners::Become | UnknownOwners::AreRefused => "owner_unknown",
            },
        };
        let params = vec![
            ("owner", row.owner.clone()),
            ("external_id", row.external_id.clone()),
        ];
        Err(Refused { code, params })
    }

    fn becomes_a_person(&self, owner: &str) -> bool {
        let new = match self.unknown_owners {
            UnknownOwners::Become => true,
            UnknownOwners::BecomeIfSaid => self.people.is_said_new(owner),
            UnknownOwners::AreRefused => false,
        };
        new || self.were_people.contains(owner)
    }

    /// Id and fingerprint of a deal that this run or the store has.
    pub(super) fn known_deal(&self, external_id: &str) -> Option<(OpportunityId, u64)> {
        let of_run = self.deals.repeatable.as_ref();
        of_run
            .and_then(|deals| deals.get(external_id).copied())
            .or_else(|| self.known.opportunities.get(external_id))
    }
}

/// Closing day and won amount of a deal as it stands.
fn won_of(record: &Record) -> (Option<NaiveDate>, i64) {
    match record {
        Record::Opportunity(deal) if deal.stage == Stage::Won => {
            (deal.closed_on, deal.amount.map_or(0, |amount| amount.minor))
        }
        _ => (None, 0),
    }
}

/// Adds to the quarter of the closing day; a deal without one is in no quarter.
fn add_won(
    sums: &mut BTreeMap<Period, i64>,
    closed_on: Option<NaiveDate>,
    minor: i64,
) -> Result<()> {
    let Some(day) = closed_on else { return Ok(()) };
    let quarter = Period::containing(PeriodKind::Quarter, day)?;
    let sum = sums.entry(quarter).or_default();
    *sum = sum
        .checked_add(minor)
        .ok_or(yeji_core::Error::Overflow("won amount"))?;
    Ok(())
}
