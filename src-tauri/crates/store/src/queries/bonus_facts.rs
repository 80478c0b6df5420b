//! Facts that bonus plans credit: won deals with whom they are credited to, what was invoiced, received
//! and delivered for them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;
use yeji_core::facts::Credit;
use yeji_core::ids::{OpportunityId, PersonId};
use yeji_core::papers::Credits;
use yeji_core::{Currency, Money};

use super::facts::IDS_PER_QUERY;
use crate::cell::{Cell, date_text};
use crate::rows::{bind_all, read_date, read_id, unreadable};
use crate::{Result, Store};

/// A won deal as a bonus plan sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusDeal {
    /// Id.
    pub id: OpportunityId,
    /// Identity in its source.
    pub external_id: String,
    /// Where it comes from.
    pub source: String,
    /// Whom it is credited to: the latest list, else the owner alone.
    pub credits: Vec<Credit>,
    /// Day of closing.
    pub closed_on: NaiveDate,
    /// Amount; a won deal without one is not among these.
    pub amount: Money,
    /// What its lines, else its product, cost; none where a cost is not known.
    pub cost_minor: Option<i64>,
    /// Pieces of its lines; one for a deal of a product without lines.
    pub quantity: Option<i64>,
    /// Customer's name.
    pub customer: Option<String>,
    /// Its type.
    pub customer_type: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its segment.
    pub segment: Option<String>,
    /// Product's name.
    pub product: Option<String>,
    /// Its category.
    pub category: Option<String>,
}

/// What was invoiced, received or delivered for a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusPaper {
    /// Id.
    pub id: Uuid,
    /// Identity in its source.
    pub external_id: String,
    /// For which deal.
    pub deal: Option<OpportunityId>,
    /// When.
    pub on: NaiveDate,
    /// Amount; none of a delivery.
    pub amount: Option<Money>,
    /// The receipt that this one pays back.
    pub refunds: Option<Uuid>,
}

/// Columns of a deal; `o` is the opportunity.
const DEAL: &str =
    "SELECT o.id, o.external_id, o.source, o.owner, o.closed_on, o.amount_minor, o.amount_currency,
        c.name AS customer, c.customer_type, c.region, c.segment,
        p.name AS product, p.category, p.cost_minor,
        (SELECT l.credits FROM credit_list AS l WHERE l.opportunity = o.id
         ORDER BY l.changed_seq DESC, l.id DESC LIMIT 1) AS credits,
        (SELECT sum(l.quantity) FROM order_line AS l WHERE l.opportunity = o.id) AS pieces,
        (SELECT CASE WHEN count(*) = count(lp.cost_minor) THEN sum(l.quantity * lp.cost_minor) END
         FROM order_line AS l JOIN product AS lp ON lp.id = l.product
         WHERE l.opportunity = o.id) AS lines_cost
     FROM opportunity AS o
     LEFT JOIN customer AS c ON c.id = o.customer
     LEFT JOIN product AS p ON p.id = o.product";
/// Those that are won.
const WON: &str = "o.stage = 'won' AND o.amount_minor IS NOT NULL";

