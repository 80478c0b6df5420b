//! What sources still say of shared records when an import is taken back.
//!
//! A source says what the newest of its imports that still stand said. That is looked up in the log: in
//! the versions of its claim and, from the time when the record was its alone, in those of the record.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::ids::BatchId;

use crate::cell::Cell;
use crate::past::{Past, Present};
use crate::rows::{bind_all, ids_json, read_id, read_instant, select, unreadable};
use crate::settling::Settling;
use crate::verdicts::Verdicts;
use crate::{ApplyTx, Entity, Record, Result, SourceClaim};

/// Records looked up and written at a time.
const ROWS_PER_STEP: usize = 500;

/// A record of which the import speaks, as it was before the import was taken back.
pub(crate) struct SpokenOf {
    pub entity: Entity,
    pub id: Uuid,
    pub was: Record,
    pub claims: Vec<SourceClaim>,
    /// What is said once the import is taken back, where the log tells that and not the claims: one source
    /// has the record, and a person wrote into it since.
    pub left: Option<Vec<SourceClaim>>,
    /// What people and the other imports did to it; nothing where no person wrote into it.
    pub past: Vec<Past>,
}

/// An import that stands.
pub(crate) struct Import {
    pub batch: BatchId,
    pub source: String,
    pub at: DateTime<Utc>,
}

/// The imports that stand.
#[derive(Default)]
pub(crate) struct Imports {
    /// Their places in the log.
    pub seqs: HashMap<BatchId, i64>,
    pub by_seq: HashMap<i64, Import>,
}

impl Imports {
    /// All of them; one that is being taken back still does.
    pub(crate) async fn that_stand(conn: &mut SqliteConnection) -> Result<Self> {
        let rows = sqlx::query(
            "SELECT c.seq, b.id, b.at, b.source FROM change_log AS c JOIN batch AS b ON b.id = c.batch
             WHERE c.kind <> 'undo_batch' AND b.undone_at IS NULL ORDER BY c.seq",
        )
        .fetch_all(conn)
        .await?;
        let mut standing = Self::default();
        for row in &rows {
            if let Some(id) = read_id(row, "id")? {
                let seq: i64 = row.try_get("seq")?;
                let import = Import {
                    batch: BatchId(id),
                    source: row.try_get("source")?,
                    at: read_instant(row, "at")?,
                };
                standing.seqs.insert(import.batch, seq);
                standing.by_seq.insert(seq, import);
            }
        }
        Ok(standing)
    }

    /// Their sources.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &str> {
        self.by_seq.values().map(|import| import.source.as_str())
    }
}

impl SpokenOf {
    /// The record with what is said of it and, where no `claims` are kept, with what the log says: none
    /// where its versions tell all, because no person wrote into it.
    fn beside(
        mut self,
        batch: BatchId,
        claims: Option<Vec<SourceClaim>>,
        settling: &dyn Settling,
    ) -> Option<Self> {
        let is_kept = claims.is_some();
        self.claims = claims.unwrap_or_default();
        if !is_kept {
            if self.past.is_empty() || settling.said(&self.was).is_null() {
                return None;
            }
            let said = |past: &[Past]| {
                let mut said = past.iter().rev().filter_map(|one| match one {
                    Past::Said { claim, .. } => Some(claim.clone()),
                    _ => None,
                });
                said.next().into_iter().collect()
            };
            self.claims = said(&self.past);
            drop_import(&mut self.past, batch);
            self.left = Some(said(&self.past));
        }
        drop_import(&mut self.past, batch);
        Some(self)
    }
}

fn drop_import(past: &mut Vec<Past>, batch: BatchId) {
    past.retain(|one| !matches!(one, Past::Said { claim, .. } if claim.batch == Some(batch)));
}

/// Records of one table each, at most so many at a time.
pub(crate) fn steps_of(spoken_of: &[SpokenOf]) -> impl Iterator<Item = &[SpokenOf]> {
    let tables = spoken_of.chunk_by(|one, next| one.entity == next.entity);
    tables.flat_map(|table| table.chunks(ROWS_PER_STEP))
}

/// Condition on the rows `t` of a table: no import that stands speaks of them.
pub(crate) fn unspoken(entity: Entity) -> String {
    if !entity.has_origin() || entity == Entity::Person {
        return String::new();
    }
    format!(
        "AND NOT EXISTS (SELECT 1 FROM source_claim AS s WHERE s.entity = '{entity}'
                         AND s.record = t.id AND s.batch IS NOT NULL)"
    )
}

