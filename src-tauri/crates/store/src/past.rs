//! What people and imports did to a record, in the order of the log: by that an undo knows whose a value is.
//!
//! Looked up only for records that a person wrote into. Changes that were taken back are left out, as are
//! merges and what undos put back: whose words those are is told by the changes that wrote them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};
use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::ids::BatchId;

use crate::cell::Cell;
use crate::documents::source_claim_row_id;
use crate::naming::NamedAt;
use crate::rows::{bind_all, ids_json};
use crate::said::Imports;
use crate::settling::Settling;
use crate::undo::{before_image, cells_of};
use crate::verdicts::Verdicts;
use crate::{ApplyTx, ChangeKind, Entity, Record, Result, SourceClaim};

/// One thing that was done to a record.
#[derive(Debug, Clone)]
pub enum Past {
    /// An import's source said this. `wrote`: the columns of the record that it gave another value.
    Said {
        claim: SourceClaim,
        wrote: BTreeSet<String>,
    },
    /// A person chose these values among those of the sources, as JSON by column.
    Chose(Value),
    /// Another order of sources gave these columns another value.
    Ordered(BTreeSet<String>),
    /// A person wrote these columns; the record as it was then.
    Edited {
        columns: BTreeSet<String>,
        record: Record,
    },
}

impl Past {
    /// A choice writes the record as well, which is the person's.
    fn place(&self) -> u8 {
        match self {
            Self::Said { .. } => 0,
            Self::Chose(_) => 1,
            Self::Ordered(_) => 2,
            Self::Edited { .. } => 3,
        }
    }
}

/// A row of the store and what is said of it.
pub(crate) struct Present<'a> {
    pub record: &'a Record,
    /// The change that wrote it.
    pub version: i64,
    pub claims: &'a [SourceClaim],
}

/// What the lines of a record come to.
#[derive(Default)]
struct Lines {
    steps: Vec<(i64, Past)>,
    /// What each import gave another value.
    wrote: HashMap<BatchId, BTreeSet<String>>,
    /// The record as imports left it.
    versions: BTreeMap<i64, Record>,
}

impl ApplyTx {
    /// What was done to a record; nothing where no person wrote into it.
    pub(crate) async fn past_of(
        &mut self,
        present: &Present<'_>,
        imports: &Imports,
        settling: &dyn Settling,
        verdicts: &mut Verdicts,
    ) -> Result<Vec<Past>> {
        let Present {
            record,
            version,
            claims,
        } = *present;
        let (entity, id) = (record.entity(), record.id());
        let mut lines = self.lines_of(entity, id, imports, verdicts).await?;
        let is_edited = |(_, step): &(i64, Past)| matches!(step, Past::Edited { .. });
        if !lines.steps.iter().any(is_edited) {
            return Ok(Vec::new());
        }
        if imports.by_seq.contains_key(&version) {
            let current = || record.clone();
            lines.versions.entry(version).or_insert_with(current);
        }
        let claim_of = |source: &str, given: Value, at, batch| SourceClaim {
            entity,
            record: id,
            source: source.to_owned(),
            given,
            at,
            batch,
        };
        let mut said: BTreeMap<(String, BatchId), SourceClaim> = BTreeMap::new();
        let mut sources: BTreeSet<&str> = imports.sources().collect();
        sources.extend(claims.iter().map(|claim| claim.source.as_str()));
        let ids: Vec<Uuid> = sources
            .iter()
            .map(|source| claim_of(source, Value::Null, self.header.at, None))
            .map(|claim| source_claim_row_id(&claim))
            .collect();
        let earlier = self.claims_before(&ids).await?;
        for claim in earlier.into_iter().chain(claims.iter().cloned()) {
            if let Some(batch) = claim.batch {
                said.entry((claim.source.clone(), batch)).or_insert(claim);
            }
        }
        // As long as a source has the record alone, the record is its word.
        let own = record.source().unwrap_or_default();
        let named = NamedAt::of(self.conn(), entity, std::iter::once(id)).await?;
        for (seq, record) in lines.versions {
            let record = named.as_said(record, seq)?;
            let import = imports.by_seq.get(&seq);
            if let Some(import) = import.filter(|import| import.source == own) {
                let by_record = || {
                    let given = settling.said(&record);
                    claim_of(&own, given, import.at, Some(import.batch))
                };
                said.entry((own.clone(), import.batch))
                    .or_insert_with(by_record);
            }
        }
        let mut steps = lines.steps;
        for ((_, batch), claim) in said {
            if let Some(seq) = imports.seqs.get(&batch) {
                let wrote = lines.wrote.get(&batch).cloned().unwrap_or_default();
                steps.push((*seq, Past::Said { claim, wrote }));
            }
        }
        let chosen = claim_of("", Value::Null, self.header.at, None);
        steps.extend(self.choices(&chosen, verdicts).await?);
        steps.sort_by_key(|(seq, step)| (*seq, step.place()));
        Ok(steps.into_iter().map(|(_, step)| step).collect())
    }

