//! The statements of a run as its cycle needs them, and what is unusual about them, against earlier periods
//! and the run before.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use yeji_bonus::Statement;
use yeji_bonus::review::{HISTORY_PERIODS, review};
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;
use yeji_core::{Currency, Money};
use yeji_store::BonusRun as KeptRun;

use super::{Cycle, is_of_everybody};
use crate::api::Message;
use crate::api::bonus_cycle::Anomaly;
use crate::blocking::blocking;
use crate::bonus::view::message;
use crate::context::App;
use crate::error::Result;

/// A goal of zero: nothing of it can be reached, and mostly it was forgotten.
const GOAL_ZERO: &str = "goal_zero";

/// What a run pays somebody.
#[derive(Debug, Clone)]
pub(in crate::bonus) struct PersonPay {
    pub person: PersonId,
    pub name: String,
    pub payout: Money,
    pub blocked: bool,
}

/// A kept run without the steps of its statements.
#[derive(Debug)]
pub(in crate::bonus) struct Reviewed {
    pub as_of: NaiveDate,
    pub currency: Currency,
    pub people: Vec<PersonPay>,
    /// What is unusual, by person and kind.
    pub anomalies: Vec<Anomaly>,
}

impl App {
    /// The statements of a cycle's run, of everybody.
    pub(in crate::bonus) async fn reviewed(
        &self,
        cycle: &Cycle,
        run: &KeptRun,
    ) -> Result<Arc<Reviewed>> {
        let work = Box::pin(async {
            let (_, output) = self.kept_output(run).await?;
            let history = self.payouts_before(cycle).await?;
            let earlier = cycle.runs.iter().skip_while(|one| one.id != run.id).skip(1);
            let before = match earlier.into_iter().find(|one| is_of_everybody(one)) {
                Some(before) => self.store()?.payouts(before.id).await?,
                None => HashMap::new(),
            };
            let reviewed = blocking(move || {
                let mut reviewed = Reviewed {
                    as_of: output.as_of,
                    currency: output.total.currency,
                    people: Vec::with_capacity(output.statements.len()),
                    anomalies: Vec::new(),
                };
                for statement in &output.statements {
                    reviewed.add(statement, &history, &before)?;
                }
                Ok(reviewed)
            });
            Ok(Arc::new(reviewed.await?))
        });
        self.known(|known| &mut known.reviewed, run.id, work).await
    }

    /// Payouts of earlier periods by person, the latest period first: what was settled, else kept.
    async fn payouts_before(&self, cycle: &Cycle) -> Result<Vec<HashMap<PersonId, Money>>> {
        let all = self.all_cycles().await?;
        let mut history = Vec::new();
        let mut period: Period = cycle.period;
        for _ in 0..HISTORY_PERIODS {
            period = period.previous()?;
            let of_period = |one: &&Cycle| one.period == period && one.plan == cycle.plan;
            let Some(earlier) = all.iter().find(of_period) else {
                continue;
            };
            if let Some(payouts) = self.payouts_of(earlier).await? {
                history.push(payouts);
            }
        }
        Ok(history)
    }

    /// What a cycle pays everybody: as settled, else as the newest run says; nothing to whom pay waits.
    pub(super) async fn payouts_of(
        &self,
        cycle: &Cycle,
    ) -> Result<Option<HashMap<PersonId, Money>>> {
        let settled = cycle
            .standing
            .settled()
            .or(cycle.standing.handed_in.as_ref());
        let run = settled.map(|one| one.run).or(cycle.run().map(|run| run.id));
        let Some(run) = run else { return Ok(None) };
        let mut payouts = self.store()?.payouts(run).await?;
        for person in settled.iter().flat_map(|one| one.held.keys()) {
            if let Some(payout) = payouts.get_mut(person) {
                payout.minor = 0;
            }
        }
        Ok(Some(payouts))
    }
}

impl Reviewed {
    pub(super) fn add(
        &mut self,
        statement: &Statement,
        history: &[HashMap<PersonId, Money>],
        before: &HashMap<PersonId, Money>,
    ) -> Result<()> {
        let person: PersonId = statement.person.parse()?;
        let of_person = history.iter().filter_map(|one| one.get(&person).copied());
        let of_person: Vec<Money> = of_person.collect();
        for one in review(statement, &of_person, before.get(&person).copied()) {
            self.anomalies.push(Anomaly {
                person,
                name: statement.name.clone(),
                kind: one.kind.code().to_owned(),
                message: message(&one.note),
                payout: statement.payout,
                before: one.before,
            });
        }
        let mut notes = statement.components.iter().flat_map(|one| &one.notes);
        if notes.any(|note| note.code == GOAL_ZERO) {
            self.anomalies.push(Anomaly {
                person,
                name: statement.name.clone(),
                kind: GOAL_ZERO.to_owned(),
                message: Message::new("anomaly_goal_zero", &[]),
                payout: statement.payout,
                before: None,
            });
        }
        self.people.push(PersonPay {
            person,
            name: statement.name.clone(),
            payout: statement.payout,
            blocked: statement.blocked,
        });
        Ok(())
    }
}
