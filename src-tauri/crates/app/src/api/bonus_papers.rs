//! Statements on paper, their confirmation by whose they are, and the file for payroll.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusRunId, PersonId};
use yeji_report::chart::Lang;

use super::Message;
use super::goal_letter::ConfirmationState;

/// Writes one person's statement as PDF.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportStatement {
    /// A period.
    pub period: Period,
    /// Code of the plan; none: the one that was run for the period last.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// Whose; none: the own one.
    #[serde(default)]
    #[ts(optional)]
    pub person: Option<PersonId>,
    /// `zh-CN` or `en`.
    pub language: Lang,
}

/// Writes the statements of everybody who is seen, a PDF each.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportStatements {
    /// A period.
    pub period: Period,
    /// Code of the plan; none: the one that was run for the period last.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// `zh-CN` or `en`.
    pub language: Lang,
}

/// Whose statement is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetStatementConfirmation {
    /// A period.
    pub period: Period,
    /// Code of the plan; none: the only one by which they have a statement.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// Whose; none: the own one.
    #[serde(default)]
    #[ts(optional)]
    pub person: Option<PersonId>,
}

/// Confirms a statement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmStatement {
    /// A period.
    pub period: Period,
    /// Code of the plan; none: the only one by which they have a statement.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// Whose; none: the own one.
    #[serde(default)]
    #[ts(optional)]
    pub person: Option<PersonId>,
    /// The hash of the statement that was looked at: another one is not confirmed by it.
    pub hash: String,
    /// HR has it signed on paper; else its person confirms it here.
    pub on_paper: bool,
}

/// How a statement stands with the one it is of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementStanding {
    /// The run that it is of.
    pub run: BonusRunId,
    /// Code of the plan.
    pub plan: String,
    /// Version of the plan.
    #[ts(type = "number")]
    pub plan_version: i64,
    /// A second person approved that the period is paid; else the statement is a draft.
    pub approved: bool,
    /// Whose statement it is, and how it stands.
    pub row: StatementConfirmationRow,
    /// The asker may confirm it as the own one.
    pub may_confirm: bool,
    /// The asker may write down that it is signed on paper.
    pub may_confirm_on_paper: bool,
}

/// A statement and whether it is confirmed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementConfirmationRow {
    /// Whose.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Staff number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub staff_number: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// What it pays.
    pub payout: Money,
    /// The pay waits.
    pub held: bool,
    /// SHA-256 that names exactly this statement and its input.
    pub hash: String,
    /// How it stands.
    pub state: ConfirmationState,
    /// When it was confirmed last.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Who wrote that down.
    pub confirmed_by: Option<String>,
    /// HR has a signed paper.
    pub on_paper: bool,
}

/// Confirmations of a period's statements.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListStatementConfirmations {
    /// A period.
    pub period: Period,
    /// Code of the plan; none: the one that was run for the period last.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// Only these.
    #[serde(default)]
    #[ts(optional)]
    pub state: Option<ConfirmationState>,
    /// Rows before the window.
    pub offset: u32,
    /// Rows of the window, at most 400.
    pub limit: u32,
}

/// A window of the statements of a period, of the people whose pay is seen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementConfirmations {
    /// Code of the plan.
    pub plan: String,
    /// A second person approved that the period is paid; else nobody is asked yet.
    pub approved: bool,
    /// People who never confirmed.
    pub open: u32,
    /// People whose statement of today is confirmed.
    pub confirmed: u32,
    /// People who confirmed another one.
    pub changed: u32,
    /// The window, by name.
    pub rows: Vec<StatementConfirmationRow>,
    /// Rows before the window.
    pub offset: u32,
    /// All rows that the question has.
    pub total: u32,
}

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PayrollAmounts {
    /// `1234.50`.
    #[default]
    Decimal,
    /// In the smallest unit: `123450`.
    Minor,
}

/// A column of the file for payroll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PayrollColumn {
    /// What stands above it.
    pub header: String,
    /// `staff_number`, `name`, `team`, `department`, `plan`, `plan_version`, `period`, `payout`, `currency`,
    /// `component:CODE`, `limit`, `adjustments`, `target_bonus`, `attainment`, `hash`, or `text`.
    pub field: String,
    /// What stands in every row, where the field is `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub text: Option<String>,
}

/// The columns of the file for payroll, from left to right. As TOML it is carried to another company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PayrollColumns {
    /// How amounts are written.
    #[serde(default)]
    pub amounts: PayrollAmounts,
    /// The columns.
    pub columns: Vec<PayrollColumn>,
}

/// Looks at the file for payroll.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetPayroll {
    /// A period.
    pub period: Period,
    /// Code of a plan; none: all that pay in the period.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// The columns; none: those to start from.
    #[serde(default)]
    #[ts(optional)]
    pub columns: Option<PayrollColumns>,
    /// `zh-CN` or `en`.
    pub language: Lang,
}

/// What the file for payroll would be.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PayrollView {
    /// The plans that pay in the period.
    pub plans: Vec<PayrollPlan>,
    /// Whether all of them are approved; else the file is a draft.
    pub approved: bool,
    /// What a column can hold.
    pub fields: Vec<PayrollField>,
    /// The columns that the rows have.
    pub columns: PayrollColumns,
    /// What is wrong with them.
    pub problems: Vec<PayrollProblem>,
    /// The first rows, as they would be written; empty where the columns have problems.
    pub rows: Vec<Vec<String>>,
    /// How many are paid.
    pub people: u32,
    /// What they are paid.
    pub total: Money,
    /// Whose pay waits; they are in no row.
    pub apart: Vec<PayrollApart>,
    /// Columns that are kept under a name.
    pub profiles: Vec<PayrollProfile>,
}

/// A plan that pays in the period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PayrollPlan {
    /// Its code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Its version.
    #[ts(type = "number")]
    pub version: i64,
    /// The run.
    pub run: BonusRunId,
    /// SHA-256 of the run's complete input.
    pub inputs_hash: String,
    /// A second person approved that it is paid.
    pub approved: bool,
}

/// What a column can hold.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PayrollField {
    /// Its code.
    pub field: String,
    /// Chinese name of a component.
    pub name_zh: Option<String>,
    /// English name of a component.
    pub name_en: Option<String>,
}

/// What is wrong with a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PayrollProblem {
    /// Its place, from 0; none: the columns as a whole.
    pub column: Option<u32>,
    /// What.
    pub message: Message,
}

/// Somebody whose pay waits.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PayrollApart {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Staff number.
    pub staff_number: Option<String>,
    /// What is known of the payout.
    pub payout: Money,
    /// Why it waits.
    pub reason: Message,
}

/// Columns that are kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PayrollProfile {
    /// Its name.
    pub name: String,
    /// The columns.
    pub columns: PayrollColumns,
}

/// Which of them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PayrollProfileArgs {
    /// Its name.
    pub name: String,
}

/// Writes the file for payroll.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportPayroll {
    /// A period.
    pub period: Period,
    /// Code of a plan; none: all that pay in the period.
    #[serde(default)]
    #[ts(optional)]
    pub plan: Option<String>,
    /// The columns; none: those to start from.
    #[serde(default)]
    #[ts(optional)]
    pub columns: Option<PayrollColumns>,
    /// `csv` or `xlsx`.
    pub format: String,
    /// Also of a period that is not approved; the file says so.
    pub draft: bool,
    /// `zh-CN` or `en`.
    pub language: Lang,
}
