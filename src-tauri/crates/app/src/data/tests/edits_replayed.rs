//! Imports of one and two sources, a person's edits and undos, at random: what stands is what a replay of
//! the rule (docs/decisions/0013) comes to.

use proptest::prelude::*;
use serde_json::json;
use yeji_core::ids::BatchId;

use super::edits_undone::{Words, lists};
use super::facts::{World, histories};

/// What was done, in order.
#[derive(Debug, Clone)]
enum Event {
    /// `wrote`: whether the deal got other values then.
    Import {
        source: usize,
        words: Words,
        wrote: [bool; 3],
        stands: bool,
    },
    Edit(usize, i64),
}

/// What is left of what was done.
#[derive(Debug, Default)]
struct Left {
    /// What people wrote, where no import that stands has said something new since.
    persons: Words,
    /// What each source says.
    said: [Option<Words>; 2],
}

impl Left {
    fn of(events: &[Event]) -> Self {
        let mut left = Self::default();
        for event in events {
            match event {
                Event::Import {
                    source,
                    words,
                    wrote,
                    stands: true,
                } => {
                    let before = left.settled();
                    // Day and amount are one with the stage where that is another: nothing was said yet.
                    let is_first = left.said == [None, None];
                    left.said[*source] = Some(*words);
                    let after = left.settled();
                    for field in 0..3 {
                        let is_new = before[field] != after[field] || field > 0 && is_first;
                        if is_new && wrote[field] {
                            left.persons[field] = None;
                        }
                    }
                }
                Event::Import { .. } => {}
                Event::Edit(field, value) => left.persons[*field] = Some(*value),
            }
        }
        left
    }

    /// The word of the first source that has one.
    fn settled(&self) -> Words {
        [0, 1, 2].map(|field| self.said.iter().flatten().find_map(|words| words[field]))
    }

    /// Where nothing is said of a deal, a day or amount that a person wrote keeps its whole closing.
    fn is_persons(&self, field: usize) -> bool {
        match field {
            0 => self.persons[0].is_some(),
            _ => self.persons[1].or(self.persons[2]).is_some(),
        }
    }

    fn stands(&self) -> Words {
        let settled = self.settled();
        [0, 1, 2].map(|field| self.persons[field].or(settled[field]))
    }
}

/// What a source said last, all of which was taken back.
fn said_last(events: &[Event], of: usize) -> Words {
    let imports = events.iter().rev().find_map(|event| match event {
        Event::Import { words, source, .. } if *source == of => Some(*words),
        _ => None,
    });
    imports.unwrap_or_default()
}

/// A deal to which much happens.
struct Replay {
    world: World,
    is_shared: bool,
    events: Vec<Event>,
    /// Each with the place of its event.
    batches: Vec<(usize, BatchId)>,
}

const SOURCES: [&str; 2] = ["crm", "erp"];

impl Replay {
    async fn import(&mut self, number: usize, source: usize, words: Words) -> Checked {
        let (now, left) = (self.world.deal_words().await, Left::of(&self.events));
        let mut after = Left::of(&self.events);
        after.said[source] = Some(words);
        let (mut expected, last) = (now.unwrap_or_default(), said_last(&self.events, source));
        for field in 0..3 {
            let is_new = left.settled()[field] != after.settled()[field];
            let is_again = left.said[source].is_none()
                && left.is_persons(field)
                && last[field] == words[field];
            // What is left of imports that were all taken back, beside the person's value, is nobody's word.
            let is_left = left.said == [None, None] && !left.is_persons(field);
            if is_new && !is_again || is_left || now.is_none() {
                expected[field] = after.settled()[field];
            }
        }
        let batch = self.world.deal_says(SOURCES[source], words, number).await;
        let met = self.world.deal_words().await.unwrap();
        prop_assert_eq!(met, expected, "{:?} on {:?}: {:?}", words, now, self.events);
        // A row that says what is known writes nothing, and goes with the import that brought it.
        if left.said[source] != Some(words) {
            self.batches.push((self.events.len(), batch));
            let wrote = [0, 1, 2].map(|field| now.unwrap_or_default()[field] != met[field]);
            self.events.push(Event::Import {
                source,
                words,
                wrote,
                stands: true,
            });
        }
        Ok(())
    }

