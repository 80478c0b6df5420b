//! The records behind a metric's value: of each measure in its formula the very rows that were summed.

use std::cmp::Reverse;

use uuid::Uuid;
use yeji_core::Ratio;
use yeji_core::ids::{OpportunityId, PersonId, ProductId, UnitId};
use yeji_insight::kpi::customers::{Fact, deals_behind};
use yeji_insight::kpi::{Measure, Unit};
use yeji_store::{
    Entity, MeasureCursor, MeasureKey, MeasureRecord, MeasureRecordQuery, MeasureSplit, Record,
};

use super::library::{measure_info, not_found};
use super::table::{Question, split_of};
use super::values::{Scope, fact_of};
use crate::access::Right;
use crate::api::kpi::{ListMetricRecords, MetricRecordRow, MetricRecords};
use crate::context::App;
use crate::error::{Error, Result};

/// Records a window.
const PAGE_ROWS: u32 = 200;

/// A window of records, and where the next starts.
type Window = (Vec<MeasureRecord>, Option<String>);

impl App {
    /// The records of a measure behind a metric's value, a window at a time.
    pub async fn list_metric_records(&self, args: ListMetricRecords) -> Result<MetricRecords> {
        let drill = &args.drill;
        let question = self
            .metric_question(&drill.metric, drill.by, drill.days, drill.unit)
            .await?;
        let measure = Measure::of(&args.measure)
            .filter(|one| question.metric.measures().contains(one))
            .ok_or_else(|| not_found(&args.measure))?;
        let split = split_of(drill.by);
        let key = read_key(split, &drill.key)?;
        let values = self
            .values_of(&question, split, [drill.days].into_iter())
            .await?;
        let value = values.of(&key, 0, measure).ok();
        let mut records = MetricRecords {
            measure: measure_info(measure),
            value: value.map(|value| value.to_string()),
            rows: Vec::new(),
            next_cursor: None,
        };
        // Goals and people are listed where they are made.
        if matches!(measure, Measure::GoalAmount | Measure::People) || value.is_none() {
            return Ok(records);
        }
        let (rows, next) = match fact_of(measure) {
            Some(fact) => {
                let scope = question.scope(split, drill.days);
                self.deals_of_customers(&scope, (fact, &key), args.cursor.as_deref())
                    .await?
            }
            None => self.rows_of(&question, &args, measure, key).await?,
        };
        let per = match measure.unit() {
            Unit::Money => question.currency.minor_per_major(),
            _ => 1,
        };
        records.next_cursor = next;
        for row in rows {
            records.rows.push(self.record_row(&question, row, per)?);
        }
        Ok(records)
    }

    /// Rows that were summed.
    async fn rows_of(
        &self,
        question: &Question,
        args: &ListMetricRecords,
        measure: Measure,
        key: MeasureKey,
    ) -> Result<Window> {
        let after: Option<MeasureCursor> = read_cursor(args.cursor.as_deref())?;
        let query = MeasureRecordQuery {
            measure: measure.code().to_owned(),
            days: (args.drill.days.from, args.drill.days.to),
            units: question.units.clone(),
            person: self.sight().person(),
            split: split_of(args.drill.by),
            key,
            as_of: self.actor().day(self.clock.today()),
            after,
            limit: PAGE_ROWS,
        };
        let page = self.store()?.measure_records(&query).await?;
        let next = page.next.and_then(|next| serde_json::to_string(&next).ok());
        Ok((page.rows, next))
    }

    /// The deals that tell of customers, latest first.
    async fn deals_of_customers(
        &self,
        scope: &Scope<'_>,
        (fact, key): (Fact, &MeasureKey),
        cursor: Option<&str>,
    ) -> Result<Window> {
        let start: usize = read_cursor(cursor)?.unwrap_or(0);
        let Some(period) = scope.periods.first().copied() else {
            return Ok((Vec::new(), None));
        };
        let (deals, known) = self.purchases_of(scope, period.1).await?;
        let known_until = known.map_or(period.1, |(_, last)| last);
        let mut places = deals_behind(&deals.purchases, period, known_until, (fact, key));
        places.sort_by_key(|place| Reverse((deals.purchases[*place].day, deals.ids[*place])));
        let end = start.saturating_add(PAGE_ROWS as usize);
        let next = (places.len() > end).then(|| end.to_string());
        let mut rows = Vec::new();
        for place in places.into_iter().skip(start).take(PAGE_ROWS as usize) {
            let value = match fact {
                Fact::Value => deals.purchases[place].minor,
                _ => 1,
            };
            // An amount of nothing adds nothing.
            if value != 0
                && let Some(row) = self.deal_behind(deals.ids[place], value).await?
            {
                rows.push(row);
            }
        }
        Ok((rows, next))
    }

    async fn deal_behind(&self, id: OpportunityId, value: i64) -> Result<Option<MeasureRecord>> {
        let store = self.store()?;
        let found = store
            .records_by(Entity::Opportunity, "id", [id.0].into_iter())
            .await?;
        let Some(Record::Opportunity(deal)) = found.into_iter().next() else {
            return Ok(None);
        };
        let customer = match deal.customer {
            Some(id) => store.customer(id).await?.map(|one| one.name),
            None => None,
        };
        let product = match deal.product {
            Some(id) => store.product(id).await?.map(|one| one.name),
            None => None,
        };
        Ok(Some(MeasureRecord {
            entity: Entity::Opportunity.code(),
            id: deal.id.0,
            source: deal.origin.source,
            external_id: deal.origin.external_id,
            day: deal.closed_on,
            person: Some(deal.owner),
            customer,
            product,
            value,
        }))
    }

    fn record_row(
        &self,
        question: &Question,
        row: MeasureRecord,
        per: i64,
    ) -> Result<MetricRecordRow> {
        let sees_sources = self.actor().has(Right::SeeImports, self.policies());
        let person = row
            .person
            .and_then(|id| question.organisation.person(id))
            .map(|person| person.name.clone());
        Ok(MetricRecordRow {
            entity: row.entity.to_owned(),
            id: row.id,
            source: Some(row.source).filter(|_| sees_sources),
            external_id: row.external_id,
            day: row.day,
            person,
            customer: row.customer,
            product: row.product,
            value: Ratio::new(row.value.into(), per.into())?.to_string(),
        })
    }
}

fn read_cursor<T: serde::de::DeserializeOwned>(cursor: Option<&str>) -> Result<Option<T>> {
    let Some(text) = cursor else { return Ok(None) };
    serde_json::from_str(text)
        .map(Some)
        .map_err(|_| Error::input("cursor", text, "the cursor of an earlier window"))
}

/// The part that a key names.
fn read_key(split: MeasureSplit, text: &str) -> Result<MeasureKey> {
    let bad = || Error::input("key", text, "the key of a row");
    let id = || -> Result<Option<Uuid>> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| bad())
    };
    Ok(match split {
        MeasureSplit::None => MeasureKey::All,
        MeasureSplit::Person => MeasureKey::Person(id()?.map(PersonId)),
        MeasureSplit::Unit => MeasureKey::Unit(id()?.map(UnitId)),
        MeasureSplit::Product => MeasureKey::Product(id()?.map(ProductId)),
        MeasureSplit::Region
        | MeasureSplit::Segment
        | MeasureSplit::CustomerType
        | MeasureSplit::Source => {
            MeasureKey::Text(Some(text.to_owned()).filter(|text| !text.is_empty()))
        }
    })
}
