//! How one change writes rows: what was there, what is new, what to log and to count.

use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;
use uuid::Uuid;
use yeji_core::Currency;
use yeji_core::facts::Opportunity;

use crate::apply::ROWS_PER_STATEMENT;
use crate::cell::Cell;
use crate::changelog::RowLog;
use crate::recount::{Counting, cell_of, read_under};
use crate::rollup::{Counted, CountedUnder};
use crate::rows::{bind_all, column_list, ids_json, read_cells};
use crate::statements::{Statement, Written, statements_of};
use crate::{ApplyTx, Entity, Error, Record, Result, Topic};

/// A row of the store with its bookkeeping.
pub(crate) struct Stored {
    pub cells: Vec<Cell>,
    pub created_seq: i64,
    pub changed_seq: i64,
    /// Under what a deal is counted; none for other tables.
    pub under: Option<CountedUnder>,
}

impl Stored {
    /// Which columns get another value, in the order in which a row is written, without the bookkeeping.
    fn differs(&self, cells: &[Cell], under: Option<&CountedUnder>) -> Vec<bool> {
        let own = self.cells.iter().zip(cells).map(|(old, new)| old != new);
        let (old, new) = (self.under.as_ref(), under);
        let team = old.map(|one| one.team) != new.map(|one| one.team);
        let opened_team = old.map(|one| one.opened_team) != new.map(|one| one.opened_team);
        let counted_type = old.map(|one| &one.customer_type) != new.map(|one| &one.customer_type);
        own.chain([team, opened_team, counted_type]).collect()
    }
}

/// What makes statements of records, beside the connection that runs them.
struct Making<'a> {
    seq: i64,
    /// New rows need no log lines: they name the change themselves.
    is_bulk: bool,
    topics: &'a mut BTreeSet<Topic>,
    log: &'a mut RowLog,
    counting: &'a mut Counting,
}

impl ApplyTx {
    /// Puts rows of one table, none of them twice.
    pub(crate) async fn put_rows(&mut self, entity: Entity, records: &[&Record]) -> Result<()> {
        if entity == Entity::Opportunity {
            self.indexes_before(records.len()).await?;
        }
        self.prepare_deals(records).await?;
        let ids: Vec<Uuid> = records.iter().map(|record| record.id()).collect();
        let mut stored = self.stored_among(entity, &ids).await?;
        let mut chunks = records.chunks(ROWS_PER_STATEMENT);
        let mut ready = Vec::new();
        loop {
            let chunk = chunks.next();
            let (conn, mut making) = self.making();
            // While SQLite runs the statements on its thread, the next ones are made on this one.
            let run = async {
                for statement in ready {
                    let statement: Statement = statement;
                    let done = statement.execute(&mut *conn).await;
                    done.map_err(|error| refused_row(entity, error))?;
                }
                Ok(())
            };
            let next = async {
                chunk
                    .map(|chunk| making.statements(entity, chunk, &mut stored))
                    .transpose()
            };
            let (done, made): (Result<()>, _) = tokio::join!(run, next);
            done?;
            let Some(made) = made? else { break };
            ready = made;
            self.flush_if_large().await?;
        }
        self.flush_if_large().await
    }

    fn making(&mut self) -> (&mut SqliteConnection, Making<'_>) {
        let making = Making {
            seq: self.seq,
            is_bulk: self.header.kind.is_bulk(),
            topics: &mut self.topics,
            log: &mut self.log,
            counting: &mut self.counting,
        };
        (&mut self.writer.conn, making)
    }

    /// Looks up what deals are counted under, and whether their currency is the store's.
    async fn prepare_deals(&mut self, records: &[&Record]) -> Result<()> {
        let deals: Vec<&Opportunity> = records.iter().filter_map(|one| deal_of(one)).collect();
        if deals.is_empty() {
            return Ok(());
        }
        self.check_currency(&deals).await?;
        if self.counting.is_stale() {
            self.make_indexes().await?;
        }
        let customers = deals
            .iter()
            .filter_map(|deal| deal.customer)
            .map(|id| id.0)
            .collect();
        self.counting
            .prepare(&mut self.writer.conn, &customers)
            .await
    }

