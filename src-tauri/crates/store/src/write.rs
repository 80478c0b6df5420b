//! How one change writes rows: what was there, what is new, what to log and to count.

use std::collections::HashMap;

use uuid::Uuid;
use yeji_core::Currency;
use yeji_core::facts::Opportunity;

use crate::apply::ROWS_PER_STATEMENT;
use crate::cell::Cell;
use crate::record::fingerprint;
use crate::recount::{cell_of, read_under};
use crate::rollup::{Counted, CountedUnder, DERIVED_COLUMNS, derived_cells, marks};
use crate::rows::{bind_all, bind_owned, column_list, ids_json, read_cells};
use crate::{ApplyTx, Entity, Error, Record, Result};

/// A row of the store with its bookkeeping.
pub(crate) struct Stored {
    pub cells: Vec<Cell>,
    pub created_seq: i64,
    pub changed_seq: i64,
    /// Under what a deal is counted; none for other tables.
    pub under: Option<CountedUnder>,
}

/// A row to write.
struct Written {
    is_new: bool,
    cells: Vec<Cell>,
    created_seq: i64,
    changed_seq: i64,
    under: Option<CountedUnder>,
}

impl ApplyTx {
    pub(crate) async fn put_chunk(&mut self, entity: Entity, records: &[&Record]) -> Result<()> {
        let deals: Vec<&Opportunity> = records
            .iter()
            .filter_map(|record| match record {
                Record::Opportunity(deal) => Some(deal),
                _ => None,
            })
            .collect();
        if entity == Entity::Opportunity {
            self.check_currency(&deals).await?;
            let customers = deals
                .iter()
                .filter_map(|deal| deal.customer)
                .map(|id| id.0)
                .collect();
            self.counting
                .prepare(&mut self.writer.conn, &customers)
                .await?;
        }
        let ids: Vec<Uuid> = records.iter().map(|record| record.id()).collect();
        let mut stored = self.stored_among(entity, &ids).await?;
        let mut rows = Vec::with_capacity(records.len());
        for (index, (record, id)) in records.iter().zip(&ids).enumerate() {
            let cells = record.cells();
            let before = stored.remove(id);
            if before
                .as_ref()
                .is_some_and(|before| same_content(entity, &before.cells, &cells))
            {
                continue;
            }
            let under = deals.get(index).map(|deal| self.counting.under(deal));
            self.note(
                entity,
                *id,
                before.as_ref(),
                Some((&cells, None)),
                under.as_ref(),
            )?;
            rows.push(Written {
                is_new: before.is_none(),
                cells,
                created_seq: before.map_or(self.seq, |before| before.created_seq),
                changed_seq: self.seq,
                under,
            });
        }
        self.write(entity, rows).await
    }

    /// Puts rows back as a before image has them, bookkeeping included.
    pub(crate) async fn restore(&mut self, entity: Entity, images: Vec<Stored>) -> Result<()> {
        let mut rows = Vec::with_capacity(images.len());
        for image in images {
            let record = Record::from_cells(entity, image.cells.clone())?;
            let id = record.id();
            let mut under = None;
            if let Record::Opportunity(deal) = &record {
                self.check_currency(&[deal]).await?;
                let customers = deal.customer.iter().map(|id| id.0).collect();
                self.counting
                    .prepare(&mut self.writer.conn, &customers)
                    .await?;
                under = Some(self.counting.under(deal));
            }
            let before = self.stored(entity, &[id]).await?.remove(&id);
            self.note(
                entity,
                id,
                before.as_ref(),
                Some((&image.cells, Some(image.changed_seq))),
                under.as_ref(),
            )?;
            rows.push(Written {
                is_new: before.is_none(),
                cells: image.cells,
                created_seq: image.created_seq,
                changed_seq: image.changed_seq,
                under,
            });
        }
        self.write(entity, rows).await
    }

    /// `logged`: with what the rows held. Undoing an import does not log the rows that it removes:
    /// they came from files and can come again.
    pub(crate) async fn delete_chunk(
        &mut self,
        entity: Entity,
        ids: &[Uuid],
        logged: bool,
    ) -> Result<()> {
        if entity == Entity::Opportunity {
            self.counting.recount_stale(&mut self.writer.conn).await?;
        }
        let stored = self.stored(entity, ids).await?;
        for id in ids {
            let before = stored.get(id).ok_or(Error::NoSuchRow { entity, id: *id })?;
            if logged {
                self.note(entity, *id, Some(before), None, None)?;
            } else {
                self.count(entity, *id, Some(before), None, None)?;
            }
        }
        let sql =
            format!("DELETE FROM {entity} WHERE id IN (SELECT unhex(value) FROM json_each(?))");
        bind_all(&sql, &[ids_json(ids.iter().copied())])
            .execute(&mut self.writer.conn)
            .await?;
        self.flush_if_large().await
    }

