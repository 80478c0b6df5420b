//! Imports of a single source taken back beside merges of customers: nobody edited a deal that was only
//! given to another customer, so it goes with its import, and comes back as the one that it means now.

use yeji_core::ids::{BatchId, ChangeId, CustomerId};
use yeji_intake::Kind;
use yeji_store::DealQuery;

use super::facts::{World, alone};
use crate::api::customers::MergeCustomers;
use crate::api::data::UndoResult;
use crate::api::history::{ListChanges, UndoChange};
use crate::error::Error;

pub(super) const HEAD: &str =
    "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n";

/// 甲木 and 乙水, which turn out to be one; 丙火 is another.
pub(super) struct Company {
    pub(super) world: World,
    pub(super) customers: [CustomerId; 3],
}

/// Customer and amount of A1 and A2; none: it is not there.
pub(super) type Deals = [Option<(usize, i64)>; 2];

impl Company {
    pub(super) async fn new() -> Self {
        Self::in_world(World::before(Kind::Opportunities).await).await
    }

    pub(super) async fn in_world(world: World) -> Self {
        let text = "customer_id,account\nM-0,甲木\nM-1,乙水\nM-2,丙火\n";
        world.csv(Kind::Customers, text).await;
        let known = world.app.store().unwrap().customers().await.unwrap();
        let customers = ["甲木", "乙水", "丙火"]
            .map(|name| known.iter().find(|one| one.name == name).unwrap().id);
        Self { world, customers }
    }

    pub(super) async fn says(&self, deals: Deals) -> BatchId {
        self.repeats(deals).await.unwrap()
    }

    /// As [`Self::says`], which may be nothing new.
    pub(super) async fn repeats(&self, deals: Deals) -> Option<BatchId> {
        let lines = deals.into_iter().zip(["A1", "A2"]);
        let lines = lines.filter_map(|(deal, number)| {
            let (customer, amount) = deal?;
            let customer = ["甲木", "乙水", "丙火"][customer];
            Some(format!(
                "{number},10001,{customer},Won,2026-03-01,{amount}\n"
            ))
        });
        let text = format!("{HEAD}{}", lines.collect::<String>());
        let preview = self.world.csv(Kind::Opportunities, &text).await;
        assert_eq!(preview.files[0].rejected_rows, 0, "{preview:?}");
        preview.batch
    }

    /// 乙水 is 甲木.
    pub(super) fn pair(&self) -> MergeCustomers {
        MergeCustomers {
            customer: self.customers[1],
            into: self.customers[0],
        }
    }

    pub(super) async fn merge(&self) {
        let merged = self.world.app.merge_customers(self.pair()).await;
        merged.unwrap();
    }

    pub(super) async fn unmerge(&self) {
        let apart = self.world.app.unmerge_customer(self.pair()).await;
        apart.unwrap();
        self.is_sound().await;
    }

    pub(super) async fn undo(&self, batch: BatchId) -> UndoResult {
        let undone = self
            .world
            .app
            .undo_batch(alone(&self.world.app, batch).await)
            .await
            .unwrap();
        self.is_sound().await;
        undone
    }

    /// The newest change.
    pub(super) async fn last(&self) -> ChangeId {
        let all = ListChanges::default();
        self.world.app.list_changes(all).await.unwrap().rows[0].id
    }

    pub(super) async fn change_back(&self, change: ChangeId) -> Result<ChangeId, Error> {
        let args = UndoChange {
            change: Some(change),
            ..UndoChange::default()
        };
        let by = self.world.app.undo_change(args).await?.by;
        self.is_sound().await;
        Ok(by)
    }

    pub(super) async fn is_sound(&self) {
        let report = self.world.app.store().unwrap().verify().await.unwrap();
        assert!(report.findings.is_empty(), "{report:?}");
    }

    pub(super) async fn now(&self) -> Deals {
        let store = self.world.app.store().unwrap();
        let deals = store.deals(&DealQuery::all()).await.unwrap().rows;
        ["A1", "A2"].map(|number| {
            let deal = deals.iter().find(|deal| deal.external_id == number)?;
            let mut customers = self.customers.iter();
            let customer = customers.position(|one| Some(*one) == deal.customer)?;
            Some((customer, deal.amount?.minor / 100))
        })
    }
}

pub(super) const BOTH: Deals = [Some((0, 100)), Some((1, 50))];

#[tokio::test]
async fn a_deal_that_was_only_given_to_another_customer_goes_with_its_import() {
    let company = Company::new().await;
    let batch = company.says(BOTH).await;
    company.merge().await;
    assert_eq!(company.now().await, [Some((0, 100)), Some((0, 50))]);
    let undone = company.undo(batch).await;
    assert_eq!((undone.removed, undone.kept_count), (2, 0), "{undone:?}");
    assert_eq!(company.now().await, [None, None]);
    company.unmerge().await;
    company.says(BOTH).await;
    assert_eq!(company.now().await, BOTH);
}

