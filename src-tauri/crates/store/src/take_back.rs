//! Taking a person's change back, and doing it again.
//!
//! Each row is a version that `changed_seq` names. Taking a change back puts each of its rows back to
//! the version before, if the row is still the version that the change left; a row that a later
//! change wrote is kept and listed, or ends the whole. Because the version comes back with its
//! number, older changes can be taken back after newer ones as if those had never been.
//!
//! Doing a change again is the same with the lines of the change that took it back.

use std::collections::HashMap;

use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::ids::ChangeId;

use crate::apart::ComingApart;
use crate::cell::Cell;
use crate::references::{REFERENCES, referring_to};
use crate::rows::{bind_all, ids_json, read_id, unreadable};
use crate::undo::{Kept, before_image, keep};
use crate::verdicts::Verdicts;
use crate::write::Stored;
use crate::{
    ApplyTx, ChangeHeader, ChangeKind, Entity, Error, KeptBecause, LaterWork, Result, Store,
    UndoOutcome,
};

/// Lines of the log read at a time, and rows looked up a statement.
const ROWS_PER_STEP: usize = 500;

impl Store {
    /// Takes a change back as the change `header` (its kind is set here: undo, or redo of one that
    /// is an undo itself). Refused where nothing is left to take back.
    pub async fn take_back(
        &self,
        change: ChangeId,
        later: LaterWork,
        header: ChangeHeader,
    ) -> Result<UndoOutcome> {
        self.take_back_apart(change, later, None, header).await
    }

    /// As [`Store::take_back`], where that ends a merge of customers: `apart` says whose rows then are.
    pub async fn take_back_apart(
        &self,
        change: ChangeId,
        later: LaterWork,
        apart: Option<&ComingApart>,
        header: ChangeHeader,
    ) -> Result<UndoOutcome> {
        let mut tx = self
            .begin(ChangeHeader {
                kind: ChangeKind::Undo,
                batch: None,
                ..header
            })
            .await?;
        match tx.take_change_back(change, later, apart).await {
            Ok((removed, restored, kept, kept_count)) => Ok(UndoOutcome {
                removed,
                restored,
                kept,
                kept_count,
                applied: tx.commit().await?,
            }),
            Err(error) => {
                tx.give_up().await?;
                Err(error)
            }
        }
    }
}

/// What a change did to one row, all its lines together.
struct Span {
    entity: Entity,
    id: Uuid,
    /// What the row was before; none if the change made it.
    before: Option<Stored>,
    /// The version that the change left; none if it deleted the row.
    left: Option<i64>,
}

/// Rows that are still to be put back or to go.
#[derive(Default)]
struct Todo {
    restore: Vec<(Entity, Uuid, Stored)>,
    remove: Vec<(Entity, Uuid)>,
}