    /// What people and imports wrote into the record itself.
    async fn lines_of(
        &mut self,
        entity: Entity,
        id: Uuid,
        imports: &Imports,
        verdicts: &mut Verdicts,
    ) -> Result<Lines> {
        let rows = sqlx::query(
            "SELECT change_seq, row_id, before, before_created_seq, before_changed_seq, after
             FROM change_row WHERE row_id = ? AND entity = ? ORDER BY change_seq, n",
        )
        .bind(id.as_bytes().to_vec())
        .bind(entity.code())
        .fetch_all(self.conn())
        .await?;
        let mut lines = Lines::default();
        for row in &rows {
            let mut before = None;
            if row.try_get::<Option<&str>, _>("before")?.is_some() {
                let (_, image) = before_image(entity, row)?;
                let record = Record::from_cells(entity, image.cells)?;
                // The first line of a version has what the import wrote; others may have what was settled.
                if imports.by_seq.contains_key(&image.changed_seq) {
                    let versions = lines.versions.entry(image.changed_seq);
                    versions.or_insert_with(|| record.clone());
                }
                before = Some(record);
            }
            let Some(after) = row.try_get::<Option<&str>, _>("after")? else {
                continue;
            };
            let after: Map<String, Value> = serde_json::from_str(after)?;
            let columns: BTreeSet<String> = after.keys().cloned().collect();
            let seq: i64 = row.try_get("change_seq")?;
            if let Some(import) = imports.by_seq.get(&seq) {
                lines.wrote.entry(import.batch).or_default().extend(columns);
                continue;
            }
            let verdict = self.verdict(seq, verdicts).await?;
            if verdict.is_passed_over() || verdict.is_import {
                continue;
            }
            let step = if verdict.kind == ChangeKind::Setting {
                Past::Ordered(columns)
            } else {
                let record = if let Some(record) = before {
                    record.with_values(&after.into_iter().collect())?
                } else {
                    let place = format!("change_row.after of {entity} {id}");
                    Record::from_cells(entity, cells_of(entity, id, &after, &place)?)?
                };
                Past::Edited { columns, record }
            };
            lines.steps.push((seq, step));
        }
        Ok(lines)
    }

    /// What the log has of claims.
    async fn claims_before(&mut self, ids: &[Uuid]) -> Result<Vec<SourceClaim>> {
        let sql = "SELECT row_id, before, before_created_seq, before_changed_seq FROM change_row
                   WHERE row_id IN (SELECT unhex(value) FROM json_each(?))
                     AND entity = 'source_claim' AND before IS NOT NULL ORDER BY change_seq, n";
        let rows = bind_all(sql, &[ids_json(ids.iter().copied())])
            .fetch_all(self.conn())
            .await?;
        let mut claims = Vec::with_capacity(rows.len());
        for row in &rows {
            let (_, image) = before_image(Entity::SourceClaim, row)?;
            if let Record::SourceClaim(claim) =
                Record::from_cells(Entity::SourceClaim, image.cells)?
            {
                claims.push(claim);
            }
        }
        Ok(claims)
    }

    /// What a person chose, and no longer.
    async fn choices(
        &mut self,
        chosen: &SourceClaim,
        verdicts: &mut Verdicts,
    ) -> Result<Vec<(i64, Past)>> {
        let rows = bind_all(
            "SELECT change_seq, before, after FROM change_row
             WHERE row_id = ? AND entity = 'source_claim' ORDER BY change_seq, n",
            &[Cell::Id(source_claim_row_id(chosen))],
        )
        .fetch_all(self.conn())
        .await?;
        let mut steps = Vec::new();
        for row in &rows {
            let seq: i64 = row.try_get("change_seq")?;
            let verdict = self.verdict(seq, verdicts).await?;
            if verdict.is_passed_over() || !verdict.is_edit() {
                continue;
            }
            // A choice made anew over the same values has no line of its own for them.
            let given = |column| -> Result<Option<Value>> {
                let text: Option<&str> = row.try_get(column)?;
                let object = text.map(serde_json::from_str::<Map<String, Value>>);
                Ok(object
                    .transpose()?
                    .map(|mut line| line.remove("given").unwrap_or_default()))
            };
            let step = match given("after")? {
                None => Value::Null,
                Some(Value::Null) => given("before")?.unwrap_or_default(),
                Some(given) => given,
            };
            steps.push((seq, Past::Chose(step)));
        }
        Ok(steps)
    }
}
