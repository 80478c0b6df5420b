//! An import taken back beside later ones that repeated its rows: nothing goes of which they spoke without
//! somebody deciding so, and what they spoke of can be had again from their files.

use proptest::prelude::*;
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::DealQuery;

use super::facts::{World, alone};
use crate::api::NoArgs;
use crate::api::data::{BatchArgs, LaterImports, UndoBatch, UndoResult};
use crate::api::history::{ListChanges, UndoChange};
use crate::error::{Error, Result};

const HEAD: &str = "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n";
const CUSTOMERS: [&str; 2] = ["甲木", "乙水"];

/// Number of a deal, its customer and its amount.
type Line = (usize, usize, u32);

fn export(lines: &[Line]) -> String {
    let lines = lines.iter().map(|(number, customer, amount)| {
        let customer = CUSTOMERS[*customer];
        format!("D{number},王伟,{customer},Won,2026-03-01,{amount}\n")
    });
    format!("{HEAD}{}", lines.collect::<String>())
}

impl World {
    /// None: the store said the same already.
    async fn deals_from(&self, source: &str, lines: &[Line]) -> Option<BatchId> {
        let preview = self.from(source, Kind::Opportunities, &export(lines)).await;
        assert_eq!(preview.files[0].rejected_rows, 0, "{preview:?}");
        preview.batch
    }

    async fn exported(&self, lines: &[Line]) -> BatchId {
        self.deals_from("crm", lines).await.unwrap()
    }

    /// The later imports that hold rows of one, with how many.
    async fn later(&self, batch: BatchId) -> Vec<(BatchId, i64)> {
        let later = self.app.list_later_imports(BatchArgs { batch }).await;
        let later = later.unwrap().into_iter();
        later
            .map(|one| (one.import.id, one.repeated_rows))
            .collect()
    }

    async fn back(&self, batch: BatchId, later: LaterImports) -> Result<UndoResult> {
        let undone = self.app.undo_batch(UndoBatch { batch, later }).await;
        let report = self.app.store().unwrap().verify().await.unwrap();
        assert!(report.findings.is_empty(), "{report:?}");
        undone
    }

    /// Number, customer and amount of each deal.
    async fn deals_now(&self) -> Vec<(String, String, i64)> {
        let store = self.app.store().unwrap();
        let customers = store.customers().await.unwrap();
        let deals = store.deals(&DealQuery::all()).await.unwrap().rows;
        let mut now: Vec<_> = deals
            .into_iter()
            .map(|deal| {
                let customer = customers.iter().find(|one| Some(one.id) == deal.customer);
                let customer = customer.map_or_else(String::new, |one| one.name.clone());
                let minor = deal.amount.map_or(0, |amount| amount.minor);
                (deal.external_id, customer, minor)
            })
            .collect();
        now.sort();
        now
    }

    async fn amounts(&self) -> Vec<(String, i64)> {
        let now = self.deals_now().await.into_iter();
        now.map(|(number, _, minor)| (number, minor / 100))
            .collect()
    }
}

fn amounts(of: &[(&str, i64)]) -> Vec<(String, i64)> {
    let of = of.iter();
    of.map(|(number, amount)| ((*number).to_owned(), *amount))
        .collect()
}

/// A: D1 and D2; B changes D1; C repeats both and has D3.
async fn three_exports() -> (World, [BatchId; 3]) {
    let world = World::new().await;
    let a = world.exported(&[(1, 0, 100), (2, 0, 200)]).await;
    let b = world.exported(&[(1, 0, 150), (2, 0, 200)]).await;
    let c = world
        .exported(&[(1, 0, 150), (2, 0, 200), (3, 0, 300)])
        .await;
    (world, [a, b, c])
}