impl ApplyTx {
    async fn take_change_back(
        &mut self,
        change: ChangeId,
        later: LaterWork,
        apart: Option<&ComingApart>,
    ) -> Result<(u64, u64, Kept, u64)> {
        let (seq, kind, takes_back) = self.target(change).await?;
        if !kind.can_be_taken_back() {
            return Err(Error::CannotTakeBack { change, kind });
        }
        let redo = (kind == ChangeKind::Undo).then_some(seq);
        if self.taken_back(seq, None).await? {
            return Err(Error::TakenBackAlready(change));
        }
        if let (Some(redo), Some(base)) = (redo, takes_back)
            && self.taken_back(base, Some(redo)).await?
        {
            // The change was done again, and taken back anew by another undo.
            return Err(Error::TakenBackAlready(change));
        }
        self.takes_back = Some(seq);
        if redo.is_some() {
            self.header.kind = ChangeKind::Redo;
        }
        let base = takes_back.filter(|_| redo.is_some()).unwrap_or(seq);
        let is_merge = self.verdict(base, &mut Verdicts::new()).await?.is_merge;
        let spans = self.spans(seq).await?;
        let (mut kept, mut kept_count) = (Vec::new(), 0);
        let mut todo = Todo::default();
        for chunk in chunks_of_one_entity(spans) {
            let chunk = if is_merge {
                self.without_gone(chunk).await?
            } else {
                chunk
            };
            self.sort_out(chunk, (seq, redo), &mut todo, &mut kept, &mut kept_count)
                .await?;
        }
        if later == LaterWork::Refuse
            && let Some((entity, id, _)) = kept.first()
        {
            let by = self.last_writer(*entity, *id).await?;
            return Err(Error::LaterWork {
                entity: *entity,
                id: *id,
                rows: kept_count,
                by,
            });
        }
        // Only where this ends the merge: one that was made anew since stands, with all its rows.
        let ends_it = |(entity, _): &(Entity, Uuid)| *entity == Entity::CustomerRedirect;
        if let Some(apart) = apart.filter(|_| todo.remove.iter().any(ends_it)) {
            self.come_apart(apart, &mut todo.restore).await?;
        }
        let (mut removed, mut restored) = (0, 0);
        loop {
            let gone = self.remove_unreferred(&mut todo.remove).await?;
            let back = self.restore_ready(&mut todo.restore).await?;
            removed += gone;
            restored += back;
            if gone + back == 0 {
                break;
            }
        }
        for (entity, id) in todo.remove {
            keep(
                &mut kept,
                &mut kept_count,
                entity,
                id,
                KeptBecause::ReferredTo,
            );
        }
        for (entity, id, _) in todo.restore {
            let why = KeptBecause::EarlierValuesRefer;
            keep(&mut kept, &mut kept_count, entity, id, why);
        }
        removed += self.forget_aliases().await?;
        self.forget_claims().await?;
        if removed + restored == 0 {
            return Err(Error::NothingToTakeBack {
                change,
                kept: kept_count,
            });
        }
        Ok((removed, restored, kept, kept_count))
    }

    async fn target(&mut self, change: ChangeId) -> Result<(i64, ChangeKind, Option<i64>)> {
        let row = sqlx::query("SELECT seq, kind, takes_back FROM change_log WHERE id = ?")
            .bind(change.0.as_bytes().to_vec())
            .fetch_optional(self.conn())
            .await?;
        let row = row.ok_or(Error::NoSuchChange(change))?;
        Ok((
            row.try_get("seq")?,
            row.try_get::<String, _>("kind")?.parse()?,
            row.try_get("takes_back")?,
        ))
    }

