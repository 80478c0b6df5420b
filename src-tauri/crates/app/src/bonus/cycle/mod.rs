//! How the bonuses of a period come to be paid: open, in review, approved, paid, closed. What was done are
//! append-only steps (`state` folds them); what was handed in is frozen with its complete input
//! (`frozen`); what changes afterwards goes on as adjustments (`restate`). Decision 0029.

mod adjust;
mod error;
mod frozen;
mod once;
mod people;
mod restate;
mod review;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod view;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use yeji_bonus::{CalculateInput, Plan};
use yeji_core::bonus_cycle::BonusStep;
use yeji_core::calendar::Period;
use yeji_core::ids::BonusRunId;
use yeji_store::{BonusPlanVersion, BonusRun as KeptRun};

pub use error::CycleError;
pub(in crate::bonus) use restate::Cause;
pub(in crate::bonus) use review::Reviewed;
pub(in crate::bonus) use state::Standing;

use super::plan;
use crate::api::bonus_cycle::CycleState;
use crate::context::App;
use crate::error::{Error, Result};

/// Where a kept run of some people says of whom.
pub(in crate::bonus) const OF_PEOPLE: &str = "people";
/// Where a kept recalculation says which version of the period's statements it is.
pub(in crate::bonus) const VERSION: &str = "version";

/// The cycle of a period and plan, with its runs.
#[derive(Debug)]
pub(in crate::bonus) struct Cycle {
    pub period: Period,
    /// Code of the plan.
    pub plan: String,
    pub steps: Vec<BonusStep>,
    pub standing: Standing,
    /// Newest first, also runs of some people and recalculations.
    pub runs: Vec<KeptRun>,
}

impl Cycle {
    fn new(period: Period, plan: String, steps: Vec<BonusStep>, runs: Vec<KeptRun>) -> Self {
        Self {
            period,
            plan,
            standing: Standing::of(&steps),
            steps,
            runs,
        }
    }

    /// The run handed in; else the newest of everybody.
    pub fn run(&self) -> Option<&KeptRun> {
        match &self.standing.handed_in {
            Some(handed_in) => self.run_of(handed_in.run),
            None => self.runs.iter().find(|run| is_of_everybody(run)),
        }
    }

    /// The run that is shown as the period's: what counts, else the newest of everybody.
    pub fn shown_run(&self) -> Option<&KeptRun> {
        match self.standing.counts() {
            Some(counts) => self.run_of(counts.run),
            None => self.run(),
        }
    }

    pub fn run_of(&self, id: BonusRunId) -> Option<&KeptRun> {
        self.runs.iter().find(|run| run.id == id)
    }

    /// Whose sight of the cycle is this one: it changes with every step and every run of everybody.
    pub fn stamp(&self) -> String {
        let mut hash = Sha256::new();
        for step in &self.steps {
            hash.update(step.id.0.as_bytes());
        }
        if let Some(run) = self.run() {
            hash.update(run.id.0.as_bytes());
        }
        crate::text::hex(&hash.finalize())[..16].to_owned()
    }

    /// The next period of the same kind.
    fn following(period: Period) -> Result<Period> {
        let next = period.calendar().containing(period.kind(), period.end())?;
        Ok(next)
    }
}

/// Whether a kept run is one that can be handed in.
pub(in crate::bonus) fn is_of_everybody(run: &KeptRun) -> bool {
    !has(run, OF_PEOPLE) && !is_restated(run)
}

/// Whether a kept run recalculates what was settled.
pub(in crate::bonus) fn is_restated(run: &KeptRun) -> bool {
    has(run, VERSION)
}

/// The day as of which a kept run is.
pub(in crate::bonus) fn day_of(run: &KeptRun) -> Result<NaiveDate> {
    let day = run.result.get("as_of").cloned().unwrap_or_default();
    Ok(serde_json::from_value(day).map_err(yeji_store::Error::from)?)
}

fn has(run: &KeptRun, field: &str) -> bool {
    run.result.get(field).is_some_and(|value| !value.is_null())
}

impl App {
    /// The cycle of a period; `plan`: its code, else that of the plan in force, or of what the period has.
    pub(in crate::bonus) async fn cycle(
        &self,
        period: Period,
        plan: Option<&str>,
    ) -> Result<Cycle> {
        let mut all = self.cycles_of(period).await?;
        let code = if let Some(code) = plan {
            code.to_owned()
        } else {
            let (_, in_force) = self.plan_for(None, period).await?;
            let known = all.iter().any(|cycle| cycle.plan == in_force.code);
            match all.first() {
                Some(first) if !known => first.plan.clone(),
                _ => in_force.code,
            }
        };
        match all.iter().position(|cycle| cycle.plan == code) {
            Some(at) => Ok(all.swap_remove(at)),
            None => Ok(Cycle::new(period, code, Vec::new(), Vec::new())),
        }
    }

