//! The customers that imports named while customers were merged.
//!
//! A row has the customer that a merged one is now. What its file had called it is kept beside it, so that
//! the row goes there when the two come apart, and so that an undo reads the log as it was meant.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::ids::CustomerId;

use crate::apply::ROWS_PER_STATEMENT;
use crate::cell::Cell;
use crate::rollup::marks;
use crate::rows::{bind_all, ids_json, read_id};
use crate::write::Stored;
use crate::{ApplyTx, Entity, Record, Result};

/// The column of all tables whose rows a merge gives to another customer.
pub(crate) const CUSTOMER: &str = "customer";

/// Condition on a line `n` of the table: the import that it came with stands.
pub(crate) const STANDS: &str = "NOT EXISTS (
    SELECT 1 FROM change_log AS c JOIN batch AS b ON b.id = c.batch
    WHERE c.seq = n.change_seq AND b.undone_at IS NOT NULL)";

/// Changes that merged customers or took them apart, also by taking such a one back: nobody's word on the rows.
pub(crate) const MERGES: &str = "(
    SELECT m.change_seq FROM change_row AS m JOIN change_log AS k ON k.seq = m.change_seq
    WHERE m.entity = 'customer_redirect' AND k.kind IN ('edit', 'undo', 'redo'))";

/// The customer that a file named of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedCustomer {
    /// Table of the row.
    pub entity: Entity,
    /// The row.
    pub row: Uuid,
    /// Whom the file named, merged or not.
    pub customer: CustomerId,
}

/// Where the customer stands that a merge may change; not that of the merge itself.
pub(crate) fn customer_at(entity: Entity) -> Option<usize> {
    if entity == Entity::CustomerRedirect {
        return None;
    }
    let mut columns = entity.columns().iter();
    columns.position(|column| column.name == CUSTOMER)
}

impl Stored {
    /// The customer of a row that a merge may give to another.
    pub(crate) fn customer(&self, entity: Entity) -> Option<Uuid> {
        match self.cells.get(customer_at(entity)?)? {
            Cell::Id(customer) => Some(*customer),
            _ => None,
        }
    }

    /// Gives a row of a table that has customers to this one.
    pub(crate) fn set_customer(&mut self, entity: Entity, customer: Uuid) {
        if let Some(cell) = customer_at(entity).and_then(|at| self.cells.get_mut(at)) {
            *cell = Cell::Id(customer);
        }
    }
}

impl ApplyTx {
    /// Keeps whom this import's files named.
    ///
    /// # Errors
    /// [`crate::Error::Sql`].
    pub async fn name_customers(&mut self, named: &[NamedCustomer]) -> Result<()> {
        for chunk in named.chunks(ROWS_PER_STATEMENT) {
            let sql = format!(
                "INSERT OR REPLACE INTO named_customer (row_id, entity, change_seq, customer) VALUES {}",
                marks(chunk.len(), 4)
            );
            let mut cells = Vec::with_capacity(chunk.len() * 4);
            for one in chunk {
                cells.extend([
                    Cell::Id(one.row),
                    Cell::Text(one.entity.code().to_owned()),
                    Cell::Int(self.seq),
                    Cell::Id(one.customer.0),
                ]);
            }
            let done = bind_all(&sql, &cells).execute(self.conn()).await;
            self.check(done.map_err(crate::Error::from))?;
        }
        Ok(())
    }

    /// The customer that was named last of a row since its version `from`, and the change that it came with;
    /// not by imports that were taken back, nor by `going`, which are being taken back.
    pub(crate) async fn named_last(
        &mut self,
        entity: Entity,
        id: Uuid,
        from: i64,
        going: &[i64],
    ) -> Result<Option<(i64, Uuid)>> {
        let sql = format!(
            "SELECT n.change_seq, n.customer FROM named_customer AS n
             WHERE n.row_id = ? AND n.entity = ? AND n.change_seq >= ? AND {STANDS}
               AND n.change_seq NOT IN (SELECT value FROM json_each(?))
             ORDER BY n.change_seq DESC LIMIT 1"
        );
        let cells = [
            Cell::Id(id),
            Cell::Text(entity.code().to_owned()),
            Cell::Int(from),
            Cell::Text(Value::from(going.to_vec()).to_string()),
        ];
        let row = bind_all(&sql, &cells).fetch_optional(self.conn()).await?;
        let Some(row) = row else { return Ok(None) };
        let seq = row.try_get("change_seq")?;
        Ok(read_id(&row, "customer")?.map(|customer| (seq, customer)))
    }
}

/// Whom imports that stand named of some rows, each with the place of the import in the log, in their order.
#[derive(Default)]
pub(crate) struct NamedAt(HashMap<Uuid, Vec<(i64, Uuid)>>);

impl NamedAt {
    pub(crate) async fn of(
        conn: &mut SqliteConnection,
        entity: Entity,
        ids: impl Iterator<Item = Uuid>,
    ) -> Result<Self> {
        if customer_at(entity).is_none() {
            return Ok(Self::default());
        }
        let sql = format!(
            "SELECT n.row_id, n.change_seq, n.customer FROM named_customer AS n
             WHERE n.row_id IN (SELECT unhex(value) FROM json_each(?)) AND n.entity = ? AND {STANDS}
             ORDER BY n.change_seq"
        );
        let cells = [ids_json(ids), Cell::Text(entity.code().to_owned())];
        let mut found: HashMap<Uuid, Vec<(i64, Uuid)>> = HashMap::new();
        for row in &bind_all(&sql, &cells).fetch_all(conn).await? {
            let customer = read_id(row, "customer")?;
            if let Some((id, customer)) = read_id(row, "row_id")?.zip(customer) {
                let seq = row.try_get("change_seq")?;
                found.entry(id).or_default().push((seq, customer));
            }
        }
        Ok(Self(found))
    }

    /// Whom the imports named of a row that came after a place in the log.
    pub(crate) fn since(&self, id: Uuid, place: i64) -> impl Iterator<Item = (i64, Uuid)> {
        let named = self.0.get(&id).into_iter().flatten().copied();
        named.filter(move |(seq, _)| *seq > place)
    }

    /// A version of a row with the customer that its import named.
    pub(crate) fn as_said(&self, record: Record, version: i64) -> Result<Record> {
        let mut named = self.since(record.id(), version - 1);
        match named.next() {
            Some((seq, customer)) if seq == version => with_customer(&record, customer),
            _ => Ok(record),
        }
    }
}

/// A row with another customer, where its table has that.
pub(crate) fn with_customer(record: &Record, customer: Uuid) -> Result<Record> {
    let mut cells = record.cells();
    if let Some(cell) = customer_at(record.entity()).and_then(|at| cells.get_mut(at)) {
        *cell = Cell::Id(customer);
    }
    Record::from_cells(record.entity(), cells)
}
