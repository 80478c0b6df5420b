//! An import taken back beside later ones that repeated its rows: nothing goes of which they spoke without
//! somebody deciding so, and what they spoke of can be had again from their files.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use proptest::prelude::*;
use uuid::{NoContext, Timestamp, Uuid};
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::DealQuery;

use super::facts::{World, alone, shown};
use crate::api::data::{BatchArgs, LaterImports, UndoBatch, UndoResult};
use crate::api::history::{ListChanges, UndoChange};
use crate::api::{Message, NoArgs};
use crate::error::{Error, Result};
use crate::host::Clock;

/// A clock that can be set.
#[derive(Debug)]
struct Moved(Mutex<DateTime<Utc>>);

impl Clock for Moved {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.naive_utc()
    }

    fn new_id(&self) -> Uuid {
        let now = self.now();
        let seconds = now.timestamp().unsigned_abs();
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, 0))
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

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

    async fn back_with_later(&self, batch: BatchId) -> Result<UndoResult> {
        let imports = shown(&self.app, batch).await;
        self.back(batch, LaterImports::TakeBackToo { imports })
            .await
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
    let imports = vec![c];
    let later = LaterImports::TakeBackToo { imports };
    let undone = world.app.undo_change(UndoChange { later, ..args }).await;
    let undone = undone.unwrap();
    assert_eq!(undone.undone.batch, Some(b));
    assert_eq!(undone.later[0].id, c);
    assert_eq!(world.amounts().await, amounts(&[("D1", 100), ("D2", 200)]));
}

#[tokio::test]
async fn the_later_ones_go_too_newest_first_and_come_again_from_their_files() {
    let (world, [a, b, c]) = three_exports().await;
    let undone = world.back_with_later(a).await.unwrap();
    let later: Vec<BatchId> = undone.later.iter().map(|one| one.id).collect();
    assert_eq!(later, [b, c], "as their files are to be imported again");
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
    let undone = world
        .app
        .undo_batch(alone(&world.app, b).await)
        .await
        .unwrap();
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
    world.back_with_later(a).await.unwrap();
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
    // People are the same ones for all sources; 王伟 would go with the first list.
    let of_crm = format!("{people}10003,赵敏,华东\n");
    let of_crm = world
        .from("crm", Kind::People, &of_crm)
        .await
        .batch
        .unwrap();
    assert_eq!(world.later(first).await, [(of_crm, 1), (second, 1)]);
    let refused = world.back(first, LaterImports::Ask).await.unwrap_err();
    assert_eq!(refused.code(), "repeated_later");
    assert_eq!(world.later(second).await, [(of_crm, 1)], "华东 or 李娜");
}

/// Goals and target bonuses decide on pay: they are the company's, whatever source brought them. Goals that
/// a later version has replaced are none that could go.
#[tokio::test]
async fn goals_and_target_bonuses_are_asked_about_across_sources() {
    let world = World::before(Kind::Goals).await;
    let goals = "人员,月份,目标金额\n10001,2026-01,1000\n10001,2026-02,1000\n";
    let first = world.from("hr", Kind::Goals, goals).await;
    let first = first.batch.expect("goals");
    let second = goals.replace("2026-02,1000", "2026-02,2000");
    let second = world.from("crm", Kind::Goals, &second).await.batch.unwrap();
    assert_eq!(
        world.later(first).await,
        [],
        "the second version has all months"
    );
    let third = format!(
        "{}10001,2026-03,1000\n",
        goals.replace("2026-02,1000", "2026-02,2000")
    );
    let third = world.from("erp", Kind::Goals, &third).await.batch.unwrap();
    assert_eq!(world.later(second).await, []);
    world.back(third, LaterImports::Ask).await.unwrap();
    let bonuses = "人员,季度目标奖金,生效日期\n10001,8000,2026-01-01\n";
    let first = world.from("hr", Kind::TargetBonuses, bonuses).await;
    let first = first.batch.expect("bonuses");
    let people = "employee_id,name,team\n10009,赵敏,华东\n";
    world.from("hr", Kind::People, people).await;
    let more = format!("{bonuses}10009,9000,2026-01-01\n");
    let second = world
        .from("crm", Kind::TargetBonuses, &more)
        .await
        .batch
        .unwrap();
    assert_eq!(world.later(first).await, [(second, 1)]);
}

