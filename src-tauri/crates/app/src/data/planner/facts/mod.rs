//! Facts: rows with names become records with ids. One way for all kinds; what a kind's record is made
//! of stands in `records`, kinds that change what is known otherwise (units, stays, goals, target
//! bonuses) have a file of their own.

mod bonuses;
mod goals;
mod records;
mod references;
mod structure;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::facts::{
    Contact, DeliveryTicket, Interaction, Lead, OrderLine, Origin, Receipt, SatisfactionScore,
    StageEvent,
};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::{OpportunityId, PersonId};
use yeji_core::papers::{Contract, CreditList, ExchangeRate, Invoice, MarketIndex};
use yeji_intake::{FactRow, Field, Kind};
use yeji_store::{Entity, Record};

use super::outcome::{Refused, Taken};
use super::{Plan, Run};
use crate::error::Result;
pub(super) use goals::GoalsRead;
pub(crate) use goals::KnownGoals;

/// A record that is made of one row.
pub(super) trait Fact: Clone + Into<Record> {
    /// Other kinds refer to it by its number.
    const REFERRED: bool = false;

    fn of(record: &Record) -> Option<&Self>;
    fn id(&self) -> Uuid;
    /// The record of a row. What the file has no column for stays as it is in `old`.
    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        old: Option<&Self>,
    ) -> std::result::Result<Self, Refused>;
}

/// The identity that a record gets.
pub(super) struct Base {
    pub id: Uuid,
    pub origin: Origin,
}

/// The table of a kind's records, where each row is one record.
pub(crate) fn entity_of(kind: Kind) -> Option<Entity> {
    Some(match kind {
        Kind::Contacts => Entity::Contact,
        Kind::Credits => Entity::CreditList,
        Kind::StageHistory => Entity::StageEvent,
        Kind::Leads => Entity::Lead,
        Kind::OrderLines => Entity::OrderLine,
        Kind::Contracts => Entity::Contract,
        Kind::Invoices => Entity::Invoice,
        Kind::Receipts => Entity::Receipt,
        Kind::Interactions => Entity::Interaction,
        Kind::Satisfaction => Entity::SatisfactionScore,
        Kind::Deliveries => Entity::DeliveryTicket,
        Kind::MarketIndex => Entity::MarketIndex,
        Kind::ExchangeRates => Entity::ExchangeRate,
        Kind::Units
        | Kind::People
        | Kind::Memberships
        | Kind::Customers
        | Kind::Products
        | Kind::Opportunities
        | Kind::TargetBonuses
        | Kind::Goals => return None,
    })
}

/// The tables that an import of a kind has to know.
pub(crate) fn entities_of(kind: Kind) -> impl Iterator<Item = Entity> {
    let referred = match kind {
        Kind::Invoices => Some(Entity::Contract),
        _ => None,
    };
    entity_of(kind).into_iter().chain(referred)
}

/// Whether a kind names people, customers, products or deals.
pub(super) fn refers(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Units | Kind::People | Kind::Memberships | Kind::Customers | Kind::Products
    )
}

/// Whether a kind names deals.
pub(crate) fn names_deals(kind: Kind) -> bool {
    kind != Kind::Opportunities && kind.field(Field::OPPORTUNITY).is_some()
}

/// What this run has read, where later rows may ask for it.
#[derive(Debug, Default)]
pub(super) struct FactsRead {
    records: HashMap<Entity, HashMap<String, Record>>,
    /// Rows that name a row of their own table which has not come yet.
    waiting: Vec<(FactRow, Vec<String>)>,
    /// Target bonuses as they will be.
    bonuses: Option<BTreeMap<PersonId, Vec<TargetBonus>>>,
    /// The line that each target bonus of this run came from.
    bonus_lines: BTreeMap<(PersonId, NaiveDate), u32>,
    /// The line that each deal's credit list of this run came from.
    credit_lines: HashMap<OpportunityId, u32>,
}

impl FactsRead {
    /// The records of a table that this run keeps, by identity.
    pub(super) fn of(&self, entity: Entity) -> impl Iterator<Item = (&String, &Record)> {
        self.records.get(&entity).into_iter().flatten()
    }
}

