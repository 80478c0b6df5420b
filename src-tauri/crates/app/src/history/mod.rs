//! History: the change log in words, change by change and record by record.

mod audit;
mod goal;
mod names;
mod pending;
mod restore;
mod rules;
mod summary;
#[cfg(test)]
mod tests;
mod undo;
mod values;

use yeji_core::ids::ChangeId;
use yeji_store::{
    ChangeEntry, ChangeFilter, ChangeKind, Entity, FieldChange, Record, RowChange, RowFate,
};

use crate::api::Message;
use crate::api::history::{
    ChangeInfo, ChangePage, ChangeView, FieldLine, GetChange, HistoryLine, HistoryPage,
    ListChanges, ListHistory, RecordLine,
};
use crate::context::App;
use crate::error::{Error, Result};

pub(crate) use names::{Names, map as values_of, text as plain_text};
pub(crate) use pending::{FOLDER as PENDING_FOLDER, Pending};
pub(crate) use undo::Actions;
pub(crate) use values::{column_of, field_of as field_of_values, is_provenance};

/// Changes or entries a page.
const PAGE_ROWS: u32 = 100;
/// Records of one change that are listed; the rest is counted.
pub(crate) const MAX_RECORDS: u32 = 200;

impl App {
    /// The changes of the store, newest first.
    pub async fn list_changes(&self, args: ListChanges) -> Result<ChangePage> {
        let store = self.store()?;
        let filter = ChangeFilter {
            kinds: args
                .kinds
                .iter()
                .map(|code| code.parse::<ChangeKind>())
                .collect::<yeji_store::Result<_>>()?,
            author: args.author,
        };
        let page = store.changes_of(&filter, args.cursor, PAGE_ROWS).await?;
        let mut rows = Vec::with_capacity(page.rows.len());
        for entry in page.rows {
            rows.push(self.change_info(entry).await?);
        }
        Ok(ChangePage {
            rows,
            next_cursor: page.next,
            total: page.total,
            authors: store.authors().await?,
        })
    }

    /// One change with its records.
    pub async fn get_change(&self, args: GetChange) -> Result<ChangeView> {
        let store = self.store()?;
        let entry = self.known_change(args.change).await?;
        let rows = store.change_rows(args.change, MAX_RECORDS).await?;
        let more = entry.logged_rows - i64::try_from(rows.len()).unwrap_or(0);
        let mut names = Names::new(&store, self.currency().await?).await?;
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            records.push(record_line(&mut names, row).await?);
        }
        Ok(ChangeView {
            change: self.change_info(entry).await?,
            records,
            more: more.max(0),
        })
    }

    /// Who changed what of a record, newest first.
    pub async fn list_history(&self, args: ListHistory) -> Result<HistoryPage> {
        let store = self.store()?;
        let entity = known_entity(&args.entity)?;
        let page = store
            .record_history(entity, args.id, args.cursor, PAGE_ROWS)
            .await?;
        let mut names = Names::new(&store, self.currency().await?).await?;
        let mut rows = Vec::with_capacity(page.rows.len());
        for one in page.rows {
            let mut record = record_line(&mut names, one.row).await?;
            if record.entity != entity.code() {
                // A merge: its sentence says all, its redirect's values are for the program.
                record.fields.clear();
            }
            rows.push(HistoryLine {
                record,
                change: self.change_info(one.entry).await?,
            });
        }
        let exists = store.record(entity, args.id).await?.is_some();
        if rows.is_empty() && !exists && args.cursor.is_none() {
            return Err(Error::NotFound {
                what: "record",
                value: args.id.to_string(),
            });
        }
        Ok(HistoryPage {
            entity: entity.code().to_owned(),
            name: names.of(entity, args.id).await?,
            exists,
            rows,
            next_cursor: page.next,
            total: page.total,
        })
    }

    async fn known_change(&self, id: ChangeId) -> Result<ChangeEntry> {
        let entry = self.store()?.change(id).await?;
        Ok(entry.ok_or(yeji_store::Error::NoSuchChange(id))?)
    }

    async fn change_info(&self, entry: ChangeEntry) -> Result<ChangeInfo> {
        let of = match entry.takes_back {
            Some(seq) => self.base_of(seq).await?.map(|base| summary::what(&base)),
            None => None,
        };
        // The log has no lines of an import's new rows; its batch has counted them.
        let counted = match entry.batch {
            Some(batch) => self.store()?.batch(batch).await?,
            None => None,
        };
        let records = counted.map_or(entry.logged_rows, |batch| {
            entry.logged_rows.max(batch.new_rows + batch.changed_rows)
        });
        let can_take_back = !entry.taken_back && undo::may_be_taken_back(&entry);
        Ok(ChangeInfo {
            seq: entry.seq,
            id: entry.id,
            at: entry.at,
            what: summary::what(&entry),
            of,
            kind: entry.kind.code().to_owned(),
            records,
            batch: entry.batch,
            taken_back: entry.taken_back,
            can_take_back,
            author: entry.author,
        })
    }

    /// The change at the end of a chain of undo and redo.
    async fn base_of(&self, mut seq: i64) -> Result<Option<ChangeEntry>> {
        let store = self.store()?;
        // A redo takes an undo back, which takes a change back: no chain is longer.
        for _ in 0..3 {
            let Some(entry) = store.change_no(seq).await? else {
                return Ok(None);
            };
            match entry.takes_back {
                Some(earlier) => seq = earlier,
                None => return Ok(Some(entry)),
            }
        }
        Ok(None)
    }
}

pub(crate) fn known_entity(code: &str) -> Result<Entity> {
    code.parse()
        .map_err(|_| Error::input("entity", code, "a table of the history"))
}

/// What writing a record would do, in the words of the change that does it.
pub(crate) async fn would_write(
    names: &mut Names,
    old: Option<&Record>,
    new: &Record,
) -> Result<RecordLine> {
    let before = old.map(values_of).unwrap_or_default();
    let (entity, id) = (new.entity(), new.id());
    let changes = new.values().into_iter().filter_map(|(column, to)| {
        let from = before.get(column).cloned().unwrap_or_default();
        (from != to).then(|| FieldChange {
            entity,
            id,
            field: column.to_owned(),
            from,
            to,
        })
    });
    let row = RowChange {
        id,
        entity,
        fate: match old {
            Some(_) => RowFate::Changed,
            None => RowFate::Created,
        },
        fields: changes.collect(),
        before,
    };
    let name = names.named(new).await?;
    line_of(names, name, row).await
}

async fn record_line(names: &mut Names, row: RowChange) -> Result<RecordLine> {
    let name = names.of_row(&row).await?;
    line_of(names, name, row).await
}

async fn line_of(names: &mut Names, name: Message, row: RowChange) -> Result<RecordLine> {
    let mut fields = Vec::new();
    names.look_at(&row).await?;
    for change in values::fields(&row) {
        let from = names.value(row.entity, &change.name, &change.from).await?;
        // What is gone cannot be pointed at again.
        let can_restore = row.fate == RowFate::Changed
            && !names.was_gone(&change.from)
            && rules::may_restore(row.entity, &change.name);
        fields.push(FieldLine {
            from,
            to: names.value(row.entity, &change.name, &change.to).await?,
            can_restore,
            field: change.name,
        });
    }
    Ok(RecordLine {
        entity: row.entity.code().to_owned(),
        id: row.id,
        name,
        fate: match row.fate {
            RowFate::Created => "created",
            RowFate::Changed => "changed",
            RowFate::Deleted => "deleted",
        }
        .to_owned(),
        fields,
    })
}
