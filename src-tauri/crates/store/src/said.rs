//! What sources still say of shared records when an import is taken back.
//!
//! A source says what the newest of its imports that still stand said. That is looked up in the log: in
//! the versions of its claim and, from the time when the record was its alone, in those of the record.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::ids::BatchId;

use crate::cell::Cell;
use crate::documents::source_claim_row_id;
use crate::rows::{bind_all, ids_json, read_id, read_instant, select, unreadable};
use crate::settling::Settling;
use crate::undo::before_image;
use crate::write::Stored;
use crate::{ApplyTx, Entity, Record, Result, SourceClaim, Store};

/// Records looked up and written at a time.
const ROWS_PER_STEP: usize = 500;

/// A record of which the import speaks, as it was before the import was taken back.
pub(crate) struct SpokenOf {
    pub entity: Entity,
    pub id: Uuid,
    pub was: Record,
    pub claims: Vec<SourceClaim>,
}

/// The imports of a source that stand.
#[derive(Default)]
struct StandingImports {
    /// Their places in the log.
    seqs: HashMap<BatchId, i64>,
    by_seq: HashMap<i64, (BatchId, DateTime<Utc>)>,
}

/// Earlier versions of some records and of what one source says of them.
struct Versions {
    claims: HashMap<Uuid, Vec<SqliteRow>>,
    records: HashMap<Uuid, Vec<SqliteRow>>,
}

