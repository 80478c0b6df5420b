//! The first import taken back beside what stands on what it made: the company, its people and their places.

use serde_json::json;
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::{ChangeKind, Entity, Record};

use super::facts::{World, alone};
use crate::api::NoArgs;
use crate::api::data::{ImportPreview, LaterImports, UndoBatch};
use crate::api::settings::{CreateDemo, StoreState};
use crate::error::Error;
use crate::host::no_progress;

const HEAD: &str = "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n";
const FIRST: [(&str, &str, u32); 3] = [
    ("D1", "王伟", 100),
    ("D2", "王伟", 200),
    ("D3", "李娜", 300),
];
const SECOND: [(&str, &str, u32); 3] = [
    ("D1", "王伟", 150),
    ("D2", "王伟", 200),
    ("D3", "李娜", 300),
];

impl World {
    async fn deals_of(&self, lines: &[(&str, &str, u32)]) -> ImportPreview {
        let lines = lines.iter().map(|(number, owner, amount)| {
            format!("{number},{owner},甲木,Won,2026-03-01,{amount}\n")
        });
        let text = format!("{HEAD}{}", lines.collect::<String>());
        self.csv(Kind::Opportunities, &text).await
    }

    async fn made(&self, lines: &[(&str, &str, u32)]) -> BatchId {
        self.deals_of(lines).await.batch.unwrap()
    }

    /// Each person with the names of the units where they sell.
    async fn places(&self) -> Vec<(String, Vec<String>)> {
        let all = self.app.store().unwrap().organisation().await.unwrap();
        let mut places: Vec<_> = all
            .people()
            .map(|person| {
                let units = all.stays(person.id);
                let units = units.map(|stay| all.unit(stay.unit).unwrap().name.clone());
                (person.name.clone(), units.collect())
            })
            .collect();
        places.sort();
        places
    }

    async fn company(&self) -> Option<String> {
        self.app.get_status(NoArgs {}).await.unwrap().company
    }

    /// Deals that no unit counts.
    async fn deals_without_team(&self) -> usize {
        let store = self.app.store().unwrap();
        let deals = store.deals(&yeji_store::DealQuery::all()).await.unwrap();
        deals.rows.iter().filter(|deal| deal.unit.is_none()).count()
    }

    async fn edit_amount(&self, number: &str, minor: i64) {
        let store = self.app.store().unwrap();
        let deals = store.opportunities_of("crm").await.unwrap();
        let record = Record::from(deals[number].clone());
        let values = [("amount_minor".to_owned(), json!(minor))].into();
        let mut change = self.app.change(ChangeKind::Edit, json!({}));
        change.put.push(record.with_values(&values).unwrap());
        self.app.apply(change).await.unwrap();
    }

    async fn whole(&self) {
        let report = self.app.store().unwrap().verify().await.unwrap();
        assert!(report.findings.is_empty(), "{report:?}");
    }
}

fn at_company(company: &str, people: &[&str]) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<_> = people
        .iter()
        .map(|name| ((*name).to_owned(), vec![company.to_owned()]))
        .collect();
    all.sort();
    all
}

fn small() -> CreateDemo {
    CreateDemo {
        people: 5,
        deals: 20,
        years: 1,
        seed: 3,
        until: None,
    }
}

/// A person's edit stays reachable, with the company and the place of its owner; no demo company is made
/// over it; and the same files make the same company again.
#[tokio::test]
async fn what_a_person_edited_keeps_the_company_and_its_owners_place() {
    let world = World::new().await;
    let first = world.made(&FIRST).await;
    let company = world.company().await.unwrap();
    world.made(&SECOND).await;
    world.edit_amount("D1", 10_000).await;
    let undone = world
        .app
        .undo_batch(alone(&world.app, first).await)
        .await
        .unwrap();
    world.whole().await;
    assert_eq!(world.company().await.as_ref(), Some(&company));
    assert_eq!(world.places().await, at_company(&company, &["王伟"]));
    assert_eq!(world.deals_without_team().await, 0);
    let named: Vec<(&str, &str)> = undone
        .kept
        .iter()
        .map(|kept| (kept.params["entity"].as_str(), kept.params["name"].as_str()))
        .collect();
    assert!(named.contains(&("org_unit", &company)), "{named:?}");
    assert!(
        named.contains(&("membership", &format!("王伟, {company}"))),
        "{named:?}"
    );
    assert_eq!(undone.kept_count, named.len() as u64, "all are counted");
    let status = world.app.get_status(NoArgs {}).await.unwrap();
    assert_eq!(status.state, StoreState::Ready);
    let demo = world.app.create_demo(small(), &no_progress).await;
    assert!(matches!(demo, Err(Error::NotEmpty)), "{demo:?}");
    for lines in [&FIRST, &SECOND] {
        let again = world.deals_of(lines).await;
        assert_eq!(again.files[0].rejected_rows, 0, "{again:?}");
    }
    assert_eq!(
        world.places().await,
        at_company(&company, &["王伟", "李娜"])
    );
    assert_eq!(world.deals_without_team().await, 0);
}

