//! Facts of any table, read in one way: by identity for imports, in windows for people.

use std::collections::HashMap;

use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::ids::OpportunityId;

use super::history::{Page, page};
use crate::cell::Cell;
use crate::record::Record;
use crate::rows::{bind_all, column_list, limit_of, read_cells, read_id, unreadable};
use crate::{CustomerRedirect, Entity, Error, Result, Store};

/// Ids looked up at a time.
pub(super) const IDS_PER_QUERY: usize = 500;

impl Entity {
    /// Whether its rows carry `(source, external_id)`.
    pub fn has_origin(self) -> bool {
        self.columns()
            .iter()
            .any(|column| column.name == "external_id")
    }

    fn require_origin(self) -> Result<()> {
        if self.has_origin() {
            return Ok(());
        }
        Err(Error::BadQuery(format!("{self} has no source")))
    }
}

impl Store {
    /// A source's rows of a table, by identity.
    pub async fn facts_of(&self, entity: Entity, source: &str) -> Result<HashMap<String, Record>> {
        entity.require_origin()?;
        let columns = entity.columns();
        let sql = format!(
            "SELECT {}, external_id FROM {entity} WHERE source = ?",
            column_list(columns)
        );
        let rows = bind_all(&sql, &[Cell::Text(source.to_owned())])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter()
            .map(|row| {
                let cells = read_cells(row, columns, entity.code())?;
                let external_id = row.try_get(columns.len())?;
                Ok((external_id, Record::from_cells(entity, cells)?))
            })
            .collect()
    }

    /// Rows of a table by id; ids that it has not are left out.
    pub async fn records(&self, entity: Entity, ids: &[Uuid]) -> Result<HashMap<Uuid, Record>> {
        let columns = entity.columns();
        let mut reader = self.reader().await?;
        let mut found = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(IDS_PER_QUERY) {
            let places = vec!["?"; ids.len()].join(", ");
            let sql = format!(
                "SELECT {} FROM {entity} WHERE id IN ({places})",
                column_list(columns)
            );
            let cells: Vec<Cell> = ids.iter().copied().map(Cell::Id).collect();
            for row in bind_all(&sql, &cells).fetch_all(&mut *reader).await? {
                let record = Record::from_cells(entity, read_cells(&row, columns, entity.code())?)?;
                found.insert(record.id(), record);
            }
        }
        Ok(found)
    }

