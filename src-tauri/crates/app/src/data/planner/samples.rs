//! The first new and changed rows of each table, kept for a preview as they will be written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::Membership;
use yeji_store::{Entity, Record};

use super::Run;
use crate::data::batches::named;
use crate::data::organise::RowEffect;

/// New rows, and changed ones, that are kept of a table.
pub(crate) const MAX_SAMPLES: usize = 20;

/// What a row is of.
#[derive(Debug, Clone)]
pub(super) enum Of {
    /// One record, of which the store is asked how it was.
    Record(Box<Record>),
    /// A person and their stays, which later rows may still change.
    Person(PersonId),
    Stays(PersonId),
    Unit(UnitId),
    /// What is no record of its own, or gets another id than it had.
    Value {
        before: Option<Box<Record>>,
        after: Box<Record>,
    },
}

impl Of {
    pub(super) fn key(&self) -> (Entity, Uuid) {
        match self {
            Self::Record(record) => (record.entity(), record.id()),
            Self::Value { after, .. } => (after.entity(), after.id()),
            Self::Person(id) => (Entity::Person, id.0),
            Self::Stays(id) => (Entity::Membership, id.0),
            Self::Unit(id) => (Entity::OrgUnit, id.0),
        }
    }
}

/// Rows that are kept while a run reads.
#[derive(Debug)]
pub(super) struct Kept {
    enabled: bool,
    rows: HashMap<(Entity, Uuid), Row>,
    /// New and changed rows kept by table.
    counts: HashMap<(usize, bool), usize>,
}

#[derive(Debug)]
struct Row {
    /// Number of the table, from 1.
    table: usize,
    line: u32,
    is_new: bool,
    of: Of,
}

impl Kept {
    pub(super) fn new(enabled: bool) -> Self {
        Self {
            enabled,
            rows: HashMap::new(),
            counts: HashMap::new(),
        }
    }

    /// Keeps a row while there is room. A later row of the same record takes the place of the earlier.
    pub(super) fn take(
        &mut self,
        table: usize,
        effect: RowEffect,
        key: (Entity, Uuid),
        row: impl FnOnce() -> (u32, Of),
    ) {
        if !self.enabled || effect == RowEffect::Unchanged {
            return;
        }
        let mut is_new = effect == RowEffect::New;
        // A new row has an id that no row had before.
        let earlier = if is_new { None } else { self.rows.remove(&key) };
        if let Some(earlier) = earlier {
            is_new = earlier.is_new;
            if let Some(count) = self.counts.get_mut(&(earlier.table, is_new)) {
                *count -= 1;
            }
        }
        let count = self.counts.entry((table, is_new)).or_default();
        if *count == MAX_SAMPLES {
            return;
        }
        *count += 1;
        let (line, of) = row();
        let row = Row {
            table,
            line,
            is_new,
            of,
        };
        self.rows.insert(key, row);
    }
}

/// The line that a record came from.
pub(super) fn line_of(record: &Record) -> u32 {
    let values = record.values().into_iter();
    let mut line = values.filter(|(column, _)| *column == "line");
    line.find_map(|(_, value)| u32::try_from(value.as_u64()?).ok())
        .unwrap_or_default()
}

/// Rows to show, with the names of what they refer to.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    /// By table and line.
    pub rows: Vec<Sample>,
    /// Names of records that they refer to and that this run has, the new ones among them.
    pub names: BTreeMap<(Entity, Uuid), String>,
}

/// A row to show.
#[derive(Debug)]
pub(crate) struct Sample {
    /// Place of its table.
    pub table: usize,
    pub line: u32,
    pub before: Before,
    /// As it will be.
    pub after: Record,
    /// Stays of a person, before and after.
    pub stays: Vec<(Option<Membership>, Option<Membership>)>,
}

/// The record that a row changes.
#[derive(Debug)]
pub(crate) enum Before {
    /// The store knows.
    InStore,
    /// Nothing: the row is new.
    Nothing,
    Was(Box<Record>),
}

