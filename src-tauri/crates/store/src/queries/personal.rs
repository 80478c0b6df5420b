//! What goes into a personal file and what comes back: rows by what they refer to, and who won what on
//! which day.

use chrono::NaiveDate;
use sqlx::Row as _;
use uuid::Uuid;
use yeji_core::account::PersonalFile;
use yeji_core::facts::Opportunity;
use yeji_core::follow_up::FeedbackItem;
use yeji_core::ids::{PersonId, PersonalFileId, UnitId};

use crate::cell::{Cell, Kind};
use crate::record::Record;
use crate::rows::{
    bind_all, column_list, ids_json, read_cells, read_date, read_id, select, select_one, unreadable,
};
use crate::undo::before_image;
use crate::{Entity, Error, Result, Store};

/// What somebody won on a day in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonDay {
    /// The day.
    pub day: NaiveDate,
    /// Who.
    pub person: PersonId,
    /// In which unit; none for people without any stay.
    pub unit: Option<UnitId>,
    /// Amount of won deals, minor units.
    pub won_minor: i64,
    /// Won deals.
    pub won_count: i64,
}

impl Store {
    /// Rows of a table whose `column`, an id, is one of these, by id.
    pub async fn records_by(
        &self,
        entity: Entity,
        column: &str,
        ids: impl Iterator<Item = Uuid>,
    ) -> Result<Vec<Record>> {
        let columns = entity.columns();
        let is_it = |one: &&crate::cell::Column| one.name == column && one.kind == Kind::Id;
        let Some(found) = columns.iter().find(is_it) else {
            return Err(Error::BadQuery(format!("{entity} has no id `{column}`")));
        };
        let sql = format!(
            "SELECT {} FROM {entity}
             WHERE {} IN (SELECT unhex(value) FROM json_each(?)) ORDER BY id",
            column_list(columns),
            found.name
        );
        let rows = bind_all(&sql, &[ids_json(ids)])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter()
            .map(|row| Record::from_cells(entity, read_cells(row, columns, entity.code())?))
            .collect()
    }

    /// Deals that count in one of these units (open ones in that of their opening), by id.
    pub async fn deals_of_units(&self, units: &[UnitId]) -> Result<Vec<Opportunity>> {
        let tail = "WHERE team IN (SELECT unhex(value) FROM json_each(?)) ORDER BY id";
        let units = ids_json(units.iter().map(|unit| unit.0));
        select(&mut *self.reader().await?, tail, &[units]).await
    }

    /// What everybody won, by day, unit and person; people who lost or opened something count with zero.
    pub async fn results_by_person(&self) -> Result<Vec<PersonDay>> {
        let rows = sqlx::query(
            "SELECT start, unit, key, won_minor, won_count FROM rollup
             WHERE grain = 'day' AND dim = 'person' ORDER BY start, unit, key",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let missing = |name: &str| unreadable(name, "null", "a value");
        rows.iter()
            .map(|row| {
                let unit = read_id(row, "unit")?.filter(|id| !id.is_nil());
                Ok(PersonDay {
                    day: read_date(row, "start")?.ok_or_else(|| missing("rollup.start"))?,
                    person: read_id(row, "key")?
                        .map(PersonId)
                        .ok_or_else(|| missing("rollup.key"))?,
                    unit: unit.map(UnitId),
                    won_minor: row.try_get("won_minor")?,
                    won_count: row.try_get("won_count")?,
                })
            })
            .collect()
    }

    /// A personal file that was handed out.
    pub async fn personal_file(&self, id: PersonalFileId) -> Result<Option<PersonalFile>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// All of them, newest first.
    pub async fn personal_files(&self) -> Result<Vec<PersonalFile>> {
        let tail = "ORDER BY exported_at DESC, id DESC";
        select(&mut *self.reader().await?, tail, &[]).await
    }

    /// Deals of these owners as they were when a personal file was made, as far as they were changed or
    /// deleted since.
    pub async fn deals_before_file(
        &self,
        file: PersonalFileId,
        owners: impl Iterator<Item = PersonId>,
    ) -> Result<Vec<Opportunity>> {
        // The first image after the file was recorded is what it was made of; a deal that came later was
        // not in it. The log has ids with hyphens. It may hold a million images, so the owner is cut out of
        // the text instead of parsing each: quotes within values are escaped, so nothing else looks like it.
        let rows = bind_all(
            r#"SELECT r.row_id, r.before, r.before_created_seq, r.before_changed_seq
             FROM personal_file AS f
             JOIN change_row AS r ON r.change_seq > f.created_seq AND r.entity = 'opportunity'
             WHERE f.id = ?1 AND r.before_created_seq <= f.created_seq
               AND replace(substr(r.before, instr(r.before, '"owner":"') + 9, 36), '-', '')
                   IN (SELECT value FROM json_each(?2))
               AND NOT EXISTS (SELECT 1 FROM change_row AS e
                   WHERE e.row_id = r.row_id AND e.entity = 'opportunity'
                     AND e.change_seq > f.created_seq
                     AND (e.change_seq, e.n) < (r.change_seq, r.n))
             ORDER BY r.row_id"#,
            &[Cell::Id(file.0), ids_json(owners.map(|id| id.0))],
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut deals = Vec::with_capacity(rows.len());
        for row in &rows {
            let (_, image) = before_image(Entity::Opportunity, row)?;
            if let Record::Opportunity(deal) = Record::from_cells(Entity::Opportunity, image.cells)?
            {
                deals.push(deal);
            }
        }
        Ok(deals)
    }

    /// What people said to HR, newest first; of one person only that.
    pub async fn feedback(&self, person: Option<PersonId>) -> Result<Vec<FeedbackItem>> {
        let person = person.map_or(Cell::Null, |id| Cell::Id(id.0));
        let tail = "WHERE (? IS NULL OR person = ?) ORDER BY written_at DESC, id DESC";
        select(&mut *self.reader().await?, tail, &[person.clone(), person]).await
    }
}
