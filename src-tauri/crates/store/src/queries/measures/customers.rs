//! Won deals customer by customer: who is new, stays, or is lost follows from their order.

use chrono::NaiveDate;
use sqlx::Row as _;
use yeji_core::ids::{CustomerId, OpportunityId, PersonId, UnitId};

use super::{MeasureKey, MeasureSplit, is_within, read_key_of};
use crate::cell::{Cell, date_text};
use crate::rows::{bind_all, overflow_as, read_date, read_id, unreadable};
use crate::{Result, Store};

/// A won deal of a known customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The deal.
    pub id: OpportunityId,
    /// Who bought.
    pub customer: CustomerId,
    /// The day of closing.
    pub day: NaiveDate,
    /// Amount in minor units; zero where it is not known.
    pub minor: i64,
    /// What it counts under; none if it is not among what is asked for.
    pub key: Option<MeasureKey>,
}

impl Store {
    /// All won deals before a day whose customer is known, by customer, then day. Those outside the units
    /// or of other people, and those of another part than `only`, are there without a key: whether a customer is new is a matter of the company.
    pub async fn purchases(
        &self,
        before: NaiveDate,
        units: Option<&[UnitId]>,
        person: Option<PersonId>,
        split: MeasureSplit,
        only: Option<&(MeasureSplit, MeasureKey)>,
    ) -> Result<Vec<Purchase>> {
        let column = |split| match split {
            MeasureSplit::None => "NULL",
            MeasureSplit::Person => "o.owner",
            MeasureSplit::Unit => "o.team",
            MeasureSplit::Region => "(SELECT region FROM customer AS c WHERE c.id = o.customer)",
            MeasureSplit::Segment => "(SELECT segment FROM customer AS c WHERE c.id = o.customer)",
            MeasureSplit::CustomerType => "o.counted_type",
            MeasureSplit::Product => "o.product",
            MeasureSplit::Source => "o.source",
        };
        let key = column(split);
        let filter = column(only.map_or(MeasureSplit::None, |(split, _)| *split));
        let sql = format!(
            "SELECT o.id AS id, o.customer AS customer, o.closed_on AS day, coalesce(o.amount_minor, 0) AS minor,
                    o.owner AS owner, o.team AS team, {key} AS k, {filter} AS only_of
             FROM opportunity AS o
             WHERE o.stage = 'won' AND o.customer IS NOT NULL AND o.closed_on < ?
             ORDER BY o.customer, o.closed_on, o.id"
        );
        let rows = bind_all(&sql, &[Cell::Text(date_text(before))])
            .fetch_all(&mut *self.reader().await?)
            .await
            .map_err(overflow_as("deals"))?;
        let missing = |what: &str| unreadable(what, "null", "a value");
        rows.iter()
            .map(|row| {
                let owner = read_id(row, "owner")?.map(PersonId);
                let team = read_id(row, "team")?.filter(|id| !id.is_nil()).map(UnitId);
                let seen = is_within(units, team) && person.is_none_or(|one| owner == Some(one));
                let key = read_key_of(row, split, "k")?;
                let is_meant = match only {
                    Some((split, part)) => read_key_of(row, *split, "only_of")? == *part,
                    None => true,
                };
                let seen = seen && is_meant;
                Ok(Purchase {
                    id: read_id(row, "id")?
                        .map(OpportunityId)
                        .ok_or_else(|| missing("opportunity.id"))?,
                    customer: read_id(row, "customer")?
                        .map(CustomerId)
                        .ok_or_else(|| missing("opportunity.customer"))?,
                    day: read_date(row, "day")?.ok_or_else(|| missing("opportunity.closed_on"))?,
                    minor: row.try_get("minor")?,
                    key: Some(key).filter(|_| seen),
                })
            })
            .collect()
    }
}
