//! Taking an import back: its new rows go, its changed rows get their earlier values.
//!
//! `created_seq` and `changed_seq` of each row tell what the import made and whether a later change
//! wrote it since. What was written later, or is referred to by rows that stay, is kept and listed.

use std::collections::HashSet;

use serde_json::{Map, Value};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::ids::BatchId;

use crate::cell::{Cell, instant_text};
use crate::grounds::{PEOPLE_GONE, known_by_name};
use crate::merges::Merges;
use crate::removing::Leaving;
use crate::rows::{bind_all, read_id, unreadable};
use crate::said::{Imports, ids_of};
use crate::settling::ByVersion;
use crate::write::Stored;
use crate::{
    ApplyTx, ChangeHeader, ChangeKind, Entity, Error, KeptBecause, Result, Settling, Store,
    UndoOutcome,
};

/// Rows removed or restored a statement.
const ROWS_PER_STEP: i64 = 500;

impl Store {
    /// Takes the import `batch` back, as the change `header` (its kind and batch are set here). The
    /// batch itself and its rejected rows stay as a trace, with `undone_at`.
    pub async fn undo_batch(&self, batch: BatchId, header: ChangeHeader) -> Result<UndoOutcome> {
        self.undo_batch_settling(batch, header, &ByVersion).await
    }

    /// As [`Store::undo_batch`]; `settling` decides on records of which other sources go on speaking.
    pub async fn undo_batch_settling(
        &self,
        batch: BatchId,
        header: ChangeHeader,
        settling: &dyn Settling,
    ) -> Result<UndoOutcome> {
        let Some(mut imported) = self.batch(batch).await? else {
            return Err(Error::NoSuchBatch(batch));
        };
        if imported.undone_at.is_some() {
            return Err(Error::UndoneAlready(batch));
        }
        let at = header.at;
        let mut tx = self
            .begin(ChangeHeader {
                kind: ChangeKind::UndoBatch,
                batch: None,
                ..header
            })
            .await?;
        let result = tx.take_back_with_names(batch, settling).await;
        let (removed, restored, kept, kept_count) = tx.check(result)?;
        let marked = mark_undone(tx.conn(), batch, &instant_text(&at)).await;
        tx.check(marked)?;
        imported.undone_at = Some(at);
        tx.set_batch(imported);
        let applied = tx.commit().await?;
        Ok(UndoOutcome {
            removed,
            restored,
            kept,
            kept_count,
            applied,
        })
    }
}

pub(crate) type Kept = Vec<(Entity, Uuid, KeptBecause)>;

impl ApplyTx {
    /// The log does not keep the rows that go; who was known by name alone can be known again by it.
    async fn take_back_with_names(
        &mut self,
        batch: BatchId,
        settling: &dyn Settling,
    ) -> Result<(u64, u64, Kept, u64)> {
        let before = known_by_name(self.conn()).await?;
        let result = self.take_back(batch, settling).await?;
        let after = known_by_name(self.conn()).await?;
        let gone: Vec<String> = before.difference(&after).cloned().collect();
        if let Some(summary) = self
            .header
            .summary
            .as_object_mut()
            .filter(|_| !gone.is_empty())
        {
            summary.insert(PEOPLE_GONE.to_owned(), gone.into());
        }
        Ok(result)
    }

    async fn take_back(
        &mut self,
        batch: BatchId,
        settling: &dyn Settling,
    ) -> Result<(u64, u64, Kept, u64)> {
        let changes: Vec<i64> = sqlx::query_scalar(
            "SELECT seq FROM change_log WHERE batch = ? AND kind <> 'undo_batch'",
        )
        .bind(batch.0.as_bytes().to_vec())
        .fetch_all(self.conn())
        .await?;
        let mut leaving = Leaving::of(self.going(batch).await?);
        let (mut removed, mut restored, mut kept, mut kept_count) = (0, 0, Vec::new(), 0);
        // What sources say is bookkeeping beside the records: it goes and comes back uncounted.
        let imports = Imports::that_stand(self.conn()).await?;
        let spoken_of = self.spoken_of(batch, &changes, &imports, settling).await?;
        let shared = ids_of(&spoken_of);
        self.unsay(batch, &changes, &spoken_of, &imports, settling)
            .await?;
        let mut merges = self.pass_merges_over(&changes, &shared).await?;
        for seq in &changes {
            for entity in content() {
                let mut unsaid = (Vec::new(), 0);
                let (kept, kept_count) = if is_bookkeeping(entity) {
                    (&mut unsaid.0, &mut unsaid.1)
                } else {
                    (&mut kept, &mut kept_count)
                };
                let back = self
                    .restore_changed(entity, *seq, &shared, &mut merges, kept, kept_count)
                    .await?;
                restored += if is_bookkeeping(entity) { 0 } else { back };
            }
        }
        restored += self.unname(&mut merges, &shared).await?;
        restored += self
            .settle_all(&spoken_of, &changes, settling, &mut kept, &mut kept_count)
            .await?;
        for seq in &changes {
            removed += self.remove_all_new(*seq, &mut leaving).await?;
        }
        removed += self.sweep_undone(&mut leaving).await?;
        for seq in &changes {
            for entity in content().filter(|entity| !is_bookkeeping(*entity)) {
                self.list_kept(entity, *seq, &leaving, &mut kept, &mut kept_count)
                    .await?;
            }
        }
        self.end_merges(merges).await?;
        removed += self.forget_aliases().await?;
        self.forget_claims().await?;
        Ok((removed, restored, kept, kept_count))
    }

