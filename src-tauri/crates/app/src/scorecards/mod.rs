//! Scorecards: what roles are measured by, goals of KPIs that are no sums of weeks, and how far somebody is by
//! all of them together (docs/decisions/0025).
//!
//! One rule of time: what is in force on the last day of a period counts for the whole period.

mod book;
mod document;
mod error;
mod goals;
mod result;
#[cfg(test)]
mod tests;
mod value;
mod view;
mod who;

use chrono::NaiveDate;
use serde_json::json;
use yeji_core::Ratio;
use yeji_core::metric::GoalMetric;
use yeji_core::org::{MemberRole, Organisation};
use yeji_core::scorecard::{KpiWeight, KpiWeights, Scorecard, percent_text, share};
use yeji_insight::kpi::Direction;
use yeji_store::{AuditDraft, ChangeKind, Entity, scorecard_id};

use crate::api::kpi::{BothWords, MetricInfo};
use crate::api::scorecards::{
    KpiWeightSetting, ScorecardInfo, ScorecardKpi, ScorecardList, SetScorecard,
};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::error::{Error, Result, shown};

pub use document::read_scorecard;
pub use error::ScorecardError;

/// The KPI whose goals are always planned down to weeks; others are where they have a plan.
pub(crate) const PLANNED: &str = "won_amount";

/// The metric of plans that a KPI is; none: its parts do not add up.
fn planned_metric(code: &str) -> Option<GoalMetric> {
    code.parse().ok()
}

impl App {
    /// All scorecards, also older ones and those to come.
    pub async fn list_scorecards(&self, _: NoArgs) -> Result<ScorecardList> {
        let kept = self.store()?.scorecards().await?;
        let metrics = self.list_metrics(NoArgs {}).await?;
        let organisation = self.store()?.organisation().await?;
        let today = self.actor().day(self.clock.today());
        let scorecards: Vec<ScorecardInfo> = kept
            .iter()
            .map(|one| {
                let to = next_from(&kept, one);
                ScorecardInfo {
                    role: one.role,
                    from: one.from,
                    to,
                    in_force: one.from <= today && to.is_none_or(|to| today < to),
                    kpis: kpis(&one.weights, &metrics),
                }
            })
            .collect();
        let latest = kept.iter().filter(|one| next_from(&kept, one).is_none());
        let notes = latest.filter_map(|one| role_of_nobody(one, &organisation));
        Ok(ScorecardList {
            notes: notes.collect(),
            scorecards,
        })
    }

    /// Sets what a role is measured by from a day on until its next scorecard begins; without KPIs the one that
    /// begins on that day is taken away. Older periods keep theirs.
    ///
    /// # Errors
    /// Weights that are not positive or do not total 100 %, a KPI that stands twice, is not there, or of which
    /// neither side is better; nothing to take away.
    pub async fn set_scorecard(&self, args: SetScorecard) -> Result<ScorecardList> {
        let _turn = self.turn().await;
        crate::dates::known_day("from", args.from)?;
        let id = scorecard_id(args.role, args.from);
        let role = args.role.map_or("everybody", role_code);
        let mut summary = json!({ "scorecard": role, "from": args.from });
        let mut change = self.change(ChangeKind::Setting, json!(null));
        let audit = AuditDraft {
            action: "scorecard.save".to_owned(),
            subject: role.to_owned(),
            detail: json!({ "from": args.from.to_string(), "kpis": said(&args.kpis) }),
        };
        if args.kpis.is_empty() {
            let kept = self.store()?.scorecards().await?;
            let is_it = |one: &Scorecard| (one.role, one.from) == (args.role, args.from);
            if !kept.iter().any(is_it) {
                return Err(Error::NotFound {
                    what: "scorecard",
                    value: args.from.to_string(),
                });
            }
            summary["removed"] = json!(true);
            change.delete.push((Entity::Scorecard, id));
            change.audit = Some(AuditDraft {
                action: "scorecard.remove".to_owned(),
                detail: json!({ "from": args.from.to_string() }),
                ..audit
            });
        } else {
            let weights = self.checked_weights(&args.kpis).await?;
            let scorecard = Scorecard {
                role: args.role,
                from: args.from,
                weights,
            };
            if self.store()?.scorecards().await?.contains(&scorecard) {
                return self.list_scorecards(NoArgs {}).await;
            }
            change.put.push(scorecard.into());
            change.audit = Some(audit);
        }
        change.summary = summary;
        self.apply(change).await?;
        self.list_scorecards(NoArgs {}).await
    }