    /// The cycles of a period, one a plan, that with the newest run first.
    pub(in crate::bonus) async fn cycles_of(&self, period: Period) -> Result<Vec<Cycle>> {
        self.cycles_in(Some(&period.to_string())).await
    }

    /// All cycles, the newest period first.
    pub(in crate::bonus) async fn all_cycles(&self) -> Result<Vec<Cycle>> {
        self.cycles_in(None).await
    }

    async fn cycles_in(&self, period: Option<&str>) -> Result<Vec<Cycle>> {
        let store = self.store()?;
        let versions = store.bonus_plans().await?;
        let mut kept: Vec<(String, String, Vec<BonusStep>, Vec<KeptRun>)> = Vec::new();
        let mut place = |period: &str, plan: &str| {
            let known = kept.iter().position(|one| one.0 == period && one.1 == plan);
            known.unwrap_or_else(|| {
                kept.push((period.to_owned(), plan.to_owned(), Vec::new(), Vec::new()));
                kept.len() - 1
            })
        };
        let mut runs_at = Vec::new();
        for run in store.bonus_runs(period).await? {
            let code = code_of(&run, &versions);
            runs_at.push((place(&run.period, &code), run));
        }
        let mut steps_at = Vec::new();
        for step in store.bonus_steps(period).await? {
            steps_at.push((place(&step.period, &step.plan), step));
        }
        for (at, run) in runs_at {
            kept[at].3.push(run);
        }
        for (at, step) in steps_at {
            kept[at].2.push(step);
        }
        let mut cycles = Vec::with_capacity(kept.len());
        for (period, plan, steps, runs) in kept {
            cycles.push(Cycle::new(period.parse()?, plan, steps, runs));
        }
        // The sort is stable: within a period the plan of the newest run stays first.
        cycles.sort_by_key(|cycle| std::cmp::Reverse(cycle.period.start()));
        Ok(cycles)
    }

    /// The plan of a code as a new run of a period would use it: as it is in force, else its newest version.
    pub(in crate::bonus) async fn plan_named(
        &self,
        code: &str,
        period: Period,
    ) -> Result<(Option<BonusPlanVersion>, Plan)> {
        if self.plan_book().await?.knows(code) {
            return self.plan_for(Some(code), period).await;
        }
        let versions = self.store()?.bonus_plans().await?;
        let newest = versions
            .into_iter()
            .filter(|version| version.code == code)
            .max_by_key(|version| version.version);
        let version = newest.ok_or_else(|| Error::NotFound {
            what: "bonus plan",
            value: crate::error::shown(code),
        })?;
        let plan = plan::read(&version.document)?;
        Ok((Some(version), plan))
    }

    /// What a run would be given now: facts, goals and people of today, and lines by hand.
    pub(in crate::bonus) async fn whole_input(
        &self,
        plan: &Plan,
        period: Period,
    ) -> Result<CalculateInput> {
        let mut input = self.bonus_input(plan, period).await?;
        self.add_adjustments(&mut input).await?;
        Ok(input)
    }

    /// Refuses what would change a period that was handed in.
    pub(in crate::bonus) async fn require_open(&self, period: Period, plan: &str) -> Result<()> {
        let state = self.cycle(period, Some(plan)).await?.standing.state;
        if state == CycleState::Open {
            return Ok(());
        }
        Err(CycleError::Frozen { period, state }.into())
    }

    /// Refuses a line that would be paid with no statement.
    pub(in crate::bonus) async fn require_takes_lines(
        &self,
        period: Period,
        plan: &str,
    ) -> Result<()> {
        let cycles = self.cycles_of(period).await?;
        let Some(cycle) = cycles.into_iter().find(|cycle| cycle.plan == plan) else {
            return Ok(());
        };
        let standing = cycle.standing;
        if standing.takes_lines() {
            return Ok(());
        }
        // Of a period that was paid and opened again only differences go on.
        let state = standing.state.max(match standing.paid {
            Some(_) => CycleState::Paid,
            None => CycleState::Open,
        });
        Err(CycleError::Frozen { period, state }.into())
    }
}

fn code_of(run: &KeptRun, versions: &[BonusPlanVersion]) -> String {
    let version = versions.iter().find(|version| version.id == run.plan);
    let said = || run.result.get("plan").and_then(serde_json::Value::as_str);
    version
        .map(|version| version.code.clone())
        .or_else(|| said().map(str::to_owned))
        .unwrap_or_default()
}
