//! What tests of the other crates share: a clock that stands still, ids in sequence, a temporary
//! folder, and small builders. For tests only: panics are fine here, and say what was wrong.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;
use yeji_core::facts::{Opportunity, Origin, Stage};
use yeji_core::ids::{OpportunityId, PersonId, UnitId, uuid_v7};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OPEN_START, OrgUnit, Person, UnitKind};
use yeji_core::{Currency, Money};

/// A day from its ISO text.
///
/// # Panics
/// For anything else.
pub fn day(text: &str) -> NaiveDate {
    let read = text.parse();
    read.unwrap_or_else(|_| panic!("`{text}` is not a day (2018-01-31)"))
}

/// A clock that stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedClock(pub DateTime<Utc>);

impl FixedClock {
    /// Stands at midnight UTC of that day (ISO text).
    pub fn at(text: &str) -> Self {
        Self(day(text).and_time(NaiveTime::MIN).and_utc())
    }

    /// The time it shows.
    pub fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// Ids 1, 2, 3 ... as `UUIDv7` of the first milliseconds of 1970: readable in failures, in order.
#[derive(Debug, Default)]
pub struct IdSequence(AtomicU64);

impl IdSequence {
    /// The next id, as any newtype.
    pub fn next<Id: From<Uuid>>(&self) -> Id {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Id::from(uuid_v7(number, u128::from(number)))
    }
}

/// A new empty temporary folder, removed with its contents when dropped.
///
/// # Panics
/// If the system's temporary folder cannot be written.
pub fn temp_folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("yeji-test-").tempdir();
    folder.expect("a temporary folder")
}

/// A small organisation: a company with one department, and teams of sellers.
#[derive(Debug, Default)]
pub struct OrgBuilder {
    ids: IdSequence,
    /// The company, its department, then the teams.
    pub units: Vec<OrgUnit>,
    /// In the order in which they were added.
    pub people: Vec<Person>,
    /// One for each person.
    pub memberships: Vec<Membership>,
}

impl OrgBuilder {
    /// Adds a team with people who sell in it since ever; a person's external id is the name. The
    /// first team brings the company and its department.
    #[must_use]
    pub fn team(mut self, name: &str, sellers: &[&str]) -> Self {
        if self.units.is_empty() {
            let company = self.unit(None, UnitKind::Company, "Company");
            self.unit(Some(company), UnitKind::Department, "Department");
        }
        let unit = self.unit(Some(self.units[1].id), UnitKind::Team, name);
        for name in sellers {
            let person = self.ids.next();
            self.people.push(Person {
                id: person,
                source: "test".into(),
                external_id: (*name).into(),
                staff_number: None,
                name: (*name).into(),
                hired_on: None,
                left_on: None,
                batch: None,
            });
            self.memberships.push(Membership {
                id: self.ids.next(),
                person,
                unit,
                role: MemberRole::Sales,
                from: OPEN_START,
                to: OPEN_END,
                batch: None,
            });
        }
        self
    }

    fn unit(&mut self, parent: Option<UnitId>, kind: UnitKind, name: &str) -> UnitId {
        let id = self.ids.next();
        self.units.push(OrgUnit {
            id,
            parent,
            kind,
            name: name.into(),
            valid_from: OPEN_START,
            valid_to: OPEN_END,
            batch: None,
        });
        id
    }
}

/// A deal opened and won on one day (ISO text) for whole yuan; without customer and product.
pub fn won_deal(id: OpportunityId, owner: PersonId, on: &str, yuan: i64) -> Opportunity {
    Opportunity {
        id,
        origin: Origin {
            source: "test".into(),
            external_id: id.to_string(),
            batch: None,
            line: None,
        },
        owner,
        customer: None,
        product: None,
        stage: Stage::Won,
        opened_on: Some(day(on)),
        closed_on: Some(day(on)),
        amount: Some(Money::new(yuan * 100, Currency::CNY)),
    }
}

#[test]
fn built_organisations_hold_together() {
    let org = OrgBuilder::default().team("A", &["x", "y"]).team("B", &[]);
    let tree = yeji_core::org::Organisation::new(org.units, org.people, org.memberships).unwrap();
    assert_eq!(
        tree.company().map(|unit| tree.subtree(unit.id).len()),
        Some(4)
    );
}
