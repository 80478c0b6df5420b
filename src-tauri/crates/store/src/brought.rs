//! What imports had brought of records that people wrote into since: by that the next import knows what its
//! source says newly.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::ids::BatchId;

use crate::cell::Cell;
use crate::documents::source_claim_row_id;
use crate::naming::{MERGES, NamedAt, with_customer};
use crate::rows::{bind_all, ids_json, read_id, read_instant};
use crate::undo::before_image;
use crate::{ChangeKind, Entity, Record, Result, SourceClaim, Store};

/// A record as an import left it.
#[derive(Debug, Clone)]
pub struct Brought {
    /// It.
    pub record: Record,
    /// The import.
    pub batch: BatchId,
    /// When that was made.
    pub at: DateTime<Utc>,
    /// Whether it stands; where it does not, no import of the source does that wrote the record.
    pub stands: bool,
    /// What a source of which nothing stands said last, as JSON by column, where the record does not tell.
    pub said: Option<Value>,
    /// Columns that people wrote, of a record of which nothing stands.
    pub edited: BTreeSet<String>,
}

impl Store {
    /// The records of these sources that somebody has written since their import, as the newest import of
    /// their source that stands had left them. What people edited is no word of the source, nor is what an
    /// import said that was taken back. That customers were merged or taken apart is nobody's edit.
    pub async fn as_imported(
        &self,
        entity: Entity,
        sources: &[String],
    ) -> Result<HashMap<Uuid, Brought>> {
        // From the changes of people on, which are few, and not from the rows.
        let sql = format!(
            "SELECT r.row_id, r.before, r.before_created_seq, r.before_changed_seq,
                    b.id AS import, b.at AS import_at, b.undone_at IS NULL AS stands,
                    w.seq NOT IN {MERGES} OR EXISTS (
                        SELECT 1 FROM change_row AS y JOIN change_log AS v ON v.seq = y.change_seq
                        WHERE y.row_id = t.id AND y.entity = '{entity}'
                          AND y.change_seq > r.before_changed_seq AND v.seq NOT IN {MERGES}
                          AND (v.batch IS NULL OR v.kind = 'undo_batch')) AS is_edited
             FROM change_log AS w
             CROSS JOIN change_row AS x ON x.change_seq = w.seq AND x.entity = '{entity}'
             CROSS JOIN {entity} AS t ON t.id = x.row_id AND t.changed_seq = w.seq
             JOIN change_row AS r ON r.row_id = t.id AND r.entity = '{entity}'
             JOIN change_log AS c ON c.seq = r.before_changed_seq
             JOIN batch AS b ON b.id = c.batch AND b.source = t.source
             WHERE (w.batch IS NULL OR w.kind = 'undo_batch')
               AND c.kind <> 'undo_batch' AND r.before IS NOT NULL
               AND t.source IN (SELECT value FROM json_each(?))
             ORDER BY r.change_seq, r.n"
        );
        let sources = Cell::Text(Value::from(sources.to_vec()).to_string());
        let rows = bind_all(&sql, &[sources])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let mut found: HashMap<Uuid, ((bool, i64), Brought)> = HashMap::new();
        let mut only_merged: HashSet<Uuid> = HashSet::new();
        for row in &rows {
            let stands: bool = row.try_get("stands")?;
            let place = (stands, row.try_get::<i64, _>("before_changed_seq")?);
            let id = read_id(row, "row_id")?;
            // The first line of a version: later ones may have what was settled over it.
            let is_newer = |id| found.get(&id).is_none_or(|(known, _)| *known < place);
            let Some((id, batch)) = id.filter(|id| is_newer(*id)).zip(read_id(row, "import")?)
            else {
                continue;
            };
            let (_, image) = before_image(entity, row)?;
            let brought = Brought {
                record: Record::from_cells(entity, image.cells)?,
                batch: BatchId(batch),
                at: read_instant(row, "import_at")?,
                stands,
                said: None,
                edited: BTreeSet::new(),
            };
            if row.try_get("is_edited")? {
                only_merged.remove(&id);
            } else {
                only_merged.insert(id);
            }
            found.insert(id, (place, brought));
        }
        // The newest version tells: what was edited or taken back before it is over.
        found.retain(|id, _| !only_merged.contains(id));
        if !found.is_empty() {
            let ids = found.keys().copied();
            let named = NamedAt::of(&mut *self.reader().await?, entity, ids).await?;
            for (id, ((_, version), brought)) in &mut found {
                let since = named.since(*id, *version - 1);
                if let Some((_, customer)) = since.last().filter(|_| brought.stands) {
                    brought.record = with_customer(&brought.record, customer)?;
                }
            }
        }
        self.add_taken_back_words(entity, &mut found).await?;
        let found = found.into_iter();
        Ok(found.map(|(id, (_, brought))| (id, brought)).collect())
    }