#[tokio::test]
async fn rows_that_a_later_import_repeated_do_not_go_unasked() {
    let (world, [a, b, c]) = three_exports().await;
    assert_eq!(world.later(b).await, [(c, 1)], "D1");
    assert_eq!(world.later(a).await, [(c, 2), (b, 1)], "newest first");
    assert_eq!(world.later(c).await, []);
    let before = world.deals_now().await;
    let refused = world.back(b, LaterImports::Ask).await.unwrap_err();
    assert!(refused.is_bad_input());
    assert_eq!(refused.code(), "repeated_later");
    let params = refused.params();
    assert_eq!(params["count"], "1");
    assert!(
        params["imports"].starts_with("crm-opportunities.csv (2026-"),
        "it says which: {params:?}"
    );
    assert!(
        params["imports"].ends_with(": 1"),
        "and how many: {params:?}"
    );
    assert_eq!(world.deals_now().await, before, "nothing was done");
    // The page of changes and Ctrl+Z go the same way.
    let changes = world
        .app
        .list_changes(ListChanges::default())
        .await
        .unwrap();
    let change = changes
        .rows
        .iter()
        .find(|one| one.batch == Some(b))
        .unwrap();
    let args = UndoChange {
        change: Some(change.id),
        ..UndoChange::default()
    };
    let refused = world.app.undo_change(args.clone()).await.unwrap_err();
    assert!(matches!(refused, Error::RepeatedLater { .. }), "{refused}");
    let later = LaterImports::TakeBackToo;
    let undone = world.app.undo_change(UndoChange { later, ..args }).await;
    let undone = undone.unwrap();
    assert_eq!(undone.undone.batch, Some(b));
    assert_eq!(undone.later[0].id, c);
    assert_eq!(world.amounts().await, amounts(&[("D1", 100), ("D2", 200)]));
}

#[tokio::test]
async fn the_later_ones_go_too_newest_first_and_come_again_from_their_files() {
    let (world, [a, b, c]) = three_exports().await;
    let undone = world.back(a, LaterImports::TakeBackToo).await.unwrap();
    let later: Vec<BatchId> = undone.later.iter().map(|one| one.id).collect();
    assert_eq!(later, [c, b]);
    assert_eq!(undone.kept_count, 0, "{undone:?}");
    assert_eq!(world.amounts().await, []);
    let batches = world.app.list_batches(NoArgs {}).await.unwrap();
    assert!(batches.iter().all(|batch| batch.undone_at.is_some()));
    let again = world
        .exported(&[(1, 0, 150), (2, 0, 200), (3, 0, 300)])
        .await;
    let all = amounts(&[("D1", 150), ("D2", 200), ("D3", 300)]);
    assert_eq!(world.amounts().await, all);
    assert_eq!(world.later(again).await, []);
}

#[tokio::test]
async fn this_one_alone_goes_where_somebody_says_so() {
    let (world, [_, b, c]) = three_exports().await;
    let undone = world.back(b, LaterImports::Leave).await.unwrap();
    assert!(undone.later.is_empty());
    let left = amounts(&[("D1", 100), ("D2", 200), ("D3", 300)]);
    assert_eq!(world.amounts().await, left);
    // The next export that has the rows says them again.
    let d = world
        .exported(&[(1, 0, 150), (2, 0, 200), (3, 0, 300)])
        .await;
    assert_eq!(world.later(c).await, [(d, 1)], "D3");
}

/// Imports that spoke of other rows, or said something new of the same ones, stand without a question.
#[tokio::test]
async fn imports_that_repeated_nothing_of_it_are_not_asked_about() {
    let world = World::new().await;
    let a = world.exported(&[(1, 0, 100), (2, 0, 200)]).await;
    let b = world.exported(&[(3, 0, 300), (4, 0, 400)]).await;
    let of_a = world.exported(&[(1, 0, 100), (5, 0, 500)]).await;
    let changed = world.exported(&[(3, 0, 310)]).await;
    assert_eq!(world.later(b).await, [], "repeats of A are none of B");
    assert_eq!(world.later(a).await, [(of_a, 1)]);
    let undone = world.back(b, LaterImports::Ask).await.unwrap();
    assert_eq!(
        (undone.removed, undone.kept_count),
        (1, 1),
        "D4; D3 is said anew"
    );
    world.back(of_a, LaterImports::Ask).await.unwrap();
    assert_eq!(world.later(a).await, [], "it does not stand any more");
    world.back(a, LaterImports::Ask).await.unwrap();
    assert_eq!(world.amounts().await, amounts(&[("D3", 310)]));
    world.back(changed, LaterImports::Ask).await.unwrap();
    assert_eq!(world.amounts().await, []);
}

/// What repeats an import that goes with another one goes as well.
#[tokio::test]
async fn who_repeated_one_that_goes_too_is_asked_about_as_well() {
    let world = World::new().await;
    let a = world.exported(&[(1, 0, 100)]).await;
    let b = world.exported(&[(1, 0, 100), (2, 0, 200)]).await;
    let c = world.exported(&[(2, 0, 200), (3, 0, 300)]).await;
    assert_eq!(world.later(a).await, [(c, 1), (b, 1)]);
    world.back(a, LaterImports::TakeBackToo).await.unwrap();
    assert_eq!(world.amounts().await, []);
}

