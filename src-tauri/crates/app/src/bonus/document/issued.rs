//! The statements of a period that count, whoever looks: those of the run that was handed in, else of the
//! newest one.

use std::collections::HashMap;
use std::sync::Arc;

use yeji_bonus::{Plan, read_statement};
use yeji_core::bonus_cycle::BonusStepKind;
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusPlanId, PersonId};
use yeji_core::org::Organisation;
use yeji_store::{BonusPlanVersion, BonusRun as KeptRun, StatementRow};

use super::statement_hash;
use crate::api::bonus_papers::StatementConfirmationRow;
use crate::api::goal_letter::ConfirmationState;
use crate::bonus::confirm::Confirmed;
use crate::bonus::cycle::is_of_everybody;
use crate::bonus::paper_error::PaperError;
use crate::bonus::settled::Settled;
use crate::bonus::{plan, view};
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::name_of;

/// A plan's statements of a period.
pub(in crate::bonus) struct Issued {
    pub period: Period,
    pub settled: Settled,
    pub run: KeptRun,
    pub version: BonusPlanVersion,
    pub plan: Plan,
    /// By name.
    pub rows: Vec<StatementRow>,
    pub organisation: Arc<Organisation>,
}

impl App {
    /// The statements that count for a plan of a period; no plan named: the one that was handed in last, or
    /// else run last.
    pub(in crate::bonus) async fn issued(
        &self,
        period: Period,
        plan: Option<&str>,
    ) -> Result<Issued> {
        let store = self.store()?;
        let key = period.to_string();
        let versions = store.bonus_plans().await?.into_iter();
        let versions: HashMap<BonusPlanId, BonusPlanVersion> =
            versions.map(|version| (version.id, version)).collect();
        let runs = store.bonus_runs(Some(&key)).await?.into_iter();
        let with_version = |run: KeptRun| {
            let version = versions.get(&run.plan)?.clone();
            Some((run, version))
        };
        let runs: Vec<(KeptRun, BonusPlanVersion)> = runs.filter_map(with_version).collect();
        let steps = store.bonus_steps(Some(&key)).await?;
        let submitted = steps.iter().rev();
        let submitted = submitted.filter(|step| step.kind == BonusStepKind::Submit);
        let code = plan
            .or(submitted.map(|step| step.plan.as_str()).next())
            .or(runs.first().map(|(_, version)| version.code.as_str()))
            .unwrap_or_default()
            .to_owned();
        let settled = self.settled(period, &code).await?;
        let counts = |(run, version): &(KeptRun, BonusPlanVersion)| match settled.run {
            Some(id) => run.id == id,
            None => version.code == code && is_of_everybody(run),
        };
        let found = runs.into_iter().find(counts);
        let (run, version) = found.ok_or(PaperError::NoRun { period })?;
        let organisation = store.organisation().await?;
        let mut rows = store.statements(run.id).await?;
        rows.sort_by_cached_key(|row| {
            let name = organisation.person(row.person).map(|one| one.name.clone());
            (name, row.person)
        });
        Ok(Issued {
            period,
            settled,
            plan: plan::read(&version.document)?,
            run,
            version,
            rows,
            organisation,
        })
    }
}

impl App {
    /// The statements that count, of which somebody has one; no plan named: those of the only plan that they
    /// have one by.
    pub(in crate::bonus) async fn issued_to(
        &self,
        person: PersonId,
        period: Period,
        plan: Option<String>,
    ) -> Result<Issued> {
        let plan = match plan {
            Some(plan) => Some(plan),
            None => self.only_plan(person, period).await?,
        };
        self.issued(period, plan.as_deref()).await
    }
}

impl Issued {
    /// Whether somebody's statement is approved to be paid.
    pub fn is_approved_for(&self, person: PersonId) -> bool {
        self.settled.approved && !self.settled.held.contains(&person)
    }

    pub fn row_of(&self, person: PersonId) -> Result<&StatementRow> {
        let found = self.rows.iter().find(|row| row.person == person);
        found.ok_or_else(|| Error::NotFound {
            what: "statement",
            value: person.to_string(),
        })
    }

    pub fn name_of(&self, row: &StatementRow) -> String {
        name_of(&self.organisation, row.person)
    }

    /// The staff number, or the id of somebody without one.
    pub fn number_of(&self, person: PersonId) -> String {
        let one = self.organisation.person(person);
        let number = one.and_then(|one| one.staff_number.clone());
        number.unwrap_or_else(|| person.to_string())
    }

    pub fn hash_of(&self, row: &StatementRow) -> String {
        statement_hash(&row.result, &self.run.inputs_hash)
    }

    /// A statement, and whether its person confirmed it.
    pub fn standing(
        &self,
        row: &StatementRow,
        confirmed: &Confirmed,
    ) -> Result<StatementConfirmationRow> {
        let statement = read_statement(row.result.clone()).map_err(yeji_store::Error::from)?;
        let summary = view::summary(&self.organisation, &statement)?;
        let hash = self.hash_of(row);
        let last = confirmed.get(&row.person);
        let state = match last {
            None => ConfirmationState::Open,
            Some(last) if last.hash == hash => ConfirmationState::Confirmed,
            Some(_) => ConfirmationState::Changed,
        };
        Ok(StatementConfirmationRow {
            person: row.person,
            name: summary.name,
            staff_number: summary.staff_number,
            team: summary.team,
            payout: row.payout,
            held: self.settled.held.contains(&row.person),
            hash,
            state,
            confirmed_at: last.map(|one| one.confirmed_at),
            confirmed_by: last.map(|one| one.author.clone()),
            on_paper: last.is_some_and(|one| one.on_paper),
        })
    }
}
