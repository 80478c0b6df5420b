//! What the record of each kind is made of.

use std::collections::hash_map::Entry;

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::facts::{
    Contact, Credit, DeliveryTicket, Interaction, Lead, OrderLine, Receipt, SatisfactionScore,
    StageEvent,
};
use yeji_core::ids::{
    ContactId, ContractId, CreditListId, DeliveryId, ExchangeRateId, InteractionId, InvoiceId,
    LeadId, MarketIndexId, OrderLineId, ReceiptId, SatisfactionId, StageEventId,
};
use yeji_core::papers::{Contract, CreditList, Credits, ExchangeRate, Invoice, MarketIndex};
use yeji_intake::{FactRow, Field};
use yeji_store::{Entity, Record};

use super::references::{need, only_row};
use super::{Base, Fact};
use crate::data::planner::Run;
use crate::data::planner::outcome::Refused;

/// The parts of [`Fact`] that are the same for every record.
macro_rules! is_record {
    ($variant:ident) => {
        fn of(record: &Record) -> Option<&Self> {
            match record {
                Record::$variant(record) => Some(record),
                _ => None,
            }
        }

        fn id(&self) -> Uuid {
            self.id.0
        }
    };
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

/// Refuses an interval without a day in it.
pub(super) fn require_days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<(), Refused> {
    match (from, to) {
        (Some(from), Some(to)) if to <= from => Err(Refused {
            code: "ends_before_start",
            params: vec![("from", from.to_string()), ("to", to.to_string())],
        }),
        _ => Ok(()),
    }
}

impl Fact for Contact {
    is_record!(Contact);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        old: Option<&Self>,
    ) -> Result<Self, Refused> {
        Ok(Self {
            id: ContactId(base.id),
            origin: base.origin,
            customer: need(Field::CUSTOMER, run.customer_of(row, Field::CUSTOMER)?)?,
            name: need(Field::NAME, owned(row.text(Field::NAME)))?,
            title: run.given(Field::TITLE, owned(row.text(Field::TITLE)), || {
                old?.title.clone()
            }),
            phone: run.given(Field::PHONE, owned(row.text(Field::PHONE)), || {
                old?.phone.clone()
            }),
        })
    }
}

impl Fact for CreditList {
    is_record!(CreditList);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        _: Option<&Self>,
    ) -> Result<Self, Refused> {
        let opportunity = need(Field::OPPORTUNITY, run.deal_of(row, Field::OPPORTUNITY)?)?;
        // A deal has one list, which is replaced as a whole.
        if let Some(source) = run.known.credited.get(&opportunity) {
            return Err(Refused {
                code: "credits_of_other_source",
                params: vec![("source", source.clone())],
            });
        }
        let first = run.facts.credit_lines.entry(opportunity);
        let repeated = matches!(first, Entry::Occupied(_));
        let first = *first.or_insert(row.line);
        only_row(row, first, repeated)?;
        let shares = need(Field::CREDITS, row.shares(Field::CREDITS))?;
        let mut credits = Vec::with_capacity(shares.len());
        for (name, share) in shares {
            credits.push(Credit {
                person: run.person_named(Field::CREDITS, name)?,
                share: *share,
            });
        }
        if credits.len() > Credits::MAX_PEOPLE {
            return Err(Refused {
                code: "credits_too_many",
                params: vec![("most", Credits::MAX_PEOPLE.to_string())],
            });
        }
        let credits = Credits::new(credits).map_err(|_| Refused {
            code: "credits_name_twice",
            params: Vec::new(),
        })?;
        Ok(Self {
            id: CreditListId(base.id),
            origin: base.origin,
            opportunity,
            credits,
        })
    }
}

impl Fact for StageEvent {
    is_record!(StageEvent);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        _: Option<&Self>,
    ) -> Result<Self, Refused> {
        Ok(Self {
            id: StageEventId(base.id),
            origin: base.origin,
            opportunity: need(Field::OPPORTUNITY, run.deal_of(row, Field::OPPORTUNITY)?)?,
            stage: need(Field::STAGE, row.stage(Field::STAGE))?,
            on: need(Field::CHANGED_ON, row.day(Field::CHANGED_ON))?,
        })
    }
}