    /// Whether a change is taken back and not done again; `ignoring` an undo that this change ends.
    pub(crate) async fn taken_back(&mut self, seq: i64, ignoring: Option<i64>) -> Result<bool> {
        Ok(sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM change_log AS t WHERE t.takes_back = ?1 AND t.seq IS NOT ?2
                 AND NOT EXISTS (SELECT 1 FROM change_log AS r WHERE r.takes_back = t.seq))
             OR EXISTS (SELECT 1 FROM change_log AS c JOIN batch AS b ON b.id = c.batch
                 WHERE c.seq = ?1 AND c.kind <> 'undo_batch' AND b.undone_at IS NOT NULL)",
        )
        .bind(seq)
        .bind(ignoring)
        .fetch_one(self.conn())
        .await?)
    }

    /// What the change did, row by row, in the order of its log.
    async fn spans(&mut self, seq: i64) -> Result<Vec<Span>> {
        let mut spans: Vec<Span> = Vec::new();
        let mut at: HashMap<(Entity, Uuid), usize> = HashMap::new();
        let mut n = 0_i64;
        loop {
            let rows = sqlx::query(
                "SELECT * FROM change_row WHERE change_seq = ? AND n > ? ORDER BY n LIMIT ?",
            )
            .bind(seq)
            .bind(n)
            .bind(i64::try_from(ROWS_PER_STEP).unwrap_or(i64::MAX))
            .fetch_all(self.conn())
            .await?;
            let Some(last) = rows.last() else {
                return Ok(spans);
            };
            n = last.try_get("n")?;
            for row in &rows {
                let entity: Entity = row.try_get::<String, _>("entity")?.parse()?;
                let id = read_id(row, "row_id")?
                    .ok_or_else(|| unreadable("change_row.row_id", "null", "an id"))?;
                let deleted = row.try_get::<Option<&str>, _>("after")?.is_none();
                let version: Option<i64> = row.try_get("after_changed_seq")?;
                let left = (!deleted).then(|| version.unwrap_or(seq));
                if let Some(known) = at.get(&(entity, id)) {
                    spans[*known].left = left;
                    continue;
                }
                let is_new = row.try_get::<Option<&str>, _>("before")?.is_none();
                let before = if is_new {
                    None
                } else {
                    Some(before_image(entity, row)?.1)
                };
                at.insert((entity, id), spans.len());
                spans.push(Span {
                    entity,
                    id,
                    before,
                    left,
                });
            }
        }
    }

    /// The rows of a merge without those that went with the imports that had made them.
    async fn without_gone(&mut self, spans: Vec<Span>) -> Result<Vec<Span>> {
        let Some(entity) = spans.first().map(|span| span.entity) else {
            return Ok(spans);
        };
        let ids: Vec<Uuid> = spans.iter().map(|span| span.id).collect();
        let present = self.stored(entity, &ids).await?;
        let mut left = Vec::with_capacity(spans.len());
        for span in spans {
            let is_gone = span.left.is_some() && !present.contains_key(&span.id);
            if !is_gone || !self.went_with_its_import(span.before.as_ref()).await? {
                left.push(span);
            }
        }
        Ok(left)
    }

    /// Rows that are still as the change left them are to be put back or to go; the others are kept.
    async fn sort_out(
        &mut self,
        spans: Vec<Span>,
        (seq, redo): (i64, Option<i64>),
        todo: &mut Todo,
        kept: &mut Kept,
        kept_count: &mut u64,
    ) -> Result<()> {
        let Some(entity) = spans.first().map(|span| span.entity) else {
            return Ok(());
        };
        let ids: Vec<Uuid> = spans.iter().map(|span| span.id).collect();
        let present = self.stored(entity, &ids).await?;
        for span in spans {
            let now = present.get(&span.id).map(|row| row.changed_seq);
            if now != span.left {
                if redo.is_none() && self.is_nobodys(&span, present.get(&span.id), seq).await? {
                    todo.remove.push((entity, span.id));
                    continue;
                }
                keep(kept, kept_count, entity, span.id, KeptBecause::ChangedLater);
                continue;
            }
            let earlier = match span.before {
                Some(image) => self.settled(entity, span.id, image, redo).await?,
                None => None,
            };
            match earlier {
                Some(image) => todo.restore.push((entity, span.id, image)),
                None if now.is_some() => todo.remove.push((entity, span.id)),
                None => {}
            }
        }
        Ok(())
    }

    /// Whether all that is left of a row was written by this change and by imports that were taken back: it
    /// stood for a person's value alone.
    async fn is_nobodys(&mut self, span: &Span, now: Option<&Stored>, seq: i64) -> Result<bool> {
        let Some(now) = now.filter(|_| span.entity.has_origin()) else {
            return Ok(false);
        };
        let claims = self.claims_on(span.entity, &[span.id]).await?;
        if claims.values().flatten().any(|claim| claim.batch.is_some()) {
            return Ok(false);
        }
        self.is_orphan(span.entity, span.id, now, &[seq], &mut Verdicts::new())
            .await
    }

    /// Number of the newest change that wrote a row.
    async fn last_writer(&mut self, entity: Entity, id: Uuid) -> Result<Option<i64>> {
        Ok(sqlx::query_scalar(
            "SELECT max(change_seq) FROM change_row WHERE row_id = ? AND entity = ?",
        )
        .bind(id.as_bytes().to_vec())
        .bind(entity.code())
        .fetch_one(self.conn())
        .await?)
    }

    /// Removes those that no row refers to, children first; the others stay in the list.
    async fn remove_unreferred(&mut self, rows: &mut Vec<(Entity, Uuid)>) -> Result<u64> {
        let mut by_entity: HashMap<Entity, Vec<Uuid>> = HashMap::new();
        for (entity, id) in rows.drain(..) {
            by_entity.entry(entity).or_default().push(id);
        }
        let mut removed = 0;
        for entity in Entity::ALL.iter().rev() {
            let Some(ids) = by_entity.remove(entity) else {
                continue;
            };
            for chunk in ids.chunks(ROWS_PER_STEP) {
                let referred = self.referred_among(*entity, chunk).await?;
                let (stay, go): (Vec<Uuid>, Vec<Uuid>) =
                    chunk.iter().partition(|id| referred.contains(id));
                removed += go.len() as u64;
                if !go.is_empty() {
                    self.delete_chunk(*entity, &go, true).await?;
                }
                rows.extend(stay.into_iter().map(|id| (*entity, id)));
            }
        }
        Ok(removed)
    }

    /// The rows among `ids` that another row refers to.
    async fn referred_among(&mut self, entity: Entity, ids: &[Uuid]) -> Result<Vec<Uuid>> {
        let any: Vec<String> = referring_to(entity)
            .map(|one| {
                let (child, column) = (one.child, one.column);
                format!("EXISTS (SELECT 1 FROM {child} AS c WHERE c.{column} = t.id)")
            })
            .collect();
        if any.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT id FROM {entity} AS t WHERE id IN (SELECT unhex(value) FROM json_each(?))
             AND ({})",
            any.join(" OR ")
        );
        let rows = bind_all(&sql, &[ids_json(ids.iter().copied())])
            .fetch_all(self.conn())
            .await?;
        let mut referred = Vec::new();
        for row in &rows {
            referred.extend(read_id(row, "id")?);
        }
        Ok(referred)
    }

    /// Puts back those whose references exist, parents first; the others stay in the list.
    async fn restore_ready(&mut self, rows: &mut Vec<(Entity, Uuid, Stored)>) -> Result<u64> {
        rows.sort_by_key(|(entity, ..)| *entity);
        let mut restored = 0;
        let mut waiting = Vec::new();
        let mut ready: Vec<Stored> = Vec::new();
        let mut ready_of: Option<Entity> = None;
        for (entity, id, image) in std::mem::take(rows) {
            if let Some(of) = ready_of.filter(|of| *of != entity || ready.len() >= ROWS_PER_STEP) {
                self.restore(of, std::mem::take(&mut ready)).await?;
            }
            ready_of = Some(entity);
            if self.has_its_parents(entity, &image).await? {
                restored += 1;
                ready.push(image);
            } else {
                waiting.push((entity, id, image));
            }
        }
        if let Some(of) = ready_of {
            self.restore(of, ready).await?;
        }
        *rows = waiting;
        Ok(restored)
    }

    /// Whether every row that these values refer to exists.
    pub(crate) async fn has_its_parents(&mut self, entity: Entity, image: &Stored) -> Result<bool> {
        for reference in REFERENCES.iter().filter(|one| one.child == entity) {
            let column = entity
                .columns()
                .iter()
                .position(|column| column.name == reference.column);
            let Some(Cell::Id(parent)) = column.and_then(|index| image.cells.get(index)) else {
                continue;
            };
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM {} WHERE id = ?) AS there",
                reference.parent
            );
            let row = bind_all(&sql, &[Cell::Id(*parent)])
                .fetch_one(self.conn())
                .await?;
            if !row.try_get::<bool, _>("there")? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Runs of one table, each at most a statement long.
fn chunks_of_one_entity(spans: Vec<Span>) -> Vec<Vec<Span>> {
    let mut chunks: Vec<Vec<Span>> = Vec::new();
    for span in spans {
        match chunks.last_mut() {
            Some(chunk)
                if chunk.len() < ROWS_PER_STEP
                    && chunk.first().is_some_and(|one| one.entity == span.entity) =>
            {
                chunk.push(span);
            }
            _ => chunks.push(vec![span]),
        }
    }
    chunks
}
