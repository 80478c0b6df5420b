//! Sources that share deals, and customers that are merged and taken apart beside them: a deal is never
//! with a customer that was merged away, and nobody disagrees who means the same.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yeji_core::ids::{BatchId, CustomerId};
use yeji_intake::Kind;
use yeji_store::DealQuery;

use super::facts::{World, alone};
use crate::api::customers::MergeCustomers;
use crate::api::history::UndoChange;

const NAMES: [&str; 3] = ["甲木", "乙水", "丙火"];
const DEALS: &str = "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n";

/// A customer and an amount for each of the two deals.
type Word = [(usize, u32); 2];

/// A company with three customers, whose sources share its deals.
struct Company {
    world: World,
    customers: [CustomerId; 3],
}

impl Company {
    async fn new(order: &[&str]) -> Self {
        let world = World::before(Kind::Opportunities).await;
        let lines: Vec<String> = NAMES
            .iter()
            .zip(1..)
            .map(|(name, n)| format!("M-{n},{name}\n"))
            .collect();
        let text = format!("customer_id,account\n{}", lines.concat());
        world.csv(Kind::Customers, &text).await;
        world.order(order).await;
        let known = world.app.store().unwrap().customers().await.unwrap();
        let customers = NAMES.map(|name| known.iter().find(|one| one.name == name).unwrap().id);
        Self { world, customers }
    }

    /// Imports OP-1 and OP-2, each with a customer and an amount.
    async fn says(&self, source: &str, word: Word) -> Option<BatchId> {
        let lines: Vec<String> = word
            .iter()
            .zip(1..)
            .map(|((customer, amount), n)| {
                format!(
                    "OP-{n},10001,{},Won,2026-03-01,{amount}\n",
                    NAMES[*customer]
                )
            })
            .collect();
        let text = format!("{DEALS}{}", lines.concat());
        let preview = self.world.from(source, Kind::Opportunities, &text).await;
        assert_eq!(preview.files[0].rejected_rows, 0, "{preview:?}");
        preview.batch
    }

    fn pair(&self, from: usize, into: usize) -> MergeCustomers {
        MergeCustomers {
            customer: self.customers[from],
            into: self.customers[into],
        }
    }

    async fn merge(&self, from: usize, into: usize) {
        let args = self.pair(from, into);
        self.world.app.merge_customers(args).await.unwrap();
    }

    async fn unmerge(&self, from: usize, into: usize) {
        let args = self.pair(from, into);
        self.world.app.unmerge_customer(args).await.unwrap();
    }

    async fn undo(&self, batch: BatchId) {
        let args = alone(&self.world.app, batch).await;
        self.world.app.undo_batch(args).await.unwrap();
        let report = self.world.app.store().unwrap().verify().await.unwrap();
        assert!(report.findings.is_empty(), "{report:?}");
    }

    /// Takes the last change back as Ctrl+Z does.
    async fn undo_last(&self) {
        let args = UndoChange::default();
        self.world.app.undo_change(args).await.unwrap();
    }

    /// On how many deals sources disagree about the customer.
    async fn disputed(&self) -> usize {
        let disputes = self.world.disputes().await;
        disputes
            .iter()
            .filter(|one| one.field == "customer")
            .count()
    }

    /// The customers of OP-1 and OP-2.
    async fn now(&self) -> [Option<usize>; 2] {
        let store = self.world.app.store().unwrap();
        let deals = store.deals(&DealQuery::all()).await.unwrap();
        let by_number: BTreeMap<String, Option<CustomerId>> = deals
            .rows
            .into_iter()
            .map(|deal| (deal.external_id, deal.customer))
            .collect();
        ["OP-1", "OP-2"].map(|number| {
            let customer = (*by_number.get(number)?)?;
            self.customers.iter().position(|one| *one == customer)
        })
    }
}

#[tokio::test]
async fn nobody_disagrees_who_means_a_merged_customer_and_the_other_one() {
    let company = Company::new(&["crm", "erp"]).await;
    company.says("crm", [(0, 100), (0, 100)]).await;
    company.says("erp", [(1, 100), (2, 100)]).await;
    assert_eq!(company.disputed().await, 2);
    company.merge(0, 1).await;
    company.says("crm", [(0, 120), (1, 120)]).await;
    assert_eq!(company.disputed().await, 1, "only on OP-2");
    company.unmerge(0, 1).await;
    let named = [Some(0), Some(1)];
    assert_eq!(company.now().await, named, "whom the newest file named");
    assert_eq!(company.disputed().await, 2, "they go on meaning two");
}

