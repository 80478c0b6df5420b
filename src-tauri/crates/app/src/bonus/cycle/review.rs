//! What is unusual about the statements of a cycle's run, against earlier periods and the run before.

use std::collections::HashMap;

use yeji_bonus::review::{HISTORY_PERIODS, review};
use yeji_bonus::{Note, Statement};
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;
use yeji_store::BonusRun as KeptRun;

use super::{Cycle, is_of_everybody};
use crate::access::PaySight;
use crate::api::Message;
use crate::api::bonus_cycle::Anomaly;
use crate::context::App;
use crate::error::Result;

impl App {
    /// What is unusual, by person and kind, of people whose pay is seen.
    pub(super) async fn anomalies(
        &self,
        cycle: &Cycle,
        run: &KeptRun,
        statements: &[Statement],
        pay: &PaySight,
    ) -> Result<Vec<Anomaly>> {
        let history = self.payouts_before(cycle).await?;
        let earlier = cycle.runs.iter().skip_while(|one| one.id != run.id).skip(1);
        let before = match earlier.into_iter().find(|one| is_of_everybody(one)) {
            Some(before) => self.store()?.payouts(before.id).await?,
            None => HashMap::new(),
        };
        let mut found = Vec::new();
        for statement in statements {
            let person: PersonId = statement.person.parse()?;
            if !pay.includes(person) {
                continue;
            }
            let of_person = history.iter().filter_map(|one| one.get(&person).copied());
            let of_person: Vec<Money> = of_person.collect();
            for one in review(statement, &of_person, before.get(&person).copied()) {
                found.push(Anomaly {
                    person,
                    name: statement.name.clone(),
                    kind: one.kind.code().to_owned(),
                    message: message(&one.note),
                    payout: statement.payout,
                    before: one.before,
                });
            }
        }
        Ok(found)
    }

    /// Payouts of earlier periods by person, the latest period first: what was settled, else kept.
    async fn payouts_before(&self, cycle: &Cycle) -> Result<Vec<HashMap<PersonId, Money>>> {
        let steps = self.store()?.bonus_steps(None).await?;
        let all = self.all_cycles(steps).await?;
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

pub(super) fn message(note: &Note) -> Message {
    Message {
        code: note.code.clone(),
        params: note.params.clone(),
    }
}