impl ApplyTx {
    /// The records of which more than one source speaks or into which people wrote, of those that an import
    /// speaks of or wrote.
    pub(crate) async fn spoken_of(
        &mut self,
        batch: BatchId,
        changes: &[i64],
        imports: &Imports,
        settling: &dyn Settling,
    ) -> Result<Vec<SpokenOf>> {
        let rows = sqlx::query(
            "SELECT DISTINCT entity, record FROM source_claim WHERE batch = ?1
             UNION
             SELECT DISTINCT entity, record FROM source_claim WHERE record IN (
                 SELECT row_id FROM change_row
                 WHERE change_seq IN (SELECT value FROM json_each(?2)) AND entity <> 'source_claim')",
        )
        .bind(batch.0.as_bytes().to_vec())
        .bind(Value::from(changes.to_vec()).to_string())
        .fetch_all(self.conn())
        .await?;
        let mut by_entity: BTreeMap<Entity, BTreeSet<Uuid>> = BTreeMap::new();
        for row in &rows {
            let entity: Entity = row.try_get::<&str, _>("entity")?.parse()?;
            let id = read_id(row, "record")?
                .ok_or_else(|| unreadable("source_claim.record", "null", "an id"))?;
            by_entity.entry(entity).or_default().insert(id);
        }
        self.add_edited(changes, &mut by_entity).await?;
        let mut spoken_of = Vec::with_capacity(rows.len());
        let mut verdicts = Verdicts::new();
        for (entity, ids) in by_entity {
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for ids in ids.chunks(ROWS_PER_STEP) {
                let mut stored = self.stored(entity, ids).await?;
                let mut claims = self.claims_on(entity, ids).await?;
                for id in ids {
                    let Some(row) = stored.remove(id) else {
                        continue;
                    };
                    let was = Record::from_cells(entity, row.cells)?;
                    let claims = claims.remove(id);
                    let present = Present {
                        record: &was,
                        version: row.changed_seq,
                        claims: claims.as_deref().unwrap_or_default(),
                    };
                    let past = self
                        .past_of(&present, imports, settling, &mut verdicts)
                        .await?;
                    let one = SpokenOf {
                        entity,
                        id: *id,
                        was,
                        claims: Vec::new(),
                        left: None,
                        past,
                    };
                    spoken_of.extend(one.beside(batch, claims, settling));
                }
            }
        }
        Ok(spoken_of)
    }

    /// Adds the records that people wrote into and that the import made or wrote: also those of which an import
    /// after it speaks, and which it made without a line in the log.
    async fn add_edited(
        &mut self,
        changes: &[i64],
        by_entity: &mut BTreeMap<Entity, BTreeSet<Uuid>>,
    ) -> Result<()> {
        let changes = Value::from(changes.to_vec()).to_string();
        let tables = Entity::ALL.iter().copied();
        for entity in tables.filter(|one| one.has_origin() && *one != Entity::Person) {
            // From the changes of people on, which are few.
            let sql = format!(
                "SELECT DISTINCT x.row_id AS id FROM change_log AS w
                 CROSS JOIN change_row AS x ON x.change_seq = w.seq AND x.entity = '{entity}'
                 CROSS JOIN {entity} AS t ON t.id = x.row_id
                 WHERE w.batch IS NULL AND w.kind <> 'undo_batch'
                   AND (t.created_seq IN (SELECT value FROM json_each(?1)) OR EXISTS (
                       SELECT 1 FROM change_row AS o WHERE o.row_id = t.id AND o.entity = '{entity}'
                         AND o.change_seq IN (SELECT value FROM json_each(?1))))"
            );
            let rows = bind_all(&sql, &[Cell::Text(changes.clone())])
                .fetch_all(self.conn())
                .await?;
            let mut ids = Vec::with_capacity(rows.len());
            for row in &rows {
                ids.extend(read_id(row, "id")?);
            }
            if !ids.is_empty() {
                by_entity.entry(entity).or_default().extend(ids);
            }
        }
        Ok(())
    }

    /// What sources say of these records.
    pub(crate) async fn claims_on(
        &mut self,
        entity: Entity,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<SourceClaim>>> {
        let of = [
            Cell::Text(entity.code().to_owned()),
            ids_json(ids.iter().copied()),
        ];
        let tail = "WHERE entity = ? AND record IN (SELECT unhex(value) FROM json_each(?))
                    ORDER BY record, source";
        let claims: Vec<SourceClaim> = select(self.conn(), tail, &of).await?;
        let mut by_record: HashMap<Uuid, Vec<SourceClaim>> = HashMap::new();
        for claim in claims {
            by_record.entry(claim.record).or_default().push(claim);
        }
        Ok(by_record)
    }
}

/// The ids of the records.
pub(crate) fn ids_of(spoken_of: &[SpokenOf]) -> HashSet<Uuid> {
    spoken_of.iter().map(|one| one.id).collect()
}