#[tokio::test]
async fn another_order_of_sources_leaves_merged_customers_merged() {
    let company = Company::new(&["crm", "erp"]).await;
    company.says("crm", [(0, 100), (2, 100)]).await;
    company.says("erp", [(0, 100), (0, 100)]).await;
    company.merge(0, 1).await;
    company.says("crm", [(1, 100), (2, 120)]).await;
    company.world.order(&["erp", "crm"]).await;
    assert_eq!(company.now().await, [Some(1), Some(1)]);
    company.undo_last().await;
    assert_eq!(company.now().await, [Some(1), Some(2)]);
}

/// Nobody edited what a merge only gave to another customer, so nobody speaks of it any more.
#[tokio::test]
async fn with_all_imports_taken_back_no_deal_stays_for_a_merge() {
    let company = Company::new(&["crm", "erp"]).await;
    let crm = company.says("crm", [(0, 100), (2, 100)]).await.unwrap();
    let erp = company.says("erp", [(0, 110), (0, 100)]).await.unwrap();
    company.merge(0, 1).await;
    company.undo(crm).await;
    assert_eq!(company.now().await, [Some(1), Some(1)], "erp's word");
    company.undo(erp).await;
    let store = company.world.app.store().unwrap();
    let left = store.deals(&DealQuery::all()).await.unwrap().rows;
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn an_import_taken_back_gives_no_deal_to_a_merged_customer() {
    let company = Company::new(&["crm", "erp"]).await;
    company.says("crm", [(0, 100), (0, 100)]).await;
    company.says("erp", [(0, 100), (0, 100)]).await;
    let before = company.says("crm", [(0, 110), (2, 110)]).await.unwrap();
    company.merge(0, 1).await;
    let after = company.says("crm", [(2, 120), (2, 120)]).await.unwrap();
    company.undo(after).await;
    assert_eq!(company.now().await, [Some(1), Some(2)]);
    company.undo(before).await;
    assert_eq!(company.now().await, [Some(1), Some(1)]);
}

#[tokio::test]
async fn a_merge_is_nobodys_word_once_it_is_ended() {
    let company = Company::new(&["crm", "erp"]).await;
    company.says("crm", [(0, 100), (0, 100)]).await;
    company.says("erp", [(0, 100), (0, 100)]).await;
    company.merge(0, 1).await;
    let away = company.says("crm", [(2, 100), (0, 100)]).await.unwrap();
    company.unmerge(0, 1).await;
    company.undo(away).await;
    assert_eq!(company.now().await, [Some(0), Some(0)]);
    assert_eq!(company.disputed().await, 0);
}

#[tokio::test]
async fn a_value_is_taken_as_the_source_means_it_now() {
    let company = Company::new(&["crm", "erp"]).await;
    company.says("crm", [(2, 100), (2, 100)]).await;
    company.says("erp", [(0, 100), (2, 100)]).await;
    company.merge(0, 1).await;
    let disputes = company.world.disputes().await;
    company.world.take(&disputes[0], "erp").await;
    assert_eq!(company.now().await, [Some(1), Some(2)]);
    company.unmerge(0, 1).await;
    assert_eq!(company.now().await, [Some(0), Some(2)], "whom erp names");
    company.world.order(&["erp", "crm"]).await;
    company.world.order(&["crm", "erp"]).await;
    assert_eq!(company.disputed().await, 1);
    let disputes = company.world.disputes().await;
    assert_eq!(disputes[0].reason, "chosen");
}

/// The first file names a merged customer of a deal that is its alone; from the second on two speak of it.
#[tokio::test]
async fn a_shared_row_goes_to_the_customer_that_the_first_source_named() {
    for order in [["crm", "erp"], ["erp", "crm"]] {
        let company = Company::new(&order).await;
        company.merge(0, 1).await;
        company.says("crm", [(0, 100), (1, 100)]).await;
        let erp = company.says("erp", [(1, 100), (0, 100)]).await.unwrap();
        assert_eq!(company.now().await, [Some(1), Some(1)]);
        company.unmerge(0, 1).await;
        let crm_is_first = order[0] == "crm";
        let expected = if crm_is_first { [0, 1] } else { [1, 0] };
        assert_eq!(company.now().await, expected.map(Some), "{order:?}");
        assert_eq!(company.disputed().await, 2);
        company.undo(erp).await;
        assert_eq!(company.now().await, [Some(0), Some(1)], "{order:?}");
    }
}

/// A file that only named the other customer is taken back after a second source has spoken of the deal.
#[tokio::test]
async fn a_word_that_was_only_another_name_goes_with_its_import() {
    let company = Company::new(&["crm", "erp"]).await;
    company.says("crm", [(0, 100), (0, 100)]).await;
    company.merge(0, 1).await;
    let named = company.says("crm", [(1, 100), (0, 100)]).await.unwrap();
    company.says("erp", [(1, 100), (1, 100)]).await;
    company.undo(named).await;
    company.unmerge(0, 1).await;
    assert_eq!(company.now().await, [Some(0), Some(0)]);
    assert_eq!(company.disputed().await, 2);
}

const SOURCES: [&str; 2] = ["crm", "erp"];

#[derive(Debug, Clone)]
enum Step {
    Import(usize, Word),
    /// One of the imports that stand, not the first of a source.
    Undo(prop::sample::Index),
    Merge(usize, usize),
    /// A merge that is taken back at once.
    MergeAndBack(usize, usize),
    /// One of the merges that stand.
    Unmerge(prop::sample::Index),
    Turn,
}

fn steps() -> impl Strategy<Value = (Word, Word, Vec<Step>)> {
    // Most are about the first customer and its merge into the second.
    let customer = || prop_oneof![3 => Just(0_usize), 1 => Just(1), 2 => Just(2)];
    let word = move || prop::array::uniform2((customer(), 1_u32..3));
    let pair = || prop_oneof![3 => Just((0_usize, 1_usize)), 1 => (0_usize..3, 0_usize..3)];
    let step = prop_oneof![
        3 => (0_usize..2, word()).prop_map(|(source, word)| Step::Import(source, word)),
        3 => any::<prop::sample::Index>().prop_map(Step::Undo),
        3 => pair().prop_map(|(from, into)| Step::Merge(from, into)),
        1 => pair().prop_map(|(from, into)| Step::MergeAndBack(from, into)),
        1 => any::<prop::sample::Index>().prop_map(Step::Unmerge),
        2 => Just(Step::Turn),
    ];
    (word(), word(), prop::collection::vec(step, 4..14))
}

/// Source, import, customer and amount.
type Spoken = (usize, Option<BatchId>, usize, u32);

/// What should be.
#[derive(Debug, Clone, Default)]
struct Expected {
    order: [usize; 2],
    /// By deal, oldest first.
    said: [Vec<Spoken>; 2],
    /// What merged customers are, and the deals that were given away.
    merged: Vec<(usize, usize, Vec<usize>)>,
    stands: [usize; 2],
}

impl Expected {
    fn means(&self, customer: usize) -> usize {
        let found = self.merged.iter().find(|(from, ..)| *from == customer);
        found.map_or(customer, |(_, into, _)| *into)
    }

    /// The customer that a source gives a deal, as it named it, and the amount.
    fn last(&self, deal: usize, source: usize) -> Option<(usize, u32)> {
        let of_source = self.said[deal].iter().rfind(|one| one.0 == source)?;
        Some((of_source.2, of_source.3))
    }

    fn by_words(&self, deal: usize) -> Option<usize> {
        let mut words = self
            .order
            .iter()
            .filter_map(|source| self.last(deal, *source));
        words.next().map(|(customer, _)| self.means(customer))
    }

    /// The customer that the first source names.
    fn named(&self, deal: usize) -> usize {
        let mut words = self.order.iter();
        let word = words.find_map(|source| self.last(deal, *source));
        word.expect("every source speaks of every deal").0
    }

    fn say(&mut self, source: usize, batch: Option<BatchId>, word: Word) {
        for (deal, (customer, amount)) in word.into_iter().enumerate() {
            let before = self.by_words(deal);
            if self.last(deal, source) == Some((customer, amount)) {
                continue;
            }
            self.said[deal].push((source, batch, customer, amount));
            let after = self.by_words(deal);
            if let Some(after) = after.filter(|_| before != after) {
                self.stands[deal] = after;
            }
        }
    }

    fn can_be_merged(&self, from: usize, into: usize) -> bool {
        from != into
            && self
                .merged
                .iter()
                .all(|(one, other, _)| ![from, into].contains(one) && *other != from)
    }

    fn disputed(&self) -> usize {
        let differ = |deal: &usize| {
            let words = [0, 1].map(|source| self.last(*deal, source));
            let [one, other] = words.map(|word| word.map(|(customer, _)| self.means(customer)));
            one != other
        };
        (0..2).filter(differ).count()
    }
}

async fn check(crm: Word, erp: Word, steps: Vec<Step>) {
    let company = Company::new(&SOURCES).await;
    let mut expected = Expected {
        order: [0, 1],
        ..Expected::default()
    };
    for (source, word) in [crm, erp].into_iter().enumerate() {
        company.says(SOURCES[source], word).await;
        expected.say(source, None, word);
    }
    let mut standing = Vec::new();
    for step in steps {
        match step.clone() {
            Step::Import(source, word) => {
                let batch = company.says(SOURCES[source], word).await;
                standing.extend(batch);
                expected.say(source, batch, word);
            }
            Step::Undo(which) if !standing.is_empty() => {
                let batch = standing.remove(which.index(standing.len()));
                company.undo(batch).await;
                for deal in 0..2 {
                    let before = expected.by_words(deal);
                    expected.said[deal].retain(|one| one.1 != Some(batch));
                    let after = expected.by_words(deal);
                    if before != after && Some(expected.stands[deal]) == before {
                        expected.stands[deal] = after.unwrap();
                    }
                }
            }
            Step::Merge(from, into) if expected.can_be_merged(from, into) => {
                company.merge(from, into).await;
                let given = |deal: &usize| expected.stands[*deal] == from;
                let moved: Vec<usize> = (0..2).filter(given).collect();
                for deal in &moved {
                    expected.stands[*deal] = into;
                }
                expected.merged.push((from, into, moved));
            }
            Step::MergeAndBack(from, into) if expected.can_be_merged(from, into) => {
                company.merge(from, into).await;
                company.undo_last().await;
            }
            Step::Unmerge(which) if !expected.merged.is_empty() => {
                let which = which.index(expected.merged.len());
                let (from, into, moved) = expected.merged.remove(which);
                company.unmerge(from, into).await;
                for deal in 0..2 {
                    let named = expected.named(deal);
                    // Of what people and earlier orders gave it, the list of the merge tells.
                    let is_said = expected.means(named) == into || named == from;
                    let is_back = if is_said {
                        named == from
                    } else {
                        moved.contains(&deal)
                    };
                    if expected.stands[deal] == into && is_back {
                        expected.stands[deal] = from;
                    }
                }
            }
            Step::Turn => {
                let before = [0, 1].map(|deal| expected.by_words(deal));
                expected.order.reverse();
                company
                    .world
                    .order(&expected.order.map(|one| SOURCES[one]))
                    .await;
                for (deal, before) in before.into_iter().enumerate() {
                    let after = expected.by_words(deal);
                    if after != before {
                        expected.stands[deal] = after.unwrap();
                    }
                }
            }
            _ => continue,
        }
        let now = company.now().await;
        assert_eq!(
            now,
            expected.stands.map(Some),
            "after {step:?}: {expected:?}"
        );
        for (from, ..) in &expected.merged {
            assert!(
                !now.contains(&Some(*from)),
                "{from} is merged: {expected:?}"
            );
        }
        assert_eq!(
            company.disputed().await,
            expected.disputed(),
            "{expected:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whose results a deal counts in follows its customer: no import, undo or order of sources may give
    /// it back to one that was merged away.
    #[test]
    fn deals_are_with_the_customer_that_the_words_mean((crm, erp, steps) in steps()) {
        tokio::runtime::Runtime::new().unwrap().block_on(check(crm, erp, steps));
    }
}