    /// Adds what sources of which nothing stands said last: a version of the record holds what people had
    /// written before as well.
    async fn add_taken_back_words(
        &self,
        entity: Entity,
        found: &mut HashMap<Uuid, ((bool, i64), Brought)>,
    ) -> Result<()> {
        let taken_back = found.iter().filter(|(_, (_, brought))| !brought.stands);
        let of_claims: HashMap<Uuid, Uuid> = taken_back
            .map(|(id, (_, brought))| {
                let claim = SourceClaim {
                    entity,
                    record: *id,
                    source: brought.record.source().unwrap_or_default(),
                    given: Value::Null,
                    at: brought.at,
                    batch: None,
                };
                (source_claim_row_id(&claim), *id)
            })
            .collect();
        if of_claims.is_empty() {
            return Ok(());
        }
        let mut reader = self.reader().await?;
        let sql = "SELECT batch, seq FROM change_log
                   WHERE batch IS NOT NULL AND kind <> 'undo_batch' ORDER BY seq";
        let mut seqs: HashMap<BatchId, i64> = HashMap::new();
        for row in &bind_all(sql, &[]).fetch_all(&mut *reader).await? {
            if let Some(batch) = read_id(row, "batch")? {
                seqs.insert(BatchId(batch), row.try_get("seq")?);
            }
        }
        let sql = "SELECT row_id, before, before_created_seq, before_changed_seq FROM change_row
                   WHERE row_id IN (SELECT unhex(value) FROM json_each(?))
                     AND entity = 'source_claim' AND before IS NOT NULL ORDER BY change_seq, n";
        let ids = ids_json(of_claims.keys().copied());
        for row in &bind_all(sql, &[ids]).fetch_all(&mut *reader).await? {
            let (id, image) = before_image(Entity::SourceClaim, row)?;
            let Record::SourceClaim(claim) = Record::from_cells(Entity::SourceClaim, image.cells)?
            else {
                continue;
            };
            let seq = claim.batch.and_then(|batch| seqs.get(&batch));
            let record = of_claims.get(&id).and_then(|id| found.get_mut(id));
            if let (Some(seq), Some(((_, known), brought))) = (seq, record)
                && *known <= *seq
            {
                (*known, brought.said) = (*seq, Some(claim.given));
            }
        }
        let sql = "SELECT x.row_id, x.after, w.kind FROM change_row AS x
                   JOIN change_log AS w ON w.seq = x.change_seq
                   WHERE x.row_id IN (SELECT unhex(value) FROM json_each(?))
                     AND x.entity = ? AND x.after IS NOT NULL AND w.batch IS NULL";
        let of = [
            ids_json(of_claims.values().copied()),
            Cell::Text(entity.code().to_owned()),
        ];
        for row in &bind_all(sql, &of).fetch_all(&mut *reader).await? {
            let kind: ChangeKind = row.try_get::<&str, _>("kind")?.parse()?;
            let record = read_id(row, "row_id")?.and_then(|id| found.get_mut(&id));
            if let Some((_, brought)) = record.filter(|_| !kind.settles() && !kind.puts_back()) {
                let after: Map<String, Value> = serde_json::from_str(row.try_get("after")?)?;
                brought
                    .edited
                    .extend(after.into_iter().map(|(column, _)| column));
            }
        }
        Ok(())
    }
}
