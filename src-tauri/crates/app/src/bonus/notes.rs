//! What a run says about itself: a plan that came late.
//!
//! A period is run by the version that holds on its last day. One that was saved only after the period and
//! holds from then or earlier says so, instead of paying old sales by new rules in silence.

use yeji_core::calendar::Period;
use yeji_store::{BonusPlanVersion, BonusRun as KeptRun};

use super::plan;
use crate::api::Message;
use crate::context::App;
use crate::error::Result;

/// Where a kept run has its note.
pub(super) const LATE_PLAN: &str = "late_plan";

impl App {
    /// The note of a run by a version that was put in force after the period's end.
    pub(super) async fn late_plan(
        &self,
        version: Option<&BonusPlanVersion>,
        period: Period,
    ) -> Result<Option<Message>> {
        // The built-in plan and the plan of a file were never put in force.
        let Some(version) = version else {
            return Ok(None);
        };
        let since = self.clock.local(version.created_at).date();
        if since < period.end() || self.is_original(version).await? {
            return Ok(None);
        }
        let params = [
            ("version", version.version.to_string()),
            ("date", since.to_string()),
            ("period", period.to_string()),
        ];
        Ok(Some(Message::new("plan_newer_than_period", &params)))
    }

    /// Whether a version is the built-in plan that was kept by its first run: it was always in force.
    async fn is_original(&self, version: &BonusPlanVersion) -> Result<bool> {
        let known = self.store()?.bonus_plans().await?;
        let earlier = known.iter().any(|one| one.created_at < version.created_at);
        Ok(!earlier && plan::read(&version.document)? == yeji_bonus::attainment_bands()?)
    }
}

/// The note that a kept run has.
pub(super) fn kept_note(run: &KeptRun) -> Result<Option<Message>> {
    let note = run.result.get(LATE_PLAN).cloned().unwrap_or_default();
    Ok(serde_json::from_value(note).map_err(yeji_store::Error::from)?)
}
