//! Sums of goal cells that were asked for, kept in memory until the store changes: a board asks for the goals of
//! two thousand people of a month at each drawing, which are ten thousand cells to SQLite.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::SqliteConnection;

use super::goals::{GoalSum, GoalSumQuery, read_goal_sums};
use crate::Result;
use crate::kept::last_change;

/// Sums that are kept, about 20 MB.
const MAX_SUMS: usize = 200_000;

/// What was read at a number of the change log.
#[derive(Debug, Default)]
struct State {
    seq: i64,
    sums: BTreeMap<GoalSumQuery, Arc<Vec<GoalSum>>>,
    /// All of them, and one for each question.
    count: usize,
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct GoalSums(Mutex<State>);

impl GoalSums {
    /// What is kept, or read now. `conn` reads one state of the store.
    pub(super) async fn get(
        &self,
        conn: &mut SqliteConnection,
        query: &GoalSumQuery,
    ) -> Result<Arc<Vec<GoalSum>>> {
        let seq = last_change(conn).await?;
        if let Some(known) = self.at(seq, query) {
            return Ok(known);
        }
        let read = Arc::new(read_goal_sums(conn, query).await?);
        self.keep(seq, query, &read);
        Ok(read)
    }

    fn at(&self, seq: i64, query: &GoalSumQuery) -> Option<Arc<Vec<GoalSum>>> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = state.sums.get(query).filter(|_| state.seq == seq);
        known.map(Arc::clone)
    }

    /// Who still reads an older state keeps nothing for the others.
    fn keep(&self, seq: i64, query: &GoalSumQuery, read: &Arc<Vec<GoalSum>>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.seq > seq {
            return;
        }
        let new = read.len() + 1;
        if state.seq < seq || state.count + new > MAX_SUMS {
            *state = State {
                seq,
                ..State::default()
            };
        }
        if new <= MAX_SUMS && state.sums.insert(query.clone(), Arc::clone(read)).is_none() {
            state.count += new;
        }
    }
}