impl Versions {
    /// What the newest standing import of a claim's source said of its record.
    fn earlier_word(
        &self,
        own: &SourceClaim,
        standing: &StandingImports,
        settling: &dyn Settling,
    ) -> Result<Option<SourceClaim>> {
        let mut best: Option<(i64, SourceClaim)> = None;
        let images = self.claims.get(&source_claim_row_id(own));
        for row in images.into_iter().flatten() {
            let (_, image) = before_image(Entity::SourceClaim, row)?;
            let record = Record::from_cells(Entity::SourceClaim, image.cells)?;
            let Record::SourceClaim(claim) = record else {
                continue;
            };
            let seq = claim.batch.and_then(|batch| standing.seqs.get(&batch));
            if let Some(seq) = seq
                && best.as_ref().is_none_or(|(best, _)| best < seq)
            {
                best = Some((*seq, claim));
            }
        }
        let images = self.records.get(&own.record);
        for row in images.into_iter().flatten() {
            let version: i64 = row.try_get("before_changed_seq")?;
            let Some((batch, at)) = standing.by_seq.get(&version) else {
                continue;
            };
            // The first line of a version has what the import wrote; and once the record was shared, its
            // claim has the source's word and the record has others' as well.
            if best.as_ref().is_none_or(|(seq, _)| *seq < version) {
                let (_, image) = before_image(own.entity, row)?;
                let record = Record::from_cells(own.entity, image.cells)?;
                let claim = SourceClaim {
                    given: settling.said(&record),
                    at: *at,
                    batch: Some(*batch),
                    ..own.clone()
                };
                best = Some((version, claim));
            }
        }
        Ok(best.map(|(_, claim)| claim))
    }
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

impl Store {
    /// The records of these sources that somebody has written since the import that they name, as that
    /// import left them. What people edited is no word of the source.
    pub async fn as_imported(
        &self,
        entity: Entity,
        sources: &[String],
    ) -> Result<HashMap<Uuid, Record>> {
        // From the changes of people on, which are few, and not from the rows.
        let sql = format!(
            "SELECT r.row_id, r.before, r.before_created_seq, r.before_changed_seq
             FROM change_log AS w
             CROSS JOIN change_row AS x ON x.change_seq = w.seq AND x.entity = '{entity}'
             CROSS JOIN {entity} AS t ON t.id = x.row_id AND t.changed_seq = w.seq
             JOIN change_row AS r ON r.row_id = t.id AND r.entity = '{entity}'
             JOIN change_log AS c ON c.seq = r.before_changed_seq
             WHERE (w.batch IS NULL OR w.kind = 'undo_batch')
               AND c.batch = t.batch AND c.kind <> 'undo_batch' AND r.before IS NOT NULL
               AND t.source IN (SELECT value FROM json_each(?))
             ORDER BY r.change_seq, r.n"
        );
        let sources = Cell::Text(Value::from(sources.to_vec()).to_string());
        let rows = bind_all(&sql, &[sources])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let mut found = HashMap::new();
        for row in &rows {
            let (id, image) = before_image(entity, row)?;
            // The first one: later lines may have what was settled over it.
            if let std::collections::hash_map::Entry::Vacant(place) = found.entry(id) {
                place.insert(Record::from_cells(entity, image.cells)?);
            }
        }
        Ok(found)
    }
}

impl ApplyTx {
    /// The records of which more than one source speaks, of those that an import speaks of or wrote.
    pub(crate) async fn spoken_of(
        &mut self,
        batch: BatchId,
        changes: &[i64],
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
        let mut by_entity: BTreeMap<Entity, Vec<Uuid>> = BTreeMap::new();
        for row in &rows {
            let entity: Entity = row.try_get::<&str, _>("entity")?.parse()?;
            let id = read_id(row, "record")?
                .ok_or_else(|| unreadable("source_claim.record", "null", "an id"))?;
            by_entity.entry(entity).or_default().push(id);
        }
        let mut spoken_of = Vec::with_capacity(rows.len());
        for (entity, ids) in by_entity {
            for ids in ids.chunks(ROWS_PER_STEP) {
                let mut stored = self.stored(entity, ids).await?;
                let mut claims = self.claims_on(entity, ids).await?;
                for id in ids {
                    let Some(was) = stored.remove(id) else {
                        continue;
                    };
                    spoken_of.push(SpokenOf {
                        entity,
                        id: *id,
                        was: Record::from_cells(entity, was.cells)?,
                        claims: claims.remove(id).unwrap_or_default(),
                    });
                }
            }
        }
        Ok(spoken_of)
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

    /// Takes the words of an import back: its source says of each record what it said before, or nothing.
    /// A choice that the import ended holds again.
    pub(crate) async fn unsay(
        &mut self,
        batch: BatchId,
        changes: &[i64],
        spoken_of: &[SpokenOf],
        settling: &dyn Settling,
    ) -> Result<()> {
        let standing = standing_beside(self.conn(), batch).await?;
        for step in steps_of(spoken_of) {
            let own: Vec<(&SpokenOf, &SourceClaim)> = step
                .iter()
                .filter_map(|one| {
                    let mut claims = one.claims.iter();
                    Some((one, claims.find(|claim| claim.batch == Some(batch))?))
                })
                .collect();
            let Some((SpokenOf { entity, .. }, _)) = own.first() else {
                continue;
            };
            let claims: Vec<Uuid> = own
                .iter()
                .map(|(_, own)| source_claim_row_id(own))
                .collect();
            let records: Vec<Uuid> = own.iter().map(|(one, _)| one.id).collect();
            let versions = Versions {
                claims: self.images(Entity::SourceClaim, &claims).await?,
                records: self.images(*entity, &records).await?,
            };
            let (mut said, mut unsaid, mut chosen) = (Vec::new(), Vec::new(), Vec::new());
            for (one, own) in own {
                match versions.earlier_word(own, &standing, settling)? {
                    Some(earlier) => said.push(Record::from(earlier)),
                    None => unsaid.push((Entity::SourceClaim, source_claim_row_id(own))),
                }
                // A choice is kept beside the words.
                if one.claims.iter().any(|claim| claim.source.is_empty()) {
                    chosen.extend(self.ended_choice(own, changes).await?);
                }
            }
            self.delete(&unsaid).await?;
            self.put(&said).await?;
            self.restore(Entity::SourceClaim, chosen).await?;
        }
        Ok(())
    }

    /// What rows held, oldest first.
    async fn images(
        &mut self,
        entity: Entity,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<SqliteRow>>> {
        let sql = "SELECT row_id, before, before_created_seq, before_changed_seq FROM change_row
                   WHERE row_id IN (SELECT unhex(value) FROM json_each(?)) AND entity = ?
                     AND before IS NOT NULL ORDER BY row_id, change_seq, n";
        let of = [
            ids_json(ids.iter().copied()),
            Cell::Text(entity.code().to_owned()),
        ];
        let mut images: HashMap<Uuid, Vec<SqliteRow>> = HashMap::new();
        for row in bind_all(sql, &of).fetch_all(self.conn()).await? {
            if let Some(id) = read_id(&row, "row_id")? {
                images.entry(id).or_default().push(row);
            }
        }
        Ok(images)
    }

    /// What a person chose, where the import ended it and nobody chose anew.
    async fn ended_choice(&mut self, own: &SourceClaim, changes: &[i64]) -> Result<Option<Stored>> {
        let id = source_claim_row_id(&SourceClaim {
            source: String::new(),
            ..own.clone()
        });
        let present = self.stored(Entity::SourceClaim, &[id]).await?.remove(&id);
        if present.is_none_or(|now| !changes.contains(&now.changed_seq)) {
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT row_id, before, before_created_seq, before_changed_seq FROM change_row
             WHERE row_id = ? AND before IS NOT NULL
               AND change_seq IN (SELECT value FROM json_each(?)) ORDER BY change_seq, n LIMIT 1",
        )
        .bind(id.as_bytes().to_vec())
        .bind(Value::from(changes.to_vec()).to_string())
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| Ok(before_image(Entity::SourceClaim, &row)?.1))
            .transpose()
    }

    /// What was said of records that are gone goes too.
    pub(crate) async fn forget_claims(&mut self) -> Result<()> {
        for entity in Entity::ALL.iter().filter(|entity| entity.has_origin()) {
            let sql = format!(
                "SELECT id FROM source_claim WHERE entity = '{entity}'
                   AND NOT EXISTS (SELECT 1 FROM {entity} AS t WHERE t.id = record)"
            );
            let mut gone = Vec::new();
            for row in &bind_all(&sql, &[]).fetch_all(self.conn()).await? {
                gone.extend(read_id(row, "id")?.map(|id| (Entity::SourceClaim, id)));
            }
            self.delete(&gone).await?;
        }
        Ok(())
    }
}

/// The imports of a batch's source that stand, without that one.
async fn standing_beside(conn: &mut SqliteConnection, batch: BatchId) -> Result<StandingImports> {
    let rows = sqlx::query(
        "SELECT c.seq, b.id, b.at FROM change_log AS c JOIN batch AS b ON b.id = c.batch
         WHERE c.kind <> 'undo_batch' AND b.undone_at IS NULL AND b.id <> ?1
           AND b.source = (SELECT source FROM batch WHERE id = ?1)",
    )
    .bind(batch.0.as_bytes().to_vec())
    .fetch_all(conn)
    .await?;
    let mut standing = StandingImports::default();
    for row in &rows {
        if let Some(id) = read_id(row, "id")? {
            let seq: i64 = row.try_get("seq")?;
            let at = read_instant(row, "at")?;
            standing.seqs.insert(BatchId(id), seq);
            standing.by_seq.insert(seq, (BatchId(id), at));
        }
    }
    Ok(standing)
}

/// The ids of the records.
pub(crate) fn ids_of(spoken_of: &[SpokenOf]) -> HashSet<Uuid> {
    spoken_of.iter().map(|one| one.id).collect()
}
