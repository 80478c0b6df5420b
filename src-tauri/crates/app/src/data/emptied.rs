//! Values that an import would empty: the store has one, and the row that changes its record has none.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;
use uuid::Uuid;
use yeji_intake::Kind;
use yeji_store::{Entity, Record, Store};

use super::planner::{Chunk, Plan};
use super::sources::kind_of;
use crate::api::preview::{EmptiedField, EmptiedValue, EmptiedValues};
use crate::error::Result;
use crate::history::{Names, field_of_values, is_provenance, values_of};

/// A count over all changed rows, chunk by chunk: of a chunk the store is asked for those records alone
/// that it may have and that lack a value now in a column that is not empty everywhere.
#[derive(Debug)]
pub(super) struct Emptied {
    counts: BTreeMap<(Entity, &'static str), u64>,
    /// Columns in which any record of the store has a value, and those that none has ever had one in: what
    /// is absent there is absent before as well.
    filled: HashMap<(Entity, &'static str), bool>,
    /// The columns that were counted of a record, as bits, where a later row of another table may be of
    /// the same record and takes the place of the earlier.
    counted: Option<HashMap<Uuid, u64>>,
    example: Option<Example>,
}

#[derive(Debug)]
struct Example {
    /// As the store has it.
    record: Record,
    column: &'static str,
}

impl Emptied {
    pub(super) fn new(plan: &Plan) -> Self {
        let kinds: Vec<Kind> = plan.tables.iter().map(|table| table.mapping.kind).collect();
        let distinct: HashSet<&str> = kinds.iter().map(|kind| kind.code()).collect();
        Self {
            counts: BTreeMap::new(),
            filled: HashMap::new(),
            counted: (distinct.len() < kinds.len()).then(HashMap::new),
            example: None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counts.values().all(|count| *count == 0)
    }

    /// Counts what a chunk would empty.
    pub(super) async fn take(&mut self, store: &Store, chunk: &Chunk) -> Result<()> {
        if chunk.overwriting.is_empty() {
            return Ok(());
        }
        let overwriting: HashSet<Uuid> = chunk.overwriting.iter().copied().collect();
        let mut lacking: BTreeMap<Entity, Vec<&Record>> = BTreeMap::new();
        for record in &chunk.records {
            if !overwriting.contains(&record.id()) {
                continue;
            }
            self.take_back(record);
            if self.may_empty(store, record).await? {
                lacking.entry(record.entity()).or_default().push(record);
            }
        }
        for (entity, records) in lacking {
            let ids: Vec<Uuid> = records.iter().map(|record| record.id()).collect();
            let stored = store.records(entity, &ids).await?;
            for record in records {
                if let Some(old) = stored.get(&record.id()) {
                    self.compare(old, record);
                }
            }
        }
        Ok(())
    }

    /// Whether a record lacks a value that it may have in the store.
    async fn may_empty(&mut self, store: &Store, record: &Record) -> Result<bool> {
        let entity = record.entity();
        for (_, column, value) in fields_of(record) {
            if !is_absent(&value) {
                continue;
            }
            let filled = match self.filled.get(&(entity, column)) {
                Some(filled) => *filled,
                None => store.has_values(entity, column).await?,
            };
            self.filled.insert((entity, column), filled);
            if filled {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn compare(&mut self, old: &Record, new: &Record) {
        let mut columns = 0;
        for ((at, column, had), (_, _, has)) in fields_of(old).zip(fields_of(new)) {
            if is_absent(&had) || !is_absent(&has) {
                continue;
            }
            columns |= 1 << at;
            *self.counts.entry((new.entity(), column)).or_default() += 1;
            self.example.get_or_insert_with(|| Example {
                record: old.clone(),
                column,
            });
        }
        if let Some(counted) = self.counted.as_mut().filter(|_| columns != 0) {
            counted.insert(new.id(), columns);
        }
    }

    /// Forgets what an earlier row of the same record would have emptied.
    fn take_back(&mut self, record: &Record) {
        let counted = self.counted.as_mut();
        let Some(columns) = counted.and_then(|all| all.remove(&record.id())) else {
            return;
        };
        for (at, column, _) in fields_of(record) {
            if columns & (1 << at) != 0
                && let Some(count) = self.counts.get_mut(&(record.entity(), column))
            {
                *count -= 1;
            }
        }
        self.example
            .take_if(|example| example.record.id() == record.id());
    }

    /// What was counted, in words.
    pub(super) async fn in_words(self, names: &mut Names) -> Result<EmptiedValues> {
        let counts = self.counts.into_iter().filter(|(_, count)| *count > 0);
        let mut fields: Vec<EmptiedField> = counts
            .map(|((entity, column), count)| EmptiedField {
                kind: kind_said(entity).to_owned(),
                field: field_of(column).to_owned(),
                count,
            })
            .collect();
        fields.sort_by_key(|field| std::cmp::Reverse(field.count));
        let mut example = None;
        if let Some(Example { record, column }) = self.example {
            let field = field_of(column);
            let value = field_of_values(&values_of(&record), field);
            example = Some(EmptiedValue {
                name: names.named(&record).await?,
                value: names.value(record.entity(), field, &value).await?,
                field: field.to_owned(),
            });
        }
        Ok(EmptiedValues {
            count: fields.iter().map(|field| field.count).sum(),
            fields,
            example,
        })
    }
}

/// The columns that people know as fields, an amount with its currency as one, by their places.
fn fields_of(record: &Record) -> impl Iterator<Item = (u32, &'static str, Value)> {
    (0_u32..)
        .zip(record.values())
        .filter(|(_, (column, _))| !is_provenance(column) && !column.ends_with("_currency"))
        .map(|(at, (column, value))| (at, column, value))
}

/// A field for people of a column: of an amount its first half.
fn field_of(column: &'static str) -> &'static str {
    column.strip_suffix("_minor").unwrap_or(column)
}

fn is_absent(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

fn kind_said(entity: Entity) -> &'static str {
    let kind = match entity {
        Entity::Person => Some(Kind::People),
        Entity::OrgUnit => Some(Kind::Units),
        other => kind_of(other),
    };
    kind.map_or("", Kind::code)
}
