//! The dated stays of people in units, and how a row of an import changes them. A move is dated
//! today, because files say where people are, not since when; a stay that began today was a mistake
//! of today and is corrected in place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;
use yeji_core::ids::{BatchId, MembershipId, PersonId, UnitId};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OPEN_START};

use super::RowEffect;
use super::dated::StayRow;

/// Where a row says that a person is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub person: PersonId,
    pub unit: UnitId,
    /// The hire date that the row gives.
    pub hired_on: Option<NaiveDate>,
    /// First day no longer there; [`OPEN_END`] without a leave date.
    pub to: NaiveDate,
}

/// All stays, as they will be.
#[derive(Debug)]
pub(super) struct Stays {
    batch: BatchId,
    today: NaiveDate,
    all: BTreeMap<MembershipId, Membership>,
    by_person: BTreeMap<PersonId, Vec<MembershipId>>,
    stored: BTreeSet<MembershipId>,
    changed: BTreeSet<MembershipId>,
    deleted: BTreeSet<MembershipId>,
    dirty: bool,
}

impl Stays {
    pub(super) fn new(stored: &[Membership], batch: BatchId, today: NaiveDate) -> Self {
        let mut by_person: BTreeMap<PersonId, Vec<MembershipId>> = BTreeMap::new();
        for stay in stored {
            by_person.entry(stay.person).or_default().push(stay.id);
        }
        Self {
            batch,
            today,
            all: stored.iter().map(|stay| (stay.id, stay.clone())).collect(),
            by_person,
            stored: stored.iter().map(|stay| stay.id).collect(),
            changed: BTreeSet::new(),
            deleted: BTreeSet::new(),
            dirty: false,
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Membership> {
        self.all.values()
    }

    /// The stays of a person, in no order.
    pub(super) fn of(&self, person: PersonId) -> impl Iterator<Item = &Membership> {
        let ids = self.by_person.get(&person).map_or(&[][..], Vec::as_slice);
        ids.iter().map(|id| &self.all[id])
    }

    /// The latest stay of a role.
    pub(super) fn last(&self, person: PersonId, role: MemberRole) -> Option<&Membership> {
        self.of(person)
            .filter(|stay| stay.role == role)
            .max_by_key(|stay| (stay.from, stay.id))
    }

    /// Who leads or led a unit, each once, and whether at present.
    pub(super) fn managers(&self, unit: UnitId) -> Vec<(PersonId, bool)> {
        let mut found: BTreeMap<PersonId, bool> = BTreeMap::new();
        let led = |stay: &&Membership| stay.unit == unit && stay.role == MemberRole::Manager;
        for stay in self.all.values().filter(led) {
            *found.entry(stay.person).or_default() |= stay.to > self.today;
        }
        found.into_iter().collect()
    }

    /// Stays to write.
    pub(super) fn changed(&self) -> impl Iterator<Item = &Membership> {
        self.changed.iter().filter_map(|id| self.all.get(id))
    }

    /// Stays of the store to take away.
    pub(super) fn deleted(&self) -> impl Iterator<Item = MembershipId> {
        self.deleted.iter().copied()
    }

    /// Whether anything changed since the last call.
    pub(super) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// The person sells in the unit. Returns whether they came from another one. The caller has
    /// checked that a leave date lies after the start of the last stay.
    pub(super) fn sells(&mut self, place: Place, new_id: &mut dyn FnMut() -> Uuid) -> bool {
        let role = MemberRole::Sales;
        let Some(last) = self.last(place.person, role).cloned() else {
            let from = place.hired_on.unwrap_or(OPEN_START);
            self.add(place, role, from, new_id);
            return false;
        };
        if let Some(hired) = place.hired_on.filter(|hired| last.to <= *hired) {
            self.add(place, role, hired, new_id);
            return false;
        }
        if last.unit == place.unit {
            self.prolong(&last, place, new_id);
            return false;
        }
        let from = self.begin_of_move(place);
        if place.to <= from {
            // They left already: the day of a move before that is not known.
            self.put(Membership {
                to: place.to,
                ..last
            });
            return false;
        }
        if last.from >= from {
            self.correct(&last, place);
            return true;
        }
        let to = from.min(last.to);
        self.put(Membership { to, ..last });
        self.add(place, role, from, new_id);
        true
    }

    /// The person's last stay in the unit in that role.
    fn last_in(&self, place: Place, role: MemberRole) -> Option<Membership> {
        self.of(place.person)
            .filter(|stay| stay.unit == place.unit && stay.role == role)
            .max_by_key(|stay| (stay.from, stay.id))
            .cloned()
    }

    /// The person's own row says that they lead the unit and, with that, do not sell.
    pub(super) fn leads(&mut self, place: Place, new_id: &mut dyn FnMut() -> Uuid) {
        let role = MemberRole::Manager;
        let before = self.last_in(place, role);
        let from = self.begin_of_move(place);
        match before {
            Some(stay) => match place.hired_on.filter(|hired| stay.to <= *hired) {
                Some(hired) => self.add(place, role, hired, new_id),
                None => self.prolong(&stay, place, new_id),
            },
            None if self.of(place.person).next().is_none() => {
                let from = place.hired_on.unwrap_or(OPEN_START);
                self.add(place, role, from, new_id);
            }
            // They left already: the day of the promotion is not known.
            None if place.to <= from => return,
            None => self.add(place, role, from, new_id),
        }
        let end = self.today.min(place.to);
        let selling: Vec<Membership> = self
            .of(place.person)
            .filter(|stay| stay.role == MemberRole::Sales && stay.to > end)
            .cloned()
            .collect();
        for stay in selling {
            self.end(&stay, end);
        }
    }

    /// A manager column names the person. `replaces`: somebody else led the unit until now.
    pub(super) fn is_named_leader(
        &mut self,
        place: Place,
        replaces: bool,
        new_id: &mut dyn FnMut() -> Uuid,
    ) {
        let role = MemberRole::Manager;
        let before = self.last_in(place, role);
        if let Some(stay) = before {
            self.prolong(&stay, place, new_id);
            return;
        }
        let from = if replaces {
            self.today
        } else {
            place.hired_on.unwrap_or(OPEN_START)
        };
        // Who left before they could lead does not lead.
        if from < place.to {
            self.add(place, role, from, new_id);
        }
    }

    /// Another leads the unit now.
    pub(super) fn stop_leading(&mut self, person: PersonId, unit: UnitId) {
        let today = self.today;
        let led: Vec<Membership> = self
            .of(person)
            .filter(|stay| stay.unit == unit && stay.role == MemberRole::Manager && stay.to > today)
            .cloned()
            .collect();
        for stay in led {
            self.end(&stay, today);
        }
    }

    /// The person is in the unit on exactly these days: a stay there that overlaps them gets them, others
    /// of the role end or begin where it does.
    pub(super) fn occupy(&mut self, row: &StayRow, new_id: &mut dyn FnMut() -> Uuid) -> RowEffect {
        let to = row.to.unwrap_or_else(|| self.end_unsaid(row));
        let overlapping: Vec<Membership> = self
            .of(row.person)
            .filter(|stay| stay.role == row.role && stay.from < to && row.from < stay.to)
            .cloned()
            .collect();
        let same = overlapping
            .iter()
            .find(|stay| stay.unit == row.unit)
            .cloned();
        let exact = same
            .as_ref()
            .is_some_and(|stay| (stay.from, stay.to) == (row.from, to));
        if exact && overlapping.len() == 1 {
            return RowEffect::Unchanged;
        }
        let kept = same.as_ref().map(|stay| stay.id);
        for stay in overlapping.iter().filter(|stay| Some(stay.id) != kept) {
            self.make_room(stay, row.from, to, new_id);
        }
        let place = Place {
            person: row.person,
            unit: row.unit,
            hired_on: None,
            to,
        };
        let Some(stay) = same else {
            self.add(place, row.role, row.from, new_id);
            return RowEffect::New;
        };
        self.put(Membership {
            from: row.from,
            to,
            ..stay
        });
        RowEffect::Changed
    }

    /// The end of a stay of which a file only tells the begin: the known end of a stay there on that
    /// day, else the begin of the next one, else open.
    fn end_unsaid(&self, row: &StayRow) -> NaiveDate {
        let of_role = || self.of(row.person).filter(|stay| stay.role == row.role);
        let there = of_role()
            .find(|stay| stay.unit == row.unit && stay.from <= row.from && row.from < stay.to);
        let next = || {
            of_role()
                .map(|stay| stay.from)
                .filter(|from| *from > row.from)
                .min()
        };
        there.map_or_else(|| next().unwrap_or(OPEN_END), |stay| stay.to)
    }

    /// Takes the days from `from` until before `to` out of another stay.
    fn make_room(
        &mut self,
        stay: &Membership,
        from: NaiveDate,
        to: NaiveDate,
        new_id: &mut dyn FnMut() -> Uuid,
    ) {
        if stay.to > to {
            if stay.from < from {
                let after = Place {
                    person: stay.person,
                    unit: stay.unit,
                    hired_on: None,
                    to: stay.to,
                };
                self.add(after, stay.role, to, new_id);
            } else {
                self.put(Membership {
                    from: to,
                    ..stay.clone()
                });
                return;
            }
        }
        self.end(stay, from);
    }

    /// The person left: no stay goes on after that.
    pub(super) fn leave(&mut self, person: PersonId, left: NaiveDate) {
        let beyond: Vec<Membership> = self
            .of(person)
            .filter(|stay| stay.to > left)
            .cloned()
            .collect();
        for stay in beyond {
            self.end(&stay, left);
        }
    }

    /// The same unit as before: its end as the row has it, or back after a break.
    fn prolong(&mut self, stay: &Membership, place: Place, new_id: &mut dyn FnMut() -> Uuid) {
        let to = place.to;
        if to < OPEN_END {
            if to > stay.from {
                self.put(Membership { to, ..stay.clone() });
            }
        } else if stay.to >= self.today {
            self.put(Membership { to, ..stay.clone() });
        } else {
            let from = self.begin_of_move(place);
            self.add(place, stay.role, from, new_id);
        }
    }

    /// A stay that began today was in the wrong unit. Back in the unit of before, the break goes too.
    fn correct(&mut self, wrong: &Membership, place: Place) {
        let before = self
            .of(place.person)
            .filter(|stay| stay.role == wrong.role && stay.id != wrong.id)
            .find(|stay| stay.unit == place.unit && stay.to == wrong.from)
            .cloned();
        match before {
            Some(before) => {
                self.remove(wrong);
                self.put(Membership {
                    to: place.to,
                    ..before
                });
            }
            None => self.put(Membership {
                unit: place.unit,
                to: place.to,
                ..wrong.clone()
            }),
        }
    }

    /// A stay at the company says only that no file has named a unit yet. The first that names one
    /// says where the person has been all along.
    pub(super) fn settle_provisional(
        &mut self,
        person: PersonId,
        company: UnitId,
        unit: UnitId,
        role: MemberRole,
    ) {
        let stays: Vec<Membership> = self.of(person).cloned().collect();
        let provisional =
            |stay: &Membership| stay.unit == company && stay.role == MemberRole::Sales;
        if stays.iter().all(provisional) {
            for stay in stays {
                self.put(Membership { unit, role, ..stay });
            }
        }
    }

    /// The person was hired on that day. `before`: the hire date known until now.
    pub(super) fn hire(&mut self, person: PersonId, before: Option<NaiveDate>, hired: NaiveDate) {
        let stays: Vec<Membership> = self
            .of(person)
            .map(|stay| Membership {
                from: self.begin(stay, before, hired),
                ..stay.clone()
            })
            .collect();
        for stay in stays {
            self.put(stay);
        }
    }

    /// Where a stay begins under a hire date: with it, if it began since ever or with the hire date
    /// known before; else as it did. Never after its end nor within an earlier stay.
    pub(super) fn begin(
        &self,
        stay: &Membership,
        before: Option<NaiveDate>,
        hired: NaiveDate,
    ) -> NaiveDate {
        let by_hire_date = stay.from == OPEN_START || Some(stay.from) == before;
        let mut earlier = self
            .of(stay.person)
            .filter(|other| other.role == stay.role && other.from < stay.from);
        if by_hire_date && hired < stay.to && earlier.all(|other| other.to <= hired) {
            hired
        } else {
            stay.from
        }
    }

    /// Ends a stay; one that would have no day is taken away.
    fn end(&mut self, stay: &Membership, to: NaiveDate) {
        if stay.from < to {
            self.put(Membership { to, ..stay.clone() });
        } else {
            self.remove(stay);
        }
    }

    fn begin_of_move(&self, place: Place) -> NaiveDate {
        place.hired_on.unwrap_or(self.today).max(self.today)
    }

    fn add(
        &mut self,
        place: Place,
        role: MemberRole,
        from: NaiveDate,
        new_id: &mut dyn FnMut() -> Uuid,
    ) {
        let id = MembershipId(new_id());
        self.by_person.entry(place.person).or_default().push(id);
        self.put(Membership {
            id,
            person: place.person,
            unit: place.unit,
            role,
            from,
            to: place.to,
            batch: Some(self.batch),
        });
    }

    fn put(&mut self, mut stay: Membership) {
        if self.all.get(&stay.id) == Some(&stay) {
            return;
        }
        debug_assert!(stay.from < stay.to, "a stay has a day");
        self.dirty = true;
        self.changed.insert(stay.id);
        stay.batch = Some(self.batch);
        self.all.insert(stay.id, stay);
    }

    fn remove(&mut self, stay: &Membership) {
        self.dirty = true;
        self.all.remove(&stay.id);
        self.changed.remove(&stay.id);
        if let Some(ids) = self.by_person.get_mut(&stay.person) {
            ids.retain(|id| *id != stay.id);
        }
        if self.stored.contains(&stay.id) {
            self.deleted.insert(stay.id);
        }
    }
}
