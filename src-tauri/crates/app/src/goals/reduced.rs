//! Whose goal was cut for a time that will not come again: a start or an end within the year, the ramp of new
//! people, leave, part time. A copy to another year takes the smaller number along; HR is told of whom.

use std::collections::HashMap;

use chrono::NaiveDate;
use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;
use yeji_core::org::{MemberRole, Organisation};
use yeji_goals::Level;
use yeji_goals::weigh::ramp;

use super::book::Book;
use super::kept_rule;
use crate::api::goal_blend::{BlendRule, PersonTerms};
use crate::error::Result;

/// Codes of the notes, one a reason.
const REASONS: [&str; 4] = [
    "copy_people_part_year",
    "copy_people_ramp",
    "copy_people_leave",
    "copy_people_part_time",
];

/// A note's code, with id and name of whom it names.
pub(super) type Named = (&'static str, Vec<(String, String)>);

/// People whose goal of the year was cut, by reason. Only a blend cuts.
pub(super) fn reduced(book: &Book, organisation: &Organisation) -> Result<Vec<Named>> {
    let Some(blend) = kept_rule(&book.plan).and_then(|rule| rule.blend) else {
        return Ok(Vec::new());
    };
    let year = book.year()?;
    let numbers = book.staff_numbers();
    let mut named: HashMap<&str, Vec<(String, String)>> = HashMap::new();
    for unit in &book.units {
        let Some(person) = unit.id.parse().ok().filter(|_| unit.level == Level::Person) else {
            continue;
        };
        let terms = terms_of(&blend, &unit.id, numbers.get(&unit.id), &unit.name);
        for reason in reasons(&blend, terms, organisation, (person, year)) {
            let who = (unit.id.clone(), unit.name.clone());
            named.entry(reason).or_default().push(who);
        }
    }
    let found = REASONS
        .iter()
        .filter_map(|code| Some((*code, named.remove(code)?)));
    Ok(found.collect())
}

/// What a blend says of a person, by id, staff number or name.
pub(super) fn terms_of<'a>(
    blend: &'a BlendRule,
    id: &str,
    number: Option<&String>,
    name: &str,
) -> Option<&'a PersonTerms> {
    let keys = [Some(id), number.map(String::as_str), Some(name)];
    keys.into_iter()
        .flatten()
        .find_map(|key| blend.people.get(key))
}

fn reasons(
    blend: &BlendRule,
    terms: Option<&PersonTerms>,
    organisation: &Organisation,
    (person, year): (PersonId, Period),
) -> Vec<&'static str> {
    let mut reasons = Vec::new();
    let hired = organisation.person(person).and_then(|own| own.hired_on);
    if is_part_of(organisation, person, year) {
        reasons.push(REASONS[0]);
    }
    if !blend.no_ramp && hired.is_some_and(|hired| is_on_ramp(hired, year)) {
        reasons.push(REASONS[1]);
    }
    let is_away = |(from, to): &(NaiveDate, NaiveDate)| *from < year.end() && year.start() < *to;
    if terms.is_some_and(|terms| terms.leave.iter().any(is_away)) {
        reasons.push(REASONS[2]);
    }
    let part = terms.and_then(|terms| terms.part_time);
    if part.is_some_and(|part| part < Ratio::ONE) {
        reasons.push(REASONS[3]);
    }
    reasons
}

/// Whether somebody comes or leaves within a year.
pub(super) fn is_part_of(organisation: &Organisation, person: PersonId, year: Period) -> bool {
    let own = organisation.person(person);
    let hired = own.and_then(|own| own.hired_on);
    let stays = organisation.stays(person);
    let stays: Vec<_> = stays
        .filter(|stay| stay.role == MemberRole::Sales)
        .collect();
    let first = stays.iter().map(|stay| stay.from).min();
    let end = stays.iter().map(|stay| stay.to).max();
    let first = first.max(hired);
    let end = match own.and_then(|own| own.left_on) {
        Some(left) => end.map(|end| end.min(left)),
        None => end,
    };
    first.is_some_and(|first| first > year.start()) || end.is_some_and(|end| end < year.end())
}

/// Whether the steps below the whole reach into the year.
fn is_on_ramp(hired: NaiveDate, year: Period) -> bool {
    let steps = ramp();
    let whole = steps.iter().find(|step| step.share >= Ratio::ONE);
    let months = chrono::Months::new(whole.map_or(0, |step| step.from_month));
    hired < year.end()
        && hired
            .checked_add_months(months)
            .is_some_and(|whole| whole > year.start())
}