impl Fact for Lead {
    is_record!(Lead);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        old: Option<&Self>,
    ) -> Result<Self, Refused> {
        let owner = run.person_of(row, Field::OWNER)?;
        let opportunity = run.deal_of(row, Field::OPPORTUNITY)?;
        Ok(Self {
            id: LeadId(base.id),
            origin: base.origin,
            name: need(Field::NAME, owned(row.text(Field::NAME)))?,
            channel: run.given(Field::CHANNEL, owned(row.text(Field::CHANNEL)), || {
                old?.channel.clone()
            }),
            owner: run.given(Field::OWNER, owner, || old?.owner),
            created_on: need(Field::CREATED_ON, row.day(Field::CREATED_ON))?,
            opportunity: run.given(Field::OPPORTUNITY, opportunity, || old?.opportunity),
        })
    }
}

impl Fact for OrderLine {
    is_record!(OrderLine);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        _: Option<&Self>,
    ) -> Result<Self, Refused> {
        Ok(Self {
            id: OrderLineId(base.id),
            origin: base.origin,
            opportunity: need(Field::OPPORTUNITY, run.deal_of(row, Field::OPPORTUNITY)?)?,
            product: need(Field::PRODUCT, run.product_of(row, Field::PRODUCT)?)?,
            quantity: need(Field::QUANTITY, row.number(Field::QUANTITY))?,
            amount: need(Field::AMOUNT, row.amount(Field::AMOUNT))?,
            ordered_on: need(Field::ORDERED_ON, row.day(Field::ORDERED_ON))?,
        })
    }
}

impl Fact for Contract {
    is_record!(Contract);
    const REFERRED: bool = true;

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        old: Option<&Self>,
    ) -> Result<Self, Refused> {
        let opportunity = run.deal_of(row, Field::OPPORTUNITY)?;
        let from = run.given(Field::VALID_FROM, row.day(Field::VALID_FROM), || old?.from);
        let to = run.given(Field::VALID_TO, row.day(Field::VALID_TO), || old?.to);
        require_days(from, to)?;
        Ok(Self {
            id: ContractId(base.id),
            origin: base.origin,
            customer: need(Field::CUSTOMER, run.customer_of(row, Field::CUSTOMER)?)?,
            opportunity: run.given(Field::OPPORTUNITY, opportunity, || old?.opportunity),
            amount: need(Field::AMOUNT, row.amount(Field::AMOUNT))?,
            signed_on: need(Field::SIGNED_ON, row.day(Field::SIGNED_ON))?,
            from,
            to,
        })
    }
}

impl Fact for Invoice {
    is_record!(Invoice);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        old: Option<&Self>,
    ) -> Result<Self, Refused> {
        let opportunity = run.deal_of(row, Field::OPPORTUNITY)?;
        let contract = run.contract_of(row, Field::CONTRACT)?;
        Ok(Self {
            id: InvoiceId(base.id),
            origin: base.origin,
            customer: need(Field::CUSTOMER, run.customer_of(row, Field::CUSTOMER)?)?,
            opportunity: run.given(Field::OPPORTUNITY, opportunity, || old?.opportunity),
            contract: run.given(Field::CONTRACT, contract, || old?.contract),
            amount: need(Field::AMOUNT, row.amount(Field::AMOUNT))?,
            invoiced_on: need(Field::INVOICED_ON, row.day(Field::INVOICED_ON))?,
        })
    }
}

impl Fact for Receipt {
    is_record!(Receipt);
    const REFERRED: bool = true;

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        old: Option<&Self>,
    ) -> Result<Self, Refused> {
        let amount = need(Field::AMOUNT, row.amount(Field::AMOUNT))?;
        let refunds = run.receipt_of(row, Field::REFUNDS)?;
        let refunds = run.given(Field::REFUNDS, refunds, || old?.refunds);
        let refused = |code| Refused {
            code,
            params: vec![("value", amount.to_major())],
        };
        match (refunds, amount.minor < 0) {
            (None, true) => return Err(refused("refund_names_no_receipt")),
            (Some(_), false) => return Err(refused("refund_not_negative")),
            (Some(id), true) if id.0 == base.id => return Err(refused("refund_names_no_receipt")),
            _ => {}
        }
        let opportunity = need(Field::OPPORTUNITY, run.deal_of(row, Field::OPPORTUNITY)?)?;
        let paid = row.text(Field::REFUNDS);
        let paid = paid.and_then(|number| run.record_of(Entity::Receipt, number));
        if let Some(Record::Receipt(paid)) = paid {
            if paid.opportunity != opportunity {
                return Err(refused("refund_of_another_deal"));
            }
            if amount.minor.unsigned_abs() > paid.amount.minor.unsigned_abs() {
                return Err(refused("refund_above_receipt"));
            }
        }
        Ok(Self {
            id: ReceiptId(base.id),
            origin: base.origin,
            opportunity,
            refunds,
            amount,
            received_on: need(Field::RECEIVED_ON, row.day(Field::RECEIVED_ON))?,
        })
    }
}