impl Run<'_> {
    fn fact(&mut self, row: &FactRow) -> Taken {
        match row.kind {
            Kind::Contacts => self.put_fact::<Contact>(row),
            Kind::Credits => self.put_fact::<CreditList>(row),
            Kind::StageHistory => self.put_fact::<StageEvent>(row),
            Kind::Leads => self.put_fact::<Lead>(row),
            Kind::OrderLines => self.put_fact::<OrderLine>(row),
            Kind::Contracts => self.put_fact::<Contract>(row),
            Kind::Invoices => self.put_fact::<Invoice>(row),
            Kind::Receipts => self.put_fact::<Receipt>(row),
            Kind::Interactions => self.put_fact::<Interaction>(row),
            Kind::Satisfaction => self.put_fact::<SatisfactionScore>(row),
            Kind::Deliveries => self.put_fact::<DeliveryTicket>(row),
            Kind::MarketIndex => self.put_fact::<MarketIndex>(row),
            Kind::ExchangeRates => self.put_fact::<ExchangeRate>(row),
            Kind::Units => self.unit(row),
            Kind::Memberships => self.membership(row),
            Kind::TargetBonuses => self.target_bonus(row),
            Kind::Goals => self.goal(row),
            // Their rows have types of their own.
            Kind::People | Kind::Customers | Kind::Products | Kind::Opportunities => Ok(()),
        }
    }

    /// A row as it is met first: it counts in the totals of its file, taken or not.
    pub(super) fn first_fact(&mut self, row: &FactRow) -> Result<Taken> {
        self.controls.add_fact(row)?;
        let taken = self.fact(row);
        if let Err(refused) = &taken
            && !may_come_later(row, refused)
        {
            self.refused_under = self.controls.refuse_fact(row)?;
        }
        Ok(taken)
    }

    fn put_fact<T: Fact>(&mut self, row: &FactRow) -> Taken {
        let old = self.known_fact::<T>(row.kind, &row.external_id).cloned();
        let id = old.as_ref().map_or_else(|| self.plan.clock.new_id(), T::id);
        let old_record: Option<Record> = old.clone().map(Into::into);
        let first = old_record
            .as_ref()
            .filter(|_| !self.plan.partners.is_empty());
        let source = first.and_then(Record::source);
        let source = source.unwrap_or_else(|| self.plan.source.clone());
        let base = Base {
            id,
            origin: self
                .plan
                .origin_in(&source, row.external_id.clone(), row.line),
        };
        let record: Record = T::make(self, row, base, old.as_ref())?.into();
        let named = self.named_by(row.text(Field::CUSTOMER));
        let record = self.settle(old_record.as_ref(), record, named);
        let entity = record.entity();
        if T::REFERRED || self.plan.has_several(row.kind) {
            let read = self.facts.records.entry(entity).or_default();
            read.insert(row.external_id.clone(), record.clone());
        }
        let brought = old_record.as_ref().and_then(Record::batch);
        let may_be_named = self.has_merges().then(|| record.clone());
        let effect = self.put(old_record.as_ref(), record);
        if let Some(record) = may_be_named {
            self.keep_named(&record, named, effect, brought);
        }
        Ok(())
    }

    /// A record of this run or of the store.
    fn known_fact<T: Fact>(&self, kind: Kind, external_id: &str) -> Option<&T> {
        self.record_of(entity_of(kind)?, external_id)
            .and_then(T::of)
    }

    pub(super) fn record_of(&self, entity: Entity, external_id: &str) -> Option<&Record> {
        let of_run = self.facts.records.get(&entity);
        of_run
            .and_then(|records| records.get(external_id))
            .or_else(|| self.known.facts.get(&entity)?.get(external_id))
    }

    /// A row that names another of its table, which may stand further down: it is tried again at the
    /// end of the table.
    pub(super) fn wait(&mut self, row: FactRow, raw: Vec<String>) {
        self.facts.waiting.push((row, raw));
    }

    /// The rows that waited: taken or, now for good, refused. Until none of them helps another.
    pub(super) fn settle_waiting(&mut self) -> Result<()> {
        loop {
            let waiting = std::mem::take(&mut self.facts.waiting);
            let before = waiting.len();
            let mut refused = Vec::new();
            for (row, raw) in waiting {
                if let Err(why) = self.fact(&row) {
                    refused.push((row, raw, why));
                }
            }
            if refused.len() == before {
                for (row, raw, why) in refused {
                    let under = self.controls.refuse_fact(&row)?;
                    let under = under.map(|under| (row.kind, under));
                    self.sink.refuse(row.line, why, raw, under);
                }
                return Ok(());
            }
            self.facts.waiting = refused
                .into_iter()
                .map(|(row, raw, _)| (row, raw))
                .collect();
        }
    }
}

/// Whether a refused row may be taken once all rows of its table have been read.
pub(super) fn may_come_later(row: &FactRow, refused: &Refused) -> bool {
    let named = refused.params.iter().find(|(name, _)| *name == "field");
    refused.code == "reference_unknown"
        && match row.kind {
            Kind::Receipts => named.is_some_and(|(_, field)| field == Field::REFUNDS.code()),
            Kind::Units => named.is_some_and(|(_, field)| field == Field::PARENT_UNIT.code()),
            _ => false,
        }
}

impl Plan {
    /// Whether several tables of that kind are imported.
    fn has_several(&self, kind: Kind) -> bool {
        let of_kind = self
            .tables
            .iter()
            .filter(|table| table.mapping.kind == kind);
        of_kind.count() > 1
    }
}
