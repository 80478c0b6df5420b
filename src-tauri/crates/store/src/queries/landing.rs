//! Deals for the landing of a period: what is open, and what became of the others.

use chrono::NaiveDate;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use yeji_core::facts::Stage;
use yeji_core::ids::{OpportunityId, PersonId, ProductId, UnitId};

use crate::cell::{Cell, date_text};
use crate::rows::{bind_all, read_date, read_id, select, unreadable};
use crate::{ForecastSnapshot, Result, Store};

/// A deal as a landing sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandingDeal {
    /// Id.
    pub id: OpportunityId,
    /// Identity in its source.
    pub external_id: String,
    /// Who sells.
    pub owner: PersonId,
    /// Where a closed deal counts; none for an owner without any stay.
    pub team: Option<UnitId>,
    /// Stage.
    pub stage: Stage,
    /// First day.
    pub opened_on: Option<NaiveDate>,
    /// Day of closing.
    pub closed_on: Option<NaiveDate>,
    /// Amount, minor units.
    pub amount_minor: Option<i64>,
    /// Its product.
    pub product_id: Option<ProductId>,
    /// List price of its product.
    pub list_minor: Option<i64>,
    /// Customer, of an open deal.
    pub customer: Option<String>,
    /// Product, of an open deal.
    pub product: Option<String>,
}

impl LandingDeal {
    /// What the deal counts with in the pipeline while it is open: its amount, else its product's list price, else
    /// nothing. As the measure `open_amount` does in SQL.
    pub fn pipeline_minor(&self) -> i64 {
        let amount = self.amount_minor.filter(|minor| *minor != 0);
        amount.or(self.list_minor).unwrap_or(0)
    }
}

/// When a deal reached a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachedStage {
    /// The deal.
    pub deal: OpportunityId,
    /// The stage.
    pub stage: Stage,
    /// First day in it.
    pub on: NaiveDate,
}

impl Store {
    /// What was forecast of a unit and metric when, oldest first.
    pub async fn forecast_snapshots(
        &self,
        unit: UnitId,
        metric: &str,
    ) -> Result<Vec<ForecastSnapshot>> {
        select(
            &mut *self.reader().await?,
            "WHERE unit = ? AND metric = ? ORDER BY on_day, kind, period",
            &[Cell::Id(unit.0), Cell::Text(metric.to_owned())],
        )
        .await
    }

    /// Deals that are open, or were closed since a day, by id; only those of `person` if named.
    pub async fn landing_deals(
        &self,
        since: NaiveDate,
        person: Option<PersonId>,
    ) -> Result<Vec<LandingDeal>> {
        let person = person.map_or(Cell::Null, |id| Cell::Id(id.0));
        let sql = "SELECT o.id, o.external_id, o.owner, o.team, o.stage, o.opened_on, o.closed_on,
                    o.amount_minor, o.product AS product_id, p.list_price_minor, c.name AS customer, p.name AS product
             FROM opportunity AS o
             LEFT JOIN product AS p ON p.id = o.product
             LEFT JOIN customer AS c
                 ON c.id = o.customer AND o.stage NOT IN ('won', 'lost')
             WHERE (o.stage NOT IN ('won', 'lost') OR o.closed_on >= ?)
               AND (? IS NULL OR o.owner = ?)
             ORDER BY o.id";
        let rows = bind_all(sql, &[Cell::Text(date_text(since)), person.clone(), person])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter().map(read_deal).collect()
    }

    /// First days of stages, of the deals that [`Store::landing_deals`] gives.
    pub async fn landing_stages(
        &self,
        since: NaiveDate,
        person: Option<PersonId>,
    ) -> Result<Vec<ReachedStage>> {
        let person = person.map_or(Cell::Null, |id| Cell::Id(id.0));
        let sql = "SELECT e.opportunity, e.stage, min(e.on_day) AS on_day
             FROM stage_event AS e JOIN opportunity AS o ON o.id = e.opportunity
             WHERE (o.stage NOT IN ('won', 'lost') OR o.closed_on >= ?)
               AND (? IS NULL OR o.owner = ?)
               AND e.stage NOT IN ('won', 'lost')
             GROUP BY e.opportunity, e.stage";
        let rows = bind_all(sql, &[Cell::Text(date_text(since)), person.clone(), person])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let read = |row: &SqliteRow| {
            let deal = read_id(row, "opportunity")?.map(OpportunityId);
            let on = read_date(row, "on_day")?;
            let (deal, on) = deal
                .zip(on)
                .ok_or_else(|| unreadable("stage_event.on_day", "null", "a date"))?;
            Ok(ReachedStage {
                deal,
                stage: read_stage(row, "stage_event.stage")?,
                on,
            })
        };
        rows.iter().map(read).collect()
    }
}

fn read_deal(row: &SqliteRow) -> Result<LandingDeal> {
    let missing = |column: &str| unreadable(column, "null", "an id");
    let owner = read_id(row, "owner")?.ok_or_else(|| missing("opportunity.owner"))?;
    let team = read_id(row, "team")?.filter(|id| !id.is_nil());
    Ok(LandingDeal {
        id: OpportunityId(read_id(row, "id")?.ok_or_else(|| missing("opportunity.id"))?),
        external_id: row.try_get("external_id")?,
        owner: PersonId(owner),
        team: team.map(UnitId),
        stage: read_stage(row, "opportunity.stage")?,
        opened_on: read_date(row, "opened_on")?,
        closed_on: read_date(row, "closed_on")?,
        amount_minor: row.try_get("amount_minor")?,
        product_id: read_id(row, "product_id")?.map(ProductId),
        list_minor: row.try_get("list_price_minor")?,
        customer: row.try_get("customer")?,
        product: row.try_get("product")?,
    })
}

fn read_stage(row: &SqliteRow, place: &str) -> Result<Stage> {
    let code: String = row.try_get("stage")?;
    code.parse()
        .map_err(|_| unreadable(place, &code, "a stage"))
}
