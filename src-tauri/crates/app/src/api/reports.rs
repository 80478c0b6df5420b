//! Exports.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::ids::UnitId;
use yeji_report::chart::Lang;

use super::boards::ViewQuestion;
use super::{Message, Scope};

/// Exports the dashboard of a scope into a folder that a dialog opened by Rust returns.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportDashboard {
    /// Unit and period.
    pub scope: Scope,
    /// Any of `pdf`, `png`, `svg`, `xlsx`.
    pub formats: Vec<String>,
    /// `zh-CN` or `en`.
    pub language: Lang,
    /// Of this board all charts, key figures and tables; none: the dashboard.
    #[serde(default)]
    #[ts(optional)]
    pub board: Option<String>,
}

/// Exports a question of the KPI explorer into a file that a dialog opened by Rust returns.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportMetric {
    /// What is asked.
    pub question: ViewQuestion,
    /// First day.
    pub from: NaiveDate,
    /// Day after the last.
    pub to: NaiveDate,
    /// This unit and all below; None is the whole company.
    pub unit: Option<UnitId>,
    /// `xlsx` (table and chart), `csv` (table), `pdf` (page of both), `png` or `svg` (chart).
    pub format: String,
    /// `zh-CN` or `en`.
    pub language: Lang,
}

/// What was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportResult {
    /// Folder; None when the dialog was closed without a choice.
    pub folder: Option<String>,
    /// File names.
    pub files: Vec<String>,
    /// Formats that could not be made; the others were.
    pub failed: Vec<FailedFormat>,
}

/// A format that could not be made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FailedFormat {
    /// `pdf`, `png`, `svg`, `xlsx`.
    pub format: String,
    /// Why.
    pub reason: Message,
}