    /// Whether any row of a table has a value in a column; an empty text is none.
    pub async fn has_values(&self, entity: Entity, column: &str) -> Result<bool> {
        if !entity.columns().iter().any(|own| own.name == column) {
            return Err(Error::BadQuery(format!("{entity} has no `{column}`")));
        }
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {entity} WHERE {column} IS NOT NULL AND {column} <> '') AS n"
        );
        let row = bind_all(&sql, &[])
            .fetch_one(&mut *self.reader().await?)
            .await?;
        Ok(row.try_get::<i64, _>("n")? != 0)
    }

    /// Number of rows of a table.
    pub async fn count_of(&self, entity: Entity) -> Result<i64> {
        let sql = format!("SELECT count(*) AS n FROM {entity}");
        let row = bind_all(&sql, &[])
            .fetch_one(&mut *self.reader().await?)
            .await?;
        Ok(row.try_get("n")?)
    }

    /// Deals whose credit list came from another source than this, and from which.
    pub async fn credited_elsewhere(&self, source: &str) -> Result<HashMap<OpportunityId, String>> {
        let sql = "SELECT opportunity, source FROM credit_list WHERE source <> ?";
        let rows = bind_all(sql, &[Cell::Text(source.to_owned())])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let mut credited = HashMap::new();
        for row in &rows {
            if let Some(deal) = read_id(row, "opportunity")? {
                credited.insert(OpportunityId(deal), row.try_get("source")?);
            }
        }
        Ok(credited)
    }

    /// Rows of a table in the order of their ids, which is that of time; `after` is the `next` of the
    /// page before.
    pub async fn facts_page(
        &self,
        entity: Entity,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Page<Record, Uuid>> {
        let mut reader = self.snapshot().await?;
        let columns = entity.columns();
        let total = bind_all(&format!("SELECT count(*) AS n FROM {entity}"), &[])
            .fetch_one(&mut *reader)
            .await?
            .try_get("n")?;
        let sql = format!(
            "SELECT {} FROM {entity} WHERE id > ? ORDER BY id LIMIT ?",
            column_list(columns)
        );
        let cells = [
            Cell::Id(after.unwrap_or_default()),
            Cell::Int(limit_of(limit)?),
        ];
        let rows = bind_all(&sql, &cells).fetch_all(&mut *reader).await?;
        let records = rows
            .iter()
            .map(|row| Record::from_cells(entity, read_cells(row, columns, entity.code())?))
            .collect::<Result<Vec<Record>>>()?;
        Ok(page(records, limit, total, Record::id))
    }

    /// What people call a row of a source: its identity there. None for tables without one.
    pub async fn external_id_of(&self, entity: Entity, id: Uuid) -> Result<Option<String>> {
        if !entity.has_origin() {
            return Ok(None);
        }
        let sql = format!("SELECT external_id FROM {entity} WHERE id = ?");
        let row = bind_all(&sql, &[Cell::Id(id)])
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        row.map(|row| Ok(row.try_get("external_id")?)).transpose()
    }

    /// What people tell rows of a table by: the name, or the number where the table has no names.
    pub async fn names_of(&self, entity: Entity, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
        let has = |name: &str| entity.columns().iter().any(|column| column.name == name);
        let column = if has("name") { "name" } else { "external_id" };
        if !has(column) {
            return Err(Error::BadQuery(format!("{entity} has no names")));
        }
        let mut reader = self.reader().await?;
        let mut names = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(IDS_PER_QUERY) {
            let places = vec!["?"; ids.len()].join(", ");
            let sql = format!("SELECT id, {column} AS name FROM {entity} WHERE id IN ({places})");
            let cells: Vec<Cell> = ids.iter().copied().map(Cell::Id).collect();
            for row in bind_all(&sql, &cells).fetch_all(&mut *reader).await? {
                if let Some(id) = read_id(&row, "id")? {
                    names.insert(id, row.try_get("name")?);
                }
            }
        }
        Ok(names)
    }

    /// Ids of the deals that other sources brought, by identity; none where two of them use the same.
    pub async fn deals_of_other_sources(
        &self,
        source: &str,
    ) -> Result<HashMap<String, Option<OpportunityId>>> {
        let rows = sqlx::query("SELECT external_id, id FROM opportunity WHERE source <> ?")
            .bind(source.to_owned())
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            let id = read_id(row, "id")?
                .map(OpportunityId)
                .ok_or_else(|| unreadable("opportunity.id", "null", "an id"))?;
            found
                .entry(row.try_get("external_id")?)
                .and_modify(|known| *known = None)
                .or_insert(Some(id));
        }
        Ok(found)
    }

    /// Every row that refers to a row, of the tables that people fill: for giving it to another one.
    pub async fn referring_records(&self, parent: Entity, id: Uuid) -> Result<Vec<Record>> {
        let mut reader = self.snapshot().await?;
        let mut found = Vec::new();
        for reference in crate::references::referring_to(parent) {
            let child = reference.child;
            if child == Entity::CustomerRedirect {
                continue;
            }
            let columns = child.columns();
            let sql = format!(
                "SELECT {} FROM {child} WHERE {} = ? ORDER BY id",
                column_list(columns),
                reference.column
            );
            let rows = bind_all(&sql, &[Cell::Id(id)])
                .fetch_all(&mut *reader)
                .await?;
            for row in &rows {
                found.push(Record::from_cells(
                    child,
                    read_cells(row, columns, child.code())?,
                )?);
            }
        }
        Ok(found)
    }

    /// Customers that were merged into others.
    pub async fn customer_redirects(&self) -> Result<Vec<CustomerRedirect>> {
        crate::rows::select_all(&mut *self.reader().await?).await
    }
}
