//! Rounds of a goal: people propose, managers adjust and submit, HR takes the numbers into the plan.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::goal_round::SubmissionState;
use yeji_core::ids::{GoalPlanId, GoalRoundId, PersonId};
use yeji_core::metric::GoalMetric;

use super::Message;
use super::goal_grid::{GoalAbove, GoalEdited};
use super::goals::GoalPlanInfo;

/// Opens a round on the goal in force.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenGoalRound {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// The last day for people.
    pub people_due: NaiveDate,
    /// The last day for managers.
    pub managers_due: NaiveDate,
}

/// Gives a round other days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetGoalRoundDays {
    /// Which round.
    pub round: GoalRoundId,
    /// The last day for people.
    pub people_due: NaiveDate,
    /// The last day for managers.
    pub managers_due: NaiveDate,
}

/// Which round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GoalRoundArgs {
    /// Which round.
    pub round: GoalRoundId,
}

/// A round with what it came to so far, of what is seen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalRoundInfo {
    /// Stable id.
    pub id: GoalRoundId,
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// The last day for people.
    pub people_due: NaiveDate,
    /// The last day for managers.
    pub managers_due: NaiveDate,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it was closed; none: it is open.
    pub closed_at: Option<DateTime<Utc>>,
    /// People with a goal.
    pub people: u32,
    /// People with a number, their own or a manager's.
    pub said: u32,
    /// People without one.
    pub missing: u32,
    /// Teams (units with people) that are handed in, by themselves or with a unit above.
    pub teams_submitted: u32,
    /// Teams.
    pub teams: u32,
}

/// A window of a round's tree.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetGoalRound {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Which round; none: the newest.
    #[serde(default)]
    #[ts(optional)]
    pub round: Option<GoalRoundId>,
    /// Units whose parts are shown (the topmost always are); `*` alone: all.
    pub expanded: Vec<String>,
    /// Only people and units with this text in name or staff number, with those above them.
    #[serde(default)]
    #[ts(optional)]
    pub search: Option<String>,
    /// Rows before the window.
    pub offset: u32,
    /// Rows of the window, at most 400.
    pub limit: u32,
}

/// A window of a round's tree: goals from above, numbers from below, gaps.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalRoundView {
    /// The round; none: the year has none.
    pub round: Option<GoalRoundInfo>,
    /// The goal that it is held against: the one in force; none: no goal is set.
    pub plan: Option<GoalPlanInfo>,
    /// Currency of every amount.
    pub currency: String,
    /// Whether who asks may open, change and close rounds and take numbers into the plan.
    pub can_run: bool,
    /// The window, parents before children.
    pub rows: Vec<GoalRoundRow>,
    /// Rows before the window.
    pub offset: u32,
    /// All rows that the question has.
    pub total: u32,
    /// The last day of the year before that growth is held against; none: all of it.
    pub last_year_until: Option<NaiveDate>,
}

/// A unit or person of a round. Amounts in major units, of the year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalRoundRow {
    /// Stable id of the unit or person.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Of a person who has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub staff_number: Option<String>,
    /// `company`, `department`, `team`, `person`.
    pub level: String,
    /// 0 for the topmost.
    pub depth: u32,
    /// Unit above, if it is seen.
    pub parent: Option<String>,
    /// Parts of this unit.
    pub children: u32,
    /// Whether its parts are shown.
    pub expanded: bool,
    /// From above: the goal in force.
    pub goal: String,
    /// The person's own number; none of units.
    pub proposal: Option<GoalProposalInfo>,
    /// What the manager made of it, while it stands.
    pub adjustment: Option<GoalAdjustmentInfo>,
    /// From below: adjusted, else proposed numbers of those who have one; none: nobody has.
    pub bottom_up: Option<String>,
    /// The sum if those without a number keep their goals.
    pub expected: String,
    /// Numbers less the goals of those who have one; the same as `expected` less `goal`.
    pub gap: Option<String>,
    /// People.
    pub people: u32,
    /// People without a number.
    pub missing: u32,
    /// Their names, at most twenty.
    pub missing_names: Vec<String>,
    /// Results of the year before, of its months that are over; none without data.
    pub last_year: Option<String>,
    /// Goal over these, exact; none where they are zero or unknown.
    pub growth: Option<String>,
    /// The expected sum over these, exact.
    pub growth_expected: Option<String>,
    /// The newest of handing in and sending back; none of people.
    pub submission: Option<GoalSubmissionInfo>,
    /// Handed in, by itself or with a unit above: its numbers are read-only.
    pub read_only: bool,
    /// Past its day: of a person without a number or with a late one, of a team that is not handed in or was
    /// late, of a unit with such a team below.
    pub late: bool,
    /// What who asks may do here now.
    pub may: GoalRoundMay,
    /// Comments on it.
    pub comments: u32,
}