    /// Logs and counts one row's change; `after` with the version that the row then is, where it is
    /// not this change's own.
    fn note(
        &mut self,
        entity: Entity,
        id: Uuid,
        before: Option<&Stored>,
        after: Option<(&[Cell], Option<i64>)>,
        under: Option<&CountedUnder>,
    ) -> Result<()> {
        let (cells, version) = after.unzip();
        if before.is_some() || !self.header.kind.is_bulk() {
            self.log.push(entity, id, before, cells, version.flatten());
        }
        self.count(entity, id, before, cells, under)
    }

    /// What one row's change means for topics and rollups.
    fn count(
        &mut self,
        entity: Entity,
        id: Uuid,
        before: Option<&Stored>,
        after: Option<&[Cell]>,
        under: Option<&CountedUnder>,
    ) -> Result<()> {
        self.topics.insert(entity.topic());
        let columns = entity.columns();
        let old = before.map(|before| before.cells.as_slice());
        match entity {
            Entity::Membership => {
                for cells in [old, after].into_iter().flatten() {
                    if let Cell::Id(person) = cell_of(columns, cells, "person") {
                        self.counting.membership_changed(person);
                    }
                }
            }
            Entity::OrgUnit | Entity::Person => self.counting.organisation_changed(),
            Entity::Customer => {
                let old = old.map(|cells| cell_of(columns, cells, "customer_type"));
                let new = after.map(|cells| cell_of(columns, cells, "customer_type"));
                if old != new {
                    let text = match new {
                        Some(Cell::Text(text)) => Some(text),
                        _ => None,
                    };
                    self.counting.type_changed(id, text);
                }
            }
            Entity::Opportunity => {
                if let Some(Stored {
                    cells,
                    under: Some(under),
                    ..
                }) = before
                {
                    self.counting
                        .deltas
                        .subtract(&counted(cells.clone(), under.clone())?)?;
                }
                if let (Some(cells), Some(under)) = (after, under) {
                    self.counting
                        .deltas
                        .add(&counted(cells.to_vec(), under.clone())?)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The rows among `ids` that are in the store. Ids above the table's largest are new.
    async fn stored_among(
        &mut self,
        entity: Entity,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Stored>> {
        let newest = if let Some(newest) = self.newest.get(&entity) {
            *newest
        } else {
            let sql = format!("SELECT max(id) AS id FROM {entity}");
            let row = bind_all(&sql, &[]).fetch_one(&mut self.writer.conn).await?;
            crate::rows::read_id(&row, "id")?
        };
        let known: Vec<Uuid> = ids
            .iter()
            .copied()
            .filter(|id| newest.is_some_and(|newest| *id <= newest))
            .collect();
        self.newest
            .insert(entity, newest.max(ids.iter().max().copied()));
        if known.is_empty() {
            Ok(HashMap::new())
        } else {
            self.stored(entity, &known).await
        }
    }

    pub(crate) async fn stored(
        &mut self,
        entity: Entity,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Stored>> {
        let columns = entity.columns();
        let derived = if entity == Entity::Opportunity {
            ", team, opened_team, counted_type"
        } else {
            ""
        };
        let sql = format!(
            "SELECT {}, created_seq, changed_seq{derived} FROM {entity}
             WHERE id IN (SELECT unhex(value) FROM json_each(?))",
            column_list(columns)
        );
        let list = ids_json(ids.iter().copied());
        let rows = bind_all(&sql, &[list])
            .fetch_all(&mut self.writer.conn)
            .await?;
        let mut stored = HashMap::with_capacity(rows.len());
        for row in &rows {
            use sqlx::Row as _;
            let cells = read_cells(row, columns, entity.code())?;
            let Some(Cell::Id(id)) = cells.first() else {
                continue;
            };
            let under = if derived.is_empty() {
                None
            } else {
                Some(read_under(row)?)
            };
            let (created_seq, changed_seq) =
                (row.try_get("created_seq")?, row.try_get("changed_seq")?);
            stored.insert(
                *id,
                Stored {
                    cells,
                    created_seq,
                    changed_seq,
                    under,
                },
            );
        }
        Ok(stored)
    }

    async fn write(&mut self, entity: Entity, rows: Vec<Written>) -> Result<()> {
        let (new, known): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.is_new);
        self.write_part(entity, Verb::Insert, new).await?;
        self.write_part(entity, Verb::Upsert, known).await?;
        self.flush_if_large().await
    }

    async fn write_part(&mut self, entity: Entity, verb: Verb, rows: Vec<Written>) -> Result<()> {
        let mut rows = rows.into_iter();
        loop {
            let chunk: Vec<Written> = rows.by_ref().take(ROWS_PER_STATEMENT).collect();
            if chunk.is_empty() {
                return Ok(());
            }
            let sql = write_sql(entity, verb, chunk.len());
            let mut cells = Vec::with_capacity(chunk.len() * 20);
            for row in chunk {
                let derived = row
                    .under
                    .map(|under| derived_cells(under, fingerprint(entity, &row.cells)));
                cells.extend(row.cells);
                cells.push(Cell::Int(row.created_seq));
                cells.push(Cell::Int(row.changed_seq));
                cells.extend(derived.into_iter().flatten());
            }
            bind_owned(sql, cells)
                .execute(&mut self.writer.conn)
                .await
                .map_err(|error| refused_row(entity, error))?;
        }
    }

    /// Bounds the memory of a large import.
    async fn flush_if_large(&mut self) -> Result<()> {
        if self.counting.deltas.is_large() {
            self.counting.deltas.flush(&mut self.writer.conn).await?;
        }
        self.log
            .flush_if_large(&mut self.writer.conn, self.seq)
            .await
    }

    /// The rollups add amounts without asking their currency, so all deals have one.
    async fn check_currency(&mut self, deals: &[&Opportunity]) -> Result<()> {
        for deal in deals {
            let Some(given) = deal.amount.map(|amount| amount.currency) else {
                continue;
            };
            if self.currency == Some(given) {
                continue;
            }
            let conn = &mut self.writer.conn;
            let stored: Option<String> =
                sqlx::query_scalar("SELECT value FROM meta WHERE key = 'deal_currency'")
                    .fetch_optional(&mut *conn)
                    .await?;
            let stored: Option<Currency> = stored.map(|code| code.parse()).transpose()?;
            let others = match (self.currency, stored) {
                (Some(met), _) => Some(met),
                (None, Some(stored)) if stored != given => {
                    let any: bool = sqlx::query_scalar(
                        "SELECT EXISTS (SELECT 1 FROM opportunity WHERE amount_currency <> ?)",
                    )
                    .bind(given.code().to_owned())
                    .fetch_one(&mut *conn)
                    .await?;
                    any.then_some(stored)
                }
                _ => None,
            };
            if let Some(store) = others {
                return Err(Error::MixedCurrencies {
                    store,
                    given,
                    id: deal.id.0,
                });
            }
            sqlx::query("INSERT OR REPLACE INTO meta (key, value) VALUES ('deal_currency', ?)")
                .bind(given.code().to_owned())
                .execute(conn)
                .await?;
            self.currency = Some(given);
        }
        Ok(())
    }
}

fn same_content(entity: Entity, old: &[Cell], new: &[Cell]) -> bool {
    let columns = entity.columns();
    columns
        .iter()
        .zip(old.iter().zip(new))
        .all(|(column, (old, new))| column.provenance || old == new)
}

fn counted(cells: Vec<Cell>, under: CountedUnder) -> Result<Counted> {
    match Record::from_cells(Entity::Opportunity, cells)? {
        Record::Opportunity(deal) => Ok(Counted::of(&deal, under)),
        other => Err(crate::rows::unreadable(
            "opportunity",
            other.entity().code(),
            "a deal",
        )),
    }
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// Rows that are not there. A conflict ends the transaction at once (`OR ROLLBACK`), which is
    /// what a failure means here anyway: SQLite then needs no journal of the statement, which would
    /// copy every page of every index that 100 rows touch (a fifth of SQLite's time in an import).
    Insert,
    /// Rows that are there.
    Upsert,
}

fn write_sql(entity: Entity, verb: Verb, rows: usize) -> String {
    let mut columns: Vec<&str> = entity
        .columns()
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    columns.extend(["created_seq", "changed_seq"]);
    if entity == Entity::Opportunity {
        columns.extend(DERIVED_COLUMNS);
    }
    let values = format!(
        "INTO {entity} ({}) VALUES {}",
        columns.join(", "),
        marks(rows, columns.len())
    );
    if verb == Verb::Insert {
        return format!("INSERT OR ROLLBACK {values}");
    }
    let updates: Vec<String> = columns
        .iter()
        .filter(|name| **name != "id" && **name != "created_seq")
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    format!(
        "INSERT {values} ON CONFLICT (id) DO UPDATE SET {}",
        updates.join(", ")
    )
}

/// `UNIQUE constraint failed: person.source, person.external_id` names the columns.
fn refused_row(entity: Entity, error: sqlx::Error) -> Error {
    let message = error
        .as_database_error()
        .map(|inner| inner.message().to_owned());
    match message
        .as_deref()
        .and_then(|text| text.strip_prefix("UNIQUE constraint failed: "))
    {
        Some(columns) => Error::Duplicate {
            entity: entity.to_string(),
            columns: columns.replace(&format!("{entity}."), ""),
        },
        None => error.into(),
    }
}
