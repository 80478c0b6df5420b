//! People and units as a table shows them: two of one name are told apart.

use std::collections::BTreeMap;

use yeji_app::api::NoArgs;
use yeji_app::{Desk, Error};
use yeji_core::ids::PersonId;

/// What tells one of a name from another, by id.
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Of everybody and every unit of the store whose name is not the only one: the staff number (or the
    /// team where there is none) of a person, what it stands under of a unit.
    pub(super) async fn of(app: &Desk) -> anyhow::Result<Self> {
        let organisation = app.get_organisation(NoArgs {}).await?;
        let unit_name = |id| {
            let unit = organisation.units.iter().find(|unit| Some(unit.id) == id);
            unit.map(|unit| unit.name.clone())
        };
        let people = organisation.people.iter().map(|person| {
            let mark = person.staff_number.clone();
            let mark = mark.or_else(|| unit_name(person.team));
            (person.id.to_string(), person.name.as_str(), mark)
        });
        let units = organisation.units.iter().map(|unit| {
            (
                unit.id.to_string(),
                unit.name.as_str(),
                unit_name(unit.parent),
            )
        });
        Ok(Self(marks(people).chain(marks(units)).collect()))
    }

    /// `王伟 (A1)` where there are several, else the name.
    pub(super) fn shown(&self, id: &str, name: &str) -> String {
        match self.0.get(id) {
            Some(mark) => format!("{name} ({mark})"),
            None => name.to_owned(),
        }
    }
}

/// The one person whom a staff number, name or id means, whoever is in the organisation: who has left may
/// still have a period to be paid for.
pub(super) async fn person_named(app: &Desk, key: &str) -> anyhow::Result<PersonId> {
    let everyone = app.get_organisation(NoArgs {}).await?.people;
    let mut found = everyone.iter().filter(|row| {
        row.staff_number.as_deref() == Some(key) || row.name == key || row.id.to_string() == key
    });
    match (found.next(), found.next()) {
        (Some(row), None) => Ok(row.id),
        (None, _) => Err(Error::NotFound {
            what: "person",
            value: key.to_owned(),
        }
        .into()),
        (Some(_), Some(_)) => Err(Error::AmbiguousPerson {
            name: key.to_owned(),
        }
        .into()),
    }
}

/// The marks of those whose name is not the only one.
fn marks<'a>(
    all: impl Iterator<Item = (String, &'a str, Option<String>)> + Clone,
) -> impl Iterator<Item = (String, String)> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, name, _) in all.clone() {
        *count.entry(name).or_default() += 1;
    }
    all.filter(move |(_, name, _)| count[name] > 1)
        .filter_map(|(id, _, mark)| Some((id, mark?)))
}