    /// Rows that the import overwrote or deleted get back what they held before it.
    async fn restore_changed(
        &mut self,
        entity: Entity,
        seq: i64,
        shared: &HashSet<Uuid>,
        merges: &mut Merges,
        kept: &mut Kept,
        kept_count: &mut u64,
    ) -> Result<u64> {
        let (mut restored, mut after) = (0, 0_i64);
        loop {
            // The first log row of each row has what it held before the import.
            let rows = sqlx::query(
                "SELECT n, row_id, before, before_created_seq, before_changed_seq FROM change_row AS r
                 WHERE change_seq = ? AND entity = ? AND before IS NOT NULL AND n > ?
                   AND NOT EXISTS (SELECT 1 FROM change_row AS e WHERE e.row_id = r.row_id
                                   AND e.change_seq = r.change_seq AND e.n < r.n)
                 ORDER BY n LIMIT ?",
            )
            .bind(seq)
            .bind(entity.code())
            .bind(after)
            .bind(ROWS_PER_STEP)
            .fetch_all(self.conn())
            .await?;
            let Some(last) = rows.last() else {
                return Ok(restored);
            };
            after = last.try_get("n")?;
            let (mut images, mut orphans) = (Vec::new(), Vec::new());
            for row in &rows {
                let (id, image) = before_image(entity, row)?;
                if self.is_changed_since(entity, seq, id).await? {
                    // Of a shared row, what is said decides.
                    if !shared.contains(&id) {
                        keep(kept, kept_count, entity, id, KeptBecause::ChangedLater);
                    }
                    continue;
                }
                // What is said of a shared row decides on its customer, not the merges' lists.
                let earlier = if shared.contains(&id) {
                    self.settled(entity, id, image, None).await?
                } else {
                    self.settled_beside(merges, entity, id, image).await?
                };
                match earlier {
                    // All that the row ever was came from imports that are undone: it goes with the new
                    // rows of this one.
                    None => orphans.push(id),
                    Some(image) if self.has_its_parents(entity, &image).await? => {
                        images.push(image);
                    }
                    Some(_) if shared.contains(&id) => {}
                    Some(_) => {
                        let why = KeptBecause::EarlierValuesRefer;
                        keep(kept, kept_count, entity, id, why);
                    }
                }
            }
            restored += images.len() as u64;
            for id in orphans {
                let sql = format!("UPDATE {entity} SET created_seq = ? WHERE id = ?");
                bind_all(&sql, &[Cell::Int(seq), Cell::Id(id)])
                    .execute(self.conn())
                    .await?;
            }
            self.restore(entity, images).await?;
        }
    }

    /// The newest earlier values that nothing brought that is taken back; none if the row was made by
    /// such a change. Taking an older one back first must not let a later undo bring its rows back.
    /// `redo`: the undo that is being ended.
    pub(crate) async fn settled(
        &mut self,
        entity: Entity,
        id: Uuid,
        mut image: Stored,
        redo: Option<i64>,
    ) -> Result<Option<Stored>> {
        loop {
            if !self.taken_back(image.changed_seq, redo).await? {
                return Ok(Some(image));
            }
            if image.created_seq == image.changed_seq {
                return Ok(None);
            }
            match self.before(image.changed_seq, entity, id).await? {
                Some(earlier) => image = earlier,
                None => return Ok(Some(image)),
            }
        }
    }

