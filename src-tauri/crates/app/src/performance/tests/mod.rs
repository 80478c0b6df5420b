//! Numbers and what they open, on stores of their own.

mod boards;
mod drills;
mod examples;
mod first_parts;
mod forecast;
mod hostile_boards;
mod landings;
mod metrics;
mod running;
mod tables;

use serde_json::json;
use yeji_core::facts::{Customer, Opportunity, Origin, Stage};
use yeji_core::ids::{CustomerId, PersonId, UnitId};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OPEN_START, OrgUnit, Person, UnitKind};
use yeji_core::{Currency, Money};
use yeji_store::{ChangeKind, Record};
use yeji_testkit::{IdSequence, day};

use crate::context::App;
use crate::testing;

/// A company that is being put together, and the ids of what is in it.
#[derive(Default)]
pub(super) struct Company {
    ids: IdSequence,
    records: Vec<Record>,
    pub units: Vec<UnitId>,
    pub people: Vec<PersonId>,
    customers: Vec<CustomerId>,
}

impl Company {
    /// A unit under another one (by place); the first is the company.
    pub fn unit(&mut self, name: &str, under: Option<usize>) -> usize {
        let id = self.ids.next();
        let kind = match under {
            None => UnitKind::Company,
            Some(0) => UnitKind::Department,
            Some(_) => UnitKind::Team,
        };
        self.records.push(
            OrgUnit {
                id,
                parent: under.map(|at| self.units[at]),
                kind,
                name: name.to_owned(),
                valid_from: OPEN_START,
                valid_to: OPEN_END,
                batch: None,
            }
            .into(),
        );
        self.units.push(id);
        self.units.len() - 1
    }

    /// A person who sells in a unit, or in none.
    pub fn person(&mut self, name: &str, unit: Option<usize>) -> usize {
        self.person_who_left(name, unit, None)
    }

    /// One who left on a day (ISO text).
    pub fn person_until(&mut self, name: &str, unit: Option<usize>, left: &str) -> usize {
        self.person_who_left(name, unit, Some(left))
    }

    fn person_who_left(&mut self, name: &str, unit: Option<usize>, left: Option<&str>) -> usize {
        let id = self.ids.next();
        self.records.push(
            Person {
                id,
                source: "test".to_owned(),
                external_id: name.to_owned(),
                staff_number: None,
                name: name.to_owned(),
                hired_on: None,
                left_on: left.map(day),
                batch: None,
            }
            .into(),
        );
        self.people.push(id);
        let person = self.people.len() - 1;
        if let Some(unit) = unit {
            self.stay(person, unit, ("0001-01-01", "9999-12-31"));
        }
        person
    }

    /// A time in a unit, days as ISO texts.
    pub fn stay(&mut self, person: usize, unit: usize, (from, to): (&str, &str)) {
        self.records.push(
            Membership {
                id: self.ids.next(),
                person: self.people[person],
                unit: self.units[unit],
                role: MemberRole::Sales,
                from: day(from),
                to: day(to),
                batch: None,
            }
            .into(),
        );
    }

    /// A customer of a type, or without one.
    pub fn customer(&mut self, customer_type: Option<&str>) -> usize {
        let id: CustomerId = self.ids.next();
        self.records.push(
            Customer {
                id,
                origin: origin(id.to_string()),
                name: format!("customer {}", self.customers.len()),
                customer_type: customer_type.map(str::to_owned),
                segment: None,
                region: None,
                parent_name: None,
                employees: None,
                revenue: None,
                founded_year: None,
            }
            .into(),
        );
        self.customers.push(id);
        self.customers.len() - 1
    }

    /// A deal closed on a day (ISO text), for yuan.
    pub fn deal(
        &mut self,
        owner: usize,
        customer: Option<usize>,
        stage: Stage,
        on: &str,
        yuan: i64,
    ) {
        let id = self.ids.next();
        self.records.push(
            Opportunity {
                customer: customer.map(|at| self.customers[at]),
                stage,
                ..yeji_testkit::won_deal(id, self.people[owner], on, yuan)
            }
            .into(),
        );
    }

    pub fn won(&mut self, owner: usize, on: &str, yuan: i64) {
        self.deal(owner, None, Stage::Won, on, yuan);
    }

    /// Keeps all of it in a new store.
    pub async fn store(self) -> World {
        let folder = yeji_testkit::temp_folder();
        let app = testing::app(&folder.path().join("store"), "2019-06-01").await;
        let mut change = app.change(ChangeKind::Import, json!({}));
        change.put = self.records;
        app.apply(change).await.unwrap();
        World {
            app,
            units: self.units,
            people: self.people,
            _folder: folder,
        }
    }
}

/// The use cases on a company's store.
pub(super) struct World {
    pub app: App,
    pub units: Vec<UnitId>,
    pub people: Vec<PersonId>,
    _folder: tempfile::TempDir,
}

fn origin(external_id: String) -> Origin {
    Origin {
        source: "test".to_owned(),
        external_id,
        batch: None,
        line: None,
    }
}

/// Minor units of a plain decimal in yuan.
fn minor(text: &str) -> i64 {
    Money::parse_major(text, Currency::CNY).unwrap().minor
}
