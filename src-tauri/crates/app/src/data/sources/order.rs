//! The stated order of sources: kept as a setting, and applied to all that is known to be in dispute.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use yeji_store::{ChangeKind, DisagreementFilter, Record, Setting};

use super::listing::by_record;
use super::unsaid::words_in;
use super::{Precedence, claims_now, news, settled, with_news};
use crate::api::NoArgs;
use crate::api::sources::{SourceInfo, SourceList, SourceOrder};
use crate::context::App;
use crate::error::Result;

/// Setting: the order of sources.
pub(crate) const SOURCE_ORDER: &str = "source_order";

impl App {
    /// The stated order.
    pub(crate) async fn precedence(&self) -> Result<Precedence> {
        let value = self.store()?.setting(SOURCE_ORDER).await?;
        // An order that cannot be read is no missing one: records would be made twice.
        let order = value.map(serde_json::from_value).transpose();
        Ok(order.map_err(yeji_store::Error::from)?.unwrap_or_default())
    }

    /// All sources, those of the order first.
    pub async fn list_sources(&self, _: NoArgs) -> Result<SourceList> {
        let store = self.store()?;
        let order = self.precedence().await?;
        let mut found: BTreeMap<String, SourceInfo> = BTreeMap::new();
        let blank = |source: &str| SourceInfo {
            source: source.to_owned(),
            place: None,
            imports: 0,
            last_at: None,
            kinds: Vec::new(),
            disagreements: 0,
        };
        for (source, place) in order.order.iter().zip(1..) {
            let info = found.entry(source.clone()).or_insert_with(|| blank(source));
            info.place = Some(place);
        }
        let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        // Newest first.
        for batch in store.batches().await? {
            if batch.undone_at.is_some() {
                continue;
            }
            let info = found
                .entry(batch.source.clone())
                .or_insert_with(|| blank(&batch.source));
            info.imports += 1;
            info.last_at.get_or_insert(batch.at);
            let held = batch.detail.controls.iter().map(|sum| sum.kind.clone());
            kinds.entry(batch.source).or_default().extend(held);
        }
        for (source, held) in kinds {
            if let Some(info) = found.get_mut(&source) {
                info.kinds = held.into_iter().collect();
            }
        }
        for info in found.values_mut() {
            let filter = DisagreementFilter {
                entity: None,
                source: Some(info.source.clone()),
            };
            if info.place.is_some() {
                info.disagreements = store.count_disagreements(&filter).await?;
            }
        }
        let mut sources: Vec<SourceInfo> = found.into_values().collect();
        sources.sort_by_key(|info| (info.place.unwrap_or(u32::MAX), info.source.clone()));
        Ok(SourceList {
            sources,
            order: SourceOrder {
                order: order.order,
                kinds: order.kinds,
            },
            changed_records: 0,
            apart: Vec::new(),
        })
    }

    /// States the order. Records that sources disagree on are what it makes of them from now on, in the
    /// same change; records that other sources brought before they were in the order stay apart.
    pub async fn set_source_order(&self, args: SourceOrder) -> Result<SourceList> {
        let stated = Precedence::stated(args.order, args.kinds)?;
        let turn = self.turn().await;
        let before = self.precedence().await?;
        let mut changed_records = 0;
        if stated != before {
            let resettled = self.resettled(&before, &stated).await?;
            changed_records = resettled.len() as u64;
            let summary = json!({
                "key": SOURCE_ORDER,
                "order": stated.order,
                "records": changed_records,
            });
            let mut change = self.change(ChangeKind::Setting, summary);
            change.put = resettled;
            let setting = Setting {
                key: SOURCE_ORDER.to_owned(),
                value: json!(stated),
            };
            change.put.push(setting.into());
            self.apply(change).await?;
        }
        drop(turn);
        let list = self.list_sources(NoArgs {}).await?;
        Ok(SourceList {
            changed_records,
            apart: came_late(&before.order, &list),
            ..list
        })
    }

    /// The records that another order makes different. Values that people edited since stay where the
    /// order says nothing new.
    async fn resettled(&self, before: &Precedence, after: &Precedence) -> Result<Vec<Record>> {
        let store = self.store()?;
        let merged = self.merged_customers().await?;
        let mut records = Vec::new();
        for entity in store.shared_tables().await? {
            let (old_order, new_order) = (before.for_table(entity), after.for_table(entity));
            if old_order == new_order {
                continue;
            }
            for (id, claims) in by_record(store.source_claims(entity).await?) {
                let claims = claims_now(&claims, &merged);
                let old = settled(entity, &claims, &old_order);
                let new = settled(entity, &claims, &new_order);
                if old == new {
                    continue;
                }
                let Some(record) = store.record(entity, id).await? else {
                    continue;
                };
                let news = news(entity, &old, &new, &words_in(&record));
                let other = with_news(&record, news)?;
                if other.fingerprint() != record.fingerprint() {
                    records.push(other);
                }
            }
        }
        Ok(records)
    }
}

/// The sources with imports that were not in the order `before`, where they meet another one with imports.
fn came_late(before: &[String], list: &SourceList) -> Vec<String> {
    let placed = list
        .sources
        .iter()
        .filter(|one| one.place.is_some() && one.imports > 0);
    let sources: Vec<&String> = placed.map(|one| &one.source).collect();
    if sources.len() < 2 {
        return Vec::new();
    }
    let new = sources.into_iter().filter(|one| !before.contains(one));
    new.cloned().collect()
}
