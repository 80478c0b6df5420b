//! Exports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_report::chart::Lang;

use super::Scope;

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
}

/// What was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportResult {
    /// Folder; None when the dialog was closed without a choice.
    pub folder: Option<String>,
    /// File names.
    pub files: Vec<String>,
}