    async fn edit(&mut self, number: i64, field: usize) {
        let values = match field {
            0 => vec![("opened_on", json!(format!("2026-01-{:02}", number + 10)))],
            1 => vec![
                ("amount_minor", json!((number + 1_000) * 100)),
                ("amount_currency", json!("CNY")),
            ],
            _ => vec![("closed_on", json!(format!("2026-02-{:02}", number + 10)))],
        };
        self.world.write_deal(&values).await;
        let value = number + if field == 1 { 1_000 } else { 10 };
        self.events.push(Event::Edit(field, value));
    }

    /// Imports that may be taken back: of sources that share the deal one stays.
    fn standing(&self) -> Vec<(usize, BatchId)> {
        let mut count = [0, 0];
        for event in &self.events {
            if let Event::Import { source, stands, .. } = event {
                count[*source] += usize::from(*stands);
            }
        }
        let may_go = |event: usize| match self.events[event] {
            Event::Import { source, stands, .. } => {
                stands && (!self.is_shared || count[source] > 1)
            }
            Event::Edit(..) => false,
        };
        let batches = self.batches.iter().copied();
        batches.filter(|(event, _)| may_go(*event)).collect()
    }

    async fn take_back(&mut self, event: usize, batch: BatchId) -> Checked {
        let left = Left::of(&self.events);
        if let Event::Import { stands, .. } = &mut self.events[event] {
            *stands = false;
        }
        let undone = self.world.undo(batch).await;
        let after = Left::of(&self.events);
        let mut edits = self.events.iter();
        let is_edited = edits.any(|one| matches!(one, Event::Edit(..)));
        let is_said = after.said != [None, None];
        let Some(met) = self.world.deal_words().await else {
            prop_assert!(!is_said && !is_edited, "{:?}", self.events);
            self.events.clear();
            return Ok(());
        };
        let mut expected = after.stands();
        for field in [1, 2] {
            // A deal must have a stage, and a day and amount that an import gave belong to that.
            if !is_said && after.persons[field].is_none() {
                expected[field] = met[field];
            }
        }
        prop_assert_eq!(met, expected, "taken back {}: {:?}", event, self.events);
        for field in 0..3 {
            let (before, words) = (left.settled()[field], after.settled()[field]);
            let is_kept = after.persons[field].is_some_and(|value| Some(value) != words);
            if is_kept && before != words {
                prop_assert!(lists(&undone, "D1"), "{:?}: {:?}", undone, self.events);
            }
        }
        Ok(())
    }
}

type Checked = Result<(), TestCaseError>;

async fn replay(steps: Vec<(u8, u8, u8)>, is_shared: bool) -> Checked {
    let world = World::new().await;
    if is_shared {
        world.order(&SOURCES).await;
    }
    let mut replay = Replay {
        world,
        is_shared,
        events: Vec::new(),
        batches: Vec::new(),
    };
    for (number, (step, a, b)) in steps.into_iter().enumerate() {
        let is_there = replay.world.deal_words().await.is_some();
        if step < 4 || !is_there {
            let source = usize::from(is_shared && step % 2 == 1);
            let given = |one: u8, unit: i64| {
                let value = i64::from(one % 3) * unit;
                (value > 0).then_some(value)
            };
            let closed = Some(i64::from((a + b) % 3) + 1);
            replay
                .import(number, source, [given(a, 1), given(b, 100), closed])
                .await?;
        } else if step < 7 {
            let number = i64::try_from(number).unwrap();
            replay.edit(number, usize::from(a % 3)).await;
        } else {
            let standing = replay.standing();
            if let Some((event, batch)) = standing.get(usize::from(a) % standing.len().max(1)) {
                replay.take_back(*event, *batch).await?;
                if replay.events.is_empty() {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(histories(64))]

    /// A person's value must not depend on which imports came and went, only on what those say that stand.
    #[test]
    fn what_stands_is_what_would_without_the_imports_that_were_taken_back(
        steps in prop::collection::vec((0_u8..10, 0_u8..12, 0_u8..12), 3..12),
        is_shared in any::<bool>(),
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(replay(steps, is_shared))?;
    }
}