/// The same where the later import is taken back too: the edit stays.
#[tokio::test]
async fn the_edit_keeps_them_where_later_imports_are_taken_back_too() {
    let world = World::new().await;
    let first = world.made(&FIRST).await;
    let company = world.company().await.unwrap();
    let second = world.made(&SECOND).await;
    world.edit_amount("D1", 12_345).await;
    let imports = vec![second];
    let later = LaterImports::TakeBackToo { imports };
    let batch = first;
    let undone = world.app.undo_batch(UndoBatch { batch, later }).await;
    assert_eq!(undone.unwrap().later.len(), 1);
    world.whole().await;
    assert_eq!(world.company().await.as_ref(), Some(&company));
    assert_eq!(world.places().await, at_company(&company, &["王伟"]));
}

/// No edit is needed: what a later import changed or brought stands on them as well.
#[tokio::test]
async fn a_later_import_keeps_the_company_and_its_owners_place() {
    let world = World::new().await;
    let lines = [("X1", "王伟", 1), ("X2", "王伟", 2), ("X3", "王伟", 3)];
    let first = world.made(&lines).await;
    let company = world.company().await.unwrap();
    let more = [("X1", "王伟", 1), ("X2", "王伟", 5), ("X4", "王伟", 4)];
    let second = world.made(&more).await;
    world
        .app
        .undo_batch(alone(&world.app, first).await)
        .await
        .unwrap();
    assert_eq!(world.company().await.as_ref(), Some(&company));
    assert_eq!(world.places().await, at_company(&company, &["王伟"]));
    assert_eq!(world.deals_without_team().await, 0);
    let again = world.made(&lines).await;
    assert_eq!(world.places().await, at_company(&company, &["王伟"]));
    // Whatever stood on them may go: then they go too, in whatever order.
    for batch in [again, second] {
        world
            .app
            .undo_batch(alone(&world.app, batch).await)
            .await
            .unwrap();
        world.whole().await;
    }
    let store = world.app.store().unwrap();
    for entity in [
        Entity::OrgUnit,
        Entity::Person,
        Entity::Membership,
        Entity::Customer,
    ] {
        assert_eq!(store.count_of(entity).await.unwrap(), 0, "{entity}");
    }
    assert!(!store.has_data().await.unwrap());
    world.app.create_demo(small(), &no_progress).await.unwrap();
}

/// People of a list keep their team while anything of theirs stays, and lose it with the last of it.
#[tokio::test]
async fn who_is_kept_keeps_their_team() {
    let world = World::new().await;
    let people = "employee_id,name,team\n10001,王伟,华东\n10002,李娜,华北\n";
    let list = world.csv(Kind::People, people).await.batch.unwrap();
    let deals = world.made(&FIRST[..2]).await;
    let undone = world.app.undo_batch(list.into()).await.unwrap();
    assert_eq!(world.places().await, at_company("华东", &["王伟"]));
    assert_eq!(
        undone.kept_count, 4,
        "company, team, person, stay: {undone:?}"
    );
    world.app.undo_batch(deals.into()).await.unwrap();
    world.whole().await;
    assert_eq!(world.places().await, []);
    assert_eq!(world.company().await, None);
}

