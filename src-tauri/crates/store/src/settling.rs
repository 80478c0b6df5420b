//! Records when an import is taken back: what the words that stand make of them.
//!
//! The rule comes from the app ([`Settling`]). A version of the row does not tell: every import writes one
//! that holds the other sources' words too.

use serde_json::Value;
use uuid::Uuid;

use crate::cell::Cell;
use crate::documents::source_claim_row_id;
use crate::past::Past;
use crate::rows::bind_all;
use crate::said::{SpokenOf, steps_of};
use crate::undo::{Kept, keep};
use crate::verdicts::Verdicts;
use crate::write::Stored;
use crate::{ApplyTx, Entity, KeptBecause, Record, Result, SourceClaim};

/// How words make a record.
pub trait Settling: Send + Sync {
    /// What a source says by a record that it alone has brought, by column.
    fn said(&self, record: &Record) -> Value;

    /// A record of which something else is said than before.
    fn settle(&self, unsaid: &Unsaid<'_>) -> Result<Settled>;
}

/// A record of which an import that is taken back has said something.
#[derive(Debug)]
pub struct Unsaid<'a> {
    /// As it was before.
    pub was: &'a Record,
    /// As the versions of its row have it now.
    pub now: &'a Record,
    /// What was said of it.
    pub before: &'a [SourceClaim],
    /// What still is.
    pub after: &'a [SourceClaim],
    /// What people and the imports that stand did to it; nothing where no person wrote into it.
    pub past: &'a [Past],
}

/// What such a record is.
#[derive(Debug)]
pub struct Settled {
    /// The record.
    pub record: Record,
    /// Whether something else would stand if people had not written other values.
    pub is_edited: bool,
}

/// Rows are what their versions say.
pub(crate) struct ByVersion;

impl Settling for ByVersion {
    fn said(&self, _: &Record) -> Value {
        Value::Null
    }

    fn settle(&self, unsaid: &Unsaid<'_>) -> Result<Settled> {
        let record = unsaid.now.clone();
        let is_edited = false;
        Ok(Settled { record, is_edited })
    }
}

/// Whether no import says anything of a record.
fn is_unsaid(claims: &[SourceClaim]) -> bool {
    claims.iter().all(|claim| claim.batch.is_none())
}

impl ApplyTx {
    /// Makes the records what is still said of them. Those of which nothing is said and that only imports
    /// which are taken back have written are marked as new rows of the import, to go with these. Answers how
    /// many rows have other values that their versions did not bring.
    pub(crate) async fn settle_all(
        &mut self,
        spoken_of: &[SpokenOf],
        changes: &[i64],
        settling: &dyn Settling,
        kept: &mut Kept,
        kept_count: &mut u64,
    ) -> Result<u64> {
        let mut restored = 0;
        let mut verdicts = Verdicts::new();
        for step in steps_of(spoken_of) {
            let Some(entity) = step.first().map(|one| one.entity) else {
                continue;
            };
            let ids: Vec<Uuid> = step.iter().map(|one| one.id).collect();
            let mut stored = self.stored(entity, &ids).await?;
            let mut said = self.claims_on(entity, &ids).await?;
            let mut images = Vec::new();
            for one in step {
                let id = one.id;
                let Some(now) = stored.remove(&id) else {
                    continue;
                };
                let kept_claims = said.remove(&id).unwrap_or_default();
                // What the import made and nobody else speaks of is listed with its rows.
                let is_listed = changes.contains(&now.created_seq) && is_unsaid(&kept_claims);
                let claims = one.left.clone().unwrap_or(kept_claims);
                if is_unsaid(&claims)
                    && self
                        .is_orphan(entity, id, &now, changes, &mut verdicts)
                        .await?
                {
                    self.disown(entity, id, changes).await?;
                    continue;
                }
                let record = Record::from_cells(entity, now.cells.clone())?;
                let by_words = settling.settle(&Unsaid {
                    was: &one.was,
                    now: &record,
                    before: &one.claims,
                    after: &claims,
                    past: &one.past,
                })?;
                if (by_words.is_edited || is_unsaid(&claims)) && !is_listed {
                    keep(kept, kept_count, entity, id, KeptBecause::ChangedLater);
                }
                let verdict = self.verdict(now.changed_seq, &mut verdicts).await?;
                let image = Stored {
                    cells: by_words.record.cells(),
                    created_seq: now.created_seq,
                    // Settling is no later work: who made the row is who speaks of it, so that taking the
                    // others back finds it as they left it. What people wrote stays theirs.
                    changed_seq: if verdict.is_import {
                        now.changed_seq
                    } else {
                        self.seq
                    },
                    under: None,
                };
                if by_words.record == record {
                    self.forget_single_claim(&claims, &record, now.changed_seq, changes, settling)
                        .await?;
                } else if self.has_its_parents(entity, &image).await? {
                    restored += u64::from(record == one.was);
                    self.forget_single_claim(
                        &claims,
                        &by_words.record,
                        image.changed_seq,
                        changes,
                        settling,
                    )
                    .await?;
                    images.push(image);
                } else {
                    let why = KeptBecause::EarlierValuesRefer;
                    keep(kept, kept_count, entity, id, why);
                }
            }
            self.restore(entity, images).await?;
        }
        Ok(restored)
    }

