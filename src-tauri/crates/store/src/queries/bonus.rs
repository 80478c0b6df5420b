//! Bonus plans, target bonuses, runs, statements; and settings.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use sqlx::Row as _;
use yeji_core::Money;
use yeji_core::goal::TargetBonus;
use yeji_core::ids::{BonusPlanId, BonusRunId, PersonId, StatementId};

use crate::cell::Cell;
use crate::queries::bonus_cycle::of_period;
use crate::rows::{read_id, select, select_all, select_one, unreadable};
use crate::{BonusPlanVersion, BonusRun, Result, Setting, StatementRow, Store, setting_id};

impl Store {
    /// Target bonuses of everybody, by person and first day.
    pub async fn target_bonuses(&self) -> Result<Vec<TargetBonus>> {
        let mut all: Vec<TargetBonus> = select_all(&mut *self.reader().await?).await?;
        all.sort_by_key(|one| (one.person, one.from));
        Ok(all)
    }

    /// All versions of all bonus plans, by code and version.
    pub async fn bonus_plans(&self) -> Result<Vec<BonusPlanVersion>> {
        select(&mut *self.reader().await?, "ORDER BY code, version", &[]).await
    }

    /// One version of a bonus plan.
    pub async fn bonus_plan(&self, id: BonusPlanId) -> Result<Option<BonusPlanVersion>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// Runs of all periods or one, latest first.
    pub async fn bonus_runs(&self, period: Option<&str>) -> Result<Vec<BonusRun>> {
        let (tail, cells) = of_period(period, "ORDER BY at DESC, id DESC");
        select(&mut *self.reader().await?, &tail, &cells).await
    }

    /// One run.
    pub async fn bonus_run(&self, id: BonusRunId) -> Result<Option<BonusRun>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// The statements of a run, by id.
    pub async fn statements(&self, run: BonusRunId) -> Result<Vec<StatementRow>> {
        select(
            &mut *self.reader().await?,
            "WHERE run = ? ORDER BY id",
            &[Cell::Id(run.0)],
        )
        .await
    }

    /// A person's statement of a run.
    pub async fn statement_of(
        &self,
        run: BonusRunId,
        person: PersonId,
    ) -> Result<Option<StatementRow>> {
        let cells = [Cell::Id(person.0), Cell::Id(run.0)];
        let tail = "WHERE person = ? AND run = ? ORDER BY id";
        let rows: Vec<StatementRow> = select(&mut *self.reader().await?, tail, &cells).await?;
        Ok(rows.into_iter().next())
    }

    /// What a run pays everybody, without the statements that say why.
    pub async fn payouts(&self, run: BonusRunId) -> Result<HashMap<PersonId, Money>> {
        let sql = "SELECT person, payout_minor, payout_currency FROM statement WHERE run = ?";
        let rows = sqlx::query(sql)
            .bind(run.0.as_bytes().to_vec())
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let mut payouts = HashMap::with_capacity(rows.len());
        for row in &rows {
            let person = read_id(row, "person")?
                .ok_or_else(|| unreadable("statement.person", "null", "an id"))?;
            let currency: String = row.try_get("payout_currency")?;
            let payout = Money::new(row.try_get("payout_minor")?, currency.parse()?);
            payouts.insert(PersonId(person), payout);
        }
        Ok(payouts)
    }

    /// One statement.
    pub async fn statement(&self, id: StatementId) -> Result<Option<StatementRow>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// The value of a setting.
    pub async fn setting(&self, key: &str) -> Result<Option<Value>> {
        let setting: Option<Setting> =
            select_one(&mut *self.reader().await?, setting_id(key)).await?;
        Ok(setting.map(|setting| setting.value))
    }

    /// All settings by key.
    pub async fn settings(&self) -> Result<BTreeMap<String, Value>> {
        let all: Vec<Setting> = select_all(&mut *self.reader().await?).await?;
        Ok(all
            .into_iter()
            .map(|setting| (setting.key, setting.value))
            .collect())
    }
}
