//! What is worked out of everything (an input of a million facts, statements of ten thousand people) and
//! looked at again and again: kept until the store changes or the day does.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, Weak};

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::ids::BonusRunId;
use yeji_store::{ChangeKind, Store};

use super::cycle::Reviewed;
use crate::context::App;
use crate::error::Result;

/// What is known of one state of the store.
#[derive(Debug, Default)]
pub(crate) struct Known {
    of: Option<State>,
    /// SHA-256 of what a run would be given now, as of a day.
    pub(super) inputs: HashMap<(BonusRunId, NaiveDate), String>,
    /// What a recalculation would change of what was settled by a run.
    pub(super) drifts: HashMap<BonusRunId, Option<Money>>,
    pub(super) reviewed: HashMap<BonusRunId, Arc<Reviewed>>,
}

/// A state of a store, on a day.
#[derive(Debug, Clone)]
struct State {
    store: Weak<Store>,
    change: i64,
    today: NaiveDate,
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        let same = (self.change, self.today) == (other.change, other.today);
        same && Weak::ptr_eq(&self.store, &other.store)
    }
}

/// One kind of what is known.
type Place<K, T> = fn(&mut Known) -> &mut HashMap<K, T>;

impl App {
    /// The answer to a question about everything: as it was worked out of this state of the store, else
    /// `work`.
    pub(super) async fn known<K: Eq + Hash, T: Clone>(
        &self,
        place: Place<K, T>,
        key: K,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let state = self.state().await?;
        if let Some(known) = self.with_known(&state, |known| place(known).get(&key).cloned()) {
            return Ok(known);
        }
        let answer = work.await?;
        // What was written meanwhile may be half of it.
        if self.state().await? == state {
            self.with_known(&state, |known| {
                place(known).insert(key, answer.clone());
            });
        }
        Ok(answer)
    }

    async fn state(&self) -> Result<State> {
        let store = self.store()?;
        Ok(State {
            // That a personal file was made changes nothing, and there may be ten thousand to make.
            change: store.last_change_but(ChangeKind::PersonalFile).await?,
            today: self.clock.today(),
            store: Arc::downgrade(&store),
        })
    }

    /// What is known of a state; of another one it is forgotten.
    fn with_known<T>(&self, state: &State, ask: impl FnOnce(&mut Known) -> T) -> T {
        let known = self.known_bonuses.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        if known.of.as_ref() != Some(state) {
            *known = Known {
                of: Some(state.clone()),
                ..Known::default()
            };
        }
        ask(&mut known)
    }
}
