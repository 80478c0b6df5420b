//! Whose goals and results: as they are asked for, and as whom they are measured.

use chrono::NaiveDate;
use yeji_core::calendar::Period;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{MemberRole, Organisation, UnitKind};

use crate::access::{Right, Sight};
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::scope_units;
use crate::performance::Whose;

/// The last day of a period: what is in force on it counts for the period.
pub(super) fn last_day(period: Period) -> NaiveDate {
    period.end().pred_opt().unwrap_or(period.start())
}

/// As what somebody is measured, and by whose figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MeasuredAs {
    pub role: Option<MemberRole>,
    pub figures: Whose,
}

impl App {
    /// Whom a request means: a unit or a person; neither: oneself, or the topmost unit that one sees.
    pub(super) fn whose_kpis(
        &self,
        organisation: &Organisation,
        unit: Option<UnitId>,
        person: Option<PersonId>,
    ) -> Result<Whose> {
        match (unit, person, self.sight()) {
            (Some(unit), Some(_), _) => {
                let given = unit.to_string();
                Err(Error::input("person", &given, "a unit or a person"))
            }
            (None, Some(person), _) => {
                known_person(organisation, person)?;
                self.require_person(organisation, person)?;
                Ok(Whose::Person(person))
            }
            (Some(unit), None, _) => {
                known_unit(organisation, unit)?;
                self.require_unit(organisation, unit)?;
                Ok(Whose::Unit(unit))
            }
            (None, None, Sight::Person(own)) => {
                known_person(organisation, *own)?;
                Ok(Whose::Person(*own))
            }
            (None, None, Sight::Units(units)) => {
                self.require_units(organisation, None)?;
                let first = units.first().copied();
                first.map(Whose::Unit).ok_or_else(no_company)
            }
            (None, None, Sight::Company) => {
                let company = organisation.company().ok_or_else(no_company)?;
                Ok(Whose::Unit(company.id))
            }
        }
    }

    /// Refuses a unit whose figures this actor does not see as a whole.
    fn require_unit(&self, organisation: &Organisation, unit: UnitId) -> Result<()> {
        if self.sight().person().is_some() {
            return self.actor().require(Right::SeeTeamResults, self.policies());
        }
        let below = scope_units(organisation, Some(unit))?;
        // The company is asked for like any other unit here: its goals are not those of the units one leads.
        let asked = below.unwrap_or_else(|| vec![unit]);
        self.require_units(organisation, Some(&asked))
    }

    /// Refuses a person who is in no unit that this actor sees.
    fn require_person(&self, organisation: &Organisation, person: PersonId) -> Result<()> {
        self.require_results_of(person)?;
        let Sight::Units(units) = self.sight() else {
            return Ok(());
        };
        let mut stays = organisation.stays(person);
        if stays.any(|stay| units.contains(&stay.unit)) {
            return Ok(());
        }
        self.actor().require(Right::SeeAllResults, self.policies())
    }

    /// By which role somebody is measured in a period, and by whose figures: who leads, by those of the unit.
    pub(super) fn measured_as(
        &self,
        organisation: &Organisation,
        whose: Whose,
        period: Period,
    ) -> MeasuredAs {
        let Whose::Person(person) = whose else {
            // A unit is measured as whoever leads it.
            return MeasuredAs {
                role: Some(MemberRole::Manager),
                figures: whose,
            };
        };
        let within = |stay: &&yeji_core::org::Membership| {
            stay.from < period.end() && period.start() < stay.to
        };
        let on_last = organisation.membership_on(person, last_day(period));
        // Who left within the period is what they were then.
        let stay = on_last.or_else(|| organisation.stays(person).rev().find(within));
        let role = stay.map(|stay| stay.role);
        let leads = stay.filter(|stay| stay.role == MemberRole::Manager);
        let figures = match (leads, self.sight()) {
            // Who sees own figures only does not see those of a unit.
            (Some(stay), Sight::Company) => Whose::Unit(stay.unit),
            (Some(stay), Sight::Units(units)) if units.contains(&stay.unit) => {
                Whose::Unit(stay.unit)
            }
            _ => whose,
        };
        MeasuredAs { role, figures }
    }
}

fn no_company() -> Error {
    Error::NotFound {
        what: "company",
        value: String::new(),
    }
}

/// Refuses a person whom nobody knows.
pub(super) fn known_person(organisation: &Organisation, person: PersonId) -> Result<()> {
    match organisation.person(person) {
        Some(_) => Ok(()),
        None => Err(Error::NotFound {
            what: "person",
            value: person.to_string(),
        }),
    }
}

/// Refuses a unit that is not there.
pub(super) fn known_unit(organisation: &Organisation, unit: UnitId) -> Result<()> {
    scope_units(organisation, Some(unit)).map(drop)
}

/// Id, name, staff number and level.
pub(super) struct Named {
    pub id: String,
    pub name: String,
    pub staff_number: Option<String>,
    pub level: &'static str,
}

impl Named {
    pub fn of(organisation: &Organisation, whose: Whose) -> Self {
        match whose {
            Whose::Person(id) => {
                let person = organisation.person(id);
                Self {
                    id: id.to_string(),
                    name: person.map_or_else(String::new, |one| one.name.clone()),
                    staff_number: person.and_then(|one| one.staff_number.clone()),
                    level: "person",
                }
            }
            Whose::Unit(id) => {
                let unit = organisation.unit(id);
                Self {
                    id: id.to_string(),
                    name: unit.map_or_else(String::new, |one| one.name.clone()),
                    staff_number: None,
                    level: unit.map_or("team", |one| match one.kind {
                        UnitKind::Company => "company",
                        UnitKind::Department => "department",
                        UnitKind::Team => "team",
                    }),
                }
            }
        }
    }
}