impl Store {
    /// Deals won in `[from, to)`, by day and id.
    pub async fn bonus_deals(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<BonusDeal>> {
        let sql = format!(
            "{DEAL} WHERE {WON} AND o.closed_on >= ? AND o.closed_on < ? ORDER BY o.closed_on, o.id"
        );
        let bounds = [Cell::Text(date_text(from)), Cell::Text(date_text(to))];
        let rows = bind_all(&sql, &bounds)
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter().map(read_deal).collect()
    }

    /// Won deals of a list, by id.
    pub async fn bonus_deals_of(&self, ids: &BTreeSet<OpportunityId>) -> Result<Vec<BonusDeal>> {
        let ids: Vec<Cell> = ids.iter().map(|id| Cell::Id(id.0)).collect();
        let mut reader = self.reader().await?;
        let mut deals = Vec::with_capacity(ids.len());
        for ids in ids.chunks(IDS_PER_QUERY) {
            let places = vec!["?"; ids.len()].join(", ");
            let sql = format!("{DEAL} WHERE {WON} AND o.id IN ({places}) ORDER BY o.id");
            for row in bind_all(&sql, ids).fetch_all(&mut *reader).await? {
                deals.push(read_deal(&row)?);
            }
        }
        Ok(deals)
    }

    /// An open deal as if it had been won on a day with an amount; none if there is no such deal, or it
    /// is closed.
    pub async fn bonus_deal_if_won(
        &self,
        id: OpportunityId,
        on: NaiveDate,
        amount: Money,
    ) -> Result<Option<BonusDeal>> {
        let sql = format!("{DEAL} WHERE o.stage NOT IN ('won', 'lost') AND o.id = ?");
        let row = bind_all(&sql, &[Cell::Id(id.0)])
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        row.map(|row| read_deal_as(&row, on, amount)).transpose()
    }

    /// Receipts of `[from, to)`, refunds of them whenever they came, and refunds for deals that were
    /// won in the interval.
    pub async fn bonus_receipts(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<BonusPaper>> {
        let sql =
            "SELECT r.id, r.external_id, r.opportunity, r.received_on AS on_day, r.amount_minor,
                    r.amount_currency, r.refunds
             FROM receipt AS r
             WHERE (r.received_on >= ?1 AND r.received_on < ?2)
                OR r.refunds IN (SELECT f.id FROM receipt AS f
                                 WHERE f.received_on >= ?1 AND f.received_on < ?2)
                OR (r.amount_minor < 0 AND r.opportunity IN
                    (SELECT o.id FROM opportunity AS o
                     WHERE o.stage = 'won' AND o.closed_on >= ?1 AND o.closed_on < ?2))
             ORDER BY r.received_on, r.id";
        self.papers(sql, from, to).await
    }

    /// The receipts that refunds of a list pay back.
    pub async fn bonus_receipts_of(&self, ids: &BTreeSet<Uuid>) -> Result<Vec<BonusPaper>> {
        let sql =
            "SELECT r.id, r.external_id, r.opportunity, r.received_on AS on_day, r.amount_minor,
                    r.amount_currency, r.refunds FROM receipt AS r";
        let ids: Vec<Cell> = ids.iter().copied().map(Cell::Id).collect();
        let mut reader = self.reader().await?;
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(IDS_PER_QUERY) {
            let places = vec!["?"; ids.len()].join(", ");
            let sql = format!("{sql} WHERE r.id IN ({places}) ORDER BY r.id");
            for row in bind_all(&sql, ids).fetch_all(&mut *reader).await? {
                found.push(read_paper(&row)?);
            }
        }
        Ok(found)
    }

    /// Invoices and credit notes of `[from, to)`, and those of the same deals, whenever they came.
    pub async fn bonus_invoices(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<BonusPaper>> {
        let sql =
            "SELECT i.id, i.external_id, i.opportunity, i.invoiced_on AS on_day, i.amount_minor,
                    i.amount_currency, NULL AS refunds
             FROM invoice AS i
             WHERE (i.invoiced_on >= ?1 AND i.invoiced_on < ?2)
                OR i.opportunity IN (SELECT f.opportunity FROM invoice AS f
                                     WHERE f.invoiced_on >= ?1 AND f.invoiced_on < ?2)
             ORDER BY i.invoiced_on, i.id";
        self.papers(sql, from, to).await
    }

    /// Deals whose last delivery was made in `[from, to)`, with none under way.
    pub async fn bonus_deliveries(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<BonusPaper>> {
        let sql = "SELECT d.opportunity AS id, o.external_id, d.opportunity, max(d.delivered_on) AS on_day,
                    NULL AS amount_minor, NULL AS amount_currency, NULL AS refunds
             FROM delivery_ticket AS d JOIN opportunity AS o ON o.id = d.opportunity
             GROUP BY d.opportunity
             HAVING count(*) = count(d.delivered_on)
                AND max(d.delivered_on) >= ?1 AND max(d.delivered_on) < ?2
             ORDER BY on_day, d.opportunity";
        self.papers(sql, from, to).await
    }

    async fn papers(&self, sql: &str, from: NaiveDate, to: NaiveDate) -> Result<Vec<BonusPaper>> {
        let bounds = [Cell::Text(date_text(from)), Cell::Text(date_text(to))];
        let rows = bind_all(sql, &bounds)
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter().map(read_paper).collect()
    }
}

fn read_money(row: &SqliteRow) -> Result<Option<Money>> {
    let minor: Option<i64> = row.try_get("amount_minor")?;
    let currency: Option<String> = row.try_get("amount_currency")?;
    let Some((minor, currency)) = minor.zip(currency) else {
        return Ok(None);
    };
    let read: Currency = currency
        .parse()
        .map_err(|_| unreadable("amount_currency", &currency, "a currency"))?;
    Ok(Some(Money::new(minor, read)))
}

fn read_paper(row: &SqliteRow) -> Result<BonusPaper> {
    let missing = |column: &str| unreadable(column, "null", "a value");
    Ok(BonusPaper {
        id: read_id(row, "id")?.ok_or_else(|| missing("id"))?,
        external_id: row.try_get("external_id")?,
        deal: read_id(row, "opportunity")?.map(OpportunityId),
        on: read_date(row, "on_day")?.ok_or_else(|| missing("on_day"))?,
        amount: read_money(row)?,
        refunds: read_id(row, "refunds")?,
    })
}

fn read_deal(row: &SqliteRow) -> Result<BonusDeal> {
    let missing = |column: &str| unreadable(column, "null", "a value");
    let on = read_date(row, "closed_on")?.ok_or_else(|| missing("opportunity.closed_on"))?;
    let amount = read_money(row)?.ok_or_else(|| missing("opportunity.amount_minor"))?;
    read_deal_as(row, on, amount)
}

fn read_deal_as(row: &SqliteRow, closed_on: NaiveDate, amount: Money) -> Result<BonusDeal> {
    let missing = |column: &str| unreadable(column, "null", "a value");
    let owner = read_id(row, "owner")?.ok_or_else(|| missing("opportunity.owner"))?;
    let pieces: Option<i64> = row.try_get("pieces")?;
    let product: Option<String> = row.try_get("product")?;
    let cost: Option<i64> = row.try_get("cost_minor")?;
    let cost_minor = match pieces {
        Some(_) => row.try_get("lines_cost")?,
        None => cost,
    };
    Ok(BonusDeal {
        id: OpportunityId(read_id(row, "id")?.ok_or_else(|| missing("opportunity.id"))?),
        external_id: row.try_get("external_id")?,
        source: row.try_get("source")?,
        credits: read_credits(row, PersonId(owner))?,
        closed_on,
        amount,
        cost_minor,
        quantity: pieces.or_else(|| product.as_ref().map(|_| 1)),
        customer: row.try_get("customer")?,
        customer_type: row.try_get("customer_type")?,
        region: row.try_get("region")?,
        segment: row.try_get("segment")?,
        product,
        category: row.try_get("category")?,
    })
}

fn read_credits(row: &SqliteRow, owner: PersonId) -> Result<Vec<Credit>> {
    let Some(text) = row.try_get::<Option<String>, _>("credits")? else {
        return Ok(vec![Credit {
            person: owner,
            share: yeji_core::Ratio::ONE,
        }]);
    };
    let credits: Credits = serde_json::from_str(&text)?;
    Ok(credits.parts().to_vec())
}