impl Fact for Interaction {
    is_record!(Interaction);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        old: Option<&Self>,
    ) -> Result<Self, Refused> {
        let kind = row.choice(Field::INTERACTION_KIND);
        Ok(Self {
            id: InteractionId(base.id),
            origin: base.origin,
            customer: need(Field::CUSTOMER, run.customer_of(row, Field::CUSTOMER)?)?,
            person: need(Field::PERSON, run.person_of(row, Field::PERSON)?)?,
            kind: need(Field::INTERACTION_KIND, kind)?.to_owned(),
            on: need(Field::HAPPENED_ON, row.day(Field::HAPPENED_ON))?,
            note: run.given(Field::NOTE, owned(row.text(Field::NOTE)), || {
                old?.note.clone()
            }),
        })
    }
}

impl Fact for SatisfactionScore {
    is_record!(SatisfactionScore);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        _: Option<&Self>,
    ) -> Result<Self, Refused> {
        Ok(Self {
            id: SatisfactionId(base.id),
            origin: base.origin,
            customer: need(Field::CUSTOMER, run.customer_of(row, Field::CUSTOMER)?)?,
            score: need(Field::SCORE, row.number(Field::SCORE))?,
            on: need(Field::ANSWERED_ON, row.day(Field::ANSWERED_ON))?,
        })
    }
}

impl Fact for DeliveryTicket {
    is_record!(DeliveryTicket);

    fn make(
        run: &mut Run<'_>,
        row: &FactRow,
        base: Base,
        old: Option<&Self>,
    ) -> Result<Self, Refused> {
        let delivered = row.day(Field::DELIVERED_ON);
        Ok(Self {
            id: DeliveryId(base.id),
            origin: base.origin,
            opportunity: need(Field::OPPORTUNITY, run.deal_of(row, Field::OPPORTUNITY)?)?,
            due_on: need(Field::DUE_ON, row.day(Field::DUE_ON))?,
            delivered_on: run.given(Field::DELIVERED_ON, delivered, || old?.delivered_on),
        })
    }
}

impl Fact for MarketIndex {
    is_record!(MarketIndex);

    fn make(_: &mut Run<'_>, row: &FactRow, base: Base, _: Option<&Self>) -> Result<Self, Refused> {
        Ok(Self {
            id: MarketIndexId(base.id),
            origin: base.origin,
            series: need(Field::SERIES, owned(row.text(Field::SERIES)))?,
            region: owned(row.text(Field::REGION)),
            month: need(Field::MONTH, row.day(Field::MONTH))?,
            value: need(Field::VALUE, row.rate(Field::VALUE))?,
        })
    }
}

impl Fact for ExchangeRate {
    is_record!(ExchangeRate);

    fn make(_: &mut Run<'_>, row: &FactRow, base: Base, _: Option<&Self>) -> Result<Self, Refused> {
        let from = need(Field::FROM_CURRENCY, row.currency(Field::FROM_CURRENCY))?;
        let to = need(Field::TO_CURRENCY, row.currency(Field::TO_CURRENCY))?;
        if from == to {
            return Err(Refused {
                code: "rate_of_one_currency",
                params: vec![("value", from.to_string())],
            });
        }
        Ok(Self {
            id: ExchangeRateId(base.id),
            origin: base.origin,
            from,
            to,
            on: need(Field::DAY, row.day(Field::DAY))?,
            rate: need(Field::RATE, row.rate(Field::RATE))?,
        })
    }
}
