//! What an undo may not take back: by whom and by what an approved period was paid.

use yeji_core::calendar::Period;
use yeji_core::ids::BonusPlanId;
use yeji_store::{ChangeEntry, ChangeKind, Record};

use super::cycle::Cycle;
use super::error::PlanError;
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// Refuses to take back an assignment, a version of a plan or objectives by which somebody's bonuses stand
    /// approved: the use cases that make them refuse the same.
    pub(crate) async fn require_bonus_untouched(&self, entry: &ChangeEntry) -> Result<()> {
        if !matches!(
            entry.kind,
            ChangeKind::AssignPlan
                | ChangeKind::SavePlan
                | ChangeKind::BonusObjective
                | ChangeKind::Undo
        ) {
            return Ok(());
        }
        let store = self.store()?;
        let rows = store
            .change_rows(entry.id, crate::history::MAX_RECORDS)
            .await?;
        let mut approved: Option<Vec<Cycle>> = None;
        for row in rows {
            let record = store.record(row.entity, row.id).await?;
            if let Some(Record::BonusObjective(objective)) = &record {
                let organisation = store.organisation().await?;
                let period: Period = objective.period.parse()?;
                let people = [objective.person].into();
                self.require_judgeable(&organisation, &people, period)
                    .await?;
            }
            let touched = match &record {
                Some(Record::PlanAssignment(one)) => Touched {
                    plan: &one.plan,
                    version: None,
                    days: (one.from, one.to),
                },
                Some(Record::BonusPlanVersion(one)) => Touched {
                    plan: &one.code,
                    version: Some(one.id),
                    days: (one.effective_from, yeji_core::org::OPEN_END),
                },
                _ => continue,
            };
            if approved.is_none() {
                let mut all = self.all_cycles().await?;
                all.retain(|cycle| cycle.standing.settled().is_some());
                approved = Some(all);
            }
            let mut cycles = approved.iter().flatten();
            if let Some(cycle) = cycles.find(|cycle| touched.paid(cycle)) {
                return Err(Error::from(PlanError::ApprovedFrom {
                    plan: cycle.plan.clone(),
                    period: cycle.period.to_string(),
                    first: cycle.period.end(),
                }));
            }
        }
        Ok(())
    }
}

/// What an undo would change.
struct Touched<'a> {
    plan: &'a str,
    /// A version counts where a run was made by it.
    version: Option<BonusPlanId>,
    days: (chrono::NaiveDate, chrono::NaiveDate),
}

impl Touched<'_> {
    /// Whether an approved period was paid by it.
    fn paid(&self, cycle: &Cycle) -> bool {
        let (from, to) = self.days;
        let meets = from < cycle.period.end() && cycle.period.start() < to;
        let run = cycle.standing.settled().map(|one| one.run);
        let by = |version| {
            cycle
                .runs
                .iter()
                .any(|one| Some(one.id) == run && one.plan == version)
        };
        meets && cycle.plan == self.plan && self.version.is_none_or(by)
    }
}
