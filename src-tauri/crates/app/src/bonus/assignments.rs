//! Putting people under plans: assignments of a person, a unit with all below, or everybody, from a day to
//! a day.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use yeji_core::Money;
use yeji_core::bonus_cycle::PlanAssignment;
use yeji_core::ids::{PersonId, PlanAssignmentId, UnitId};
use yeji_core::org::{OPEN_END, OPEN_START, Organisation, Person};
use yeji_store::{AuditDraft, ChangeKind, Entity};

use super::assign::{Assigned, Under, same_target};
use super::error::PlanError;
use super::versions::{PlanBook, is_everybody, last_day};
use crate::access::PaySight;
use crate::api::Message;
use crate::api::bonus_people::{
    AssignPlan, AssignedBy, EndPlanAssignment, ListPlanPeople, PersonPlan, PersonPlans,
    PlanAssignmentRow, PlanChange, PlanPeople,
};
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};
use crate::organisation::{depth_first, present_team};

/// Names that a preview tells.
const MAX_NAMES: usize = 10;
/// Longest time that is listed.
const MAX_LISTED_DAYS: i64 = 3_700;

impl App {
    /// Assignments, and who is under which plan over some days. Of people whose pay is not seen nothing.
    pub async fn list_plan_people(&self, args: ListPlanPeople) -> Result<PlanPeople> {
        let fiscal = self.company_calendar().await?.fiscal()?;
        let today = self.clock.today();
        let year = fiscal.containing(yeji_core::calendar::PeriodKind::Year, today)?;
        let from = args.from.unwrap_or_else(|| year.start());
        let to = args.to.unwrap_or_else(|| year.end().max(from));
        known_day("from", from)?;
        known_day("to", to)?;
        if to <= from {
            return Err(PlanError::EndsFirst { from }.into());
        }
        if (to - from).num_days() > MAX_LISTED_DAYS {
            let text = to.to_string();
            return Err(Error::input(
                "to",
                &text,
                "at most ten years after the first day",
            ));
        }
        let organisation = self.store()?.organisation().await?;
        let book = self.plan_book().await?;
        let pay = self.pay_sight().await?;
        let units = args.unit.map(|unit| depth_first(&organisation, unit));
        let assigned = Assigned::new(&book, &organisation);
        let mut people = Vec::new();
        for person in organisation.people() {
            let mut stays = organisation.stays(person.id);
            let there = stays.any(|stay| {
                let inside = units
                    .as_ref()
                    .is_none_or(|units| units.contains(&stay.unit));
                inside && stay.from < to && from < stay.to
            });
            if !there || !pay.includes(person.id) {
                continue;
            }
            let plans = assigned.under(person.id, from, to);
            people.push(PersonPlans {
                person: person.id,
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                unit: present_team(&organisation, person.id, today).map(|unit| unit.name.clone()),
                plans: plans.into_iter().map(|one| plan_row(&book, one)).collect(),
            });
        }
        people.sort_by(|a, b| a.name.cmp(&b.name).then(a.person.cmp(&b.person)));
        Ok(PlanPeople {
            from,
            to,
            assignments: rows(&book, &organisation, &pay),
            people,
        })
    }

    /// Puts people, a unit or everybody under a plan, or changes an assignment; or tells whose plan or
    /// target bonus that would change.
    pub async fn assign_plan(&self, args: AssignPlan) -> Result<PlanChange> {
        let _turn = self.turn().await;
        let book = self.plan_book().await?;
        let organisation = self.store()?.organisation().await?;
        let new = self.wanted(&args, &book, &organisation).await?;
        for one in &new {
            require_free(&book, &organisation, one)?;
        }
        let after = book.clone().with_assignments(&new);
        let effect = self.effect(&book, &after).await?;
        if args.preview {
            return Ok(effect);
        }
        let name = names_of(&organisation, &new);
        let detail = json!({
            "plan": args.plan, "name": name, "from": args.from, "to": args.to,
            "target_bonus": args.target_bonus,
        });
        self.keep_assignments(detail, new, None).await?;
        Ok(effect)
    }