/// A stay that a later import gave to somebody who was there goes with that import.
#[tokio::test]
async fn a_new_stay_of_somebody_who_was_there_goes_with_its_import() {
    let world = World::new().await;
    let people = "employee_id,name,team\n10001,王伟,华东\n";
    world.csv(Kind::People, people).await;
    world.made(&FIRST[..1]).await;
    let before = world.places().await;
    let promotion = "人员,所属单元,任职角色,任职开始\n10001,华东,主管,2026-02-01\n";
    let moved = world.csv(Kind::Memberships, promotion).await;
    assert_ne!(world.places().await, before, "{moved:?}");
    let undone = world.app.undo_batch(moved.batch.unwrap().into()).await;
    assert_eq!(undone.unwrap().kept_count, 0);
    assert_eq!(world.places().await, before);
}

/// A store that has lost its company to an undo of an older version is not empty, and whoever owns deals
/// has a place again with the next import.
#[tokio::test]
async fn people_without_a_place_get_one_with_their_deals() {
    let world = World::new().await;
    world.made(&FIRST).await;
    let company = world.company().await.unwrap();
    let store = world.app.store().unwrap();
    let all = store.organisation().await.unwrap();
    let mut change = world.app.change(ChangeKind::Edit, json!({}));
    let stays = all.memberships().iter();
    change.delete = stays.map(|stay| (Entity::Membership, stay.id.0)).collect();
    let units = all.units();
    change
        .delete
        .extend(units.map(|unit| (Entity::OrgUnit, unit.id.0)));
    world.app.apply(change).await.unwrap();
    assert_eq!(world.deals_without_team().await, 3);
    let status = world.app.get_status(NoArgs {}).await.unwrap();
    assert_eq!((status.state, status.company), (StoreState::Ready, None));
    let demo = world.app.create_demo(small(), &no_progress).await;
    assert!(matches!(demo, Err(Error::NotEmpty)), "{demo:?}");
    // Nothing in it is new but the places.
    world.deals_of(&FIRST).await;
    world.whole().await;
    assert_eq!(
        world.places().await,
        at_company(&company, &["王伟", "李娜"])
    );
    assert_eq!(world.deals_without_team().await, 0);
}

/// The dialog says that the next export brings the rows again: whoever sold them comes with them.
#[tokio::test]
async fn who_went_with_an_undo_comes_again_with_the_next_export() {
    let world = World::new().await;
    let first = world.made(&FIRST).await;
    world.made(&SECOND).await;
    world
        .app
        .undo_batch(alone(&world.app, first).await)
        .await
        .unwrap();
    assert_eq!(world.places().await.len(), 1, "李娜 went with D3");
    let again = world.deals_of(&SECOND).await;
    assert_eq!(again.files[0].rejected_rows, 0, "{again:?}");
    assert_eq!(world.places().await.len(), 2);
    // Nobody knows of another one: that may be a misspelt name.
    let other = world.deals_of(&[("D9", "欧阳修", 5)]).await;
    assert_eq!(other.files[0].rejected_rows, 1, "{other:?}");
}

/// Where a list says who there is, a name that is not on it is a mistake, whatever was taken back.
#[tokio::test]
async fn who_went_with_an_undo_does_not_come_again_beside_a_list_of_people() {
    let world = World::new().await;
    let first = world.made(&FIRST).await;
    world.made(&SECOND).await;
    world
        .app
        .undo_batch(alone(&world.app, first).await)
        .await
        .unwrap();
    let people = "employee_id,name,team\n10001,王伟,华东\n";
    world.csv(Kind::People, people).await;
    let again = world.deals_of(&SECOND).await;
    assert_eq!(again.files[0].rejected_rows, 1, "{again:?}");
}

/// The person that the deal's first version named goes with the first undo; that nobody speaks of the
/// deal any more is known all the same.
#[tokio::test]
async fn a_deal_goes_with_its_last_import_although_its_first_owner_is_gone() {
    let world = World::new().await;
    let first = world
        .made(&[("D3", "高欣", 603), ("D4", "孙博", 404)])
        .await;
    let second = world
        .made(&[("D3", "孙博", 103), ("D5", "孙博", 505)])
        .await;
    let first = alone(&world.app, first).await;
    world.app.undo_batch(first).await.unwrap();
    let second = alone(&world.app, second).await;
    let undone = world.app.undo_batch(second).await.unwrap();
    assert_eq!(undone.kept_count, 0, "{undone:?}");
    let store = world.app.store().unwrap();
    assert_eq!(store.count_of(Entity::Opportunity).await.unwrap(), 0);
    assert_eq!(world.company().await, None);
    let report = store.verify().await.unwrap();
    assert!(report.findings.is_empty(), "{report:?}");
}
