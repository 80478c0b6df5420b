//! The scorecard of a role as a file (TOML), for the command line.

use serde::Deserialize;
use yeji_core::org::MemberRole;

use super::error::ScorecardError;
use crate::api::scorecards::KpiWeightSetting;
use crate::error::Result;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    /// Whose; left out: everybody's.
    role: Option<MemberRole>,
    kpi: Vec<KpiWeightSetting>,
}

/// Reads a scorecard: whose it is, and its KPIs.
///
/// # Errors
/// A text that is none, with what the reader says.
pub fn read_scorecard(
    text: &str,
    file: &str,
) -> Result<(Option<MemberRole>, Vec<KpiWeightSetting>)> {
    let text = text.trim_start_matches('\u{feff}');
    let read: Document = toml::from_str(text).map_err(|error| {
        let before = error.span().map_or("", |span| &text[..span.start]);
        ScorecardError::Document {
            file: file.to_owned(),
            reason: format!(
                "{} (line {})",
                error.message(),
                before.matches('\n').count() + 1
            ),
        }
    })?;
    Ok((read.role, read.kpi))
}
