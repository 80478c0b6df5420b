//! Rows that earlier values name which can come back: while an import stands, what it said of a record may be
//! put back by the undo of a later one, with the people, customers and products that it named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::Row as _;
use uuid::Uuid;

use crate::cell::Cell;
use crate::grounds::seqs_json;
use crate::references::{Reference, referring_to};
use crate::rows::{bind_all, ids_json, read_id};
use crate::{ApplyTx, Entity, Result};

/// What earlier values name of one table.
#[derive(Default)]
pub(crate) struct Named {
    /// The rows whose earlier values name it, by the row named. None: a row that a change deleted which can be
    /// taken back.
    by: HashMap<Uuid, BTreeSet<Option<(Entity, Uuid)>>>,
}

/// An id as JSON writes it, as the tables keep it.
fn id_in(document: &str, column: &str) -> String {
    format!("unhex(replace(json_extract({document}, '$.{column}'), '-', ''))")
}

/// Rows `p` named by earlier versions of rows that now name another one or that a change deleted. `?1`: the
/// change after which versions are looked at; `?2`: the changes of imports that are taken back, which nothing
/// brings back.
fn by_versions(of: &Reference) -> String {
    let Reference {
        child,
        column,
        parent,
    } = of;
    let named = id_in("r.before", column);
    format!(
        "SELECT p.id AS named, '{child}' AS child, c.id AS by FROM change_row AS r
         CROSS JOIN {parent} AS p ON p.id = {named}
         LEFT JOIN {child} AS c ON c.id = r.row_id
         WHERE r.change_seq > ?1 AND r.entity = '{child}' AND r.before IS NOT NULL
           AND r.before_changed_seq NOT IN (SELECT value FROM json_each(?2))
           AND p.created_seq IN (SELECT value FROM json_each(?2))
           AND CASE WHEN c.id IS NULL
                    THEN r.after IS NULL AND r.change_seq NOT IN (SELECT value FROM json_each(?2))
                    ELSE c.{column} IS NOT p.id END"
    )
}

/// Rows `p` that a source names, or did in an import that stands, of a row that names another one.
fn by_sources(of: &Reference) -> String {
    let Reference {
        child,
        column,
        parent,
    } = of;
    let named = id_in("s.given", column);
    let record = id_in("r.before", "record");
    let batch = id_in("r.before", "batch");
    let named_before = id_in("json_extract(r.before, '$.given')", column);
    let going = "(SELECT value FROM json_each(?2))";
    let batches =
        format!("(SELECT batch FROM change_log WHERE seq IN {going} AND batch IS NOT NULL)");
    format!(
        "SELECT p.id AS named, '{child}' AS child, c.id AS by FROM source_claim AS s
         CROSS JOIN {child} AS c ON c.id = s.record
         CROSS JOIN {parent} AS p ON p.id = {named}
         WHERE s.entity = '{child}' AND s.changed_seq >= ?1 AND c.{column} IS NOT p.id
           AND (s.batch IS NULL OR s.batch NOT IN {batches}) AND p.created_seq IN {going}
         UNION
         SELECT p.id, '{child}', c.id FROM change_row AS r
         CROSS JOIN {child} AS c ON c.id = {record}
         CROSS JOIN {parent} AS p ON p.id = {named_before}
         WHERE r.change_seq > ?1 AND r.entity = 'source_claim' AND r.before IS NOT NULL
           AND json_extract(r.before, '$.entity') = '{child}' AND c.{column} IS NOT p.id
           AND ({batch} IS NULL OR {batch} NOT IN {batches}) AND p.created_seq IN {going}"
    )
}

impl ApplyTx {
    /// The rows of a table, made by imports that are taken back, which earlier values name that can come back.
    /// To be looked up when all values are what they will be after the undo. `going`: the changes of the
    /// imports that are taken back.
    pub(crate) async fn named_earlier(&mut self, parent: Entity, going: &[i64]) -> Result<Named> {
        let first = going.iter().min().copied().unwrap_or_default();
        let of = [Cell::Int(first), seqs_json(going)];
        let logged = self.logged_after(first).await?;
        let mut each = Vec::new();
        for one in referring_to(parent) {
            if logged.contains(one.child.code()) {
                each.push(by_versions(one));
            }
            if one.child.has_origin() {
                each.push(by_sources(one));
            }
        }
        let mut named = Named::default();
        for sql in each {
            for row in &bind_all(&sql, &of).fetch_all(self.conn()).await? {
                let child: Entity = row.try_get::<&str, _>("child")?.parse()?;
                let by = read_id(row, "by")?.map(|id| (child, id));
                if let Some(id) = read_id(row, "named")? {
                    named.by.entry(id).or_default().insert(by);
                }
            }
        }
        Ok(named)
    }

    /// The tables of which the log has earlier versions since a change.
    async fn logged_after(&mut self, seq: i64) -> Result<BTreeSet<String>> {
        let sql =
            "SELECT DISTINCT entity FROM change_row WHERE change_seq > ? AND before IS NOT NULL";
        let rows = bind_all(sql, &[Cell::Int(seq)])
            .fetch_all(self.conn())
            .await?;
        rows.iter().map(|row| Ok(row.try_get("entity")?)).collect()
    }

    /// Of what is named, the rows that stay: those named by a row that is still there.
    pub(crate) async fn spared(&mut self, named: &Named) -> Result<BTreeSet<Uuid>> {
        let mut children: BTreeMap<Entity, BTreeSet<Uuid>> = BTreeMap::new();
        for (entity, id) in named.by.values().flatten().flatten() {
            children.entry(*entity).or_default().insert(*id);
        }
        let mut there = BTreeSet::new();
        for (entity, ids) in children {
            let sql = format!(
                "SELECT id FROM {entity} WHERE id IN (SELECT unhex(value) FROM json_each(?))"
            );
            let rows = bind_all(&sql, &[ids_json(ids.into_iter())])
                .fetch_all(self.conn())
                .await?;
            for row in &rows {
                there.extend(read_id(row, "id")?.map(|id| (entity, id)));
            }
        }
        let stays = |by: &Option<(Entity, Uuid)>| by.is_none_or(|child| there.contains(&child));
        let named = named.by.iter().filter(|(_, by)| by.iter().any(stays));
        Ok(named.map(|(id, _)| *id).collect())
    }
}
