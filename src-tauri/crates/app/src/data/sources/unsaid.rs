//! Records when an import is taken back: what the other sources still say, beside what people wrote.

use serde_json::Value;
use yeji_store::{Record, Settled, Settling, Unsaid};

use super::merges::{claims_now, meant};
use super::rule::{beside_edits, is_open, news, with_news};
use super::{Claim, Merged, OF_CLOSED_DEALS, Precedence, Values, field_of, settled};

/// The rule with what it goes by.
pub(crate) struct BySources {
    pub precedence: Precedence,
    pub merged: Merged,
}

impl Settling for BySources {
    fn said(&self, record: &Record) -> Value {
        Value::Object(said(record).into_iter().collect())
    }

    fn settle(&self, unsaid: &Unsaid<'_>) -> yeji_store::Result<Settled> {
        let entity = unsaid.was.entity();
        let order = self.precedence.for_table(entity);
        let values_of = |claims: &[yeji_store::SourceClaim]| {
            let claims: Vec<Claim> = claims.iter().cloned().map(Claim::from).collect();
            settled(entity, &claims_now(&claims, &self.merged), &order)
        };
        let (before, after) = (values_of(unsaid.before), values_of(unsaid.after));
        let mut stands: Values = unsaid
            .was
            .values()
            .into_iter()
            .filter(|(column, _)| field_of(entity, column).is_some())
            .map(|(column, value)| (column.to_owned(), value))
            .collect();
        let news = news(entity, &before, &after);
        let (mut write, is_edited) = beside_edits(entity, &stands, &before, news);
        let opens = is_open(&write);
        let edits = unsaid.edits.iter().filter(|(column, _)| {
            let is_closing = opens && OF_CLOSED_DEALS.contains(&column.as_str());
            let is_unedited = stands.get(*column).unwrap_or(&Value::Null)
                == before.get(*column).unwrap_or(&Value::Null);
            is_unedited && !is_closing
        });
        write.extend(
            edits.map(|(column, value)| (column.clone(), meant(column, value, &self.merged))),
        );
        // An earlier version of the row may hold words that were taken back since.
        stands.retain(|column, _| !write.contains_key(column));
        let record = unsaid.now.with_values(&stands)?;
        Ok(Settled {
            record: with_news(&record, write)?,
            is_edited,
        })
    }
}

/// What a source says by a record that it alone has brought.
pub(crate) fn said(record: &Record) -> Values {
    let entity = record.entity();
    let values = record.values().into_iter();
    values
        .filter(|(column, value)| !value.is_null() && field_of(entity, column).is_some())
        .map(|(column, value)| (column.to_owned(), value))
        .collect()
}