    /// Ends an assignment, or removes it; or tells whose plan or target bonus that would change.
    pub async fn end_plan_assignment(&self, args: EndPlanAssignment) -> Result<PlanChange> {
        let _turn = self.turn().await;
        let book = self.plan_book().await?;
        let organisation = self.store()?.organisation().await?;
        let known = known_assignment(&book, args.assignment)?.clone();
        let mut after = book.clone();
        after.assignments.retain(|one| one.id != known.id);
        let ended = match args.to {
            None => None,
            Some(to) => {
                known_day("to", to)?;
                if to <= known.from {
                    return Err(PlanError::EndsFirst { from: known.from }.into());
                }
                Some(PlanAssignment {
                    to,
                    ..known.clone()
                })
            }
        };
        if let Some(one) = &ended {
            require_free(&book, &organisation, one)?;
        }
        after.assignments.extend(ended.clone());
        let effect = self.effect(&book, &after).await?;
        if args.preview {
            return Ok(effect);
        }
        let name = names_of(&organisation, std::slice::from_ref(&known));
        let detail = json!({ "plan": known.plan, "name": name, "to": args.to });
        let removed = ended.is_none().then_some(known.id);
        self.keep_assignments(detail, ended.into_iter().collect(), removed)
            .await?;
        Ok(effect)
    }

    async fn keep_assignments(
        &self,
        detail: serde_json::Value,
        put: Vec<PlanAssignment>,
        removed: Option<PlanAssignmentId>,
    ) -> Result<()> {
        let mut change = self.change(ChangeKind::AssignPlan, detail.clone());
        change.audit = Some(AuditDraft {
            action: "bonus.assign".to_owned(),
            subject: detail["name"].as_str().unwrap_or_default().to_owned(),
            detail,
        });
        change.put.extend(put.into_iter().map(Into::into));
        let removed = removed.map(|id| (Entity::PlanAssignment, id.0));
        change.delete.extend(removed);
        self.apply(change).await?;
        Ok(())
    }

    /// The assignments as they would be kept.
    async fn wanted(
        &self,
        args: &AssignPlan,
        book: &PlanBook,
        organisation: &Organisation,
    ) -> Result<Vec<PlanAssignment>> {
        known_day("from", args.from)?;
        if let Some(to) = args.to {
            known_day("to", to)?;
        }
        let to = args.to.unwrap_or(OPEN_END);
        if to <= args.from {
            return Err(PlanError::EndsFirst { from: args.from }.into());
        }
        if book.held(&args.plan).is_empty() {
            return Err(Error::NotFound {
                what: "bonus plan",
                value: args.plan.clone(),
            });
        }
        let target_bonus = self.target_of(args).await?;
        let one = |id, person, unit| PlanAssignment {
            id,
            plan: args.plan.clone(),
            person,
            unit,
            target_bonus,
            from: args.from,
            to,
        };
        if let Some(id) = args.assignment {
            let known = known_assignment(book, id)?;
            return Ok(vec![one(id, known.person, known.unit)]);
        }
        let new_id = || PlanAssignmentId(self.clock.new_id());
        if let Some(unit) = args.unit {
            require_unit(organisation, unit)?;
            return Ok(vec![one(new_id(), None, Some(unit))]);
        }
        if args.people.is_empty() {
            return Ok(vec![one(new_id(), None, None)]);
        }
        let people: std::collections::BTreeSet<PersonId> = args.people.iter().copied().collect();
        for person in &people {
            if organisation.person(*person).is_none() {
                return Err(Error::NotFound {
                    what: "person",
                    value: person.to_string(),
                });
            }
        }
        let people = people.into_iter();
        Ok(people
            .map(|person| one(new_id(), Some(person), None))
            .collect())
    }

