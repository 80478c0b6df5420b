//! Taking the words of an import back: what each source said of its records before.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;
use yeji_core::ids::BatchId;

use crate::cell::Cell;
use crate::documents::source_claim_row_id;
use crate::naming::{CUSTOMER, NamedAt};
use crate::rows::{bind_all, ids_json, read_id};
use crate::said::{Imports, SpokenOf, steps_of};
use crate::settling::Settling;
use crate::undo::before_image;
use crate::write::Stored;
use crate::{ApplyTx, Entity, Record, Result, SourceClaim};

/// Earlier versions of some records and of what one source says of them.
struct Versions {
    claims: HashMap<Uuid, Vec<SqliteRow>>,
    records: HashMap<Uuid, Vec<SqliteRow>>,
    named: NamedAt,
}

impl Versions {
    /// What the newest standing import of a claim's source said of its record.
    fn earlier_word(
        &self,
        own: &SourceClaim,
        imports: &Imports,
        settling: &dyn Settling,
    ) -> Result<Option<SourceClaim>> {
        // The claim's own import is the one that is taken back.
        let is_earlier = |batch: Option<BatchId>| batch != own.batch;
        let mut best: Option<(i64, SourceClaim)> = None;
        let images = self.claims.get(&source_claim_row_id(own));
        for row in images.into_iter().flatten() {
            let (_, image) = before_image(Entity::SourceClaim, row)?;
            let record = Record::from_cells(Entity::SourceClaim, image.cells)?;
            let Record::SourceClaim(claim) = record else {
                continue;
            };
            let batch = claim.batch.filter(|batch| is_earlier(Some(*batch)));
            let seq = batch.and_then(|batch| imports.seqs.get(&batch));
            if let Some(seq) = seq
                && best.as_ref().is_none_or(|(best, _)| best < seq)
            {
                best = Some((*seq, claim));
            }
        }
        let images = self.records.get(&own.record);
        for row in images.into_iter().flatten() {
            let version: i64 = row.try_get("before_changed_seq")?;
            let import = imports.by_seq.get(&version);
            let Some(import) =
                import.filter(|one| one.source == own.source && is_earlier(Some(one.batch)))
            else {
                continue;
            };
            // The first line of a version has what the import wrote; and once the record was shared, its
            // claim has the source's word and the record has others' as well.
            if best.as_ref().is_none_or(|(seq, _)| *seq < version) {
                let (_, image) = before_image(own.entity, row)?;
                let record = Record::from_cells(own.entity, image.cells)?;
                let record = self.named.as_said(record, version)?;
                let claim = SourceClaim {
                    given: settling.said(&record),
                    at: import.at,
                    batch: Some(import.batch),
                    ..own.clone()
                };
                best = Some((version, claim));
            }
        }
        Ok(best.map(|(seq, claim)| self.renamed(seq, claim, own, imports)))
    }

    /// A word with the customer that an import of the source named after it, which had nothing else to say.
    fn renamed(
        &self,
        seq: i64,
        mut claim: SourceClaim,
        own: &SourceClaim,
        imports: &Imports,
    ) -> SourceClaim {
        for (seq, customer) in self.named.since(own.record, seq) {
            let import = imports.by_seq.get(&seq);
            let of_source = import.filter(|import| import.source == own.source);
            if let Some(import) = of_source.filter(|import| Some(import.batch) != own.batch)
                && let Some(given) = claim.given.get_mut(CUSTOMER)
            {
                *given = Value::from(customer.to_string());
                (claim.at, claim.batch) = (import.at, Some(import.batch));
            }
        }
        claim
    }
}

impl ApplyTx {
    /// Takes the words of an import back: its source says of each record what it said before, or nothing.
    /// A choice that the import ended holds again.
    pub(crate) async fn unsay(
        &mut self,
        batch: BatchId,
        changes: &[i64],
        spoken_of: &[SpokenOf],
        imports: &Imports,
        settling: &dyn Settling,
    ) -> Result<()> {
        for step in steps_of(spoken_of) {
            let own: Vec<(&SpokenOf, &SourceClaim)> = step
                .iter()
                .filter(|one| one.left.is_none())
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
                named: NamedAt::of(self.conn(), *entity, records.iter().copied()).await?,
            };
            let (mut said, mut unsaid, mut chosen) = (Vec::new(), Vec::new(), Vec::new());
            for (one, own) in own {
                match versions.earlier_word(own, imports, settling)? {
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
