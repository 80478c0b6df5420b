//! Records that only the store defines (plans and results as documents, settings, mappings), and ids
//! for rows whose identity is a name.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use yeji_core::Money;
use yeji_core::bonus_cycle::FrozenInput;
use yeji_core::goal::{GoalCell, GoalLock, GoalRule};
use yeji_core::ids::{
    AccountId, BatchId, BonusPlanId, BonusRunId, CustomerId, DashboardId, MappingId, PersonId,
    SavedViewId, StatementId, UnitId,
};
use yeji_core::org::MemberRole;
use yeji_core::scorecard::{KpiGoal, Scorecard};

use crate::Entity;
use crate::cell::derived_id;

/// A version of a bonus plan. The document is the plan; versions are never edited once used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BonusPlanVersion {
    /// Stable id of this version.
    pub id: BonusPlanId,
    /// Code shared by the versions of one plan.
    pub code: String,
    /// 1, 2, 3 ...
    pub version: i64,
    /// The plan as data.
    pub document: Value,
    /// First day on which it applies.
    pub effective_from: NaiveDate,
    /// Day after the last.
    pub effective_to: NaiveDate,
    /// When this version was saved.
    pub created_at: DateTime<Utc>,
}

/// One calculation of the bonuses of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BonusRun {
    /// Stable id.
    pub id: BonusRunId,
    /// Key of the period (`2017-Q4`).
    pub period: String,
    /// Version of the plan.
    pub plan: BonusPlanId,
    /// When it was calculated.
    pub at: DateTime<Utc>,
    /// SHA-256 of the engine's input, hexadecimal.
    pub inputs_hash: String,
    /// Version of the engine.
    pub engine_version: String,
    /// The engine's result that belongs to no single person.
    pub result: Value,
}

/// One person's statement of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRow {
    /// Stable id.
    pub id: StatementId,
    /// Of which run.
    pub run: BonusRunId,
    /// Whose.
    pub person: PersonId,
    /// What is paid.
    pub payout: Money,
    /// Lines and trace.
    pub result: Value,
}

/// A setting of the company or the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Name, unique.
    pub key: String,
    /// Value.
    pub value: Value,
}

/// A saved mapping of a source's columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingProfile {
    /// Stable id.
    pub id: MappingId,
    /// Name, unique.
    pub name: String,
    /// The mapping as data.
    pub document: Value,
}

/// To what a text of a source was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AliasKind {
    /// A person.
    Person,
    /// A unit.
    Unit,
    /// A customer.
    Customer,
    /// A product.
    Product,
}

/// "`GTXPro` of this source is the product `GTX Pro`": confirmed by a person, remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// Code of the source.
    pub source: String,
    /// Kind of the target.
    pub kind: AliasKind,
    /// The text in the files.
    pub from_text: String,
    /// Id of the target.
    pub target: Uuid,
}

/// A customer that turned out to be another one: what referred to it refers to the target since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRedirect {
    /// The one that was merged; its record stays.
    pub customer: CustomerId,
    /// What it is.
    pub target: CustomerId,
    /// The rows that referred to it: `[entity, id]`, to be given back.
    pub moved: Value,
}

/// What a source says of a record of which more than one source speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceClaim {
    /// Table of the record.
    pub entity: Entity,
    /// The record.
    pub record: Uuid,
    /// Who says so; empty: a person chose the values.
    pub source: String,
    /// The values by column, only those that were given.
    pub given: Value,
    /// Since when it says so.
    pub at: DateTime<Utc>,
    /// The import that brought it.
    pub batch: Option<BatchId>,
}

pub(crate) fn source_claim_row_id(claim: &SourceClaim) -> Uuid {
    let (entity, source) = (claim.entity.code(), claim.source.as_bytes());
    derived_id(
        "source_claim",
        &[entity.as_bytes(), claim.record.as_bytes(), source],
    )
}

/// A folder whose new exports are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedFolder {
    /// Where it is, absolute.
    pub path: String,
    /// Name of the mapping of its files.
    pub profile: Option<String>,
    /// Source of its files.
    pub source: String,
    /// Kind of its files, where it is fixed.
    pub kind: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A file that was met in a watched folder, by its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedFile {
    /// Row id of the folder.
    pub folder: Uuid,
    /// What names the content.
    pub hash: String,
    /// Name under which it was met.
    pub name: String,
    /// `taken`, `nothing`, `waiting`, `failed`.
    pub state: String,
    /// Why it waits or failed.
    pub reason: Option<Value>,
    /// The import.
    pub batch: Option<BatchId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was forecast on a day, of a metric, unit and period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastSnapshot {
    /// The last day that was known.
    pub on_day: NaiveDate,
    /// `forecast`: from the series; `landing`: of the period under way, from deals too.
    pub kind: String,
    /// Code of the metric.
    pub metric: String,
    /// Whose.
    pub unit: UnitId,
    /// Key of the period.
    pub period: String,
    /// Expected, minor units.
    pub mean: i64,
    /// Below it 2.5 % of the outcomes were expected.
    pub lower: i64,
    /// Above it 2.5 % of the outcomes were expected.
    pub upper: i64,
}

/// A board that somebody arranged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Stable id.
    pub id: DashboardId,
    /// Whose; none: made while the store had no accounts.
    pub owner: Option<AccountId>,
    /// Its name.
    pub name: String,
    /// Codes of the roles that see it besides its owner, as JSON.
    pub roles: Value,
    /// What is on it and where, as JSON.
    pub widgets: Value,
}

