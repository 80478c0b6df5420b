//! What imports need to know and left behind: identities, fingerprints, batches, rejected rows,
//! mappings, aliases.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;
use yeji_core::facts::{Batch, BatchDetail, Opportunity, RejectedRow};
use yeji_core::ids::{BatchId, OpportunityId, PersonId};

use super::history::{Page, page};
use crate::cell::Cell;
use crate::page_cache::{self, PageCache};
use crate::rows::{
    bind_all, limit_of, overflow_as, read_date, read_id, read_instant, read_optional_instant,
    select, select_all, unreadable,
};
use crate::{Alias, Entity, MappingProfile, Result, Store};

/// The deals of a source as an import sees them: identity, id, fingerprint, import. About 100 bytes a
/// deal, so a million of them fit where a million records would not.
#[derive(Debug, Default)]
pub struct OpportunityIndex {
    by_external_id: HashMap<Box<str>, Known, foldhash::fast::RandomState>,
    /// The imports that brought the deals; these are few.
    batches: Vec<BatchId>,
}

/// A deal of the index.
#[derive(Debug, Clone, Copy)]
struct Known {
    id: OpportunityId,
    /// Its place in `batches`; beyond them: none.
    batch: u32,
    fingerprint: u64,
}

impl OpportunityIndex {
    /// Id and fingerprint ([`crate::Record::fingerprint`]) of the deal with this identity.
    pub fn get(&self, external_id: &str) -> Option<(OpportunityId, u64)> {
        let known = self.by_external_id.get(external_id)?;
        Some((known.id, known.fingerprint))
    }

    /// The import that brought the deal with this identity as it stands.
    pub fn batch(&self, external_id: &str) -> Option<BatchId> {
        let known = self.by_external_id.get(external_id)?;
        self.batches
            .get(usize::try_from(known.batch).ok()?)
            .copied()
    }

    /// Takes over the deals of another source; those that are here already stay.
    pub fn add_missing(&mut self, other: Self) {
        let places: Vec<u32> = other
            .batches
            .iter()
            .map(|batch| self.place_of(*batch))
            .collect();
        for (external_id, mut deal) in other.by_external_id {
            let place = usize::try_from(deal.batch).ok();
            deal.batch = place
                .and_then(|place| places.get(place).copied())
                .unwrap_or(u32::MAX);
            self.by_external_id.entry(external_id).or_insert(deal);
        }
    }

    /// Nil: what no import brought.
    fn place_of_any(&mut self, batch: Uuid) -> u32 {
        if batch.is_nil() {
            return u32::MAX;
        }
        self.place_of(BatchId(batch))
    }