    /// Puts rows back as a before image has them, bookkeeping included.
    pub(crate) async fn restore(&mut self, entity: Entity, images: Vec<Stored>) -> Result<()> {
        let mut rows = Vec::with_capacity(images.len());
        for image in images {
            let record = Record::from_cells(entity, image.cells.clone())?;
            let id = record.id();
            self.prepare_deals(&[&record]).await?;
            let before = self.stored(entity, &[id]).await?.remove(&id);
            let (_, mut making) = self.making();
            let deal = deal_of(&record);
            let under = deal.map(|deal| making.counting.under_of(deal));
            making.note(
                entity,
                id,
                before.as_ref(),
                Some((&image.cells, Some(image.changed_seq))),
                deal.zip(under.as_ref()),
            )?;
            rows.push(Written {
                is_new: before.is_none(),
                differs: None,
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
        self.make_indexes().await?;
        if entity == Entity::Opportunity {
            self.counting.recount_stale(&mut self.writer.conn).await?;
        }
        let stored = self.stored(entity, ids).await?;
        for id in ids {
            let before = stored.get(id).ok_or(Error::NoSuchRow { entity, id: *id })?;
            if logged {
                self.making()
                    .1
                    .note(entity, *id, Some(before), None, None)?;
            } else {
                self.making()
                    .1
                    .count(entity, *id, Some(before), None, None)?;
            }
        }
        let sql =
            format!("DELETE FROM {entity} WHERE id IN (SELECT unhex(value) FROM json_each(?))");
        bind_all(&sql, &[ids_json(ids.iter().copied())])
            .execute(&mut self.writer.conn)
            .await?;
        self.flush_if_large().await
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
        for statement in statements_of(entity, rows) {
            let done = statement.execute(&mut self.writer.conn).await;
            done.map_err(|error| refused_row(entity, error))?;
        }
        self.flush_if_large().await
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

impl Making<'_> {
    /// The statements that write a chunk of records; `stored` loses what is in the store of them.
    fn statements(
        &mut self,
        entity: Entity,
        records: &[&Record],
        stored: &mut HashMap<Uuid, Stored>,
    ) -> Result<Vec<Statement>> {
        let mut rows = Vec::with_capacity(records.len());
        for record in records {
            let (id, cells) = (record.id(), record.cells());
            let before = stored.remove(&id);
            if before
                .as_ref()
                .is_some_and(|before| same_content(entity, &before.cells, &cells))
            {
                continue;
            }
            let deal = deal_of(record);
            let under = deal.map(|deal| self.counting.under_of(deal));
            self.note(
                entity,
                id,
                before.as_ref(),
                Some((&cells, None)),
                deal.zip(under.as_ref()),
            )?;
            rows.push(Written {
                is_new: before.is_none(),
                differs: before
                    .as_ref()
                    .map(|before| before.differs(&cells, under.as_ref())),
                cells,
                created_seq: before.map_or(self.seq, |before| before.created_seq),
                changed_seq: self.seq,
                under,
            });
        }
        Ok(statements_of(entity, rows))
    }

    /// Logs and counts one row's change; `after` with the version that the row then is, where it is
    /// not this change's own.
    fn note(
        &mut self,
        entity: Entity,
        id: Uuid,
        before: Option<&Stored>,
        after: Option<(&[Cell], Option<i64>)>,
        deal: Option<(&Opportunity, &CountedUnder)>,
    ) -> Result<()> {
        let (cells, version) = after.unzip();
        if before.is_some() || !self.is_bulk {
            self.log.push(entity, id, before, cells, version.flatten());
        }
        self.count(entity, id, before, cells, deal)
    }

    /// What one row's change means for topics and rollups; `deal` is what the cells are of, where they
    /// are a deal's.
    fn count(
        &mut self,
        entity: Entity,
        id: Uuid,
        before: Option<&Stored>,
        after: Option<&[Cell]>,
        deal: Option<(&Opportunity, &CountedUnder)>,
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
            Entity::OrgUnit => self.counting.organisation_changed(),
            Entity::GoalCell => self.counting.packs.note(columns, old, after)?,
            Entity::Person => {
                self.counting
                    .came_or_went(id, before.is_none(), after.is_none());
                self.counting.organisation_changed();
            }
            Entity::Customer => {
                self.counting
                    .came_or_went(id, before.is_none(), after.is_none());
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
                if let Some((deal, under)) = deal {
                    self.counting
                        .deltas
                        .add(&Counted::of(deal, under.clone()))?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn deal_of(record: &Record) -> Option<&Opportunity> {
    match record {
        Record::Opportunity(deal) => Some(deal),
        _ => None,
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
