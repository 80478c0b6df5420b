//! A split as it is kept: the version of the goal that it makes, with its leaf cells.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use yeji_core::facts::Opportunity;
use yeji_core::goal::{GoalCell, GoalPlan, GoalPlanState, GoalRule};
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};
use yeji_core::org::Organisation;
use yeji_goals::SplitInput;
use yeji_goals::weigh::WeighInput;

use super::base::Base;
use super::input::{Prepared, base_period, prepare};
use super::notes::said;
use crate::api::Message;
use crate::api::goal_blend::BlendRule;
use crate::api::goals::SplitRule;
use crate::error::Result;

/// How a plan was split, kept with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptRule {
    /// The version that the split made: a revision of it, or the same put in force again, has its rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<GoalPlanId>,
    pub by: String,
    pub base: Option<i32>,
    pub time: String,
    pub notes: Vec<KeptNote>,
    /// The blend, to be shown and changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blend: Option<Box<BlendRule>>,
}

/// A note of the split, kept with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptNote {
    pub code: String,
    pub params: BTreeMap<String, String>,
}

/// A calculated split that nobody has kept yet.
pub(crate) struct Split {
    /// The version that it makes, published.
    pub plan: GoalPlan,
    /// Its leaves.
    pub cells: Vec<GoalCell>,
    /// Why each number is what it is.
    pub rules: Vec<GoalRule>,
    /// Every number of the decomposition.
    pub nodes: Vec<yeji_goals::GoalNode>,
    /// How it was made, and what to know.
    pub notes: Vec<Message>,
    /// What went into the engine.
    pub input: SplitInput,
    /// Of a blend: what its weights come from.
    pub weigh: Option<Box<WeighInput>>,
}

/// The identity that a split gets when it is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewVersion {
    pub id: GoalPlanId,
    pub version: i64,
    pub at: DateTime<Utc>,
}

/// Splits won amounts over an organisation whose deals are not in the store yet.
///
/// # Errors
/// As the engine's; nobody carries a goal, or the base year has no results.
pub(crate) fn split_of_deals(
    plan: &GoalPlan,
    rule: &SplitRule,
    organisation: &Organisation,
    deals: &[Opportunity],
) -> Result<Split> {
    let year = base_period(plan, rule)?;
    let base = Base::of_deals(organisation, deals, year)?;
    let version = NewVersion {
        id: plan.id,
        version: plan.version,
        at: plan.created_at,
    };
    calculate(
        plan,
        rule,
        prepare(plan, rule, organisation, &base)?,
        version,
    )
}

/// Calculates what was prepared.
///
/// # Errors
/// As the engine's.
pub(super) fn calculate(
    plan: &GoalPlan,
    rule: &SplitRule,
    prepared: Prepared,
    new: NewVersion,
) -> Result<Split> {
    let output = yeji_goals::split(&prepared.input)?;
    let mut notes = prepared.notes;
    let is_new = |note: &yeji_goals::Note| {
        let unit = note.params.get("unit");
        note.code != "unit_gets_nothing" || !unit.is_some_and(|id| prepared.named.contains(id))
    };
    let found = output.notes.into_iter().filter(is_new);
    notes.extend(found.map(|note| said(note, plan.amount.currency)));
    let (by, base) = name_of(rule, prepared.base);
    let kept = KeptRule {
        split: Some(new.id),
        by: by.to_owned(),
        base,
        time: prepared.time.to_owned(),
        notes: notes
            .iter()
            .map(|note| KeptNote {
                code: note.code.clone(),
                params: note.params.clone(),
            })
            .collect(),
        blend: match rule {
            SplitRule::Blend(blend) => Some(blend.clone()),
            _ => None,
        },
    };
    let said = match &prepared.shared {
        Some(shared) => shared.documents(&prepared.input.units, &output.nodes)?,
        None => prepared.rules,
    };
    let rules = rules(new.id, said, &prepared.leaves)?;
    let cells = output
        .cells
        .into_iter()
        .map(|cell| {
            let Some((person, unit)) = prepared.leaves.get(&cell.unit) else {
                // An amount that nobody carries would be missing from every sum.
                return Err(yeji_goals::Error::UnknownUnit { unit: cell.unit }.into());
            };
            Ok(GoalCell {
                plan: new.id,
                unit: *unit,
                person: Some(*person),
                start: cell.period.start(),
                end: cell.period.end(),
                minor: cell.minor,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Split {
        plan: GoalPlan {
            id: new.id,
            version: new.version,
            state: GoalPlanState::Published,
            rule: Some(serde_json::to_string(&kept).map_err(yeji_store::Error::from)?),
            created_at: new.at,
            ..plan.clone()
        },
        cells,
        rules,
        nodes: output.nodes,
        notes,
        input: prepared.input,
        weigh: prepared.weigh,
    })
}

/// What the engine said, by unit and person.
fn rules(
    plan: GoalPlanId,
    said: Vec<(String, String)>,
    leaves: &BTreeMap<String, (PersonId, UnitId)>,
) -> Result<Vec<GoalRule>> {
    said.into_iter()
        .map(|(id, document)| {
            let (unit, person) = match leaves.get(&id) {
                Some((person, unit)) => (*unit, Some(*person)),
                None => (id.parse()?, None),
            };
            Ok(GoalRule {
                plan,
                unit,
                person,
                document,
            })
        })
        .collect()
}

/// The rule's name, and its base year where it has one.
pub(super) fn name_of(rule: &SplitRule, base: i32) -> (&'static str, Option<i32>) {
    match rule {
        SplitRule::History { .. } => ("history", Some(base)),
        SplitRule::Equal => ("equal", None),
        SplitRule::Weights { .. } => ("weights", None),
        SplitRule::Blend(_) => ("blend", None),
    }
}

/// How a plan was split, without the notes: they name people.
pub(crate) fn rule_without_notes(plan: &GoalPlan) -> Option<String> {
    plan.rule.as_ref()?;
    let rule = kept_rule(plan).map(|rule| KeptRule {
        notes: Vec::new(),
        blend: None,
        ..rule
    });
    // A rule that cannot be read still says that there was a split.
    Some(
        rule.and_then(|rule| serde_json::to_string(&rule).ok())
            .unwrap_or_default(),
    )
}

/// How a kept plan was split; None while it is only set.
pub(super) fn kept_rule(plan: &GoalPlan) -> Option<KeptRule> {
    serde_json::from_str(plan.rule.as_deref()?).ok()
}
