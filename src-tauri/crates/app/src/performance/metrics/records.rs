//! The records behind a metric's value: of each measure in its formula the very rows that were summed.

use yeji_core::Ratio;
use yeji_insight::kpi::{Measure, Unit};
use yeji_store::{MeasureCursor, MeasureKey, MeasureRecordQuery, MeasureSplit, Store};

use super::library::{measure_info, not_found};
use super::table::split_of;
use crate::api::kpi::{ListMetricRecords, MetricRecordRow, MetricRecords};
use crate::context::App;
use crate::error::{Error, Result};

/// Records a window.
const PAGE_ROWS: u32 = 200;

impl App {
    /// The records of a measure behind a metric's value, a window at a time.
    pub async fn list_metric_records(&self, args: ListMetricRecords) -> Result<MetricRecords> {
        let drill = &args.drill;
        let question = self
            .metric_question(&drill.metric, drill.days, drill.unit)
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
        // What customers did is told by their deals; goals and people are listed where they are made.
        let listed = if Store::has_measure(measure.code()) {
            measure
        } else {
            Measure::WonCount
        };
        let per = match listed.unit() {
            Unit::Money => question.currency.minor_per_major(),
            _ => 1,
        };
        let mut records = MetricRecords {
            measure: measure_info(measure),
            value: value.map(|value| value.to_string()),
            rows: Vec::new(),
            next_cursor: None,
        };
        if matches!(measure, Measure::GoalAmount | Measure::People) || value.is_none() {
            return Ok(records);
        }
        let after: Option<MeasureCursor> = match &args.cursor {
            None => None,
            Some(text) => Some(
                serde_json::from_str(text)
                    .map_err(|_| Error::input("cursor", text, "the cursor of an earlier window"))?,
            ),
        };
        let page = self
            .store()?
            .measure_records(&MeasureRecordQuery {
                measure: listed.code().to_owned(),
                days: (drill.days.from, drill.days.to),
                units: question.units.clone(),
                person: self.sight().person(),
                split,
                key,
                as_of: self.actor().day(self.clock.today()),
                after,
                limit: PAGE_ROWS,
            })
            .await?;
        records.next_cursor = page.next.and_then(|next| serde_json::to_string(&next).ok());
        for row in page.rows {
            let person = row
                .person
                .and_then(|id| question.organisation.person(id))
                .map(|person| person.name.clone());
            records.rows.push(MetricRecordRow {
                entity: row.entity.to_owned(),
                id: row.id,
                source: row.source,
                external_id: row.external_id,
                day: row.day,
                person,
                customer: row.customer,
                product: row.product,
                value: Ratio::new(row.value.into(), per.into())?.to_string(),
            });
        }
        Ok(records)
    }
}

/// The part that a key names.
fn read_key(split: MeasureSplit, text: &str) -> Result<MeasureKey> {
    let bad = || Error::input("key", text, "the key of a row");
    let id = || -> Result<Option<uuid::Uuid>> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| bad())
    };
    Ok(match split {
        MeasureSplit::None => MeasureKey::All,
        MeasureSplit::Person => MeasureKey::Person(id()?.map(yeji_core::ids::PersonId)),
        MeasureSplit::Unit => MeasureKey::Unit(id()?.map(yeji_core::ids::UnitId)),
        MeasureSplit::Product => MeasureKey::Product(id()?.map(yeji_core::ids::ProductId)),
        MeasureSplit::Region
        | MeasureSplit::Segment
        | MeasureSplit::CustomerType
        | MeasureSplit::Source => {
            MeasureKey::Text(Some(text.to_owned()).filter(|text| !text.is_empty()))
        }
    })
}