/// A question of the explorer that somebody kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Stable id.
    pub id: SavedViewId,
    /// Whose; none: made while the store had no accounts.
    pub owner: Option<AccountId>,
    /// Its name.
    pub name: String,
    /// Codes of the roles that see it besides its owner, as JSON.
    pub roles: Value,
    /// The question, as JSON.
    pub question: Value,
}

/// Row id of a forecast that was kept: one a day, kind, metric, unit and period.
pub(crate) fn forecast_snapshot_id(one: &ForecastSnapshot) -> Uuid {
    derived_id(
        "forecast_snapshot",
        &[
            one.on_day.to_string().as_bytes(),
            one.kind.as_bytes(),
            one.metric.as_bytes(),
            one.unit.0.as_bytes(),
            one.period.as_bytes(),
        ],
    )
}

/// Row id of a watched folder, made from its path.
pub fn watched_folder_id(path: &str) -> Uuid {
    derived_id("watched_folder", &[path.as_bytes()])
}

pub(crate) fn watched_folder_row_id(folder: &WatchedFolder) -> Uuid {
    watched_folder_id(&folder.path)
}

/// Row id of a file of a watched folder, made from its content.
pub fn watched_file_id(folder: Uuid, hash: &str) -> Uuid {
    derived_id("watched_file", &[folder.as_bytes(), hash.as_bytes()])
}

pub(crate) fn watched_file_row_id(file: &WatchedFile) -> Uuid {
    watched_file_id(file.folder, &file.hash)
}

pub(crate) fn redirect_row_id(redirect: &CustomerRedirect) -> Uuid {
    derived_id("customer_redirect", &[redirect.customer.0.as_bytes()])
}

/// Row id of a goal cell, made from plan, unit, person and first day.
pub fn goal_cell_id(cell: &GoalCell) -> Uuid {
    let person = cell.person.map(|id| id.0);
    derived_id(
        "goal_cell",
        &[
            cell.plan.0.as_bytes(),
            cell.unit.0.as_bytes(),
            person.as_ref().map_or(&[][..], |id| &id.as_bytes()[..]),
            cell.start.to_string().as_bytes(),
        ],
    )
}

/// Row id of a lock, made from plan, unit, person and period.
pub fn goal_lock_id(lock: &GoalLock) -> Uuid {
    let person = lock.person.map(|id| id.0);
    derived_id(
        "goal_lock",
        &[
            lock.plan.0.as_bytes(),
            lock.unit.0.as_bytes(),
            person.as_ref().map_or(&[][..], |id| &id.as_bytes()[..]),
            lock.period.to_string().as_bytes(),
        ],
    )
}

/// Row id of why a number is what it is, made from plan, unit and person.
pub fn goal_rule_id(rule: &GoalRule) -> Uuid {
    let person = rule.person.map(|id| id.0);
    derived_id(
        "goal_rule",
        &[
            rule.plan.0.as_bytes(),
            rule.unit.0.as_bytes(),
            person.as_ref().map_or(&[][..], |id| &id.as_bytes()[..]),
        ],
    )
}

/// Row id of a scorecard, made from its role and first day.
pub fn scorecard_id(role: Option<MemberRole>, from: NaiveDate) -> Uuid {
    let role = match role {
        None => &b""[..],
        Some(MemberRole::Manager) => b"manager",
        Some(MemberRole::Sales) => b"sales",
    };
    derived_id("scorecard", &[role, from.to_string().as_bytes()])
}

pub(crate) fn scorecard_row_id(scorecard: &Scorecard) -> Uuid {
    scorecard_id(scorecard.role, scorecard.from)
}

/// Row id of a goal of a KPI, made from all but its value.
pub fn kpi_goal_id(goal: &KpiGoal) -> Uuid {
    let whose = goal.unit.map(|id| id.0).or(goal.person.map(|id| id.0));
    derived_id(
        "kpi_goal",
        &[
            goal.metric.as_bytes(),
            whose.as_ref().map_or(&[][..], |id| &id.as_bytes()[..]),
            goal.period.to_string().as_bytes(),
            goal.from.to_string().as_bytes(),
        ],
    )
}

/// Row id of a piece of a frozen input, made from its run and place.
pub(crate) fn frozen_input_id(input: &FrozenInput) -> Uuid {
    derived_id(
        "frozen_input",
        &[input.run.0.as_bytes(), &input.part.to_be_bytes()],
    )
}

/// Row id of a setting, made from its key.
pub fn setting_id(key: &str) -> Uuid {
    derived_id("setting", &[key.as_bytes()])
}

/// Row id of an alias, made from source, kind and text.
pub fn alias_id(source: &str, kind: AliasKind, from_text: &str) -> Uuid {
    derived_id(
        "alias",
        &[source.as_bytes(), &[kind as u8], from_text.as_bytes()],
    )
}

pub(crate) fn alias_row_id(alias: &Alias) -> Uuid {
    alias_id(&alias.source, alias.kind, &alias.from_text)
}

pub(crate) fn setting_row_id(setting: &Setting) -> Uuid {
    setting_id(&setting.key)
}
