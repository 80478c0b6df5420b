//! The units of the organisation as they will be: found by name below their parent, or made.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;
use yeji_core::ids::{BatchId, UnitId};
use yeji_core::org::{OPEN_END, OPEN_START, OrgUnit, UnitKind};
use yeji_intake::PersonRow;

use super::RowEffect;
use super::dated::UnitRow;

/// All units, and which of them this import made or changed.
#[derive(Debug)]
pub(super) struct Units {
    batch: BatchId,
    all: BTreeMap<UnitId, OrgUnit>,
    by_name: BTreeMap<(Option<UnitId>, String), UnitId>,
    made: BTreeSet<UnitId>,
}

impl Units {
    pub(super) fn new<'a>(stored: impl Iterator<Item = &'a OrgUnit>, batch: BatchId) -> Self {
        let all: BTreeMap<_, _> = stored.map(|unit| (unit.id, unit.clone())).collect();
        Self {
            batch,
            by_name: all
                .values()
                .map(|unit| ((unit.parent, unit.name.clone()), unit.id))
                .collect(),
            all,
            made: BTreeSet::new(),
        }
    }

    /// The company, made under `name` if there is none.
    pub(super) fn company(&mut self, name: &str, new_id: &mut dyn FnMut() -> Uuid) -> UnitId {
        self.root()
            .unwrap_or_else(|| self.find_or_make(None, name, UnitKind::Company, new_id))
    }

    /// The company, if there is one yet.
    pub(super) fn root(&self) -> Option<UnitId> {
        let mut units = self.all.values();
        units.find(|unit| unit.parent.is_none()).map(|unit| unit.id)
    }

    /// The unit that a row names; a team without a department stands below the company.
    pub(super) fn of_row(
        &mut self,
        row: &PersonRow,
        company: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> UnitId {
        let team = row.team.as_ref().or(row.manager.as_ref());
        let department = match &row.department {
            Some(name) => self.find_or_make(Some(company), name, UnitKind::Department, new_id),
            None => company,
        };
        match team {
            Some(name) => self.find_or_make(Some(department), name, UnitKind::Team, new_id),
            None => department,
        }
    }

    /// The teams of a name, wherever they stand.
    pub(super) fn teams_named(&self, name: &str) -> impl Iterator<Item = UnitId> {
        let units = self.all.values();
        units
            .filter(move |unit| unit.kind == UnitKind::Team && unit.name == name)
            .map(|unit| unit.id)
    }

    fn find_or_make(
        &mut self,
        parent: Option<UnitId>,
        name: &str,
        kind: UnitKind,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> UnitId {
        if let Some(id) = self.by_name.get(&(parent, name.to_owned())) {
            return *id;
        }
        let id = UnitId(new_id());
        self.all.insert(
            id,
            OrgUnit {
                id,
                parent,
                kind,
                name: name.to_owned(),
                valid_from: OPEN_START,
                valid_to: OPEN_END,
                batch: Some(self.batch),
            },
        );
        self.by_name.insert((parent, name.to_owned()), id);
        self.made.insert(id);
        id
    }

    /// The units of a name, wherever they stand.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = UnitId> {
        let units = self.all.values();
        units
            .filter(move |unit| unit.name == name)
            .map(|unit| unit.id)
    }

    /// All units, by id.
    pub(super) fn all(&self) -> impl Iterator<Item = &OrgUnit> {
        self.all.values()
    }

    /// A unit as a file has it; see [`super::Organiser::put_unit`].
    pub(super) fn put(
        &mut self,
        row: &UnitRow,
        company: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<(UnitId, RowEffect), &'static str> {
        if row.kind == Some(UnitKind::Company) {
            // There is one, and it may be called otherwise until now.
            return match row.parent {
                None => Ok((company, self.change(company, row, None))),
                Some(_) => Err("company_below_unit"),
            };
        }
        let below = row.parent.unwrap_or(company);
        let known = self
            .by_name
            .get(&(Some(below), row.name.to_owned()))
            .copied();
        let found = if known.is_some() {
            known
        } else {
            let mut others = self.named(row.name).filter(|id| *id != company);
            match (others.next(), others.next()) {
                (Some(_), Some(_)) => return Err("unit_ambiguous"),
                (one, _) => one,
            }
        };
        let Some(id) = found else {
            let kind = row.kind.unwrap_or(UnitKind::Team);
            let id = self.find_or_make(Some(below), row.name, kind, new_id);
            self.change(id, row, None);
            return Ok((id, RowEffect::New));
        };
        if let Some(parent) = row.parent
            && self.is_within(parent, id)
        {
            return Err("unit_below_itself");
        }
        Ok((id, self.change(id, row, row.parent)))
    }

    /// Gives a unit what a row says of it.
    fn change(&mut self, id: UnitId, row: &UnitRow, parent: Option<UnitId>) -> RowEffect {
        let Some(old) = self.all.get(&id) else {
            return RowEffect::Unchanged;
        };
        let new = OrgUnit {
            name: row.name.to_owned(),
            kind: row.kind.unwrap_or(old.kind),
            parent: parent.or(old.parent),
            valid_from: row.from.unwrap_or(old.valid_from),
            valid_to: row.to.unwrap_or(old.valid_to),
            ..old.clone()
        };
        if *old == new {
            return RowEffect::Unchanged;
        }
        self.by_name.remove(&(old.parent, old.name.clone()));
        self.by_name.insert((new.parent, new.name.clone()), id);
        self.made.insert(id);
        let batch = Some(self.batch);
        self.all.insert(id, OrgUnit { batch, ..new });
        RowEffect::Changed
    }

    /// Whether a unit is another one or stands somewhere below it.
    pub(super) fn is_within(&self, unit: UnitId, above: UnitId) -> bool {
        let mut at = Some(unit);
        while let Some(id) = at {
            if id == above {
                return true;
            }
            at = self.all.get(&id).and_then(|unit| unit.parent);
        }
        false
    }

    pub(super) fn is_team(&self, unit: UnitId) -> bool {
        self.all
            .get(&unit)
            .is_some_and(|unit| unit.kind == UnitKind::Team)
    }

    /// The name of a unit; empty for one that is not known.
    pub(super) fn name(&self, unit: UnitId) -> &str {
        self.all.get(&unit).map_or("", |unit| unit.name.as_str())
    }

    /// All units, by id.
    #[cfg(test)]
    pub(super) fn into_all(self) -> Vec<OrgUnit> {
        self.all.into_values().collect()
    }

    /// How many units were made so far.
    pub(super) fn made_count(&self) -> usize {
        self.made.len()
    }

    /// The units to write, parents first.
    pub(super) fn made(&self) -> Vec<&OrgUnit> {
        let mut made: Vec<&OrgUnit> = self.made.iter().map(|id| &self.all[id]).collect();
        made.sort_by_key(|unit| (unit.kind, unit.id));
        made
    }
}
