//! A small company, and short ways to make rows and changes of it.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;
use yeji_core::facts::{Batch, BatchDetail, Customer, Opportunity, Origin, Product, Stage};
use yeji_core::ids::{
    BatchId, ChangeId, CustomerId, MembershipId, OpportunityId, PersonId, ProductId, UnitId,
    uuid_v7,
};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OPEN_START, OrgUnit, Person, UnitKind};
use yeji_core::{Currency, Money};
use yeji_store::{Change, ChangeHeader, ChangeKind, Key, Record, Store};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn at(second: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + i64::from(second), 0).unwrap()
}

/// Ids of one kind: the kind keeps those of people and units apart.
pub fn id(kind: u64, n: u32) -> Uuid {
    uuid_v7(1_600_000_000_000 + kind, u128::from(n))
}

pub fn unit_id(n: u32) -> UnitId {
    UnitId(id(1, n))
}
pub fn person_id(n: u32) -> PersonId {
    PersonId(id(2, n))
}
pub fn customer_id(n: u32) -> CustomerId {
    CustomerId(id(3, n))
}
pub fn product_id(n: u32) -> ProductId {
    ProductId(id(4, n))
}
pub fn deal_id(n: u32) -> OpportunityId {
    OpportunityId(id(5, n))
}
pub fn batch_id(n: u32) -> BatchId {
    BatchId(id(6, n))
}
pub fn change_id(n: u32) -> ChangeId {
    ChangeId(id(7, n))
}

pub fn origin(external_id: impl Into<String>) -> Origin {
    Origin {
        source: "crm".to_owned(),
        external_id: external_id.into(),
        batch: None,
        line: None,
    }
}

/// Unit 0 is the company, 1 and up are teams below it.
pub fn unit(n: u32) -> OrgUnit {
    OrgUnit {
        id: unit_id(n),
        parent: (n > 0).then(|| unit_id(0)),
        kind: if n == 0 {
            UnitKind::Company
        } else {
            UnitKind::Team
        },
        name: format!("unit {n}"),
        valid_from: OPEN_START,
        valid_to: OPEN_END,
        batch: None,
    }
}

pub fn person(n: u32) -> Person {
    Person {
        id: person_id(n),
        source: "crm".to_owned(),
        external_id: format!("P{n}"),
        staff_number: Some(format!("P{n}")),
        name: format!("王伟 {n}"),
        hired_on: None,
        left_on: None,
        batch: None,
    }
}

pub fn stay(n: u32, who: u32, team: u32, from: NaiveDate, to: NaiveDate) -> Membership {
    Membership {
        id: MembershipId(id(8, n)),
        person: person_id(who),
        unit: unit_id(team),
        role: MemberRole::Sales,
        from,
        to,
        batch: None,
    }
}

pub fn customer(n: u32, customer_type: Option<&str>) -> Customer {
    Customer {
        id: customer_id(n),
        origin: origin(format!("C{n}")),
        name: format!("customer {n}"),
        customer_type: customer_type.map(str::to_owned),
        segment: None,
        region: None,
        parent_name: None,
        employees: None,
        revenue: None,
        founded_year: None,
    }
}

pub fn product(n: u32) -> Product {
    Product {
        id: product_id(n),
        origin: origin(format!("G{n}")),
        name: format!("product {n}"),
        category: None,
        list_price: Some(cny(1_000 * i64::from(n + 1))),
        cost: None,
    }
}

pub fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

/// Won by person 0 to customer 0 with product 0.
pub fn won(n: u32, closed_on: &str, minor: i64) -> Opportunity {
    Opportunity {
        id: deal_id(n),
        origin: origin(format!("D{n}")),
        owner: person_id(0),
        customer: Some(customer_id(0)),
        product: Some(product_id(0)),
        stage: Stage::Won,
        opened_on: Some(day("2017-01-02")),
        closed_on: Some(day(closed_on)),
        amount: Some(cny(minor)),
    }
}

pub fn change(n: u32, kind: ChangeKind, put: Vec<Record>) -> Change {
    Change {
        put,
        ..Change::new(change_id(n), at(n), "tester", kind)
    }
}

pub fn header(n: u32, kind: ChangeKind) -> ChangeHeader {
    ChangeHeader {
        id: change_id(n),
        at: at(n),
        author: "tester".to_owned(),
        kind,
        summary: serde_json::json!({}),
        batch: None,
        audit: None,
        audited: None,
    }
}

pub fn batch(n: u32) -> Batch {
    Batch {
        id: batch_id(n),
        source: "crm".to_owned(),
        files: vec!["deals.csv".to_owned()],
        at: at(n),
        new_rows: 0,
        changed_rows: 0,
        unchanged_rows: 0,
        rejected_rows: 0,
        undone_at: None,
        detail: BatchDetail::default(),
    }
}

/// An import as change `n` and batch `n`.
pub fn import(n: u32, put: Vec<Record>) -> Change {
    Change {
        batch: Some(batch(n)),
        ..change(n, ChangeKind::Import, put)
    }
}

pub async fn new_store() -> (TempDir, Store) {
    let dir = TempDir::new().unwrap();
    let store = Store::create(dir.path(), &Key::Plain).await.unwrap();
    (dir, store)
}

/// Company, teams 1 to 3, people 0 to 2 (person n in team n + 1), customers 0 to 2, products 0, 1.
pub fn company() -> Vec<Record> {
    let mut rows: Vec<Record> = (0..4).map(|n| unit(n).into()).collect();
    rows.extend((0..3).map(|n| Record::from(person(n))));
    rows.extend((0..3).map(|n| Record::from(stay(n, n, n + 1, OPEN_START, OPEN_END))));
    rows.extend((0..3).map(|n| {
        Record::from(customer(
            n,
            [Some("medical"), Some("retail"), None][n as usize],
        ))
    }));
    rows.extend((0..2).map(|n| Record::from(product(n))));
    rows
}

pub async fn store_with_company() -> (TempDir, Store) {
    let (dir, store) = new_store().await;
    store
        .apply(change(900, ChangeKind::Organisation, company()))
        .await
        .unwrap();
    (dir, store)
}

/// A connection of our own to a closed store's file, to damage it.
pub async fn raw(dir: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(dir.join("yeji.db"));
    SqliteConnection::connect_with(&options).await.unwrap()
}