    async fn checked_weights(&self, kpis: &[KpiWeightSetting]) -> Result<KpiWeights> {
        let mut weights = Vec::with_capacity(kpis.len());
        for kpi in kpis {
            let read = |text: &str| {
                share(text).map_err(|_| ScorecardError::Share {
                    metric: shown(&kpi.metric),
                    value: shown(text),
                })
            };
            weights.push(KpiWeight {
                kpi: kpi.metric.clone(),
                weight: read(&kpi.weight)?,
                cap: kpi.cap.as_deref().map(read).transpose()?,
            });
        }
        let weights = KpiWeights::new(weights)?;
        for part in weights.parts() {
            let measured = self.measured(&part.kpi).await?;
            if measured.definition().direction == Direction::Neutral {
                let metric = part.kpi.clone();
                return Err(ScorecardError::Neutral { metric }.into());
            }
        }
        Ok(weights)
    }

    /// Refuses to remove an own KPI by which somebody is or was measured.
    pub(crate) async fn refuse_used(&self, metric: &str) -> Result<()> {
        let store = self.store()?;
        let scorecards = store.scorecards().await?;
        let mut parts = scorecards.iter().flat_map(|one| one.weights.parts());
        let by = if parts.any(|part| part.kpi == metric) {
            "scorecard"
        } else if store.kpi_goals(Some(metric)).await?.is_empty() {
            return Ok(());
        } else {
            "goal"
        };
        let metric = metric.to_owned();
        Err(ScorecardError::InUse { metric, by }.into())
    }
}

/// The first day of the next scorecard of a role.
fn next_from(all: &[Scorecard], one: &Scorecard) -> Option<NaiveDate> {
    let later = all
        .iter()
        .filter(|other| other.role == one.role && other.from > one.from);
    later.map(|other| other.from).min()
}

/// The scorecard of a role on a day, and whether it is everybody's in its place.
fn in_force(
    all: &[Scorecard],
    role: Option<MemberRole>,
    day: NaiveDate,
) -> Option<(&Scorecard, bool)> {
    let of = |role: Option<MemberRole>| {
        let begun = all
            .iter()
            .filter(move |one| one.role == role && one.from <= day);
        begun.max_by_key(|one| one.from)
    };
    let own = role.and_then(|role| of(Some(role)));
    own.map(|one| (one, false))
        .or_else(|| of(None).map(|one| (one, true)))
}

/// A note where nobody has the role from the first day on.
fn role_of_nobody(scorecard: &Scorecard, organisation: &Organisation) -> Option<Message> {
    let role = scorecard.role?;
    let has = |stay: &yeji_core::org::Membership| stay.role == role && scorecard.from < stay.to;
    if organisation.memberships().iter().any(has) {
        return None;
    }
    let params = [
        ("role", role_code(role).to_owned()),
        ("day", scorecard.from.to_string()),
    ];
    Some(Message::new("scorecard_role_of_nobody", &params))
}

fn role_code(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Manager => "manager",
        MemberRole::Sales => "sales",
    }
}

/// The KPIs as one text, for the audit log.
fn said(kpis: &[KpiWeightSetting]) -> String {
    let parts: Vec<String> = kpis
        .iter()
        .map(|one| format!("{} {}", shown(&one.metric), shown(&one.weight)))
        .collect();
    parts.join(", ")
}

/// The KPIs of a scorecard with their names.
fn kpis(weights: &KpiWeights, metrics: &[MetricInfo]) -> Vec<ScorecardKpi> {
    let parts = weights.parts().iter();
    parts
        .map(|part| {
            let info = metrics.iter().find(|one| one.code == part.kpi);
            kpi(part, info)
        })
        .collect()
}

fn kpi(part: &KpiWeight, info: Option<&MetricInfo>) -> ScorecardKpi {
    let unnamed = || BothWords {
        zh: part.kpi.clone(),
        en: part.kpi.clone(),
    };
    ScorecardKpi {
        metric: part.kpi.clone(),
        name: info.map_or_else(unnamed, |one| one.name.clone()),
        direction: info.map_or_else(|| "higher".to_owned(), |one| one.direction.clone()),
        weight: part.weight.to_string(),
        weight_shown: percent_text(part.weight),
        cap: part.cap.as_ref().map(Ratio::to_string),
        cap_shown: part.cap.map(percent_text),
    }
}