/// A clock may be set back between two imports; which came later is known nevertheless.
#[tokio::test]
async fn later_is_what_was_imported_later_whatever_the_clock_said() {
    let folder = yeji_testkit::temp_folder();
    let clock = Arc::new(Moved(Mutex::new(at("2026-07-01T00:00:00Z"))));
    let desk = crate::testing::desk_by(&folder.path().join("store"), clock.clone()).await;
    let app = desk.admit(crate::access::Right::Nothing).await.unwrap();
    let world = World { app, folder };
    let first = world.exported(&[(1, 0, 100)]).await;
    *clock.0.lock().unwrap() = at("2025-07-01T00:00:00Z");
    let second = world.exported(&[(1, 0, 100), (2, 0, 200)]).await;
    assert_eq!(world.later(first).await, [(second, 1)]);
    let batches = world.app.list_batches(NoArgs {}).await.unwrap();
    assert_eq!(batches[0].id, second, "the latest first");
    let undone = world.back_with_later(first).await.unwrap();
    assert_eq!(undone.later[0].id, second);
}

/// The answer is about what was shown. An import that came in between is asked about as well.
#[tokio::test]
async fn an_import_that_came_after_the_question_is_asked_about_as_well() {
    let world = World::new().await;
    let a = world.exported(&[(1, 0, 100), (2, 0, 200)]).await;
    let b = world.exported(&[(1, 0, 100), (3, 0, 300)]).await;
    let imports = shown(&world.app, a).await;
    assert_eq!(imports, [b]);
    let c = world.exported(&[(2, 0, 200), (4, 0, 400)]).await;
    let before = world.deals_now().await;
    for later in [
        LaterImports::TakeBackToo {
            imports: imports.clone(),
        },
        LaterImports::Leave { imports },
    ] {
        let refused = world.back(a, later).await.unwrap_err();
        assert_eq!(refused.code(), "repeated_later");
        assert_eq!(refused.params()["count"], "2");
        assert_eq!(world.deals_now().await, before);
    }
    // One that was shown and is gone meanwhile leaves nothing to ask about.
    let imports = shown(&world.app, a).await;
    world.back(c, LaterImports::Ask).await.unwrap();
    let undone = world.back(a, LaterImports::TakeBackToo { imports }).await;
    assert_eq!(undone.unwrap().later[0].id, b);
    assert_eq!(world.amounts().await, []);
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
    world.back_with_later(erp1).await.unwrap();
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
    let undone = world.back_with_later(batch).await.unwrap();
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

/// Each import is a change of its own. What stopped the second of three is said as itself, in the reader's
/// language, with those that are taken back already.
#[tokio::test]
async fn where_the_second_of_three_cannot_be_taken_back_it_is_said_why() {
    let world = World::new().await;
    let huge = "90000000000000000";
    let line = |number: u32, amount: &str| format!("D{number},王伟,甲木,Won,2026-03-01,{amount}\n");
    let import = async |lines: &[String]| {
        let text = format!("{HEAD}{}", lines.concat());
        world
            .from("crm", Kind::Opportunities, &text)
            .await
            .batch
            .unwrap()
    };
    import(&[line(1, huge)]).await;
    let a = import(&[line(5, "5")]).await;
    let b = import(&[line(5, "5"), line(1, "1")]).await;
    let c = import(&[line(5, "5"), line(6, "6")]).await;
    import(&[line(2, huge)]).await;
    assert_eq!(world.later(a).await, [(c, 1), (b, 1)]);
    // With D1 as it was before B, March would be more than can be counted.
    let stopped = world.back_with_later(a).await.unwrap_err();
    assert_eq!(stopped.code(), "taken_back_partly");
    let params = stopped.params();
    assert_eq!(params["count"], "1");
    assert_eq!(params["imports"], "crm-opportunities.csv");
    let reason: Message = serde_json::from_str(&params["reason"]).unwrap();
    assert_eq!(reason.code, "store_failed");
    assert!(
        reason.params.contains_key("detail"),
        "with its values: {reason:?}"
    );
    let batches = world.app.list_batches(NoArgs {}).await.unwrap();
    let undone = batches.iter().filter(|one| one.undone_at.is_some());
    let undone: Vec<BatchId> = undone.map(|one| one.id).collect();
    assert_eq!(undone, [c]);
}

#[tokio::test]
async fn taking_back_alone_is_what_it_was() {
    let (world, [a, ..]) = three_exports().await;
    world
        .app
        .undo_batch(alone(&world.app, a).await)
        .await
        .unwrap();
    assert_eq!(world.amounts().await, amounts(&[("D1", 150), ("D3", 300)]));
}