/// Both deals were written by the second file, whether a merge gave them to another customer before or not.
#[tokio::test]
async fn every_deal_that_a_later_file_wrote_is_named_as_kept() {
    let company = Company::new().await;
    let first = company.says(BOTH).await;
    company.merge().await;
    let second = company.says([Some((0, 120)), Some((0, 70))]).await;
    let undone = company.undo(first).await;
    assert_eq!((undone.removed, undone.kept_count), (0, 2), "{undone:?}");
    let mut named = undone.kept.iter();
    assert!(
        named.all(|one| one.code == "kept_changed_later"),
        "{undone:?}"
    );
    assert_eq!(company.now().await, [Some((0, 120)), Some((0, 70))]);
    let undone = company.undo(second).await;
    assert_eq!((undone.removed, undone.kept_count), (2, 0), "{undone:?}");
}

#[tokio::test]
async fn a_deal_that_went_does_not_keep_the_merge_from_being_taken_back_and_done_again() {
    let company = Company::new().await;
    let batch = company.says(BOTH).await;
    company.merge().await;
    let merge = company.last().await;
    company.undo(batch).await;
    let back = company.change_back(merge).await.unwrap();
    company.says([Some((1, 70)), None]).await;
    assert_eq!(company.now().await[0], Some((1, 70)), "they are two");
    company.change_back(back).await.unwrap();
    company.says([None, Some((1, 50))]).await;
    assert_eq!(company.now().await[1], Some((0, 50)), "they are one");
}

#[tokio::test]
async fn an_undone_merge_is_done_again_where_the_deals_went_meanwhile() {
    let company = Company::new().await;
    let batch = company.says(BOTH).await;
    company.merge().await;
    let back = company.change_back(company.last().await).await.unwrap();
    assert_eq!(company.now().await, BOTH);
    company.undo(batch).await;
    company.change_back(back).await.unwrap();
    company.says(BOTH).await;
    assert_eq!(company.now().await, [Some((0, 100)), Some((0, 50))]);
}

#[tokio::test]
async fn an_earlier_version_comes_back_as_the_merge_makes_it() {
    let company = Company::new().await;
    company.says(BOTH).await;
    let second = company.says([Some((0, 100)), Some((1, 60))]).await;
    company.merge().await;
    let merge = company.last().await;
    let undone = company.undo(second).await;
    assert_eq!((undone.restored, undone.kept_count), (1, 0), "{undone:?}");
    assert_eq!(company.now().await[1], Some((0, 50)), "not the merged one");
    // The merge is taken back, done again and taken apart as ever.
    let back = company.change_back(merge).await.unwrap();
    assert_eq!(company.now().await, BOTH);
    company.change_back(back).await.unwrap();
    assert_eq!(company.now().await[1], Some((0, 50)));
    company.unmerge().await;
    assert_eq!(company.now().await, BOTH);
}

#[tokio::test]
async fn an_import_after_the_merge_is_taken_back_beside_it() {
    for apart_first in [false, true] {
        let company = Company::new().await;
        company.says(BOTH).await;
        company.merge().await;
        let later = company.says([Some((0, 120)), Some((1, 70))]).await;
        assert_eq!(company.now().await, [Some((0, 120)), Some((0, 70))]);
        if apart_first {
            company.unmerge().await;
            assert_eq!(company.now().await, [Some((0, 120)), Some((1, 70))]);
        }
        let undone = company.undo(later).await;
        assert_eq!(undone.kept_count, 0, "{undone:?}");
        if !apart_first {
            assert_eq!(company.now().await, [Some((0, 100)), Some((0, 50))]);
            company.unmerge().await;
        }
        assert_eq!(company.now().await, BOTH, "apart first: {apart_first}");
    }
}

/// What a merge has to give back is what the imports that stand said.
#[tokio::test]
async fn taken_apart_each_deal_is_with_the_customer_that_its_import_named() {
    let company = Company::new().await;
    company.says([Some((0, 100)), Some((1, 50))]).await;
    let second = company.says([Some((1, 100)), Some((0, 50))]).await;
    company.merge().await;
    company.undo(second).await;
    assert_eq!(company.now().await, [Some((0, 100)), Some((0, 50))]);
    company.unmerge().await;
    assert_eq!(company.now().await, BOTH);
}

#[tokio::test]
async fn all_imports_can_go_beside_a_merge_in_any_order() {
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        for apart in [false, true] {
            let company = Company::new().await;
            let first = company.says(BOTH).await;
            let second = company.says([Some((2, 100)), Some((1, 60))]).await;
            company.merge().await;
            if apart {
                company.unmerge().await;
            }
            let third = company.says([Some((1, 100)), Some((1, 70))]).await;
            let batches = [first, second, third];
            for at in order {
                company.undo(batches[at]).await;
            }
            assert_eq!(company.now().await, [None, None], "{order:?}, {apart}");
        }
    }
}

/// What was taken back long before is nobody's edit of what a later import said.
#[tokio::test]
async fn a_merged_deal_takes_what_its_next_file_says() {
    let company = Company::new().await;
    let both = |amount| [Some((0, 100)), Some((1, amount))];
    company.says(both(5)).await;
    let second = company.says(both(9)).await;
    company.undo(second).await;
    company.says(both(9)).await;
    company.merge().await;
    company.says(both(5)).await;
    assert_eq!(company.now().await, [Some((0, 100)), Some((0, 5))]);
}
