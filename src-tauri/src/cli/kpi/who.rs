//! Whom an argument means: a unit or a person, by staff number, name or id.

use yeji_app::api::NoArgs;
use yeji_app::{Desk, Error};
use yeji_core::ids::{PersonId, UnitId};

/// A unit or a person.
#[derive(Debug, Clone, Copy)]
pub(super) enum Who {
    Unit(UnitId),
    Person(PersonId),
}

impl Who {
    pub fn unit(self) -> Option<UnitId> {
        match self {
            Self::Unit(id) => Some(id),
            Self::Person(_) => None,
        }
    }

    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::Unit(_) => None,
        }
    }
}

/// The one that a key means.
pub(super) async fn named(app: &Desk, key: &str) -> anyhow::Result<Who> {
    let organisation = app.get_organisation(NoArgs {}).await?;
    let exact = organisation
        .people
        .iter()
        .find(|row| row.staff_number.as_deref() == Some(key) || row.id.to_string() == key);
    if let Some(row) = exact {
        return Ok(Who::Person(row.id));
    }
    let people = organisation.people.iter().filter(|row| row.name == key);
    let units = organisation.units.iter();
    let units = units.filter(|row| row.name == key || row.id.to_string() == key);
    let mut found = people
        .map(|row| Who::Person(row.id))
        .chain(units.map(|row| Who::Unit(row.id)));
    match (found.next(), found.next()) {
        (Some(who), None) => Ok(who),
        (None, _) => Err(Error::NotFound {
            what: "person_or_unit",
            value: key.to_owned(),
        }
        .into()),
        (Some(_), Some(_)) => Err(Error::AmbiguousPerson {
            name: key.to_owned(),
        }
        .into()),
    }
}

/// The same where one may be named.
pub(super) async fn maybe(app: &Desk, key: Option<&str>) -> anyhow::Result<Option<Who>> {
    match key {
        Some(key) => Ok(Some(named(app, key).await?)),
        None => Ok(None),
    }
}