impl Run<'_> {
    /// The rows that were kept, as everything will be.
    pub(super) fn samples(&mut self) -> Samples {
        let mut kept: Vec<Row> = std::mem::take(&mut self.sink.samples.rows)
            .into_values()
            .collect();
        kept.sort_by_key(|row| (row.table, row.line));
        let rows: Vec<Sample> = kept
            .into_iter()
            .filter_map(|row| self.sample(row))
            .collect();
        let names = self.names_in(&rows);
        Samples { rows, names }
    }

    fn sample(&self, row: Row) -> Option<Sample> {
        let stored = &self.known.organisation;
        let was = |record: Option<Box<Record>>| match record {
            Some(record) if !row.is_new => Before::Was(record),
            _ => Before::Nothing,
        };
        let mut stays = Vec::new();
        let (before, after) = match row.of {
            Of::Record(record) => (Before::InStore, *record),
            Of::Value { before, after } => (was(before), *after),
            Of::Person(id) => {
                stays = self.stays_changed(id);
                let before = stored.person(id).cloned().map(|one| Box::new(one.into()));
                (was(before), self.organiser.person(id)?.clone().into())
            }
            // Only the stays are this row's.
            Of::Stays(id) => {
                stays = self.stays_changed(id);
                let person: Record = self.organiser.person(id)?.clone().into();
                (Before::Was(Box::new(person.clone())), person)
            }
            Of::Unit(id) => {
                let before = stored.unit(id).cloned().map(|one| Box::new(one.into()));
                (was(before), self.organiser.unit(id)?.clone().into())
            }
        };
        Some(Sample {
            table: row.table.checked_sub(1)?,
            line: row.line,
            before,
            after,
            stays,
        })
    }

    /// The stays of a person that are not as they were, in their order.
    fn stays_changed(&self, person: PersonId) -> Vec<(Option<Membership>, Option<Membership>)> {
        let before: Vec<&Membership> = self.known.organisation.stays(person).collect();
        let after: Vec<&Membership> = self.organiser.stays_of(person).collect();
        let same = |one: &Membership, other: &Membership| {
            (one.unit, one.role, one.from, one.to) == (other.unit, other.role, other.from, other.to)
        };
        let find = |among: &[&Membership], id| {
            let found = among.iter().find(|stay| stay.id == id);
            found.map(|stay| (*stay).clone())
        };
        let gone = before
            .iter()
            .filter(|stay| find(&after, stay.id).is_none())
            .map(|stay| (Some((*stay).clone()), None));
        let mut changed: Vec<(Option<Membership>, Option<Membership>)> = after
            .iter()
            .map(|stay| (find(&before, stay.id), Some((*stay).clone())))
            .filter(|(old, new)| match (old, new) {
                (Some(old), Some(new)) => !same(old, new),
                _ => true,
            })
            .chain(gone)
            .collect();
        changed.sort_by_key(|(old, new)| new.as_ref().or(old.as_ref()).map(|stay| stay.from));
        changed
    }

    /// What the run calls the records that samples refer to.
    fn names_in(&self, rows: &[Sample]) -> BTreeMap<(Entity, Uuid), String> {
        let mut wanted: BTreeMap<Entity, BTreeSet<Uuid>> = BTreeMap::new();
        for row in rows {
            let mut refers = row.after.refers_to();
            if let Record::CreditList(list) = &row.after {
                let people = list.credits.parts().iter();
                refers.extend(people.map(|part| (Entity::Person, part.person.0)));
            }
            let stays = row.stays.iter().filter_map(|(_, new)| new.as_ref());
            refers.extend(stays.map(|stay| (Entity::OrgUnit, stay.unit.0)));
            for (entity, id) in refers {
                wanted.entry(entity).or_default().insert(id);
            }
        }
        let mut names = BTreeMap::new();
        for (entity, ids) in wanted {
            let found = self.names_among(entity, &ids);
            names.extend(found.into_iter().map(|(id, name)| ((entity, id), name)));
        }
        names
    }

    fn names_among(&self, entity: Entity, ids: &BTreeSet<Uuid>) -> BTreeMap<Uuid, String> {
        let of_each = |name: &dyn Fn(Uuid) -> Option<String>| {
            let found = ids.iter().filter_map(|id| Some((*id, name(*id)?)));
            found.collect()
        };
        match entity {
            Entity::Person => of_each(&|id| self.organiser.person(PersonId(id)).map(named)),
            Entity::OrgUnit => of_each(&|id| Some(self.organiser.unit(UnitId(id))?.name.clone())),
            Entity::Customer => self.customers.called(ids),
            Entity::Product => self.products.called(ids),
            Entity::Opportunity => {
                let read = self.deals.repeatable.iter().flatten();
                let found = read.filter(|(_, (id, _))| ids.contains(&id.0));
                found
                    .map(|(number, (id, _))| (id.0, number.clone()))
                    .collect()
            }
            other => {
                let read = self.facts.of(other);
                let found = read.filter(|(_, record)| ids.contains(&record.id()));
                found
                    .map(|(number, record)| (record.id(), number.clone()))
                    .collect()
            }
        }
    }
}
