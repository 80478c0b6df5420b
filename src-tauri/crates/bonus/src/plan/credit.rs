//! Which facts count, by which day, and for whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;

/// Crediting of a component.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// Facts of this kind count, by their day.
    #[serde(default, skip_serializing_if = "is_default")]
    pub event: Event,
    /// Whose facts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub who: Who,
    /// With reports: how many levels down; none: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<u32>,
    /// Only facts for which this condition is true; none: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Whether shares on top of the credit list count.
    #[serde(default, skip_serializing_if = "is_default")]
    pub overlays: Overlays,
    /// With receipts: whose rate.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rate_date: RateDate,
}

/// What happened to make a fact count, and so which day puts it into a period.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A deal was won.
    #[default]
    Closing,
    /// It was invoiced.
    Invoice,
    /// Money was received.
    Receipt,
    /// It was delivered.
    Delivery,
}

/// Whose facts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The shares that name the person.
    #[default]
    Owners,
    /// The shares of everybody who reports to the person on the fact's day.
    Reports,
    /// Both.
    OwnersAndReports,
}

/// Whether shares on top of the credit list count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Overlays {
    /// They do not.
    #[default]
    Exclude,
    /// They do, beside the list.
    Include,
    /// They alone do.
    Only,
}

/// By which day a receipt is rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RateDate {
    /// By its own.
    #[default]
    Receipt,
    /// By the day on which its deal closed.
    Deal,
}
