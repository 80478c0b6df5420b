//! Imports beside later ones that repeated them.
//!
//! A row that says what the store has writes nothing, so it goes with the import that brought it. Each
//! import keeps how many rows it repeated, and of which imports; taking one of these back is asked about.

use std::collections::{BTreeSet, HashMap};

use yeji_core::facts::{Batch, Repeated};
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::Entity;

use super::sources::table_of;
use crate::api::data::{BatchArgs, LaterImport};
use crate::context::App;
use crate::data::batch_info;
use crate::error::{Error, Result};

/// Whether rows of a table are as an import has left them, of those that were asked about.
type LeftRows = HashMap<(BatchId, Entity), bool>;

/// Imports that a sentence names; the others are counted.
const MAX_NAMED: usize = 5;

/// Tables whose records are the same for all sources, and do not say which import brought them.
const SHARED: &[Entity] = &[
    Entity::OrgUnit,
    Entity::Person,
    Entity::Membership,
    Entity::TargetBonus,
    Entity::GoalPlan,
    Entity::GoalCell,
];

impl App {
    /// The later imports that stand and that repeated rows of this one, or of another one of these; newest
    /// first.
    pub async fn list_later_imports(&self, args: BatchArgs) -> Result<Vec<LaterImport>> {
        let batches = self.store()?.batches().await?;
        let Some(at) = batches.iter().position(|batch| batch.id == args.batch) else {
            return Err(yeji_store::Error::NoSuchBatch(args.batch).into());
        };
        let (later, own) = (&batches[..at], &batches[at]);
        if own.undone_at.is_some() {
            return Ok(Vec::new());
        }
        let mut going = vec![own];
        let mut left = LeftRows::default();
        let mut found = Vec::new();
        // What is repeated came before: one round from the oldest on meets all.
        for batch in later.iter().rev() {
            if batch.undone_at.is_some() {
                continue;
            }
            let rows = self.repeats(batch, &going, &mut left).await?;
            if rows > 0 {
                going.push(batch);
                found.push(LaterImport {
                    import: batch_info(batch.clone()),
                    repeated_rows: rows,
                });
            }
        }
        found.reverse();
        Ok(found)
    }

    /// Rows of an import that repeat one of the earlier ones.
    async fn repeats(&self, batch: &Batch, earlier: &[&Batch], left: &mut LeftRows) -> Result<i64> {
        let Some(Repeated { by_import, by_kind }) = &batch.detail.repeated else {
            // It was made by a version that kept only the number of such rows.
            let (own, others): (Vec<&Batch>, Vec<&Batch>) =
                earlier.iter().partition(|one| one.source == batch.source);
            let like = own.iter().any(|one| may_speak_of_the_same(one, batch))
                || batch.unchanged_rows > 0 && self.left_any(&others, SHARED, left).await?;
            return Ok(if like { batch.unchanged_rows } else { 0 });
        };
        let mut rows = 0_i64;
        // Between sources each takes only its own word back.
        for one in earlier.iter().filter(|one| one.source == batch.source) {
            rows = rows.saturating_add(by_import.get(&one.id).copied().unwrap_or(0));
        }
        for (kind, count) in by_kind {
            if self.left_any(earlier, tables_of(kind), left).await? {
                rows = rows.saturating_add(*count);
            }
        }
        Ok(rows)
    }

    /// Whether rows of these tables are as one of the imports has left them.
    async fn left_any(
        &self,
        imports: &[&Batch],
        tables: &'static [Entity],
        left: &mut LeftRows,
    ) -> Result<bool> {
        for one in imports {
            for table in tables {
                let there = if let Some(there) = left.get(&(one.id, *table)) {
                    *there
                } else {
                    let there = self.store()?.has_rows_of_batch(one.id, &[*table]).await?;
                    left.insert((one.id, *table), there);
                    there
                };
                if there {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Says why an import is not taken back without a decision.
    pub(super) fn repeated_later(&self, batch: BatchId, later: &[LaterImport]) -> Error {
        let named = later.iter().take(MAX_NAMED).map(|one| {
            let at = self.clock.local(one.import.at).format("%Y-%m-%d %H:%M");
            let files = one.import.files.join(", ");
            format!("{files} ({at}): {}", one.repeated_rows)
        });
        let mut imports: Vec<String> = named.collect();
        if later.len() > MAX_NAMED {
            imports.push(format!("… +{}", later.len() - MAX_NAMED));
        }
        Error::RepeatedLater {
            batch: batch.to_string(),
            count: later.len(),
            imports: imports.join("; "),
        }
    }
}

/// Whether the records of a kind say which import brought them.
pub(super) fn keeps_its_import(kind: Kind) -> bool {
    table_of(kind).is_some()
}

/// The tables of a kind whose records do not say which import brought them. Of a kind that this version
/// does not know it may be any of them.
fn tables_of(kind: &str) -> &'static [Entity] {
    match kind.parse() {
        Ok(Kind::Units) => &[Entity::OrgUnit],
        Ok(Kind::People) => &[Entity::OrgUnit, Entity::Person, Entity::Membership],
        Ok(Kind::Memberships) => &[Entity::Membership],
        Ok(Kind::TargetBonuses) => &[Entity::TargetBonus],
        Ok(Kind::Goals) => &[Entity::GoalPlan, Entity::GoalCell],
        _ => SHARED,
    }
}

/// Whether the totals of two imports have a kind in common; where one has none nobody can tell.
fn may_speak_of_the_same(one: &Batch, other: &Batch) -> bool {
    let kinds = |batch: &Batch| -> BTreeSet<String> {
        let sums = batch.detail.controls.iter();
        sums.map(|sum| sum.kind.clone()).collect()
    };
    let (one, other) = (kinds(one), kinds(other));
    one.is_empty() || other.is_empty() || !one.is_disjoint(&other)
}
