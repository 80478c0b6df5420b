//! Reconciliation: per source, kind and month what the files held and what the store has.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::Money;
use yeji_intake::Kind;
use yeji_store::Entity;

use super::planner::entity_of;
use crate::api::NoArgs;
use crate::api::data::ReconciliationRow;
use crate::context::App;
use crate::error::Result;

/// Identity of a line: source, kind, month.
type Key = (String, Kind, String);

impl App {
    /// The latest import that speaks of a source's month of a kind, beside the store. Months that agree
    /// are listed too: that nothing is missing is the answer that is looked for.
    pub async fn get_reconciliation(&self, _: NoArgs) -> Result<Vec<ReconciliationRow>> {
        let store = self.store()?;
        let currency = self.currency().await?;
        let mut lines: BTreeMap<Key, ReconciliationRow> = BTreeMap::new();
        let mut wanted: BTreeSet<(String, Kind)> = BTreeSet::new();
        // Newest first: the first that speaks of a month is the latest.
        for batch in store.batches().await? {
            if batch.undone_at.is_some() {
                continue;
            }
            for sum in &batch.detail.controls {
                let Ok(kind) = sum.kind.parse::<Kind>() else {
                    continue;
                };
                if table_of(kind).is_none() {
                    continue;
                }
                wanted.insert((batch.source.clone(), kind));
                let key = (batch.source.clone(), kind, sum.period.clone());
                let line = lines.entry(key).or_insert_with(|| ReconciliationRow {
                    source: batch.source.clone(),
                    kind: sum.kind.clone(),
                    period: sum.period.clone(),
                    batch: batch.id,
                    files: batch.files.clone(),
                    file_rows: sum.rows,
                    file_amount: sum.amount,
                    store_rows: 0,
                    store_amount: sum.amount.map(|_| Money::new(0, currency)),
                    imports: 0,
                    row_difference: 0,
                    amount_difference: None,
                    agrees: false,
                });
                line.imports += 1;
            }
        }
        for (source, kind) in wanted {
            let Some(entity) = table_of(kind) else {
                continue;
            };
            for (month, total) in store.month_totals(entity, &source).await? {
                if let Some(line) = lines.get_mut(&(source.clone(), kind, month)) {
                    line.store_rows = total.rows;
                    line.store_amount = total.minor.map(|minor| Money::new(minor, currency));
                }
            }
        }
        let mut rows: Vec<ReconciliationRow> = lines.into_values().collect();
        for row in &mut rows {
            row.row_difference = row.store_rows.saturating_sub(row.file_rows);
            row.amount_difference = match (row.store_amount, row.file_amount) {
                (Some(store), Some(file)) => {
                    let minor = store.minor.saturating_sub(file.minor);
                    Some(Money::new(minor, store.currency))
                }
                _ => None,
            };
            row.agrees = row.file_rows == row.store_rows && row.file_amount == row.store_amount;
        }
        Ok(rows)
    }
}

pub(super) fn table_of(kind: Kind) -> Option<Entity> {
    match kind {
        Kind::Opportunities => Some(Entity::Opportunity),
        kind => entity_of(kind),
    }
}