/// A person's own number.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalProposalInfo {
    /// Major units.
    pub amount: String,
    /// Why.
    pub note: Option<String>,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a manager made of a number.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalAdjustmentInfo {
    /// Major units.
    pub amount: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A unit handed in or sent back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalSubmissionInfo {
    /// Which of both.
    pub state: GoalSubmissionState,
    /// Who.
    pub author: String,
    /// Words to it; why it was sent back.
    pub note: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of a unit's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalSubmissionState {
    /// Handed in.
    Submitted,
    /// Sent back.
    SentBack,
}

impl From<SubmissionState> for GoalSubmissionState {
    fn from(state: SubmissionState) -> Self {
        match state {
            SubmissionState::Submitted => Self::Submitted,
            SubmissionState::SentBack => Self::SentBack,
        }
    }
}

/// What somebody may do with a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one a button of the row; they do not exclude each other"
)]
pub struct GoalRoundMay {
    /// Propose a number.
    pub propose: bool,
    /// Adjust the number.
    pub adjust: bool,
    /// Hand the unit in.
    pub submit: bool,
    /// Send it back.
    pub send_back: bool,
}

/// Proposes a number for a year's goal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposeGoal {
    /// In which round.
    pub round: GoalRoundId,
    /// Whose goal; none: the own one. Only HR names somebody else.
    #[serde(default)]
    #[ts(optional)]
    pub person: Option<PersonId>,
    /// Major units of the year.
    pub amount: String,
    /// Why.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Makes another number of somebody's, beside it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AdjustGoal {
    /// In which round.
    pub round: GoalRoundId,
    /// Whose.
    pub person: PersonId,
    /// Major units of the year; none: the person's own number again.
    pub amount: Option<String>,
    /// Why; the person sees it.
    pub reason: String,
}

/// Hands a unit in, with all below it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SubmitGoals {
    /// In which round.
    pub round: GoalRoundId,
    /// Id of the unit.
    pub unit: String,
    /// Words to it.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Opens a unit again that was handed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SendGoalsBack {
    /// In which round.
    pub round: GoalRoundId,
    /// Id of the unit.
    pub unit: String,
    /// Why.
    pub reason: String,
}

/// A row of a round after a step, and what to know.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalRoundStep {
    /// The row as it is now.
    pub row: GoalRoundRow,
    /// What to know: people without a number.
    pub notes: Vec<Message>,
}

/// Takes numbers of a round into the plan.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AdoptGoals {
    /// Of which round.
    pub round: GoalRoundId,
    /// The version that was looked at; it must be in force.
    pub plan: GoalPlanId,
    /// Id of a unit or person; none: everybody.
    #[serde(default)]
    #[ts(optional)]
    pub unit: Option<String>,
    /// `grow`: the sums above change with them; `units`: each team keeps its goal, whoever is not taken over
    /// absorbs the difference.
    pub above: GoalAbove,
    /// What begins before this day stays as it is.
    #[serde(default)]
    #[ts(optional)]
    pub frozen_before: Option<NaiveDate>,
    /// Why, for the history.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// Only compute and show.
    pub preview: bool,
}

/// What taking numbers over did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalsAdopted {
    /// The change of the plan.
    pub edited: GoalEdited,
    /// People whose number was taken over and differs from their goal.
    pub people: u32,
    /// What to know: who has no number, which teams are not handed in.
    pub notes: Vec<Message>,
}

/// Words on goals of a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListGoalComments {
    /// Of which figure.
    pub metric: GoalMetric,
    /// Year.
    pub year: i32,
    /// Id of a unit or person; none: all that are seen.
    #[serde(default)]
    #[ts(optional)]
    pub unit: Option<String>,
}

/// Says something on the goal of a unit or person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddGoalComment {
    /// The version that was looked at; it must be in force.
    pub plan: GoalPlanId,
    /// Id of the unit or person.
    pub unit: String,
    /// What.
    pub words: String,
}

/// Words on the goal of a unit or person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalCommentRow {
    /// Id.
    pub id: String,
    /// Id of the unit or person.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The version that was in force then.
    #[ts(type = "number")]
    pub version: i64,
    /// Who.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub words: String,
}
