//! People in a landing: each person has one, whoever asks and from wherever.
//!
//! Results stay with the unit where they were made, and the whole is the sum of its units. So what a person brings
//! is kept by unit: what was won there, what is open there, and of the deals that the unit is still to open a part.
//! A view adds up the units that it is of; the person is the sum of all of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use yeji_core::ids::{PersonId, UnitId};
use yeji_insight::landing::New;

use super::rest::Rests;
use super::rows::{Part, together};
use super::world::OpenDeal;
use super::{Asked, overflow};
use crate::error::Result;
use crate::performance::forecast::{Tree, exact};

/// What people bring at places at the bottom of a tree.
pub(super) type AtPlaces = BTreeMap<PersonId, BTreeMap<usize, Part>>;

/// Who opens the deals of a unit that are not opened yet, with what each weighs; not all zero.
type Weights = BTreeMap<PersonId, u64>;

/// What new deals brought in earlier rests, by person.
#[derive(Default)]
struct Brought {
    /// In all units.
    all: Weights,
    /// In each.
    of_unit: BTreeMap<Option<UnitId>, Weights>,
}

impl Asked {
    /// What everybody brings, at each place at the bottom. Sums of a place are those of its part.
    pub(super) fn people(
        &self,
        tree: &Tree,
        parts: &[Part],
        open: &[OpenDeal],
    ) -> Result<AtPlaces> {
        let mut people = AtPlaces::new();
        let next = self.as_of.succ_opt().unwrap_or(self.as_of);
        for (deal, minor) in self.base.world.won(self.period.start(), next) {
            let part = part_at(&mut people, deal.owner, tree.bottom(deal.team));
            part.won = part.won.checked_add(minor).ok_or_else(overflow)?;
        }
        for one in open {
            let owner = self.base.world.deals[one.deal].owner;
            part_at(&mut people, owner, tree.bottom(one.unit))
                .open
                .push(*one);
        }
        let brought = self.brought(&self.rests);
        let known: BTreeSet<PersonId> = people.keys().chain(brought.all.keys()).copied().collect();
        let mut homes: BTreeMap<usize, Vec<PersonId>> = BTreeMap::new();
        for person in known
            .iter()
            .filter(|person| self.is_here(**person, self.as_of))
        {
            let home = self.base.question.organisation.team_on(*person, self.as_of);
            if let Some(place) = tree.bottom(home) {
                homes.entry(place).or_default().push(*person);
            }
        }
        let is_bottom = |place: usize| tree.nodes.iter().all(|node| node.parent != Some(place));
        for place in (0..tree.nodes.len()).filter(|place| is_bottom(*place)) {
            // Of a unit that never sold, nothing is known and so nothing is anybody's.
            let new = parts[place].new;
            let Some(new) = new.filter(|new| new.minor != 0 || new.half_width > 0.0) else {
                continue;
            };
            let mut there = Weights::new();
            for (unit, weights) in &brought.of_unit {
                if tree.bottom(*unit) == Some(place) {
                    for (person, minor) in weights {
                        add(&mut there, *person, *minor);
                    }
                }
            }
            let home = homes.get(&place).map_or(&[][..], Vec::as_slice);
            let weights = self.weights((home, self.as_of), &brought.all, &there, &known);
            for (person, new) in shares(new, &weights)? {
                part_at(&mut people, person, Some(place)).new = Some(new);
            }
        }
        Ok(people)
    }

    /// The part of one person, in the places that are meant.
    pub(super) fn part_of(
        people: &AtPlaces,
        person: PersonId,
        places: &BTreeSet<usize>,
    ) -> Result<Part> {
        let own = people.get(&person).into_iter().flatten();
        together(
            own.filter(|(place, _)| places.contains(place))
                .map(|(_, part)| part),
        )
    }

    /// Who opens a unit's next deals: those who are in it on the day, by what each brought in such rests, in
    /// whichever unit. Where nobody in it ever did, whoever is in it; where nobody is, those who brought it there.
    fn weights(
        &self,
        (home, on): (&[PersonId], NaiveDate),
        all: &Weights,
        there: &Weights,
        known: &BTreeSet<PersonId>,
    ) -> Weights {
        let by_record = home.iter().filter_map(|one| Some((*one, *all.get(one)?)));
        let equal = |people: &mut dyn Iterator<Item = PersonId>| -> Weights {
            people.map(|one| (one, 1)).collect()
        };
        let stay = there.iter().filter(|(one, _)| self.is_here(**one, on));
        let choices = [
            by_record.collect(),
            equal(&mut home.iter().copied()),
            stay.map(|(one, minor)| (*one, *minor)).collect(),
            there.clone(),
            equal(&mut known.iter().copied()),
        ];
        let mut choices = choices.into_iter();
        choices
            .find(|weights| weights.values().any(|weight| *weight > 0))
            .unwrap_or_default()
    }

    fn brought(&self, rests: &Rests) -> Brought {
        let mut brought = Brought::default();
        for (_, deal, minor) in rests.new_deals(&self.base.world) {
            let minor = minor.max(0).unsigned_abs();
            add(&mut brought.all, deal.owner, minor);
            add(
                brought.of_unit.entry(deal.team).or_default(),
                deal.owner,
                minor,
            );
        }
        brought
    }

    /// Whether somebody has a future here on a day.
    fn is_here(&self, person: PersonId, on: NaiveDate) -> bool {
        let organisation = &self.base.question.organisation;
        let left = organisation.person(person).and_then(|one| one.left_on);
        left.is_none_or(|day| day > on)
    }
}

fn add(weights: &mut Weights, person: PersonId, minor: u64) {
    let weight = weights.entry(person).or_default();
    *weight = weight.saturating_add(minor);
}

/// A place that no unit has is the company itself.
fn part_at(people: &mut AtPlaces, person: PersonId, place: Option<usize>) -> &mut Part {
    let places = people.entry(person).or_default();
    places.entry(place.unwrap_or(0)).or_default()
}

/// What is expected of new deals, shared to the minor unit; the squares of the widths add up to the whole's.
fn shares(new: New, weights: &Weights) -> Result<BTreeMap<PersonId, New>> {
    let mut people: Vec<(PersonId, u64)> = weights
        .iter()
        .map(|(one, weight)| (*one, *weight))
        .collect();
    people.retain(|(_, weight)| *weight > 0);
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    let of: Vec<u64> = people.iter().map(|(_, weight)| *weight).collect();
    let real = |weight: u64| exact(i64::try_from(weight).unwrap_or(i64::MAX));
    let all: f64 = of.iter().map(|weight| real(*weight)).sum();
    let minors = yeji_core::allocate(new.minor, &of)?;
    let parts = people
        .into_iter()
        .zip(minors)
        .map(|((person, weight), minor)| {
            let half_width = new.half_width * (real(weight) / all).sqrt();
            (
                person,
                New {
                    minor,
                    half_width,
                    ..new
                },
            )
        });
    Ok(parts.collect())
}
