//! Who is under which plan on which days: the most specific assignment holds, a person's before that of
//! the nearest unit before that of everybody; who has none is under the plan of everybody
//! (docs/decisions/0030).

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use yeji_bonus::{AssignmentInput, Span};
use yeji_core::Money;
use yeji_core::bonus_cycle::PlanAssignment;
use yeji_core::ids::{PersonId, PlanAssignmentId, UnitId};
use yeji_core::org::{Membership, OPEN_END, OPEN_START, Organisation};

use super::versions::{PlanBook, is_everybody, newest_on};

/// Days under one plan, by one assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Under {
    pub plan: String,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// For one whole period, where the assignment tells one.
    pub target_bonus: Option<Money>,
    /// None: nothing is said, and it is the plan of everybody.
    pub by: Option<PlanAssignmentId>,
}

/// Assignments by whom they are for, to ask for many people.
#[derive(Debug)]
pub(super) struct Assigned<'a> {
    book: &'a PlanBook,
    organisation: &'a Organisation,
    people: HashMap<PersonId, Vec<&'a PlanAssignment>>,
    units: HashMap<UnitId, Vec<&'a PlanAssignment>>,
    everybody: Vec<&'a PlanAssignment>,
}

impl<'a> Assigned<'a> {
    pub fn new(book: &'a PlanBook, organisation: &'a Organisation) -> Self {
        let mut new = Self {
            book,
            organisation,
            people: HashMap::new(),
            units: HashMap::new(),
            everybody: Vec::new(),
        };
        for one in &book.assignments {
            match (one.person, one.unit) {
                (Some(person), _) => new.people.entry(person).or_default().push(one),
                (None, Some(unit)) => new.units.entry(unit).or_default().push(one),
                (None, None) => new.everybody.push(one),
            }
        }
        new
    }

    /// The plans of a person over `[from, to)`, in order, without a gap.
    pub fn under(&self, person: PersonId, from: NaiveDate, to: NaiveDate) -> Vec<Under> {
        let mut spans: Vec<Under> = Vec::new();
        let cuts = self.cuts(person, from, to);
        for pair in cuts.windows(2) {
            let [start, end] = pair else { continue };
            let found = self.on(person, *start);
            let plan = found.map_or(self.book.base_code(), |one| &one.plan);
            let by = found.map(|one| one.id);
            match spans.last_mut() {
                Some(last) if last.by == by && last.plan == plan => last.to = *end,
                _ => spans.push(Under {
                    plan: plan.to_owned(),
                    from: *start,
                    to: *end,
                    target_bonus: found.and_then(|one| one.target_bonus),
                    by,
                }),
            }
        }
        spans
    }

    /// The assignment that holds for a person on a day.
    fn on(&self, person: PersonId, day: NaiveDate) -> Option<&'a PlanAssignment> {
        let own = self.people.get(&person).into_iter().flatten().copied();
        newest_on(own, day)
            .or_else(|| self.of_units(person, day))
            .or_else(|| newest_on(self.everybody.iter().copied(), day))
    }

    fn of_units(&self, person: PersonId, day: NaiveDate) -> Option<&'a PlanAssignment> {
        if self.units.is_empty() {
            return None;
        }
        let mut unit = stay_on(self.organisation, person, day).map(|stay| stay.unit);
        while let Some(id) = unit {
            let of_unit = self.units.get(&id).into_iter().flatten().copied();
            if let Some(found) = newest_on(of_unit, day) {
                return Some(found);
            }
            unit = self.organisation.unit(id).and_then(|unit| unit.parent);
        }
        None
    }

    /// Days of `[from, to]` on which anything may change, in order.
    fn cuts(&self, person: PersonId, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let own = self.people.get(&person).into_iter().flatten().copied();
        let units = self.units.values().flatten().copied();
        let all = own.chain(units).chain(self.everybody.iter().copied());
        let mut days: BTreeSet<NaiveDate> = all.flat_map(|one| [one.from, one.to]).collect();
        let stays = self.organisation.stays(person);
        days.extend(stays.flat_map(|stay| [stay.from, stay.to]));
        days.retain(|day| from < *day && *day < to);
        days.extend([from, to]);
        days.into_iter().collect()
    }
}

