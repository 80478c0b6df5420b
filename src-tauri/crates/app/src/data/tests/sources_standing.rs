//! Imports of three sources about two customers, and undos of them, in every order: the records are what
//! the imports that stand say.

use proptest::prelude::*;
use serde_json::json;
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::{ChangeKind, Entity, Record};

use super::facts::World;
use super::sources::claims;
use super::sources_undone::{HEAD, with_order};

const SOURCES: [&str; 3] = ["crm", "erp", "wms"];
const NUMBERS: [&str; 2] = ["C-1", "C-2"];
const VALUES: [[&str; 3]; 4] = [
    ["X", "Y", "Z"],
    ["", "东", "西"],
    ["", "企业", "政府"],
    ["", "A", "B"],
];
const COLUMNS: [&str; 4] = ["name", "region", "customer_type", "segment"];

type Word = [&'static str; 4];

#[derive(Debug, Clone)]
enum Step {
    /// A file with both customers: one that it says nothing new of is repeated.
    Import(usize, [Word; 2]),
    /// One of the imports that stand.
    Undo(prop::sample::Index),
    /// A customer and its column, not the name.
    Edit(usize, usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let word = || {
        prop::array::uniform4(0_usize..3)
            .prop_map(|at| std::array::from_fn(|column| VALUES[column][at[column]]))
    };
    // The second customer is mostly said to be the same.
    let rare = prop_oneof![3 => Just(["Z", "东", "企业", "A"]), 1 => word()];
    let step = prop_oneof![
        5 => (0_usize..3, word(), rare).prop_map(|(source, a, b)| Step::Import(source, [a, b])),
        4 => any::<prop::sample::Index>().prop_map(Step::Undo),
        2 => (0_usize..2, 1_usize..4, 1_usize..3)
            .prop_map(|(who, column, value)| Step::Edit(who, column, value)),
    ];
    prop::collection::vec(step, 3..12)
}

/// What was done to a customer and is not taken back.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// An import that repeats a word does not say it (docs/decisions/0013). `wrote`: the columns that got
    /// another value.
    Said {
        source: usize,
        batch: BatchId,
        word: Word,
        wrote: [bool; 4],
    },
    Edited(usize, &'static str),
}

/// What should be of a customer.
#[derive(Debug, Default)]
struct Expected {
    /// Oldest first.
    events: Vec<Event>,
    stands: Option<Word>,
    /// What sources had said last that was taken back.
    unsaid: [Option<Word>; 3],
}

/// What is left of what was done.
#[derive(Default)]
struct Left {
    said: [Option<Word>; 3],
    /// What people wrote, where no import has said something new since.
    persons: [Option<&'static str>; 4],
}

impl Left {
    /// Column by column the first source's word; none if nobody speaks.
    fn by_words(&self) -> Option<Word> {
        let words = || self.said.iter().flatten();
        let first = |column: usize| {
            let mut given = words().map(|word| word[column]);
            given.find(|value| !value.is_empty()).unwrap_or_default()
        };
        words().next().is_some().then(|| std::array::from_fn(first))
    }
}

impl Expected {
    fn left(&self) -> Left {
        let mut left = Left::default();
        for event in &self.events {
            match *event {
                Event::Said {
                    source,
                    word,
                    wrote,
                    ..
                } => {
                    let before = left.by_words().unwrap_or_default();
                    left.said[source] = Some(word);
                    let after = left.by_words().unwrap_or_default();
                    for column in 0..4 {
                        if wrote[column] && before[column] != after[column] {
                            left.persons[column] = None;
                        }
                    }
                }
                Event::Edited(column, value) => left.persons[column] = Some(value),
            }
        }
        left
    }

    fn last(&self, source: usize) -> Option<Word> {
        self.left().said[source]
    }

    /// `met`: what is there now. It decides where a source of which nothing stands says again what it had
    /// said, and a person wrote.
    fn say(&mut self, source: usize, batch: BatchId, word: Word, met: &[String]) {
        let mut left = self.left();
        let before = left.by_words();
        let is_first = left.said[source].replace(word).is_none();
        let after = left.by_words().unwrap();
        let mut now = self.stands.unwrap_or(after);
        let mut wrote = [false; 4];
        for column in 0..4 {
            let unsaid = self.unsaid[source].map(|word| word[column]);
            let is_again = is_first
                && left.persons[column].is_some()
                && unsaid == Some(word[column])
                && met[column] == now[column];
            let is_news = before.is_none_or(|before| before[column] != after[column]);
            if is_news && !is_again {
                wrote[column] = now[column] != after[column];
                now[column] = after[column];
            }
        }
        self.events.push(Event::Said {
            source,
            batch,
            word,
            wrote,
        });
        self.stands = Some(now);
    }

    /// Whether the record is to be as the words say; otherwise a person's is left of it.
    fn unsay(&mut self, batch: BatchId) -> bool {
        let count = self.events.len();
        let before = self.left();
        self.events
            .retain(|event| !matches!(event, Event::Said { batch: by, .. } if *by == batch));
        if self.events.len() == count {
            return true;
        }
        let left = self.left();
        for source in 0..3 {
            if left.said[source].is_none() && before.said[source].is_some() {
                self.unsaid[source] = before.said[source];
            }
        }
        let Some(words) = left.by_words() else {
            self.stands = None;
            return self.events.is_empty();
        };
        self.stands = Some(std::array::from_fn(|column| {
            left.persons[column].unwrap_or(words[column])
        }));
        true
    }

    /// Whether a person can write that.
    fn edit(&mut self, column: usize, value: &'static str) -> bool {
        let Some(now) = self.stands.as_mut() else {
            return false;
        };
        if now[column] == value {
            return false;
        }
        self.events.push(Event::Edited(column, value));
        now[column] = value;
        true
    }
}

/// The records by number: name, region, type and segment.
async fn records(world: &World) -> [Option<String>; 2] {
    let customers = world.customers().await;
    assert!(customers.len() <= 2, "{customers:?}");
    NUMBERS.map(|number| {
        let found = customers.iter().find(|one| one[0] == number)?;
        Some(found[1..].join(","))
    })
}

async fn record(world: &World, who: usize) -> Option<Record> {
    let customers = world.app.store().unwrap().customers().await.unwrap();
    let mut found = customers.into_iter();
    found
        .find(|one| one.origin.external_id == NUMBERS[who])
        .map(Record::from)
}

/// Whether an import has put down what it says of a customer, where that is not new.
async fn says_it_anew(world: &World, who: usize, batch: BatchId) -> bool {
    let Some(Record::Customer(customer)) = record(world, who).await else {
        return false;
    };
    let store = world.app.store().unwrap();
    let said = store
        .claims_on(Entity::Customer, customer.id.0)
        .await
        .unwrap();
    if said.is_empty() {
        customer.origin.batch == Some(batch)
    } else {
        said.iter().any(|claim| claim.batch == Some(batch))
    }
}

async fn check(steps: Vec<Step>) {
    let world = with_order(&SOURCES).await;
    let mut expected: [Expected; 2] = Default::default();
    let mut standing: Vec<BatchId> = Vec::new();
    for step in steps {
        match step {
            Step::Import(source, words) => {
                let lines: Vec<String> = NUMBERS
                    .iter()
                    .zip(words)
                    .map(|(number, word)| format!("{number},{}\n", word.join(",")))
                    .collect();
                let text = format!("{HEAD}{}", lines.concat());
                let preview = world.from(SOURCES[source], Kind::Customers, &text).await;
                standing.extend(preview.batch);
                for (who, one) in expected.iter_mut().enumerate() {
                    let is_repeated = one.last(source) == Some(words[who]);
                    let Some(batch) = preview.batch else {
                        assert!(is_repeated, "{one:?}");
                        continue;
                    };
                    if !is_repeated || says_it_anew(&world, who, batch).await {
                        let met = &records(&world).await[who];
                        let met = met.as_deref().unwrap_or_default().split(',');
                        let met: Vec<String> = met.map(str::to_owned).collect();
                        one.say(source, batch, words[who], &met);
                    }
                }
            }
            Step::Undo(which) if !standing.is_empty() => {
                let batch = standing.remove(which.index(standing.len()));
                world.undo(batch).await;
                for (who, one) in expected.iter_mut().enumerate() {
                    if !one.unsay(batch) {
                        // What a person wrote is not taken away.
                        assert!(record(&world, who).await.is_some());
                        return;
                    }
                }
                if expected.iter().all(|one| one.stands.is_none()) {
                    assert_eq!(claims(&world).await, 0, "nothing is left of it");
                }
            }
            Step::Edit(who, column, value) => {
                let value = VALUES[column][value];
                if expected[who].edit(column, value) {
                    let record = record(&world, who).await.unwrap();
                    let values = [(COLUMNS[column].to_owned(), json!(value))];
                    let edited = record.with_values(&values.into());
                    let mut change = world.app.change(ChangeKind::Edit, json!({}));
                    change.put.push(edited.unwrap());
                    world.app.apply(change).await.unwrap();
                }
            }
            Step::Undo(_) => {}
        }
        let stands = expected
            .each_ref()
            .map(|one| one.stands.map(|word| word.join(",")));
        assert_eq!(records(&world).await, stands, "after {expected:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The results and bonuses of a company must not depend on the order in which imports were taken
    /// back: records are what the standing ones say.
    #[test]
    fn records_are_what_the_standing_imports_say(steps in steps()) {
        tokio::runtime::Runtime::new().unwrap().block_on(check(steps));
    }
}