    async fn target_of(&self, args: &AssignPlan) -> Result<Option<Money>> {
        let Some(text) = &args.target_bonus else {
            return Ok(None);
        };
        let target = Money::parse_major(text.trim(), self.currency().await?)?;
        if target.minor < 0 {
            let expected = "an amount that is not negative";
            return Err(Error::input("target_bonus", text, expected));
        }
        Ok(Some(target))
    }

    /// Whose plan or target bonus differs on some day, and which approved periods these days meet.
    pub(super) async fn effect(&self, before: &PlanBook, after: &PlanBook) -> Result<PlanChange> {
        let organisation = self.store()?.organisation().await?;
        let mut effect = Self::effect_on(before, after, &organisation);
        if effect.people == 0 {
            return Ok(effect);
        }
        let (old, new) = (
            Assigned::new(before, &organisation),
            Assigned::new(after, &organisation),
        );
        let mut cycles = self.all_cycles().await?;
        cycles.retain(|one| one.standing.is_approved() || one.standing.settled().is_some());
        cycles.reverse();
        for cycle in cycles {
            let (from, to) = (cycle.period.start(), cycle.period.end());
            let whose = before.stands_for(&cycle.plan, last_day(cycle.period));
            let meets = |person: &&Person| {
                let Some((from, to)) = there(person, from, to) else {
                    return false;
                };
                let (old, new) = (
                    old.under(person.id, from, to),
                    new.under(person.id, from, to),
                );
                // Of those whom the cycle pays, or would pay.
                let mut both = old.iter().chain(&new);
                both.any(|one| one.plan == whose) && first_difference(&old, &new).is_some()
            };
            let people = organisation.people().filter(meets).count();
            if people > 0 {
                let params = [
                    ("period", cycle.period.to_string()),
                    ("plan", cycle.plan),
                    ("people", people.to_string()),
                ];
                effect
                    .notes
                    .push(Message::new("plan_change_approved", &params));
            }
        }
        Ok(effect)
    }

    fn effect_on(before: &PlanBook, after: &PlanBook, organisation: &Organisation) -> PlanChange {
        let all = before.assignments.iter().chain(&after.assignments);
        let changed = all.filter(|one| {
            let both = before.assignments.contains(one) && after.assignments.contains(one);
            !both
        });
        let (mut from, mut to) = (OPEN_END, NaiveDate::MIN);
        for one in changed {
            (from, to) = (from.min(one.from), to.max(one.to));
        }
        if before.base_code() != after.base_code() {
            (from, to) = (OPEN_START, OPEN_END);
        }
        let mut effect = PlanChange {
            people: 0,
            names: Vec::new(),
            from: None,
            notes: Vec::new(),
        };
        if from >= to {
            return effect;
        }
        let (old, new) = (
            Assigned::new(before, organisation),
            Assigned::new(after, organisation),
        );
        let mut people: Vec<_> = organisation.people().collect();
        people.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        for person in people {
            let Some((since, until)) = there(person, from, to) else {
                continue;
            };
            let (old, new) = (
                old.under(person.id, since, until),
                new.under(person.id, since, until),
            );
            if let Some(day) = first_difference(&old, &new) {
                effect.people += 1;
                effect.from = Some(effect.from.map_or(day, |first| first.min(day)));
                if effect.names.len() < MAX_NAMES {
                    effect.names.push(person.name.clone());
                }
            }
        }
        effect
    }
}

/// The days on which somebody is there: of those who have left nothing changes.
fn there(person: &Person, from: NaiveDate, to: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let until = person.left_on.map_or(to, |left| left.min(to));
    let since = person.hired_on.map_or(from, |hired| hired.max(from));
    (since < until).then_some((since, until))
}

