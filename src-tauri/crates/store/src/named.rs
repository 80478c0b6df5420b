//! Rows that earlier values name which can come back: while an import stands, what it said of a record may be
//! put back by the undo of a later one, with the people, customers and products that it named.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::cell::Cell;
use crate::grounds::seqs_json;
use crate::references::{Reference, referring_to};
use crate::rows::{bind_all, read_id};
use crate::{ApplyTx, Entity, Result};

/// An id as JSON writes it, as the tables keep it.
fn id_in(document: &str, column: &str) -> String {
    format!("unhex(replace(json_extract({document}, '$.{column}'), '-', ''))")
}

/// Rows `p` that an earlier version of a row names which is there. `?1`: the change after which versions are
/// looked at, `?2`: the changes of imports that are taken back, which nothing brings back.
fn by_versions(of: &Reference) -> String {
    let Reference {
        child,
        column,
        parent,
    } = of;
    let named = id_in("r.before", column);
    format!(
        "SELECT p.id FROM change_row AS r
         CROSS JOIN {child} AS c ON c.id = r.row_id
         CROSS JOIN {parent} AS p ON p.id = {named}
         WHERE r.change_seq > ?1 AND r.entity = '{child}' AND r.before IS NOT NULL
           AND r.before_changed_seq NOT IN (SELECT value FROM json_each(?2))
           AND p.created_seq IN (SELECT value FROM json_each(?2))"
    )
}

/// Rows `p` that a source names, or did in an import that stands, of a row that is there.
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
        "SELECT p.id FROM source_claim AS s
         CROSS JOIN {child} AS c ON c.id = s.record
         CROSS JOIN {parent} AS p ON p.id = {named}
         WHERE s.entity = '{child}' AND s.changed_seq >= ?1
           AND (s.batch IS NULL OR s.batch NOT IN {batches}) AND p.created_seq IN {going}
         UNION
         SELECT p.id FROM change_row AS r
         CROSS JOIN {child} AS c ON c.id = {record}
         CROSS JOIN {parent} AS p ON p.id = {named_before}
         WHERE r.change_seq > ?1 AND r.entity = 'source_claim' AND r.before IS NOT NULL
           AND json_extract(r.before, '$.entity') = '{child}'
           AND ({batch} IS NULL OR {batch} NOT IN {batches}) AND p.created_seq IN {going}"
    )
}

impl ApplyTx {
    /// The rows of a table that imports made which are taken back, and that earlier values name which can come
    /// back: those of rows that are there, written after the change `after` by what stands. `going`: the
    /// changes of the imports that are taken back.
    pub(crate) async fn named_earlier(
        &mut self,
        entity: Entity,
        after: i64,
        going: &[i64],
    ) -> Result<BTreeSet<Uuid>> {
        let each = referring_to(entity).map(|one| {
            if one.child.has_origin() {
                format!("{} UNION {}", by_versions(one), by_sources(one))
            } else {
                by_versions(one)
            }
        });
        let each: Vec<String> = each.collect();
        let mut named = BTreeSet::new();
        if each.is_empty() {
            return Ok(named);
        }
        let of = [Cell::Int(after), seqs_json(going)];
        for row in &bind_all(&each.join(" UNION "), &of)
            .fetch_all(self.conn())
            .await?
        {
            named.extend(read_id(row, "id")?);
        }
        Ok(named)
    }
}
