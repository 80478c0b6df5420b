//! The organisation for choosers, and small questions about it that several areas ask.

use chrono::NaiveDate;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{MemberRole, OrgUnit, Organisation};

use crate::access::Sight;
use crate::api::NoArgs;
use crate::api::organisation::{OrganisationTree, PersonRow, UnitRow};
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// Units (parents before children) and people. A manager gets the units that they lead: choosing
    /// another would be refused everywhere.
    pub async fn get_organisation(&self, _: NoArgs) -> Result<OrganisationTree> {
        let organisation = self.store()?.organisation().await?;
        let today = self.clock.today();
        let manager_of = |unit: UnitId| {
            organisation
                .memberships()
                .iter()
                .find(|m| {
                    m.unit == unit
                        && m.role == MemberRole::Manager
                        && m.from <= today
                        && today < m.to
                })
                .and_then(|m| organisation.person(m.person))
                .map(|person| person.name.clone())
        };
        let ordered = organisation
            .company()
            .map(|company| depth_first(&organisation, company.id))
            .unwrap_or_default();
        let is_seen = |unit: &UnitId| match self.sight() {
            Sight::Units(own) => own.contains(unit),
            Sight::Company | Sight::Person(_) => true,
        };
        let units = ordered
            .into_iter()
            .filter(is_seen)
            .filter_map(|id| organisation.unit(id))
            .map(|unit| UnitRow {
                id: unit.id,
                parent: unit.parent.filter(is_seen),
                kind: unit.kind,
                name: unit.name.clone(),
                manager: manager_of(unit.id),
            })
            .collect();
        let mut people: Vec<PersonRow> = organisation
            .people()
            .map(|person| PersonRow {
                id: person.id,
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                team: present_team(&organisation, person.id, today).map(|unit| unit.id),
                carries_goal: sells(&organisation, person.id, today),
            })
            .collect();
        people.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        Ok(OrganisationTree { units, people })
    }
}

/// A unit and all below, parents first, in the order of names.
pub(crate) fn depth_first(organisation: &Organisation, unit: UnitId) -> Vec<UnitId> {
    let mut all = vec![unit];
    for child in organisation.children(unit) {
        all.extend(depth_first(organisation, *child));
    }
    all
}

/// A person's name; of one who is gone the id.
pub(crate) fn name_of(organisation: &Organisation, person: PersonId) -> String {
    let known = organisation.person(person);
    known.map_or_else(|| person.to_string(), |known| known.name.clone())
}

/// A person's staff number, where another person has the same name: what tells the two apart.
pub(crate) fn told_apart_by(organisation: &Organisation, person: PersonId) -> Option<String> {
    let known = organisation.person(person)?;
    let mut others = organisation.people().filter(|other| other.id != person);
    let shared = others.any(|other| other.name == known.name);
    known.staff_number.clone().filter(|_| shared)
}

/// Whether the person sells, and so carries a goal, on a day.
pub(crate) fn sells(organisation: &Organisation, person: PersonId, day: NaiveDate) -> bool {
    organisation
        .stays(person)
        .any(|m| m.role == MemberRole::Sales && m.from <= day && day < m.to)
}

/// The unit where the person is on a day, selling or leading; without a stay on the day the one that
/// their results belong to.
pub(crate) fn present_team(
    organisation: &Organisation,
    person: PersonId,
    day: NaiveDate,
) -> Option<&OrgUnit> {
    organisation
        .membership_on(person, day)
        .map(|stay| stay.unit)
        .or_else(|| organisation.team_on(person, day))
        .and_then(|id| organisation.unit(id))
}

/// The subtree of a unit for queries; None is the whole company.
pub(crate) fn scope_units(
    organisation: &Organisation,
    unit: Option<UnitId>,
) -> Result<Option<Vec<UnitId>>> {
    let Some(unit) = unit else { return Ok(None) };
    if organisation.unit(unit).is_none() {
        return Err(Error::NotFound {
            what: "unit",
            value: unit.to_string(),
        });
    }
    let is_company = organisation
        .company()
        .is_some_and(|company| company.id == unit);
    Ok((!is_company).then(|| organisation.subtree(unit)))
}

/// People who carry a goal in an interval, in any unit of the list, each once, with their unit.
pub(crate) fn carriers(
    organisation: &Organisation,
    units: &[UnitId],
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<(PersonId, UnitId)> {
    units
        .iter()
        .flat_map(|unit| {
            organisation
                .carriers(*unit, from, to)
                .into_iter()
                .map(|person| (person, *unit))
        })
        .collect()
}
