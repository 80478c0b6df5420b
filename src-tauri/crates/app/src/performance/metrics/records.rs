//! The records behind a metric's value: of each measure in its formula the very rows that were summed.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use uuid::Uuid;
use yeji_core::Ratio;
use yeji_core::ids::{OpportunityId, PersonId, ProductId, UnitId};
use yeji_insight::kpi::customers::{Fact, deals_behind};
use yeji_insight::kpi::{Measure, Unit};
use yeji_store::{
    Entity, MeasureCursor, MeasureKey, MeasureOnly, MeasureRecord, MeasureRecordQuery,
    MeasureSplit, Record,
};

use super::library::{measure_info, not_found};
use super::table::{Question, split_of};
use super::values::{Scope, Values, fact_of};
use crate::access::Right;
use crate::api::kpi::{ListMetricRecords, MetricDrill, MetricRecordRow, MetricRecords, Sizes};
use crate::context::App;
use crate::error::{Error, Result};

/// Records a window.
const PAGE_ROWS: u32 = 200;
/// Parts that are opened as one.
const MAX_KEYS: usize = 10_000;

/// A window of records, and where the next starts.
type Window = (Vec<MeasureRecord>, Option<String>);

impl App {
    /// The records of a measure behind a metric's value, a window at a time.
    pub async fn list_metric_records(&self, args: ListMetricRecords) -> Result<MetricRecords> {
        let drill = &args.drill;
        let mut question = self
            .metric_question(&drill.metric, drill.by, drill.days, drill.unit)
            .await?;
        question.only = MeasureOnly {
            part: self.part_of(drill.filter.as_ref())?,
            closed_before: drill.closed_before,
            sizes: drill.sizes.as_ref().map(read_sizes).transpose()?,
        };
        let measure = Measure::of(&args.measure)
            .filter(|one| question.metric.measures().contains(one))
            .ok_or_else(|| not_found(&args.measure))?;
        let split = split_of(drill.by);
        let keys = read_keys(split, drill, measure)?;
        let values = self
            .values_of(&question, split, [drill.days].into_iter())
            .await?;
        let value = sum_of(&values, &keys, measure)?;
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
        let (rows, next) = match fact_of(measure).zip(keys.first()) {
            Some((fact, key)) => {
                let scope = question.scope(split, &[drill.days]);
                self.deals_of_customers(&scope, (fact, key), args.cursor.as_deref())
                    .await?
            }
            None => self.rows_of(&question, &args, measure, keys).await?,
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
        keys: Vec<MeasureKey>,
    ) -> Result<Window> {
        let after: Option<MeasureCursor> = read_cursor(args.cursor.as_deref())?;
        let query = MeasureRecordQuery {
            measure: measure.code().to_owned(),
            days: (args.drill.days.from, args.drill.days.to),
            units: question.units.clone(),
            person: self.sight().person(),
            split: split_of(args.drill.by),
            keys,
            only: question.only.clone(),
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

/// The parts that a drill names. Customers of several parts may be the same ones and do not add up.
fn read_keys(
    split: MeasureSplit,
    drill: &MetricDrill,
    measure: Measure,
) -> Result<Vec<MeasureKey>> {
    if drill.keys.is_empty() {
        return Ok(vec![read_key(split, &drill.key)?]);
    }
    if drill.keys.len() > MAX_KEYS || fact_of(measure).is_some() {
        let count = drill.keys.len().to_string();
        return Err(Error::input("key", &count, "the key of a row"));
    }
    let keys: BTreeSet<MeasureKey> = drill
        .keys
        .iter()
        .map(|key| read_key(split, key))
        .collect::<Result<_>>()?;
    Ok(keys.into_iter().collect())
}

/// A measure of several parts as one; none where it has no value for one of them.
fn sum_of(values: &Values, keys: &[MeasureKey], measure: Measure) -> Result<Option<Ratio>> {
    let mut sum = Ratio::ZERO;
    for key in keys {
        let Ok(value) = values.of(key, 0, measure) else {
            return Ok(None);
        };
        sum = sum.checked_add(value)?;
    }
    Ok(Some(sum))
}

fn read_sizes(sizes: &Sizes) -> Result<(i64, i64)> {
    let edge = |text: &str| {
        let bad = |_| Error::input("sizes", text, "a whole number");
        text.parse::<i64>().map_err(bad)
    };
    Ok((edge(&sizes.from)?, edge(&sizes.to)?))
}

/// The part that a key names.
pub(super) fn read_key(split: MeasureSplit, text: &str) -> Result<MeasureKey> {
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