/// The first day on which plan or target bonus differ.
fn first_difference(old: &[Under], new: &[Under]) -> Option<NaiveDate> {
    let days: std::collections::BTreeSet<NaiveDate> =
        old.iter().chain(new).map(|one| one.from).collect();
    let on = |spans: &[Under], day: NaiveDate| {
        let mut spans = spans.iter();
        let found = spans.find(|one| one.from <= day && day < one.to);
        found.map(|one| (one.plan.clone(), one.target_bonus))
    };
    days.into_iter().find(|day| on(old, *day) != on(new, *day))
}

fn known_assignment(book: &PlanBook, id: PlanAssignmentId) -> Result<&PlanAssignment> {
    let mut known = book.assignments.iter();
    known.find(|one| one.id == id).ok_or(Error::NotFound {
        what: "assignment",
        value: id.to_string(),
    })
}

fn require_unit(organisation: &Organisation, unit: UnitId) -> Result<()> {
    match organisation.unit(unit) {
        Some(_) => Ok(()),
        None => Err(Error::NotFound {
            what: "unit",
            value: unit.to_string(),
        }),
    }
}

/// Refuses a second assignment of the same person, unit or of everybody on a day.
fn require_free(book: &PlanBook, organisation: &Organisation, new: &PlanAssignment) -> Result<()> {
    let overlaps = |one: &&PlanAssignment| {
        one.id != new.id && same_target(one, new) && one.from < new.to && new.from < one.to
    };
    let Some(other) = book.assignments.iter().find(overlaps) else {
        return Ok(());
    };
    Err(PlanError::Overlap {
        name: name_of(organisation, other).unwrap_or_default(),
        plan: other.plan.clone(),
        from: other.from,
        to: other.to.pred_opt().unwrap_or(other.to),
    }
    .into())
}

/// None: everybody.
fn name_of(organisation: &Organisation, one: &PlanAssignment) -> Option<String> {
    let person = one.person.and_then(|id| organisation.person(id));
    let unit = one.unit.and_then(|id| organisation.unit(id));
    person
        .map(|person| person.name.clone())
        .or_else(|| unit.map(|unit| unit.name.clone()))
}

fn names_of(organisation: &Organisation, all: &[PlanAssignment]) -> String {
    let names: Vec<String> = all
        .iter()
        .filter_map(|one| name_of(organisation, one))
        .collect();
    crate::words::names(names)
}

fn plan_row(book: &PlanBook, one: Under) -> PersonPlan {
    let of = |id| book.assignments.iter().find(|known| Some(known.id) == id);
    let by = match of(one.by) {
        Some(known) if known.person.is_some() => AssignedBy::Person,
        Some(known) if !is_everybody(known) => AssignedBy::Unit,
        _ => AssignedBy::Everybody,
    };
    PersonPlan {
        plan: one.plan,
        from: one.from,
        to: one.to,
        target_bonus: one.target_bonus,
        by,
        assignment: one.by,
    }
}

/// Everybody, units, people; each in the order of names and days. A target bonus of others is not told.
fn rows(book: &PlanBook, organisation: &Organisation, pay: &PaySight) -> Vec<PlanAssignmentRow> {
    let mut rows: BTreeMap<(u8, String, NaiveDate, PlanAssignmentId), PlanAssignmentRow> =
        BTreeMap::new();
    for one in &book.assignments {
        let everybodys = *pay == PaySight::Everybody;
        if one.person.is_some_and(|person| !pay.includes(person)) {
            continue;
        }
        let name = name_of(organisation, one);
        let group = match (one.person, one.unit) {
            (Some(_), _) => 2,
            (None, Some(_)) => 1,
            (None, None) => 0,
        };
        let key = (group, name.clone().unwrap_or_default(), one.from, one.id);
        let row = PlanAssignmentRow {
            id: one.id,
            plan: one.plan.clone(),
            person: one.person,
            unit: one.unit,
            name,
            target_bonus: one
                .target_bonus
                .filter(|_| everybodys || one.person.is_some()),
            from: (one.from.year() > 1).then_some(one.from),
            to: (one.to < OPEN_END).then_some(one.to),
        };
        rows.insert(key, row);
    }
    rows.into_values().collect()
}
