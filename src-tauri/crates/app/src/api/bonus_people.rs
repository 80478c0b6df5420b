//! Plans by person and date: versions with their days, who is under which plan, objectives.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::{BonusObjectiveId, PersonId, PlanAssignmentId, UnitId};

use super::Message;

/// Which plan, as it is in force today.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetBonusPlan {
    /// Its code; none: the plan of everybody who is assigned to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub plan: Option<String>,
    /// One of its versions instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub version: Option<i64>,
}

/// Keeps a plan as a new version.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SavePlan {
    /// The document, JSON or TOML.
    pub plan: String,
    /// The first day on which it holds, `0001-01-01` for all the time; none: the first plan of a store holds
    /// all the time, others from the next period of their kind that nobody has approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<NaiveDate>,
    /// From then on it is the plan of everybody who is assigned to none; none: if its code is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub everybody: Option<bool>,
}

/// A version with its days.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanVersion {
    /// Its number; 0 is the built-in plan that nobody has changed.
    #[ts(type = "number")]
    pub version: i64,
    /// First day; none: from the first there is.
    pub from: Option<NaiveDate>,
    /// Day after the last; none: until another one starts.
    pub to: Option<NaiveDate>,
    /// When it was saved.
    pub saved_at: Option<DateTime<Utc>>,
    /// Whether it holds today.
    pub today: bool,
    /// The plan as a document (TOML).
    pub document: String,
}

/// A plan with its versions.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanInfo {
    /// Its code.
    pub code: String,
    /// Chinese name, of the version that holds today, else of the next.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// The kind of period that it pays for.
    pub period: PeriodKind,
    /// Whether it is today the plan of everybody who is assigned to none.
    pub everybody: bool,
    /// People under it today.
    pub people: u32,
    /// In the order of their days.
    pub versions: Vec<PlanVersion>,
}

/// The plans of the company.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanList {
    /// The plan of everybody first.
    pub plans: Vec<PlanInfo>,
    /// From which day a version of each would hold if nobody says, in the order of the plans; none: from the
    /// first there is.
    pub next_starts: Vec<Option<NaiveDate>>,
}

/// Whom to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListPlanPeople {
    /// First day; none: the first of the running year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<NaiveDate>,
    /// Day after the last; none: that of the running year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub to: Option<NaiveDate>,
    /// Only a unit and what is below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit: Option<UnitId>,
}

/// Who is under which plan.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanPeople {
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// Assignments, in the order of whom they are for: everybody, units, people.
    pub assignments: Vec<PlanAssignmentRow>,
    /// People in the order of their names.
    pub people: Vec<PersonPlans>,
}

/// An assignment.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanAssignmentRow {
    /// Its id.
    pub id: PlanAssignmentId,
    /// Code of the plan.
    pub plan: String,
    /// Whom; none: a unit or everybody.
    pub person: Option<PersonId>,
    /// A unit with all below; none with no person: everybody.
    pub unit: Option<UnitId>,
    /// Name of the person or unit.
    pub name: Option<String>,
    /// For one whole period of the plan.
    pub target_bonus: Option<Money>,
    /// First day; none: from the first there is.
    pub from: Option<NaiveDate>,
    /// Day after the last; none: open.
    pub to: Option<NaiveDate>,
}

/// What holds for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AssignedBy {
    /// An assignment of the person.
    Person,
    /// One of a unit.
    Unit,
    /// One of everybody, or none at all.
    Everybody,
}

/// A person's plans over the days that were asked for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonPlans {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Staff number.
    pub staff_number: Option<String>,
    /// Unit, today.
    pub unit: Option<String>,
    /// In order, without a gap.
    pub plans: Vec<PersonPlan>,
}

/// Days under one plan.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonPlan {
    /// Code of the plan.
    pub plan: String,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// Where the assignment tells one.
    pub target_bonus: Option<Money>,
    /// Why.
    pub by: AssignedBy,
    /// The assignment, if there is one.
    pub assignment: Option<PlanAssignmentId>,
}

/// Puts people under a plan, or changes an assignment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssignPlan {
    /// The one that is changed; none: a new one for each of whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub assignment: Option<PlanAssignmentId>,
    /// Code of the plan.
    pub plan: String,
    /// Whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub people: Vec<PersonId>,
    /// A unit with all below; none with no people: everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit: Option<UnitId>,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last; none: open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub to: Option<NaiveDate>,
    /// For one whole period of the plan, in major units; none: the person's record, or the plan's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub target_bonus: Option<String>,
    /// Only tell whose plan or target bonus would change.
    pub preview: bool,
}

/// Ends an assignment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EndPlanAssignment {
    /// Which.
    pub assignment: PlanAssignmentId,
    /// The day after its last; none: it never held, and is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub to: Option<NaiveDate>,
    /// Only tell whose plan or target bonus would change.
    pub preview: bool,
}

/// What an assignment changes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanChange {
    /// Of how many people the plan or target bonus changes on some day.
    pub people: u32,
    /// The first of them, in the order of their names.
    pub names: Vec<String>,
    /// Their first day that changes.
    pub from: Option<NaiveDate>,
    /// Approved periods that these days meet, and of how many people.
    pub notes: Vec<Message>,
}

/// Whose objectives.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListObjectives {
    /// The period.
    pub period: Period,
    /// Only of a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<PersonId>,
}

/// Objectives of a period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ObjectiveList {
    /// The period.
    pub period: Period,
    /// Periods to choose from, newest first.
    pub periods: Vec<Period>,
    /// Everybody who has objectives or is under a plan that pays for them, in the order of names.
    pub people: Vec<PersonObjectives>,
}

/// Objectives of a person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonObjectives {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Staff number.
    pub staff_number: Option<String>,
    /// Unit on the period's last day.
    pub unit: Option<String>,
    /// In the order in which they were entered.
    pub objectives: Vec<ObjectiveRow>,
    /// How far all together were reached; none: some are not judged.
    pub reached: Option<String>,
    /// The bonuses are approved: nothing changes any more.
    pub approved: bool,
    /// No plan of theirs pays for objectives of such a period.
    pub unpaid: bool,
}

/// An objective.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ObjectiveRow {
    /// Its id.
    pub id: BonusObjectiveId,
    /// What.
    pub name: String,
    /// Share of the whole: `40%`.
    pub weight: String,
    /// How far it was reached: `80%`; none: not judged yet.
    pub result: Option<String>,
    /// Who judged it, or entered it.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// An objective, as somebody writes it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveSetting {
    /// A known one, which keeps its result; none: a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub id: Option<BonusObjectiveId>,
    /// What.
    pub name: String,
    /// Share of the whole: `40%`, `0.4` or `2/5`.
    pub weight: String,
}

/// Sets all objectives of a person for a period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetObjectives {
    /// Whose.
    pub person: PersonId,
    /// The period.
    pub period: Period,
    /// All of them, weights totalling 100 %; empty: none any more.
    pub objectives: Vec<ObjectiveSetting>,
}

/// Judges an objective.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct JudgeObjective {
    /// Which.
    pub objective: BonusObjectiveId,
    /// How far it was reached: `80%`, `0.8` or `4/5`; none: not judged after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub result: Option<String>,
}

/// Copies names and weights, not results.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CopyObjectives {
    /// Whose are copied.
    pub from_person: PersonId,
    /// Of which period.
    pub from_period: Period,
    /// To whom; who has objectives already is refused.
    pub people: Vec<PersonId>,
    /// For which period.
    pub period: Period,
}
