//! Imports of one source, merges of customers, their ends, edits and undos, at random: each deal is with the
//! customer that the last import which stands named of it, as the merges that stand make it.

use proptest::prelude::*;
use serde_json::json;
use yeji_core::ids::{BatchId, ChangeId};
use yeji_store::{ChangeKind, Record};

use super::facts::{World, histories};
use super::merged_undone::{Company, Deals};
use crate::api::customers::MergeCustomers;
use crate::error::Error;

#[derive(Debug, Clone)]
enum Step {
    /// Customer and amount of each deal; none: the file does not have it.
    Import(Deals),
    /// One of the imports that stand.
    Undo(prop::sample::Index),
    Merge(usize, usize),
    /// One of the merges that stand ends on the page of duplicates.
    Unmerge(prop::sample::Index),
    /// One of them is taken back as Ctrl+Z does, and done again.
    TakeMergeBack(prop::sample::Index, bool),
    /// A person writes another day into a deal.
    Edit(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let index = any::<prop::sample::Index>;
    let deal = prop::option::weighted(0.8, (0_usize..3, (1_i64..3).prop_map(|one| one * 10)));
    // Most are about the second customer and its merge into the first.
    let pair = || prop_oneof![3 => Just((1_usize, 0_usize)), 2 => (0_usize..3, 0_usize..3)];
    let step = prop_oneof![
        6 => prop::array::uniform2(deal).prop_map(Step::Import),
        3 => index().prop_map(Step::Undo),
        3 => pair().prop_map(|(from, into)| Step::Merge(from, into)),
        2 => index().prop_map(Step::Unmerge),
        2 => (index(), any::<bool>()).prop_map(|(which, again)| Step::TakeMergeBack(which, again)),
        1 => (0_usize..2).prop_map(Step::Edit),
    ];
    prop::collection::vec(step, 4..16)
}

/// What an import said of a deal that was new.
#[derive(Debug, Clone)]
struct Word {
    batch: Option<BatchId>,
    customer: usize,
    amount: i64,
    /// The deal was written, and not only another customer named that is the same now.
    wrote: bool,
}

#[derive(Debug)]
struct Merged {
    from: usize,
    into: usize,
    change: ChangeId,
}

#[derive(Debug, Default)]
struct Expected {
    /// By deal, the oldest first.
    words: [Vec<Word>; 2],
    merged: Vec<Merged>,
    edited: [bool; 2],
    /// A deal that a person wrote into and that lost words is held against others (`edits_replayed.rs`).
    is_open: [bool; 2],
}

impl Expected {
    fn means(&self, customer: usize) -> usize {
        let mut merged = self.merged.iter();
        let found = merged.find(|one| one.from == customer);
        found.map_or(customer, |one| one.into)
    }

    fn named(&self, deal: usize) -> Option<usize> {
        self.words[deal].last().map(|word| word.customer)
    }

    fn stands(&self, deal: usize) -> Option<(usize, i64)> {
        let written = self.words[deal].iter().rfind(|word| word.wrote)?;
        Some((self.means(self.named(deal)?), written.amount))
    }

    fn say(&mut self, deal: usize, batch: Option<BatchId>, (customer, amount): (usize, i64)) {
        let stands = self.stands(deal);
        let wrote = stands != Some((self.means(customer), amount));
        let named = self.named(deal).filter(|_| stands.is_some());
        if wrote || named != Some(customer) {
            self.words[deal].push(Word {
                batch,
                customer,
                amount,
                wrote,
            });
        }
    }

