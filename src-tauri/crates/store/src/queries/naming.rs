//! Which customer a row belongs to once merged customers come apart.

use std::collections::HashMap;

use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::ids::{BatchId, CustomerId};

use crate::cell::Cell;
use crate::naming::{MERGES, STANDS};
use crate::rows::{bind_all, ids_json, read_id};
use crate::{ChangeKind, CustomerRedirect, Entity, NamedCustomer, Record, Result, Store};

/// What an import named last of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    /// Whom.
    pub named: NamedCustomer,
    /// Place of the import in the log.
    pub seq: i64,
    /// The import.
    pub batch: Option<BatchId>,
}

impl Store {
    /// Whom the imports that stand named last of each row, since the change at a place of the log.
    ///
    /// # Errors
    /// [`crate::Error::Sql`].
    pub async fn customers_named(&self, since: i64) -> Result<Vec<Naming>> {
        let sql = format!(
            "SELECT n.row_id, n.entity, n.customer, max(n.change_seq) AS seq, l.batch
             FROM named_customer AS n JOIN change_log AS l ON l.seq = n.change_seq
             WHERE n.change_seq > ? AND {STANDS} GROUP BY n.row_id, n.entity"
        );
        let rows = bind_all(&sql, &[Cell::Int(since)])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            let customer = read_id(row, "customer")?;
            if let Some((id, customer)) = read_id(row, "row_id")?.zip(customer) {
                found.push(Naming {
                    named: NamedCustomer {
                        entity: row.try_get::<&str, _>("entity")?.parse()?,
                        row: id,
                        customer: CustomerId(customer),
                    },
                    seq: row.try_get("seq")?,
                    batch: read_id(row, "batch")?.map(BatchId),
                });
            }
        }
        Ok(found)
    }

    /// The place in the log of the change that merged two customers.
    ///
    /// # Errors
    /// [`crate::Error::Sql`].
    pub async fn merged_at(&self, merge: &CustomerRedirect) -> Result<i64> {
        let id = Record::from(merge.clone()).id();
        let sql = "SELECT created_seq FROM customer_redirect WHERE id = ?";
        let row = bind_all(sql, &[Cell::Id(id)])
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        row.map_or(Ok(0), |row| Ok(row.try_get("created_seq")?))
    }

    /// The place in the log of each import.
    ///
    /// # Errors
    /// [`crate::Error::Sql`].
    pub async fn import_places(&self) -> Result<HashMap<BatchId, i64>> {
        let sql = "SELECT batch, seq FROM change_log
                   WHERE batch IS NOT NULL AND kind <> 'undo_batch' ORDER BY seq";
        let mut places = HashMap::new();
        for row in &bind_all(sql, &[])
            .fetch_all(&mut *self.reader().await?)
            .await?
        {
            if let Some(batch) = read_id(row, "batch")? {
                places.insert(BatchId(batch), row.try_get("seq")?);
            }
        }
        Ok(places)
    }

    /// Where in the log a person last wrote the customer of these rows. A merge and its end are nobody's
    /// word; nor is what puts earlier values back, or settles what sources say.
    ///
    /// # Errors
    /// [`crate::Error::Sql`].
    pub async fn customers_written(
        &self,
        entity: Entity,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, i64>> {
        let sql = format!(
            "SELECT x.row_id, x.change_seq, w.kind FROM change_row AS x
             JOIN change_log AS w ON w.seq = x.change_seq
             WHERE x.row_id IN (SELECT unhex(value) FROM json_each(?)) AND x.entity = ?
               AND w.batch IS NULL AND json_type(x.after, '$.customer') IS NOT NULL
               AND x.change_seq NOT IN {MERGES}
               AND NOT EXISTS (SELECT 1 FROM change_log AS t WHERE t.takes_back = x.change_seq
                   AND NOT EXISTS (SELECT 1 FROM change_log AS r WHERE r.takes_back = t.seq))
             ORDER BY x.change_seq"
        );
        let of = [
            ids_json(ids.iter().copied()),
            Cell::Text(entity.code().to_owned()),
        ];
        let mut written = HashMap::new();
        for row in &bind_all(&sql, &of)
            .fetch_all(&mut *self.reader().await?)
            .await?
        {
            let kind: ChangeKind = row.try_get::<&str, _>("kind")?.parse()?;
            if let Some(id) = read_id(row, "row_id")?
                && !kind.settles()
                && !kind.puts_back()
            {
                written.insert(id, row.try_get("change_seq")?);
            }
        }
        Ok(written)
    }
}