#[tokio::test]
async fn people_whose_rows_do_not_say_where_they_are_from_are_asked_about_by_kind() {
    let world = World::new().await;
    let people = "employee_id,name,team\n10001,王伟,华东\n";
    let first = world.from("hr", Kind::People, people).await.batch.unwrap();
    let more = format!("{people}10002,李娜,华东\n");
    let second = world.from("hr", Kind::People, &more).await.batch.unwrap();
    let deals = world.deals_from("hr", &[(1, 0, 100)]).await.unwrap();
    assert_eq!(world.later(first).await, [(second, 1)]);
    assert_eq!(world.later(second).await, [], "deals are no people");
    assert_eq!(world.later(deals).await, []);
}

/// Between sources each takes only its own word back, so only its own later imports are asked about.
#[tokio::test]
async fn of_shared_records_only_the_own_later_imports_count() {
    let world = World::new().await;
    world.order(&["crm", "erp"]).await;
    let crm = world.deals_from("crm", &[(1, 0, 100)]).await.unwrap();
    let erp1 = world.deals_from("erp", &[(1, 1, 100)]).await.unwrap();
    let erp2 = world.deals_from("erp", &[(1, 1, 100), (2, 1, 200)]).await;
    let erp2 = erp2.unwrap();
    assert_eq!(world.later(crm).await, [], "nobody of its own");
    assert_eq!(world.later(erp1).await, [(erp2, 1)]);
    assert_eq!(world.disputes().await.len(), 1, "whose D1 is");
    world.back(erp1, LaterImports::TakeBackToo).await.unwrap();
    assert_eq!(world.disputes().await.len(), 0);
    world.deals_from("erp", &[(1, 1, 100), (2, 1, 200)]).await;
    assert_eq!(world.disputes().await.len(), 1, "said again");
    world.back(crm, LaterImports::Ask).await.unwrap();
    assert_eq!(world.amounts().await, amounts(&[("D1", 100), ("D2", 200)]));
}

/// Exports of one source: some deals each, full or in part.
fn exports() -> impl Strategy<Value = Vec<Vec<Line>>> {
    let line = (proptest::bool::weighted(0.7), 0..2_usize, 1..3_u32);
    let lines = prop::collection::vec(line, 5).prop_map(|deals| {
        let deals = deals.into_iter().zip(1..).filter(|((is_in, ..), _)| *is_in);
        deals
            .map(|((_, customer, amount), number)| (number, customer, amount))
            .collect::<Vec<Line>>()
    });
    let some = lines.prop_filter("a file has rows", |lines| !lines.is_empty());
    prop::collection::vec(some, 2..6)
}

async fn check(exports: Vec<Vec<Line>>, which: prop::sample::Index) {
    let world = World::new().await;
    let mut made = Vec::new();
    for lines in &exports {
        made.push(world.deals_from("crm", lines).await);
    }
    let first = which.index(made.len());
    let Some((first, batch)) = made[first].map(|batch| (first, batch)) else {
        return;
    };
    let undone = world.back(batch, LaterImports::TakeBackToo).await.unwrap();
    let gone: Vec<BatchId> = undone.later.iter().map(|one| one.id).collect();
    let without = World::new().await;
    for (lines, made) in exports.iter().zip(&made) {
        if made.is_some_and(|made| made != batch && !gone.contains(&made)) {
            without.deals_from("crm", lines).await;
        }
    }
    assert_eq!(world.deals_now().await, without.deals_now().await);
    // Everything after it once more: as if only that one had never been.
    for lines in &exports[first + 1..] {
        world.deals_from("crm", lines).await;
    }
    let without = World::new().await;
    for (at, lines) in exports.iter().enumerate() {
        if at != first {
            without.deals_from("crm", lines).await;
        }
    }
    assert_eq!(world.deals_now().await, without.deals_now().await);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Results and bonuses must be what the imports that stand say, whichever was taken back.
    #[test]
    fn what_stands_is_what_the_imports_that_were_left_say(
        exports in exports(),
        which in any::<prop::sample::Index>(),
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(check(exports, which));
    }
}

#[tokio::test]
async fn taking_back_alone_is_what_it_was() {
    let (world, [a, ..]) = three_exports().await;
    world.app.undo_batch(alone(a)).await.unwrap();
    assert_eq!(world.amounts().await, amounts(&[("D1", 150), ("D3", 300)]));
}