    fn can_be_merged(&self, from: usize, into: usize) -> bool {
        let mut merged = self.merged.iter();
        from != into && merged.all(|one| ![from, into].contains(&one.from) && one.into != from)
    }
}

struct Replay {
    company: Company,
    expected: Expected,
    standing: Vec<BatchId>,
}

impl Replay {
    async fn step(&mut self, step: Step) {
        let merges = self.expected.merged.len();
        match step {
            Step::Import(deals) if deals != [None, None] => {
                let batch = self.company.repeats(deals).await;
                self.standing.extend(batch);
                for (deal, said) in deals.into_iter().enumerate() {
                    if let Some(said) = said {
                        self.expected.say(deal, batch, said);
                    }
                }
            }
            Step::Undo(which) if !self.standing.is_empty() => {
                let batch = self.standing.remove(which.index(self.standing.len()));
                self.company.undo(batch).await;
                for deal in 0..2 {
                    let words = &mut self.expected.words[deal];
                    let count = words.len();
                    words.retain(|word| word.batch != Some(batch));
                    self.expected.is_open[deal] |=
                        self.expected.edited[deal] && words.len() < count;
                    if !words.iter().any(|word| word.wrote) {
                        words.clear();
                    }
                }
            }
            Step::Merge(from, into) if self.expected.can_be_merged(from, into) => {
                let args = self.pair(from, into);
                self.company.world.app.merge_customers(args).await.unwrap();
                let change = self.company.last().await;
                self.expected.merged.push(Merged { from, into, change });
            }
            Step::Unmerge(which) if merges > 0 => {
                let Merged { from, into, .. } = self.expected.merged.remove(which.index(merges));
                let args = self.pair(from, into);
                self.company.world.app.unmerge_customer(args).await.unwrap();
            }
            Step::TakeMergeBack(which, again) if merges > 0 => {
                let at = which.index(merges);
                let change = self.expected.merged[at].change;
                match self.company.change_back(change).await {
                    Ok(back) if again => {
                        let again = self.company.change_back(back).await;
                        again.expect("nothing came in between");
                    }
                    Ok(_) => {
                        self.expected.merged.remove(at);
                    }
                    // Its rows were written since: they are taken apart on the page of duplicates.
                    Err(Error::Store(yeji_store::Error::LaterWork { .. })) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            Step::Edit(deal) if self.expected.stands(deal).is_some() => {
                self.edit(deal).await;
                self.expected.edited[deal] = true;
                let mut words = self.expected.words[deal].iter();
                self.expected.is_open[deal] |= words.any(|word| !word.wrote);
            }
            _ => {}
        }
    }

    fn pair(&self, from: usize, into: usize) -> MergeCustomers {
        MergeCustomers {
            customer: self.company.customers[from],
            into: self.company.customers[into],
        }
    }

    async fn edit(&self, deal: usize) {
        let app = &self.company.world.app;
        let store = app.store().unwrap();
        let number = ["A1", "A2"][deal];
        let deal = store.deals_called(number).await.unwrap().pop().unwrap();
        let day = [("opened_on".to_owned(), json!("2026-01-05"))];
        let written = Record::from(deal).with_values(&day.into());
        let mut change = app.change(ChangeKind::Edit, json!({}));
        change.put.push(written.unwrap());
        app.apply(change).await.unwrap();
    }
}

async fn check(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut replay = Replay {
        company: Company::in_world(World::new().await).await,
        expected: Expected::default(),
        standing: Vec::new(),
    };
    for step in steps {
        replay.step(step.clone()).await;
        replay.company.is_sound().await;
        let (now, expected) = (replay.company.now().await, &replay.expected);
        for (deal, now) in now.into_iter().enumerate() {
            if !expected.is_open[deal] {
                prop_assert_eq!(
                    now,
                    expected.stands(deal),
                    "after {:?}: {:?}",
                    step,
                    expected
                );
            }
            for one in &expected.merged {
                let is_away = now.is_some_and(|(customer, _)| customer == one.from);
                prop_assert!(!is_away, "{} is merged: {:?}", one.from, expected);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(histories(32))]

    /// Merging and taking apart must lose nothing of what the files said.
    #[test]
    fn each_deal_is_with_the_customer_that_its_last_import_named(steps in steps()) {
        tokio::runtime::Runtime::new().unwrap().block_on(check(steps))?;
    }
}
