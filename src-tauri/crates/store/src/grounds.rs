//! What a company's data stands on, which an undo leaves while anything stands on it: a person who stays
//! keeps a place to sell from, and the company itself stays while there is any record.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use sqlx::{Row as _, SqliteConnection};
use yeji_core::ids::BatchId;

use crate::cell::Cell;
use crate::references::referring_to;
use crate::rows::bind_all;
use crate::{ApplyTx, Entity, Result, Store};

/// The company, its people and what is known of them. Not how files are read, who signs in, settings and
/// plans: these are there before any data.
fn is_data(entity: Entity) -> bool {
    !matches!(
        entity,
        Entity::SourceClaim
            | Entity::WatchedFolder
            | Entity::WatchedFile
            | Entity::ForecastSnapshot
            | Entity::MappingProfile
            | Entity::Alias
            | Entity::BonusPlanVersion
            | Entity::Scorecard
            | Entity::Setting
            | Entity::UserAccount
            | Entity::PersonalFile
            | Entity::Dashboard
            | Entity::SavedView
    )
}

/// Whether a table has rows, for each table of data.
fn any_row(of: impl Fn(Entity) -> bool) -> String {
    let tables = Entity::ALL.iter().filter(|entity| of(**entity));
    let each: Vec<String> = tables
        .map(|entity| format!("EXISTS (SELECT 1 FROM {entity})"))
        .collect();
    each.join(" OR ")
}

impl Store {
    /// Whether there is any record of a company; what a company's unit alone would say of most stores, but
    /// not of one that has lost it.
    pub async fn has_data(&self) -> Result<bool> {
        static SQL: LazyLock<String> =
            LazyLock::new(|| format!("SELECT {} AS there", any_row(is_data)));
        let row = bind_all(&SQL, &[])
            .fetch_one(&mut *self.reader().await?)
            .await?;
        Ok(row.try_get("there")?)
    }

    /// Names of people of whom nothing else was known and who went with an import that was taken back.
    pub async fn names_taken_back(&self) -> Result<BTreeSet<String>> {
        let sql = format!(
            "SELECT DISTINCT value AS name FROM change_log, json_each(summary, '$.{PEOPLE_GONE}')
             WHERE kind = 'undo_batch'"
        );
        let rows = bind_all(&sql, &[])
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter().map(|row| Ok(row.try_get("name")?)).collect()
    }
}

/// Condition on the rows `t` that go with an import: nothing that stays stands on them. `?4`: the changes
/// of imports that are taken back, `?5`: people who stay for earlier values that can come back.
pub(crate) fn bears_nothing(entity: Entity) -> &'static str {
    static STAY: LazyLock<String> = LazyLock::new(|| {
        let others: Vec<String> = referring_to(Entity::Person)
            .filter(|one| one.child != Entity::Membership)
            .map(|one| {
                let (child, column) = (one.child, one.column);
                format!("OR EXISTS (SELECT 1 FROM {child} AS c WHERE c.{column} = p.id)")
            })
            .collect();
        let going = "(SELECT value FROM json_each(?4))";
        // Whom another import brought had a place before. Who has another one keeps that.
        format!(
            "AND NOT EXISTS (
                 SELECT 1 FROM person AS p WHERE p.id = t.person AND p.created_seq IN {going}
                   AND (p.changed_seq NOT IN {going} {}
                        OR p.id IN (SELECT unhex(value) FROM json_each(?5)))
                   AND NOT EXISTS (
                       SELECT 1 FROM membership AS m WHERE m.person = p.id
                         AND (m.created_seq NOT IN {going} OR m.changed_seq NOT IN {going})))",
            others.join(" ")
        )
    });
    static COMPANY: LazyLock<String> = LazyLock::new(|| {
        let rest = any_row(|entity| is_data(entity) && entity != Entity::OrgUnit);
        format!("AND (t.parent IS NOT NULL OR NOT ({rest}))")
    });
    match entity {
        Entity::Membership => &STAY,
        Entity::OrgUnit => &COMPANY,
        _ => "",
    }
}

impl ApplyTx {
    /// The changes of all imports that are taken back, with those of `batch`, newest first.
    pub(crate) async fn going(&mut self, batch: BatchId) -> Result<Vec<i64>> {
        let sql = "SELECT c.seq FROM change_log AS c JOIN batch AS b ON b.id = c.batch
                   WHERE c.kind <> 'undo_batch' AND (b.undone_at IS NOT NULL OR b.id = ?)
                   ORDER BY c.seq DESC";
        let rows = bind_all(sql, &[Cell::Id(batch.0)])
            .fetch_all(self.conn())
            .await?;
        let seqs = rows.iter().map(|row| Ok(row.try_get("seq")?));
        seqs.collect()
    }
}

/// Where the summary of an undo names the people that went with it.
pub(crate) const PEOPLE_GONE: &str = "people";

/// People of whom a name is all that is known of them.
pub(crate) async fn known_by_name(conn: &mut SqliteConnection) -> Result<BTreeSet<String>> {
    let sql = "SELECT name FROM person WHERE staff_number IS NULL AND external_id = name";
    let rows = bind_all(sql, &[]).fetch_all(conn).await?;
    rows.iter().map(|row| Ok(row.try_get("name")?)).collect()
}

/// The changes as a parameter.
pub(crate) fn seqs_json(seqs: &[i64]) -> Cell {
    Cell::Text(Value::from(seqs.to_vec()).to_string())
}