    fn place_of(&mut self, batch: BatchId) -> u32 {
        // Neighbours mostly come from one import, the latest that was met.
        let place = self.batches.iter().rposition(|known| *known == batch);
        let place = place.unwrap_or_else(|| {
            self.batches.push(batch);
            self.batches.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// The deals that are known.
    pub fn ids(&self) -> impl Iterator<Item = OpportunityId> {
        self.by_external_id.values().map(|known| known.id)
    }

    /// Number of deals.
    pub fn len(&self) -> usize {
        self.by_external_id.len()
    }

    /// No deal.
    pub fn is_empty(&self) -> bool {
        self.by_external_id.is_empty()
    }
}

/// Deals read at a time, so that the text in flight stays small beside the index.
const INDEX_CHUNK_ROWS: i64 = 10_000;
/// Identities that are looked up at once.
const LOOK_UP_ROWS: usize = 1_000;

impl Store {
    /// A source's deals by identity.
    pub async fn opportunities_of(&self, source: &str) -> Result<HashMap<String, Opportunity>> {
        let source = Cell::Text(source.to_owned());
        let deals: Vec<Opportunity> =
            select(&mut *self.reader().await?, "WHERE source = ?", &[source]).await?;
        let by_identity = deals.into_iter();
        Ok(by_identity
            .map(|deal| (deal.origin.external_id.clone(), deal))
            .collect())
    }

    /// Identities and fingerprints of a source's deals.
    pub async fn opportunities_index(&self, source: &str) -> Result<OpportunityIndex> {
        let mut reader = self.snapshot().await?;
        let mut index = OpportunityIndex::default();
        let mut after = Uuid::nil();
        loop {
            // In the order of the rows themselves: by the index on identities every row would be a
            // jump (16 s for a million encrypted deals). The plus keeps SQLite from that index. One
            // row stands for a chunk of deals: handing over four values of each takes longer than
            // all the rest.
            let row = sqlx::query(
                "SELECT json_group_array(external_id) AS external_ids,
                        group_concat(hex(id), '') AS ids,
                        group_concat(printf('%016x', fingerprint), '') AS fingerprints,
                        group_concat(hex(coalesce(batch, zeroblob(16))), '') AS batches
                 FROM (SELECT id, external_id, fingerprint, batch FROM opportunity
                       WHERE id > ? AND +source = ? ORDER BY id LIMIT ?)",
            )
            .bind(after.as_bytes().to_vec())
            .bind(source)
            .bind(INDEX_CHUNK_ROWS)
            .fetch_one(&mut *reader)
            .await?;
            let external_ids: Vec<Box<str>> = serde_json::from_str(row.try_get("external_ids")?)?;
            if external_ids.is_empty() {
                return Ok(index);
            }
            let ids = row.try_get::<&str, _>("ids")?.as_bytes().chunks(32);
            let fingerprints = row.try_get::<&str, _>("fingerprints")?.as_bytes();
            let fingerprints = fingerprints.chunks(16);
            let batches = row.try_get::<&str, _>("batches")?.as_bytes().chunks(32);
            let (mut last, mut place) = (&[][..], u32::MAX);
            for (((external_id, id), fingerprint), batch) in external_ids
                .into_iter()
                .zip(ids)
                .zip(fingerprints)
                .zip(batches)
            {
                if batch != last {
                    let id = Uuid::try_parse_ascii(batch)
                        .map_err(|_| unreadable("opportunity.batch", "", "an id of 16 bytes"))?;
                    (last, place) = (batch, index.place_of_any(id));
                }
                let id = Uuid::try_parse_ascii(id)
                    .map_err(|_| unreadable("opportunity.id", "", "an id of 16 bytes"))?;
                let fingerprint = std::str::from_utf8(fingerprint)
                    .ok()
                    .and_then(|text| u64::from_str_radix(text, 16).ok())
                    .ok_or_else(|| unreadable("opportunity.fingerprint", "", "an integer"))?;
                after = after.max(id);
                let known = Known {
                    id: OpportunityId(id),
                    batch: place,
                    fingerprint,
                };
                index.by_external_id.insert(external_id, known);
            }
        }
    }

    /// As [`Store::opportunities_index`], of some identities only.
    pub async fn opportunities_among(
        &self,
        source: &str,
        external_ids: &[String],
    ) -> Result<OpportunityIndex> {
        let mut reader = self.snapshot().await?;
        let mut index = OpportunityIndex::default();
        for chunk in external_ids.chunks(LOOK_UP_ROWS) {
            let rows = sqlx::query(
                "SELECT external_id, id, fingerprint, batch FROM opportunity
                 WHERE source = ? AND external_id IN (SELECT value FROM json_each(?))",
            )
            .bind(source)
            .bind(serde_json::to_string(chunk)?)
            .fetch_all(&mut *reader)
            .await?;
            for row in &rows {
                let id = read_id(row, "id")?.unwrap_or_default();
                let external_id: String = row.try_get("external_id")?;
                // Stored as the same bits, SQLite has no integer without a sign.
                let fingerprint: i64 = row.try_get("fingerprint")?;
                let batch = read_id(row, "batch")?.unwrap_or_default();
                let known = Known {
                    id: OpportunityId(id),
                    batch: index.place_of_any(batch),
                    fingerprint: fingerprint.cast_unsigned(),
                };
                index
                    .by_external_id
                    .insert(external_id.into_boxed_str(), known);
            }
        }
        Ok(index)
    }

    /// Everyone who owns a deal, open or closed.
    pub async fn deal_owners(&self) -> Result<BTreeSet<PersonId>> {
        let rows = sqlx::query(
            "SELECT id FROM person
             WHERE EXISTS (SELECT 1 FROM opportunity WHERE owner = person.id)",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut owners = BTreeSet::new();
        for row in &rows {
            owners.extend(read_id(row, "id")?.map(PersonId));
        }
        Ok(owners)
    }

    /// Won amount in minor units by closing day, of the deals as an import has left them.
    pub async fn won_of_batch(&self, batch: BatchId) -> Result<BTreeMap<NaiveDate, i64>> {
        // What it made has ids after its own, what it wrote over is in the log. By the index on closing
        // days every row would be a jump: 20 s for a million encrypted deals.
        let mut reader = self.reader().await?;
        page_cache::set(&mut reader, PageCache::Small).await?;
        let rows = sqlx::query(
            "SELECT closed_on, sum(amount_minor) AS won FROM (
                 SELECT closed_on, stage, amount_minor FROM opportunity
                 WHERE id > ?1 AND batch = ?1
                 UNION ALL
                 SELECT closed_on, stage, amount_minor FROM opportunity
                 WHERE id IN (
                     SELECT row_id FROM change_row WHERE entity = 'opportunity' AND change_seq IN (
                         SELECT seq FROM change_log WHERE batch = ?1))
                     AND id <= ?1 AND batch = ?1)
             WHERE stage = 'won' AND closed_on IS NOT NULL AND amount_minor IS NOT NULL
             GROUP BY closed_on",
        )
        .bind(batch.0.as_bytes().as_slice())
        .fetch_all(&mut *reader)
        .await;
        page_cache::set(&mut reader, PageCache::Usual).await?;
        let rows = rows.map_err(overflow_as("won amount"))?;
        let mut days = BTreeMap::new();
        for row in &rows {
            if let Some(day) = read_date(row, "closed_on")? {
                days.insert(day, row.try_get("won")?);
            }
        }
        Ok(days)
    }

    /// Whether rows of these tables are as an import has left them; of goals those of a version in force.
    pub async fn has_rows_of_batch(&self, batch: BatchId, tables: &[Entity]) -> Result<bool> {
        let mut reader = self.snapshot().await?;
        for entity in tables {
            let in_force = match entity {
                Entity::GoalPlan => "AND state = 'published'",
                Entity::GoalCell => {
                    "AND plan IN (SELECT id FROM goal_plan WHERE state = 'published')"
                }
                _ => "",
            };
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM {entity} WHERE changed_seq IN (
                     SELECT seq FROM change_log WHERE batch = ? AND kind <> 'undo_batch')
                     {in_force}) AS there"
            );
            let row = bind_all(&sql, &[Cell::Id(batch.0)])
                .fetch_one(&mut *reader)
                .await?;
            if row.try_get("there")? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// All imports, latest first: by their places in the log, since a clock may have been set back.
    pub async fn batches(&self) -> Result<Vec<Batch>> {
        let rows = sqlx::query(
            "SELECT * FROM batch ORDER BY
                 (SELECT min(seq) FROM change_log WHERE change_log.batch = batch.id) DESC,
                 at DESC, id DESC",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(read_batch).collect()
    }

    /// One import.
    pub async fn batch(&self, id: BatchId) -> Result<Option<Batch>> {
        let row = sqlx::query("SELECT * FROM batch WHERE id = ?")
            .bind(id.0.as_bytes().as_slice())
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        row.as_ref().map(read_batch).transpose()
    }

    /// Rows that an import left out, in the order in which it met them; `after` is the `next` of the
    /// page before. `counted` keeps those that say just this at [`RejectedRow::COUNTED`].
    pub async fn rejected_rows(
        &self,
        batch: BatchId,
        counted: Option<&str>,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Page<RejectedRow>> {
        let mut reader = self.snapshot().await?;
        let counted_at = format!("$.{}", RejectedRow::COUNTED);
        let total = sqlx::query_scalar(
            "SELECT count(*) FROM rejected_row
             WHERE batch = ?1 AND (?2 IS NULL OR json_extract(params, ?3) = ?2)",
        )
        .bind(batch.0.as_bytes().as_slice())
        .bind(counted)
        .bind(&counted_at)
        .fetch_one(&mut *reader)
        .await?;
        let rows = sqlx::query(
            "SELECT n, file, line, code, params, raw FROM rejected_row
             WHERE batch = ?1 AND (?2 IS NULL OR json_extract(params, ?3) = ?2) AND n > ?4
             ORDER BY n LIMIT ?5",
        )
        .bind(batch.0.as_bytes().as_slice())
        .bind(counted)
        .bind(&counted_at)
        .bind(after.unwrap_or(0))
        .bind(limit_of(limit)?)
        .fetch_all(&mut *reader)
        .await?;
        let numbered = rows
            .iter()
            .map(|row| Ok((row.try_get("n")?, read_rejected(batch, row)?)))
            .collect::<Result<Vec<(i64, RejectedRow)>>>()?;
        let page = page(numbered, limit, total, |(n, _)| *n);
        Ok(Page {
            rows: page.rows.into_iter().map(|(_, row)| row).collect(),
            next: page.next,
            total: page.total,
        })
    }

    /// Remembered texts of a source.
    pub async fn aliases(&self, source: &str) -> Result<Vec<Alias>> {
        let source = Cell::Text(source.to_owned());
        select(
            &mut *self.reader().await?,
            "WHERE source = ? ORDER BY kind, from_text",
            &[source],
        )
        .await
    }

    /// Saved mappings by name.
    pub async fn mapping_profiles(&self) -> Result<BTreeMap<String, MappingProfile>> {
        let all: Vec<MappingProfile> = select_all(&mut *self.reader().await?).await?;
        Ok(all
            .into_iter()
            .map(|profile| (profile.name.clone(), profile))
            .collect())
    }

    /// When each mapping was saved, by name.
    pub async fn mapping_profile_times(&self) -> Result<BTreeMap<String, DateTime<Utc>>> {
        let rows = sqlx::query(
            "SELECT p.name, c.at FROM mapping_profile AS p JOIN change_log AS c ON c.seq = p.changed_seq",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("name")?, read_instant(row, "at")?)))
            .collect()
    }

    /// The mapping saved under a name.
    pub async fn mapping_profile(&self, name: &str) -> Result<Option<MappingProfile>> {
        let name = Cell::Text(name.to_owned());
        let found = select(&mut *self.reader().await?, "WHERE name = ?", &[name]).await?;
        Ok(found.into_iter().next())
    }
}

pub(crate) fn read_batch(row: &SqliteRow) -> Result<Batch> {
    let id = read_id(row, "id")?.ok_or_else(|| unreadable("batch.id", "null", "an id"))?;
    Ok(Batch {
        id: BatchId(id),
        source: row.try_get("source")?,
        files: serde_json::from_str(row.try_get("files")?)?,
        at: read_instant(row, "at")?,
        new_rows: row.try_get("new_rows")?,
        changed_rows: row.try_get("changed_rows")?,
        unchanged_rows: row.try_get("unchanged_rows")?,
        rejected_rows: row.try_get("rejected_rows")?,
        undone_at: read_optional_instant(row, "undone_at")?,
        detail: match row.try_get::<Option<&str>, _>("detail")? {
            Some(text) => serde_json::from_str(text)?,
            None => BatchDetail::default(),
        },
    })
}

fn read_rejected(batch: BatchId, row: &SqliteRow) -> Result<RejectedRow> {
    Ok(RejectedRow {
        batch,
        file: row.try_get("file")?,
        line: row.try_get("line")?,
        code: row.try_get("code")?,
        params: serde_json::from_str(row.try_get("params")?)?,
        raw: serde_json::from_str(row.try_get("raw")?)?,
    })
}