    /// Whether all that ever wrote a row are imports that are taken back, and what settled it or merged its customer.
    pub(crate) async fn is_orphan(
        &mut self,
        entity: Entity,
        id: Uuid,
        now: &Stored,
        changes: &[i64],
        verdicts: &mut Verdicts,
    ) -> Result<bool> {
        let mut version = now.changed_seq;
        loop {
            if !changes.contains(&version) {
                let verdict = self.verdict(version, verdicts).await?;
                if !verdict.is_taken_back && !verdict.is_merge && !verdict.kind.settles() {
                    return Ok(false);
                }
            }
            let earlier = self.before(version, entity, id).await?;
            let earlier = earlier.map(|image| image.changed_seq);
            match earlier {
                Some(earlier) if earlier < version => version = earlier,
                Some(_) => return Ok(false),
                None => return Ok(true),
            }
        }
    }

    /// Makes a row one of the new rows of the import that is taken back.
    async fn disown(&mut self, entity: Entity, id: Uuid, changes: &[i64]) -> Result<()> {
        let Some(seq) = changes.first() else {
            return Ok(());
        };
        let sql = format!("UPDATE {entity} SET created_seq = ?, changed_seq = ? WHERE id = ?");
        bind_all(&sql, &[Cell::Int(*seq), Cell::Int(*seq), Cell::Id(id)])
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// A record that one source has needs no claim where the row itself is just what that source brought:
    /// the import that is taken back made the claim, and nobody has written over either.
    async fn forget_single_claim(
        &mut self,
        claims: &[SourceClaim],
        record: &Record,
        version: i64,
        changes: &[i64],
        settling: &dyn Settling,
    ) -> Result<()> {
        let [claim] = claims else { return Ok(()) };
        let is_brought =
            record.source().as_ref() == Some(&claim.source) && settling.said(record) == claim.given;
        if !is_brought {
            return Ok(());
        }
        let batch: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT batch FROM change_log WHERE seq = ?")
                .bind(version)
                .fetch_optional(self.conn())
                .await?
                .flatten();
        let id = source_claim_row_id(claim);
        let stored = self.stored(Entity::SourceClaim, &[id]).await?.remove(&id);
        let is_untouched = stored.is_some_and(|stored| {
            stored.created_seq == stored.changed_seq && changes.contains(&stored.created_seq)
        });
        if is_untouched && batch.as_deref() == claim.batch.as_ref().map(|id| &id.0.as_bytes()[..]) {
            self.delete(&[(Entity::SourceClaim, id)]).await?;
        }
        Ok(())
    }
}