/// Where somebody belongs on a day: between two stays and after the last one to the one before, before the
/// first one to the first.
fn stay_on(organisation: &Organisation, person: PersonId, day: NaiveDate) -> Option<&Membership> {
    organisation.membership_on(person, day).or_else(|| {
        let ended = organisation.stays(person).filter(|stay| stay.to <= day);
        let last = ended.max_by_key(|stay| stay.to);
        last.or_else(|| organisation.stays(person).next())
    })
}

/// What the engine is told of somebody's days under a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DaysUnder {
    pub assignments: Vec<AssignmentInput>,
    /// Other days of employment are under another plan.
    pub partly: bool,
}

/// The days of a person under a plan in `[window, end)`, of which `[start, end)` is paid; none: not under
/// it. `records` are the person's target bonuses, `spans` their plans over the window.
pub(super) fn days_under(
    plan: &str,
    spans: &[Under],
    employed: Span,
    records: Vec<AssignmentInput>,
    (window, start, end): (NaiveDate, NaiveDate, NaiveDate),
) -> Option<DaysUnder> {
    // Who was not employed at all may still be credited: then all days are asked.
    let asked = |from: NaiveDate| {
        let (a, b) = (from.max(employed.start()), end.min(employed.end()));
        if a < b { (a, b) } else { (from, end) }
    };
    let inside = |one: &Under, (a, b): (NaiveDate, NaiveDate)| one.from < b && a < one.to;
    let own = || spans.iter().filter(|one| one.plan == plan);
    if !own().any(|one| inside(one, asked(start))) {
        return None;
    }
    let others = spans.iter().filter(|one| one.plan != plan);
    let partly = { others }.any(|one| inside(one, asked(window)));
    let told = own().any(|one| one.target_bonus.is_some());
    if !partly && !told {
        return Some(DaysUnder {
            assignments: records,
            partly,
        });
    }
    let assignments = own().flat_map(|one| cut(one, &records)).collect();
    Some(DaysUnder {
        assignments,
        partly,
    })
}

/// The days of a span with their target bonuses: that of the assignment, else those of the person's
/// records, else the plan's default.
fn cut(span: &Under, records: &[AssignmentInput]) -> Vec<AssignmentInput> {
    let days = |from: NaiveDate, to: NaiveDate, of: Option<&AssignmentInput>| AssignmentInput {
        from: (from > OPEN_START).then_some(from),
        to: (to < OPEN_END).then_some(to),
        target_bonus: of.and_then(|one| one.target_bonus),
        source: of.and_then(|one| one.source.clone()),
    };
    if let Some(target) = span.target_bonus {
        let mut whole = days(span.from, span.to, None);
        whole.target_bonus = Some(target);
        whole.source = Some(span.from.to_string());
        return vec![whole];
    }
    let mut records: Vec<&AssignmentInput> = records.iter().collect();
    records.sort_by_key(|one| one.from);
    let mut parts = Vec::new();
    let mut at = span.from;
    for record in records {
        let from = record.from.unwrap_or(OPEN_START).max(at);
        let to = record.to.unwrap_or(OPEN_END).min(span.to);
        if from >= to {
            continue;
        }
        if at < from {
            parts.push(days(at, from, None));
        }
        parts.push(days(from, to, Some(record)));
        at = to;
    }
    if at < span.to {
        parts.push(days(at, span.to, None));
    }
    parts
}

/// Whether two assignments are for the same person, unit, or both for everybody.
pub(super) fn same_target(a: &PlanAssignment, b: &PlanAssignment) -> bool {
    (a.person, a.unit) == (b.person, b.unit)
}

/// The assignments with a new one for everybody: the one that holds on its first day ends there, one that
/// starts with it is replaced, and it ends where the next one starts.
pub(super) fn for_everybody(
    assignments: &[PlanAssignment],
    new: &PlanAssignment,
) -> Vec<PlanAssignment> {
    let known = || assignments.iter().filter(|one| is_everybody(one));
    let mut changed: Vec<PlanAssignment> = known()
        .filter(|one| one.from < new.from && new.from < one.to)
        .map(|one| PlanAssignment {
            to: new.from,
            ..one.clone()
        })
        .collect();
    let same = known().find(|one| one.from == new.from);
    let next = known().map(|one| one.from).filter(|from| *from > new.from);
    changed.push(PlanAssignment {
        id: same.map_or(new.id, |one| one.id),
        to: next.min().unwrap_or(new.to),
        ..new.clone()
    });
    changed
}

#[cfg(test)]
#[path = "assign_tests.rs"]
mod tests;