    /// What a row was before a change.
    pub(crate) async fn before(
        &mut self,
        seq: i64,
        entity: Entity,
        id: Uuid,
    ) -> Result<Option<Stored>> {
        let row = sqlx::query(
            "SELECT row_id, before, before_created_seq, before_changed_seq FROM change_row
             WHERE change_seq = ? AND entity = ? AND row_id = ? AND before IS NOT NULL
             ORDER BY n LIMIT 1",
        )
        .bind(seq)
        .bind(entity.code())
        .bind(id.as_bytes().to_vec())
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| Ok(before_image(entity, &row)?.1)).transpose()
    }

    /// Whether a row that a change wrote was written or deleted by another since.
    async fn is_changed_since(&mut self, entity: Entity, seq: i64, id: Uuid) -> Result<bool> {
        match self.stored(entity, &[id]).await?.get(&id) {
            Some(now) => Ok(now.changed_seq != seq),
            None => Ok(!deleted_by(self.conn(), seq, id).await?),
        }
    }

    /// A remembered text whose target is gone would lead to nothing.
    pub(crate) async fn forget_aliases(&mut self) -> Result<u64> {
        let rows = sqlx::query(
            "SELECT id FROM alias WHERE
               (kind = 'person' AND target NOT IN (SELECT id FROM person)) OR
               (kind = 'unit' AND target NOT IN (SELECT id FROM org_unit)) OR
               (kind = 'customer' AND target NOT IN (SELECT id FROM customer)) OR
               (kind = 'product' AND target NOT IN (SELECT id FROM product))",
        )
        .fetch_all(self.conn())
        .await?;
        let mut gone = Vec::new();
        for row in &rows {
            gone.extend(read_id(row, "id")?.map(|id| (Entity::Alias, id)));
        }
        self.delete(&gone).await?;
        Ok(gone.len() as u64)
    }
}

pub(crate) fn keep(kept: &mut Kept, count: &mut u64, entity: Entity, id: Uuid, why: KeptBecause) {
    *count += 1;
    if kept.len() < UndoOutcome::MAX_LISTED_ROWS {
        kept.push((entity, id, why));
    }
}

/// The tables of what imports bring. A setting (the company's currency) stays: later data counts on it.
pub(crate) fn content() -> impl DoubleEndedIterator<Item = Entity> {
    let all = Entity::ALL.iter().copied();
    all.filter(|entity| !matches!(entity, Entity::Setting | Entity::SourceClaim))
}

/// How files were read goes, comes back or stays with an import, and is no record that anybody counts.
pub(crate) fn is_bookkeeping(entity: Entity) -> bool {
    entity == Entity::MappingProfile
}

/// Whether the change deleted the row (and no later one could have).
async fn deleted_by(conn: &mut SqliteConnection, seq: i64, id: Uuid) -> Result<bool> {
    let last: Option<Option<String>> = sqlx::query_scalar(
        "SELECT after FROM change_row WHERE change_seq = ? AND row_id = ? ORDER BY n DESC LIMIT 1",
    )
    .bind(seq)
    .bind(id.as_bytes().to_vec())
    .fetch_optional(conn)
    .await?;
    Ok(last.is_some_and(|after| after.is_none()))
}

pub(crate) fn before_image(entity: Entity, row: &SqliteRow) -> Result<(Uuid, Stored)> {
    let id =
        read_id(row, "row_id")?.ok_or_else(|| unreadable("change_row.row_id", "null", "an id"))?;
    let object: Map<String, Value> = serde_json::from_str(row.try_get("before")?)?;
    let place = format!("change_row.before of {entity} {id}");
    let stored = Stored {
        cells: cells_of(entity, id, &object, &place)?,
        created_seq: row.try_get("before_created_seq")?,
        changed_seq: row.try_get("before_changed_seq")?,
        under: None,
    };
    Ok((id, stored))
}

/// A row as the log writes it.
pub(crate) fn cells_of(
    entity: Entity,
    id: Uuid,
    object: &Map<String, Value>,
    place: &str,
) -> Result<Vec<Cell>> {
    let mut cells = vec![Cell::Id(id)];
    for column in entity.columns().iter().skip(1) {
        // A column that a later version added is empty in an older image.
        let value = object.get(&column.name).unwrap_or(&Value::Null);
        let place = format!("{place}, {}", column.name);
        cells.push(Cell::from_json(column.kind, value, &place)?);
    }
    Ok(cells)
}

async fn mark_undone(conn: &mut SqliteConnection, batch: BatchId, at: &str) -> Result<()> {
    let done = sqlx::query("UPDATE batch SET undone_at = ? WHERE id = ? AND undone_at IS NULL")
        .bind(at.to_owned())
        .bind(batch.0.as_bytes().to_vec())
        .execute(conn)
        .await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::UndoneAlready(batch))
    }
}
