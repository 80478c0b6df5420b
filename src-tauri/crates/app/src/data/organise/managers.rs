//! Who leads which unit: looked up once everyone of an import is known, so that a name stands for
//! the person of a later row as well.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{MemberRole, OPEN_END};

use super::Organiser;
use super::stays::Place;

/// What the rows of an import say about who leads.
#[derive(Debug, Default)]
pub(super) struct Leading {
    /// Units that rows of this import name, with the people whose own row says that they lead it.
    pub(super) by_row: BTreeMap<UnitId, BTreeSet<PersonId>>,
    /// Names in manager columns, with how many rows name them.
    pub(super) by_name: BTreeMap<(UnitId, String), u64>,
    /// People who have a row of their own.
    pub(super) with_row: BTreeSet<PersonId>,
}

/// A manager's name that several people have; rows that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AmbiguousManager {
    pub name: String,
    pub unit: String,
    pub rows: u64,
}

/// Manager columns, looked up.
#[derive(Debug, Default)]
struct Named {
    found: Vec<(UnitId, PersonId)>,
    ambiguous: Vec<AmbiguousManager>,
    /// Units where a name stays ambiguous: who leads them is not known.
    unsettled: BTreeSet<UnitId>,
}

impl Organiser {
    /// Looks up the managers that rows named, now that everyone is known, and ends the stays of
    /// those who led a team before. A name that several people have is told, never guessed.
    pub(crate) fn settle_managers(
        &mut self,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Vec<AmbiguousManager> {
        let named = self.look_up_named(new_id);
        let replaced = self.stop_former_leaders(&named);
        for (unit, person) in &named.found {
            self.settle_leader(*person, *unit, &named);
        }
        for (unit, person) in named.found {
            let known = self.people.get(&person);
            let place = Place {
                person,
                unit,
                hired_on: known.and_then(|person| person.hired_on),
                to: known.and_then(|person| person.left_on).unwrap_or(OPEN_END),
            };
            self.stays
                .is_named_leader(place, replaced.contains(&unit), new_id);
        }
        self.leading.by_row.clear();
        self.leading.with_row.clear();
        named.ambiguous
    }

    /// Who is known from deals alone and leads one team has sold in that team.
    fn settle_leader(&mut self, person: PersonId, unit: UnitId, named: &Named) {
        let led = named.found.iter().filter(|(_, leader)| *leader == person);
        if let Some(company) = self.units.root()
            && led.count() == 1
            && !self.leading.with_row.contains(&person)
        {
            self.stays
                .settle_provisional(person, company, unit, MemberRole::Sales);
        }
    }

    fn look_up_named(&mut self, new_id: &mut dyn FnMut() -> Uuid) -> Named {
        let mut named = Named::default();
        for ((unit, name), rows) in std::mem::take(&mut self.leading.by_name) {
            if let Some(person) = self.manager(&name, unit, new_id) {
                named.found.push((unit, person));
            } else {
                named.unsettled.insert(unit);
                let unit = self.units.name(unit).to_owned();
                named.ambiguous.push(AmbiguousManager { name, unit, rows });
            }
        }
        named
    }

    /// Whom a manager column means: a staff number, the one person of that name, or of several the
    /// one who leads the unit. None: several. A name of nobody makes a new person.
    fn manager(
        &mut self,
        name: &str,
        unit: UnitId,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Option<PersonId> {
        if let Some(id) = self.by_staff_number.get(name) {
            return Some(*id);
        }
        let namesakes: Vec<PersonId> = self
            .people
            .values()
            .filter(|person| person.name == name)
            .map(|person| person.id)
            .collect();
        match namesakes[..] {
            [] => Some(self.new_by_name(name, new_id)),
            [one] => Some(one),
            _ => {
                let of_row = self.leading.by_row.get(&unit);
                let by_row = |id: &PersonId| of_row.is_some_and(|leaders| leaders.contains(id));
                let in_store = |id: &PersonId| self.stays.managers(unit).contains(&(*id, true));
                only(namesakes.iter().copied().filter(by_row))
                    .or_else(|| only(namesakes.iter().copied().filter(in_store)))
            }
        }
    }

    /// A team has the leader that files name now; a department or company may have several. Gives
    /// the teams that somebody else led until now.
    fn stop_former_leaders(&mut self, named: &Named) -> BTreeSet<UnitId> {
        let mut led = self.leading.by_row.clone();
        for (unit, person) in &named.found {
            led.entry(*unit).or_default().insert(*person);
        }
        // Whose own row says which unit they lead.
        let by_row: BTreeSet<PersonId> = self.leading.by_row.values().flatten().copied().collect();
        let mut replaced = BTreeSet::new();
        for (unit, leaders) in led {
            if !self.units.is_team(unit) || named.unsettled.contains(&unit) {
                continue;
            }
            for (person, present) in self.stays.managers(unit) {
                if leaders.contains(&person) || (leaders.is_empty() && !by_row.contains(&person)) {
                    continue;
                }
                replaced.insert(unit);
                if present {
                    self.stays.stop_leading(person, unit);
                }
            }
        }
        replaced
    }
}

/// The one item, if there is exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
